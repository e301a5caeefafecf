//! Stored records and their parts. Nothing here knows the pallet's `Config`.

use carbon_primitives::{Digest, Tonnes, Vintage};
use codec::{CompactAs, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::stored;
use scale_info::TypeInfo;

/// How the obligation of a period is measured at its deadline.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum ObligationRule {
	/// The year's surrenders against the year's verified emissions (China).
	#[codec(index = 0)]
	Yearly,
	/// All surrenders so far against all recorded emissions so far (UK ETS).
	#[codec(index = 1)]
	Cumulative,
}

/// Where a compliance period stands.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Phase {
	/// Enrolment, allocation, reports and surrender are accepted.
	#[codec(index = 0)]
	Open,
	/// Nothing is accepted any more; the entities are being assessed.
	#[codec(index = 1)]
	Closing,
	/// Every entity has its status, for good.
	#[codec(index = 2)]
	Closed,
}

/// A compliance period.
#[stored]
#[derive(Copy)]
pub struct PeriodRecord {
	/// How the obligation is measured. Fixed when the period opens.
	pub obligation: ObligationRule,
	/// Where the period stands.
	pub phase: Phase,
	/// Lists of entities that were enrolled: pages `0 .. enrolment_pages` of `Enrolments`.
	pub enrolment_pages: u32,
}

/// How far an emissions report has come.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum ReportState {
	/// Handed in by the covered entity, which may still replace it.
	#[codec(index = 0)]
	Submitted,
	/// A verifier stands behind the number.
	#[codec(index = 1)]
	Verified,
	/// Accepted by the regulator: these are the verified emissions of the period.
	#[codec(index = 2)]
	Confirmed,
}

/// An emissions report.
#[stored]
#[derive(Copy)]
pub struct ReportRecord {
	/// Emissions of the year in tonnes CO2e.
	pub tonnes: Tonnes,
	/// Digest of the report, which stays with the entity and the verifier.
	pub digest: Digest,
	/// How far the report has come.
	pub state: ReportState,
}

/// Result of the assessment at the end of a period (UK ETS: static surrender status).
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum SurrenderStatus {
	/// The surrenders cover the emissions.
	#[codec(index = 0)]
	A,
	/// The surrenders do not cover the emissions.
	#[codec(index = 1)]
	B,
	/// No emissions were confirmed by the deadline.
	#[codec(index = 2)]
	C,
	/// The entity was under no obligation this year.
	#[codec(index = 3)]
	Excluded,
}

/// What one covered entity owes and has done in one period.
#[stored]
#[derive(Copy, Default)]
pub struct ObligationRecord {
	/// Free allowances of the year in tonnes; `None` until allocated.
	pub allocated: Option<Tonnes>,
	/// Emissions report, once there is one.
	pub report: Option<ReportRecord>,
	/// Whether the entity is under no obligation this year.
	pub excluded: bool,
	/// Tonnes surrendered for this period.
	pub surrendered: Tonnes,
	/// Result of the assessment; `None` until the period closes.
	pub status: Option<SurrenderStatus>,
}

/// Sums over the closed periods of one entity under the cumulative rule.
#[stored]
#[derive(Copy, Default)]
pub struct ComplianceTotals {
	/// Verified emissions so far, in tonnes.
	pub emissions: Tonnes,
	/// Surrendered so far, in tonnes.
	pub surrendered: Tonnes,
}

/// What has become of the allowances of one vintage, in tonnes.
#[stored]
#[derive(Copy, Default)]
pub struct Supply {
	/// Most that may ever be issued.
	pub cap: Tonnes,
	/// Issued so far: allocated and sold.
	pub issued: Tonnes,
	/// The part of `issued` that went to the authority's seller.
	pub sold: Tonnes,
	/// Surrendered against emissions.
	pub surrendered: Tonnes,
	/// Cancelled voluntarily.
	pub cancelled: Tonnes,
}

/// Number of a surrender, counted from 0 over all periods.
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
	PartialEq,
	TypeInfo,
)]
pub struct SurrenderId(pub u64);

/// A surrender, kept for good.
#[stored]
pub struct SurrenderRecord<AccountId, BlockNumber> {
	/// Who surrendered.
	pub holder: AccountId,
	/// Period whose obligation it counts towards.
	pub year: Vintage,
	/// Vintage of the allowances.
	pub vintage: Vintage,
	/// How many tonnes.
	pub tonnes: Tonnes,
	/// Block in which it was made.
	pub block: BlockNumber,
}

/// Number of a cancellation, counted from 0.
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
	PartialEq,
	TypeInfo,
)]
pub struct CancellationId(pub u64);

/// A voluntary cancellation, kept for good.
#[stored]
pub struct CancellationRecord<AccountId, BlockNumber> {
	/// Who gave the allowances up.
	pub holder: AccountId,
	/// Vintage of the allowances.
	pub vintage: Vintage,
	/// How many tonnes.
	pub tonnes: Tonnes,
	/// Digest of the stated reason.
	pub reason: Digest,
	/// Block in which it was made.
	pub block: BlockNumber,
}

/// The next entity to assess of the period that is closing.
#[stored]
#[derive(Copy)]
pub struct ClosingCursor {
	/// Period that is closing.
	pub year: Vintage,
	/// Page of `Enrolments`.
	pub page: u32,
	/// Place within the page.
	pub index: u32,
}
