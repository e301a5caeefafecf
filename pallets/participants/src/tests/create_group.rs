use crate::{mock::*, Error, Event, GroupRecord};
use carbon_primitives::GroupId;
use frame_support::{assert_noop, assert_ok, hypothetically};
use sp_runtime::DispatchError;

#[test]
fn create_group_should_give_the_next_number_when_the_regulator_calls() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Participants::create_group(RuntimeOrigin::root(), digest(1)));
		assert_ok!(Participants::create_group(RuntimeOrigin::root(), digest(2)));

		assert_eq!(
			crate::Groups::<Test>::get(GroupId(1)),
			Some(GroupRecord {
				identity: digest(2),
				members: 0,
			})
		);
		System::assert_last_event(
			Event::GroupCreated {
				group: GroupId(1),
				identity: digest(2),
			}
			.into(),
		);
	});
}

#[test]
fn create_group_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Participants::create_group(RuntimeOrigin::signed(ALICE), digest(1)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn create_group_should_fail_when_every_number_is_taken() {
	ExtBuilder::default().build_and_execute(|| {
		hypothetically!({
			set_count("CounterForGroups", u32::MAX);
			assert_noop!(
				Participants::create_group(RuntimeOrigin::root(), digest(1)),
				Error::<Test>::GroupNumbersExhausted
			);
		});
	});
}
