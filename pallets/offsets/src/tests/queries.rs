use crate::mock::*;
use carbon_primitives::{ProjectKind, Tonnes};
use frame_support::assert_ok;

fn lived() -> ExtBuilder {
	ExtBuilder::default()
		.with_project(OWNER, ProjectKind::Forest)
		.with_application(OWNER, ProjectKind::Wind)
		.with_series(100)
		.with_series(50)
}

#[test]
fn project_should_show_the_record_and_its_sums() {
	lived().build_and_execute(|| {
		let view = Offsets::project(PROJECT).unwrap();
		assert_eq!((view.id, &view.project), (PROJECT, &project_of(PROJECT)));
		assert_eq!(
			(view.totals.issued, view.totals.buffered),
			(Tonnes(150), Tonnes(30))
		);
		assert_eq!(Offsets::project(ProjectId(2)), None);
	});
}

#[test]
fn projects_of_should_list_the_projects_of_an_owner_in_their_order() {
	lived().build_and_execute(|| {
		let ids = |owner| -> Vec<_> {
			let views = Offsets::projects_of(owner);
			views.into_iter().map(|view| view.id).collect()
		};
		assert_eq!(ids(OWNER), [PROJECT, ProjectId(1)]);
		assert_eq!(ids(OTHER_OWNER), []);
	});
}

#[test]
fn reductions_of_should_list_the_reports_that_were_not_refused_in_the_order_of_time() {
	lived().build_and_execute(|| {
		let refused = report(PROJECT, month(2, 1));
		assert_ok!(Offsets::refuse_reductions(
			RuntimeOrigin::root(),
			refused,
			digest(2)
		));
		let views = Offsets::reductions_of(PROJECT);
		let ids: Vec<_> = views.iter().map(|view| view.id).collect();
		// The second report is about the month before the first one's.
		assert_eq!(ids, [ReportId(1), REPORT]);
		assert_eq!(views[1].report, report_of(REPORT));
		assert_eq!(
			Offsets::reductions(refused).unwrap().report.state,
			ReportState::Refused
		);
		assert_eq!(Offsets::reductions(ReportId(9)), None);
		assert_eq!(Offsets::reductions_of(ProjectId(1)), []);
	});
}

#[test]
fn series_of_should_list_the_series_of_a_project_oldest_first() {
	lived().build_and_execute(|| {
		let views = Offsets::series_of(PROJECT);
		let assets: Vec<_> = views.iter().map(|view| view.asset).collect();
		assert_eq!(assets, [SERIES, SERIES + 1]);
		assert_eq!(Offsets::series(SERIES), Some(views[0].series));
		assert_eq!(Offsets::series(2024), None);
		assert_eq!(Offsets::series_of(ProjectId(1)), []);
	});
}

#[test]
fn reference_use_should_tell_what_a_reference_belongs_to() {
	lived().build_and_execute(|| {
		let used_by = |text: &str| Offsets::reference_use(text.as_bytes().to_vec());
		assert_eq!(used_by("P-1"), Some(ReferenceUse::Project(ProjectId(1))));
		assert_eq!(used_by("R-1"), Some(ReferenceUse::Report(ReportId(1))));
		assert_eq!(used_by("R-2"), None);
		assert_eq!(used_by(""), None);
	});
}

#[test]
fn reversal_debt_should_be_nothing_when_nothing_is_owed() {
	lived().build_and_execute(|| {
		assert_eq!(Offsets::reversal_debt(OWNER), Tonnes::ZERO);
		assert_eq!(Offsets::offset_cancellation(CancellationId(0)), None);
	});
}
