//! Weights of `pallet_offsets`, measured by `scripts/weights.sh`, which replaces this file: do not edit it.
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

/// What the calls of `pallet_offsets` cost.
pub trait WeightInfo {
	/// Weight of `register_project`.
	fn register_project() -> Weight;
	/// Weight of `resubmit_project`.
	fn resubmit_project() -> Weight;
	/// Weight of `withdraw_project`.
	fn withdraw_project() -> Weight;
	/// Weight of `decide_project`.
	fn decide_project() -> Weight;
	/// Weight of `report_reductions`.
	fn report_reductions() -> Weight;
	/// Weight of `withdraw_reductions`.
	fn withdraw_reductions() -> Weight;
	/// Weight of `verify_reductions`.
	fn verify_reductions() -> Weight;
	/// Weight of `refuse_reductions`.
	fn refuse_reductions() -> Weight;
	/// Weight of `issue_series`.
	fn issue_series() -> Weight;
	/// Weight of `reverse` with `n` from 1 to 160.
	fn reverse(n: u32) -> Weight;
	/// Weight of `settle_reversal`.
	fn settle_reversal() -> Weight;
	/// Weight of `release_buffer` with `n` from 1 to 160.
	fn release_buffer(n: u32) -> Weight;
	/// Weight of `cancel`.
	fn cancel() -> Weight;
	/// Weight of `retire`.
	fn retire() -> Weight;
}

macro_rules! measured_weights {
	($db:expr) => {
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Offsets::NextProject` (r:1 w:1)
		/// Storage: `Offsets::References` (r:1 w:1)
		/// Storage: `Offsets::ProjectsOf` (r:1 w:1)
		/// Storage: `Offsets::Projects` (r:0 w:1)
		fn register_project() -> Weight {
			// Least time: 46_228 ns.
			Weight::from_parts(70_895_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(4))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Offsets::Projects` (r:1 w:1)
		/// Storage: `Offsets::References` (r:1 w:2)
		fn resubmit_project() -> Weight {
			// Least time: 45_427 ns.
			Weight::from_parts(58_096_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Offsets::Projects` (r:1 w:1)
		/// Storage: `Offsets::ProjectsOf` (r:1 w:1)
		/// Storage: `Offsets::References` (r:0 w:1)
		fn withdraw_project() -> Weight {
			// Least time: 32_217 ns.
			Weight::from_parts(53_709_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Offsets::Projects` (r:1 w:1)
		/// Storage: `Offsets::References` (r:0 w:1)
		fn decide_project() -> Weight {
			// Least time: 13_500 ns.
			Weight::from_parts(15_303_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Offsets::Projects` (r:1 w:0)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Offsets::References` (r:1 w:1)
		/// Storage: `Offsets::NextReport` (r:1 w:1)
		/// Storage: `Offsets::Periods` (r:1 w:1)
		/// Storage: `Offsets::Reports` (r:0 w:1)
		fn report_reductions() -> Weight {
			// Least time: 63_774 ns.
			Weight::from_parts(95_742_000, 0)
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(4))
		}

		/// Storage: `Offsets::Reports` (r:1 w:1)
		/// Storage: `Offsets::Projects` (r:1 w:0)
		/// Storage: `Offsets::Periods` (r:1 w:1)
		/// Storage: `Offsets::References` (r:0 w:1)
		fn withdraw_reductions() -> Weight {
			// Least time: 49_764 ns.
			Weight::from_parts(84_846_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Participants::Participants` (r:2 w:0)
		/// Storage: `Offsets::Reports` (r:1 w:1)
		/// Storage: `Offsets::Projects` (r:1 w:0)
		fn verify_reductions() -> Weight {
			// Least time: 43_794 ns.
			Weight::from_parts(55_953_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Offsets::Reports` (r:1 w:1)
		/// Storage: `Offsets::Periods` (r:1 w:1)
		/// Storage: `Offsets::References` (r:0 w:1)
		fn refuse_reductions() -> Weight {
			// Least time: 36_965 ns.
			Weight::from_parts(61_160_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Offsets::Reports` (r:1 w:1)
		/// Storage: `Offsets::Projects` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Offsets::ReversalDebts` (r:1 w:0)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Offsets::NextSeries` (r:1 w:1)
		/// Storage: `Offsets::SeriesOf` (r:1 w:1)
		/// Storage: `Offsets::Totals` (r:1 w:1)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Metadata` (r:1 w:1)
		/// Storage: `Assets::Account` (r:2 w:2)
		/// Storage: `System::Account` (r:2 w:2)
		/// Storage: `Offsets::Series` (r:0 w:1)
		fn issue_series() -> Weight {
			// Least time: 174_849 ns.
			Weight::from_parts(217_842_000, 0)
				.saturating_add($db.reads(14))
				.saturating_add($db.writes(11))
		}

		/// Storage: `Offsets::Projects` (r:1 w:0)
		/// Storage: `Offsets::Totals` (r:1 w:1)
		/// Storage: `Offsets::SeriesOf` (r:1 w:0)
		/// Storage: `Offsets::Series` (r:159 w:159)
		/// Storage: `Offsets::NextCancellation` (r:1 w:1)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:159 w:159)
		/// Storage: `Assets::Account` (r:159 w:159)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:159 w:159)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::Holds` (r:159 w:159)
		/// Storage: `Offsets::ReversalDebts` (r:1 w:1)
		/// Storage: `Offsets::Cancellations` (r:0 w:159)
		fn reverse(n: u32) -> Weight {
			// Least time: 126_718 ns.
			Weight::from_parts(132_376_000, 0)
				// Standard error: 836_853.
				.saturating_add(Weight::from_parts(88_438_102, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(7))
				.saturating_add($db.reads(5_u64.saturating_mul(n.into())))
				.saturating_add($db.writes(4))
				.saturating_add($db.writes(6_u64.saturating_mul(n.into())))
		}

		/// Storage: `Offsets::Projects` (r:1 w:0)
		/// Storage: `Offsets::Totals` (r:1 w:1)
		/// Storage: `Offsets::NextCancellation` (r:1 w:1)
		/// Storage: `Offsets::Series` (r:1 w:1)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		/// Storage: `Offsets::ReversalDebts` (r:1 w:1)
		/// Storage: `Offsets::Cancellations` (r:0 w:1)
		fn settle_reversal() -> Weight {
			// Least time: 118_896 ns.
			Weight::from_parts(154_579_000, 0)
				.saturating_add($db.reads(11))
				.saturating_add($db.writes(10))
		}

		/// Storage: `Offsets::Projects` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Offsets::ReversalDebts` (r:1 w:0)
		/// Storage: `Offsets::Totals` (r:1 w:1)
		/// Storage: `Offsets::SeriesOf` (r:1 w:0)
		/// Storage: `Offsets::Series` (r:159 w:159)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:159 w:159)
		/// Storage: `Assets::Account` (r:318 w:318)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:159 w:159)
		/// Storage: `System::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::Holds` (r:159 w:159)
		fn release_buffer(n: u32) -> Weight {
			// Least time: 128_199 ns.
			Weight::from_parts(131_254_000, 0)
				// Standard error: 1_142_914.
				.saturating_add(Weight::from_parts(93_497_096, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(8))
				.saturating_add($db.reads(6_u64.saturating_mul(n.into())))
				.saturating_add($db.writes(3))
				.saturating_add($db.writes(6_u64.saturating_mul(n.into())))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Offsets::NextCancellation` (r:1 w:1)
		/// Storage: `Offsets::Series` (r:1 w:1)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		/// Storage: `Offsets::Cancellations` (r:0 w:1)
		fn cancel() -> Weight {
			// Least time: 107_899 ns.
			Weight::from_parts(127_619_000, 0)
				.saturating_add($db.reads(9))
				.saturating_add($db.writes(8))
		}

		/// Storage: `Offsets::Series` (r:1 w:1)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		fn retire() -> Weight {
			// Least time: 95_171 ns.
			Weight::from_parts(156_852_000, 0)
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(6))
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
