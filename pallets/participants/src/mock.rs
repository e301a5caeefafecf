//! A chain with nothing but this pallet.

#![allow(clippy::unwrap_used)]

use crate::{self as pallet_participants, *};
use carbon_primitives::{Digest, Moment, Role};
use frame_support::{derive_impl, parameter_types, traits::Time};
use frame_system::EnsureRoot;
use sp_io::TestExternalities;
use sp_runtime::BuildStorage;

pub type AccountId = u64;

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CHARLIE: AccountId = 3;

/// When the mock chain starts, in milliseconds since the Unix epoch.
pub const GENESIS_TIME: Moment = 1_000_000;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system::Pallet<Test>;
	#[runtime::pallet_index(40)]
	pub type Participants = pallet_participants::Pallet<Test>;
}

pub type Block = frame_system::mocking::MockBlock<Test>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

parameter_types! {
	/// The chain's time, which a test sets as it likes.
	pub static Now: Moment = GENESIS_TIME;
}

pub struct MockTime;

impl Time for MockTime {
	type Moment = Moment;

	fn now() -> Moment {
		Now::get()
	}
}

impl Config for Test {
	type WeightInfo = ();
	type RegulatorOrigin = EnsureRoot<AccountId>;
	type Time = MockTime;
}

/// Grants of `roles` that do not end.
pub fn roles(roles: &[Role]) -> RoleGrants {
	roles
		.iter()
		.map(|&role| RoleGrant {
			role,
			expires_at: None,
		})
		.collect::<Vec<_>>()
		.try_into()
		.unwrap()
}

/// A grant of `role` that ends at `expires_at`.
pub fn role_until(role: Role, expires_at: Moment) -> RoleGrants {
	vec![RoleGrant {
		role,
		expires_at: Some(expires_at),
	}]
	.try_into()
	.unwrap()
}

pub fn digest(byte: u8) -> Digest {
	Digest::repeat_byte(byte)
}

/// Builds the chain that a test starts with.
#[derive(Default)]
pub struct ExtBuilder {
	participants: Vec<(AccountId, Vec<Role>)>,
}

impl ExtBuilder {
	/// Admit `account` with `roles` in the genesis block.
	#[must_use]
	pub fn with_participant(mut self, account: AccountId, roles: &[Role]) -> Self {
		self.participants.push((account, roles.to_vec()));
		self
	}

	/// The chain at its first block.
	pub fn build(self) -> TestExternalities {
		Now::set(GENESIS_TIME);
		let genesis = RuntimeGenesisConfig {
			participants: GenesisConfig {
				participants: self.participants,
			},
			..Default::default()
		};
		let mut ext = TestExternalities::new(genesis.build_storage().unwrap());
		// Events of block 0 are dropped.
		ext.execute_with(|| System::set_block_number(1));
		ext
	}

	/// Run `test` on the chain, then check what always holds.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Participants::do_try_state().unwrap();
		});
	}
}
