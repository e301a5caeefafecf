#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

mod address;
mod finality;
mod impls;
mod queries;
mod session;
mod types;
pub mod weights;

#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod try_state;

#[cfg(any(feature = "runtime-benchmarks", test))]
pub use benchmarking::KeyringBenchmarkHelper;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// The pallet: its configuration, storage, events, errors and calls.
#[frame_support::pallet]
pub mod pallet {
	use super::{KeysOf, KeysProof, NodeAddress, NodeKind, NodeRecordOf, PeerId, WeightInfo};
	use alloc::{string::String, vec::Vec};
	use carbon_primitives::{Digest, Role};
	use carbon_traits::{EnsureParticipant, SessionKeyring};
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;

	/// What the pallet needs from the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// The regulator: audits, admits, refuses and removes nodes, and sets how few validators there may be and how long a
		/// session is.
		type RegulatorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Tells who is a node operator.
		type Participants: EnsureParticipant<Self::AccountId>;

		/// Keeps the keys with which validators author and vote.
		type Keyring: SessionKeyring<Self::AccountId, Keys: Parameter>;

		/// The validators that the session pallet has in force. When a session is being planned, those of the session that
		/// starts: the set that was handed out last.
		type CurrentValidators: Get<Vec<Self::AccountId>>;

		/// Most records of nodes, those of removed ones included.
		#[pallet::constant]
		type MaxNodes: Get<u32>;

		/// Most validators. The consensus pallets must take as many.
		#[pallet::constant]
		type MaxValidators: Get<u32>;

		/// The shortest session that may be set, in blocks.
		#[pallet::constant]
		type MinSessionBlocks: Get<BlockNumberFor<Self>>;

		/// The longest session that may be set, in blocks. A validator that has to go stays in force for up to two of them.
		#[pallet::constant]
		type MaxSessionBlocks: Get<BlockNumberFor<Self>>;

		/// Makes accounts fit to act, and session keys with a proof, in the benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: carbon_traits::ParticipantBenchmarkHelper<Self::AccountId>
			+ super::KeyringBenchmarkHelper<Self::AccountId, KeysOf<Self>>;
	}

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// The pallet's calls, questions and hooks.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The nodes, by the account of their operator. Written by the start of session 0 and every call but those that set a
	/// parameter.
	// Blake2_128Concat: whoever applies chooses the account, and may choose it to lengthen a trie path.
	#[pallet::storage]
	pub type Nodes<T: Config> =
		CountedStorageMap<_, Blake2_128Concat, T::AccountId, NodeRecordOf<T>, OptionQuery>;

	/// The operator of each live node that has an address, by peer id: one peer id stands for one node. Written by the
	/// genesis build, `apply` and `set_address`; `refuse`, `remove` and `resign` free the peer id.
	// Blake2_128Concat: the operator makes the peer id, and can go on making some until one suits.
	#[pallet::storage]
	pub type Peers<T: Config> = StorageMap<_, Blake2_128Concat, PeerId, T::AccountId, OptionQuery>;

	/// The validators that the next planned session is to have, in the order in which they were admitted. Written by the
	/// start of session 0, `admit`, `remove` and `resign`.
	#[pallet::storage]
	pub type Validators<T: Config> = StorageValue<_, BoundedVec<T::AccountId, T::MaxValidators>, ValueQuery>;

	/// How few validators there may be unless somebody says otherwise: a chain needs one.
	#[pallet::type_value]
	pub fn DefaultMinValidators<T: Config>() -> u32 {
		1
	}

	/// The fewest validators that `remove` and `resign` leave. Written by the genesis build and `set_min_validators`.
	#[pallet::storage]
	pub type MinValidators<T: Config> = StorageValue<_, u32, ValueQuery, DefaultMinValidators<T>>;

	/// How long a session is unless somebody says otherwise: an hour of blocks of two seconds.
	#[pallet::type_value]
	pub fn DefaultSessionBlocks<T: Config>() -> BlockNumberFor<T> {
		1_800u32.into()
	}

	/// How many blocks a session has, that of its boundary included, which carries no transactions. Written by the genesis
	/// build and `set_session_blocks`.
	#[pallet::storage]
	pub type SessionBlocks<T: Config> =
		StorageValue<_, BlockNumberFor<T>, ValueQuery, DefaultSessionBlocks<T>>;

	/// The block in which the session under way started. Written when a session starts.
	#[pallet::storage]
	pub type SessionStart<T: Config> = StorageValue<_, BlockNumberFor<T>, ValueQuery>;

	/// How the network is run from the first block on. The validators are those of the session pallet's genesis.
	#[pallet::genesis_config]
	pub struct GenesisConfig<T: Config> {
		/// Addresses of validators of the genesis block, as text.
		///
		/// The genesis build panics where one is malformed, names a peer of another one or belongs to no validator.
		pub addresses: Vec<(T::AccountId, String)>,
		/// The fewest validators that may be left; zero, if not given: as many of them as finality needs. The genesis build
		/// panics when there are fewer.
		pub min_validators: u32,
		/// How many blocks a session has. The genesis build panics when it is too short or too long.
		pub session_blocks: BlockNumberFor<T>,
	}

	impl<T: Config> Default for GenesisConfig<T> {
		fn default() -> Self {
			Self {
				addresses: Vec::new(),
				min_validators: 0,
				session_blocks: DefaultSessionBlocks::<T>::get(),
			}
		}
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			Pallet::<T>::configure_at_genesis(self);
		}
	}

	/// What has happened to a node or to the set of validators.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An operator asked for the admission of its node.
		NodeApplied {
			/// The operator.
			operator: T::AccountId,
			/// What the node is to do.
			kind: NodeKind,
			/// Where it is reached.
			address: NodeAddress,
		},
		/// A node was audited.
		NodeAudited {
			/// The operator.
			operator: T::AccountId,
			/// Digest of the report.
			report: Digest,
		},
		/// The regulator admitted a node. A validator is in force at the second session boundary from here.
		NodeAdmitted {
			/// The operator.
			operator: T::AccountId,
			/// What the node does.
			kind: NodeKind,
		},
		/// The regulator refused a node. Its record is gone.
		NodeRefused {
			/// The operator.
			operator: T::AccountId,
			/// Digest of the document that states the reason.
			reason: Digest,
		},
		/// The regulator removed a node. A validator is out of force at the second session boundary from here.
		NodeRemoved {
			/// The operator.
			operator: T::AccountId,
			/// What the node did.
			kind: NodeKind,
			/// Digest of the document that states the reason.
			reason: Digest,
		},
		/// An operator took its node out, or its application back; of an application no record stays. A validator is out of
		/// force at the second session boundary from here.
		NodeResigned {
			/// The operator.
			operator: T::AccountId,
			/// What the node did or was to do.
			kind: NodeKind,
		},
		/// A node is reached at another address.
		AddressChanged {
			/// The operator.
			operator: T::AccountId,
			/// The address until now; none for a validator of the genesis block that had not named one.
			old_value: Option<NodeAddress>,
			/// The address from now on.
			new_value: NodeAddress,
		},
		/// The audit of a node was void, because its operator gave it another peer id. It is back among the applications.
		AuditVoided {
			/// The operator.
			operator: T::AccountId,
			/// Digest of the report that counts no more.
			report: Digest,
		},
		/// The regulator set how few validators there may be.
		MinValidatorsChanged {
			/// The fewest until now.
			old_value: u32,
			/// The fewest from now on.
			new_value: u32,
		},
		/// The regulator set how long a session is.
		SessionBlocksChanged {
			/// Blocks of a session until now.
			old_value: BlockNumberFor<T>,
			/// Blocks of a session from now on, that under way included.
			new_value: BlockNumberFor<T>,
		},
		/// The regulator dropped the record of a removed node.
		NodeForgotten {
			/// The operator.
			operator: T::AccountId,
		},
		/// A session was planned with other validators than the one before it, or with the same ones in another order.
		ValidatorsPlanned {
			/// Number of the session, which starts at the next boundary.
			session: u32,
			/// Its validators.
			validators: Vec<T::AccountId>,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The account has no node and none is applied for. Look the operator up, or let it apply first.
		NodeUnknown,
		/// The account has a node already, or has applied for one. Use another account, or resign first.
		NodeExists,
		/// As many nodes are recorded as the chain can hold. The regulator can make room: it refuses applications or forgets
		/// removed nodes.
		TooManyNodes,
		/// The address has not the form `/dns/<host>/tcp/<port>/p2p/<peer id>`, where `dns` may be `dns4`, `dns6`, `ip4` or
		/// `ip6` and the peer id begins with `12D3KooW`. The node answers `system_localListenAddresses` with some.
		AddressMalformed,
		/// The peer id stands for another operator's node. Each node has a network key of its own: make a new one.
		PeerIdTaken,
		/// The node was admitted with another peer id, which its audit stands for. Keep the network key when the node moves;
		/// with a new key, resign, apply again and be audited again.
		PeerIdAudited,
		/// A validator applies without session keys. Get keys and their proof from the node, with
		/// `author_rotateKeysWithOwner`.
		KeysMissing,
		/// An observer applies with session keys, which it has no use for. Leave them out, or apply as a validator.
		KeysUnexpected,
		/// The validator has no session keys any more. Its operator registers new ones with `session.set_keys`.
		KeysNotRegistered,
		/// The node is past its audit. Only an application is audited.
		NotApplied,
		/// The node has not been audited, or has been admitted already. The audit comes first, once for each application.
		NotAudited,
		/// The node is not admitted, so that there is nothing to remove. Refuse an application instead.
		NotAdmitted,
		/// The regulator has decided already. Remove an admitted node instead.
		NotPending,
		/// The node has been removed. Its operator may apply again.
		NodeRemoved,
		/// The node has not been removed. Refuse or remove it first.
		NotRemoved,
		/// There are as many validators as the chain can have. Remove one first, or admit the node as an observer.
		TooManyValidators,
		/// Fewer validators would be left than the regulator has laid down. Admit another validator first, or lower the
		/// minimum with `set_min_validators`.
		TooFewValidators,
		/// Finality would come to need the votes of validators that are not in force yet. Wait until the newcomers are, from
		/// the second session boundary after their admission on, and take the validator out then. Or take newcomers out
		/// first.
		TooManyReplaced,
		/// No validator at all would be too few: a chain needs one. Give a number from one to that of the validators.
		MinValidatorsZero,
		/// There are fewer validators than that. Admit more first.
		MinValidatorsAboveSet,
		/// A session of so few blocks is too short for keys and votes to get round. Give at least the constant
		/// `MinSessionBlocks`.
		SessionTooShort,
		/// In a session of so many blocks a change of the validators would be in force too late. Give at most the constant
		/// `MaxSessionBlocks`.
		SessionTooLong,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			// The session pallet asks in each block whether the session ends, and does not reckon what the answer reads.
			T::WeightInfo::should_end_session()
		}

		fn integrity_test() {
			Self::check_configuration();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(T::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Ask for the admission of the caller's node as a validator or an observer.
		///
		/// ## Dispatch Origin
		/// Signed by a participant with the role node operator that has no node, or whose node was removed.
		///
		/// ## Details
		/// `address` is where other nodes reach this one, with its peer id at the end, for instance
		/// `/dns/node.example.org/tcp/30333/p2p/12D3KooW…`. A validator gives its session keys and the proof that whoever
		/// has them agrees, both as `author_rotateKeysWithOwner` answers them; they are registered at once and used once it is
		/// admitted. An observer gives none.
		///
		/// ## Errors
		/// - [`Error::AddressMalformed`], [`Error::PeerIdTaken`]: the address will not do.
		/// - [`Error::NodeExists`]: the caller has a node already.
		/// - [`Error::TooManyNodes`]: no room is left.
		/// - [`Error::KeysMissing`], [`Error::KeysUnexpected`]: the keys do not go with the kind.
		/// - The proof does not fit, or a key belongs to somebody else: the error of the keyring.
		/// - The caller is no node operator: the error of the pallet participants.
		///
		/// ## Events
		/// - [`Event::NodeApplied`].
		#[pallet::call_index(0)]
		pub fn apply(
			origin: OriginFor<T>,
			kind: NodeKind,
			address: NodeAddress,
			keys: Option<(KeysOf<T>, KeysProof)>,
		) -> DispatchResult {
			let operator = Self::ensure_operator(origin)?;
			Self::do_apply(operator, kind, address, keys)
		}

		/// Note that a node was audited.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// `report` is the BLAKE2b-256 digest of the report. The audit checks what the chain cannot: who runs the node, where,
		/// and that the network key of the peer id is its own. It counts for the peer id that the record names, and no longer
		/// than the record names it: before admitting the node, compare the record's peer id with that of the report.
		///
		/// ## Errors
		/// - [`Error::NodeUnknown`]: the account has not applied.
		/// - [`Error::NotApplied`]: the node is past its audit.
		///
		/// ## Events
		/// - [`Event::NodeAudited`].
		#[pallet::call_index(1)]
		pub fn audit(origin: OriginFor<T>, operator: T::AccountId, report: Digest) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_audit(operator, report)
		}

		/// Admit an audited node.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// The operator must still be a node operator. A validator enters the set at the next session boundary and authors
		/// from the one after it on.
		///
		/// How many are admitted at once is bounded by nothing but the size of the set. From the second boundary on finality
		/// needs their votes as well: admit no more at once than may fail, unless they are known to run.
		///
		/// ## Errors
		/// - [`Error::NodeUnknown`]: the account has not applied.
		/// - [`Error::NotAudited`]: the audit is missing, or the node is admitted already.
		/// - [`Error::KeysNotRegistered`]: the validator's session keys are gone.
		/// - [`Error::TooManyValidators`]: the set is full.
		/// - The operator is none any more: the error of the pallet participants.
		///
		/// ## Events
		/// - [`Event::NodeAdmitted`].
		#[pallet::call_index(2)]
		pub fn admit(origin: OriginFor<T>, operator: T::AccountId) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_admit(operator)
		}

		/// Refuse a node that has applied.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// The record is dropped, and the peer id is free again; the operator may apply anew. Its session keys stay registered
		/// and are of no effect. `reason` is the BLAKE2b-256 digest of the document that states why.
		///
		/// ## Errors
		/// - [`Error::NodeUnknown`]: the account has not applied.
		/// - [`Error::NotPending`]: the node is admitted or removed.
		///
		/// ## Events
		/// - [`Event::NodeRefused`].
		#[pallet::call_index(3)]
		pub fn refuse(origin: OriginFor<T>, operator: T::AccountId, reason: Digest) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_refuse(operator, reason)
		}

		/// Remove an admitted node, whether it is online or not.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// A validator leaves the set at the next session boundary and is out of force at the one after it. Its session keys
		/// stay registered and are of no effect. The peer id is free again, and the operator may apply anew. `reason` is the
		/// BLAKE2b-256 digest of the document that states why.
		///
		/// ## Errors
		/// - [`Error::NodeUnknown`]: the account has no node.
		/// - [`Error::NotAdmitted`]: the node is not admitted.
		/// - [`Error::TooFewValidators`]: the set would fall below the minimum. Admit another validator first, or lower the
		///   minimum.
		/// - [`Error::TooManyReplaced`]: finality would need the votes of validators that are not in force yet. Wait until
		///   they are, or remove some of them first.
		///
		/// ## Events
		/// - [`Event::NodeRemoved`].
		#[pallet::call_index(4)]
		pub fn remove(origin: OriginFor<T>, operator: T::AccountId, reason: Digest) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_remove(operator, reason)
		}

		/// Take the caller's node out of the network, or its application back.
		///
		/// ## Dispatch Origin
		/// Signed by the operator, whatever has become of its role.
		///
		/// ## Details
		/// A validator leaves as with [`Pallet::remove`]: its node goes on until the second session boundary, so leave it
		/// running that long. Of an application no record stays.
		///
		/// ## Errors
		/// - [`Error::NodeUnknown`]: the caller has no node.
		/// - [`Error::NodeRemoved`]: the node has been removed already.
		/// - [`Error::TooFewValidators`]: the set would fall below the minimum. Another validator has to be admitted first, or
		///   the regulator lowers the minimum.
		/// - [`Error::TooManyReplaced`]: finality would need the votes of validators that are not in force yet. Wait until
		///   they are.
		///
		/// ## Events
		/// - [`Event::NodeResigned`].
		#[pallet::call_index(5)]
		pub fn resign(origin: OriginFor<T>) -> DispatchResult {
			let operator = ensure_signed(origin)?;
			Self::do_resign(operator)
		}

		/// Say that the caller's node is reached at another address.
		///
		/// ## Dispatch Origin
		/// Signed by the operator, as long as it has the role node operator.
		///
		/// ## Details
		/// With the same peer id the node just moves. Another peer id is another network key, for which no audit stands: an
		/// application takes it, an audited node is then an application again, and an admitted node has to keep the one it
		/// has. A validator of the genesis block that has none may name one. An old peer id is free again.
		///
		/// ## Errors
		/// - [`Error::AddressMalformed`], [`Error::PeerIdTaken`]: the address will not do.
		/// - [`Error::PeerIdAudited`]: the node is admitted with another peer id.
		/// - [`Error::NodeUnknown`]: the caller has no node.
		/// - [`Error::NodeRemoved`]: the node has been removed.
		/// - The caller is no node operator: the error of the pallet participants.
		///
		/// ## Events
		/// - [`Event::AddressChanged`].
		/// - [`Event::AuditVoided`], if the node was audited with another peer id.
		#[pallet::call_index(6)]
		pub fn set_address(origin: OriginFor<T>, address: NodeAddress) -> DispatchResult {
			let operator = Self::ensure_operator(origin)?;
			Self::do_set_address(operator, address)
		}

		/// Set how few validators there may be.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// Four tolerate the loss of one, three tolerate none; see the pallet's description.
		///
		/// ## Errors
		/// - [`Error::MinValidatorsZero`]: a chain needs a validator.
		/// - [`Error::MinValidatorsAboveSet`]: there are fewer validators than that.
		///
		/// ## Events
		/// - [`Event::MinValidatorsChanged`].
		#[pallet::call_index(7)]
		pub fn set_min_validators(origin: OriginFor<T>, count: u32) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_set_min_validators(count)
		}

		/// Set how many blocks a session has.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// Counts from the start of the session under way: if that many blocks have passed, it ends with the next block. The
		/// block of a boundary carries no transactions, so that short sessions cost throughput.
		///
		/// ## Errors
		/// - [`Error::SessionTooShort`]: the length is below the constant `MinSessionBlocks`.
		/// - [`Error::SessionTooLong`]: the length is above the constant `MaxSessionBlocks`.
		///
		/// ## Events
		/// - [`Event::SessionBlocksChanged`].
		#[pallet::call_index(8)]
		pub fn set_session_blocks(origin: OriginFor<T>, blocks: BlockNumberFor<T>) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_set_session_blocks(blocks)
		}

		/// Drop the record of a removed node, to make room.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// The events of the node stay where they are. The operator may apply as if it never had a node.
		///
		/// ## Errors
		/// - [`Error::NodeUnknown`]: the account has no node.
		/// - [`Error::NotRemoved`]: the node has not been removed.
		///
		/// ## Events
		/// - [`Event::NodeForgotten`].
		#[pallet::call_index(9)]
		pub fn forget(origin: OriginFor<T>, operator: T::AccountId) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_forget(operator)
		}
	}

	impl<T: Config> Pallet<T> {
		/// The signer, which must be a node operator.
		fn ensure_operator(origin: OriginFor<T>) -> Result<T::AccountId, DispatchError> {
			let operator = ensure_signed(origin)?;
			T::Participants::ensure_role(&operator, Role::NodeOperator)?;
			Ok(operator)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The record of an operator's node, if it has or had one.
		pub fn node(account: T::AccountId) -> Option<NodeRecordOf<T>> {
			Nodes::<T>::get(account)
		}

		/// A page of at most `count` records, and never more than 100, from the one after `from` on.
		pub fn nodes(from: Option<T::AccountId>, count: u32) -> Vec<(T::AccountId, NodeRecordOf<T>)> {
			Self::page_of_nodes(from, count)
		}

		/// Operator, kind and address of every admitted node that has an address.
		pub fn peers() -> Vec<(T::AccountId, NodeKind, NodeAddress)> {
			Self::admitted_peers()
		}

		/// The validators that the next planned session is to have.
		pub fn validators() -> Vec<T::AccountId> {
			Validators::<T>::get().into_inner()
		}

		/// The block in which the next session starts, as long as nobody changes the length of a session.
		pub fn next_session_at() -> BlockNumberFor<T> {
			Self::session_boundary_after(frame_system::Pallet::<T>::block_number())
		}
	}
}
