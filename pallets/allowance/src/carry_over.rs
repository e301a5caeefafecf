//! Carry-over: allowances of a closed year become as many of the next one.

use crate::{pallet::*, types::*};
use carbon_primitives::{AssetId, Role, Tonnes, Vintage};
use carbon_traits::{EnsureParticipant, InspectEntitlement, InspectHoldings};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::fungibles::Inspect};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_carry_over(year: Vintage, entity: T::AccountId, tonnes: Tonnes) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		T::Participants::ensure_role(&entity, Role::CoveredEntity)?;
		let period = Periods::<T>::get(year).ok_or(Error::<T>::PeriodNotFound)?;
		ensure!(period.phase == Phase::Closed, Error::<T>::PeriodNotClosed);
		let rule = period.rules.carry_over.ok_or(Error::<T>::CarryOverNotAllowed)?;
		let next = Vintage(year.0.checked_add(1).ok_or(Error::<T>::PeriodNotFound)?);
		Self::running_period_of(next)?;
		Self::try_mutate_obligation(year, &entity, |obligation| {
			let complied = matches!(
				obligation.status,
				Some(SurrenderStatus::A | SurrenderStatus::Excluded)
			);
			// What has to be returned is not left over.
			let complied = complied && T::Entitlements::owed(year, &entity).is_zero();
			ensure!(complied, Error::<T>::NotCompliant);
			let most = Self::most_to_carry(&rule, year, &entity, obligation);
			obligation.carried_over = obligation
				.carried_over
				.checked_add(tonnes)
				.filter(|carried| *carried <= most)
				.ok_or(Error::<T>::CarryOverExceeded)?;
			ensure!(
				obligation.carried_over <= obligation.held_at_end,
				Error::<T>::InsufficientAllowances
			);
			Ok(())
		})?;

		Self::retire(year, &entity, tonnes, |supply| &mut supply.carried_out)?;
		Supplies::<T>::try_mutate(AssetId::from(next), |supply| {
			let supply = supply.as_mut().ok_or(Error::<T>::Unexpected)?;
			supply.carried_in = supply
				.carried_in
				.checked_add(tonnes)
				.ok_or(Error::<T>::Unexpected)?;
			Ok::<_, Error<T>>(())
		})?;
		Self::mint_allowances(next, &entity, tonnes)?;
		Self::deposit_event(Event::CarriedOver { year, entity, tonnes });
		Ok(())
	}

	/// Most that the net sales of `entity` let it carry over: those at the end of the year, and no more than are left of them. What was
	/// sold afterwards does not count, and what was bought back is taken off.
	pub(crate) fn most_to_carry(
		rule: &CarryOverRule,
		year: Vintage,
		entity: &T::AccountId,
		obligation: &ObligationRecord<T::AccountId>,
	) -> Tonnes {
		rule.most(obligation.net_sold.min(Self::net_sold(year, entity)))
	}

	/// Keep what `entity` has sold and holds of the vintage of `year` at its end: what it gets later is not left over from that year.
	pub(crate) fn note_end_of_year(
		year: Vintage,
		entity: &T::AccountId,
		obligation: &mut ObligationRecord<T::AccountId>,
	) {
		obligation.net_sold = Self::net_sold(year, entity);
		// A supply has 64 bits.
		obligation.held_at_end = Tonnes(u64::try_from(Self::held_on_both(year, entity)).unwrap_or(u64::MAX));
	}

	/// What `who` holds of `vintage` on the registry ledger and on the trading ledger, free or bound.
	fn held_on_both(vintage: Vintage, who: &T::AccountId) -> u128 {
		let asset = AssetId::from(vintage);
		// Saturating hides nothing: no supply is as large.
		T::Assets::total_balance(asset, who).saturating_add(T::Trading::traded(who, asset).0.into())
	}

	/// What `who` sold of `vintage` more than it bought, in tonnes; zero for whoever bought more.
	///
	/// Whatever did not come or go otherwise came or went by trade, so that trades need not be counted one by one.
	pub fn net_sold(vintage: Vintage, who: &T::AccountId) -> Tonnes {
		let Movement { received, spent } = Movements::<T>::get(AssetId::from(vintage), who);
		// Saturating hides nothing: no supply is as large.
		let there = Self::held_on_both(vintage, who).saturating_add(spent.0.into());
		let sold = u128::from(received.0).saturating_sub(there);
		// At most what was received, which has 64 bits.
		Tonnes(u64::try_from(sold).unwrap_or(received.0))
	}
}
