use crate::{mock::*, Surrenders};
use carbon_primitives::{AssetId, ProjectKind, Role, Tonnes, Vintage, OFFSET_SERIES_FIRST};
use carbon_traits::SeriesInfo;
use frame_support::{assert_noop, assert_ok};

fn surrender(vintage: Vintage, tonnes: u64) -> sp_runtime::DispatchResult {
	supply_for(POWER_PLANT, vintage.into(), tonnes)
}

/// `supplier` surrenders for the power plant.
fn supply_for(supplier: AccountId, asset: AssetId, tonnes: u64) -> sp_runtime::DispatchResult {
	Allowance::surrender(
		RuntimeOrigin::signed(supplier),
		YEAR,
		POWER_PLANT,
		asset,
		Tonnes(tonnes),
	)
}

fn allocated() -> ExtBuilder {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 100)
}

#[test]
fn surrender_should_be_refused_when_so_many_tonnes_do_not_exist() {
	ExtBuilder::default()
		.with_period(1_000)
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 10)
		.build_and_execute(|| {
			assert_ok!(surrender(YEAR, 1));
			assert_noop!(surrender(YEAR, u64::MAX), Error::<Test>::InsufficientAllowances);
		});
}

#[test]
fn surrender_should_leave_a_record_when_the_holder_has_the_allowances() {
	allocated().build_and_execute(|| {
		assert_ok!(surrender(YEAR, 60));
		assert_ok!(surrender(YEAR, 40));

		assert_eq!(held(YEAR, POWER_PLANT), 0);
		assert_eq!(obligation(YEAR, POWER_PLANT).surrendered, Tonnes(100));
		assert_eq!(supply(YEAR).surrendered, Tonnes(100));
		let record = Surrenders::<Test>::get(SurrenderId(1)).expect("the second record is there");
		assert_eq!(
			(
				record.supplier,
				record.entity,
				record.asset,
				record.tonnes,
				record.block
			),
			(POWER_PLANT, POWER_PLANT, YEAR.into(), Tonnes(40), 1)
		);
		System::assert_last_event(
			Event::Surrendered {
				id: SurrenderId(1),
				year: YEAR,
				supplier: POWER_PLANT,
				entity: POWER_PLANT,
				asset: YEAR.into(),
				tonnes: Tonnes(40),
			}
			.into(),
		);
	});
}

#[test]
fn surrender_should_accept_an_earlier_vintage_when_it_was_banked() {
	allocated().build_and_execute(|| {
		let next = Vintage(2022);
		assert_ok!(Allowance::open_period(
			RuntimeOrigin::root(),
			next,
			Tonnes(1),
			rules(ObligationRule::Cumulative),
			always()
		));
		enrol(next, &[POWER_PLANT]);
		let origin = RuntimeOrigin::signed(POWER_PLANT);
		assert_ok!(Allowance::surrender(
			origin,
			next,
			POWER_PLANT,
			YEAR.into(),
			Tonnes(100)
		));
		assert_eq!(obligation(next, POWER_PLANT).surrendered, Tonnes(100));
	});
}

#[test]
fn surrender_should_fail_when_the_vintage_is_later_than_the_year() {
	allocated().build_and_execute(|| {
		assert_noop!(surrender(Vintage(2022), 1), Error::<Test>::VintageNotUsable);
	});
}

#[test]
fn surrender_should_fail_when_the_vintage_was_never_issued() {
	allocated().build_and_execute(|| {
		assert_noop!(surrender(Vintage(2020), 1), Error::<Test>::VintageNotFound);
	});
}

#[test]
fn surrender_should_fail_when_one_tonne_is_missing() {
	allocated().build_and_execute(|| {
		assert_noop!(surrender(YEAR, 101), Error::<Test>::InsufficientAllowances);
	});
}

#[test]
fn surrender_should_fail_when_the_amount_is_zero() {
	allocated().build_and_execute(|| {
		assert_noop!(surrender(YEAR, 0), Error::<Test>::AmountZero);
	});
}

#[test]
fn surrender_should_fail_when_the_period_is_closed() {
	allocated().build_and_execute(|| {
		close(YEAR);
		assert_noop!(surrender(YEAR, 1), Error::<Test>::PeriodNotOpen);
	});
}

#[test]
fn surrender_should_fail_when_the_entity_is_not_enrolled() {
	allocated().build_and_execute(|| {
		let origin = RuntimeOrigin::signed(STEEL_MILL);
		assert_noop!(
			Allowance::surrender(origin, YEAR, STEEL_MILL, YEAR.into(), Tonnes(1)),
			Error::<Test>::NotEnrolled
		);
	});
}

#[test]
fn surrender_should_fail_when_the_holder_is_no_covered_entity() {
	allocated().build_and_execute(|| {
		let origin = RuntimeOrigin::signed(SELLER);
		assert_noop!(
			Allowance::surrender(origin, YEAR, SELLER, YEAR.into(), Tonnes(1)),
			NOT_ADMITTED
		);
	});
}

#[test]
fn surrender_should_fail_when_the_vintage_is_halted() {
	allocated().build_and_execute(|| {
		Halts::halt(YEAR);
		assert_noop!(surrender(YEAR, 1), Error::<Test>::AssetHalted);
	});
}

#[test]
fn surrender_should_write_nothing_when_it_is_refused_and_nobody_rolls_back() {
	allocated().build_and_execute(|| {
		let surrender =
			|tonnes| Allowance::do_surrender(YEAR, POWER_PLANT, POWER_PLANT, YEAR.into(), Tonnes(tonnes));
		assert_noop!(surrender(101), Error::<Test>::InsufficientAllowances);
		Halts::halt(YEAR);
		assert_noop!(surrender(1), Error::<Test>::AssetHalted);
	});
}

const SERIES: AssetId = OFFSET_SERIES_FIRST;

/// The power plant has reported 39 tonnes, of which offset credits may cover 1, and holds 3 of a forest's credits.
fn with_credits(test: impl FnOnce()) {
	allocated().build_and_execute(|| {
		credit(false);
		confirm(YEAR, POWER_PLANT, 39);
		test();
	});
}

fn credit(inside_ets: bool) {
	Series::mutate(|series| {
		series.insert(
			SERIES,
			SeriesInfo {
				kind: ProjectKind::Forest,
				inside_ets,
				vintage: YEAR,
			},
		)
	});
	Credited::mutate(|credited| credited.insert((POWER_PLANT, SERIES), 3));
}

/// Deadlines at moments 100 to 400; the clock shows `now`.
fn with_deadlines(now: u64, test: impl FnOnce()) {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Allowance::open_period(
			RuntimeOrigin::root(),
			YEAR,
			Tonnes(500),
			rules(ObligationRule::Yearly),
			timeline()
		));
		enrol(YEAR, &[POWER_PLANT]);
		let list = vec![(POWER_PLANT, Tonnes(100))].try_into().expect("fits");
		assert_ok!(Allowance::allocate(RuntimeOrigin::root(), YEAR, list));
		Now::set(now);
		test();
	});
}

/// The rules of `YEAR` with a change, by opening another period than [`allocated`] does.
fn with_rules(change: impl FnOnce(&mut RuleSet), test: impl FnOnce()) {
	allocated().build_and_execute(|| {
		crate::Periods::<Test>::mutate(YEAR, |period| {
			change(&mut period.as_mut().expect("the period is there").rules)
		});
		test();
	});
}

#[test]
fn surrender_should_count_for_the_entity_when_another_participant_supplies_the_units() {
	allocated().build_and_execute(|| {
		assert_ok!(Allowance::force_transfer(
			RuntimeOrigin::root(),
			YEAR,
			POWER_PLANT,
			SELLER,
			Tonnes(100)
		));
		// The entity is blocked: it could do nothing by itself.
		Admissions::expel(POWER_PLANT);
		assert_noop!(supply_for(POWER_PLANT, YEAR.into(), 1), NOT_ADMITTED);
		assert_ok!(supply_for(SELLER, YEAR.into(), 60));

		assert_eq!(obligation(YEAR, POWER_PLANT).surrendered, Tonnes(60));
		assert_eq!(held(YEAR, SELLER), 40);
		let record = Surrenders::<Test>::get(SurrenderId(0)).expect("the record is there");
		assert_eq!((record.supplier, record.entity), (SELLER, POWER_PLANT));
		Admissions::add_role(POWER_PLANT, Role::CoveredEntity);
	});
}

#[test]
fn surrender_should_fail_when_a_stranger_supplies_the_units() {
	allocated().build_and_execute(|| {
		assert_noop!(supply_for(STRANGER, YEAR.into(), 1), NOT_ADMITTED);
	});
}

#[test]
fn surrender_should_be_possible_for_an_excluded_entity_which_may_owe_from_earlier_years() {
	allocated().build_and_execute(|| {
		let list = vec![POWER_PLANT].try_into().expect("fits");
		assert_ok!(Allowance::exclude(RuntimeOrigin::root(), YEAR, list));
		assert_ok!(surrender(YEAR, 1));
	});
}

#[test]
fn surrender_should_accept_the_vintage_of_the_year_after_when_the_rules_allow_borrowing() {
	with_rules(
		|rules| rules.borrowing = true,
		|| {
			let next = Vintage(2022);
			assert_ok!(Allowance::open_period(
				RuntimeOrigin::root(),
				next,
				Tonnes(10),
				rules(ObligationRule::Yearly),
				always()
			));
			enrol(next, &[POWER_PLANT]);
			let list = vec![(POWER_PLANT, Tonnes(10))].try_into().expect("fits");
			assert_ok!(Allowance::allocate(RuntimeOrigin::root(), next, list));
			assert_ok!(surrender(next, 10));
			assert_noop!(surrender(Vintage(2023), 1), Error::<Test>::VintageNotUsable);
		},
	);
}

#[test]
fn surrender_should_fail_when_the_vintage_is_older_than_the_rules_reach_back() {
	with_rules(
		|rules| rules.vintages_back = Some(1),
		|| {
			assert_noop!(surrender(Vintage(2019), 1), Error::<Test>::VintageNotUsable);
			assert_noop!(surrender(Vintage(2020), 1), Error::<Test>::VintageNotFound);
		},
	);
}

#[test]
fn surrender_should_take_offset_credits_up_to_their_part_of_the_confirmed_emissions() {
	with_credits(|| {
		assert_ok!(supply_for(POWER_PLANT, SERIES, 1));
		let found = obligation(YEAR, POWER_PLANT);
		assert_eq!((found.surrendered, found.offsets), (Tonnes(1), Tonnes(1)));
		assert_eq!(Credited::get()[&(POWER_PLANT, SERIES)], 2);
		assert_noop!(
			supply_for(POWER_PLANT, SERIES, 1),
			Error::<Test>::OffsetCapExceeded
		);
	});
}

#[test]
fn surrender_should_fail_when_the_emissions_are_not_confirmed_and_offset_credits_are_offered() {
	allocated().build_and_execute(|| {
		credit(false);
		assert_noop!(
			supply_for(POWER_PLANT, SERIES, 1),
			Error::<Test>::EmissionsNotConfirmed
		);
	});
}

#[test]
fn surrender_should_fail_when_the_credits_come_from_inside_the_system() {
	with_credits(|| {
		credit(true);
		assert_noop!(
			supply_for(POWER_PLANT, SERIES, 1),
			Error::<Test>::OffsetsNotAccepted
		);
	});
}

#[test]
fn surrender_should_fail_when_the_rules_exclude_the_kind_of_project() {
	with_rules(
		|rules| rules.offsets_excluded = ProjectKindSet(1),
		|| {
			credit(false);
			confirm(YEAR, POWER_PLANT, 39);
			assert_noop!(
				supply_for(POWER_PLANT, SERIES, 1),
				Error::<Test>::OffsetsNotAccepted
			);
		},
	);
}

#[test]
fn surrender_should_fail_when_the_supplier_has_too_few_credits() {
	with_credits(|| {
		assert_noop!(supply_for(SELLER, SERIES, 1), TOO_FEW_CREDITS);
	});
}

#[test]
fn surrender_should_fail_when_the_asset_is_neither_vintage_nor_series() {
	with_credits(|| {
		assert_noop!(
			supply_for(POWER_PLANT, SERIES + 1, 1),
			Error::<Test>::AssetUnknown
		);
	});
}

#[test]
fn surrender_should_fail_when_the_period_is_planned() {
	with_deadlines(99, || {
		assert_noop!(surrender(YEAR, 1), Error::<Test>::PeriodPlanned);
	});
}

#[test]
fn surrender_should_fail_when_the_deadline_has_passed_and_the_phase_has_not_moved() {
	with_deadlines(100, || {
		poll(frame_support::weights::Weight::MAX);
		Now::set(399);
		assert_ok!(surrender(YEAR, 1));
		Now::set(400);
		assert_noop!(surrender(YEAR, 1), Error::<Test>::DeadlinePassed);
	});
}
