//! Checks that an auditor runs on a live chain.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;

/// What the invariants of one pallet came to.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct InvariantReport {
	/// Name of the pallet (UTF-8).
	pub pallet: Vec<u8>,
	/// The invariant that does not hold (UTF-8); `None` when all of them do.
	pub violation: Option<Vec<u8>>,
}

sp_api::decl_runtime_apis! {
	/// Conservation and consistency of the trading system.
	pub trait AuditApi {
		/// Walk over the whole state and report, per pallet, the first invariant that is broken.
		///
		/// Runs on the node that is asked, at the block that is asked for, and changes nothing. Its time grows with the
		/// state, and whoever reaches a node's RPC can ask for it: what stands before a node that many reach should
		/// let through `state_call` with this method for auditors only.
		fn check_invariants() -> Vec<InvariantReport>;
	}
}
