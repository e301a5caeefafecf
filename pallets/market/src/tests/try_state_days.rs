//! The invariants of days and auctions are able to fail: each is broken once on purpose.

use super::clock::*;
use crate::{
	mock::*, Auction, AuctionRecord, AuctionStage, Bar, Bars, Calendar, Day, MarketPhase, MarketRecord,
	Markets, NextDue, Schedules, Timetable,
};
use carbon_matching::Search;
use carbon_primitives::Price;
use frame_support::{assert_ok, storage::unhashed};
use sp_runtime::DispatchError;

/// Break a market of which two days have ended, and expect the sentence that does not hold any more.
fn broken(breaks: impl FnOnce(), sentence: &'static str) {
	traders().build().execute_with(|| {
		open_market(ASSET, at(MONDAY, 10, 0), sessions(), Default::default());
		open_market(OTHER, at(MONDAY, 10, 0), Calendar::default(), Default::default());
		block(at(MONDAY, 15, 0));
		block(at(MONDAY + 1, 15, 0));
		check();
		breaks();
		assert_eq!(Market::do_try_state(), Err(DispatchError::Other(sentence)));
	});
}

fn with_market(change: impl FnOnce(&mut MarketRecord)) {
	Markets::<Test>::mutate(ASSET, |market| market.as_mut().map(change));
}

fn auction_of(asset: u32) -> AuctionRecord {
	AuctionRecord {
		asset,
		stage: AuctionStage::Search(Search::new(1, 1)),
	}
}

#[test]
fn try_state_should_fail_when_a_market_has_no_schedule() {
	let moves = || {
		let schedule = Schedules::<Test>::take(ASSET).expect("the market is open");
		Schedules::<Test>::insert(CLOSED, schedule);
	};
	broken(moves, "market 11: every market has a schedule");
}

#[test]
fn try_state_should_fail_when_a_schedule_has_no_market() {
	let copies = || {
		let schedule = Schedules::<Test>::get(ASSET).expect("the market is open");
		Schedules::<Test>::insert(CLOSED, schedule);
	};
	broken(copies, "market 11: every schedule has a market");
}

#[test]
fn try_state_should_fail_when_a_calendar_cannot_be_followed() {
	let breaks = || {
		Schedules::<Test>::mutate(ASSET, |schedule| {
			schedule.as_mut().expect("the market is open").calendar.weekdays = 0;
		});
	};
	broken(breaks, "market 11: the calendar of a market can be followed");
}

#[test]
fn try_state_should_fail_when_a_bar_or_the_auction_cannot_be_read() {
	let garbles_bar = || unhashed::put_raw(&Bars::<Test>::hashed_key_for(ASSET, 0), &[]);
	broken(garbles_bar, "market 11: a bar cannot be read");
	let garbles_auction = || unhashed::put_raw(&Auction::<Test>::hashed_key(), &[9]);
	broken(garbles_auction, "market 11: the auction cannot be read");
}

#[test]
fn try_state_should_fail_when_the_timetable_is_out_of_order() {
	let swaps = || Timetable::<Test>::mutate(|timetable| timetable.as_mut().reverse());
	broken(swaps, "market 12: the timetable is in the order of time");
}

#[test]
fn try_state_should_fail_when_a_market_is_missing_in_the_timetable() {
	let removes = || {
		Timetable::<Test>::mutate(|timetable| timetable.pop());
	};
	broken(removes, "market 12: the timetable names every market once");
	let renames = || Timetable::<Test>::mutate(|timetable| timetable[0].asset = CLOSED);
	broken(renames, "market 12: the timetable names every market");
}

#[test]
fn try_state_should_fail_when_the_moment_that_each_block_asks_for_is_not_the_first_one() {
	broken(
		NextDue::<Test>::kill,
		"market 12: the first moment of the timetable is noted",
	);
}

#[test]
fn try_state_should_fail_when_an_auction_and_the_phases_contradict_each_other() {
	let sentence = "market 13: the market whose auction is under way holds an auction, and no other does";
	broken(|| Auction::<Test>::put(auction_of(ASSET)), sentence);
	broken(
		|| with_market(|market| market.today.phase = MarketPhase::Uncrossing),
		sentence,
	);
	broken(
		|| Auction::<Test>::put(auction_of(CLOSED)),
		"market 13: the auction that is under way is that of a market",
	);
}

#[test]
fn try_state_should_fail_when_the_band_of_the_day_is_wider_than_the_prices_of_the_market() {
	broken(
		|| with_market(|market| market.today.price_max = Price(u64::MAX)),
		"market 14: the band of the day lies within the prices of the market",
	);
}

#[test]
fn try_state_should_fail_when_a_bar_contradicts_itself() {
	broken(
		|| with_market(|market| market.today.bar.listed.tonnes.0 = 1),
		"market 14: a bar has prices where something was traded by orders",
	);
	let above = |market: &mut MarketRecord| {
		market
			.today
			.bar
			.add_listed(Price(5), carbon_primitives::Tonnes(1));
		market.today.bar.prices.as_mut().expect("it was added").open = Price(6);
	};
	broken(
		|| with_market(above),
		"market 14: the first and the last price of a bar lie between the lowest and the highest",
	);
}

#[test]
fn try_state_should_fail_when_bars_are_missing_out_of_order_or_too_many() {
	broken(
		|| Bars::<Test>::remove(ASSET, 1),
		"market 15: the bar of a day that has ended is kept",
	);
	let sentence = "market 15: the bars of a market are of one day after the other";
	broken(|| Bars::<Test>::insert(ASSET, 1, Bar::new(Day(MONDAY))), sentence);
	broken(
		|| Bars::<Test>::insert(ASSET, 1, Bar::new(Day(MONDAY + 9))),
		sentence,
	);
	broken(
		|| Bars::<Test>::insert(ASSET, 7, Bar::new(Day(MONDAY))),
		"market 15: every bar is one of those that a market keeps",
	);
}

#[test]
fn try_state_should_hold_when_a_crossed_book_waits_for_its_auction() {
	collecting(|| {
		rest(ALICE, crate::Side::Buy, 10_000, 1);
		rest(BOB, crate::Side::Sell, 9_000, 1);
		assert_ok!(Market::do_try_state());
		block(at(MONDAY, 15, 0));
		assert_ok!(Market::do_try_state());
	});
}
