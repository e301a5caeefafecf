//! Weights of the calls of `pallet_participants`.
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

/// Weight functions needed for `pallet_participants`.
pub trait WeightInfo {
	fn admit() -> Weight;
	fn set_roles() -> Weight;
	fn suspend() -> Weight;
	fn reinstate() -> Weight;
}

/// Time in microseconds, size of the proof in bytes, reads and writes as one weight.
fn counted(db: RuntimeDbWeight, micros: u64, proof: u64, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(micros.saturating_mul(WEIGHT_REF_TIME_PER_MICROS), proof)
		.saturating_add(db.reads_writes(reads, writes))
}

macro_rules! counted_weights {
	($db:expr) => {
		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn admit() -> Weight {
			counted($db, 15, 3_700, 2, 1)
		}
		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn set_roles() -> Weight {
			counted($db, 17, 3_700, 2, 1)
		}
		/// Storage: `Participants::Participants` (r:1 w:1)
		fn suspend() -> Weight {
			counted($db, 15, 3_700, 1, 1)
		}
		/// Storage: `Participants::Participants` (r:1 w:1)
		fn reinstate() -> Weight {
			counted($db, 15, 3_700, 1, 1)
		}
	};
}

/// Weights for `pallet_participants` on a chain with the database weights of `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	counted_weights!(T::DbWeight::get());
}

/// Weights for tests, with the price of storage accesses of the default database.
impl WeightInfo for () {
	counted_weights!(ParityDbWeight::get());
}
