//! The answers to what operators ask.

use crate::{Config, NodeAddress, NodeKind, NodeRecordOf, NodeStatus, Nodes, Pallet, NODES_PAGE_MAX};
use alloc::vec::Vec;

impl<T: Config> Pallet<T> {
	/// A page of at most `count` records, in the order of the storage, from the one after `from` on.
	pub(crate) fn page_of_nodes(
		from: Option<T::AccountId>,
		count: u32,
	) -> Vec<(T::AccountId, NodeRecordOf<T>)> {
		let page = count.min(NODES_PAGE_MAX) as usize;
		match from {
			Some(from) => Nodes::<T>::iter_from(Nodes::<T>::hashed_key_for(from))
				.take(page)
				.collect(),
			None => Nodes::<T>::iter().take(page).collect(),
		}
	}

	/// Operator, kind and address of every admitted node that has an address. Reads every record: at most `MaxNodes`.
	pub(crate) fn admitted_peers() -> Vec<(T::AccountId, NodeKind, NodeAddress)> {
		Nodes::<T>::iter()
			.filter(|(_, record)| record.status == NodeStatus::Admitted)
			.filter_map(|(operator, record)| Some((operator, record.kind, record.address?)))
			.collect()
	}
}
