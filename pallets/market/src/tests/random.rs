//! Random walks keep every invariant, and a market with a fault is found out by them.

use crate::{
	fuzzing::{steps, walk, Fault, STEP_BYTES},
	mock::Test,
	Event,
};
use proptest::prelude::*;
use scale_info::{TypeDef, TypeInfo};
use std::collections::BTreeSet;

/// How many walks find each fault at the latest, and how many steps each of them has.
const WALKS: u64 = 24;
const STEPS: usize = 120;

/// Events that tell of a book which is broken.
const BROKEN: [&str; 2] = ["AuctionFailed", "LevelNotSwept"];

/// The bytes of a walk, the same ones for a number at any time (SplitMix64).
fn bytes_of(walk: u64) -> Vec<u8> {
	let mut state = walk << 32;
	let mut next = || {
		state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut mixed = state;
		mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
		mixed ^ mixed >> 31
	};
	(0..STEPS * STEP_BYTES / 8)
		.flat_map(|_| next().to_le_bytes())
		.collect()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(24))]

	#[test]
	fn calls_should_keep_every_invariant_when_they_come_in_any_order(
		walked in prop::collection::vec(any::<[u8; STEP_BYTES]>().prop_map(|record| steps(&record)), 1..100),
	) {
		let steps = walked.concat();
		let walked = walk(&steps, None);
		prop_assert!(walked.is_ok(), "{:?}", walked);
	}
}

/// Nothing is found without a fault, or the test of the test would show nothing; and what no walk comes to, none could find.
#[test]
fn walks_should_find_nothing_and_see_every_event_when_the_market_has_no_fault() {
	let mut seen = BTreeSet::new();
	for number in 0..WALKS {
		seen.extend(walk(&steps(&bytes_of(number)), None).expect("nothing is broken"));
	}
	let TypeDef::Variant(events) = Event::<Test>::type_info().type_def else {
		panic!("an event is one of several");
	};
	let unseen: Vec<_> = events
		.variants
		.iter()
		.map(|event| event.name)
		.filter(|name| !seen.contains(*name) && !BROKEN.contains(name) && !name.starts_with("__"))
		.collect();
	assert_eq!(unseen, Vec::<&str>::new());
}

/// The test of the test.
#[test]
fn walks_should_find_each_fault_when_the_market_has_one() {
	for fault in Fault::ALL {
		let found = (0..WALKS).find_map(|number| walk(&steps(&bytes_of(number)), Some(fault)).err());
		assert!(found.is_some(), "{fault:?} is not found");
	}
}
