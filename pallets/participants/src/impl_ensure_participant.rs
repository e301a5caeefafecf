//! The questions that other pallets ask before they let an account act.

use crate::{
	Config, Error, Pallet, ParticipantRecordOf, Participants, RestrictedServices, RoleGrant, Status,
};
use carbon_primitives::{Role, Service, TradingRight};
use carbon_traits::EnsureParticipant;
use frame_support::{ensure, traits::Time};
use sp_runtime::DispatchError;

impl<T: Config> EnsureParticipant<T::AccountId> for Pallet<T> {
	fn ensure_role(who: &T::AccountId, role: Role) -> Result<(), DispatchError> {
		let record = Self::acting_participant(who)?;
		Self::right_of(&record, |grant| grant.role == role)?;
		Ok(())
	}

	fn ensure_may_trade(who: &T::AccountId) -> Result<TradingRight, DispatchError> {
		let record = Self::known_participant(who)?;
		Ok(Self::trading_right(&record)?)
	}

	fn ensure_admitted(who: &T::AccountId) -> Result<(), DispatchError> {
		let record = Self::acting_participant(who)?;
		Self::ensure_not_halted(&record)?;
		Ok(())
	}

	fn ensure_service(who: &T::AccountId, service: Service) -> Result<(), DispatchError> {
		let record = Self::acting_participant(who)?;
		Self::ensure_not_halted(&record)?;
		if is_trading(service) {
			Self::ensure_not_banned(&record)?;
		}
		ensure!(!record.closed.contains(service), Error::<T>::ServiceClosed);
		// The list of restrictions is read last, and only where one may stand in it.
		let is_open = !service.may_be_restricted()
			|| record.open.contains(service)
			|| !RestrictedServices::<T>::get().contains(service);
		ensure!(is_open, Error::<T>::ServiceRestricted);
		Ok(())
	}

	fn ensure_known(who: &T::AccountId) -> Result<(), DispatchError> {
		Self::known_participant(who)?;
		Ok(())
	}

	fn ensure_may_exit(who: &T::AccountId) -> Result<(), DispatchError> {
		let record = Self::known_participant(who)?;
		ensure!(!record.barred, Error::<T>::BlackListed);
		Ok(())
	}

	fn ensure_may_be_paid(who: &T::AccountId) -> Result<(), DispatchError> {
		let record = Self::known_participant(who)?;
		ensure!(!record.barred, Error::<T>::BlackListed);
		Self::ensure_not_halted(&record)?;
		Ok(())
	}
}

impl<T: Config> Pallet<T> {
	/// Which right to trade follows from `record`, or what is missing.
	pub(crate) fn trading_right(record: &ParticipantRecordOf<T>) -> Result<TradingRight, Error<T>> {
		Self::ensure_may_act(record)?;
		Self::ensure_not_halted(record)?;
		Self::ensure_not_banned(record)?;
		ensure!(
			!record.closed.contains(Service::Trading),
			Error::<T>::ServiceClosed
		);
		Self::right_of(record, |grant| grant.role.may_trade())
	}

	/// Check that whoever has this record may act in its roles: admitted, neither suspended nor expelled nor barred.
	pub(crate) fn ensure_may_act(record: &ParticipantRecordOf<T>) -> Result<(), Error<T>> {
		match record.status {
			Status::Admitted => (),
			Status::Suspended => return Err(Error::<T>::Suspended),
			Status::Expelled => return Err(Error::<T>::Expelled),
			// Stand only in applications.
			Status::Applied | Status::Registered => return Err(Error::<T>::NotAdmitted),
		}
		ensure!(!record.barred, Error::<T>::BlackListed);
		Ok(())
	}

	/// Check that whoever has this record may act in the name of others at this moment.
	pub(crate) fn ensure_may_represent(record: &ParticipantRecordOf<T>) -> Result<(), Error<T>> {
		Self::ensure_may_act(record)?;
		Self::ensure_not_halted(record)?;
		Self::right_of(record, |grant| grant.role == Role::Representative)?;
		Ok(())
	}

	/// The record of `who`, whatever has become of it: the one read behind each question.
	fn known_participant(who: &T::AccountId) -> Result<ParticipantRecordOf<T>, Error<T>> {
		Participants::<T>::get(who).ok_or(Error::<T>::NotAdmitted)
	}

	/// The record of `who`, which may act.
	fn acting_participant(who: &T::AccountId) -> Result<ParticipantRecordOf<T>, Error<T>> {
		let record = Self::known_participant(who)?;
		Self::ensure_may_act(&record)?;
		Ok(record)
	}

	fn ensure_not_halted(record: &ParticipantRecordOf<T>) -> Result<(), Error<T>> {
		let is_halted = record.halted_until.is_some_and(|end| T::Time::now() < end);
		ensure!(!is_halted, Error::<T>::Halted);
		Ok(())
	}

	fn ensure_not_banned(record: &ParticipantRecordOf<T>) -> Result<(), Error<T>> {
		let is_banned = record.banned_until.is_some_and(|end| T::Time::now() < end);
		ensure!(!is_banned, Error::<T>::TradingBanned);
		Ok(())
	}

	/// How long the longest of the unended grants lasts that are `wanted`.
	fn right_of(
		record: &ParticipantRecordOf<T>,
		wanted: impl Fn(&RoleGrant) -> bool,
	) -> Result<TradingRight, Error<T>> {
		let mut granted = record.roles.iter().filter(|grant| wanted(grant)).peekable();
		ensure!(granted.peek().is_some(), Error::<T>::RoleMissing);
		granted
			.filter(|grant| !Self::has_ended(grant))
			.map(|grant| {
				grant
					.expires_at
					.map_or(TradingRight::Lasting, TradingRight::Until)
			})
			.reduce(TradingRight::or)
			.ok_or(Error::<T>::RoleExpired)
	}
}

/// Whether a ban from trading closes `service`.
fn is_trading(service: Service) -> bool {
	match service {
		Service::Trading | Service::BlockTrading | Service::Auction => true,
		Service::DataSharing => false,
	}
}

#[cfg(any(feature = "runtime-benchmarks", test))]
impl<T: Config> carbon_traits::ParticipantBenchmarkHelper<T::AccountId> for Pallet<T> {
	/// Admit `who` with `role`, or replace the roles that it has by `role`.
	fn admit(who: &T::AccountId, role: Role) {
		let roles = alloc::vec![RoleGrant {
			role,
			expires_at: None
		}]
		.try_into()
		.expect("one role fits; qed");
		if !Participants::<T>::contains_key(who) {
			Self::keep_account(who);
		}
		let now = frame_system::Pallet::<T>::block_number();
		let record = crate::ParticipantRecord::admitted(roles, Default::default(), now);
		Participants::<T>::insert(who, record);
	}
	fn form_group(members: &[T::AccountId]) {
		let group = carbon_primitives::GroupId(crate::Groups::<T>::count());
		Self::do_create_group(Default::default()).expect("there are few groups; qed");
		for who in members {
			Self::do_confirm_group(who.clone(), Some(group))
				.expect("it was admitted, and there is a place; qed");
		}
	}
}
