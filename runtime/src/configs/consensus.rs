//! Who authors blocks and who votes on finality.

use crate::{AccountId, Balances, BlockNumber, Runtime, RuntimeEvent, Session, SessionKeys};
use carbon_primitives::Moment;
use frame_support::{
	parameter_types,
	traits::{ConstBool, ConstU128, ConstU32, ConstU64},
};
use pallet_session::PeriodicSessions;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_runtime::traits::{ConvertInto, OpaqueKeys};

/// Time from one block to the next, in milliseconds.
pub const SLOT_DURATION: Moment = 2_000;

/// Blocks in an hour.
const HOURS: BlockNumber = (3_600_000 / SLOT_DURATION) as BlockNumber;

/// Most validators. GRANDPA's votes grow with the square of it; a consortium needs far fewer.
const MAX_VALIDATORS: u32 = 100;

parameter_types! {
	/// A session is an hour: keys that a validator rotates are in force at most two hours later.
	pub const SessionPeriod: BlockNumber = HOURS;
	pub const SessionOffset: BlockNumber = 0;
}

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

impl pallet_session::Config for Runtime {
	type Currency = Balances;
	type DisablingStrategy = ();
	type KeyDeposit = ConstU128<0>;
	type Keys = SessionKeys;
	type NextSessionRotation = PeriodicSessions<SessionPeriod, SessionOffset>;
	type RuntimeEvent = RuntimeEvent;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	// The set of genesis stays: `()` never proposes another one, and nobody can purge its keys (see the call filter).
	type SessionManager = ();
	type ShouldEndSession = PeriodicSessions<SessionPeriod, SessionOffset>;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
}
