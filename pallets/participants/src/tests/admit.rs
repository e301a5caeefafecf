use crate::{mock::*, Error, Event, ParticipantRecord, RoleGrants, Status};
use carbon_primitives::{Role, Service, ServiceSet, TradingRight};
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
			Some(ParticipantRecord::admitted(granted.clone(), digest(9), 7))
		);
		assert_eq!(Copies::of(ALICE), Some(TradingRight::Lasting));
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
fn admit_should_accept_a_role_that_excludes_the_others_when_it_stands_alone_or_with_a_node() {
	for role in [
		Role::Verifier,
		Role::SettlementBank,
		Role::Insider,
		Role::Representative,
	] {
		for granted in [roles(&[role]), roles(&[role, Role::NodeOperator])] {
			ExtBuilder::default().build_and_execute(|| {
				assert_ok!(Participants::admit(
					RuntimeOrigin::root(),
					ALICE,
					granted,
					digest(1)
				));
			});
		}
	}
}

#[test]
fn admit_should_fail_when_roles_that_check_settle_or_supervise_stand_together() {
	let excluding = [Role::Verifier, Role::SettlementBank, Role::Insider];
	ExtBuilder::default().build_and_execute(|| {
		for (one, other) in [(0, 1), (0, 2), (1, 2)] {
			assert_noop!(
				Participants::admit(
					RuntimeOrigin::root(),
					ALICE,
					roles(&[excluding[one], excluding[other]]),
					digest(1)
				),
				Error::<Test>::RolesConflict
			);
		}
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

/// Let `who` apply with the documents `digest(1)` and pass the preliminary check.
fn registered(who: AccountId) {
	apply(who);
	assert_ok!(Participants::register(RuntimeOrigin::root(), who));
}

#[test]
fn admit_should_consume_the_application_when_it_is_registered() {
	ExtBuilder::default().build_and_execute(|| {
		registered(ALICE);

		// The roles are the regulator's decision, not the applicant's wish.
		assert_ok!(Participants::admit(
			RuntimeOrigin::root(),
			ALICE,
			roles(&[Role::CoveredEntity]),
			digest(1)
		));

		assert_eq!(crate::Applications::<Test>::get(ALICE), None);
		assert_eq!(crate::Applications::<Test>::count(), 0);
		assert_eq!(crate::ApplicationQueue::<Test>::get(0), None);
		assert_eq!(
			crate::Participants::<Test>::get(ALICE).unwrap().roles,
			roles(&[Role::CoveredEntity])
		);
		assert_eq!(System::providers(&ALICE), 1);
	});
}

#[test]
fn admit_should_keep_the_account_when_it_did_not_apply() {
	ExtBuilder::default().build_and_execute(|| {
		assert!(!exists(ALICE));
		assert_ok!(Participants::admit(
			RuntimeOrigin::root(),
			ALICE,
			roles(&[Role::Trader]),
			digest(1)
		));
		assert_eq!(System::providers(&ALICE), 1);
	});
}

#[test]
fn admit_should_fail_when_the_application_is_not_registered() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		assert_noop!(
			Participants::admit(RuntimeOrigin::root(), ALICE, roles(&[Role::Trader]), digest(1)),
			Error::<Test>::NotRegistered
		);
	});
}

#[test]
fn admit_should_fail_when_the_application_names_other_documents() {
	ExtBuilder::default().build_and_execute(|| {
		registered(ALICE);
		assert_noop!(
			Participants::admit(RuntimeOrigin::root(), ALICE, roles(&[Role::Trader]), digest(2)),
			Error::<Test>::IdentityMismatch
		);
	});
}

#[test]
fn admit_should_fail_when_the_account_is_expelled_and_has_not_applied() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_noop!(
				Participants::admit(RuntimeOrigin::root(), ALICE, roles(&[Role::Trader]), digest(1)),
				Error::<Test>::ReadmissionNeedsApplication
			);
		});
}

#[test]
fn admit_should_keep_lists_and_group_when_an_expelled_account_comes_back() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let group = create_group();
			join(ALICE, group);
			let closed = ServiceSet::NONE.with(Service::Auction);
			let root = RuntimeOrigin::root;
			assert_ok!(Participants::set_black_list(
				root(),
				ALICE,
				false,
				closed,
				digest(2)
			));
			assert_ok!(Participants::expel(root(), ALICE, digest(2)));
			System::set_block_number(5);
			registered(ALICE);
			assert_eq!(System::providers(&ALICE), 2);

			assert_ok!(Participants::admit(
				root(),
				ALICE,
				roles(&[Role::CoveredEntity]),
				digest(1)
			));

			let record = crate::Participants::<Test>::get(ALICE).unwrap();
			assert_eq!(
				(record.status, record.roles, record.identity, record.admitted_at),
				(Status::Admitted, roles(&[Role::CoveredEntity]), digest(1), 5)
			);
			assert_eq!((record.group, record.closed), (Some(group), closed));
			assert_eq!(System::providers(&ALICE), 1);
			assert_eq!(Copies::of(ALICE), Some(TradingRight::Lasting));
		});
}
