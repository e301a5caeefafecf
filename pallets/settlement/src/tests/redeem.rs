use crate::{mock::*, Error, Event, Issuance, IssuanceRecord, ReceiptKind, ReceiptRecord, Receipts};
use frame_support::{
	assert_noop, assert_ok,
	traits::{LockableCurrency, WithdrawReasons},
};
use sp_runtime::DispatchError;

#[test]
fn redeem_should_destroy_tokens_when_they_are_on_hold() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
			System::set_block_number(7);

			assert_ok!(Settlement::redeem(
				RuntimeOrigin::signed(BANK),
				ALICE,
				60,
				digest(1)
			));

			assert_eq!((on_hold(ALICE), Balances::free_balance(ALICE)), (0, 40));
			assert_eq!(Balances::total_issuance(), 40);
			assert_eq!(
				Issuance::<Test>::get(),
				IssuanceRecord {
					genesis: 100,
					minted: 0,
					redeemed: 60
				}
			);
			assert_eq!(
				Receipts::<Test>::get(digest(1)),
				Some(ReceiptRecord {
					kind: ReceiptKind::Redeem,
					account: ALICE,
					amount: 60,
					block: 7
				})
			);
			System::assert_last_event(
				Event::Redeemed {
					bank: BANK,
					from: ALICE,
					amount: 60,
					receipt: digest(1),
				}
				.into(),
			);
		});
}

#[test]
fn redeem_should_take_a_part_when_more_is_on_hold() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
			assert_ok!(Settlement::redeem(
				RuntimeOrigin::signed(BANK),
				ALICE,
				20,
				digest(1)
			));
			assert_ok!(Settlement::redeem(
				RuntimeOrigin::signed(BANK),
				ALICE,
				15,
				digest(2)
			));
			assert_eq!((on_hold(ALICE), Balances::total_issuance()), (25, 65));
		});
}

#[test]
fn redeem_should_work_when_the_holder_is_no_longer_admitted() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
			exclude(ALICE);
			assert_ok!(Settlement::redeem(
				RuntimeOrigin::signed(BANK),
				ALICE,
				60,
				digest(1)
			));
		});
}

#[test]
fn redeem_should_fail_when_the_holder_was_halted_after_it_asked() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
			halt(ALICE);
			assert_noop!(
				Settlement::redeem(RuntimeOrigin::signed(BANK), ALICE, 60, digest(1)),
				HALTED
			);
		});
}

#[test]
fn redeem_should_fail_when_the_holder_was_black_listed_after_it_asked() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
			black_list(ALICE);
			assert_noop!(
				Settlement::redeem(RuntimeOrigin::signed(BANK), ALICE, 60, digest(1)),
				BLACK_LISTED
			);
		});
}

#[test]
fn redeem_should_work_when_the_tokens_are_frozen() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
			Balances::set_lock(*b"a freeze", &ALICE, 100, WithdrawReasons::all());
			assert_ok!(Settlement::redeem(
				RuntimeOrigin::signed(BANK),
				ALICE,
				60,
				digest(1)
			));
			assert_eq!(Balances::total_issuance(), 40);
		});
}

#[test]
fn redeem_should_fail_when_the_caller_is_not_the_settlement_bank() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
			assert_noop!(
				Settlement::redeem(RuntimeOrigin::signed(ALICE), ALICE, 1, digest(1)),
				ROLE_MISSING
			);
			assert_noop!(
				Settlement::redeem(RuntimeOrigin::root(), ALICE, 1, digest(1)),
				DispatchError::BadOrigin
			);
		});
}

#[test]
fn redeem_should_fail_when_less_is_on_hold() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			// What its owner can spend is out of the bank's reach.
			assert_noop!(
				Settlement::redeem(RuntimeOrigin::signed(BANK), ALICE, 1, digest(1)),
				Error::<Test>::RedemptionExceeded
			);
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
			assert_noop!(
				Settlement::redeem(RuntimeOrigin::signed(BANK), ALICE, 61, digest(1)),
				Error::<Test>::RedemptionExceeded
			);
		});
}

#[test]
fn redeem_should_fail_when_the_holder_took_the_amount_back() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
			assert_ok!(Settlement::withdraw_redemption(RuntimeOrigin::signed(ALICE), 60));
			assert_noop!(
				Settlement::redeem(RuntimeOrigin::signed(BANK), ALICE, 60, digest(1)),
				Error::<Test>::RedemptionExceeded
			);
		});
}

#[test]
fn redeem_should_fail_when_the_receipt_was_used_before() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
			assert_ok!(Settlement::mint(RuntimeOrigin::signed(BANK), BOB, 5, digest(1)));
			assert_ok!(Settlement::redeem(
				RuntimeOrigin::signed(BANK),
				ALICE,
				10,
				digest(2)
			));
			for used in [digest(1), digest(2)] {
				assert_noop!(
					Settlement::redeem(RuntimeOrigin::signed(BANK), ALICE, 10, used),
					Error::<Test>::ReceiptUsed
				);
			}
		});
}

#[test]
fn redeem_should_fail_when_the_amount_is_zero() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_noop!(
				Settlement::redeem(RuntimeOrigin::signed(BANK), ALICE, 0, digest(1)),
				Error::<Test>::AmountZero
			);
		});
}
