use crate::{mock::*, Error, Event};
use carbon_primitives::{Role, TradingRight};
use carbon_traits::EnsureParticipant;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn reinstate_should_give_the_roles_back_when_the_regulator_calls() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let before = crate::Participants::<Test>::get(ALICE);
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));

			assert_ok!(Participants::reinstate(RuntimeOrigin::root(), ALICE));

			assert_eq!(crate::Participants::<Test>::get(ALICE), before);
			assert_ok!(Participants::ensure_role(&ALICE, Role::Trader));
			System::assert_last_event(Event::ParticipantReinstated { account: ALICE }.into());
			assert_eq!(Copies::of(ALICE), Some(TradingRight::Lasting));
		});
}

#[test]
fn reinstate_should_not_revive_a_role_when_it_ended_during_the_suspension() {
	ExtBuilder::default().build_and_execute(|| {
		let end = GENESIS_TIME + 10;
		assert_ok!(Participants::admit(
			RuntimeOrigin::root(),
			ALICE,
			role_until(Role::Trader, end),
			digest(1)
		));
		assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
		Now::set(end);

		assert_ok!(Participants::reinstate(RuntimeOrigin::root(), ALICE));

		assert_noop!(Participants::ensure_may_trade(&ALICE), Error::<Test>::RoleExpired);
		assert_ok!(Participants::ensure_admitted(&ALICE));
	});
}

#[test]
fn reinstate_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_noop!(
				Participants::reinstate(RuntimeOrigin::signed(ALICE), ALICE),
				DispatchError::BadOrigin
			);
		});
}

#[test]
fn reinstate_should_fail_when_the_account_is_no_participant() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Participants::reinstate(RuntimeOrigin::root(), ALICE),
			Error::<Test>::NotAdmitted
		);
	});
}

#[test]
fn reinstate_should_fail_when_the_participant_is_not_suspended() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_noop!(
				Participants::reinstate(RuntimeOrigin::root(), ALICE),
				Error::<Test>::NotSuspended
			);
		});
}

#[test]
fn reinstate_should_fail_when_the_participant_is_expelled() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_noop!(
				Participants::reinstate(RuntimeOrigin::root(), ALICE),
				Error::<Test>::Expelled
			);
		});
}
