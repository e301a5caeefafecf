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
	/// Weight of `collect_fees`.
	fn collect_fees() -> Weight;
	/// Weight of `check_holding` with `m` from 0 to 63.
	fn check_holding(m: u32) -> Weight;
	/// Weight of `average_price` with `b` from 1 to 1000.
	fn average_price(b: u32) -> Weight;
	/// Weight of `note_expiry`.
	fn note_expiry() -> Weight;
	/// Weight of `replace_order`.
	fn replace_order() -> Weight;
	/// Weight of `cancel_all`.
	fn cancel_all() -> Weight;
	/// Weight of `batch` with `c` from 0 to 50, `o` from 0 to 50.
	fn batch(c: u32, o: u32) -> Weight;
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
	/// Weight of `set_calendar`.
	fn set_calendar() -> Weight;
	/// Weight of `poll_idle`.
	fn poll_idle() -> Weight;
	/// Weight of `advance_market`.
	fn advance_market() -> Weight;
	/// Weight of `auction_search` with `o` from 1 to 256.
	fn auction_search(o: u32) -> Weight;
	/// Weight of `auction_settle` with `o` from 2 to 256.
	fn auction_settle(o: u32) -> Weight;
}

macro_rules! measured_weights {
	($db:expr) => {
		/// Storage: `Allowance::Supplies` (r:1 w:0)
		/// Storage: `Market::Markets` (r:1 w:1)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Market::MarketCount` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::Timetable` (r:1 w:1)
		/// Storage: `Market::Schedules` (r:0 w:1)
		/// Storage: `Market::NextDue` (r:0 w:1)
		fn create_market() -> Weight {
			// Least time: 28_973 ns.
			Weight::from_parts(31_477_000, 0)
				.saturating_add($db.reads(6))
				.saturating_add($db.writes(5))
		}

		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allowance::Supplies` (r:1 w:0)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		fn deposit() -> Weight {
			// Least time: 121_500 ns.
			Weight::from_parts(125_486_000, 0)
				.saturating_add($db.reads(11))
				.saturating_add($db.writes(8))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		fn withdraw() -> Weight {
			// Least time: 112_867 ns.
			Weight::from_parts(121_970_000, 0)
				.saturating_add($db.reads(11))
				.saturating_add($db.writes(8))
		}

		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::Levels` (r:1 w:1)
		/// Storage: `Market::Pages` (r:0 w:1)
		fn rest_order() -> Weight {
			// Least time: 44_676 ns.
			Weight::from_parts(51_697_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Market::Markets` (r:1 w:1)
		/// Storage: `Market::TradingAccounts` (r:51 w:51)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::Pages` (r:50 w:49)
		/// Storage: `Market::Levels` (r:1 w:2)
		fn place_order(f: u32) -> Weight {
			// Least time: 70_184 ns.
			Weight::from_parts(67_473_546, 0)
				// Standard error: 285_246.
				.saturating_add(Weight::from_parts(20_765_714, 0).saturating_mul(f.into()))
				.saturating_add($db.reads(4))
				.saturating_add($db.reads(2_u64.saturating_mul(f.into())))
				.saturating_add($db.writes(3))
				.saturating_add($db.writes(2_u64.saturating_mul(f.into())))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		fn renew_right() -> Weight {
			// Least time: 8_483 ns.
			Weight::from_parts(9_234_000, 0)
				.saturating_add($db.reads(1))
		}

		/// Storage: `Market::Levels` (r:1 w:0)
		/// Storage: `Market::Pages` (r:3 w:3)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:1 w:0)
		fn cancel_order() -> Weight {
			// Least time: 59_278 ns.
			Weight::from_parts(64_825_000, 0)
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(4))
		}

		/// Storage: `Market::Levels` (r:100 w:0)
		/// Storage: `Market::Pages` (r:300 w:300)
		/// Storage: `Market::TradingAccounts` (r:100 w:100)
		fn force_cancel(n: u32) -> Weight {
			// Least time: 45_247 ns.
			Weight::from_parts(49_813_000, 0)
				// Standard error: 127_792.
				.saturating_add(Weight::from_parts(37_896_878, 0).saturating_mul(n.into()))
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
			// Least time: 97_304 ns.
			Weight::from_parts(101_110_000, 0)
				.saturating_add($db.reads(9))
				.saturating_add($db.writes(8))
		}

		/// Storage: `Market::Markets` (r:1 w:1)
		fn set_params() -> Weight {
			// Least time: 15_513 ns.
			Weight::from_parts(19_449_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Market::Markets` (r:1 w:1)
		/// Storage: `System::Account` (r:2 w:2)
		fn collect_fees() -> Weight {
			// Least time: 68_090 ns.
			Weight::from_parts(71_365_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Allowance::Obligations` (r:64 w:0)
		/// Storage: `Assets::Account` (r:64 w:0)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:64 w:0)
		/// Storage: `Participants::GroupMembers` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:63 w:0)
		fn check_holding(m: u32) -> Weight {
			// Least time: 23_284 ns.
			Weight::from_parts(34_927_220, 0)
				// Standard error: 74_264.
				.saturating_add(Weight::from_parts(15_855_533, 0).saturating_mul(m.into()))
				.saturating_add($db.reads(4))
				.saturating_add($db.reads(4_u64.saturating_mul(m.into())))
		}

		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Market::Schedules` (r:1 w:0)
		/// Storage: `Market::Bars` (r:1000 w:0)
		fn average_price(b: u32) -> Weight {
			// Least time: 16_504 ns.
			Weight::from_parts(16_975_000, 0)
				// Standard error: 7_221.
				.saturating_add(Weight::from_parts(3_870_269, 0).saturating_mul(b.into()))
				.saturating_add($db.reads(2))
				.saturating_add($db.reads(1_u64.saturating_mul(b.into())))
		}

		/// Storage: `Market::NextExpiry` (r:1 w:1)
		fn note_expiry() -> Weight {
			// Least time: 3_595 ns.
			Weight::from_parts(4_056_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Market::Levels` (r:2 w:1)
		/// Storage: `Market::Pages` (r:3 w:4)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn replace_order() -> Weight {
			// Least time: 79_217 ns.
			Weight::from_parts(88_641_000, 0)
				.saturating_add($db.reads(8))
				.saturating_add($db.writes(6))
		}

		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Market::Sweep` (r:1 w:1)
		fn cancel_all() -> Weight {
			// Least time: 24_586 ns.
			Weight::from_parts(29_113_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Market::Levels` (r:100 w:50)
		/// Storage: `Market::Pages` (r:150 w:200)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn batch(c: u32, o: u32) -> Weight {
			// Least time: 714_798 ns.
			Weight::from_parts(720_998_000, 0)
				// Standard error: 630_439.
				.saturating_add(Weight::from_parts(21_890_226, 0).saturating_mul(c.into()))
				// Standard error: 630_439.
				.saturating_add(Weight::from_parts(5_255_737, 0).saturating_mul(o.into()))
				.saturating_add($db.reads(3))
				.saturating_add($db.reads(4_u64.saturating_mul(c.into())))
				.saturating_add($db.reads(1_u64.saturating_mul(o.into())))
				.saturating_add($db.writes(1))
				.saturating_add($db.writes(3_u64.saturating_mul(c.into())))
				.saturating_add($db.writes(2_u64.saturating_mul(o.into())))
		}

		/// Storage: `Market::Auction` (r:1 w:0)
		/// Storage: `Market::Sweep` (r:1 w:0)
		/// Storage: `Market::NextExpiry` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn sweep_idle() -> Weight {
			// Least time: 5_658 ns.
			Weight::from_parts(6_330_000, 0)
				.saturating_add($db.reads(4))
		}

		/// Storage: `Market::Sweep` (r:1 w:1)
		/// Storage: `Market::NextExpiry` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn sweep_begin() -> Weight {
			// Least time: 9_003 ns.
			Weight::from_parts(9_925_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Market::Levels` (r:1 w:0)
		/// Storage: `Market::Pages` (r:3 w:3)
		/// Storage: `Market::TradingAccounts` (r:32 w:32)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn sweep_page(o: u32) -> Weight {
			// Least time: 55_532 ns.
			Weight::from_parts(24_551_802, 0)
				// Standard error: 338_949.
				.saturating_add(Weight::from_parts(15_233_307, 0).saturating_mul(o.into()))
				.saturating_add($db.reads(5))
				.saturating_add($db.reads(1_u64.saturating_mul(o.into())))
				.saturating_add($db.writes(3))
				.saturating_add($db.writes(1_u64.saturating_mul(o.into())))
		}

		/// Storage: `Market::Levels` (r:1 w:0)
		/// Storage: `Market::Pages` (r:2 w:0)
		fn sweep_skip() -> Weight {
			// Least time: 33_960 ns.
			Weight::from_parts(55_182_000, 0)
				.saturating_add($db.reads(3))
		}

		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::Sweep` (r:1 w:1)
		fn trading_right_changed() -> Weight {
			// Least time: 18_958 ns.
			Weight::from_parts(21_713_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Market::Markets` (r:1 w:1)
		fn halt_market() -> Weight {
			// Least time: 12_228 ns.
			Weight::from_parts(13_069_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Market::Markets` (r:257 w:256)
		fn halt_all_markets(m: u32) -> Weight {
			// Least time: 17_486 ns.
			Weight::from_parts(18_107_000, 0)
				// Standard error: 11_231.
				.saturating_add(Weight::from_parts(11_551_692, 0).saturating_mul(m.into()))
				.saturating_add($db.reads(1))
				.saturating_add($db.reads(1_u64.saturating_mul(m.into())))
				.saturating_add($db.writes(1_u64.saturating_mul(m.into())))
		}

		/// Storage: `Market::Schedules` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::Timetable` (r:1 w:1)
		/// Storage: `Market::NextDue` (r:0 w:1)
		fn set_calendar() -> Weight {
			// Least time: 19_018 ns.
			Weight::from_parts(21_883_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::NextDue` (r:1 w:0)
		fn poll_idle() -> Weight {
			// Least time: 4_857 ns.
			Weight::from_parts(5_489_000, 0)
				.saturating_add($db.reads(2))
		}

		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::NextDue` (r:1 w:1)
		/// Storage: `Market::Auction` (r:1 w:1)
		/// Storage: `Market::Markets` (r:1 w:1)
		/// Storage: `Market::Schedules` (r:1 w:1)
		/// Storage: `Market::Timetable` (r:1 w:1)
		/// Storage: `Market::Bars` (r:0 w:1)
		fn advance_market() -> Weight {
			// Least time: 40_591 ns.
			Weight::from_parts(45_998_000, 0)
				.saturating_add($db.reads(6))
				.saturating_add($db.writes(6))
		}

		/// Storage: `Market::Levels` (r:8 w:8)
		/// Storage: `Market::TradingAccounts` (r:256 w:256)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn auction_search(o: u32) -> Weight {
			// Least time: 26_419 ns.
			Weight::from_parts(44_748_985, 0)
				// Standard error: 25_423.
				.saturating_add(Weight::from_parts(11_047_662, 0).saturating_mul(o.into()))
				.saturating_add($db.reads(8))
				.saturating_add($db.reads(1_u64.saturating_mul(o.into())))
				.saturating_add($db.writes(7))
				.saturating_add($db.writes(1_u64.saturating_mul(o.into())))
		}

		/// Storage: `Market::Levels` (r:8 w:8)
		/// Storage: `Market::TradingAccounts` (r:255 w:255)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn auction_settle(o: u32) -> Weight {
			// Least time: 46_118 ns.
			Weight::from_parts(78_307_552, 0)
				// Standard error: 127_692.
				.saturating_add(Weight::from_parts(17_459_972, 0).saturating_mul(o.into()))
				.saturating_add($db.reads(8))
				.saturating_add($db.reads(1_u64.saturating_mul(o.into())))
				.saturating_add($db.writes(7))
				.saturating_add($db.writes(1_u64.saturating_mul(o.into())))
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
