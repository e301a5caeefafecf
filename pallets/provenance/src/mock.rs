//! A chain with this pallet, participants and a clock that tests set as they like.

#![allow(clippy::unwrap_used)]

use crate::{self as pallet_provenance, *};
use carbon_primitives::{AssetId, Digest, Moment, RecordKind, RecordSubject, Role, Service, TradingRight};
use carbon_traits::{Doer, EnsureParticipant, Happening, Matched, OnMatched, RecordActivity};
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, OnPoll, Time},
	weights::WeightMeter,
};
use sp_core::{ecdsa, ed25519, sr25519, Pair as _};
use sp_io::TestExternalities;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	traits::IdentityLookup, BuildStorage, DispatchError, DispatchResult, MultiSignature, MultiSigner,
};
use std::collections::BTreeSet;

pub use carbon_primitives::AccountId;
pub type Block = frame_system::mocking::MockBlock<Test>;

/// Two participants, and one whom nobody has admitted.
pub const ALICE: AccountId = AccountId::new([1; 32]);
pub const BOB: AccountId = AccountId::new([2; 32]);
pub const CAROL: AccountId = AccountId::new([3; 32]);
pub const STRANGER: AccountId = AccountId::new([9; 32]);
/// The regulator and the chain's software.
pub const REGULATOR: AccountId = AccountId::new([100; 32]);
pub const SOFTWARE: AccountId = AccountId::new([101; 32]);

pub const ASSET: AssetId = 2021;
/// When the mock chain starts, in milliseconds since the Unix epoch.
pub const START: Moment = 1_700_000_000_000;
pub const BLOCK_MS: Moment = 2_000;

pub const NOT_ADMITTED: DispatchError = DispatchError::Other("not admitted");

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
	#[runtime::pallet_index(50)]
	pub type Provenance = pallet_provenance::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId;
	type Block = Block;
	type Lookup = IdentityLookup<AccountId>;
}

parameter_types! {
	pub static Now: Moment = START;
	/// Who is admitted.
	pub static Admitted: BTreeSet<AccountId> = BTreeSet::new();
	/// The kinds that are recorded, as bits.
	pub static Recorded: u32 = u32::MAX;
	pub const Authority: AccountId = REGULATOR;
	pub const Chain: AccountId = SOFTWARE;
}

pub struct MockTime;

impl Time for MockTime {
	type Moment = Moment;

	fn now() -> Moment {
		Now::get()
	}
}

pub struct MockParticipants;

impl EnsureParticipant<AccountId> for MockParticipants {
	fn ensure_admitted(who: &AccountId) -> DispatchResult {
		Admitted::get().contains(who).then_some(()).ok_or(NOT_ADMITTED)
	}
	fn ensure_role(_: &AccountId, _: Role) -> DispatchResult {
		unreachable!("whoever is admitted may record")
	}
	fn ensure_may_trade(_: &AccountId) -> Result<TradingRight, DispatchError> {
		unreachable!("whoever is admitted may record")
	}
	fn ensure_service(_: &AccountId, _: Service) -> DispatchResult {
		unreachable!("whoever is admitted may record")
	}
	fn ensure_known(_: &AccountId) -> DispatchResult {
		unreachable!("whoever is admitted may record")
	}
	fn ensure_may_exit(_: &AccountId) -> DispatchResult {
		unreachable!("nothing is taken out")
	}
	fn ensure_may_be_paid(_: &AccountId) -> DispatchResult {
		unreachable!("nothing is paid")
	}
}

pub struct Helper;

impl ProvenanceBenchmarkHelper<AccountId> for Helper {
	fn admit(who: &AccountId) {
		Admitted::mutate(|admitted| admitted.insert(who.clone()));
	}

	fn set_time(now: Moment) {
		Now::set(now);
	}
}

impl Config for Test {
	type Authority = Authority;
	type BenchmarkHelper = Helper;
	type Chain = Chain;
	type MaxMarkets = ConstU32<40>;
	type Participants = MockParticipants;
	type Recorded = Recorded;
	type Time = MockTime;
	type WeightInfo = ();
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// The `n`-th digest.
pub fn digest(n: u64) -> Digest {
	Digest::from_low_u64_be(n)
}

/// Contents with the `n`-th digest.
pub fn content(n: u64) -> Content {
	Content {
		algorithm: DigestAlgorithm::Sha256,
		digest: digest(n),
		is_ciphertext: true,
		media_type: text("application/pdf"),
		size: 1_234,
		locator: text("https://example.org/documents"),
	}
}

pub fn text<const N: u32>(text: &str) -> Text<N> {
	text.as_bytes().to_vec().try_into().unwrap()
}

/// Data with the `n`-th digest, derived from `sources`.
pub fn data(n: u64, sources: &[Source]) -> DataInput<AccountId> {
	DataInput {
		kind: DataKind::Measurement,
		period: None,
		content: content(n),
		protection: None,
		origin: DataOrigin {
			primary_source: None,
			device: None,
		},
		derived_from: sources.to_vec().try_into().unwrap(),
	}
}

/// An activity of `entity` at this moment.
pub fn activity(
	entity: AccountId,
	used: &[DataId],
	generated: &[DataInput<AccountId>],
) -> ActivityInput<AccountId> {
	ActivityInput {
		entity,
		kind: ActivityKind::Aggregate,
		started_at: Now::get(),
		ended_at: Now::get(),
		space: Space::default(),
		condition: Condition::default(),
		used: used.to_vec().try_into().unwrap(),
		generated: generated.to_vec().try_into().unwrap(),
	}
}

/// A description that says as little as it may.
pub fn description(kind: EntityKind, on_behalf_of: Option<AccountId>) -> EntityDescription<AccountId> {
	EntityDescription {
		kind,
		organisation: None,
		role: text("meter"),
		attributes: None,
		on_behalf_of,
	}
}

/// A key of an execution entity.
#[allow(clippy::large_enum_variant)]
pub enum Key {
	Sr25519(sr25519::Pair),
	Ed25519(ed25519::Pair),
	Ecdsa(ecdsa::Pair),
}

impl Key {
	pub fn sr25519(seed: u8) -> Self {
		Self::Sr25519(sr25519::Pair::from_seed(&[seed; 32]))
	}

	pub fn ed25519(seed: u8) -> Self {
		Self::Ed25519(ed25519::Pair::from_seed(&[seed; 32]))
	}

	pub fn ecdsa(seed: u8) -> Self {
		Self::Ecdsa(ecdsa::Pair::from_seed(&[seed; 32]))
	}

	pub fn account(&self) -> AccountId {
		use sp_runtime::traits::IdentifyAccount;
		match self {
			Self::Sr25519(pair) => MultiSigner::from(pair.public()),
			Self::Ed25519(pair) => MultiSigner::from(pair.public()),
			Self::Ecdsa(pair) => MultiSigner::from(pair.public()),
		}
		.into_account()
	}

	pub fn sign(&self, message: &[u8]) -> MultiSignature {
		match self {
			Self::Sr25519(pair) => pair.sign(message).into(),
			Self::Ed25519(pair) => pair.sign(message).into(),
			Self::Ecdsa(pair) => pair.sign(message).into(),
		}
	}

	/// Sign a description that `caller` hands in.
	pub fn describe(
		&self,
		caller: &AccountId,
		description: &EntityDescription<AccountId>,
		sequence: u64,
	) -> Proof {
		let entity = self.account();
		let statement = Statement::Description {
			caller,
			entity: &entity,
			description,
			sequence,
		};
		Proof {
			sequence,
			signature: self.sign(&statement.message(genesis().as_ref())),
		}
	}

	/// Sign an activity that `caller` hands in.
	pub fn state(&self, caller: &AccountId, activity: &ActivityInput<AccountId>, sequence: u64) -> Proof {
		let statement = Statement::Activity {
			caller,
			activity,
			sequence,
		};
		Proof {
			sequence,
			signature: self.sign(&statement.message(genesis().as_ref())),
		}
	}
}

pub fn genesis() -> Digest {
	System::block_hash(0)
}

/// Register a device of `owner` and return its key.
pub fn device(owner: AccountId, seed: u8) -> Key {
	let key = Key::ed25519(seed);
	let description = description(EntityKind::Device, Some(owner.clone()));
	let proof = key.describe(&owner, &description, 1);
	frame_support::assert_ok!(Provenance::register_entity(
		signed(owner),
		key.account(),
		description,
		Some(proof)
	));
	key
}

/// Anchor a document of `who` with the `n`-th digest.
pub fn anchored(who: AccountId, n: u64) -> DataId {
	let id = DataId(Head::<Test>::get().data);
	frame_support::assert_ok!(Provenance::anchor(
		signed(who),
		DataKind::Document,
		content(n),
		None,
		None
	));
	id
}

/// Record an activity of `who` and return the first item of data that it generates.
pub fn recorded(who: AccountId, used: &[DataId], generated: &[DataInput<AccountId>]) -> DataId {
	let id = DataId(Head::<Test>::get().data);
	let input = activity(who.clone(), used, generated);
	frame_support::assert_ok!(Provenance::record(signed(who), input, None));
	id
}

/// Something that happens by itself: a cancellation of Alice.
pub fn happening(n: u64) -> Happening<'static, AccountId> {
	Happening {
		kind: RecordKind::Cancellation,
		by: Doer::Account(&ALICE),
		owner: None,
		subject: RecordSubject::Cancellation(n),
		digest: digest(n),
		uses: &[],
		supersedes: false,
	}
}

/// Let `happening` be recorded, and return its data.
pub fn happens(happening: Happening<AccountId>) -> DataId {
	let id = DataId(Head::<Test>::get().data);
	<Provenance as RecordActivity<_>>::record(happening);
	id
}

/// Orders of the market of `asset` trade.
pub fn trades(asset: AssetId, n: u64) {
	<Provenance as OnMatched<_>>::matched(&Matched {
		asset,
		pairs: &[(ALICE, BOB)],
		digest: digest(n),
		fills: 2,
		tonnes: 30,
	});
}

/// The next block comes and does what it does by itself as far as `meter` reaches.
pub fn next_block_with(meter: &mut WeightMeter) {
	System::set_block_number(System::block_number() + 1);
	System::reset_events();
	Now::set(Now::get() + BLOCK_MS);
	<Provenance as OnPoll<_>>::on_poll(System::block_number(), meter);
}

pub fn next_block() {
	next_block_with(&mut WeightMeter::new());
}

/// What the pallet told in this block.
pub fn told() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Provenance(event) => Some(event),
			_ => None,
		})
		.collect()
}

pub fn data_of(id: DataId) -> DataRecordOf<Test> {
	Data::<Test>::get(id).unwrap()
}

pub fn activity_of(id: ActivityId) -> ActivityRecordOf<Test> {
	Activities::<Test>::get(id).unwrap()
}

pub fn entity_of(who: &AccountId) -> ExecutionEntityOf<Test> {
	Entities::<Test>::get(who).unwrap()
}

/// The chain that a test starts with: Alice, Bob and Carol are admitted, and nothing is recorded.
pub fn new_test_ext() -> TestExternalities {
	Now::set(START);
	Admitted::set(BTreeSet::from([ALICE, BOB, CAROL]));
	Recorded::set(u32::MAX);
	let storage = RuntimeGenesisConfig::default().build_storage().unwrap();
	let mut ext = TestExternalities::new(storage);
	ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	// Events of block 0 are dropped.
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Run `test` on the chain, then check what always holds.
pub fn execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Provenance::do_try_state().unwrap();
	});
}
