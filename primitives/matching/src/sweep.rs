//! Taking the orders of those who may not trade out of a level, page by page.

use crate::{
	cancel::{put_open, put_sealed},
	BookStore, Cancelled, Error, Level, LevelKey, OrderId, Page, Rights, Serial,
};

/// Take the orders whose owners may not trade out of one page of the level `key`: out of the page `from`, or out of the oldest
/// one where `from` is none. Returns the page to go on with, or none after the newest page and where the level has no orders.
///
/// Between two calls anything may happen to the level. Where the page to go on with is gone, the walk begins anew at what is the
/// oldest page now, so that no order that rests all the time is passed over. Matching takes the oldest pages away, after which
/// that page is the right one; a page between two others goes away only when each of its orders was cancelled.
///
/// # Errors
///
/// After [`Error::Settlement`] or [`Error::Corrupt`] the caller rolls the store back.
pub fn sweep<const N: u32, S, X>(
	store: &mut S,
	key: LevelKey,
	from: Option<Serial>,
	rights: &mut X,
) -> Result<Option<Serial>, Error<X::Error>>
where
	S: BookStore<N>,
	X: Rights<S::Owner>,
{
	let Some(mut level) = store.level(key) else {
		return Ok(None);
	};
	match find(store, &level, key, from)? {
		Found::Nothing => Ok(None),
		Found::Open => {
			if withdraw(key, &mut level.open, rights)? {
				put_open(store, key, level)?;
			}
			Ok(None)
		}
		Found::Sealed(mut page) => {
			let next = page.next;
			if withdraw(key, &mut page, rights)? {
				put_sealed(store, key, level, page)?;
			}
			Ok(next)
		}
	}
}

/// The page that is next on the walk.
enum Found<Owner, const N: u32> {
	Sealed(Page<Owner, N>),
	Open,
	Nothing,
}

fn find<const N: u32, S: BookStore<N>, E>(
	store: &mut S,
	level: &Level<S::Owner, N>,
	key: LevelKey,
	from: Option<Serial>,
) -> Result<Found<S::Owner, N>, Error<E>> {
	let Some(first) = level.first else {
		// The pages before `from` are done, the open one among them where it is an older page that became the open one again.
		let is_done = from.is_some_and(|from| from > level.open.serial);
		return Ok(if is_done { Found::Nothing } else { Found::Open });
	};
	if let Some(from) = from {
		if from == level.open.serial {
			return Ok(Found::Open);
		}
		if from > level.open.serial {
			return Ok(Found::Nothing);
		}
		if let Some(page) = store.page(key, from) {
			return Ok(Found::Sealed(page));
		}
	}
	store.page(key, first).map(Found::Sealed).ok_or(Error::Corrupt)
}

/// Take the orders whose owners may not trade out of `page`. Says whether there were any.
fn withdraw<Owner, X: Rights<Owner>, const N: u32>(
	key: LevelKey,
	page: &mut Page<Owner, N>,
	rights: &mut X,
) -> Result<bool, Error<X::Error>> {
	let before = page.live;
	for slot in 0..page.given {
		let Some(order) = page.get(slot) else { continue };
		if rights.may_fill(&order.owner).map_err(Error::Settlement)? {
			continue;
		}
		let barred = page.remove(slot).ok_or(Error::Corrupt)?;
		rights
			.on_withdrawn(OrderId::new(key, page.serial, slot), Cancelled::new(key, barred))
			.map_err(Error::Settlement)?;
	}
	Ok(page.live != before)
}
