//! The formula of scores, in whole numbers: what a version of the rules makes of what was counted.
//!
//! Plain Rust, without a chain. The README says the same in words; clients compute it anew from the counters.

use crate::{YearCounters, COUNTERPARTIES_MAX, NEUTRAL_SCORE, SCORE_MAX, YEARS_KEPT};
use carbon_primitives::Vintage;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// One, in thousandths.
const MILLI: u64 = 1_000;

/// The best rate of a term.
pub const RATE_MAX: u32 = 1_000;

/// The rate of a term of which nothing was counted.
pub const NEUTRAL_RATE: u32 = 500;

/// Largest prior, in events; and most kept agreements that a broken one outweighs.
pub const FACTOR_MAX: u32 = 1_000;

/// How agreements to trade count.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct PerformanceRules {
	/// Weight of the term, in thousandths.
	pub weight: u32,
	/// How many trades with one counterparty count in a year.
	pub per_counterparty: u8,
	/// The trades of how many counterparties count in a year.
	pub counterparties_max: u8,
	/// How many kept agreements a broken one outweighs.
	pub broken_factor: u32,
	/// How many kept and as many broken ones are assumed beforehand, so that few trades change little.
	pub prior: u32,
}

/// How it counts whether something was done in time.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct TimelinessRules {
	/// Weight of the term, in thousandths.
	pub weight: u32,
	/// The rate of what was done late. What was done in time has 1000.
	pub late: u32,
	/// The rate of what was not done.
	pub missed: u32,
	/// How many with the rate 500 are assumed beforehand.
	pub prior: u32,
}

/// How corrections of reports count.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct AccuracyRules {
	/// Weight of the term, in thousandths.
	pub weight: u32,
	/// What a discrepancy takes off the rate.
	pub per_discrepancy: u32,
	/// What a correction in time gives back.
	pub per_correction: u32,
}

/// How penalties count.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct PenaltyRules {
	/// What one of each kind takes off the score: warning, publication, fine, allocation cut, trading ban.
	pub points: [u32; 5],
	/// What all of them together take off at most.
	pub points_max: u32,
}

/// The rules of scores.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct ScoreRules {
	/// How much a year counts, by its age, in thousandths: the current one, the one before it and so on.
	pub decay_milli: [u32; YEARS_KEPT as usize],
	/// How agreements to trade count.
	pub performance: PerformanceRules,
	/// How obligations count.
	pub surrender: TimelinessRules,
	/// How reports count.
	pub reports: TimelinessRules,
	/// How corrections of reports count.
	pub accuracy: AccuracyRules,
	/// How penalties count.
	pub penalties: PenaltyRules,
}

impl ScoreRules {
	/// The rules that a chain starts with.
	pub const FIRST: Self = Self {
		decay_milli: [1_000, 700, 490, 343, 240],
		performance: PerformanceRules {
			weight: 300,
			per_counterparty: 3,
			counterparties_max: 16,
			broken_factor: 8,
			prior: 4,
		},
		surrender: TimelinessRules {
			weight: 400,
			late: 400,
			missed: 0,
			prior: 1,
		},
		reports: TimelinessRules {
			weight: 200,
			late: 400,
			missed: 0,
			prior: 1,
		},
		accuracy: AccuracyRules {
			weight: 100,
			per_discrepancy: 300,
			per_correction: 150,
		},
		penalties: PenaltyRules {
			points: [20, 40, 60, 100, 150],
			points_max: 500,
		},
	};

	/// Whether every rule is in its range.
	pub fn are_valid(&self) -> bool {
		let performance = &self.performance;
		let weights = [
			performance.weight,
			self.surrender.weight,
			self.reports.weight,
			self.accuracy.weight,
		];
		let is_timely = |rules: &TimelinessRules| {
			rules.missed <= rules.late && rules.late <= RATE_MAX && (1..=FACTOR_MAX).contains(&rules.prior)
		};
		// Each is at most 1000 before they are added up.
		weights.iter().all(|weight| *weight <= RATE_MAX)
			&& weights.iter().sum::<u32>() == RATE_MAX
			&& self.decay_milli[0] == 1_000
			&& self.decay_milli.windows(2).all(|pair| pair[0] >= pair[1])
			&& performance.per_counterparty > 0
			&& (1..=COUNTERPARTIES_MAX).contains(&u32::from(performance.counterparties_max))
			&& performance.broken_factor <= FACTOR_MAX
			&& (1..=FACTOR_MAX).contains(&performance.prior)
			&& is_timely(&self.surrender)
			&& is_timely(&self.reports)
			&& self.accuracy.per_discrepancy <= RATE_MAX
			&& self.accuracy.per_correction <= self.accuracy.per_discrepancy
			&& self
				.penalties
				.points
				.iter()
				.chain([&self.penalties.points_max])
				.all(|points| *points <= u32::from(SCORE_MAX))
	}

	/// What a year counts that is so many years old, in thousandths; zero where it is too old.
	pub fn decay_of(&self, age: u16) -> u32 {
		self.decay_milli.get(usize::from(age)).copied().unwrap_or(0)
	}

	/// The most that trades with `counterparties` accounts a year add to the sum of kept agreements, in thousandths.
	fn kept_max(&self, counterparties: u32) -> u64 {
		let counting = counterparties.min(self.performance.counterparties_max.into());
		let a_year = u64::from(counting) * u64::from(self.performance.per_counterparty);
		self.decay_milli
			.iter()
			.map(|decay| a_year * u64::from(*decay))
			.sum()
	}

	/// The most by which trades, with at most `counterparties` accounts outside the own group in each year, raise a score, whatever else
	/// was counted. Rounded up.
	///
	/// The more broken agreements there are, the less each kept one raises, and the less there are, the less there is to raise. Between
	/// the two, `kept` more raise the rate by at most `kept / (p + q + 2·√(p·q))`, where `p` is the prior and `q` is `p + kept`.
	pub fn raise_max(&self, counterparties: u32) -> u32 {
		let kept = self.kept_max(counterparties);
		let prior = u64::from(self.performance.prior) * MILLI;
		let with_kept = prior + kept;
		// The root is rounded down and the quotient up, so that the bound is never too low.
		let least = prior + with_kept + 2 * (prior * with_kept).isqrt();
		let rate = (u64::from(RATE_MAX) * kept).div_ceil(least);
		// At most 1000 times 1000.
		(rate * u64::from(self.performance.weight)).div_ceil(MILLI) as u32
	}

	/// The most by which trades, with at most `counterparties` accounts outside the own group in each year, raise the score of somebody
	/// for whom nothing else was ever counted. Exact.
	pub fn raise_max_of_newcomer(&self, counterparties: u32) -> u32 {
		let rate = self.performance_rate(self.kept_max(counterparties), 0);
		rate.saturating_sub(NEUTRAL_RATE) * self.performance.weight / RATE_MAX
	}

	/// The rate of agreements to trade. The sums are in thousandths.
	fn performance_rate(&self, kept: u64, broken: u64) -> u32 {
		let rules = &self.performance;
		let prior = u64::from(rules.prior) * MILLI;
		let good = kept + prior;
		let all = good + u64::from(rules.broken_factor) * broken + prior;
		// Rounded down. Not above 1000, since no more is good than all.
		(u64::from(RATE_MAX) * good / all) as u32
	}

	/// The rate of corrections. The sums are in thousandths.
	fn accuracy_rate(&self, sums: &Sums) -> u32 {
		// Where no report was handed in, it begins in the middle.
		let begin = if sums.reports_handed_in() > 0 {
			RATE_MAX
		} else {
			NEUTRAL_RATE
		};
		let best = u64::from(RATE_MAX) * MILLI;
		let given = u64::from(begin) * MILLI + u64::from(self.accuracy.per_correction) * sums.corrected;
		let rate = given.saturating_sub(u64::from(self.accuracy.per_discrepancy) * sums.discrepancies);
		// Rounded down.
		(rate.min(best) / MILLI) as u32
	}

	/// What penalties take off. The sums are in thousandths.
	fn deduction(&self, penalties: &[u64; 5]) -> u32 {
		let sum: u64 = penalties
			.iter()
			.zip(self.penalties.points)
			.map(|(count, points)| count * u64::from(points))
			.sum();
		// Rounded down, in favour of the participant.
		(sum / MILLI).min(self.penalties.points_max.into()) as u32
	}

	/// The score of somebody for whom `years` were counted, as of the year `as_of`, with what it is made of.
	pub fn assess(&self, years: &[YearCounters], as_of: Vintage) -> Assessment {
		let sums = Sums::of(self, years, as_of);
		let rates = [
			self.performance_rate(sums.kept, sums.broken),
			self.surrender.rate(&sums.surrender),
			self.reports.rate(&sums.reports),
			self.accuracy_rate(&sums),
		];
		let weights = [
			self.performance.weight,
			self.surrender.weight,
			self.reports.weight,
			self.accuracy.weight,
		];
		let deduction = self.deduction(&sums.penalties);
		let points: u32 = rates
			.iter()
			.zip(weights)
			.map(|(rate, weight)| rate * weight)
			.sum();
		// Rounded down, once for all terms. At most 1000, since the weights add up to 1000.
		let score = (points / RATE_MAX).saturating_sub(deduction) as u16;
		Assessment {
			sums,
			rates,
			weights,
			deduction,
			score,
		}
	}
}

impl TimelinessRules {
	/// The rate of what was done in time, late and not at all. The sums are in thousandths.
	fn rate(&self, sums: &[u64; 3]) -> u32 {
		let [in_time, late, missed] = sums;
		let prior = u64::from(self.prior) * MILLI;
		let good = u64::from(RATE_MAX) * in_time
			+ u64::from(self.late) * late
			+ u64::from(self.missed) * missed
			+ u64::from(NEUTRAL_RATE) * prior;
		// Rounded down. Not above 1000, since no rate is.
		(good / (in_time + late + missed + prior)) as u32
	}
}

/// What was counted over the years, each year by its weight, in thousandths.
///
/// A counter has 32 bits, a weight is at most 1000 and there are five years: no sum exceeds 2^45. A few of them, times 1000, are far from
/// what 64 bits hold.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Sums {
	/// Agreements kept.
	pub kept: u64,
	/// Agreements broken.
	pub broken: u64,
	/// Obligations: in time, late, short.
	pub surrender: [u64; 3],
	/// Reports: in time, late, missing.
	pub reports: [u64; 3],
	/// Discrepancies.
	pub discrepancies: u64,
	/// Those corrected in time.
	pub corrected: u64,
	/// Penalties, by kind.
	pub penalties: [u64; 5],
}

impl Sums {
	/// The sums over `years`, as of the year `as_of`.
	pub fn of(rules: &ScoreRules, years: &[YearCounters], as_of: Vintage) -> Self {
		let mut sums = Self::default();
		// Years are distinct, so that no more than five have a weight.
		for counters in years {
			let weight = u64::from(rules.decay_of(as_of.0.saturating_sub(counters.year.0)));
			let add = |sum: &mut u64, count: u32| *sum += weight * u64::from(count);
			let (surrender, reports) = (&counters.surrender, &counters.reports);
			add(&mut sums.kept, counters.kept);
			add(&mut sums.broken, counters.broken);
			for (sum, count) in
				sums.surrender
					.iter_mut()
					.zip([surrender.in_time, surrender.late, surrender.short])
			{
				add(sum, count);
			}
			for (sum, count) in sums
				.reports
				.iter_mut()
				.zip([reports.in_time, reports.late, reports.missing])
			{
				add(sum, count);
			}
			add(&mut sums.discrepancies, counters.discrepancies);
			add(&mut sums.corrected, counters.corrected);
			for (sum, count) in sums.penalties.iter_mut().zip(counters.penalties) {
				add(sum, count.into());
			}
		}
		sums
	}

	/// Reports that were handed in, in time or late.
	pub fn reports_handed_in(&self) -> u64 {
		let [in_time, late, _] = self.reports;
		in_time + late
	}
}

/// A score and what it is made of. The four terms: agreements to trade, obligations, reports, accuracy.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Assessment {
	/// What was counted.
	pub sums: Sums,
	/// The rates of the terms.
	pub rates: [u32; 4],
	/// The weights of the terms.
	pub weights: [u32; 4],
	/// What penalties take off.
	pub deduction: u32,
	/// The score.
	pub score: u16,
}

// Whoever has no history has half of each term.
const _: () = assert!(NEUTRAL_RATE == NEUTRAL_SCORE as u32 && SCORE_MAX as u32 == RATE_MAX);
