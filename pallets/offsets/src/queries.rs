//! What the questions of clients are answered with. Each list is bounded by what an owner or a project may have.

use crate::{pallet::*, ProjectId, ProjectView, ReportId, ReportView, SeriesView};
use alloc::vec::Vec;

impl<T: Config> Pallet<T> {
	pub(crate) fn project_view(id: ProjectId) -> Option<ProjectViewOf<T>> {
		Projects::<T>::get(id).map(|project| ProjectView {
			id,
			project,
			totals: Totals::<T>::get(id),
		})
	}

	pub(crate) fn project_views(owner: &T::AccountId) -> Vec<ProjectViewOf<T>> {
		let projects = ProjectsOf::<T>::get(owner);
		projects.into_iter().filter_map(Self::project_view).collect()
	}

	pub(crate) fn report_view(id: ReportId) -> Option<ReportViewOf<T>> {
		Reports::<T>::get(id).map(|report| ReportView { id, report })
	}

	pub(crate) fn report_views(project: ProjectId) -> Vec<ReportViewOf<T>> {
		let periods = Periods::<T>::get(project);
		let reports = periods.into_iter().map(|period| period.report);
		reports.filter_map(Self::report_view).collect()
	}

	pub(crate) fn series_views(project: ProjectId) -> Vec<SeriesView> {
		let assets = SeriesOf::<T>::get(project).into_iter();
		assets
			.filter_map(|asset| Series::<T>::get(asset).map(|series| SeriesView { asset, series }))
			.collect()
	}
}
