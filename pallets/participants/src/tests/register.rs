use crate::{mock::*, Error, Event, Status};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn register_should_change_nothing_but_the_status_when_the_regulator_calls() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		let before = crate::Applications::<Test>::get(ALICE).unwrap();

		assert_ok!(Participants::register(RuntimeOrigin::root(), ALICE));

		let after = crate::Applications::<Test>::get(ALICE).unwrap();
		assert_eq!(after.status, Status::Registered);
		assert_eq!((after.roles, after.entry), (before.roles, before.entry));
		System::assert_last_event(Event::ApplicationRegistered { account: ALICE }.into());
	});
}

#[test]
fn register_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		assert_noop!(
			Participants::register(RuntimeOrigin::signed(ALICE), ALICE),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn register_should_fail_when_no_application_is_pending() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Participants::register(RuntimeOrigin::root(), ALICE),
			Error::<Test>::ApplicationNotFound
		);
	});
}

#[test]
fn register_should_fail_when_the_application_is_registered_already() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		assert_ok!(Participants::register(RuntimeOrigin::root(), ALICE));
		assert_noop!(
			Participants::register(RuntimeOrigin::root(), ALICE),
			Error::<Test>::AlreadyRegistered
		);
	});
}
