use crate::{mock::*, Error, Event, RoleGrants, Status};
use carbon_primitives::{Role, TradingRight};
use carbon_traits::EnsureParticipant;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn set_roles_should_replace_the_whole_list_when_the_regulator_calls() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::CoveredEntity, Role::Trader])
		.build_and_execute(|| {
			let new_value = role_until(Role::Verifier, GENESIS_TIME + 10);

			assert_ok!(Participants::set_roles(
				RuntimeOrigin::root(),
				ALICE,
				new_value.clone()
			));

			assert_eq!(crate::Participants::<Test>::get(ALICE).unwrap().roles, new_value);
			System::assert_last_event(
				Event::RolesChanged {
					account: ALICE,
					old_value: roles(&[Role::CoveredEntity, Role::Trader]),
					new_value,
				}
				.into(),
			);
			assert_noop!(Participants::ensure_may_trade(&ALICE), Error::<Test>::RoleMissing);
		});
}

#[test]
fn set_roles_should_leave_the_status_alone_when_the_participant_is_suspended() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_ok!(Participants::set_roles(
				RuntimeOrigin::root(),
				ALICE,
				roles(&[Role::Insider])
			));
			assert_eq!(
				crate::Participants::<Test>::get(ALICE).unwrap().status,
				Status::Suspended
			);
			assert_noop!(
				Participants::ensure_role(&ALICE, Role::Insider),
				Error::<Test>::Suspended
			);
		});
}

#[test]
fn set_roles_should_renew_a_role_when_it_has_ended() {
	ExtBuilder::default().build_and_execute(|| {
		let end = GENESIS_TIME + 10;
		assert_ok!(Participants::admit(
			RuntimeOrigin::root(),
			ALICE,
			role_until(Role::Verifier, end),
			digest(1)
		));
		Now::set(end);
		assert_noop!(
			Participants::ensure_role(&ALICE, Role::Verifier),
			Error::<Test>::RoleExpired
		);

		assert_ok!(Participants::set_roles(
			RuntimeOrigin::root(),
			ALICE,
			role_until(Role::Verifier, end + 1)
		));

		assert_ok!(Participants::ensure_role(&ALICE, Role::Verifier));
	});
}

#[test]
fn set_roles_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_noop!(
				Participants::set_roles(RuntimeOrigin::signed(ALICE), ALICE, roles(&[Role::CoveredEntity])),
				DispatchError::BadOrigin
			);
		});
}

#[test]
fn set_roles_should_fail_when_the_account_is_no_participant() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Participants::set_roles(RuntimeOrigin::root(), ALICE, roles(&[Role::Trader])),
			Error::<Test>::NotAdmitted
		);
	});
}

#[test]
fn set_roles_should_fail_when_the_list_does_not_fit_together() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			for (list, error) in [
				(RoleGrants::default(), Error::<Test>::RolesEmpty),
				(
					roles(&[Role::Insider, Role::Insider]),
					Error::<Test>::RoleDuplicate,
				),
				(
					roles(&[Role::Trader, Role::Insider]),
					Error::<Test>::RolesConflict,
				),
				(
					role_until(Role::Trader, GENESIS_TIME),
					Error::<Test>::ExpiryPassed,
				),
			] {
				assert_noop!(Participants::set_roles(RuntimeOrigin::root(), ALICE, list), error);
			}
		});
}

#[test]
fn set_roles_should_fail_when_the_participant_is_expelled() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_noop!(
				Participants::set_roles(RuntimeOrigin::root(), ALICE, roles(&[Role::Trader])),
				Error::<Test>::Expelled
			);
		});
}

#[test]
fn set_roles_should_tell_the_right_to_trade_when_it_changes() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let end = GENESIS_TIME + 10;
			for (list, right) in [
				(role_until(Role::Trader, end), TradingRight::Until(end)),
				(roles(&[Role::Trader]), TradingRight::Lasting),
				(roles(&[Role::Verifier]), TradingRight::Withdrawn),
			] {
				assert_ok!(Participants::set_roles(RuntimeOrigin::root(), ALICE, list));
				assert_eq!(Copies::of(ALICE), Some(right));
			}
		});
}
