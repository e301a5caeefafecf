//! Moving funds back to the registry account.

use crate::{mock::*, Error, Event, Funds, Side, TradingAccounts};
use frame_support::{assert_noop, assert_ok};

fn withdraw(who: AccountId, funds: Funds) -> sp_runtime::DispatchResult {
	Market::withdraw(RuntimeOrigin::signed(who), funds)
}

#[test]
fn withdraw_should_remove_the_record_when_everything_leaves() {
	ExtBuilder::default()
		.with_market()
		.with_trader(ALICE)
		.build_and_execute(|| {
			assert_ok!(withdraw(ALICE, cash(CASH / 2)));
			assert_ok!(withdraw(ALICE, tonnes(TONNES / 2)));
			assert!(!TradingAccounts::<Test>::contains_key(ALICE));
			assert_eq!(Balances::free_balance(ALICE), CASH);
			assert_eq!(Assets::balance(ASSET, ALICE), TONNES.into());
			assert_eq!(
				market_events().last(),
				Some(&Event::Withdrawn {
					who: ALICE,
					funds: tonnes(TONNES / 2)
				})
			);
			// The backing account outlives its last fen and takes deposits again.
			assert!(System::account_exists(&Market::account_id()));
			assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), tonnes(1)));
		});
}

#[test]
fn withdraw_should_succeed_when_the_participant_is_suspended() {
	ExtBuilder::trading().build_and_execute(|| {
		Participants::suspend(ALICE);
		assert_ok!(withdraw(ALICE, cash(1)));
		assert_ok!(withdraw(ALICE, tonnes(1)));
	});
}

#[test]
fn withdraw_should_fail_when_the_owner_is_black_listed() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest(ALICE, Side::Sell, 9_000, 1);
		Participants::black_list(ALICE);
		// Nothing leaves the trading account by a cancellation.
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(ALICE), ASSET, order));
		assert_noop!(withdraw(ALICE, cash(1)), BLACK_LISTED);
		assert_noop!(withdraw(ALICE, tonnes(1)), BLACK_LISTED);
	});
}

#[test]
fn withdraw_should_fail_when_the_account_was_never_admitted() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_noop!(withdraw(STRANGER, cash(1)), NOT_ADMITTED);
	});
}

#[test]
fn withdraw_should_fail_when_nothing_is_withdrawn() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_noop!(withdraw(ALICE, cash(0)), Error::<Test>::AmountZero);
		assert_noop!(withdraw(ALICE, tonnes(0)), Error::<Test>::QuantityZero);
	});
}

#[test]
fn withdraw_should_fail_when_more_is_wanted_than_is_free() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_noop!(
			withdraw(ALICE, cash(CASH / 2 + 1)),
			Error::<Test>::InsufficientCash
		);
		assert_noop!(
			withdraw(ALICE, tonnes(TONNES / 2 + 1)),
			Error::<Test>::InsufficientAllowances
		);
		rest(ALICE, Side::Buy, 100, 1);
		rest(ALICE, Side::Sell, 101, 1);
		assert_noop!(
			withdraw(ALICE, cash(CASH / 2 - 99)),
			Error::<Test>::InsufficientCash
		);
		assert_noop!(
			withdraw(ALICE, tonnes(TONNES / 2)),
			Error::<Test>::InsufficientAllowances
		);
		assert_ok!(withdraw(ALICE, cash(CASH / 2 - 100)));
		assert_ok!(withdraw(ALICE, tonnes(TONNES / 2 - 1)));
	});
}

#[test]
fn withdraw_should_fail_when_there_is_no_trading_account() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(withdraw(ALICE, cash(1)), Error::<Test>::InsufficientCash);
		assert_noop!(withdraw(ALICE, tonnes(1)), Error::<Test>::InsufficientAllowances);
	});
}
