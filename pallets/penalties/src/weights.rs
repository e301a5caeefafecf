//! Weights of `pallet_penalties`, measured by `scripts/weights.sh`, which replaces this file: do not edit it.
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

/// What the calls of `pallet_penalties` cost.
pub trait WeightInfo {
	/// Weight of `propose`.
	fn propose() -> Weight;
	/// Weight of `object`.
	fn object() -> Weight;
	/// Weight of `decide`.
	fn decide() -> Weight;
	/// Weight of `pay`.
	fn pay() -> Weight;
	/// Weight of `pay_debt`.
	fn pay_debt() -> Weight;
	/// Weight of `waive`.
	fn waive() -> Weight;
	/// Weight of `annul`.
	fn annul() -> Weight;
	/// Weight of `finalise`.
	fn finalise() -> Weight;
	/// Weight of `sanction`.
	fn sanction() -> Weight;
	/// Weight of `on_poll_idle`.
	fn on_poll_idle() -> Weight;
	/// Weight of `on_poll_day`.
	fn on_poll_day() -> Weight;
	/// Weight of `on_poll_entry`.
	fn on_poll_entry() -> Weight;
	/// Weight of `end_window`.
	fn end_window() -> Weight;
	/// Weight of `collect`.
	fn collect() -> Weight;
}

macro_rules! measured_weights {
	($db:expr) => {
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Allowance::LastPeriod` (r:1 w:0)
		/// Storage: `Penalties::NextPenalty` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Penalties::Bans` (r:1 w:1)
		/// Storage: `Parameters::Parameters` (r:2 w:0)
		/// Storage: `Penalties::OfAccount` (r:1 w:1)
		/// Storage: `Penalties::AgendaCursor` (r:1 w:0)
		/// Storage: `Penalties::Agenda` (r:0 w:1)
		/// Storage: `Penalties::Penalties` (r:0 w:1)
		fn propose() -> Weight {
			// Least time: 41_982 ns.
			Weight::from_parts(44_296_000, 0)
				.saturating_add($db.reads(9))
				.saturating_add($db.writes(5))
		}

		/// Storage: `Penalties::Penalties` (r:1 w:1)
		/// Storage: `Parameters::Parameters` (r:2 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Penalties::Agenda` (r:0 w:1)
		fn object() -> Weight {
			// Least time: 25_027 ns.
			Weight::from_parts(26_670_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Penalties::Penalties` (r:1 w:1)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Market::TradingAccounts` (r:1 w:0)
		/// Storage: `Penalties::Bans` (r:1 w:1)
		/// Storage: `Penalties::NextDisclosure` (r:1 w:1)
		/// Storage: `Penalties::Disclosures` (r:0 w:1)
		fn decide() -> Weight {
			// Least time: 51_477 ns.
			Weight::from_parts(55_893_000, 0)
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(5))
		}

		/// Storage: `Penalties::Penalties` (r:1 w:1)
		/// Storage: `System::Account` (r:2 w:2)
		/// Storage: `Penalties::Debts` (r:1 w:1)
		/// Storage: `Penalties::Owing` (r:0 w:1)
		fn pay() -> Weight {
			// Least time: 69_393 ns.
			Weight::from_parts(72_517_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(5))
		}

		/// Storage: `Penalties::Debts` (r:1 w:1)
		/// Storage: `Penalties::Owing` (r:9 w:8)
		/// Storage: `Penalties::Penalties` (r:8 w:8)
		/// Storage: `System::Account` (r:2 w:2)
		fn pay_debt() -> Weight {
			// Least time: 179_555 ns.
			Weight::from_parts(187_508_000, 0)
				.saturating_add($db.reads(20))
				.saturating_add($db.writes(19))
		}

		/// Storage: `Penalties::Penalties` (r:1 w:1)
		/// Storage: `Penalties::Owing` (r:1 w:1)
		/// Storage: `Penalties::Debts` (r:1 w:1)
		fn waive() -> Weight {
			// Least time: 22_844 ns.
			Weight::from_parts(24_266_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Penalties::Penalties` (r:1 w:1)
		/// Storage: `System::Account` (r:2 w:2)
		/// Storage: `Penalties::Owing` (r:1 w:1)
		/// Storage: `Penalties::Debts` (r:1 w:1)
		fn annul() -> Weight {
			// Least time: 70_073 ns.
			Weight::from_parts(72_868_000, 0)
				.saturating_add($db.reads(5))
				.saturating_add($db.writes(5))
		}

		/// Storage: `Penalties::Penalties` (r:1 w:1)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Market::TradingAccounts` (r:1 w:0)
		/// Storage: `Penalties::Bans` (r:1 w:1)
		/// Storage: `Penalties::NextDisclosure` (r:1 w:1)
		/// Storage: `Penalties::Agenda` (r:0 w:1)
		/// Storage: `Penalties::Disclosures` (r:0 w:1)
		fn finalise() -> Weight {
			// Least time: 55_131 ns.
			Weight::from_parts(60_509_000, 0)
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(6))
		}

		/// Storage: `Allowance::LastPeriod` (r:1 w:0)
		/// Storage: `Penalties::NextPenalty` (r:1 w:1)
		/// Storage: `Parameters::Parameters` (r:2 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Penalties::OfAccount` (r:1 w:1)
		/// Storage: `Penalties::AgendaCursor` (r:1 w:1)
		/// Storage: `Penalties::Agenda` (r:0 w:1)
		/// Storage: `Penalties::Penalties` (r:0 w:1)
		fn sanction() -> Weight {
			// Least time: 26_720 ns.
			Weight::from_parts(28_943_000, 0)
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(5))
		}

		/// Storage: `Penalties::AgendaCursor` (r:1 w:1)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn on_poll_idle() -> Weight {
			// Least time: 7_712 ns.
			Weight::from_parts(8_603_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Penalties::Agenda` (r:1 w:0)
		fn on_poll_day() -> Weight {
			// Least time: 4_296 ns.
			Weight::from_parts(5_078_000, 0).saturating_add($db.reads(1))
		}

		/// Storage: `Penalties::Agenda` (r:1 w:0)
		/// Storage: `Penalties::Penalties` (r:1 w:0)
		fn on_poll_entry() -> Weight {
			// Least time: 9_655 ns.
			Weight::from_parts(11_547_000, 0).saturating_add($db.reads(2))
		}

		/// Storage: `Penalties::Penalties` (r:1 w:1)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Market::TradingAccounts` (r:1 w:0)
		/// Storage: `Penalties::Bans` (r:1 w:1)
		/// Storage: `Penalties::NextDisclosure` (r:1 w:1)
		/// Storage: `Penalties::Agenda` (r:0 w:1)
		/// Storage: `Penalties::Disclosures` (r:0 w:1)
		fn end_window() -> Weight {
			// Least time: 48_381 ns.
			Weight::from_parts(65_777_000, 0)
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(6))
		}

		/// Storage: `Penalties::Penalties` (r:1 w:1)
		/// Storage: `System::Account` (r:2 w:2)
		/// Storage: `Penalties::Debts` (r:1 w:1)
		/// Storage: `Penalties::Agenda` (r:0 w:1)
		/// Storage: `Penalties::Owing` (r:0 w:1)
		fn collect() -> Weight {
			// Least time: 70_444 ns.
			Weight::from_parts(81_150_000, 0)
				.saturating_add($db.reads(4))
				.saturating_add($db.writes(6))
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
