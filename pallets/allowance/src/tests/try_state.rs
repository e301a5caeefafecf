//! The invariants must be able to fail: each test breaks one of them behind the calls' back.

use crate::{mock::*, Obligations, Supplies, Surrenders};
use carbon_primitives::Tonnes;
use frame_support::{assert_err, assert_ok, traits::fungibles::Mutate};

fn broken(break_it: impl FnOnce(), expected: &'static str) {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 100)
		.build()
		.execute_with(|| {
			assert_ok!(Allowance::surrender(
				RuntimeOrigin::signed(POWER_PLANT),
				YEAR,
				YEAR,
				Tonnes(10)
			));
			assert_ok!(Allowance::do_try_state());
			break_it();
			assert_err!(
				Allowance::do_try_state(),
				sp_runtime::TryRuntimeError::Other(expected)
			);
		});
}

#[test]
fn try_state_should_find_a_tonne_that_was_never_issued() {
	broken(
		|| drop(Assets::mint_into(2021, &SELLER, 1)),
		"2: allowances exist that were never issued",
	);
}

#[test]
fn try_state_should_find_a_lost_tonne() {
	use frame_support::traits::tokens::{Fortitude, Precision, Preservation};
	broken(
		|| {
			drop(Assets::burn_from(
				2021,
				&POWER_PLANT,
				1,
				Preservation::Expendable,
				Precision::Exact,
				Fortitude::Polite,
			))
		},
		"2: allowances are lost",
	);
}

#[test]
fn try_state_should_find_a_broken_cap() {
	broken(
		|| Supplies::<Test>::mutate(2021, |supply| supply.as_mut().expect("exists").cap = Tonnes(99)),
		"1: more allowances are issued than the cap allows",
	);
}

#[test]
fn try_state_should_find_a_missing_surrender_record() {
	broken(
		|| Surrenders::<Test>::remove(SurrenderId(0)),
		"3: surrender records and counter differ",
	);
}

#[test]
fn try_state_should_find_a_status_that_came_too_early() {
	broken(
		|| {
			Obligations::<Test>::mutate(YEAR, POWER_PLANT, |record| {
				record.as_mut().expect("exists").status = Some(SurrenderStatus::A)
			})
		},
		"6: a status came too early or is missing",
	);
}

#[test]
fn a_call_should_say_unexpected_when_a_record_that_must_exist_is_gone() {
	use frame_support::assert_noop;
	ExtBuilder::default().with_period(500).build().execute_with(|| {
		Supplies::<Test>::remove(2021);
		assert_noop!(
			Allowance::issue_for_sale(RuntimeOrigin::root(), YEAR, SELLER, Tonnes(1)),
			Error::<Test>::Unexpected
		);
	});
}
