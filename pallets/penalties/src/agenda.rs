//! The agenda: with which penalties something happens by itself, and on which day.
//!
//! A penalty stands on it at most once: while it waits for an objection under the day after the last one for it, and while a fine
//! waits to be paid under the day on which the chain takes it. It knows the day, so that it can leave at any time.

use crate::{pallet::*, PenaltyId, SortedId, Status, WeightInfo};
use carbon_calendar::Day;
use carbon_traits::OnTradingLimits;
use frame_support::{
	defensive,
	traits::Get,
	weights::{Weight, WeightMeter},
};

/// Most days that one block goes forward. A chain that stood still for a year catches up in twelve blocks.
pub(crate) const DAYS_PER_BLOCK_MAX: u32 = 32;

/// Most penalties that one block makes final or collects.
pub(crate) const ENTRIES_PER_BLOCK_MAX: u32 = 8;

/// Any single entry fits in one of so many equal parts of a block.
pub(crate) const PARTS_OF_A_BLOCK: u64 = 10;

impl<T: Config> Pallet<T> {
	/// The last day of a window of `days` working days; `from` does not count.
	///
	/// A window of more working days than are counted does not end: parameters that are too generous take nobody's right away.
	pub(crate) fn last_day(from: Day, days: u32) -> Day {
		T::Calendar::get()
			.working_day_after(from, days)
			.unwrap_or(Day(u32::MAX))
	}

	/// Put `record` on the agenda of `day`, or of the first one that is not done.
	pub(crate) fn schedule(id: PenaltyId, record: &mut PenaltyRecordOf<T>, day: Day) {
		let first = AgendaCursor::<T>::get().unwrap_or_else(|| {
			// There was nothing before this day.
			let today = T::Today::get();
			AgendaCursor::<T>::put(today);
			today
		});
		let day = day.max(first);
		Agenda::<T>::insert(day, SortedId::from(id), ());
		record.agenda = Some(day);
	}

	/// Take `record` off the agenda, if it stands there.
	pub(crate) fn unschedule(id: PenaltyId, record: &mut PenaltyRecordOf<T>) {
		if let Some(day) = record.agenda.take() {
			Agenda::<T>::remove(day, SortedId::from(id));
		}
	}

	/// Do what is due, as far as `meter` reaches: at most [`DAYS_PER_BLOCK_MAX`] days and [`ENTRIES_PER_BLOCK_MAX`] penalties.
	pub(crate) fn work_through_agenda(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::on_poll_idle()).is_err() {
			return;
		}
		let Some(first) = AgendaCursor::<T>::get() else {
			return;
		};
		let today = T::Today::get();
		let mut day = first;
		let mut entries = 0;
		for _ in 0..DAYS_PER_BLOCK_MAX {
			if day > today || meter.try_consume(T::WeightInfo::on_poll_day()).is_err() {
				break;
			}
			// A day is not left before it is over: something may still be put on it.
			if !Self::clear_day(day, &mut entries, meter) || day == today {
				break;
			}
			day = day.next();
		}
		if day != first {
			AgendaCursor::<T>::put(day);
		}
	}

	/// Look at the penalties of a day. Returns whether none is left.
	pub(crate) fn clear_day(day: Day, entries: &mut u32, meter: &mut WeightMeter) -> bool {
		while let Some(first) = Agenda::<T>::iter_key_prefix(day).next() {
			if *entries >= ENTRIES_PER_BLOCK_MAX || meter.try_consume(T::WeightInfo::on_poll_entry()).is_err()
			{
				return false;
			}
			*entries = entries.saturating_add(1);
			let id = PenaltyId::from(first);
			let Some(record) = Penalties::<T>::get(id) else {
				defensive!("what stands on the agenda is no penalty");
				Agenda::<T>::remove(day, first);
				continue;
			};
			let needed = match record.status {
				Status::Proposed => Self::weight_of_end(),
				_ => Self::weight_of_collection(),
			};
			if meter.try_consume(needed).is_err() {
				return false;
			}
			Self::look_at(day, id, record);
		}
		true
	}

	pub(crate) fn look_at(day: Day, id: PenaltyId, mut record: PenaltyRecordOf<T>) {
		// It leaves the day, whatever becomes of it, so that no block looks at it for ever.
		Agenda::<T>::remove(day, SortedId::from(id));
		record.agenda = None;
		match record.status {
			Status::Proposed => Self::make_final(id, record),
			Status::Due => Self::collect(id, record),
			_ => {
				defensive!("something stands on the agenda that waits for nothing");
				Penalties::<T>::insert(id, record);
			}
		}
	}

	/// What making one penalty final costs a block at most.
	fn weight_of_end() -> Weight {
		T::WeightInfo::end_window().saturating_add(Self::weight_of_effects())
	}

	/// What collecting one fine costs a block at most.
	fn weight_of_collection() -> Weight {
		T::WeightInfo::collect().saturating_add(T::OnLimits::weight_of_limits_changed())
	}

	/// What one entry of the agenda costs at most, whatever becomes of it.
	pub(crate) fn weight_of_entry() -> Weight {
		Self::weight_of_end().max(Self::weight_of_collection())
	}

	/// With so much weight a block comes forward: by one entry at least, whichever it is, or to a later day.
	pub(crate) fn weight_of_progress() -> Weight {
		T::WeightInfo::on_poll_idle()
			.saturating_add(T::WeightInfo::on_poll_day())
			.saturating_add(T::WeightInfo::on_poll_entry())
			.saturating_add(Self::weight_of_entry())
	}
}
