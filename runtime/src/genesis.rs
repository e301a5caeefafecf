//! Presets of the genesis state, for development and for a network on one machine.
//!
//! Both know the same people, so that a newcomer can act at once with the accounts that polkadot.js offers on a
//! development chain:
//!
//! | account | is |
//! |---|---|
//! | Alice | a supervisor of the regulator; holds the break-glass key (sudo) |
//! | Bob's stash | a supervisor too, for what takes two officers |
//! | Alice's stash | a clerk of the regulator |
//! | Bob | the settlement bank |
//! | Charlie | a verifier |
//! | Dave, Eve | covered entities, with tokens |
//! | Ferdie | the authority's seller: trades what is issued for sale |
//!
//! Validators act under accounts of their own (`//Alice//stash` and so on), which are node operators. That two of them are
//! officers as well is for convenience: wallets offer these accounts on a development chain, and no others.

use crate::{
	configs::CNY, AccountId, Balance, BalancesConfig, NodesConfig, ParticipantsConfig, RegulatorConfig,
	RuntimeGenesisConfig, SessionConfig, SessionKeys, SudoConfig,
};
use alloc::{string::ToString, vec, vec::Vec};
use carbon_primitives::Role;
use frame_support::build_struct_json_patch;
use pallet_regulator::Level;
use serde_json::Value;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

/// What everybody named has at the start.
const ENDOWMENT: Balance = 100_000_000 * CNY;

/// The state of the preset with the name `id`, as JSON over the default state.
pub fn preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEV_RUNTIME_PRESET => patch(&[alice()], 1),
		LOCAL_TESTNET_RUNTIME_PRESET => patch(&[alice(), bob(), charlie(), dave()], 3),
		_ => return None,
	};
	Some(patch.to_string().into_bytes())
}

/// Names of the presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![
		PresetId::from(DEV_RUNTIME_PRESET),
		PresetId::from(LOCAL_TESTNET_RUNTIME_PRESET),
	]
}

/// A validator: the account it acts under, and the keys that it authors and votes with.
type Validator = (AccountId, SessionKeys);

fn alice() -> Validator {
	validator(
		Sr25519Keyring::AliceStash,
		Sr25519Keyring::Alice,
		Ed25519Keyring::Alice,
	)
}

fn bob() -> Validator {
	validator(Sr25519Keyring::BobStash, Sr25519Keyring::Bob, Ed25519Keyring::Bob)
}

fn charlie() -> Validator {
	validator(
		Sr25519Keyring::CharlieStash,
		Sr25519Keyring::Charlie,
		Ed25519Keyring::Charlie,
	)
}

fn dave() -> Validator {
	validator(
		Sr25519Keyring::DaveStash,
		Sr25519Keyring::Dave,
		Ed25519Keyring::Dave,
	)
}

fn validator(stash: Sr25519Keyring, aura: Sr25519Keyring, grandpa: Ed25519Keyring) -> Validator {
	let keys = SessionKeys {
		aura: aura.public().into(),
		grandpa: grandpa.public().into(),
	};
	(stash.to_account_id(), keys)
}

/// The people and the validators of a preset.
fn patch(validators: &[Validator], min_validators: u32) -> Value {
	let endowed = people()
		.into_iter()
		.map(|(who, _)| (who, ENDOWMENT))
		.collect::<Vec<_>>();
	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig { balances: endowed },
		session: SessionConfig {
			keys: validators
				.iter()
				.map(|(stash, keys)| (stash.clone(), stash.clone(), keys.clone()))
				.collect::<Vec<_>>(),
		},
		sudo: SudoConfig {
			key: Some(Sr25519Keyring::Alice.to_account_id())
		},
		nodes: NodesConfig { min_validators },
		participants: ParticipantsConfig {
			participants: people()
		},
		regulator: RegulatorConfig {
			officers: vec![
				(Sr25519Keyring::Alice.to_account_id(), Level::Supervisor),
				(Sr25519Keyring::BobStash.to_account_id(), Level::Supervisor),
				(Sr25519Keyring::AliceStash.to_account_id(), Level::Clerk),
			],
		},
	})
}

/// Who is admitted from the first block on, and in which roles.
fn people() -> Vec<(AccountId, Vec<Role>)> {
	[
		(Sr25519Keyring::Alice, vec![Role::Insider]),
		(Sr25519Keyring::Bob, vec![Role::SettlementBank]),
		(Sr25519Keyring::Charlie, vec![Role::Verifier]),
		(Sr25519Keyring::Dave, vec![Role::CoveredEntity]),
		(Sr25519Keyring::Eve, vec![Role::CoveredEntity]),
		(Sr25519Keyring::Ferdie, vec![Role::Trader]),
		(
			Sr25519Keyring::AliceStash,
			vec![Role::Insider, Role::NodeOperator],
		),
		(Sr25519Keyring::BobStash, vec![Role::Insider, Role::NodeOperator]),
		(Sr25519Keyring::CharlieStash, vec![Role::NodeOperator]),
		(Sr25519Keyring::DaveStash, vec![Role::NodeOperator]),
	]
	.into_iter()
	.map(|(key, roles)| (key.to_account_id(), roles))
	.collect()
}
