//! Weights of the calls of `pallet_nodes`.
//!
//! Not yet measured: until the benchmarks have run on the chain's own hardware, a weight is the number of storage items
//! that the call reads and writes, counted from the code, plus an estimate of the time that it computes. The proof size
//! is the largest encoded record plus the trie nodes on the way to it. The benchmarks in `benchmarking.rs` replace this
//! file.

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{
		constants::{ParityDbWeight, WEIGHT_REF_TIME_PER_MICROS},
		RuntimeDbWeight, Weight,
	},
};

/// Weight functions needed for `pallet_nodes`.
pub trait WeightInfo {
	fn should_end_session() -> Weight;
	fn apply() -> Weight;
	fn audit() -> Weight;
	fn admit() -> Weight;
	fn refuse() -> Weight;
	fn remove() -> Weight;
	fn resign() -> Weight;
	fn set_address() -> Weight;
	fn set_min_validators() -> Weight;
	fn set_session_blocks() -> Weight;
	fn forget() -> Weight;
}

/// Time in microseconds, size of the proof in bytes, reads and writes as one weight.
fn counted(db: RuntimeDbWeight, micros: u64, proof: u64, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(micros.saturating_mul(WEIGHT_REF_TIME_PER_MICROS), proof)
		.saturating_add(db.reads_writes(reads, writes))
}

macro_rules! counted_weights {
	($db:expr) => {
		/// Storage: `Nodes::SessionStart` (r:1 w:0)
		/// Storage: `Nodes::SessionBlocks` (r:1 w:0)
		fn should_end_session() -> Weight {
			counted($db, 2, 1_500, 2, 0)
		}
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Nodes::Nodes` (r:1 w:1)
		/// Storage: `Nodes::CounterForNodes` (r:1 w:1)
		/// Storage: `Nodes::Peers` (r:1 w:1)
		/// Storage: `Session::NextKeys` (r:1 w:1)
		/// Storage: `Session::KeyOwner` (r:2 w:4)
		/// Storage: `Session::ExternallySetKeys` (r:1 w:1)
		fn apply() -> Weight {
			// Two signatures of the proof are checked.
			counted($db, 220, 9_000, 8, 9)
		}
		/// Storage: `Nodes::Nodes` (r:1 w:1)
		fn audit() -> Weight {
			counted($db, 15, 3_700, 1, 1)
		}
		/// Storage: `Nodes::Nodes` (r:1 w:1)
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Session::NextKeys` (r:1 w:0)
		/// Storage: `Nodes::Validators` (r:1 w:1)
		fn admit() -> Weight {
			counted($db, 25, 8_000, 4, 2)
		}
		/// Storage: `Nodes::Nodes` (r:1 w:1)
		/// Storage: `Nodes::Peers` (r:0 w:1)
		/// Storage: `Nodes::CounterForNodes` (r:1 w:1)
		fn refuse() -> Weight {
			counted($db, 25, 3_700, 2, 3)
		}
		/// Storage: `Nodes::Nodes` (r:1 w:1)
		/// Storage: `Nodes::Validators` (r:1 w:1)
		/// Storage: `Nodes::MinValidators` (r:1 w:0)
		/// Storage: `Nodes::Peers` (r:0 w:1)
		fn remove() -> Weight {
			counted($db, 35, 8_000, 3, 3)
		}
		/// Storage: `Nodes::Nodes` (r:1 w:1)
		/// Storage: `Nodes::Validators` (r:1 w:1)
		/// Storage: `Nodes::MinValidators` (r:1 w:0)
		/// Storage: `Nodes::Peers` (r:0 w:1)
		fn resign() -> Weight {
			counted($db, 35, 8_000, 3, 3)
		}
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Nodes::Nodes` (r:1 w:1)
		/// Storage: `Nodes::Peers` (r:1 w:2)
		fn set_address() -> Weight {
			counted($db, 35, 6_000, 3, 3)
		}
		/// Storage: `Nodes::Validators` (r:1 w:0)
		/// Storage: `Nodes::MinValidators` (r:1 w:1)
		fn set_min_validators() -> Weight {
			counted($db, 12, 5_000, 2, 1)
		}
		/// Storage: `Nodes::SessionBlocks` (r:1 w:1)
		fn set_session_blocks() -> Weight {
			counted($db, 10, 1_500, 1, 1)
		}
		/// Storage: `Nodes::Nodes` (r:1 w:1)
		/// Storage: `Nodes::CounterForNodes` (r:1 w:1)
		fn forget() -> Weight {
			counted($db, 15, 3_700, 2, 2)
		}
	};
}

/// Weights for `pallet_nodes` on a chain with the database weights of `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	counted_weights!(T::DbWeight::get());
}

/// Weights for tests, with the price of storage accesses of the default database.
impl WeightInfo for () {
	counted_weights!(ParityDbWeight::get());
}
