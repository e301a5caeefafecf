//! Weights of the calls of `pallet_regulator`.
//!
//! Not yet measured: until the benchmarks have run on the chain's own hardware, a weight is the number of storage items
//! that the call reads and writes, counted from the code, plus an estimate of the time that it computes. What other
//! pallets read and write for this one (who is an insider, what a halt changes) is counted with it. The benchmarks in
//! `benchmarking.rs` replace this file.

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{
		constants::{ParityDbWeight, WEIGHT_REF_TIME_PER_MICROS},
		RuntimeDbWeight, Weight,
	},
};

/// Weight functions needed for `pallet_regulator`.
pub trait WeightInfo {
	fn act() -> Weight;
	fn propose() -> Weight;
	fn approve() -> Weight;
	fn reject() -> Weight;
	fn expire() -> Weight;
	fn appoint() -> Weight;
	fn dismiss() -> Weight;
	fn halt() -> Weight;
	fn resume() -> Weight;
	fn record() -> Weight;
	fn on_poll_idle() -> Weight;
	fn on_poll_ended() -> Weight;
	fn end_halt() -> Weight;
}

/// Time in microseconds, size of the proof in bytes, reads and writes as one weight.
fn counted(db: RuntimeDbWeight, micros: u64, proof: u64, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(micros.saturating_mul(WEIGHT_REF_TIME_PER_MICROS), proof)
		.saturating_add(db.reads_writes(reads, writes))
}

macro_rules! counted_weights {
	($db:expr) => {
		/// Storage: `Regulator::OfficerLevels`, `BreakGlassInUse` (r:2 w:0), `Participants::Participants` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Regulator::NextRecord`, `LastOfSubject`, `LastOfOfficer` (r:3 w:3), `Records` (r:0 w:1)
		fn act() -> Weight {
			counted($db, 35, 12_000, 7, 4)
		}
		/// Storage: `Regulator::OfficerLevels`, `BreakGlassInUse` (r:2 w:0), `Participants::Participants` (r:1 w:0)
		/// Storage: `Timestamp::Now`, the lifetime of proposals (r:2 w:0)
		/// Storage: `Regulator::CounterForProposals`, `NextProposal` (r:2 w:2), `Proposals` (r:1 w:1)
		fn propose() -> Weight {
			counted($db, 80, 30_000, 8, 3)
		}
		/// Storage: `Regulator::OfficerLevels`, `BreakGlassInUse` (r:3 w:0), `Participants::Participants` (r:2 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Regulator::Proposals`, `CounterForProposals` (r:2 w:2)
		/// Storage: `Regulator::NextRecord`, `LastOfSubject`, `LastOfOfficer` (r:4 w:4), `Records` (r:0 w:1)
		fn approve() -> Weight {
			counted($db, 120, 42_000, 12, 7)
		}
		/// Storage: `Regulator::OfficerLevels`, `BreakGlassInUse` (r:2 w:0), `Participants::Participants` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Regulator::Proposals`, `CounterForProposals` (r:2 w:2)
		/// Storage: `Regulator::NextRecord`, `LastOfSubject`, `LastOfOfficer` (r:4 w:4), `Records` (r:0 w:1)
		fn reject() -> Weight {
			counted($db, 50, 36_000, 10, 7)
		}
		/// Storage: `Regulator::OfficerLevels`, `BreakGlassInUse` (r:2 w:0), `Participants::Participants` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Regulator::Proposals`, `CounterForProposals` (r:2 w:2)
		/// Storage: `Regulator::NextRecord`, `LastOfSubject`, `LastOfOfficer` (r:3 w:3), `Records` (r:0 w:1)
		fn expire() -> Weight {
			counted($db, 45, 34_000, 9, 6)
		}
		/// Storage: `Regulator::OfficerLevels`, `CounterForOfficerLevels`, `Supervisors` (r:3 w:3)
		/// Storage: `Participants::Participants` (r:1 w:0)
		fn appoint() -> Weight {
			counted($db, 25, 10_000, 4, 3)
		}
		/// Storage: `Regulator::OfficerLevels`, `CounterForOfficerLevels`, `Supervisors` (r:3 w:3)
		fn dismiss() -> Weight {
			counted($db, 20, 7_000, 3, 3)
		}
		/// Storage: `Timestamp::Now`, the longest halt (r:2 w:0), `Regulator::Halts` (r:1 w:1)
		/// Storage: what obeys the halt (r:3 w:3)
		fn halt() -> Weight {
			counted($db, 40, 18_000, 6, 4)
		}
		/// Storage: `Regulator::Halts` (r:1 w:1)
		/// Storage: what obeys the halt (r:3 w:3)
		fn resume() -> Weight {
			counted($db, 35, 16_000, 4, 4)
		}
		/// Storage: `Sudo::Key` (r:1 w:0), `Regulator::OfficerLevels` (r:1 w:0), `Timestamp::Now` (r:1 w:0)
		/// Storage: `Regulator::BreakGlassInUse` (r:1 w:1)
		/// Storage: `Regulator::NextRecord`, `LastOfSubject`, `LastOfOfficer` (r:3 w:3), `Records` (r:0 w:1)
		fn record() -> Weight {
			counted($db, 30, 12_000, 7, 5)
		}
		/// Storage: `Regulator::Halts` (r:1 w:0), `Timestamp::Now` (r:1 w:0)
		fn on_poll_idle() -> Weight {
			counted($db, 5, 5_000, 2, 0)
		}
		/// Storage: `Regulator::Halts` (r:0 w:1)
		fn on_poll_ended() -> Weight {
			counted($db, 10, 0, 0, 1)
		}
		/// Storage: what obeyed the halt (r:3 w:3)
		fn end_halt() -> Weight {
			counted($db, 20, 11_000, 3, 3)
		}
	};
}

/// Weights for `pallet_regulator` on a chain with the database weights of `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	counted_weights!(T::DbWeight::get());
}

/// Weights for tests, with the price of storage accesses of the default database.
impl WeightInfo for () {
	counted_weights!(ParityDbWeight::get());
}
