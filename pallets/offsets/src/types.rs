//! Types that the pallet stores, takes and returns. None of them knows the pallet's configuration.

use carbon_calendar::Day;
use carbon_primitives::{AssetId, Digest, ProjectKind, Tonnes, Vintage};
use carbon_traits::SeriesInfo;
use codec::{CompactAs, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// Most bytes of a methodology or of a registry reference.
pub const TEXT_MAX: u32 = 64;
/// Most documents of an application.
pub const DOCUMENTS_MAX: u32 = 8;
/// Most bytes of the name of whom a cancellation benefits.
pub const BENEFICIARY_MAX: u32 = 128;
/// The whole of a series, in basis points.
pub const BPS: u32 = 10_000;

/// Name of a project or of a report in the registry that it comes from: capitals, digits and `- . / _ :`.
pub type RegistryRef = BoundedVec<u8, ConstU32<TEXT_MAX>>;
/// Whom a cancellation benefits, in UTF-8; empty for the holder itself.
pub type Beneficiary = BoundedVec<u8, ConstU32<BENEFICIARY_MAX>>;

macro_rules! number {
	($(#[$doc:meta])* $name:ident($inner:ty)) => {
		$(#[$doc])*
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
		pub struct $name(pub $inner);

		impl $name {
			/// The number after this one; none after the last.
			pub fn next(self) -> Option<Self> {
				self.0.checked_add(1).map(Self)
			}
		}
	};
}

number! {
	/// Number of a project, counted from 0. It is given once.
	ProjectId(u32)
}
number! {
	/// Number of a report of reductions, counted from 0 over all projects. It is given once.
	ReportId(u32)
}
number! {
	/// Number of a cancellation of offset credits, counted from 0. It is given once.
	CancellationId(u64)
}

/// What an owner hands in for a project.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ProjectDetails {
	/// What the project does.
	pub kind: ProjectKind,
	/// Reference of the methodology by which reductions are counted, in UTF-8.
	pub methodology: BoundedVec<u8, ConstU32<TEXT_MAX>>,
	/// Name of the project in the registry that it comes from.
	pub registry_ref: RegistryRef,
	/// Digests of the documents, at least one.
	pub documents: BoundedVec<Digest, ConstU32<DOCUMENTS_MAX>>,
	/// Whether the project lies at an installation of a covered entity. The owner states it; what the regulator says when it
	/// registers the project replaces it.
	pub inside_ets: bool,
}

/// Where a project stands.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum ProjectState {
	/// Handed in; waits for the regulator.
	#[codec(index = 0)]
	Submitted,
	/// Reductions may be reported and credits issued.
	#[codec(index = 1)]
	Registered,
	/// Not accepted as it was handed in.
	#[codec(index = 2)]
	Refused,
	/// Registered once; nothing is reported, verified or issued until the regulator registers it again.
	#[codec(index = 3)]
	Suspended,
}

impl ProjectState {
	/// Whether the project was registered once.
	pub const fn was_registered(self) -> bool {
		matches!(self, Self::Registered | Self::Suspended)
	}

	/// Whether a project in this state has its registry reference.
	pub const fn holds_reference(self) -> bool {
		!matches!(self, Self::Refused)
	}
}

/// A project.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ProjectRecord<AccountId> {
	/// The resource holder.
	pub owner: AccountId,
	/// What was handed in.
	pub details: ProjectDetails,
	/// How often it was handed in again.
	pub revision: u32,
	/// Where it stands.
	pub state: ProjectState,
}

/// What the regulator decides about a project.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Decision {
	/// A submitted project is accepted, or a suspended one may go on.
	#[codec(index = 0)]
	Register {
		/// Whether the project lies at an installation of a covered entity. Counts for what is issued from now on.
		inside_ets: bool,
	},
	/// A submitted project is not accepted.
	#[codec(index = 1)]
	Refuse,
	/// A registered project is stopped.
	#[codec(index = 2)]
	Suspend,
}

impl Decision {
	/// The state that a project in `state` comes to; none where there is nothing to decide in this way.
	pub const fn applied_to(self, state: ProjectState) -> Option<ProjectState> {
		match (self, state) {
			(Self::Register { .. }, ProjectState::Submitted | ProjectState::Suspended) => {
				Some(ProjectState::Registered)
			}
			(Self::Refuse, ProjectState::Submitted) => Some(ProjectState::Refused),
			(Self::Suspend, ProjectState::Registered) => Some(ProjectState::Suspended),
			_ => None,
		}
	}
}

/// Sums over the series of a project, in tonnes.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct ProjectTotals {
	/// Issued, with what went to the buffer.
	pub issued: Tonnes,
	/// What is in the buffer now.
	pub buffered: Tonnes,
	/// Reversed: cancelled from the buffer, paid by the owner, or owed.
	pub reversed: Tonnes,
	/// Reversed, neither covered by the buffer nor paid by the owner yet.
	pub owed: Tonnes,
}

impl ProjectTotals {
	/// Count a series; none where it cannot be counted.
	pub(crate) fn issue(&mut self, issued: Tonnes, buffered: Tonnes) -> Option<()> {
		self.issued = self.issued.checked_add(issued)?;
		self.buffered = self.buffered.checked_add(buffered)?;
		Some(())
	}
}

/// What an owner reports of a monitoring period.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Reductions {
	/// First day of the monitoring period.
	pub from: Day,
	/// Last day of the monitoring period.
	pub to: Day,
	/// Reductions in tonnes CO2 equivalent.
	#[codec(compact)]
	pub tonnes: Tonnes,
	/// Digest of the monitoring report.
	pub digest: Digest,
	/// Name of the report in the registry that it comes from.
	pub registry_ref: RegistryRef,
}

/// How far a report has come.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum ReportState {
	/// Handed in by the owner, which may still take it back.
	#[codec(index = 0)]
	Submitted,
	/// A verifier stands behind the number.
	#[codec(index = 1)]
	Verified,
	/// A series was issued for it.
	#[codec(index = 2)]
	Issued {
		/// The series.
		series: AssetId,
	},
	/// The regulator did not accept it.
	#[codec(index = 3)]
	Refused,
}

/// A report of reductions.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ReductionReport<AccountId> {
	/// The project.
	pub project: ProjectId,
	/// What was reported.
	pub reductions: Reductions,
	/// How far it has come.
	pub state: ReportState,
	/// Who has verified it.
	pub verifier: Option<AccountId>,
}

/// The monitoring period of a report, in the list of its project.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct MonitoringPeriod {
	/// First day.
	pub from: Day,
	/// Last day.
	pub to: Day,
	/// The report.
	pub report: ReportId,
}

/// Where the period from `from` to `to` stands in the list `periods`, which is in the order of time; none where it shares a
/// day with one of them.
pub fn place_of(periods: &[MonitoringPeriod], from: Day, to: Day) -> Option<usize> {
	let place = periods.partition_point(|period| period.to < from);
	match periods.get(place) {
		Some(following) if following.from <= to => None,
		_ => Some(place),
	}
}

/// A series of offset credits, and what has become of it, in tonnes.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct SeriesRecord {
	/// The project.
	pub project: ProjectId,
	/// The report that it was issued for.
	pub report: ReportId,
	/// Kind of the project.
	pub kind: ProjectKind,
	/// Whether the project lay at an installation of a covered entity when the series was issued.
	pub inside_ets: bool,
	/// Year of the last day of the monitoring period.
	pub vintage: Vintage,
	/// Issued, with what went to the buffer.
	pub issued: Tonnes,
	/// What of it is in the buffer now.
	pub buffered: Tonnes,
	/// Surrendered against emissions.
	pub surrendered: Tonnes,
	/// Cancelled by holders, by reversal, or to settle one.
	pub cancelled: Tonnes,
}

impl SeriesRecord {
	/// Count `tonnes` as surrendered; none where they cannot be counted.
	pub(crate) fn surrender(&mut self, tonnes: Tonnes) -> Option<()> {
		self.surrendered = self.surrendered.checked_add(tonnes)?;
		Some(())
	}

	/// Count `tonnes` as cancelled; none where they cannot be counted.
	pub(crate) fn cancel(&mut self, tonnes: Tonnes) -> Option<()> {
		self.cancelled = self.cancelled.checked_add(tonnes)?;
		Some(())
	}

	/// Count `tonnes` as out of the buffer; none where it has fewer.
	pub(crate) fn unbuffer(&mut self, tonnes: Tonnes) -> Option<()> {
		self.buffered = self.buffered.checked_sub(tonnes)?;
		Some(())
	}
}

impl From<SeriesRecord> for SeriesInfo {
	fn from(series: SeriesRecord) -> Self {
		Self {
			kind: series.kind,
			inside_ets: series.inside_ets,
			vintage: series.vintage,
		}
	}
}

/// What of `tonnes` goes to the buffer when its share is `bps` basis points: rounded up, in favour of the buffer. A share
/// above the whole counts as the whole.
pub fn buffer_of(tonnes: Tonnes, bps: u32) -> Tonnes {
	let product = u128::from(tonnes.0) * u128::from(bps.min(BPS));
	// At most `tonnes`, so that it fits and the other value is never taken.
	Tonnes(u64::try_from(product.div_ceil(BPS.into())).unwrap_or(tonnes.0))
}

/// The year that `day` lies in; none where its number does not fit.
pub fn vintage_of(day: Day) -> Option<Vintage> {
	// Years that begin in March have their leap day at their end; four hundred of them have always the same number of days.
	// Day 0 is the 719,468th day after 1 March of the year 0.
	const ERA: u64 = 146_097;
	let days = u64::from(day.0) + 719_468;
	let (era, day_of_era) = (days / ERA, days % ERA);
	let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / (ERA - 1)) / 365;
	let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	// January and February, from the 306th day on, belong to the next year.
	let year = era * 400 + year_of_era + u64::from(day_of_year >= 306);
	u16::try_from(year).ok().map(Vintage)
}

/// Whether `reference` is spelled as registry references have to be: capitals, digits and `- . / _ :`, at least one.
pub fn is_reference(reference: &[u8]) -> bool {
	let fits = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"-./_:".contains(byte);
	!reference.is_empty() && reference.iter().all(fits)
}

/// What a registry reference belongs to.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum ReferenceUse {
	/// A project.
	#[codec(index = 0)]
	Project(ProjectId),
	/// A report of reductions.
	#[codec(index = 1)]
	Report(ReportId),
}

/// Why offset credits were cancelled.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum CancellationCause {
	/// Their holder gave them up.
	#[codec(index = 0)]
	Voluntary {
		/// Whom it benefits; empty for the holder itself.
		beneficiary: Beneficiary,
		/// Digest of the stated reason.
		reason: Digest,
	},
	/// Reductions were undone, and these credits of the buffer with them.
	#[codec(index = 1)]
	Reversal {
		/// The project whose reductions were undone.
		project: ProjectId,
		/// Digest of the regulator's reasons.
		reason: Digest,
	},
	/// The owner paid what it owed after a reversal.
	#[codec(index = 2)]
	Settlement {
		/// The project whose reductions were undone.
		project: ProjectId,
	},
}

/// A cancellation, kept for good.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct CancellationRecord<AccountId, BlockNumber> {
	/// Whose credits they were; for a reversal the account of the buffers.
	pub holder: AccountId,
	/// The series.
	pub asset: AssetId,
	/// How many tonnes.
	pub tonnes: Tonnes,
	/// Why.
	pub cause: CancellationCause,
	/// Block in which it was made.
	pub block: BlockNumber,
}

/// A project, as queries show it.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct ProjectView<AccountId> {
	/// Its number.
	pub id: ProjectId,
	/// The project.
	pub project: ProjectRecord<AccountId>,
	/// Sums over its series.
	pub totals: ProjectTotals,
}

/// A report of reductions, as queries show it.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct ReportView<AccountId> {
	/// Its number.
	pub id: ReportId,
	/// The report.
	pub report: ReductionReport<AccountId>,
}

/// A series, as queries show it.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct SeriesView {
	/// Its asset.
	pub asset: AssetId,
	/// The series.
	pub series: SeriesRecord,
}

/// What the benchmarks need from the runtime.
#[cfg(any(feature = "runtime-benchmarks", test))]
pub trait OffsetsBenchmarkHelper<AccountId> {
	/// Admit `who` with `role`, without expiry.
	fn admit(who: &AccountId, role: carbon_primitives::Role);

	/// Make one group of `members`, who were admitted before.
	fn form_group(members: &[AccountId]);

	/// Let it be `day`.
	fn set_today(day: Day);
}

#[cfg(test)]
mod tests {
	use super::*;

	fn periods(list: &[(u32, u32)]) -> Vec<MonitoringPeriod> {
		let period = |&(from, to): &(u32, u32)| MonitoringPeriod {
			from: Day(from),
			to: Day(to),
			report: ReportId(0),
		};
		list.iter().map(period).collect()
	}

	#[test]
	fn a_period_has_a_place_exactly_where_it_shares_no_day() {
		let list = periods(&[(10, 19), (30, 30), (40, 49)]);
		for from in 0..60 {
			for to in from..60 {
				let shares = list
					.iter()
					.any(|period| (from..=to).any(|day| (period.from..=period.to).contains(&Day(day))));
				let place = place_of(&list, Day(from), Day(to));
				assert_eq!(place.is_none(), shares, "{from} to {to}");
				if let Some(place) = place {
					assert!(list[..place].iter().all(|period| period.to < Day(from)));
					assert!(list[place..].iter().all(|period| Day(to) < period.from));
				}
			}
		}
	}

	#[test]
	fn the_first_period_of_a_project_has_a_place() {
		assert_eq!(place_of(&[], Day(0), Day(u32::MAX)), Some(0));
	}

	#[test]
	fn the_vintage_is_the_year_of_the_day() {
		for (day, year) in [
			(0, 1970),
			(364, 1970),
			(365, 1971),
			// 29 February and 31 December 2000, the next day, and the same around 2024.
			(11_016, 2000),
			(11_322, 2000),
			(11_323, 2001),
			(19_722, 2023),
			(19_723, 2024),
			(20_088, 2024),
			(20_089, 2025),
			// 31 December 2100 is its 365th day.
			(47_846, 2100),
			(47_847, 2101),
		] {
			assert_eq!(vintage_of(Day(day)), Some(Vintage(year)), "day {day}");
		}
	}

	#[test]
	fn the_vintage_changes_with_each_first_of_january() {
		let mut day = 0;
		for year in 1970..2500u16 {
			let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
			let days = 365 + u32::from(is_leap);
			assert_eq!(vintage_of(Day(day)), Some(Vintage(year)));
			assert_eq!(vintage_of(Day(day + days - 1)), Some(Vintage(year)));
			day += days;
		}
	}

	#[test]
	fn a_day_beyond_the_years_has_no_vintage() {
		assert_eq!(vintage_of(Day(u32::MAX)), None);
	}

	#[test]
	fn the_buffer_is_rounded_up_and_never_more_than_the_whole() {
		for (tonnes, bps, buffer) in [
			(1_000, 2_000, 200),
			(1_001, 2_000, 201),
			(1, 1, 1),
			(1_001, 0, 0),
			(7, 10_000, 7),
			(7, u32::MAX, 7),
			(u64::MAX, 10_000, u64::MAX),
		] {
			assert_eq!(
				buffer_of(Tonnes(tonnes), bps),
				Tonnes(buffer),
				"{tonnes} at {bps}"
			);
		}
	}

	#[test]
	fn a_reference_has_one_spelling() {
		assert!(is_reference(b"CCER-14/001_A.2:B"));
		for unfit in [
			"",
			"ccer-1",
			"CCER 1",
			" CCER-1",
			"CCER-1\n",
			"CCER\u{2010}1",
			"\u{4e2d}",
		] {
			assert!(!is_reference(unfit.as_bytes()), "{unfit:?}");
		}
	}

	#[test]
	fn a_decision_leads_from_one_state_to_another() {
		use ProjectState::*;
		let register = Decision::Register { inside_ets: false };
		for (decision, allowed) in [
			(register, vec![(Submitted, Registered), (Suspended, Registered)]),
			(Decision::Refuse, vec![(Submitted, Refused)]),
			(Decision::Suspend, vec![(Registered, Suspended)]),
		] {
			for state in [Submitted, Registered, Refused, Suspended] {
				let expected = allowed.iter().find(|(from, _)| *from == state).map(|(_, to)| *to);
				assert_eq!(decision.applied_to(state), expected, "{decision:?} on {state:?}");
			}
		}
	}
}
