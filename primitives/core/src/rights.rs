//! What a participant may do at a moment: the right to trade, and the services that lists open or close.

use crate::Moment;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Whether an account may trade, and how long.
///
/// Small enough to be copied where trading needs it, so that an order need not ask for it each time.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum TradingRight {
	/// It may not.
	#[default]
	#[codec(index = 0)]
	Withdrawn,
	/// It may before this moment, in milliseconds since the Unix epoch.
	#[codec(index = 1)]
	Until(#[codec(compact)] Moment),
	/// It may until the regulator decides otherwise.
	#[codec(index = 2)]
	Lasting,
}

impl TradingRight {
	/// Whether the right exists. `now` is asked only where the answer depends on the time.
	pub fn is_valid(self, now: impl FnOnce() -> Moment) -> bool {
		match self {
			Self::Withdrawn => false,
			Self::Until(end) => now() < end,
			Self::Lasting => true,
		}
	}

	/// The longer one of two rights.
	pub fn or(self, other: Self) -> Self {
		match (self, other) {
			(Self::Lasting, _) | (_, Self::Lasting) => Self::Lasting,
			(Self::Until(one), Self::Until(two)) => Self::Until(one.max(two)),
			(Self::Until(end), Self::Withdrawn) | (Self::Withdrawn, Self::Until(end)) => Self::Until(end),
			(Self::Withdrawn, Self::Withdrawn) => Self::Withdrawn,
		}
	}
}

/// A service of the chain that a black list may close and, all but trading, a white list may restrict.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
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
pub enum Service {
	/// Listed trade in the order book. Who may trade is a matter of roles, so that no white list restricts it.
	#[codec(index = 0)]
	Trading,
	/// Negotiated trades of large quantities.
	#[codec(index = 1)]
	BlockTrading,
	/// Auctions of the primary market.
	#[codec(index = 2)]
	Auction,
	/// Sharing of business data between participants.
	#[codec(index = 3)]
	DataSharing,
}

impl Service {
	/// Every service, in the order of its code.
	pub const ALL: [Self; 4] = [
		Self::Trading,
		Self::BlockTrading,
		Self::Auction,
		Self::DataSharing,
	];

	/// Whether a white list may restrict it.
	pub const fn may_be_restricted(self) -> bool {
		!matches!(self, Self::Trading)
	}
}

/// A set of services, one bit each: bit *n* is the service with the code *n*.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Deserialize,
	Encode,
	Eq,
	MaxEncodedLen,
	PartialEq,
	Serialize,
	TypeInfo,
)]
#[serde(transparent)]
pub struct ServiceSet(pub u16);

impl ServiceSet {
	/// No service.
	pub const NONE: Self = Self(0);
	/// Every service.
	pub const ALL: Self = Self((1 << Service::ALL.len()) - 1);

	/// Whether `service` is in the set.
	pub const fn contains(self, service: Service) -> bool {
		self.0 & (1 << service as u16) != 0
	}

	/// The set together with `service`.
	#[must_use]
	pub const fn with(self, service: Service) -> Self {
		Self(self.0 | (1 << service as u16))
	}

	/// The set without `service`.
	#[must_use]
	pub const fn without(self, service: Service) -> Self {
		Self(self.0 & !(1 << service as u16))
	}

	/// Whether every bit stands for a service.
	pub const fn is_valid(self) -> bool {
		self.0 & !Self::ALL.0 == 0
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_right_until_a_moment_has_ended_at_that_moment() {
		assert!(TradingRight::Until(10).is_valid(|| 9));
		assert!(!TradingRight::Until(10).is_valid(|| 10));
	}

	#[test]
	fn a_lasting_right_never_asks_for_the_time() {
		assert!(TradingRight::Lasting.is_valid(|| unreachable!("the time does not matter")));
		assert!(!TradingRight::Withdrawn.is_valid(|| unreachable!("the time does not matter")));
	}

	#[test]
	fn of_two_rights_the_longer_one_counts() {
		let rising = [
			TradingRight::Withdrawn,
			TradingRight::Until(1),
			TradingRight::Until(2),
			TradingRight::Lasting,
		];
		for (n, one) in rising.into_iter().enumerate() {
			for (m, two) in rising.into_iter().enumerate() {
				assert_eq!(one.or(two), rising[n.max(m)]);
			}
		}
	}

	#[test]
	fn a_set_has_what_was_put_in_and_nothing_else() {
		for service in Service::ALL {
			let set = ServiceSet::NONE.with(service);
			assert!(Service::ALL
				.into_iter()
				.all(|other| set.contains(other) == (other == service)));
			assert_eq!(set.without(service), ServiceSet::NONE);
			assert!(ServiceSet::ALL.contains(service));
		}
	}

	#[test]
	fn a_bit_without_a_service_is_not_valid() {
		assert!(ServiceSet::ALL.is_valid());
		assert!(!ServiceSet(1 << Service::ALL.len()).is_valid());
	}
}
