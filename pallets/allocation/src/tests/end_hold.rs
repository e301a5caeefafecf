use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};

#[test]
fn end_hold_should_let_the_entity_receive_itself_and_keep_what_is_held() {
	plant().build_and_execute(|| {
		hold(PLANT);
		assert_ok!(pre_allocate(PLANT, None));
		assert_ok!(Allocation::end_hold(RuntimeOrigin::root(), PLANT));
		assert_eq!(events().last(), Some(&Event::HoldEnded { entity: PLANT }));
		enter_direct(1_000_000);
		assert_ok!(true_up(PLANT));
		assert_eq!(held_by(YEAR, PLANT), 370_000);
		assert_eq!(Allocation::held(YEAR, PLANT), Tonnes(630_000));
	});
}

#[test]
fn end_hold_should_fail_when_the_entity_is_not_risky() {
	plant().build_and_execute(|| {
		assert_noop!(
			Allocation::end_hold(RuntimeOrigin::root(), PLANT),
			Error::<Test>::NotRisky
		);
	});
}
