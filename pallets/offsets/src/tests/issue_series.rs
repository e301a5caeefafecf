use crate::mock::*;
use carbon_calendar::Day;
use carbon_primitives::{ProjectKind, Tonnes, Vintage};
use frame_support::{assert_noop, assert_ok, traits::fungibles::metadata::Inspect};
use sp_runtime::DispatchResult;

fn issue_for(report: ReportId) -> DispatchResult {
	Offsets::issue_series(RuntimeOrigin::root(), report)
}

/// A verified report of so many tonnes.
fn verified(kind: ProjectKind, tonnes: u64, test: impl FnOnce()) {
	ExtBuilder::default()
		.with_project(OWNER, kind)
		.build_and_execute(|| {
			verify(report(PROJECT, month(0, tonnes)));
			System::reset_events();
			test();
		});
}

#[test]
fn issue_series_should_give_the_owner_everything_when_there_is_no_buffer() {
	verified(ProjectKind::Wind, 1_001, || {
		assert_ok!(issue_for(REPORT));

		assert_eq!((held(SERIES, OWNER), held(SERIES, BUFFER)), (1_001, 0));
		assert_eq!(
			series_of(SERIES),
			SeriesRecord {
				project: PROJECT,
				report: REPORT,
				kind: ProjectKind::Wind,
				inside_ets: false,
				vintage: Vintage(2024),
				issued: Tonnes(1_001),
				buffered: Tonnes::ZERO,
				surrendered: Tonnes::ZERO,
				cancelled: Tonnes::ZERO,
			}
		);
		assert_eq!(report_of(REPORT).state, ReportState::Issued { series: SERIES });
		assert_eq!(
			events(),
			[Event::SeriesIssued {
				asset: SERIES,
				project: PROJECT,
				report: REPORT,
				owner: OWNER,
				vintage: Vintage(2024),
				inside_ets: false,
				tonnes: Tonnes(1_001),
				buffered: Tonnes::ZERO,
			}]
		);
	});
}

#[test]
fn issue_series_should_round_the_buffer_up() {
	verified(ProjectKind::Forest, 1_001, || {
		assert_ok!(issue_for(REPORT));
		assert_eq!((held(SERIES, OWNER), held(SERIES, BUFFER)), (800, 201));
		assert_eq!(series_of(SERIES).buffered, Tonnes(201));
		assert_eq!(
			Totals::<Test>::get(PROJECT),
			ProjectTotals {
				issued: Tonnes(1_001),
				buffered: Tonnes(201),
				..Default::default()
			}
		);
	});
}

#[test]
fn issue_series_should_put_everything_into_the_buffer_when_its_share_is_the_whole() {
	verified(ProjectKind::Forest, 10, || {
		ForestBps::set(20_000);
		assert_ok!(issue_for(REPORT));
		assert_eq!((held(SERIES, OWNER), held(SERIES, BUFFER)), (0, 10));
	});
}

#[test]
fn issue_series_should_name_the_asset_so_that_wallets_can_show_it() {
	verified(ProjectKind::Wind, 10, || {
		assert_ok!(issue_for(REPORT));
		assert_eq!(Assets::name(SERIES), b"Offset credit 2024, project 0".to_vec());
		assert_eq!(Assets::symbol(SERIES), b"OC2024-0".to_vec());
		assert_eq!(<Assets as Inspect<AccountId>>::decimals(SERIES), 0);
	});
}

#[test]
fn issue_series_should_number_series_from_one_million_on() {
	verified(ProjectKind::Wind, 10, || {
		assert_ok!(issue_for(REPORT));
		assert_eq!(issue(PROJECT, 1, 5), 1_000_001);
		assert_eq!(SeriesOf::<Test>::get(PROJECT), vec![1_000_000, 1_000_001]);
	});
}

#[test]
fn issue_series_should_take_the_year_of_the_last_day() {
	ExtBuilder::default()
		.with_project(OWNER, ProjectKind::Wind)
		.build_and_execute(|| {
			Now::set(TODAY.next());
			let reductions = Reductions {
				from: Day(YEAR_END.0 - 300),
				to: YEAR_END.next(),
				..month(0, 10)
			};
			verify(report(PROJECT, reductions));
			assert_ok!(issue_for(REPORT));
			assert_eq!(series_of(SERIES).vintage, Vintage(2025));
		});
}

#[test]
fn issue_series_should_note_that_the_project_is_inside_the_ets_as_of_that_day() {
	verified(ProjectKind::Wind, 10, || {
		assert_ok!(issue_for(REPORT));
		decide(PROJECT, Decision::Suspend);
		decide(PROJECT, Decision::Register { inside_ets: true });
		let later = issue(PROJECT, 1, 10);
		assert!(!series_of(SERIES).inside_ets);
		assert!(series_of(later).inside_ets);
	});
}

#[test]
fn issue_series_should_fail_when_the_report_is_not_verified() {
	ExtBuilder::default()
		.with_project(OWNER, ProjectKind::Wind)
		.build_and_execute(|| {
			report(PROJECT, month(0, 10));
			assert_noop!(issue_for(REPORT), Error::<Test>::ReportNotVerified);
		});
}

#[test]
fn issue_series_should_fail_when_the_report_was_issued_before() {
	verified(ProjectKind::Wind, 10, || {
		assert_ok!(issue_for(REPORT));
		assert_noop!(issue_for(REPORT), Error::<Test>::ReportNotVerified);
	});
}

#[test]
fn issue_series_should_fail_when_the_project_is_suspended() {
	verified(ProjectKind::Wind, 10, || {
		decide(PROJECT, Decision::Suspend);
		assert_noop!(issue_for(REPORT), Error::<Test>::ProjectNotRegistered);
	});
}

#[test]
fn issue_series_should_fail_when_the_owner_has_lost_its_role() {
	verified(ProjectKind::Wind, 10, || {
		Admissions::expel(OWNER);
		assert_noop!(issue_for(REPORT), NOT_ADMITTED);
	});
}

#[test]
fn issue_series_should_fail_when_the_owner_owes_for_any_of_its_projects() {
	ExtBuilder::default()
		.with_project(OWNER, ProjectKind::Wind)
		.with_project(OWNER, ProjectKind::Solar)
		.with_series(10)
		.build_and_execute(|| {
			verify(report(ProjectId(1), month(1, 10)));
			assert_ok!(Offsets::reverse(
				RuntimeOrigin::root(),
				PROJECT,
				Tonnes(1),
				digest(2)
			));
			assert_noop!(issue_for(ReportId(1)), Error::<Test>::ReversalOwed);
			assert_ok!(Offsets::settle_reversal(
				RuntimeOrigin::signed(OWNER),
				PROJECT,
				SERIES,
				Tonnes(1)
			));
			assert_ok!(issue_for(ReportId(1)));
		});
}

#[test]
fn issue_series_should_fail_when_the_project_has_as_many_as_it_may() {
	ExtBuilder::default()
		.with_project(OWNER, ProjectKind::Wind)
		.with_series(10)
		.with_series(10)
		.with_series(10)
		.build_and_execute(|| {
			assert_eq!(SeriesOf::<Test>::get(PROJECT).len() as u32, SERIES_MAX);
			let last = report(PROJECT, month(SERIES_MAX, 10));
			verify(last);
			assert_noop!(issue_for(last), Error::<Test>::TooManySeries);
		});
}

#[test]
fn issue_series_should_be_refused_when_the_credits_of_the_project_cannot_be_counted() {
	verified(ProjectKind::Wind, u64::MAX, || {
		assert_ok!(issue_for(REPORT));
		assert_eq!(held(SERIES, OWNER), u128::from(u64::MAX));
		let next = report(PROJECT, month(1, 1));
		verify(next);
		assert_noop!(transact(|| issue_for(next)), Error::<Test>::AmountTooLarge);
	});
}

#[test]
fn issue_series_should_say_unexpected_when_the_numbers_are_used_up() {
	verified(ProjectKind::Wind, 10, || {
		NextSeries::<Test>::put(u32::MAX);
		assert_noop!(transact(|| issue_for(REPORT)), Error::<Test>::Unexpected);
	});
}
