//! What the calls of the market cost.
//!
//! The values are not measured yet. Reads and writes are the stored items that a call touches in the worst case, counted by hand;
//! the tests count them at the state backend and compare. The time beside them is an estimate. The size of a proof is left at zero:
//! this is no parachain, so nobody carries proofs of its state. The benchmarks of this pallet replace the file.

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{
		constants::{ParityDbWeight, WEIGHT_REF_TIME_PER_MICROS},
		RuntimeDbWeight, Weight,
	},
};

/// What the calls of the market cost.
pub trait WeightInfo {
	/// Weight of `create_market`.
	fn create_market() -> Weight;
	/// Weight of `deposit`.
	fn deposit() -> Weight;
	/// Weight of `withdraw`.
	fn withdraw() -> Weight;
	/// Weight of `place_order` that meets `f` orders, of a participant whose right to trade is known.
	fn place_order(f: u32) -> Weight;
	/// Weight of asking whether a participant may trade.
	fn renew_right() -> Weight;
	/// Weight of `cancel_order`.
	fn cancel_order() -> Weight;
	/// Weight of `force_cancel` of `n` orders.
	fn force_cancel(n: u32) -> Weight;
	/// Weight of `force_withdraw`.
	fn force_withdraw() -> Weight;
	/// Weight of `set_params`.
	fn set_params() -> Weight;
	/// Weight of looking whether there is a sweep to go on with.
	fn sweep_idle() -> Weight;
	/// Weight of loading and storing the sweep.
	fn sweep_begin() -> Weight;
	/// Weight of sweeping a page from which `o` orders leave.
	fn sweep_page(o: u32) -> Weight;
}

/// Time in microseconds, reads and writes as one weight.
fn counted(db: RuntimeDbWeight, micros: u64, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(micros.saturating_mul(WEIGHT_REF_TIME_PER_MICROS), 0)
		.saturating_add(db.reads_writes(reads, writes))
}

macro_rules! counted_weights {
	($db:expr) => {
		/// Storage: the registry's record of the asset (r:1), its halts (r:2), the time (r:1), `Market::Markets` (r:1 w:1),
		/// `Market::MarketCount` (r:1 w:1).
		fn create_market() -> Weight {
			counted($db, 30, 6, 2)
		}

		/// Storage: the participant (r:1), the time (r:1), the registry's record of the asset (r:1), its halt (r:1),
		/// `Market::TradingAccounts` (r:1 w:1), the asset (r:1 w:1), its accounts (r:2 w:2), the holds of the one that closes
		/// (r:2 w:2), the system accounts of both (r:2 w:2).
		fn deposit() -> Weight {
			counted($db, 28, 12, 8)
		}

		/// Storage: the halt of the asset (r:1), the time (r:1), `Market::TradingAccounts` (r:1 w:1), the asset (r:1 w:1), its
		/// accounts (r:2 w:2), the holds of the one that closes (r:2 w:2), the system accounts of both (r:2 w:2).
		fn withdraw() -> Weight {
			counted($db, 27, 10, 8)
		}

		/// Storage: the time (r:1), `Market::Markets` (r:1 w:1), `Market::TradingAccounts` (r:1+f w:1+f), `Market::Levels` and
		/// `Market::Pages` (r:3+f w:2+f): each order may lie on a page of its own; the hint at the oldest page may lead nowhere, a
		/// level of several pages is touched beside the page, and the walk may end at a page where it meets nobody. The remainder
		/// opens a level, or joins one and may fill its page up; the latter only where nobody was met.
		fn place_order(f: u32) -> Weight {
			let f = u64::from(f);
			counted($db, 25 + 12 * f, 6 + 2 * f, 4 + 2 * f)
		}

		/// Storage: the participant (r:1), the time (r:1).
		fn renew_right() -> Weight {
			counted($db, 5, 2, 0)
		}

		/// Storage: the participant that cancels the order of another one (r:1), the time (r:1), `Market::TradingAccounts` (r:1
		/// w:1), `Market::Levels` and `Market::Pages` (r:4 w:3); or `Market::Levels` (r:1 w:1) and `Market::Markets` (r:1 w:1),
		/// which is less.
		fn cancel_order() -> Weight {
			counted($db, 28, 7, 4)
		}

		/// Storage, for each order: `Market::TradingAccounts` (r:1 w:1), `Market::Levels` and `Market::Pages` (r:4 w:3).
		fn force_cancel(n: u32) -> Weight {
			let n = u64::from(n);
			counted($db, 10 + 22 * n, 5 * n, 4 * n)
		}

		/// Storage: `Market::TradingAccounts` (r:1 w:1), the asset (r:1 w:1), its accounts (r:2 w:2), the holds of the one that
		/// closes (r:2 w:2), the system accounts of both (r:2 w:2).
		fn force_withdraw() -> Weight {
			counted($db, 25, 8, 8)
		}

		/// Storage: `Market::Markets` (r:1 w:1).
		fn set_params() -> Weight {
			counted($db, 15, 1, 1)
		}

		/// Storage: `Market::Sweep` (r:1).
		fn sweep_idle() -> Weight {
			counted($db, 2, 1, 0)
		}

		/// Storage: `Market::Sweep` (r:1 w:1).
		fn sweep_begin() -> Weight {
			counted($db, 12, 1, 1)
		}

		/// Storage: the time (r:1), `Market::Levels` and `Market::Pages` (r:4 w:3), `Market::TradingAccounts` (r:32 w:o): each order
		/// of the page may have an owner of its own; or the page is the only one of its level, which goes away with it:
		/// `Market::Levels` (r:1 w:1) and `Market::Markets` (r:1 w:1), which is less.
		fn sweep_page(o: u32) -> Weight {
			let o = u64::from(o);
			counted($db, 60 + 10 * o, 5 + u64::from(crate::PAGE_SLOTS), 3 + o)
		}
	};
}

/// Weights for a chain whose storage costs `T::DbWeight`.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	counted_weights!(T::DbWeight::get());
}

/// Weights for tests, with the price of storage accesses of the default database.
impl WeightInfo for () {
	counted_weights!(ParityDbWeight::get());
}
