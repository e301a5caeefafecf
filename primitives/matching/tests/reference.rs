//! The engine does what a naive book does, on random sequences of operations.
//!
//! The naive book is a plain list of orders that is searched from end to end each time. It shares no code with the engine,
//! only the words of its interface.

use carbon_matching::{
	cancel, depth, memory::MemoryBook, order, place, sweep, verify, Cancelled, Error, Fill, Incoming,
	LevelKey, LevelTotal, Limits, OrderId, Outcome, ReturnReason, Rights, Settlement, Side, TimeInForce,
	Walk as LevelWalk,
};
use proptest::prelude::*;
use std::{collections::BTreeSet, convert::Infallible};

type Owner = u8;

#[derive(Clone, Debug)]
enum Operation {
	Place {
		owner: Owner,
		side: Side,
		tick: u32,
		quantity: u64,
		time_in_force: TimeInForce,
		fills_max: u32,
	},
	/// Cancel one of all orders that ever rested, gone or not, as somebody.
	Cancel { pick: usize, owner: Owner },
	/// Cancel one of the orders at rest, as its owner.
	CancelOwn { pick: usize },
	/// From now on the owner may not trade, or may again.
	Stop { owner: Owner, stopped: bool },
	/// Sweep so many pages, where the walk stands.
	Sweep { pages: u8 },
}

/// What happened to an order that was met.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Met {
	Filled(OrderId, Owner, u32, u64, u64),
	Withdrawn(OrderId, Owner, u32, u64),
}

/// Notes what the engine reports, and says who may trade.
struct Notes<'a> {
	stopped: &'a BTreeSet<Owner>,
	met: Vec<Met>,
}

impl<'a> Notes<'a> {
	fn new(stopped: &'a BTreeSet<Owner>) -> Self {
		Self {
			stopped,
			met: Vec::new(),
		}
	}
}

impl Rights<Owner> for Notes<'_> {
	type Error = Infallible;

	fn may_fill(&mut self, owner: &Owner) -> Result<bool, Infallible> {
		Ok(!self.stopped.contains(owner))
	}

	fn on_withdrawn(&mut self, order: OrderId, cancelled: Cancelled<Owner>) -> Result<(), Infallible> {
		assert_eq!((order.side(), order.tick()), (cancelled.side, cancelled.tick));
		let Cancelled {
			owner,
			tick,
			quantity,
			..
		} = cancelled;
		self.met.push(Met::Withdrawn(order, owner, tick, quantity));
		Ok(())
	}
}

impl Settlement<Owner> for Notes<'_> {
	fn on_fill(&mut self, fill: Fill<Owner>) -> Result<(), Infallible> {
		let Fill {
			order,
			owner,
			tick,
			quantity,
			remaining,
		} = fill;
		self.met
			.push(Met::Filled(order, owner, tick, quantity, remaining));
		Ok(())
	}
}

/// A walk over all levels that is done a few pages at a time.
#[derive(Clone, Debug)]
struct Walk {
	/// Who has been stopped since it began.
	owners: BTreeSet<Owner>,
	/// The level that it has come to, and how far it has come there; none where the level is done.
	at: Option<(LevelKey, Option<LevelWalk>)>,
}

#[derive(Clone, Debug)]
struct NaiveOrder {
	id: OrderId,
	owner: Owner,
	side: Side,
	tick: u32,
	quantity: u64,
}

/// Orders at rest in the order of their arrival.
#[derive(Default)]
struct NaiveBook {
	orders: Vec<NaiveOrder>,
}

struct NaiveOutcome {
	met: Vec<Met>,
	rests: u64,
	returned: Option<(u64, ReturnReason)>,
}

impl NaiveBook {
	/// Index of the order that a taker of `side` with the limit `tick` trades with next.
	fn next_maker(&self, side: Side, tick: u32) -> Option<usize> {
		let mut found: Option<usize> = None;
		for (index, maker) in self.orders.iter().enumerate() {
			let crosses = match side {
				Side::Buy => maker.side == Side::Sell && maker.tick <= tick,
				Side::Sell => maker.side == Side::Buy && maker.tick >= tick,
			};
			if !crosses {
				continue;
			}
			let better = match found {
				None => true,
				Some(other) if side == Side::Buy => maker.tick < self.orders[other].tick,
				Some(other) => maker.tick > self.orders[other].tick,
			};
			if better {
				found = Some(index);
			}
		}
		found
	}

	fn place(
		&mut self,
		incoming: &Incoming<Owner>,
		fills_max: u32,
		stopped: &BTreeSet<Owner>,
	) -> NaiveOutcome {
		let mut left = incoming.quantity;
		let mut met = Vec::new();
		let mut reason = None;
		while left > 0 {
			let Some(index) = self.next_maker(incoming.side, incoming.tick) else {
				break;
			};
			if met.len() as u32 == fills_max {
				reason = Some(ReturnReason::FillLimit);
				break;
			}
			let maker = &mut self.orders[index];
			if maker.owner == incoming.owner {
				reason = Some(ReturnReason::OwnOrder);
				break;
			}
			if stopped.contains(&maker.owner) {
				met.push(Met::Withdrawn(maker.id, maker.owner, maker.tick, maker.quantity));
				self.orders.remove(index);
				continue;
			}
			let traded = left.min(maker.quantity);
			maker.quantity -= traded;
			left -= traded;
			met.push(Met::Filled(
				maker.id,
				maker.owner,
				maker.tick,
				traded,
				maker.quantity,
			));
			if maker.quantity == 0 {
				self.orders.remove(index);
			}
		}
		if incoming.time_in_force == TimeInForce::ImmediateOrCancel && reason.is_none() {
			reason = Some(ReturnReason::ImmediateOrCancel);
		}
		match reason {
			Some(reason) if left > 0 => NaiveOutcome {
				met,
				rests: 0,
				returned: Some((left, reason)),
			},
			_ => NaiveOutcome {
				met,
				rests: left,
				returned: None,
			},
		}
	}

	/// The first level in the order of its key that lies behind `key`.
	fn level_after(&self, key: Option<LevelKey>) -> Option<LevelKey> {
		self.orders
			.iter()
			.map(|order| LevelKey {
				side: order.side,
				tick: order.tick,
			})
			.filter(|level| key.is_none_or(|key| *level > key))
			.min()
	}

	fn depth(&self, side: Side) -> Vec<LevelTotal> {
		let mut ticks: Vec<u32> = self
			.orders
			.iter()
			.filter(|order| order.side == side)
			.map(|order| order.tick)
			.collect();
		ticks.sort_unstable();
		ticks.dedup();
		if side == Side::Buy {
			ticks.reverse();
		}
		ticks
			.into_iter()
			.map(|tick| {
				let level = || {
					self.orders
						.iter()
						.filter(|order| order.side == side && order.tick == tick)
				};
				LevelTotal {
					tick,
					quantity: level().map(|order| order.quantity).sum(),
					orders: level().count() as u32,
				}
			})
			.collect()
	}
}

/// Both books, and what must balance over all operations.
struct Pair<const N: u32> {
	book: MemoryBook<Owner, N>,
	naive: NaiveBook,
	serial: u64,
	rested_ever: Vec<OrderId>,
	ids: BTreeSet<OrderId>,
	stopped: BTreeSet<Owner>,
	walk: Option<Walk>,
	placed: u64,
	traded: u64,
	returned: u64,
	cancelled: u64,
}

impl<const N: u32> Pair<N> {
	fn new() -> Self {
		Self {
			book: MemoryBook::default(),
			naive: NaiveBook::default(),
			serial: 0,
			rested_ever: Vec::new(),
			ids: BTreeSet::new(),
			stopped: BTreeSet::new(),
			walk: None,
			placed: 0,
			traded: 0,
			returned: 0,
			cancelled: 0,
		}
	}

	fn apply(&mut self, operation: Operation) {
		match operation {
			Operation::Place {
				owner,
				side,
				tick,
				quantity,
				time_in_force,
				fills_max,
			} => {
				// Who may not trade places no orders: that is up to whoever uses the engine.
				if self.stopped.contains(&owner) {
					return;
				}
				self.place(
					Incoming {
						owner,
						side,
						tick,
						quantity,
						time_in_force,
					},
					fills_max,
				);
			}
			Operation::Cancel { pick, owner } => {
				if let Some(id) = pick_from(&self.rested_ever, pick).copied() {
					self.cancel(id, owner);
				}
			}
			Operation::CancelOwn { pick } => {
				if let Some(order) = pick_from(&self.naive.orders, pick).cloned() {
					self.cancel(order.id, order.owner);
				}
			}
			Operation::Stop { owner, stopped } => {
				if stopped {
					self.stopped.insert(owner);
				} else {
					self.stopped.remove(&owner);
					if let Some(walk) = &mut self.walk {
						walk.owners.remove(&owner);
					}
				}
			}
			Operation::Sweep { pages } => (0..pages).for_each(|_| self.sweep()),
		}
		self.check();
	}

	fn place(&mut self, incoming: Incoming<Owner>, fills_max: u32) {
		self.serial += 1;
		let mut notes = Notes::new(&self.stopped);
		let outcome: Outcome = place(
			&mut self.book,
			incoming.clone(),
			Limits {
				fills_max,
				serial: self.serial,
			},
			&mut notes,
		)
		.expect("the operations are valid");
		let met = notes.met;

		let expected = self.naive.place(&incoming, fills_max, &self.stopped);
		let (mut filled, mut fills, mut withdrawn) = (0, 0, 0);
		for order in &met {
			match order {
				Met::Filled(_, _, _, quantity, _) => {
					filled += quantity;
					fills += 1;
				}
				Met::Withdrawn(_, _, _, quantity) => {
					self.cancelled += quantity;
					withdrawn += 1;
				}
			}
		}
		assert_eq!(met, expected.met);
		assert_eq!((outcome.fills, outcome.withdrawn), (fills, withdrawn));
		assert_eq!(outcome.filled, filled);
		assert_eq!(outcome.returned, expected.returned);
		assert_eq!(outcome.rested.map_or(0, |(_, quantity)| quantity), expected.rests);
		if let Some((id, quantity)) = outcome.rested {
			assert!(self.ids.insert(id), "an identifier is given once");
			self.rested_ever.push(id);
			let Incoming {
				owner, side, tick, ..
			} = incoming;
			self.naive.orders.push(NaiveOrder {
				id,
				owner,
				side,
				tick,
				quantity,
			});
		}
		self.placed += incoming.quantity;
		self.traded += filled;
		self.returned += expected.returned.map_or(0, |(quantity, _)| quantity);
	}

	fn cancel(&mut self, id: OrderId, owner: Owner) {
		let before = self.book.clone();
		let result = cancel(&mut self.book, id, |found| *found == owner);
		match self.naive.orders.iter().position(|order| order.id == id) {
			None => assert_eq!(result, Err(Error::OrderNotFound)),
			Some(index) if self.naive.orders[index].owner != owner => {
				assert_eq!(result, Err(Error::NotOrderOwner));
			}
			Some(index) => {
				let order = self.naive.orders.remove(index);
				let cancelled = result.expect("the order rests and is the caller's");
				assert_eq!(
					(
						cancelled.owner,
						cancelled.side,
						cancelled.tick,
						cancelled.quantity
					),
					(order.owner, order.side, order.tick, order.quantity)
				);
				self.cancelled += order.quantity;
				return;
			}
		}
		assert_eq!(self.book, before, "a refused cancellation changes nothing");
	}

	/// Sweep one page of the walk, which begins anew after its last level.
	fn sweep(&mut self) {
		let mut walk = self.walk.take().unwrap_or_else(|| Walk {
			owners: self.stopped.clone(),
			at: None,
		});
		let at = match walk.at {
			Some((key, Some(from))) => Some((key, Some(from))),
			Some((key, None)) => self.naive.level_after(Some(key)).map(|key| (key, None)),
			None => self.naive.level_after(None).map(|key| (key, None)),
		};
		let Some((key, from)) = at else {
			let left_over = self
				.naive
				.orders
				.iter()
				.any(|order| walk.owners.contains(&order.owner));
			assert!(!left_over, "a whole walk leaves no order of a stopped owner");
			return;
		};
		let before = self.book.clone();
		let mut notes = Notes::new(&self.stopped);
		let step = sweep(&mut self.book, key, from, &mut notes).expect("the book is in order");
		let met = notes.met;
		assert!(
			!met.is_empty() || self.book == before,
			"a page without a stopped owner stays as it is"
		);
		assert!(step.swept || met.is_empty());
		for order in met {
			let Met::Withdrawn(id, owner, tick, quantity) = order else {
				panic!("a sweep trades nothing");
			};
			let index = self
				.naive
				.orders
				.iter()
				.position(|order| order.id == id)
				.expect("the order rested");
			let order = self.naive.orders.remove(index);
			assert_eq!((order.owner, order.tick, order.quantity), (owner, tick, quantity));
			assert!(self.stopped.contains(&owner));
			self.cancelled += quantity;
		}
		walk.at = Some((key, step.next));
		self.walk = Some(walk);
	}

	fn check(&mut self) {
		let mut seen = Vec::new();
		let totals = verify(&mut self.book, |id, owner, quantity| {
			seen.push((id, *owner, quantity))
		})
		.expect("the book is in order");
		assert_eq!(
			self.book.stored(),
			(totals.levels as usize, totals.pages as usize),
			"nothing is left over"
		);
		assert_eq!(totals.orders as usize, self.naive.orders.len());
		for side in [Side::Buy, Side::Sell] {
			assert_eq!(depth(&mut self.book, side, u32::MAX), self.naive.depth(side));
			assert_eq!(
				depth(&mut self.book, side, 2),
				self.naive.depth(side)[..]
					.iter()
					.take(2)
					.copied()
					.collect::<Vec<_>>()
			);
		}
		seen.sort_unstable();
		let mut expected: Vec<_> = self
			.naive
			.orders
			.iter()
			.map(|order| (order.id, order.owner, order.quantity))
			.collect();
		expected.sort_unstable();
		assert_eq!(seen, expected);
		for known in &self.naive.orders {
			let found = order(&mut self.book, known.id).expect("the order rests");
			assert_eq!(
				(found.owner, found.side, found.tick, found.quantity),
				(known.owner, known.side, known.tick, known.quantity)
			);
		}
		let resting: u64 = self.naive.orders.iter().map(|order| order.quantity).sum();
		assert_eq!(
			self.placed,
			2 * self.traded + self.returned + self.cancelled + resting,
			"no quantity is lost"
		);
	}
}

fn pick_from<T>(list: &[T], pick: usize) -> Option<&T> {
	list.get(pick.checked_rem(list.len())?)
}

/// Mostly one side of a few ticks around the edge of a bitmap word, so that levels grow deep and are emptied again.
fn operation() -> impl Strategy<Value = Operation> {
	let side = prop_oneof![Just(Side::Buy), Just(Side::Sell)];
	let time_in_force = prop_oneof![
		5 => Just(TimeInForce::GoodTillCancelled),
		1 => Just(TimeInForce::ImmediateOrCancel),
	];
	let place = (
		0..4_u8,
		side,
		252..260_u32,
		1..12_u64,
		time_in_force,
		prop_oneof![Just(0), Just(2), Just(50)],
	)
		.prop_map(
			|(owner, side, tick, quantity, time_in_force, fills_max)| Operation::Place {
				owner,
				side,
				tick,
				quantity,
				time_in_force,
				fills_max,
			},
		);
	// Orders far from the others' prices rest and pile up.
	let pile = (0..4_u8, 0..2_u32, 1..12_u64).prop_map(|(owner, which, quantity)| Operation::Place {
		owner,
		side: if which == 0 { Side::Buy } else { Side::Sell },
		tick: if which == 0 { 251 } else { 260 },
		quantity,
		time_in_force: TimeInForce::GoodTillCancelled,
		fills_max: 50,
	});
	prop_oneof![
		4 => place,
		3 => pile,
		1 => (any::<usize>(), 0..4_u8).prop_map(|(pick, owner)| Operation::Cancel { pick, owner }),
		3 => any::<usize>().prop_map(|pick| Operation::CancelOwn { pick }),
		1 => (0..4_u8, any::<bool>()).prop_map(|(owner, stopped)| Operation::Stop { owner, stopped }),
		1 => (1..4_u8).prop_map(|pages| Operation::Sweep { pages }),
		// A large order that empties pages and levels in a row.
		1 => (4..6_u8, 0..2_u32, 20..200_u64).prop_map(|(owner, which, quantity)| Operation::Place {
			owner,
			side: if which == 0 { Side::Buy } else { Side::Sell },
			tick: if which == 0 { 260 } else { 251 },
			quantity,
			time_in_force: TimeInForce::ImmediateOrCancel,
			fills_max: 50,
		}),
	]
}

/// A level or two that grow deep, an owner who may not trade any more, and then a sweep of single pages while others cancel,
/// match and place: the page where it stands goes away, becomes the open one again or is sealed.
fn sweeping() -> impl Strategy<Value = Vec<Operation>> {
	let sell = |owners: std::ops::Range<Owner>| {
		(owners, 250..252_u32).prop_map(|(owner, tick)| Operation::Place {
			owner,
			side: Side::Sell,
			tick,
			quantity: 1,
			time_in_force: TimeInForce::GoodTillCancelled,
			fills_max: 50,
		})
	};
	let buy = (1..4_u64).prop_map(|quantity| Operation::Place {
		owner: 4,
		side: Side::Buy,
		tick: 260,
		quantity,
		time_in_force: TimeInForce::ImmediateOrCancel,
		fills_max: 50,
	});
	let step = prop_oneof![
		6 => Just(Operation::Sweep { pages: 1 }),
		6 => any::<usize>().prop_map(|pick| Operation::CancelOwn { pick }),
		3 => sell(1..3),
		1 => buy,
		1 => (0..2_u8, any::<bool>()).prop_map(|(owner, stopped)| Operation::Stop { owner, stopped }),
	];
	let first = prop::collection::vec(sell(0..3), 10..60);
	(first, prop::collection::vec(step, 10..100)).prop_map(|(mut operations, steps)| {
		operations.push(Operation::Stop {
			owner: 0,
			stopped: true,
		});
		operations.extend(steps);
		operations
	})
}

fn agree<const N: u32>(operations: Vec<Operation>) {
	let mut pair = Pair::<N>::new();
	for operation in operations {
		pair.apply(operation);
	}
	// The walk that is going on and a whole one.
	for _ in 0..2 {
		pair.sweep();
		while pair.walk.is_some() {
			pair.sweep();
		}
	}
	pair.check();
	let stopped = pair.stopped.clone();
	assert!(pair
		.naive
		.orders
		.iter()
		.all(|order| !stopped.contains(&order.owner)));
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(300))]

	#[test]
	fn the_engine_equals_the_naive_book_with_pages_of_one(operations in prop::collection::vec(operation(), 1..120)) {
		agree::<1>(operations);
	}

	#[test]
	fn the_engine_equals_the_naive_book_with_pages_of_three(operations in prop::collection::vec(operation(), 1..200)) {
		agree::<3>(operations);
	}

	#[test]
	fn the_engine_equals_the_naive_book_with_pages_of_32(operations in prop::collection::vec(operation(), 1..200)) {
		agree::<32>(operations);
	}

	#[test]
	fn the_engine_equals_the_naive_book_with_the_largest_pages(operations in prop::collection::vec(operation(), 1..200)) {
		agree::<64>(operations);
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(100))]

	#[test]
	fn a_sweep_passes_over_no_order_with_pages_of_one(operations in sweeping()) {
		agree::<1>(operations);
	}

	#[test]
	fn a_sweep_passes_over_no_order_with_pages_of_two(operations in sweeping()) {
		agree::<2>(operations);
	}

	#[test]
	fn a_sweep_passes_over_no_order_with_pages_of_five(operations in sweeping()) {
		agree::<5>(operations);
	}
}
