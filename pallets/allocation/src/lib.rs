#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
mod custody;
pub mod entitlement;
mod impl_inspect_entitlement;
mod installations;
#[cfg(test)]
mod mock;
mod objections;
#[cfg(test)]
mod tests;
mod true_up;
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
	use carbon_calendar::{Calendar, Day};
	use carbon_primitives::{Digest, Tonnes, Vintage};
	use carbon_traits::{
		EnsureParticipant, InspectCredit, InspectObligation, IssueAllowances, UseHeldAllowances,
	};
	use frame_support::{pallet_prelude::*, traits::EnsureOrigin};
	use frame_system::pallet_prelude::*;

	/// What the pallet needs from the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Who registers installations, allocates, holds units and decides about objections.
		type RegulatorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Tells who is a covered entity.
		type Participants: EnsureParticipant<Self::AccountId>;

		/// Issues allowances under the cap, takes them back, surrenders and moves what is held.
		type Allowances: IssueAllowances<Self::AccountId> + UseHeldAllowances<Self::AccountId>;

		/// Tells about compliance periods and what is owed in them.
		type Obligations: InspectObligation<Self::AccountId>;

		/// Tells whose units are held because of its credit.
		type Credit: InspectCredit<Self::AccountId>;

		/// Working days of the windows for objections.
		type Calendar: Get<Calendar>;

		/// The day that it is, in local time.
		type Today: Get<Day>;

		/// The regulator's account for the units of risky holders and of those whose credit is bad; nothing else is on it.
		#[pallet::constant]
		type CustodyAccount: Get<Self::AccountId>;

		/// Most installations of an entity.
		#[pallet::constant]
		type MaxInstallationsPerEntity: Get<u32>;

		/// Most entities of a batch.
		#[pallet::constant]
		type MaxBatch: Get<u32>;

		/// Makes accounts, periods and days fit for the benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: AllocationBenchmarkHelper<Self::AccountId>;
	}

	/// Makes accounts, periods and days fit for the benchmarks.
	#[cfg(any(feature = "runtime-benchmarks", test))]
	pub trait AllocationBenchmarkHelper<AccountId> {
		/// Admit `entity` as a covered entity.
		fn admit(entity: &AccountId);

		/// Open the period of `year`, unless it is open, and enrol `entity` in it.
		fn enrol(year: Vintage, entity: &AccountId);

		/// Confirm `tonnes` as the emissions of `entity` in `year`.
		fn confirm(year: Vintage, entity: &AccountId, tonnes: Tonnes);

		/// Let `tonnes` be deducted from what `entity` receives next. Does nothing where nothing is ever deducted.
		fn fall_short(_entity: &AccountId, _tonnes: Tonnes) {}
	}

	/// An installation on the chain that `T` configures.
	pub type InstallationRecordOf<T> = InstallationRecord<<T as frame_system::Config>::AccountId>;
	/// The installations of an entity.
	pub type InstallationListOf<T> = BoundedVec<InstallationId, <T as Config>::MaxInstallationsPerEntity>;
	/// A batch of pre-allocations.
	pub type PreAllocationsOf<T> =
		BoundedVec<PreAllocation<<T as frame_system::Config>::AccountId>, <T as Config>::MaxBatch>;
	/// A batch of entities.
	pub type EntitiesOf<T> = BoundedVec<<T as frame_system::Config>::AccountId, <T as Config>::MaxBatch>;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// The pallet's calls, questions and hooks.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Installations by number. Written when they are registered, closed and moved to another owner.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type Installations<T: Config> = StorageMap<_, Twox64Concat, InstallationId, InstallationRecordOf<T>>;

	/// Number of the next installation.
	#[pallet::storage]
	pub type NextInstallation<T: Config> = StorageValue<_, InstallationId, ValueQuery>;

	/// The installations of each entity, in the order in which they came to it; an empty list where it has none any more, nothing where
	/// it never had one. A closed one leaves the list at a true-up after its last year is over.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type InstallationsOf<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, InstallationListOf<T>>;

	/// The installation that each reference belongs to.
	// Identity: the key is a digest already.
	#[pallet::storage]
	pub type References<T: Config> = StorageMap<_, Identity, Digest, InstallationId>;

	/// Benchmarks by year. Written by the regulator, and marked by the first true-up of the year that uses them.
	// Twox64Concat: the regulator opens the years.
	#[pallet::storage]
	pub type Benchmarks<T: Config> = StorageMap<_, Twox64Concat, Vintage, BenchmarkRecord>;

	/// What was entered for each installation in each year. Written until the true-up of its entity.
	// Twox64Concat: the regulator opens the years, and the second key is a counter.
	#[pallet::storage]
	pub type Activities<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Vintage, Twox64Concat, InstallationId, ActivityRecord>;

	/// Free allocation of each entity for each year. Written by allocation, return and objection.
	// Twox64Concat: the regulator opens the years. Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type Allocations<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Vintage, Blake2_128Concat, T::AccountId, AllocationRecord>;

	/// The latest year for which each entity has a true-up. Written by the true-up.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type LatestTrueUps<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Vintage>;

	/// Entities whose units the regulator has ordered to hold, with the digest of the reasons. Those whose units are held because of
	/// their credit are not in it.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type RiskyHolders<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Digest>;

	/// Tonnes of each vintage that the custody account holds for each entity. Never zero.
	// Twox64Concat: the regulator opens the years. Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type Held<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Vintage, Blake2_128Concat, T::AccountId, Tonnes>;

	/// What has happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An installation was registered.
		InstallationRegistered {
			/// Its number.
			installation: InstallationId,
			/// The covered entity.
			entity: T::AccountId,
			/// How its entitlement is found.
			kind: InstallationKind,
			/// Digest of its name in the regulator's register.
			reference: Digest,
		},
		/// The benchmarks of a year were set.
		BenchmarksSet {
			/// The year.
			year: Vintage,
			/// The benchmarks before; none where there were none.
			old_value: Option<BenchmarkTable>,
			/// The benchmarks from now on.
			new_value: BenchmarkTable,
		},
		/// Data of an installation were entered, in place of those before.
		ActivityEntered {
			/// The year.
			year: Vintage,
			/// The installation.
			installation: InstallationId,
			/// The data.
			activity: Activity,
			/// Verified emissions of the installation.
			emissions: Tonnes,
			/// Digest of the documents.
			digest: Digest,
		},
		/// The early part was allocated.
		PreAllocated {
			/// The year.
			year: Vintage,
			/// The covered entity.
			entity: T::AccountId,
			/// The last verified emissions that it was computed from.
			base: Tonnes,
			/// The early part.
			tonnes: Tonnes,
			/// How much of it was not issued, because it makes up for an earlier shortfall.
			deducted: Tonnes,
			/// Whether the regulator holds what was issued.
			held: bool,
		},
		/// The allocation was corrected to the entitlement, for the first time or anew.
		TrueUp {
			/// The year.
			year: Vintage,
			/// The covered entity.
			entity: T::AccountId,
			/// Its confirmed emissions, which it is based on.
			emissions: Tonnes,
			/// What it is entitled to.
			entitlement: Tonnes,
			/// The part of it that comes from the gap cap.
			topped_up: Tonnes,
			/// The gap of its gas units.
			waived: Tonnes,
			/// What was issued now.
			issued: Tonnes,
			/// What was due now, but not issued, because it makes up for an earlier shortfall.
			deducted: Tonnes,
			/// What was deducted before from more than was due, and will be deducted again from the next allocation.
			deferred: Tonnes,
			/// What it has to return, before what is held paid for it.
			owed: Tonnes,
			/// Whether the regulator holds what was issued.
			held: bool,
		},
		/// Allowances were returned and are gone.
		Returned {
			/// The year.
			year: Vintage,
			/// The covered entity.
			entity: T::AccountId,
			/// How many tonnes.
			tonnes: Tonnes,
			/// Whether they were units that the regulator held.
			held: bool,
			/// What it owes still.
			owed: Tonnes,
		},
		/// From now on the regulator holds what is issued to an entity, whatever its credit.
		HoldBegun {
			/// The covered entity.
			entity: T::AccountId,
			/// Digest of the reasons.
			reason: Digest,
		},
		/// An entity receives what is issued to it itself again, unless its credit keeps it from that.
		HoldEnded {
			/// The covered entity.
			entity: T::AccountId,
		},
		/// Held units were surrendered for the entity.
		HeldSurrendered {
			/// The year whose obligation they count towards.
			year: Vintage,
			/// The covered entity.
			entity: T::AccountId,
			/// Vintage of the units.
			vintage: Vintage,
			/// How many tonnes.
			tonnes: Tonnes,
		},
		/// Held units were handed over to the entity.
		HeldReleased {
			/// The covered entity.
			entity: T::AccountId,
			/// Vintage of the units.
			vintage: Vintage,
			/// How many tonnes.
			tonnes: Tonnes,
		},
		/// An entity objected to its true-up.
		Objected {
			/// The year.
			year: Vintage,
			/// The covered entity.
			entity: T::AccountId,
			/// Digest of the reasons.
			digest: Digest,
			/// Last day for the decision.
			due: Day,
		},
		/// The regulator decided about an objection.
		ObjectionResolved {
			/// The year.
			year: Vintage,
			/// The covered entity.
			entity: T::AccountId,
			/// The decision.
			decision: Decision,
			/// Digest of the reasons.
			reason: Digest,
			/// Whether it came after its last day.
			late: bool,
		},
		/// An installation was closed.
		InstallationClosed {
			/// Its number.
			installation: InstallationId,
			/// Its owner.
			entity: T::AccountId,
			/// The last year that it counts in.
			last_year: Vintage,
		},
		/// An installation has another owner.
		InstallationMoved {
			/// Its number.
			installation: InstallationId,
			/// The owner before.
			from: T::AccountId,
			/// The owner from now on.
			to: T::AccountId,
		},
		/// Data were entered after emissions had been corrected: the true-up is to be made again.
		TrueUpReopened {
			/// The year.
			year: Vintage,
			/// The covered entity.
			entity: T::AccountId,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// An amount of zero tonnes. State an amount.
		AmountZero,
		/// The batch is empty. Name at least one entity.
		BatchEmpty,
		/// There is no compliance period of this year. Open it first.
		PeriodNotFound,
		/// The period does not accept allocation at this time. Look at its phase.
		PeriodNotOpen,
		/// The entity is not enrolled in the period. Enrol it first.
		NotEnrolled,
		/// Another installation has this reference. What is registered once is not entitled twice.
		ReferenceUsed,
		/// The entity has as many installations as it may have.
		TooManyInstallations,
		/// There is no installation of this number. Check the number.
		InstallationNotFound,
		/// A benchmark is zero. Give the whole table.
		BenchmarksUnfit,
		/// A true-up of the year has used the benchmarks, and they stay.
		BenchmarksLocked,
		/// The year has no benchmarks yet. Set them first.
		BenchmarksMissing,
		/// The data are of another kind than the installation. Look at its registration.
		KindMismatch,
		/// The load correction is under 1 or above 2. It is given in parts per million.
		CorrectionUnfit,
		/// The entity has its pre-allocation or its true-up for this year. It gets no second one.
		AlreadyPreAllocated,
		/// The true-up is made. Only an objection that is upheld, or emissions that are corrected, open it again.
		AlreadySettled,
		/// The entity received its allocation of this year directly. It gets nothing by the formula for this year.
		AllocatedDirectly,
		/// The installation is closed. It stays with its owner and takes no data after its last year.
		InstallationClosed,
		/// The owner has a true-up of a later year, which the installation counted in. Close it after that year.
		LaterYearSettled,
		/// The entity owns the installation already.
		OwnerUnchanged,
		/// The old or the new owner has its true-up of a year that still accepts allocation. Wait until that year accepts none.
		YearRunning,
		/// The chain knows no emissions of the year before. State the base.
		BaseMissing,
		/// The chain has the emissions of the year before itself. Leave the base out.
		BaseKnown,
		/// The entity never had an installation. Register one.
		InstallationMissing,
		/// No data were entered for an installation of the entity in this year. Enter them; zero for one that stood still.
		ActivityMissing,
		/// The emissions of the entity in this year are not confirmed. Confirm its report first.
		EmissionsMissing,
		/// Gas units and plants of draft sectors emitted more by their data than was confirmed for the whole entity. Correct the data.
		EmissionsMismatch,
		/// A number of tonnes does not fit 64 bits. Check the data.
		AmountTooLarge,
		/// Nothing was allocated to the entity for this year.
		AllocationNotFound,
		/// So much is not owed. Return what is owed, and no more.
		MoreThanOwed,
		/// The entity is risky already.
		AlreadyRisky,
		/// The regulator has not ordered to hold its units. Those that are held because of its credit are held until that has risen.
		NotRisky,
		/// So much is not held for the entity. Look at what is held.
		MoreThanHeld,
		/// The obligation of that year is not covered or not known yet. Surrender what is held first, or wait until the order to hold has
		/// ended and the credit has risen.
		ObligationOpen,
		/// There is no true-up to object to, or it is to be made again.
		NotSettled,
		/// An objection waits for its decision. Decide about it first, or wait for the decision.
		ObjectionPending,
		/// The objection to this true-up was rejected, for good.
		ObjectionDecided,
		/// The days for an objection are over.
		ObjectionLate,
		/// The entity has no objection that waits for a decision.
		ObjectionNotFound,
		/// A record that must exist is missing, or a counter is at its end; this is a bug, please report it.
		Unexpected,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				T::MaxInstallationsPerEntity::get() > 0 && T::MaxBatch::get() > 0,
				"there must be room for an installation and for an entity"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_n: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(T::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Register an installation of a covered entity.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Errors
		/// `ReferenceUsed`, `TooManyInstallations`; an account that is no covered entity.
		///
		/// ## Events
		/// `InstallationRegistered`.
		#[pallet::call_index(0)]
		pub fn register_installation(
			origin: OriginFor<T>,
			entity: T::AccountId,
			kind: InstallationKind,
			reference: Digest,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_register_installation(entity, kind, reference)
		}

		/// Set the benchmarks of a year, in place of those before.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Errors
		/// `PeriodNotFound`, `PeriodNotOpen`, `BenchmarksUnfit`, `BenchmarksLocked`.
		///
		/// ## Events
		/// `BenchmarksSet`.
		#[pallet::call_index(1)]
		pub fn set_benchmarks(origin: OriginFor<T>, year: Vintage, table: BenchmarkTable) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_set_benchmarks(year, table)
		}

		/// Enter the data of an installation for a year, in place of those before.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// `emissions` are those of the installation alone; they count for gas units. `digest` is that of the documents.
		///
		/// ## Errors
		/// `PeriodNotFound`, `PeriodNotOpen`, `InstallationNotFound`, `InstallationClosed`, `KindMismatch`,
		/// `CorrectionUnfit`, `AlreadySettled`, `ObjectionPending`.
		///
		/// ## Events
		/// `ActivityEntered`; `TrueUpReopened` before it where emissions were corrected after the true-up.
		#[pallet::call_index(2)]
		pub fn enter_activity(
			origin: OriginFor<T>,
			installation: InstallationId,
			year: Vintage,
			activity: Activity,
			#[pallet::compact] emissions: Tonnes,
			digest: Digest,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			let record = ActivityRecord {
				activity,
				emissions,
				digest,
			};
			Self::do_enter_activity(installation, year, record)
		}

		/// Issue the early part of a year's allocation to each entity of a list.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// The share of the period's rules, of the emissions confirmed for the year before, rounded down. All of the
		/// list or nothing. What an entity fell short of before is deducted.
		///
		/// ## Errors
		/// `BatchEmpty`, `PeriodNotFound`, `PeriodNotOpen`, `NotEnrolled`, `AlreadyPreAllocated`, `AllocatedDirectly`,
		/// `BaseMissing`, `BaseKnown`, `AmountTooLarge`; what the issue refuses, such as more than the cap.
		///
		/// ## Events
		/// `PreAllocated` for each entity.
		#[pallet::call_index(3)]
		#[pallet::weight(Pallet::<T>::with_issues(T::WeightInfo::pre_allocate(list.len() as u32), list.len() as u32))]
		pub fn pre_allocate(
			origin: OriginFor<T>,
			year: Vintage,
			list: PreAllocationsOf<T>,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_pre_allocate(year, list)
		}

		/// Correct the allocation of each entity of a list to its entitlement.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// Issues what is missing; what was issued too much is owed, and what is held for the entity pays for it
		/// at once. A second time only after an objection that was upheld, or where the confirmed emissions differ from
		/// those of the first. All of the list or nothing. The weight counts as many installations as an entity may have.
		///
		/// ## Errors
		/// `BatchEmpty`, `PeriodNotFound`, `PeriodNotOpen`, `NotEnrolled`, `AllocatedDirectly`, `AlreadySettled`,
		/// `ObjectionPending`, `InstallationMissing`, `ActivityMissing`, `BenchmarksMissing`, `EmissionsMissing`,
		/// `EmissionsMismatch`, `AmountTooLarge`; what the issue refuses, such as more than the cap.
		///
		/// ## Events
		/// `TrueUp` for each entity, and `Returned` where held units paid.
		#[pallet::call_index(4)]
		#[pallet::weight(Pallet::<T>::weight_of_true_up(entities.len() as u32))]
		pub fn true_up(origin: OriginFor<T>, year: Vintage, entities: EntitiesOf<T>) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_true_up(year, entities)
		}

		/// Return allowances that are owed after a true-up, of the same vintage.
		///
		/// ## Dispatch Origin
		/// Signed by the entity, whatever has become of its roles.
		///
		/// ## Errors
		/// `AmountZero`, `AllocationNotFound`, `MoreThanOwed`; too few units, or units that must not move.
		///
		/// ## Events
		/// `Returned`.
		#[pallet::call_index(5)]
		pub fn return_units(
			origin: OriginFor<T>,
			year: Vintage,
			#[pallet::compact] tonnes: Tonnes,
		) -> DispatchResult {
			let entity = ensure_signed(origin)?;
			Self::do_return_units(year, entity, tonnes)
		}

		/// Hold what is issued to an entity from now on.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Errors
		/// `AlreadyRisky`; an account that is no covered entity.
		///
		/// ## Events
		/// `HoldBegun`.
		#[pallet::call_index(6)]
		pub fn hold_units(origin: OriginFor<T>, entity: T::AccountId, reason: Digest) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_hold_units(entity, reason)
		}

		/// Surrender held units for the obligation of their entity.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Errors
		/// `AmountZero`, `MoreThanHeld`; what the surrender refuses.
		///
		/// ## Events
		/// `HeldSurrendered`.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::surrender_held().saturating_add(T::Allowances::weight_of_surrender_record()))]
		pub fn surrender_held(
			origin: OriginFor<T>,
			year: Vintage,
			entity: T::AccountId,
			vintage: Vintage,
			#[pallet::compact] tonnes: Tonnes,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_surrender_held(year, entity, vintage, tonnes)
		}

		/// Hand held units over to their entity.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// While the entity is risky, or its credit has its units held, only once the obligation of the units' own year is covered.
		///
		/// ## Errors
		/// `AmountZero`, `MoreThanHeld`, `ObligationOpen`; an entity that may not receive.
		///
		/// ## Events
		/// `HeldReleased`.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::release_units().saturating_add(T::Credit::weight_of_terms()))]
		pub fn release_units(
			origin: OriginFor<T>,
			entity: T::AccountId,
			vintage: Vintage,
			#[pallet::compact] tonnes: Tonnes,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_release_units(entity, vintage, tonnes)
		}

		/// Let an entity receive what is issued to it itself again, unless its credit keeps it from that. What is held stays so until it is
		/// released.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Errors
		/// `NotRisky`.
		///
		/// ## Events
		/// `HoldEnded`.
		#[pallet::call_index(9)]
		pub fn end_hold(origin: OriginFor<T>, entity: T::AccountId) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_end_hold(entity)
		}

		/// Object to a true-up, within the working days that the period's rules give.
		///
		/// ## Dispatch Origin
		/// Signed by the entity, whatever has become of its roles.
		///
		/// ## Errors
		/// `PeriodNotFound`, `AllocationNotFound`, `NotSettled`, `ObjectionPending`, `ObjectionDecided`, `ObjectionLate`.
		///
		/// ## Events
		/// `Objected`.
		#[pallet::call_index(10)]
		pub fn object(origin: OriginFor<T>, year: Vintage, digest: Digest) -> DispatchResult {
			let entity = ensure_signed(origin)?;
			Self::do_object(year, entity, digest)
		}

		/// Decide about an objection. One that is upheld opens the true-up again.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// Once the period accepts no allocation any more, a new true-up cannot follow, and only a rejection is possible.
		///
		/// ## Errors
		/// `AllocationNotFound`, `ObjectionNotFound`, `PeriodNotOpen`.
		///
		/// ## Events
		/// `ObjectionResolved`.
		#[pallet::call_index(11)]
		pub fn decide_objection(
			origin: OriginFor<T>,
			year: Vintage,
			entity: T::AccountId,
			decision: Decision,
			reason: Digest,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_decide_objection(year, entity, decision, reason)
		}

		/// Close an installation: from the year after `last_year` no data are asked of it and it gets nothing.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// Its reference stays used, and its number too.
		///
		/// ## Errors
		/// `InstallationNotFound`, `InstallationClosed`, `LaterYearSettled`.
		///
		/// ## Events
		/// `InstallationClosed`.
		#[pallet::call_index(12)]
		pub fn close_installation(
			origin: OriginFor<T>,
			installation: InstallationId,
			last_year: Vintage,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_close_installation(installation, last_year)
		}

		/// Give an installation to another covered entity, with all data of years without a true-up.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// An installation counts for its owner at the time of the true-up. So that none counts twice or not at all, it
		/// moves only while neither owner has its true-up of a year that still accepts allocation.
		///
		/// ## Errors
		/// `InstallationNotFound`, `InstallationClosed`, `OwnerUnchanged`, `YearRunning`, `TooManyInstallations`; an
		/// account that is no covered entity.
		///
		/// ## Events
		/// `InstallationMoved`.
		#[pallet::call_index(13)]
		pub fn move_installation(
			origin: OriginFor<T>,
			installation: InstallationId,
			to: T::AccountId,
		) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_move_installation(installation, to)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// An installation; none for a number that was not given.
		pub fn installation(id: InstallationId) -> Option<InstallationRecordOf<T>> {
			Installations::<T>::get(id)
		}

		/// The installations of an entity, in the order in which they came to it; without those that were closed long ago.
		pub fn installations_of(entity: T::AccountId) -> Vec<InstallationId> {
			InstallationsOf::<T>::get(entity).unwrap_or_default().into_inner()
		}

		/// What was entered for an installation in a year.
		pub fn activity(year: Vintage, installation: InstallationId) -> Option<ActivityRecord> {
			Activities::<T>::get(year, installation)
		}

		/// The benchmarks of a year.
		pub fn benchmarks(year: Vintage) -> Option<BenchmarkRecord> {
			Benchmarks::<T>::get(year)
		}

		/// Free allocation of an entity for a year.
		pub fn allocation(year: Vintage, entity: T::AccountId) -> Option<AllocationRecord> {
			Allocations::<T>::get(year, entity)
		}

		/// What is held of a vintage for an entity.
		pub fn held(vintage: Vintage, entity: T::AccountId) -> Tonnes {
			Held::<T>::get(vintage, entity).unwrap_or_default()
		}

		/// Whether the regulator has ordered to hold what is issued to an entity. It may be held because of its credit as well: see `keeping`.
		pub fn is_risky(entity: T::AccountId) -> bool {
			RiskyHolders::<T>::contains_key(entity)
		}

		/// Whether what is issued to an entity now is held, and why.
		pub fn keeping(entity: T::AccountId) -> Keeping {
			Self::keeping_of(&entity)
		}
	}
}
