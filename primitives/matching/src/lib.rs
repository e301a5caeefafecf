//! Matching engine of the order book: price-time priority over paged first-in-first-out levels.
//!
//! The engine is plain Rust. It knows sides, ticks, quantities and owners, but neither money nor accounts nor the
//! storage below: whoever uses it implements [`BookStore`] for the storage, and [`Settlement`], which says what becomes of each
//! order that is met and settles each [`Fill`] as it is reported. It does not know the time nor who belongs together either: when an
//! order expires is a number that it hands back, and the [`Verdict`] on an order is its user's.
//!
//! # How a book is laid out
//!
//! What an operation costs is the number of stored items that it touches, so the book is cut into items such that the
//! common operations touch few, however many orders and price levels there are.
//!
//! - One [`Header`] per book: for each side a sparse bitmap of the ticks at which orders rest. The best price is the
//!   first or the last set bit; a new price level is one more bit.
//! - One [`Level`] per non-empty tick, found by side and tick. It carries the level's *open* page, the one that new
//!   orders join, so that joining a level needs no pointer to its end.
//! - [`Page`]s that are full are *sealed*: they move out of the level into items of their own, linked in the order of
//!   time. Matching starts at the oldest.
//! - An [`OrderId`] packs the side, the tick, the serial number of the page and the slot in it: finding an order needs
//!   no index. A cancelled slot is never used again, and neither is a serial number, so that an identifier names one
//!   order for ever.
//!
//! | operation | items read | items written |
//! |---|---|---|
//! | join a level | header, level | level |
//! | open a level | header | header, level |
//! | cancel an order of the open page | level | level |
//! | cancel an order of a sealed page | level, page | page |
//! | reduce an order of the open page | level | level |
//! | reduce an order of a sealed page | level, page | page |
//! | match one maker | header, level or page | header, level or page |
//! | each further maker on the same page | – | – |
//! | sweep a page | level, page | page |
//! | count a page for an auction | header, level, page | – |
//! | settle the orders of a page in an auction | header, level, page | header, page |
//!
//! A page that becomes full or empty costs two to three items more, once in as many orders as a page holds.
//!
//! # What the engine promises
//!
//! - The best price trades first, and at one price the order that came first; a taker trades at the resting price.
//! - After each call the best bid is below the best ask: what would still cross is returned to its owner. Only while a call auction
//!   collects orders, by [`rest_only`], and until [`settle`] is done with them, they may cross.
//! - Owners do not trade with themselves, nor with those whom the settlement takes for the same: [`SelfTrade`] says which of the two
//!   orders gives way.
//! - An order that has to leave never trades: matching takes it out of the book and goes on. It counts as one that was met.
//! - A sweep of a level comes to an end whatever others do to the level meanwhile, and passes over no order that rests all the time.
//! - A call auction trades the largest quantity that one price allows, by priority, where no order leaves the book while it is held. In
//!   any case nobody trades beyond its limit, and at the end no orders cross.
//! - An order that is refused leaves the book as it was. Only when an order cannot be filled whole that is to be, orders that an auction
//!   has counted are gone, or the settlement fails, may the store have been changed in part: run [`place`], [`sweep`], [`search`] and
//!   [`settle`] where the store can be rolled back.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod auction;
mod cancel;
mod front;
mod header;
mod level;
#[cfg(feature = "std")]
pub mod memory;
mod order_id;
mod place;
mod query;
mod settlement;
mod store;
mod sweep;
mod types;

pub use auction::{search, settle, End, Price, Search, Searched, Settled};
pub use cancel::{cancel, reduce, Cancelled, Reduced};
pub use header::{Header, Ladder, Word, SPAN_MAX, TICK_MAX, WORDS_MAX};
pub use level::{Level, Page, Resting, PAGE_SLOTS_MAX};
pub use order_id::OrderId;
pub use place::{place, rest_only, Fill, Incoming, Limits, Outcome, ReturnReason};
pub use query::{depth, order, verify, verify_parts, LevelTotal, OrderView, Totals};
pub use settlement::{Clearing, Rights, Settlement, Verdict};
pub use store::BookStore;
pub use sweep::{pass_over, sweep, Passed, Step, Walk};
pub use types::{Error, LevelKey, OrderKind, SelfTrade, Serial, Side, Tick};
