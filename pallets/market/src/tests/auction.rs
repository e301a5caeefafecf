//! Orders that were collected trade at one price when the session begins.

use super::clock::*;
use crate::{
	auction::{AUCTION_ORDERS, AUCTION_PAGES},
	mock::*,
	Auction, AuctionStage, CancelReason, Error, Event, FeeRates, MarketParams, MarketPhase, OrderId,
	OrderKind, Side, TradeKind, TradingAccounts, WeightInfo,
};
use carbon_primitives::{GroupId, Price, Tonnes};
use carbon_traits::RegistryBenchmarkHelper;
use frame_support::{assert_noop, assert_ok, hypothetically, traits::Get, weights::Weight};
use MarketPhase::{CallAuction, Closed, Continuous, Uncrossing};
use OrderKind::GoodTillCancelled;
use Side::{Buy, Sell};

fn with_fees(maker_ppm: u16, taker_ppm: u16) -> MarketParams {
	MarketParams {
		fees: FeeRates { maker_ppm, taker_ppm },
		..Default::default()
	}
}

fn cancel(who: AccountId, order: OrderId) {
	assert_ok!(Market::cancel_order(RuntimeOrigin::signed(who), ASSET, order));
}

/// Why orders left the book or became smaller in this block, and what is left of them.
fn lost() -> Vec<(AccountId, u64, CancelReason)> {
	let lost = market_events().into_iter().filter_map(|event| match event {
		Event::OrderCancelled { owner, reason, .. } => Some((owner, 0, reason)),
		Event::OrderReduced {
			owner,
			tonnes,
			reason,
			..
		} => Some((owner, tonnes.0, reason)),
		_ => None,
	});
	lost.collect()
}

const OPENS: u64 = at(MONDAY, 9, 30);

#[test]
fn collected_orders_should_trade_the_largest_quantity_at_one_price_when_the_session_begins() {
	collecting(|| {
		for (who, side, price, tonnes) in [
			(BOB, Buy, 10_100, 5),
			(ALICE, Buy, 10_200, 5),
			(CHARLIE, Sell, 10_050, 3),
			(CHARLIE, Sell, 9_900, 4),
			(ALICE, Sell, 10_500, 9),
		] {
			rest(who, side, price, tonnes);
		}
		check();
		block(at(MONDAY, 9, 29));
		assert_eq!((phase(), market_events().len()), (CallAuction, 0));
		block(OPENS);
		// Seven tonnes trade from 10,050 to 10,100, of which the nearest to the reference price counts.
		assert_eq!(
			matches(),
			[
				(ALICE, CHARLIE, 10_050, 4),
				(ALICE, CHARLIE, 10_050, 1),
				(BOB, CHARLIE, 10_050, 2)
			]
		);
		assert_eq!(auctions(), [(Some(10_050), 7)]);
		assert_eq!(phases(), [(ASSET, CallAuction, Continuous)]);
		let prices = Market::best_prices(ASSET);
		assert_eq!(
			(prices.bid, prices.ask, prices.last),
			(Some(Price(10_100)), Some(Price(10_500)), Some(Price(10_050)))
		);
		let trade = Market::last_trades(ASSET)[0];
		assert_eq!((trade.tonnes, trade.kind), (Tonnes(2), TradeKind::Auction));
		assert!(!Auction::<Test>::exists());
	});
}

#[test]
fn what_a_buyer_bound_beyond_the_price_should_be_free_when_its_order_has_traded() {
	with_sessions(at(MONDAY, 9, 20), with_fees(1_000, 0), || {
		let before = cash_of(ALICE).0;
		rest(ALICE, Buy, 11_000, 10);
		rest(BOB, Sell, 10_000, 6);
		block(OPENS);
		assert_eq!(auctions(), [(Some(10_000), 6)]);
		// Six tonnes and the fee on them are paid, four and the fee on them stay bound.
		assert_eq!(cash_of(ALICE), (before - 60_060 - 44_044, 44_044));
		block(OPENS + MINUTE);
		assert_ok!(place(CHARLIE, Sell, 9_000, 4, GoodTillCancelled));
		assert_eq!(cash_of(ALICE), (before - 60_060 - 44_044, 0));
	});
}

#[test]
fn both_sides_should_pay_the_rate_of_makers_when_they_trade_in_an_auction() {
	with_sessions(at(MONDAY, 9, 20), with_fees(2_000, 5_000), || {
		let before = [ALICE, BOB].map(|who| cash_of(who).0);
		rest(ALICE, Buy, 10_000, 5);
		rest(BOB, Sell, 10_000, 5);
		block(OPENS);
		assert_eq!(cash_of(ALICE), (before[0] - 50_000 - 100, 0));
		assert_eq!(cash_of(BOB), (before[1] + 50_000 - 100, 0));
		assert_eq!(status().fees, 200);
		let fees = market_events().into_iter().find_map(|event| match event {
			Event::OrdersMatched {
				buyer_fee,
				seller_fee,
				..
			} => Some((buyer_fee, seller_fee)),
			_ => None,
		});
		assert_eq!(fees, Some((100, 100)));
	});
}

#[test]
fn an_order_should_pay_the_rate_of_its_day_when_the_rates_have_changed_since() {
	with_sessions(at(MONDAY, 9, 20), with_fees(2_000, 0), || {
		rest(ALICE, Buy, 10_000, 5);
		assert_ok!(Market::set_params(RuntimeOrigin::root(), ASSET, with_fees(0, 0)));
		rest(BOB, Sell, 10_000, 5);
		block(OPENS);
		assert_eq!(status().fees, 100);
	});
}

#[test]
fn a_buyer_should_pay_no_more_fees_than_it_bound_when_its_order_trades_in_many_parts() {
	with_sessions(at(MONDAY, 9, 20), with_fees(333, 0), || {
		let before = cash_of(ALICE).0;
		rest(ALICE, Buy, 100, 7);
		let bound = cash_of(ALICE).1;
		for _ in 0..7 {
			rest(BOB, Sell, 100, 1);
		}
		block(OPENS);
		assert_eq!(matches().len(), 7);
		// A fen for each trade would be seven.
		assert_eq!((bound, cash_of(ALICE)), (701, (before - 701, 0)));
	});
}

#[test]
fn orders_of_one_group_should_lose_what_they_would_have_traded_with_each_other() {
	collecting(|| {
		for who in [ALICE, BOB] {
			Participants::join(who, Some(GroupId(7)));
		}
		let before = (cash_of(ALICE), tonnes_of(BOB));
		rest(ALICE, Buy, 10_300, 5);
		rest(BOB, Sell, 9_700, 3);
		block(OPENS);
		assert_eq!(matches(), []);
		assert_eq!(
			lost(),
			[
				(ALICE, 2, CancelReason::SelfTrade),
				(BOB, 0, CancelReason::SelfTrade)
			]
		);
		assert_eq!(auctions(), [(None, 0)]);
		assert_eq!(tonnes_of(BOB), before.1);
		assert_eq!(cash_of(ALICE), (before.0 .0 - 20_600, 20_600));
	});
}

#[test]
fn orders_of_one_owner_should_not_keep_others_from_trading() {
	collecting(|| {
		rest(ALICE, Buy, 10_300, 5);
		rest(ALICE, Sell, 9_700, 5);
		rest(BOB, Buy, 10_200, 4);
		rest(CHARLIE, Sell, 9_800, 4);
		let before = cash_of(ALICE);
		block(OPENS);
		assert_eq!(matches(), [(BOB, CHARLIE, 10_000, 4)]);
		assert_eq!(cash_of(ALICE), (before.0 + before.1, 0));
	});
}

#[test]
fn an_account_should_be_right_when_it_buys_and_sells_in_one_auction() {
	collecting(|| {
		let before = [ALICE, BOB, CHARLIE].map(|who| (cash_of(who).0, tonnes_of(who).0));
		rest(ALICE, Buy, 10_300, 5);
		rest(BOB, Sell, 9_700, 5);
		rest(BOB, Buy, 10_200, 5);
		rest(ALICE, Sell, 9_800, 3);
		rest(CHARLIE, Sell, 9_900, 2);
		block(OPENS);
		assert_eq!(auctions(), [(Some(10_000), 10)]);
		let after = [ALICE, BOB, CHARLIE].map(|who| (cash_of(who).0, tonnes_of(who).0));
		assert_eq!(after[0], (before[0].0 - 20_000, before[0].1 + 2));
		assert_eq!(after[1], before[1]);
		assert_eq!(after[2], (before[2].0 + 20_000, before[2].1 - 2));
	});
}

#[test]
fn orders_should_leave_without_a_trade_when_they_have_expired_or_their_owner_may_not_trade_or_wants_them_out()
{
	collecting(|| {
		let before = [ALICE, BOB].map(|who| (cash_of(who), tonnes_of(who)));
		rest_until(ALICE, Buy, 10_400, 2, OPENS);
		rest(BOB, Buy, 10_300, 2);
		rest(CHARLIE, Sell, 9_700, 2);
		Participants::suspend(BOB);
		assert_ok!(Market::cancel_all(RuntimeOrigin::signed(CHARLIE)));
		block(OPENS);
		assert_eq!(
			lost(),
			[
				(ALICE, 0, CancelReason::Expired),
				(BOB, 0, CancelReason::RightEnded),
				(CHARLIE, 0, CancelReason::CancelAll)
			]
		);
		assert_eq!(auctions(), [(None, 0)]);
		assert_eq!([ALICE, BOB].map(|who| (cash_of(who), tonnes_of(who))), before);
	});
}

#[test]
fn a_price_should_be_that_of_the_orders_that_stay_when_others_have_to_leave() {
	collecting(|| {
		rest_until(ALICE, Buy, 12_000, 50, OPENS);
		rest(BOB, Buy, 10_100, 5);
		rest(CHARLIE, Sell, 10_000, 50);
		block(OPENS);
		assert_eq!(auctions(), [(Some(10_000), 5)]);
	});
}

#[test]
fn no_auction_should_be_held_when_nothing_crosses() {
	collecting(|| {
		rest(ALICE, Buy, 9_999, 5);
		rest(BOB, Sell, 10_000, 5);
		block(OPENS);
		assert_eq!((phase(), auctions()), (Continuous, vec![]));
	});
}

#[test]
fn place_order_should_accept_nothing_but_good_till_cancelled_when_orders_are_collected() {
	collecting(|| {
		for kind in [
			OrderKind::ImmediateOrCancel,
			OrderKind::FillOrKill,
			OrderKind::PostOnly,
			OrderKind::Market,
		] {
			assert_noop!(
				place(ALICE, Buy, 10_000, 1, kind),
				Error::<Test>::AuctionCollecting
			);
		}
		rest(BOB, Sell, 9_000, 1);
		rest(ALICE, Buy, 10_000, 1);
		assert_eq!(matches(), []);
	});
}

#[test]
fn place_order_should_fail_when_the_market_is_closed() {
	with_sessions(at(MONDAY, 8, 0), MarketParams::default(), || {
		for minute in [0, 74] {
			block(at(MONDAY, 8, minute));
			assert_noop!(
				place(ALICE, Buy, 10_000, 1, GoodTillCancelled),
				Error::<Test>::MarketClosed
			);
		}
		block(at(MONDAY, 9, 15));
		rest(ALICE, Buy, 10_000, 1);
	});
}

#[test]
fn cancel_order_should_give_back_exactly_what_was_bound_when_orders_are_collected_or_the_market_is_closed() {
	with_sessions(at(MONDAY, 9, 20), with_fees(777, 0), || {
		let before = (cash_of(ALICE), tonnes_of(ALICE));
		let orders = [rest(ALICE, Buy, 10_123, 3), rest(ALICE, Sell, 10_124, 5)];
		cancel(ALICE, rest(ALICE, Buy, 9_999, 7));
		block(at(MONDAY, 15, 0));
		assert_eq!(phase(), Closed);
		orders.into_iter().for_each(|order| cancel(ALICE, order));
		assert_eq!((cash_of(ALICE), tonnes_of(ALICE)), before);
	});
}

/// What a block needs for one step of an auction, whatever it has to do.
pub(super) fn one_step() -> Weight {
	type W = ();
	let orders = AUCTION_ORDERS + AUCTION_PAGES;
	let settle = <W as WeightInfo>::auction_settle(orders) + MATCHED_WEIGHT;
	let step = <W as WeightInfo>::auction_search(orders).max(settle);
	<W as WeightInfo>::poll_idle() + <W as WeightInfo>::advance_market() + step
}

/// Collect `count` orders of the three on many levels, most of which cross. Returns them with their owners.
pub(super) fn collect_many(count: u64) -> Vec<(AccountId, OrderId)> {
	let mut mixed = 9_u64;
	let mut draw = |below: u64| {
		mixed = mixed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
		(mixed >> 33) % below
	};
	(0..count)
		.map(|_| {
			let who = [ALICE, BOB, CHARLIE][draw(3) as usize];
			let (side, price) = match draw(2) {
				0 => (Buy, 9_990 + draw(60)),
				_ => (Sell, 9_960 + draw(60)),
			};
			(who, rest(who, side, price, 1 + draw(20)))
		})
		.collect()
}

/// What everybody has, what rests and what was traded.
fn outcome() -> impl PartialEq + std::fmt::Debug {
	let accounts = [ALICE, BOB, CHARLIE].map(Market::trading_account);
	let status = status();
	(accounts, Market::depth(ASSET, 1_000), status.bar, status.fees)
}

/// Blocks with room for a step, until the auction is over. Returns how many.
fn blocks_until_over(mut between: impl FnMut(u64)) -> u64 {
	for n in 0..1_000 {
		block_with(OPENS + n * 2_000, one_step());
		check();
		if phase() != Uncrossing {
			return n + 1;
		}
		between(n);
	}
	panic!("the auction ends");
}

#[test]
fn an_auction_should_come_to_the_same_end_when_it_takes_several_blocks() {
	with_sessions(at(MONDAY, 9, 20), with_fees(333, 0), || {
		collect_many(900);
		let at_once = hypothetically!({
			block(OPENS);
			assert!(!Auction::<Test>::exists() && auctions().len() == 1);
			(outcome(), auctions())
		});
		let mut traded = 0;
		let blocks = blocks_until_over(|n| {
			traded += matches().len();
			assert_eq!(auctions(), []);
			let expected = if n == 0 {
				vec![(ASSET, CallAuction, Uncrossing)]
			} else {
				vec![]
			};
			assert_eq!(phases(), expected);
		});
		assert!(blocks > 5 && traded > 50, "{blocks} {traded}");
		assert_eq!(phases(), [(ASSET, Uncrossing, Continuous)]);
		assert_eq!((outcome(), auctions()), at_once);
	});
}

#[test]
fn an_auction_should_leave_no_room_for_transactions_until_it_is_over() {
	let limits: frame_system::limits::BlockWeights = <Test as frame_system::Config>::BlockWeights::get();
	let max_block = limits.max_block;
	assert!(one_step().all_lte(max_block / 4));
	collecting(|| {
		collect_many(900);
		// With room for one step, and for half of another one.
		let room = one_step() + one_step() / 2;
		assert_eq!(block_with(OPENS, room), room);
		assert_eq!(phase(), Uncrossing);
		assert_eq!(block_with(OPENS + 2_000, room), room);
		block(OPENS + 4_000);
		assert_eq!(phase(), Continuous);
		assert_eq!(block_with(OPENS + 6_000, room), <() as WeightInfo>::poll_idle());
	});
}

#[test]
fn calls_should_be_refused_but_for_cancelling_when_the_auction_is_being_held() {
	collecting(|| {
		collect_many(900);
		let before = cash_of(ALICE);
		let order = rest(ALICE, Buy, 9_000, 7);
		block_with(OPENS, one_step());
		assert_eq!(phase(), Uncrossing);
		assert_noop!(
			place(ALICE, Buy, 9_000, 1, GoodTillCancelled),
			Error::<Test>::AuctionHeld
		);
		let reduce = Market::replace_order(
			RuntimeOrigin::signed(ALICE),
			ASSET,
			order,
			Price(9_000),
			Tonnes(6),
			None,
		);
		assert_noop!(
			reduce.map(drop).map_err(|refusal| refusal.error),
			Error::<Test>::AuctionHeld
		);
		cancel(ALICE, order);
		assert_eq!(cash_of(ALICE), before);
	});
}

#[test]
fn an_auction_should_end_uncrossed_when_orders_are_cancelled_between_its_blocks() {
	for every in [1, 3, 10] {
		collecting(|| {
			let mut orders = collect_many(900);
			let mut cancelled = 0;
			blocks_until_over(|n| {
				for (who, order) in orders.split_off(orders.len().saturating_sub(every)) {
					let found = Market::order(ASSET, order).is_some();
					let result = Market::cancel_order(RuntimeOrigin::signed(who), ASSET, order);
					assert_eq!(result.is_ok(), found);
					cancelled += u32::from(found);
				}
				// Somebody else's right ends, too.
				if n == 3 {
					Participants::suspend(CHARLIE);
				}
			});
			assert!(cancelled > 0);
			assert_eq!((phase(), auctions().len()), (Continuous, 1));
		});
	}
}

#[test]
fn the_price_should_be_looked_for_anew_when_the_orders_are_gone_that_were_counted() {
	collecting(|| {
		let orders: Vec<_> = (0..900).map(|_| rest(ALICE, Buy, 10_500, 1)).collect();
		rest(BOB, Sell, 9_500, 500);
		rest(CHARLIE, Buy, 10_100, 20);
		block_with(OPENS, one_step());
		let stage = || Auction::<Test>::get().map(|auction| auction.stage);
		assert!(matches!(stage(), Some(AuctionStage::Search(_))));
		orders.into_iter().for_each(|order| cancel(ALICE, order));
		block_with(OPENS + 2_000, one_step());
		assert_eq!(phase(), Uncrossing);
		block(OPENS + 4_000);
		// Not 10,500, at which 500 tonnes would have traded.
		assert_eq!(auctions(), [(Some(10_000), 20)]);
	});
}

#[test]
fn an_auction_should_be_held_again_when_the_orders_that_are_left_do_not_accept_its_price() {
	collecting(|| {
		let order = rest(ALICE, Buy, 10_500, 10);
		rest(CHARLIE, Sell, 9_500, 10);
		rest(BOB, Buy, 9_900, 3);
		// Room for one step: the price is 10,000.
		block_with(OPENS, one_step());
		let stage = Auction::<Test>::get().map(|auction| auction.stage);
		assert!(matches!(stage, Some(AuctionStage::Settle { price, .. }) if price.tick == Some(10_000)));
		cancel(ALICE, order);
		block(OPENS + 2_000);
		assert_eq!((phase(), auctions()), (Continuous, vec![(Some(9_900), 3)]));
	});
}

#[test]
fn other_markets_should_wait_when_an_auction_takes_several_blocks() {
	collecting(|| {
		open_market(OTHER, at(MONDAY, 9, 20), sessions(), MarketParams::default());
		collect_many(900);
		let other = || Market::market_status(OTHER).map(|status| status.phase);
		let blocks = blocks_until_over(|_| assert_eq!(other(), Some(CallAuction)));
		block_with(OPENS + blocks * 2_000, one_step());
		assert_eq!(other(), Some(Continuous));
	});
}

#[test]
fn the_sweep_should_wait_when_an_auction_takes_several_blocks() {
	collecting(|| {
		collect_many(900);
		rest(ALICE, Buy, 9_000, 1);
		Participants::suspend(ALICE);
		block_with(OPENS, one_step());
		assert_eq!(idle(Weight::MAX), <() as WeightInfo>::sweep_idle());
		assert!(crate::Sweep::<Test>::exists());
		blocks_until_over(|_| ());
		idle_until_swept();
		assert_eq!(Market::orders_of(ASSET, ALICE, None, 1), []);
	});
}

#[test]
fn an_auction_should_wait_for_the_end_of_a_halt_when_the_market_was_halted_before() {
	collecting(|| {
		rest(ALICE, Buy, 10_100, 1);
		rest(BOB, Sell, 9_900, 1);
		halt(at(MONDAY, 10, 0));
		for (hour, minute) in [(9, 30), (9, 31), (9, 59)] {
			block(at(MONDAY, hour, minute));
			assert_eq!((phase(), market_events().len()), (CallAuction, 0));
			assert_noop!(
				place(ALICE, Buy, 9_000, 1, GoodTillCancelled),
				Error::<Test>::MarketHalted
			);
		}
		block(at(MONDAY, 10, 0));
		assert_eq!((phase(), auctions()), (Continuous, vec![(Some(10_000), 1)]));
	});
}

#[test]
fn an_auction_should_be_held_within_a_minute_when_a_halt_is_lifted_before_its_end() {
	collecting(|| {
		rest(ALICE, Buy, 10_100, 1);
		rest(BOB, Sell, 9_900, 1);
		halt(at(MONDAY, 20, 0));
		block(OPENS);
		halt(0);
		block(OPENS + MINUTE - 1);
		// Until then orders are collected.
		rest(CHARLIE, Sell, 9_900, 1);
		assert_eq!(phase(), CallAuction);
		block(OPENS + MINUTE);
		assert_eq!((phase(), auctions()), (Continuous, vec![(Some(10_000), 1)]));
	});
}

#[test]
fn collected_orders_should_trade_on_the_next_day_when_the_market_is_halted_all_day() {
	collecting(|| {
		rest(ALICE, Buy, 10_100, 1);
		rest(BOB, Sell, 9_900, 1);
		halt(at(MONDAY, 20, 0));
		for now in [OPENS, at(MONDAY, 12, 0), at(MONDAY, 14, 0), at(MONDAY, 15, 0)] {
			block(now);
			check();
		}
		assert_eq!(phase(), Closed);
		block(at(MONDAY + 1, 9, 15));
		assert_eq!(phase(), CallAuction);
		block(at(MONDAY + 1, 9, 30));
		assert_eq!(auctions(), [(Some(10_000), 1)]);
	});
}

#[test]
fn an_auction_should_be_broken_off_when_the_market_is_halted_while_it_is_held() {
	collecting(|| {
		collect_many(900);
		let expected = hypothetically!({
			block(OPENS);
			auctions()
		});
		// In the search, nothing has traded yet.
		block_with(OPENS, one_step());
		halt(at(MONDAY, 10, 0));
		block(OPENS + 2_000);
		assert_eq!(phases(), [(ASSET, Uncrossing, CallAuction)]);
		assert_eq!((auctions(), Auction::<Test>::exists()), (vec![], false));
		check();
		block(at(MONDAY, 10, 0));
		assert_eq!((phase(), auctions()), (Continuous, expected));
	});
}

#[test]
fn what_has_traded_should_stay_so_when_an_auction_is_broken_off_while_it_is_settled() {
	collecting(|| {
		collect_many(900);
		let mut traded = 0;
		let mut is_halted = false;
		for n in 0..1_000 {
			block_with(OPENS + n * 2_000, one_step());
			let tonnes: u64 = matches().iter().map(|(.., tonnes)| tonnes).sum();
			if is_halted {
				break;
			}
			traded += tonnes;
			is_halted = traded > 0;
			if is_halted {
				assert_eq!(phase(), Uncrossing);
				halt(at(MONDAY, 10, 0));
			}
		}
		assert_eq!(phase(), CallAuction);
		assert_eq!(
			auctions().iter().map(|(_, tonnes)| tonnes).sum::<u128>(),
			traded.into()
		);
		assert_eq!(status().bar.listed.tonnes, Tonnes(traded));
		check();
		block(at(MONDAY, 10, 0));
		assert_eq!((phase(), auctions().len()), (Continuous, 1));
		assert!(status().bar.listed.tonnes > Tonnes(traded));
	});
}

#[test]
fn an_auction_should_be_tried_again_a_minute_later_when_the_ledger_contradicts_the_book() {
	collecting(|| {
		rest(ALICE, Buy, 10_100, 1);
		rest(BOB, Sell, 9_900, 1);
		let account = TradingAccounts::<Test>::take(BOB).expect("it has an order");
		block(OPENS);
		assert_eq!(
			market_events(),
			[Event::AuctionFailed {
				asset: ASSET,
				error: Error::<Test>::Unexpected.into()
			}]
		);
		assert_eq!((phase(), Auction::<Test>::exists()), (CallAuction, false));
		TradingAccounts::<Test>::insert(BOB, account);
		block(OPENS + MINUTE - 1);
		assert_eq!(auctions(), []);
		block(OPENS + MINUTE);
		assert_eq!((phase(), auctions()), (Continuous, vec![(Some(10_000), 1)]));
	});
}

#[test]
fn an_auction_should_belong_to_the_day_on_which_it_began_when_it_ends_after_the_close() {
	collecting(|| {
		collect_many(900);
		block_with(OPENS, one_step());
		assert_eq!(phase(), Uncrossing);
		// The chain stood still.
		block(at(MONDAY, 16, 0));
		assert_eq!(phases(), [(ASSET, Uncrossing, Closed)]);
		let traded = auctions()[0].1;
		let bar = Market::bars(ASSET, crate::Day(0), 1)[0].bar;
		assert_eq!((bar.day.0, u128::from(bar.listed.tonnes.0)), (MONDAY, traded));
		assert_eq!(status().bar.day.0, MONDAY + 1);
	});
}

#[test]
fn what_was_bought_in_an_auction_should_not_be_sold_on_the_same_day_when_the_market_has_that_rule() {
	let params = MarketParams {
		resale_next_day: true,
		..Default::default()
	};
	with_sessions(at(MONDAY, 9, 20), params, || {
		const DAVE: AccountId = 50;
		BenchmarkHelper::endow(&DAVE, OTHER, 1);
		assert_ok!(<Balances as frame_support::traits::fungible::Mutate<_>>::mint_into(&DAVE, 1_000_000));
		assert_ok!(Market::deposit(RuntimeOrigin::signed(DAVE), cash(900_000)));
		rest(DAVE, Buy, 10_000, 5);
		rest(ALICE, Sell, 10_000, 5);
		block(OPENS);
		assert_eq!(tonnes_of(DAVE).0, 5);
		let sell = || place(DAVE, Sell, 10_000, 5, GoodTillCancelled);
		assert_noop!(sell(), Error::<Test>::BoughtToday);
		block(at(MONDAY, 15, 0));
		block(at(MONDAY + 1, 9, 30));
		assert_ok!(sell());
	});
}
