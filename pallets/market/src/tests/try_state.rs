//! The invariants are able to fail: each is broken once on purpose.

use crate::{
	mock::*, Day, DayTotals, Levels, MarketCount, Markets, Pages, Position, Side, Sweep, SweepRecordOf,
	SweepScope, TradingAccounts, PAGE_SLOTS,
};
use carbon_matching::{LevelKey, Side::Sell};
use carbon_primitives::{Price, Tonnes, TradingRight};
use frame_support::{assert_ok, storage::unhashed};
use sp_runtime::DispatchError;

const KEY: LevelKey = LevelKey {
	side: Sell,
	tick: 9_000,
};

/// Break a market with one order per side and expect the sentence that does not hold any more.
fn broken(breaks: impl FnOnce(), sentence: &'static str) {
	ExtBuilder::trading().build().execute_with(|| {
		rest(ALICE, Side::Buy, 8_900, 3);
		rest(ALICE, Side::Sell, 9_000, 3);
		check();
		breaks();
		assert_eq!(Market::do_try_state(), Err(DispatchError::Other(sentence)));
	});
}

fn with_account(change: impl FnOnce(&mut crate::TradingAccountOf<Test>)) {
	TradingAccounts::<Test>::mutate(ALICE, |account| account.as_mut().map(change));
}

#[test]
fn try_state_should_fail_when_a_marked_price_has_no_level() {
	broken(
		|| Levels::<Test>::remove(ASSET, KEY),
		"market 1: a marked tick has a level",
	);
}

#[test]
fn try_state_should_fail_when_the_book_is_crossed() {
	let crosses = || {
		let level = Levels::<Test>::take(ASSET, KEY).expect("the order rests");
		Levels::<Test>::insert(ASSET, LevelKey { tick: 8_900, ..KEY }, level);
		Markets::<Test>::mutate(ASSET, |market| {
			let book = &mut market.as_mut().expect("the market is open").book;
			book.asks.words = book.bids.words.clone();
		});
	};
	broken(crosses, "market 1: the best bid is below the best ask");
}

#[test]
fn try_state_should_fail_when_a_level_is_not_marked() {
	let adds = || {
		let level = Levels::<Test>::get(ASSET, KEY).expect("the order rests");
		Levels::<Test>::insert(ASSET, LevelKey { tick: 9_500, ..KEY }, level);
	};
	broken(adds, "market 2: every stored level is reached by its book");
}

#[test]
fn try_state_should_fail_when_a_page_belongs_to_no_level() {
	let adds = || {
		for _ in 0..PAGE_SLOTS {
			rest(ALICE, Side::Sell, 9_000, 1);
		}
		let (asset, (level, serial), page) = Pages::<Test>::iter().next().expect("a page is sealed");
		Pages::<Test>::insert(asset, (level, serial + 1), page);
	};
	broken(adds, "market 2: every stored page is reached by its book");
}

#[test]
fn try_state_should_fail_when_a_page_is_lost() {
	let loses = || {
		for _ in 0..PAGE_SLOTS {
			rest(ALICE, Side::Sell, 9_000, 1);
		}
		let _ = Pages::<Test>::clear(u32::MAX, None);
	};
	broken(loses, "market 1: a linked page is stored");
}

#[test]
fn try_state_should_fail_when_an_order_at_rest_has_nothing_left() {
	let empties = || {
		Levels::<Test>::mutate(ASSET, KEY, |level| {
			if let Some(order) = level.as_mut().and_then(|level| level.open.orders.get_mut(0)) {
				order.quantity = 0;
			}
		});
	};
	broken(empties, "market 1: an order at rest has a quantity");
}

#[test]
fn try_state_should_fail_when_the_rules_or_the_room_for_them_are_wrong() {
	let with_params = |change: fn(&mut crate::MarketParams)| {
		Markets::<Test>::mutate(ASSET, |market| {
			change(&mut market.as_mut().expect("the market is open").params);
		});
	};
	broken(
		|| with_params(|params| params.lot = Tonnes(0)),
		"market 3: the rules of a market are valid",
	);
	let moves = |params: &mut crate::MarketParams| {
		params.price_min = Price(9_001);
		params.price_max = Price(9_001 + 16_128);
	};
	broken(
		|| with_params(moves),
		"market 3: the book has room for each price of the band",
	);
}

#[test]
fn try_state_should_fail_when_the_markets_are_not_counted_or_too_many() {
	broken(
		|| MarketCount::<Test>::put(2),
		"market 8: the markets are counted",
	);
	let opens = || {
		let market = Markets::<Test>::get(ASSET).expect("the market is open");
		for asset in 0..MAX_MARKETS {
			let market = crate::MarketRecord {
				book: Default::default(),
				..market.clone()
			};
			Markets::<Test>::insert(asset, market);
		}
		MarketCount::<Test>::put(MAX_MARKETS + 1);
	};
	broken(opens, "market 8: there are no more markets than there may be");
}

#[test]
fn try_state_should_fail_when_the_sweep_forgets_or_names_in_vain() {
	broken(
		|| with_account(|account| account.right = TradingRight::Withdrawn),
		"market 9: who has orders without a right to trade is named by the sweep",
	);
	let sweep = |accounts: Vec<AccountId>| SweepRecordOf::<Test> {
		passing: SweepScope::Accounts(accounts.try_into().expect("they fit")),
		..Default::default()
	};
	broken(
		|| Sweep::<Test>::put(sweep(vec![])),
		"market 9: a sweep names somebody or looks for what has expired",
	);
	broken(
		|| Sweep::<Test>::put(sweep(vec![ALICE, ALICE])),
		"market 9: a sweep names nobody twice",
	);
}

#[test]
fn try_state_should_fail_when_all_orders_are_to_leave_and_nobody_knows_or_none_is_there() {
	broken(
		|| with_account(|account| account.leaving = true),
		"market 9: who wants all its orders out is named by the sweep",
	);
	let leaves_in_vain = || {
		TradingAccounts::<Test>::mutate(BOB, |account| {
			account.as_mut().expect("Bob has deposited").leaving = true;
		});
		Sweep::<Test>::mutate(|sweep| sweep.get_or_insert_with(Default::default).add(&BOB));
	};
	broken(leaves_in_vain, "market 9: who wants all its orders out has some");
}

#[test]
fn try_state_should_fail_when_the_end_of_an_order_is_not_noted() {
	let forgets = |next: Option<u64>| {
		move || {
			rest_until(ALICE, Side::Sell, 9_001, 1, 50);
			rest_until(ALICE, Side::Sell, 9_001, 1, 60);
			crate::NextExpiry::<Test>::set(next);
		}
	};
	for next in [None, Some(51)] {
		broken(
			forgets(next),
			"market 10: no order at rest ends before the earliest end that is noted",
		);
	}
}

#[test]
fn try_state_should_fail_when_locked_funds_differ_from_what_orders_bind() {
	broken(
		|| with_account(|account| account.cash_locked += 1),
		"market 4: locked cash is what resting buy orders bind",
	);
	broken(
		|| with_account(|account| account.positions[0].locked = Tonnes(2)),
		"market 4: locked tonnes are what resting sell orders bind",
	);
	broken(
		|| with_account(|account| account.positions[0].buying = Tonnes(2)),
		"market 4: tonnes being bought are those of resting buy orders",
	);
	broken(
		|| with_account(|account| account.positions[0].orders += 1),
		"market 4: a position counts the orders at rest",
	);
	broken(
		|| with_account(|account| account.positions = Default::default()),
		"market 4: an order at rest has a position on its owner's account",
	);
	broken(
		|| TradingAccounts::<Test>::remove(ALICE),
		"market 4: the owner of an order at rest has a trading account",
	);
}

#[test]
fn try_state_should_fail_when_a_position_knows_of_a_day_that_lies_ahead() {
	let looks_ahead = || {
		with_account(|account| {
			account.positions[0].last_day = Some(DayTotals {
				day: Day(1),
				..Default::default()
			});
		});
	};
	broken(
		looks_ahead,
		"market 5: what a position says of a day is of none that lies ahead",
	);
}

#[test]
fn try_state_should_fail_when_a_record_is_kept_in_vain() {
	broken(
		|| TradingAccounts::<Test>::insert(BOB, crate::TradingAccountOf::<Test>::default()),
		"market 5: a stored trading account is not empty",
	);
	let empty = Position {
		asset: OTHER,
		free: Tonnes::ZERO,
		locked: Tonnes::ZERO,
		buying: Tonnes::ZERO,
		pledged: Tonnes::ZERO,
		orders: 0,
		last_day: None,
	};
	broken(
		|| with_account(|account| account.positions.try_push(empty).expect("room")),
		"market 5: a stored position is not empty",
	);
	broken(
		|| {
			with_account(|account| {
				account
					.positions
					.try_insert(
						0,
						Position {
							free: Tonnes(1),
							..empty
						},
					)
					.expect("room")
			})
		},
		"market 5: positions are sorted by asset",
	);
}

#[test]
fn try_state_should_fail_when_the_backing_is_not_exact() {
	broken(
		|| with_account(|account| account.cash_free += 1),
		"market 6: the backing account holds the cash of the trading accounts and the fees",
	);
	broken(
		|| with_account(|account| account.cash_pledged += 1),
		"market 6: the backing account holds the cash of the trading accounts and the fees",
	);
	broken(
		|| Markets::<Test>::mutate(ASSET, |market| market.as_mut().expect("it is open").fees += 1),
		"market 6: the backing account holds the cash of the trading accounts and the fees",
	);
	broken(
		|| with_account(|account| account.positions[0].pledged.0 += 1),
		"market 6: the backing account holds the tonnes of the trading accounts",
	);
	broken(
		|| with_account(|account| account.cash_free -= 1),
		"market 6: the backing account holds no other cash",
	);
	broken(
		|| with_account(|account| account.positions[0].free.0 += 1),
		"market 6: the backing account holds the tonnes of the trading accounts",
	);
	broken(
		|| {
			let to = Market::account_id();
			assert_ok!(Assets::transfer(RuntimeOrigin::signed(BOB), ASSET, to, 1));
		},
		"market 6: the backing account holds no other tonnes",
	);
}

#[test]
fn try_state_should_fail_when_a_sum_leaves_its_range() {
	let orders = || {
		let max = |order: &mut carbon_matching::Resting<AccountId>| order.quantity = u64::MAX;
		rest(ALICE, Side::Sell, 9_000, 1);
		Levels::<Test>::mutate(ASSET, KEY, |level| {
			let level = level.as_mut().expect("the orders rest");
			level.open.orders.iter_mut().for_each(max);
		});
	};
	broken(orders, "market 4: what resting orders bind can be counted");
	broken(
		|| with_account(|account| account.cash_free = u128::MAX),
		"market 6: what the trading accounts add up to can be counted",
	);
}

#[test]
fn try_state_should_fail_when_a_record_cannot_be_read() {
	let spoil = |key: Vec<u8>| unhashed::put_raw(&key, &[255]);
	broken(
		|| spoil(Markets::<Test>::hashed_key_for(OTHER)),
		"market 7: a market cannot be read",
	);
	broken(
		|| spoil(TradingAccounts::<Test>::hashed_key_for(BOB)),
		"market 7: a trading account cannot be read",
	);
	broken(
		|| spoil(Sweep::<Test>::hashed_key().to_vec()),
		"market 7: the sweep cannot be read",
	);
	broken(
		|| spoil(crate::NextExpiry::<Test>::hashed_key().to_vec()),
		"market 7: the earliest end of an order cannot be read",
	);
	broken(
		|| spoil(Levels::<Test>::hashed_key_for(ASSET, KEY)),
		"market 1: a marked tick has a level",
	);
	broken(
		|| spoil(Levels::<Test>::hashed_key_for(OTHER, KEY)),
		"market 2: every stored level is reached by its book",
	);
	broken(
		|| spoil(Pages::<Test>::hashed_key_for(ASSET, (KEY, 7_u64))),
		"market 2: every stored page is reached by its book",
	);
}
