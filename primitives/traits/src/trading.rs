//! The trading ledger and the state of markets, for pallets that trade outside the order book.

use carbon_primitives::{AssetId, Balance, Funds, Price, Tonnes};
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

/// Learns of agreements that a party has not kept.
pub trait OnDefault<AccountId> {
	/// `who` did not perform its side of `trade`; the other side was given the margin of `margin` fen.
	fn defaulted(who: &AccountId, trade: &AgreedTrade<AccountId>, margin: Balance);
}

impl<AccountId> OnDefault<AccountId> for () {
	fn defaulted(_: &AccountId, _: &AgreedTrade<AccountId>, _: Balance) {}
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
