use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn withdraw_redemption_should_release_a_part_when_more_is_on_hold() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));

			assert_ok!(Settlement::withdraw_redemption(RuntimeOrigin::signed(ALICE), 25));

			assert_eq!((on_hold(ALICE), Balances::free_balance(ALICE)), (35, 65));
			System::assert_last_event(
				Event::RedemptionWithdrawn {
					who: ALICE,
					amount: 25,
				}
				.into(),
			);
		});
}

#[test]
fn withdraw_redemption_should_release_the_hold_when_the_holder_is_no_longer_admitted() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
			exclude(ALICE);
			assert_ok!(Settlement::withdraw_redemption(RuntimeOrigin::signed(ALICE), 60));
			assert_eq!((on_hold(ALICE), Balances::free_balance(ALICE)), (0, 100));
		});
}

#[test]
fn withdraw_redemption_should_release_the_hold_when_the_holder_is_halted() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
			halt(ALICE);
			assert_ok!(Settlement::withdraw_redemption(RuntimeOrigin::signed(ALICE), 60));
		});
}

#[test]
fn withdraw_redemption_should_fail_when_the_holder_is_black_listed() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
			black_list(ALICE);
			assert_noop!(
				Settlement::withdraw_redemption(RuntimeOrigin::signed(ALICE), 60),
				BLACK_LISTED
			);
		});
}

#[test]
fn withdraw_redemption_should_fail_when_less_is_on_hold() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
			assert_noop!(
				Settlement::withdraw_redemption(RuntimeOrigin::signed(ALICE), 61),
				Error::<Test>::RedemptionExceeded
			);
			// Another account's redemption does not count.
			assert_noop!(
				Settlement::withdraw_redemption(RuntimeOrigin::signed(BOB), 1),
				Error::<Test>::RedemptionExceeded
			);
		});
}

#[test]
fn withdraw_redemption_should_fail_when_the_bank_has_redeemed_the_amount() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
			assert_ok!(Settlement::redeem(
				RuntimeOrigin::signed(BANK),
				ALICE,
				60,
				digest(1)
			));
			assert_noop!(
				Settlement::withdraw_redemption(RuntimeOrigin::signed(ALICE), 1),
				Error::<Test>::RedemptionExceeded
			);
		});
}

#[test]
fn withdraw_redemption_should_fail_when_the_amount_is_zero() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Settlement::withdraw_redemption(RuntimeOrigin::signed(ALICE), 0),
			Error::<Test>::AmountZero
		);
	});
}

#[test]
fn withdraw_redemption_should_fail_when_nobody_signed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Settlement::withdraw_redemption(RuntimeOrigin::root(), 1),
			DispatchError::BadOrigin
		);
	});
}
