//! A chain with nothing but the market and what it needs.

use crate::{
	self as pallet_market, Calendar, Funds, MarketParams, NewOrder, OrderId, OrderKind, Pallet, SelfTrade,
	Side,
};
use carbon_primitives::{
	AssetId, Balance, Digest, GroupId, Moment, Price, Role, Service, Tonnes, TradingLimits, TradingRight,
};
use carbon_traits::{
	EnsureParticipant, HaltMarkets, InspectAllocation, InspectGroup, InspectHalts, InspectTradable,
	InspectTradingLimits, Matched, OnMatched, OnTradingLimits, OnTradingRight, ParticipantBenchmarkHelper,
	RegistryBenchmarkHelper,
};
use frame_support::{
	assert_ok, derive_impl, parameter_types, storage_alias,
	traits::{
		fungibles::{Create, Inspect, Mutate},
		AsEnsureOriginWithArg, ConstU32, ConstU64, Hooks, Time,
	},
	weights::{RuntimeDbWeight, Weight},
	PalletId, Twox64Concat,
};
use frame_system::{EnsureRoot, EnsureSigned};
use sp_runtime::{
	traits::{ConstU128, IdentityLookup},
	BuildStorage, DispatchError, DispatchResult,
};

pub type AccountId = u64;
pub type Block = frame_system::mocking::MockBlock<Test>;
pub type Market = Pallet<Test>;

/// The asset of the tests' market.
pub const ASSET: AssetId = 2021;
/// An asset that may be traded but has no market.
pub const OTHER: AssetId = 2022;
/// An asset that may not be traded.
pub const CLOSED: AssetId = 2023;

pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CHARLIE: AccountId = 3;
/// Holds allowances and not a single fen.
pub const POOR: AccountId = 4;
/// Gets the fees.
pub const TREASURY: AccountId = 98;
/// No participant.
pub const STRANGER: AccountId = 99;

/// What the tests' participants have of each asset.
pub const TONNES: u64 = 1_000_000;
/// What they have in cash.
pub const CASH: Balance = 1_000_000_000;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeTask,
		RuntimeHoldReason,
		RuntimeFreezeReason
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system::Pallet<Test>;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances::Pallet<Test>;
	#[runtime::pallet_index(2)]
	pub type Assets = pallet_assets::Pallet<Test>;
	#[runtime::pallet_index(3)]
	pub type AssetsHolder = pallet_assets_holder::Pallet<Test>;
	#[runtime::pallet_index(43)]
	pub type MarketPallet = pallet_market::Pallet<Test>;
}

parameter_types! {
	/// Prices so far apart that a weight tells how many reads and how many writes it counts.
	pub const DbWeight: RuntimeDbWeight = RuntimeDbWeight {
		read: 1_000_000_000_000,
		write: 1_000_000_000_000_000,
	};
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
	type DbWeight = DbWeight;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = AssetsHolder;
}

impl pallet_assets_holder::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
}

/// What the participants' side knows: whose right is not a lasting one, and who belongs to a group. It is stored as one record, so that
/// asking for either costs a read as it does on the chain.
#[storage_alias(verbatim)]
type Records = StorageMap<
	Participants,
	Twox64Concat,
	AccountId,
	(Option<TradingRight>, Option<GroupId>),
	frame_support::pallet_prelude::ValueQuery,
>;

/// What the side of credit and penalties knows, stored for the same reason.
#[storage_alias(verbatim)]
type Limits =
	StorageMap<Credit, Twox64Concat, AccountId, TradingLimits, frame_support::pallet_prelude::ValueQuery>;

/// What the registry's side knows, stored for the same reason.
#[storage_alias(verbatim)]
type Tradable = StorageMap<Registry, Twox64Concat, AssetId, ()>;

/// Who is black-listed.
#[storage_alias(verbatim)]
type BlackList = StorageMap<Participants, Twox64Concat, AccountId, ()>;

/// Until when assets are halted, and all trading.
#[storage_alias(verbatim)]
type AssetHalts =
	StorageMap<Regulator, Twox64Concat, AssetId, Moment, frame_support::pallet_prelude::ValueQuery>;
#[storage_alias(verbatim)]
type TradingHalt = StorageValue<Regulator, Moment, frame_support::pallet_prelude::ValueQuery>;

/// The chain's time.
#[storage_alias(verbatim)]
type Now = StorageValue<Timestamp, Moment, frame_support::pallet_prelude::ValueQuery>;

pub struct MockTime;

impl MockTime {
	pub fn set(now: Moment) {
		Now::put(now);
	}
}

impl Time for MockTime {
	type Moment = Moment;

	fn now() -> Moment {
		Now::get()
	}
}

/// Everybody but the stranger and the market's own account is admitted.
pub struct Participants;

impl Participants {
	/// Change the right of `who` and tell the market.
	pub fn set_right(who: AccountId, right: TradingRight) {
		Self::forget_to_tell(who, right);
		Market::trading_right_changed(&who, right);
	}

	/// From now on `who` belongs to `group`, and the market knows it.
	pub fn join(who: AccountId, group: Option<GroupId>) {
		Records::mutate(who, |record| record.1 = group);
		Market::group_changed(&who, group);
	}

	pub fn suspend(who: AccountId) {
		Self::set_right(who, TradingRight::Withdrawn);
	}

	/// From now on `who` may do nothing.
	pub fn black_list(who: AccountId) {
		BlackList::insert(who, ());
		Self::suspend(who);
	}

	/// Whether `who` may do nothing.
	pub fn is_black_listed(who: AccountId) -> bool {
		BlackList::contains_key(who)
	}

	/// Change the right of `who` without a word to the market, which then has to ask.
	pub fn forget_to_tell(who: AccountId, right: TradingRight) {
		Records::mutate(who, |record| record.0 = Some(right));
	}
}

pub const NOT_ADMITTED: DispatchError = DispatchError::Other("not admitted");
pub const SUSPENDED_ERROR: DispatchError = DispatchError::Other("suspended");
pub const BLACK_LISTED: DispatchError = DispatchError::Other("black-listed");

impl EnsureParticipant<AccountId> for Participants {
	fn ensure_role(who: &AccountId, _: Role) -> Result<(), DispatchError> {
		Self::ensure_admitted(who)
	}

	fn ensure_may_trade(who: &AccountId) -> Result<TradingRight, DispatchError> {
		if !is_known(who) {
			return Err(NOT_ADMITTED);
		}
		let right = Records::get(who).0.unwrap_or(TradingRight::Lasting);
		if right.is_valid(MockTime::now) {
			Ok(right)
		} else {
			Err(SUSPENDED_ERROR)
		}
	}

	fn ensure_admitted(who: &AccountId) -> Result<(), DispatchError> {
		Self::ensure_may_trade(who).map(drop)
	}

	fn ensure_service(_: &AccountId, _: Service) -> Result<(), DispatchError> {
		unreachable!("the market asks for the right to trade")
	}

	fn ensure_known(who: &AccountId) -> Result<(), DispatchError> {
		// Looked up as on the chain.
		let _ = Records::get(who);
		is_known(who).then_some(()).ok_or(NOT_ADMITTED)
	}

	fn ensure_may_exit(who: &AccountId) -> Result<(), DispatchError> {
		if BlackList::contains_key(who) {
			return Err(BLACK_LISTED);
		}
		is_known(who).then_some(()).ok_or(NOT_ADMITTED)
	}

	fn ensure_may_be_paid(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("the market pays nobody in yuan")
	}
}

impl InspectGroup<AccountId> for Participants {
	fn group_of(who: &AccountId) -> Option<GroupId> {
		Records::get(who).1
	}

	fn are_related(_: &AccountId, _: &AccountId) -> bool {
		unreachable!("the market compares groups itself")
	}

	fn members_of(group: GroupId) -> Vec<AccountId> {
		let members = Records::iter().filter(|(_, record)| record.1 == Some(group));
		members.map(|(who, _)| who).collect()
	}
}

/// Says what orders are limited to, and hears what has traded.
pub struct Credit;

impl Credit {
	/// From now on the orders of `who` are limited so, and the market knows it.
	pub fn limit(who: AccountId, limits: TradingLimits) {
		Self::forget_to_tell(who, limits);
		Market::trading_limits_changed(&who);
	}

	/// Change the limits of `who` without a word to the market.
	pub fn forget_to_tell(who: AccountId, limits: TradingLimits) {
		Limits::insert(who, limits);
	}
}

impl InspectTradingLimits<AccountId> for Credit {
	fn limits_of(who: &AccountId) -> TradingLimits {
		Limits::get(who)
	}
}

/// What the market has told of trades.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Told {
	pub asset: AssetId,
	pub pairs: Vec<(AccountId, AccountId)>,
	pub digest: Digest,
	pub fills: u32,
	pub tonnes: u128,
}

parameter_types! {
	/// All that was told. No part of the state: what a call that fails has told stays here.
	pub static Heard: Vec<Told> = Vec::new();
}

/// What hearing of trades weighs.
pub const MATCHED_WEIGHT: Weight = Weight::from_parts(1_000, 0);

impl OnMatched<AccountId> for Credit {
	fn matched(matched: &Matched<AccountId>) {
		Heard::mutate(|heard| {
			heard.push(Told {
				asset: matched.asset,
				pairs: matched.pairs.to_vec(),
				digest: matched.digest,
				fills: matched.fills,
				tonnes: matched.tonnes,
			});
		});
	}

	fn weight_of_matched() -> Weight {
		MATCHED_WEIGHT
	}
}

fn is_known(who: &AccountId) -> bool {
	*who != STRANGER && *who != Market::account_id()
}

/// Says which halts are in force, and always looks at the time, as the worst case does.
pub struct Halts;

impl Halts {
	pub fn halt_asset(asset: AssetId, until: Moment) {
		AssetHalts::insert(asset, until);
	}

	pub fn halt_all_trading(until: Moment) {
		TradingHalt::put(until);
	}
}

impl InspectHalts for Halts {
	fn is_asset_halted(asset: AssetId) -> bool {
		MockTime::now() < AssetHalts::get(asset)
	}

	fn market_halted_until(asset: AssetId) -> Option<Moment> {
		let until = AssetHalts::get(asset).max(TradingHalt::get());
		(MockTime::now() < until).then_some(until)
	}
}

/// Whatever was endowed may be traded, and at the beginning every asset but one.
pub struct Registry;

impl InspectTradable for Registry {
	fn is_tradable(asset: AssetId) -> bool {
		Tradable::contains_key(asset)
	}
}

/// What the registry allocated.
#[storage_alias(verbatim)]
type Allocated = StorageMap<
	Registry,
	Twox64Concat,
	(AccountId, AssetId),
	Tonnes,
	frame_support::pallet_prelude::ValueQuery,
>;

impl Registry {
	/// From now on `tonnes` of the tests' asset count as allocated to `who`.
	pub fn allocate(who: AccountId, tonnes: u64) {
		Allocated::insert((who, ASSET), Tonnes(tonnes));
	}
}

impl InspectAllocation<AccountId> for Registry {
	fn allocated(who: &AccountId, asset: AssetId) -> Tonnes {
		Allocated::get((*who, asset))
	}
}

pub struct BenchmarkHelper;

impl ParticipantBenchmarkHelper<AccountId> for BenchmarkHelper {
	fn admit(_: &AccountId, _: Role) {}

	fn form_group(members: &[AccountId]) {
		members
			.iter()
			.for_each(|who| Participants::join(*who, Some(GroupId(7))));
	}
}

impl RegistryBenchmarkHelper<AccountId> for BenchmarkHelper {
	fn endow(who: &AccountId, asset: AssetId, tonnes: u64) {
		if !Assets::asset_exists(asset) {
			assert_ok!(<Assets as Create<AccountId>>::create(asset, ALICE, true, 1));
		}
		assert_ok!(Assets::mint_into(asset, who, tonnes.into()));
		Tradable::insert(asset, ());
	}
}

parameter_types! {
	pub const MarketPalletId: PalletId = PalletId(*b"cbn/mrkt");
}

pub const MAX_FILLS: u32 = 5;
pub const MAX_ASSETS: u32 = 3;
pub const MAX_MARKETS: u32 = 3;
pub const MAX_SWEEP: u32 = 2;
pub const BARS_KEPT: u32 = 3;
pub const MAX_GROUP_MEMBERS: u32 = 3;

impl pallet_market::Config for Test {
	type WeightInfo = ();
	type RegulatorOrigin = EnsureRoot<AccountId>;
	type Money = Balances;
	type Assets = Assets;
	type Participants = Participants;
	type Groups = Participants;
	type Limits = Credit;
	type OnMatched = Credit;
	type Registry = Registry;
	type Allocations = Registry;
	type Halts = Halts;
	type Time = MockTime;
	type PalletId = MarketPalletId;
	type MaxFillsPerOrder = ConstU32<MAX_FILLS>;
	type MaxAssetsPerAccount = ConstU32<MAX_ASSETS>;
	type MaxMarkets = ConstU32<MAX_MARKETS>;
	type MaxSweep = ConstU32<MAX_SWEEP>;
	type Treasury = ConstU64<TREASURY>;
	type BarsKept = ConstU32<BARS_KEPT>;
	type MaxGroupMembers = ConstU32<MAX_GROUP_MEMBERS>;
	#[cfg(any(feature = "runtime-benchmarks", test))]
	type BenchmarkHelper = BenchmarkHelper;
}

/// Builds the chain. Without anything else it has participants with cash and allowances on the registry ledger, and no market.
#[derive(Default)]
pub struct ExtBuilder {
	market: Option<MarketParams>,
	deposits: Vec<AccountId>,
}

impl ExtBuilder {
	/// A market for [`ASSET`] with steps of one fen and one tonne.
	#[must_use]
	pub fn with_market(self) -> Self {
		self.with_params(MarketParams::default())
	}

	/// A market for [`ASSET`] with these rules.
	#[must_use]
	pub fn with_params(mut self, params: MarketParams) -> Self {
		self.market = Some(params);
		self
	}

	/// `who` has half of its cash and of its tonnes of [`ASSET`] on its trading account.
	#[must_use]
	pub fn with_trader(mut self, who: AccountId) -> Self {
		self.deposits.push(who);
		self
	}

	/// A market on which Alice, Bob and Charlie can trade.
	#[must_use]
	pub fn trading() -> Self {
		Self::default()
			.with_market()
			.with_trader(ALICE)
			.with_trader(BOB)
			.with_trader(CHARLIE)
	}

	pub fn build(self) -> sp_io::TestExternalities {
		Heard::set(Vec::new());
		let holders = [ALICE, BOB, CHARLIE, POOR];
		let storage = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig {
				balances: [ALICE, BOB, CHARLIE].map(|who| (who, CASH)).into(),
				..Default::default()
			},
			assets: pallet_assets::GenesisConfig {
				assets: [ASSET, OTHER, CLOSED].map(|asset| (asset, ALICE, true, 1)).into(),
				accounts: [ASSET, OTHER, CLOSED]
					.into_iter()
					.flat_map(|asset| holders.map(|who| (asset, who, TONNES.into())))
					.collect(),
				..Default::default()
			},
			..Default::default()
		}
		.build_storage()
		.expect("the genesis is valid");
		let mut ext = sp_io::TestExternalities::from(storage);
		ext.execute_with(|| {
			// Events of block 0 are dropped.
			System::set_block_number(1);
			for asset in [ASSET, OTHER] {
				Tradable::insert(asset, ());
			}
			if let Some(params) = self.market {
				assert_ok!(create_market(RuntimeOrigin::root(), ASSET, params));
			}
			for who in self.deposits {
				assert_ok!(Market::deposit(RuntimeOrigin::signed(who), cash(CASH / 2)));
				assert_ok!(Market::deposit(RuntimeOrigin::signed(who), tonnes(TONNES / 2)));
			}
		});
		ext
	}

	/// Run `test` and check the invariants of the market after it.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			check();
		});
	}
}

pub fn check() {
	if let Err(error) = Market::do_try_state() {
		panic!("an invariant does not hold: {error:?}");
	}
	assert!(limits_are_copied(), "the limits of an account are not copied");
}

/// Whether whoever has a valid right to trade has its limits on its account. Others tell of their changes in their own time, so that no invariant
/// of the market can say it.
pub fn limits_are_copied() -> bool {
	crate::TradingAccounts::<Test>::iter().all(|(who, account)| {
		let is_valid = account.right.is_valid(MockTime::now);
		!is_valid || account.limits == Credit::limits_of(&who)
	})
}

pub fn cash(amount: Balance) -> Funds {
	Funds::Cash { amount }
}

pub fn tonnes(tonnes: u64) -> Funds {
	Funds::Allowances {
		asset: ASSET,
		tonnes: Tonnes(tonnes),
	}
}

/// An order without a date, which may meet as many others as an order may and stops at own ones.
pub fn order(side: Side, price: u64, tonnes: u64, kind: OrderKind) -> NewOrder {
	NewOrder {
		side,
		price: Price(price),
		tonnes: Tonnes(tonnes),
		kind,
		expires: None,
		self_trade: SelfTrade::default(),
		fee_max: None,
		meet_max: None,
	}
}

/// Place `order` in the tests' market.
pub fn place_new(who: AccountId, order: NewOrder) -> DispatchResult {
	Market::place_order(RuntimeOrigin::signed(who), ASSET, order)
		.map(drop)
		.map_err(|refusal| refusal.error)
}

/// Place an order in the tests' market.
pub fn place(who: AccountId, side: Side, price: u64, tonnes: u64, kind: OrderKind) -> DispatchResult {
	place_new(who, order(side, price, tonnes, kind))
}

/// Place an order that rests in whole or in part until `expires`, and return its identifier.
pub fn rest_until(who: AccountId, side: Side, price: u64, tonnes: u64, expires: Moment) -> OrderId {
	let order = NewOrder {
		expires: Some(expires),
		..order(side, price, tonnes, OrderKind::GoodTillCancelled)
	};
	assert_ok!(place_new(who, order));
	last_order().expect("the order rests")
}

/// Place an order that rests in whole or in part, and return its identifier.
pub fn rest(who: AccountId, side: Side, price: u64, tonnes: u64) -> OrderId {
	assert_ok!(place(who, side, price, tonnes, OrderKind::GoodTillCancelled));
	last_order().expect("the order rests")
}

/// Open a market around the clock, whose reference price is the highest one.
pub fn create_market(origin: RuntimeOrigin, asset: AssetId, params: MarketParams) -> DispatchResult {
	Market::create_market(origin, asset, params, params.price_max, Calendar::default())
}

/// Halt the tests' market until a moment.
pub fn halt(until: Moment) {
	assert_ok!(Market::halt_market(ASSET, Some(until)));
}

/// One block's idle time with `limit` of weight left. Returns what was used.
pub fn idle(limit: Weight) -> Weight {
	Market::on_idle(System::block_number(), limit)
}

/// Idle blocks until nobody's orders are left to take out. Returns how many.
pub fn idle_until_swept() -> u32 {
	let mut blocks = 0;
	while crate::Sweep::<Test>::exists() {
		System::set_block_number(System::block_number() + 1);
		idle(Weight::MAX);
		blocks += 1;
		assert!(blocks < 1_000, "the sweep comes to an end");
	}
	blocks
}

/// The identifier in the latest `OrderPlaced`.
pub fn last_order() -> Option<OrderId> {
	market_events().into_iter().rev().find_map(|event| match event {
		crate::Event::OrderPlaced { order, .. } => Some(order),
		_ => None,
	})?
}

/// Every event of the market in this block.
pub fn market_events() -> Vec<crate::Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::MarketPallet(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// Cash of an account, free and locked.
pub fn cash_of(who: AccountId) -> (Balance, Balance) {
	let account = Market::trading_account(who);
	(account.cash_free, account.cash_locked)
}

/// Tonnes of an account, free, locked and being bought.
pub fn tonnes_of(who: AccountId) -> (u64, u64, u64) {
	Market::trading_account(who)
		.positions
		.into_iter()
		.find(|position| position.asset == ASSET)
		.map_or((0, 0, 0), |position| {
			(position.free.0, position.locked.0, position.buying.0)
		})
}
