use crate::{mock::*, Error, Event};
use carbon_primitives::{GroupId, Role};
use carbon_traits::InspectGroup;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn members(group: GroupId) -> u32 {
	let counted = crate::Groups::<Test>::get(group).unwrap().members;
	assert_eq!(Participants::members_of(group).len() as u32, counted);
	counted
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
fn confirm_group_should_tell_of_the_group_when_it_changes() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let group = create_group();
			join(ALICE, group);
			assert_eq!(Copies::group_of(ALICE), Some(group));
			assert_ok!(Participants::confirm_group(RuntimeOrigin::root(), ALICE, None));
			assert_eq!(Copies::group_of(ALICE), None);
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

#[test]
fn confirm_group_should_list_the_members_in_order_when_they_come_and_go() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.with_participant(BOB, &[Role::Trader])
		.with_participant(CHARLIE, &[Role::Verifier])
		.build_and_execute(|| {
			let (one, other) = (create_group(), create_group());
			for who in [CHARLIE, ALICE, BOB] {
				join(who, one);
			}
			assert_eq!(Participants::members_of(one), [ALICE, BOB, CHARLIE]);
			join(BOB, other);
			assert_eq!(Participants::members_of(one), [ALICE, CHARLIE]);
			assert_eq!(Participants::members_of(other), [BOB]);
			// Nothing is left of a list without members.
			assert_ok!(Participants::confirm_group(RuntimeOrigin::root(), BOB, None));
			assert!(Participants::members_of(other).is_empty());
			assert_eq!(crate::GroupMembers::<Test>::iter().count(), 1);
		});
}

#[test]
fn confirm_group_should_keep_the_member_when_it_is_expelled() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let group = create_group();
			join(ALICE, group);
			assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(1)));
			// What it holds still counts for its group.
			assert_eq!(Participants::members_of(group), [ALICE]);
		});
}

#[test]
fn confirm_group_should_fail_when_the_group_is_full() {
	let most = u64::from(MaxGroupMembers::get());
	let builder = (1..=most + 1).fold(ExtBuilder::default(), |builder, who| {
		builder.with_participant(who, &[Role::Trader])
	});
	builder.build_and_execute(|| {
		let group = create_group();
		(1..=most).for_each(|who| join(who, group));
		assert_noop!(
			Participants::confirm_group(RuntimeOrigin::root(), most + 1, Some(group)),
			Error::<Test>::GroupFull
		);
		// Whoever is in it may be confirmed anew, and makes room by leaving.
		join(1, group);
		assert_ok!(Participants::confirm_group(RuntimeOrigin::root(), 1, None));
		join(most + 1, group);
		assert_eq!(Participants::members_of(group), [2, 3, 4]);
	});
}
