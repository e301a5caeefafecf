//! Emergency stops, each with an end of its own. Moments are in milliseconds since the Unix epoch; a halt counts before
//! its end, not at it.

use carbon_primitives::{AssetId, HaltScope, Moment};
use sp_runtime::{DispatchError, DispatchResult, Weight};

/// Tells which emergency stops are in force.
pub trait InspectHalts {
	/// Whether `asset` must not move at this moment.
	fn is_asset_halted(asset: AssetId) -> bool;

	/// The end of the halt of the market of `asset` that is in force: the latest of its own, its asset's and that of all
	/// trading. For markets that are opened while a halt is in force.
	fn market_halted_until(asset: AssetId) -> Option<Moment>;
}

/// Everything is halted.
impl InspectHalts for () {
	fn is_asset_halted(_: AssetId) -> bool {
		true
	}

	fn market_halted_until(_: AssetId) -> Option<Moment> {
		Some(Moment::MAX)
	}
}

/// Carries a halt to where it is obeyed, so that nobody has to look it up on the way of each order.
pub trait ApplyHalt<AccountId> {
	/// Halt `scope` until a moment, or lift its halt.
	///
	/// # Errors
	/// `scope` names something that does not exist.
	fn apply_halt(scope: &HaltScope<AccountId>, until: Option<Moment>) -> DispatchResult;

	/// What that costs at most.
	fn weight(scope: &HaltScope<AccountId>) -> Weight;
}

impl<AccountId> ApplyHalt<AccountId> for () {
	fn apply_halt(_: &HaltScope<AccountId>, _: Option<Moment>) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn weight(_: &HaltScope<AccountId>) -> Weight {
		Weight::zero()
	}
}

/// Stops markets.
pub trait HaltMarkets {
	/// Halt the market of `asset` until a moment, or lift the halt.
	///
	/// # Errors
	/// The asset has no market.
	fn halt_market(asset: AssetId, until: Option<Moment>) -> DispatchResult;

	/// As [`Self::halt_market`], for a halt of the asset as such. An asset without a market is no error.
	fn halt_market_of_asset(asset: AssetId, until: Option<Moment>) -> DispatchResult;

	/// Halt all markets until a moment, or lift that halt. Halts of single markets stay as they are.
	fn halt_all_markets(until: Option<Moment>) -> DispatchResult;

	/// What halting one market costs at most.
	fn weight_of_one() -> Weight;

	/// What halting all markets costs at most, with as many of them as there may be.
	fn weight_of_all() -> Weight;
}

/// Stops accounts.
pub trait HaltAccounts<AccountId> {
	/// Halt `who` until a moment, or lift the halt.
	///
	/// # Errors
	/// The account is no participant.
	fn halt_account(who: &AccountId, until: Option<Moment>) -> DispatchResult;

	/// What that costs at most.
	fn weight() -> Weight;
}
