//! Books in memory: for tests, for measurements and for tools that replay a market.

use crate::{BookStore, Header, Level, LevelKey, Page, Serial};
use std::collections::{BTreeSet, HashMap};

/// A book in memory.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MemoryBook<Owner, const N: u32> {
	header: Header,
	levels: HashMap<LevelKey, Level<Owner, N>>,
	pages: HashMap<(LevelKey, Serial), Page<Owner, N>>,
}

impl<Owner, const N: u32> Default for MemoryBook<Owner, N> {
	fn default() -> Self {
		Self {
			header: Header::default(),
			levels: HashMap::new(),
			pages: HashMap::new(),
		}
	}
}

impl<Owner, const N: u32> MemoryBook<Owner, N> {
	/// Number of stored levels and of stored sealed pages.
	pub fn stored(&self) -> (usize, usize) {
		(self.levels.len(), self.pages.len())
	}
}

impl<Owner: Clone + Eq, const N: u32> BookStore<N> for MemoryBook<Owner, N> {
	type Owner = Owner;

	fn header(&mut self) -> Header {
		self.header.clone()
	}

	fn put_header(&mut self, header: Header) {
		self.header = header;
	}

	fn level(&mut self, key: LevelKey) -> Option<Level<Owner, N>> {
		self.levels.get(&key).cloned()
	}

	fn put_level(&mut self, key: LevelKey, level: Level<Owner, N>) {
		self.levels.insert(key, level);
	}

	fn remove_level(&mut self, key: LevelKey) {
		self.levels.remove(&key);
	}

	fn page(&mut self, key: LevelKey, serial: Serial) -> Option<Page<Owner, N>> {
		self.pages.get(&(key, serial)).cloned()
	}

	fn put_page(&mut self, key: LevelKey, page: Page<Owner, N>) {
		self.pages.insert((key, page.serial), page);
	}

	fn remove_page(&mut self, key: LevelKey, serial: Serial) {
		self.pages.remove(&(key, serial));
	}
}

/// A stored item of a book.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Item {
	/// The header.
	Header,
	/// A level with its open page.
	Level(LevelKey),
	/// A sealed page.
	Page(LevelKey, Serial),
}

/// A book that notes which items are read and written.
#[derive(Clone, Debug, Default)]
pub struct CountingBook<B> {
	/// The book itself.
	pub book: B,
	/// Items read since the counting began.
	pub reads: BTreeSet<Item>,
	/// Items written or removed since the counting began.
	pub writes: BTreeSet<Item>,
}

impl<B> CountingBook<B> {
	/// Distinct items read and written since the last question; counting begins anew.
	pub fn take_counts(&mut self) -> (usize, usize) {
		let counts = (self.reads.len(), self.writes.len());
		self.reads.clear();
		self.writes.clear();
		counts
	}
}

impl<const N: u32, B: BookStore<N>> BookStore<N> for CountingBook<B> {
	type Owner = B::Owner;

	fn header(&mut self) -> Header {
		self.reads.insert(Item::Header);
		self.book.header()
	}

	fn put_header(&mut self, header: Header) {
		self.writes.insert(Item::Header);
		self.book.put_header(header);
	}

	fn level(&mut self, key: LevelKey) -> Option<Level<B::Owner, N>> {
		self.reads.insert(Item::Level(key));
		self.book.level(key)
	}

	fn put_level(&mut self, key: LevelKey, level: Level<B::Owner, N>) {
		self.writes.insert(Item::Level(key));
		self.book.put_level(key, level);
	}

	fn remove_level(&mut self, key: LevelKey) {
		self.writes.insert(Item::Level(key));
		self.book.remove_level(key);
	}

	fn page(&mut self, key: LevelKey, serial: Serial) -> Option<Page<B::Owner, N>> {
		self.reads.insert(Item::Page(key, serial));
		self.book.page(key, serial)
	}

	fn put_page(&mut self, key: LevelKey, page: Page<B::Owner, N>) {
		self.writes.insert(Item::Page(key, page.serial));
		self.book.put_page(key, page);
	}

	fn remove_page(&mut self, key: LevelKey, serial: Serial) {
		self.writes.insert(Item::Page(key, serial));
		self.book.remove_page(key, serial);
	}
}
