//! A chain with nothing but the ledger and this pallet. Admission is a table in the test itself.

use crate as pallet_allowance;
use carbon_primitives::{
	AssetId, Balance, CreditTerms, Digest, GroupId, Moment, Price, ProjectKind, RecordKind, RecordSubject,
	Role, Service, Tonnes, TradingRight, Vintage, OFFSET_SERIES_FIRST,
};
use carbon_traits::{
	Doer, EnsureParticipant, Happening, InspectAveragePrice, InspectCredit, InspectEntitlement, InspectGroup,
	InspectHalts, InspectHoldings, OffsetCredits, OnShortfall, ParticipantBenchmarkHelper, Performance,
	RecordActivity, RecordPerformance, ReportOutcome, SeriesInfo, SumHoldings, SurrenderOutcome,
};
use codec::{Decode, Encode};
use core::cell::RefCell;
use frame_support::{
	assert_ok, derive_impl,
	pallet_prelude::ValueQuery,
	parameter_types, storage_alias,
	traits::{
		fungibles::{Create, Mutate},
		tokens::Preservation,
		AsEnsureOriginWithArg, ConstU128, ConstU32, Hooks,
	},
	weights::{RuntimeDbWeight, Weight, WeightMeter},
};
use frame_system::{EnsureNever, EnsureRoot};
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchError, DispatchResult};
use std::collections::{BTreeMap, BTreeSet};

pub use crate::{types::*, Error, Event};

pub type AccountId = u64;

pub const SELLER: AccountId = 1;
pub const VERIFIER: AccountId = 2;
pub const POWER_PLANT: AccountId = 10;
pub const STEEL_MILL: AccountId = 11;
pub const STRANGER: AccountId = 99;
/// Account of the trading ledger on the registry ledger.
pub const MARKET: AccountId = 1_001;
pub const YEAR: Vintage = Vintage(2021);
pub const NEXT: Vintage = Vintage(2022);
/// What a missing tonne is reckoned at by the national rules where nothing was traded.
pub const FALLBACK: FinePrice = FinePrice {
	price: Price(10_000),
	basis: PriceBasis::Fallback,
};
/// An offset series.
pub const WIND: AssetId = OFFSET_SERIES_FIRST;

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
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type Allowance = pallet_allowance;
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
	type Holder = ();
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
}

impl pallet_allowance::Config for Test {
	type Assets = Assets;
	type AssetsOwner = AssetsOwner;
	type BenchmarkHelper = Admissions;
	type Credit = Reviews;
	type Entitlements = Entitlements;
	type Groups = Groups;
	type Halts = Halts;
	type Holdings = Ledger;
	type MaxBatch = ConstU32<100>;
	type Offsets = Credits;
	type OnShortfall = Sanctions;
	type Participants = Admissions;
	type Performance = Scores;
	type Prices = MarketPrices;
	type Provenance = Graph;
	type RegulatorOrigin = EnsureRoot<AccountId>;
	type Time = MockTime;
	type Trading = TradingLedger;
	type WeightInfo = ();
}

thread_local! {
	static ROLES: RefCell<BTreeMap<AccountId, Vec<Role>>> = const { RefCell::new(BTreeMap::new()) };
	static EXPELLED: RefCell<BTreeSet<AccountId>> = const { RefCell::new(BTreeSet::new()) };
}

/// Who is admitted, in which roles.
pub struct Admissions;

impl Admissions {
	/// `who` is admitted in one more role, as no chain would do it.
	pub fn add_role(who: AccountId, role: Role) {
		Self::admit(&who, role);
	}

	pub fn expel(who: AccountId) {
		ROLES.with_borrow_mut(|roles| roles.remove(&who));
		EXPELLED.with_borrow_mut(|expelled| expelled.insert(who));
	}

	fn any(who: &AccountId, fits: impl Fn(&Role) -> bool) -> Result<(), DispatchError> {
		let found = ROLES.with_borrow(|roles| roles.get(who).is_some_and(|held| held.iter().any(fits)));
		found.then_some(()).ok_or(NOT_ADMITTED)
	}
}

/// What the participants' register of the mock answers to everybody without the role.
pub const NOT_ADMITTED: DispatchError = DispatchError::Other("not admitted in this role");
/// What it answers where somebody was never admitted.
pub const UNKNOWN: DispatchError = DispatchError::Other("never admitted");

impl EnsureParticipant<AccountId> for Admissions {
	fn ensure_role(who: &AccountId, role: Role) -> Result<(), DispatchError> {
		Self::any(who, |held| *held == role)
	}

	fn ensure_may_trade(who: &AccountId) -> Result<TradingRight, DispatchError> {
		Self::any(who, |held| held.may_trade()).map(|()| TradingRight::Lasting)
	}

	fn ensure_admitted(who: &AccountId) -> Result<(), DispatchError> {
		Self::any(who, |_| true)
	}

	fn ensure_service(_: &AccountId, _: Service) -> Result<(), DispatchError> {
		unreachable!("no list opens or closes the compliance cycle")
	}

	fn ensure_known(who: &AccountId) -> Result<(), DispatchError> {
		let expelled = EXPELLED.with_borrow(|expelled| expelled.contains(who));
		(expelled || Self::ensure_admitted(who).is_ok())
			.then_some(())
			.ok_or(UNKNOWN)
	}

	fn ensure_may_exit(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("nothing leaves the registry ledger but by a surrender or a cancellation")
	}

	fn ensure_may_be_paid(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("allowances know nothing of payments")
	}
}

parameter_types! {
	/// Who belongs to which corporate group.
	pub static GroupOf: BTreeMap<AccountId, GroupId> = BTreeMap::new();
	/// Assets that must not move.
	pub static HaltedAssets: Vec<AssetId> = Vec::new();
}

parameter_types! {
	/// What the clock shows.
	pub static Now: Moment = 0;
	/// The offset series there are.
	pub static Series: BTreeMap<AssetId, SeriesInfo> = BTreeMap::new();
	/// Offset credits by holder and series.
	pub static Credited: BTreeMap<(AccountId, AssetId), u64> = BTreeMap::new();
}

/// The clock of the tests.
pub struct MockTime;

impl frame_support::traits::Time for MockTime {
	type Moment = Moment;

	fn now() -> Moment {
		Now::get()
	}
}

/// What the offset credits of the mock answer to whoever has too few.
pub const TOO_FEW_CREDITS: DispatchError = DispatchError::Other("too few credits");

/// The offset credits.
pub struct Credits;

impl OffsetCredits<AccountId> for Credits {
	fn series(asset: AssetId) -> Option<SeriesInfo> {
		Series::get().get(&asset).copied()
	}

	fn retire(who: &AccountId, asset: AssetId, tonnes: Tonnes) -> Result<(), DispatchError> {
		let mut credited = Credited::get();
		let held = credited.entry((*who, asset)).or_default();
		*held = held.checked_sub(tonnes.0).ok_or(TOO_FEW_CREDITS)?;
		Credited::set(credited);
		Ok(())
	}
}

/// What the market of the mock answers to whoever would hold too much.
pub const LIMIT_PASSED: DispatchError = DispatchError::Other("holding limit passed");
/// Weights of what other pallets do, each of its own.
pub const PRICE_WEIGHT: Weight = Weight::from_parts(31_000, 0);
pub const LIMIT_WEIGHT: Weight = Weight::from_parts(37_000, 0);
pub const SANCTION_WEIGHT: Weight = Weight::from_parts(41_000, 0);
pub const PERFORMANCE_WEIGHT: Weight = Weight::from_parts(43_000, 0);
pub const TERMS_WEIGHT: Weight = Weight::from_parts(47_000, 0);
pub const RECORD_WEIGHT: Weight = Weight::from_parts(53_000, 0);

parameter_types! {
	/// Emissions that need not be covered, by year and entity.
	pub static Waived: BTreeMap<(u16, AccountId), u64> = BTreeMap::new();
	/// Whose units the regulator holds.
	pub static Risky: Vec<AccountId> = Vec::new();
	/// What has to be returned, by year and entity.
	pub static Returns: BTreeMap<(u16, AccountId), u64> = BTreeMap::new();
	/// Average price of each asset that was traded.
	pub static AveragePrices: BTreeMap<AssetId, u64> = BTreeMap::new();
	/// What was asked for prices.
	pub static PricesAsked: Vec<(AssetId, Moment, u32)> = Vec::new();
	/// What each account has on the trading ledger.
	pub static Traded: BTreeMap<(AccountId, AssetId), u64> = BTreeMap::new();
	/// Most that anybody may hold of an asset, on both ledgers.
	pub static HoldingMax: Option<u64> = None;
	/// Days for which reports have to lie with the regulator, for those whose credit asks for any.
	pub static ReviewDays: BTreeMap<AccountId, u32> = BTreeMap::new();
	/// The shortfalls that were told.
	pub static Shortfalls: Vec<(Vintage, AccountId, Tonnes, Balance)> = Vec::new();
}

/// What came out of the allocation.
pub struct Entitlements;

impl InspectEntitlement<AccountId> for Entitlements {
	fn entitlement(_: Vintage, _: &AccountId) -> Option<Tonnes> {
		unreachable!("the obligations know nothing of entitlements")
	}

	fn owed(year: Vintage, entity: &AccountId) -> Tonnes {
		Tonnes(
			Returns::get()
				.get(&(year.0, *entity))
				.copied()
				.unwrap_or_default(),
		)
	}

	fn waived(year: Vintage, entity: &AccountId) -> Tonnes {
		Tonnes(Waived::get().get(&(year.0, *entity)).copied().unwrap_or_default())
	}

	fn is_kept(entity: &AccountId) -> bool {
		Risky::get().contains(entity)
	}
}

/// The prices of the market.
pub struct MarketPrices;

impl InspectAveragePrice for MarketPrices {
	fn average_price(asset: AssetId, until: Moment, days: u32) -> Option<Price> {
		PricesAsked::mutate(|asked| asked.push((asset, until, days)));
		AveragePrices::get().get(&asset).copied().map(Price)
	}

	fn weight_of_average_price(days: u32) -> Weight {
		assert_eq!(days, 30);
		PRICE_WEIGHT
	}
}

/// A table of what is held for trading. [`MARKET`] holds the sum on the registry ledger.
pub struct TradingLedger;

impl TradingLedger {
	fn change(who: AccountId, asset: AssetId, change: impl FnOnce(u64) -> Option<u64>) {
		Traded::mutate(|traded| {
			let held = traded.entry((who, asset)).or_default();
			*held = change(*held).expect("what is traded is there");
		});
	}

	/// `who` takes `tonnes` from the registry ledger to the trading ledger.
	pub fn deposit(who: AccountId, asset: AssetId, tonnes: u64) {
		let amount = tonnes.into();
		assert_ok!(<Assets as Mutate<_>>::transfer(
			asset,
			&who,
			&MARKET,
			amount,
			Preservation::Expendable
		));
		Self::change(who, asset, |held| held.checked_add(tonnes));
	}

	/// `from` sells `tonnes` that it has on the trading ledger to `to`.
	pub fn trade(from: AccountId, to: AccountId, asset: AssetId, tonnes: u64) {
		Self::change(from, asset, |held| held.checked_sub(tonnes));
		Self::change(to, asset, |held| held.checked_add(tonnes));
	}

	/// `who` takes `tonnes` back to the registry ledger.
	pub fn withdraw(who: AccountId, asset: AssetId, tonnes: u64) {
		let amount = tonnes.into();
		Self::change(who, asset, |held| held.checked_sub(tonnes));
		assert_ok!(<Assets as Mutate<_>>::transfer(
			asset,
			&MARKET,
			&who,
			amount,
			Preservation::Expendable
		));
	}

	/// `from` sells `tonnes` that it holds on the registry ledger to `to`, which has them there at once.
	pub fn sell(from: AccountId, to: AccountId, asset: AssetId, tonnes: u64) {
		Self::deposit(from, asset, tonnes);
		Self::trade(from, to, asset, tonnes);
		Self::withdraw(to, asset, tonnes);
	}
}

impl InspectHoldings<AccountId> for TradingLedger {
	fn traded(who: &AccountId, asset: AssetId) -> Tonnes {
		Tonnes(Traded::get().get(&(*who, asset)).copied().unwrap_or_default())
	}

	fn ensure_may_receive(who: &AccountId, asset: AssetId, tonnes: Tonnes) -> DispatchResult {
		let traded = Self::traded(who, asset).0;
		let holding = Assets::balance(asset, *who) + u128::from(traded) + u128::from(tonnes.0);
		let fits = HoldingMax::get().is_none_or(|most| holding <= most.into());
		fits.then_some(()).ok_or(LIMIT_PASSED)
	}

	fn weight_of_ensure_may_receive() -> Weight {
		LIMIT_WEIGHT
	}
}

/// Those who sanction.
pub struct Sanctions;

impl OnShortfall<AccountId> for Sanctions {
	fn fell_short(year: Vintage, entity: &AccountId, missing: Tonnes, fine: Balance) {
		Shortfalls::mutate(|told| told.push((year, *entity, missing, fine)));
	}

	fn weight_of_fell_short() -> Weight {
		SANCTION_WEIGHT
	}
}

/// What was told of a year: whose it is, which year, report and obligation as their codes, discrepancies and how many were corrected.
pub type Year = (AccountId, Vintage, Option<u8>, Option<u8>, u32, u32);

/// What credit was told, in order. In storage, as that of the graph, so that it is rolled back as everything else.
#[storage_alias(verbatim)]
pub type Years = StorageValue<Mock, Vec<Year>, ValueQuery>;

/// A year as it is told.
pub fn year_of(
	who: AccountId,
	year: Vintage,
	report: Option<ReportOutcome>,
	surrender: Option<SurrenderOutcome>,
) -> Year {
	let (report, surrender) = (
		report.map(|found| found as u8),
		surrender.map(|found| found as u8),
	);
	(who, year, report, surrender, 0, 0)
}

/// Counts how entities have done.
pub struct Scores;

impl RecordPerformance<AccountId> for Scores {
	fn record(who: &AccountId, performance: Performance<AccountId>) {
		let Performance::YearEnded { year, outcome } = performance else {
			unreachable!("nothing else is known here");
		};
		let (who, _, report, surrender, ..) = year_of(*who, year, outcome.report, outcome.surrender);
		Years::append((
			who,
			year,
			report,
			surrender,
			outcome.discrepancies,
			outcome.corrected,
		));
	}

	fn weight_of_record() -> Weight {
		PERFORMANCE_WEIGHT
	}
}

/// Tells how long reports have to lie with the regulator.
pub struct Reviews;

impl InspectCredit<AccountId> for Reviews {
	fn terms_of(who: &AccountId) -> CreditTerms {
		CreditTerms {
			review_days: ReviewDays::get().get(who).copied().unwrap_or_default(),
			..CreditTerms::USUAL
		}
	}

	fn weight_of_terms() -> Weight {
		TERMS_WEIGHT
	}
}

/// Who has done what was recorded.
#[derive(Clone, Copy, Debug, Decode, Encode, Eq, PartialEq)]
pub enum By {
	Account(AccountId),
	Regulator,
}

/// What the provenance graph was told.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq)]
pub struct Record {
	pub kind: RecordKind,
	pub by: By,
	pub owner: Option<AccountId>,
	pub subject: RecordSubject<AccountId>,
	pub digest: Digest,
	pub uses: Vec<RecordSubject<AccountId>>,
	pub supersedes: bool,
}

/// All that the graph was told, in order.
#[storage_alias(verbatim)]
pub type Recorded = StorageValue<Mock, Vec<Record>, ValueQuery>;

/// The provenance graph.
pub struct Graph;

impl RecordActivity<AccountId> for Graph {
	fn record(happening: Happening<AccountId>) {
		Recorded::append(Record {
			kind: happening.kind,
			by: match happening.by {
				Doer::Account(who) => By::Account(*who),
				Doer::Regulator => By::Regulator,
				Doer::Chain => unreachable!("nothing happens by itself"),
			},
			owner: happening.owner.copied(),
			subject: happening.subject,
			digest: happening.digest,
			uses: happening.uses.to_vec(),
			supersedes: happening.supersedes,
		});
	}

	fn weight_of_record() -> Weight {
		RECORD_WEIGHT
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
		unreachable!("verifiers are compared with one entity")
	}
}

pub struct Halts;

impl Halts {
	/// From now on `vintage` does not move.
	pub fn halt(vintage: Vintage) {
		HaltedAssets::mutate(|halted| halted.push(vintage.into()));
	}
}

impl InspectHalts for Halts {
	fn is_asset_halted(asset: AssetId) -> bool {
		HaltedAssets::get().contains(&asset)
	}

	fn market_halted_until(_: AssetId) -> Option<Moment> {
		unreachable!("allowances know nothing of markets")
	}
}

impl ParticipantBenchmarkHelper<AccountId> for Admissions {
	fn admit(who: &AccountId, role: Role) {
		ROLES.with_borrow_mut(|roles| roles.entry(*who).or_default().push(role));
	}

	fn form_group(members: &[AccountId]) {
		GroupOf::mutate(|groups| groups.extend(members.iter().map(|who| (*who, GroupId(1)))));
	}
}

impl crate::AllowanceBenchmarkHelper<AccountId> for Admissions {
	fn endow_credits(who: &AccountId, tonnes: u64) -> AssetId {
		endow_credits(*who, tonnes);
		WIND
	}
}

/// Sum over the accounts of the ledger.
pub struct Ledger;

impl SumHoldings for Ledger {
	fn free(asset: AssetId) -> u128 {
		pallet_assets::Account::<Test>::iter_prefix_values(asset)
			.map(|account| account.balance)
			.sum()
	}

	fn on_hold(_: AssetId) -> u128 {
		0
	}
}

/// Builds the state that a test starts from.
#[derive(Default)]
pub struct ExtBuilder {
	open: Option<(Tonnes, RuleSet)>,
	enrolled: Vec<AccountId>,
	allocations: Vec<(AccountId, Tonnes)>,
}

impl ExtBuilder {
	/// `YEAR` is open with this cap and the cumulative rule.
	#[must_use]
	pub fn with_period(self, cap: u64) -> Self {
		self.with_rules(cap, rules(ObligationRule::Cumulative))
	}

	/// `YEAR` is open with this cap and these rules.
	#[must_use]
	pub fn with_rules(mut self, cap: u64, rules: RuleSet) -> Self {
		self.open = Some((Tonnes(cap), rules));
		self
	}

	/// These entities are enrolled in `YEAR`.
	#[must_use]
	pub fn with_enrolled(mut self, entities: &[AccountId]) -> Self {
		self.enrolled = entities.to_vec();
		self
	}

	/// This enrolled entity has received its allocation of `YEAR`.
	#[must_use]
	pub fn with_allocation(mut self, entity: AccountId, tonnes: u64) -> Self {
		self.allocations.push((entity, Tonnes(tonnes)));
		self
	}

	/// Run `test` and check every invariant afterwards.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Allowance::do_try_state().expect("the invariants hold after the test");
		});
	}

	/// The state alone, for the benchmarks' own test suite.
	pub fn build(self) -> sp_io::TestExternalities {
		GroupOf::set(BTreeMap::new());
		HaltedAssets::set(Vec::new());
		Now::set(0);
		Series::set(BTreeMap::new());
		Credited::set(BTreeMap::new());
		Waived::set(BTreeMap::new());
		AveragePrices::set(BTreeMap::new());
		PricesAsked::set(Vec::new());
		Traded::set(BTreeMap::new());
		HoldingMax::set(None);
		ReviewDays::set(BTreeMap::new());
		Shortfalls::set(Vec::new());
		EXPELLED.with_borrow_mut(BTreeSet::clear);
		ROLES.with_borrow_mut(|roles| {
			*roles = BTreeMap::from([
				(SELLER, vec![Role::Trader]),
				(VERIFIER, vec![Role::Verifier]),
				(POWER_PLANT, vec![Role::CoveredEntity]),
				(STEEL_MILL, vec![Role::CoveredEntity]),
			]);
		});
		let storage = frame_system::GenesisConfig::<Test>::default()
			.build_storage()
			.expect("genesis is valid");
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			if let Some((cap, rules)) = self.open {
				Allowance::open_period(RuntimeOrigin::root(), YEAR, cap, rules, always()).expect("opens");
			}
			if !self.enrolled.is_empty() {
				enrol(YEAR, &self.enrolled);
			}
			for (entity, tonnes) in self.allocations {
				allocate(YEAR, entity, tonnes.0);
			}
			Recorded::kill();
			System::reset_events();
		});
		ext
	}
}

/// The national rules with this way to measure obligations.
pub fn rules(obligation: ObligationRule) -> RuleSet {
	RuleSet {
		obligation,
		..Default::default()
	}
}

/// Deadlines that never come: the period is open from the start and moves by officers' acts.
pub fn always() -> Timeline {
	Timeline {
		opens: 0,
		reports_due: u64::MAX,
		verification_due: u64::MAX,
		surrender_due: u64::MAX,
		objection_days: 7,
		decision_days: 10,
	}
}

/// Deadlines at 100, 200, 300 and 400.
pub fn timeline() -> Timeline {
	Timeline {
		opens: 100,
		reports_due: 200,
		verification_due: 300,
		surrender_due: 400,
		..always()
	}
}

/// Enrol `entities` in the period of `year`.
pub fn enrol(year: Vintage, entities: &[AccountId]) {
	let list = entities.to_vec().try_into().expect("fits");
	Allowance::enrol(RuntimeOrigin::root(), year, list).expect("enrols");
}

/// Allocate `tonnes` to one entity.
pub fn allocate(year: Vintage, entity: AccountId, tonnes: u64) {
	let list = vec![(entity, Tonnes(tonnes))].try_into().expect("fits");
	Allowance::allocate(RuntimeOrigin::root(), year, list).expect("allocates");
}

/// Open the period of `year` with `rules` and enrol `entities`.
pub fn open(year: Vintage, rules: RuleSet, entities: &[AccountId]) {
	let cap = Tonnes(1_000_000);
	Allowance::open_period(RuntimeOrigin::root(), year, cap, rules, always()).expect("opens");
	if !entities.is_empty() {
		enrol(year, entities);
	}
}

/// `entity` surrenders `tonnes` of the vintage of `year` for that year.
pub fn surrender(year: Vintage, entity: AccountId, tonnes: u64) {
	let asset = AssetId::from(year);
	let origin = RuntimeOrigin::signed(entity);
	Allowance::surrender(origin, year, entity, asset, Tonnes(tonnes)).expect("surrenders");
}

/// Give `who` credits of [`WIND`], as they are on the registry ledger and with whoever keeps the series.
pub fn endow_credits(who: AccountId, tonnes: u64) {
	let info = SeriesInfo {
		kind: ProjectKind::Wind,
		inside_ets: false,
		vintage: YEAR,
	};
	if Series::mutate(|series| series.insert(WIND, info)).is_none() {
		assert_ok!(<Assets as Create<_>>::create(WIND, AssetsOwner::get(), true, 1));
	}
	assert_ok!(Assets::mint_into(WIND, &who, tonnes.into()));
	Credited::mutate(|credited| *credited.entry((who, WIND)).or_default() += tonnes);
}

/// Take the report of an entity from its submission to the regulator's confirmation.
pub fn confirm(year: Vintage, entity: AccountId, tonnes: u64) {
	let tonnes = Tonnes(tonnes);
	Allowance::report_emissions(RuntimeOrigin::signed(entity), year, tonnes, digest(1)).expect("reports");
	Allowance::verify_report(RuntimeOrigin::signed(VERIFIER), year, entity, tonnes).expect("verifies");
	let list = vec![(entity, tonnes)].try_into().expect("fits");
	Allowance::confirm_reports(RuntimeOrigin::root(), year, list).expect("confirms");
}

/// Close the period of `year` and assess all of its entities at once.
pub fn close(year: Vintage) {
	Allowance::close_period(RuntimeOrigin::root(), year).expect("closes");
	poll(Weight::MAX);
}

/// One block's poll with `limit` of weight left.
pub fn poll(limit: Weight) {
	let mut meter = WeightMeter::with_limit(limit);
	Allowance::on_poll(System::block_number(), &mut meter);
}

/// The obligation of an entity that has one.
pub fn obligation(year: Vintage, entity: AccountId) -> ObligationRecord<AccountId> {
	crate::Obligations::<Test>::get(year, entity).expect("the entity is enrolled")
}

/// Supply of the vintage of `year`.
pub fn supply(year: Vintage) -> Supply {
	crate::Supplies::<Test>::get(AssetId::from(year)).expect("the vintage exists")
}

/// Free allowances of an account.
pub fn held(vintage: Vintage, who: AccountId) -> u128 {
	Assets::balance(vintage.into(), who)
}

/// A digest that tests can tell apart.
pub fn digest(n: u8) -> Digest {
	Digest::repeat_byte(n)
}
