//! The chain itself: blocks, accounts, time, and which calls accounts may make.

use super::consensus::SLOT_DURATION;
use crate::{
	AccountId, Balance, Block, Hash, Nonce, PalletInfo, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin,
	RuntimeTask, VERSION,
};
use carbon_primitives::Moment;
use frame_support::{
	derive_impl,
	dispatch::DispatchClass,
	parameter_types,
	traits::{ConstU32, ConstU64, Contains},
	weights::{
		constants::{ParityDbWeight, WEIGHT_REF_TIME_PER_SECOND},
		Weight,
	},
};
use frame_system::limits::{BlockLength, BlockWeights};
use sp_runtime::{traits::AccountIdLookup, Perbill};
use sp_version::RuntimeVersion;

/// Prefix of addresses: the generic Substrate format, which every wallet shows without configuration.
pub const SS58_PREFIX: u16 = 42;

/// Computing time of a block. Half of the 2 s slot: the other half belongs to gossip, import on slower machines and
/// finality.
const MAXIMUM_BLOCK_WEIGHT: Weight = Weight::from_parts(WEIGHT_REF_TIME_PER_SECOND, u64::MAX);

/// Share of a block for ordinary transactions; the rest is kept for operational ones: the officers' acts, which have to get
/// into a full block.
const NORMAL_DISPATCH_RATIO: Perbill = Perbill::from_percent(75);

/// Largest block body in bytes.
const MAXIMUM_BLOCK_LENGTH: u32 = 5 * 1024 * 1024;

parameter_types! {
	pub const BlockHashCount: u32 = 4_096;
	pub const Version: RuntimeVersion = VERSION;
	pub RuntimeBlockWeights: BlockWeights =
		BlockWeights::with_sensible_defaults(MAXIMUM_BLOCK_WEIGHT, NORMAL_DISPATCH_RATIO);
	pub RuntimeBlockLength: BlockLength = BlockLength::builder()
		.max_length(MAXIMUM_BLOCK_LENGTH)
		.modify_max_length_for_class(DispatchClass::Normal, |length| {
			*length = NORMAL_DISPATCH_RATIO * MAXIMUM_BLOCK_LENGTH
		})
		.build();
	pub const Ss58Prefix: u16 = SS58_PREFIX;
}

/// Calls that accounts may make.
///
/// Settlement tokens and allowances move only through the chain's own pallets, which know the rules of admission, of
/// delivery versus payment and of the compliance cycle. The calls that the two ledgers offer would go round them.
///
/// A validator cannot purge its keys either: it would leave the set for good without anybody's consent. The break-glass
/// key cannot be handed on by a plain transaction, which would leave no record; `sudo.sudo(sudo.set_key(…))` does.
pub struct NoWayRoundTheRules;

impl Contains<RuntimeCall> for NoWayRoundTheRules {
	fn contains(call: &RuntimeCall) -> bool {
		// A door that is there for measuring only; no chain has it.
		#[cfg(feature = "open-transfers")]
		if matches!(
			call,
			RuntimeCall::Balances(pallet_balances::Call::transfer_keep_alive { .. })
		) {
			return true;
		}
		!matches!(
			call,
			RuntimeCall::Balances(_)
				| RuntimeCall::Assets(_)
				| RuntimeCall::Session(pallet_session::Call::purge_keys { .. })
				// Whoever announced could have lost its right to represent until anybody else carries it out. Nobody needs
				// the delay that these are for.
				| RuntimeCall::Proxy(
					pallet_proxy::Call::announce { .. } | pallet_proxy::Call::proxy_announced { .. }
				)
				// An account that nobody admitted, with which a participant could apply any number of times.
				| RuntimeCall::Utility(pallet_utility::Call::as_derivative { .. })
				| RuntimeCall::Sudo(pallet_sudo::Call::set_key { .. } | pallet_sudo::Call::remove_key { .. })
		)
	}
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	type AccountData = pallet_balances::AccountData<Balance>;
	type AccountId = AccountId;
	type BaseCallFilter = NoWayRoundTheRules;
	type Block = Block;
	type BlockHashCount = BlockHashCount;
	type BlockLength = RuntimeBlockLength;
	type BlockWeights = RuntimeBlockWeights;
	type DbWeight = ParityDbWeight;
	type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
	type Hash = Hash;
	type Lookup = AccountIdLookup<AccountId, ()>;
	type MaxConsumers = ConstU32<16>;
	type Nonce = Nonce;
	type SS58Prefix = Ss58Prefix;
	type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
	type Version = Version;
}

impl pallet_timestamp::Config for Runtime {
	// Half a slot: Aura allows one block per slot, and the timestamp must move on by at least this much.
	type MinimumPeriod = ConstU64<{ SLOT_DURATION / 2 }>;
	type Moment = Moment;
	type OnTimestampSet = crate::Aura;
	type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}
