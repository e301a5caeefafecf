//! Taking the orders that have to leave out of a level, page by page.

use crate::{
	cancel::{put_open, put_sealed},
	BookStore, Cancelled, Error, Level, LevelKey, OrderId, Page, Rights, Serial, Verdict,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// How far the walk over the pages of a level has come.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Walk {
	/// The page to look at next.
	pub at: Serial,
	/// The last page that is done; none before the first one. Numbers rise along a level, so that the older pages are done as well.
	pub done: Option<Serial>,
	/// The newest page at the moment when the walk came to the level. On later ones lie only orders that were placed since, by
	/// somebody who might: the walk ends here, however many pages are added meanwhile.
	pub last: Serial,
}

/// One step of the walk.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Step {
	/// Whether the orders of a page were looked at. Otherwise the walk only found its way.
	pub swept: bool,
	/// Where to go on; none where the level is done.
	pub next: Option<Walk>,
}

/// What [`pass_over`] has left as it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Passed {
	/// The page that was passed over; none where the level itself cannot be read.
	pub page: Option<Serial>,
	/// Where to go on; none where no further page is known: the rest of the level is passed over as well.
	pub next: Option<Walk>,
}

/// Take the orders for which `rights` says [`Verdict::Leave`] out of one page of the level `key`: out of the one where `from`
/// stands, or out of the oldest one where `from` is none.
///
/// Between two steps anything may happen to the level. A page goes away only when each of its orders was matched or cancelled.
/// Where that has happened to the page to go on with, a step of its own finds the next one: behind the page that is done, or, where
/// that is gone as well, from the oldest page on, where those that are done are passed over one by one. Hence a walk looks at each
/// page once and passes over no order that rests all the time. It comes to an end whatever others do meanwhile: it ends at the page
/// that was the newest when it began, and whoever throws it back has to use up a page that was there before.
///
/// A step reads the level and at most two pages, and where it takes orders out, at most two pages more.
///
/// # Errors
///
/// After [`Error::Settlement`] or [`Error::Corrupt`] the caller rolls the store back; [`pass_over`] tells where to go on.
pub fn sweep<const N: u32, S, X>(
	store: &mut S,
	key: LevelKey,
	from: Option<Walk>,
	rights: &mut X,
) -> Result<Step, Error<X::Error>>
where
	S: BookStore<N>,
	X: Rights<S::Owner>,
{
	let Some(mut level) = store.level(key) else {
		return Ok(Step::END);
	};
	let walk = from.unwrap_or_else(|| Walk::begin(&level));
	match find(store, &level, key, walk)? {
		Found::End => Ok(Step::END),
		Found::Way(at) => Ok(Step::passing(walk.to(at))),
		Found::Open => {
			if withdraw(key, &mut level.open, 0, rights)? {
				put_open(store, key, level)?;
			}
			// No page is newer than the open one.
			Ok(Step {
				swept: true,
				next: None,
			})
		}
		Found::Sealed(mut page) => {
			let next = walk.after(&page).ok_or(Error::Corrupt)?;
			if withdraw(key, &mut page, 0, rights)? {
				put_sealed(store, key, level, page)?;
			}
			Ok(Step {
				swept: true,
				next: next.unless_over(),
			})
		}
	}
}

/// Go past the page where `from` stands, which cannot be swept, and leave it as it is. Nothing is written.
pub fn pass_over<const N: u32, S: BookStore<N>>(store: &mut S, key: LevelKey, from: Option<Walk>) -> Passed {
	let Some(level) = store.level(key) else {
		return Passed {
			page: None,
			next: None,
		};
	};
	let walk = from.unwrap_or_else(|| Walk::begin(&level));
	// The open page has none after it, and of a page that is not there nobody knows which one follows.
	let next = store
		.page(key, walk.at)
		.and_then(|page| walk.after(&page))
		.and_then(Walk::unless_over);
	Passed {
		page: Some(walk.at),
		next,
	}
}

impl Step {
	/// Nothing of the level is left to look at.
	const END: Self = Self {
		swept: false,
		next: None,
	};

	/// No order was looked at.
	fn passing(walk: Walk) -> Self {
		Self {
			swept: false,
			next: walk.unless_over(),
		}
	}
}

impl Walk {
	/// The walk over `level` before its first page.
	fn begin<Owner, const N: u32>(level: &Level<Owner, N>) -> Self {
		Self {
			at: level.first.unwrap_or(level.open.serial),
			done: None,
			last: level.open.serial,
		}
	}

	/// The same walk at another page.
	const fn to(self, at: Serial) -> Self {
		Self { at, ..self }
	}

	/// The walk after `page` is done; none where the page contradicts the order of the numbers.
	fn after<Owner, const N: u32>(self, page: &Page<Owner, N>) -> Option<Self> {
		let next = page.next.filter(|next| *next > page.serial)?;
		Some(Self {
			at: next,
			done: Some(page.serial),
			..self
		})
	}

	/// The walk, unless it has passed the last page that concerns it.
	fn unless_over(self) -> Option<Self> {
		(self.at <= self.last).then_some(self)
	}

	/// Whether the page `serial` is done.
	fn has_done(&self, serial: Serial) -> bool {
		self.done.is_some_and(|done| serial <= done)
	}
}

/// What a walk meets on a level.
enum Found<Owner, const N: u32> {
	/// The sealed page to look at.
	Sealed(Page<Owner, N>),
	/// The open page is the one to look at.
	Open,
	/// Not the page to look at, but the way to this one.
	Way(Serial),
	/// Nothing is left to look at.
	End,
}

fn find<const N: u32, S: BookStore<N>, E>(
	store: &mut S,
	level: &Level<S::Owner, N>,
	key: LevelKey,
	walk: Walk,
) -> Result<Found<S::Owner, N>, Error<E>> {
	let open = level.open.serial;
	let Some(first) = level.first else {
		// It is all that is left. It may be an older page that became the open one again, or one of a level that is new.
		let concerns = open <= walk.last && !walk.has_done(open);
		return Ok(if concerns { Found::Open } else { Found::End });
	};
	// The pages from there on may be gone. Then the open page is an older one, which is done.
	if walk.at > open || walk.has_done(open) {
		return Ok(Found::End);
	}
	if walk.at == open {
		return Ok(Found::Open);
	}
	if let Some(page) = store.page(key, walk.at) {
		if walk.has_done(page.serial) {
			let next = page.next.filter(|next| *next > page.serial);
			return next.map(Found::Way).ok_or(Error::Corrupt);
		}
		return Ok(Found::Sealed(page));
	}
	// The page is gone.
	if walk.at == first {
		return Err(Error::Corrupt);
	}
	let behind = walk
		.done
		.filter(|done| *done >= first)
		.and_then(|done| store.page(key, done));
	match behind {
		Some(page) => {
			let next = page.next.filter(|next| *next > page.serial && *next != walk.at);
			next.map(Found::Way).ok_or(Error::Corrupt)
		}
		None => Ok(Found::Way(first)),
	}
}

/// Take the orders that have to leave out of `page`, from the slot `from` on. Says whether there were any.
pub(crate) fn withdraw<Owner, X: Rights<Owner>, const N: u32>(
	key: LevelKey,
	page: &mut Page<Owner, N>,
	from: u8,
	rights: &mut X,
) -> Result<bool, Error<X::Error>> {
	let before = page.live;
	for slot in from..page.given {
		let Some(order) = page.get(slot) else { continue };
		if rights.verdict(order).map_err(Error::Settlement)? != Verdict::Leave {
			continue;
		}
		let withdrawn = page.remove(slot).ok_or(Error::Corrupt)?;
		rights
			.on_withdrawn(
				OrderId::new(key, page.serial, slot),
				Cancelled::new(key, withdrawn),
			)
			.map_err(Error::Settlement)?;
	}
	Ok(page.live != before)
}
