//! Weights of `pallet_market`, measured by `scripts/weights.sh`, which replaces this file: do not edit it.
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

/// What the calls of `pallet_market` cost.
pub trait WeightInfo {
	/// Weight of `create_market`.
	fn create_market() -> Weight;
	/// Weight of `deposit`.
	fn deposit() -> Weight;
	/// Weight of `withdraw`.
	fn withdraw() -> Weight;
	/// Weight of `rest_order`.
	fn rest_order() -> Weight;
	/// Weight of `place_order` with `f` from 1 to 50.
	fn place_order(f: u32) -> Weight;
	/// Weight of `renew_right`.
	fn renew_right() -> Weight;
	/// Weight of `cancel_order`.
	fn cancel_order() -> Weight;
	/// Weight of `force_cancel` with `n` from 1 to 100.
	fn force_cancel(n: u32) -> Weight;
	/// Weight of `force_withdraw`.
	fn force_withdraw() -> Weight;
	/// Weight of `set_params`.
	fn set_params() -> Weight;
	/// Weight of `sweep_idle`.
	fn sweep_idle() -> Weight;
	/// Weight of `sweep_begin`.
	fn sweep_begin() -> Weight;
	/// Weight of `sweep_page` with `o` from 1 to 32.
	fn sweep_page(o: u32) -> Weight;
	/// Weight of `sweep_skip`.
	fn sweep_skip() -> Weight;
	/// Weight of `trading_right_changed`.
	fn trading_right_changed() -> Weight;
	/// Weight of `halt_market`.
	fn halt_market() -> Weight;
	/// Weight of `halt_all_markets` with `m` from 1 to 256.
	fn halt_all_markets(m: u32) -> Weight;
}

macro_rules! measured_weights {
	($db:expr) => {
		/// Storage: `Allowance::Supplies` (r:1 w:0)
		/// Storage: `Market::Markets` (r:1 w:1)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Market::MarketCount` (r:1 w:1)
		fn create_market() -> Weight {
			// Least time: 13_260 ns.
			Weight::from_parts(14_362_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Allowance::Supplies` (r:1 w:0)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		fn deposit() -> Weight {
			// Least time: 116_823 ns.
			Weight::from_parts(122_731_000, 0)
				.saturating_add($db.reads(11))
				.saturating_add($db.writes(8))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		fn withdraw() -> Weight {
			// Least time: 103_734 ns.
			Weight::from_parts(112_146_000, 0)
				.saturating_add($db.reads(10))
				.saturating_add($db.writes(8))
		}

		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::Levels` (r:1 w:1)
		/// Storage: `Market::Pages` (r:0 w:1)
		fn rest_order() -> Weight {
			// Least time: 38_296 ns.
			Weight::from_parts(43_955_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Market::Markets` (r:1 w:1)
		/// Storage: `Market::TradingAccounts` (r:51 w:51)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::Pages` (r:50 w:49)
		/// Storage: `Market::Levels` (r:1 w:2)
		fn place_order(f: u32) -> Weight {
			// Least time: 58_357 ns.
			Weight::from_parts(93_026_612, 0)
				// Standard error: 411_538.
				.saturating_add(Weight::from_parts(17_893_217, 0).saturating_mul(f.into()))
				.saturating_add($db.reads(4))
				.saturating_add($db.reads(2_u64.saturating_mul(f.into())))
				.saturating_add($db.writes(3))
				.saturating_add($db.writes(2_u64.saturating_mul(f.into())))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		fn renew_right() -> Weight {
			// Least time: 5_899 ns.
			Weight::from_parts(6_510_000, 0)
				.saturating_add($db.reads(1))
		}

		/// Storage: `Market::Levels` (r:1 w:0)
		/// Storage: `Market::Pages` (r:3 w:3)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:1 w:0)
		fn cancel_order() -> Weight {
			// Least time: 54_480 ns.
			Weight::from_parts(59_208_000, 0)
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(4))
		}

		/// Storage: `Market::Levels` (r:100 w:0)
		/// Storage: `Market::Pages` (r:300 w:300)
		/// Storage: `Market::TradingAccounts` (r:100 w:100)
		fn force_cancel(n: u32) -> Weight {
			// Least time: 42_113 ns.
			Weight::from_parts(43_144_000, 0)
				// Standard error: 433_742.
				.saturating_add(Weight::from_parts(39_766_007, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(5_u64.saturating_mul(n.into())))
				.saturating_add($db.writes(4_u64.saturating_mul(n.into())))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		fn force_withdraw() -> Weight {
			// Least time: 95_772 ns.
			Weight::from_parts(101_851_000, 0)
				.saturating_add($db.reads(9))
				.saturating_add($db.writes(8))
		}

		/// Storage: `Market::Markets` (r:1 w:1)
		fn set_params() -> Weight {
			// Least time: 15_893 ns.
			Weight::from_parts(22_664_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Market::Sweep` (r:1 w:0)
		fn sweep_idle() -> Weight {
			// Least time: 2_453 ns.
			Weight::from_parts(2_794_000, 0)
				.saturating_add($db.reads(1))
		}

		/// Storage: `Market::Sweep` (r:1 w:1)
		fn sweep_begin() -> Weight {
			// Least time: 5_588 ns.
			Weight::from_parts(6_139_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Market::Levels` (r:1 w:0)
		/// Storage: `Market::Pages` (r:3 w:3)
		/// Storage: `Market::TradingAccounts` (r:32 w:32)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn sweep_page(o: u32) -> Weight {
			// Least time: 46_799 ns.
			Weight::from_parts(32_350_042, 0)
				// Standard error: 156_407.
				.saturating_add(Weight::from_parts(10_966_209, 0).saturating_mul(o.into()))
				.saturating_add($db.reads(5))
				.saturating_add($db.reads(1_u64.saturating_mul(o.into())))
				.saturating_add($db.writes(3))
				.saturating_add($db.writes(1_u64.saturating_mul(o.into())))
		}

		/// Storage: `Market::Levels` (r:1 w:0)
		/// Storage: `Market::Pages` (r:2 w:0)
		fn sweep_skip() -> Weight {
			// Least time: 26_920 ns.
			Weight::from_parts(36_795_000, 0)
				.saturating_add($db.reads(3))
		}

		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::Sweep` (r:1 w:1)
		fn trading_right_changed() -> Weight {
			// Least time: 16_374 ns.
			Weight::from_parts(18_498_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Market::Markets` (r:1 w:1)
		fn halt_market() -> Weight {
			// Least time: 10_946 ns.
			Weight::from_parts(11_597_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Market::Markets` (r:257 w:256)
		fn halt_all_markets(m: u32) -> Weight {
			// Least time: 16_254 ns.
			Weight::from_parts(16_654_000, 0)
				// Standard error: 9_418.
				.saturating_add(Weight::from_parts(10_141_292, 0).saturating_mul(m.into()))
				.saturating_add($db.reads(1))
				.saturating_add($db.reads(1_u64.saturating_mul(m.into())))
				.saturating_add($db.writes(1_u64.saturating_mul(m.into())))
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
