//! Who acts as the regulator.

use crate::{pallet::*, EnsureAct, Level};
use alloc::vec::Vec;
use carbon_primitives::Role;
use carbon_traits::EnsureParticipant;
use frame_support::{
	ensure,
	traits::{EnsureOrigin, Get},
};
use frame_system::{ensure_root, pallet_prelude::OriginFor};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Root, or the regulator through its officers. How many officers of which level it took was checked on the way here.
	pub(crate) fn ensure_act_or_root(origin: OriginFor<T>) -> DispatchResult {
		match EnsureAct::<T>::try_origin(origin) {
			Ok(_) => Ok(()),
			Err(origin) => ensure_root(origin).map_err(DispatchError::from),
		}
	}

	/// The level of `who`, which must be an officer and an insider at this moment.
	pub(crate) fn ensure_officer(who: &T::AccountId) -> Result<Level, DispatchError> {
		let level = OfficerLevels::<T>::get(who).ok_or(Error::<T>::NotOfficer)?;
		// Else one key could play both officers of an act.
		ensure!(!BreakGlassInUse::<T>::exists(), Error::<T>::OfficerImpersonated);
		T::Participants::ensure_role(who, Role::Insider)?;
		Ok(level)
	}

	pub(crate) fn do_appoint(account: T::AccountId, level: Level) -> DispatchResult {
		let old_value = OfficerLevels::<T>::get(&account);
		match old_value {
			Some(old_level) => {
				ensure!(old_level != level, Error::<T>::AlreadyAtLevel);
				Self::ensure_supervisors_left(&account, old_level)?;
			}
			None => ensure!(
				OfficerLevels::<T>::count() < T::MaxOfficers::get(),
				Error::<T>::TooManyOfficers
			),
		}
		T::Participants::ensure_role(&account, Role::Insider)?;

		OfficerLevels::<T>::insert(&account, level);
		Self::count_supervisors(old_value, Some(level));
		Self::deposit_event(Event::OfficerAppointed {
			account,
			old_value,
			new_value: level,
		});
		Ok(())
	}

	/// Appoint `account` in the genesis block.
	///
	/// # Panics
	/// When the account is named twice or `do_appoint` refuses it: a chain must not start with such a list.
	pub(crate) fn appoint_at_genesis(account: &T::AccountId, level: Level) {
		let outcome = if OfficerLevels::<T>::contains_key(account) {
			Err(Error::<T>::AlreadyAtLevel.into())
		} else {
			Self::do_appoint(account.clone(), level)
		};
		if let Err(error) = outcome {
			panic!("genesis officer {account:?} cannot be appointed as {level:?}: {error:?}");
		}
	}

	pub(crate) fn do_dismiss(account: T::AccountId) -> DispatchResult {
		let old_value = OfficerLevels::<T>::get(&account).ok_or(Error::<T>::NotOfficer)?;
		Self::ensure_supervisors_left(&account, old_value)?;

		OfficerLevels::<T>::remove(&account);
		Self::count_supervisors(Some(old_value), None);
		Self::deposit_event(Event::OfficerDismissed { account, old_value });
		Ok(())
	}

	/// Check that `leaving`, an officer of `level`, can leave it: that enough supervisors are left who can act.
	///
	/// A chain that starts with too few supervisors may replace them: what is guarded is the step below the minimum. One that
	/// cannot act any more takes nothing away.
	fn ensure_supervisors_left(leaving: &T::AccountId, level: Level) -> DispatchResult {
		let min = T::MinSupervisors::get();
		let can_act = |who: &T::AccountId| T::Participants::ensure_role(who, Role::Insider).is_ok();
		if level != Level::Supervisor || Supervisors::<T>::get() < min || !can_act(leaving) {
			return Ok(());
		}
		// There are at most as many officers as there may be.
		let left = OfficerLevels::<T>::iter()
			.filter(|(who, level)| *level == Level::Supervisor && who != leaving && can_act(who))
			.count();
		ensure!(left >= min as usize, Error::<T>::TooFewSupervisors);
		Ok(())
	}

	/// Keep the number of supervisors in step with an officer's change of level.
	fn count_supervisors(old_level: Option<Level>, new_level: Option<Level>) {
		let supervisor = Some(Level::Supervisor);
		// Saturation loses nothing: the count is that of the map, which `try_state` compares.
		match (old_level == supervisor, new_level == supervisor) {
			(false, true) => Supervisors::<T>::mutate(|count| *count = count.saturating_add(1)),
			(true, false) => Supervisors::<T>::mutate(|count| *count = count.saturating_sub(1)),
			_ => {}
		}
	}

	/// The officers and their levels: at most as many as there may be.
	pub(crate) fn all_officers() -> Vec<(T::AccountId, Level)> {
		OfficerLevels::<T>::iter().collect()
	}
}
