//! The worked example of docs/EXAMPLE.md: six covered entities and a forest over two years, on the rules of the Chinese national
//! system. Every figure of that page is a constant in `example/figures.rs`. Here they are what the chain comes to;
//! `example/document.rs` checks that the page shows them.

mod document;
mod figures;
mod steps;

use crate::env::{digest, journey, signed};
use carbon_primitives::{AssetId, Balance, Price, Tonnes, Vintage};
use carbon_runtime::{
	configs::{BufferAccount, CustodyAccount},
	Allocation, Allowance, Assets, Market, Runtime, RuntimeEvent,
};
use figures::*;
use frame_support::{assert_noop, assert_ok, hypothetically};
use pallet_allocation::Decision;
use pallet_allowance::{CarryOverRule, FinePrice, FineRule, Phase, PriceBasis, RuleSet};
use steps::*;

type AllocationError = pallet_allocation::Error<Runtime>;
type AllowanceError = pallet_allowance::Error<Runtime>;
type MarketError = pallet_market::Error<Runtime>;

#[test]
fn two_years_of_six_entities_and_a_forest_come_to_the_figures_of_the_document() {
	journey(|| {
		open_2024();
		report_2024();
		true_up_2024();
		decide_about_objections();
		settle_allocation_2024();
		open_2025();
		offset_five_percent();
		trade_2024();
		surrender_2024();
		buy_too_late();
		close_2024();
		carry_over_to_2025();
		true_up_2025();
		trade_2025();
		surrender_2025();
		close_2025();
		determine_emissions_2025();
		check_what_is_left();
	});
}

/// The defaults are the numbers of the rules that the document lists.
#[test]
fn the_default_rules_are_those_of_the_document() {
	let rules = RuleSet::default();
	assert_eq!(rules.pre_allocation_bps, 7_000);
	assert_eq!(rules.gap_cap_bps, Some(8_000));
	assert_eq!((rules.vintages_back, rules.borrowing), (None, false));
	assert_eq!((rules.offset_cap_bps, rules.offsets_inside_ets), (500, false));
	let fine = FineRule::OfPrice {
		multiplier_milli: FINE_MULTIPLIER as u32 * 1_000,
		fallback_price: Price(FALLBACK_PRICE),
	};
	assert_eq!((rules.fine, rules.deduct_shortfall), (fine, false));
	let carry_over = CarryOverRule {
		base: Tonnes(10_000),
		factor_bps: 15_000,
	};
	assert_eq!(rules.carry_over, Some(carry_over));
}

fn open_2024() {
	on((2024, 9, 2), 10, 0);
	admit_firms();
	open_year(Y2024, SUPPLY_2024.cap);
	register_installations();
	// What is issued to F goes to the regulator's account.
	assert_ok!(officers(AllocationCall::hold_units {
		entity: F.account(),
		reason: digest(7),
	}));
	// The chain knows no year before, so that the base has to be stated.
	let unstated = pre_allocate(Y2024, &PRE_ALLOCATED_2024, false);
	assert_eq!(unstated, Err(AllocationError::BaseMissing.into()));
	assert_ok!(pre_allocate(Y2024, &PRE_ALLOCATED_2024, true));

	check_pre_allocated(Y2024, &PRE_ALLOCATED_2024, PRE_ALLOCATED_2024_SUM);
	assert_eq!((held_by(A, 2024), held_by(F, 2024)), (560_000, 0));
	assert_eq!(Allocation::held(Y2024, F.account()), Tonnes(182_000));
	assert_eq!(phase(Y2024), Phase::Planned);
}

fn check_pre_allocated(year: Vintage, lines: &[PreAllocated], sum: u64) {
	for line in lines {
		assert_eq!(line.base * 7, line.exact_tenths, "{:?}", line.firm);
		let record = allocation(year, line.firm);
		assert_eq!(record.pre_allocated, Some(Tonnes(line.tonnes)), "{:?}", line.firm);
		assert_eq!(record.issued, Tonnes(line.tonnes), "{:?}", line.firm);
	}
	assert_eq!(lines.iter().map(|line| line.tonnes).sum::<u64>(), sum);
	assert_eq!(issued(year), sum);
}

/// E reports two days late.
fn report_2024() {
	on((2025, 3, 31), 10, 0);
	assert_eq!(phase(Y2024), Phase::Open);
	for figures in ENTITLED_2024.iter().filter(|figures| figures.firm != E) {
		report(Y2024, figures);
	}
	on((2025, 4, 2), 10, 0);
	assert_eq!(phase(Y2024), Phase::Surrendering);
	report(Y2024, &ENTITLED_2024[E as usize]);
	on((2025, 6, 16), 10, 0);
	verify_and_confirm(Y2024, &ENTITLED_2024);
	for firm in ENTITIES {
		let report = obligation(Y2024, firm).report.expect("it has reported");
		assert_eq!((report.late, report.verified_late), (firm == E, false));
	}
}

fn true_up_2024() {
	on((2025, 7, 1), 10, 0);
	for figures in &ENTITLED_2024 {
		enter_activity(Y2024, figures);
	}
	true_up(Y2024, ENTITIES);
	check_true_up(Y2024, &ENTITLED_2024, &TRUED_UP_2024);
	assert_eq!(Allocation::held(Y2024, F.account()), Tonnes(HELD));
}

fn check_true_up(year: Vintage, entitled: &[Entitled], trued_up: &[TruedUp]) {
	for (found, line) in entitled.iter().zip(trued_up) {
		let firm = found.firm;
		let (entitlement, topped_up, waived, more, owed) = last_true_up(year, firm);
		assert_eq!(entitlement, found.entitlement, "{firm:?}");
		assert_eq!((topped_up, waived), (found.topped_up, found.waived), "{firm:?}");
		assert_eq!(found.by_formula + found.topped_up, found.entitlement, "{firm:?}");
		assert_eq!(line.entitlement, found.entitlement, "{firm:?}");
		assert_eq!((more, owed), (line.more, line.owed), "{firm:?}");
		assert_eq!(line.before + line.more, line.entitlement + line.owed, "{firm:?}");
		let record = allocation(year, firm);
		assert_eq!(record.issued, Tonnes(line.before + line.more), "{firm:?}");
		assert_eq!(record.owed, Tonnes(line.owed), "{firm:?}");
	}
}

/// Of the latest true-up of `firm`: entitlement, what the gap cap adds, what is waived, what was issued, what is owed.
fn last_true_up(of_year: Vintage, firm: Firm) -> (u64, u64, u64, u64, u64) {
	let found = events_of(|event| match event {
		RuntimeEvent::Allocation(pallet_allocation::Event::TrueUp {
			year,
			entity,
			entitlement,
			topped_up,
			waived,
			issued,
			owed,
			..
		}) if year == of_year && entity == firm.account() => {
			Some((entitlement.0, topped_up.0, waived.0, issued.0, owed.0))
		}
		_ => None,
	});
	*found.last().expect("there was a true-up")
}

/// Seven working days after Tuesday, 1 July 2025, are over with Thursday, 10 July; ten after that with Thursday, 24 July.
fn decide_about_objections() {
	on((2025, 7, 10), 16, 0);
	assert_ok!(object(Y2024, D));
	assert_ok!(object(Y2024, E));
	on((2025, 7, 11), 9, 0);
	assert_noop!(object(Y2024, A), AllocationError::ObjectionLate);

	on((2025, 7, 24), 16, 0);
	decide(D, Decision::Upheld, false);
	enter_activity(Y2024, &ENTITLED_2024_UPHELD);
	true_up(Y2024, [D]);
	check_true_up(Y2024, &[ENTITLED_2024_UPHELD], &[TRUED_UP_2024_UPHELD]);
	on((2025, 7, 25), 10, 0);
	decide(E, Decision::Rejected, true);
	assert_noop!(object(Y2024, E), AllocationError::ObjectionDecided);
}

fn decide(firm: Firm, decision: Decision, is_late: bool) {
	assert_ok!(officers(AllocationCall::decide_objection {
		year: Y2024,
		entity: firm.account(),
		decision,
		reason: digest(8),
	}));
	let late = events_of(|event| match event {
		RuntimeEvent::Allocation(pallet_allocation::Event::ObjectionResolved { late, .. }) => Some(late),
		_ => None,
	});
	assert_eq!(late.last(), Some(&is_late));
}

/// E returns what it received too much, and the regulator surrenders what it holds for F before anything is released.
fn settle_allocation_2024() {
	on((2025, 7, 28), 10, 0);
	for tonnes in RETURNED_2024 {
		assert_ok!(return_units(Y2024, E, tonnes));
	}
	assert_noop!(return_units(Y2024, E, 1), AllocationError::MoreThanOwed);
	assert_eq!(held_by(E, 2024), 194_000);
	assert_eq!(issued(Y2024), SUPPLY_2024.issued);

	on((2025, 8, 1), 10, 0);
	let release = AllocationCall::release_units {
		entity: F.account(),
		vintage: Y2024,
		tonnes: Tonnes(HELD_RELEASED),
	};
	assert_eq!(
		officers(release.clone()),
		Err(AllocationError::ObligationOpen.into())
	);
	assert_ok!(officers(AllocationCall::surrender_held {
		year: Y2024,
		entity: F.account(),
		vintage: Y2024,
		tonnes: Tonnes(HELD_SURRENDERED),
	}));
	assert_ok!(officers(release));
	assert_ok!(officers(AllocationCall::end_hold { entity: F.account() }));
	assert_eq!(HELD_SURRENDERED + HELD_RELEASED, HELD);
	assert_eq!(
		(held_by(F, 2024), Assets::balance(2024, CustodyAccount::get())),
		(HELD_RELEASED, 0)
	);
}

fn open_2025() {
	on((2025, 9, 1), 10, 0);
	open_year(Y2025, SUPPLY_2025.cap);
	// The base is what the chain knows, and nobody states another one.
	let stated = pre_allocate(Y2025, &PRE_ALLOCATED_2025, true);
	assert_eq!(stated, Err(AllocationError::BaseKnown.into()));
	assert_ok!(pre_allocate(Y2025, &PRE_ALLOCATED_2025, false));
	check_pre_allocated(Y2025, &PRE_ALLOCATED_2025, PRE_ALLOCATED_2025_SUM);
	// More than the cap is never issued, to nobody.
	let one_too_many = AllowanceCall::issue_for_sale {
		year: Y2024,
		seller: A.account(),
		tonnes: Tonnes(SUPPLY_2024.cap - SUPPLY_2024.issued + 1),
	};
	assert_eq!(officers(one_too_many), Err(AllowanceError::CapExceeded.into()));
}

/// B covers 5 % of its obligation with credits, of which it buys most and is given the rest. One tonne more is refused.
fn offset_five_percent() {
	on((2025, 9, 15), 10, 0);
	issue_credits();
	assert_eq!(SERIES_BUFFER + SERIES_RECEIVED, SERIES_ISSUED);
	assert_eq!(
		(held_by(G, SERIES), Assets::balance(SERIES, BufferAccount::get())),
		(SERIES_RECEIVED, SERIES_BUFFER.into())
	);
	on((2025, 10, 15), 16, 0);
	open_market(SERIES, 7_500);
	open_market(2024, 8_000);

	on((2025, 10, 20), 10, 0);
	sell(G, SERIES, 7_500, OFFSETS_BY_B);
	buy(B, SERIES, 7_500, OFFSETS_BY_B);
	assert_noop!(withdraw(B, SERIES, OFFSETS_BY_B), MarketError::BoughtToday);
	on((2025, 10, 21), 10, 0);
	assert_ok!(withdraw(B, SERIES, OFFSETS_BY_B));
	assert_ok!(surrender(Y2024, B, B, SERIES, OFFSETS_BY_B));
	assert_ok!(surrender(Y2024, G, B, SERIES, OFFSETS_BY_G));
	assert_noop!(
		surrender(Y2024, G, B, SERIES, 1),
		AllowanceError::OffsetCapExceeded
	);
	assert_eq!(OFFSETS_BY_B + OFFSETS_BY_G, OFFSETS_MOST);
	let most = RuleSet::default().offsets_max(Tonnes(CLOSED_2024[B as usize].obligation));
	assert_eq!(most, Tonnes(OFFSETS_MOST));
	assert_eq!(CLOSED_2024[B as usize].obligation * 5, OFFSETS_EXACT_HUNDREDTHS);
}

/// A and B buy what they lack, before the month that the fine looks at and in it.
fn trade_2024() {
	let lacks = |firm: Firm, credits| CLOSED_2024[firm as usize].obligation - credits - held_by(firm, 2024);
	assert_eq!([lacks(A, 0), lacks(B, OFFSETS_MOST), lacks(E, 0)], LACKING_2024);
	let spare = held_by(D, 2024) - CLOSED_2024[D as usize].obligation;
	assert_eq!(spare, SPARE_2024);
	on(EARLY_DAY, 10, 0);
	sell(D, 2024, 7_600, 1_000);
	buy(A, 2024, 7_600, 1_000);
	on(BUSY_DAY, 10, 0);
	assert_eq!(band(2024), BUSY_BAND);
	for (firm, (tonnes, price)) in [(D, OFFER_OF_D), (F, OFFER_OF_F)] {
		sell(firm, 2024, price, tonnes);
	}
	let [lacks_a, lacks_b, _] = LACKING_2024;
	buy(A, 2024, LIMIT_OF_BUYERS, lacks_a - 1_000);
	buy(B, 2024, LIMIT_OF_BUYERS, lacks_b);
	// What F could not sell rests.
	assert_eq!(tradable_by(F, 2024), 1_000);
	on((2025, 12, 11), 10, 0);
	assert_ok!(withdraw(A, 2024, lacks_a));
	assert_ok!(withdraw(B, 2024, lacks_b));
}

fn surrender_2024() {
	on((2025, 12, 15), 10, 0);
	for closed in CLOSED_2024.iter().filter(|closed| closed.firm != F) {
		let [tonnes, _] = closed.allowances;
		assert_ok!(surrender(Y2024, closed.firm, closed.firm, 2024, tonnes));
	}
	// No borrowing.
	assert_noop!(
		surrender(Y2024, E, E, 2025, 6_000),
		AllowanceError::VintageNotUsable
	);
}

/// On the last day E buys what it lacks. It may not withdraw it on that day, and does nothing once it may.
fn buy_too_late() {
	on(LAST_DAY, 14, 0);
	assert_eq!(band(2024), LAST_BAND);
	sell(F, 2024, 8_500, 5_000);
	buy(E, 2024, 8_500, 6_000);
	assert_noop!(withdraw(E, 2024, 6_000), MarketError::BoughtToday);
	assert_noop!(
		surrender(Y2024, E, E, 2024, 6_000),
		AllowanceError::InsufficientAllowances
	);
	on(LAST_DAY, 15, 0);
	hypothetically!({
		assert_ok!(withdraw(E, 2024, 6_000));
		assert_ok!(surrender(Y2024, E, E, 2024, 6_000));
	});
}

/// Lowest and highest price of the day, in fen.
fn band(asset: AssetId) -> (u64, u64) {
	let status = Market::market_status(asset).expect("there is a market");
	(status.price_min.0, status.price_max.0)
}

fn close_2024() {
	on((2026, 1, 1), 0, 0);
	assert_eq!((phase(Y2024), phase(Y2025)), (Phase::Closed, Phase::Open));
	assert_noop!(surrender(Y2024, E, E, 2024, 6_000), AllowanceError::PeriodNotOpen);
	check_fine_price(Y2024, MONTH_PRICE, PriceBasis::Market);
	// What was traded from 1 to 31 December; the trade of November is not among them.
	let month = TRADES
		.iter()
		.filter(|trade| trade.asset == 2024 && trade.date != EARLY_DAY);
	let (tonnes, value) = month.fold((0, 0), |(tonnes, value), trade| {
		(tonnes + trade.tonnes, value + trade.value)
	});
	assert_eq!((tonnes, value), (MONTH_TONNES, MONTH_VALUE));
	check_closed(Y2024, &CLOSED_2024);
}

fn check_fine_price(year: Vintage, price: u64, basis: PriceBasis) {
	let found = Allowance::period(year).and_then(|period| period.fine_price);
	let price = Price(price);
	assert_eq!(found, Some(FinePrice { price, basis }));
}

fn check_closed(year: Vintage, lines: &[Closed]) {
	for line in lines {
		let firm = line.firm;
		let record = obligation(year, firm);
		let confirmed = record.confirmed().map(|report| report.tonnes.0);
		assert_eq!(confirmed, line.emissions, "{firm:?}");
		assert_eq!(record.waived, Tonnes(line.waived), "{firm:?}");
		let emissions = line.emissions.unwrap_or_default();
		assert_eq!(emissions - line.waived, line.obligation, "{firm:?}");
		let surrendered = line.allowances.iter().sum::<u64>() + line.offsets;
		assert_eq!(
			(record.surrendered.0, record.offsets.0),
			(surrendered, line.offsets),
			"{firm:?}"
		);
		assert_eq!(surrendered_of(year, firm), line.allowances, "{firm:?}");
		assert_eq!(
			(record.status, record.shortfall, record.fine),
			(Some(line.status), Tonnes(line.missing), Balance::from(line.fine)),
			"{firm:?}"
		);
	}
}

/// Allowances that were surrendered for `firm`, by vintage, as the records have them.
fn surrendered_of(year: Vintage, firm: Firm) -> [u64; 2] {
	[2024, 2025].map(|asset| {
		pallet_allowance::Surrenders::<Runtime>::iter_values()
			.filter(|record| record.year == year && record.entity == firm.account())
			.filter(|record| record.asset == asset)
			.map(|record| record.tonnes.0)
			.sum()
	})
}

/// D is bound by what it holds, F by the formula, and E has not complied.
fn carry_over_to_2025() {
	on((2026, 1, 5), 10, 0);
	assert_ok!(withdraw(E, 2024, 6_000));
	on((2026, 1, 12), 10, 0);
	for line in &CARRIED {
		let firm = line.firm;
		assert_eq!(Allowance::net_sold(Y2024, &firm.account()), Tonnes(line.net_sold));
		assert_eq!(
			Allowance::carry_over_room(Y2024, firm.account()),
			Tonnes(line.most)
		);
		assert_eq!(held_by(firm, 2024), line.held);
	}
	let [of_d, of_f] = CARRY_OVER_REFUSED;
	assert_noop!(carry_over(D, of_d), AllowanceError::InsufficientAllowances);
	assert_noop!(carry_over(F, of_f), AllowanceError::CarryOverExceeded);
	assert_noop!(carry_over(E, 6_000), AllowanceError::NotCompliant);
	for line in CARRIED.iter().filter(|line| line.carried > 0) {
		let firm = line.firm;
		let before = held_by(firm, 2025);
		assert_ok!(carry_over(firm, line.carried));
		assert_eq!(
			(held_by(firm, 2024), held_by(firm, 2025) - before),
			(line.held - line.carried, line.carried)
		);
		assert_eq!(obligation(Y2024, firm).carried_over, Tonnes(line.carried));
	}
}

fn true_up_2025() {
	on((2026, 3, 31), 10, 0);
	for figures in &ENTITLED_2025 {
		report(Y2025, figures);
	}
	on((2026, 6, 15), 10, 0);
	verify_and_confirm(Y2025, &ENTITLED_2025);
	on((2026, 7, 1), 10, 0);
	for figures in &ENTITLED_2025 {
		enter_activity(Y2025, figures);
	}
	true_up(Y2025, ENTITIES);
	check_true_up(Y2025, &ENTITLED_2025, &TRUED_UP_2025);

	// D surrenders, returns what it has to spare, and lacks the rest.
	on((2026, 7, 6), 10, 0);
	let [spare, bought] = RETURNED_2025;
	assert_ok!(surrender(Y2025, D, D, 2025, 260_000));
	assert_ok!(return_units(Y2025, D, spare));
	assert_noop!(
		return_units(Y2025, D, bought),
		AllowanceError::InsufficientAllowances
	);
	// E surrenders what it reported, the vintage of the year before first.
	assert_ok!(surrender(Y2025, E, E, 2024, 6_000));
	assert_ok!(surrender(Y2025, E, E, 2025, 134_000));
}

fn trade_2025() {
	let lacks = CLOSED_2025[B as usize].obligation - held_by(B, 2025);
	assert_eq!(lacks, LACKING_2025);
	on((2026, 11, 6), 16, 0);
	open_market(2025, 8_500);
	on(TRADING_DAY_2026, 10, 0);
	sell(C, 2025, 8_500, 700);
	buy(D, 2025, 8_500, 700);
	sell(E, 2025, 8_600, 6_000);
	sell(A, 2025, 8_600, 5_001);
	sell(F, 2025, 8_700, 15_000);
	buy(B, 2025, 8_800, LACKING_2025);
	on((2026, 11, 10), 10, 0);
	assert_ok!(withdraw(D, 2025, 700));
	assert_ok!(withdraw(B, 2025, LACKING_2025));
}

fn surrender_2025() {
	assert_ok!(return_units(Y2025, D, RETURNED_2025[1]));
	assert_eq!(allocation(Y2025, D).owed, Tonnes::ZERO);
	// E has sold what it should return.
	let owed = TRUED_UP_2025[E as usize].owed;
	assert_eq!((held_by(E, 2025), tradable_by(E, 2025)), (0, 0));
	assert_noop!(
		return_units(Y2025, E, owed),
		AllowanceError::InsufficientAllowances
	);
	for closed in CLOSED_2025.iter().filter(|closed| ![D, E].contains(&closed.firm)) {
		for (asset, tonnes) in [2024, 2025].into_iter().zip(closed.allowances) {
			if tonnes > 0 {
				assert_ok!(surrender(Y2025, closed.firm, closed.firm, asset, tonnes));
			}
		}
	}
	assert_ok!(signed(
		C.account(),
		AllowanceCall::cancel {
			vintage: Y2025,
			tonnes: Tonnes(SUPPLY_2025.cancelled),
			beneficiary: list(*b"Spring marathon 2026"),
			reason: digest(9),
		}
	));
	assert_ok!(signed(
		G.account(),
		OffsetsCall::cancel {
			asset: SERIES,
			tonnes: Tonnes(OFFSETS_CANCELLED),
			beneficiary: list(*b"Spring marathon 2026"),
			reason: digest(9),
		}
	));
}

/// The report of E is opened again, and it corrects nothing.
fn close_2025() {
	on((2026, 12, 1), 10, 0);
	assert_ok!(officers(AllowanceCall::reopen_report {
		year: Y2025,
		entity: E.account(),
		reason: digest(10),
	}));
	on((2027, 1, 1), 0, 0);
	assert_eq!(phase(Y2025), Phase::Closed);
	check_fine_price(Y2025, FALLBACK_PRICE, PriceBasis::Fallback);
	check_closed(Y2025, &CLOSED_2025);
	assert_eq!(allocation(Y2025, E).owed, Tonnes(TRUED_UP_2025[E as usize].owed));
}

fn determine_emissions_2025() {
	on((2027, 1, 15), 10, 0);
	assert_ok!(officers(AllowanceCall::determine_emissions {
		year: Y2025,
		entity: E.account(),
		tonnes: Tonnes(DETERMINED_2025),
		reason: digest(11),
	}));
	let record = obligation(Y2025, E);
	assert_eq!(
		(record.shortfall.0, record.fine),
		(DETERMINED_MISSING, DETERMINED_FINE.into())
	);
	assert_eq!(DETERMINED_2025 - record.surrendered.0, DETERMINED_MISSING);
	// The status stays.
	assert_eq!(record.status, Some(CLOSED_2025[E as usize].status));
}

fn check_what_is_left() {
	check_supply(&SUPPLY_2024);
	check_supply(&SUPPLY_2025);
	check_series();
	check_trades();
	check_money();
}

fn check_supply(end: &SupplyAtEnd) {
	let asset = end.year.into();
	let supply = Allowance::supply(asset).expect("the vintage exists");
	assert_eq!(
		(supply.cap.0, supply.issued.0, supply.sold.0),
		(end.cap, end.issued, 0)
	);
	let surrendered = end.surrendered.iter().sum::<u64>();
	assert_eq!(
		(supply.surrendered.0, supply.cancelled.0),
		(surrendered, end.cancelled)
	);
	assert_eq!(
		(supply.carried_in.0, supply.carried_out.0),
		(end.carried_in, end.carried_out)
	);
	for (year, tonnes) in [Y2024, Y2025].into_iter().zip(end.surrendered) {
		let place = usize::from(end.year.0 - 2024);
		let sum = ENTITIES.map(|firm| surrendered_of(year, firm)[place]);
		assert_eq!(sum.iter().sum::<u64>(), tonnes);
	}
	let held = ENTITIES.map(|firm| held_by(firm, asset) + tradable_by(firm, asset));
	assert_eq!(held, end.held);
	assert_eq!(held.iter().sum::<u64>(), end.held_sum);
	// Everything that came into being is somewhere.
	let gone = surrendered + end.cancelled + end.carried_out;
	assert_eq!(end.issued + end.carried_in, gone + end.held_sum);
}

fn check_series() {
	let series = pallet_offsets::Series::<Runtime>::get(SERIES).expect("it was issued");
	assert_eq!(
		(series.issued.0, series.buffered.0),
		(SERIES_ISSUED, SERIES_BUFFER)
	);
	assert_eq!(
		(series.surrendered.0, series.cancelled.0),
		(OFFSETS_MOST, OFFSETS_CANCELLED)
	);
	let held = held_by(G, SERIES) + tradable_by(G, SERIES);
	assert_eq!(held, SERIES_HELD);
	assert_eq!(
		SERIES_ISSUED,
		SERIES_BUFFER + OFFSETS_MOST + OFFSETS_CANCELLED + SERIES_HELD
	);
}

/// The fills are those of the document, in their order, and each day has its closing price.
fn check_trades() {
	let firm = |account| {
		let found = MONEY.iter().find(|(firm, ..)| firm.account() == account);
		found.expect("only firms trade").0
	};
	let fills = events_of(|event| match event {
		RuntimeEvent::Market(pallet_market::Event::OrderFilled {
			asset,
			maker,
			taker,
			price,
			tonnes,
			..
		}) => Some((asset, firm(maker), firm(taker), tonnes.0, price.0)),
		_ => None,
	});
	// All sellers were there first.
	let expected = TRADES
		.each_ref()
		.map(|trade| (trade.asset, trade.seller, trade.buyer, trade.tonnes, trade.price));
	assert_eq!(fills, expected);
	for trade in &TRADES {
		assert_eq!(trade.tonnes * trade.price, trade.value);
	}
	let days = events_of(|event| match event {
		RuntimeEvent::Market(pallet_market::Event::DayEnded { asset, bar, .. }) if !bar.is_empty() => {
			Some((asset, bar.day, bar.listed.tonnes.0, bar.listed.value, bar.close()))
		}
		_ => None,
	});
	let expected = DAYS_CLOSED.each_ref().map(|closed| {
		let close = Some(Price(closed.close));
		(
			closed.asset,
			day(closed.date),
			closed.tonnes,
			Balance::from(closed.value),
			close,
		)
	});
	assert_eq!(days, expected);
}

fn check_money() {
	let value_of = |is_of: &dyn Fn(&Trade) -> bool| -> u64 {
		let trades = TRADES.iter().filter(|trade| is_of(trade));
		trades.map(|trade| trade.value).sum()
	};
	for (firm, paid, received, left) in MONEY {
		assert_eq!(value_of(&|trade| trade.buyer == firm), paid, "{firm:?}");
		assert_eq!(value_of(&|trade| trade.seller == firm), received, "{firm:?}");
		let account = Market::trading_account(firm.account());
		assert_eq!(
			(account.cash_free, account.cash_locked),
			(Balance::from(left), 0),
			"{firm:?}"
		);
		assert_eq!(MONEY_AT_FIRST + received - paid, left, "{firm:?}");
	}
	assert_eq!(value_of(&|_| true), MONEY_MOVED);
}
