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
