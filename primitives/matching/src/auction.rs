//! Call auctions: orders that were collected trade at one price, at which the largest quantity does.
//!
//! While orders are collected with [`rest_only`](crate::rest_only) nothing trades, and the best prices of the book may cross. Then
//! the auction is held in two stages. Each is done in steps that look at a bounded number of pages, and what is carried from one
//! step to the next can be stored.
//!
//! 1. [`search`] walks both sides from the best orders on and pairs them off, until the next two do not cross. Orders that have to
//!    leave do so before they count.
//! 2. [`settle`] pairs them off once more and reports each pair as a trade at the price that was found.
//!
//! # Orders that leave in between
//!
//! From the first step to the last nobody may place an order. But orders may leave or become smaller between two steps, be it that
//! they are cancelled or that they have to leave only after they were counted. Nobody trades beyond its limit or out of turn for it,
//! and no quantity is lost.
//!
//! Where the search cannot find its place any more, it fails with [`BookChanged`](crate::Error::BookChanged) and is to begin again.
//! Otherwise the price may be one to which orders have led that do not trade at it. What crosses trades at it as far as the limits
//! accept it; where orders are left that cross without accepting it, [`settle`] says that the auction is to be held again with them,
//! at another price. Each time that it begins again, an order has left or become smaller since it last did, so that it ends.
//!
//! So whoever may cancel an order after it was counted can move the price without trading at it, and delay everybody. A market that
//! does not want this takes no cancellations from the first step to the last, and asks in all of them for the verdicts of one moment.
//!
//! # The price
//!
//! Candidates are the prices at which orders rest that count, and every price on the price step. The one is chosen at which the
//! largest quantity trades; of several, the one with the least imbalance, which is the difference between what the buyers want and
//! the sellers give there; of several, the one nearest the reference price; of two, the higher one.
//!
//! It takes no totals of price levels to find it. Pairing off the best orders yields the largest quantity, and the limits of the last
//! pair are the ends of the range of prices at which it trades. Of the rest, whose best buyer pays less than its best seller asks,
//! only the best level of each side and the price of the next one can matter.
//!
//! # Owners that meet themselves
//!
//! Where a pair has one owner, or two that belong together, both orders lose what they would have traded with each other, and do
//! not trade. So no other order trades with somebody else, later or less than it would have otherwise, it does not matter which of
//! the two is older, and the book does not cross afterwards. The price is that of the book without these quantities.

mod price;
mod search;
mod settle;

pub use search::{search, Price, Search, Searched};
pub use settle::{settle, End, Settled};
