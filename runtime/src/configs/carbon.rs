//! The emissions trading system: participants, settlement, allowances and the market.

use super::money::RegistryLedger;
use crate::{AccountId, Allowance, Assets, Balances, Participants, Runtime, RuntimeHoldReason, Timestamp};
use frame_support::{parameter_types, traits::ConstU32, PalletId};
use frame_system::EnsureRoot;
use sp_runtime::traits::AccountIdConversion;

/// Who acts as the regulator: root, which the sudo key has.
type RegulatorOrigin = EnsureRoot<AccountId>;

parameter_types! {
	/// Owner of the vintages' assets. No key exists for it.
	pub VintageOwner: AccountId = PalletId(*b"cc/vintg").into_account_truncating();
	/// Names the account whose holdings back the trading ledger one to one. No key exists for it.
	pub const MarketPalletId: PalletId = PalletId(*b"cc/markt");
}

impl pallet_participants::Config for Runtime {
	type RegulatorOrigin = RegulatorOrigin;
	type Time = Timestamp;
	type WeightInfo = pallet_participants::weights::SubstrateWeight<Runtime>;
}

impl pallet_settlement::Config for Runtime {
	type Money = Balances;
	type Participants = Participants;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = pallet_settlement::weights::SubstrateWeight<Runtime>;
}

impl pallet_allowance::Config for Runtime {
	type Assets = Assets;
	type AssetsOwner = VintageOwner;
	type Holdings = RegistryLedger;
	type MaxBatch = ConstU32<100>;
	type Participants = Participants;
	type RegulatorOrigin = RegulatorOrigin;
	type WeightInfo = pallet_allowance::weights::SubstrateWeight<Runtime>;
}

impl pallet_market::Config for Runtime {
	type Assets = Assets;
	type MaxAssetsPerAccount = ConstU32<16>;
	type MaxFillsPerOrder = ConstU32<50>;
	type Money = Balances;
	type PalletId = MarketPalletId;
	type Participants = Participants;
	type Registry = Allowance;
	type RegulatorOrigin = RegulatorOrigin;
	type WeightInfo = pallet_market::weights::SubstrateWeight<Runtime>;
}
