use crate::{mock::*, ActKind, Error, Event, Outcome, ProposalId, Proposals, RecordId};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn expire_should_remove_the_proposal_and_leave_a_record_when_its_time_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		wait(LIFETIME);

		assert_ok!(Regulator::expire(signed(CLERK), id));

		assert!(!Proposals::<Test>::contains_key(id));
		assert_eq!(done(), []);
		let record = &trail()[0];
		assert_eq!(record.kind, ActKind::TwoOfficers);
		assert_eq!((record.by, record.second), (OFFICER, None));
		assert_eq!(record.outcome, Outcome::Expired);
		System::assert_last_event(
			Event::ActExpired {
				id,
				record: RecordId(0),
			}
			.into(),
		);
	});
}

#[test]
fn expire_should_fail_when_the_proposal_can_still_be_approved() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		wait(LIFETIME - 1);
		assert_noop!(Regulator::expire(signed(CLERK), id), Error::<Test>::NotExpired);
	});
}

#[test]
fn expire_should_fail_when_nobody_signs() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Regulator::expire(RuntimeOrigin::root(), ProposalId(0)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn expire_should_fail_when_the_signer_is_no_officer() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		wait(LIFETIME);
		assert_noop!(Regulator::expire(signed(INSIDER), id), Error::<Test>::NotOfficer);
	});
}

#[test]
fn expire_should_fail_when_the_officer_is_no_insider_any_more() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		wait(LIFETIME);
		Expelled::set(vec![CLERK]);
		assert_noop!(Regulator::expire(signed(CLERK), id), NO_INSIDER);
	});
}

#[test]
fn expire_should_fail_when_no_such_proposal_waits() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Regulator::expire(signed(CLERK), ProposalId(0)),
			Error::<Test>::ProposalNotFound
		);
	});
}
