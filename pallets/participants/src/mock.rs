//! A chain with nothing but this pallet.

#![allow(clippy::unwrap_used)]

use crate::{self as pallet_participants, *};
use carbon_primitives::{Digest, GroupId, Moment, RecordKind, RecordSubject, Role, TradingRight};
use carbon_traits::{
	Doer, Happening, InspectDelegation, OnTradingRight, Principal, RecordActivity, TooManyPrincipals,
};
use codec::{Decode, Encode};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	storage::{storage_prefix, unhashed},
	traits::{Contains, Hooks, Time},
	weights::{Weight, WeightMeter},
};
use frame_system::EnsureRoot;
use sp_io::TestExternalities;
use sp_runtime::BuildStorage;
use std::{cell::RefCell, collections::BTreeMap};

pub type AccountId = u64;

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CHARLIE: AccountId = 3;
/// The break-glass key.
pub const KEY: AccountId = 99;

/// What an expelled account may still send, in the place of a withdrawal.
pub const EXIT: &[u8] = b"exit";
/// What lets others act in the sender's name, in the place of the appointment of a proxy.
pub const DELEGATE: &[u8] = b"delegate";

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
	/// Whether asking for the time panics.
	pub static IsStopped: bool = false;
	pub static Lifetime: Moment = 1_000;
	pub static PerBlock: u32 = 200;
	pub const MaxApplications: u32 = 128;
	pub const MaxGroupMembers: u32 = 3;
}

pub struct MockTime;

impl Time for MockTime {
	type Moment = Moment;

	fn now() -> Moment {
		assert!(!IsStopped::get(), "somebody asked for the time");
		Now::get()
	}
}

thread_local! {
	static RIGHTS: RefCell<BTreeMap<AccountId, TradingRight>> = const { RefCell::new(BTreeMap::new()) };
	static GROUPS: RefCell<BTreeMap<AccountId, Option<GroupId>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Keeps a copy of each right to trade and of each group, as the market does.
pub struct Copies;

impl OnTradingRight<AccountId> for Copies {
	fn trading_right_changed(who: &AccountId, right: TradingRight) {
		RIGHTS.with_borrow_mut(|rights| rights.insert(*who, right));
	}

	fn group_changed(who: &AccountId, group: Option<GroupId>) {
		GROUPS.with_borrow_mut(|groups| groups.insert(*who, group));
	}

	fn weight() -> Weight {
		Weight::from_parts(7_000_000, 700)
	}
}

impl Copies {
	/// The latest right that was told about `who`.
	pub fn of(who: AccountId) -> Option<TradingRight> {
		RIGHTS.with_borrow(|rights| rights.get(&who).copied())
	}

	/// The latest group that was told of `who`.
	pub fn group_of(who: AccountId) -> Option<GroupId> {
		GROUPS.with_borrow(|groups| groups.get(&who).copied().flatten())
	}
}

/// An admission as the provenance graph was told of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Told {
	pub owner: Option<AccountId>,
	pub subject: RecordSubject<AccountId>,
	pub digest: Digest,
	pub supersedes: bool,
}

parameter_types! {
	/// What the provenance graph was told, in order.
	pub static Recorded: Vec<Told> = Vec::new();
}

/// Weight of one record of the provenance graph.
pub const RECORD_WEIGHT: Weight = Weight::from_parts(11_000_000, 1_100);

/// The provenance graph: keeps what it is told.
pub struct Graph;

impl RecordActivity<AccountId> for Graph {
	fn record(happening: Happening<AccountId>) {
		assert_eq!(happening.kind, RecordKind::Admission);
		assert_eq!(happening.by, Doer::Regulator);
		assert!(happening.uses.is_empty());
		Recorded::mutate(|told| {
			told.push(Told {
				owner: happening.owner.copied(),
				subject: happening.subject,
				digest: happening.digest,
				supersedes: happening.supersedes,
			})
		});
	}

	fn weight_of_record() -> Weight {
		RECORD_WEIGHT
	}
}

pub struct Key;

impl Contains<AccountId> for Key {
	fn contains(who: &AccountId) -> bool {
		*who == KEY
	}
}

/// The calls of the mock are remarks; their text says what they stand for.
pub fn remark(text: &[u8]) -> RuntimeCall {
	frame_system::Call::remark {
		remark: text.to_vec(),
	}
	.into()
}

/// Stands for a call in the names of others, with whether it is an exit for each of them: a remark with an event.
pub fn for_others(principals: &[(AccountId, bool)]) -> RuntimeCall {
	frame_system::Call::remark_with_event {
		remark: principals.encode(),
	}
	.into()
}

/// A call that lets others act in the name of each of `principals`.
pub fn delegate_for_others(principals: &[(AccountId, bool)]) -> RuntimeCall {
	frame_system::Call::remark_with_event {
		remark: [&principals.encode()[..], DELEGATE].concat(),
	}
	.into()
}

/// A call of the class of the officers' acts.
pub fn act() -> RuntimeCall {
	frame_system::Call::set_heap_pages { pages: 1 }.into()
}

pub struct Exits;

impl Contains<RuntimeCall> for Exits {
	fn contains(call: &RuntimeCall) -> bool {
		*call == remark(EXIT)
	}
}

pub struct Remarks;

impl InspectDelegation<AccountId, RuntimeCall> for Remarks {
	const PRINCIPALS_MAX: u32 = 4;

	fn principals(_: &AccountId, call: &RuntimeCall) -> Result<Vec<Principal<AccountId>>, TooManyPrincipals> {
		let RuntimeCall::System(frame_system::Call::remark_with_event { remark }) = call else {
			return Ok(vec![]);
		};
		let principals = Vec::<(AccountId, bool)>::decode(&mut &remark[..]).unwrap();
		if principals.len() > Self::PRINCIPALS_MAX as usize {
			return Err(TooManyPrincipals);
		}
		Ok(principals
			.into_iter()
			.map(|(account, is_exit)| Principal { account, is_exit })
			.collect())
	}

	fn delegates(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::System(frame_system::Call::remark_with_event { remark }) => {
				remark.ends_with(DELEGATE)
			}
			call => *call == remark(DELEGATE),
		}
	}
}

impl Config for Test {
	type AlwaysAdmitted = Key;
	type ApplicationLifetime = Lifetime;
	type ApplicationsPerBlock = PerBlock;
	type Delegation = Remarks;
	type ExitCalls = Exits;
	type MaxApplications = MaxApplications;
	type MaxGroupMembers = MaxGroupMembers;
	type OnTradingRight = Copies;
	type Provenance = Graph;
	type RegulatorOrigin = EnsureRoot<AccountId>;
	type Time = MockTime;
	type WeightInfo = ();
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

/// A list of roles to apply for.
pub fn wanted(roles: &[Role]) -> RoleList {
	roles.to_vec().try_into().unwrap()
}

/// Let `who` apply as a trader with the documents `digest(1)`.
pub fn apply(who: AccountId) {
	assert_ok!(Participants::apply(
		RuntimeOrigin::signed(who),
		digest(1),
		wanted(&[Role::Trader])
	));
}

/// Create a group and return its number.
pub fn create_group() -> GroupId {
	let next = GroupId(crate::Groups::<Test>::count());
	assert_ok!(Participants::create_group(RuntimeOrigin::root(), digest(7)));
	next
}

/// Put `who` into `group`.
pub fn join(who: AccountId, group: GroupId) {
	assert_ok!(Participants::confirm_group(
		RuntimeOrigin::root(),
		who,
		Some(group)
	));
}

/// Pretend that the counted map with the counter `name` has `count` entries.
pub fn set_count(name: &str, count: u32) {
	let key = storage_prefix(b"Participants", name.as_bytes());
	unhashed::put(&key, &count);
}

/// Do the work of a block's beginning with at most `limit`.
pub fn poll_within(limit: Weight) {
	let mut meter = WeightMeter::with_limit(limit);
	Participants::on_poll(System::block_number(), &mut meter);
}

/// Do the work of a block's beginning.
pub fn poll() {
	poll_within(Weight::MAX);
}

/// Whether the account exists.
pub fn exists(who: AccountId) -> bool {
	frame_system::Account::<Test>::contains_key(who)
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
		Lifetime::set(1_000);
		PerBlock::set(200);
		RIGHTS.with_borrow_mut(BTreeMap::clear);
		Recorded::set(Vec::new());
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
