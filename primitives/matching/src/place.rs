//! Placing an order: matching it against the book and resting what is left.

use crate::{
	BookStore, Cancelled, Error, Header, Level, LevelKey, OrderId, Page, Resting, Serial, Settlement, Side,
	Tick, TimeInForce, TICK_MAX,
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
	/// What happens to the remainder.
	pub time_in_force: TimeInForce,
}

/// Bounds of one call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limits {
	/// Most orders that the order may meet: those that it trades with and those that leave the book on its way.
	pub fills_max: u32,
	/// Serial number for the page that resting the order may open. Larger than any given to this book before.
	pub serial: Serial,
}

/// A trade between the incoming order and one resting order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fill<Owner> {
	/// The resting order.
	pub order: OrderId,
	/// Whose order that is.
	pub owner: Owner,
	/// Price of the trade: the one at which the maker's order rested.
	pub tick: Tick,
	/// Quantity of the trade.
	pub quantity: u64,
	/// What is left of the maker's order; at zero it left the book.
	pub remaining: u64,
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
	/// The next order to trade with has the same owner.
	#[codec(index = 2)]
	OwnOrder,
}

/// What became of an order.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Outcome {
	/// Quantity that traded.
	pub filled: u64,
	/// Orders that it traded with.
	pub fills: u32,
	/// Orders that it met and that left the book, because their owners may not trade.
	pub withdrawn: u32,
	/// The order that rests now, and its quantity.
	pub rested: Option<(OrderId, u64)>,
	/// The quantity that went back to the owner, and why.
	pub returned: Option<(u64, ReturnReason)>,
}

/// Match `incoming` and rest or return what is left. `settlement` says whose orders may trade, and settles each trade and each
/// order that leaves for want of a right, in the order of priority.
///
/// # Errors
///
/// [`Error::QuantityZero`], [`Error::TickOutOfRange`] and [`Error::TooManyPriceLevels`] leave the book as it was; the last one
/// is found before any trade, for an order that may rest. After [`Error::Settlement`] or [`Error::Corrupt`] the caller rolls the
/// store back.
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
	if incoming.quantity == 0 {
		return Err(Error::QuantityZero);
	}
	if incoming.tick > TICK_MAX {
		return Err(Error::TickOutOfRange);
	}
	let mut header = store.header();
	let may_rest = incoming.time_in_force == TimeInForce::GoodTillCancelled;
	if may_rest && !header.ladder(incoming.side).has_room(incoming.tick) {
		return Err(Error::TooManyPriceLevels);
	}

	let mut walk = Walk {
		store,
		incoming: &incoming,
		remaining: incoming.quantity,
		fills: 0,
		withdrawn: 0,
		met_max: limits.fills_max,
		stop: None,
		settlement,
	};
	walk.run(&mut header)?;
	let Walk {
		remaining,
		fills,
		withdrawn,
		stop,
		..
	} = walk;

	let mut header_changed = fills > 0 || withdrawn > 0;
	let reason = stop.or((!may_rest).then_some(ReturnReason::ImmediateOrCancel));
	let (rested, returned) = match reason {
		_ if remaining == 0 => (None, None),
		Some(reason) => (None, Some((remaining, reason))),
		None => {
			let Incoming {
				owner, side, tick, ..
			} = incoming.clone();
			let order = Resting {
				owner,
				quantity: remaining,
			};
			let (id, opened) = rest(store, &mut header, LevelKey { side, tick }, order, limits.serial)?;
			header_changed |= opened;
			(Some((id, remaining)), None)
		}
	};
	if header_changed {
		store.put_header(header);
	}
	Ok(Outcome {
		filled: incoming.quantity - remaining,
		fills,
		withdrawn,
		rested,
		returned,
	})
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
	fills: u32,
	withdrawn: u32,
	met_max: u32,
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
		// Each order in the book is met once; a book of more than 2^32 orders does not exist.
		self.fills.saturating_add(self.withdrawn) >= self.met_max
	}

	/// Whether no further order of this level is to be met.
	fn is_done(&self) -> bool {
		self.remaining == 0 || self.has_met_all() || self.stop.is_some()
	}

	/// Trade with the orders of one level, from the oldest on.
	fn level(&mut self, header: &mut Header, key: LevelKey) -> Result<(), Error<X::Error>> {
		let fills_before = self.fills;
		let (mut level, mut sealed) = self.front(header, key)?;
		let mut level_changed = false;

		while let Some(mut page) = sealed.take() {
			let serial = page.serial;
			let changed = self.page(key, &mut page)?;
			if !page.is_empty() {
				if changed {
					self.store.put_page(key, page);
				}
				header.ladder_mut(key.side).head = Some(serial);
				break;
			}
			self.store.remove_page(key, serial);
			let next = page.next.ok_or(Error::Corrupt)?;
			let level = self.loaded(&mut level, key)?;
			level_changed = true;
			if next == level.open.serial {
				level.first = None;
				level.open.prev = None;
				header.ladder_mut(key.side).head = None;
				break;
			}
			level.first = Some(next);
			header.ladder_mut(key.side).head = Some(next);
			if self.is_done() {
				break;
			}
			sealed = Some(self.store.page(key, next).ok_or(Error::Corrupt)?);
		}

		if let Some(mut level) = level {
			// The orders of the open page come after those of all sealed ones, so that the walk gets here only past those.
			if !self.is_done() {
				level_changed |= self.page(key, &mut level.open)?;
			}
			if level.open.is_empty() {
				self.store.remove_level(key);
				header.remove(key.side, key.tick);
			} else if level_changed {
				self.store.put_level(key, level);
			}
		}
		if self.fills > fills_before {
			header.last = Some(key.tick);
		}
		Ok(())
	}

	/// Where the oldest orders of the level lie: the level, where it had to be read, and the sealed page, if it is one.
	#[allow(clippy::type_complexity)]
	fn front(
		&mut self,
		header: &Header,
		key: LevelKey,
	) -> Result<(Option<Level<S::Owner, N>>, Option<Page<S::Owner, N>>), Error<X::Error>> {
		let hinted = header
			.ladder(key.side)
			.head
			.and_then(|serial| self.store.page(key, serial));
		if hinted.is_some() {
			return Ok((None, hinted));
		}
		let level = self.store.level(key).ok_or(Error::Corrupt)?;
		let sealed = match level.first {
			Some(first) => Some(self.store.page(key, first).ok_or(Error::Corrupt)?),
			None => None,
		};
		Ok((Some(level), sealed))
	}

	/// The level, read now if it has not been read yet.
	fn loaded<'l>(
		&mut self,
		level: &'l mut Option<Level<S::Owner, N>>,
		key: LevelKey,
	) -> Result<&'l mut Level<S::Owner, N>, Error<X::Error>> {
		if level.is_none() {
			*level = self.store.level(key);
		}
		level.as_mut().ok_or(Error::Corrupt)
	}

	/// Trade with the orders of one page, from the oldest on, and take out those whose owners may not trade. Says whether the
	/// page changed.
	fn page(&mut self, key: LevelKey, page: &mut Page<S::Owner, N>) -> Result<bool, Error<X::Error>> {
		let mut changed = false;
		while !self.is_done() {
			let serial = page.serial;
			let Some((slot, maker)) = page.first_mut() else {
				break;
			};
			if maker.owner == self.incoming.owner {
				self.stop = Some(ReturnReason::OwnOrder);
				break;
			}
			changed = true;
			let order = OrderId::new(key, serial, slot);
			if !self
				.settlement
				.may_fill(&maker.owner)
				.map_err(Error::Settlement)?
			{
				let withdrawn = page.remove(slot).ok_or(Error::Corrupt)?;
				self.withdrawn += 1;
				self.settlement
					.on_withdrawn(order, Cancelled::new(key, withdrawn))
					.map_err(Error::Settlement)?;
				continue;
			}
			let quantity = maker.quantity.min(self.remaining);
			maker.quantity -= quantity;
			self.remaining -= quantity;
			self.fills += 1;
			let fill = Fill {
				order,
				owner: maker.owner.clone(),
				tick: key.tick,
				quantity,
				remaining: maker.quantity,
			};
			if maker.quantity == 0 {
				page.remove(slot);
			}
			self.settlement.on_fill(fill).map_err(Error::Settlement)?;
		}
		Ok(changed)
	}
}
