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
		T::Assets::mint_into(vintage.into(), to, tonnes.0.into()).map(|_| ())
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
		*counted = counted.checked_add(tonnes).ok_or(Error::<T>::Unexpected)?;
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
		Supplies::<T>::insert(asset, supply);
		Ok(())
	}

	/// Move allowances from one account to another, whatever halts say: the supply stays what it is.
	pub(crate) fn move_allowances(
		vintage: Vintage,
		from: &T::AccountId,
		to: &T::AccountId,
		tonnes: Tonnes,
	) -> DispatchResult {
		let asset = AssetId::from(vintage);
		ensure!(Supplies::<T>::contains_key(asset), Error::<T>::VintageNotFound);
		Self::ensure_free(asset, from, tonnes)?;
		T::Assets::transfer(asset, from, to, tonnes.0.into(), Preservation::Expendable).map(|_| ())
	}

	/// Check that `holder` has so many allowances free.
	fn ensure_free(asset: AssetId, holder: &T::AccountId, tonnes: Tonnes) -> DispatchResult {
		let free = T::Assets::reducible_balance(asset, holder, Preservation::Expendable, Fortitude::Polite);
		ensure!(free >= tonnes.0.into(), Error::<T>::InsufficientAllowances);
		Ok(())
	}
}
