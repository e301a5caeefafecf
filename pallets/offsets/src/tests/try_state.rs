//! The invariants must be able to fail: each test breaks one of them behind the calls' back.

use crate::mock::*;
use carbon_primitives::{AssetId, ProjectKind, Tonnes, Vintage};
use carbon_traits::OffsetCredits;
use frame_support::{
	assert_err, assert_ok, hypothetically,
	traits::{
		fungibles::Mutate,
		tokens::{Fortitude::Polite, Precision::Exact, Preservation::Expendable},
	},
};
use sp_runtime::TryRuntimeError;

const APPLICATION: ProjectId = ProjectId(1);
const SUBMITTED: ReportId = ReportId(2);
const VERIFIED: ReportId = ReportId(3);
const REFUSED: ReportId = ReportId(4);

/// A state in which everything that the invariants speak of exists: a forest with two series, one reversal that the buffer covered and
/// one that left a debt, of which a part is paid; an application; reports in each state; credits on hold, surrendered and cancelled.
fn lived() -> sp_io::TestExternalities {
	let mut ext = ExtBuilder::default()
		.with_project(OWNER, ProjectKind::Forest)
		.with_application(OWNER, ProjectKind::Wind)
		.with_project(OTHER_OWNER, ProjectKind::Forest)
		.with_series(100)
		.with_series(100)
		.build();
	ext.execute_with(|| {
		report(PROJECT, month(2, 10));
		verify(report(PROJECT, month(3, 10)));
		let refused = report(ProjectId(2), month(4, 10));
		assert_ok!(Offsets::refuse_reductions(
			RuntimeOrigin::root(),
			refused,
			digest(2)
		));
		assert_eq!(issue(ProjectId(2), 5, 50), SERIES + 2);
		for (project, tonnes) in [(PROJECT, 50), (ProjectId(2), 3)] {
			assert_ok!(Offsets::reverse(
				RuntimeOrigin::root(),
				project,
				Tonnes(tonnes),
				digest(2)
			));
		}
		let owner = || RuntimeOrigin::signed(OWNER);
		assert_ok!(Offsets::settle_reversal(owner(), PROJECT, SERIES, Tonnes(4)));
		assert_ok!(Offsets::cancel(
			owner(),
			SERIES,
			Tonnes(5),
			Default::default(),
			digest(3)
		));
		assert_ok!(<Offsets as OffsetCredits<_>>::retire(&OWNER, SERIES, Tonnes(6)));
		assert_ok!(Ledger::hold(OWNER, SERIES, 7));
		assert_ok!(Offsets::do_try_state());
	});
	ext
}

fn broken(break_it: impl FnOnce(), expected: &'static str) {
	lived().execute_with(|| {
		hypothetically!({
			break_it();
			assert_err!(Offsets::do_try_state(), TryRuntimeError::Other(expected));
		});
	});
}

fn change_series(asset: AssetId, change: impl FnOnce(&mut SeriesRecord)) {
	Series::<Test>::mutate(asset, |record| change(record.as_mut().unwrap()));
}

fn change_project(project: ProjectId, change: impl FnOnce(&mut ProjectRecordOf<Test>)) {
	Projects::<Test>::mutate(project, |record| change(record.as_mut().unwrap()));
}

fn change_report(report: ReportId, change: impl FnOnce(&mut ReductionReportOf<Test>)) {
	Reports::<Test>::mutate(report, |record| change(record.as_mut().unwrap()));
}

#[test]
fn try_state_should_find_an_entry_that_cannot_be_read() {
	for key in [
		Projects::<Test>::hashed_key_for(PROJECT),
		Totals::<Test>::hashed_key_for(PROJECT),
		Reports::<Test>::hashed_key_for(REPORT),
		Series::<Test>::hashed_key_for(SERIES),
		Cancellations::<Test>::hashed_key_for(CancellationId(0)),
		ReversalDebts::<Test>::hashed_key_for(OWNER),
	] {
		broken(
			|| sp_io::storage::set(&key, &[]),
			"offsets 1: an entry cannot be read",
		);
	}
}

#[test]
fn try_state_should_find_an_empty_list() {
	let message = "offsets 1: an empty list is stored";
	broken(
		|| ProjectsOf::<Test>::insert(STRANGER, ProjectListOf::<Test>::default()),
		message,
	);
	broken(
		|| Periods::<Test>::insert(APPLICATION, PeriodListOf::<Test>::default()),
		message,
	);
	broken(
		|| SeriesOf::<Test>::insert(APPLICATION, SeriesListOf::<Test>::default()),
		message,
	);
}

#[test]
fn try_state_should_find_a_number_that_was_never_given_out() {
	let message = "offsets 2: a number was never given out";
	broken(|| NextProject::<Test>::put(ProjectId(2)), message);
	broken(|| NextReport::<Test>::put(ReportId(2)), message);
	broken(|| NextSeries::<Test>::put(SERIES + 1), message);
	broken(|| NextCancellation::<Test>::put(CancellationId(1)), message);
	broken(
		|| Series::<Test>::insert(2024, series_of(SERIES)),
		"offsets 2: a number was never given out",
	);
}

#[test]
fn try_state_should_find_a_list_of_projects_that_is_wrong() {
	broken(
		|| Projects::<Test>::remove(APPLICATION),
		"offsets 3: a project in the list of an owner does not exist",
	);
	broken(
		|| change_project(APPLICATION, |record| record.owner = OTHER_OWNER),
		"offsets 3: a project is in the list of somebody else",
	);
	broken(
		|| ProjectsOf::<Test>::mutate(OWNER, |list| list.try_push(PROJECT).unwrap()),
		"offsets 3: a project is listed twice",
	);
	broken(
		|| ProjectsOf::<Test>::mutate(OWNER, |list| list.truncate(1)),
		"offsets 3: a project is in no list",
	);
}

#[test]
fn try_state_should_find_a_reference_that_is_wrong() {
	broken(
		|| change_project(PROJECT, |record| record.details.registry_ref = reference("p")),
		"offsets 4: a reference is spelled in another way",
	);
	broken(
		|| change_report(REPORT, |record| record.reductions.registry_ref = reference("P-0")),
		"offsets 4: a reference belongs to another one",
	);
	broken(
		|| References::<Test>::insert(digest(9), ReferenceUse::Project(PROJECT)),
		"offsets 4: a reference belongs to nothing",
	);
	broken(
		|| change_project(APPLICATION, |record| record.state = ProjectState::Refused),
		"offsets 4: a reference belongs to nothing",
	);
}

#[test]
fn try_state_should_find_reports_of_a_project_that_was_never_registered() {
	broken(
		|| change_project(PROJECT, |record| record.state = ProjectState::Submitted),
		"offsets 5: a project with reports was never registered",
	);
}

#[test]
fn try_state_should_find_periods_that_are_wrong() {
	let change = |change: fn(&mut PeriodListOf<Test>)| Periods::<Test>::mutate(PROJECT, change);
	broken(
		|| change(|list| list[1].from = list[0].to),
		"offsets 5: two monitoring periods share a day",
	);
	broken(
		|| change(|list| (list[0], list[1]) = (list[1], list[0])),
		"offsets 5: two monitoring periods share a day",
	);
	broken(
		|| change(|list| list[0].report = ReportId(77)),
		"offsets 5: the report of a period does not exist",
	);
	broken(
		|| change(|list| list[0].from = list[0].from.next()),
		"offsets 5: a period is not that of its report",
	);
	broken(
		|| {
			change(|list| {
				list.pop();
			})
		},
		"offsets 5: a report has no period, or a refused one has",
	);
}

#[test]
fn try_state_should_find_a_period_in_the_lists_of_two_projects() {
	broken(
		|| {
			change_report(REPORT, |record| record.project = ProjectId(2));
			let period = *Periods::<Test>::get(PROJECT).last().unwrap();
			Periods::<Test>::mutate(ProjectId(2), |list| list.try_push(period).unwrap());
		},
		"offsets 5: a period is not that of its report",
	);
}

#[test]
fn try_state_should_find_a_report_in_a_wrong_state() {
	broken(
		|| change_report(SUBMITTED, |record| record.reductions.tonnes = Tonnes::ZERO),
		"offsets 6: a report is about nothing",
	);
	broken(
		|| change_report(SUBMITTED, |record| record.verifier = Some(VERIFIER)),
		"offsets 6: a report has a verifier too early",
	);
	for report in [VERIFIED, REPORT] {
		broken(
			|| change_report(report, |record| record.verifier = None),
			"offsets 6: a verified report has no verifier",
		);
	}
	broken(
		|| {
			change_report(VERIFIED, |record| {
				record.state = ReportState::Issued { series: 7 }
			})
		},
		"offsets 6: the series of a report does not exist",
	);
	broken(
		|| {
			change_report(VERIFIED, |record| {
				record.state = ReportState::Issued { series: SERIES }
			})
		},
		"offsets 6: a series is not that of its report",
	);
	broken(
		|| change_series(SERIES, |series| series.vintage = Vintage(2023)),
		"offsets 6: a series is not that of its report",
	);
	broken(
		|| change_report(REPORT, |record| record.state = ReportState::Verified),
		"offsets 6: a report has two series, or one that it does not know",
	);
	assert_eq!(REFUSED, ReportId(4));
}

#[test]
fn try_state_should_find_a_list_of_series_that_is_wrong() {
	broken(
		|| SeriesOf::<Test>::mutate(PROJECT, |list| (list[0], list[1]) = (list[1], list[0])),
		"offsets 7: the series of a project are not in order",
	);
	broken(
		|| SeriesOf::<Test>::mutate(PROJECT, |list| list[1] = SERIES + 2),
		"offsets 7: a series in the list of a project is not its own",
	);
	broken(
		|| SeriesOf::<Test>::mutate(PROJECT, |list| list.truncate(1)),
		"offsets 7: a series is in no list",
	);
}

#[test]
fn try_state_should_find_a_lost_credit() {
	broken(
		|| {
			assert_ok!(Assets::burn_from(SERIES, &OWNER, 1, Expendable, Exact, Polite));
		},
		"offsets 8: credits are lost",
	);
}

#[test]
fn try_state_should_find_a_credit_that_was_never_issued() {
	broken(
		|| {
			assert_ok!(Assets::mint_into(SERIES, &TRADER, 1));
		},
		"offsets 8: credits exist that were never issued",
	);
}

#[test]
fn try_state_should_find_a_ledger_whose_total_is_not_the_sum_of_its_accounts() {
	broken(
		|| {
			pallet_assets::Asset::<Test>::mutate(SERIES, |details| {
				// The total is the ledger's own: only its encoding can be changed from here.
				let mut bytes = codec::Encode::encode(details.as_ref().unwrap());
				let at = 4 * 8;
				bytes[at] = bytes[at].wrapping_add(1);
				*details = codec::Decode::decode(&mut &bytes[..]).ok();
			})
		},
		"offsets 8: the ledger's total differs from the sum of its accounts",
	);
}

#[test]
fn try_state_should_find_a_buffer_that_is_not_there() {
	broken(
		|| {
			assert_ok!(<Assets as Mutate<_>>::transfer(
				SERIES + 2,
				&BUFFER,
				&TRADER,
				1,
				Expendable
			));
		},
		"offsets 9: the buffer account holds something else than is buffered",
	);
	broken(
		|| {
			assert_ok!(<Assets as Mutate<_>>::transfer(
				SERIES, &OWNER, &BUFFER, 1, Expendable
			));
		},
		"offsets 9: the buffer account holds something else than is buffered",
	);
}

#[test]
fn try_state_should_find_sums_that_are_wrong() {
	let change = |project, change: fn(&mut ProjectTotals)| Totals::<Test>::mutate(project, change);
	broken(
		|| change(ProjectId(2), |totals| totals.buffered.0 -= 1),
		"offsets 9: the sums of a project are not those of its series",
	);
	broken(
		|| change(PROJECT, |totals| totals.issued.0 += 1),
		"offsets 9: the sums of a project are not those of its series",
	);
	broken(
		|| Totals::<Test>::insert(ProjectId(8), ProjectTotals::default()),
		"offsets 9: a project with sums does not exist",
	);
	broken(
		|| Totals::<Test>::remove(PROJECT),
		"offsets 9: a project with series has no sums",
	);
	broken(
		|| change(PROJECT, |totals| totals.reversed = Tonnes(201)),
		"offsets 11: more was reversed than was issued",
	);
	broken(
		|| change(ProjectId(2), |totals| totals.owed = Tonnes(1)),
		"offsets 11: something is owed although the buffer could cover it",
	);
}

#[test]
fn try_state_should_find_a_debt_that_is_counted_wrongly() {
	broken(
		|| ReversalDebts::<Test>::insert(OWNER, Tonnes(7)),
		"offsets 11: what an owner owes is not the sum over its projects",
	);
	broken(
		|| ReversalDebts::<Test>::insert(OTHER_OWNER, Tonnes(0)),
		"offsets 11: what an owner owes is not the sum over its projects",
	);
	broken(
		|| ReversalDebts::<Test>::remove(OWNER),
		"offsets 11: what a project owes is not counted for its owner",
	);
}

#[test]
fn try_state_should_find_cancellations_that_do_not_add_up() {
	broken(
		|| Cancellations::<Test>::remove(CancellationId(0)),
		"offsets 10: cancellation records and counter differ",
	);
	broken(
		|| {
			let record = Cancellations::<Test>::get(CancellationId(0)).map(|record| CancellationRecord {
				asset: 2024,
				tonnes: Tonnes(1),
				..record
			});
			NextCancellation::<Test>::put(CancellationId(99));
			Cancellations::<Test>::set(CancellationId(98), record);
		},
		"offsets 10: a record names an asset that is no series",
	);
}

#[test]
fn try_state_should_find_a_reversal_that_nobody_paid() {
	broken(
		|| Totals::<Test>::mutate(ProjectId(2), |totals| totals.reversed = Tonnes(4)),
		"offsets 11: what was reversed is neither cancelled nor owed",
	);
	broken(
		|| {
			Cancellations::<Test>::mutate(CancellationId(0), |record| {
				let cause = &mut record.as_mut().unwrap().cause;
				*cause = CancellationCause::Settlement { project: APPLICATION };
			});
			// The sum of the project is made to fit, so that only the record is wrong.
			Totals::<Test>::mutate(PROJECT, |totals| totals.reversed = Tonnes(30));
		},
		"offsets 11: a record names a project without sums",
	);
}
