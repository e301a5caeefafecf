use crate::mock::*;
use carbon_primitives::{Tonnes, Vintage};
use frame_support::{
	assert_noop, assert_ok,
	traits::{fungibles::Mutate, tokens::Preservation},
};
use sp_runtime::{DispatchError, DispatchResult};

fn force_transfer(vintage: Vintage, from: AccountId, to: AccountId, tonnes: u64) -> DispatchResult {
	Allowance::force_transfer(RuntimeOrigin::root(), vintage, from, to, Tonnes(tonnes))
}

fn allocated() -> ExtBuilder {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 100)
}

#[test]
fn force_transfer_should_move_free_allowances_when_the_other_account_is_admitted() {
	allocated().build_and_execute(|| {
		assert_ok!(force_transfer(YEAR, POWER_PLANT, STEEL_MILL, 30));
		assert_eq!((held(YEAR, POWER_PLANT), held(YEAR, STEEL_MILL)), (70, 30));
		System::assert_last_event(
			Event::ForcedTransfer {
				vintage: YEAR,
				from: POWER_PLANT,
				to: STEEL_MILL,
				tonnes: Tonnes(30),
			}
			.into(),
		);
		assert_ok!(force_transfer(YEAR, POWER_PLANT, STEEL_MILL, 70));
		assert_eq!((held(YEAR, POWER_PLANT), held(YEAR, STEEL_MILL)), (0, 100));
	});
}

#[test]
fn force_transfer_should_move_allowances_when_their_holder_is_expelled_and_the_vintage_halted() {
	allocated().build_and_execute(|| {
		Admissions::expel(POWER_PLANT);
		Halts::halt(YEAR);
		assert_ok!(force_transfer(YEAR, POWER_PLANT, STEEL_MILL, 100));
	});
}

#[test]
fn force_transfer_should_fail_when_the_holder_has_too_few() {
	allocated().build_and_execute(|| {
		assert_noop!(
			force_transfer(YEAR, POWER_PLANT, STEEL_MILL, 101),
			Error::<Test>::InsufficientAllowances
		);
		assert_noop!(
			force_transfer(YEAR, SELLER, STEEL_MILL, 1),
			Error::<Test>::InsufficientAllowances
		);
	});
}

#[test]
fn force_transfer_should_fail_when_the_account_was_never_admitted() {
	allocated().build_and_execute(|| {
		// As the accounts of pallets, which hold what belongs to others.
		assert_ok!(<Assets as Mutate<AccountId>>::transfer(
			YEAR.into(),
			&POWER_PLANT,
			&STRANGER,
			10,
			Preservation::Expendable
		));
		assert_noop!(force_transfer(YEAR, STRANGER, STEEL_MILL, 1), UNKNOWN);
	});
}

#[test]
fn force_transfer_should_fail_when_the_other_account_is_not_admitted() {
	allocated().build_and_execute(|| {
		assert_noop!(force_transfer(YEAR, POWER_PLANT, STRANGER, 1), NOT_ADMITTED);
	});
}

#[test]
fn force_transfer_should_fail_when_the_accounts_are_one() {
	allocated().build_and_execute(|| {
		assert_noop!(
			force_transfer(YEAR, POWER_PLANT, POWER_PLANT, 1),
			Error::<Test>::SameAccount
		);
	});
}

#[test]
fn force_transfer_should_fail_when_the_vintage_was_never_issued() {
	allocated().build_and_execute(|| {
		assert_noop!(
			force_transfer(Vintage(2020), POWER_PLANT, STEEL_MILL, 1),
			Error::<Test>::VintageNotFound
		);
	});
}

#[test]
fn force_transfer_should_fail_when_the_amount_is_zero() {
	allocated().build_and_execute(|| {
		assert_noop!(
			force_transfer(YEAR, POWER_PLANT, STEEL_MILL, 0),
			Error::<Test>::AmountZero
		);
	});
}

#[test]
fn force_transfer_should_fail_when_the_origin_is_not_the_regulator() {
	allocated().build_and_execute(|| {
		for who in [POWER_PLANT, VERIFIER, SELLER] {
			assert_noop!(
				Allowance::force_transfer(
					RuntimeOrigin::signed(who),
					YEAR,
					POWER_PLANT,
					STEEL_MILL,
					Tonnes(1)
				),
				DispatchError::BadOrigin
			);
		}
	});
}
