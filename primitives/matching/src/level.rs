//! Price levels and the pages that their orders lie on.

use crate::Serial;
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Most slots that a page can have.
pub const PAGE_SLOTS_MAX: u32 = 64;

/// An order at rest.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Resting<Owner> {
	/// Whose order it is.
	pub owner: Owner,
	/// What is not filled yet; never zero.
	#[codec(compact)]
	pub quantity: u64,
	/// When the order ends, in milliseconds since the Unix epoch; 0 is never. The engine does not know the time: it hands this
	/// back to whoever does.
	#[codec(compact)]
	pub expires: u64,
	/// Whatever the owner of the book notes on an order. The engine hands it back.
	#[codec(compact)]
	pub tag: u16,
}

/// Up to `N` consecutive orders of one level, oldest first. `N` is at most [`PAGE_SLOTS_MAX`].
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Page<Owner, const N: u32> {
	/// Number of this page.
	pub serial: Serial,
	/// The page before this one. Without meaning on the oldest page of a level.
	pub prev: Option<Serial>,
	/// The page after this one; none on the open page.
	pub next: Option<Serial>,
	/// Slots that were given so far. A slot is given once.
	pub given: u8,
	/// Slots whose order still rests, lowest bit first.
	#[codec(compact)]
	pub live: u64,
	/// The orders that still rest, by rising slot.
	pub orders: BoundedVec<Resting<Owner>, ConstU32<N>>,
}

impl<Owner, const N: u32> Page<Owner, N> {
	const FITS: () = assert!(N > 0 && N <= PAGE_SLOTS_MAX, "a page has 1 to 64 slots");

	pub(crate) fn new(serial: Serial, prev: Option<Serial>) -> Self {
		let () = Self::FITS;
		Self {
			serial,
			prev,
			next: None,
			given: 0,
			live: 0,
			orders: BoundedVec::new(),
		}
	}

	/// Whether every slot was given.
	pub(crate) fn is_full(&self) -> bool {
		u32::from(self.given) >= N
	}

	/// Whether no order is left.
	pub(crate) fn is_empty(&self) -> bool {
		self.live == 0
	}

	/// Append an order and return its slot, or `None` where the page is full.
	pub(crate) fn push(&mut self, order: Resting<Owner>) -> Option<u8> {
		if self.is_full() {
			return None;
		}
		let slot = self.given;
		self.orders.try_push(order).ok()?;
		self.given += 1;
		self.live |= 1 << slot;
		Some(slot)
	}

	/// Position of the order in `slot` among those that still rest.
	fn position(&self, slot: u8) -> Option<usize> {
		// Slots from 64 on have no bit; the check comes before the shift, which would overflow.
		let bit = 1_u64.checked_shl(u32::from(slot))?;
		(self.live & bit != 0).then(|| (self.live & (bit - 1)).count_ones() as usize)
	}

	/// The order in `slot`, if it still rests.
	pub(crate) fn get(&self, slot: u8) -> Option<&Resting<Owner>> {
		self.orders.get(self.position(slot)?)
	}

	/// The order in `slot`, if it still rests.
	pub(crate) fn get_mut(&mut self, slot: u8) -> Option<&mut Resting<Owner>> {
		let position = self.position(slot)?;
		self.orders.get_mut(position)
	}

	/// Take the order out of `slot`.
	pub(crate) fn remove(&mut self, slot: u8) -> Option<Resting<Owner>> {
		let position = self
			.position(slot)
			.filter(|position| *position < self.orders.len())?;
		self.live &= !(1 << slot);
		Some(self.orders.remove(position))
	}

	/// The oldest order and its slot.
	pub(crate) fn first_mut(&mut self) -> Option<(u8, &mut Resting<Owner>)> {
		let slot = self.live.trailing_zeros() as u8;
		self.orders.get_mut(0).map(|order| (slot, order))
	}

	/// The orders that still rest with their slots, oldest first.
	pub fn iter(&self) -> impl Iterator<Item = (u8, &Resting<Owner>)> {
		(0..PAGE_SLOTS_MAX as u8)
			.filter(|slot| self.live & (1 << slot) != 0)
			.zip(self.orders.iter())
	}
}

/// A price level: its open page and where its sealed pages begin.
///
/// The open page has at least one order; a level without one is not stored.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Level<Owner, const N: u32> {
	/// The oldest sealed page, if there are any: their orders come before those of the open page.
	pub first: Option<Serial>,
	/// The page that new orders join.
	pub open: Page<Owner, N>,
}

#[cfg(test)]
mod tests {
	use super::*;

	fn order(owner: u32) -> Resting<u32> {
		Resting {
			owner,
			quantity: 1,
			expires: 0,
			tag: 0,
		}
	}

	fn page() -> Page<u32, 3> {
		let mut page = Page::new(1, None);
		for owner in 0..3 {
			assert_eq!(page.push(order(owner)), Some(owner as u8));
		}
		page
	}

	#[test]
	fn a_full_page_takes_no_order_even_after_one_was_removed() {
		let mut page = page();
		assert!(page.remove(1).is_some());
		assert!(page.is_full());
		assert_eq!(page.push(order(9)), None);
	}

	#[test]
	fn a_removed_slot_names_no_order_and_the_others_keep_theirs() {
		let mut page = page();
		assert_eq!(page.remove(1).map(|order| order.owner), Some(1));
		assert_eq!(page.remove(1), None);
		assert_eq!(page.get(0).map(|order| order.owner), Some(0));
		assert_eq!(page.get(2).map(|order| order.owner), Some(2));
		assert_eq!(
			page.iter()
				.map(|(slot, order)| (slot, order.owner))
				.collect::<Vec<_>>(),
			[(0, 0), (2, 2)]
		);
		assert_eq!(page.first_mut().map(|(slot, _)| slot), Some(0));
	}

	#[test]
	fn the_largest_page_uses_each_of_its_slots() {
		let mut page = Page::<u32, PAGE_SLOTS_MAX>::new(1, None);
		for slot in 0..PAGE_SLOTS_MAX as u8 {
			assert_eq!(page.push(order(slot.into())), Some(slot));
		}
		assert_eq!((page.push(order(0)), page.live), (None, u64::MAX));
		assert_eq!(page.remove(63).map(|order| order.owner), Some(63));
		assert_eq!(page.get(62).map(|order| order.owner), Some(62));
		assert_eq!(page.iter().count(), 63);
	}

	#[test]
	fn a_slot_that_no_page_has_names_no_order() {
		assert_eq!(page().get(u8::MAX), None);
		assert_eq!(page().remove(64), None);
	}
}
