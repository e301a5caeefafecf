use crate::mock::*;
use carbon_primitives::{AssetId, GroupId, Tonnes};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn transfer(asset: AssetId, from: AccountId, to: AccountId, tonnes: u64) -> DispatchResult {
	Allowance::transfer(RuntimeOrigin::signed(from), asset, to, Tonnes(tonnes))
}

fn plant_to_mill(tonnes: u64) -> DispatchResult {
	transfer(YEAR.into(), POWER_PLANT, STEEL_MILL, tonnes)
}

/// The power plant, which has 100 tonnes, and the steel mill are one group.
fn one_group(test: impl FnOnce()) {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 100)
		.build_and_execute(|| {
			GroupOf::set([(POWER_PLANT, GroupId(7)), (STEEL_MILL, GroupId(7))].into());
			test();
		});
}

#[test]
fn transfer_should_move_allowances_when_both_accounts_are_one_group() {
	one_group(|| {
		assert_ok!(plant_to_mill(30));
		assert_eq!((held(YEAR, POWER_PLANT), held(YEAR, STEEL_MILL)), (70, 30));
		System::assert_last_event(
			Event::Transferred {
				asset: YEAR.into(),
				from: POWER_PLANT,
				to: STEEL_MILL,
				tonnes: Tonnes(30),
				basis: TransferBasis::OwnAccounts,
			}
			.into(),
		);
		assert_ok!(plant_to_mill(70));
		assert_ok!(transfer(YEAR.into(), STEEL_MILL, POWER_PLANT, 100));
	});
}

#[test]
fn transfer_should_move_offset_credits_and_note_no_movement_of_them() {
	one_group(|| {
		endow_credits(POWER_PLANT, 5);
		assert_ok!(transfer(WIND, POWER_PLANT, STEEL_MILL, 5));
		assert_eq!(Assets::balance(WIND, STEEL_MILL), 5);
		assert_eq!(crate::Movements::<Test>::iter_prefix(WIND).count(), 0);
		assert_noop!(
			transfer(WIND, POWER_PLANT, STEEL_MILL, 1),
			Error::<Test>::InsufficientAllowances
		);
	});
}

#[test]
fn transfer_should_fail_when_the_accounts_are_of_different_groups_or_of_none() {
	one_group(|| {
		assert_noop!(
			transfer(YEAR.into(), POWER_PLANT, SELLER, 1),
			Error::<Test>::NotOwnAccounts
		);
		GroupOf::mutate(|groups| groups.insert(SELLER, GroupId(8)));
		assert_noop!(
			transfer(YEAR.into(), POWER_PLANT, SELLER, 1),
			Error::<Test>::NotOwnAccounts
		);
	});
}

#[test]
fn transfer_should_fail_when_the_holder_has_too_few_on_the_registry_ledger() {
	one_group(|| {
		assert_noop!(plant_to_mill(101), Error::<Test>::InsufficientAllowances);
		TradingLedger::deposit(POWER_PLANT, YEAR.into(), 60);
		assert_noop!(plant_to_mill(41), Error::<Test>::InsufficientAllowances);
		assert_ok!(plant_to_mill(40));
	});
}

#[test]
fn transfer_should_obey_the_holding_limit_of_the_receiver_to_the_tonne() {
	one_group(|| {
		HoldingMax::set(Some(50));
		assert_noop!(plant_to_mill(51), LIMIT_PASSED);
		assert_ok!(plant_to_mill(50));
		// What is held for trading counts as well.
		TradingLedger::deposit(STEEL_MILL, YEAR.into(), 50);
		assert_noop!(plant_to_mill(1), LIMIT_PASSED);
	});
}

#[test]
fn transfer_should_fail_when_the_asset_is_halted() {
	one_group(|| {
		endow_credits(POWER_PLANT, 5);
		HaltedAssets::set(vec![YEAR.into(), WIND]);
		assert_noop!(plant_to_mill(1), Error::<Test>::AssetHalted);
		assert_noop!(
			transfer(WIND, POWER_PLANT, STEEL_MILL, 1),
			Error::<Test>::AssetHalted
		);
	});
}

#[test]
fn transfer_should_fail_when_the_asset_is_unknown() {
	one_group(|| {
		for asset in [NEXT.into(), WIND, 77_777] {
			assert_noop!(
				transfer(asset, POWER_PLANT, STEEL_MILL, 1),
				Error::<Test>::AssetUnknown
			);
		}
	});
}

#[test]
fn transfer_should_fail_when_an_account_is_not_admitted() {
	for who in [POWER_PLANT, STEEL_MILL] {
		one_group(|| {
			Admissions::expel(who);
			assert_noop!(plant_to_mill(1), NOT_ADMITTED);
		});
	}
}

#[test]
fn transfer_should_fail_when_the_accounts_are_one() {
	one_group(|| {
		assert_noop!(
			transfer(YEAR.into(), POWER_PLANT, POWER_PLANT, 1),
			Error::<Test>::SameAccount
		);
	});
}

#[test]
fn transfer_should_fail_when_the_amount_is_zero() {
	one_group(|| {
		assert_noop!(plant_to_mill(0), Error::<Test>::AmountZero);
	});
}
