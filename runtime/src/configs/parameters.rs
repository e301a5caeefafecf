//! What the regulator may tune without an upgrade, and who it takes to tune it.
//!
//! Values that belong to one market or to one compliance period are not here: they stand in the record of the market or
//! of the period, which changes them by calls of its own, with the same officers asked.

use super::acts;
use crate::{OriginCaller, Runtime, RuntimeEvent, RuntimeOrigin};
use carbon_calendar::Calendar;
use carbon_primitives::Moment;
use core::marker::PhantomData;
use frame_support::{
	dynamic_params::{dynamic_pallet_params, dynamic_params},
	traits::{CallerTrait, EnsureOriginWithArg, Get},
};
use pallet_regulator::{Officers, RawOrigin};

/// Milliseconds in an hour and in a day.
const HOURS: Moment = 3_600_000;
const DAYS: Moment = 24 * HOURS;

/// The calendar of China without its holidays, which the regulator enters when they are published: UTC+8, Monday to Friday.
pub(super) fn china() -> Calendar {
	Calendar {
		utc_offset: 8 * 60,
		..Default::default()
	}
}

/// The parameters, by subject. Times are in milliseconds. Until somebody sets a parameter it has the value that stands
/// here.
#[dynamic_params(RuntimeParameters, pallet_parameters::Parameters::<Runtime>)]
pub mod dynamic_params {
	use super::*;

	/// How applications for admission are taken in.
	#[dynamic_pallet_params]
	#[codec(index = 0)]
	pub mod admission {
		/// How long an application waits for its preliminary check before it lapses, in milliseconds. Between an hour and 90
		/// days, whatever stands here. Short, because a stranger can fill the queue at no cost.
		#[codec(index = 0)]
		pub static ApplicationLifetime: Moment = 2 * DAYS;

		/// Most applications that one block takes in.
		#[codec(index = 1)]
		pub static ApplicationsPerBlock: u32 = 2;
	}

	/// How the regulator's authority is bounded.
	#[dynamic_pallet_params]
	#[codec(index = 1)]
	pub mod authority {
		/// How long a proposed act waits for its second officer, in milliseconds. Between an hour and 90 days, whatever
		/// stands here.
		#[codec(index = 0)]
		pub static ProposalLifetime: Moment = 7 * DAYS;

		/// Longest halt that one act may impose, in milliseconds. Between an hour and 90 days, whatever stands here. A halt
		/// may be lengthened before it ends.
		#[codec(index = 1)]
		pub static HaltMax: Moment = 7 * DAYS;
	}

	/// What a transaction costs.
	#[dynamic_pallet_params]
	#[codec(index = 2)]
	pub mod fees {
		/// Computing time that one fen pays for, in microseconds. Zero counts as one.
		#[codec(index = 0)]
		pub static MicrosPerFen: u64 = 50;

		/// Bytes of a transaction that one fen pays for. Zero counts as one.
		#[codec(index = 1)]
		pub static BytesPerFen: u64 = 100;
	}

	/// Negotiated trades of large quantities, in all markets.
	#[dynamic_pallet_params]
	#[codec(index = 3)]
	pub mod block_trades {
		/// How far ahead a proposal may expire, in milliseconds. Between an hour and 90 days, whatever stands here.
		#[codec(index = 0)]
		pub static BlockProposalLifetime: Moment = 7 * DAYS;

		/// What each side of a trade that is settled later lays down, in basis points of its value. At most all of it, whatever stands
		/// here. Agreed trades keep their margins.
		#[codec(index = 1)]
		pub static BlockMargin: u32 = 2_000;
	}

	/// The compliance cycle, beyond the rules that each period has of its own.
	#[dynamic_pallet_params]
	#[codec(index = 4)]
	pub mod compliance {
		/// The regulator's local time and working days, which windows for objections and decisions are counted in. Its hours mean
		/// nothing here. A calendar that cannot be followed counts as the default.
		#[codec(index = 0)]
		pub static WorkingDays: Calendar = china();

		/// What of a forest's series is kept back against reversal, in basis points of what is issued. At most all of it, whatever
		/// stands here. Series keep what was kept back of them.
		#[codec(index = 1)]
		pub static ForestBuffer: u32 = 2_000;

		/// The same for projects of every other kind.
		#[codec(index = 2)]
		pub static OtherBuffer: u32 = 0;
	}
}

/// The parameter `P`, but never below `MIN` nor above `MAX`.
///
/// Without these bounds one slip could switch off the very acts that would put it right: with a lifetime of zero every
/// proposal would expire before anybody could approve it, also the one that sets another lifetime.
pub struct Within<P, const MIN: Moment, const MAX: Moment>(PhantomData<P>);

impl<P: Get<Moment>, const MIN: Moment, const MAX: Moment> Get<Moment> for Within<P, MIN, MAX> {
	fn get() -> Moment {
		P::get().clamp(MIN, MAX)
	}
}

/// How long an application waits: an hour to 90 days.
pub type ApplicationLifetime = Within<dynamic_params::admission::ApplicationLifetime, HOURS, { 90 * DAYS }>;
/// How long a proposal waits: an hour to 90 days.
pub type ProposalLifetime = Within<dynamic_params::authority::ProposalLifetime, HOURS, { 90 * DAYS }>;
/// How far ahead a block trade's proposal may expire: an hour to 90 days.
pub type BlockProposalLifetime =
	Within<dynamic_params::block_trades::BlockProposalLifetime, HOURS, { 90 * DAYS }>;
/// The longest halt: an hour to 90 days.
pub type HaltMax = Within<dynamic_params::authority::HaltMax, HOURS, { 90 * DAYS }>;

impl RuntimeParametersKey {
	/// Name of the parameter in the audit trail.
	pub fn name(&self) -> &'static str {
		use dynamic_params::{
			admission::ParametersKey as Admission, authority::ParametersKey as Authority,
			block_trades::ParametersKey as BlockTrades, compliance::ParametersKey as Compliance,
			fees::ParametersKey as Fees,
		};
		match self {
			Self::Admission(Admission::ApplicationLifetime(_)) => "admission.ApplicationLifetime",
			Self::Admission(Admission::ApplicationsPerBlock(_)) => "admission.ApplicationsPerBlock",
			Self::Authority(Authority::ProposalLifetime(_)) => "authority.ProposalLifetime",
			Self::Authority(Authority::HaltMax(_)) => "authority.HaltMax",
			Self::Fees(Fees::MicrosPerFen(_)) => "fees.MicrosPerFen",
			Self::Fees(Fees::BytesPerFen(_)) => "fees.BytesPerFen",
			Self::BlockTrades(BlockTrades::BlockProposalLifetime(_)) => "block_trades.BlockProposalLifetime",
			Self::BlockTrades(BlockTrades::BlockMargin(_)) => "block_trades.BlockMargin",
			Self::Compliance(Compliance::WorkingDays(_)) => "compliance.WorkingDays",
			Self::Compliance(Compliance::ForestBuffer(_)) => "compliance.ForestBuffer",
			Self::Compliance(Compliance::OtherBuffer(_)) => "compliance.OtherBuffer",
		}
	}
}

/// Root, or as many officers of the level as the table of acts asks for this parameter.
pub struct EnsureParameterOfficers;

impl EnsureOriginWithArg<RuntimeOrigin, RuntimeParametersKey> for EnsureParameterOfficers {
	type Success = ();

	fn try_origin(origin: RuntimeOrigin, key: &RuntimeParametersKey) -> Result<(), RuntimeOrigin> {
		let entitled = match &origin.caller {
			OriginCaller::system(_) => origin.caller.is_root(),
			OriginCaller::Regulator(RawOrigin::Act { second, level, .. }) => {
				let needed = acts::parameter(key);
				*level >= needed.level && (second.is_some() || needed.officers == Officers::One)
			}
			_ => false,
		};
		if entitled {
			Ok(())
		} else {
			Err(origin)
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin(_: &RuntimeParametersKey) -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::root())
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl Default for RuntimeParameters {
	fn default() -> Self {
		Self::Fees(dynamic_params::fees::Parameters::BytesPerFen(
			dynamic_params::fees::BytesPerFen,
			Some(100),
		))
	}
}

impl pallet_parameters::Config for Runtime {
	type AdminOrigin = EnsureParameterOfficers;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeParameters = RuntimeParameters;
	// The SDK's measurement, for the database that our nodes use. The pallet exports it under no other name.
	type WeightInfo = ();
}
