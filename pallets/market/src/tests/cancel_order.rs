//! Cancelling orders.

use crate::{
	mock::*, CancelReason, Error, Event, Funds, Levels, OrderId, OrderKind, Pages, Side, TradingAccounts,
	PAGE_SLOTS,
};
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::StateVersion;

fn cancel(who: AccountId, order: OrderId) -> sp_runtime::DispatchResult {
	Market::cancel_order(RuntimeOrigin::signed(who), ASSET, order)
}

#[test]
fn cancel_order_should_release_exactly_what_was_locked_when_the_order_rests() {
	ExtBuilder::trading().build_and_execute(|| {
		for (side, released) in [(Side::Buy, cash(90_000)), (Side::Sell, tonnes(10))] {
			let before = Market::trading_account(ALICE);
			let order = rest(ALICE, side, 9_000, 10);
			assert_ok!(cancel(ALICE, order));
			assert_eq!(Market::trading_account(ALICE), before);
			assert_eq!(
				market_events().last(),
				Some(&Event::OrderCancelled {
					asset: ASSET,
					order,
					owner: ALICE,
					tonnes: Tonnes(10),
					released,
					reason: CancelReason::Owner,
				})
			);
		}
		assert_eq!(Levels::<Test>::iter().count(), 0);
	});
}

#[test]
fn cancel_order_should_leave_the_state_of_before_when_many_orders_came_and_went() {
	// Without optimisation so many take minutes.
	const ORDERS: u64 = if cfg!(debug_assertions) { 6_000 } else { 100_000 };
	ExtBuilder::trading().build_and_execute(|| {
		let state_root = || {
			System::reset_events();
			System::set_block_number(1);
			sp_io::storage::root(StateVersion::V1)
		};
		let before = state_root();
		let mut orders = Vec::new();
		for n in 0..ORDERS {
			if n % 20 == 0 {
				System::set_block_number(2 + n);
				System::reset_events();
			}
			let who = [ALICE, BOB, CHARLIE][(n % 3) as usize];
			let (side, price) = match n % 2 {
				0 => (Side::Buy, 8_000 - n % 70),
				_ => (Side::Sell, 9_000 + n % 50),
			};
			orders.push((who, rest(who, side, price, 1)));
		}
		assert_ne!(state_root(), before);
		// Every fourth first, so that pages empty in all orders.
		for part in [1, 3, 0, 2] {
			for (who, order) in orders.iter().skip(part).step_by(4) {
				assert_ok!(cancel(*who, *order));
			}
		}
		assert_eq!(state_root(), before);
	});
}

#[test]
fn cancel_order_should_release_the_rest_when_the_order_was_filled_in_part() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest(ALICE, Side::Buy, 9_000, 10);
		assert_ok!(place(BOB, Side::Sell, 9_000, 4, OrderKind::GoodTillCancelled));
		assert_ok!(cancel(ALICE, order));
		assert_eq!(cash_of(ALICE), (CASH / 2 - 36_000, 0));
		assert_eq!(tonnes_of(ALICE), (TONNES / 2 + 4, 0, 0));
	});
}

#[test]
fn cancel_order_should_succeed_when_the_owner_is_suspended() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest(ALICE, Side::Sell, 9_000, 10);
		Participants::suspend(ALICE);
		assert_ok!(cancel(ALICE, order));
		assert_ok!(Market::withdraw(RuntimeOrigin::signed(ALICE), tonnes(TONNES / 2)));
	});
}

#[test]
fn cancel_order_should_fail_when_the_order_belongs_to_somebody_else() {
	ExtBuilder::trading().build_and_execute(|| {
		let order = rest(ALICE, Side::Sell, 9_000, 10);
		assert_noop!(cancel(BOB, order), Error::<Test>::NotOrderOwner);
		assert_noop!(cancel(STRANGER, order), Error::<Test>::NotOrderOwner);
	});
}

#[test]
fn cancel_order_should_name_the_contradiction_when_the_owner_has_no_trading_account() {
	ExtBuilder::trading().build().execute_with(|| {
		let order = rest(ALICE, Side::Sell, 9_000, 10);
		frame_support::storage::unhashed::kill(&TradingAccounts::<Test>::hashed_key_for(ALICE));
		for who in [ALICE, BOB] {
			assert_noop!(cancel(who, order), Error::<Test>::Unexpected);
		}
	});
}

#[test]
fn cancel_order_should_fail_when_the_identifier_names_no_order() {
	ExtBuilder::trading().build_and_execute(|| {
		assert_noop!(cancel(ALICE, OrderId(0)), Error::<Test>::OrderNotFound);
		let order = rest(ALICE, Side::Sell, 9_000, 10);
		for number in [
			order.0 + 1,
			order.0 + (1 << 8),
			order.0 ^ (1 << 32),
			order.0 ^ (1 << 97),
			u128::MAX,
		] {
			assert_noop!(cancel(ALICE, OrderId(number)), Error::<Test>::OrderNotFound);
		}
		let other = Market::cancel_order(RuntimeOrigin::signed(ALICE), OTHER, order);
		assert_noop!(other, Error::<Test>::OrderNotFound);
	});
}

#[test]
fn cancel_order_should_fail_when_the_order_is_gone_and_its_level_was_filled_again() {
	ExtBuilder::trading().build_and_execute(|| {
		let cancelled = rest(ALICE, Side::Sell, 9_000, 10);
		assert_ok!(cancel(ALICE, cancelled));
		let filled = rest(ALICE, Side::Sell, 9_000, 10);
		assert_ok!(place(BOB, Side::Buy, 9_000, 10, OrderKind::GoodTillCancelled));
		let resting = rest(ALICE, Side::Sell, 9_000, 10);
		for stale in [cancelled, filled] {
			assert_ne!(stale, resting);
			assert_noop!(cancel(ALICE, stale), Error::<Test>::OrderNotFound);
		}
		assert_ok!(cancel(ALICE, resting));
	});
}

#[test]
fn cancel_order_should_leave_nothing_behind_when_every_order_is_cancelled() {
	let mut ext = ExtBuilder::trading().build();
	let before = ext.execute_with(market_state);
	// Buyers at four prices below 9,000 and sellers at four from there on.
	let side = |n: u64| {
		if n.is_multiple_of(2) {
			Side::Buy
		} else {
			Side::Sell
		}
	};
	let price = |n: u64| {
		if n.is_multiple_of(2) {
			8_999 - n % 8
		} else {
			9_000 + n % 8
		}
	};
	ext.execute_with(|| {
		let orders: Vec<_> = (0..20 * u64::from(PAGE_SLOTS))
			.map(|n| rest(ALICE, side(n), price(n), 1))
			.collect();
		assert!(Pages::<Test>::iter().count() > 8);
		check();
		for part in [1, 0, 2] {
			for order in orders.iter().skip(part).step_by(3) {
				assert_ok!(cancel(ALICE, *order));
			}
			check();
		}
	});
	assert_eq!(ext.execute_with(market_state), before);
}

/// Everything that the market stores.
fn market_state() -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
	let prefix = sp_io::hashing::twox_128(b"MarketPallet");
	let mut key = prefix.to_vec();
	let mut found = Vec::new();
	while let Some(next) = sp_io::storage::next_key(&key).filter(|next| next.starts_with(&prefix)) {
		found.push((
			next.clone(),
			sp_io::storage::get(&next).map(|value| value.to_vec()),
		));
		key = next;
	}
	assert!(!found.is_empty());
	found
}

#[test]
fn cancel_order_should_name_the_released_funds_when_the_order_sold_another_asset() {
	ExtBuilder::trading().build_and_execute(|| {
		let funds = Funds::Allowances {
			asset: OTHER,
			tonnes: Tonnes(5),
		};
		assert_ok!(create_market(RuntimeOrigin::root(), OTHER, Default::default()));
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), funds));
		assert_ok!(Market::place_order(
			RuntimeOrigin::signed(ALICE),
			OTHER,
			order(Side::Sell, 9_000, 5, OrderKind::GoodTillCancelled)
		));
		let order = last_order().expect("the order rests");
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(ALICE), OTHER, order));
		assert!(matches!(
			market_events().last(),
			Some(Event::OrderCancelled { asset: OTHER, released, .. }) if *released == funds
		));
	});
}
