//! A chain with this pallet, the sudo pallet whose calls it records, and something to decide on.

#![allow(clippy::unwrap_used)]

use crate::{self as pallet_regulator, *};
use carbon_primitives::{
	AssetId, Digest, HaltScope, Moment, RecordKind, RecordSubject, Role, Service, TradingRight,
};
use carbon_traits::{ApplyHalt, EnsureParticipant, Happening, RecordActivity};
use codec::Encode;
use frame_support::{
	assert_ok, derive_impl,
	pallet_prelude::ValueQuery,
	parameter_types, storage_alias,
	traits::{ConstU32, Contains, EnsureOrigin, OnPoll, Time},
	weights::{Weight, WeightMeter},
	Blake2_128Concat,
};
use sp_io::TestExternalities;
use sp_runtime::{BuildStorage, DispatchError, DispatchResult};

pub type AccountId = u64;
pub type Block = frame_system::mocking::MockBlock<Test>;
pub type Supervisors = crate::Supervisors<Test>;

/// Officers of each level, two of the higher ones.
pub const CLERK: AccountId = 1;
pub const OFFICER: AccountId = 2;
pub const OFFICER_2: AccountId = 3;
pub const SUPERVISOR: AccountId = 4;
pub const SUPERVISOR_2: AccountId = 5;
/// An insider that is no officer.
pub const INSIDER: AccountId = 6;
/// Holds the break-glass key.
pub const KEY_HOLDER: AccountId = 7;
/// Somebody whose business is not the regulator's.
pub const STRANGER: AccountId = 99;

/// When the mock chain starts, in milliseconds since the Unix epoch.
pub const GENESIS_TIME: Moment = 1_000_000;
/// How long a proposal can be approved.
pub const LIFETIME: Moment = 1_000;
/// The longest halt.
pub const HALT_MAX: Moment = 10_000;
/// An asset that can be halted.
pub const ASSET: AssetId = 2021;
/// An asset that nobody knows.
pub const UNKNOWN: AssetId = 404;

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
	#[runtime::pallet_index(1)]
	pub type Utility = pallet_utility::Pallet<Test>;
	#[runtime::pallet_index(2)]
	pub type Sudo = pallet_sudo::Pallet<Test>;
	#[runtime::pallet_index(3)]
	pub type Deeds = deeds::Pallet<Test>;
	#[runtime::pallet_index(44)]
	pub type Regulator = pallet_regulator::Pallet<Test>;
}

/// What the officers of the tests decide on: it notes who did what.
#[frame_support::pallet(dev_mode)]
pub mod deeds {
	use super::{Act, EnsureAct, EnsureOrigin};
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;

	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = u64> + crate::Config {}

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// As whom a deed was done.
	#[derive(Clone, Debug, Decode, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
	pub enum Doer {
		Root,
		Signed(u64),
		Act {
			by: u64,
			second: Option<u64>,
			level: crate::Level,
		},
	}

	#[pallet::storage]
	#[pallet::unbounded]
	pub type Done<T: Config> = StorageValue<_, Vec<(u32, Doer)>, ValueQuery>;

	#[pallet::error]
	pub enum Error<T> {
		Failed,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// A clerk may.
		pub fn clerk(origin: OriginFor<T>, n: u32) -> DispatchResult {
			Self::note(origin, n)
		}
		/// A supervisor may.
		pub fn supervisor(origin: OriginFor<T>, n: u32) -> DispatchResult {
			Self::note(origin, n)
		}
		/// Two officers may.
		pub fn two_officers(origin: OriginFor<T>, n: u32) -> DispatchResult {
			Self::note(origin, n)
		}
		/// Two supervisors may.
		pub fn two_supervisors(origin: OriginFor<T>, n: u32) -> DispatchResult {
			Self::note(origin, n)
		}
		/// A clerk may, as root.
		pub fn rooted(origin: OriginFor<T>, n: u32) -> DispatchResult {
			Self::note(origin, n)
		}
		/// Notes what it does and fails, whoever may do it.
		pub fn failing(origin: OriginFor<T>, n: u32) -> DispatchResult {
			Self::note(origin, n)?;
			Err(Error::<T>::Failed.into())
		}
		/// The call filter does not let it pass.
		pub fn closed(origin: OriginFor<T>, n: u32) -> DispatchResult {
			Self::note(origin, n)
		}
		/// A clerk may; as long as it likes, and it uses less weight than it says.
		#[pallet::weight(Weight::from_parts(1_000, 10))]
		pub fn long(origin: OriginFor<T>, text: Vec<u8>) -> DispatchResultWithPostInfo {
			Self::note(origin, text.len() as u32)?;
			Ok(Some(Weight::from_parts(400, 4)).into())
		}
	}

	impl<T: Config> Pallet<T> {
		fn note(origin: OriginFor<T>, n: u32) -> DispatchResult {
			let doer = match EnsureAct::<T>::try_origin(origin) {
				Ok(Act { by, second, level }) => Doer::Act { by, second, level },
				Err(origin) => match ensure_signed_or_root(origin)? {
					Some(account) => Doer::Signed(account),
					None => Doer::Root,
				},
			};
			Done::<T>::append((n, doer));
			Ok(())
		}
	}
}

pub use deeds::Doer;
pub type DeedsError = deeds::Error<Test>;

/// Refuses what accounts must not call; root passes by.
pub struct NotClosed;

impl Contains<RuntimeCall> for NotClosed {
	fn contains(call: &RuntimeCall) -> bool {
		!matches!(call, RuntimeCall::Deeds(deeds::Call::closed { .. }))
	}
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type BaseCallFilter = NotClosed;
	type Block = Block;
}

impl pallet_utility::Config for Test {
	type PalletsOrigin = OriginCaller;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
}

impl pallet_sudo::Config for Test {
	type RuntimeCall = Recorded<Test>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
}

impl deeds::Config for Test {}

parameter_types! {
	/// The chain's time, which a test sets as it likes.
	pub static Now: Moment = GENESIS_TIME;
	/// Insiders that are insiders no more.
	pub static Expelled: Vec<AccountId> = Vec::new();
	/// What every act takes from now on instead of what the table says; `Some(None)` empties the table.
	pub static Rewritten: Option<Option<Requirement>> = None;
	/// Whether what is halted is gone.
	pub static Gone: bool = false;
	/// Whether the list of what is forbidden has forgotten a way to act in another's name.
	pub static Overlooked: bool = false;
	pub static LongestHalt: Moment = HALT_MAX;
	pub static TimeToApprove: Moment = LIFETIME;
}

pub struct MockTime;

impl Time for MockTime {
	type Moment = Moment;

	fn now() -> Moment {
		Now::get()
	}
}

/// Everybody but the stranger is an insider until expelled.
pub struct Insiders;

pub const NO_INSIDER: DispatchError = DispatchError::Other("no insider");

impl EnsureParticipant<AccountId> for Insiders {
	fn ensure_role(who: &AccountId, role: Role) -> DispatchResult {
		let fit = role == Role::Insider && *who != STRANGER && !Expelled::get().contains(who);
		fit.then_some(()).ok_or(NO_INSIDER)
	}
	fn ensure_may_trade(_: &AccountId) -> Result<TradingRight, DispatchError> {
		Err(NO_INSIDER)
	}
	fn ensure_admitted(_: &AccountId) -> DispatchResult {
		Err(NO_INSIDER)
	}
	fn ensure_service(_: &AccountId, _: Service) -> DispatchResult {
		Err(NO_INSIDER)
	}
	fn ensure_known(_: &AccountId) -> DispatchResult {
		Err(NO_INSIDER)
	}
	fn ensure_may_exit(_: &AccountId) -> DispatchResult {
		Err(NO_INSIDER)
	}
	fn ensure_may_be_paid(_: &AccountId) -> DispatchResult {
		Err(NO_INSIDER)
	}
}

/// The table of acts of the tests.
pub struct Table;

impl ClassifyAct<RuntimeCall, AccountId> for Table {
	fn classify(call: &RuntimeCall) -> Option<ActClass<AccountId>> {
		use deeds::Call as Deed;
		let (requirement, subject) = match call {
			RuntimeCall::Deeds(deed) => match deed {
				Deed::clerk { n } => (Requirement::one(Level::Clerk), Subject::Asset(*n)),
				Deed::supervisor { n } => (Requirement::one(Level::Supervisor), Subject::Asset(*n)),
				Deed::two_officers { n } => (Requirement::two(Level::Officer), Subject::Asset(*n)),
				Deed::two_supervisors { n } => (Requirement::two(Level::Supervisor), Subject::Asset(*n)),
				Deed::rooted { .. } => (Requirement::one(Level::Clerk).as_root(), Subject::Chain),
				Deed::failing { .. } | Deed::long { .. } => (Requirement::one(Level::Clerk), Subject::Chain),
				_ => return None,
			},
			RuntimeCall::Regulator(Call::appoint { account, level }) => {
				let requirement = match level {
					Level::Supervisor => Requirement::two(Level::Supervisor),
					_ => Requirement::one(Level::Supervisor),
				};
				(requirement, Subject::Officer(*account))
			}
			RuntimeCall::Regulator(Call::halt { .. } | Call::resume { .. }) => {
				(Requirement::one(Level::Officer), Subject::Chain)
			}
			_ => return None,
		};
		let requirement = Rewritten::get().unwrap_or(Some(requirement))?;
		Some(ActClass { requirement, subject })
	}
}

/// What the pallets that obey halts have been told.
#[storage_alias]
pub type Applied = StorageMap<Prefix, Blake2_128Concat, HaltScope<AccountId>, Moment>;

pub const NOTHING_THERE: DispatchError = DispatchError::CannotLookup;

pub struct Obedient;

impl ApplyHalt<AccountId> for Obedient {
	fn apply_halt(scope: &HaltScope<AccountId>, until: Option<Moment>) -> DispatchResult {
		if Gone::get() || *scope == HaltScope::Market(UNKNOWN) {
			return Err(NOTHING_THERE);
		}
		Applied::set(scope, until);
		Ok(())
	}

	fn weight(scope: &HaltScope<AccountId>) -> Weight {
		match scope {
			HaltScope::AllTrading => Weight::from_parts(70_000, 700),
			_ => Weight::from_parts(1_000, 10),
		}
	}
}

/// What the provenance graph was told: who did it, the number of the record, and the hash of the call. Kept in storage, so that it is
/// rolled back as everything else.
#[storage_alias]
pub type Told = StorageValue<Prefix, Vec<(AccountId, u64, Digest)>, ValueQuery>;

/// Weight of one record of the provenance graph.
pub const RECORD_WEIGHT: Weight = Weight::from_parts(50_000, 500);

pub struct Graph;

impl RecordActivity<AccountId> for Graph {
	fn record(happening: Happening<AccountId>) {
		assert_eq!(happening.kind, RecordKind::Act);
		assert_eq!(happening.owner, None);
		assert!(happening.uses.is_empty() && !happening.supersedes);
		let (carbon_traits::Doer::Account(by), RecordSubject::Act(record)) =
			(happening.by, happening.subject)
		else {
			panic!("an act is an officer's");
		};
		Told::append((*by, record, happening.digest));
	}

	fn weight_of_record() -> Weight {
		RECORD_WEIGHT
	}
}

/// What would go past the trail: raw writes to storage, and acting in another's name.
pub struct PastTheTrail;

impl Contains<RuntimeCall> for PastTheTrail {
	fn contains(call: &RuntimeCall) -> bool {
		use frame_system::Call as System;
		match call {
			RuntimeCall::System(
				System::set_storage { .. } | System::kill_storage { .. } | System::kill_prefix { .. },
			) => true,
			RuntimeCall::Utility(pallet_utility::Call::dispatch_as { .. }) => !Overlooked::get(),
			RuntimeCall::Utility(pallet_utility::Call::batch_all { calls }) => {
				calls.iter().any(Self::contains)
			}
			RuntimeCall::Sudo(pallet_sudo::Call::sudo { call }) => Self::contains(&call.0),
			_ => false,
		}
	}
}

/// Who holds the sudo key.
pub struct SudoKey;

impl frame_support::traits::Get<Option<AccountId>> for SudoKey {
	fn get() -> Option<AccountId> {
		pallet_sudo::Key::<Test>::get()
	}
}

impl Config for Test {
	type Acts = Table;
	type BenchmarkHelper = Helper;
	type BreakGlassKey = SudoKey;
	type Forbidden = PastTheTrail;
	type HaltMax = LongestHalt;
	type MaxCallLength = ConstU32<256>;
	type MaxHalts = ConstU32<12>;
	type MaxOfficers = ConstU32<8>;
	type MaxProposals = ConstU32<4>;
	type MaxProposalsPerOfficer = ConstU32<2>;
	type MinSupervisors = ConstU32<2>;
	type OnHalt = Obedient;
	type Participants = Insiders;
	type ProposalLifetime = TimeToApprove;
	type Provenance = Graph;
	type Time = MockTime;
	type WeightInfo = ();
}

pub struct Helper;

impl RegulatorBenchmarkHelper<AccountId, RuntimeCall> for Helper {
	fn admit_insider(_: &AccountId) {}

	fn act(bytes: u32) -> RuntimeCall {
		// The pallet, the call and the length of the text come on top of the text.
		long((bytes as usize).saturating_sub(4))
	}

	fn hand_break_glass_key(who: &AccountId) {
		pallet_sudo::Key::<Test>::put(who);
	}
}

pub fn digest(byte: u8) -> Digest {
	Digest::repeat_byte(byte)
}

/// The legal basis of the tests' acts.
pub fn basis() -> Basis {
	b"Art. 22".to_vec().try_into().unwrap()
}

/// The reason of the tests' acts.
pub fn reason() -> Digest {
	digest(1)
}

/// The hash of a call as a wallet shows it.
pub fn hash(call: &RuntimeCall) -> Digest {
	Digest::from(sp_io::hashing::blake2_256(&call.encode()))
}

pub fn clerk(n: u32) -> RuntimeCall {
	deeds::Call::clerk { n }.into()
}

pub fn supervisor(n: u32) -> RuntimeCall {
	deeds::Call::supervisor { n }.into()
}

pub fn two_officers(n: u32) -> RuntimeCall {
	deeds::Call::two_officers { n }.into()
}

pub fn two_supervisors(n: u32) -> RuntimeCall {
	deeds::Call::two_supervisors { n }.into()
}

pub fn rooted(n: u32) -> RuntimeCall {
	deeds::Call::rooted { n }.into()
}

pub fn failing(n: u32) -> RuntimeCall {
	deeds::Call::failing { n }.into()
}

pub fn closed(n: u32) -> RuntimeCall {
	deeds::Call::closed { n }.into()
}

pub fn long(bytes: usize) -> RuntimeCall {
	deeds::Call::long {
		text: vec![b'x'; bytes],
	}
	.into()
}

/// What has been done, in order.
pub fn done() -> Vec<(u32, Doer)> {
	deeds::Done::<Test>::get()
}

/// The records of the trail, in order.
pub fn trail() -> Vec<ActRecordOf<Test>> {
	(0..NextRecord::<Test>::get().0)
		.map(|number| Records::<Test>::get(RecordId(number)).unwrap())
		.collect()
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn act(who: AccountId, call: RuntimeCall) {
	assert_ok!(Regulator::act(signed(who), basis(), reason(), Box::new(call)));
}

/// Propose `call` and return the number of the proposal.
pub fn propose(who: AccountId, call: RuntimeCall) -> ProposalId {
	let id = NextProposal::<Test>::get();
	assert_ok!(Regulator::propose(signed(who), basis(), reason(), Box::new(call)));
	id
}

/// Approve `id`, whatever it is and weighs.
pub fn approve(who: AccountId, id: ProposalId) {
	let call_hash = Proposals::<Test>::get(id).unwrap().call_hash;
	assert_ok!(Regulator::approve(signed(who), id, call_hash, Weight::MAX));
}

/// What the pallet does in each block, with the weight that `meter` leaves it.
pub fn poll(meter: &mut WeightMeter) {
	<Regulator as OnPoll<_>>::on_poll(System::block_number(), meter);
}

/// The next block comes, `time` later.
pub fn wait(time: Moment) {
	System::set_block_number(System::block_number() + 1);
	Now::mutate(|now| *now += time);
}

/// Builds the chain that a test starts with.
pub struct ExtBuilder {
	officers: Vec<(AccountId, Level)>,
}

impl Default for ExtBuilder {
	/// A clerk, two officers, two supervisors.
	fn default() -> Self {
		Self {
			officers: vec![
				(CLERK, Level::Clerk),
				(OFFICER, Level::Officer),
				(OFFICER_2, Level::Officer),
				(SUPERVISOR, Level::Supervisor),
				(SUPERVISOR_2, Level::Supervisor),
			],
		}
	}
}

impl ExtBuilder {
	/// Start with these officers instead.
	#[must_use]
	pub fn with_officers(mut self, officers: &[(AccountId, Level)]) -> Self {
		self.officers = officers.to_vec();
		self
	}

	/// The chain at its first block.
	pub fn build(self) -> TestExternalities {
		Now::set(GENESIS_TIME);
		Expelled::set(Vec::new());
		Rewritten::set(None);
		Gone::set(false);
		Overlooked::set(false);
		LongestHalt::set(HALT_MAX);
		TimeToApprove::set(LIFETIME);
		let genesis = RuntimeGenesisConfig {
			regulator: GenesisConfig {
				officers: self.officers,
			},
			sudo: pallet_sudo::GenesisConfig {
				key: Some(KEY_HOLDER),
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
			Regulator::do_try_state().unwrap();
		});
	}
}
