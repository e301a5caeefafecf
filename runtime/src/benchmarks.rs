//! The calls that can be measured inside the wasm. `scripts/weights.sh` asks for them.

use crate::{
	AllPalletsWithSystem, Allocation, Allowance, Balances, BlockTrades, Credit, Market, Nodes, Offsets,
	Participants, Penalties, Provenance, Regulator, Runtime, Settlement,
};
use alloc::{string::String, vec::Vec};
use frame_benchmarking::{define_benchmarks, BenchmarkBatch, BenchmarkConfig, BenchmarkList};
use frame_support::traits::{StorageInfo, StorageInfoTrait, WhitelistedStorageKeys};

impl frame_system_benchmarking::Config for Runtime {}

define_benchmarks!(
	// The SDK's, to compare with.
	[frame_system, frame_system_benchmarking::Pallet::<Runtime>]
	[pallet_balances, Balances]
	// Our own, by name.
	[pallet_allocation, Allocation]
	[pallet_allowance, Allowance]
	[pallet_block_trades, BlockTrades]
	[pallet_credit, Credit]
	[pallet_market, Market]
	[pallet_nodes, Nodes]
	[pallet_offsets, Offsets]
	[pallet_participants, Participants]
	[pallet_penalties, Penalties]
	[pallet_provenance, Provenance]
	[pallet_regulator, Regulator]
	[pallet_settlement, Settlement]
);

/// Every call that can be measured, and the runtime's storage.
pub fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
	let mut list = Vec::new();
	list_benchmarks!(list, extra);
	(list, AllPalletsWithSystem::storage_info())
}

/// Measure one call.
pub fn dispatch(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	// What each block reads and writes anyway is no cost of a call.
	let whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
	let mut batches = Vec::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}
