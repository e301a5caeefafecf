use crate::{mock::*, Error, RoleGrant};
use carbon_primitives::Role;
use carbon_traits::{EnsureParticipant, ParticipantBenchmarkHelper};
use frame_support::{assert_noop, assert_ok, storage::unhashed};

#[test]
fn ensure_role_should_hold_when_the_role_is_granted() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::CoveredEntity, Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::ensure_role(&ALICE, Role::CoveredEntity));
			assert_ok!(Participants::ensure_role(&ALICE, Role::Trader));
		});
}

#[test]
fn ensure_role_should_fail_when_the_account_is_no_participant() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Participants::ensure_role(&ALICE, Role::Trader),
			Error::<Test>::NotAdmitted
		);
	});
}

#[test]
fn ensure_role_should_fail_when_another_role_is_granted() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::CoveredEntity])
		.build_and_execute(|| {
			for role in Role::ALL.into_iter().filter(|role| *role != Role::CoveredEntity) {
				assert_noop!(
					Participants::ensure_role(&ALICE, role),
					Error::<Test>::RoleMissing
				);
			}
		});
}

#[test]
fn ensure_role_should_fail_from_the_moment_on_when_the_grant_ends() {
	ExtBuilder::default().build_and_execute(|| {
		let end = GENESIS_TIME + 10;
		assert_ok!(Participants::admit(
			RuntimeOrigin::root(),
			ALICE,
			role_until(Role::Verifier, end),
			digest(1)
		));
		Now::set(end - 1);
		assert_ok!(Participants::ensure_role(&ALICE, Role::Verifier));
		Now::set(end);
		assert_noop!(
			Participants::ensure_role(&ALICE, Role::Verifier),
			Error::<Test>::RoleExpired
		);
		// A role that was never granted is missing, not expired.
		assert_noop!(
			Participants::ensure_role(&ALICE, Role::Insider),
			Error::<Test>::RoleMissing
		);
	});
}

#[test]
fn ensure_role_should_fail_when_the_participant_is_suspended() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_noop!(
				Participants::ensure_role(&ALICE, Role::Trader),
				Error::<Test>::Suspended
			);
			// The status comes first: a suspended account learns nothing about its roles.
			assert_noop!(
				Participants::ensure_role(&ALICE, Role::Verifier),
				Error::<Test>::Suspended
			);
		});
}

#[test]
fn ensure_may_trade_should_hold_when_any_trading_role_is_granted() {
	for role in Role::ALL {
		ExtBuilder::default()
			.with_participant(ALICE, &[role])
			.build_and_execute(|| {
				let expected = match role {
					Role::CoveredEntity | Role::ResourceHolder | Role::Trader => Ok(()),
					Role::Verifier | Role::SettlementBank | Role::Insider => {
						Err(Error::<Test>::RoleMissing.into())
					}
				};
				assert_eq!(Participants::ensure_may_trade(&ALICE), expected);
			});
	}
}

#[test]
fn ensure_may_trade_should_hold_when_one_of_two_trading_roles_has_ended() {
	ExtBuilder::default().build_and_execute(|| {
		let end = GENESIS_TIME + 10;
		let granted = vec![
			RoleGrant {
				role: Role::CoveredEntity,
				expires_at: Some(end),
			},
			RoleGrant {
				role: Role::Trader,
				expires_at: Some(end + 5),
			},
		];
		assert_ok!(Participants::admit(
			RuntimeOrigin::root(),
			ALICE,
			granted.try_into().unwrap(),
			digest(1)
		));
		Now::set(end);
		assert_ok!(Participants::ensure_may_trade(&ALICE));
		Now::set(end + 5);
		assert_noop!(Participants::ensure_may_trade(&ALICE), Error::<Test>::RoleExpired);
	});
}

#[test]
fn ensure_may_trade_should_fail_when_the_account_is_no_participant_or_suspended() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_noop!(Participants::ensure_may_trade(&ALICE), Error::<Test>::Suspended);
			assert_noop!(Participants::ensure_may_trade(&BOB), Error::<Test>::NotAdmitted);
		});
}

#[test]
fn ensure_admitted_should_hold_when_every_role_has_ended() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Participants::admit(
			RuntimeOrigin::root(),
			ALICE,
			role_until(Role::Trader, GENESIS_TIME + 1),
			digest(1)
		));
		Now::set(GENESIS_TIME + 1);
		assert_ok!(Participants::ensure_admitted(&ALICE));
	});
}

#[test]
fn ensure_admitted_should_fail_when_the_account_is_no_participant_or_suspended() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_noop!(Participants::ensure_admitted(&ALICE), Error::<Test>::Suspended);
			assert_noop!(Participants::ensure_admitted(&BOB), Error::<Test>::NotAdmitted);
		});
}

#[test]
fn the_benchmark_helper_should_make_an_account_fit_to_act_when_other_pallets_ask_for_it() {
	ExtBuilder::default().build_and_execute(|| {
		for role in Role::ALL {
			<Participants as ParticipantBenchmarkHelper<_>>::admit(&ALICE, role);
			assert_ok!(Participants::ensure_role(&ALICE, role));
		}
	});
}

#[test]
fn every_question_should_touch_the_record_and_nothing_else_when_it_is_asked() {
	// What an execution reads is seen in the trie nodes that a proof of it needs.
	let mut ext = ExtBuilder::default()
		.with_participant(ALICE, &[Role::CoveredEntity, Role::Trader])
		.with_participant(BOB, &[Role::Verifier])
		.build();
	ext.commit_all().unwrap();
	let key = crate::Participants::<Test>::hashed_key_for(ALICE);
	let (record, proof_of_the_record) = ext.execute_and_prove(|| unhashed::get_raw(&key));
	assert!(record.is_some());

	let questions: [fn() -> bool; 3] = [
		|| Participants::ensure_role(&ALICE, Role::Trader).is_ok(),
		|| Participants::ensure_may_trade(&ALICE).is_ok(),
		|| Participants::ensure_admitted(&ALICE).is_ok(),
	];
	for question in questions {
		let (answer, proof) = ext.execute_and_prove(question);
		assert!(answer);
		assert_eq!(proof, proof_of_the_record);
	}
	// The negative control: another account's record needs more nodes.
	let (_, proof) = ext.execute_and_prove(|| {
		Participants::ensure_admitted(&ALICE).is_ok() && Participants::ensure_admitted(&BOB).is_ok()
	});
	assert_ne!(proof, proof_of_the_record);
}
