//! Two gates that every call has to have: who may call, and whether the period still accepts anything. A call that is
//! added without one of them is found here.

use crate::mock::*;
use carbon_primitives::{Tonnes, Vintage};
use frame_support::{assert_noop, weights::Weight};
use sp_runtime::{DispatchError, DispatchResult};

fn accounts() -> crate::AccountsOf<Test> {
	vec![POWER_PLANT].try_into().expect("fits")
}

fn tonnes() -> crate::TonnesByAccountOf<Test> {
	vec![(POWER_PLANT, Tonnes(1))].try_into().expect("fits")
}

type Call = fn(RuntimeOrigin, Vintage) -> DispatchResult;

/// The regulator's calls that change an open period.
const REGULATOR: [(&str, Call); 8] = [
	("enrol", |origin, year| Allowance::enrol(origin, year, accounts())),
	("exclude", |origin, year| {
		Allowance::exclude(origin, year, accounts())
	}),
	("allocate", |origin, year| {
		Allowance::allocate(origin, year, tonnes())
	}),
	("issue_for_sale", |origin, year| {
		Allowance::issue_for_sale(origin, year, SELLER, Tonnes(1))
	}),
	("confirm_reports", |origin, year| {
		Allowance::confirm_reports(origin, year, tonnes())
	}),
	("close_period", Allowance::close_period),
	("advance_period", Allowance::advance_period),
	("reopen_report", |origin, year| {
		Allowance::reopen_report(origin, year, POWER_PLANT, digest(1))
	}),
];

/// The participants' calls that change an open period.
const PARTICIPANTS: [(&str, AccountId, Call); 3] = [
	("report_emissions", POWER_PLANT, |origin, year| {
		Allowance::report_emissions(origin, year, Tonnes(1), digest(1))
	}),
	("verify_report", VERIFIER, |origin, year| {
		Allowance::verify_report(origin, year, POWER_PLANT, Tonnes(1))
	}),
	("surrender", POWER_PLANT, |origin, year| {
		Allowance::surrender(origin, year, POWER_PLANT, YEAR.into(), Tonnes(1))
	}),
];

fn open() -> ExtBuilder {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 100)
}

/// Every call that changes an open period, with an origin that may make it.
fn each(check: impl Fn(&str, &dyn Fn(Vintage) -> DispatchResult)) {
	for (name, call) in REGULATOR {
		check(name, &|year| call(RuntimeOrigin::root(), year));
	}
	for (name, who, call) in PARTICIPANTS {
		check(name, &|year| call(RuntimeOrigin::signed(who), year));
	}
}

#[test]
fn calls_of_the_regulator_should_fail_when_anybody_else_makes_them() {
	open().build_and_execute(|| {
		for (name, call) in REGULATOR {
			for who in [POWER_PLANT, VERIFIER, SELLER, STRANGER] {
				let result = call(RuntimeOrigin::signed(who), YEAR);
				assert_eq!(result, Err(DispatchError::BadOrigin), "{name} by {who}");
			}
			assert_eq!(
				call(RuntimeOrigin::none(), YEAR),
				Err(DispatchError::BadOrigin),
				"{name} unsigned"
			);
		}
	});
}

#[test]
fn calls_of_participants_should_fail_when_the_regulator_makes_them() {
	open().build_and_execute(|| {
		for (name, _, call) in PARTICIPANTS {
			assert_eq!(
				call(RuntimeOrigin::root(), YEAR),
				Err(DispatchError::BadOrigin),
				"{name}"
			);
		}
	});
}

#[test]
fn calls_should_fail_when_the_period_does_not_exist() {
	open().build_and_execute(|| {
		each(|name, call| {
			assert_eq!(
				call(Vintage(2022)),
				Err(Error::<Test>::PeriodNotFound.into()),
				"{name}"
			);
		});
	});
}

#[test]
fn calls_should_change_nothing_when_the_period_is_closing_or_closed() {
	open().build_and_execute(|| {
		Allowance::close_period(RuntimeOrigin::root(), YEAR).expect("closes");
		for _ in 0..2 {
			each(|name, call| {
				println!("{name}");
				assert_noop!(call(YEAR), Error::<Test>::PeriodNotOpen);
			});
			poll(Weight::MAX);
		}
	});
}

#[test]
fn lists_should_fail_when_they_are_empty() {
	open().build_and_execute(|| {
		let root = RuntimeOrigin::root;
		assert_noop!(
			Allowance::enrol(root(), YEAR, Default::default()),
			Error::<Test>::BatchEmpty
		);
		assert_noop!(
			Allowance::exclude(root(), YEAR, Default::default()),
			Error::<Test>::BatchEmpty
		);
		assert_noop!(
			Allowance::allocate(root(), YEAR, Default::default()),
			Error::<Test>::BatchEmpty
		);
		assert_noop!(
			Allowance::confirm_reports(root(), YEAR, Default::default()),
			Error::<Test>::BatchEmpty
		);
	});
}
