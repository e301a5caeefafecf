use crate::{mock::*, Error, Event, MinValidators};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn set_min_validators_should_replace_the_minimum_when_there_are_as_many() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Nodes::set_min_validators(RuntimeOrigin::root(), 4));
		assert_eq!(MinValidators::<Test>::get(), 4);
		System::assert_last_event(
			Event::MinValidatorsChanged {
				old_value: 3,
				new_value: 4,
			}
			.into(),
		);
	});
}

#[test]
fn set_min_validators_should_let_a_removal_through_when_it_is_lowered() {
	ExtBuilder::default()
		.with_min_validators(4)
		.build_and_execute(|| {
			assert_noop!(remove(DAVE), Error::<Test>::TooFewValidators);
			assert_ok!(Nodes::set_min_validators(RuntimeOrigin::root(), 1));
			for who in [DAVE, CHARLIE, BOB] {
				assert_ok!(remove(who));
			}
			assert_noop!(remove(ALICE), Error::<Test>::TooFewValidators);
		});
}

#[test]
fn set_min_validators_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::set_min_validators(RuntimeOrigin::signed(ALICE), 1),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn set_min_validators_should_fail_when_it_is_zero() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::set_min_validators(RuntimeOrigin::root(), 0),
			Error::<Test>::MinValidatorsZero
		);
	});
}

#[test]
fn set_min_validators_should_fail_when_there_are_fewer() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::set_min_validators(RuntimeOrigin::root(), 5),
			Error::<Test>::MinValidatorsAboveSet
		);
	});
}
