//! What the calls do, in the order of a period's life. Each function checks first and writes last; a call that fails on
//! the way is rolled back as a whole by its storage layer.

use crate::{pallet::*, types::*};
use carbon_primitives::{AssetId, Digest, Role, Tonnes, Vintage};
use carbon_traits::{EnsureParticipant, InspectGroup};
use frame_support::{ensure, pallet_prelude::DispatchResult, BoundedVec};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Get, DispatchError};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_open_period(year: Vintage, cap: Tonnes, obligation: ObligationRule) -> DispatchResult {
		ensure!(!cap.is_zero(), Error::<T>::CapZero);
		ensure!(!Periods::<T>::contains_key(year), Error::<T>::PeriodExists);
		let follows = LastPeriod::<T>::get().is_none_or(|last| last.0.checked_add(1) == Some(year.0));
		ensure!(follows, Error::<T>::YearOutOfOrder);

		LastPeriod::<T>::put(year);
		Self::create_vintage(year, cap)?;
		Periods::<T>::insert(
			year,
			PeriodRecord {
				obligation,
				phase: Phase::Open,
				enrolment_pages: 0,
			},
		);
		Self::deposit_event(Event::PeriodOpened {
			year,
			cap,
			obligation,
		});
		Ok(())
	}

	pub(crate) fn do_enrol(year: Vintage, entities: AccountsOf<T>) -> DispatchResult {
		Self::ensure_not_empty(&entities)?;
		let mut period = Self::open_period_of(year)?;
		for entity in &entities {
			T::Participants::ensure_role(entity, Role::CoveredEntity)?;
			// Written at once, so that an account that stands twice in the list is found as well.
			ensure!(
				!Obligations::<T>::contains_key(year, entity),
				Error::<T>::AlreadyEnrolled
			);
			Obligations::<T>::insert(year, entity, ObligationRecord::default());
			Self::deposit_event(Event::EntityEnrolled {
				year,
				entity: entity.clone(),
			});
		}
		Enrolments::<T>::insert(year, period.enrolment_pages, entities);
		period.enrolment_pages = period
			.enrolment_pages
			.checked_add(1)
			.ok_or(Error::<T>::Unexpected)?;
		Periods::<T>::insert(year, period);
		Ok(())
	}

	pub(crate) fn do_exclude(year: Vintage, entities: AccountsOf<T>) -> DispatchResult {
		Self::ensure_not_empty(&entities)?;
		Self::open_period_of(year)?;
		for entity in entities {
			Self::try_mutate_obligation(year, &entity, |obligation| {
				ensure!(!obligation.excluded, Error::<T>::AlreadyExcluded);
				obligation.excluded = true;
				Ok(())
			})?;
			Self::deposit_event(Event::EntityExcluded { year, entity });
		}
		Ok(())
	}

	pub(crate) fn do_allocate(year: Vintage, allocations: TonnesByAccountOf<T>) -> DispatchResult {
		Self::ensure_not_empty(&allocations)?;
		Self::open_period_of(year)?;
		let total = allocations
			.iter()
			.try_fold(Tonnes::ZERO, |total, (_, tonnes)| total.checked_add(*tonnes))
			.ok_or(Error::<T>::CapExceeded)?;
		Self::raise_issued(year, total, Tonnes::ZERO)?;
		for (entity, tonnes) in allocations {
			ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
			T::Participants::ensure_admitted(&entity)?;
			Self::try_mutate_obligation(year, &entity, |obligation| {
				ensure!(obligation.allocated.is_none(), Error::<T>::AlreadyAllocated);
				obligation.allocated = Some(tonnes);
				Ok(())
			})?;
			Self::mint_allowances(year, &entity, tonnes)?;
			Self::deposit_event(Event::Allocated { year, entity, tonnes });
		}
		Ok(())
	}

	pub(crate) fn do_issue_for_sale(year: Vintage, seller: T::AccountId, tonnes: Tonnes) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		Self::open_period_of(year)?;
		T::Participants::ensure_may_trade(&seller)?;

		Self::raise_issued(year, Tonnes::ZERO, tonnes)?;
		Self::mint_allowances(year, &seller, tonnes)?;
		Self::deposit_event(Event::IssuedForSale { year, seller, tonnes });
		Ok(())
	}

	pub(crate) fn do_report_emissions(
		year: Vintage,
		entity: T::AccountId,
		tonnes: Tonnes,
		digest: Digest,
	) -> DispatchResult {
		T::Participants::ensure_role(&entity, Role::CoveredEntity)?;
		Self::open_period_of(year)?;
		Self::try_mutate_obligation(year, &entity, |obligation| {
			ensure!(!obligation.excluded, Error::<T>::ExcludedFromPeriod);
			let replaceable = obligation
				.report
				.is_none_or(|report| report.state == ReportState::Submitted);
			ensure!(replaceable, Error::<T>::ReportLocked);
			obligation.report = Some(ReportRecord {
				tonnes,
				digest,
				state: ReportState::Submitted,
			});
			Ok(())
		})?;
		Self::deposit_event(Event::EmissionsReported {
			year,
			entity,
			tonnes,
			report: digest,
		});
		Ok(())
	}

	pub(crate) fn do_verify_report(
		year: Vintage,
		verifier: T::AccountId,
		entity: T::AccountId,
		tonnes: Tonnes,
	) -> DispatchResult {
		T::Participants::ensure_role(&verifier, Role::Verifier)?;
		ensure!(
			!T::Groups::are_related(&verifier, &entity),
			Error::<T>::VerifierNotIndependent
		);
		Self::open_period_of(year)?;
		Self::advance_report(
			year,
			&entity,
			tonnes,
			ReportState::Submitted,
			ReportState::Verified,
			Error::<T>::ReportLocked,
		)?;
		Self::deposit_event(Event::ReportVerified {
			year,
			entity,
			verifier,
			tonnes,
		});
		Ok(())
	}

	pub(crate) fn do_confirm_reports(year: Vintage, reports: TonnesByAccountOf<T>) -> DispatchResult {
		Self::ensure_not_empty(&reports)?;
		Self::open_period_of(year)?;
		for (entity, tonnes) in reports {
			Self::advance_report(
				year,
				&entity,
				tonnes,
				ReportState::Verified,
				ReportState::Confirmed,
				Error::<T>::ReportNotVerified,
			)?;
			Self::deposit_event(Event::ReportConfirmed { year, entity, tonnes });
		}
		Ok(())
	}

	pub(crate) fn do_surrender(
		year: Vintage,
		holder: T::AccountId,
		vintage: Vintage,
		tonnes: Tonnes,
	) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		T::Participants::ensure_role(&holder, Role::CoveredEntity)?;
		Self::open_period_of(year)?;
		// No borrowing: a later year's allowances cannot pay for an earlier year's emissions.
		ensure!(vintage <= year, Error::<T>::VintageNotUsable);
		let id = NextSurrenderId::<T>::get();
		let next_id = SurrenderId(id.0.checked_add(1).ok_or(Error::<T>::Unexpected)?);
		Self::try_mutate_obligation(year, &holder, |obligation| {
			obligation.surrendered = obligation
				.surrendered
				.checked_add(tonnes)
				.ok_or(Error::<T>::Unexpected)?;
			// Before the obligation is stored: what is not retired does not count.
			Self::retire(vintage, &holder, tonnes, |supply| &mut supply.surrendered)
		})?;

		NextSurrenderId::<T>::put(next_id);
		let block = frame_system::Pallet::<T>::block_number();
		Surrenders::<T>::insert(
			id,
			SurrenderRecord {
				holder: holder.clone(),
				year,
				vintage,
				tonnes,
				block,
			},
		);
		Self::deposit_event(Event::Surrendered {
			id,
			year,
			holder,
			vintage,
			tonnes,
		});
		Ok(())
	}

	pub(crate) fn do_cancel(
		holder: T::AccountId,
		vintage: Vintage,
		tonnes: Tonnes,
		reason: Digest,
	) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		T::Participants::ensure_admitted(&holder)?;
		let id = NextCancellationId::<T>::get();
		let next_id = CancellationId(id.0.checked_add(1).ok_or(Error::<T>::Unexpected)?);
		Self::retire(vintage, &holder, tonnes, |supply| &mut supply.cancelled)?;

		NextCancellationId::<T>::put(next_id);
		let block: BlockNumberFor<T> = frame_system::Pallet::<T>::block_number();
		Cancellations::<T>::insert(
			id,
			CancellationRecord {
				holder: holder.clone(),
				vintage,
				tonnes,
				reason,
				block,
			},
		);
		Self::deposit_event(Event::Cancelled {
			id,
			holder,
			vintage,
			tonnes,
			reason,
		});
		Ok(())
	}

	pub(crate) fn do_force_transfer(
		vintage: Vintage,
		from: T::AccountId,
		to: T::AccountId,
		tonnes: Tonnes,
	) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		ensure!(from != to, Error::<T>::SameAccount);
		// What pallets hold for others is nobody's debt: without this the account behind the trading ledger could be emptied.
		T::Participants::ensure_known(&from)?;
		T::Participants::ensure_admitted(&to)?;
		Self::move_allowances(vintage, &from, &to, tonnes)?;
		Self::deposit_event(Event::ForcedTransfer {
			vintage,
			from,
			to,
			tonnes,
		});
		Ok(())
	}

	/// The record of an open period.
	fn open_period_of(year: Vintage) -> Result<PeriodRecord, DispatchError> {
		let period = Periods::<T>::get(year).ok_or(Error::<T>::PeriodNotFound)?;
		ensure!(period.phase == Phase::Open, Error::<T>::PeriodNotOpen);
		Ok(period)
	}

	fn ensure_not_empty<E, S: Get<u32>>(list: &BoundedVec<E, S>) -> DispatchResult {
		ensure!(!list.is_empty(), Error::<T>::BatchEmpty);
		Ok(())
	}

	/// Change the obligation of an enrolled entity.
	fn try_mutate_obligation(
		year: Vintage,
		entity: &T::AccountId,
		change: impl FnOnce(&mut ObligationRecord) -> DispatchResult,
	) -> DispatchResult {
		Obligations::<T>::try_mutate(year, entity, |record| {
			change(record.as_mut().ok_or(Error::<T>::NotEnrolled)?)
		})
	}

	/// Move a report from one state to the next, if it shows the number that the caller means.
	fn advance_report(
		year: Vintage,
		entity: &T::AccountId,
		tonnes: Tonnes,
		from: ReportState,
		to: ReportState,
		wrong_state: Error<T>,
	) -> DispatchResult {
		Self::try_mutate_obligation(year, entity, |obligation| {
			let report = obligation.report.as_mut().ok_or(Error::<T>::ReportNotFound)?;
			ensure!(report.state == from, wrong_state);
			ensure!(report.tonnes == tonnes, Error::<T>::ReportMismatch);
			report.state = to;
			Ok(())
		})
	}
}

impl<T: Config> carbon_traits::InspectTradable for Pallet<T> {
	fn is_tradable(asset: AssetId) -> bool {
		Supplies::<T>::contains_key(asset)
	}
}

impl<T: Config> carbon_traits::InspectAllocation<T::AccountId> for Pallet<T> {
	/// One read at most. What was allocated stays so after the period has closed.
	fn allocated(who: &T::AccountId, asset: AssetId) -> Tonnes {
		Vintage::from_asset(asset)
			.and_then(|year| Obligations::<T>::get(year, who))
			.and_then(|obligation| obligation.allocated)
			.unwrap_or(Tonnes::ZERO)
	}
}
