//! Weights of the calls of `pallet_settlement`.
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

/// Weight functions needed for `pallet_settlement`.
pub trait WeightInfo {
	fn mint() -> Weight;
	fn request_redemption() -> Weight;
	fn withdraw_redemption() -> Weight;
	fn redeem() -> Weight;
}

/// Weights for `pallet_settlement` on a chain with the database weights of `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Participants::Participants` (r:2 w:0)
	/// Storage: `Settlement::Receipts` (r:1 w:1)
	/// Storage: `Settlement::Issuance` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	/// Storage: `Balances::TotalIssuance` (r:1 w:1)
	fn mint() -> Weight {
		Weight::from_parts(38_000_000, 3_700)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Storage: `System::Account` (r:1 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	fn request_redemption() -> Weight {
		Weight::from_parts(42_000_000, 4_200)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `System::Account` (r:1 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	fn withdraw_redemption() -> Weight {
		Weight::from_parts(40_000_000, 4_200)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Participants::Participants` (r:1 w:0)
	/// Storage: `Settlement::Receipts` (r:1 w:1)
	/// Storage: `Settlement::Issuance` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `Balances::TotalIssuance` (r:1 w:1)
	fn redeem() -> Weight {
		Weight::from_parts(48_000_000, 4_200)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(5))
	}
}

// For tests.
impl WeightInfo for () {
	fn mint() -> Weight {
		Weight::from_parts(38_000_000, 3_700)
			.saturating_add(RocksDbWeight::get().reads(6))
			.saturating_add(RocksDbWeight::get().writes(4))
	}
	fn request_redemption() -> Weight {
		Weight::from_parts(42_000_000, 4_200)
			.saturating_add(RocksDbWeight::get().reads(3))
			.saturating_add(RocksDbWeight::get().writes(2))
	}
	fn withdraw_redemption() -> Weight {
		Weight::from_parts(40_000_000, 4_200)
			.saturating_add(RocksDbWeight::get().reads(2))
			.saturating_add(RocksDbWeight::get().writes(2))
	}
	fn redeem() -> Weight {
		Weight::from_parts(48_000_000, 4_200)
			.saturating_add(RocksDbWeight::get().reads(6))
			.saturating_add(RocksDbWeight::get().writes(5))
	}
}
