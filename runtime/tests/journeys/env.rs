//! The environment of a journey: the development preset's state, and the few verbs that journeys share. No verb sets
//! anything up in secret.

use carbon_primitives::{Digest, Tonnes, Vintage};
use carbon_runtime::{
	genesis, invariants, AccountId, AllPalletsWithSystem, Runtime, RuntimeCall, RuntimeGenesisConfig,
	RuntimeOrigin, System,
};
use frame_support::{
	dispatch::DispatchResultWithPostInfo,
	traits::{OnPoll, UnfilteredDispatchable},
	weights::WeightMeter,
};
use serde_json::Value;
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{traits::Dispatchable, BuildStorage, DispatchError};

pub const YEAR: Vintage = Vintage(2021);

pub fn bank() -> AccountId {
	Key::Bob.to_account_id()
}

pub fn verifier() -> AccountId {
	Key::Charlie.to_account_id()
}

pub fn dave() -> AccountId {
	Key::Dave.to_account_id()
}

pub fn eve() -> AccountId {
	Key::Eve.to_account_id()
}

pub fn seller() -> AccountId {
	Key::Ferdie.to_account_id()
}

/// Run a journey from the development preset on, and check every invariant at its end.
pub fn journey(steps: impl FnOnce()) {
	let mut ext = sp_io::TestExternalities::new(storage_of(genesis_of("development")));
	ext.execute_with(|| {
		System::set_block_number(1);
		steps();
		for report in invariants::check() {
			let pallet = String::from_utf8_lossy(&report.pallet);
			let violation = report
				.violation
				.map(|sentence| String::from_utf8_lossy(&sentence).into_owned());
			assert_eq!(violation, None, "{pallet}");
		}
	});
}

/// The complete genesis configuration of a preset.
pub fn genesis_of(preset: &str) -> RuntimeGenesisConfig {
	let patch = genesis::preset(&preset.into()).expect("the preset exists");
	let patch: Value = serde_json::from_slice(&patch).expect("the preset is JSON");
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).expect("the default is JSON");
	merge(&mut config, patch);
	serde_json::from_value(config).expect("the preset names known fields only")
}

fn storage_of(config: RuntimeGenesisConfig) -> sp_runtime::Storage {
	config.build_storage().expect("the genesis is valid")
}

fn merge(into: &mut Value, patch: Value) {
	match (into, patch) {
		(Value::Object(into), Value::Object(patch)) => {
			for (name, value) in patch {
				merge(into.entry(name).or_insert(Value::Null), value);
			}
		}
		(into, patch) => *into = patch,
	}
}

/// A call signed by `who`, as it is dispatched in a block: filtered, and taken back as a whole when it fails.
pub fn signed(who: AccountId, call: impl Into<RuntimeCall>) -> Result<(), DispatchError> {
	outcome(call.into().dispatch(RuntimeOrigin::signed(who)))
}

/// A call of the regulator, as the sudo key makes it.
pub fn regulator(call: impl Into<RuntimeCall>) -> Result<(), DispatchError> {
	outcome(frame_support::storage::with_storage_layer(|| {
		call.into().dispatch_bypass_filter(RuntimeOrigin::root())
	}))
}

fn outcome(result: DispatchResultWithPostInfo) -> Result<(), DispatchError> {
	result.map(|_| ()).map_err(|error| error.error)
}

/// What the next block does before its transactions.
pub fn next_block() {
	System::set_block_number(System::block_number() + 1);
	AllPalletsWithSystem::on_poll(System::block_number(), &mut WeightMeter::new());
}

/// A digest that journeys can tell apart.
pub fn digest(n: u8) -> Digest {
	Digest::repeat_byte(n)
}

/// A list with one entry for a call that takes many.
pub fn one<T, S: frame_support::traits::Get<u32>>(entry: T) -> frame_support::BoundedVec<T, S> {
	vec![entry].try_into().ok().expect("one fits")
}

/// Free allowances of an account on the registry ledger, in tonnes.
pub fn held(vintage: Vintage, who: &AccountId) -> Tonnes {
	let units = pallet_assets::Pallet::<Runtime>::balance(vintage.into(), who);
	Tonnes(units.try_into().expect("tonnes fit 64 bits"))
}
