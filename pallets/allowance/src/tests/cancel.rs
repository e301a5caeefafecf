use crate::{mock::*, Cancellations};
use carbon_primitives::{Tonnes, Vintage};
use frame_support::{assert_noop, assert_ok};

fn cancel(holder: AccountId, vintage: Vintage, tonnes: u64) -> sp_runtime::DispatchResult {
	Allowance::cancel(
		RuntimeOrigin::signed(holder),
		vintage,
		Tonnes(tonnes),
		beneficiary(),
		digest(3),
	)
}

fn beneficiary() -> Beneficiary {
	b"The city's marathon".to_vec().try_into().expect("it fits")
}

fn allocated() -> ExtBuilder {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 100)
}

#[test]
fn cancel_should_be_refused_when_so_many_tonnes_do_not_exist() {
	ExtBuilder::default()
		.with_period(1_000)
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 10)
		.build_and_execute(|| {
			assert_ok!(cancel(POWER_PLANT, YEAR, 1));
			assert_noop!(
				cancel(POWER_PLANT, YEAR, u64::MAX),
				Error::<Test>::InsufficientAllowances
			);
		});
}

#[test]
fn cancel_should_leave_a_record_with_its_reason_when_the_holder_has_the_allowances() {
	allocated().build_and_execute(|| {
		assert_ok!(cancel(POWER_PLANT, YEAR, 30));

		assert_eq!(held(YEAR, POWER_PLANT), 70);
		assert_eq!(supply(YEAR).cancelled, Tonnes(30));
		let record = Cancellations::<Test>::get(CancellationId(0)).expect("the record is there");
		assert_eq!(
			(record.holder, record.tonnes, record.beneficiary, record.reason),
			(POWER_PLANT, Tonnes(30), beneficiary(), digest(3))
		);
		System::assert_last_event(
			Event::Cancelled {
				id: CancellationId(0),
				holder: POWER_PLANT,
				vintage: YEAR,
				tonnes: Tonnes(30),
				beneficiary: beneficiary(),
				reason: digest(3),
			}
			.into(),
		);
	});
}

#[test]
fn cancel_should_not_count_towards_the_obligation() {
	allocated().build_and_execute(|| {
		assert_ok!(cancel(POWER_PLANT, YEAR, 30));
		assert_eq!(obligation(YEAR, POWER_PLANT).surrendered, Tonnes(0));
	});
}

#[test]
fn cancel_should_write_nothing_when_it_is_refused_and_nobody_rolls_back() {
	allocated().build_and_execute(|| {
		let cancel =
			|tonnes| Allowance::do_cancel(POWER_PLANT, YEAR, Tonnes(tonnes), beneficiary(), digest(3));
		assert_noop!(cancel(101), Error::<Test>::InsufficientAllowances);
		Halts::halt(YEAR);
		assert_noop!(cancel(1), Error::<Test>::AssetHalted);
	});
}

#[test]
fn cancel_should_fail_when_the_holder_has_too_few() {
	allocated().build_and_execute(|| {
		assert_noop!(
			cancel(POWER_PLANT, YEAR, 101),
			Error::<Test>::InsufficientAllowances
		);
		assert_noop!(cancel(SELLER, YEAR, 1), Error::<Test>::InsufficientAllowances);
	});
}

#[test]
fn cancel_should_fail_when_the_vintage_was_never_issued() {
	allocated().build_and_execute(|| {
		assert_noop!(
			cancel(POWER_PLANT, Vintage(2020), 1),
			Error::<Test>::VintageNotFound
		);
	});
}

#[test]
fn cancel_should_fail_when_the_amount_is_zero() {
	allocated().build_and_execute(|| {
		assert_noop!(cancel(POWER_PLANT, YEAR, 0), Error::<Test>::AmountZero);
	});
}

#[test]
fn cancel_should_fail_when_a_stranger_signs() {
	allocated().build_and_execute(|| {
		assert_noop!(cancel(STRANGER, YEAR, 1), NOT_ADMITTED);
	});
}

#[test]
fn cancel_should_fail_when_the_vintage_is_halted() {
	allocated().build_and_execute(|| {
		Halts::halt(YEAR);
		assert_noop!(cancel(POWER_PLANT, YEAR, 1), Error::<Test>::AssetHalted);
	});
}

#[test]
fn is_tradable_should_not_change_when_the_vintage_is_halted() {
	allocated().build_and_execute(|| {
		Halts::halt(YEAR);
		assert!(<Allowance as carbon_traits::InspectTradable>::is_tradable(
			YEAR.into()
		));
	});
}
