use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn give(n: u32, to: AccountId) -> DispatchResult {
	transact(|| Allocation::move_installation(RuntimeOrigin::root(), InstallationId(n), to))
}

/// The plant with a mill beside it, which emitted 500,000 t and has no installation.
fn with_mill() -> ExtBuilder {
	plant().with_emissions(YEAR, MILL, 500_000)
}

#[test]
fn move_installation_should_put_it_into_the_list_of_the_new_owner() {
	with_mill().build_and_execute(|| {
		assert_ok!(give(0, MILL));
		assert_eq!(Allocation::installation(InstallationId(0)).unwrap().entity, MILL);
		assert_eq!(Allocation::installations_of(MILL), [InstallationId(0)]);
		assert!(Allocation::installations_of(PLANT).is_empty());
		assert_eq!(
			events(),
			[Event::InstallationMoved {
				installation: InstallationId(0),
				from: PLANT,
				to: MILL,
			}]
		);
	});
}

#[test]
fn move_installation_should_take_the_data_with_it() {
	with_mill().build_and_execute(|| {
		enter_direct(450_000);
		assert_ok!(give(0, MILL));
		assert_ok!(true_up(MILL));
		assert_eq!(held_by(YEAR, MILL), 450_000);
	});
}

#[test]
fn move_installation_should_let_the_pre_allocation_of_the_old_owner_be_owed() {
	with_mill().build_and_execute(|| {
		assert_ok!(pre_allocate(PLANT, None));
		assert_ok!(give(0, MILL));
		assert_ok!(true_up(PLANT));
		assert_eq!(allocation_of(PLANT).owed, Tonnes(630_000));
	});
}

#[test]
fn move_installation_should_fail_when_the_old_owner_has_counted_it_in_a_running_year() {
	with_mill().build_and_execute(|| {
		enter_direct(950_000);
		assert_ok!(true_up(PLANT));
		assert_noop!(give(0, MILL), Error::<Test>::YearRunning);
	});
}

#[test]
fn move_installation_should_fail_when_the_new_owner_has_its_true_up_of_a_running_year() {
	with_mill()
		.with_installation(MILL, InstallationKind::Direct)
		.build_and_execute(|| {
			assert_ok!(enter(1, Activity::Direct(Tonnes(500_000)), 0));
			assert_ok!(true_up(MILL));
			assert_noop!(give(0, MILL), Error::<Test>::YearRunning);
		});
}

#[test]
fn move_installation_should_be_possible_once_the_year_accepts_no_allocation() {
	with_mill().build_and_execute(|| {
		enter_direct(950_000);
		assert_ok!(true_up(PLANT));
		accept(YEAR, false);
		assert_ok!(give(0, MILL));
	});
}

#[test]
fn move_installation_should_fail_when_it_is_closed() {
	with_mill().build_and_execute(|| {
		assert_ok!(Allocation::close_installation(
			RuntimeOrigin::root(),
			InstallationId(0),
			YEAR
		));
		assert_noop!(give(0, MILL), Error::<Test>::InstallationClosed);
	});
}

#[test]
fn move_installation_should_fail_when_the_owner_stays_the_same() {
	with_mill().build_and_execute(|| {
		assert_noop!(give(0, PLANT), Error::<Test>::OwnerUnchanged);
	});
}

#[test]
fn move_installation_should_fail_when_the_new_owner_has_too_many() {
	(0..INSTALLATIONS_MAX)
		.fold(plant(), |chain, _| {
			chain.with_installation(MILL, InstallationKind::Direct)
		})
		.build_and_execute(|| {
			assert_noop!(give(0, MILL), Error::<Test>::TooManyInstallations);
		});
}

#[test]
fn move_installation_should_fail_when_the_new_owner_is_no_covered_entity() {
	with_mill().build_and_execute(|| {
		assert_noop!(give(0, STRANGER), NOT_ADMITTED);
	});
}

#[test]
fn move_installation_should_fail_when_there_is_no_such_installation() {
	with_mill().build_and_execute(|| {
		assert_noop!(give(1, MILL), Error::<Test>::InstallationNotFound);
	});
}
