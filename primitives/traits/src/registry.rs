//! What the registry knows about the assets that it issues.

use carbon_primitives::{AssetId, Tonnes};

/// Adds up the registry ledger, for checks of conservation.
///
/// It walks over every account of an asset: meant for `try_state` and tests, never for a call.
pub trait SumHoldings {
	/// Tonnes of `asset` that accounts hold freely.
	fn free(asset: AssetId) -> u128;

	/// Tonnes of `asset` that accounts hold but that are bound by a hold.
	fn on_hold(asset: AssetId) -> u128;
}

impl SumHoldings for () {
	fn free(_: AssetId) -> u128 {
		0
	}

	fn on_hold(_: AssetId) -> u128 {
		0
	}
}

/// Tells which assets of the registry ledger may be traded at this moment.
pub trait InspectTradable {
	/// Whether `asset` has been issued under the registry's rules and may change hands.
	fn is_tradable(asset: AssetId) -> bool;
}

impl InspectTradable for () {
	fn is_tradable(_: AssetId) -> bool {
		false
	}
}

/// Tells what was allocated for nothing.
pub trait InspectAllocation<AccountId> {
	/// What `who` was allocated of `asset`, in tonnes; zero for an asset that is not allocated.
	fn allocated(who: &AccountId, asset: AssetId) -> Tonnes;
}

/// Nobody was allocated anything.
impl<AccountId> InspectAllocation<AccountId> for () {
	fn allocated(_: &AccountId, _: AssetId) -> Tonnes {
		Tonnes::ZERO
	}
}

/// Brings assets of the registry ledger into being, for benchmarks of pallets that move them.
pub trait RegistryBenchmarkHelper<AccountId> {
	/// Make `asset` exist, be tradable, and `who` hold `tonnes` of it.
	fn endow(who: &AccountId, asset: AssetId, tonnes: u64);
}

impl<AccountId> RegistryBenchmarkHelper<AccountId> for () {
	fn endow(_: &AccountId, _: AssetId, _: u64) {}
}
