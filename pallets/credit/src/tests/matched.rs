//! Trades of the order book wait in a queue.

use crate::{mock::*, Accounts, DroppedPairs, Event, MatchedPairs, Sweep, SweepStage, WeightInfo};
use carbon_primitives::Vintage;
use frame_support::weights::{Weight, WeightMeter};

/// Pairs of different accounts.
fn pairs(count: u64) -> Vec<(AccountId, AccountId)> {
	(0..count).map(|n| (100 + n, 200 + n)).collect()
}

/// What a block needs to count so many pairs.
fn weight_of(pairs: u64) -> Weight {
	<()>::on_poll_idle() + <()>::read_basis() + <()>::drain_queue() + Credit::weight_of_pair() * pairs
}

#[test]
fn an_order_that_trades_should_change_no_record() {
	ExtBuilder::default().build_and_execute(|| {
		trade(&[(ALICE, BOB), (ALICE, CAROL)]);
		trade(&[]);
		assert_eq!(
			MatchedPairs::<Test>::get().into_inner(),
			[(ALICE, BOB), (ALICE, CAROL)]
		);
		assert_eq!(Accounts::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_block_should_count_what_traded_for_both_sides() {
	ExtBuilder::default().build_and_execute(|| {
		trade(&[(ALICE, BOB), (ALICE, CAROL)]);
		trade(&[(BOB, ALICE)]);

		block();

		assert!(!MatchedPairs::<Test>::exists());
		let kept = [ALICE, BOB, CAROL].map(|who| counters(who, 2024).kept);
		assert_eq!(kept, [3, 2, 1]);
	});
}

#[test]
fn a_block_should_count_nothing_when_the_two_are_related() {
	ExtBuilder::default().build_and_execute(|| {
		trade(&[(ALICE, SISTER), (BOB, BOB)]);
		block();
		assert!(!MatchedPairs::<Test>::exists());
		assert_eq!(Accounts::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_block_should_count_the_oldest_when_weight_runs_out_and_the_next_one_go_on() {
	ExtBuilder::default().build_and_execute(|| {
		let all = pairs(10);
		trade(&all);
		for (weight, counted) in [
			(<()>::on_poll_idle(), 0),
			(weight_of(0), 0),
			(weight_of(4), 4),
			(weight_of(3), 7),
			(weight_of(4) - Weight::from_parts(1, 0), 10),
		] {
			let left = MatchedPairs::<Test>::decode_len();
			let mut meter = WeightMeter::with_limit(weight);
			block_with(&mut meter);
			assert_eq!(MatchedPairs::<Test>::get().into_inner(), all[counted..]);
			assert!(meter.consumed().all_lte(weight));
			let is_idle = meter
				.consumed()
				.all_lte(<()>::on_poll_idle() + <()>::read_basis());
			assert_eq!(is_idle, left == MatchedPairs::<Test>::decode_len());
			assert_eq!(Accounts::<Test>::iter().count(), 2 * counted);
		}
		assert!(!MatchedPairs::<Test>::exists());
	});
}

#[test]
fn a_full_queue_should_drop_pairs_and_the_next_block_tell_it_once() {
	ExtBuilder::default().build_and_execute(|| {
		trade(&pairs(18));
		trade(&[(ALICE, BOB), (ALICE, CAROL), (BOB, CAROL)]);
		trade(&[(ALICE, BOB)]);
		assert_eq!(MatchedPairs::<Test>::decode_len(), Some(QUEUE as usize));
		assert_eq!(DroppedPairs::<Test>::get().total, 2);
		assert_eq!(told(), []);

		block();

		assert_eq!(told()[0], Event::PairsDropped { pairs: 2, total: 2 });
		assert_eq!(counters(ALICE, 2024).kept, 2);
		assert_eq!(counters(BOB, 2024).kept, 1);
		block();
		assert_eq!(told(), []);
		// The next ones are told with the sum.
		trade(&pairs(25));
		block();
		assert_eq!(told()[0], Event::PairsDropped { pairs: 5, total: 7 });
	});
}

#[test]
fn pairs_should_count_in_the_year_in_which_their_turn_comes() {
	ExtBuilder::default().build_and_execute(|| {
		trade(&[(ALICE, BOB)]);
		block_of_year(2025);
		assert_eq!(counters(ALICE, 2025).kept, 1);
		assert_eq!(record_of(ALICE).as_of, Vintage(2025));
	});
}

#[test]
fn pairs_should_leave_weight_for_a_sweep() {
	ExtBuilder::default().build_and_execute(|| {
		default(ALICE);
		trade(&pairs(20));
		LatestYear::set(Some(Vintage(2025)));
		// Enough for all pairs, but not for all pairs and the account.
		block_with(&mut WeightMeter::with_limit(
			weight_of(20) + <()>::start_sweep() + <()>::go_on_sweeping(),
		));
		assert_eq!(record_of(ALICE).as_of, Vintage(2025));
		assert!(MatchedPairs::<Test>::decode_len().is_some_and(|waiting| waiting > 0));
		block();
		assert_eq!(Sweep::<Test>::get().stage, SweepStage::Done);
		assert!(!MatchedPairs::<Test>::exists());
	});
}
