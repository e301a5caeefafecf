//! What the calls about participants do.

use crate::{
	check_grants, BlackList, Config, Error, Event, Pallet, ParticipantRecord, ParticipantRecordOf,
	Participants, RestrictedServices, RoleGrant, RoleGrants, RolesFault, Status,
};
use alloc::vec::Vec;
use carbon_primitives::{Digest, RecordKind, RecordSubject, Role, Service, ServiceSet, TradingRight};
use carbon_traits::{Doer, Happening, OnTradingRight, RecordActivity};
use frame_support::{ensure, traits::Time};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	DispatchError, DispatchResult,
};

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
		let expelled = Participants::<T>::get(&account);
		ensure!(
			expelled
				.as_ref()
				.is_none_or(|record| record.status == Status::Expelled),
			Error::<T>::AlreadyAdmitted
		);
		let application = Self::admissible_application(&account, identity)?;
		ensure!(
			application.is_some() || expelled.is_none(),
			Error::<T>::ReadmissionNeedsApplication
		);
		Self::ensure_grantable(&roles)?;

		let now = frame_system::Pallet::<T>::block_number();
		let returns = expelled.is_some();
		let record = match expelled {
			// Lists, group, halt and ban were decided about the account, not about its admission, and have calls of their own.
			Some(old) => ParticipantRecord {
				status: Status::Admitted,
				roles: roles.clone(),
				identity,
				admitted_at: now,
				..old
			},
			None => ParticipantRecord::admitted(roles.clone(), identity, now),
		};
		let applied = application.is_some();
		if let Some(application) = application {
			Self::remove_application(&account, &application);
		}
		match (applied, returns) {
			// The record has had its reference since the first admission; the application gives its own back.
			(true, true) => Self::release_account(&account),
			// The record takes over the reference of the application.
			(true, false) => (),
			(false, _) => Self::keep_account(&account),
		}
		Participants::<T>::insert(&account, &record);
		Self::deposit_event(Event::ParticipantAdmitted {
			account: account.clone(),
			roles,
			identity,
		});
		Self::tell_trading_right(&account, &record);
		Self::record_admission(&account, &record);
		Ok(())
	}

	/// Tell the provenance graph that `account` was admitted.
	///
	/// The digest is BLAKE2b-256 of the encoded [`ParticipantRecord`] as it is stored with the admission: anybody who reads the record
	/// of that block can check it.
	fn record_admission(account: &T::AccountId, record: &ParticipantRecordOf<T>) {
		T::Provenance::record(Happening {
			kind: RecordKind::Admission,
			by: Doer::Regulator,
			owner: Some(account),
			subject: RecordSubject::Participant(account.clone()),
			digest: BlakeTwo256::hash_of(record),
			uses: &[],
			// Whoever comes back is known by its new admission.
			supersedes: true,
		});
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
		let (old_value, record) = Self::try_mutate_participant(&account, |record| {
			ensure!(record.status != Status::Expelled, Error::<T>::Expelled);
			Self::ensure_grantable(&roles)?;
			Ok(core::mem::replace(&mut record.roles, roles.clone()))
		})?;
		Self::deposit_event(Event::RolesChanged {
			account: account.clone(),
			old_value,
			new_value: roles,
		});
		Self::tell_trading_right(&account, &record);
		Ok(())
	}

	pub(crate) fn do_suspend(account: T::AccountId, reason: Digest) -> DispatchResult {
		let ((), record) = Self::try_mutate_participant(&account, |record| {
			ensure!(record.status != Status::Expelled, Error::<T>::Expelled);
			ensure!(record.status != Status::Suspended, Error::<T>::AlreadySuspended);
			record.status = Status::Suspended;
			Ok(())
		})?;
		Self::deposit_event(Event::ParticipantSuspended {
			account: account.clone(),
			reason,
		});
		Self::tell_trading_right(&account, &record);
		Ok(())
	}

	pub(crate) fn do_reinstate(account: T::AccountId) -> DispatchResult {
		let ((), record) = Self::try_mutate_participant(&account, |record| {
			ensure!(record.status != Status::Expelled, Error::<T>::Expelled);
			ensure!(record.status == Status::Suspended, Error::<T>::NotSuspended);
			record.status = Status::Admitted;
			Ok(())
		})?;
		Self::deposit_event(Event::ParticipantReinstated {
			account: account.clone(),
		});
		Self::tell_trading_right(&account, &record);
		Ok(())
	}

	pub(crate) fn do_expel(account: T::AccountId, reason: Digest) -> DispatchResult {
		let ((), record) = Self::try_mutate_participant(&account, |record| {
			ensure!(record.status != Status::Expelled, Error::<T>::AlreadyExpelled);
			record.status = Status::Expelled;
			Ok(())
		})?;
		Self::deposit_event(Event::ParticipantExpelled {
			account: account.clone(),
			reason,
		});
		Self::tell_trading_right(&account, &record);
		Ok(())
	}

	pub(crate) fn do_set_black_list(
		account: T::AccountId,
		new_value: BlackList,
		reason: Digest,
	) -> DispatchResult {
		let (old_value, record) = Self::try_mutate_participant(&account, |record| {
			ensure!(new_value.closed.is_valid(), Error::<T>::ServiceUnknown);
			let old_value = record.black_list();
			record.barred = new_value.barred;
			record.closed = new_value.closed;
			Ok(old_value)
		})?;
		Self::deposit_event(Event::BlackListChanged {
			account: account.clone(),
			old_value,
			new_value,
			reason,
		});
		Self::tell_trading_right(&account, &record);
		Ok(())
	}

	pub(crate) fn do_set_white_list(account: T::AccountId, open: ServiceSet) -> DispatchResult {
		let (old_value, _) = Self::try_mutate_participant(&account, |record| {
			ensure!(open.is_valid(), Error::<T>::ServiceUnknown);
			ensure!(
				!open.contains(Service::Trading),
				Error::<T>::ServiceUnrestrictable
			);
			Ok(core::mem::replace(&mut record.open, open))
		})?;
		Self::deposit_event(Event::WhiteListChanged {
			account,
			old_value,
			new_value: open,
		});
		Ok(())
	}

	pub(crate) fn do_restrict_service(service: Service, restricted: bool) -> DispatchResult {
		ensure!(service.may_be_restricted(), Error::<T>::ServiceUnrestrictable);
		let old_value = RestrictedServices::<T>::mutate(|services| {
			let old_value = services.contains(service);
			*services = if restricted {
				services.with(service)
			} else {
				services.without(service)
			};
			old_value
		});
		Self::deposit_event(Event::ServiceRestrictionChanged {
			service,
			old_value,
			new_value: restricted,
		});
		Ok(())
	}

	/// Change the record of a participant and return it as it is then; nothing is written when `change` refuses.
	pub(crate) fn try_mutate_participant<R>(
		account: &T::AccountId,
		change: impl FnOnce(&mut ParticipantRecordOf<T>) -> Result<R, DispatchError>,
	) -> Result<(R, ParticipantRecordOf<T>), DispatchError> {
		let mut record = Participants::<T>::get(account).ok_or(Error::<T>::NotAdmitted)?;
		let outcome = change(&mut record)?;
		Participants::<T>::insert(account, &record);
		Ok((outcome, record))
	}

	/// Tell whoever keeps a copy which right to trade follows from the record of `account`.
	pub(crate) fn tell_trading_right(account: &T::AccountId, record: &ParticipantRecordOf<T>) {
		let right = Self::trading_right(record).unwrap_or(TradingRight::Withdrawn);
		T::OnTradingRight::trading_right_changed(account, right);
	}

	/// Check that `roles` fit together and that none of them has ended.
	fn ensure_grantable(roles: &RoleGrants) -> DispatchResult {
		check_grants(roles).map_err(Error::<T>::from)?;
		ensure!(!roles.iter().any(Self::has_ended), Error::<T>::ExpiryPassed);
		Ok(())
	}

	/// Whether `grant` no longer counts. Asks for the time only when the grant ends at all.
	pub(crate) fn has_ended(grant: &RoleGrant) -> bool {
		grant
			.expires_at
			.is_some_and(|expires_at| expires_at <= T::Time::now())
	}

	/// Let `account` and its nonce exist although it owns nothing. Each application and each record of a participant
	/// takes one such reference.
	pub(crate) fn keep_account(account: &T::AccountId) {
		frame_system::Pallet::<T>::inc_providers(account);
	}

	/// Take the reference of an application back, with which an account that nothing else keeps ceases to exist.
	pub(crate) fn release_account(account: &T::AccountId) {
		// It fails when something else relies on the account and nothing else keeps it. Then the account stays, as if
		// that other thing had kept it: an entry too many does less harm than an application that cannot be removed.
		let _ = frame_system::Pallet::<T>::dec_providers(account);
	}
}
