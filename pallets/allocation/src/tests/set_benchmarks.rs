use crate::mock::*;
use carbon_primitives::Vintage;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn set(year: Vintage, table: BenchmarkTable) -> DispatchResult {
	Allocation::set_benchmarks(RuntimeOrigin::root(), year, table)
}

#[test]
fn set_benchmarks_should_replace_those_before() {
	ExtBuilder::default().with_benchmarks().build_and_execute(|| {
		let mut table = benchmarks();
		table.gas = 3_300;
		assert_ok!(set(YEAR, table));
		let record = Benchmarks::<Test>::get(YEAR).unwrap();
		assert_eq!((record.table, record.used), (table, false));
		assert_eq!(
			events(),
			[Event::BenchmarksSet {
				year: YEAR,
				old_value: Some(benchmarks()),
				new_value: table,
			}]
		);
	});
}

#[test]
fn set_benchmarks_should_fail_when_a_rate_is_zero() {
	ExtBuilder::default().build_and_execute(|| {
		let mut table = benchmarks();
		table.heat_gas = 0;
		assert_noop!(set(YEAR, table), Error::<Test>::BenchmarksUnfit);
	});
}

#[test]
fn set_benchmarks_should_fail_when_a_true_up_has_used_them() {
	plant().build_and_execute(|| {
		enter_direct(1_000_000);
		assert_ok!(true_up(PLANT));
		assert_noop!(set(YEAR, benchmarks()), Error::<Test>::BenchmarksLocked);
	});
}
