use crate::{mock::*, Error, Event};
use carbon_primitives::HaltScope;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::Dispatchable, DispatchError};

fn halted() {
	assert_ok!(Regulator::halt(
		RuntimeOrigin::root(),
		HaltScope::Asset(ASSET),
		GENESIS_TIME + 10
	));
}

#[test]
fn resume_should_lift_the_halt_when_root_calls() {
	ExtBuilder::default().build_and_execute(|| {
		halted();

		assert_ok!(Regulator::resume(RuntimeOrigin::root(), HaltScope::Asset(ASSET)));

		assert_eq!(Regulator::halts(), []);
		assert_eq!(Applied::get(HaltScope::Asset(ASSET)), None);
		System::assert_last_event(
			Event::HaltLifted {
				scope: HaltScope::Asset(ASSET),
				old_value: GENESIS_TIME + 10,
			}
			.into(),
		);
	});
}

#[test]
fn resume_should_work_as_an_act_when_the_table_allows_it() {
	ExtBuilder::default().build_and_execute(|| {
		halted();
		let scope = HaltScope::Asset(ASSET);
		act(OFFICER, crate::Call::resume { scope }.into());
		assert_eq!(Regulator::halts(), []);
	});
}

#[test]
fn resume_should_fail_when_the_scope_is_not_halted() {
	ExtBuilder::default().build_and_execute(|| {
		halted();
		assert_noop!(
			Regulator::resume(RuntimeOrigin::root(), HaltScope::Market(ASSET)),
			Error::<Test>::NotHalted
		);
	});
}

#[test]
fn resume_should_fail_and_leave_the_halt_when_what_was_halted_is_gone() {
	ExtBuilder::default().build_and_execute(|| {
		halted();
		Gone::set(true);
		let scope = HaltScope::Asset(ASSET);
		let call = RuntimeCall::Regulator(crate::Call::resume { scope });
		assert_noop!(
			call.dispatch(RuntimeOrigin::root()).map_err(|e| e.error),
			NOTHING_THERE
		);
	});
}

#[test]
fn resume_should_fail_when_an_officer_calls_without_an_act() {
	ExtBuilder::default().build_and_execute(|| {
		halted();
		assert_noop!(
			Regulator::resume(signed(SUPERVISOR), HaltScope::Asset(ASSET)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn resume_should_leave_room_for_an_earlier_end_when_a_longer_halt_was_in_force() {
	ExtBuilder::default().build_and_execute(|| {
		halted();
		assert_ok!(Regulator::resume(RuntimeOrigin::root(), HaltScope::Asset(ASSET)));
		assert_ok!(Regulator::halt(
			RuntimeOrigin::root(),
			HaltScope::Asset(ASSET),
			GENESIS_TIME + 5
		));
		assert_eq!(Applied::get(HaltScope::Asset(ASSET)), Some(GENESIS_TIME + 5));
	});
}
