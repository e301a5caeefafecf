//! Objections and the decisions about them, within windows of working days.

use crate::{pallet::*, types::*};
use carbon_calendar::Day;
use carbon_primitives::{Digest, Vintage};
use carbon_traits::InspectObligation;
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Get};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_object(year: Vintage, entity: T::AccountId, digest: Digest) -> DispatchResult {
		let rules = T::Obligations::rules(year).ok_or(Error::<T>::PeriodNotFound)?;
		let mut record = Allocations::<T>::get(year, &entity).ok_or(Error::<T>::AllocationNotFound)?;
		let AllocationState::Settled { on } = record.state else {
			return Err(Error::<T>::NotSettled.into());
		};
		match record.objection {
			Objection::None => (),
			Objection::Pending { .. } => return Err(Error::<T>::ObjectionPending.into()),
			Objection::Rejected => return Err(Error::<T>::ObjectionDecided.into()),
		}
		let (calendar, today) = (T::Calendar::get(), T::Today::get());
		// A window of more working days than are counted does not end: rules that are too generous take nobody's right away.
		let last_of = |from, days| calendar.working_day_after(from, days).unwrap_or(Day(u32::MAX));
		// The day of the true-up does not count, the last day does.
		ensure!(
			today <= last_of(on, rules.objection_days),
			Error::<T>::ObjectionLate
		);
		let due = last_of(today, rules.decision_days);

		record.objection = Objection::Pending { digest, due };
		Allocations::<T>::insert(year, &entity, record);
		Self::deposit_event(Event::Objected {
			year,
			entity,
			digest,
			due,
		});
		Ok(())
	}

	pub(crate) fn do_decide_objection(
		year: Vintage,
		entity: T::AccountId,
		decision: Decision,
		reason: Digest,
	) -> DispatchResult {
		let mut record = Allocations::<T>::get(year, &entity).ok_or(Error::<T>::AllocationNotFound)?;
		let Objection::Pending { due, .. } = record.objection else {
			return Err(Error::<T>::ObjectionNotFound.into());
		};

		match decision {
			Decision::Upheld => {
				// A true-up has to follow: where none can, nothing may hang.
				Self::open_rules_of(year)?;
				record.objection = Objection::None;
				record.state = AllocationState::Reopened;
			}
			Decision::Rejected => record.objection = Objection::Rejected,
		}
		Allocations::<T>::insert(year, &entity, record);
		Self::deposit_event(Event::ObjectionResolved {
			year,
			entity,
			decision,
			reason,
			late: T::Today::get() > due,
		});
		Ok(())
	}
}
