//! Series: how credits come into being, and how their holders give them up.

use crate::{
	buffer_of, pallet::*, vintage_of, Beneficiary, CancellationCause, ReportId, ReportState, SeriesRecord,
};
use carbon_primitives::{AssetId, Digest, RecordKind, RecordSubject, Role, Tonnes};
use carbon_traits::{Doer, EnsureParticipant, Happening, InspectBufferShare, RecordActivity};
use frame_support::{ensure, traits::Get};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	DispatchError, DispatchResult,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_issue_series(id: ReportId) -> DispatchResult {
		let mut report = Self::report_of(id)?;
		ensure!(
			report.state == ReportState::Verified,
			Error::<T>::ReportNotVerified
		);
		let project = Projects::<T>::get(report.project).ok_or(Error::<T>::Unexpected)?;
		Self::ensure_registered(&project)?;
		T::Participants::ensure_role(&project.owner, Role::ResourceHolder)?;
		Self::ensure_nothing_owed(&project.owner)?;
		let kind = project.details.kind;
		let issued = report.reductions.tonnes;
		let buffered = buffer_of(issued, T::BufferShare::buffer_bps(kind));
		let released = issued.checked_sub(buffered).ok_or(Error::<T>::Unexpected)?;
		let series = SeriesRecord {
			project: report.project,
			report: id,
			kind,
			inside_ets: project.details.inside_ets,
			// The day is over, so that its year fits as long as today's does.
			vintage: vintage_of(report.reductions.to).ok_or(Error::<T>::Unexpected)?,
			issued,
			buffered,
			surrendered: Tonnes::ZERO,
			cancelled: Tonnes::ZERO,
		};
		let asset = Self::open_series(&series)?;

		Self::mint(asset, &T::BufferAccount::get(), buffered)?;
		Self::mint(asset, &project.owner, released)?;
		report.state = ReportState::Issued { series: asset };
		Reports::<T>::insert(id, &report);
		Self::deposit_event(Event::SeriesIssued {
			asset,
			project: report.project,
			report: id,
			owner: project.owner,
			vintage: series.vintage,
			inside_ets: series.inside_ets,
			tonnes: issued,
			buffered,
		});
		Ok(())
	}

	/// Give a series its number and its asset, and count it for its project.
	fn open_series(series: &SeriesRecord) -> Result<AssetId, DispatchError> {
		let asset = NextSeries::<T>::get();
		let next = asset.checked_add(1).ok_or(Error::<T>::Unexpected)?;
		SeriesOf::<T>::try_append(series.project, asset).map_err(|()| Error::<T>::TooManySeries)?;
		Totals::<T>::try_mutate(series.project, |totals| {
			let counted = totals.issue(series.issued, series.buffered);
			counted.ok_or(Error::<T>::AmountTooLarge)
		})?;
		NextSeries::<T>::put(next);
		Self::create_asset(asset, series)?;
		Series::<T>::insert(asset, series);
		Ok(asset)
	}

	pub(crate) fn do_cancel(
		holder: T::AccountId,
		asset: AssetId,
		tonnes: Tonnes,
		beneficiary: Beneficiary,
		reason: Digest,
	) -> DispatchResult {
		T::Participants::ensure_admitted(&holder)?;
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		ensure!(
			core::str::from_utf8(&beneficiary).is_ok(),
			Error::<T>::BeneficiaryUnfit
		);
		let cause = CancellationCause::Voluntary { beneficiary, reason };
		let id = NextCancellation::<T>::get();
		Self::cancel_credits(holder, asset, tonnes, cause)?;
		if let Some(stored) = Cancellations::<T>::get(id) {
			T::Provenance::record(Happening {
				kind: RecordKind::Cancellation,
				by: Doer::Account(&stored.holder),
				owner: None,
				subject: RecordSubject::OffsetCancellation(id.0),
				digest: BlakeTwo256::hash_of(&stored),
				uses: &[],
				supersedes: false,
			});
		}
		Ok(())
	}

	/// Check that `owner` owes nothing after a reversal.
	pub(crate) fn ensure_nothing_owed(owner: &T::AccountId) -> DispatchResult {
		ensure!(!ReversalDebts::<T>::contains_key(owner), Error::<T>::ReversalOwed);
		Ok(())
	}
}
