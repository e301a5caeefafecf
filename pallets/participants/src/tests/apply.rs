use crate::{mock::*, ApplicationRecord, Error, Event, QueueEnds, RoleList, Status};
use carbon_primitives::{Role, ServiceSet};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn apply_should_store_the_application_when_a_stranger_calls() {
	ExtBuilder::default().build_and_execute(|| {
		apply(BOB);
		Now::set(GENESIS_TIME + 3);
		let asked = wanted(&[Role::CoveredEntity, Role::Trader]);

		assert_ok!(Participants::apply(
			RuntimeOrigin::signed(ALICE),
			digest(9),
			asked.clone()
		));

		assert_eq!(
			crate::Applications::<Test>::get(ALICE),
			Some(ApplicationRecord {
				status: Status::Applied,
				identity: digest(9),
				roles: asked.clone(),
				applied_at: GENESIS_TIME + 3,
				entry: 1,
			})
		);
		assert_eq!(crate::ApplicationQueue::<Test>::get(1), Some(ALICE));
		assert_eq!(
			crate::ApplicationQueueEnds::<Test>::get(),
			QueueEnds { head: 0, tail: 2 }
		);
		assert!(!crate::Participants::<Test>::contains_key(ALICE));
		System::assert_last_event(
			Event::ApplicationFiled {
				account: ALICE,
				identity: digest(9),
				roles: asked,
				entry: 1,
			}
			.into(),
		);
	});
}

#[test]
fn apply_should_make_the_account_exist_when_it_owns_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		assert!(!exists(ALICE));
		apply(ALICE);
		assert_eq!(System::providers(&ALICE), 1);
	});
}

#[test]
fn apply_should_be_open_to_an_expelled_account() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)));
			apply(ALICE);
			assert!(crate::Applications::<Test>::contains_key(ALICE));
		});
}

#[test]
fn apply_should_fail_when_nobody_signed() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(
				Participants::apply(origin, digest(1), wanted(&[Role::Trader])),
				DispatchError::BadOrigin
			);
		}
	});
}

fn assert_refused(error: Error<Test>) {
	assert_noop!(
		Participants::apply(RuntimeOrigin::signed(ALICE), digest(1), wanted(&[Role::Trader])),
		error
	);
}

#[test]
fn apply_should_fail_when_the_account_is_admitted_or_suspended() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_refused(Error::AlreadyAdmitted);
			assert_ok!(Participants::suspend(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_refused(Error::AlreadyAdmitted);
		});
}

#[test]
fn apply_should_fail_when_an_application_is_pending() {
	ExtBuilder::default().build_and_execute(|| {
		apply(ALICE);
		assert_refused(Error::AlreadyApplied);
		assert_ok!(Participants::register(RuntimeOrigin::root(), ALICE));
		assert_refused(Error::AlreadyApplied);
	});
}

#[test]
fn apply_should_fail_when_the_account_is_expelled_and_barred() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let root = RuntimeOrigin::root;
			assert_ok!(Participants::expel(root(), ALICE, digest(2)));
			assert_ok!(Participants::set_black_list(
				root(),
				ALICE,
				true,
				ServiceSet::NONE,
				digest(2)
			));
			assert_refused(Error::BlackListed);
		});
}

#[test]
fn apply_should_fail_when_as_many_are_pending_as_may_be() {
	ExtBuilder::default().build_and_execute(|| {
		let most: u32 = MaxApplications::get();
		(100..100 + u64::from(most)).for_each(apply);
		assert_refused(Error::ApplicationsFull);
		assert_ok!(Participants::refuse(RuntimeOrigin::root(), 100, digest(2)));
		apply(ALICE);
	});
}

#[test]
fn apply_should_fail_when_the_block_has_taken_in_as_many_as_it_may() {
	ExtBuilder::default().build_and_execute(|| {
		PerBlock::set(2);
		apply(BOB);
		apply(CHARLIE);
		assert_refused(Error::ApplicationRate);
		// The next block counts anew.
		System::set_block_number(2);
		apply(ALICE);
	});
}

#[test]
fn apply_should_fail_when_the_roles_do_not_fit_together() {
	ExtBuilder::default().build_and_execute(|| {
		for (list, error) in [
			(RoleList::default(), Error::<Test>::RolesEmpty),
			(
				wanted(&[Role::Trader, Role::Trader]),
				Error::<Test>::RoleDuplicate,
			),
			(
				wanted(&[Role::Trader, Role::Verifier]),
				Error::<Test>::RolesConflict,
			),
		] {
			assert_noop!(
				Participants::apply(RuntimeOrigin::signed(ALICE), digest(1), list),
				error
			);
		}
	});
}
