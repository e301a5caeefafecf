//! Each check notices the fault that it is there for.

use crate::{mock::*, Issuance, ReceiptKind, ReceiptRecord, Receipts};
use carbon_primitives::Balance;
use frame_support::{assert_ok, hypothetically, storage::unhashed, traits::fungible::Mutate};
use sp_runtime::DispatchError;

fn assert_violated(number: &str) {
	match Settlement::do_try_state() {
		Err(DispatchError::Other(message)) => assert!(message.starts_with(number), "{message}"),
		outcome => panic!("expected a violation of {number}, got {outcome:?}"),
	}
}

fn add_receipt(kind: ReceiptKind, amount: Balance) {
	Receipts::<Test>::insert(
		digest(9),
		ReceiptRecord {
			kind,
			account: ALICE,
			amount,
			block: 1,
		},
	);
}

#[test]
fn try_state_should_name_the_invariant_when_a_receipt_is_spoiled() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Settlement::mint(
			RuntimeOrigin::signed(BANK),
			ALICE,
			100,
			digest(1)
		));
		hypothetically!({
			unhashed::put_raw(&Receipts::<Test>::hashed_key_for(digest(9)), &[255]);
			assert_violated("settlement 1");
		});
		hypothetically!({
			add_receipt(ReceiptKind::Mint, 0);
			assert_violated("settlement 2");
		});
		for (kind, amount) in [
			(ReceiptKind::Mint, 1),
			(ReceiptKind::Redeem, 1),
			(ReceiptKind::Mint, Balance::MAX),
		] {
			hypothetically!({
				add_receipt(kind, amount);
				assert_violated("settlement 3");
			});
		}
	});
}

#[test]
fn try_state_should_name_the_bound_when_tokens_are_made_or_destroyed_elsewhere() {
	ExtBuilder::default()
		.with_balance(ALICE, 100)
		.build_and_execute(|| {
			hypothetically!({
				assert_ok!(Balances::mint_into(&BOB, 1));
				assert_violated("settlement 4");
			});
			hypothetically!({
				Issuance::<Test>::mutate(|record| record.genesis = 0);
				assert_violated("settlement 4");
			});
			hypothetically!({
				assert_ok!(Balances::burn(RuntimeOrigin::signed(ALICE), 1, true));
				assert_violated("settlement 5");
			});
		});
}

#[test]
fn try_state_should_notice_when_more_was_redeemed_than_ever_existed() {
	ExtBuilder::default().build_and_execute(|| {
		hypothetically!({
			add_receipt(ReceiptKind::Redeem, 7);
			Issuance::<Test>::mutate(|record| record.redeemed = 7);
			assert_violated("settlement 4");
		});
	});
}
