use crate::{
	acts, mock::*, ActKind, Error, Event, Level, Outcome, ProposalId, Proposals, RecordId, Requirement,
};
use carbon_primitives::Digest;
use codec::Encode;
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, DispatchResult, GetDispatchInfo},
	weights::Weight,
};
use sp_runtime::DispatchError;

fn try_approve(who: AccountId, id: ProposalId, call_hash: Digest, limit: Weight) -> DispatchResult {
	Regulator::approve(signed(who), id, call_hash, limit)
		.map(|_| ())
		.map_err(|e| e.error)
}

#[test]
fn approve_should_dispatch_once_in_the_name_of_both_when_another_officer_calls() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SUPERVISOR, two_officers(1));

		assert_ok!(try_approve(OFFICER, id, hash(&two_officers(1)), Weight::MAX));

		let doer = Doer::Act {
			by: SUPERVISOR,
			second: Some(OFFICER),
			// Two act at the level of the lower one.
			level: Level::Officer,
		};
		assert_eq!(done(), [(1, doer)]);
		System::assert_last_event(
			Event::ActDispatched {
				record: RecordId(0),
				by: SUPERVISOR,
				second: Some(OFFICER),
				call_hash: hash(&two_officers(1)),
				result: Ok(()),
			}
			.into(),
		);
		assert_noop!(
			try_approve(OFFICER_2, id, hash(&two_officers(1)), Weight::MAX),
			Error::<Test>::ProposalNotFound
		);
	});
}

#[test]
fn approve_should_leave_a_record_that_names_both_when_it_dispatches() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		wait(10);

		approve(OFFICER_2, id);

		let record = &trail()[0];
		assert_eq!(record.kind, ActKind::TwoOfficers);
		assert_eq!((record.by, record.second), (OFFICER, Some(OFFICER_2)));
		assert_eq!((record.proposed_at, record.at), (GENESIS_TIME, GENESIS_TIME + 10));
		assert_eq!(record.block, 2);
		assert_eq!((record.basis.clone(), record.reason), (basis(), reason()));
		assert_eq!(record.outcome, Outcome::Succeeded);
	});
}

#[test]
fn approve_should_remove_the_proposal_and_record_the_failure_when_the_call_fails() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(CLERK, failing(1));

		approve(OFFICER, id);

		assert_eq!(done(), []);
		assert!(!Proposals::<Test>::contains_key(id));
		assert_eq!(trail()[0].outcome, Outcome::Failed(DeedsError::Failed.into()));
	});
}

#[test]
fn approve_should_link_the_record_to_both_officers_when_they_swap_parts() {
	ExtBuilder::default().build_and_execute(|| {
		let first = propose(OFFICER, two_officers(1));
		approve(OFFICER_2, first);
		act(OFFICER, clerk(9));
		let second = propose(OFFICER_2, two_officers(1));
		approve(OFFICER, second);

		let last = &trail()[2];
		assert_eq!(last.previous_of_subject, Some(RecordId(0)));
		assert_eq!(last.previous_of_proposer, Some(RecordId(0)));
		assert_eq!(last.previous_of_approver, Some(RecordId(1)));
	});
}

#[test]
fn approve_should_accept_the_weight_that_the_view_names_and_give_back_the_rest() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(CLERK, long(3));
		let limit = Regulator::proposal(id).unwrap().call_weight;

		let used = Regulator::approve(signed(OFFICER), id, hash(&long(3)), limit)
			.unwrap()
			.actual_weight;

		let base = <() as crate::WeightInfo>::approve(long(3).encoded_size() as u32);
		assert_eq!(used, Some(base + Weight::from_parts(400, 4) + RECORD_WEIGHT));
	});
}

#[test]
fn approve_should_give_the_limit_back_when_it_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let refused = Regulator::approve(signed(OFFICER), ProposalId(0), digest(0), Weight::MAX).unwrap_err();

		assert_eq!(
			refused.post_info.actual_weight,
			Some(<() as crate::WeightInfo>::approve(256))
		);
	});
}

#[test]
fn approve_should_be_operational_and_weigh_its_limit_when_a_block_is_full() {
	let limit = Weight::from_parts(77, 7);
	let call = RuntimeCall::Regulator(crate::Call::approve {
		id: ProposalId(0),
		call_hash: digest(0),
		weight_limit: limit,
	});
	let info = call.get_dispatch_info();
	assert_eq!(info.class, DispatchClass::Operational);
	// How long the proposed call is, is not known before it is read.
	assert_eq!(
		info.call_weight,
		<() as crate::WeightInfo>::approve(256) + limit + RECORD_WEIGHT
	);
}

#[test]
fn approve_should_fail_when_nobody_signs() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Regulator::approve(RuntimeOrigin::root(), ProposalId(0), digest(0), Weight::MAX)
				.map_err(|e| e.error),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn approve_should_fail_when_the_signer_is_no_officer() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		assert_noop!(
			try_approve(INSIDER, id, hash(&two_officers(1)), Weight::MAX),
			Error::<Test>::NotOfficer
		);
	});
}

#[test]
fn approve_should_fail_when_the_officer_is_no_insider_any_more() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		Expelled::set(vec![OFFICER_2]);
		assert_noop!(
			try_approve(OFFICER_2, id, hash(&two_officers(1)), Weight::MAX),
			NO_INSIDER
		);
	});
}

#[test]
fn approve_should_fail_when_no_such_proposal_waits() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			try_approve(OFFICER, ProposalId(0), digest(0), Weight::MAX),
			Error::<Test>::ProposalNotFound
		);
	});
}

#[test]
fn approve_should_fail_when_the_proposer_calls() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SUPERVISOR, two_supervisors(1));
		assert_noop!(
			try_approve(SUPERVISOR, id, hash(&two_supervisors(1)), Weight::MAX),
			Error::<Test>::SameOfficer
		);
	});
}

#[test]
fn approve_should_fail_when_the_hash_is_of_another_call() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		assert_noop!(
			try_approve(OFFICER_2, id, hash(&two_officers(2)), Weight::MAX),
			Error::<Test>::CallHashMismatch
		);
	});
}

#[test]
fn approve_should_fail_when_the_proposals_time_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		let late = propose(OFFICER, two_officers(1));
		let in_time = propose(OFFICER, two_officers(2));
		wait(LIFETIME - 1);
		approve(OFFICER_2, in_time);
		wait(1);
		assert_noop!(
			try_approve(OFFICER_2, late, hash(&two_officers(1)), Weight::MAX),
			Error::<Test>::ProposalExpired
		);
	});
}

#[test]
fn approve_should_fail_when_the_call_weighs_more_than_the_limit() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(CLERK, long(3));
		for limit in [Weight::from_parts(999, 10), Weight::from_parts(1_000, 9)] {
			assert_noop!(
				try_approve(OFFICER, id, hash(&long(3)), limit),
				Error::<Test>::WeightLimitTooLow
			);
		}
	});
}

#[test]
fn approve_should_fail_when_the_approvers_level_is_too_low() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SUPERVISOR, two_supervisors(1));
		assert_noop!(
			try_approve(OFFICER, id, hash(&two_supervisors(1)), Weight::MAX),
			Error::<Test>::LevelTooLow
		);
	});
}

#[test]
fn approve_should_ask_the_table_anew_when_it_has_changed() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(CLERK, clerk(1));

		Rewritten::set(Some(Some(Requirement::one(Level::Officer))));
		assert_noop!(
			try_approve(OFFICER, id, hash(&clerk(1)), Weight::MAX),
			Error::<Test>::ProposerNotOfficer
		);
		Rewritten::set(Some(None));
		assert_noop!(
			try_approve(OFFICER, id, hash(&clerk(1)), Weight::MAX),
			Error::<Test>::NotAnAct
		);
		Rewritten::set(Some(Some(Requirement::two(Level::Clerk).as_root())));
		assert_ok!(try_approve(OFFICER, id, hash(&clerk(1)), Weight::MAX));
		assert_eq!(done(), [(1, Doer::Root)]);
	});
}

#[test]
fn approve_should_fail_when_the_proposer_has_been_dismissed() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		assert_ok!(Regulator::dismiss(RuntimeOrigin::root(), OFFICER));
		assert_noop!(
			try_approve(OFFICER_2, id, hash(&two_officers(1)), Weight::MAX),
			Error::<Test>::ProposerNotOfficer
		);
	});
}

#[test]
fn approve_should_fail_when_the_proposer_is_no_insider_any_more() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		Expelled::set(vec![OFFICER]);
		assert_noop!(
			try_approve(OFFICER_2, id, hash(&two_officers(1)), Weight::MAX),
			Error::<Test>::ProposerNotOfficer
		);
	});
}

#[test]
fn approve_should_fail_when_an_upgrade_made_the_call_unreadable() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		let unreadable = vec![255, 1, 2];
		let call_hash = acts::hash_of(&unreadable);
		Proposals::<Test>::mutate(id, |proposal| {
			let proposal = proposal.as_mut().unwrap();
			proposal.call = unreadable.try_into().unwrap();
			proposal.call_hash = call_hash;
		});
		assert_noop!(
			try_approve(OFFICER_2, id, call_hash, Weight::MAX),
			Error::<Test>::CallUndecodable
		);
		assert_ok!(Regulator::reject(signed(SUPERVISOR), id, reason()));
	});
}
