//! The trading ledger and its backing on the registry ledger.

use crate::{Config, Error, Event, Funds, LedgerError, Pallet, TradingAccountOf, TradingAccounts};
use carbon_primitives::{AssetId, Balance};
use carbon_traits::{EnsureParticipant, InspectHalts, InspectTradable};
use frame_support::{
	defensive, ensure,
	pallet_prelude::{DispatchResult, Get},
	traits::{
		fungible::{Inspect, Mutate},
		fungibles::{Inspect as InspectAssets, Mutate as MutateAssets},
		tokens::{Fortitude::Polite, Preservation},
	},
};
use sp_runtime::traits::AccountIdConversion;

impl<T> From<LedgerError> for Error<T> {
	fn from(error: LedgerError) -> Self {
		match error {
			LedgerError::Cash => Self::InsufficientCash,
			LedgerError::Tonnes => Self::InsufficientAllowances,
			LedgerError::Assets => Self::TooManyAssets,
			LedgerError::Unexpected => {
				defensive!("the trading ledger contradicts the order book");
				Self::Unexpected
			}
		}
	}
}

impl<T: Config> Pallet<T> {
	/// The account that backs the trading ledger.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Store a trading account, or remove its record where nothing is left on it.
	pub(crate) fn put_account(who: &T::AccountId, account: &TradingAccountOf<T>) {
		if account.is_empty() {
			TradingAccounts::<T>::remove(who);
		} else {
			TradingAccounts::<T>::insert(who, account);
		}
	}

	pub(crate) fn do_deposit(who: T::AccountId, funds: Funds) -> DispatchResult {
		let right = T::Participants::ensure_may_trade(&who)?;
		let mut account = TradingAccounts::<T>::get(&who).unwrap_or_default();
		account.right = right;
		match funds {
			Funds::Cash { amount } => {
				ensure!(amount > 0, Error::<T>::AmountZero);
				account.add_cash(amount).map_err(Error::<T>::from)?;
				// The smallest balance stays: an account that is closed loses its nonce and can sign nothing.
				let free = T::Money::reducible_balance(&who, Preservation::Preserve, Polite);
				ensure!(amount <= free, Error::<T>::InsufficientCash);
				T::Money::transfer(&who, &Self::account_id(), amount, Preservation::Preserve)?;
			}
			Funds::Allowances { asset, tonnes } => {
				ensure!(!tonnes.is_zero(), Error::<T>::QuantityZero);
				ensure!(T::Registry::is_tradable(asset), Error::<T>::AssetNotTradable);
				Self::ensure_moves(asset)?;
				account.add_tonnes(asset, tonnes).map_err(Error::<T>::from)?;
				let amount = Balance::from(tonnes.0);
				// All of a holding may be traded, so its asset account may close.
				let free = T::Assets::reducible_balance(asset, &who, Preservation::Expendable, Polite);
				ensure!(amount <= free, Error::<T>::InsufficientAllowances);
				T::Assets::transfer(asset, &who, &Self::account_id(), amount, Preservation::Expendable)?;
				// Where the holding was all that kept the account alive, it is gone now; the call is rolled back.
				ensure!(
					frame_system::Pallet::<T>::account_exists(&who),
					Error::<T>::DepositClosesAccount
				);
			}
		}
		Self::put_account(&who, &account);
		Self::deposit_event(Event::Deposited { who, funds });
		Ok(())
	}

	pub(crate) fn do_withdraw(who: T::AccountId, funds: Funds) -> DispatchResult {
		T::Participants::ensure_may_exit(&who)?;
		Self::ensure_not_zero(&funds)?;
		if let Funds::Allowances { asset, .. } = funds {
			Self::ensure_moves(asset)?;
		}
		let account = TradingAccounts::<T>::get(&who).unwrap_or_default();
		Self::pay_out(&who, account, funds)?;
		Self::deposit_event(Event::Withdrawn { who, funds });
		Ok(())
	}

	pub(crate) fn do_force_withdraw(who: T::AccountId, funds: Funds) -> DispatchResult {
		T::Participants::ensure_known(&who)?;
		Self::ensure_not_zero(&funds)?;
		let account = TradingAccounts::<T>::get(&who).unwrap_or_default();
		Self::ensure_not_locked(&account, &funds)?;
		Self::pay_out(&who, account, funds)?;
		Self::deposit_event(Event::ForcedWithdrawal { who, funds });
		Ok(())
	}

	/// Check that there is something to move.
	fn ensure_not_zero(funds: &Funds) -> DispatchResult {
		match funds {
			Funds::Cash { amount } => ensure!(*amount > 0, Error::<T>::AmountZero),
			Funds::Allowances { tonnes, .. } => ensure!(!tonnes.is_zero(), Error::<T>::QuantityZero),
		}
		Ok(())
	}

	/// Check that no halt keeps `asset` from moving.
	fn ensure_moves(asset: AssetId) -> DispatchResult {
		ensure!(!T::Halts::is_asset_halted(asset), Error::<T>::AssetHalted);
		Ok(())
	}

	/// Name the orders as what is in the way where the account has enough, but too little of it free.
	fn ensure_not_locked(account: &TradingAccountOf<T>, funds: &Funds) -> DispatchResult {
		match *funds {
			Funds::Cash { amount } => {
				let missing = amount.saturating_sub(account.cash_free);
				ensure!(
					missing == 0 || missing > account.cash_locked,
					Error::<T>::CashLocked
				);
			}
			Funds::Allowances { asset, tonnes } => {
				if let Some(position) = account.position(asset) {
					let missing = tonnes.shortfall(position.free);
					ensure!(
						missing.is_zero() || missing > position.locked,
						Error::<T>::AllowancesLocked
					);
				}
			}
		}
		Ok(())
	}

	/// Move free funds to the registry account of the same owner.
	fn pay_out(who: &T::AccountId, mut account: TradingAccountOf<T>, funds: Funds) -> DispatchResult {
		// The backing account may be emptied: genesis gave it a reason to exist beside its balances.
		let preservation = Preservation::Expendable;
		match funds {
			Funds::Cash { amount } => {
				account.take_cash(amount).map_err(Error::<T>::from)?;
				T::Money::transfer(&Self::account_id(), who, amount, preservation)?;
			}
			Funds::Allowances { asset, tonnes } => {
				account.take_tonnes(asset, tonnes).map_err(Error::<T>::from)?;
				T::Assets::transfer(asset, &Self::account_id(), who, tonnes.0.into(), preservation)?;
			}
		}
		Self::put_account(who, &account);
		Ok(())
	}
}
