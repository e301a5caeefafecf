//! The steps of a walk, and how bytes become steps.

use super::runtime::{
	AccountId, BUFFER, CUSTODY, ENTITIES, FARM, FOREST, MARKET, MILL, PLANT, SELLER, STRANGER, VERIFIER,
	WORKS,
};
use carbon_calendar::DAY_MS;
use carbon_primitives::{Moment, Price, ProjectKind, Tonnes, Vintage};
use pallet_allocation::{Activity, BenchmarkTable, InstallationKind, UnitKind};
use pallet_allowance::{CarryOverRule, FineRule, ObligationRule, ProjectKindSet, RuleSet};

/// How many bytes become one step, whatever it is.
pub const STEP_BYTES: usize = 32;

/// The first compliance year of a walk.
pub const YEAR: Vintage = Vintage(2024);
/// When a walk begins: Wednesday, 1 January 2025.
pub const BEGINNING: Moment = 20_089 * DAY_MS;

const HOUR: Moment = 3_600_000;
/// More tonnes than anybody has.
const TOO_MANY: u64 = u64::MAX;

/// What is done. Days are counted from the moment of the step on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Step {
	/// The regulator opens the year after the last one, or the one that is named.
	Open {
		year: Option<Vintage>,
		cap: u64,
		rules: RuleSet,
		days: [u16; 4],
	},
	/// The regulator replaces the rules of a planned period.
	SetRules {
		year: Vintage,
		rules: RuleSet,
		days: [u16; 4],
	},
	/// The regulator enrols entities.
	Enrol { year: Vintage, entities: Vec<AccountId> },
	/// The regulator excludes an entity.
	Exclude { year: Vintage, entity: AccountId },
	/// The regulator allocates directly.
	Allocate {
		year: Vintage,
		list: Vec<(AccountId, u64)>,
	},
	/// The regulator issues for sale.
	Sell {
		year: Vintage,
		seller: AccountId,
		tonnes: u64,
	},
	/// An entity reports.
	Report {
		year: Vintage,
		entity: AccountId,
		tonnes: u64,
	},
	/// A verifier verifies a report; without a number the one that is in it.
	Verify {
		year: Vintage,
		verifier: AccountId,
		entity: AccountId,
		tonnes: Option<u64>,
	},
	/// The regulator confirms a report; without a number the one that is in it.
	Confirm {
		year: Vintage,
		entity: AccountId,
		tonnes: Option<u64>,
	},
	/// The regulator opens a report again.
	Reopen { year: Vintage, entity: AccountId },
	/// A report from its submission to its confirmation, opened again before where there is a verified one.
	Certify {
		year: Vintage,
		entity: AccountId,
		tonnes: u64,
	},
	/// Somebody surrenders.
	Surrender {
		year: Vintage,
		supplier: AccountId,
		entity: AccountId,
		asset: Asset,
		amount: Amount,
	},
	/// Somebody cancels allowances or offset credits.
	Cancel {
		holder: AccountId,
		asset: Asset,
		amount: Amount,
	},
	/// The regulator opens the next year and closes this one.
	Turn {
		year: Vintage,
		cap: u64,
		rules: RuleSet,
		days: [u16; 4],
	},
	/// The regulator closes a period.
	Close { year: Vintage },
	/// The regulator takes a period to its next phase.
	Advance { year: Vintage },
	/// The regulator takes allowances from somebody.
	ForceTransfer {
		vintage: Vintage,
		from: AccountId,
		to: AccountId,
		amount: Amount,
	},
	/// An entity carries over.
	CarryOver {
		year: Vintage,
		entity: AccountId,
		amount: Amount,
	},
	/// A holder moves units, or the regulator does on a legal basis.
	Transfer {
		asset: Asset,
		from: AccountId,
		to: AccountId,
		amount: Amount,
		by_law: bool,
	},
	/// The regulator enters emissions of a closed year.
	Determine {
		year: Vintage,
		entity: AccountId,
		tonnes: u64,
	},
	/// The regulator registers an installation.
	Install {
		entity: AccountId,
		kind: InstallationKind,
		reference: u8,
	},
	/// The regulator closes an installation.
	Shut { installation: u8, last_year: Vintage },
	/// The regulator gives an installation to somebody else.
	Move { installation: u8, to: AccountId },
	/// The regulator sets benchmarks.
	SetBenchmarks { year: Vintage, table: BenchmarkTable },
	/// The regulator enters data; of the kind of the installation where none are named.
	Enter {
		installation: u8,
		year: Vintage,
		activity: Option<Activity>,
		tonnes: u64,
		emissions: u64,
	},
	/// The regulator pre-allocates.
	PreAllocate {
		year: Vintage,
		list: Vec<(AccountId, Option<u64>)>,
	},
	/// The regulator makes true-ups.
	TrueUp { year: Vintage, entities: Vec<AccountId> },
	/// The regulator enters data of all installations of an entity, and makes its true-up.
	Entitle {
		year: Vintage,
		entity: AccountId,
		tonnes: u64,
	},
	/// An entity returns units.
	Return {
		year: Vintage,
		entity: AccountId,
		amount: Amount,
	},
	/// The regulator holds the units of an entity from now on, or no more.
	Hold { entity: AccountId, holds: bool },
	/// The regulator surrenders held units.
	SurrenderHeld {
		year: Vintage,
		entity: AccountId,
		vintage: Vintage,
		amount: Amount,
	},
	/// The regulator hands held units over.
	Release {
		entity: AccountId,
		vintage: Vintage,
		amount: Amount,
	},
	/// An entity objects.
	Object { year: Vintage, entity: AccountId },
	/// The regulator decides about an objection.
	Decide {
		year: Vintage,
		entity: AccountId,
		upheld: bool,
	},
	/// Somebody hands a project in.
	Apply {
		owner: AccountId,
		kind: ProjectKind,
		reference: u8,
	},
	/// Somebody hands a project in again; without a name its owner.
	Reapply {
		project: u8,
		by: Option<AccountId>,
		kind: ProjectKind,
		reference: u8,
	},
	/// Somebody withdraws a project; without a name its owner.
	WithdrawProject { project: u8, by: Option<AccountId> },
	/// The regulator decides about a project; about its present revision where none is named.
	DecideProject {
		project: u8,
		revision: Option<u32>,
		decision: pallet_offsets::Decision,
	},
	/// The owner reports reductions of some days that ended some days ago.
	ReportReductions {
		project: u8,
		ended: u16,
		days: u16,
		tonnes: u64,
		reference: u8,
	},
	/// The owner withdraws a report.
	WithdrawReductions { report: u8 },
	/// A verifier verifies a report; without a number the one that is in it.
	VerifyReductions {
		report: u8,
		verifier: AccountId,
		tonnes: Option<u64>,
	},
	/// The regulator refuses a report.
	RefuseReductions { report: u8 },
	/// The regulator issues a series.
	IssueSeries { report: u8 },
	/// A report from its submission to its series.
	Yield {
		project: u8,
		ended: u16,
		days: u16,
		tonnes: u64,
		reference: u8,
	},
	/// The regulator reverses reductions.
	Reverse { project: u8, tonnes: u64 },
	/// Somebody pays for a reversal; without a name the regulator takes it from the owner.
	Settle {
		project: u8,
		by: Option<AccountId>,
		asset: Asset,
		amount: Amount,
	},
	/// The regulator releases a buffer.
	ReleaseBuffer { project: u8, amount: Amount },
	/// Units move to the trading ledger.
	Deposit {
		who: AccountId,
		asset: Asset,
		amount: Amount,
	},
	/// Units change hands on the trading ledger.
	Trade {
		seller: AccountId,
		buyer: AccountId,
		asset: Asset,
		amount: Amount,
	},
	/// Units move back to the registry ledger.
	Withdraw {
		who: AccountId,
		asset: Asset,
		amount: Amount,
	},
	/// Units are sold and delivered at once.
	Deliver {
		seller: AccountId,
		buyer: AccountId,
		asset: Asset,
		amount: Amount,
	},
	/// An asset is halted, or its halt ends.
	Halt { asset: Asset },
	/// Somebody is suspended, or reinstated.
	Suspend { who: AccountId },
	/// Two are in one group from now on; without the other one somebody leaves its own.
	Join {
		who: AccountId,
		other: Option<AccountId>,
		group: u8,
	},
	/// The average price of a vintage is another one, or there is none.
	Price { year: Vintage, price: Option<u64> },
	/// The holding limit is another one, or there is none.
	Limit { most: Option<u64> },
	/// The credit of somebody rises or falls by one step.
	Credit { who: AccountId, rises: bool },
	/// What an entity is allocated next is cut by sanction, or a cut ends.
	Cut {
		entity: AccountId,
		tonnes: u64,
		ends: bool,
	},
	/// Time passes, and a block begins. Without a number the hook has all the weight there is; else as much as it takes for that many
	/// entities.
	Block { wait: Moment, entities: Option<u8> },
}

/// An asset that a step is about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Asset {
	/// The allowances of a year.
	Vintage(Vintage),
	/// The offset series with this number, modulo how many there are.
	Series(u8),
	/// None that exists.
	Nothing,
}

/// How many tonnes a step is about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Amount {
	/// As many as are accepted, as far as can be told.
	Fit,
	/// One more than that.
	TooMany,
	/// So many.
	Exactly(u64),
}

/// The steps that `bytes` are, a record of [`STEP_BYTES`] each; the last record may be shorter.
pub fn steps(bytes: &[u8]) -> Vec<Step> {
	let records = bytes.chunks(STEP_BYTES);
	records.map(|record| Bytes(record).step()).collect()
}

/// Benchmarks with which a walk begins.
pub const BENCHMARKS: BenchmarkTable = BenchmarkTable {
	coal_large: 7_910,
	coal_small: 8_049,
	coal_unconventional: 8_244,
	gas: 3_288,
	heat_coal: 1_033,
	heat_gas: 533,
};

/// The rules with which a walk begins: numbers are small here, so that a base of 10,000 t would be no bound.
pub fn first_rules() -> RuleSet {
	RuleSet {
		offset_cap_bps: 2_000,
		deduct_shortfall: true,
		carry_over: Some(CarryOverRule {
			base: Tonnes(5),
			factor_bps: 15_000,
		}),
		..Default::default()
	}
}

/// What is left of a record. Where it has run out, it goes on with zeros.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
	fn byte(&mut self) -> u8 {
		let Some((first, rest)) = self.0.split_first() else {
			return 0;
		};
		self.0 = rest;
		*first
	}

	/// A number below `end`, which is at most 256.
	fn below(&mut self, end: u16) -> u16 {
		u16::from(self.byte()) % end.max(1)
	}

	fn one_of<T: Clone>(&mut self, choice: &[T]) -> T {
		let at = usize::from(self.byte()) % choice.len();
		choice[at].clone()
	}

	/// `Some` in one of `times` cases.
	fn rarely<T>(&mut self, times: u16, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
		(self.below(times) == times - 1).then(|| make(self))
	}

	fn step(&mut self) -> Step {
		match self.byte() {
			0..=95 => self.step_of_period(),
			96..=143 => self.step_of_allocation(),
			144..=183 => self.step_of_offsets(),
			184..=215 => self.step_of_market(),
			216..=231 => self.step_of_others(),
			_ => Step::Block {
				wait: self.wait(),
				entities: self.rarely(2, |bytes| bytes.below(4) as u8),
			},
		}
	}

	fn step_of_period(&mut self) -> Step {
		let year = self.year();
		match self.below(32) {
			0 | 1 => Step::Open {
				year: self.rarely(8, Self::year),
				cap: self.one_of(&[400, 400, 1_000, 60, 0, u64::MAX]),
				rules: self.rules(),
				days: self.days(),
			},
			2 => Step::SetRules {
				year,
				rules: self.rules(),
				days: self.days(),
			},
			3 | 4 => Step::Enrol {
				year,
				entities: self.list(Self::entity),
			},
			5 => Step::Exclude {
				year,
				entity: self.entity(),
			},
			6 | 7 => Step::Allocate {
				year,
				list: self.list(|bytes| (bytes.entity(), bytes.tonnes())),
			},
			8 => Step::Sell {
				year,
				seller: self.rarely(8, Self::who).unwrap_or(SELLER),
				tonnes: self.tonnes(),
			},
			9..=12 => Step::Certify {
				year,
				entity: self.entity(),
				tonnes: self.emissions(),
			},
			13..=15 => self.step_of_report(year),
			16..=23 => self.step_of_units(year),
			24 => self.one_of(&[
				Step::Close { year },
				Step::Advance { year },
				Step::Advance { year },
			]),
			25 | 26 => Step::Turn {
				year,
				cap: 400,
				rules: self.rules(),
				days: self.days(),
			},
			27..=30 => self.step_of_transfer(year),
			_ => Step::Determine {
				year,
				entity: self.entity(),
				tonnes: self.emissions(),
			},
		}
	}

	fn step_of_units(&mut self, year: Vintage) -> Step {
		match self.below(7) {
			0..=5 => {
				let entity = self.entity();
				Step::Surrender {
					year,
					supplier: self.rarely(4, Self::who).unwrap_or(entity),
					entity,
					asset: self.asset(),
					amount: self.amount(),
				}
			}
			_ => Step::Cancel {
				holder: self.who(),
				asset: self.asset(),
				amount: self.amount(),
			},
		}
	}

	fn step_of_transfer(&mut self, year: Vintage) -> Step {
		match self.below(7) {
			0 => Step::ForceTransfer {
				vintage: year,
				from: self.who(),
				to: self.who(),
				amount: self.amount(),
			},
			1..=4 => Step::CarryOver {
				year,
				entity: self.entity(),
				amount: self.amount(),
			},
			_ => Step::Transfer {
				asset: self.asset(),
				from: self.who(),
				to: self.who(),
				amount: self.amount(),
				by_law: self.below(2) == 1,
			},
		}
	}

	/// A single act on a report. Most go from end to end in one step.
	fn step_of_report(&mut self, year: Vintage) -> Step {
		let entity = self.entity();
		match self.below(4) {
			0 => Step::Report {
				year,
				entity,
				tonnes: self.emissions(),
			},
			1 => Step::Verify {
				year,
				verifier: self.rarely(8, Self::who).unwrap_or(VERIFIER),
				entity,
				tonnes: self.rarely(4, Self::tonnes),
			},
			2 => Step::Confirm {
				year,
				entity,
				tonnes: self.rarely(4, Self::tonnes),
			},
			_ => Step::Reopen { year, entity },
		}
	}

	fn step_of_allocation(&mut self) -> Step {
		let year = self.year();
		match self.below(24) {
			0 => Step::Install {
				entity: self.entity(),
				kind: self.kind_of_installation(),
				reference: self.below(16) as u8,
			},
			1 => Step::Shut {
				installation: self.byte(),
				last_year: self.rarely(4, |_| Vintage(YEAR.0 - 1)).unwrap_or(year),
			},
			2 => Step::Move {
				installation: self.byte(),
				to: self.entity(),
			},
			3 => Step::SetBenchmarks {
				year,
				table: BenchmarkTable {
					gas: self.one_of(&[BENCHMARKS.gas, 9_000, 0]),
					..BENCHMARKS
				},
			},
			4..=7 => Step::Enter {
				installation: self.byte(),
				year,
				activity: self.rarely(8, Self::activity),
				tonnes: self.tonnes(),
				emissions: self.tonnes(),
			},
			8 | 9 => Step::PreAllocate {
				year,
				list: self.list(|bytes| (bytes.entity(), bytes.rarely(2, Self::tonnes))),
			},
			10..=12 => Step::Entitle {
				year,
				entity: self.entity(),
				tonnes: self.tonnes(),
			},
			13 => Step::TrueUp {
				year,
				entities: self.list(Self::entity),
			},
			_ => self.step_of_custody(year),
		}
	}

	fn step_of_custody(&mut self, year: Vintage) -> Step {
		match self.below(10) {
			0 | 1 => Step::Return {
				year,
				entity: self.entity(),
				amount: self.amount(),
			},
			2 | 3 => Step::Hold {
				entity: self.entity(),
				holds: self.below(3) > 0,
			},
			4 => Step::SurrenderHeld {
				year,
				entity: self.entity(),
				vintage: self.rarely(4, Self::year).unwrap_or(year),
				amount: self.amount(),
			},
			5 => Step::Release {
				entity: self.entity(),
				vintage: year,
				amount: self.amount(),
			},
			6 | 7 => Step::Object {
				year,
				entity: self.entity(),
			},
			_ => Step::Decide {
				year,
				entity: self.entity(),
				upheld: self.below(2) == 1,
			},
		}
	}

	fn step_of_offsets(&mut self) -> Step {
		let project = self.byte();
		match self.below(24) {
			0 => Step::Apply {
				owner: self.rarely(8, Self::who).unwrap_or(FARM),
				kind: self.kind_of_project(),
				reference: self.below(16) as u8,
			},
			1 => Step::Reapply {
				project,
				by: self.rarely(4, Self::who),
				kind: self.kind_of_project(),
				reference: self.below(16) as u8,
			},
			2 => Step::WithdrawProject {
				project,
				by: self.rarely(4, Self::who),
			},
			3..=5 => Step::DecideProject {
				project,
				revision: self.rarely(8, |bytes| u32::from(bytes.below(3))),
				decision: self.decision(),
			},
			6..=10 => self.step_of_reductions(project),
			11..=14 => Step::Yield {
				project,
				ended: self.below(64),
				days: self.below(16),
				tonnes: self.tonnes(),
				reference: self.below(64) as u8,
			},
			15..=17 => Step::Reverse {
				project,
				tonnes: self.tonnes(),
			},
			18..=20 => Step::Settle {
				project,
				by: self.rarely(2, Self::who),
				asset: Asset::Series(self.byte()),
				amount: self.amount(),
			},
			21 => Step::Cancel {
				holder: self.who(),
				asset: Asset::Series(self.byte()),
				amount: self.amount(),
			},
			_ => Step::ReleaseBuffer {
				project,
				amount: self.amount(),
			},
		}
	}

	/// A single act on a report of reductions.
	fn step_of_reductions(&mut self, project: u8) -> Step {
		let report = self.byte();
		match self.below(5) {
			0 => Step::ReportReductions {
				project,
				ended: self.below(64),
				days: self.below(16),
				tonnes: self.tonnes(),
				reference: self.below(64) as u8,
			},
			1 => Step::WithdrawReductions { report },
			2 => Step::VerifyReductions {
				report,
				verifier: self.rarely(8, Self::who).unwrap_or(VERIFIER),
				tonnes: self.rarely(4, Self::tonnes),
			},
			3 => Step::RefuseReductions { report },
			_ => Step::IssueSeries { report },
		}
	}

	fn step_of_market(&mut self) -> Step {
		let (who, asset, amount) = (self.who(), self.asset(), self.amount());
		match self.below(8) {
			0 => Step::Deposit { who, asset, amount },
			1 => Step::Withdraw { who, asset, amount },
			2 => Step::Trade {
				seller: who,
				buyer: self.who(),
				asset,
				amount,
			},
			_ => Step::Deliver {
				seller: who,
				buyer: self.who(),
				asset,
				amount,
			},
		}
	}

	fn step_of_others(&mut self) -> Step {
		match self.below(12) {
			0 | 1 => Step::Halt { asset: self.asset() },
			2 | 3 => Step::Suspend { who: self.who() },
			4 | 5 => Step::Join {
				who: self.who(),
				other: match self.below(4) {
					0 => None,
					1 => Some(VERIFIER),
					_ => Some(self.who()),
				},
				group: self.below(2) as u8,
			},
			6 => Step::Price {
				year: self.year(),
				price: self.rarely(2, |bytes| bytes.one_of(&[0, 1, 7_777, 1 << 32])),
			},
			7 => Step::Limit {
				most: self.rarely(2, |bytes| bytes.one_of(&[0, 50, 200])),
			},
			8 => Step::Cut {
				entity: self.entity(),
				tonnes: self.tonnes(),
				ends: self.below(3) == 0,
			},
			_ => Step::Credit {
				who: self.entity(),
				rises: self.below(5) < 2,
			},
		}
	}

	fn year(&mut self) -> Vintage {
		match self.byte() {
			0..=127 => YEAR,
			128..=207 => Vintage(YEAR.0 + 1),
			208..=243 => Vintage(YEAR.0 + 2),
			244..=251 => Vintage(YEAR.0 + 3),
			252..=253 => Vintage(YEAR.0 - 1),
			_ => Vintage(u16::MAX),
		}
	}

	fn entity(&mut self) -> AccountId {
		match self.byte() {
			250.. => self.who(),
			byte => ENTITIES[usize::from(byte % 3)],
		}
	}

	fn who(&mut self) -> AccountId {
		let known = [PLANT, MILL, WORKS, SELLER, FOREST, FARM];
		match self.byte() {
			255 => STRANGER,
			254 => VERIFIER,
			253 => MARKET,
			252 => CUSTODY,
			251 => BUFFER,
			byte => known[usize::from(byte % 6)],
		}
	}

	/// One to three of them; none in a few cases.
	fn list<T>(&mut self, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
		let count = self.one_of(&[1, 1, 1, 2, 3, 1, 2, 0]);
		(0..count).map(|_| make(self)).collect()
	}

	fn asset(&mut self) -> Asset {
		match self.byte() {
			0..=169 => Asset::Vintage(self.year()),
			170..=251 => Asset::Series(self.byte()),
			_ => Asset::Nothing,
		}
	}

	fn amount(&mut self) -> Amount {
		match self.byte() {
			0..=99 => Amount::Fit,
			100..=109 => Amount::TooMany,
			_ => Amount::Exactly(self.tonnes()),
		}
	}

	/// Small numbers, so that limits are met exactly and passed by one.
	fn tonnes(&mut self) -> u64 {
		match self.byte() {
			byte @ 0..=219 => u64::from(byte % 55),
			byte @ 220..=249 => u64::from(byte - 210) * 10,
			_ => self.one_of(&[0, 0, 100_000, TOO_MANY]),
		}
	}

	/// Emissions are a number that an entity states, whatever there is.
	fn emissions(&mut self) -> u64 {
		self.rarely(64, |_| u64::MAX).unwrap_or_else(|| self.tonnes())
	}

	fn wait(&mut self) -> Moment {
		let days = [1, 1, 2, 3, 5, 10, 30];
		match self.below(4) {
			0 => 0,
			1 => HOUR * Moment::from(self.below(24)),
			_ => DAY_MS * self.one_of(&days),
		}
	}

	/// Days until a period opens, until reports, verifications and surrenders are due: in order, but for a few.
	fn days(&mut self) -> [u16; 4] {
		let opens = self.one_of(&[0, 0, 0, 3, 10]);
		let mut day = opens;
		let later = [0; 3].map(|_| {
			day += self.below(20);
			day
		});
		let last = self.rarely(16, |bytes| bytes.below(4)).unwrap_or(later[2]);
		[opens, later[0], later[1], last]
	}

	fn rules(&mut self) -> RuleSet {
		RuleSet {
			obligation: self.one_of(&[ObligationRule::Yearly, ObligationRule::Cumulative]),
			vintages_back: self.one_of(&[None, None, Some(0), Some(1)]),
			borrowing: self.below(3) == 0,
			offset_cap_bps: self.one_of(&[2_000, 5_000, 500, 10_000, 0, 10_001]),
			offsets_excluded: ProjectKindSet(self.one_of(&[0, 0, 0, 1, 0b0111_1111, 0x80])),
			offsets_inside_ets: self.below(2) == 0,
			pre_allocation_bps: self.one_of(&[7_000, 7_000, 5_000, 10_000, 0]),
			gap_cap_bps: self.one_of(&[Some(8_000), Some(10_000), None]),
			fine: self.fine(),
			deduct_shortfall: self.below(2) == 0,
			carry_over: self
				.one_of(&[Some((5, 15_000)), Some((0, 10_000)), Some((20, 0)), None])
				.map(|(base, factor_bps)| CarryOverRule {
					base: Tonnes(base),
					factor_bps,
				}),
		}
	}

	fn fine(&mut self) -> FineRule {
		match self.below(3) {
			0 => FineRule::PerTonne(Price(self.one_of(&[0, 80_000]))),
			_ => FineRule::OfPrice {
				multiplier_milli: self.one_of(&[5_000, 5_000, 7_501, 1_000, 999]),
				fallback_price: Price(self.one_of(&[0, 9_999, u64::MAX])),
			},
		}
	}

	fn unit(&mut self) -> UnitKind {
		self.one_of(&[
			UnitKind::Gas,
			UnitKind::CoalLarge,
			UnitKind::CoalSmall,
			UnitKind::CoalUnconventional,
		])
	}

	fn kind_of_installation(&mut self) -> InstallationKind {
		match self.below(4) {
			0 => InstallationKind::Direct,
			1 => InstallationKind::Output,
			_ => InstallationKind::Power(self.unit()),
		}
	}

	fn activity(&mut self) -> Activity {
		match self.below(4) {
			0 => Activity::Direct(Tonnes(self.tonnes())),
			1 => Activity::Output {
				emissions: Tonnes(self.tonnes()),
				deviation_ppm: self.one_of(&[0, 100_000, -100_000, i32::MAX, i32::MIN]),
			},
			_ => Activity::Power {
				unit: self.unit(),
				electricity_mwh: self.tonnes(),
				correction_ppm: self.one_of(&[1_000_000, 1_000_000, 1_080_000, 999_999, u32::MAX]),
				heat_gj: self.tonnes(),
			},
		}
	}

	fn kind_of_project(&mut self) -> ProjectKind {
		self.one_of(&[
			ProjectKind::Forest,
			ProjectKind::Wind,
			ProjectKind::Biogas,
			ProjectKind::Other(7),
		])
	}

	fn decision(&mut self) -> pallet_offsets::Decision {
		match self.below(8) {
			0..=4 => pallet_offsets::Decision::Register {
				inside_ets: self.below(3) == 0,
			},
			5 => pallet_offsets::Decision::Refuse,
			_ => pallet_offsets::Decision::Suspend,
		}
	}
}
