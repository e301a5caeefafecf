//! The second stage of an auction: trading at the price that was found.

use super::search::are_one;
use crate::{
	front::Front, BookStore, Cancelled, Clearing, Error, Fill, Header, LevelKey, OrderId, Reduced, Side,
	Tick, Verdict,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What one step of settling an auction has done.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Settled {
	/// Trades.
	pub matches: u32,
	/// What they traded together.
	pub volume: u128,
	/// Pairs of orders that lost a quantity by each other, since they have one owner.
	pub own_pairs: u32,
	/// Orders that left the book without a trade.
	pub withdrawn: u32,
	/// Whether and how it is over; none where it is to go on.
	pub end: Option<End>,
}

/// How the settling of an auction ends.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum End {
	/// The best bid is below the best ask.
	#[codec(index = 0)]
	Uncrossed,
	/// The best orders still cross, but do not accept this price, since others left the book after they were counted: search again.
	#[codec(index = 1)]
	Again,
}

/// Settle the auction at `price`, the one that was found, over at most `pages_max` pages of orders, but at least one of each side. What
/// is settled is off the book, so that the next step begins at what is left.
///
/// Beside each page it reads and writes the header and the level.
///
/// # Errors
///
/// After each error the caller rolls the store back. None of them comes of orders that have left since the price was found.
pub fn settle<const N: u32, S, X>(
	store: &mut S,
	price: Option<Tick>,
	pages_max: u32,
	clearing: &mut X,
) -> Result<Settled, Error<X::Error>>
where
	S: BookStore<N>,
	X: Clearing<S::Owner>,
{
	let mut run = Run {
		header: store.header(),
		store,
		clearing,
		price,
		pages: pages_max.max(2),
		buy: Hand::empty(),
		sell: Hand::empty(),
		settled: Settled::default(),
	};
	run.settled.end = run.trade_all()?;
	let Run {
		store,
		mut header,
		buy,
		sell,
		settled,
		..
	} = run;
	for hand in [buy, sell] {
		if let Some(front) = hand.front {
			front.put(store, &mut header);
		}
	}
	if settled.matches > 0 || settled.own_pairs > 0 || settled.withdrawn > 0 {
		store.put_header(header);
	}
	Ok(settled)
}

/// What is in hand of one side.
struct Hand<Owner, const N: u32> {
	/// The best level.
	front: Option<Front<Owner, N>>,
	/// Whether its oldest page is in hand.
	has_page: bool,
	/// Whether the oldest order was asked for, and may trade.
	may_trade: bool,
}

impl<Owner, const N: u32> Hand<Owner, N> {
	const fn empty() -> Self {
		Self {
			front: None,
			has_page: false,
			may_trade: false,
		}
	}
}

/// What comes next on one side.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Next {
	/// An order that may trade is in hand.
	Order,
	/// The best level has changed: look again.
	Moved,
	/// As many pages were looked at as may be.
	Paused,
}

/// One step of settling.
struct Run<'a, const N: u32, S: BookStore<N>, X> {
	store: &'a mut S,
	clearing: &'a mut X,
	header: Header,
	price: Option<Tick>,
	pages: u32,
	buy: Hand<S::Owner, N>,
	sell: Hand<S::Owner, N>,
	settled: Settled,
}

impl<const N: u32, S, X> Run<'_, N, S, X>
where
	S: BookStore<N>,
	X: Clearing<S::Owner>,
{
	/// Trade until nothing crosses, the price does not do or enough pages were looked at.
	fn trade_all(&mut self) -> Result<Option<End>, Error<X::Error>> {
		while self.header.is_crossed() {
			let next = (self.next(Side::Buy)?, self.next(Side::Sell)?);
			if next.0 == Next::Paused || next.1 == Next::Paused {
				return Ok(None);
			}
			if next == (Next::Order, Next::Order) && !self.trade()? {
				return Ok(Some(End::Again));
			}
		}
		Ok(Some(End::Uncrossed))
	}

	/// Find the oldest order of the best level of `side` that may trade.
	fn next(&mut self, side: Side) -> Result<Next, Error<X::Error>> {
		let hand = match side {
			Side::Buy => &mut self.buy,
			Side::Sell => &mut self.sell,
		};
		let Some(front) = hand.front.take_if(|front| front.is_exhausted()) else {
			return self.next_of_level(side);
		};
		front.put(self.store, &mut self.header);
		hand.has_page = false;
		Ok(Next::Moved)
	}

	/// Find the oldest order of the level in hand, or of the best one of `side`.
	fn next_of_level(&mut self, side: Side) -> Result<Next, Error<X::Error>> {
		let hand = match side {
			Side::Buy => &mut self.buy,
			Side::Sell => &mut self.sell,
		};
		if !hand.has_page {
			let Some(pages) = self.pages.checked_sub(1) else {
				return Ok(Next::Paused);
			};
			self.pages = pages;
			hand.has_page = true;
		}
		let front = match &mut hand.front {
			Some(front) => front,
			None => {
				let tick = self.header.best(side).ok_or(Error::Corrupt)?;
				hand.front
					.insert(Front::of(self.store, &self.header, LevelKey { side, tick })?)
			}
		};
		if hand.may_trade {
			return Ok(Next::Order);
		}
		let key = front.key();
		let page = front.page(self.store)?;
		let serial = page.serial;
		let (slot, order) = page.first_mut().ok_or(Error::Corrupt)?;
		if self.clearing.verdict(order).map_err(Error::Settlement)? != Verdict::Leave {
			hand.may_trade = true;
			return Ok(Next::Order);
		}
		let cancelled = Cancelled::new(key, page.remove(slot).ok_or(Error::Corrupt)?);
		self.settled.withdrawn += 1;
		self.clearing
			.on_withdrawn(OrderId::new(key, serial, slot), cancelled)
			.map_err(Error::Settlement)?;
		hand.has_page = front.page_changed(self.store, &mut self.header)?;
		Ok(Next::Moved)
	}

	/// Pair off the two orders in hand. Says whether the price does.
	fn trade(&mut self) -> Result<bool, Error<X::Error>> {
		let (Some(buys), Some(sells)) = (&mut self.buy.front, &mut self.sell.front) else {
			return Err(Error::Corrupt);
		};
		let (buy_key, sell_key) = (buys.key(), sells.key());
		let (buy_page, sell_page) = (buys.page(self.store)?, sells.page(self.store)?);
		let (buy_serial, sell_serial) = (buy_page.serial, sell_page.serial);
		let (buy_slot, buy) = buy_page.first_mut().ok_or(Error::Corrupt)?;
		let (sell_slot, sell) = sell_page.first_mut().ok_or(Error::Corrupt)?;
		let buy_id = OrderId::new(buy_key, buy_serial, buy_slot);
		let sell_id = OrderId::new(sell_key, sell_serial, sell_slot);
		let quantity = buy.quantity.min(sell.quantity);
		if are_one(self.clearing, buy, sell)? {
			self.settled.own_pairs += 1;
			self.clearing.on_own_pair(
				(buy_id, Reduced::take(buy_key, buy, quantity)),
				(sell_id, Reduced::take(sell_key, sell, quantity)),
			)
		} else {
			let accepted = sell_key.tick..=buy_key.tick;
			let Some(price) = self.price.filter(|price| accepted.contains(price)) else {
				return Ok(false);
			};
			self.settled.matches += 1;
			// Quantities have 64 bits, and there are fewer than 2^64 orders.
			self.settled.volume += u128::from(quantity);
			self.header.last = Some(price);
			self.clearing.on_match(
				Fill::take(buy_id, buy, price, quantity),
				Fill::take(sell_id, sell, price, quantity),
			)
		}
		.map_err(Error::Settlement)?;
		self.buy.may_trade = buy.quantity > 0;
		if !self.buy.may_trade {
			buy_page.remove(buy_slot);
		}
		self.sell.may_trade = sell.quantity > 0;
		if !self.sell.may_trade {
			sell_page.remove(sell_slot);
		}
		self.buy.has_page = buys.page_changed(self.store, &mut self.header)?;
		self.sell.has_page = sells.page_changed(self.store, &mut self.header)?;
		Ok(true)
	}
}
