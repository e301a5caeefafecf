//! A chain with the three pallets of the compliance cycle and the registry ledger. What else they ask for is a small table each: who
//! is admitted, who belongs together, whose credit is bad, what is halted, what time it is, what was paid, and the trading ledger. What
//! they tell about years and for the provenance graph is noted.

use carbon_calendar::{Calendar, Day, Hours, DAY_MS};
use carbon_primitives::{
	AssetId, Balance, CreditLevel, CreditTerms, GroupId, Moment, Price, ProjectKind, RecordKind,
	RecordSubject, Role, Service, Tonnes, TradingRight, Vintage,
};
use carbon_traits::{
	EnsureParticipant, Happening, InspectAveragePrice, InspectBufferShare, InspectCredit, InspectGroup,
	InspectHalts, InspectHoldings, OnShortfall, Performance, RecordActivity, RecordPerformance,
	ReportOutcome, SumHoldings, SurrenderOutcome,
};
use frame_support::{
	derive_impl,
	pallet_prelude::ValueQuery,
	parameter_types,
	storage::with_storage_layer,
	storage_alias,
	traits::{
		fungibles::Mutate, tokens::Preservation, AsEnsureOriginWithArg, ConstU128, ConstU32, Get, Time,
	},
	weights::Weight,
	Blake2_128Concat,
};
use frame_system::{EnsureNever, EnsureRoot};
use sp_io::TestExternalities;
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchError, DispatchResult};
use std::collections::{BTreeMap, BTreeSet};

pub type AccountId = u64;

pub const PLANT: AccountId = 1;
pub const MILL: AccountId = 2;
pub const WORKS: AccountId = 3;
pub const VERIFIER: AccountId = 4;
pub const SELLER: AccountId = 5;
pub const FOREST: AccountId = 6;
pub const FARM: AccountId = 7;
/// Nobody has admitted this one.
pub const STRANGER: AccountId = 9;
pub const CUSTODY: AccountId = 1_001;
pub const BUFFER: AccountId = 1_002;
/// Holds on the registry ledger what is on the trading ledger.
pub const MARKET: AccountId = 1_003;

/// Whoever owes allowances.
pub const ENTITIES: [AccountId; 3] = [PLANT, MILL, WORKS];
/// Whoever may hold something.
pub const HOLDERS: [AccountId; 10] = [
	PLANT, MILL, WORKS, VERIFIER, SELLER, FOREST, FARM, STRANGER, CUSTODY, BUFFER,
];

/// Most installations of an entity here.
const INSTALLATIONS_MAX: u32 = 3;

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
	pub struct Chain;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type Allowance = pallet_allowance;
	#[runtime::pallet_index(4)]
	pub type Allocation = pallet_allocation;
	#[runtime::pallet_index(5)]
	pub type Offsets = pallet_offsets;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Chain {
	type AccountData = pallet_balances::AccountData<Balance>;
	type AccountId = AccountId;
	type Block = frame_system::mocking::MockBlock<Chain>;
	type Lookup = IdentityLookup<AccountId>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Chain {
	type AccountStore = System;
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<1>;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Chain {
	type AssetId = AssetId;
	type AssetIdParameter = AssetId;
	type Balance = Balance;
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
	pub const AssetsOwner: AccountId = 1_000;
	pub const CustodyAccount: AccountId = CUSTODY;
	pub const BufferAccount: AccountId = BUFFER;
	/// What the clock shows.
	pub static Now: Moment = 0;
	/// Who is suspended.
	pub static Suspended: BTreeSet<AccountId> = BTreeSet::new();
	/// Who belongs to which corporate group.
	pub static GroupOf: BTreeMap<AccountId, GroupId> = BTreeMap::new();
	/// Assets that must not move.
	pub static Halted: BTreeSet<AssetId> = BTreeSet::new();
	/// What was paid in the last month, by vintage.
	pub static Paid: BTreeMap<AssetId, u64> = BTreeMap::new();
	/// Most tonnes of an asset that anybody may hold on both ledgers.
	pub static HoldingMax: Option<u64> = None;
	/// Whose credit is another than that of everybody without a history.
	pub static CreditOf: BTreeMap<AccountId, CreditLevel> = BTreeMap::new();
}

/// Put the tables back to what they are when a walk begins.
pub fn reset_tables(now: Moment) {
	Now::set(now);
	Suspended::set(BTreeSet::new());
	GroupOf::set(BTreeMap::new());
	Halted::set(BTreeSet::new());
	Paid::set(BTreeMap::new());
	HoldingMax::set(None);
	CreditOf::set(BTreeMap::new());
}

/// An empty chain.
pub fn new_chain() -> TestExternalities {
	let storage = frame_system::GenesisConfig::<Chain>::default().build_storage();
	TestExternalities::new(storage.unwrap_or_default())
}

impl pallet_allowance::Config for Chain {
	type Assets = Assets;
	type AssetsOwner = AssetsOwner;
	type Credit = Tables;
	type Entitlements = Allocation;
	type Groups = Tables;
	type Halts = Tables;
	type Holdings = Tables;
	type MaxBatch = ConstU32<4>;
	type Offsets = Offsets;
	type OnShortfall = Tables;
	type Participants = Tables;
	type Performance = Tables;
	type Prices = Tables;
	type Provenance = Tables;
	type RegulatorOrigin = EnsureRoot<AccountId>;
	type Time = Tables;
	type Trading = Tables;
	type WeightInfo = ();
}

impl pallet_allocation::Config for Chain {
	type Allowances = Allowance;
	type Calendar = Tables;
	type Credit = Tables;
	type CustodyAccount = CustodyAccount;
	type MaxBatch = ConstU32<4>;
	type MaxInstallationsPerEntity = ConstU32<INSTALLATIONS_MAX>;
	type Obligations = Allowance;
	type Participants = Tables;
	type RegulatorOrigin = EnsureRoot<AccountId>;
	type Today = Tables;
	type WeightInfo = ();
}

impl pallet_offsets::Config for Chain {
	type Assets = Assets;
	type AssetsOwner = AssetsOwner;
	type BufferAccount = BufferAccount;
	type BufferShare = Tables;
	type Groups = Tables;
	type Halts = Tables;
	type Holdings = Tables;
	type MaxProjectsPerOwner = ConstU32<3>;
	type MaxReportsPerProject = ConstU32<4>;
	type MaxSeriesPerProject = ConstU32<3>;
	type Participants = Tables;
	type Provenance = Tables;
	type RegulatorOrigin = EnsureRoot<AccountId>;
	type Today = Tables;
	type WeightInfo = ();
}

/// All that the pallets ask of others.
pub struct Tables;

/// What the tables answer to whoever may not act.
const NOT_ADMITTED: DispatchError = DispatchError::Other("not admitted in this role");
/// What they answer where somebody would hold too much.
const TOO_MUCH: DispatchError = DispatchError::Other("over the holding limit");
/// What the market answers to whoever has too few.
const TOO_FEW: DispatchError = DispatchError::Other("too few on the trading ledger");

/// What participants hold on the trading ledger. Stored, so that it is rolled back as everything else.
#[storage_alias(verbatim)]
pub type Traded = StorageMap<Tables, Blake2_128Concat, (AssetId, AccountId), u64>;

/// What was demanded of whom, with the missing tonnes. Stored for the same reason.
#[storage_alias(verbatim)]
pub type Demanded = StorageMap<Tables, Blake2_128Concat, (Vintage, AccountId), (u64, Balance)>;

/// How somebody has done in a year, as it was told: whose year, what became of the report and of the obligation, corrections that were
/// asked for, and those that were made.
pub type YearTold = (AccountId, Vintage, Option<u8>, Option<u8>, u32, u32);

/// What was told of years since the last check. Stored for the same reason.
#[storage_alias(verbatim)]
pub type YearsTold = StorageValue<Tables, Vec<YearTold>, ValueQuery>;

/// The name of something that was recorded, with its kind.
pub type RecordTold = (RecordKind, RecordSubject<AccountId>);

/// What was recorded since the last check. Stored for the same reason.
#[storage_alias(verbatim)]
pub type RecordsTold = StorageValue<Tables, Vec<RecordTold>, ValueQuery>;

impl Tables {
	/// The role of an account; none of a stranger or of a pallet's account.
	pub fn role_of(who: AccountId) -> Option<Role> {
		match who {
			PLANT | MILL | WORKS => Some(Role::CoveredEntity),
			VERIFIER => Some(Role::Verifier),
			SELLER => Some(Role::Trader),
			FOREST | FARM => Some(Role::ResourceHolder),
			_ => None,
		}
	}

	fn ensure(who: AccountId, fits: impl Fn(Role) -> bool) -> DispatchResult {
		let fits = Self::role_of(who).is_some_and(fits) && !Suspended::get().contains(&who);
		fits.then_some(()).ok_or(NOT_ADMITTED)
	}
}

impl EnsureParticipant<AccountId> for Tables {
	fn ensure_role(who: &AccountId, role: Role) -> DispatchResult {
		Self::ensure(*who, |held| held == role)
	}

	fn ensure_may_trade(who: &AccountId) -> Result<TradingRight, DispatchError> {
		Self::ensure(*who, Role::may_trade).map(|()| TradingRight::Lasting)
	}

	fn ensure_admitted(who: &AccountId) -> DispatchResult {
		Self::ensure(*who, |_| true)
	}

	fn ensure_service(_: &AccountId, _: Service) -> DispatchResult {
		Ok(())
	}

	fn ensure_known(who: &AccountId) -> DispatchResult {
		Self::role_of(*who).map(drop).ok_or(NOT_ADMITTED)
	}

	fn ensure_may_exit(who: &AccountId) -> DispatchResult {
		Self::ensure_known(who)
	}

	fn ensure_may_be_paid(who: &AccountId) -> DispatchResult {
		Self::ensure_known(who)
	}
}

impl InspectGroup<AccountId> for Tables {
	fn group_of(who: &AccountId) -> Option<GroupId> {
		GroupOf::get().get(who).copied()
	}

	fn are_related(one: &AccountId, other: &AccountId) -> bool {
		let group = Self::group_of(one);
		one == other || group.is_some() && group == Self::group_of(other)
	}

	fn members_of(group: GroupId) -> Vec<AccountId> {
		let groups = GroupOf::get();
		let members = groups.iter().filter(|(_, each)| **each == group);
		members.map(|(who, _)| *who).collect()
	}
}

impl InspectHalts for Tables {
	fn is_asset_halted(asset: AssetId) -> bool {
		Halted::get().contains(&asset)
	}

	fn market_halted_until(_: AssetId) -> Option<Moment> {
		None
	}
}

impl InspectAveragePrice for Tables {
	fn average_price(asset: AssetId, _: Moment, _: u32) -> Option<Price> {
		Paid::get().get(&asset).copied().map(Price)
	}

	fn weight_of_average_price(days: u32) -> Weight {
		Weight::from_parts(u64::from(days) * 1_000_000, 0)
	}
}

impl InspectHoldings<AccountId> for Tables {
	fn traded(who: &AccountId, asset: AssetId) -> Tonnes {
		Tonnes(Traded::get((asset, *who)).unwrap_or_default())
	}

	fn ensure_may_receive(who: &AccountId, asset: AssetId, tonnes: Tonnes) -> DispatchResult {
		let there = Assets::balance(asset, who) + Balance::from(Self::traded(who, asset).0);
		let fits = HoldingMax::get().is_none_or(|most| there + Balance::from(tonnes.0) <= most.into());
		fits.then_some(()).ok_or(TOO_MUCH)
	}

	fn weight_of_ensure_may_receive() -> Weight {
		Weight::from_parts(1_000_000, 0)
	}
}

impl OnShortfall<AccountId> for Tables {
	fn fell_short(year: Vintage, entity: &AccountId, missing: Tonnes, fine: Balance) {
		Demanded::mutate((year, *entity), |demanded| {
			let (tonnes, sum) = demanded.unwrap_or_default();
			*demanded = Some((tonnes.saturating_add(missing.0), sum.saturating_add(fine)));
		});
	}

	fn weight_of_fell_short() -> Weight {
		Weight::from_parts(1_000_000, 0)
	}
}

impl InspectCredit<AccountId> for Tables {
	/// With each step down there is more: reports lie for two days, and then units are held as well.
	fn terms_of(who: &AccountId) -> CreditTerms {
		let level = CreditOf::get().get(who).copied().unwrap_or(CreditLevel::C);
		CreditTerms {
			review_days: if level > CreditLevel::C { 2 } else { 0 },
			allocation_held: level > CreditLevel::D,
			..CreditTerms::USUAL
		}
	}

	fn weight_of_terms() -> Weight {
		Weight::from_parts(1_000_000, 0)
	}
}

impl RecordPerformance<AccountId> for Tables {
	fn record(who: &AccountId, performance: Performance<AccountId>) {
		let Performance::YearEnded { year, outcome } = performance else {
			return;
		};
		let report = outcome.report.map(|report| match report {
			ReportOutcome::InTime => 0,
			ReportOutcome::Late => 1,
			ReportOutcome::Missing => 2,
		});
		let surrender = outcome.surrender.map(|surrender| match surrender {
			SurrenderOutcome::InTime => 0,
			SurrenderOutcome::Late => 1,
			SurrenderOutcome::Short => 2,
		});
		let told = (
			*who,
			year,
			report,
			surrender,
			outcome.discrepancies,
			outcome.corrected,
		);
		YearsTold::append(told);
	}

	fn weight_of_record() -> Weight {
		Weight::from_parts(1_000_000, 0)
	}
}

impl RecordActivity<AccountId> for Tables {
	fn record(happening: Happening<AccountId>) {
		RecordsTold::append((happening.kind, happening.subject));
	}

	fn weight_of_record() -> Weight {
		Weight::from_parts(1_000_000, 0)
	}
}

impl SumHoldings for Tables {
	fn free(asset: AssetId) -> Balance {
		pallet_assets::Account::<Chain>::iter_prefix_values(asset)
			.map(|account| account.balance)
			.sum()
	}

	fn on_hold(_: AssetId) -> Balance {
		0
	}
}

impl InspectBufferShare for Tables {
	fn buffer_bps(kind: ProjectKind) -> u32 {
		match kind {
			ProjectKind::Forest => 2_000,
			ProjectKind::Biogas => 10_000,
			_ => 0,
		}
	}
}

impl Time for Tables {
	type Moment = Moment;

	fn now() -> Moment {
		Now::get()
	}
}

impl Get<Day> for Tables {
	fn get() -> Day {
		Day(u32::try_from(Now::get() / DAY_MS).unwrap_or(u32::MAX))
	}
}

impl Get<Calendar> for Tables {
	fn get() -> Calendar {
		Calendar {
			utc_offset: 0,
			weekdays: 0b001_1111,
			holidays: Default::default(),
			workdays: Default::default(),
			hours: Hours::AroundTheClock,
		}
	}
}

/// Move units to the trading ledger, as the market does.
pub fn deposit(asset: AssetId, who: AccountId, tonnes: u64) -> DispatchResult {
	with_storage_layer(|| {
		Tables::ensure(who, |_| true)?;
		let amount = Balance::from(tonnes);
		<Assets as Mutate<_>>::transfer(asset, &who, &MARKET, amount, Preservation::Expendable)?;
		credit(asset, who, tonnes);
		Ok(())
	})
}

/// Let units change hands on the trading ledger.
pub fn trade(asset: AssetId, seller: AccountId, buyer: AccountId, tonnes: u64) -> DispatchResult {
	with_storage_layer(|| {
		Tables::ensure(buyer, |_| true)?;
		debit(asset, seller, tonnes)?;
		credit(asset, buyer, tonnes);
		Ok(())
	})
}

/// Move units back to the registry ledger.
pub fn withdraw(asset: AssetId, who: AccountId, tonnes: u64) -> DispatchResult {
	with_storage_layer(|| {
		debit(asset, who, tonnes)?;
		let amount = Balance::from(tonnes);
		<Assets as Mutate<_>>::transfer(asset, &MARKET, &who, amount, Preservation::Expendable).map(drop)
	})
}

fn credit(asset: AssetId, who: AccountId, tonnes: u64) {
	Traded::mutate((asset, who), |held| {
		*held = Some(held.unwrap_or_default() + tonnes)
	});
}

fn debit(asset: AssetId, who: AccountId, tonnes: u64) -> DispatchResult {
	let left = Traded::get((asset, who)).unwrap_or_default().checked_sub(tonnes);
	let left = left.ok_or(TOO_FEW)?;
	if left == 0 {
		Traded::remove((asset, who));
	} else {
		Traded::insert((asset, who), left);
	}
	Ok(())
}
