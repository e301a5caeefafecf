//! The answers to what other pallets ask.

use crate::{Config, Error, Pallet, ParticipantRecordOf, Participants, RoleGrant, Status};
use carbon_primitives::Role;
use carbon_traits::EnsureParticipant;
use frame_support::ensure;
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> EnsureParticipant<T::AccountId> for Pallet<T> {
	fn ensure_role(who: &T::AccountId, role: Role) -> DispatchResult {
		Self::ensure_any_role(who, |grant| grant.role == role)
	}

	fn ensure_may_trade(who: &T::AccountId) -> DispatchResult {
		Self::ensure_any_role(who, |grant| grant.role.may_trade())
	}

	fn ensure_admitted(who: &T::AccountId) -> DispatchResult {
		Self::acting_participant(who).map(|_| ())
	}
}

impl<T: Config> Pallet<T> {
	/// The record of `who`, which must be admitted and not suspended: the one read behind each question.
	fn acting_participant(who: &T::AccountId) -> Result<ParticipantRecordOf<T>, DispatchError> {
		let record = Participants::<T>::get(who).ok_or(Error::<T>::NotAdmitted)?;
		match record.status {
			Status::Admitted => Ok(record),
			Status::Suspended => Err(Error::<T>::Suspended.into()),
		}
	}

	/// Check that `who` may act and holds, unexpired, a role that is `wanted`.
	fn ensure_any_role(who: &T::AccountId, wanted: impl Fn(&RoleGrant) -> bool) -> DispatchResult {
		let record = Self::acting_participant(who)?;
		let mut granted = record.roles.iter().filter(|grant| wanted(grant)).peekable();
		ensure!(granted.peek().is_some(), Error::<T>::RoleMissing);
		ensure!(
			granted.any(|grant| !Self::has_ended(grant)),
			Error::<T>::RoleExpired
		);
		Ok(())
	}
}

#[cfg(any(feature = "runtime-benchmarks", test))]
impl<T: Config> carbon_traits::ParticipantBenchmarkHelper<T::AccountId> for Pallet<T> {
	/// Admit `who` with `role`, or replace the roles that it has by `role`.
	fn admit(who: &T::AccountId, role: Role) {
		let record = crate::ParticipantRecord {
			status: Status::Admitted,
			roles: alloc::vec![RoleGrant {
				role,
				expires_at: None
			}]
			.try_into()
			.expect("one role fits; qed"),
			identity: Default::default(),
			admitted_at: frame_system::Pallet::<T>::block_number(),
		};
		Participants::<T>::insert(who, record);
	}
}
