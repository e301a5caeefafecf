//! Phases of a period: they move when their time has come, or by an officer's act, one after the other.

use crate::{pallet::*, types::*, WeightInfo};
use carbon_primitives::{Moment, Vintage};
use frame_support::{defensive, ensure, pallet_prelude::DispatchResult, traits::Time, weights::WeightMeter};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_rules(year: Vintage, rules: RuleSet, timeline: Timeline) -> DispatchResult {
		let mut period = Periods::<T>::get(year).ok_or(Error::<T>::PeriodNotFound)?;
		ensure!(period.phase == Phase::Planned, Error::<T>::RulesFixed);
		Self::ensure_fit(&rules, &timeline)?;

		let old_value = (period.rules, period.timeline);
		period.rules = rules;
		period.timeline = timeline;
		Self::note_due(year, &period)?;
		Periods::<T>::insert(year, period);
		Self::deposit_event(Event::RulesChanged {
			year,
			old_value,
			new_value: (rules, timeline),
		});
		Ok(())
	}

	pub(crate) fn do_advance_period(year: Vintage) -> DispatchResult {
		let period = Periods::<T>::get(year).ok_or(Error::<T>::PeriodNotFound)?;
		Self::advance(year, period)
	}

	/// Closing takes the phases that are left one by one as well: none is ever skipped.
	pub(crate) fn do_close_period(year: Vintage) -> DispatchResult {
		let period = Periods::<T>::get(year).ok_or(Error::<T>::PeriodNotFound)?;
		ensure!(period.phase.is_running(), Error::<T>::PeriodNotOpen);
		Self::ensure_may_close(year)?;
		// Three phases come before the closing.
		for _ in 0..3 {
			let period = Periods::<T>::get(year).ok_or(Error::<T>::Unexpected)?;
			if period.phase.is_running() {
				Self::advance(year, period)?;
			}
		}
		Ok(())
	}

	/// Take one period to its next phase, if the time of one has come. Called in each block; the earliest year comes first, and a
	/// year that has to wait for the one before it does not hold up the others.
	pub(crate) fn advance_due(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::on_poll_running()).is_err() {
			return;
		}
		let now = T::Time::now();
		let running = Running::<T>::get();
		let closing = Closing::<T>::exists();
		// Years close in their order. Those that have ended are no longer in the list.
		let due = running.iter().enumerate().find(|(index, period)| {
			period.due <= now && (period.phase != Phase::Surrendering || *index == 0 && !closing)
		});
		let Some((_, due)) = due else {
			return;
		};
		let step = Self::with_fine_price(T::WeightInfo::advance_period());
		if meter.try_consume(step).is_err() {
			return;
		}
		let moved = frame_support::storage::with_storage_layer(|| Self::do_advance_period(due.year));
		if moved.is_err() {
			defensive!("a period that is due can move on");
		}
	}

	/// Move a period from its phase to the next one.
	fn advance(year: Vintage, mut period: PeriodRecord) -> DispatchResult {
		let next = match period.phase {
			Phase::Planned => Phase::Open,
			Phase::Open => Phase::Surrendering,
			Phase::Surrendering => {
				Self::ensure_may_close(year)?;
				Phase::Closing
			}
			Phase::Closing | Phase::Closed => return Err(Error::<T>::PeriodNotOpen.into()),
		};
		period.phase = next;
		Self::note_due(year, &period)?;
		if next == Phase::Closing {
			let fine_price = Self::find_fine_price(year, &period);
			period.fine_price = Some(fine_price);
			Closing::<T>::put(ClosingCursor {
				year,
				page: 0,
				index: 0,
			});
			Self::deposit_event(Event::PeriodClosing { year, fine_price });
		} else {
			Self::deposit_event(Event::PeriodAdvanced { year, phase: next });
		}
		Periods::<T>::insert(year, period);
		Ok(())
	}

	/// The cumulative rule adds the years up in their order. Years were opened without a gap, so that looking at the one before
	/// is enough; and no two periods can be closing at once.
	fn ensure_may_close(year: Vintage) -> DispatchResult {
		let earlier = year
			.0
			.checked_sub(1)
			.and_then(|earlier| Periods::<T>::get(Vintage(earlier)));
		let earlier_closed = earlier.is_none_or(|earlier| earlier.phase == Phase::Closed);
		ensure!(earlier_closed, Error::<T>::EarlierPeriodOpen);
		Ok(())
	}

	/// Keep the list of running periods in step with the record of one of them. Years are opened in their order, so that a new one
	/// belongs at the end.
	pub(crate) fn note_due(year: Vintage, period: &PeriodRecord) -> DispatchResult {
		Running::<T>::try_mutate(|running| {
			let place = running.iter().position(|each| each.year == year);
			let next = period.timeline.due(period.phase).map(|due| RunningPeriod {
				year,
				phase: period.phase,
				due,
			});
			match (place.and_then(|place| running.get_mut(place)), next) {
				(Some(entry), Some(next)) => *entry = next,
				(Some(_), None) => running.retain(|each| each.year != year),
				(None, Some(next)) => running.try_push(next).map_err(|_| Error::<T>::TooManyPeriods)?,
				(None, None) => {}
			}
			Ok(())
		})
	}

	pub(crate) fn ensure_fit(rules: &RuleSet, timeline: &Timeline) -> DispatchResult {
		ensure!(rules.is_fit(), Error::<T>::RulesUnfit);
		ensure!(timeline.is_fit(T::Time::now()), Error::<T>::TimelineUnfit);
		Ok(())
	}

	/// The record of a period that has not ended: lists and issues are possible.
	pub(crate) fn running_period_of(year: Vintage) -> Result<PeriodRecord, DispatchError> {
		let period = Periods::<T>::get(year).ok_or(Error::<T>::PeriodNotFound)?;
		ensure!(period.phase.is_running(), Error::<T>::PeriodNotOpen);
		Ok(period)
	}

	/// The record of a period that takes reports and surrenders, and the moment. A deadline binds at once, even where the phase has
	/// not moved yet because the year before is still being closed.
	pub(crate) fn accepting_period_of(year: Vintage) -> Result<(PeriodRecord, Moment), DispatchError> {
		let period = Self::running_period_of(year)?;
		ensure!(period.phase != Phase::Planned, Error::<T>::PeriodPlanned);
		let now = T::Time::now();
		ensure!(now < period.timeline.surrender_due, Error::<T>::DeadlinePassed);
		Ok((period, now))
	}
}
