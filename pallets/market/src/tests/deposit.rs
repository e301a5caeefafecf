//! Moving funds to the trading account.

use crate::{mock::*, Error, Event, Funds, TradingAccounts};
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};

fn deposit(who: AccountId, funds: Funds) -> sp_runtime::DispatchResult {
	Market::deposit(RuntimeOrigin::signed(who), funds)
}

#[test]
fn deposit_should_move_cash_when_the_registry_account_has_it() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, cash(700)));
		assert_eq!(cash_of(ALICE), (700, 0));
		assert_eq!(Balances::free_balance(ALICE), CASH - 700);
		assert_eq!(Balances::free_balance(Market::account_id()), 700);
		assert_eq!(
			market_events(),
			[Event::Deposited {
				who: ALICE,
				funds: cash(700)
			}]
		);
	});
}

#[test]
fn deposit_should_move_a_whole_holding_when_the_account_lives_on_its_cash() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, tonnes(TONNES)));
		assert_eq!(tonnes_of(ALICE), (TONNES, 0, 0));
		assert_eq!(Assets::balance(ASSET, ALICE), 0);
		assert_eq!(Assets::balance(ASSET, Market::account_id()), TONNES.into());
	});
}

#[test]
fn deposit_should_add_up_when_it_is_repeated() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..3 {
			assert_ok!(deposit(ALICE, cash(1)));
			assert_ok!(deposit(ALICE, tonnes(2)));
		}
		assert_eq!(cash_of(ALICE), (3, 0));
		assert_eq!(tonnes_of(ALICE), (6, 0, 0));
	});
}

#[test]
fn deposit_should_keep_positions_sorted_when_assets_come_in_any_order() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(
			ALICE,
			Funds::Allowances {
				asset: OTHER,
				tonnes: Tonnes(1)
			}
		));
		assert_ok!(deposit(ALICE, tonnes(1)));
		let assets: Vec<_> = Market::trading_account(ALICE)
			.positions
			.iter()
			.map(|position| position.asset)
			.collect();
		assert_eq!(assets, [ASSET, OTHER]);
	});
}

#[test]
fn deposit_should_fail_when_nothing_is_deposited() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(deposit(ALICE, cash(0)), Error::<Test>::AmountZero);
		assert_noop!(deposit(ALICE, tonnes(0)), Error::<Test>::QuantityZero);
	});
}

#[test]
fn deposit_should_fail_when_the_registry_account_has_too_little() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(deposit(ALICE, cash(CASH + 1)), Error::<Test>::InsufficientCash);
		assert_noop!(deposit(ALICE, cash(u128::MAX)), Error::<Test>::InsufficientCash);
		assert_noop!(
			deposit(ALICE, tonnes(TONNES + 1)),
			Error::<Test>::InsufficientAllowances
		);
		assert_noop!(
			deposit(ALICE, tonnes(u64::MAX)),
			Error::<Test>::InsufficientAllowances
		);
	});
}

#[test]
fn deposit_should_leave_one_fen_when_all_cash_is_wanted() {
	ExtBuilder::default().build_and_execute(|| {
		System::dec_sufficients(&ALICE);
		System::dec_sufficients(&ALICE);
		System::dec_sufficients(&ALICE);
		assert_noop!(deposit(ALICE, cash(CASH)), Error::<Test>::InsufficientCash);
		assert_ok!(deposit(ALICE, cash(CASH - 1)));
		assert!(System::account_exists(&ALICE));
	});
}

#[test]
fn deposit_should_fail_when_it_would_close_the_registry_account() {
	ExtBuilder::default().build_and_execute(|| {
		for asset in [OTHER, CLOSED] {
			assert_ok!(Assets::transfer(
				RuntimeOrigin::signed(POOR),
				asset,
				ALICE,
				TONNES.into()
			));
		}
		assert_noop!(deposit(POOR, tonnes(TONNES)), Error::<Test>::DepositClosesAccount);
		assert_ok!(deposit(POOR, tonnes(TONNES - 1)));
	});
}

#[test]
fn deposit_should_fail_when_the_asset_may_not_be_traded() {
	ExtBuilder::default().build_and_execute(|| {
		let funds = Funds::Allowances {
			asset: CLOSED,
			tonnes: Tonnes(1),
		};
		assert_noop!(deposit(ALICE, funds), Error::<Test>::AssetNotTradable);
	});
}

#[test]
fn deposit_should_fail_when_the_account_has_no_place_for_one_more_asset() {
	ExtBuilder::default().build_and_execute(|| {
		use carbon_traits::RegistryBenchmarkHelper;
		for asset in 3_000..3_000 + MAX_ASSETS {
			BenchmarkHelper::endow(&ALICE, asset, 10);
			assert_ok!(deposit(
				ALICE,
				Funds::Allowances {
					asset,
					tonnes: Tonnes(1)
				}
			));
		}
		assert_noop!(deposit(ALICE, tonnes(1)), Error::<Test>::TooManyAssets);
		assert_ok!(deposit(
			ALICE,
			Funds::Allowances {
				asset: 3_000,
				tonnes: Tonnes(1)
			}
		));
	});
}

#[test]
fn deposit_should_fail_when_the_participant_may_not_trade() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(deposit(STRANGER, cash(1)), NOT_ADMITTED);
		Participants::suspend(ALICE);
		assert_noop!(deposit(ALICE, cash(1)), SUSPENDED_ERROR);
		assert!(!TradingAccounts::<Test>::contains_key(ALICE));
	});
}

#[test]
fn deposit_should_fail_when_the_numbers_leave_every_range() {
	ExtBuilder::trading().build_and_execute(|| {
		let deposit = |funds| Market::deposit(RuntimeOrigin::signed(ALICE), funds);
		assert_noop!(deposit(cash(u128::MAX)), Error::<Test>::InsufficientCash);
		assert_noop!(deposit(tonnes(u64::MAX)), Error::<Test>::InsufficientAllowances);
	});
}
