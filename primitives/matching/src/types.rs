//! Sides, ticks, times in force and what can go wrong.

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

/// How long what is not filled at once stays in the book.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum TimeInForce {
	/// The remainder rests in the book until it is filled or cancelled.
	#[codec(index = 0)]
	GoodTillCancelled,
	/// The remainder is returned at once.
	#[codec(index = 1)]
	ImmediateOrCancel,
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
	/// The orders of this side are spread over too wide a range of prices for one more, far from all others: over more than
	/// [`SPAN_MAX`](crate::SPAN_MAX) ticks.
	TooManyPriceLevels,
	/// The identifier names no resting order: it never did, or the order was filled or cancelled.
	OrderNotFound,
	/// The order belongs to somebody whose orders the caller may not cancel.
	NotOrderOwner,
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
			Self::TooManyPriceLevels => Error::TooManyPriceLevels,
			Self::OrderNotFound => Error::OrderNotFound,
			Self::NotOrderOwner => Error::NotOrderOwner,
			Self::Corrupt => Error::Corrupt,
			Self::Settlement(error) => Error::Settlement(settlement(error)),
		}
	}
}
