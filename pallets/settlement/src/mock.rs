//! A chain with the native token, this pallet, and a list of participants that tests write as they like.

#![allow(clippy::unwrap_used)]

use crate::{self as pallet_settlement, *};
use carbon_primitives::{Balance, Digest, Role, Service, TradingRight};
use carbon_traits::{EnsureParticipant, ParticipantBenchmarkHelper};
use frame_support::{derive_impl, parameter_types, traits::fungible::InspectHold};
use frame_system::EnsureRoot;
use sp_io::TestExternalities;
use sp_runtime::{BuildStorage, DispatchError, DispatchResult};
use std::collections::{BTreeMap, BTreeSet};

pub type AccountId = u64;

pub const BANK: AccountId = 1;
pub const ALICE: AccountId = 2;
pub const BOB: AccountId = 3;
/// Nobody has admitted this one.
pub const STRANGER: AccountId = 9;

/// The answers of the mock participants when they say no.
pub const ROLE_MISSING: DispatchError = DispatchError::BadOrigin;
pub const NOT_ADMITTED: DispatchError = DispatchError::Unavailable;
pub const UNKNOWN: DispatchError = DispatchError::Other("never admitted");
pub const BLACK_LISTED: DispatchError = DispatchError::Other("black-listed");
pub const HALTED: DispatchError = DispatchError::Other("halted");

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
	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances::Pallet<Test>;
	#[runtime::pallet_index(41)]
	pub type Settlement = pallet_settlement::Pallet<Test>;
}

pub type Block = frame_system::mocking::MockBlock<Test>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = Balance;
}

parameter_types! {
	/// Who is admitted, and in which role.
	pub static Admitted: BTreeMap<AccountId, Role> = BTreeMap::new();
	/// Who was admitted and is not any more.
	pub static Excluded: BTreeSet<AccountId> = BTreeSet::new();
	/// Who may do nothing.
	pub static BlackList: BTreeSet<AccountId> = BTreeSet::new();
	/// Who is halted.
	pub static HaltList: BTreeSet<AccountId> = BTreeSet::new();
}

pub struct MockParticipants;

impl EnsureParticipant<AccountId> for MockParticipants {
	fn ensure_role(who: &AccountId, role: Role) -> DispatchResult {
		if Admitted::get().get(who) == Some(&role) {
			Ok(())
		} else {
			Err(ROLE_MISSING)
		}
	}

	fn ensure_may_trade(_: &AccountId) -> Result<TradingRight, DispatchError> {
		unreachable!("settlement never asks who may trade")
	}

	fn ensure_admitted(who: &AccountId) -> DispatchResult {
		if Admitted::get().contains_key(who) {
			Ok(())
		} else {
			Err(NOT_ADMITTED)
		}
	}

	fn ensure_service(_: &AccountId, _: Service) -> DispatchResult {
		unreachable!("settlement is no service that lists open or close")
	}

	fn ensure_known(who: &AccountId) -> DispatchResult {
		let known = Admitted::get().contains_key(who) || Excluded::get().contains(who);
		known.then_some(()).ok_or(UNKNOWN)
	}

	fn ensure_may_exit(who: &AccountId) -> DispatchResult {
		Self::ensure_known(who)?;
		let listed = BlackList::get().contains(who);
		(!listed).then_some(()).ok_or(BLACK_LISTED)
	}

	fn ensure_may_be_paid(who: &AccountId) -> DispatchResult {
		Self::ensure_may_exit(who)?;
		let halted = HaltList::get().contains(who);
		(!halted).then_some(()).ok_or(HALTED)
	}
}

impl ParticipantBenchmarkHelper<AccountId> for MockParticipants {
	fn admit(who: &AccountId, role: Role) {
		Admitted::mutate(|admitted| admitted.insert(*who, role));
	}
}

impl Config for Test {
	type WeightInfo = ();
	type RegulatorOrigin = EnsureRoot<AccountId>;
	type Money = Balances;
	type Participants = MockParticipants;
	type RuntimeHoldReason = RuntimeHoldReason;
	type BenchmarkHelper = MockParticipants;
}

pub fn digest(byte: u8) -> Digest {
	Digest::repeat_byte(byte)
}

/// What `who` has put on hold for redemption.
pub fn on_hold(who: AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::Redemption.into(), &who)
}

/// Nobody vouches for `who` any more.
pub fn exclude(who: AccountId) {
	Admitted::mutate(|admitted| admitted.remove(&who));
	Excluded::mutate(|excluded| excluded.insert(who));
}

/// `who` may do nothing any more.
pub fn black_list(who: AccountId) {
	BlackList::mutate(|list| list.insert(who));
}

/// `who` is halted.
pub fn halt(who: AccountId) {
	HaltList::mutate(|halted| halted.insert(who));
}

/// Builds the chain that a test starts with: a bank and two traders.
#[derive(Default)]
pub struct ExtBuilder {
	balances: Vec<(AccountId, Balance)>,
}

impl ExtBuilder {
	/// Let `account` hold `amount` fen in the genesis block.
	#[must_use]
	pub fn with_balance(mut self, account: AccountId, amount: Balance) -> Self {
		self.balances.push((account, amount));
		self
	}

	/// The chain at its first block.
	pub fn build(self) -> TestExternalities {
		Admitted::set(BTreeMap::from([
			(BANK, Role::SettlementBank),
			(ALICE, Role::Trader),
			(BOB, Role::CoveredEntity),
		]));
		Excluded::set(BTreeSet::new());
		BlackList::set(BTreeSet::new());
		HaltList::set(BTreeSet::new());
		let genesis = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig {
				balances: self.balances,
				..Default::default()
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
			Settlement::do_try_state().unwrap();
		});
	}
}
