//! Types that the pallet stores, takes and returns. None of them knows the pallet's configuration.

use carbon_calendar::Day;
use carbon_primitives::{Digest, Tonnes, Vintage};
use codec::{CompactAs, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::stored;
use scale_info::TypeInfo;

/// Number of an installation, counted from 0. It is given once.
#[derive(
	Clone,
	Copy,
	CompactAs,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub struct InstallationId(pub u32);

impl InstallationId {
	/// The number after this one; none after the last.
	pub fn next(self) -> Option<Self> {
		self.0.checked_add(1).map(Self)
	}
}

macro_rules! plain {
	($item:item) => {
		#[derive(
			Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
		)]
		$item
	};
}

plain! {
	/// What a power unit burns and how large it is.
	pub enum UnitKind {
		/// Coal, above 300 MW.
		#[codec(index = 0)]
		CoalLarge,
		/// Coal, up to 300 MW.
		#[codec(index = 1)]
		CoalSmall,
		/// Unconventional coal.
		#[codec(index = 2)]
		CoalUnconventional,
		/// Gas. No gap counts against such a unit.
		#[codec(index = 3)]
		Gas,
	}
}

plain! {
	/// How the entitlement of an installation is found.
	pub enum InstallationKind {
		/// From the power and heat that it delivers.
		#[codec(index = 0)]
		Power(UnitKind),
		/// From its emissions and how it compares with its sector (steel, cement, aluminium).
		#[codec(index = 1)]
		Output,
		/// It is given.
		#[codec(index = 2)]
		Direct,
	}
}

plain! {
	/// Data of an installation in a year.
	pub enum Activity {
		/// Of a power unit.
		#[codec(index = 0)]
		Power {
			/// What the unit is, as it was registered.
			unit: UnitKind,
			/// Electricity delivered, in MWh.
			electricity_mwh: u64,
			/// Load correction in ppm: 1,000,000 to 2,000,000.
			correction_ppm: u32,
			/// Heat delivered, in GJ.
			heat_gj: u64,
		},
		/// Of a plant of a draft sector.
		#[codec(index = 1)]
		Output {
			/// Its emissions E.
			emissions: Tonnes,
			/// How much better than its sector it is (X), in ppm; negative where it is worse.
			deviation_ppm: i32,
		},
		/// The entitlement itself.
		#[codec(index = 2)]
		Direct(Tonnes),
	}
}

impl Activity {
	/// Whether such data belong to an installation of this kind.
	pub fn fits(&self, kind: InstallationKind) -> bool {
		match (self, kind) {
			(Self::Power { unit, .. }, InstallationKind::Power(registered)) => *unit == registered,
			(Self::Output { .. }, InstallationKind::Output) | (Self::Direct(_), InstallationKind::Direct) => {
				true
			}
			_ => false,
		}
	}
}

plain! {
	/// Benchmarks of a year in 1/10,000 t; electricity per MWh, heat per GJ.
	pub struct BenchmarkTable {
		/// Electricity from coal, above 300 MW.
		pub coal_large: u32,
		/// Electricity from coal, up to 300 MW.
		pub coal_small: u32,
		/// Electricity from unconventional coal.
		pub coal_unconventional: u32,
		/// Electricity from gas.
		pub gas: u32,
		/// Heat from coal of each kind.
		pub heat_coal: u32,
		/// Heat from gas.
		pub heat_gas: u32,
	}
}

/// Benchmarks of a year and whether they may still change.
#[stored]
#[derive(Copy)]
pub struct BenchmarkRecord {
	/// The benchmarks.
	pub table: BenchmarkTable,
	/// Whether a true-up has used them, so that they stay.
	pub used: bool,
}

/// An installation.
#[stored]
#[derive(Copy)]
pub struct InstallationRecord<AccountId> {
	/// The covered entity.
	pub entity: AccountId,
	/// How its entitlement is found.
	pub kind: InstallationKind,
	/// Digest of its name in the regulator's register; no other installation ever has it.
	pub reference: Digest,
	/// The last year that it counts in; none while it is not closed.
	pub last_year: Option<Vintage>,
}

impl<AccountId> InstallationRecord<AccountId> {
	/// Whether it counts in `year`.
	pub fn runs_in(&self, year: Vintage) -> bool {
		self.last_year.is_none_or(|last| year <= last)
	}
}

/// What was entered for an installation in a year.
#[stored]
#[derive(Copy)]
pub struct ActivityRecord {
	/// The data.
	pub activity: Activity,
	/// Verified emissions of this installation; counts for gas units.
	pub emissions: Tonnes,
	/// Digest of the documents.
	pub digest: Digest,
}

plain! {
	/// Whether what is issued to an entity is held on the regulator's account, and why. One reason is enough.
	pub struct Keeping {
		/// The regulator has ordered so.
		pub by_order: bool,
		/// The credit of the entity is so bad.
		pub by_credit: bool,
	}
}

/// One line of a pre-allocation.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct PreAllocation<AccountId> {
	/// The covered entity.
	pub entity: AccountId,
	/// Its last verified emissions; none where the chain has them itself.
	pub base: Option<Tonnes>,
}

plain! {
	/// What has come of objections to the present true-up.
	#[derive(Default)]
	pub enum Objection {
		/// There was none.
		#[codec(index = 0)]
		#[default]
		None,
		/// It waits for its decision.
		#[codec(index = 1)]
		Pending {
			/// Digest of the reasons.
			digest: Digest,
			/// Last day for the decision.
			due: Day,
		},
		/// It was rejected.
		#[codec(index = 2)]
		Rejected,
	}
}

plain! {
	/// How far an allocation has come.
	#[derive(Default)]
	pub enum AllocationState {
		/// The true-up is still to come.
		#[codec(index = 0)]
		#[default]
		Provisional,
		/// The true-up is made.
		#[codec(index = 1)]
		Settled {
			/// The day of it.
			on: Day,
		},
		/// An objection was upheld, or the emissions were corrected: the true-up is to be made again.
		#[codec(index = 2)]
		Reopened,
	}
}

plain! {
	/// What is decided about an objection.
	pub enum Decision {
		/// It is right: the true-up is made again.
		#[codec(index = 0)]
		Upheld,
		/// It is not.
		#[codec(index = 1)]
		Rejected,
	}
}

/// Free allocation of an entity for a year, in tonnes.
#[stored]
#[derive(Copy, Default)]
pub struct AllocationRecord {
	/// What was pre-allocated, before any deduction; none where there was no pre-allocation.
	pub pre_allocated: Option<Tonnes>,
	/// What it is entitled to; none before the first true-up.
	pub entitlement: Option<Tonnes>,
	/// The confirmed emissions that the last true-up was based on; zero before the first one.
	pub emissions: Tonnes,
	/// The gap of its gas units.
	pub waived: Tonnes,
	/// Issued so far, pre-allocation and top-ups.
	pub issued: Tonnes,
	/// Allocated so far, but not issued, because it makes up for an earlier shortfall.
	pub deducted: Tonnes,
	/// Returned so far.
	pub returned: Tonnes,
	/// To be returned still; never more than was issued and not returned.
	pub owed: Tonnes,
	/// How far it has come.
	pub state: AllocationState,
	/// Objections to the present true-up.
	pub objection: Objection,
}

impl AllocationRecord {
	/// What it has of the issued tonnes still to answer for; none where more was returned than issued, which never is.
	pub fn outstanding(&self) -> Option<Tonnes> {
		self.issued.checked_sub(self.returned)
	}

	/// Whether the true-up is made, and not to be made again.
	pub fn is_settled(&self) -> bool {
		matches!(self.state, AllocationState::Settled { .. })
	}

	/// Whether an objection waits for its decision.
	pub fn is_disputed(&self) -> bool {
		matches!(self.objection, Objection::Pending { .. })
	}
}
