use crate::{mock::*, Error, Event};
use carbon_primitives::{Role, Service, ServiceSet};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn set_white_list_should_replace_what_the_list_said_when_the_regulator_calls() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let old_value = ServiceSet::NONE.with(Service::Auction);
			let new_value = ServiceSet::NONE.with(Service::BlockTrading);
			let root = RuntimeOrigin::root;
			assert_ok!(Participants::set_white_list(root(), ALICE, old_value));
			assert_ok!(Participants::set_white_list(root(), ALICE, new_value));

			assert_eq!(crate::Participants::<Test>::get(ALICE).unwrap().open, new_value);
			System::assert_last_event(
				Event::WhiteListChanged {
					account: ALICE,
					old_value,
					new_value,
				}
				.into(),
			);
		});
}

#[test]
fn set_white_list_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_noop!(
				Participants::set_white_list(RuntimeOrigin::signed(ALICE), ALICE, ServiceSet::NONE),
				DispatchError::BadOrigin
			);
		});
}

#[test]
fn set_white_list_should_fail_when_the_account_is_no_participant() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Participants::set_white_list(RuntimeOrigin::root(), ALICE, ServiceSet::NONE),
			Error::<Test>::NotAdmitted
		);
	});
}

#[test]
fn set_white_list_should_fail_when_a_bit_stands_for_no_service() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_noop!(
				Participants::set_white_list(RuntimeOrigin::root(), ALICE, ServiceSet(1 << 4)),
				Error::<Test>::ServiceUnknown
			);
		});
}

#[test]
fn set_white_list_should_fail_when_it_names_trading() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_noop!(
				Participants::set_white_list(RuntimeOrigin::root(), ALICE, ServiceSet::ALL),
				Error::<Test>::ServiceUnrestrictable
			);
		});
}
