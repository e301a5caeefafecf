use crate::{mock::*, BlackList, Error, Event};
use carbon_primitives::{Role, Service, ServiceSet, TradingRight};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_runtime::DispatchError;

fn close(bar: bool, closed: ServiceSet) -> DispatchResult {
	Participants::set_black_list(RuntimeOrigin::root(), ALICE, bar, closed, digest(2))
}

#[test]
fn set_black_list_should_replace_what_the_list_said_when_the_regulator_calls() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			let auction = ServiceSet::NONE.with(Service::Auction);
			let sharing = ServiceSet::NONE.with(Service::DataSharing);
			assert_ok!(close(true, auction));
			assert_ok!(close(false, sharing));

			let record = crate::Participants::<Test>::get(ALICE).unwrap();
			assert_eq!((record.barred, record.closed), (false, sharing));
			System::assert_last_event(
				Event::BlackListChanged {
					account: ALICE,
					old_value: BlackList {
						barred: true,
						closed: auction,
					},
					new_value: BlackList {
						barred: false,
						closed: sharing,
					},
					reason: digest(2),
				}
				.into(),
			);
		});
}

#[test]
fn set_black_list_should_tell_the_right_to_trade_when_it_changes() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			for (bar, closed, right) in [
				(true, ServiceSet::NONE, TradingRight::Withdrawn),
				(
					false,
					ServiceSet::NONE.with(Service::Auction),
					TradingRight::Lasting,
				),
				(
					false,
					ServiceSet::NONE.with(Service::Trading),
					TradingRight::Withdrawn,
				),
			] {
				assert_ok!(close(bar, closed));
				assert_eq!(Copies::of(ALICE), Some(right));
			}
		});
}

#[test]
fn set_black_list_should_hold_when_the_participant_is_expelled() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_ok!(Participants::expel(RuntimeOrigin::root(), ALICE, digest(2)));
			assert_ok!(close(true, ServiceSet::NONE));
		});
}

#[test]
fn set_black_list_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_noop!(
				Participants::set_black_list(
					RuntimeOrigin::signed(BOB),
					ALICE,
					true,
					ServiceSet::NONE,
					digest(2)
				),
				DispatchError::BadOrigin
			);
		});
}

#[test]
fn set_black_list_should_fail_when_the_account_is_no_participant() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(close(true, ServiceSet::NONE), Error::<Test>::NotAdmitted);
	});
}

#[test]
fn set_black_list_should_fail_when_a_bit_stands_for_no_service() {
	ExtBuilder::default()
		.with_participant(ALICE, &[Role::Trader])
		.build_and_execute(|| {
			assert_noop!(close(false, ServiceSet(1 << 15)), Error::<Test>::ServiceUnknown);
		});
}
