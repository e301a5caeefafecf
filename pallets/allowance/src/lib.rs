#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(rustdoc::broken_intra_doc_links)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
mod closing;
mod impls;
mod ledger;
#[cfg(test)]
mod mock;
mod queries;
pub mod status;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use carbon_primitives::{AssetId, Digest, Tonnes, Vintage};
	#[cfg(any(feature = "runtime-benchmarks", test))]
	use carbon_traits::ParticipantBenchmarkHelper;
	use carbon_traits::{EnsureParticipant, InspectGroup, InspectHalts, SumHoldings};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungibles, EnsureOrigin},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Who may open and close periods, allocate and confirm, and move allowances without their holder.
		type RegulatorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Tells who is admitted and in which role, and who was admitted once.
		type Participants: EnsureParticipant<Self::AccountId>;

		/// Tells who belongs together: a verifier checks nobody of its own group.
		type Groups: InspectGroup<Self::AccountId>;

		/// Tells which vintages must not move.
		type Halts: InspectHalts;

		/// The registry ledger: one asset per vintage, one unit per tonne.
		type Assets: fungibles::Create<Self::AccountId, AssetId = AssetId, Balance = u128>
			+ fungibles::Mutate<Self::AccountId>
			+ fungibles::metadata::Mutate<Self::AccountId>;

		/// Adds up the registry ledger, for `try_state`.
		type Holdings: SumHoldings;

		/// Owner of the vintages' assets: an account that nobody has a key to.
		#[pallet::constant]
		type AssetsOwner: Get<Self::AccountId>;

		/// Most entries of a list in one call.
		#[pallet::constant]
		type MaxBatch: Get<u32>;

		/// Admits accounts for benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: ParticipantBenchmarkHelper<Self::AccountId>;
	}

	/// Record of a surrender.
	pub type SurrenderRecordOf<T> =
		SurrenderRecord<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
	/// Record of a cancellation.
	pub type CancellationRecordOf<T> =
		CancellationRecord<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
	/// A list of accounts in one call.
	pub type AccountsOf<T> = BoundedVec<<T as frame_system::Config>::AccountId, <T as Config>::MaxBatch>;
	/// A list of accounts with a number of tonnes each.
	pub type TonnesByAccountOf<T> =
		BoundedVec<(<T as frame_system::Config>::AccountId, Tonnes), <T as Config>::MaxBatch>;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The last year that was opened. Written by `open_period`: years follow each other without a gap, so that the
	/// cumulative rule adds up each of them once.
	#[pallet::storage]
	pub type LastPeriod<T: Config> = StorageValue<_, Vintage>;

	/// Compliance periods by year. Written by `open_period`, `enrol` and the closing.
	// Twox64Concat: years are chosen by the regulator.
	#[pallet::storage]
	pub type Periods<T: Config> = StorageMap<_, Twox64Concat, Vintage, PeriodRecord>;

	/// Entities of a period in the order of enrolment, one page per call of `enrol`. The closing walks over it.
	// Twox64Concat: the keys are a year and a counter.
	#[pallet::storage]
	pub type Enrolments<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Vintage, Twox64Concat, u32, AccountsOf<T>, ValueQuery>;

	/// What each entity owes and has done, by year and account. Frozen when the period closes.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type Obligations<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Vintage, Blake2_128Concat, T::AccountId, ObligationRecord>;

	/// Sums over an entity's closed cumulative periods, by account. Written by the closing only.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type Totals<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, ComplianceTotals, ValueQuery>;

	/// What has become of each vintage, by asset number. Written with each issue, surrender and cancellation.
	// Twox64Concat: asset numbers are assigned by the registry.
	#[pallet::storage]
	pub type Supplies<T: Config> = StorageMap<_, Twox64Concat, AssetId, Supply>;

	/// Surrenders by number. Written by `surrender`, never changed.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type Surrenders<T: Config> = StorageMap<_, Twox64Concat, SurrenderId, SurrenderRecordOf<T>>;

	/// Number of the next surrender.
	#[pallet::storage]
	pub type NextSurrenderId<T: Config> = StorageValue<_, SurrenderId, ValueQuery>;

	/// Cancellations by number. Written by `cancel`, never changed.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type Cancellations<T: Config> = StorageMap<_, Twox64Concat, CancellationId, CancellationRecordOf<T>>;

	/// Number of the next cancellation.
	#[pallet::storage]
	pub type NextCancellationId<T: Config> = StorageValue<_, CancellationId, ValueQuery>;

	/// The next entity to assess, while a period is closing.
	#[pallet::storage]
	pub type Closing<T: Config> = StorageValue<_, ClosingCursor>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A compliance period is open and its vintage exists.
		PeriodOpened {
			/// Compliance year.
			year: Vintage,
			/// Most allowances that may be issued, in tonnes.
			cap: Tonnes,
			/// How obligations are measured.
			obligation: ObligationRule,
		},
		/// A covered entity is in the list of the period.
		EntityEnrolled {
			/// Compliance year.
			year: Vintage,
			/// The entity.
			entity: T::AccountId,
		},
		/// An enrolled entity is under no obligation this year.
		EntityExcluded {
			/// Compliance year.
			year: Vintage,
			/// The entity.
			entity: T::AccountId,
		},
		/// An entity received its free allowances.
		Allocated {
			/// Vintage of the allowances.
			year: Vintage,
			/// The entity.
			entity: T::AccountId,
			/// How many tonnes.
			tonnes: Tonnes,
		},
		/// Allowances were issued to the authority's seller.
		IssuedForSale {
			/// Vintage of the allowances.
			year: Vintage,
			/// Account that sells them.
			seller: T::AccountId,
			/// How many tonnes.
			tonnes: Tonnes,
		},
		/// An entity handed in or replaced its emissions report.
		EmissionsReported {
			/// Compliance year.
			year: Vintage,
			/// The entity.
			entity: T::AccountId,
			/// Reported emissions in tonnes.
			tonnes: Tonnes,
			/// Digest of the report.
			report: Digest,
		},
		/// A verifier stands behind a report.
		ReportVerified {
			/// Compliance year.
			year: Vintage,
			/// The entity that reported.
			entity: T::AccountId,
			/// The verifier.
			verifier: T::AccountId,
			/// Verified emissions in tonnes.
			tonnes: Tonnes,
		},
		/// The regulator accepted a verified report.
		ReportConfirmed {
			/// Compliance year.
			year: Vintage,
			/// The entity that reported.
			entity: T::AccountId,
			/// Verified emissions in tonnes.
			tonnes: Tonnes,
		},
		/// Allowances were surrendered against an obligation.
		Surrendered {
			/// Number of the surrender.
			id: SurrenderId,
			/// Period that it counts towards.
			year: Vintage,
			/// Who surrendered.
			holder: T::AccountId,
			/// Vintage of the allowances.
			vintage: Vintage,
			/// How many tonnes.
			tonnes: Tonnes,
		},
		/// Allowances were given up voluntarily.
		Cancelled {
			/// Number of the cancellation.
			id: CancellationId,
			/// Who gave them up.
			holder: T::AccountId,
			/// Vintage of the allowances.
			vintage: Vintage,
			/// How many tonnes.
			tonnes: Tonnes,
			/// Digest of the stated reason.
			reason: Digest,
		},
		/// The regulator moved allowances that an account held freely.
		ForcedTransfer {
			/// Vintage of the allowances.
			vintage: Vintage,
			/// Whose allowances they were.
			from: T::AccountId,
			/// Who got them.
			to: T::AccountId,
			/// How many tonnes.
			tonnes: Tonnes,
		},
		/// A period accepts nothing any more; its entities are being assessed.
		PeriodClosing {
			/// Compliance year.
			year: Vintage,
		},
		/// An entity has its status for the year.
		StatusAssessed {
			/// Compliance year.
			year: Vintage,
			/// The entity.
			entity: T::AccountId,
			/// The status.
			status: SurrenderStatus,
		},
		/// Every entity of the period has its status.
		PeriodClosed {
			/// Compliance year.
			year: Vintage,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// This year was opened before. Open the year after the last one.
		PeriodExists,
		/// Years are opened one after the other. Open the year after the last one.
		YearOutOfOrder,
		/// No period of this year was opened. Check the year.
		PeriodNotFound,
		/// The period is closing or closed and accepts nothing any more.
		PeriodNotOpen,
		/// The period of the year before is not closed yet. Close it first, and wait for its `PeriodClosed` event.
		EarlierPeriodOpen,
		/// A cap of zero tonnes allows nothing. State a cap.
		CapZero,
		/// The vintage's supply would pass its cap. Issue less.
		CapExceeded,
		/// The list is empty. Name at least one account.
		BatchEmpty,
		/// The amount is zero tonnes. State an amount.
		AmountZero,
		/// The entity is in the list of this period already.
		AlreadyEnrolled,
		/// The entity is not in the list of this period. The regulator enrols it first.
		NotEnrolled,
		/// The entity is excluded from this period already.
		AlreadyExcluded,
		/// The entity is under no obligation this year, so that it has nothing to report.
		ExcludedFromPeriod,
		/// The entity has received its allocation of this year.
		AlreadyAllocated,
		/// The entity has not reported its emissions of this year.
		ReportNotFound,
		/// The report is verified or confirmed and cannot be changed or verified again.
		ReportLocked,
		/// The report has to be verified before, and is confirmed only once.
		ReportNotVerified,
		/// The number differs from the one in the report. Look at the report again.
		ReportMismatch,
		/// Only the period's own vintage and earlier ones may be surrendered.
		VintageNotUsable,
		/// No allowances of this vintage were ever issued.
		VintageNotFound,
		/// The account holds fewer free allowances of this vintage. Withdraw them from the trading ledger, or buy.
		InsufficientAllowances,
		/// The verifier is the entity itself or belongs to its corporate group. Ask an independent verifier.
		VerifierNotIndependent,
		/// The vintage is halted and does not move before the halt ends or is lifted.
		AssetHalted,
		/// Allowances are to be moved to the account that they are on. Name another one.
		SameAccount,
		/// A record that must exist is missing; this is a bug, please report it.
		Unexpected,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_n: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::continue_closing(meter);
		}

		fn integrity_test() {
			assert!(
				T::MaxBatch::get() > 0,
				"lists of calls must be able to hold an entry"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_n: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(T::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Open the compliance period of a year and create its vintage.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// `cap` in tonnes can never be passed by what is issued. `obligation` stays as it is for the period's life. The
		/// first year is free; every further one is the year after the last.
		///
		/// ## Errors
		/// `CapZero`, `PeriodExists`, `YearOutOfOrder`.
		///
		/// ## Events
		/// `PeriodOpened`.
		#[pallet::call_index(0)]
		pub fn open_period(
			origin: OriginFor<T>,
			year: Vintage,
			#[pallet::compact] cap: Tonnes,
			obligation: ObligationRule,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_open_period(year, cap, obligation)
		}

		/// Put covered entities into the list of a period.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Errors
		/// `BatchEmpty`, `PeriodNotFound`, `PeriodNotOpen`, `AlreadyEnrolled`; an account that may not act as covered
		/// entity.
		///
		/// ## Events
		/// `EntityEnrolled` for each.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::enrol(entities.len() as u32))]
		pub fn enrol(origin: OriginFor<T>, year: Vintage, entities: AccountsOf<T>) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_enrol(year, entities)
		}

		/// Free enrolled entities from this year's obligation.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Errors
		/// `BatchEmpty`, `PeriodNotFound`, `PeriodNotOpen`, `NotEnrolled`, `AlreadyExcluded`.
		///
		/// ## Events
		/// `EntityExcluded` for each.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::exclude(entities.len() as u32))]
		pub fn exclude(origin: OriginFor<T>, year: Vintage, entities: AccountsOf<T>) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_exclude(year, entities)
		}

		/// Issue free allowances of the year to enrolled entities, once to each.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Errors
		/// `BatchEmpty`, `PeriodNotFound`, `PeriodNotOpen`, `NotEnrolled`, `AlreadyAllocated`, `AmountZero`,
		/// `CapExceeded`; an account that is not admitted.
		///
		/// ## Events
		/// `Allocated` for each.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::allocate(allocations.len() as u32))]
		pub fn allocate(
			origin: OriginFor<T>,
			year: Vintage,
			allocations: TonnesByAccountOf<T>,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_allocate(year, allocations)
		}

		/// Issue allowances of the year to the account through which the authority sells.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Errors
		/// `PeriodNotFound`, `PeriodNotOpen`, `AmountZero`, `CapExceeded`; a seller that may not trade.
		///
		/// ## Events
		/// `IssuedForSale`.
		#[pallet::call_index(4)]
		pub fn issue_for_sale(
			origin: OriginFor<T>,
			year: Vintage,
			seller: T::AccountId,
			#[pallet::compact] tonnes: Tonnes,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_issue_for_sale(year, seller, tonnes)
		}

		/// Report your emissions of a year.
		///
		/// ## Dispatch Origin
		/// Signed by an enrolled covered entity.
		///
		/// ## Details
		/// `tonnes` CO2e; zero is a valid report. `report` is the digest of the document. You may replace the report
		/// until a verifier has accepted it.
		///
		/// ## Errors
		/// `PeriodNotFound`, `PeriodNotOpen`, `NotEnrolled`, `ExcludedFromPeriod`, `ReportLocked`; an account that may
		/// not act as covered entity.
		///
		/// ## Events
		/// `EmissionsReported`.
		#[pallet::call_index(5)]
		pub fn report_emissions(
			origin: OriginFor<T>,
			year: Vintage,
			#[pallet::compact] tonnes: Tonnes,
			report: Digest,
		) -> DispatchResult {
			let entity = ensure_signed(origin)?;
			Self::do_report_emissions(year, entity, tonnes, report)
		}

		/// State that an entity's report is right.
		///
		/// ## Dispatch Origin
		/// Signed by a verifier that is neither the entity nor of its corporate group.
		///
		/// ## Details
		/// `tonnes` repeats the reported number, so that a report which was replaced meanwhile is not verified by
		/// mistake.
		///
		/// ## Errors
		/// `VerifierNotIndependent`, `PeriodNotFound`, `PeriodNotOpen`, `NotEnrolled`, `ReportNotFound`, `ReportLocked`,
		/// `ReportMismatch`; an account that may not act as verifier.
		///
		/// ## Events
		/// `ReportVerified`.
		#[pallet::call_index(6)]
		pub fn verify_report(
			origin: OriginFor<T>,
			year: Vintage,
			entity: T::AccountId,
			#[pallet::compact] tonnes: Tonnes,
		) -> DispatchResult {
			let verifier = ensure_signed(origin)?;
			Self::do_verify_report(year, verifier, entity, tonnes)
		}

		/// Accept verified reports: their numbers are the verified emissions of the period.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Errors
		/// `BatchEmpty`, `PeriodNotFound`, `PeriodNotOpen`, `NotEnrolled`, `ReportNotFound`, `ReportNotVerified`,
		/// `ReportMismatch`.
		///
		/// ## Events
		/// `ReportConfirmed` for each.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::confirm_reports(reports.len() as u32))]
		pub fn confirm_reports(
			origin: OriginFor<T>,
			year: Vintage,
			reports: TonnesByAccountOf<T>,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_confirm_reports(year, reports)
		}

		/// Surrender allowances against your obligation of a year.
		///
		/// ## Dispatch Origin
		/// Signed by an enrolled covered entity.
		///
		/// ## Details
		/// `vintage` is the year or an earlier one. The allowances cease to exist; the surrender is kept as a record
		/// with a number. Allowances on the trading ledger must be withdrawn before.
		///
		/// ## Errors
		/// `AmountZero`, `PeriodNotFound`, `PeriodNotOpen`, `NotEnrolled`, `VintageNotUsable`, `VintageNotFound`,
		/// `AssetHalted`, `InsufficientAllowances`; an account that may not act as covered entity.
		///
		/// ## Events
		/// `Surrendered`.
		#[pallet::call_index(8)]
		pub fn surrender(
			origin: OriginFor<T>,
			year: Vintage,
			vintage: Vintage,
			#[pallet::compact] tonnes: Tonnes,
		) -> DispatchResult {
			let holder = ensure_signed(origin)?;
			Self::do_surrender(year, holder, vintage, tonnes)
		}

		/// Give allowances up for good, with a reason.
		///
		/// ## Dispatch Origin
		/// Signed by an admitted participant.
		///
		/// ## Errors
		/// `AmountZero`, `VintageNotFound`, `AssetHalted`, `InsufficientAllowances`; an account that is not admitted.
		///
		/// ## Events
		/// `Cancelled`.
		#[pallet::call_index(9)]
		pub fn cancel(
			origin: OriginFor<T>,
			vintage: Vintage,
			#[pallet::compact] tonnes: Tonnes,
			reason: Digest,
		) -> DispatchResult {
			let holder = ensure_signed(origin)?;
			Self::do_cancel(holder, vintage, tonnes, reason)
		}

		/// End a period: nothing is accepted any more and every entity is assessed.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// The assessment goes on over as many blocks as it needs and ends with `PeriodClosed`.
		///
		/// ## Errors
		/// `PeriodNotFound`, `PeriodNotOpen`, `EarlierPeriodOpen`.
		///
		/// ## Events
		/// `PeriodClosing`; later `StatusAssessed` for each entity and `PeriodClosed`.
		#[pallet::call_index(10)]
		pub fn close_period(origin: OriginFor<T>, year: Vintage) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_close_period(year)
		}

		/// Move allowances that `from` holds freely to `to`.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// For what is owed and not delivered. `from` must have been admitted once, whatever has become of it since, so that no
		/// pallet's account is touched; `to` must be admitted. A halt of the vintage does not close this call. Allowances on the
		/// trading ledger come back by the market's `force_withdraw` first.
		///
		/// ## Errors
		/// `AmountZero`, `SameAccount`, `VintageNotFound`, `InsufficientAllowances`; a `from` that was never admitted, or a `to`
		/// that is not.
		///
		/// ## Events
		/// `ForcedTransfer`.
		#[pallet::call_index(11)]
		pub fn force_transfer(
			origin: OriginFor<T>,
			vintage: Vintage,
			from: T::AccountId,
			to: T::AccountId,
			#[pallet::compact] tonnes: Tonnes,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_force_transfer(vintage, from, to, tonnes)
		}
	}
}
