//! The order book of one market in the chain's storage.

use crate::{Config, LevelOf, Levels, MarketRecord, Markets, PageOf, Pages, PAGE_SLOTS};
use carbon_matching::{BookStore, Header, LevelKey, Serial};
use carbon_primitives::AssetId;

/// Storage of the book of one market. The market's record, which holds the header, is read at most once.
pub(crate) struct Book<T: Config> {
	asset: AssetId,
	market: Option<MarketRecord>,
	_config: core::marker::PhantomData<T>,
}

impl<T: Config> Book<T> {
	/// The book of `asset`, whose market is read when it is needed.
	pub(crate) fn of(asset: AssetId) -> Self {
		Self {
			asset,
			market: None,
			_config: Default::default(),
		}
	}

	/// The book of `asset`, whose market has been read.
	pub(crate) fn with(asset: AssetId, market: MarketRecord) -> Self {
		Self {
			market: Some(market),
			..Self::of(asset)
		}
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
		let asset = self.asset;
		if let Some(market) = self.market() {
			market.book = header;
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
