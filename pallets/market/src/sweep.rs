//! Orders of those who may not trade any more or want them out, and orders whose date has come, leave the books, a few pages in each
//! block that has room.
//!
//! No trade depends on it: matching takes such an order out when it meets one. The sweep sees to it that the others do not rest
//! for ever, and that what they bind is free again.
//!
//! While an auction is held that takes several blocks, the sweep waits.
//!
//! A pass begins when somebody is named or when the earliest end of an order that is known has come. It takes [`NextExpiry`] away when
//! it begins, so that orders which are placed meanwhile note theirs anew, and puts back the earliest of theirs and of those that it
//! has left.

use crate::{
	book::Book, makers::Makers, Auction, CancelReason, Config, Error, Event, Levels, NextExpiry, Pallet,
	Sweep, SweepCursor, SweepRecordOf, TradingAccounts, WeightInfo, PAGE_SLOTS, SWEEP_PAGES_MAX,
};
use carbon_matching::{Cancelled, OrderId, Resting, Rights, Step, Verdict};
use carbon_primitives::{GroupId, TradingRight};
use carbon_traits::{InspectTradingLimits, OnTradingLimits, OnTradingRight};
use frame_support::{
	pallet_prelude::DispatchResult,
	storage::with_storage_layer,
	traits::Time,
	weights::{Weight, WeightMeter},
};
use sp_runtime::DispatchError;

/// Says which orders leave, and gives back what they had bound.
struct Sweeper<'a, T: Config> {
	sweep: &'a mut SweepRecordOf<T>,
	makers: Makers<T>,
	/// For how many orders the account of the owner was asked, at most.
	asked: u32,
	/// Why the order leaves that was looked at last.
	leaves: Option<CancelReason>,
}

impl<T: Config> Rights<T::AccountId> for Sweeper<'_, T> {
	type Error = DispatchError;

	fn verdict(&mut self, order: &Resting<T::AccountId>) -> Result<Verdict, DispatchError> {
		self.leaves = if self.makers.has_expired(order.expires) {
			self.asked += 1;
			Some(CancelReason::Expired)
		} else if self.sweep.names(&order.owner) {
			self.asked += 1;
			self.makers.reason_to_leave(&order.owner)?
		} else {
			// Whoever is not named has a right, or one that ran out by itself; only those named are looked up.
			None
		};
		if self.leaves.is_some() {
			return Ok(Verdict::Leave);
		}
		if order.expires != 0 {
			self.sweep.note(order.expires);
		}
		Ok(Verdict::Trade)
	}

	fn on_withdrawn(&mut self, order: OrderId, cancelled: Cancelled<T::AccountId>) -> DispatchResult {
		let reason = self.leaves.take().ok_or(Error::<T>::Unexpected)?;
		self.makers.release(order, cancelled, reason)
	}
}

impl<T: Config> Pallet<T> {
	/// Go on with the sweep of the books, if there is one, as far as `meter` and [`SWEEP_PAGES_MAX`] allow.
	pub(crate) fn continue_sweep(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::sweep_idle()).is_err() {
			return;
		}
		let Some(mut sweep) = Self::sweep_due() else {
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

	/// The sweep that is under way, or a new one where an order has expired; none while an auction is held, which would have to look for
	/// its price anew.
	pub(crate) fn sweep_due() -> Option<SweepRecordOf<T>> {
		if Auction::<T>::exists() {
			return None;
		}
		Sweep::<T>::get().or_else(|| {
			Self::is_expiry_due().then(|| SweepRecordOf::<T> {
				expiring: true,
				..Default::default()
			})
		})
	}

	/// Whether an order may have expired, as far as is known.
	fn is_expiry_due() -> bool {
		NextExpiry::<T>::get().is_some_and(|expires| T::Time::now() >= expires)
	}

	/// End a pass: what it has left is noted, and another one follows where something is due.
	pub(crate) fn end_pass(sweep: &mut SweepRecordOf<T>) {
		if let Some(expires) = sweep.end_pass() {
			Self::note_expiry(expires);
		}
		sweep.expiring = Self::is_expiry_due();
	}

	/// Take one step of the pass: sweep a page, find the way to the next one, or end the pass where there is none. Returns for how many
	/// orders of the page the account of the owner was asked, if one was swept: at least as many as left it.
	pub(crate) fn sweep_step(sweep: &mut SweepRecordOf<T>) -> Option<u32> {
		if sweep.cursor.is_none() {
			NextExpiry::<T>::kill();
		}
		let Some(SweepCursor { asset, level, walk }) = Self::next_level(sweep.cursor) else {
			Self::end_pass(sweep);
			return None;
		};
		let mut rights = Sweeper {
			sweep,
			makers: Makers::<T>::of(asset),
			asked: 0,
			leaves: None,
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

	fn group_changed(who: &T::AccountId, group: Option<GroupId>) {
		TradingAccounts::<T>::mutate_extant(who, |account| account.group = group);
	}

	fn weight() -> Weight {
		T::WeightInfo::trading_right_changed()
	}
}

impl<T: Config> OnTradingLimits<T::AccountId> for Pallet<T> {
	/// Orders at rest stay: they were within the limits when they were placed, as they were within the rules of the market.
	fn trading_limits_changed(who: &T::AccountId) {
		TradingAccounts::<T>::mutate_extant(who, |account| account.limits = T::Limits::limits_of(who));
	}

	fn weight_of_limits_changed() -> Weight {
		T::WeightInfo::trading_limits_changed()
	}
}
