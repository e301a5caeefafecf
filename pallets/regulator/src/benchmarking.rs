//! Benchmarks of the calls. They also run as native tests, without the feature `runtime-benchmarks`.

#![allow(missing_docs)]

use super::*;
use alloc::{boxed::Box, vec::Vec};
use carbon_primitives::{Digest, HaltScope, Moment};
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{Get, Time, UnfilteredDispatchable},
	weights::{Weight, WeightMeter},
};
use frame_system::RawOrigin;
use sp_runtime::traits::One;

/// Events are kept from block 1 on; their cost belongs to the call.
fn keep_events<T: Config>() {
	frame_system::Pallet::<T>::set_block_number(One::one());
}

/// The longest legal basis.
fn basis() -> Basis {
	Basis::truncate_from([b'x'; 64].to_vec())
}

fn reason() -> Digest {
	Digest::repeat_byte(1)
}

fn supervisor<T: Config>(n: u32) -> T::AccountId {
	let who: T::AccountId = account("supervisor", n, 0);
	T::BenchmarkHelper::admit_insider(&who);
	assert_ok!(Pallet::<T>::do_appoint(who.clone(), Level::Supervisor));
	who
}

fn longest_act<T: Config>() -> T::RuntimeCall {
	T::BenchmarkHelper::act(T::MaxCallLength::get())
}

/// A proposal of the first supervisor with the longest call.
fn proposed<T: Config>() -> ProposalId {
	let id = NextProposal::<T>::get();
	assert_ok!(Pallet::<T>::do_propose(
		supervisor::<T>(0),
		basis(),
		reason(),
		longest_act::<T>()
	));
	id
}

/// As many halts as there may be, less `room`.
fn halts<T: Config>(until: Moment, room: u32) -> HaltsOf<T> {
	let mut halts: Vec<_> = (room..T::MaxHalts::get())
		.map(|n| Halt {
			scope: HaltScope::Account(account("halted", n, 0)),
			until,
		})
		.collect();
	halts.sort_by(|one, other| one.scope.cmp(&other.scope));
	HaltsOf::<T>::truncate_from(halts)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn act() {
		keep_events::<T>();
		let officer = supervisor::<T>(0);
		let next = NextRecord::<T>::get();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(officer),
			basis(),
			reason(),
			Box::new(longest_act::<T>()),
		);

		let outcome = Records::<T>::get(next).map(|it| it.outcome);
		assert_eq!(outcome, Some(Outcome::Succeeded));
	}

	#[benchmark]
	fn propose() {
		keep_events::<T>();
		let officer = supervisor::<T>(0);
		let id = NextProposal::<T>::get();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(officer),
			basis(),
			reason(),
			Box::new(longest_act::<T>()),
		);

		assert!(Proposals::<T>::contains_key(id));
	}

	#[benchmark]
	fn approve() {
		keep_events::<T>();
		let id = proposed::<T>();
		let approver = supervisor::<T>(1);
		let call_hash = acts::hash_of(&longest_act::<T>().encode());
		let next = NextRecord::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(approver), id, call_hash, Weight::MAX);

		let outcome = Records::<T>::get(next).map(|it| it.outcome);
		assert_eq!(outcome, Some(Outcome::Succeeded));
	}

	#[benchmark]
	fn reject() {
		keep_events::<T>();
		let id = proposed::<T>();
		let officer = supervisor::<T>(1);

		#[extrinsic_call]
		_(RawOrigin::Signed(officer), id, reason());

		assert!(!Proposals::<T>::contains_key(id));
	}

	#[benchmark]
	fn expire() {
		keep_events::<T>();
		let id = proposed::<T>();
		let officer = supervisor::<T>(1);
		Proposals::<T>::mutate(id, |proposal| {
			if let Some(proposal) = proposal {
				proposal.expires_at = T::Time::now();
			}
		});

		#[extrinsic_call]
		_(RawOrigin::Signed(officer), id);

		assert!(!Proposals::<T>::contains_key(id));
	}

	#[benchmark]
	fn appoint() {
		keep_events::<T>();
		let who: T::AccountId = account("officer", 0, 0);
		T::BenchmarkHelper::admit_insider(&who);

		#[extrinsic_call]
		_(RawOrigin::Root, who.clone(), Level::Supervisor);

		assert_eq!(OfficerLevels::<T>::get(&who), Some(Level::Supervisor));
	}

	#[benchmark]
	fn dismiss() {
		keep_events::<T>();
		let who = supervisor::<T>(0);
		while Supervisors::<T>::get() <= T::MinSupervisors::get() {
			supervisor::<T>(Supervisors::<T>::get().saturating_add(1));
		}

		#[extrinsic_call]
		_(RawOrigin::Root, who.clone());

		assert!(!OfficerLevels::<T>::contains_key(&who));
	}

	#[benchmark]
	fn halt() {
		keep_events::<T>();
		Halts::<T>::put(halts::<T>(Moment::MAX, 1));
		let until = T::Time::now().saturating_add(T::HaltMax::get());

		#[extrinsic_call]
		_(RawOrigin::Root, T::BenchmarkHelper::scope(), until);

		assert_eq!(Halts::<T>::get().len() as u32, T::MaxHalts::get());
	}

	#[benchmark]
	fn resume() {
		keep_events::<T>();
		Halts::<T>::put(halts::<T>(Moment::MAX, 1));
		let until = T::Time::now().saturating_add(T::HaltMax::get());
		assert_ok!(Pallet::<T>::do_halt(T::BenchmarkHelper::scope(), until));

		#[extrinsic_call]
		_(RawOrigin::Root, T::BenchmarkHelper::scope());

		assert_eq!(Halts::<T>::get().len() as u32, T::MaxHalts::get() - 1);
	}

	#[benchmark]
	fn record() {
		// What recording adds to a call that does nothing: in an account's name, which is looked up.
		keep_events::<T>();
		let who: T::AccountId = account("anybody", 0, 0);
		T::BenchmarkHelper::hand_break_glass_key(&who);
		let remark = alloc::vec![0; T::MaxCallLength::get() as usize];
		let call = Recorded::<T>(frame_system::Call::<T>::remark { remark }.into());
		let next = NextRecord::<T>::get();

		#[block]
		{
			assert_ok!(call.dispatch_bypass_filter(RawOrigin::Signed(who).into()));
		}

		assert!(Records::<T>::contains_key(next));
	}

	#[benchmark]
	fn on_poll_idle() {
		Halts::<T>::put(halts::<T>(Moment::MAX, 0));
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::clear_ended_halts(&mut meter);
		}

		assert_eq!(Halts::<T>::get().len() as u32, T::MaxHalts::get());
	}

	#[benchmark]
	fn on_poll_ended() {
		// The list alone, looked through and written again.
		Halts::<T>::put(halts::<T>(Moment::MAX, 0));

		#[block]
		{
			let mut halts = Halts::<T>::get();
			halts.retain(|it| it.counts_at(0));
			Halts::<T>::put(halts);
		}

		assert_eq!(Halts::<T>::get().len() as u32, T::MaxHalts::get());
	}

	#[benchmark]
	fn end_halt() {
		keep_events::<T>();
		let scope = T::BenchmarkHelper::scope();
		let until = T::Time::now().saturating_add(T::HaltMax::get());
		assert_ok!(Pallet::<T>::do_halt(scope.clone(), until));

		#[block]
		{
			Pallet::<T>::end_halt(Halt { scope, until });
		}

		assert!(!frame_system::Pallet::<T>::events().is_empty());
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
