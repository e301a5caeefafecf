//! The agenda: which trade a block looks at, and when.
//!
//! Trades stand in lists of a minute each. When one leaves a list, the last of the list takes its place, so
//! that a list has no holes and whoever proposes and withdraws again and again leaves nothing to walk over. A
//! list is begun and done behind the moment that it is for, so that a trade is looked at less than a minute
//! late where no backlog waits.

use crate::{pallet::*, Place, TradeId, WeightInfo, DAY_MS};
use carbon_primitives::Moment;
use carbon_traits::TradingLedger;
use frame_support::{
	defensive,
	traits::Time,
	weights::{Weight, WeightMeter},
};

/// Milliseconds of a minute.
pub(crate) const MINUTE_MS: Moment = 60_000;

/// Most minutes that one block goes forward. A chain that stood still for a day catches up in 24 blocks.
pub(crate) const MINUTES_PER_BLOCK_MAX: u32 = 60;

/// Most trades that one block concludes, postpones or gives a window.
pub(crate) const TRADES_PER_BLOCK_MAX: u32 = 8;

/// How long a trade waits at most for the end of a halt before a block looks whether the halt was lifted
/// early.
pub(crate) const POSTPONED_MAX: Moment = DAY_MS;

/// How long a trade waits that could not be concluded because of a contradiction.
pub(crate) const RETRY_MS: Moment = 60 * MINUTE_MS;

/// How long after the end of its window a trade may be in default. Even where every trade that there may be is
/// due at one moment, its turn comes within this time; where it comes later, the chain stood still when the
/// window ended, and nobody could perform.
pub(crate) const LATE_MAX: Moment = 60 * MINUTE_MS;

/// Whether a window that ended at `ends_at` is over at the moment `now`, so that whoever cannot perform is in default.
pub(crate) fn is_over(ends_at: Moment, now: Moment) -> bool {
	now.checked_sub(ends_at).is_some_and(|late| late <= LATE_MAX)
}

/// The first minute that is not over before `moment`.
pub(crate) const fn minute_of(moment: Moment) -> u64 {
	moment.div_ceil(MINUTE_MS)
}

/// The first minute that does not begin before or at the moment `now`: nothing is put on the agenda before
/// it.
pub(crate) const fn next_minute(now: Moment) -> u64 {
	minute_of(now.saturating_add(1))
}

impl<T: Config> Pallet<T> {
	/// Put `id` on the agenda for the moment `at`, or for the next minute where that has passed.
	///
	/// Where nothing else is on the agenda, the blocks go on from now: the minutes before are empty.
	pub(crate) fn schedule(id: TradeId, at: Moment, now: Moment) -> Place {
		let minute = minute_of(at).max(next_minute(now));
		let index = AgendaLengths::<T>::get(minute);
		// At most as many as there are trades, which are limited.
		AgendaLengths::<T>::insert(minute, index.saturating_add(1));
		Agenda::<T>::insert(minute, index, id);
		Place { minute, index }
	}

	/// Take what stands at `place` off the agenda.
	pub(crate) fn unschedule(place: Place) {
		let Some(last) = AgendaLengths::<T>::get(place.minute).checked_sub(1) else {
			defensive!("a trade stands on an empty list");
			return;
		};
		match Agenda::<T>::take(place.minute, last) {
			Some(moved) if place.index != last => {
				Agenda::<T>::insert(place.minute, place.index, moved);
				Trades::<T>::mutate(moved, |record| {
					if let Some(record) = record {
						record.place.index = place.index;
					}
				});
			}
			Some(_) => {}
			None => {
				defensive!("a list has an end that nothing stands at");
			}
		}
		Self::shorten(place.minute, last);
	}

	fn shorten(minute: u64, length: u32) {
		if length == 0 {
			AgendaLengths::<T>::remove(minute);
		} else {
			AgendaLengths::<T>::insert(minute, length);
		}
	}

	/// Look at the trades that are due, as far as `meter` reaches: at most [`MINUTES_PER_BLOCK_MAX`] minutes
	/// and [`TRADES_PER_BLOCK_MAX`] trades.
	pub(crate) fn conclude_due_trades(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::on_poll_idle()).is_err() || Trades::<T>::count() == 0 {
			return;
		}
		let now = T::Time::now();
		let first = AgendaCursor::<T>::get();
		let mut minute = first;
		let mut trades = 0;
		for _ in 0..MINUTES_PER_BLOCK_MAX {
			let is_due = minute < next_minute(now);
			if !is_due || meter.try_consume(T::WeightInfo::on_poll_minute()).is_err() {
				break;
			}
			if !Self::clear_minute(minute, now, &mut trades, meter) {
				break;
			}
			minute = minute.saturating_add(1);
		}
		if minute != first {
			AgendaCursor::<T>::put(minute);
		}
	}

	/// Look at the trades of a minute, from the last one on. Returns whether none is left.
	pub(crate) fn clear_minute(minute: u64, now: Moment, trades: &mut u32, meter: &mut WeightMeter) -> bool {
		while let Some(last) = AgendaLengths::<T>::get(minute).checked_sub(1) {
			if *trades >= TRADES_PER_BLOCK_MAX || meter.try_consume(Self::weight_of_due_trade()).is_err() {
				return false;
			}
			*trades = trades.saturating_add(1);
			match Agenda::<T>::get(minute, last) {
				// It leaves this list, whatever becomes of it.
				Some(id) => Self::look_at(id, Place { minute, index: last }, now),
				None => {
					defensive!("a list has an end that nothing stands at");
					Self::shorten(minute, last);
				}
			}
		}
		true
	}

	/// What looking at one trade costs at most, whatever becomes of it that calls can lead to.
	pub(crate) fn weight_of_due_trade() -> Weight {
		T::WeightInfo::end_expired()
			.max(Self::weight_of_settled(T::WeightInfo::end_settled()))
			.max(Self::weight_of_default(T::WeightInfo::end_defaulted()))
			// The ledger may have looked whether the buyer may hold so much before it refused.
			.max(T::WeightInfo::open_window().saturating_add(T::Ledger::weight_of_limit()))
	}
}
