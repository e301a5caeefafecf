//! Questions about the order book that a client asks the runtime. polkadot.js offers them under "Runtime calls".

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::vec::Vec;
use carbon_matching::OrderId;
use carbon_primitives::{AssetId, Moment};
use codec::Codec;
use pallet_market::{
	BestPrices, Calendar, Day, DayTotals, DayView, Depth, MarketParams, MarketStatus, OrderView, Trade,
	TradingAccountView,
};

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

		/// Orders of `who` at rest in the market for `asset`, by rising identifier: the first `count` of them whose identifier is above
		/// `from`, at most 1,000. Whoever wants more names the last one that it got.
		fn orders_of(
			asset: AssetId,
			who: AccountId,
			from: Option<OrderId>,
			count: u32,
		) -> Vec<(OrderId, OrderView<AccountId>)>;

		/// The end of the halt of the market for `asset` that is in force, in milliseconds since the Unix epoch; none where orders
		/// are accepted and where there is no market.
		fn market_halted_until(asset: AssetId) -> Option<Moment>;

		/// Where the market for `asset` stands: its phase, what was traded on its day so far, the reference price and the band of the day.
		fn market_status(asset: AssetId) -> Option<MarketStatus>;

		/// When the market for `asset` trades.
		fn calendar(asset: AssetId) -> Option<Calendar>;

		/// Days of the market for `asset` that have ended, the oldest first: the first `count` of those that are kept and are not before
		/// `from`, at most 1,000. Days are counted from 1 January 1970, in the local time of the market. Whoever wants more names the day
		/// after the last one that it got.
		fn bars(asset: AssetId, from: Day, count: u32) -> Vec<DayView>;

		/// The latest trades of the market for `asset`, the newest first, at most 10.
		fn last_trades(asset: AssetId) -> Vec<Trade>;

		/// What `who` has bought and sold on the current day of the market for `asset`. Nothing is known of whoever has nothing left of
		/// the asset on its trading account, neither tonnes nor orders.
		fn day_totals(asset: AssetId, who: AccountId) -> DayTotals;

		/// What `who` has on the trading ledger, and whether and how long it may trade.
		fn trading_account(who: AccountId) -> TradingAccountView;
	}
}
