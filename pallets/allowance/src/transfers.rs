//! Transfers outside of the market: between own accounts, with a legal basis, and by force.

use crate::{pallet::*, types::*};
use carbon_primitives::{AssetId, Digest, Tonnes, Vintage};
use carbon_traits::{EnsureParticipant, InspectGroup, InspectHalts, InspectHoldings, OffsetCredits};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchResult, Weight},
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_transfer(
		asset: AssetId,
		from: T::AccountId,
		to: T::AccountId,
		tonnes: Tonnes,
	) -> DispatchResult {
		Self::ensure_fit_to_move(&from, &to, tonnes)?;
		ensure!(T::Groups::are_related(&from, &to), Error::<T>::NotOwnAccounts);
		Self::move_within_limits(asset, from, to, tonnes, TransferBasis::OwnAccounts)
	}

	pub(crate) fn do_transfer_with_basis(
		asset: AssetId,
		from: T::AccountId,
		to: T::AccountId,
		tonnes: Tonnes,
		basis: Digest,
	) -> DispatchResult {
		Self::ensure_fit_to_move(&from, &to, tonnes)?;
		Self::move_within_limits(asset, from, to, tonnes, TransferBasis::Legal(basis))
	}

	/// `weight`, with looking at the holding limit of the receiver.
	pub(crate) fn with_limit(weight: Weight) -> Weight {
		weight.saturating_add(T::Trading::weight_of_ensure_may_receive())
	}

	fn ensure_fit_to_move(from: &T::AccountId, to: &T::AccountId, tonnes: Tonnes) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		ensure!(from != to, Error::<T>::SameAccount);
		T::Participants::ensure_admitted(from)?;
		T::Participants::ensure_admitted(to)
	}

	fn move_within_limits(
		asset: AssetId,
		from: T::AccountId,
		to: T::AccountId,
		tonnes: Tonnes,
		basis: TransferBasis,
	) -> DispatchResult {
		let is_known = Supplies::<T>::contains_key(asset) || T::Offsets::series(asset).is_some();
		ensure!(is_known, Error::<T>::AssetUnknown);
		ensure!(!T::Halts::is_asset_halted(asset), Error::<T>::AssetHalted);
		Self::move_units(asset, &from, &to, tonnes)?;
		// Afterwards, when what moved inside of a group counts once. A refusal takes the call back as a whole.
		T::Trading::ensure_may_receive(&to, asset, Tonnes::ZERO)?;
		Self::deposit_event(Event::Transferred {
			asset,
			from,
			to,
			tonnes,
			basis,
		});
		Ok(())
	}

	pub(crate) fn do_force_transfer(
		vintage: Vintage,
		from: T::AccountId,
		to: T::AccountId,
		tonnes: Tonnes,
	) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		ensure!(from != to, Error::<T>::SameAccount);
		// What pallets hold for others is nobody's debt: without this the account behind the trading ledger could be emptied.
		T::Participants::ensure_known(&from)?;
		T::Participants::ensure_admitted(&to)?;
		let asset = AssetId::from(vintage);
		ensure!(Supplies::<T>::contains_key(asset), Error::<T>::VintageNotFound);
		Self::move_units(asset, &from, &to, tonnes)?;
		Self::deposit_event(Event::ForcedTransfer {
			vintage,
			from,
			to,
			tonnes,
		});
		Ok(())
	}
}
