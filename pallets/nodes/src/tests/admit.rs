use crate::{mock::*, Error, Event, NodeKind, NodeStatus};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn audited_validator(who: AccountId) {
	assert_ok!(apply_validator(who));
	assert_ok!(Nodes::audit(RuntimeOrigin::root(), who, digest(1)));
}

#[test]
fn admit_should_append_to_the_set_when_a_validator_was_audited() {
	ExtBuilder::default().build_and_execute(|| {
		audited_validator(EVE);
		System::set_block_number(6);

		assert_ok!(Nodes::admit(RuntimeOrigin::root(), EVE));

		let record = record(EVE).unwrap();
		assert_eq!(
			(record.status, record.audit, record.since),
			(NodeStatus::Admitted, Some(digest(1)), 6)
		);
		assert_eq!(set(), [ALICE, BOB, CHARLIE, DAVE, EVE]);
		System::assert_last_event(
			Event::NodeAdmitted {
				operator: EVE,
				kind: NodeKind::Validator,
			}
			.into(),
		);
	});
}

#[test]
fn admit_should_leave_the_set_alone_when_the_node_is_an_observer() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_observer(EVE));
		assert_ok!(audit_and_admit(EVE));
		assert_eq!(status(EVE), Some(NodeStatus::Admitted));
		assert_eq!(set(), [ALICE, BOB, CHARLIE, DAVE]);
	});
}

#[test]
fn admit_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		audited_validator(EVE);
		assert_noop!(
			Nodes::admit(RuntimeOrigin::signed(EVE), EVE),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn admit_should_fail_when_nobody_has_applied() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::admit(RuntimeOrigin::root(), EVE),
			Error::<Test>::NodeUnknown
		);
	});
}

#[test]
fn admit_should_fail_when_the_audit_is_missing_or_used() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_validator(EVE));
		assert_ok!(remove(DAVE));
		for who in [ALICE, DAVE, EVE] {
			assert_noop!(
				Nodes::admit(RuntimeOrigin::root(), who),
				Error::<Test>::NotAudited
			);
		}
	});
}

#[test]
fn admit_should_fail_when_the_operator_has_lost_its_role() {
	ExtBuilder::default().build_and_execute(|| {
		audited_validator(EVE);
		exclude(EVE);
		assert_noop!(Nodes::admit(RuntimeOrigin::root(), EVE), ROLE_MISSING);
	});
}

#[test]
fn admit_should_fail_when_the_keys_are_gone() {
	ExtBuilder::default().build_and_execute(|| {
		audited_validator(EVE);
		assert_ok!(Session::purge_keys(RuntimeOrigin::signed(EVE)));
		assert_noop!(
			Nodes::admit(RuntimeOrigin::root(), EVE),
			Error::<Test>::KeysNotRegistered
		);
	});
}

#[test]
fn admit_should_fail_when_the_set_is_full() {
	ExtBuilder::default().build_and_execute(|| {
		for who in [EVE, FERDIE] {
			assert_ok!(apply_validator(who));
			assert_ok!(audit_and_admit(who));
		}
		audited_validator(GRACE);
		assert_noop!(
			Nodes::admit(RuntimeOrigin::root(), GRACE),
			Error::<Test>::TooManyValidators
		);
	});
}
