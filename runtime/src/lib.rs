//! The runtime of Carbon Chain: which pallets it is made of and in which order. Everything else lives in a room of its
//! own:
//!
//! | room | what is there |
//! |---|---|
//! | [`configs`] | how each pallet is configured, one file per subject |
//! | [`apis`] | the runtime APIs: what nodes and clients may ask |
//! | `benchmarks` | the calls that can be measured; only with the feature `runtime-benchmarks` |
//! | [`genesis`] | the presets `development` and `local_testnet` |
//! | [`invariants`] | the conservation checks that an auditor can run on a live chain |
//! | [`opaque`] | the types of the node, which does not look into extrinsics |

#![cfg_attr(not(feature = "std"), no_std)]
// The runtime macros nest deeply.
#![recursion_limit = "256"]

extern crate alloc;

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarks;
pub mod configs;
pub mod genesis;
pub mod invariants;
pub mod opaque;

pub use apis::{RuntimeApi, RUNTIME_API_VERSIONS};
pub use carbon_primitives::{AccountId, Balance, BlockNumber, Hash, Header, Nonce, Signature};
pub use opaque::SessionKeys;

// `Vec` is for the runtime macro, which names it without a path.
#[allow(unused_imports)]
use alloc::{borrow::Cow, vec::Vec};
use sp_runtime::{generic, traits::BlakeTwo256, MultiAddress};
use sp_version::RuntimeVersion;

/// Version of the runtime: `spec_version` rises with each change of behaviour, `transaction_version` with each change of
/// how a call is encoded.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("carbon-chain"),
	impl_name: Cow::Borrowed("carbon-chain"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 1,
	apis: RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

/// How an extrinsic names an account.
pub type Address = MultiAddress<AccountId, ()>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;

/// What every signed transaction passes before its call is dispatched. None of them carries bytes of our own, so that any
/// wallet can sign.
pub type TxExtension = (
	// Before everything else: strangers are refused at the price of one read, before any fee is reckoned.
	pallet_participants::CheckAdmission<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckMortality<Runtime>,
	pallet_participants::CheckSenderNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);

/// An extrinsic as it comes from the network.
pub type UncheckedExtrinsic = generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What the signer of an extrinsic signs.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;
/// Runs blocks.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;
/// Hashing of blocks and state.
pub type Hashing = BlakeTwo256;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	// The chain itself.
	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;

	// Money and the registry ledger.
	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(11)]
	pub type TransactionPayment = pallet_transaction_payment;
	#[runtime::pallet_index(12)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(13)]
	pub type AssetsHolder = pallet_assets_holder;

	// Consensus.
	#[runtime::pallet_index(2)]
	pub type Aura = pallet_aura;
	#[runtime::pallet_index(3)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(4)]
	pub type Grandpa = pallet_grandpa;
	#[runtime::pallet_index(5)]
	pub type Nodes = pallet_nodes;

	// Authority and delegation.
	#[runtime::pallet_index(20)]
	pub type Sudo = pallet_sudo;
	#[runtime::pallet_index(21)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(22)]
	pub type Proxy = pallet_proxy;
	#[runtime::pallet_index(23)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(24)]
	pub type Parameters = pallet_parameters;

	// The emissions trading system.
	#[runtime::pallet_index(40)]
	pub type Participants = pallet_participants;
	#[runtime::pallet_index(41)]
	pub type Settlement = pallet_settlement;
	#[runtime::pallet_index(42)]
	pub type Allowance = pallet_allowance;
	#[runtime::pallet_index(43)]
	pub type Market = pallet_market;
	// Its index is above that of the participants: genesis is built by rising index, and the first officers have to be
	// insiders.
	#[runtime::pallet_index(44)]
	pub type Regulator = pallet_regulator;
	#[runtime::pallet_index(45)]
	pub type BlockTrades = pallet_block_trades;
	#[runtime::pallet_index(46)]
	pub type Allocation = pallet_allocation;
	#[runtime::pallet_index(47)]
	pub type Offsets = pallet_offsets;
	#[runtime::pallet_index(48)]
	pub type Credit = pallet_credit;
	#[runtime::pallet_index(49)]
	pub type Penalties = pallet_penalties;
	// Last, so that a block records what the pallets before it have done in it.
	#[runtime::pallet_index(50)]
	pub type Provenance = pallet_provenance;
}
