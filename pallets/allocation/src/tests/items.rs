//! How many stored items of the pallet a call touches in its worst case. The counts are exact.
//!
//! What the glue traits touch is stored by other pallets and is no matter of these tests; it has to be in the weight besides.

use crate::{mock::*, weights::SubstrateWeight, WeightInfo};
use carbon_primitives::Tonnes;
use frame_support::{
	assert_ok,
	weights::{RuntimeDbWeight, Weight},
};
use sp_io::{hashing::twox_128, TestExternalities};
use std::collections::BTreeSet;

type Declared = SubstrateWeight<Test>;

/// Distinct items of the pallet that `call` reads and writes.
fn count(ext: &mut TestExternalities, call: impl FnOnce()) -> (usize, usize) {
	let pallet = twox_128(b"Allocation");
	ext.commit_all().unwrap();
	let recorder = Default::default();
	ext.execute_with_recorder(Clone::clone(&recorder), call);
	let reads: BTreeSet<Vec<u8>> = recorder
		.recorded_keys()
		.into_values()
		.flat_map(|keys| keys.into_keys().map(|key| key.to_vec()))
		.filter(|key| key.starts_with(&pallet))
		.collect();
	let changes = ext.overlayed_changes().changes();
	let writes = changes.filter(|(key, _)| key.starts_with(&pallet)).count();
	(reads.len(), writes)
}

/// `call` reads and writes `own` items of the pallet, and `weight` counts them and at least `outside` others.
#[track_caller]
fn check(
	mut ext: TestExternalities,
	weight: Weight,
	own: (usize, usize),
	outside: (usize, usize),
	call: impl FnOnce(),
) {
	assert_eq!(count(&mut ext, call), own);
	let RuntimeDbWeight { read, write } = DbWeight::get();
	let time = weight.ref_time();
	let (reads, writes) = ((time % write / read) as usize, (time / write) as usize);
	assert!(
		own.0 + outside.0 <= reads && own.1 + outside.1 <= writes,
		"{reads}/{writes} are declared"
	);
}

/// Nothing outside.
const NONE: (usize, usize) = (0, 0);
/// The participant.
const PARTICIPANT: (usize, usize) = (1, 0);
/// The period.
const PERIOD: (usize, usize) = (1, 0);
/// What is owed by an entity, the supply of the vintage and what was moved, the halts, the asset, an account of it and of the system,
/// and what of it is on hold, in two items.
const TAKEN_OUT: (usize, usize) = (9, 8);

fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// A state and what was done in it.
fn after(chain: ExtBuilder, prepare: impl FnOnce()) -> TestExternalities {
	let mut ext = chain.build();
	ext.execute_with(prepare);
	ext
}

fn settled() {
	enter_direct(950_000);
	assert_ok!(true_up(PLANT));
}

#[test]
fn calls_about_installations_should_touch_what_their_weights_say() {
	check(
		plant().build(),
		Declared::register_installation(),
		(3, 4),
		PARTICIPANT,
		|| {
			let kind = InstallationKind::Direct;
			assert_ok!(Allocation::register_installation(root(), PLANT, kind, digest(1)));
		},
	);
	check(
		after(plant(), settled),
		Declared::close_installation(),
		(2, 1),
		NONE,
		|| {
			let installation = InstallationId(0);
			assert_ok!(Allocation::close_installation(root(), installation, YEAR));
		},
	);
	let both_over = after(
		plant()
			.with_installation(MILL, InstallationKind::Direct)
			.with_emissions(YEAR, MILL, 1),
		|| {
			settled();
			assert_ok!(enter(1, Activity::Direct(Tonnes(1)), 0));
			assert_ok!(true_up(MILL));
			accept(YEAR, false);
		},
	);
	// The periods of two years, the participant.
	check(both_over, Declared::move_installation(), (5, 3), (3, 0), || {
		assert_ok!(Allocation::move_installation(root(), InstallationId(0), MILL));
	});
}

#[test]
fn calls_about_data_should_touch_what_their_weights_say() {
	check(
		plant().build(),
		Declared::set_benchmarks(),
		(1, 1),
		PERIOD,
		|| {
			assert_ok!(Allocation::set_benchmarks(root(), YEAR, benchmarks()));
		},
	);
	let corrected = after(plant(), || {
		settled();
		correct(PLANT, Some(1));
	});
	// The period and what is owed.
	check(corrected, Declared::enter_activity(), (2, 2), (2, 0), || {
		enter_direct(1);
	});
}

#[test]
fn pre_allocate_should_touch_what_its_weight_says_for_each_entity() {
	for n in 1..=2 {
		let ext = after(plant(), || {
			hold(PLANT);
			hold(MILL);
		});
		let list = [(PLANT, None), (MILL, Some(1_000))];
		let list: Vec<_> = list
			.into_iter()
			.take(n)
			.map(|(entity, base)| PreAllocation {
				entity,
				base: base.map(Tonnes),
			})
			.collect();
		// Held units cost an item of the pallet more. The period, the supply, the asset, and of the custody account its account of the
		// asset and of the system and what was moved; for each entity two years of what it owes, its admission, and its deduction.
		let outside = (6 + 4 * n, 5 + 2 * n);
		check(
			ext,
			Declared::pre_allocate(n as u32),
			(3 * n, 2 * n),
			outside,
			|| {
				let list = list.try_into().unwrap();
				assert_ok!(Allocation::pre_allocate(root(), YEAR, list));
			},
		);
	}
}

#[test]
fn true_up_should_touch_what_its_weight_says_for_each_entity_and_installation() {
	for (n, i) in [(1, 2), (1, 3), (2, 2), (2, 3)] {
		let entities = &[PLANT, MILL][..n];
		let chain = entities.iter().fold(ExtBuilder::default(), |chain, entity| {
			(0..i)
				.fold(chain, |chain, _| {
					chain.with_installation(*entity, InstallationKind::Direct)
				})
				.with_emissions(YEAR, *entity, 1_000)
		});
		let ext = after(chain.with_benchmarks(), || {
			accept(LAST_YEAR, false);
			for entity in entities {
				hold(*entity);
			}
			let installations = NextInstallation::<Test>::get().0;
			for id in 0..installations {
				// The first of each is closed and leaves the list.
				if (id as usize).is_multiple_of(i) {
					let year = LAST_YEAR;
					assert_ok!(Allocation::close_installation(root(), InstallationId(id), year));
				} else {
					assert_ok!(enter(id, Activity::Direct(Tonnes(500)), 0));
				}
			}
		});
		// Each has an allocation, a list, a latest true-up, a flag and what is held; each installation a registration, and data unless
		// it is closed.
		let reads = 1 + n * (5 + 2 * i - 1);
		let weight = Declared::true_up(n as u32, i as u32);
		// Two periods, the day in two items, the supply, the asset, and of the custody account its account of the asset and of the
		// system and what was moved; for each entity what it owes, its admission, its deduction.
		let outside = (9 + 3 * n, 5 + 2 * n);
		check(ext, weight, (reads, 1 + 4 * n), outside, || {
			let entities = entities.to_vec().try_into().unwrap();
			assert_ok!(Allocation::true_up(root(), YEAR, entities));
		});
	}
}

#[test]
fn return_units_should_touch_what_its_weight_says() {
	let owing = after(plant(), || {
		assert_ok!(pre_allocate(PLANT, None));
		correct(PLANT, Some(1));
		enter_direct(1);
		assert_ok!(true_up(PLANT));
	});
	check(owing, Declared::return_units(), (1, 1), TAKEN_OUT, || {
		let entity = RuntimeOrigin::signed(PLANT);
		assert_ok!(Allocation::return_units(entity, YEAR, Tonnes(1)));
	});
}

#[test]
fn calls_about_risky_holders_should_touch_what_their_weights_say() {
	let held = || {
		after(plant(), || {
			hold(PLANT);
			settled();
		})
	};
	check(
		plant().build(),
		Declared::hold_units(),
		(1, 1),
		PARTICIPANT,
		|| hold(PLANT),
	);
	check(held(), Declared::end_hold(), (1, 1), NONE, || {
		assert_ok!(Allocation::end_hold(root(), PLANT));
	});
	// The period, the moment, the number and the record of the surrender besides.
	let outside = (TAKEN_OUT.0 + 3, TAKEN_OUT.1 + 2);
	check(held(), Declared::surrender_held(), (1, 1), outside, || {
		let tonnes = Tonnes(1);
		assert_ok!(Allocation::surrender_held(root(), YEAR, PLANT, YEAR, tonnes));
	});
	let risky_no_more = after(plant(), || {
		hold(PLANT);
		settled();
		assert_ok!(Allocation::end_hold(root(), PLANT));
	});
	// The period, what is owed, which is written after its end, and what is waived of it, the admission, the supply, the halts, the asset, what is on hold in two items,
	// and of both accounts that of the asset, that of the system and what was moved.
	check(risky_no_more, Declared::release_units(), (2, 1), (15, 10), || {
		assert_ok!(Allocation::release_units(root(), PLANT, YEAR, Tonnes(1)));
	});
}

#[test]
fn calls_about_objections_should_touch_what_their_weights_say() {
	// The period, the calendar and the moment, which the day is found from as well.
	check(
		after(plant(), settled),
		Declared::object(),
		(1, 1),
		(3, 0),
		|| {
			let entity = RuntimeOrigin::signed(PLANT);
			assert_ok!(Allocation::object(entity, YEAR, digest(1)));
		},
	);
	let objected = after(plant(), || {
		settled();
		assert_ok!(Allocation::object(RuntimeOrigin::signed(PLANT), YEAR, digest(1)));
	});
	// The period, and the day in two items.
	check(objected, Declared::decide_objection(), (1, 1), (3, 0), || {
		let (decision, reason) = (Decision::Upheld, digest(2));
		assert_ok!(Allocation::decide_objection(
			root(),
			YEAR,
			PLANT,
			decision,
			reason
		));
	});
}
