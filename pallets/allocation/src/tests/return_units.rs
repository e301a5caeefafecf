use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn give_back(who: AccountId, tonnes: u64) -> DispatchResult {
	transact(|| Allocation::return_units(RuntimeOrigin::signed(who), YEAR, Tonnes(tonnes)))
}

/// `PLANT` owes 30,000 t.
fn owing(test: impl FnOnce()) {
	plant()
		.with_emissions(YEAR, PLANT, 500_000)
		.build_and_execute(|| {
			assert_ok!(pre_allocate(PLANT, None));
			enter_direct(600_000);
			assert_ok!(true_up(PLANT));
			test();
		});
}

#[test]
fn return_units_should_pay_in_parts() {
	owing(|| {
		assert_ok!(give_back(PLANT, 10_000));
		assert_eq!(allocation_of(PLANT).owed, Tonnes(20_000));
		assert_eq!(
			events().last(),
			Some(&Event::Returned {
				year: YEAR,
				entity: PLANT,
				tonnes: Tonnes(10_000),
				held: false,
				owed: Tonnes(20_000),
			})
		);
		assert_ok!(give_back(PLANT, 20_000));
		assert_eq!((held_by(YEAR, PLANT), issued(YEAR)), (600_000, 600_000));
	});
}

#[test]
fn return_units_should_fail_when_so_much_is_not_owed() {
	owing(|| {
		assert_noop!(give_back(PLANT, 30_001), Error::<Test>::MoreThanOwed);
	});
}

#[test]
fn return_units_should_fail_when_the_units_are_gone() {
	owing(|| {
		spend(PLANT, 610_000);
		assert_noop!(give_back(PLANT, 30_000), TOO_FEW);
	});
}

#[test]
fn return_units_should_fail_when_nothing_was_allocated() {
	owing(|| {
		assert_noop!(give_back(MILL, 1), Error::<Test>::AllocationNotFound);
	});
}
