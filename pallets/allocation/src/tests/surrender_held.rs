use crate::mock::*;
use carbon_primitives::Tonnes;
use carbon_traits::InspectObligation;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn surrender(entity: AccountId, tonnes: u64) -> DispatchResult {
	transact(|| Allocation::surrender_held(RuntimeOrigin::root(), YEAR, entity, YEAR, Tonnes(tonnes)))
}

#[test]
fn surrender_held_should_count_for_the_entity() {
	plant().build_and_execute(|| {
		hold(PLANT);
		assert_ok!(pre_allocate(PLANT, None));
		assert_ok!(surrender(PLANT, 600_000));
		assert_eq!(Allocation::held(YEAR, PLANT), Tonnes(30_000));
		assert_eq!(Periods::outstanding(YEAR, &PLANT), Some(Tonnes(400_000)));
		assert_eq!(
			events().last(),
			Some(&Event::HeldSurrendered {
				year: YEAR,
				entity: PLANT,
				vintage: YEAR,
				tonnes: Tonnes(600_000),
			})
		);
	});
}

#[test]
fn surrender_held_should_fail_when_so_much_is_not_held_for_this_entity() {
	plant().build_and_execute(|| {
		hold(PLANT);
		assert_ok!(pre_allocate(PLANT, None));
		assert_noop!(surrender(PLANT, 630_001), Error::<Test>::MoreThanHeld);
		assert_noop!(surrender(MILL, 1), Error::<Test>::MoreThanHeld);
	});
}
