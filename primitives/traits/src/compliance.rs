//! What the end of a compliance period asks of markets and tells to those who sanction.

use carbon_primitives::{AssetId, Balance, Moment, Price, Tonnes, Vintage};
use sp_runtime::{DispatchError, DispatchResult, Weight};

/// Tells what was paid on the market.
pub trait InspectAveragePrice {
	/// Average price of the listed trades of `asset`, weighted by tonnes, over the day that `until` belongs to and the `days` before
	/// it. None where there were none, or no market.
	fn average_price(asset: AssetId, until: Moment, days: u32) -> Option<Price>;

	/// Weight of asking at most.
	fn weight_of_average_price(days: u32) -> Weight;
}

/// Nothing is traded.
impl InspectAveragePrice for () {
	fn average_price(_: AssetId, _: Moment, _: u32) -> Option<Price> {
		None
	}

	fn weight_of_average_price(_: u32) -> Weight {
		Weight::zero()
	}
}

/// Tells what participants hold on the trading ledger, and how much more they may hold.
pub trait InspectHoldings<AccountId> {
	/// What `who` has of `asset` on the trading ledger, free or bound, in tonnes. One read.
	fn traded(who: &AccountId, asset: AssetId) -> Tonnes;

	/// Check that `who`, and its group, may hold `tonnes` more of `asset`; with zero tonnes, that what they hold is within the limit.
	///
	/// # Errors
	/// Its holding limit, or that of its group, would be passed.
	fn ensure_may_receive(who: &AccountId, asset: AssetId, tonnes: Tonnes) -> DispatchResult;

	/// Weight of [`Self::ensure_may_receive`] for the largest group.
	fn weight_of_ensure_may_receive() -> Weight;
}

/// Nobody may receive anything.
impl<AccountId> InspectHoldings<AccountId> for () {
	fn traded(_: &AccountId, _: AssetId) -> Tonnes {
		Tonnes::ZERO
	}

	fn ensure_may_receive(_: &AccountId, _: AssetId, _: Tonnes) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn weight_of_ensure_may_receive() -> Weight {
		Weight::zero()
	}
}

/// Learns of entities that have not surrendered enough when their period ended.
pub trait OnShortfall<AccountId> {
	/// `entity` lacks `missing` tonnes for `year` that nothing was demanded for before; the fine for them is `fine` fen.
	fn fell_short(year: Vintage, entity: &AccountId, missing: Tonnes, fine: Balance);

	/// Weight of [`Self::fell_short`] at most.
	fn weight_of_fell_short() -> Weight;
}

/// It is on record, and nothing follows.
impl<AccountId> OnShortfall<AccountId> for () {
	fn fell_short(_: Vintage, _: &AccountId, _: Tonnes, _: Balance) {}

	fn weight_of_fell_short() -> Weight {
		Weight::zero()
	}
}
