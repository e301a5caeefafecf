//! What the trades of one call add to the record of their market.
//!
//! The record is in the hands of the book while orders are matched, so the trades are noted here and added to it afterwards.

use crate::{Config, MarketRecord, Pallet, Trade, TradeKind};
use alloc::vec::Vec;
use carbon_primitives::{Balance, Price, Tonnes};
use sp_runtime::SaturatedConversion;

/// Trades and the fees on them.
#[derive(Default)]
pub(crate) struct Tally {
	/// As many as the orders of one call may meet.
	trades: Vec<Trade>,
	fees: Balance,
}

impl Tally {
	/// Note a trade, and what both sides paid for it.
	pub(crate) fn add(&mut self, trade: Trade, fees: Balance) {
		self.trades.push(trade);
		// Saturating hides nothing: fees are a part of money that exists.
		self.fees = self.fees.saturating_add(fees);
	}

	/// Whether there is nothing to add.
	pub(crate) fn is_empty(&self) -> bool {
		self.trades.is_empty()
	}

	/// Add everything to `market`.
	pub(crate) fn add_to(self, market: &mut MarketRecord) {
		for trade in self.trades {
			market.note_trade(trade);
		}
		market.fees = market.fees.saturating_add(self.fees);
	}
}

impl<T: Config> Pallet<T> {
	/// A trade of this block.
	pub(crate) fn trade(kind: TradeKind, price: Price, tonnes: Tonnes) -> Trade {
		Trade {
			block: frame_system::Pallet::<T>::block_number().saturated_into(),
			price,
			tonnes,
			kind,
		}
	}
}
