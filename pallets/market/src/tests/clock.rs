//! Markets with sessions, and blocks at times of the day.

use crate::{mock::*, Calendar, Event, Hours, MarketParams, MarketPhase, MarketStatus, Session};
use carbon_primitives::{AssetId, Moment, Price};
use frame_support::{assert_ok, traits::Hooks, weights::Weight, weights::WeightMeter};

pub const MINUTE: Moment = 60_000;
pub const DAY: Moment = 24 * 60 * MINUTE;
/// Monday, 5 January 1970.
pub const MONDAY: u32 = 4;
/// The reference price of the first day.
pub const REFERENCE: u64 = 10_000;

/// A moment of a day, in UTC.
pub const fn at(day: u32, hour: u64, minute: u64) -> Moment {
	day as u64 * DAY + (60 * hour + minute) * MINUTE
}

/// From Monday to Friday, 09:30 to 11:30 and 13:00 to 15:00; orders are collected from 09:15 on.
pub fn sessions() -> Calendar {
	let session = |opens, closes| Session { opens, closes };
	let sessions = vec![session(570, 690), session(780, 900)];
	Calendar {
		hours: Hours::Sessions {
			sessions: sessions.try_into().expect("there may be as many"),
			auction: 15,
		},
		..Default::default()
	}
}

/// Open a market for `asset` at `now`.
pub fn open_market(asset: AssetId, now: Moment, calendar: Calendar, params: MarketParams) {
	MockTime::set(now);
	let root = RuntimeOrigin::root();
	assert_ok!(Market::create_market(
		root,
		asset,
		params,
		Price(REFERENCE),
		calendar
	));
}

/// Run `test` on a chain on which Alice, Bob and Charlie can trade, with a market that has sessions and was opened at `now`.
pub fn with_sessions(now: Moment, params: MarketParams, test: impl FnOnce()) {
	traders().build_and_execute(|| {
		open_market(ASSET, now, sessions(), params);
		test();
	});
}

/// Run `test` while orders are collected on Monday.
pub fn collecting(test: impl FnOnce()) {
	with_sessions(at(MONDAY, 9, 20), MarketParams::default(), test);
}

/// Alice, Bob and Charlie have cash and tonnes on their trading accounts, and there is no market.
pub fn traders() -> ExtBuilder {
	[ALICE, BOB, CHARLIE]
		.into_iter()
		.fold(ExtBuilder::default(), ExtBuilder::with_trader)
}

/// The next block, at `now`, with as much room as it needs.
pub fn block(now: Moment) {
	block_with(now, Weight::MAX);
}

/// The next block, at `now`, with `limit` of weight left for what is due. Returns what was used.
pub fn block_with(now: Moment, limit: Weight) -> Weight {
	System::set_block_number(System::block_number() + 1);
	System::reset_events();
	MockTime::set(now);
	let mut meter = WeightMeter::with_limit(limit);
	Market::on_poll(System::block_number(), &mut meter);
	meter.consumed()
}

pub fn status() -> MarketStatus {
	Market::market_status(ASSET).expect("the market is open")
}

pub fn phase() -> MarketPhase {
	status().phase
}

/// Changes of the phase of any market in this block.
pub fn phases() -> Vec<(AssetId, MarketPhase, MarketPhase)> {
	let changed = market_events().into_iter().filter_map(|event| match event {
		Event::PhaseChanged {
			asset,
			old_value,
			new_value,
		} => Some((asset, old_value, new_value)),
		_ => None,
	});
	changed.collect()
}

/// What auctions that ended in this block have traded, and at which price.
pub fn auctions() -> Vec<(Option<u64>, u128)> {
	let ended = market_events().into_iter().filter_map(|event| match event {
		Event::AuctionEnded { price, tonnes, .. } => Some((price.map(|price| price.0), tonnes)),
		_ => None,
	});
	ended.collect()
}

/// Trades of auctions in this block: buyer, seller, price, tonnes.
pub fn matches() -> Vec<(AccountId, AccountId, u64, u64)> {
	let matched = market_events().into_iter().filter_map(|event| match event {
		Event::OrdersMatched {
			buyer,
			seller,
			price,
			tonnes,
			..
		} => Some((buyer, seller, price.0, tonnes.0)),
		_ => None,
	});
	matched.collect()
}
