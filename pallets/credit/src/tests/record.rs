//! What is counted, and in which year.

use crate::{mock::*, Accounts, Event, ReportCounters, RuleVersion, SurrenderCounters, BEFORE_FIRST_YEAR};
use carbon_primitives::{CreditLevel, PenaltyKind, Vintage};
use carbon_traits::{RecordPerformance, ReportOutcome, SurrenderOutcome, YearOutcome};
use frame_support::weights::Weight;

#[test]
fn a_kept_trade_should_raise_the_score_and_tell_it() {
	ExtBuilder::default().build_and_execute(|| {
		keep(ALICE, BOB);
		assert_eq!(counters(ALICE, 2024).kept, 1);
		assert_eq!(
			told(),
			[Event::ScoreChanged {
				who: ALICE,
				old_value: 500,
				// ⌊1000·5,000 / 9,000⌋ = 555, times 300, with 350 of the other terms.
				new_value: 516,
				level: CreditLevel::C,
				version: RuleVersion::FIRST,
				as_of: YEAR,
			}]
		);
		// The other side is told on its own.
		assert!(!Accounts::<Test>::contains_key(BOB));
	});
}

#[test]
fn a_kept_trade_should_count_nothing_when_the_two_are_related() {
	ExtBuilder::default().build_and_execute(|| {
		keep(ALICE, SISTER);
		keep(SISTER, ALICE);
		keep(ALICE, ALICE);
		assert_eq!(Accounts::<Test>::iter().count(), 0);
		assert_eq!(told(), []);
	});
}

#[test]
fn kept_trades_should_count_three_times_with_one_counterparty_in_a_year() {
	ExtBuilder::default().build_and_execute(|| {
		for trades in 1..6 {
			keep(ALICE, BOB);
			assert_eq!(counters(ALICE, 2024).kept, trades.min(3));
		}
		block_of_year(2025);
		keep(ALICE, BOB);
		assert_eq!(counters(ALICE, 2025).kept, 1);
		assert_eq!(counters(ALICE, 2024).kept, 3);
	});
}

#[test]
fn kept_trades_should_count_with_sixteen_counterparties_in_a_year() {
	ExtBuilder::default().build_and_execute(|| {
		for counterparty in 100..120 {
			keep(ALICE, counterparty);
		}
		assert_eq!(counters(ALICE, 2024).kept, 16);
		// Those who count go on counting, the others do not.
		keep(ALICE, 100);
		keep(ALICE, 119);
		assert_eq!(counters(ALICE, 2024).kept, 17);
	});
}

#[test]
fn a_default_should_lower_the_score() {
	ExtBuilder::default().build_and_execute(|| {
		default(ALICE);
		assert_eq!(counters(ALICE, 2024).broken, 1);
		assert_eq!(score_of(ALICE), 425);
	});
}

#[test]
fn a_default_should_tell_limits_exactly_when_they_change() {
	ExtBuilder::default().build_and_execute(|| {
		default(ALICE);
		assert_eq!((record_of(ALICE).level, limits_told()), (CreditLevel::C, vec![]));
		default(ALICE);
		assert_eq!(
			(record_of(ALICE).level, limits_told()),
			(CreditLevel::D, vec![ALICE])
		);
		default(ALICE);
		assert_eq!((record_of(ALICE).level, limits_told()), (CreditLevel::D, vec![]));
	});
}

#[test]
fn a_better_level_should_tell_no_limits_when_neither_limits_orders() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..3 {
			surrender(ALICE, 2024, SurrenderOutcome::InTime);
			report(ALICE, 2024, ReportOutcome::InTime);
		}
		assert_eq!(record_of(ALICE).level, CreditLevel::B);
		assert_eq!(limits_told(), Vec::<AccountId>::new());
	});
}

#[test]
fn the_end_of_a_year_should_count_in_that_year() {
	ExtBuilder::default().build_and_execute(|| {
		let outcomes = [
			(ReportOutcome::InTime, SurrenderOutcome::InTime),
			(ReportOutcome::Late, SurrenderOutcome::Late),
			(ReportOutcome::Missing, SurrenderOutcome::Short),
		];
		for (report, surrender) in outcomes {
			end_year(
				ALICE,
				2023,
				YearOutcome {
					report: Some(report),
					surrender: Some(surrender),
					discrepancies: 3,
					corrected: 2,
				},
			);
		}
		let year = counters(ALICE, 2023);
		let reports = ReportCounters {
			in_time: 1,
			late: 1,
			missing: 1,
		};
		let surrenders = SurrenderCounters {
			in_time: 1,
			late: 1,
			short: 1,
		};
		assert_eq!((year.reports, year.surrender), (reports, surrenders));
		assert_eq!((year.discrepancies, year.corrected), (9, 6));
		assert_eq!(Credit::counters_of(&ALICE).len(), 1);
	});
}

#[test]
fn the_end_of_a_year_should_leave_no_record_when_nothing_was_due() {
	ExtBuilder::default().build_and_execute(|| {
		end_year(ALICE, 2024, NOTHING);
		assert!(!Accounts::<Test>::contains_key(ALICE));
	});
}

#[test]
fn an_event_should_count_in_the_oldest_year_when_it_names_an_older_one() {
	ExtBuilder::default().build_and_execute(|| {
		for year in [0, 2019, 2020] {
			surrender(ALICE, year, SurrenderOutcome::Short);
		}
		assert_eq!(counters(ALICE, 2020).surrender.short, 3);
		assert_eq!(Credit::counters_of(&ALICE).len(), 1);
	});
}

#[test]
fn an_event_should_count_in_the_current_year_when_it_names_a_later_one() {
	ExtBuilder::default().build_and_execute(|| {
		penalise(ALICE, 2025, PenaltyKind::Fine);
		penalise(ALICE, u16::MAX, PenaltyKind::Fine);
		assert_eq!(counters(ALICE, 2024).penalties, [0, 0, 2, 0, 0]);
	});
}

#[test]
fn years_should_stay_in_order_when_events_name_them_in_another() {
	ExtBuilder::default().build_and_execute(|| {
		for year in [2023, 2020, 2024, 2022, 2021] {
			surrender(ALICE, year, SurrenderOutcome::InTime);
		}
		let years: Vec<_> = Credit::counters_of(&ALICE)
			.iter()
			.map(|counters| counters.year.0)
			.collect();
		assert_eq!(years, [2020, 2021, 2022, 2023, 2024]);
	});
}

#[test]
fn penalties_should_count_by_kind_and_be_taken_back() {
	ExtBuilder::default().build_and_execute(|| {
		let lost = [20, 40, 60, 100, 150];
		for (n, kind) in PenaltyKind::ALL.into_iter().enumerate() {
			penalise(ALICE, 2024, kind);
			assert_eq!(counters(ALICE, 2024).penalties[n], 1);
			assert_eq!(score_of(ALICE), 500 - lost[n]);
			annul(ALICE, 2024, kind);
			assert_eq!(counters(ALICE, 2024).penalties, [0; 5]);
			assert_eq!(score_of(ALICE), 500);
		}
	});
}

#[test]
fn an_annulled_penalty_should_be_taken_back_where_it_counts() {
	ExtBuilder::default().build_and_execute(|| {
		// Of a year that was yet to begin, with another one of an earlier year.
		penalise(ALICE, 2025, PenaltyKind::Fine);
		penalise(ALICE, 2023, PenaltyKind::Fine);
		block_of_year(2025);
		annul(ALICE, 2025, PenaltyKind::Fine);
		assert_eq!(counters(ALICE, 2024).penalties[2], 0);
		assert_eq!(counters(ALICE, 2023).penalties[2], 1);
		// Of a year that was too old already.
		penalise(BOB, 2010, PenaltyKind::Fine);
		annul(BOB, 2010, PenaltyKind::Fine);
		assert_eq!(counters(BOB, 2021).penalties[2], 0);
	});
}

#[test]
fn an_annulled_penalty_should_take_back_no_other_one_when_its_year_is_too_old() {
	ExtBuilder::default().build_and_execute(|| {
		penalise(ALICE, 2020, PenaltyKind::Fine);
		block_of_year(2025);
		penalise(ALICE, 2024, PenaltyKind::Fine);
		annul(ALICE, 2020, PenaltyKind::Fine);
		assert_eq!(counters(ALICE, 2024).penalties[2], 1);
	});
}

#[test]
fn an_annulled_penalty_should_change_nothing_when_none_counts() {
	ExtBuilder::default().build_and_execute(|| {
		annul(ALICE, 2024, PenaltyKind::Fine);
		assert!(!Accounts::<Test>::contains_key(ALICE));
		penalise(ALICE, 2024, PenaltyKind::Warning);
		let before = record_of(ALICE);
		annul(ALICE, 2024, PenaltyKind::Fine);
		assert_eq!(record_of(ALICE), before);
	});
}

#[test]
fn what_happens_before_the_first_year_should_count_in_it() {
	ExtBuilder::default().without_periods().build_and_execute(|| {
		keep(ALICE, BOB);
		default(ALICE);
		penalise(ALICE, 2023, PenaltyKind::Fine);
		assert_eq!(Credit::counters_of(&ALICE).len(), 1);
		assert_eq!(record_of(ALICE).as_of, BEFORE_FIRST_YEAR);
		let score = score_of(ALICE);

		block_of_year(2024);

		assert_eq!(counters(ALICE, 2024).kept, 1);
		assert_eq!(counters(ALICE, 2024).broken, 1);
		assert_eq!(score_of(ALICE), score);
		// The counterparty goes on counting in the same year.
		for _ in 0..4 {
			keep(ALICE, BOB);
		}
		assert_eq!(counters(ALICE, 2024).kept, 3);
		annul(ALICE, 2023, PenaltyKind::Fine);
		assert_eq!(counters(ALICE, 2024).penalties, [0; 5]);
	});
}

#[test]
fn counters_should_stop_at_their_largest_value() {
	ExtBuilder::default().build_and_execute(|| {
		let most = YearOutcome {
			discrepancies: u32::MAX,
			corrected: u32::MAX,
			..NOTHING
		};
		end_year(ALICE, 2024, most);
		end_year(ALICE, 2024, most);
		assert_eq!(counters(ALICE, 2024).discrepancies, u32::MAX);
		Accounts::<Test>::mutate(ALICE, |record| {
			record.as_mut().unwrap().years[0].penalties[0] = u16::MAX;
		});
		penalise(ALICE, 2024, PenaltyKind::Warning);
		assert_eq!(counters(ALICE, 2024).penalties[0], u16::MAX);
	});
}

#[test]
fn history_should_weigh_less_each_year_and_be_forgotten_after_five() {
	ExtBuilder::default().build_and_execute(|| {
		penalise(ALICE, 2024, PenaltyKind::TradingBan);
		let mut seen = vec![score_of(ALICE)];
		for year in 2025..2031 {
			block_of_year(year);
			seen.push(score_of(ALICE));
		}
		// 150 times 1, 0.7, 0.49, 0.343 and 0.24, rounded down.
		assert_eq!(seen, [350, 395, 427, 449, 464, 500, 500]);
		assert_eq!(Credit::counters_of(&ALICE), []);
	});
}

#[test]
fn years_should_not_go_backwards() {
	ExtBuilder::default().build_and_execute(|| {
		keep(ALICE, BOB);
		LatestYear::set(Some(Vintage(2023)));
		keep(ALICE, BOB);
		assert_eq!(record_of(ALICE).as_of, Vintage(2024));
		assert_eq!(counters(ALICE, 2024).kept, 2);
	});
}

#[test]
fn recording_should_weigh_what_learning_of_limits_costs() {
	let before = <Credit as RecordPerformance<AccountId>>::weight_of_record();
	LimitsWeight::set(Weight::from_parts(77, 0));
	let after = <Credit as RecordPerformance<AccountId>>::weight_of_record();
	assert_eq!(after, before + Weight::from_parts(77, 0));
}
