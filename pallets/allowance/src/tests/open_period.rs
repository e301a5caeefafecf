use crate::mock::*;
use carbon_primitives::{Tonnes, Vintage};
use frame_support::{assert_noop, assert_ok, traits::fungibles::metadata::Inspect};
use sp_runtime::DispatchError;

#[test]
fn open_period_should_create_the_vintage_when_the_year_is_new() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Allowance::open_period(
			RuntimeOrigin::root(),
			YEAR,
			Tonnes(500),
			rules(ObligationRule::Yearly),
			always()
		));

		let period = Allowance::period(YEAR).expect("the period is there");
		assert_eq!(
			(period.rules.obligation, period.phase),
			(ObligationRule::Yearly, Phase::Open)
		);
		assert_eq!(
			supply(YEAR),
			Supply {
				cap: Tonnes(500),
				..Default::default()
			}
		);
		System::assert_last_event(
			Event::PeriodOpened {
				year: YEAR,
				cap: Tonnes(500),
				rules: rules(ObligationRule::Yearly),
				timeline: always(),
				phase: Phase::Open,
			}
			.into(),
		);
	});
}

#[test]
fn open_period_should_name_the_asset_for_wallets_when_it_creates_it() {
	ExtBuilder::default().with_period(1).build_and_execute(|| {
		assert_eq!(<Assets as Inspect<AccountId>>::name(2021), b"Allowance 2021");
		assert_eq!(<Assets as Inspect<AccountId>>::symbol(2021), b"CEA2021");
		assert_eq!(<Assets as Inspect<AccountId>>::decimals(2021), 0);
	});
}

#[test]
fn open_period_should_fail_when_the_year_was_opened_before() {
	ExtBuilder::default().with_period(500).build_and_execute(|| {
		assert_noop!(
			Allowance::open_period(
				RuntimeOrigin::root(),
				YEAR,
				Tonnes(1),
				rules(ObligationRule::Yearly),
				always()
			),
			Error::<Test>::PeriodExists
		);
	});
}

#[test]
fn open_period_should_fail_when_the_cap_is_zero() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Allowance::open_period(
				RuntimeOrigin::root(),
				YEAR,
				Tonnes(0),
				rules(ObligationRule::Yearly),
				always()
			),
			Error::<Test>::CapZero
		);
	});
}

#[test]
fn open_period_should_fail_when_somebody_else_signs() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Allowance::open_period(
				RuntimeOrigin::signed(SELLER),
				Vintage(2022),
				Tonnes(1),
				rules(ObligationRule::Yearly),
				always()
			),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn open_period_should_fail_when_a_year_is_left_out_or_lies_before_the_first() {
	ExtBuilder::default().with_period(500).build_and_execute(|| {
		for year in [2019, 2020, 2023] {
			assert_noop!(
				Allowance::open_period(
					RuntimeOrigin::root(),
					Vintage(year),
					Tonnes(1),
					rules(ObligationRule::Yearly),
					always()
				),
				Error::<Test>::YearOutOfOrder
			);
		}
		assert_ok!(Allowance::open_period(
			RuntimeOrigin::root(),
			Vintage(2022),
			Tonnes(1),
			rules(ObligationRule::Yearly),
			always()
		));
	});
}

#[test]
fn open_period_should_plan_the_period_when_its_time_is_still_to_come() {
	ExtBuilder::default().build_and_execute(|| {
		let open = |year, timeline| {
			Allowance::open_period(
				RuntimeOrigin::root(),
				Vintage(year),
				Tonnes(1),
				RuleSet::default(),
				timeline,
			)
		};
		assert_ok!(open(2021, timeline()));
		let period = Allowance::period(YEAR).expect("the period is there");
		assert_eq!(
			(period.phase, period.rules, period.timeline),
			(Phase::Planned, RuleSet::default(), timeline())
		);
	});
}

#[test]
fn open_period_should_fail_when_the_rules_are_unfit() {
	ExtBuilder::default().build_and_execute(|| {
		let rules = RuleSet {
			offset_cap_bps: 10_001,
			..Default::default()
		};
		assert_noop!(
			Allowance::open_period(RuntimeOrigin::root(), YEAR, Tonnes(1), rules, always()),
			Error::<Test>::RulesUnfit
		);
	});
}

#[test]
fn open_period_should_fail_when_the_last_deadline_has_passed() {
	ExtBuilder::default().build_and_execute(|| {
		Now::set(400);
		assert_noop!(
			Allowance::open_period(
				RuntimeOrigin::root(),
				YEAR,
				Tonnes(1),
				RuleSet::default(),
				timeline()
			),
			Error::<Test>::TimelineUnfit
		);
	});
}

#[test]
fn open_period_should_fail_when_as_many_are_running_as_there_may_be() {
	ExtBuilder::default().build_and_execute(|| {
		let open = |year| {
			Allowance::open_period(
				RuntimeOrigin::root(),
				Vintage(year),
				Tonnes(1),
				RuleSet::default(),
				always(),
			)
		};
		for year in 2021..2029 {
			assert_ok!(open(year));
		}
		assert_noop!(open(2029), Error::<Test>::TooManyPeriods);
		close(YEAR);
		assert_ok!(open(2029));
	});
}
