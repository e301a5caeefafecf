//! The provenance graph: what is recorded by itself, and in whose name where no account has acted.

use super::parameters::dynamic_params::provenance::Recorded;
use crate::{AccountId, Participants, Runtime, Timestamp};
use frame_support::{parameter_types, traits::ConstU32, PalletId};
use sp_runtime::traits::AccountIdConversion;

parameter_types! {
	/// The execution entity that stands for the regulator, whichever officer acts. No key exists for it.
	pub Authority: AccountId = PalletId(*b"cc/regul").into_account_truncating();
	/// The execution entity that stands for the chain's own software. No key exists for it.
	pub Chain: AccountId = PalletId(*b"cc/chain").into_account_truncating();
}

impl pallet_provenance::Config for Runtime {
	type Authority = Authority;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = super::benchmark_helpers::BenchmarkHelper;
	type Chain = Chain;
	// As many as there may be markets.
	type MaxMarkets = ConstU32<256>;
	type Participants = Participants;
	type Recorded = Recorded;
	type Time = Timestamp;
	type WeightInfo = pallet_provenance::weights::SubstrateWeight<Runtime>;
}
