//! Bytes of state, as the README says.

use crate::{mock::*, *};
use carbon_primitives::{AccountId as Account32, CreditLevel, PenaltyKind, Tonnes, Vintage};
use carbon_traits::{ReportOutcome, SurrenderOutcome};
use codec::{Encode, MaxEncodedLen};

#[test]
fn a_record_should_be_as_long_as_the_readme_says() {
	// The largest one.
	assert_eq!(CreditRecord::<Account32>::max_encoded_len(), 813);
	let account = |n: u8| Account32::new([n; 32]);
	let year = |year, n: u32| YearCounters {
		year: Vintage(year),
		kept: n * 10,
		broken: 1,
		reports: ReportCounters {
			in_time: 1,
			..Default::default()
		},
		..Default::default()
	};
	let mut record = CreditRecord::<Account32> {
		years: vec![year(2024, 1)].try_into().unwrap(),
		counterparties: vec![(account(1), 3), (account(2), 3), (account(3), 3), (account(4), 1)]
			.try_into()
			.unwrap(),
		score: 500,
		level: CreditLevel::C,
		version: RuleVersion::FIRST,
		as_of: Vintage(2024),
		told: ToldLimits::default(),
	};
	// One year with four counterparties, then five years with sixteen.
	assert_eq!(record.encoded_size(), 167);
	record.years = (2020..2025)
		.map(|n| year(n, 4))
		.collect::<Vec<_>>()
		.try_into()
		.unwrap();
	record.counterparties = (0..16)
		.map(|n| (account(n), 3))
		.collect::<Vec<_>>()
		.try_into()
		.unwrap();
	assert_eq!(record.encoded_size(), 651);
}

#[test]
fn rules_and_levels_should_be_as_long_as_the_readme_says() {
	assert_eq!(VersionRecord::max_encoded_len(), 110);
	assert_eq!(LevelRules::max_encoded_len(), 123);
	assert_eq!(SweepState::<Account32>::max_encoded_len(), 36);
	assert_eq!(Dropped::max_encoded_len(), 16);
}

/// A year of everything adds nothing but numbers to a record.
#[test]
fn events_should_grow_a_record_by_nothing_but_counterparties_and_years() {
	ExtBuilder::default().build_and_execute(|| {
		default(ALICE);
		let before = record_of(ALICE).encoded_size();
		for _ in 0..60 {
			default(ALICE);
			surrender(ALICE, 2024, SurrenderOutcome::Late);
			report(ALICE, 2024, ReportOutcome::Missing);
			penalise(ALICE, 2024, PenaltyKind::Fine);
		}
		let limits = ToldLimits {
			order_max: Some(Tonnes(1_000)),
			orders_max: Some(5),
		};
		let grown = limits.encoded_size() - ToldLimits::default().encoded_size();
		assert_eq!(record_of(ALICE).encoded_size(), before + grown);
	});
}
