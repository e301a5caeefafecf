//! Taking all own orders out.

use crate::{mock::*, CancelReason, Error, Event, Levels, OrderKind, Side, Sweep};
use carbon_primitives::{Tonnes, TradingRight};
use frame_support::{assert_noop, assert_ok};
use Side::{Buy, Sell};

fn cancel_all(who: AccountId) -> sp_runtime::DispatchResult {
	Market::cancel_all(RuntimeOrigin::signed(who))
}

/// Alice with three orders, and Bob with one beside them.
fn with_orders(test: impl FnOnce()) {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Sell, 9_000, 3);
		rest(BOB, Sell, 9_000, 1);
		rest(ALICE, Sell, 9_001, 3);
		rest(ALICE, Buy, 8_000, 3);
		test();
	});
}

#[test]
fn cancel_all_should_return_everything_when_the_sweep_has_passed() {
	with_orders(|| {
		assert_ok!(cancel_all(ALICE));
		assert_eq!(market_events().last(), Some(&Event::CancellingAll { who: ALICE }));
		check();
		idle_until_swept();
		assert_eq!(tonnes_of(ALICE), (TONNES / 2, 0, 0));
		assert_eq!(cash_of(ALICE), (CASH / 2, 0));
		assert_eq!(tonnes_of(BOB).1, 1);
		assert!(market_events().contains(&Event::AllCancelled { who: ALICE }));
		// A new one is accepted, and stays.
		rest(ALICE, Sell, 9_000, 1);
		idle_until_swept();
		assert_eq!(tonnes_of(ALICE).1, 1);
	});
}

#[test]
fn cancel_all_should_keep_orders_from_trading_at_once() {
	with_orders(|| {
		assert_ok!(cancel_all(ALICE));
		assert_ok!(place(CHARLIE, Buy, 9_001, 10, OrderKind::ImmediateOrCancel));
		// Only Bob sold.
		assert_eq!(tonnes_of(CHARLIE).0, TONNES / 2 + 1);
		assert_eq!(tonnes_of(ALICE), (TONNES / 2, 0, 3));
		let reasons = market_events()
			.into_iter()
			.filter_map(|event| match event {
				Event::OrderCancelled { reason, .. } => Some(reason),
				_ => None,
			})
			.collect::<Vec<_>>();
		assert_eq!(reasons, [CancelReason::CancelAll; 2]);
	});
}

#[test]
fn cancel_all_should_refuse_new_orders_until_the_last_has_gone() {
	with_orders(|| {
		assert_ok!(cancel_all(ALICE));
		let refused = || place(ALICE, Buy, 8_000, 1, OrderKind::GoodTillCancelled);
		assert_noop!(refused(), Error::<Test>::CancelAllPending);
		assert_noop!(cancel_all(ALICE), Error::<Test>::CancelAllPending);
		// Whoever cancels the last one itself need not wait.
		let orders = Market::orders_of(ASSET, ALICE, None, 10);
		for (order, _) in orders {
			assert_ok!(Market::cancel_order(RuntimeOrigin::signed(ALICE), ASSET, order));
		}
		assert_eq!(market_events().last(), Some(&Event::AllCancelled { who: ALICE }));
		assert_ok!(refused());
	});
}

#[test]
fn cancel_all_should_work_when_the_market_is_halted_and_the_owner_suspended() {
	with_orders(|| {
		halt(100);
		Participants::suspend(ALICE);
		assert_ok!(cancel_all(ALICE));
		idle_until_swept();
		assert_eq!(Levels::<Test>::iter().count(), 1);
	});
}

#[test]
fn cancel_all_should_take_the_orders_out_when_a_right_comes_back_in_between() {
	with_orders(|| {
		Participants::suspend(ALICE);
		assert_ok!(cancel_all(ALICE));
		Participants::set_right(ALICE, TradingRight::Lasting);
		idle_until_swept();
		assert_eq!(tonnes_of(ALICE), (TONNES / 2, 0, 0));
	});
}

#[test]
fn cancel_all_should_wait_for_the_next_pass_when_one_is_under_way() {
	with_orders(|| {
		Participants::suspend(BOB);
		let page = <() as crate::WeightInfo>::sweep_idle()
			+ <() as crate::WeightInfo>::sweep_begin()
			+ <() as crate::WeightInfo>::sweep_page(crate::PAGE_SLOTS);
		idle(page);
		assert!(Sweep::<Test>::get().is_some_and(|sweep| sweep.cursor.is_some()));
		assert_ok!(cancel_all(ALICE));
		check();
		idle_until_swept();
		assert_eq!(Levels::<Test>::iter().count(), 0);
	});
}

#[test]
fn cancel_all_should_fail_when_no_order_rests() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_noop!(cancel_all(ALICE), Error::<Test>::NoOrders);
		assert_noop!(cancel_all(STRANGER), Error::<Test>::NoOrders);
		rest(ALICE, Sell, 9_000, 1);
		assert_ok!(place(BOB, Buy, 9_000, 1, OrderKind::FillOrKill));
		assert_eq!(tonnes_of(ALICE).0, TONNES / 2 - Tonnes(1).0);
		assert_noop!(cancel_all(ALICE), Error::<Test>::NoOrders);
	});
}
