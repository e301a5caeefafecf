//! Presets of the genesis state, for development and for a network on one machine.
//!
//! Both know the same people, so that a newcomer can act at once with the accounts that polkadot.js offers on a
//! development chain:
//!
//! | account | is |
//! |---|---|
//! | Alice | the regulator: holds the sudo key |
//! | Bob | the settlement bank |
//! | Charlie | a verifier |
//! | Dave, Eve | covered entities, with tokens |
//! | Ferdie | the authority's seller: trades what is issued for sale |
//!
//! Validators act under accounts of their own (`//Alice//stash` and so on), because who runs a node is not thereby a
//! participant.

use crate::{
	configs::CNY, AccountId, Balance, BalancesConfig, ParticipantsConfig, RuntimeGenesisConfig,
	SessionConfig, SessionKeys, SudoConfig,
};
use alloc::{string::ToString, vec, vec::Vec};
use carbon_primitives::Role;
use frame_support::build_struct_json_patch;
use serde_json::Value;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

/// What everybody named has at the start.
const ENDOWMENT: Balance = 100_000_000 * CNY;

/// The state of the preset with the name `id`, as JSON over the default state.
pub fn preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEV_RUNTIME_PRESET => patch(&[alice()]),
		LOCAL_TESTNET_RUNTIME_PRESET => patch(&[alice(), bob(), charlie(), dave()]),
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

fn patch(validators: &[Validator]) -> Value {
	let named = [
		Sr25519Keyring::Alice,
		Sr25519Keyring::Bob,
		Sr25519Keyring::Charlie,
		Sr25519Keyring::Dave,
		Sr25519Keyring::Eve,
		Sr25519Keyring::Ferdie,
	];
	let stashes = validators.iter().map(|(stash, _)| stash.clone());
	let endowed = named
		.into_iter()
		.map(Sr25519Keyring::to_account_id)
		.chain(stashes);
	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig {
			balances: endowed.map(|who| (who, ENDOWMENT)).collect::<Vec<_>>()
		},
		session: SessionConfig {
			keys: validators
				.iter()
				.map(|(stash, keys)| (stash.clone(), stash.clone(), keys.clone()))
				.collect::<Vec<_>>(),
		},
		sudo: SudoConfig {
			key: Some(Sr25519Keyring::Alice.to_account_id())
		},
		participants: ParticipantsConfig {
			participants: participants()
		},
	})
}

fn participants() -> Vec<(AccountId, Vec<Role>)> {
	[
		(Sr25519Keyring::Alice, Role::Insider),
		(Sr25519Keyring::Bob, Role::SettlementBank),
		(Sr25519Keyring::Charlie, Role::Verifier),
		(Sr25519Keyring::Dave, Role::CoveredEntity),
		(Sr25519Keyring::Eve, Role::CoveredEntity),
		(Sr25519Keyring::Ferdie, Role::Trader),
	]
	.into_iter()
	.map(|(key, role)| (key.to_account_id(), vec![role]))
	.collect()
}
