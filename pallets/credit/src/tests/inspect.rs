use crate::{mock::*, LevelRules};
use carbon_primitives::{CreditLevel, CreditTerms, PenaltyKind, Vintage};
use carbon_traits::{InspectCredit, SurrenderOutcome};
use frame_support::assert_ok;

#[test]
fn terms_should_be_the_usual_ones_when_there_is_no_history() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Credit::terms_of(&ALICE), CreditTerms::USUAL);
	});
}

#[test]
fn terms_should_be_those_of_the_neutral_score_when_there_is_no_history() {
	ExtBuilder::default().build_and_execute(|| {
		let mut levels = LevelRules::FIRST;
		levels.thresholds[1] = 500;
		assert_ok!(Credit::set_levels(RuntimeOrigin::root(), levels));
		assert_eq!(Credit::terms_of(&ALICE), levels.terms[1]);
	});
}

#[test]
fn terms_should_follow_the_stored_level() {
	ExtBuilder::default().build_and_execute(|| {
		let mut seen = Vec::new();
		for _ in 0..4 {
			let level = record_of_or_c(ALICE);
			assert_eq!(&Credit::terms_of(&ALICE), LevelRules::FIRST.terms_of(level));
			seen.push(level);
			default(ALICE);
			surrender(ALICE, 2024, SurrenderOutcome::Short);
			penalise(ALICE, 2024, PenaltyKind::Fine);
		}
		assert_eq!(
			seen,
			[CreditLevel::C, CreditLevel::D, CreditLevel::E, CreditLevel::E]
		);
	});
}

fn record_of_or_c(who: AccountId) -> CreditLevel {
	crate::Accounts::<Test>::get(who).map_or(CreditLevel::C, |record| record.level)
}

#[test]
fn terms_should_stay_until_the_turn_of_the_account_comes_when_a_year_begins() {
	ExtBuilder::default().build_and_execute(|| {
		default(ALICE);
		default(ALICE);
		let limited = Credit::terms_of(&ALICE);
		LatestYear::set(Some(Vintage(2025)));
		assert_eq!(Credit::terms_of(&ALICE), limited);
		block();
		assert_eq!(Credit::terms_of(&ALICE), CreditTerms::USUAL);
		assert_eq!(limits_told(), [ALICE, ALICE]);
	});
}
