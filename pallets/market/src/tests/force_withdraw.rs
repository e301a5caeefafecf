//! Funds that the regulator moves to the registry account of their owner.

use crate::{mock::*, Error, Event, Funds, Side, TradingAccounts};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, DispatchResult};

fn force_withdraw(who: AccountId, funds: Funds) -> DispatchResult {
	Market::force_withdraw(RuntimeOrigin::root(), who, funds)
}

#[test]
fn force_withdraw_should_move_free_funds_to_the_registry_account_of_their_owner() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(force_withdraw(ALICE, cash(CASH / 2)));
		assert_ok!(force_withdraw(ALICE, tonnes(TONNES / 2)));
		assert!(!TradingAccounts::<Test>::contains_key(ALICE));
		assert_eq!(Balances::free_balance(ALICE), CASH);
		assert_eq!(Assets::balance(ASSET, ALICE), TONNES.into());
		assert_eq!(
			market_events().last(),
			Some(&Event::ForcedWithdrawal {
				who: ALICE,
				funds: tonnes(TONNES / 2)
			})
		);
	});
}

#[test]
fn force_withdraw_should_succeed_when_the_owner_is_suspended_and_the_asset_halted() {
	ExtBuilder::trading().build_and_execute(|| {
		Participants::suspend(ALICE);
		Halts::halt_asset(ASSET, 100);
		assert_ok!(force_withdraw(ALICE, tonnes(1)));
		assert_ok!(force_withdraw(ALICE, cash(1)));
	});
}

#[test]
fn force_withdraw_should_name_the_orders_when_they_lock_what_is_missing() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Side::Buy, 100, 1);
		rest(ALICE, Side::Sell, 101, 1);
		assert_noop!(force_withdraw(ALICE, cash(CASH / 2)), Error::<Test>::CashLocked);
		assert_noop!(
			force_withdraw(ALICE, tonnes(TONNES / 2)),
			Error::<Test>::AllowancesLocked
		);
		assert_ok!(force_withdraw(ALICE, cash(CASH / 2 - 100)));
		assert_ok!(force_withdraw(ALICE, tonnes(TONNES / 2 - 1)));
	});
}

#[test]
fn force_withdraw_should_fail_when_the_account_has_too_little() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Side::Buy, 100, 1);
		rest(ALICE, Side::Sell, 101, 1);
		assert_noop!(
			force_withdraw(ALICE, cash(CASH / 2 + 1)),
			Error::<Test>::InsufficientCash
		);
		assert_noop!(
			force_withdraw(ALICE, tonnes(TONNES / 2 + 1)),
			Error::<Test>::InsufficientAllowances
		);
		// Without a trading account there is nothing.
		assert_noop!(force_withdraw(POOR, cash(1)), Error::<Test>::InsufficientCash);
		assert_noop!(
			force_withdraw(POOR, tonnes(1)),
			Error::<Test>::InsufficientAllowances
		);
	});
}

#[test]
fn force_withdraw_should_fail_when_the_account_is_no_participant() {
	ExtBuilder::trading().build_and_execute(|| {
		for who in [STRANGER, Market::account_id()] {
			assert_noop!(force_withdraw(who, cash(1)), NOT_ADMITTED);
			assert_noop!(force_withdraw(who, tonnes(1)), NOT_ADMITTED);
		}
	});
}

#[test]
fn force_withdraw_should_succeed_when_the_owner_is_black_listed() {
	ExtBuilder::trading().build_and_execute(|| {
		Participants::black_list(ALICE);
		assert_ok!(force_withdraw(ALICE, cash(1)));
	});
}

#[test]
fn force_withdraw_should_fail_when_nothing_is_withdrawn() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_noop!(force_withdraw(ALICE, cash(0)), Error::<Test>::AmountZero);
		assert_noop!(force_withdraw(ALICE, tonnes(0)), Error::<Test>::QuantityZero);
	});
}

#[test]
fn force_withdraw_should_fail_when_the_origin_is_not_the_regulator() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_noop!(
			Market::force_withdraw(RuntimeOrigin::signed(ALICE), ALICE, cash(1)),
			DispatchError::BadOrigin
		);
	});
}
