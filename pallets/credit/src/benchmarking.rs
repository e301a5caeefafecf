//! Benchmarks of the calls and of what a block does by itself. They also run as native tests, without the
//! feature `runtime-benchmarks`.

#![allow(missing_docs)]

use super::*;
use alloc::vec::Vec;
use carbon_primitives::{CreditTerms, PenaltyKind, Tonnes, Vintage};
use carbon_traits::{InspectCredit, InspectPeriods, Matched, OnMatched, Performance, RecordPerformance};
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{Get, Time},
	weights::WeightMeter,
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_runtime::traits::One;

/// Most accounts that an order meets in the benchmarks: more than markets allow.
const MEETS: u32 = 128;

/// A chain that keeps events: those of block 0 are dropped, but their cost belongs to what is measured.
fn begin<T: Config>() {
	frame_system::Pallet::<T>::set_block_number(One::one());
}

fn current_year<T: Config>() -> Vintage {
	T::Periods::latest_year().unwrap_or(BEFORE_FIRST_YEAR)
}

/// Rules that are stored, so that reading them costs a read.
fn store_rules<T: Config>() {
	let rules = T::DefaultRules::get();
	RuleVersions::<T>::insert(RuleVersion(2), VersionRecord { rules, from: 0 });
	CurrentVersion::<T>::put(RuleVersion(2));
	Levels::<T>::put(T::DefaultLevels::get());
}

/// A record as large as there may be, with a stale score. There is room for one counterparty. Its year has five that count, also where no
/// period has been opened.
fn full_record<T: Config>(who: &T::AccountId) {
	let as_of = current_year::<T>().max(Vintage(2030));
	let years = (0..YEARS_KEPT).filter_map(|age| as_of.0.checked_sub(age as u16));
	let mut years: Vec<_> = years.map(many).collect();
	years.reverse();
	let counterparties = (0..COUNTERPARTIES_MAX - 1).map(|n| (account("counterparty", n, 0), 1));
	let counterparties: Vec<_> = counterparties.collect();
	if let Some(counters) = years.last_mut() {
		counters.kept = counterparties.len() as u32;
	}
	let record = CreditRecord {
		years: BoundedVec::truncate_from(years),
		counterparties: BoundedVec::truncate_from(counterparties),
		// Nobody has earned it, so that it changes.
		score: SCORE_MAX,
		level: carbon_primitives::CreditLevel::A,
		version: CurrentVersion::<T>::get(),
		as_of,
		told: ToldLimits {
			order_max: Some(Tonnes(1)),
			orders_max: Some(1),
		},
	};
	Accounts::<T>::insert(who, record);
}

/// Counters of a year that are long when they are encoded.
fn many(year: u16) -> YearCounters {
	let count = 100_000;
	YearCounters {
		year: Vintage(year),
		kept: 48,
		broken: count,
		surrender: SurrenderCounters {
			in_time: count,
			late: count,
			short: count,
		},
		reports: ReportCounters {
			in_time: count,
			late: count,
			missing: count,
		},
		discrepancies: count,
		corrected: count,
		penalties: [1_000; 5],
	}
}

/// As many pairs as may wait.
fn fill_queue<T: Config>() {
	let pairs = (0..T::MaxQueuedPairs::get()).map(|n| (account("one", n, 0), account("other", n, 0)));
	MatchedPairs::<T>::put(BoundedVec::truncate_from(pairs.collect::<Vec<_>>()));
}

fn score_changed<T: Config>(who: &T::AccountId) -> bool {
	Accounts::<T>::get(who).is_some_and(|record| record.score < SCORE_MAX)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn set_score_rules() {
		begin::<T>();
		let rules = T::DefaultRules::get();
		let from = T::Time::now().saturating_add(1);
		assert_ok!(Pallet::<T>::do_set_score_rules(rules, from));

		#[block]
		{
			// The regulator's origin is the runtime's choice; its check is part of the base weight of a call.
			assert_ok!(Pallet::<T>::do_set_score_rules(rules, from.saturating_add(1)));
		}

		assert_eq!(NextVersion::<T>::get(), Some(RuleVersion(2)));
	}

	#[benchmark]
	fn set_levels() {
		begin::<T>();
		store_rules::<T>();
		let mut levels = T::DefaultLevels::get();
		levels.terms = [CreditTerms::USUAL; 5];

		#[block]
		{
			// As for `set_score_rules`.
			assert_ok!(Pallet::<T>::do_set_levels(levels));
		}

		assert_eq!(Levels::<T>::get(), levels);
	}

	#[benchmark]
	fn rescore() {
		begin::<T>();
		store_rules::<T>();
		let (who, anybody): (T::AccountId, T::AccountId) = (account("who", 0, 0), account("anybody", 0, 0));
		full_record::<T>(&who);

		#[extrinsic_call]
		_(RawOrigin::Signed(anybody), who.clone());

		assert!(score_changed::<T>(&who));
	}

	#[benchmark]
	fn record() {
		begin::<T>();
		store_rules::<T>();
		let (who, counterparty): (T::AccountId, T::AccountId) =
			(account("who", 0, 0), account("other", 0, 0));
		full_record::<T>(&who);

		#[block]
		{
			// The one event that also asks for groups and looks at the counterparties.
			let performance = Performance::TradeKept {
				counterparty: &counterparty,
			};
			Pallet::<T>::record(&who, performance);
		}

		assert!(score_changed::<T>(&who));
		// The others count as well.
		let (year, kind) = (current_year::<T>(), PenaltyKind::Fine);
		Pallet::<T>::record(&who, Performance::Penalised { year, kind });
	}

	#[benchmark]
	fn terms_of() {
		store_rules::<T>();
		let who: T::AccountId = account("who", 0, 0);
		full_record::<T>(&who);
		let terms;

		#[block]
		{
			terms = Pallet::<T>::terms_of(&who);
		}

		// The limits of orders are those of the record.
		let level = T::DefaultLevels::get().terms[0];
		assert_eq!(terms.margin_milli, level.margin_milli);
	}

	#[benchmark]
	fn matched() {
		fill_queue::<T>();
		// All but the last pair of the order have room.
		let free = (MEETS - 1).min(T::MaxQueuedPairs::get());
		MatchedPairs::<T>::mutate(|pairs| pairs.truncate(pairs.len().saturating_sub(free as usize)));
		let pairs: Vec<PairOf<T>> = (0..MEETS)
			.map(|n| (account("one", 0, 0), account("other", n, 0)))
			.collect();
		let order = Matched {
			asset: 2021,
			pairs: &pairs,
			digest: Default::default(),
			fills: MEETS,
			tonnes: 1,
		};

		#[block]
		{
			Pallet::<T>::matched(&order);
		}

		assert_eq!(DroppedPairs::<T>::get().total, u64::from(MEETS - free));
	}

	#[benchmark]
	fn on_poll_idle() {
		Sweep::<T>::put(SweepState {
			year: current_year::<T>(),
			stage: SweepStage::Done,
		});
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::keep_scores_up_to_date(&mut meter);
		}

		assert_eq!(meter.consumed(), T::WeightInfo::on_poll_idle());
	}

	#[benchmark]
	fn apply_version() {
		begin::<T>();
		let rules = T::DefaultRules::get();
		RuleVersions::<T>::insert(RuleVersion(2), VersionRecord { rules, from: 0 });
		NextVersion::<T>::put(RuleVersion(2));

		#[block]
		{
			Pallet::<T>::apply_next_version(RuleVersion(2));
		}

		assert_eq!(CurrentVersion::<T>::get(), RuleVersion(2));
	}

	#[benchmark]
	fn start_sweep() {
		begin::<T>();

		#[block]
		{
			Pallet::<T>::start_sweep();
		}

		assert_eq!(Sweep::<T>::get().stage, SweepStage::Running(None));
	}

	#[benchmark]
	fn read_basis() {
		store_rules::<T>();
		let basis;

		#[block]
		{
			basis = Pallet::<T>::basis();
		}

		assert_eq!(basis.version, RuleVersion(2));
	}

	#[benchmark]
	fn drain_queue() {
		begin::<T>();
		fill_queue::<T>();
		DroppedPairs::<T>::put(Dropped { total: 2, untold: 1 });
		let basis = Pallet::<T>::basis();
		let weight = T::WeightInfo::drain_queue().saturating_add(Pallet::<T>::weight_of_pair());
		let mut meter = WeightMeter::with_limit(weight);

		#[block]
		{
			// Everything is read, one pair is counted, since nothing is read otherwise, and the rest is written again.
			Pallet::<T>::count_matched_pairs(&basis, &mut meter);
		}

		assert_eq!(DroppedPairs::<T>::get().untold, 0);
		let left = MatchedPairs::<T>::decode_len().unwrap_or(0);
		assert_eq!(left, T::MaxQueuedPairs::get() as usize - 1);
	}

	#[benchmark]
	fn drain_pair() {
		begin::<T>();
		store_rules::<T>();
		let (one, other): (T::AccountId, T::AccountId) = (account("one", 0, 0), account("other", 0, 0));
		full_record::<T>(&one);
		full_record::<T>(&other);
		let basis = Pallet::<T>::basis();

		#[block]
		{
			Pallet::<T>::count_pair(&one, &other, &basis);
		}

		assert!(score_changed::<T>(&one) && score_changed::<T>(&other));
	}

	#[benchmark]
	fn go_on_sweeping() {
		begin::<T>();
		let last: T::AccountId = account("who", 0, 0);
		full_record::<T>(&last);
		let basis = Pallet::<T>::basis();
		let state = SweepState {
			year: basis.year,
			stage: SweepStage::Running(Some(last)),
		};
		// Nobody's turn comes.
		let mut meter = WeightMeter::with_limit(T::WeightInfo::go_on_sweeping());

		#[block]
		{
			Pallet::<T>::go_on_sweeping(state.clone(), &basis, &mut meter);
		}

		assert_eq!(Sweep::<T>::get(), state);
	}

	#[benchmark]
	fn sweep_account() {
		begin::<T>();
		store_rules::<T>();
		let who: T::AccountId = account("who", 0, 0);
		full_record::<T>(&who);
		let basis = Pallet::<T>::basis();
		let mut accounts = Accounts::<T>::iter_keys();

		#[block]
		{
			// Finding the next account is part of it.
			if let Some(next) = accounts.next() {
				Pallet::<T>::change(&next, &basis, |_| {});
			}
		}

		assert!(score_changed::<T>(&who));
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
