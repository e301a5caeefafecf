//! Weights of the calls of `pallet_participants`.
//!
//! Not yet measured: until the benchmarks have run on the chain's own hardware, a weight is the number of storage items
//! that the call reads and writes, counted from the code, plus an estimate of the time that it computes. The proof size
//! is the largest encoded record plus the trie nodes on the way to it. The benchmarks in `benchmarking.rs` fill this file
//! in the same shape.

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, Weight},
};

/// Weight functions needed for `pallet_participants`.
pub trait WeightInfo {
	fn admit() -> Weight;
	fn set_roles() -> Weight;
	fn suspend() -> Weight;
	fn reinstate() -> Weight;
}

/// Weights for `pallet_participants` on a chain with the database weights of `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Participants::Participants` (r:1 w:1)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	fn admit() -> Weight {
		Weight::from_parts(15_000_000, 3_700)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Participants` (r:1 w:1)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	fn set_roles() -> Weight {
		Weight::from_parts(17_000_000, 3_700)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Participants` (r:1 w:1)
	fn suspend() -> Weight {
		Weight::from_parts(15_000_000, 3_700)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Participants::Participants` (r:1 w:1)
	fn reinstate() -> Weight {
		Weight::from_parts(15_000_000, 3_700)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}

// For tests.
impl WeightInfo for () {
	fn admit() -> Weight {
		Weight::from_parts(15_000_000, 3_700)
			.saturating_add(RocksDbWeight::get().reads(2))
			.saturating_add(RocksDbWeight::get().writes(1))
	}
	fn set_roles() -> Weight {
		Weight::from_parts(17_000_000, 3_700)
			.saturating_add(RocksDbWeight::get().reads(2))
			.saturating_add(RocksDbWeight::get().writes(1))
	}
	fn suspend() -> Weight {
		Weight::from_parts(15_000_000, 3_700)
			.saturating_add(RocksDbWeight::get().reads(1))
			.saturating_add(RocksDbWeight::get().writes(1))
	}
	fn reinstate() -> Weight {
		Weight::from_parts(15_000_000, 3_700)
			.saturating_add(RocksDbWeight::get().reads(1))
			.saturating_add(RocksDbWeight::get().writes(1))
	}
}
