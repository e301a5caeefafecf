use crate::{mock::*, Error, RoleGrant};
use carbon_primitives::{Role, Service, ServiceSet, TradingRight};
use carbon_traits::{EnsureParticipant, HaltAccounts, ParticipantBenchmarkHelper};
use frame_support::{assert_noop, assert_ok, storage::unhashed};
use sp_runtime::DispatchError;

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
					Role::CoveredEntity | Role::ResourceHolder | Role::Trader => Ok(TradingRight::Lasting),
					Role::Verifier
					| Role::SettlementBank
					| Role::Insider
					| Role::Representative
					| Role::NodeOperator => Err(Error::<Test>::RoleMissing.into()),
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
		assert_ok!(
			Participants::ensure_may_trade(&ALICE),
			TradingRight::Until(end + 5)
		);
		Now::set(end);
		assert_ok!(
			Participants::ensure_may_trade(&ALICE),
			TradingRight::Until(end + 5)
		);
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

/// What the questions about her own property answer about Alice: whether she is known, may exit and may be paid.
fn answers_about_property() -> [Result<(), DispatchError>; 3] {
	[
		Participants::ensure_known(&ALICE),
		Participants::ensure_may_exit(&ALICE),
		Participants::ensure_may_be_paid(&ALICE),
	]
}

#[test]
fn questions_about_property_should_hold_when_the_participant_is_suspended_or_expelled() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_eq!(answers_about_property(), [Ok(()); 3]);
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_eq!(answers_about_property(), [Ok(()); 3]);
			assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_eq!(answers_about_property(), [Ok(()); 3]);
		});
}

#[test]
fn questions_about_property_should_fail_when_the_account_was_never_admitted() {
	ExtBuilder::default().build_and_execute(|| {
		let unknown = Err(Error::<Test>::NotAdmitted.into());
		assert_eq!(answers_about_property(), [unknown; 3]);
		apply(ALICE);
		assert_eq!(answers_about_property(), [unknown; 3]);
	});
}

#[test]
fn ensure_may_exit_and_be_paid_should_fail_when_the_participant_is_barred() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::halt_account(&ALICE, Some(GENESIS_TIME + 10)));
			assert_ok!(Participants::set_black_list(
				RuntimeOrigin::root(),
				ALICE,
				true,
				ServiceSet::NONE,
				digest(2)
			));
			let barred = Err(Error::<Test>::BlackListed.into());
			assert_eq!(answers_about_property(), [Ok(()), barred, barred]);
		});
}

#[test]
fn ensure_may_be_paid_should_fail_when_the_account_is_halted() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let end = GENESIS_TIME + 10;
			assert_ok!(Participants::halt_account(&ALICE, Some(end)));
			let halted = Err(Error::<Test>::Halted.into());
			assert_eq!(answers_about_property(), [Ok(()), Ok(()), halted]);
			// Not even when it is suspended as well.
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_eq!(answers_about_property(), [Ok(()), Ok(()), halted]);
			Now::set(end);
			assert_eq!(answers_about_property(), [Ok(()); 3]);
		});
}

/// What each question answers about Alice, for questions that fail: a role, trading, admission, a service.
fn answers() -> [Result<(), DispatchError>; 4] {
	[
		Participants::ensure_role(&ALICE, Role::Trader),
		Participants::ensure_may_trade(&ALICE).map(|_| ()),
		Participants::ensure_admitted(&ALICE),
		Participants::ensure_service(&ALICE, Service::DataSharing),
	]
}

#[test]
fn every_question_should_fail_when_the_participant_is_expelled() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_eq!(answers(), [Err(Error::<Test>::Expelled.into()); 4]);
		});
}

#[test]
fn every_question_should_fail_when_the_participant_is_barred() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::set_black_list(
				RuntimeOrigin::root(),
				ALICE,
				true,
				ServiceSet::NONE,
				digest(2)
			));
			assert_eq!(answers(), [Err(Error::<Test>::BlackListed.into()); 4]);
		});
}

#[test]
fn every_question_should_fail_when_the_account_is_an_applicant() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		assert_eq!(answers(), [Err(Error::<Test>::NotAdmitted.into()); 4]);
		assert_ok!(Participants::register(RuntimeOrigin::root(), ALICE));
		assert_eq!(answers(), [Err(Error::<Test>::NotAdmitted.into()); 4]);
	});
}

#[test]
fn every_question_but_that_about_a_role_should_fail_when_the_account_is_halted() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let end = GENESIS_TIME + 10;
			assert_ok!(Participants::halt_account(&ALICE, Some(end)));
			let halted = Err(Error::<Test>::Halted.into());
			assert_eq!(answers(), [Ok(()), halted, halted, halted]);
			Now::set(end - 1);
			assert_eq!(answers(), [Ok(()), halted, halted, halted]);
			Now::set(end);
			assert_eq!(answers(), [Ok(()); 4]);
		});
}

#[test]
fn ensure_may_trade_should_fail_when_the_black_list_closes_trading() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::set_black_list(
				RuntimeOrigin::root(),
				ALICE,
				false,
				ServiceSet::NONE.with(Service::Trading),
				digest(2)
			));
			let closed = Err(Error::<Test>::ServiceClosed.into());
			assert_eq!(answers(), [Ok(()), closed, Ok(()), Ok(())]);
		});
}

#[test]
fn ensure_service_should_fail_when_the_black_list_closes_the_service() {
	for service in Service::ALL {
		ExtBuilder::default()
			.with_participant(ALICE, &[Role::Trader])
			.build_and_execute(|| {
				assert_ok!(Participants::set_black_list(
					RuntimeOrigin::root(),
					ALICE,
					false,
					ServiceSet::NONE.with(service),
					digest(2)
				));
				for asked in Service::ALL {
					let closed = Participants::ensure_service(&ALICE, asked)
						== Err(Error::<Test>::ServiceClosed.into());
					assert_eq!(closed, asked == service);
				}
			});
	}
}

#[test]
fn ensure_service_should_fail_when_the_service_is_restricted_and_the_white_list_does_not_name_it() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::ensure_service(&ALICE, Service::Auction));
			assert_ok!(Participants::restrict_service(
				RuntimeOrigin::root(),
				Service::Auction,
				true
			));
			assert_noop!(
				Participants::ensure_service(&ALICE, Service::Auction),
				Error::<Test>::ServiceRestricted
			);
			assert_ok!(Participants::ensure_service(&ALICE, Service::BlockTrading));

			assert_ok!(Participants::set_white_list(
				RuntimeOrigin::root(),
				ALICE,
				ServiceSet::NONE.with(Service::Auction)
			));
			assert_ok!(Participants::ensure_service(&ALICE, Service::Auction));
		});
}

#[test]
fn ensure_service_should_fail_when_both_lists_name_the_service() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let auction = ServiceSet::NONE.with(Service::Auction);
			let root = RuntimeOrigin::root;
			assert_ok!(Participants::set_white_list(root(), ALICE, auction));
			assert_ok!(Participants::set_black_list(
				root(),
				ALICE,
				false,
				auction,
				digest(2)
			));
			assert_noop!(
				Participants::ensure_service(&ALICE, Service::Auction),
				Error::<Test>::ServiceClosed
			);
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

	let questions: [fn() -> bool; 7] = [
		|| Participants::ensure_role(&ALICE, Role::Trader).is_ok(),
		|| Participants::ensure_may_trade(&ALICE).is_ok(),
		|| Participants::ensure_admitted(&ALICE).is_ok(),
		|| Participants::ensure_known(&ALICE).is_ok(),
		|| Participants::ensure_may_exit(&ALICE).is_ok(),
		|| Participants::ensure_may_be_paid(&ALICE).is_ok(),
		// Which services are restricted is of no interest where none can be.
		|| Participants::ensure_service(&ALICE, Service::Trading).is_ok(),
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
