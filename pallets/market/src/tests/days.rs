//! Trading days: phases, closing prices, bars and what happens when the chain stands still.

use super::clock::*;
use crate::{
	mock::*, Bar, Calendar, Day, DayTotals, DayView, Error, Event, MarketParams, MarketPhase, NextDue,
	OrderKind, PriceRange, Schedules, Side, Timetable, TradeKind, Volume, WeightInfo,
};
use carbon_primitives::{Price, Tonnes};
use carbon_traits::RegistryBenchmarkHelper;
use frame_support::{assert_noop, assert_ok, weights::Weight};
use MarketPhase::{CallAuction, Closed, Continuous};
use Side::{Buy, Sell};

/// A trade of Alice, who buys, with Bob.
fn trade(price: u64, tonnes: u64) {
	rest(BOB, Sell, price, tonnes);
	assert_ok!(place(ALICE, Buy, price, tonnes, OrderKind::GoodTillCancelled));
}

/// A band of ten per cent.
fn banded() -> MarketParams {
	MarketParams {
		band_bps: Some(1_000),
		..Default::default()
	}
}

fn days_ended() -> Vec<(u32, u64, u64)> {
	let ended = market_events().into_iter().filter_map(|event| match event {
		Event::DayEnded {
			bar,
			old_value,
			new_value,
			..
		} => Some((bar.day.0, old_value.0, new_value.0)),
		_ => None,
	});
	ended.collect()
}

fn kept_days() -> Vec<u32> {
	let bars = Market::bars(ASSET, Day(0), u32::MAX);
	bars.into_iter().map(|day| day.bar.day.0).collect()
}

#[test]
fn a_market_should_go_through_its_phases_when_the_calendar_says_so() {
	with_sessions(at(MONDAY, 8, 0), MarketParams::default(), || {
		for (hour, minute, old_phase, new_phase) in [
			(9, 15, Closed, CallAuction),
			(9, 30, CallAuction, Continuous),
			(11, 30, Continuous, Closed),
			(13, 0, Closed, Continuous),
			(15, 0, Continuous, Closed),
		] {
			let now = at(MONDAY, hour, minute);
			block(now - 1);
			assert_eq!((phase(), market_events().len()), (old_phase, 0));
			assert_eq!(status().next_change, now);
			block(now);
			assert_eq!(phases(), [(ASSET, old_phase, new_phase)]);
			check();
		}
		assert_eq!(status().next_change, at(MONDAY + 1, 9, 15));
	});
}

#[test]
fn each_block_should_weigh_one_look_when_nothing_is_due() {
	with_sessions(at(MONDAY, 8, 0), MarketParams::default(), || {
		assert_eq!(
			block_with(at(MONDAY, 9, 0), Weight::MAX),
			<() as WeightInfo>::poll_idle()
		);
		assert_eq!(block_with(at(MONDAY, 9, 20), Weight::zero()), Weight::zero());
		assert_eq!(phase(), Closed);
	});
}

#[test]
fn a_day_should_end_with_the_average_of_its_listed_trades_when_there_were_any() {
	with_sessions(at(MONDAY, 10, 0), banded(), || {
		assert_eq!((status().price_min.0, status().price_max.0), (9_000, 11_000));
		trade(10_000, 10);
		trade(10_300, 5);
		trade(9_800, 1);
		block(at(MONDAY, 15, 0));
		// (100,000 + 51,500 + 9,800) / 16 = 10,081.25.
		let bar = Bar {
			day: Day(MONDAY),
			prices: Some(PriceRange {
				open: Price(10_000),
				high: Price(10_300),
				low: Price(9_800),
				last: Price(9_800),
			}),
			listed: Volume {
				tonnes: Tonnes(16),
				value: 161_300,
			},
			block: Volume::default(),
		};
		assert_eq!(
			market_events(),
			[
				Event::DayEnded {
					asset: ASSET,
					bar,
					old_value: Price(REFERENCE),
					new_value: Price(10_081),
				},
				Event::PhaseChanged {
					asset: ASSET,
					old_value: Continuous,
					new_value: Closed,
				}
			]
		);
		let day = DayView {
			bar,
			close: Some(Price(10_081)),
		};
		assert_eq!(Market::bars(ASSET, Day(0), 9), [day]);
		let status = status();
		assert_eq!((status.reference, status.closes), (Price(10_081), 1));
		assert_eq!((status.price_min.0, status.price_max.0), (9_073, 11_089));
		assert_eq!(status.bar, Bar::new(Day(MONDAY + 1)));
	});
}

#[test]
fn place_order_should_fail_when_its_price_is_outside_of_the_band_of_the_day() {
	with_sessions(at(MONDAY, 10, 0), banded(), || {
		let buy = |price| place(CHARLIE, Buy, price, 1, OrderKind::GoodTillCancelled);
		for price in [8_999, 11_001] {
			assert_noop!(buy(price), Error::<Test>::PriceOutsideBand);
		}
		trade(11_000, 1);
		let kept = rest(CHARLIE, Buy, 9_000, 1);
		block(at(MONDAY, 15, 0));
		block(at(MONDAY + 1, 9, 20));
		for price in [9_899, 12_101] {
			assert_noop!(buy(price), Error::<Test>::PriceOutsideBand);
		}
		rest(CHARLIE, Buy, 12_100, 1);
		// What rests stays so.
		assert!(Market::order(ASSET, kept).is_some());
	});
}

#[test]
fn the_reference_price_should_stay_when_nothing_was_traded_on_a_day() {
	with_sessions(at(MONDAY, 10, 0), banded(), || {
		trade(10_500, 2);
		block(at(MONDAY, 15, 0));
		assert_eq!(days_ended(), [(MONDAY, REFERENCE, 10_500)]);
		for day in 1..4 {
			block(at(MONDAY + day, 10, 0));
			rest(ALICE, Buy, 9_600, 1);
			block(at(MONDAY + day, 15, 0));
			assert_eq!(days_ended(), [(MONDAY + day, 10_500, 10_500)]);
			assert_eq!((status().price_min.0, status().price_max.0), (9_450, 11_550));
		}
	});
}

#[test]
fn the_trading_day_should_be_the_next_working_day_when_the_trading_of_a_friday_is_over() {
	with_sessions(at(MONDAY + 4, 10, 0), MarketParams::default(), || {
		assert_eq!(status().bar.day, Day(MONDAY + 4));
		block(at(MONDAY + 4, 15, 0));
		assert_eq!(status().bar.day, Day(MONDAY + 7));
		block(at(MONDAY + 6, 10, 0));
		assert_eq!((phase(), market_events().len()), (Closed, 0));
	});
}

#[test]
fn the_trading_day_should_be_one_with_sessions_when_a_saturday_makes_up_for_a_holiday() {
	let saturday = MONDAY + 5;
	traders().build_and_execute(|| {
		let calendar = Calendar {
			workdays: vec![Day(saturday)].try_into().expect("there may be as many"),
			..sessions()
		};
		open_market(
			ASSET,
			at(MONDAY + 4, 10, 0),
			calendar.clone(),
			MarketParams::default(),
		);
		block(at(MONDAY + 4, 15, 0));
		assert_eq!(
			(status().bar.day, kept_days()),
			(Day(MONDAY + 7), vec![MONDAY + 4])
		);
		open_market(OTHER, at(saturday, 10, 0), calendar, MarketParams::default());
		let other = Market::market_status(OTHER).expect("it is open");
		assert_eq!((other.phase, other.bar.day), (Closed, Day(MONDAY + 7)));
		block(at(MONDAY + 7, 15, 0));
		assert_eq!(kept_days(), [MONDAY + 4, MONDAY + 7]);
	});
}

#[test]
fn a_market_should_keep_the_latest_bars_when_more_days_have_ended_than_are_kept() {
	with_sessions(at(MONDAY, 10, 0), MarketParams::default(), || {
		let mut ended = Vec::new();
		for day in [0, 1, 2, 3, 4, 7, 8] {
			block(at(MONDAY + day, 15, 0));
			ended.push(MONDAY + day);
			let first = ended.len().saturating_sub(BARS_KEPT as usize);
			assert_eq!(kept_days(), ended[first..]);
			check();
		}
		assert_eq!(crate::Bars::<Test>::iter().count() as u32, BARS_KEPT);
		assert_eq!(status().closes, 7);
	});
}

#[test]
fn bars_should_begin_at_the_day_that_is_asked_for_and_be_as_many() {
	with_sessions(at(MONDAY, 10, 0), MarketParams::default(), || {
		for day in 0..4 {
			block(at(MONDAY + day, 15, 0));
		}
		let days = |from: u32, count| -> Vec<u32> {
			let bars = Market::bars(ASSET, Day(from), count);
			bars.into_iter().map(|day| day.bar.day.0).collect()
		};
		assert_eq!(days(0, 9), [MONDAY + 1, MONDAY + 2, MONDAY + 3]);
		assert_eq!(days(MONDAY + 2, 9), [MONDAY + 2, MONDAY + 3]);
		assert_eq!(days(0, 2), [MONDAY + 1, MONDAY + 2]);
		assert!(days(MONDAY + 4, 9).is_empty());
		assert!(days(0, 0).is_empty());
		assert_eq!(Market::bars(OTHER, Day(0), 9), []);
	});
}

#[test]
fn a_day_should_end_when_the_chain_stood_still_over_its_close_and_the_next_opening() {
	with_sessions(at(MONDAY, 14, 0), MarketParams::default(), || {
		trade(10_200, 3);
		block(at(MONDAY + 1, 10, 0));
		assert_eq!(days_ended(), [(MONDAY, REFERENCE, 10_200)]);
		assert_eq!((phase(), phases()), (Continuous, vec![]));
		assert_eq!((status().bar.day, kept_days()), (Day(MONDAY + 1), vec![MONDAY]));
	});
}

#[test]
fn days_should_have_no_bar_when_the_chain_stood_still_on_them() {
	with_sessions(at(MONDAY, 9, 20), MarketParams::default(), || {
		rest(ALICE, Buy, 10_100, 1);
		rest(BOB, Sell, 9_900, 1);
		block(at(MONDAY + 3, 12, 0));
		assert_eq!(phases(), [(ASSET, CallAuction, Closed)]);
		assert_eq!((kept_days(), status().bar.day), (vec![MONDAY], Day(MONDAY + 3)));
		check();
		// What was collected trades when the market opens.
		block(at(MONDAY + 3, 13, 0));
		assert_eq!((auctions(), phase()), (vec![(Some(10_000), 1)], Continuous));
		block(at(MONDAY + 3, 15, 0));
		assert_eq!(kept_days(), [MONDAY, MONDAY + 3]);
	});
}

#[test]
fn a_day_should_end_at_local_midnight_when_the_market_trades_around_the_clock() {
	traders().build_and_execute(|| {
		let calendar = Calendar {
			utc_offset: 480,
			..Default::default()
		};
		open_market(ASSET, at(MONDAY, 15, 0), calendar, MarketParams::default());
		trade(10_200, 3);
		block(at(MONDAY, 16, 0) - 1);
		assert_eq!(market_events().len(), 0);
		block(at(MONDAY, 16, 0));
		assert_eq!(days_ended(), [(MONDAY, REFERENCE, 10_200)]);
		assert_eq!((phase(), status().bar.day), (Continuous, Day(MONDAY + 1)));
		// On a Saturday as well.
		block(at(MONDAY + 5, 16, 0));
		assert_eq!(days_ended().len(), 1);
	});
}

#[test]
fn a_market_should_begin_with_the_phase_and_the_day_of_the_moment_when_it_is_opened() {
	for (now, phase, day) in [
		(at(MONDAY - 1, 12, 0), Closed, MONDAY),
		(at(MONDAY, 9, 14), Closed, MONDAY),
		(at(MONDAY, 9, 15), CallAuction, MONDAY),
		(at(MONDAY, 9, 30), Continuous, MONDAY),
		(at(MONDAY, 12, 0), Closed, MONDAY),
		(at(MONDAY, 15, 0), Closed, MONDAY + 1),
	] {
		with_sessions(now, MarketParams::default(), || {
			assert_eq!((status().phase, status().bar.day), (phase, Day(day)));
			block(now + 1);
			assert_eq!(market_events().len(), 0);
		});
	}
}

#[test]
fn markets_should_be_advanced_in_the_order_of_time_when_a_block_has_room_for_one() {
	with_sessions(at(MONDAY, 8, 0), MarketParams::default(), || {
		const THIRD: u32 = 2024;
		BenchmarkHelper::endow(&ALICE, THIRD, 1);
		let later = |minutes: i16| Calendar {
			utc_offset: -minutes,
			..sessions()
		};
		open_market(OTHER, at(MONDAY, 8, 0), later(2), MarketParams::default());
		open_market(THIRD, at(MONDAY, 8, 0), later(1), MarketParams::default());
		let one = <() as WeightInfo>::poll_idle() + <() as WeightInfo>::advance_market();
		let now = at(MONDAY, 9, 20);
		for asset in [ASSET, THIRD, OTHER] {
			assert_eq!(block_with(now, one), one);
			assert_eq!(phases(), [(asset, Closed, CallAuction)]);
			check();
		}
		assert_eq!(block_with(now, one), <() as WeightInfo>::poll_idle());
		assert_eq!(NextDue::<Test>::get(), Some(at(MONDAY, 9, 30)));
		let order: Vec<_> = Timetable::<Test>::get().iter().map(|due| due.asset).collect();
		assert_eq!(order, [ASSET, THIRD, OTHER]);
	});
}

#[test]
fn every_market_should_be_advanced_when_a_block_has_room_for_all() {
	with_sessions(at(MONDAY, 8, 0), MarketParams::default(), || {
		open_market(OTHER, at(MONDAY, 8, 0), sessions(), MarketParams::default());
		block(at(MONDAY, 9, 15));
		assert_eq!(
			phases(),
			[(ASSET, Closed, CallAuction), (OTHER, Closed, CallAuction)]
		);
	});
}

#[test]
fn day_totals_should_say_what_somebody_bought_and_sold_on_the_current_day() {
	with_sessions(at(MONDAY, 10, 0), MarketParams::default(), || {
		trade(10_000, 5);
		trade(10_100, 1);
		let volume = |tonnes, value| Volume {
			tonnes: Tonnes(tonnes),
			value,
		};
		let totals = |day, bought, sold| DayTotals {
			day: Day(day),
			bought,
			sold,
		};
		let six = volume(6, 60_100);
		let none = Volume::default();
		assert_eq!(Market::day_totals(ASSET, ALICE), totals(MONDAY, six, none));
		assert_eq!(Market::day_totals(ASSET, BOB), totals(MONDAY, none, six));
		assert_eq!(Market::day_totals(ASSET, CHARLIE), totals(MONDAY, none, none));
		assert_eq!(Market::day_totals(ASSET, STRANGER), totals(MONDAY, none, none));
		assert_eq!(Market::day_totals(OTHER, ALICE), DayTotals::default());
		block(at(MONDAY, 15, 0));
		assert_eq!(Market::day_totals(ASSET, ALICE), totals(MONDAY + 1, none, none));
	});
}

#[test]
fn day_totals_should_stay_when_an_order_is_cancelled_that_bound_all_that_there_was() {
	with_sessions(at(MONDAY, 10, 0), MarketParams::default(), || {
		assert_ok!(Market::withdraw(
			RuntimeOrigin::signed(BOB),
			tonnes(TONNES / 2 - 5)
		));
		let order = rest(BOB, Sell, 10_000, 5);
		assert_ok!(place(ALICE, Buy, 10_000, 2, OrderKind::GoodTillCancelled));
		assert_eq!(tonnes_of(BOB), (0, 3, 0));
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(BOB), ASSET, order));
		assert_eq!(Market::day_totals(ASSET, BOB).sold.tonnes, Tonnes(2));
	});
}

#[test]
fn last_trades_should_name_the_newest_first_and_at_most_ten() {
	with_sessions(at(MONDAY, 10, 0), MarketParams::default(), || {
		assert_eq!(Market::last_trades(ASSET), []);
		for price in 10_001..=10_012 {
			trade(price, 1);
		}
		let trades = Market::last_trades(ASSET);
		let prices: Vec<_> = trades.iter().map(|trade| trade.price.0).collect();
		assert_eq!(prices, (10_003..=10_012).rev().collect::<Vec<_>>());
		assert!(trades
			.iter()
			.all(|trade| trade.kind == TradeKind::Continuous && trade.block == 1));
		assert_eq!(Market::last_trades(OTHER), []);
	});
}

#[test]
fn market_status_and_calendar_should_be_none_when_there_is_no_market() {
	traders().build_and_execute(|| {
		assert_eq!(Market::market_status(ASSET), None);
		assert_eq!(Market::calendar(ASSET), None);
	});
}

#[test]
fn a_day_should_end_on_its_bar_when_the_days_have_wrapped_around_often() {
	with_sessions(at(MONDAY, 10, 0), MarketParams::default(), || {
		for week in 0..4 {
			for day in 0..5 {
				block(at(MONDAY + 7 * week + day, 14, 0));
				trade(10_000 + u64::from(7 * week + day), 1);
				block(at(MONDAY + 7 * week + day, 15, 0));
			}
		}
		let closes = Market::bars(ASSET, Day(0), 9);
		let closes: Vec<_> = closes.iter().filter_map(|day| day.close).collect();
		assert_eq!(closes, [Price(10_023), Price(10_024), Price(10_025)]);
		assert_eq!(
			Schedules::<Test>::get(ASSET).map(|schedule| schedule.closes),
			Some(20)
		);
	});
}
