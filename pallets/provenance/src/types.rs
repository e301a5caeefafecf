//! What does not know the configuration: records, what the calls take, and what the questions answer.

use crate::codes::*;
use alloc::vec::Vec;
use carbon_primitives::{AssetId, Digest, Moment, RecordSubject, Vintage};
use codec::{CompactAs, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_io::hashing::blake2_256;
use sp_runtime::MultiSignature;

/// Most data that an activity uses.
pub const USED_MAX: u32 = 16;
/// Most data that an activity generates.
pub const GENERATED_MAX: u32 = 16;
/// Most data that one item derives from.
pub const SOURCES_MAX: u32 = 8;
/// Most steps from an execution entity to the one in whose name it acts in the end.
pub const DELEGATION_MAX: u32 = 8;

/// Text of at most `N` bytes: UTF-8 without control characters.
pub type Text<const N: u32> = BoundedVec<u8, ConstU32<N>>;
/// A media type, such as `application/pdf`.
pub type MediaType = Text<64>;
/// Where the owner keeps the data.
pub type Locator = Text<128>;
/// The role of an execution entity.
pub type RoleText = Text<32>;
/// Reference to a rule.
pub type RuleText = Text<64>;

/// Number of an item of data.
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
pub struct DataId(pub u64);

/// Number of an activity.
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
pub struct ActivityId(pub u64);

/// What an execution entity says of itself.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct EntityDescription<AccountId> {
	/// What it is.
	pub kind: EntityKind,
	/// Digest of the code of its organisation.
	pub organisation: Option<Digest>,
	/// Its role, in words of its own.
	pub role: RoleText,
	/// Digest of its attributes, encrypted.
	pub attributes: Option<Digest>,
	/// In whose name it acts.
	pub on_behalf_of: Option<AccountId>,
}

/// An execution entity: who performs activities and to whom data belong.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ExecutionEntity<AccountId> {
	/// What it is.
	pub kind: EntityKind,
	/// Digest of the code of its organisation.
	pub organisation: Option<Digest>,
	/// Its role, in words of its own.
	pub role: RoleText,
	/// Digest of its attributes, encrypted.
	pub attributes: Option<Digest>,
	/// How it has signed its description; none where it has sent the transaction itself, or where the chain has described it.
	pub scheme: Option<SignatureScheme>,
	/// In whose name it acts.
	pub on_behalf_of: Option<AccountId>,
	/// The number of the last statement that it has signed. The next one has a higher number.
	#[codec(compact)]
	pub sequence: u64,
	/// What it has done last.
	pub last_activity: Option<ActivityId>,
	/// When it became known, in milliseconds since the Unix epoch.
	#[codec(compact)]
	pub registered_at: Moment,
}

impl<AccountId> ExecutionEntity<AccountId> {
	/// One of which the chain knows no more than what it is.
	pub fn of_kind(kind: EntityKind, now: Moment) -> Self {
		Self {
			kind,
			organisation: None,
			role: RoleText::default(),
			attributes: None,
			scheme: None,
			on_behalf_of: None,
			sequence: 0,
			last_activity: None,
			registered_at: now,
		}
	}

	/// The same, described anew.
	pub fn described(self, description: EntityDescription<AccountId>) -> Self {
		Self {
			kind: description.kind,
			organisation: description.organisation,
			role: description.role,
			attributes: description.attributes,
			on_behalf_of: description.on_behalf_of,
			..self
		}
	}
}

impl<AccountId: Clone> ExecutionEntity<AccountId> {
	/// What it says of itself.
	pub fn description(&self) -> EntityDescription<AccountId> {
		EntityDescription {
			kind: self.kind,
			organisation: self.organisation,
			role: self.role.clone(),
			attributes: self.attributes,
			on_behalf_of: self.on_behalf_of.clone(),
		}
	}
}

/// The data themselves, which stay with their owner.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Content {
	/// How the digest was computed.
	pub algorithm: DigestAlgorithm,
	/// The digest; of the ciphertext where there is one.
	pub digest: Digest,
	/// Whether the data are encrypted.
	pub is_ciphertext: bool,
	/// Their media type; empty where it is not known.
	pub media_type: MediaType,
	/// Their size in bytes; zero where it is not known.
	#[codec(compact)]
	pub size: u64,
	/// Where their owner keeps them; empty where it is not told.
	pub locator: Locator,
}

impl Content {
	/// Of which the chain knows nothing but the digest.
	pub fn of_digest(digest: Digest) -> Self {
		Self {
			algorithm: DigestAlgorithm::Blake2b256,
			digest,
			is_ciphertext: false,
			media_type: MediaType::default(),
			size: 0,
			locator: Locator::default(),
		}
	}
}

/// How encrypted data are protected.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Protection {
	/// Number of the policy that says who may read them.
	#[codec(compact)]
	pub policy: u64,
	/// Epoch of the key.
	#[codec(compact)]
	pub key_epoch: u32,
}

/// Where data come from at first.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct DataOrigin<AccountId> {
	/// The source that was there first. It is one of those that the data derive from.
	pub primary_source: Option<DataId>,
	/// The device that has measured them.
	pub device: Option<AccountId>,
}

/// Whether data hold.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum DataState {
	/// They do.
	#[codec(index = 0)]
	Valid,
	/// Newer ones hold in their place. They may still be used.
	#[codec(index = 1)]
	Superseded {
		/// The newer ones.
		by: DataId,
	},
	/// They are void, and may be used no more.
	#[codec(index = 2)]
	Invalidated {
		/// The activity that declared them void.
		by: ActivityId,
	},
}

/// An item of data.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct DataRecord<AccountId> {
	/// What the data are.
	pub kind: DataKind,
	/// Their version, from one on.
	#[codec(compact)]
	pub version: u32,
	/// The compliance year that they are about.
	pub period: Option<Vintage>,
	/// Their name; none where they were not recorded by the chain itself.
	pub subject: Option<RecordSubject<AccountId>>,
	/// To whom they belong.
	pub owner: AccountId,
	/// What they consist of.
	pub content: Content,
	/// How they are protected.
	pub protection: Option<Protection>,
	/// Where they come from at first.
	pub origin: DataOrigin<AccountId>,
	/// Whether they hold.
	pub state: DataState,
	/// The activity that generated them.
	#[codec(compact)]
	pub generated_by: ActivityId,
	/// What they derive from.
	pub derived_from: BoundedVec<DataId, ConstU32<SOURCES_MAX>>,
	/// When they were generated: when that activity ended, in milliseconds since the Unix epoch.
	#[codec(compact)]
	pub generated_at: Moment,
}

/// What set an activity off.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Trigger {
	/// Nothing that is recorded.
	#[codec(index = 0)]
	None,
	/// An earlier activity.
	#[codec(index = 1)]
	Activity(ActivityId),
	/// Data.
	#[codec(index = 2)]
	Data(DataId),
}

/// Under which condition an activity takes place.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Condition {
	/// Digest of its parameters.
	pub parameters: Option<Digest>,
	/// What set it off.
	pub trigger: Trigger,
	/// The rule that it follows.
	pub rule: RuleText,
}

impl Default for Condition {
	fn default() -> Self {
		Self {
			parameters: None,
			trigger: Trigger::None,
			rule: RuleText::default(),
		}
	}
}

/// Where an activity takes place.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Space {
	/// Country, by two capital letters (ISO 3166-1).
	pub jurisdiction: Option<[u8; 2]>,
	/// Number of the site.
	pub site: Option<u32>,
}

/// By which means an activity was recorded.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Tool {
	/// Index of the pallet and of the call; none where the chain recorded it by itself.
	pub call: Option<(u8, u8)>,
	/// Version of the runtime.
	#[codec(compact)]
	pub version: u32,
}

/// An activity.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ActivityRecord<AccountId> {
	/// What was done.
	pub kind: ActivityKind,
	/// Who has done it.
	pub entity: AccountId,
	/// In whose name it acted by then.
	pub on_behalf_of: Option<AccountId>,
	/// When it began, in milliseconds since the Unix epoch.
	#[codec(compact)]
	pub started_at: Moment,
	/// When it ended.
	#[codec(compact)]
	pub ended_at: Moment,
	/// Number of the block that recorded it.
	#[codec(compact)]
	pub block: u32,
	/// Where it took place.
	pub space: Space,
	/// Under which condition.
	pub condition: Condition,
	/// By which means it was recorded.
	pub tool: Tool,
	/// The data that it used.
	pub used: BoundedVec<DataId, ConstU32<USED_MAX>>,
	/// The first item of data that it generated; without any, the one that the next activity generates.
	#[codec(compact)]
	pub generated_first: DataId,
	/// How many items it generated, numbered without a gap.
	#[codec(compact)]
	pub generated_count: u32,
	/// What the same entity has done before.
	pub previous_of_entity: Option<ActivityId>,
	/// The activity of the same kind before.
	pub previous_of_kind: Option<ActivityId>,
}

impl<AccountId> ActivityRecord<AccountId> {
	/// Whether it was recorded at the moment at which it ended. The times of what participants record by `record` are their own, and trades
	/// wait for a later block.
	pub fn was_recorded_when_it_ended(&self) -> bool {
		match self.tool.call {
			Some((_, call)) => call != crate::statements::RECORD,
			None => self.kind != ActivityKind::Trade,
		}
	}

	/// The data that it generated.
	pub fn generated(&self) -> impl Iterator<Item = DataId> {
		// Saturating hides nothing: the numbers have been given out.
		let first = self.generated_first.0;
		(first..first.saturating_add(self.generated_count.into())).map(DataId)
	}
}

/// The numbers that come next, and where the chains by kind end. One item, because each record changes all of it.
#[derive(
	Clone, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Heads {
	/// Number of the next activity; how many there are.
	#[codec(compact)]
	pub activities: u64,
	/// Number of the next item of data; how many there are.
	#[codec(compact)]
	pub data: u64,
	/// The last activity of each kind that has a name, in the order of the code list.
	pub last_of_kind: [Option<ActivityId>; NAMED_KINDS],
}

/// The trades of a market that are not recorded yet.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Fold {
	/// The asset of the market.
	#[codec(compact)]
	pub asset: AssetId,
	/// Number of the block of the first of these trades.
	#[codec(compact)]
	pub from_block: u32,
	/// Number of the block of the last one.
	#[codec(compact)]
	pub to_block: u32,
	/// When the first of these blocks was, in milliseconds since the Unix epoch.
	#[codec(compact)]
	pub started_at: Moment,
	/// When the last one was.
	#[codec(compact)]
	pub ended_at: Moment,
	/// BLAKE2b-256 of the digest before, at first 32 zero bytes, followed by that of the next trades; and so on.
	pub digest: Digest,
	/// How many trades.
	#[codec(compact)]
	pub fills: u32,
	/// How many tonnes.
	#[codec(compact)]
	pub tonnes: u128,
}

impl Fold {
	/// Add trades with the digest `digest`. Counters stop at their ends, which no block reaches.
	pub fn add(&mut self, digest: &Digest, fills: u32, tonnes: u128) {
		let mut bytes = [0_u8; 64];
		bytes[..32].copy_from_slice(self.digest.as_bytes());
		bytes[32..].copy_from_slice(digest.as_bytes());
		self.digest = Digest::from(blake2_256(&bytes));
		self.fills = self.fills.saturating_add(fills);
		self.tonnes = self.tonnes.saturating_add(tonnes);
	}
}

/// What data derive from, where they are recorded.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Source {
	/// From data on record, which the activity uses.
	#[codec(index = 0)]
	Known(DataId),
	/// From data that the same activity generates, by their place in the list, from zero on.
	#[codec(index = 1)]
	New(u8),
}

/// An item of data that an activity generates.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct DataInput<AccountId> {
	/// What the data are.
	pub kind: DataKind,
	/// The compliance year that they are about.
	pub period: Option<Vintage>,
	/// What they consist of.
	pub content: Content,
	/// How they are protected.
	pub protection: Option<Protection>,
	/// Where they come from at first.
	pub origin: DataOrigin<AccountId>,
	/// What they derive from.
	pub derived_from: BoundedVec<Source, ConstU32<SOURCES_MAX>>,
}

/// An activity, as it is handed in.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ActivityInput<AccountId> {
	/// Who has done it.
	pub entity: AccountId,
	/// What was done.
	pub kind: ActivityKind,
	/// When it began, in milliseconds since the Unix epoch.
	#[codec(compact)]
	pub started_at: Moment,
	/// When it ended.
	#[codec(compact)]
	pub ended_at: Moment,
	/// Where it took place.
	pub space: Space,
	/// Under which condition.
	pub condition: Condition,
	/// The data that it used.
	pub used: BoundedVec<DataId, ConstU32<USED_MAX>>,
	/// The data that it generated.
	pub generated: BoundedVec<DataInput<AccountId>, ConstU32<GENERATED_MAX>>,
}

/// What an execution entity signs.
#[derive(Clone, Debug, Encode, Eq, PartialEq, TypeInfo)]
pub enum Statement<'a, AccountId> {
	/// Its description.
	#[codec(index = 0)]
	Description {
		/// Who hands it in.
		caller: &'a AccountId,
		/// Itself.
		entity: &'a AccountId,
		/// The description.
		description: &'a EntityDescription<AccountId>,
		/// The number of the statement.
		sequence: u64,
	},
	/// What it has done.
	#[codec(index = 1)]
	Activity {
		/// Who hands it in.
		caller: &'a AccountId,
		/// What it has done.
		activity: &'a ActivityInput<AccountId>,
		/// The number of the statement.
		sequence: u64,
	},
}

/// What every message begins with that an execution entity signs, so that its signature is good for nothing else.
pub const MESSAGE_PREFIX: &[u8; 26] = b"carbon-chain/provenance/1\0";

impl<AccountId: Encode> Statement<'_, AccountId> {
	/// The bytes that the entity signs: [`MESSAGE_PREFIX`], the hash of the genesis block of the chain, and BLAKE2b-256 of the encoded
	/// statement; 90 bytes.
	pub fn message(&self, genesis: &[u8]) -> Vec<u8> {
		[MESSAGE_PREFIX.as_slice(), genesis, &blake2_256(&self.encode())].concat()
	}
}

/// A signature of an execution entity over a statement.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct Proof {
	/// The number of the statement: higher than that of any other that the entity has signed and that was accepted. It may leave
	/// numbers out, so that a device without a connection counts by itself.
	#[codec(compact)]
	pub sequence: u64,
	/// The signature.
	pub signature: MultiSignature,
}

impl Proof {
	/// How it was signed.
	pub const fn scheme(&self) -> SignatureScheme {
		match self.signature {
			MultiSignature::Ed25519(_) => SignatureScheme::Ed25519,
			MultiSignature::Sr25519(_) => SignatureScheme::Sr25519,
			MultiSignature::Ecdsa(_) => SignatureScheme::Ecdsa,
			MultiSignature::Eth(_) => SignatureScheme::Eth,
		}
	}
}

/// An item of data, as questions show it.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct DataView<AccountId> {
	/// Its number.
	pub id: DataId,
	/// What is on record.
	pub record: DataRecord<AccountId>,
}

/// An activity, as questions show it.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct ActivityView<AccountId> {
	/// Its number.
	pub id: ActivityId,
	/// What is on record.
	pub record: ActivityRecord<AccountId>,
}

/// An execution entity, as questions show it.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct EntityView<AccountId> {
	/// Its account.
	pub account: AccountId,
	/// What is on record.
	pub record: ExecutionEntity<AccountId>,
}

/// Some of the activities of a chain of them, the newest first.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct ActivityPage<AccountId> {
	/// The activities.
	pub activities: Vec<ActivityView<AccountId>>,
	/// What to ask for next as `before`; none where there are no more.
	pub next: Option<ActivityId>,
}

/// Which way to follow what data are made of.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
pub enum Direction {
	/// To what they were made from.
	#[codec(index = 0)]
	Backwards,
	/// To what was made from them.
	#[codec(index = 1)]
	Forwards,
}

/// What data were made from, or what was made from them.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct Lineage<AccountId> {
	/// The data, those that were asked for first, then the nearer before the farther.
	pub data: Vec<DataView<AccountId>>,
	/// The activities between them, in the order in which they were met.
	pub activities: Vec<ActivityView<AccountId>>,
	/// Whether a bound was reached, so that there may be more.
	pub is_cut: bool,
}

/// Makes participants fit for the benchmarks.
#[cfg(any(feature = "runtime-benchmarks", test))]
pub trait ProvenanceBenchmarkHelper<AccountId> {
	/// Admit `who`.
	fn admit(who: &AccountId);

	/// Let the chain's time be `now`, in milliseconds since the Unix epoch.
	fn set_time(now: Moment);
}

/// Whether `text` is UTF-8 without control characters.
pub fn is_plain(text: &[u8]) -> bool {
	core::str::from_utf8(text).is_ok_and(|text| !text.chars().any(char::is_control))
}
