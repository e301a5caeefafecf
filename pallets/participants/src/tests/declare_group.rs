use crate::{mock::*, Error, Event};
use carbon_primitives::{GroupId, Role, ServiceSet};
use carbon_traits::{HaltAccounts, InspectGroup};
use frame_support::{assert_noop, assert_ok};

fn assert_refused(error: Error<Test>) {
	assert_noop!(
		Participants::declare_group(RuntimeOrigin::signed(ALICE), None),
		error
	);
}

#[test]
fn declare_group_should_have_no_effect_until_it_is_confirmed() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let group = create_group();

			assert_ok!(Participants::declare_group(
				RuntimeOrigin::signed(ALICE),
				Some(group)
			));

			let record = crate::Participants::<Test>::get(ALICE).unwrap();
			assert_eq!((record.declared_group, record.group), (Some(group), None));
			assert_eq!(Participants::group_of(&ALICE), None);
			System::assert_last_event(
				Event::GroupDeclared {
					account: ALICE,
					old_value: None,
					new_value: Some(group),
				}
				.into(),
			);
		});
}

#[test]
fn declare_group_should_leave_a_confirmed_membership_alone_when_it_is_withdrawn() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let group = create_group();
			join(ALICE, group);
			assert_ok!(Participants::declare_group(RuntimeOrigin::signed(ALICE), None));
			assert_eq!(Participants::group_of(&ALICE), Some(group));
		});
}

#[test]
fn declare_group_should_hold_when_the_account_is_halted() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::halt_account(&ALICE, Some(GENESIS_TIME + 10)));
			assert_ok!(Participants::declare_group(RuntimeOrigin::signed(ALICE), None));
		});
}

#[test]
fn declare_group_should_fail_when_the_account_is_no_participant() {
	ExtBuilder::default().build_and_execute(|| assert_refused(Error::NotAdmitted));
}

#[test]
fn declare_group_should_fail_when_the_participant_is_suspended() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_refused(Error::Suspended);
		});
}

#[test]
fn declare_group_should_fail_when_the_participant_is_expelled() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_refused(Error::Expelled);
		});
}

#[test]
fn declare_group_should_fail_when_the_participant_is_barred() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::set_black_list(
				RuntimeOrigin::root(),
				ALICE,
				true,
				ServiceSet::NONE,
				digest(2)
			));
			assert_refused(Error::BlackListed);
		});
}

#[test]
fn declare_group_should_fail_when_there_is_no_such_group() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_noop!(
				Participants::declare_group(RuntimeOrigin::signed(ALICE), Some(GroupId(0))),
				Error::<Test>::GroupNotFound
			);
		});
}
