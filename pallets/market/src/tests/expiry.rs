//! Orders whose date has come leave the books, block by block.

use crate::{
	mock::*, CancelReason, Event, Levels, MarketParams, NewOrder, NextExpiry, OrderId, OrderKind, Pages,
	Side, Sweep, WeightInfo, PAGE_SLOTS, SWEEP_PAGES_MAX,
};
use carbon_primitives::{Price, TradingRight};
use frame_support::{assert_ok, weights::Weight};
use Side::{Buy, Sell};

fn next_block() {
	System::set_block_number(System::block_number() + 1);
	System::reset_events();
}

fn expired() -> usize {
	market_events()
		.iter()
		.filter(|event| {
			matches!(
				event,
				Event::OrderCancelled {
					reason: CancelReason::Expired,
					..
				}
			)
		})
		.count()
}

fn rests(order: OrderId) -> bool {
	Market::order(ASSET, order).is_some()
}

fn one_page() -> Weight {
	<() as WeightInfo>::sweep_idle()
		+ <() as WeightInfo>::sweep_begin()
		+ <() as WeightInfo>::sweep_page(PAGE_SLOTS)
}

#[test]
fn on_idle_should_look_at_no_order_before_the_first_date_has_come() {
	ExtBuilder::trading().build_and_execute(|| {
		rest_until(ALICE, Sell, 9_000, 1, 50);
		MockTime::set(49);
		assert_eq!(idle(Weight::MAX), <() as WeightInfo>::sweep_idle());
		assert!(!Sweep::<Test>::exists());
	});
}

#[test]
fn on_idle_should_take_out_what_has_expired_and_note_what_ends_next() {
	ExtBuilder::trading().build_and_execute(|| {
		let gone = [
			rest_until(ALICE, Sell, 9_000, 1, 50),
			rest_until(BOB, Buy, 8_000, 1, 40),
		];
		let kept = [
			rest_until(ALICE, Sell, 9_000, 1, 70),
			rest_until(BOB, Sell, 9_001, 1, 60),
			rest(BOB, Sell, 9_000, 1),
		];
		assert_eq!(NextExpiry::<Test>::get(), Some(40));
		MockTime::set(50);
		next_block();
		idle(Weight::MAX);
		assert_eq!((gone.map(rests), kept.map(rests)), ([false; 2], [true; 3]));
		assert_eq!(expired(), 2);
		assert_eq!(NextExpiry::<Test>::get(), Some(60));
		assert!(!Sweep::<Test>::exists());
		MockTime::set(70);
		idle(Weight::MAX);
		assert_eq!(kept.map(rests), [false, false, true]);
		assert_eq!(NextExpiry::<Test>::get(), None);
	});
}

#[test]
fn on_idle_should_take_out_what_has_expired_in_a_pass_that_began_for_somebody() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest_until(ALICE, Sell, 9_000, 1, 50);
		rest(BOB, Sell, 9_001, 1);
		Participants::suspend(BOB);
		MockTime::set(50);
		idle(Weight::MAX);
		assert!(!rests(order));
		assert_eq!(Levels::<Test>::iter().count(), 0);
	});
}

#[test]
fn on_idle_should_note_the_dates_of_orders_that_are_placed_while_a_pass_is_under_way() {
	ExtBuilder::trading().build_and_execute(|| {
		for price in [9_000, 9_001, 9_002] {
			rest_until(ALICE, Sell, price, 1, 50);
		}
		rest_until(ALICE, Sell, 9_003, 1, 90);
		MockTime::set(50);
		idle(one_page());
		assert!(Sweep::<Test>::get().is_some_and(|sweep| sweep.cursor.is_some()));
		assert_eq!(NextExpiry::<Test>::get(), None);
		// Wherever the pass stands, one of these lies behind it.
		let placed = [8_990, 9_005].map(|price| rest_until(BOB, Sell, price, 1, 60));
		check();
		idle_until_swept();
		assert_eq!(
			(NextExpiry::<Test>::get(), placed.map(rests)),
			(Some(60), [true; 2])
		);
		MockTime::set(60);
		idle(Weight::MAX);
		assert_eq!(placed.map(rests), [false; 2]);
		assert_eq!(NextExpiry::<Test>::get(), Some(90));
	});
}

#[test]
fn on_idle_should_begin_another_pass_when_something_has_become_due_meanwhile() {
	ExtBuilder::trading().build_and_execute(|| {
		for price in [9_000, 9_001] {
			rest_until(ALICE, Sell, price, 1, 50);
			rest_until(BOB, Sell, price, 1, 60);
		}
		MockTime::set(50);
		for _ in 0..2 {
			idle(one_page());
		}
		MockTime::set(60);
		idle_until_swept();
		assert_eq!(Levels::<Test>::iter().count(), 0);
	});
}

#[test]
fn on_idle_should_find_nothing_when_the_dated_orders_are_gone_already() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest_until(ALICE, Sell, 9_000, 1, 50);
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(ALICE), ASSET, order));
		MockTime::set(50);
		idle(Weight::MAX);
		assert!(!NextExpiry::<Test>::exists() && !Sweep::<Test>::exists());
	});
}

#[test]
fn on_idle_should_bound_each_block_and_return_every_hold_when_very_many_orders_expire_at_once() {
	// Without optimisation so many take minutes.
	const ORDERS: u64 = if cfg!(debug_assertions) { 10_000 } else { 100_000 };
	let mut ext = ExtBuilder::trading().build();
	let before = ext.execute_with(|| [ALICE, BOB].map(|who| (cash_of(who), tonnes_of(who))));
	ext.execute_with(|| {
		for n in 0..ORDERS {
			let (side, price) = if n % 2 == 0 {
				(Buy, 8_000 - n % 98)
			} else {
				(Sell, 9_000 + n % 77)
			};
			let who = if n % 3 == 0 { ALICE } else { BOB };
			let dated = NewOrder {
				expires: Some(1_000),
				..order(side, price, 1, OrderKind::GoodTillCancelled)
			};
			assert_ok!(place_new(who, dated));
			if n % 7 == 0 {
				rest(CHARLIE, side, price, 1);
			}
			if n % 500 == 499 {
				next_block();
			}
		}
		assert!(Pages::<Test>::iter().count() > 200);
		let charlies = (cash_of(CHARLIE), tonnes_of(CHARLIE));
		// Nothing of this stands in the way.
		halt(u64::MAX);
		Participants::set_right(ALICE, TradingRight::Withdrawn);
		let far = MarketParams {
			price_min: Price(9_500),
			price_max: Price(15_000),
			..Default::default()
		};
		assert_ok!(Market::set_params(RuntimeOrigin::root(), ASSET, far));
		MockTime::set(1_000);
		let block_max = <() as WeightInfo>::sweep_page(PAGE_SLOTS).saturating_mul(SWEEP_PAGES_MAX.into())
			+ <() as WeightInfo>::sweep_begin()
			+ <() as WeightInfo>::sweep_idle();
		let (mut blocks, mut gone) = (0, 0);
		loop {
			next_block();
			assert!(idle(Weight::MAX).all_lte(block_max));
			let left = market_events()
				.iter()
				.filter(|event| matches!(event, Event::OrderCancelled { .. }))
				.count();
			assert!(left <= (SWEEP_PAGES_MAX * PAGE_SLOTS) as usize);
			gone += left;
			blocks += 1;
			assert!(blocks < 100);
			if blocks % 8 == 0 {
				check();
			}
			if !Sweep::<Test>::exists() {
				break;
			}
		}
		assert_eq!(gone as u64, ORDERS);
		assert!(blocks > 5, "{blocks}");
		for (who, before) in [ALICE, BOB].into_iter().zip(before) {
			assert_eq!((cash_of(who), tonnes_of(who)), before);
		}
		assert_eq!((cash_of(CHARLIE), tonnes_of(CHARLIE)), charlies);
		assert_eq!(NextExpiry::<Test>::get(), None);
	});
}
