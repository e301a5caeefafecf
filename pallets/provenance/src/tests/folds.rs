//! Trades of the order book.

use crate::{folds::FOLDS_PER_BLOCK_MAX, mock::*, *};
use carbon_primitives::{Digest, RecordKind, RecordSubject};
use carbon_traits::OnMatched;
use frame_support::weights::WeightMeter;

fn folded(digests: &[u64]) -> Digest {
	digests.iter().fold(Digest::zero(), |before, n| {
		let bytes = [before.as_bytes(), digest(*n).as_bytes()].concat();
		Digest::from(sp_io::hashing::blake2_256(&bytes))
	})
}

#[test]
fn trades_of_a_block_should_become_one_activity_in_the_next_one() {
	execute(|| {
		trades(ASSET, 1);
		trades(ASSET, 2);
		assert_eq!(Provenance::counts(), (0, 0, 0));
		next_block();
		let id = DataId(0);
		let record = data_of(id);
		assert_eq!(
			record.subject,
			Some(RecordSubject::Matching {
				asset: ASSET,
				block: 1
			})
		);
		assert_eq!(record.content.digest, folded(&[1, 2]));
		assert_eq!((record.kind, record.owner), (DataKind::Trades, SOFTWARE));
		let activity = activity_of(record.generated_by);
		assert_eq!((activity.kind, activity.entity), (ActivityKind::Trade, SOFTWARE));
		assert_eq!(
			(activity.started_at, activity.ended_at, activity.block),
			(START, START, 2)
		);
		assert!(Folds::<Test>::get().is_empty());
		assert!(told().contains(&Event::TradesRecorded {
			id: ActivityId(0),
			asset: ASSET,
			from_block: 1,
			to_block: 1,
			digest: folded(&[1, 2]),
			fills: 4,
			tonnes: 60,
		}));
	});
}

#[test]
fn each_market_and_block_should_have_an_activity_of_its_own() {
	execute(|| {
		trades(ASSET, 1);
		trades(ASSET + 1, 2);
		next_block();
		trades(ASSET, 3);
		next_block();
		next_block();
		let subjects: Vec<_> = (0..3).map(|n| data_of(DataId(n)).subject.unwrap()).collect();
		let matching = |asset, block| RecordSubject::Matching { asset, block };
		assert_eq!(
			subjects,
			[matching(ASSET, 1), matching(ASSET + 1, 1), matching(ASSET, 2)]
		);
		assert_eq!(Provenance::counts().0, 3);
	});
}

#[test]
fn trades_that_could_not_be_recorded_yet_should_go_on_taking_trades() {
	execute(|| {
		trades(ASSET, 1);
		let idle = <() as WeightInfo>::on_poll_idle();
		next_block_with(&mut WeightMeter::with_limit(idle));
		assert_eq!(Provenance::counts().0, 0);
		trades(ASSET, 2);
		next_block();
		assert_eq!(data_of(DataId(0)).content.digest, folded(&[1, 2]));
		let activity = activity_of(ActivityId(0));
		assert_eq!(
			(activity.started_at, activity.ended_at),
			(START, START + BLOCK_MS)
		);
		assert!(told().iter().any(|event| matches!(
			event,
			Event::TradesRecorded {
				from_block: 1,
				to_block: 2,
				..
			}
		)));
	});
}

#[test]
fn a_block_without_weight_should_leave_everything_as_it_is() {
	execute(|| {
		trades(ASSET, 1);
		next_block_with(&mut WeightMeter::with_limit(Default::default()));
		assert_eq!(Folds::<Test>::get().len(), 1);
		assert_eq!(told(), []);
	});
}

#[test]
fn trades_of_this_block_should_wait_for_the_next_one() {
	execute(|| {
		// An auction of the market trades before the block gets to this pallet.
		trades(ASSET, 1);
		Provenance::record_folds(&mut WeightMeter::new());
		assert_eq!(Provenance::counts().0, 0);
		trades(ASSET, 2);
		next_block();
		assert_eq!(Provenance::counts().0, 1);
	});
}

#[test]
fn a_block_should_record_a_bounded_number_of_markets() {
	execute(|| {
		for asset in 0..40 {
			trades(asset, 1);
		}
		next_block();
		assert_eq!(Provenance::counts().0, u64::from(FOLDS_PER_BLOCK_MAX));
		assert_eq!(Folds::<Test>::get()[0].asset, FOLDS_PER_BLOCK_MAX);
		next_block();
		assert_eq!(Provenance::counts().0, 40);
	});
}

#[test]
fn trades_of_too_many_markets_should_be_told() {
	execute(|| {
		for asset in 0..40 {
			trades(asset, 1);
		}
		assert_eq!(told(), []);
		trades(40, 1);
		assert_eq!(
			told(),
			[Event::NotRecorded {
				kind: RecordKind::Matching,
				subject: RecordSubject::Matching { asset: 40, block: 1 },
				error: Error::<Test>::TooManyMarkets.into(),
			}]
		);
		// Those that wait go on taking trades.
		trades(39, 2);
		assert_eq!(Folds::<Test>::get()[39].fills, 4);
	});
}

#[test]
fn trades_should_not_be_folded_where_they_are_not_recorded() {
	execute(|| {
		Recorded::set(0);
		trades(ASSET, 1);
		assert!(!Folds::<Test>::exists());
	});
}

#[test]
fn trades_that_cannot_be_recorded_should_be_told() {
	new_test_ext().execute_with(|| {
		Head::<Test>::mutate(|heads| heads.data = u64::MAX);
		trades(ASSET, 1);
		next_block();
		assert_eq!(
			told(),
			[Event::NotRecorded {
				kind: RecordKind::Matching,
				subject: RecordSubject::Matching {
					asset: ASSET,
					block: 1
				},
				error: Error::<Test>::NumbersExhausted.into(),
			}]
		);
		assert!(!Folds::<Test>::exists());
	});
}

#[test]
fn a_fold_should_weigh_what_its_benchmark_says() {
	assert_eq!(
		<Provenance as OnMatched<AccountId>>::weight_of_matched(),
		<() as WeightInfo>::matched()
	);
}
