//! Benchmarks of the calls. They also run as native tests, without the feature `runtime-benchmarks`.

#![allow(missing_docs)]

use super::{halts::HaltKind, *};
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

/// One supervisor more that can act than have to be left, among as many officers as there may be, of whom the others were never
/// admitted. Returns one that can act.
fn last_but_few<T: Config>() -> T::AccountId {
	let _ = OfficerLevels::<T>::clear(u32::MAX, None);
	Supervisors::<T>::kill();
	let can_act = T::MinSupervisors::get().saturating_add(1);
	for n in 0..can_act {
		supervisor::<T>(n);
	}
	for n in can_act..T::MaxOfficers::get() {
		OfficerLevels::<T>::insert(account::<T::AccountId>("retired", n, 0), Level::Supervisor);
	}
	Supervisors::<T>::put(T::MaxOfficers::get());
	account("supervisor", 0, 0)
}

/// A proposal of the first supervisor with a call of `bytes` bytes.
fn proposed<T: Config>(bytes: u32) -> ProposalId {
	let id = NextProposal::<T>::get();
	assert_ok!(Pallet::<T>::do_propose(
		supervisor::<T>(0),
		basis(),
		reason(),
		T::BenchmarkHelper::act(bytes)
	));
	id
}

/// A proposal of the first supervisor with the longest call.
fn longest_proposed<T: Config>() -> ProposalId {
	proposed::<T>(T::MaxCallLength::get())
}

/// The account whose halt the benchmarks set and lift: of all scopes the longest one.
fn scope<T: Config>() -> HaltScope<T::AccountId> {
	HaltScope::Account(account("halted", 0, 0))
}

/// The end of the longest halt that begins now.
fn latest_end<T: Config>() -> Moment {
	T::Time::now().saturating_add(T::HaltMax::get())
}

/// As many halts of each kind as there may be; the one of [`scope`] only if it is asked for.
fn halts<T: Config>(until: Moment, with_scope: bool) -> HaltsOf<T> {
	let (accounts, others) = (
		HaltKind::Account.places::<T>(),
		HaltKind::MarketOrAsset.places::<T>(),
	);
	let mut halts: Vec<_> = (u32::from(!with_scope)..accounts)
		.map(|n| HaltScope::Account(account("halted", n, 0)))
		.chain((0..others).map(HaltScope::Asset))
		.chain([HaltScope::AllTrading])
		.map(|scope| Halt { scope, until })
		.collect();
	halts.sort_by(|one, other| one.scope.cmp(&other.scope));
	HaltsOf::<T>::truncate_from(halts)
}

/// Whether the list of halts is full.
fn is_full<T: Config>() -> bool {
	Halts::<T>::get().len() as u32 == HaltPlaces::<T>::get()
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn act(b: Linear<0, { T::MaxCallLength::get() }>) {
		keep_events::<T>();
		let officer = supervisor::<T>(0);
		let next = NextRecord::<T>::get();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(officer),
			basis(),
			reason(),
			Box::new(T::BenchmarkHelper::act(b)),
		);

		let outcome = Records::<T>::get(next).map(|it| it.outcome);
		assert_eq!(outcome, Some(Outcome::Succeeded));
	}

	#[benchmark]
	fn propose(b: Linear<0, { T::MaxCallLength::get() }>) {
		keep_events::<T>();
		let officer = supervisor::<T>(0);
		let id = NextProposal::<T>::get();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(officer),
			basis(),
			reason(),
			Box::new(T::BenchmarkHelper::act(b)),
		);

		assert!(Proposals::<T>::contains_key(id));
	}

	#[benchmark]
	fn approve(b: Linear<0, { T::MaxCallLength::get() }>) {
		keep_events::<T>();
		let id = proposed::<T>(b);
		let approver = supervisor::<T>(1);
		let call_hash = acts::hash_of(&T::BenchmarkHelper::act(b).encode());
		let next = NextRecord::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(approver), id, call_hash, Weight::MAX);

		let outcome = Records::<T>::get(next).map(|it| it.outcome);
		assert_eq!(outcome, Some(Outcome::Succeeded));
	}

	#[benchmark]
	fn reject() {
		keep_events::<T>();
		let id = longest_proposed::<T>();
		let officer = supervisor::<T>(1);

		#[extrinsic_call]
		_(RawOrigin::Signed(officer), id, reason());

		assert!(!Proposals::<T>::contains_key(id));
	}

	#[benchmark]
	fn expire() {
		keep_events::<T>();
		let id = longest_proposed::<T>();
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

	/// Takes a supervisor's level away, where of as many officers as there may be only as many can act as have to be left.
	#[benchmark]
	fn appoint() {
		keep_events::<T>();
		let who = last_but_few::<T>();

		#[extrinsic_call]
		_(RawOrigin::Root, who.clone(), Level::Officer);

		assert_eq!(OfficerLevels::<T>::get(&who), Some(Level::Officer));
	}

	/// As for `appoint`.
	#[benchmark]
	fn dismiss() {
		keep_events::<T>();
		let who = last_but_few::<T>();

		#[extrinsic_call]
		_(RawOrigin::Root, who.clone());

		assert!(!OfficerLevels::<T>::contains_key(&who));
	}

	#[benchmark]
	fn halt() -> Result<(), BenchmarkError> {
		// Without what obeys, whose cost `OnHalt` names.
		keep_events::<T>();
		Halts::<T>::put(halts::<T>(Moment::MAX, false));
		let (scope, until) = (scope::<T>(), latest_end::<T>());

		#[block]
		{
			let old_value = Pallet::<T>::enter_halt(&scope, until)?;
			Pallet::<T>::deposit_event(Event::HaltSet {
				scope,
				old_value,
				new_value: until,
			});
		}

		assert!(is_full::<T>());
		Ok(())
	}

	#[benchmark]
	fn resume() -> Result<(), BenchmarkError> {
		// Without what obeys, whose cost `OnHalt` names.
		keep_events::<T>();
		Halts::<T>::put(halts::<T>(Moment::MAX, true));
		let scope = scope::<T>();

		#[block]
		{
			let old_value = Pallet::<T>::strike_halt(&scope)?;
			Pallet::<T>::deposit_event(Event::HaltLifted { scope, old_value });
		}

		assert!(!is_full::<T>());
		Ok(())
	}

	#[benchmark]
	fn record(b: Linear<0, { T::MaxCallLength::get() }>) {
		// What recording adds to a call that does nothing: in an account's name, which is looked up.
		keep_events::<T>();
		let who: T::AccountId = account("anybody", 0, 0);
		T::BenchmarkHelper::hand_break_glass_key(&who);
		let remark = alloc::vec![0; b as usize];
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
		Halts::<T>::put(halts::<T>(Moment::MAX, true));
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::clear_ended_halts(&mut meter);
		}

		assert!(is_full::<T>());
	}

	#[benchmark]
	fn on_poll_ended() {
		// The list alone, looked through and written again.
		Halts::<T>::put(halts::<T>(Moment::MAX, true));

		#[block]
		{
			let mut halts = Halts::<T>::get();
			halts.retain(|it| it.counts_at(0));
			Halts::<T>::put(halts);
		}

		assert!(is_full::<T>());
	}

	#[benchmark]
	fn end_halt() {
		// Without what obeyed, whose cost `OnHalt` names.
		keep_events::<T>();
		let ended = Halt {
			scope: scope::<T>(),
			until: latest_end::<T>(),
		};

		#[block]
		{
			Pallet::<T>::end_halt(ended, |_| Ok(()));
		}

		assert!(!frame_system::Pallet::<T>::events().is_empty());
	}

	#[benchmark]
	fn on_poll_proposals() {
		// The two ends are read and the time is asked, but there is no weight left for a proposal.
		let id = longest_proposed::<T>();
		let mut meter = WeightMeter::with_limit(T::WeightInfo::on_poll_proposals());

		#[block]
		{
			Pallet::<T>::end_expired_proposals(&mut meter);
		}

		assert!(Proposals::<T>::contains_key(id));
	}

	#[benchmark]
	fn look_at_proposal() {
		// A proposal that is read but not ended, and the place from which the search goes on.
		let id = longest_proposed::<T>();
		let found;

		#[block]
		{
			found = Proposals::<T>::get(id);
			OldestProposal::<T>::put(id);
		}

		assert!(found.is_some());
	}

	#[benchmark]
	fn end_proposal() -> Result<(), BenchmarkError> {
		keep_events::<T>();
		let id = longest_proposed::<T>();
		let proposal = Proposals::<T>::get(id).ok_or("it has just been proposed")?;

		#[block]
		{
			Pallet::<T>::end_expired(id, proposal);
		}

		assert!(!Proposals::<T>::contains_key(id));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
