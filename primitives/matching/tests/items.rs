//! How many stored items each operation touches: exact counts, whatever the depth of the book.

use carbon_matching::{
	cancel,
	memory::{CountingBook, MemoryBook},
	place, reduce, rest_only, search, settle, sweep, verify, verify_parts, BookStore, Cancelled, Clearing,
	End, Error, Fill, Incoming, LevelKey, Limits, OrderId, OrderKind, Outcome, Price, Reduced, Resting,
	ReturnReason, Rights, Search, Searched, SelfTrade, Settlement, Side, Verdict, TICK_MAX,
};
use codec::Encode;
use std::convert::Infallible;

const SLOTS: u32 = 32;
const MAKER: u32 = 1;
const TAKER: u32 = 2;

struct Market {
	store: CountingBook<MemoryBook<u32, SLOTS>>,
	serial: u64,
}

impl Market {
	/// Sell orders of one tonne each, `per_level` at each of `levels` prices from `tick` on.
	fn with_asks(tick: u32, levels: u32, per_level: u32) -> (Self, Vec<Vec<OrderId>>) {
		let mut market = Self {
			store: CountingBook::default(),
			serial: 0,
		};
		let ids = (0..levels)
			.map(|level| {
				(0..per_level)
					.map(|_| market.rest(Side::Sell, tick + level))
					.collect()
			})
			.collect();
		market.store.take_counts();
		(market, ids)
	}

	fn place(&mut self, owner: u32, side: Side, tick: u32, quantity: u64) -> Outcome {
		self.serial += 1;
		let incoming = Incoming {
			owner,
			side,
			tick,
			quantity,
			expires: 0,
			tag: 0,
			kind: OrderKind::GoodTillCancelled,
			self_trade: SelfTrade::default(),
		};
		place(
			&mut self.store,
			incoming,
			Limits {
				fills_max: u32::MAX,
				serial: self.serial,
			},
			&mut |_: Fill<u32>| Ok::<_, Infallible>(()),
		)
		.expect("the order is valid")
	}

	fn rest(&mut self, side: Side, tick: u32) -> OrderId {
		self.place(MAKER, side, tick, 1)
			.rested
			.expect("nothing crosses")
			.0
	}

	fn buy(&mut self, quantity: u64) {
		let outcome = self.place(TAKER, Side::Buy, TICK_MAX, quantity);
		assert_eq!(outcome.filled, quantity);
	}

	fn cancel(&mut self, id: OrderId) {
		cancel(&mut self.store, id, |owner| *owner == MAKER).expect("the order rests");
	}
}

#[test]
fn counts_do_not_depend_on_the_depth_of_the_book_nor_on_the_number_of_levels() {
	for (levels, per_level) in [(2, 5), (50, 20), (1_000, 31), (2_000, 50)] {
		let (mut market, ids) = Market::with_asks(1_000, levels, per_level);
		let last = ids[1][ids[1].len() - 1];

		market.rest(Side::Sell, 1_001);
		assert_eq!(market.store.take_counts(), (2, 1), "join a level");
		market.rest(Side::Sell, 5_000);
		assert_eq!(market.store.take_counts(), (1, 2), "open a level");
		market.cancel(last);
		assert_eq!(market.store.take_counts(), (1, 1), "cancel on an open page");
		market.buy(1);
		let first_match = market.store.take_counts();
		market.buy(1);
		assert_eq!(market.store.take_counts(), (2, 2), "match one maker");
		assert_eq!(
			first_match,
			if per_level > SLOTS { (3, 2) } else { (2, 2) },
			"the first match finds the page"
		);
		market.buy(3);
		assert_eq!(
			market.store.take_counts(),
			(2, 2),
			"further makers on the same page cost nothing more"
		);
	}
}

#[test]
fn reducing_an_order_touches_the_page_on_which_it_lies() {
	let (mut market, _) = Market::with_asks(1_000, 1, 0);
	let ids: Vec<_> = (0..3 * SLOTS)
		.filter_map(|_| market.place(MAKER, Side::Sell, 1_000, 5).rested)
		.collect();
	let mut reduce_to_three = |(id, _): (OrderId, u64)| {
		market.store.take_counts();
		let reduced = reduce(&mut market.store, id, 3, |owner| *owner == MAKER).expect("it has more");
		assert_eq!((reduced.quantity, reduced.remaining), (2, 3));
		market.store.take_counts()
	};
	// With the account of the owner, which the engine does not know, it is one item more: 2/2, and 3/2 on an older page.
	assert_eq!(
		reduce_to_three(ids[3 * SLOTS as usize - 1]),
		(1, 1),
		"the open page"
	);
	assert_eq!(reduce_to_three(ids[0]), (2, 1), "a sealed page");
}

#[test]
fn reducing_refuses_what_is_no_reduction_and_leaves_the_book() {
	let (mut market, _) = Market::with_asks(1_000, 1, 0);
	let (id, _) = market
		.place(MAKER, Side::Sell, 1_000, 5)
		.rested
		.expect("it rests");
	let before = market.store.book.clone();
	let mut attempt = |id, quantity, owner| reduce(&mut market.store, id, quantity, |found| *found == owner);
	assert_eq!(attempt(id, 0, MAKER), Err(Error::QuantityZero));
	assert_eq!(attempt(id, 5, MAKER), Err(Error::QuantityNotLower));
	assert_eq!(attempt(id, 6, MAKER), Err(Error::QuantityNotLower));
	assert_eq!(attempt(id, 4, TAKER), Err(Error::NotOrderOwner));
	assert_eq!(attempt(OrderId(u128::MAX), 4, MAKER), Err(Error::OrderNotFound));
	assert_eq!(attempt(OrderId(id.0 + 1), 4, MAKER), Err(Error::OrderNotFound));
	assert_eq!(market.store.book, before);
}

#[test]
fn collecting_an_order_costs_what_resting_it_costs_although_it_crosses() {
	let (mut market, _) = Market::with_asks(1_000, 1, 5);
	let order = Resting {
		owner: TAKER,
		quantity: 1,
		expires: 0,
		tag: 0,
	};
	let mut collect = |quantity, tick| {
		market.serial += 1;
		let key = LevelKey {
			side: Side::Buy,
			tick,
		};
		let order = Resting {
			quantity,
			..order.clone()
		};
		let result = rest_only(&mut market.store, key, order, market.serial);
		result.map(|_| market.store.take_counts())
	};
	assert_eq!(collect(1, 2_000), Ok((1, 2)), "open a level");
	assert_eq!(collect(1, 2_000), Ok((2, 1)), "join a level");
	assert_eq!(collect(0, 2_000), Err(Error::QuantityZero));
	assert_eq!(collect(1, TICK_MAX + 1), Err(Error::TickOutOfRange));
	for word in 100..163 {
		assert!(collect(1, word << 8).is_ok());
	}
	assert_eq!(collect(1, 200 << 8), Err(Error::TooManyPriceLevels));
	assert!(market.store.header().is_crossed());
	assert_eq!(
		verify(&mut market.store, |_, _| {}),
		Err("the best bid is below the best ask")
	);
	assert!(verify_parts(&mut market.store, |_, _| {}).is_ok());
}

#[test]
fn an_order_that_must_not_trade_reads_the_header_and_is_refused_where_it_crosses() {
	let (mut market, _) = Market::with_asks(1_000, 1, 5);
	let mut post = |tick| {
		let incoming = Incoming {
			owner: TAKER,
			side: Side::Buy,
			tick,
			quantity: 1,
			expires: 0,
			tag: 0,
			kind: OrderKind::PostOnly,
			self_trade: SelfTrade::default(),
		};
		let limits = Limits {
			fills_max: 1,
			serial: 1_000,
		};
		let placed = place(&mut market.store, incoming, limits, &mut Stop(MAKER));
		(placed.map(|outcome| outcome.met), market.store.take_counts())
	};
	// Whoever is in the way may not trade, but the header does not say so.
	assert_eq!(post(1_000), (Err(Error::WouldTrade), (1, 0)));
	assert_eq!(post(999), (Ok(0), (1, 2)));
}

#[test]
fn an_auction_touches_a_bounded_number_of_items_for_each_page() {
	let (mut market, _) = Market::with_asks(1_000, 1, 2 * SLOTS + 1);
	for serial in 0..u64::from(2 * SLOTS + 1) {
		let key = LevelKey {
			side: Side::Buy,
			tick: 1_010,
		};
		let order = Resting {
			owner: TAKER,
			quantity: 1,
			expires: 0,
			tag: 0,
		};
		rest_only(&mut market.store, key, order, 1_000 + serial).expect("there is room");
	}
	market.store.take_counts();
	let mut search_state = Search::new(1_005, 1);
	let mut steps = Vec::new();
	let price = loop {
		let searched =
			search(&mut market.store, search_state, 2, &mut Stop(0)).expect("the book is in order");
		steps.push(market.store.take_counts());
		match searched {
			Searched::Paused(next) => search_state = next,
			Searched::Found(price) => break price,
		}
	};
	let found = Price {
		tick: Some(1_005),
		volume: u128::from(2 * SLOTS + 1),
	};
	assert_eq!(price, found);
	// The header, both levels and both pages; the last one is the level.
	assert_eq!(steps, [(5, 0), (5, 0), (3, 0)]);

	steps.clear();
	loop {
		let settled = settle(&mut market.store, price.tick, 2, &mut Stop(0)).expect("the book is in order");
		steps.push(market.store.take_counts());
		if settled.end.is_some() {
			assert_eq!(settled.end, Some(End::Uncrossed));
			break;
		}
		assert_eq!(settled.matches, SLOTS);
	}
	// The header, and of both sides the level, the page that goes and, as the level names it, the next one.
	assert_eq!(steps, [(5, 5), (5, 5), (3, 3)]);
	assert_eq!(market.store.book.stored(), (0, 0));
	assert_eq!(market.store.header().last, Some(1_005));
}

#[test]
fn cancelling_on_a_sealed_page_reads_one_item_more() {
	let (mut market, ids) = Market::with_asks(1_000, 1, 3 * SLOTS);
	market.cancel(ids[0][0]);
	assert_eq!(market.store.take_counts(), (2, 1));
	market.cancel(ids[0][SLOTS as usize]);
	assert_eq!(market.store.take_counts(), (2, 1));
}

#[test]
fn a_level_that_is_emptied_costs_the_header_as_well() {
	let (mut market, ids) = Market::with_asks(1_000, 2, 1);
	market.cancel(ids[0][0]);
	assert_eq!(market.store.take_counts(), (2, 2));
	market.buy(1);
	assert_eq!(market.store.take_counts(), (2, 2));
	assert_eq!(market.store.book.stored(), (0, 0));
}

#[test]
fn a_page_that_becomes_full_or_empty_costs_a_bounded_number_of_items_more() {
	let (mut market, ids) = Market::with_asks(1_000, 1, 3 * SLOTS);
	market.rest(Side::Sell, 1_000);
	assert_eq!(market.store.take_counts(), (2, 2), "seal the open page");

	// Three sealed pages now, and an open one with one order.
	for id in &ids[0][SLOTS as usize..2 * SLOTS as usize - 1] {
		market.cancel(*id);
	}
	market.store.take_counts();
	market.cancel(ids[0][2 * SLOTS as usize - 1]);
	assert_eq!(
		market.store.take_counts(),
		(4, 3),
		"empty a page between two others"
	);

	market.buy(SLOTS as u64 - 1);
	market.store.take_counts();
	market.buy(1);
	assert_eq!(
		market.store.take_counts(),
		(3, 3),
		"match the last maker of a sealed page"
	);
	market.buy(1);
	assert_eq!(
		market.store.take_counts(),
		(2, 2),
		"the match after it goes to the next page at once"
	);

	// A better price is matched without a look at the page that was remembered for the other one.
	market.rest(Side::Sell, 999);
	market.store.take_counts();
	market.buy(1);
	assert_eq!(
		market.store.take_counts(),
		(2, 2),
		"match the only maker of a better level"
	);
}

#[test]
fn an_emptied_open_page_gives_way_to_the_page_before_it() {
	let (mut market, ids) = Market::with_asks(1_000, 1, SLOTS + 1);
	market.cancel(ids[0][SLOTS as usize]);
	assert_eq!(market.store.take_counts(), (2, 2));
	assert_eq!(market.store.book.stored(), (1, 0));
	// The orders are found under the identifiers that they were given.
	market.cancel(ids[0][0]);
	assert_eq!(market.store.take_counts(), (1, 1));
}

#[test]
fn a_stale_identifier_never_names_a_later_order() {
	let (mut market, ids) = Market::with_asks(1_000, 1, 1);
	market.cancel(ids[0][0]);
	let later = market.rest(Side::Sell, 1_000);
	assert_ne!(ids[0][0], later);
	assert_eq!(
		cancel(&mut market.store, ids[0][0], |_| true),
		Err(Error::OrderNotFound)
	);
	market.cancel(later);
}

#[test]
fn nothing_is_left_after_placing_and_cancelling_many_orders() {
	let (mut market, _) = Market::with_asks(1_000, 1, 0);
	let ids: Vec<_> = (0..20_000)
		.map(|n| market.rest(Side::Sell, 1_000 + n % 700))
		.collect();
	// Every third first, so that pages empty in all orders.
	for part in [1, 0, 2] {
		for id in ids.iter().skip(part).step_by(3) {
			market.cancel(*id);
		}
	}
	assert_eq!(market.store.book, MemoryBook::default());
}

#[test]
fn no_page_is_overwritten_where_the_numbers_of_the_caller_do_not_rise() {
	let (mut market, _) = Market::with_asks(1_000, 1, 0);
	let ids: Vec<_> = (0..3 * SLOTS)
		.map(|_| {
			market.serial = 0;
			market.rest(Side::Sell, 1_000)
		})
		.collect();
	let totals = verify(&mut market.store, |_, _| {}).expect("the book is in order");
	assert_eq!((totals.orders, totals.pages), (3 * SLOTS, 2));
	ids.into_iter().for_each(|id| market.cancel(id));
	assert_eq!(market.store.book, MemoryBook::default());
}

#[test]
fn placing_refuses_what_the_book_cannot_hold() {
	let (mut market, _) = Market::with_asks(0, 1, 1);
	let mut attempt = |tick, quantity| {
		let incoming = Incoming {
			owner: MAKER,
			side: Side::Sell,
			tick,
			quantity,
			expires: 0,
			tag: 0,
			kind: OrderKind::GoodTillCancelled,
			self_trade: SelfTrade::default(),
		};
		let limits = Limits {
			fills_max: 1,
			serial: 1_000_000 + u64::from(tick),
		};
		place(&mut market.store, incoming, limits, &mut |_: Fill<u32>| {
			Ok::<_, Infallible>(())
		})
		.map(|outcome| outcome.fills)
	};
	assert_eq!(attempt(5, 0), Err(Error::QuantityZero));
	assert_eq!(attempt(TICK_MAX + 1, 1), Err(Error::TickOutOfRange));
	for word in 1..64 {
		assert_eq!(attempt(word << 8, 1), Ok(0));
	}
	assert_eq!(attempt(64 << 8, 1), Err(Error::TooManyPriceLevels));
	assert_eq!(attempt((63 << 8) + 200, 1), Ok(0));
}

#[test]
fn a_settlement_that_fails_is_passed_on() {
	let (mut market, _) = Market::with_asks(1_000, 1, 1);
	let incoming = Incoming {
		owner: TAKER,
		side: Side::Buy,
		tick: 1_000,
		quantity: 1,
		expires: 0,
		tag: 0,
		kind: OrderKind::ImmediateOrCancel,
		self_trade: SelfTrade::default(),
	};
	let limits = Limits {
		fills_max: 1,
		serial: 9,
	};
	assert_eq!(
		place(&mut market.store, incoming, limits, &mut |_: Fill<u32>| Err(
			"no money"
		)),
		Err(Error::Settlement("no money"))
	);
}

/// Says of one owner that it may not trade, and takes note of nothing.
struct Stop(u32);

impl Rights<u32> for Stop {
	type Error = &'static str;

	fn verdict(&mut self, order: &Resting<u32>) -> Result<Verdict, &'static str> {
		Ok(if order.owner == self.0 {
			Verdict::Leave
		} else {
			Verdict::Trade
		})
	}

	fn on_withdrawn(&mut self, _: OrderId, cancelled: Cancelled<u32>) -> Result<(), &'static str> {
		if cancelled.quantity == 1 {
			Ok(())
		} else {
			Err("cannot be given back")
		}
	}
}

impl Settlement<u32> for Stop {
	fn on_fill(&mut self, _: Fill<u32>) -> Result<(), &'static str> {
		Ok(())
	}

	fn on_own_withdrawn(&mut self, _: OrderId, _: Cancelled<u32>) -> Result<(), &'static str> {
		Err("cannot be given back")
	}

	fn on_decremented(&mut self, _: OrderId, _: Reduced<u32>) -> Result<(), &'static str> {
		Err("cannot be given back")
	}
}

impl Clearing<u32> for Stop {
	fn are_one(&mut self, _: &Resting<u32>, _: &Resting<u32>) -> Result<bool, &'static str> {
		Ok(false)
	}

	fn on_match(&mut self, _: Fill<u32>, _: Fill<u32>) -> Result<(), &'static str> {
		Ok(())
	}

	fn on_own_pair(
		&mut self,
		_: (OrderId, Reduced<u32>),
		_: (OrderId, Reduced<u32>),
	) -> Result<(), &'static str> {
		Err("cannot be given back")
	}
}

fn buy_with(market: &mut Market, rights: &mut Stop) -> Result<Outcome, Error<&'static str>> {
	buy_as(market, TAKER, SelfTrade::CancelTaker, rights)
}

fn buy_as(
	market: &mut Market,
	owner: u32,
	self_trade: SelfTrade,
	rights: &mut Stop,
) -> Result<Outcome, Error<&'static str>> {
	let incoming = Incoming {
		owner,
		side: Side::Buy,
		tick: TICK_MAX,
		quantity: 1,
		expires: 0,
		tag: 0,
		kind: OrderKind::ImmediateOrCancel,
		self_trade,
	};
	let limits = Limits {
		fills_max: 3,
		serial: 1_000_000,
	};
	place(&mut market.store, incoming, limits, rights)
}

#[test]
fn an_order_that_may_not_trade_costs_what_a_match_costs_and_counts_as_met() {
	let (mut market, _) = Market::with_asks(1_000, 1, 5);
	let outcome = buy_with(&mut market, &mut Stop(MAKER)).expect("the order is valid");
	assert_eq!(market.store.take_counts(), (2, 2));
	assert_eq!((outcome.fills, outcome.withdrawn, outcome.filled), (0, 3, 0));
	assert_eq!(outcome.returned, Some((1, ReturnReason::FillLimit)));
	assert_eq!(market.store.header().last, None, "no trade, no last price");
}

#[test]
fn sweeping_a_page_touches_a_bounded_number_of_items() {
	let key = LevelKey {
		side: Side::Sell,
		tick: 1_000,
	};
	let (mut market, ids) = Market::with_asks(1_000, 1, 3 * SLOTS + 1);
	let step = |market: &mut Market, from, stopped| {
		let step = sweep(&mut market.store, key, from, &mut Stop(stopped)).expect("the book is in order");
		(step.swept, step.next)
	};
	let (swept, second) = step(&mut market, None, TAKER);
	assert_eq!(market.store.take_counts(), (2, 0), "a page that keeps its orders");
	assert!(swept && second.is_some());

	let (_, third) = step(&mut market, second, MAKER);
	assert_eq!(
		market.store.take_counts(),
		(4, 3),
		"a page between two others that is emptied"
	);
	// The page that comes next goes away before the walk gets there, and the one that is done has gone: the way leads over the
	// oldest one, which is done.
	for id in &ids[0][2 * SLOTS as usize..3 * SLOTS as usize] {
		market.cancel(*id);
	}
	market.store.take_counts();
	let (swept, oldest) = step(&mut market, third, MAKER);
	assert_eq!(market.store.take_counts(), (3, 0), "two pages are gone");
	assert!(!swept);
	let (swept, open) = step(&mut market, oldest, MAKER);
	assert_eq!(market.store.take_counts(), (2, 0), "a page that is done");
	assert!(!swept);
	assert_eq!(step(&mut market, open, MAKER), (true, None));
	assert_eq!(
		market.store.take_counts(),
		(2, 2),
		"the open page is emptied, so that the one before it opens again"
	);
	assert_eq!(step(&mut market, open, MAKER), (false, None));
	assert_eq!(market.store.take_counts(), (1, 0), "all that is left is done");
	assert_eq!(step(&mut market, None, MAKER), (true, None));
	assert_eq!(market.store.take_counts(), (2, 2), "the level is emptied");
	assert_eq!(step(&mut market, open, MAKER), (false, None));
	assert_eq!(market.store.take_counts(), (1, 0), "there is no level");
	assert_eq!(market.store.book.stored(), (0, 0));
}

#[test]
fn finding_the_way_costs_the_level_and_two_pages() {
	let key = LevelKey {
		side: Side::Sell,
		tick: 1_000,
	};
	let (mut market, ids) = Market::with_asks(1_000, 1, 3 * SLOTS + 1);
	let first = sweep(&mut market.store, key, None, &mut Stop(TAKER)).expect("the book is in order");
	for id in &ids[0][SLOTS as usize..2 * SLOTS as usize] {
		market.cancel(*id);
	}
	market.store.take_counts();
	let way = sweep(&mut market.store, key, first.next, &mut Stop(TAKER)).expect("the book is in order");
	assert_eq!(market.store.take_counts(), (3, 0), "behind the page that is done");
	assert!(!way.swept);
	assert_eq!(
		way.next.map(|walk| walk.at),
		Some(ids[0][2 * SLOTS as usize].serial())
	);
}

#[test]
fn an_own_order_costs_what_a_match_costs() {
	for self_trade in [
		SelfTrade::CancelMaker,
		SelfTrade::CancelBoth,
		SelfTrade::Decrement,
	] {
		let (mut market, _) = Market::with_asks(1_000, 1, 5);
		market.serial += 1;
		let incoming = Incoming {
			owner: MAKER,
			side: Side::Buy,
			tick: 1_000,
			quantity: 1,
			expires: 0,
			tag: 0,
			kind: OrderKind::ImmediateOrCancel,
			self_trade,
		};
		let limits = Limits {
			fills_max: 1,
			serial: market.serial,
		};
		let outcome = place(&mut market.store, incoming, limits, &mut |_: Fill<u32>| {
			Ok::<_, Infallible>(())
		})
		.expect("the order is valid");
		assert_eq!(market.store.take_counts(), (2, 2));
		assert_eq!((outcome.met, outcome.fills), (1, 0));
		assert_eq!(market.store.header().last, None, "no trade, no last price");
	}
}

#[test]
fn an_order_takes_little_room_also_with_an_end_and_a_tag() {
	let order = Resting {
		owner: [7_u8; 32],
		quantity: 16_384,
		// Some day in the year 2100, and the largest rate that is told in two bytes.
		expires: 4_102_444_800_000,
		tag: 16_383,
	};
	assert_eq!(order.encode().len(), 32 + 4 + 7 + 2);
	let order = Resting {
		expires: 0,
		tag: 0,
		..order
	};
	assert_eq!(order.encode().len(), 32 + 4 + 1 + 1);
}

#[test]
fn what_cannot_be_given_back_is_passed_on() {
	let (mut market, _) = Market::with_asks(1_000, 1, 0);
	market.place(MAKER, Side::Sell, 1_000, 2);
	let refused = Err(Error::Settlement("cannot be given back"));
	assert_eq!(buy_with(&mut market, &mut Stop(MAKER)), refused);
	let (mut market, _) = Market::with_asks(1_000, 1, 0);
	market.place(MAKER, Side::Sell, 1_000, 2);
	let key = LevelKey {
		side: Side::Sell,
		tick: 1_000,
	};
	let refused = Err(Error::Settlement("cannot be given back"));
	assert_eq!(sweep(&mut market.store, key, None, &mut Stop(MAKER)), refused);
}

#[test]
fn what_an_own_order_held_and_cannot_be_given_back_is_passed_on() {
	for self_trade in [
		SelfTrade::CancelMaker,
		SelfTrade::CancelBoth,
		SelfTrade::Decrement,
	] {
		let (mut market, _) = Market::with_asks(1_000, 1, 1);
		let refused = Err(Error::Settlement("cannot be given back"));
		assert_eq!(buy_as(&mut market, MAKER, self_trade, &mut Stop(0)), refused);
	}
}
