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
