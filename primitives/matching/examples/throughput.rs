//! Prints how many operations a second the engine does on one core, at several depths of the book.
//!
//! Run it with `cargo run --release -p carbon-matching --example throughput`.

use carbon_matching::{
	cancel, memory::MemoryBook, place, Fill, Incoming, Limits, OrderId, OrderKind, SelfTrade, Side,
};
use std::{convert::Infallible, time::Instant};

const OPERATIONS: u32 = 1_000_000;
const TICKS: u32 = 1_000;
const MIDDLE: u32 = 9_000;

/// An owner as large as an account.
type Owner = [u8; 32];

struct Market<const N: u32> {
	book: MemoryBook<Owner, N>,
	serial: u64,
	random: u64,
	/// Operations that changed the book.
	done: u32,
}

impl<const N: u32> Market<N> {
	fn random(&mut self, below: u32) -> u32 {
		// xorshift64*: the same sequence in each run.
		self.random ^= self.random >> 12;
		self.random ^= self.random << 25;
		self.random ^= self.random >> 27;
		((self.random.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as u32) % below
	}

	fn place(&mut self, owner: u8, side: Side, tick: u32, quantity: u64) -> Option<OrderId> {
		self.serial += 1;
		let incoming = Incoming {
			owner: [owner; 32],
			side,
			tick,
			quantity,
			expires: 0,
			tag: 0,
			kind: OrderKind::GoodTillCancelled,
			self_trade: SelfTrade::default(),
		};
		let limits = Limits {
			fills_max: 20,
			serial: self.serial,
		};
		place(&mut self.book, incoming, limits, &mut |_: Fill<Owner>| {
			Ok::<_, Infallible>(())
		})
		.ok()
		.inspect(|outcome| self.done += u32::from(outcome.fills > 0 || outcome.rested.is_some()))
		.and_then(|outcome| outcome.rested)
		.map(|(id, _)| id)
	}

	/// Place a resting order on a random side at a random tick that crosses nothing.
	fn rest(&mut self) -> Option<OrderId> {
		let distance = 1 + self.random(TICKS);
		if self.random(2) == 0 {
			self.place(1, Side::Buy, MIDDLE - distance, 1)
		} else {
			self.place(1, Side::Sell, MIDDLE + distance, 1)
		}
	}
}

fn measure<const N: u32>(depth: u32) {
	let mut market = Market::<N> {
		book: MemoryBook::default(),
		serial: 0,
		random: 42,
		done: 0,
	};
	let mut ids: Vec<OrderId> = (0..depth).filter_map(|_| market.rest()).collect();
	market.done = 0;
	let start = Instant::now();
	for operation in 0..OPERATIONS {
		match operation % 4 {
			// As many orders leave as come: two places, one cancellation, one match of one maker.
			0 | 2 => ids.extend(market.rest()),
			1 => {
				let pick = market.random(ids.len() as u32) as usize;
				let id = ids.swap_remove(pick);
				market.done += u32::from(cancel(&mut market.book, id, |owner| *owner == [1; 32]).is_ok());
			}
			_ if operation % 8 == 3 => drop(market.place(2, Side::Buy, MIDDLE + TICKS, 1)),
			_ => drop(market.place(2, Side::Sell, MIDDLE - TICKS, 1)),
		}
	}
	let seconds = start.elapsed().as_secs_f64();
	println!(
		"{N:>4} slots a page, {depth:>9} orders: {:>10.0} operations a second, of which {:.0} % changed the book",
		f64::from(OPERATIONS) / seconds,
		100.0 * f64::from(market.done) / f64::from(OPERATIONS),
	);
}

fn main() {
	for depth in [10, 1_000, 100_000, 1_000_000] {
		measure::<16>(depth);
		measure::<32>(depth);
		measure::<64>(depth);
	}
}
