//! Types that the pallet stores, takes and returns. None of them knows the pallet's configuration.

use crate::{account::fee_of, Bar, Position, RecentTrades, Trade, TradeKind};
use alloc::vec::Vec;
use carbon_calendar::Calendar;
use carbon_matching::{
	Header, OrderId, Price as AuctionPrice, Search, SelfTrade, Side, Tick, SPAN_MAX, TICK_MAX,
};
use carbon_primitives::{
	AssetId, Balance, Funds, GroupId, Moment, Price, Tonnes, TradingLimits, TradingRight,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{pallet_prelude::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// Orders on one page of a price level.
///
/// A page is read and written whole, so that few slots make an order cheap to place; many slots make it rare that a page is
/// filled or emptied. The decision record on the order book's storage has the figures.
pub const PAGE_SLOTS: u32 = 32;

/// Most price levels that a question about the depth of a market returns per side.
pub const DEPTH_LEVELS_MAX: u32 = 1_000;

/// Most orders that the regulator takes out of a book in one call.
pub const FORCE_CANCEL_MAX: u32 = 100;

/// Most pages that a sweep of the books reads in one block, however much room the block has left: those whose orders it looks at
/// and those that it passes over.
///
/// With 32 orders to a page it takes out up to 1,600 orders in a block.
pub const SWEEP_PAGES_MAX: u32 = 50;

/// Most orders that a participant cancels in one call, and most that it places.
pub const BATCH_MAX: u32 = 50;

/// Most orders that a question about the orders of a participant returns.
pub const ORDERS_OF_MAX: u32 = 1_000;

/// Identifiers of orders that are to leave the book together.
pub type OrderIds = BoundedVec<OrderId, ConstU32<FORCE_CANCEL_MAX>>;

/// Identifiers of own orders that are to leave the book together.
pub type BatchCancels = BoundedVec<OrderId, ConstU32<BATCH_MAX>>;

/// Orders that are to be placed together.
pub type BatchOrders = BoundedVec<NewOrder, ConstU32<BATCH_MAX>>;

/// What an order wants beside a side, a price and a quantity.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum OrderKind {
	/// Trade what crosses; the remainder rests in the book until it is filled or cancelled, or its date comes.
	#[codec(index = 0)]
	GoodTillCancelled,
	/// Trade what crosses; the remainder is returned at once.
	#[codec(index = 1)]
	ImmediateOrCancel,
	/// Trade the whole quantity at once, or nothing.
	#[codec(index = 2)]
	FillOrKill,
	/// Rest without trading, or be refused.
	#[codec(index = 3)]
	PostOnly,
	/// Trade at whatever prices the book offers; the remainder is returned at once. The price of the order is the worst that it
	/// accepts, and means the end of the price band where it lies beyond it.
	#[codec(index = 4)]
	Market,
}

impl OrderKind {
	/// Whether a remainder of such an order may rest.
	pub const fn may_rest(self) -> bool {
		self.in_book().may_rest()
	}

	/// What such an order is to the engine.
	pub(crate) const fn in_book(self) -> carbon_matching::OrderKind {
		use carbon_matching::OrderKind as InBook;
		match self {
			Self::GoodTillCancelled => InBook::GoodTillCancelled,
			Self::ImmediateOrCancel | Self::Market => InBook::ImmediateOrCancel,
			Self::FillOrKill => InBook::FillOrKill,
			Self::PostOnly => InBook::PostOnly,
		}
	}
}

/// An order that a participant places.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct NewOrder {
	/// Side that it is on.
	pub side: Side,
	/// Worst price that it accepts, in fen per tonne, and the price that its remainder rests at.
	#[codec(compact)]
	pub price: Price,
	/// How much to trade, in tonnes.
	#[codec(compact)]
	pub tonnes: Tonnes,
	/// Whether it trades, and what happens to the remainder.
	pub kind: OrderKind,
	/// When the remainder leaves the book, in milliseconds since the Unix epoch: it trades before that moment, not at it. Only for
	/// kinds that may rest; none is never.
	pub expires: Option<Moment>,
	/// What happens where it meets an order of its own owner, or of a member of the owner's group.
	pub self_trade: SelfTrade,
	/// The highest rate of fees that it accepts, in parts per million of a trade's value; none is whatever the market's rules say.
	pub fee_max: Option<u16>,
	/// How many other orders it may meet, whatever becomes of them. None, and more than a call may, are as many as a call may. The
	/// declared weight follows it.
	pub meet_max: Option<u8>,
}

impl NewOrder {
	/// How many others the order may meet where a call may meet `most`.
	pub(crate) fn meets(&self, most: u32) -> u32 {
		match self.kind {
			OrderKind::PostOnly => 0,
			_ => self.meet_max.map_or(most, |meets| most.min(meets.into())),
		}
	}

	/// The worst price that the order accepts, on a day with this band and with prices in steps of `tick`: for a market order its price,
	/// drawn into the band and rounded to a price that is no worse for its owner; for all others the one that it names.
	pub(crate) fn limit(&self, tick: Price, today: &TradingDay) -> Price {
		if self.kind != OrderKind::Market {
			return self.price;
		}
		let step = tick.0.max(1);
		match self.side {
			// A buyer does not pay more than it names: down.
			Side::Buy => {
				let worst = self.price.min(today.price_max).0;
				Price(worst - worst % step)
			}
			// A seller does not get less than it names: up, which leaves the band where it names more than the highest price.
			Side::Sell => {
				let worst = self.price.max(today.price_min).0;
				Price(worst.checked_next_multiple_of(step).unwrap_or(u64::MAX))
			}
		}
	}
}

/// Rules that every order of a market obeys.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct MarketParams {
	/// Smallest step between two prices, in fen per tonne.
	pub tick: Price,
	/// Smallest step between two quantities, in tonnes.
	pub lot: Tonnes,
	/// Smallest quantity of one order, in tonnes; a whole number of lots. A fill may leave less of it, and whoever has less free and no
	/// sell order at rest may sell all of it.
	pub order_min: Tonnes,
	/// Largest quantity of one order, in tonnes; a whole number of lots.
	pub order_max: Tonnes,
	/// Most orders of one participant that rest in the market at a time.
	pub orders_max: u32,
	/// Lowest price of an order, in fen per tonne; a whole number of ticks.
	pub price_min: Price,
	/// Highest price of an order, in fen per tonne; a whole number of ticks, at most 16,128 fen above the lowest.
	pub price_max: Price,
	/// How far the price of an order may be from the reference price, in basis points of it; none where only the lowest and the highest
	/// price bind.
	pub band_bps: Option<u32>,
	/// Whether what was bought on a day may neither be sold nor withdrawn on the same day (T+1).
	pub resale_next_day: bool,
	/// Most tonnes that a participant, and its whole group, may hold beyond what was allocated to it for the asset, counting what its
	/// orders may still buy; none for no limit.
	pub holding_max: Option<Tonnes>,
	/// What trades cost.
	pub fees: FeeRates,
}

/// What trades cost, in parts per million of their value; each is at most 65,535, which is 6.5535 per cent.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct FeeRates {
	/// For the order that rests; the rate of the moment at which it was placed.
	pub maker_ppm: u16,
	/// For the order that comes in.
	pub taker_ppm: u16,
}

impl MarketParams {
	/// Whether these rules allow any order at all, agree with each other and keep every price so near to the others that the book
	/// has room for it.
	pub fn are_valid(&self) -> bool {
		self.tick.0 > 0
			&& self.lot.0 > 0
			&& self.order_min.0 >= self.lot.0
			&& self.order_min.0.is_multiple_of(self.lot.0)
			&& self.order_max.0 >= self.order_min.0
			&& self.order_max.0.is_multiple_of(self.lot.0)
			&& self.orders_max > 0
			&& self.price_min.0 >= self.tick.0
			&& self.price_min.0.is_multiple_of(self.tick.0)
			// In a wider band a few small orders, each far from the others, would use up the room that the book has for prices.
			&& self
				.price_max
				.0
				.checked_sub(self.price_min.0)
				.is_some_and(|width| width <= u64::from(SPAN_MAX))
			&& self.price_max.0.is_multiple_of(self.tick.0)
			&& self.price_max.0 <= u64::from(TICK_MAX)
			&& self.band_bps != Some(0)
	}

	/// Whether `reference` may be the first reference price: a price that orders may have.
	pub(crate) fn accepts_reference(&self, reference: Price) -> bool {
		(self.price_min..=self.price_max).contains(&reference)
			&& reference.0.is_multiple_of(self.tick.0.max(1))
	}

	/// The lowest and the highest price of an order on a day with this `reference` price: as far from it as the band allows, rounded
	/// towards it to whole ticks, and neither below the lowest nor above the highest price of the market.
	pub(crate) fn band_around(&self, reference: Price) -> (Price, Price) {
		let Some(bps) = self.band_bps else {
			return (self.price_min, self.price_max);
		};
		let tick = self.tick.0.max(1);
		// A reference that other rules have left off the step or outside of the prices must not leave a day without any price.
		let clamped = reference
			.0
			.clamp(self.price_min.0, self.price_max.0.max(self.price_min.0));
		let middle = clamped - clamped % tick;
		let width = u128::from(middle) * u128::from(bps) / 10_000;
		let width = u64::try_from(width).unwrap_or(u64::MAX);
		let steps = width - width % tick;
		let lowest = middle.saturating_sub(steps).max(self.price_min.0);
		let highest = middle.saturating_add(steps).min(self.price_max.0);
		(Price(lowest), Price(highest))
	}

	/// Whether the book has room for each price of the band beside the orders that rest in it, wherever these lie.
	pub fn leave_room(&self, book: &Header) -> bool {
		[Side::Buy, Side::Sell].into_iter().all(|side| {
			let ladder = book.ladder(side);
			let lowest = ladder
				.lowest()
				.map_or(self.price_min, |tick| self.price_min.min(price_of(tick)));
			let highest = ladder
				.highest()
				.map_or(self.price_max, |tick| self.price_max.max(price_of(tick)));
			highest
				.0
				.checked_sub(lowest.0)
				.is_some_and(|width| width <= u64::from(SPAN_MAX))
		})
	}
}

/// Until when a market is halted, by the reasons there may be: moments in milliseconds since the Unix epoch, zero where there is
/// no halt. A halt counts before its end, not at it; an end that has passed stays until the next halt.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct MarketHalts {
	/// The halt of this market alone.
	#[codec(compact)]
	pub own: Moment,
	/// The halt of its asset.
	#[codec(compact)]
	pub asset: Moment,
	/// The halt of all trading.
	#[codec(compact)]
	pub all: Moment,
}

impl MarketHalts {
	/// The latest of the ends.
	const fn last(&self) -> Moment {
		let end = if self.own > self.asset {
			self.own
		} else {
			self.asset
		};
		if end > self.all {
			end
		} else {
			self.all
		}
	}

	/// The end of the halt that is in force. `now` is asked only where a halt was set.
	pub fn in_force(&self, now: impl FnOnce() -> Moment) -> Option<Moment> {
		match self.last() {
			0 => None,
			end => (now() < end).then_some(end),
		}
	}
}

/// What a market does with orders.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum MarketPhase {
	/// It takes none.
	#[codec(index = 0)]
	Closed,
	/// It collects orders for the opening auction and matches none.
	#[codec(index = 1)]
	CallAuction,
	/// The auction is being held: it takes no orders, for a few blocks.
	#[codec(index = 2)]
	Uncrossing,
	/// It matches orders as they come.
	#[codec(index = 3)]
	Continuous,
}

/// Where a market stands on its trading day.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct TradingDay {
	/// What it does with orders.
	pub phase: MarketPhase,
	/// What has been traded; it names the day.
	pub bar: Bar,
	/// The closing price of the last day on which something was traded by orders, in fen per tonne; at first the price that the
	/// regulator named.
	#[codec(compact)]
	pub reference: Price,
	/// Lowest price of an order on this day, in fen per tonne.
	#[codec(compact)]
	pub price_min: Price,
	/// Highest price of an order on this day, in fen per tonne.
	#[codec(compact)]
	pub price_max: Price,
}

impl TradingDay {
	/// Apply the price band of `params`.
	pub(crate) fn set_band(&mut self, params: &MarketParams) {
		(self.price_min, self.price_max) = params.band_around(self.reference);
	}
}

/// When a market trades, and how many days of it have ended.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Schedule {
	/// The hours and the days.
	pub calendar: Calendar,
	/// How many days have ended. The bar of each is kept until as many others have ended as are kept.
	#[codec(compact)]
	pub closes: u32,
}

/// When something is due in a market.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub struct DueMarket {
	/// The moment, in milliseconds since the Unix epoch.
	pub at: Moment,
	/// The market.
	pub asset: AssetId,
}

/// A call auction that is being held.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct AuctionRecord {
	/// The market.
	pub asset: AssetId,
	/// How far it has come.
	pub stage: AuctionStage,
}

/// How far a call auction has come.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum AuctionStage {
	/// Its price is being looked for.
	#[codec(index = 0)]
	Search(Search),
	/// It is settled at the price that was found.
	#[codec(index = 1)]
	Settle {
		/// The price.
		price: AuctionPrice,
		/// What has been traded at it so far, in tonnes.
		#[codec(compact)]
		traded: u128,
	},
}

/// A market: its rules, where it stands on its day, and the header of its order book, in one item because each order needs all of it.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct MarketRecord {
	/// The rules.
	pub params: MarketParams,
	/// Until when it is halted.
	pub halts: MarketHalts,
	/// The trading day.
	pub today: TradingDay,
	/// The latest trades.
	pub recent: RecentTrades,
	/// Fees that were paid and not collected yet, in fen.
	#[codec(compact)]
	pub fees: Balance,
	/// Which prices have orders. The engine's tick is one fen, so that a new price step needs no new book.
	pub book: Header,
}

impl MarketRecord {
	/// Count a trade among those of the day and the latest ones.
	pub(crate) fn note_trade(&mut self, trade: Trade) {
		match trade.kind {
			TradeKind::Block => self.today.bar.add_block(trade.price, trade.tonnes),
			TradeKind::Continuous | TradeKind::Auction => {
				self.today.bar.add_listed(trade.price, trade.tonnes);
			}
		}
		if self.recent.is_full() {
			self.recent.remove(0);
		}
		// There is a place now.
		let _ = self.recent.try_push(trade);
	}
}

/// Why an order left the book unfilled, or became smaller without a trade.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum CancelReason {
	/// Its owner cancelled it, or made it smaller.
	#[codec(index = 0)]
	Owner,
	/// Its owner may not trade any more.
	#[codec(index = 1)]
	RightEnded,
	/// The regulator took it out.
	#[codec(index = 2)]
	Forced,
	/// An order of its owner, or of a member of the owner's group, met it, and the two must not trade.
	#[codec(index = 3)]
	SelfTrade,
	/// Its date has come.
	#[codec(index = 4)]
	Expired,
	/// Its owner wanted all its orders out.
	#[codec(index = 5)]
	CancelAll,
	/// Its owner put another one in its place.
	#[codec(index = 6)]
	Replaced,
}

/// What an order, or a part of it, stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct OrderTerms {
	pub asset: AssetId,
	pub side: Side,
	pub price: Price,
	pub tonnes: Tonnes,
	/// What rests of the order beside these tonnes; nothing where they are all of it.
	pub left: Tonnes,
	/// Rate of its fee, in parts per million.
	pub fee_ppm: u16,
}

impl OrderTerms {
	/// Value in fen.
	pub(crate) const fn value(&self) -> Balance {
		self.price.value_of(self.tonnes)
	}

	/// What cash a buy order binds for these tonnes while it rests: their value, and the fee on it. The fee is rounded up for the whole
	/// order, so that what its parts bind adds up to what it binds.
	pub(crate) fn bound(&self) -> Balance {
		// Saturating hides nothing: an order has at most 2^64 tonnes at a price of 24 bits, and what is left binds less than all.
		let all = Tonnes(self.tonnes.0.saturating_add(self.left.0));
		self.bound_for(all).saturating_sub(self.bound_for(self.left))
	}

	fn bound_for(&self, tonnes: Tonnes) -> Balance {
		let value = self.price.value_of(tonnes);
		value.saturating_add(fee_of(value, self.fee_ppm))
	}

	/// What the order binds while it rests.
	pub(crate) fn funds(&self) -> Funds {
		match self.side {
			Side::Buy => Funds::Cash { amount: self.bound() },
			Side::Sell => Funds::Allowances {
				asset: self.asset,
				tonnes: self.tonnes,
			},
		}
	}
}

/// The price that a tick of the engine stands for.
pub(crate) const fn price_of(tick: Tick) -> Price {
	Price(tick as u64)
}

/// A price level of a market.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
pub struct LevelView {
	/// The price, in fen per tonne.
	pub price: Price,
	/// What the orders at this price want together, in tonnes.
	pub tonnes: Tonnes,
	/// How many orders there are.
	pub orders: u32,
}

/// The price levels of a market, best first on both sides.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, PartialEq, TypeInfo)]
pub struct Depth {
	/// Levels of the buyers, highest price first.
	pub bids: Vec<LevelView>,
	/// Levels of the sellers, lowest price first.
	pub asks: Vec<LevelView>,
}

/// The best prices of a market, in fen per tonne.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, PartialEq, TypeInfo)]
pub struct BestPrices {
	/// The highest price that a buyer offers.
	pub bid: Option<Price>,
	/// The lowest price that a seller asks.
	pub ask: Option<Price>,
	/// The price of the latest fill.
	pub last: Option<Price>,
}

/// An order at rest.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
pub struct OrderView<AccountId> {
	/// Whose order it is.
	pub owner: AccountId,
	/// Side that it is on.
	pub side: Side,
	/// Its limit, in fen per tonne.
	pub price: Price,
	/// What is not filled yet, in tonnes.
	pub tonnes: Tonnes,
	/// When it leaves the book, in milliseconds since the Unix epoch; none is never. An order whose date has come does not trade any
	/// more, though it may rest until somebody meets it or the sweep comes by.
	pub expires: Option<Moment>,
}

/// What a participant has on the trading ledger.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, PartialEq, TypeInfo)]
pub struct TradingAccountView {
	/// Settlement tokens that can be spent or withdrawn, in fen.
	pub cash_free: Balance,
	/// Settlement tokens that resting buy orders bind, in fen.
	pub cash_locked: Balance,
	/// Settlement tokens that are bound by agreements outside of the order book, in fen.
	pub cash_pledged: Balance,
	/// Holdings by rising asset number.
	pub positions: Vec<Position>,
	/// Whether and how long the participant may trade, as the market knows it. What has ended is asked anew with the next order;
	/// while it has ended, resting orders do not trade and whoever is admitted may cancel them.
	pub right: TradingRight,
	/// The group that the participant belongs to, as the market knows it.
	pub group: Option<GroupId>,
	/// What its orders are limited to beside the rules of the market, as the market knows it.
	pub limits: TradingLimits,
	/// Whether all its orders are to leave the books and no new ones are accepted.
	pub leaving: bool,
}

/// Rules with a step of one fen and one tonne, for tests and benchmarks.
#[cfg(any(feature = "fuzzing", feature = "runtime-benchmarks", test))]
impl Default for MarketParams {
	fn default() -> Self {
		Self {
			tick: Price(1),
			lot: Tonnes(1),
			order_min: Tonnes(1),
			order_max: Tonnes(100_000),
			orders_max: 100_000,
			price_min: Price(1),
			price_max: Price(16_000),
			band_bps: None,
			resale_next_day: false,
			holding_max: None,
			fees: FeeRates::default(),
		}
	}
}

/// A level as the pallet stores it.
pub type LevelOf<AccountId> = carbon_matching::Level<AccountId, PAGE_SLOTS>;
/// A sealed page as the pallet stores it.
pub type PageOf<AccountId> = carbon_matching::Page<AccountId, PAGE_SLOTS>;

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_market_order_accepts_prices_of_the_band_that_are_no_worse_than_its_own() {
		let today = TradingDay {
			phase: MarketPhase::Continuous,
			bar: Bar::default(),
			reference: Price(100),
			price_min: Price(50),
			price_max: Price(500),
		};
		let limit = |side, price| {
			let order = NewOrder {
				side,
				price: Price(price),
				tonnes: Tonnes(1),
				kind: OrderKind::Market,
				expires: None,
				self_trade: SelfTrade::default(),
				fee_max: None,
				meet_max: None,
			};
			order.limit(Price(5), &today).0
		};
		for (price, worst) in [
			(u64::MAX, 500),
			(500, 500),
			(104, 100),
			(100, 100),
			(51, 50),
			(49, 45),
		] {
			assert_eq!(limit(Side::Buy, price), worst);
		}
		for (price, worst) in [
			(0, 50),
			(50, 50),
			(101, 105),
			(500, 500),
			(501, 505),
			(u64::MAX, u64::MAX),
		] {
			assert_eq!(limit(Side::Sell, price), worst);
		}
	}

	#[test]
	fn the_halt_that_ends_last_counts_and_the_time_matters_only_where_there_is_one() {
		let halts = |own, asset, all| MarketHalts { own, asset, all };
		let never_asked = || unreachable!("no halt was set");
		assert_eq!(halts(0, 0, 0).in_force(never_asked), None);
		for halts in [halts(9, 5, 0), halts(5, 9, 0), halts(0, 5, 9)] {
			assert_eq!(halts.in_force(|| 8), Some(9));
			assert_eq!(halts.in_force(|| 9), None);
		}
	}

	#[test]
	fn a_price_band_lies_around_the_reference_price_within_the_prices_of_the_market() {
		let band = |tick, bps, reference| {
			let params = MarketParams {
				tick: Price(tick),
				price_min: Price(50),
				price_max: Price(500),
				band_bps: Some(bps),
				..Default::default()
			};
			let (lowest, highest) = params.band_around(Price(reference));
			(lowest.0, highest.0)
		};
		for (tick, bps, reference, expected) in [
			(1, 1_000, 100, (90, 110)),
			// 109 × 10 % = 10.9, of which ten are whole ticks.
			(1, 1_000, 109, (99, 119)),
			(5, 1_000, 100, (90, 110)),
			(5, 1_000, 90, (85, 95)),
			// The reference lies off the step, or outside of the prices.
			(5, 1_000, 102, (90, 110)),
			(1, 1_000, 10, (50, 55)),
			(1, 1_000, 9_999, (450, 500)),
			(1, u32::MAX, 100, (50, 500)),
			// A band that is narrower than a step leaves the reference price.
			(25, 1, 100, (100, 100)),
		] {
			assert_eq!(band(tick, bps, reference), expected);
		}
	}
}
