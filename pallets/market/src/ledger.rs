//! The trading ledger and its backing on the registry ledger.

use crate::{Config, Error, Event, Funds, LedgerError, Markets, Pallet, TradingAccountOf, TradingAccounts};
use carbon_calendar::Day;
use carbon_primitives::{AssetId, Balance};
use carbon_traits::{EnsureParticipant, InspectGroup, InspectHalts, InspectTradable, InspectTradingLimits};
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
			LedgerError::BoughtToday => Self::BoughtToday,
			LedgerError::Pledge => Self::NotPledged,
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

	/// Copy onto `account` what others know of `who`, who has to have a right to trade: the right, its group, and its limits.
	pub(crate) fn renew_right(who: &T::AccountId, account: &mut TradingAccountOf<T>) -> DispatchResult {
		account.right = T::Participants::ensure_may_trade(who)?;
		account.group = T::Groups::group_of(who);
		account.limits = T::Limits::limits_of(who);
		Ok(())
	}

	/// Store a trading account, or remove its record where nothing is left on it. Where all its orders were to leave and the last one
	/// has gone, new ones are accepted again.
	pub(crate) fn put_account(who: &T::AccountId, account: &mut TradingAccountOf<T>) {
		if account.leaving && !account.has_orders() {
			account.leaving = false;
			Self::deposit_event(Event::AllCancelled { who: who.clone() });
		}
		if account.is_empty() {
			TradingAccounts::<T>::remove(who);
		} else {
			TradingAccounts::<T>::insert(who, &*account);
		}
	}

	pub(crate) fn do_deposit(who: T::AccountId, funds: Funds) -> DispatchResult {
		let mut account = TradingAccounts::<T>::get(&who).unwrap_or_default();
		Self::renew_right(&who, &mut account)?;
		match funds {
			Funds::Cash { amount } => {
				ensure!(amount > 0, Error::<T>::AmountZero);
				// The smallest balance stays: an account that is closed loses its nonce and can sign nothing.
				let free = T::Money::reducible_balance(&who, Preservation::Preserve, Polite);
				ensure!(amount <= free, Error::<T>::InsufficientCash);
				// What exists can be added up; what somebody merely names cannot.
				account.add_cash(amount).map_err(Error::<T>::from)?;
				T::Money::transfer(&who, &Self::account_id(), amount, Preservation::Preserve)?;
			}
			Funds::Allowances { asset, tonnes } => {
				ensure!(!tonnes.is_zero(), Error::<T>::QuantityZero);
				ensure!(T::Registry::is_tradable(asset), Error::<T>::AssetNotTradable);
				Self::ensure_moves(asset)?;
				let amount = Balance::from(tonnes.0);
				// All of a holding may be traded, so its asset account may close.
				let free = T::Assets::reducible_balance(asset, &who, Preservation::Expendable, Polite);
				ensure!(amount <= free, Error::<T>::InsufficientAllowances);
				account.add_tonnes(asset, tonnes).map_err(Error::<T>::from)?;
				T::Assets::transfer(asset, &who, &Self::account_id(), amount, Preservation::Expendable)?;
				// Where the holding was all that kept the account alive, it is gone now; the call is rolled back.
				ensure!(
					frame_system::Pallet::<T>::account_exists(&who),
					Error::<T>::DepositClosesAccount
				);
			}
		}
		Self::put_account(&who, &mut account);
		Self::deposit_event(Event::Deposited { who, funds });
		Ok(())
	}

	pub(crate) fn do_withdraw(who: T::AccountId, funds: Funds) -> DispatchResult {
		T::Participants::ensure_may_exit(&who)?;
		Self::ensure_not_zero(&funds)?;
		if let Funds::Allowances { asset, .. } = funds {
			Self::ensure_moves(asset)?;
		}
		let bound_day = Self::bound_day(&funds);
		let account = TradingAccounts::<T>::get(&who).unwrap_or_default();
		Self::pay_out(&who, account, funds, bound_day)?;
		Self::deposit_event(Event::Withdrawn { who, funds });
		Ok(())
	}

	pub(crate) fn do_force_withdraw(who: T::AccountId, funds: Funds) -> DispatchResult {
		T::Participants::ensure_known(&who)?;
		Self::ensure_not_zero(&funds)?;
		let account = TradingAccounts::<T>::get(&who).unwrap_or_default();
		Self::ensure_not_bound(&account, &funds)?;
		// What was bought today may not be sold on; the regulator does not sell.
		Self::pay_out(&who, account, funds, None)?;
		Self::deposit_event(Event::ForcedWithdrawal { who, funds });
		Ok(())
	}

	pub(crate) fn do_collect_fees(asset: AssetId) -> DispatchResult {
		let amount = Markets::<T>::try_mutate(asset, |market| {
			let market = market.as_mut().ok_or(Error::<T>::MarketNotFound)?;
			ensure!(market.fees > 0, Error::<T>::NoFees);
			Ok::<_, Error<T>>(core::mem::take(&mut market.fees))
		})?;
		// The backing account may be emptied: genesis gave it a reason to exist beside its balances.
		T::Money::transfer(
			&Self::account_id(),
			&T::Treasury::get(),
			amount,
			Preservation::Expendable,
		)?;
		Self::deposit_event(Event::FeesCollected { asset, amount });
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

	/// Name what is in the way where the account has enough, but too little of it free: orders, which the regulator can take out, or
	/// also agreements, which have to end.
	fn ensure_not_bound(account: &TradingAccountOf<T>, funds: &Funds) -> DispatchResult {
		let (missing, locked, pledged, is_locked) = match *funds {
			Funds::Cash { amount } => (
				amount.saturating_sub(account.cash_free),
				account.cash_locked,
				account.cash_pledged,
				Error::<T>::CashLocked,
			),
			Funds::Allowances { asset, tonnes } => {
				let Some(position) = account.position(asset) else {
					return Ok(());
				};
				(
					tonnes.shortfall(position.free).0.into(),
					position.locked.0.into(),
					position.pledged.0.into(),
					Error::<T>::AllowancesLocked,
				)
			}
		};
		ensure!(missing == 0 || missing > locked, is_locked);
		// Saturating hides nothing: both are parts of what exists.
		let bound = locked.saturating_add(pledged);
		ensure!(missing == 0 || missing > bound, Error::<T>::FundsPledged);
		Ok(())
	}

	/// The day whose purchases must stay where they are, if `funds` are of an asset whose market has that rule.
	pub(crate) fn bound_day(funds: &Funds) -> Option<Day> {
		let Funds::Allowances { asset, .. } = *funds else {
			return None;
		};
		let market = Markets::<T>::get(asset)?;
		market.params.resale_next_day.then_some(market.today.bar.day)
	}

	/// Move free funds to the registry account of the same owner, but for what was bought on the day `bound_day`.
	fn pay_out(
		who: &T::AccountId,
		mut account: TradingAccountOf<T>,
		funds: Funds,
		bound_day: Option<Day>,
	) -> DispatchResult {
		// The backing account may be emptied: genesis gave it a reason to exist beside its balances.
		let preservation = Preservation::Expendable;
		match funds {
			Funds::Cash { amount } => {
				account.take_cash(amount).map_err(Error::<T>::from)?;
				T::Money::transfer(&Self::account_id(), who, amount, preservation)?;
			}
			Funds::Allowances { asset, tonnes } => {
				account
					.take_tonnes(asset, tonnes, bound_day)
					.map_err(Error::<T>::from)?;
				T::Assets::transfer(asset, &Self::account_id(), who, tonnes.0.into(), preservation)?;
			}
		}
		Self::put_account(who, &mut account);
		Ok(())
	}
}
