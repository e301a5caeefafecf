//! What the calls do.

use crate::{
	address::peer_id_of, finality::votes_needed, Config, DefaultSessionBlocks, Error, Event, GenesisConfig,
	KeysOf, KeysProof, MinValidators, NodeAddress, NodeKind, NodeRecord, NodeRecordOf, NodeStatus, Nodes,
	Pallet, Peers, SessionBlocks, Validators,
};
use carbon_primitives::{Digest, Role};
use carbon_traits::{EnsureParticipant, SessionKeyring};
use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Zero, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_apply(
		operator: T::AccountId,
		kind: NodeKind,
		address: NodeAddress,
		keys: Option<(KeysOf<T>, KeysProof)>,
	) -> DispatchResult {
		let peer = peer_id_of(&address).ok_or(Error::<T>::AddressMalformed)?;
		match Nodes::<T>::get(&operator) {
			Some(record) => ensure!(!record.status.is_live(), Error::<T>::NodeExists),
			None => ensure!(Nodes::<T>::count() < T::MaxNodes::get(), Error::<T>::TooManyNodes),
		}
		ensure!(!Peers::<T>::contains_key(&peer), Error::<T>::PeerIdTaken);
		match (kind, keys) {
			// The keyring checks before it writes.
			(NodeKind::Validator, Some((keys, proof))) => {
				T::Keyring::register(&operator, keys, proof.into_inner())?
			}
			(NodeKind::Validator, None) => return Err(Error::<T>::KeysMissing.into()),
			(NodeKind::Observer, Some(_)) => return Err(Error::<T>::KeysUnexpected.into()),
			(NodeKind::Observer, None) => {}
		}

		Peers::<T>::insert(&peer, &operator);
		Nodes::<T>::insert(
			&operator,
			NodeRecord {
				kind,
				status: NodeStatus::Applied,
				address: Some(address.clone()),
				audit: None,
				since: frame_system::Pallet::<T>::block_number(),
			},
		);
		Self::deposit_event(Event::NodeApplied {
			operator,
			kind,
			address,
		});
		Ok(())
	}

	pub(crate) fn do_audit(operator: T::AccountId, report: Digest) -> DispatchResult {
		let mut record = Self::record_of(&operator)?;
		ensure!(record.status == NodeStatus::Applied, Error::<T>::NotApplied);

		record.audit = Some(report);
		Self::advance(&operator, record, NodeStatus::Audited);
		Self::deposit_event(Event::NodeAudited { operator, report });
		Ok(())
	}

	pub(crate) fn do_admit(operator: T::AccountId) -> DispatchResult {
		let record = Self::record_of(&operator)?;
		ensure!(record.status == NodeStatus::Audited, Error::<T>::NotAudited);
		T::Participants::ensure_role(&operator, Role::NodeOperator)?;
		let kind = record.kind;
		if kind == NodeKind::Validator {
			ensure!(T::Keyring::has_keys(&operator), Error::<T>::KeysNotRegistered);
			Validators::<T>::try_append(operator.clone()).map_err(|()| Error::<T>::TooManyValidators)?;
		}

		Self::advance(&operator, record, NodeStatus::Admitted);
		Self::deposit_event(Event::NodeAdmitted { operator, kind });
		Ok(())
	}

	pub(crate) fn do_refuse(operator: T::AccountId, reason: Digest) -> DispatchResult {
		let record = Self::record_of(&operator)?;
		ensure!(record.status.is_pending(), Error::<T>::NotPending);

		Self::drop_application(&operator, &record);
		Self::deposit_event(Event::NodeRefused { operator, reason });
		Ok(())
	}

	pub(crate) fn do_remove(operator: T::AccountId, reason: Digest) -> DispatchResult {
		let record = Self::record_of(&operator)?;
		ensure!(record.status == NodeStatus::Admitted, Error::<T>::NotAdmitted);
		let kind = record.kind;

		Self::take_out(&operator, record)?;
		Self::deposit_event(Event::NodeRemoved {
			operator,
			kind,
			reason,
		});
		Ok(())
	}

	pub(crate) fn do_resign(operator: T::AccountId) -> DispatchResult {
		let record = Self::record_of(&operator)?;
		let kind = record.kind;
		match record.status {
			NodeStatus::Applied | NodeStatus::Audited => Self::drop_application(&operator, &record),
			NodeStatus::Admitted => Self::take_out(&operator, record)?,
			NodeStatus::Removed => return Err(Error::<T>::NodeRemoved.into()),
		}
		Self::deposit_event(Event::NodeResigned { operator, kind });
		Ok(())
	}

	pub(crate) fn do_set_address(operator: T::AccountId, address: NodeAddress) -> DispatchResult {
		let peer = peer_id_of(&address).ok_or(Error::<T>::AddressMalformed)?;
		let mut record = Self::record_of(&operator)?;
		ensure!(record.status.is_live(), Error::<T>::NodeRemoved);
		let old_peer = record.address.as_ref().and_then(|old| peer_id_of(old));
		let is_same_peer = old_peer.as_ref() == Some(&peer);
		// A validator of the genesis block has no peer id until it names one.
		ensure!(
			is_same_peer || old_peer.is_none() || record.status != NodeStatus::Admitted,
			Error::<T>::PeerIdAudited
		);
		let owner = Peers::<T>::get(&peer);
		ensure!(
			owner.is_none_or(|owner| owner == operator),
			Error::<T>::PeerIdTaken
		);

		if !is_same_peer {
			Self::free_peer_id(&record);
			Peers::<T>::insert(&peer, &operator);
		}
		let old_value = record.address.replace(address.clone());
		Self::deposit_event(Event::AddressChanged {
			operator: operator.clone(),
			old_value,
			new_value: address,
		});
		if record.status == NodeStatus::Audited && !is_same_peer {
			Self::void_audit(operator, record);
		} else {
			Nodes::<T>::insert(&operator, record);
		}
		Ok(())
	}

	pub(crate) fn do_set_min_validators(count: u32) -> DispatchResult {
		ensure!(!count.is_zero(), Error::<T>::MinValidatorsZero);
		let present = Validators::<T>::decode_len().unwrap_or(0);
		ensure!(count as usize <= present, Error::<T>::MinValidatorsAboveSet);

		let old_value = MinValidators::<T>::mutate(|min| core::mem::replace(min, count));
		Self::deposit_event(Event::MinValidatorsChanged {
			old_value,
			new_value: count,
		});
		Ok(())
	}

	pub(crate) fn do_set_session_blocks(blocks: BlockNumberFor<T>) -> DispatchResult {
		ensure!(blocks >= T::MinSessionBlocks::get(), Error::<T>::SessionTooShort);
		ensure!(blocks <= T::MaxSessionBlocks::get(), Error::<T>::SessionTooLong);

		let old_value = SessionBlocks::<T>::mutate(|length| core::mem::replace(length, blocks));
		Self::deposit_event(Event::SessionBlocksChanged {
			old_value,
			new_value: blocks,
		});
		Ok(())
	}

	pub(crate) fn do_forget(operator: T::AccountId) -> DispatchResult {
		let record = Self::record_of(&operator)?;
		ensure!(!record.status.is_live(), Error::<T>::NotRemoved);

		Nodes::<T>::remove(&operator);
		Self::deposit_event(Event::NodeForgotten { operator });
		Ok(())
	}

	/// Write what the genesis says about the network.
	///
	/// # Panics
	/// When it does not fit the validators that the session pallet has: a chain must not start with it.
	pub(crate) fn configure_at_genesis(genesis: &GenesisConfig<T>) {
		assert!(
			genesis.session_blocks >= T::MinSessionBlocks::get(),
			"genesis sessions of {:?} blocks are too short",
			genesis.session_blocks
		);
		assert!(
			genesis.session_blocks <= T::MaxSessionBlocks::get(),
			"genesis sessions of {:?} blocks are too long",
			genesis.session_blocks
		);
		SessionBlocks::<T>::put(genesis.session_blocks);

		let present = Validators::<T>::decode_len().unwrap_or(0);
		let min = match genesis.min_validators as usize {
			0 => votes_needed(present).max(1),
			given => given,
		};
		// A state without any validator is for tests of other things: it never becomes a chain.
		assert!(
			present == 0 || min <= present,
			"genesis has {present} validators, which is less than the minimum of {min}"
		);
		MinValidators::<T>::put(min as u32);

		for (operator, text) in &genesis.addresses {
			let outcome = NodeAddress::try_from(text.as_bytes().to_vec())
				.map_err(|_| Error::<T>::AddressMalformed.into())
				.and_then(|address| Self::do_set_address(operator.clone(), address));
			if let Err(error) = outcome {
				panic!("genesis validator {operator:?} cannot have the address {text}: {error:?}");
			}
		}
	}

	/// Relations between constants without which the calls would not do what they say.
	pub(crate) fn check_configuration() {
		assert!(
			T::MaxValidators::get() > 0 && T::MaxValidators::get() <= T::MaxNodes::get(),
			"each validator has a record, so that there must be room for as many"
		);
		assert!(
			!T::MinSessionBlocks::get().is_zero(),
			"a session without blocks would never end"
		);
		let by_default = DefaultSessionBlocks::<T>::get();
		assert!(
			T::MinSessionBlocks::get() <= by_default && by_default <= T::MaxSessionBlocks::get(),
			"a session is as long as may be set, also where nobody has set it"
		);
	}

	fn record_of(operator: &T::AccountId) -> Result<NodeRecordOf<T>, DispatchError> {
		Nodes::<T>::get(operator).ok_or(Error::<T>::NodeUnknown.into())
	}

	/// Write that the node has come to `status`.
	fn advance(operator: &T::AccountId, mut record: NodeRecordOf<T>, status: NodeStatus) {
		record.status = status;
		record.since = frame_system::Pallet::<T>::block_number();
		Nodes::<T>::insert(operator, record);
	}

	/// Put a node whose audit does not stand for it any more back among the applications.
	fn void_audit(operator: T::AccountId, mut record: NodeRecordOf<T>) {
		let report = record.audit.take();
		Self::advance(&operator, record, NodeStatus::Applied);
		// An audited node names a report.
		if let Some(report) = report {
			Self::deposit_event(Event::AuditVoided { operator, report });
		}
	}

	/// Take an admitted node out of the network; nothing is written when the set would get too small or too new.
	fn take_out(operator: &T::AccountId, record: NodeRecordOf<T>) -> DispatchResult {
		if record.kind == NodeKind::Validator {
			Validators::<T>::try_mutate(|set| {
				ensure!(
					set.len() > MinValidators::<T>::get() as usize,
					Error::<T>::TooFewValidators
				);
				set.retain(|validator| validator != operator);
				Self::ensure_enough_stay(operator, set)?;
				Ok::<_, DispatchError>(())
			})?;
		}
		Self::free_peer_id(&record);
		Self::advance(operator, record, NodeStatus::Removed);
		Ok(())
	}

	/// Leave nothing of an application.
	fn drop_application(operator: &T::AccountId, record: &NodeRecordOf<T>) {
		Self::free_peer_id(record);
		Nodes::<T>::remove(operator);
	}

	fn free_peer_id(record: &NodeRecordOf<T>) {
		if let Some(peer) = record.address.as_ref().and_then(|address| peer_id_of(address)) {
			Peers::<T>::remove(peer);
		}
	}
}
