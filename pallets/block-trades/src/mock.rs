//! A chain with this pallet, a trading ledger, a market and participants that tests write as they like.

#![allow(clippy::unwrap_used)]

use crate::{self as pallet_block_trades, *};
use carbon_primitives::{
	AssetId, Balance, Digest, Funds, GroupId, Moment, Price, Role, Service, Tonnes, TradingLimits,
	TradingRight,
};
use carbon_traits::{
	AgreedTrade, EnsureParticipant, InspectGroup, InspectHalts, InspectMargin, InspectMarket,
	InspectTradingLimits, OnAgreement, TradingLedger,
};
use frame_support::{
	derive_impl, parameter_types, storage_alias,
	traits::{ConstU32, OnPoll, Time},
	weights::{Weight, WeightMeter},
	Blake2_128Concat,
};
use frame_system::EnsureRoot;
use sp_io::TestExternalities;
use sp_runtime::{BuildStorage, DispatchError, DispatchResult};
use std::collections::{BTreeMap, BTreeSet};

pub type AccountId = u64;
pub type Block = frame_system::mocking::MockBlock<Test>;

/// Two traders, a third one, and one of the group of the first.
pub const SELLER: AccountId = 1;
pub const BUYER: AccountId = 2;
pub const CAROL: AccountId = 3;
pub const SISTER: AccountId = 4;
/// Nobody has admitted this one.
pub const STRANGER: AccountId = 9;

pub const ASSET: AssetId = 2021;
pub const OTHER_ASSET: AssetId = 2022;
pub const MINUTE: Moment = 60_000;
/// When the mock chain starts, in milliseconds since the Unix epoch: half a minute behind a full one.
pub const START: Moment = 1_000 * MINUTE + 30_000;
/// How far ahead a proposal may expire.
pub const LIFETIME: Moment = 7 * DAY_MS;
/// When proposals of the tests expire.
pub const EXPIRY: Moment = START + 10 * MINUTE;
/// When the trades of the tests are settled that are settled later.
pub const DATE: Moment = START + DAY_MS;
pub const WINDOW: Moment = DAY_MS;

/// What the tests trade: the smallest quantity, at the reference price.
pub const TONNES: u64 = 100_000;
pub const PRICE: u64 = 9_000;
pub const VALUE: Balance = 900_000_000;
/// Margins of the tests, in basis points and in fen.
pub const SELLER_BPS: u32 = 500;
pub const BUYER_BPS: u32 = 1_000;
pub const SELLER_MARGIN: Balance = 45_000_000;
pub const BUYER_MARGIN: Balance = 90_000_000;

/// The answers of those whom the pallet asks, when they say no.
pub const MAY_NOT_TRADE: DispatchError = DispatchError::Other("may not trade");
pub const SERVICE_CLOSED: DispatchError = DispatchError::Other("service closed");
pub const MARKET_CLOSED: DispatchError = DispatchError::Other("market closed");
pub const TOO_LITTLE_FREE: DispatchError = DispatchError::Other("too little free");
pub const TOO_LITTLE_PLEDGED: DispatchError = DispatchError::Other("too little pledged");
pub const NO_PLACE: DispatchError = DispatchError::Other("no place");
/// Told in an event, which would lose a text.
pub const LEDGER_BROKEN: DispatchError = DispatchError::Corruption;

pub const RULES: BlockRules = BlockRules {
	min_tonnes: Tonnes(TONNES),
	band_bps: 3_000,
	settlement_max_days: 30,
	window: WINDOW,
};

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
	#[runtime::pallet_index(48)]
	pub type BlockTrades = pallet_block_trades::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

parameter_types! {
	pub static Now: Moment = START;
	/// Who may trade.
	pub static Traders: BTreeSet<AccountId> = BTreeSet::new();
	/// To whom the service of block trades is closed.
	pub static Closed: BTreeSet<AccountId> = BTreeSet::new();
	/// Who belongs to a group.
	pub static Groups: BTreeMap<AccountId, u32> = BTreeMap::new();
	pub static MarketOpen: bool = true;
	pub static HaltedUntil: Option<Moment> = None;
	pub static Reference: Option<Price> = None;
	/// Margins, in basis points.
	pub static Margins: BTreeMap<AccountId, u32> = BTreeMap::new();
	/// Who owes a fine, and may not buy.
	pub static Debtors: BTreeSet<AccountId> = BTreeSet::new();
	/// Who cannot take tonnes.
	pub static Full: BTreeSet<AccountId> = BTreeSet::new();
	/// Whether the ledger refuses to give back or to pay what is pledged.
	pub static Broken: bool = false;
	/// Whether the ledger loses a fen each time that cash becomes free again.
	pub static Leaky: bool = false;
	pub static Defaults: BlockRules = RULES;
}

pub struct MockTime;

impl Time for MockTime {
	type Moment = Moment;

	fn now() -> Moment {
		Now::get()
	}
}

/// A trading ledger in storage, so that it is rolled back as a real one: per account and asset (none for
/// cash) what is free and what is pledged.
pub struct Ledger;

#[storage_alias]
pub type Accounts = StorageMap<Ledger, Blake2_128Concat, (AccountId, Option<AssetId>), (u128, u128)>;
/// What was delivered.
#[storage_alias]
pub type Delivered = StorageValue<Ledger, Vec<(AccountId, AccountId, u64, u64)>>;
/// The trades that were reported as kept.
#[storage_alias]
pub type Kept = StorageValue<Ledger, Vec<u64>>;
/// Who was reported, and the margin.
#[storage_alias]
pub type Reported = StorageValue<Ledger, Vec<(AccountId, Balance)>>;

const fn split(funds: Funds) -> (Option<AssetId>, u128) {
	match funds {
		Funds::Cash { amount } => (None, amount),
		Funds::Allowances { asset, tonnes } => (Some(asset), tonnes.0 as u128),
	}
}

impl Ledger {
	/// Move `amount` from (free, pledged) of `who` by the two signs.
	fn change(
		who: AccountId,
		funds: Funds,
		change: impl FnOnce(u128, u128, u128) -> Option<(u128, u128)>,
		error: DispatchError,
	) -> DispatchResult {
		let (asset, amount) = split(funds);
		assert!(amount > 0, "nobody moves nothing");
		let (free, pledged) = Accounts::get((who, asset)).unwrap_or_default();
		let after = change(free, pledged, amount).ok_or(error)?;
		if after == (0, 0) {
			Accounts::remove((who, asset));
		} else {
			Accounts::insert((who, asset), after);
		}
		Ok(())
	}

	fn add_free(who: AccountId, funds: Funds) {
		Self::change(
			who,
			funds,
			|free, pledged, amount| Some((free + amount, pledged)),
			LEDGER_BROKEN,
		)
		.unwrap();
	}
}

/// What the ledger says that a holding limit weighs.
pub const LIMIT_WEIGHT: Weight = Weight::from_parts(1_000, 0);

impl TradingLedger<AccountId> for Ledger {
	fn pledge(who: &AccountId, funds: Funds) -> DispatchResult {
		Self::change(
			*who,
			funds,
			|free, pledged, amount| Some((free.checked_sub(amount)?, pledged + amount)),
			TOO_LITTLE_FREE,
		)
	}

	fn release(who: &AccountId, funds: Funds) -> DispatchResult {
		if Broken::get() {
			return Err(LEDGER_BROKEN);
		}
		let lost = u128::from(Leaky::get() && matches!(funds, Funds::Cash { .. }));
		Self::change(
			*who,
			funds,
			|free, pledged, amount| Some((free + amount - lost, pledged.checked_sub(amount)?)),
			TOO_LITTLE_PLEDGED,
		)
	}

	fn pay(from: &AccountId, to: &AccountId, funds: Funds) -> DispatchResult {
		if Broken::get() {
			return Err(LEDGER_BROKEN);
		}
		Self::change(
			*from,
			funds,
			|free, pledged, amount| Some((free, pledged.checked_sub(amount)?)),
			TOO_LITTLE_PLEDGED,
		)?;
		Self::add_free(*to, funds);
		Ok(())
	}

	fn weight_of_limit() -> Weight {
		LIMIT_WEIGHT
	}

	fn deliver(trade: &AgreedTrade<AccountId>) -> DispatchResult {
		if Full::get().contains(&trade.buyer) {
			return Err(NO_PLACE);
		}
		let value = cash(trade.price.value_of(trade.tonnes));
		let tonnes = Funds::Allowances {
			asset: trade.asset,
			tonnes: trade.tonnes,
		};
		for (from, to, funds) in [
			(trade.seller, trade.buyer, tonnes),
			(trade.buyer, trade.seller, value),
		] {
			Self::change(
				from,
				funds,
				|free, pledged, amount| Some((free, pledged.checked_sub(amount)?)),
				TOO_LITTLE_PLEDGED,
			)?;
			Self::add_free(to, funds);
		}
		let mut delivered = Delivered::get().unwrap_or_default();
		delivered.push((trade.seller, trade.buyer, trade.tonnes.0, trade.price.0));
		Delivered::put(delivered);
		Ok(())
	}
}

pub struct Market;

impl InspectMarket for Market {
	fn ensure_open(_: AssetId) -> DispatchResult {
		MarketOpen::get().then_some(()).ok_or(MARKET_CLOSED)
	}

	fn reference_price(_: AssetId) -> Option<Price> {
		Reference::get()
	}
}

impl InspectHalts for Market {
	fn is_asset_halted(_: AssetId) -> bool {
		unreachable!("the halt of a market contains that of its asset")
	}

	fn market_halted_until(_: AssetId) -> Option<Moment> {
		HaltedUntil::get().filter(|end| Now::get() < *end)
	}
}

pub struct MockParticipants;

impl EnsureParticipant<AccountId> for MockParticipants {
	fn ensure_role(_: &AccountId, _: Role) -> DispatchResult {
		unreachable!("block trades ask for the right to trade, not for roles")
	}
	fn ensure_may_trade(who: &AccountId) -> Result<TradingRight, DispatchError> {
		if Traders::get().contains(who) {
			Ok(TradingRight::Lasting)
		} else {
			Err(MAY_NOT_TRADE)
		}
	}
	fn ensure_admitted(_: &AccountId) -> DispatchResult {
		unreachable!("whoever may trade is admitted")
	}
	fn ensure_service(who: &AccountId, service: Service) -> DispatchResult {
		assert_eq!(service, Service::BlockTrading);
		let closed = Closed::get().contains(who);
		(!closed).then_some(()).ok_or(SERVICE_CLOSED)
	}
	fn ensure_known(_: &AccountId) -> DispatchResult {
		unreachable!("whoever may trade is known")
	}
	fn ensure_may_exit(_: &AccountId) -> DispatchResult {
		unreachable!("nothing leaves the trading ledger here")
	}
	fn ensure_may_be_paid(_: &AccountId) -> DispatchResult {
		unreachable!("nothing leaves the trading ledger here")
	}
}

pub struct MockGroups;

impl InspectGroup<AccountId> for MockGroups {
	fn group_of(who: &AccountId) -> Option<GroupId> {
		Groups::get().get(who).copied().map(GroupId)
	}

	fn are_related(one: &AccountId, other: &AccountId) -> bool {
		one == other || Self::group_of(one).is_some_and(|group| Self::group_of(other) == Some(group))
	}

	fn members_of(_: GroupId) -> Vec<AccountId> {
		unreachable!("block trades compare two accounts")
	}
}

pub struct MockMargin;

impl InspectMargin<AccountId> for MockMargin {
	fn margin_of(who: &AccountId) -> u32 {
		Margins::get().get(who).copied().unwrap_or(BUYER_BPS)
	}
}

pub struct Credit;

/// What hearing of a trade weighs.
pub const KEPT_WEIGHT: Weight = Weight::from_parts(20_000, 0);
pub const BROKEN_WEIGHT: Weight = Weight::from_parts(300_000, 0);

impl OnAgreement<AccountId> for Credit {
	fn kept(id: u64, trade: &AgreedTrade<AccountId>) {
		let told = told().into_iter().rev().find_map(|event| match event {
			Event::Settled {
				id, seller, buyer, ..
			} => Some((id.0, seller, buyer)),
			_ => None,
		});
		assert_eq!(told, Some((id, trade.seller, trade.buyer)), "it was settled");
		let mut kept = Kept::get().unwrap_or_default();
		assert!(!kept.contains(&id), "it is kept once");
		kept.push(id);
		Kept::put(kept);
	}

	fn broken(id: u64, who: &AccountId, trade: &AgreedTrade<AccountId>, margin: Balance) {
		let terms = Trades::<Test>::get(TradeId(id)).unwrap().agreement.terms;
		assert_eq!(AgreedTrade::from(&terms), *trade);
		assert!([trade.seller, trade.buyer].contains(who));
		let mut reported = Reported::get().unwrap_or_default();
		reported.push((*who, margin));
		Reported::put(reported);
	}

	fn weight_of_kept() -> Weight {
		KEPT_WEIGHT
	}

	fn weight_of_broken() -> Weight {
		BROKEN_WEIGHT
	}
}

impl InspectTradingLimits<AccountId> for Credit {
	fn limits_of(who: &AccountId) -> TradingLimits {
		TradingLimits {
			// Far below any block trade, which they do not concern.
			order_max: Some(Tonnes(1)),
			orders_max: Some(0),
			buys_blocked: Debtors::get().contains(who),
		}
	}
}

pub struct Helper;

impl BlockTradesBenchmarkHelper<AccountId> for Helper {
	fn open_market(_: AssetId) {
		Reference::set(Some(Price(PRICE)));
	}

	fn admit(who: &AccountId) {
		Traders::mutate(|traders| traders.insert(*who));
	}

	fn fund(who: &AccountId, funds: Funds) {
		Ledger::add_free(*who, funds);
	}

	fn set_time(now: Moment) {
		Now::set(now);
	}
}

parameter_types! {
	pub const Lifetime: Moment = LIFETIME;
}

impl Config for Test {
	type BenchmarkHelper = Helper;
	type DefaultRules = Defaults;
	type Groups = MockGroups;
	type Halts = Market;
	type Ledger = Ledger;
	type Margin = MockMargin;
	type Markets = Market;
	type MaxOpenTrades = ConstU32<20>;
	type MaxOpenTradesPerAccount = ConstU32<12>;
	type MaxRules = ConstU32<2>;
	type Limits = Credit;
	type OnAgreement = Credit;
	type Participants = MockParticipants;
	type ProposalLifetimeMax = Lifetime;
	type RegulatorOrigin = EnsureRoot<AccountId>;
	type Time = MockTime;
	type WeightInfo = ();
}

pub const fn cash(amount: Balance) -> Funds {
	Funds::Cash { amount }
}

pub const fn allowances(tonnes: u64) -> Funds {
	Funds::Allowances {
		asset: ASSET,
		tonnes: Tonnes(tonnes),
	}
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// What `who` has free and pledged of cash.
pub fn cash_of(who: AccountId) -> (Balance, Balance) {
	Accounts::get((who, None::<AssetId>)).unwrap_or_default()
}

/// What `who` has free and pledged of the tests' asset, in tonnes.
pub fn tonnes_of(who: AccountId) -> (u128, u128) {
	Accounts::get((who, Some(ASSET))).unwrap_or_default()
}

/// Give `who` funds that are free.
pub fn fund(who: AccountId, funds: Funds) {
	Ledger::add_free(who, funds);
}

/// Take free funds away from `who`, as an order or a withdrawal does.
pub fn take(who: AccountId, funds: Funds) {
	Ledger::change(
		who,
		funds,
		|free, pledged, amount| Some((free.checked_sub(amount)?, pledged)),
		TOO_LITTLE_FREE,
	)
	.unwrap();
}

/// Terms that are settled at once.
pub fn now_terms() -> TermsOf<Test> {
	Terms {
		asset: ASSET,
		seller: SELLER,
		buyer: BUYER,
		tonnes: Tonnes(TONNES),
		price: Price(PRICE),
		expires_at: EXPIRY,
		settles_at: None,
	}
}

/// The same, settled later.
pub fn later_terms() -> TermsOf<Test> {
	Terms {
		settles_at: Some(DATE),
		..now_terms()
	}
}

/// Propose `terms` in the name of `who` and return the number of the trade.
pub fn propose(who: AccountId, terms: TermsOf<Test>) -> TradeId {
	let id = NextTrade::<Test>::get();
	frame_support::assert_ok!(BlockTrades::propose(signed(who), terms));
	id
}

/// The digest of the agreement under `id`.
pub fn digest_of(id: TradeId) -> Digest {
	Trades::<Test>::get(id).unwrap().agreement.digest(id)
}

/// Accept `id` in the name of `who`.
pub fn accept(who: AccountId, id: TradeId) -> DispatchResult {
	BlockTrades::accept(signed(who), id, digest_of(id))
}

/// A trade that both have consented to and that is settled later.
pub fn agreed() -> TradeId {
	let id = propose(SELLER, later_terms());
	frame_support::assert_ok!(accept(BUYER, id));
	id
}

/// The next block comes at the moment `now`, and does what it does by itself as far as `meter` reaches.
pub fn block_at_with(now: Moment, meter: &mut WeightMeter) {
	System::set_block_number(System::block_number() + 1);
	System::reset_events();
	Now::set(now);
	<BlockTrades as OnPoll<_>>::on_poll(System::block_number(), meter);
}

pub fn block_at(now: Moment) {
	block_at_with(now, &mut WeightMeter::new());
}

/// Blocks until nothing is left to do at the moment `now`.
pub fn blocks_until_done(now: Moment) {
	loop {
		block_at(now);
		let waits =
			Trades::<Test>::iter_values().any(|record| record.place.minute.saturating_mul(MINUTE) <= now);
		if !waits {
			break;
		}
	}
}

/// What the pallet told in this block.
pub fn told() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::BlockTrades(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// Change the record of `id`, as no call does.
pub fn change(id: TradeId, change: impl FnOnce(&mut TradeRecordOf<Test>)) {
	Trades::<Test>::mutate(id, |record| change(record.as_mut().unwrap()));
}

pub fn stage_of(id: TradeId) -> Option<Stage> {
	Trades::<Test>::get(id).map(|record| record.stage)
}

/// The trades that were reported as kept.
pub fn kept() -> Vec<u64> {
	Kept::get().unwrap_or_default()
}

pub fn reported() -> Vec<(AccountId, Balance)> {
	Reported::get().unwrap_or_default()
}

/// The ledger has pledged exactly what the trades say.
pub fn check_pledges() {
	let mut on_ledger: BTreeMap<AccountId, Purse> = BTreeMap::new();
	for ((who, asset), (_, pledged)) in Accounts::iter().filter(|(_, (_, pledged))| *pledged > 0) {
		let purse = on_ledger.entry(who).or_default();
		match asset {
			None => purse.cash = pledged,
			Some(asset) => {
				purse.tonnes.insert(asset, pledged);
			}
		}
	}
	assert_eq!(BlockTrades::pledges(), on_ledger);
}

/// Builds the chain that a test starts with: everybody but the stranger may trade and has plenty of
/// everything.
pub struct ExtBuilder {
	funded: bool,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { funded: true }
	}
}

impl ExtBuilder {
	/// Start with empty trading accounts.
	#[must_use]
	pub fn without_funds(mut self) -> Self {
		self.funded = false;
		self
	}

	/// The chain at its first block.
	pub fn build(self) -> TestExternalities {
		Now::set(START);
		Traders::set(BTreeSet::from([SELLER, BUYER, CAROL, SISTER]));
		Closed::set(BTreeSet::new());
		Groups::set(BTreeMap::from([(SELLER, 7), (SISTER, 7)]));
		MarketOpen::set(true);
		HaltedUntil::set(None);
		Reference::set(Some(Price(PRICE)));
		Margins::set(BTreeMap::from([(SELLER, SELLER_BPS), (BUYER, BUYER_BPS)]));
		Full::set(BTreeSet::new());
		Debtors::set(BTreeSet::new());
		Broken::set(false);
		Leaky::set(false);
		Defaults::set(RULES);
		let storage = RuntimeGenesisConfig::default().build_storage().unwrap();
		let mut ext = TestExternalities::new(storage);
		ext.execute_with(|| {
			// Events of block 0 are dropped.
			System::set_block_number(1);
			if self.funded {
				for who in [SELLER, BUYER, CAROL, SISTER] {
					fund(who, cash(FUNDS));
					fund(who, allowances(10 * TONNES));
				}
			}
		});
		ext
	}

	/// Run `test` on the chain, then check what always holds.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			BlockTrades::do_try_state().unwrap();
			check_pledges();
		});
	}
}

/// Cash that everybody starts with.
pub const FUNDS: Balance = 10 * VALUE;
