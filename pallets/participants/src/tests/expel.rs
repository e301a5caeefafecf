use crate::{mock::*, Error, Event, Status};
use carbon_primitives::{Role, TradingRight};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn expel_should_keep_the_roles_for_the_record_when_the_regulator_calls() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)));

			let record = crate::Participants::<Test>::get(ALICE).unwrap();
			assert_eq!(
				(record.status, record.roles),
				(Status::Expelled, roles(&[Role::Trader]))
			);
			assert_eq!(Copies::of(ALICE), Some(TradingRight::Withdrawn));
			assert!(exists(ALICE));
			System::assert_last_event(
				Event::ParticipantExpelled {
					account: ALICE,
					reason: digest(2),
				}
				.into(),
			);
		});
}

#[test]
fn expel_should_hold_when_the_participant_is_suspended() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)));
		});
}

#[test]
fn expel_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_noop!(
				Participants::expel(RuntimeOrigin::signed(BOB), ALICE, digest(2)),
				DispatchError::BadOrigin
			);
		});
}

#[test]
fn expel_should_fail_when_the_account_is_no_participant() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		assert_noop!(
			Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)),
			Error::<Test>::NotAdmitted
		);
	});
}

#[test]
fn expel_should_fail_when_the_participant_is_expelled_already() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_noop!(
				Participants::expel(RuntimeOrigin::root(), ALICE, digest(3)),
				Error::<Test>::AlreadyExpelled
			);
		});
}
