use crate::{mock::*, Surrenders};
use carbon_primitives::{Tonnes, Vintage};
use frame_support::{assert_noop, assert_ok};

fn surrender(vintage: Vintage, tonnes: u64) -> sp_runtime::DispatchResult {
	Allowance::surrender(RuntimeOrigin::signed(POWER_PLANT), YEAR, vintage, Tonnes(tonnes))
}

fn allocated() -> ExtBuilder {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 100)
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
			(record.holder, record.tonnes, record.block),
			(POWER_PLANT, Tonnes(40), 1)
		);
		System::assert_last_event(
			Event::Surrendered {
				id: SurrenderId(1),
				year: YEAR,
				holder: POWER_PLANT,
				vintage: YEAR,
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
			ObligationRule::Cumulative
		));
		enrol(next, &[POWER_PLANT]);
		let origin = RuntimeOrigin::signed(POWER_PLANT);
		assert_ok!(Allowance::surrender(origin, next, YEAR, Tonnes(100)));
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
			Allowance::surrender(origin, YEAR, YEAR, Tonnes(1)),
			Error::<Test>::NotEnrolled
		);
	});
}

#[test]
fn surrender_should_fail_when_the_holder_is_no_covered_entity() {
	allocated().build_and_execute(|| {
		let origin = RuntimeOrigin::signed(SELLER);
		assert_noop!(Allowance::surrender(origin, YEAR, YEAR, Tonnes(1)), NOT_ADMITTED);
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
		let surrender = |tonnes| Allowance::do_surrender(YEAR, POWER_PLANT, YEAR, Tonnes(tonnes));
		assert_noop!(surrender(101), Error::<Test>::InsufficientAllowances);
		Halts::halt(YEAR);
		assert_noop!(surrender(1), Error::<Test>::AssetHalted);
	});
}
