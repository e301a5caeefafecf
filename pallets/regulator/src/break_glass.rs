//! What becomes of a call that the break-glass key makes.

use crate::{acts, pallet::*, trail::Case, ActKind, Basis, ClassifyAct, Subject, WeightInfo};
use carbon_primitives::Digest;
use carbon_traits::RecordActivity;
use codec::Encode;
use frame_support::{
	dispatch::{extract_actual_weight, DispatchResultWithPostInfo, GetDispatchInfo, RawOrigin},
	ensure,
	storage::with_storage_layer,
	traits::{Contains, Get, OriginTrait, Time, UnfilteredDispatchable},
};
use sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Dispatch `call`, unless it is forbidden, and leave a record either way.
	///
	/// The result is that of `call`. Whoever undoes what has changed because of a failure undoes the record as well: the
	/// calls of the sudo pallet never fail once they have come here.
	pub(crate) fn do_break_glass(
		call: T::RuntimeCall,
		origin: T::RuntimeOrigin,
	) -> DispatchResultWithPostInfo {
		// Before the call, which may hand the key to somebody else or give it up. Inside another call of the key it may have
		// been handed on already, and could name somebody who has nothing to do with it.
		let by = BreakGlassInUse::<T>::get()
			.or_else(T::BreakGlassKey::get)
			.ok_or(Error::<T>::BreakGlassKeyMissing)?;
		let in_name_of = match origin.as_system_ref() {
			Some(RawOrigin::Signed(account)) => Some(account.clone()),
			_ => None,
		};
		let encoded = call.encode();
		let base =
			T::WeightInfo::record(acts::length(&encoded)).saturating_add(T::Provenance::weight_of_record());
		let (call_hash, description) = (acts::hash_of(&encoded), acts::describe(&call));
		let subject = match &in_name_of {
			Some(account) => Subject::Account(account.clone()),
			None => T::Acts::classify(&call).map_or(Subject::Chain, |class| class.subject),
		};

		let info = call.get_dispatch_info();
		let allowed = Self::ensure_not_forbidden(&call, in_name_of.as_ref());
		let mut outcome = allowed.map_err(Into::into).and_then(|()| {
			Self::while_in_use(&by, || match in_name_of {
				// In an account's name the key may do what the account may do itself, and no more.
				Some(_) => call.dispatch(origin),
				None => call.dispatch_bypass_filter(origin),
			})
		});

		let result = outcome.as_ref().map(|_| ()).map_err(|error| error.error);
		let case = Case {
			kind: ActKind::BreakGlass,
			by: by.clone(),
			second: None,
			call_hash,
			description,
			basis: Basis::default(),
			reason: Digest::zero(),
			subject,
			proposed_at: T::Time::now(),
		};
		let record = Self::record_deed(case, result);
		Self::deposit_event(Event::BreakGlassUsed {
			record,
			by,
			call_hash,
			result,
		});

		let weight = extract_actual_weight(&outcome, &info).saturating_add(base);
		match &mut outcome {
			Ok(post_info) => post_info.actual_weight = Some(weight),
			Err(error) => error.post_info.actual_weight = Some(weight),
		}
		outcome
	}

	/// Run `call` in a storage layer of its own, and note for the time being that `by` uses the key.
	fn while_in_use(
		by: &T::AccountId,
		call: impl FnOnce() -> DispatchResultWithPostInfo,
	) -> DispatchResultWithPostInfo {
		// A call of the key may hold another one: the note stays until the outermost is over.
		let nested = BreakGlassInUse::<T>::exists();
		if !nested {
			BreakGlassInUse::<T>::put(by);
		}
		let outcome = with_storage_layer(call);
		if !nested {
			BreakGlassInUse::<T>::kill();
		}
		outcome
	}

	fn ensure_not_forbidden(call: &T::RuntimeCall, in_name_of: Option<&T::AccountId>) -> DispatchResult {
		ensure!(!T::Forbidden::contains(call), Error::<T>::ForbiddenCall);
		// Else the key could give itself a lasting hold over an officer's account, such as a proxy.
		ensure!(
			!in_name_of.is_some_and(OfficerLevels::<T>::contains_key),
			DispatchError::from(Error::<T>::OfficerImpersonated)
		);
		Ok(())
	}
}
