//! The emissions trading system: participants, settlement, the market and the regulator. The compliance cycle is in `compliance.rs`.

use super::{
	acts::TableOfActs,
	admission::{BreakGlass, Delegation, ExitCalls, PastTheTrail},
	compliance::Registry,
	credit::{Limits, Matches},
	hooks::Recording,
	money::TreasuryAccount,
	parameters::{dynamic_params::admission, ApplicationLifetime, HaltMax, ProposalLifetime},
};
use crate::{
	AccountId, Allowance, Assets, Balances, Market, Participants, Regulator, Runtime, RuntimeHoldReason,
	Timestamp,
};
use carbon_primitives::{HaltScope, Moment};
use carbon_traits::{ApplyHalt, HaltAccounts, HaltMarkets};
use frame_support::{
	parameter_types,
	traits::{ConstU32, EitherOfDiverse},
	weights::Weight,
	PalletId,
};
use frame_system::EnsureRoot;
use pallet_regulator::EnsureAct;
use sp_runtime::{traits::AccountIdConversion, DispatchResult};

/// Who acts as the regulator: its officers, by an act that the table of acts lists, or root, which the break-glass key
/// has.
pub type RegulatorOrigin = EitherOfDiverse<EnsureRoot<AccountId>, EnsureAct<Runtime>>;

/// Most firms under common control: an order may have to add up what each of them holds.
type MaxGroupMembers = ConstU32<64>;

parameter_types! {
	/// Owner of the vintages' assets. No key exists for it.
	pub VintageOwner: AccountId = PalletId(*b"cc/vintg").into_account_truncating();
	/// Names the account whose holdings back the trading ledger one to one. No key exists for it.
	pub const MarketPalletId: PalletId = PalletId(*b"cc/markt");
	/// Who holds the break-glass key.
	pub BreakGlassKey: Option<AccountId> = pallet_sudo::Key::<Runtime>::get();
}

impl pallet_participants::Config for Runtime {
	type AlwaysAdmitted = BreakGlass;
	type ApplicationLifetime = ApplicationLifetime;
	type ApplicationsPerBlock = admission::ApplicationsPerBlock;
	type Delegation = Delegation;
	type ExitCalls = ExitCalls;
	type MaxApplications = ConstU32<1_000>;
	type MaxGroupMembers = MaxGroupMembers;
	type OnTradingRight = Market;
	type Provenance = Recording;
	type RegulatorOrigin = RegulatorOrigin;
	type Time = Timestamp;
	type WeightInfo = pallet_participants::weights::SubstrateWeight<Runtime>;
}

impl pallet_settlement::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = super::benchmark_helpers::BenchmarkHelper;
	type Money = Balances;
	type Participants = Participants;
	type RegulatorOrigin = RegulatorOrigin;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = pallet_settlement::weights::SubstrateWeight<Runtime>;
}

impl pallet_market::Config for Runtime {
	type Allocations = Allowance;
	type Assets = Assets;
	type BarsKept = ConstU32<1_000>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = super::benchmark_helpers::BenchmarkHelper;
	type Groups = Participants;
	type Halts = Regulator;
	type Limits = Limits;
	type MaxAssetsPerAccount = ConstU32<16>;
	type MaxFillsPerOrder = ConstU32<50>;
	type MaxGroupMembers = MaxGroupMembers;
	type MaxMarkets = ConstU32<256>;
	type MaxSweep = ConstU32<64>;
	type Money = Balances;
	type OnMatched = Matches;
	type PalletId = MarketPalletId;
	type Participants = Participants;
	type Registry = Registry;
	type RegulatorOrigin = RegulatorOrigin;
	type Time = Timestamp;
	type Treasury = TreasuryAccount;
	type WeightInfo = pallet_market::weights::SubstrateWeight<Runtime>;
}

/// Carries a halt to the pallet that obeys it.
pub struct Halts;

impl ApplyHalt<AccountId> for Halts {
	fn apply_halt(scope: &HaltScope<AccountId>, until: Option<Moment>) -> DispatchResult {
		match scope {
			HaltScope::AllTrading => Market::halt_all_markets(until),
			HaltScope::Market(asset) => Market::halt_market(*asset, until),
			HaltScope::Asset(asset) => Market::halt_market_of_asset(*asset, until),
			HaltScope::Account(account) => Participants::halt_account(account, until),
		}
	}

	fn weight(scope: &HaltScope<AccountId>) -> Weight {
		match scope {
			HaltScope::AllTrading => Market::weight_of_all(),
			HaltScope::Market(_) | HaltScope::Asset(_) => Market::weight_of_one(),
			HaltScope::Account(_) => <Participants as HaltAccounts<AccountId>>::weight(),
		}
	}
}

impl pallet_regulator::Config for Runtime {
	type Acts = TableOfActs;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = super::benchmark_helpers::BenchmarkHelper;
	type BreakGlassKey = BreakGlassKey;
	type Forbidden = PastTheTrail;
	type HaltMax = HaltMax;
	type MaxCallLength = ConstU32<{ 16 * 1024 }>;
	type MaxHalts = ConstU32<64>;
	type MaxOfficers = ConstU32<100>;
	type MaxProposals = ConstU32<200>;
	type MaxProposalsPerOfficer = ConstU32<20>;
	type MinSupervisors = ConstU32<2>;
	type OnHalt = Halts;
	type Participants = Participants;
	type ProposalLifetime = ProposalLifetime;
	type Provenance = Recording;
	type Time = Timestamp;
	type WeightInfo = pallet_regulator::weights::SubstrateWeight<Runtime>;
}
