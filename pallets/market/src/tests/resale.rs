//! What was bought on a day may not be sold, pledged or withdrawn on the same day (T+1).

use crate::{
	mock::*, BatchCancels, BatchOrders, Day, Error, Event, MarketParams, Markets, OrderKind, SelfTrade, Side,
};
use carbon_primitives::{Price, Tonnes};
use carbon_traits::{AgreedTrade, TradingLedger};
use frame_support::{
	assert_noop, assert_ok,
	traits::{Hooks, Time},
	weights::WeightMeter,
};
use sp_runtime::DispatchResult;
use OrderKind::{FillOrKill, GoodTillCancelled, ImmediateOrCancel};
use Side::{Buy, Sell};

const OLD: u64 = TONNES / 2;

fn rules(resale_next_day: bool) -> MarketParams {
	MarketParams {
		resale_next_day,
		..Default::default()
	}
}

fn trading() -> ExtBuilder {
	[ALICE, BOB, CHARLIE].into_iter().fold(
		ExtBuilder::default().with_params(rules(true)),
		ExtBuilder::with_trader,
	)
}

fn withdraw(who: AccountId, quantity: u64) -> DispatchResult {
	Market::withdraw(RuntimeOrigin::signed(who), tonnes(quantity))
}

/// Alice buys `tonnes` of Bob, who sells first.
fn alice_buys(tonnes: u64) {
	rest(BOB, Sell, 9_000, tonnes);
	assert_ok!(place(ALICE, Buy, 9_000, tonnes, FillOrKill));
}

fn day() -> Day {
	Markets::<Test>::get(ASSET).expect("it is open").today.bar.day
}

/// The next trading day begins.
fn next_day() {
	let before = day();
	MockTime::set(MockTime::now() + 24 * 60 * 60 * 1_000);
	System::set_block_number(System::block_number() + 1);
	Market::on_poll(System::block_number(), &mut WeightMeter::new());
	assert_eq!(day(), before.next());
}

#[test]
fn a_sell_should_be_refused_when_it_needs_what_was_bought_today() {
	trading().build_and_execute(|| {
		assert_ok!(withdraw(ALICE, OLD - 5));
		alice_buys(10);
		rest(BOB, Buy, 8_000, 1);
		for kind in [
			GoodTillCancelled,
			ImmediateOrCancel,
			FillOrKill,
			OrderKind::PostOnly,
			OrderKind::Market,
		] {
			assert_noop!(place(ALICE, Sell, 8_001, 6, kind), Error::<Test>::BoughtToday);
			assert_noop!(
				place(ALICE, Sell, 8_001, 16, kind),
				Error::<Test>::InsufficientAllowances
			);
		}
		rest(ALICE, Sell, 8_001, 5);
	});
}

#[test]
fn a_withdrawal_should_be_refused_when_it_needs_what_was_bought_today() {
	trading().build_and_execute(|| {
		alice_buys(10);
		assert_noop!(withdraw(ALICE, OLD + 1), Error::<Test>::BoughtToday);
		assert_noop!(withdraw(ALICE, OLD + 11), Error::<Test>::InsufficientAllowances);
		assert_ok!(withdraw(ALICE, OLD));
		assert_noop!(withdraw(ALICE, 1), Error::<Test>::BoughtToday);
		next_day();
		assert_ok!(withdraw(ALICE, 10));
	});
}

#[test]
fn a_withdrawal_of_cash_should_not_care_when_something_was_bought() {
	trading().build_and_execute(|| {
		alice_buys(10);
		let all = cash_of(ALICE).0;
		assert_ok!(Market::withdraw(RuntimeOrigin::signed(ALICE), cash(all)));
	});
}

#[test]
fn the_regulator_should_move_what_was_bought_today() {
	trading().build_and_execute(|| {
		alice_buys(10);
		let force = |quantity| Market::force_withdraw(RuntimeOrigin::root(), ALICE, tonnes(quantity));
		assert_ok!(force(OLD + 5));
		// Nothing of what is left is older.
		assert_noop!(withdraw(ALICE, 5), Error::<Test>::BoughtToday);
		assert_ok!(force(5));
	});
}

#[test]
fn what_was_bought_today_should_be_free_to_sell_when_the_regulator_had_moved_all_of_it_out() {
	trading().build_and_execute(|| {
		alice_buys(10);
		let force = |quantity| Market::force_withdraw(RuntimeOrigin::root(), ALICE, tonnes(quantity));
		let deposit = || Market::deposit(RuntimeOrigin::signed(ALICE), tonnes(10));
		// While anything is left, the purchases of the day are known.
		assert_ok!(force(OLD + 9));
		assert_ok!(deposit());
		assert_noop!(withdraw(ALICE, 2), Error::<Test>::BoughtToday);
		assert_ok!(force(11));
		assert_ok!(deposit());
		rest(ALICE, Sell, 9_500, 10);
	});
}

#[test]
fn what_was_bought_should_be_free_to_sell_on_the_next_trading_day() {
	trading().build_and_execute(|| {
		assert_ok!(withdraw(ALICE, OLD));
		alice_buys(10);
		assert_noop!(
			place(ALICE, Sell, 9_000, 10, GoodTillCancelled),
			Error::<Test>::BoughtToday
		);
		next_day();
		rest(ALICE, Sell, 9_000, 10);
		// What a resting order binds may be bought by somebody else, who has to wait in turn.
		assert_ok!(withdraw(CHARLIE, OLD));
		assert_ok!(place(CHARLIE, Buy, 9_000, 10, FillOrKill));
		assert_noop!(
			place(CHARLIE, Sell, 9_000, 1, GoodTillCancelled),
			Error::<Test>::BoughtToday
		);
	});
}

#[test]
fn a_maker_should_wait_as_well_when_its_resting_buy_was_filled() {
	trading().build_and_execute(|| {
		assert_ok!(withdraw(ALICE, OLD));
		rest(ALICE, Buy, 9_000, 10);
		assert_ok!(place(BOB, Sell, 9_000, 4, ImmediateOrCancel));
		assert_eq!(tonnes_of(ALICE), (4, 0, 6));
		assert_noop!(
			place(ALICE, Sell, 9_500, 4, GoodTillCancelled),
			Error::<Test>::BoughtToday
		);
		assert_noop!(withdraw(ALICE, 1), Error::<Test>::BoughtToday);
		next_day();
		// Another fill, on another day.
		assert_ok!(place(BOB, Sell, 9_000, 6, ImmediateOrCancel));
		assert_noop!(withdraw(ALICE, 5), Error::<Test>::BoughtToday);
		assert_ok!(withdraw(ALICE, 4));
	});
}

#[test]
fn sales_should_come_out_of_what_is_older_when_something_was_bought_in_between() {
	trading().build_and_execute(|| {
		assert_ok!(withdraw(ALICE, OLD - 6));
		rest(CHARLIE, Buy, 8_000, 100);
		assert_ok!(place(ALICE, Sell, 8_000, 2, FillOrKill));
		alice_buys(10);
		let order = rest(ALICE, Sell, 9_500, 3);
		assert_noop!(
			place(ALICE, Sell, 8_000, 2, FillOrKill),
			Error::<Test>::BoughtToday
		);
		assert_ok!(place(ALICE, Sell, 8_000, 1, FillOrKill));
		// What an order gives back is old stock.
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(ALICE), ASSET, order));
		assert_ok!(place(ALICE, Sell, 8_000, 3, FillOrKill));
		assert_eq!(tonnes_of(ALICE), (10, 0, 0));
	});
}

#[test]
fn an_order_should_take_all_that_may_be_sold_today_also_when_that_is_below_the_smallest_quantity() {
	let params = MarketParams {
		order_min: Tonnes(10),
		..rules(true)
	};
	[ALICE, BOB]
		.into_iter()
		.fold(ExtBuilder::default().with_params(params), ExtBuilder::with_trader)
		.build_and_execute(|| {
			assert_ok!(withdraw(ALICE, OLD - 6));
			alice_buys(10);
			for quantity in [5, 7] {
				assert_noop!(
					place(ALICE, Sell, 9_500, quantity, GoodTillCancelled),
					Error::<Test>::QuantityBelowMin
				);
			}
			rest(ALICE, Sell, 9_500, 6);
		});
}

#[test]
fn a_replaced_sell_should_not_reach_for_what_was_bought_today() {
	trading().build_and_execute(|| {
		assert_ok!(withdraw(ALICE, OLD - 6));
		let order = rest(ALICE, Sell, 9_500, 6);
		alice_buys(10);
		let replace = |tonnes| {
			frame_support::storage::with_storage_layer(|| {
				let alice = RuntimeOrigin::signed(ALICE);
				Market::replace_order(alice, ASSET, order, Price(9_600), Tonnes(tonnes), None)
					.map(drop)
					.map_err(|refusal| refusal.error)
			})
		};
		assert_noop!(replace(7), Error::<Test>::BoughtToday);
		assert!(Market::order(ASSET, order).is_some());
		assert_ok!(replace(6));
		assert_eq!(tonnes_of(ALICE), (10, 6, 0));
	});
}

#[test]
fn a_batch_should_not_sell_what_it_buys() {
	trading().build_and_execute(|| {
		assert_ok!(withdraw(ALICE, OLD));
		rest(BOB, Sell, 9_000, 10);
		rest(BOB, Buy, 8_000, 10);
		let result = frame_support::storage::with_storage_layer(|| {
			let orders = [
				order(Buy, 9_000, 10, FillOrKill),
				order(Sell, 8_000, 1, FillOrKill),
			];
			let orders = BatchOrders::truncate_from(orders.to_vec());
			Market::batch(
				RuntimeOrigin::signed(ALICE),
				ASSET,
				BatchCancels::default(),
				orders,
			)
			.map(drop)
			.map_err(|refusal| refusal.error)
		});
		assert_noop!(result, Error::<Test>::BoughtToday);
	});
}

#[test]
fn own_orders_that_decrement_each_other_should_not_count_as_bought() {
	trading().build_and_execute(|| {
		rest(ALICE, Buy, 9_000, 10);
		let sell = crate::NewOrder {
			self_trade: SelfTrade::Decrement,
			..order(Sell, 9_000, 10, ImmediateOrCancel)
		};
		assert_ok!(place_new(ALICE, sell));
		assert_ok!(withdraw(ALICE, OLD));
	});
}

#[test]
fn what_was_bought_today_should_not_be_pledged() {
	trading().build_and_execute(|| {
		alice_buys(10);
		let pledge = |quantity| <Market as TradingLedger<_>>::pledge(&ALICE, tonnes(quantity));
		assert_noop!(pledge(OLD + 1), Error::<Test>::BoughtToday);
		assert_ok!(pledge(OLD));
		// What is free is what was bought.
		assert_noop!(withdraw(ALICE, 1), Error::<Test>::BoughtToday);
		assert_ok!(<Market as TradingLedger<_>>::release(&ALICE, tonnes(3)));
		assert_ok!(withdraw(ALICE, 3));
		assert_noop!(withdraw(ALICE, 1), Error::<Test>::BoughtToday);
		next_day();
		assert_ok!(pledge(10));
	});
}

#[test]
fn what_a_block_trade_brought_should_wait_for_the_next_day() {
	trading().build_and_execute(|| {
		assert_ok!(withdraw(ALICE, OLD));
		let trade = AgreedTrade {
			asset: ASSET,
			seller: BOB,
			buyer: ALICE,
			tonnes: Tonnes(100),
			price: Price(9_000),
		};
		assert_ok!(<Market as TradingLedger<_>>::pledge(&BOB, tonnes(100)));
		assert_ok!(<Market as TradingLedger<_>>::pledge(&ALICE, cash(900_000)));
		assert_ok!(<Market as TradingLedger<_>>::deliver(&trade));
		assert_noop!(withdraw(ALICE, 1), Error::<Test>::BoughtToday);
		assert_noop!(
			place(ALICE, Sell, 9_000, 1, GoodTillCancelled),
			Error::<Test>::BoughtToday
		);
		next_day();
		assert_ok!(withdraw(ALICE, 100));
	});
}

#[test]
fn what_was_deposited_today_should_be_free_to_sell() {
	trading().build_and_execute(|| {
		alice_buys(10);
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), tonnes(5)));
		assert_ok!(withdraw(ALICE, OLD + 5));
	});
}

#[test]
fn a_market_should_let_what_was_bought_be_sold_at_once_when_it_has_no_such_rule() {
	ExtBuilder::trading().build_and_execute(|| {
		assert!(!MarketParams::default().resale_next_day);
		assert_ok!(withdraw(ALICE, OLD));
		alice_buys(10);
		rest(ALICE, Sell, 9_500, 5);
		assert_ok!(withdraw(ALICE, 5));
	});
}

#[test]
fn a_rule_that_comes_during_the_day_should_count_what_was_bought_before() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(withdraw(ALICE, OLD));
		alice_buys(10);
		assert_ok!(Market::set_params(RuntimeOrigin::root(), ASSET, rules(true)));
		assert_noop!(withdraw(ALICE, 10), Error::<Test>::BoughtToday);
		assert_ok!(Market::set_params(RuntimeOrigin::root(), ASSET, rules(false)));
		assert_ok!(withdraw(ALICE, 10));
		assert_eq!(
			market_events().last(),
			Some(&Event::Withdrawn {
				who: ALICE,
				funds: tonnes(10)
			})
		);
	});
}

#[test]
fn a_rule_that_comes_during_the_day_should_count_what_was_bought_before_when_an_order_bound_all_of_it() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(withdraw(ALICE, OLD));
		alice_buys(10);
		let order = rest(ALICE, Sell, 9_500, 10);
		assert_ok!(Market::set_params(RuntimeOrigin::root(), ASSET, rules(true)));
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(ALICE), ASSET, order));
		assert_noop!(withdraw(ALICE, 10), Error::<Test>::BoughtToday);
		assert_noop!(
			place(ALICE, Sell, 9_500, 10, GoodTillCancelled),
			Error::<Test>::BoughtToday
		);
	});
}
