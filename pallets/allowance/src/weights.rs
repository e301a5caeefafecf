//! Weights of `pallet_allowance`, measured by `scripts/weights.sh`, which replaces this file: do not edit it.
//!
//! Measured in the wasm of the runtime on 2 virtual cores (AMD EPYC),
//! 20 steps per component, 20 repeats per step, on 2026-11-22.
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
	/// Weight of `cut_allocation`.
	fn cut_allocation() -> Weight;
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
			// Least time: 32_208 ns.
			Weight::from_parts(34_111_000, 0)
				.saturating_add($db.reads(6))
				.saturating_add($db.writes(6))
		}

		/// Storage: `Allowance::Periods` (r:1 w:1)
		/// Storage: `Participants::Participants` (r:100 w:0)
		/// Storage: `Allowance::Obligations` (r:100 w:100)
		/// Storage: `Allowance::Enrolments` (r:0 w:1)
		fn enrol(n: u32) -> Weight {
			// Least time: 25_548 ns.
			Weight::from_parts(11_428_260, 0)
				// Standard error: 23_147.
				.saturating_add(Weight::from_parts(11_547_862, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(1))
				.saturating_add($db.reads(2_u64.saturating_mul(n.into())))
				.saturating_add($db.writes(2))
				.saturating_add($db.writes(1_u64.saturating_mul(n.into())))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:100 w:100)
		fn exclude(n: u32) -> Weight {
			// Least time: 17_876 ns.
			Weight::from_parts(19_179_000, 0)
				// Standard error: 124_435.
				.saturating_add(Weight::from_parts(10_003_426, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(1))
				.saturating_add($db.reads(1_u64.saturating_mul(n.into())))
				.saturating_add($db.writes(1_u64.saturating_mul(n.into())))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:100 w:100)
		/// Storage: `Allocation::RiskyHolders` (r:100 w:0)
		/// Storage: `Credit::Levels` (r:1 w:0)
		/// Storage: `Credit::Accounts` (r:100 w:0)
		/// Storage: `Participants::Participants` (r:100 w:0)
		/// Storage: `Allowance::Deductions` (r:100 w:100)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:100 w:100)
		/// Storage: `System::Account` (r:100 w:100)
		/// Storage: `Allowance::Movements` (r:100 w:100)
		/// Storage: `Allowance::Supplies` (r:1 w:1)
		fn allocate(n: u32) -> Weight {
			// Least time: 79_778 ns.
			Weight::from_parts(128_218_857, 0)
				// Standard error: 5_398_594.
				.saturating_add(Weight::from_parts(93_194_050, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(4))
				.saturating_add($db.reads(8_u64.saturating_mul(n.into())))
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
			// Least time: 49_483 ns.
			Weight::from_parts(53_659_000, 0)
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(5))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		fn report_emissions() -> Weight {
			// Least time: 26_950 ns.
			Weight::from_parts(28_913_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Participants::Participants` (r:2 w:0)
		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		fn verify_report() -> Weight {
			// Least time: 34_150 ns.
			Weight::from_parts(36_293_000, 0)
				.saturating_add($db.reads(5))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:100 w:100)
		/// Storage: `Credit::Levels` (r:1 w:0)
		/// Storage: `Credit::Accounts` (r:100 w:0)
		fn confirm_reports(n: u32) -> Weight {
			// Least time: 25_077 ns.
			Weight::from_parts(7_941_574, 0)
				// Standard error: 19_161.
				.saturating_add(Weight::from_parts(13_418_352, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(3))
				.saturating_add($db.reads(2_u64.saturating_mul(n.into())))
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
			// Least time: 108_551 ns.
			Weight::from_parts(113_318_000, 0)
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
			// Least time: 125_205 ns.
			Weight::from_parts(131_023_000, 0)
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
			// Least time: 97_554 ns.
			Weight::from_parts(101_560_000, 0)
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
			// Least time: 108_140 ns.
			Weight::from_parts(113_528_000, 0)
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
			// Least time: 154_809 ns.
			Weight::from_parts(161_239_000, 0)
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
			// Least time: 119_567 ns.
			Weight::from_parts(125_806_000, 0)
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
			// Least time: 114_639 ns.
			Weight::from_parts(120_248_000, 0)
				.saturating_add($db.reads(14))
				.saturating_add($db.writes(9))
		}

		/// Storage: `Allowance::Periods` (r:2 w:0)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allocation::Allocations` (r:1 w:0)
		/// Storage: `Allowance::Totals` (r:1 w:1)
		/// Storage: `Allowance::Deductions` (r:1 w:1)
		fn determine_emissions() -> Weight {
			// Least time: 31_356 ns.
			Weight::from_parts(34_582_000, 0)
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Allowance::Periods` (r:2 w:1)
		/// Storage: `Allowance::Running` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Allowance::Closing` (r:0 w:1)
		fn advance_period() -> Weight {
			// Least time: 20_981 ns.
			Weight::from_parts(24_406_000, 0)
				.saturating_add($db.reads(5))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Allowance::Periods` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allowance::Running` (r:1 w:1)
		fn set_rules() -> Weight {
			// Least time: 15_703 ns.
			Weight::from_parts(17_426_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		fn reopen_report() -> Weight {
			// Least time: 20_069 ns.
			Weight::from_parts(21_863_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allowance::Running` (r:1 w:0)
		/// Storage: `Allowance::Closing` (r:1 w:0)
		fn on_poll_running() -> Weight {
			// Least time: 5_618 ns.
			Weight::from_parts(6_239_000, 0)
				.saturating_add($db.reads(3))
		}

		/// Storage: `Allowance::Periods` (r:2 w:1)
		/// Storage: `Allowance::Running` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Allowance::Closing` (r:0 w:1)
		fn close_period() -> Weight {
			// Least time: 32_719 ns.
			Weight::from_parts(35_022_000, 0)
				.saturating_add($db.reads(5))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Allowance::Closing` (r:1 w:0)
		fn on_poll_idle() -> Weight {
			// Least time: 2_404 ns.
			Weight::from_parts(2_724_000, 0)
				.saturating_add($db.reads(1))
		}

		/// Storage: `Allowance::Closing` (r:1 w:1)
		/// Storage: `Allowance::Periods` (r:1 w:1)
		fn on_poll_closing() -> Weight {
			// Least time: 10_515 ns.
			Weight::from_parts(11_567_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Allowance::Enrolments` (r:1 w:0)
		fn assess_page() -> Weight {
			// Least time: 8_132 ns.
			Weight::from_parts(9_884_000, 0)
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
			// Least time: 45_777 ns.
			Weight::from_parts(49_343_000, 0)
				.saturating_add($db.reads(8))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Allowance::Deductions` (r:1 w:1)
		fn cut_allocation() -> Weight {
			// Least time: 8_112 ns.
			Weight::from_parts(8_983_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
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
