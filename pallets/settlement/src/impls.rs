//! What the calls do.

use crate::{
	Config, Error, Event, HoldReason, Issuance, IssuanceRecord, Pallet, ReceiptKind, ReceiptRecord, Receipts,
};
use carbon_primitives::{Balance, Digest, Role};
use carbon_traits::EnsureParticipant;
use frame_support::{
	ensure,
	traits::{
		fungible::{hold::Inspect as _, hold::Mutate as _, Inspect as _, Mutate as _},
		tokens::{Fortitude, Precision, Preservation},
	},
};
use frame_system::{ensure_signed, pallet_prelude::OriginFor};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The signer, which must be the settlement bank.
	pub(crate) fn ensure_bank(origin: OriginFor<T>) -> Result<T::AccountId, DispatchError> {
		let bank = ensure_signed(origin)?;
		T::Participants::ensure_role(&bank, Role::SettlementBank)?;
		Ok(bank)
	}

	pub(crate) fn do_mint(
		bank: T::AccountId,
		to: T::AccountId,
		amount: Balance,
		receipt: Digest,
	) -> DispatchResult {
		Self::ensure_not_zero(amount)?;
		T::Participants::ensure_admitted(&to)?;

		Self::use_receipt(receipt, ReceiptKind::Mint, to.clone(), amount)?;
		Self::change_issuance(|record| record.after_mint(amount))?;
		T::Money::mint_into(&to, amount)?;
		Self::deposit_event(Event::Minted {
			bank,
			to,
			amount,
			receipt,
		});
		Ok(())
	}

	pub(crate) fn do_request_redemption(who: T::AccountId, amount: Balance) -> DispatchResult {
		Self::ensure_not_zero(amount)?;
		T::Money::hold(&HoldReason::Redemption.into(), &who, amount)?;
		Self::deposit_event(Event::RedemptionRequested { who, amount });
		Ok(())
	}

	pub(crate) fn do_withdraw_redemption(who: T::AccountId, amount: Balance) -> DispatchResult {
		T::Participants::ensure_may_exit(&who)?;
		Self::release(&who, amount)?;
		Self::deposit_event(Event::RedemptionWithdrawn { who, amount });
		Ok(())
	}

	pub(crate) fn do_redeem(
		bank: T::AccountId,
		from: T::AccountId,
		amount: Balance,
		receipt: Digest,
	) -> DispatchResult {
		Self::ensure_not_zero(amount)?;
		T::Participants::ensure_may_be_paid(&from)?;
		Self::ensure_on_hold(&from, amount)?;

		Self::use_receipt(receipt, ReceiptKind::Redeem, from.clone(), amount)?;
		Self::change_issuance(|record| record.after_redemption(amount))?;
		// Forced: a freeze keeps its owner from spending, but the bank's transfer replaces these tokens one to one, and
		// tokens whose backing has left must not stay.
		T::Money::burn_held(
			&HoldReason::Redemption.into(),
			&from,
			amount,
			Precision::Exact,
			Fortitude::Force,
		)?;
		Self::deposit_event(Event::Redeemed {
			bank,
			from,
			amount,
			receipt,
		});
		Ok(())
	}

	pub(crate) fn do_force_transfer(from: T::AccountId, to: T::AccountId, amount: Balance) -> DispatchResult {
		Self::ensure_not_zero(amount)?;
		ensure!(from != to, Error::<T>::SameAccount);
		// What pallets hold for others is nobody's debt: without this the account behind the trading ledger could be emptied.
		T::Participants::ensure_known(&from)?;
		T::Participants::ensure_admitted(&to)?;
		// The account stays alive: one that is closed loses its nonce, and what it has signed before could be sent again.
		let free = T::Money::reducible_balance(&from, Preservation::Preserve, Fortitude::Polite);
		ensure!(amount <= free, Error::<T>::FreeBalanceExceeded);
		T::Money::transfer(&from, &to, amount, Preservation::Preserve)?;
		Self::deposit_event(Event::ForcedTransfer { from, to, amount });
		Ok(())
	}

	pub(crate) fn do_force_release(from: T::AccountId, amount: Balance) -> DispatchResult {
		T::Participants::ensure_known(&from)?;
		Self::release(&from, amount)?;
		Self::deposit_event(Event::ForcedRelease { from, amount });
		Ok(())
	}

	/// Let `who` have `amount` freely again that it had put on hold for redemption.
	fn release(who: &T::AccountId, amount: Balance) -> DispatchResult {
		Self::ensure_not_zero(amount)?;
		Self::ensure_on_hold(who, amount)?;
		T::Money::release(&HoldReason::Redemption.into(), who, amount, Precision::Exact)?;
		Ok(())
	}

	fn ensure_not_zero(amount: Balance) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::AmountZero);
		Ok(())
	}

	/// Check that `who` has put at least `amount` on hold for redemption.
	fn ensure_on_hold(who: &T::AccountId, amount: Balance) -> DispatchResult {
		let on_hold = T::Money::balance_on_hold(&HoldReason::Redemption.into(), who);
		ensure!(amount <= on_hold, Error::<T>::RedemptionExceeded);
		Ok(())
	}

	/// Note that `receipt` stands for this act, which must be the first one.
	fn use_receipt(
		receipt: Digest,
		kind: ReceiptKind,
		account: T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		ensure!(!Receipts::<T>::contains_key(receipt), Error::<T>::ReceiptUsed);
		let block = frame_system::Pallet::<T>::block_number();
		Receipts::<T>::insert(
			receipt,
			ReceiptRecord {
				kind,
				account,
				amount,
				block,
			},
		);
		Ok(())
	}

	/// Replace the issuance by what `change` makes of it.
	fn change_issuance(change: impl FnOnce(IssuanceRecord) -> Option<IssuanceRecord>) -> DispatchResult {
		Issuance::<T>::try_mutate(|record| {
			*record = change(*record).ok_or(ArithmeticError::Overflow)?;
			Ok(())
		})
	}
}
