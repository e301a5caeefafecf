//! What the engine needs from the storage below it.

use crate::{Header, Level, LevelKey, Page, Serial};

/// Storage of one book whose pages have `N` slots. Each method touches one stored item.
pub trait BookStore<const N: u32> {
	/// Who owns orders.
	type Owner: Clone + Eq;

	/// The header; the default one where none is stored.
	fn header(&mut self) -> Header;
	/// Store the header.
	fn put_header(&mut self, header: Header);

	/// The price level `key`.
	fn level(&mut self, key: LevelKey) -> Option<Level<Self::Owner, N>>;
	/// Store the price level `key`.
	fn put_level(&mut self, key: LevelKey, level: Level<Self::Owner, N>);
	/// Remove the price level `key`.
	fn remove_level(&mut self, key: LevelKey);

	/// The sealed page `serial` of the price level `key`.
	fn page(&mut self, key: LevelKey, serial: Serial) -> Option<Page<Self::Owner, N>>;
	/// Store a sealed page of the price level `key` under its serial number.
	fn put_page(&mut self, key: LevelKey, page: Page<Self::Owner, N>);
	/// Remove the sealed page `serial` of the price level `key`.
	fn remove_page(&mut self, key: LevelKey, serial: Serial);
}
