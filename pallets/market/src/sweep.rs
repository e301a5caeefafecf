//! Orders of those who may not trade any more leave the books, a few pages in each block that has room.
//!
//! No trade depends on it: matching takes such an order out when it meets one. The sweep sees to it that the others do not rest
//! for ever, and that what they bind is free again.

use crate::{
	book::Book, makers::Makers, CancelReason, Config, Event, Levels, Pallet, Sweep, SweepCursor,
	SweepRecordOf, TradingAccounts, WeightInfo, PAGE_SLOTS, SWEEP_PAGES_MAX,
};
use carbon_matching::{Cancelled, OrderId, Rights};
use carbon_primitives::TradingRight;
use carbon_traits::OnTradingRight;
use frame_support::{
	pallet_prelude::DispatchResult, storage::with_storage_layer, traits::Time, weights::WeightMeter,
};
use sp_runtime::DispatchError;

/// Says whose orders leave, and gives back what they had bound.
struct Sweeper<'a, T: Config> {
	sweep: &'a SweepRecordOf<T>,
	makers: Makers<T>,
	withdrawn: u32,
}

impl<T: Config> Rights<T::AccountId> for Sweeper<'_, T> {
	type Error = DispatchError;

	fn may_fill(&mut self, owner: &T::AccountId) -> Result<bool, DispatchError> {
		// Whoever is not named has a right, or one that ran out by itself; only those named are looked up.
		Ok(!self.sweep.names(owner) || self.makers.may_trade(owner)?)
	}

	fn on_withdrawn(&mut self, order: OrderId, cancelled: Cancelled<T::AccountId>) -> DispatchResult {
		self.withdrawn += 1;
		self.makers.release(order, cancelled, CancelReason::RightEnded)
	}
}

impl<T: Config> Pallet<T> {
	/// Go on with the sweep of the books, if there is one, as far as `meter` and [`SWEEP_PAGES_MAX`] allow.
	pub(crate) fn continue_sweep(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::sweep_idle()).is_err() {
			return;
		}
		let Some(mut sweep) = Sweep::<T>::get() else {
			return;
		};
		let page_max = T::WeightInfo::sweep_page(PAGE_SLOTS);
		if !meter.can_consume(T::WeightInfo::sweep_begin().saturating_add(page_max)) {
			return;
		}
		meter.consume(T::WeightInfo::sweep_begin());
		for _ in 0..SWEEP_PAGES_MAX {
			if !meter.can_consume(page_max) {
				break;
			}
			let withdrawn = Self::sweep_page(&mut sweep);
			// At most what there was room for.
			meter.consume(T::WeightInfo::sweep_page(withdrawn));
			if sweep.is_done() {
				Sweep::<T>::kill();
				Self::deposit_event(Event::SweepFinished);
				return;
			}
		}
		Sweep::<T>::put(sweep);
	}

	/// Sweep the next page, or end the pass where there is none. Returns how many orders left.
	pub(crate) fn sweep_page(sweep: &mut SweepRecordOf<T>) -> u32 {
		let Some(SweepCursor { asset, level, page }) = Self::next_page(sweep.cursor) else {
			sweep.end_pass();
			return 0;
		};
		let mut rights = Sweeper {
			sweep,
			makers: Makers::<T>::of(asset),
			withdrawn: 0,
		};
		let next = with_storage_layer(|| {
			carbon_matching::sweep(&mut Book::<T>::of(asset), level, page, &mut rights)
				.map_err(Self::refusal_of_book)
		});
		let withdrawn = rights.withdrawn;
		// A page that cannot be swept must not keep the sweep from the others.
		let page = next.unwrap_or_else(|_| {
			Self::deposit_event(Event::LevelNotSwept {
				asset,
				side: level.side,
				price: crate::price_of(level.tick),
			});
			None
		});
		sweep.cursor = Some(SweepCursor { asset, level, page });
		withdrawn
	}

	/// The page after what `cursor` has passed: of the same level, or the oldest of the next level in the order of the keys. A
	/// level that has come since between levels that were passed has no order of anybody whose right had ended before.
	fn next_page(cursor: Option<SweepCursor>) -> Option<SweepCursor> {
		let next = match cursor {
			Some(SweepCursor { page: Some(_), .. }) => return cursor,
			Some(SweepCursor { asset, level, .. }) => {
				Levels::<T>::iter_keys_from(Levels::<T>::hashed_key_for(asset, level)).next()
			}
			None => Levels::<T>::iter_keys().next(),
		};
		next.map(|(asset, level)| SweepCursor {
			asset,
			level,
			page: None,
		})
	}
}

impl<T: Config> OnTradingRight<T::AccountId> for Pallet<T> {
	fn trading_right_changed(who: &T::AccountId, right: TradingRight) {
		let Some(mut account) = TradingAccounts::<T>::get(who) else {
			return;
		};
		account.right = right;
		if account.has_orders() && !right.is_valid(T::Time::now) {
			Sweep::<T>::mutate(|sweep| sweep.get_or_insert_with(Default::default).add(who));
		}
		TradingAccounts::<T>::insert(who, account);
	}
}
