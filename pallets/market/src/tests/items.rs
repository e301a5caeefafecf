//! How many stored items a call touches. The counts are exact, and the same whatever the depth of the book.

use super::clock;
use crate::{
	auction::{AUCTION_ORDERS, AUCTION_PAGES},
	mock::*,
	weights::SubstrateWeight,
	Levels, MarketParams, OrderId, OrderIds, OrderKind, Pages, Side, Sweep, SweepCursor, SweepRecordOf,
	SweepScope, WeightInfo, PAGE_SLOTS,
};
use carbon_matching::Walk;
use carbon_primitives::{Funds, Price, Tonnes, TradingRight};
use carbon_traits::{
	HaltMarkets, InspectAveragePrice, InspectHoldings, OnTradingLimits, OnTradingRight,
	ParticipantBenchmarkHelper, RegistryBenchmarkHelper, TradingLedger,
};
use frame_support::{
	assert_ok,
	weights::{RuntimeDbWeight, Weight},
};
use sp_io::hashing::twox_128;
use std::collections::BTreeSet;

/// Distinct items that `call` reads and writes, beside the system's.
fn count(ext: &mut sp_io::TestExternalities, call: impl FnOnce()) -> (usize, usize) {
	let system = twox_128(b"System");
	count_where(ext, call, |key| !key.starts_with(&system))
}

/// Distinct items that `call` reads and writes as a weight counts them: all but the system's counters, which are in memory.
fn count_all(ext: &mut sp_io::TestExternalities, call: impl FnOnce()) -> (usize, usize) {
	let system = twox_128(b"System");
	let accounts = [system, twox_128(b"Account")].concat();
	let issuance = [twox_128(b"Balances"), twox_128(b"TotalIssuance")].concat();
	count_where(ext, call, |key| {
		// Each transaction that pays a fee has the issuance in memory, so that measured weights leave it out.
		(!key.starts_with(&system) || key.starts_with(&accounts)) && key != issuance
	})
}

fn count_where(
	ext: &mut sp_io::TestExternalities,
	call: impl FnOnce(),
	counts: impl Fn(&[u8]) -> bool,
) -> (usize, usize) {
	ext.commit_all().expect("no transaction is open");
	let recorder = Default::default();
	ext.execute_with_recorder(Clone::clone(&recorder), call);
	let is_counted = |key: &[u8]| counts(key) && !key.starts_with(b":");
	let reads: BTreeSet<Vec<u8>> = recorder
		.recorded_keys()
		.into_values()
		.flat_map(|keys| keys.into_keys().map(|key| key.to_vec()))
		.filter(|key| is_counted(key))
		.collect();
	let writes = ext
		.overlayed_changes()
		.changes()
		.filter(|(key, _)| is_counted(key))
		.count();
	(reads.len(), writes)
}

/// Reads and writes that `weight` counts.
fn declared(weight: Weight) -> (usize, usize) {
	let RuntimeDbWeight { read, write } = DbWeight::get();
	let time = weight.ref_time();
	((time % write / read) as usize, (time / write) as usize)
}

/// Nothing that a call touches is left out of its weight.
///
/// The weights were measured in the runtime, whose other pallets store more and less than those here.
#[track_caller]
fn assert_covers(weight: Weight, (reads, writes): (usize, usize)) {
	let (reads_max, writes_max) = declared(weight);
	assert!(
		reads <= reads_max && writes <= writes_max,
		"{reads}/{writes} where {reads_max}/{writes_max} are declared"
	);
}

/// Alice sells `per_level` times one tonne at each of `levels` prices from 9,000 on.
fn book(levels: u64, per_level: u64) -> (sp_io::TestExternalities, Vec<OrderId>) {
	let mut ext = ExtBuilder::trading().build();
	let orders = ext.execute_with(|| {
		(0..levels * per_level)
			.map(|n| rest(ALICE, Side::Sell, 9_000 + n / per_level, 1))
			.collect()
	});
	(ext, orders)
}

fn buy(tonnes: u64) {
	assert_ok!(place(BOB, Side::Buy, 9_000, tonnes, OrderKind::GoodTillCancelled));
	assert_eq!(tonnes_of(BOB).2, 0);
}

fn sell(price: u64) {
	rest(ALICE, Side::Sell, price, 1);
}

fn cancel(order: OrderId) {
	assert_ok!(Market::cancel_order(RuntimeOrigin::signed(ALICE), ASSET, order));
}

#[test]
fn calls_should_touch_the_same_items_when_the_book_is_shallow_or_deep() {
	for (levels, per_level) in [(1, 10), (100, 10), (300, 20), (2, 10 * u64::from(PAGE_SLOTS) + 5)] {
		let (mut ext, orders) = book(levels, per_level);
		let last = orders[orders.len() - 1];
		let worst = 9_000 + levels - 1;
		assert_eq!(count(&mut ext, || sell(worst)), (3, 2), "join a level");
		assert_eq!(count(&mut ext, || sell(9_900)), (2, 3), "open a level");
		assert_eq!(count(&mut ext, || cancel(last)), (2, 2), "cancel");
		// The first match at a level with several pages looks up where they begin.
		let first = count(&mut ext, || buy(1));
		assert_eq!(
			first,
			if per_level > u64::from(PAGE_SLOTS) {
				(5, 4)
			} else {
				(4, 4)
			},
			"first match"
		);
		assert_eq!(count(&mut ext, || buy(1)), (4, 4), "match one maker");
		// The makers are one account here; the test below has several.
		assert_eq!(
			count(&mut ext, || buy(3)),
			(4, 4),
			"match three orders of one maker"
		);
		ext.execute_with(check);
	}
}

#[test]
fn each_further_maker_should_touch_one_item_more_when_it_is_on_the_same_page() {
	let mut ext = ExtBuilder::trading().build();
	ext.execute_with(|| {
		for who in [ALICE, CHARLIE, ALICE] {
			rest(who, Side::Sell, 9_000, 1);
		}
	});
	assert_eq!(count(&mut ext, || buy(2)), (5, 5));
}

#[test]
fn cancelling_should_touch_one_item_more_when_the_order_lies_on_an_older_page() {
	let (mut ext, orders) = book(1, 3 * u64::from(PAGE_SLOTS));
	assert_eq!(count(&mut ext, || cancel(orders[0])), (3, 2));
}

#[test]
fn cancelling_should_touch_the_market_when_the_level_becomes_empty() {
	let (mut ext, orders) = book(2, 1);
	assert_eq!(count(&mut ext, || cancel(orders[0])), (3, 3));
}

#[test]
fn an_order_should_touch_the_market_alone_when_it_is_refused_for_its_price() {
	let (mut ext, _) = book(1, 1);
	let refused = || assert!(place(BOB, Side::Buy, 0, 1, OrderKind::GoodTillCancelled).is_err());
	assert_eq!(count(&mut ext, refused), (1, 0));
}

#[test]
fn an_order_should_touch_the_participant_its_limits_and_the_time_when_the_copy_of_its_right_has_ended() {
	let (mut ext, _) = book(1, 1);
	ext.execute_with(|| {
		Participants::set_right(BOB, TradingRight::Until(0));
		Participants::forget_to_tell(BOB, TradingRight::Lasting);
	});
	let buy = || {
		rest(BOB, Side::Buy, 8_000, 1);
	};
	assert_eq!(count(&mut ext, buy), (5, 3));
	// The market knows now.
	assert_eq!(count(&mut ext, buy), (3, 2));
}

#[test]
fn matching_should_touch_the_same_items_when_the_maker_may_not_trade() {
	let (mut ext, _) = book(1, 3);
	ext.execute_with(|| Participants::suspend(ALICE));
	let buy = || {
		assert_ok!(place(BOB, Side::Buy, 9_000, 1, OrderKind::ImmediateOrCancel));
	};
	// Nothing of the taker's changes: nobody traded with it.
	assert_eq!(count(&mut ext, buy), (4, 3));
}

#[test]
fn an_order_should_ask_for_the_time_when_a_halt_was_set() {
	let (mut ext, _) = book(1, 1);
	ext.execute_with(|| {
		halt(1);
		MockTime::set(1);
	});
	assert_eq!(count(&mut ext, || sell(9_000)), (4, 2));
}

#[test]
fn an_order_should_touch_the_time_and_the_earliest_end_when_it_has_a_date() {
	let (mut ext, _) = book(1, 1);
	let dated = |expires| {
		move || {
			rest_until(ALICE, Side::Sell, 9_000, 1, expires);
		}
	};
	assert_eq!(count(&mut ext, dated(60)), (5, 3));
	// A later one leaves it.
	assert_eq!(count(&mut ext, dated(70)), (5, 2));
}

#[test]
fn reducing_should_touch_the_rules_the_order_and_the_account() {
	let (mut ext, orders) = book(1, 2 * u64::from(PAGE_SLOTS));
	ext.execute_with(|| {
		let root = RuntimeOrigin::root();
		assert_ok!(Market::force_cancel(
			root,
			ASSET,
			OrderIds::truncate_from(orders.clone())
		));
	});
	let order = ext.execute_with(|| rest(ALICE, Side::Sell, 9_000, 9));
	let reduce = |tonnes| {
		let (price, tonnes) = (Price(9_000), Tonnes(tonnes));
		let result = Market::replace_order(RuntimeOrigin::signed(ALICE), ASSET, order, price, tonnes, None);
		assert_ok!(result.map(drop).map_err(|refusal| refusal.error));
	};
	assert_eq!(count(&mut ext, || reduce(8)), (3, 2));
	ext.execute_with(|| (0..PAGE_SLOTS).for_each(|_| sell(9_000)));
	assert_eq!(count(&mut ext, || reduce(7)), (4, 2));
}

#[test]
fn a_batch_should_touch_the_market_and_the_account_once() {
	let (mut ext, _) = book(20, 1);
	let batch = |from: u64| {
		move || {
			let orders = (0..20)
				.map(|n| order(Side::Sell, from + n, 1, OrderKind::PostOnly))
				.collect();
			let result = Market::batch(
				RuntimeOrigin::signed(BOB),
				ASSET,
				Default::default(),
				crate::BatchOrders::truncate_from(orders),
			);
			assert_ok!(result.map(drop).map_err(|refusal| refusal.error));
		}
	};
	// The levels are there, and then they are not.
	assert_eq!(count(&mut ext, batch(9_000)), (22, 21));
	assert_eq!(count(&mut ext, batch(10_000)), (2, 22));
}

/// A market in which a participant may hold twice what those of the tests have.
fn limited_book() -> sp_io::TestExternalities {
	let (mut ext, _) = book(1, 1);
	let params = MarketParams {
		holding_max: Some(Tonnes(2 * TONNES)),
		..Default::default()
	};
	ext.execute_with(|| {
		assert_ok!(Market::set_params(RuntimeOrigin::root(), ASSET, params));
		rest(BOB, Side::Buy, 8_000, 1);
	});
	ext
}

#[test]
fn a_buy_should_touch_the_registry_account_its_hold_and_the_allocation_when_the_market_has_a_limit() {
	let mut ext = limited_book();
	let buy = || {
		rest(BOB, Side::Buy, 8_000, 1);
	};
	assert_eq!(count(&mut ext, buy), (6, 2));
	// A sell asks for nothing of that, nor does the fill of a buy that rests.
	assert_eq!(count(&mut ext, || sell(9_000)), (3, 2));
	assert_eq!(
		count(&mut ext, || {
			assert_ok!(place(ALICE, Side::Sell, 8_000, 1, OrderKind::ImmediateOrCancel));
		}),
		(4, 4)
	);
}

#[test]
fn a_buy_should_touch_four_items_more_for_each_other_member_of_the_group() {
	for others in [1, 2] {
		let mut ext = limited_book();
		ext.execute_with(|| {
			let members = [BOB, CHARLIE, ALICE];
			members[..=others].iter().for_each(|who| {
				Participants::join(*who, Some(carbon_primitives::GroupId(7)));
				Registry::allocate(*who, 3 * TONNES);
			});
		});
		let buy = || {
			rest(BOB, Side::Buy, 8_000, 1);
		};
		// The mock finds the members in the records of all participants, of which these are the only ones.
		let records = others + 1;
		assert_eq!(count(&mut ext, buy).0 - records, 6 + 4 * others);
	}
}

#[test]
fn withdrawing_should_touch_the_market_when_allowances_leave() {
	let (mut ext, _) = book(1, 1);
	let withdraw = |funds| {
		move || {
			assert_ok!(Market::withdraw(RuntimeOrigin::signed(BOB), funds));
		}
	};
	let market = twox_128(b"MarketPallet");
	let mut touched = |funds| count_where(&mut ext, withdraw(funds), |key| key.starts_with(&market));
	assert_eq!(touched(cash(1)), (1, 1));
	assert_eq!(touched(tonnes(1)), (2, 1));
}

#[test]
fn wanting_all_orders_out_should_touch_the_account_and_the_sweep_however_many_there_are() {
	let (mut ext, _) = book(30, 10);
	let all = || {
		assert_ok!(Market::cancel_all(RuntimeOrigin::signed(ALICE)));
	};
	assert_eq!(count(&mut ext, all), declared(Weights::cancel_all()));
}

type Weights = SubstrateWeight<Test>;

#[test]
fn weights_should_count_every_item_when_the_rules_of_a_market_change() {
	let (mut ext, _) = book(1, 1);
	let change = || {
		let root = RuntimeOrigin::root();
		assert_ok!(Market::set_params(root, ASSET, MarketParams::default()));
	};
	assert_eq!(count_all(&mut ext, change), declared(Weights::set_params()));
}

/// Somebody of one order each on the second page of a level, between two others, with `tonnes` of their own.
fn second_page() -> (sp_io::TestExternalities, Vec<OrderId>) {
	let mut ext = ExtBuilder::trading().build();
	let orders = ext.execute_with(|| {
		let fill_page = |who: fn(u32) -> AccountId| -> Vec<OrderId> {
			(0..PAGE_SLOTS)
				.map(|n| rest(who(n), Side::Sell, 9_000, 1))
				.collect()
		};
		fill_page(|_| ALICE);
		for n in 0..PAGE_SLOTS {
			let owner = 100 + u64::from(n);
			BenchmarkHelper::endow(&owner, ASSET, 11);
			assert_ok!(Market::deposit(RuntimeOrigin::signed(owner), tonnes(10)));
		}
		let orders = fill_page(|n| 100 + u64::from(n));
		fill_page(|_| ALICE);
		rest(ALICE, Side::Sell, 9_000, 1);
		orders
	});
	(ext, orders)
}

#[test]
fn weights_should_cover_every_item_when_a_page_between_two_others_is_swept() {
	for leaving in [0, 1, PAGE_SLOTS - 1, PAGE_SLOTS] {
		let (mut ext, orders) = second_page();
		let mut sweep = ext.execute_with(|| {
			for n in 0..PAGE_SLOTS {
				let end = if n < leaving { 0 } else { 9 };
				Participants::set_right(100 + u64::from(n), TradingRight::Until(end));
			}
			let (_, (level, _), page) = Pages::<Test>::iter()
				.find(|(_, _, page)| page.orders[0].owner == 100)
				.expect("the page is sealed");
			SweepRecordOf::<Test> {
				passing: SweepScope::Everyone,
				waiting: Default::default(),
				expiring: false,
				earliest: None,
				cursor: Some(SweepCursor {
					asset: ASSET,
					level,
					walk: Some(Walk {
						at: page.serial,
						done: page.prev,
						last: u64::MAX,
					}),
				}),
			}
		});
		let counted = count_all(&mut ext, || {
			assert_eq!(Market::sweep_step(&mut sweep), Some(PAGE_SLOTS));
		});
		assert_covers(Weights::sweep_page(PAGE_SLOTS), counted);
		ext.execute_with(|| {
			let rest = orders
				.iter()
				.filter(|order| Market::order(ASSET, **order).is_some());
			assert_eq!(rest.count() as u32, PAGE_SLOTS - leaving);
		});
	}
}

#[test]
fn weights_should_cover_every_item_when_a_level_goes_away_with_its_only_page() {
	let (mut ext, _) = book(1, 1);
	ext.execute_with(|| Participants::suspend(ALICE));
	let mut sweep = ext.execute_with(Sweep::<Test>::get).expect("there is one");
	let counted = count_all(&mut ext, || {
		assert_eq!(Market::sweep_step(&mut sweep), Some(1));
	});
	assert_covers(Weights::sweep_page(1), counted);
}

#[test]
fn weights_should_count_every_item_when_the_sweep_has_to_find_its_way() {
	let (mut ext, orders) = second_page();
	let mut sweep = ext.execute_with(|| {
		let serial = orders[0].serial();
		let level = Levels::<Test>::iter_keys().next().expect("orders rest").1;
		let done = Pages::<Test>::get(ASSET, (level, serial)).and_then(|page| page.prev);
		for (n, order) in orders.iter().enumerate() {
			let owner = RuntimeOrigin::signed(100 + n as u64);
			assert_ok!(Market::cancel_order(owner, ASSET, *order));
		}
		SweepRecordOf::<Test> {
			passing: SweepScope::Everyone,
			waiting: Default::default(),
			expiring: false,
			earliest: None,
			cursor: Some(SweepCursor {
				asset: ASSET,
				level,
				walk: Some(Walk {
					at: serial,
					done,
					last: u64::MAX,
				}),
			}),
		}
	});
	let counts = count_all(&mut ext, || assert_eq!(Market::sweep_step(&mut sweep), None));
	assert_eq!(counts, declared(Weights::sweep_skip()));
}

#[test]
fn weights_should_count_every_item_when_a_right_to_trade_ends() {
	let (mut ext, _) = book(1, 1);
	let end = || Market::trading_right_changed(&ALICE, TradingRight::Until(0));
	assert_eq!(
		count_all(&mut ext, end),
		declared(Weights::trading_right_changed())
	);
}

#[test]
fn weights_should_cover_every_item_when_limits_change() {
	let (mut ext, _) = book(1, 1);
	let change = || Market::trading_limits_changed(&ALICE);
	let counted = count_all(&mut ext, change);
	assert_eq!(counted, (2, 1));
	assert_covers(Weights::trading_limits_changed(), counted);
}

#[test]
fn telling_of_trades_should_touch_nothing_of_the_market_when_an_order_meets_few_or_many() {
	let mut ext = ExtBuilder::trading().build();
	ext.execute_with(|| {
		for who in [ALICE, CHARLIE, ALICE, CHARLIE] {
			rest(who, Side::Sell, 9_000, 1);
		}
	});
	assert_eq!(count(&mut ext, || buy(1)), (4, 4));
	assert_eq!(count(&mut ext, || buy(2)), (5, 5));
	assert_eq!(Heard::get().len(), 2);
}

#[test]
fn weights_should_cover_every_item_when_markets_are_halted() {
	let (mut ext, _) = book(1, 1);
	let one = || halt(100);
	assert_covers(Weights::halt_market(), count_all(&mut ext, one));
	ext.execute_with(|| {
		assert_ok!(create_market(
			RuntimeOrigin::root(),
			OTHER,
			MarketParams::default()
		));
	});
	let all = || {
		assert_ok!(Market::halt_all_markets(Some(100)));
	};
	assert_covers(Weights::halt_all_markets(2), count_all(&mut ext, all));
}

#[test]
fn weights_should_be_those_of_the_largest_chain_when_others_ask_for_them() {
	assert_eq!(
		<Market as OnTradingRight<AccountId>>::weight(),
		<() as WeightInfo>::trading_right_changed()
	);
	assert_eq!(
		<Market as OnTradingLimits<AccountId>>::weight_of_limits_changed(),
		<() as WeightInfo>::trading_limits_changed()
	);
	assert_eq!(
		<Market as HaltMarkets>::weight_of_one(),
		<() as WeightInfo>::halt_market()
	);
	assert_eq!(
		<Market as HaltMarkets>::weight_of_all(),
		<() as WeightInfo>::halt_all_markets(MAX_MARKETS)
	);
}

#[test]
fn weights_should_count_every_item_when_the_regulator_takes_an_order_out() {
	let (mut ext, orders) = second_page();
	let (last, others) = orders.split_last().expect("a page has slots");
	let force = |orders: &[OrderId]| {
		let orders = OrderIds::truncate_from(orders.to_vec());
		assert_ok!(Market::force_cancel(RuntimeOrigin::root(), ASSET, orders));
	};
	assert_covers(
		Weights::force_cancel(PAGE_SLOTS - 1),
		count_all(&mut ext, || force(others)),
	);
	assert_eq!(
		count_all(&mut ext, || force(&[*last])),
		declared(Weights::force_cancel(1))
	);
}

#[test]
fn weights_should_count_every_item_when_a_page_between_two_others_becomes_empty() {
	let (mut ext, orders) = book(1, 3 * u64::from(PAGE_SLOTS) + 1);
	let page = PAGE_SLOTS as usize..2 * PAGE_SLOTS as usize;
	let (last, others) = orders[page].split_last().expect("a page has slots");
	ext.execute_with(|| {
		others.iter().for_each(|order| cancel(*order));
		Participants::set_right(ALICE, TradingRight::Until(0));
	});
	let cancel = || {
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(BOB), ASSET, *last));
	};
	assert_eq!(count_all(&mut ext, cancel), declared(Weights::cancel_order()));
}

#[test]
fn weights_should_cover_every_item_when_orders_are_replaced_and_batched() {
	let (mut ext, orders) = book(1, 3 * u64::from(PAGE_SLOTS) + 1);
	let page = PAGE_SLOTS as usize..2 * PAGE_SLOTS as usize;
	let (last, others) = orders[page].split_last().expect("a page has slots");
	ext.execute_with(|| {
		for _ in 0..PAGE_SLOTS {
			rest(BOB, Side::Sell, 9_900, 1);
		}
		others[1..].iter().for_each(|order| cancel(*order));
		Participants::set_right(ALICE, TradingRight::Until(9));
	});
	let in_batch = || {
		let result = Market::batch(
			RuntimeOrigin::signed(ALICE),
			ASSET,
			crate::BatchCancels::truncate_from(vec![others[0]]),
			crate::BatchOrders::truncate_from(vec![order(Side::Sell, 9_901, 1, OrderKind::PostOnly)]),
		);
		assert_ok!(result.map(drop).map_err(|refusal| refusal.error));
	};
	assert_covers(Weights::batch(1, 1), count_all(&mut ext, in_batch));
	let replace = || {
		let (price, tonnes) = (Price(9_900), Tonnes(2));
		let result = Market::replace_order(RuntimeOrigin::signed(ALICE), ASSET, *last, price, tonnes, None);
		assert_ok!(result.map(drop).map_err(|refusal| refusal.error));
	};
	assert_covers(Weights::replace_order(), count_all(&mut ext, replace));
}

#[test]
fn weights_should_cover_every_item_when_a_pass_over_expired_orders_begins_and_ends() {
	let (mut ext, _) = book(1, 1);
	ext.execute_with(|| {
		rest_until(BOB, Side::Sell, 9_000, 1, 50);
		rest_until(BOB, Side::Sell, 9_000, 1, 90);
		MockTime::set(50);
	});
	let mut used = Weight::zero();
	let counted = count_all(&mut ext, || used = idle(Weight::MAX));
	// A page from which one order leaves, and the end.
	fn weight<W: WeightInfo>() -> Weight {
		W::sweep_idle() + W::sweep_begin() + W::sweep_page(1) + W::sweep_skip()
	}
	assert_eq!(used, weight::<()>());
	assert_covers(weight::<Weights>(), counted);
	ext.execute_with(|| assert_eq!(crate::NextExpiry::<Test>::get(), Some(90)));
}

#[test]
fn weights_should_cover_every_item_when_an_order_meets_nobody() {
	let (mut ext, _) = book(1, u64::from(PAGE_SLOTS));
	for price in [9_000, 9_900] {
		assert_covers(Weights::rest_order(), count_all(&mut ext, || sell(price)));
	}
}

#[test]
fn weights_should_cover_every_item_when_each_maker_lies_on_a_page_of_its_own() {
	let mut ext = ExtBuilder::trading().build();
	let fills = MAX_FILLS - 1;
	ext.execute_with(|| {
		// One order alone on each page: the first is met beforehand, the last is Bob's own, at which the walk ends.
		let mut fillers = Vec::new();
		for page in 0..=u64::from(fills) + 1 {
			let maker = if page > u64::from(fills) { BOB } else { 100 + page };
			BenchmarkHelper::endow(&maker, ASSET, 11);
			assert_ok!(Market::deposit(RuntimeOrigin::signed(maker), tonnes(10)));
			rest(maker, Side::Sell, 9_000, 1);
			fillers.extend((1..PAGE_SLOTS).map(|_| rest(ALICE, Side::Sell, 9_000, 1)));
		}
		sell(9_000);
		// The walk stops on the first page, which is then emptied, so that the hint at it leads nowhere.
		buy(1);
		fillers.into_iter().for_each(cancel);
		assert_eq!(Pages::<Test>::iter().count() as u32, fills + 1);
		for page in 0..=u64::from(fills) {
			Participants::set_right(100 + page, TradingRight::Until(9));
		}
	});
	let walk = || {
		let held = tonnes_of(BOB).0;
		assert_ok!(place(BOB, Side::Buy, 9_000, 100, OrderKind::GoodTillCancelled));
		assert_eq!(tonnes_of(BOB).0, held + u64::from(fills));
	};
	let counted = count_all(&mut ext, walk);
	// The own order at the end counts as one that was met.
	assert_covers(Weights::place_order(fills + 1), counted);
	ext.execute_with(check);
}

#[test]
fn a_resting_order_should_take_at_most_110_bytes_when_its_account_is_as_long_as_on_the_chain() {
	use crate::{LevelOf, PageOf};
	use carbon_matching::Resting;
	use codec::{Decode, Encode};
	// Pallet and storage prefix, hashed asset, side and tick.
	let level_key = 32 + 8 + 4 + 1 + 4;
	// The encoding of a level with one order: no sealed page, then the page's number, links, count, bits and orders.
	let mut bytes = (None::<u64>, (7_u64 << 32, None::<u64>, None::<u64>, 1_u8)).encode();
	codec::Compact(1_u64).encode_to(&mut bytes);
	codec::Compact(1_u32).encode_to(&mut bytes);
	// A hundred thousand tonnes until a day in the year 2100, with a fee of up to 1.6 per cent noted on them.
	let order = Resting {
		owner: [7_u8; 32],
		quantity: 100_000,
		expires: 4_102_444_800_000,
		tag: 16_383,
	};
	order.encode_to(&mut bytes);
	assert!(LevelOf::<[u8; 32]>::decode(&mut &bytes[..]).is_ok_and(|level| level.encode() == bytes));
	assert!(
		level_key + bytes.len() <= 110,
		"an order alone on its level: {}",
		level_key + bytes.len()
	);
	// A full page, its key included.
	let page_key = 32 + 8 + 4 + 8 + 5 + 8;
	let full = PageOf {
		serial: 7 << 32,
		prev: Some(6 << 32),
		next: Some(8 << 32),
		given: PAGE_SLOTS as u8,
		live: u64::MAX >> (64 - PAGE_SLOTS),
		orders: vec![order; PAGE_SLOTS as usize]
			.try_into()
			.expect("a page has as many slots"),
	};
	let page = page_key + full.encoded_size();
	assert!(
		page / PAGE_SLOTS as usize <= 50,
		"an order on a full page: {}",
		page / PAGE_SLOTS as usize
	);
}

#[test]
fn each_block_should_touch_the_time_and_one_moment_when_nothing_is_due() {
	let (mut ext, _) = book(1, 1);
	let poll = || {
		Market::advance_markets(&mut frame_support::weights::WeightMeter::new());
	};
	assert_eq!(count(&mut ext, poll), declared(Weights::poll_idle()));
}

#[test]
fn weights_should_cover_every_item_when_a_day_ends_over_the_oldest_bar() {
	use clock::{at, MONDAY};
	let mut ext = clock::traders().build();
	ext.execute_with(|| {
		clock::open_market(
			ASSET,
			at(MONDAY, 9, 0),
			clock::sessions(),
			MarketParams::default(),
		);
		clock::open_market(
			OTHER,
			at(MONDAY, 9, 0),
			crate::Calendar::default(),
			MarketParams::default(),
		);
		for day in 0..u64::from(BARS_KEPT) {
			clock::block(at(MONDAY + day as u32, 15, 0));
			clock::block(at(MONDAY + 1 + day as u32, 13, 0));
		}
	});
	let end = at(MONDAY + BARS_KEPT, 15, 0);
	ext.execute_with(|| MockTime::set(end));
	let counted = count_all(&mut ext, || {
		let mut meter = frame_support::weights::WeightMeter::new();
		Market::advance_markets(&mut meter);
		assert_eq!(
			meter.consumed(),
			<() as WeightInfo>::poll_idle() + <() as WeightInfo>::advance_market()
		);
	});
	assert_covers(Weights::poll_idle() + Weights::advance_market(), counted);
	let set = || {
		let root = RuntimeOrigin::root();
		assert_ok!(Market::set_calendar(root, ASSET, crate::Calendar::default()));
	};
	assert_covers(Weights::set_calendar(), count_all(&mut ext, set));
}

#[test]
fn weights_should_cover_every_item_when_an_average_price_is_asked_for() {
	use clock::{at, MONDAY};
	let mut ext = clock::traders().build();
	let day = |n: u64| at(MONDAY + n as u32, 10, 0);
	ext.execute_with(|| {
		clock::open_market(ASSET, day(0), crate::Calendar::default(), MarketParams::default());
		for n in 0..=u64::from(BARS_KEPT) {
			clock::block(day(n));
			rest(ALICE, Side::Sell, 9_000, 1);
			buy(1);
		}
	});
	for (until, days) in [(u64::from(BARS_KEPT), BARS_KEPT), (1, 0), (0, 0), (99, 1)] {
		let counted = count_all(&mut ext, || {
			let price = <Market as InspectAveragePrice>::average_price(ASSET, day(until), days);
			assert_eq!(price.is_some(), until != 99);
		});
		assert_covers(Weights::average_price(BARS_KEPT), counted);
		// All of them are needed once.
		if days == BARS_KEPT {
			assert_eq!(counted, declared(Weights::average_price(BARS_KEPT)));
		}
	}
}

/// How many of those are limits of participants.
fn count_limits(ext: &mut sp_io::TestExternalities, call: impl FnOnce()) -> usize {
	let limits = twox_128(b"Credit");
	count_where(ext, call, |key| key.starts_with(&limits)).0
}

#[test]
fn the_limits_should_be_looked_at_only_when_a_trading_account_is_made() {
	let mut ext = ExtBuilder::trading().build();
	let params = MarketParams {
		holding_max: Some(Tonnes(9 * TONNES)),
		..Default::default()
	};
	let funds = Funds::Cash { amount: 1 };
	ext.execute_with(|| {
		assert_ok!(Market::set_params(RuntimeOrigin::root(), ASSET, params));
		assert_ok!(<Market as TradingLedger<_>>::pledge(&ALICE, funds));
	});
	let receives = || {
		assert_ok!(<Market as InspectHoldings<_>>::ensure_may_receive(
			&POOR,
			ASSET,
			Tonnes(1)
		));
	};
	assert_eq!(count_limits(&mut ext, receives), 0);
	let has_nothing = || assert!(<Market as TradingLedger<_>>::pledge(&POOR, funds).is_err());
	assert_eq!(count_limits(&mut ext, has_nothing), 0);
	let is_paid = || {
		assert_ok!(<Market as TradingLedger<_>>::pay(&ALICE, &POOR, funds));
	};
	assert_eq!(count_limits(&mut ext, is_paid), 1);
}

#[test]
fn weights_should_cover_every_item_when_units_are_about_to_be_received() {
	let mut ext = ExtBuilder::trading().build();
	ext.execute_with(|| {
		let params = MarketParams {
			holding_max: Some(Tonnes(9 * TONNES)),
			..Default::default()
		};
		assert_ok!(Market::set_params(RuntimeOrigin::root(), ASSET, params));
		BenchmarkHelper::form_group(&[ALICE, BOB, POOR]);
	});
	let looks = MAX_GROUP_MEMBERS - 1;
	let besides = <Market as InspectHoldings<AccountId>>::weight_of_ensure_may_receive()
		- <() as WeightInfo>::check_holding(looks);
	// The members' records stand for the list of members here.
	let members = DbWeight::get().reads(u64::from(looks));
	for who in [ALICE, POOR] {
		let asks = || {
			assert_ok!(<Market as InspectHoldings<_>>::ensure_may_receive(
				&who,
				ASSET,
				Tonnes(1)
			));
		};
		let counted = count_all(&mut ext, asks);
		assert_covers(Weights::check_holding(looks) + besides + members, counted);
		let looks_up = || {
			<Market as InspectHoldings<_>>::traded(&who, ASSET);
		};
		assert_eq!(count_all(&mut ext, looks_up), (1, 0));
	}
}

/// Twice as many orders as a step of an auction looks at, of as many owners, on full pages of one price per side.
fn full_pages_of_an_auction() -> (sp_io::TestExternalities, crate::MarketRecord) {
	let mut ext = clock::traders().build();
	let market = ext.execute_with(|| {
		let now = clock::at(clock::MONDAY, 9, 20);
		clock::open_market(ASSET, now, clock::sessions(), MarketParams::default());
		for n in 0..u64::from(2 * AUCTION_ORDERS + 2) {
			let (owner, (side, price)) = (200 + n, [(Side::Buy, 100), (Side::Sell, 90)][n as usize % 2]);
			BenchmarkHelper::endow(&owner, ASSET, 11);
			assert_ok!(<Balances as frame_support::traits::fungible::Mutate<_>>::mint_into(&owner, 2_000));
			assert_ok!(Market::deposit(RuntimeOrigin::signed(owner), tonnes(10)));
			assert_ok!(Market::deposit(RuntimeOrigin::signed(owner), cash(1_000)));
			rest(owner, side, price, if n == 0 { 1 } else { 2 });
			Participants::set_right(owner, TradingRight::Until(now + 1));
		}
		crate::Markets::<Test>::get(ASSET).expect("it is open")
	});
	(ext, market)
}

#[test]
fn weights_should_cover_every_item_when_an_auction_takes_orders_out_on_its_way() {
	let (mut ext, mut market) = full_pages_of_an_auction();
	ext.execute_with(|| MockTime::set(clock::at(clock::MONDAY, 9, 30)));
	let counted = count_all(&mut ext, || {
		let (next, orders) = Market::step_for_benchmark(ASSET, &mut market, None);
		assert!(matches!(next, Some(crate::AuctionStage::Search(_))));
		assert_eq!(orders, AUCTION_ORDERS);
	});
	assert_covers(Weights::auction_search(AUCTION_ORDERS + AUCTION_PAGES), counted);
}

#[test]
fn weights_should_cover_every_item_when_an_auction_is_settled() {
	let (mut ext, mut market) = full_pages_of_an_auction();
	let mut next = None;
	ext.execute_with(|| {
		while !matches!(next, Some(crate::AuctionStage::Settle { .. })) {
			next = Market::step_for_benchmark(ASSET, &mut market, next).0;
		}
	});
	let counted = count_all(&mut ext, || {
		let (next, orders) = Market::step_for_benchmark(ASSET, &mut market, next);
		assert!(matches!(next, Some(crate::AuctionStage::Settle { .. })));
		assert_eq!(orders, AUCTION_ORDERS);
	});
	assert_covers(Weights::auction_settle(AUCTION_ORDERS + AUCTION_PAGES), counted);
}

#[test]
fn weights_should_cover_every_item_when_allowances_are_withdrawn() {
	let (mut ext, _) = book(1, 1);
	let withdraw = || {
		assert_ok!(Market::withdraw(RuntimeOrigin::signed(BOB), tonnes(TONNES / 2)));
	};
	assert_covers(Weights::withdraw(), count_all(&mut ext, withdraw));
}

#[test]
fn weights_should_count_every_item_when_fees_are_collected() {
	let (mut ext, _) = book(1, 1);
	ext.execute_with(|| {
		let params = MarketParams {
			fees: crate::FeeRates {
				maker_ppm: 0,
				taker_ppm: 1_000,
			},
			..Default::default()
		};
		assert_ok!(Market::set_params(RuntimeOrigin::root(), ASSET, params));
		buy(1);
	});
	let collect = || {
		assert_ok!(Market::collect_fees(RuntimeOrigin::signed(BOB), ASSET));
	};
	assert_eq!(count_all(&mut ext, collect), declared(Weights::collect_fees()));
}
