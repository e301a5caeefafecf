use crate::{
	mock::*, ActKind, Error, Event, NextProposal, OldestProposal, Outcome, ProposalId, Proposals, RecordId,
	WeightInfo,
};
use frame_support::{
	assert_noop, assert_ok, hypothetically,
	weights::{Weight, WeightMeter},
};
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

/// Four proposals, as many as there may be.
fn four_proposals() {
	for (n, who) in (0..).zip([CLERK, CLERK, OFFICER, OFFICER]) {
		propose(who, clerk(n));
	}
}

#[test]
fn on_poll_should_end_a_proposal_when_its_time_is_over_and_not_before() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(OFFICER, two_officers(1));
		wait(LIFETIME - 1);
		poll(&mut WeightMeter::new());
		assert!(Proposals::<Test>::contains_key(id));
		wait(1);

		poll(&mut WeightMeter::new());

		assert!(!Proposals::<Test>::contains_key(id));
		let record = &trail()[0];
		assert_eq!(record.kind, ActKind::TwoOfficers);
		assert_eq!((record.by, record.second), (OFFICER, None));
		assert_eq!(record.outcome, Outcome::Expired);
		assert_eq!(done(), []);
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
fn on_poll_should_pass_by_what_has_been_decided_on_when_it_looks_for_the_oldest() {
	ExtBuilder::default().build_and_execute(|| {
		let decided = propose(OFFICER, two_officers(1));
		let waiting = propose(OFFICER, two_officers(2));
		approve(OFFICER_2, decided);

		poll(&mut WeightMeter::new());

		assert_eq!(OldestProposal::<Test>::get(), waiting);
		approve(OFFICER_2, waiting);
		poll(&mut WeightMeter::new());
		assert_eq!(OldestProposal::<Test>::get(), NextProposal::<Test>::get());
	});
}

#[test]
fn on_poll_should_look_at_four_proposals_when_more_have_ended() {
	ExtBuilder::default().build_and_execute(|| {
		for n in 0..3 {
			let id = propose(CLERK, clerk(n));
			approve(OFFICER, id);
		}
		four_proposals();
		wait(LIFETIME);

		poll(&mut WeightMeter::new());
		assert_eq!(Proposals::<Test>::count(), 3);
		assert_eq!(OldestProposal::<Test>::get(), ProposalId(4));
		poll(&mut WeightMeter::new());
		assert_eq!(Proposals::<Test>::count(), 0);
	});
}

#[test]
fn on_poll_should_leave_the_rest_to_the_next_block_when_weight_runs_out() {
	ExtBuilder::default().build_and_execute(|| {
		four_proposals();
		wait(LIFETIME);
		let start = <()>::on_poll_idle() + <()>::on_poll_proposals();
		let step = <()>::look_at_proposal() + <()>::end_proposal();

		for (limit, left) in [
			(Weight::zero(), 4),
			(start + <()>::look_at_proposal(), 4),
			(start + step - Weight::from_parts(1, 0), 4),
			(start + step, 3),
			(start + step * 3, 1),
		] {
			hypothetically!({
				let mut meter = WeightMeter::with_limit(limit);
				poll(&mut meter);
				assert!(meter.consumed().all_lte(limit));
				assert_eq!(Proposals::<Test>::count(), left);
				assert_ok!(Regulator::do_try_state());
			});
		}
	});
}

#[test]
fn on_poll_should_use_little_when_no_proposal_waits() {
	ExtBuilder::default().build_and_execute(|| {
		let mut meter = WeightMeter::new();
		poll(&mut meter);
		assert_eq!(meter.consumed(), <()>::on_poll_idle() + <()>::on_poll_proposals());
	});
}

#[test]
fn on_poll_should_let_a_younger_proposal_wait_when_an_older_one_lives_longer() {
	ExtBuilder::default().build_and_execute(|| {
		propose(CLERK, clerk(1));
		TimeToApprove::set(10);
		let younger = propose(CLERK, clerk(2));
		wait(10);

		poll(&mut WeightMeter::new());
		assert_eq!(Proposals::<Test>::count(), 2);
		// The call removes it all the same.
		assert_ok!(Regulator::expire(signed(CLERK), younger));

		wait(LIFETIME);
		poll(&mut WeightMeter::new());
		assert_eq!(Proposals::<Test>::count(), 0);
	});
}
