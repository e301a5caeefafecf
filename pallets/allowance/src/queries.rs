//! What the runtime API `AllowanceApi` answers with.

use crate::{pallet::*, types::*};
use carbon_primitives::{AssetId, Vintage};

impl<T: Config> Pallet<T> {
	/// The compliance period of a year.
	pub fn period(year: Vintage) -> Option<PeriodRecord> {
		Periods::<T>::get(year)
	}

	/// What an entity owes and has done in a year.
	pub fn obligation(year: Vintage, entity: T::AccountId) -> Option<ObligationRecord> {
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

	/// A surrender by its number.
	pub fn surrender_record(id: SurrenderId) -> Option<SurrenderRecordOf<T>> {
		Surrenders::<T>::get(id)
	}
}
