use crate::mock::*;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn hold_units(entity: AccountId) -> DispatchResult {
	Allocation::hold_units(RuntimeOrigin::root(), entity, digest(3))
}

#[test]
fn hold_units_should_name_the_entity_as_risky() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(hold_units(PLANT));
		assert_eq!(RiskyHolders::<Test>::get(PLANT), Some(digest(3)));
		assert_eq!(
			events(),
			[Event::HoldBegun {
				entity: PLANT,
				reason: digest(3),
			}]
		);
	});
}

#[test]
fn hold_units_should_fail_when_the_entity_is_risky_already() {
	ExtBuilder::default().build_and_execute(|| {
		hold(PLANT);
		assert_noop!(hold_units(PLANT), Error::<Test>::AlreadyRisky);
	});
}

#[test]
fn hold_units_should_fail_when_the_account_is_no_covered_entity() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(hold_units(STRANGER), NOT_ADMITTED);
	});
}

#[test]
fn hold_units_should_tell_that_what_is_issued_is_kept_until_the_hold_ends() {
	plant().build_and_execute(|| {
		use carbon_traits::InspectEntitlement;
		assert!(!Allocation::is_kept(&PLANT));
		hold(PLANT);
		assert!(Allocation::is_kept(&PLANT) && !Allocation::is_kept(&MILL));
		assert_ok!(Allocation::end_hold(RuntimeOrigin::root(), PLANT));
		assert!(!Allocation::is_kept(&PLANT));
	});
}
