//! What was traded on a day, and where a market stands on it.

use crate::MarketPhase;
use carbon_calendar::Day;
use carbon_primitives::{Balance, Moment, Price, Tonnes};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
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
		let tonnes = Balance::from(self.tonnes.0);
		let rounded = self.value.checked_add(tonnes / 2)?.checked_div(tonnes)?;
		u64::try_from(rounded).ok().map(Price)
	}
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
}
