use crate::mock::*;
use carbon_calendar::Day;
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn decide(decision: Decision) -> DispatchResult {
	Allocation::decide_objection(RuntimeOrigin::root(), YEAR, PLANT, decision, digest(5))
}

fn objected(test: impl FnOnce()) {
	plant().build_and_execute(|| {
		enter_direct(950_000);
		assert_ok!(true_up(PLANT));
		assert_ok!(Allocation::object(RuntimeOrigin::signed(PLANT), YEAR, digest(4)));
		test();
	});
}

#[test]
fn decide_objection_should_open_the_true_up_again_when_it_is_upheld() {
	objected(|| {
		assert_ok!(decide(Decision::Upheld));
		assert_eq!(allocation_of(PLANT).state, AllocationState::Reopened);
		enter_direct(980_000);
		assert_ok!(true_up(PLANT));
		assert_eq!(held_by(YEAR, PLANT), 980_000);
		assert_ok!(Allocation::object(RuntimeOrigin::signed(PLANT), YEAR, digest(4)));
	});
}

#[test]
fn decide_objection_should_let_the_difference_be_owed_when_the_new_entitlement_is_lower() {
	objected(|| {
		assert_ok!(decide(Decision::Upheld));
		enter_direct(940_000);
		assert_ok!(true_up(PLANT));
		assert_eq!(allocation_of(PLANT).owed, Tonnes(10_000));
	});
}

#[test]
fn decide_objection_should_leave_the_true_up_when_it_is_rejected() {
	objected(|| {
		assert_ok!(decide(Decision::Rejected));
		assert_eq!(allocation_of(PLANT).objection, Objection::Rejected);
		assert_noop!(true_up(PLANT), Error::<Test>::AlreadySettled);
		assert_eq!(
			events().last(),
			Some(&Event::ObjectionResolved {
				year: YEAR,
				entity: PLANT,
				decision: Decision::Rejected,
				reason: digest(5),
				late: false,
			})
		);
	});
}

#[test]
fn decide_objection_should_say_that_it_is_late_after_the_last_day() {
	objected(|| {
		Now::set(Day(TODAY.0 + 15));
		assert_ok!(decide(Decision::Upheld));
		assert!(matches!(
			events().last(),
			Some(Event::ObjectionResolved { late: true, .. })
		));
	});
}

#[test]
fn decide_objection_should_not_uphold_it_when_no_true_up_can_follow() {
	objected(|| {
		accept(YEAR, false);
		assert_noop!(decide(Decision::Upheld), Error::<Test>::PeriodNotOpen);
	});
}

#[test]
fn decide_objection_should_reject_it_also_when_no_true_up_can_follow() {
	objected(|| {
		accept(YEAR, false);
		assert_ok!(decide(Decision::Rejected));
		assert_eq!(allocation_of(PLANT).objection, Objection::Rejected);
	});
}

#[test]
fn decide_objection_should_fail_when_none_waits() {
	objected(|| {
		assert_ok!(decide(Decision::Rejected));
		assert_noop!(decide(Decision::Upheld), Error::<Test>::ObjectionNotFound);
	});
}

#[test]
fn decide_objection_should_fail_when_nothing_was_allocated() {
	plant().build_and_execute(|| {
		assert_noop!(decide(Decision::Upheld), Error::<Test>::AllocationNotFound);
	});
}
