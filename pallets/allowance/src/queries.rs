//! What the runtime API `AllowanceApi` answers with.

use crate::{aliases::*, pallet::*, types::*};
use carbon_primitives::{AssetId, Tonnes, Vintage};

impl<T: Config> Pallet<T> {
	/// The compliance period of a year.
	pub fn period(year: Vintage) -> Option<PeriodRecord> {
		Periods::<T>::get(year)
	}

	/// What an entity owes and has done in a year.
	pub fn obligation(year: Vintage, entity: T::AccountId) -> Option<ObligationRecordOf<T>> {
		Obligations::<T>::get(year, entity)
	}

	/// An entity's sums over its closed cumulative periods.
	pub fn totals(entity: T::AccountId) -> ComplianceTotals {
		Totals::<T>::get(entity)
	}

	/// What has become of a vintage.
	pub fn supply(asset: AssetId) -> Option<Supply> {
		Supplies::<T>::get(asset)
	}

	/// A cancellation by its number.
	pub fn cancellation_record(id: CancellationId) -> Option<CancellationRecordOf<T>> {
		Cancellations::<T>::get(id)
	}

	/// What of a vintage the net sales of an entity still let it carry over into the next one, if it has complied and held so much at the
	/// end of the year. Nothing before it is assessed.
	pub fn carry_over_room(year: Vintage, entity: T::AccountId) -> Tonnes {
		let rule = Periods::<T>::get(year).and_then(|period| period.rules.carry_over);
		let assessed = Obligations::<T>::get(year, &entity).filter(|obligation| obligation.status.is_some());
		rule.zip(assessed).map_or(Tonnes::ZERO, |(rule, obligation)| {
			Self::most_to_carry(&rule, year, &entity, &obligation).shortfall(obligation.carried_over)
		})
	}

	/// What the next allocation of an entity is cut by.
	pub fn deduction(entity: T::AccountId) -> Tonnes {
		Deductions::<T>::get(entity).unwrap_or_default()
	}

	/// A surrender by its number.
	pub fn surrender_record(id: SurrenderId) -> Option<SurrenderRecordOf<T>> {
		Surrenders::<T>::get(id)
	}
}
