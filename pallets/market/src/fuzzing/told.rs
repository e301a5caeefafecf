//! What the market tells others of trades is what its events say.

use super::ledger::ensure;
use crate::{
	mock::{AccountId, Heard, Test, Told},
	Event,
};
use alloc::{collections::BTreeMap, string::String, vec::Vec};
use carbon_primitives::AssetId;
use codec::Encode;
use sp_io::hashing::blake2_256;

/// Trades that are told of together.
#[derive(Default)]
struct Part {
	bytes: Vec<u8>,
	pairs: Vec<(AccountId, AccountId)>,
	fills: u32,
	tonnes: u128,
}

impl Part {
	fn add(&mut self, bytes: Vec<u8>, pair: (AccountId, AccountId), tonnes: u64) {
		self.bytes.extend(bytes);
		let known = |known: &(AccountId, AccountId)| *known == pair || *known == (pair.1, pair.0);
		if !self.pairs.iter().any(known) {
			self.pairs.push(pair);
		}
		self.fills += 1;
		self.tonnes += u128::from(tonnes);
	}

	fn told(mut self, asset: AssetId) -> Told {
		self.pairs.sort_unstable();
		Told {
			asset,
			pairs: self.pairs,
			digest: blake2_256(&self.bytes).into(),
			fills: self.fills,
			tonnes: self.tonnes,
		}
	}
}

/// What an auditor expects to have been told of a call or a block with these events, in their order.
pub fn told_of(events: &[Event<Test>]) -> Vec<Told> {
	let mut told = Vec::new();
	let mut parts = BTreeMap::<AssetId, Part>::new();
	for event in events {
		match event {
			Event::OrderFilled {
				asset,
				maker_order,
				maker,
				taker,
				price,
				tonnes,
				..
			} => {
				let bytes = (maker_order.0, taker, maker, price.0, tonnes.0).encode();
				let part = parts.entry(*asset).or_default();
				part.add(bytes, (*taker, *maker), tonnes.0);
			}
			Event::OrdersMatched {
				asset,
				buy_order,
				buyer,
				sell_order,
				seller,
				price,
				tonnes,
				..
			} => {
				let bytes = (buy_order.0, sell_order.0, buyer, seller, price.0, tonnes.0).encode();
				let part = parts.entry(*asset).or_default();
				part.add(bytes, (*buyer, *seller), tonnes.0);
			}
			Event::AuctionEnded { asset, .. } | Event::AuctionFailed { asset, .. } => {
				told.extend(parts.remove(asset).map(|part| part.told(*asset)));
			}
			_ => {}
		}
	}
	told.extend(parts.into_iter().map(|(asset, part)| part.told(asset)));
	told
}

/// Check that exactly that was told, and forget it.
pub(super) fn check(events: &[Event<Test>]) -> Result<(), String> {
	let heard = Heard::take();
	for told in &heard {
		let among_two = told.pairs.iter().all(|(one, other)| one != other);
		ensure(among_two, "somebody is said to trade with itself")?;
	}
	ensure(
		heard == told_of(events),
		"what is told of trades differs from what the events say",
	)
}
