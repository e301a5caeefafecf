//! Placing an order: matching it against the book and resting what is left.

use crate::{
	front::Front, BookStore, Cancelled, Error, Header, Level, LevelKey, OrderId, OrderKind, Page, Reduced,
	Resting, SelfTrade, Serial, Settlement, Side, Tick, Verdict, TICK_MAX,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// An order that comes in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Incoming<Owner> {
	/// Whose order it is.
	pub owner: Owner,
	/// Side that it is on.
	pub side: Side,
	/// Worst price that it accepts, and the price that its remainder rests at. At most [`TICK_MAX`].
	pub tick: Tick,
	/// How much to trade; not zero.
	pub quantity: u64,
	/// When it ends, should it rest, in milliseconds since the Unix epoch; 0 is never.
	pub expires: u64,
	/// What to note on it, should it rest.
	pub tag: u16,
	/// Whether it trades, and what happens to the remainder.
	pub kind: OrderKind,
	/// What happens where it meets an order of its own owner.
	pub self_trade: SelfTrade,
}

impl<Owner: Clone> Incoming<Owner> {
	/// The order with `quantity` left, at rest.
	fn resting(&self, quantity: u64) -> Resting<Owner> {
		Resting {
			owner: self.owner.clone(),
			quantity,
			expires: self.expires,
			tag: self.tag,
		}
	}
}

/// Bounds of one call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limits {
	/// Most orders that the order may meet, whatever becomes of them.
	pub fills_max: u32,
	/// Serial number for the page that resting the order may open. Larger than any given to this book before.
	pub serial: Serial,
}

/// What a resting order trades: with the incoming order, or in a call auction with another resting one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fill<Owner> {
	/// The resting order.
	pub order: OrderId,
	/// Whose order that is.
	pub owner: Owner,
	/// Price of the trade: the one at which the maker's order rested, or that of the auction.
	pub tick: Tick,
	/// Quantity of the trade.
	pub quantity: u64,
	/// What is left of the resting order; at zero it left the book.
	pub remaining: u64,
	/// When that order ends, in milliseconds since the Unix epoch; 0 is never.
	pub expires: u64,
	/// What the owner of the book has noted on it.
	pub tag: u16,
}

impl<Owner: Clone> Fill<Owner> {
	/// Take `quantity`, which is no more than it has, from the resting order `id` in a trade at the price `tick`.
	pub(crate) fn take(id: OrderId, order: &mut Resting<Owner>, tick: Tick, quantity: u64) -> Self {
		order.quantity -= quantity;
		Self {
			order: id,
			owner: order.owner.clone(),
			tick,
			quantity,
			remaining: order.quantity,
			expires: order.expires,
			tag: order.tag,
		}
	}
}

/// Why a remainder was returned to its owner instead of resting.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum ReturnReason {
	/// The order was not to rest.
	#[codec(index = 0)]
	ImmediateOrCancel,
	/// The order met as many others as one call may, and would still cross the book.
	#[codec(index = 1)]
	FillLimit,
	/// The order met one of its own owner, or of somebody who belongs to it, and was to stop there.
	#[codec(index = 2)]
	OwnOrder,
}

/// What became of an order. Its quantity is the sum of what was filled, decremented, returned and rests.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Outcome {
	/// Quantity that traded.
	pub filled: u64,
	/// Orders that it traded with.
	pub fills: u32,
	/// Orders that it met and that left the book without a trade.
	pub withdrawn: u32,
	/// Quantity that it and orders of its own owner lost by each other.
	pub decremented: u64,
	/// All orders that it met, also the one at which it stopped.
	pub met: u32,
	/// The order that rests now, and its quantity.
	pub rested: Option<(OrderId, u64)>,
	/// The quantity that went back to the owner, and why.
	pub returned: Option<(u64, ReturnReason)>,
}

/// Match `incoming` and rest or return what is left. `settlement` says what becomes of the orders that it meets, and settles each
/// trade and takes back what each order held that leaves, in the order of priority. An order of the same owner never trades,
/// whatever `settlement` says.
///
/// # Errors
///
/// [`Error::QuantityZero`], [`Error::TickOutOfRange`], [`Error::WouldTrade`] and [`Error::TooManyPriceLevels`] leave the book as it
/// was; the last one is found before any trade, for an order that may rest. After [`Error::NotFilled`], [`Error::Settlement`] or
/// [`Error::Corrupt`] the caller rolls the store back.
///
/// A post-only order would trade wherever it crosses the book, also where none of the orders that it crosses may trade any more.
pub fn place<const N: u32, S, X>(
	store: &mut S,
	incoming: Incoming<S::Owner>,
	limits: Limits,
	settlement: &mut X,
) -> Result<Outcome, Error<X::Error>>
where
	S: BookStore<N>,
	X: Settlement<S::Owner>,
{
	let mut header = store.header();
	check(&header, &incoming)?;
	let mut walk = Walk {
		store,
		incoming: &incoming,
		remaining: incoming.quantity,
		met_max: limits.fills_max,
		met: 0,
		fills: 0,
		withdrawn: 0,
		decremented: 0,
		stop: None,
		settlement,
	};
	walk.run(&mut header)?;
	let Walk {
		remaining,
		met,
		fills,
		withdrawn,
		decremented,
		stop,
		..
	} = walk;

	let filled = incoming.quantity - remaining - decremented;
	if incoming.kind == OrderKind::FillOrKill && filled < incoming.quantity {
		return Err(Error::NotFilled);
	}
	let mut header_changed = fills > 0 || withdrawn > 0 || decremented > 0;
	let reason = stop.or((!incoming.kind.may_rest()).then_some(ReturnReason::ImmediateOrCancel));
	let (rested, returned) = match reason {
		_ if remaining == 0 => (None, None),
		Some(reason) => (None, Some((remaining, reason))),
		None => {
			let key = LevelKey {
				side: incoming.side,
				tick: incoming.tick,
			};
			let order = incoming.resting(remaining);
			let (id, opened) = rest(store, &mut header, key, order, limits.serial)?;
			header_changed |= opened;
			(Some((id, remaining)), None)
		}
	};
	if header_changed {
		store.put_header(header);
	}
	Ok(Outcome {
		filled,
		fills,
		withdrawn,
		decremented,
		met,
		rested,
		returned,
	})
}

/// Rest `order` at the level `key` without a trade, also where it crosses the book: so a call auction collects orders.
///
/// `serial` is as in [`Limits`].
///
/// # Errors
///
/// [`Error::QuantityZero`], [`Error::TickOutOfRange`] and [`Error::TooManyPriceLevels`] leave the book as it was. After
/// [`Error::Corrupt`] the caller rolls the store back.
pub fn rest_only<const N: u32, S: BookStore<N>>(
	store: &mut S,
	key: LevelKey,
	order: Resting<S::Owner>,
	serial: Serial,
) -> Result<OrderId, Error> {
	let mut header = store.header();
	check_room(&header, key, order.quantity, true)?;
	let (id, opened) = rest(store, &mut header, key, order, serial)?;
	if opened {
		store.put_header(header);
	}
	Ok(id)
}

/// Check what can be known of an order without looking at any other.
fn check<Owner, E>(header: &Header, incoming: &Incoming<Owner>) -> Result<(), Error<E>> {
	let Incoming {
		side,
		tick,
		quantity,
		kind,
		..
	} = *incoming;
	let crosses = header
		.best(side.opposite())
		.is_some_and(|price| side.accepts(tick, price));
	check_room(header, LevelKey { side, tick }, quantity, kind.may_rest())?;
	if kind == OrderKind::PostOnly && crosses {
		return Err(Error::WouldTrade);
	}
	Ok(())
}

/// Check that an order is one and that the book has room for it.
fn check_room<E>(header: &Header, key: LevelKey, quantity: u64, may_rest: bool) -> Result<(), Error<E>> {
	if quantity == 0 {
		return Err(Error::QuantityZero);
	}
	if key.tick > TICK_MAX {
		return Err(Error::TickOutOfRange);
	}
	if may_rest && !header.ladder(key.side).has_room(key.tick) {
		return Err(Error::TooManyPriceLevels);
	}
	Ok(())
}

/// Put `order` at the end of the level `key`. Says whether that opened the level and thereby changed the header.
fn rest<const N: u32, S, E>(
	store: &mut S,
	header: &mut Header,
	key: LevelKey,
	order: Resting<S::Owner>,
	serial: Serial,
) -> Result<(OrderId, bool), Error<E>>
where
	S: BookStore<N>,
{
	let joins = header.ladder(key.side).contains(key.tick);
	let mut level = if joins {
		let mut level = store.level(key).ok_or(Error::Corrupt)?;
		if level.open.is_full() {
			// The caller's numbers rise. Should they ever fall behind, no page is overwritten for it.
			let serial = serial.max(level.open.serial.saturating_add(1));
			seal(store, key, &mut level, serial);
		}
		level
	} else {
		header.insert(key.side, key.tick)?;
		Level {
			first: None,
			open: Page::new(serial, None),
		}
	};
	let slot = level.open.push(order).ok_or(Error::Corrupt)?;
	let id = OrderId::new(key, level.open.serial, slot);
	store.put_level(key, level);
	Ok((id, !joins))
}

/// Move the open page of `level` out into an item of its own and open the page `serial` behind it.
fn seal<const N: u32, S: BookStore<N>>(
	store: &mut S,
	key: LevelKey,
	level: &mut Level<S::Owner, N>,
	serial: Serial,
) {
	let open = Page::new(serial, Some(level.open.serial));
	let mut sealed = core::mem::replace(&mut level.open, open);
	sealed.next = Some(serial);
	level.first.get_or_insert(sealed.serial);
	store.put_page(key, sealed);
}

/// The walk of an incoming order through the other side of the book.
struct Walk<'a, const N: u32, S: BookStore<N>, X> {
	store: &'a mut S,
	incoming: &'a Incoming<S::Owner>,
	remaining: u64,
	met_max: u32,
	met: u32,
	fills: u32,
	withdrawn: u32,
	decremented: u64,
	stop: Option<ReturnReason>,
	settlement: &'a mut X,
}

impl<const N: u32, S, X> Walk<'_, N, S, X>
where
	S: BookStore<N>,
	X: Settlement<S::Owner>,
{
	/// Trade until the order is filled, nothing crosses it or it has to stop.
	fn run(&mut self, header: &mut Header) -> Result<(), Error<X::Error>> {
		let side = self.incoming.side.opposite();
		while self.remaining > 0 && self.stop.is_none() {
			let crossing = header
				.best(side)
				.filter(|price| self.incoming.side.accepts(self.incoming.tick, *price));
			let Some(tick) = crossing else { break };
			if self.has_met_all() {
				self.stop = Some(ReturnReason::FillLimit);
				break;
			}
			self.level(header, LevelKey { side, tick })?;
		}
		Ok(())
	}

	/// Whether as many orders were met as may be.
	fn has_met_all(&self) -> bool {
		self.met >= self.met_max
	}

	/// Whether no further order of this level is to be met.
	fn is_done(&self) -> bool {
		self.remaining == 0 || self.has_met_all() || self.stop.is_some()
	}

	/// Trade with the orders of one level, from the oldest on.
	fn level(&mut self, header: &mut Header, key: LevelKey) -> Result<(), Error<X::Error>> {
		let fills_before = self.fills;
		let mut front = Front::of(self.store, header, key)?;
		while !self.is_done() && !front.is_exhausted() {
			let page = front.page(self.store)?;
			if self.page(key, page)? {
				front.page_changed(self.store, header)?;
			} else if !self.is_done() {
				// A page without an order is not stored.
				return Err(Error::Corrupt);
			}
		}
		front.put(self.store, header);
		if self.fills > fills_before {
			header.last = Some(key.tick);
		}
		Ok(())
	}

	/// Meet the orders of one page, from the oldest on. Says whether the page changed.
	fn page(&mut self, key: LevelKey, page: &mut Page<S::Owner, N>) -> Result<bool, Error<X::Error>> {
		let mut changed = false;
		while !self.is_done() {
			let serial = page.serial;
			let Some((slot, maker)) = page.first_mut() else {
				break;
			};
			// Each order in the book is met once; a book of more than 2^32 orders does not exist.
			self.met = self.met.saturating_add(1);
			let verdict = match self.settlement.verdict(maker).map_err(Error::Settlement)? {
				Verdict::Trade if maker.owner == self.incoming.owner => Verdict::Own,
				verdict => verdict,
			};
			let order = OrderId::new(key, serial, slot);
			match (verdict, self.incoming.self_trade) {
				(Verdict::Trade, _) => self.fill(order, slot, page)?,
				(Verdict::Leave, _) => {
					let cancelled = self.withdraw(key, slot, page)?;
					self.settlement
						.on_withdrawn(order, cancelled)
						.map_err(Error::Settlement)?;
				}
				(Verdict::Own, SelfTrade::Decrement) => self.decrement(key, order, slot, page)?,
				(Verdict::Own, SelfTrade::CancelTaker) => {
					self.stop = Some(ReturnReason::OwnOrder);
					break;
				}
				(Verdict::Own, mode @ (SelfTrade::CancelMaker | SelfTrade::CancelBoth)) => {
					if mode == SelfTrade::CancelBoth {
						self.stop = Some(ReturnReason::OwnOrder);
					}
					let cancelled = self.withdraw(key, slot, page)?;
					self.settlement
						.on_own_withdrawn(order, cancelled)
						.map_err(Error::Settlement)?;
				}
			}
			changed = true;
		}
		Ok(changed)
	}

	/// Trade with the oldest order of `page`.
	fn fill(
		&mut self,
		order: OrderId,
		slot: u8,
		page: &mut Page<S::Owner, N>,
	) -> Result<(), Error<X::Error>> {
		let (_, maker) = page.first_mut().ok_or(Error::Corrupt)?;
		let quantity = maker.quantity.min(self.remaining);
		let fill = Fill::take(order, maker, order.tick(), quantity);
		if fill.remaining == 0 {
			page.remove(slot);
		}
		self.remaining -= quantity;
		self.fills += 1;
		self.settlement.on_fill(fill).map_err(Error::Settlement)
	}

	/// Take the order in `slot` out of `page`.
	fn withdraw(
		&mut self,
		key: LevelKey,
		slot: u8,
		page: &mut Page<S::Owner, N>,
	) -> Result<Cancelled<S::Owner>, Error<X::Error>> {
		let withdrawn = page.remove(slot).ok_or(Error::Corrupt)?;
		self.withdrawn += 1;
		Ok(Cancelled::new(key, withdrawn))
	}

	/// Let the oldest order of `page` and the incoming one lose the same quantity.
	fn decrement(
		&mut self,
		key: LevelKey,
		order: OrderId,
		slot: u8,
		page: &mut Page<S::Owner, N>,
	) -> Result<(), Error<X::Error>> {
		let (_, maker) = page.first_mut().ok_or(Error::Corrupt)?;
		let quantity = maker.quantity.min(self.remaining);
		let reduced = Reduced::take(key, maker, quantity);
		if reduced.remaining == 0 {
			page.remove(slot);
		}
		self.remaining -= quantity;
		self.decremented += quantity;
		self.settlement
			.on_decremented(order, reduced)
			.map_err(Error::Settlement)
	}
}
