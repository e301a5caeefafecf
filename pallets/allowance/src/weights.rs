//! Weights of `pallet_allowance`, measured by `scripts/weights.sh`, which replaces this file: do not edit it.
//!
//! Measured in the wasm of the runtime on 2 virtual cores (AMD EPYC),
//! 20 steps per component, 20 repeats per step, on 2026-11-21.
//!
//! A line `Storage` names what a call reads and writes in its worst case, apart from what each block reads and writes anyway.
//! The size of a proof is zero: this is no parachain, so nobody carries proofs of its state.

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// What the calls of `pallet_allowance` cost.
pub trait WeightInfo {
	/// Weight of `open_period`.
	fn open_period() -> Weight;
	/// Weight of `enrol` with `n` from 1 to 100.
	fn enrol(n: u32) -> Weight;
	/// Weight of `exclude` with `n` from 1 to 100.
	fn exclude(n: u32) -> Weight;
	/// Weight of `allocate` with `n` from 1 to 100.
	fn allocate(n: u32) -> Weight;
	/// Weight of `issue_for_sale`.
	fn issue_for_sale() -> Weight;
	/// Weight of `report_emissions`.
	fn report_emissions() -> Weight;
	/// Weight of `verify_report`.
	fn verify_report() -> Weight;
	/// Weight of `confirm_reports` with `n` from 1 to 100.
	fn confirm_reports(n: u32) -> Weight;
	/// Weight of `surrender`.
	fn surrender() -> Weight;
	/// Weight of `surrender_offsets`.
	fn surrender_offsets() -> Weight;
	/// Weight of `cancel`.
	fn cancel() -> Weight;
	/// Weight of `force_transfer`.
	fn force_transfer() -> Weight;
	/// Weight of `carry_over`.
	fn carry_over() -> Weight;
	/// Weight of `transfer`.
	fn transfer() -> Weight;
	/// Weight of `transfer_with_basis`.
	fn transfer_with_basis() -> Weight;
	/// Weight of `determine_emissions`.
	fn determine_emissions() -> Weight;
	/// Weight of `advance_period`.
	fn advance_period() -> Weight;
	/// Weight of `set_rules`.
	fn set_rules() -> Weight;
	/// Weight of `reopen_report`.
	fn reopen_report() -> Weight;
	/// Weight of `on_poll_running`.
	fn on_poll_running() -> Weight;
	/// Weight of `close_period`.
	fn close_period() -> Weight;
	/// Weight of `on_poll_idle`.
	fn on_poll_idle() -> Weight;
	/// Weight of `on_poll_closing`.
	fn on_poll_closing() -> Weight;
	/// Weight of `assess_page`.
	fn assess_page() -> Weight;
	/// Weight of `assess_entity`.
	fn assess_entity() -> Weight;
}

macro_rules! measured_weights {
	($db:expr) => {
		/// Storage: `Allowance::Periods` (r:1 w:1)
		/// Storage: `Allowance::LastPeriod` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allowance::Running` (r:1 w:1)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Metadata` (r:1 w:1)
		/// Storage: `Allowance::Supplies` (r:0 w:1)
		fn open_period() -> Weight {
			// Least time: 31_456 ns.
			Weight::from_parts(33_670_000, 0)
				.saturating_add($db.reads(6))
				.saturating_add($db.writes(6))
		}

		/// Storage: `Allowance::Periods` (r:1 w:1)
		/// Storage: `Participants::Participants` (r:100 w:0)
		/// Storage: `Allowance::Obligations` (r:100 w:100)
		/// Storage: `Allowance::Enrolments` (r:0 w:1)
		fn enrol(n: u32) -> Weight {
			// Least time: 25_478 ns.
			Weight::from_parts(6_145_986, 0)
				// Standard error: 38_397.
				.saturating_add(Weight::from_parts(11_744_348, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(1))
				.saturating_add($db.reads(2_u64.saturating_mul(n.into())))
				.saturating_add($db.writes(2))
				.saturating_add($db.writes(1_u64.saturating_mul(n.into())))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:100 w:100)
		fn exclude(n: u32) -> Weight {
			// Least time: 15_773 ns.
			Weight::from_parts(9_434_917, 0)
				// Standard error: 12_170.
				.saturating_add(Weight::from_parts(7_166_463, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(1))
				.saturating_add($db.reads(1_u64.saturating_mul(n.into())))
				.saturating_add($db.writes(1_u64.saturating_mul(n.into())))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:100 w:100)
		/// Storage: `Allocation::RiskyHolders` (r:100 w:0)
		/// Storage: `Participants::Participants` (r:100 w:0)
		/// Storage: `Allowance::Deductions` (r:100 w:100)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:100 w:100)
		/// Storage: `System::Account` (r:100 w:100)
		/// Storage: `Allowance::Movements` (r:100 w:100)
		/// Storage: `Allowance::Supplies` (r:1 w:1)
		fn allocate(n: u32) -> Weight {
			// Least time: 70_264 ns.
			Weight::from_parts(73_088_000, 0)
				// Standard error: 86_660.
				.saturating_add(Weight::from_parts(52_122_602, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(3))
				.saturating_add($db.reads(7_u64.saturating_mul(n.into())))
				.saturating_add($db.writes(2))
				.saturating_add($db.writes(5_u64.saturating_mul(n.into())))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allowance::Supplies` (r:1 w:1)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `Allowance::Movements` (r:1 w:1)
		fn issue_for_sale() -> Weight {
			// Least time: 48_822 ns.
			Weight::from_parts(52_959_000, 0)
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(5))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		fn report_emissions() -> Weight {
			// Least time: 24_286 ns.
			Weight::from_parts(26_490_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Participants::Participants` (r:2 w:0)
		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		fn verify_report() -> Weight {
			// Least time: 30_645 ns.
			Weight::from_parts(32_479_000, 0)
				.saturating_add($db.reads(5))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:100 w:100)
		fn confirm_reports(n: u32) -> Weight {
			// Least time: 16_515 ns.
			Weight::from_parts(5_643_132, 0)
				// Standard error: 8_061.
				.saturating_add(Weight::from_parts(7_880_675, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(1))
				.saturating_add($db.reads(1_u64.saturating_mul(n.into())))
				.saturating_add($db.writes(1_u64.saturating_mul(n.into())))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allowance::NextSurrenderId` (r:1 w:1)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		/// Storage: `Allowance::Supplies` (r:1 w:1)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		/// Storage: `Allowance::Movements` (r:1 w:1)
		/// Storage: `Allowance::Surrenders` (r:0 w:1)
		fn surrender() -> Weight {
			// Least time: 106_047 ns.
			Weight::from_parts(110_454_000, 0)
				.saturating_add($db.reads(13))
				.saturating_add($db.writes(10))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allowance::NextSurrenderId` (r:1 w:1)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		/// Storage: `Allocation::Allocations` (r:1 w:0)
		/// Storage: `Offsets::Series` (r:1 w:1)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		/// Storage: `Allowance::Surrenders` (r:0 w:1)
		fn surrender_offsets() -> Weight {
			// Least time: 123_062 ns.
			Weight::from_parts(127_939_000, 0)
				.saturating_add($db.reads(13))
				.saturating_add($db.writes(9))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allowance::NextCancellationId` (r:1 w:1)
		/// Storage: `Allowance::Supplies` (r:1 w:1)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		/// Storage: `Allowance::Movements` (r:1 w:1)
		/// Storage: `Allowance::Cancellations` (r:0 w:1)
		fn cancel() -> Weight {
			// Least time: 95_642 ns.
			Weight::from_parts(98_947_000, 0)
				.saturating_add($db.reads(10))
				.saturating_add($db.writes(9))
		}

		/// Storage: `Participants::Participants` (r:2 w:0)
		/// Storage: `Allowance::Supplies` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		/// Storage: `Allowance::Movements` (r:2 w:2)
		fn force_transfer() -> Weight {
			// Least time: 106_728 ns.
			Weight::from_parts(110_754_000, 0)
				.saturating_add($db.reads(12))
				.saturating_add($db.writes(9))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allowance::Periods` (r:2 w:0)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		/// Storage: `Allocation::Allocations` (r:1 w:0)
		/// Storage: `Allowance::Movements` (r:2 w:2)
		/// Storage: `Assets::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `Market::TradingAccounts` (r:1 w:0)
		/// Storage: `Allowance::Supplies` (r:2 w:2)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:2 w:2)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		fn carry_over() -> Weight {
			// Least time: 149_081 ns.
			Weight::from_parts(154_419_000, 0)
				.saturating_add($db.reads(18))
				.saturating_add($db.writes(12))
		}

		/// Storage: `Participants::Participants` (r:2 w:0)
		/// Storage: `Allowance::Supplies` (r:1 w:0)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		/// Storage: `Allowance::Movements` (r:2 w:2)
		/// Storage: `Market::Markets` (r:1 w:0)
		fn transfer() -> Weight {
			// Least time: 118_255 ns.
			Weight::from_parts(122_691_000, 0)
				.saturating_add($db.reads(14))
				.saturating_add($db.writes(9))
		}

		/// Storage: `Participants::Participants` (r:2 w:0)
		/// Storage: `Allowance::Supplies` (r:1 w:0)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		/// Storage: `Allowance::Movements` (r:2 w:2)
		/// Storage: `Market::Markets` (r:1 w:0)
		fn transfer_with_basis() -> Weight {
			// Least time: 113_268 ns.
			Weight::from_parts(117_704_000, 0)
				.saturating_add($db.reads(14))
				.saturating_add($db.writes(9))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allocation::Allocations` (r:1 w:0)
		/// Storage: `Allowance::Totals` (r:1 w:1)
		/// Storage: `Allowance::Deductions` (r:1 w:1)
		fn determine_emissions() -> Weight {
			// Least time: 28_883 ns.
			Weight::from_parts(30_716_000, 0)
				.saturating_add($db.reads(6))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Allowance::Periods` (r:2 w:1)
		/// Storage: `Allowance::Running` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Allowance::Closing` (r:0 w:1)
		fn advance_period() -> Weight {
			// Least time: 20_380 ns.
			Weight::from_parts(21_813_000, 0)
				.saturating_add($db.reads(5))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Allowance::Periods` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allowance::Running` (r:1 w:1)
		fn set_rules() -> Weight {
			// Least time: 15_242 ns.
			Weight::from_parts(16_444_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		fn reopen_report() -> Weight {
			// Least time: 17_586 ns.
			Weight::from_parts(18_928_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allowance::Running` (r:1 w:0)
		/// Storage: `Allowance::Closing` (r:1 w:0)
		fn on_poll_running() -> Weight {
			// Least time: 5_197 ns.
			Weight::from_parts(5_758_000, 0)
				.saturating_add($db.reads(3))
		}

		/// Storage: `Allowance::Periods` (r:2 w:1)
		/// Storage: `Allowance::Running` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Allowance::Closing` (r:0 w:1)
		fn close_period() -> Weight {
			// Least time: 32_198 ns.
			Weight::from_parts(34_051_000, 0)
				.saturating_add($db.reads(5))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Allowance::Closing` (r:1 w:0)
		fn on_poll_idle() -> Weight {
			// Least time: 2_033 ns.
			Weight::from_parts(2_334_000, 0)
				.saturating_add($db.reads(1))
		}

		/// Storage: `Allowance::Closing` (r:1 w:1)
		/// Storage: `Allowance::Periods` (r:1 w:1)
		fn on_poll_closing() -> Weight {
			// Least time: 10_035 ns.
			Weight::from_parts(10_856_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Allowance::Enrolments` (r:1 w:0)
		fn assess_page() -> Weight {
			// Least time: 7_321 ns.
			Weight::from_parts(8_482_000, 0)
				.saturating_add($db.reads(1))
		}

		/// Storage: `Allowance::Obligations` (r:1 w:1)
		/// Storage: `Allowance::Totals` (r:1 w:1)
		/// Storage: `Allocation::Allocations` (r:1 w:0)
		/// Storage: `Allowance::Movements` (r:1 w:0)
		/// Storage: `Assets::Account` (r:1 w:0)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:0)
		/// Storage: `Allowance::Deductions` (r:1 w:1)
		fn assess_entity() -> Weight {
			// Least time: 44_746 ns.
			Weight::from_parts(47_260_000, 0)
				.saturating_add($db.reads(8))
				.saturating_add($db.writes(3))
		}
	};
}

/// Weights for a chain whose storage costs `T::DbWeight`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	measured_weights!(T::DbWeight::get());
}

/// Weights for tests, with the price of storage accesses of the default database.
impl WeightInfo for () {
	measured_weights!(ParityDbWeight::get());
}
