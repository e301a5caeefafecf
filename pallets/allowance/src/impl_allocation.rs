//! What free allocation may do with allowances, and what it is told of the periods.

use crate::{
	pallet::*,
	status::{counted, owed},
};
use carbon_primitives::{AssetId, Tonnes, Vintage};
use carbon_traits::{
	AllocationRules, Doer, EnsureParticipant, InspectEntitlement, InspectObligation, IssueAllowances,
	RecordActivity, UseHeldAllowances,
};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchResult, Weight},
	traits::{
		fungibles::Inspect,
		tokens::{Fortitude, Preservation},
	},
};
use sp_runtime::DispatchError;

impl<T: Config> IssueAllowances<T::AccountId> for Pallet<T> {
	fn issue(
		vintage: Vintage,
		entity: &T::AccountId,
		to: &T::AccountId,
		tonnes: Tonnes,
	) -> Result<Tonnes, DispatchError> {
		Self::running_period_of(vintage)?;
		let issued = Self::allocate_to(vintage, entity, to, tonnes)?;
		Self::raise_issued(vintage, issued, Tonnes::ZERO)?;
		tonnes
			.checked_sub(issued)
			.ok_or_else(|| Error::<T>::Unexpected.into())
	}

	fn take_back(
		vintage: Vintage,
		entity: &T::AccountId,
		from: &T::AccountId,
		tonnes: Tonnes,
	) -> DispatchResult {
		Self::try_mutate_obligation(vintage, entity, |obligation| {
			let left = obligation
				.allocated
				.and_then(|allocated| allocated.checked_sub(tonnes))
				.ok_or(Error::<T>::MoreThanAllocated)?;
			obligation.allocated = Some(left);
			// Before the obligation is stored: what is not taken back stays allocated.
			Self::unissue(vintage, from, tonnes)
		})?;
		Self::deposit_event(Event::TakenBack {
			year: vintage,
			entity: entity.clone(),
			tonnes,
		});
		Ok(())
	}

	fn deduct_again(vintage: Vintage, entity: &T::AccountId, tonnes: Tonnes) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		Self::raise_deduction(entity, tonnes);
		Self::deposit_event(Event::DeductedAgain {
			year: vintage,
			entity: entity.clone(),
			tonnes,
		});
		Ok(())
	}

	fn free(vintage: Vintage, who: &T::AccountId) -> Tonnes {
		let asset = AssetId::from(vintage);
		let free = T::Assets::reducible_balance(asset, who, Preservation::Expendable, Fortitude::Polite);
		// A supply has 64 bits.
		Tonnes(u64::try_from(free).unwrap_or(u64::MAX))
	}

	fn weight_of_issue_record() -> Weight {
		T::Provenance::weight_of_record()
	}
}

impl<T: Config> UseHeldAllowances<T::AccountId> for Pallet<T> {
	fn surrender_for(
		year: Vintage,
		custody: &T::AccountId,
		entity: &T::AccountId,
		vintage: Vintage,
		tonnes: Tonnes,
	) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		let (id, record) =
			Self::surrender_units(year, custody.clone(), entity.clone(), vintage.into(), tonnes)?;
		// Nobody acts through the account on which units are held but the regulator.
		Self::record_surrender(Doer::Regulator, id, &record);
		Ok(())
	}

	fn hand_over(
		vintage: Vintage,
		custody: &T::AccountId,
		entity: &T::AccountId,
		tonnes: Tonnes,
	) -> DispatchResult {
		T::Participants::ensure_admitted(entity)?;
		Self::ensure_vintage_moves(vintage)?;
		Self::move_units(vintage.into(), custody, entity, tonnes)?;
		Obligations::<T>::mutate(vintage, entity, |obligation| {
			// It was its own at the end of the year as well, since nothing is issued afterwards. Saturating: a supply has 64 bits.
			if let Some(obligation) = obligation
				.as_mut()
				.filter(|obligation| obligation.status.is_some())
			{
				obligation.held_at_end = Tonnes(obligation.held_at_end.0.saturating_add(tonnes.0));
			}
		});
		Ok(())
	}

	fn weight_of_surrender_record() -> Weight {
		T::Provenance::weight_of_record()
	}
}

impl<T: Config> InspectObligation<T::AccountId> for Pallet<T> {
	fn rules(year: Vintage) -> Option<AllocationRules> {
		Periods::<T>::get(year).map(|period| AllocationRules {
			pre_allocation_bps: period.rules.pre_allocation_bps,
			gap_cap_bps: period.rules.gap_cap_bps,
			objection_days: period.timeline.objection_days.into(),
			decision_days: period.timeline.decision_days.into(),
		})
	}

	fn accepts_allocation(year: Vintage) -> bool {
		Self::running_period_of(year).is_ok()
	}

	fn is_enrolled(year: Vintage, entity: &T::AccountId) -> bool {
		Obligations::<T>::contains_key(year, entity)
	}

	fn allocated(year: Vintage, entity: &T::AccountId) -> Option<Tonnes> {
		Obligations::<T>::get(year, entity)?.allocated
	}

	fn verified_emissions(year: Vintage, entity: &T::AccountId) -> Option<Tonnes> {
		Obligations::<T>::get(year, entity)?
			.confirmed()
			.map(|report| report.tonnes)
	}

	fn outstanding(year: Vintage, entity: &T::AccountId) -> Option<Tonnes> {
		let rules = Periods::<T>::get(year)?.rules;
		let mut obligation = Obligations::<T>::get(year, entity)?;
		obligation.waived = T::Entitlements::waived(year, entity);
		obligation.confirmed()?;
		Some(owed(&obligation).shortfall(counted(&rules, &obligation)))
	}
}
