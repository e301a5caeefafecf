//! Units that are held because of an entity's credit, as those of a risky holder are.

use crate::mock::*;
use carbon_primitives::Tonnes;
use carbon_traits::InspectEntitlement;
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo, weights::Weight};
use sp_runtime::DispatchResult;

fn release(tonnes: u64) -> DispatchResult {
	transact(|| Allocation::release_units(RuntimeOrigin::root(), PLANT, YEAR, Tonnes(tonnes)))
}

/// The credit of `PLANT` is bad. 1,200,000 t are held for it, which emitted 1,000,000 t.
fn held(test: impl FnOnce()) {
	plant().build_and_execute(|| {
		let_credit_hold(PLANT, true);
		enter_direct(1_200_000);
		assert_ok!(true_up(PLANT));
		test();
	});
}

#[test]
fn is_kept_should_hold_for_one_reason_or_the_other() {
	plant().build_and_execute(|| {
		let keeping = |by_order, by_credit| {
			assert_eq!(Allocation::keeping(PLANT), Keeping { by_order, by_credit });
			assert_eq!(Allocation::is_kept(&PLANT), by_order || by_credit);
			assert_eq!(Allocation::is_risky(PLANT), by_order);
		};
		keeping(false, false);
		let_credit_hold(PLANT, true);
		keeping(false, true);
		hold(PLANT);
		keeping(true, true);
		let_credit_hold(PLANT, false);
		keeping(true, false);
	});
}

#[test]
fn pre_allocate_should_put_the_units_into_custody_when_the_credit_is_bad() {
	plant().build_and_execute(|| {
		let_credit_hold(PLANT, true);
		assert_ok!(pre_allocate(PLANT, None));
		assert_eq!((held_by(YEAR, PLANT), held_by(YEAR, CUSTODY)), (0, 630_000));
		assert_eq!(Allocation::held(YEAR, PLANT), Tonnes(630_000));
		assert!(matches!(
			events().last(),
			Some(Event::PreAllocated { held: true, .. })
		));
	});
}

#[test]
fn true_up_should_put_the_units_into_custody_when_the_credit_is_bad() {
	held(|| {
		assert_eq!(Allocation::held(YEAR, PLANT), Tonnes(1_200_000));
		assert_eq!(held_by(YEAR, PLANT), 0);
	});
}

#[test]
fn true_up_should_hand_out_the_units_when_the_credit_has_risen() {
	plant().build_and_execute(|| {
		let_credit_hold(PLANT, true);
		assert_ok!(pre_allocate(PLANT, None));
		let_credit_hold(PLANT, false);
		enter_direct(1_000_000);
		assert_ok!(true_up(PLANT));
		assert_eq!(held_by(YEAR, PLANT), 370_000);
		// What was held stays so until it is released.
		assert_eq!(Allocation::held(YEAR, PLANT), Tonnes(630_000));
	});
}

#[test]
fn release_units_should_fail_while_the_credit_is_bad_and_the_obligation_open() {
	held(|| {
		assert_noop!(release(1), Error::<Test>::ObligationOpen);
	});
}

#[test]
fn release_units_should_hand_over_the_rest_when_the_obligation_is_covered() {
	held(|| {
		let root = RuntimeOrigin::root();
		assert_ok!(Allocation::surrender_held(
			root,
			YEAR,
			PLANT,
			YEAR,
			Tonnes(1_000_000)
		));
		assert_ok!(release(200_000));
		assert_eq!(held_by(YEAR, PLANT), 200_000);
	});
}

#[test]
fn release_units_should_need_no_surrender_when_the_credit_has_risen() {
	held(|| {
		let_credit_hold(PLANT, false);
		assert_ok!(release(1_200_000));
		assert_eq!(held_by(YEAR, PLANT), 1_200_000);
	});
}

#[test]
fn release_units_should_fail_when_the_credit_has_risen_but_the_regulator_holds() {
	held(|| {
		hold(PLANT);
		let_credit_hold(PLANT, false);
		assert_noop!(release(1), Error::<Test>::ObligationOpen);
	});
}

#[test]
fn release_units_should_fail_when_the_hold_has_ended_but_the_credit_is_bad() {
	held(|| {
		hold(PLANT);
		assert_ok!(Allocation::end_hold(RuntimeOrigin::root(), PLANT));
		assert_noop!(release(1), Error::<Test>::ObligationOpen);
	});
}

#[test]
fn end_hold_should_fail_when_units_are_held_because_of_credit_alone() {
	held(|| {
		assert_noop!(
			Allocation::end_hold(RuntimeOrigin::root(), PLANT),
			Error::<Test>::NotRisky
		);
	});
}

#[test]
fn weights_should_hold_what_credit_and_records_cost() {
	let weight = |call: Call<Test>| RuntimeCall::from(call).get_dispatch_info().call_weight;
	let each = TERMS_WEIGHT + ISSUE_RECORD_WEIGHT;
	let (year, entity, vintage, tonnes) = (YEAR, PLANT, YEAR, Tonnes(1));
	let line = PreAllocation { entity, base: None };
	let list = vec![line.clone(), line].try_into().unwrap();
	let cases: [(Call<Test>, Weight); 4] = [
		(
			Call::pre_allocate { year, list },
			<() as WeightInfo>::pre_allocate(2) + each * 2,
		),
		(
			Call::true_up {
				year,
				entities: vec![PLANT, MILL, LATECOMER].try_into().unwrap(),
			},
			<() as WeightInfo>::true_up(3, INSTALLATIONS_MAX) + each * 3,
		),
		(
			Call::surrender_held {
				year,
				entity,
				vintage,
				tonnes,
			},
			<() as WeightInfo>::surrender_held() + SURRENDER_RECORD_WEIGHT,
		),
		(
			Call::release_units {
				entity,
				vintage,
				tonnes,
			},
			<() as WeightInfo>::release_units() + TERMS_WEIGHT,
		),
	];
	for (call, expected) in cases {
		assert_eq!(weight(call.clone()), expected, "{call:?}");
	}
}
