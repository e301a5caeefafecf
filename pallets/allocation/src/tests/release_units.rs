use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn release(tonnes: u64) -> DispatchResult {
	transact(|| Allocation::release_units(RuntimeOrigin::root(), PLANT, YEAR, Tonnes(tonnes)))
}

/// 1,200,000 t are held for `PLANT`, which emitted 1,000,000 t.
fn held(test: impl FnOnce()) {
	plant().build_and_execute(|| {
		hold(PLANT);
		enter_direct(1_200_000);
		assert_ok!(true_up(PLANT));
		test();
	});
}

fn surrender(tonnes: u64) {
	assert_ok!(Allocation::surrender_held(
		RuntimeOrigin::root(),
		YEAR,
		PLANT,
		YEAR,
		Tonnes(tonnes)
	));
}

#[test]
fn release_units_should_hand_over_the_rest_once_the_obligation_is_covered() {
	held(|| {
		surrender(1_000_000);
		assert_ok!(release(200_000));
		assert_eq!((held_by(YEAR, PLANT), held_by(YEAR, CUSTODY)), (200_000, 0));
		assert!(!Held::<Test>::contains_key(YEAR, PLANT));
		assert_eq!(
			events().last(),
			Some(&Event::HeldReleased {
				entity: PLANT,
				vintage: YEAR,
				tonnes: Tonnes(200_000),
			})
		);
	});
}

#[test]
fn release_units_should_fail_while_a_tonne_is_still_to_be_surrendered() {
	held(|| {
		surrender(999_999);
		assert_noop!(release(1), Error::<Test>::ObligationOpen);
	});
}

#[test]
fn release_units_should_fail_while_the_emissions_are_not_known() {
	plant().build_and_execute(|| {
		hold(PLANT);
		assert_ok!(pre_allocate(PLANT, None));
		Emissions::set(Default::default());
		assert_noop!(release(1), Error::<Test>::ObligationOpen);
	});
}

#[test]
fn release_units_should_need_no_surrender_when_the_entity_is_risky_no_more() {
	held(|| {
		assert_ok!(Allocation::end_hold(RuntimeOrigin::root(), PLANT));
		assert_ok!(release(1_200_000));
	});
}

#[test]
fn release_units_should_fail_when_so_much_is_not_held() {
	held(|| {
		surrender(1_000_000);
		assert_noop!(release(200_001), Error::<Test>::MoreThanHeld);
	});
}
