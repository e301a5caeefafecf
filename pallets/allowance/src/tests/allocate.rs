use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};

fn allocate(entries: &[(AccountId, u64)]) -> sp_runtime::DispatchResult {
	let list: Vec<_> = entries
		.iter()
		.map(|(who, tonnes)| (*who, Tonnes(*tonnes)))
		.collect();
	Allowance::allocate(RuntimeOrigin::root(), YEAR, list.try_into().expect("fits"))
}

fn two_enrolled(cap: u64) -> ExtBuilder {
	ExtBuilder::default()
		.with_period(cap)
		.with_enrolled(&[POWER_PLANT, STEEL_MILL])
}

#[test]
fn allocate_should_issue_to_each_entity_when_the_cap_is_just_met() {
	two_enrolled(300).build_and_execute(|| {
		assert_ok!(allocate(&[(POWER_PLANT, 100), (STEEL_MILL, 200)]));

		assert_eq!((held(YEAR, POWER_PLANT), held(YEAR, STEEL_MILL)), (100, 200));
		assert_eq!(obligation(YEAR, STEEL_MILL).allocated, Some(Tonnes(200)));
		assert_eq!(supply(YEAR).issued, Tonnes(300));
		System::assert_has_event(
			Event::Allocated {
				year: YEAR,
				entity: POWER_PLANT,
				tonnes: Tonnes(100),
			}
			.into(),
		);
	});
}

#[test]
fn allocate_should_fail_when_the_cap_is_passed_by_one_tonne() {
	two_enrolled(299).build_and_execute(|| {
		assert_noop!(
			allocate(&[(POWER_PLANT, 100), (STEEL_MILL, 200)]),
			Error::<Test>::CapExceeded
		);
	});
}

#[test]
fn allocate_should_fail_when_the_sum_of_the_list_overflows() {
	two_enrolled(u64::MAX).build_and_execute(|| {
		assert_noop!(
			allocate(&[(POWER_PLANT, u64::MAX), (STEEL_MILL, 1)]),
			Error::<Test>::CapExceeded
		);
	});
}

#[test]
fn allocate_should_fail_when_an_entity_is_a_risky_holder() {
	two_enrolled(300).build_and_execute(|| {
		Risky::set(vec![POWER_PLANT]);
		assert_noop!(
			allocate(&[(STEEL_MILL, 1), (POWER_PLANT, 1)]),
			Error::<Test>::AllocationKept
		);
		assert_ok!(allocate(&[(STEEL_MILL, 1)]));
	});
}

#[test]
fn allocate_should_fail_when_an_entity_has_its_allocation() {
	two_enrolled(300)
		.with_allocation(POWER_PLANT, 1)
		.build_and_execute(|| {
			assert_noop!(
				allocate(&[(STEEL_MILL, 1), (POWER_PLANT, 1)]),
				Error::<Test>::AlreadyAllocated
			);
		});
}

#[test]
fn allocate_should_fail_when_the_entity_is_not_enrolled() {
	ExtBuilder::default().with_period(300).build_and_execute(|| {
		assert_noop!(allocate(&[(POWER_PLANT, 1)]), Error::<Test>::NotEnrolled);
	});
}

#[test]
fn allocate_should_fail_when_the_entity_is_no_longer_admitted() {
	two_enrolled(300).build_and_execute(|| {
		Admissions::expel(POWER_PLANT);
		assert_noop!(allocate(&[(POWER_PLANT, 1)]), NOT_ADMITTED);
	});
}

#[test]
fn allocate_should_fail_when_an_amount_is_zero() {
	two_enrolled(300).build_and_execute(|| {
		assert_noop!(
			allocate(&[(POWER_PLANT, 5), (STEEL_MILL, 0)]),
			Error::<Test>::AmountZero
		);
	});
}

#[test]
fn allocate_should_fail_when_the_period_is_closed() {
	two_enrolled(300).build_and_execute(|| {
		close(YEAR);
		assert_noop!(allocate(&[(POWER_PLANT, 5)]), Error::<Test>::PeriodNotOpen);
	});
}

#[test]
fn allocated_should_be_what_was_allocated_also_when_the_period_has_closed() {
	use carbon_traits::InspectAllocation;
	let allocated = |who, asset| <Allowance as InspectAllocation<AccountId>>::allocated(&who, asset);
	two_enrolled(300)
		.with_allocation(POWER_PLANT, 100)
		.build_and_execute(|| {
			let asset = carbon_primitives::AssetId::from(YEAR);
			assert_eq!(allocated(POWER_PLANT, asset), Tonnes(100));
			// Enrolled without an allocation; not enrolled; another vintage; an offset series.
			for (who, asset) in [
				(STEEL_MILL, asset),
				(99, asset),
				(POWER_PLANT, asset + 1),
				(POWER_PLANT, carbon_primitives::OFFSET_SERIES_FIRST),
			] {
				assert_eq!(allocated(who, asset), Tonnes::ZERO);
			}
			close(YEAR);
			assert_eq!(allocated(POWER_PLANT, asset), Tonnes(100));
		});
}
