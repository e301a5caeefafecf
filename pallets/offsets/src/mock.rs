//! A chain with nothing but the registry ledger and this pallet. Admission, groups and halts are tables in the test itself.

#![allow(clippy::unwrap_used)]

use crate as pallet_offsets;
use carbon_calendar::Day;
use carbon_primitives::{
	AssetId, Digest, GroupId, Moment, ProjectKind, RecordSubject, Role, Service, Tonnes, TradingRight,
	OFFSET_SERIES_FIRST,
};
use carbon_traits::{
	EnsureParticipant, Happening, InspectBufferShare, InspectGroup, InspectHalts, RecordActivity, SumHoldings,
};
use frame_support::{
	assert_ok, derive_impl, parameter_types, storage_alias,
	traits::{fungibles, AsEnsureOriginWithArg, ConstU128, ConstU32},
	weights::{RuntimeDbWeight, Weight},
	Twox64Concat,
};
use frame_system::{EnsureNever, EnsureRoot};
use sp_io::TestExternalities;
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchError, DispatchResult};
use std::collections::{BTreeMap, BTreeSet};

pub use crate::*;

pub type AccountId = u64;

parameter_types! {
	/// What the provenance graph was told, in order: names and digests.
	pub static Told: Vec<(RecordSubject<AccountId>, Digest)> = Vec::new();
}

/// The provenance graph: keeps what it is told.
pub struct Records;

impl RecordActivity<AccountId> for Records {
	fn record(happening: Happening<AccountId>) {
		Told::mutate(|told| told.push((happening.subject, happening.digest)));
	}

	fn weight_of_record() -> Weight {
		Weight::from_parts(11_000_000, 0)
	}
}

pub const OWNER: AccountId = 1;
pub const OTHER_OWNER: AccountId = 2;
pub const VERIFIER: AccountId = 3;
/// Verifies, and may be put into the owner's group.
pub const SISTER: AccountId = 4;
pub const TRADER: AccountId = 5;
/// Nobody has admitted this one.
pub const STRANGER: AccountId = 9;
pub const BUFFER: AccountId = 1_001;

/// What tests call projects, reports and series that come first.
pub const PROJECT: ProjectId = ProjectId(0);
pub const REPORT: ReportId = ReportId(0);
pub const SERIES: AssetId = OFFSET_SERIES_FIRST;
/// 31 December 2024 and the day after.
pub const YEAR_END: Day = Day(20_088);
pub const TODAY: Day = Day(20_089);
/// Bounds of the mock.
pub const PROJECTS_MAX: u32 = 3;
pub const REPORTS_MAX: u32 = 4;
pub const SERIES_MAX: u32 = 3;

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
	pub type Balances = pallet_balances::Pallet<Test>;
	#[runtime::pallet_index(2)]
	pub type Assets = pallet_assets::Pallet<Test>;
	#[runtime::pallet_index(3)]
	pub type Offsets = pallet_offsets::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId;
	type AccountData = pallet_balances::AccountData<u128>;
	type Block = frame_system::mocking::MockBlock<Test>;
	type DbWeight = DbWeight;
	type Lookup = IdentityLookup<AccountId>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = u128;
	type ExistentialDeposit = ConstU128<1>;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type AssetId = AssetId;
	type AssetIdParameter = AssetId;
	type Balance = u128;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureNever<AccountId>>;
	type Currency = Balances;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = Ledger;
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type ReserveData = ();
}

parameter_types! {
	/// Prices so far apart that a weight tells how many reads and how many writes it counts.
	pub const DbWeight: RuntimeDbWeight = RuntimeDbWeight {
		read: 1_000_000_000_000,
		write: 1_000_000_000_000_000,
	};
	pub const AssetsOwner: AccountId = 1_000;
	pub const BufferAccount: AccountId = BUFFER;
	pub static Now: Day = TODAY;
	pub static Roles: BTreeMap<AccountId, BTreeSet<Role>> = BTreeMap::new();
	/// Who belongs to which corporate group.
	pub static GroupOf: BTreeMap<AccountId, GroupId> = BTreeMap::new();
	/// Series that must not move.
	pub static Halted: BTreeSet<AssetId> = BTreeSet::new();
	/// Share of the buffer of forests, in basis points.
	pub static ForestBps: u32 = 2_000;
}

impl pallet_offsets::Config for Test {
	type Assets = Assets;
	type AssetsOwner = AssetsOwner;
	type BenchmarkHelper = Admissions;
	type BufferAccount = BufferAccount;
	type BufferShare = Shares;
	type Groups = Groups;
	type Halts = Halts;
	type Holdings = Ledger;
	type MaxProjectsPerOwner = ConstU32<PROJECTS_MAX>;
	type MaxReportsPerProject = ConstU32<REPORTS_MAX>;
	type MaxSeriesPerProject = ConstU32<SERIES_MAX>;
	type Participants = Admissions;
	type RegulatorOrigin = EnsureRoot<AccountId>;
	type Provenance = Records;
	type Today = Now;
	type WeightInfo = ();
}

/// Forests have a buffer.
pub struct Shares;

impl InspectBufferShare for Shares {
	fn buffer_bps(kind: ProjectKind) -> u32 {
		match kind {
			ProjectKind::Forest => ForestBps::get(),
			_ => 0,
		}
	}
}

/// Who is admitted, in which roles.
pub struct Admissions;

/// What the participants' register of the mock answers to everybody without the role.
pub const NOT_ADMITTED: DispatchError = DispatchError::Other("not admitted in this role");

impl Admissions {
	pub fn expel(who: AccountId) {
		Roles::mutate(|roles| roles.remove(&who));
	}

	fn any(who: &AccountId, fits: impl Fn(&Role) -> bool) -> Result<(), DispatchError> {
		let found = Roles::get().get(who).is_some_and(|held| held.iter().any(fits));
		found.then_some(()).ok_or(NOT_ADMITTED)
	}
}

impl EnsureParticipant<AccountId> for Admissions {
	fn ensure_role(who: &AccountId, role: Role) -> Result<(), DispatchError> {
		Self::any(who, |held| *held == role)
	}

	fn ensure_may_trade(_: &AccountId) -> Result<TradingRight, DispatchError> {
		unreachable!("offset credits know nothing of trading")
	}

	fn ensure_admitted(who: &AccountId) -> Result<(), DispatchError> {
		Self::any(who, |_| true)
	}

	fn ensure_service(_: &AccountId, _: Service) -> Result<(), DispatchError> {
		unreachable!("no list opens or closes offset credits")
	}

	fn ensure_known(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("whoever owns a project was known when it was handed in")
	}

	fn ensure_may_exit(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("nothing leaves the registry ledger but by a cancellation or a surrender")
	}

	fn ensure_may_be_paid(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("offset credits know nothing of payments")
	}
}

impl OffsetsBenchmarkHelper<AccountId> for Admissions {
	fn admit(who: &AccountId, role: Role) {
		Roles::mutate(|roles| roles.entry(*who).or_default().insert(role));
	}

	fn form_group(members: &[AccountId]) {
		GroupOf::mutate(|groups| groups.extend(members.iter().map(|who| (*who, GroupId(0)))));
	}

	fn set_today(day: Day) {
		Now::set(day);
	}
}

pub struct Groups;

impl InspectGroup<AccountId> for Groups {
	fn group_of(who: &AccountId) -> Option<GroupId> {
		GroupOf::get().get(who).copied()
	}

	fn are_related(one: &AccountId, other: &AccountId) -> bool {
		let group = Self::group_of(one);
		one == other || group.is_some() && group == Self::group_of(other)
	}

	fn members_of(_: GroupId) -> Vec<AccountId> {
		unreachable!("offset credits ask of two accounts only")
	}
}

pub struct Halts;

impl Halts {
	/// From now on `asset` does not move.
	pub fn halt(asset: AssetId) {
		Halted::mutate(|halted| halted.insert(asset));
	}

	pub fn lift(asset: AssetId) {
		Halted::mutate(|halted| halted.remove(&asset));
	}
}

impl InspectHalts for Halts {
	fn is_asset_halted(asset: AssetId) -> bool {
		Halted::get().contains(&asset)
	}

	fn market_halted_until(_: AssetId) -> Option<Moment> {
		unreachable!("offset credits know nothing of markets")
	}
}

/// Adds up the accounts of the registry ledger, and puts what somebody holds on hold.
pub struct Ledger;

/// What is on hold. Stored, so that it is rolled back as everything else.
#[storage_alias(verbatim)]
type OnHold = StorageMap<Ledger, Twox64Concat, (AssetId, AccountId), u128>;

impl Ledger {
	/// Put `tonnes` that `who` holds freely on hold.
	pub fn hold(who: AccountId, asset: AssetId, tonnes: u64) -> Result<(), DispatchError> {
		use frame_support::traits::tokens::{Fortitude::Polite, Precision::Exact, Preservation::Preserve};
		let amount = u128::from(tonnes);
		<Assets as fungibles::Unbalanced<_>>::decrease_balance(asset, &who, amount, Exact, Preserve, Polite)?;
		OnHold::mutate((asset, who), |held| {
			*held = Some(held.unwrap_or_default() + amount)
		});
		Ok(())
	}
}

impl pallet_assets::BalanceOnHold<AssetId, AccountId, u128> for Ledger {
	fn balance_on_hold(asset: AssetId, who: &AccountId) -> Option<u128> {
		OnHold::get((asset, *who))
	}

	fn died(_: AssetId, _: &AccountId) {}

	fn contains_holds(_: AssetId) -> bool {
		OnHold::iter().next().is_some()
	}
}

impl SumHoldings for Ledger {
	fn free(asset: AssetId) -> u128 {
		pallet_assets::Account::<Test>::iter_prefix_values(asset)
			.map(|account| account.balance)
			.sum()
	}

	fn on_hold(asset: AssetId) -> u128 {
		OnHold::iter()
			.filter(|((held, _), _)| *held == asset)
			.map(|(_, amount)| amount)
			.sum()
	}
}

/// Builds the state that a test starts from.
#[derive(Default)]
pub struct ExtBuilder {
	projects: Vec<(AccountId, ProjectKind, bool)>,
	series: Vec<u64>,
}

impl ExtBuilder {
	/// One more project of `owner` is registered.
	#[must_use]
	pub fn with_project(mut self, owner: AccountId, kind: ProjectKind) -> Self {
		self.projects.push((owner, kind, true));
		self
	}

	/// One more project of `owner` waits for the regulator.
	#[must_use]
	pub fn with_application(mut self, owner: AccountId, kind: ProjectKind) -> Self {
		self.projects.push((owner, kind, false));
		self
	}

	/// One more series of so many tonnes was issued for the first project.
	#[must_use]
	pub fn with_series(mut self, tonnes: u64) -> Self {
		self.series.push(tonnes);
		self
	}

	/// Run `test` and check every invariant afterwards.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Offsets::do_try_state().expect("the invariants hold after the test");
		});
	}

	/// The state alone, for the benchmarks' own test suite.
	pub fn build(self) -> TestExternalities {
		Now::set(TODAY);
		GroupOf::set(BTreeMap::new());
		Halted::set(BTreeSet::new());
		ForestBps::set(2_000);
		Roles::set(BTreeMap::from([
			(OWNER, [Role::ResourceHolder, Role::Trader].into()),
			(OTHER_OWNER, [Role::ResourceHolder].into()),
			(VERIFIER, [Role::Verifier].into()),
			(SISTER, [Role::Verifier].into()),
			(TRADER, [Role::Trader].into()),
		]));
		let storage = frame_system::GenesisConfig::<Test>::default()
			.build_storage()
			.unwrap();
		let mut ext = TestExternalities::new(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			for (n, (owner, kind, registered)) in (0..).zip(self.projects) {
				apply(owner, details(kind, n));
				if registered {
					register(ProjectId(n));
				}
			}
			for (n, tonnes) in (0..).zip(self.series) {
				issue(PROJECT, n, tonnes);
			}
			System::reset_events();
		});
		ext
	}
}

/// An application, with a reference of its own for each `n`.
pub fn details(kind: ProjectKind, n: u32) -> ProjectDetails {
	ProjectDetails {
		kind,
		methodology: b"CM-001-V01".to_vec().try_into().unwrap(),
		registry_ref: reference(&format!("P-{n}")),
		documents: vec![digest(1)].try_into().unwrap(),
		inside_ets: false,
	}
}

pub fn reference(text: &str) -> RegistryRef {
	text.as_bytes().to_vec().try_into().unwrap()
}

/// Reductions of `tonnes` in the month `n`, of 30 days, before the end of the year.
pub fn month(n: u32, tonnes: u64) -> Reductions {
	Reductions {
		from: Day(YEAR_END.0 - 30 * n - 29),
		to: Day(YEAR_END.0 - 30 * n),
		tonnes: Tonnes(tonnes),
		digest: digest(7),
		registry_ref: reference(&format!("R-{n}")),
	}
}

pub fn apply(owner: AccountId, details: ProjectDetails) {
	assert_ok!(Offsets::register_project(RuntimeOrigin::signed(owner), details));
}

pub fn register(project: ProjectId) {
	decide(project, Decision::Register { inside_ets: false });
}

/// Decide about the present revision of a project.
pub fn decide(project: ProjectId, decision: Decision) {
	let revision = project_of(project).revision;
	assert_ok!(Offsets::decide_project(
		RuntimeOrigin::root(),
		project,
		revision,
		decision,
		digest(2)
	));
}

/// Report `reductions` of a project. Returns the number of the report.
pub fn report(project: ProjectId, reductions: Reductions) -> ReportId {
	let id = NextReport::<Test>::get();
	let owner = project_of(project).owner;
	assert_ok!(Offsets::report_reductions(
		RuntimeOrigin::signed(owner),
		project,
		reductions
	));
	id
}

pub fn verify(report: ReportId) {
	let reductions = report_of(report).reductions;
	assert_ok!(Offsets::verify_reductions(
		RuntimeOrigin::signed(VERIFIER),
		report,
		reductions.tonnes,
		reductions.digest
	));
}

/// Report the reductions of month `n`, have them verified and issue their series. Returns its number.
pub fn issue(project: ProjectId, n: u32, tonnes: u64) -> AssetId {
	let asset = NextSeries::<Test>::get();
	let report = report(project, month(n, tonnes));
	verify(report);
	assert_ok!(Offsets::issue_series(RuntimeOrigin::root(), report));
	asset
}

pub fn project_of(project: ProjectId) -> ProjectRecordOf<Test> {
	Projects::<Test>::get(project).unwrap()
}

pub fn report_of(report: ReportId) -> ReductionReportOf<Test> {
	Reports::<Test>::get(report).unwrap()
}

pub fn series_of(asset: AssetId) -> SeriesRecord {
	Series::<Test>::get(asset).unwrap()
}

/// Free credits of an account.
pub fn held(asset: AssetId, who: AccountId) -> u128 {
	Assets::balance(asset, who)
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
			RuntimeEvent::Offsets(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// As in a block: what a refused call has written is taken back.
pub fn transact(call: impl FnOnce() -> DispatchResult) -> DispatchResult {
	frame_support::storage::with_storage_layer(call)
}
