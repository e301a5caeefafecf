use crate::{mock::*, Error, Event, NodeKind, NodeStatus};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn remove_should_take_a_validator_out_of_the_set_when_enough_are_left() {
	ExtBuilder::default()
		.with_address(BOB, address_text(2))
		.build_and_execute(|| {
			System::set_block_number(5);

			assert_ok!(remove(BOB));

			assert_eq!(set(), [ALICE, CHARLIE, DAVE]);
			let record = record(BOB).unwrap();
			assert_eq!((record.status, record.since), (NodeStatus::Removed, 5));
			// The record tells where it was; the peer id is free.
			assert_eq!(record.address, Some(address(2)));
			assert_eq!(peer_owner(2), None);
			System::assert_last_event(
				Event::NodeRemoved {
					operator: BOB,
					kind: NodeKind::Validator,
					reason: digest(2),
				}
				.into(),
			);
		});
}

#[test]
fn remove_should_keep_the_session_keys_when_a_validator_goes() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(DAVE));
		assert_eq!(Session::load_keys(&DAVE), Some(keys_of(DAVE, DAVE).0));
	});
}

#[test]
fn remove_should_leave_the_set_alone_when_the_node_is_an_observer() {
	ExtBuilder::default()
		.with_min_validators(4)
		.build_and_execute(|| {
			assert_ok!(apply_observer(EVE));
			assert_ok!(audit_and_admit(EVE));
			assert_ok!(remove(EVE));
			assert_eq!(set(), [ALICE, BOB, CHARLIE, DAVE]);
			assert_eq!(status(EVE), Some(NodeStatus::Removed));
		});
}

#[test]
fn remove_should_work_when_the_operator_has_lost_its_role() {
	ExtBuilder::default().build_and_execute(|| {
		exclude(DAVE);
		assert_ok!(remove(DAVE));
	});
}

#[test]
fn remove_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::remove(RuntimeOrigin::signed(ALICE), DAVE, digest(2)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn remove_should_fail_when_the_operator_has_no_node() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(remove(EVE), Error::<Test>::NodeUnknown);
	});
}

#[test]
fn remove_should_fail_when_the_node_is_not_admitted() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_validator(EVE));
		assert_noop!(remove(EVE), Error::<Test>::NotAdmitted);
		assert_ok!(Nodes::audit(RuntimeOrigin::root(), EVE, digest(1)));
		assert_noop!(remove(EVE), Error::<Test>::NotAdmitted);
		assert_ok!(remove(DAVE));
		assert_noop!(remove(DAVE), Error::<Test>::NotAdmitted);
	});
}

#[test]
fn remove_should_fail_when_too_few_validators_would_be_left() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(DAVE));
		assert_noop!(remove(CHARLIE), Error::<Test>::TooFewValidators);
	});
}

#[test]
fn remove_should_work_when_another_validator_was_admitted_first() {
	ExtBuilder::default()
		.with_min_validators(4)
		.build_and_execute(|| {
			assert_noop!(remove(DAVE), Error::<Test>::TooFewValidators);
			assert_ok!(apply_validator(EVE));
			assert_ok!(audit_and_admit(EVE));
			assert_ok!(remove(DAVE));
			assert_eq!(set(), [ALICE, BOB, CHARLIE, EVE]);
		});
}

#[test]
fn remove_should_fail_when_it_would_take_the_only_validator() {
	ExtBuilder::default()
		.with_validators([ALICE])
		.with_min_validators(1)
		.build_and_execute(|| {
			assert_noop!(remove(ALICE), Error::<Test>::TooFewValidators);
		});
}
