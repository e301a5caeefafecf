use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, DispatchResult};

fn set_rules(rules: RuleSet, timeline: Timeline) -> DispatchResult {
	Allowance::set_rules(RuntimeOrigin::root(), YEAR, rules, timeline)
}

fn planned(test: impl FnOnce()) {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Allowance::open_period(
			RuntimeOrigin::root(),
			YEAR,
			Tonnes(500),
			RuleSet::default(),
			timeline()
		));
		test();
	});
}

#[test]
fn set_rules_should_replace_rules_and_deadlines_when_the_period_is_planned() {
	planned(|| {
		let new_value = (
			rules(ObligationRule::Cumulative),
			Timeline {
				opens: 50,
				..timeline()
			},
		);
		assert_ok!(set_rules(new_value.0, new_value.1));
		let period = Allowance::period(YEAR).expect("the period is there");
		assert_eq!((period.rules, period.timeline), new_value);
		System::assert_last_event(
			Event::RulesChanged {
				year: YEAR,
				old_value: (RuleSet::default(), timeline()),
				new_value,
			}
			.into(),
		);
		Now::set(50);
		poll(frame_support::weights::Weight::MAX);
		assert_eq!(
			Allowance::period(YEAR).map(|period| period.phase),
			Some(Phase::Open)
		);
	});
}

#[test]
fn set_rules_should_fail_when_the_period_has_opened() {
	planned(|| {
		for _ in 0..3 {
			assert_ok!(Allowance::advance_period(RuntimeOrigin::root(), YEAR));
			assert_noop!(
				set_rules(RuleSet::default(), timeline()),
				Error::<Test>::RulesFixed
			);
		}
		poll(frame_support::weights::Weight::MAX);
		assert_noop!(
			set_rules(RuleSet::default(), timeline()),
			Error::<Test>::RulesFixed
		);
	});
}

#[test]
fn set_rules_should_fail_when_the_rules_are_unfit() {
	planned(|| {
		let rules = RuleSet {
			pre_allocation_bps: 10_001,
			..Default::default()
		};
		assert_noop!(set_rules(rules, timeline()), Error::<Test>::RulesUnfit);
	});
}

#[test]
fn set_rules_should_fail_when_the_deadlines_are_out_of_order() {
	planned(|| {
		let timeline = Timeline {
			opens: 201,
			..timeline()
		};
		assert_noop!(
			set_rules(RuleSet::default(), timeline),
			Error::<Test>::TimelineUnfit
		);
	});
}

#[test]
fn set_rules_should_fail_when_the_period_does_not_exist() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			set_rules(RuleSet::default(), timeline()),
			Error::<Test>::PeriodNotFound
		);
	});
}

#[test]
fn set_rules_should_fail_when_somebody_else_signs() {
	planned(|| {
		assert_noop!(
			Allowance::set_rules(
				RuntimeOrigin::signed(POWER_PLANT),
				YEAR,
				RuleSet::default(),
				timeline()
			),
			DispatchError::BadOrigin
		);
	});
}
