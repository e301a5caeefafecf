use crate::{mock::*, Error, Event, NodeKind, NodeStatus};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn resign_should_take_a_validator_out_of_the_set_when_enough_are_left() {
	ExtBuilder::default()
		.with_address(DAVE, address_text(4))
		.build_and_execute(|| {
			assert_ok!(Nodes::resign(RuntimeOrigin::signed(DAVE)));

			assert_eq!(set(), [ALICE, BOB, CHARLIE]);
			assert_eq!(status(DAVE), Some(NodeStatus::Removed));
			assert_eq!(peer_owner(4), None);
			System::assert_last_event(
				Event::NodeResigned {
					operator: DAVE,
					kind: NodeKind::Validator,
				}
				.into(),
			);
		});
}

#[test]
fn resign_should_leave_no_record_when_it_takes_an_application_back() {
	ExtBuilder::default().build_and_execute(|| {
		for audited in [false, true] {
			assert_ok!(apply_observer(EVE));
			if audited {
				assert_ok!(Nodes::audit(RuntimeOrigin::root(), EVE, digest(1)));
			}
			assert_ok!(Nodes::resign(RuntimeOrigin::signed(EVE)));
			assert_eq!((record(EVE), peer_owner(5)), (None, None));
		}
	});
}

#[test]
fn resign_should_work_when_the_operator_has_lost_its_role() {
	ExtBuilder::default().build_and_execute(|| {
		exclude(DAVE);
		assert_ok!(Nodes::resign(RuntimeOrigin::signed(DAVE)));
	});
}

#[test]
fn resign_should_fail_when_the_caller_is_not_signed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Nodes::resign(RuntimeOrigin::root()), DispatchError::BadOrigin);
	});
}

#[test]
fn resign_should_fail_when_the_caller_has_no_node() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::resign(RuntimeOrigin::signed(EVE)),
			Error::<Test>::NodeUnknown
		);
	});
}

#[test]
fn resign_should_fail_when_the_node_was_removed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(DAVE));
		assert_noop!(
			Nodes::resign(RuntimeOrigin::signed(DAVE)),
			Error::<Test>::NodeRemoved
		);
	});
}

#[test]
fn resign_should_fail_when_too_few_validators_would_be_left() {
	ExtBuilder::default()
		.with_min_validators(4)
		.build_and_execute(|| {
			assert_noop!(
				Nodes::resign(RuntimeOrigin::signed(DAVE)),
				Error::<Test>::TooFewValidators
			);
		});
}

#[test]
fn resign_should_fail_when_finality_would_need_the_votes_of_newcomers() {
	ExtBuilder::default().build_and_execute(|| {
		for who in [EVE, FERDIE] {
			assert_ok!(apply_validator(who));
			assert_ok!(audit_and_admit(who));
		}
		assert_noop!(
			Nodes::resign(RuntimeOrigin::signed(DAVE)),
			Error::<Test>::TooManyReplaced
		);
		assert_ok!(Nodes::resign(RuntimeOrigin::signed(EVE)));
		assert_ok!(Nodes::resign(RuntimeOrigin::signed(DAVE)));
	});
}
