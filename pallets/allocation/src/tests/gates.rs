use crate::mock::*;
use carbon_primitives::{Tonnes, Vintage};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo, traits::UnfilteredDispatchable};
use sp_runtime::{DispatchError, DispatchResult};

fn one() -> EntitiesOf<Test> {
	vec![PLANT].try_into().unwrap()
}

fn line() -> PreAllocationsOf<Test> {
	let base = None;
	vec![PreAllocation { entity: PLANT, base }].try_into().unwrap()
}

fn direct() -> (InstallationId, Activity) {
	(InstallationId(0), Activity::Direct(Tonnes(1)))
}

/// The calls of the regulator that are about a year.
fn yearly(year: Vintage) -> Vec<Call<Test>> {
	let (installation, activity) = direct();
	vec![
		Call::set_benchmarks {
			year,
			table: benchmarks(),
		},
		Call::enter_activity {
			installation,
			year,
			activity,
			emissions: Tonnes(0),
			digest: digest(1),
		},
		Call::pre_allocate { year, list: line() },
		Call::true_up {
			year,
			entities: one(),
		},
	]
}

fn dispatch(call: Call<Test>, origin: RuntimeOrigin) -> DispatchResult {
	transact(|| {
		call.dispatch_bypass_filter(origin)
			.map(|_| ())
			.map_err(|error| error.error)
	})
}

#[test]
fn calls_of_the_regulator_should_fail_when_somebody_else_signs() {
	plant().build_and_execute(|| {
		let mut calls = yearly(YEAR);
		let (entity, reason, tonnes) = (PLANT, digest(1), Tonnes(1));
		calls.extend([
			Call::register_installation {
				entity,
				kind: InstallationKind::Direct,
				reference: digest(1),
			},
			Call::hold_units { entity, reason },
			Call::surrender_held {
				year: YEAR,
				entity,
				vintage: YEAR,
				tonnes,
			},
			Call::release_units {
				entity,
				vintage: YEAR,
				tonnes,
			},
			Call::end_hold { entity },
			Call::decide_objection {
				year: YEAR,
				entity,
				decision: Decision::Upheld,
				reason,
			},
			Call::close_installation {
				installation: InstallationId(0),
				last_year: YEAR,
			},
			Call::move_installation {
				installation: InstallationId(0),
				to: MILL,
			},
		]);
		for call in calls {
			assert_noop!(
				dispatch(call, RuntimeOrigin::signed(PLANT)),
				DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn calls_of_an_entity_should_fail_when_nobody_signs() {
	plant().build_and_execute(|| {
		let (year, tonnes) = (YEAR, Tonnes(1));
		for call in [
			Call::return_units { year, tonnes },
			Call::object {
				year,
				digest: digest(1),
			},
		] {
			assert_noop!(dispatch(call, RuntimeOrigin::root()), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn calls_should_fail_when_there_is_no_period() {
	plant().build_and_execute(|| {
		for call in yearly(NO_YEAR) {
			assert_noop!(
				dispatch(call, RuntimeOrigin::root()),
				Error::<Test>::PeriodNotFound
			);
		}
		assert_noop!(
			Allocation::object(RuntimeOrigin::signed(PLANT), NO_YEAR, digest(1)),
			Error::<Test>::PeriodNotFound
		);
	});
}

#[test]
fn calls_should_fail_when_the_period_does_not_accept_allocation() {
	plant().build_and_execute(|| {
		Open::set([(YEAR, false)].into());
		for call in yearly(YEAR) {
			assert_noop!(
				dispatch(call, RuntimeOrigin::root()),
				Error::<Test>::PeriodNotOpen
			);
		}
	});
}

#[test]
fn returns_and_objections_should_be_possible_when_allocation_is_over() {
	plant().build_and_execute(|| {
		assert_ok!(pre_allocate(PLANT, None));
		correct(PLANT, Some(600_000));
		enter_direct(600_000);
		assert_ok!(true_up(PLANT));
		accept(YEAR, false);
		assert_ok!(Allocation::object(RuntimeOrigin::signed(PLANT), YEAR, digest(1)));
		assert_ok!(Allocation::return_units(
			RuntimeOrigin::signed(PLANT),
			YEAR,
			Tonnes(30_000)
		));
	});
}

#[test]
fn batches_should_not_be_empty() {
	plant().build_and_execute(|| {
		assert_noop!(
			Allocation::pre_allocate(RuntimeOrigin::root(), YEAR, Default::default()),
			Error::<Test>::BatchEmpty
		);
		assert_noop!(
			Allocation::true_up(RuntimeOrigin::root(), YEAR, Default::default()),
			Error::<Test>::BatchEmpty
		);
	});
}

#[test]
fn amounts_should_not_be_zero() {
	plant().build_and_execute(|| {
		let (root, none) = (RuntimeOrigin::root, Tonnes::ZERO);
		assert_noop!(
			Allocation::return_units(RuntimeOrigin::signed(PLANT), YEAR, none),
			Error::<Test>::AmountZero
		);
		assert_noop!(
			Allocation::surrender_held(root(), YEAR, PLANT, YEAR, none),
			Error::<Test>::AmountZero
		);
		assert_noop!(
			Allocation::release_units(root(), PLANT, YEAR, none),
			Error::<Test>::AmountZero
		);
	});
}

#[test]
fn batches_should_weigh_more_for_each_entity() {
	let weight = |count: usize| {
		let entities = vec![PLANT; count].try_into().unwrap();
		let year = YEAR;
		Call::<Test>::true_up { year, entities }
			.get_dispatch_info()
			.call_weight
	};
	assert!(weight(2).ref_time() > weight(1).ref_time());
}
