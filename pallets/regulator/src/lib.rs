#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

mod acts;
#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
mod break_glass;
mod halts;
#[cfg(test)]
mod mock;
mod officers;
mod origin;
mod proposals;
mod queries;
mod recorded;
#[cfg(test)]
mod tests;
mod trail;
mod try_state;
mod types;
pub mod weights;

pub use origin::*;
pub use pallet::*;
pub use recorded::Recorded;
pub use types::*;
pub use weights::WeightInfo;

/// The pallet: its configuration, storage, events, errors and calls.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::{boxed::Box, vec::Vec};
	use carbon_primitives::{Digest, HaltScope, Moment};
	use carbon_traits::{ApplyHalt, EnsureParticipant, RecordActivity};
	use frame_support::{
		dispatch::PostDispatchInfo,
		pallet_prelude::*,
		traits::{Contains, GetCallMetadata, Time, UnfilteredDispatchable},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::traits::Dispatchable;

	/// What the pallet needs from the runtime: of the runtime's own types, an origin that can be an act, and calls that
	/// have a name.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<
		RuntimeOrigin: From<Origin<Self>>
		                   + Into<Result<Origin<Self>, <Self as frame_system::Config>::RuntimeOrigin>>,
		RuntimeCall: Dispatchable<PostInfo = PostDispatchInfo>
		                 + UnfilteredDispatchable<RuntimeOrigin = <Self as frame_system::Config>::RuntimeOrigin>
		                 + GetCallMetadata,
	>
	{
		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// The table of acts: what each call takes and what it is about.
		type Acts: ClassifyAct<Self::RuntimeCall, Self::AccountId>;

		/// Tells who is an insider. Officers are asked each time that they act.
		type Participants: EnsureParticipant<Self::AccountId>;

		/// Carries halts to where they are obeyed.
		type OnHalt: ApplyHalt<Self::AccountId>;

		/// Where the provenance graph learns of acts and of what the break-glass key does.
		type Provenance: RecordActivity<Self::AccountId>;

		/// The chain's time, in milliseconds since the Unix epoch.
		type Time: Time<Moment = Moment>;

		/// The longest halt, in milliseconds. May be a parameter that changes.
		type HaltMax: Get<Moment>;

		/// How long a proposal can be approved, in milliseconds. May be a parameter that changes: a proposal keeps the
		/// moment that it was given.
		type ProposalLifetime: Get<Moment>;

		/// Who holds the break-glass key (the sudo key); none if it was given up.
		type BreakGlassKey: Get<Option<Self::AccountId>>;

		/// Calls that not even the break-glass key may make, neither as root nor in an account's name. Whoever implements it
		/// looks into the calls inside a call.
		///
		/// The runtime refuses what writes storage directly and could rewrite the trail (`system.set_storage`,
		/// `kill_storage`, `kill_prefix`), what dispatches in another's name (`utility.dispatch_as`,
		/// `dispatch_as_fallible`), and everything of `proxy` and `multisig`: in the name of an officer's proxy, or of a
		/// signatory, the key would act for the officer after all.
		type Forbidden: Contains<Self::RuntimeCall>;

		/// Most officers.
		#[pallet::constant]
		type MaxOfficers: Get<u32>;

		/// Fewer supervisors than this are never left by a dismissal or by lowering a level.
		#[pallet::constant]
		type MinSupervisors: Get<u32>;

		/// Most proposals that wait at once.
		#[pallet::constant]
		type MaxProposals: Get<u32>;

		/// Most proposals of one officer that wait at once. Fewer than `MaxProposals`, so that no officer alone takes all the
		/// room.
		#[pallet::constant]
		type MaxProposalsPerOfficer: Get<u32>;

		/// Longest call, encoded, that can be proposed, in bytes.
		#[pallet::constant]
		type MaxCallLength: Get<u32>;

		/// Most halts at once, that of all trading aside, which has a place of its own. Accounts fill at most half of them,
		/// markets and assets at most the rest.
		#[pallet::constant]
		type MaxHalts: Get<u32>;

		/// Makes accounts and calls fit for the benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: RegulatorBenchmarkHelper<Self::AccountId, Self::RuntimeCall>;
	}

	/// A proposal on the chain that `T` configures.
	pub type ProposalOf<T> =
		Proposal<<T as frame_system::Config>::AccountId, BoundedVec<u8, <T as Config>::MaxCallLength>>;
	/// A proposal as queries show it, on the chain that `T` configures.
	pub type ProposalViewOf<T> =
		ProposalView<<T as frame_system::Config>::AccountId, <T as frame_system::Config>::RuntimeCall>;
	/// A record of the trail of the chain that `T` configures.
	pub type ActRecordOf<T> = ActRecord<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
	/// What an act on the chain that `T` configures is about.
	pub type SubjectOf<T> = Subject<<T as frame_system::Config>::AccountId>;
	/// The halts of the chain that `T` configures.
	pub type HaltsOf<T> = BoundedVec<Halt<<T as frame_system::Config>::AccountId>, HaltPlaces<T>>;

	/// The origin of acts.
	#[pallet::origin]
	pub type Origin<T> = RawOrigin<<T as frame_system::Config>::AccountId>;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// The pallet's calls, questions and hooks.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The officers and their levels, by account; counted. Written by the genesis build, `appoint` and `dismiss`.
	// Blake2_128Concat: whoever is to be appointed chooses the account.
	#[pallet::storage]
	pub type OfficerLevels<T: Config> =
		CountedStorageMap<_, Blake2_128Concat, T::AccountId, Level, OptionQuery>;

	/// How many of the officers are supervisors. Written by the genesis build, `appoint` and `dismiss`.
	#[pallet::storage]
	pub type Supervisors<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// The proposals that wait for a second officer, by number; counted. Written by `propose`, removed by `approve`,
	/// `reject`, `expire` and, once they have expired, block by block.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type Proposals<T: Config> =
		CountedStorageMap<_, Twox64Concat, ProposalId, ProposalOf<T>, OptionQuery>;

	/// Number of the next proposal. Written by `propose`.
	#[pallet::storage]
	pub type NextProposal<T: Config> = StorageValue<_, ProposalId, ValueQuery>;

	/// No proposal with a number below this one waits: where the search for expired ones goes on. Written block by block.
	#[pallet::storage]
	pub type OldestProposal<T: Config> = StorageValue<_, ProposalId, ValueQuery>;

	/// How many proposals of each officer wait, by proposer; those that have none are not listed. Written with each proposal
	/// that is made or ends.
	// Blake2_128Concat: officers choose their accounts.
	#[pallet::storage]
	pub type OpenProposals<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// The halts, sorted by what they stop, each scope once. Written by `halt`, `resume` and the clearing of those that have
	/// ended.
	#[pallet::storage]
	pub type Halts<T: Config> = StorageValue<_, HaltsOf<T>, ValueQuery>;

	/// The trail, by number, in the order of time. Written with the outcome of each act; never changed or removed.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type Records<T: Config> = StorageMap<_, Twox64Concat, RecordId, ActRecordOf<T>, OptionQuery>;

	/// Number of the next record. Written with each record.
	#[pallet::storage]
	pub type NextRecord<T: Config> = StorageValue<_, RecordId, ValueQuery>;

	/// The newest record about each subject; the others hang on it as a chain. Written with each record.
	// Blake2_128Concat: a subject may be an account, which its owner chooses.
	#[pallet::storage]
	pub type LastOfSubject<T: Config> = StorageMap<_, Blake2_128Concat, SubjectOf<T>, RecordId, OptionQuery>;

	/// The newest record that names each officer, or the holder of the break-glass key, as acting; the others hang on it as
	/// a chain. Written with each record.
	// Blake2_128Concat: officers choose their accounts.
	#[pallet::storage]
	pub type LastOfOfficer<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, RecordId, OptionQuery>;

	/// Who has made the call of the break-glass key that is running: of calls inside calls the outermost, whoever the key has
	/// been handed to meanwhile. Officers' calls inside it are refused. Written around each such call, and never there between
	/// two extrinsics.
	#[pallet::storage]
	pub type BreakGlassInUse<T: Config> = StorageValue<_, T::AccountId, OptionQuery>;

	/// Officers to appoint in the first block.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Accounts and their levels.
		///
		/// The genesis build panics on a list that the call `appoint` would refuse. It asks who is an insider, so that it
		/// stands behind the pallet that admits participants.
		pub officers: Vec<(T::AccountId, Level)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (account, level) in &self.officers {
				Pallet::<T>::appoint_at_genesis(account, *level);
			}
		}
	}

	/// What the regulator has done. Moments are in milliseconds since the Unix epoch.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An act was dispatched, once, and has a record.
		ActDispatched {
			/// Number of the record.
			record: RecordId,
			/// The officer that acted or proposed.
			by: T::AccountId,
			/// The officer that approved, if two were asked.
			second: Option<T::AccountId>,
			/// BLAKE2b-256 of the encoded call.
			call_hash: Digest,
			/// What became of it. A failed act has changed nothing but the trail.
			result: DispatchResult,
		},
		/// An act waits for a second officer.
		ActProposed {
			/// Number of the proposal.
			id: ProposalId,
			/// The officer that proposed it.
			proposer: T::AccountId,
			/// BLAKE2b-256 of the encoded call: what `approve` has to repeat.
			call_hash: Digest,
			/// Pallet and name of the call.
			description: Description,
			/// Its legal basis.
			basis: Basis,
			/// Digest of the document that states the reasons.
			reason: Digest,
			/// From this moment on it cannot be approved any more.
			expires_at: Moment,
		},
		/// A proposal was rejected, or withdrawn by its proposer. It was not dispatched.
		ActRejected {
			/// Number of the proposal.
			id: ProposalId,
			/// Number of the record.
			record: RecordId,
			/// Who rejected it; its proposer if it was withdrawn.
			by: T::AccountId,
			/// Digest of the document that states why.
			reason: Digest,
		},
		/// A proposal that nobody decided on in time was removed. It was not dispatched.
		ActExpired {
			/// Number of the proposal.
			id: ProposalId,
			/// Number of the record.
			record: RecordId,
		},
		/// The break-glass key was used, or somebody tried to.
		BreakGlassUsed {
			/// Number of the record.
			record: RecordId,
			/// Who held the key when it was used: of calls inside calls, when the outermost was made.
			by: T::AccountId,
			/// BLAKE2b-256 of the encoded call.
			call_hash: Digest,
			/// What became of it. A failed call has changed nothing but the trail.
			result: DispatchResult,
		},
		/// An officer was appointed, or given another level.
		OfficerAppointed {
			/// The officer.
			account: T::AccountId,
			/// Its level until now; none if it was no officer.
			old_value: Option<Level>,
			/// Its level from now on.
			new_value: Level,
		},
		/// An officer was dismissed.
		OfficerDismissed {
			/// The account that is no officer any more.
			account: T::AccountId,
			/// Its level until now.
			old_value: Level,
		},
		/// Something was halted, or its halt was prolonged.
		HaltSet {
			/// What is halted.
			scope: HaltScope<T::AccountId>,
			/// The end of its halt until now, which may have passed; none if the list had no halt of it.
			old_value: Option<Moment>,
			/// From this moment on the halt no longer counts.
			new_value: Moment,
		},
		/// A halt was lifted before its end.
		HaltLifted {
			/// What is no longer halted.
			scope: HaltScope<T::AccountId>,
			/// When the halt would have ended.
			old_value: Moment,
		},
		/// A halt that had ended by itself was cleared away. It stopped to count when its end came, not only now.
		HaltEnded {
			/// What is no longer halted.
			scope: HaltScope<T::AccountId>,
			/// When the halt ended.
			old_value: Moment,
			/// Whether the pallet that obeyed the halt could be told. What it halted may be gone, which is no fault.
			result: DispatchResult,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The account is no officer. Supervisors appoint officers.
		NotOfficer,
		/// The officer's level is below the one that the act takes, or that rejecting it takes. Ask an officer of that level.
		LevelTooLow,
		/// The act takes two officers. Propose it.
		NeedsTwoOfficers,
		/// The table of acts does not have the call: officers may not do it.
		NotAnAct,
		/// The legal basis is empty. State on what the act rests.
		BasisEmpty,
		/// As many proposals wait as there may be. Approve or reject one, or wait until one expires.
		ProposalsFull,
		/// As many proposals of this officer wait as one officer may have. Withdraw one, or have one decided on.
		TooManyOwnProposals,
		/// The call is longer than what can be proposed. Split it.
		CallTooLong,
		/// No proposal with this number waits. It was decided on, has been removed, or never was.
		ProposalNotFound,
		/// Whoever proposed an act does not approve it. Another officer has to.
		SameOfficer,
		/// The hash is not that of the proposed call. Look at the proposal again before approving it.
		CallHashMismatch,
		/// The proposal's time is over. Propose the act anew.
		ProposalExpired,
		/// The proposal's time is not over yet. Wait, or reject it.
		NotExpired,
		/// The call weighs more than the limit. Ask the runtime API for the proposal's weight and give at least that.
		WeightLimitTooLow,
		/// The proposer is no officer of the level that the act takes any more. Reject the proposal and propose it anew.
		ProposerNotOfficer,
		/// The chain cannot read the proposed call any more, since an upgrade changed its calls. Have the proposal withdrawn
		/// by its proposer or rejected by a supervisor, and propose it anew.
		CallUndecodable,
		/// The officer has this level already.
		AlreadyAtLevel,
		/// There are as many officers as there may be. Dismiss one first.
		TooManyOfficers,
		/// Too few supervisors would be left to decide on anything that takes two. Appoint another one first.
		TooFewSupervisors,
		/// The end of the halt has passed. Give a moment in the future, in milliseconds since the Unix epoch.
		HaltPassed,
		/// The halt would last longer than halts may. Give an earlier end, and halt again when it comes.
		HaltTooLong,
		/// The halt that is in force ends later. Use `resume` to end it earlier, which may take a higher level.
		HaltShortened,
		/// There are as many halts of accounts, or of markets and assets, as there may be. Lift one first. All trading can
		/// always be halted.
		TooManyHalts,
		/// What is to be resumed is not halted.
		NotHalted,
		/// Not even the break-glass key may make this call: it could rewrite the trail of acts. Make the change with an
		/// upgrade.
		ForbiddenCall,
		/// The break-glass key never acts in an officer's name, by whatever way. Dispatch the call as root.
		OfficerImpersonated,
		/// Nobody holds the break-glass key, so that nobody could answer for the call.
		BreakGlassKeyMissing,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::clear_ended_halts(meter);
			Self::end_expired_proposals(meter);
		}

		fn integrity_test() {
			assert!(
				T::MaxOfficers::get() >= T::MinSupervisors::get(),
				"there must be room for the supervisors that have to be left"
			);
			assert!(
				T::MaxProposalsPerOfficer::get() > 0,
				"an act of two officers must be possible"
			);
			assert!(
				T::MaxProposalsPerOfficer::get() < T::MaxProposals::get(),
				"no officer alone may take all the room for proposals"
			);
			assert!(
				T::MaxHalts::get() > 1,
				"a halt of an account and one of a market must be possible"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(T::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Do what one officer may do.
		///
		/// ## Dispatch Origin
		/// Signed by an officer, who is an insider at this moment.
		///
		/// ## Details
		/// The table of acts says what `call` takes. It is dispatched as the regulator's act or as root. `basis` is the legal
		/// basis, up to 64 bytes; `reason` is the BLAKE2b-256 digest of the document that states the reasons. Whatever
		/// becomes of the call, this one succeeds and leaves a record: look at the event's `result`.
		///
		/// ## Errors
		/// - [`Error::NotOfficer`]; an officer that is no insider any more: the error of the pallet participants.
		/// - [`Error::BasisEmpty`]: the act rests on nothing.
		/// - [`Error::NotAnAct`], [`Error::NeedsTwoOfficers`], [`Error::LevelTooLow`]: what the table of acts says.
		///
		/// ## Events
		/// - [`Event::ActDispatched`].
		#[pallet::call_index(0)]
		#[pallet::weight((
			T::WeightInfo::act(acts::length_of(&**call))
				.saturating_add(call.get_dispatch_info().call_weight)
				.saturating_add(T::Provenance::weight_of_record()),
			DispatchClass::Operational,
		))]
		pub fn act(
			origin: OriginFor<T>,
			basis: Basis,
			reason: Digest,
			call: Box<<T as frame_system::Config>::RuntimeCall>,
		) -> DispatchResultWithPostInfo {
			let officer = ensure_signed(origin)?;
			Self::do_act(officer, basis, reason, *call)
		}

		/// Propose what another officer has to approve.
		///
		/// ## Dispatch Origin
		/// Signed by an officer of the level that the act takes, who is an insider at this moment.
		///
		/// ## Details
		/// Also what one officer may do can be proposed: two pairs of eyes may always be asked for. The proposal can be
		/// approved until it expires; the event says when.
		///
		/// ## Errors
		/// - [`Error::NotOfficer`]; an officer that is no insider any more: the error of the pallet participants.
		/// - [`Error::BasisEmpty`]: the act rests on nothing.
		/// - [`Error::NotAnAct`], [`Error::LevelTooLow`]: what the table of acts says.
		/// - [`Error::CallTooLong`], [`Error::TooManyOwnProposals`], [`Error::ProposalsFull`]: there is no room.
		///
		/// ## Events
		/// - [`Event::ActProposed`].
		#[pallet::call_index(1)]
		#[pallet::weight((T::WeightInfo::propose(acts::length_of(&**call)), DispatchClass::Operational))]
		pub fn propose(
			origin: OriginFor<T>,
			basis: Basis,
			reason: Digest,
			call: Box<<T as frame_system::Config>::RuntimeCall>,
		) -> DispatchResult {
			let proposer = ensure_signed(origin)?;
			Self::do_propose(proposer, basis, reason, *call)
		}

		/// Approve what another officer has proposed: it is done at once, and once.
		///
		/// ## Dispatch Origin
		/// Signed by another officer of the level that the act takes, who is an insider at this moment.
		///
		/// ## Details
		/// `call_hash` repeats the hash of the call, so that nobody approves what they have not seen. `weight_limit` is the
		/// most that the call may weigh; the runtime API tells what it does, and what is not used is given back. The table
		/// of acts is asked anew, and so is the proposer's level. Whatever becomes of the call, this one succeeds, the
		/// proposal is gone and there is a record: look at the event's `result`.
		///
		/// ## Errors
		/// - [`Error::NotOfficer`]; an officer that is no insider any more: the error of the pallet participants.
		/// - [`Error::ProposalNotFound`], [`Error::SameOfficer`], [`Error::CallHashMismatch`],
		///   [`Error::ProposalExpired`]: this officer does not approve this proposal now.
		/// - [`Error::CallUndecodable`], [`Error::NotAnAct`]: an upgrade changed the calls or the table.
		/// - [`Error::LevelTooLow`], [`Error::ProposerNotOfficer`]: one of the two is not entitled.
		/// - [`Error::WeightLimitTooLow`]: the call weighs more.
		///
		/// ## Events
		/// - [`Event::ActDispatched`].
		#[pallet::call_index(2)]
		#[pallet::weight((
			T::WeightInfo::approve(T::MaxCallLength::get())
				.saturating_add(*weight_limit)
				.saturating_add(T::Provenance::weight_of_record()),
			DispatchClass::Operational,
		))]
		pub fn approve(
			origin: OriginFor<T>,
			id: ProposalId,
			call_hash: Digest,
			weight_limit: Weight,
		) -> DispatchResultWithPostInfo {
			let approver = ensure_signed(origin)?;
			Self::do_approve(approver, id, call_hash, weight_limit)
		}

		/// Reject what another officer has proposed, or withdraw what you have proposed yourself.
		///
		/// ## Dispatch Origin
		/// Signed by the proposer, as an officer of any level, or by an officer of the level that the act takes; who is an
		/// insider at this moment.
		///
		/// ## Details
		/// `reason` is the BLAKE2b-256 digest of the document that states why. The table of acts is asked at this moment. What
		/// is no act any more, or cannot be read any more, supervisors reject: nobody can tell any more what level it takes.
		///
		/// ## Errors
		/// - [`Error::NotOfficer`]; an officer that is no insider any more: the error of the pallet participants.
		/// - [`Error::ProposalNotFound`]: there is nothing to reject.
		/// - [`Error::LevelTooLow`]: the act, which somebody else has proposed, takes a higher level.
		///
		/// ## Events
		/// - [`Event::ActRejected`].
		#[pallet::call_index(3)]
		#[pallet::weight((T::WeightInfo::reject(), DispatchClass::Operational))]
		pub fn reject(origin: OriginFor<T>, id: ProposalId, reason: Digest) -> DispatchResult {
			let officer = ensure_signed(origin)?;
			Self::do_reject(officer, id, reason)
		}

		/// Remove a proposal that nobody has decided on in time.
		///
		/// ## Dispatch Origin
		/// Signed by an officer of any level, who is an insider at this moment.
		///
		/// ## Details
		/// Expired proposals also end by themselves, in the order of their numbers. This call is for whoever cannot wait.
		///
		/// ## Errors
		/// - [`Error::NotOfficer`]; an officer that is no insider any more: the error of the pallet participants.
		/// - [`Error::ProposalNotFound`]: there is nothing to remove.
		/// - [`Error::NotExpired`]: it can still be approved.
		///
		/// ## Events
		/// - [`Event::ActExpired`].
		#[pallet::call_index(4)]
		pub fn expire(origin: OriginFor<T>, id: ProposalId) -> DispatchResult {
			let officer = ensure_signed(origin)?;
			Self::do_expire(officer, id)
		}

		/// Appoint an officer, or give one another level.
		///
		/// ## Dispatch Origin
		/// The regulator's act, or root.
		///
		/// ## Details
		/// `account` must be an insider. The table of acts says who appoints whom.
		///
		/// ## Errors
		/// - [`Error::AlreadyAtLevel`]: there is nothing to change.
		/// - [`Error::TooFewSupervisors`]: lowering this level leaves too few.
		/// - [`Error::TooManyOfficers`]: there is no room.
		/// - The account is no insider: the error of the pallet participants.
		///
		/// ## Events
		/// - [`Event::OfficerAppointed`].
		#[pallet::call_index(5)]
		pub fn appoint(origin: OriginFor<T>, account: T::AccountId, level: Level) -> DispatchResult {
			Self::ensure_act_or_root(origin)?;
			Self::do_appoint(account, level)
		}

		/// Dismiss an officer.
		///
		/// ## Dispatch Origin
		/// The regulator's act, or root.
		///
		/// ## Details
		/// From now on nothing that the officer has proposed can be approved, nor can the officer withdraw it.
		///
		/// ## Errors
		/// - [`Error::NotOfficer`]: the account is none.
		/// - [`Error::TooFewSupervisors`]: dismissing this one leaves too few.
		///
		/// ## Events
		/// - [`Event::OfficerDismissed`].
		#[pallet::call_index(6)]
		pub fn dismiss(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			Self::ensure_act_or_root(origin)?;
			Self::do_dismiss(account)
		}

		/// Halt all trading, a market, an asset or an account until a moment.
		///
		/// ## Dispatch Origin
		/// The regulator's act, or root.
		///
		/// ## Details
		/// `until` is in milliseconds since the Unix epoch; the halt ends by itself, since the chain must not stand still
		/// because nobody came back. Halting again what is halted prolongs the halt and never shortens it: for an earlier end
		/// there is `resume`, which may take a higher level. All trading has a place of its own among the halts; accounts fill
		/// at most half of the others, markets and assets the rest.
		///
		/// ## Errors
		/// - [`Error::HaltPassed`], [`Error::HaltTooLong`]: the end does not fit.
		/// - [`Error::HaltShortened`]: the halt in force ends later.
		/// - [`Error::TooManyHalts`]: there is no room.
		/// - What is to be halted does not exist: the error of the pallet that obeys the halt.
		///
		/// ## Events
		/// - [`Event::HaltSet`].
		#[pallet::call_index(7)]
		#[pallet::weight((
			T::WeightInfo::halt().saturating_add(T::OnHalt::weight(scope)),
			DispatchClass::Operational,
		))]
		pub fn halt(origin: OriginFor<T>, scope: HaltScope<T::AccountId>, until: Moment) -> DispatchResult {
			Self::ensure_act_or_root(origin)?;
			Self::do_halt(scope, until)
		}

		/// Lift a halt before its end.
		///
		/// ## Dispatch Origin
		/// The regulator's act, or root.
		///
		/// ## Errors
		/// - [`Error::NotHalted`]: there is nothing to lift.
		/// - What is halted does not exist any more: the error of the pallet that obeys the halt.
		///
		/// ## Events
		/// - [`Event::HaltLifted`].
		#[pallet::call_index(8)]
		#[pallet::weight((
			T::WeightInfo::resume().saturating_add(T::OnHalt::weight(scope)),
			DispatchClass::Operational,
		))]
		pub fn resume(origin: OriginFor<T>, scope: HaltScope<T::AccountId>) -> DispatchResult {
			Self::ensure_act_or_root(origin)?;
			Self::do_resume(scope)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The officers and their levels.
		pub fn officers() -> Vec<(T::AccountId, Level)> {
			Self::all_officers()
		}

		/// The level of an officer; none if the account is no officer.
		pub fn level(account: T::AccountId) -> Option<Level> {
			OfficerLevels::<T>::get(account)
		}

		/// What the table of acts asks for `call`; none if officers may not do it.
		pub fn requirement(call: <T as frame_system::Config>::RuntimeCall) -> Option<Requirement> {
			T::Acts::classify(&call).map(|class| class.requirement)
		}

		/// A proposal that waits for a second officer, with its call decoded and the weight that approving it needs.
		pub fn proposal(id: ProposalId) -> Option<ProposalViewOf<T>> {
			Proposals::<T>::get(id).map(|proposal| Self::view_of(id, proposal))
		}

		/// The proposals from number `from` on, oldest first; at most 100.
		pub fn proposals(from: ProposalId, count: u32) -> Vec<ProposalViewOf<T>> {
			Self::proposals_from(from, count)
		}

		/// The halts, also those that have ended and wait to be cleared away.
		pub fn halts() -> Vec<Halt<T::AccountId>> {
			Halts::<T>::get().into_inner()
		}

		/// One record of the trail.
		pub fn record(id: RecordId) -> Option<ActRecordOf<T>> {
			Records::<T>::get(id)
		}

		/// The records, newest first, before the record `before` if one is given; at most 100.
		pub fn records(before: Option<RecordId>, count: u32) -> Vec<(RecordId, ActRecordOf<T>)> {
			Self::records_before(before, count)
		}

		/// The records about a subject, newest first, before the record `before` about it if one is given; at most 100.
		pub fn records_of_subject(
			subject: SubjectOf<T>,
			before: Option<RecordId>,
			count: u32,
		) -> Vec<(RecordId, ActRecordOf<T>)> {
			Self::chain_of_subject(subject, before, count)
		}

		/// The records that name an officer, newest first, before the record `before` that names it if one is given; at most
		/// 100.
		pub fn records_of_officer(
			account: T::AccountId,
			before: Option<RecordId>,
			count: u32,
		) -> Vec<(RecordId, ActRecordOf<T>)> {
			Self::chain_of_officer(account, before, count)
		}

		/// The records from the moment `from` on and before the moment `to`, oldest first, behind the record `after` if one
		/// is given; at most 100.
		pub fn records_between(
			from: Moment,
			to: Moment,
			after: Option<RecordId>,
			count: u32,
		) -> Vec<(RecordId, ActRecordOf<T>)> {
			Self::records_in_time(from, to, after, count)
		}
	}
}
