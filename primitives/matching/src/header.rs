//! The header of a book: which ticks have orders.

use crate::{Error, Serial, Side, Tick};
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The highest tick: 24 bits. Counted in fen it stands for more than CNY 167,000 per tonne.
pub const TICK_MAX: Tick = (1 << 24) - 1;

/// Most words per side.
pub const WORDS_MAX: u32 = 64;

/// Largest distance between two ticks of a side at which every order has room: a book that takes no tick farther from another
/// one never refuses an order with [`Error::TooManyPriceLevels`].
// One word less than there are: the lowest tick may be the last one of its word.
pub const SPAN_MAX: Tick = (WORDS_MAX - 1) << 8;

/// Ticks of 256 consecutive prices; a set bit is a tick with orders. Words without a bit are not stored.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Word {
	/// The first tick of this word is 256 times its index.
	pub index: u16,
	/// The bits, lowest tick first.
	pub bits: [u64; 4],
}

impl Word {
	fn split(tick: Tick) -> (u16, usize, u64) {
		// The tick is at most `TICK_MAX`, so that its upper 16 bits are all of it that is left.
		((tick >> 8) as u16, (tick >> 6 & 3) as usize, 1 << (tick & 63))
	}

	fn is_empty(&self) -> bool {
		self.bits == [0; 4]
	}

	fn tick(&self, part: usize, bit: u32) -> Tick {
		Tick::from(self.index) << 8 | (part as Tick) << 6 | bit
	}

	fn lowest(&self) -> Option<Tick> {
		(0..4)
			.find(|part| self.bits[*part] != 0)
			.map(|part| self.tick(part, self.bits[part].trailing_zeros()))
	}

	fn highest(&self) -> Option<Tick> {
		(0..4)
			.rev()
			.find(|part| self.bits[*part] != 0)
			.map(|part| self.tick(part, 63 - self.bits[part].leading_zeros()))
	}

	/// This word without the bits that are not strictly above (or below) `tick`.
	fn beyond(mut self, tick: Tick, above: bool) -> Self {
		let (_, at, bit) = Self::split(tick);
		for part in 0..4 {
			let outside = match part.cmp(&at) {
				core::cmp::Ordering::Less => above,
				core::cmp::Ordering::Greater => !above,
				core::cmp::Ordering::Equal => {
					// `bit - 1` are the bits below the tick.
					self.bits[part] &= if above { !(bit | (bit - 1)) } else { bit - 1 };
					false
				}
			};
			if outside {
				self.bits[part] = 0;
			}
		}
		self
	}
}

/// The non-empty ticks of one side, as a sparse bitmap: a price band that moves needs no rebuilding.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Ladder {
	/// Words with at least one bit, by rising index.
	pub words: BoundedVec<Word, ConstU32<WORDS_MAX>>,
	/// A hint that saves matching the way over the level: the sealed page with the oldest orders of the best level, where
	/// the last match stopped in one. It may name a page that is gone since, but never one that is not the oldest.
	pub head: Option<Serial>,
}

impl Ladder {
	fn find(&self, index: u16) -> Result<usize, usize> {
		self.words.binary_search_by_key(&index, |word| word.index)
	}

	/// Whether orders rest at `tick`.
	pub fn contains(&self, tick: Tick) -> bool {
		let (index, part, bit) = Word::split(tick);
		self.find(index)
			.is_ok_and(|at| self.words[at].bits[part] & bit != 0)
	}

	/// Whether an order can rest at `tick`.
	pub(crate) fn has_room(&self, tick: Tick) -> bool {
		let (index, ..) = Word::split(tick);
		self.find(index).is_ok() || (self.words.len() as u32) < WORDS_MAX
	}

	fn insert(&mut self, tick: Tick) -> Result<(), Word> {
		let (index, part, bit) = Word::split(tick);
		match self.find(index) {
			Ok(at) => self.words[at].bits[part] |= bit,
			Err(at) => {
				let mut word = Word { index, bits: [0; 4] };
				word.bits[part] = bit;
				self.words.try_insert(at, word)?;
			}
		}
		Ok(())
	}

	fn remove(&mut self, tick: Tick) {
		let (index, part, bit) = Word::split(tick);
		if let Ok(at) = self.find(index) {
			self.words[at].bits[part] &= !bit;
			if self.words[at].is_empty() {
				self.words.remove(at);
			}
		}
	}

	/// The lowest tick with orders.
	pub fn lowest(&self) -> Option<Tick> {
		self.words.first().and_then(Word::lowest)
	}

	/// The highest tick with orders.
	pub fn highest(&self) -> Option<Tick> {
		self.words.last().and_then(Word::highest)
	}

	/// The lowest tick with orders above `tick`.
	pub fn next_above(&self, tick: Tick) -> Option<Tick> {
		let (index, ..) = Word::split(tick);
		let (at, within) = match self.find(index) {
			Ok(at) => (at + 1, self.words[at].beyond(tick, true).lowest()),
			Err(at) => (at, None),
		};
		within.or_else(|| self.words.get(at).and_then(Word::lowest))
	}

	/// The highest tick with orders below `tick`.
	pub fn next_below(&self, tick: Tick) -> Option<Tick> {
		let (index, ..) = Word::split(tick);
		let (at, within) = match self.find(index) {
			Ok(at) => (at, self.words[at].beyond(tick, false).highest()),
			Err(at) => (at, None),
		};
		within.or_else(|| at.checked_sub(1).and_then(|before| self.words[before].highest()))
	}
}

/// What is known of a book without looking at any order.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Header {
	/// Price levels of the buyers.
	pub bids: Ladder,
	/// Price levels of the sellers.
	pub asks: Ladder,
	/// Tick of the latest fill.
	pub last: Option<Tick>,
}

impl Header {
	/// The price levels of `side`.
	pub fn ladder(&self, side: Side) -> &Ladder {
		match side {
			Side::Buy => &self.bids,
			Side::Sell => &self.asks,
		}
	}

	pub(crate) fn ladder_mut(&mut self, side: Side) -> &mut Ladder {
		match side {
			Side::Buy => &mut self.bids,
			Side::Sell => &mut self.asks,
		}
	}

	/// The best price of `side`: the highest of the buyers, the lowest of the sellers.
	pub fn best(&self, side: Side) -> Option<Tick> {
		match side {
			Side::Buy => self.bids.highest(),
			Side::Sell => self.asks.lowest(),
		}
	}

	/// The price of `side` that comes after `tick` in priority.
	pub fn next(&self, side: Side, tick: Tick) -> Option<Tick> {
		match side {
			Side::Buy => self.bids.next_below(tick),
			Side::Sell => self.asks.next_above(tick),
		}
	}

	/// Whether the best buyer would pay what the best seller asks. So it is only while a call auction collects orders, and until it
	/// is settled.
	pub fn is_crossed(&self) -> bool {
		match (self.best(Side::Buy), self.best(Side::Sell)) {
			(Some(bid), Some(ask)) => bid >= ask,
			_ => false,
		}
	}

	/// Mark `tick` as having orders.
	pub(crate) fn insert<E>(&mut self, side: Side, tick: Tick) -> Result<(), Error<E>> {
		if self.best(side).is_none_or(|best| side.prefers(tick, best)) {
			self.ladder_mut(side).head = None;
		}
		self.ladder_mut(side)
			.insert(tick)
			.map_err(|_| Error::TooManyPriceLevels)
	}

	/// Mark `tick` as having none.
	pub(crate) fn remove(&mut self, side: Side, tick: Tick) {
		if self.best(side) == Some(tick) {
			self.ladder_mut(side).head = None;
		}
		self.ladder_mut(side).remove(tick);
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::collections::BTreeSet;

	#[test]
	fn a_ladder_agrees_with_a_sorted_set() {
		let mut ladder = Ladder::default();
		let mut set = BTreeSet::new();
		// Steps through 2,048 ticks around the edges of words and of their parts, in a scattered order.
		for step in 0..4_000_u32 {
			let tick = 65_000 + step.wrapping_mul(2_654_435_761) % 2_048;
			if set.remove(&tick) {
				ladder.remove(tick);
			} else {
				set.insert(tick);
				ladder.insert(tick).expect("the range fits");
			}
			assert_eq!(ladder.contains(tick), set.contains(&tick));
			assert_eq!(ladder.lowest(), set.first().copied());
			assert_eq!(ladder.highest(), set.last().copied());
			assert_eq!(ladder.next_above(tick), set.range(tick + 1..).next().copied());
			assert_eq!(ladder.next_below(tick), set.range(..tick).next_back().copied());
			assert!(ladder.words.iter().all(|word| !word.is_empty()));
		}
	}

	#[test]
	fn the_ends_of_the_ladder_are_ticks_like_any_other() {
		let mut ladder = Ladder::default();
		ladder.insert(0).expect("room");
		ladder.insert(TICK_MAX).expect("room");
		assert_eq!((ladder.lowest(), ladder.highest()), (Some(0), Some(TICK_MAX)));
		assert_eq!(ladder.next_above(0), Some(TICK_MAX));
		assert_eq!(ladder.next_below(TICK_MAX), Some(0));
		assert_eq!((ladder.next_below(0), ladder.next_above(TICK_MAX)), (None, None));
	}

	#[test]
	fn ticks_that_are_no_farther_apart_than_the_span_always_have_room() {
		let words = |lowest: Tick, highest: Tick| (highest >> 8) - (lowest >> 8) + 1;
		assert!((0..256).all(|lowest| words(lowest, lowest + SPAN_MAX) <= WORDS_MAX));
		assert!((0..256).any(|lowest| words(lowest, lowest + SPAN_MAX + 1) > WORDS_MAX));
	}

	#[test]
	fn a_ladder_refuses_one_word_too_many_and_takes_it_after_one_is_free() {
		let mut ladder = Ladder::default();
		for word in 0..WORDS_MAX {
			ladder.insert(word << 8).expect("room");
		}
		assert!(!ladder.has_room(WORDS_MAX << 8));
		assert!(ladder.insert(WORDS_MAX << 8).is_err());
		assert!(ladder.has_room(5));
		ladder.remove(0);
		assert!(ladder.insert(WORDS_MAX << 8).is_ok());
	}
}
