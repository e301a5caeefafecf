//! What officers, acts, proposals, halts and records consist of.

use carbon_primitives::{AssetId, Digest, HaltScope, Moment};
use codec::{CompactAs, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::marker::PhantomData;
use frame_support::{
	traits::{ConstU32, Get},
	weights::Weight,
	BoundedVec,
};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::DispatchError;

/// The legal basis of an act, such as `Interim Measures Art. 22`. At most 64 bytes of UTF-8; the document that states the
/// reasons in full stays with the regulator, and its digest goes with the basis.
pub type Basis = BoundedVec<u8, ConstU32<64>>;

/// Pallet and name of a call, as wallets show them: `participants.suspend`. Cut off after 64 bytes.
pub type Description = BoundedVec<u8, ConstU32<64>>;

/// Which parameter an act is about: its name, or its encoded key.
pub type ParameterName = BoundedVec<u8, ConstU32<32>>;

/// What an officer may decide. Each level includes the ones below it.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Deserialize,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	Serialize,
	TypeInfo,
)]
pub enum Level {
	/// Routine: what follows from rules and leaves no choice.
	#[codec(index = 0)]
	Clerk,
	/// Decisions about single participants, reports and markets.
	#[codec(index = 1)]
	Officer,
	/// Rules, limits, other officers, and what cannot be taken back.
	#[codec(index = 2)]
	Supervisor,
}

impl Level {
	/// Every level, in the order of its code.
	pub const ALL: [Self; 3] = [Self::Clerk, Self::Officer, Self::Supervisor];
}

/// How many officers an act takes.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub enum Officers {
	/// One is enough. Two may always be asked for.
	#[codec(index = 0)]
	One,
	/// Two different ones.
	#[codec(index = 1)]
	Two,
}

/// As whom an act is dispatched.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub enum DispatchAs {
	/// As the regulator's act, with the names of the officers: for calls that know the regulator.
	#[codec(index = 0)]
	Act,
	/// As root: for calls of the SDK's pallets, which know nobody else.
	#[codec(index = 1)]
	Root,
}

/// What an act takes.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Requirement {
	/// How many officers.
	pub officers: Officers,
	/// The level that each of them needs at least.
	pub level: Level,
	/// As whom the call is dispatched.
	pub dispatch_as: DispatchAs,
}

impl Requirement {
	/// One officer of `level`.
	pub const fn one(level: Level) -> Self {
		Self {
			officers: Officers::One,
			level,
			dispatch_as: DispatchAs::Act,
		}
	}

	/// Two officers of `level`.
	pub const fn two(level: Level) -> Self {
		Self {
			officers: Officers::Two,
			level,
			dispatch_as: DispatchAs::Act,
		}
	}

	/// The same, dispatched as root.
	#[must_use]
	pub const fn as_root(self) -> Self {
		Self {
			dispatch_as: DispatchAs::Root,
			..self
		}
	}
}

/// What an act is about. The trail can be read by subject.
#[derive(
	Clone,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub enum Subject<AccountId> {
	/// The chain as a whole: an upgrade, all trading, or whatever is none of the others.
	#[codec(index = 0)]
	Chain,
	/// A participant, or another account.
	#[codec(index = 1)]
	Account(AccountId),
	/// An asset, and with a vintage its compliance period.
	#[codec(index = 2)]
	Asset(AssetId),
	/// The market of an asset.
	#[codec(index = 3)]
	Market(AssetId),
	/// An officer.
	#[codec(index = 4)]
	Officer(AccountId),
	/// Who runs a node.
	#[codec(index = 5)]
	Node(AccountId),
	/// A parameter.
	#[codec(index = 6)]
	Parameter(ParameterName),
}

/// What an act takes, and what it is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ActClass<AccountId> {
	/// What it takes.
	pub requirement: Requirement,
	/// What it is about.
	pub subject: Subject<AccountId>,
}

/// The table of acts: tells what each call takes.
pub trait ClassifyAct<Call, AccountId> {
	/// What `call` takes and what it is about; none if officers may not do it at all.
	///
	/// Whoever implements it answers for the calls inside a call: a batch takes what its calls take together, and a call
	/// that acts in somebody else's name is none.
	fn classify(call: &Call) -> Option<ActClass<AccountId>>;
}

/// Officers may do nothing.
impl<Call, AccountId> ClassifyAct<Call, AccountId> for () {
	fn classify(_: &Call) -> Option<ActClass<AccountId>> {
		None
	}
}

/// Who acts, as `EnsureAct` answers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Act<AccountId> {
	/// The officer that acted, or that proposed the act.
	pub by: AccountId,
	/// The officer that approved it, if two were asked.
	pub second: Option<AccountId>,
	/// The level of the officer; of two, the lower one.
	pub level: Level,
}

/// The origin of acts.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum RawOrigin<AccountId> {
	/// The regulator, through its officers.
	#[codec(index = 0)]
	Act {
		/// The officer that acted, or that proposed the act.
		by: AccountId,
		/// The officer that approved it, if two were asked.
		second: Option<AccountId>,
		/// The level of the officer; of two, the lower one.
		level: Level,
	},
}

impl<AccountId> From<RawOrigin<AccountId>> for Act<AccountId> {
	fn from(RawOrigin::Act { by, second, level }: RawOrigin<AccountId>) -> Self {
		Self { by, second, level }
	}
}

impl<AccountId> From<Act<AccountId>> for RawOrigin<AccountId> {
	fn from(Act { by, second, level }: Act<AccountId>) -> Self {
		Self::Act { by, second, level }
	}
}

/// Number of a proposal, counted from 0 and never used again.
#[derive(
	Clone,
	Copy,
	CompactAs,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub struct ProposalId(pub u64);

/// An act that waits for a second officer.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Proposal<AccountId, EncodedCall> {
	/// Who proposed it.
	pub proposer: AccountId,
	/// Its legal basis.
	pub basis: Basis,
	/// Digest of the document that states the reasons.
	pub reason: Digest,
	/// The call, encoded.
	pub call: EncodedCall,
	/// BLAKE2b-256 of the encoded call.
	pub call_hash: Digest,
	/// Pallet and name of the call.
	pub description: Description,
	/// What it was about when it was proposed.
	pub subject: Subject<AccountId>,
	/// When it was proposed.
	pub proposed_at: Moment,
	/// From this moment on it cannot be approved any more.
	pub expires_at: Moment,
}

/// A proposal as queries show it.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct ProposalView<AccountId, Call> {
	/// Its number.
	pub id: ProposalId,
	/// Who proposed it.
	pub proposer: AccountId,
	/// Its legal basis.
	pub basis: Basis,
	/// Digest of the document that states the reasons.
	pub reason: Digest,
	/// Pallet and name of the call.
	pub description: Description,
	/// What it was about when it was proposed.
	pub subject: Subject<AccountId>,
	/// BLAKE2b-256 of the encoded call: what `approve` has to repeat.
	pub call_hash: Digest,
	/// The call; none if the chain cannot read it any more since an upgrade.
	pub call: Option<Call>,
	/// The weight of the call: the least weight limit that `approve` accepts.
	pub call_weight: Weight,
	/// What the act takes by the table of today; none if it is no act any more.
	pub requirement: Option<Requirement>,
	/// When it was proposed.
	pub proposed_at: Moment,
	/// From this moment on it cannot be approved any more.
	pub expires_at: Moment,
}

/// An emergency stop.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Halt<AccountId> {
	/// What it stops.
	pub scope: HaltScope<AccountId>,
	/// From this moment on it no longer counts.
	pub until: Moment,
}

/// Most entries of the list of halts: `MaxHalts`, and the place of the halt of all trading.
pub struct HaltPlaces<T>(PhantomData<T>);

impl<T: crate::Config> Get<u32> for HaltPlaces<T> {
	fn get() -> u32 {
		T::MaxHalts::get().saturating_add(1)
	}
}

/// Number of a record of the trail, counted from 0 without a gap.
#[derive(
	Clone,
	Copy,
	CompactAs,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub struct RecordId(pub u64);

/// By which way an act came about.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum ActKind {
	/// One officer acted.
	#[codec(index = 0)]
	OneOfficer,
	/// An officer proposed and another one decided, or nobody did in time.
	#[codec(index = 1)]
	TwoOfficers,
	/// The break-glass key was used.
	#[codec(index = 2)]
	BreakGlass,
}

/// What became of an act.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Outcome {
	/// It was done.
	#[codec(index = 0)]
	Succeeded,
	/// It was tried and failed: but for this record, nothing has changed.
	#[codec(index = 1)]
	Failed(DispatchError),
	/// The second officer rejected the proposal; without a second officer, the first one withdrew it.
	#[codec(index = 2)]
	Rejected {
		/// Digest of the document that states why.
		reason: Digest,
	},
	/// Nobody decided on the proposal in time.
	#[codec(index = 3)]
	Expired,
}

/// A record of the trail. No call changes or removes it.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ActRecord<AccountId, BlockNumber> {
	/// By which way it came about.
	pub kind: ActKind,
	/// The officer that acted or proposed; who held the break-glass key when the outermost call was made.
	pub by: AccountId,
	/// The other officer, that approved or rejected.
	pub second: Option<AccountId>,
	/// BLAKE2b-256 of the encoded call. The call itself is in the body of the block: of this one, or with two officers of
	/// the one with the event `ActProposed`.
	pub call_hash: Digest,
	/// Pallet and name of the call.
	pub description: Description,
	/// Its legal basis; empty for the break-glass key.
	pub basis: Basis,
	/// Digest of the document that states the reasons; zero for the break-glass key.
	pub reason: Digest,
	/// What it was about.
	pub subject: Subject<AccountId>,
	/// When it was proposed; with one officer, when it was done.
	pub proposed_at: Moment,
	/// The block of the outcome.
	pub block: BlockNumber,
	/// The time of the outcome.
	pub at: Moment,
	/// What became of it.
	pub outcome: Outcome,
	/// The newest earlier record about the same subject.
	pub previous_of_subject: Option<RecordId>,
	/// The newest earlier record that names `by`, as whichever of the two.
	pub previous_of_proposer: Option<RecordId>,
	/// The newest earlier record that names `second`, as whichever of the two.
	pub previous_of_approver: Option<RecordId>,
}

impl<AccountId: PartialEq, BlockNumber> ActRecord<AccountId, BlockNumber> {
	/// Whether `who` is one of the accounts that the record names as acting.
	pub fn names(&self, who: &AccountId) -> bool {
		&self.by == who || self.second.as_ref() == Some(who)
	}

	/// The newest earlier record that names `who`, which this one must name.
	pub fn previous_of(&self, who: &AccountId) -> Option<RecordId> {
		if &self.by == who {
			self.previous_of_proposer
		} else {
			self.previous_of_approver
		}
	}
}

/// What the benchmarks need from the runtime.
#[cfg(any(feature = "runtime-benchmarks", test))]
pub trait RegulatorBenchmarkHelper<AccountId, Call> {
	/// Make `who` fit to be an officer: an admitted insider.
	fn admit_insider(who: &AccountId);

	/// A call that one officer of some level may do, and that succeeds: encoded in at most `bytes` bytes, but as long as
	/// it gets; the shortest there is if `bytes` is less.
	fn act(bytes: u32) -> Call;

	/// Give `who` the break-glass key.
	fn hand_break_glass_key(who: &AccountId);
}
