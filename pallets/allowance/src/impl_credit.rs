//! What credit asks about the periods, and what a sanction does to an allocation.

use crate::{pallet::*, WeightInfo};
use carbon_primitives::{Tonnes, Vintage};
use carbon_traits::{CutAllocation, InspectPeriods};
use frame_support::pallet_prelude::Weight;

impl<T: Config> InspectPeriods for Pallet<T> {
	fn latest_year() -> Option<Vintage> {
		LastPeriod::<T>::get()
	}
}

impl<T: Config> CutAllocation<T::AccountId> for Pallet<T> {
	/// The cut adds to what the entity fell short of before. Nothing happens where there is nothing to cut.
	fn cut_allocation(entity: &T::AccountId, tonnes: Tonnes) {
		if tonnes.is_zero() {
			return;
		}
		Self::raise_deduction(entity, tonnes);
		Self::deposit_event(Event::AllocationCut {
			entity: entity.clone(),
			tonnes,
		});
	}

	/// What was withheld so far counts for what the entity fell short of first, and for the cut last.
	fn restore_allocation(entity: &T::AccountId, tonnes: Tonnes) -> Tonnes {
		let deduction = Deductions::<T>::get(entity).unwrap_or_default();
		let restored = deduction.min(tonnes);
		if restored.is_zero() {
			return restored;
		}
		let left = deduction.shortfall(restored);
		Deductions::<T>::set(entity, (!left.is_zero()).then_some(left));
		Self::deposit_event(Event::AllocationCutLifted {
			entity: entity.clone(),
			tonnes: restored,
		});
		restored
	}

	fn weight_of_cut() -> Weight {
		T::WeightInfo::cut_allocation()
	}
}
