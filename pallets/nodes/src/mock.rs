//! A chain with accounts, the real session pallet, this pallet, and a list of participants that tests write as they like.

#![allow(clippy::unwrap_used)]

use crate::{self as pallet_nodes, *};
use carbon_primitives::{Digest, Role, Service, TradingRight};
use carbon_traits::{EnsureParticipant, ParticipantBenchmarkHelper, SessionKeyring};
use codec::Encode;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU64, Get},
};
use frame_system::EnsureRoot;
use sp_io::TestExternalities;
use sp_runtime::{
	impl_opaque_keys,
	testing::UintAuthorityId,
	traits::{ConvertInto, OpaqueKeys},
	BuildStorage, DispatchError, DispatchResult, KeyTypeId, RuntimeAppPublic,
};
use std::collections::BTreeSet;

pub type AccountId = u64;

/// The validators of the genesis block.
pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CHARLIE: AccountId = 3;
pub const DAVE: AccountId = 4;
/// Node operators without a node.
pub const EVE: AccountId = 5;
pub const FERDIE: AccountId = 6;
pub const GRACE: AccountId = 7;
/// Nobody has made this one a node operator.
pub const STRANGER: AccountId = 9;

/// The answer of the mock participants when they say no.
pub const ROLE_MISSING: DispatchError = DispatchError::BadOrigin;

/// What a session lasts unless a test says otherwise.
pub const SESSION: u64 = 10;

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
	// Before the session pallet, whose genesis wants accounts to exist: the order is that of the numbers.
	#[runtime::pallet_index(2)]
	pub type Balances = pallet_balances::Pallet<Test>;
	#[runtime::pallet_index(3)]
	pub type Session = pallet_session::Pallet<Test>;
	#[runtime::pallet_index(5)]
	pub type Nodes = pallet_nodes::Pallet<Test>;
}

pub type Block = frame_system::mocking::MockBlock<Test>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u64>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
}

impl_opaque_keys! {
	pub struct MockKeys {
		pub author: UintAuthorityId,
	}
}

parameter_types! {
	/// The keys in force, in the order of the validators: what Aura and GRANDPA would have.
	pub static Authorities: Vec<u64> = vec![];
	/// How often the keys in force have changed.
	pub static Changes: u32 = 0;
	/// Who is a node operator.
	pub static Operators: BTreeSet<AccountId> = BTreeSet::new();
	/// The next key that a benchmark makes.
	pub static NextKey: u64 = 1_000;
	pub static MaxNodes: u32 = 8;
	pub static MaxValidators: u32 = 6;
}

/// Notes which keys the session pallet puts in force.
pub struct MockConsensus;

impl MockConsensus {
	fn note<Keys: OpaqueKeys>(validators: &[(AccountId, Keys)]) {
		let id = sp_runtime::key_types::DUMMY;
		Authorities::set(
			validators
				.iter()
				.map(|(_, keys)| keys.get::<UintAuthorityId>(id).unwrap().0)
				.collect(),
		);
	}
}

impl pallet_session::SessionHandler<AccountId> for MockConsensus {
	const KEY_TYPE_IDS: &'static [KeyTypeId] = &[UintAuthorityId::ID];

	fn on_genesis_session<Keys: OpaqueKeys>(validators: &[(AccountId, Keys)]) {
		Self::note(validators);
	}

	fn on_new_session<Keys: OpaqueKeys>(
		changed: bool,
		validators: &[(AccountId, Keys)],
		_: &[(AccountId, Keys)],
	) {
		if changed {
			Changes::mutate(|changes| *changes += 1);
			Self::note(validators);
		}
	}

	fn on_disabled(_: u32) {}
}

impl pallet_session::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = Nodes;
	type NextSessionRotation = Nodes;
	type SessionManager = Nodes;
	type SessionHandler = MockConsensus;
	type Keys = MockKeys;
	type DisablingStrategy = ();
	type WeightInfo = ();
	type Currency = Balances;
	type KeyDeposit = ConstU64<0>;
}

pub struct MockKeyring;

impl SessionKeyring<AccountId> for MockKeyring {
	type Keys = MockKeys;

	fn register(who: &AccountId, keys: MockKeys, proof: Vec<u8>) -> DispatchResult {
		Session::set_keys(RuntimeOrigin::signed(*who), keys, proof)
	}

	fn has_keys(who: &AccountId) -> bool {
		pallet_session::NextKeys::<Test>::contains_key(who)
	}
}

pub struct SessionValidators;

impl Get<Vec<AccountId>> for SessionValidators {
	fn get() -> Vec<AccountId> {
		Session::validators()
	}
}

pub struct MockParticipants;

impl EnsureParticipant<AccountId> for MockParticipants {
	fn ensure_role(who: &AccountId, role: Role) -> Result<(), DispatchError> {
		if role == Role::NodeOperator && Operators::get().contains(who) {
			Ok(())
		} else {
			Err(ROLE_MISSING)
		}
	}

	fn ensure_may_trade(_: &AccountId) -> Result<TradingRight, DispatchError> {
		unreachable!("nodes never asks who may trade")
	}

	fn ensure_admitted(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("nodes asks about one role alone")
	}

	fn ensure_service(_: &AccountId, _: Service) -> Result<(), DispatchError> {
		unreachable!("nodes asks about one role alone")
	}

	fn ensure_known(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("nodes asks about one role alone")
	}

	fn ensure_may_exit(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("nodes asks about one role alone")
	}

	fn ensure_may_be_paid(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("nodes asks about one role alone")
	}
}

/// Makes participants and keys for the benchmarks.
pub struct MockHelper;

impl ParticipantBenchmarkHelper<AccountId> for MockHelper {
	fn admit(who: &AccountId, role: Role) {
		assert_eq!(role, Role::NodeOperator);
		Operators::mutate(|operators| operators.insert(*who));
	}
}

impl KeyringBenchmarkHelper<AccountId, MockKeys> for MockHelper {
	fn keys(who: &AccountId) -> (MockKeys, Vec<u8>) {
		System::inc_providers(who);
		let key = NextKey::mutate(|next| {
			*next += 1;
			*next
		});
		let (keys, proof) = keys_of(*who, key);
		(keys, proof.into_inner())
	}

	fn put_in_force(validators: Vec<AccountId>) {
		pallet_session::Validators::<Test>::put(validators);
	}
}

impl Config for Test {
	type WeightInfo = ();
	type RegulatorOrigin = EnsureRoot<AccountId>;
	type Participants = MockParticipants;
	type Keyring = MockKeyring;
	type CurrentValidators = SessionValidators;
	type MaxNodes = MaxNodes;
	type MaxValidators = MaxValidators;
	type MaxSessionBlocks = ConstU64<2_000>;
	type MinSessionBlocks = ConstU64<5>;
	type BenchmarkHelper = MockHelper;
}

pub fn digest(byte: u8) -> Digest {
	Digest::repeat_byte(byte)
}

/// The session keys number `key`, with the proof for `who`.
pub fn keys_of(who: AccountId, key: u64) -> (MockKeys, KeysProof) {
	let mut author = UintAuthorityId(key);
	let proof = author.generate_proof_of_possession(&who.encode()).unwrap();
	(MockKeys { author }, proof.encode().try_into().unwrap())
}

/// The peer id of the node whose public key is `seed` over and over.
pub fn peer_id(seed: u8) -> String {
	let digits = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
	let mut number = [&[0x00, 0x24, 0x08, 0x01, 0x12, 0x20][..], &[seed; 32]].concat();
	let mut text = Vec::new();
	while number.iter().any(|byte| *byte > 0) {
		let mut rest = 0u32;
		for byte in &mut number {
			let value = rest * 256 + u32::from(*byte);
			*byte = (value / 58) as u8;
			rest = value % 58;
		}
		text.push(digits[rest as usize]);
	}
	// The leading zero byte.
	text.push(b'1');
	text.reverse();
	String::from_utf8(text).unwrap()
}

/// An address of the node number `seed`, as text.
pub fn address_text(seed: u8) -> String {
	format!("/dns/node-{seed}.example.org/tcp/30333/p2p/{}", peer_id(seed))
}

/// An address of the node number `seed`.
pub fn address(seed: u8) -> NodeAddress {
	bytes(&address_text(seed))
}

/// Any text where an address is expected.
pub fn bytes(text: &str) -> NodeAddress {
	text.as_bytes().to_vec().try_into().unwrap()
}

/// Who the peer id of the node number `seed` stands for.
pub fn peer_owner(seed: u8) -> Option<AccountId> {
	Peers::<Test>::get(PeerId::try_from(peer_id(seed).into_bytes()).unwrap())
}

/// `who` applies as a validator with the key and the node that have its number.
pub fn apply_validator(who: AccountId) -> DispatchResult {
	Nodes::apply(
		RuntimeOrigin::signed(who),
		NodeKind::Validator,
		address(who as u8),
		Some(keys_of(who, who)),
	)
}

/// `who` applies as an observer with the node that has its number.
pub fn apply_observer(who: AccountId) -> DispatchResult {
	Nodes::apply(
		RuntimeOrigin::signed(who),
		NodeKind::Observer,
		address(who as u8),
		None,
	)
}

/// The regulator audits and admits the node that `who` has applied for.
pub fn audit_and_admit(who: AccountId) -> DispatchResult {
	Nodes::audit(RuntimeOrigin::root(), who, digest(1))?;
	Nodes::admit(RuntimeOrigin::root(), who)
}

pub fn remove(who: AccountId) -> DispatchResult {
	Nodes::remove(RuntimeOrigin::root(), who, digest(2))
}

pub fn record(who: AccountId) -> Option<NodeRecordOf<Test>> {
	crate::Nodes::<Test>::get(who)
}

pub fn status(who: AccountId) -> Option<NodeStatus> {
	record(who).map(|record| record.status)
}

/// The set.
pub fn set() -> Vec<AccountId> {
	Validators::<Test>::get().into_inner()
}

/// The validators of the session after the one under way, as the session pallet has queued them.
pub fn queued() -> Vec<AccountId> {
	Session::queued_keys().into_iter().map(|(who, _)| who).collect()
}

/// Nobody vouches for `who` any more.
pub fn exclude(who: AccountId) {
	Operators::mutate(|operators| operators.remove(&who));
}

pub fn run_to_block(block: u64) {
	System::run_to_block::<AllPalletsWithSystem>(block);
}

/// Go on to the next boundary.
pub fn next_session() {
	run_to_block(Nodes::next_session_at());
}

/// Builds the chain that a test starts with: four validators, of which three have to stay.
pub struct ExtBuilder {
	validators: Vec<AccountId>,
	addresses: Vec<(AccountId, String)>,
	min_validators: u32,
	max_validators: u32,
	session_blocks: u64,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self {
			validators: vec![ALICE, BOB, CHARLIE, DAVE],
			addresses: vec![],
			min_validators: 3,
			max_validators: 6,
			session_blocks: SESSION,
		}
	}
}

impl ExtBuilder {
	/// The validators of the genesis block.
	#[must_use]
	pub fn with_validators(mut self, validators: impl IntoIterator<Item = AccountId>) -> Self {
		self.validators = validators.into_iter().collect();
		self
	}

	/// An address of a validator of the genesis block.
	#[must_use]
	pub fn with_address(mut self, who: AccountId, text: String) -> Self {
		self.addresses.push((who, text));
		self
	}

	/// How many validators there may be.
	#[must_use]
	pub fn with_max_validators(mut self, count: u32) -> Self {
		self.max_validators = count;
		self
	}

	/// How few validators there may be.
	#[must_use]
	pub fn with_min_validators(mut self, count: u32) -> Self {
		self.min_validators = count;
		self
	}

	/// How long a session is.
	#[must_use]
	pub fn with_session_blocks(mut self, blocks: u64) -> Self {
		self.session_blocks = blocks;
		self
	}

	/// The chain at its first block.
	pub fn build(self) -> TestExternalities {
		Operators::set((ALICE..=GRACE).collect());
		Changes::set(0);
		MaxNodes::set(8);
		MaxValidators::set(self.max_validators);
		let genesis = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig {
				balances: (ALICE..=GRACE).map(|who| (who, 100)).collect(),
				..Default::default()
			},
			session: pallet_session::GenesisConfig {
				keys: self
					.validators
					.iter()
					.map(|who| (*who, *who, keys_of(*who, *who).0))
					.collect(),
				..Default::default()
			},
			nodes: GenesisConfig {
				addresses: self.addresses,
				min_validators: self.min_validators,
				session_blocks: self.session_blocks,
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
			Nodes::do_try_state().unwrap();
		});
	}
}
