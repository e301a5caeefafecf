//! The front of a price level: where its oldest orders lie, which matching takes away.

use crate::{BookStore, Error, Header, Level, LevelKey, Page};

/// A price level that is matched from its oldest order on. The best one of its side.
///
/// Pages are read when they are needed and stored when they are left, so that matching touches no item that it need not.
pub(crate) struct Front<Owner, const N: u32> {
	key: LevelKey,
	/// The level, where it has been read.
	level: Option<Level<Owner, N>>,
	level_changed: bool,
	/// The oldest sealed page, where it has been read. Without one the oldest orders lie on the open page.
	sealed: Option<Page<Owner, N>>,
	sealed_changed: bool,
}

impl<Owner: Clone + Eq, const N: u32> Front<Owner, N> {
	/// The front of the level `key`: the page that the header hints at, or else the level.
	pub fn of<S: BookStore<N, Owner = Owner>, E>(
		store: &mut S,
		header: &Header,
		key: LevelKey,
	) -> Result<Self, Error<E>> {
		let sealed = header
			.ladder(key.side)
			.head
			.and_then(|serial| store.page(key, serial));
		let level = match sealed {
			Some(_) => None,
			None => Some(store.level(key).ok_or(Error::Corrupt)?),
		};
		Ok(Self {
			key,
			level,
			level_changed: false,
			sealed,
			sealed_changed: false,
		})
	}

	/// The price level.
	pub const fn key(&self) -> LevelKey {
		self.key
	}

	/// The page with the oldest orders; an empty one where the level has none left.
	pub fn page<S: BookStore<N, Owner = Owner>, E>(
		&mut self,
		store: &mut S,
	) -> Result<&mut Page<Owner, N>, Error<E>> {
		if self.sealed.is_none() {
			let level = self.level.as_mut().ok_or(Error::Corrupt)?;
			let Some(first) = level.first else {
				return Ok(&mut level.open);
			};
			self.sealed = store.page(self.key, first);
		}
		self.sealed.as_mut().ok_or(Error::Corrupt)
	}

	/// Take note that orders of the page changed. A sealed page that has none left goes. Says whether the page is still in hand.
	pub fn page_changed<S: BookStore<N, Owner = Owner>, E>(
		&mut self,
		store: &mut S,
		header: &mut Header,
	) -> Result<bool, Error<E>> {
		let Some(page) = self.sealed.take_if(|page| page.is_empty()) else {
			match self.sealed {
				Some(_) => self.sealed_changed = true,
				None => self.level_changed = true,
			}
			return Ok(true);
		};
		self.sealed_changed = false;
		store.remove_page(self.key, page.serial);
		let next = page.next.ok_or(Error::Corrupt)?;
		if self.level.is_none() {
			self.level = store.level(self.key);
		}
		let level = self.level.as_mut().ok_or(Error::Corrupt)?;
		self.level_changed = true;
		level.first = (next != level.open.serial).then_some(next);
		if level.first.is_none() {
			level.open.prev = None;
		}
		header.ladder_mut(self.key.side).head = level.first;
		Ok(false)
	}

	/// Whether the level has no orders left.
	pub fn is_exhausted(&self) -> bool {
		self.sealed.is_none()
			&& self
				.level
				.as_ref()
				.is_some_and(|level| level.first.is_none() && level.open.is_empty())
	}

	/// Store what changed, and take a level that has no orders left off the header.
	pub fn put<S: BookStore<N, Owner = Owner>>(self, store: &mut S, header: &mut Header) {
		let is_exhausted = self.is_exhausted();
		if let Some(page) = self.sealed {
			header.ladder_mut(self.key.side).head = Some(page.serial);
			if self.sealed_changed {
				store.put_page(self.key, page);
			}
		}
		match self.level {
			Some(_) if is_exhausted => {
				store.remove_level(self.key);
				header.remove(self.key.side, self.key.tick);
			}
			Some(level) if self.level_changed => store.put_level(self.key, level),
			_ => {}
		}
	}
}
