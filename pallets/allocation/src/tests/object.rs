use crate::mock::*;
use carbon_calendar::Day;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn object(who: AccountId) -> DispatchResult {
	Allocation::object(RuntimeOrigin::signed(who), YEAR, digest(4))
}

fn settled(test: impl FnOnce()) {
	plant().build_and_execute(|| {
		enter_direct(950_000);
		assert_ok!(true_up(PLANT));
		test();
	});
}

/// Seven working days after Wednesday, 1 January 2025: Friday of the week after.
const LAST_DAY: Day = Day(TODAY.0 + 9);

#[test]
fn object_should_wait_for_a_decision_within_ten_working_days() {
	settled(|| {
		assert_ok!(object(PLANT));
		let due = Day(TODAY.0 + 14);
		assert_eq!(
			allocation_of(PLANT).objection,
			Objection::Pending {
				digest: digest(4),
				due,
			}
		);
		assert_eq!(
			events().last(),
			Some(&Event::Objected {
				year: YEAR,
				entity: PLANT,
				digest: digest(4),
				due,
			})
		);
	});
}

#[test]
fn object_should_be_possible_on_the_last_day() {
	settled(|| {
		Now::set(LAST_DAY);
		assert_ok!(object(PLANT));
	});
}

#[test]
fn object_should_fail_after_the_last_day() {
	settled(|| {
		Now::set(LAST_DAY.next());
		assert_noop!(object(PLANT), Error::<Test>::ObjectionLate);
	});
}

#[test]
fn object_should_be_possible_when_the_windows_are_longer_than_days_are_counted() {
	settled(|| {
		Windows::set((1_001, 65_535));
		Now::set(Day(TODAY.0 + 2_000));
		assert_ok!(object(PLANT));
		assert!(matches!(
			allocation_of(PLANT).objection,
			Objection::Pending {
				due: Day(u32::MAX),
				..
			}
		));
	});
}

#[test]
fn object_should_fail_while_another_waits() {
	settled(|| {
		assert_ok!(object(PLANT));
		assert_noop!(object(PLANT), Error::<Test>::ObjectionPending);
	});
}

#[test]
fn object_should_fail_when_one_was_rejected() {
	settled(|| {
		assert_ok!(object(PLANT));
		assert_ok!(Allocation::decide_objection(
			RuntimeOrigin::root(),
			YEAR,
			PLANT,
			Decision::Rejected,
			digest(5)
		));
		assert_noop!(object(PLANT), Error::<Test>::ObjectionDecided);
	});
}

#[test]
fn object_should_fail_before_the_true_up() {
	plant().build_and_execute(|| {
		assert_ok!(pre_allocate(PLANT, None));
		assert_noop!(object(PLANT), Error::<Test>::NotSettled);
	});
}

#[test]
fn object_should_fail_when_nothing_was_allocated() {
	plant().build_and_execute(|| {
		assert_noop!(object(PLANT), Error::<Test>::AllocationNotFound);
	});
}
