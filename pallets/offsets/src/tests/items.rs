//! How many stored items a call touches, against what its weight says.
//!
//! The counts are exact. What the mock does not store but the chain does is added by hand: the participant, the halts, the day, the
//! parameters of the buffer, and what the pallet of holds clears when an account of an asset goes away.

use crate::{
	mock::*,
	weights::{SubstrateWeight, WeightInfo},
};
use carbon_primitives::{ProjectKind, Tonnes};
use carbon_traits::OffsetCredits;
use frame_support::{
	assert_ok,
	weights::{RuntimeDbWeight, Weight},
};
use sp_io::{hashing::twox_128, TestExternalities};
use std::collections::BTreeSet;

type Counted = SubstrateWeight<Test>;

/// What the chain stores and the mock does not: reads and writes.
const PARTICIPANT: (usize, usize) = (1, 0);
/// The calendar and the moment.
const DAY: (usize, usize) = (2, 0);
const HALTS: (usize, usize) = (1, 0);
const SHARE: (usize, usize) = (1, 0);
/// When an account of an asset goes away, its holds are cleared: the mock reads one of the two items and clears none.
const HOLDS: (usize, usize) = (1, 2);

/// Distinct items that `call` reads and writes, as a weight counts them: all but the system's counters, which are in memory.
fn count(ext: &mut TestExternalities, call: impl FnOnce()) -> (usize, usize) {
	let system = twox_128(b"System");
	let accounts = [system, twox_128(b"Account")].concat();
	let is_counted =
		|key: &[u8]| !key.starts_with(b":") && (!key.starts_with(&system) || key.starts_with(&accounts));
	ext.commit_all().unwrap();
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
fn declared(weight: Weight) -> (usize, usize) {
	let RuntimeDbWeight { read, write } = DbWeight::get();
	let time = weight.ref_time();
	((time % write / read) as usize, (time / write) as usize)
}

#[track_caller]
fn check(mut ext: TestExternalities, weight: Weight, outside: &[(usize, usize)], call: impl FnOnce()) {
	let counted = count(&mut ext, call);
	let all = outside
		.iter()
		.fold(counted, |(reads, writes), (more_reads, more_writes)| {
			(reads + more_reads, writes + more_writes)
		});
	assert_eq!(all, declared(weight), "counted {counted:?}");
}

fn owner() -> RuntimeOrigin {
	RuntimeOrigin::signed(OWNER)
}

/// The owner has two applications, so that no list is empty before or after.
fn applied() -> TestExternalities {
	ExtBuilder::default()
		.with_application(OWNER, ProjectKind::Wind)
		.with_application(OWNER, ProjectKind::Wind)
		.build()
}

/// A project with two reports, the first of them in the state that `verified` says.
fn reported(verified: bool) -> TestExternalities {
	let mut ext = ExtBuilder::default()
		.with_project(OWNER, ProjectKind::Forest)
		.build();
	ext.execute_with(|| {
		report(PROJECT, month(0, 100));
		report(PROJECT, month(1, 100));
		if verified {
			verify(REPORT);
		}
	});
	ext
}

/// A forest with `series` series of 100 tonnes, 20 of each in the buffer.
fn issued(series: u32) -> TestExternalities {
	(0..series)
		.fold(ExtBuilder::default(), |chain, _| chain.with_series(100))
		.with_project(OWNER, ProjectKind::Forest)
		.build()
}

#[test]
fn calls_about_projects_should_touch_what_their_weights_say() {
	check(applied(), Counted::register_project(), &[PARTICIPANT], || {
		apply(OWNER, details(ProjectKind::Wind, 5));
	});
	check(applied(), Counted::resubmit_project(), &[PARTICIPANT], || {
		let application = details(ProjectKind::Wind, 5);
		assert_ok!(Offsets::resubmit_project(owner(), PROJECT, application));
	});
	check(applied(), Counted::withdraw_project(), &[], || {
		assert_ok!(Offsets::withdraw_project(owner(), PROJECT));
	});
	check(applied(), Counted::decide_project(), &[], || {
		decide(PROJECT, Decision::Refuse);
	});
}

#[test]
fn calls_about_reports_should_touch_what_their_weights_say() {
	check(
		reported(false),
		Counted::report_reductions(),
		&[PARTICIPANT, DAY],
		|| {
			assert_ok!(Offsets::report_reductions(owner(), PROJECT, month(2, 100)));
		},
	);
	check(reported(false), Counted::withdraw_reductions(), &[], || {
		assert_ok!(Offsets::withdraw_reductions(owner(), REPORT));
	});
	// The groups of both are in their records.
	check(
		reported(false),
		Counted::verify_reductions(),
		&[PARTICIPANT, PARTICIPANT],
		|| verify(REPORT),
	);
	check(reported(true), Counted::refuse_reductions(), &[], || {
		assert_ok!(Offsets::refuse_reductions(
			RuntimeOrigin::root(),
			REPORT,
			digest(2)
		));
	});
}

#[test]
fn issue_series_should_touch_what_its_weight_says() {
	check(
		reported(true),
		Counted::issue_series(),
		&[PARTICIPANT, SHARE],
		|| {
			assert_ok!(Offsets::issue_series(RuntimeOrigin::root(), REPORT));
		},
	);
}

#[test]
fn reverse_should_touch_what_its_weight_says_for_each_series() {
	for n in 1..=SERIES_MAX {
		let mut outside = vec![HALTS];
		outside.extend((0..n).map(|_| HOLDS));
		check(issued(n), Counted::reverse(n), &outside, || {
			let tonnes = Tonnes(u64::from(n) * 20 + 1);
			assert_ok!(Offsets::reverse(
				RuntimeOrigin::root(),
				PROJECT,
				tonnes,
				digest(2)
			));
		});
	}
}

#[test]
fn release_buffer_should_touch_what_its_weight_says_for_each_series() {
	for n in 1..=SERIES_MAX {
		let mut outside = vec![HALTS, PARTICIPANT];
		outside.extend((0..n).map(|_| HOLDS));
		let mut ext = issued(n);
		ext.execute_with(|| {
			// The owner holds nothing, so that its accounts come into being.
			for asset in SERIES..SERIES + n {
				let reason = digest(3);
				assert_ok!(Offsets::cancel(
					owner(),
					asset,
					Tonnes(80),
					Default::default(),
					reason
				));
			}
		});
		check(ext, Counted::release_buffer(n), &outside, || {
			let tonnes = Tonnes(u64::from(n) * 20);
			assert_ok!(Offsets::release_buffer(RuntimeOrigin::root(), PROJECT, tonnes));
		});
	}
}

#[test]
fn settle_reversal_should_touch_what_its_weight_says() {
	let mut ext = issued(1);
	ext.execute_with(|| {
		assert_ok!(Offsets::reverse(
			RuntimeOrigin::root(),
			PROJECT,
			Tonnes(100),
			digest(2)
		));
	});
	check(ext, Counted::settle_reversal(), &[HALTS, HOLDS], || {
		assert_ok!(Offsets::settle_reversal(owner(), PROJECT, SERIES, Tonnes(80)));
	});
}

#[test]
fn giving_credits_up_should_touch_what_the_weights_say() {
	let outside = [PARTICIPANT, HALTS, HOLDS];
	check(issued(1), Counted::cancel(), &outside, || {
		assert_ok!(Offsets::cancel(
			owner(),
			SERIES,
			Tonnes(80),
			Default::default(),
			digest(3)
		));
	});
	check(issued(1), Counted::retire(), &[HALTS, HOLDS], || {
		assert_ok!(<Offsets as OffsetCredits<_>>::retire(&OWNER, SERIES, Tonnes(80)));
	});
}
