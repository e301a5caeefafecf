use crate::{mock::*, Error, Event, NodeStatus};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn audit_should_note_the_report_when_the_node_has_applied() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_validator(EVE));
		System::set_block_number(4);

		assert_ok!(Nodes::audit(RuntimeOrigin::root(), EVE, digest(7)));

		let record = record(EVE).unwrap();
		assert_eq!(
			(record.status, record.audit, record.since),
			(NodeStatus::Audited, Some(digest(7)), 4)
		);
		System::assert_last_event(
			Event::NodeAudited {
				operator: EVE,
				report: digest(7),
			}
			.into(),
		);
	});
}

#[test]
fn audit_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_validator(EVE));
		assert_noop!(
			Nodes::audit(RuntimeOrigin::signed(EVE), EVE, digest(7)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn audit_should_fail_when_nobody_has_applied() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::audit(RuntimeOrigin::root(), EVE, digest(7)),
			Error::<Test>::NodeUnknown
		);
	});
}

#[test]
fn audit_should_fail_when_the_node_is_past_it() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_observer(EVE));
		assert_ok!(Nodes::audit(RuntimeOrigin::root(), EVE, digest(7)));
		assert_ok!(remove(DAVE));
		for who in [ALICE, DAVE, EVE] {
			assert_noop!(
				Nodes::audit(RuntimeOrigin::root(), who, digest(8)),
				Error::<Test>::NotApplied
			);
		}
	});
}
