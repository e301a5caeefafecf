//! Reports of reductions: from the owner's report to the word of the verifier, or to their end without a series.

use crate::{
	pallet::*, place_of, MonitoringPeriod, ProjectId, Reductions, ReferenceUse, ReportId, ReportState,
};
use carbon_primitives::{Digest, Role, Tonnes};
use carbon_traits::{EnsureParticipant, InspectGroup};
use frame_support::{ensure, traits::Get};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_report_reductions(
		who: T::AccountId,
		project: ProjectId,
		reductions: Reductions,
	) -> DispatchResult {
		T::Participants::ensure_role(&who, Role::ResourceHolder)?;
		Self::ensure_registered(&Self::project_of_owner(&who, project)?)?;
		ensure!(!reductions.tonnes.is_zero(), Error::<T>::AmountZero);
		let (from, to) = (reductions.from, reductions.to);
		ensure!(from <= to, Error::<T>::PeriodUnfit);
		ensure!(to < T::Today::get(), Error::<T>::PeriodNotOver);
		Self::check_reference_free(&reductions.registry_ref)?;
		let report = NextReport::<T>::get();
		let next = report.next().ok_or(Error::<T>::Unexpected)?;
		Periods::<T>::try_mutate(project, |periods| {
			let place = place_of(periods, from, to).ok_or(Error::<T>::PeriodOverlaps)?;
			periods
				.try_insert(place, MonitoringPeriod { from, to, report })
				.map_err(|_| Error::<T>::TooManyReports)
		})?;

		NextReport::<T>::put(next);
		Self::use_reference(&reductions.registry_ref, ReferenceUse::Report(report));
		Self::deposit_event(Event::ReductionsReported {
			report,
			project,
			reductions: reductions.clone(),
		});
		Reports::<T>::insert(
			report,
			ReductionReportOf::<T> {
				project,
				reductions,
				state: ReportState::Submitted,
				verifier: None,
			},
		);
		Ok(())
	}

	pub(crate) fn do_withdraw_reductions(who: T::AccountId, report: ReportId) -> DispatchResult {
		let record = Self::report_of(report)?;
		Self::project_of_owner(&who, record.project)?;
		ensure!(record.state == ReportState::Submitted, Error::<T>::ReportLocked);

		Self::free_report(report, &record);
		Reports::<T>::remove(report);
		Self::deposit_event(Event::ReductionsWithdrawn { report });
		Ok(())
	}

	pub(crate) fn do_verify_reductions(
		verifier: T::AccountId,
		report: ReportId,
		tonnes: Tonnes,
		digest: Digest,
	) -> DispatchResult {
		T::Participants::ensure_role(&verifier, Role::Verifier)?;
		let mut record = Self::report_of(report)?;
		ensure!(record.state == ReportState::Submitted, Error::<T>::ReportLocked);
		let matches = record.reductions.tonnes == tonnes && record.reductions.digest == digest;
		ensure!(matches, Error::<T>::ReportMismatch);
		let project = Projects::<T>::get(record.project).ok_or(Error::<T>::Unexpected)?;
		Self::ensure_registered(&project)?;
		ensure!(
			!T::Groups::are_related(&verifier, &project.owner),
			Error::<T>::VerifierNotIndependent
		);

		record.state = ReportState::Verified;
		record.verifier = Some(verifier.clone());
		Reports::<T>::insert(report, record);
		Self::deposit_event(Event::ReductionsVerified {
			report,
			verifier,
			tonnes,
		});
		Ok(())
	}

	pub(crate) fn do_refuse_reductions(report: ReportId, reason: Digest) -> DispatchResult {
		let mut record = Self::report_of(report)?;
		let open = matches!(record.state, ReportState::Submitted | ReportState::Verified);
		ensure!(open, Error::<T>::ReportLocked);

		Self::free_report(report, &record);
		record.state = ReportState::Refused;
		Reports::<T>::insert(report, record);
		Self::deposit_event(Event::ReductionsRefused { report, reason });
		Ok(())
	}

	pub(crate) fn report_of(report: ReportId) -> Result<ReductionReportOf<T>, DispatchError> {
		Ok(Reports::<T>::get(report).ok_or(Error::<T>::ReportNotFound)?)
	}

	/// Free the period and the reference of a report for which nothing was issued.
	fn free_report(report: ReportId, record: &ReductionReportOf<T>) {
		Self::free_reference(&record.reductions.registry_ref);
		Periods::<T>::mutate_exists(record.project, |list| {
			if let Some(periods) = list {
				periods.retain(|period| period.report != report);
			}
			*list = list.take().filter(|periods| !periods.is_empty());
		});
	}
}
