//! Weights of `pallet_block_trades`, measured by `scripts/weights.sh`, which replaces this file: do not edit it.
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

/// What the calls of `pallet_block_trades` cost.
pub trait WeightInfo {
	/// Weight of `propose`.
	fn propose() -> Weight;
	/// Weight of `accept_now`.
	fn accept_now() -> Weight;
	/// Weight of `accept_later`.
	fn accept_later() -> Weight;
	/// Weight of `withdraw`.
	fn withdraw() -> Weight;
	/// Weight of `reject`.
	fn reject() -> Weight;
	/// Weight of `settle`.
	fn settle() -> Weight;
	/// Weight of `settle_default`.
	fn settle_default() -> Weight;
	/// Weight of `set_rules`.
	fn set_rules() -> Weight;
	/// Weight of `on_poll_idle`.
	fn on_poll_idle() -> Weight;
	/// Weight of `on_poll_minute`.
	fn on_poll_minute() -> Weight;
	/// Weight of `end_expired`.
	fn end_expired() -> Weight;
	/// Weight of `end_settled`.
	fn end_settled() -> Weight;
	/// Weight of `end_defaulted`.
	fn end_defaulted() -> Weight;
	/// Weight of `open_window`.
	fn open_window() -> Weight;
}

macro_rules! measured_weights {
	($db:expr) => {
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `BlockTrades::Rules` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:2 w:0)
		/// Storage: `Participants::RestrictedServices` (r:1 w:0)
		/// Storage: `Credit::Levels` (r:1 w:0)
		/// Storage: `Credit::Accounts` (r:2 w:0)
		/// Storage: `Penalties::Debts` (r:1 w:0)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Parameters::Parameters` (r:2 w:0)
		/// Storage: `BlockTrades::CounterForTrades` (r:1 w:1)
		/// Storage: `BlockTrades::OpenTrades` (r:1 w:1)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `BlockTrades::NextTrade` (r:1 w:1)
		/// Storage: `BlockTrades::AgendaLengths` (r:1 w:1)
		/// Storage: `BlockTrades::Trades` (r:1 w:1)
		/// Storage: `BlockTrades::Agenda` (r:0 w:1)
		/// Storage: `BlockTrades::AgendaCursor` (r:0 w:1)
		fn propose() -> Weight {
			// Least time: 87_479 ns.
			Weight::from_parts(92_106_000, 0)
				.saturating_add($db.reads(19))
				.saturating_add($db.writes(8))
		}

		/// Storage: `BlockTrades::Trades` (r:2 w:2)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `BlockTrades::Rules` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:2 w:0)
		/// Storage: `Participants::RestrictedServices` (r:1 w:0)
		/// Storage: `Credit::Levels` (r:1 w:0)
		/// Storage: `Credit::Accounts` (r:1 w:0)
		/// Storage: `Penalties::Debts` (r:1 w:0)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Market::Markets` (r:1 w:1)
		/// Storage: `Market::TradingAccounts` (r:2 w:2)
		/// Storage: `Allowance::Obligations` (r:1 w:0)
		/// Storage: `Assets::Account` (r:1 w:0)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
		/// Storage: `BlockTrades::CounterForTrades` (r:1 w:1)
		/// Storage: `BlockTrades::AgendaLengths` (r:1 w:1)
		/// Storage: `BlockTrades::Agenda` (r:1 w:2)
		/// Storage: `BlockTrades::OpenTrades` (r:1 w:1)
		fn accept_now() -> Weight {
			// Least time: 131_014 ns.
			Weight::from_parts(136_302_000, 0)
				.saturating_add($db.reads(21))
				.saturating_add($db.writes(10))
		}

		/// Storage: `BlockTrades::Trades` (r:2 w:2)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `BlockTrades::Rules` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:2 w:0)
		/// Storage: `Participants::RestrictedServices` (r:1 w:0)
		/// Storage: `Credit::Levels` (r:1 w:0)
		/// Storage: `Credit::Accounts` (r:2 w:0)
		/// Storage: `Penalties::Debts` (r:1 w:0)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `BlockTrades::OpenTrades` (r:1 w:1)
		/// Storage: `BlockTrades::AgendaLengths` (r:2 w:2)
		/// Storage: `BlockTrades::Agenda` (r:1 w:3)
		fn accept_later() -> Weight {
			// Least time: 107_649 ns.
			Weight::from_parts(111_435_000, 0)
				.saturating_add($db.reads(19))
				.saturating_add($db.writes(9))
		}

		/// Storage: `BlockTrades::Trades` (r:2 w:2)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `BlockTrades::CounterForTrades` (r:1 w:1)
		/// Storage: `BlockTrades::AgendaLengths` (r:1 w:1)
		/// Storage: `BlockTrades::Agenda` (r:1 w:2)
		/// Storage: `BlockTrades::OpenTrades` (r:1 w:1)
		fn withdraw() -> Weight {
			// Least time: 51_847 ns.
			Weight::from_parts(55_192_000, 0)
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(8))
		}

		/// Storage: `BlockTrades::Trades` (r:2 w:2)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `BlockTrades::CounterForTrades` (r:1 w:1)
		/// Storage: `BlockTrades::AgendaLengths` (r:1 w:1)
		/// Storage: `BlockTrades::Agenda` (r:1 w:2)
		/// Storage: `BlockTrades::OpenTrades` (r:1 w:1)
		fn reject() -> Weight {
			// Least time: 51_286 ns.
			Weight::from_parts(54_911_000, 0)
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(8))
		}

		/// Storage: `BlockTrades::Trades` (r:2 w:2)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Market::Markets` (r:1 w:1)
		/// Storage: `Market::TradingAccounts` (r:2 w:2)
		/// Storage: `Allowance::Obligations` (r:1 w:0)
		/// Storage: `Assets::Account` (r:1 w:0)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
		/// Storage: `BlockTrades::CounterForTrades` (r:1 w:1)
		/// Storage: `BlockTrades::AgendaLengths` (r:1 w:1)
		/// Storage: `BlockTrades::Agenda` (r:1 w:2)
		/// Storage: `BlockTrades::OpenTrades` (r:2 w:2)
		fn settle() -> Weight {
			// Least time: 121_960 ns.
			Weight::from_parts(128_521_000, 0)
				.saturating_add($db.reads(15))
				.saturating_add($db.writes(11))
		}

		/// Storage: `BlockTrades::Trades` (r:2 w:2)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:2 w:2)
		/// Storage: `BlockTrades::CounterForTrades` (r:1 w:1)
		/// Storage: `BlockTrades::AgendaLengths` (r:1 w:1)
		/// Storage: `BlockTrades::Agenda` (r:1 w:2)
		/// Storage: `BlockTrades::OpenTrades` (r:2 w:2)
		fn settle_default() -> Weight {
			// Least time: 85_907 ns.
			Weight::from_parts(89_483_000, 0)
				.saturating_add($db.reads(12))
				.saturating_add($db.writes(10))
		}

		/// Storage: `BlockTrades::Rules` (r:1 w:1)
		/// Storage: `BlockTrades::CounterForRules` (r:1 w:1)
		fn set_rules() -> Weight {
			// Least time: 9_524 ns.
			Weight::from_parts(10_305_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(2))
		}

		/// Storage: `BlockTrades::CounterForTrades` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `BlockTrades::AgendaCursor` (r:1 w:1)
		fn on_poll_idle() -> Weight {
			// Least time: 7_271 ns.
			Weight::from_parts(7_822_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(1))
		}

		/// Storage: `BlockTrades::AgendaLengths` (r:1 w:0)
		fn on_poll_minute() -> Weight {
			// Least time: 4_917 ns.
			Weight::from_parts(5_488_000, 0).saturating_add($db.reads(1))
		}

		/// Storage: `BlockTrades::CounterForTrades` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `BlockTrades::AgendaCursor` (r:1 w:0)
		/// Storage: `BlockTrades::AgendaLengths` (r:1 w:1)
		/// Storage: `BlockTrades::Agenda` (r:1 w:1)
		/// Storage: `BlockTrades::Trades` (r:1 w:1)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		/// Storage: `BlockTrades::OpenTrades` (r:1 w:1)
		fn end_expired() -> Weight {
			// Least time: 53_409 ns.
			Weight::from_parts(56_463_000, 0)
				.saturating_add($db.reads(8))
				.saturating_add($db.writes(6))
		}

		/// Storage: `BlockTrades::CounterForTrades` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `BlockTrades::AgendaCursor` (r:1 w:0)
		/// Storage: `BlockTrades::AgendaLengths` (r:1 w:1)
		/// Storage: `BlockTrades::Agenda` (r:1 w:1)
		/// Storage: `BlockTrades::Trades` (r:1 w:1)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Market::Markets` (r:1 w:1)
		/// Storage: `Market::TradingAccounts` (r:2 w:2)
		/// Storage: `Allowance::Obligations` (r:1 w:0)
		/// Storage: `Assets::Account` (r:1 w:0)
		/// Storage: `AssetsHolder::BalancesOnHold` (r:1 w:0)
		/// Storage: `BlockTrades::OpenTrades` (r:2 w:2)
		fn end_settled() -> Weight {
			// Least time: 120_499 ns.
			Weight::from_parts(125_806_000, 0)
				.saturating_add($db.reads(15))
				.saturating_add($db.writes(9))
		}

		/// Storage: `BlockTrades::CounterForTrades` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `BlockTrades::AgendaCursor` (r:1 w:0)
		/// Storage: `BlockTrades::AgendaLengths` (r:1 w:1)
		/// Storage: `BlockTrades::Agenda` (r:1 w:1)
		/// Storage: `BlockTrades::Trades` (r:1 w:1)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:2 w:2)
		/// Storage: `BlockTrades::OpenTrades` (r:2 w:2)
		fn end_defaulted() -> Weight {
			// Least time: 81_791 ns.
			Weight::from_parts(86_559_000, 0)
				.saturating_add($db.reads(12))
				.saturating_add($db.writes(8))
		}

		/// Storage: `BlockTrades::CounterForTrades` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `BlockTrades::AgendaCursor` (r:1 w:0)
		/// Storage: `BlockTrades::AgendaLengths` (r:2 w:2)
		/// Storage: `BlockTrades::Agenda` (r:1 w:2)
		/// Storage: `BlockTrades::Trades` (r:1 w:1)
		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Market::Markets` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:2 w:0)
		fn open_window() -> Weight {
			// Least time: 70_615 ns.
			Weight::from_parts(74_761_000, 0)
				.saturating_add($db.reads(11))
				.saturating_add($db.writes(5))
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
