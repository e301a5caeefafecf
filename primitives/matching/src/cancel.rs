//! Taking an order out of the book, and making one smaller.

use crate::{BookStore, Error, Level, LevelKey, OrderId, Page, Resting, Side, Tick};

/// An order that left the book unfilled or with a remainder.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cancelled<Owner> {
	/// Whose order it was.
	pub owner: Owner,
	/// Side that it was on.
	pub side: Side,
	/// Its limit.
	pub tick: Tick,
	/// What was not filled.
	pub quantity: u64,
	/// When it would have ended, in milliseconds since the Unix epoch; 0 is never.
	pub expires: u64,
	/// What the owner of the book had noted on it.
	pub tag: u16,
}

impl<Owner> Cancelled<Owner> {
	pub(crate) fn new(level: LevelKey, order: Resting<Owner>) -> Self {
		Self {
			owner: order.owner,
			side: level.side,
			tick: level.tick,
			quantity: order.quantity,
			expires: order.expires,
			tag: order.tag,
		}
	}
}

/// An order that has become smaller without a trade, and kept its place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reduced<Owner> {
	/// Whose order it is.
	pub owner: Owner,
	/// Side that it is on.
	pub side: Side,
	/// Its limit.
	pub tick: Tick,
	/// By how much it became smaller.
	pub quantity: u64,
	/// What is left of it; at zero it left the book.
	pub remaining: u64,
	/// When it ends, in milliseconds since the Unix epoch; 0 is never.
	pub expires: u64,
	/// What the owner of the book has noted on it.
	pub tag: u16,
}

impl<Owner: Clone> Reduced<Owner> {
	/// Take `quantity`, which is no more than it has, from `order`.
	pub(crate) fn take(level: LevelKey, order: &mut Resting<Owner>, quantity: u64) -> Self {
		order.quantity -= quantity;
		Self {
			owner: order.owner.clone(),
			side: level.side,
			tick: level.tick,
			quantity,
			remaining: order.quantity,
			expires: order.expires,
			tag: order.tag,
		}
	}
}

/// Take the order `id` out of the book, if an order of its owner may be cancelled.
///
/// # Errors
///
/// [`Error::OrderNotFound`] and, where `may_cancel` says no to the owner, [`Error::NotOrderOwner`] leave the book as it was. After
/// [`Error::Corrupt`] the caller rolls the store back.
pub fn cancel<const N: u32, S: BookStore<N>>(
	store: &mut S,
	id: OrderId,
	may_cancel: impl FnOnce(&S::Owner) -> bool,
) -> Result<Cancelled<S::Owner>, Error> {
	let location = id.location().ok_or(Error::OrderNotFound)?;
	let key = location.level;
	let mut level = store.level(key).ok_or(Error::OrderNotFound)?;
	let order = if level.open.serial == location.serial {
		let order = take(&mut level.open, location.slot, may_cancel)?;
		put_open(store, key, level)?;
		order
	} else {
		// Only a level with sealed pages has orders elsewhere than on its open page.
		level.first.ok_or(Error::OrderNotFound)?;
		let mut page = store.page(key, location.serial).ok_or(Error::OrderNotFound)?;
		let order = take(&mut page, location.slot, may_cancel)?;
		put_sealed(store, key, level, page)?;
		order
	};
	Ok(Cancelled::new(key, order))
}

/// Leave only `quantity` of the order `id`, if an order of its owner may be reduced. It keeps its place.
///
/// # Errors
///
/// [`Error::QuantityZero`], [`Error::OrderNotFound`], [`Error::QuantityNotLower`] and, where `may_reduce` says no to the owner,
/// [`Error::NotOrderOwner`] leave the book as it was.
pub fn reduce<const N: u32, S: BookStore<N>>(
	store: &mut S,
	id: OrderId,
	quantity: u64,
	may_reduce: impl FnOnce(&S::Owner) -> bool,
) -> Result<Reduced<S::Owner>, Error> {
	if quantity == 0 {
		return Err(Error::QuantityZero);
	}
	let location = id.location().ok_or(Error::OrderNotFound)?;
	let key = location.level;
	let lower = |page: &mut Page<S::Owner, N>| {
		let order = page.get_mut(location.slot).ok_or(Error::OrderNotFound)?;
		if !may_reduce(&order.owner) {
			return Err(Error::NotOrderOwner);
		}
		match order.quantity.checked_sub(quantity) {
			None | Some(0) => Err(Error::QuantityNotLower),
			Some(by) => Ok(Reduced::take(key, order, by)),
		}
	};
	let mut level = store.level(key).ok_or(Error::OrderNotFound)?;
	if level.open.serial == location.serial {
		let reduced = lower(&mut level.open)?;
		store.put_level(key, level);
		return Ok(reduced);
	}
	// As in `cancel`, only a level with sealed pages has orders elsewhere.
	level.first.ok_or(Error::OrderNotFound)?;
	let mut page = store.page(key, location.serial).ok_or(Error::OrderNotFound)?;
	let reduced = lower(&mut page)?;
	store.put_page(key, page);
	Ok(reduced)
}

fn take<Owner, const N: u32>(
	page: &mut Page<Owner, N>,
	slot: u8,
	may_cancel: impl FnOnce(&Owner) -> bool,
) -> Result<Resting<Owner>, Error> {
	if !may_cancel(&page.get(slot).ok_or(Error::OrderNotFound)?.owner) {
		return Err(Error::NotOrderOwner);
	}
	page.remove(slot).ok_or(Error::Corrupt)
}

/// Store `level`, from whose open page orders were taken.
pub(crate) fn put_open<const N: u32, S: BookStore<N>, E>(
	store: &mut S,
	key: LevelKey,
	level: Level<S::Owner, N>,
) -> Result<(), Error<E>> {
	if !level.open.is_empty() {
		store.put_level(key, level);
	} else if level.first.is_some() {
		unseal(store, key, level)?;
	} else {
		let mut header = store.header();
		header.remove(key.side, key.tick);
		store.put_header(header);
		store.remove_level(key);
	}
	Ok(())
}

/// Store the sealed page `page` of `level`, from which orders were taken.
pub(crate) fn put_sealed<const N: u32, S: BookStore<N>, E>(
	store: &mut S,
	key: LevelKey,
	level: Level<S::Owner, N>,
	page: Page<S::Owner, N>,
) -> Result<(), Error<E>> {
	if page.is_empty() {
		unlink(store, key, level, page)
	} else {
		store.put_page(key, page);
		Ok(())
	}
}

/// Make the latest sealed page of `level` the open one again, in the place of the open page, which has no orders left.
fn unseal<const N: u32, S: BookStore<N>, E>(
	store: &mut S,
	key: LevelKey,
	mut level: Level<S::Owner, N>,
) -> Result<(), Error<E>> {
	let serial = level.open.prev.ok_or(Error::Corrupt)?;
	let mut page = store.page(key, serial).ok_or(Error::Corrupt)?;
	store.remove_page(key, serial);
	page.next = None;
	if level.first == Some(serial) {
		level.first = None;
		page.prev = None;
	}
	level.open = page;
	store.put_level(key, level);
	Ok(())
}

/// Remove the sealed page `page`, which has no orders left, from among its neighbours.
fn unlink<const N: u32, S: BookStore<N>, E>(
	store: &mut S,
	key: LevelKey,
	mut level: Level<S::Owner, N>,
	page: Page<S::Owner, N>,
) -> Result<(), Error<E>> {
	store.remove_page(key, page.serial);
	let next = page.next.ok_or(Error::Corrupt)?;
	let is_last = next == level.open.serial;
	// The oldest page has none before it, whatever its `prev` says.
	let prev = if level.first == Some(page.serial) {
		None
	} else {
		Some(page.prev.ok_or(Error::Corrupt)?)
	};
	if let Some(prev) = prev {
		let mut before = store.page(key, prev).ok_or(Error::Corrupt)?;
		before.next = Some(next);
		store.put_page(key, before);
		if !is_last {
			let mut after = store.page(key, next).ok_or(Error::Corrupt)?;
			after.prev = Some(prev);
			store.put_page(key, after);
			return Ok(());
		}
	} else {
		level.first = (!is_last).then_some(next);
	}
	if is_last {
		level.open.prev = prev;
	}
	store.put_level(key, level);
	Ok(())
}
