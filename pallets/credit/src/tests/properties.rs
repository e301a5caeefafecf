//! In whatever order events, orders, years and rules come, the counters are those of a model that remembers every event, and no sequence of
//! trades raises a score beyond the documented cap.
//!
//! *Raise* compares with the same history without the trades, so that nothing else which happens meanwhile is taken for a gain.

use crate::{mock::*, Accounts, ScoreRules, YearCounters, NEUTRAL_SCORE};
use carbon_primitives::{PenaltyKind, Vintage};
use carbon_traits::{ReportOutcome, SurrenderOutcome, YearOutcome};
use frame_support::weights::WeightMeter;
use proptest::{collection::vec, option, prelude::*, sample::select};
use std::collections::BTreeMap;

/// A group of three, an account outside, and a crowd outside.
const GROUP: [AccountId; 3] = [1, 2, 3];
const OUTSIDE: AccountId = 4;
const CROWD: std::ops::Range<AccountId> = 10..40;

#[derive(Clone, Debug)]
enum Step {
	/// A block trade: each side is told on its own.
	Keep(AccountId, AccountId),
	/// Orders that trade.
	Match(Vec<(AccountId, AccountId)>),
	Default(AccountId),
	/// A year so many years ago.
	YearEnd(AccountId, u16, YearOutcome),
	Penalise(AccountId, u16, PenaltyKind),
	/// The last penalty, if its year still counts.
	Annul,
	/// So many years begin.
	NewYear(u16),
	Block,
	/// A block with little weight, in thousandths of a pair or an account.
	ShortBlock(u64),
	Rescore(AccountId),
}

/// Accounts that trade with each other.
fn traders(all: Vec<AccountId>) -> impl Strategy<Value = (AccountId, AccountId)> {
	(select(all.clone()), select(all))
}

fn outcome() -> impl Strategy<Value = YearOutcome> {
	use {ReportOutcome as R, SurrenderOutcome as S};
	let report = option::of(select(vec![R::InTime, R::Late, R::Missing]));
	let surrender = option::of(select(vec![S::InTime, S::Late, S::Short]));
	(report, surrender, 0..3_u32, 0..3_u32).prop_map(|(report, surrender, discrepancies, corrected)| {
		YearOutcome {
			report,
			surrender,
			discrepancies,
			corrected,
		}
	})
}

fn steps(traders_: Vec<AccountId>) -> impl Strategy<Value = Vec<Step>> {
	let who = || select(GROUP.to_vec());
	let trade = || traders(traders_.clone());
	let kind = select(PenaltyKind::ALL.to_vec());
	let step = prop_oneof![
		12 => trade().prop_map(|(one, other)| Step::Keep(one, other)),
		8 => vec(trade(), 1..8).prop_map(Step::Match),
		2 => who().prop_map(Step::Default),
		3 => (who(), 0..7_u16, outcome()).prop_map(|(who, ago, outcome)| Step::YearEnd(who, ago, outcome)),
		1 => (who(), 0..7_u16, kind).prop_map(|(who, ago, kind)| Step::Penalise(who, ago, kind)),
		1 => Just(Step::Annul),
		2 => (1..3_u16).prop_map(Step::NewYear),
		5 => Just(Step::Block),
		2 => (0..4_000_u64).prop_map(Step::ShortBlock),
		1 => who().prop_map(Step::Rescore),
	];
	vec(step, 1..60)
}

/// Every event that has happened, by the account and the year in which it counts.
#[derive(Default)]
struct Model {
	trades: BTreeMap<(AccountId, u16), Vec<AccountId>>,
	defaults: Vec<(AccountId, u16)>,
	outcomes: Vec<(AccountId, u16, YearOutcome)>,
	penalties: Vec<(AccountId, u16, PenaltyKind)>,
	queue: Vec<(AccountId, AccountId)>,
}

fn now() -> u16 {
	LatestYear::get().unwrap().0
}

fn related(one: AccountId, other: AccountId) -> bool {
	one == other || (GROUP.contains(&one) && GROUP.contains(&other))
}

impl Model {
	fn keep(&mut self, one: AccountId, other: AccountId) {
		if !related(one, other) {
			self.trades.entry((one, now())).or_default().push(other);
		}
	}

	/// Trades count as long as few are with one account, and those with the first sixteen accounts.
	fn kept(&self, who: AccountId, year: u16) -> u32 {
		let mut counted: Vec<(AccountId, u32)> = Vec::new();
		for other in self.trades.get(&(who, year)).into_iter().flatten() {
			let others = counted.len();
			match counted.iter_mut().find(|(account, _)| account == other) {
				Some((_, trades)) => *trades = (*trades + 1).min(3),
				None if others < 16 => counted.push((*other, 1)),
				None => {}
			}
		}
		counted.into_iter().map(|(_, trades)| trades).sum()
	}

	fn counters(&self, who: AccountId, year: u16) -> YearCounters {
		let mut counters = YearCounters {
			year: Vintage(year),
			kept: self.kept(who, year),
			..Default::default()
		};
		counters.broken = self
			.defaults
			.iter()
			.filter(|event| **event == (who, year))
			.count() as u32;
		for (_, _, outcome) in self
			.outcomes
			.iter()
			.filter(|event| (event.0, event.1) == (who, year))
		{
			match outcome.surrender {
				Some(SurrenderOutcome::InTime) => counters.surrender.in_time += 1,
				Some(SurrenderOutcome::Late) => counters.surrender.late += 1,
				Some(SurrenderOutcome::Short) => counters.surrender.short += 1,
				None => {}
			}
			match outcome.report {
				Some(ReportOutcome::InTime) => counters.reports.in_time += 1,
				Some(ReportOutcome::Late) => counters.reports.late += 1,
				Some(ReportOutcome::Missing) => counters.reports.missing += 1,
				None => {}
			}
			counters.discrepancies += outcome.discrepancies;
			counters.corrected += outcome.corrected;
		}
		for (_, _, kind) in self
			.penalties
			.iter()
			.filter(|event| (event.0, event.1) == (who, year))
		{
			counters.penalties[*kind as usize] += 1;
		}
		counters
	}

	/// What counts for `who`, apart from years in which nothing does.
	fn years(&self, who: AccountId) -> Vec<YearCounters> {
		let as_of = Accounts::<Test>::get(who).map_or(now(), |record| record.as_of.0);
		(as_of - 4..=as_of)
			.map(|year| self.counters(who, year))
			.filter(|counters| !is_empty(counters))
			.collect()
	}

	/// What the chain has counted is what has happened.
	fn check(&self) {
		for who in GROUP.into_iter().chain([OUTSIDE]).chain(CROWD) {
			let counted: Vec<_> = Credit::counters_of(&who)
				.into_iter()
				.filter(|counters| !is_empty(counters))
				.collect();
			assert_eq!(counted, self.years(who), "the counters of {who}");
		}
		Credit::do_try_state().unwrap();
	}

	fn apply(&mut self, step: Step) {
		// The oldest year that counts, at least.
		let named = |ago: u16| (now() - ago).max(now() - 4);
		match step {
			Step::Keep(one, other) => {
				keep(one, other);
				keep(other, one);
				self.keep(one, other);
				self.keep(other, one);
			}
			Step::Match(pairs) => {
				trade(&pairs);
				let room = QUEUE as usize - self.queue.len();
				self.queue.extend(pairs.into_iter().take(room));
			}
			Step::Default(who) => {
				default(who);
				self.defaults.push((who, now()));
			}
			Step::YearEnd(who, ago, outcome) => {
				end_year(who, now() - ago, outcome);
				self.outcomes.push((who, named(ago), outcome));
			}
			Step::Penalise(who, ago, kind) => {
				penalise(who, now() - ago, kind);
				self.penalties.push((who, named(ago), kind));
			}
			Step::Annul => {
				let last = self.penalties.last().copied();
				if let Some((who, year, kind)) = last.filter(|(_, year, _)| year + 4 >= now()) {
					annul(who, year, kind);
					self.penalties.pop();
				}
			}
			Step::NewYear(years) => LatestYear::set(Some(Vintage(now() + years))),
			Step::Block => self.pass(&mut WeightMeter::new()),
			Step::ShortBlock(part) => {
				let one = Credit::weight_of_pair().max(Credit::weight_of_sweep_account());
				let start = <() as crate::WeightInfo>::drain_queue() * 2;
				self.pass(&mut WeightMeter::with_limit(start + one * part / 1_000));
			}
			Step::Rescore(who) => {
				let _ = Credit::rescore(signed(who), who);
			}
		}
	}

	/// The next block. What has left the queue was counted.
	fn pass(&mut self, meter: &mut WeightMeter) {
		block_with(meter);
		let left = crate::MatchedPairs::<Test>::decode_len().unwrap_or(0);
		let counted = self.queue.len() - left;
		for (one, other) in self.queue.drain(..counted).collect::<Vec<_>>() {
			self.keep(one, other);
			self.keep(other, one);
		}
		assert_eq!(crate::MatchedPairs::<Test>::get().into_inner(), self.queue);
	}
}

fn is_empty(counters: &YearCounters) -> bool {
	let empty = YearCounters {
		year: counters.year,
		..Default::default()
	};
	*counters == empty
}

/// By how much its trades have raised the score of `who`.
fn raised(who: AccountId) -> u32 {
	let Some(record) = Accounts::<Test>::get(who) else {
		return 0;
	};
	let without: Vec<_> = record
		.years
		.iter()
		.map(|counters| YearCounters { kept: 0, ..*counters })
		.collect();
	let without = ScoreRules::FIRST.assess(&without, record.as_of).score;
	u32::from(record.score - without)
}

/// Take all `steps`, and check after each one that nobody's score was raised by more than `cap`.
fn check(steps: Vec<Step>, cap: u32) {
	let mut ext = ExtBuilder::default().build();
	ext.execute_with(|| {
		Groups::set(GROUP.iter().map(|who| (*who, 7)).collect());
		let mut model = Model::default();
		for step in steps {
			let is_block = matches!(step, Step::Block | Step::ShortBlock(_));
			model.apply(step);
			for who in Accounts::<Test>::iter_keys() {
				let raised = raised(who);
				assert!(raised <= cap, "the score of {who} was raised by {raised}");
			}
			if is_block {
				model.check();
			}
		}
		model.check();
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(100))]

	#[test]
	fn trades_within_a_group_should_raise_no_score(steps in steps(GROUP.to_vec())) {
		check(steps, 0);
	}

	#[test]
	fn trades_between_two_should_raise_no_score_beyond_the_cap(steps in steps(vec![GROUP[0], OUTSIDE])) {
		check(steps, ScoreRules::FIRST.raise_max(1));
	}

	#[test]
	fn trades_of_a_group_with_one_outside_should_raise_no_score_of_the_group_beyond_the_cap(
		steps in steps(vec![GROUP[0], GROUP[1], GROUP[2], OUTSIDE])
	) {
		// The one outside trades with three.
		check(steps, ScoreRules::FIRST.raise_max(3));
	}

	#[test]
	fn trades_with_anybody_should_raise_no_score_beyond_the_cap(
		steps in steps(GROUP.into_iter().chain([OUTSIDE]).chain(CROWD).collect())
	) {
		check(steps, ScoreRules::FIRST.raise_max(16));
	}
}

/// Two who do nothing but trade with each other, in every way and as much as there is room for.
#[test]
fn ping_pong_should_lift_newcomers_to_the_documented_score_and_no_further() {
	ExtBuilder::default().build_and_execute(|| {
		let mut best = 0;
		for year in 2024..2034 {
			block_of_year(year);
			for _ in 0..10 {
				keep(ALICE, BOB);
				keep(BOB, ALICE);
				trade(&[(ALICE, BOB); 10]);
				block();
				best = best.max(score_of(ALICE)).max(score_of(BOB));
			}
		}
		assert_eq!(
			u32::from(best - NEUTRAL_SCORE),
			ScoreRules::FIRST.raise_max_of_newcomer(1)
		);
	});
}

/// A whole group that trades within, for years.
#[test]
fn a_group_should_gain_nothing_within() {
	ExtBuilder::default().build_and_execute(|| {
		for year in 2024..2030 {
			block_of_year(year);
			for _ in 0..10 {
				keep(ALICE, SISTER);
				keep(SISTER, ALICE);
				trade(&[(ALICE, SISTER), (SISTER, ALICE)]);
				block();
			}
		}
		assert_eq!(Accounts::<Test>::iter().count(), 0);
	});
}
