//! Penalties that are taken back.

use crate::{pallet::*, types::*, WeightInfo};
use carbon_primitives::{Balance, Digest, Tonnes};
use carbon_traits::{BanTrading, CutAllocation, OnTradingLimits, Performance, RecordPerformance};
use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	traits::{
		fungible::{Inspect, Mutate},
		tokens::{Fortitude, Preservation},
		Get, Time,
	},
	weights::Weight,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_annul(id: PenaltyId, reason: Digest) -> DispatchResult {
		let mut record = Self::record_of(id)?;
		ensure!(record.status != Status::Annulled, Error::<T>::AlreadyAnnulled);
		let account = record.account.clone();
		let was_final = record.is_counted();
		let (refunded, released) = (record.paid, record.outstanding());
		Self::refund(&account, refunded)?;
		Self::end_ban(id, &record)?;
		let restored = match record.sanction {
			PenaltySanction::AllocationCut(tonnes) if was_final => {
				T::Cuts::restore_allocation(&account, tonnes)
			}
			_ => Tonnes::ZERO,
		};

		let debt = Self::release(id, &mut record);
		record.refunded = refunded;
		record.banned_until = None;
		record.status = Status::Annulled;
		record.reason = Some(reason);
		if was_final {
			let (year, kind) = (record.year, record.sanction.kind());
			T::Performance::record(&account, Performance::PenaltyAnnulled { year, kind });
		}
		Penalties::<T>::insert(id, record);
		Self::deposit_event(Event::Annulled {
			id,
			account: account.clone(),
			was_final,
			refunded,
			released,
			restored,
			reason,
		});
		Self::set_debt(&account, |value| value.saturating_sub(debt));
		Ok(())
	}

	/// Give back from the treasury what was paid.
	fn refund(account: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		let treasury = T::Treasury::get();
		let free = T::Money::reducible_balance(&treasury, Preservation::Preserve, Fortitude::Polite);
		ensure!(amount <= free, Error::<T>::TreasuryShort);
		T::Money::transfer(&treasury, account, amount, Preservation::Preserve)?;
		Ok(())
	}

	/// End the ban of `record`, if it has one. The longest other one of the account goes on.
	fn end_ban(id: PenaltyId, record: &PenaltyRecordOf<T>) -> DispatchResult {
		if !matches!(record.sanction, PenaltySanction::TradingBan { .. }) {
			return Ok(());
		}
		let now = T::Time::now();
		let other = Self::forget_ban(id, &record.account).filter(|ends_at| now < *ends_at);
		match record.banned_until.filter(|ends_at| now < *ends_at) {
			Some(ends_at) if other.is_none_or(|other| other < ends_at) => {
				T::Bans::ban_trading(&record.account, None)?;
				match other {
					Some(other) => T::Bans::ban_trading(&record.account, Some(other)),
					None => Ok(()),
				}
			}
			_ => Ok(()),
		}
	}

	/// What annulling costs at most. A ban is lifted, and the next longest one imposed again.
	pub(crate) fn weight_of_annul() -> Weight {
		T::WeightInfo::annul()
			.saturating_add(
				T::Bans::weight_of_ban()
					.saturating_mul(2)
					.max(T::Cuts::weight_of_cut()),
			)
			.saturating_add(T::Performance::weight_of_record())
			.saturating_add(T::OnLimits::weight_of_limits_changed())
	}
}
