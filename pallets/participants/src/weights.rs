//! Weights of the calls of `pallet_participants`, of its work in each block and of its transaction extension.
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
	fn apply() -> Weight;
	fn register() -> Weight;
	fn refuse() -> Weight;
	fn expel() -> Weight;
	fn set_black_list() -> Weight;
	fn set_white_list() -> Weight;
	fn restrict_service() -> Weight;
	fn create_group() -> Weight;
	fn declare_group() -> Weight;
	fn confirm_group() -> Weight;
	/// The queue of applications, of which nothing has to be dropped.
	fn on_poll_idle() -> Weight;
	/// One entry of the queue whose application lapses.
	fn on_poll_entry() -> Weight;
	/// The transaction extension `CheckAdmission`, for anything but an application.
	fn check_admission() -> Weight;
	/// The transaction extension `CheckAdmission`, for an application.
	fn check_admission_of_applicant() -> Weight;
}

/// Time in microseconds, size of the proof in bytes, reads and writes as one weight.
fn counted(db: RuntimeDbWeight, micros: u64, proof: u64, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(micros.saturating_mul(WEIGHT_REF_TIME_PER_MICROS), proof)
		.saturating_add(db.reads_writes(reads, writes))
}

macro_rules! counted_weights {
	($db:expr) => {
		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Participants::Applications` (r:1 w:1)
		/// Storage: `Participants::CounterForApplications` (r:1 w:1)
		/// Storage: `Participants::ApplicationQueue` (r:0 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		fn admit() -> Weight {
			counted($db, 30, 17_800, 6, 6)
		}
		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		fn set_roles() -> Weight {
			counted($db, 22, 7_400, 3, 2)
		}
		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		fn suspend() -> Weight {
			counted($db, 20, 7_400, 3, 2)
		}
		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		fn reinstate() -> Weight {
			counted($db, 20, 7_400, 3, 2)
		}
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Participants::Applications` (r:1 w:1)
		/// Storage: `Participants::CounterForApplications` (r:1 w:1)
		/// Storage: `Participants::LatestApplications` (r:1 w:1)
		/// Storage: `Participants::ApplicationQueueEnds` (r:1 w:1)
		/// Storage: `Participants::ApplicationQueue` (r:0 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `System::Account` (r:1 w:1)
		fn apply() -> Weight {
			counted($db, 30, 19_700, 8, 6)
		}
		/// Storage: `Participants::Applications` (r:1 w:1)
		fn register() -> Weight {
			counted($db, 15, 3_600, 1, 1)
		}
		/// Storage: `Participants::Applications` (r:1 w:1)
		/// Storage: `Participants::CounterForApplications` (r:1 w:1)
		/// Storage: `Participants::ApplicationQueue` (r:0 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		fn refuse() -> Weight {
			counted($db, 20, 10_400, 3, 4)
		}
		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		fn expel() -> Weight {
			counted($db, 20, 7_400, 3, 2)
		}
		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		fn set_black_list() -> Weight {
			counted($db, 20, 7_400, 3, 2)
		}
		/// Storage: `Participants::Participants` (r:1 w:1)
		fn set_white_list() -> Weight {
			counted($db, 15, 3_700, 1, 1)
		}
		/// Storage: `Participants::RestrictedServices` (r:1 w:1)
		fn restrict_service() -> Weight {
			counted($db, 12, 1_500, 1, 1)
		}
		/// Storage: `Participants::CounterForGroups` (r:1 w:1)
		/// Storage: `Participants::Groups` (r:1 w:1)
		fn create_group() -> Weight {
			counted($db, 15, 4_100, 2, 2)
		}
		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Participants::Groups` (r:1 w:0)
		fn declare_group() -> Weight {
			counted($db, 16, 6_300, 2, 1)
		}
		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Participants::Groups` (r:2 w:2)
		fn confirm_group() -> Weight {
			counted($db, 20, 8_900, 3, 3)
		}
		/// Storage: `Participants::ApplicationQueueEnds` (r:1 w:1)
		fn on_poll_idle() -> Weight {
			counted($db, 3, 1_500, 1, 1)
		}
		/// Storage: `Participants::ApplicationQueue` (r:1 w:1)
		/// Storage: `Participants::Applications` (r:1 w:1)
		/// Storage: `Participants::CounterForApplications` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `System::Account` (r:1 w:1)
		fn on_poll_entry() -> Weight {
			counted($db, 20, 13_000, 6, 4)
		}
		/// Storage: `Participants::Participants` (r:1 w:0)
		fn check_admission() -> Weight {
			counted($db, 5, 3_700, 1, 0)
		}
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Participants::Applications` (r:1 w:0)
		/// Storage: `Participants::CounterForApplications` (r:1 w:0)
		/// Storage: `Participants::LatestApplications` (r:1 w:0)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		fn check_admission_of_applicant() -> Weight {
			counted($db, 10, 12_900, 5, 0)
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
