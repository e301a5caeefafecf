//! Changing the rules of a market.

use crate::{mock::*, Error, Event, MarketParams, Markets, OrderKind, Side};
use carbon_primitives::{Price, Tonnes};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, DispatchResult};

fn set_params(params: MarketParams) -> DispatchResult {
	Market::set_params(RuntimeOrigin::root(), ASSET, params)
}

fn band(price_min: u64, price_max: u64) -> MarketParams {
	MarketParams {
		price_min: Price(price_min),
		price_max: Price(price_max),
		..Default::default()
	}
}

#[test]
fn set_params_should_bind_the_orders_that_come_when_the_rules_are_valid() {
	ExtBuilder::trading().build_and_execute(|| {
		let params = MarketParams {
			tick: Price(5),
			lot: Tonnes(10),
			order_min: Tonnes(10),
			..band(9_000, 11_000)
		};
		assert_ok!(set_params(params));
		assert_eq!(
			market_events().last(),
			Some(&Event::MarketParamsChanged {
				asset: ASSET,
				old_value: MarketParams::default(),
				new_value: params
			})
		);
		for (price, tonnes, error) in [
			(8_995, 10, Error::<Test>::PriceOutsideBand),
			(9_001, 10, Error::<Test>::PriceOffTick),
			(9_000, 11, Error::<Test>::QuantityOffLot),
		] {
			let order = place(ALICE, Side::Sell, price, tonnes, OrderKind::GoodTillCancelled);
			assert_noop!(Err::<(), _>(order.expect_err("it breaks a rule")), error);
		}
		rest(ALICE, Side::Sell, 9_000, 10);
	});
}

#[test]
fn set_params_should_leave_orders_at_rest_when_they_break_the_new_rules() {
	ExtBuilder::trading().build_and_execute(|| {
		let before = Market::trading_account(ALICE);
		let orders = [
			rest(ALICE, Side::Buy, 8_001, 3),
			rest(ALICE, Side::Sell, 12_001, 7),
			rest(ALICE, Side::Sell, 10_001, 7),
		];
		assert_ok!(set_params(MarketParams {
			tick: Price(5),
			lot: Tonnes(10),
			order_min: Tonnes(10),
			..band(9_000, 11_000)
		}));
		// The one within the band trades at its own price, and leaves a remainder that is no whole number of lots.
		let order = rest(BOB, Side::Buy, 11_000, 10);
		assert_eq!(
			Market::order(ASSET, order).map(|order| order.tonnes),
			Some(Tonnes(3))
		);
		assert_eq!(Market::best_prices(ASSET).last, Some(Price(10_001)));
		for order in &orders[..2] {
			assert_ok!(Market::cancel_order(RuntimeOrigin::signed(ALICE), ASSET, *order));
		}
		let after = Market::trading_account(ALICE);
		assert_eq!(after.cash_free, before.cash_free + 7 * 10_001);
	});
}

#[test]
fn set_params_should_keep_halts_and_book() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Side::Buy, 9_000, 1);
		halt(100);
		let before = Markets::<Test>::get(ASSET).expect("the market is open");
		assert_ok!(set_params(band(8_000, 9_000)));
		let after = Markets::<Test>::get(ASSET).expect("the market is open");
		assert_eq!((after.halts, after.book), (before.halts, before.book));
	});
}

#[test]
fn set_params_should_fail_when_the_book_would_not_have_room_for_the_band_and_the_orders() {
	ExtBuilder::trading().build_and_execute(|| {
		let buy = rest(ALICE, Side::Buy, 1_000, 1);
		let sell = rest(ALICE, Side::Sell, 15_000, 1);
		// 16,128 fen above the lowest order and below the highest one.
		let (highest, lowest) = (1_000 + 16_128, 1);
		assert_noop!(
			set_params(band(16_000, highest + 1)),
			Error::<Test>::BandExcludesOrders
		);
		assert_ok!(set_params(band(16_000, highest)));
		// An order may come at each price of the band.
		rest(BOB, Side::Sell, highest, 1);
		assert_noop!(
			set_params(band(lowest, 10_000)),
			Error::<Test>::BandExcludesOrders
		);
		for (owner, order) in [
			(ALICE, buy),
			(ALICE, sell),
			(BOB, last_order().expect("it rests")),
		] {
			assert_ok!(Market::cancel_order(RuntimeOrigin::signed(owner), ASSET, order));
		}
		assert_ok!(set_params(band(lowest, 10_000)));
	});
}

#[test]
fn set_params_should_fail_when_the_rules_contradict_each_other() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_noop!(set_params(band(10, 9)), Error::<Test>::InvalidParams);
		assert_noop!(set_params(band(1, 16_130)), Error::<Test>::InvalidParams);
	});
}

#[test]
fn set_params_should_fail_when_there_is_no_market() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(set_params(band(1, 9)), Error::<Test>::MarketNotFound);
	});
}

#[test]
fn set_params_should_fail_when_the_origin_is_not_the_regulator() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_noop!(
			Market::set_params(RuntimeOrigin::signed(ALICE), ASSET, band(1, 9)),
			DispatchError::BadOrigin
		);
	});
}
