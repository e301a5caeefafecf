//! Matching engine of the order book: price-time priority over paged first-in-first-out levels.
//!
//! The engine is plain Rust. It knows sides, ticks, quantities and owners, but neither money nor accounts nor the
//! storage below: whoever uses it implements [`BookStore`] for the storage, and [`Settlement`], which says whose orders may trade
//! and settles each [`Fill`] as it is reported.
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
//! | match one maker | header, level or page | header, level or page |
//! | each further maker on the same page | – | – |
//! | sweep a page | level, page | page |
//!
//! A page that becomes full or empty costs two to three items more, once in as many orders as a page holds.
//!
//! # What the engine promises
//!
//! - The best price trades first, and at one price the order that came first; a taker trades at the resting price.
//! - After each call the best bid is below the best ask: what would still cross is returned to its owner.
//! - Owners do not trade with themselves: a taker that meets an order of its own stops there.
//! - An order whose owner may not trade never does: matching takes it out of the book and goes on. It counts as one that was met.
//! - A sweep of a level comes to an end whatever others do to the level meanwhile, and passes over no order that rests all the time.
//! - An order that is refused leaves the book as it was. Only when the settlement fails may the store have been changed in
//!   part: run [`place`] and [`sweep`] where the store can be rolled back.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod cancel;
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

pub use cancel::{cancel, Cancelled};
pub use header::{Header, Ladder, Word, SPAN_MAX, TICK_MAX, WORDS_MAX};
pub use level::{Level, Page, Resting, PAGE_SLOTS_MAX};
pub use order_id::OrderId;
pub use place::{place, Fill, Incoming, Limits, Outcome, ReturnReason};
pub use query::{depth, order, verify, LevelTotal, OrderView, Totals};
pub use settlement::{Rights, Settlement};
pub use store::BookStore;
pub use sweep::{pass_over, sweep, Passed, Step, Walk};
pub use types::{Error, LevelKey, Serial, Side, Tick, TimeInForce};
