//! How the session pallet is led: which validators a session has, and when it ends.

use crate::{
	Config, Event, NodeKind, NodeRecord, NodeStatus, Nodes, Pallet, SessionBlocks, SessionStart, Validators,
};
use alloc::vec::Vec;
use carbon_traits::SessionKeyring;
use frame_support::{
	traits::{EstimateNextSessionRotation, Get},
	weights::Weight,
	BoundedVec,
};
use frame_system::pallet_prelude::BlockNumberFor;
use pallet_session::{SessionManager, ShouldEndSession};
use sp_runtime::{
	traits::{One, Saturating},
	Permill,
};

impl<T: Config> SessionManager<T::AccountId> for Pallet<T> {
	/// The set, if it is not that of the session which starts now.
	///
	/// The session pallet would pass over a validator without keys anyway; leaving it out here keeps the comparison true
	/// and lets it come back by itself once it has some.
	fn new_session(new_index: u32) -> Option<Vec<T::AccountId>> {
		let mut planned = Validators::<T>::get().into_inner();
		planned.retain(T::Keyring::has_keys);
		// Never a chain without validators.
		if planned.is_empty() || planned == T::CurrentValidators::get() {
			return None;
		}
		Self::deposit_event(Event::ValidatorsPlanned {
			session: new_index,
			validators: planned.clone(),
		});
		Some(planned)
	}

	/// Nothing: the session pallet then takes the validators from its own genesis keys.
	fn new_session_genesis(_: u32) -> Option<Vec<T::AccountId>> {
		None
	}

	fn end_session(_: u32) {}

	/// Note when it started. Session 0 starts in the genesis build of the session pallet, when its validators are known.
	fn start_session(start_index: u32) {
		SessionStart::<T>::put(frame_system::Pallet::<T>::block_number());
		if start_index == 0 {
			Self::adopt_genesis_validators();
		}
	}
}

impl<T: Config> ShouldEndSession<BlockNumberFor<T>> for Pallet<T> {
	fn should_end_session(now: BlockNumberFor<T>) -> bool {
		now >= Self::planned_boundary()
	}
}

impl<T: Config> EstimateNextSessionRotation<BlockNumberFor<T>> for Pallet<T> {
	fn average_session_length() -> BlockNumberFor<T> {
		SessionBlocks::<T>::get()
	}

	fn estimate_current_session_progress(now: BlockNumberFor<T>) -> (Option<Permill>, Weight) {
		// The block under way counts as done.
		let done = now
			.saturating_sub(SessionStart::<T>::get())
			.saturating_add(One::one());
		let progress = Permill::from_rational(done, SessionBlocks::<T>::get());
		(Some(progress), T::DbWeight::get().reads(2))
	}

	fn estimate_next_session_rotation(now: BlockNumberFor<T>) -> (Option<BlockNumberFor<T>>, Weight) {
		(
			Some(Self::session_boundary_after(now)),
			T::DbWeight::get().reads(2),
		)
	}
}

impl<T: Config> Pallet<T> {
	/// The block in which the session under way is to end. It lies in the past after a change to a shorter session.
	fn planned_boundary() -> BlockNumberFor<T> {
		SessionStart::<T>::get().saturating_add(SessionBlocks::<T>::get())
	}

	/// The block in which the next session starts, seen from within block `now`, whose own boundary is past.
	pub(crate) fn session_boundary_after(now: BlockNumberFor<T>) -> BlockNumberFor<T> {
		Self::planned_boundary().max(now.saturating_add(One::one()))
	}

	/// Admit the validators that the session pallet has at genesis.
	///
	/// They come from there, and not from a list of this pallet's own, so that there is one place to name them: `session.keys`.
	///
	/// # Panics
	/// When there are too many of them: a chain must not start so.
	fn adopt_genesis_validators() {
		let found = T::CurrentValidators::get();
		for operator in &found {
			Nodes::<T>::insert(
				operator,
				NodeRecord {
					kind: NodeKind::Validator,
					status: NodeStatus::Admitted,
					address: None,
					audit: None,
					since: frame_system::Pallet::<T>::block_number(),
				},
			);
		}
		let Ok(set) = BoundedVec::try_from(found) else {
			panic!("genesis has more than {} validators", T::MaxValidators::get());
		};
		Validators::<T>::put(set);
	}
}
