//! Questions that change nothing.

use crate::{BookStore, Level, LevelKey, OrderId, Page, Resting, Side, Tick, TICK_MAX};
use alloc::vec::Vec;

/// A price level in sum.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct LevelTotal {
	/// The price.
	pub tick: Tick,
	/// What its orders want together.
	pub quantity: u64,
	/// How many orders there are.
	pub orders: u32,
}

/// An order at rest.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OrderView<Owner> {
	/// Whose order it is.
	pub owner: Owner,
	/// Side that it is on.
	pub side: Side,
	/// Its limit.
	pub tick: Tick,
	/// What is not filled yet.
	pub quantity: u64,
	/// When it ends, in milliseconds since the Unix epoch; 0 is never.
	pub expires: u64,
	/// What the owner of the book has noted on it.
	pub tag: u16,
}

/// What a book consists of, as [`verify`] counted it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Totals {
	/// Price levels on both sides.
	pub levels: u32,
	/// Sealed pages of all levels.
	pub pages: u32,
	/// Orders at rest.
	pub orders: u32,
}

/// The `levels` best price levels of `side`, best first. It reads every page of those levels: a question, not a step of a
/// call.
pub fn depth<const N: u32, S: BookStore<N>>(store: &mut S, side: Side, levels: u32) -> Vec<LevelTotal> {
	let header = store.header();
	let mut found = Vec::new();
	let mut price = header.best(side);
	while let Some(tick) = price.filter(|_| (found.len() as u64) < u64::from(levels)) {
		let mut total = LevelTotal {
			tick,
			quantity: 0,
			orders: 0,
		};
		let _ = visit(store, LevelKey { side, tick }, |_, page| {
			for (_, order) in page.iter() {
				// What is shown may stop at the largest number; nothing is computed from it.
				total.quantity = total.quantity.saturating_add(order.quantity);
				total.orders = total.orders.saturating_add(1);
			}
			Ok(())
		});
		found.push(total);
		price = header.next(side, tick);
	}
	found
}

/// The order `id`, if it rests.
pub fn order<const N: u32, S: BookStore<N>>(store: &mut S, id: OrderId) -> Option<OrderView<S::Owner>> {
	let location = id.location()?;
	let LevelKey { side, tick } = location.level;
	let level = store.level(location.level)?;
	let page = if level.open.serial == location.serial {
		level.open
	} else {
		store.page(location.level, location.serial)?
	};
	page.get(location.slot).map(|order| OrderView {
		owner: order.owner.clone(),
		side,
		tick,
		quantity: order.quantity,
		expires: order.expires,
		tag: order.tag,
	})
}

/// Walk over the pages of a level, oldest first, the open page last.
fn visit<const N: u32, S: BookStore<N>>(
	store: &mut S,
	key: LevelKey,
	mut page_seen: impl FnMut(&Level<S::Owner, N>, &Page<S::Owner, N>) -> Result<(), &'static str>,
) -> Result<(), &'static str> {
	let level = store.level(key).ok_or("a marked tick has a level")?;
	let mut next = level.first;
	while let Some(serial) = next.filter(|serial| *serial != level.open.serial) {
		let page = store.page(key, serial).ok_or("a linked page is stored")?;
		page_seen(&level, &page)?;
		next = Some(page.next.ok_or("a sealed page has a next one")?);
	}
	page_seen(&level, &level.open)
}

/// Check that the parts of the book agree and that its best prices do not cross, and report each order at rest to `seen`, by
/// side, price and time.
///
/// # Errors
///
/// The sentence that does not hold. What is stored but marked nowhere is not found here: compare [`Totals`] with the number of
/// stored items.
pub fn verify<const N: u32, S: BookStore<N>>(
	store: &mut S,
	seen: impl FnMut(OrderId, &Resting<S::Owner>),
) -> Result<Totals, &'static str> {
	let totals = verify_parts(store, seen)?;
	check(!store.header().is_crossed(), "the best bid is below the best ask")?;
	Ok(totals)
}

/// As [`verify`], of a book for which a call auction collects orders or that it settles: its prices may cross.
///
/// # Errors
///
/// The sentence that does not hold.
pub fn verify_parts<const N: u32, S: BookStore<N>>(
	store: &mut S,
	mut seen: impl FnMut(OrderId, &Resting<S::Owner>),
) -> Result<Totals, &'static str> {
	let header = store.header();
	let mut totals = Totals::default();
	for side in [Side::Buy, Side::Sell] {
		let ladder = header.ladder(side);
		check(
			ladder.words.iter().all(|word| word.bits != [0; 4]),
			"a stored word of the bitmap has a bit",
		)?;
		check(
			ladder.words.windows(2).all(|pair| pair[0].index < pair[1].index),
			"the words of the bitmap are sorted",
		)?;
		let mut price = header.best(side);
		while let Some(tick) = price {
			check(tick <= TICK_MAX, "a marked tick is in range")?;
			totals.levels += 1;
			verify_level(store, LevelKey { side, tick }, &mut totals, &mut seen)?;
			price = header.next(side, tick);
		}
		let hinted = match (ladder.head, header.best(side)) {
			(Some(_), None) => return Err("a hint belongs to a level"),
			(Some(serial), Some(tick)) => {
				let key = LevelKey { side, tick };
				store.page(key, serial).is_none()
					|| store.level(key).and_then(|level| level.first) == Some(serial)
			}
			(None, _) => true,
		};
		check(hinted, "a hinted page is the oldest of the best level")?;
	}
	Ok(totals)
}

fn verify_level<const N: u32, S: BookStore<N>>(
	store: &mut S,
	key: LevelKey,
	totals: &mut Totals,
	seen: &mut impl FnMut(OrderId, &Resting<S::Owner>),
) -> Result<(), &'static str> {
	let mut before = None;
	visit(store, key, |level, page| {
		let is_open = page.serial == level.open.serial;
		if !is_open {
			totals.pages += 1;
			check(page.is_full(), "a sealed page is full")?;
		}
		check(!page.is_empty(), "a stored page has an order")?;
		check(
			page.live.count_ones() as usize == page.orders.len(),
			"an order per live slot",
		)?;
		check(page.given as u32 <= N, "a page gives no more slots than it has")?;
		check(
			page.live.checked_shr(page.given.into()).unwrap_or(0) == 0,
			"a live slot was given",
		)?;
		check(
			page.next.is_none() == is_open,
			"the open page alone has no next one",
		)?;
		check(
			level.first.is_some() || page.prev.is_none(),
			"a level of one page has no links",
		)?;
		// The page after a removed one keeps its back link until it is the oldest, where it has no meaning.
		check(
			before.is_none() || page.prev == before,
			"pages are linked both ways",
		)?;
		check(
			before.is_none_or(|before| before < page.serial),
			"later pages have larger numbers",
		)?;
		before = Some(page.serial);
		for (slot, order) in page.iter() {
			check(order.quantity > 0, "an order at rest has a quantity")?;
			totals.orders += 1;
			seen(OrderId::new(key, page.serial, slot), order);
		}
		Ok(())
	})
}

fn check(holds: bool, sentence: &'static str) -> Result<(), &'static str> {
	if holds {
		Ok(())
	} else {
		Err(sentence)
	}
}
