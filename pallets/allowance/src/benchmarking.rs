//! Benchmarks of the calls and of the closing, each in its worst case.

use crate::*;
use alloc::{vec, vec::Vec};
use carbon_primitives::{AssetId, Digest, Price, Role, Tonnes, Vintage};
use carbon_traits::{CutAllocation, ParticipantBenchmarkHelper, RegistryBenchmarkHelper};
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{fungibles::Inspect, Get},
	weights::WeightMeter,
};
use frame_system::RawOrigin;

const YEAR: Vintage = Vintage(2030);
const NEXT: Vintage = Vintage(2031);
const TONNES: Tonnes = Tonnes(1_000);

/// What the benchmarks need of the chain besides this pallet.
pub trait AllowanceBenchmarkHelper<AccountId>: ParticipantBenchmarkHelper<AccountId> {
	/// Make `who` hold `tonnes` of an offset series of wind power outside of the system, and return its asset.
	fn endow_credits(who: &AccountId, tonnes: u64) -> AssetId;
}

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

/// Deadlines that never come.
fn timeline() -> Timeline {
	Timeline {
		opens: 0,
		reports_due: u64::MAX,
		verification_due: u64::MAX,
		surrender_due: u64::MAX,
		objection_days: 7,
		decision_days: 10,
	}
}

/// Other periods run besides, as many as there may be.
fn crowd<T: Config>(besides: u32) {
	Running::<T>::mutate(|running| {
		for n in 0..(RUNNING_MAX - besides) as u16 {
			let entry = RunningPeriod {
				year: Vintage(n),
				phase: Phase::Open,
				due: u64::MAX,
			};
			assert!(running.try_insert(0, entry).is_ok());
		}
	});
}

fn open<T: Config>() {
	// Events of block 0 are dropped, and their cost with them.
	frame_system::Pallet::<T>::set_block_number(1u32.into());
	assert_ok!(Pallet::<T>::open_period(
		RawOrigin::Root.into(),
		YEAR,
		Tonnes(u64::MAX),
		RuleSet::default(),
		timeline()
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

fn confirmed<T: Config>(entity: &T::AccountId, verifier: &T::AccountId) {
	verified::<T>(entity, verifier);
	let list = with_tonnes::<T>(vec![entity.clone()]);
	assert_ok!(Pallet::<T>::confirm_reports(RawOrigin::Root.into(), YEAR, list));
}

fn allocated<T: Config>(entity: &T::AccountId) {
	let list = with_tonnes::<T>(vec![entity.clone()]);
	assert_ok!(Pallet::<T>::allocate(RawOrigin::Root.into(), YEAR, list));
}

/// The next allocation of `entity` is cut already.
fn owes_deduction<T: Config>(entity: &T::AccountId, tonnes: Tonnes) {
	Deductions::<T>::insert(entity, tonnes);
}

/// The period follows the rules that are the most work, and has the price of its shortfalls.
fn strict<T: Config>() -> PeriodRecord {
	Periods::<T>::mutate(YEAR, |period| {
		let period = period.as_mut().expect("it was opened; qed");
		period.rules.obligation = ObligationRule::Cumulative;
		period.rules.deduct_shortfall = true;
		period.fine_price = Some(FinePrice {
			price: Price(9_000),
			basis: PriceBasis::Market,
		});
		*period
	})
}

/// The period has ended, as if everybody had been assessed.
fn closed<T: Config>() {
	Periods::<T>::mutate(YEAR, |period| {
		period.as_mut().expect("it was opened; qed").phase = Phase::Closed;
	});
	Running::<T>::kill();
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn open_period() {
		crowd::<T>(1);

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, TONNES, RuleSet::default(), timeline());

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

	/// Each entity fell short before, by less than it gets.
	#[benchmark]
	fn allocate(n: Linear<1, { T::MaxBatch::get() }>) {
		let entities = enrolled::<T>(n);
		entities
			.iter()
			.for_each(|entity| owes_deduction::<T>(entity, Tonnes(1)));
		let list = with_tonnes::<T>(entities);

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, list);

		assert_eq!(
			Supplies::<T>::get(u32::from(YEAR)).map(|supply| supply.issued.0),
			Some((TONNES.0 - 1) * u64::from(n))
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
		// Whoever is in a group has it compared with that of the entity.
		T::BenchmarkHelper::form_group(core::slice::from_ref(&verifier));
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
		allocated::<T>(&entity);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(entity.clone()),
			YEAR,
			entity.clone(),
			YEAR.into(),
			TONNES,
		);

		assert!(Surrenders::<T>::contains_key(SurrenderId(0)));
	}

	/// Another participant hands in all credits that it has.
	#[benchmark]
	fn surrender_offsets() {
		let entity = one_enrolled::<T>();
		let verifier = admitted::<T>(1, Role::Verifier).remove(0);
		confirmed::<T>(&entity, &verifier);
		let supplier = admitted::<T>(1, Role::Trader).remove(0);
		let most = RuleSet::default().offsets_max(TONNES);
		let asset = T::BenchmarkHelper::endow_credits(&supplier, most.0);

		#[extrinsic_call]
		surrender(RawOrigin::Signed(supplier), YEAR, entity.clone(), asset, most);

		assert_eq!(
			Obligations::<T>::get(YEAR, &entity).map(|record| record.offsets),
			Some(most)
		);
	}

	#[benchmark]
	fn cancel() {
		let entity = one_enrolled::<T>();
		allocated::<T>(&entity);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(entity),
			YEAR,
			TONNES,
			Beneficiary::truncate_from(vec![b'x'; 128]),
			Digest::zero(),
		);

		assert!(Cancellations::<T>::contains_key(CancellationId(0)));
	}

	/// Moves all allowances to an account that has none.
	#[benchmark]
	fn force_transfer() {
		let from = one_enrolled::<T>();
		let to = admitted::<T>(1, Role::Trader).remove(0);
		allocated::<T>(&from);

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, from, to.clone(), TONNES);

		assert_eq!(T::Assets::balance(u32::from(YEAR), &to), TONNES.0.into());
	}

	/// All allowances of the entity, which has none of the next year yet.
	#[benchmark]
	fn carry_over() {
		let entity = one_enrolled::<T>();
		allocated::<T>(&entity);
		Obligations::<T>::mutate(YEAR, &entity, |record| {
			let record = record.as_mut().expect("it is enrolled; qed");
			record.status = Some(SurrenderStatus::A);
			record.held_at_end = TONNES;
		});
		closed::<T>();
		crowd::<T>(1);
		assert_ok!(Pallet::<T>::open_period(
			RawOrigin::Root.into(),
			NEXT,
			TONNES,
			RuleSet::default(),
			timeline()
		));

		#[extrinsic_call]
		_(RawOrigin::Signed(entity.clone()), YEAR, TONNES);

		assert_eq!(T::Assets::balance(u32::from(NEXT), &entity), TONNES.0.into());
	}

	/// All allowances, to an account of the group that has none.
	#[benchmark]
	fn transfer() {
		let from = one_enrolled::<T>();
		allocated::<T>(&from);
		let to = admitted::<T>(1, Role::Trader).remove(0);
		T::BenchmarkHelper::form_group(&[from.clone(), to.clone()]);

		#[extrinsic_call]
		_(RawOrigin::Signed(from), YEAR.into(), to.clone(), TONNES);

		assert_eq!(T::Assets::balance(u32::from(YEAR), &to), TONNES.0.into());
	}

	/// All allowances, to an account that has none.
	#[benchmark]
	fn transfer_with_basis() {
		let from = one_enrolled::<T>();
		allocated::<T>(&from);
		let to = admitted::<T>(1, Role::Trader).remove(0);

		#[extrinsic_call]
		_(
			RawOrigin::Root,
			YEAR.into(),
			from,
			to.clone(),
			TONNES,
			Digest::zero(),
		);

		assert_eq!(T::Assets::balance(u32::from(YEAR), &to), TONNES.0.into());
	}

	/// The entity lacks everything, under the cumulative rule and with a deduction.
	#[benchmark]
	fn determine_emissions() {
		let entity = one_enrolled::<T>();
		strict::<T>();
		closed::<T>();
		owes_deduction::<T>(&entity, TONNES);

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, entity.clone(), TONNES, Digest::zero());

		assert_eq!(Deductions::<T>::get(&entity), Some(Tonnes(2 * TONNES.0)));
	}

	/// Into the closing: the year before is looked at as well.
	#[benchmark]
	fn advance_period() {
		open::<T>();
		crowd::<T>(1);
		assert_ok!(Pallet::<T>::advance_period(RawOrigin::Root.into(), YEAR));

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR);

		assert!(Closing::<T>::exists());
	}

	#[benchmark]
	fn set_rules() {
		open::<T>();
		crowd::<T>(1);
		Periods::<T>::mutate(YEAR, |period| {
			period.as_mut().expect("it was opened; qed").phase = Phase::Planned;
		});
		let rules = RuleSet {
			obligation: ObligationRule::Cumulative,
			..Default::default()
		};

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, rules, timeline());

		assert_eq!(Periods::<T>::get(YEAR).map(|period| period.rules), Some(rules));
	}

	#[benchmark]
	fn reopen_report() {
		let entity = one_enrolled::<T>();
		let verifier = admitted::<T>(1, Role::Verifier).remove(0);
		verified::<T>(&entity, &verifier);

		#[extrinsic_call]
		_(RawOrigin::Root, YEAR, entity.clone(), Digest::zero());

		assert_eq!(
			Obligations::<T>::get(YEAR, &entity).map(|record| record.corrections),
			Some(1)
		);
	}

	/// Looks at as many periods as there may be, none of which is due.
	#[benchmark]
	fn on_poll_running() {
		crowd::<T>(0);
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::advance_due(&mut meter);
		}

		assert_eq!(Running::<T>::get().len() as u32, RUNNING_MAX);
	}

	#[benchmark]
	fn close_period() {
		open::<T>();
		crowd::<T>(1);

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
		// The entity alone: the cursor, the period and the page are weighed by themselves.
		let entity = one_enrolled::<T>();
		let verifier = admitted::<T>(1, Role::Verifier).remove(0);
		confirmed::<T>(&entity, &verifier);
		let period = strict::<T>();
		owes_deduction::<T>(&entity, TONNES);

		#[block]
		{
			Pallet::<T>::assess_entity(YEAR, &period, &entity);
		}

		assert_eq!(Deductions::<T>::get(&entity), Some(Tonnes(2 * TONNES.0)));
		assert!(Obligations::<T>::get(YEAR, &entity).is_some_and(|record| record.status.is_some()));
	}

	#[benchmark]
	fn cut_allocation() {
		let entity = one_enrolled::<T>();
		owes_deduction::<T>(&entity, TONNES);

		#[block]
		{
			<Pallet<T> as CutAllocation<_>>::cut_allocation(&entity, TONNES);
		}

		assert_eq!(Deductions::<T>::get(&entity), Some(Tonnes(2 * TONNES.0)));
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
