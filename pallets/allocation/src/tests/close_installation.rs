use crate::mock::*;
use carbon_primitives::{Tonnes, Vintage};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn close(n: u32, last_year: Vintage) -> DispatchResult {
	Allocation::close_installation(RuntimeOrigin::root(), InstallationId(n), last_year)
}

#[test]
fn close_installation_should_store_the_last_year() {
	plant().build_and_execute(|| {
		assert_ok!(close(0, LAST_YEAR));
		let record = Allocation::installation(InstallationId(0)).unwrap();
		assert_eq!(record.last_year, Some(LAST_YEAR));
		assert_eq!(
			events(),
			[Event::InstallationClosed {
				installation: InstallationId(0),
				entity: PLANT,
				last_year: LAST_YEAR,
			}]
		);
	});
}

#[test]
fn close_installation_should_let_it_count_in_its_last_year() {
	plant().build_and_execute(|| {
		assert_ok!(close(0, YEAR));
		assert_noop!(true_up(PLANT), Error::<Test>::ActivityMissing);
		enter_direct(950_000);
		assert_ok!(true_up(PLANT));
		assert_eq!(held_by(YEAR, PLANT), 950_000);
	});
}

#[test]
fn close_installation_should_let_no_data_be_asked_of_it_from_the_year_after() {
	plant()
		.with_installation(PLANT, InstallationKind::Output)
		.build_and_execute(|| {
			enter_direct(950_000);
			assert_ok!(close(1, LAST_YEAR));
			assert_ok!(true_up(PLANT));
			assert_eq!(held_by(YEAR, PLANT), 950_000);
		});
}

#[test]
fn close_installation_should_let_it_get_nothing_when_data_were_entered_before() {
	plant().build_and_execute(|| {
		enter_direct(950_000);
		assert_ok!(close(0, LAST_YEAR));
		assert_ok!(true_up(PLANT));
		// No gap cap either: nothing runs that could have a gap.
		assert_eq!(allocation_of(PLANT).entitlement, Some(Tonnes::ZERO));
	});
}

#[test]
fn close_installation_should_let_a_pre_allocation_be_owed_when_nothing_is_left() {
	plant().build_and_execute(|| {
		assert_ok!(pre_allocate(PLANT, None));
		assert_ok!(close(0, LAST_YEAR));
		correct(PLANT, Some(0));
		assert_ok!(true_up(PLANT));
		assert_eq!(allocation_of(PLANT).owed, Tonnes(630_000));
	});
}

#[test]
fn close_installation_should_make_room_once_the_last_year_is_over() {
	plant()
		.with_installation(PLANT, InstallationKind::Direct)
		.build_and_execute(|| {
			enter_direct(950_000);
			assert_ok!(close(1, LAST_YEAR));
			accept(LAST_YEAR, false);
			assert_ok!(true_up(PLANT));
			assert_eq!(Allocation::installations_of(PLANT), [InstallationId(0)]);
			assert!(Installations::<Test>::contains_key(InstallationId(1)));
		});
}

#[test]
fn close_installation_should_make_no_room_while_the_year_before_could_still_count_it() {
	plant()
		.with_installation(PLANT, InstallationKind::Direct)
		.build_and_execute(|| {
			enter_direct(950_000);
			assert_ok!(close(1, LAST_YEAR));
			assert_ok!(true_up(PLANT));
			assert_eq!(Allocation::installations_of(PLANT).len(), 2);
		});
}

#[test]
fn close_installation_should_leave_the_reference_used() {
	plant().build_and_execute(|| {
		assert_ok!(close(0, LAST_YEAR));
		accept(LAST_YEAR, false);
		assert_ok!(true_up(PLANT));
		assert!(Allocation::installations_of(PLANT).is_empty());
		assert_noop!(
			Allocation::register_installation(
				RuntimeOrigin::root(),
				PLANT,
				InstallationKind::Direct,
				digest(100)
			),
			Error::<Test>::ReferenceUsed
		);
	});
}

#[test]
fn close_installation_should_fail_when_a_later_year_has_its_true_up() {
	plant().build_and_execute(|| {
		enter_direct(950_000);
		assert_ok!(true_up(PLANT));
		assert_noop!(close(0, LAST_YEAR), Error::<Test>::LaterYearSettled);
		assert_ok!(close(0, YEAR));
	});
}

#[test]
fn close_installation_should_fail_the_second_time() {
	plant().build_and_execute(|| {
		assert_ok!(close(0, LAST_YEAR));
		assert_noop!(close(0, YEAR), Error::<Test>::InstallationClosed);
	});
}

#[test]
fn close_installation_should_fail_when_there_is_no_such_installation() {
	plant().build_and_execute(|| {
		assert_noop!(close(1, YEAR), Error::<Test>::InstallationNotFound);
	});
}
