use crate::mock::*;
use carbon_primitives::{GroupId, Role, Tonnes};
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
		assert_eq!(obligation(YEAR, POWER_PLANT).verifier, Some(VERIFIER));
		System::assert_last_event(
			Event::ReportVerified {
				year: YEAR,
				entity: POWER_PLANT,
				verifier: VERIFIER,
				tonnes: Tonnes(90),
				late: false,
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

#[test]
fn verify_report_should_fail_when_verifier_and_entity_belong_to_one_group() {
	enrolled().build_and_execute(|| {
		report(90);
		for (verifier, entity, related) in [(1, 1, true), (1, 2, false)] {
			GroupOf::set([(VERIFIER, GroupId(verifier)), (POWER_PLANT, GroupId(entity))].into());
			if related {
				assert_noop!(verify(VERIFIER, 90), Error::<Test>::VerifierNotIndependent);
			} else {
				assert_ok!(verify(VERIFIER, 90));
			}
		}
	});
}

#[test]
fn verify_report_should_fail_when_the_entity_is_a_verifier_and_signs_for_itself() {
	enrolled().build_and_execute(|| {
		report(90);
		Admissions::add_role(POWER_PLANT, Role::Verifier);
		assert_noop!(verify(POWER_PLANT, 90), Error::<Test>::VerifierNotIndependent);
	});
}

#[test]
fn verify_report_should_note_a_verification_as_late_from_its_deadline_on() {
	for (now, late) in [(299, false), (300, true)] {
		ExtBuilder::default().build_and_execute(|| {
			assert_ok!(Allowance::open_period(
				RuntimeOrigin::root(),
				YEAR,
				Tonnes(500),
				rules(ObligationRule::Yearly),
				Timeline {
					opens: 0,
					..timeline()
				}
			));
			enrol(YEAR, &[POWER_PLANT]);
			report(90);
			Now::set(now);
			assert_ok!(verify(VERIFIER, 90));
			let stored = obligation(YEAR, POWER_PLANT).report.expect("the report is there");
			assert_eq!((stored.late, stored.verified_late), (false, late));
		});
	}
}
