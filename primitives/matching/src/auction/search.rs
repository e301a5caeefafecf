//! The first stage of an auction: finding the price.

use super::price::{Limits, Rest, Terms};
use crate::{
	cancel::{put_open, put_sealed},
	sweep::withdraw,
	BookStore, Clearing, Error, LevelKey, Resting, Serial, Side, Tick,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// How far the search for the price of an auction has come.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Search {
	terms: Terms,
	bids: Cursor,
	asks: Cursor,
	/// What the pairs trade so far.
	#[codec(compact)]
	volume: u128,
	/// The limits of the last pair that trades.
	limits: Option<Limits>,
	/// The best levels of what finds no pair, once all pairs are found.
	rest: Option<(Option<Rest>, Option<Rest>)>,
}

impl Search {
	/// A search that has not begun. The price is to be near `reference` and a multiple of `step`, where other rules leave a choice;
	/// a step of zero is one of one.
	pub const fn new(reference: Tick, step: Tick) -> Self {
		Self {
			terms: Terms { reference, step },
			bids: Cursor::Best,
			asks: Cursor::Best,
			volume: 0,
			limits: None,
			rest: None,
		}
	}
}

/// What one step of the search has come to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Searched {
	/// It is to go on.
	Paused(Search),
	/// It is over.
	Found(Price),
}

/// The price of an auction.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Price {
	/// The price; none where nothing trades.
	pub tick: Option<Tick>,
	/// What trades at it.
	#[codec(compact)]
	pub volume: u128,
}

/// Where the search stands on one side.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
enum Cursor {
	/// Before the best level.
	#[codec(index = 0)]
	Best,
	/// Behind the level at this price.
	#[codec(index = 1)]
	Behind(#[codec(compact)] Tick),
	/// At an order, or at the first one that follows it on its page.
	#[codec(index = 2)]
	At(Place),
}

/// Where an order is.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
struct Place {
	#[codec(compact)]
	tick: Tick,
	page: Serial,
	slot: u8,
	/// What of the order has a pair.
	#[codec(compact)]
	used: u64,
}

/// Go on with `search`, over at most `pages_max` pages of orders, but at least one of each side: fewer would not get on.
///
/// Orders for which `clearing` says [`Verdict::Leave`](crate::Verdict::Leave) leave the book. Beside each page it reads the header and
/// the level, and where orders leave, at most two pages more.
///
/// # Errors
///
/// After each error the caller rolls the store back. After [`Error::BookChanged`] it begins again; should that happen though nobody
/// else can have changed the book, the book is corrupt.
pub fn search<const N: u32, S, X>(
	store: &mut S,
	search: Search,
	pages_max: u32,
	clearing: &mut X,
) -> Result<Searched, Error<X::Error>>
where
	S: BookStore<N>,
	X: Clearing<S::Owner>,
{
	Run {
		store,
		clearing,
		search,
		pages: pages_max.max(2),
		bids: Queue::default(),
		asks: Queue::default(),
	}
	.run()
}

/// The orders of the page in hand that are not counted yet, the newest first, and where to go on behind them.
struct Queue<Owner> {
	orders: Vec<(u8, Resting<Owner>)>,
	behind: Cursor,
}

impl<Owner> Default for Queue<Owner> {
	fn default() -> Self {
		Self {
			orders: Vec::new(),
			behind: Cursor::Best,
		}
	}
}

/// What comes next on one side.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Next {
	/// An order with this limit is in hand.
	Order(Tick),
	/// No order is left.
	End,
	/// As many pages were looked at as may be.
	Paused,
}

impl Next {
	fn tick(self) -> Option<Tick> {
		match self {
			Self::Order(tick) => Some(tick),
			Self::End | Self::Paused => None,
		}
	}
}

/// One step of the search.
struct Run<'a, const N: u32, S: BookStore<N>, X> {
	store: &'a mut S,
	clearing: &'a mut X,
	search: Search,
	pages: u32,
	bids: Queue<S::Owner>,
	asks: Queue<S::Owner>,
}

impl<const N: u32, S, X> Run<'_, N, S, X>
where
	S: BookStore<N>,
	X: Clearing<S::Owner>,
{
	fn run(mut self) -> Result<Searched, Error<X::Error>> {
		if self.search.rest.is_none() && !self.pair()? {
			return Ok(Searched::Paused(self.search));
		}
		let Search {
			terms, limits, rest, ..
		} = self.search;
		let (Some(limits), Some((bids, asks))) = (limits, rest) else {
			return Ok(self.found(None));
		};
		if let Some(tick) = terms.balanced(limits, bids, asks) {
			return Ok(self.found(Some(tick)));
		}
		let mut rest = (bids, asks);
		let is_counted =
			self.count(Side::Buy, limits, &mut rest.0)? && self.count(Side::Sell, limits, &mut rest.1)?;
		self.search.rest = Some(rest);
		if !is_counted {
			return Ok(Searched::Paused(self.search));
		}
		// Whatever trades, its limits are candidates, of which at least one lies in one of the ranges.
		let tick = terms.imbalanced(limits, rest.0, rest.1).ok_or(Error::Corrupt)?;
		Ok(self.found(Some(tick)))
	}

	fn found(&self, tick: Option<Tick>) -> Searched {
		Searched::Found(Price {
			tick,
			volume: self.search.volume,
		})
	}

	/// Pair off what crosses. Says whether all of it is.
	fn pair(&mut self) -> Result<bool, Error<X::Error>> {
		loop {
			let (bid, ask) = (self.next(Side::Buy)?, self.next(Side::Sell)?);
			if bid == Next::Paused || ask == Next::Paused {
				return Ok(false);
			}
			let crossing = bid.tick().zip(ask.tick()).filter(|(buy, sell)| buy >= sell);
			let Some((buy, sell)) = crossing else {
				self.search.rest = Some((bid.tick().map(Rest::at), ask.tick().map(Rest::at)));
				return Ok(true);
			};
			let quantity = self.left(Side::Buy)?.min(self.left(Side::Sell)?);
			if !self.are_one()? {
				// Quantities have 64 bits, and there are fewer than 2^64 orders.
				self.search.volume += u128::from(quantity);
				self.search.limits = Some(Limits { buy, sell });
			}
			self.advance(Side::Buy, quantity)?;
			self.advance(Side::Sell, quantity)?;
		}
	}

	/// Whether the two orders in hand must not trade with each other.
	fn are_one(&mut self) -> Result<bool, Error<X::Error>> {
		let (_, buy) = self.bids.orders.last().ok_or(Error::Corrupt)?;
		let (_, sell) = self.asks.orders.last().ok_or(Error::Corrupt)?;
		are_one(self.clearing, buy, sell)
	}

	/// Count the best level of those orders of `side` that have no pair, where its price is one at which the largest quantity
	/// trades. Says whether that is done.
	fn count(
		&mut self,
		side: Side,
		limits: Limits,
		rest: &mut Option<Rest>,
	) -> Result<bool, Error<X::Error>> {
		let range = limits.sell..=limits.buy;
		let Some(rest) = rest
			.as_mut()
			.filter(|rest| !rest.counted && range.contains(&rest.tick))
		else {
			return Ok(true);
		};
		loop {
			match self.next(side)? {
				Next::Paused => return Ok(false),
				Next::Order(tick) if tick == rest.tick => {
					let left = self.left(side)?;
					rest.quantity += u128::from(left);
					self.advance(side, left)?;
				}
				next => {
					rest.next = next.tick();
					rest.counted = true;
					return Ok(true);
				}
			}
		}
	}

	/// Find the next order of `side` that counts.
	fn next(&mut self, side: Side) -> Result<Next, Error<X::Error>> {
		loop {
			if let (Cursor::At(place), false) = (self.cursor(side), self.queue(side).orders.is_empty()) {
				return Ok(Next::Order(place.tick));
			}
			let header = self.store.header();
			let tick = match self.cursor(side) {
				Cursor::Best => header.best(side),
				Cursor::Behind(tick) => header.next(side, tick),
				Cursor::At(place) => Some(place.tick),
			};
			let Some(tick) = tick else {
				return Ok(Next::End);
			};
			let Some(pages) = self.pages.checked_sub(1) else {
				return Ok(Next::Paused);
			};
			self.pages = pages;
			self.load(LevelKey { side, tick })?;
		}
	}

	/// Read the page where the search stands on the level `key`, or the first one of it, and take out what has to leave.
	fn load(&mut self, key: LevelKey) -> Result<(), Error<X::Error>> {
		let cursor = self.cursor(key.side);
		let mut level = self.store.level(key).ok_or(match cursor {
			Cursor::At(_) => Error::BookChanged,
			Cursor::Best | Cursor::Behind(_) => Error::Corrupt,
		})?;
		let Place { page, slot, used, .. } = match cursor {
			Cursor::At(place) => place,
			Cursor::Best | Cursor::Behind(_) => Place::at(key.tick, level.first.unwrap_or(level.open.serial)),
		};
		let mut sealed = if page == level.open.serial {
			None
		} else {
			Some(self.store.page(key, page).ok_or(Error::BookChanged)?)
		};
		let page = sealed.as_mut().unwrap_or(&mut level.open);
		// An order of which a part has a pair has been asked for, and is there.
		let is_there = page.get(slot).is_some_and(|order| order.quantity > used);
		if used > 0 && !is_there {
			return Err(Error::BookChanged);
		}
		let changed = withdraw(key, page, slot + u8::from(used > 0), self.clearing)?;
		let mut orders: Vec<_> = page
			.iter()
			.filter(|(at, _)| *at >= slot)
			.map(|(at, order)| (at, order.clone()))
			.collect();
		orders.reverse();
		let behind = match page.next {
			Some(next) => Cursor::At(Place::at(key.tick, next)),
			None => Cursor::Behind(key.tick),
		};
		let at = orders.last().map(|(slot, _)| Place {
			tick: key.tick,
			page: page.serial,
			slot: *slot,
			used,
		});
		*self.queue_mut(key.side) = Queue { orders, behind };
		*self.cursor_mut(key.side) = at.map_or(behind, Cursor::At);
		match sealed {
			_ if !changed => Ok(()),
			Some(page) => put_sealed(self.store, key, level, page),
			None => put_open(self.store, key, level),
		}
	}

	/// What of the order in hand has no pair yet; more than nothing.
	fn left(&mut self, side: Side) -> Result<u64, Error<X::Error>> {
		let Cursor::At(place) = self.cursor(side) else {
			return Err(Error::Corrupt);
		};
		let (_, order) = self.queue(side).orders.last().ok_or(Error::Corrupt)?;
		order.quantity.checked_sub(place.used).ok_or(Error::Corrupt)
	}

	/// Count `quantity`, which is no more than is left, of the order in hand.
	fn advance(&mut self, side: Side, quantity: u64) -> Result<(), Error<X::Error>> {
		let left = self.left(side)?;
		let (Cursor::At(mut place), queue) = (self.cursor(side), self.queue_mut(side)) else {
			return Err(Error::Corrupt);
		};
		place.used += quantity;
		let mut cursor = Cursor::At(place);
		if quantity == left {
			queue.orders.pop();
			cursor = match queue.orders.last() {
				Some((slot, _)) => Cursor::At(Place {
					slot: *slot,
					used: 0,
					..place
				}),
				None => queue.behind,
			};
		}
		*self.cursor_mut(side) = cursor;
		Ok(())
	}

	fn cursor(&self, side: Side) -> Cursor {
		match side {
			Side::Buy => self.search.bids,
			Side::Sell => self.search.asks,
		}
	}

	fn cursor_mut(&mut self, side: Side) -> &mut Cursor {
		match side {
			Side::Buy => &mut self.search.bids,
			Side::Sell => &mut self.search.asks,
		}
	}

	fn queue(&self, side: Side) -> &Queue<S::Owner> {
		match side {
			Side::Buy => &self.bids,
			Side::Sell => &self.asks,
		}
	}

	fn queue_mut(&mut self, side: Side) -> &mut Queue<S::Owner> {
		match side {
			Side::Buy => &mut self.bids,
			Side::Sell => &mut self.asks,
		}
	}
}

impl Place {
	/// The beginning of a page.
	const fn at(tick: Tick, page: Serial) -> Self {
		Self {
			tick,
			page,
			slot: 0,
			used: 0,
		}
	}
}

/// Whether a buy and a sell order must not trade with each other.
pub(super) fn are_one<Owner: Eq, X: Clearing<Owner>>(
	clearing: &mut X,
	buy: &Resting<Owner>,
	sell: &Resting<Owner>,
) -> Result<bool, Error<X::Error>> {
	if buy.owner == sell.owner {
		return Ok(true);
	}
	clearing.are_one(buy, sell).map_err(Error::Settlement)
}
