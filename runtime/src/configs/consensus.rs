//! Who authors blocks and who votes on finality.

use super::carbon::RegulatorOrigin;
use crate::{
	AccountId, Balances, Nodes, Participants, Runtime, RuntimeEvent, RuntimeOrigin, Session, SessionKeys,
};
use alloc::vec::Vec;
use carbon_primitives::Moment;
use carbon_traits::SessionKeyring;
use frame_support::{
	parameter_types,
	traits::{ConstBool, ConstU128, ConstU32, ConstU64},
};
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_runtime::{
	traits::{ConvertInto, OpaqueKeys},
	DispatchResult,
};

/// Time from one block to the next, in milliseconds.
pub const SLOT_DURATION: Moment = 2_000;

/// Most validators. GRANDPA's votes grow with the square of it; a consortium needs far fewer.
const MAX_VALIDATORS: u32 = 100;

impl pallet_aura::Config for Runtime {
	type AllowMultipleBlocksPerSlot = ConstBool<false>;
	type AuthorityId = AuraId;
	type DisabledValidators = Session;
	type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
	type SlotDuration = ConstU64<SLOT_DURATION>;
}

impl pallet_grandpa::Config for Runtime {
	// Validators are admitted by the regulator and answer to it; there is no stake to slash by a report.
	type EquivocationReportSystem = ();
	type KeyOwnerProof = sp_core::Void;
	type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
	type MaxNominators = ConstU32<0>;
	type MaxSetIdSessionEntries = ConstU64<0>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
}

parameter_types! {
	/// The validators of the session that is in force.
	pub CurrentValidators: Vec<AccountId> = pallet_session::Validators::<Runtime>::get();
}

impl pallet_nodes::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = super::benchmark_helpers::BenchmarkHelper;
	type CurrentValidators = CurrentValidators;
	type Keyring = Keyring;
	type MaxNodes = ConstU32<500>;
	// A day.
	type MaxSessionBlocks = ConstU32<43_200>;
	type MaxValidators = ConstU32<MAX_VALIDATORS>;
	type MinSessionBlocks = ConstU32<5>;
	type Participants = Participants;
	type RegulatorOrigin = RegulatorOrigin;
	type WeightInfo = pallet_nodes::weights::SubstrateWeight<Runtime>;
}

impl pallet_session::Config for Runtime {
	type Currency = Balances;
	type DisablingStrategy = ();
	type KeyDeposit = ConstU128<0>;
	type Keys = SessionKeys;
	type NextSessionRotation = Nodes;
	type RuntimeEvent = RuntimeEvent;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type SessionManager = Nodes;
	type ShouldEndSession = Nodes;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
}

/// The session pallet as the keeper of validators' keys.
pub struct Keyring;

impl SessionKeyring<AccountId> for Keyring {
	type Keys = SessionKeys;

	fn register(who: &AccountId, keys: SessionKeys, proof: Vec<u8>) -> DispatchResult {
		Session::set_keys(RuntimeOrigin::signed(who.clone()), keys, proof)
	}

	fn has_keys(who: &AccountId) -> bool {
		pallet_session::NextKeys::<Runtime>::contains_key(who)
	}
}
