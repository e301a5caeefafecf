//! Call auctions: which price is found, who trades at it, and what happens when somebody is in the way.

mod naive;

use carbon_matching::{
	cancel, memory::MemoryBook, order, rest_only, search, settle, verify, verify_parts, BookStore, Cancelled,
	Clearing, End, Error, Fill, LevelKey, OrderId, Price, Reduced, Resting, Rights, Search, Searched, Serial,
	Settled, Side, Tick, Verdict,
};
use codec::MaxEncodedLen;
use naive::{Met, NaiveBook, NaiveOrder, Notes, Owner, Random, What, World};
use Side::{Buy, Sell};

const SLOTS: u32 = 2;
const REFERENCE: Tick = 100;

/// Orders that were collected.
#[derive(Default)]
struct Auction {
	book: MemoryBook<Owner, SLOTS>,
	naive: NaiveBook,
	world: World,
	serial: Serial,
}

impl Auction {
	/// Orders of (owner, side, tick, quantity), in this order.
	fn of(orders: &[(Owner, Side, Tick, u64)]) -> Self {
		let mut auction = Self::default();
		for (owner, side, tick, quantity) in orders {
			auction.add(*owner, *side, *tick, *quantity);
		}
		auction
	}

	fn add(&mut self, owner: Owner, side: Side, tick: Tick, quantity: u64) -> OrderId {
		self.serial += 1;
		let order = Resting {
			owner,
			quantity,
			expires: 0,
			tag: 7,
		};
		let key = LevelKey { side, tick };
		let id = rest_only(&mut self.book, key, order, self.serial).expect("there is room");
		self.naive.rest(NaiveOrder {
			id,
			owner,
			side,
			tick,
			quantity,
			expires: 0,
			tag: 7,
		});
		id
	}

	/// Find the price in steps of `pages` pages. Returns it and how many steps that took.
	fn search(&mut self, terms: (Tick, Tick), pages: u32, notes: &mut Notes) -> (Price, u32) {
		let mut state = Search::new(terms.0, terms.1);
		for steps in 1..10_000 {
			match search(&mut self.book, state, pages, notes).expect("the book is in order") {
				Searched::Found(price) => return (price, steps),
				Searched::Paused(next) => state = next,
			}
		}
		panic!("the search ends");
	}

	/// Hold the auction, and return its price and what trades. The naive book does the same.
	fn hold(&mut self, reference: Tick, step: Tick) -> (Option<Tick>, u128) {
		let world = self.world.clone();
		let mut notes = Notes::new(&world, None);
		let (price, _) = self.search((reference, step), 2, &mut notes);
		let volume = settle_all(&mut self.book, price.tick, &mut notes);
		assert_eq!(volume, (price.volume, End::Uncrossed));
		let expected = self.naive.auction(reference, step, &world);
		assert_eq!((price.tick, price.volume), (expected.price, expected.volume));
		assert!(verify(&mut self.book, |_, _| {}).is_ok());
		(price.tick, price.volume)
	}
}

/// Settle an auction in the smallest steps. Returns what trades, and how it ends.
fn settle_all(book: &mut MemoryBook<Owner, SLOTS>, price: Option<Tick>, notes: &mut Notes) -> (u128, End) {
	let mut volume = 0;
	for _ in 0..10_000 {
		let step = settle(book, price, 0, notes).expect("the book is in order");
		volume += step.volume;
		if let Some(end) = step.end {
			return (volume, end);
		}
	}
	panic!("settling ends");
}

#[test]
fn nothing_trades_where_nothing_crosses() {
	for orders in [
		&[][..],
		&[(0, Buy, 100, 5)],
		&[(2, Sell, 100, 5)],
		&[(0, Buy, 99, 5), (2, Sell, 100, 5)],
	] {
		let mut auction = Auction::of(orders);
		let before = auction.book.clone();
		assert_eq!(auction.hold(REFERENCE, 1), (None, 0));
		assert_eq!(auction.book, before);
	}
}

#[test]
fn the_largest_quantity_decides_first() {
	// At 104 it is 8, at 96 it is 5.
	let mut auction = Auction::of(&[(0, Buy, 104, 8), (2, Sell, 96, 5), (4, Sell, 104, 3)]);
	assert_eq!(auction.hold(96, 1), (Some(104), 8));
}

#[test]
fn the_least_imbalance_decides_next() {
	// 5 trade at every price from 95 to 105; from 95 to 98 three more are wanted, from 102 on two more are given.
	let orders = [
		(0, Buy, 105, 5),
		(2, Buy, 98, 3),
		(4, Sell, 95, 5),
		(6, Sell, 102, 2),
	];
	assert_eq!(Auction::of(&orders).hold(90, 1), (Some(99), 5));
	assert_eq!(Auction::of(&orders).hold(110, 1), (Some(101), 5));
	// Where no price lies between the two, it is the side on which less is left.
	let orders = [
		(0, Buy, 105, 5),
		(2, Buy, 98, 3),
		(4, Sell, 95, 5),
		(6, Sell, 99, 2),
	];
	assert_eq!(Auction::of(&orders).hold(90, 1), (Some(99), 5));
	let orders = [
		(0, Buy, 105, 5),
		(2, Buy, 98, 2),
		(4, Sell, 95, 5),
		(6, Sell, 99, 3),
	];
	assert_eq!(Auction::of(&orders).hold(110, 1), (Some(98), 5));
}

#[test]
fn the_reference_price_decides_next_and_then_the_higher_price() {
	let orders = [(0, Buy, 105, 5), (2, Sell, 95, 5)];
	for (reference, price) in [(90, 95), (95, 95), (101, 101), (105, 105), (200, 105)] {
		assert_eq!(Auction::of(&orders).hold(reference, 1), (Some(price), 5));
	}
	// As near below as above, once on the step and once at the limits.
	assert_eq!(Auction::of(&orders).hold(98, 4), (Some(100), 5));
	assert_eq!(Auction::of(&orders).hold(100, 1_000), (Some(105), 5));
}

#[test]
fn a_price_is_on_the_step_or_one_at_which_orders_rest() {
	let orders = [(0, Buy, 107, 5), (2, Sell, 93, 5)];
	for (reference, price) in [(100, 100), (103, 100), (91, 93), (94, 93), (98, 100), (106, 107)] {
		assert_eq!(Auction::of(&orders).hold(reference, 10), (Some(price), 5));
	}
	// A step of zero is one of one.
	let mut auction = Auction::of(&orders);
	let world = World::default();
	let (price, _) = auction.search((103, 0), 2, &mut Notes::new(&world, None));
	assert_eq!(price.tick, Some(103));
}

#[test]
fn the_ends_of_the_ladder_are_prices_like_any_other() {
	let max = carbon_matching::TICK_MAX;
	let mut auction = Auction::of(&[(0, Buy, 0, 5), (2, Sell, 0, 3)]);
	assert_eq!(auction.hold(REFERENCE, 1), (Some(0), 3));
	let mut auction = Auction::of(&[(0, Buy, max, 3), (2, Sell, max, 5)]);
	assert_eq!(auction.hold(REFERENCE, 1), (Some(max), 3));
}

#[test]
fn the_better_price_trades_first_and_then_the_earlier_order() {
	let mut auction = Auction::default();
	let late = auction.add(0, Buy, 100, 4);
	let better = auction.add(2, Buy, 101, 4);
	let later = auction.add(4, Buy, 100, 4);
	auction.add(6, Sell, 99, 6);
	let world = World::default();
	let mut notes = Notes::new(&world, None);
	let (price, _) = auction.search((REFERENCE, 1), 2, &mut notes);
	settle_all(&mut auction.book, price.tick, &mut notes);
	let buys: Vec<_> = notes
		.pairs
		.iter()
		.map(|(buy, _)| (buy.id, buy.quantity, buy.remaining))
		.collect();
	assert_eq!(buys, [(better, 4, 0), (late, 2, 2)]);
	assert!(notes
		.pairs
		.iter()
		.all(|(buy, sell)| (buy.tick, sell.tick) == (100, 100)));
	assert!(notes
		.pairs
		.iter()
		.all(|(buy, sell)| (buy.tag, sell.tag) == (7, 7)));
	let left = |id| order(&mut auction.book.clone(), id).map(|order| order.quantity);
	assert_eq!((left(better), left(late), left(later)), (None, Some(2), Some(4)));
	assert_eq!(auction.book.header().last, Some(100));
}

#[test]
fn orders_of_one_owner_lose_by_each_other_what_they_would_have_traded() {
	// 2 and 3 belong together.
	let mut auction = Auction::of(&[
		(0, Buy, 105, 2),
		(2, Buy, 104, 5),
		(3, Sell, 95, 4),
		(4, Sell, 96, 1),
	]);
	let world = World::default();
	let mut notes = Notes::new(&world, None);
	let (price, _) = auction.search((REFERENCE, 1), 2, &mut notes);
	// The first two trade, the next two are one's own, the last one trades.
	assert_eq!(price.volume, 3);
	assert_eq!(
		settle_all(&mut auction.book, price.tick, &mut notes),
		(3, End::Uncrossed)
	);
	let pairs: Vec<_> = notes
		.pairs
		.iter()
		.map(|(buy, sell)| {
			(
				buy.what,
				buy.owner,
				sell.owner,
				buy.quantity,
				buy.remaining,
				sell.remaining,
			)
		})
		.collect();
	assert_eq!(
		pairs,
		[
			(What::Filled, 0, 3, 2, 0, 2),
			(What::Decremented, 2, 3, 2, 3, 0),
			(What::Filled, 2, 4, 1, 2, 0),
		]
	);
}

#[test]
fn an_auction_of_one_owner_has_no_price_and_uncrosses_the_book() {
	let mut auction = Auction::of(&[(0, Buy, 105, 5), (1, Sell, 95, 3)]);
	assert_eq!(auction.hold(REFERENCE, 1), (None, 0));
	assert_eq!(auction.naive.quantity(), 2);
	assert_eq!(auction.book.header().last, None);
}

#[test]
fn orders_that_have_to_leave_do_not_count() {
	let mut auction = Auction::of(&[
		(0, Buy, 110, 50),
		(2, Buy, 105, 5),
		(0, Buy, 105, 50),
		(4, Sell, 95, 5),
		(0, Sell, 90, 5),
	]);
	auction.world.stopped.insert(0);
	assert_eq!(auction.hold(REFERENCE, 1), (Some(100), 5));
	assert_eq!(auction.book.stored(), (0, 0), "they have left");
}

#[test]
fn a_search_looks_at_no_more_pages_than_it_may_and_its_state_is_small() {
	let mut auction = Auction::default();
	for _ in 0..20 {
		auction.add(0, Buy, 105, 1);
		auction.add(2, Sell, 95, 1);
	}
	let world = World::default();
	// Ten pages on each side; a step of 8 looks at four of each, one less than that anew.
	let steps =
		|auction: &mut Auction, pages| auction.search((100, 1), pages, &mut Notes::new(&world, None)).1;
	assert_eq!(steps(&mut auction, 0), 10);
	assert_eq!(steps(&mut auction, 2), 10);
	assert_eq!(steps(&mut auction, 8), 3);
	assert_eq!(steps(&mut auction, 20), 1);
	assert!(Search::max_encoded_len() <= 160, "{}", Search::max_encoded_len());
}

#[test]
fn a_search_says_so_when_orders_that_it_has_counted_are_gone() {
	let mut auction = Auction::default();
	let counted = auction.add(0, Buy, 105, 9);
	for _ in 0..8 {
		auction.add(2, Sell, 95, 1);
	}
	let world = World::default();
	let mut notes = Notes::new(&world, None);
	let Ok(Searched::Paused(state)) = search(&mut auction.book, Search::new(100, 1), 2, &mut notes) else {
		panic!("there is more than one step");
	};
	let mut smaller = auction.book.clone();
	carbon_matching::reduce(&mut smaller, counted, 1, |_| true).expect("it has more");
	assert_eq!(
		search(&mut smaller, state, 2, &mut notes),
		Err(Error::BookChanged)
	);
	let neighbour = auction.add(4, Buy, 105, 1);
	cancel(&mut auction.book, counted, |_| true).expect("it rests");
	assert_eq!(
		search(&mut auction.book, state, 2, &mut notes),
		Err(Error::BookChanged)
	);
	cancel(&mut auction.book, neighbour, |_| true).expect("it rests");
	assert_eq!(
		search(&mut auction.book, state, 2, &mut notes),
		Err(Error::BookChanged)
	);
}

#[test]
fn an_order_that_has_to_leave_after_a_part_was_counted_counts_and_does_not_trade() {
	let mut auction = Auction::default();
	auction.add(0, Buy, 105, 9);
	auction.add(4, Buy, 104, 2);
	for _ in 0..8 {
		auction.add(2, Sell, 95, 1);
	}
	let world = World::default();
	let mut notes = Notes::new(&world, None);
	let Ok(Searched::Paused(state)) = search(&mut auction.book, Search::new(100, 1), 2, &mut notes) else {
		panic!("there is more than one step");
	};
	let mut later = World::default();
	later.stopped.insert(0);
	let mut notes = Notes::new(&later, None);
	let searched = search(&mut auction.book, state, 20, &mut notes);
	let Ok(Searched::Found(price)) = searched else {
		panic!("it is over: {searched:?}");
	};
	assert_eq!((price.tick, price.volume), (Some(105), 8));
	assert!(notes.met.is_empty());
	// Nobody pays that price any more.
	assert_eq!(
		settle_all(&mut auction.book, price.tick, &mut notes),
		(0, End::Again)
	);
	assert_eq!(notes.met.len(), 1);
}

#[test]
fn an_order_that_is_cancelled_after_it_was_counted_has_moved_the_price() {
	let orders = [(0, Buy, 110, 10), (2, Sell, 90, 10)];
	assert_eq!(Auction::of(&orders).hold(100, 1), (Some(100), 10));
	let mut auction = Auction::of(&orders);
	let counted = auction.add(4, Buy, 109, 1);
	let world = World::default();
	let mut notes = Notes::new(&world, None);
	let (price, _) = auction.search((100, 1), 2, &mut notes);
	cancel(&mut auction.book, counted, |_| true).expect("it rests");
	assert_eq!((price.tick, price.volume), (Some(110), 10));
	let settled = settle_all(&mut auction.book, price.tick, &mut notes);
	assert_eq!(settled, (10, End::Uncrossed));
}

#[test]
fn an_auction_is_held_again_when_somebody_left_and_the_price_does_not_do() {
	let mut auction = Auction::of(&[(0, Buy, 110, 5), (2, Sell, 100, 5), (4, Sell, 108, 5)]);
	let world = World::default();
	let mut notes = Notes::new(&world, None);
	let (price, _) = auction.search((100, 1), 2, &mut notes);
	assert_eq!(price.tick, Some(100));
	// Who would have sold at this price loses its right before the auction is settled.
	let mut later = World::default();
	later.stopped.insert(2);
	let mut notes = Notes::new(&later, None);
	assert_eq!(
		settle_all(&mut auction.book, price.tick, &mut notes),
		(0, End::Again)
	);
	assert_eq!(notes.met.len(), 1);
	assert!(verify_parts(&mut auction.book, |_, _| {}).is_ok());
	let (price, _) = auction.search((100, 1), 2, &mut notes);
	assert_eq!((price.tick, price.volume), (Some(108), 5));
	assert_eq!(
		settle_all(&mut auction.book, price.tick, &mut notes),
		(5, End::Uncrossed)
	);
}

#[test]
fn an_auction_says_so_when_the_parts_of_the_book_contradict_each_other() {
	let mut auction = Auction::of(&[(0, Buy, 100, 1), (2, Sell, 100, 1)]);
	let key = LevelKey {
		side: Sell,
		tick: 100,
	};
	auction.book.remove_level(key);
	let world = World::default();
	let mut notes = Notes::new(&world, None);
	let searched = search(&mut auction.book, Search::new(100, 1), 2, &mut notes);
	assert_eq!(searched, Err(Error::Corrupt));
	assert_eq!(
		settle(&mut auction.book, Some(100), 2, &mut notes),
		Err(Error::Corrupt)
	);
}

/// Fails wherever it may.
struct Failing(Verdict);

impl Rights<Owner> for Failing {
	type Error = &'static str;

	fn verdict(&mut self, _: &Resting<Owner>) -> Result<Verdict, &'static str> {
		Ok(self.0)
	}

	fn on_withdrawn(&mut self, _: OrderId, _: Cancelled<Owner>) -> Result<(), &'static str> {
		Err("cannot be given back")
	}
}

impl Clearing<Owner> for Failing {
	fn are_one(&mut self, buy: &Resting<Owner>, _: &Resting<Owner>) -> Result<bool, &'static str> {
		match buy.owner {
			8 => Err("is not known"),
			_ => Ok(false),
		}
	}

	fn on_match(&mut self, _: Fill<Owner>, _: Fill<Owner>) -> Result<(), &'static str> {
		Err("cannot be settled")
	}

	fn on_own_pair(
		&mut self,
		_: (OrderId, Reduced<Owner>),
		_: (OrderId, Reduced<Owner>),
	) -> Result<(), &'static str> {
		Err("cannot be given back")
	}
}

#[test]
fn what_the_clearing_fails_with_is_passed_on() {
	type Refusal<T> = Result<T, Error<&'static str>>;
	let held = |owners: [Owner; 2], verdict| -> (Refusal<Searched>, Refusal<Settled>) {
		let auction = Auction::of(&[(owners[0], Buy, 100, 1), (owners[1], Sell, 100, 1)]);
		let mut failing = Failing(verdict);
		let searched = search(&mut auction.book.clone(), Search::new(100, 1), 2, &mut failing);
		(
			searched,
			settle(&mut auction.book.clone(), Some(100), 2, &mut failing),
		)
	};
	let back = Error::Settlement("cannot be given back");
	assert_eq!(held([0, 2], Verdict::Leave), (Err(back), Err(back)));
	let unknown = Error::Settlement("is not known");
	assert_eq!(held([8, 2], Verdict::Trade), (Err(unknown), Err(unknown)));
	let (searched, settled) = held([0, 2], Verdict::Trade);
	assert!(searched.is_ok());
	assert_eq!(settled, Err(Error::Settlement("cannot be settled")));
	// That it would be an own order has no meaning where nothing comes in.
	let (searched, settled) = held([0, 0], Verdict::Own);
	assert!(searched.is_ok());
	assert_eq!(settled, Err(back));
}

/// Whether the pairs of an auction are ones that may be, at a price that both limits accept.
fn check_pairs(pairs: &[(Met, Met)], world: &World) {
	for (buy, sell) in pairs {
		assert_eq!((buy.what, buy.quantity), (sell.what, sell.quantity));
		let is_own = world.are_one(buy.owner, sell.owner);
		assert_eq!(is_own, buy.what == What::Decremented);
		if !is_own {
			assert_eq!(buy.tick, sell.tick);
			assert!(buy.id.tick() >= buy.tick && sell.id.tick() <= sell.tick);
		}
	}
}

#[test]
fn an_auction_ends_and_loses_nothing_whoever_leaves_meanwhile() {
	for seed in 0..if cfg!(debug_assertions) { 300 } else { 5_000 } {
		let mut random = Random(seed);
		let mut auction = Auction::default();
		for _ in 0..random.within(1, 60) {
			let tick = random.within(90, 110) as u32;
			auction.add(
				random.within(0, 9) as Owner,
				random.side(),
				tick,
				random.within(1, 9),
			);
		}
		let placed = auction.naive.quantity();
		let mut gone = 0;
		for round in 0.. {
			assert!(round < 60, "seed {seed}: each round takes an order at least");
			let terms = (random.within(85, 115) as u32, random.pick(&[1, 2, 7]));
			let world = auction.world.clone();
			let mut notes = Notes::new(&world, None);
			let (price, _) = auction.search(terms, random.within(0, 9) as u32, &mut notes);
			if random.once_in(2) {
				auction.world.stopped.insert(random.within(0, 9) as Owner);
			}
			let world = auction.world.clone();
			notes.world = &world;
			let (_, end) = settle_all(&mut auction.book, price.tick, &mut notes);
			check_pairs(&notes.pairs, &world);
			gone += notes.met.iter().map(|met| met.quantity).sum::<u64>();
			gone += notes.pairs.iter().map(|(buy, _)| 2 * buy.quantity).sum::<u64>();
			if end == End::Uncrossed {
				break;
			}
		}
		let mut left = 0;
		verify(&mut auction.book, |_, order| left += order.quantity).expect("the book is in order");
		assert_eq!(placed, gone + left, "seed {seed}");
	}
}
