//! Pre-allocation, true-up and returns.

use crate::{
	custody::Issue,
	entitlement::{
		correction, entitlement_of, entitlement_of_entity, share_of, Correction, Entitlement,
		EntitlementError, Unit,
	},
	pallet::*,
	types::*,
};
use alloc::vec::Vec;
use carbon_primitives::{Tonnes, Vintage};
use carbon_traits::{AllocationRules, InspectObligation, IssueAllowances};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Get};
use sp_runtime::DispatchError;

/// What is the same for all entities of a true-up.
struct Setting {
	year: Vintage,
	rules: AllocationRules,
	table: BenchmarkTable,
	/// Whether every year before accepts no allocation any more.
	earlier_over: bool,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_pre_allocate(year: Vintage, list: PreAllocationsOf<T>) -> DispatchResult {
		ensure!(!list.is_empty(), Error::<T>::BatchEmpty);
		let rules = Self::open_rules_of(year)?;
		for line in list {
			Self::pre_allocate_one(year, line.entity, line.base, &rules)?;
		}
		Ok(())
	}

	fn pre_allocate_one(
		year: Vintage,
		entity: T::AccountId,
		stated: Option<Tonnes>,
		rules: &AllocationRules,
	) -> DispatchResult {
		ensure!(
			T::Obligations::is_enrolled(year, &entity),
			Error::<T>::NotEnrolled
		);
		// A true-up writes this record as well: there is no early part after it.
		ensure!(
			!Allocations::<T>::contains_key(year, &entity),
			Error::<T>::AlreadyPreAllocated
		);
		Self::ensure_not_direct(year, &entity, None)?;
		let known = year
			.0
			.checked_sub(1)
			.and_then(|last| T::Obligations::verified_emissions(Vintage(last), &entity));
		let base = match (known, stated) {
			(Some(_), Some(_)) => return Err(Error::<T>::BaseKnown.into()),
			(known, stated) => known.or(stated).ok_or(Error::<T>::BaseMissing)?,
		};
		let tonnes = share_of(base, rules.pre_allocation_bps).ok_or(Error::<T>::AmountTooLarge)?;

		let Issue {
			issued,
			deducted,
			held,
		} = Self::issue_to(year, &entity, tonnes)?;
		Allocations::<T>::insert(
			year,
			&entity,
			AllocationRecord {
				pre_allocated: Some(tonnes),
				issued,
				deducted,
				..Default::default()
			},
		);
		Self::deposit_event(Event::PreAllocated {
			year,
			entity,
			base,
			tonnes,
			deducted,
			held,
		});
		Ok(())
	}

	/// What an entity received otherwise than by this pallet is no part of its entitlement, which nobody has computed.
	fn ensure_not_direct(
		year: Vintage,
		entity: &T::AccountId,
		record: Option<&AllocationRecord>,
	) -> DispatchResult {
		let counted = T::Obligations::allocated(year, entity);
		let by_formula = match record {
			// Where nothing was issued, nothing may have been counted either.
			Some(record) => record.outstanding() == Some(counted.unwrap_or_default()),
			None => counted.is_none(),
		};
		ensure!(by_formula, Error::<T>::AllocatedDirectly);
		Ok(())
	}

	pub(crate) fn do_true_up(year: Vintage, entities: EntitiesOf<T>) -> DispatchResult {
		ensure!(!entities.is_empty(), Error::<T>::BatchEmpty);
		let rules = Self::open_rules_of(year)?;
		let benchmarks = Benchmarks::<T>::get(year).ok_or(Error::<T>::BenchmarksMissing)?;
		let setting = Setting {
			year,
			rules,
			table: benchmarks.table,
			// Periods end in the order of their years: with the year before all earlier ones are over.
			earlier_over: !year
				.0
				.checked_sub(1)
				.is_some_and(|before| T::Obligations::accepts_allocation(Vintage(before))),
		};
		for entity in entities {
			Self::true_up_one(&setting, entity)?;
		}
		let used = true;
		Benchmarks::<T>::insert(year, BenchmarkRecord { used, ..benchmarks });
		Ok(())
	}

	fn true_up_one(setting: &Setting, entity: T::AccountId) -> DispatchResult {
		let year = setting.year;
		ensure!(
			T::Obligations::is_enrolled(year, &entity),
			Error::<T>::NotEnrolled
		);
		let emissions =
			T::Obligations::verified_emissions(year, &entity).ok_or(Error::<T>::EmissionsMissing)?;
		let found = Allocations::<T>::get(year, &entity);
		Self::ensure_not_direct(year, &entity, found.as_ref())?;
		let mut record = found.unwrap_or_default();
		Self::ensure_may_settle(&record, emissions)?;
		let found = Self::entitlement_in(setting, &entity, emissions)?;
		let net = record.outstanding().ok_or(Error::<T>::Unexpected)?;
		let Correction { more, owed, deferred } =
			correction(found.total, net, record.deducted).ok_or(Error::<T>::AmountTooLarge)?;

		let issue = Self::issue_to(year, &entity, more)?;
		if !deferred.is_zero() {
			T::Allowances::deduct_again(year, &entity, deferred)?;
		}
		record.issued = record
			.issued
			.checked_add(issue.issued)
			.ok_or(Error::<T>::AmountTooLarge)?;
		record.deducted = record
			.deducted
			.checked_add(issue.deducted)
			.and_then(|deducted| deducted.checked_sub(deferred))
			.ok_or(Error::<T>::AmountTooLarge)?;
		record.entitlement = Some(found.total);
		record.emissions = emissions;
		record.waived = found.waived;
		record.owed = owed;
		record.state = AllocationState::Settled { on: T::Today::get() };
		record.objection = Objection::None;
		LatestTrueUps::<T>::mutate(&entity, |latest| {
			*latest = Some(latest.map_or(year, |old| old.max(year)))
		});
		Self::deposit_event(Event::TrueUp {
			year,
			entity: entity.clone(),
			emissions,
			entitlement: found.total,
			topped_up: found.topped_up,
			waived: found.waived,
			issued: issue.issued,
			deducted: issue.deducted,
			deferred,
			owed,
			held: issue.held,
		});
		Self::pay_from_held(year, &entity, &mut record)?;
		Allocations::<T>::insert(year, entity, record);
		Ok(())
	}

	/// What the regulator holds pays first for what is owed: nobody else can dispose of it. The caller stores the record.
	fn pay_from_held(year: Vintage, entity: &T::AccountId, record: &mut AllocationRecord) -> DispatchResult {
		if record.owed.is_zero() {
			return Ok(());
		}
		let paid = record.owed.min(Held::<T>::get(year, entity).unwrap_or_default());
		if paid.is_zero() {
			return Ok(());
		}
		Self::lower_held(year, entity, paid)?;
		Self::take_return(year, entity, &T::CustodyAccount::get(), record, paid, true)
	}

	/// What `entity` is entitled to, from the data of all of its installations that count in the year.
	fn entitlement_in(
		setting: &Setting,
		entity: &T::AccountId,
		verified: Tonnes,
	) -> Result<Entitlement, DispatchError> {
		let list = InstallationsOf::<T>::get(entity).ok_or(Error::<T>::InstallationMissing)?;
		let (mut running, mut units) = (Vec::new(), Vec::new());
		for installation in &list {
			let registered = Installations::<T>::get(installation).ok_or(Error::<T>::Unexpected)?;
			if registered.runs_in(setting.year) {
				units.push(Self::unit_in(setting, *installation)?);
				running.push(*installation);
			}
		}
		// What was closed before an earlier year that is over never counts again, and makes room.
		if setting.earlier_over && running.len() < list.len() {
			let running = InstallationListOf::<T>::try_from(running).map_err(|_| Error::<T>::Unexpected)?;
			InstallationsOf::<T>::insert(entity, running);
		}
		entitlement_of_entity(&units, verified, setting.rules.gap_cap_bps).map_err(|error| match error {
			EntitlementError::TooLarge => Error::<T>::AmountTooLarge.into(),
			EntitlementError::EmissionsMismatch => Error::<T>::EmissionsMismatch.into(),
		})
	}

	/// What was entered for an installation.
	fn unit_in(setting: &Setting, installation: InstallationId) -> Result<Unit, DispatchError> {
		let record = Activities::<T>::get(setting.year, installation).ok_or(Error::<T>::ActivityMissing)?;
		let (gas, emissions) = match record.activity {
			Activity::Power {
				unit: UnitKind::Gas, ..
			} => (true, record.emissions),
			Activity::Output { emissions, .. } => (false, emissions),
			Activity::Power { .. } | Activity::Direct(_) => (false, Tonnes::ZERO),
		};
		Ok(Unit {
			gas,
			entitlement: entitlement_of(&record.activity, &setting.table)
				.ok_or(Error::<T>::AmountTooLarge)?,
			emissions,
		})
	}

	pub(crate) fn do_return_units(year: Vintage, entity: T::AccountId, tonnes: Tonnes) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		let mut record = Allocations::<T>::get(year, &entity).ok_or(Error::<T>::AllocationNotFound)?;
		ensure!(tonnes <= record.owed, Error::<T>::MoreThanOwed);

		Self::take_return(year, &entity, &entity, &mut record, tonnes, false)?;
		Allocations::<T>::insert(year, entity, record);
		Ok(())
	}

	/// Take units that are owed from `from`. The caller stores the record.
	fn take_return(
		year: Vintage,
		entity: &T::AccountId,
		from: &T::AccountId,
		record: &mut AllocationRecord,
		tonnes: Tonnes,
		held: bool,
	) -> DispatchResult {
		record.owed = record.owed.checked_sub(tonnes).ok_or(Error::<T>::Unexpected)?;
		record.returned = record
			.returned
			.checked_add(tonnes)
			.ok_or(Error::<T>::Unexpected)?;
		T::Allowances::take_back(year, entity, from, tonnes)?;
		Self::deposit_event(Event::Returned {
			year,
			entity: entity.clone(),
			tonnes,
			held,
			owed: record.owed,
		});
		Ok(())
	}
}
