use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};

#[test]
fn pre_allocate_should_issue_the_share_of_last_years_emissions() {
	plant().build_and_execute(|| {
		assert_ok!(pre_allocate(PLANT, None));
		assert_eq!(held_by(YEAR, PLANT), 630_000);
		assert_eq!(allocation_of(PLANT).pre_allocated, Some(Tonnes(630_000)));
		assert_eq!(
			events(),
			[Event::PreAllocated {
				year: YEAR,
				entity: PLANT,
				base: Tonnes(900_000),
				tonnes: Tonnes(630_000),
				deducted: Tonnes::ZERO,
				held: false,
			}]
		);
	});
}

#[test]
fn pre_allocate_should_use_a_stated_base_rounded_down_when_the_chain_knows_none() {
	plant().build_and_execute(|| {
		assert_ok!(pre_allocate(MILL, Some(1_001)));
		assert_eq!(held_by(YEAR, MILL), 700);
	});
}

#[test]
fn pre_allocate_should_record_nothing_of_nothing() {
	plant().build_and_execute(|| {
		assert_ok!(pre_allocate(MILL, Some(1)));
		assert_eq!(allocation_of(MILL).pre_allocated, Some(Tonnes::ZERO));
	});
}

#[test]
fn pre_allocate_should_put_the_units_of_a_risky_holder_into_custody() {
	plant().build_and_execute(|| {
		hold(PLANT);
		assert_ok!(pre_allocate(PLANT, None));
		assert_eq!((held_by(YEAR, PLANT), held_by(YEAR, CUSTODY)), (0, 630_000));
		assert_eq!(Allocation::held(YEAR, PLANT), Tonnes(630_000));
	});
}

#[test]
fn pre_allocate_should_deduct_what_the_entity_fell_short_of() {
	plant().build_and_execute(|| {
		fall_short(PLANT, 30_000);
		assert_ok!(pre_allocate(PLANT, None));
		assert_eq!((held_by(YEAR, PLANT), deduction_of(PLANT)), (600_000, 0));
		assert_eq!(
			allocation_of(PLANT),
			AllocationRecord {
				pre_allocated: Some(Tonnes(630_000)),
				issued: Tonnes(600_000),
				deducted: Tonnes(30_000),
				..Default::default()
			}
		);
		assert!(matches!(
			events()[0],
			Event::PreAllocated {
				tonnes: Tonnes(630_000),
				deducted: Tonnes(30_000),
				..
			}
		));
	});
}

#[test]
fn pre_allocate_should_issue_nothing_when_all_of_it_is_deducted() {
	plant().build_and_execute(|| {
		fall_short(PLANT, 700_000);
		assert_ok!(pre_allocate(PLANT, None));
		assert_eq!((held_by(YEAR, PLANT), deduction_of(PLANT)), (0, 70_000));
		assert_eq!(allocation_of(PLANT).deducted, Tonnes(630_000));
	});
}

#[test]
fn pre_allocate_should_hold_only_what_was_issued() {
	plant().build_and_execute(|| {
		hold(PLANT);
		fall_short(PLANT, 30_000);
		assert_ok!(pre_allocate(PLANT, None));
		assert_eq!(Allocation::held(YEAR, PLANT), Tonnes(600_000));
		assert_eq!(held_by(YEAR, CUSTODY), 600_000);
	});
}

#[test]
fn pre_allocate_should_hold_nothing_when_all_of_it_is_deducted() {
	plant().build_and_execute(|| {
		hold(PLANT);
		fall_short(PLANT, 630_000);
		assert_ok!(pre_allocate(PLANT, None));
		assert!(!Held::<Test>::contains_key(YEAR, PLANT));
	});
}

#[test]
fn pre_allocate_should_fail_when_the_allocation_was_direct() {
	plant().build_and_execute(|| {
		allocate_directly(PLANT, 1);
		assert_noop!(pre_allocate(PLANT, None), Error::<Test>::AllocatedDirectly);
	});
}

#[test]
fn pre_allocate_should_fail_when_all_of_a_direct_allocation_was_deducted() {
	plant().build_and_execute(|| {
		allocate_directly(PLANT, 0);
		assert_noop!(pre_allocate(PLANT, None), Error::<Test>::AllocatedDirectly);
	});
}

#[test]
fn pre_allocate_should_fail_the_second_time() {
	plant().build_and_execute(|| {
		assert_ok!(pre_allocate(PLANT, None));
		assert_noop!(pre_allocate(PLANT, None), Error::<Test>::AlreadyPreAllocated);
	});
}

#[test]
fn pre_allocate_should_allocate_nothing_when_an_entity_stands_twice_in_the_list() {
	plant().build_and_execute(|| {
		let line = PreAllocation {
			entity: PLANT,
			base: None,
		};
		let list: PreAllocationsOf<Test> = vec![line.clone(), line].try_into().unwrap();
		assert_noop!(
			transact(|| Allocation::pre_allocate(RuntimeOrigin::root(), YEAR, list)),
			Error::<Test>::AlreadyPreAllocated
		);
	});
}

#[test]
fn pre_allocate_should_fail_when_no_base_is_known() {
	plant().build_and_execute(|| {
		assert_noop!(pre_allocate(MILL, None), Error::<Test>::BaseMissing);
	});
}

#[test]
fn pre_allocate_should_fail_when_a_base_is_stated_that_the_chain_knows() {
	plant().build_and_execute(|| {
		assert_noop!(pre_allocate(PLANT, Some(1)), Error::<Test>::BaseKnown);
	});
}

#[test]
fn pre_allocate_should_fail_when_the_entity_is_not_enrolled() {
	plant().build_and_execute(|| {
		assert_noop!(pre_allocate(LATECOMER, Some(1)), Error::<Test>::NotEnrolled);
	});
}

#[test]
fn pre_allocate_should_issue_nothing_over_the_cap() {
	plant().build_and_execute(|| {
		assert_noop!(pre_allocate(MILL, Some(2 * CAP)), OVER_CAP);
	});
}
