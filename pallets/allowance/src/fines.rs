//! What follows from a shortfall: a fine at the price of the month before the deadline, and a cut of the next allocation.

use crate::{
	pallet::*,
	status::{counted, owed, shortfall},
	types::*,
};
use carbon_primitives::{Balance, Digest, Moment, Tonnes, Vintage};
use carbon_traits::{InspectAveragePrice, InspectEntitlement, OnShortfall};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchResult, Weight},
	traits::Time,
};

/// How many days before the deadline the average price reaches back.
pub(crate) const PRICE_DAYS: u32 = 30;

impl<T: Config> Pallet<T> {
	/// What a missing tonne of `period` is reckoned at. A period that is ended before its deadline takes the month before that moment.
	pub(crate) fn find_fine_price(year: Vintage, period: &PeriodRecord) -> FinePrice {
		match period.rules.fine {
			FineRule::PerTonne(price) => FinePrice {
				price,
				basis: PriceBasis::Fixed,
			},
			FineRule::OfPrice { fallback_price, .. } => {
				// The deadline is the first moment that is too late: the month ends with the last one that was not.
				let last: Moment = period.timeline.surrender_due.saturating_sub(1);
				let until = T::Time::now().min(last);
				match T::Prices::average_price(year.into(), until, PRICE_DAYS) {
					Some(price) => FinePrice {
						price,
						basis: PriceBasis::Market,
					},
					None => FinePrice {
						price: fallback_price,
						basis: PriceBasis::Fallback,
					},
				}
			}
		}
	}

	/// `weight`, with finding that price.
	pub(crate) fn with_fine_price(weight: Weight) -> Weight {
		weight.saturating_add(T::Prices::weight_of_average_price(PRICE_DAYS))
	}

	/// `weight`, with what follows from a shortfall.
	pub(crate) fn with_sanction(weight: Weight) -> Weight {
		weight.saturating_add(T::OnShortfall::weight_of_fell_short())
	}

	/// Demand what belongs to `missing` tonnes that were not missing before, and return the fine.
	pub(crate) fn sanction(
		year: Vintage,
		period: &PeriodRecord,
		entity: &T::AccountId,
		missing: Tonnes,
	) -> Balance {
		let Some(fine_price) = period.fine_price.filter(|_| !missing.is_zero()) else {
			return 0;
		};
		let fine = period.rules.fine.fine(missing, fine_price.price);
		if period.rules.deduct_shortfall {
			Self::raise_deduction(entity, missing);
		}
		T::OnShortfall::fell_short(year, entity, missing, fine);
		fine
	}

	/// Deduct `tonnes`, which are not zero, from what `entity` receives next.
	pub(crate) fn raise_deduction(entity: &T::AccountId, tonnes: Tonnes) {
		Deductions::<T>::mutate(entity, |deduction| {
			// Saturating: what is more than there can be cuts every allocation to nothing all the same.
			let sum = deduction.unwrap_or_default().0.saturating_add(tonnes.0);
			*deduction = Some(Tonnes(sum));
		});
	}

	pub(crate) fn do_determine_emissions(
		year: Vintage,
		entity: T::AccountId,
		tonnes: Tonnes,
		reason: Digest,
	) -> DispatchResult {
		let period = Periods::<T>::get(year).ok_or(Error::<T>::PeriodNotFound)?;
		ensure!(period.phase == Phase::Closed, Error::<T>::PeriodNotClosed);
		let mut obligation = Obligations::<T>::get(year, &entity).ok_or(Error::<T>::NotEnrolled)?;
		ensure!(!obligation.excluded, Error::<T>::ExcludedFromPeriod);
		let known = obligation
			.report
			.is_some_and(|report| report.state == ReportState::Confirmed);
		ensure!(!known, Error::<T>::EmissionsKnown);

		let counted_before = counted(&period.rules, &obligation);
		let was_short = !obligation.shortfall.is_zero();
		// Whoever verified a number that was not confirmed does not stand behind this one.
		obligation.verifier = None;
		obligation.report = Some(ReportRecord {
			tonnes,
			digest: reason,
			state: ReportState::Confirmed,
			at: T::Time::now(),
			late: true,
			verified_late: true,
		});
		obligation.waived = T::Entitlements::waived(year, &entity);
		let (mut others, mut after) = (ComplianceTotals::default(), ComplianceTotals::default());
		if period.rules.obligation == ObligationRule::Cumulative {
			// Offset credits count now that there are emissions which they are a part of.
			let counted_now = counted(&period.rules, &obligation).shortfall(counted_before);
			(others, after) = Totals::<T>::mutate(&entity, |totals| {
				let others = ComplianceTotals {
					surrendered: totals.surrendered.shortfall(counted_before),
					..*totals
				};
				// Saturating as at the closing: an error of input must not stop anybody else.
				totals.emissions = Tonnes(totals.emissions.0.saturating_add(owed(&obligation).0));
				totals.surrendered = Tonnes(totals.surrendered.0.saturating_add(counted_now.0));
				(others, *totals)
			});
		}
		let missing = shortfall(&period.rules, &obligation, after).min(owed(&obligation));
		obligation.shortfall = missing;
		obligation.fine = Self::sanction(year, &period, &entity, missing);
		let fine = obligation.fine;
		Self::tell_determined(year, &period.rules, &entity, &obligation, was_short, others);
		Self::record_determination(year, &entity, reason);
		Obligations::<T>::insert(year, &entity, obligation);
		Self::deposit_event(Event::EmissionsDetermined {
			year,
			entity,
			tonnes,
			reason,
			shortfall: missing,
			fine,
		});
		Ok(())
	}
}
