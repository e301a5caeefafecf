//! The end of a period: entities are assessed in the order of their enrolment, a few per block.

use crate::{
	pallet::*,
	status::{assess, owed, shortfall},
	types::*,
	WeightInfo,
};
use carbon_primitives::Vintage;
use carbon_traits::InspectEntitlement;
use frame_support::{defensive, weights::WeightMeter};

/// The closing takes at most one part in this many of what a block has left, so that orders and their cancellation find
/// room in every block however many entities there are.
pub(crate) const CLOSING_SHARE: u64 = 4;

impl<T: Config> Pallet<T> {
	/// Assess entities of the closing period within the share of `block` that the closing may take.
	pub(crate) fn continue_closing(block: &mut WeightMeter) {
		let mut share = WeightMeter::with_limit(block.remaining().div(CLOSING_SHARE));
		Self::assess_within(&mut share);
		block.consume(share.consumed());
	}

	fn assess_within(meter: &mut WeightMeter) {
		// The read of the cursor, in each block.
		if meter.try_consume(T::WeightInfo::on_poll_idle()).is_err() {
			return;
		}
		let Some(mut cursor) = Closing::<T>::get() else {
			return;
		};
		// The period and the cursor, read and written.
		if meter.try_consume(T::WeightInfo::on_poll_closing()).is_err() {
			return;
		}
		let Some(mut period) = Periods::<T>::get(cursor.year) else {
			defensive!("a closing period has a record");
			Closing::<T>::kill();
			return;
		};

		let one = Self::weight_of_assessment();
		while cursor.page < period.enrolment_pages {
			// A page is read once for all of its entities that fit.
			let page_and_one = T::WeightInfo::assess_page().saturating_add(one);
			if !meter.can_consume(page_and_one) {
				Closing::<T>::put(cursor);
				return;
			}
			meter.consume(T::WeightInfo::assess_page());
			let page = Enrolments::<T>::get(cursor.year, cursor.page);
			while let Some(entity) = page.get(cursor.index as usize) {
				if meter.try_consume(one).is_err() {
					Closing::<T>::put(cursor);
					return;
				}
				Self::assess_entity(cursor.year, &period, entity);
				cursor.index += 1;
			}
			cursor.page += 1;
			cursor.index = 0;
		}

		period.phase = Phase::Closed;
		Periods::<T>::insert(cursor.year, period);
		Closing::<T>::kill();
		Self::deposit_event(Event::PeriodClosed { year: cursor.year });
	}

	pub(crate) fn assess_entity(year: Vintage, period: &PeriodRecord, entity: &T::AccountId) {
		let rules = &period.rules;
		let Some(mut obligation) = Obligations::<T>::get(year, entity) else {
			defensive!("an enrolled entity has an obligation record");
			return;
		};
		let before = match rules.obligation {
			ObligationRule::Yearly => ComplianceTotals::default(),
			ObligationRule::Cumulative => Totals::<T>::get(entity),
		};
		obligation.waived = T::Entitlements::waived(year, entity);
		let (status, after) = assess(rules, &obligation, before);
		if rules.obligation == ObligationRule::Cumulative {
			Totals::<T>::insert(entity, after);
		}
		if obligation.report.is_none() && !obligation.excluded {
			Self::deposit_event(Event::ReportMissing {
				year,
				entity: entity.clone(),
			});
		}
		obligation.status = Some(status);
		if rules.carry_over.is_some() {
			Self::note_end_of_year(year, entity, &mut obligation);
		}
		obligation.shortfall = shortfall(rules, &obligation, after);
		// Surrenders serve the oldest debt first, so that what was not missing before is of this year.
		let newly_missing = obligation.shortfall.min(owed(&obligation));
		obligation.fine = Self::sanction(year, period, entity, newly_missing);
		Self::tell_year(year, entity, &obligation, before);
		let (missing, fine) = (obligation.shortfall, obligation.fine);
		Obligations::<T>::insert(year, entity, obligation);
		Self::deposit_event(Event::StatusAssessed {
			year,
			entity: entity.clone(),
			status,
			shortfall: missing,
			fine,
		});
	}
}
