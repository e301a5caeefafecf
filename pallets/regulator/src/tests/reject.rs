use crate::{mock::*, ActKind, Error, Event, Level, Outcome, ProposalId, Proposals, RecordId, Requirement};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo},
};
use sp_runtime::DispatchError;

#[test]
fn reject_should_remove_the_proposal_and_name_the_officer_when_another_one_calls() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SUPERVISOR, two_officers(1));

		assert_ok!(Regulator::reject(signed(OFFICER), id, digest(9)));

		assert!(!Proposals::<Test>::contains_key(id));
		assert_eq!(done(), []);
		let record = &trail()[0];
		assert_eq!(record.kind, ActKind::TwoOfficers);
		assert_eq!((record.by, record.second), (SUPERVISOR, Some(OFFICER)));
		assert_eq!(record.reason, reason());
		assert_eq!(record.outcome, Outcome::Rejected { reason: digest(9) });
		System::assert_last_event(
			Event::ActRejected {
				id,
				record: RecordId(0),
				by: OFFICER,
				reason: digest(9),
			}
			.into(),
		);
	});
}

#[test]
fn reject_should_name_no_second_officer_when_the_proposer_withdraws() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));

		assert_ok!(Regulator::reject(signed(OFFICER), id, digest(9)));

		let record = &trail()[0];
		assert_eq!((record.by, record.second), (OFFICER, None));
		assert_eq!(record.outcome, Outcome::Rejected { reason: digest(9) });
	});
}

#[test]
fn reject_should_be_operational_when_a_block_is_full() {
	let call = RuntimeCall::Regulator(crate::Call::reject {
		id: ProposalId(0),
		reason: digest(0),
	});
	assert_eq!(call.get_dispatch_info().class, DispatchClass::Operational);
}

#[test]
fn reject_should_fail_when_nobody_signs() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Regulator::reject(RuntimeOrigin::root(), ProposalId(0), reason()),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn reject_should_fail_when_the_signer_is_no_officer() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		assert_noop!(
			Regulator::reject(signed(INSIDER), id, reason()),
			Error::<Test>::NotOfficer
		);
	});
}

#[test]
fn reject_should_fail_when_the_officer_is_no_insider_any_more() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		Expelled::set(vec![CLERK]);
		assert_noop!(Regulator::reject(signed(CLERK), id, reason()), NO_INSIDER);
	});
}

#[test]
fn reject_should_fail_when_no_such_proposal_waits() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Regulator::reject(signed(CLERK), ProposalId(0), reason()),
			Error::<Test>::ProposalNotFound
		);
	});
}

#[test]
fn reject_should_fail_when_the_act_takes_a_higher_level() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SUPERVISOR, two_supervisors(1));
		for who in [CLERK, OFFICER] {
			assert_noop!(
				Regulator::reject(signed(who), id, reason()),
				Error::<Test>::LevelTooLow
			);
		}
		assert_ok!(Regulator::reject(signed(SUPERVISOR_2), id, reason()));
	});
}

#[test]
fn reject_should_ask_the_table_anew_when_it_has_changed() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, clerk(1));
		Rewritten::set(Some(Some(Requirement::one(Level::Officer))));
		assert_noop!(
			Regulator::reject(signed(CLERK), id, reason()),
			Error::<Test>::LevelTooLow
		);
		assert_ok!(Regulator::reject(signed(OFFICER_2), id, reason()));
	});
}

#[test]
fn reject_should_take_a_supervisor_when_the_call_is_no_act_any_more() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(CLERK, clerk(1));
		Rewritten::set(Some(None));
		assert_noop!(
			Regulator::reject(signed(OFFICER), id, reason()),
			Error::<Test>::LevelTooLow
		);
		assert_ok!(Regulator::reject(signed(SUPERVISOR), id, reason()));
	});
}

#[test]
fn reject_should_take_a_supervisor_when_an_upgrade_made_the_call_unreadable() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(CLERK, clerk(1));
		Proposals::<Test>::mutate(id, |proposal| {
			proposal.as_mut().unwrap().call = vec![255, 1, 2].try_into().unwrap();
		});
		assert_noop!(
			Regulator::reject(signed(OFFICER), id, reason()),
			Error::<Test>::LevelTooLow
		);
		assert_ok!(Regulator::reject(signed(SUPERVISOR), id, reason()));
	});
}

#[test]
fn reject_should_withdraw_when_the_proposers_level_does_not_reach_any_more() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		assert_ok!(Regulator::appoint(RuntimeOrigin::root(), OFFICER, Level::Clerk));

		assert_ok!(Regulator::reject(signed(OFFICER), id, reason()));

		assert_eq!(trail()[0].second, None);
	});
}
