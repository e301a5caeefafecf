//! Benchmarks of the calls and of the closing, each in its worst case.

use crate::*;
use alloc::{vec, vec::Vec};
use carbon_primitives::{AssetId, Digest, Role, Tonnes, Vintage};
use carbon_traits::{ParticipantBenchmarkHelper, RegistryBenchmarkHelper};
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{fungibles::Inspect, Get},
	weights::WeightMeter,
};
use frame_system::RawOrigin;

const YEAR: Vintage = Vintage(2030);
const TONNES: Tonnes = Tonnes(1_000);

/// For the benchmarks of other pallets, which need allowances of several vintages at once: no period is opened, since those
/// follow each other.
impl<T: Config> RegistryBenchmarkHelper<T::AccountId> for Pallet<T> {
	fn endow(who: &T::AccountId, asset: AssetId, tonnes: u64) {
		let vintage = Vintage::from_asset(asset).expect("benchmarks trade vintages; qed");
		if !Supplies::<T>::contains_key(asset) {
			assert_ok!(Pallet::<T>::create_vintage(vintage, Tonnes(u64::MAX)));
		}
		assert_ok!(Pallet::<T>::mint_allowances(vintage, who, Tonnes(tonnes)));
		assert_ok!(Pallet::<T>::raise_issued(vintage, Tonnes(tonnes), Tonnes(0)));
	}
}

fn open<T: Config>() {
	// Events of block 0 are dropped, and their cost with them.
	frame_system::Pallet::<T>::set_block_number(1u32.into());
	assert_ok!(Pallet::<T>::open_period(
		RawOrigin::Root.into(),
		YEAR,
		Tonnes(u64::MAX),
		ObligationRule::Cumulative
	));
}

fn admitted<T: Config>(n: u32, role: Role) -> Vec<T::AccountId> {
	let accounts: Vec<_> = (0..n)
		.map(|index| account("participant", index, role as u32))
		.collect();
	accounts
		.iter()
		.for_each(|who| T::BenchmarkHelper::admit(who, role));
	accounts
}

fn enrolled<T: Config>(n: u32) -> Vec<T::AccountId> {
	open::<T>();
	let entities = admitted::<T>(n, Role::CoveredEntity);
	let list = AccountsOf::<T>::truncate_from(entities.clone());
	assert_ok!(Pallet::<T>::enrol(RawOrigin::Root.into(), YEAR, list));
	entities
}

fn one_enrolled<T: Config>() -> T::AccountId {
	enrolled::<T>(1).remove(0)
}

fn with_tonnes<T: Config>(entities: Vec<T::AccountId>) -> TonnesByAccountOf<T> {
	TonnesByAccountOf::<T>::truncate_from(entities.into_iter().map(|who| (who, TONNES)).collect())
}

fn report<T: Config>(entity: &T::AccountId) {
	let origin = RawOrigin::Signed(entity.clone()).into();
	assert_ok!(Pallet::<T>::report_emissions(
		origin,
		YEAR,
		TONNES,
		Digest::zero()
	));
}

fn verified<T: Config>(entity: &T::AccountId, verifier: &T::AccountId) {
	report::<T>(entity);
	let origin = RawOrigin::Signed(verifier.clone()).into();
	assert_ok!(Pallet::<T>::verify_report(origin, YEAR, entity.clone(), TONNES));
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn open_period() {
		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, TONNES, ObligationRule::Cumulative);

		assert!(Periods::<T>::contains_key(YEAR));
	}

	#[benchmark]
	fn enrol(n: Linear<1, { T::MaxBatch::get() }>) {
		open::<T>();
		let list = AccountsOf::<T>::truncate_from(admitted::<T>(n, Role::CoveredEntity));

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, list);

		assert_eq!(Enrolments::<T>::get(YEAR, 0).len() as u32, n);
	}

	#[benchmark]
	fn exclude(n: Linear<1, { T::MaxBatch::get() }>) {
		let list = AccountsOf::<T>::truncate_from(enrolled::<T>(n));

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, list.clone());

		assert!(list
			.iter()
			.all(|who| Obligations::<T>::get(YEAR, who).is_some_and(|record| record.excluded)));
	}

	#[benchmark]
	fn allocate(n: Linear<1, { T::MaxBatch::get() }>) {
		let list = with_tonnes::<T>(enrolled::<T>(n));

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, list);

		assert_eq!(
			Supplies::<T>::get(u32::from(YEAR)).map(|supply| supply.issued.0),
			Some(TONNES.0 * u64::from(n))
		);
	}

	#[benchmark]
	fn issue_for_sale() {
		open::<T>();
		let seller = admitted::<T>(1, Role::Trader).remove(0);

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, seller, TONNES);

		assert_eq!(
			Supplies::<T>::get(u32::from(YEAR)).map(|supply| supply.sold),
			Some(TONNES)
		);
	}

	#[benchmark]
	fn report_emissions() {
		let entity = one_enrolled::<T>();
		report::<T>(&entity);

		#[extrinsic_call]
		_(RawOrigin::Signed(entity.clone()), YEAR, Tonnes(7), Digest::zero());

		let reported = Obligations::<T>::get(YEAR, &entity).and_then(|record| record.report);
		assert_eq!(reported.map(|report| report.tonnes), Some(Tonnes(7)));
	}

	#[benchmark]
	fn verify_report() {
		let entity = one_enrolled::<T>();
		let verifier = admitted::<T>(1, Role::Verifier).remove(0);
		report::<T>(&entity);

		#[extrinsic_call]
		_(RawOrigin::Signed(verifier), YEAR, entity.clone(), TONNES);

		let report = Obligations::<T>::get(YEAR, &entity).and_then(|record| record.report);
		assert_eq!(report.map(|report| report.state), Some(ReportState::Verified));
	}

	#[benchmark]
	fn confirm_reports(n: Linear<1, { T::MaxBatch::get() }>) {
		let entities = enrolled::<T>(n);
		let verifier = admitted::<T>(1, Role::Verifier).remove(0);
		entities
			.iter()
			.for_each(|entity| verified::<T>(entity, &verifier));
		let last = entities[entities.len() - 1].clone();
		let list = with_tonnes::<T>(entities);

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, list);

		let report = Obligations::<T>::get(YEAR, &last).and_then(|record| record.report);
		assert_eq!(report.map(|report| report.state), Some(ReportState::Confirmed));
	}

	#[benchmark]
	fn surrender() {
		let entity = one_enrolled::<T>();
		let list = with_tonnes::<T>(vec![entity.clone()]);
		assert_ok!(Pallet::<T>::allocate(RawOrigin::Root.into(), YEAR, list));

		#[extrinsic_call]
		_(RawOrigin::Signed(entity), YEAR, YEAR, TONNES);

		assert!(Surrenders::<T>::contains_key(SurrenderId(0)));
	}

	#[benchmark]
	fn cancel() {
		let entity = one_enrolled::<T>();
		let list = with_tonnes::<T>(vec![entity.clone()]);
		assert_ok!(Pallet::<T>::allocate(RawOrigin::Root.into(), YEAR, list));

		#[extrinsic_call]
		_(RawOrigin::Signed(entity), YEAR, TONNES, Digest::zero());

		assert!(Cancellations::<T>::contains_key(CancellationId(0)));
	}

	/// Moves all allowances to an account that has none.
	#[benchmark]
	fn force_transfer() {
		let from = one_enrolled::<T>();
		let to = admitted::<T>(1, Role::Trader).remove(0);
		let list = with_tonnes::<T>(vec![from.clone()]);
		assert_ok!(Pallet::<T>::allocate(RawOrigin::Root.into(), YEAR, list));

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, from, to.clone(), TONNES);

		assert_eq!(T::Assets::balance(u32::from(YEAR), &to), TONNES.0.into());
	}

	#[benchmark]
	fn close_period() {
		open::<T>();

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR);

		assert!(Closing::<T>::exists());
	}

	#[benchmark]
	fn on_poll_idle() {
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::continue_closing(&mut meter);
		}

		assert!(!Closing::<T>::exists());
	}

	#[benchmark]
	fn on_poll_closing() {
		open::<T>();
		assert_ok!(Pallet::<T>::close_period(RawOrigin::Root.into(), YEAR));
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::continue_closing(&mut meter);
		}

		assert!(!Closing::<T>::exists());
	}

	#[benchmark]
	fn assess_page() {
		// The page alone: it names nobody that has to be assessed.
		Enrolments::<T>::insert(
			YEAR,
			0,
			AccountsOf::<T>::truncate_from(admitted::<T>(T::MaxBatch::get(), Role::CoveredEntity)),
		);
		let page;

		#[block]
		{
			page = Enrolments::<T>::get(YEAR, 0);
		}

		assert_eq!(page.len() as u32, T::MaxBatch::get());
	}

	#[benchmark]
	fn assess_entity() {
		// The entity alone: the cursor, the period and the page are weighed by themselves. The cumulative rule is more work.
		let entity = one_enrolled::<T>();

		#[block]
		{
			Pallet::<T>::assess_entity(YEAR, ObligationRule::Cumulative, &entity);
		}

		assert!(Obligations::<T>::get(YEAR, &entity).is_some_and(|record| record.status.is_some()));
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
