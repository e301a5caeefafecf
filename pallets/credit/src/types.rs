//! Types that the pallet stores, tells in events and returns to queries.

use alloc::vec::Vec;
use carbon_primitives::{CreditLevel, CreditTerms, Moment, Tonnes, Vintage};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

use crate::ScoreRules;

/// How many years count in a score: the current one and those before it.
pub const YEARS_KEPT: u32 = 5;

/// Most counterparties whose trades count in one year.
pub const COUNTERPARTIES_MAX: u32 = 16;

/// The year in which everything counts that happens before the first compliance period is opened. What counts in it counts in the first
/// year from then on.
pub const BEFORE_FIRST_YEAR: Vintage = Vintage(0);

/// The best score.
pub const SCORE_MAX: u16 = 1_000;

/// The score of whoever has no history, by whichever rules.
pub const NEUTRAL_SCORE: u16 = 500;

/// Most versions of the rules.
pub const VERSIONS_MAX: u32 = 1_000;

/// Largest margin of a level, in thousandths of the usual one.
pub const MARGIN_MILLI_MAX: u32 = 10_000;

/// Longest review of a level, in days.
pub const REVIEW_DAYS_MAX: u32 = 365;

/// Number of a version of the rules of scores. The first one has the number 1.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub struct RuleVersion(pub u32);

impl RuleVersion {
	/// The first version, whose rules are the defaults.
	pub const FIRST: Self = Self(1);
}

impl Default for RuleVersion {
	fn default() -> Self {
		Self::FIRST
	}
}

/// A version of the rules of scores.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct VersionRecord {
	/// The rules.
	pub rules: ScoreRules,
	/// From when on scores are made by them, in milliseconds since the Unix epoch; zero for the first version.
	pub from: Moment,
}

/// What became of the obligations of a year.
#[derive(Clone, Copy, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct SurrenderCounters {
	/// Nothing was missing at the deadline.
	#[codec(compact)]
	pub in_time: u32,
	/// Nothing was missing any more, but something of an earlier year had been at its deadline.
	#[codec(compact)]
	pub late: u32,
	/// Something was missing at the deadline.
	#[codec(compact)]
	pub short: u32,
}

/// What became of the reports of a year.
#[derive(Clone, Copy, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ReportCounters {
	/// Handed in and verified in time.
	#[codec(compact)]
	pub in_time: u32,
	/// Handed in or verified too late.
	#[codec(compact)]
	pub late: u32,
	/// Not handed in.
	#[codec(compact)]
	pub missing: u32,
}

/// What was counted for a participant in one year.
#[derive(Clone, Copy, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct YearCounters {
	/// The compliance year; [`BEFORE_FIRST_YEAR`] before there is any.
	pub year: Vintage,
	/// Agreements to trade that it kept: for each counterparty as many as count for one, for as many counterparties as count.
	#[codec(compact)]
	pub kept: u32,
	/// Agreements to trade that it did not keep.
	#[codec(compact)]
	pub broken: u32,
	/// What became of its obligations.
	pub surrender: SurrenderCounters,
	/// What became of its reports.
	pub reports: ReportCounters,
	/// How many times a report was sent back.
	#[codec(compact)]
	pub discrepancies: u32,
	/// How many of these it corrected in time.
	#[codec(compact)]
	pub corrected: u32,
	/// Penalties that became final and were not annulled, by kind: warning, publication, fine, allocation cut, trading ban.
	pub penalties: [u16; 5],
}

/// What a participant's orders were limited to when those who keep copies were told last.
#[derive(Clone, Copy, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ToldLimits {
	/// Largest order, in tonnes; none for the market's own limit.
	pub order_max: Option<Tonnes>,
	/// Most resting orders in one market; none for the market's own limit.
	pub orders_max: Option<u32>,
}

impl From<&CreditTerms> for ToldLimits {
	fn from(terms: &CreditTerms) -> Self {
		Self {
			order_max: terms.order_max,
			orders_max: terms.orders_max,
		}
	}
}

/// What is kept of a participant.
///
/// The score is what the rules of `version` make of `years` as of the year `as_of`.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct CreditRecord<AccountId> {
	/// What was counted, by year, the newest last. Years in which nothing was counted are left out.
	pub years: BoundedVec<YearCounters, ConstU32<YEARS_KEPT>>,
	/// With whom it has kept agreements in the year `as_of`, and how many of these count.
	pub counterparties: BoundedVec<(AccountId, u8), ConstU32<COUNTERPARTIES_MAX>>,
	/// The score, 0 to 1000.
	pub score: u16,
	/// The level.
	pub level: CreditLevel,
	/// By which rules it was scored.
	pub version: RuleVersion,
	/// The year that was the current one when it was scored.
	pub as_of: Vintage,
	/// What its orders are limited to, also where the levels have changed since and its turn to be scored anew has not come.
	pub told: ToldLimits,
}

/// From which score on each level is had, and what it changes.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct LevelRules {
	/// The least score of A, B, C and D. Below the last one it is E.
	pub thresholds: [u16; 4],
	/// What A, B, C, D and E change.
	pub terms: [CreditTerms; 5],
}

impl LevelRules {
	/// The levels that a chain starts with.
	pub const FIRST: Self = Self {
		thresholds: [800, 600, 400, 200],
		terms: [
			CreditTerms {
				margin_milli: 500,
				..CreditTerms::USUAL
			},
			CreditTerms {
				margin_milli: 750,
				..CreditTerms::USUAL
			},
			CreditTerms::USUAL,
			CreditTerms {
				margin_milli: 1_500,
				order_max: Some(Tonnes(10_000)),
				orders_max: Some(20),
				allocation_held: false,
				review_days: 5,
			},
			CreditTerms {
				margin_milli: 2_500,
				order_max: Some(Tonnes(1_000)),
				orders_max: Some(5),
				allocation_held: true,
				review_days: 10,
			},
		],
	};

	/// The level of a score.
	pub fn level_of(&self, score: u16) -> CreditLevel {
		let [a, b, c, d] = self.thresholds;
		match score {
			score if score >= a => CreditLevel::A,
			score if score >= b => CreditLevel::B,
			score if score >= c => CreditLevel::C,
			score if score >= d => CreditLevel::D,
			_ => CreditLevel::E,
		}
	}

	/// What a level changes.
	pub fn terms_of(&self, level: CreditLevel) -> &CreditTerms {
		let [a, b, c, d, e] = &self.terms;
		match level {
			CreditLevel::A => a,
			CreditLevel::B => b,
			CreditLevel::C => c,
			CreditLevel::D => d,
			CreditLevel::E => e,
		}
	}

	/// Whether the thresholds fall, each level can be had, every term is in its range, and the level of those without a history does not
	/// limit orders: nothing is stored of them, so that nobody could be told that their limits change.
	pub fn are_valid(&self) -> bool {
		let [a, b, c, d] = self.thresholds;
		let in_range = |terms: &CreditTerms| {
			terms.margin_milli <= MARGIN_MILLI_MAX
				&& terms.review_days <= REVIEW_DAYS_MAX
				&& terms.order_max.is_none_or(|tonnes| !tonnes.is_zero())
				&& terms.orders_max.is_none_or(|orders| orders > 0)
		};
		let neutral = self.terms_of(self.level_of(NEUTRAL_SCORE));
		SCORE_MAX >= a
			&& a > b && b > c
			&& c > d && d > 0
			&& self.terms.iter().all(in_range)
			&& ToldLimits::from(neutral) == ToldLimits::default()
	}
}

/// Whether everybody is being scored anew, and how far that has come.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum SweepStage<AccountId> {
	/// Everybody has the score that the current rules give, as of the year that the blocks have seen.
	#[codec(index = 0)]
	Done,
	/// Everybody up to this account, in the order of storage; none where it has just begun.
	#[codec(index = 1)]
	Running(Option<AccountId>),
}

/// What the blocks know about scoring everybody anew.
#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct SweepState<AccountId> {
	/// The newest year that a block has seen.
	pub year: Vintage,
	/// How far it has come.
	pub stage: SweepStage<AccountId>,
}

impl<AccountId> Default for SweepState<AccountId> {
	fn default() -> Self {
		Self {
			year: BEFORE_FIRST_YEAR,
			stage: SweepStage::Done,
		}
	}
}

/// Pairs that were never counted.
#[derive(Clone, Copy, Debug, Decode, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Dropped {
	/// How many in all.
	pub total: u64,
	/// How many of these no event has told yet.
	pub untold: u64,
}

/// A term of a score.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub enum Term {
	/// Agreements to trade. Its input: those kept, those broken.
	#[codec(index = 0)]
	Performance,
	/// Obligations. Its input: in time, late, short.
	#[codec(index = 1)]
	Surrender,
	/// Reports. Its input: in time, late, missing.
	#[codec(index = 2)]
	Reports,
	/// How right the reports were. Its input: discrepancies, those corrected, reports handed in.
	#[codec(index = 3)]
	Accuracy,
}

/// A term of a score, as queries show it.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct TermView {
	/// Which one.
	pub term: Term,
	/// The sums that it is made of, over the years that count, each year by its weight; in thousandths, in the order that [`Term`] says.
	pub input: Vec<u64>,
	/// The rate, 0 to 1000.
	pub rate: u32,
	/// The weight, in thousandths of the score.
	pub weight: u32,
	/// What it adds to the score: rate times weight, in thousandths of a point.
	pub points: u32,
}

/// What penalties take off a score, as queries show it.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct DeductionView {
	/// The sums of penalties by kind, in thousandths: warning, publication, fine, allocation cut, trading ban.
	pub input: [u64; 5],
	/// What they take off: never more than the rules allow. Whole points.
	pub points: u32,
}

/// A score with everything that it is made of, as queries show it.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct ScoreView {
	/// The score by the current rules as of the current year, 0 to 1000.
	pub score: u16,
	/// The level that the current levels give for it.
	pub level: CreditLevel,
	/// The current rules.
	pub version: RuleVersion,
	/// The year as of which `score` was made.
	pub as_of: Vintage,
	/// The score that counts: the one that was stored last. The two differ only while everybody is being scored anew.
	pub stored_score: u16,
	/// The level that counts.
	pub stored_level: CreditLevel,
	/// The terms of `score`.
	pub terms: Vec<TermView>,
	/// What penalties take off `score`.
	pub deduction: DeductionView,
	/// What the level that counts changes. Its limits of orders are those that were told last.
	pub credit_terms: CreditTerms,
}
