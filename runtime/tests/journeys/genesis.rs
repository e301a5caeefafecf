//! What a newcomer finds on a fresh chain.

use crate::env::*;
use carbon_primitives::Role;
use carbon_runtime::{AccountId, Balances, Participants, Runtime};
use carbon_traits::EnsureParticipant;
use frame_support::assert_ok;
use sp_keyring::Sr25519Keyring as Key;

#[test]
fn the_named_accounts_can_act_in_their_roles_at_once() {
	journey(|| {
		assert_eq!(
			pallet_sudo::Key::<Runtime>::get(),
			Some(Key::Alice.to_account_id())
		);
		assert_ok!(<Participants as EnsureParticipant<AccountId>>::ensure_role(
			&bank(),
			Role::SettlementBank
		));
		assert_ok!(<Participants as EnsureParticipant<AccountId>>::ensure_role(
			&verifier(),
			Role::Verifier
		));
		for entity in [dave(), eve()] {
			assert_ok!(<Participants as EnsureParticipant<AccountId>>::ensure_role(
				&entity,
				Role::CoveredEntity
			));
			assert!(Balances::free_balance(&entity) > 0);
		}
		assert_ok!(<Participants as EnsureParticipant<AccountId>>::ensure_may_trade(
			&seller()
		));
	});
}

#[test]
fn the_development_preset_has_one_validator_and_the_local_one_four() {
	let validators = |preset| genesis_of(preset).session.keys.len();
	assert_eq!((validators("development"), validators("local_testnet")), (1, 4));
}

#[test]
fn wallets_are_served_metadata_version_16() {
	assert!(Runtime::metadata_versions().contains(&16));
	assert!(Runtime::metadata_at_version(16).is_some());
}
