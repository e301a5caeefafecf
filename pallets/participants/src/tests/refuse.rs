use crate::{mock::*, Error, Event};
use carbon_primitives::Role;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn refuse_should_remove_the_application_and_its_account_when_it_is_applied_or_registered() {
	for is_registered in [false, true] {
		ExtBuilder::default().build_and_execute(|| {
			apply(ALICE);
			if is_registered {
				assert_ok!(Participants::register(RuntimeOrigin::root(), ALICE));
			}

			assert_ok!(Participants::refuse(RuntimeOrigin::root(), ALICE, digest(2)));

			assert_eq!(crate::Applications::<Test>::get(ALICE), None);
			assert_eq!(crate::ApplicationQueue::<Test>::get(0), None);
			assert!(!exists(ALICE));
			System::assert_last_event(
				Event::ApplicationRefused {
					account: ALICE,
					reason: digest(2),
				}
				.into(),
			);
		});
	}
}

#[test]
fn refuse_should_leave_the_account_its_own_reference_when_it_was_a_participant() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)));
			apply(ALICE);
			assert_ok!(Participants::refuse(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_eq!(System::providers(&ALICE), 1);
		});
}

#[test]
fn refuse_should_leave_the_account_in_existence_when_something_else_relies_on_it() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		assert_ok!(System::inc_consumers(&ALICE));
		assert_ok!(Participants::refuse(RuntimeOrigin::root(), ALICE, digest(2)));
		assert!(exists(ALICE));
		assert_eq!(crate::Applications::<Test>::get(ALICE), None);
	});
}

#[test]
fn refuse_should_let_the_account_apply_again() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		assert_ok!(Participants::refuse(RuntimeOrigin::root(), ALICE, digest(2)));
		apply(ALICE);
		assert_eq!(crate::Applications::<Test>::get(ALICE).unwrap().entry, 1);
	});
}

#[test]
fn refuse_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		assert_noop!(
			Participants::refuse(RuntimeOrigin::signed(BOB), ALICE, digest(2)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn refuse_should_fail_when_no_application_is_pending() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Participants::refuse(RuntimeOrigin::root(), ALICE, digest(2)),
			Error::<Test>::ApplicationNotFound
		);
	});
}
