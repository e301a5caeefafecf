//! Identifier of an order.

use crate::{LevelKey, Serial, Side, Tick, TICK_MAX};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Identifier of an order in its book. It names one order for ever: once the order is gone it names none.
///
/// From the highest bit down: 64 bits serial number of the page, 1 bit side (1 = sell), 24 bits tick, 8 bits slot. At one
/// price, a smaller identifier therefore has priority.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	Hash,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub struct OrderId(pub u128);

/// Where an order lies, as its identifier says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Location {
	pub level: LevelKey,
	pub serial: Serial,
	pub slot: u8,
}

const SLOT_BITS: u32 = 8;
const TICK_BITS: u32 = 24;
const SIDE_SHIFT: u32 = SLOT_BITS + TICK_BITS;
const SERIAL_SHIFT: u32 = SIDE_SHIFT + 1;

impl OrderId {
	/// Identifier of the order in slot `slot` of the page `serial` at `level`, whose tick is at most [`TICK_MAX`].
	pub(crate) const fn new(level: LevelKey, serial: Serial, slot: u8) -> Self {
		let side = match level.side {
			Side::Buy => 0,
			Side::Sell => 1,
		};
		Self(
			(serial as u128) << SERIAL_SHIFT
				| side << SIDE_SHIFT
				| (level.tick as u128) << SLOT_BITS
				| slot as u128,
		)
	}

	/// Where the order lies, or `None` where no book can have given this number.
	pub(crate) fn location(self) -> Option<Location> {
		let serial = Serial::try_from(self.0 >> SERIAL_SHIFT).ok()?;
		Some(Location {
			level: LevelKey {
				side: self.side(),
				tick: self.tick(),
			},
			serial,
			slot: self.0 as u8,
		})
	}

	/// Side of the order.
	pub const fn side(self) -> Side {
		if (self.0 >> SIDE_SHIFT) & 1 == 0 {
			Side::Buy
		} else {
			Side::Sell
		}
	}

	/// Limit of the order.
	pub const fn tick(self) -> Tick {
		(self.0 >> SLOT_BITS) as Tick & TICK_MAX
	}

	/// Number of the page that the order lies on, where a book has given this identifier.
	pub const fn serial(self) -> Serial {
		// What no book has given may have more bits.
		(self.0 >> SERIAL_SHIFT) as Serial
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn an_identifier_gives_back_what_it_was_made_of() {
		for side in [Side::Buy, Side::Sell] {
			for (tick, serial, slot) in [
				(0, 0, 0),
				(TICK_MAX, u64::MAX, u8::MAX),
				(9_012, 77 << 32 | 5, 31),
			] {
				let level = LevelKey { side, tick };
				let id = OrderId::new(level, serial, slot);
				assert_eq!(id.location(), Some(Location { level, serial, slot }));
				assert_eq!((id.side(), id.tick(), id.serial()), (side, tick, serial));
			}
		}
	}

	#[test]
	fn a_number_that_no_book_gives_has_no_location() {
		assert_eq!(OrderId(u128::MAX).location(), None);
		assert_eq!(OrderId(1 << 97).location(), None);
	}

	#[test]
	fn at_one_price_the_earlier_order_has_the_smaller_identifier() {
		let level = LevelKey {
			side: Side::Sell,
			tick: 5,
		};
		assert!(OrderId::new(level, 7, 31) < OrderId::new(level, 8, 0));
		assert!(OrderId::new(level, 7, 3) < OrderId::new(level, 7, 4));
	}
}
