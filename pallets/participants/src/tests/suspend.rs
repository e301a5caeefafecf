use crate::{mock::*, Error, Event, Status};
use carbon_primitives::{Role, TradingRight};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn suspend_should_change_nothing_but_the_status_when_the_regulator_calls() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let before = crate::Participants::<Test>::get(ALICE).unwrap();

			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));

			let after = crate::Participants::<Test>::get(ALICE).unwrap();
			assert_eq!(after.status, Status::Suspended);
			assert_eq!((after.roles, after.identity), (before.roles, before.identity));
			assert_eq!(Copies::of(ALICE), Some(TradingRight::Withdrawn));
			System::assert_last_event(
				Event::ParticipantSuspended {
					account: ALICE,
					reason: digest(2),
				}
				.into(),
			);
		});
}

#[test]
fn suspend_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_noop!(
				Participants::suspend(RuntimeOrigin::signed(BOB), ALICE, digest(2)),
				DispatchError::BadOrigin
			);
		});
}

#[test]
fn suspend_should_fail_when_the_account_is_no_participant() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)),
			Error::<Test>::NotAdmitted
		);
	});
}

#[test]
fn suspend_should_fail_when_the_participant_is_suspended_already() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_noop!(
				Participants::suspend(RuntimeOrigin::root(), ALICE, digest(3)),
				Error::<Test>::AlreadySuspended
			);
		});
}

#[test]
fn suspend_should_fail_when_the_participant_is_expelled() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_noop!(
				Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)),
				Error::<Test>::Expelled
			);
		});
}
