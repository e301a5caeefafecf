use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, TokenError};

#[test]
fn request_redemption_should_put_the_amount_on_hold_when_it_can_be_spent() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));

			assert_eq!((on_hold(ALICE), Balances::free_balance(ALICE)), (60, 40));
			assert_eq!(Balances::total_issuance(), 100);
			System::assert_last_event(
				Event::RedemptionRequested {
					who: ALICE,
					amount: 60,
				}
				.into(),
			);
		});
}

#[test]
fn request_redemption_should_add_to_the_hold_when_asked_again() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
			// One fen keeps the account alive.
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 39));
			assert_eq!((on_hold(ALICE), Balances::free_balance(ALICE)), (99, 1));
		});
}

#[test]
fn request_redemption_should_fail_when_the_caller_is_not_admitted() {
	ExtBuilder::default()
		.with_balance(STRANGER, 100)
		.build_and_execute(|| {
			assert_noop!(
				Settlement::request_redemption(RuntimeOrigin::signed(STRANGER), 1),
				NOT_ADMITTED
			);
			assert_noop!(
				Settlement::request_redemption(RuntimeOrigin::root(), 1),
				DispatchError::BadOrigin
			);
		});
}

#[test]
fn request_redemption_should_fail_when_the_amount_is_zero() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_noop!(
				Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 0),
				Error::<Test>::AmountZero
			);
		});
}

#[test]
fn request_redemption_should_fail_when_the_funds_do_not_suffice() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			for amount in [100, 101] {
				assert_noop!(
					Settlement::request_redemption(RuntimeOrigin::signed(ALICE), amount),
					TokenError::FundsUnavailable
				);
			}
		});
}

#[test]
fn request_redemption_should_leave_one_fen_when_the_account_also_holds_allowances() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			// A holding on the registry ledger is a reason for the account to exist, but no provider.
			System::inc_sufficients(&ALICE);
			assert_noop!(
				Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 100),
				TokenError::FundsUnavailable
			);
			System::inc_providers(&ALICE);
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 100));
		});
}
