use crate::{
	mock::*, queries::ACCOUNTS_PAGE_MAX, tests::score::example, Accounts, DeductionView, RuleVersion,
	ScoreRules, Term, TermView,
};
use carbon_primitives::{CreditLevel, CreditTerms, Vintage};
use std::collections::BTreeSet;

/// Give ALICE the history of the README's example.
fn with_example() {
	default(ALICE);
	Accounts::<Test>::mutate(ALICE, |record| {
		let record = record.as_mut().unwrap();
		record.years = example().try_into().unwrap();
		record.counterparties = vec![(10, 3), (11, 3), (12, 3), (13, 1)].try_into().unwrap();
	});
	Credit::rescore(signed(ALICE), ALICE).unwrap();
}

#[test]
fn a_score_should_be_shown_with_everything_that_it_is_made_of() {
	ExtBuilder::default().build_and_execute(|| {
		with_example();
		let view = Credit::score_view(&ALICE);
		assert_eq!((view.score, view.level), (610, CreditLevel::B));
		assert_eq!((view.stored_score, view.stored_level), (610, CreditLevel::B));
		assert_eq!((view.version, view.as_of), (RuleVersion::FIRST, YEAR));
		assert_eq!(view.credit_terms.margin_milli, 750);
		let term = |term, input: &[u64], rate, weight, points| TermView {
			term,
			input: input.to_vec(),
			rate,
			weight,
			points,
		};
		assert_eq!(
			view.terms,
			[
				term(Term::Performance, &[17_350, 490], 729, 300, 218_700),
				term(Term::Surrender, &[1_000, 700, 490], 557, 400, 222_800),
				term(Term::Reports, &[1_700, 490, 0], 751, 200, 150_200),
				term(Term::Accuracy, &[1_680, 1_190, 2_190], 674, 100, 67_400),
			]
		);
		assert_eq!(
			view.deduction,
			DeductionView {
				input: [1_000, 0, 490, 0, 0],
				points: 49
			}
		);
	});
}

#[test]
fn a_score_should_add_up_from_what_is_shown() {
	ExtBuilder::default().build_and_execute(|| {
		with_example();
		for who in [ALICE, BOB] {
			let view = Credit::score_view(&who);
			let points: u32 = view.terms.iter().map(|term| term.points).sum();
			assert_eq!(u32::from(view.score), points / 1_000 - view.deduction.points);
			assert!(view
				.terms
				.iter()
				.all(|term| term.points == term.rate * term.weight));
		}
	});
}

#[test]
fn a_score_should_be_recomputed_from_the_counters_and_the_rules() {
	ExtBuilder::default().build_and_execute(|| {
		with_example();
		let record = record_of(ALICE);
		let rules = Credit::score_rules(record.version).unwrap().rules;
		let made = rules.assess(&Credit::counters_of(&ALICE), record.as_of);
		assert_eq!(made.score, Credit::score_view(&ALICE).stored_score);
	});
}

#[test]
fn a_score_should_be_neutral_when_there_is_no_history() {
	ExtBuilder::default().build_and_execute(|| {
		let view = Credit::score_view(&BOB);
		assert_eq!((view.score, view.stored_score), (500, 500));
		assert_eq!(view.credit_terms, CreditTerms::USUAL);
		assert!(view.terms.iter().all(|term| term.rate == 500));
		assert_eq!(Credit::counters_of(&BOB), []);
	});
}

#[test]
fn a_score_should_be_shown_as_it_would_be_beside_the_one_that_counts() {
	ExtBuilder::default().build_and_execute(|| {
		default(ALICE);
		default(ALICE);
		LatestYear::set(Some(Vintage(2025)));
		let view = Credit::score_view(&ALICE);
		assert_eq!((view.stored_score, view.stored_level), (399, CreditLevel::D));
		assert_eq!((view.score, view.level), (412, CreditLevel::C));
		assert_eq!(view.as_of, Vintage(2025));
		// What counts is the stored level.
		assert_eq!(view.credit_terms.orders_max, Some(20));
		block();
		assert_eq!(score_of(ALICE), 412);
	});
}

#[test]
fn rules_of_the_first_version_should_be_the_defaults() {
	ExtBuilder::default().build_and_execute(|| {
		let record = Credit::score_rules(RuleVersion::FIRST).unwrap();
		assert_eq!((record.rules, record.from), (ScoreRules::FIRST, 0));
	});
}

#[test]
fn accounts_should_be_listed_page_by_page() {
	ExtBuilder::default().build_and_execute(|| {
		for who in 0..230 {
			default(who);
		}
		let mut seen = BTreeSet::new();
		let mut from = None;
		let mut pages = Vec::new();
		loop {
			let page = Credit::accounts_after(from.as_ref(), u32::MAX);
			let Some((last, ..)) = page.last() else {
				break;
			};
			from = Some(*last);
			pages.push(page.len());
			seen.extend(page.iter().map(|(who, ..)| *who));
			assert!(page
				.iter()
				.all(|(_, score, level)| (*score, *level) == (425, CreditLevel::C)));
		}
		assert_eq!(pages, [100, 100, 30]);
		assert_eq!(seen, (0..230).collect());
		assert_eq!(ACCOUNTS_PAGE_MAX, 100);
		assert_eq!(Credit::accounts_after(None, 7).len(), 7);
		assert_eq!(Credit::accounts_after(None, 0).len(), 0);
	});
}
