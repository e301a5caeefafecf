//! Replacing orders.

use crate::{
	mock::*, CancelReason, Error, Event, MarketParams, OrderId, OrderKind, Side, WeightInfo, PAGE_SLOTS,
};
use carbon_primitives::{Price, Tonnes};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{GetDispatchInfo, PostDispatchInfo},
};
use sp_runtime::{DispatchError, DispatchErrorWithPostInfo, DispatchResult};
use Side::{Buy, Sell};

fn call(
	who: AccountId,
	order: OrderId,
	price: u64,
	tonnes: u64,
) -> Result<PostDispatchInfo, DispatchErrorWithPostInfo<PostDispatchInfo>> {
	let (price, tonnes) = (Price(price), Tonnes(tonnes));
	Market::replace_order(RuntimeOrigin::signed(who), ASSET, order, price, tonnes, None)
}

/// Dispatched as a whole, so that what is refused leaves no trace.
fn replace(who: AccountId, order: OrderId, price: u64, tonnes: u64) -> DispatchResult {
	frame_support::storage::with_storage_layer(|| {
		call(who, order, price, tonnes)
			.map(drop)
			.map_err(|refusal| refusal.error)
	})
}

#[test]
fn replace_order_should_keep_the_place_when_only_the_quantity_falls() {
	ExtBuilder::trading().build_and_execute(|| {
		let first = rest(ALICE, Sell, 9_000, 10);
		rest(CHARLIE, Sell, 9_000, 10);
		assert_ok!(replace(ALICE, first, 9_000, 4));
		assert_eq!(tonnes_of(ALICE), (TONNES / 2 - 4, 4, 0));
		assert_eq!(
			market_events().last(),
			Some(&Event::OrderReduced {
				asset: ASSET,
				order: first,
				owner: ALICE,
				tonnes: Tonnes(4),
				released: tonnes(6),
				reason: CancelReason::Owner,
			})
		);
		assert_ok!(place(BOB, Buy, 9_000, 4, OrderKind::ImmediateOrCancel));
		assert_eq!(Market::order(ASSET, first), None);
		assert_eq!(tonnes_of(CHARLIE).1, 10);
	});
}

#[test]
fn replace_order_should_find_the_order_when_it_lies_on_an_older_page() {
	ExtBuilder::trading().build_and_execute(|| {
		let first = rest(ALICE, Buy, 9_000, 10);
		for _ in 0..PAGE_SLOTS {
			rest(BOB, Buy, 9_000, 1);
		}
		assert_ok!(replace(ALICE, first, 9_000, 1));
		assert_eq!(cash_of(ALICE), (CASH / 2 - 9_000, 9_000));
	});
}

#[test]
fn replace_order_should_make_an_order_smaller_when_the_market_is_halted_or_the_owner_suspended() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest(ALICE, Sell, 9_000, 10);
		halt(100);
		Participants::suspend(ALICE);
		assert_ok!(replace(ALICE, order, 9_000, 9));
		// Anything else is a new order.
		assert_noop!(replace(ALICE, order, 9_000, 10), Error::<Test>::MarketHalted);
		halt(0);
		assert_noop!(replace(ALICE, order, 9_001, 9), SUSPENDED_ERROR);
	});
}

#[test]
fn replace_order_should_put_another_order_in_the_place_when_the_price_changes_or_the_quantity_rises() {
	for (price, tonnes) in [(9_001, 10), (8_999, 4), (9_000, 11)] {
		ExtBuilder::trading().build_and_execute(|| {
			let order = rest_until(ALICE, Sell, 9_000, 10, 50);
			assert_ok!(replace(ALICE, order, price, tonnes));
			assert_eq!(Market::order(ASSET, order), None);
			let new = last_order()
				.and_then(|id| Market::order(ASSET, id))
				.expect("it rests");
			assert_eq!(
				(new.side, new.price, new.tonnes, new.expires),
				(Sell, Price(price), Tonnes(tonnes), Some(50))
			);
			assert_eq!(tonnes_of(ALICE), (TONNES / 2 - tonnes, tonnes, 0));
			assert!(market_events().iter().any(|event| matches!(
				event,
				Event::OrderCancelled {
					reason: CancelReason::Replaced,
					..
				}
			)));
		});
	}
}

#[test]
fn replace_order_should_trade_when_the_new_price_crosses() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(BOB, Buy, 8_900, 4);
		let order = rest(ALICE, Sell, 9_000, 10);
		assert_ok!(replace(ALICE, order, 8_900, 10));
		assert_eq!(tonnes_of(ALICE), (TONNES / 2 - 10, 6, 0));
		assert_eq!(Market::best_prices(ASSET).last, Some(Price(8_900)));
	});
}

#[test]
fn replace_order_should_use_what_the_old_order_had_locked() {
	ExtBuilder::default().with_market().build_and_execute(|| {
		assert_ok!(Market::deposit(RuntimeOrigin::signed(BOB), cash(9_000)));
		let order = rest(BOB, Buy, 9_000, 1);
		assert_noop!(replace(BOB, order, 9_001, 1), Error::<Test>::InsufficientCash);
		assert_ok!(replace(BOB, order, 4_500, 2));
		assert_eq!(cash_of(BOB), (0, 9_000));
	});
}

#[test]
fn replace_order_should_fail_when_the_order_is_gone_or_belongs_to_another_or_stays_the_same() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest(ALICE, Sell, 9_000, 10);
		assert_noop!(replace(BOB, order, 9_000, 5), Error::<Test>::NotOrderOwner);
		assert_noop!(replace(ALICE, order, 9_000, 10), Error::<Test>::OrderUnchanged);
		assert_noop!(replace(ALICE, OrderId(7), 9_000, 5), Error::<Test>::OrderNotFound);
		let nowhere = Market::replace_order(
			RuntimeOrigin::signed(ALICE),
			OTHER,
			order,
			Price(1),
			Tonnes(1),
			None,
		);
		assert_eq!(
			nowhere.map_err(|refusal| refusal.error),
			Err(Error::<Test>::MarketNotFound.into())
		);
	});
}

#[test]
fn replace_order_should_fail_when_what_is_left_breaks_a_rule() {
	let params = MarketParams {
		lot: Tonnes(2),
		order_min: Tonnes(4),
		..Default::default()
	};
	ExtBuilder::default()
		.with_params(params)
		.with_trader(ALICE)
		.build_and_execute(|| {
			let order = rest(ALICE, Sell, 9_000, 10);
			for (tonnes, error) in [
				(0, Error::<Test>::QuantityZero),
				(5, Error::<Test>::QuantityOffLot),
				(2, Error::<Test>::QuantityBelowMin),
			] {
				assert_noop!(replace(ALICE, order, 9_000, tonnes), DispatchError::from(error));
			}
			assert_noop!(replace(ALICE, order, 16_001, 10), Error::<Test>::PriceOutsideBand);
			assert_ok!(replace(ALICE, order, 9_000, 4));
		});
}

#[test]
fn replace_order_should_fail_when_the_date_of_the_order_has_come() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest_until(ALICE, Sell, 9_000, 10, 50);
		MockTime::set(50);
		assert_noop!(replace(ALICE, order, 9_001, 10), Error::<Test>::ExpiryPassed);
	});
}

#[test]
fn replace_order_should_weigh_what_it_met() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest(ALICE, Sell, 9_000, 10);
		rest(BOB, Buy, 8_900, 1);
		let declared = |meet_max| {
			let call = crate::Call::<Test>::replace_order {
				asset: ASSET,
				order,
				price: Price(1),
				tonnes: Tonnes(1),
				meet_max,
			};
			call.get_dispatch_info().call_weight
		};
		let own = <() as WeightInfo>::replace_order();
		let beside = <() as WeightInfo>::renew_right() + <() as WeightInfo>::note_expiry();
		assert_eq!(
			declared(None),
			own + <() as WeightInfo>::place_order(MAX_FILLS) + MATCHED_WEIGHT + beside
		);
		assert_eq!(declared(Some(0)), own + beside);
		let weight = |price, tonnes| call(ALICE, order, price, tonnes).expect("valid").actual_weight;
		assert_eq!(weight(9_000, 5), Some(own));
		let traded = own + <() as WeightInfo>::place_order(1) + MATCHED_WEIGHT;
		assert_eq!(weight(8_900, 5), Some(traded));
	});
}
