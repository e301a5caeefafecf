//! Scoring everybody anew.

use crate::{
	mock::*, Accounts, Event, RuleVersion, ScoreRules, Sweep, SweepStage, WeightInfo, BEFORE_FIRST_YEAR,
};
use carbon_primitives::{PenaltyKind, Vintage};
use frame_support::{
	assert_ok,
	traits::Hooks,
	weights::{Weight, WeightMeter},
};

const MANY: u64 = 50;

fn many_accounts() {
	for who in 100..100 + MANY {
		default(who);
	}
}

/// What a block needs to score so many accounts anew.
fn weight_of(accounts: u64) -> Weight {
	<()>::on_poll_idle()
		+ <()>::read_basis()
		+ <()>::go_on_sweeping()
		+ Credit::weight_of_sweep_account() * accounts
}

/// How many accounts have been scored anew.
fn done(year: u16) -> usize {
	Accounts::<Test>::iter_values()
		.filter(|record| record.as_of.0 == year)
		.count()
}

#[test]
fn a_new_year_should_sweep_over_more_accounts_than_a_block_has_weight_for() {
	ExtBuilder::default().build_and_execute(|| {
		many_accounts();
		LatestYear::set(Some(Vintage(2025)));
		let mut blocks = 0;
		loop {
			let limit = if blocks == 0 {
				weight_of(7) + <()>::start_sweep()
			} else {
				weight_of(7)
			};
			let mut meter = WeightMeter::with_limit(limit);
			block_with(&mut meter);
			blocks += 1;
			assert!(meter.consumed().all_lte(limit));
			assert_eq!(done(2025), (7 * blocks).min(MANY as usize));
			assert_ok!(Credit::do_try_state());
			if Sweep::<Test>::get().stage == SweepStage::Done {
				break;
			}
		}
		assert_eq!(blocks, 8);
		let version = RuleVersion::FIRST;
		let year = Vintage(2025);
		assert_eq!(told().last(), Some(&Event::SweepEnded { version, year }));
		assert!((100..100 + MANY).all(|who| score_of(who) == 438));
	});
}

#[test]
fn a_sweep_should_use_no_more_than_a_part_of_the_block() {
	ExtBuilder::default().build_and_execute(|| {
		many_accounts();
		// So heavy that ten accounts fill the part.
		let part = <<Test as frame_system::Config>::BlockWeights as frame_support::traits::Get<
			frame_system::limits::BlockWeights,
		>>::get()
		.max_block / crate::sweep::PARTS_OF_A_BLOCK;
		LimitsWeight::set(Weight::from_parts(part.ref_time() / 10, 0));
		LatestYear::set(Some(Vintage(2025)));
		let mut meter = WeightMeter::new();
		block_with(&mut meter);
		assert!(meter.consumed().all_lte(part));
		assert!((8..10).contains(&done(2025)));
		LimitsWeight::set(Weight::zero());
		block();
	});
}

#[test]
fn a_sweep_should_begin_anew_when_another_one_starts() {
	ExtBuilder::default().build_and_execute(|| {
		many_accounts();
		LatestYear::set(Some(Vintage(2025)));
		block_with(&mut WeightMeter::with_limit(weight_of(30) + <()>::start_sweep()));
		assert_eq!(done(2025), 30);
		LatestYear::set(Some(Vintage(2026)));
		block_with(&mut WeightMeter::with_limit(weight_of(30) + <()>::start_sweep()));
		assert_eq!((done(2025), done(2026)), (0, 30));
		block();
		assert_eq!(done(2026), MANY as usize);
	});
}

#[test]
fn a_sweep_should_go_on_behind_the_last_account_when_others_join() {
	ExtBuilder::default().build_and_execute(|| {
		many_accounts();
		assert_ok!(Credit::set_levels(RuntimeOrigin::root(), other_levels()));
		while Sweep::<Test>::get().stage != SweepStage::Done {
			block_with(&mut WeightMeter::with_limit(weight_of(9)));
			let newcomer = 1_000 + System::block_number();
			default(newcomer);
			assert_ok!(Credit::do_try_state());
		}
	});
}

#[test]
fn a_sweep_should_tell_only_those_whose_score_changes() {
	ExtBuilder::default().build_and_execute(|| {
		default(ALICE);
		// Nothing is left of what was counted.
		penalise(BOB, 2024, PenaltyKind::Fine);
		annul(BOB, 2024, PenaltyKind::Fine);
		block_of_year(2025);
		let changed: Vec<_> = told()
			.into_iter()
			.filter_map(|event| match event {
				Event::ScoreChanged { who, .. } => Some(who),
				_ => None,
			})
			.collect();
		assert_eq!(changed, [ALICE]);
		assert_eq!(record_of(BOB).as_of, Vintage(2025));
	});
}

#[test]
fn a_block_should_use_little_when_there_is_nothing_to_do() {
	ExtBuilder::default().build_and_execute(|| {
		many_accounts();
		let mut meter = WeightMeter::new();
		block_with(&mut meter);
		assert_eq!(meter.consumed(), <()>::on_poll_idle());
		assert_eq!(told(), []);
	});
}

#[test]
fn a_block_should_do_nothing_when_it_has_no_weight() {
	ExtBuilder::default().build_and_execute(|| {
		many_accounts();
		LatestYear::set(Some(Vintage(2025)));
		for limit in [Weight::zero(), <()>::on_poll_idle()] {
			block_with(&mut WeightMeter::with_limit(limit));
			assert_eq!(Sweep::<Test>::get().year, YEAR);
		}
		block();
		assert_eq!(done(2025), MANY as usize);
	});
}

#[test]
fn the_first_year_should_start_the_first_sweep() {
	ExtBuilder::default().without_periods().build_and_execute(|| {
		assert_eq!(Sweep::<Test>::get().year, BEFORE_FIRST_YEAR);
		many_accounts();
		block_of_year(2024);
		assert_eq!(done(2024), MANY as usize);
		// It changes nobody's score.
		assert_eq!(told().len(), 2);
	});
}

#[test]
fn a_switch_of_rules_should_score_the_same_history_by_other_rules() {
	ExtBuilder::default().build_and_execute(|| {
		many_accounts();
		let mut rules = ScoreRules::FIRST;
		rules.performance.weight = 0;
		rules.surrender.weight = 700;
		assert_ok!(Credit::set_score_rules(RuntimeOrigin::root(), rules, START + 1));
		Now::set(START + 1);
		block_with(&mut WeightMeter::with_limit(
			weight_of(20) + <()>::apply_version(),
		));
		// Until its turn comes, the score by the old rules stays.
		let scores: Vec<_> = (100..100 + MANY).map(score_of).collect();
		assert_eq!(scores.iter().filter(|score| **score == 500).count(), 20);
		assert_eq!(scores.iter().filter(|score| **score == 425).count(), 30);
		assert_ok!(Credit::do_try_state());
		block();
		assert!((100..100 + MANY).all(|who| score_of(who) == 500));
	});
}

#[test]
fn the_integrity_test_should_hold_for_the_mock() {
	ExtBuilder::default().build_and_execute(<Credit as Hooks<u64>>::integrity_test);
}

#[test]
#[should_panic = "room for a pair and for an account"]
fn the_integrity_test_should_notice_a_block_in_which_nothing_could_go_on() {
	ExtBuilder::default().build_and_execute(|| {
		LimitsWeight::set(Credit::part_of_a_block() / 4);
		<Credit as Hooks<u64>>::integrity_test();
	});
}

#[test]
fn queue_and_sweep_should_both_go_on_with_what_the_integrity_test_asks_for() {
	ExtBuilder::default().build_and_execute(|| {
		many_accounts();
		trade(&[(ALICE, BOB), (ALICE, CAROL)]);
		LatestYear::set(Some(Vintage(2025)));
		block_with(&mut WeightMeter::with_limit(Credit::weight_of_progress()));
		assert_eq!(counters(ALICE, 2025).kept, 1);
		assert!(done(2025) > 2);
	});
}
