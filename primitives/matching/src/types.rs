//! Sides, ticks, kinds of orders and what can go wrong.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::convert::Infallible;
use scale_info::TypeInfo;

/// Position on the price ladder: a price in the smallest unit that the book distinguishes.
pub type Tick = u32;

/// Number of a page. It is given once per book and never again, and later pages have larger ones.
pub type Serial = u64;

/// Which side of the book an order is on.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	Hash,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub enum Side {
	/// Wants units and pays money.
	#[codec(index = 0)]
	Buy,
	/// Gives units and gets money.
	#[codec(index = 1)]
	Sell,
}

impl Side {
	/// The side that this one trades with.
	pub const fn opposite(self) -> Self {
		match self {
			Self::Buy => Self::Sell,
			Self::Sell => Self::Buy,
		}
	}

	/// Whether an order of this side with the limit `limit` accepts the price `price`.
	pub const fn accepts(self, limit: Tick, price: Tick) -> bool {
		match self {
			Self::Buy => price <= limit,
			Self::Sell => price >= limit,
		}
	}

	/// Whether on this side `tick` has priority over `other`.
	pub const fn prefers(self, tick: Tick, other: Tick) -> bool {
		match self {
			Self::Buy => tick > other,
			Self::Sell => tick < other,
		}
	}
}

/// What an order wants beside a side, a price and a quantity.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum OrderKind {
	/// Trade what crosses; the remainder rests in the book until it is filled or cancelled.
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
}

impl OrderKind {
	/// Whether a remainder of such an order may rest.
	pub const fn may_rest(self) -> bool {
		matches!(self, Self::GoodTillCancelled | Self::PostOnly)
	}
}

/// What happens where an incoming order meets one of its own owner, or of somebody who belongs to it.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum SelfTrade {
	/// The incoming order stops there, and its remainder is returned.
	#[default]
	#[codec(index = 0)]
	CancelTaker,
	/// The resting order leaves the book, and the incoming one goes on.
	#[codec(index = 1)]
	CancelMaker,
	/// The resting order leaves the book, and the remainder of the incoming one is returned.
	#[codec(index = 2)]
	CancelBoth,
	/// Both lose the smaller of the two quantities without a trade, and what is left of the incoming one goes on.
	#[codec(index = 3)]
	Decrement,
}

/// Names a price level: one tick on one side.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	Hash,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub struct LevelKey {
	/// Side of the orders at this level.
	pub side: Side,
	/// Their price.
	pub tick: Tick,
}

/// Why an operation was refused. `E` is what the caller's settlement can fail with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Error<E = Infallible> {
	/// The tick lies above [`TICK_MAX`](crate::TICK_MAX).
	TickOutOfRange,
	/// An order needs a quantity.
	QuantityZero,
	/// An order that is to be filled whole or not at all cannot be, within its limit and those of the call. It is found while
	/// trading: the caller rolls the store back.
	NotFilled,
	/// An order that is not to trade would cross the book. Place it at a price that lies behind the best one of the other side.
	WouldTrade,
	/// An order is reduced to less than it has. For more, place another one; to take it out, cancel it.
	QuantityNotLower,
	/// The orders of this side are spread over too wide a range of prices for one more, far from all others: over more than
	/// [`SPAN_MAX`](crate::SPAN_MAX) ticks.
	TooManyPriceLevels,
	/// The identifier names no resting order: it never did, or the order was filled or cancelled.
	OrderNotFound,
	/// The order belongs to somebody whose orders the caller may not cancel.
	NotOrderOwner,
	/// An order that a call auction has counted is gone or smaller, so that the search has lost its place. Begin it again, and take no
	/// cancellations meanwhile where that must not happen.
	BookChanged,
	/// The stored parts of the book contradict each other. No sequence of operations leads here.
	Corrupt,
	/// The caller could not settle a fill, or could not take back what an order held.
	Settlement(E),
}

impl<E> Error<E> {
	/// The same refusal for a caller whose settlement fails with something else.
	pub fn map<F>(self, settlement: impl FnOnce(E) -> F) -> Error<F> {
		match self {
			Self::TickOutOfRange => Error::TickOutOfRange,
			Self::QuantityZero => Error::QuantityZero,
			Self::NotFilled => Error::NotFilled,
			Self::WouldTrade => Error::WouldTrade,
			Self::QuantityNotLower => Error::QuantityNotLower,
			Self::TooManyPriceLevels => Error::TooManyPriceLevels,
			Self::OrderNotFound => Error::OrderNotFound,
			Self::NotOrderOwner => Error::NotOrderOwner,
			Self::BookChanged => Error::BookChanged,
			Self::Corrupt => Error::Corrupt,
			Self::Settlement(error) => Error::Settlement(settlement(error)),
		}
	}
}
