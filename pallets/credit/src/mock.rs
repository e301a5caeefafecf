//! A chain with this pallet, and with groups, periods and copies of limits that tests write as they like.

#![allow(clippy::unwrap_used)]

use crate::{self as pallet_credit, *};
use carbon_primitives::{Digest, GroupId, Moment, PenaltyKind, Tonnes, Vintage};
use carbon_traits::{
	InspectGroup, InspectPeriods, Matched, OnMatched, OnTradingLimits, Performance, RecordPerformance,
	ReportOutcome, SurrenderOutcome, YearOutcome,
};
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, OnPoll, Time},
	weights::{Weight, WeightMeter},
};
use frame_system::EnsureRoot;
use sp_io::TestExternalities;
use sp_runtime::BuildStorage;
use std::collections::BTreeMap;

pub type AccountId = u64;
pub type Block = frame_system::mocking::MockBlock<Test>;

/// Three traders outside of each other's groups, and one of the group of the first.
pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CAROL: AccountId = 3;
pub const SISTER: AccountId = 4;

/// When the mock chain starts, in milliseconds since the Unix epoch.
pub const START: Moment = 1_700_000_000_000;
/// The current year at the start.
pub const YEAR: Vintage = Vintage(2024);
/// Most pairs that wait in the mock chain.
pub const QUEUE: u32 = 20;

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
	pub type Credit = pallet_credit::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

parameter_types! {
	pub static Now: Moment = START;
	pub static LatestYear: Option<Vintage> = Some(YEAR);
	/// Who belongs to a group.
	pub static Groups: BTreeMap<AccountId, u32> = BTreeMap::new();
	/// Who was told to have other limits.
	pub static Told: Vec<AccountId> = Vec::new();
	pub static LimitsWeight: Weight = Weight::zero();
	pub const FirstRules: ScoreRules = ScoreRules::FIRST;
	pub const FirstLevels: LevelRules = LevelRules::FIRST;
}

pub struct MockTime;

impl Time for MockTime {
	type Moment = Moment;

	fn now() -> Moment {
		Now::get()
	}
}

pub struct MockPeriods;

impl InspectPeriods for MockPeriods {
	fn latest_year() -> Option<Vintage> {
		LatestYear::get()
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
		unreachable!("credit compares two accounts")
	}
}

/// Keeps who was told.
pub struct Copies;

impl OnTradingLimits<AccountId> for Copies {
	fn trading_limits_changed(who: &AccountId) {
		// Whoever is told asks for the limits, so that the new level must be stored by then.
		assert!(Accounts::<Test>::contains_key(who));
		Told::mutate(|told| told.push(*who));
	}

	fn weight_of_limits_changed() -> Weight {
		LimitsWeight::get()
	}
}

impl Config for Test {
	type DefaultLevels = FirstLevels;
	type DefaultRules = FirstRules;
	type Groups = MockGroups;
	type MaxQueuedPairs = ConstU32<QUEUE>;
	type OnLimits = Copies;
	type Periods = MockPeriods;
	type RegulatorOrigin = EnsureRoot<AccountId>;
	type Time = MockTime;
	type WeightInfo = ();
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// An outcome of which nothing counts.
pub const NOTHING: YearOutcome = YearOutcome {
	report: None,
	surrender: None,
	discrepancies: 0,
	corrected: 0,
};

pub fn keep(who: AccountId, counterparty: AccountId) {
	Credit::record(
		&who,
		Performance::TradeKept {
			counterparty: &counterparty,
		},
	);
}

pub fn default(who: AccountId) {
	Credit::record(&who, Performance::Defaulted);
}

pub fn end_year(who: AccountId, year: u16, outcome: YearOutcome) {
	Credit::record(
		&who,
		Performance::YearEnded {
			year: Vintage(year),
			outcome,
		},
	);
}

pub fn surrender(who: AccountId, year: u16, surrender: SurrenderOutcome) {
	end_year(
		who,
		year,
		YearOutcome {
			surrender: Some(surrender),
			..NOTHING
		},
	);
}

pub fn report(who: AccountId, year: u16, report: ReportOutcome) {
	end_year(
		who,
		year,
		YearOutcome {
			report: Some(report),
			..NOTHING
		},
	);
}

pub fn penalise(who: AccountId, year: u16, kind: PenaltyKind) {
	let year = Vintage(year);
	Credit::record(&who, Performance::Penalised { year, kind });
}

pub fn annul(who: AccountId, year: u16, kind: PenaltyKind) {
	let year = Vintage(year);
	Credit::record(&who, Performance::PenaltyAnnulled { year, kind });
}

/// An order or an auction trades.
pub fn trade(pairs: &[(AccountId, AccountId)]) {
	Credit::matched(&Matched {
		asset: 2024,
		pairs,
		digest: Digest::zero(),
		fills: pairs.len() as u32,
		tonnes: 1,
	});
}

pub fn record_of(who: AccountId) -> CreditRecordOf<Test> {
	Accounts::<Test>::get(who).unwrap()
}

pub fn score_of(who: AccountId) -> u16 {
	Accounts::<Test>::get(who).map_or(NEUTRAL_SCORE, |record| record.score)
}

/// The counters of `who` in a year; nothing where nothing was counted.
pub fn counters(who: AccountId, year: u16) -> YearCounters {
	let none = YearCounters {
		year: Vintage(year),
		..Default::default()
	};
	Credit::counters_of(&who)
		.into_iter()
		.find(|counters| counters.year.0 == year)
		.unwrap_or(none)
}

/// The next block does what it does by itself as far as `meter` reaches.
pub fn block_with(meter: &mut WeightMeter) {
	System::set_block_number(System::block_number() + 1);
	System::reset_events();
	<Credit as OnPoll<_>>::on_poll(System::block_number(), meter);
}

pub fn block() {
	block_with(&mut WeightMeter::new());
}

/// The next block, in which a period of `year` has been opened.
pub fn block_of_year(year: u16) {
	LatestYear::set(Some(Vintage(year)));
	block();
}

/// What the pallet told in this block.
pub fn told() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Credit(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// Who was told to have other limits since this was asked last.
pub fn limits_told() -> Vec<AccountId> {
	let mut told = Told::take();
	told.sort_unstable();
	told
}

/// Levels like the first ones, but with other limits for D.
pub fn other_levels() -> LevelRules {
	let mut levels = LevelRules::FIRST;
	levels.terms[3].order_max = Some(Tonnes(5_000));
	levels
}

/// Builds the chain that a test starts with.
#[derive(Default)]
pub struct ExtBuilder {
	without_periods: bool,
}

impl ExtBuilder {
	/// Start before the first compliance period.
	#[must_use]
	pub fn without_periods(mut self) -> Self {
		self.without_periods = true;
		self
	}

	/// The chain at its first block.
	pub fn build(self) -> TestExternalities {
		Now::set(START);
		LatestYear::set((!self.without_periods).then_some(YEAR));
		Groups::set(BTreeMap::from([(ALICE, 7), (SISTER, 7)]));
		Told::set(Vec::new());
		LimitsWeight::set(Weight::zero());
		let storage = RuntimeGenesisConfig::default().build_storage().unwrap();
		let mut ext = TestExternalities::new(storage);
		ext.execute_with(|| {
			// Events of block 0 are dropped. The first block sees the first year.
			System::set_block_number(1);
			block();
			System::reset_events();
		});
		ext
	}

	/// Run `test` on the chain, then check what always holds.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Credit::do_try_state().unwrap();
		});
	}
}
