//! Benchmarks of the calls and of what a block does by itself. They also run as native tests, without the feature
//! `runtime-benchmarks`.

#![allow(missing_docs)]

use super::*;
use carbon_calendar::Day;
use carbon_primitives::{Balance, Digest, Tonnes, Vintage};
use carbon_traits::{InspectPeriods, Sanction};
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{
		fungible::{Inspect, Mutate},
		Get,
	},
	weights::WeightMeter,
};
use frame_system::RawOrigin;
use sp_runtime::traits::One;

/// A Wednesday in 2025.
const START: Day = Day(20_089);
const REASON: Digest = Digest::repeat_byte(1);
const DAYS: u32 = 100;

/// A participant, on a chain that keeps events: those of block 0 are dropped, but their cost belongs to the calls.
fn participant<T: Config>() -> T::AccountId {
	frame_system::Pallet::<T>::set_block_number(One::one());
	T::BenchmarkHelper::set_day(START);
	let who = account("penalised", 0, 0);
	T::BenchmarkHelper::admit(&who);
	fund::<T>(&T::Treasury::get(), T::Money::minimum_balance());
	who
}

/// An amount that may be moved.
fn amount<T: Config>() -> Balance {
	T::Money::minimum_balance().max(1).saturating_mul(100)
}

fn fund<T: Config>(who: &T::AccountId, amount: Balance) {
	// What is below the minimum already keeps nobody alive.
	assert_ok!(T::Money::mint_into(
		who,
		amount.saturating_add(T::Money::minimum_balance())
	));
}

fn fine<T: Config>() -> PenaltySanction {
	PenaltySanction::Fine(FineAmount::Fixed {
		amount: amount::<T>(),
	})
}

fn year<T: Config>() -> Vintage {
	T::Periods::latest_year().unwrap_or_default()
}

fn basis() -> Basis {
	Basis::truncate_from(alloc::vec![b'a'; BASIS_MAX as usize])
}

/// Propose a penalty that is published once it is final.
fn proposed<T: Config>(who: &T::AccountId, sanction: PenaltySanction) -> PenaltyId {
	let id = NextPenalty::<T>::get();
	assert_ok!(Pallet::<T>::do_propose(
		who.clone(),
		year::<T>(),
		basis(),
		sanction,
		REASON,
		true
	));
	id
}

/// Propose as many bans as an account may have, none of which is final. Returns the last one.
fn bans<T: Config>(who: &T::AccountId) -> PenaltyId {
	for _ in 1..BANS_MAX {
		proposed::<T>(who, PenaltySanction::TradingBan { days: DAYS });
	}
	proposed::<T>(who, PenaltySanction::TradingBan { days: DAYS + 1 })
}

fn objected<T: Config>(who: &T::AccountId, id: PenaltyId) {
	assert_ok!(Pallet::<T>::do_object(who.clone(), id, REASON));
}

/// Make `id` final by a decision.
fn decided<T: Config>(who: &T::AccountId, id: PenaltyId) {
	objected::<T>(who, id);
	assert_ok!(Pallet::<T>::do_decide(id, Decision::Rejected, REASON));
}

/// A fine that is owed, apart from what was free.
fn owed<T: Config>(who: &T::AccountId) -> PenaltyId {
	let id = proposed::<T>(who, fine::<T>());
	decided::<T>(who, id);
	if let Some(mut record) = Penalties::<T>::get(id) {
		Pallet::<T>::unschedule(id, &mut record);
		Pallet::<T>::collect(id, record);
	}
	id
}

fn day_after_window<T: Config>(id: PenaltyId) -> Day {
	Penalties::<T>::get(id).map_or(START, |record| record.object_until.next())
}

fn status_of<T: Config>(id: PenaltyId) -> Option<Status> {
	Penalties::<T>::get(id).map(|record| record.status)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn propose() {
		let who = participant::<T>();
		for _ in 1..BANS_MAX {
			proposed::<T>(&who, PenaltySanction::TradingBan { days: DAYS });
		}
		let ban = PenaltySanction::TradingBan { days: DAYS };
		let (year, rule) = (year::<T>(), basis());

		#[block]
		{
			// The regulator's origin is the runtime's choice; its check is part of the base weight of a call.
			assert_ok!(Pallet::<T>::do_propose(
				who.clone(),
				year,
				rule,
				ban,
				REASON,
				true
			));
		}

		assert_eq!(Bans::<T>::get(&who).len() as u32, BANS_MAX);
	}

	#[benchmark]
	fn object() {
		let who = participant::<T>();
		let id = proposed::<T>(&who, fine::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, REASON);

		assert_eq!(status_of::<T>(id), Some(Status::Objected));
	}

	#[benchmark]
	fn decide() {
		let who = participant::<T>();
		let id = bans::<T>(&who);
		objected::<T>(&who, id);
		let decision = Decision::Reduced(PenaltySanction::TradingBan { days: DAYS });

		#[block]
		{
			assert_ok!(Pallet::<T>::do_decide(id, decision, REASON));
		}

		assert_eq!(status_of::<T>(id), Some(Status::Enforced));
	}

	#[benchmark]
	fn pay() {
		let who = participant::<T>();
		let id = owed::<T>(&who);
		let payer: T::AccountId = account("payer", 0, 0);
		fund::<T>(&payer, amount::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(payer), id);

		assert_eq!(status_of::<T>(id), Some(Status::Paid));
	}

	#[benchmark]
	fn pay_debt() {
		let who = participant::<T>();
		for _ in 0..DEBTS_PER_PAYMENT_MAX {
			owed::<T>(&who);
		}
		let debt = Debts::<T>::get(&who);
		let payer: T::AccountId = account("payer", 0, 0);
		fund::<T>(&payer, debt);

		#[extrinsic_call]
		_(RawOrigin::Signed(payer), who.clone(), debt);

		assert!(!Pallet::<T>::owes(&who));
	}

	#[benchmark]
	fn waive() {
		let who = participant::<T>();
		let id = owed::<T>(&who);

		#[block]
		{
			assert_ok!(Pallet::<T>::do_waive(id, REASON));
		}

		assert_eq!(status_of::<T>(id), Some(Status::Waived));
	}

	/// A fine of which a part was paid and the rest is owed. A ban costs less here, apart from what lifting it costs elsewhere.
	#[benchmark]
	fn annul() {
		let who = participant::<T>();
		fund::<T>(&who, amount::<T>() / 2);
		let id = owed::<T>(&who);

		#[block]
		{
			assert_ok!(Pallet::<T>::do_annul(id, REASON));
		}

		assert_eq!(status_of::<T>(id), Some(Status::Annulled));
		assert!(!Pallet::<T>::owes(&who));
	}

	#[benchmark]
	fn finalise() {
		let who = participant::<T>();
		let id = bans::<T>(&who);
		T::BenchmarkHelper::set_day(day_after_window::<T>(id));
		let anybody: T::AccountId = account("anybody", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(anybody), id);

		assert_eq!(status_of::<T>(id), Some(Status::Enforced));
	}

	#[benchmark]
	fn sanction() {
		let who = participant::<T>();
		let id = NextPenalty::<T>::get();

		#[block]
		{
			Pallet::<T>::fine_shortfall(&who, year::<T>(), Tonnes(1), amount::<T>());
		}

		assert_eq!(status_of::<T>(id), Some(Status::Proposed));
	}

	#[benchmark]
	fn on_poll_idle() {
		participant::<T>();
		AgendaCursor::<T>::put(START);
		let mut meter = WeightMeter::with_limit(T::WeightInfo::on_poll_idle());

		#[block]
		{
			Pallet::<T>::work_through_agenda(&mut meter);
			// Where days are over, the place is noted.
			AgendaCursor::<T>::put(START);
		}

		assert_eq!(AgendaCursor::<T>::get(), Some(START));
	}

	#[benchmark]
	fn on_poll_day() {
		let who = participant::<T>();
		proposed::<T>(&who, PenaltySanction::Warning);
		let (mut entries, mut meter) = (0, WeightMeter::with_limit(Default::default()));
		let done;

		#[block]
		{
			// A day without a penalty, though others have one.
			done = Pallet::<T>::clear_day(START, &mut entries, &mut meter);
		}

		assert!(done);
	}

	#[benchmark]
	fn on_poll_entry() {
		// A penalty for which no weight is left.
		let who = participant::<T>();
		let id = proposed::<T>(&who, PenaltySanction::Warning);
		let day = day_after_window::<T>(id);
		let (mut entries, mut meter) = (0, WeightMeter::with_limit(T::WeightInfo::on_poll_entry()));
		let done;

		#[block]
		{
			done = Pallet::<T>::clear_day(day, &mut entries, &mut meter);
		}

		assert!(!done);
	}

	#[benchmark]
	fn end_window() {
		let who = participant::<T>();
		let id = bans::<T>(&who);
		let day = day_after_window::<T>(id);
		T::BenchmarkHelper::set_day(day);

		#[block]
		{
			if let Some(record) = Penalties::<T>::get(id) {
				Pallet::<T>::look_at(day, id, record);
			}
		}

		assert_eq!(status_of::<T>(id), Some(Status::Enforced));
	}

	#[benchmark]
	fn collect() {
		let who = participant::<T>();
		fund::<T>(&who, amount::<T>() / 2);
		let id = proposed::<T>(&who, fine::<T>());
		decided::<T>(&who, id);
		let day = Penalties::<T>::get(id)
			.and_then(|record| record.agenda)
			.unwrap_or(START);

		#[block]
		{
			if let Some(record) = Penalties::<T>::get(id) {
				Pallet::<T>::look_at(day, id, record);
			}
		}

		assert!(Pallet::<T>::owes(&who));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ExtBuilder.build(), crate::mock::Test);
}
