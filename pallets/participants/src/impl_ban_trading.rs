//! Bans from trading, by sanction.

use crate::{Config, Error, Event, Pallet, Participants, WeightInfo};
use carbon_primitives::Moment;
use carbon_traits::{BanTrading, OnTradingRight};
use sp_runtime::{DispatchResult, Weight};

impl<T: Config> BanTrading<T::AccountId> for Pallet<T> {
	/// Whoever keeps a copy of the account's right to trade is told now, but not when the ban ends by itself: it finds
	/// the copy withdrawn and asks anew. A ban that changes nothing, because one that lasts longer stays, tells nobody.
	fn ban_trading(who: &T::AccountId, until: Option<Moment>) -> DispatchResult {
		let mut record = Participants::<T>::get(who).ok_or(Error::<T>::NotAdmitted)?;
		let old_value = record.banned_until;
		// None is less than any moment.
		let new_value = until.and_then(|until| old_value.max(Some(until)));
		if new_value == old_value {
			return Ok(());
		}
		record.banned_until = new_value;
		Participants::<T>::insert(who, &record);
		Self::deposit_event(Event::TradingBanChanged {
			account: who.clone(),
			old_value,
			new_value,
		});
		Self::tell_trading_right(who, &record);
		Ok(())
	}

	fn weight_of_ban() -> Weight {
		T::WeightInfo::ban_trading().saturating_add(T::OnTradingRight::weight())
	}
}
