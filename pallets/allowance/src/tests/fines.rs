use crate::{mock::*, Deductions, WeightInfo};
use carbon_primitives::{Price, Tonnes, Vintage};
use carbon_traits::IssueAllowances;
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo, weights::Weight};

const THIRD: Vintage = Vintage(2023);

fn fine_price(year: Vintage) -> FinePrice {
	Allowance::period(year)
		.and_then(|period| period.fine_price)
		.expect("the period has ended")
}

fn missing() -> Vec<(Vintage, u64)> {
	let told = Shortfalls::get().into_iter();
	told.map(|(year, _, missing, _)| (year, missing.0)).collect()
}

/// Rules under which a shortfall is deducted from the next allocation.
fn deducting(rule: ObligationRule) -> RuleSet {
	RuleSet {
		deduct_shortfall: true,
		..rules(rule)
	}
}

fn plant(rules: RuleSet) -> ExtBuilder {
	ExtBuilder::default()
		.with_rules(500, rules)
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 100)
}

/// The power plant hands in `tonnes` of the first vintage for `year`.
fn hand_in(year: Vintage, tonnes: u64) {
	let origin = RuntimeOrigin::signed(POWER_PLANT);
	assert_ok!(Allowance::surrender(
		origin,
		year,
		POWER_PLANT,
		YEAR.into(),
		Tonnes(tonnes)
	));
}

/// A year of the power plant under `rules` in which it emits and hands in so much.
fn lived(year: Vintage, rules: RuleSet, emitted: u64, handed_in: u64) {
	open(year, rules, &[POWER_PLANT]);
	confirm(year, POWER_PLANT, emitted);
	if handed_in > 0 {
		hand_in(year, handed_in);
	}
	close(year);
}

#[test]
fn the_fine_should_follow_the_average_price_of_the_month_before_the_deadline() {
	plant(rules(ObligationRule::Yearly)).build_and_execute(|| {
		AveragePrices::set([(2021, 8_765)].into());
		confirm(YEAR, POWER_PLANT, 13);
		hand_in(YEAR, 10);
		close(YEAR);
		let expected = FinePrice {
			price: Price(8_765),
			basis: PriceBasis::Market,
		};
		assert_eq!(fine_price(YEAR), expected);
		// Five times three tonnes.
		assert_eq!(obligation(YEAR, POWER_PLANT).fine, 131_475);
		assert_eq!(Shortfalls::get(), vec![(YEAR, POWER_PLANT, Tonnes(3), 131_475)]);
		System::assert_has_event(
			Event::StatusAssessed {
				year: YEAR,
				entity: POWER_PLANT,
				status: SurrenderStatus::B,
				shortfall: Tonnes(3),
				fine: 131_475,
			}
			.into(),
		);
	});
}

#[test]
fn the_price_should_be_asked_for_once_and_stay_when_the_market_moves_during_the_closing() {
	plant(rules(ObligationRule::Yearly)).build_and_execute(|| {
		AveragePrices::set([(2021, 8_000)].into());
		confirm(YEAR, POWER_PLANT, 1);
		assert_ok!(Allowance::close_period(RuntimeOrigin::root(), YEAR));
		AveragePrices::set([(2021, 9_000)].into());
		poll(Weight::MAX);
		assert_eq!(PricesAsked::get(), vec![(2021, 0, 30)]);
		assert_eq!(obligation(YEAR, POWER_PLANT).fine, 40_000);
	});
}

#[test]
fn the_month_should_end_with_the_deadline_also_when_the_period_closes_late() {
	for (now, until) in [(350, 350), (400, 399), (1_000, 399)] {
		ExtBuilder::default().build_and_execute(|| {
			assert_ok!(Allowance::open_period(
				RuntimeOrigin::root(),
				YEAR,
				Tonnes(1),
				rules(ObligationRule::Yearly),
				timeline()
			));
			Now::set(now);
			close(YEAR);
			assert_eq!(PricesAsked::get(), vec![(2021, until, 30)]);
		});
	}
}

#[test]
fn the_fine_should_follow_the_fallback_when_nothing_was_traded() {
	plant(rules(ObligationRule::Yearly)).build_and_execute(|| {
		// Another vintage was.
		AveragePrices::set([(2022, 8_765)].into());
		confirm(YEAR, POWER_PLANT, 2);
		close(YEAR);
		assert_eq!(fine_price(YEAR), FALLBACK);
		assert_eq!(obligation(YEAR, POWER_PLANT).fine, 100_000);
	});
}

#[test]
fn the_fine_should_be_the_same_for_each_tonne_when_the_rules_name_an_amount() {
	let fixed = RuleSet {
		fine: FineRule::PerTonne(Price(77)),
		..rules(ObligationRule::Yearly)
	};
	plant(fixed).build_and_execute(|| {
		AveragePrices::set([(2021, 8_765)].into());
		confirm(YEAR, POWER_PLANT, 3);
		close(YEAR);
		assert_eq!(PricesAsked::get(), vec![]);
		assert_eq!(fine_price(YEAR).basis, PriceBasis::Fixed);
		assert_eq!(obligation(YEAR, POWER_PLANT).fine, 231);
	});
}

#[test]
fn a_fine_should_leave_the_shortfall_and_a_period_should_close_when_the_fine_has_no_bound() {
	plant(rules(ObligationRule::Yearly)).build_and_execute(|| {
		AveragePrices::set([(2021, u64::MAX)].into());
		confirm(YEAR, POWER_PLANT, u64::MAX);
		close(YEAR);
		let record = obligation(YEAR, POWER_PLANT);
		assert_eq!((record.shortfall, record.fine), (Tonnes(u64::MAX), u128::MAX));
	});
}

#[test]
fn each_tonne_should_be_fined_once_when_the_rule_is_cumulative() {
	let rules = rules(ObligationRule::Cumulative);
	plant(rules).build_and_execute(|| {
		confirm(YEAR, POWER_PLANT, 60);
		hand_in(YEAR, 50);
		close(YEAR);
		lived(NEXT, rules, 20, 0);
		lived(THIRD, rules, 0, 0);
		assert_eq!(missing(), vec![(YEAR, 10), (NEXT, 20)]);
		// What is missing stays so until it is handed in.
		for (year, missing) in [(YEAR, 10), (NEXT, 30), (THIRD, 30)] {
			assert_eq!(obligation(year, POWER_PLANT).shortfall, Tonnes(missing));
			assert_eq!(obligation(year, POWER_PLANT).status, Some(SurrenderStatus::B));
		}
		assert_eq!(obligation(THIRD, POWER_PLANT).fine, 0);
	});
}

#[test]
fn surrenders_should_serve_the_oldest_debt_first_when_the_rule_is_cumulative() {
	let rules = rules(ObligationRule::Cumulative);
	plant(rules).build_and_execute(|| {
		confirm(YEAR, POWER_PLANT, 60);
		hand_in(YEAR, 50);
		close(YEAR);
		// Ten of them pay what was missing, and ten are missing of this year.
		lived(NEXT, rules, 20, 20);
		// All is paid and one tonne remains for later.
		lived(THIRD, rules, 5, 16);
		assert_eq!(missing(), vec![(YEAR, 10), (NEXT, 10)]);
		assert_eq!(obligation(THIRD, POWER_PLANT).status, Some(SurrenderStatus::A));
	});
}

#[test]
fn what_is_waived_should_be_neither_missing_nor_fined() {
	for rule in [ObligationRule::Yearly, ObligationRule::Cumulative] {
		plant(rules(rule)).build_and_execute(|| {
			Waived::set([((2021, POWER_PLANT), 30)].into());
			confirm(YEAR, POWER_PLANT, 100);
			hand_in(YEAR, 70);
			close(YEAR);
			let record = obligation(YEAR, POWER_PLANT);
			assert_eq!(record.status, Some(SurrenderStatus::A));
			assert_eq!((record.waived, record.fine), (Tonnes(30), 0));
			assert_eq!(missing(), vec![]);
		});
	}
}

#[test]
fn a_waived_gap_should_lower_what_offset_credits_may_cover() {
	plant(rules(ObligationRule::Yearly)).build_and_execute(|| {
		Waived::set([((2021, POWER_PLANT), 20)].into());
		confirm(YEAR, POWER_PLANT, 100);
		endow_credits(POWER_PLANT, 5);
		let origin = || RuntimeOrigin::signed(POWER_PLANT);
		assert_noop!(
			Allowance::surrender(origin(), YEAR, POWER_PLANT, WIND, Tonnes(5)),
			Error::<Test>::OffsetCapExceeded
		);
		assert_ok!(Allowance::surrender(origin(), YEAR, POWER_PLANT, WIND, Tonnes(4)));
	});
}

#[test]
fn nobody_should_be_fined_for_emissions_that_nobody_confirmed_or_that_it_does_not_owe() {
	ExtBuilder::default()
		.with_rules(500, deducting(ObligationRule::Cumulative))
		.with_enrolled(&[POWER_PLANT, STEEL_MILL])
		.build_and_execute(|| {
			confirm(YEAR, STEEL_MILL, 50);
			let list = vec![STEEL_MILL].try_into().expect("fits");
			assert_ok!(Allowance::exclude(RuntimeOrigin::root(), YEAR, list));
			close(YEAR);
			assert_eq!(missing(), vec![]);
			assert_eq!(Deductions::<Test>::iter().count(), 0);
		});
}

#[test]
fn the_next_allocation_should_be_cut_by_the_shortfall() {
	plant(deducting(ObligationRule::Yearly)).build_and_execute(|| {
		confirm(YEAR, POWER_PLANT, 30);
		hand_in(YEAR, 23);
		close(YEAR);
		assert_eq!(Allowance::deduction(POWER_PLANT), Tonnes(7));
		open(NEXT, deducting(ObligationRule::Yearly), &[POWER_PLANT]);
		allocate(NEXT, POWER_PLANT, 20);
		assert_eq!(held(NEXT, POWER_PLANT), 13);
		assert_eq!(obligation(NEXT, POWER_PLANT).allocated, Some(Tonnes(13)));
		assert_eq!(supply(NEXT).issued, Tonnes(13));
		assert!(!Deductions::<Test>::contains_key(POWER_PLANT));
		System::assert_has_event(
			Event::Deducted {
				year: NEXT,
				entity: POWER_PLANT,
				tonnes: Tonnes(7),
				left: Tonnes(0),
			}
			.into(),
		);
	});
}

#[test]
fn a_deduction_should_go_on_over_several_years_when_an_allocation_is_smaller() {
	plant(deducting(ObligationRule::Yearly)).build_and_execute(|| {
		confirm(YEAR, POWER_PLANT, 30);
		close(YEAR);
		open(NEXT, deducting(ObligationRule::Yearly), &[POWER_PLANT]);
		allocate(NEXT, POWER_PLANT, 20);
		assert_eq!(obligation(NEXT, POWER_PLANT).allocated, Some(Tonnes(0)));
		assert_eq!(Allowance::deduction(POWER_PLANT), Tonnes(10));
		confirm(NEXT, POWER_PLANT, 5);
		close(NEXT);
		// The shortfall of that year comes on top.
		assert_eq!(Allowance::deduction(POWER_PLANT), Tonnes(15));
		open(THIRD, rules(ObligationRule::Yearly), &[POWER_PLANT]);
		allocate(THIRD, POWER_PLANT, 20);
		assert_eq!(held(THIRD, POWER_PLANT), 5);
		assert_eq!(Allowance::deduction(POWER_PLANT), Tonnes(0));
	});
}

#[test]
fn an_allocation_should_be_refused_twice_also_when_a_deduction_left_nothing_of_it() {
	plant(deducting(ObligationRule::Yearly)).build_and_execute(|| {
		confirm(YEAR, POWER_PLANT, 30);
		close(YEAR);
		open(NEXT, deducting(ObligationRule::Yearly), &[POWER_PLANT]);
		allocate(NEXT, POWER_PLANT, 1);
		let again = vec![(POWER_PLANT, Tonnes(1))].try_into().expect("fits");
		assert_noop!(
			Allowance::allocate(RuntimeOrigin::root(), NEXT, again),
			Error::<Test>::AlreadyAllocated
		);
	});
}

#[test]
fn what_is_issued_should_be_cut_by_the_shortfall_and_say_by_how_much() {
	plant(deducting(ObligationRule::Yearly)).build_and_execute(|| {
		confirm(YEAR, POWER_PLANT, 30);
		close(YEAR);
		open(NEXT, deducting(ObligationRule::Yearly), &[POWER_PLANT]);
		let issue = |tonnes| Allowance::issue(NEXT, &POWER_PLANT, &SELLER, Tonnes(tonnes)).map(|cut| cut.0);
		assert_eq!(issue(20), Ok(20));
		assert_eq!(issue(15), Ok(10));
		assert_eq!(issue(5), Ok(0));
		assert_eq!(held(NEXT, SELLER), 10);
		assert_eq!(supply(NEXT).issued, Tonnes(10));
	});
}

#[test]
fn a_shortfall_should_not_be_deducted_when_the_rules_do_not_say_so() {
	plant(rules(ObligationRule::Yearly)).build_and_execute(|| {
		confirm(YEAR, POWER_PLANT, 30);
		close(YEAR);
		assert_eq!(missing(), vec![(YEAR, 30)]);
		assert_eq!(Allowance::deduction(POWER_PLANT), Tonnes(0));
	});
}

#[test]
fn a_tonne_should_be_deducted_once_when_the_rule_is_cumulative() {
	let rules = deducting(ObligationRule::Cumulative);
	plant(rules).build_and_execute(|| {
		confirm(YEAR, POWER_PLANT, 30);
		close(YEAR);
		lived(NEXT, rules, 4, 0);
		lived(THIRD, rules, 0, 0);
		assert_eq!(Allowance::deduction(POWER_PLANT), Tonnes(34));
	});
}

#[test]
fn a_deduction_should_not_overflow() {
	plant(deducting(ObligationRule::Yearly)).build_and_execute(|| {
		Deductions::<Test>::insert(POWER_PLANT, Tonnes(u64::MAX));
		confirm(YEAR, POWER_PLANT, 30);
		close(YEAR);
		assert_eq!(Allowance::deduction(POWER_PLANT), Tonnes(u64::MAX));
	});
}

#[test]
fn weights_should_hold_what_other_pallets_do() {
	let call = |call: crate::Call<Test>| RuntimeCall::from(call).get_dispatch_info().call_weight;
	let (asset, to, tonnes) = (2021, SELLER, Tonnes(1));
	assert_eq!(
		call(crate::Call::close_period { year: YEAR }),
		<() as WeightInfo>::close_period() + PRICE_WEIGHT
	);
	assert_eq!(
		call(crate::Call::advance_period { year: YEAR }),
		<() as WeightInfo>::advance_period() + PRICE_WEIGHT
	);
	assert_eq!(
		call(crate::Call::transfer { asset, to, tonnes }),
		<() as WeightInfo>::transfer() + LIMIT_WEIGHT
	);
	let (from, basis) = (POWER_PLANT, digest(1));
	let with_basis = crate::Call::transfer_with_basis {
		asset,
		from,
		to,
		tonnes,
		basis,
	};
	assert_eq!(
		call(with_basis),
		<() as WeightInfo>::transfer_with_basis() + LIMIT_WEIGHT
	);
	let determine = crate::Call::determine_emissions {
		year: YEAR,
		entity: to,
		tonnes,
		reason: basis,
	};
	assert_eq!(
		call(determine),
		<() as WeightInfo>::determine_emissions() + SANCTION_WEIGHT + PERFORMANCE_WEIGHT + RECORD_WEIGHT
	);
	let entity = to;
	let surrender = crate::Call::surrender {
		year: YEAR,
		entity,
		asset,
		tonnes,
	};
	let (one, other) = (
		<() as WeightInfo>::surrender(),
		<() as WeightInfo>::surrender_offsets(),
	);
	assert!(call(surrender.clone()).all_gte(one) && call(surrender).all_gte(other));
}
