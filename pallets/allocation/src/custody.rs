//! Units on the regulator's account: of risky holders, which the regulator names, and of those whose credit is bad.

use crate::{pallet::*, types::Keeping, WeightInfo};
use carbon_primitives::{Digest, Role, Tonnes, Vintage};
use carbon_traits::{
	EnsureParticipant, InspectCredit, InspectObligation, IssueAllowances, UseHeldAllowances,
};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchResult, Weight},
	traits::Get,
};
use sp_runtime::DispatchError;

/// What came of an issue.
pub(crate) struct Issue {
	/// What was issued.
	pub issued: Tonnes,
	/// What was not, because it makes up for an earlier shortfall.
	pub deducted: Tonnes,
	/// Whether the regulator holds what was issued.
	pub held: bool,
}

impl<T: Config> Pallet<T> {
	/// Why what is issued to `entity` now is held, if it is.
	pub(crate) fn keeping_of(entity: &T::AccountId) -> Keeping {
		Keeping {
			by_order: RiskyHolders::<T>::contains_key(entity),
			by_credit: Self::is_held_by_credit(entity),
		}
	}

	/// Whether what is issued to `entity` now is held, for whichever reason.
	pub(crate) fn is_held_for(entity: &T::AccountId) -> bool {
		RiskyHolders::<T>::contains_key(entity) || Self::is_held_by_credit(entity)
	}

	fn is_held_by_credit(entity: &T::AccountId) -> bool {
		T::Credit::terms_of(entity).allocation_held
	}

	/// `weight`, with what an issue to each of `count` entities takes besides: to ask for its credit, and to record it.
	pub(crate) fn with_issues(weight: Weight, count: u32) -> Weight {
		let each = T::Credit::weight_of_terms().saturating_add(T::Allowances::weight_of_issue_record());
		weight.saturating_add(each.saturating_mul(count.into()))
	}

	/// What the true-up of `count` entities takes at most.
	pub(crate) fn weight_of_true_up(count: u32) -> Weight {
		let own = T::WeightInfo::true_up(count, T::MaxInstallationsPerEntity::get());
		Self::with_issues(own, count)
	}

	pub(crate) fn do_hold_units(entity: T::AccountId, reason: Digest) -> DispatchResult {
		T::Participants::ensure_role(&entity, Role::CoveredEntity)?;
		ensure!(
			!RiskyHolders::<T>::contains_key(&entity),
			Error::<T>::AlreadyRisky
		);

		RiskyHolders::<T>::insert(&entity, reason);
		Self::deposit_event(Event::HoldBegun { entity, reason });
		Ok(())
	}

	pub(crate) fn do_end_hold(entity: T::AccountId) -> DispatchResult {
		ensure!(RiskyHolders::<T>::contains_key(&entity), Error::<T>::NotRisky);

		RiskyHolders::<T>::remove(&entity);
		Self::deposit_event(Event::HoldEnded { entity });
		Ok(())
	}

	pub(crate) fn do_surrender_held(
		year: Vintage,
		entity: T::AccountId,
		vintage: Vintage,
		tonnes: Tonnes,
	) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);

		Self::lower_held(vintage, &entity, tonnes)?;
		T::Allowances::surrender_for(year, &T::CustodyAccount::get(), &entity, vintage, tonnes)?;
		Self::deposit_event(Event::HeldSurrendered {
			year,
			entity,
			vintage,
			tonnes,
		});
		Ok(())
	}

	pub(crate) fn do_release_units(entity: T::AccountId, vintage: Vintage, tonnes: Tonnes) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		let covered = T::Obligations::outstanding(vintage, &entity).is_some_and(|left| left.is_zero());
		ensure!(covered || !Self::is_held_for(&entity), Error::<T>::ObligationOpen);

		Self::lower_held(vintage, &entity, tonnes)?;
		T::Allowances::hand_over(vintage, &T::CustodyAccount::get(), &entity, tonnes)?;
		Self::deposit_event(Event::HeldReleased {
			entity,
			vintage,
			tonnes,
		});
		Ok(())
	}

	/// Issue to `entity`, or to the regulator's account where its units are held.
	pub(crate) fn issue_to(
		vintage: Vintage,
		entity: &T::AccountId,
		tonnes: Tonnes,
	) -> Result<Issue, DispatchError> {
		let held = Self::is_held_for(entity);
		let custody = T::CustodyAccount::get();
		let deducted = if tonnes.is_zero() {
			Tonnes::ZERO
		} else {
			T::Allowances::issue(vintage, entity, if held { &custody } else { entity }, tonnes)?
		};
		// What makes up for an earlier shortfall was not issued, and is not there to be held.
		let issued = tonnes.checked_sub(deducted).ok_or(Error::<T>::Unexpected)?;
		if held && !issued.is_zero() {
			let sum = Held::<T>::get(vintage, entity)
				.unwrap_or_default()
				.checked_add(issued)
				.ok_or(Error::<T>::AmountTooLarge)?;
			Held::<T>::insert(vintage, entity, sum);
		}
		Ok(Issue {
			issued,
			deducted,
			held,
		})
	}

	/// Count `tonnes` as held no more.
	pub(crate) fn lower_held(vintage: Vintage, entity: &T::AccountId, tonnes: Tonnes) -> DispatchResult {
		let left = Held::<T>::get(vintage, entity)
			.unwrap_or_default()
			.checked_sub(tonnes)
			.ok_or(Error::<T>::MoreThanHeld)?;
		if left.is_zero() {
			Held::<T>::remove(vintage, entity);
		} else {
			Held::<T>::insert(vintage, entity, left);
		}
		Ok(())
	}
}
