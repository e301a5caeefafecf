use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, DispatchResult};

fn transfer(from: AccountId, to: AccountId, tonnes: u64) -> DispatchResult {
	let root = RuntimeOrigin::root();
	Allowance::transfer_with_basis(root, YEAR.into(), from, to, Tonnes(tonnes), digest(9))
}

fn allocated() -> ExtBuilder {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 100)
}

#[test]
fn transfer_with_basis_should_move_allowances_between_strangers() {
	allocated().build_and_execute(|| {
		assert_ok!(transfer(POWER_PLANT, STEEL_MILL, 30));
		assert_eq!((held(YEAR, POWER_PLANT), held(YEAR, STEEL_MILL)), (70, 30));
		System::assert_last_event(
			Event::Transferred {
				asset: YEAR.into(),
				from: POWER_PLANT,
				to: STEEL_MILL,
				tonnes: Tonnes(30),
				basis: TransferBasis::Legal(digest(9)),
			}
			.into(),
		);
	});
}

#[test]
fn transfer_with_basis_should_move_offset_credits() {
	allocated().build_and_execute(|| {
		endow_credits(POWER_PLANT, 5);
		assert_ok!(Allowance::transfer_with_basis(
			RuntimeOrigin::root(),
			WIND,
			POWER_PLANT,
			STEEL_MILL,
			Tonnes(5),
			digest(9)
		));
		assert_eq!(Assets::balance(WIND, STEEL_MILL), 5);
	});
}

#[test]
fn transfer_with_basis_should_fail_when_the_holder_has_too_few() {
	allocated().build_and_execute(|| {
		assert_noop!(
			transfer(POWER_PLANT, STEEL_MILL, 101),
			Error::<Test>::InsufficientAllowances
		);
	});
}

#[test]
fn transfer_with_basis_should_obey_the_holding_limit() {
	allocated().build_and_execute(|| {
		HoldingMax::set(Some(50));
		assert_noop!(transfer(POWER_PLANT, STEEL_MILL, 51), LIMIT_PASSED);
		assert_ok!(transfer(POWER_PLANT, STEEL_MILL, 50));
	});
}

#[test]
fn transfer_with_basis_should_obey_a_halt() {
	allocated().build_and_execute(|| {
		Halts::halt(YEAR);
		assert_noop!(transfer(POWER_PLANT, STEEL_MILL, 1), Error::<Test>::AssetHalted);
	});
}

#[test]
fn transfer_with_basis_should_fail_when_the_asset_is_unknown() {
	allocated().build_and_execute(|| {
		assert_noop!(
			Allowance::transfer_with_basis(
				RuntimeOrigin::root(),
				NEXT.into(),
				POWER_PLANT,
				STEEL_MILL,
				Tonnes(1),
				digest(9)
			),
			Error::<Test>::AssetUnknown
		);
	});
}

#[test]
fn transfer_with_basis_should_fail_when_an_account_is_not_admitted() {
	for who in [POWER_PLANT, STEEL_MILL] {
		allocated().build_and_execute(|| {
			Admissions::expel(who);
			assert_noop!(transfer(POWER_PLANT, STEEL_MILL, 1), NOT_ADMITTED);
		});
	}
}

#[test]
fn transfer_with_basis_should_fail_when_the_accounts_are_one_or_the_amount_is_zero() {
	allocated().build_and_execute(|| {
		assert_noop!(transfer(POWER_PLANT, POWER_PLANT, 1), Error::<Test>::SameAccount);
		assert_noop!(transfer(POWER_PLANT, STEEL_MILL, 0), Error::<Test>::AmountZero);
	});
}

#[test]
fn transfer_with_basis_should_fail_when_the_origin_is_not_the_regulator() {
	allocated().build_and_execute(|| {
		for who in [POWER_PLANT, SELLER, VERIFIER] {
			let origin = RuntimeOrigin::signed(who);
			assert_noop!(
				Allowance::transfer_with_basis(
					origin,
					YEAR.into(),
					POWER_PLANT,
					STEEL_MILL,
					Tonnes(1),
					digest(9)
				),
				DispatchError::BadOrigin
			);
		}
	});
}
