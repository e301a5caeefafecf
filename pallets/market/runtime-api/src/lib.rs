//! Questions about the order book that a client asks the runtime. polkadot.js offers them under "Runtime calls".

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::vec::Vec;
use carbon_matching::OrderId;
use carbon_primitives::AssetId;
use codec::Codec;
use pallet_market::{BestPrices, Depth, MarketParams, OrderView, TradingAccountView};

sp_api::decl_runtime_apis! {
	/// Questions about markets, orders and trading accounts. Prices are in fen per tonne, quantities in tonnes, money in fen.
	pub trait MarketApi<AccountId> where AccountId: Codec {
		/// Every market and its rules.
		fn markets() -> Vec<(AssetId, MarketParams)>;

		/// The `levels` best price levels of each side of the market for `asset`, at most 1,000.
		fn depth(asset: AssetId, levels: u32) -> Depth;

		/// The best prices of the market for `asset` and the price of its latest fill.
		fn best_prices(asset: AssetId) -> BestPrices;

		/// The order `order` of the market for `asset`, if it rests.
		fn order(asset: AssetId, order: OrderId) -> Option<OrderView<AccountId>>;

		/// What `who` has on the trading ledger.
		fn trading_account(who: AccountId) -> TradingAccountView;
	}
}
