//! What the pallets' benchmarks ask of the rest of the runtime.

use crate::{AccountId, Allowance, Participants, Runtime, RuntimeCall, SessionKeys, System};
use alloc::{vec, vec::Vec};
use carbon_primitives::{AssetId, Role};
use carbon_traits::{ParticipantBenchmarkHelper, RegistryBenchmarkHelper};
use codec::Encode;
use pallet_nodes::KeyringBenchmarkHelper;
use pallet_regulator::RegulatorBenchmarkHelper;

/// Hands each wish of a benchmark to the pallet that can fulfil it.
pub struct BenchmarkHelper;

impl ParticipantBenchmarkHelper<AccountId> for BenchmarkHelper {
	fn admit(who: &AccountId, role: Role) {
		// Not the call of the same name.
		<Participants as ParticipantBenchmarkHelper<_>>::admit(who, role);
	}
}

impl RegistryBenchmarkHelper<AccountId> for BenchmarkHelper {
	fn endow(who: &AccountId, asset: AssetId, tonnes: u64) {
		Allowance::endow(who, asset, tonnes);
	}
}

impl KeyringBenchmarkHelper<AccountId, SessionKeys> for BenchmarkHelper {
	fn keys(who: &AccountId) -> (SessionKeys, Vec<u8>) {
		// Keys are registered by accounts that exist.
		System::inc_providers(who);
		let generated = SessionKeys::generate(&who.encode(), None);
		(generated.keys, generated.proof.encode())
	}

	fn put_in_force(validators: Vec<AccountId>) {
		pallet_session::Validators::<Runtime>::put(validators);
	}
}

impl RegulatorBenchmarkHelper<AccountId, RuntimeCall> for BenchmarkHelper {
	fn admit_insider(who: &AccountId) {
		Self::admit(who, Role::Insider);
	}

	/// A remark, which the table of acts lists for the benchmarks alone: what a call costs by itself is counted by itself.
	fn act(bytes: u32) -> RuntimeCall {
		// The pallet, the call and the length of the remark come on top of it.
		let remark = vec![0; bytes.saturating_sub(6) as usize];
		frame_system::Call::remark { remark }.into()
	}

	fn hand_break_glass_key(who: &AccountId) {
		pallet_sudo::Key::<Runtime>::put(who);
	}
}
