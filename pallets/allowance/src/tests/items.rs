//! How many stored items a call touches, and that its weight counts all of them.
//!
//! The counts are exact. What the mock does not store but the chain does is added by hand for the weights: participants, groups,
//! halts, the time, and what the pallet of holds clears when an account of an asset goes away.

use crate::{
	mock::*,
	weights::{SubstrateWeight, WeightInfo},
	Deductions,
};
use carbon_primitives::{AssetId, GroupId, Tonnes};
use carbon_traits::{CutAllocation, IssueAllowances};
use frame_support::{
	assert_ok,
	weights::{RuntimeDbWeight, Weight, WeightMeter},
};
use sp_io::{hashing::twox_128, TestExternalities};
use std::collections::BTreeSet;

type Counted = SubstrateWeight<Test>;
type Items = (usize, usize);

/// What the chain stores and the mock does not: reads and writes.
const PARTICIPANT: Items = (1, 0);
const HALTS: Items = (1, 0);
const TIME: Items = (1, 0);
/// Whether somebody is a risky holder, what came out of the allocation, and what is traded or on hold.
const RISKY: Items = (1, 0);
const ALLOCATION: Items = (1, 0);
const TRADED: Items = (1, 0);
const ON_HOLD: Items = (1, 0);
/// When an account of an asset goes away, its holds are cleared: the mock reads one of the two items and clears none.
const HOLDS: Items = (1, 2);

/// Distinct items that `call` reads and writes, as a weight counts them: all but the system's counters, which are in memory.
fn count(ext: &mut TestExternalities, call: impl FnOnce()) -> Items {
	let system = twox_128(b"System");
	let accounts = [system, twox_128(b"Account")].concat();
	// What credit and the graph are told is weighed by themselves.
	let told = twox_128(b"Mock");
	let is_counted = |key: &[u8]| {
		!key.starts_with(b":")
			&& !key.starts_with(&told)
			&& (!key.starts_with(&system) || key.starts_with(&accounts))
	};
	ext.commit_all().expect("no transaction is open");
	let recorder = Default::default();
	ext.execute_with_recorder(Clone::clone(&recorder), call);
	let reads: BTreeSet<Vec<u8>> = recorder
		.recorded_keys()
		.into_values()
		.flat_map(|keys| keys.into_keys().map(|key| key.to_vec()))
		.filter(|key| is_counted(key))
		.collect();
	let changes = ext.overlayed_changes().changes();
	let writes = changes.filter(|(key, _)| is_counted(key)).count();
	(reads.len(), writes)
}

/// Reads and writes that `weight` counts.
fn declared(weight: Weight) -> Items {
	let RuntimeDbWeight { read, write } = DbWeight::get();
	let time = weight.ref_time();
	((time % write / read) as usize, (time / write) as usize)
}

/// A call that touches `expected` in the mock touches nothing on the chain that `weight` leaves out.
#[track_caller]
fn check(
	mut ext: TestExternalities,
	expected: Items,
	weight: Weight,
	outside: &[Items],
	call: impl FnOnce(),
) {
	let counted = count(&mut ext, call);
	assert_eq!(counted, expected, "reads and writes");
	let (reads, writes) = outside
		.iter()
		.fold(counted, |sum, more| (sum.0 + more.0, sum.1 + more.1));
	let (reads_max, writes_max) = declared(weight);
	assert!(
		reads <= reads_max && writes <= writes_max,
		"{reads}/{writes} where {reads_max}/{writes_max} are declared"
	);
}

/// The power plant has 100 tonnes, and `YEAR` follows the cumulative rule with deductions.
fn allocated() -> TestExternalities {
	let strict = RuleSet {
		deduct_shortfall: true,
		..rules(ObligationRule::Cumulative)
	};
	ExtBuilder::default()
		.with_rules(5_000, strict)
		.with_enrolled(&[POWER_PLANT, STEEL_MILL])
		.with_allocation(POWER_PLANT, 100)
		.build()
}

fn after(mut ext: TestExternalities, act: impl FnOnce()) -> TestExternalities {
	ext.execute_with(act);
	ext
}

fn plant() -> RuntimeOrigin {
	RuntimeOrigin::signed(POWER_PLANT)
}

fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

const ASSET: AssetId = 2021;
const T: Tonnes = Tonnes(100);

#[test]
fn opening_a_period_should_touch_what_its_weight_says() {
	check(allocated(), (5, 6), Counted::open_period(), &[TIME], || {
		assert_ok!(Allowance::open_period(
			root(),
			NEXT,
			T,
			RuleSet::default(),
			always()
		));
	});
}

#[test]
fn lists_should_touch_what_their_weights_say() {
	let both = || vec![POWER_PLANT, STEEL_MILL].try_into().expect("fits");
	let opened = ExtBuilder::default().with_period(500).build();
	check(
		opened,
		(3, 4),
		Counted::enrol(2),
		&[PARTICIPANT, PARTICIPANT],
		|| {
			assert_ok!(Allowance::enrol(root(), YEAR, both()));
		},
	);
	check(allocated(), (3, 2), Counted::exclude(2), &[], || {
		assert_ok!(Allowance::exclude(root(), YEAR, both()));
	});
}

#[test]
fn allocate_should_touch_what_its_weight_says_for_each_entity() {
	for (n, expected) in [(1, (8, 7)), (2, (13, 12))] {
		let entities = [POWER_PLANT, STEEL_MILL];
		let ext = after(
			ExtBuilder::default()
				.with_period(500)
				.with_enrolled(&entities)
				.build(),
			|| {
				entities
					.iter()
					.for_each(|who| Deductions::<Test>::insert(who, Tonnes(1)))
			},
		);
		check(
			ext,
			expected,
			Counted::allocate(n),
			&[PARTICIPANT, RISKY].repeat(n as usize),
			|| {
				let list: Vec<_> = entities[..n as usize].iter().map(|who| (*who, T)).collect();
				assert_ok!(Allowance::allocate(root(), YEAR, list.try_into().expect("fits")));
			},
		);
	}
}

#[test]
fn issue_for_sale_should_touch_what_its_weight_says() {
	check(
		allocated(),
		(6, 5),
		Counted::issue_for_sale(),
		&[PARTICIPANT],
		|| {
			assert_ok!(Allowance::issue_for_sale(root(), YEAR, SELLER, T));
		},
	);
}

#[test]
fn reports_should_touch_what_their_weights_say() {
	let report = || {
		assert_ok!(Allowance::report_emissions(plant(), YEAR, T, digest(1)));
	};
	let verify = || {
		assert_ok!(Allowance::verify_report(
			RuntimeOrigin::signed(VERIFIER),
			YEAR,
			POWER_PLANT,
			T
		));
	};
	let confirm = || {
		let list = vec![(POWER_PLANT, T)].try_into().expect("fits");
		assert_ok!(Allowance::confirm_reports(root(), YEAR, list));
	};
	let outside = [PARTICIPANT, TIME];
	check(allocated(), (2, 1), Counted::report_emissions(), &outside, report);
	let reported = after(allocated(), report);
	let outside = [PARTICIPANT, PARTICIPANT, TIME];
	check(reported, (2, 1), Counted::verify_report(), &outside, verify);
	let verified = || {
		after(allocated(), || {
			report();
			verify();
		})
	};
	check(verified(), (2, 1), Counted::confirm_reports(1), &[TIME], confirm);
	check(verified(), (2, 1), Counted::reopen_report(), &[TIME], || {
		assert_ok!(Allowance::reopen_report(root(), YEAR, POWER_PLANT, digest(1)));
	});
}

#[test]
fn giving_allowances_up_should_touch_what_the_weights_say() {
	let outside = [PARTICIPANT, TIME, HALTS, HOLDS];
	check(allocated(), (8, 8), Counted::surrender(), &outside, || {
		assert_ok!(Allowance::surrender(plant(), YEAR, POWER_PLANT, ASSET, T));
	});
	let outside = [PARTICIPANT, HALTS, HOLDS];
	check(allocated(), (6, 7), Counted::cancel(), &outside, || {
		assert_ok!(Allowance::cancel(plant(), YEAR, T, Default::default(), digest(1)));
	});
}

#[test]
fn surrendering_credits_should_touch_what_its_weight_says_besides_the_credits() {
	let ext = after(allocated(), || {
		confirm(YEAR, POWER_PLANT, 100);
		endow_credits(POWER_PLANT, 5);
	});
	check(
		ext,
		(3, 3),
		Counted::surrender_offsets(),
		&[PARTICIPANT, TIME],
		|| {
			assert_ok!(Allowance::surrender(plant(), YEAR, POWER_PLANT, WIND, Tonnes(5)));
		},
	);
}

#[test]
fn carry_over_should_touch_what_its_weight_says() {
	let ext = after(allocated(), || {
		confirm(YEAR, POWER_PLANT, 0);
		close(YEAR);
		open(NEXT, RuleSet::default(), &[]);
	});
	let outside = [PARTICIPANT, HALTS, HOLDS, ALLOCATION, TRADED];
	check(ext, (12, 10), Counted::carry_over(), &outside, || {
		assert_ok!(Allowance::carry_over(plant(), YEAR, T));
	});
}

#[test]
fn transfers_should_touch_what_their_weights_say() {
	let expected = (8, 7);
	// The groups of both are in their records.
	let outside = [PARTICIPANT, PARTICIPANT, HALTS, HOLDS];
	let ext = after(allocated(), || {
		GroupOf::set([(POWER_PLANT, GroupId(7)), (STEEL_MILL, GroupId(7))].into());
	});
	check(ext, expected, Counted::transfer(), &outside, || {
		assert_ok!(Allowance::transfer(plant(), ASSET, STEEL_MILL, T));
	});
	check(
		allocated(),
		expected,
		Counted::transfer_with_basis(),
		&outside,
		|| {
			assert_ok!(Allowance::transfer_with_basis(
				root(),
				ASSET,
				POWER_PLANT,
				STEEL_MILL,
				T,
				digest(1)
			));
		},
	);
	let outside = [PARTICIPANT, PARTICIPANT, HOLDS];
	check(allocated(), expected, Counted::force_transfer(), &outside, || {
		assert_ok!(Allowance::force_transfer(
			root(),
			YEAR,
			POWER_PLANT,
			STEEL_MILL,
			T
		));
	});
}

#[test]
fn determining_emissions_should_touch_what_its_weight_says() {
	let ext = after(allocated(), || close(YEAR));
	// The year after is looked for.
	check(ext, (5, 3), Counted::determine_emissions(), &[TIME], || {
		assert_ok!(Allowance::determine_emissions(
			root(),
			YEAR,
			POWER_PLANT,
			Tonnes(101),
			digest(1)
		));
	});
}

#[test]
fn phases_should_touch_what_their_weights_say() {
	check(allocated(), (3, 3), Counted::close_period(), &[TIME], || {
		assert_ok!(Allowance::close_period(root(), YEAR));
	});
	let due = after(allocated(), || {
		assert_ok!(Allowance::advance_period(root(), YEAR));
	});
	check(due, (3, 3), Counted::advance_period(), &[TIME], || {
		assert_ok!(Allowance::advance_period(root(), YEAR));
	});
	let planned = after(ExtBuilder::default().build(), || {
		assert_ok!(Allowance::open_period(
			root(),
			YEAR,
			T,
			RuleSet::default(),
			timeline()
		));
	});
	check(planned, (2, 2), Counted::set_rules(), &[TIME], || {
		assert_ok!(Allowance::set_rules(root(), YEAR, RuleSet::default(), timeline()));
	});
}

#[test]
fn a_block_should_touch_two_items_and_the_time_when_nothing_is_due() {
	let idle = Counted::on_poll_running() + Counted::on_poll_idle();
	check(allocated(), (2, 0), idle, &[TIME], || poll(Weight::MAX));
}

#[test]
fn the_closing_should_touch_what_its_weights_say_for_each_entity() {
	let ext = after(allocated(), || {
		confirm(YEAR, POWER_PLANT, 100);
		confirm(YEAR, STEEL_MILL, 100);
		assert_ok!(Allowance::close_period(root(), YEAR));
	});
	let weight = Counted::on_poll_idle()
		+ Counted::on_poll_closing()
		+ Counted::assess_page()
		+ Counted::assess_entity() * 2;
	let outside = [ALLOCATION, TRADED, ON_HOLD].repeat(2);
	check(ext, (13, 8), weight, &outside, || {
		Allowance::continue_closing(&mut WeightMeter::new());
		assert_eq!(Deductions::<Test>::iter_values().count(), 2);
	});
}

#[test]
fn what_free_allocation_asks_for_should_touch_these_items() {
	let count_of = |call: fn()| count(&mut allocated(), call);
	let issue = || {
		assert_ok!(Allowance::issue(YEAR, &STEEL_MILL, &STEEL_MILL, T).map(drop));
	};
	assert_eq!(count_of(issue), (8, 6));
	let take_back = || {
		assert_ok!(Allowance::take_back(YEAR, &POWER_PLANT, &POWER_PLANT, Tonnes(50)));
	};
	assert_eq!(count_of(take_back), (5, 5));
}

#[test]
fn cutting_an_allocation_should_touch_what_its_weight_says() {
	check(allocated(), (1, 1), Counted::cut_allocation(), &[], || {
		Allowance::cut_allocation(&POWER_PLANT, T);
	});
	let cut = after(allocated(), || Allowance::cut_allocation(&POWER_PLANT, T));
	check(cut, (1, 1), Counted::cut_allocation(), &[], || {
		assert_eq!(Allowance::restore_allocation(&POWER_PLANT, Tonnes(1)), Tonnes(1));
	});
}
