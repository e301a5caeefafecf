#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
mod codes;
mod entities;
mod folds;
pub mod graph;
#[cfg(test)]
mod mock;
mod queries;
mod records;
mod statements;
mod store;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

pub use codes::*;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// The pallet: its configuration, storage, events, errors and calls.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use carbon_primitives::{AssetId, Digest, Moment, RecordKind, RecordSubject, Vintage};
	use carbon_traits::EnsureParticipant;
	use frame_support::{pallet_prelude::*, traits::Time, weights::WeightMeter};
	use frame_system::pallet_prelude::*;

	/// What the pallet needs from the runtime. Accounts are those whose keys sign, because execution entities sign as well.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<
		AccountId: From<carbon_primitives::AccountId> + Into<carbon_primitives::AccountId>,
	>
	{
		/// Weights of the calls, of what other pallets have recorded and of what a block does.
		type WeightInfo: WeightInfo;

		/// Tells who is admitted.
		type Participants: EnsureParticipant<Self::AccountId>;

		/// The chain's time, in milliseconds since the Unix epoch.
		type Time: Time<Moment = Moment>;

		/// What is recorded by itself: the bits of [`RecordKind`]. May be a parameter that changes.
		type Recorded: Get<u32>;

		/// The execution entity that stands for the regulator, whichever officer acts.
		#[pallet::constant]
		type Authority: Get<Self::AccountId>;

		/// The execution entity that stands for the chain's own software.
		#[pallet::constant]
		type Chain: Get<Self::AccountId>;

		/// Most markets whose trades wait to be recorded.
		#[pallet::constant]
		type MaxMarkets: Get<u32>;

		/// Makes participants fit for the benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: ProvenanceBenchmarkHelper<Self::AccountId>;
	}

	/// An execution entity on the chain that `T` configures.
	pub type ExecutionEntityOf<T> = ExecutionEntity<<T as frame_system::Config>::AccountId>;
	/// A description of one.
	pub type DescriptionOf<T> = EntityDescription<<T as frame_system::Config>::AccountId>;
	/// An item of data.
	pub type DataRecordOf<T> = DataRecord<<T as frame_system::Config>::AccountId>;
	/// An activity.
	pub type ActivityRecordOf<T> = ActivityRecord<<T as frame_system::Config>::AccountId>;
	/// An activity, as it is handed in.
	pub type ActivityInputOf<T> = ActivityInput<<T as frame_system::Config>::AccountId>;
	/// The name of data that the chain has recorded by itself.
	pub type SubjectOf<T> = RecordSubject<<T as frame_system::Config>::AccountId>;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// The pallet's calls, questions and hooks.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The numbers that come next, and the last activity of each kind that has a name. Written with each record.
	#[pallet::storage]
	pub type Head<T: Config> = StorageValue<_, Heads, ValueQuery>;

	/// The execution entities, by account; counted. Written by `register_entity`, with the first record of an account and with each of
	/// its activities.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type Entities<T: Config> =
		CountedStorageMap<_, Blake2_128Concat, T::AccountId, ExecutionEntityOf<T>, OptionQuery>;

	/// The activities, by number. Each is written once.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type Activities<T: Config> =
		StorageMap<_, Twox64Concat, ActivityId, ActivityRecordOf<T>, OptionQuery>;

	/// The data, by number. Written once, and again when their state changes.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type Data<T: Config> = StorageMap<_, Twox64Concat, DataId, DataRecordOf<T>, OptionQuery>;

	/// Which activities have used each item of data. Written with each use.
	// Twox64Concat: both keys are counters.
	#[pallet::storage]
	pub type UsedBy<T: Config> =
		StorageDoubleMap<_, Twox64Concat, DataId, Twox64Concat, ActivityId, (), OptionQuery>;

	/// The data with each digest, by their owner: the newest where the chain has recorded the same document again by itself. Written
	/// with each item of data but those automatic ones that are no document.
	// Blake2_128Concat: participants choose digests and accounts.
	#[pallet::storage]
	pub type Digests<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, Digest, Blake2_128Concat, T::AccountId, DataId, OptionQuery>;

	/// The newest data of each name. Written with each automatic record.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type Subjects<T: Config> = StorageMap<_, Blake2_128Concat, SubjectOf<T>, DataId, OptionQuery>;

	/// The last activity of each kind that has a code of its own. Written with each of them.
	// Blake2_128Concat: participants choose the codes.
	#[pallet::storage]
	pub type LastOfOther<T: Config> = StorageMap<_, Blake2_128Concat, u16, ActivityId, OptionQuery>;

	/// The trades of each market that are not recorded yet, in the order in which they began. Written with each order that trades, and
	/// by the next block that has room.
	#[pallet::storage]
	pub type Folds<T: Config> = StorageValue<_, BoundedVec<Fold, T::MaxMarkets>, ValueQuery>;

	/// What was recorded. Moments are in milliseconds since the Unix epoch.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An execution entity is known from now on, or is described anew.
		EntityDescribed {
			/// Its account.
			account: T::AccountId,
			/// Who has handed the description in; none where the chain has met the account for the first time.
			by: Option<T::AccountId>,
			/// The description.
			description: DescriptionOf<T>,
		},
		/// An activity was recorded, with the data that it generated.
		Recorded {
			/// Its number.
			id: ActivityId,
			/// What was done.
			kind: ActivityKind,
			/// Who has done it.
			entity: T::AccountId,
			/// The first item of data that it generated.
			generated_first: DataId,
			/// How many items it generated.
			generated_count: u32,
		},
		/// Newer data hold in the place of others.
		Superseded {
			/// The older ones.
			id: DataId,
			/// The newer ones.
			by: DataId,
		},
		/// Data are void from now on.
		Invalidated {
			/// The data.
			id: DataId,
			/// The activity that declared them void.
			by: ActivityId,
			/// Digest of the reasons.
			reason: Digest,
		},
		/// The trades of a market were recorded as one activity, of which an event of its own tells.
		TradesRecorded {
			/// The activity.
			id: ActivityId,
			/// The asset of the market.
			asset: AssetId,
			/// Number of the block of the first of these trades.
			from_block: u32,
			/// Number of the block of the last one.
			to_block: u32,
			/// What their digests fold to.
			digest: Digest,
			/// How many trades.
			fills: u32,
			/// How many tonnes.
			tonnes: u128,
		},
		/// Something happened that could not be recorded. The happening itself holds.
		NotRecorded {
			/// Its kind.
			kind: RecordKind,
			/// The name that its data would have.
			subject: SubjectOf<T>,
			/// Why.
			error: DispatchError,
		},
		/// Something that happened was recorded by itself, as an activity of which an event of its own tells. Trades are told by
		/// [`Event::TradesRecorded`] instead.
		HappeningRecorded {
			/// The data that it generated.
			data: DataId,
			/// Their name.
			subject: SubjectOf<T>,
			/// To whom they belong.
			owner: T::AccountId,
			/// Their digest.
			digest: Digest,
			/// What they were made from: the data that the activity used.
			derived_from: BoundedVec<DataId, ConstU32<SOURCES_MAX>>,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// No execution entity has this account. Register it first.
		EntityUnknown,
		/// The execution entity is not the caller and has not signed. Add its signature.
		ProofMissing,
		/// The signature is not one of the execution entity over this statement on this chain. Sign the bytes that the README names.
		ProofInvalid,
		/// The execution entity has signed a statement with this number or a higher one before. Count on.
		SequenceUsed,
		/// Acting in another's name takes that one's consent. Let it hand the description in, or somebody for whom it acts in turn.
		DelegationNotConsented,
		/// The execution entity would act in its own name by way of others. Name another one.
		DelegationCycle,
		/// There are too many steps to the one in whose name it acts in the end. Leave some out.
		DelegationTooDeep,
		/// The activity ended before it began. Correct its times.
		TimeReversed,
		/// The activity has not ended by the chain's time. Record it later.
		TimeInFuture,
		/// A text has control characters or is no UTF-8. Remove them.
		TextNotPlain,
		/// A country is two capital letters. Look it up in ISO 3166-1.
		JurisdictionInvalid,
		/// Revising and deleting change the state of data. Use the calls `revise` and `invalidate`.
		KindReserved,
		/// The activity neither uses nor generates anything. Leave it out.
		NothingRecorded,
		/// There are no data with this number. Look it up.
		DataUnknown,
		/// The activity uses data that were generated after it had ended. Correct its times or what it uses.
		UsedBeforeGeneration,
		/// The data are void. Use others.
		DataInvalidated,
		/// The activity names data twice as used. Once is enough.
		UsedTwice,
		/// Data derive from what their activity does not use. Add it to what is used.
		SourceNotUsed,
		/// Data derive from the same source twice. Once is enough.
		SourceTwice,
		/// Data derive from a place of the list that does not exist. Places count from zero on.
		SourceUnknown,
		/// Data would derive from themselves by way of others. Correct what they derive from.
		DerivationCycle,
		/// The primary source is none of the sources on record. Add it to them.
		PrimarySourceMissing,
		/// No execution entity that is a device has this account. Register it first.
		DeviceUnknown,
		/// The owner has data with this digest already: nothing is generated twice. Use what is on record.
		DigestKnown,
		/// What set the activity off is not on record. Look it up.
		TriggerUnknown,
		/// What set the activity off came later than the activity. Correct its times.
		TriggerLater,
		/// The data belong to neither the caller nor anybody in whose name it acts. Ask their owner.
		NotOwner,
		/// Newer data hold in the place of these already. Revise those.
		DataNotValid,
		/// The chain has recorded these data by itself, and only the chain replaces them.
		MadeByChain,
		/// All numbers have been given out.
		NumbersExhausted,
		/// The trades of too many markets wait. That needs a larger limit in the runtime.
		TooManyMarkets,
		/// The device measures neither for whoever performs the activity nor for anybody in whose name that one acts. Let the device
		/// record by itself, with its signature.
		DeviceOfAnother,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::record_folds(meter);
		}

		fn integrity_test() {
			assert!(T::MaxMarkets::get() > 0, "trades of a market must be recordable");
			assert!(
				T::Authority::get() != T::Chain::get(),
				"the regulator is not the chain's software"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(T::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Register an execution entity, or describe it anew.
		///
		/// ## Dispatch Origin
		/// Signed by any admitted participant, for itself or for another: a device, a program, a person.
		///
		/// ## Details
		/// An entity other than the caller signs the statement [`Statement::Description`]. `on_behalf_of` is none, or the caller, or an
		/// entity that acts for the caller by way of others: whoever is acted for has consented in this way. Without the entity's
		/// signature, whoever it acts for in one of the first 8 steps may end that, and change nothing else.
		///
		/// ## Errors
		/// - The caller is not admitted: the error of the pallet participants.
		/// - [`Error::TextNotPlain`], [`Error::ProofMissing`], [`Error::ProofInvalid`], [`Error::SequenceUsed`],
		///   [`Error::EntityUnknown`], [`Error::DelegationNotConsented`], [`Error::DelegationCycle`], [`Error::DelegationTooDeep`].
		///
		/// ## Events
		/// - [`Event::EntityDescribed`].
		#[pallet::call_index(0)]
		pub fn register_entity(
			origin: OriginFor<T>,
			entity: T::AccountId,
			description: DescriptionOf<T>,
			proof: Option<Proof>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			T::Participants::ensure_admitted(&who)?;
			Self::do_register_entity(who, entity, description, proof)
		}

		/// Record an activity, what it used and what it generated.
		///
		/// ## Dispatch Origin
		/// Signed by any admitted participant.
		///
		/// ## Details
		/// An entity other than the caller signs the statement [`Statement::Activity`]. The data belong to the entity, or to the one in
		/// whose name it acts in the end. A device that has measured them performs the activity itself, or measures for the entity or for
		/// somebody in whose name the entity acts: nobody else's device can be named.
		///
		/// ## Errors
		/// - The caller is not admitted: the error of the pallet participants.
		/// - [`Error::EntityUnknown`], [`Error::ProofMissing`], [`Error::ProofInvalid`], [`Error::SequenceUsed`],
		///   [`Error::DelegationTooDeep`].
		/// - [`Error::TextNotPlain`], [`Error::JurisdictionInvalid`], [`Error::KindReserved`], [`Error::NothingRecorded`],
		///   [`Error::TimeReversed`], [`Error::TimeInFuture`].
		/// - [`Error::DataUnknown`], [`Error::UsedTwice`], [`Error::UsedBeforeGeneration`], [`Error::DataInvalidated`].
		/// - [`Error::SourceUnknown`], [`Error::SourceNotUsed`], [`Error::SourceTwice`], [`Error::DerivationCycle`],
		///   [`Error::PrimarySourceMissing`], [`Error::DeviceUnknown`], [`Error::DeviceOfAnother`], [`Error::DigestKnown`].
		/// - [`Error::TriggerUnknown`], [`Error::TriggerLater`], [`Error::NumbersExhausted`].
		///
		/// ## Events
		/// - [`Event::Recorded`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::record(activity.used.len() as u32, activity.generated.len() as u32))]
		pub fn record(
			origin: OriginFor<T>,
			activity: ActivityInputOf<T>,
			proof: Option<Proof>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			T::Participants::ensure_admitted(&who)?;
			Self::do_record(who, activity, proof)
		}

		/// Anchor a document: record its digest, and that it was there by now.
		///
		/// ## Dispatch Origin
		/// Signed by any admitted participant.
		///
		/// ## Details
		/// Records an activity of the kind [`ActivityKind::Collect`] that generates one item of data. It belongs to the caller, or to
		/// the one in whose name the caller acts in the end. A caller that is no execution entity becomes one.
		///
		/// ## Errors
		/// - The caller is not admitted: the error of the pallet participants.
		/// - [`Error::TextNotPlain`], [`Error::DigestKnown`], [`Error::DelegationTooDeep`], [`Error::NumbersExhausted`].
		///
		/// ## Events
		/// - [`Event::Recorded`].
		#[pallet::call_index(2)]
		pub fn anchor(
			origin: OriginFor<T>,
			kind: DataKind,
			content: Content,
			period: Option<Vintage>,
			protection: Option<Protection>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			T::Participants::ensure_admitted(&who)?;
			Self::do_anchor(who, kind, content, period, protection)
		}

		/// Replace data by a newer version.
		///
		/// ## Dispatch Origin
		/// Signed by their owner or by whoever acts in its name, who is admitted.
		///
		/// ## Details
		/// Records an activity of the kind [`ActivityKind::Revise`] that uses the data and generates the next version, which derives
		/// from them. The kind, the period and the owner stay. Where they come from at first may have changed, and is not told.
		///
		/// ## Errors
		/// - The caller is not admitted: the error of the pallet participants.
		/// - [`Error::TextNotPlain`], [`Error::DataUnknown`], [`Error::MadeByChain`], [`Error::NotOwner`],
		///   [`Error::DelegationTooDeep`], [`Error::DataNotValid`], [`Error::DataInvalidated`], [`Error::DigestKnown`],
		///   [`Error::NumbersExhausted`].
		///
		/// ## Events
		/// - [`Event::Recorded`], [`Event::Superseded`].
		#[pallet::call_index(3)]
		pub fn revise(
			origin: OriginFor<T>,
			data: DataId,
			content: Content,
			protection: Option<Protection>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			T::Participants::ensure_admitted(&who)?;
			Self::do_revise(who, data, content, protection)
		}

		/// Declare data void. From now on no activity may use them.
		///
		/// ## Dispatch Origin
		/// Signed by their owner or by whoever acts in its name, who is admitted.
		///
		/// ## Details
		/// Records an activity of the kind [`ActivityKind::Delete`] whose parameters are the digest of the reasons. The record stays.
		///
		/// ## Errors
		/// - The caller is not admitted: the error of the pallet participants.
		/// - [`Error::DataUnknown`], [`Error::MadeByChain`], [`Error::NotOwner`], [`Error::DelegationTooDeep`],
		///   [`Error::DataInvalidated`], [`Error::NumbersExhausted`].
		///
		/// ## Events
		/// - [`Event::Recorded`], [`Event::Invalidated`].
		#[pallet::call_index(4)]
		pub fn invalidate(origin: OriginFor<T>, data: DataId, reason: Digest) -> DispatchResult {
			let who = ensure_signed(origin)?;
			T::Participants::ensure_admitted(&who)?;
			Self::do_invalidate(who, data, reason)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// An item of data.
		pub fn data(id: DataId) -> Option<DataView<T::AccountId>> {
			Self::view_of_data(id)
		}

		/// An activity.
		pub fn activity(id: ActivityId) -> Option<ActivityView<T::AccountId>> {
			Self::view_of_activity(id)
		}

		/// An execution entity.
		pub fn execution_entity(account: T::AccountId) -> Option<EntityView<T::AccountId>> {
			Self::view_of_entity(account)
		}

		/// The data from number `from` on, oldest first; at most 100.
		pub fn all_data(from: DataId, count: u32) -> Vec<DataView<T::AccountId>> {
			Self::data_from(from, count)
		}

		/// The activities from number `from` on, oldest first; at most 100.
		pub fn all_activities(from: ActivityId, count: u32) -> Vec<ActivityView<T::AccountId>> {
			Self::activities_from(from, count)
		}

		/// The execution entities after the account `from`, in the order in which the chain stores them; at most 100.
		pub fn execution_entities(from: Option<T::AccountId>, count: u32) -> Vec<EntityView<T::AccountId>> {
			Self::entities_after(from, count)
		}

		/// The data with the digest `digest`, one of each owner at most; at most 100.
		pub fn data_by_digest(digest: Digest) -> Vec<DataId> {
			Self::data_with_digest(digest)
		}

		/// The newest data of the name `subject`.
		pub fn data_of_subject(subject: SubjectOf<T>) -> Option<DataId> {
			Subjects::<T>::get(subject)
		}

		/// What `data` were made from, or what was made from them: at most `depth` (32) activities away, and at most `max` (1,000) data
		/// and activities.
		pub fn lineage(data: DataId, direction: Direction, depth: u32, max: u32) -> Lineage<T::AccountId> {
			Self::lineage_of(data, direction, depth, max)
		}

		/// What `account` has done between `from` and `to`, both included, in milliseconds since the Unix epoch, newest first: activities
		/// of which a part lies within that time. At most 100, recorded before `before`. For one answer 1,000 activities are looked at, so
		/// that it may be empty and yet say in `next` where to go on.
		pub fn activities_of(
			account: T::AccountId,
			from: Moment,
			to: Moment,
			before: Option<ActivityId>,
			count: u32,
		) -> ActivityPage<T::AccountId> {
			Self::activities_of_entity(account, from, to, before, count)
		}

		/// The activities of a kind, newest first; at most 100, recorded before `before`.
		pub fn activities_by_kind(
			kind: ActivityKind,
			before: Option<ActivityId>,
			count: u32,
		) -> ActivityPage<T::AccountId> {
			Self::activities_of_kind(kind, before, count)
		}

		/// How many activities, data and execution entities there are.
		pub fn counts() -> (u64, u64, u32) {
			let heads = Head::<T>::get();
			(heads.activities, heads.data, Entities::<T>::count())
		}
	}
}
