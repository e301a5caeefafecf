//! Weights of `pallet_regulator`, measured by `scripts/weights.sh`, which replaces this file: do not edit it.
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

/// What the calls of `pallet_regulator` cost.
pub trait WeightInfo {
	/// Weight of `act` with `b` from 0 to 16384.
	fn act(b: u32) -> Weight;
	/// Weight of `propose` with `b` from 0 to 16384.
	fn propose(b: u32) -> Weight;
	/// Weight of `approve` with `b` from 0 to 16384.
	fn approve(b: u32) -> Weight;
	/// Weight of `reject`.
	fn reject() -> Weight;
	/// Weight of `expire`.
	fn expire() -> Weight;
	/// Weight of `appoint`.
	fn appoint() -> Weight;
	/// Weight of `dismiss`.
	fn dismiss() -> Weight;
	/// Weight of `halt`.
	fn halt() -> Weight;
	/// Weight of `resume`.
	fn resume() -> Weight;
	/// Weight of `record` with `b` from 0 to 16384.
	fn record(b: u32) -> Weight;
	/// Weight of `on_poll_idle`.
	fn on_poll_idle() -> Weight;
	/// Weight of `on_poll_ended`.
	fn on_poll_ended() -> Weight;
	/// Weight of `end_halt`.
	fn end_halt() -> Weight;
	/// Weight of `on_poll_proposals`.
	fn on_poll_proposals() -> Weight;
	/// Weight of `look_at_proposal`.
	fn look_at_proposal() -> Weight;
	/// Weight of `end_proposal`.
	fn end_proposal() -> Weight;
}

macro_rules! measured_weights {
	($db:expr) => {
		/// Storage: `Regulator::OfficerLevels` (r:1 w:0)
		/// Storage: `Regulator::BreakGlassInUse` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Offsets::Reports` (r:1 w:0)
		/// Storage: `Offsets::Projects` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Regulator::NextRecord` (r:1 w:1)
		/// Storage: `Regulator::LastOfSubject` (r:1 w:1)
		/// Storage: `Regulator::LastOfOfficer` (r:1 w:1)
		/// Storage: `Regulator::Records` (r:0 w:1)
		fn act(b: u32) -> Weight {
			// Least time: 39_409 ns.
			Weight::from_parts(44_493_510, 0)
				// Standard error: 8.
				.saturating_add(Weight::from_parts(1_153, 0).saturating_mul(b.into()))
				.saturating_add($db.reads(9))
				.saturating_add($db.writes(4))
		}

		/// Storage: `Regulator::OfficerLevels` (r:1 w:0)
		/// Storage: `Regulator::BreakGlassInUse` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Offsets::Reports` (r:1 w:0)
		/// Storage: `Offsets::Projects` (r:1 w:0)
		/// Storage: `Regulator::OpenProposals` (r:1 w:1)
		/// Storage: `Regulator::CounterForProposals` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Regulator::NextProposal` (r:1 w:1)
		/// Storage: `Regulator::Proposals` (r:1 w:1)
		fn propose(b: u32) -> Weight {
			// Least time: 40_810 ns.
			Weight::from_parts(43_418_455, 0)
				// Standard error: 1.
				.saturating_add(Weight::from_parts(1_434, 0).saturating_mul(b.into()))
				.saturating_add($db.reads(11))
				.saturating_add($db.writes(4))
		}

		/// Storage: `Regulator::OfficerLevels` (r:2 w:0)
		/// Storage: `Regulator::BreakGlassInUse` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:2 w:0)
		/// Storage: `Regulator::Proposals` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Offsets::Reports` (r:1 w:0)
		/// Storage: `Offsets::Projects` (r:1 w:0)
		/// Storage: `Regulator::CounterForProposals` (r:1 w:1)
		/// Storage: `Regulator::OpenProposals` (r:1 w:1)
		/// Storage: `Regulator::NextRecord` (r:1 w:1)
		/// Storage: `Regulator::LastOfSubject` (r:1 w:1)
		/// Storage: `Regulator::LastOfOfficer` (r:2 w:2)
		/// Storage: `Regulator::Records` (r:0 w:1)
		fn approve(b: u32) -> Weight {
			// Least time: 63_884 ns.
			Weight::from_parts(67_309_214, 0)
				// Standard error: 2.
				.saturating_add(Weight::from_parts(509, 0).saturating_mul(b.into()))
				.saturating_add($db.reads(15))
				.saturating_add($db.writes(8))
		}

		/// Storage: `Regulator::OfficerLevels` (r:1 w:0)
		/// Storage: `Regulator::BreakGlassInUse` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Regulator::Proposals` (r:1 w:1)
		/// Storage: `Offsets::Reports` (r:1 w:0)
		/// Storage: `Offsets::Projects` (r:1 w:0)
		/// Storage: `Regulator::CounterForProposals` (r:1 w:1)
		/// Storage: `Regulator::OpenProposals` (r:1 w:1)
		/// Storage: `Regulator::NextRecord` (r:1 w:1)
		/// Storage: `Regulator::LastOfSubject` (r:1 w:1)
		/// Storage: `Regulator::LastOfOfficer` (r:2 w:2)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Regulator::Records` (r:0 w:1)
		fn reject() -> Weight {
			// Least time: 59_628 ns.
			Weight::from_parts(62_894_000, 0)
				.saturating_add($db.reads(13))
				.saturating_add($db.writes(8))
		}

		/// Storage: `Regulator::OfficerLevels` (r:1 w:0)
		/// Storage: `Regulator::BreakGlassInUse` (r:1 w:0)
		/// Storage: `Participants::Participants` (r:1 w:0)
		/// Storage: `Regulator::Proposals` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Regulator::CounterForProposals` (r:1 w:1)
		/// Storage: `Regulator::OpenProposals` (r:1 w:1)
		/// Storage: `Regulator::NextRecord` (r:1 w:1)
		/// Storage: `Regulator::LastOfSubject` (r:1 w:1)
		/// Storage: `Regulator::LastOfOfficer` (r:1 w:1)
		/// Storage: `Regulator::Records` (r:0 w:1)
		fn expire() -> Weight {
			// Least time: 49_954 ns.
			Weight::from_parts(52_938_000, 0)
				.saturating_add($db.reads(10))
				.saturating_add($db.writes(7))
		}

		/// Storage: `Regulator::OfficerLevels` (r:101 w:1)
		/// Storage: `Regulator::Supervisors` (r:1 w:1)
		/// Storage: `Participants::Participants` (r:100 w:0)
		fn appoint() -> Weight {
			// Least time: 648_960 ns.
			Weight::from_parts(670_002_000, 0)
				.saturating_add($db.reads(202))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Regulator::OfficerLevels` (r:101 w:1)
		/// Storage: `Regulator::Supervisors` (r:1 w:1)
		/// Storage: `Participants::Participants` (r:100 w:0)
		/// Storage: `Regulator::CounterForOfficerLevels` (r:1 w:1)
		fn dismiss() -> Weight {
			// Least time: 645_986 ns.
			Weight::from_parts(682_140_000, 0)
				.saturating_add($db.reads(203))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Regulator::Halts` (r:1 w:1)
		fn halt() -> Weight {
			// Least time: 13_510 ns.
			Weight::from_parts(15_002_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Regulator::Halts` (r:1 w:1)
		fn resume() -> Weight {
			// Least time: 8_592 ns.
			Weight::from_parts(9_414_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Regulator::BreakGlassInUse` (r:1 w:1)
		/// Storage: `Sudo::Key` (r:1 w:0)
		/// Storage: `Regulator::OfficerLevels` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Regulator::NextRecord` (r:1 w:1)
		/// Storage: `Regulator::LastOfSubject` (r:1 w:1)
		/// Storage: `Regulator::LastOfOfficer` (r:1 w:1)
		/// Storage: `Regulator::Records` (r:0 w:1)
		fn record(b: u32) -> Weight {
			// Least time: 27_060 ns.
			Weight::from_parts(28_622_364, 0)
				// Standard error: 0.
				.saturating_add(Weight::from_parts(981, 0).saturating_mul(b.into()))
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(5))
		}

		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn on_poll_idle() -> Weight {
			// Least time: 7_080 ns.
			Weight::from_parts(7_631_000, 0)
				.saturating_add($db.reads(2))
		}

		/// Storage: `Regulator::Halts` (r:1 w:1)
		fn on_poll_ended() -> Weight {
			// Least time: 6_089 ns.
			Weight::from_parts(6_740_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		fn end_halt() -> Weight {
			// Least time: 3_775 ns.
			Weight::from_parts(4_277_000, 0)
		}

		/// Storage: `Regulator::OldestProposal` (r:1 w:0)
		/// Storage: `Regulator::NextProposal` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn on_poll_proposals() -> Weight {
			// Least time: 6_570 ns.
			Weight::from_parts(7_631_000, 0)
				.saturating_add($db.reads(3))
		}

		/// Storage: `Regulator::Proposals` (r:1 w:0)
		/// Storage: `Regulator::OldestProposal` (r:0 w:1)
		fn look_at_proposal() -> Weight {
			// Least time: 11_657 ns.
			Weight::from_parts(12_589_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Regulator::Proposals` (r:1 w:1)
		/// Storage: `Regulator::CounterForProposals` (r:1 w:1)
		/// Storage: `Regulator::OpenProposals` (r:1 w:1)
		/// Storage: `Regulator::NextRecord` (r:1 w:1)
		/// Storage: `Regulator::LastOfSubject` (r:1 w:1)
		/// Storage: `Regulator::LastOfOfficer` (r:1 w:1)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Regulator::Records` (r:0 w:1)
		fn end_proposal() -> Weight {
			// Least time: 24_446 ns.
			Weight::from_parts(26_109_000, 0)
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(7))
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
