use crate::{mock::*, Enrolments};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn enrol_should_give_each_entity_an_empty_obligation_when_all_are_covered() {
	ExtBuilder::default().with_period(500).build_and_execute(|| {
		let list = vec![POWER_PLANT, STEEL_MILL].try_into().expect("fits");
		assert_ok!(Allowance::enrol(RuntimeOrigin::root(), YEAR, list));

		assert_eq!(obligation(YEAR, STEEL_MILL), ObligationRecord::default());
		assert_eq!(
			Enrolments::<Test>::get(YEAR, 0).into_inner(),
			vec![POWER_PLANT, STEEL_MILL]
		);
		System::assert_last_event(
			Event::EntityEnrolled {
				year: YEAR,
				entity: STEEL_MILL,
			}
			.into(),
		);
	});
}

#[test]
fn enrol_should_start_a_new_page_when_called_again() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.build_and_execute(|| {
			enrol(YEAR, &[STEEL_MILL]);
			assert_eq!(Enrolments::<Test>::get(YEAR, 1).into_inner(), vec![STEEL_MILL]);
		});
}

#[test]
fn enrol_should_fail_when_an_entity_stands_twice_in_the_list() {
	ExtBuilder::default().with_period(500).build_and_execute(|| {
		let list = vec![POWER_PLANT, POWER_PLANT].try_into().expect("fits");
		assert_noop!(
			Allowance::enrol(RuntimeOrigin::root(), YEAR, list),
			Error::<Test>::AlreadyEnrolled
		);
	});
}

#[test]
fn enrol_should_fail_when_an_account_is_no_covered_entity() {
	ExtBuilder::default().with_period(500).build_and_execute(|| {
		let list = vec![POWER_PLANT, SELLER].try_into().expect("fits");
		assert_noop!(Allowance::enrol(RuntimeOrigin::root(), YEAR, list), NOT_ADMITTED);
	});
}

#[test]
fn enrol_should_fail_when_the_list_is_empty() {
	ExtBuilder::default().with_period(500).build_and_execute(|| {
		assert_noop!(
			Allowance::enrol(RuntimeOrigin::root(), YEAR, Default::default()),
			Error::<Test>::BatchEmpty
		);
	});
}

#[test]
fn enrol_should_fail_when_the_period_does_not_exist_or_is_closed() {
	ExtBuilder::default().build_and_execute(|| {
		let list = || vec![POWER_PLANT].try_into().expect("fits");
		assert_noop!(
			Allowance::enrol(RuntimeOrigin::root(), YEAR, list()),
			Error::<Test>::PeriodNotFound
		);
		Allowance::open_period(
			RuntimeOrigin::root(),
			YEAR,
			carbon_primitives::Tonnes(1),
			rules(ObligationRule::Yearly),
			always(),
		)
		.expect("opens");
		close(YEAR);
		assert_noop!(
			Allowance::enrol(RuntimeOrigin::root(), YEAR, list()),
			Error::<Test>::PeriodNotOpen
		);
	});
}

#[test]
fn enrol_should_fail_when_somebody_else_signs() {
	ExtBuilder::default().with_period(500).build_and_execute(|| {
		let list = vec![POWER_PLANT].try_into().expect("fits");
		assert_noop!(
			Allowance::enrol(RuntimeOrigin::signed(POWER_PLANT), YEAR, list),
			DispatchError::BadOrigin
		);
	});
}
