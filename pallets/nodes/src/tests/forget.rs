use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn forget_should_make_room_when_the_node_was_removed() {
	ExtBuilder::default().build_and_execute(|| {
		MaxNodes::set(4);
		assert_ok!(remove(DAVE));
		assert_noop!(apply_observer(EVE), Error::<Test>::TooManyNodes);

		assert_ok!(Nodes::forget(RuntimeOrigin::root(), DAVE));

		assert_eq!(record(DAVE), None);
		System::assert_last_event(Event::NodeForgotten { operator: DAVE }.into());
		assert_ok!(apply_observer(EVE));
	});
}

#[test]
fn forget_should_leave_the_session_alone_when_the_validator_is_still_in_force() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(DAVE));
		assert_ok!(Nodes::forget(RuntimeOrigin::root(), DAVE));
		next_session();
		assert_eq!(Session::validators(), [ALICE, BOB, CHARLIE, DAVE]);
		next_session();
		assert_eq!(Session::validators(), [ALICE, BOB, CHARLIE]);
	});
}

#[test]
fn forget_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(DAVE));
		assert_noop!(
			Nodes::forget(RuntimeOrigin::signed(DAVE), DAVE),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn forget_should_fail_when_the_operator_has_no_node() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::forget(RuntimeOrigin::root(), EVE),
			Error::<Test>::NodeUnknown
		);
	});
}

#[test]
fn forget_should_fail_when_the_node_is_live() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_observer(EVE));
		for who in [ALICE, EVE] {
			assert_noop!(
				Nodes::forget(RuntimeOrigin::root(), who),
				Error::<Test>::NotRemoved
			);
		}
	});
}
