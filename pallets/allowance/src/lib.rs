#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(rustdoc::broken_intra_doc_links)]

extern crate alloc;

mod aliases;
#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
mod carry_over;
mod closing;
mod errors;
mod fines;
mod impl_allocation;
mod impl_credit;
mod impls;
mod ledger;
#[cfg(test)]
mod mock;
mod performance;
mod phases;
mod provenance;
mod queries;
mod rules;
pub mod status;
#[cfg(test)]
mod tests;
mod transfers;
mod try_state;
mod types;
pub mod weights;

pub use aliases::*;
#[cfg(any(feature = "runtime-benchmarks", test))]
pub use benchmarking::AllowanceBenchmarkHelper;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

#[import_section(errors::allowance_errors)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use carbon_primitives::{AssetId, Balance, Digest, Moment, Tonnes, Vintage};
	use carbon_traits::{
		EnsureParticipant, InspectAveragePrice, InspectCredit, InspectEntitlement, InspectGroup,
		InspectHalts, InspectHoldings, OffsetCredits, OnShortfall, RecordActivity, RecordPerformance,
		SumHoldings,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungibles, EnsureOrigin, Time},
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

		/// The offset credits that may be surrendered.
		type Offsets: OffsetCredits<Self::AccountId>;

		/// What came out of the free allocation: emissions that need not be covered.
		type Entitlements: InspectEntitlement<Self::AccountId>;

		/// What was paid on the market in the month before a deadline.
		type Prices: InspectAveragePrice;

		/// What participants hold on the trading ledger, and how much more they may hold.
		type Trading: InspectHoldings<Self::AccountId>;

		/// Learns of entities that fell short.
		type OnShortfall: OnShortfall<Self::AccountId>;

		/// Counts how entities have done in a year.
		type Performance: RecordPerformance<Self::AccountId>;

		/// Tells how long reports have to lie with the regulator before it may confirm them.
		type Credit: InspectCredit<Self::AccountId>;

		/// Records allocations, reports, their verification and confirmation, surrenders and cancellations.
		type Provenance: RecordActivity<Self::AccountId>;

		/// The time of the block.
		type Time: Time<Moment = Moment>;

		/// Adds up the registry ledger, for `try_state`.
		type Holdings: SumHoldings;

		/// Owner of the vintages' assets: an account that nobody has a key to.
		#[pallet::constant]
		type AssetsOwner: Get<Self::AccountId>;

		/// Most entries of a list in one call.
		#[pallet::constant]
		type MaxBatch: Get<u32>;

		/// Admits accounts and endows them for benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: AllowanceBenchmarkHelper<Self::AccountId>;
	}

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The last year that was opened. Written by `open_period`: years follow each other without a gap, so that the
	/// cumulative rule adds up each of them once.
	#[pallet::storage]
	pub type LastPeriod<T: Config> = StorageValue<_, Vintage>;

	/// Compliance periods by year. Written by `open_period`, `set_rules`, `enrol`, with each phase, and by
	/// the closing.
	// Twox64Concat: years are chosen by the regulator.
	#[pallet::storage]
	pub type Periods<T: Config> = StorageMap<_, Twox64Concat, Vintage, PeriodRecord>;

	/// Periods that have not ended, in the order of their years, and when each moves on. Written with each phase.
	#[pallet::storage]
	pub type Running<T: Config> =
		StorageValue<_, BoundedVec<RunningPeriod, ConstU32<RUNNING_MAX>>, ValueQuery>;

	/// Entities of a period in the order of enrolment, one page per call of `enrol`. The closing walks over it.
	// Twox64Concat: the keys are a year and a counter.
	#[pallet::storage]
	pub type Enrolments<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Vintage, Twox64Concat, u32, AccountsOf<T>, ValueQuery>;

	/// What each entity owes and has done, by year and account. Frozen when the period closes.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type Obligations<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Vintage, Blake2_128Concat, T::AccountId, ObligationRecordOf<T>>;

	/// Sums over an entity's closed cumulative periods, by account. Written by the closing only.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type Totals<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, ComplianceTotals, ValueQuery>;

	/// What has become of each vintage, by asset number. Written with each issue, surrender and cancellation.
	// Twox64Concat: asset numbers are assigned by the registry.
	#[pallet::storage]
	pub type Supplies<T: Config> = StorageMap<_, Twox64Concat, AssetId, Supply>;

	/// What came to an account and left it otherwise than by trade, by vintage. Written where allowances are issued, transferred,
	/// surrendered, cancelled, carried over or taken back.
	// Twox64Concat: asset numbers are assigned by the registry. Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type Movements<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AssetId, Blake2_128Concat, T::AccountId, Movement, ValueQuery>;

	/// Tonnes that an entity's next allocation is cut by, never zero. Written where it falls short, by sanction, and by allocation.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type Deductions<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Tonnes>;

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
		/// A compliance period has its rules, and its vintage exists.
		PeriodOpened {
			/// Compliance year.
			year: Vintage,
			/// Most allowances that may be issued, in tonnes.
			cap: Tonnes,
			/// The rules.
			rules: RuleSet,
			/// The deadlines.
			timeline: Timeline,
			/// Where the period stands: planned, or open at once.
			phase: Phase,
		},
		/// The rules or the deadlines of a planned period were changed.
		RulesChanged {
			/// Compliance year.
			year: Vintage,
			/// Rules and deadlines until now.
			old_value: (RuleSet, Timeline),
			/// Rules and deadlines from now on.
			new_value: (RuleSet, Timeline),
		},
		/// A period is in its next phase.
		PeriodAdvanced {
			/// Compliance year.
			year: Vintage,
			/// The phase that has begun.
			phase: Phase,
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
			/// Whether it came after reports were due.
			late: bool,
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
			/// Whether it came after verification was due.
			late: bool,
		},
		/// The regulator opened a verified report again, to be corrected.
		ReportReopened {
			/// Compliance year.
			year: Vintage,
			/// The entity that has to report again.
			entity: T::AccountId,
			/// Emissions that the report showed, in tonnes.
			tonnes: Tonnes,
			/// Digest of the stated reason.
			reason: Digest,
		},
		/// A period ended without a report of an entity that owed one.
		ReportMissing {
			/// Compliance year.
			year: Vintage,
			/// The entity.
			entity: T::AccountId,
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
		/// Allowances or offset credits were surrendered against an obligation.
		Surrendered {
			/// Number of the surrender.
			id: SurrenderId,
			/// Period that it counts towards.
			year: Vintage,
			/// Who supplied the units.
			supplier: T::AccountId,
			/// Whose obligation it counts towards.
			entity: T::AccountId,
			/// What was surrendered.
			asset: AssetId,
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
			/// In whose favour, or for what.
			beneficiary: Beneficiary,
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
		/// Allowances that were issued too much are gone, as if they had never been issued.
		TakenBack {
			/// Vintage of the allowances.
			year: Vintage,
			/// The entity that they had been issued for.
			entity: T::AccountId,
			/// How many tonnes.
			tonnes: Tonnes,
		},
		/// A part of an allocation was not issued, because the entity fell short before.
		Deducted {
			/// Vintage of the allocation.
			year: Vintage,
			/// The entity.
			entity: T::AccountId,
			/// How many tonnes.
			tonnes: Tonnes,
			/// How many its next allocation is to be cut by.
			left: Tonnes,
		},
		/// What had been deducted from an allocation is deducted once more, because that had been too much by then.
		DeductedAgain {
			/// Vintage of the allocation.
			year: Vintage,
			/// The entity.
			entity: T::AccountId,
			/// How many tonnes.
			tonnes: Tonnes,
		},
		/// More is withheld from what an entity is allocated next, by sanction.
		AllocationCut {
			/// The entity.
			entity: T::AccountId,
			/// How many tonnes.
			tonnes: Tonnes,
		},
		/// Less is withheld from what an entity is allocated next, because a sanction was annulled.
		AllocationCutLifted {
			/// The entity.
			entity: T::AccountId,
			/// How many tonnes.
			tonnes: Tonnes,
		},
		/// Allowances of one vintage are gone, and as many of the next one are there.
		CarriedOver {
			/// Vintage of those that are gone.
			year: Vintage,
			/// Whose they were and are.
			entity: T::AccountId,
			/// How many tonnes.
			tonnes: Tonnes,
		},
		/// Units were moved outside of the market.
		Transferred {
			/// What was moved.
			asset: AssetId,
			/// Whose units they were.
			from: T::AccountId,
			/// Who got them.
			to: T::AccountId,
			/// How many tonnes.
			tonnes: Tonnes,
			/// On what it rests.
			basis: TransferBasis,
		},
		/// The regulator entered emissions of a closed year that nobody had confirmed in time.
		EmissionsDetermined {
			/// Compliance year.
			year: Vintage,
			/// The entity.
			entity: T::AccountId,
			/// Emissions in tonnes.
			tonnes: Tonnes,
			/// Digest of the stated reason.
			reason: Digest,
			/// Tonnes that are missing by them.
			shortfall: Tonnes,
			/// Fine for them, in fen.
			fine: Balance,
		},
		/// A period accepts nothing any more; its entities are being assessed.
		PeriodClosing {
			/// Compliance year.
			year: Vintage,
			/// What a missing tonne is reckoned at.
			fine_price: FinePrice,
		},
		/// An entity has its status for the year.
		StatusAssessed {
			/// Compliance year.
			year: Vintage,
			/// The entity.
			entity: T::AccountId,
			/// The status.
			status: SurrenderStatus,
			/// Tonnes that are missing.
			shortfall: Tonnes,
			/// Fine for those that were not missing before, in fen.
			fine: Balance,
		},
		/// Every entity of the period has its status.
		PeriodClosed {
			/// Compliance year.
			year: Vintage,
		},
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_n: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::advance_due(meter);
			Self::continue_closing(meter);
		}

		fn integrity_test() {
			assert!(T::MaxBatch::get() > 0, "lists of calls hold an entry");
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
		/// `cap` in tonnes can never be passed by what is issued. `rules` and `timeline` are kept with the period and stay as they are once
		/// it has opened for reports, which it does at once where `timeline.opens` has passed. The first year is free; every further one is
		/// the year after the last. At most eight periods run at once.
		///
		/// ## Errors
		/// `CapZero`, `PeriodExists`, `YearOutOfOrder`, `RulesUnfit`, `TimelineUnfit`, `TooManyPeriods`.
		///
		/// ## Events
		/// `PeriodOpened`.
		#[pallet::call_index(0)]
		pub fn open_period(
			origin: OriginFor<T>,
			year: Vintage,
			#[pallet::compact] cap: Tonnes,
			rules: RuleSet,
			timeline: Timeline,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_open_period(year, cap, rules, timeline)
		}

		/// Put covered entities into the list of a period.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Errors
		/// `BatchEmpty`, `PeriodNotFound`, `PeriodNotOpen`, `AlreadyEnrolled`; an account that may not act as covered entity.
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
		/// `BatchEmpty`, `PeriodNotFound`, `PeriodNotOpen`, `NotEnrolled`, `AlreadyAllocated`, `AllocationKept`, `AmountZero`, `CapExceeded`; not
		/// admitted.
		///
		/// ## Events
		/// `Allocated` for each.
		#[pallet::call_index(3)]
		#[pallet::weight(Pallet::<T>::weight_of_allocate(allocations.len() as u32))]
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
		/// `tonnes` CO2e; zero is a valid report. `report` is the digest of the document. You may replace the report until a verifier has
		/// accepted it. One that comes after reports were due is accepted and noted as late.
		///
		/// ## Errors
		/// `PeriodNotFound`, `PeriodNotOpen`, `PeriodPlanned`, `DeadlinePassed`, `NotEnrolled`, `ExcludedFromPeriod`, `ReportLocked`; an
		/// account that may not act as covered entity.
		///
		/// ## Events
		/// `EmissionsReported`.
		#[pallet::call_index(5)]
		#[pallet::weight(Pallet::<T>::with_record(T::WeightInfo::report_emissions()))]
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
		/// `tonnes` repeats the reported number, so that a report which was replaced meanwhile is not verified by mistake.
		///
		/// ## Errors
		/// `VerifierNotIndependent`, `PeriodNotFound`, `PeriodNotOpen`, `PeriodPlanned`, `DeadlinePassed`, `NotEnrolled`, `ReportNotFound`,
		/// `ReportLocked`, `ReportMismatch`; an account that may not act as verifier.
		///
		/// ## Events
		/// `ReportVerified`.
		#[pallet::call_index(6)]
		#[pallet::weight(Pallet::<T>::with_record(T::WeightInfo::verify_report()))]
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
		/// ## Details
		/// A report may have to lie with the regulator for some days before, as the credit of the entity asks for, counted from the moment at
		/// which it was handed in or replaced.
		///
		/// ## Errors
		/// `BatchEmpty`, `PeriodNotFound`, `PeriodNotOpen`, `NotEnrolled`, `ReportNotFound`, `ReportNotVerified`, `ReportMismatch`,
		/// `ReviewNotOver`.
		///
		/// ## Events
		/// `ReportConfirmed` for each.
		#[pallet::call_index(7)]
		#[pallet::weight(Pallet::<T>::weight_of_confirm(reports.len() as u32))]
		pub fn confirm_reports(
			origin: OriginFor<T>,
			year: Vintage,
			reports: TonnesByAccountOf<T>,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_confirm_reports(year, reports)
		}

		/// Surrender allowances or offset credits against an obligation.
		///
		/// ## Dispatch Origin
		/// Signed by the covered entity, or by another admitted participant who supplies the units in its place.
		///
		/// ## Details
		/// `asset` is the number of a vintage that the period's rules accept, or of an offset series. Offset credits need confirmed
		/// emissions, of which they cover a part. The units are taken from the signer and cease to exist; the surrender is kept as a record
		/// with a number. Units on the trading ledger must be withdrawn before.
		///
		/// ## Errors
		/// `AmountZero`, `PeriodNotFound`, `PeriodNotOpen`, `PeriodPlanned`, `DeadlinePassed`, `NotEnrolled`, `VintageNotUsable`,
		/// `VintageNotFound`, `AssetHalted`, `InsufficientAllowances`, `AssetUnknown`, `OffsetsNotAccepted`, `EmissionsNotConfirmed`,
		/// `OffsetCapExceeded`; a signer who may not act; what retiring the credits is refused for.
		///
		/// ## Events
		/// `Surrendered`.
		#[pallet::call_index(8)]
		#[pallet::weight(Pallet::<T>::with_record(T::WeightInfo::surrender().max(T::WeightInfo::surrender_offsets())))]
		pub fn surrender(
			origin: OriginFor<T>,
			year: Vintage,
			entity: T::AccountId,
			asset: AssetId,
			#[pallet::compact] tonnes: Tonnes,
		) -> DispatchResult {
			let supplier = ensure_signed(origin)?;
			Self::do_surrender(year, supplier, entity, asset, tonnes)
		}

		/// Give allowances up for good, with a reason.
		///
		/// ## Dispatch Origin
		/// Signed by an admitted participant.
		///
		/// ## Details
		/// `beneficiary` stands in the certificate and may be empty. `reason` is the digest of a document.
		///
		/// ## Errors
		/// `AmountZero`, `VintageNotFound`, `AssetHalted`, `InsufficientAllowances`; an account that is not admitted.
		///
		/// ## Events
		/// `Cancelled`.
		#[pallet::call_index(9)]
		#[pallet::weight(Pallet::<T>::with_record(T::WeightInfo::cancel()))]
		pub fn cancel(
			origin: OriginFor<T>,
			vintage: Vintage,
			#[pallet::compact] tonnes: Tonnes,
			beneficiary: Beneficiary,
			reason: Digest,
		) -> DispatchResult {
			let holder = ensure_signed(origin)?;
			Self::do_cancel(holder, vintage, tonnes, beneficiary, reason)
		}

		/// End a period: nothing is accepted any more and every entity is assessed.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// The phases that are left are taken one by one, whatever their time. The assessment goes on over as many blocks as it needs and
		/// ends with `PeriodClosed`.
		///
		/// ## Errors
		/// `PeriodNotFound`, `PeriodNotOpen`, `EarlierPeriodOpen`.
		///
		/// ## Events
		/// `PeriodClosing`; later `StatusAssessed` for each entity and `PeriodClosed`.
		#[pallet::call_index(10)]
		#[pallet::weight(Pallet::<T>::with_fine_price(T::WeightInfo::close_period()))]
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
		/// For what is owed and not delivered, also where the vintage is halted. `from` must have been admitted once, so that no pallet's
		/// account is touched. Allowances on the trading ledger come back by the market's `force_withdraw` first.
		///
		/// ## Errors
		/// `AmountZero`, `SameAccount`, `VintageNotFound`, `InsufficientAllowances`; a `from` that was never admitted, or a `to` that is
		/// not.
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

		/// Take a period to its next phase before its time.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// From planned to open, to surrendering, to closing. A report that comes after an early end of the open phase is late.
		///
		/// ## Errors
		/// `PeriodNotFound`, `PeriodNotOpen`, `EarlierPeriodOpen`.
		///
		/// ## Events
		/// `PeriodAdvanced`, or `PeriodClosing` for the last phase.
		#[pallet::call_index(12)]
		#[pallet::weight(Pallet::<T>::with_fine_price(T::WeightInfo::advance_period()))]
		pub fn advance_period(origin: OriginFor<T>, year: Vintage) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_advance_period(year)
		}

		/// Replace the rules and deadlines of a period that is planned.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Errors
		/// `PeriodNotFound`, `RulesFixed`, `RulesUnfit`, `TimelineUnfit`.
		///
		/// ## Events
		/// `RulesChanged`.
		#[pallet::call_index(13)]
		pub fn set_rules(
			origin: OriginFor<T>,
			year: Vintage,
			rules: RuleSet,
			timeline: Timeline,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_set_rules(year, rules, timeline)
		}

		/// Open a verified or confirmed report again, so that the entity corrects it.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// `reason` is the digest of the decision. The corrected report is verified and confirmed anew. Offset credits that were
		/// surrendered stay so; above the part of the corrected emissions that they may cover, they do not count.
		///
		/// ## Errors
		/// `PeriodNotFound`, `PeriodNotOpen`, `PeriodPlanned`, `DeadlinePassed`, `NotEnrolled`, `ReportNotFound`, `ReportNotLocked`.
		///
		/// ## Events
		/// `ReportReopened`.
		#[pallet::call_index(14)]
		pub fn reopen_report(
			origin: OriginFor<T>,
			year: Vintage,
			entity: T::AccountId,
			reason: Digest,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_reopen_report(year, entity, reason)
		}

		/// Exchange allowances of a closed year for as many of the next one.
		///
		/// ## Dispatch Origin
		/// Signed by a covered entity that complied with the year, or was excluded from it.
		///
		/// ## Details
		/// Over all applications at most the base of the year's rules and their part of the net sales of that vintage, rounded down, and what
		/// was held at the end of that year. The allowances must be free on the registry ledger, and the period of the next year running.
		///
		/// ## Errors
		/// `AmountZero`, `PeriodNotFound`, `PeriodNotClosed`, `PeriodNotOpen`, `CarryOverNotAllowed`, `NotEnrolled`, `NotCompliant`,
		/// `CarryOverExceeded`, `AssetHalted`, `InsufficientAllowances`; an account that may not act as covered entity.
		///
		/// ## Events
		/// `CarriedOver`.
		#[pallet::call_index(15)]
		pub fn carry_over(
			origin: OriginFor<T>,
			year: Vintage,
			#[pallet::compact] tonnes: Tonnes,
		) -> DispatchResult {
			let entity = ensure_signed(origin)?;
			Self::do_carry_over(year, entity, tonnes)
		}

		/// Move allowances or offset credits to another account of your corporate group.
		///
		/// ## Dispatch Origin
		/// Signed by the holder, who is admitted as the other account is.
		///
		/// ## Details
		/// What was bought today stays on the trading ledger until tomorrow. The receiver's holding limit binds.
		///
		/// ## Errors
		/// `AmountZero`, `SameAccount`, `NotOwnAccounts`, `AssetUnknown`, `AssetHalted`, `InsufficientAllowances`; an account that is not
		/// admitted; a holding limit that would be passed.
		///
		/// ## Events
		/// `Transferred`.
		#[pallet::call_index(16)]
		#[pallet::weight(Pallet::<T>::with_limit(T::WeightInfo::transfer()))]
		pub fn transfer(
			origin: OriginFor<T>,
			asset: AssetId,
			to: T::AccountId,
			#[pallet::compact] tonnes: Tonnes,
		) -> DispatchResult {
			let from = ensure_signed(origin)?;
			Self::do_transfer(asset, from, to, tonnes)
		}

		/// Move units from one holder to another on a legal basis, such as a merger, an inheritance or a judgment.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// `basis` is the digest of the document. Everything binds that binds a transfer between own accounts; what has to be taken from
		/// somebody who is halted is taken by `force_transfer`.
		///
		/// ## Errors
		/// `AmountZero`, `SameAccount`, `AssetUnknown`, `AssetHalted`, `InsufficientAllowances`; an account that is not admitted; a holding
		/// limit that would be passed.
		///
		/// ## Events
		/// `Transferred`.
		#[pallet::call_index(17)]
		#[pallet::weight(Pallet::<T>::with_limit(T::WeightInfo::transfer_with_basis()))]
		pub fn transfer_with_basis(
			origin: OriginFor<T>,
			asset: AssetId,
			from: T::AccountId,
			to: T::AccountId,
			#[pallet::compact] tonnes: Tonnes,
			basis: Digest,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_transfer_with_basis(asset, from, to, tonnes, basis)
		}

		/// Enter the emissions of an entity that nobody confirmed before its period closed.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// `reason` is the digest of the decision. The status stays what it is. What is missing is fined as at the closing, and under the
		/// cumulative rule the next deadline counts these emissions.
		///
		/// ## Errors
		/// `PeriodNotFound`, `PeriodNotClosed`, `NotEnrolled`, `ExcludedFromPeriod`, `EmissionsKnown`.
		///
		/// ## Events
		/// `EmissionsDetermined`.
		#[pallet::call_index(18)]
		#[pallet::weight(Pallet::<T>::weight_of_determine())]
		pub fn determine_emissions(
			origin: OriginFor<T>,
			year: Vintage,
			entity: T::AccountId,
			#[pallet::compact] tonnes: Tonnes,
			reason: Digest,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_determine_emissions(year, entity, tonnes, reason)
		}
	}
}
