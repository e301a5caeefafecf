//! The copy of a participant's right to trade: where it comes from, and what happens when it has ended.

use crate::{
	mock::*, CancelReason, Error, Event, OrderKind, ReturnReason, Side, Sweep, SweepScope, TradingAccounts,
	WeightInfo,
};
use carbon_primitives::{Price, Tonnes, TradingRight};
use carbon_traits::OnTradingRight;
use frame_support::{assert_noop, assert_ok, assert_storage_noop};
use OrderKind::GoodTillCancelled;
use Side::{Buy, Sell};

fn right_of(who: AccountId) -> TradingRight {
	Market::trading_account(who).right
}

#[test]
fn deposit_should_copy_the_right_when_the_account_is_new_or_old() {
	ExtBuilder::default().build_and_execute(|| {
		for right in [TradingRight::Until(50), TradingRight::Lasting] {
			Participants::forget_to_tell(ALICE, right);
			assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), cash(1)));
			assert_eq!(right_of(ALICE), right);
		}
	});
}

#[test]
fn place_order_should_not_ask_when_the_copy_is_valid() {
	ExtBuilder::trading().build_and_execute(|| {
		Participants::forget_to_tell(ALICE, TradingRight::Withdrawn);
		rest(ALICE, Buy, 9_000, 1);
	});
}

#[test]
fn place_order_should_ask_and_store_the_answer_when_the_copy_has_ended() {
	ExtBuilder::trading().build_and_execute(|| {
		Participants::set_right(ALICE, TradingRight::Until(10));
		MockTime::set(10);
		assert_noop!(place(ALICE, Buy, 9_000, 1, GoodTillCancelled), SUSPENDED_ERROR);
		Participants::forget_to_tell(ALICE, TradingRight::Until(50));
		rest(ALICE, Buy, 9_000, 1);
		assert_eq!(right_of(ALICE), TradingRight::Until(50));
	});
}

#[test]
fn place_order_should_store_the_answer_when_nothing_trades_or_rests() {
	ExtBuilder::trading().build_and_execute(|| {
		Participants::suspend(ALICE);
		Participants::forget_to_tell(ALICE, TradingRight::Lasting);
		assert_ok!(place(ALICE, Buy, 9_000, 1, OrderKind::ImmediateOrCancel));
		assert_eq!(right_of(ALICE), TradingRight::Lasting);
	});
}

#[test]
fn place_order_should_weigh_the_question_when_it_is_asked() {
	ExtBuilder::trading().build_and_execute(|| {
		let weight = || {
			let order = order(Buy, 9_000, 1, GoodTillCancelled);
			match Market::place_order(RuntimeOrigin::signed(ALICE), ASSET, order) {
				Ok(info) => info.actual_weight,
				Err(refusal) => refusal.post_info.actual_weight,
			}
		};
		let known = <() as WeightInfo>::rest_order();
		assert_eq!(weight(), Some(known));
		Participants::suspend(ALICE);
		assert_eq!(weight(), Some(known + <() as WeightInfo>::renew_right()));
		Participants::forget_to_tell(ALICE, TradingRight::Lasting);
		assert_eq!(weight(), Some(known + <() as WeightInfo>::renew_right()));
		assert_eq!(weight(), Some(known));
	});
}

#[test]
fn place_order_should_take_an_order_out_when_its_owner_is_suspended() {
	ExtBuilder::trading().build_and_execute(|| {
		let before = Market::trading_account(ALICE);
		let order = rest(ALICE, Sell, 9_000, 3);
		rest(CHARLIE, Sell, 9_000, 1);
		Participants::suspend(ALICE);
		System::reset_events();
		assert_ok!(place(BOB, Buy, 9_000, 1, GoodTillCancelled));
		// The one behind it trades.
		assert_eq!(tonnes_of(BOB).0, TONNES / 2 + 1);
		let after = Market::trading_account(ALICE);
		assert_eq!(
			(after.cash_free, after.positions),
			(before.cash_free, before.positions)
		);
		assert_eq!(
			market_events()[0],
			Event::OrderCancelled {
				asset: ASSET,
				order,
				owner: ALICE,
				tonnes: Tonnes(3),
				released: tonnes(3),
				reason: CancelReason::RightEnded,
			}
		);
		assert!(matches!(
			market_events()[1],
			Event::OrderFilled { maker: CHARLIE, .. }
		));
	});
}

#[test]
fn place_order_should_take_a_bid_out_when_the_right_of_its_owner_ran_out_by_itself() {
	ExtBuilder::trading().build_and_execute(|| {
		Participants::set_right(ALICE, TradingRight::Until(10));
		rest(ALICE, Buy, 9_000, 3);
		MockTime::set(9);
		assert_ok!(place(BOB, Sell, 9_000, 1, GoodTillCancelled));
		MockTime::set(10);
		rest(BOB, Sell, 9_000, 1);
		// What was bought before stays bought, and the rest of the cash is free.
		assert_eq!(cash_of(ALICE), (CASH / 2 - 9_000, 0));
		assert_eq!(tonnes_of(ALICE), (TONNES / 2 + 1, 0, 0));
		assert_eq!(Market::best_prices(ASSET).last, Some(Price(9_000)));
	});
}

#[test]
fn place_order_should_count_orders_that_leave_as_met() {
	ExtBuilder::trading().build_and_execute(|| {
		for _ in 0..MAX_FILLS {
			rest(ALICE, Sell, 9_000, 1);
		}
		rest(CHARLIE, Sell, 9_000, 1);
		Participants::suspend(ALICE);
		let weight = Market::place_order(
			RuntimeOrigin::signed(BOB),
			ASSET,
			order(Buy, 9_000, 1, GoodTillCancelled),
		)
		.expect("valid")
		.actual_weight;
		assert_eq!(weight, Some(<() as WeightInfo>::place_order(MAX_FILLS)));
		assert_eq!(tonnes_of(BOB), (TONNES / 2, 0, 0));
		assert!(matches!(
			market_events().last(),
			Some(Event::OrderReturned {
				reason: ReturnReason::FillLimit,
				..
			})
		));
		assert_eq!(Market::best_prices(ASSET).last, None);
	});
}

#[test]
fn place_order_should_not_take_an_own_order_out_when_the_right_is_renewed_with_it() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest(ALICE, Sell, 9_000, 1);
		Participants::suspend(ALICE);
		Participants::forget_to_tell(ALICE, TradingRight::Lasting);
		assert_ok!(place(ALICE, Buy, 9_000, 1, GoodTillCancelled));
		assert!(Market::order(ASSET, order).is_some());
	});
}

#[test]
fn cancel_order_should_succeed_for_everybody_admitted_when_the_right_of_the_owner_has_ended() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest(ALICE, Sell, 9_000, 3);
		Participants::set_right(ALICE, TradingRight::Until(10));
		let cancel = |who| Market::cancel_order(RuntimeOrigin::signed(who), ASSET, order);
		MockTime::set(9);
		assert_noop!(cancel(BOB), Error::<Test>::NotOrderOwner);
		MockTime::set(10);
		Participants::suspend(CHARLIE);
		for who in [STRANGER, CHARLIE] {
			assert_noop!(cancel(who), Error::<Test>::NotOrderOwner);
		}
		assert_ok!(cancel(BOB));
		assert_eq!(tonnes_of(ALICE), (TONNES / 2, 0, 0));
		assert_eq!(
			market_events().last(),
			Some(&Event::OrderCancelled {
				asset: ASSET,
				order,
				owner: ALICE,
				tonnes: Tonnes(3),
				released: tonnes(3),
				reason: CancelReason::RightEnded,
			})
		);
	});
}

#[test]
fn trading_right_changed_should_change_nothing_when_there_is_no_trading_account() {
	ExtBuilder::default().build_and_execute(|| {
		assert_storage_noop!(Market::trading_right_changed(&ALICE, TradingRight::Withdrawn));
	});
}

#[test]
fn trading_right_changed_should_leave_the_sweep_alone_when_no_order_rests_or_the_right_holds() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Sell, 9_000, 1);
		Participants::set_right(ALICE, TradingRight::Until(1));
		Participants::suspend(BOB);
		assert!(!Sweep::<Test>::exists());
	});
}

#[test]
fn trading_right_changed_should_name_the_account_when_orders_rest_on_either_side() {
	for (side, right) in [
		(Buy, TradingRight::Withdrawn),
		(Sell, TradingRight::Withdrawn),
		(Sell, TradingRight::Until(0)),
	] {
		ExtBuilder::trading().build_and_execute(|| {
			rest(ALICE, side, 9_000, 1);
			for _ in 0..2 {
				Participants::set_right(ALICE, right);
			}
			let sweep = Sweep::<Test>::get().expect("there is a sweep");
			assert_eq!(
				sweep.passing,
				SweepScope::Accounts(vec![ALICE].try_into().expect("one fits"))
			);
			assert_eq!(TradingAccounts::<Test>::get(ALICE).map(|a| a.right), Some(right));
		});
	}
}
