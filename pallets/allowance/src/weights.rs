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
	/// Weight of `cancel`.
	fn cancel() -> Weight;
	/// Weight of `force_transfer`.
	fn force_transfer() -> Weight;
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
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Metadata` (r:1 w:1)
		/// Storage: `Allowance::Supplies` (r:0 w:1)
		fn open_period() -> Weight {
			// Least time: 25_839 ns.
			Weight::from_parts(27_952_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(5))
		}

		/// Storage: `Allowance::Periods` (r:1 w:1)
		/// Storage: `Participants::Participants` (r:100 w:0)
		/// Storage: `Allowance::Obligations` (r:100 w:100)
		/// Storage: `Allowance::Enrolments` (r:0 w:1)
		fn enrol(n: u32) -> Weight {
			// Least time: 24_537 ns.
			Weight::from_parts(55_323_361, 0)
				// Standard error: 110_594.
				.saturating_add(Weight::from_parts(15_259_889, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(1))
				.saturating_add($db.reads(2_u64.saturating_mul(n.into())))
				.saturating_add($db.writes(2))
				.saturating_add($db.writes(1_u64.saturating_mul(n.into())))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:100 w:100)
		fn exclude(n: u32) -> Weight {
			// Least time: 14_011 ns.
			Weight::from_parts(4_604_635, 0)
				// Standard error: 9_373.
				.saturating_add(Weight::from_parts(7_289_350, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(1))
				.saturating_add($db.reads(1_u64.saturating_mul(n.into())))
				.saturating_add($db.writes(1_u64.saturating_mul(n.into())))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allowance::Supplies` (r:1 w:1)
		/// Storage: `Participants::Participants` (r:100 w:0)
		/// Storage: `Allowance::Obligations` (r:100 w:100)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:100 w:100)
		/// Storage: `System::Account` (r:100 w:100)
		fn allocate(n: u32) -> Weight {
			// Least time: 49_934 ns.
			Weight::from_parts(53_139_000, 0)
				// Standard error: 248_789.
				.saturating_add(Weight::from_parts(40_493_689, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(3))
				.saturating_add($db.reads(4_u64.saturating_mul(n.into())))
				.saturating_add($db.writes(2))
				.saturating_add($db.writes(3_u64.saturating_mul(n.into())))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allowance::Supplies` (r:1 w:1)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		fn issue_for_sale() -> Weight {
			// Least time: 44_025 ns.
			Weight::from_parts(48_432_000, 0)
				.saturating_add($db.reads(6))
				.saturating_add($db.writes(4))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		fn report_emissions() -> Weight {
			// Least time: 20_069 ns.
			Weight::from_parts(22_033_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		fn verify_report() -> Weight {
			// Least time: 21_952 ns.
			Weight::from_parts(24_587_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:100 w:100)
		fn confirm_reports(n: u32) -> Weight {
			// Least time: 15_113 ns.
			Weight::from_parts(15_604_000, 0)
				// Standard error: 79_991.
				.saturating_add(Weight::from_parts(9_724_916, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(1))
				.saturating_add($db.reads(1_u64.saturating_mul(n.into())))
				.saturating_add($db.writes(1_u64.saturating_mul(n.into())))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allowance::NextSurrenderId` (r:1 w:1)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		/// Storage: `Allowance::Supplies` (r:1 w:1)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		/// Storage: `Allowance::Surrenders` (r:0 w:1)
		fn surrender() -> Weight {
			// Least time: 95_742 ns.
			Weight::from_parts(100_799_000, 0)
				.saturating_add($db.reads(11))
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
		/// Storage: `Allowance::Cancellations` (r:0 w:1)
		fn cancel() -> Weight {
			// Least time: 88_541 ns.
			Weight::from_parts(125_716_000, 0)
				.saturating_add($db.reads(9))
				.saturating_add($db.writes(8))
		}

		/// Storage: `Participants::Participants` (r:2 w:0)
		/// Storage: `Allowance::Supplies` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		fn force_transfer() -> Weight {
			// Least time: 95_641 ns.
			Weight::from_parts(99_707_000, 0)
				.saturating_add($db.reads(10))
				.saturating_add($db.writes(7))
		}

		/// Storage: `Allowance::Periods` (r:2 w:1)
		/// Storage: `Allowance::Closing` (r:0 w:1)
		fn close_period() -> Weight {
			// Least time: 12_749 ns.
			Weight::from_parts(13_801_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Allowance::Closing` (r:1 w:0)
		fn on_poll_idle() -> Weight {
			// Least time: 2_033 ns.
			Weight::from_parts(2_344_000, 0)
				.saturating_add($db.reads(1))
		}

		/// Storage: `Allowance::Closing` (r:1 w:1)
		/// Storage: `Allowance::Periods` (r:1 w:1)
		fn on_poll_closing() -> Weight {
			// Least time: 9_424 ns.
			Weight::from_parts(10_356_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Allowance::Enrolments` (r:1 w:0)
		fn assess_page() -> Weight {
			// Least time: 7_631 ns.
			Weight::from_parts(14_402_000, 0)
				.saturating_add($db.reads(1))
		}

		/// Storage: `Allowance::Obligations` (r:1 w:1)
		/// Storage: `Allowance::Totals` (r:1 w:1)
		fn assess_entity() -> Weight {
			// Least time: 14_792 ns.
			Weight::from_parts(24_166_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(2))
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
