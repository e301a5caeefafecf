use crate::mock::*;
use carbon_primitives::ProjectKind;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn withdraw(who: AccountId) -> DispatchResult {
	Offsets::withdraw_reductions(RuntimeOrigin::signed(who), REPORT)
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
fn withdraw_reductions_should_leave_nothing_behind() {
	reported(|| {
		assert_ok!(withdraw(OWNER));
		assert!(!Reports::<Test>::contains_key(REPORT));
		assert!(!Periods::<Test>::contains_key(PROJECT));
		assert_eq!(Offsets::reference_use(b"R-0".to_vec()), None);
		assert_eq!(events(), [Event::ReductionsWithdrawn { report: REPORT }]);
	});
}

#[test]
fn withdraw_reductions_should_let_the_period_be_reported_anew_under_another_number() {
	reported(|| {
		assert_ok!(withdraw(OWNER));
		assert_eq!(report(PROJECT, month(0, 9)), ReportId(1));
	});
}

#[test]
fn withdraw_reductions_should_leave_the_other_periods() {
	reported(|| {
		let other = report(PROJECT, month(1, 10));
		assert_ok!(withdraw(OWNER));
		let left = Periods::<Test>::get(PROJECT);
		assert_eq!((left.len(), left[0].report), (1, other));
	});
}

#[test]
fn withdraw_reductions_should_work_when_the_owner_has_lost_its_role() {
	reported(|| {
		Admissions::expel(OWNER);
		assert_ok!(withdraw(OWNER));
	});
}

#[test]
fn withdraw_reductions_should_fail_when_somebody_else_signs() {
	reported(|| {
		assert_noop!(withdraw(OTHER_OWNER), Error::<Test>::NotOwner);
	});
}

#[test]
fn withdraw_reductions_should_fail_when_the_report_is_verified_or_issued() {
	reported(|| {
		verify(REPORT);
		assert_noop!(withdraw(OWNER), Error::<Test>::ReportLocked);
		assert_ok!(Offsets::issue_series(RuntimeOrigin::root(), REPORT));
		assert_noop!(withdraw(OWNER), Error::<Test>::ReportLocked);
	});
}

#[test]
fn withdraw_reductions_should_fail_when_the_report_is_refused() {
	reported(|| {
		assert_ok!(Offsets::refuse_reductions(
			RuntimeOrigin::root(),
			REPORT,
			digest(2)
		));
		assert_noop!(withdraw(OWNER), Error::<Test>::ReportLocked);
	});
}
