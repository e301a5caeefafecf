//! A chain with nothing but this pallet. Admission, periods and the ledger of allowances are kept by the mock itself.

#![allow(clippy::unwrap_used)]

use crate as pallet_allocation;
use carbon_calendar::{Calendar, Day, Hours};
use carbon_primitives::{CreditTerms, Digest, Role, Service, Tonnes, TradingRight, Vintage};
use carbon_traits::{
	AllocationRules, EnsureParticipant, InspectCredit, InspectObligation, IssueAllowances, UseHeldAllowances,
};
use frame_support::{
	assert_ok, derive_impl, ensure, parameter_types, storage_alias,
	traits::ConstU32,
	traits::Get,
	weights::{RuntimeDbWeight, Weight},
	Blake2_128Concat, Twox64Concat,
};
use frame_system::EnsureRoot;
use sp_io::TestExternalities;
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchError, DispatchResult};
use std::collections::{BTreeMap, BTreeSet};

pub use crate::*;

pub type AccountId = u64;

/// Covered entities, enrolled in both years.
pub const PLANT: AccountId = 1;
pub const MILL: AccountId = 2;
/// A covered entity that nobody has enrolled.
pub const LATECOMER: AccountId = 3;
/// Nobody has admitted this one.
pub const STRANGER: AccountId = 9;
pub const CUSTODY: AccountId = 1_001;

pub const YEAR: Vintage = Vintage(2024);
pub const LAST_YEAR: Vintage = Vintage(2023);
/// A year without a period.
pub const NO_YEAR: Vintage = Vintage(2030);
/// Wednesday, 1 January 2025, in a calendar without holidays.
pub const TODAY: Day = Day(20_089);
/// Bounds of the mock.
pub const INSTALLATIONS_MAX: u32 = 3;
pub const BATCH_MAX: u32 = 4;
/// Cap of each vintage in the mock.
pub const CAP: u64 = 10_000_000;

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
	#[runtime::pallet_index(1)]
	pub type Allocation = pallet_allocation::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId;
	type Block = frame_system::mocking::MockBlock<Test>;
	type DbWeight = DbWeight;
	type Lookup = IdentityLookup<AccountId>;
}

parameter_types! {
	/// Prices so far apart that a weight tells how many reads and how many writes it counts.
	pub const DbWeight: RuntimeDbWeight = RuntimeDbWeight {
		read: 1_000_000_000_000,
		write: 1_000_000_000_000_000,
	};
	pub const CustodyAccount: AccountId = CUSTODY;
	pub static Now: Day = TODAY;
	pub static Covered: BTreeSet<AccountId> = BTreeSet::new();
	/// Entities whose units are held because of their credit.
	pub static BadCredit: BTreeSet<AccountId> = BTreeSet::new();
	/// Years with a period, and whether it accepts allocation.
	pub static Open: BTreeMap<Vintage, bool> = BTreeMap::new();
	pub static Enrolled: BTreeSet<(Vintage, AccountId)> = BTreeSet::new();
	pub static Emissions: BTreeMap<(Vintage, AccountId), u64> = BTreeMap::new();
	pub static GapCap: Option<u32> = Some(8_000);
	/// Working days for an objection, and for the decision about it.
	pub static Windows: (u32, u32) = (7, 10);
}

impl pallet_allocation::Config for Test {
	type Allowances = Ledger;
	type BenchmarkHelper = Periods;
	type Calendar = Weekdays;
	type Credit = Scores;
	type CustodyAccount = CustodyAccount;
	type MaxBatch = ConstU32<BATCH_MAX>;
	type MaxInstallationsPerEntity = ConstU32<INSTALLATIONS_MAX>;
	type Obligations = Periods;
	type Participants = Admissions;
	type RegulatorOrigin = EnsureRoot<AccountId>;
	type Today = Now;
	type WeightInfo = ();
}

/// Weights of what other pallets do, each of its own. Less than a read.
pub const TERMS_WEIGHT: Weight = Weight::from_parts(31_000, 0);
pub const ISSUE_RECORD_WEIGHT: Weight = Weight::from_parts(37_000, 0);
pub const SURRENDER_RECORD_WEIGHT: Weight = Weight::from_parts(41_000, 0);

/// Tells whose credit is bad.
pub struct Scores;

impl InspectCredit<AccountId> for Scores {
	fn terms_of(who: &AccountId) -> CreditTerms {
		CreditTerms {
			allocation_held: BadCredit::get().contains(who),
			..CreditTerms::USUAL
		}
	}

	fn weight_of_terms() -> Weight {
		TERMS_WEIGHT
	}
}

/// Monday to Friday.
pub struct Weekdays;

impl Get<Calendar> for Weekdays {
	fn get() -> Calendar {
		Calendar {
			utc_offset: 480,
			weekdays: 0b001_1111,
			holidays: Default::default(),
			workdays: Default::default(),
			hours: Hours::AroundTheClock,
		}
	}
}

pub struct Admissions;

/// What the participants' register of the mock answers to everybody without the role.
pub const NOT_ADMITTED: DispatchError = DispatchError::Other("no covered entity");

impl EnsureParticipant<AccountId> for Admissions {
	fn ensure_role(who: &AccountId, role: Role) -> Result<(), DispatchError> {
		let fits = role == Role::CoveredEntity && Covered::get().contains(who);
		fits.then_some(()).ok_or(NOT_ADMITTED)
	}

	fn ensure_may_trade(_: &AccountId) -> Result<TradingRight, DispatchError> {
		unreachable!("allocation knows nothing of trading")
	}

	fn ensure_admitted(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("whoever receives is checked by the ledger")
	}

	fn ensure_service(_: &AccountId, _: Service) -> Result<(), DispatchError> {
		unreachable!("no list opens or closes allocation")
	}

	fn ensure_known(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("whoever has an installation was known when it was registered")
	}

	fn ensure_may_exit(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("returns are no exit")
	}

	fn ensure_may_be_paid(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("allocation knows nothing of payments")
	}
}

/// Periods and obligations. What was surrendered is stored, so that it is rolled back as everything else.
pub struct Periods;

#[storage_alias(verbatim)]
type Surrendered = StorageMap<Ledger, Blake2_128Concat, (Vintage, AccountId), u64>;

impl InspectObligation<AccountId> for Periods {
	fn rules(year: Vintage) -> Option<AllocationRules> {
		Open::get().contains_key(&year).then(|| AllocationRules {
			pre_allocation_bps: 7_000,
			gap_cap_bps: GapCap::get(),
			objection_days: Windows::get().0,
			decision_days: Windows::get().1,
		})
	}

	fn accepts_allocation(year: Vintage) -> bool {
		Open::get().get(&year) == Some(&true)
	}

	fn is_enrolled(year: Vintage, entity: &AccountId) -> bool {
		Enrolled::get().contains(&(year, *entity))
	}

	fn allocated(year: Vintage, entity: &AccountId) -> Option<Tonnes> {
		Allocated::get((year, *entity)).map(Tonnes)
	}

	fn verified_emissions(year: Vintage, entity: &AccountId) -> Option<Tonnes> {
		Emissions::get().get(&(year, *entity)).copied().map(Tonnes)
	}

	fn outstanding(year: Vintage, entity: &AccountId) -> Option<Tonnes> {
		let done = Tonnes(Surrendered::get((year, *entity)).unwrap_or_default());
		Self::verified_emissions(year, entity).map(|owed| owed.shortfall(done))
	}
}

impl AllocationBenchmarkHelper<AccountId> for Periods {
	fn admit(entity: &AccountId) {
		Covered::mutate(|covered| covered.insert(*entity));
	}

	fn enrol(year: Vintage, entity: &AccountId) {
		Open::mutate(|open| open.insert(year, true));
		Enrolled::mutate(|enrolled| enrolled.insert((year, *entity)));
	}

	fn confirm(year: Vintage, entity: &AccountId, tonnes: Tonnes) {
		Emissions::mutate(|emissions| emissions.insert((year, *entity), tonnes.0));
	}

	fn fall_short(entity: &AccountId, tonnes: Tonnes) {
		fall_short(*entity, tonnes.0);
	}
}

/// The ledger of allowances, with a cap. It deducts what an entity fell short of.
pub struct Ledger;

pub const OVER_CAP: DispatchError = DispatchError::Other("over the cap");
pub const TOO_FEW: DispatchError = DispatchError::Other("too few units");
const NEVER_ISSUED: DispatchError = DispatchError::Other("more than was issued");

#[storage_alias(verbatim)]
type Balances = StorageMap<Ledger, Blake2_128Concat, (Vintage, AccountId), u64>;
#[storage_alias(verbatim)]
type Issued = StorageMap<Ledger, Twox64Concat, Vintage, u64>;
#[storage_alias(verbatim)]
type Allocated = StorageMap<Ledger, Blake2_128Concat, (Vintage, AccountId), u64>;
#[storage_alias(verbatim)]
type Deductions = StorageMap<Ledger, Blake2_128Concat, AccountId, u64>;

impl Ledger {
	fn lower(vintage: Vintage, who: AccountId, tonnes: u64) -> DispatchResult {
		let left = held_by(vintage, who).checked_sub(tonnes).ok_or(TOO_FEW)?;
		Balances::insert((vintage, who), left);
		Ok(())
	}

	fn add(vintage: Vintage, entity: AccountId, to: AccountId, tonnes: u64) -> DispatchResult {
		let issued = issued(vintage).saturating_add(tonnes);
		ensure!(issued <= CAP, OVER_CAP);
		Issued::insert(vintage, issued);
		Allocated::insert((vintage, entity), allocated_to(vintage, entity) + tonnes);
		Self::raise(vintage, to, tonnes);
		Ok(())
	}

	fn raise(vintage: Vintage, who: AccountId, tonnes: u64) {
		Balances::insert((vintage, who), held_by(vintage, who) + tonnes);
	}
}

impl IssueAllowances<AccountId> for Ledger {
	fn issue(
		vintage: Vintage,
		entity: &AccountId,
		to: &AccountId,
		tonnes: Tonnes,
	) -> Result<Tonnes, DispatchError> {
		let cut = deduction_of(*entity).min(tonnes.0);
		Deductions::insert(entity, deduction_of(*entity) - cut);
		Self::add(vintage, *entity, *to, tonnes.0 - cut)?;
		Ok(Tonnes(cut))
	}

	fn take_back(vintage: Vintage, entity: &AccountId, from: &AccountId, tonnes: Tonnes) -> DispatchResult {
		Self::lower(vintage, *from, tonnes.0)?;
		Issued::insert(vintage, issued(vintage) - tonnes.0);
		let left = allocated_to(vintage, *entity).checked_sub(tonnes.0);
		Allocated::insert((vintage, *entity), left.ok_or(NEVER_ISSUED)?);
		Ok(())
	}

	fn deduct_again(_: Vintage, entity: &AccountId, tonnes: Tonnes) -> DispatchResult {
		fall_short(*entity, tonnes.0);
		Ok(())
	}

	fn free(vintage: Vintage, who: &AccountId) -> Tonnes {
		Tonnes(held_by(vintage, *who))
	}

	fn weight_of_issue_record() -> Weight {
		ISSUE_RECORD_WEIGHT
	}
}

impl UseHeldAllowances<AccountId> for Ledger {
	fn surrender_for(
		year: Vintage,
		custody: &AccountId,
		entity: &AccountId,
		vintage: Vintage,
		tonnes: Tonnes,
	) -> DispatchResult {
		Self::lower(vintage, *custody, tonnes.0)?;
		let before = Surrendered::get((year, *entity)).unwrap_or_default();
		Surrendered::insert((year, *entity), before + tonnes.0);
		Ok(())
	}

	fn hand_over(
		vintage: Vintage,
		custody: &AccountId,
		entity: &AccountId,
		tonnes: Tonnes,
	) -> DispatchResult {
		Self::lower(vintage, *custody, tonnes.0)?;
		Self::raise(vintage, *entity, tonnes.0);
		Ok(())
	}

	fn weight_of_surrender_record() -> Weight {
		SURRENDER_RECORD_WEIGHT
	}
}

/// Builds the state that a test starts from.
#[derive(Default)]
pub struct ExtBuilder {
	installations: Vec<(AccountId, InstallationKind)>,
	emissions: Vec<(Vintage, AccountId, u64)>,
	benchmarks: bool,
}

impl ExtBuilder {
	/// One more installation of `entity` is registered.
	#[must_use]
	pub fn with_installation(mut self, entity: AccountId, kind: InstallationKind) -> Self {
		self.installations.push((entity, kind));
		self
	}

	/// The emissions of `entity` in `year` are confirmed.
	#[must_use]
	pub fn with_emissions(mut self, year: Vintage, entity: AccountId, tonnes: u64) -> Self {
		self.emissions.push((year, entity, tonnes));
		self
	}

	/// The benchmarks of 2024 are set for `YEAR`.
	#[must_use]
	pub fn with_benchmarks(mut self) -> Self {
		self.benchmarks = true;
		self
	}

	/// Run `test` and check every invariant afterwards.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Allocation::do_try_state().expect("the invariants hold after the test");
		});
	}

	/// The state alone, for the benchmarks' own test suite.
	pub fn build(self) -> TestExternalities {
		Now::set(TODAY);
		GapCap::set(Some(8_000));
		Windows::set((7, 10));
		BadCredit::set(BTreeSet::new());
		Covered::set([PLANT, MILL, LATECOMER].into());
		Open::set([(LAST_YEAR, true), (YEAR, true)].into());
		let enrolled = [LAST_YEAR, YEAR].map(|year| [(year, PLANT), (year, MILL)]);
		Enrolled::set(enrolled.concat().into_iter().collect());
		Emissions::set(
			self.emissions
				.into_iter()
				.map(|(year, entity, tonnes)| ((year, entity), tonnes))
				.collect(),
		);
		let storage = frame_system::GenesisConfig::<Test>::default()
			.build_storage()
			.unwrap();
		let mut ext = TestExternalities::new(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			for (n, (entity, kind)) in (100..).zip(self.installations) {
				assert_ok!(Allocation::register_installation(
					RuntimeOrigin::root(),
					entity,
					kind,
					digest(n)
				));
			}
			if self.benchmarks {
				assert_ok!(Allocation::set_benchmarks(
					RuntimeOrigin::root(),
					YEAR,
					benchmarks()
				));
			}
			System::reset_events();
		});
		ext
	}
}

/// A chain on which `PLANT` has one installation whose entitlement is given, emitted 1,000,000 t in `YEAR` and 900,000 t in
/// the year before, and nothing is allocated yet.
pub fn plant() -> ExtBuilder {
	ExtBuilder::default()
		.with_installation(PLANT, InstallationKind::Direct)
		.with_emissions(LAST_YEAR, PLANT, 900_000)
		.with_emissions(YEAR, PLANT, 1_000_000)
		.with_benchmarks()
}

/// The benchmarks of China's power sector for 2024.
pub fn benchmarks() -> BenchmarkTable {
	BenchmarkTable {
		coal_large: 7_910,
		coal_small: 8_049,
		coal_unconventional: 8_244,
		gas: 3_288,
		heat_coal: 1_033,
		heat_gas: 533,
	}
}

pub fn enter(installation: u32, activity: Activity, emissions: u64) -> DispatchResult {
	Allocation::enter_activity(
		RuntimeOrigin::root(),
		InstallationId(installation),
		YEAR,
		activity,
		Tonnes(emissions),
		digest(7),
	)
}

/// Enter that installation 0 is entitled to `tonnes`.
pub fn enter_direct(tonnes: u64) {
	assert_ok!(enter(0, Activity::Direct(Tonnes(tonnes)), 0));
}

pub fn pre_allocate(entity: AccountId, base: Option<u64>) -> DispatchResult {
	let base = base.map(Tonnes);
	let list = vec![PreAllocation { entity, base }].try_into().unwrap();
	transact(|| Allocation::pre_allocate(RuntimeOrigin::root(), YEAR, list))
}

pub fn true_up(entity: AccountId) -> DispatchResult {
	let entities = vec![entity].try_into().unwrap();
	transact(|| Allocation::true_up(RuntimeOrigin::root(), YEAR, entities))
}

pub fn hold(entity: AccountId) {
	assert_ok!(Allocation::hold_units(RuntimeOrigin::root(), entity, digest(3)));
}

pub fn allocation_of(entity: AccountId) -> AllocationRecord {
	Allocations::<Test>::get(YEAR, entity).unwrap()
}

/// Free units of an account.
pub fn held_by(vintage: Vintage, who: AccountId) -> u64 {
	Balances::get((vintage, who)).unwrap_or_default()
}

pub fn issued(vintage: Vintage) -> u64 {
	Issued::get(vintage).unwrap_or_default()
}

fn allocated_to(vintage: Vintage, entity: AccountId) -> u64 {
	Allocated::get((vintage, entity)).unwrap_or_default()
}

/// What is to be deducted from the next issue to an entity.
pub fn deduction_of(entity: AccountId) -> u64 {
	Deductions::get(entity).unwrap_or_default()
}

/// Let more be deducted from the next issue to an entity.
pub fn fall_short(entity: AccountId, tonnes: u64) {
	Deductions::insert(entity, deduction_of(entity) + tonnes);
}

/// Allocate past this pallet.
pub fn allocate_directly(entity: AccountId, tonnes: u64) {
	assert_ok!(Ledger::add(YEAR, entity, entity, tonnes));
}

/// Confirm other emissions of `YEAR`; none while they are being corrected.
pub fn correct(entity: AccountId, tonnes: Option<u64>) {
	Emissions::mutate(|emissions| match tonnes {
		Some(tonnes) => emissions.insert((YEAR, entity), tonnes),
		None => emissions.remove(&(YEAR, entity)),
	});
}

/// Let a period accept allocation, or no more.
pub fn accept(year: Vintage, accepts: bool) {
	Open::mutate(|open| open.insert(year, accepts));
}

/// Lose units, as by a sale.
pub fn spend(who: AccountId, tonnes: u64) {
	Ledger::lower(YEAR, who, tonnes).unwrap();
}

/// The credit of an entity falls so low that its units are held, or rises again.
pub fn let_credit_hold(entity: AccountId, held: bool) {
	BadCredit::mutate(|bad| match held {
		true => bad.insert(entity),
		false => bad.remove(&entity),
	});
}

/// A digest that tests can tell apart.
pub fn digest(n: u8) -> Digest {
	Digest::repeat_byte(n)
}

/// The events of this pallet since the test began, oldest first.
pub fn events() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Allocation(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// As in a block: what a refused call has written is taken back.
pub fn transact(call: impl FnOnce() -> DispatchResult) -> DispatchResult {
	frame_support::storage::with_storage_layer(call)
}
