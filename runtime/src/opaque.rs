//! Types of the node. It passes extrinsics on as bytes, so that it keeps syncing across a runtime upgrade that changes
//! them.

use crate::{Aura, Grandpa, Hashing, Header};
use alloc::vec::Vec;
use sp_runtime::{generic, impl_opaque_keys, traits::Hash as HashT};

pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

/// A block whose extrinsics are bytes.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// Hash of a block.
pub type Hash = <Hashing as HashT>::Output;

impl_opaque_keys! {
	/// Keys with which a validator authors and votes.
	pub struct SessionKeys {
		/// Authors blocks.
		pub aura: Aura,
		/// Votes on finality.
		pub grandpa: Grandpa,
	}
}
