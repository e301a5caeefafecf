//! How penalties come into being.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use carbon_primitives::{Digest, Vintage};
use carbon_traits::{EnsureParticipant, InspectPeriods};
use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	traits::{Get, Time},
	BoundedVec,
};

/// What a penalty is opened with.
pub(crate) struct Charge<AccountId> {
	pub account: AccountId,
	pub year: Vintage,
	pub basis: Basis,
	pub sanction: PenaltySanction,
	pub evidence: Digest,
	pub publish: bool,
	pub source: Source,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_propose(
		account: T::AccountId,
		year: Vintage,
		basis: Basis,
		sanction: PenaltySanction,
		evidence: Digest,
		publish: bool,
	) -> DispatchResult {
		T::Participants::ensure_known(&account)?;
		ensure!(
			!basis.is_empty() && core::str::from_utf8(&basis).is_ok(),
			Error::<T>::InvalidBasis
		);
		// Before the first period everything is counted in year zero.
		let latest = T::Periods::latest_year().unwrap_or_default();
		ensure!(year <= latest, Error::<T>::YearNotOpened);
		Self::check_sanction(&sanction)?;
		Self::open(Charge {
			account,
			year,
			basis,
			sanction,
			evidence,
			publish,
			source: Source::Act,
		})?;
		Ok(())
	}

	/// Check that `sanction` can be.
	pub(crate) fn check_sanction(sanction: &PenaltySanction) -> Result<(), Error<T>> {
		sanction.check().map_err(|fault| match fault {
			SanctionFault::Empty => Error::<T>::SanctionEmpty,
			SanctionFault::FineTooLarge => Error::<T>::FineTooLarge,
			SanctionFault::BanTooLong => Error::<T>::BanTooLong,
		})
	}

	/// Store a penalty whose account may object from now on. It changes everything or nothing.
	pub(crate) fn open(charge: Charge<T::AccountId>) -> Result<PenaltyId, Error<T>> {
		let id = NextPenalty::<T>::get();
		let next = id.0.checked_add(1).ok_or(Error::<T>::NumbersUsedUp)?;
		if matches!(charge.sanction, PenaltySanction::TradingBan { .. }) {
			Self::note_ban(id, &charge.account)?;
		}
		NextPenalty::<T>::put(PenaltyId(next));

		let today = T::Today::get();
		let object_until = Self::last_day(today, T::ObjectionDays::get());
		let previous = OfAccount::<T>::get(&charge.account);
		OfAccount::<T>::insert(&charge.account, id);
		let mut record = PenaltyRecord {
			account: charge.account,
			year: charge.year,
			basis: charge.basis,
			sanction: charge.sanction,
			evidence: charge.evidence,
			source: charge.source,
			publish: charge.publish,
			status: Status::Proposed,
			proposed_on: today,
			object_until,
			objection: None,
			decide_until: None,
			final_on: None,
			due_on: None,
			paid: 0,
			refunded: 0,
			is_debt: false,
			banned_until: None,
			disclosure: None,
			reason: None,
			agenda: None,
			previous,
		};
		Self::schedule(id, &mut record, object_until.next());
		Self::deposit_event(Event::Proposed {
			id,
			account: record.account.clone(),
			year: record.year,
			basis: record.basis.clone(),
			sanction: record.sanction,
			source: record.source,
			evidence: record.evidence,
			publish: record.publish,
			object_until,
		});
		Penalties::<T>::insert(id, record);
		Ok(id)
	}

	/// List a ban that is not final, and leave out what has ended.
	fn note_ban(id: PenaltyId, account: &T::AccountId) -> Result<(), Error<T>> {
		let now = T::Time::now();
		let mut bans: Vec<Ban> = Bans::<T>::get(account).into_inner();
		bans.retain(|ban| ban.ends_at.is_none_or(|ends_at| now < ends_at));
		bans.push(Ban { id, ends_at: None });
		let bans: BoundedVec<_, _> = bans.try_into().map_err(|_| Error::<T>::TooManyBans)?;
		Bans::<T>::insert(account, bans);
		Ok(())
	}
}
