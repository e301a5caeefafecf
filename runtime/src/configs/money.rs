//! The settlement token and the registry ledger of allowances.

use crate::{
	AccountId, AssetsHolder, Balance, Balances, Runtime, RuntimeEvent, RuntimeFreezeReason,
	RuntimeHoldReason, System,
};
use carbon_primitives::AssetId;
use frame_support::{
	parameter_types,
	traits::{fungibles::InspectHold, AsEnsureOriginWithArg, ConstU128, ConstU32, VariantCountOf},
	PalletId,
};
use frame_system::{EnsureNever, EnsureRoot};
use sp_runtime::traits::AccountIdConversion;

/// One fen, the smallest unit of the settlement token.
pub const FEN: Balance = 1;
/// One yuan of the settlement token.
pub const CNY: Balance = 100 * FEN;

parameter_types! {
	pub TreasuryAccount: AccountId = PalletId(*b"cc/trsry").into_account_truncating();
}

impl pallet_balances::Config for Runtime {
	type AccountStore = System;
	type Balance = Balance;
	type DoneSlashHandler = ();
	type DustRemoval = ();
	// One fen: no participant loses an account by spending down to it.
	type ExistentialDeposit = ConstU128<FEN>;
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
	type MaxLocks = ConstU32<0>;
	type MaxReserves = ConstU32<2>;
	type ReserveIdentifier = [u8; 8];
	type RuntimeEvent = RuntimeEvent;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
}

// Assets come into being only through the pallets that issue them, so that nobody pays deposits for them.
impl pallet_assets::Config for Runtime {
	type ApprovalDeposit = ConstU128<0>;
	type AssetAccountDeposit = ConstU128<0>;
	type AssetDeposit = ConstU128<0>;
	type AssetId = AssetId;
	type AssetIdAllocator = ();
	type AssetIdParameter = codec::Compact<AssetId>;
	type Balance = Balance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type CallbackHandle = ();
	type CreateOrigin = AsEnsureOriginWithArg<EnsureNever<AccountId>>;
	type Currency = Balances;
	type Extra = ();
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = AssetsHolder;
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type RemoveItemsLimit = ConstU32<1_000>;
	type ReserveData = ();
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<50>;
	type WeightInfo = pallet_assets::weights::SubstrateWeight<Runtime>;
}

impl pallet_assets_holder::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
}

/// Adds up the registry ledger account by account.
pub struct RegistryLedger;

impl carbon_traits::SumHoldings for RegistryLedger {
	fn free(asset: AssetId) -> u128 {
		pallet_assets::Account::<Runtime>::iter_prefix_values(asset)
			.map(|account| account.balance)
			.sum()
	}

	fn on_hold(asset: AssetId) -> u128 {
		// The ledger keeps an account for as long as something of it is on hold.
		pallet_assets::Account::<Runtime>::iter_key_prefix(asset)
			.map(|who| AssetsHolder::total_balance_on_hold(asset, &who))
			.sum()
	}
}
