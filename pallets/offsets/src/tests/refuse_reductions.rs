use crate::mock::*;
use carbon_primitives::ProjectKind;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn refuse() -> DispatchResult {
	Offsets::refuse_reductions(RuntimeOrigin::root(), REPORT, digest(2))
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
fn refuse_reductions_should_keep_the_record_and_free_its_reference_and_period() {
	reported(|| {
		assert_ok!(refuse());
		assert_eq!(report_of(REPORT).state, ReportState::Refused);
		assert_eq!(Offsets::reference_use(b"R-0".to_vec()), None);
		assert!(!Periods::<Test>::contains_key(PROJECT));
		assert_eq!(
			events(),
			[Event::ReductionsRefused {
				report: REPORT,
				reason: digest(2),
			}]
		);
	});
}

#[test]
fn refuse_reductions_should_work_when_a_verifier_stands_behind_the_number() {
	reported(|| {
		verify(REPORT);
		assert_ok!(refuse());
		let record = report_of(REPORT);
		assert_eq!(
			(record.state, record.verifier),
			(ReportState::Refused, Some(VERIFIER))
		);
	});
}

#[test]
fn refuse_reductions_should_work_when_the_project_is_suspended() {
	reported(|| {
		decide(PROJECT, Decision::Suspend);
		assert_ok!(refuse());
	});
}

#[test]
fn refuse_reductions_should_let_the_same_reductions_be_issued_once_under_another_number() {
	reported(|| {
		verify(REPORT);
		assert_ok!(refuse());
		issue(PROJECT, 0, 10);
		assert_eq!(
			report_of(ReportId(1)).state,
			ReportState::Issued { series: SERIES }
		);
		assert_noop!(
			Offsets::issue_series(RuntimeOrigin::root(), REPORT),
			Error::<Test>::ReportNotVerified
		);
	});
}

#[test]
fn refuse_reductions_should_fail_when_the_report_is_refused_already() {
	reported(|| {
		assert_ok!(refuse());
		assert_noop!(refuse(), Error::<Test>::ReportLocked);
	});
}

#[test]
fn refuse_reductions_should_fail_when_credits_were_issued() {
	reported(|| {
		verify(REPORT);
		assert_ok!(Offsets::issue_series(RuntimeOrigin::root(), REPORT));
		assert_noop!(refuse(), Error::<Test>::ReportLocked);
	});
}
