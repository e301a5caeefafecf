//! Kinds of orders, their rules, and what happens where an order meets one of its own owner or group.

use crate::{
	mock::*, CancelReason, Error, Event, MarketParams, NewOrder, NextExpiry, OrderKind, ReturnReason,
	SelfTrade, Side, TradingAccounts,
};
use carbon_primitives::{GroupId, Price, Tonnes};
use carbon_traits::OnTradingRight;
use frame_support::{assert_noop, assert_ok, assert_storage_noop};
use OrderKind::{FillOrKill, GoodTillCancelled, ImmediateOrCancel, Market as AtMarket, PostOnly};
use Side::{Buy, Sell};

const HALF_CASH: u128 = CASH / 2;
const HALF_TONNES: u64 = TONNES / 2;

fn with_rules(params: MarketParams, test: impl FnOnce()) {
	ExtBuilder::default()
		.with_params(params)
		.with_trader(ALICE)
		.with_trader(BOB)
		.build_and_execute(test);
}

#[test]
fn a_market_order_should_trade_within_the_band_when_its_price_lies_beyond_it() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Sell, 9_000, 3);
		rest(ALICE, Buy, 8_000, 3);
		assert_ok!(place(BOB, Buy, u64::MAX, 2, AtMarket));
		assert_ok!(place(BOB, Sell, 0, 5, AtMarket));
		assert_eq!(cash_of(BOB), (HALF_CASH - 18_000 + 24_000, 0));
		assert_eq!(tonnes_of(BOB), (HALF_TONNES + 2 - 3, 0, 0));
		let events = market_events();
		assert!(matches!(
			events[events.len() - 2..],
			[
				Event::OrderPlaced {
					price: Price(1),
					kind: AtMarket,
					order: None,
					..
				},
				Event::OrderReturned {
					tonnes: Tonnes(2),
					reason: ReturnReason::ImmediateOrCancel,
					..
				}
			]
		));
	});
}

#[test]
fn a_market_order_should_not_pay_more_than_its_worst_price() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Sell, 9_000, 1);
		rest(ALICE, Sell, 9_002, 1);
		assert_ok!(place(BOB, Buy, 9_001, 2, AtMarket));
		assert_eq!(tonnes_of(BOB).0, HALF_TONNES + 1);
	});
}

#[test]
fn a_market_order_should_fail_when_no_price_of_the_band_is_good_enough() {
	let params = MarketParams {
		price_min: Price(100),
		price_max: Price(200),
		..Default::default()
	};
	with_rules(params, || {
		for (side, price) in [(Buy, 99), (Sell, 201)] {
			assert_noop!(
				place(ALICE, side, price, 1, AtMarket),
				Error::<Test>::PriceOutsideBand
			);
		}
	});
}

#[test]
fn an_order_should_not_be_smaller_than_the_smallest_unless_it_sells_all_that_is_left() {
	let params = MarketParams {
		order_min: Tonnes(10),
		..Default::default()
	};
	with_rules(params, || {
		for side in [Buy, Sell] {
			let small = place(ALICE, side, 9_000, 9, GoodTillCancelled);
			assert_noop!(
				Err::<(), _>(small.expect_err("too small")),
				Error::<Test>::QuantityBelowMin
			);
		}
		assert_ok!(Market::withdraw(
			RuntimeOrigin::signed(ALICE),
			tonnes(HALF_TONNES - 9)
		));
		assert_noop!(
			place(ALICE, Sell, 9_000, 8, GoodTillCancelled),
			Error::<Test>::QuantityBelowMin
		);
		rest(ALICE, Sell, 9_000, 9);
		// A fill may leave less.
		assert_ok!(place(BOB, Buy, 9_000, 10, GoodTillCancelled));
		assert_eq!((tonnes_of(ALICE).1, tonnes_of(BOB).2), (0, 1));
	});
}

#[test]
fn an_order_should_not_be_smaller_than_the_smallest_when_its_owner_has_bound_the_rest_of_its_tonnes() {
	let params = MarketParams {
		order_min: Tonnes(10),
		order_max: Tonnes(HALF_TONNES),
		..Default::default()
	};
	with_rules(params, || {
		let most = rest(ALICE, Sell, 9_000, HALF_TONNES - 1);
		// Otherwise it would cancel the other one and go on like that, until as many orders rest as may, each of a tonne.
		for kind in [GoodTillCancelled, ImmediateOrCancel] {
			assert_noop!(
				place(ALICE, Sell, 9_000, 1, kind),
				Error::<Test>::QuantityBelowMin
			);
		}
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(ALICE), ASSET, most));
	});
}

#[test]
fn an_account_should_have_no_more_orders_at_rest_than_it_may() {
	let params = MarketParams {
		orders_max: 2,
		..Default::default()
	};
	with_rules(params, || {
		rest(ALICE, Sell, 9_000, 1);
		rest(ALICE, Buy, 8_000, 1);
		for kind in [GoodTillCancelled, PostOnly] {
			assert_noop!(place(ALICE, Sell, 9_000, 1, kind), Error::<Test>::TooManyOrders);
		}
		// What does not rest is not counted, nor is what has been filled.
		assert_ok!(place(ALICE, Sell, 9_500, 1, ImmediateOrCancel));
		assert_ok!(place(BOB, Buy, 9_000, 1, FillOrKill));
		rest(ALICE, Sell, 9_000, 1);
		rest(BOB, Sell, 9_000, 1);
	});
}

#[test]
fn an_order_should_meet_no_more_others_than_it_names() {
	ExtBuilder::trading().build_and_execute(|| {
		for _ in 0..3 {
			rest(ALICE, Sell, 9_000, 1);
		}
		let order = NewOrder {
			meet_max: Some(2),
			..order(Buy, 9_000, 3, GoodTillCancelled)
		};
		assert_ok!(place_new(BOB, order));
		assert_eq!(tonnes_of(BOB), (HALF_TONNES + 2, 0, 0));
		assert!(matches!(
			market_events().last(),
			Some(Event::OrderReturned {
				reason: ReturnReason::FillLimit,
				..
			})
		));
	});
}

#[test]
fn an_order_should_fail_when_its_date_does_not_fit_or_has_come() {
	ExtBuilder::trading().build_and_execute(|| {
		MockTime::set(10);
		let dated = |kind, expires| NewOrder {
			expires: Some(expires),
			..order(Buy, 9_000, 1, kind)
		};
		for kind in [ImmediateOrCancel, FillOrKill, AtMarket] {
			assert_noop!(place_new(ALICE, dated(kind, 50)), Error::<Test>::ExpiryUnfit);
		}
		for kind in [GoodTillCancelled, PostOnly] {
			assert_noop!(place_new(ALICE, dated(kind, 10)), Error::<Test>::ExpiryPassed);
			assert_ok!(place_new(ALICE, dated(kind, 11)));
		}
		assert_eq!(NextExpiry::<Test>::get(), Some(11));
	});
}

#[test]
fn an_order_should_leave_when_it_is_met_and_its_date_has_come() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest_until(ALICE, Sell, 9_000, 3, 50);
		assert_eq!(
			Market::order(ASSET, order).and_then(|order| order.expires),
			Some(50)
		);
		MockTime::set(49);
		assert_ok!(place(BOB, Buy, 9_000, 1, GoodTillCancelled));
		assert_eq!(tonnes_of(BOB).0, HALF_TONNES + 1);
		MockTime::set(50);
		System::reset_events();
		rest(BOB, Buy, 9_000, 1);
		assert_eq!(
			market_events()[0],
			Event::OrderCancelled {
				asset: ASSET,
				order,
				owner: ALICE,
				tonnes: Tonnes(2),
				released: tonnes(2),
				reason: CancelReason::Expired,
			}
		);
		assert_eq!(tonnes_of(ALICE), (HALF_TONNES - 1, 0, 0));
	});
}

#[test]
fn an_own_order_should_leave_when_it_is_met_and_its_date_has_come() {
	ExtBuilder::trading().build_and_execute(|| {
		rest_until(ALICE, Sell, 9_000, 3, 50);
		MockTime::set(50);
		rest(ALICE, Buy, 9_000, 1);
		assert_eq!(tonnes_of(ALICE), (HALF_TONNES, 0, 1));
	});
}

/// Alice sells 5 and Charlie 5 behind it; then `taker` buys 8 in the mode `self_trade`. Returns the events of that.
fn meet(taker: AccountId, self_trade: SelfTrade) -> Vec<Event<Test>> {
	rest(ALICE, Sell, 9_000, 5);
	rest(CHARLIE, Sell, 9_000, 5);
	System::reset_events();
	let order = NewOrder {
		self_trade,
		..order(Buy, 9_000, 8, GoodTillCancelled)
	};
	assert_ok!(place_new(taker, order));
	check();
	market_events()
}

#[test]
fn own_orders_should_leave_and_the_new_one_go_on_when_the_maker_is_to_be_cancelled() {
	ExtBuilder::trading().build_and_execute(|| {
		let events = meet(ALICE, SelfTrade::CancelMaker);
		assert!(matches!(
			events[0],
			Event::OrderCancelled {
				reason: CancelReason::SelfTrade,
				tonnes: Tonnes(5),
				..
			}
		));
		assert_eq!(tonnes_of(ALICE), (HALF_TONNES + 5, 0, 3));
	});
}

#[test]
fn own_orders_should_leave_and_the_new_one_stop_when_both_are_to_be_cancelled() {
	ExtBuilder::trading().build_and_execute(|| {
		let events = meet(ALICE, SelfTrade::CancelBoth);
		assert!(matches!(
			events.last(),
			Some(Event::OrderReturned {
				tonnes: Tonnes(8),
				reason: ReturnReason::OwnOrder,
				..
			})
		));
		assert_eq!(tonnes_of(ALICE), (HALF_TONNES, 0, 0));
		assert_eq!(cash_of(ALICE), (HALF_CASH, 0));
	});
}

#[test]
fn own_orders_should_lose_the_same_quantity_when_both_are_to_be_decremented() {
	ExtBuilder::trading().build_and_execute(|| {
		let events = meet(ALICE, SelfTrade::Decrement);
		assert!(matches!(
			events[0],
			Event::OrderReduced {
				owner: ALICE,
				tonnes: Tonnes(0),
				reason: CancelReason::SelfTrade,
				..
			}
		));
		// Five were lost, three bought from Charlie.
		assert_eq!(tonnes_of(ALICE), (HALF_TONNES + 3, 0, 0));
	});
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest(ALICE, Sell, 9_000, 10);
		assert_ok!(place_new(
			ALICE,
			NewOrder {
				self_trade: SelfTrade::Decrement,
				..order_of(4)
			}
		));
		assert_eq!(
			market_events()[market_events().len() - 2],
			Event::OrderReduced {
				asset: ASSET,
				order,
				owner: ALICE,
				tonnes: Tonnes(6),
				released: tonnes(4),
				reason: CancelReason::SelfTrade,
			}
		);
		assert_eq!(tonnes_of(ALICE), (HALF_TONNES - 6, 6, 0));
	});
}

/// A bid that does not rest.
fn order_of(tonnes: u64) -> NewOrder {
	order(Buy, 9_000, tonnes, ImmediateOrCancel)
}

#[test]
fn members_of_a_group_should_not_trade_with_each_other() {
	let group = Some(GroupId(1));
	for (mode, alice, bob) in [
		(SelfTrade::CancelTaker, (HALF_TONNES - 5, 5), (HALF_TONNES, 0)),
		(SelfTrade::CancelMaker, (HALF_TONNES, 0), (HALF_TONNES + 5, 3)),
		(SelfTrade::CancelBoth, (HALF_TONNES, 0), (HALF_TONNES, 0)),
		(SelfTrade::Decrement, (HALF_TONNES, 0), (HALF_TONNES + 3, 0)),
	] {
		ExtBuilder::trading().build_and_execute(|| {
			Participants::join(ALICE, group);
			Participants::join(BOB, group);
			meet(BOB, mode);
			let (free, locked, _) = tonnes_of(ALICE);
			assert_eq!((free, locked), alice);
			let (free, _, buying) = tonnes_of(BOB);
			assert_eq!((free, buying), bob);
		});
	}
}

#[test]
fn members_of_different_groups_should_trade_with_each_other() {
	ExtBuilder::trading().build_and_execute(|| {
		Participants::join(ALICE, Some(GroupId(1)));
		Participants::join(BOB, Some(GroupId(2)));
		meet(BOB, SelfTrade::CancelTaker);
		assert_eq!(tonnes_of(BOB).0, HALF_TONNES + 8);
	});
}

#[test]
fn those_who_left_their_group_should_trade_with_its_members() {
	ExtBuilder::trading().build_and_execute(|| {
		for who in [ALICE, BOB] {
			Participants::join(who, Some(GroupId(1)));
		}
		Participants::join(ALICE, None);
		meet(BOB, SelfTrade::CancelTaker);
		assert_eq!(tonnes_of(BOB).0, HALF_TONNES + 8);
	});
}

#[test]
fn an_order_of_the_group_should_be_returned_by_its_end_before_it_counts_as_own() {
	ExtBuilder::trading().build_and_execute(|| {
		for who in [ALICE, BOB] {
			Participants::join(who, Some(GroupId(1)));
		}
		rest(ALICE, Sell, 9_000, 5);
		Participants::suspend(ALICE);
		rest(BOB, Buy, 9_000, 1);
		assert_eq!(tonnes_of(ALICE), (HALF_TONNES, 0, 0));
	});
}

#[test]
fn the_group_should_be_copied_with_the_first_deposit_and_with_each_renewal() {
	ExtBuilder::default().with_market().build_and_execute(|| {
		let group_of = |who| TradingAccounts::<Test>::get(who).and_then(|account| account.group);
		assert_storage_noop!(Market::group_changed(&ALICE, Some(GroupId(1))));
		Participants::join(ALICE, Some(GroupId(1)));
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), cash(9_000)));
		assert_eq!(group_of(ALICE), Some(GroupId(1)));
		Participants::join(ALICE, Some(GroupId(2)));
		assert_eq!(Market::trading_account(ALICE).group, Some(GroupId(2)));
		// The account goes away, and comes again with what it is paid for a lot.
		assert_ok!(Market::withdraw(RuntimeOrigin::signed(ALICE), cash(9_000)));
		assert_eq!(group_of(ALICE), None);
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), tonnes(1)));
		assert_eq!(group_of(ALICE), Some(GroupId(2)));
	});
}
