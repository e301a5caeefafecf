//! Stored records and their parts. Nothing here knows the pallet's `Config`.

pub use crate::rules::*;
use carbon_primitives::{AssetId, Balance, Digest, Moment, Price, Tonnes, Vintage};
use codec::{CompactAs, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{pallet_prelude::ConstU32, stored, BoundedVec};
use scale_info::TypeInfo;

/// A compliance period.
#[stored]
#[derive(Copy)]
pub struct PeriodRecord {
	/// The rules of the period. They stay as they are once it has opened for reports.
	pub rules: RuleSet,
	/// The deadlines of the period.
	pub timeline: Timeline,
	/// Where the period stands.
	pub phase: Phase,
	/// Lists of entities that were enrolled: pages `0 .. enrolment_pages` of `Enrolments`.
	pub enrolment_pages: u32,
	/// What a missing tonne is reckoned at; `None` until the period begins to close.
	pub fine_price: Option<FinePrice>,
}

/// Where the price comes from that a shortfall is fined by.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum PriceBasis {
	/// The average price of the listed trades of the month before the deadline.
	#[codec(index = 0)]
	Market,
	/// The rules, because nothing was traded in that month.
	#[codec(index = 1)]
	Fallback,
	/// The rules, which name an amount for each tonne.
	#[codec(index = 2)]
	Fixed,
}

/// What a missing tonne is reckoned at.
#[stored]
#[derive(Copy)]
pub struct FinePrice {
	/// In fen per tonne, before the multiplier.
	pub price: Price,
	/// Where it comes from.
	pub basis: PriceBasis,
}

/// Most periods that may be running at once.
pub const RUNNING_MAX: u32 = 8;

/// A period that has not ended, and when it moves on by itself.
#[stored]
#[derive(Copy)]
pub struct RunningPeriod {
	/// Compliance year.
	pub year: Vintage,
	/// Where the period stands, as its record says.
	pub phase: Phase,
	/// When that phase ends.
	pub due: Moment,
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
	/// When it was handed in, or replaced.
	pub at: Moment,
	/// Whether it came after reports were due. A correction that the regulator asked for is as late as what it corrects.
	pub late: bool,
	/// Whether a verifier accepted it after verification was due. A correction that the regulator asked for counts as the verification of
	/// what it corrects.
	pub verified_late: bool,
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
	/// The entity was under no obligation this year, and under the cumulative rule had owed nothing before.
	#[codec(index = 3)]
	Excluded,
}

/// What one covered entity owes and has done in one period.
#[stored]
pub struct ObligationRecord<AccountId> {
	/// Free allowances of the year in tonnes, less what was taken back; `None` until allocated.
	pub allocated: Option<Tonnes>,
	/// Emissions report, once there is one.
	pub report: Option<ReportRecord>,
	/// Whether the entity is under no obligation this year.
	pub excluded: bool,
	/// Who verified the report, while it is verified or confirmed.
	pub verifier: Option<AccountId>,
	/// How often the regulator opened a verified report again.
	pub corrections: u16,
	/// Tonnes surrendered for this period, in allowances and offset credits.
	pub surrendered: Tonnes,
	/// The part of `surrendered` that was offset credits.
	pub offsets: Tonnes,
	/// Tonnes that were missing when the period closed; zero until then.
	pub shortfall: Tonnes,
	/// Result of the assessment; `None` until the period closes.
	pub status: Option<SurrenderStatus>,
	/// Emissions that need not be covered, as found when the period closed, in tonnes.
	pub waived: Tonnes,
	/// Fine for the tonnes that were missing when the period closed, in fen. It takes none of them away.
	pub fine: Balance,
	/// Tonnes of the year's vintage that the entity has carried over into the next one.
	pub carried_over: Tonnes,
	/// Net sales of the year's vintage when the entity was assessed, in tonnes; noted where the rules know carry-over.
	pub net_sold: Tonnes,
	/// What the entity held of that vintage then, on both ledgers, and what the regulator held and handed over since, in tonnes;
	/// noted where the rules know carry-over.
	pub held_at_end: Tonnes,
}

impl<AccountId> ObligationRecord<AccountId> {
	/// The report whose emissions count: the regulator has accepted it.
	pub fn confirmed(&self) -> Option<ReportRecord> {
		self.report
			.filter(|report| report.state == ReportState::Confirmed)
	}
}

impl<AccountId> Default for ObligationRecord<AccountId> {
	/// As an entity is enrolled.
	fn default() -> Self {
		Self {
			allocated: None,
			report: None,
			excluded: false,
			verifier: None,
			corrections: 0,
			surrendered: Tonnes::ZERO,
			offsets: Tonnes::ZERO,
			shortfall: Tonnes::ZERO,
			status: None,
			waived: Tonnes::ZERO,
			fine: 0,
			carried_over: Tonnes::ZERO,
			net_sold: Tonnes::ZERO,
			held_at_end: Tonnes::ZERO,
		}
	}
}

/// Sums over the closed periods of one entity under the cumulative rule.
#[stored]
#[derive(Copy, Default)]
pub struct ComplianceTotals {
	/// Verified emissions so far that had to be covered, in tonnes.
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
	/// Issued so far: allocated, less what was taken back, and sold.
	pub issued: Tonnes,
	/// The part of `issued` that went to the authority's seller.
	pub sold: Tonnes,
	/// Surrendered against emissions.
	pub surrendered: Tonnes,
	/// Cancelled voluntarily.
	pub cancelled: Tonnes,
	/// Came in place of allowances of the vintage before; the cap does not count them, since that one's did.
	pub carried_in: Tonnes,
	/// Gone into the next vintage.
	pub carried_out: Tonnes,
}

/// Allowances of a vintage that came to an account, and that left it, otherwise than by trade.
#[stored]
#[derive(Copy, Default)]
pub struct Movement {
	/// Issued, carried over or transferred to it, in tonnes.
	pub received: Tonnes,
	/// Surrendered, cancelled, carried over, taken back or transferred from it, in tonnes.
	pub spent: Tonnes,
}

/// On what a transfer outside of the market rests.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum TransferBasis {
	/// Both accounts belong to the same corporate group.
	#[codec(index = 0)]
	OwnAccounts,
	/// A legal basis that the regulator has looked at: the digest of the document.
	#[codec(index = 1)]
	Legal(Digest),
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
	/// Who supplied the units.
	pub supplier: AccountId,
	/// Whose obligation it counts towards.
	pub entity: AccountId,
	/// Period of that obligation.
	pub year: Vintage,
	/// What was surrendered: a vintage's allowances or an offset series.
	pub asset: AssetId,
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

/// In whose favour, or for what, allowances were given up: text of at most 128 bytes.
pub type Beneficiary = BoundedVec<u8, ConstU32<128>>;

/// A voluntary cancellation, kept for good.
#[stored]
pub struct CancellationRecord<AccountId, BlockNumber> {
	/// Who gave the allowances up.
	pub holder: AccountId,
	/// Vintage of the allowances.
	pub vintage: Vintage,
	/// How many tonnes.
	pub tonnes: Tonnes,
	/// In whose favour, or for what, in the holder's words.
	pub beneficiary: Beneficiary,
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
