//! How many stored items a call touches. The counts are exact, and the same whatever the depth of the book.

use crate::{
	mock::*, weights::SubstrateWeight, Levels, MarketParams, OrderId, OrderIds, Pages, Side, Sweep,
	SweepCursor, SweepRecordOf, SweepScope, TimeInForce, WeightInfo, PAGE_SLOTS,
};
use carbon_matching::Walk;
use carbon_primitives::TradingRight;
use carbon_traits::{HaltMarkets, OnTradingRight, RegistryBenchmarkHelper};
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
	count_where(ext, call, |key| {
		!key.starts_with(&system) || key.starts_with(&accounts)
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
	assert_ok!(place(
		BOB,
		Side::Buy,
		9_000,
		tonnes,
		TimeInForce::GoodTillCancelled
	));
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
	let refused = || assert!(place(BOB, Side::Buy, 0, 1, TimeInForce::GoodTillCancelled).is_err());
	assert_eq!(count(&mut ext, refused), (1, 0));
}

#[test]
fn an_order_should_touch_the_participant_and_the_time_when_the_copy_of_its_right_has_ended() {
	let (mut ext, _) = book(1, 1);
	ext.execute_with(|| {
		Participants::set_right(BOB, TradingRight::Until(0));
		Participants::forget_to_tell(BOB, TradingRight::Lasting);
	});
	let buy = || {
		rest(BOB, Side::Buy, 8_000, 1);
	};
	assert_eq!(count(&mut ext, buy), (4, 3));
	// The market knows now.
	assert_eq!(count(&mut ext, buy), (3, 2));
}

#[test]
fn matching_should_touch_the_same_items_when_the_maker_may_not_trade() {
	let (mut ext, _) = book(1, 3);
	ext.execute_with(|| Participants::suspend(ALICE));
	let buy = || {
		assert_ok!(place(BOB, Side::Buy, 9_000, 1, TimeInForce::ImmediateOrCancel));
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
fn weights_should_cover_every_item_when_markets_are_halted() {
	let (mut ext, _) = book(1, 1);
	let one = || halt(100);
	assert_covers(Weights::halt_market(), count_all(&mut ext, one));
	ext.execute_with(|| {
		assert_ok!(Market::do_create_market(OTHER, MarketParams::default()));
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
		assert_ok!(place(BOB, Side::Buy, 9_000, 100, TimeInForce::GoodTillCancelled));
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
	use codec::{Decode, Encode, MaxEncodedLen};
	// Pallet and storage prefix, hashed asset, side and tick.
	let level_key = 32 + 8 + 4 + 1 + 4;
	// The encoding of a level with one order: no sealed page, then the page's number, links, count, bits and orders.
	let mut bytes = (None::<u64>, (7_u64 << 32, None::<u64>, None::<u64>, 1_u8)).encode();
	codec::Compact(1_u64).encode_to(&mut bytes);
	codec::Compact(1_u32).encode_to(&mut bytes);
	([7_u8; 32], codec::Compact(100_000_u64)).encode_to(&mut bytes);
	assert!(LevelOf::<[u8; 32]>::decode(&mut &bytes[..]).is_ok_and(|level| level.encode() == bytes));
	assert!(
		level_key + bytes.len() <= 110,
		"an order alone on its level: {}",
		level_key + bytes.len()
	);
	// A full page, its key included.
	let page_key = 32 + 8 + 4 + 8 + 5 + 8;
	let page = page_key + PageOf::<[u8; 32]>::max_encoded_len();
	assert!(
		page / PAGE_SLOTS as usize <= 50,
		"an order on a full page: {}",
		page / PAGE_SLOTS as usize
	);
}
