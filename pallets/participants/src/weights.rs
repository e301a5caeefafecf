//! Weights of `pallet_participants`, measured by `scripts/weights.sh`, which replaces this file: do not edit it.
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

/// What the calls of `pallet_participants` cost.
pub trait WeightInfo {
	/// Weight of `admit`.
	fn admit() -> Weight;
	/// Weight of `set_roles`.
	fn set_roles() -> Weight;
	/// Weight of `suspend`.
	fn suspend() -> Weight;
	/// Weight of `reinstate`.
	fn reinstate() -> Weight;
	/// Weight of `apply`.
	fn apply() -> Weight;
	/// Weight of `register`.
	fn register() -> Weight;
	/// Weight of `refuse`.
	fn refuse() -> Weight;
	/// Weight of `expel`.
	fn expel() -> Weight;
	/// Weight of `set_black_list`.
	fn set_black_list() -> Weight;
	/// Weight of `set_white_list`.
	fn set_white_list() -> Weight;
	/// Weight of `restrict_service`.
	fn restrict_service() -> Weight;
	/// Weight of `create_group`.
	fn create_group() -> Weight;
	/// Weight of `declare_group`.
	fn declare_group() -> Weight;
	/// Weight of `confirm_group`.
	fn confirm_group() -> Weight;
	/// Weight of `refuse_many` with `n` from 1 to 100.
	fn refuse_many(n: u32) -> Weight;
	/// Weight of `halt_account`.
	fn halt_account() -> Weight;
	/// Weight of `ban_trading`.
	fn ban_trading() -> Weight;
	/// Weight of `on_poll_idle`.
	fn on_poll_idle() -> Weight;
	/// Weight of `on_poll_entry`.
	fn on_poll_entry() -> Weight;
	/// Weight of `check_admission` with `p` from 0 to 8.
	fn check_admission(p: u32) -> Weight;
	/// Weight of `check_admission_of_applicant`.
	fn check_admission_of_applicant() -> Weight;
}

macro_rules! measured_weights {
	($db:expr) => {
		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Participants::Applications` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Participants::CounterForApplications` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `Market::TradingAccounts` (r:1 w:0)
		/// Storage: `Participants::ApplicationQueue` (r:0 w:1)
		fn admit() -> Weight {
			// Least time: 39_609 ns.
			Weight::from_parts(42_814_000, 0)
				.saturating_add($db.reads(6))
				.saturating_add($db.writes(5))
		}

		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:0)
		fn set_roles() -> Weight {
			// Least time: 21_672 ns.
			Weight::from_parts(23_084_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Market::TradingAccounts` (r:1 w:0)
		fn suspend() -> Weight {
			// Least time: 16_925 ns.
			Weight::from_parts(18_227_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:0)
		fn reinstate() -> Weight {
			// Least time: 19_609 ns.
			Weight::from_parts(21_331_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Participants::Applications` (r:1 w:1)
		/// Storage: `Participants::CounterForApplications` (r:1 w:1)
		/// Storage: `Participants::LatestApplications` (r:1 w:1)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Participants::ApplicationQueueEnds` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `Participants::ApplicationQueue` (r:0 w:1)
		fn apply() -> Weight {
			// Least time: 33_780 ns.
			Weight::from_parts(37_295_000, 0)
				.saturating_add($db.reads(8))
				.saturating_add($db.writes(6))
		}

		/// Storage: `Participants::Applications` (r:1 w:1)
		fn register() -> Weight {
			// Least time: 12_179 ns.
			Weight::from_parts(13_450_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Participants::Applications` (r:1 w:1)
		/// Storage: `Participants::CounterForApplications` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		/// Storage: `Participants::ApplicationQueue` (r:0 w:1)
		fn refuse() -> Weight {
			// Least time: 22_043 ns.
			Weight::from_parts(23_825_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(4))
		}

		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Market::TradingAccounts` (r:1 w:0)
		fn expel() -> Weight {
			// Least time: 17_386 ns.
			Weight::from_parts(18_888_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:0)
		fn set_black_list() -> Weight {
			// Least time: 20_560 ns.
			Weight::from_parts(22_093_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Participants::Participants` (r:1 w:1)
		fn set_white_list() -> Weight {
			// Least time: 13_630 ns.
			Weight::from_parts(14_622_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Participants::RestrictedServices` (r:1 w:1)
		fn restrict_service() -> Weight {
			// Least time: 7_561 ns.
			Weight::from_parts(8_322_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Participants::CounterForGroups` (r:1 w:1)
		/// Storage: `Participants::Groups` (r:1 w:1)
		fn create_group() -> Weight {
			// Least time: 12_529 ns.
			Weight::from_parts(13_590_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Participants::Groups` (r:1 w:0)
		fn declare_group() -> Weight {
			// Least time: 15_683 ns.
			Weight::from_parts(16_865_000, 0)
				.saturating_add($db.reads(2))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Participants::Groups` (r:2 w:2)
		/// Storage: `Participants::GroupMembers` (r:2 w:2)
		/// Storage: `Market::TradingAccounts` (r:1 w:1)
		fn confirm_group() -> Weight {
			// Least time: 52_027 ns.
			Weight::from_parts(59_639_000, 0)
				.saturating_add($db.reads(6))
				.saturating_add($db.writes(6))
		}

		/// Storage: `Participants::Applications` (r:100 w:100)
		/// Storage: `Participants::CounterForApplications` (r:1 w:1)
		/// Storage: `System::Account` (r:100 w:100)
		/// Storage: `Participants::ApplicationQueue` (r:0 w:100)
		fn refuse_many(n: u32) -> Weight {
			// Least time: 23_696 ns.
			Weight::from_parts(1_139_925, 0)
				// Standard error: 54_607.
				.saturating_add(Weight::from_parts(20_262_100, 0).saturating_mul(n.into()))
				.saturating_add($db.reads(1))
				.saturating_add($db.reads(2_u64.saturating_mul(n.into())))
				.saturating_add($db.writes(1))
				.saturating_add($db.writes(3_u64.saturating_mul(n.into())))
		}

		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:0)
		fn halt_account() -> Weight {
			// Least time: 15_363 ns.
			Weight::from_parts(16_525_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Participants::Participants` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Market::TradingAccounts` (r:1 w:0)
		fn ban_trading() -> Weight {
			// Least time: 15_713 ns.
			Weight::from_parts(16_855_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Participants::ApplicationQueueEnds` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Participants::ApplicationQueue` (r:1 w:0)
		fn on_poll_idle() -> Weight {
			// Least time: 7_091 ns.
			Weight::from_parts(7_771_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Participants::ApplicationQueue` (r:1 w:1)
		/// Storage: `Participants::Applications` (r:1 w:1)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Participants::CounterForApplications` (r:1 w:1)
		/// Storage: `System::Account` (r:1 w:1)
		fn on_poll_entry() -> Weight {
			// Least time: 27_911 ns.
			Weight::from_parts(30_074_000, 0)
				.saturating_add($db.reads(6))
				.saturating_add($db.writes(4))
		}

		/// Storage: `Participants::Participants` (r:9 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn check_admission(p: u32) -> Weight {
			// Least time: 8_953 ns.
			Weight::from_parts(11_277_283, 0)
				// Standard error: 4_831.
				.saturating_add(Weight::from_parts(4_079_646, 0).saturating_mul(p.into()))
				.saturating_add($db.reads(2))
				.saturating_add($db.reads(1_u64.saturating_mul(p.into())))
		}

		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Participants::Applications` (r:1 w:0)
		/// Storage: `Participants::CounterForApplications` (r:1 w:0)
		/// Storage: `Participants::LatestApplications` (r:1 w:0)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		fn check_admission_of_applicant() -> Weight {
			// Least time: 15_293 ns.
			Weight::from_parts(16_575_000, 0)
				.saturating_add($db.reads(5))
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
