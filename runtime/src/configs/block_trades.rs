//! Block trades: which rules markets have until the regulator sets others.

use super::{
	carbon::RegulatorOrigin,
	credit::{Limits, Margin},
	hooks::Agreements,
	parameters::BlockProposalLifetime,
};
use crate::{Market, Participants, Regulator, Runtime, Timestamp};
use carbon_primitives::Tonnes;
use frame_support::{parameter_types, traits::ConstU32};
use pallet_block_trades::{BlockRules, DAY_MS};

parameter_types! {
	/// As in the Chinese national scheme: from 100,000 t on, at most 30 % from the reference price. Settlement within a month, and
	/// a day to perform once the date has come.
	pub const DefaultBlockRules: BlockRules = BlockRules {
		min_tonnes: Tonnes(100_000),
		band_bps: 3_000,
		settlement_max_days: 30,
		window: DAY_MS,
	};
}

impl pallet_block_trades::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = super::benchmark_helpers::BenchmarkHelper;
	type DefaultRules = DefaultBlockRules;
	type Groups = Participants;
	type Halts = Regulator;
	type Ledger = Market;
	type Limits = Limits;
	type Margin = Margin;
	type Markets = Market;
	type MaxOpenTrades = ConstU32<10_000>;
	type MaxOpenTradesPerAccount = ConstU32<100>;
	type MaxRules = ConstU32<256>;
	type OnAgreement = Agreements;
	type Participants = Participants;
	type ProposalLifetimeMax = BlockProposalLifetime;
	type RegulatorOrigin = RegulatorOrigin;
	type Time = Timestamp;
	type WeightInfo = pallet_block_trades::weights::SubstrateWeight<Runtime>;
}
