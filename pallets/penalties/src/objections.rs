//! Objections, the decisions about them, and the end of the window where nobody objects.

use crate::{pallet::*, types::*};
use carbon_primitives::Digest;
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Get};

impl<T: Config> Pallet<T> {
	/// The penalty with this number.
	pub(crate) fn record_of(id: PenaltyId) -> Result<PenaltyRecordOf<T>, Error<T>> {
		Penalties::<T>::get(id).ok_or(Error::<T>::PenaltyNotFound)
	}

	/// Check that nobody has objected to a penalty, and that it is not final.
	fn ensure_proposed(record: &PenaltyRecordOf<T>) -> Result<(), Error<T>> {
		match record.status {
			Status::Proposed => Ok(()),
			Status::Objected => Err(Error::<T>::ObjectionPending),
			_ => Err(Error::<T>::NotProposed),
		}
	}

	pub(crate) fn do_object(who: T::AccountId, id: PenaltyId, digest: Digest) -> DispatchResult {
		let mut record = Self::record_of(id)?;
		ensure!(record.account == who, Error::<T>::NotPenalised);
		Self::ensure_proposed(&record)?;
		let today = T::Today::get();
		ensure!(today <= record.object_until, Error::<T>::ObjectionLate);

		let decide_until = Self::last_day(today, T::DecisionDays::get());
		Self::unschedule(id, &mut record);
		record.status = Status::Objected;
		record.objection = Some(digest);
		record.decide_until = Some(decide_until);
		Penalties::<T>::insert(id, record);
		Self::deposit_event(Event::Objected {
			id,
			digest,
			decide_until,
		});
		Ok(())
	}

	pub(crate) fn do_decide(id: PenaltyId, decision: Decision, reason: Digest) -> DispatchResult {
		let mut record = Self::record_of(id)?;
		ensure!(record.status == Status::Objected, Error::<T>::ObjectionNotFound);
		if let Decision::Reduced(smaller) = decision {
			Self::check_sanction(&smaller)?;
			ensure!(smaller.is_smaller_than(&record.sanction), Error::<T>::NotSmaller);
			record.sanction = smaller;
		}

		record.reason = Some(reason);
		let late = record.decide_until.is_some_and(|last| T::Today::get() > last);
		Self::deposit_event(Event::ObjectionResolved {
			id,
			decision,
			reason,
			late,
		});
		if decision == Decision::Upheld {
			Self::forget_ban(id, &record.account);
			record.status = Status::Annulled;
			Penalties::<T>::insert(id, record);
		} else {
			Self::make_final(id, record);
		}
		Ok(())
	}

	pub(crate) fn do_finalise(id: PenaltyId) -> DispatchResult {
		let mut record = Self::record_of(id)?;
		Self::ensure_proposed(&record)?;
		ensure!(T::Today::get() > record.object_until, Error::<T>::WindowOpen);
		Self::unschedule(id, &mut record);
		Self::make_final(id, record);
		Ok(())
	}
}
