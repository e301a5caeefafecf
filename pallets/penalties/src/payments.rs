//! Money: what the chain collects, what is paid, what is owed and what need not be paid.
//!
//! What is paid of a fine goes to the treasury and nowhere else. What an account owes is always the sum of what it owes for each fine
//! that was collected and not paid in full.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use carbon_primitives::{Balance, Digest};
use carbon_traits::OnTradingLimits;
use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	storage::with_storage_layer,
	traits::{
		fungible::{Inspect, Mutate},
		tokens::{Fortitude, Preservation},
		Get,
	},
};

/// Towards how many fines one payment of a debt counts at most.
pub const DEBTS_PER_PAYMENT_MAX: u32 = 8;

impl<T: Config> Pallet<T> {
	/// Whether `who` owes something, so that it may not buy. One read.
	pub fn owes(who: &T::AccountId) -> bool {
		Debts::<T>::contains_key(who)
	}

	/// Take what is free towards a fine that is due; the rest is owed. The record must not stand on the agenda.
	pub(crate) fn collect(id: PenaltyId, mut record: PenaltyRecordOf<T>) {
		let account = record.account.clone();
		let outstanding = record.outstanding();
		// The account stays alive.
		let free = T::Money::reducible_balance(&account, Preservation::Preserve, Fortitude::Polite);
		let taken = free.min(outstanding);
		let is_taken = taken > 0
			&& with_storage_layer(|| {
				T::Money::transfer(&account, &T::Treasury::get(), taken, Preservation::Preserve)
			})
			.is_ok();
		let taken = if is_taken { taken } else { 0 };
		let owed = outstanding.saturating_sub(taken);

		// Nobody pays more than the fine.
		record.paid = record.paid.saturating_add(taken);
		record.is_debt = owed > 0;
		if owed == 0 {
			record.status = Status::Paid;
		} else {
			Owing::<T>::insert(&account, SortedId::from(id), owed);
		}
		Penalties::<T>::insert(id, record);
		Self::deposit_event(Event::Collected {
			id,
			account: account.clone(),
			taken,
			owed,
		});
		Self::set_debt(&account, |debt| debt.saturating_add(owed));
	}

	pub(crate) fn do_pay(payer: T::AccountId, id: PenaltyId) -> DispatchResult {
		let mut record = Self::record_of(id)?;
		let amount = record.outstanding();
		ensure!(amount > 0, Error::<T>::NothingDue);
		T::Money::transfer(&payer, &T::Treasury::get(), amount, Preservation::Preserve)?;

		let account = record.account.clone();
		let was_debt = record.is_debt;
		Self::unschedule(id, &mut record);
		Self::count_payment(id, record, payer, amount);
		if was_debt {
			Self::set_debt(&account, |debt| debt.saturating_sub(amount));
		}
		Ok(())
	}

	pub(crate) fn do_pay_debt(payer: T::AccountId, account: T::AccountId, amount: Balance) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::AmountZero);
		ensure!(Self::owes(&account), Error::<T>::NoDebt);
		let mut left = amount;
		let mut parts = Vec::new();
		for (id, owed) in Owing::<T>::iter_prefix(&account).take(DEBTS_PER_PAYMENT_MAX as usize) {
			let part = owed.min(left);
			if part == 0 {
				break;
			}
			left = left.saturating_sub(part);
			let id = PenaltyId::from(id);
			parts.push((id, Self::record_of(id)?, part));
		}
		let paid = amount.saturating_sub(left);
		T::Money::transfer(&payer, &T::Treasury::get(), paid, Preservation::Preserve)?;

		for (id, record, part) in parts {
			Self::count_payment(id, record, payer.clone(), part);
		}
		Self::set_debt(&account, |debt| debt.saturating_sub(paid));
		Ok(())
	}

	pub(crate) fn do_waive(id: PenaltyId, reason: Digest) -> DispatchResult {
		let mut record = Self::record_of(id)?;
		let amount = record.outstanding();
		ensure!(amount > 0, Error::<T>::NothingDue);

		let account = record.account.clone();
		let released = Self::release(id, &mut record);
		record.status = Status::Waived;
		record.reason = Some(reason);
		Penalties::<T>::insert(id, record);
		Self::deposit_event(Event::Waived {
			id,
			account: account.clone(),
			amount,
			reason,
		});
		Self::set_debt(&account, |debt| debt.saturating_sub(released));
		Ok(())
	}

	/// Count what was paid of a fine that is not on the agenda any more, or is a debt.
	fn count_payment(id: PenaltyId, mut record: PenaltyRecordOf<T>, payer: T::AccountId, amount: Balance) {
		let account = record.account.clone();
		// Nobody pays more than the fine.
		record.paid = record.paid.saturating_add(amount);
		let left = record.outstanding();
		if left == 0 {
			record.status = Status::Paid;
			record.is_debt = false;
			Owing::<T>::remove(&account, SortedId::from(id));
		} else {
			Owing::<T>::insert(&account, SortedId::from(id), left);
		}
		Penalties::<T>::insert(id, record);
		Self::deposit_event(Event::FinePaid {
			id,
			account,
			payer,
			amount,
			left,
		});
	}

	/// Let nothing be collected nor owed any more for `record`. Returns by how much the debt of its account becomes smaller.
	pub(crate) fn release(id: PenaltyId, record: &mut PenaltyRecordOf<T>) -> Balance {
		Self::unschedule(id, record);
		if !record.is_debt {
			return 0;
		}
		record.is_debt = false;
		Owing::<T>::take(&record.account, SortedId::from(id)).unwrap_or_default()
	}

	/// Change what `account` owes in all. Whoever copies limits learns it when it begins or ends to owe something.
	///
	/// Sums of fines do not overflow, and no part of a sum is larger than the sum, so that saturating hides nothing.
	pub(crate) fn set_debt(account: &T::AccountId, change: impl FnOnce(Balance) -> Balance) {
		let old_value = Debts::<T>::get(account);
		let new_value = change(old_value);
		if old_value == new_value {
			return;
		}
		if new_value == 0 {
			Debts::<T>::remove(account);
		} else {
			Debts::<T>::insert(account, new_value);
		}
		Self::deposit_event(Event::DebtChanged {
			account: account.clone(),
			old_value,
			new_value,
		});
		if old_value == 0 || new_value == 0 {
			T::OnLimits::trading_limits_changed(account);
		}
	}
}
