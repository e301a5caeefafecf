//! The trading ledger and the state of markets, for pallets that trade outside the order book.

use carbon_primitives::{AssetId, Balance, Digest, Funds, Price, Tonnes};
use sp_runtime::{DispatchError, DispatchResult, Weight};

/// A trade that two parties have agreed on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AgreedTrade<AccountId> {
	/// What is traded.
	pub asset: AssetId,
	/// Who delivers the tonnes.
	pub seller: AccountId,
	/// Who pays.
	pub buyer: AccountId,
	/// How many tonnes.
	pub tonnes: Tonnes,
	/// Price, in fen per tonne.
	pub price: Price,
}

/// The trading ledger, for whatever binds funds on it beside resting orders.
///
/// What is *pledged* belongs to its owner, but serves neither orders nor withdrawals. Each method changes everything or nothing. Where
/// nothing is to be pledged, released or paid, nothing happens.
pub trait TradingLedger<AccountId> {
	/// Pledge `funds` that are free on the trading account of `who`.
	///
	/// # Errors
	/// There is too little that is free, or tonnes that may not be sold on this day. The error of the ledger tells it.
	fn pledge(who: &AccountId, funds: Funds) -> DispatchResult;

	/// Make `funds` that `who` has pledged free again.
	///
	/// # Errors
	/// So much is not pledged.
	fn release(who: &AccountId, funds: Funds) -> DispatchResult;

	/// Move `funds` that `from` has pledged to what is free on the trading account of `to`.
	///
	/// # Errors
	/// So much is not pledged, or `to` has no place for the asset.
	fn pay(from: &AccountId, to: &AccountId, funds: Funds) -> DispatchResult;

	/// Deliver against payment: the seller's pledged tonnes go to the buyer, the value that the buyer has pledged goes to the seller.
	/// The tonnes count as bought on this day, and the trade counts in the statistics of the market as a block trade.
	///
	/// # Errors
	/// A leg is not pledged in full, nothing is traded, the asset has no market, or the buyer has no place for it or may not hold so
	/// much.
	fn deliver(trade: &AgreedTrade<AccountId>) -> DispatchResult;

	/// What finding out whether a buyer may hold so much adds to the weight of [`Self::deliver`] at most, whether it succeeds or not:
	/// that depends on the buyer's group, of which no benchmark knows.
	fn weight_of_limit() -> Weight;
}

/// Nobody has anything.
impl<AccountId> TradingLedger<AccountId> for () {
	fn pledge(_: &AccountId, _: Funds) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn release(_: &AccountId, _: Funds) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn pay(_: &AccountId, _: &AccountId, _: Funds) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn deliver(_: &AgreedTrade<AccountId>) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn weight_of_limit() -> Weight {
		Weight::zero()
	}
}

/// Tells what a market does at this moment.
pub trait InspectMarket {
	/// Check that `asset` has a market that is neither halted nor closed.
	///
	/// # Errors
	/// What stands in the way.
	fn ensure_open(asset: AssetId) -> DispatchResult;

	/// The reference price of the market of `asset`: the last closing price of a day on which something was traded, and before the first
	/// such day the price that the market was opened with. None where there is no market.
	fn reference_price(asset: AssetId) -> Option<Price>;
}

/// No market is open.
impl InspectMarket for () {
	fn ensure_open(_: AssetId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn reference_price(_: AssetId) -> Option<Price> {
		None
	}
}

/// Learns what became of agreements to trade outside of the order book.
pub trait OnAgreement<AccountId> {
	/// Both sides have performed `trade`, which has the number `id`.
	fn kept(id: u64, trade: &AgreedTrade<AccountId>);

	/// `who` did not perform its side of `trade`, which has the number `id`; the other side was given the margin of `margin` fen.
	fn broken(id: u64, who: &AccountId, trade: &AgreedTrade<AccountId>, margin: Balance);

	/// Weight of [`Self::kept`] at most.
	fn weight_of_kept() -> Weight;

	/// Weight of [`Self::broken`] for one side at most.
	fn weight_of_broken() -> Weight;
}

/// Nothing follows.
impl<AccountId> OnAgreement<AccountId> for () {
	fn kept(_: u64, _: &AgreedTrade<AccountId>) {}

	fn broken(_: u64, _: &AccountId, _: &AgreedTrade<AccountId>, _: Balance) {}

	fn weight_of_kept() -> Weight {
		Weight::zero()
	}

	fn weight_of_broken() -> Weight {
		Weight::zero()
	}
}

/// What one call, or one auction in a block, has traded in the order book.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Matched<'a, AccountId> {
	/// What was traded.
	pub asset: AssetId,
	/// The pairs that traded, each two accounts once: each account with its counterparties. An incoming order is one account with those that
	/// it met; an auction may have several.
	pub pairs: &'a [(AccountId, AccountId)],
	/// BLAKE2b-256 of the trades, encoded, in their order.
	pub digest: Digest,
	/// How many trades.
	pub fills: u32,
	/// How many tonnes.
	pub tonnes: u128,
}

/// Learns what has traded in the order book, once for each call and for each auction in a block, however many trades that are.
pub trait OnMatched<AccountId> {
	/// Something has traded.
	fn matched(matched: &Matched<AccountId>);

	/// Weight of [`Self::matched`] at most.
	fn weight_of_matched() -> Weight;
}

/// Nothing follows.
impl<AccountId> OnMatched<AccountId> for () {
	fn matched(_: &Matched<AccountId>) {}

	fn weight_of_matched() -> Weight {
		Weight::zero()
	}
}

/// Says how much margin a participant has to lay down.
pub trait InspectMargin<AccountId> {
	/// Margin of `who` for a trade that is settled later, in basis points (1/10,000) of the value.
	fn margin_of(who: &AccountId) -> u32;
}

/// All of the value.
impl<AccountId> InspectMargin<AccountId> for () {
	fn margin_of(_: &AccountId) -> u32 {
		10_000
	}
}
