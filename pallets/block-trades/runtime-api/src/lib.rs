//! Questions about block trades that a client asks the runtime. polkadot.js offers them under "Runtime
//! calls".

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::vec::Vec;
use carbon_primitives::{AssetId, Funds};
use codec::Codec;
use pallet_block_trades::{BlockRules, TradeId, TradeView};

sp_api::decl_runtime_apis! {
	/// Questions about block trades that have not ended. Prices are in fen per tonne, quantities in tonnes,
	/// money in fen, moments in milliseconds since the Unix epoch.
	pub trait BlockTradesApi<AccountId> where AccountId: Codec {
		/// The rules for block trades in the market of `asset`: those that the regulator has set, otherwise
		/// the defaults.
		fn block_rules(asset: AssetId) -> BlockRules;

		/// A trade that has not ended, with the digest that accepting it takes.
		fn block_trade(id: TradeId) -> Option<TradeView<AccountId>>;

		/// The trades from number `from` on, oldest first; at most 100, however many are asked for.
		fn block_trades(from: TradeId, count: u32) -> Vec<TradeView<AccountId>>;

		/// The trades in which `who` is a side, also those that it has not accepted, oldest first.
		fn block_trades_of(who: AccountId) -> Vec<TradeView<AccountId>>;

		/// What the block trades of `who` bind on its trading account: cash first, then allowances by asset.
		fn pledged_of(who: AccountId) -> Vec<Funds>;
	}
}
