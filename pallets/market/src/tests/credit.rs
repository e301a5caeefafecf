//! What a participant's credit and debts limit its orders to.

use crate::{
	mock::*, BatchOrders, Error, MarketParams, NewOrder, OrderId, OrderKind, Side, TradingAccounts,
	WeightInfo,
};
use carbon_primitives::{Funds, Price, Tonnes, TradingLimits, TradingRight};
use carbon_traits::{OnTradingLimits, TradingLedger};
use codec::Encode;
use frame_support::{assert_noop, assert_ok, assert_storage_noop, storage::with_storage_layer};
use sp_runtime::DispatchResult;
use OrderKind::{FillOrKill, GoodTillCancelled, ImmediateOrCancel, PostOnly};
use Side::{Buy, Sell};

const NONE: TradingLimits = TradingLimits {
	order_max: None,
	orders_max: None,
	buys_blocked: false,
};
const SMALL: TradingLimits = TradingLimits {
	order_max: Some(Tonnes(5)),
	..NONE
};
const FEW: TradingLimits = TradingLimits {
	orders_max: Some(2),
	..NONE
};
const IN_DEBT: TradingLimits = TradingLimits {
	buys_blocked: true,
	..NONE
};

fn limits_of(who: AccountId) -> TradingLimits {
	Market::trading_account(who).limits
}

fn replace(who: AccountId, order: OrderId, price: u64, tonnes: u64) -> DispatchResult {
	let (price, tonnes) = (Price(price), Tonnes(tonnes));
	with_storage_layer(|| {
		Market::replace_order(RuntimeOrigin::signed(who), ASSET, order, price, tonnes, None)
			.map(drop)
			.map_err(|refusal| refusal.error)
	})
}

fn batch(who: AccountId, orders: &[NewOrder]) -> DispatchResult {
	let orders = BatchOrders::truncate_from(orders.to_vec());
	with_storage_layer(|| {
		Market::batch(RuntimeOrigin::signed(who), ASSET, Default::default(), orders)
			.map(drop)
			.map_err(|refusal| refusal.error)
	})
}

#[test]
fn place_order_should_fail_when_the_order_is_larger_than_credit_allows() {
	ExtBuilder::trading().build_and_execute(|| {
		Credit::limit(ALICE, SMALL);
		for side in [Buy, Sell] {
			for kind in [GoodTillCancelled, ImmediateOrCancel, FillOrKill, PostOnly] {
				assert_noop!(
					place(ALICE, side, 9_000, 6, kind),
					Error::<Test>::OrderAboveCreditLimit
				);
			}
		}
		rest(ALICE, Buy, 9_000, 5);
		rest(BOB, Buy, 9_000, 6);
	});
}

#[test]
fn place_order_should_fail_when_as_many_orders_rest_as_credit_allows() {
	ExtBuilder::trading().build_and_execute(|| {
		Credit::limit(ALICE, FEW);
		let first = rest(ALICE, Buy, 9_000, 1);
		rest(ALICE, Sell, 9_100, 1);
		for (side, price) in [(Buy, 8_999), (Sell, 9_101)] {
			for kind in [GoodTillCancelled, PostOnly] {
				assert_noop!(
					place(ALICE, side, price, 1, kind),
					Error::<Test>::TooManyOrdersForCredit
				);
			}
		}
		// What does not rest does not count.
		rest(BOB, Sell, 9_050, 1);
		assert_ok!(place(ALICE, Buy, 9_050, 1, ImmediateOrCancel));
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(ALICE), ASSET, first));
		rest(ALICE, Buy, 9_000, 1);
	});
}

#[test]
fn place_order_should_count_the_orders_of_its_market_alone() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(create_market(
			RuntimeOrigin::root(),
			OTHER,
			MarketParams::default()
		));
		Credit::limit(ALICE, FEW);
		rest(ALICE, Buy, 9_000, 1);
		rest(ALICE, Buy, 9_000, 1);
		let order = order(Buy, 9_000, 1, GoodTillCancelled);
		let result = Market::place_order(RuntimeOrigin::signed(ALICE), OTHER, order);
		assert_ok!(result.map(drop).map_err(|refusal| refusal.error));
	});
}

#[test]
fn place_order_should_fail_when_buys_are_blocked() {
	ExtBuilder::trading().build_and_execute(|| {
		Credit::limit(ALICE, IN_DEBT);
		rest(BOB, Sell, 9_000, 1);
		for kind in [GoodTillCancelled, ImmediateOrCancel, FillOrKill, PostOnly] {
			assert_noop!(place(ALICE, Buy, 9_000, 1, kind), Error::<Test>::BuysBlocked);
		}
		Credit::limit(ALICE, NONE);
		assert_ok!(place(ALICE, Buy, 9_000, 1, FillOrKill));
	});
}

#[test]
fn place_order_should_sell_when_buys_are_blocked() {
	ExtBuilder::trading().build_and_execute(|| {
		Credit::limit(ALICE, IN_DEBT);
		rest(BOB, Buy, 9_000, 1);
		assert_ok!(place(ALICE, Sell, 9_000, 1, FillOrKill));
		rest(ALICE, Sell, 9_100, 1);
	});
}

#[test]
fn batch_should_fail_when_one_of_its_orders_is_beyond_a_limit() {
	ExtBuilder::trading().build_and_execute(|| {
		let quote = |side, tonnes| order(side, if side == Buy { 9_000 } else { 9_100 }, tonnes, PostOnly);
		for (limits, orders, error) in [
			(
				SMALL,
				vec![quote(Buy, 5), quote(Sell, 6)],
				Error::<Test>::OrderAboveCreditLimit,
			),
			(FEW, vec![quote(Buy, 1); 3], Error::<Test>::TooManyOrdersForCredit),
			(
				IN_DEBT,
				vec![quote(Sell, 1), quote(Buy, 1)],
				Error::<Test>::BuysBlocked,
			),
		] {
			Credit::limit(ALICE, limits);
			assert_noop!(batch(ALICE, &orders), error);
		}
		Credit::limit(ALICE, FEW);
		assert_ok!(batch(ALICE, &[quote(Buy, 1), quote(Sell, 1)]));
	});
}

#[test]
fn replace_order_should_fail_when_the_new_order_is_beyond_a_limit() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest(ALICE, Buy, 9_000, 9);
		Credit::limit(ALICE, SMALL);
		assert_noop!(
			replace(ALICE, order, 8_999, 9),
			Error::<Test>::OrderAboveCreditLimit
		);
		Credit::limit(ALICE, IN_DEBT);
		assert_noop!(replace(ALICE, order, 8_999, 1), Error::<Test>::BuysBlocked);
		let none = TradingLimits {
			orders_max: Some(0),
			..NONE
		};
		Credit::limit(ALICE, none);
		assert_noop!(
			replace(ALICE, order, 8_999, 1),
			Error::<Test>::TooManyOrdersForCredit
		);
		assert!(Market::order(ASSET, order).is_some());
	});
}

#[test]
fn cancelling_reducing_and_withdrawing_should_stay_open_when_an_account_has_the_tightest_limits() {
	ExtBuilder::trading().build_and_execute(|| {
		let orders = [
			rest(ALICE, Buy, 9_000, 9),
			rest(ALICE, Sell, 9_100, 9),
			rest(ALICE, Buy, 8_000, 9),
		];
		let tightest = TradingLimits {
			order_max: Some(Tonnes::ZERO),
			orders_max: Some(0),
			buys_blocked: true,
		};
		Credit::limit(ALICE, tightest);
		assert_ok!(replace(ALICE, orders[0], 9_000, 5));
		assert_ok!(Market::cancel_order(
			RuntimeOrigin::signed(ALICE),
			ASSET,
			orders[1]
		));
		assert_ok!(Market::cancel_all(RuntimeOrigin::signed(ALICE)));
		idle_until_swept();
		for funds in [cash(CASH / 2), tonnes(TONNES / 2)] {
			assert_ok!(Market::withdraw(RuntimeOrigin::signed(ALICE), funds));
		}
	});
}

#[test]
fn orders_at_rest_should_stay_and_trade_when_the_limits_of_their_owner_become_tighter() {
	ExtBuilder::trading().build_and_execute(|| {
		let orders = [rest(ALICE, Buy, 9_000, 9), rest(ALICE, Sell, 9_100, 9)];
		let tightest = TradingLimits {
			order_max: Some(Tonnes(1)),
			orders_max: Some(1),
			buys_blocked: true,
		};
		Credit::limit(ALICE, tightest);
		assert!(!crate::Sweep::<Test>::exists());
		assert_ok!(place(BOB, Sell, 9_000, 2, FillOrKill));
		assert_ok!(place(BOB, Buy, 9_100, 2, FillOrKill));
		for order in orders {
			assert_eq!(
				Market::order(ASSET, order).map(|order| order.tonnes),
				Some(Tonnes(7))
			);
		}
	});
}

#[test]
fn deposit_should_copy_the_limits_when_the_account_is_new_or_old() {
	ExtBuilder::default().build_and_execute(|| {
		for limits in [SMALL, FEW] {
			Credit::forget_to_tell(ALICE, limits);
			assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), cash(1)));
			assert_eq!(limits_of(ALICE), limits);
		}
	});
}

#[test]
fn place_order_should_not_ask_for_the_limits_when_the_copy_of_the_right_is_valid() {
	ExtBuilder::trading().build().execute_with(|| {
		Credit::forget_to_tell(ALICE, IN_DEBT);
		rest(ALICE, Buy, 9_000, 1);
	});
}

#[test]
fn place_order_should_ask_for_the_limits_when_the_copy_of_the_right_has_ended() {
	ExtBuilder::trading().build_and_execute(|| {
		Participants::suspend(ALICE);
		Participants::forget_to_tell(ALICE, TradingRight::Lasting);
		Credit::forget_to_tell(ALICE, SMALL);
		assert_noop!(
			place(ALICE, Sell, 9_000, 6, GoodTillCancelled),
			Error::<Test>::OrderAboveCreditLimit
		);
		rest(ALICE, Sell, 9_000, 5);
		assert_eq!(limits_of(ALICE), SMALL);
	});
}

#[test]
fn pay_should_copy_the_limits_when_it_makes_an_account() {
	ExtBuilder::trading().build_and_execute(|| {
		Credit::limit(POOR, IN_DEBT);
		let funds = Funds::Cash { amount: 9_000 };
		assert_ok!(<Market as TradingLedger<_>>::pledge(&ALICE, funds));
		assert_ok!(<Market as TradingLedger<_>>::pay(&ALICE, &POOR, funds));
		assert_eq!(limits_of(POOR), IN_DEBT);
		// Its right comes back without a question to its limits.
		Participants::set_right(POOR, TradingRight::Lasting);
		assert_noop!(
			place(POOR, Buy, 9_000, 1, GoodTillCancelled),
			Error::<Test>::BuysBlocked
		);
	});
}

#[test]
fn trading_limits_changed_should_change_the_copy_alone() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Buy, 9_000, 1);
		let before = TradingAccounts::<Test>::get(ALICE).expect("it has deposited");
		Credit::limit(ALICE, FEW);
		let after = TradingAccounts::<Test>::get(ALICE).expect("it has deposited");
		assert_eq!(
			after,
			crate::TradingAccountOf::<Test> {
				limits: FEW,
				..before
			}
		);
	});
}

#[test]
fn trading_limits_changed_should_change_nothing_when_there_is_no_trading_account() {
	ExtBuilder::default().build_and_execute(|| {
		Credit::forget_to_tell(ALICE, IN_DEBT);
		assert_storage_noop!(Market::trading_limits_changed(&ALICE));
	});
}

#[test]
fn place_order_should_weigh_nothing_for_limits_beside_the_question_when_it_is_refused_for_one() {
	ExtBuilder::trading().build_and_execute(|| {
		Credit::limit(ALICE, IN_DEBT);
		let order = order(Buy, 9_000, 1, GoodTillCancelled);
		let refused = Market::place_order(RuntimeOrigin::signed(ALICE), ASSET, order);
		assert_eq!(
			refused.expect_err("buys are blocked").post_info.actual_weight,
			Some(<() as WeightInfo>::rest_order())
		);
	});
}

#[test]
fn limits_should_take_between_3_and_15_bytes_of_an_account() {
	let longest = TradingLimits {
		order_max: Some(Tonnes(u64::MAX)),
		orders_max: Some(u32::MAX),
		buys_blocked: true,
	};
	assert_eq!((NONE.encoded_size(), longest.encoded_size()), (3, 15));
}
