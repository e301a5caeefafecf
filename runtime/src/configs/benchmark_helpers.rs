//! What the pallets' benchmarks ask of the rest of the runtime.

use crate::{
	AccountId, Allowance, Balances, Market, Participants, Runtime, RuntimeCall, RuntimeOrigin, SessionKeys,
	System,
};
use alloc::{vec, vec::Vec};
use carbon_primitives::{AssetId, Funds, Moment, Price, Role, Tonnes};
use carbon_traits::{ParticipantBenchmarkHelper, RegistryBenchmarkHelper};
use codec::Encode;
use frame_support::traits::fungible::Mutate;
use pallet_block_trades::BlockTradesBenchmarkHelper;
use pallet_market::{Calendar, FeeRates, MarketParams};
use pallet_nodes::KeyringBenchmarkHelper;
use pallet_regulator::RegulatorBenchmarkHelper;

/// Hands each wish of a benchmark to the pallet that can fulfil it.
pub struct BenchmarkHelper;

impl ParticipantBenchmarkHelper<AccountId> for BenchmarkHelper {
	fn admit(who: &AccountId, role: Role) {
		// Not the call of the same name.
		<Participants as ParticipantBenchmarkHelper<_>>::admit(who, role);
	}

	fn form_group(members: &[AccountId]) {
		<Participants as ParticipantBenchmarkHelper<_>>::form_group(members);
	}
}

impl RegistryBenchmarkHelper<AccountId> for BenchmarkHelper {
	fn endow(who: &AccountId, asset: AssetId, tonnes: u64) {
		Allowance::endow(who, asset, tonnes);
	}
}

impl BlockTradesBenchmarkHelper<AccountId> for BenchmarkHelper {
	fn open_market(asset: AssetId) {
		if pallet_market::Markets::<Runtime>::contains_key(asset) {
			return;
		}
		// The asset has to exist.
		Allowance::endow(&Market::account_id(), asset, 1);
		let params = MarketParams {
			tick: Price(1),
			lot: Tonnes(1),
			order_min: Tonnes(1),
			order_max: Tonnes(100_000),
			orders_max: 1_000,
			price_min: Price(1_000),
			price_max: Price(17_000),
			band_bps: Some(1_000),
			resale_next_day: true,
			// The question for what the buyer and its group hold is a part of the cost.
			holding_max: Some(Tonnes(u64::MAX)),
			fees: FeeRates::default(),
		};
		let origin = RuntimeOrigin::root();
		Market::create_market(origin, asset, params, Price(9_000), Calendar::default())
			.expect("there is no market yet; qed");
	}

	fn admit(who: &AccountId) {
		<Participants as ParticipantBenchmarkHelper<_>>::admit(who, Role::Trader);
	}

	fn fund(who: &AccountId, funds: Funds) {
		match funds {
			// One fen has to stay on the registry account.
			Funds::Cash { amount } => {
				Balances::mint_into(who, amount.saturating_add(1)).expect("no balance is as large; qed");
			}
			Funds::Allowances { asset, tonnes } => Allowance::endow(who, asset, tonnes.0),
		}
		if !funds.is_zero() {
			Market::deposit(RuntimeOrigin::signed(who.clone()), funds).expect("it was endowed; qed");
		}
	}

	fn set_time(now: Moment) {
		pallet_timestamp::Now::<Runtime>::put(now);
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
		<Self as ParticipantBenchmarkHelper<_>>::admit(who, Role::Insider);
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
