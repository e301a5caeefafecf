//! Weights of `pallet_settlement`, measured by `scripts/weights.sh`, which replaces this file: do not edit it.
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

/// What the calls of `pallet_settlement` cost.
pub trait WeightInfo {
	/// Weight of `mint`.
	fn mint() -> Weight;
	/// Weight of `request_redemption`.
	fn request_redemption() -> Weight;
	/// Weight of `withdraw_redemption`.
	fn withdraw_redemption() -> Weight;
	/// Weight of `redeem`.
	fn redeem() -> Weight;
	/// Weight of `force_transfer`.
	fn force_transfer() -> Weight;
	/// Weight of `force_release`.
	fn force_release() -> Weight;
}

macro_rules! measured_weights {
	($db:expr) => {
		/// Storage: `Participants::Participants` (r:2 w:0)
		/// Storage: `Settlement::Receipts` (r:1 w:1)
		/// Storage: `Settlement::Issuance` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		fn mint() -> Weight {
			// Least time: 46_438 ns.
			Weight::from_parts(76_253_000, 0)
				.saturating_add($db.reads(5))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `Balances::Holds` (r:1 w:1)
		fn request_redemption() -> Weight {
			// Least time: 59_388 ns.
			Weight::from_parts(62_001_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Balances::Holds` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		fn withdraw_redemption() -> Weight {
			// Least time: 53_639 ns.
			Weight::from_parts(56_093_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Participants::Participants` (r:2 w:0)
		/// Storage: `Balances::Holds` (r:1 w:1)
		/// Storage: `Settlement::Receipts` (r:1 w:1)
		/// Storage: `Settlement::Issuance` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		fn redeem() -> Weight {
			// Least time: 53_439 ns.
			Weight::from_parts(56_114_000, 0)
				.saturating_add($db.reads(6))
				.saturating_add($db.writes(4))
		}

		/// Storage: `Participants::Participants` (r:2 w:0)
		/// Storage: `System::Account` (r:2 w:2)
		fn force_transfer() -> Weight {
			// Least time: 60_760 ns.
			Weight::from_parts(64_245_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Balances::Holds` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		fn force_release() -> Weight {
			// Least time: 50_004 ns.
			Weight::from_parts(54_030_000, 0)
				.saturating_add($db.reads(3))
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
