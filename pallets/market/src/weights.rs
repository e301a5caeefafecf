//! Weights of `pallet_market`, measured by `scripts/weights.sh`, which replaces this file: do not edit it.
//!
//! Measured in the wasm of the runtime on 2 virtual cores (AMD EPYC),
//! 20 steps per component, 20 repeats per step, on 2026-11-22.
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
	/// Weight of `trading_limits_changed`.
	fn trading_limits_changed() -> Weight;
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
			// Least time: 29_353 ns.
			Weight::from_parts(32_367_000, 0)
				.saturating_add($db.reads(6))
				.saturating_add($db.writes(5))
		}

		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Credit::Levels` (r:1 w:0)
		/// Storage: `Credit::Accounts` (r:1 w:0)
		/// Storage: `Penalties::Debts` (r:1 w:0)
		/// Storage: `Allowance::Supplies` (r:1 w:0)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Assets::Asset` (r:1 w:1)
		/// Storage: `Assets::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:1)
		/// Storage: `System::Account` (r:2 w:2)
		/// Storage: `AssetsHolder::Holds` (r:1 w:1)
		fn deposit() -> Weight {
			// Least time: 131_665 ns.
			Weight::from_parts(143_172_000, 0)
				.saturating_add($db.reads(14))
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
			// Least time: 115_011 ns.
			Weight::from_parts(128_490_000, 0)
				.saturating_add($db.reads(11))
				.saturating_add($db.writes(8))
		}

		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::Levels` (r:1 w:1)
		/// Storage: `Market::Pages` (r:0 w:1)
		fn rest_order() -> Weight {
			// Least time: 45_657 ns.
			Weight::from_parts(55_472_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Market::Markets` (r:1 w:1)
		/// Storage: `Market::TradingAccounts` (r:51 w:51)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::Pages` (r:50 w:49)
		/// Storage: `Market::Levels` (r:1 w:2)
		fn place_order(f: u32) -> Weight {
			// Least time: 63_184 ns.
			Weight::from_parts(70_878_714, 0)
				// Standard error: 175_266.
				.saturating_add(Weight::from_parts(20_692_447, 0).saturating_mul(f.into()))
				.saturating_add($db.reads(4))
				.saturating_add($db.reads(2_u64.saturating_mul(f.into())))
				.saturating_add($db.writes(3))
				.saturating_add($db.writes(2_u64.saturating_mul(f.into())))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Credit::Levels` (r:1 w:0)
		/// Storage: `Credit::Accounts` (r:1 w:0)
		/// Storage: `Penalties::Debts` (r:1 w:0)
		fn renew_right() -> Weight {
			// Least time: 15_333 ns.
			Weight::from_parts(16_514_000, 0)
				.saturating_add($db.reads(4))
		}

		/// Storage: `Market::Levels` (r:1 w:0)
		/// Storage: `Market::Pages` (r:3 w:3)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:1 w:0)
		fn cancel_order() -> Weight {
			// Least time: 60_600 ns.
			Weight::from_parts(69_673_000, 0)
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(4))
		}

		/// Storage: `Market::Levels` (r:100 w:0)
		/// Storage: `Market::Pages` (r:300 w:300)
		/// Storage: `Market::TradingAccounts` (r:100 w:100)
		fn force_cancel(n: u32) -> Weight {
			// Least time: 49_203 ns.
			Weight::from_parts(49_774_000, 0)
				// Standard error: 188_700.
				.saturating_add(Weight::from_parts(39_954_513, 0).saturating_mul(n.into()))
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
			// Least time: 97_755 ns.
			Weight::from_parts(109_352_000, 0)
				.saturating_add($db.reads(9))
				.saturating_add($db.writes(8))
		}

		/// Storage: `Market::Markets` (r:1 w:1)
		fn set_params() -> Weight {
			// Least time: 16_304 ns.
			Weight::from_parts(20_330_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Market::Markets` (r:1 w:1)
		/// Storage: `System::Account` (r:2 w:2)
		fn collect_fees() -> Weight {
			// Least time: 68_782 ns.
			Weight::from_parts(73_129_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Allowance::Obligations` (r:64 w:0)
		/// Storage: `Assets::Account` (r:64 w:0)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:64 w:0)
		/// Storage: `Participants::GroupMembers` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:63 w:0)
		fn check_holding(m: u32) -> Weight {
			// Least time: 24_406 ns.
			Weight::from_parts(24_634_754, 0)
				// Standard error: 55_018.
				.saturating_add(Weight::from_parts(15_834_508, 0).saturating_mul(m.into()))
				.saturating_add($db.reads(4))
				.saturating_add($db.reads(4_u64.saturating_mul(m.into())))
		}

		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Market::Schedules` (r:1 w:0)
		/// Storage: `Market::Bars` (r:1000 w:0)
		fn average_price(b: u32) -> Weight {
			// Least time: 16_645 ns.
			Weight::from_parts(17_015_000, 0)
				// Standard error: 8_761.
				.saturating_add(Weight::from_parts(3_759_938, 0).saturating_mul(b.into()))
				.saturating_add($db.reads(2))
				.saturating_add($db.reads(1_u64.saturating_mul(b.into())))
		}

		/// Storage: `Market::NextExpiry` (r:1 w:1)
		fn note_expiry() -> Weight {
			// Least time: 3_635 ns.
			Weight::from_parts(4_046_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Market::Levels` (r:2 w:1)
		/// Storage: `Market::Pages` (r:3 w:4)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn replace_order() -> Weight {
			// Least time: 79_978 ns.
			Weight::from_parts(92_927_000, 0)
				.saturating_add($db.reads(8))
				.saturating_add($db.writes(6))
		}

		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Market::Sweep` (r:1 w:1)
		fn cancel_all() -> Weight {
			// Least time: 25_518 ns.
			Weight::from_parts(29_874_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Market::Levels` (r:100 w:50)
		/// Storage: `Market::Pages` (r:150 w:200)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn batch(c: u32, o: u32) -> Weight {
			// Least time: 712_705 ns.
			Weight::from_parts(10_312_999, 0)
				// Standard error: 272_581.
				.saturating_add(Weight::from_parts(27_455_163, 0).saturating_mul(c.into()))
				// Standard error: 272_581.
				.saturating_add(Weight::from_parts(15_115_204, 0).saturating_mul(o.into()))
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
			// Least time: 5_679 ns.
			Weight::from_parts(6_259_000, 0)
				.saturating_add($db.reads(4))
		}

		/// Storage: `Market::Sweep` (r:1 w:1)
		/// Storage: `Market::NextExpiry` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn sweep_begin() -> Weight {
			// Least time: 9_193 ns.
			Weight::from_parts(10_115_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Market::Levels` (r:1 w:0)
		/// Storage: `Market::Pages` (r:3 w:3)
		/// Storage: `Market::TradingAccounts` (r:32 w:32)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn sweep_page(o: u32) -> Weight {
			// Least time: 53_048 ns.
			Weight::from_parts(36_089_066, 0)
				// Standard error: 122_497.
				.saturating_add(Weight::from_parts(13_156_790, 0).saturating_mul(o.into()))
				.saturating_add($db.reads(5))
				.saturating_add($db.reads(1_u64.saturating_mul(o.into())))
				.saturating_add($db.writes(3))
				.saturating_add($db.writes(1_u64.saturating_mul(o.into())))
		}

		/// Storage: `Market::Levels` (r:1 w:0)
		/// Storage: `Market::Pages` (r:2 w:0)
		fn sweep_skip() -> Weight {
			// Least time: 28_453 ns.
			Weight::from_parts(44_907_000, 0)
				.saturating_add($db.reads(3))
		}

		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::Sweep` (r:1 w:1)
		fn trading_right_changed() -> Weight {
			// Least time: 19_449 ns.
			Weight::from_parts(22_514_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `Credit::Levels` (r:1 w:0)
		/// Storage: `Credit::Accounts` (r:1 w:0)
		/// Storage: `Penalties::Debts` (r:1 w:0)
		fn trading_limits_changed() -> Weight {
			// Least time: 17_186 ns.
			Weight::from_parts(19_799_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Market::Markets` (r:1 w:1)
		fn halt_market() -> Weight {
			// Least time: 12_419 ns.
			Weight::from_parts(13_620_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Market::Markets` (r:257 w:256)
		fn halt_all_markets(m: u32) -> Weight {
			// Least time: 17_876 ns.
			Weight::from_parts(42_392_329, 0)
				// Standard error: 86_941.
				.saturating_add(Weight::from_parts(11_912_660, 0).saturating_mul(m.into()))
				.saturating_add($db.reads(1))
				.saturating_add($db.reads(1_u64.saturating_mul(m.into())))
				.saturating_add($db.writes(1_u64.saturating_mul(m.into())))
		}

		/// Storage: `Market::Schedules` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::Timetable` (r:1 w:1)
		/// Storage: `Market::NextDue` (r:0 w:1)
		fn set_calendar() -> Weight {
			// Least time: 19_238 ns.
			Weight::from_parts(21_722_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::NextDue` (r:1 w:0)
		fn poll_idle() -> Weight {
			// Least time: 4_868 ns.
			Weight::from_parts(5_408_000, 0)
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
			// Least time: 41_501 ns.
			Weight::from_parts(50_435_000, 0)
				.saturating_add($db.reads(6))
				.saturating_add($db.writes(6))
		}

		/// Storage: `Market::Levels` (r:8 w:8)
		/// Storage: `Market::TradingAccounts` (r:256 w:256)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn auction_search(o: u32) -> Weight {
			// Least time: 25_948 ns.
			Weight::from_parts(30_827_973, 0)
				// Standard error: 16_855.
				.saturating_add(Weight::from_parts(11_188_458, 0).saturating_mul(o.into()))
				.saturating_add($db.reads(8))
				.saturating_add($db.reads(1_u64.saturating_mul(o.into())))
				.saturating_add($db.writes(7))
				.saturating_add($db.writes(1_u64.saturating_mul(o.into())))
		}

		/// Storage: `Market::Levels` (r:8 w:8)
		/// Storage: `Market::TradingAccounts` (r:255 w:255)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn auction_settle(o: u32) -> Weight {
			// Least time: 47_941 ns.
			Weight::from_parts(60_769_579, 0)
				// Standard error: 99_362.
				.saturating_add(Weight::from_parts(18_126_621, 0).saturating_mul(o.into()))
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
