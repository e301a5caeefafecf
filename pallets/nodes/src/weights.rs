//! Weights of `pallet_nodes`, measured by `scripts/weights.sh`, which replaces this file: do not edit it.
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

/// What the calls of `pallet_nodes` cost.
pub trait WeightInfo {
	/// Weight of `should_end_session`.
	fn should_end_session() -> Weight;
	/// Weight of `apply`.
	fn apply() -> Weight;
	/// Weight of `audit`.
	fn audit() -> Weight;
	/// Weight of `admit`.
	fn admit() -> Weight;
	/// Weight of `refuse`.
	fn refuse() -> Weight;
	/// Weight of `remove`.
	fn remove() -> Weight;
	/// Weight of `resign`.
	fn resign() -> Weight;
	/// Weight of `set_address`.
	fn set_address() -> Weight;
	/// Weight of `set_min_validators`.
	fn set_min_validators() -> Weight;
	/// Weight of `set_session_blocks`.
	fn set_session_blocks() -> Weight;
	/// Weight of `forget`.
	fn forget() -> Weight;
}

macro_rules! measured_weights {
	($db:expr) => {
		/// Storage: `Nodes::SessionStart` (r:1 w:0)
		/// Storage: `Nodes::SessionBlocks` (r:1 w:0)
		fn should_end_session() -> Weight {
			// Least time: 5_788 ns.
			Weight::from_parts(6_429_000, 0).saturating_add($db.reads(2))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Nodes::Nodes` (r:1 w:1)
		/// Storage: `Nodes::CounterForNodes` (r:1 w:1)
		/// Storage: `Nodes::Peers` (r:1 w:1)
		/// Storage: `Session::NextKeys` (r:1 w:1)
		/// Storage: `Session::ExternallySetKeys` (r:1 w:0)
		/// Storage: `Session::KeyOwner` (r:2 w:4)
		fn apply() -> Weight {
			// Least time: 176_862 ns.
			Weight::from_parts(198_183_000, 0)
				.saturating_add($db.reads(8))
				.saturating_add($db.writes(8))
		}

		/// Storage: `Nodes::Nodes` (r:1 w:1)
		fn audit() -> Weight {
			// Least time: 21_001 ns.
			Weight::from_parts(26_399_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Nodes::Nodes` (r:1 w:1)
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Session::NextKeys` (r:1 w:0)
		/// Storage: `Nodes::Validators` (r:1 w:1)
		fn admit() -> Weight {
			// Least time: 37_305 ns.
			Weight::from_parts(48_161_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Nodes::Nodes` (r:1 w:1)
		/// Storage: `Nodes::CounterForNodes` (r:1 w:1)
		/// Storage: `Nodes::Peers` (r:0 w:1)
		fn refuse() -> Weight {
			// Least time: 26_440 ns.
			Weight::from_parts(45_978_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Nodes::Nodes` (r:100 w:1)
		/// Storage: `Nodes::Validators` (r:1 w:1)
		/// Storage: `Nodes::MinValidators` (r:1 w:0)
		/// Storage: `Session::Validators` (r:1 w:0)
		/// Storage: `Nodes::SessionStart` (r:1 w:0)
		/// Storage: `Nodes::Peers` (r:0 w:1)
		fn remove() -> Weight {
			// Least time: 415_775 ns.
			Weight::from_parts(583_534_000, 0)
				.saturating_add($db.reads(104))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Nodes::Nodes` (r:100 w:1)
		/// Storage: `Nodes::Validators` (r:1 w:1)
		/// Storage: `Nodes::MinValidators` (r:1 w:0)
		/// Storage: `Session::Validators` (r:1 w:0)
		/// Storage: `Nodes::SessionStart` (r:1 w:0)
		/// Storage: `Nodes::Peers` (r:0 w:1)
		fn resign() -> Weight {
			// Least time: 416_837 ns.
			Weight::from_parts(616_722_000, 0)
				.saturating_add($db.reads(104))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Nodes::Nodes` (r:1 w:1)
		/// Storage: `Nodes::Peers` (r:1 w:2)
		fn set_address() -> Weight {
			// Least time: 46_399 ns.
			Weight::from_parts(53_970_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Nodes::Validators` (r:1 w:0)
		/// Storage: `Nodes::MinValidators` (r:1 w:1)
		fn set_min_validators() -> Weight {
			// Least time: 10_625 ns.
			Weight::from_parts(11_817_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Nodes::SessionBlocks` (r:1 w:1)
		fn set_session_blocks() -> Weight {
			// Least time: 8_703 ns.
			Weight::from_parts(10_575_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Nodes::Nodes` (r:1 w:1)
		/// Storage: `Nodes::CounterForNodes` (r:1 w:1)
		fn forget() -> Weight {
			// Least time: 24_927 ns.
			Weight::from_parts(31_577_000, 0)
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
