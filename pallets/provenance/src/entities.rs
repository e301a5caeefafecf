//! Execution entities: how they become known, what they sign, and in whose name they act.

use crate::{
	graph::{acts_for, check_delegation, principals, GraphStore},
	pallet::*,
	store::OnChain,
	types::*,
	EntityKind,
};
use carbon_primitives::Moment;
use frame_support::{
	ensure,
	traits::{Get, Time},
};
use sp_runtime::{
	traits::{Verify, Zero},
	DispatchError, DispatchResult,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_register_entity(
		caller: T::AccountId,
		entity: T::AccountId,
		description: DescriptionOf<T>,
		proof: Option<Proof>,
	) -> DispatchResult {
		ensure!(is_plain(&description.role), Error::<T>::TextNotPlain);
		let now = T::Time::now();
		let old = Entities::<T>::get(&entity);
		let old_principal = old.as_ref().and_then(|record| record.on_behalf_of.clone());
		let record = match &old {
			Some(record) => record.clone(),
			None => ExecutionEntity::of_kind(description.kind, now),
		};
		let statement = |sequence| Statement::Description {
			caller: &caller,
			entity: &entity,
			description: &description,
			sequence,
		};
		let (sequence, scheme) = match &proof {
			Some(proof) => {
				Self::check_proof(proof, &record, &entity, statement(proof.sequence))?;
				(proof.sequence, Some(proof.scheme()))
			}
			None if caller == entity => (record.sequence, None),
			None => {
				let ends = Self::ends_delegation(&record, &description, &caller)?;
				ensure!(ends, Error::<T>::ProofMissing);
				(record.sequence, record.scheme)
			}
		};
		// Whoever is acted for already has consented before.
		if description.on_behalf_of != old_principal {
			if description.on_behalf_of.as_ref() == Some(&caller) && caller != entity {
				Self::make_known(&caller, now);
			}
			check_delegation(
				&OnChain::<T>::new(),
				&entity,
				description.on_behalf_of.clone(),
				&caller,
			)
			.map_err(Error::<T>::from)?;
		}

		let record = ExecutionEntity {
			scheme,
			sequence,
			..record.described(description.clone())
		};
		Entities::<T>::insert(&entity, record);
		Self::deposit_event(Event::EntityDescribed {
			account: entity,
			by: Some(caller),
			description,
		});
		Ok(())
	}

	/// Whether `description` only ends that the entity acts for somebody, who is `caller` or acts for `caller`.
	fn ends_delegation(
		record: &ExecutionEntityOf<T>,
		description: &DescriptionOf<T>,
		caller: &T::AccountId,
	) -> Result<bool, DispatchError> {
		let ended = EntityDescription {
			on_behalf_of: None,
			..record.description()
		};
		if ended != *description {
			return Ok(false);
		}
		acts_for(&OnChain::<T>::new(), record.on_behalf_of.clone(), caller)
			.map_err(|error| Error::<T>::from(error).into())
	}

	/// Those in whose name an entity acts, the nearest first.
	pub(crate) fn principals_of(
		record: &ExecutionEntityOf<T>,
	) -> Result<alloc::vec::Vec<T::AccountId>, DispatchError> {
		principals(&OnChain::<T>::new(), record.on_behalf_of.clone())
			.map_err(|error| Error::<T>::from(error).into())
	}

	/// Check that `entity`, of which `record` is known, has signed `statement` and none with this number before.
	pub(crate) fn check_proof(
		proof: &Proof,
		record: &ExecutionEntityOf<T>,
		entity: &T::AccountId,
		statement: Statement<T::AccountId>,
	) -> DispatchResult {
		ensure!(proof.sequence > record.sequence, Error::<T>::SequenceUsed);
		let genesis =
			frame_system::Pallet::<T>::block_hash(frame_system::pallet_prelude::BlockNumberFor::<T>::zero());
		let message = statement.message(genesis.as_ref());
		ensure!(
			proof.signature.verify(message.as_slice(), &entity.clone().into()),
			Error::<T>::ProofInvalid
		);
		Ok(())
	}

	/// What is known of `who`, or at first what it is; and whether it is known.
	///
	/// Whoever is not the regulator or the chain is taken for an organisation, until it describes itself.
	pub(crate) fn known_or_new(who: &T::AccountId, now: Moment) -> (ExecutionEntityOf<T>, bool) {
		if let Some(record) = OnChain::<T>::new().entity(who) {
			return (record, true);
		}
		let kind = if *who == T::Authority::get() {
			EntityKind::Authority
		} else if *who == T::Chain::get() {
			EntityKind::Software
		} else {
			EntityKind::Organisation
		};
		(ExecutionEntity::of_kind(kind, now), false)
	}

	/// Make `who` an execution entity, unless it is one.
	pub(crate) fn make_known(who: &T::AccountId, now: Moment) {
		let (record, is_known) = Self::known_or_new(who, now);
		if !is_known {
			Self::tell_known(who, &record);
			Entities::<T>::insert(who, record);
		}
	}

	/// Tell that the chain has met `who` for the first time.
	pub(crate) fn tell_known(who: &T::AccountId, record: &ExecutionEntityOf<T>) {
		Self::deposit_event(Event::EntityDescribed {
			account: who.clone(),
			by: None,
			description: record.description(),
		});
	}
}
