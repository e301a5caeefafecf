//! What the end of a compliance period asks: average prices, what participants hold, and what they may receive.

use super::clock::*;
use crate::{
	mock::*, Bars, Calendar, Error, MarketParams, OrderKind, Side, TradingAccounts, Volume, WeightInfo,
};
use carbon_primitives::{AssetId, Balance, GroupId, Moment, Price, Tonnes};
use carbon_traits::{AgreedTrade, InspectAveragePrice, InspectHoldings, TradingLedger};
use frame_support::{
	assert_noop, assert_ok,
	traits::{fungibles::Mutate, tokens::Preservation},
	weights::Weight,
};
use sp_runtime::DispatchResult;
use OrderKind::GoodTillCancelled;
use Side::{Buy, Sell};

const TUESDAY: u32 = MONDAY + 1;
const WEDNESDAY: u32 = MONDAY + 2;
const THURSDAY: u32 = MONDAY + 3;
const FRIDAY: u32 = MONDAY + 4;
/// All that each participant has of the asset, on both ledgers.
const ALL: u64 = TONNES;

/// The average price of a day and the `days` before it, in fen per tonne.
fn average(until: Moment, days: u32) -> Option<u64> {
	average_of(ASSET, until, days)
}

fn average_of(asset: AssetId, until: Moment, days: u32) -> Option<u64> {
	<Market as InspectAveragePrice>::average_price(asset, until, days).map(|price| price.0)
}

/// A trade of Alice, who buys, with Bob.
fn trade(price: u64, tonnes: u64) {
	rest(BOB, Sell, price, tonnes);
	assert_ok!(place(ALICE, Buy, price, tonnes, GoodTillCancelled));
}

/// Trade on `day` in a block of its own.
fn trade_on(day: u32, price: u64, tonnes: u64) {
	block(at(day, 14, 0));
	trade(price, tonnes);
}

/// Run `test` on a market that has traded ten tonnes at 100 yuan on Monday, thirty at 102 on Tuesday and twenty at 105 on Wednesday,
/// which has not ended.
fn with_three_days(test: impl FnOnce()) {
	with_sessions(at(MONDAY, 10, 0), MarketParams::default(), || {
		for (day, price, tonnes) in [
			(MONDAY, 10_000, 10),
			(TUESDAY, 10_200, 30),
			(WEDNESDAY, 10_500, 20),
		] {
			trade_on(day, price, tonnes);
		}
		assert_eq!(status().bar.day.0, WEDNESDAY);
		test();
	});
}

#[test]
fn an_average_price_should_weigh_the_trades_of_all_days_by_their_tonnes() {
	with_three_days(|| {
		// (100,000 + 306,000) / 40 = 10,150, which is not the average of the two closing prices.
		assert_eq!(average(at(TUESDAY, 15, 0), 1), Some(10_150));
		// (100,000 + 306,000 + 210,000) / 60 = 10,266.67.
		assert_eq!(average(at(WEDNESDAY, 14, 0), 2), Some(10_267));
	});
}

#[test]
fn an_average_price_should_round_half_a_fen_up() {
	with_sessions(at(MONDAY, 10, 0), MarketParams::default(), || {
		trade(10_000, 1);
		trade_on(TUESDAY, 10_001, 1);
		assert_eq!(average(at(TUESDAY, 14, 0), 1), Some(10_001));
		trade(10_000, 1);
		assert_eq!(average(at(TUESDAY, 14, 0), 1), Some(10_000));
	});
}

#[test]
fn an_average_price_should_count_the_day_of_the_moment_and_as_many_before_it() {
	with_three_days(|| {
		let end_of = |day| at(day + 1, 0, 0) - 1;
		for (until, days, expected) in [
			(at(MONDAY, 0, 0), 0, Some(10_000)),
			(end_of(MONDAY), 30, Some(10_000)),
			(at(TUESDAY, 0, 0), 0, Some(10_200)),
			(end_of(TUESDAY), 0, Some(10_200)),
			(end_of(TUESDAY), 1, Some(10_150)),
			// (306,000 + 210,000) / 50.
			(at(WEDNESDAY, 0, 0), 1, Some(10_320)),
			(at(FRIDAY, 0, 0), 3, Some(10_320)),
			(at(FRIDAY, 0, 0), u32::MAX, Some(10_267)),
			(at(FRIDAY, 0, 0), 1, None),
			(end_of(MONDAY - 1), 30, None),
			(Moment::MAX, 1, None),
		] {
			assert_eq!(average(until, days), expected, "{until} {days}");
		}
	});
}

#[test]
fn an_average_price_should_count_what_was_traded_on_the_day_that_runs_where_it_is_asked_for() {
	with_three_days(|| {
		assert_eq!(average(at(WEDNESDAY, 0, 0), 0), Some(10_500));
		// It has not ended, and all of it counts.
		trade(10_300, 20);
		assert_eq!(average(at(WEDNESDAY, 0, 0), 0), Some(10_400));
		assert_eq!(average(at(TUESDAY, 23, 0), 0), Some(10_200));
		block(at(WEDNESDAY, 15, 0));
		assert_eq!(status().bar.day.0, THURSDAY);
		assert_eq!(average(at(WEDNESDAY, 0, 0), 0), Some(10_400));
		assert_eq!(average(at(THURSDAY, 0, 0), 0), None);
	});
}

#[test]
fn an_average_price_should_go_by_the_days_of_local_time() {
	traders().build_and_execute(|| {
		let calendar = Calendar {
			utc_offset: 480,
			..Default::default()
		};
		open_market(ASSET, at(MONDAY, 15, 0), calendar, MarketParams::default());
		trade(10_200, 3);
		let midnight = at(MONDAY, 16, 0);
		block(midnight);
		trade(10_400, 3);
		assert_eq!(average(midnight - 1, 0), Some(10_200));
		assert_eq!(average(midnight, 0), Some(10_400));
		assert_eq!(average(midnight, 1), Some(10_300));
	});
}

#[test]
fn an_average_price_should_leave_block_trades_out() {
	with_sessions(at(MONDAY, 10, 0), MarketParams::default(), || {
		let agreed = AgreedTrade {
			asset: ASSET,
			seller: BOB,
			buyer: ALICE,
			tonnes: Tonnes(100),
			price: Price(9_000),
		};
		assert_ok!(<Market as TradingLedger<_>>::pledge(&BOB, tonnes(100)));
		assert_ok!(<Market as TradingLedger<_>>::pledge(&ALICE, cash(900_000)));
		assert_ok!(<Market as TradingLedger<_>>::deliver(&agreed));
		assert_eq!(average(at(MONDAY, 10, 0), 0), None);
		trade(10_000, 1);
		assert_eq!(average(at(MONDAY, 10, 0), 0), Some(10_000));
		block(at(MONDAY, 15, 0));
		assert_eq!(average(at(MONDAY, 10, 0), 0), Some(10_000));
	});
}

#[test]
fn an_average_price_should_pass_over_days_without_a_trade() {
	with_sessions(at(MONDAY, 10, 0), MarketParams::default(), || {
		trade(10_000, 10);
		block(at(MONDAY, 15, 0));
		block(at(TUESDAY, 15, 0));
		trade_on(WEDNESDAY, 10_300, 20);
		// Tuesday has a bar, and nothing on it.
		assert_eq!(Bars::<Test>::get(ASSET, 1).map(|bar| bar.day.0), Some(TUESDAY));
		assert_eq!(average(at(TUESDAY, 15, 0), 0), None);
		assert_eq!(average(at(TUESDAY, 15, 0), 1), Some(10_000));
		assert_eq!(average(at(WEDNESDAY, 15, 0), 2), Some(10_200));
	});
}

#[test]
fn an_average_price_should_pass_over_days_on_which_the_chain_stood_still() {
	with_sessions(at(MONDAY, 10, 0), MarketParams::default(), || {
		trade(10_000, 10);
		trade_on(THURSDAY, 10_300, 20);
		assert_eq!(average(at(WEDNESDAY, 12, 0), 1), None);
		assert_eq!(average(at(WEDNESDAY, 12, 0), 2), Some(10_000));
		assert_eq!(average(at(THURSDAY, 12, 0), 2), Some(10_300));
		assert_eq!(average(at(THURSDAY, 12, 0), 3), Some(10_200));
	});
}

#[test]
fn an_average_price_should_count_the_days_that_are_kept() {
	with_sessions(at(MONDAY, 10, 0), MarketParams::default(), || {
		for day in 0..5 {
			trade_on(MONDAY + day, 10_000 + 10 * u64::from(day), 1);
		}
		block(at(FRIDAY, 15, 0));
		// Of five days that have ended the last three are kept, over the first ones.
		assert_eq!(average(at(FRIDAY, 15, 0), 30), Some(10_030));
		assert_eq!(average(at(THURSDAY, 15, 0), 30), Some(10_025));
		assert_eq!(average(at(WEDNESDAY, 15, 0), 30), Some(10_020));
		assert_eq!(average(at(TUESDAY, 15, 0), 30), None);
	});
}

#[test]
fn an_average_price_should_be_none_where_nothing_was_traded_or_there_is_no_market() {
	with_sessions(at(MONDAY, 10, 0), MarketParams::default(), || {
		assert_eq!(average(at(MONDAY, 10, 0), 30), None);
		trade(10_000, 1);
		open_market(OTHER, at(MONDAY, 10, 0), sessions(), MarketParams::default());
		assert_eq!(average(at(MONDAY, 10, 0), 30), Some(10_000));
		// Prices of one market are none of another.
		assert_eq!(average_of(OTHER, at(MONDAY, 10, 0), 30), None);
		assert_eq!(average_of(CLOSED, at(MONDAY, 10, 0), 30), None);
	});
}

#[test]
fn an_average_price_should_be_none_where_a_bar_that_counts_is_missing_or_out_of_range() {
	with_three_days(|| {
		let monday = Bars::<Test>::take(ASSET, 0).expect("it has ended");
		assert_eq!(average(at(TUESDAY, 15, 0), 1), None);
		assert_eq!(average(at(TUESDAY, 15, 0), 0), None, "nothing says how old it is");
		let mut endless = monday;
		endless.listed = Volume {
			tonnes: Tonnes(1),
			value: Balance::MAX,
		};
		Bars::<Test>::insert(ASSET, 0, endless);
		assert_eq!(average(at(TUESDAY, 15, 0), 1), None);
		assert_eq!(average(at(TUESDAY, 15, 0), 0), Some(10_200));
		Bars::<Test>::insert(ASSET, 0, monday);
		assert_eq!(average(at(TUESDAY, 15, 0), 1), Some(10_150));
	});
}

#[test]
fn an_average_price_should_weigh_as_many_bars_as_it_may_read() {
	let weight = <Market as InspectAveragePrice>::weight_of_average_price;
	for days in [0, 30, u32::MAX] {
		assert_eq!(weight(days), <() as WeightInfo>::average_price(BARS_KEPT));
	}
}

fn traded(who: AccountId, asset: AssetId) -> u64 {
	<Market as InspectHoldings<_>>::traded(&who, asset).0
}

#[test]
fn what_is_traded_should_be_all_that_the_trading_account_has_free_or_bound() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_eq!(traded(ALICE, ASSET), ALL / 2);
		rest(ALICE, Sell, 9_000, 10);
		assert_ok!(<Market as TradingLedger<_>>::pledge(&ALICE, tonnes(20)));
		// What it may still buy is none of its own.
		rest(ALICE, Buy, 100, 5);
		assert_eq!(traded(ALICE, ASSET), ALL / 2);
		assert_ok!(Market::withdraw(RuntimeOrigin::signed(ALICE), tonnes(100)));
		assert_eq!(traded(ALICE, ASSET), ALL / 2 - 100);
		assert_ok!(place(BOB, Sell, 100, 3, GoodTillCancelled));
		assert_eq!(traded(ALICE, ASSET), ALL / 2 - 97);
		assert_eq!((traded(ALICE, OTHER), traded(POOR, ASSET)), (0, 0));
	});
}

/// A market in which a participant may hold `room` tonnes more than the tests' participants have.
fn limited(room: u64) -> ExtBuilder {
	let params = MarketParams {
		holding_max: Some(Tonnes(ALL + room)),
		price_max: Price(10_000),
		..Default::default()
	};
	[ALICE, BOB, CHARLIE]
		.into_iter()
		.fold(ExtBuilder::default().with_params(params), ExtBuilder::with_trader)
}

fn may_receive(who: AccountId, quantity: u64) -> DispatchResult {
	<Market as InspectHoldings<_>>::ensure_may_receive(&who, ASSET, Tonnes(quantity))
}

/// Move tonnes on the registry ledger.
fn transfer(from: AccountId, to: AccountId, quantity: u64) {
	assert_ok!(<Assets as Mutate<_>>::transfer(
		ASSET,
		&from,
		&to,
		quantity.into(),
		Preservation::Expendable
	));
}

fn group(members: &[AccountId]) {
	members
		.iter()
		.for_each(|who| Participants::join(*who, Some(GroupId(7))));
}

#[test]
fn a_participant_should_receive_as_much_as_its_limit_leaves() {
	limited(10).build_and_execute(|| {
		assert_ok!(may_receive(ALICE, 10));
		assert_noop!(may_receive(ALICE, 11), Error::<Test>::HoldingLimitExceeded);
		assert_noop!(may_receive(ALICE, u64::MAX), Error::<Test>::HoldingLimitExceeded);
		// Buys at rest may bring some of it.
		rest(ALICE, Buy, 100, 4);
		assert_ok!(may_receive(ALICE, 6));
		assert_noop!(may_receive(ALICE, 7), Error::<Test>::HoldingLimitExceeded);
		// It does not matter on which ledger it is.
		assert_ok!(Market::withdraw(RuntimeOrigin::signed(ALICE), tonnes(ALL / 2)));
		assert_ok!(may_receive(ALICE, 6));
		assert_noop!(may_receive(ALICE, 7), Error::<Test>::HoldingLimitExceeded);
		// What was allocated comes on top.
		Registry::allocate(ALICE, 5);
		assert_ok!(may_receive(ALICE, 11));
		assert_noop!(may_receive(ALICE, 12), Error::<Test>::HoldingLimitExceeded);
	});
}

#[test]
fn a_participant_without_a_trading_account_should_receive_as_much_as_its_limit_leaves() {
	limited(10).build_and_execute(|| {
		assert_ok!(may_receive(POOR, 10));
		assert_noop!(may_receive(POOR, 11), Error::<Test>::HoldingLimitExceeded);
		assert!(!TradingAccounts::<Test>::contains_key(POOR));
	});
}

#[test]
fn a_group_should_receive_as_much_as_its_limit_leaves() {
	limited(ALL + 10).build_and_execute(|| {
		group(&[ALICE, POOR]);
		// Also whoever has nothing on the trading ledger, where its group would be noted.
		assert!(!TradingAccounts::<Test>::contains_key(POOR));
		for who in [ALICE, POOR] {
			assert_ok!(may_receive(who, 10));
			assert_noop!(may_receive(who, 11), Error::<Test>::GroupHoldingLimitExceeded);
		}
		rest(ALICE, Buy, 100, 4);
		assert_ok!(may_receive(POOR, 6));
		assert_noop!(may_receive(POOR, 7), Error::<Test>::GroupHoldingLimitExceeded);
		assert_ok!(may_receive(BOB, ALL + 10));
	});
}

#[test]
fn whoever_has_received_should_be_within_its_limit_when_nothing_more_is_asked_for() {
	limited(ALL).build_and_execute(|| {
		group(&[ALICE, POOR]);
		// Before it, the group counts as if it had them twice.
		assert_noop!(may_receive(POOR, 5), Error::<Test>::GroupHoldingLimitExceeded);
		transfer(ALICE, POOR, 5);
		assert_ok!(may_receive(POOR, 0));
		transfer(BOB, POOR, 1);
		assert_noop!(may_receive(POOR, 0), Error::<Test>::GroupHoldingLimitExceeded);
		Participants::join(ALICE, None);
		assert_ok!(may_receive(POOR, 0));
		transfer(CHARLIE, POOR, ALL / 2);
		transfer(ALICE, POOR, ALL / 2 - 5);
		assert_noop!(may_receive(POOR, 0), Error::<Test>::HoldingLimitExceeded);
	});
}

#[test]
fn anybody_should_receive_anything_where_there_is_no_limit_or_no_market() {
	ExtBuilder::trading().build_and_execute(|| {
		group(&[ALICE, BOB]);
		assert_ok!(may_receive(ALICE, u64::MAX));
		let other =
			|asset| <Market as InspectHoldings<_>>::ensure_may_receive(&ALICE, asset, Tonnes(u64::MAX));
		assert_ok!(other(CLOSED));
	});
}

#[test]
fn a_receiver_should_be_refused_when_it_has_more_than_its_limit_and_nothing_on_the_trading_ledger() {
	limited(0).build_and_execute(|| {
		assert_ok!(may_receive(POOR, 0));
		transfer(ALICE, POOR, 1);
		assert!(!TradingAccounts::<Test>::contains_key(POOR));
		assert_noop!(may_receive(POOR, 0), Error::<Test>::HoldingLimitExceeded);
		assert_noop!(may_receive(POOR, 1), Error::<Test>::HoldingLimitExceeded);
	});
}

#[test]
fn asking_what_may_be_received_should_weigh_the_largest_group_and_three_reads() {
	let reads = Weight::from_parts(3 * DbWeight::get().read, 0);
	assert_eq!(
		<Market as InspectHoldings<AccountId>>::weight_of_ensure_may_receive(),
		<() as WeightInfo>::check_holding(MAX_GROUP_MEMBERS - 1) + reads
	);
}

#[test]
fn what_was_bought_today_should_stay_on_the_trading_ledger_whatever_was_withdrawn_and_transferred() {
	let params = MarketParams {
		resale_next_day: true,
		..Default::default()
	};
	with_sessions(at(MONDAY, 10, 0), params, || {
		let withdraw = |who, quantity| Market::withdraw(RuntimeOrigin::signed(who), tonnes(quantity));
		let deposit = |who, quantity| Market::deposit(RuntimeOrigin::signed(who), tonnes(quantity));
		trade(10_000, 10);
		// What is older goes out, on to somebody else, and may be sold by it at once.
		assert_noop!(withdraw(ALICE, ALL / 2 + 1), Error::<Test>::BoughtToday);
		assert_ok!(withdraw(ALICE, ALL / 2));
		transfer(ALICE, CHARLIE, ALL);
		assert_ok!(deposit(CHARLIE, ALL));
		rest(CHARLIE, Sell, 10_000, 1_000);
		assert_noop!(withdraw(ALICE, 1), Error::<Test>::BoughtToday);
		// Nor does what comes back let more out than itself.
		transfer(CHARLIE, ALICE, 7);
		assert_ok!(deposit(ALICE, 7));
		assert_noop!(withdraw(ALICE, 8), Error::<Test>::BoughtToday);
		assert_ok!(withdraw(ALICE, 7));
		assert_eq!(traded(ALICE, ASSET), 10);
		// The day of the market counts, not the hour: it ends with the last session.
		block(at(MONDAY, 15, 0) - 1);
		assert_noop!(withdraw(ALICE, 1), Error::<Test>::BoughtToday);
		block(at(MONDAY, 15, 0));
		assert_ok!(withdraw(ALICE, 10));
		transfer(ALICE, CHARLIE, 10);
	});
}
