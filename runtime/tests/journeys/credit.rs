//! Credit: what earns it, what loses it, and what it changes elsewhere on the chain.

use crate::{
	block_trades::{cash, deposit_cash, deposit_tonnes, open, propose, terms, TONNES, VALUE},
	compliance::{class, open_year, pre_allocate},
	env::*,
	penalties::{penalise, standing},
};
use carbon_primitives::{Balance, CreditLevel, GroupId, Tonnes, Vintage};
use carbon_runtime::{
	configs::{DefaultLevels, DefaultRules, CNY},
	AccountId, Allocation, Credit, Runtime, RuntimeEvent, Timestamp,
};
use frame_support::{assert_noop, assert_ok, traits::Time};
use pallet_block_trades::DAY_MS;
use pallet_credit::{Call, Event, LevelRules, RuleVersion, ScoreRules};
use pallet_market::Side;
use pallet_penalties::{FineAmount, PenaltySanction};
use pallet_regulator::{Level, Requirement, Subject};

type AllowanceCall = pallet_allowance::Call<Runtime>;
type MarketCall = pallet_market::Call<Runtime>;
type ParticipantsCall = pallet_participants::Call<Runtime>;

/// Takes 60 points.
const FINE: PenaltySanction = PenaltySanction::Fine(FineAmount::Fixed { amount: CNY });
/// Takes 150 points, and is over after a day.
const BAN: PenaltySanction = PenaltySanction::TradingBan { days: 1 };

fn order(who: AccountId, side: Side, tonnes: u64) {
	let order = limit_order(side, 8_000, tonnes);
	let asset = YEAR.into();
	assert_ok!(signed(who, MarketCall::place_order { asset, order }));
}

/// Eve sells so many times a tonne to Dave in the order book.
fn trade(times: u32) {
	for _ in 0..times {
		order(eve(), Side::Sell, 1);
		order(dave(), Side::Buy, 1);
	}
	next_block();
}

/// Both have something to trade with.
fn fund() {
	deposit_tonnes(eve(), 1_000);
	deposit_cash(dave(), 1_000 * 8_000);
}

#[test]
fn trades_with_one_account_count_three_times_a_year_at_most() {
	journey(|| {
		open();
		fund();
		// One more than the four that are assumed: 5 of 9, instead of half of the 300 points.
		trade(1);
		assert_eq!((standing(dave()).0, standing(eve()).0), (516, 516));
		trade(2);
		assert_eq!((standing(dave()).0, standing(eve()).0), (540, 540));
		trade(50);
		assert_eq!((standing(dave()).0, standing(eve()).0), (540, 540));
	});
}

#[test]
fn trades_with_relatives_earn_nothing() {
	journey(|| {
		open();
		fund();
		assert_ok!(regulator(ParticipantsCall::create_group { identity: digest(7) }));
		// They become relatives after they have traded and before that is counted.
		order(eve(), Side::Sell, 1);
		order(dave(), Side::Buy, 1);
		let group = Some(GroupId(0));
		for account in [dave(), eve()] {
			assert_ok!(regulator(ParticipantsCall::confirm_group { account, group }));
		}
		trade(3);
		assert_eq!((standing(dave()).0, standing(eve()).0), (500, 500));
	});
}

#[test]
fn a_block_trade_that_is_settled_counts_for_both_sides() {
	journey(|| {
		open();
		deposit_tonnes(eve(), TONNES);
		deposit_cash(dave(), VALUE);
		let trade = propose(eve(), terms(None));
		assert_ok!(signed(dave(), crate::block_trades::accept(&trade)));
		assert_eq!((standing(dave()).0, standing(eve()).0), (516, 516));
		let counters = Credit::counters_of(&dave());
		assert_eq!((counters.len(), counters[0].year, counters[0].kept), (1, YEAR, 1));
	});
}

/// What Eve lays down for a trade that is settled later.
fn margin_of_eve() -> Balance {
	let settles_at = Timestamp::now() + 2 * DAY_MS;
	let before = cash(eve()).1;
	propose(eve(), terms(Some(settles_at)));
	cash(eve()).1 - before
}

#[test]
fn a_low_level_lays_down_more_margin() {
	journey(|| {
		open();
		deposit_cash(eve(), 2 * VALUE);
		assert_eq!(margin_of_eve(), VALUE / 5);
		penalise(eve(), &[FINE, FINE]);
		assert_eq!(standing(eve()), (380, CreditLevel::D));
		assert_eq!(margin_of_eve(), VALUE * 3 / 10);
	});
}

#[test]
fn the_lowest_level_places_few_and_small_orders() {
	journey(|| {
		open();
		deposit_tonnes(eve(), 10_000);
		for _ in 0..6 {
			order(eve(), Side::Sell, 1);
		}
		assert_ok!(signed(eve(), MarketCall::cancel_all {}));
		penalise(eve(), &[BAN, BAN, BAN]);
		assert_eq!(standing(eve()), (50, CreditLevel::E));
		days_pass(2);
		let place = |tonnes| MarketCall::place_order {
			asset: YEAR.into(),
			order: limit_order(Side::Sell, 8_000, tonnes),
		};
		assert_noop!(
			signed(eve(), place(1_001)),
			pallet_market::Error::<Runtime>::OrderAboveCreditLimit
		);
		for _ in 0..5 {
			assert_ok!(signed(eve(), place(1_000)));
		}
		assert_noop!(
			signed(eve(), place(1)),
			pallet_market::Error::<Runtime>::TooManyOrdersForCredit
		);
	});
}

#[test]
fn what_is_allocated_to_the_lowest_level_is_held_for_its_obligation() {
	journey(|| {
		open_year();
		penalise(dave(), &[BAN, BAN, BAN]);
		assert_eq!(standing(dave()).1, CreditLevel::E);
		pre_allocate();
		assert_eq!(Allocation::held(YEAR, dave()), Tonnes(700));
		assert_eq!(held(YEAR, &dave()), Tonnes(0));
	});
}

#[test]
fn a_report_of_a_low_level_is_not_confirmed_before_it_has_lain_with_the_regulator() {
	let (year, entity, tonnes) = (YEAR, dave(), Tonnes(100));
	let report = digest(1);
	journey(|| {
		open_year();
		penalise(dave(), &[FINE, FINE]);
		assert_eq!(standing(dave()).1, CreditLevel::D);
		assert_ok!(signed(
			dave(),
			AllowanceCall::report_emissions { year, tonnes, report }
		));
		assert_ok!(signed(
			verifier(),
			AllowanceCall::verify_report { year, entity, tonnes }
		));
		let confirm = || AllowanceCall::confirm_reports {
			year,
			reports: one((dave(), tonnes)),
		};
		days_pass(4);
		assert_noop!(
			regulator(confirm()),
			pallet_allowance::Error::<Runtime>::ReviewNotOver
		);
		days_pass(1);
		assert_ok!(regulator(confirm()));
	});
}

#[test]
fn a_year_in_which_all_is_done_in_time_raises_the_level() {
	let year = YEAR;
	journey(|| {
		open_year();
		crate::compliance::confirm_emissions();
		assert_ok!(regulator(AllowanceCall::allocate {
			year,
			allocations: one((dave(), Tonnes(1_000))),
		}));
		assert_ok!(signed(
			dave(),
			AllowanceCall::surrender {
				year,
				entity: dave(),
				asset: year.into(),
				tonnes: Tonnes(1_000),
			}
		));
		assert_ok!(regulator(AllowanceCall::close_period { year }));
		next_block();
		// 150 of 300 for agreements, 300 of 400 for the obligation, 150 of 200 for the report, 100 of 100 for its accuracy.
		assert_eq!(standing(dave()), (700, CreditLevel::B));
		let view = Credit::score_view(&dave());
		let points: Vec<_> = view.terms.iter().map(|term| term.points / 1_000).collect();
		assert_eq!(points, [150, 300, 150, 100]);
	});
}

#[test]
fn what_has_happened_counts_less_when_a_year_is_over() {
	journey(|| {
		assert_ok!(regulator(open_period(1_000)));
		penalise(dave(), &[FINE]);
		assert_eq!(standing(dave()).0, 440);
		assert_ok!(regulator(AllowanceCall::open_period {
			year: Vintage(YEAR.0 + 1),
			cap: Tonnes(1_000),
			rules: Default::default(),
			timeline: long_period(),
		}));
		next_block();
		// 70 % of 60.
		assert_eq!(standing(dave()).0, 458);
	});
}

/// Rules by which fines count nothing.
fn lenient() -> ScoreRules {
	let mut rules = DefaultRules::get();
	rules.penalties.points[2] = 0;
	rules
}

#[test]
fn new_rules_count_from_their_date_on() {
	journey(|| {
		assert_ok!(regulator(open_period(1_000)));
		penalise(dave(), &[FINE]);
		let from = Timestamp::now() + DAY;
		let set = Call::<Runtime>::set_score_rules {
			rules: lenient(),
			from,
		};
		assert_noop!(
			act(first_supervisor(), set.clone()),
			pallet_regulator::Error::<Runtime>::NeedsTwoOfficers
		);
		assert_ok!(act_of_two(set));
		block_at(from - 1);
		assert_eq!(standing(dave()).0, 440);
		assert_eq!(Credit::current_version(), RuleVersion::FIRST);
		block_at(from);
		assert_eq!(standing(dave()).0, 500);
		assert_eq!(Credit::current_version(), RuleVersion(2));
		// The old ones stay on record, so that anybody can reckon again what was reckoned by them.
		let rules = Credit::score_rules(RuleVersion::FIRST)
			.expect("it was in force")
			.rules;
		assert_eq!(rules, DefaultRules::get());
		let changed = last_event(|event| match event {
			RuntimeEvent::Credit(Event::ScoreChanged {
				old_value,
				new_value,
				version,
				..
			}) => Some((old_value, new_value, version)),
			_ => None,
		});
		assert_eq!(changed, Some((440, 500, RuleVersion(2))));
	});
}

#[test]
fn two_supervisors_set_the_levels() {
	let levels = LevelRules {
		// Those without a history are among the best.
		thresholds: [500, 400, 300, 200],
		..DefaultLevels::get()
	};
	let set = Call::<Runtime>::set_levels { levels };
	let from = GENESIS_TIME;
	for call in [
		set.clone(),
		Call::set_score_rules {
			rules: lenient(),
			from,
		},
	] {
		let needed = Requirement::two(Level::Supervisor);
		assert_eq!(class(call), Some((needed, Subject::Chain)));
	}
	assert_eq!(class(Call::<Runtime>::rescore { who: dave() }), None);
	journey(|| {
		open();
		deposit_cash(eve(), VALUE);
		assert_ok!(act_of_two(set));
		assert_eq!(standing(eve()).1, CreditLevel::A);
		assert_eq!(margin_of_eve(), VALUE / 10);
	});
}
