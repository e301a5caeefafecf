//! Weights of `pallet_allocation`, measured by `scripts/weights.sh`, which replaces this file: do not edit it.
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
			// Least time: 29_594 ns.
			Weight::from_parts(31_967_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(4))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allocation::Benchmarks` (r:1 w:1)
		fn set_benchmarks() -> Weight {
			// Least time: 16_805 ns.
			Weight::from_parts(18_257_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allocation::Installations` (r:1 w:0)
		/// Storage: `Allocation::Allocations` (r:1 w:1)
		/// Storage: `Allowance::Obligations` (r:1 w:0)
		/// Storage: `Allocation::Activities` (r:0 w:1)
		fn enter_activity() -> Weight {
			// Least time: 34_942 ns.
			Weight::from_parts(38_317_000, 0)
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
		fn pre_allocate(n: u32) -> Weight {
			// Least time: 96_313 ns.
			Weight::from_parts(97_965_000, 0)
				// Standard error: 798_789.
				.saturating_add(Weight::from_parts(85_681_563, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(4))
				.saturating_add($db.reads(9_u64.saturating_mul(n.into())))
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
		fn true_up(n: u32, i: u32) -> Weight {
			// Least time: 266_375 ns.
			Weight::from_parts(354_534_000, 0)
				// Standard error: 5_644_901.
				.saturating_add(Weight::from_parts(185_933_841, 0).saturating_mul(n.into()))
				// Standard error: 35_052_407.
				.saturating_add(Weight::from_parts(400_559_690, 0).saturating_mul(i.into()))
				.saturating_add($db.reads(49))
				.saturating_add($db.reads(22_u64.saturating_mul(n.into())))
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
			// Least time: 104_475 ns.
			Weight::from_parts(110_804_000, 0)
				.saturating_add($db.reads(10))
				.saturating_add($db.writes(9))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allocation::RiskyHolders` (r:1 w:1)
		fn hold_units() -> Weight {
			// Least time: 16_625 ns.
			Weight::from_parts(18_237_000, 0)
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
			// Least time: 117_064 ns.
			Weight::from_parts(129_481_000, 0)
				.saturating_add($db.reads(13))
				.saturating_add($db.writes(11))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allowance::Obligations` (r:1 w:1)
		/// Storage: `Allocation::Allocations` (r:1 w:0)
		/// Storage: `Allocation::RiskyHolders` (r:1 w:0)
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
			// Least time: 138_675 ns.
			Weight::from_parts(192_816_000, 0)
				.saturating_add($db.reads(17))
				.saturating_add($db.writes(11))
		}

		/// Storage: `Allocation::RiskyHolders` (r:1 w:1)
		fn end_hold() -> Weight {
			// Least time: 11_567 ns.
			Weight::from_parts(18_728_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Allocation::Allocations` (r:1 w:1)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn object() -> Weight {
			// Least time: 25_818 ns.
			Weight::from_parts(31_166_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Allocation::Allocations` (r:1 w:1)
		/// Storage: `Allowance::Periods` (r:1 w:0)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn decide_objection() -> Weight {
			// Least time: 25_177 ns.
			Weight::from_parts(31_717_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Allocation::Installations` (r:1 w:1)
		/// Storage: `Allocation::LatestTrueUps` (r:1 w:0)
		fn close_installation() -> Weight {
			// Least time: 16_345 ns.
			Weight::from_parts(30_265_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Allocation::Installations` (r:1 w:1)
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allocation::LatestTrueUps` (r:2 w:0)
		/// Storage: `Allowance::Periods` (r:2 w:0)
		/// Storage: `Allocation::InstallationsOf` (r:2 w:2)
		fn move_installation() -> Weight {
			// Least time: 47_981 ns.
			Weight::from_parts(82_482_000, 0)
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
