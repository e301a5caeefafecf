use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};

fn report(entity: AccountId, tonnes: u64) -> sp_runtime::DispatchResult {
	Allowance::report_emissions(RuntimeOrigin::signed(entity), YEAR, Tonnes(tonnes), digest(7))
}

fn enrolled() -> ExtBuilder {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
}

#[test]
fn report_emissions_should_store_the_report_when_the_entity_is_enrolled() {
	enrolled().build_and_execute(|| {
		assert_ok!(report(POWER_PLANT, 0));

		let stored = obligation(YEAR, POWER_PLANT).report.expect("the report is there");
		assert_eq!((stored.tonnes, stored.state), (Tonnes(0), ReportState::Submitted));
		System::assert_last_event(
			Event::EmissionsReported {
				year: YEAR,
				entity: POWER_PLANT,
				tonnes: Tonnes(0),
				report: digest(7),
				late: false,
			}
			.into(),
		);
	});
}

#[test]
fn report_emissions_should_replace_the_report_when_nobody_has_verified_it() {
	enrolled().build_and_execute(|| {
		assert_ok!(report(POWER_PLANT, 90));
		assert_ok!(report(POWER_PLANT, 91));
		assert_eq!(
			obligation(YEAR, POWER_PLANT).report.map(|report| report.tonnes),
			Some(Tonnes(91))
		);
	});
}

#[test]
fn report_emissions_should_fail_when_the_report_is_verified() {
	enrolled().build_and_execute(|| {
		assert_ok!(report(POWER_PLANT, 90));
		assert_ok!(Allowance::verify_report(
			RuntimeOrigin::signed(VERIFIER),
			YEAR,
			POWER_PLANT,
			Tonnes(90)
		));
		assert_noop!(report(POWER_PLANT, 80), Error::<Test>::ReportLocked);
	});
}

#[test]
fn report_emissions_should_fail_when_the_entity_is_excluded() {
	enrolled().build_and_execute(|| {
		let list = vec![POWER_PLANT].try_into().expect("fits");
		assert_ok!(Allowance::exclude(RuntimeOrigin::root(), YEAR, list));
		assert_noop!(report(POWER_PLANT, 90), Error::<Test>::ExcludedFromPeriod);
	});
}

#[test]
fn report_emissions_should_fail_when_the_entity_is_not_enrolled() {
	enrolled().build_and_execute(|| {
		assert_noop!(report(STEEL_MILL, 90), Error::<Test>::NotEnrolled);
	});
}

#[test]
fn report_emissions_should_fail_when_a_stranger_signs() {
	enrolled().build_and_execute(|| {
		assert_noop!(report(STRANGER, 90), NOT_ADMITTED);
	});
}

/// Deadlines at moments 100 to 400.
fn with_deadlines(test: impl FnOnce()) {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Allowance::open_period(
			RuntimeOrigin::root(),
			YEAR,
			Tonnes(500),
			rules(ObligationRule::Yearly),
			timeline()
		));
		enrol(YEAR, &[POWER_PLANT]);
		assert_noop!(report(POWER_PLANT, 90), Error::<Test>::PeriodPlanned);
		Now::set(100);
		poll(frame_support::weights::Weight::MAX);
		test();
	});
}

fn stored() -> ReportRecord {
	obligation(YEAR, POWER_PLANT).report.expect("the report is there")
}

#[test]
fn report_emissions_should_note_a_report_as_late_from_its_deadline_on() {
	with_deadlines(|| {
		Now::set(199);
		assert_ok!(report(POWER_PLANT, 90));
		assert_eq!((stored().at, stored().late), (199, false));
		Now::set(200);
		assert_ok!(report(POWER_PLANT, 91));
		assert_eq!((stored().at, stored().late), (200, true));
	});
}

#[test]
fn report_emissions_should_note_a_report_as_late_when_an_officer_ended_the_time_for_reports() {
	enrolled().build_and_execute(|| {
		assert_ok!(Allowance::advance_period(RuntimeOrigin::root(), YEAR));
		assert_ok!(report(POWER_PLANT, 90));
		assert!(stored().late);
	});
}

#[test]
fn report_emissions_should_not_call_a_correction_late_when_the_first_report_came_in_time() {
	with_deadlines(|| {
		assert_ok!(report(POWER_PLANT, 90));
		assert_ok!(Allowance::verify_report(
			RuntimeOrigin::signed(VERIFIER),
			YEAR,
			POWER_PLANT,
			Tonnes(90)
		));
		Now::set(250);
		assert_ok!(Allowance::reopen_report(
			RuntimeOrigin::root(),
			YEAR,
			POWER_PLANT,
			digest(9)
		));
		assert_ok!(report(POWER_PLANT, 80));
		assert_eq!((stored().at, stored().late), (250, false));
	});
}

#[test]
fn report_emissions_should_fail_when_the_last_deadline_has_passed() {
	with_deadlines(|| {
		Now::set(400);
		assert_noop!(report(POWER_PLANT, 90), Error::<Test>::DeadlinePassed);
	});
}

#[test]
fn a_report_should_be_of_the_signer_alone_and_not_be_verified_or_confirmed_for_another_entity() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT, STEEL_MILL])
		.build_and_execute(|| {
			assert_ok!(report(POWER_PLANT, 90));
			assert_eq!(obligation(YEAR, STEEL_MILL).report, None);
			let verify = |entity, tonnes| {
				Allowance::verify_report(RuntimeOrigin::signed(VERIFIER), YEAR, entity, Tonnes(tonnes))
			};
			assert_noop!(verify(STEEL_MILL, 90), Error::<Test>::ReportNotFound);
			assert_ok!(report(STEEL_MILL, 70));
			assert_noop!(verify(STEEL_MILL, 90), Error::<Test>::ReportMismatch);
			assert_ok!(verify(POWER_PLANT, 90));
			assert_ok!(verify(STEEL_MILL, 70));
			let confirmed = vec![(STEEL_MILL, Tonnes(90))].try_into().expect("fits");
			assert_noop!(
				Allowance::confirm_reports(RuntimeOrigin::root(), YEAR, confirmed),
				Error::<Test>::ReportMismatch
			);
		});
}
