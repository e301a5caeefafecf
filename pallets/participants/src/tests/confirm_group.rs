use crate::{mock::*, Error, Event};
use carbon_primitives::{GroupId, Role};
use carbon_traits::InspectGroup;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn members(group: GroupId) -> u32 {
	crate::Groups::<Test>::get(group).unwrap().members
}

#[test]
fn confirm_group_should_count_the_member_when_the_group_exists() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let (one, other) = (create_group(), create_group());
			join(ALICE, one);
			assert_eq!((members(one), members(other)), (1, 0));
			join(ALICE, other);
			assert_eq!((members(one), members(other)), (0, 1));

			assert_eq!(Participants::group_of(&ALICE), Some(other));
			System::assert_last_event(
				Event::GroupConfirmed {
					account: ALICE,
					old_value: Some(one),
					new_value: Some(other),
				}
				.into(),
			);
		});
}

#[test]
fn confirm_group_should_count_the_member_once_when_it_is_confirmed_twice() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let group = create_group();
			join(ALICE, group);
			join(ALICE, group);
			assert_eq!(members(group), 1);
		});
}

#[test]
fn confirm_group_should_end_the_membership_when_no_group_is_named() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let group = create_group();
			join(ALICE, group);
			// Whatever is declared.
			assert_ok!(Participants::confirm_group(RuntimeOrigin::root(), ALICE, None));
			assert_eq!(members(group), 0);
			assert_eq!(Participants::group_of(&ALICE), None);
		});
}

#[test]
fn confirm_group_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_noop!(
				Participants::confirm_group(RuntimeOrigin::signed(ALICE), ALICE, None),
				DispatchError::BadOrigin
			);
		});
}

#[test]
fn confirm_group_should_fail_when_the_account_is_no_participant() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Participants::confirm_group(RuntimeOrigin::root(), ALICE, None),
			Error::<Test>::NotAdmitted
		);
	});
}

#[test]
fn confirm_group_should_count_the_member_when_another_group_or_none_was_declared() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Verifier])
		.build_and_execute(|| {
			let (one, other) = (create_group(), create_group());
			// A verifier that keeps silent about its group belongs to it nevertheless.
			assert_ok!(Participants::confirm_group(
				RuntimeOrigin::root(),
				ALICE,
				Some(one)
			));
			assert_eq!(Participants::group_of(&ALICE), Some(one));
			assert_ok!(Participants::declare_group(
				RuntimeOrigin::signed(ALICE),
				Some(other)
			));
			assert_ok!(Participants::confirm_group(
				RuntimeOrigin::root(),
				ALICE,
				Some(one)
			));
			assert_eq!(Participants::group_of(&ALICE), Some(one));
			assert_eq!((members(one), members(other)), (1, 0));
			// What it declares stays what it says.
			assert_eq!(
				crate::Participants::<Test>::get(ALICE).unwrap().declared_group,
				Some(other)
			);
		});
}

#[test]
fn confirm_group_should_fail_when_there_is_no_such_group() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_noop!(
				Participants::confirm_group(RuntimeOrigin::root(), ALICE, Some(GroupId(0))),
				Error::<Test>::GroupNotFound
			);
		});
}
