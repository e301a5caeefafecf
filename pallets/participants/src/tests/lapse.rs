//! How applications leave the queue by themselves.

use crate::{applications::DROPS_PER_BLOCK, mock::*, Event, QueueEnds, Status, WeightInfo};
use frame_support::{assert_ok, weights::Weight};

fn ends() -> QueueEnds {
	crate::ApplicationQueueEnds::<Test>::get()
}

#[test]
fn an_application_should_lapse_when_its_lifetime_has_passed() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		Now::set(GENESIS_TIME + 999);
		poll();
		assert!(crate::Applications::<Test>::contains_key(ALICE));

		Now::set(GENESIS_TIME + 1_000);
		poll();

		assert!(!crate::Applications::<Test>::contains_key(ALICE));
		assert!(!exists(ALICE));
		assert_eq!(ends(), QueueEnds { head: 1, tail: 1 });
		System::assert_last_event(Event::ApplicationLapsed { account: ALICE }.into());
	});
}

#[test]
fn an_application_should_stay_but_leave_the_queue_when_it_is_registered() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		apply(BOB);
		assert_ok!(Participants::register(RuntimeOrigin::root(), ALICE));
		poll();
		assert_eq!(crate::ApplicationQueue::<Test>::get(0), Some(ALICE));

		Now::set(GENESIS_TIME + 1_000);
		poll();

		assert_eq!(
			crate::Applications::<Test>::get(ALICE).unwrap().status,
			Status::Registered
		);
		assert!(exists(ALICE));
		assert_eq!(crate::ApplicationQueue::<Test>::iter().count(), 0);
		assert!(!crate::Applications::<Test>::contains_key(BOB));
		// It is decided about as any other.
		assert_ok!(Participants::refuse(RuntimeOrigin::root(), ALICE, digest(2)));
	});
}

#[test]
fn the_head_should_pass_over_entries_when_they_are_gone() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		apply(BOB);
		assert_ok!(Participants::refuse(RuntimeOrigin::root(), ALICE, digest(2)));
		poll();
		assert_eq!(ends(), QueueEnds { head: 1, tail: 2 });
	});
}

#[test]
fn a_block_should_drop_a_few_when_many_have_waited_too_long() {
	ExtBuilder::default().build_and_execute(|| {
		(100..106).for_each(apply);
		Now::set(GENESIS_TIME + 1_000);
		poll();
		assert_eq!(crate::Applications::<Test>::count(), 6 - DROPS_PER_BLOCK);
		poll();
		assert_eq!(crate::Applications::<Test>::count(), 0);
	});
}

#[test]
fn a_block_should_drop_no_more_than_its_weight_allows() {
	ExtBuilder::default().build_and_execute(|| {
		(100..103).for_each(apply);
		Now::set(GENESIS_TIME + 1_000);
		let idle = <() as WeightInfo>::on_poll_idle();
		let entry = <() as WeightInfo>::on_poll_entry();
		for (limit, left) in [
			(Weight::zero(), 3),
			(idle, 3),
			(idle.saturating_add(entry), 2),
			(idle.saturating_add(entry.saturating_mul(2)), 0),
		] {
			poll_within(limit);
			assert_eq!(crate::Applications::<Test>::count(), left);
		}
	});
}
