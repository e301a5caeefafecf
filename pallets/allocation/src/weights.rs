//! Weights of `pallet_allocation`, measured by `scripts/weights.sh`, which replaces this file: do not edit it.
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

/// What the calls of `pallet_allocation` cost.
pub trait WeightInfo {
	/// Weight of `register_installation`.
	fn register_installation() -> Weight;
	/// Weight of `set_benchmarks`.
	fn set_benchmarks() -> Weight;
	/// Weight of `enter_activity`.
	fn enter_activity() -> Weight;
	/// Weight of `pre_allocate` with `n` from 1 to 100.
	fn pre_allocate(n: u32) -> Weight;
	/// Weight of `true_up` with `n` from 1 to 100, `i` from 2 to 16.
	fn true_up(n: u32, i: u32) -> Weight;
	/// Weight of `return_units`.
	fn return_units() -> Weight;
	/// Weight of `hold_units`.
	fn hold_units() -> Weight;
	/// Weight of `surrender_held`.
	fn surrender_held() -> Weight;
	/// Weight of `release_units`.
	fn release_units() -> Weight;
	/// Weight of `end_hold`.
	fn end_hold() -> Weight;
	/// Weight of `object`.
	fn object() -> Weight;
	/// Weight of `decide_objection`.
	fn decide_objection() -> Weight;
	/// Weight of `close_installation`.
	fn close_installation() -> Weight;
	/// Weight of `move_installation`.
	fn move_installation() -> Weight;
}

macro_rules! measured_weights {
	($db:expr) => {
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allocation::References` (r:1 w:1)
		/// Storage: `Allocation::NextInstallation` (r:1 w:1)
		/// Storage: `Allocation::InstallationsOf` (r:1 w:1)
		/// Storage: `Allocation::Installations` (r:0 w:1)
		fn register_installation() -> Weight {
			// Least time: 29_313 ns.
			Weight::from_parts(31_777_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(4))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allocation::Benchmarks` (r:1 w:1)
		fn set_benchmarks() -> Weight {
			// Least time: 17_386 ns.
			Weight::from_parts(19_039_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allocation::Installations` (r:1 w:0)
		/// Storage: `Allocation::Allocations` (r:1 w:1)
		/// Storage: `Allowance::Obligations` (r:1 w:0)
		/// Storage: `Allocation::Activities` (r:0 w:1)
		fn enter_activity() -> Weight {
			// Least time: 35_583 ns.
			Weight::from_parts(38_437_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:200 w:100)
		/// Storage: `Allocation::Allocations` (r:100 w:100)
		/// Storage: `Allocation::RiskyHolders` (r:100 w:0)
		/// Storage: `Participants::Participants` (r:100 w:0)
		/// Storage: `Allowance::Deductions` (r:100 w:100)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:100 w:100)
		/// Storage: `System::Account` (r:100 w:100)
		/// Storage: `Allowance::Movements` (r:100 w:100)
		/// Storage: `Allowance::Supplies` (r:1 w:1)
		/// Storage: `Allocation::Held` (r:1 w:1)
		/// Storage: `Credit::Levels` (r:1 w:0)
		/// Storage: `Credit::Accounts` (r:99 w:0)
		fn pre_allocate(n: u32) -> Weight {
			// Least time: 99_667 ns.
			Weight::from_parts(101_079_000, 0)
				// Standard error: 1_568_877.
				.saturating_add(Weight::from_parts(122_109_951, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(4))
				.saturating_add($db.reads(10_u64.saturating_mul(n.into())))
				.saturating_add($db.writes(3))
				.saturating_add($db.writes(6_u64.saturating_mul(n.into())))
		}

		/// Storage: `Allowance::Periods` (r:2 w:0)
		/// Storage: `Allocation::Benchmarks` (r:1 w:1)
		/// Storage: `Allowance::Obligations` (r:100 w:100)
		/// Storage: `Allocation::Allocations` (r:100 w:100)
		/// Storage: `Allocation::InstallationsOf` (r:100 w:100)
		/// Storage: `Allocation::Installations` (r:1600 w:0)
		/// Storage: `Allocation::Activities` (r:1500 w:0)
		/// Storage: `Allocation::RiskyHolders` (r:100 w:0)
		/// Storage: `Participants::Participants` (r:100 w:0)
		/// Storage: `Allowance::Deductions` (r:100 w:100)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:100 w:100)
		/// Storage: `System::Account` (r:100 w:100)
		/// Storage: `Allowance::Movements` (r:100 w:100)
		/// Storage: `Allowance::Supplies` (r:1 w:1)
		/// Storage: `Allocation::Held` (r:1 w:1)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allocation::LatestTrueUps` (r:100 w:100)
		/// Storage: `Credit::Levels` (r:1 w:0)
		/// Storage: `Credit::Accounts` (r:99 w:0)
		fn true_up(n: u32, i: u32) -> Weight {
			// Least time: 228_838 ns.
			Weight::from_parts(233_275_000, 0)
				// Standard error: 7_683_833.
				.saturating_add(Weight::from_parts(232_489_660, 0).saturating_mul(n.into()))
				// Standard error: 47_713_300.
				.saturating_add(Weight::from_parts(518_322_238, 0).saturating_mul(i.into()))
				.saturating_add($db.reads(49))
				.saturating_add($db.reads(23_u64.saturating_mul(n.into())))
				.saturating_add($db.reads(64_u64.saturating_mul(i.into())))
				.saturating_add($db.writes(4))
				.saturating_add($db.writes(8_u64.saturating_mul(n.into())))
		}

		/// Storage: `Allocation::Allocations` (r:1 w:1)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		/// Storage: `Allowance::Supplies` (r:1 w:1)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		/// Storage: `Allowance::Movements` (r:1 w:1)
		fn return_units() -> Weight {
			// Least time: 106_999 ns.
			Weight::from_parts(112_847_000, 0)
				.saturating_add($db.reads(10))
				.saturating_add($db.writes(9))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allocation::RiskyHolders` (r:1 w:1)
		fn hold_units() -> Weight {
			// Least time: 16_394 ns.
			Weight::from_parts(18_006_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Allocation::Held` (r:1 w:1)
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
		fn surrender_held() -> Weight {
			// Least time: 118_786 ns.
			Weight::from_parts(123_593_000, 0)
				.saturating_add($db.reads(13))
				.saturating_add($db.writes(11))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		/// Storage: `Allocation::Allocations` (r:1 w:0)
		/// Storage: `Allocation::RiskyHolders` (r:1 w:0)
		/// Storage: `Credit::Levels` (r:1 w:0)
		/// Storage: `Credit::Accounts` (r:1 w:0)
		/// Storage: `Allocation::Held` (r:1 w:1)
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allowance::Supplies` (r:1 w:0)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		/// Storage: `Allowance::Movements` (r:2 w:2)
		fn release_units() -> Weight {
			// Least time: 140_408 ns.
			Weight::from_parts(148_800_000, 0)
				.saturating_add($db.reads(19))
				.saturating_add($db.writes(11))
		}

		/// Storage: `Allocation::RiskyHolders` (r:1 w:1)
		fn end_hold() -> Weight {
			// Least time: 11_477 ns.
			Weight::from_parts(12_679_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allocation::Allocations` (r:1 w:1)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn object() -> Weight {
			// Least time: 25_979 ns.
			Weight::from_parts(28_112_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Allocation::Allocations` (r:1 w:1)
		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn decide_objection() -> Weight {
			// Least time: 25_658 ns.
			Weight::from_parts(28_151_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Allocation::Installations` (r:1 w:1)
		/// Storage: `Allocation::LatestTrueUps` (r:1 w:0)
		fn close_installation() -> Weight {
			// Least time: 16_324 ns.
			Weight::from_parts(18_137_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Allocation::Installations` (r:1 w:1)
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allocation::LatestTrueUps` (r:2 w:0)
		/// Storage: `Allowance::Periods` (r:2 w:0)
		/// Storage: `Allocation::InstallationsOf` (r:2 w:2)
		fn move_installation() -> Weight {
			// Least time: 48_091 ns.
			Weight::from_parts(51_746_000, 0)
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
