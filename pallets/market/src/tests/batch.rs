//! Cancelling and placing orders together.

use crate::{
	mock::*, BatchCancels, BatchOrders, Error, Event, MarketParams, NewOrder, OrderId, OrderKind,
	ReturnReason, Side, WeightInfo,
};
use carbon_primitives::{Tonnes, TradingRight};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{GetDispatchInfo, PostDispatchInfo},
	weights::Weight,
};
use sp_runtime::{DispatchErrorWithPostInfo, DispatchResult};
use OrderKind::{GoodTillCancelled, PostOnly};
use Side::{Buy, Sell};

fn call(
	who: AccountId,
	cancels: &[OrderId],
	orders: &[NewOrder],
) -> Result<PostDispatchInfo, DispatchErrorWithPostInfo<PostDispatchInfo>> {
	let cancels = BatchCancels::truncate_from(cancels.to_vec());
	let orders = BatchOrders::truncate_from(orders.to_vec());
	Market::batch(RuntimeOrigin::signed(who), ASSET, cancels, orders)
}

/// Dispatched as a whole, so that what is refused leaves no trace.
fn batch(who: AccountId, cancels: &[OrderId], orders: &[NewOrder]) -> DispatchResult {
	frame_support::storage::with_storage_layer(|| {
		call(who, cancels, orders)
			.map(drop)
			.map_err(|refusal| refusal.error)
	})
}

fn quote(side: Side, price: u64, tonnes: u64) -> NewOrder {
	order(side, price, tonnes, PostOnly)
}

#[test]
fn batch_should_cancel_first_and_then_place_when_a_maker_moves_its_quotes() {
	ExtBuilder::default().with_market().build_and_execute(|| {
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), cash(18_000)));
		let old = [rest(ALICE, Buy, 9_000, 1), rest(ALICE, Buy, 8_999, 1)];
		// Only what the old quotes had locked pays for the new ones.
		let new = [quote(Buy, 9_001, 1), quote(Buy, 8_998, 1)];
		assert_ok!(batch(ALICE, &old, &new));
		for order in old {
			assert_eq!(Market::order(ASSET, order), None);
		}
		assert_eq!(cash_of(ALICE), (1, 17_999));
		assert_eq!(Market::orders_of(ASSET, ALICE, None, 10).len(), 2);
	});
}

#[test]
fn batch_should_give_each_order_a_name_of_its_own() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(batch(ALICE, &[], &[quote(Sell, 9_000, 1); 50]));
		let names: std::collections::BTreeSet<_> = market_events()
			.into_iter()
			.filter_map(|event| match event {
				Event::OrderPlaced { order, .. } => order,
				_ => None,
			})
			.collect();
		assert_eq!(names.len(), 50);
		assert_eq!(tonnes_of(ALICE).1, 50);
	});
}

#[test]
fn batch_should_pass_over_orders_that_are_gone_and_refuse_those_of_others() {
	ExtBuilder::trading().build_and_execute(|| {
		let (gone, left) = (rest(ALICE, Sell, 9_000, 1), rest(ALICE, Sell, 9_001, 1));
		let bobs = rest(BOB, Sell, 9_002, 1);
		assert_ok!(place(BOB, Buy, 9_000, 1, GoodTillCancelled));
		assert_noop!(
			batch(ALICE, &[gone, left, bobs], &[]),
			Error::<Test>::NotOrderOwner
		);
		assert_ok!(batch(ALICE, &[gone, left], &[]));
		assert_eq!(tonnes_of(ALICE), (TONNES / 2 - 1, 0, 0));
	});
}

#[test]
fn batch_should_change_nothing_when_one_order_is_refused() {
	ExtBuilder::trading().build_and_execute(|| {
		let old = rest(ALICE, Buy, 9_000, 1);
		rest(BOB, Sell, 9_100, 1);
		for (order, error) in [
			(quote(Buy, 9_100, 1), Error::<Test>::WouldTrade),
			(quote(Buy, 9_000, 0), Error::<Test>::QuantityZero),
			(quote(Sell, 9_200, TONNES), Error::<Test>::QuantityAboveMax),
		] {
			let result = batch(ALICE, &[old], &[quote(Buy, 8_999, 1), order]);
			assert_noop!(result, sp_runtime::DispatchError::from(error));
		}
		assert!(Market::order(ASSET, old).is_some());
	});
}

#[test]
fn batch_should_meet_as_many_orders_as_one_order_may() {
	ExtBuilder::trading().build_and_execute(|| {
		for _ in 0..MAX_FILLS + 1 {
			rest(BOB, Sell, 9_000, 1);
		}
		let buy = order(Buy, 9_000, 3, GoodTillCancelled);
		assert_ok!(batch(ALICE, &[], &[buy; 2]));
		assert_eq!(tonnes_of(ALICE), (TONNES / 2 + u64::from(MAX_FILLS), 0, 0));
		assert_eq!(
			market_events().last(),
			Some(&Event::OrderReturned {
				asset: ASSET,
				owner: ALICE,
				tonnes: Tonnes(1),
				reason: ReturnReason::FillLimit,
			})
		);
	});
}

#[test]
fn batch_should_count_each_order_when_there_is_a_most() {
	let params = MarketParams {
		orders_max: 2,
		..Default::default()
	};
	ExtBuilder::default()
		.with_params(params)
		.with_trader(ALICE)
		.build_and_execute(|| {
			let quotes = [quote(Sell, 9_000, 1), quote(Sell, 9_001, 1)];
			assert_noop!(
				batch(ALICE, &[], &[quotes[0], quotes[1], quotes[0]]),
				Error::<Test>::TooManyOrders
			);
			assert_ok!(batch(ALICE, &[], &quotes));
			let old: Vec<_> = Market::orders_of(ASSET, ALICE, None, 10)
				.into_iter()
				.map(|(id, _)| id)
				.collect();
			assert_ok!(batch(ALICE, &old, &quotes));
		});
}

#[test]
fn batch_should_only_cancel_when_the_market_is_halted_or_the_owner_suspended() {
	ExtBuilder::trading().build_and_execute(|| {
		let old = [rest(ALICE, Sell, 9_000, 1), rest(ALICE, Sell, 9_000, 1)];
		halt(100);
		Participants::suspend(ALICE);
		assert_noop!(
			batch(ALICE, &old, &[quote(Sell, 9_000, 1)]),
			Error::<Test>::MarketHalted
		);
		halt(0);
		assert_noop!(batch(ALICE, &old, &[quote(Sell, 9_000, 1)]), SUSPENDED_ERROR);
		halt(100);
		assert_ok!(batch(ALICE, &old, &[]));
		assert_eq!(tonnes_of(ALICE), (TONNES / 2, 0, 0));
	});
}

#[test]
fn batch_should_fail_when_nothing_is_listed_or_there_is_no_market() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_noop!(batch(ALICE, &[], &[]), Error::<Test>::BatchEmpty);
	});
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(batch(ALICE, &[OrderId(1)], &[]), Error::<Test>::MarketNotFound);
	});
}

#[test]
fn batch_should_weigh_what_its_orders_met() {
	ExtBuilder::trading().build_and_execute(|| {
		let own = <() as WeightInfo>::batch;
		let placing = <() as WeightInfo>::place_order;
		let right = <() as WeightInfo>::renew_right();
		let declared = |cancels: u128, orders: &[NewOrder]| -> Weight {
			let cancels: Vec<_> = (0..cancels).map(OrderId).collect();
			let call = crate::Call::<Test>::batch {
				asset: ASSET,
				cancels: BatchCancels::truncate_from(cancels),
				orders: BatchOrders::truncate_from(orders.to_vec()),
			};
			call.get_dispatch_info().call_weight
		};
		let any = order(Buy, 9_000, 1, GoodTillCancelled);
		let one = NewOrder {
			meet_max: Some(1),
			..any
		};
		let dated = NewOrder {
			expires: Some(50),
			..quote(Buy, 8_000, 1)
		};
		assert_eq!(declared(3, &[]), own(3, 0));
		assert_eq!(declared(3, &[quote(Buy, 1, 1)]), own(3, 1) + right);
		assert_eq!(declared(3, &[quote(Sell, 1, 1)]), own(3, 1) + right);
		let told = MATCHED_WEIGHT;
		assert_eq!(declared(0, &[one, one]), own(0, 2) + placing(2) + told + right);
		assert_eq!(
			declared(0, &[one, any]),
			own(0, 2) + placing(MAX_FILLS) + told + right
		);
		let noted = <() as WeightInfo>::note_expiry();
		assert_eq!(declared(0, &[dated]), own(0, 1) + right + noted);

		rest(BOB, Sell, 9_000, 1);
		Participants::forget_to_tell(ALICE, TradingRight::Lasting);
		let weight = call(ALICE, &[], &[any, dated]).expect("valid").actual_weight;
		assert_eq!(weight, Some(own(0, 2) + placing(1) + told + noted));
	});
}
