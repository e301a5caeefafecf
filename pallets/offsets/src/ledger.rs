//! The registry ledger: the only place where offset credits come into being, leave the buffer and cease to exist, the last
//! each time together with the record of their series.

use crate::{pallet::*, CancellationCause, SeriesRecord};
use alloc::format;
use carbon_primitives::{AssetId, Tonnes};
use carbon_traits::InspectHalts;
use frame_support::{
	ensure,
	traits::{
		fungibles::{metadata::Mutate as MutateMetadata, Create, Inspect, Mutate},
		tokens::{Fortitude, Precision, Preservation},
		Get,
	},
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Create the asset of a series, named so that wallets can show it.
	pub(crate) fn create_asset(asset: AssetId, series: &SeriesRecord) -> DispatchResult {
		let owner = T::AssetsOwner::get();
		// Sufficient: an account may exist by its credits alone, as a registry account does.
		T::Assets::create(asset, owner.clone(), true, 1)?;
		let (project, year) = (series.project.0, series.vintage.0);
		let name = format!("Offset credit {year}, project {project}");
		let symbol = format!("OC{year}-{project}");
		T::Assets::set(asset, &owner, name.into_bytes(), symbol.into_bytes(), 0)
	}

	/// Put new credits into an account. The caller counts them in the record of the series.
	pub(crate) fn mint(asset: AssetId, to: &T::AccountId, tonnes: Tonnes) -> DispatchResult {
		// A buffer may have no share of a series, or all of it.
		if tonnes.is_zero() {
			return Ok(());
		}
		T::Assets::mint_into(asset, to, tonnes.0.into()).map(|_| ())
	}

	/// Move credits out of the buffer. The caller counts them in the record of the series.
	pub(crate) fn move_from_buffer(asset: AssetId, to: &T::AccountId, tonnes: Tonnes) -> DispatchResult {
		let from = T::BufferAccount::get();
		Self::ensure_not_halted(asset)?;
		T::Assets::transfer(asset, &from, to, tonnes.0.into(), Preservation::Expendable).map(|_| ())
	}

	/// Take credits that `holder` holds freely out of the world, and let `count` note in the record of their series what
	/// has become of them. Nothing is changed where that is refused.
	pub(crate) fn take_out(
		asset: AssetId,
		holder: &T::AccountId,
		tonnes: Tonnes,
		count: impl FnOnce(&mut SeriesRecord) -> Option<()>,
	) -> DispatchResult {
		let mut series = Series::<T>::get(asset).ok_or(Error::<T>::SeriesNotFound)?;
		count(&mut series).ok_or(Error::<T>::Unexpected)?;
		Self::ensure_not_halted(asset)?;
		let free = T::Assets::reducible_balance(asset, holder, Preservation::Expendable, Fortitude::Polite);
		ensure!(free >= tonnes.0.into(), Error::<T>::InsufficientCredits);

		T::Assets::burn_from(
			asset,
			holder,
			tonnes.0.into(),
			Preservation::Expendable,
			Precision::Exact,
			Fortitude::Polite,
		)?;
		Series::<T>::insert(asset, series);
		Ok(())
	}

	/// Cancel credits that `holder` holds freely, with a record that says why.
	pub(crate) fn cancel_credits(
		holder: T::AccountId,
		asset: AssetId,
		tonnes: Tonnes,
		cause: CancellationCause,
	) -> DispatchResult {
		let id = NextCancellation::<T>::get();
		let next = id.next().ok_or(Error::<T>::Unexpected)?;
		Self::take_out(asset, &holder, tonnes, |series| series.cancel(tonnes))?;

		NextCancellation::<T>::put(next);
		Cancellations::<T>::insert(
			id,
			CancellationRecordOf::<T> {
				holder: holder.clone(),
				asset,
				tonnes,
				cause: cause.clone(),
				block: frame_system::Pallet::<T>::block_number(),
			},
		);
		Self::deposit_event(Event::Cancelled {
			id,
			asset,
			holder,
			tonnes,
			cause,
		});
		Ok(())
	}

	fn ensure_not_halted(asset: AssetId) -> DispatchResult {
		ensure!(!T::Halts::is_asset_halted(asset), Error::<T>::AssetHalted);
		Ok(())
	}
}
