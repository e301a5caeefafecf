//! Weights of `pallet_credit`, measured by `scripts/weights.sh`, which replaces this file: do not edit it.
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

/// What the calls of `pallet_credit` cost.
pub trait WeightInfo {
	/// Weight of `set_score_rules`.
	fn set_score_rules() -> Weight;
	/// Weight of `set_levels`.
	fn set_levels() -> Weight;
	/// Weight of `rescore`.
	fn rescore() -> Weight;
	/// Weight of `record`.
	fn record() -> Weight;
	/// Weight of `terms_of`.
	fn terms_of() -> Weight;
	/// Weight of `matched`.
	fn matched() -> Weight;
	/// Weight of `on_poll_idle`.
	fn on_poll_idle() -> Weight;
	/// Weight of `apply_version`.
	fn apply_version() -> Weight;
	/// Weight of `start_sweep`.
	fn start_sweep() -> Weight;
	/// Weight of `read_basis`.
	fn read_basis() -> Weight;
	/// Weight of `drain_queue`.
	fn drain_queue() -> Weight;
	/// Weight of `drain_pair`.
	fn drain_pair() -> Weight;
	/// Weight of `go_on_sweeping`.
	fn go_on_sweeping() -> Weight;
	/// Weight of `sweep_account`.
	fn sweep_account() -> Weight;
}

macro_rules! measured_weights {
	($db:expr) => {
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Credit::NextVersion` (r:1 w:1)
		/// Storage: `Credit::RuleVersions` (r:1 w:1)
		fn set_score_rules() -> Weight {
			// Least time: 11_597 ns.
			Weight::from_parts(12_699_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Credit::Levels` (r:1 w:1)
		/// Storage: `Allowance::LastPeriod` (r:1 w:0)
		/// Storage: `Credit::CurrentVersion` (r:1 w:0)
		/// Storage: `Credit::Sweep` (r:0 w:1)
		fn set_levels() -> Weight {
			// Least time: 12_499 ns.
			Weight::from_parts(13_590_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Credit::Accounts` (r:1 w:1)
		/// Storage: `Credit::CurrentVersion` (r:1 w:0)
		/// Storage: `Credit::RuleVersions` (r:1 w:0)
		/// Storage: `Credit::Levels` (r:1 w:0)
		/// Storage: `Allowance::LastPeriod` (r:1 w:0)
		fn rescore() -> Weight {
			// Least time: 23_675 ns.
			Weight::from_parts(25_447_000, 0)
				.saturating_add($db.reads(5))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Credit::CurrentVersion` (r:1 w:0)
		/// Storage: `Credit::RuleVersions` (r:1 w:0)
		/// Storage: `Credit::Levels` (r:1 w:0)
		/// Storage: `Allowance::LastPeriod` (r:1 w:0)
		/// Storage: `Credit::Accounts` (r:1 w:1)
		fn record() -> Weight {
			// Least time: 25_037 ns.
			Weight::from_parts(26_880_000, 0)
				.saturating_add($db.reads(6))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Credit::Levels` (r:1 w:0)
		/// Storage: `Credit::Accounts` (r:1 w:0)
		fn terms_of() -> Weight {
			// Least time: 8_573 ns.
			Weight::from_parts(9_374_000, 0).saturating_add($db.reads(2))
		}

		/// Storage: `Credit::MatchedPairs` (r:1 w:1)
		/// Storage: `Credit::DroppedPairs` (r:1 w:1)
		fn matched() -> Weight {
			// Least time: 59_548 ns.
			Weight::from_parts(64_696_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Credit::NextVersion` (r:1 w:0)
		/// Storage: `Allowance::LastPeriod` (r:1 w:0)
		/// Storage: `Credit::Sweep` (r:1 w:0)
		/// Storage: `Credit::MatchedPairs` (r:1 w:0)
		fn on_poll_idle() -> Weight {
			// Least time: 6_609 ns.
			Weight::from_parts(7_251_000, 0).saturating_add($db.reads(4))
		}

		/// Storage: `Credit::RuleVersions` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Allowance::LastPeriod` (r:1 w:0)
		/// Storage: `Credit::CurrentVersion` (r:0 w:1)
		/// Storage: `Credit::NextVersion` (r:0 w:1)
		/// Storage: `Credit::Sweep` (r:0 w:1)
		fn apply_version() -> Weight {
			// Least time: 13_200 ns.
			Weight::from_parts(14_321_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Allowance::LastPeriod` (r:1 w:0)
		/// Storage: `Credit::CurrentVersion` (r:1 w:0)
		/// Storage: `Credit::Sweep` (r:0 w:1)
		fn start_sweep() -> Weight {
			// Least time: 6_710 ns.
			Weight::from_parts(7_311_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Credit::CurrentVersion` (r:1 w:0)
		/// Storage: `Credit::RuleVersions` (r:1 w:0)
		/// Storage: `Credit::Levels` (r:1 w:0)
		/// Storage: `Allowance::LastPeriod` (r:1 w:0)
		fn read_basis() -> Weight {
			// Least time: 9_585 ns.
			Weight::from_parts(10_456_000, 0).saturating_add($db.reads(4))
		}

		/// Storage: `Credit::DroppedPairs` (r:1 w:1)
		/// Storage: `Credit::MatchedPairs` (r:1 w:1)
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Credit::Accounts` (r:2 w:2)
		fn drain_queue() -> Weight {
			// Least time: 91_285 ns.
			Weight::from_parts(102_282_000, 0)
				.saturating_add($db.reads(5))
				.saturating_add($db.writes(4))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Credit::Accounts` (r:2 w:2)
		fn drain_pair() -> Weight {
			// Least time: 26_259 ns.
			Weight::from_parts(27_751_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Credit::Sweep` (r:0 w:1)
		fn go_on_sweeping() -> Weight {
			// Least time: 2_393 ns.
			Weight::from_parts(2_624_000, 0).saturating_add($db.writes(1))
		}

		/// Storage: `Credit::Accounts` (r:2 w:1)
		fn sweep_account() -> Weight {
			// Least time: 14_471 ns.
			Weight::from_parts(15_503_000, 0)
				.saturating_add($db.reads(2))
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
