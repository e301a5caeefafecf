//! Weights of `pallet-allowance`.
//!
//! Not measured yet: each weight is the number of storage items that the call reads and writes, counted from the code in
//! its worst case, plus an estimate of its computing time. The benchmarks of `benchmarking.rs` replace this file by
//! measured values once they have been run in the wasm runtime.

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::WEIGHT_REF_TIME_PER_MICROS, RuntimeDbWeight, Weight},
};

/// Weights of the calls and of the closing.
pub trait WeightInfo {
	/// Weight of `open_period`.
	fn open_period() -> Weight;
	/// Weight of `enrol` with `n` entities.
	fn enrol(n: u32) -> Weight;
	/// Weight of `exclude` with `n` entities.
	fn exclude(n: u32) -> Weight;
	/// Weight of `allocate` with `n` entries.
	fn allocate(n: u32) -> Weight;
	/// Weight of `issue_for_sale`.
	fn issue_for_sale() -> Weight;
	/// Weight of `report_emissions`.
	fn report_emissions() -> Weight;
	/// Weight of `verify_report`.
	fn verify_report() -> Weight;
	/// Weight of `confirm_reports` with `n` entries.
	fn confirm_reports(n: u32) -> Weight;
	/// Weight of `surrender`.
	fn surrender() -> Weight;
	/// Weight of `cancel`.
	fn cancel() -> Weight;
	/// Weight of `close_period`.
	fn close_period() -> Weight;
	/// Weight of `force_transfer`.
	fn force_transfer() -> Weight;
	/// Weight of looking for a closing period in a block that has none.
	fn on_poll_idle() -> Weight;
	/// Weight of loading and storing the closing period and its cursor.
	fn on_poll_closing() -> Weight;
	/// Weight of loading one page of the closing period's entities.
	fn assess_page() -> Weight;
	/// Weight of assessing one entity.
	fn assess_entity() -> Weight;
}

/// Time in microseconds, size of the proof in bytes, reads and writes as one weight.
fn counted(db: RuntimeDbWeight, micros: u64, proof: u64, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(micros.saturating_mul(WEIGHT_REF_TIME_PER_MICROS), proof)
		.saturating_add(db.reads_writes(reads, writes))
}

/// Bytes of proof for one small item in a state trie of a million entries.
const PROOF_PER_ITEM: u64 = 1_200;

macro_rules! counted_weights {
	($db:expr) => {
		fn open_period() -> Weight {
			counted($db, 40, 6 * PROOF_PER_ITEM, 6, 6)
		}
		fn enrol(n: u32) -> Weight {
			let n = u64::from(n);
			counted(
				$db,
				15 + 12 * n,
				(2 + 2 * n) * PROOF_PER_ITEM,
				2 + 2 * n,
				2 + n,
			)
		}
		fn exclude(n: u32) -> Weight {
			let n = u64::from(n);
			counted($db, 10 + 8 * n, (1 + n) * PROOF_PER_ITEM, 1 + n, n)
		}
		fn allocate(n: u32) -> Weight {
			let n = u64::from(n);
			counted(
				$db,
				15 + 35 * n,
				(3 + 4 * n) * PROOF_PER_ITEM,
				3 + 4 * n,
				2 + 3 * n,
			)
		}
		fn issue_for_sale() -> Weight {
			counted($db, 45, 6 * PROOF_PER_ITEM, 6, 4)
		}
		fn report_emissions() -> Weight {
			counted($db, 22, 3 * PROOF_PER_ITEM, 3, 1)
		}
		// Beside the period, the obligation and the verifier's record: the groups of both and the time.
		fn verify_report() -> Weight {
			counted($db, 28, 6 * PROOF_PER_ITEM, 6, 1)
		}
		fn confirm_reports(n: u32) -> Weight {
			let n = u64::from(n);
			counted($db, 10 + 8 * n, (1 + n) * PROOF_PER_ITEM, 1 + n, n)
		}
		// The worst case gives all allowances up: the ledger then removes the account and what it notes of holds. The halt of
		// the vintage and the time are read besides.
		fn surrender() -> Weight {
			counted($db, 63, 12 * PROOF_PER_ITEM, 12, 9)
		}
		fn cancel() -> Weight {
			counted($db, 58, 10 * PROOF_PER_ITEM, 10, 8)
		}
		// The worst case moves all allowances to an account that had none of the vintage: the supply, the participant, the
		// asset, its accounts, the holds of the one that closes, the system accounts of both.
		fn force_transfer() -> Weight {
			counted($db, 50, 9 * PROOF_PER_ITEM, 9, 7)
		}
		fn close_period() -> Weight {
			counted($db, 20, 3 * PROOF_PER_ITEM, 3, 2)
		}
		fn on_poll_idle() -> Weight {
			counted($db, 2, PROOF_PER_ITEM, 1, 0)
		}
		fn on_poll_closing() -> Weight {
			counted($db, 8, PROOF_PER_ITEM, 1, 2)
		}
		fn assess_page() -> Weight {
			counted($db, 10, 4 * PROOF_PER_ITEM, 1, 0)
		}
		fn assess_entity() -> Weight {
			counted($db, 18, 2 * PROOF_PER_ITEM, 2, 2)
		}
	};
}

/// Weights with the chain's own price of storage accesses.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	counted_weights!(T::DbWeight::get());
}

/// Weights for tests, with the price of storage accesses of the default database.
impl WeightInfo for () {
	counted_weights!(frame_support::weights::constants::ParityDbWeight::get());
}
