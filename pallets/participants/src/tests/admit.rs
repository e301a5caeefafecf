use crate::{mock::*, Error, Event, ParticipantRecord, RoleGrants, Status};
use carbon_primitives::Role;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn admit_should_store_the_record_when_the_regulator_calls() {
	ExtBuilder::default().build_and_execute(|| {
		System::set_block_number(7);
		let granted = roles(&[Role::CoveredEntity, Role::Trader]);

		assert_ok!(Participants::admit(
			RuntimeOrigin::root(),
			ALICE,
			granted.clone(),
			digest(9)
		));

		assert_eq!(
			crate::Participants::<Test>::get(ALICE),
			Some(ParticipantRecord {
				status: Status::Admitted,
				roles: granted.clone(),
				identity: digest(9),
				admitted_at: 7,
			})
		);
		System::assert_last_event(
			Event::ParticipantAdmitted {
				account: ALICE,
				roles: granted,
				identity: digest(9),
			}
			.into(),
		);
	});
}

#[test]
fn admit_should_accept_every_role_that_excludes_trading_when_they_stand_together() {
	ExtBuilder::default().build_and_execute(|| {
		let granted = roles(&[Role::Verifier, Role::SettlementBank, Role::Insider]);
		assert_ok!(Participants::admit(
			RuntimeOrigin::root(),
			ALICE,
			granted,
			digest(1)
		));
	});
}

#[test]
fn admit_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [RuntimeOrigin::signed(ALICE), RuntimeOrigin::none()] {
			assert_noop!(
				Participants::admit(origin, ALICE, roles(&[Role::Trader]), digest(1)),
				DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn admit_should_fail_when_the_account_is_admitted_already() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_noop!(
				Participants::admit(RuntimeOrigin::root(), ALICE, roles(&[Role::Verifier]), digest(1)),
				Error::<Test>::AlreadyAdmitted
			);
		});
}

#[test]
fn admit_should_fail_when_the_participant_is_suspended() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_noop!(
				Participants::admit(RuntimeOrigin::root(), ALICE, roles(&[Role::Trader]), digest(1)),
				Error::<Test>::AlreadyAdmitted
			);
		});
}

#[test]
fn admit_should_fail_when_no_role_is_named() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Participants::admit(RuntimeOrigin::root(), ALICE, RoleGrants::default(), digest(1)),
			Error::<Test>::RolesEmpty
		);
	});
}

#[test]
fn admit_should_fail_when_a_role_is_named_twice() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Participants::admit(
				RuntimeOrigin::root(),
				ALICE,
				roles(&[Role::Trader, Role::CoveredEntity, Role::Trader]),
				digest(1)
			),
			Error::<Test>::RoleDuplicate
		);
	});
}

#[test]
fn admit_should_fail_when_roles_conflict() {
	ExtBuilder::default().build_and_execute(|| {
		for trading in [Role::CoveredEntity, Role::ResourceHolder, Role::Trader] {
			for excluding in [Role::Verifier, Role::SettlementBank, Role::Insider] {
				for pair in [[trading, excluding], [excluding, trading]] {
					assert_noop!(
						Participants::admit(RuntimeOrigin::root(), ALICE, roles(&pair), digest(1)),
						Error::<Test>::RolesConflict
					);
				}
			}
		}
	});
}

#[test]
fn admit_should_fail_when_a_role_has_ended_already() {
	ExtBuilder::default().build_and_execute(|| {
		for expires_at in [0, GENESIS_TIME - 1, GENESIS_TIME] {
			assert_noop!(
				Participants::admit(
					RuntimeOrigin::root(),
					ALICE,
					role_until(Role::Verifier, expires_at),
					digest(1)
				),
				Error::<Test>::ExpiryPassed
			);
		}
	});
}

#[test]
fn admit_should_accept_a_role_when_it_ends_one_millisecond_from_now() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Participants::admit(
			RuntimeOrigin::root(),
			ALICE,
			role_until(Role::Verifier, GENESIS_TIME + 1),
			digest(1)
		));
	});
}
