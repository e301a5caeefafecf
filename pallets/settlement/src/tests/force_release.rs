use crate::{mock::*, Error, Event, HoldReason};
use carbon_primitives::Balance;
use frame_support::{assert_noop, assert_ok, traits::fungible::MutateHold};
use sp_runtime::{DispatchError, DispatchResult};

fn force_release(from: AccountId, amount: Balance) -> DispatchResult {
	Settlement::force_release(RuntimeOrigin::root(), from, amount)
}

fn requested() -> ExtBuilder {
	ExtBuilder::default().with_balance(ALICE, 100)
}

fn request() {
	assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 60));
}

#[test]
fn force_release_should_free_tokens_when_they_are_on_hold_for_redemption() {
	requested().build_and_execute(|| {
		request();
		assert_ok!(force_release(ALICE, 25));
		assert_eq!((on_hold(ALICE), Balances::free_balance(ALICE)), (35, 65));
		System::assert_last_event(
			Event::ForcedRelease {
				from: ALICE,
				amount: 25,
			}
			.into(),
		);
	});
}

#[test]
fn force_release_should_free_tokens_when_their_holder_is_no_longer_admitted() {
	requested().build_and_execute(|| {
		request();
		exclude(ALICE);
		assert_ok!(force_release(ALICE, 60));
	});
}

#[test]
fn force_release_should_fail_when_less_is_on_hold() {
	requested().build_and_execute(|| {
		request();
		assert_noop!(force_release(ALICE, 61), Error::<Test>::RedemptionExceeded);
		assert_noop!(force_release(BOB, 1), Error::<Test>::RedemptionExceeded);
	});
}

#[test]
fn force_release_should_fail_when_the_account_was_never_admitted() {
	ExtBuilder::default()
		.with_balance(STRANGER, 100)
		.build_and_execute(|| {
			assert_ok!(Balances::hold(&HoldReason::Redemption.into(), &STRANGER, 60));
			assert_noop!(force_release(STRANGER, 1), UNKNOWN);
		});
}

#[test]
fn force_release_should_fail_when_the_amount_is_zero() {
	requested().build_and_execute(|| {
		assert_noop!(force_release(ALICE, 0), Error::<Test>::AmountZero);
	});
}

#[test]
fn force_release_should_fail_when_the_origin_is_not_the_regulator() {
	requested().build_and_execute(|| {
		request();
		for who in [ALICE, BANK] {
			assert_noop!(
				Settlement::force_release(RuntimeOrigin::signed(who), ALICE, 1),
				DispatchError::BadOrigin
			);
		}
	});
}
