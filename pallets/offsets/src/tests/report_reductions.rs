use crate::mock::*;
use carbon_calendar::Day;
use carbon_primitives::{ProjectKind, Tonnes};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn hand_in(reductions: Reductions) -> DispatchResult {
	Offsets::report_reductions(RuntimeOrigin::signed(OWNER), PROJECT, reductions)
}

fn period(from: u32, to: u32, name: &str) -> Reductions {
	Reductions {
		from: Day(from),
		to: Day(to),
		registry_ref: reference(name),
		..month(0, 10)
	}
}

fn registered() -> ExtBuilder {
	ExtBuilder::default().with_project(OWNER, ProjectKind::Wind)
}

#[test]
fn report_reductions_should_store_a_report() {
	registered().build_and_execute(|| {
		assert_ok!(hand_in(month(0, 10)));

		assert_eq!(
			report_of(REPORT),
			ReductionReport {
				project: PROJECT,
				reductions: month(0, 10),
				state: ReportState::Submitted,
				verifier: None,
			}
		);
		assert_eq!(
			Offsets::reference_use(b"R-0".to_vec()),
			Some(ReferenceUse::Report(REPORT))
		);
		assert_eq!(
			events(),
			[Event::ReductionsReported {
				report: REPORT,
				project: PROJECT,
				reductions: month(0, 10),
			}]
		);
	});
}

#[test]
fn report_reductions_should_keep_periods_in_the_order_of_time() {
	registered().build_and_execute(|| {
		for (n, (from, to)) in [(200, 209), (100, 109), (300, 309), (210, 210)]
			.into_iter()
			.enumerate()
		{
			assert_ok!(hand_in(period(from, to, &format!("R-{n}"))));
		}
		let days = Periods::<Test>::get(PROJECT)
			.into_iter()
			.map(|period| (period.from.0, period.to.0, period.report.0));
		assert_eq!(
			days.collect::<Vec<_>>(),
			[(100, 109, 1), (200, 209, 0), (210, 210, 3), (300, 309, 2)]
		);
	});
}

#[test]
fn report_reductions_should_fail_when_a_day_was_reported_before() {
	registered().build_and_execute(|| {
		assert_ok!(hand_in(period(200, 209, "R-0")));
		for (from, to) in [(200, 209), (209, 215), (195, 200), (203, 204), (100, 300)] {
			assert_noop!(hand_in(period(from, to, "R-1")), Error::<Test>::PeriodOverlaps);
		}
	});
}

#[test]
fn report_reductions_should_take_the_same_days_for_another_project() {
	registered()
		.with_project(OWNER, ProjectKind::Solar)
		.build_and_execute(|| {
			assert_ok!(hand_in(period(200, 209, "R-0")));
			report(ProjectId(1), period(200, 209, "R-1"));
		});
}

#[test]
fn report_reductions_should_fail_when_the_period_ends_before_it_begins() {
	registered().build_and_execute(|| {
		assert_noop!(hand_in(period(210, 209, "R-0")), Error::<Test>::PeriodUnfit);
		assert_ok!(hand_in(period(209, 209, "R-0")));
	});
}

#[test]
fn report_reductions_should_fail_when_the_period_is_not_over() {
	registered().build_and_execute(|| {
		assert_noop!(
			hand_in(period(TODAY.0 - 9, TODAY.0, "R-0")),
			Error::<Test>::PeriodNotOver
		);
		Now::set(TODAY.next());
		assert_ok!(hand_in(period(TODAY.0 - 9, TODAY.0, "R-0")));
	});
}

#[test]
fn report_reductions_should_fail_when_nothing_was_reduced() {
	registered().build_and_execute(|| {
		assert_noop!(hand_in(month(0, 0)), Error::<Test>::AmountZero);
	});
}

#[test]
fn report_reductions_should_fail_when_the_reference_has_another_spelling() {
	registered().build_and_execute(|| {
		assert_noop!(hand_in(period(1, 2, "r-0")), Error::<Test>::ReferenceUnfit);
	});
}

#[test]
fn report_reductions_should_fail_when_the_reference_was_used() {
	registered().build_and_execute(|| {
		assert_noop!(hand_in(period(1, 2, "P-0")), Error::<Test>::ReferenceUsed);
		let asset = issue(PROJECT, 0, 10);
		assert_eq!(asset, SERIES);
		assert_noop!(hand_in(period(1, 2, "R-0")), Error::<Test>::ReferenceUsed);
	});
}

#[test]
fn report_reductions_should_fail_when_the_project_has_as_many_as_it_may() {
	registered().build_and_execute(|| {
		for n in 0..REPORTS_MAX {
			assert_ok!(hand_in(month(n, 10)));
		}
		assert_noop!(hand_in(month(REPORTS_MAX, 10)), Error::<Test>::TooManyReports);
	});
}

#[test]
fn report_reductions_should_not_count_what_was_refused() {
	registered().build_and_execute(|| {
		for n in 0..REPORTS_MAX {
			assert_ok!(hand_in(month(n, 10)));
		}
		assert_ok!(Offsets::refuse_reductions(
			RuntimeOrigin::root(),
			REPORT,
			digest(2)
		));
		assert_ok!(hand_in(month(0, 9)));
	});
}

#[test]
fn report_reductions_should_fail_when_the_project_is_not_registered() {
	ExtBuilder::default()
		.with_application(OWNER, ProjectKind::Wind)
		.build_and_execute(|| {
			let refused = || {
				assert_noop!(hand_in(month(0, 10)), Error::<Test>::ProjectNotRegistered);
			};
			refused();
			register(PROJECT);
			decide(PROJECT, Decision::Suspend);
			refused();
			register(PROJECT);
			assert_ok!(hand_in(month(0, 10)));
		});
}

#[test]
fn report_reductions_should_fail_when_the_project_was_refused() {
	ExtBuilder::default()
		.with_application(OWNER, ProjectKind::Wind)
		.build_and_execute(|| {
			decide(PROJECT, Decision::Refuse);
			assert_noop!(hand_in(month(0, 10)), Error::<Test>::ProjectNotRegistered);
		});
}

#[test]
fn report_reductions_should_fail_when_the_numbers_are_used_up() {
	registered().build_and_execute(|| {
		NextReport::<Test>::put(ReportId(u32::MAX));
		assert_noop!(hand_in(month(0, 1)), Error::<Test>::Unexpected);
		assert_eq!(Tonnes::ZERO, Totals::<Test>::get(PROJECT).issued);
	});
}
