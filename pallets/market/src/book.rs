//! The order book of one market in the chain's storage.

use crate::{tally::Tally, Config, LevelOf, Levels, MarketRecord, Markets, PageOf, Pages, PAGE_SLOTS};
use carbon_matching::{BookStore, Header, LevelKey, Serial};
use carbon_primitives::AssetId;

/// Storage of the book of one market. The market's record, which holds the header, is read at most once.
pub(crate) struct Book<T: Config> {
	asset: AssetId,
	market: Option<MarketRecord>,
	/// Whether the header is stored with [`Self::save`], rather than where it changes.
	is_deferred: bool,
	/// Whether the header has changed since it was read.
	is_changed: bool,
	_config: core::marker::PhantomData<T>,
}

impl<T: Config> Book<T> {
	/// The book of `asset`, whose market is read when it is needed.
	pub(crate) fn of(asset: AssetId) -> Self {
		Self {
			asset,
			market: None,
			is_deferred: false,
			is_changed: false,
			_config: Default::default(),
		}
	}

	/// The book of `asset`, whose market has been read. Changes of the market's record are stored by [`Self::save`], however many
	/// there are.
	pub(crate) fn with(asset: AssetId, market: MarketRecord) -> Self {
		Self {
			market: Some(market),
			is_deferred: true,
			..Self::of(asset)
		}
	}

	/// Add trades and fees to the market's record.
	pub(crate) fn add(&mut self, tally: Tally) {
		if tally.is_empty() {
			return;
		}
		if let Some(market) = self.market() {
			tally.add_to(market);
			self.is_changed = true;
		}
	}

	/// Store the market's record, if it has changed.
	pub(crate) fn save(self) {
		if let Some(market) = self.market.filter(|_| self.is_changed) {
			Markets::<T>::insert(self.asset, market);
		}
	}

	/// The market's record, with whatever has changed of it, for a caller that stores it.
	pub(crate) fn into_record(self) -> Option<MarketRecord> {
		self.market
	}

	fn market(&mut self) -> Option<&mut MarketRecord> {
		if self.market.is_none() {
			self.market = Markets::<T>::get(self.asset);
		}
		self.market.as_mut()
	}
}

impl<T: Config> BookStore<PAGE_SLOTS> for Book<T> {
	type Owner = T::AccountId;

	fn header(&mut self) -> Header {
		// An asset without a market has an empty book.
		self.market()
			.map(|market| market.book.clone())
			.unwrap_or_default()
	}

	fn put_header(&mut self, header: Header) {
		let (asset, is_deferred) = (self.asset, self.is_deferred);
		let Some(market) = self.market() else { return };
		market.book = header;
		if is_deferred {
			self.is_changed = true;
		} else {
			Markets::<T>::insert(asset, &*market);
		}
	}

	fn level(&mut self, key: LevelKey) -> Option<LevelOf<T::AccountId>> {
		Levels::<T>::get(self.asset, key)
	}

	fn put_level(&mut self, key: LevelKey, level: LevelOf<T::AccountId>) {
		Levels::<T>::insert(self.asset, key, level);
	}

	fn remove_level(&mut self, key: LevelKey) {
		Levels::<T>::remove(self.asset, key);
	}

	fn page(&mut self, key: LevelKey, serial: Serial) -> Option<PageOf<T::AccountId>> {
		Pages::<T>::get(self.asset, (key, serial))
	}

	fn put_page(&mut self, key: LevelKey, page: PageOf<T::AccountId>) {
		Pages::<T>::insert(self.asset, (key, page.serial), page);
	}

	fn remove_page(&mut self, key: LevelKey, serial: Serial) {
		Pages::<T>::remove(self.asset, (key, serial));
	}
}
