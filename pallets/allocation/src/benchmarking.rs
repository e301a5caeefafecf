//! Benchmarks of the calls, each in its worst case. They also run as native tests, without the feature `runtime-benchmarks`.

#![allow(missing_docs)]

use super::*;
use alloc::vec::Vec;
use carbon_primitives::{Digest, Tonnes, Vintage};
use carbon_traits::IssueAllowances;
use frame_benchmarking::v2::*;
use frame_support::{assert_ok, traits::Get, BoundedVec};
use frame_system::RawOrigin;
use sp_runtime::traits::{BlakeTwo256, Hash, One};

/// The year of the benchmarks, without emissions in the year before.
const YEAR: Vintage = Vintage(2024);
/// A year without a period, which accepts no allocation.
const OVER: Vintage = Vintage(2020);
/// Emissions of each entity in tonnes.
const EMISSIONS: u64 = 1_000;

fn digest(n: u32) -> Digest {
	BlakeTwo256::hash_of(&n)
}

fn table() -> BenchmarkTable {
	BenchmarkTable {
		coal_large: 7_910,
		coal_small: 8_049,
		coal_unconventional: 8_244,
		gas: 3_288,
		heat_coal: 1_033,
		heat_gas: 533,
	}
}

/// Data of a unit that is entitled to 100 t.
fn power() -> Activity {
	Activity::Power {
		unit: UnitKind::CoalLarge,
		electricity_mwh: 0,
		correction_ppm: entitlement::PPM,
		heat_gj: 969,
	}
}

/// A covered entity that is enrolled, with `installations` units. Events of block 0 are dropped, but their cost belongs to
/// the calls.
fn entity<T: Config>(n: u32, installations: u32) -> T::AccountId {
	frame_system::Pallet::<T>::set_block_number(One::one());
	let entity = account("entity", n, 0);
	T::BenchmarkHelper::admit(&entity);
	T::BenchmarkHelper::enrol(YEAR, &entity);
	for _ in 0..installations {
		let reference = digest(NextInstallation::<T>::get().0);
		assert_ok!(Pallet::<T>::do_register_installation(
			entity.clone(),
			InstallationKind::Power(UnitKind::CoalLarge),
			reference
		));
	}
	entity
}

/// `entity` has data for each unit, and its emissions are confirmed.
fn reported<T: Config>(entity: &T::AccountId) {
	T::BenchmarkHelper::confirm(YEAR, entity, Tonnes(EMISSIONS));
	assert_ok!(Pallet::<T>::do_set_benchmarks(YEAR, table()));
	for installation in InstallationsOf::<T>::get(entity).unwrap_or_default() {
		if Installations::<T>::get(installation).is_some_and(|record| !record.runs_in(YEAR)) {
			continue;
		}
		assert_ok!(Pallet::<T>::do_enter_activity(
			installation,
			YEAR,
			ActivityRecord {
				activity: power(),
				emissions: Tonnes::ZERO,
				digest: digest(0),
			}
		));
	}
}

fn pre_allocated<T: Config>(entity: &T::AccountId, base: u64) {
	let line = PreAllocation {
		entity: entity.clone(),
		base: Some(Tonnes(base)),
	};
	assert_ok!(Pallet::<T>::do_pre_allocate(
		YEAR,
		BoundedVec::truncate_from([line].to_vec())
	));
}

fn settled<T: Config>(entity: &T::AccountId) {
	reported::<T>(entity);
	assert_ok!(Pallet::<T>::do_true_up(
		YEAR,
		BoundedVec::truncate_from([entity.clone()].to_vec())
	));
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register_installation() {
		let entity = entity::<T>(0, T::MaxInstallationsPerEntity::get() - 1);

		#[extrinsic_call]
		_(
			RawOrigin::Root,
			entity.clone(),
			InstallationKind::Output,
			digest(u32::MAX),
		);

		let count = InstallationsOf::<T>::get(entity).map(|list| list.len() as u32);
		assert_eq!(count, Some(T::MaxInstallationsPerEntity::get()));
	}

	#[benchmark]
	fn set_benchmarks() {
		entity::<T>(0, 0);
		assert_ok!(Pallet::<T>::do_set_benchmarks(YEAR, table()));

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, table());

		assert!(Benchmarks::<T>::contains_key(YEAR));
	}

	#[benchmark]
	fn enter_activity() {
		// The true-up is made, and rests on other emissions than are confirmed, so that it is opened again.
		let entity = entity::<T>(0, 1);
		settled::<T>(&entity);
		Allocations::<T>::mutate(YEAR, &entity, |record| {
			if let Some(record) = record {
				record.emissions = Tonnes(EMISSIONS - 1);
			}
		});

		#[extrinsic_call]
		_(
			RawOrigin::Root,
			InstallationId(0),
			YEAR,
			power(),
			Tonnes(EMISSIONS),
			digest(0),
		);

		assert!(Allocations::<T>::get(YEAR, entity)
			.is_some_and(|record| record.state == AllocationState::Reopened));
	}

	#[benchmark]
	fn pre_allocate(n: Linear<1, { T::MaxBatch::get() }>) {
		// Units that are not held go to an account that comes into being. A part makes up for a shortfall, and some of that is left.
		let list: Vec<_> = (0..n)
			.map(|n| {
				let entity = entity::<T>(n, 0);
				T::BenchmarkHelper::fall_short(&entity, Tonnes(1));
				// One goes to the custody account besides.
				if n == 0 {
					assert_ok!(Pallet::<T>::do_hold_units(entity.clone(), digest(0)));
				}
				PreAllocation {
					entity,
					base: Some(Tonnes(EMISSIONS)),
				}
			})
			.collect();

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, BoundedVec::truncate_from(list));

		assert_eq!(Allocations::<T>::iter_prefix(YEAR).count() as u32, n);
	}

	#[benchmark]
	fn true_up(n: Linear<1, { T::MaxBatch::get() }>, i: Linear<2, { T::MaxInstallationsPerEntity::get() }>) {
		// Each gets all of it at once, on an account that comes into being, less what it fell short of before. One installation was
		// closed long ago and leaves the list: that is a write for each entity, and one read fewer.
		let list: Vec<_> = (0..n)
			.map(|n| {
				let entity = entity::<T>(n, i);
				let last = NextInstallation::<T>::get().0 - 1;
				let before = Vintage(YEAR.0 - 1);
				assert_ok!(Pallet::<T>::do_close_installation(InstallationId(last), before));
				// One goes to the custody account besides.
				if n == 0 {
					assert_ok!(Pallet::<T>::do_hold_units(entity.clone(), digest(0)));
				}
				reported::<T>(&entity);
				T::BenchmarkHelper::fall_short(&entity, Tonnes(1));
				entity
			})
			.collect();

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, BoundedVec::truncate_from(list));

		let issued = Allocations::<T>::iter_prefix_values(YEAR).filter(|record| !record.issued.is_zero());
		assert_eq!(issued.count() as u32, n);
	}

	#[benchmark]
	fn return_units() {
		let entity = entity::<T>(0, 1);
		pre_allocated::<T>(&entity, 10 * EMISSIONS);
		settled::<T>(&entity);
		let record = Allocations::<T>::get(YEAR, &entity).unwrap_or_default();
		// It has nothing but what it owes, so that its account is closed with it.
		let rest = record.issued.shortfall(record.owed);
		assert_ok!(T::Allowances::take_back(YEAR, &entity, &entity, rest));

		#[extrinsic_call]
		_(RawOrigin::Signed(entity.clone()), YEAR, record.owed);

		assert_eq!(
			Allocations::<T>::get(YEAR, entity).map(|record| record.owed),
			Some(Tonnes::ZERO)
		);
	}

	#[benchmark]
	fn hold_units() {
		let entity = entity::<T>(0, 0);

		#[extrinsic_call]
		_(RawOrigin::Root, entity.clone(), digest(0));

		assert!(RiskyHolders::<T>::contains_key(entity));
	}

	#[benchmark]
	fn surrender_held() {
		let entity = entity::<T>(0, 1);
		assert_ok!(Pallet::<T>::do_hold_units(entity.clone(), digest(0)));
		settled::<T>(&entity);
		// All of it, so that the account of the asset is closed.
		let held = Held::<T>::get(YEAR, &entity).unwrap_or_default();

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, entity.clone(), YEAR, held);

		assert!(!Held::<T>::contains_key(YEAR, entity));
	}

	#[benchmark]
	fn release_units() {
		let entity = entity::<T>(0, 1);
		assert_ok!(Pallet::<T>::do_hold_units(entity.clone(), digest(0)));
		settled::<T>(&entity);
		assert_ok!(Pallet::<T>::do_end_hold(entity.clone()));
		// All of it: one account of the asset is closed, the other one comes into being.
		let held = Held::<T>::get(YEAR, &entity).unwrap_or_default();

		#[extrinsic_call]
		_(RawOrigin::Root, entity.clone(), YEAR, held);

		assert!(!Held::<T>::contains_key(YEAR, entity));
	}

	#[benchmark]
	fn end_hold() {
		let entity = entity::<T>(0, 0);
		assert_ok!(Pallet::<T>::do_hold_units(entity.clone(), digest(0)));

		#[extrinsic_call]
		_(RawOrigin::Root, entity.clone());

		assert!(!RiskyHolders::<T>::contains_key(entity));
	}

	#[benchmark]
	fn object() {
		let entity = entity::<T>(0, 1);
		settled::<T>(&entity);

		#[extrinsic_call]
		_(RawOrigin::Signed(entity.clone()), YEAR, digest(0));

		assert!(Allocations::<T>::get(YEAR, entity)
			.is_some_and(|record| matches!(record.objection, Objection::Pending { .. })));
	}

	#[benchmark]
	fn decide_objection() {
		let entity = entity::<T>(0, 1);
		settled::<T>(&entity);
		assert_ok!(Pallet::<T>::do_object(YEAR, entity.clone(), digest(0)));

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, entity.clone(), Decision::Upheld, digest(1));

		assert!(Allocations::<T>::get(YEAR, entity)
			.is_some_and(|record| record.state == AllocationState::Reopened));
	}

	#[benchmark]
	fn close_installation() {
		let entity = entity::<T>(0, 1);
		settled::<T>(&entity);

		#[extrinsic_call]
		_(RawOrigin::Root, InstallationId(0), YEAR);

		assert!(Installations::<T>::get(InstallationId(0)).is_some_and(|record| record.last_year.is_some()));
	}

	#[benchmark]
	fn move_installation() {
		// Both have lists as long as they may be, and true-ups of years that are over.
		let full = T::MaxInstallationsPerEntity::get();
		let (from, to) = (entity::<T>(0, full), entity::<T>(1, full - 1));
		for (owner, year) in [(&from, OVER), (&to, Vintage(OVER.0 - 1))] {
			LatestTrueUps::<T>::insert(owner, year);
		}

		#[extrinsic_call]
		_(RawOrigin::Root, InstallationId(0), to.clone());

		let count = InstallationsOf::<T>::get(to).map(|list| list.len() as u32);
		assert_eq!(count, Some(full));
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
