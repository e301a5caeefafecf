//! The chains that the node knows by name. Their genesis comes from the presets inside the runtime's wasm, so a chain
//! specification and the runtime cannot drift apart.

use carbon_runtime::{configs::SS58_PREFIX, WASM_BINARY};
use sc_service::{ChainType, GenericChainSpec, Properties};
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use std::path::Path;

/// Symbol of the native token, which is the settlement token: one token is one CNY.
const TOKEN_SYMBOL: &str = "CNYT";
/// The smallest unit is one fen, 1/100 CNY.
const TOKEN_DECIMALS: u8 = 2;
/// Prefix of the network protocols' legacy names.
const PROTOCOL_ID: &str = "carbon";

/// A chain specification without extensions.
pub type ChainSpec = GenericChainSpec;

/// The chain that `--chain id` names: `dev`, `local`, or the path of a JSON file. No name at all means `local`: a node
/// started without any flag then only follows that network, for it holds none of its keys.
///
/// # Errors
/// A sentence for the operator: the name is neither a built-in chain nor a readable specification, or the binary was
/// built without the runtime's wasm.
pub fn load(id: &str) -> Result<ChainSpec, String> {
	match id {
		"dev" => development(),
		"" | "local" => local(),
		path if Path::new(path).exists() => ChainSpec::from_json_file(path.into()),
		unknown => Err(format!(
			"'{unknown}' is neither a built-in chain (dev, local) nor the path of a chain specification"
		)),
	}
}

/// One validator, Alice, on one machine.
fn development() -> Result<ChainSpec, String> {
	built_in(
		"Carbon Chain Development",
		"dev",
		ChainType::Development,
		DEV_RUNTIME_PRESET,
	)
}

/// Four validators, Alice, Bob, Charlie and Dave, usually on one machine.
fn local() -> Result<ChainSpec, String> {
	built_in(
		"Carbon Chain Local",
		"local",
		ChainType::Local,
		LOCAL_TESTNET_RUNTIME_PRESET,
	)
}

fn built_in(name: &str, id: &str, chain_type: ChainType, preset: &str) -> Result<ChainSpec, String> {
	let wasm = WASM_BINARY.ok_or_else(|| {
		"this binary was built without the runtime's wasm: build it again with SKIP_WASM_BUILD unset"
			.to_string()
	})?;
	Ok(ChainSpec::builder(wasm, None)
		.with_name(name)
		.with_id(id)
		.with_chain_type(chain_type)
		.with_protocol_id(PROTOCOL_ID)
		.with_properties(properties())
		.with_genesis_config_preset_name(preset)
		.build())
}

/// What wallets read to show amounts and addresses.
fn properties() -> Properties {
	let mut properties = Properties::new();
	properties.insert("tokenSymbol".into(), TOKEN_SYMBOL.into());
	properties.insert("tokenDecimals".into(), TOKEN_DECIMALS.into());
	properties.insert("ss58Format".into(), SS58_PREFIX.into());
	properties
}

#[cfg(test)]
mod tests {
	use super::*;
	use sc_service::ChainSpec as _;

	#[test]
	fn load_should_name_the_chains_it_knows_when_the_id_is_unknown() {
		let error = load("no-such-chain")
			.err()
			.expect("there is no such chain and no such file");
		assert!(
			error.contains("'no-such-chain'") && error.contains("dev, local"),
			"{error}"
		);
	}

	#[test]
	fn built_in_chains_should_carry_their_name_id_and_properties() {
		// A build that skips the wasm has no built-in chains to test.
		if WASM_BINARY.is_none() {
			return;
		}
		for (id, expected_id, name) in [
			("dev", "dev", "Carbon Chain Development"),
			("local", "local", "Carbon Chain Local"),
			("", "local", "Carbon Chain Local"),
		] {
			let spec = load(id).expect("a built-in chain");
			assert_eq!(spec.id(), expected_id);
			assert_eq!(spec.name(), name);
			assert_eq!(spec.protocol_id(), Some(PROTOCOL_ID));
			assert_eq!(spec.properties(), properties());
		}
	}

	#[test]
	fn built_in_chains_should_have_a_genesis_when_built_to_storage() {
		if WASM_BINARY.is_none() {
			return;
		}
		for id in ["dev", "local"] {
			let storage = load(id).and_then(|spec| spec.as_storage_builder().build_storage());
			assert!(!storage.expect("the preset builds").top.is_empty());
		}
	}
}
