//! Orders that the regulator takes out of the book.

use crate::{mock::*, CancelReason, Error, Event, OrderId, OrderIds, OrderKind, Side, FORCE_CANCEL_MAX};
use carbon_primitives::{AssetId, Tonnes};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult};

fn force_cancel(asset: AssetId, orders: &[OrderId]) -> DispatchResult {
	let orders = OrderIds::try_from(orders.to_vec()).expect("no more than a call takes");
	// A refused call is rolled back by its dispatch.
	RuntimeCall::MarketPallet(crate::Call::force_cancel { asset, orders })
		.dispatch(RuntimeOrigin::root())
		.map(drop)
		.map_err(|refusal| refusal.error)
}

#[test]
fn force_cancel_should_release_what_each_order_locked_when_they_rest() {
	ExtBuilder::trading().build_and_execute(|| {
		let before = [ALICE, BOB].map(Market::trading_account);
		let orders = [
			rest(ALICE, Side::Buy, 9_000, 10),
			rest(BOB, Side::Sell, 9_001, 20),
			rest(ALICE, Side::Buy, 8_999, 30),
		];
		System::reset_events();
		assert_ok!(force_cancel(ASSET, &orders));
		assert_eq!([ALICE, BOB].map(Market::trading_account), before);
		let cancelled = |order, owner, quantity, released| Event::OrderCancelled {
			asset: ASSET,
			order,
			owner,
			tonnes: Tonnes(quantity),
			released,
			reason: CancelReason::Forced,
		};
		assert_eq!(
			market_events(),
			[
				cancelled(orders[0], ALICE, 10, cash(90_000)),
				cancelled(orders[1], BOB, 20, tonnes(20)),
				cancelled(orders[2], ALICE, 30, cash(269_970)),
			]
		);
	});
}

#[test]
fn force_cancel_should_take_as_many_orders_as_a_call_may_name() {
	ExtBuilder::trading().build_and_execute(|| {
		let orders: Vec<_> = (0..FORCE_CANCEL_MAX)
			.map(|_| rest(ALICE, Side::Sell, 9_000, 1))
			.collect();
		assert_ok!(force_cancel(ASSET, &orders));
		assert_eq!(Market::best_prices(ASSET).ask, None);
	});
}

#[test]
fn force_cancel_should_succeed_when_the_market_and_the_asset_are_halted() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest(ALICE, Side::Sell, 9_000, 1);
		halt(100);
		Halts::halt_asset(ASSET, 100);
		assert_ok!(force_cancel(ASSET, &[order]));
	});
}

#[test]
fn force_cancel_should_pass_over_orders_when_they_do_not_rest_any_more() {
	ExtBuilder::trading().build_and_execute(|| {
		let first = rest(ALICE, Side::Sell, 9_000, 1);
		let second = rest(ALICE, Side::Sell, 9_000, 1);
		// Their owner has one of them filled before the regulator gets there.
		buy_one();
		System::reset_events();
		assert_ok!(force_cancel(ASSET, &[first, OrderId(7), second, second]));
		assert_eq!(Market::order(ASSET, second), None);
		let cancelled: Vec<_> = market_events()
			.into_iter()
			.map(|event| match event {
				Event::OrderCancelled { order, .. } => order,
				other => panic!("{other:?}"),
			})
			.collect();
		assert_eq!(cancelled, [second]);
	});
}

#[test]
fn force_cancel_should_fail_when_none_of_the_orders_rests() {
	ExtBuilder::trading().build_and_execute(|| {
		let gone = rest(ALICE, Side::Sell, 9_000, 1);
		buy_one();
		assert_noop!(
			force_cancel(ASSET, &[gone, OrderId(7)]),
			Error::<Test>::OrderNotFound
		);
		// The order of another market is none of this one.
		let order = rest(ALICE, Side::Sell, 9_000, 1);
		assert_noop!(force_cancel(OTHER, &[order]), Error::<Test>::OrderNotFound);
		assert!(Market::order(ASSET, order).is_some());
	});
}

fn buy_one() {
	assert_ok!(place(BOB, Side::Buy, 9_000, 1, OrderKind::ImmediateOrCancel));
}

#[test]
fn force_cancel_should_fail_when_it_names_no_order() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_noop!(force_cancel(ASSET, &[]), Error::<Test>::BatchEmpty);
	});
}

#[test]
fn force_cancel_should_fail_when_the_origin_is_not_the_regulator() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest(ALICE, Side::Sell, 9_000, 1);
		let orders = OrderIds::truncate_from(vec![order]);
		assert_noop!(
			Market::force_cancel(RuntimeOrigin::signed(ALICE), ASSET, orders),
			DispatchError::BadOrigin
		);
	});
}
