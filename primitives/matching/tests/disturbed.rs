//! A call auction whose orders are cancelled between its steps. It ends, nothing crosses, nobody trades beyond its limit or out of
//! turn, and no quantity is lost.

mod naive;

use carbon_matching::{
	cancel, memory::MemoryBook, reduce, rest_only, search, settle, sweep, verify, verify_parts, End, Error,
	LevelKey, OrderId, Price, Resting, Search, Searched, Serial, Side, Tick,
};
use naive::{Met, NaiveBook, NaiveOrder, Notes, Owner, Random, What, World};

/// Random auctions for each size of pages. A build without optimisation holds fewer.
const SEEDS: u64 = if cfg!(debug_assertions) { 300 } else { 10_000 };

/// An auction and what should be left of its orders.
struct Auction<const N: u32> {
	random: Random,
	book: MemoryBook<Owner, N>,
	naive: NaiveBook,
	world: World,
	/// How often orders have left or become smaller between two steps, or have come to have to leave.
	disturbances: u32,
	/// How often the search lost its place.
	lost: u32,
	/// How often the price did not do for orders that still crossed.
	again: u32,
	/// Once in how many steps somebody disturbs the auction; never where there is none.
	once_in: Option<u64>,
}

impl<const N: u32> Auction<N> {
	/// Orders that were collected at random.
	fn collect(seed: u64, once_in: Option<u64>) -> Self {
		let mut auction = Self {
			random: Random(seed),
			book: MemoryBook::default(),
			naive: NaiveBook::default(),
			world: World::default(),
			disturbances: 0,
			lost: 0,
			again: 0,
			once_in,
		};
		for serial in 1..=auction.random.within(1, 80) {
			auction.add(serial);
		}
		auction
	}

	fn add(&mut self, serial: Serial) {
		let random = &mut self.random;
		let side = random.side();
		// Around the edge of a word of the bitmap.
		let tick = random.within(246, 266) as Tick;
		let order = Resting {
			owner: random.within(0, 9) as Owner,
			quantity: random.within(1, 9),
			expires: 0,
			tag: 0,
		};
		let key = LevelKey { side, tick };
		let id = rest_only(&mut self.book, key, order.clone(), serial).expect("there is room");
		self.naive.rest(NaiveOrder {
			id,
			owner: order.owner,
			side,
			tick,
			quantity: order.quantity,
			expires: 0,
			tag: 0,
		});
	}

	/// Hold the auction until the book does not cross any more. Each time that it begins again, somebody was the reason.
	fn hold(&mut self) {
		loop {
			let before = self.disturbances;
			if self.hold_once() {
				break;
			}
			assert!(self.disturbances > before, "nobody has disturbed it");
		}
		self.compare();
		verify(&mut self.book, |_, _| {}).expect("nothing crosses");
	}

	/// Find a price and settle at it. Says whether the auction is over.
	fn hold_once(&mut self) -> bool {
		let before = self.disturbances;
		let terms = (self.random.within(240, 272) as Tick, self.random.pick(&[1, 2, 7]));
		let expected = self.naive.clone().auction(terms.0, terms.1, &self.world);
		let Some(price) = self.search(terms) else {
			self.lost += 1;
			return false;
		};
		if self.disturbances == before {
			assert_eq!((price.tick, price.volume), (expected.price, expected.volume));
		}
		self.disturb();
		let (volume, end) = self.settle(price.tick);
		if self.disturbances == before {
			assert_eq!((volume, end), (price.volume, End::Uncrossed));
		}
		self.again += u32::from(end == End::Again);
		end == End::Uncrossed
	}

	/// Find the price in small steps; none where orders that were counted are gone.
	fn search(&mut self, terms: (Tick, Tick)) -> Option<Price> {
		let mut state = Search::new(terms.0, terms.1);
		loop {
			let pages = self.random.within(0, 5) as u32;
			let before = self.book.clone();
			let world = self.world.clone();
			let mut notes = Notes::new(&world, None);
			match search(&mut self.book, state, pages, &mut notes) {
				Ok(searched) => {
					assert!(notes.pairs.is_empty());
					self.leave(&notes.met);
					self.compare();
					match searched {
						Searched::Found(price) => return Some(price),
						Searched::Paused(next) => state = next,
					}
				}
				Err(error) => {
					assert_eq!(error, Error::BookChanged);
					self.book = before;
					return None;
				}
			}
			self.disturb();
		}
	}

	/// Settle in small steps. Returns what trades, and how it ends.
	fn settle(&mut self, price: Option<Tick>) -> (u128, End) {
		let mut volume = 0;
		loop {
			let pages = self.random.within(0, 5) as u32;
			let world = self.world.clone();
			let mut notes = Notes::new(&world, None);
			let step = settle(&mut self.book, price, pages, &mut notes).expect("whoever has left");
			let changes = notes.pairs.len() + notes.met.len();
			assert!(step.end.is_some() || changes > 0, "a step gets on");
			volume += step.volume;
			self.leave(&notes.met);
			for (buy, sell) in &notes.pairs {
				self.trade(price, buy, sell);
			}
			self.compare();
			if let Some(end) = step.end {
				return (volume, end);
			}
			self.disturb();
		}
	}

	/// See that a pair may be one, that it is its turn, and what is left of it.
	fn trade(&mut self, price: Option<Tick>, buy: &Met, sell: &Met) {
		let first = |orders: &[NaiveOrder]| orders.first().map(|order| (order.id, order.quantity));
		let (Some((buy_id, bought)), Some((sell_id, sold))) =
			(first(&self.naive.bids), first(&self.naive.asks))
		else {
			panic!("there are orders to trade");
		};
		let quantity = bought.min(sold);
		assert_eq!((buy.id, sell.id), (buy_id, sell_id), "whose turn it is");
		assert_eq!((buy.quantity, sell.quantity), (quantity, quantity));
		assert_eq!(
			(buy.remaining, sell.remaining),
			(bought - quantity, sold - quantity)
		);
		assert_eq!(buy.what, sell.what);
		let is_own = self.world.are_one(buy.owner, sell.owner);
		assert_eq!(is_own, buy.what == What::Decremented);
		if !is_own {
			assert_eq!((Some(buy.tick), Some(sell.tick)), (price, price));
			assert!(buy.id.tick() >= buy.tick && sell.id.tick() <= sell.tick);
		}
		self.shrink(buy_id, bought - quantity);
		self.shrink(sell_id, sold - quantity);
	}

	fn shrink(&mut self, id: OrderId, quantity: u64) {
		match quantity {
			0 => drop(self.naive.remove(id)),
			_ => self.naive.find(id).expect("it rests").quantity = quantity,
		}
	}

	/// Orders left, as they had to.
	fn leave(&mut self, met: &[Met]) {
		for met in met {
			let order = self.naive.remove(met.id).expect("it was there");
			assert_eq!((order.owner, order.quantity), (met.owner, met.quantity));
			assert!(self.world.leaves(order.owner, order.expires));
		}
	}

	/// What rests is what should.
	fn compare(&mut self) {
		let mut seen = Vec::new();
		let totals = verify_parts(&mut self.book, |id, order| seen.push((id, order.quantity)))
			.expect("the book is in order");
		let stored = (totals.levels as usize, totals.pages as usize);
		assert_eq!(self.book.stored(), stored, "nothing is left over");
		let expected: Vec<_> = self
			.naive
			.orders()
			.map(|order| (order.id, order.quantity))
			.collect();
		assert_eq!(seen, expected);
	}

	/// Between two steps owners may do something with their orders, but place none.
	fn disturb(&mut self) {
		while let Some(once_in) = self.once_in {
			if !self.random.once_in(once_in) || self.naive.len() == 0 {
				break;
			}
			self.disturbances += 1;
			match self.random.within(0, 9) {
				0..=3 => self.cancel_any(),
				4 | 5 => self.cancel_best(),
				6 => self.cancel_page(),
				7 => self.reduce(),
				8 => self.sweep(),
				_ => {
					let owner = self.random.within(0, 9) as Owner;
					self.world.stopped.insert(owner);
				}
			}
			self.compare();
		}
	}

	fn any(&mut self) -> NaiveOrder {
		let at = self.random.within(0, self.naive.len() as u64 - 1);
		let order = self.naive.orders().nth(at as usize);
		order.expect("there are as many").clone()
	}

	fn cancel(&mut self, id: OrderId) {
		let cancelled = cancel(&mut self.book, id, |_| true).expect("it rests");
		let expected = self.naive.remove(id).expect("it rests");
		assert_eq!(cancelled.quantity, expected.quantity);
	}

	fn cancel_any(&mut self) {
		let id = self.any().id;
		self.cancel(id);
	}

	/// Whoever is the next to be counted or to trade goes.
	fn cancel_best(&mut self) {
		let best = match self.random.side() {
			Side::Buy => self.naive.bids.first(),
			Side::Sell => self.naive.asks.first(),
		};
		if let Some(id) = best.map(|order| order.id) {
			self.cancel(id);
		}
	}

	/// All orders of a page go, so that it is taken out from among its neighbours, or an older one opens again.
	fn cancel_page(&mut self) {
		let one = self.any();
		let of_page: Vec<_> = self
			.naive
			.orders()
			.filter(|order| {
				(order.side, order.tick, order.id.serial()) == (one.side, one.tick, one.id.serial())
			})
			.map(|order| order.id)
			.collect();
		for id in of_page {
			self.cancel(id);
		}
	}

	fn reduce(&mut self) {
		let order = self.any();
		if order.quantity > 1 {
			let quantity = self.random.within(1, order.quantity - 1);
			reduce(&mut self.book, order.id, quantity, |_| true).expect("it has more");
			self.shrink(order.id, quantity);
		}
	}

	/// The oldest page of a level is swept, as blocks with room for it do.
	fn sweep(&mut self) {
		let NaiveOrder { side, tick, .. } = self.any();
		let world = self.world.clone();
		let mut notes = Notes::new(&world, None);
		let swept = sweep(&mut self.book, LevelKey { side, tick }, None, &mut notes);
		assert!(swept.is_ok());
		self.leave(&notes.met);
	}
}

/// Hold random auctions. Returns how many were disturbed, how many lost their place, and how many were held again.
fn hold_all<const N: u32>(once_in: Option<u64>) -> [u64; 3] {
	let mut counts = [0; 3];
	for seed in 0..SEEDS {
		let mut auction = Auction::<N>::collect(seed, once_in);
		auction.hold();
		let happened = [auction.disturbances, auction.lost, auction.again];
		for (count, times) in counts.iter_mut().zip(happened) {
			*count += u64::from(times > 0);
		}
	}
	counts
}

/// Hold random auctions and see that enough of them were disturbed for the test to say something.
fn hold_disturbed<const N: u32>(once_in: u64) {
	let counts = hold_all::<N>(Some(once_in));
	let [disturbed, lost, again] = counts;
	let enough = disturbed > SEEDS / 2 && lost > SEEDS / 50 && again > SEEDS / 50;
	assert!(enough, "pages of {N}: {counts:?} of {SEEDS}");
}

#[test]
fn an_auction_that_nobody_disturbs_is_held_once() {
	assert_eq!(hold_all::<1>(None), [0; 3]);
	assert_eq!(hold_all::<3>(None), [0; 3]);
}

#[test]
fn an_auction_that_is_disturbed_now_and_then_ends_in_order() {
	hold_disturbed::<1>(6);
	hold_disturbed::<2>(6);
	hold_disturbed::<3>(6);
}

#[test]
fn an_auction_that_is_disturbed_all_the_time_ends_in_order() {
	hold_disturbed::<1>(2);
	hold_disturbed::<3>(2);
	hold_disturbed::<32>(2);
}
