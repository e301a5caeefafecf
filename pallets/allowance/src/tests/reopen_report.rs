use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, DispatchResult};

fn reopen(entity: AccountId) -> DispatchResult {
	Allowance::reopen_report(RuntimeOrigin::root(), YEAR, entity, digest(9))
}

fn enrolled() -> ExtBuilder {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
}

#[test]
fn reopen_report_should_let_the_entity_correct_a_confirmed_report() {
	enrolled().build_and_execute(|| {
		confirm(YEAR, POWER_PLANT, 90);
		assert_ok!(reopen(POWER_PLANT));
		System::assert_last_event(
			Event::ReportReopened {
				year: YEAR,
				entity: POWER_PLANT,
				tonnes: Tonnes(90),
				reason: digest(9),
			}
			.into(),
		);
		assert_eq!(obligation(YEAR, POWER_PLANT).verifier, None);
		confirm(YEAR, POWER_PLANT, 95);
		let found = obligation(YEAR, POWER_PLANT);
		assert_eq!(found.corrections, 1);
		assert_eq!(found.report.map(|report| report.tonnes), Some(Tonnes(95)));
	});
}

#[test]
fn reopen_report_should_leave_the_entity_without_confirmed_emissions_when_it_does_not_correct_them() {
	enrolled().build_and_execute(|| {
		confirm(YEAR, POWER_PLANT, 90);
		assert_ok!(reopen(POWER_PLANT));
		close(YEAR);
		assert_eq!(obligation(YEAR, POWER_PLANT).status, Some(SurrenderStatus::C));
	});
}

#[test]
fn reopen_report_should_fail_when_nobody_has_verified_the_report() {
	enrolled().build_and_execute(|| {
		assert_ok!(Allowance::report_emissions(
			RuntimeOrigin::signed(POWER_PLANT),
			YEAR,
			Tonnes(90),
			digest(1)
		));
		assert_noop!(reopen(POWER_PLANT), Error::<Test>::ReportNotLocked);
	});
}

#[test]
fn reopen_report_should_fail_when_there_is_no_report() {
	enrolled().build_and_execute(|| {
		assert_noop!(reopen(POWER_PLANT), Error::<Test>::ReportNotFound);
	});
}

#[test]
fn reopen_report_should_fail_when_the_entity_is_not_enrolled() {
	enrolled().build_and_execute(|| {
		assert_noop!(reopen(STEEL_MILL), Error::<Test>::NotEnrolled);
	});
}

#[test]
fn reopen_report_should_fail_when_the_period_is_closed() {
	enrolled().build_and_execute(|| {
		confirm(YEAR, POWER_PLANT, 90);
		close(YEAR);
		assert_noop!(reopen(POWER_PLANT), Error::<Test>::PeriodNotOpen);
	});
}

#[test]
fn reopen_report_should_fail_when_somebody_else_signs() {
	enrolled().build_and_execute(|| {
		confirm(YEAR, POWER_PLANT, 90);
		for signer in [POWER_PLANT, VERIFIER] {
			assert_noop!(
				Allowance::reopen_report(RuntimeOrigin::signed(signer), YEAR, POWER_PLANT, digest(9)),
				DispatchError::BadOrigin
			);
		}
	});
}
