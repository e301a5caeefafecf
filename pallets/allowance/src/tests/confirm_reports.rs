use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};

fn confirm_one(tonnes: u64) -> sp_runtime::DispatchResult {
	let list = vec![(POWER_PLANT, Tonnes(tonnes))].try_into().expect("fits");
	Allowance::confirm_reports(RuntimeOrigin::root(), YEAR, list)
}

fn reported() -> ExtBuilder {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
}

fn report_and_verify() {
	let tonnes = Tonnes(90);
	assert_ok!(Allowance::report_emissions(
		RuntimeOrigin::signed(POWER_PLANT),
		YEAR,
		tonnes,
		digest(7)
	));
	assert_ok!(Allowance::verify_report(
		RuntimeOrigin::signed(VERIFIER),
		YEAR,
		POWER_PLANT,
		tonnes
	));
}

#[test]
fn confirm_reports_should_make_the_number_count_when_it_was_verified() {
	reported().build_and_execute(|| {
		report_and_verify();
		assert_ok!(confirm_one(90));

		let stored = obligation(YEAR, POWER_PLANT).report.expect("the report is there");
		assert_eq!(stored.state, ReportState::Confirmed);
		System::assert_last_event(
			Event::ReportConfirmed {
				year: YEAR,
				entity: POWER_PLANT,
				tonnes: Tonnes(90),
			}
			.into(),
		);
	});
}

#[test]
fn confirm_reports_should_fail_when_the_number_differs() {
	reported().build_and_execute(|| {
		report_and_verify();
		assert_noop!(confirm_one(89), Error::<Test>::ReportMismatch);
	});
}

#[test]
fn confirm_reports_should_fail_when_nobody_verified_the_report() {
	reported().build_and_execute(|| {
		assert_noop!(confirm_one(90), Error::<Test>::ReportNotFound);
		assert_ok!(Allowance::report_emissions(
			RuntimeOrigin::signed(POWER_PLANT),
			YEAR,
			Tonnes(90),
			digest(7)
		));
		assert_noop!(confirm_one(90), Error::<Test>::ReportNotVerified);
	});
}

#[test]
fn confirm_reports_should_fail_when_the_report_is_confirmed_already() {
	reported().build_and_execute(|| {
		report_and_verify();
		assert_ok!(confirm_one(90));
		assert_noop!(confirm_one(90), Error::<Test>::ReportNotVerified);
	});
}

/// A day in milliseconds.
const DAY: u64 = 86_400_000;

#[test]
fn confirm_reports_should_fail_until_the_review_is_over_when_credit_asks_for_one() {
	reported().build_and_execute(|| {
		Now::set(1_000);
		report_and_verify();
		ReviewDays::set([(POWER_PLANT, 5)].into());
		Now::set(999 + 5 * DAY);
		assert_noop!(confirm_one(90), Error::<Test>::ReviewNotOver);
		Now::set(1_000 + 5 * DAY);
		assert_ok!(confirm_one(90));
	});
}

#[test]
fn confirm_reports_should_begin_the_review_anew_when_the_report_was_replaced() {
	reported().build_and_execute(|| {
		ReviewDays::set([(POWER_PLANT, 5)].into());
		report_and_verify();
		Now::set(5 * DAY);
		assert_ok!(Allowance::reopen_report(
			RuntimeOrigin::root(),
			YEAR,
			POWER_PLANT,
			digest(9)
		));
		report_and_verify();
		assert_noop!(confirm_one(90), Error::<Test>::ReviewNotOver);
	});
}

#[test]
fn confirm_reports_should_ask_for_the_credit_of_each_entity() {
	reported().build_and_execute(|| {
		ReviewDays::set([(STEEL_MILL, 5)].into());
		report_and_verify();
		assert_ok!(confirm_one(90));
	});
}

#[test]
fn confirm_reports_should_never_confirm_when_the_review_has_no_end() {
	reported().build_and_execute(|| {
		Now::set(u64::MAX - 1);
		report_and_verify();
		ReviewDays::set([(POWER_PLANT, u32::MAX)].into());
		assert_noop!(confirm_one(90), Error::<Test>::ReviewNotOver);
	});
}
