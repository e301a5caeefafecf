use crate::{mock::*, Deductions};
use carbon_primitives::Tonnes;
use carbon_traits::{CutAllocation, InspectPeriods};
use frame_support::assert_storage_noop;

#[test]
fn latest_year_should_be_that_of_the_period_that_was_opened_last() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Allowance::latest_year(), None);
		open(YEAR, RuleSet::default(), &[]);
		open(NEXT, RuleSet::default(), &[]);
		assert_eq!(Allowance::latest_year(), Some(NEXT));
		close(YEAR);
		assert_eq!(Allowance::latest_year(), Some(NEXT));
	});
}

#[test]
fn cut_allocation_should_be_withheld_from_the_next_allocation() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.build_and_execute(|| {
			Allowance::cut_allocation(&POWER_PLANT, Tonnes(30));
			System::assert_last_event(
				Event::AllocationCut {
					entity: POWER_PLANT,
					tonnes: Tonnes(30),
				}
				.into(),
			);
			allocate(YEAR, POWER_PLANT, 100);
			assert_eq!(held(YEAR, POWER_PLANT), 70);
			assert_eq!(Allowance::deduction(POWER_PLANT), Tonnes::ZERO);
		});
}

#[test]
fn cut_allocation_should_add_to_what_the_entity_fell_short_of() {
	ExtBuilder::default().build_and_execute(|| {
		Deductions::<Test>::insert(POWER_PLANT, Tonnes(5));
		Allowance::cut_allocation(&POWER_PLANT, Tonnes(30));
		assert_eq!(Allowance::deduction(POWER_PLANT), Tonnes(35));
	});
}

#[test]
fn cut_allocation_should_change_nothing_when_there_is_nothing_to_cut() {
	ExtBuilder::default().build_and_execute(|| {
		assert_storage_noop!(Allowance::cut_allocation(&POWER_PLANT, Tonnes::ZERO));
	});
}

#[test]
fn restore_allocation_should_take_back_what_was_not_withheld_yet() {
	ExtBuilder::default().build_and_execute(|| {
		Deductions::<Test>::insert(POWER_PLANT, Tonnes(5));
		Allowance::cut_allocation(&POWER_PLANT, Tonnes(30));
		assert_eq!(
			Allowance::restore_allocation(&POWER_PLANT, Tonnes(30)),
			Tonnes(30)
		);
		assert_eq!(Allowance::deduction(POWER_PLANT), Tonnes(5));
		System::assert_last_event(
			Event::AllocationCutLifted {
				entity: POWER_PLANT,
				tonnes: Tonnes(30),
			}
			.into(),
		);
	});
}

#[test]
fn restore_allocation_should_take_back_the_rest_when_a_part_was_withheld() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.build_and_execute(|| {
			Allowance::cut_allocation(&POWER_PLANT, Tonnes(30));
			allocate(YEAR, POWER_PLANT, 20);
			assert_eq!(
				Allowance::restore_allocation(&POWER_PLANT, Tonnes(30)),
				Tonnes(10)
			);
			assert!(!Deductions::<Test>::contains_key(POWER_PLANT));
			assert_storage_noop!(assert_eq!(
				Allowance::restore_allocation(&POWER_PLANT, Tonnes(30)),
				Tonnes::ZERO
			));
		});
}
