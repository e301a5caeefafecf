//! Placing orders.

use crate::{
	mock::*, Error, Event, Funds, Levels, MarketParams, Markets, NewOrder, OrderId, OrderKind, ReturnReason,
	Side, TradingAccounts, WeightInfo,
};
use carbon_primitives::{Price, Tonnes};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use sp_runtime::DispatchError;
use OrderKind::{FillOrKill, GoodTillCancelled, ImmediateOrCancel, Market as AtMarket, PostOnly};
use Side::{Buy, Sell};

const HALF_CASH: u128 = CASH / 2;
const HALF_TONNES: u64 = TONNES / 2;

#[test]
fn place_order_should_lock_what_it_needs_when_it_rests() {
	ExtBuilder::trading().build_and_execute(|| {
		let buy = rest(ALICE, Buy, 9_000, 10);
		assert_eq!(cash_of(ALICE), (HALF_CASH - 90_000, 90_000));
		assert_eq!(tonnes_of(ALICE), (HALF_TONNES, 0, 10));
		let sell = rest(BOB, Sell, 9_100, 20);
		assert_eq!(cash_of(BOB), (HALF_CASH, 0));
		assert_eq!(tonnes_of(BOB), (HALF_TONNES - 20, 20, 0));
		assert_ne!(buy, sell);
		assert_eq!(
			market_events().last(),
			Some(&Event::OrderPlaced {
				asset: ASSET,
				owner: BOB,
				side: Sell,
				price: Price(9_100),
				tonnes: Tonnes(20),
				kind: GoodTillCancelled,
				expires: None,
				order: Some(sell),
				resting: Tonnes(20),
				fee_ppm: 0,
			})
		);
	});
}

#[test]
fn place_order_should_trade_at_the_resting_price_when_a_buyer_offers_more() {
	ExtBuilder::trading().build_and_execute(|| {
		let maker_order = rest(ALICE, Sell, 9_000, 10);
		assert_ok!(place(BOB, Buy, 9_500, 4, GoodTillCancelled));
		// What the buyer saves was never locked.
		assert_eq!(cash_of(BOB), (HALF_CASH - 36_000, 0));
		assert_eq!(tonnes_of(BOB), (HALF_TONNES + 4, 0, 0));
		assert_eq!(cash_of(ALICE), (HALF_CASH + 36_000, 0));
		assert_eq!(tonnes_of(ALICE), (HALF_TONNES - 10, 6, 0));
		assert_eq!(Market::best_prices(ASSET).last, Some(Price(9_000)));
		let events = market_events();
		assert_eq!(
			events[events.len() - 2..],
			[
				Event::OrderFilled {
					asset: ASSET,
					maker_order,
					maker: ALICE,
					taker: BOB,
					taker_side: Buy,
					price: Price(9_000),
					tonnes: Tonnes(4),
					maker_resting: Tonnes(6),
					maker_fee: 0,
					taker_fee: 0,
				},
				Event::OrderPlaced {
					asset: ASSET,
					owner: BOB,
					side: Buy,
					price: Price(9_500),
					tonnes: Tonnes(4),
					kind: GoodTillCancelled,
					expires: None,
					order: None,
					resting: Tonnes(0),
					fee_ppm: 0,
				}
			]
		);
	});
}

#[test]
fn place_order_should_trade_at_the_resting_price_when_a_seller_asks_less() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Buy, 9_000, 10);
		assert_ok!(place(BOB, Sell, 8_000, 4, GoodTillCancelled));
		assert_eq!(cash_of(BOB), (HALF_CASH + 36_000, 0));
		assert_eq!(tonnes_of(BOB), (HALF_TONNES - 4, 0, 0));
		assert_eq!(cash_of(ALICE), (HALF_CASH - 90_000, 54_000));
		assert_eq!(tonnes_of(ALICE), (HALF_TONNES + 4, 0, 6));
	});
}

#[test]
fn place_order_should_rest_the_remainder_when_it_is_good_till_cancelled() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Sell, 9_000, 10);
		let order = rest(BOB, Buy, 9_500, 25);
		assert_eq!(cash_of(BOB), (HALF_CASH - 90_000 - 142_500, 142_500));
		assert_eq!(tonnes_of(BOB), (HALF_TONNES + 10, 0, 15));
		assert_eq!(
			Market::order(ASSET, order).map(|order| order.tonnes),
			Some(Tonnes(15))
		);
		assert_eq!(Market::best_prices(ASSET).ask, None);
	});
}

#[test]
fn place_order_should_return_the_remainder_when_it_is_immediate_or_cancel() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Sell, 9_000, 10);
		assert_ok!(place(BOB, Buy, 9_500, 25, ImmediateOrCancel));
		assert_eq!(cash_of(BOB), (HALF_CASH - 90_000, 0));
		assert_eq!(tonnes_of(BOB), (HALF_TONNES + 10, 0, 0));
		assert_eq!(last_order(), None);
		assert_eq!(
			market_events().last(),
			Some(&Event::OrderReturned {
				asset: ASSET,
				owner: BOB,
				tonnes: Tonnes(15),
				reason: ReturnReason::ImmediateOrCancel,
			})
		);
	});
}

#[test]
fn place_order_should_change_nothing_when_an_immediate_order_meets_nobody() {
	ExtBuilder::trading().build_and_execute(|| {
		let before = TradingAccounts::<Test>::get(ALICE);
		assert_ok!(place(ALICE, Sell, 9_000, 1, ImmediateOrCancel));
		assert_eq!(TradingAccounts::<Test>::get(ALICE), before);
		assert_eq!(Market::best_prices(ASSET), Default::default());
	});
}

#[test]
fn place_order_should_prefer_the_better_price_and_then_the_earlier_order() {
	ExtBuilder::trading().build_and_execute(|| {
		let expected = [
			(rest(ALICE, Sell, 9_001, 1), 2),
			(rest(BOB, Sell, 9_001, 1), 3),
			(rest(ALICE, Sell, 9_000, 1), 0),
			(rest(BOB, Sell, 9_000, 1), 1),
		];
		assert_ok!(place(CHARLIE, Buy, 9_001, 4, ImmediateOrCancel));
		let filled: Vec<OrderId> = market_events()
			.into_iter()
			.filter_map(|event| match event {
				Event::OrderFilled { maker_order, .. } => Some(maker_order),
				_ => None,
			})
			.collect();
		for (order, rank) in expected {
			assert_eq!(filled[rank], order);
		}
	});
}

#[test]
fn place_order_should_return_what_still_crosses_when_it_met_as_many_makers_as_it_may() {
	ExtBuilder::trading().build_and_execute(|| {
		for _ in 0..MAX_FILLS + 1 {
			rest(ALICE, Sell, 9_000, 1);
		}
		assert_ok!(place(BOB, Buy, 9_000, 100, GoodTillCancelled));
		assert_eq!(tonnes_of(BOB), (HALF_TONNES + u64::from(MAX_FILLS), 0, 0));
		assert_eq!(cash_of(BOB).1, 0);
		assert_eq!(
			market_events().last(),
			Some(&Event::OrderReturned {
				asset: ASSET,
				owner: BOB,
				tonnes: Tonnes(100 - u64::from(MAX_FILLS)),
				reason: ReturnReason::FillLimit,
			})
		);
		assert_eq!(Market::best_prices(ASSET).ask, Some(Price(9_000)));
	});
}

#[test]
fn place_order_should_rest_the_remainder_when_the_last_fill_it_may_do_ends_the_crossing() {
	ExtBuilder::trading().build_and_execute(|| {
		for _ in 0..MAX_FILLS {
			rest(ALICE, Sell, 9_000, 1);
		}
		rest(BOB, Buy, 9_000, 100);
		assert_eq!(tonnes_of(BOB).2, 100 - u64::from(MAX_FILLS));
	});
}

#[test]
fn place_order_should_stop_when_it_meets_an_order_of_the_same_owner() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(BOB, Sell, 9_000, 1);
		rest(ALICE, Sell, 9_000, 5);
		assert_ok!(place(ALICE, Buy, 9_000, 3, GoodTillCancelled));
		assert_eq!(tonnes_of(ALICE), (HALF_TONNES - 4, 5, 0));
		assert_eq!(
			market_events().last(),
			Some(&Event::OrderReturned {
				asset: ASSET,
				owner: ALICE,
				tonnes: Tonnes(2),
				reason: ReturnReason::OwnOrder,
			})
		);
	});
}

#[test]
fn place_order_should_return_the_weight_of_fills_that_were_not_done() {
	ExtBuilder::trading().build_and_execute(|| {
		let declared = |order| {
			let call = crate::Call::<Test>::place_order { asset: ASSET, order };
			call.get_dispatch_info().call_weight
		};
		// Asking for the right of the participant.
		let right = <() as WeightInfo>::renew_right();
		let told = MATCHED_WEIGHT;
		let all = <() as WeightInfo>::place_order(MAX_FILLS) + told + right;
		let any = order(Buy, 1, 1, GoodTillCancelled);
		assert_eq!(declared(any), all);
		// What an order names is what it costs, where nothing is given back.
		for (meet_max, weight) in [
			(Some(0), <() as WeightInfo>::rest_order() + right),
			(Some(1), <() as WeightInfo>::place_order(1) + told + right),
			(Some(u8::MAX), all),
		] {
			assert_eq!(declared(NewOrder { meet_max, ..any }), weight);
		}
		let post_only = order(Buy, 1, 1, PostOnly);
		assert_eq!(declared(post_only), <() as WeightInfo>::rest_order() + right);
		assert_eq!(
			declared(order(Sell, 1, 1, PostOnly)),
			<() as WeightInfo>::rest_order() + <() as WeightInfo>::renew_right()
		);
		let dated = NewOrder {
			expires: Some(9),
			..post_only
		};
		assert_eq!(
			declared(dated),
			declared(post_only) + <() as WeightInfo>::note_expiry()
		);
		rest(ALICE, Sell, 9_000, 1);
		rest(ALICE, Sell, 9_000, 1);
		let place = |tonnes| {
			let order = order(Buy, 9_000, tonnes, GoodTillCancelled);
			Market::place_order(RuntimeOrigin::signed(BOB), ASSET, order)
		};
		let actual = place(2).expect("valid").actual_weight;
		assert_eq!(actual, Some(<() as WeightInfo>::place_order(2) + told));
		let refused = place(0).expect_err("invalid");
		assert_eq!(
			refused.post_info.actual_weight,
			Some(<() as WeightInfo>::rest_order())
		);
		// What it may have met by then.
		rest(ALICE, Sell, 9_000, 1);
		let all_or_nothing = NewOrder {
			meet_max: Some(1),
			..order(Buy, 9_000, 2, FillOrKill)
		};
		let refused = Market::place_order(RuntimeOrigin::signed(BOB), ASSET, all_or_nothing);
		assert_eq!(
			refused
				.expect_err("one order is not enough")
				.post_info
				.actual_weight,
			Some(<() as WeightInfo>::place_order(1))
		);
	});
}

#[test]
fn place_order_should_leave_a_trader_without_tonnes_able_to_buy_its_first() {
	ExtBuilder::default()
		.with_market()
		.with_trader(ALICE)
		.build_and_execute(|| {
			assert_ok!(Market::deposit(RuntimeOrigin::signed(BOB), cash(9_000)));
			rest(BOB, Buy, 9_000, 1);
			assert_eq!(tonnes_of(BOB), (0, 0, 1));
			assert_ok!(place(ALICE, Sell, 9_000, 1, GoodTillCancelled));
			assert_eq!((cash_of(BOB), tonnes_of(BOB)), ((0, 0), (1, 0, 0)));
		});
}

#[test]
fn place_order_should_fail_when_the_participant_may_not_trade() {
	ExtBuilder::trading().build_and_execute(|| {
		Participants::suspend(ALICE);
		assert_noop!(place(ALICE, Buy, 9_000, 1, GoodTillCancelled), SUSPENDED_ERROR);
		assert_noop!(place(STRANGER, Buy, 9_000, 1, GoodTillCancelled), NOT_ADMITTED);
	});
}

#[test]
fn place_order_should_fail_when_there_is_no_market() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			place(ALICE, Buy, 9_000, 1, GoodTillCancelled),
			Error::<Test>::MarketNotFound
		);
	});
}

#[test]
fn place_order_should_fail_when_the_order_breaks_a_rule_of_the_market() {
	let params = MarketParams {
		tick: Price(5),
		lot: Tonnes(10),
		order_max: Tonnes(1_000),
		order_min: Tonnes(20),
		price_min: Price(50),
		price_max: Price(500),
		..Default::default()
	};
	ExtBuilder::default()
		.with_params(params)
		.with_trader(ALICE)
		.build_and_execute(|| {
			for (price, tonnes, error) in [
				(100, 0, Error::<Test>::QuantityZero),
				(100, 15, Error::<Test>::QuantityOffLot),
				(100, 10, Error::<Test>::QuantityBelowMin),
				(100, 1_010, Error::<Test>::QuantityAboveMax),
				(100, u64::MAX - 5, Error::<Test>::QuantityAboveMax),
				(101, 20, Error::<Test>::PriceOffTick),
				(45, 20, Error::<Test>::PriceOutsideBand),
				(0, 20, Error::<Test>::PriceOutsideBand),
				(505, 20, Error::<Test>::PriceOutsideBand),
				(u64::MAX, 20, Error::<Test>::PriceOutsideBand),
			] {
				let error = DispatchError::from(error);
				for side in [Buy, Sell] {
					assert_noop!(place(ALICE, side, price, tonnes, GoodTillCancelled), error);
				}
			}
			for price in [50, 500] {
				assert_ok!(place(ALICE, Buy, price, 1_000, ImmediateOrCancel));
			}
		});
}

#[test]
fn place_order_should_fail_when_the_account_cannot_pay_or_deliver() {
	ExtBuilder::default().with_market().build_and_execute(|| {
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), cash(8_999)));
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), tonnes(1)));
		assert_noop!(
			place(ALICE, Buy, 9_000, 1, GoodTillCancelled),
			Error::<Test>::InsufficientCash
		);
		assert_noop!(
			place(ALICE, Buy, 16_000, 100_000, GoodTillCancelled),
			Error::<Test>::InsufficientCash
		);
		assert_noop!(
			place(ALICE, Sell, 9_000, 2, GoodTillCancelled),
			Error::<Test>::InsufficientAllowances
		);
		assert_noop!(
			place(BOB, Sell, 9_000, 1, GoodTillCancelled),
			Error::<Test>::InsufficientAllowances
		);
		// An order needs its whole value at its limit, also where it could trade for less.
		assert_ok!(Market::deposit(RuntimeOrigin::signed(BOB), tonnes(1)));
		rest(BOB, Sell, 100, 1);
		assert_noop!(
			place(ALICE, Buy, 9_000, 1, ImmediateOrCancel),
			Error::<Test>::InsufficientCash
		);
	});
}

#[test]
fn place_order_should_fail_when_its_value_is_the_largest_that_there_can_be() {
	let params = MarketParams {
		order_max: Tonnes(u64::MAX),
		price_min: Price((1 << 24) - 16_000),
		price_max: Price((1 << 24) - 1),
		fees: crate::FeeRates {
			maker_ppm: u16::MAX,
			taker_ppm: u16::MAX,
		},
		..Default::default()
	};
	ExtBuilder::default()
		.with_params(params)
		.with_trader(ALICE)
		.build_and_execute(|| {
			for kind in [
				GoodTillCancelled,
				ImmediateOrCancel,
				FillOrKill,
				PostOnly,
				AtMarket,
			] {
				for (side, error) in [
					(Buy, Error::<Test>::InsufficientCash),
					(Sell, Error::<Test>::InsufficientAllowances),
				] {
					assert_noop!(
						place(ALICE, side, (1 << 24) - 1, u64::MAX, kind),
						DispatchError::from(error)
					);
				}
			}
		});
}

#[test]
fn place_order_should_fail_when_the_account_has_no_place_for_what_it_would_buy() {
	ExtBuilder::default().with_market().build_and_execute(|| {
		use carbon_traits::RegistryBenchmarkHelper;
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), cash(100_000)));
		for asset in 3_000..3_000 + MAX_ASSETS {
			BenchmarkHelper::endow(&ALICE, asset, 10);
			let funds = Funds::Allowances {
				asset,
				tonnes: Tonnes(1),
			};
			assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), funds));
		}
		assert_noop!(
			place(ALICE, Buy, 9_000, 1, GoodTillCancelled),
			Error::<Test>::TooManyAssets
		);
		assert_noop!(
			place(ALICE, Sell, 9_000, 1, GoodTillCancelled),
			Error::<Test>::InsufficientAllowances
		);
	});
}

#[test]
fn place_order_should_find_room_when_the_orders_are_spread_as_widely_as_the_rules_allow() {
	// The band begins with the last price of a word of the bitmap, so that it reaches over as many words as it can.
	let (price_min, price_max) = (255, 255 + 16_128);
	let params = MarketParams {
		price_min: Price(price_min),
		price_max: Price(price_max),
		..Default::default()
	};
	ExtBuilder::default()
		.with_params(params)
		.with_trader(ALICE)
		.with_trader(BOB)
		.build_and_execute(|| {
			for price in (price_min..price_max).step_by(256) {
				rest(ALICE, Buy, price, 1);
			}
			rest(BOB, Buy, price_max, 1);
			rest(BOB, Buy, 9_000, 1);
		});
}

#[test]
fn place_order_should_change_nothing_when_book_and_ledger_contradict_each_other() {
	ExtBuilder::trading().build().execute_with(|| {
		rest(ALICE, Sell, 9_000, 1);
		rest(BOB, Sell, 9_000, 1);
		TradingAccounts::<Test>::remove(BOB);
		let before = (
			TradingAccounts::<Test>::get(ALICE),
			Markets::<Test>::get(ASSET),
			Levels::<Test>::iter().count(),
		);
		let call = RuntimeCall::MarketPallet(crate::Call::place_order {
			asset: ASSET,
			order: order(Buy, 9_000, 2, GoodTillCancelled),
		});
		let result = sp_runtime::traits::Dispatchable::dispatch(call, RuntimeOrigin::signed(CHARLIE));
		assert_eq!(
			result.map_err(|refusal| refusal.error),
			Err(Error::<Test>::Unexpected.into())
		);
		let after = (
			TradingAccounts::<Test>::get(ALICE),
			Markets::<Test>::get(ASSET),
			Levels::<Test>::iter().count(),
		);
		assert_eq!(before, after);
	});
}

#[test]
fn place_order_should_fail_when_an_order_to_be_filled_whole_cannot_be() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Sell, 9_000, 3);
		// What was filled is found out while trading, so that a call has to be rolled back as a whole.
		let call = || frame_support::storage::with_storage_layer(|| place(BOB, Buy, 9_000, 4, FillOrKill));
		assert_noop!(call(), Error::<Test>::NotFilled);
		assert_ok!(place(BOB, Buy, 9_000, 3, FillOrKill));
	});
}

#[test]
fn place_order_should_fail_when_an_order_that_must_not_trade_crosses_the_book() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Sell, 9_000, 3);
		assert_noop!(place(BOB, Buy, 9_000, 1, PostOnly), Error::<Test>::WouldTrade);
		assert_ok!(place(BOB, Buy, 8_999, 1, PostOnly));
	});
}
