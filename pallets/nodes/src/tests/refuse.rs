use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn refuse_should_leave_no_record_when_the_node_has_applied() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_validator(EVE));

		assert_ok!(Nodes::refuse(RuntimeOrigin::root(), EVE, digest(3)));

		assert_eq!((record(EVE), peer_owner(5)), (None, None));
		System::assert_last_event(
			Event::NodeRefused {
				operator: EVE,
				reason: digest(3),
			}
			.into(),
		);
	});
}

#[test]
fn refuse_should_leave_no_record_when_the_node_was_audited() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_observer(EVE));
		assert_ok!(Nodes::audit(RuntimeOrigin::root(), EVE, digest(1)));
		assert_ok!(Nodes::refuse(RuntimeOrigin::root(), EVE, digest(3)));
		assert_eq!(record(EVE), None);
	});
}

#[test]
fn refuse_should_let_the_operator_apply_again_when_it_wants_to() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_validator(EVE));
		assert_ok!(Nodes::refuse(RuntimeOrigin::root(), EVE, digest(3)));
		assert_ok!(apply_validator(EVE));
	});
}

#[test]
fn refuse_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_validator(EVE));
		assert_noop!(
			Nodes::refuse(RuntimeOrigin::signed(EVE), EVE, digest(3)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn refuse_should_fail_when_nobody_has_applied() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::refuse(RuntimeOrigin::root(), EVE, digest(3)),
			Error::<Test>::NodeUnknown
		);
	});
}

#[test]
fn refuse_should_fail_when_the_node_is_admitted_or_removed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(DAVE));
		for who in [ALICE, DAVE] {
			assert_noop!(
				Nodes::refuse(RuntimeOrigin::root(), who, digest(3)),
				Error::<Test>::NotPending
			);
		}
	});
}
