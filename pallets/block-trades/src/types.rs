//! Types that the pallet stores, takes and returns. None of them knows the pallet's configuration.

use alloc::{collections::BTreeMap, vec::Vec};
use carbon_primitives::{AssetId, Balance, Digest, Funds, Moment, Price, Tonnes};
use carbon_traits::AgreedTrade;
use codec::{CompactAs, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// Milliseconds of a day.
pub const DAY_MS: Moment = 24 * 60 * 60 * 1_000;

/// The longest time between proposal and settlement that rules may allow, in days.
pub const SETTLEMENT_DAYS_MAX: u16 = 366;

/// The longest window that rules may give, in milliseconds.
pub const WINDOW_MAX: Moment = 30 * DAY_MS;

/// The whole of a value, in basis points.
pub const BPS: u32 = 10_000;

/// Number of a block trade. It is given once.
#[derive(
	Clone,
	Copy,
	CompactAs,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub struct TradeId(pub u64);

/// Rules for the block trades of a market.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct BlockRules {
	/// Smallest quantity, in tonnes; above zero.
	pub min_tonnes: Tonnes,
	/// How far the price may be from the reference price, in basis points of it; at most 10,000.
	pub band_bps: u32,
	/// How far ahead the settlement date may be, in days of 24 hours; at most [`SETTLEMENT_DAYS_MAX`]. Zero
	/// where all settlement is at once.
	pub settlement_max_days: u16,
	/// Time to perform once the settlement date has come, in milliseconds; above zero and at most
	/// [`WINDOW_MAX`].
	pub window: Moment,
}

impl BlockRules {
	/// Whether each rule is in its range.
	pub fn are_valid(&self) -> bool {
		!self.min_tonnes.is_zero()
			&& self.band_bps <= BPS
			&& self.settlement_max_days <= SETTLEMENT_DAYS_MAX
			&& self.window > 0
			&& self.window <= WINDOW_MAX
	}

	/// Whether `price` is as near to `reference` as the band asks. Exact: nothing is rounded.
	pub fn allow_price(&self, price: Price, reference: Price) -> bool {
		let distance = u128::from(price.0.abs_diff(reference.0));
		// A product of 64 and 32 bits fits 128.
		distance * u128::from(BPS) <= u128::from(reference.0) * u128::from(self.band_bps)
	}

	/// The latest settlement date of a trade that is looked at at the moment `now`.
	pub fn settlement_max(&self, now: Moment) -> Moment {
		// Saturating hides nothing: a moment beyond the range is later than any that can be asked for.
		now.saturating_add(Moment::from(self.settlement_max_days).saturating_mul(DAY_MS))
	}
}

/// A side of a trade.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Side {
	/// Delivers the tonnes.
	#[codec(index = 0)]
	Seller,
	/// Pays.
	#[codec(index = 1)]
	Buyer,
}

impl Side {
	/// The other one.
	#[must_use]
	pub const fn other(self) -> Self {
		match self {
			Self::Seller => Self::Buyer,
			Self::Buyer => Self::Seller,
		}
	}
}

/// The sides that could not perform.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Missing {
	/// The seller has too few tonnes free that may be sold on this day.
	#[codec(index = 0)]
	Seller,
	/// The buyer has too little cash free, no place for the asset, or may not hold so much of it.
	#[codec(index = 1)]
	Buyer,
	/// Neither could perform.
	#[codec(index = 2)]
	Both,
}

/// What both sides consent to.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Terms<AccountId> {
	/// The vintage, or the number of the offset series.
	pub asset: AssetId,
	/// Who delivers the tonnes.
	pub seller: AccountId,
	/// Who pays.
	pub buyer: AccountId,
	/// How many tonnes.
	#[codec(compact)]
	pub tonnes: Tonnes,
	/// Price, in fen per tonne.
	#[codec(compact)]
	pub price: Price,
	/// From this moment on the terms cannot be accepted any more, in milliseconds since the Unix epoch.
	#[codec(compact)]
	pub expires_at: Moment,
	/// The settlement date, in milliseconds since the Unix epoch, not before `expires_at`; none where
	/// settlement is at once.
	pub settles_at: Option<Moment>,
}

impl<AccountId: PartialEq> Terms<AccountId> {
	/// The side that `who` is on.
	pub fn side_of(&self, who: &AccountId) -> Option<Side> {
		if *who == self.seller {
			Some(Side::Seller)
		} else if *who == self.buyer {
			Some(Side::Buyer)
		} else {
			None
		}
	}
}

impl<AccountId> Terms<AccountId> {
	/// The account of a side.
	pub const fn account(&self, side: Side) -> &AccountId {
		match side {
			Side::Seller => &self.seller,
			Side::Buyer => &self.buyer,
		}
	}

	/// What the tonnes cost, in fen.
	pub const fn value(&self) -> Balance {
		self.price.value_of(self.tonnes)
	}

	/// The tonnes of the trade.
	pub const fn allowances(&self) -> Funds {
		Funds::Allowances {
			asset: self.asset,
			tonnes: self.tonnes,
		}
	}

	/// What a side has to deliver.
	pub const fn leg(&self, side: Side) -> Funds {
		match side {
			Side::Seller => self.allowances(),
			Side::Buyer => Funds::Cash { amount: self.value() },
		}
	}
}

impl<AccountId: Clone> From<&Terms<AccountId>> for AgreedTrade<AccountId> {
	fn from(terms: &Terms<AccountId>) -> Self {
		Self {
			asset: terms.asset,
			seller: terms.seller.clone(),
			buyer: terms.buyer.clone(),
			tonnes: terms.tonnes,
			price: terms.price,
		}
	}
}

/// What secures a settlement at a later date.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Security {
	/// Margin of the seller, in fen.
	#[codec(compact)]
	pub seller: Balance,
	/// Margin of the buyer, in fen.
	#[codec(compact)]
	pub buyer: Balance,
	/// Time to perform once the settlement date has come, in milliseconds.
	#[codec(compact)]
	pub window: Moment,
}

impl Security {
	/// Margin of a side, in fen.
	pub const fn margin(&self, side: Side) -> Balance {
		match side {
			Side::Seller => self.seller,
			Side::Buyer => self.buyer,
		}
	}
}

/// `bps` basis points of `value`, rounded up in favour of the side that the margin protects; none where it
/// cannot be counted.
pub fn margin_on(value: Balance, bps: u32) -> Option<Balance> {
	value
		.checked_mul(Balance::from(bps))
		.map(|product| product.div_ceil(Balance::from(BPS)))
}

/// All that both sides consent to, by the terms and by the rules of the day of the proposal. It never
/// changes.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Agreement<AccountId> {
	/// The terms.
	pub terms: Terms<AccountId>,
	/// Who proposed them.
	pub proposer: Side,
	/// What secures the settlement; there if and only if the terms have a settlement date.
	pub security: Option<Security>,
}

impl<AccountId> Agreement<AccountId> {
	/// What `side` pledges when it consents: its leg where settlement is at once, its margin where it is
	/// later.
	pub fn stake(&self, side: Side) -> Funds {
		match &self.security {
			None => self.terms.leg(side),
			Some(security) => Funds::Cash {
				amount: security.margin(side),
			},
		}
	}
}

impl<AccountId: Encode> Agreement<AccountId> {
	/// What accepting the trade `id` takes: BLAKE2b-256 of the encoded number, followed by the encoded
	/// agreement.
	pub fn digest(&self, id: TradeId) -> Digest {
		BlakeTwo256::hash_of(&(id, self))
	}
}

/// How far a trade has come.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Stage {
	/// It waits for the other side, until it expires.
	#[codec(index = 0)]
	Proposed,
	/// It waits for its settlement date, or for the end of a halt.
	#[codec(index = 1)]
	Agreed,
	/// The date has come and a side could not perform. It has time.
	#[codec(index = 2)]
	Window {
		/// The end of the window, in milliseconds since the Unix epoch. From this moment on, whoever cannot
		/// perform is in default.
		#[codec(compact)]
		ends_at: Moment,
	},
}

/// Where a trade stands on the agenda.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Place {
	/// The minute since the Unix epoch at whose beginning the trade is looked at.
	#[codec(compact)]
	pub minute: u64,
	/// Its place among the trades of that minute, from zero on.
	#[codec(compact)]
	pub index: u32,
}

/// A trade that has not ended.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct TradeRecord<AccountId> {
	/// What both sides consent to.
	pub agreement: Agreement<AccountId>,
	/// How far it has come.
	pub stage: Stage,
	/// When a block looks at it next.
	pub place: Place,
}

impl<AccountId> TradeRecord<AccountId> {
	/// The sides that have consented, whose stakes are pledged and whose open trades this is one of.
	pub fn consenting(&self) -> impl Iterator<Item = Side> + '_ {
		[Side::Seller, Side::Buyer]
			.into_iter()
			.filter(|side| *side == self.agreement.proposer || self.stage != Stage::Proposed)
	}

	/// What is pledged, and by whom.
	pub fn pledges(&self) -> impl Iterator<Item = (&AccountId, Funds)> {
		self.consenting()
			.map(|side| (self.agreement.terms.account(side), self.agreement.stake(side)))
	}
}

/// A trade that has not ended, as queries show it.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct TradeView<AccountId> {
	/// Its number.
	pub id: TradeId,
	/// What accepting it takes.
	pub digest: Digest,
	/// What both sides consent to.
	pub agreement: Agreement<AccountId>,
	/// How far it has come.
	pub stage: Stage,
	/// When a block looks at it next, in milliseconds since the Unix epoch.
	pub next_at: Moment,
}

/// Funds of one account, added up.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Purse {
	/// In fen.
	pub cash: Balance,
	/// Per asset, in tonnes.
	pub tonnes: BTreeMap<AssetId, u128>,
}

impl Purse {
	/// Add `funds`; nothing is noted of what is zero.
	///
	/// Saturating hides nothing: what one account has pledged has been counted by the trading ledger, and
	/// tonnes of so many trades that they leave 128 bits there are none.
	pub fn add(&mut self, funds: Funds) {
		match funds {
			Funds::Cash { amount } => self.cash = self.cash.saturating_add(amount),
			Funds::Allowances { asset, tonnes } if !tonnes.is_zero() => {
				let sum = self.tonnes.entry(asset).or_default();
				*sum = sum.saturating_add(tonnes.0.into());
			}
			Funds::Allowances { .. } => {}
		}
	}

	/// As a list without what is zero: cash first, then allowances by rising asset number. Tonnes that no
	/// account can have are cut to what can be shown.
	pub fn into_funds(self) -> Vec<Funds> {
		let cash = Funds::Cash { amount: self.cash };
		let tonnes = self.tonnes.into_iter().map(|(asset, tonnes)| Funds::Allowances {
			asset,
			tonnes: Tonnes(u64::try_from(tonnes).unwrap_or(u64::MAX)),
		});
		core::iter::once(cash)
			.chain(tonnes)
			.filter(|funds| !funds.is_zero())
			.collect()
	}
}

/// What the benchmarks need from the runtime.
#[cfg(any(feature = "runtime-benchmarks", test))]
pub trait BlockTradesBenchmarkHelper<AccountId> {
	/// Open the market of `asset`, with a reference price of 9,000 fen if it can be given one.
	fn open_market(asset: AssetId);

	/// Make `who` fit to make block trades: admitted, with the right to trade and the service.
	fn admit(who: &AccountId);

	/// Give `who` these funds, free on its trading account.
	fn fund(who: &AccountId, funds: Funds);

	/// Let the chain's time be `now`, in milliseconds since the Unix epoch.
	fn set_time(now: Moment);
}

#[cfg(test)]
mod tests {
	use super::*;

	const RULES: BlockRules = BlockRules {
		min_tonnes: Tonnes(100_000),
		band_bps: 3_000,
		settlement_max_days: 30,
		window: DAY_MS,
	};

	#[test]
	fn each_rule_has_a_range() {
		let changed = |change: fn(&mut BlockRules)| {
			let mut rules = RULES;
			change(&mut rules);
			rules.are_valid()
		};
		assert!(RULES.are_valid());
		assert!(changed(|rules| rules.band_bps = BPS));
		assert!(changed(|rules| rules.band_bps = 0));
		assert!(changed(|rules| rules.settlement_max_days = SETTLEMENT_DAYS_MAX));
		assert!(changed(|rules| rules.settlement_max_days = 0));
		assert!(changed(|rules| rules.window = WINDOW_MAX));
		assert!(!changed(|rules| rules.min_tonnes = Tonnes::ZERO));
		assert!(!changed(|rules| rules.band_bps = BPS + 1));
		assert!(!changed(
			|rules| rules.settlement_max_days = SETTLEMENT_DAYS_MAX + 1
		));
		assert!(!changed(|rules| rules.window = 0));
		assert!(!changed(|rules| rules.window = WINDOW_MAX + 1));
	}

	#[test]
	fn the_band_is_exact_at_its_ends() {
		let reference = Price(9_001);
		// 30 % of 9,001 are 2,700.3.
		for (price, allowed) in [(6_300, false), (6_301, true), (11_701, true), (11_702, false)] {
			assert_eq!(RULES.allow_price(Price(price), reference), allowed, "{price}");
		}
		assert!(RULES.allow_price(Price(u64::MAX), Price(u64::MAX)));
		assert!(!RULES.allow_price(Price(1), Price(0)));
	}

	#[test]
	fn a_margin_is_rounded_up_and_never_wraps() {
		assert_eq!(margin_on(10_001, 1_000), Some(1_001));
		assert_eq!(margin_on(10_000, 1_000), Some(1_000));
		assert_eq!(margin_on(1, 1), Some(1));
		assert_eq!(margin_on(7, 0), Some(0));
		assert_eq!(margin_on(7, 20_000), Some(14));
		assert_eq!(margin_on(Balance::MAX, 2), None);
	}

	#[test]
	fn two_trades_with_the_same_terms_have_different_digests() {
		let agreement = Agreement {
			terms: Terms {
				asset: 2021,
				seller: 1_u64,
				buyer: 2,
				tonnes: Tonnes(1),
				price: Price(1),
				expires_at: 1,
				settles_at: None,
			},
			proposer: Side::Seller,
			security: None,
		};
		assert_ne!(agreement.digest(TradeId(1)), agreement.digest(TradeId(2)));
	}

	#[test]
	fn funds_are_added_up_per_asset() {
		let tonnes = |asset, tonnes| Funds::Allowances {
			asset,
			tonnes: Tonnes(tonnes),
		};
		let cash = |amount| Funds::Cash { amount };
		let mut purse = Purse::default();
		for funds in [
			tonnes(2022, 3),
			cash(5),
			tonnes(2021, 1),
			tonnes(2020, 0),
			cash(6),
			tonnes(2022, 4),
		] {
			purse.add(funds);
		}
		assert_eq!(purse.into_funds(), [cash(11), tonnes(2021, 1), tonnes(2022, 7)]);
		assert_eq!(Purse::default().into_funds(), []);
	}
}
