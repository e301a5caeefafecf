//! How much a participant and its group may hold.

use crate::{
	mock::*, BatchCancels, BatchOrders, Error, MarketParams, NewOrder, OrderKind, SelfTrade, Side, WeightInfo,
};
use carbon_primitives::{AssetId, Balance, GroupId, Price, Tonnes};
use carbon_traits::{AgreedTrade, InspectGroup, TradingLedger};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo, storage_alias, Blake2_128Concat};
use sp_runtime::DispatchResult;
use OrderKind::{FillOrKill, GoodTillCancelled, ImmediateOrCancel, PostOnly};
use Side::{Buy, Sell};

/// All that each participant has of the asset, on both ledgers.
const ALL: u64 = TONNES;
const GROUP: GroupId = GroupId(7);

fn rules(holding_max: Option<u64>) -> MarketParams {
	MarketParams {
		holding_max: holding_max.map(Tonnes),
		order_max: Tonnes(ALL),
		price_max: Price(10_000),
		..Default::default()
	}
}

/// A market in which a participant may hold `room` tonnes more than the tests' participants have.
fn trading(room: u64) -> ExtBuilder {
	[ALICE, BOB, CHARLIE].into_iter().fold(
		ExtBuilder::default().with_params(rules(Some(ALL + room))),
		ExtBuilder::with_trader,
	)
}

fn buy(who: AccountId, tonnes: u64) -> DispatchResult {
	place(who, Buy, 100, tonnes, GoodTillCancelled)
}

/// Whatever is refused leaves no trace.
fn as_call(call: impl FnOnce() -> DispatchResult) -> DispatchResult {
	frame_support::storage::with_storage_layer(call)
}

fn group(members: &[AccountId]) {
	members
		.iter()
		.for_each(|who| Participants::join(*who, Some(GROUP)));
}

#[test]
fn a_buy_should_be_refused_when_the_participant_could_hold_more_than_the_limit() {
	trading(10).build_and_execute(|| {
		assert_noop!(buy(ALICE, 11), Error::<Test>::HoldingLimitExceeded);
		assert_ok!(buy(ALICE, 10));
		assert_noop!(buy(ALICE, 1), Error::<Test>::HoldingLimitExceeded);
	});
}

#[test]
fn a_buy_should_be_refused_for_its_whole_quantity_whatever_its_kind() {
	trading(10).build_and_execute(|| {
		rest(BOB, Sell, 100, 5);
		for kind in [
			GoodTillCancelled,
			ImmediateOrCancel,
			FillOrKill,
			PostOnly,
			OrderKind::Market,
		] {
			// Five of them are all that could trade.
			assert_noop!(
				place(ALICE, Buy, 100, 11, kind),
				Error::<Test>::HoldingLimitExceeded
			);
		}
	});
}

#[test]
fn a_buy_should_count_what_rests_on_the_registry_account_and_on_the_trading_account() {
	trading(10).build_and_execute(|| {
		// It does not matter where it lies.
		assert_ok!(Market::withdraw(RuntimeOrigin::signed(ALICE), tonnes(ALL / 2)));
		assert_noop!(buy(ALICE, 11), Error::<Test>::HoldingLimitExceeded);
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), tonnes(ALL)));
		assert_noop!(buy(ALICE, 11), Error::<Test>::HoldingLimitExceeded);
		rest(ALICE, Sell, 9_000, 100_000);
		assert_ok!(<Market as TradingLedger<_>>::pledge(&ALICE, tonnes(1_000)));
		assert_noop!(buy(ALICE, 11), Error::<Test>::HoldingLimitExceeded);
		assert_ok!(buy(ALICE, 10));
	});
}

/// What holds bind, as the pallet for holds keeps it.
#[storage_alias(verbatim)]
type BalancesOnHold =
	StorageDoubleMap<AssetsHolder, Blake2_128Concat, AssetId, Blake2_128Concat, AccountId, Balance>;

#[test]
fn a_buy_should_count_what_is_on_hold_on_the_registry_account() {
	trading(10).build_and_execute(|| {
		group(&[ALICE, POOR]);
		Registry::allocate(POOR, ALL);
		BalancesOnHold::insert(ASSET, ALICE, 3);
		assert_noop!(buy(ALICE, 8), Error::<Test>::HoldingLimitExceeded);
		BalancesOnHold::insert(ASSET, POOR, 2);
		assert_noop!(buy(ALICE, 6), Error::<Test>::GroupHoldingLimitExceeded);
		assert_ok!(buy(ALICE, 5));
	});
}

#[test]
fn a_buy_should_leave_room_when_something_was_sold_surrendered_or_cancelled() {
	trading(10).build_and_execute(|| {
		let order = rest(ALICE, Buy, 100, 10);
		assert_noop!(buy(ALICE, 1), Error::<Test>::HoldingLimitExceeded);
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(ALICE), ASSET, order));
		assert_ok!(buy(ALICE, 10));
		// What it sells makes room.
		assert_ok!(place(ALICE, Sell, 101, 3, GoodTillCancelled));
		assert_ok!(place(BOB, Buy, 101, 3, FillOrKill));
		assert_ok!(buy(ALICE, 3));
		assert_noop!(buy(ALICE, 1), Error::<Test>::HoldingLimitExceeded);
	});
}

#[test]
fn a_fill_should_change_nothing_of_what_is_counted() {
	trading(10).build_and_execute(|| {
		assert_ok!(buy(ALICE, 10));
		assert_ok!(place(BOB, Sell, 100, 4, FillOrKill));
		assert_eq!(tonnes_of(ALICE), (ALL / 2 + 4, 0, 6));
		assert_noop!(buy(ALICE, 1), Error::<Test>::HoldingLimitExceeded);
	});
}

#[test]
fn an_order_should_count_once_when_it_trades_and_rests() {
	trading(10).build_and_execute(|| {
		rest(BOB, Sell, 100, 4);
		assert_ok!(buy(ALICE, 10));
		assert_eq!(tonnes_of(ALICE), (ALL / 2 + 4, 0, 6));
		assert_noop!(buy(ALICE, 1), Error::<Test>::HoldingLimitExceeded);
	});
}

#[test]
fn a_sell_should_pass_when_the_participant_holds_more_than_the_limit() {
	trading(10).build_and_execute(|| {
		assert_ok!(buy(BOB, 10));
		assert_ok!(Market::set_params(RuntimeOrigin::root(), ASSET, rules(Some(1))));
		assert_noop!(buy(ALICE, 1), Error::<Test>::HoldingLimitExceeded);
		// Orders that rest are filled all the same.
		assert_ok!(place(ALICE, Sell, 100, 10, FillOrKill));
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), tonnes(1)));
	});
}

#[test]
fn a_market_should_count_nothing_when_it_has_no_limit() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_eq!(MarketParams::default().holding_max, None);
		group(&[ALICE, BOB]);
		for who in [ALICE, BOB] {
			assert_ok!(place(who, Buy, 100, 100_000, GoodTillCancelled));
		}
	});
}

#[test]
fn what_was_allocated_should_come_on_top_of_the_limit() {
	trading(10).build_and_execute(|| {
		Registry::allocate(ALICE, 90);
		assert_ok!(buy(ALICE, 100));
		assert_noop!(buy(ALICE, 1), Error::<Test>::HoldingLimitExceeded);
		// Somebody else's allocation is nobody else's room.
		assert_noop!(buy(BOB, 11), Error::<Test>::HoldingLimitExceeded);
	});
}

#[test]
fn the_members_of_a_group_should_share_one_limit() {
	// Together they have three times as much, and may have ten more than that.
	trading(2 * ALL + 10).build_and_execute(|| {
		group(&[ALICE, BOB, CHARLIE]);
		assert_noop!(buy(ALICE, 11), Error::<Test>::GroupHoldingLimitExceeded);
		assert_ok!(buy(BOB, 4));
		assert_ok!(buy(CHARLIE, 3));
		assert_noop!(buy(ALICE, 4), Error::<Test>::GroupHoldingLimitExceeded);
		assert_ok!(buy(ALICE, 3));
		// Whoever leaves the group has a limit of its own, and takes what it holds along.
		Participants::join(CHARLIE, None);
		assert_ok!(buy(CHARLIE, ALL));
		assert_ok!(buy(BOB, ALL));
		assert_noop!(buy(ALICE, ALL), Error::<Test>::GroupHoldingLimitExceeded);
	});
}

#[test]
fn the_own_limit_should_count_as_well_when_the_group_has_room() {
	trading(10).build_and_execute(|| {
		group(&[ALICE, BOB]);
		Registry::allocate(BOB, 5 * ALL);
		assert_noop!(buy(ALICE, 11), Error::<Test>::HoldingLimitExceeded);
		assert_ok!(buy(ALICE, 10));
		// The allocations of all members come on top of the limit of the group.
		assert_ok!(buy(BOB, ALL));
	});
}

#[test]
fn a_member_should_be_counted_with_all_that_it_has_on_either_ledger() {
	trading(2 * ALL).build_and_execute(|| {
		group(&[ALICE, BOB, POOR]);
		// Poor has nothing on the trading ledger; Bob has everything there, in each state.
		assert_ok!(Market::deposit(RuntimeOrigin::signed(BOB), tonnes(ALL / 2)));
		rest(BOB, Sell, 9_000, 10);
		assert_ok!(<Market as TradingLedger<_>>::pledge(&BOB, tonnes(10)));
		assert_noop!(buy(ALICE, 1), Error::<Test>::GroupHoldingLimitExceeded);
		let order = NewOrder {
			self_trade: SelfTrade::CancelMaker,
			..order(Buy, 9_000, 10, ImmediateOrCancel)
		};
		assert_noop!(place_new(ALICE, order), Error::<Test>::GroupHoldingLimitExceeded);
		// What a member sells outside of the group makes room.
		assert_ok!(place(CHARLIE, Buy, 9_000, 10, FillOrKill));
		assert_ok!(buy(ALICE, 10));
		assert_noop!(buy(BOB, 1), Error::<Test>::GroupHoldingLimitExceeded);
	});
}

#[test]
fn the_orders_of_a_batch_should_count_one_after_the_other() {
	trading(10).build_and_execute(|| {
		let batch = |cancels: &[crate::OrderId], quantities: &[u64]| {
			let orders = quantities
				.iter()
				.map(|tonnes| order(Buy, 100, *tonnes, GoodTillCancelled));
			as_call(|| {
				Market::batch(
					RuntimeOrigin::signed(ALICE),
					ASSET,
					BatchCancels::truncate_from(cancels.to_vec()),
					BatchOrders::truncate_from(orders.collect()),
				)
				.map(drop)
				.map_err(|refusal| refusal.error)
			})
		};
		rest(BOB, Sell, 100, 3);
		assert_noop!(batch(&[], &[5, 6]), Error::<Test>::HoldingLimitExceeded);
		// The first one trades in part.
		assert_ok!(batch(&[], &[5, 5]));
		assert_noop!(batch(&[], &[1]), Error::<Test>::HoldingLimitExceeded);
		let rests: Vec<_> = Market::orders_of(ASSET, ALICE, None, 10)
			.into_iter()
			.map(|(id, _)| id)
			.collect();
		// What it cancels counts no more.
		assert_ok!(batch(&rests, &[4, 3]));
		assert_noop!(batch(&[], &[1]), Error::<Test>::HoldingLimitExceeded);
	});
}

#[test]
fn a_replaced_order_should_count_no_more() {
	trading(10).build_and_execute(|| {
		let first = rest(ALICE, Buy, 100, 10);
		let replace = |price, tonnes| {
			as_call(|| {
				let alice = RuntimeOrigin::signed(ALICE);
				Market::replace_order(alice, ASSET, first, Price(price), Tonnes(tonnes), None)
					.map(drop)
					.map_err(|refusal| refusal.error)
			})
		};
		assert_noop!(replace(101, 11), Error::<Test>::HoldingLimitExceeded);
		assert_ok!(replace(101, 10));
		assert_eq!(tonnes_of(ALICE).2, 10);
	});
}

#[test]
fn a_block_trade_should_not_be_delivered_when_the_buyer_could_hold_more_than_the_limit() {
	trading(10).build_and_execute(|| {
		let trade = |tonnes| AgreedTrade {
			asset: ASSET,
			seller: BOB,
			buyer: ALICE,
			tonnes: Tonnes(tonnes),
			price: Price(100),
		};
		let deliver = |tonnes| <Market as TradingLedger<_>>::deliver(&trade(tonnes));
		assert_ok!(<Market as TradingLedger<_>>::pledge(&BOB, tonnes(100)));
		assert_ok!(<Market as TradingLedger<_>>::pledge(&ALICE, cash(10_000)));
		assert_ok!(buy(ALICE, 4));
		assert_noop!(deliver(7), Error::<Test>::HoldingLimitExceeded);
		assert_ok!(deliver(6));
		assert_noop!(deliver(1), Error::<Test>::HoldingLimitExceeded);
		Registry::allocate(ALICE, ALL + 5);
		group(&[ALICE, CHARLIE]);
		assert_ok!(deliver(1));
		assert_ok!(buy(CHARLIE, 4));
		assert_noop!(deliver(1), Error::<Test>::GroupHoldingLimitExceeded);
	});
}

#[test]
fn an_order_should_weigh_the_look_at_holdings_when_it_buys_in_a_market_with_a_limit() {
	trading(10).build_and_execute(|| {
		let holding = <() as WeightInfo>::check_holding;
		let most = holding(MAX_GROUP_MEMBERS - 1);
		let resting = <() as WeightInfo>::rest_order();
		let right = <() as WeightInfo>::renew_right();
		let weights = |side, price| {
			let order = NewOrder {
				meet_max: Some(0),
				..order(side, price, 1, GoodTillCancelled)
			};
			let call = crate::Call::<Test>::place_order { asset: ASSET, order };
			let declared = call.get_dispatch_info().call_weight;
			let actual = Market::place_order(RuntimeOrigin::signed(ALICE), ASSET, order)
				.expect("it may")
				.actual_weight
				.expect("it is known");
			(declared, actual)
		};
		// Nobody knows before whether the signer has a group.
		assert_eq!(weights(Buy, 100), (resting + right + most, resting + holding(0)));
		assert_eq!(weights(Sell, 9_000), (resting + right, resting));
		assert_ok!(Market::set_params(RuntimeOrigin::root(), ASSET, rules(None)));
		assert_eq!(weights(Buy, 100), (resting + right, resting));
	});
}

#[test]
fn an_order_should_weigh_the_look_at_the_others_when_its_owner_has_a_group() {
	trading(2 * ALL + 10).build_and_execute(|| {
		let holding = <() as WeightInfo>::check_holding;
		group(&[ALICE, BOB, CHARLIE]);
		assert_eq!(Participants::members_of(GROUP).len(), 3);
		let placed = Market::place_order(
			RuntimeOrigin::signed(ALICE),
			ASSET,
			order(Buy, 100, 1, GoodTillCancelled),
		);
		let weight = placed.expect("it may").actual_weight;
		assert_eq!(weight, Some(<() as WeightInfo>::rest_order() + holding(2)));
		// Once for a batch.
		let orders = vec![order(Buy, 100, 1, GoodTillCancelled); 3];
		let orders = BatchOrders::truncate_from(orders);
		let batch = Market::batch(
			RuntimeOrigin::signed(ALICE),
			ASSET,
			BatchCancels::default(),
			orders,
		);
		let weight = batch.expect("it may").actual_weight;
		assert_eq!(weight, Some(<() as WeightInfo>::batch(0, 3) + holding(2)));
		// Whoever has agreements delivered declares it.
		assert_eq!(
			<Market as TradingLedger<AccountId>>::weight_of_limit(),
			holding(2)
		);
	});
}

#[test]
fn a_refused_order_should_pay_for_the_look_at_the_others() {
	trading(2 * ALL).build_and_execute(|| {
		let holding = <() as WeightInfo>::check_holding;
		group(&[ALICE, BOB, CHARLIE]);
		let order = order(Buy, 100, 1, GoodTillCancelled);
		let refused = Market::place_order(RuntimeOrigin::signed(ALICE), ASSET, order).expect_err("too much");
		assert_eq!(refused.error, Error::<Test>::GroupHoldingLimitExceeded.into());
		assert_eq!(
			refused.post_info.actual_weight,
			Some(<() as WeightInfo>::rest_order() + holding(2))
		);
	});
}
