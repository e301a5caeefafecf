//! Auctions of random orders come to the price and the quantity that a list of the orders yields.

use super::clock::*;
use crate::{
	auction::{AUCTION_ORDERS, AUCTION_PAGES},
	mock::*,
	FeeRates, MarketParams, MarketPhase, Side, WeightInfo,
};
use carbon_primitives::{GroupId, Price};
use frame_support::{assert_ok, weights::Weight};
use proptest::prelude::*;
use std::cmp::Reverse;
use Side::{Buy, Sell};

const OPENS: u64 = at(MONDAY, 9, 30);
const WHO: [AccountId; 3] = [ALICE, BOB, CHARLIE];

/// An order that is collected.
#[derive(Clone, Debug)]
struct Collected {
	who: usize,
	side: Side,
	price: u64,
	tonnes: u64,
	expires: bool,
	cancelled: bool,
}

/// What surrounds the orders.
#[derive(Clone, Debug)]
struct Setting {
	reference: u64,
	tick: u64,
	maker_ppm: u16,
	/// Alice and Bob are of one group.
	related: bool,
	/// Charlie may not trade any more when the auction begins.
	suspended: bool,
	/// The blocks have room for a step each.
	slow: bool,
}

fn collected() -> impl Strategy<Value = Collected> {
	let side = prop_oneof![Just(Buy), Just(Sell)];
	let once_in = |times: u32| (0..times).prop_map(|drawn| drawn == 0);
	(0..3_usize, side, 45..56_u64, 1..30_u64, once_in(10), once_in(10)).prop_map(
		|(who, side, price, tonnes, expires, cancelled)| Collected {
			who,
			side,
			price: 2 * price,
			tonnes,
			expires,
			cancelled,
		},
	)
}

fn setting() -> impl Strategy<Value = Setting> {
	let flags = (any::<bool>(), any::<bool>(), any::<bool>());
	(40..60_u64, 1..3_u64, 0..5_000_u16, flags).prop_map(
		|(reference, tick, maker_ppm, (related, suspended, slow))| Setting {
			reference: 2 * reference,
			tick,
			maker_ppm,
			related,
			suspended,
			slow,
		},
	)
}

/// The price at which the largest quantity of `orders` trades, and that quantity: each possible price is tried.
fn naive(mut orders: Vec<Collected>, setting: &Setting) -> (Option<u64>, u64) {
	let leaves = |order: &Collected| order.expires || order.cancelled || setting.suspended && order.who == 2;
	orders.retain(|order| !leaves(order));
	let of = |side| -> Vec<usize> {
		let mut found: Vec<usize> = (0..orders.len()).filter(|at| orders[*at].side == side).collect();
		found.sort_by_key(|at| match side {
			Buy => (Reverse(orders[*at].price), *at),
			Sell => (Reverse(u64::MAX - orders[*at].price), *at),
		});
		found
	};
	let (buys, sells) = (of(Buy), of(Sell));
	// Tonne by tonne in the order of priority: what meets its own owner or group does not count.
	let tonnes = |list: &[usize]| -> Vec<usize> {
		list.iter()
			.flat_map(|at| vec![*at; orders[*at].tonnes as usize])
			.collect()
	};
	let mut counted = vec![0_u64; orders.len()];
	let (wanted, given) = (tonnes(&buys), tonnes(&sells));
	for n in 0..wanted.len().max(given.len()) {
		let pair = (wanted.get(n), given.get(n));
		if let (Some(buy), Some(sell)) = pair {
			let (buy, sell) = (&orders[*buy], &orders[*sell]);
			let is_related = setting.related && buy.who < 2 && sell.who < 2;
			if buy.price >= sell.price && (buy.who == sell.who || is_related) {
				continue;
			}
		}
		for at in [pair.0, pair.1].into_iter().flatten() {
			counted[*at] += 1;
		}
	}
	let volume_at = |price: u64| {
		let sum = |list: &[usize], accepts: &dyn Fn(u64) -> bool| -> u64 {
			let accepting = list.iter().filter(|at| accepts(orders[**at].price));
			accepting.map(|at| counted[*at]).sum()
		};
		(
			sum(&buys, &|limit| limit >= price),
			sum(&sells, &|limit| limit <= price),
		)
	};
	(1..200)
		.filter(|price| price % setting.tick == 0)
		.map(|price| {
			let (wanted, given) = volume_at(price);
			let distance = price.abs_diff(setting.reference);
			let order = (
				Reverse(wanted.min(given)),
				wanted.abs_diff(given),
				distance,
				Reverse(price),
			);
			(order, price, wanted.min(given))
		})
		.min_by_key(|(order, ..)| *order)
		.filter(|(.., volume)| *volume > 0)
		.map_or((None, 0), |(_, price, volume)| (Some(price), volume))
}

/// Cash of all traders with the fees of the market, and their tonnes.
fn totals() -> (u128, u64) {
	let cash: u128 = WHO.map(cash_of).iter().map(|(free, locked)| free + locked).sum();
	let tonnes: u64 = WHO
		.map(tonnes_of)
		.iter()
		.map(|(free, locked, _)| free + locked)
		.sum();
	(cash + status().fees, tonnes)
}

fn run(orders: Vec<Collected>, setting: &Setting) {
	let params = MarketParams {
		tick: Price(setting.tick),
		price_min: Price(setting.tick),
		price_max: Price(10_000),
		fees: FeeRates {
			maker_ppm: setting.maker_ppm,
			taker_ppm: 0,
		},
		..Default::default()
	};
	traders().build_and_execute(|| {
		MockTime::set(at(MONDAY, 9, 20));
		let root = RuntimeOrigin::root();
		let reference = Price(setting.reference);
		assert_ok!(Market::create_market(root, ASSET, params, reference, sessions()));
		if setting.related {
			for who in [ALICE, BOB] {
				Participants::join(who, Some(GroupId(1)));
			}
		}
		let before = totals();
		for order in &orders {
			let who = WHO[order.who];
			let id = if order.expires {
				rest_until(who, order.side, order.price, order.tonnes, OPENS)
			} else {
				rest(who, order.side, order.price, order.tonnes)
			};
			if order.cancelled {
				assert_ok!(Market::cancel_order(RuntimeOrigin::signed(who), ASSET, id));
			}
		}
		if setting.suspended {
			Participants::suspend(CHARLIE);
		}
		check();
		let prices = Market::best_prices(ASSET);
		let is_crossed = prices.bid.zip(prices.ask).is_some_and(|(bid, ask)| bid >= ask);
		let limit = if setting.slow {
			let step = <() as WeightInfo>::auction_settle(AUCTION_ORDERS + AUCTION_PAGES) + MATCHED_WEIGHT;
			<() as WeightInfo>::poll_idle() + <() as WeightInfo>::advance_market() + step
		} else {
			Weight::MAX
		};
		let mut ended = Vec::new();
		for n in 0..100 {
			block_with(OPENS + n, limit);
			ended.extend(auctions());
			check();
			assert_eq!(totals(), before);
			if phase() == MarketPhase::Continuous {
				break;
			}
		}
		assert_eq!(phase(), MarketPhase::Continuous);
		let (price, volume) = naive(orders, setting);
		let expected = if is_crossed {
			vec![(price, volume.into())]
		} else {
			vec![]
		};
		assert_eq!(ended, expected);
		assert_eq!(status().bar.listed.tonnes.0, volume);
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(60))]

	#[test]
	fn an_auction_should_trade_what_the_list_of_its_orders_yields(
		orders in prop::collection::vec(collected(), 0..90),
		setting in setting(),
	) {
		run(orders, &setting);
	}
}
