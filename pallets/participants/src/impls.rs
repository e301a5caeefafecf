//! What the calls do.

use crate::{
	check_roles, Config, Error, Event, Pallet, ParticipantRecord, ParticipantRecordOf, Participants,
	RoleGrant, RoleGrants, RolesFault, Status,
};
use alloc::vec::Vec;
use carbon_primitives::{Digest, Role};
use frame_support::{ensure, traits::Time};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> From<RolesFault> for Error<T> {
	fn from(fault: RolesFault) -> Self {
		match fault {
			RolesFault::Empty => Self::RolesEmpty,
			RolesFault::Duplicate => Self::RoleDuplicate,
			RolesFault::Conflict => Self::RolesConflict,
		}
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_admit(account: T::AccountId, roles: RoleGrants, identity: Digest) -> DispatchResult {
		ensure!(
			!Participants::<T>::contains_key(&account),
			Error::<T>::AlreadyAdmitted
		);
		Self::ensure_grantable(&roles)?;

		let record = ParticipantRecord {
			status: Status::Admitted,
			roles: roles.clone(),
			identity,
			admitted_at: frame_system::Pallet::<T>::block_number(),
		};
		Participants::<T>::insert(&account, record);
		Self::deposit_event(Event::ParticipantAdmitted {
			account,
			roles,
			identity,
		});
		Ok(())
	}

	/// Admit `account` in the genesis block.
	///
	/// # Panics
	/// When the list of roles is too long or one that `do_admit` refuses: a chain must not start with it.
	pub(crate) fn admit_at_genesis(account: &T::AccountId, roles: &[Role]) {
		let grants: Vec<_> = roles
			.iter()
			.map(|&role| RoleGrant {
				role,
				expires_at: None,
			})
			.collect();
		let outcome = RoleGrants::try_from(grants)
			// Whoever names more roles than there are names one twice.
			.map_err(|_| Error::<T>::RoleDuplicate.into())
			.and_then(|grants| Self::do_admit(account.clone(), grants, Digest::zero()));
		if let Err(error) = outcome {
			panic!("genesis participant {account:?} with roles {roles:?} cannot be admitted: {error:?}");
		}
	}

	pub(crate) fn do_set_roles(account: T::AccountId, roles: RoleGrants) -> DispatchResult {
		let old_value = Self::try_mutate_participant(&account, |record| {
			Self::ensure_grantable(&roles)?;
			Ok(core::mem::replace(&mut record.roles, roles.clone()))
		})?;
		Self::deposit_event(Event::RolesChanged {
			account,
			old_value,
			new_value: roles,
		});
		Ok(())
	}

	pub(crate) fn do_suspend(account: T::AccountId, reason: Digest) -> DispatchResult {
		Self::try_mutate_participant(&account, |record| {
			ensure!(record.status != Status::Suspended, Error::<T>::AlreadySuspended);
			record.status = Status::Suspended;
			Ok(())
		})?;
		Self::deposit_event(Event::ParticipantSuspended { account, reason });
		Ok(())
	}

	pub(crate) fn do_reinstate(account: T::AccountId) -> DispatchResult {
		Self::try_mutate_participant(&account, |record| {
			ensure!(record.status == Status::Suspended, Error::<T>::NotSuspended);
			record.status = Status::Admitted;
			Ok(())
		})?;
		Self::deposit_event(Event::ParticipantReinstated { account });
		Ok(())
	}

	/// Change the record of a participant; nothing is written when `change` refuses.
	fn try_mutate_participant<R>(
		account: &T::AccountId,
		change: impl FnOnce(&mut ParticipantRecordOf<T>) -> Result<R, DispatchError>,
	) -> Result<R, DispatchError> {
		Participants::<T>::try_mutate(account, |record| {
			change(record.as_mut().ok_or(Error::<T>::NotAdmitted)?)
		})
	}

	/// Check that `roles` fit together and that none of them has ended.
	fn ensure_grantable(roles: &RoleGrants) -> DispatchResult {
		check_roles(roles).map_err(Error::<T>::from)?;
		ensure!(!roles.iter().any(Self::has_ended), Error::<T>::ExpiryPassed);
		Ok(())
	}

	/// Whether `grant` no longer counts. Asks for the time only when the grant ends at all.
	pub(crate) fn has_ended(grant: &RoleGrant) -> bool {
		grant
			.expires_at
			.is_some_and(|expires_at| expires_at <= T::Time::now())
	}
}
