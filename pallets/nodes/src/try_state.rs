//! What always holds.

use crate::{
	address::peer_id_of, Config, MinValidators, NodeKind, NodeRecordOf, NodeStatus, Nodes, Pallet, Peers,
	SessionBlocks, SessionStart, Validators,
};
use alloc::collections::BTreeSet;
use carbon_traits::SessionKeyring;
use codec::Encode;
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Check what always holds between blocks:
	///
	/// 1. Every record can be read, there are as many as are counted, and no more than fit.
	/// 2. The set consists of the admitted validators, each of them once.
	/// 3. The set is not smaller than the minimum, and the minimum is at least one. A state without any validator, which is
	///    no chain, is exempt.
	/// 4. Every validator of the set has session keys.
	/// 5. Every live node with an address has its peer id to itself, and no peer id stands for anybody else.
	/// 6. An application names no audit report, an audited node names one.
	/// 7. No node came to its status in a block that is still to come.
	/// 8. The session under way started in a block that has been, and a session is neither too short nor too long.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut readable: u64 = 0;
		let mut live_peers: u64 = 0;
		let mut validators: u64 = 0;
		for (operator, record) in Nodes::<T>::iter() {
			readable += 1;
			validators += u64::from(Self::is_validator(&record));
			live_peers += u64::from(Self::check_record(&operator, &record)?);
		}
		// The iteration over values passes over what it cannot decode; the one over keys does not.
		let keys = Nodes::<T>::iter_keys().count() as u64;
		ensure!(
			keys == readable && keys == u64::from(Nodes::<T>::count()) && keys <= T::MaxNodes::get().into(),
			"nodes 1: a record cannot be read, or the records are not as many as are counted"
		);
		ensure!(
			Peers::<T>::iter_keys().count() as u64 == live_peers,
			"nodes 5: a peer id stands for a node that has another one or none"
		);
		Self::check_set(validators)?;
		Self::check_session()
	}

	fn is_validator(record: &NodeRecordOf<T>) -> bool {
		record.status == NodeStatus::Admitted && record.kind == NodeKind::Validator
	}

	/// Check one record; says whether a peer id belongs to it.
	fn check_record(operator: &T::AccountId, record: &NodeRecordOf<T>) -> Result<bool, TryRuntimeError> {
		let audit_fits = match record.status {
			NodeStatus::Applied => record.audit.is_none(),
			NodeStatus::Audited => record.audit.is_some(),
			// Validators of the genesis block have none.
			NodeStatus::Admitted | NodeStatus::Removed => true,
		};
		ensure!(
			audit_fits,
			"nodes 6: an application names a report, or an audited node none"
		);
		ensure!(
			record.since <= frame_system::Pallet::<T>::block_number(),
			"nodes 7: a node came to its status in a block to come"
		);
		match &record.address {
			Some(address) if record.status.is_live() => {
				let owner = peer_id_of(address).and_then(Peers::<T>::get);
				ensure!(
					owner.as_ref() == Some(operator),
					"nodes 5: a live node has not its peer id to itself"
				);
				Ok(true)
			}
			_ => Ok(false),
		}
	}

	/// Check the set against the number of admitted validators.
	fn check_set(admitted: u64) -> Result<(), TryRuntimeError> {
		let set = Validators::<T>::get();
		let distinct: BTreeSet<_> = set.iter().map(Encode::encode).collect();
		let all_admitted = set
			.iter()
			.all(|validator| Nodes::<T>::get(validator).is_some_and(|record| Self::is_validator(&record)));
		ensure!(
			all_admitted && distinct.len() == set.len() && set.len() as u64 == admitted,
			"nodes 2: the set is not the admitted validators, each once"
		);
		let min = MinValidators::<T>::get() as usize;
		let no_chain = set.is_empty() && T::CurrentValidators::get().is_empty();
		ensure!(
			min > 0 && (set.len() >= min || no_chain),
			"nodes 3: the set is smaller than the minimum, or the minimum is zero"
		);
		ensure!(
			set.iter().all(T::Keyring::has_keys),
			"nodes 4: a validator of the set has no session keys"
		);
		Ok(())
	}

	fn check_session() -> Result<(), TryRuntimeError> {
		let blocks = SessionBlocks::<T>::get();
		ensure!(
			SessionStart::<T>::get() <= frame_system::Pallet::<T>::block_number()
				&& T::MinSessionBlocks::get() <= blocks
				&& blocks <= T::MaxSessionBlocks::get(),
			"nodes 8: the session started in a block to come, or is too short or too long"
		);
		Ok(())
	}
}
