//! The trading ledger and its backing on the registry ledger.

use crate::{Config, Error, Event, Funds, LedgerError, Pallet, TradingAccountOf, TradingAccounts};
use carbon_primitives::Balance;
use carbon_traits::{EnsureParticipant, InspectTradable};
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
	pub(crate) fn put_account(who: &T::AccountId, account: TradingAccountOf<T>) {
		if account.is_empty() {
			TradingAccounts::<T>::remove(who);
		} else {
			TradingAccounts::<T>::insert(who, account);
		}
	}

	pub(crate) fn do_deposit(who: T::AccountId, funds: Funds) -> DispatchResult {
		T::Participants::ensure_may_trade(&who)?;
		let mut account = TradingAccounts::<T>::get(&who).unwrap_or_default();
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
		Self::put_account(&who, account);
		Self::deposit_event(Event::Deposited { who, funds });
		Ok(())
	}

	pub(crate) fn do_withdraw(who: T::AccountId, funds: Funds) -> DispatchResult {
		let mut account = TradingAccounts::<T>::get(&who).unwrap_or_default();
		// The backing account may be emptied: genesis gave it a reason to exist beside its balances.
		let preservation = Preservation::Expendable;
		match funds {
			Funds::Cash { amount } => {
				ensure!(amount > 0, Error::<T>::AmountZero);
				account.take_cash(amount).map_err(Error::<T>::from)?;
				T::Money::transfer(&Self::account_id(), &who, amount, preservation)?;
			}
			Funds::Allowances { asset, tonnes } => {
				ensure!(!tonnes.is_zero(), Error::<T>::QuantityZero);
				account.take_tonnes(asset, tonnes).map_err(Error::<T>::from)?;
				T::Assets::transfer(asset, &Self::account_id(), &who, tonnes.0.into(), preservation)?;
			}
		}
		Self::put_account(&who, account);
		Self::deposit_event(Event::Withdrawn { who, funds });
		Ok(())
	}
}
