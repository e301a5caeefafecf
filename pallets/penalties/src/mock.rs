//! A chain with this pallet and the settlement token. Admission, periods and whoever learns of penalties are kept by the mock itself.

#![allow(clippy::unwrap_used)]

use crate::{self as pallet_penalties, *};
use carbon_calendar::{Calendar, Day, Hours};
use carbon_primitives::{Balance, Digest, Moment, PenaltyKind, RecordKind, RecordSubject, Role, Service};
use carbon_primitives::{Tonnes, TradingRight, Vintage};
use carbon_traits::{
	BanTrading, CutAllocation, Doer, EnsureParticipant, Happening, InspectPeriods, OnTradingLimits,
	Performance, RecordActivity, RecordPerformance,
};
use frame_support::{
	assert_ok, derive_impl, parameter_types, storage_alias,
	traits::{ConstU128, Get, OnPoll, Time},
	weights::{Weight, WeightMeter},
	Blake2_128Concat,
};
use frame_system::EnsureRoot;
use sp_io::TestExternalities;
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchError, DispatchResult};
use std::collections::{BTreeMap, BTreeSet};

pub type AccountId = u64;

pub const PLANT: AccountId = 1;
pub const MILL: AccountId = 2;
/// Pays for others.
pub const FRIEND: AccountId = 3;
/// Nobody has admitted this one.
pub const STRANGER: AccountId = 9;
pub const TREASURY: AccountId = 1_001;

/// What everybody but the stranger starts with, in fen.
pub const FUNDS: Balance = 1_000_000;
/// What the treasury starts with.
pub const TREASURY_FUNDS: Balance = 10;
/// What an account keeps in order to stay alive.
pub const MINIMUM: Balance = 10;

pub const YEAR: Vintage = Vintage(2024);
/// A fine of the tests.
pub const FINE: Balance = 60_000;

/// Wednesday, 1 January 2025, in a calendar without holidays.
pub const TODAY: Day = Day(20_089);
/// The seventh working day after it, a Friday, and the first day on which nobody can object any more.
pub const LAST: Day = Day(20_098);
pub const OVER: Day = Day(20_099);
/// The fifteenth working day after the day on which a penalty is final that nobody has objected to.
pub const DUE: Day = Day(20_119);

pub const EVIDENCE: Digest = Digest::repeat_byte(1);
pub const OBJECTION: Digest = Digest::repeat_byte(2);
pub const REASON: Digest = Digest::repeat_byte(3);

/// The answers of those whom the pallet asks, when they say no.
pub const NOT_KNOWN: DispatchError = DispatchError::Other("not known");
/// Told in an event, which would lose a text.
pub const NO_BAN: DispatchError = DispatchError::Unavailable;

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
	#[runtime::pallet_index(49)]
	pub type Penalties = pallet_penalties::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountData = pallet_balances::AccountData<Balance>;
	type AccountId = AccountId;
	type Block = frame_system::mocking::MockBlock<Test>;
	type Lookup = IdentityLookup<AccountId>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<MINIMUM>;
}

parameter_types! {
	pub const TreasuryAccount: AccountId = TREASURY;
	pub static Now: Moment = 0;
	/// Who was admitted once.
	pub static Known: BTreeSet<AccountId> = BTreeSet::new();
	pub static LatestYear: Option<Vintage> = Some(YEAR);
	/// Working days for an objection, for the decision and for the payment.
	pub static ObjectionWindow: u32 = 7;
	pub static DecisionWindow: u32 = 10;
	pub static PaymentWindow: u32 = 15;
	pub static DefaultFine: u32 = 500;
	/// Whether nobody can be banned.
	pub static BanFails: bool = false;
	/// What a ban costs beside `BAN_WEIGHT`.
	pub static HeavyBan: Weight = Weight::zero();
	/// How many tonnes of each cut have been withheld already.
	pub static Withheld: u64 = 0;
	/// By how much a test has changed what the treasury has.
	pub static TreasuryMoved: i128 = 0;
}

impl Config for Test {
	type Bans = Market;
	type BenchmarkHelper = Helper;
	type Calendar = Weekdays;
	type Cuts = Allocation;
	type DecisionDays = DecisionWindow;
	type DefaultFineBps = DefaultFine;
	type Money = Balances;
	type ObjectionDays = ObjectionWindow;
	type OnLimits = Market;
	type Participants = Admissions;
	type PaymentDays = PaymentWindow;
	type Performance = Credit;
	type Periods = Years;
	type Provenance = Graph;
	type RegulatorOrigin = EnsureRoot<AccountId>;
	type Time = Clock;
	type Today = Clock;
	type Treasury = TreasuryAccount;
	type WeightInfo = ();
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

pub struct Clock;

impl Time for Clock {
	type Moment = Moment;

	fn now() -> Moment {
		Now::get()
	}
}

impl Get<Day> for Clock {
	fn get() -> Day {
		Weekdays::get().day_of(Now::get())
	}
}

pub struct Years;

impl InspectPeriods for Years {
	fn latest_year() -> Option<Vintage> {
		LatestYear::get()
	}
}

pub struct Admissions;

impl EnsureParticipant<AccountId> for Admissions {
	fn ensure_role(_: &AccountId, _: Role) -> Result<(), DispatchError> {
		unreachable!("penalties concern every role")
	}

	fn ensure_may_trade(_: &AccountId) -> Result<TradingRight, DispatchError> {
		unreachable!("penalties also concern whoever may not trade")
	}

	fn ensure_admitted(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("penalties also concern the suspended")
	}

	fn ensure_service(_: &AccountId, _: Service) -> Result<(), DispatchError> {
		unreachable!("no list opens or closes penalties")
	}

	fn ensure_known(who: &AccountId) -> Result<(), DispatchError> {
		Known::get().contains(who).then_some(()).ok_or(NOT_KNOWN)
	}

	fn ensure_may_exit(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("nothing is taken back here")
	}

	fn ensure_may_be_paid(_: &AccountId) -> Result<(), DispatchError> {
		unreachable!("refunds are paid to whom they belong")
	}
}

// What those know who learn of penalties is in storage, so that it is rolled back as everything else.

/// Until when each account is banned.
#[storage_alias]
pub type BannedUntil = StorageMap<Credit, Blake2_128Concat, AccountId, Moment>;
/// How often somebody was banned or a ban lifted.
#[storage_alias]
pub type BanCalls = StorageValue<Credit, u32>;
/// The copies of who may not buy.
#[storage_alias]
pub type Blocked = StorageMap<Credit, Blake2_128Concat, AccountId, bool>;
/// How often a copy was made.
#[storage_alias]
pub type Copies = StorageValue<Credit, u32>;
/// Tonnes that are withheld from what each account is allocated next.
#[storage_alias]
pub type CutTonnes = StorageMap<Credit, Blake2_128Concat, AccountId, u64>;
/// What is counted for credit: each penalty that is final, and not annulled.
#[storage_alias]
pub type Counted = StorageMap<Credit, Blake2_128Concat, (AccountId, Vintage, u8), u32>;
/// What was recorded of penalties: number, owner, digest and whether the regulator has done it.
#[storage_alias]
pub type Recorded = StorageValue<Credit, Vec<(u64, AccountId, Digest, bool)>>;

/// Each weight of somebody who learns differs from all sums of the others.
pub const BAN_WEIGHT: Weight = Weight::from_parts(1_000, 0);
pub const CUT_WEIGHT: Weight = Weight::from_parts(10, 0);
pub const CREDIT_WEIGHT: Weight = Weight::from_parts(100_000, 0);
pub const GRAPH_WEIGHT: Weight = Weight::from_parts(1_000_000, 0);
pub const LIMITS_WEIGHT: Weight = Weight::from_parts(10_000_000, 0);

pub struct Market;

impl BanTrading<AccountId> for Market {
	fn ban_trading(who: &AccountId, until: Option<Moment>) -> DispatchResult {
		BanCalls::put(BanCalls::get().unwrap_or_default() + 1);
		match until {
			Some(until) => {
				let longest = BannedUntil::get(who).unwrap_or_default().max(until);
				BannedUntil::insert(who, longest);
			}
			None => BannedUntil::remove(who),
		}
		// What was written before is rolled back.
		(!BanFails::get()).then_some(()).ok_or(NO_BAN)
	}

	fn weight_of_ban() -> Weight {
		BAN_WEIGHT.saturating_add(HeavyBan::get())
	}
}

impl OnTradingLimits<AccountId> for Market {
	fn trading_limits_changed(who: &AccountId) {
		Copies::put(Copies::get().unwrap_or_default() + 1);
		Blocked::insert(who, Penalties::owes(who));
	}

	fn weight_of_limits_changed() -> Weight {
		LIMITS_WEIGHT
	}
}

pub struct Allocation;

impl CutAllocation<AccountId> for Allocation {
	fn cut_allocation(entity: &AccountId, tonnes: Tonnes) {
		CutTonnes::mutate(entity, |cut| *cut = Some(cut.unwrap_or_default() + tonnes.0));
	}

	fn restore_allocation(entity: &AccountId, tonnes: Tonnes) -> Tonnes {
		let restored = tonnes.0.saturating_sub(Withheld::get());
		CutTonnes::mutate(entity, |cut| *cut = Some(cut.unwrap() - restored));
		Tonnes(restored)
	}

	fn weight_of_cut() -> Weight {
		CUT_WEIGHT
	}
}

pub struct Credit;

impl RecordPerformance<AccountId> for Credit {
	fn record(who: &AccountId, performance: Performance<AccountId>) {
		match performance {
			Performance::Penalised { year, kind } => Counted::mutate((who, year, kind as u8), |count| {
				*count = Some(count.unwrap_or_default() + 1)
			}),
			Performance::PenaltyAnnulled { year, kind } => {
				Counted::mutate((who, year, kind as u8), |count| *count = Some(count.unwrap() - 1))
			}
			_ => unreachable!("only penalties are counted here"),
		}
	}

	fn weight_of_record() -> Weight {
		CREDIT_WEIGHT
	}
}

pub struct Graph;

impl RecordActivity<AccountId> for Graph {
	fn record(happening: Happening<AccountId>) {
		assert_eq!(happening.kind, RecordKind::Penalty);
		assert!(happening.uses.is_empty() && !happening.supersedes);
		let RecordSubject::Penalty(id) = happening.subject else {
			unreachable!("only penalties are recorded here");
		};
		let by_regulator = match happening.by {
			Doer::Regulator => true,
			Doer::Chain => false,
			Doer::Account(_) => unreachable!("no account penalises another"),
		};
		let mut recorded = Recorded::get().unwrap_or_default();
		recorded.push((id, *happening.owner.unwrap(), happening.digest, by_regulator));
		Recorded::put(recorded);
	}

	fn weight_of_record() -> Weight {
		GRAPH_WEIGHT
	}
}

pub struct Helper;

impl PenaltiesBenchmarkHelper<AccountId> for Helper {
	fn admit(who: &AccountId) {
		Known::mutate(|known| known.insert(*who));
	}

	fn set_day(day: Day) {
		set_day(day);
	}
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// A text as a reference to a rule.
pub fn basis(text: &[u8]) -> Basis {
	text.to_vec().try_into().unwrap()
}

pub const fn fine(amount: Balance) -> PenaltySanction {
	PenaltySanction::Fine(FineAmount::Fixed { amount })
}

pub const fn ban(days: u32) -> PenaltySanction {
	PenaltySanction::TradingBan { days }
}

pub const fn cut(tonnes: u64) -> PenaltySanction {
	PenaltySanction::AllocationCut(Tonnes(tonnes))
}

/// Propose a penalty that is not published, and return its number.
pub fn propose(account: AccountId, sanction: PenaltySanction) -> PenaltyId {
	let id = NextPenalty::<Test>::get();
	assert_ok!(Penalties::propose(
		root(),
		account,
		YEAR,
		basis(b"article 1"),
		sanction,
		EVIDENCE,
		false
	));
	id
}

/// A penalty to which its account has objected on the first day.
pub fn objected(account: AccountId, sanction: PenaltySanction) -> PenaltyId {
	let id = propose(account, sanction);
	assert_ok!(Penalties::object(signed(account), id, OBJECTION));
	id
}

/// A penalty that is final because nobody has objected. Days go by.
pub fn final_penalty(account: AccountId, sanction: PenaltySanction) -> PenaltyId {
	let id = propose(account, sanction);
	block_on(record(id).object_until.next());
	id
}

/// A fine that the chain has tried to collect while nothing was free beside what is left. Days go by.
pub fn owed(account: AccountId, amount: Balance) -> PenaltyId {
	let id = final_penalty(account, fine(amount));
	let kept = free(account);
	if kept > 0 {
		lend(account, kept);
	}
	block_on(record(id).due_on.unwrap());
	if kept > 0 {
		give_back(account, kept);
	}
	assert!(record(id).is_debt);
	id
}

/// Where money is that an account does not have for a while.
const ELSEWHERE: AccountId = 2_001;

fn lend(account: AccountId, amount: Balance) {
	assert_ok!(Balances::force_transfer(root(), account, ELSEWHERE, amount));
}

fn give_back(account: AccountId, amount: Balance) {
	assert_ok!(Balances::force_transfer(root(), ELSEWHERE, account, amount));
}

/// Leave `account` with `amount` that is free.
pub fn leave(account: AccountId, amount: Balance) {
	lend(account, free(account) - amount);
}

/// Take `amount` out of the treasury, as the regulator may.
pub fn drain_treasury(amount: Balance) {
	lend(TREASURY, amount);
	TreasuryMoved::mutate(|moved| *moved -= i128::try_from(amount).unwrap());
}

/// What `account` can pay.
pub fn free(account: AccountId) -> Balance {
	Balances::free_balance(account).saturating_sub(MINIMUM)
}

/// What fines have brought to the treasury.
pub fn fines() -> Balance {
	let moved = i128::try_from(Balances::free_balance(TREASURY)).unwrap() - TreasuryMoved::get();
	u128::try_from(moved).unwrap() - TREASURY_FUNDS
}

pub fn record(id: PenaltyId) -> PenaltyRecordOf<Test> {
	crate::Penalties::<Test>::get(id).unwrap()
}

pub fn status(id: PenaltyId) -> Status {
	record(id).status
}

/// Change the record of `id`, as no call does.
pub fn change(id: PenaltyId, change: impl FnOnce(&mut PenaltyRecordOf<Test>)) {
	crate::Penalties::<Test>::mutate(id, |record| change(record.as_mut().unwrap()));
}

pub fn debt_of(who: AccountId) -> Balance {
	Debts::<Test>::get(who)
}

pub fn counted(who: AccountId, kind: PenaltyKind) -> u32 {
	Counted::get((who, YEAR, kind as u8)).unwrap_or_default()
}

/// Let the chain's time be the beginning of `day`, without a block.
pub fn set_day(day: Day) {
	Now::set(Weekdays::get().start_of(day));
}

/// What stands on the agenda.
pub fn entries() -> Vec<(Day, PenaltyId)> {
	let mut entries: Vec<_> = Agenda::<Test>::iter_keys()
		.map(|(day, id)| (day, id.into()))
		.collect();
	entries.sort_unstable();
	entries
}

/// The next block comes on `day`, and does what it does by itself as far as `meter` reaches.
pub fn block_on_with(day: Day, meter: &mut WeightMeter) {
	System::set_block_number(System::block_number() + 1);
	System::reset_events();
	set_day(day);
	<Penalties as OnPoll<_>>::on_poll(System::block_number(), meter);
}

pub fn block_on(day: Day) {
	block_on_with(day, &mut WeightMeter::new());
}

/// What the pallet told in this block.
pub fn told() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Penalties(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// What the pallet told last.
pub fn told_last() -> Event<Test> {
	told().pop().unwrap()
}

/// What those who learn of penalties know is what the records say.
pub fn check_learned() {
	let mut bans = BTreeMap::<AccountId, Moment>::new();
	let mut counts = BTreeMap::<(AccountId, Vintage, u8), u32>::new();
	let mut paid = 0;
	for record in crate::Penalties::<Test>::iter_values() {
		let ends_at = record.banned_until.unwrap_or_default();
		if Now::get() < ends_at {
			let longest = bans.entry(record.account).or_default();
			*longest = ends_at.max(*longest);
		}
		if record.is_counted() {
			let key = (record.account, record.year, record.sanction.kind() as u8);
			*counts.entry(key).or_default() += 1;
		}
		paid += record.paid - record.refunded;
	}
	let banned: BTreeMap<_, _> = BannedUntil::iter().filter(|(_, end)| Now::get() < *end).collect();
	assert_eq!(banned, bans);
	let counted: BTreeMap<_, _> = Counted::iter().filter(|(_, count)| *count > 0).collect();
	assert_eq!(counted, counts);
	let blocked: BTreeSet<_> = Blocked::iter()
		.filter(|(_, is)| *is)
		.map(|(who, _)| who)
		.collect();
	assert_eq!(blocked, Debts::<Test>::iter_keys().collect());
	assert_eq!(fines(), paid);
	assert_eq!(Balances::total_issuance(), 3 * FUNDS + TREASURY_FUNDS);
}

/// Builds the chain that a test starts with: everybody but the stranger is known and has money.
#[derive(Default)]
pub struct ExtBuilder;

impl ExtBuilder {
	/// The chain at its first block.
	pub fn build(self) -> TestExternalities {
		set_day(TODAY);
		Known::set(BTreeSet::from([PLANT, MILL, FRIEND]));
		LatestYear::set(Some(YEAR));
		ObjectionWindow::set(7);
		DecisionWindow::set(10);
		PaymentWindow::set(15);
		DefaultFine::set(500);
		BanFails::set(false);
		HeavyBan::set(Weight::zero());
		Withheld::set(0);
		TreasuryMoved::set(0);
		let storage = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig {
				balances: vec![
					(PLANT, FUNDS),
					(MILL, FUNDS),
					(FRIEND, FUNDS),
					(TREASURY, TREASURY_FUNDS),
				],
				..Default::default()
			},
			..Default::default()
		};
		let mut ext = TestExternalities::new(storage.build_storage().unwrap());
		// Events of block 0 are dropped.
		ext.execute_with(|| System::set_block_number(1));
		ext
	}

	/// Run `test` on the chain, then check what always holds.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Penalties::do_try_state().unwrap();
			check_learned();
		});
	}
}
