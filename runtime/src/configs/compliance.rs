//! The compliance cycle: allowances, their free allocation, and offset credits.

use super::{
	carbon::{RegulatorOrigin, VintageOwner},
	hooks::{Counting, Recording, Shortfalls},
	money::RegistryLedger,
	parameters::{china, dynamic_params::compliance},
};
use crate::{
	AccountId, Allocation, Allowance, Assets, Credit, Market, Offsets, Participants, Regulator, Runtime,
	Timestamp,
};
use carbon_calendar::{Calendar, Day};
use carbon_primitives::{AssetId, ProjectKind, OFFSET_SERIES_FIRST};
use carbon_traits::{InspectBufferShare, InspectTradable};
use frame_support::{
	parameter_types,
	traits::{ConstU32, Get, Time},
	PalletId,
};
use sp_runtime::traits::AccountIdConversion;

parameter_types! {
	/// Owner of the offset series' assets. No key exists for it.
	pub SeriesOwner: AccountId = PalletId(*b"cc/serie").into_account_truncating();
	/// Where the regulator keeps the allowances of risky holders. No key exists for it, and it is no participant, so that nothing leaves
	/// it but by the regulator's acts.
	pub CustodyAccount: AccountId = PalletId(*b"cc/custd").into_account_truncating();
	/// Where offset credits are kept back against reversal. No key exists for it, and it is no participant.
	pub BufferAccount: AccountId = PalletId(*b"cc/buffr").into_account_truncating();
}

/// The regulator's calendar: local time, and the working days of the windows in which something has to be done.
pub struct WorkingDays;

impl Get<Calendar> for WorkingDays {
	fn get() -> Calendar {
		let calendar = <compliance::WorkingDays as Get<Calendar>>::get();
		// By a calendar that cannot be followed no window would ever end.
		if calendar.check().is_ok() {
			calendar
		} else {
			china()
		}
	}
}

/// The day that it is, by the regulator's calendar.
pub struct Today;

impl Get<Day> for Today {
	fn get() -> Day {
		WorkingDays::get().day_of(Timestamp::now())
	}
}

/// How much of a series is kept back: forests may burn, and what has been saved by the others stays saved.
pub struct BufferShares;

impl InspectBufferShare for BufferShares {
	fn buffer_bps(kind: ProjectKind) -> u32 {
		match kind {
			ProjectKind::Forest => compliance::ForestBuffer::get(),
			_ => compliance::OtherBuffer::get(),
		}
	}
}

/// What markets may be opened for: vintages and offset series. The number tells which of them an asset is, so that one read is enough.
pub struct Registry;

impl InspectTradable for Registry {
	fn is_tradable(asset: AssetId) -> bool {
		if asset < OFFSET_SERIES_FIRST {
			Allowance::is_tradable(asset)
		} else {
			Offsets::is_tradable(asset)
		}
	}
}

impl pallet_allowance::Config for Runtime {
	type Assets = Assets;
	type AssetsOwner = VintageOwner;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = super::benchmark_helpers::BenchmarkHelper;
	type Credit = Credit;
	type Entitlements = Allocation;
	type Groups = Participants;
	type Halts = Regulator;
	type Holdings = RegistryLedger;
	type MaxBatch = ConstU32<100>;
	type Offsets = Offsets;
	type OnShortfall = Shortfalls;
	type Participants = Participants;
	type Performance = Counting;
	type Prices = Market;
	type Provenance = Recording;
	type RegulatorOrigin = RegulatorOrigin;
	type Time = Timestamp;
	type Trading = Market;
	type WeightInfo = pallet_allowance::weights::SubstrateWeight<Runtime>;
}

impl pallet_allocation::Config for Runtime {
	type Allowances = Allowance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = super::benchmark_helpers::BenchmarkHelper;
	type Calendar = WorkingDays;
	type Credit = Credit;
	type CustodyAccount = CustodyAccount;
	type MaxBatch = ConstU32<100>;
	type MaxInstallationsPerEntity = ConstU32<16>;
	type Obligations = Allowance;
	type Participants = Participants;
	type RegulatorOrigin = RegulatorOrigin;
	type Today = Today;
	type WeightInfo = pallet_allocation::weights::SubstrateWeight<Runtime>;
}

impl pallet_offsets::Config for Runtime {
	type Assets = Assets;
	type AssetsOwner = SeriesOwner;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = super::benchmark_helpers::BenchmarkHelper;
	type BufferAccount = BufferAccount;
	type BufferShare = BufferShares;
	type Groups = Participants;
	type Halts = Regulator;
	type Holdings = RegistryLedger;
	type MaxProjectsPerOwner = ConstU32<100>;
	// Quarterly reports over the forty years that a forest may earn credits.
	type MaxReportsPerProject = ConstU32<160>;
	type MaxSeriesPerProject = ConstU32<160>;
	type Participants = Participants;
	type Provenance = Recording;
	type RegulatorOrigin = RegulatorOrigin;
	type Today = Today;
	type WeightInfo = pallet_offsets::weights::SubstrateWeight<Runtime>;
}
