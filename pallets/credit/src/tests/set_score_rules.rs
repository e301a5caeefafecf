use crate::{
	mock::*, CurrentVersion, Error, Event, NextVersion, RuleVersion, RuleVersions, ScoreRules, VersionRecord,
	VERSIONS_MAX,
};
use carbon_primitives::Vintage;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

/// Rules by which a default costs nothing.
fn mild() -> ScoreRules {
	let mut rules = ScoreRules::FIRST;
	rules.performance.broken_factor = 0;
	rules
}

fn set(rules: ScoreRules, from: u64) {
	assert_ok!(Credit::set_score_rules(RuntimeOrigin::root(), rules, from));
}

#[test]
fn set_score_rules_should_name_the_version_that_waits() {
	ExtBuilder::default().build_and_execute(|| {
		set(mild(), START + 10);

		System::assert_last_event(
			Event::ScoreRulesSet {
				version: RuleVersion(2),
				rules: mild(),
				from: START + 10,
				replaced: None,
			}
			.into(),
		);
		assert_eq!(NextVersion::<Test>::get(), Some(RuleVersion(2)));
		assert_eq!(Credit::current_version(), RuleVersion::FIRST);
		let record = VersionRecord {
			rules: mild(),
			from: START + 10,
		};
		assert_eq!(Credit::score_rules(RuleVersion(2)), Some(record));
	});
}

#[test]
fn set_score_rules_should_replace_the_version_that_waits_and_tell_it() {
	ExtBuilder::default().build_and_execute(|| {
		set(mild(), START + 10);
		set(ScoreRules::FIRST, START + 5);

		System::assert_last_event(
			Event::ScoreRulesSet {
				version: RuleVersion(2),
				rules: ScoreRules::FIRST,
				from: START + 5,
				replaced: Some(VersionRecord {
					rules: mild(),
					from: START + 10,
				}),
			}
			.into(),
		);
		assert_eq!(RuleVersions::<Test>::iter().count(), 1);
	});
}

#[test]
fn set_score_rules_should_change_no_score_before_the_date() {
	ExtBuilder::default().build_and_execute(|| {
		default(ALICE);
		let before = record_of(ALICE);
		set(mild(), START + 10);
		Now::set(START + 9);
		block();
		assert_eq!(told(), []);
		assert_eq!(record_of(ALICE), before);
		default(BOB);
		assert_eq!(record_of(BOB).score, before.score);
	});
}

#[test]
fn set_score_rules_should_score_everybody_anew_from_the_date_on() {
	ExtBuilder::default().build_and_execute(|| {
		default(ALICE);
		assert_eq!(score_of(ALICE), 425);
		set(mild(), START + 10);
		Now::set(START + 10);

		block();

		let version = RuleVersion(2);
		assert_eq!(
			told(),
			[
				Event::ScoreRulesApplied { version },
				Event::SweepStarted { version, year: YEAR },
				Event::ScoreChanged {
					who: ALICE,
					old_value: 425,
					new_value: 500,
					level: carbon_primitives::CreditLevel::C,
					version,
					as_of: Vintage(2024),
				},
				Event::SweepEnded { version, year: YEAR },
			]
		);
		assert_eq!(record_of(ALICE).version, version);
		assert_eq!(NextVersion::<Test>::get(), None);
		// What is counted from now on counts by them.
		default(BOB);
		assert_eq!(score_of(BOB), 500);
		assert_eq!(record_of(BOB).version, version);
	});
}

#[test]
fn set_score_rules_should_number_versions_one_after_the_other() {
	ExtBuilder::default().build_and_execute(|| {
		for n in 2..5 {
			let from = Now::get() + 1;
			set(mild(), from);
			Now::set(from);
			block();
			assert_eq!(Credit::current_version(), RuleVersion(n));
		}
		// Old ones can be looked up.
		assert!((1..5).all(|n| Credit::score_rules(RuleVersion(n)).is_some()));
		assert_eq!(Credit::score_rules(RuleVersion(5)), None);
		assert_eq!(Credit::score_rules(RuleVersion(0)), None);
	});
}

#[test]
fn set_score_rules_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [signed(ALICE), RuntimeOrigin::none()] {
			assert_noop!(
				Credit::set_score_rules(origin, mild(), START + 1),
				DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn set_score_rules_should_fail_when_the_date_is_not_ahead() {
	ExtBuilder::default().build_and_execute(|| {
		for from in [0, START - 1, START] {
			assert_noop!(
				Credit::set_score_rules(RuntimeOrigin::root(), mild(), from),
				Error::<Test>::DateNotAhead
			);
		}
	});
}

#[test]
fn set_score_rules_should_fail_when_a_rule_is_out_of_its_range() {
	ExtBuilder::default().build_and_execute(|| {
		let wrong: [fn(&mut ScoreRules); 19] = [
			|rules| rules.performance.weight += 1,
			|rules| rules.surrender.weight -= 1,
			|rules| {
				rules.performance.weight = u32::MAX;
				rules.surrender.weight = 701;
			},
			|rules| rules.decay_milli[0] = 999,
			|rules| rules.decay_milli[4] = 344,
			|rules| rules.performance.per_counterparty = 0,
			|rules| rules.performance.counterparties_max = 0,
			|rules| rules.performance.counterparties_max = 17,
			|rules| rules.performance.broken_factor = 1_001,
			|rules| rules.performance.prior = 0,
			|rules| rules.performance.prior = 1_001,
			|rules| rules.surrender.late = 1_001,
			|rules| rules.surrender.missed = 401,
			|rules| rules.reports.prior = 0,
			|rules| rules.reports.prior = 1_001,
			|rules| rules.accuracy.per_discrepancy = 1_001,
			|rules| rules.accuracy.per_correction = 301,
			|rules| rules.penalties.points[4] = 1_001,
			|rules| rules.penalties.points_max = 1_001,
		];
		for spoil in wrong {
			let mut rules = ScoreRules::FIRST;
			spoil(&mut rules);
			assert_noop!(
				Credit::set_score_rules(RuntimeOrigin::root(), rules, START + 1),
				Error::<Test>::InvalidRules
			);
		}
	});
}

#[test]
fn set_score_rules_should_fail_when_there_are_too_many_versions() {
	ExtBuilder::default().build().execute_with(|| {
		CurrentVersion::<Test>::put(RuleVersion(VERSIONS_MAX - 1));
		set(mild(), START + 1);
		Now::set(START + 1);
		block();
		assert_noop!(
			Credit::set_score_rules(RuntimeOrigin::root(), mild(), START + 2),
			Error::<Test>::TooManyVersions
		);
	});
}

#[test]
fn rules_should_apply_in_a_later_block_when_weight_runs_out() {
	ExtBuilder::default().build_and_execute(|| {
		set(mild(), START + 1);
		Now::set(START + 1);
		block_with(&mut frame_support::weights::WeightMeter::with_limit(
			<() as crate::WeightInfo>::on_poll_idle(),
		));
		assert_eq!(Credit::current_version(), RuleVersion::FIRST);
		block();
		assert_eq!(Credit::current_version(), RuleVersion(2));
	});
}

#[test]
fn stricter_rules_should_bind_what_is_counted_from_then_on_in_the_same_year() {
	ExtBuilder::default().build_and_execute(|| {
		keep(ALICE, BOB);
		keep(ALICE, CAROL);
		let mut rules = ScoreRules::FIRST;
		rules.performance.counterparties_max = 1;
		set(rules, START + 1);
		Now::set(START + 1);
		block();

		// Only the first one counts from now on. What was counted stays so.
		keep(ALICE, CAROL);
		assert_eq!(counters(ALICE, 2024).kept, 2);
		keep(ALICE, BOB);
		assert_eq!(counters(ALICE, 2024).kept, 3);
	});
}
