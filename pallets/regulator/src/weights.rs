//! Weights of `pallet_regulator`, measured by `scripts/weights.sh`, which replaces this file: do not edit it.
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
			// Least time: 40_360 ns.
			Weight::from_parts(43_745_916, 0)
				// Standard error: 4.
				.saturating_add(Weight::from_parts(1_297, 0).saturating_mul(b.into()))
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
			// Least time: 41_502 ns.
			Weight::from_parts(46_231_612, 0)
				// Standard error: 3.
				.saturating_add(Weight::from_parts(1_476, 0).saturating_mul(b.into()))
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
			// Least time: 66_468 ns.
			Weight::from_parts(70_954_085, 0)
				// Standard error: 6.
				.saturating_add(Weight::from_parts(569, 0).saturating_mul(b.into()))
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
			// Least time: 60_951 ns.
			Weight::from_parts(64_766_000, 0)
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
			// Least time: 50_605 ns.
			Weight::from_parts(54_711_000, 0)
				.saturating_add($db.reads(10))
				.saturating_add($db.writes(7))
		}

		/// Storage: `Regulator::OfficerLevels` (r:101 w:1)
		/// Storage: `Regulator::Supervisors` (r:1 w:1)
		/// Storage: `Participants::Participants` (r:100 w:0)
		fn appoint() -> Weight {
			// Least time: 654_008 ns.
			Weight::from_parts(682_540_000, 0)
				.saturating_add($db.reads(202))
				.saturating_add($db.writes(2))
		}

		/// Storage: `Regulator::OfficerLevels` (r:101 w:1)
		/// Storage: `Regulator::Supervisors` (r:1 w:1)
		/// Storage: `Participants::Participants` (r:100 w:0)
		/// Storage: `Regulator::CounterForOfficerLevels` (r:1 w:1)
		fn dismiss() -> Weight {
			// Least time: 652_936 ns.
			Weight::from_parts(672_476_000, 0)
				.saturating_add($db.reads(203))
				.saturating_add($db.writes(3))
		}

		/// Storage: `Timestamp::Now` (r:1 w:0)
		/// Storage: `Parameters::Parameters` (r:1 w:0)
		/// Storage: `Regulator::Halts` (r:1 w:1)
		fn halt() -> Weight {
			// Least time: 13_580 ns.
			Weight::from_parts(14_952_000, 0)
				.saturating_add($db.reads(3))
				.saturating_add($db.writes(1))
		}

		/// Storage: `Regulator::Halts` (r:1 w:1)
		fn resume() -> Weight {
			// Least time: 8_623 ns.
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
			// Least time: 26_920 ns.
			Weight::from_parts(28_504_811, 0)
				// Standard error: 0.
				.saturating_add(Weight::from_parts(985, 0).saturating_mul(b.into()))
				.saturating_add($db.reads(7))
				.saturating_add($db.writes(5))
		}

		/// Storage: `Regulator::Halts` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn on_poll_idle() -> Weight {
			// Least time: 6_981 ns.
			Weight::from_parts(7_572_000, 0)
				.saturating_add($db.reads(2))
		}

		/// Storage: `Regulator::Halts` (r:1 w:1)
		fn on_poll_ended() -> Weight {
			// Least time: 6_059 ns.
			Weight::from_parts(6_620_000, 0)
				.saturating_add($db.reads(1))
				.saturating_add($db.writes(1))
		}

		fn end_halt() -> Weight {
			// Least time: 3_826 ns.
			Weight::from_parts(4_226_000, 0)
		}

		/// Storage: `Regulator::OldestProposal` (r:1 w:0)
		/// Storage: `Regulator::NextProposal` (r:1 w:0)
		/// Storage: `Timestamp::Now` (r:1 w:0)
		fn on_poll_proposals() -> Weight {
			// Least time: 6_660 ns.
			Weight::from_parts(7_291_000, 0)
				.saturating_add($db.reads(3))
		}

		/// Storage: `Regulator::Proposals` (r:1 w:0)
		/// Storage: `Regulator::OldestProposal` (r:0 w:1)
		fn look_at_proposal() -> Weight {
			// Least time: 11_617 ns.
			Weight::from_parts(12_469_000, 0)
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
			// Least time: 24_546 ns.
			Weight::from_parts(27_351_000, 0)
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
