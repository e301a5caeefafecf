//! Orders of those who may not trade any more leave the books, a few pages in each block that has room.
//!
//! No trade depends on it: matching takes such an order out when it meets one. The sweep sees to it that the others do not rest
//! for ever, and that what they bind is free again.

use crate::{
	book::Book, makers::Makers, CancelReason, Config, Event, Levels, Pallet, Sweep, SweepCursor,
	SweepRecordOf, TradingAccounts, WeightInfo, PAGE_SLOTS, SWEEP_PAGES_MAX,
};
use carbon_matching::{Cancelled, OrderId, Rights, Step};
use carbon_primitives::TradingRight;
use carbon_traits::OnTradingRight;
use frame_support::{
	pallet_prelude::DispatchResult,
	storage::with_storage_layer,
	traits::Time,
	weights::{Weight, WeightMeter},
};
use sp_runtime::DispatchError;

/// Says whose orders leave, and gives back what they had bound.
struct Sweeper<'a, T: Config> {
	sweep: &'a SweepRecordOf<T>,
	makers: Makers<T>,
	asked: u32,
}

impl<T: Config> Rights<T::AccountId> for Sweeper<'_, T> {
	type Error = DispatchError;

	fn may_fill(&mut self, owner: &T::AccountId) -> Result<bool, DispatchError> {
		// Whoever is not named has a right, or one that ran out by itself; only those named are looked up.
		if !self.sweep.names(owner) {
			return Ok(true);
		}
		self.asked += 1;
		self.makers.may_trade(owner)
	}

	fn on_withdrawn(&mut self, order: OrderId, cancelled: Cancelled<T::AccountId>) -> DispatchResult {
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
			// At most what there was room for.
			meter.consume(match Self::sweep_step(&mut sweep) {
				Some(asked) => T::WeightInfo::sweep_page(asked),
				None => T::WeightInfo::sweep_skip(),
			});
			if sweep.is_done() {
				Sweep::<T>::kill();
				Self::deposit_event(Event::SweepFinished);
				return;
			}
		}
		Sweep::<T>::put(sweep);
	}

	/// Take one step of the pass: sweep a page, find the way to the next one, or end the pass where there is none. Returns for how many
	/// orders of the page the account of the owner was asked, if one was swept: at least as many as left it.
	pub(crate) fn sweep_step(sweep: &mut SweepRecordOf<T>) -> Option<u32> {
		let Some(SweepCursor { asset, level, walk }) = Self::next_level(sweep.cursor) else {
			sweep.end_pass();
			return None;
		};
		let mut rights = Sweeper {
			sweep,
			makers: Makers::<T>::of(asset),
			asked: 0,
		};
		let step = with_storage_layer(|| {
			carbon_matching::sweep(&mut Book::<T>::of(asset), level, walk, &mut rights)
				.map_err(Self::refusal_of_book)
		});
		let asked = rights.asked;
		// A page that cannot be swept must not keep the sweep from the others.
		let Step { swept, next } = step.unwrap_or_else(|_| {
			let passed = carbon_matching::pass_over(&mut Book::<T>::of(asset), level, walk);
			Self::deposit_event(Event::LevelNotSwept {
				asset,
				side: level.side,
				price: crate::price_of(level.tick),
				page: passed.page,
				next: passed.next.map(|walk| walk.at),
			});
			Step {
				swept: true,
				next: passed.next,
			}
		});
		sweep.cursor = Some(SweepCursor {
			asset,
			level,
			walk: next,
		});
		swept.then_some(asked)
	}

	/// Where `cursor` stands within a level, or the beginning of the next level in the order of the keys. A level that has come since
	/// between levels that were passed has no order of anybody whose right had ended before.
	fn next_level(cursor: Option<SweepCursor>) -> Option<SweepCursor> {
		let next = match cursor {
			Some(SweepCursor { walk: Some(_), .. }) => return cursor,
			Some(SweepCursor { asset, level, .. }) => {
				Levels::<T>::iter_keys_from(Levels::<T>::hashed_key_for(asset, level)).next()
			}
			None => Levels::<T>::iter_keys().next(),
		};
		next.map(|(asset, level)| SweepCursor {
			asset,
			level,
			walk: None,
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
	fn weight() -> Weight {
		T::WeightInfo::trading_right_changed()
	}
}
