//! Questions about trades, answered from one state. They read as much as they need: none of them is part of a
//! call.

use crate::{agenda::MINUTE_MS, pallet::*, Purse, TradeId, TradeView};
use alloc::{collections::BTreeMap, vec::Vec};

/// Most trades that one question lists.
pub(crate) const TRADES_PAGE_MAX: u32 = 100;

impl<T: Config> Pallet<T> {
	pub(crate) fn view_of(id: TradeId, record: TradeRecordOf<T>) -> TradeViewOf<T> {
		TradeView {
			id,
			digest: record.agreement.digest(id),
			agreement: record.agreement,
			stage: record.stage,
			// Saturating hides nothing: a minute comes from a moment.
			next_at: record.place.minute.saturating_mul(MINUTE_MS),
		}
	}

	pub(crate) fn trades_from(from: TradeId, count: u32) -> Vec<TradeViewOf<T>> {
		let mut ids: Vec<_> = Trades::<T>::iter_keys().filter(|id| *id >= from).collect();
		ids.sort_unstable();
		ids.into_iter()
			.take(count.min(TRADES_PAGE_MAX) as usize)
			.filter_map(|id| Trades::<T>::get(id).map(|record| Self::view_of(id, record)))
			.collect()
	}

	pub(crate) fn trades_of(who: &T::AccountId) -> Vec<TradeViewOf<T>> {
		let mut trades: Vec<_> = Trades::<T>::iter()
			.filter(|(_, record)| record.agreement.terms.side_of(who).is_some())
			.collect();
		trades.sort_unstable_by_key(|(id, _)| *id);
		trades
			.into_iter()
			.map(|(id, record)| Self::view_of(id, record))
			.collect()
	}

	/// What the trades on record say that each account has pledged; accounts that have pledged nothing are
	/// left out.
	///
	/// The trading ledger must say the same, which is for the runtime to check: neither side knows the
	/// other's records.
	pub fn pledges() -> BTreeMap<T::AccountId, Purse> {
		let mut purses = BTreeMap::<_, Purse>::new();
		for record in Trades::<T>::iter_values() {
			for (who, funds) in record.pledges().filter(|(_, funds)| !funds.is_zero()) {
				purses.entry(who.clone()).or_default().add(funds);
			}
		}
		purses
	}

	/// What the trades on record say that `who` has pledged.
	pub fn purse_of(who: &T::AccountId) -> Purse {
		Self::pledges().remove(who).unwrap_or_default()
	}
}
