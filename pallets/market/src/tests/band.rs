//! The price band of the day.

use crate::{mock::*, Calendar, Error, MarketParams, Markets, OrderKind, Side};
use carbon_primitives::Price;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;
use OrderKind::GoodTillCancelled;
use Side::{Buy, Sell};

/// Ten per cent around the reference price, in steps of `tick`.
fn banded(tick: u64) -> MarketParams {
	MarketParams {
		tick: Price(tick),
		price_min: Price(tick),
		price_max: Price(15_000),
		band_bps: Some(1_000),
		..Default::default()
	}
}

/// Open a market around a reference price of 9,000 fen, in which Alice and Bob trade.
fn open(params: MarketParams) {
	assert_ok!(Market::create_market(
		RuntimeOrigin::root(),
		ASSET,
		params,
		Price(9_000),
		Calendar::default()
	));
	for who in [ALICE, BOB] {
		assert_ok!(Market::deposit(RuntimeOrigin::signed(who), cash(CASH / 2)));
		assert_ok!(Market::deposit(RuntimeOrigin::signed(who), tonnes(TONNES / 2)));
	}
}

fn execute(params: MarketParams, test: impl FnOnce()) {
	ExtBuilder::default().build_and_execute(|| {
		open(params);
		test();
	});
}

fn set_params(params: MarketParams) -> DispatchResult {
	Market::set_params(RuntimeOrigin::root(), ASSET, params)
}

fn band() -> (u64, u64) {
	let today = Markets::<Test>::get(ASSET).expect("it is open").today;
	(today.price_min.0, today.price_max.0)
}

#[test]
fn an_order_should_be_refused_when_its_price_lies_outside_of_the_band_of_the_day() {
	execute(banded(1), || {
		assert_eq!(band(), (8_100, 9_900));
		for price in [8_099, 9_901, 1, 15_000] {
			for side in [Buy, Sell] {
				assert_noop!(
					place(ALICE, side, price, 1, GoodTillCancelled),
					Error::<Test>::PriceOutsideBand
				);
			}
		}
		rest(ALICE, Buy, 8_100, 1);
		rest(ALICE, Sell, 9_900, 1);
	});
}

#[test]
fn set_params_should_change_the_band_at_once() {
	execute(banded(1), || {
		let outside = rest(ALICE, Sell, 9_900, 1);
		assert_ok!(set_params(MarketParams {
			band_bps: Some(500),
			..banded(1)
		}));
		assert_eq!(band(), (8_550, 9_450));
		assert_noop!(
			place(ALICE, Sell, 9_451, 1, GoodTillCancelled),
			Error::<Test>::PriceOutsideBand
		);
		rest(ALICE, Sell, 9_450, 1);
		// What rests stays, and can be cancelled.
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(ALICE), ASSET, outside));
		assert_ok!(set_params(MarketParams {
			band_bps: None,
			..banded(1)
		}));
		assert_eq!(band(), (1, 15_000));
		rest(ALICE, Sell, 15_000, 1);
	});
}

#[test]
fn the_band_should_lie_on_whole_price_steps_within_the_lowest_and_the_highest_price() {
	execute(banded(25), || {
		// 900 on either side are 36 steps.
		assert_eq!(band(), (8_100, 9_900));
		assert_ok!(set_params(MarketParams {
			price_min: Price(8_500),
			price_max: Price(9_200),
			tick: Price(20),
			..banded(20)
		}));
		assert_eq!(band(), (8_500, 9_200));
		assert_ok!(set_params(MarketParams {
			band_bps: Some(33),
			..banded(20)
		}));
		// 29.7 are one step.
		assert_eq!(band(), (8_980, 9_020));
	});
}

#[test]
fn a_market_order_should_accept_prices_up_to_the_end_of_the_band() {
	execute(banded(1), || {
		rest(BOB, Sell, 9_000, 1);
		let left = rest(BOB, Sell, 9_900, 5);
		assert_ok!(set_params(MarketParams {
			band_bps: Some(500),
			..banded(1)
		}));
		// The ask at 9,900 lies outside of the band that counts now.
		assert_ok!(place(ALICE, Buy, 15_000, 3, OrderKind::Market));
		assert_eq!(tonnes_of(ALICE).0, TONNES / 2 + 1);
		assert!(Market::order(ASSET, left).is_some());
		rest(BOB, Buy, 9_000, 1);
		rest(BOB, Buy, 8_550, 1);
		assert_ok!(place(ALICE, Sell, 1, 3, OrderKind::Market));
		assert_eq!(tonnes_of(ALICE).0, TONNES / 2 - 1);
	});
}

#[test]
fn a_market_order_should_only_need_the_cash_for_the_end_of_the_band() {
	execute(banded(1), || {
		rest(BOB, Sell, 9_000, 1);
		let all = cash(CASH / 2 - 9_899);
		assert_ok!(Market::withdraw(RuntimeOrigin::signed(ALICE), all));
		assert_noop!(
			place(ALICE, Buy, u64::MAX, 1, OrderKind::Market),
			Error::<Test>::InsufficientCash
		);
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), cash(1)));
		assert_ok!(place(ALICE, Buy, u64::MAX, 1, OrderKind::Market));
		assert_eq!(cash_of(ALICE), (900, 0));
	});
}

#[test]
fn a_market_order_should_be_refused_when_its_worst_price_lies_beyond_the_band() {
	execute(banded(1), || {
		assert_noop!(
			place(ALICE, Buy, 8_099, 1, OrderKind::Market),
			Error::<Test>::PriceOutsideBand
		);
		assert_noop!(
			place(ALICE, Sell, 9_901, 1, OrderKind::Market),
			Error::<Test>::PriceOutsideBand
		);
	});
}
