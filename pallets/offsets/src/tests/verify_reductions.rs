use crate::mock::*;
use carbon_primitives::{GroupId, ProjectKind, Role, Tonnes};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn verify_by(who: AccountId, tonnes: u64, report: u8) -> DispatchResult {
	Offsets::verify_reductions(RuntimeOrigin::signed(who), REPORT, Tonnes(tonnes), digest(report))
}

fn reported(test: impl FnOnce()) {
	ExtBuilder::default()
		.with_project(OWNER, ProjectKind::Wind)
		.build_and_execute(|| {
			report(PROJECT, month(0, 10));
			System::reset_events();
			test();
		});
}

#[test]
fn verify_reductions_should_note_who_stands_behind_the_number() {
	reported(|| {
		assert_ok!(verify_by(VERIFIER, 10, 7));
		let record = report_of(REPORT);
		assert_eq!(
			(record.state, record.verifier),
			(ReportState::Verified, Some(VERIFIER))
		);
		assert_eq!(
			events(),
			[Event::ReductionsVerified {
				report: REPORT,
				verifier: VERIFIER,
				tonnes: Tonnes(10),
			}]
		);
	});
}

#[test]
fn verify_reductions_should_fail_when_the_number_or_the_digest_is_another_one() {
	reported(|| {
		for (tonnes, report) in [(9, 7), (11, 7), (10, 8)] {
			assert_noop!(verify_by(VERIFIER, tonnes, report), Error::<Test>::ReportMismatch);
		}
	});
}

#[test]
fn verify_reductions_should_fail_when_the_report_is_verified_or_issued() {
	reported(|| {
		verify(REPORT);
		assert_noop!(verify_by(SISTER, 10, 7), Error::<Test>::ReportLocked);
		assert_ok!(Offsets::issue_series(RuntimeOrigin::root(), REPORT));
		assert_noop!(verify_by(SISTER, 10, 7), Error::<Test>::ReportLocked);
	});
}

#[test]
fn verify_reductions_should_fail_when_the_report_is_refused() {
	reported(|| {
		assert_ok!(Offsets::refuse_reductions(
			RuntimeOrigin::root(),
			REPORT,
			digest(2)
		));
		assert_noop!(verify_by(VERIFIER, 10, 7), Error::<Test>::ReportLocked);
	});
}

#[test]
fn verify_reductions_should_fail_when_the_project_is_suspended() {
	reported(|| {
		decide(PROJECT, Decision::Suspend);
		assert_noop!(verify_by(VERIFIER, 10, 7), Error::<Test>::ProjectNotRegistered);
	});
}

#[test]
fn verify_reductions_should_fail_when_the_verifier_is_of_the_group_of_the_owner() {
	reported(|| {
		GroupOf::set([(OWNER, GroupId(1)), (SISTER, GroupId(1)), (VERIFIER, GroupId(2))].into());
		assert_noop!(verify_by(SISTER, 10, 7), Error::<Test>::VerifierNotIndependent);
		assert_ok!(verify_by(VERIFIER, 10, 7));
	});
}

#[test]
fn verify_reductions_should_fail_when_the_owner_verifies_its_own() {
	reported(|| {
		// As no chain would have it: the two roles conflict.
		Admissions::admit(&OWNER, Role::Verifier);
		assert_noop!(verify_by(OWNER, 10, 7), Error::<Test>::VerifierNotIndependent);
	});
}

#[test]
fn verify_reductions_should_say_unexpected_when_the_project_is_gone() {
	reported(|| {
		let record = Projects::<Test>::take(PROJECT);
		assert_noop!(verify_by(VERIFIER, 10, 7), Error::<Test>::Unexpected);
		Projects::<Test>::set(PROJECT, record);
	});
}
