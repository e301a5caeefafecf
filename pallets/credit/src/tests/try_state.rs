//! Each check notices the fault that it is there for.

use crate::{
	mock::*, Accounts, CreditRecordOf, CurrentVersion, Dropped, DroppedPairs, LevelRules, Levels,
	MatchedPairs, NextVersion, RuleVersion, RuleVersions, ScoreRules, Sweep, SweepStage, SweepState,
	VersionRecord, YearCounters,
};
use carbon_primitives::{CreditLevel, Tonnes, Vintage};
use frame_support::{assert_ok, hypothetically, storage::unhashed};
use sp_runtime::DispatchError;

fn assert_violated(number: u8, spoil: impl FnOnce()) {
	let number = format!("credit {number}:");
	hypothetically!({
		spoil();
		match Credit::do_try_state() {
			Err(DispatchError::Other(message)) => assert!(message.starts_with(&number), "{message}"),
			outcome => panic!("expected a violation of {number}, got {outcome:?}"),
		}
	});
}

fn with_records(test: impl FnOnce()) {
	ExtBuilder::default().build_and_execute(|| {
		keep(ALICE, BOB);
		default(BOB);
		block_of_year(2025);
		keep(ALICE, CAROL);
		assert_ok!(Credit::set_score_rules(
			RuntimeOrigin::root(),
			ScoreRules::FIRST,
			START + 1
		));
		trade(&[(ALICE, BOB)]);
		assert_ok!(Credit::do_try_state());
		test();
	});
}

/// Change the record of ALICE as no call does.
fn change(change: impl FnOnce(&mut CreditRecordOf<Test>)) {
	Accounts::<Test>::mutate(ALICE, |record| change(record.as_mut().unwrap()));
}

#[test]
fn try_state_should_notice_what_cannot_be_read() {
	with_records(|| {
		assert_violated(1, || {
			unhashed::put_raw(&Accounts::<Test>::hashed_key_for(ALICE), &[255])
		});
		assert_violated(1, || {
			unhashed::put_raw(&RuleVersions::<Test>::hashed_key_for(RuleVersion(2)), &[255])
		});
	});
}

#[test]
fn try_state_should_notice_a_record_that_contradicts_itself() {
	with_records(|| {
		let spoil = |with: fn(&mut CreditRecordOf<Test>)| assert_violated(2, || change(with));
		spoil(|record| record.years[1].year = Vintage(2024));
		spoil(|record| record.years[0].year = Vintage(2020));
		spoil(|record| record.years[1].year = Vintage(2026));
		spoil(|record| record.as_of = Vintage(2024));
		spoil(|record| record.as_of = Vintage(2026));
		spoil(|record| record.counterparties[0].1 = 2);
		spoil(|record| record.counterparties = Default::default());
		spoil(|record| record.counterparties.try_push((CAROL, 0)).unwrap());
		spoil(|record| record.years[1].kept = 2);
	});
}

#[test]
fn try_state_should_notice_a_score_that_nobody_has_earned() {
	with_records(|| {
		let spoil = |with: fn(&mut CreditRecordOf<Test>)| assert_violated(3, || change(with));
		spoil(|record| record.score += 1);
		spoil(|record| record.years[0].broken = 1);
		spoil(|record| record.version = RuleVersion(9));
	});
}

#[test]
fn try_state_should_notice_a_record_that_was_left_out() {
	with_records(|| {
		let spoil = |with: fn(&mut CreditRecordOf<Test>)| assert_violated(4, || change(with));
		spoil(|record| record.level = CreditLevel::A);
		spoil(|record| record.version = RuleVersion(2));
		spoil(|record| record.told.order_max = Some(Tonnes(1)));
		assert_violated(4, || {
			LatestYear::set(Some(Vintage(2026)));
			let stage = SweepStage::Done;
			Sweep::<Test>::put(SweepState {
				year: Vintage(2026),
				stage,
			});
		});
		LatestYear::set(Some(Vintage(2025)));
		// While everybody is being scored anew, that is as it should be.
		hypothetically!({
			assert_ok!(Credit::set_levels(RuntimeOrigin::root(), other_levels()));
			change(|record| record.level = CreditLevel::A);
			assert_ok!(Credit::do_try_state());
		});
	});
}

#[test]
fn try_state_should_notice_versions_that_there_cannot_be() {
	with_records(|| {
		let record = VersionRecord {
			rules: ScoreRules::FIRST,
			from: 0,
		};
		let version = |n, record| move || RuleVersions::<Test>::insert(RuleVersion(n), record);
		assert_violated(5, || NextVersion::<Test>::put(RuleVersion(3)));
		assert_violated(5, NextVersion::<Test>::kill);
		assert_violated(5, || RuleVersions::<Test>::remove(RuleVersion(2)));
		assert_violated(5, version(1, record));
		assert_violated(5, version(3, record));
		let mut spoilt = record;
		spoilt.rules.performance.prior = 0;
		assert_violated(5, version(2, spoilt));
		assert_violated(4, || CurrentVersion::<Test>::put(RuleVersion(2)));
	});
}

#[test]
fn try_state_should_notice_levels_out_of_their_ranges() {
	with_records(|| {
		assert_violated(6, || {
			let mut levels = LevelRules::FIRST;
			levels.thresholds[0] = 1_001;
			Levels::<Test>::put(levels);
		});
	});
}

#[test]
fn try_state_should_notice_pairs_that_there_cannot_be() {
	with_records(|| {
		let key = MatchedPairs::<Test>::hashed_key();
		let pairs = vec![(ALICE, BOB); QUEUE as usize + 1];
		assert_violated(7, || unhashed::put(&key, &pairs));
		assert_violated(7, || unhashed::put_raw(&key, &[4]));
		assert_violated(7, || DroppedPairs::<Test>::put(Dropped { total: 1, untold: 2 }));
		assert_violated(7, || {
			MatchedPairs::<Test>::kill();
			DroppedPairs::<Test>::put(Dropped { total: 1, untold: 1 });
		});
	});
}

#[test]
fn try_state_should_find_nothing_wrong_with_years_without_counters() {
	with_records(|| {
		hypothetically!({
			change(|record| {
				let empty = YearCounters {
					year: Vintage(2022),
					..Default::default()
				};
				record.years.try_insert(0, empty).unwrap();
			});
			assert_ok!(Credit::do_try_state());
		});
	});
}
