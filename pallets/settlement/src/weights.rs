//! Weights of the calls of `pallet_settlement`.
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

/// Weight functions needed for `pallet_settlement`.
pub trait WeightInfo {
	fn mint() -> Weight;
	fn request_redemption() -> Weight;
	fn withdraw_redemption() -> Weight;
	fn redeem() -> Weight;
	fn force_transfer() -> Weight;
	fn force_release() -> Weight;
}

/// Time in microseconds, size of the proof in bytes, reads and writes as one weight.
fn counted(db: RuntimeDbWeight, micros: u64, proof: u64, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(micros.saturating_mul(WEIGHT_REF_TIME_PER_MICROS), proof)
		.saturating_add(db.reads_writes(reads, writes))
}

macro_rules! counted_weights {
	($db:expr) => {
		/// Storage: `Participants::Participants` (r:2 w:0)
		/// Storage: `Settlement::Receipts` (r:1 w:1)
		/// Storage: `Settlement::Issuance` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `Balances::TotalIssuance` (r:1 w:1)
		fn mint() -> Weight {
			counted($db, 38, 3_700, 6, 4)
		}
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `Balances::Holds` (r:1 w:1)
		fn request_redemption() -> Weight {
			counted($db, 42, 4_200, 3, 2)
		}
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `Balances::Holds` (r:1 w:1)
		fn withdraw_redemption() -> Weight {
			counted($db, 40, 4_200, 2, 2)
		}
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Settlement::Receipts` (r:1 w:1)
		/// Storage: `Settlement::Issuance` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `Balances::Holds` (r:1 w:1)
		/// Storage: `Balances::TotalIssuance` (r:1 w:1)
		fn redeem() -> Weight {
			counted($db, 48, 4_200, 6, 5)
		}
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `System::Account` (r:2 w:2)
		fn force_transfer() -> Weight {
			counted($db, 42, 5_200, 3, 2)
		}
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `Balances::Holds` (r:1 w:1)
		fn force_release() -> Weight {
			counted($db, 40, 4_200, 2, 2)
		}
	};
}

/// Weights for `pallet_settlement` on a chain with the database weights of `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	counted_weights!(T::DbWeight::get());
}

/// Weights for tests, with the price of storage accesses of the default database.
impl WeightInfo for () {
	counted_weights!(ParityDbWeight::get());
}
