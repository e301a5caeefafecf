//! What credit is told of the years of an entity: once, and no more than is known.

use crate::mock::*;
use carbon_primitives::Tonnes;
use carbon_traits::{
	ReportOutcome::{self, InTime as ReportInTime, Late as ReportLate, Missing},
	SurrenderOutcome::{self, InTime, Late, Short},
};
use frame_support::{assert_noop, assert_ok};

/// The power plant is enrolled, has 100 tonnes of `YEAR`, which has deadlines, and reports are possible.
fn year(rule: ObligationRule, test: impl FnOnce()) {
	ExtBuilder::default().build_and_execute(|| {
		Now::set(100);
		assert_ok!(Allowance::open_period(
			RuntimeOrigin::root(),
			YEAR,
			Tonnes(500),
			rules(rule),
			timeline()
		));
		enrol(YEAR, &[POWER_PLANT]);
		allocate(YEAR, POWER_PLANT, 100);
		test();
	});
}

fn yearly(test: impl FnOnce()) {
	year(ObligationRule::Yearly, test);
}

fn report(tonnes: u64) {
	let origin = RuntimeOrigin::signed(POWER_PLANT);
	assert_ok!(Allowance::report_emissions(
		origin,
		YEAR,
		Tonnes(tonnes),
		digest(1)
	));
}

fn verify(tonnes: u64) {
	let origin = RuntimeOrigin::signed(VERIFIER);
	assert_ok!(Allowance::verify_report(
		origin,
		YEAR,
		POWER_PLANT,
		Tonnes(tonnes)
	));
}

fn reopen() {
	let root = RuntimeOrigin::root();
	assert_ok!(Allowance::reopen_report(root, YEAR, POWER_PLANT, digest(9)));
}

fn determine(tonnes: u64) {
	let root = RuntimeOrigin::root();
	assert_ok!(Allowance::determine_emissions(
		root,
		YEAR,
		POWER_PLANT,
		Tonnes(tonnes),
		digest(8)
	));
}

/// The year of the power plant as it is told.
fn told(report: impl Into<Option<ReportOutcome>>, surrender: impl Into<Option<SurrenderOutcome>>) -> Year {
	year_of(POWER_PLANT, YEAR, report.into(), surrender.into())
}

#[test]
fn a_year_should_be_told_as_in_time_when_everything_is() {
	yearly(|| {
		confirm(YEAR, POWER_PLANT, 60);
		surrender(YEAR, POWER_PLANT, 60);
		assert_eq!(Years::get(), []);
		close(YEAR);
		assert_eq!(Years::get(), [told(ReportInTime, InTime)]);
	});
}

#[test]
fn a_report_should_be_told_as_late_when_it_came_too_late() {
	yearly(|| {
		Now::set(200);
		confirm(YEAR, POWER_PLANT, 0);
		close(YEAR);
		assert_eq!(Years::get(), [told(ReportLate, None)]);
	});
}

#[test]
fn a_report_should_be_told_as_late_when_it_was_verified_too_late() {
	yearly(|| {
		report(0);
		Now::set(300);
		verify(0);
		close(YEAR);
		assert_eq!(Years::get(), [told(ReportLate, None)]);
	});
}

#[test]
fn a_report_should_be_told_as_late_when_nobody_verified_it() {
	yearly(|| {
		report(0);
		close(YEAR);
		assert_eq!(Years::get(), [told(ReportLate, None)]);
	});
}

#[test]
fn a_report_should_be_told_as_in_time_when_only_the_regulator_did_not_confirm_it() {
	yearly(|| {
		report(60);
		verify(60);
		close(YEAR);
		assert_eq!(Years::get(), [told(ReportInTime, None)]);
	});
}

#[test]
fn a_report_should_be_told_as_missing_when_there_is_none() {
	yearly(|| {
		close(YEAR);
		assert_eq!(Years::get(), [told(Missing, None)]);
	});
}

#[test]
fn nothing_should_be_told_when_the_entity_is_excluded() {
	yearly(|| {
		confirm(YEAR, POWER_PLANT, 60);
		let list = vec![POWER_PLANT].try_into().expect("fits");
		assert_ok!(Allowance::exclude(RuntimeOrigin::root(), YEAR, list));
		close(YEAR);
		assert_eq!(Years::get(), []);
	});
}

#[test]
fn an_obligation_should_be_told_as_short_when_a_tonne_is_missing() {
	yearly(|| {
		confirm(YEAR, POWER_PLANT, 60);
		surrender(YEAR, POWER_PLANT, 59);
		close(YEAR);
		assert_eq!(Years::get(), [told(ReportInTime, Short)]);
	});
}

#[test]
fn no_obligation_should_be_told_when_nothing_had_to_be_covered() {
	yearly(|| {
		Waived::set([((YEAR.0, POWER_PLANT), 60)].into());
		confirm(YEAR, POWER_PLANT, 60);
		close(YEAR);
		assert_eq!(Years::get(), [told(ReportInTime, None)]);
	});
}

/// `YEAR` ends ten tonnes short, and `NEXT`, of which thirty have to be covered, with `tonnes` surrendered.
fn two_years(tonnes: u64, expected: SurrenderOutcome) {
	year(ObligationRule::Cumulative, || {
		confirm(YEAR, POWER_PLANT, 60);
		surrender(YEAR, POWER_PLANT, 50);
		close(YEAR);
		open(NEXT, rules(ObligationRule::Cumulative), &[POWER_PLANT]);
		allocate(NEXT, POWER_PLANT, 100);
		confirm(NEXT, POWER_PLANT, 30);
		surrender(NEXT, POWER_PLANT, tonnes);
		close(NEXT);
		let next = year_of(POWER_PLANT, NEXT, Some(ReportInTime), Some(expected));
		assert_eq!(Years::get(), [told(ReportInTime, Short), next]);
	});
}

#[test]
fn an_obligation_should_be_told_as_late_when_an_earlier_shortfall_is_made_up_for() {
	two_years(40, Late);
}

#[test]
fn an_obligation_should_be_told_as_short_when_an_earlier_shortfall_is_left() {
	two_years(39, Short);
}

#[test]
fn an_obligation_should_be_told_as_in_time_when_an_earlier_shortfall_was_made_up_for_before() {
	year(ObligationRule::Cumulative, || {
		confirm(YEAR, POWER_PLANT, 60);
		surrender(YEAR, POWER_PLANT, 70);
		close(YEAR);
		open(NEXT, rules(ObligationRule::Cumulative), &[POWER_PLANT]);
		confirm(NEXT, POWER_PLANT, 10);
		close(NEXT);
		let next = year_of(POWER_PLANT, NEXT, Some(ReportInTime), Some(InTime));
		assert_eq!(Years::get(), [told(ReportInTime, InTime), next]);
	});
}

#[test]
fn corrections_should_be_told_as_made_when_the_report_is_confirmed_in_time() {
	yearly(|| {
		confirm(YEAR, POWER_PLANT, 60);
		reopen();
		confirm(YEAR, POWER_PLANT, 70);
		reopen();
		confirm(YEAR, POWER_PLANT, 0);
		close(YEAR);
		let (who, year, report, surrender, ..) = told(ReportInTime, None);
		assert_eq!(Years::get(), [(who, year, report, surrender, 2, 2)]);
	});
}

#[test]
fn corrections_should_be_told_as_made_in_time_when_they_were_asked_for_after_verification_was_due() {
	yearly(|| {
		confirm(YEAR, POWER_PLANT, 60);
		Now::set(300);
		reopen();
		confirm(YEAR, POWER_PLANT, 0);
		close(YEAR);
		let (who, year, report, surrender, ..) = told(ReportInTime, None);
		assert_eq!(Years::get(), [(who, year, report, surrender, 1, 1)]);
	});
}

#[test]
fn corrections_should_be_told_as_not_made_when_the_report_was_verified_too_late() {
	yearly(|| {
		report(60);
		Now::set(300);
		verify(60);
		reopen();
		report(0);
		verify(0);
		close(YEAR);
		let (who, year, report, surrender, ..) = told(ReportLate, None);
		assert_eq!(Years::get(), [(who, year, report, surrender, 1, 0)]);
	});
}

#[test]
fn corrections_should_be_told_as_not_made_when_the_report_is_not_confirmed_again() {
	yearly(|| {
		confirm(YEAR, POWER_PLANT, 60);
		reopen();
		report(70);
		verify(70);
		close(YEAR);
		let (who, year, report, surrender, ..) = told(ReportInTime, None);
		assert_eq!(Years::get(), [(who, year, report, surrender, 1, 0)]);
	});
}

#[test]
fn corrections_should_be_told_as_not_made_when_the_report_was_late() {
	yearly(|| {
		Now::set(200);
		confirm(YEAR, POWER_PLANT, 60);
		reopen();
		confirm(YEAR, POWER_PLANT, 0);
		close(YEAR);
		let (who, year, report, surrender, ..) = told(ReportLate, None);
		assert_eq!(Years::get(), [(who, year, report, surrender, 1, 0)]);
	});
}

#[test]
fn determined_emissions_should_tell_the_obligation_alone() {
	for (tonnes, outcome) in [(60, InTime), (61, Short)] {
		yearly(|| {
			surrender(YEAR, POWER_PLANT, 60);
			close(YEAR);
			determine(tonnes);
			assert_eq!(Years::get(), [told(Missing, None), told(None, outcome)]);
		});
	}
}

/// Nobody reported for `YEAR`, for which `tonnes` were surrendered, and `NEXT` ended 60 tonnes above its 10.
fn determined_after_the_next_year(tonnes: u64, expected: SurrenderOutcome) {
	year(ObligationRule::Cumulative, || {
		if tonnes > 0 {
			surrender(YEAR, POWER_PLANT, tonnes);
		}
		close(YEAR);
		open(NEXT, rules(ObligationRule::Cumulative), &[POWER_PLANT]);
		allocate(NEXT, POWER_PLANT, 100);
		confirm(NEXT, POWER_PLANT, 10);
		surrender(NEXT, POWER_PLANT, 70);
		close(NEXT);
		determine(60);
		let next = year_of(POWER_PLANT, NEXT, Some(ReportInTime), Some(InTime));
		assert_eq!(Years::get(), [told(Missing, None), next, told(None, expected)]);
	});
}

#[test]
fn determined_emissions_should_tell_the_obligation_as_late_when_only_a_later_year_covers_it() {
	determined_after_the_next_year(0, Late);
	determined_after_the_next_year(59, Late);
}

#[test]
fn determined_emissions_should_tell_the_obligation_as_in_time_when_its_own_year_covers_it() {
	determined_after_the_next_year(60, InTime);
}

#[test]
fn determined_emissions_should_tell_the_obligation_as_late_when_an_earlier_shortfall_was_made_up_for() {
	year(ObligationRule::Cumulative, || {
		confirm(YEAR, POWER_PLANT, 60);
		surrender(YEAR, POWER_PLANT, 50);
		close(YEAR);
		open(NEXT, rules(ObligationRule::Cumulative), &[POWER_PLANT]);
		allocate(NEXT, POWER_PLANT, 100);
		surrender(NEXT, POWER_PLANT, 40);
		close(NEXT);
		assert_ok!(Allowance::determine_emissions(
			RuntimeOrigin::root(),
			NEXT,
			POWER_PLANT,
			Tonnes(30),
			digest(8)
		));
		let next = |report, surrender| year_of(POWER_PLANT, NEXT, report, surrender);
		let years = [
			told(ReportInTime, Short),
			next(Some(Missing), None),
			next(None, Some(Late)),
		];
		assert_eq!(Years::get(), years);
	});
}

#[test]
fn determined_emissions_should_tell_nothing_when_nothing_has_to_be_covered() {
	yearly(|| {
		close(YEAR);
		determine(0);
		assert_eq!(Years::get(), [told(Missing, None)]);
	});
}

#[test]
fn determined_emissions_should_tell_nothing_when_the_shortfall_was_told_at_the_closing() {
	year(ObligationRule::Cumulative, || {
		confirm(YEAR, POWER_PLANT, 60);
		close(YEAR);
		open(NEXT, rules(ObligationRule::Cumulative), &[POWER_PLANT]);
		close(NEXT);
		// What is missing of the year before is known, whatever the emissions of this one are.
		let next = year_of(POWER_PLANT, NEXT, Some(Missing), Some(Short));
		let both = [told(ReportInTime, Short), next];
		assert_eq!(Years::get(), both);
		assert_ok!(Allowance::determine_emissions(
			RuntimeOrigin::root(),
			NEXT,
			POWER_PLANT,
			Tonnes(5),
			digest(8)
		));
		assert_eq!(Years::get(), both);
	});
}

#[test]
fn determined_emissions_should_tell_nothing_when_the_call_fails() {
	yearly(|| {
		confirm(YEAR, POWER_PLANT, 60);
		close(YEAR);
		let before = Years::get();
		let root = RuntimeOrigin::root();
		assert_noop!(
			Allowance::determine_emissions(root, YEAR, POWER_PLANT, Tonnes(60), digest(8)),
			Error::<Test>::EmissionsKnown
		);
		assert_eq!(Years::get(), before);
	});
}
