//! What agreements outside of the order book bind, and how it is settled.

use crate::{
	mock::*, Bar, Error, Event, Funds, MarketParams, MarketPhase, Markets, OrderKind, Position, Side, Trade,
	TradeKind, TradingAccounts, Volume,
};
use carbon_primitives::{AssetId, Balance, Price, Tonnes};
use carbon_traits::{AgreedTrade, InspectMarket, TradingLedger};
use frame_support::{assert_noop, assert_ok, assert_storage_noop};
use sp_runtime::DispatchResult;

const CASH_FREE: Balance = CASH / 2;
const TONNES_FREE: u64 = TONNES / 2;

fn pledge(who: AccountId, funds: Funds) -> DispatchResult {
	<Market as TradingLedger<_>>::pledge(&who, funds)
}

fn release(who: AccountId, funds: Funds) -> DispatchResult {
	<Market as TradingLedger<_>>::release(&who, funds)
}

fn pay(from: AccountId, to: AccountId, funds: Funds) -> DispatchResult {
	<Market as TradingLedger<_>>::pay(&from, &to, funds)
}

/// Bob sells `tonnes` to Alice at a fen more than the hundred yuan.
fn trade(tonnes: u64) -> AgreedTrade<AccountId> {
	AgreedTrade {
		asset: ASSET,
		seller: BOB,
		buyer: ALICE,
		tonnes: Tonnes(tonnes),
		price: Price(10_001),
	}
}

fn deliver(trade: &AgreedTrade<AccountId>) -> DispatchResult {
	<Market as TradingLedger<_>>::deliver(trade)
}

fn of(asset: AssetId, tonnes: u64) -> Funds {
	Funds::Allowances {
		asset,
		tonnes: Tonnes(tonnes),
	}
}

/// Cash free and pledged.
fn cash_pledged(who: AccountId) -> (Balance, Balance) {
	let account = Market::trading_account(who);
	(account.cash_free, account.cash_pledged)
}

fn position(who: AccountId) -> Option<Position> {
	let positions = Market::trading_account(who).positions;
	positions.into_iter().find(|position| position.asset == ASSET)
}

/// Tonnes free and pledged.
fn tonnes_pledged(who: AccountId) -> (u64, u64) {
	position(who).map_or((0, 0), |position| (position.free.0, position.pledged.0))
}

fn last_event() -> Option<Event<Test>> {
	market_events().pop()
}

#[test]
fn pledge_should_bind_what_is_free() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(pledge(ALICE, cash(100)));
		assert_eq!(cash_pledged(ALICE), (CASH_FREE - 100, 100));
		assert_eq!(
			last_event(),
			Some(Event::Pledged {
				who: ALICE,
				funds: cash(100)
			})
		);
		assert_ok!(pledge(ALICE, tonnes(7)));
		assert_eq!(tonnes_pledged(ALICE), (TONNES_FREE - 7, 7));
		check();
		// It serves neither orders nor withdrawals.
		assert_noop!(
			Market::withdraw(RuntimeOrigin::signed(ALICE), cash(CASH_FREE - 99)),
			Error::<Test>::InsufficientCash
		);
		assert_noop!(
			Market::withdraw(RuntimeOrigin::signed(ALICE), tonnes(TONNES_FREE - 6)),
			Error::<Test>::InsufficientAllowances
		);
		assert_ok!(Market::withdraw(
			RuntimeOrigin::signed(ALICE),
			cash(CASH_FREE - 100)
		));
		assert_ok!(Market::withdraw(
			RuntimeOrigin::signed(ALICE),
			tonnes(TONNES_FREE - 7)
		));
		for (side, error) in [
			(Side::Buy, Error::<Test>::InsufficientCash),
			(Side::Sell, Error::<Test>::InsufficientAllowances),
		] {
			assert_noop!(place(ALICE, side, 9_000, 1, OrderKind::GoodTillCancelled), error);
		}
		// What is pledged keeps the account in being.
		assert!(TradingAccounts::<Test>::contains_key(ALICE));
	});
}

#[test]
fn pledge_should_fail_when_too_little_is_free() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Side::Buy, 100, 1);
		rest(ALICE, Side::Sell, 101, 1);
		assert_noop!(
			pledge(ALICE, cash(CASH_FREE - 99)),
			Error::<Test>::InsufficientCash
		);
		assert_noop!(
			pledge(ALICE, tonnes(TONNES_FREE)),
			Error::<Test>::InsufficientAllowances
		);
		assert_noop!(pledge(ALICE, of(OTHER, 1)), Error::<Test>::InsufficientAllowances);
		assert_noop!(pledge(STRANGER, cash(1)), Error::<Test>::InsufficientCash);
		assert_noop!(pledge(ALICE, cash(u128::MAX)), Error::<Test>::InsufficientCash);
		assert_ok!(pledge(ALICE, cash(CASH_FREE - 100)));
		assert_ok!(pledge(ALICE, tonnes(TONNES_FREE - 1)));
	});
}

#[test]
fn pledge_should_bind_an_asset_without_a_market() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), of(OTHER, 5)));
		assert_ok!(pledge(ALICE, of(OTHER, 5)));
		check();
		assert_ok!(release(ALICE, of(OTHER, 5)));
	});
}

#[test]
fn release_should_make_free_what_was_pledged() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(pledge(ALICE, cash(100)));
		assert_ok!(pledge(ALICE, tonnes(TONNES_FREE)));
		assert_ok!(release(ALICE, cash(40)));
		assert_ok!(release(ALICE, tonnes(TONNES_FREE - 1)));
		assert_eq!(cash_pledged(ALICE), (CASH_FREE - 60, 60));
		assert_eq!(tonnes_pledged(ALICE), (TONNES_FREE - 1, 1));
		assert_eq!(
			last_event(),
			Some(Event::PledgeReleased {
				who: ALICE,
				funds: tonnes(TONNES_FREE - 1)
			})
		);
	});
}

#[test]
fn release_should_keep_the_figures_of_the_day_when_the_pledge_was_all_that_there_was() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(BOB, Side::Buy, 9_000, 5);
		assert_ok!(place(ALICE, Side::Sell, 9_000, 5, OrderKind::FillOrKill));
		let all = TONNES_FREE - 5;
		assert_ok!(pledge(ALICE, tonnes(all)));
		assert_ok!(release(ALICE, tonnes(all)));
		let sold = position(ALICE).and_then(|position| position.last_day);
		assert_eq!(sold.map(|day| day.sold.tonnes), Some(Tonnes(5)));
	});
}

#[test]
fn release_should_fail_when_so_much_is_not_pledged() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(pledge(ALICE, cash(100)));
		assert_ok!(pledge(ALICE, tonnes(7)));
		rest(ALICE, Side::Buy, 9_000, 5);
		rest(ALICE, Side::Sell, 9_500, 5);
		for (who, funds) in [
			(ALICE, cash(101)),
			(ALICE, tonnes(8)),
			(ALICE, of(OTHER, 1)),
			(BOB, cash(1)),
			(BOB, tonnes(1)),
			(STRANGER, cash(1)),
		] {
			assert_noop!(release(who, funds), Error::<Test>::NotPledged);
			assert_noop!(pay(who, CHARLIE, funds), Error::<Test>::NotPledged);
		}
	});
}

#[test]
fn pay_should_move_what_is_pledged_to_what_is_free_of_another() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(pledge(ALICE, cash(100)));
		assert_ok!(pledge(ALICE, tonnes(7)));
		assert_ok!(pay(ALICE, BOB, cash(60)));
		assert_ok!(pay(ALICE, BOB, tonnes(7)));
		assert_eq!(cash_pledged(ALICE), (CASH_FREE - 100, 40));
		assert_eq!(tonnes_pledged(ALICE), (TONNES_FREE - 7, 0));
		assert_eq!(cash_pledged(BOB), (CASH_FREE + 60, 0));
		assert_eq!(tonnes_pledged(BOB), (TONNES_FREE + 7, 0));
		assert_eq!(
			last_event(),
			Some(Event::PledgePaid {
				from: ALICE,
				to: BOB,
				funds: tonnes(7)
			})
		);
		// It is no trade.
		assert!(position(BOB).is_some_and(|position| position.last_day.is_none()));
	});
}

#[test]
fn pay_should_make_and_end_accounts_when_the_one_has_none_and_the_other_nothing_else() {
	ExtBuilder::default().with_market().build_and_execute(|| {
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), cash(5)));
		assert_ok!(pledge(ALICE, cash(5)));
		assert_ok!(pay(ALICE, BOB, cash(5)));
		assert!(!TradingAccounts::<Test>::contains_key(ALICE));
		assert_eq!(cash_pledged(BOB), (5, 0));
		// A right that the new record does not know is asked for with the next order.
		assert_ok!(place(BOB, Side::Buy, 5, 1, OrderKind::GoodTillCancelled));
	});
}

#[test]
fn pay_should_name_the_group_of_an_account_that_it_makes() {
	ExtBuilder::default().with_market().build_and_execute(|| {
		let group = Some(carbon_primitives::GroupId(7));
		Participants::join(BOB, group);
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), cash(5)));
		assert_ok!(pledge(ALICE, cash(5)));
		assert_ok!(pay(ALICE, BOB, cash(5)));
		assert_eq!(
			TradingAccounts::<Test>::get(BOB).map(|account| account.group),
			Some(group)
		);
	});
}

#[test]
fn pay_should_make_free_what_a_participant_pays_itself() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(pledge(ALICE, cash(100)));
		assert_ok!(pledge(ALICE, tonnes(TONNES_FREE)));
		assert_ok!(pay(ALICE, ALICE, cash(100)));
		assert_ok!(pay(ALICE, ALICE, tonnes(TONNES_FREE)));
		assert_eq!(cash_pledged(ALICE), (CASH_FREE, 0));
		assert_eq!(tonnes_pledged(ALICE), (TONNES_FREE, 0));
	});
}

/// `who` has as many assets as an account may have, and none of the tests' one.
fn fill_places(who: AccountId) {
	use carbon_traits::RegistryBenchmarkHelper;
	for asset in 1..=MAX_ASSETS {
		BenchmarkHelper::endow(&who, 3_000 + asset, 10);
		assert_ok!(Market::deposit(RuntimeOrigin::signed(who), of(3_000 + asset, 1)));
	}
}

#[test]
fn pay_and_deliver_should_change_nothing_when_the_other_has_no_place_for_the_asset() {
	ExtBuilder::default()
		.with_market()
		.with_trader(BOB)
		.build_and_execute(|| {
			fill_places(ALICE);
			assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), cash(20_002)));
			assert_ok!(pledge(ALICE, cash(20_002)));
			assert_ok!(pledge(BOB, tonnes(2)));
			assert_noop!(pay(BOB, ALICE, tonnes(2)), Error::<Test>::TooManyAssets);
			assert_noop!(deliver(&trade(2)), Error::<Test>::TooManyAssets);
		});
}

#[test]
fn deliver_should_move_both_legs_and_count_the_block_trade() {
	ExtBuilder::trading().build_and_execute(|| {
		let trade = trade(100_000);
		let value = 1_000_100_000;
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), cash(CASH_FREE - 1)));
		assert_noop!(pledge(ALICE, cash(value)), Error::<Test>::InsufficientCash);
		let trade = AgreedTrade {
			tonnes: Tonnes(40_000),
			..trade
		};
		let value = 400_040_000;
		assert_ok!(pledge(ALICE, cash(value)));
		assert_ok!(pledge(BOB, tonnes(40_000)));
		assert_ok!(deliver(&trade));
		assert_eq!(cash_pledged(ALICE), (CASH - 1 - value, 0));
		assert_eq!(tonnes_pledged(ALICE), (TONNES_FREE + 40_000, 0));
		assert_eq!(cash_pledged(BOB), (CASH_FREE + value, 0));
		assert_eq!(tonnes_pledged(BOB), (TONNES_FREE - 40_000, 0));
		assert_eq!(
			last_event(),
			Some(Event::BlockTradeDelivered {
				asset: ASSET,
				seller: BOB,
				buyer: ALICE,
				price: Price(10_001),
				tonnes: Tonnes(40_000),
			})
		);
		let volume = Volume {
			tonnes: Tonnes(40_000),
			value,
		};
		let market = Markets::<Test>::get(ASSET).expect("it is open");
		let day = market.today.bar.day;
		// Outside of the listed prices, and nothing is paid to the market for it.
		let bar = Bar {
			block: volume,
			..Bar::new(day)
		};
		assert_eq!((market.today.bar, market.fees), (bar, 0));
		assert_eq!(
			market.recent.into_inner(),
			[Trade {
				block: 1,
				price: Price(10_001),
				tonnes: Tonnes(40_000),
				kind: TradeKind::Block,
			}]
		);
		for (who, bought, sold) in [
			(ALICE, volume, Volume::default()),
			(BOB, Volume::default(), volume),
		] {
			let totals = position(who).expect("it holds some").totals_of(day);
			assert_eq!((totals.bought, totals.sold), (bought, sold));
		}
	});
}

#[test]
fn deliver_should_leave_what_else_is_pledged() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(pledge(ALICE, cash(20_002 + 5)));
		assert_ok!(pledge(BOB, tonnes(2 + 3)));
		assert_ok!(pledge(BOB, cash(9)));
		assert_ok!(deliver(&trade(2)));
		assert_eq!(cash_pledged(ALICE), (CASH_FREE - 20_007, 5));
		assert_eq!(tonnes_pledged(BOB), (TONNES_FREE - 5, 3));
		assert_eq!(cash_pledged(BOB), (CASH_FREE - 9 + 20_002, 9));
	});
}

#[test]
fn deliver_should_change_nothing_when_a_leg_is_not_pledged_in_full() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_noop!(deliver(&trade(2)), Error::<Test>::NotPledged);
		assert_ok!(pledge(BOB, tonnes(2)));
		assert_ok!(pledge(ALICE, cash(20_001)));
		assert_noop!(deliver(&trade(2)), Error::<Test>::NotPledged);
		assert_ok!(pledge(ALICE, cash(1)));
		assert_ok!(release(BOB, tonnes(1)));
		assert_noop!(deliver(&trade(2)), Error::<Test>::NotPledged);
		assert_ok!(pledge(BOB, tonnes(1)));
		assert_ok!(deliver(&trade(2)));
		assert_noop!(deliver(&trade(2)), Error::<Test>::NotPledged);
	});
}

#[test]
fn deliver_should_fail_when_nothing_is_traded_or_there_is_no_market() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_noop!(deliver(&trade(0)), Error::<Test>::QuantityZero);
		let elsewhere = AgreedTrade {
			asset: OTHER,
			..trade(1)
		};
		assert_noop!(deliver(&elsewhere), Error::<Test>::MarketNotFound);
	});
}

#[test]
fn deliver_should_lose_and_make_nothing_when_both_sides_are_one() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(pledge(BOB, tonnes(2)));
		assert_ok!(pledge(BOB, cash(20_002)));
		let with_itself = AgreedTrade {
			buyer: BOB,
			..trade(2)
		};
		assert_ok!(deliver(&with_itself));
		assert_eq!(cash_pledged(BOB), (CASH_FREE, 0));
		assert_eq!(tonnes_pledged(BOB), (TONNES_FREE, 0));
	});
}

#[test]
fn the_ledger_should_do_nothing_when_there_is_nothing_to_move() {
	ExtBuilder::trading().build_and_execute(|| {
		let events = market_events().len();
		for funds in [cash(0), tonnes(0)] {
			for who in [ALICE, STRANGER] {
				assert_storage_noop!({
					assert_ok!(pledge(who, funds));
					assert_ok!(release(who, funds));
					assert_ok!(pay(who, BOB, funds));
				});
			}
		}
		assert_eq!(market_events().len(), events);
	});
}

#[test]
fn pledges_should_outlast_the_right_to_trade_and_the_end_of_all_orders() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(pledge(ALICE, cash(CASH_FREE - 100)));
		assert_ok!(pledge(ALICE, tonnes(TONNES_FREE)));
		let order = rest(ALICE, Side::Buy, 100, 1);
		assert_ok!(Market::cancel_all(RuntimeOrigin::signed(ALICE)));
		// An agreement binds and frees funds meanwhile.
		assert_ok!(release(ALICE, tonnes(1)));
		check();
		idle_until_swept();
		assert_eq!(Market::order(ASSET, order), None);
		Participants::suspend(ALICE);
		assert_eq!(cash_pledged(ALICE), (100, CASH_FREE - 100));
		assert_eq!(tonnes_pledged(ALICE), (1, TONNES_FREE - 1));
		assert_ok!(Market::withdraw(RuntimeOrigin::signed(ALICE), cash(100)));
		assert_ok!(Market::withdraw(RuntimeOrigin::signed(ALICE), tonnes(1)));
		assert!(TradingAccounts::<Test>::contains_key(ALICE));
		check();
		assert_ok!(pay(ALICE, BOB, cash(CASH_FREE - 100)));
		assert_ok!(pay(ALICE, BOB, tonnes(TONNES_FREE - 1)));
		assert!(!TradingAccounts::<Test>::contains_key(ALICE));
	});
}

#[test]
fn force_withdraw_should_name_the_pledges_when_orders_alone_are_not_in_the_way() {
	ExtBuilder::trading().build_and_execute(|| {
		let force = |funds| Market::force_withdraw(RuntimeOrigin::root(), ALICE, funds);
		assert_ok!(pledge(ALICE, cash(10)));
		assert_ok!(pledge(ALICE, tonnes(10)));
		rest(ALICE, Side::Buy, 100, 1);
		rest(ALICE, Side::Sell, 101, 5);
		for (funds, error) in [
			(cash(CASH_FREE - 10), Error::<Test>::CashLocked),
			(cash(CASH_FREE - 9), Error::<Test>::FundsPledged),
			(cash(CASH_FREE), Error::<Test>::FundsPledged),
			(cash(CASH_FREE + 1), Error::<Test>::InsufficientCash),
			(tonnes(TONNES_FREE - 10), Error::<Test>::AllowancesLocked),
			(tonnes(TONNES_FREE - 9), Error::<Test>::FundsPledged),
			(tonnes(TONNES_FREE), Error::<Test>::FundsPledged),
			(tonnes(TONNES_FREE + 1), Error::<Test>::InsufficientAllowances),
		] {
			assert_noop!(force(funds), error);
		}
		assert_ok!(force(cash(CASH_FREE - 110)));
		assert_ok!(force(tonnes(TONNES_FREE - 15)));
	});
}

#[test]
fn ensure_open_should_say_what_stands_in_the_way() {
	ExtBuilder::trading().build_and_execute(|| {
		let ensure_open = <Market as InspectMarket>::ensure_open;
		let set_phase = |phase| {
			Markets::<Test>::mutate(ASSET, |market| {
				market.as_mut().expect("it is open").today.phase = phase;
			});
		};
		assert_noop!(ensure_open(OTHER), Error::<Test>::MarketNotFound);
		for phase in [
			MarketPhase::CallAuction,
			MarketPhase::Uncrossing,
			MarketPhase::Continuous,
		] {
			set_phase(phase);
			assert_ok!(ensure_open(ASSET));
		}
		halt(10);
		assert_noop!(ensure_open(ASSET), Error::<Test>::MarketHalted);
		MockTime::set(10);
		assert_ok!(ensure_open(ASSET));
		set_phase(MarketPhase::Closed);
		assert_noop!(ensure_open(ASSET), Error::<Test>::MarketClosed);
		set_phase(MarketPhase::Continuous);
	});
}

#[test]
fn reference_price_should_be_the_one_of_the_day_also_before_anything_was_traded() {
	ExtBuilder::trading().build_and_execute(|| {
		let reference = <Market as InspectMarket>::reference_price;
		assert_eq!(reference(ASSET), Some(MarketParams::default().price_max));
		assert_eq!(reference(OTHER), None);
		Markets::<Test>::mutate(ASSET, |market| {
			market.as_mut().expect("it is open").today.reference = Price(9_000);
		});
		assert_eq!(reference(ASSET), Some(Price(9_000)));
	});
}
