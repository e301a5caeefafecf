//! What the regulator may tune without an upgrade, and who it takes to tune it.
//!
//! Values that belong to one market or to one compliance period are not here: they stand in the record of the market or
//! of the period, which changes them by calls of its own, with the same officers asked.

use super::acts;
use crate::{OriginCaller, Runtime, RuntimeEvent, RuntimeOrigin};
use carbon_calendar::Calendar;
use carbon_primitives::{Moment, RecordKind};
use core::marker::PhantomData;
use frame_support::{
	dynamic_params::{dynamic_pallet_params, dynamic_params},
	traits::{CallerTrait, EnsureOriginWithArg, Get},
};
use pallet_regulator::{Officers, RawOrigin};

/// Milliseconds in an hour and in a day.
const HOURS: Moment = 3_600_000;
const DAYS: Moment = 24 * HOURS;

/// Every kind of record, as one bit each.
const EVERY_KIND: u32 = {
	let mut bits = 0;
	let mut position = 0;
	while position < RecordKind::ALL.len() {
		bits |= RecordKind::ALL[position].bit();
		position += 1;
	}
	bits
};

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

	/// Penalties: how long each of their stages lasts, and what the chain imposes by itself. Windows that run keep their ends.
	#[dynamic_pallet_params]
	#[codec(index = 5)]
	pub mod sanctions {
		/// Working days within which the penalised may object. Between 1 and 250, whatever stands here.
		#[codec(index = 0)]
		pub static ObjectionDays: u32 = 7;

		/// Working days within which the regulator has to decide about an objection. Between 1 and 250, whatever stands here.
		#[codec(index = 1)]
		pub static DecisionDays: u32 = 10;

		/// Working days within which a fine that is final has to be paid. Between 1 and 250, whatever stands here.
		#[codec(index = 2)]
		pub static PaymentDays: u32 = 15;

		/// Fine for not performing a block trade, in basis points of its value. At most all of it, whatever stands here. With
		/// zero it is a warning.
		#[codec(index = 3)]
		pub static DefaultFine: u32 = 100;
	}

	/// The provenance graph.
	#[dynamic_pallet_params]
	#[codec(index = 6)]
	pub mod provenance {
		/// What is recorded by itself: one bit for each kind of record, the lowest for the first. What is recorded stays so.
		#[codec(index = 0)]
		pub static Recorded: u32 = EVERY_KIND;
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

/// The parameter `P` in days, but never below one nor above 250: no slip takes away the right to object, and no window is without end.
pub struct Days<P>(PhantomData<P>);

impl<P: Get<u32>> Get<u32> for Days<P> {
	fn get() -> u32 {
		P::get().clamp(1, 250)
	}
}

/// Working days for an objection to a penalty.
pub type ObjectionDays = Days<dynamic_params::sanctions::ObjectionDays>;
/// Working days for the decision about an objection.
pub type DecisionDays = Days<dynamic_params::sanctions::DecisionDays>;
/// Working days for paying a fine.
pub type PaymentDays = Days<dynamic_params::sanctions::PaymentDays>;

/// What a default costs, in basis points of the value of the trade: at most all of it.
pub struct DefaultFine;

impl Get<u32> for DefaultFine {
	fn get() -> u32 {
		<dynamic_params::sanctions::DefaultFine as Get<u32>>::get().min(10_000)
	}
}

impl RuntimeParametersKey {
	/// Name of the parameter in the audit trail.
	pub fn name(&self) -> &'static str {
		use dynamic_params::{
			admission::ParametersKey as Admission, authority::ParametersKey as Authority,
			block_trades::ParametersKey as BlockTrades, compliance::ParametersKey as Compliance,
			fees::ParametersKey as Fees, provenance::ParametersKey as Provenance,
			sanctions::ParametersKey as Sanctions,
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
			Self::Sanctions(Sanctions::ObjectionDays(_)) => "sanctions.ObjectionDays",
			Self::Sanctions(Sanctions::DecisionDays(_)) => "sanctions.DecisionDays",
			Self::Sanctions(Sanctions::PaymentDays(_)) => "sanctions.PaymentDays",
			Self::Sanctions(Sanctions::DefaultFine(_)) => "sanctions.DefaultFine",
			Self::Provenance(Provenance::Recorded(_)) => "provenance.Recorded",
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
