//! The formula, against a model that is written from the README with exact fractions and does not divide.

use crate::{
	Assessment, ReportCounters, RuleVersion, ScoreRules, SurrenderCounters, YearCounters, NEUTRAL_SCORE,
};
use carbon_primitives::Vintage;
use proptest::{array, collection::vec, prelude::*};
use std::ops::{Add, Mul, Sub};

/// A fraction.
#[derive(Clone, Copy, Debug)]
struct Q(i128, i128);

const fn whole(n: i128) -> Q {
	Q(n, 1)
}

fn gcd(a: i128, b: i128) -> i128 {
	if b == 0 {
		a
	} else {
		gcd(b, a % b)
	}
}

impl Q {
	fn reduced(self) -> Self {
		let divisor = gcd(self.0.abs(), self.1).max(1);
		Self(self.0 / divisor, self.1 / divisor)
	}

	/// The quotient of two fractions, rounded down, which lies between 0 and 1000: found by trying.
	fn floor_of(self, by: Self) -> i128 {
		let (num, den) = (self.0 * by.1, self.1 * by.0);
		(0..=1_000).rev().find(|n| n * den <= num).unwrap_or(0)
	}

	fn max(self, other: Self) -> Self {
		if (self - other).0 < 0 {
			other
		} else {
			self
		}
	}

	fn min(self, other: Self) -> Self {
		if (self - other).0 < 0 {
			self
		} else {
			other
		}
	}
}

impl Add for Q {
	type Output = Self;
	fn add(self, other: Self) -> Self {
		Self(self.0 * other.1 + other.0 * self.1, self.1 * other.1).reduced()
	}
}

impl Sub for Q {
	type Output = Self;
	fn sub(self, other: Self) -> Self {
		self + Self(-other.0, other.1)
	}
}

impl Mul for Q {
	type Output = Self;
	fn mul(self, other: Self) -> Self {
		Self(self.0 * other.0, self.1 * other.1).reduced()
	}
}

/// A number of the rules as a fraction.
fn q(n: u32) -> Q {
	whole(n.into())
}

/// What the README says, in events instead of thousandths of events.
fn model(rules: &ScoreRules, years: &[YearCounters], as_of: u16) -> (Vec<i128>, i128, i128) {
	let sum = |count: &dyn Fn(&YearCounters) -> u32| {
		let mut sum = whole(0);
		for (age, decay) in rules.decay_milli.iter().enumerate() {
			for counters in years {
				if counters.year.0 + age as u16 == as_of {
					sum = sum + Q((*decay).into(), 1_000) * q(count(counters));
				}
			}
		}
		sum
	};
	let timely = |rules: &crate::TimelinessRules, [in_time, late, missed]: [Q; 3]| {
		let good = whole(1_000) * in_time
			+ q(rules.late) * late
			+ q(rules.missed) * missed
			+ whole(500) * q(rules.prior);
		good.floor_of(in_time + late + missed + q(rules.prior))
	};
	let (kept, broken) = (sum(&|year| year.kept), sum(&|year| year.broken));
	let trades = &rules.performance;
	let performance = (whole(1_000) * (kept + q(trades.prior)))
		.floor_of(kept + q(trades.broken_factor) * broken + whole(2) * q(trades.prior));
	let surrender = [
		sum(&|year| year.surrender.in_time),
		sum(&|year| year.surrender.late),
		sum(&|year| year.surrender.short),
	];
	let reports = [
		sum(&|year| year.reports.in_time),
		sum(&|year| year.reports.late),
		sum(&|year| year.reports.missing),
	];
	let begin = if (reports[0] + reports[1]).0 > 0 {
		1_000
	} else {
		500
	};
	let accuracy = whole(begin) + q(rules.accuracy.per_correction) * sum(&|year| year.corrected)
		- q(rules.accuracy.per_discrepancy) * sum(&|year| year.discrepancies);
	let accuracy = accuracy.max(whole(0)).min(whole(1_000)).floor_of(whole(1));
	let rates = vec![
		performance,
		timely(&rules.surrender, surrender),
		timely(&rules.reports, reports),
		accuracy,
	];
	let mut penalties = whole(0);
	for kind in 0..5 {
		penalties = penalties + q(rules.penalties.points[kind]) * sum(&|year| year.penalties[kind].into());
	}
	let deduction = penalties.min(q(rules.penalties.points_max)).floor_of(whole(1));
	let weights = [
		trades.weight,
		rules.surrender.weight,
		rules.reports.weight,
		rules.accuracy.weight,
	];
	let mut points = whole(0);
	for (rate, weight) in rates.iter().zip(weights) {
		points = points + whole(*rate) * q(weight);
	}
	let score = (points.floor_of(whole(1_000)) - deduction).max(0);
	(rates, deduction, score)
}

fn valid_rules() -> impl Strategy<Value = ScoreRules> {
	let weights = array::uniform3(0..=1_000_u32).prop_map(|mut cuts| {
		cuts.sort_unstable();
		[cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 1_000 - cuts[2]]
	});
	let decay = array::uniform4(0..=1_000_u32).prop_map(|mut decay| {
		decay.sort_unstable();
		[1_000, decay[3], decay[2], decay[1], decay[0]]
	});
	let trades = (1..=255_u8, 1..=16_u8, 0..=1_000_u32, 1..=1_000_u32);
	let timely = || (0..=1_000_u32, 0..=1_000_u32, 1..=1_000_u32);
	let accuracy = (0..=1_000_u32, 0..=1_000_u32);
	let penalties = (array::uniform5(0..=1_000_u32), 0..=1_000_u32);
	(weights, decay, trades, timely(), timely(), accuracy, penalties).prop_map(
		|(weights, decay_milli, trades, surrender, reports, accuracy, penalties)| {
			let mut rules = ScoreRules::FIRST;
			rules.decay_milli = decay_milli;
			let performance = &mut rules.performance;
			performance.weight = weights[0];
			(
				performance.per_counterparty,
				performance.counterparties_max,
				performance.broken_factor,
				performance.prior,
			) = trades;
			for (timely, weight, (one, other, prior)) in [
				(&mut rules.surrender, weights[1], surrender),
				(&mut rules.reports, weights[2], reports),
			] {
				timely.weight = weight;
				timely.late = one.max(other);
				timely.missed = one.min(other);
				timely.prior = prior;
			}
			rules.accuracy.weight = weights[3];
			rules.accuracy.per_discrepancy = accuracy.0.max(accuracy.1);
			rules.accuracy.per_correction = accuracy.0.min(accuracy.1);
			(rules.penalties.points, rules.penalties.points_max) = penalties;
			rules
		},
	)
}

fn rules() -> impl Strategy<Value = ScoreRules> {
	prop_oneof![Just(ScoreRules::FIRST), valid_rules()]
}

fn count() -> impl Strategy<Value = u32> {
	prop_oneof![4 => 0..4_u32, 2 => 0..100_u32, 1 => any::<u32>(), 1 => Just(u32::MAX)]
}

const AS_OF: u16 = 2030;

fn years() -> impl Strategy<Value = Vec<YearCounters>> {
	let numbers = (
		array::uniform10(count()),
		array::uniform5(any::<u16>()),
		any::<bool>(),
	);
	let year = numbers.prop_map(|(counts, penalties, many)| {
		let [kept, broken, in_time, late, short, r_in_time, r_late, missing, discrepancies, corrected] =
			counts;
		YearCounters {
			year: Vintage(0),
			kept,
			broken,
			surrender: SurrenderCounters { in_time, late, short },
			reports: ReportCounters {
				in_time: r_in_time,
				late: r_late,
				missing,
			},
			discrepancies,
			corrected,
			penalties: penalties.map(|count| if many { count } else { count % 3 }),
		}
	});
	// Some of the years, of which the oldest count no more.
	vec((any::<bool>(), year), 6).prop_map(|years| {
		years
			.into_iter()
			.enumerate()
			.filter(|(_, (is_there, _))| *is_there)
			.map(|(n, (_, counters))| YearCounters {
				year: Vintage(AS_OF - 5 + n as u16),
				..counters
			})
			.collect()
	})
}

fn assess(rules: &ScoreRules, years: &[YearCounters]) -> Assessment {
	rules.assess(years, Vintage(AS_OF))
}

/// The same history with so many kept agreements each year.
fn with_kept(years: &[YearCounters], kept: [u32; 5]) -> Vec<YearCounters> {
	(0..5)
		.map(|n| {
			let year = Vintage(AS_OF - 4 + n as u16);
			let counted = years.iter().find(|counters| counters.year == year);
			YearCounters {
				year,
				kept: kept[n],
				..counted.copied().unwrap_or_default()
			}
		})
		.collect()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn scores_should_be_those_of_the_model(rules in rules(), years in years()) {
		prop_assert!(rules.are_valid());
		let made = assess(&rules, &years);
		let (rates, deduction, score) = model(&rules, &years, AS_OF);
		prop_assert_eq!(made.rates.map(i128::from).to_vec(), rates);
		prop_assert_eq!(i128::from(made.deduction), deduction);
		prop_assert_eq!(i128::from(made.score), score);
		prop_assert!(made.score <= 1_000);
	}

	#[test]
	fn the_score_of_whoever_has_no_history_should_be_neutral(rules in rules(), year in any::<u16>()) {
		prop_assert_eq!(rules.assess(&[], Vintage(year)).score, NEUTRAL_SCORE);
	}

	#[test]
	fn kept_agreements_should_never_lower_a_score_nor_broken_ones_raise_it(
		rules in rules(),
		years in years(),
		more in 0..1_000_u32,
	) {
		let before = assess(&rules, &years).score;
		let mut changed = years.clone();
		for counters in &mut changed {
			counters.kept = counters.kept.saturating_add(more);
		}
		prop_assert!(assess(&rules, &changed).score >= before);
		let mut changed = years;
		for counters in &mut changed {
			counters.broken = counters.broken.saturating_add(more);
		}
		prop_assert!(assess(&rules, &changed).score <= before);
	}

	#[test]
	fn trades_should_raise_no_score_beyond_the_cap(
		rules in rules(),
		years in years(),
		broken in array::uniform5(0..3_u32),
		counterparties in 0..20_u32,
		parts in array::uniform5(0..=100_u32),
	) {
		let most = counterparties.min(rules.performance.counterparties_max.into())
			* u32::from(rules.performance.per_counterparty);
		let mut without = with_kept(&years, [0; 5]);
		for (counters, broken) in without.iter_mut().zip(broken) {
			counters.broken = broken;
		}
		let before = assess(&rules, &without).score;
		for parts in [parts, [100; 5]] {
			let with = with_kept(&without, parts.map(|part| most * part / 100));
			let raised = u32::from(assess(&rules, &with).score - before);
			prop_assert!(raised <= rules.raise_max(counterparties));
		}
	}

	#[test]
	fn the_cap_of_a_newcomer_should_be_reached_and_not_passed(
		rules in rules(),
		counterparties in 0..20_u32,
		parts in array::uniform5(0..=100_u32),
	) {
		let most = counterparties.min(rules.performance.counterparties_max.into())
			* u32::from(rules.performance.per_counterparty);
		let cap = rules.raise_max_of_newcomer(counterparties);
		prop_assert!(cap <= rules.raise_max(counterparties));
		let score = |kept| u32::from(assess(&rules, &with_kept(&[], kept)).score);
		prop_assert_eq!(score([most; 5]), u32::from(NEUTRAL_SCORE) + cap);
		prop_assert!(score(parts.map(|part| most * part / 100)) <= u32::from(NEUTRAL_SCORE) + cap);
	}
}

#[test]
fn the_caps_should_be_those_of_the_readme() {
	let rules = ScoreRules::FIRST;
	let caps = [0, 1, 16, 17, u32::MAX].map(|n| (rules.raise_max_of_newcomer(n), rules.raise_max(n)));
	assert_eq!(caps, [(0, 0), (76, 83), (141, 213), (141, 213), (141, 213)]);
}

#[test]
fn the_cap_should_be_near_what_can_be_reached() {
	// So many defaults, of which only a few weigh, that trades raise most.
	let rules = ScoreRules::FIRST;
	let broken = [1, 0, 0, 0, 0];
	let mut without = with_kept(&[], [0; 5]);
	for (counters, broken) in without.iter_mut().zip(broken) {
		counters.broken = broken;
	}
	let before = assess(&rules, &without).score;
	let raised = assess(&rules, &with_kept(&without, [3; 5])).score - before;
	assert_eq!(raised, 82);
}

/// The example of the README.
pub(super) fn example() -> Vec<YearCounters> {
	vec![
		YearCounters {
			year: Vintage(2022),
			kept: 5,
			broken: 1,
			surrender: SurrenderCounters {
				short: 1,
				..Default::default()
			},
			reports: ReportCounters {
				late: 1,
				..Default::default()
			},
			discrepancies: 2,
			corrected: 1,
			penalties: [0, 0, 1, 0, 0],
		},
		YearCounters {
			year: Vintage(2023),
			kept: 7,
			surrender: SurrenderCounters {
				late: 1,
				..Default::default()
			},
			reports: ReportCounters {
				in_time: 1,
				..Default::default()
			},
			discrepancies: 1,
			corrected: 1,
			..Default::default()
		},
		YearCounters {
			year: Vintage(2024),
			kept: 10,
			surrender: SurrenderCounters {
				in_time: 1,
				..Default::default()
			},
			reports: ReportCounters {
				in_time: 1,
				..Default::default()
			},
			penalties: [1, 0, 0, 0, 0],
			..Default::default()
		},
	]
}

#[test]
fn the_example_of_the_readme_should_be_right() {
	let made = ScoreRules::FIRST.assess(&example(), Vintage(2024));
	let sums = &made.sums;
	assert_eq!((sums.kept, sums.broken), (17_350, 490));
	assert_eq!(sums.surrender, [1_000, 700, 490]);
	assert_eq!(sums.reports, [1_700, 490, 0]);
	assert_eq!(
		(sums.discrepancies, sums.corrected, sums.reports_handed_in()),
		(1_680, 1_190, 2_190)
	);
	assert_eq!(sums.penalties, [1_000, 0, 490, 0, 0]);
	assert_eq!(made.rates, [729, 557, 751, 674]);
	let points: Vec<_> = made
		.rates
		.iter()
		.zip(made.weights)
		.map(|(rate, weight)| rate * weight)
		.collect();
	assert_eq!(points, [218_700, 222_800, 150_200, 67_400]);
	assert_eq!((made.deduction, made.score), (49, 610));
}

#[test]
fn the_first_version_should_have_the_number_one() {
	assert_eq!(RuleVersion::default(), RuleVersion(1));
	assert!(ScoreRules::FIRST.are_valid());
}

#[test]
fn a_corrected_discrepancy_should_cost_less_than_one_left() {
	let rate = |discrepancies, corrected, in_time, missing| {
		let counters = YearCounters {
			year: Vintage(AS_OF),
			reports: ReportCounters {
				in_time,
				late: 0,
				missing,
			},
			discrepancies,
			corrected,
			..Default::default()
		};
		assess(&ScoreRules::FIRST, &[counters]).rates[3]
	};
	assert_eq!(rate(0, 0, 1, 0), 1_000);
	assert_eq!(rate(1, 1, 1, 0), 850);
	assert_eq!(rate(1, 0, 1, 0), 700);
	assert_eq!(rate(4, 0, 1, 0), 0);
	// A report that was never handed in says nothing about how right it is.
	assert_eq!(rate(0, 0, 0, 1), 500);
	assert_eq!(rate(1, 0, 0, 1), 200);
}
