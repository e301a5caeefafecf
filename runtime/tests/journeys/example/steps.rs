//! What the firms and the regulator of the example do, a verb each. None of them sets anything up in secret.

use super::figures::*;
use crate::env::*;
use carbon_primitives::{AssetId, Balance, Moment, Price, ProjectKind, Role, Tonnes, Vintage};
use carbon_runtime::{Allocation, Allowance, Market, Regulator, Runtime, RuntimeCall, RuntimeEvent, System};
use frame_support::assert_ok;
use pallet_allocation::{AllocationRecord, InstallationId, PreAllocation};
use pallet_allowance::{ObligationRecord, Phase, RuleSet, Timeline};
use pallet_market::{Calendar, Day, FeeRates, Funds, Hours, MarketParams, Session, Side};
use pallet_offsets::{Decision, ProjectDetails, ProjectId, Reductions, ReportId};
use pallet_participants::RoleGrant;
use pallet_regulator::Officers;
use sp_runtime::DispatchError;

pub type AllowanceCall = pallet_allowance::Call<Runtime>;
pub type AllocationCall = pallet_allocation::Call<Runtime>;
pub type OffsetsCall = pallet_offsets::Call<Runtime>;
pub type MarketCall = pallet_market::Call<Runtime>;

/// The number of a day, by the Gregorian calendar.
pub fn day((year, month, day): Date) -> Day {
	// Years that begin in March have their leap day at their end.
	let (year, month) = if month > 2 {
		(u32::from(year), u32::from(month) - 3)
	} else {
		(u32::from(year) - 1, u32::from(month) + 9)
	};
	let leap_days = year / 4 - year / 100 + year / 400;
	Day(365 * year + leap_days + (153 * month + 2) / 5 + u32::from(day) - 1 - 719_468)
}

/// The hours of the national market in UTC+8, with the days of rest at the turn of the year.
pub fn chinese_hours() -> Calendar {
	let sessions = [(9 * 60 + 30, 11 * 60 + 30), (13 * 60, 15 * 60)]
		.map(|(opens, closes)| Session { opens, closes })
		.to_vec();
	let holidays = [(2026, 1, 1), (2026, 1, 2)].map(day).to_vec();
	Calendar {
		utc_offset: 8 * 60,
		holidays: holidays.try_into().expect("two fit"),
		hours: Hours::Sessions {
			sessions: sessions.try_into().expect("two fit"),
			auction: 15,
		},
		..Default::default()
	}
}

/// A local time of a day.
pub fn at(date: Date, hour: u64, minute: u64) -> Moment {
	chinese_hours().start_of(day(date)) + (hour * 60 + minute) * 60_000
}

/// Let the chain go on at a local time. A few blocks pass, as each takes one step of one period.
pub fn on(date: Date, hour: u64, minute: u64) {
	block_at(at(date, hour, minute));
	for _ in 0..3 {
		next_block();
	}
}

/// An act of as many officers as the table of acts asks for.
pub fn officers(call: impl Into<RuntimeCall>) -> Result<(), DispatchError> {
	let call = call.into();
	let requirement = Regulator::requirement(call.clone()).expect("it is an act");
	match requirement.officers {
		Officers::One => act(first_supervisor(), call),
		Officers::Two => act_of_two(call),
	}
}

/// A list that a call takes.
pub fn list<T, S: frame_support::traits::Get<u32>>(
	entries: impl IntoIterator<Item = T>,
) -> frame_support::BoundedVec<T, S> {
	let entries: Vec<_> = entries.into_iter().collect();
	entries.try_into().ok().expect("the list has room")
}

/// The firms are admitted, get money from the bank, and bring it to the trading ledger.
pub fn admit_firms() {
	for (firm, ..) in MONEY {
		let role = if firm == G {
			Role::ResourceHolder
		} else {
			Role::CoveredEntity
		};
		assert_ok!(officers(pallet_participants::Call::<Runtime>::admit {
			account: firm.account(),
			roles: list([RoleGrant {
				role,
				expires_at: None
			}]),
			identity: digest(firm as u8),
		}));
		let amount = Balance::from(MONEY_AT_FIRST);
		assert_ok!(signed(
			bank(),
			pallet_settlement::Call::<Runtime>::mint {
				to: firm.account(),
				// One fen stays on the registry account.
				amount: amount + 1,
				receipt: digest(firm as u8),
			}
		));
		let funds = Funds::Cash { amount };
		assert_ok!(signed(firm.account(), MarketCall::deposit { funds }));
	}
}

/// The year's deadlines: reports by 31 March, verification by 30 June, surrender by 31 December of the year after.
pub fn timeline(year: Vintage) -> Timeline {
	let next = year.0 + 1;
	Timeline {
		opens: at((next, 1, 1), 0, 0),
		reports_due: at((next, 4, 1), 0, 0),
		verification_due: at((next, 7, 1), 0, 0),
		surrender_due: at((next + 1, 1, 1), 0, 0),
		objection_days: 7,
		decision_days: 10,
	}
}

/// A year with its cap, its entities and its benchmarks.
pub fn open_year(year: Vintage, cap: u64) {
	assert_ok!(officers(AllowanceCall::open_period {
		year,
		cap: Tonnes(cap),
		rules: RuleSet::default(),
		timeline: timeline(year),
	}));
	assert_ok!(officers(AllowanceCall::enrol {
		year,
		entities: list(ENTITIES.map(Firm::account)),
	}));
	assert_ok!(officers(AllocationCall::set_benchmarks {
		year,
		table: BENCHMARKS
	}));
}

/// Each entity has one installation, whose number is its place among the entities.
pub fn register_installations() {
	for firm in ENTITIES {
		assert_ok!(officers(AllocationCall::register_installation {
			entity: firm.account(),
			kind: firm.installation(),
			reference: digest(firm as u8),
		}));
	}
}

/// The pre-allocation of a list, whose base is stated or taken from the chain.
pub fn pre_allocate(year: Vintage, list_of: &[PreAllocated], stated: bool) -> Result<(), DispatchError> {
	officers(AllocationCall::pre_allocate {
		year,
		list: list(list_of.iter().map(|line| PreAllocation {
			entity: line.firm.account(),
			base: stated.then_some(Tonnes(line.base)),
		})),
	})
}

pub fn report(year: Vintage, figures: &Entitled) {
	assert_ok!(signed(
		figures.firm.account(),
		AllowanceCall::report_emissions {
			year,
			tonnes: Tonnes(figures.emissions),
			report: digest(1),
		}
	));
}

/// The verifier and then the regulator accept the reports.
pub fn verify_and_confirm(year: Vintage, figures: &[Entitled]) {
	for each in figures {
		assert_ok!(signed(
			verifier(),
			AllowanceCall::verify_report {
				year,
				entity: each.firm.account(),
				tonnes: Tonnes(each.emissions),
			}
		));
	}
	let reports = figures
		.iter()
		.map(|each| (each.firm.account(), Tonnes(each.emissions)));
	assert_ok!(officers(AllowanceCall::confirm_reports {
		year,
		reports: list(reports)
	}));
}

pub fn enter_activity(year: Vintage, figures: &Entitled) {
	assert_ok!(officers(AllocationCall::enter_activity {
		installation: InstallationId(figures.firm as u32),
		year,
		activity: figures.activity,
		emissions: Tonnes(figures.emissions),
		digest: digest(2),
	}));
}

pub fn true_up(year: Vintage, firms: impl IntoIterator<Item = Firm>) {
	assert_ok!(officers(AllocationCall::true_up {
		year,
		entities: list(firms.into_iter().map(Firm::account)),
	}));
}

pub fn return_units(year: Vintage, firm: Firm, tonnes: u64) -> Result<(), DispatchError> {
	let tonnes = Tonnes(tonnes);
	signed(firm.account(), AllocationCall::return_units { year, tonnes })
}

pub fn object(year: Vintage, firm: Firm) -> Result<(), DispatchError> {
	let digest = digest(3);
	signed(firm.account(), AllocationCall::object { year, digest })
}

/// `supplier` hands in units for `firm`.
pub fn surrender(
	year: Vintage,
	supplier: Firm,
	firm: Firm,
	asset: AssetId,
	tonnes: u64,
) -> Result<(), DispatchError> {
	signed(
		supplier.account(),
		AllowanceCall::surrender {
			year,
			entity: firm.account(),
			asset,
			tonnes: Tonnes(tonnes),
		},
	)
}

pub fn carry_over(firm: Firm, tonnes: u64) -> Result<(), DispatchError> {
	let (year, tonnes) = (Y2024, Tonnes(tonnes));
	signed(firm.account(), AllowanceCall::carry_over { year, tonnes })
}

/// The forest is registered, its reductions of 2024 are verified, and a series is issued for them.
pub fn issue_credits() {
	let details = ProjectDetails {
		kind: ProjectKind::Forest,
		methodology: list(*b"CCER-14-001-V01"),
		registry_ref: list(*b"EXAMPLE/FOREST-1"),
		documents: list([digest(4)]),
		inside_ets: false,
	};
	assert_ok!(signed(G.account(), OffsetsCall::register_project { details }));
	assert_ok!(officers(OffsetsCall::decide_project {
		project: ProjectId(0),
		revision: 0,
		decision: Decision::Register { inside_ets: false },
		reason: digest(5),
	}));
	let reductions = Reductions {
		from: day((2024, 1, 1)),
		to: day((2024, 12, 31)),
		tonnes: Tonnes(SERIES_ISSUED),
		digest: digest(6),
		registry_ref: list(*b"EXAMPLE/FOREST-1/2024"),
	};
	assert_ok!(signed(
		G.account(),
		OffsetsCall::report_reductions {
			project: ProjectId(0),
			reductions
		}
	));
	assert_ok!(signed(
		verifier(),
		OffsetsCall::verify_reductions {
			report: ReportId(0),
			tonnes: Tonnes(SERIES_ISSUED),
			digest: digest(6),
		}
	));
	assert_ok!(officers(OffsetsCall::issue_series { report: ReportId(0) }));
}

/// A market with the rules and the hours of the national one, and without fees, which would only blur the figures.
pub fn open_market(asset: AssetId, reference: u64) {
	assert_ok!(officers(MarketCall::create_market {
		asset,
		params: MarketParams {
			order_max: Tonnes(99_999),
			price_min: Price(1_000),
			price_max: Price(17_000),
			band_bps: Some(1_000),
			resale_next_day: true,
			holding_max: Some(Tonnes(1_000_000)),
			fees: FeeRates::default(),
			..market_rules()
		},
		reference: Price(reference),
		calendar: chinese_hours(),
	}));
}

fn units(asset: AssetId, tonnes: u64) -> Funds {
	Funds::Allowances {
		asset,
		tonnes: Tonnes(tonnes),
	}
}

/// A sell order of units that come from the registry ledger.
pub fn sell(firm: Firm, asset: AssetId, price: u64, tonnes: u64) {
	let funds = units(asset, tonnes);
	assert_ok!(signed(firm.account(), MarketCall::deposit { funds }));
	place(firm, asset, Side::Sell, price, tonnes);
}

pub fn buy(firm: Firm, asset: AssetId, price: u64, tonnes: u64) {
	place(firm, asset, Side::Buy, price, tonnes);
}

fn place(firm: Firm, asset: AssetId, side: Side, price: u64, tonnes: u64) {
	let order = limit_order(side, price, tonnes);
	assert_ok!(signed(firm.account(), MarketCall::place_order { asset, order }));
}

pub fn withdraw(firm: Firm, asset: AssetId, tonnes: u64) -> Result<(), DispatchError> {
	let funds = units(asset, tonnes);
	signed(firm.account(), MarketCall::withdraw { funds })
}

/// What a firm has on the registry ledger, in tonnes.
pub fn held_by(firm: Firm, asset: AssetId) -> u64 {
	let units = pallet_assets::Pallet::<Runtime>::balance(asset, firm.account());
	u64::try_from(units).expect("tonnes fit 64 bits")
}

/// What a firm has on the trading ledger, in tonnes.
pub fn tradable_by(firm: Firm, asset: AssetId) -> u64 {
	let account = Market::trading_account(firm.account());
	let position = account
		.positions
		.into_iter()
		.find(|position| position.asset == asset);
	position.map_or(0, |position| position.held().0)
}

pub fn allocation(year: Vintage, firm: Firm) -> AllocationRecord {
	Allocation::allocation(year, firm.account()).expect("something was allocated")
}

pub fn obligation(year: Vintage, firm: Firm) -> ObligationRecord<carbon_runtime::AccountId> {
	Allowance::obligation(year, firm.account()).expect("it is enrolled")
}

/// What became of a year's allowances so far: issued and not taken back.
pub fn issued(year: Vintage) -> u64 {
	Allowance::supply(year.into())
		.expect("the vintage exists")
		.issued
		.0
}

/// Everything that `find` finds in the events so far, in their order.
pub fn events_of<T>(find: impl Fn(RuntimeEvent) -> Option<T>) -> Vec<T> {
	System::events()
		.into_iter()
		.filter_map(|record| find(record.event))
		.collect()
}

pub fn phase(year: Vintage) -> Phase {
	Allowance::period(year).expect("the period was opened").phase
}
