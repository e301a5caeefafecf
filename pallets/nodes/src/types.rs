//! What a node's record consists of.

use carbon_primitives::Digest;
use carbon_traits::SessionKeyring;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;

/// Longest address in bytes.
pub const ADDRESS_BYTES_MAX: u32 = 128;

/// Length of a peer id in base58: an ed25519 public key of 32 bytes after 6 bytes that say so.
pub const PEER_ID_BYTES: u32 = 52;

/// Longest proof that the owner of session keys agrees. One signature of 64 bytes for each key is enough.
pub const PROOF_BYTES_MAX: u32 = 256;

/// Most records that one question for a page of them answers.
pub const NODES_PAGE_MAX: u32 = 100;

/// Where a node is reached: a multiaddress as text, with the peer id at its end.
pub type NodeAddress = BoundedVec<u8, ConstU32<ADDRESS_BYTES_MAX>>;

/// The name of a node in the network: its ed25519 public key as base58 text.
pub type PeerId = BoundedVec<u8, ConstU32<PEER_ID_BYTES>>;

/// Shows that whoever has the session keys agrees to the account that uses them.
pub type KeysProof = BoundedVec<u8, ConstU32<PROOF_BYTES_MAX>>;

/// The session keys of the chain that `T` configures.
pub type KeysOf<T> =
	<<T as crate::Config>::Keyring as SessionKeyring<<T as frame_system::Config>::AccountId>>::Keys;

/// The record of a node on the chain that `T` configures.
pub type NodeRecordOf<T> = NodeRecord<BlockNumberFor<T>>;

/// What a node does.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum NodeKind {
	/// It authors blocks and votes on finality.
	#[codec(index = 0)]
	Validator,
	/// It follows the chain and serves questions.
	#[codec(index = 1)]
	Observer,
}

/// How far a node has come.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum NodeStatus {
	/// Its operator asks for admission.
	#[codec(index = 0)]
	Applied,
	/// It has been audited; the regulator decides.
	#[codec(index = 1)]
	Audited,
	/// It takes part in the network.
	#[codec(index = 2)]
	Admitted,
	/// It took part once.
	#[codec(index = 3)]
	Removed,
}

impl NodeStatus {
	/// Whether the regulator has still to decide.
	pub const fn is_pending(self) -> bool {
		matches!(self, Self::Applied | Self::Audited)
	}

	/// Whether the node takes part or asks to.
	pub const fn is_live(self) -> bool {
		!matches!(self, Self::Removed)
	}
}

/// What the chain knows about an operator's node.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct NodeRecord<BlockNumber> {
	/// What it does.
	pub kind: NodeKind,
	/// How far it has come.
	pub status: NodeStatus,
	/// Where it is reached; none for a validator of the genesis block that has not said so.
	pub address: Option<NodeAddress>,
	/// Digest of the report of its audit; none before the audit and for validators of the genesis block.
	pub audit: Option<Digest>,
	/// The block in which it came to this status.
	pub since: BlockNumber,
}
