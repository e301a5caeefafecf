//! Installations, benchmarks and the data of a year.

use crate::{
	entitlement::{CORRECTION_MAX, PPM},
	pallet::*,
	types::*,
};
use carbon_primitives::{Digest, Role, Tonnes, Vintage};
use carbon_traits::{AllocationRules, EnsureParticipant, InspectObligation};
use frame_support::{ensure, pallet_prelude::DispatchResult};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_register_installation(
		entity: T::AccountId,
		kind: InstallationKind,
		reference: Digest,
	) -> DispatchResult {
		T::Participants::ensure_role(&entity, Role::CoveredEntity)?;
		ensure!(
			!References::<T>::contains_key(reference),
			Error::<T>::ReferenceUsed
		);
		let installation = NextInstallation::<T>::get();
		let next = installation.next().ok_or(Error::<T>::Unexpected)?;
		Self::add_to_list(&entity, installation)?;

		NextInstallation::<T>::put(next);
		References::<T>::insert(reference, installation);
		Installations::<T>::insert(
			installation,
			InstallationRecord {
				entity: entity.clone(),
				kind,
				reference,
				last_year: None,
			},
		);
		Self::deposit_event(Event::InstallationRegistered {
			installation,
			entity,
			kind,
			reference,
		});
		Ok(())
	}

	pub(crate) fn do_close_installation(installation: InstallationId, last_year: Vintage) -> DispatchResult {
		let mut record = Self::running_installation(installation)?;
		// A true-up that is made again must find what it found the first time.
		let counted_later = LatestTrueUps::<T>::get(&record.entity).is_some_and(|latest| latest > last_year);
		ensure!(!counted_later, Error::<T>::LaterYearSettled);

		record.last_year = Some(last_year);
		Self::deposit_event(Event::InstallationClosed {
			installation,
			entity: record.entity.clone(),
			last_year,
		});
		Installations::<T>::insert(installation, record);
		Ok(())
	}

	pub(crate) fn do_move_installation(installation: InstallationId, to: T::AccountId) -> DispatchResult {
		let mut record = Self::running_installation(installation)?;
		T::Participants::ensure_role(&to, Role::CoveredEntity)?;
		let from = core::mem::replace(&mut record.entity, to.clone());
		ensure!(from != to, Error::<T>::OwnerUnchanged);
		// A true-up of the old owner has counted the installation and could be made again; one of the new owner has left it out.
		for owner in [&from, &to] {
			let running = LatestTrueUps::<T>::get(owner).is_some_and(T::Obligations::accepts_allocation);
			ensure!(!running, Error::<T>::YearRunning);
		}

		Self::add_to_list(&to, installation)?;
		InstallationsOf::<T>::mutate(&from, |list| {
			// The list stays, also when it is empty: it says that the entity has given its installations away.
			if let Some(list) = list {
				list.retain(|each| *each != installation);
			}
		});
		Installations::<T>::insert(installation, record);
		Self::deposit_event(Event::InstallationMoved {
			installation,
			from,
			to,
		});
		Ok(())
	}

	/// An installation that is not closed.
	fn running_installation(installation: InstallationId) -> Result<InstallationRecordOf<T>, DispatchError> {
		let record = Installations::<T>::get(installation).ok_or(Error::<T>::InstallationNotFound)?;
		ensure!(record.last_year.is_none(), Error::<T>::InstallationClosed);
		Ok(record)
	}

	fn add_to_list(entity: &T::AccountId, installation: InstallationId) -> DispatchResult {
		InstallationsOf::<T>::try_mutate(entity, |list| {
			list.get_or_insert_default()
				.try_push(installation)
				.map_err(|_| Error::<T>::TooManyInstallations.into())
		})
	}

	pub(crate) fn do_set_benchmarks(year: Vintage, table: BenchmarkTable) -> DispatchResult {
		Self::open_rules_of(year)?;
		ensure!(table.is_complete(), Error::<T>::BenchmarksUnfit);
		let old = Benchmarks::<T>::get(year);
		ensure!(
			!old.is_some_and(|record| record.used),
			Error::<T>::BenchmarksLocked
		);

		Benchmarks::<T>::insert(year, BenchmarkRecord { table, used: false });
		Self::deposit_event(Event::BenchmarksSet {
			year,
			old_value: old.map(|record| record.table),
			new_value: table,
		});
		Ok(())
	}

	pub(crate) fn do_enter_activity(
		installation: InstallationId,
		year: Vintage,
		record: ActivityRecord,
	) -> DispatchResult {
		Self::open_rules_of(year)?;
		let registered = Installations::<T>::get(installation).ok_or(Error::<T>::InstallationNotFound)?;
		ensure!(registered.runs_in(year), Error::<T>::InstallationClosed);
		ensure!(record.activity.fits(registered.kind), Error::<T>::KindMismatch);
		if let Activity::Power { correction_ppm, .. } = record.activity {
			ensure!(
				(PPM..=CORRECTION_MAX).contains(&correction_ppm),
				Error::<T>::CorrectionUnfit
			);
		}
		Self::open_for_data(year, registered.entity)?;

		Activities::<T>::insert(year, installation, record);
		Self::deposit_event(Event::ActivityEntered {
			year,
			installation,
			activity: record.activity,
			emissions: record.emissions,
			digest: record.digest,
		});
		Ok(())
	}

	/// Rules of a period that accepts allocation.
	pub(crate) fn open_rules_of(year: Vintage) -> Result<AllocationRules, DispatchError> {
		let rules = T::Obligations::rules(year).ok_or(Error::<T>::PeriodNotFound)?;
		ensure!(
			T::Obligations::accepts_allocation(year),
			Error::<T>::PeriodNotOpen
		);
		Ok(rules)
	}

	/// A true-up that may be made again is marked so, as the data that it used are about to change.
	fn open_for_data(year: Vintage, entity: T::AccountId) -> DispatchResult {
		let Some(mut allocation) = Allocations::<T>::get(year, &entity).filter(AllocationRecord::is_settled)
		else {
			return Ok(());
		};
		// Emissions that are being corrected are not confirmed, and say nothing yet.
		let emissions =
			T::Obligations::verified_emissions(year, &entity).ok_or(Error::<T>::AlreadySettled)?;
		Self::ensure_may_settle(&allocation, emissions)?;

		allocation.state = AllocationState::Reopened;
		allocation.objection = Objection::None;
		Allocations::<T>::insert(year, &entity, allocation);
		Self::deposit_event(Event::TrueUpReopened { year, entity });
		Ok(())
	}

	/// Whether a true-up on the basis of `emissions` may be made, for the first time or again.
	pub(crate) fn ensure_may_settle(allocation: &AllocationRecord, emissions: Tonnes) -> DispatchResult {
		if !allocation.is_settled() {
			return Ok(());
		}
		ensure!(allocation.emissions != emissions, Error::<T>::AlreadySettled);
		// A new true-up would put an objection aside that nobody has decided about.
		ensure!(!allocation.is_disputed(), Error::<T>::ObjectionPending);
		Ok(())
	}
}
