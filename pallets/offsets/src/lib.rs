#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
mod buffers;
mod impl_offset_credits;
mod issuing;
mod ledger;
#[cfg(test)]
mod mock;
mod projects;
mod queries;
mod reductions;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// The pallet: its configuration, storage, events, errors and calls.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use carbon_calendar::Day;
	use carbon_primitives::{AssetId, Digest, Tonnes, Vintage, OFFSET_SERIES_FIRST};
	use carbon_traits::{
		EnsureParticipant, InspectBufferShare, InspectGroup, InspectHalts, RecordActivity, SumHoldings,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungibles, EnsureOrigin},
	};
	use frame_system::pallet_prelude::*;

	/// What the pallet needs from the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Who decides about projects and reports, issues series, reverses reductions and releases buffers.
		type RegulatorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Tells who is admitted and in which role.
		type Participants: EnsureParticipant<Self::AccountId>;

		/// Tells who belongs together: a verifier checks nobody of its own group.
		type Groups: InspectGroup<Self::AccountId>;

		/// Tells which series must not move.
		type Halts: InspectHalts;

		/// The registry ledger: one asset per series, one unit per tonne.
		type Assets: fungibles::Create<Self::AccountId, AssetId = AssetId, Balance = u128>
			+ fungibles::Mutate<Self::AccountId>
			+ fungibles::metadata::Mutate<Self::AccountId>;

		/// Adds up the registry ledger, for `try_state`.
		type Holdings: SumHoldings;

		/// How much of a series goes to the buffer. May be parameters that change.
		type BufferShare: InspectBufferShare;

		/// Records cancellations in the provenance graph.
		type Provenance: RecordActivity<Self::AccountId>;

		/// The day that it is, in local time.
		type Today: Get<Day>;

		/// Owner of the series' assets: an account that nobody has a key to.
		#[pallet::constant]
		type AssetsOwner: Get<Self::AccountId>;

		/// The account that holds the buffers: nobody has a key to it, and nothing else is on it.
		#[pallet::constant]
		type BufferAccount: Get<Self::AccountId>;

		/// Most projects of an owner, whatever has become of them; those that were withdrawn do not count.
		#[pallet::constant]
		type MaxProjectsPerOwner: Get<u32>;

		/// Most reports of a project that are not refused.
		#[pallet::constant]
		type MaxReportsPerProject: Get<u32>;

		/// Most series of a project. No more than reports, since each series has one.
		#[pallet::constant]
		type MaxSeriesPerProject: Get<u32>;

		/// Makes accounts and days fit for the benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: OffsetsBenchmarkHelper<Self::AccountId>;
	}

	/// A project on the chain that `T` configures.
	pub type ProjectRecordOf<T> = ProjectRecord<<T as frame_system::Config>::AccountId>;
	/// A report on the chain that `T` configures.
	pub type ReductionReportOf<T> = ReductionReport<<T as frame_system::Config>::AccountId>;
	/// A cancellation on the chain that `T` configures.
	pub type CancellationRecordOf<T> =
		CancellationRecord<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
	/// A project on the chain that `T` configures, as queries show it.
	pub type ProjectViewOf<T> = ProjectView<<T as frame_system::Config>::AccountId>;
	/// A report on the chain that `T` configures, as queries show it.
	pub type ReportViewOf<T> = ReportView<<T as frame_system::Config>::AccountId>;
	/// The projects of an owner.
	pub type ProjectListOf<T> = BoundedVec<ProjectId, <T as Config>::MaxProjectsPerOwner>;
	/// The monitoring periods of a project.
	pub type PeriodListOf<T> = BoundedVec<MonitoringPeriod, <T as Config>::MaxReportsPerProject>;
	/// The series of a project.
	pub type SeriesListOf<T> = BoundedVec<AssetId, <T as Config>::MaxSeriesPerProject>;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// The pallet's calls, questions and hooks.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Projects by number. Written when a project is handed in, decided on or withdrawn.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type Projects<T: Config> = StorageMap<_, Twox64Concat, ProjectId, ProjectRecordOf<T>>;

	/// Number of the next project.
	#[pallet::storage]
	pub type NextProject<T: Config> = StorageValue<_, ProjectId, ValueQuery>;

	/// Sums over the series of each project, by its number. Written by whatever issues, reverses, settles and releases.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type Totals<T: Config> = StorageMap<_, Twox64Concat, ProjectId, ProjectTotals, ValueQuery>;

	/// The projects of each owner, in the order in which they were handed in.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type ProjectsOf<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, ProjectListOf<T>, ValueQuery>;

	/// What each registry reference belongs to, by the BLAKE2b-256 digest of the reference.
	// Identity: the key is a digest already.
	#[pallet::storage]
	pub type References<T: Config> = StorageMap<_, Identity, Digest, ReferenceUse>;

	/// Reports of reductions by number. Written by each step of a report.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type Reports<T: Config> = StorageMap<_, Twox64Concat, ReportId, ReductionReportOf<T>>;

	/// Number of the next report.
	#[pallet::storage]
	pub type NextReport<T: Config> = StorageValue<_, ReportId, ValueQuery>;

	/// The monitoring periods of each project's reports that are not refused, in the order of time. No two share a day.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type Periods<T: Config> = StorageMap<_, Twox64Concat, ProjectId, PeriodListOf<T>, ValueQuery>;

	/// Series by asset number. Written with each issue, surrender, cancellation and release.
	// Twox64Concat: asset numbers are assigned by the pallet.
	#[pallet::storage]
	pub type Series<T: Config> = StorageMap<_, Twox64Concat, AssetId, SeriesRecord>;

	/// The series of each project, oldest first.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type SeriesOf<T: Config> = StorageMap<_, Twox64Concat, ProjectId, SeriesListOf<T>, ValueQuery>;

	/// Where the numbers of series begin.
	#[pallet::type_value]
	pub fn FirstSeries() -> AssetId {
		OFFSET_SERIES_FIRST
	}

	/// Number of the next series.
	#[pallet::storage]
	pub type NextSeries<T: Config> = StorageValue<_, AssetId, ValueQuery, FirstSeries>;

	/// Cancellations by number. Written once, never changed.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type Cancellations<T: Config> = StorageMap<_, Twox64Concat, CancellationId, CancellationRecordOf<T>>;

	/// Number of the next cancellation.
	#[pallet::storage]
	pub type NextCancellation<T: Config> = StorageValue<_, CancellationId, ValueQuery>;

	/// What each owner owes after reversals, over all of its projects, in tonnes. Never zero.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type ReversalDebts<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Tonnes>;

	/// What has happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A project was handed in, or handed in again.
		ProjectSubmitted {
			/// Its number.
			project: ProjectId,
			/// The resource holder.
			owner: T::AccountId,
			/// How often it was handed in again.
			revision: u32,
			/// What was handed in.
			details: ProjectDetails,
		},
		/// The owner took an application back.
		ProjectWithdrawn {
			/// Number of the project.
			project: ProjectId,
		},
		/// The regulator decided about a project.
		ProjectDecided {
			/// Number of the project.
			project: ProjectId,
			/// The revision that the decision is about.
			revision: u32,
			/// The decision.
			decision: Decision,
			/// Digest of the reasons.
			reason: Digest,
		},
		/// An owner reported reductions.
		ReductionsReported {
			/// Number of the report.
			report: ReportId,
			/// The project.
			project: ProjectId,
			/// What was reported.
			reductions: Reductions,
		},
		/// The owner took a report back.
		ReductionsWithdrawn {
			/// Number of the report.
			report: ReportId,
		},
		/// A verifier stands behind a report.
		ReductionsVerified {
			/// Number of the report.
			report: ReportId,
			/// The verifier.
			verifier: T::AccountId,
			/// Verified reductions in tonnes.
			tonnes: Tonnes,
		},
		/// The regulator did not accept a report.
		ReductionsRefused {
			/// Number of the report.
			report: ReportId,
			/// Digest of the reasons.
			reason: Digest,
		},
		/// Offset credits were issued.
		SeriesIssued {
			/// The series.
			asset: AssetId,
			/// The project.
			project: ProjectId,
			/// The report that it was issued for.
			report: ReportId,
			/// Who got what did not go to the buffer.
			owner: T::AccountId,
			/// Year of the last day of the monitoring period.
			vintage: Vintage,
			/// Whether the project lies at an installation of a covered entity.
			inside_ets: bool,
			/// Issued, in tonnes.
			tonnes: Tonnes,
			/// What of it went to the buffer.
			buffered: Tonnes,
		},
		/// Reductions of a project were undone.
		ReductionsReversed {
			/// The project.
			project: ProjectId,
			/// How many tonnes.
			tonnes: Tonnes,
			/// What of it was cancelled from the buffer.
			from_buffer: Tonnes,
			/// What of it the owner owes.
			owed: Tonnes,
			/// Digest of the reasons.
			reason: Digest,
		},
		/// What is owed after a reversal was paid, in part or in full.
		ReversalSettled {
			/// The project.
			project: ProjectId,
			/// The series that it was paid with.
			asset: AssetId,
			/// How many tonnes.
			tonnes: Tonnes,
			/// What is still owed for the project.
			owed: Tonnes,
		},
		/// Credits of the buffer went to the owner.
		BufferReleased {
			/// The project.
			project: ProjectId,
			/// The series.
			asset: AssetId,
			/// The owner.
			owner: T::AccountId,
			/// How many tonnes.
			tonnes: Tonnes,
		},
		/// Offset credits were cancelled for good.
		Cancelled {
			/// Number of the cancellation.
			id: CancellationId,
			/// The series.
			asset: AssetId,
			/// Whose they were; for a reversal the account of the buffers.
			holder: T::AccountId,
			/// How many tonnes.
			tonnes: Tonnes,
			/// Why.
			cause: CancellationCause,
		},
		/// Offset credits were surrendered; what they were surrendered for is told by whoever accepted them.
		Surrendered {
			/// The series.
			asset: AssetId,
			/// Whose they were.
			holder: T::AccountId,
			/// How many tonnes.
			tonnes: Tonnes,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// There is no project of this number, or it was withdrawn. Check the number.
		ProjectNotFound,
		/// The project belongs to somebody else. Only its owner may do this.
		NotOwner,
		/// The project was registered, and its application cannot be changed or taken back any more.
		ProjectLocked,
		/// The project is not registered, or suspended. Wait for the regulator to register it.
		ProjectNotRegistered,
		/// The project is in no state for this decision. Look at its state again.
		DecisionUnfit,
		/// The project was handed in again meanwhile. Look at the present revision before you decide.
		RevisionMismatch,
		/// The owner has as many projects as one may have. Withdraw one that was refused.
		TooManyProjects,
		/// The reference of the methodology is empty or not UTF-8. Name the methodology.
		MethodologyUnfit,
		/// The registry reference is empty, or has other signs than capitals, digits and `- . / _ :`. Spell it so.
		ReferenceUnfit,
		/// The registry reference belongs to a project or report already. What was issued once is not issued again.
		ReferenceUsed,
		/// No document is named by its digest. Hand in at least one.
		DocumentsEmpty,
		/// There is no report of this number, or it was withdrawn. Check the number.
		ReportNotFound,
		/// The monitoring period ends before it begins. Check the days.
		PeriodUnfit,
		/// The monitoring period has not ended. Report it on the day after its last day, or later.
		PeriodNotOver,
		/// The monitoring period shares a day with another report of the project. Report the days that are left.
		PeriodOverlaps,
		/// The project has as many reports as it may have.
		TooManyReports,
		/// The report is verified, refused or issued, and this cannot be done with it any more.
		ReportLocked,
		/// The number or the digest differs from those in the report. Look at the report again.
		ReportMismatch,
		/// The report has to be verified before, and credits are issued for it only once.
		ReportNotVerified,
		/// The verifier is the owner itself or belongs to its corporate group. Ask an independent verifier.
		VerifierNotIndependent,
		/// The amount is zero tonnes. State an amount.
		AmountZero,
		/// The credits of the project would come to more than can be counted. Refuse the report, and ask for the right number.
		AmountTooLarge,
		/// The project has as many series as it may have.
		TooManySeries,
		/// The asset is no series of offset credits. Check its number.
		SeriesNotFound,
		/// The owner has not paid for a reversal. It settles what it owes first.
		ReversalOwed,
		/// More would be reversed than was issued for the project and not reversed yet. Reverse less.
		MoreThanIssued,
		/// So much is not owed for this project. Settle what is owed, and no more.
		MoreThanOwed,
		/// The buffer of the project has less. Release less.
		BufferTooSmall,
		/// The account holds fewer free credits of this series. Withdraw them from the trading ledger, or buy.
		InsufficientCredits,
		/// The series is halted and does not move before the halt ends or is lifted.
		AssetHalted,
		/// The name of the beneficiary is not UTF-8. Spell it so.
		BeneficiaryUnfit,
		/// A record that must exist is missing, or a counter is at its end; this is a bug, please report it.
		Unexpected,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				T::MaxProjectsPerOwner::get() > 0 && T::MaxSeriesPerProject::get() > 0,
				"there must be room for a project and for a series"
			);
			assert!(
				T::MaxSeriesPerProject::get() <= T::MaxReportsPerProject::get(),
				"each series has a report, so that more series than reports cannot be"
			);
			assert!(
				T::BufferAccount::get() != T::AssetsOwner::get(),
				"the buffers lie on an account of their own"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_n: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(T::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Hand in a project for registration.
		///
		/// ## Dispatch Origin
		/// Signed by a resource holder, who is its owner from then on.
		///
		/// ## Errors
		/// `MethodologyUnfit`, `ReferenceUnfit`, `DocumentsEmpty`, `ReferenceUsed`, `TooManyProjects`; an account that
		/// may not act as resource holder.
		///
		/// ## Events
		/// `ProjectSubmitted`.
		#[pallet::call_index(0)]
		pub fn register_project(origin: OriginFor<T>, details: ProjectDetails) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_register_project(who, details)
		}

		/// Hand a project in again that is not registered.
		///
		/// ## Dispatch Origin
		/// Signed by its owner, a resource holder.
		///
		/// ## Details
		/// Replaces the application as a whole and raises its revision, so that no decision about the one before counts
		/// for it.
		///
		/// ## Errors
		/// `ProjectNotFound`, `NotOwner`, `ProjectLocked`, `MethodologyUnfit`, `ReferenceUnfit`, `DocumentsEmpty`,
		/// `ReferenceUsed`; an account that may not act as resource holder.
		///
		/// ## Events
		/// `ProjectSubmitted`.
		#[pallet::call_index(1)]
		pub fn resubmit_project(
			origin: OriginFor<T>,
			project: ProjectId,
			details: ProjectDetails,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_resubmit_project(who, project, details)
		}

		/// Take the application of a project back that is not registered. Its reference is free again.
		///
		/// ## Dispatch Origin
		/// Signed by its owner, whatever has become of its roles.
		///
		/// ## Errors
		/// `ProjectNotFound`, `NotOwner`, `ProjectLocked`.
		///
		/// ## Events
		/// `ProjectWithdrawn`.
		#[pallet::call_index(2)]
		pub fn withdraw_project(origin: OriginFor<T>, project: ProjectId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_project(who, project)
		}

		/// Register, refuse or suspend a project.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// `revision` says which application was looked at. `reason` is the digest of the reasons. A refused project
		/// loses its reference.
		///
		/// ## Errors
		/// `ProjectNotFound`, `RevisionMismatch`, `DecisionUnfit`.
		///
		/// ## Events
		/// `ProjectDecided`.
		#[pallet::call_index(3)]
		pub fn decide_project(
			origin: OriginFor<T>,
			project: ProjectId,
			#[pallet::compact] revision: u32,
			decision: Decision,
			reason: Digest,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_decide_project(project, revision, decision, reason)
		}

		/// Report the reductions of a monitoring period that is over.
		///
		/// ## Dispatch Origin
		/// Signed by the owner of the project, a resource holder.
		///
		/// ## Errors
		/// `ProjectNotFound`, `NotOwner`, `ProjectNotRegistered`, `AmountZero`, `PeriodUnfit`, `PeriodNotOver`,
		/// `PeriodOverlaps`, `TooManyReports`, `ReferenceUnfit`, `ReferenceUsed`; an account that may not act as
		/// resource holder.
		///
		/// ## Events
		/// `ReductionsReported`.
		#[pallet::call_index(4)]
		pub fn report_reductions(
			origin: OriginFor<T>,
			project: ProjectId,
			reductions: Reductions,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_report_reductions(who, project, reductions)
		}

		/// Take a report back that nobody has verified. Its period and its reference are free again.
		///
		/// ## Dispatch Origin
		/// Signed by the owner of the project, whatever has become of its roles.
		///
		/// ## Errors
		/// `ReportNotFound`, `NotOwner`, `ReportLocked`.
		///
		/// ## Events
		/// `ReductionsWithdrawn`.
		#[pallet::call_index(5)]
		pub fn withdraw_reductions(origin: OriginFor<T>, report: ReportId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_reductions(who, report)
		}

		/// State that a report is right.
		///
		/// ## Dispatch Origin
		/// Signed by a verifier that is neither the owner of the project nor of its corporate group.
		///
		/// ## Details
		/// `tonnes` and `digest` repeat those of the report, so that another one is not verified by mistake.
		///
		/// ## Errors
		/// `ReportNotFound`, `ReportLocked`, `ReportMismatch`, `ProjectNotRegistered`, `VerifierNotIndependent`; an
		/// account that may not act as verifier.
		///
		/// ## Events
		/// `ReductionsVerified`.
		#[pallet::call_index(6)]
		pub fn verify_reductions(
			origin: OriginFor<T>,
			report: ReportId,
			#[pallet::compact] tonnes: Tonnes,
			digest: Digest,
		) -> DispatchResult {
			let verifier = ensure_signed(origin)?;
			Self::do_verify_reductions(verifier, report, tonnes, digest)
		}

		/// Refuse a report for which nothing was issued. Its period and its reference are free again.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Errors
		/// `ReportNotFound`, `ReportLocked`.
		///
		/// ## Events
		/// `ReductionsRefused`.
		#[pallet::call_index(7)]
		pub fn refuse_reductions(origin: OriginFor<T>, report: ReportId, reason: Digest) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_refuse_reductions(report, reason)
		}

		/// Issue the offset credits of a verified report as a series of its own.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// The share of the buffer, rounded up, goes to this pallet's account, the rest to the owner.
		///
		/// ## Errors
		/// `ReportNotFound`, `ReportNotVerified`, `ProjectNotRegistered`, `ReversalOwed`, `TooManySeries`,
		/// `AmountTooLarge`; an owner that may not act as resource holder.
		///
		/// ## Events
		/// `SeriesIssued`.
		#[pallet::call_index(8)]
		pub fn issue_series(origin: OriginFor<T>, report: ReportId) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_issue_series(report)
		}

		/// Undo reductions of a project: cancel so many credits of its buffer, and let the owner owe the rest.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// Takes from the oldest series first. `reason` is the digest of the reasons. The weight is that of as many
		/// series as a project may have; what was not looked at is given back.
		///
		/// ## Errors
		/// `AmountZero`, `ProjectNotFound`, `MoreThanIssued`, `AssetHalted`.
		///
		/// ## Events
		/// `Cancelled` for each series, and `ReductionsReversed`.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::reverse(T::MaxSeriesPerProject::get()))]
		pub fn reverse(
			origin: OriginFor<T>,
			project: ProjectId,
			#[pallet::compact] tonnes: Tonnes,
			reason: Digest,
		) -> DispatchResultWithPostInfo {
			T::RegulatorOrigin::ensure_origin(origin)?;
			let looked_at = Self::do_reverse(project, tonnes, reason)?;
			Ok(Some(T::WeightInfo::reverse(looked_at)).into())
		}

		/// Pay what is owed after a reversal with credits that the owner holds freely, of any series.
		///
		/// ## Dispatch Origin
		/// Signed by the owner of the project, whatever has become of its roles, or the regulator. Either way it is
		/// the owner's credits that are cancelled.
		///
		/// ## Errors
		/// `AmountZero`, `ProjectNotFound`, `NotOwner`, `MoreThanOwed`, `SeriesNotFound`, `AssetHalted`,
		/// `InsufficientCredits`.
		///
		/// ## Events
		/// `Cancelled` and `ReversalSettled`.
		#[pallet::call_index(10)]
		pub fn settle_reversal(
			origin: OriginFor<T>,
			project: ProjectId,
			asset: AssetId,
			#[pallet::compact] tonnes: Tonnes,
		) -> DispatchResult {
			let who = match T::RegulatorOrigin::try_origin(origin) {
				Ok(_) => None,
				Err(origin) => Some(ensure_signed(origin)?),
			};
			Self::do_settle_reversal(who, project, asset, tonnes)
		}

		/// Give credits of a project's buffer to its owner.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// Takes from the oldest series first. The weight is that of as many series as a project may have; what was
		/// not looked at is given back.
		///
		/// ## Errors
		/// `AmountZero`, `ProjectNotFound`, `BufferTooSmall`, `ReversalOwed`, `AssetHalted`; an owner that is not
		/// admitted.
		///
		/// ## Events
		/// `BufferReleased` for each series.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::release_buffer(T::MaxSeriesPerProject::get()))]
		pub fn release_buffer(
			origin: OriginFor<T>,
			project: ProjectId,
			#[pallet::compact] tonnes: Tonnes,
		) -> DispatchResultWithPostInfo {
			T::RegulatorOrigin::ensure_origin(origin)?;
			let looked_at = Self::do_release_buffer(project, tonnes)?;
			Ok(Some(T::WeightInfo::release_buffer(looked_at)).into())
		}

		/// Give offset credits up for good, in favour of somebody and with a reason.
		///
		/// ## Dispatch Origin
		/// Signed by an admitted participant.
		///
		/// ## Details
		/// `beneficiary` is a name in UTF-8, empty for the holder itself; it is public and stays so. `reason` is the
		/// digest of the stated reason.
		///
		/// ## Errors
		/// `AmountZero`, `BeneficiaryUnfit`, `SeriesNotFound`, `AssetHalted`, `InsufficientCredits`; an account that is
		/// not admitted.
		///
		/// ## Events
		/// `Cancelled`.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::cancel().saturating_add(T::Provenance::weight_of_record()))]
		pub fn cancel(
			origin: OriginFor<T>,
			asset: AssetId,
			#[pallet::compact] tonnes: Tonnes,
			beneficiary: Beneficiary,
			reason: Digest,
		) -> DispatchResult {
			let holder = ensure_signed(origin)?;
			Self::do_cancel(holder, asset, tonnes, beneficiary, reason)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A project; none when it was never handed in or was withdrawn.
		pub fn project(id: ProjectId) -> Option<ProjectViewOf<T>> {
			Self::project_view(id)
		}

		/// The projects of an owner, in the order in which they were handed in.
		pub fn projects_of(owner: T::AccountId) -> Vec<ProjectViewOf<T>> {
			Self::project_views(&owner)
		}

		/// A report of reductions; none when it was never handed in or was withdrawn.
		pub fn reductions(id: ReportId) -> Option<ReportViewOf<T>> {
			Self::report_view(id)
		}

		/// The reports of a project that were not refused, in the order of their monitoring periods.
		pub fn reductions_of(project: ProjectId) -> Vec<ReportViewOf<T>> {
			Self::report_views(project)
		}

		/// A series; none for an asset that is none.
		pub fn series(asset: AssetId) -> Option<SeriesRecord> {
			Series::<T>::get(asset)
		}

		/// The series of a project, oldest first.
		pub fn series_of(project: ProjectId) -> Vec<SeriesView> {
			Self::series_views(project)
		}

		/// The project or report that a registry reference belongs to; none when it is free.
		pub fn reference_use(reference: Vec<u8>) -> Option<ReferenceUse> {
			References::<T>::get(Self::key_of(&reference))
		}

		/// A cancellation by its number.
		pub fn offset_cancellation(id: CancellationId) -> Option<CancellationRecordOf<T>> {
			Cancellations::<T>::get(id)
		}

		/// What an owner owes after reversals, over all of its projects.
		pub fn reversal_debt(owner: T::AccountId) -> Tonnes {
			ReversalDebts::<T>::get(owner).unwrap_or_default()
		}
	}
}
