//! Which price of those at which the largest quantity trades.

use crate::Tick;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::cmp::Reverse;
use scale_info::TypeInfo;

/// What decides between prices at which the same quantity trades with the same imbalance.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub(super) struct Terms {
	#[codec(compact)]
	pub reference: Tick,
	#[codec(compact)]
	pub step: Tick,
}

/// The limits of the last pair that trades. The largest quantity does at every price from `sell` to `buy`.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub(super) struct Limits {
	#[codec(compact)]
	pub buy: Tick,
	#[codec(compact)]
	pub sell: Tick,
}

/// The best level of those orders of one side that find no other to pair with.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub(super) struct Rest {
	/// Its price.
	#[codec(compact)]
	pub tick: Tick,
	/// What its orders want together, as far as they are counted.
	#[codec(compact)]
	pub quantity: u128,
	/// Whether all of them are counted, and the next level is known.
	pub counted: bool,
	/// The next level.
	pub next: Option<Tick>,
}

impl Rest {
	pub const fn at(tick: Tick) -> Self {
		Self {
			tick,
			quantity: 0,
			counted: false,
			next: None,
		}
	}
}

impl Terms {
	/// The best price at which nothing is left on either side, if there is a candidate. Of the rest, `bids` and `asks` are the best
	/// levels.
	pub fn balanced(&self, limits: Limits, bids: Option<Rest>, asks: Option<Rest>) -> Option<Tick> {
		let low = match bids {
			Some(rest) => limits.sell.max(rest.tick.checked_add(1)?),
			None => limits.sell,
		};
		let high = match asks {
			Some(rest) => limits.buy.min(rest.tick.checked_sub(1)?),
			None => limits.buy,
		};
		self.nearest(low, high, [limits.sell, limits.buy])
	}

	/// The best price at which some of one side is left, where there is none at which nothing is.
	pub fn imbalanced(&self, limits: Limits, bids: Option<Rest>, asks: Option<Rest>) -> Option<Tick> {
		let below = bids.filter(|rest| rest.tick >= limits.sell).and_then(|rest| {
			// With each level further down more is left, so that only the prices down to the next one matter.
			let low = rest
				.next
				.map_or(limits.sell, |next| limits.sell.max(next.saturating_add(1)));
			let price = self.nearest(low, rest.tick, [limits.sell, rest.tick])?;
			Some((rest.quantity, price))
		});
		let above = asks.filter(|rest| rest.tick <= limits.buy).and_then(|rest| {
			let high = rest
				.next
				.map_or(limits.buy, |next| limits.buy.min(next.saturating_sub(1)));
			let price = self.nearest(rest.tick, high, [limits.buy, rest.tick])?;
			Some((rest.quantity, price))
		});
		[below, above]
			.into_iter()
			.flatten()
			.min_by_key(|(imbalance, price)| (*imbalance, self.order(*price)))
			.map(|(_, price)| price)
	}

	/// The candidate from `low` to `high` that is nearest the reference: one of the two `levels`, or a price on the step.
	fn nearest(&self, low: Tick, high: Tick, levels: [Tick; 2]) -> Option<Tick> {
		let step = self.step.max(1);
		// Towards zero: the price on the step that is not above the reference.
		let at_or_below = self.reference - self.reference % step;
		let lowest = low.checked_next_multiple_of(step).unwrap_or(Tick::MAX);
		let highest = high - high % step;
		let on_step = [at_or_below, at_or_below.saturating_add(step)]
			.into_iter()
			.filter(|_| lowest <= highest)
			.map(|price| price.clamp(lowest, highest));
		levels
			.into_iter()
			.filter(|price| (low..=high).contains(price))
			.chain(on_step)
			.min_by_key(|price| self.order(*price))
	}

	/// Nearer the reference comes first, and of two equally near prices the higher one.
	fn order(&self, price: Tick) -> (Tick, Reverse<Tick>) {
		(price.abs_diff(self.reference), Reverse(price))
	}
}
