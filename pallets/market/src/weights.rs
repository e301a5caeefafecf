//! What the calls of the market cost.
//!
//! The values are not measured yet. Reads and writes are the stored items that a call touches in the worst case, counted by hand and
//! checked in the tests; the time beside them is an estimate. The benchmarks of this pallet replace the file.

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, Weight},
};

/// What the calls of the market cost.
pub trait WeightInfo {
	/// Weight of `create_market`.
	fn create_market() -> Weight;
	/// Weight of `deposit`.
	fn deposit() -> Weight;
	/// Weight of `withdraw`.
	fn withdraw() -> Weight;
	/// Weight of `place_order` that meets `f` makers.
	fn place_order(f: u32) -> Weight;
	/// Weight of `cancel_order`.
	fn cancel_order() -> Weight;
}

/// Estimated time of a call beside its storage accesses, in picoseconds.
const BASE_TIME: u64 = 25_000_000;
/// Estimated time of one fill beside its storage accesses, in picoseconds.
const FILL_TIME: u64 = 12_000_000;

/// Weights for a chain whose storage costs `T::DbWeight`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: the registry's record of the asset (r:1), `Market::Markets` (r:1 w:1).
	fn create_market() -> Weight {
		Weight::from_parts(BASE_TIME, 0).saturating_add(T::DbWeight::get().reads_writes(2, 1))
	}

	/// Storage: the participant (r:1), the registry's record of the asset (r:1), `Market::TradingAccounts` (r:1 w:1), the
	/// asset (r:1 w:1), its accounts and their holds (r:4 w:2), the system accounts of both (r:2 w:2).
	fn deposit() -> Weight {
		Weight::from_parts(BASE_TIME, 0).saturating_add(T::DbWeight::get().reads_writes(10, 6))
	}

	/// Storage: `Market::TradingAccounts` (r:1 w:1), the asset (r:1 w:1), its accounts and their holds (r:4 w:2), the system
	/// accounts of both (r:2 w:2).
	fn withdraw() -> Weight {
		Weight::from_parts(BASE_TIME, 0).saturating_add(T::DbWeight::get().reads_writes(8, 6))
	}

	/// Storage: the participant (r:1), `Market::Markets` (r:1 w:1), `Market::TradingAccounts` (r:1+f w:1+f), `Market::Levels`
	/// and `Market::Pages` (r:3+f w:2+f): each maker may lie on a page of its own; the hint at the oldest page may lead
	/// nowhere, a level of several pages is touched beside the page, and the walk may end at a page where it fills nothing.
	/// The remainder opens a level, or joins one and may fill its page up; the latter only where nobody was met.
	fn place_order(f: u32) -> Weight {
		Weight::from_parts(BASE_TIME, 0)
			.saturating_add(Weight::from_parts(FILL_TIME, 0).saturating_mul(f.into()))
			.saturating_add(T::DbWeight::get().reads_writes(6, 4))
			.saturating_add(T::DbWeight::get().reads_writes(2, 2).saturating_mul(f.into()))
	}

	/// Storage: `Market::TradingAccounts` (r:1 w:1), `Market::Levels` and `Market::Pages` (r:4 w:3); or `Market::Levels` (r:1
	/// w:1) and `Market::Markets` (r:1 w:1), which is less.
	fn cancel_order() -> Weight {
		Weight::from_parts(BASE_TIME, 0).saturating_add(T::DbWeight::get().reads_writes(5, 4))
	}
}

/// Weights for tests, with the usual costs of storage.
impl WeightInfo for () {
	fn create_market() -> Weight {
		Weight::from_parts(BASE_TIME, 0).saturating_add(RocksDbWeight::get().reads_writes(2, 1))
	}

	fn deposit() -> Weight {
		Weight::from_parts(BASE_TIME, 0).saturating_add(RocksDbWeight::get().reads_writes(10, 6))
	}

	fn withdraw() -> Weight {
		Weight::from_parts(BASE_TIME, 0).saturating_add(RocksDbWeight::get().reads_writes(8, 6))
	}

	fn place_order(f: u32) -> Weight {
		Weight::from_parts(BASE_TIME, 0)
			.saturating_add(Weight::from_parts(FILL_TIME, 0).saturating_mul(f.into()))
			.saturating_add(RocksDbWeight::get().reads_writes(6, 4))
			.saturating_add(RocksDbWeight::get().reads_writes(2, 2).saturating_mul(f.into()))
	}

	fn cancel_order() -> Weight {
		Weight::from_parts(BASE_TIME, 0).saturating_add(RocksDbWeight::get().reads_writes(5, 4))
	}
}
