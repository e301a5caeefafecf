//! Changing when a market trades.

use super::clock::*;
use crate::{
	mock::*, Calendar, Day, Error, Event, Hours, MarketParams, MarketPhase, MarketStatus, OrderKind, Session,
	Side, WeightInfo,
};
use carbon_primitives::{Price, Tonnes};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, DispatchResult};
use MarketPhase::{CallAuction, Closed, Continuous, Uncrossing};
use Side::{Buy, Sell};

fn set_calendar(calendar: Calendar) -> DispatchResult {
	Market::set_calendar(RuntimeOrigin::root(), ASSET, calendar)
}

fn unfit() -> Calendar {
	Calendar {
		weekdays: 0,
		..Default::default()
	}
}

#[test]
fn set_calendar_should_count_from_the_next_block_on() {
	with_sessions(at(MONDAY, 12, 0), MarketParams::default(), || {
		assert_ok!(set_calendar(Calendar::default()));
		assert_eq!(
			market_events().last(),
			Some(&Event::CalendarChanged {
				asset: ASSET,
				old_value: sessions(),
				new_value: Calendar::default(),
			})
		);
		assert_eq!(Market::calendar(ASSET), Some(Calendar::default()));
		assert_eq!(phase(), Closed);
		check();
		block(at(MONDAY, 12, 0) + 2_000);
		assert_eq!(phases(), [(ASSET, Closed, Continuous)]);
		assert_eq!(status().next_change, at(MONDAY + 1, 0, 0));
	});
}

#[test]
fn set_calendar_should_close_the_market_when_the_new_hours_are_over_and_end_its_day() {
	with_sessions(at(MONDAY, 14, 0), MarketParams::default(), || {
		rest(BOB, Sell, 10_100, 1);
		assert_ok!(place(ALICE, Buy, 10_100, 1, OrderKind::Market));
		let sessions = vec![Session {
			opens: 600,
			closes: 720,
		}];
		let morning = Calendar {
			hours: Hours::Sessions {
				sessions: sessions.try_into().expect("there may be as many"),
				auction: 0,
			},
			..Default::default()
		};
		assert_ok!(set_calendar(morning));
		block(at(MONDAY, 14, 0) + 2_000);
		assert_eq!(phases(), [(ASSET, Continuous, Closed)]);
		let MarketStatus {
			bar,
			reference,
			closes,
			..
		} = status();
		assert_eq!((bar.day.0, reference, closes), (MONDAY + 1, Price(10_100), 1));
		// It opens without an auction.
		block(at(MONDAY + 1, 10, 0));
		assert_eq!(phases(), [(ASSET, Closed, Continuous)]);
	});
}

/// The sessions with a holiday on each of `days`.
fn closed_on(days: impl Iterator<Item = u32>) -> Calendar {
	let holidays: Vec<_> = days.map(Day).collect();
	Calendar {
		holidays: holidays.try_into().expect("there may be as many"),
		..sessions()
	}
}

#[test]
fn set_calendar_should_bring_the_next_trading_day_forward_when_nothing_was_traded_on_it() {
	with_sessions(at(MONDAY, 14, 0), MarketParams::default(), || {
		assert_ok!(set_calendar(closed_on(MONDAY + 1..MONDAY + 14)));
		block(at(MONDAY, 15, 0));
		assert_eq!((status().closes, status().bar.day.0), (1, MONDAY + 14));
		assert_ok!(set_calendar(closed_on(MONDAY + 1..MONDAY + 2)));
		block(at(MONDAY + 1, 10, 0));
		assert_eq!(status().bar.day.0, MONDAY + 2);
		check();
		block(at(MONDAY + 2, 10, 0));
		rest(BOB, Sell, 10_100, 1);
		assert_ok!(place(ALICE, Buy, 10_100, 1, OrderKind::Market));
		block(at(MONDAY + 2, 15, 0));
		assert_eq!((status().closes, status().reference), (2, Price(10_100)));
		assert_eq!(status().bar.day.0, MONDAY + 3);
	});
}

#[test]
fn set_calendar_should_leave_the_next_trading_day_when_a_block_trade_counts_on_it() {
	with_sessions(at(MONDAY, 14, 0), MarketParams::default(), || {
		assert_ok!(set_calendar(closed_on(MONDAY + 1..MONDAY + 3)));
		block(at(MONDAY, 15, 0));
		crate::Markets::<Test>::mutate(ASSET, |market| {
			let bar = &mut market.as_mut().expect("it was opened").today.bar;
			bar.add_block(Price(10_000), Tonnes(1));
		});
		assert_ok!(set_calendar(sessions()));
		block(at(MONDAY + 1, 10, 0));
		assert_eq!((phase(), status().bar.day.0), (Continuous, MONDAY + 3));
	});
}

#[test]
fn set_calendar_should_never_go_back_to_a_day_that_has_ended() {
	with_sessions(at(MONDAY, 14, 0), MarketParams::default(), || {
		block(at(MONDAY, 15, 0));
		assert_eq!(status().bar.day.0, MONDAY + 1);
		assert_ok!(set_calendar(Calendar::default()));
		block(at(MONDAY, 16, 0) + 2_000);
		assert_eq!((phase(), status().bar.day.0), (Continuous, MONDAY + 1));
		block(at(MONDAY + 1, 0, 0));
		assert_eq!((status().closes, status().bar.day.0), (1, MONDAY + 1));
	});
}

#[test]
fn set_calendar_should_hold_the_auction_when_the_collection_of_orders_ends_with_it() {
	collecting(|| {
		rest(ALICE, Buy, 10_100, 1);
		rest(BOB, Sell, 9_900, 1);
		assert_ok!(set_calendar(Calendar::default()));
		block(at(MONDAY, 9, 21));
		assert_eq!((phase(), auctions()), (Continuous, vec![(Some(10_000), 1)]));
	});
}

#[test]
fn set_calendar_should_wait_for_the_auction_when_it_is_being_held() {
	collecting(|| {
		open_market(OTHER, at(MONDAY, 9, 20), sessions(), MarketParams::default());
		for n in 0..900 {
			rest(ALICE, Buy, 10_000 + n % 9, 1);
			rest(BOB, Sell, 9_999 - n % 9, 1);
		}
		let step = <() as WeightInfo>::auction_settle(crate::auction::AUCTION_ORDERS);
		let limit = <() as WeightInfo>::poll_idle() + <() as WeightInfo>::advance_market() + step;
		block_with(at(MONDAY, 9, 30), limit);
		assert_eq!(phase(), Uncrossing);
		let night = Calendar {
			utc_offset: 720,
			..sessions()
		};
		assert_ok!(set_calendar(night));
		check();
		// The other market has been due for longer now, but one auction is held after the other.
		block_with(at(MONDAY, 9, 31), limit);
		assert_eq!((phase(), phases()), (Uncrossing, vec![]));
		block(at(MONDAY, 9, 32));
		assert_eq!(
			phases(),
			[(ASSET, Uncrossing, Closed), (OTHER, CallAuction, Continuous)]
		);
		assert_eq!(auctions().len(), 1);
	});
}

#[test]
fn set_calendar_should_fail_when_the_calendar_cannot_be_followed() {
	with_sessions(at(MONDAY, 10, 0), MarketParams::default(), || {
		assert_noop!(set_calendar(unfit()), Error::<Test>::InvalidCalendar);
	});
}

#[test]
fn set_calendar_should_fail_when_there_is_no_market() {
	traders().build_and_execute(|| {
		assert_noop!(set_calendar(Calendar::default()), Error::<Test>::MarketNotFound);
	});
}

#[test]
fn set_calendar_should_fail_when_the_origin_is_not_the_regulator() {
	with_sessions(at(MONDAY, 10, 0), MarketParams::default(), || {
		assert_noop!(
			Market::set_calendar(RuntimeOrigin::signed(ALICE), ASSET, Calendar::default()),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn create_market_should_fail_when_the_calendar_cannot_be_followed() {
	traders().build_and_execute(|| {
		let params = MarketParams::default();
		let root = RuntimeOrigin::root();
		assert_noop!(
			Market::create_market(root, ASSET, params, params.price_max, unfit()),
			Error::<Test>::InvalidCalendar
		);
	});
}

#[test]
fn create_market_should_fail_when_no_order_may_have_the_reference_price() {
	traders().build_and_execute(|| {
		let params = MarketParams {
			tick: Price(5),
			price_min: Price(5),
			..Default::default()
		};
		for reference in [0, 10_001, 16_005] {
			let root = RuntimeOrigin::root();
			assert_noop!(
				Market::create_market(root, ASSET, params, Price(reference), Calendar::default()),
				Error::<Test>::InvalidReference
			);
		}
	});
}
