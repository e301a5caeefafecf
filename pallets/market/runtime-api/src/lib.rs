//! Questions about the order book that a client asks the runtime. polkadot.js offers them under "Runtime calls".

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::vec::Vec;
use carbon_matching::OrderId;
use carbon_primitives::{AssetId, Moment};
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

		/// The end of the halt of the market for `asset` that is in force, in milliseconds since the Unix epoch; none where orders
		/// are accepted and where there is no market.
		fn market_halted_until(asset: AssetId) -> Option<Moment>;

		/// What `who` has on the trading ledger, and whether and how long it may trade.
		fn trading_account(who: AccountId) -> TradingAccountView;
	}
}
