//! Who may act in the name of others, in whose name, and who may let others act in its own.

use super::extension::{bar, expel, passed, passes, pool, refused, Validity};
use crate::{mock::*, refusal};
use carbon_primitives::Role;
use carbon_traits::HaltAccounts;
use frame_support::{assert_ok, storage::unhashed};

/// Alice represents Bob, a trader.
fn represented() -> ExtBuilder {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Representative])
		.with_participant(BOB, &[Role::Trader])
}

/// What is said of Alice when she acts for Bob.
fn for_bob() -> Validity {
	pool(ALICE, &for_others(&[(BOB, false)]))
}

/// What is said of Alice when she takes Bob's property out for him.
fn exit_for_bob() -> Validity {
	pool(ALICE, &for_others(&[(BOB, true)]))
}

#[test]
fn a_call_for_another_should_pass_when_the_signer_is_a_representative_and_nobody_else() {
	for role in Role::ALL {
		ExtBuilder::default()
			.with_participant(ALICE, &[role])
			.with_participant(BOB, &[Role::Trader])
			.build_and_execute(|| {
				let expected = match role {
					Role::Representative => passed(),
					_ => refused(refusal::MAY_NOT_REPRESENT),
				};
				assert_eq!(for_bob(), expected);
				assert_eq!(exit_for_bob(), expected);
			});
	}
}

#[test]
fn a_call_for_another_should_be_refused_when_the_representative_is_suspended() {
	represented().build_and_execute(|| {
		assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
		assert_eq!(for_bob(), refused(refusal::MAY_NOT_REPRESENT));
		assert_eq!(exit_for_bob(), refused(refusal::MAY_NOT_REPRESENT));
	});
}

#[test]
fn a_call_for_another_should_be_refused_when_the_representative_is_expelled_or_barred() {
	represented().build_and_execute(|| {
		expel(ALICE);
		assert_eq!(for_bob(), refused(refusal::EXPELLED));
		bar(ALICE);
		assert_eq!(exit_for_bob(), refused(refusal::BLACK_LISTED));
	});
}

#[test]
fn a_call_for_another_should_be_refused_when_the_representative_is_halted() {
	represented().build_and_execute(|| {
		let end = GENESIS_TIME + 10;
		assert_ok!(Participants::halt_account(&ALICE, Some(end)));
		Now::set(end - 1);
		assert_eq!(for_bob(), refused(refusal::MAY_NOT_REPRESENT));
		Now::set(end);
		assert_eq!(for_bob(), passed());
	});
}

#[test]
fn a_call_for_another_should_be_refused_when_the_role_of_the_representative_has_ended() {
	represented().build_and_execute(|| {
		let end = GENESIS_TIME + 10;
		assert_ok!(Participants::set_roles(
			RuntimeOrigin::root(),
			ALICE,
			role_until(Role::Representative, end)
		));
		Now::set(end - 1);
		assert_eq!(for_bob(), passed());
		Now::set(end);
		assert_eq!(for_bob(), refused(refusal::MAY_NOT_REPRESENT));
	});
}

#[test]
fn a_call_for_another_should_be_refused_when_that_one_is_barred() {
	represented().build_and_execute(|| {
		bar(BOB);
		assert_eq!(for_bob(), refused(refusal::BLACK_LISTED));
		assert_eq!(exit_for_bob(), refused(refusal::BLACK_LISTED));
	});
}

#[test]
fn a_call_for_another_should_pass_only_as_an_exit_when_that_one_is_expelled() {
	represented().build_and_execute(|| {
		expel(BOB);
		assert_eq!(for_bob(), refused(refusal::EXPELLED));
		assert_eq!(exit_for_bob(), passed());
	});
}

#[test]
fn a_call_for_another_should_be_left_to_the_pallets_when_that_one_is_suspended_or_unknown() {
	represented().build_and_execute(|| {
		assert_ok!(Participants::suspend(RuntimeOrigin::root(), BOB, digest(2)));
		assert_eq!(for_bob(), passed());
		assert!(passes(ALICE, &for_others(&[(CHARLIE, false)])));
	});
}

#[test]
fn a_call_for_many_should_be_refused_when_one_of_them_is_barred_or_expelled() {
	represented()
		.with_participant(CHARLIE, &[Role::Trader])
		.build_and_execute(|| {
			let for_both = for_others(&[(77, false), (BOB, true), (CHARLIE, false)]);
			assert!(passes(ALICE, &for_both));
			expel(CHARLIE);
			assert_eq!(pool(ALICE, &for_both), refused(refusal::EXPELLED));
			bar(BOB);
			assert_eq!(pool(ALICE, &for_both), refused(refusal::BLACK_LISTED));
		});
}

#[test]
fn a_call_for_many_should_be_refused_when_they_are_more_than_may_be_looked_at() {
	represented().build_and_execute(|| {
		let principals = [(10, false), (11, false), (12, false), (13, false), (14, false)];
		assert!(passes(ALICE, &for_others(&principals[1..])));
		assert_eq!(
			pool(ALICE, &for_others(&principals)),
			refused(refusal::TOO_MANY_PRINCIPALS)
		);
		assert_eq!(
			pool(KEY, &for_others(&principals)),
			refused(refusal::TOO_MANY_PRINCIPALS)
		);
	});
}

#[test]
fn a_call_for_another_should_be_refused_when_the_signer_is_always_admitted() {
	ExtBuilder::default()
		.with_participant(BOB, &[Role::Trader])
		.build_and_execute(|| {
			let call = for_others(&[(BOB, false)]);
			assert_eq!(pool(KEY, &call), refused(refusal::MAY_NOT_REPRESENT));
			assert_ok!(Participants::admit(
				RuntimeOrigin::root(),
				KEY,
				roles(&[Role::Insider]),
				digest(1)
			));
			assert_eq!(pool(KEY, &call), refused(refusal::MAY_NOT_REPRESENT));
		});
}

#[test]
fn a_call_for_another_should_be_refused_when_the_signer_is_always_admitted_and_was_a_representative() {
	represented()
		.with_participant(KEY, &[Role::Representative])
		.build_and_execute(|| {
			let call = for_others(&[(BOB, false)]);
			assert!(passes(KEY, &call));
			bar(KEY);
			assert_eq!(pool(KEY, &call), refused(refusal::MAY_NOT_REPRESENT));
			expel(KEY);
			assert_eq!(pool(KEY, &call), refused(refusal::MAY_NOT_REPRESENT));
		});
}

#[test]
fn a_delegation_should_be_refused_when_a_role_has_to_be_filled_in_person() {
	for role in Role::ALL {
		ExtBuilder::default()
			.with_participant(ALICE, &[role])
			.build_and_execute(|| {
				let expected = match role {
					Role::Verifier | Role::SettlementBank | Role::Insider => {
						refused(refusal::MAY_NOT_DELEGATE)
					}
					_ => passed(),
				};
				assert_eq!(pool(ALICE, &remark(DELEGATE)), expected);
			});
	}
}

#[test]
fn a_delegation_should_be_refused_when_the_role_has_ended() {
	ExtBuilder::default().build_and_execute(|| {
		let end = GENESIS_TIME + 10;
		assert_ok!(Participants::admit(
			RuntimeOrigin::root(),
			ALICE,
			role_until(Role::Insider, end),
			digest(1)
		));
		Now::set(end);
		assert_eq!(pool(ALICE, &remark(DELEGATE)), refused(refusal::MAY_NOT_DELEGATE));
	});
}

#[test]
fn a_delegation_should_be_refused_when_the_signer_is_always_admitted_and_no_participant_or_an_insider() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(pool(KEY, &remark(DELEGATE)), refused(refusal::MAY_NOT_DELEGATE));
		assert_ok!(Participants::admit(
			RuntimeOrigin::root(),
			KEY,
			roles(&[Role::Insider]),
			digest(1)
		));
		assert_eq!(pool(KEY, &remark(DELEGATE)), refused(refusal::MAY_NOT_DELEGATE));
	});
}

/// The validity of Alice's call for Bob, when asking for the time panics.
fn for_bob_without_a_clock() -> Validity {
	IsStopped::set(true);
	let outcome = for_bob();
	IsStopped::set(false);
	outcome
}

#[test]
fn a_call_for_another_should_ask_for_the_time_only_when_an_end_decides() {
	represented().build_and_execute(|| {
		assert_eq!(for_bob_without_a_clock(), passed());
		assert_ok!(Participants::set_roles(
			RuntimeOrigin::root(),
			ALICE,
			role_until(Role::Representative, GENESIS_TIME + 10)
		));
		let is_asked = std::panic::catch_unwind(for_bob_without_a_clock).is_err();
		IsStopped::set(false);
		assert!(is_asked);
	});
}

#[test]
fn a_call_for_another_should_read_both_records_and_nothing_else() {
	let mut ext = represented().build();
	ext.commit_all().unwrap();
	let (_, proof_of_both) = ext.execute_and_prove(|| {
		for who in [ALICE, BOB] {
			unhashed::get_raw(&crate::Participants::<Test>::hashed_key_for(who));
		}
	});
	let (outcome, proof) = ext.execute_and_prove(for_bob);
	assert_eq!(outcome, passed());
	assert_eq!(proof, proof_of_both);
}

#[test]
fn letting_others_act_for_another_should_be_refused_when_that_one_has_to_act_in_person() {
	for role in Role::ALL {
		ExtBuilder::default()
			.with_participant(ALICE, &[Role::Representative])
			.with_participant(BOB, &[role])
			.build_and_execute(|| {
				let expected = match role.may_represent() {
					true => passed(),
					false => refused(refusal::MAY_NOT_DELEGATE),
				};
				assert_eq!(pool(ALICE, &delegate_for_others(&[(BOB, false)])), expected);
			});
	}
}
