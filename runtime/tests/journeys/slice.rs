//! One compliance year from the opening to the statuses, as `scripts/run.sh` drives it over RPC.

use crate::env::*;
use carbon_primitives::Tonnes;
use carbon_runtime::{configs::CNY, AccountId, Allowance, Market, Runtime};
use frame_support::{assert_noop, assert_ok};
use pallet_allowance::{ObligationRule, Phase, RuleSet, SurrenderStatus};
use pallet_market::{Funds, Side};

type AllowanceCall = pallet_allowance::Call<Runtime>;
type MarketCall = pallet_market::Call<Runtime>;

fn open_year() {
	assert_ok!(regulator(AllowanceCall::open_period {
		year: YEAR,
		cap: Tonnes(1_000),
		rules: RuleSet {
			obligation: ObligationRule::Cumulative,
			..Default::default()
		},
		timeline: long_period(),
	}));
	assert_ok!(regulator(AllowanceCall::enrol {
		year: YEAR,
		entities: vec![dave(), eve()].try_into().expect("fits"),
	}));
	assert_ok!(regulator(AllowanceCall::allocate {
		year: YEAR,
		allocations: vec![(dave(), Tonnes(300)), (eve(), Tonnes(500))]
			.try_into()
			.expect("fits"),
	}));
	assert_ok!(regulator(AllowanceCall::issue_for_sale {
		year: YEAR,
		seller: seller(),
		tonnes: Tonnes(200)
	}));
	assert_ok!(regulator(create_market()));
}

fn report(entity: AccountId, tonnes: u64) {
	let tonnes = Tonnes(tonnes);
	assert_ok!(signed(
		entity.clone(),
		AllowanceCall::report_emissions {
			year: YEAR,
			tonnes,
			report: digest(1)
		}
	));
	assert_ok!(signed(
		verifier(),
		AllowanceCall::verify_report {
			year: YEAR,
			entity: entity.clone(),
			tonnes
		}
	));
	assert_ok!(regulator(AllowanceCall::confirm_reports {
		year: YEAR,
		reports: one((entity, tonnes))
	}));
}

fn deposit(who: AccountId, funds: Funds) {
	assert_ok!(signed(who, MarketCall::deposit { funds }));
}

fn order(who: AccountId, side: Side, price: u64, tonnes: u64) {
	assert_ok!(signed(
		who,
		MarketCall::place_order {
			asset: YEAR.into(),
			order: limit_order(side, price, tonnes),
		}
	));
}

#[test]
fn a_short_entity_buys_what_it_lacks_and_both_comply() {
	journey(|| {
		open_year();
		report(dave(), 450);
		report(eve(), 400);

		// Eve has 100 t too many, the authority sells 200 t more; Dave lacks 150 t.
		let units = |tonnes| Funds::Allowances {
			asset: YEAR.into(),
			tonnes: Tonnes(tonnes),
		};
		deposit(eve(), units(100));
		order(eve(), Side::Sell, 7_950, 100);
		deposit(seller(), units(200));
		order(seller(), Side::Sell, 8_050, 200);
		deposit(
			dave(),
			Funds::Cash {
				amount: 150 * 81 * CNY,
			},
		);
		order(dave(), Side::Buy, 8_100, 150);

		// He pays the resting prices, cheapest first; what he offered above them is free again.
		let paid = 100 * 7_950 + 50 * 8_050;
		let account = Market::trading_account(dave());
		assert_eq!(account.cash_free, 150 * 81 * CNY - paid);
		assert_eq!(account.cash_locked, 0);
		assert_ok!(signed(dave(), MarketCall::withdraw { funds: units(150) }));
		assert_eq!(held(YEAR, &dave()), Tonnes(450));

		for (who, tonnes) in [(dave(), 450), (eve(), 400)] {
			assert_ok!(signed(
				who.clone(),
				AllowanceCall::surrender {
					year: YEAR,
					entity: who,
					asset: YEAR.into(),
					tonnes: Tonnes(tonnes)
				}
			));
		}
		assert_ok!(regulator(AllowanceCall::close_period { year: YEAR }));
		next_block();

		assert_eq!(
			Allowance::period(YEAR).map(|period| period.phase),
			Some(Phase::Closed)
		);
		for who in [dave(), eve()] {
			let status = Allowance::obligation(YEAR, who).and_then(|obligation| obligation.status);
			assert_eq!(status, Some(SurrenderStatus::A));
		}
		let supply = Allowance::supply(YEAR.into()).expect("the vintage exists");
		assert_eq!((supply.issued, supply.surrendered), (Tonnes(1_000), Tonnes(850)));
	});
}

#[test]
fn an_order_without_funds_is_refused_and_changes_nothing() {
	journey(|| {
		open_year();
		deposit(dave(), Funds::Cash { amount: 8_000 });
		let buy_two = MarketCall::place_order {
			asset: YEAR.into(),
			order: limit_order(Side::Buy, 8_000, 2),
		};
		assert_noop!(
			signed(dave(), buy_two),
			pallet_market::Error::<Runtime>::InsufficientCash
		);
	});
}

#[test]
fn allowances_on_the_trading_ledger_cannot_be_surrendered_twice() {
	journey(|| {
		open_year();
		deposit(
			eve(),
			Funds::Allowances {
				asset: YEAR.into(),
				tonnes: Tonnes(500),
			},
		);
		let surrender = AllowanceCall::surrender {
			year: YEAR,
			entity: eve(),
			asset: YEAR.into(),
			tonnes: Tonnes(1),
		};
		assert_noop!(
			signed(eve(), surrender),
			pallet_allowance::Error::<Runtime>::InsufficientAllowances
		);
	});
}

#[test]
fn firms_under_common_control_do_not_trade_with_each_other() {
	type Call = pallet_participants::Call<Runtime>;
	journey(|| {
		open_year();
		let units = Funds::Allowances {
			asset: YEAR.into(),
			tonnes: Tonnes(100),
		};
		deposit(eve(), units);
		deposit(dave(), Funds::Cash { amount: 80_000 });
		order(eve(), Side::Sell, 8_000, 10);
		// Their trading accounts are there already: they learn of the group.
		assert_ok!(regulator(Call::create_group { identity: digest(7) }));
		let group = Some(carbon_primitives::GroupId(0));
		for account in [dave(), eve()] {
			assert_ok!(regulator(Call::confirm_group { account, group }));
		}
		order(dave(), Side::Buy, 8_000, 10);
		assert_eq!(Market::trading_account(dave()).cash_free, 80_000);
		assert_ok!(regulator(Call::confirm_group {
			account: eve(),
			group: None
		}));
		order(dave(), Side::Buy, 8_000, 10);
		assert_eq!(Market::trading_account(dave()).cash_free, 0);
	});
}

#[test]
fn orders_leave_the_book_when_their_date_comes_and_when_their_owner_wants_them_out() {
	journey(|| {
		open_year();
		let units = Funds::Allowances {
			asset: YEAR.into(),
			tonnes: Tonnes(100),
		};
		deposit(eve(), units);
		let date = GENESIS_TIME + 1_000;
		let dated = pallet_market::NewOrder {
			expires: Some(date),
			..limit_order(Side::Sell, 8_000, 10)
		};
		let orders = vec![dated, limit_order(Side::Sell, 8_001, 20)];
		assert_ok!(signed(
			eve(),
			MarketCall::batch {
				asset: YEAR.into(),
				cancels: Default::default(),
				orders: orders.try_into().expect("fits"),
			}
		));
		let locked = || {
			Market::trading_account(eve())
				.positions
				.first()
				.map(|position| position.locked)
		};
		assert_eq!(locked(), Some(Tonnes(30)));
		// The next block comes after the date.
		next_block();
		assert_eq!(locked(), Some(Tonnes(20)));
		assert_ok!(signed(eve(), MarketCall::cancel_all {}));
		next_block();
		assert_eq!(locked(), Some(Tonnes(0)));
	});
}
