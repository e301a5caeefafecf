//! Questions about the market.

use crate::{mock::*, BestPrices, Depth, LevelView, OrderId, OrderView, Side, PAGE_SLOTS};
use carbon_primitives::{Price, Tonnes};

fn level(price: u64, tonnes: u64, orders: u32) -> LevelView {
	LevelView {
		price: Price(price),
		tonnes: Tonnes(tonnes),
		orders,
	}
}

#[test]
fn depth_should_list_levels_best_first_when_there_are_orders() {
	ExtBuilder::trading().build_and_execute(|| {
		for (who, side, price, tonnes) in [
			(ALICE, Side::Buy, 8_000, 1),
			(BOB, Side::Buy, 8_900, 2),
			(ALICE, Side::Buy, 8_900, 3),
			(ALICE, Side::Sell, 12_000, 4),
			(BOB, Side::Sell, 9_000, 5),
		] {
			rest(who, side, price, tonnes);
		}
		let bids = vec![level(8_900, 5, 2), level(8_000, 1, 1)];
		let asks = vec![level(9_000, 5, 1), level(12_000, 4, 1)];
		assert_eq!(
			Market::depth(ASSET, 10),
			Depth {
				bids: bids.clone(),
				asks: asks.clone()
			}
		);
		assert_eq!(
			Market::depth(ASSET, 1),
			Depth {
				bids: bids[..1].into(),
				asks: asks[..1].into()
			}
		);
		assert_eq!(
			Market::best_prices(ASSET),
			BestPrices {
				bid: Some(Price(8_900)),
				ask: Some(Price(9_000)),
				last: None
			}
		);
	});
}

#[test]
fn depth_should_count_every_order_when_a_level_has_several_pages() {
	ExtBuilder::trading().build_and_execute(|| {
		for _ in 0..2 * PAGE_SLOTS + 1 {
			rest(ALICE, Side::Sell, 9_000, 2);
		}
		assert_eq!(
			Market::depth(ASSET, 1).asks,
			[level(9_000, 4 * u64::from(PAGE_SLOTS) + 2, 2 * PAGE_SLOTS + 1)]
		);
	});
}

#[test]
fn questions_should_be_answered_with_nothing_when_there_is_no_market() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Market::depth(ASSET, 10), Depth::default());
		assert_eq!(Market::best_prices(ASSET), BestPrices::default());
		assert_eq!(Market::order(ASSET, OrderId(1)), None);
		assert_eq!(Market::trading_account(ALICE), Default::default());
		assert_eq!(Market::markets(), []);
	});
}

#[test]
fn order_should_be_found_when_it_rests() {
	ExtBuilder::trading().build_and_execute(|| {
		let id = rest(ALICE, Side::Sell, 9_000, 2);
		let expected = OrderView {
			owner: ALICE,
			side: Side::Sell,
			price: Price(9_000),
			tonnes: Tonnes(2),
			expires: None,
		};
		assert_eq!(Market::order(ASSET, id), Some(expected));
		assert_eq!(Market::order(OTHER, id), None);
	});
}

#[test]
fn order_should_tell_its_date_when_it_has_one() {
	ExtBuilder::trading().build_and_execute(|| {
		let id = rest_until(ALICE, Side::Sell, 9_000, 2, 50);
		assert_eq!(Market::order(ASSET, id).and_then(|order| order.expires), Some(50));
	});
}

#[test]
fn orders_of_should_list_all_orders_of_one_owner_page_by_page() {
	ExtBuilder::trading().build_and_execute(|| {
		let mut expected = Vec::new();
		for n in 0..2 * u64::from(PAGE_SLOTS) {
			let (side, price) = if n % 2 == 0 {
				(Side::Buy, 8_000 - n % 5)
			} else {
				(Side::Sell, 9_000 + n % 3)
			};
			expected.push(rest(ALICE, side, price, 1));
			rest(BOB, side, price, 1);
		}
		expected.sort();
		let (mut found, mut from) = (Vec::new(), None);
		loop {
			let page = Market::orders_of(ASSET, ALICE, from, 7);
			assert!(page.len() <= 7);
			let Some((last, view)) = page.last() else { break };
			assert_eq!(Market::order(ASSET, *last).as_ref(), Some(view));
			from = Some(*last);
			found.extend(page.into_iter().map(|(id, _)| id));
		}
		assert_eq!(found, expected);
		assert_eq!(Market::orders_of(ASSET, CHARLIE, None, 7), []);
		assert_eq!(Market::orders_of(ASSET, ALICE, None, 0), []);
		assert_eq!(Market::orders_of(OTHER, ALICE, None, 7), []);
	});
}
