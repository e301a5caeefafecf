//! The engine does what a naive book does, on a million random operations; and where one of the two is broken, that is noticed.

mod naive;

use carbon_matching::{
	cancel, depth, memory::MemoryBook, order, place, reduce, rest_only, search, settle, sweep, verify,
	verify_parts, BookStore, End, Error, Header, Incoming, Level, LevelKey, LevelTotal, Limits, OrderId,
	OrderKind, Page, Price, Resting, Search, Searched, SelfTrade, Serial, Side, Tick, Totals,
	Walk as LevelWalk,
};
use codec::{Decode, Encode};
use naive::{Met, NaiveBook, NaiveOrder, Notes, Owner, Random, Refusal, What, World};
use std::{
	collections::{BTreeMap, BTreeSet},
	fmt::Debug,
};

/// How many random operations follow on each seed. A build without optimisation does fewer.
const OPERATIONS: u32 = if cfg!(debug_assertions) { 100 } else { 1_000 };
const SEEDS: u64 = 1_000;

/// Where the two books differ.
type Differs = String;

fn same<T: Debug + PartialEq>(engine: T, naive: T, what: &str) -> Result<(), Differs> {
	if engine == naive {
		Ok(())
	} else {
		Err(format!(
			"{what}: the engine says {engine:?}, the naive book {naive:?}"
		))
	}
}

/// A way in which the store below the engine, or whoever settles, may be broken.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Fault {
	/// A page is put back with its orders in reverse: who came last trades first.
	ReversesTime,
	/// The best price of the sellers is not seen where there is another one.
	HidesBestPrice,
	/// A page of a sealed level is not put back once it has changed.
	LosesChangedPage,
	/// A level that is empty stays.
	KeepsEmptyLevel,
	/// A page that is put back lacks its newest order.
	LosesOrder,
	/// An order comes back larger.
	AddsQuantity,
	/// The end of an order is lost.
	ForgetsExpiry,
	/// Each fifth trade is not settled.
	ForgetsTrade,
}

/// A book in memory, on which one thing may be broken.
#[derive(Clone)]
struct Store<const N: u32> {
	book: MemoryBook<Owner, N>,
	fault: Option<Fault>,
}

impl<const N: u32> Store<N> {
	fn spoil(&self, page: &mut Page<Owner, N>) {
		match self.fault {
			Some(Fault::ReversesTime) => page.orders.as_mut().reverse(),
			Some(Fault::LosesOrder) if page.orders.len() > 1 => {
				page.orders.pop();
				page.live &= !(1 << (63 - page.live.leading_zeros()));
			}
			Some(Fault::AddsQuantity) if page.orders.len() > 1 => page.orders[0].quantity += 1,
			Some(Fault::ForgetsExpiry) => page.orders.iter_mut().for_each(|order| order.expires = 0),
			_ => {}
		}
	}
}

impl<const N: u32> BookStore<N> for Store<N> {
	type Owner = Owner;

	fn header(&mut self) -> Header {
		let mut header = self.book.header();
		if let (Some(Fault::HidesBestPrice), Some(best)) = (self.fault, header.asks.lowest()) {
			if header.asks.next_above(best).is_some() {
				let word = &mut header.asks.words[0];
				word.bits[(best >> 6 & 3) as usize] &= !(1 << (best & 63));
				if word.bits == [0; 4] {
					header.asks.words.remove(0);
				}
			}
		}
		header
	}

	fn put_header(&mut self, header: Header) {
		self.book.put_header(header);
	}

	fn level(&mut self, key: LevelKey) -> Option<Level<Owner, N>> {
		self.book.level(key)
	}

	fn put_level(&mut self, key: LevelKey, mut level: Level<Owner, N>) {
		self.spoil(&mut level.open);
		self.book.put_level(key, level);
	}

	fn remove_level(&mut self, key: LevelKey) {
		if self.fault != Some(Fault::KeepsEmptyLevel) {
			self.book.remove_level(key);
		}
	}

	fn page(&mut self, key: LevelKey, serial: Serial) -> Option<Page<Owner, N>> {
		self.book.page(key, serial)
	}

	fn put_page(&mut self, key: LevelKey, mut page: Page<Owner, N>) {
		let is_new = self.book.page(key, page.serial).is_none();
		if is_new || self.fault != Some(Fault::LosesChangedPage) {
			self.spoil(&mut page);
			self.book.put_page(key, page);
		}
	}

	fn remove_page(&mut self, key: LevelKey, serial: Serial) {
		self.book.remove_page(key, serial);
	}
}

/// A walk over all levels that is done a page at a time.
#[derive(Clone, Debug)]
struct Walk {
	/// Who has been stopped since it began.
	owners: BTreeSet<Owner>,
	/// The level that it has come to, and how far it has come there; none where the level is done.
	at: Option<(LevelKey, Option<LevelWalk>)>,
}

/// Both books, and what must balance over all operations.
struct Pair<const N: u32> {
	random: Random,
	/// Whether many more orders come than go.
	is_deep: bool,
	store: Store<N>,
	naive: NaiveBook,
	world: World,
	serial: Serial,
	rested_ever: Vec<OrderId>,
	ids: BTreeSet<OrderId>,
	walk: Option<Walk>,
	/// Quantity of all orders that were not refused.
	placed: u64,
	/// Quantity that was traded, on each side, or that left in another way.
	gone: u64,
}

impl<const N: u32> Pair<N> {
	fn new(seed: u64, fault: Option<Fault>) -> Self {
		Self {
			random: Random(seed),
			is_deep: seed / 4 % 2 == 1,
			store: Store {
				book: MemoryBook::default(),
				fault,
			},
			naive: NaiveBook::default(),
			world: World::default(),
			serial: 0,
			rested_ever: Vec::new(),
			ids: BTreeSet::new(),
			walk: None,
			placed: 0,
			gone: 0,
		}
	}

	/// Do random operations, and compare after each.
	fn run(&mut self, operations: u32) -> Result<(), Differs> {
		for _ in 0..operations {
			self.operation()?;
			self.compare()?;
		}
		// The walk that is going on and a whole one.
		for _ in 0..2 {
			self.sweep()?;
			while self.walk.is_some() {
				self.sweep()?;
			}
		}
		let left_over = self
			.naive
			.orders()
			.any(|order| self.world.stopped.contains(&order.owner));
		same(left_over, false, "orders of stopped owners after a sweep")?;
		self.compare()
	}

	fn operation(&mut self) -> Result<(), Differs> {
		if self.is_deep && self.random.once_in(2) {
			let incoming = self.piled();
			return self.place(incoming);
		}
		match self.random.within(0, 99) {
			0..=54 => {
				let incoming = self.incoming();
				self.place(incoming)
			}
			55..=59 => {
				// One of all orders that ever rested, gone or not, as somebody.
				let owner = self.owner();
				if self.rested_ever.is_empty() {
					return Ok(());
				}
				let id = self.random.pick(&self.rested_ever);
				self.cancel(id, owner)
			}
			60..=72 => match self.resting() {
				Some(order) => self.cancel(order.id, order.owner),
				None => Ok(()),
			},
			73..=80 => match self.resting() {
				Some(order) => self.reduce(&order),
				None => Ok(()),
			},
			81..=84 => {
				self.stop_or_let_go();
				Ok(())
			}
			85..=88 => {
				self.world.now += self.random.within(1, 8);
				Ok(())
			}
			89..=97 => self.sweep(),
			_ => self.auction(),
		}
	}

	fn owner(&mut self) -> Owner {
		self.random.within(0, 9) as Owner
	}

	/// One of the orders at rest.
	fn resting(&mut self) -> Option<NaiveOrder> {
		let count = self.naive.len() as u64;
		let at = self.random.within(0, count.checked_sub(1)?);
		self.naive.orders().nth(at as usize).cloned()
	}

	/// Mostly a few ticks around the edge of a bitmap word, so that levels grow deep and are emptied again.
	fn incoming(&mut self) -> Incoming<Owner> {
		let random = &mut self.random;
		let side = random.side();
		let mut incoming = Incoming {
			owner: random.within(0, 9) as Owner,
			side,
			tick: random.within(252, 259) as u32,
			quantity: random.within(1, 12),
			expires: match random.within(0, 3) {
				0 => self.world.now + random.within(0, 40),
				_ => 0,
			},
			tag: random.within(0, 3) as u16 * 20_000,
			kind: random.pick(&[
				OrderKind::GoodTillCancelled,
				OrderKind::GoodTillCancelled,
				OrderKind::GoodTillCancelled,
				OrderKind::ImmediateOrCancel,
				OrderKind::FillOrKill,
				OrderKind::PostOnly,
			]),
			self_trade: random.pick(&[
				SelfTrade::CancelTaker,
				SelfTrade::CancelMaker,
				SelfTrade::CancelBoth,
				SelfTrade::Decrement,
			]),
		};
		match (random.within(0, 9), side) {
			// Orders far from the others' prices rest and pile up.
			(0..=3, Side::Buy) => incoming.tick = 251,
			(0..=3, Side::Sell) => incoming.tick = 260,
			// A large order empties pages and levels in a row.
			(4, Side::Buy) => (incoming.tick, incoming.quantity) = (260, random.within(20, 200)),
			(4, Side::Sell) => (incoming.tick, incoming.quantity) = (251, random.within(20, 200)),
			_ => {}
		}
		incoming
	}

	/// An order far from the other side, so that it rests behind many others.
	fn piled(&mut self) -> Incoming<Owner> {
		let incoming = self.incoming();
		Incoming {
			tick: match incoming.side {
				Side::Buy => 251,
				Side::Sell => 260,
			},
			quantity: self.random.within(1, 5),
			kind: OrderKind::GoodTillCancelled,
			..incoming
		}
	}

	/// Somebody may not trade any more, or somebody may again.
	fn stop_or_let_go(&mut self) {
		let owner = self.owner();
		match self.world.stopped.first().copied() {
			Some(stopped) if !self.random.once_in(4) => {
				self.world.stopped.remove(&stopped);
				if let Some(walk) = &mut self.walk {
					walk.owners.remove(&stopped);
				}
			}
			_ => {
				self.world.stopped.insert(owner);
			}
		}
	}

	fn place(&mut self, incoming: Incoming<Owner>) -> Result<(), Differs> {
		// Who may not trade places no orders: that is up to whoever uses the engine.
		if self.world.stopped.contains(&incoming.owner) {
			return Ok(());
		}
		self.serial += 1;
		let limits = Limits {
			fills_max: self.random.pick(&[0, 2, 50, 50]),
			serial: self.serial,
		};
		let before = self.store.clone();
		let mut notes = Notes::new(&self.world, Some(incoming.owner));
		notes.forgets = (self.store.fault == Some(Fault::ForgetsTrade)).then_some(5);
		// The trades of all operations are counted on, so that the fault comes to more than those of single orders.
		notes.trades = self.serial;
		let outcome = place(&mut self.store, incoming.clone(), limits, &mut notes);
		let met = notes.met;
		let expected = match self.naive.place(&incoming, limits.fills_max, &self.world) {
			Ok(expected) => expected,
			Err(refusal) => {
				let refused = match refusal {
					Refusal::WouldTrade => Error::WouldTrade,
					Refusal::NotFilled => Error::NotFilled,
				};
				same(outcome, Err(refused), "a refused order")?;
				if refusal == Refusal::WouldTrade {
					same(met.is_empty(), true, "nothing is met")?;
					same(self.store.book == before.book, true, "nothing changes")?;
				}
				self.store = before;
				return Ok(());
			}
		};
		let outcome = outcome.map_err(|error| format!("an order is refused: {error:?}"))?;
		let count = |what: &[What]| expected.met.iter().filter(|met| what.contains(&met.what)).count() as u32;
		let left = [What::Withdrawn, What::OwnWithdrawn];
		same(&met, &expected.met, "orders met")?;
		same(outcome.met, expected.count, "their number")?;
		same(outcome.fills, count(&[What::Filled]), "fills")?;
		same(outcome.withdrawn, count(&left), "orders that left")?;
		same(outcome.filled, expected.filled, "what is filled")?;
		same(outcome.decremented, expected.decremented, "what is decremented")?;
		same(outcome.returned, expected.returned, "what is returned")?;
		same(
			outcome.rested.map_or(0, |(_, left)| left),
			expected.rests,
			"what rests",
		)?;
		let returned = outcome.returned.map_or(0, |(left, _)| left);
		self.placed += incoming.quantity;
		self.gone += outcome.filled + outcome.decremented + returned;
		self.gone += met.iter().map(|met| met.quantity).sum::<u64>();
		match outcome.rested {
			Some((id, quantity)) => self.rested(id, &incoming, quantity),
			None => Ok(()),
		}
	}

	/// Put down what the engine has rested.
	fn rested(&mut self, id: OrderId, incoming: &Incoming<Owner>, quantity: u64) -> Result<(), Differs> {
		same(self.ids.insert(id), true, "an identifier is given once")?;
		self.rested_ever.push(id);
		self.naive.rest(NaiveOrder {
			id,
			owner: incoming.owner,
			side: incoming.side,
			tick: incoming.tick,
			quantity,
			expires: incoming.expires,
			tag: incoming.tag,
		});
		Ok(())
	}

	fn cancel(&mut self, id: OrderId, owner: Owner) -> Result<(), Differs> {
		let result = cancel(&mut self.store, id, |found| *found == owner);
		let expected = match self.naive.find(id) {
			None => Err(Error::OrderNotFound),
			Some(order) if order.owner != owner => Err(Error::NotOrderOwner),
			Some(_) => self.naive.remove(id).ok_or(Error::OrderNotFound),
		};
		self.gone += expected.as_ref().map_or(0, |order| order.quantity);
		let result = result.map(|order| NaiveOrder {
			id,
			owner: order.owner,
			side: order.side,
			tick: order.tick,
			quantity: order.quantity,
			expires: order.expires,
			tag: order.tag,
		});
		same(result, expected, "a cancellation")
	}

	/// Reduce an order, or try to.
	fn reduce(&mut self, order: &NaiveOrder) -> Result<(), Differs> {
		let owner = if self.random.once_in(5) {
			self.owner()
		} else {
			order.owner
		};
		let quantity = self.random.within(0, order.quantity + 1);
		let result = reduce(&mut self.store, order.id, quantity, |found| *found == owner);
		let expected = if quantity == 0 {
			Err(Error::QuantityZero)
		} else if owner != order.owner {
			Err(Error::NotOrderOwner)
		} else if quantity >= order.quantity {
			Err(Error::QuantityNotLower)
		} else {
			Ok((
				order.owner,
				order.side,
				order.tick,
				order.quantity - quantity,
				quantity,
			))
		};
		if expected.is_ok() {
			self.naive
				.find(order.id)
				.ok_or("an order that rests is gone")?
				.quantity = quantity;
			self.gone += order.quantity - quantity;
			let told = result.as_ref().map(|reduced| (reduced.expires, reduced.tag));
			same(
				told,
				Ok((order.expires, order.tag)),
				"end and tag of a reduced order",
			)?;
		}
		let result = result.map(|reduced| {
			(
				reduced.owner,
				reduced.side,
				reduced.tick,
				reduced.quantity,
				reduced.remaining,
			)
		});
		same(result, expected, "a reduction")
	}

	/// The first level in the order of its key that lies behind `key`.
	fn level_after(&self, key: Option<LevelKey>) -> Option<LevelKey> {
		self.naive
			.orders()
			.map(|order| LevelKey {
				side: order.side,
				tick: order.tick,
			})
			.filter(|level| key.is_none_or(|key| *level > key))
			.min()
	}

	/// Sweep one page of the walk, which begins anew after its last level.
	fn sweep(&mut self) -> Result<(), Differs> {
		let mut walk = self.walk.take().unwrap_or_else(|| Walk {
			owners: self.world.stopped.clone(),
			at: None,
		});
		let at = match walk.at {
			Some((key, Some(from))) => Some((key, Some(from))),
			Some((key, None)) => self.level_after(Some(key)).map(|key| (key, None)),
			None => self.level_after(None).map(|key| (key, None)),
		};
		let Some((key, from)) = at else {
			let left_over = self
				.naive
				.orders()
				.any(|order| walk.owners.contains(&order.owner));
			return same(left_over, false, "orders of stopped owners after a walk");
		};
		let mut notes = Notes::new(&self.world, None);
		let step =
			sweep(&mut self.store, key, from, &mut notes).map_err(|error| format!("a sweep: {error:?}"))?;
		let met = notes.met;
		same(
			step.swept || met.is_empty(),
			true,
			"only a page that is swept loses orders",
		)?;
		walk.at = Some((key, step.next));
		self.walk = Some(walk);
		self.leave(&met)
	}

	/// Take orders off the naive book of which the engine says that they left, and see that they had to.
	fn leave(&mut self, met: &[Met]) -> Result<(), Differs> {
		for met in met {
			let order = self
				.naive
				.remove(met.id)
				.ok_or("an order leaves that does not rest")?;
			let leaver = NaiveOrder {
				id: met.id,
				owner: met.owner,
				side: order.side,
				tick: met.tick,
				quantity: met.quantity,
				expires: met.expires,
				tag: met.tag,
			};
			same(&leaver, &order, "an order that leaves")?;
			same(self.world.leaves(order.owner, order.expires), true, "it has to")?;
			self.gone += order.quantity;
		}
		Ok(())
	}

	/// Collect orders, of which some do not count any more when the auction is held.
	fn collect_orders(&mut self) -> Result<(), Differs> {
		for _ in 0..self.random.within(0, 30) {
			let incoming = Incoming {
				tick: self.random.within(251, 260) as u32,
				quantity: self.random.within(1, 12),
				..self.incoming()
			};
			if !self.world.stopped.contains(&incoming.owner) {
				self.collect(&incoming)?;
				self.compare_orders()?;
			}
		}
		if self.random.once_in(2) {
			let owner = self.owner();
			self.world.stopped.insert(owner);
			self.world.now += self.random.within(0, 8);
		}
		Ok(())
	}

	/// Collect orders and hold an auction.
	fn auction(&mut self) -> Result<(), Differs> {
		self.collect_orders()?;
		let (reference, step) = (
			self.random.within(245, 265) as u32,
			self.random.pick(&[1, 1, 3, 5]),
		);
		let expected = {
			let mut naive = self.naive.clone();
			naive.auction(reference, step, &self.world)
		};
		let mut notes = Notes::new(&self.world, None);
		notes.forgets = (self.store.fault == Some(Fault::ForgetsTrade)).then_some(5);
		let price = find_price(
			&mut self.store,
			Search::new(reference, step),
			&mut self.random,
			&mut notes,
		)?;
		same(
			(price.tick, price.volume),
			(expected.price, expected.volume),
			"price and volume",
		)?;
		same(
			notes.pairs.is_empty(),
			true,
			"nothing trades while the price is searched",
		)?;
		let volume = settle_all(&mut self.store, price.tick, &mut self.random, &mut notes)?;
		same(volume, expected.volume, "the volume that trades")?;
		let Notes { met, pairs, .. } = notes;
		self.check_remaining(&pairs)?;
		let (matches, own): (Vec<_>, Vec<_>) = pairs
			.into_iter()
			.map(|(buy, sell)| (without_remaining(buy), without_remaining(sell)))
			.partition(|(buy, _)| buy.what == What::Filled);
		let strip = |pairs: Vec<(Met, Met)>| -> Vec<_> {
			pairs
				.into_iter()
				.map(|(buy, sell)| (without_remaining(buy), without_remaining(sell)))
				.collect()
		};
		same(matches, strip(expected.matches), "matches")?;
		same(own, strip(expected.own), "pairs of one owner")?;
		self.leave(&met)?;
		let held = self.naive.auction(reference, step, &self.world);
		self.gone += held
			.matches
			.iter()
			.chain(&held.own)
			.map(|(buy, sell)| buy.quantity + sell.quantity)
			.sum::<u64>();
		Ok(())
	}

	fn collect(&mut self, incoming: &Incoming<Owner>) -> Result<(), Differs> {
		self.serial += 1;
		let key = LevelKey {
			side: incoming.side,
			tick: incoming.tick,
		};
		let order = Resting {
			owner: incoming.owner,
			quantity: incoming.quantity,
			expires: incoming.expires,
			tag: incoming.tag,
		};
		let id = rest_only(&mut self.store, key, order, self.serial)
			.map_err(|error| format!("collecting: {error:?}"))?;
		self.placed += incoming.quantity;
		self.rested(id, incoming, incoming.quantity)
	}

	/// What is said to be left of an order is what it had, less what it has traded and lost so far.
	fn check_remaining(&mut self, pairs: &[(Met, Met)]) -> Result<(), Differs> {
		let mut left: BTreeMap<OrderId, u64> = self
			.naive
			.orders()
			.map(|order| (order.id, order.quantity))
			.collect();
		for met in pairs.iter().flat_map(|(buy, sell)| [buy, sell]) {
			let had = left
				.get_mut(&met.id)
				.ok_or("an order trades that does not rest")?;
			*had = had
				.checked_sub(met.quantity)
				.ok_or("an order trades more than it has")?;
			same(met.remaining, *had, "what is left of an order")?;
		}
		Ok(())
	}

	/// The two books are equal, and none crosses.
	fn compare(&mut self) -> Result<(), Differs> {
		let totals = self.compare_orders()?;
		same(
			verify(&mut self.store, |_, _| {}),
			Ok(totals),
			"a book whose prices do not cross",
		)?;
		let resting = self.naive.quantity();
		same(
			self.placed,
			self.gone + resting,
			"quantity is neither made nor lost",
		)
	}

	fn compare_orders(&mut self) -> Result<Totals, Differs> {
		let mut seen = Vec::new();
		let totals = verify_parts(&mut self.store, |id, order| {
			seen.push(NaiveOrder {
				id,
				owner: order.owner,
				side: id.side(),
				tick: id.tick(),
				quantity: order.quantity,
				expires: order.expires,
				tag: order.tag,
			});
		})?;
		let stored = (totals.levels as usize, totals.pages as usize);
		same(self.store.book.stored(), stored, "nothing is left over")?;
		same(seen.len(), totals.orders as usize, "the number of orders")?;
		// By side, price and time, as in the lists.
		same(
			seen.iter().collect::<Vec<_>>(),
			self.naive.orders().collect(),
			"orders",
		)?;
		for side in [Side::Buy, Side::Sell] {
			let all = self.naive.depth(side);
			let best: Vec<LevelTotal> = all.iter().take(2).copied().collect();
			same(depth(&mut self.store, side, 2), best, "the two best levels")?;
			same(depth(&mut self.store, side, u32::MAX), all, "all levels")?;
		}
		if let Some(known) = self.resting() {
			let found = order(&mut self.store, known.id).map(|found| NaiveOrder {
				id: known.id,
				owner: found.owner,
				side: found.side,
				tick: found.tick,
				quantity: found.quantity,
				expires: found.expires,
				tag: found.tag,
			});
			same(found, Some(known), "an order by its identifier")?;
		}
		Ok(totals)
	}
}

fn without_remaining(met: Met) -> Met {
	Met { remaining: 0, ..met }
}

/// Search the price in steps of a few pages, between which the state is stored.
fn find_price<const N: u32>(
	store: &mut Store<N>,
	mut state: Search,
	random: &mut Random,
	notes: &mut Notes,
) -> Result<Price, Differs> {
	for _ in 0..10_000 {
		let pages = random.within(0, 6) as u32;
		match search(store, state, pages, notes).map_err(|error| format!("a search: {error:?}"))? {
			Searched::Found(price) => return Ok(price),
			Searched::Paused(next) => {
				let stored = next.encode();
				state = Search::decode(&mut &stored[..]).map_err(|error| error.to_string())?;
				same(state, next, "a search that was stored")?;
			}
		}
	}
	Err("the search does not end".into())
}

/// Settle an auction in steps of a few pages. Returns what trades.
fn settle_all<const N: u32>(
	store: &mut Store<N>,
	price: Option<Tick>,
	random: &mut Random,
	notes: &mut Notes,
) -> Result<u128, Differs> {
	let mut volume = 0;
	for _ in 0..10_000 {
		let pages = random.within(0, 6) as u32;
		let step = settle(store, price, pages, notes).map_err(|error| format!("settling: {error:?}"))?;
		volume += step.volume;
		match step.end {
			Some(End::Uncrossed) => return Ok(volume),
			Some(End::Again) => return Err("nobody left in between, and it is to be held again".into()),
			None => {}
		}
	}
	Err("settling does not end".into())
}

/// Where the books of a seed differ.
fn differs<const N: u32>(seed: u64, operations: u32, fault: Option<Fault>) -> Option<Differs> {
	Pair::<N>::new(seed, fault)
		.run(operations)
		.err()
		.map(|difference| format!("seed {seed}, pages of {N}: {difference}"))
}

/// A quarter of the seeds, with pages of one size.
fn agree<const N: u32>(quarter: u64) {
	for seed in (quarter..SEEDS).step_by(4) {
		assert_eq!(differs::<N>(seed, OPERATIONS, None), None);
	}
}

#[test]
fn the_engine_equals_the_naive_book_with_pages_of_one() {
	agree::<1>(0);
}

#[test]
fn the_engine_equals_the_naive_book_with_pages_of_three() {
	agree::<3>(1);
}

#[test]
fn the_engine_equals_the_naive_book_with_pages_of_eight() {
	agree::<8>(2);
}

#[test]
fn the_engine_equals_the_naive_book_with_the_pages_of_the_chain() {
	agree::<32>(3);
}

/// The control of the test itself: with each of these faults the books differ.
#[test]
fn whatever_is_broken_is_found() {
	let faults = [
		Fault::ReversesTime,
		Fault::HidesBestPrice,
		Fault::LosesChangedPage,
		Fault::KeepsEmptyLevel,
		Fault::LosesOrder,
		Fault::AddsQuantity,
		Fault::ForgetsExpiry,
		Fault::ForgetsTrade,
	];
	for fault in faults {
		let found = (0..20).find_map(|seed| differs::<3>(seed, 300, Some(fault)));
		assert!(found.is_some(), "nobody notices {fault:?}");
	}
	// With the same seeds and nothing broken there is nothing to notice.
	assert_eq!((0..20).find_map(|seed| differs::<3>(seed, 300, None)), None);
}
