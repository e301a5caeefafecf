//! What the keeper of the obligations asks.

use crate::pallet::*;
use carbon_primitives::{Tonnes, Vintage};

impl<T: Config> carbon_traits::InspectEntitlement<T::AccountId> for Pallet<T> {
	fn entitlement(year: Vintage, entity: &T::AccountId) -> Option<Tonnes> {
		Allocations::<T>::get(year, entity).and_then(|record| record.entitlement)
	}

	fn owed(year: Vintage, entity: &T::AccountId) -> Tonnes {
		Allocations::<T>::get(year, entity).map_or(Tonnes::ZERO, |record| record.owed)
	}

	fn waived(year: Vintage, entity: &T::AccountId) -> Tonnes {
		Allocations::<T>::get(year, entity).map_or(Tonnes::ZERO, |record| record.waived)
	}

	fn is_kept(entity: &T::AccountId) -> bool {
		Self::is_held_for(entity)
	}
}
