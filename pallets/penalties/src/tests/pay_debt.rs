//! `pay_debt`: somebody pays towards what an account owes.

use crate::{mock::*, Error, Event, Status, DEBTS_PER_PAYMENT_MAX};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;

#[test]
fn pay_debt_should_pay_a_part() {
	ExtBuilder.build_and_execute(|| {
		let id = owed(PLANT, FINE);
		System::reset_events();

		assert_ok!(Penalties::pay_debt(signed(PLANT), PLANT, 1));

		assert_eq!((status(id), record(id).paid), (Status::Due, 1));
		assert_eq!((debt_of(PLANT), fines()), (FINE - 1, 1));
		assert_eq!((Blocked::get(PLANT), Copies::get()), (Some(true), Some(1)));
		let paid = Event::FinePaid {
			id,
			account: PLANT,
			payer: PLANT,
			amount: 1,
			left: FINE - 1,
		};
		let changed = Event::DebtChanged {
			account: PLANT,
			old_value: FINE,
			new_value: FINE - 1,
		};
		assert_eq!(told(), [paid, changed]);
	});
}

#[test]
fn pay_debt_should_let_the_account_buy_again_once_all_is_paid() {
	ExtBuilder.build_and_execute(|| {
		let id = owed(PLANT, FINE);
		assert_ok!(Penalties::pay_debt(signed(PLANT), PLANT, FINE));
		assert_eq!((status(id), record(id).is_debt), (Status::Paid, false));
		assert_eq!((Blocked::get(PLANT), Copies::get()), (Some(false), Some(2)));
	});
}

#[test]
fn pay_debt_should_pay_the_oldest_fine_first() {
	ExtBuilder.build_and_execute(|| {
		let ids = [(); 3].map(|()| owed(PLANT, FINE));
		assert_ok!(Penalties::pay_debt(signed(PLANT), PLANT, FINE + 5));
		assert_eq!(ids.map(|id| record(id).paid), [FINE, 5, 0]);
		assert_eq!(ids.map(status), [Status::Paid, Status::Due, Status::Due]);
	});
}

#[test]
fn pay_debt_should_take_no_more_than_is_owed() {
	ExtBuilder.build_and_execute(|| {
		owed(PLANT, FINE);
		assert_ok!(Penalties::pay_debt(signed(FRIEND), PLANT, u128::MAX));
		assert_eq!((fines(), free(FRIEND)), (FINE, FUNDS - MINIMUM - FINE));
		assert_eq!(debt_of(PLANT), 0);
	});
}

#[test]
fn pay_debt_should_pay_a_bounded_number_of_fines_at_once() {
	ExtBuilder.build_and_execute(|| {
		for _ in 0..=DEBTS_PER_PAYMENT_MAX {
			owed(PLANT, 100);
		}
		let most = u128::from(DEBTS_PER_PAYMENT_MAX) * 100;
		assert_ok!(Penalties::pay_debt(signed(PLANT), PLANT, u128::MAX));
		assert_eq!((fines(), debt_of(PLANT)), (most, 100));
		assert_ok!(Penalties::pay_debt(signed(PLANT), PLANT, u128::MAX));
		assert_eq!((fines(), debt_of(PLANT)), (most + 100, 0));
	});
}

#[test]
fn pay_debt_should_not_pay_what_another_account_owes() {
	ExtBuilder.build_and_execute(|| {
		owed(PLANT, FINE);
		owed(MILL, FINE);
		assert_ok!(Penalties::pay_debt(signed(FRIEND), MILL, FINE));
		assert_eq!((debt_of(PLANT), debt_of(MILL)), (FINE, 0));
	});
}

#[test]
fn pay_debt_should_fail_for_an_amount_of_zero() {
	ExtBuilder.build_and_execute(|| {
		owed(PLANT, FINE);
		assert_noop!(
			Penalties::pay_debt(signed(PLANT), PLANT, 0),
			Error::<Test>::AmountZero
		);
	});
}

#[test]
fn pay_debt_should_fail_where_nothing_is_owed() {
	ExtBuilder.build_and_execute(|| {
		final_penalty(PLANT, fine(FINE));
		assert_noop!(
			Penalties::pay_debt(signed(PLANT), PLANT, 1),
			Error::<Test>::NoDebt
		);
	});
}

#[test]
fn pay_debt_should_fail_where_too_little_is_free() {
	ExtBuilder.build_and_execute(|| {
		owed(PLANT, FUNDS);
		assert_noop!(
			Penalties::pay_debt(signed(PLANT), PLANT, FUNDS),
			TokenError::NotExpendable
		);
	});
}
