//! Orders of those who lost their right to trade leave the books, block by block.

use crate::{
	mock::*, weights::SubstrateWeight, Event, Levels, OrderId, OrderKind, Pages, Side, Sweep, SweepScope,
	TradingAccounts, WeightInfo, PAGE_SLOTS, SWEEP_PAGES_MAX,
};
use carbon_primitives::{Price, TradingRight};
use carbon_traits::OnTradingRight;
use frame_support::{assert_ok, storage::unhashed, weights::Weight};
use Side::{Buy, Sell};

/// Orders that left, in this block.
fn withdrawn() -> usize {
	market_events()
		.iter()
		.filter(|event| matches!(event, Event::OrderCancelled { .. }))
		.count()
}

fn next_block() {
	// With the block the events of the last one go, as on a chain.
	System::set_block_number(System::block_number() + 1);
	System::reset_events();
}

#[test]
fn on_idle_should_weigh_one_look_when_nobody_lost_a_right() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Sell, 9_000, 1);
		assert_eq!(idle(Weight::MAX), <() as WeightInfo>::sweep_idle());
		assert_eq!(idle(Weight::zero()), Weight::zero());
	});
}

#[test]
fn on_idle_should_take_the_orders_of_the_suspended_out_of_every_market_and_no_others() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_ok!(create_market(RuntimeOrigin::root(), OTHER, Default::default()));
		let before = Market::trading_account(ALICE);
		let sell = rest(ALICE, Sell, 9_000, 1);
		let buy = rest(ALICE, Buy, 8_000, 2);
		let kept = rest(BOB, Sell, 9_000, 1);
		assert_ok!(Market::place_order(
			RuntimeOrigin::signed(ALICE),
			OTHER,
			order(Buy, 7_000, 3, OrderKind::GoodTillCancelled)
		));
		let other = last_order().expect("it rests");
		Participants::suspend(ALICE);
		next_block();
		idle(Weight::MAX);
		for (asset, order) in [(ASSET, sell), (ASSET, buy), (OTHER, other)] {
			assert_eq!(Market::order(asset, order), None);
		}
		assert!(Market::order(ASSET, kept).is_some());
		let after = Market::trading_account(ALICE);
		assert_eq!(
			(after.cash_free, after.cash_locked, after.positions),
			(before.cash_free, 0, before.positions)
		);
		assert_eq!(withdrawn(), 3);
		assert_eq!(market_events().last(), Some(&Event::SweepFinished));
		assert!(!Sweep::<Test>::exists());
	});
}

#[test]
fn on_idle_should_bound_each_block_and_return_every_hold_when_ten_thousand_orders_rest() {
	const ORDERS: u64 = 10_000;
	let mut ext = ExtBuilder::trading().build();
	let before = ext.execute_with(|| [ALICE, BOB].map(|who| (cash_of(who), tonnes_of(who))));
	ext.execute_with(|| {
		for n in 0..ORDERS {
			// Alice on both sides, deep and wide; every seventh order in between is Bob's.
			let (side, price) = if n % 2 == 0 {
				(Buy, 8_000 - n % 98)
			} else {
				(Sell, 9_000 + n % 77)
			};
			let order = |who| place(who, side, price, 1, OrderKind::GoodTillCancelled);
			assert_ok!(order(ALICE));
			if n % 7 == 0 {
				assert_ok!(order(BOB));
			}
			if n % 500 == 499 {
				next_block();
			}
		}
		assert!(Pages::<Test>::iter().count() > 200);
		let bobs = (cash_of(BOB), tonnes_of(BOB));
		Participants::suspend(ALICE);
		let page = <() as WeightInfo>::sweep_page(PAGE_SLOTS);
		let block_max = page.saturating_mul(SWEEP_PAGES_MAX.into())
			+ <() as WeightInfo>::sweep_begin()
			+ <() as WeightInfo>::sweep_idle();
		let (mut blocks, mut gone) = (0, 0);
		while Sweep::<Test>::exists() {
			next_block();
			assert!(idle(Weight::MAX).all_lte(block_max));
			assert!(withdrawn() <= (SWEEP_PAGES_MAX * PAGE_SLOTS) as usize);
			gone += withdrawn();
			blocks += 1;
			assert!(blocks < 100);
			check();
		}
		assert_eq!(gone as u64, ORDERS);
		assert!(blocks > 5, "{blocks}");
		assert_eq!((cash_of(ALICE), tonnes_of(ALICE)), before[0]);
		assert_eq!((cash_of(BOB), tonnes_of(BOB)), bobs);
		// A full pass was enough.
		assert_eq!(
			TradingAccounts::<Test>::get(ALICE).map(|a| a.has_orders()),
			Some(false)
		);
	});
}

#[test]
fn on_idle_should_sweep_as_many_pages_as_the_remaining_weight_allows() {
	ExtBuilder::trading().build_and_execute(|| {
		for _ in 0..5 * PAGE_SLOTS {
			rest(ALICE, Sell, 9_000, 1);
		}
		Participants::suspend(ALICE);
		let (idle_weight, begin, page) = (
			<() as WeightInfo>::sweep_idle(),
			<() as WeightInfo>::sweep_begin(),
			<() as WeightInfo>::sweep_page(PAGE_SLOTS),
		);
		next_block();
		let too_little = idle_weight + begin + page - Weight::from_parts(1, 0);
		assert_eq!(idle(too_little), idle_weight);
		assert_eq!(withdrawn(), 0);
		for pages in [1, 2] {
			next_block();
			let limit = idle_weight + begin + page.saturating_mul(pages);
			assert_eq!(idle(limit), limit);
			assert_eq!(withdrawn() as u64, pages * u64::from(PAGE_SLOTS));
			check();
		}
		idle_until_swept();
		assert_eq!(Levels::<Test>::iter().count() + Pages::<Test>::iter().count(), 0);
	});
}

#[test]
fn on_idle_should_leave_orders_when_the_right_came_back_in_time() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest(ALICE, Sell, 9_000, 1);
		Participants::suspend(ALICE);
		Participants::set_right(ALICE, TradingRight::Lasting);
		idle_until_swept();
		assert!(Market::order(ASSET, order).is_some());
	});
}

/// One page of Alice's or Bob's at each of four prices.
fn four_levels() {
	for (who, price) in [(ALICE, 9_000), (BOB, 9_001), (ALICE, 9_002), (BOB, 9_003)] {
		rest(who, Sell, price, 1);
	}
}

/// Weight for one page.
fn one_page() -> Weight {
	<() as WeightInfo>::sweep_idle()
		+ <() as WeightInfo>::sweep_begin()
		+ <() as WeightInfo>::sweep_page(PAGE_SLOTS)
}

#[test]
fn on_idle_should_begin_a_second_pass_when_somebody_joins_during_the_first() {
	ExtBuilder::trading().build_and_execute(|| {
		four_levels();
		Participants::suspend(ALICE);
		// The pass has gone beyond two levels, one of them Bob's.
		for _ in 0..2 {
			idle(one_page());
		}
		Participants::suspend(BOB);
		let sweep = Sweep::<Test>::get().expect("it goes on");
		assert!(sweep.waiting.contains(&BOB) && !sweep.passing.contains(&BOB));
		check();
		idle_until_swept();
		assert_eq!(Levels::<Test>::iter().count(), 0);
	});
}

#[test]
fn on_idle_should_look_at_everybody_when_more_lose_their_right_than_the_list_holds() {
	ExtBuilder::trading().build_and_execute(|| {
		four_levels();
		rest(CHARLIE, Sell, 9_004, 1);
		for who in [ALICE, BOB, CHARLIE] {
			Participants::suspend(who);
		}
		assert_eq!(
			Sweep::<Test>::get().map(|sweep| sweep.passing),
			Some(SweepScope::Everyone)
		);
		idle_until_swept();
		assert_eq!(Levels::<Test>::iter().count(), 0);
	});
}

#[test]
fn on_idle_should_look_at_everybody_in_the_next_pass_when_the_waiting_are_too_many() {
	ExtBuilder::trading().build_and_execute(|| {
		four_levels();
		rest(CHARLIE, Sell, 9_000, 1);
		Participants::suspend(ALICE);
		for _ in 0..2 {
			idle(one_page());
		}
		// Alice may trade again, places an order behind the cursor and loses the right once more.
		Participants::set_right(ALICE, TradingRight::Lasting);
		for price in [8_990, 9_500] {
			rest(ALICE, Sell, price, 1);
		}
		for who in [ALICE, BOB, CHARLIE] {
			Participants::suspend(who);
		}
		assert_eq!(
			Sweep::<Test>::get().map(|sweep| sweep.waiting),
			Some(SweepScope::Everyone)
		);
		idle_until_swept();
		assert_eq!(Levels::<Test>::iter().count(), 0);
	});
}

#[test]
fn on_idle_should_miss_no_order_when_levels_come_and_go_and_pages_open_again_between_the_blocks() {
	ExtBuilder::trading().build_and_execute(|| {
		let mut bobs = Vec::new();
		for n in 0..6 * PAGE_SLOTS {
			rest(if n % 3 == 0 { ALICE } else { CHARLIE }, Sell, 9_000, 1);
		}
		for price in [8_995, 9_005] {
			rest(ALICE, Sell, price, 1);
			bobs.push(rest(BOB, Sell, price, 1));
		}
		// Bob's orders alone lie on the newest page.
		let newest = rest(BOB, Sell, 9_000, 1);
		Participants::suspend(ALICE);
		let mut flips = vec![newest];
		for block in 0..60 {
			next_block();
			idle(one_page());
			check();
			// The page before the newest one opens again, and is sealed again.
			if let Some(order) = flips.pop() {
				assert_ok!(Market::cancel_order(RuntimeOrigin::signed(BOB), ASSET, order));
			} else {
				flips.push(rest(BOB, Sell, 9_000, 1));
			}
			// Levels come and go around the one that is swept, and matching takes its oldest pages away.
			if let Some(order) = bobs.pop() {
				assert_ok!(Market::cancel_order(RuntimeOrigin::signed(BOB), ASSET, order));
			} else {
				bobs.push(rest(BOB, Sell, 8_995 + block % 11, 1));
			}
			if block % 5 == 0 {
				let buyer = place(BOB, Buy, 9_000, 3, OrderKind::ImmediateOrCancel);
				assert_ok!(buyer);
			}
		}
		idle_until_swept();
		let account = TradingAccounts::<Test>::get(ALICE).expect("it has funds");
		assert!(!account.has_orders());
	});
}

#[test]
fn on_idle_should_go_on_behind_a_level_when_its_orders_contradict_the_ledger() {
	let mut ext = ExtBuilder::trading().build();
	ext.execute_with(|| {
		let page = rest(ALICE, Sell, 9_000, 1).serial();
		rest(BOB, Sell, 9_001, 1);
		for who in [ALICE, BOB] {
			Market::trading_right_changed(&who, TradingRight::Withdrawn);
		}
		unhashed::kill(&TradingAccounts::<Test>::hashed_key_for(ALICE));
		idle_until_swept();
		let skipped = Event::LevelNotSwept {
			asset: ASSET,
			side: Sell,
			price: Price(9_000),
			page: Some(page),
			next: None,
		};
		assert!(market_events().contains(&skipped));
		assert_eq!(Levels::<Test>::iter().count(), 1, "Bob's order has left");
		assert_eq!(tonnes_of(BOB), (TONNES / 2, 0, 0));
	});
}

#[test]
fn on_idle_should_go_on_with_the_next_page_when_one_contradicts_the_ledger() {
	let mut ext = ExtBuilder::trading().build();
	ext.execute_with(|| {
		let pages = [ALICE, BOB, BOB].map(|who| {
			let orders: Vec<_> = (0..PAGE_SLOTS).map(|_| rest(who, Sell, 9_000, 1)).collect();
			orders[0].serial()
		});
		for who in [ALICE, BOB] {
			Market::trading_right_changed(&who, TradingRight::Withdrawn);
		}
		unhashed::kill(&TradingAccounts::<Test>::hashed_key_for(ALICE));
		idle_until_swept();
		let skipped = Event::LevelNotSwept {
			asset: ASSET,
			side: Sell,
			price: Price(9_000),
			page: Some(pages[0]),
			next: Some(pages[1]),
		};
		assert!(market_events().contains(&skipped));
		assert_eq!(tonnes_of(BOB), (TONNES / 2, 0, 0));
	});
}

#[test]
fn on_idle_should_end_when_somebody_cancels_the_next_page_and_adds_one_in_each_block() {
	ExtBuilder::trading().build_and_execute(|| {
		let add_page = |who| -> Vec<_> {
			let orders = (0..PAGE_SLOTS).map(|_| rest(who, Sell, 9_000, 1));
			orders.collect()
		};
		const PAGES: usize = 12;
		let mut bobs = Vec::new();
		for page in 0..PAGES {
			// Nobody can have the pages of Alice's orders taken away.
			if page % 3 == 2 {
				add_page(ALICE);
			} else {
				bobs.extend(add_page(BOB));
			}
		}
		Participants::suspend(ALICE);
		let mut blocks = 0;
		while let Some(sweep) = Sweep::<Test>::get() {
			next_block();
			// A full chain: the sweep has room for one page.
			idle(one_page());
			let at = sweep.cursor.and_then(|cursor| cursor.walk).map(|walk| walk.at);
			let (gone, left) = bobs
				.into_iter()
				.partition::<Vec<_>, _>(|order: &OrderId| Some(order.serial()) == at);
			bobs = left;
			for order in gone {
				assert_ok!(Market::cancel_order(RuntimeOrigin::signed(BOB), ASSET, order));
			}
			bobs.extend(add_page(BOB));
			blocks += 1;
			assert!(blocks <= PAGES * PAGES, "the sweep comes to an end");
		}
		let account = TradingAccounts::<Test>::get(ALICE).expect("it has funds");
		assert!(!account.has_orders());
	});
}

#[test]
fn on_idle_should_weigh_a_way_and_not_a_page_when_the_page_to_go_on_with_is_gone() {
	ExtBuilder::trading().build_and_execute(|| {
		let mut pages = [BOB, BOB, BOB, ALICE].map(|who| -> Vec<_> {
			let orders = (0..PAGE_SLOTS).map(|_| rest(who, Sell, 9_000, 1));
			orders.collect()
		});
		Participants::suspend(ALICE);
		idle(one_page());
		for order in core::mem::take(&mut pages[1]) {
			assert_ok!(Market::cancel_order(RuntimeOrigin::signed(BOB), ASSET, order));
		}
		let way = <() as WeightInfo>::sweep_idle()
			+ <() as WeightInfo>::sweep_begin()
			+ <() as WeightInfo>::sweep_skip();
		assert_eq!(idle(one_page()), way);
		let walk = Sweep::<Test>::get().and_then(|sweep| sweep.cursor?.walk);
		assert_eq!(walk.map(|walk| walk.at), Some(pages[2][0].serial()));
		idle_until_swept();
	});
}

#[test]
fn weights_of_the_sweep_should_rise_with_the_orders_that_leave() {
	type Weights = SubstrateWeight<Test>;
	let (none, all) = (Weights::sweep_page(0), Weights::sweep_page(PAGE_SLOTS));
	assert!(none.all_lt(all) || none.ref_time() < all.ref_time());
}
