//! What was traded on a day, and where a market stands on it.

use crate::MarketPhase;
use carbon_calendar::Day;
use carbon_primitives::{Balance, Moment, Price, Tonnes};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::ops::{Range, RangeInclusive};
use frame_support::{pallet_prelude::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// How many of its latest trades a market remembers.
pub const RECENT_TRADES: u32 = 10;

/// The latest trades of a market, the oldest first.
pub type RecentTrades = BoundedVec<Trade, ConstU32<RECENT_TRADES>>;

/// How a trade came about.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum TradeKind {
	/// An order met one that rested.
	#[codec(index = 0)]
	Continuous,
	/// Two orders were matched by a call auction.
	#[codec(index = 1)]
	Auction,
	/// Two participants had agreed on it. It moves no listed price.
	#[codec(index = 2)]
	Block,
}

/// A trade.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Trade {
	/// In which block.
	#[codec(compact)]
	pub block: u32,
	/// Price, in fen per tonne.
	#[codec(compact)]
	pub price: Price,
	/// How many tonnes.
	#[codec(compact)]
	pub tonnes: Tonnes,
	/// How it came about.
	pub kind: TradeKind,
}

/// What a participant bought and sold on a day, in one market.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct DayTotals {
	/// The day.
	#[codec(compact)]
	pub day: Day,
	/// What it bought.
	pub bought: Volume,
	/// What it sold.
	pub sold: Volume,
}

/// How much was traded, and for how much.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Volume {
	/// Tonnes that changed hands.
	#[codec(compact)]
	pub tonnes: Tonnes,
	/// What was paid for them, in fen.
	#[codec(compact)]
	pub value: Balance,
}

impl Volume {
	/// Count a trade. Sums that would leave their range stay at its end: they are figures for people, and no supply is as large.
	pub(crate) fn add(&mut self, price: Price, tonnes: Tonnes) {
		self.tonnes = Tonnes(self.tonnes.0.saturating_add(tonnes.0));
		self.value = self.value.saturating_add(price.value_of(tonnes));
	}

	/// The average price, in fen per tonne, weighted by tonnes; half a fen is rounded up. None where nothing was traded.
	pub fn average(&self) -> Option<Price> {
		average(self.value, self.tonnes.0.into())
	}

	/// Whether neither sum stands at the end of its range, where it may stand for a larger one.
	const fn is_exact(&self) -> bool {
		self.tonnes.0 < u64::MAX && self.value < Balance::MAX
	}
}

/// What a tonne cost, in fen, where `tonnes` cost `value` fen; half a fen is rounded up. None where there are none, or where no price is as
/// high.
fn average(value: Balance, tonnes: Balance) -> Option<Price> {
	let rounded = value.checked_add(tonnes / 2)?.checked_div(tonnes)?;
	u64::try_from(rounded).ok().map(Price)
}

/// The prices of a day's listed trades, in fen per tonne.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct PriceRange {
	/// Of the first trade.
	pub open: Price,
	/// The highest.
	pub high: Price,
	/// The lowest.
	pub low: Price,
	/// Of the last trade. The closing price of the market is the average of all of them, not this one.
	pub last: Price,
}

/// A market's trades on one day.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Bar {
	/// The day.
	#[codec(compact)]
	pub day: Day,
	/// Prices of the listed trades; none where there was none.
	pub prices: Option<PriceRange>,
	/// The listed trades.
	pub listed: Volume,
	/// The block trades, which move no price.
	pub block: Volume,
}

impl Bar {
	/// A day on which nothing has been traded yet.
	pub fn new(day: Day) -> Self {
		Self {
			day,
			..Default::default()
		}
	}

	/// Count a trade of the order book or of an auction.
	pub fn add_listed(&mut self, price: Price, tonnes: Tonnes) {
		self.listed.add(price, tonnes);
		let prices = self.prices.get_or_insert(PriceRange {
			open: price,
			high: price,
			low: price,
			last: price,
		});
		prices.high = prices.high.max(price);
		prices.low = prices.low.min(price);
		prices.last = price;
	}

	/// Count a block trade.
	pub fn add_block(&mut self, price: Price, tonnes: Tonnes) {
		self.block.add(price, tonnes);
	}

	/// The closing price: the average of the listed trades weighted by tonnes. None where there was none.
	///
	/// Source: closing price of the Chinese national market.
	pub fn close(&self) -> Option<Price> {
		self.listed.average()
	}

	/// Whether nothing was traded.
	pub fn is_empty(&self) -> bool {
		self.prices.is_none() && self.block.tonnes.is_zero()
	}
}

/// The average price of the listed trades of `bars`, in fen per tonne, weighted by tonnes as that of one day is; half a fen is rounded
/// up. None where nothing was traded, where a sum has left its range, or where a bar is missing.
pub(crate) fn average_of(mut bars: impl Iterator<Item = Option<Bar>>) -> Option<Price> {
	let (value, tonnes) = bars.try_fold((0, 0), |(value, tonnes): (Balance, Balance), bar| {
		let listed = bar?.listed;
		let value = value.checked_add(listed.value)?;
		let tonnes = tonnes.checked_add(listed.tonnes.0.into())?;
		listed.is_exact().then_some((value, tonnes))
	})?;
	average(value, tonnes)
}

/// Those of the days that ended as number `closes` whose day is one of `days`, the newest first. `bar` reads one of them; one that it
/// does not find stands among them as none.
///
/// The later a day ended, the later a day it is. So the newest of `days` is searched for by halves, and nothing is read before the
/// oldest of them but the one that tells so: no more than [`bars_read`] says.
pub(crate) fn bars_of_days(
	closes: Range<u32>,
	days: RangeInclusive<Day>,
	bar: impl Fn(u32) -> Option<Bar>,
) -> impl Iterator<Item = Option<Bar>> {
	let (oldest, newest) = days.into_inner();
	let (mut from, mut to) = (closes.start, closes.end);
	while from < to {
		let middle = from.midpoint(to);
		// One that is missing counts as early enough: where it matters, the way back comes to it.
		if bar(middle).is_none_or(|bar| bar.day <= newest) {
			from = middle.saturating_add(1);
		} else {
			to = middle;
		}
	}
	let not_later = closes.start..from;
	not_later
		.rev()
		.map(bar)
		.take_while(move |bar| bar.is_none_or(|bar| bar.day >= oldest))
}

/// How many different bars [`bars_of_days`] reads at most for a day and the `days` before it, of `kept` bars.
pub(crate) fn bars_read(days: u32, kept: u32) -> u32 {
	// Half of what is left each time, until nothing is.
	let searched = u32::BITS.saturating_sub(kept.leading_zeros());
	// The day, those before it, and the one that is too old.
	let walked = days.saturating_add(2);
	walked.saturating_add(searched).min(kept)
}

/// Most days that a question about the bars of a market returns.
pub const BARS_OF_MAX: u32 = 1_000;

/// A day that has ended.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
pub struct DayView {
	/// What was traded on it.
	pub bar: Bar,
	/// Its closing price, in fen per tonne: the average of the listed trades weighted by tonnes. None where there was none.
	pub close: Option<Price>,
}

impl From<Bar> for DayView {
	fn from(bar: Bar) -> Self {
		Self {
			bar,
			close: bar.close(),
		}
	}
}

/// Where a market stands at a moment.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
pub struct MarketStatus {
	/// What it does with orders.
	pub phase: MarketPhase,
	/// What has been traded on its current day, which may lie ahead while the market is closed.
	pub bar: Bar,
	/// The closing price of the last day on which something was traded by orders, in fen per tonne; at first the price that the regulator
	/// named.
	pub reference: Price,
	/// Lowest price of an order on this day, in fen per tonne.
	pub price_min: Price,
	/// Highest price of an order on this day, in fen per tonne.
	pub price_max: Price,
	/// When its calendar names the next phase or ends the day, in milliseconds since the Unix epoch. A market whose auction takes several
	/// blocks, or waits for the end of a halt, changes its phase besides.
	pub next_change: Moment,
	/// How many days have ended.
	pub closes: u32,
	/// Fees that were paid and not collected yet, in fen.
	pub fees: Balance,
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;
	use std::{cell::RefCell, collections::BTreeSet};

	#[test]
	fn a_bar_has_the_first_the_highest_the_lowest_and_the_last_price() {
		let mut bar = Bar::new(Day(7));
		assert!(bar.is_empty() && bar.close().is_none());
		for (price, tonnes) in [(50, 10), (70, 20), (40, 5), (60, 1)] {
			bar.add_listed(Price(price), Tonnes(tonnes));
		}
		let prices = PriceRange {
			open: Price(50),
			high: Price(70),
			low: Price(40),
			last: Price(60),
		};
		assert_eq!(bar.prices, Some(prices));
		// (500 + 1,400 + 200 + 60) / 36 = 60.
		assert_eq!((bar.listed.value, bar.close()), (2_160, Some(Price(60))));
	}

	#[test]
	fn half_a_fen_is_rounded_up() {
		let mut bar = Bar::new(Day(7));
		bar.add_listed(Price(50), Tonnes(1));
		bar.add_listed(Price(51), Tonnes(1));
		assert_eq!(bar.close(), Some(Price(51)));
		bar.add_listed(Price(50), Tonnes(1));
		assert_eq!(bar.close(), Some(Price(50)));
	}

	#[test]
	fn block_trades_move_no_price() {
		let mut bar = Bar::new(Day(7));
		bar.add_block(Price(90), Tonnes(100_000));
		assert!(!bar.is_empty());
		assert_eq!((bar.prices, bar.close()), (None, None));
		assert_eq!(bar.block.average(), Some(Price(90)));
	}

	#[test]
	fn sums_stay_at_the_end_of_their_range() {
		let mut bar = Bar::new(Day(7));
		for _ in 0..3 {
			bar.add_listed(Price(u64::MAX), Tonnes(u64::MAX));
		}
		assert_eq!(bar.listed.tonnes, Tonnes(u64::MAX));
		assert_eq!(bar.listed.value, Balance::MAX);
		assert_eq!(bar.close(), None);
	}

	/// Bars of these days, the newest first, and how many of them were read, first all reads, then the different ones. The first one ended
	/// as number `start`.
	fn looked_up(held: &[u32], start: u32, days: RangeInclusive<u32>) -> (Vec<Option<u32>>, usize, usize) {
		let reads = RefCell::new(Vec::new());
		let bar = |close: u32| {
			reads.borrow_mut().push(close);
			held.get((close - start) as usize).map(|day| Bar::new(Day(*day)))
		};
		let (oldest, newest) = days.into_inner();
		let closes = start..start + held.len() as u32;
		let found = bars_of_days(closes, Day(oldest)..=Day(newest), bar)
			.map(|bar| bar.map(|bar| bar.day.0))
			.collect();
		let reads = reads.into_inner();
		let different: BTreeSet<_> = reads.iter().collect();
		(found, reads.len(), different.len())
	}

	#[test]
	fn bars_are_read_once_more_than_there_are_days_beside_the_search() {
		let days: Vec<_> = (100..1_100).collect();
		let (found, reads, different) = looked_up(&days, 7, 400..=430);
		assert_eq!(found, (400..=430).rev().map(Some).collect::<Vec<_>>());
		// Ten of the search, 31 of the days, and the one before them.
		assert!(reads <= 42 && different as u32 <= bars_read(30, 1_000), "{reads}");
		for (days, kept, most) in [
			(30, 1_000, 42),
			(0, 1_000, 12),
			(0, 1_023, 12),
			(0, 1_024, 13),
			(987, 1_000, 999),
			(988, 1_000, 1_000),
			(u32::MAX, 1_000, 1_000),
			(30, 3, 3),
			(0, 1, 1),
			(30, 0, 0),
		] {
			assert_eq!(bars_read(days, kept), most, "{days} {kept}");
		}
	}

	#[test]
	fn a_bar_that_is_missing_is_told_of() {
		let bar = |close: u32| (close != 4).then(|| Bar::new(Day(close)));
		let days = |oldest, newest| -> Vec<_> {
			bars_of_days(0..9, Day(oldest)..=Day(newest), bar)
				.map(|bar| bar.map(|bar| bar.day.0))
				.collect()
		};
		assert_eq!(days(5, 6), [Some(6), Some(5), None]);
		assert!(days(0, 2).contains(&None));
		assert_eq!(days(6, 7), [Some(7), Some(6)]);
	}

	#[test]
	fn an_average_of_several_days_is_that_of_their_sums() {
		let bar = |price, tonnes| {
			let mut bar = Bar::new(Day(7));
			bar.add_listed(Price(price), Tonnes(tonnes));
			bar.add_block(Price(1), Tonnes(1_000));
			Some(bar)
		};
		let of = |bars: &[Option<Bar>]| average_of(bars.iter().copied()).map(|price| price.0);
		assert_eq!(of(&[]), None);
		assert_eq!(of(&[Some(Bar::new(Day(7)))]), None);
		assert_eq!(of(&[bar(50, 1), bar(51, 1)]), Some(51));
		assert_eq!(of(&[bar(50, 2), bar(51, 1)]), Some(50));
		// The tonnes of several days have no end that a day's have.
		let many = u64::MAX - 1;
		assert_eq!(of(&[bar(50, many), bar(60, many)]), Some(55));
		assert_eq!(of(&[bar(50, 1), None]), None);
		assert_eq!(of(&[bar(50, u64::MAX), bar(50, 1)]), None);
		assert_eq!(of(&[bar(u64::MAX, many), bar(u64::MAX, many)]), None);
	}

	proptest! {
		#[test]
		fn bars_of_days_are_those_that_a_look_at_all_of_them_finds(
			gaps in prop::collection::vec(1_u32..4, 0..70),
			start in 0_u32..100,
			oldest in 0_u32..150,
			days in 0_u32..50,
		) {
			let held: Vec<_> = gaps.iter().scan(0, |day, gap| { *day += gap; Some(*day) }).collect();
			let newest = oldest + days;
			let expected: Vec<_> = held.iter().rev().filter(|day| (oldest..=newest).contains(*day)).copied().map(Some).collect();
			let (found, _, different) = looked_up(&held, start, oldest..=newest);
			prop_assert_eq!(found, expected);
			prop_assert!(different as u32 <= bars_read(days, held.len() as u32));
		}
	}
}
