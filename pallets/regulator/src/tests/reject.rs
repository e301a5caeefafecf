use crate::{mock::*, ActKind, Error, Event, Outcome, ProposalId, Proposals, RecordId};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo},
};
use sp_runtime::DispatchError;

#[test]
fn reject_should_remove_the_proposal_and_name_the_officer_when_another_one_calls() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SUPERVISOR, two_supervisors(1));

		assert_ok!(Regulator::reject(signed(CLERK), id, digest(9)));

		assert!(!Proposals::<Test>::contains_key(id));
		assert_eq!(done(), []);
		let record = &trail()[0];
		assert_eq!(record.kind, ActKind::TwoOfficers);
		assert_eq!((record.by, record.second), (SUPERVISOR, Some(CLERK)));
		assert_eq!(record.reason, reason());
		assert_eq!(record.outcome, Outcome::Rejected { reason: digest(9) });
		System::assert_last_event(
			Event::ActRejected {
				id,
				record: RecordId(0),
				by: CLERK,
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
