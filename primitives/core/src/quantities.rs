//! Tonnes, prices and vintages.

use crate::Balance;
use codec::{CompactAs, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Whole tonnes of CO2 equivalent. One allowance is the right to emit one tonne.
#[derive(
	Clone,
	Copy,
	CompactAs,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Deserialize,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	Serialize,
	TypeInfo,
)]
#[serde(transparent)]
pub struct Tonnes(pub u64);

impl Tonnes {
	/// No tonnes.
	pub const ZERO: Self = Self(0);

	/// Whether there are none.
	pub const fn is_zero(self) -> bool {
		self.0 == 0
	}

	/// The sum, or `None` where it does not fit 64 bits.
	pub fn checked_add(self, other: Self) -> Option<Self> {
		self.0.checked_add(other.0).map(Self)
	}

	/// The difference, or `None` where `other` is the larger one.
	pub fn checked_sub(self, other: Self) -> Option<Self> {
		self.0.checked_sub(other.0).map(Self)
	}

	/// What is left above zero: a shortfall is `obligation.shortfall(surrendered)`.
	pub fn shortfall(self, covered: Self) -> Self {
		// Saturating is the meaning here: who covers more than is owed has no shortfall.
		Self(self.0.saturating_sub(covered.0))
	}
}

/// Price of one tonne in fen (1/100 CNY).
#[derive(
	Clone,
	Copy,
	CompactAs,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Deserialize,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	Serialize,
	TypeInfo,
)]
#[serde(transparent)]
pub struct Price(pub u64);

impl Price {
	/// Value of `quantity` tonnes at this price, in fen.
	///
	/// Exact and total: a product of two 64-bit numbers always fits 128 bits.
	pub const fn value_of(self, quantity: Tonnes) -> Balance {
		(self.0 as Balance) * (quantity.0 as Balance)
	}
}

/// The compliance year that an allowance was issued for; also the name of that year's compliance period.
#[derive(
	Clone,
	Copy,
	CompactAs,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Deserialize,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	Serialize,
	TypeInfo,
)]
#[serde(transparent)]
pub struct Vintage(pub u16);

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn value_is_exact_at_the_largest_operands() {
		assert_eq!(
			Price(u64::MAX).value_of(Tonnes(u64::MAX)),
			u128::from(u64::MAX) * u128::from(u64::MAX)
		);
	}

	#[test]
	fn shortfall_is_zero_when_more_is_covered_than_owed() {
		assert_eq!(Tonnes(5).shortfall(Tonnes(9)), Tonnes::ZERO);
		assert_eq!(Tonnes(9).shortfall(Tonnes(5)), Tonnes(4));
	}

	#[test]
	fn checked_operations_refuse_to_wrap() {
		assert_eq!(Tonnes(u64::MAX).checked_add(Tonnes(1)), None);
		assert_eq!(Tonnes(1).checked_sub(Tonnes(2)), None);
	}
}
