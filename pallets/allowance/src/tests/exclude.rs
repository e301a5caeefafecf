use crate::mock::*;
use frame_support::{assert_noop, assert_ok};

#[test]
fn exclude_should_free_the_entity_when_it_is_enrolled() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.build_and_execute(|| {
			let list = vec![POWER_PLANT].try_into().expect("fits");
			assert_ok!(Allowance::exclude(RuntimeOrigin::root(), YEAR, list));

			assert!(obligation(YEAR, POWER_PLANT).excluded);
			System::assert_last_event(
				Event::EntityExcluded {
					year: YEAR,
					entity: POWER_PLANT,
				}
				.into(),
			);
			close(YEAR);
			assert_eq!(
				obligation(YEAR, POWER_PLANT).status,
				Some(SurrenderStatus::Excluded)
			);
		});
}

#[test]
fn exclude_should_change_nothing_when_one_entity_of_the_list_is_not_enrolled() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.build_and_execute(|| {
			let list = vec![POWER_PLANT, STEEL_MILL].try_into().expect("fits");
			assert_noop!(
				Allowance::exclude(RuntimeOrigin::root(), YEAR, list),
				Error::<Test>::NotEnrolled
			);
		});
}

#[test]
fn exclude_should_fail_when_the_entity_is_excluded_already() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.build_and_execute(|| {
			let list = vec![POWER_PLANT, POWER_PLANT].try_into().expect("fits");
			assert_noop!(
				Allowance::exclude(RuntimeOrigin::root(), YEAR, list),
				Error::<Test>::AlreadyExcluded
			);
		});
}
