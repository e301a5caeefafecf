//! What the pallet of free allocation asks of this one.

use crate::mock::*;
use carbon_primitives::{Tonnes, Vintage};
use carbon_traits::{AllocationRules, InspectObligation, IssueAllowances, UseHeldAllowances};
use frame_support::{assert_noop, assert_ok, storage::with_storage_layer};
use sp_runtime::{DispatchError, DispatchResult};

/// Keeps allowances of risky holders; nobody has admitted it.
const CUSTODY: AccountId = 1_002;

/// As its callers do: what was written before it failed is taken back.
fn issue(to: AccountId, tonnes: u64) -> Result<Tonnes, DispatchError> {
	with_storage_layer(|| Allowance::issue(YEAR, &POWER_PLANT, &to, Tonnes(tonnes)))
}

fn take_back(from: AccountId, tonnes: u64) -> DispatchResult {
	Allowance::take_back(YEAR, &POWER_PLANT, &from, Tonnes(tonnes))
}

fn surrender_for(year: Vintage, tonnes: u64) -> DispatchResult {
	Allowance::surrender_for(year, &CUSTODY, &POWER_PLANT, YEAR, Tonnes(tonnes))
}

fn hand_over(tonnes: u64) -> DispatchResult {
	Allowance::hand_over(YEAR, &CUSTODY, &POWER_PLANT, Tonnes(tonnes))
}

fn enrolled() -> ExtBuilder {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
}

/// The custody keeps 100 tonnes of the power plant.
fn kept(test: impl FnOnce()) {
	enrolled().build_and_execute(|| {
		assert_ok!(issue(CUSTODY, 100));
		System::reset_events();
		test();
	});
}

#[test]
fn issue_should_add_up_over_several_issues_to_whichever_account() {
	enrolled().build_and_execute(|| {
		assert_eq!(issue(POWER_PLANT, 100), Ok(Tonnes(0)));
		assert_eq!(issue(CUSTODY, 400), Ok(Tonnes(0)));
		assert_eq!((held(YEAR, POWER_PLANT), held(YEAR, CUSTODY)), (100, 400));
		assert_eq!(obligation(YEAR, POWER_PLANT).allocated, Some(Tonnes(500)));
		assert_eq!(supply(YEAR).issued, Tonnes(500));
		System::assert_last_event(
			Event::Allocated {
				year: YEAR,
				entity: POWER_PLANT,
				tonnes: Tonnes(400),
			}
			.into(),
		);
	});
}

#[test]
fn issue_should_come_on_top_of_an_allocation_and_close_the_way_to_a_second_one() {
	enrolled().with_allocation(POWER_PLANT, 10).build_and_execute(|| {
		assert_ok!(issue(POWER_PLANT, 5));
		assert_eq!(obligation(YEAR, POWER_PLANT).allocated, Some(Tonnes(15)));
	});
	kept(|| {
		let list = vec![(POWER_PLANT, Tonnes(1))].try_into().expect("fits");
		assert_noop!(
			Allowance::allocate(RuntimeOrigin::root(), YEAR, list),
			Error::<Test>::AlreadyAllocated
		);
	});
}

#[test]
fn issue_of_nothing_should_deduct_nothing() {
	enrolled().build_and_execute(|| {
		crate::Deductions::<Test>::insert(POWER_PLANT, Tonnes(7));
		System::reset_events();
		assert_eq!(issue(POWER_PLANT, 0), Ok(Tonnes(0)));
		assert_eq!(Allowance::deduction(POWER_PLANT), Tonnes(7));
		let allocated = Event::Allocated {
			year: YEAR,
			entity: POWER_PLANT,
			tonnes: Tonnes(0),
		};
		let events: Vec<RuntimeEvent> = System::events().into_iter().map(|record| record.event).collect();
		assert_eq!(events, vec![allocated.into()]);
	});
}

#[test]
fn issue_should_fail_when_the_cap_would_be_passed() {
	enrolled().build_and_execute(|| {
		assert_ok!(issue(POWER_PLANT, 1));
		for tonnes in [500, u64::MAX] {
			assert_noop!(issue(POWER_PLANT, tonnes), Error::<Test>::CapExceeded);
		}
	});
}

#[test]
fn issue_should_fail_when_the_entity_is_not_enrolled_or_not_admitted() {
	ExtBuilder::default().with_period(500).build_and_execute(|| {
		assert_noop!(issue(POWER_PLANT, 1), Error::<Test>::NotEnrolled);
	});
	enrolled().build_and_execute(|| {
		Admissions::expel(POWER_PLANT);
		assert_noop!(issue(CUSTODY, 1), NOT_ADMITTED);
	});
}

#[test]
fn issue_should_fail_when_the_period_does_not_exist_or_has_ended() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(issue(POWER_PLANT, 1), Error::<Test>::PeriodNotFound);
	});
	enrolled().build_and_execute(|| {
		close(YEAR);
		assert_noop!(issue(POWER_PLANT, 1), Error::<Test>::PeriodNotOpen);
	});
}

#[test]
fn take_back_should_make_it_as_if_nothing_had_been_issued() {
	kept(|| {
		assert_ok!(take_back(CUSTODY, 30));
		assert_eq!(held(YEAR, CUSTODY), 70);
		assert_eq!(supply(YEAR).issued, Tonnes(70));
		assert_eq!(obligation(YEAR, POWER_PLANT).allocated, Some(Tonnes(70)));
		System::assert_last_event(
			Event::TakenBack {
				year: YEAR,
				entity: POWER_PLANT,
				tonnes: Tonnes(30),
			}
			.into(),
		);
		// There is room under the cap again.
		assert_ok!(issue(POWER_PLANT, 430));
		assert_ok!(take_back(CUSTODY, 70));
	});
}

#[test]
fn take_back_should_be_possible_when_the_period_has_closed() {
	kept(|| {
		close(YEAR);
		assert_ok!(take_back(CUSTODY, 30));
	});
}

#[test]
fn take_back_should_fail_when_more_is_asked_for_than_was_allocated() {
	kept(|| {
		assert_ok!(Allowance::issue_for_sale(
			RuntimeOrigin::root(),
			YEAR,
			SELLER,
			Tonnes(101)
		));
		assert_noop!(take_back(SELLER, 101), Error::<Test>::MoreThanAllocated);
	});
	enrolled().build_and_execute(|| {
		assert_noop!(take_back(POWER_PLANT, 1), Error::<Test>::MoreThanAllocated);
	});
}

#[test]
fn take_back_should_fail_when_the_account_holds_fewer() {
	kept(|| {
		assert_noop!(take_back(POWER_PLANT, 1), Error::<Test>::InsufficientAllowances);
	});
}

#[test]
fn take_back_should_fail_when_the_vintage_is_halted() {
	kept(|| {
		Halts::halt(YEAR);
		assert_noop!(take_back(CUSTODY, 1), Error::<Test>::AssetHalted);
	});
}

#[test]
fn take_back_should_fail_when_the_entity_is_not_enrolled() {
	kept(|| {
		assert_noop!(
			Allowance::take_back(YEAR, &STEEL_MILL, &CUSTODY, Tonnes(1)),
			Error::<Test>::NotEnrolled
		);
	});
}

#[test]
fn deduct_again_should_cut_what_is_issued_next() {
	let again = |tonnes| Allowance::deduct_again(YEAR, &POWER_PLANT, Tonnes(tonnes));
	kept(|| {
		assert_noop!(again(0), Error::<Test>::AmountZero);
		assert_ok!(again(4));
		assert_ok!(again(3));
		System::assert_last_event(
			Event::DeductedAgain {
				year: YEAR,
				entity: POWER_PLANT,
				tonnes: Tonnes(3),
			}
			.into(),
		);
		assert_eq!(Allowance::deduction(POWER_PLANT), Tonnes(7));
		assert_eq!(issue(POWER_PLANT, 10), Ok(Tonnes(7)));
	});
}

#[test]
fn free_should_be_what_lies_on_the_registry_ledger() {
	kept(|| {
		assert_eq!(Allowance::free(YEAR, &CUSTODY), Tonnes(100));
		TradingLedger::deposit(CUSTODY, YEAR.into(), 40);
		assert_eq!(Allowance::free(YEAR, &CUSTODY), Tonnes(60));
		assert_eq!(Allowance::free(NEXT, &CUSTODY), Tonnes(0));
	});
}

#[test]
fn surrender_for_should_leave_a_record_of_the_custody_as_supplier() {
	kept(|| {
		assert_ok!(surrender_for(YEAR, 60));
		assert_eq!(held(YEAR, CUSTODY), 40);
		assert_eq!(obligation(YEAR, POWER_PLANT).surrendered, Tonnes(60));
		let record = Allowance::surrender_record(SurrenderId(0)).expect("there is one");
		assert_eq!(
			(record.supplier, record.entity, record.tonnes),
			(CUSTODY, POWER_PLANT, Tonnes(60))
		);
	});
}

#[test]
fn surrender_for_should_refuse_what_a_surrender_refuses() {
	kept(|| {
		assert_noop!(surrender_for(YEAR, 0), Error::<Test>::AmountZero);
		assert_noop!(surrender_for(YEAR, 101), Error::<Test>::InsufficientAllowances);
		assert_noop!(surrender_for(NEXT, 1), Error::<Test>::PeriodNotFound);
		assert_noop!(
			Allowance::surrender_for(YEAR, &CUSTODY, &STEEL_MILL, YEAR, Tonnes(1)),
			Error::<Test>::NotEnrolled
		);
		assert_noop!(
			Allowance::surrender_for(YEAR, &CUSTODY, &POWER_PLANT, NEXT, Tonnes(1)),
			Error::<Test>::VintageNotUsable
		);
		close(YEAR);
		assert_noop!(surrender_for(YEAR, 1), Error::<Test>::PeriodNotOpen);
	});
}

#[test]
fn hand_over_should_move_allowances_to_the_entity_also_when_the_period_has_closed() {
	kept(|| {
		close(YEAR);
		assert_ok!(hand_over(100));
		assert_eq!((held(YEAR, CUSTODY), held(YEAR, POWER_PLANT)), (0, 100));
	});
}

#[test]
fn hand_over_should_fail_when_the_vintage_is_unknown_or_halted_or_too_few_are_kept() {
	kept(|| {
		assert_noop!(hand_over(101), Error::<Test>::InsufficientAllowances);
		assert_noop!(
			Allowance::hand_over(NEXT, &CUSTODY, &POWER_PLANT, Tonnes(1)),
			Error::<Test>::VintageNotFound
		);
		Halts::halt(YEAR);
		assert_noop!(hand_over(1), Error::<Test>::AssetHalted);
	});
}

#[test]
fn hand_over_should_fail_when_the_entity_is_no_longer_admitted() {
	kept(|| {
		Admissions::expel(POWER_PLANT);
		assert_noop!(hand_over(1), NOT_ADMITTED);
	});
}

#[test]
fn rules_should_be_those_that_are_about_allocation() {
	enrolled().build_and_execute(|| {
		let expected = AllocationRules {
			pre_allocation_bps: 7_000,
			gap_cap_bps: Some(8_000),
			objection_days: 7,
			decision_days: 10,
		};
		assert_eq!(<Allowance as InspectObligation<_>>::rules(YEAR), Some(expected));
		assert_eq!(<Allowance as InspectObligation<AccountId>>::rules(NEXT), None);
	});
}

#[test]
fn allocation_should_be_accepted_while_the_period_runs() {
	let accepts = |year| <Allowance as InspectObligation<AccountId>>::accepts_allocation(year);
	enrolled().build_and_execute(|| {
		assert!(accepts(YEAR) && !accepts(NEXT));
		assert!(Allowance::is_enrolled(YEAR, &POWER_PLANT));
		assert!(!Allowance::is_enrolled(YEAR, &STEEL_MILL) && !Allowance::is_enrolled(NEXT, &POWER_PLANT));
		close(YEAR);
		assert!(!accepts(YEAR));
	});
}

#[test]
fn allocated_should_be_none_until_something_is_issued() {
	let allocated = |who| <Allowance as InspectObligation<_>>::allocated(YEAR, &who);
	enrolled().build_and_execute(|| {
		assert_eq!((allocated(POWER_PLANT), allocated(STEEL_MILL)), (None, None));
		assert_ok!(issue(CUSTODY, 100));
		assert_ok!(take_back(CUSTODY, 100));
		assert_eq!(allocated(POWER_PLANT), Some(Tonnes(0)));
	});
}

#[test]
fn emissions_should_be_verified_and_something_outstanding_once_they_are_confirmed() {
	let verified = || Allowance::verified_emissions(YEAR, &POWER_PLANT);
	let outstanding = || Allowance::outstanding(YEAR, &POWER_PLANT);
	kept(|| {
		assert_ok!(surrender_for(YEAR, 30));
		assert_eq!((verified(), outstanding()), (None, None));
		confirm(YEAR, POWER_PLANT, 90);
		assert_eq!((verified(), outstanding()), (Some(Tonnes(90)), Some(Tonnes(60))));
		Waived::set([((2021, POWER_PLANT), 20)].into());
		assert_eq!(outstanding(), Some(Tonnes(40)));
		assert_ok!(surrender_for(YEAR, 50));
		assert_eq!(outstanding(), Some(Tonnes(0)));
		assert_eq!(Allowance::outstanding(NEXT, &POWER_PLANT), None);
		assert_eq!(Allowance::verified_emissions(YEAR, &STEEL_MILL), None);
	});
}

#[test]
fn nothing_should_be_outstanding_when_the_entity_is_excluded() {
	kept(|| {
		confirm(YEAR, POWER_PLANT, 90);
		let list = vec![POWER_PLANT].try_into().expect("fits");
		assert_ok!(Allowance::exclude(RuntimeOrigin::root(), YEAR, list));
		assert_eq!(Allowance::outstanding(YEAR, &POWER_PLANT), Some(Tonnes(0)));
	});
}
