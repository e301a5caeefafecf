//! What the rules impose by themselves: shortfalls and trades that were not performed.

use crate::{mock::*, Event, NextPenalty, PenaltyId, PenaltySanction, Source, Status, WeightInfo, FINE_MAX};
use carbon_primitives::{Balance, PenaltyKind, Tonnes, Vintage};
use carbon_traits::Sanction;
use frame_support::assert_ok;

const LAST_YEAR: Vintage = Vintage(2023);
/// Number of the block trade that is not performed.
const TRADE: u64 = 3;

fn fall_short(who: AccountId, fine: Balance) {
	Penalties::fine_shortfall(&who, LAST_YEAR, Tonnes(7), fine);
}

#[test]
fn a_shortfall_should_be_fined_with_the_same_window_as_any_penalty() {
	ExtBuilder.build_and_execute(|| {
		fall_short(PLANT, FINE);

		let record = record(PenaltyId(0));
		assert_eq!(
			(record.account, record.year, record.sanction),
			(PLANT, LAST_YEAR, fine(FINE))
		);
		assert_eq!((record.status, record.object_until), (Status::Proposed, LAST));
		assert_eq!(
			(record.source, &record.basis[..]),
			(Source::Shortfall, &b"shortfall"[..])
		);
		assert!(!record.publish);
	});
}

#[test]
fn a_shortfall_without_a_fine_should_bring_a_warning() {
	ExtBuilder.build_and_execute(|| {
		fall_short(PLANT, 0);
		assert_eq!(record(PenaltyId(0)).sanction, PenaltySanction::Warning);
	});
}

#[test]
fn a_shortfall_should_be_fined_with_the_largest_fine_at_most() {
	ExtBuilder.build_and_execute(|| {
		fall_short(PLANT, Balance::MAX);
		assert_eq!(record(PenaltyId(0)).sanction, fine(FINE_MAX));
	});
}

#[test]
fn shortfalls_that_differ_should_have_evidence_that_differs() {
	ExtBuilder.build_and_execute(|| {
		fall_short(PLANT, FINE);
		fall_short(MILL, FINE);
		fall_short(PLANT, FINE + 1);
		let [one, two, three] = [0, 1, 2].map(|id| record(PenaltyId(id)).evidence);
		assert!(one != two && two != three && three != one);
	});
}

#[test]
fn defaults_that_differ_by_the_trade_alone_should_have_evidence_that_differs() {
	ExtBuilder.build_and_execute(|| {
		Penalties::sanction_default(&PLANT, TRADE, 1_000_000);
		Penalties::sanction_default(&PLANT, TRADE + 1, 1_000_000);
		assert_ne!(record(PenaltyId(0)).evidence, record(PenaltyId(1)).evidence);
	});
}

#[test]
fn a_default_should_be_fined_with_a_part_of_the_value() {
	ExtBuilder.build_and_execute(|| {
		Penalties::sanction_default(&PLANT, TRADE, 1_000_019);

		let record = record(PenaltyId(0));
		// Five per cent, rounded down.
		assert_eq!((record.sanction, record.year), (fine(50_000), YEAR));
		assert_eq!(
			(record.source, &record.basis[..]),
			(Source::Default, &b"default"[..])
		);
	});
}

#[test]
fn a_default_should_bring_a_warning_where_no_fine_is_set_or_none_is_left() {
	ExtBuilder.build_and_execute(|| {
		Penalties::sanction_default(&PLANT, TRADE, 19);
		DefaultFine::set(0);
		Penalties::sanction_default(&PLANT, TRADE, 1_000_000);
		for id in [0, 1] {
			assert_eq!(record(PenaltyId(id)).sanction, PenaltySanction::Warning);
		}
	});
}

#[test]
fn a_default_should_be_counted_in_year_zero_before_the_first_period() {
	ExtBuilder.build_and_execute(|| {
		LatestYear::set(None);
		Penalties::sanction_default(&PLANT, TRADE, Balance::MAX);
		assert_eq!(record(PenaltyId(0)).year, Vintage(0));
		assert_eq!(record(PenaltyId(0)).sanction, fine(FINE_MAX));
	});
}

#[test]
fn what_the_rules_impose_should_be_recorded_as_done_by_the_chain() {
	ExtBuilder.build_and_execute(|| {
		Penalties::sanction_default(&PLANT, TRADE, 1_000_000);
		let evidence = record(PenaltyId(0)).evidence;
		block_on(OVER);
		assert_eq!(counted(PLANT, PenaltyKind::Fine), 1);
		assert_eq!(Recorded::get(), Some(vec![(0, PLANT, evidence, false)]));
	});
}

#[test]
fn one_should_be_able_to_object_to_what_the_rules_impose() {
	ExtBuilder.build_and_execute(|| {
		fall_short(PLANT, FINE);
		assert_ok!(Penalties::object(signed(PLANT), PenaltyId(0), OBJECTION));
		assert_eq!(status(PenaltyId(0)), Status::Objected);
	});
}

#[test]
fn what_cannot_be_recorded_should_be_told() {
	ExtBuilder.build().execute_with(|| {
		NextPenalty::<Test>::put(PenaltyId(u64::MAX));
		fall_short(PLANT, FINE);
		let not_recorded = Event::NotRecorded {
			account: PLANT,
			year: LAST_YEAR,
			source: Source::Shortfall,
			sanction: fine(FINE),
		};
		assert_eq!(told(), [not_recorded]);
		assert_eq!(crate::Penalties::<Test>::iter().count(), 0);
	});
}

#[test]
fn imposing_should_weigh_what_its_benchmark_says() {
	let weight = <Penalties as Sanction<AccountId>>::weight_of_sanction();
	assert_eq!(weight, <() as WeightInfo>::sanction());
}
