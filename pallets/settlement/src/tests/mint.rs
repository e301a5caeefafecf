use crate::{mock::*, Error, Event, Issuance, IssuanceRecord, ReceiptKind, ReceiptRecord, Receipts};
use carbon_primitives::Balance;
use frame_support::{assert_noop, assert_ok, hypothetically};
use sp_runtime::{ArithmeticError, DispatchError};

#[test]
fn mint_should_make_tokens_when_the_receipt_is_new() {
	ExtBuilder::default().with_balance(BOB, 5).build_and_execute(|| {
		System::set_block_number(7);

		assert_ok!(Settlement::mint(
			RuntimeOrigin::signed(BANK),
			ALICE,
			1_000,
			digest(1)
		));

		assert_eq!(Balances::free_balance(ALICE), 1_000);
		assert_eq!(Balances::total_issuance(), 1_005);
		assert_eq!(
			Issuance::<Test>::get(),
			IssuanceRecord {
				genesis: 5,
				minted: 1_000,
				redeemed: 0
			}
		);
		assert_eq!(
			Receipts::<Test>::get(digest(1)),
			Some(ReceiptRecord {
				kind: ReceiptKind::Mint,
				account: ALICE,
				amount: 1_000,
				block: 7
			})
		);
		System::assert_last_event(
			Event::Minted {
				bank: BANK,
				to: ALICE,
				amount: 1_000,
				receipt: digest(1),
			}
			.into(),
		);
	});
}

#[test]
fn mint_should_fail_when_the_caller_is_not_the_settlement_bank() {
	ExtBuilder::default().build_and_execute(|| {
		for who in [ALICE, STRANGER] {
			assert_noop!(
				Settlement::mint(RuntimeOrigin::signed(who), ALICE, 1, digest(1)),
				ROLE_MISSING
			);
		}
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(
				Settlement::mint(origin, ALICE, 1, digest(1)),
				DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn mint_should_fail_when_the_receiver_is_not_admitted() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Settlement::mint(RuntimeOrigin::signed(BANK), STRANGER, 1, digest(1)),
			NOT_ADMITTED
		);
	});
}

#[test]
fn mint_should_fail_when_the_amount_is_zero() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Settlement::mint(RuntimeOrigin::signed(BANK), ALICE, 0, digest(1)),
			Error::<Test>::AmountZero
		);
	});
}

#[test]
fn mint_should_fail_when_the_receipt_was_used_for_a_mint() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Settlement::mint(
			RuntimeOrigin::signed(BANK),
			ALICE,
			10,
			digest(1)
		));
		for (to, amount) in [(ALICE, 10), (BOB, 3)] {
			assert_noop!(
				Settlement::mint(RuntimeOrigin::signed(BANK), to, amount, digest(1)),
				Error::<Test>::ReceiptUsed
			);
		}
	});
}

#[test]
fn mint_should_fail_when_the_receipt_was_used_for_a_redemption() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			assert_ok!(Settlement::request_redemption(RuntimeOrigin::signed(ALICE), 10));
			assert_ok!(Settlement::redeem(
				RuntimeOrigin::signed(BANK),
				ALICE,
				10,
				digest(1)
			));
			assert_noop!(
				Settlement::mint(RuntimeOrigin::signed(BANK), ALICE, 10, digest(1)),
				Error::<Test>::ReceiptUsed
			);
		});
}

#[test]
fn mint_should_fail_when_the_tokens_cannot_be_counted() {
	ExtBuilder::default()
		.with_balance(ALICE, 1)
		.build_and_execute(|| {
			assert_noop!(
				Settlement::mint(RuntimeOrigin::signed(BANK), BOB, Balance::MAX, digest(1)),
				ArithmeticError::Overflow
			);
			// All that was ever minted is counted, also what was redeemed since.
			hypothetically!({
				let full = IssuanceRecord {
					genesis: 1,
					minted: Balance::MAX - 1,
					redeemed: Balance::MAX - 1,
				};
				Issuance::<Test>::put(full);
				assert_noop!(
					Settlement::mint(RuntimeOrigin::signed(BANK), BOB, 1, digest(1)),
					ArithmeticError::Overflow
				);
			});
		});
}
