use crate::mock::*;
use carbon_primitives::{Tonnes, Vintage};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, DispatchResult};

fn determine(tonnes: u64) -> DispatchResult {
	determine_in(YEAR, tonnes)
}

fn determine_in(year: Vintage, tonnes: u64) -> DispatchResult {
	let root = RuntimeOrigin::root();
	Allowance::determine_emissions(root, year, POWER_PLANT, Tonnes(tonnes), digest(8))
}

/// The power plant has been allocated 100 tonnes, and `YEAR` follows these rules.
fn year(rule: ObligationRule) -> ExtBuilder {
	ExtBuilder::default()
		.with_rules(500, rules(rule))
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 100)
}

#[test]
fn determine_emissions_should_fine_what_is_missing_and_leave_the_status() {
	year(ObligationRule::Yearly).build_and_execute(|| {
		surrender(YEAR, POWER_PLANT, 60);
		Now::set(7);
		close(YEAR);
		assert_eq!(Shortfalls::get(), vec![]);

		assert_ok!(determine(63));
		let record = obligation(YEAR, POWER_PLANT);
		assert_eq!(record.status, Some(SurrenderStatus::C));
		assert_eq!((record.shortfall, record.fine), (Tonnes(3), 150_000));
		let report = record.report.expect("it is on record");
		assert_eq!(
			(report.tonnes, report.state, report.digest, report.at),
			(Tonnes(63), ReportState::Confirmed, digest(8), 7)
		);
		assert!(report.late && report.verified_late);
		assert_eq!(Shortfalls::get(), vec![(YEAR, POWER_PLANT, Tonnes(3), 150_000)]);
		System::assert_last_event(
			Event::EmissionsDetermined {
				year: YEAR,
				entity: POWER_PLANT,
				tonnes: Tonnes(63),
				reason: digest(8),
				shortfall: Tonnes(3),
				fine: 150_000,
			}
			.into(),
		);
	});
}

#[test]
fn determine_emissions_should_demand_nothing_when_the_surrenders_cover_them() {
	for rule in [ObligationRule::Yearly, ObligationRule::Cumulative] {
		year(rule).build_and_execute(|| {
			surrender(YEAR, POWER_PLANT, 60);
			close(YEAR);
			assert_ok!(determine(60));
			assert_eq!(obligation(YEAR, POWER_PLANT).fine, 0);
			assert_eq!(Shortfalls::get(), vec![]);
		});
	}
}

#[test]
fn determine_emissions_should_take_what_is_waived_into_account() {
	year(ObligationRule::Yearly).build_and_execute(|| {
		close(YEAR);
		Waived::set([((2021, POWER_PLANT), 8)].into());
		assert_ok!(determine(10));
		assert_eq!(obligation(YEAR, POWER_PLANT).waived, Tonnes(8));
		assert_eq!(obligation(YEAR, POWER_PLANT).shortfall, Tonnes(2));
	});
}

#[test]
fn determine_emissions_should_count_at_the_next_deadline_when_the_rule_is_cumulative() {
	year(ObligationRule::Cumulative).build_and_execute(|| {
		close(YEAR);
		assert_ok!(determine(40));
		assert_eq!(Allowance::totals(POWER_PLANT).emissions, Tonnes(40));
		assert_eq!(
			Shortfalls::get(),
			vec![(YEAR, POWER_PLANT, Tonnes(40), 2_000_000)]
		);

		open(NEXT, rules(ObligationRule::Cumulative), &[POWER_PLANT]);
		confirm(NEXT, POWER_PLANT, 30);
		let origin = RuntimeOrigin::signed(POWER_PLANT);
		assert_ok!(Allowance::surrender(
			origin,
			NEXT,
			POWER_PLANT,
			YEAR.into(),
			Tonnes(69)
		));
		close(NEXT);
		assert_eq!(obligation(NEXT, POWER_PLANT).status, Some(SurrenderStatus::B));
		assert_eq!(Shortfalls::get()[1], (NEXT, POWER_PLANT, Tonnes(1), 50_000));
	});
}

#[test]
fn determine_emissions_should_fine_each_tonne_once_when_a_later_year_has_closed_before() {
	year(ObligationRule::Cumulative).build_and_execute(|| {
		close(YEAR);
		open(NEXT, rules(ObligationRule::Cumulative), &[POWER_PLANT]);
		confirm(NEXT, POWER_PLANT, 30);
		close(NEXT);
		assert_ok!(determine(40));
		let missing: Vec<_> = Shortfalls::get().into_iter().map(|told| told.2).collect();
		assert_eq!(missing, vec![Tonnes(30), Tonnes(40)]);
	});
}

#[test]
fn determine_emissions_should_use_a_later_surplus_when_the_rule_is_cumulative() {
	year(ObligationRule::Cumulative).build_and_execute(|| {
		close(YEAR);
		open(NEXT, rules(ObligationRule::Cumulative), &[POWER_PLANT]);
		confirm(NEXT, POWER_PLANT, 30);
		let origin = RuntimeOrigin::signed(POWER_PLANT);
		assert_ok!(Allowance::surrender(
			origin,
			NEXT,
			POWER_PLANT,
			YEAR.into(),
			Tonnes(50)
		));
		close(NEXT);
		assert_ok!(determine(25));
		assert_eq!(Shortfalls::get(), vec![(YEAR, POWER_PLANT, Tonnes(5), 250_000)]);
	});
}

#[test]
fn determine_emissions_should_replace_a_report_that_nobody_confirmed() {
	year(ObligationRule::Yearly).build_and_execute(|| {
		let tonnes = Tonnes(50);
		assert_ok!(Allowance::report_emissions(
			RuntimeOrigin::signed(POWER_PLANT),
			YEAR,
			tonnes,
			digest(1)
		));
		assert_ok!(Allowance::verify_report(
			RuntimeOrigin::signed(VERIFIER),
			YEAR,
			POWER_PLANT,
			tonnes
		));
		close(YEAR);
		assert_ok!(determine(70));
		let record = obligation(YEAR, POWER_PLANT);
		assert_eq!(record.shortfall, Tonnes(70));
		assert_eq!(record.verifier, None, "no verifier stands behind this number");
	});
}

#[test]
fn determine_emissions_should_let_offset_credits_count_that_were_surrendered_before_a_correction() {
	for rule in [ObligationRule::Yearly, ObligationRule::Cumulative] {
		year(rule).build_and_execute(|| {
			confirm(YEAR, POWER_PLANT, 100);
			surrender(YEAR, POWER_PLANT, 90);
			endow_credits(POWER_PLANT, 5);
			assert_ok!(Allowance::surrender(
				RuntimeOrigin::signed(POWER_PLANT),
				YEAR,
				POWER_PLANT,
				WIND,
				Tonnes(5)
			));
			assert_ok!(Allowance::reopen_report(
				RuntimeOrigin::root(),
				YEAR,
				POWER_PLANT,
				digest(2)
			));
			close(YEAR);
			assert_ok!(determine(100));
			assert_eq!(obligation(YEAR, POWER_PLANT).shortfall, Tonnes(5));
		});
	}
}

#[test]
fn determine_emissions_should_note_a_deduction_when_the_rules_say_so() {
	let deducting = RuleSet {
		deduct_shortfall: true,
		..rules(ObligationRule::Yearly)
	};
	ExtBuilder::default()
		.with_rules(500, deducting)
		.with_enrolled(&[POWER_PLANT])
		.build_and_execute(|| {
			close(YEAR);
			assert_ok!(determine(7));
			assert_eq!(Allowance::deduction(POWER_PLANT), Tonnes(7));
		});
}

#[test]
fn determine_emissions_should_fail_when_they_are_confirmed_or_determined() {
	year(ObligationRule::Yearly).build_and_execute(|| {
		confirm(YEAR, POWER_PLANT, 10);
		close(YEAR);
		assert_noop!(determine(9), Error::<Test>::EmissionsKnown);
	});
	year(ObligationRule::Yearly).build_and_execute(|| {
		close(YEAR);
		assert_ok!(determine(10));
		assert_noop!(determine(10), Error::<Test>::EmissionsKnown);
	});
}

#[test]
fn determine_emissions_should_fail_when_the_year_is_not_closed() {
	year(ObligationRule::Yearly).build_and_execute(|| {
		assert_noop!(determine(10), Error::<Test>::PeriodNotClosed);
		assert_ok!(Allowance::close_period(RuntimeOrigin::root(), YEAR));
		assert_noop!(determine(10), Error::<Test>::PeriodNotClosed);
		assert_noop!(determine_in(NEXT, 10), Error::<Test>::PeriodNotFound);
	});
}

#[test]
fn determine_emissions_should_fail_when_the_entity_owes_no_report() {
	ExtBuilder::default().with_period(500).build_and_execute(|| {
		close(YEAR);
		assert_noop!(determine(10), Error::<Test>::NotEnrolled);
	});
	year(ObligationRule::Yearly).build_and_execute(|| {
		let list = vec![POWER_PLANT].try_into().expect("fits");
		assert_ok!(Allowance::exclude(RuntimeOrigin::root(), YEAR, list));
		close(YEAR);
		assert_noop!(determine(10), Error::<Test>::ExcludedFromPeriod);
	});
}

#[test]
fn determine_emissions_should_fail_when_the_origin_is_not_the_regulator() {
	year(ObligationRule::Yearly).build_and_execute(|| {
		close(YEAR);
		for who in [POWER_PLANT, VERIFIER] {
			let origin = RuntimeOrigin::signed(who);
			assert_noop!(
				Allowance::determine_emissions(origin, YEAR, POWER_PLANT, Tonnes(1), digest(8)),
				DispatchError::BadOrigin
			);
		}
	});
}
