//! Benchmarks of the calls, each in its worst case. They also run as native tests, without the feature `runtime-benchmarks`.

#![allow(missing_docs)]

use super::*;
use alloc::vec;
use carbon_calendar::Day;
use carbon_primitives::{AssetId, Digest, ProjectKind, Role, Tonnes};
use carbon_traits::OffsetCredits;
use frame_benchmarking::v2::*;
use frame_support::{assert_ok, traits::Get};
use frame_system::RawOrigin;
use sp_runtime::traits::One;

/// The first day after the periods of the benchmarks.
const TODAY: u32 = 20_000;
/// Tonnes of each report; with a buffer that is neither empty nor everything, if the runtime has one for forests.
const TONNES: u64 = 1_000;

fn digest(n: u8) -> Digest {
	Digest::repeat_byte(n)
}

/// A reference of the greatest length, which ends in the number `n`.
fn reference(class: u8, n: u32) -> RegistryRef {
	let mut bytes = vec![class; TEXT_MAX as usize];
	for (place, byte) in bytes.iter_mut().rev().take(10).enumerate() {
		let figure = n / 10_u32.pow(place as u32) % 10;
		*byte = b'0' + figure as u8;
	}
	bytes.truncate(TEXT_MAX as usize);
	RegistryRef::truncate_from(bytes)
}

fn details(n: u32) -> ProjectDetails {
	ProjectDetails {
		kind: ProjectKind::Forest,
		methodology: RegistryRef::truncate_from(vec![b'M'; TEXT_MAX as usize]),
		registry_ref: reference(b'P', n),
		documents: vec![digest(1); DOCUMENTS_MAX as usize]
			.try_into()
			.unwrap_or_default(),
		inside_ets: false,
	}
}

fn reductions(n: u32) -> Reductions {
	Reductions {
		from: Day(TODAY - 10 * (n + 1)),
		to: Day(TODAY - 10 * n - 1),
		tonnes: Tonnes(TONNES),
		digest: digest(2),
		registry_ref: reference(b'R', n),
	}
}

/// A resource holder and a verifier, on a chain that keeps events: those of block 0 are dropped, but their cost belongs to the
/// calls.
fn parties<T: Config>() -> (T::AccountId, T::AccountId) {
	frame_system::Pallet::<T>::set_block_number(One::one());
	T::BenchmarkHelper::set_today(Day(TODAY));
	let (owner, verifier) = (account("owner", 0, 0), account("verifier", 0, 0));
	T::BenchmarkHelper::admit(&owner, Role::ResourceHolder);
	T::BenchmarkHelper::admit(&verifier, Role::Verifier);
	(owner, verifier)
}

/// `owner` has handed in `count` projects. Returns the last.
fn applied<T: Config>(owner: &T::AccountId, count: u32) -> ProjectId {
	for n in 0..count {
		assert_ok!(Pallet::<T>::do_register_project(owner.clone(), details(n)));
	}
	ProjectId(NextProject::<T>::get().0 - 1)
}

/// The last of as many projects as an owner may have is registered.
fn registered<T: Config>(owner: &T::AccountId) -> ProjectId {
	let project = applied::<T>(owner, T::MaxProjectsPerOwner::get());
	let decision = Decision::Register { inside_ets: false };
	assert_ok!(Pallet::<T>::do_decide_project(project, 0, decision, digest(3)));
	project
}

/// `count` reports of a registered project, the earliest period last. Returns the last.
fn reported<T: Config>(owner: &T::AccountId, count: u32) -> (ProjectId, ReportId) {
	let project = registered::<T>(owner);
	for n in 0..count {
		assert_ok!(Pallet::<T>::do_report_reductions(
			owner.clone(),
			project,
			reductions(n)
		));
	}
	(project, ReportId(NextReport::<T>::get().0 - 1))
}

/// `count` reports of a registered project are verified, and series issued for all but the last. Returns the last report.
fn verified<T: Config>(count: u32) -> (T::AccountId, ProjectId, ReportId) {
	let (owner, verifier) = parties::<T>();
	let (project, last) = reported::<T>(&owner, count);
	for n in (0..count).rev() {
		let id = ReportId(last.0 - n);
		let verifier = verifier.clone();
		assert_ok!(Pallet::<T>::do_verify_reductions(
			verifier,
			id,
			Tonnes(TONNES),
			digest(2)
		));
		if id != last {
			assert_ok!(Pallet::<T>::do_issue_series(id));
		}
	}
	(owner, project, last)
}

/// A project with `count` series, of each of which half is in the buffer, whatever share the runtime has. Returns the last series.
fn issued<T: Config>(count: u32) -> (T::AccountId, ProjectId, AssetId) {
	let (owner, project, last) = verified::<T>(count);
	assert_ok!(Pallet::<T>::do_issue_series(last));
	for asset in SeriesOf::<T>::get(project) {
		set_buffer::<T>(project, asset, Tonnes(TONNES / 2));
	}
	(owner, project, NextSeries::<T>::get() - 1)
}

/// Let `buffered` tonnes of a series be in the buffer.
fn set_buffer<T: Config>(project: ProjectId, asset: AssetId, buffered: Tonnes) {
	use frame_support::traits::{fungibles::Mutate, tokens::Preservation::Expendable};
	let buffer = T::BufferAccount::get();
	if let (Some(mut series), Some(owner)) = (
		Series::<T>::get(asset),
		Projects::<T>::get(project).map(|record| record.owner),
	) {
		let (from, to, moved) = match series.buffered.0.checked_sub(buffered.0) {
			Some(surplus) => (&buffer, &owner, surplus),
			None => (&owner, &buffer, buffered.0 - series.buffered.0),
		};
		if moved > 0 {
			assert_ok!(T::Assets::transfer(asset, from, to, moved.into(), Expendable));
		}
		Totals::<T>::mutate(project, |totals| {
			totals.buffered.0 = totals.buffered.0 - series.buffered.0 + buffered.0;
		});
		series.buffered = buffered;
		Series::<T>::insert(asset, series);
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register_project() {
		let (owner, _) = parties::<T>();
		let n = T::MaxProjectsPerOwner::get() - 1;
		applied::<T>(&owner, n);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), details(n));

		assert!(Projects::<T>::contains_key(ProjectId(n)));
	}

	#[benchmark]
	fn resubmit_project() {
		let (owner, _) = parties::<T>();
		let n = T::MaxProjectsPerOwner::get();
		let project = applied::<T>(&owner, n);

		// With another reference, so that the old one is freed.
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), project, details(n));

		assert!(Projects::<T>::get(project).is_some_and(|record| record.revision == 1));
	}

	#[benchmark]
	fn withdraw_project() {
		let (owner, _) = parties::<T>();
		let project = applied::<T>(&owner, T::MaxProjectsPerOwner::get());

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), project);

		assert!(!Projects::<T>::contains_key(project));
	}

	#[benchmark]
	fn decide_project() {
		let (owner, _) = parties::<T>();
		let project = applied::<T>(&owner, 1);

		#[block]
		{
			// The regulator's origin is the runtime's choice; its check is part of the base weight of a call. A refusal frees the
			// reference.
			assert_ok!(Pallet::<T>::do_decide_project(
				project,
				0,
				Decision::Refuse,
				digest(3)
			));
		}

		assert!(Projects::<T>::get(project).is_some_and(|record| record.state == ProjectState::Refused));
	}

	#[benchmark]
	fn report_reductions() {
		let (owner, _) = parties::<T>();
		let n = T::MaxReportsPerProject::get() - 1;
		let (project, _) = match n {
			0 => (registered::<T>(&owner), ReportId(0)),
			n => reported::<T>(&owner, n),
		};

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), project, reductions(n));

		assert_eq!(Periods::<T>::get(project).len() as u32, n + 1);
	}

	#[benchmark]
	fn withdraw_reductions() {
		let (owner, _) = parties::<T>();
		let (_, report) = reported::<T>(&owner, T::MaxReportsPerProject::get());

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), report);

		assert!(!Reports::<T>::contains_key(report));
	}

	#[benchmark]
	fn verify_reductions() {
		let (owner, verifier) = parties::<T>();
		let (_, report) = reported::<T>(&owner, 1);
		// Whoever is in a group has it compared with that of the owner.
		T::BenchmarkHelper::form_group(core::slice::from_ref(&verifier));

		#[extrinsic_call]
		_(RawOrigin::Signed(verifier), report, Tonnes(TONNES), digest(2));

		assert!(Reports::<T>::get(report).is_some_and(|record| record.state == ReportState::Verified));
	}

	#[benchmark]
	fn refuse_reductions() {
		let (owner, _) = parties::<T>();
		let (_, report) = reported::<T>(&owner, T::MaxReportsPerProject::get());

		#[block]
		{
			assert_ok!(Pallet::<T>::do_refuse_reductions(report, digest(3)));
		}

		assert!(Reports::<T>::get(report).is_some_and(|record| record.state == ReportState::Refused));
	}

	#[benchmark]
	fn issue_series() {
		let (_, project, report) = verified::<T>(T::MaxSeriesPerProject::get());

		#[block]
		{
			assert_ok!(Pallet::<T>::do_issue_series(report));
		}

		assert_eq!(
			SeriesOf::<T>::get(project).len() as u32,
			T::MaxSeriesPerProject::get()
		);
	}

	#[benchmark]
	fn reverse(n: Linear<1, { T::MaxSeriesPerProject::get() }>) {
		let (owner, project, _) = issued::<T>(n);
		// More than the buffer covers, so that every series is drawn on and the rest is owed.
		let tonnes = Tonnes(u64::from(n) * TONNES / 2 + 1);
		let looked_at;

		#[block]
		{
			looked_at = Pallet::<T>::do_reverse(project, tonnes, digest(3));
		}

		assert_eq!(looked_at, Ok(n));
		assert_eq!(ReversalDebts::<T>::get(owner), Some(Tonnes(1)));
	}

	#[benchmark]
	fn settle_reversal() {
		let (owner, project, asset) = issued::<T>(1);
		let tonnes = Tonnes(TONNES / 2);
		assert_ok!(Pallet::<T>::do_reverse(project, Tonnes(TONNES), digest(3)));

		// All that the owner holds, so that its account of the asset goes away.
		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()), project, asset, tonnes);

		assert!(!ReversalDebts::<T>::contains_key(owner));
	}

	#[benchmark]
	fn release_buffer(n: Linear<1, { T::MaxSeriesPerProject::get() }>) {
		let (_, project, _) = issued::<T>(n);
		// Everything is in the buffer, so that the owner's accounts come into being.
		for asset in SeriesOf::<T>::get(project) {
			set_buffer::<T>(project, asset, Tonnes(TONNES));
		}
		let tonnes = Tonnes(u64::from(n) * TONNES);
		let looked_at;

		#[block]
		{
			looked_at = Pallet::<T>::do_release_buffer(project, tonnes);
		}

		assert_eq!(looked_at, Ok(n));
		assert_eq!(Totals::<T>::get(project).buffered, Tonnes::ZERO);
	}

	#[benchmark]
	fn cancel() {
		let (owner, _, asset) = issued::<T>(1);
		let beneficiary = Beneficiary::truncate_from(vec![b'B'; BENEFICIARY_MAX as usize]);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(owner),
			asset,
			Tonnes(TONNES / 2),
			beneficiary,
			digest(3),
		);

		assert_eq!(NextCancellation::<T>::get(), CancellationId(1));
	}

	#[benchmark]
	fn retire() {
		let (owner, _, asset) = issued::<T>(1);

		#[block]
		{
			assert_ok!(<Pallet<T> as OffsetCredits<T::AccountId>>::retire(
				&owner,
				asset,
				Tonnes(TONNES / 2)
			));
		}

		assert!(Series::<T>::get(asset).is_some_and(|series| !series.surrendered.is_zero()));
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
