use crate::mock::*;
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};

#[test]
fn true_up_should_issue_what_is_missing() {
	plant().build_and_execute(|| {
		assert_ok!(pre_allocate(PLANT, None));
		enter_direct(950_000);
		assert_ok!(true_up(PLANT));
		assert_eq!(held_by(YEAR, PLANT), 950_000);
		assert_eq!(
			allocation_of(PLANT),
			AllocationRecord {
				pre_allocated: Some(Tonnes(630_000)),
				entitlement: Some(Tonnes(950_000)),
				emissions: Tonnes(1_000_000),
				issued: Tonnes(950_000),
				state: AllocationState::Settled { on: TODAY },
				..Default::default()
			}
		);
		assert_eq!(
			events().last(),
			Some(&Event::TrueUp {
				year: YEAR,
				entity: PLANT,
				emissions: Tonnes(1_000_000),
				entitlement: Tonnes(950_000),
				topped_up: Tonnes::ZERO,
				waived: Tonnes::ZERO,
				issued: Tonnes(320_000),
				deducted: Tonnes::ZERO,
				deferred: Tonnes::ZERO,
				owed: Tonnes::ZERO,
				held: false,
			})
		);
	});
}

#[test]
fn true_up_should_work_without_a_pre_allocation() {
	plant().build_and_execute(|| {
		enter_direct(950_000);
		assert_ok!(true_up(PLANT));
		assert_eq!(held_by(YEAR, PLANT), 950_000);
		assert_noop!(pre_allocate(PLANT, None), Error::<Test>::AlreadyPreAllocated);
	});
}

#[test]
fn true_up_should_let_a_surplus_be_owed() {
	plant()
		.with_emissions(YEAR, PLANT, 500_000)
		.build_and_execute(|| {
			assert_ok!(pre_allocate(PLANT, None));
			enter_direct(600_000);
			assert_ok!(true_up(PLANT));
			assert_eq!(held_by(YEAR, PLANT), 630_000);
			assert_eq!(allocation_of(PLANT).owed, Tonnes(30_000));
			use carbon_traits::InspectEntitlement;
			assert_eq!(Allocation::owed(YEAR, &PLANT), Tonnes(30_000));
			assert_eq!(Allocation::entitlement(YEAR, &PLANT), Some(Tonnes(600_000)));
		});
}

#[test]
fn true_up_should_take_a_surplus_from_what_is_held() {
	plant()
		.with_emissions(YEAR, PLANT, 500_000)
		.build_and_execute(|| {
			hold(PLANT);
			assert_ok!(pre_allocate(PLANT, None));
			enter_direct(600_000);
			assert_ok!(true_up(PLANT));
			assert_eq!(Allocation::held(YEAR, PLANT), Tonnes(600_000));
			assert_eq!(issued(YEAR), 600_000);
			assert_eq!(allocation_of(PLANT).owed, Tonnes::ZERO);
			assert_eq!(
				events().last(),
				Some(&Event::Returned {
					year: YEAR,
					entity: PLANT,
					tonnes: Tonnes(30_000),
					held: true,
					owed: Tonnes::ZERO,
				})
			);
		});
}

#[test]
fn true_up_should_apply_the_gap_cap() {
	plant().build_and_execute(|| {
		enter_direct(700_000);
		assert_ok!(true_up(PLANT));
		assert_eq!(held_by(YEAR, PLANT), 800_000);
	});
}

#[test]
fn true_up_should_apply_no_gap_cap_when_the_rules_have_none() {
	plant().build_and_execute(|| {
		GapCap::set(None);
		enter_direct(700_000);
		assert_ok!(true_up(PLANT));
		assert_eq!(held_by(YEAR, PLANT), 700_000);
	});
}

#[test]
fn true_up_should_waive_the_gap_of_gas_units() {
	ExtBuilder::default()
		.with_installation(PLANT, InstallationKind::Power(UnitKind::Gas))
		.with_emissions(YEAR, PLANT, 500_000)
		.with_benchmarks()
		.build_and_execute(|| {
			let gas = Activity::Power {
				unit: UnitKind::Gas,
				electricity_mwh: 1_000_000,
				correction_ppm: 1_000_000,
				heat_gj: 0,
			};
			assert_ok!(enter(0, gas, 500_000));
			assert_ok!(true_up(PLANT));
			assert_eq!(held_by(YEAR, PLANT), 328_800);
			use carbon_traits::InspectEntitlement;
			assert_eq!(Allocation::waived(YEAR, &PLANT), Tonnes(171_200));
		});
}

#[test]
fn true_up_should_fail_when_gas_units_emitted_more_than_the_entity() {
	ExtBuilder::default()
		.with_installation(PLANT, InstallationKind::Power(UnitKind::Gas))
		.with_emissions(YEAR, PLANT, 10)
		.with_benchmarks()
		.build_and_execute(|| {
			let gas = Activity::Power {
				unit: UnitKind::Gas,
				electricity_mwh: 1,
				correction_ppm: 1_000_000,
				heat_gj: 0,
			};
			assert_ok!(enter(0, gas, 11));
			assert_noop!(true_up(PLANT), Error::<Test>::EmissionsMismatch);
		});
}

#[test]
fn true_up_should_fail_when_plants_of_draft_sectors_emitted_more_than_the_entity() {
	ExtBuilder::default()
		.with_installation(PLANT, InstallationKind::Output)
		.with_installation(PLANT, InstallationKind::Output)
		.with_emissions(YEAR, PLANT, 1_000)
		.with_benchmarks()
		.build_and_execute(|| {
			let steel = |emissions| Activity::Output {
				emissions: Tonnes(emissions),
				deviation_ppm: 100_000,
			};
			assert_ok!(enter(0, steel(600), 0));
			assert_ok!(enter(1, steel(401), 0));
			assert_noop!(true_up(PLANT), Error::<Test>::EmissionsMismatch);
			assert_ok!(enter(1, steel(400), 0));
			assert_ok!(true_up(PLANT));
			assert_eq!(held_by(YEAR, PLANT), 1_015);
			// Emissions are corrected downwards: nobody keeps what rests on the old ones.
			correct(PLANT, Some(900));
			assert_noop!(true_up(PLANT), Error::<Test>::EmissionsMismatch);
			assert_ok!(enter(1, steel(300), 0));
			assert_ok!(true_up(PLANT));
			// 609 + 304 of 609 + 406.
			assert_eq!(allocation_of(PLANT).owed, Tonnes(102));
		});
}

#[test]
fn true_up_should_fail_the_second_time() {
	plant().build_and_execute(|| {
		enter_direct(950_000);
		assert_ok!(true_up(PLANT));
		assert_noop!(true_up(PLANT), Error::<Test>::AlreadySettled);
	});
}

#[test]
fn true_up_should_fail_when_an_installation_has_no_data() {
	plant()
		.with_installation(PLANT, InstallationKind::Output)
		.build_and_execute(|| {
			enter_direct(950_000);
			assert_noop!(true_up(PLANT), Error::<Test>::ActivityMissing);
		});
}

#[test]
fn true_up_should_fail_when_there_is_no_installation() {
	plant().with_emissions(YEAR, MILL, 1).build_and_execute(|| {
		assert_noop!(true_up(MILL), Error::<Test>::InstallationMissing);
	});
}

#[test]
fn true_up_should_fail_when_the_emissions_are_not_confirmed() {
	plant().build_and_execute(|| {
		assert_noop!(true_up(MILL), Error::<Test>::EmissionsMissing);
	});
}

#[test]
fn true_up_should_fail_when_there_are_no_benchmarks() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(true_up(PLANT), Error::<Test>::BenchmarksMissing);
	});
}

#[test]
fn true_up_should_fail_when_the_entity_is_not_enrolled() {
	plant().build_and_execute(|| {
		assert_noop!(true_up(LATECOMER), Error::<Test>::NotEnrolled);
	});
}

#[test]
fn true_up_should_fail_when_the_tonnes_do_not_fit() {
	plant()
		.with_installation(PLANT, InstallationKind::Direct)
		.build_and_execute(|| {
			enter_direct(u64::MAX);
			assert_ok!(enter(1, Activity::Direct(Tonnes(1)), 0));
			assert_noop!(true_up(PLANT), Error::<Test>::AmountTooLarge);
		});
}

#[test]
fn true_up_should_issue_nothing_over_the_cap() {
	plant().build_and_execute(|| {
		enter_direct(CAP + 1);
		assert_noop!(true_up(PLANT), OVER_CAP);
	});
}

#[test]
fn true_up_should_deduct_what_the_entity_fell_short_of() {
	plant().build_and_execute(|| {
		assert_ok!(pre_allocate(PLANT, None));
		fall_short(PLANT, 20_000);
		enter_direct(950_000);
		assert_ok!(true_up(PLANT));
		assert_eq!((held_by(YEAR, PLANT), deduction_of(PLANT)), (930_000, 0));
		let record = allocation_of(PLANT);
		assert_eq!(
			(record.issued, record.deducted),
			(Tonnes(930_000), Tonnes(20_000))
		);
		assert!(matches!(
			events().last(),
			Some(Event::TrueUp {
				issued: Tonnes(300_000),
				deducted: Tonnes(20_000),
				deferred: Tonnes(0),
				owed: Tonnes(0),
				..
			})
		));
	});
}

#[test]
fn true_up_should_count_what_was_deducted_as_received() {
	plant().build_and_execute(|| {
		fall_short(PLANT, 100_000);
		assert_ok!(pre_allocate(PLANT, None));
		enter_direct(800_000);
		assert_ok!(true_up(PLANT));
		// 630,000 − 100,000 at first, then 800,000 − 630,000.
		assert_eq!(held_by(YEAR, PLANT), 700_000);
	});
}

#[test]
fn true_up_should_let_a_surplus_be_owed_before_it_gives_a_deduction_back() {
	plant()
		.with_emissions(YEAR, PLANT, 500_000)
		.build_and_execute(|| {
			fall_short(PLANT, 100_000);
			assert_ok!(pre_allocate(PLANT, None));
			enter_direct(600_000);
			assert_ok!(true_up(PLANT));
			assert_eq!(
				(allocation_of(PLANT).owed, deduction_of(PLANT)),
				(Tonnes(30_000), 0)
			);
		});
}

#[test]
fn true_up_should_deduct_later_what_was_deducted_from_more_than_is_due() {
	plant()
		.with_emissions(YEAR, PLANT, 500_000)
		.build_and_execute(|| {
			fall_short(PLANT, 620_000);
			assert_ok!(pre_allocate(PLANT, None));
			enter_direct(600_000);
			assert_ok!(true_up(PLANT));
			// 10,000 were issued, 620,000 deducted. Of the surplus of 30,000 only 10,000 can be returned.
			let record = allocation_of(PLANT);
			assert_eq!((record.owed, record.deducted), (Tonnes(10_000), Tonnes(600_000)));
			assert_eq!(deduction_of(PLANT), 20_000);
			assert!(matches!(
				events().last(),
				Some(Event::TrueUp {
					deferred: Tonnes(20_000),
					owed: Tonnes(10_000),
					..
				})
			));
		});
}

#[test]
fn true_up_should_hold_only_what_was_issued() {
	plant().build_and_execute(|| {
		hold(PLANT);
		fall_short(PLANT, 50_000);
		enter_direct(950_000);
		assert_ok!(true_up(PLANT));
		assert_eq!(Allocation::held(YEAR, PLANT), Tonnes(900_000));
		assert_eq!(held_by(YEAR, CUSTODY), 900_000);
	});
}

#[test]
fn true_up_should_fail_when_the_allocation_was_direct() {
	plant().build_and_execute(|| {
		allocate_directly(PLANT, 1);
		enter_direct(950_000);
		assert_noop!(true_up(PLANT), Error::<Test>::AllocatedDirectly);
	});
}

#[test]
fn true_up_should_fail_when_a_direct_allocation_followed_a_pre_allocation_of_nothing() {
	plant().with_emissions(YEAR, MILL, 10).build_and_execute(|| {
		assert_ok!(pre_allocate(MILL, Some(1)));
		allocate_directly(MILL, 5);
		assert_noop!(true_up(MILL), Error::<Test>::AllocatedDirectly);
	});
}

#[test]
fn true_up_should_be_made_again_when_the_emissions_were_corrected() {
	plant().build_and_execute(|| {
		enter_direct(700_000);
		assert_ok!(true_up(PLANT));
		assert_eq!(held_by(YEAR, PLANT), 800_000);
		correct(PLANT, Some(1_100_000));
		assert_ok!(true_up(PLANT));
		assert_eq!(held_by(YEAR, PLANT), 880_000);
		assert_eq!(allocation_of(PLANT).emissions, Tonnes(1_100_000));
	});
}

#[test]
fn true_up_should_let_a_surplus_be_owed_when_the_emissions_were_corrected_downwards() {
	plant().build_and_execute(|| {
		enter_direct(700_000);
		assert_ok!(true_up(PLANT));
		correct(PLANT, Some(900_000));
		assert_ok!(true_up(PLANT));
		assert_eq!(allocation_of(PLANT).owed, Tonnes(80_000));
	});
}

#[test]
fn true_up_should_open_the_way_for_objections_again_when_it_is_made_again() {
	plant().build_and_execute(|| {
		enter_direct(700_000);
		assert_ok!(true_up(PLANT));
		Now::set(carbon_calendar::Day(TODAY.0 + 100));
		let object = || Allocation::object(RuntimeOrigin::signed(PLANT), YEAR, digest(1));
		assert_noop!(object(), Error::<Test>::ObjectionLate);
		correct(PLANT, Some(1_100_000));
		assert_ok!(true_up(PLANT));
		assert_ok!(object());
	});
}

#[test]
fn true_up_should_fail_while_the_emissions_are_being_corrected() {
	plant().build_and_execute(|| {
		enter_direct(700_000);
		assert_ok!(true_up(PLANT));
		correct(PLANT, None);
		assert_noop!(true_up(PLANT), Error::<Test>::EmissionsMissing);
	});
}

#[test]
fn true_up_should_fail_when_an_objection_waits_although_emissions_were_corrected() {
	plant().build_and_execute(|| {
		enter_direct(700_000);
		assert_ok!(true_up(PLANT));
		assert_ok!(Allocation::object(RuntimeOrigin::signed(PLANT), YEAR, digest(1)));
		correct(PLANT, Some(1_100_000));
		assert_noop!(true_up(PLANT), Error::<Test>::ObjectionPending);
	});
}
