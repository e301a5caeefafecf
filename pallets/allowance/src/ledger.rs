//! The registry ledger: the only place where allowances come into being and cease to exist, each time together with the
//! vintage's supply record, and where the regulator moves them.

use crate::{pallet::*, types::*};
use alloc::format;
use carbon_primitives::{AssetId, Tonnes, Vintage};
use carbon_traits::InspectHalts;
use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	traits::{
		fungibles::{metadata::Mutate as MutateMetadata, Create, Inspect, Mutate},
		tokens::{Fortitude, Precision, Preservation},
		Get,
	},
};

impl<T: Config> Pallet<T> {
	/// Create the asset of a vintage, named so that wallets can show it.
	pub(crate) fn create_vintage(vintage: Vintage, cap: Tonnes) -> DispatchResult {
		let asset = AssetId::from(vintage);
		let owner = T::AssetsOwner::get();
		// Sufficient: an account may exist by its allowances alone, as a registry account does.
		T::Assets::create(asset, owner.clone(), true, 1)?;
		let name = format!("Allowance {}", vintage.0);
		let symbol = format!("CEA{}", vintage.0);
		T::Assets::set(asset, &owner, name.into_bytes(), symbol.into_bytes(), 0)?;
		Supplies::<T>::insert(
			asset,
			Supply {
				cap,
				..Default::default()
			},
		);
		Ok(())
	}

	/// Put new allowances into an account. The caller raises the supply by [`Self::raise_issued`].
	pub(crate) fn mint_allowances(vintage: Vintage, to: &T::AccountId, tonnes: Tonnes) -> DispatchResult {
		T::Assets::mint_into(vintage.into(), to, tonnes.0.into())?;
		Self::note_received(vintage.into(), to, tonnes)
	}

	/// Cut an allocation of `tonnes` by what `entity` fell short of before. Returns what is left of it.
	pub(crate) fn deduct(year: Vintage, entity: &T::AccountId, tonnes: Tonnes) -> Tonnes {
		let Some(deduction) = Deductions::<T>::get(entity).filter(|_| !tonnes.is_zero()) else {
			return tonnes;
		};
		let cut = deduction.min(tonnes);
		let left = deduction.shortfall(cut);
		if left.is_zero() {
			Deductions::<T>::remove(entity);
		} else {
			Deductions::<T>::insert(entity, left);
		}
		Self::deposit_event(Event::Deducted {
			year,
			entity: entity.clone(),
			tonnes: cut,
			left,
		});
		tonnes.shortfall(cut)
	}

	/// Count newly issued allowances, within the cap. `sold` is the part that goes to the authority's seller.
	pub(crate) fn raise_issued(vintage: Vintage, allocated: Tonnes, sold: Tonnes) -> DispatchResult {
		Supplies::<T>::try_mutate(AssetId::from(vintage), |supply| {
			let supply = supply.as_mut().ok_or(Error::<T>::Unexpected)?;
			supply.issued = supply
				.issued
				.checked_add(allocated)
				.and_then(|issued| issued.checked_add(sold))
				.filter(|issued| *issued <= supply.cap)
				.ok_or(Error::<T>::CapExceeded)?;
			// At most `issued`, which was checked.
			supply.sold = supply.sold.checked_add(sold).ok_or(Error::<T>::Unexpected)?;
			Ok(())
		})
	}

	/// Take allowances out of the world and count them in the part of the supply that `counter` names. Nothing is changed where
	/// that is refused.
	pub(crate) fn retire(
		vintage: Vintage,
		holder: &T::AccountId,
		tonnes: Tonnes,
		counter: impl FnOnce(&mut Supply) -> &mut Tonnes,
	) -> DispatchResult {
		let asset = AssetId::from(vintage);
		let mut supply = Supplies::<T>::get(asset).ok_or(Error::<T>::VintageNotFound)?;
		let counted = counter(&mut supply);
		// So many do not exist.
		*counted = counted
			.checked_add(tonnes)
			.ok_or(Error::<T>::InsufficientAllowances)?;
		Self::burn(asset, holder, tonnes)?;
		Supplies::<T>::insert(asset, supply);
		Ok(())
	}

	/// Take allowances out of the world that should not have been issued, and count them as if they had not been.
	pub(crate) fn unissue(vintage: Vintage, holder: &T::AccountId, tonnes: Tonnes) -> DispatchResult {
		let asset = AssetId::from(vintage);
		let mut supply = Supplies::<T>::get(asset).ok_or(Error::<T>::VintageNotFound)?;
		supply.issued = supply.issued.checked_sub(tonnes).ok_or(Error::<T>::Unexpected)?;
		Self::burn(asset, holder, tonnes)?;
		Supplies::<T>::insert(asset, supply);
		Ok(())
	}

	fn burn(asset: AssetId, holder: &T::AccountId, tonnes: Tonnes) -> DispatchResult {
		ensure!(!T::Halts::is_asset_halted(asset), Error::<T>::AssetHalted);
		Self::ensure_free(asset, holder, tonnes)?;
		T::Assets::burn_from(
			asset,
			holder,
			tonnes.0.into(),
			Preservation::Expendable,
			Precision::Exact,
			Fortitude::Polite,
		)?;
		Self::note_spent(asset, holder, tonnes)
	}

	/// Check that allowances of `vintage` exist and are not halted.
	pub(crate) fn ensure_vintage_moves(vintage: Vintage) -> DispatchResult {
		let asset = AssetId::from(vintage);
		ensure!(Supplies::<T>::contains_key(asset), Error::<T>::VintageNotFound);
		ensure!(!T::Halts::is_asset_halted(asset), Error::<T>::AssetHalted);
		Ok(())
	}

	/// Move units from one account to another, whatever halts say: the supply stays what it is.
	pub(crate) fn move_units(
		asset: AssetId,
		from: &T::AccountId,
		to: &T::AccountId,
		tonnes: Tonnes,
	) -> DispatchResult {
		Self::ensure_free(asset, from, tonnes)?;
		T::Assets::transfer(asset, from, to, tonnes.0.into(), Preservation::Expendable)?;
		// Trades of offset credits are nobody's concern here.
		if Vintage::from_asset(asset).is_some() {
			Self::note_spent(asset, from, tonnes)?;
			Self::note_received(asset, to, tonnes)?;
		}
		Ok(())
	}

	fn note_received(asset: AssetId, who: &T::AccountId, tonnes: Tonnes) -> DispatchResult {
		Movements::<T>::try_mutate(asset, who, |movement| {
			let sum = movement.received.checked_add(tonnes);
			movement.received = sum.ok_or(Error::<T>::Unexpected)?;
			Ok(())
		})
	}

	fn note_spent(asset: AssetId, who: &T::AccountId, tonnes: Tonnes) -> DispatchResult {
		Movements::<T>::try_mutate(asset, who, |movement| {
			let sum = movement.spent.checked_add(tonnes);
			movement.spent = sum.ok_or(Error::<T>::Unexpected)?;
			Ok(())
		})
	}

	/// Check that `holder` has so many allowances free.
	fn ensure_free(asset: AssetId, holder: &T::AccountId, tonnes: Tonnes) -> DispatchResult {
		let free = T::Assets::reducible_balance(asset, holder, Preservation::Expendable, Fortitude::Polite);
		ensure!(free >= tonnes.0.into(), Error::<T>::InsufficientAllowances);
		Ok(())
	}
}
