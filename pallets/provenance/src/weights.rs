//! Weights of `pallet_provenance`, measured by `scripts/weights.sh`, which replaces this file: do not edit it.
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

/// What the calls of `pallet_provenance` cost.
pub trait WeightInfo {
	/// Weight of `register_entity`.
	fn register_entity() -> Weight;
	/// Weight of `record` with `u` from 0 to 16, `g` from 1 to 16.
	fn record(u: u32, g: u32) -> Weight;
	/// Weight of `anchor`.
	fn anchor() -> Weight;
	/// Weight of `revise`.
	fn revise() -> Weight;
	/// Weight of `invalidate`.
	fn invalidate() -> Weight;
	/// Weight of `record_automatic`.
	fn record_automatic() -> Weight;
	/// Weight of `matched`.
	fn matched() -> Weight;
	/// Weight of `on_poll_idle`.
	fn on_poll_idle() -> Weight;
	/// Weight of `on_poll_fold`.
	fn on_poll_fold() -> Weight;
}

macro_rules! measured_weights {
	($db:expr) => {
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Provenance::Entities` (r:9 w:1)
		/// Storage: `System::BlockHash` (r:1 w:0)
		/// Storage: `Provenance::CounterForEntities` (r:1 w:1)
		fn register_entity() -> Weight {
			// Least time: 109_522 ns.
			Weight::from_parts(124_004_000, 0)
				.saturating_add($db.reads(13))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Provenance::Entities` (r:25 w:1)
		/// Storage: `System::BlockHash` (r:1 w:0)
		/// Storage: `Provenance::Head` (r:1 w:1)
		/// Storage: `Provenance::Data` (r:17 w:16)
		/// Storage: `Provenance::Digests` (r:16 w:16)
		/// Storage: `Provenance::LastOfOther` (r:1 w:1)
		/// Storage: `Provenance::UsedBy` (r:0 w:16)
		/// Storage: `Provenance::Activities` (r:0 w:1)
		fn record(u: u32, g: u32) -> Weight {
			// Least time: 257_672 ns.
			Weight::from_parts(132_457_334, 0)
				// Standard error: 183_993.
				.saturating_add(Weight::from_parts(8_427_273, 0).saturating_mul(u.into()))
				// Standard error: 195_635.
				.saturating_add(Weight::from_parts(18_863_627, 0).saturating_mul(g.into()))
				.saturating_add($db.reads(15))
				.saturating_add($db.reads(1_u64.saturating_mul(u.into())))
				.saturating_add($db.reads(2_u64.saturating_mul(g.into())))
				.saturating_add($db.writes(4))
				.saturating_add($db.writes(1_u64.saturating_mul(u.into())))
				.saturating_add($db.writes(2_u64.saturating_mul(g.into())))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Provenance::Entities` (r:9 w:1)
		/// Storage: `Provenance::Head` (r:1 w:1)
		/// Storage: `Provenance::Digests` (r:1 w:1)
		/// Storage: `Provenance::Data` (r:0 w:1)
		/// Storage: `Provenance::Activities` (r:0 w:1)
		fn anchor() -> Weight {
			// Least time: 68_611 ns.
			Weight::from_parts(72_587_000, 0)
				.saturating_add($db.reads(13))
				.saturating_add($db.writes(5))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Provenance::Data` (r:1 w:2)
		/// Storage: `Provenance::Entities` (r:9 w:1)
		/// Storage: `Provenance::Head` (r:1 w:1)
		/// Storage: `Provenance::Digests` (r:1 w:1)
		/// Storage: `Provenance::UsedBy` (r:0 w:1)
		/// Storage: `Provenance::Activities` (r:0 w:1)
		fn revise() -> Weight {
			// Least time: 85_656 ns.
			Weight::from_parts(90_664_000, 0)
				.saturating_add($db.reads(14))
				.saturating_add($db.writes(7))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Provenance::Data` (r:1 w:1)
		/// Storage: `Provenance::Entities` (r:9 w:1)
		/// Storage: `Provenance::Head` (r:1 w:1)
		/// Storage: `Provenance::UsedBy` (r:0 w:1)
		/// Storage: `Provenance::Activities` (r:0 w:1)
		fn invalidate() -> Weight {
			// Least time: 76_533 ns.
			Weight::from_parts(81_400_000, 0)
				.saturating_add($db.reads(13))
				.saturating_add($db.writes(5))
		}

		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Provenance::Entities` (r:3 w:2)
		/// Storage: `Provenance::Subjects` (r:5 w:1)
		/// Storage: `Provenance::Data` (r:5 w:2)
		/// Storage: `Provenance::Head` (r:1 w:1)
		/// Storage: `Provenance::CounterForEntities` (r:1 w:1)
		/// Storage: `Provenance::UsedBy` (r:0 w:5)
		/// Storage: `Provenance::Activities` (r:0 w:1)
		/// Storage: `Provenance::Digests` (r:0 w:1)
		fn record_automatic() -> Weight {
			// Least time: 105_036 ns.
			Weight::from_parts(112_406_000, 0)
				.saturating_add($db.reads(17))
				.saturating_add($db.writes(14))
		}

		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Provenance::Folds` (r:1 w:1)
		fn matched() -> Weight {
			// Least time: 88_071 ns.
			Weight::from_parts(94_370_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Provenance::Folds` (r:1 w:1)
		fn on_poll_idle() -> Weight {
			// Least time: 96_553 ns.
			Weight::from_parts(100_438_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Provenance::Entities` (r:1 w:1)
		/// Storage: `Provenance::Subjects` (r:1 w:1)
		/// Storage: `Provenance::Head` (r:1 w:1)
		/// Storage: `Provenance::CounterForEntities` (r:1 w:1)
		/// Storage: `Provenance::Data` (r:0 w:1)
		/// Storage: `Provenance::Activities` (r:0 w:1)
		fn on_poll_fold() -> Weight {
			// Least time: 30_175 ns.
			Weight::from_parts(32_087_000, 0)
				.saturating_add($db.reads(5))
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
