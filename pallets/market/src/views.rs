//! Questions about the market, answered from one state. They read as much as they need: none of them is part of a call.

use crate::{
	book::Book, price_of, BestPrices, Config, Depth, LevelView, MarketParams, Markets, OrderView, Pallet,
	TradingAccountView, TradingAccounts, DEPTH_LEVELS_MAX,
};
use alloc::vec::Vec;
use carbon_matching::{OrderId, Side};
use carbon_primitives::{AssetId, Moment, Tonnes};
use frame_support::traits::Time;

impl<T: Config> Pallet<T> {
	/// Every market and its rules, in no particular order.
	pub fn markets() -> Vec<(AssetId, MarketParams)> {
		Markets::<T>::iter()
			.map(|(asset, market)| (asset, market.params))
			.collect()
	}

	/// The `levels` best price levels of each side of the market for `asset`, at most [`DEPTH_LEVELS_MAX`].
	pub fn depth(asset: AssetId, levels: u32) -> Depth {
		let side = |side| {
			carbon_matching::depth(&mut Book::<T>::of(asset), side, levels.min(DEPTH_LEVELS_MAX))
				.into_iter()
				.map(|level| LevelView {
					price: price_of(level.tick),
					tonnes: Tonnes(level.quantity),
					orders: level.orders,
				})
				.collect()
		};
		Depth {
			bids: side(Side::Buy),
			asks: side(Side::Sell),
		}
	}

	/// The best prices of the market for `asset`, and the price of its latest fill.
	pub fn best_prices(asset: AssetId) -> BestPrices {
		let book = Markets::<T>::get(asset)
			.map(|market| market.book)
			.unwrap_or_default();
		BestPrices {
			bid: book.best(Side::Buy).map(price_of),
			ask: book.best(Side::Sell).map(price_of),
			last: book.last.map(price_of),
		}
	}

	/// The order `order` of the market for `asset`, if it rests.
	pub fn order(asset: AssetId, order: OrderId) -> Option<OrderView<T::AccountId>> {
		carbon_matching::order(&mut Book::<T>::of(asset), order).map(|found| OrderView {
			owner: found.owner,
			side: found.side,
			price: price_of(found.tick),
			tonnes: Tonnes(found.quantity),
		})
	}

	/// What `who` has on the trading ledger.
	pub fn trading_account(who: T::AccountId) -> TradingAccountView {
		let account = TradingAccounts::<T>::get(who).unwrap_or_default();
		TradingAccountView {
			cash_free: account.cash_free,
			cash_locked: account.cash_locked,
			positions: account.positions.into_inner(),
			right: account.right,
		}
	}

	/// The end of the halt of the market for `asset` that is in force.
	pub fn market_halted_until(asset: AssetId) -> Option<Moment> {
		Markets::<T>::get(asset).and_then(|market| market.halts.in_force(T::Time::now))
	}
}
