//! Questions about the nodes of the network that an operator can ask the runtime.
//!
//! polkadot.js offers them by itself under *Developer → Runtime calls*; `@polkadot/api` under `api.call.nodesApi`.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::vec::Vec;

pub use pallet_nodes::{NodeAddress, NodeKind, NodeRecord, NodeStatus, NODES_PAGE_MAX};

sp_api::decl_runtime_apis! {
	/// Which nodes take part in the network.
	pub trait NodesApi<AccountId, BlockNumber>
	where
		AccountId: codec::Codec,
		BlockNumber: codec::Codec,
	{
		/// The record of an operator's node: its kind, status and address; none if the account has never had one.
		fn node(account: AccountId) -> Option<NodeRecord<BlockNumber>>;

		/// A page of at most `count` records, and never more than 100, from the one after `from` on. The next page
		/// begins with the last account of this one as `from`; an empty page is behind the last record.
		fn nodes(from: Option<AccountId>, count: u32) -> Vec<(AccountId, NodeRecord<BlockNumber>)>;

		/// Operator, kind and address of every admitted node that has an address: the nodes that may be connected to.
		fn peers() -> Vec<(AccountId, NodeKind, NodeAddress)>;

		/// The validators that the next planned session is to have.
		fn validators() -> Vec<AccountId>;

		/// The block in which the next session starts, as long as nobody changes the length of a session.
		fn next_session_at() -> BlockNumber;
	}
}
