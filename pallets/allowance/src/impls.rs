//! What the calls do, in the order of a period's life. Each function checks first and writes last; a call that fails on
//! the way is rolled back as a whole by its storage layer.

use crate::{aliases::*, pallet::*, status::owed, types::*};
use carbon_primitives::{AssetId, Digest, Moment, Role, Tonnes, Vintage};
use carbon_traits::{
	Doer, EnsureParticipant, InspectCredit, InspectEntitlement, InspectGroup, OffsetCredits,
};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Time, BoundedVec};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Get, DispatchError};

/// A day in milliseconds.
const DAY: Moment = 24 * 60 * 60 * 1_000;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_open_period(
		year: Vintage,
		cap: Tonnes,
		rules: RuleSet,
		timeline: Timeline,
	) -> DispatchResult {
		ensure!(!cap.is_zero(), Error::<T>::CapZero);
		ensure!(!Periods::<T>::contains_key(year), Error::<T>::PeriodExists);
		let follows = LastPeriod::<T>::get().is_none_or(|last| last.0.checked_add(1) == Some(year.0));
		ensure!(follows, Error::<T>::YearOutOfOrder);
		Self::ensure_fit(&rules, &timeline)?;
		// Where reports are possible from the start, there is nothing to plan.
		let phase = if timeline.opens <= T::Time::now() {
			Phase::Open
		} else {
			Phase::Planned
		};
		let period = PeriodRecord {
			rules,
			timeline,
			phase,
			enrolment_pages: 0,
			fine_price: None,
		};
		Self::note_due(year, &period)?;

		LastPeriod::<T>::put(year);
		Self::create_vintage(year, cap)?;
		Periods::<T>::insert(year, period);
		Self::deposit_event(Event::PeriodOpened {
			year,
			cap,
			rules,
			timeline,
			phase,
		});
		Ok(())
	}

	pub(crate) fn do_enrol(year: Vintage, entities: AccountsOf<T>) -> DispatchResult {
		Self::ensure_not_empty(&entities)?;
		let mut period = Self::running_period_of(year)?;
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
		Self::running_period_of(year)?;
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
		Self::running_period_of(year)?;
		let mut total = Tonnes::ZERO;
		for (entity, tonnes) in allocations {
			ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
			let allocated = Obligations::<T>::get(year, &entity).and_then(|obligation| obligation.allocated);
			ensure!(allocated.is_none(), Error::<T>::AlreadyAllocated);
			// Nothing goes past the regulator's account where that has to be surrendered for the entity first.
			ensure!(!T::Entitlements::is_kept(&entity), Error::<T>::AllocationKept);
			let issued = Self::allocate_to(year, &entity, &entity, tonnes)?;
			total = total.checked_add(issued).ok_or(Error::<T>::CapExceeded)?;
		}
		// Once for the whole list: a list that passes the cap is taken back as a whole.
		Self::raise_issued(year, total, Tonnes::ZERO)
	}

	/// Give `entity` its free allowances, less what it fell short of before, on the account `to`. Returns how many were issued, which
	/// the caller counts in the supply.
	pub(crate) fn allocate_to(
		year: Vintage,
		entity: &T::AccountId,
		to: &T::AccountId,
		tonnes: Tonnes,
	) -> Result<Tonnes, DispatchError> {
		T::Participants::ensure_admitted(entity)?;
		let issued = Self::deduct(year, entity, tonnes);
		let obligation = Self::try_mutate_obligation(year, entity, |obligation| {
			let allocated = obligation.allocated.unwrap_or_default().checked_add(issued);
			obligation.allocated = Some(allocated.ok_or(Error::<T>::CapExceeded)?);
			Ok(())
		})?;
		if !issued.is_zero() {
			Self::mint_allowances(year, to, issued)?;
		}
		Self::deposit_event(Event::Allocated {
			year,
			entity: entity.clone(),
			tonnes: issued,
		});
		Self::record_allocation(year, entity, &obligation);
		Ok(issued)
	}

	pub(crate) fn do_issue_for_sale(year: Vintage, seller: T::AccountId, tonnes: Tonnes) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		Self::running_period_of(year)?;
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
		let (period, now) = Self::accepting_period_of(year)?;
		let mut late = period.phase == Phase::Surrendering || now >= period.timeline.reports_due;
		Self::try_mutate_obligation(year, &entity, |obligation| {
			ensure!(!obligation.excluded, Error::<T>::ExcludedFromPeriod);
			let replaceable = obligation
				.report
				.is_none_or(|report| report.state == ReportState::Submitted);
			ensure!(replaceable, Error::<T>::ReportLocked);
			let corrected = obligation.report.filter(|_| obligation.corrections > 0);
			late = corrected.map_or(late, |report| report.late);
			let verified_late = corrected.is_some_and(|report| report.verified_late);
			obligation.report = Some(ReportRecord {
				tonnes,
				digest,
				state: ReportState::Submitted,
				at: now,
				late,
				verified_late,
			});
			Ok(())
		})?;
		Self::record_report(year, &entity, digest);
		Self::deposit_event(Event::EmissionsReported {
			year,
			entity,
			tonnes,
			report: digest,
			late,
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
		let (period, now) = Self::accepting_period_of(year)?;
		let mut late = now >= period.timeline.verification_due;
		let obligation = Self::try_mutate_obligation(year, &entity, |obligation| {
			let report = obligation.report.as_mut().ok_or(Error::<T>::ReportNotFound)?;
			ensure!(report.state == ReportState::Submitted, Error::<T>::ReportLocked);
			ensure!(report.tonnes == tonnes, Error::<T>::ReportMismatch);
			if obligation.corrections > 0 {
				late = report.verified_late;
			}
			report.state = ReportState::Verified;
			report.verified_late = late;
			obligation.verifier = Some(verifier.clone());
			Ok(())
		})?;
		Self::record_verification(year, &entity, &verifier, &obligation);
		Self::deposit_event(Event::ReportVerified {
			year,
			entity,
			verifier,
			tonnes,
			late,
		});
		Ok(())
	}

	pub(crate) fn do_confirm_reports(year: Vintage, reports: TonnesByAccountOf<T>) -> DispatchResult {
		Self::ensure_not_empty(&reports)?;
		Self::running_period_of(year)?;
		let now = T::Time::now();
		for (entity, tonnes) in reports {
			let obligation = Self::try_mutate_obligation(year, &entity, |obligation| {
				let report = obligation.report.as_mut().ok_or(Error::<T>::ReportNotFound)?;
				ensure!(
					report.state == ReportState::Verified,
					Error::<T>::ReportNotVerified
				);
				ensure!(report.tonnes == tonnes, Error::<T>::ReportMismatch);
				ensure!(
					Self::review_end(&entity, report) <= now,
					Error::<T>::ReviewNotOver
				);
				report.state = ReportState::Confirmed;
				Ok(())
			})?;
			Self::record_confirmation(year, &entity, &obligation);
			Self::deposit_event(Event::ReportConfirmed { year, entity, tonnes });
		}
		Ok(())
	}

	/// From when on `report` may be confirmed, which is of `entity`.
	fn review_end(entity: &T::AccountId, report: &ReportRecord) -> Moment {
		let review = DAY.saturating_mul(T::Credit::terms_of(entity).review_days.into());
		// A review that passes the end of time does not end.
		report.at.saturating_add(review)
	}

	pub(crate) fn do_reopen_report(year: Vintage, entity: T::AccountId, reason: Digest) -> DispatchResult {
		Self::accepting_period_of(year)?;
		let mut reopened = Tonnes::ZERO;
		Self::try_mutate_obligation(year, &entity, |obligation| {
			let report = obligation.report.as_mut().ok_or(Error::<T>::ReportNotFound)?;
			ensure!(
				report.state != ReportState::Submitted,
				Error::<T>::ReportNotLocked
			);
			report.state = ReportState::Submitted;
			reopened = report.tonnes;
			obligation.verifier = None;
			// Saturating: the count is for those who look, and nothing depends on it beyond the first.
			obligation.corrections = obligation.corrections.saturating_add(1);
			Ok(())
		})?;
		Self::deposit_event(Event::ReportReopened {
			year,
			entity,
			tonnes: reopened,
			reason,
		});
		Ok(())
	}

	pub(crate) fn do_surrender(
		year: Vintage,
		supplier: T::AccountId,
		entity: T::AccountId,
		asset: AssetId,
		tonnes: Tonnes,
	) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		// An entity that is blocked cannot act, but others may cover what it owes: the obligation is there all the same.
		if supplier == entity {
			T::Participants::ensure_role(&supplier, Role::CoveredEntity)?;
		} else {
			T::Participants::ensure_admitted(&supplier)?;
		}
		let (id, record) = Self::surrender_units(year, supplier, entity, asset, tonnes)?;
		Self::record_surrender(Doer::Account(&record.supplier), id, &record);
		Ok(())
	}

	/// Take units of `supplier` out of the world and count them towards the obligation of `entity`. The caller records who did it.
	pub(crate) fn surrender_units(
		year: Vintage,
		supplier: T::AccountId,
		entity: T::AccountId,
		asset: AssetId,
		tonnes: Tonnes,
	) -> Result<(SurrenderId, SurrenderRecordOf<T>), DispatchError> {
		let (period, _) = Self::accepting_period_of(year)?;
		let id = NextSurrenderId::<T>::get();
		let next_id = SurrenderId(id.0.checked_add(1).ok_or(Error::<T>::Unexpected)?);
		Self::try_mutate_obligation(year, &entity, |obligation| {
			obligation.surrendered = obligation
				.surrendered
				.checked_add(tonnes)
				.ok_or(Error::<T>::InsufficientAllowances)?;
			// Before the obligation is stored: what is not retired does not count.
			match Vintage::from_asset(asset) {
				Some(vintage) => {
					ensure!(
						period.rules.accepts_vintage(year, vintage),
						Error::<T>::VintageNotUsable
					);
					Self::retire(vintage, &supplier, tonnes, |supply| &mut supply.surrendered)
				}
				None => {
					obligation.waived = T::Entitlements::waived(year, &entity);
					Self::surrender_offsets(&period.rules, obligation, &supplier, asset, tonnes)
				}
			}
		})?;

		NextSurrenderId::<T>::put(next_id);
		let block = frame_system::Pallet::<T>::block_number();
		let record = SurrenderRecord {
			supplier: supplier.clone(),
			entity: entity.clone(),
			year,
			asset,
			tonnes,
			block,
		};
		Surrenders::<T>::insert(id, &record);
		Self::deposit_event(Event::Surrendered {
			id,
			year,
			supplier,
			entity,
			asset,
			tonnes,
		});
		Ok((id, record))
	}

	/// Take offset credits for `obligation` out of the world, within the rules.
	fn surrender_offsets(
		rules: &RuleSet,
		obligation: &mut ObligationRecord<T::AccountId>,
		supplier: &T::AccountId,
		asset: AssetId,
		tonnes: Tonnes,
	) -> DispatchResult {
		let series = T::Offsets::series(asset).ok_or(Error::<T>::AssetUnknown)?;
		let accepted =
			!rules.offsets_excluded.contains(series.kind) && (rules.offsets_inside_ets || !series.inside_ets);
		ensure!(accepted, Error::<T>::OffsetsNotAccepted);
		ensure!(
			obligation.confirmed().is_some(),
			Error::<T>::EmissionsNotConfirmed
		);
		let most = rules.offsets_max(owed(obligation));
		obligation.offsets = obligation
			.offsets
			.checked_add(tonnes)
			.filter(|offsets| *offsets <= most)
			.ok_or(Error::<T>::OffsetCapExceeded)?;
		T::Offsets::retire(supplier, asset, tonnes)
	}

	pub(crate) fn do_cancel(
		holder: T::AccountId,
		vintage: Vintage,
		tonnes: Tonnes,
		beneficiary: Beneficiary,
		reason: Digest,
	) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		T::Participants::ensure_admitted(&holder)?;
		let id = NextCancellationId::<T>::get();
		let next_id = CancellationId(id.0.checked_add(1).ok_or(Error::<T>::Unexpected)?);
		Self::retire(vintage, &holder, tonnes, |supply| &mut supply.cancelled)?;

		NextCancellationId::<T>::put(next_id);
		let block: BlockNumberFor<T> = frame_system::Pallet::<T>::block_number();
		let record = CancellationRecord {
			holder: holder.clone(),
			vintage,
			tonnes,
			beneficiary: beneficiary.clone(),
			reason,
			block,
		};
		Cancellations::<T>::insert(id, &record);
		Self::record_cancellation(id, &record);
		Self::deposit_event(Event::Cancelled {
			id,
			holder,
			vintage,
			tonnes,
			beneficiary,
			reason,
		});
		Ok(())
	}

	fn ensure_not_empty<E, S: Get<u32>>(list: &BoundedVec<E, S>) -> DispatchResult {
		ensure!(!list.is_empty(), Error::<T>::BatchEmpty);
		Ok(())
	}

	/// Change the obligation of an enrolled entity, and return it as it is stored then.
	pub(crate) fn try_mutate_obligation(
		year: Vintage,
		entity: &T::AccountId,
		change: impl FnOnce(&mut ObligationRecord<T::AccountId>) -> DispatchResult,
	) -> Result<ObligationRecordOf<T>, DispatchError> {
		let mut obligation = Obligations::<T>::get(year, entity).ok_or(Error::<T>::NotEnrolled)?;
		change(&mut obligation)?;
		Obligations::<T>::insert(year, entity, &obligation);
		Ok(obligation)
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
