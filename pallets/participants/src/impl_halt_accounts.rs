//! Emergency stops of accounts.

use crate::{Config, Event, Pallet, WeightInfo};
use carbon_primitives::Moment;
use carbon_traits::{HaltAccounts, OnTradingRight};
use sp_runtime::{DispatchResult, Weight};

impl<T: Config> HaltAccounts<T::AccountId> for Pallet<T> {
	/// Whoever keeps a copy of the account's right to trade is told now, but not when the halt ends by itself: it finds
	/// the copy withdrawn and asks anew.
	fn halt_account(who: &T::AccountId, until: Option<Moment>) -> DispatchResult {
		let (old_value, record) = Self::try_mutate_participant(who, |record| {
			Ok(core::mem::replace(&mut record.halted_until, until))
		})?;
		Self::deposit_event(Event::AccountHaltChanged {
			account: who.clone(),
			old_value,
			new_value: until,
		});
		Self::tell_trading_right(who, &record);
		Ok(())
	}

	fn weight() -> Weight {
		T::WeightInfo::halt_account().saturating_add(T::OnTradingRight::weight())
	}
}
