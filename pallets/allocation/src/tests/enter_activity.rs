use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};

fn coal(correction_ppm: u32) -> Activity {
	Activity::Power {
		unit: UnitKind::CoalLarge,
		electricity_mwh: 1,
		correction_ppm,
		heat_gj: 1,
	}
}

fn unit() -> ExtBuilder {
	ExtBuilder::default().with_installation(PLANT, InstallationKind::Power(UnitKind::CoalLarge))
}

#[test]
fn enter_activity_should_replace_the_data_before() {
	unit().build_and_execute(|| {
		assert_ok!(enter(0, coal(1_000_000), 5));
		assert_ok!(enter(0, coal(1_010_000), 6));
		let record = Activities::<Test>::get(YEAR, InstallationId(0)).unwrap();
		assert_eq!((record.activity, record.emissions), (coal(1_010_000), Tonnes(6)));
		assert_eq!(
			events().last(),
			Some(&Event::ActivityEntered {
				year: YEAR,
				installation: InstallationId(0),
				activity: coal(1_010_000),
				emissions: Tonnes(6),
				digest: digest(7),
			})
		);
	});
}

#[test]
fn enter_activity_should_fail_when_there_is_no_such_installation() {
	unit().build_and_execute(|| {
		assert_noop!(enter(1, coal(1_000_000), 0), Error::<Test>::InstallationNotFound);
	});
}

#[test]
fn enter_activity_should_fail_when_the_kind_is_another() {
	unit().build_and_execute(|| {
		let mut gas = coal(1_000_000);
		if let Activity::Power { unit, .. } = &mut gas {
			*unit = UnitKind::Gas;
		}
		assert_noop!(enter(0, gas, 0), Error::<Test>::KindMismatch);
		assert_noop!(
			enter(0, Activity::Direct(Tonnes(1)), 0),
			Error::<Test>::KindMismatch
		);
	});
}

#[test]
fn enter_activity_should_fail_when_the_correction_is_out_of_bounds() {
	unit().build_and_execute(|| {
		for correction in [0, 999_999, 2_000_001] {
			assert_noop!(enter(0, coal(correction), 0), Error::<Test>::CorrectionUnfit);
		}
		assert_ok!(enter(0, coal(2_000_000), 0));
	});
}

#[test]
fn enter_activity_should_open_the_true_up_again_when_the_emissions_were_corrected() {
	plant().build_and_execute(|| {
		enter_direct(1_000_000);
		assert_ok!(true_up(PLANT));
		correct(PLANT, Some(1_100_000));
		enter_direct(1_050_000);
		assert_eq!(allocation_of(PLANT).state, AllocationState::Reopened);
		let [.., first, second] = &events()[..] else {
			panic!("two events at least")
		};
		assert_eq!(
			first,
			&Event::TrueUpReopened {
				year: YEAR,
				entity: PLANT,
			}
		);
		assert!(matches!(second, Event::ActivityEntered { .. }));
		// Also where the correction is taken back: the data are others now.
		correct(PLANT, Some(1_000_000));
		assert_ok!(true_up(PLANT));
		assert_eq!(held_by(YEAR, PLANT), 1_050_000);
	});
}

#[test]
fn enter_activity_should_fail_when_an_objection_waits_although_emissions_were_corrected() {
	plant().build_and_execute(|| {
		enter_direct(1_000_000);
		assert_ok!(true_up(PLANT));
		assert_ok!(Allocation::object(RuntimeOrigin::signed(PLANT), YEAR, digest(1)));
		correct(PLANT, Some(1_100_000));
		assert_noop!(
			enter(0, Activity::Direct(Tonnes(1)), 0),
			Error::<Test>::ObjectionPending
		);
	});
}

#[test]
fn enter_activity_should_fail_while_the_emissions_are_being_corrected() {
	plant().build_and_execute(|| {
		enter_direct(1_000_000);
		assert_ok!(true_up(PLANT));
		correct(PLANT, None);
		assert_noop!(
			enter(0, Activity::Direct(Tonnes(1)), 0),
			Error::<Test>::AlreadySettled
		);
	});
}

#[test]
fn enter_activity_should_fail_after_the_last_year_of_the_installation() {
	plant().build_and_execute(|| {
		assert_ok!(Allocation::close_installation(
			RuntimeOrigin::root(),
			InstallationId(0),
			LAST_YEAR
		));
		assert_noop!(
			enter(0, Activity::Direct(Tonnes(1)), 0),
			Error::<Test>::InstallationClosed
		);
	});
}

#[test]
fn enter_activity_should_fail_after_the_true_up() {
	plant().build_and_execute(|| {
		enter_direct(1_000_000);
		assert_ok!(true_up(PLANT));
		assert_noop!(
			enter(0, Activity::Direct(Tonnes(1)), 0),
			Error::<Test>::AlreadySettled
		);
	});
}
