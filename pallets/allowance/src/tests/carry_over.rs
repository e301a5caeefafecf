use crate::mock::*;
use carbon_primitives::{AssetId, Tonnes, Vintage};
use carbon_traits::{IssueAllowances, UseHeldAllowances};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn carry_over(tonnes: u64) -> DispatchResult {
	let origin = RuntimeOrigin::signed(POWER_PLANT);
	Allowance::carry_over(origin, YEAR, Tonnes(tonnes))
}

/// A base of ten tonnes, and one and a half times what was sold on balance.
fn with_carry_over() -> RuleSet {
	RuleSet {
		carry_over: Some(CarryOverRule {
			base: Tonnes(10),
			factor_bps: 15_000,
		}),
		..rules(ObligationRule::Yearly)
	}
}

/// The power plant has been allocated 1,000 tonnes, has emitted and surrendered 100 of them, and the next period is running.
fn complied(test: impl FnOnce()) {
	complied_after(|| (), test);
}

/// The same, where this has happened before the end of the year.
fn complied_after(before: impl FnOnce(), test: impl FnOnce()) {
	ExtBuilder::default()
		.with_rules(5_000, with_carry_over())
		.with_enrolled(&[POWER_PLANT, STEEL_MILL])
		.with_allocation(POWER_PLANT, 1_000)
		.build_and_execute(|| {
			confirm(YEAR, POWER_PLANT, 100);
			surrender(YEAR, POWER_PLANT, 100);
			before();
			close(YEAR);
			open(NEXT, with_carry_over(), &[]);
			System::reset_events();
			test();
		});
}

#[test]
fn carry_over_should_exchange_the_base_when_nothing_was_sold() {
	complied(|| {
		assert_ok!(carry_over(10));
		assert_eq!((held(YEAR, POWER_PLANT), held(NEXT, POWER_PLANT)), (890, 10));
		assert_eq!(obligation(YEAR, POWER_PLANT).carried_over, Tonnes(10));
		assert_eq!(supply(YEAR).carried_out, Tonnes(10));
		assert_eq!(supply(NEXT).carried_in, Tonnes(10));
		assert_eq!(supply(NEXT).issued, Tonnes(0));
		System::assert_last_event(
			Event::CarriedOver {
				year: YEAR,
				entity: POWER_PLANT,
				tonnes: Tonnes(10),
			}
			.into(),
		);
	});
}

#[test]
fn carry_over_should_fail_when_one_tonne_more_than_the_base_is_asked_for() {
	complied(|| {
		assert_noop!(carry_over(11), Error::<Test>::CarryOverExceeded);
		assert_noop!(carry_over(u64::MAX), Error::<Test>::CarryOverExceeded);
	});
}

#[test]
fn carry_over_should_reach_further_when_more_was_sold_than_bought() {
	complied_after(sell_101, || {
		// 10 + 1.5 × 101, rounded down.
		assert_eq!(Allowance::carry_over_room(YEAR, POWER_PLANT), Tonnes(161));
		assert_noop!(carry_over(162), Error::<Test>::CarryOverExceeded);
		assert_ok!(carry_over(161));
		assert_eq!(Allowance::carry_over_room(YEAR, POWER_PLANT), Tonnes(0));
	});
}

fn sell_101() {
	TradingLedger::sell(POWER_PLANT, SELLER, YEAR.into(), 101);
}

#[test]
fn carry_over_should_not_count_what_was_sold_after_the_end_of_the_year() {
	complied(|| {
		sell_101();
		assert_eq!(Allowance::net_sold(YEAR, &POWER_PLANT), Tonnes(101));
		assert_eq!(Allowance::carry_over_room(YEAR, POWER_PLANT), Tonnes(10));
		assert_noop!(carry_over(11), Error::<Test>::CarryOverExceeded);
	});
}

#[test]
fn carry_over_should_not_count_what_was_bought_back_since() {
	complied_after(sell_101, || {
		TradingLedger::sell(SELLER, POWER_PLANT, YEAR.into(), 100);
		// 10 + 1.5 × 1, rounded down.
		assert_noop!(carry_over(12), Error::<Test>::CarryOverExceeded);
		assert_ok!(carry_over(11));
	});
}

#[test]
fn carry_over_should_fail_when_the_allowances_came_after_the_end_of_the_year() {
	let sell_all_but_five = || TradingLedger::sell(POWER_PLANT, SELLER, YEAR.into(), 895);
	complied_after(sell_all_but_five, || {
		// What the seller can do nothing with any more.
		TradingLedger::sell(SELLER, POWER_PLANT, YEAR.into(), 300);
		assert_eq!(held(YEAR, POWER_PLANT), 305);
		assert_noop!(carry_over(6), Error::<Test>::InsufficientAllowances);
		assert_ok!(carry_over(5));
	});
}

#[test]
fn carry_over_should_count_what_was_on_the_trading_ledger_at_the_end_of_the_year() {
	let deposit = || TradingLedger::deposit(POWER_PLANT, YEAR.into(), 900);
	complied_after(deposit, || {
		TradingLedger::withdraw(POWER_PLANT, YEAR.into(), 900);
		assert_ok!(carry_over(10));
	});
}

#[test]
fn carry_over_should_count_what_the_regulator_held_at_the_end_of_the_year() {
	const CUSTODY: AccountId = 1_002;
	let hold = || {
		assert_ok!(Allowance::force_transfer(
			RuntimeOrigin::root(),
			YEAR,
			POWER_PLANT,
			SELLER,
			Tonnes(900)
		));
		assert_ok!(Allowance::issue(YEAR, &POWER_PLANT, &CUSTODY, Tonnes(7)));
	};
	complied_after(hold, || {
		assert_ok!(Allowance::hand_over(YEAR, &CUSTODY, &POWER_PLANT, Tonnes(7)));
		assert_noop!(carry_over(8), Error::<Test>::InsufficientAllowances);
		assert_ok!(carry_over(7));
	});
}

#[test]
fn carry_over_should_fail_when_a_part_of_the_allocation_has_to_be_returned() {
	complied(|| {
		Returns::set([((2021, POWER_PLANT), 1)].into());
		assert_noop!(carry_over(1), Error::<Test>::NotCompliant);
		Returns::set([((2022, POWER_PLANT), 1)].into());
		assert_ok!(carry_over(1));
	});
}

#[test]
fn carry_over_room_should_be_nothing_before_the_entity_is_assessed() {
	ExtBuilder::default()
		.with_rules(5_000, with_carry_over())
		.with_enrolled(&[POWER_PLANT])
		.build_and_execute(|| {
			assert_eq!(Allowance::carry_over_room(YEAR, POWER_PLANT), Tonnes(0));
		});
}

#[test]
fn carry_over_should_count_several_applications_together() {
	complied(|| {
		assert_ok!(carry_over(4));
		assert_ok!(carry_over(6));
		assert_noop!(carry_over(1), Error::<Test>::CarryOverExceeded);
		assert_eq!(obligation(YEAR, POWER_PLANT).carried_over, Tonnes(10));
		// Exchanging allowances is no sale.
		assert_eq!(Allowance::net_sold(YEAR, &POWER_PLANT), Tonnes(0));
	});
}

#[test]
fn carry_over_should_fail_when_the_allowances_are_on_the_trading_ledger() {
	complied(|| {
		TradingLedger::deposit(POWER_PLANT, YEAR.into(), 895);
		assert_noop!(carry_over(10), Error::<Test>::InsufficientAllowances);
		assert_ok!(carry_over(5));
	});
}

#[test]
fn carry_over_should_pass_the_cap_of_the_next_vintage_when_that_is_exhausted() {
	complied(|| {
		assert_ok!(Allowance::issue_for_sale(
			RuntimeOrigin::root(),
			NEXT,
			SELLER,
			supply(NEXT).cap
		));
		assert_ok!(carry_over(10));
		assert!(supply(NEXT).issued.0 + supply(NEXT).carried_in.0 > supply(NEXT).cap.0);
	});
}

#[test]
fn what_was_carried_over_should_be_surrendered_in_the_next_year() {
	complied(|| {
		assert_ok!(carry_over(10));
		enrol(NEXT, &[POWER_PLANT]);
		surrender(NEXT, POWER_PLANT, 10);
		assert_eq!(obligation(NEXT, POWER_PLANT).surrendered, Tonnes(10));
	});
}

#[test]
fn carry_over_should_be_possible_when_the_entity_was_excluded() {
	ExtBuilder::default()
		.with_rules(5_000, with_carry_over())
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 50)
		.build_and_execute(|| {
			let list = vec![POWER_PLANT].try_into().expect("fits");
			assert_ok!(Allowance::exclude(RuntimeOrigin::root(), YEAR, list));
			close(YEAR);
			open(NEXT, with_carry_over(), &[]);
			assert_ok!(carry_over(10));
		});
}

#[test]
fn carry_over_should_fail_when_the_entity_is_a_tonne_short_or_nobody_confirmed_its_emissions() {
	for confirmed in [Some(91), None] {
		ExtBuilder::default()
			.with_rules(5_000, with_carry_over())
			.with_enrolled(&[POWER_PLANT])
			.with_allocation(POWER_PLANT, 100)
			.build_and_execute(|| {
				if let Some(tonnes) = confirmed {
					confirm(YEAR, POWER_PLANT, tonnes);
				}
				surrender(YEAR, POWER_PLANT, 90);
				close(YEAR);
				open(NEXT, with_carry_over(), &[]);
				assert_noop!(carry_over(1), Error::<Test>::NotCompliant);
			});
	}
}

#[test]
fn carry_over_should_fail_when_the_entity_is_not_enrolled() {
	complied(|| {
		Admissions::add_role(STRANGER, carbon_primitives::Role::CoveredEntity);
		assert_noop!(
			Allowance::carry_over(RuntimeOrigin::signed(STRANGER), YEAR, Tonnes(1)),
			Error::<Test>::NotEnrolled
		);
	});
}

#[test]
fn carry_over_should_fail_when_the_year_is_not_closed() {
	ExtBuilder::default()
		.with_rules(5_000, with_carry_over())
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 100)
		.build_and_execute(|| {
			open(NEXT, with_carry_over(), &[]);
			assert_noop!(carry_over(1), Error::<Test>::PeriodNotClosed);
			assert_ok!(Allowance::close_period(RuntimeOrigin::root(), YEAR));
			assert_noop!(carry_over(1), Error::<Test>::PeriodNotClosed);
		});
}

#[test]
fn carry_over_should_fail_when_a_period_does_not_exist() {
	ExtBuilder::default()
		.with_rules(5_000, with_carry_over())
		.with_enrolled(&[POWER_PLANT])
		.build_and_execute(|| {
			let origin = || RuntimeOrigin::signed(POWER_PLANT);
			for year in [Vintage(2020), Vintage(u16::MAX)] {
				assert_noop!(
					Allowance::carry_over(origin(), year, Tonnes(1)),
					Error::<Test>::PeriodNotFound
				);
			}
			// The year has ended, but the next one is not opened yet.
			close(YEAR);
			assert_noop!(carry_over(1), Error::<Test>::PeriodNotFound);
		});
}

#[test]
fn carry_over_should_fail_when_the_last_year_there_can_be_has_no_next_one() {
	ExtBuilder::default().build_and_execute(|| {
		let last = Vintage(u16::MAX);
		open(last, with_carry_over(), &[POWER_PLANT]);
		close(last);
		assert_noop!(
			Allowance::carry_over(RuntimeOrigin::signed(POWER_PLANT), last, Tonnes(1)),
			Error::<Test>::PeriodNotFound
		);
	});
}

#[test]
fn carry_over_should_fail_when_the_next_period_has_ended() {
	complied(|| {
		close(NEXT);
		assert_noop!(carry_over(1), Error::<Test>::PeriodNotOpen);
	});
}

#[test]
fn carry_over_should_fail_when_the_rules_of_the_year_know_none() {
	let none = RuleSet {
		carry_over: None,
		..with_carry_over()
	};
	ExtBuilder::default()
		.with_rules(5_000, none)
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 100)
		.build_and_execute(|| {
			confirm(YEAR, POWER_PLANT, 0);
			close(YEAR);
			// Those of the next year do not matter.
			open(NEXT, with_carry_over(), &[]);
			assert_noop!(carry_over(1), Error::<Test>::CarryOverNotAllowed);
			assert_eq!(Allowance::carry_over_room(YEAR, POWER_PLANT), Tonnes(0));
		});
}

#[test]
fn carry_over_should_fail_when_the_amount_is_zero() {
	complied(|| {
		assert_noop!(carry_over(0), Error::<Test>::AmountZero);
	});
}

#[test]
fn carry_over_should_fail_when_the_vintage_is_halted() {
	complied(|| {
		Halts::halt(YEAR);
		assert_noop!(carry_over(1), Error::<Test>::AssetHalted);
	});
}

#[test]
fn carry_over_should_fail_when_the_signer_is_no_covered_entity() {
	complied(|| {
		for who in [SELLER, STRANGER] {
			assert_noop!(
				Allowance::carry_over(RuntimeOrigin::signed(who), YEAR, Tonnes(1)),
				NOT_ADMITTED
			);
		}
		Admissions::expel(POWER_PLANT);
		assert_noop!(carry_over(1), NOT_ADMITTED);
	});
}

#[test]
fn carry_over_room_should_be_nothing_when_the_entity_or_the_period_is_unknown() {
	complied(|| {
		assert_eq!(Allowance::carry_over_room(YEAR, SELLER), Tonnes(0));
		assert_eq!(Allowance::carry_over_room(Vintage(1999), POWER_PLANT), Tonnes(0));
		assert_eq!(AssetId::from(YEAR), 2021);
	});
}
