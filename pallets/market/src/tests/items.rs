//! How many stored items a call touches, beside the accounts and counters of the system and the participant record, which the tests'
//! chain does not store. The counts are exact, and the same whatever the depth of the book.

use crate::{mock::*, OrderId, Side, TimeInForce, PAGE_SLOTS};
use frame_support::assert_ok;
use std::collections::BTreeSet;

/// Distinct items that `call` reads and writes, those of the system left out.
fn count(ext: &mut sp_io::TestExternalities, call: impl FnOnce()) -> (usize, usize) {
	ext.commit_all().expect("no transaction is open");
	let recorder = Default::default();
	ext.execute_with_recorder(Clone::clone(&recorder), call);
	let system = sp_io::hashing::twox_128(b"System");
	let is_counted = |key: &[u8]| !key.starts_with(&system) && !key.starts_with(b":");
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
