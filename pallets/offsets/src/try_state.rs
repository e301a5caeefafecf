//! What always holds. It walks over the whole pallet: for tests and for try-runtime only.

use crate::{
	is_reference, pallet::*, vintage_of, CancellationCause, ProjectId, ReferenceUse, ReportId, ReportState,
};
use alloc::collections::{BTreeMap, BTreeSet};
use carbon_primitives::{AssetId, OFFSET_SERIES_FIRST};
use carbon_traits::SumHoldings;
use frame_support::{
	ensure,
	traits::{fungibles::Inspect, Get},
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Check every invariant of the pallet.
	///
	/// 1. Every entry can be read, and no list is empty.
	/// 2. Whatever has a number has one that was given out.
	/// 3. Each project stands once in the list of its owner, and nothing else stands there.
	/// 4. Each project and report that holds its registry reference has it alone, spelled as it has to be; nothing else
	///    holds one.
	/// 5. The periods of a project are those of its reports that are not refused, in order, and no two share a day; only a
	///    project that was registered has reports.
	/// 6. A report that is verified or issued has a verifier; one that is issued has exactly one series, of its tonnes and
	///    year.
	/// 7. The series of a project are in its list, each once, in the order of their numbers.
	/// 8. Issued credits are held, on hold, surrendered or cancelled: no tonne is lost, none is there twice.
	/// 9. The buffer account holds of each series what is buffered, and the sums of a project are those of its series.
	/// 10. The records of cancellations add up to the counters of the series.
	/// 11. What was reversed is cancelled from the buffer, paid, or owed, and is no more than was issued; while something
	///     is owed, the buffer is empty; what an owner owes is the sum over its projects.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_readable()?;
		Self::check_numbers()?;
		Self::check_owners()?;
		Self::check_references()?;
		Self::check_reports()?;
		Self::check_series_lists()?;
		Self::check_series()?;
		Self::check_sums()?;
		Self::check_cancellations()
	}

	/// A record that cannot be decoded is passed over when its map is iterated; its key is not.
	fn check_readable() -> Result<(), TryRuntimeError> {
		let readable = Projects::<T>::iter_keys().count() == Projects::<T>::iter().count()
			&& Totals::<T>::iter_keys().count() == Totals::<T>::iter().count()
			&& ProjectsOf::<T>::iter_keys().count() == ProjectsOf::<T>::iter().count()
			&& References::<T>::iter_keys().count() == References::<T>::iter().count()
			&& Reports::<T>::iter_keys().count() == Reports::<T>::iter().count()
			&& Periods::<T>::iter_keys().count() == Periods::<T>::iter().count()
			&& Series::<T>::iter_keys().count() == Series::<T>::iter().count()
			&& SeriesOf::<T>::iter_keys().count() == SeriesOf::<T>::iter().count()
			&& Cancellations::<T>::iter_keys().count() == Cancellations::<T>::iter().count()
			&& ReversalDebts::<T>::iter_keys().count() == ReversalDebts::<T>::iter().count();
		ensure!(readable, "offsets 1: an entry cannot be read");
		let filled = ProjectsOf::<T>::iter_values().all(|list| !list.is_empty())
			&& Periods::<T>::iter_values().all(|list| !list.is_empty())
			&& SeriesOf::<T>::iter_values().all(|list| !list.is_empty());
		ensure!(filled, "offsets 1: an empty list is stored");
		Ok(())
	}

	fn check_numbers() -> Result<(), TryRuntimeError> {
		let (projects, reports) = (NextProject::<T>::get(), NextReport::<T>::get());
		let (series, cancellations) = (NextSeries::<T>::get(), NextCancellation::<T>::get());
		let given = Projects::<T>::iter_keys().all(|id| id < projects)
			&& Reports::<T>::iter_keys().all(|id| id < reports)
			&& Series::<T>::iter_keys().all(|asset| (OFFSET_SERIES_FIRST..series).contains(&asset))
			&& Cancellations::<T>::iter_keys().all(|id| id < cancellations);
		ensure!(given, "offsets 2: a number was never given out");
		Ok(())
	}

	fn check_owners() -> Result<(), TryRuntimeError> {
		let mut listed = BTreeSet::new();
		for (owner, projects) in ProjectsOf::<T>::iter() {
			for project in projects {
				let record = Projects::<T>::get(project)
					.ok_or("offsets 3: a project in the list of an owner does not exist")?;
				ensure!(
					record.owner == owner,
					"offsets 3: a project is in the list of somebody else"
				);
				ensure!(listed.insert(project), "offsets 3: a project is listed twice");
			}
		}
		ensure!(
			Projects::<T>::iter_keys().count() == listed.len(),
			"offsets 3: a project is in no list"
		);
		Ok(())
	}

	fn check_references() -> Result<(), TryRuntimeError> {
		let projects = Projects::<T>::iter()
			.filter(|(_, record)| record.state.holds_reference())
			.map(|(id, record)| (record.details.registry_ref, ReferenceUse::Project(id)));
		let reports = Reports::<T>::iter()
			.filter(|(_, record)| record.state != ReportState::Refused)
			.map(|(id, record)| (record.reductions.registry_ref, ReferenceUse::Report(id)));
		let mut held = 0;
		for (reference, holder) in projects.chain(reports) {
			ensure!(
				is_reference(&reference),
				"offsets 4: a reference is spelled in another way"
			);
			ensure!(
				References::<T>::get(Self::key_of(&reference)) == Some(holder),
				"offsets 4: a reference belongs to another one"
			);
			held += 1;
		}
		ensure!(
			References::<T>::iter_keys().count() == held,
			"offsets 4: a reference belongs to nothing"
		);
		Ok(())
	}

	fn check_reports() -> Result<(), TryRuntimeError> {
		let mut listed = BTreeSet::new();
		for (project, periods) in Periods::<T>::iter() {
			ensure!(
				Projects::<T>::get(project).is_some_and(|record| record.state.was_registered()),
				"offsets 5: a project with reports was never registered"
			);
			ensure!(
				periods.iter().all(|period| period.from <= period.to)
					&& periods.windows(2).all(|pair| pair[0].to < pair[1].from),
				"offsets 5: two monitoring periods share a day"
			);
			for period in periods {
				let report = Reports::<T>::get(period.report)
					.ok_or("offsets 5: the report of a period does not exist")?;
				let (from, to) = (report.reductions.from, report.reductions.to);
				ensure!(
					report.project == project && (from, to) == (period.from, period.to),
					"offsets 5: a period is not that of its report"
				);
				// None comes twice: it would share its days with itself, or be in the list of another project.
				listed.insert(period.report);
			}
		}
		for (id, report) in Reports::<T>::iter() {
			ensure!(
				listed.contains(&id) == (report.state != ReportState::Refused),
				"offsets 5: a report has no period, or a refused one has"
			);
			Self::check_report(id, &report)?;
		}
		Ok(())
	}

	fn check_report(id: ReportId, report: &ReductionReportOf<T>) -> Result<(), TryRuntimeError> {
		ensure!(
			!report.reductions.tonnes.is_zero(),
			"offsets 6: a report is about nothing"
		);
		match report.state {
			ReportState::Submitted => ensure!(
				report.verifier.is_none(),
				"offsets 6: a report has a verifier too early"
			),
			ReportState::Refused => {}
			ReportState::Verified => ensure!(
				report.verifier.is_some(),
				"offsets 6: a verified report has no verifier"
			),
			ReportState::Issued { series } => {
				let series =
					Series::<T>::get(series).ok_or("offsets 6: the series of a report does not exist")?;
				ensure!(
					report.verifier.is_some(),
					"offsets 6: a verified report has no verifier"
				);
				ensure!(
					series.report == id
						&& series.project == report.project
						&& series.issued == report.reductions.tonnes
						&& Some(series.vintage) == vintage_of(report.reductions.to),
					"offsets 6: a series is not that of its report"
				);
			}
		}
		Ok(())
	}

	fn check_series_lists() -> Result<(), TryRuntimeError> {
		let mut listed = 0;
		for (project, list) in SeriesOf::<T>::iter() {
			ensure!(
				list.windows(2).all(|pair| pair[0] < pair[1]),
				"offsets 7: the series of a project are not in order"
			);
			for asset in list {
				ensure!(
					Series::<T>::get(asset).is_some_and(|series| series.project == project),
					"offsets 7: a series in the list of a project is not its own"
				);
				listed += 1;
			}
		}
		ensure!(
			Series::<T>::iter_keys().count() == listed,
			"offsets 7: a series is in no list"
		);
		for (asset, series) in Series::<T>::iter() {
			let report = Reports::<T>::get(series.report);
			ensure!(
				report.is_some_and(|report| report.state == ReportState::Issued { series: asset }),
				"offsets 6: a report has two series, or one that it does not know"
			);
		}
		Ok(())
	}

	fn check_series() -> Result<(), TryRuntimeError> {
		let buffer = T::BufferAccount::get();
		for (asset, series) in Series::<T>::iter() {
			let issued = u128::from(series.issued.0);
			let gone = u128::from(series.surrendered.0) + u128::from(series.cancelled.0);
			let there = T::Holdings::free(asset) + T::Holdings::on_hold(asset);
			ensure!(there + gone >= issued, "offsets 8: credits are lost");
			ensure!(
				there + gone <= issued,
				"offsets 8: credits exist that were never issued"
			);
			ensure!(
				T::Assets::total_issuance(asset) == there,
				"offsets 8: the ledger's total differs from the sum of its accounts"
			);
			ensure!(
				T::Assets::total_balance(asset, &buffer) == u128::from(series.buffered.0),
				"offsets 9: the buffer account holds something else than is buffered"
			);
		}
		Ok(())
	}

	fn check_sums() -> Result<(), TryRuntimeError> {
		let mut sums: BTreeMap<ProjectId, (u128, u128)> = BTreeMap::new();
		for series in Series::<T>::iter_values() {
			let (issued, buffered) = sums.entry(series.project).or_default();
			*issued += u128::from(series.issued.0);
			*buffered += u128::from(series.buffered.0);
		}
		let mut debts: BTreeMap<T::AccountId, u128> = BTreeMap::new();
		for (project, totals) in Totals::<T>::iter() {
			let (issued, buffered) = sums.remove(&project).unwrap_or_default();
			ensure!(
				issued == u128::from(totals.issued.0) && buffered == u128::from(totals.buffered.0),
				"offsets 9: the sums of a project are not those of its series"
			);
			ensure!(
				totals.reversed <= totals.issued,
				"offsets 11: more was reversed than was issued"
			);
			ensure!(
				totals.owed.is_zero() || totals.buffered.is_zero(),
				"offsets 11: something is owed although the buffer could cover it"
			);
			let record =
				Projects::<T>::get(project).ok_or("offsets 9: a project with sums does not exist")?;
			if !totals.owed.is_zero() {
				*debts.entry(record.owner).or_default() += u128::from(totals.owed.0);
			}
		}
		ensure!(sums.is_empty(), "offsets 9: a project with series has no sums");
		for (owner, debt) in ReversalDebts::<T>::iter() {
			ensure!(
				debts.remove(&owner) == Some(u128::from(debt.0)),
				"offsets 11: what an owner owes is not the sum over its projects"
			);
		}
		ensure!(
			debts.is_empty(),
			"offsets 11: what a project owes is not counted for its owner"
		);
		Ok(())
	}

	fn check_cancellations() -> Result<(), TryRuntimeError> {
		let mut cancelled: BTreeMap<AssetId, u128> = BTreeMap::new();
		let mut reversed: BTreeMap<ProjectId, u128> = BTreeMap::new();
		for record in Cancellations::<T>::iter_values() {
			let tonnes = u128::from(record.tonnes.0);
			*cancelled.entry(record.asset).or_default() += tonnes;
			match record.cause {
				CancellationCause::Voluntary { .. } => {}
				CancellationCause::Reversal { project, .. } | CancellationCause::Settlement { project } => {
					*reversed.entry(project).or_default() += tonnes;
				}
			}
		}
		for (asset, series) in Series::<T>::iter() {
			let sum = cancelled.remove(&asset).unwrap_or_default();
			ensure!(
				sum == u128::from(series.cancelled.0),
				"offsets 10: cancellation records and counter differ"
			);
		}
		ensure!(
			cancelled.is_empty(),
			"offsets 10: a record names an asset that is no series"
		);
		for (project, totals) in Totals::<T>::iter() {
			let covered = reversed.remove(&project).unwrap_or_default();
			ensure!(
				covered + u128::from(totals.owed.0) == u128::from(totals.reversed.0),
				"offsets 11: what was reversed is neither cancelled nor owed"
			);
		}
		ensure!(
			reversed.is_empty(),
			"offsets 11: a record names a project without sums"
		);
		Ok(())
	}
}
