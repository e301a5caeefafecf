//! A sweep of a level ends, whatever others do to the level meanwhile.

use carbon_matching::{
	cancel, memory::MemoryBook, pass_over, place, sweep, verify, BookStore, Cancelled, Error, Fill, Incoming,
	LevelKey, Limits, OrderId, OrderKind, Resting, Rights, SelfTrade, Serial, Side, Verdict, Walk,
};
use proptest::prelude::*;
use std::{cell::Cell, convert::Infallible};

const SLOTS: u32 = 2;
const KEY: LevelKey = LevelKey {
	side: Side::Sell,
	tick: 1_000,
};
/// May not trade any more.
const STOPPED: u8 = 1;
/// Wants it to stay in the book.
const ADVERSARY: u8 = 2;

/// What the adversary does between two steps.
#[derive(Clone, Copy, Debug)]
enum Move {
	/// It takes the page away with which the walk wants to go on.
	CancelNext,
	/// It takes the page away that is done, if it is its own.
	CancelDone,
	/// It takes the oldest page away.
	CancelFirst,
	/// It takes the newest page away, so that an older one opens again.
	CancelOpen,
	/// It adds a page.
	AddPage,
}

struct Level {
	book: MemoryBook<u8, SLOTS>,
	serial: Serial,
}

impl Level {
	/// A page for each of `owners`.
	fn of(owners: &[u8]) -> Self {
		let mut level = Self {
			book: MemoryBook::default(),
			serial: 0,
		};
		owners.iter().for_each(|owner| level.add_page(*owner));
		level
	}

	fn add_page(&mut self, owner: u8) {
		// A page that another one left open has room for orders first.
		for _ in 0..SLOTS {
			self.serial += 1;
			let incoming = Incoming {
				owner,
				side: KEY.side,
				tick: KEY.tick,
				quantity: 1,
				expires: 0,
				tag: 0,
				kind: OrderKind::GoodTillCancelled,
				self_trade: SelfTrade::default(),
			};
			let limits = Limits {
				fills_max: 0,
				serial: self.serial,
			};
			place(&mut self.book, incoming, limits, &mut |_: Fill<u8>| {
				Ok::<_, Infallible>(())
			})
			.expect("the order rests");
		}
	}

	fn orders(&mut self) -> Vec<(OrderId, u8)> {
		let mut orders = Vec::new();
		verify(&mut self.book, |id, order| orders.push((id, order.owner))).expect("the book is in order");
		orders
	}

	/// Cancel the adversary's orders on a page.
	fn cancel_page(&mut self, serial: Option<Serial>) {
		for (id, owner) in self.orders() {
			if owner == ADVERSARY && Some(id.serial()) == serial {
				cancel(&mut self.book, id, |_| true).expect("the order rests");
			}
		}
	}

	fn make(&mut self, step: Move, walk: Walk) {
		match step {
			Move::CancelNext => self.cancel_page(Some(walk.at)),
			Move::CancelDone => self.cancel_page(walk.done),
			Move::CancelFirst => {
				let first = self.book.level(KEY).and_then(|level| level.first);
				self.cancel_page(first);
			}
			Move::CancelOpen => {
				let open = self.book.level(KEY).map(|level| level.open.serial);
				self.cancel_page(open);
			}
			Move::AddPage => self.add_page(ADVERSARY),
		}
	}

	/// Sweep the level, with `moves` between the steps, over and over. Returns how many steps that takes.
	fn sweep(&mut self, moves: impl IntoIterator<Item = Vec<Move>>) -> usize {
		let mut moves = moves.into_iter();
		let (mut from, mut steps) = (None, 0);
		loop {
			steps += 1;
			let step = sweep(&mut self.book, KEY, from, &mut Stop).expect("the book is in order");
			from = step.next;
			let Some(walk) = from else { return steps };
			for step in moves.next().unwrap_or_default() {
				self.make(step, walk);
			}
			assert!(steps < 100_000, "the sweep ends");
		}
	}
}

struct Stop;

impl Rights<u8> for Stop {
	type Error = Infallible;

	fn verdict(&mut self, order: &Resting<u8>) -> Result<Verdict, Infallible> {
		Ok(if order.owner == STOPPED {
			Verdict::Leave
		} else {
			Verdict::Trade
		})
	}

	fn on_withdrawn(&mut self, _: OrderId, _: Cancelled<u8>) -> Result<(), Infallible> {
		Ok(())
	}
}

fn owners(pages: usize) -> Vec<u8> {
	// Every third page is the one of whoever may not trade.
	(0..pages)
		.map(|page| if page % 3 == 2 { STOPPED } else { ADVERSARY })
		.collect()
}

#[test]
fn a_sweep_ends_when_the_page_to_go_on_with_is_cancelled_and_a_page_added_after_each_step() {
	const PAGES: usize = 60;
	let mut level = Level::of(&owners(PAGES));
	let steps = level.sweep(std::iter::repeat_n(
		vec![Move::CancelNext, Move::AddPage],
		100_000,
	));
	assert!(steps <= PAGES * PAGES, "{steps}");
	assert!(level.orders().iter().all(|(_, owner)| *owner != STOPPED));
}

#[test]
fn a_sweep_takes_as_many_steps_as_there_are_pages_when_nobody_is_in_its_way() {
	let mut level = Level::of(&owners(60));
	// Nothing that comes after the sweep has begun keeps it longer.
	let steps = level.sweep(std::iter::repeat_n(vec![Move::AddPage], 1_000));
	assert_eq!(steps, 60);
}

#[test]
fn a_page_that_is_done_is_not_looked_at_again_when_it_has_become_the_open_one() {
	let mut level = Level::of(&[0, 0, ADVERSARY, ADVERSARY, ADVERSARY]);
	let mut from = None;
	let mut step = |level: &mut Level| {
		let step = sweep(&mut level.book, KEY, from, &mut Stop).expect("the book is in order");
		from = step.next;
		step
	};
	for _ in 0..3 {
		assert!(step(&mut level).swept);
	}
	// The walk has lost its place, and goes over the pages that are done from the oldest one on.
	level.cancel_page(Some(5));
	level.cancel_page(Some(7));
	assert!(!step(&mut level).swept);
	assert!(!step(&mut level).swept);
	level.cancel_page(Some(9));
	let last = step(&mut level);
	assert_eq!((last.swept, last.next), (false, None));
}

#[test]
fn a_page_that_cannot_be_swept_is_passed_over_and_the_next_one_is_not() {
	/// Fails once.
	struct Failing(Cell<bool>);

	impl Rights<u8> for Failing {
		type Error = ();

		fn verdict(&mut self, order: &Resting<u8>) -> Result<Verdict, ()> {
			Ok(if order.owner == STOPPED {
				Verdict::Leave
			} else {
				Verdict::Trade
			})
		}

		fn on_withdrawn(&mut self, _: OrderId, _: Cancelled<u8>) -> Result<(), ()> {
			if self.0.replace(false) {
				Err(())
			} else {
				Ok(())
			}
		}
	}

	let mut level = Level::of(&[STOPPED, STOPPED, STOPPED]);
	let pages: Vec<_> = level.orders().iter().map(|(id, _)| id.serial()).collect();
	let mut rights = Failing(Cell::new(true));
	let failed = sweep(&mut level.book, KEY, None, &mut rights);
	assert_eq!(failed, Err(Error::Settlement(())));
	let passed = pass_over(&mut level.book, KEY, None);
	assert_eq!(passed.page, Some(pages[0]));
	let mut next = passed.next;
	assert!(next.is_some());
	while let Some(walk) = next {
		next = sweep(&mut level.book, KEY, Some(walk), &mut rights)
			.expect("the others are in order")
			.next;
	}
	let left: Vec<_> = level.orders().iter().map(|(id, _)| id.serial()).collect();
	assert_eq!(left, [pages[0]; SLOTS as usize]);
	// Of a level whose only page cannot be swept, nothing is left to go on with; nor of a level that is not there.
	let passed = pass_over(&mut level.book, KEY, None);
	assert_eq!((passed.page, passed.next), (Some(pages[0]), None));
	let passed = pass_over(&mut MemoryBook::<u8, SLOTS>::default(), KEY, None);
	assert_eq!((passed.page, passed.next), (None, None));
}

#[test]
fn a_sweep_says_so_when_pages_are_missing_or_not_in_order() {
	let corrupt = |spoil: fn(&mut Level, Walk)| {
		let mut level = Level::of(&owners(6));
		let step = sweep(&mut level.book, KEY, None, &mut Stop).expect("the book is in order");
		let walk = step.next.expect("there are more pages");
		spoil(&mut level, walk);
		assert_eq!(
			sweep(&mut level.book, KEY, Some(walk), &mut Stop),
			Err(Error::Corrupt)
		);
		let passed = pass_over(&mut level.book, KEY, Some(walk));
		assert_eq!((passed.page, passed.next), (Some(walk.at), None));
	};
	// The page before it still names it.
	corrupt(|level, walk| level.book.remove_page(KEY, walk.at));
	corrupt(|level, walk| {
		let mut page = level.book.page(KEY, walk.at).expect("it is stored");
		page.next = Some(page.serial);
		level.book.put_page(KEY, page);
	});
	// The level itself names a page that is not there.
	let mut level = Level::of(&owners(6));
	let first = level.book.level(KEY).and_then(|level| level.first);
	level
		.book
		.remove_page(KEY, first.expect("there are sealed pages"));
	assert_eq!(sweep(&mut level.book, KEY, None, &mut Stop), Err(Error::Corrupt));
}

fn moves() -> impl Strategy<Value = Vec<Vec<Move>>> {
	let one = prop_oneof![
		3 => Just(Move::CancelNext),
		2 => Just(Move::CancelDone),
		1 => Just(Move::CancelFirst),
		1 => Just(Move::CancelOpen),
		2 => Just(Move::AddPage),
	];
	// The same few moves over and over, so that the adversary never tires.
	prop::collection::vec(prop::collection::vec(one, 0..5), 1..6)
		.prop_map(|round| round.into_iter().cycle().take(100_000).collect())
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(200))]

	#[test]
	fn a_sweep_ends_and_leaves_no_order_whatever_others_do(
		owners in prop::collection::vec(ADVERSARY - 1..=ADVERSARY, 1..40),
		moves in moves(),
	) {
		let mut level = Level::of(&owners);
		let steps = level.sweep(moves);
		// Each page that is taken away throws the walk back to the oldest page at most.
		prop_assert!(steps <= (owners.len() + 1) * (owners.len() + 1), "{}", steps);
		prop_assert!(level.orders().iter().all(|(_, owner)| *owner != STOPPED));
	}
}
