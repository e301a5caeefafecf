//! Sending the fees of a market to the treasury.

use crate::{mock::*, Error, Event, FeeRates, MarketParams, Markets, OrderKind, Side, TradingAccounts};
use carbon_primitives::Balance;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, DispatchResult};

fn collect() -> DispatchResult {
	Market::collect_fees(RuntimeOrigin::signed(STRANGER), ASSET)
}

fn trading(maker_ppm: u16, taker_ppm: u16) -> ExtBuilder {
	let params = MarketParams {
		fees: FeeRates { maker_ppm, taker_ppm },
		..Default::default()
	};
	ExtBuilder::default()
		.with_params(params)
		.with_trader(ALICE)
		.with_trader(BOB)
}

fn trade(tonnes: u64) {
	rest(ALICE, Side::Sell, 9_000, tonnes);
	assert_ok!(place(BOB, Side::Buy, 9_000, tonnes, OrderKind::FillOrKill));
}

fn treasury() -> Balance {
	Balances::free_balance(TREASURY)
}

#[test]
fn collect_fees_should_send_what_was_paid_to_the_treasury_when_anybody_asks() {
	trading(333, 555).build_and_execute(|| {
		trade(10);
		// 90,000 × 333 = 29.97 and 90,000 × 555 = 49.95, of a million.
		assert_ok!(collect());
		assert_eq!(treasury(), 80);
		assert_eq!(Markets::<Test>::get(ASSET).map(|market| market.fees), Some(0));
		assert_eq!(
			market_events().last(),
			Some(&Event::FeesCollected {
				asset: ASSET,
				amount: 80
			})
		);
		trade(10);
		assert_ok!(collect());
		assert_eq!(treasury(), 160);
	});
}

#[test]
fn collect_fees_should_bring_the_treasury_into_being_when_it_has_nothing() {
	trading(1, 0).build_and_execute(|| {
		assert!(!System::account_exists(&TREASURY));
		trade(1);
		assert_ok!(collect());
		assert_eq!(treasury(), 1);
	});
}

#[test]
fn collect_fees_should_leave_the_backing_account_in_being_when_nothing_else_is_on_it() {
	trading(333, 555).build_and_execute(|| {
		trade(10);
		for who in [ALICE, BOB] {
			let account = Market::trading_account(who);
			assert_ok!(Market::withdraw(
				RuntimeOrigin::signed(who),
				cash(account.cash_free)
			));
			assert_ok!(Market::withdraw(
				RuntimeOrigin::signed(who),
				tonnes(account.positions[0].free.0)
			));
		}
		assert_eq!(TradingAccounts::<Test>::iter().count(), 0);
		assert_eq!(Balances::free_balance(Market::account_id()), 80);
		check();
		assert_ok!(collect());
		assert_eq!(Balances::free_balance(Market::account_id()), 0);
		assert!(System::account_exists(&Market::account_id()));
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), cash(1)));
	});
}

#[test]
fn collect_fees_should_fail_when_there_are_none() {
	trading(333, 555).build_and_execute(|| {
		assert_noop!(collect(), Error::<Test>::NoFees);
		trade(10);
		assert_ok!(collect());
		assert_noop!(collect(), Error::<Test>::NoFees);
	});
}

#[test]
fn collect_fees_should_fail_when_there_is_no_market() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(collect(), Error::<Test>::MarketNotFound);
	});
}

#[test]
fn collect_fees_should_fail_when_nobody_signed() {
	trading(333, 555).build_and_execute(|| {
		assert_noop!(
			Market::collect_fees(RuntimeOrigin::none(), ASSET),
			DispatchError::BadOrigin
		);
	});
}
