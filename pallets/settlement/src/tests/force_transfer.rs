use crate::{mock::*, Error, Event};
use carbon_primitives::Balance;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, DispatchResult};

fn force_transfer(from: AccountId, to: AccountId, amount: Balance) -> DispatchResult {
	Settlement::force_transfer(RuntimeOrigin::root(), from, to, amount)
}

fn with_balance() -> ExtBuilder {
	ExtBuilder::default().with_balance(ALICE, 100)
}

#[test]
fn force_transfer_should_move_free_tokens_when_the_other_account_is_admitted() {
	with_balance().build_and_execute(|| {
		assert_ok!(force_transfer(ALICE, BOB, 60));
		assert_eq!(
			(Balances::free_balance(ALICE), Balances::free_balance(BOB)),
			(40, 60)
		);
		System::assert_last_event(
			Event::ForcedTransfer {
				from: ALICE,
				to: BOB,
				amount: 60,
			}
			.into(),
		);
	});
}

#[test]
fn force_transfer_should_move_tokens_when_their_holder_is_no_longer_admitted() {
	with_balance().build_and_execute(|| {
		exclude(ALICE);
		assert_ok!(force_transfer(ALICE, BOB, 60));
	});
}

#[test]
fn force_transfer_should_leave_one_fen_when_everything_is_wanted() {
	with_balance().build_and_execute(|| {
		assert_noop!(
			force_transfer(ALICE, BOB, 100),
			Error::<Test>::FreeBalanceExceeded
		);
		assert_ok!(force_transfer(ALICE, BOB, 99));
		assert!(System::account_exists(&ALICE));
	});
}

#[test]
fn force_transfer_should_fail_when_the_tokens_are_on_hold_for_redemption() {
	with_balance().build_and_execute(|| {
		assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
		assert_noop!(force_transfer(ALICE, BOB, 41), Error::<Test>::FreeBalanceExceeded);
		assert_ok!(Settlement::force_release(RuntimeOrigin::root(), ALICE, 60));
		assert_ok!(force_transfer(ALICE, BOB, 99));
	});
}

#[test]
fn force_transfer_should_fail_when_the_other_account_is_not_admitted() {
	with_balance().build_and_execute(|| {
		assert_noop!(force_transfer(ALICE, STRANGER, 1), NOT_ADMITTED);
	});
}

#[test]
fn force_transfer_should_fail_when_the_account_was_never_admitted() {
	// As the accounts of pallets, which hold what belongs to others.
	ExtBuilder::default()
		.with_balance(STRANGER, 100)
		.build_and_execute(|| {
			assert_noop!(force_transfer(STRANGER, BOB, 1), UNKNOWN);
		});
}

#[test]
fn force_transfer_should_fail_when_the_accounts_are_one() {
	with_balance().build_and_execute(|| {
		assert_noop!(force_transfer(ALICE, ALICE, 1), Error::<Test>::SameAccount);
	});
}

#[test]
fn force_transfer_should_fail_when_the_amount_is_zero() {
	with_balance().build_and_execute(|| {
		assert_noop!(force_transfer(ALICE, BOB, 0), Error::<Test>::AmountZero);
	});
}

#[test]
fn force_transfer_should_fail_when_the_origin_is_not_the_regulator() {
	with_balance().build_and_execute(|| {
		for who in [ALICE, BANK] {
			assert_noop!(
				Settlement::force_transfer(RuntimeOrigin::signed(who), ALICE, BOB, 1),
				DispatchError::BadOrigin
			);
		}
	});
}
