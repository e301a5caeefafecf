//! What was sold on balance: whatever did not come or go otherwise.

use crate::mock::*;
use carbon_primitives::{AssetId, GroupId, Tonnes};
use carbon_traits::IssueAllowances;
use frame_support::assert_ok;

const ASSET: AssetId = 2021;

fn sold(who: AccountId) -> u64 {
	Allowance::net_sold(YEAR, &who).0
}

/// The power plant and the steel mill have been allocated 100 tonnes each.
fn two(test: impl FnOnce()) {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT, STEEL_MILL])
		.with_allocation(POWER_PLANT, 100)
		.with_allocation(STEEL_MILL, 100)
		.build_and_execute(test);
}

#[test]
fn nothing_should_be_sold_when_allowances_only_change_the_ledger() {
	two(|| {
		assert_eq!((sold(POWER_PLANT), sold(STRANGER)), (0, 0));
		TradingLedger::deposit(POWER_PLANT, ASSET, 70);
		assert_eq!(sold(POWER_PLANT), 0);
		TradingLedger::withdraw(POWER_PLANT, ASSET, 30);
		assert_eq!(sold(POWER_PLANT), 0);
	});
}

#[test]
fn what_is_sold_should_count_when_it_has_changed_hands_on_the_trading_ledger() {
	two(|| {
		TradingLedger::deposit(POWER_PLANT, ASSET, 70);
		TradingLedger::trade(POWER_PLANT, STEEL_MILL, ASSET, 40);
		assert_eq!((sold(POWER_PLANT), sold(STEEL_MILL)), (40, 0));
		TradingLedger::withdraw(STEEL_MILL, ASSET, 40);
		assert_eq!((sold(POWER_PLANT), sold(STEEL_MILL)), (40, 0));
	});
}

#[test]
fn purchases_should_be_set_off_against_sales() {
	two(|| {
		TradingLedger::sell(POWER_PLANT, STEEL_MILL, ASSET, 40);
		TradingLedger::sell(STEEL_MILL, POWER_PLANT, ASSET, 15);
		assert_eq!((sold(POWER_PLANT), sold(STEEL_MILL)), (25, 0));
		TradingLedger::sell(STEEL_MILL, POWER_PLANT, ASSET, 85);
		assert_eq!((sold(POWER_PLANT), sold(STEEL_MILL)), (0, 60));
	});
}

#[test]
fn surrender_cancellation_and_transfer_should_be_no_sale() {
	two(|| {
		surrender(YEAR, POWER_PLANT, 10);
		let origin = RuntimeOrigin::signed(POWER_PLANT);
		assert_ok!(Allowance::cancel(
			origin.clone(),
			YEAR,
			Tonnes(5),
			Default::default(),
			digest(1)
		));
		GroupOf::set([(POWER_PLANT, GroupId(7)), (STEEL_MILL, GroupId(7))].into());
		assert_ok!(Allowance::transfer(origin, ASSET, STEEL_MILL, Tonnes(20)));
		assert_ok!(Allowance::transfer_with_basis(
			RuntimeOrigin::root(),
			ASSET,
			POWER_PLANT,
			SELLER,
			Tonnes(20),
			digest(1)
		));
		assert_ok!(Allowance::force_transfer(
			RuntimeOrigin::root(),
			YEAR,
			POWER_PLANT,
			STEEL_MILL,
			Tonnes(5)
		));
		assert_eq!(held(YEAR, POWER_PLANT), 40);
		for who in [POWER_PLANT, STEEL_MILL, SELLER] {
			assert_eq!(sold(who), 0);
		}
		assert_eq!(
			crate::Movements::<Test>::get(ASSET, POWER_PLANT),
			Movement {
				received: Tonnes(100),
				spent: Tonnes(60)
			}
		);
	});
}

#[test]
fn what_is_taken_back_should_be_no_sale() {
	two(|| {
		assert_ok!(Allowance::take_back(YEAR, &POWER_PLANT, &POWER_PLANT, Tonnes(30)));
		assert_eq!(sold(POWER_PLANT), 0);
		TradingLedger::sell(POWER_PLANT, SELLER, ASSET, 30);
		assert_eq!(sold(POWER_PLANT), 30);
	});
}

#[test]
fn surrendering_what_was_bought_should_not_undo_a_sale_of_somebody_else() {
	two(|| {
		TradingLedger::sell(POWER_PLANT, STEEL_MILL, ASSET, 100);
		surrender(YEAR, STEEL_MILL, 200);
		assert_eq!((sold(POWER_PLANT), sold(STEEL_MILL)), (100, 0));
	});
}

#[test]
fn the_authority_should_sell_what_it_was_issued() {
	two(|| {
		assert_ok!(Allowance::issue_for_sale(
			RuntimeOrigin::root(),
			YEAR,
			SELLER,
			Tonnes(50)
		));
		TradingLedger::sell(SELLER, POWER_PLANT, ASSET, 50);
		assert_eq!(sold(SELLER), 50);
	});
}
