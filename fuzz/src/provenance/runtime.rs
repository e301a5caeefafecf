//! A chain with the pallet `provenance` alone. Who is admitted, what time it is and what is recorded by itself are tables. Everybody has
//! a key and signs.

use carbon_primitives::{Digest, Moment, RecordKind, Role, Service, TradingRight};
use carbon_traits::EnsureParticipant;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, Time},
};
use sp_core::{ecdsa, ed25519, sr25519, Pair};
use sp_io::TestExternalities;
use sp_runtime::{
	traits::{IdentifyAccount, IdentityLookup},
	BuildStorage, DispatchError, DispatchResult, MultiSignature, MultiSigner,
};
use std::{collections::BTreeSet, sync::OnceLock};

pub use carbon_primitives::AccountId;

/// An account, by its place among all of them.
pub type Who = u8;

/// How many accounts there are: more than the longest chain of those who act for each other has.
pub const ACCOUNTS: Who = 12;
/// The first ones are admitted when a walk begins.
pub const ADMITTED_FIRST: Who = 4;
/// Most markets whose trades wait, fewer than there are.
pub const MARKETS_MAX: u32 = 3;
/// The index of the pallet, which the tool of an activity names.
pub const PALLET: u8 = 50;

/// What the chain is told where somebody is not admitted.
pub const NOT_ADMITTED: DispatchError = DispatchError::Other("NotAdmitted");

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
	pub struct Chain;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(50)]
	pub type Provenance = pallet_provenance;
}

parameter_types! {
	pub const Authority: AccountId = AccountId::new([100; 32]);
	pub const Software: AccountId = AccountId::new([101; 32]);
	/// What the clock shows.
	pub static Now: Moment = 0;
	/// Who is admitted.
	pub static Admitted: BTreeSet<AccountId> = BTreeSet::new();
	/// The kinds that are recorded, as bits.
	pub static Recorded: u32 = u32::MAX;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Chain {
	type AccountId = AccountId;
	type Block = frame_system::mocking::MockBlock<Chain>;
	type Lookup = IdentityLookup<AccountId>;
}

impl pallet_provenance::Config for Chain {
	type Authority = Authority;
	type Chain = Software;
	type MaxMarkets = ConstU32<MARKETS_MAX>;
	type Participants = Tables;
	type Recorded = Recorded;
	type Time = Tables;
	type WeightInfo = ();
}

/// All that the pallet asks of others.
pub struct Tables;

impl EnsureParticipant<AccountId> for Tables {
	fn ensure_admitted(who: &AccountId) -> DispatchResult {
		Admitted::get().contains(who).then_some(()).ok_or(NOT_ADMITTED)
	}

	fn ensure_role(_: &AccountId, _: Role) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn ensure_may_trade(_: &AccountId) -> Result<TradingRight, DispatchError> {
		Err(DispatchError::Unavailable)
	}

	fn ensure_service(_: &AccountId, _: Service) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn ensure_known(_: &AccountId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn ensure_may_exit(_: &AccountId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn ensure_may_be_paid(_: &AccountId) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
}

impl Time for Tables {
	type Moment = Moment;

	fn now() -> Moment {
		Now::get()
	}
}

/// Whether happenings of this kind are recorded.
pub fn is_recorded(kind: RecordKind) -> bool {
	Recorded::get() & kind.bit() != 0
}

/// Hash of the first block of this chain.
pub fn genesis() -> Digest {
	Digest::repeat_byte(42)
}

/// An empty chain at the moment `now`.
pub fn new_chain(now: Moment) -> TestExternalities {
	Now::set(now);
	Recorded::set(u32::MAX);
	Admitted::set((0..ADMITTED_FIRST).map(account).collect());
	let storage = frame_system::GenesisConfig::<Chain>::default().build_storage();
	let mut chain = TestExternalities::new(storage.unwrap_or_default());
	chain.execute_with(|| {
		System::set_block_number(1);
		frame_system::BlockHash::<Chain>::insert(0, genesis());
	});
	chain
}

/// A key, of each kind that there is.
enum Key {
	Sr25519(Box<sr25519::Pair>),
	Ed25519(ed25519::Pair),
	Ecdsa(ecdsa::Pair),
}

impl Key {
	fn new(who: Who) -> Self {
		let seed = [who + 1; 32];
		match who % 3 {
			0 => Self::Ed25519(ed25519::Pair::from_seed(&seed)),
			1 => Self::Ecdsa(ecdsa::Pair::from_seed(&seed)),
			_ => Self::Sr25519(Box::new(sr25519::Pair::from_seed(&seed))),
		}
	}

	fn account(&self) -> AccountId {
		match self {
			Self::Sr25519(pair) => MultiSigner::from(pair.public()),
			Self::Ed25519(pair) => MultiSigner::from(pair.public()),
			Self::Ecdsa(pair) => MultiSigner::from(pair.public()),
		}
		.into_account()
	}
}

/// All keys with their accounts. They are made once, because that takes long.
fn keys() -> &'static [(Key, AccountId)] {
	static KEYS: OnceLock<Vec<(Key, AccountId)>> = OnceLock::new();
	KEYS.get_or_init(|| {
		let keys = (0..ACCOUNTS).map(Key::new);
		keys.map(|key| {
			let account = key.account();
			(key, account)
		})
		.collect()
	})
}

/// The account at a place, modulo how many there are.
pub fn account(who: Who) -> AccountId {
	keys()[usize::from(who % ACCOUNTS)].1.clone()
}

/// The place of an account; none of those that have no key.
pub fn place_of(account: &AccountId) -> Option<Who> {
	let place = keys().iter().position(|(_, other)| other == account);
	place.and_then(|place| Who::try_from(place).ok())
}

/// Sign `message` with the key at a place.
pub fn sign(who: Who, message: &[u8]) -> MultiSignature {
	match &keys()[usize::from(who % ACCOUNTS)].0 {
		Key::Sr25519(pair) => pair.sign(message).into(),
		Key::Ed25519(pair) => pair.sign(message).into(),
		Key::Ecdsa(pair) => pair.sign(message).into(),
	}
}
