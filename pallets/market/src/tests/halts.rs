//! Halts: of a market, of an asset, of all trading.

use crate::{mock::*, Error, Event, MarketHalts, MarketParams, MarketPhase, Markets, OrderKind, Side};
use carbon_primitives::Moment;
use carbon_traits::HaltMarkets;
use frame_support::{assert_noop, assert_ok, assert_storage_noop};

fn buy() -> sp_runtime::DispatchResult {
	place(ALICE, Side::Buy, 9_000, 1, OrderKind::GoodTillCancelled)
}

fn halts_of(asset: u32) -> MarketHalts {
	Markets::<Test>::get(asset).expect("the market is open").halts
}

/// Each way of halting the tests' market.
const HALTS: [fn(Option<Moment>) -> sp_runtime::DispatchResult; 3] = [
	|until| Market::halt_market(ASSET, until),
	|until| Market::halt_market_of_asset(ASSET, until),
	Market::halt_all_markets,
];

#[test]
fn place_order_should_fail_when_the_market_is_halted_by_any_halt() {
	for halt in HALTS {
		ExtBuilder::trading().build_and_execute(|| {
			assert_ok!(halt(Some(100)));
			MockTime::set(99);
			assert_noop!(buy(), Error::<Test>::MarketHalted);
			assert_eq!(Market::market_halted_until(ASSET), Some(100));
		});
	}
}

#[test]
fn place_order_should_succeed_when_the_halt_has_ended() {
	for halt in HALTS {
		ExtBuilder::trading().build_and_execute(|| {
			assert_ok!(halt(Some(100)));
			MockTime::set(100);
			assert_ok!(buy());
			assert_eq!(Market::market_halted_until(ASSET), None);
		});
	}
}

#[test]
fn place_order_should_succeed_when_the_halt_is_lifted() {
	for halt in HALTS {
		ExtBuilder::trading().build_and_execute(|| {
			assert_ok!(halt(Some(100)));
			assert_ok!(halt(None));
			assert_ok!(buy());
			assert_eq!(halts_of(ASSET), MarketHalts::default());
		});
	}
}

#[test]
fn lifting_one_halt_should_leave_the_others_in_force() {
	ExtBuilder::trading().build_and_execute(|| {
		for halt in HALTS {
			assert_ok!(halt(Some(100)));
		}
		for halt in HALTS {
			assert_noop!(buy(), Error::<Test>::MarketHalted);
			assert_ok!(halt(None));
		}
		assert_ok!(buy());
	});
}

#[test]
fn cancel_order_should_succeed_when_everything_is_halted() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest(ALICE, Side::Sell, 9_000, 1);
		for halt in HALTS {
			assert_ok!(halt(Some(100)));
		}
		Halts::halt_asset(ASSET, 100);
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(ALICE), ASSET, order));
	});
}

#[test]
fn halt_market_should_tell_what_changed_when_it_changes_something() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(Market::halt_market(ASSET, Some(100)));
		assert_eq!(
			market_events().last(),
			Some(&Event::MarketHaltsChanged {
				asset: ASSET,
				old_value: MarketHalts::default(),
				new_value: MarketHalts {
					own: 100,
					..Default::default()
				}
			})
		);
		assert_storage_noop!(assert_ok!(Market::halt_market(ASSET, Some(100))));
	});
}

#[test]
fn halt_market_should_fail_when_there_is_no_market() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_noop!(
			Market::halt_market(OTHER, Some(100)),
			Error::<Test>::MarketNotFound
		);
	});
}

#[test]
fn halt_market_of_asset_should_change_nothing_when_there_is_no_market() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_storage_noop!(assert_ok!(Market::halt_market_of_asset(OTHER, Some(100))));
	});
}

#[test]
fn halt_all_markets_should_halt_each_of_them() {
	ExtBuilder::trading().build_and_execute(|| {
		let root = RuntimeOrigin::root();
		assert_ok!(create_market(root, OTHER, Default::default()));
		assert_ok!(Market::halt_market(OTHER, Some(200)));
		assert_ok!(Market::halt_all_markets(Some(100)));
		let all = MarketHalts {
			all: 100,
			..Default::default()
		};
		assert_eq!(halts_of(ASSET), all);
		assert_eq!(halts_of(OTHER), MarketHalts { own: 200, ..all });
	});
}

#[test]
fn deposit_should_fail_when_the_asset_is_halted() {
	ExtBuilder::trading().build_and_execute(|| {
		Halts::halt_asset(ASSET, 100);
		let alice = || RuntimeOrigin::signed(ALICE);
		assert_noop!(Market::deposit(alice(), tonnes(1)), Error::<Test>::AssetHalted);
		// Cash moves, and so does the asset when the halt has ended.
		assert_ok!(Market::deposit(alice(), cash(1)));
		MockTime::set(100);
		assert_ok!(Market::deposit(alice(), tonnes(1)));
	});
}

#[test]
fn withdraw_should_fail_when_the_asset_is_halted() {
	ExtBuilder::trading().build_and_execute(|| {
		Halts::halt_asset(ASSET, 100);
		let alice = || RuntimeOrigin::signed(ALICE);
		assert_noop!(Market::withdraw(alice(), tonnes(1)), Error::<Test>::AssetHalted);
		assert_ok!(Market::withdraw(alice(), cash(1)));
		MockTime::set(100);
		assert_ok!(Market::withdraw(alice(), tonnes(1)));
	});
}

#[test]
fn withdraw_should_succeed_when_the_market_is_halted() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(Market::halt_market(ASSET, Some(100)));
		assert_ok!(Market::withdraw(RuntimeOrigin::signed(ALICE), tonnes(1)));
	});
}

#[test]
fn create_market_should_open_halted_when_all_trading_is_halted() {
	ExtBuilder::default().build_and_execute(|| {
		Halts::halt_all_trading(100);
		let root = RuntimeOrigin::root();
		assert_ok!(create_market(root, ASSET, Default::default()));
		let halts = MarketHalts {
			all: 100,
			..Default::default()
		};
		assert_eq!(halts_of(ASSET), halts);
		assert_eq!(
			market_events(),
			[Event::MarketCreated {
				asset: ASSET,
				params: Default::default(),
				halts,
				reference: MarketParams::default().price_max,
				calendar: Default::default(),
				phase: MarketPhase::Continuous,
			}]
		);
		// Lifting the halt of all trading reaches this market as well.
		assert_ok!(Market::halt_all_markets(None));
		assert_eq!(Market::market_halted_until(ASSET), None);
	});
}

#[test]
fn create_market_should_fail_when_the_asset_is_halted() {
	ExtBuilder::default().build_and_execute(|| {
		Halts::halt_asset(ASSET, 100);
		let root = RuntimeOrigin::root;
		assert_noop!(
			create_market(root(), ASSET, Default::default()),
			Error::<Test>::AssetHalted
		);
		MockTime::set(100);
		assert_ok!(create_market(root(), ASSET, Default::default()));
	});
}
