use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};

fn verify(verifier: AccountId, tonnes: u64) -> sp_runtime::DispatchResult {
	Allowance::verify_report(RuntimeOrigin::signed(verifier), YEAR, POWER_PLANT, Tonnes(tonnes))
}

fn report(tonnes: u64) {
	assert_ok!(Allowance::report_emissions(
		RuntimeOrigin::signed(POWER_PLANT),
		YEAR,
		Tonnes(tonnes),
		digest(7)
	));
}

fn enrolled() -> ExtBuilder {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
}

#[test]
fn verify_report_should_advance_the_report_when_the_numbers_agree() {
	enrolled().build_and_execute(|| {
		report(90);
		assert_ok!(verify(VERIFIER, 90));

		let stored = obligation(YEAR, POWER_PLANT).report.expect("the report is there");
		assert_eq!(stored.state, ReportState::Verified);
		System::assert_last_event(
			Event::ReportVerified {
				year: YEAR,
				entity: POWER_PLANT,
				verifier: VERIFIER,
				tonnes: Tonnes(90),
			}
			.into(),
		);
	});
}

#[test]
fn verify_report_should_fail_when_the_entity_has_replaced_the_report_meanwhile() {
	enrolled().build_and_execute(|| {
		report(90);
		report(91);
		assert_noop!(verify(VERIFIER, 90), Error::<Test>::ReportMismatch);
	});
}

#[test]
fn verify_report_should_fail_when_the_report_is_verified_already() {
	enrolled().build_and_execute(|| {
		report(90);
		assert_ok!(verify(VERIFIER, 90));
		assert_noop!(verify(VERIFIER, 90), Error::<Test>::ReportLocked);
	});
}

#[test]
fn verify_report_should_fail_when_there_is_no_report() {
	enrolled().build_and_execute(|| {
		assert_noop!(verify(VERIFIER, 90), Error::<Test>::ReportNotFound);
	});
}

#[test]
fn verify_report_should_fail_when_the_entity_signs_for_itself() {
	enrolled().build_and_execute(|| {
		report(90);
		assert_noop!(verify(POWER_PLANT, 90), NOT_ADMITTED);
	});
}
