//! What has traded, for those who are told of it.
//!
//! It is told once for a call, and once for an auction in a block, so that it costs the same however many orders are met.

use crate::Config;
use alloc::{collections::BTreeSet, vec::Vec};
use carbon_matching::OrderId;
use carbon_primitives::{AssetId, Price, Tonnes};
use carbon_traits::{Matched, OnMatched};
use codec::Encode;
use frame_support::{weights::Weight, DefaultNoBound};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// The trades of one call, or of one auction in a block.
#[derive(DefaultNoBound)]
pub(crate) struct Traded<T: Config> {
	/// Who traded with whom: each two accounts once.
	pairs: BTreeSet<(T::AccountId, T::AccountId)>,
	/// The trades one after the other, as the digest is over them.
	encoded: Vec<u8>,
	fills: u32,
	/// Quantities have 64 bits, so that the sum does not leave its range.
	tonnes: u128,
}

impl<T: Config> Traded<T> {
	/// Note a trade of an order that came in.
	pub(crate) fn note_fill(
		&mut self,
		maker_order: OrderId,
		taker: &T::AccountId,
		maker: &T::AccountId,
		price: Price,
		tonnes: Tonnes,
	) {
		(maker_order, taker, maker, price, tonnes).encode_to(&mut self.encoded);
		self.count(taker, maker, tonnes);
	}

	/// Note a trade of an auction between orders that both rested.
	pub(crate) fn note_match(
		&mut self,
		(buy_order, buyer): (OrderId, &T::AccountId),
		(sell_order, seller): (OrderId, &T::AccountId),
		price: Price,
		tonnes: Tonnes,
	) {
		(buy_order, sell_order, buyer, seller, price, tonnes).encode_to(&mut self.encoded);
		self.count(buyer, seller, tonnes);
	}

	fn count(&mut self, one: &T::AccountId, other: &T::AccountId, tonnes: Tonnes) {
		// Saturating hides nothing: no call and no block has so many trades.
		self.fills = self.fills.saturating_add(1);
		self.tonnes = self.tonnes.saturating_add(tonnes.0.into());
		// The book lets nobody trade with itself. In an auction two accounts may each buy from the other.
		if one != other && !self.pairs.contains(&(other.clone(), one.clone())) {
			self.pairs.insert((one.clone(), other.clone()));
		}
	}

	/// Add trades that came after these.
	pub(crate) fn append(&mut self, later: Self) {
		self.encoded.extend(later.encoded);
		self.fills = self.fills.saturating_add(later.fills);
		self.tonnes = self.tonnes.saturating_add(later.tonnes);
		for (one, other) in later.pairs {
			if !self.pairs.contains(&(other.clone(), one.clone())) {
				self.pairs.insert((one, other));
			}
		}
	}

	/// Tell of the trades in the market of `asset`, if there are any, and forget them. Returns what that weighs.
	pub(crate) fn tell(&mut self, asset: AssetId) -> Weight {
		let Self {
			pairs,
			encoded,
			fills,
			tonnes,
		} = core::mem::take(self);
		if fills == 0 {
			return Weight::zero();
		}
		let pairs: Vec<_> = pairs.into_iter().collect();
		T::OnMatched::matched(&Matched {
			asset,
			pairs: &pairs,
			digest: BlakeTwo256::hash(&encoded),
			fills,
			tonnes,
		});
		T::OnMatched::weight_of_matched()
	}
}
