//! The invariants must be able to fail: each test breaks one of them behind the calls' back.

use crate::{
	mock::*, Cancellations, Closing, Deductions, Enrolments, LastPeriod, Movements, Obligations, Periods,
	Running, Supplies, Surrenders, Totals,
};
use carbon_primitives::{Tonnes, Vintage};
use frame_support::{assert_err, assert_noop, assert_ok, hypothetically, traits::fungibles::Mutate};
use sp_runtime::TryRuntimeError;

/// A state in which everything that the invariants speak of exists.
fn lived() -> sp_io::TestExternalities {
	let mut ext = ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 100)
		.build();
	ext.execute_with(|| {
		assert_ok!(Allowance::surrender(
			RuntimeOrigin::signed(POWER_PLANT),
			YEAR,
			POWER_PLANT,
			YEAR.into(),
			Tonnes(10)
		));
		assert_ok!(Allowance::cancel(
			RuntimeOrigin::signed(POWER_PLANT),
			YEAR,
			Tonnes(5),
			Default::default(),
			digest(1)
		));
		assert_ok!(Allowance::do_try_state());
	});
	ext
}

fn broken(break_it: impl FnOnce(), expected: &'static str) {
	lived().execute_with(|| {
		hypothetically!({
			break_it();
			assert_err!(Allowance::do_try_state(), TryRuntimeError::Other(expected));
		});
	});
}

fn change_supply(change: impl FnOnce(&mut Supply)) {
	Supplies::<Test>::mutate(2021, |supply| change(supply.as_mut().expect("exists")));
}

fn change_obligation(change: impl FnOnce(&mut ObligationRecord<AccountId>)) {
	Obligations::<Test>::mutate(YEAR, POWER_PLANT, |record| {
		change(record.as_mut().expect("exists"))
	});
}

#[test]
fn try_state_should_find_a_supply_that_belongs_to_no_vintage() {
	broken(
		|| Supplies::<Test>::insert(1_000_000, Supply::default()),
		"allowance 1: a supply record belongs to a vintage",
	);
}

#[test]
fn try_state_should_find_a_broken_cap() {
	broken(
		|| change_supply(|supply| supply.cap = Tonnes(99)),
		"allowance 1: more allowances are issued than the cap allows",
	);
}

#[test]
fn try_state_should_find_an_issue_that_nobody_received() {
	broken(
		|| change_supply(|supply| supply.sold = Tonnes(1)),
		"allowance 1: issued allowances differ from the allocated and sold ones",
	);
}

#[test]
fn try_state_should_find_a_tonne_that_was_never_issued() {
	broken(
		|| {
			assert_ok!(Assets::mint_into(2021, &SELLER, 1));
		},
		"allowance 2: allowances exist that were never issued",
	);
}

#[test]
fn try_state_should_find_a_lost_tonne() {
	use frame_support::traits::tokens::{Fortitude::Polite, Precision::Exact, Preservation::Expendable};
	broken(
		|| {
			assert_ok!(Assets::burn_from(
				2021,
				&POWER_PLANT,
				1,
				Expendable,
				Exact,
				Polite
			));
		},
		"allowance 2: allowances are lost",
	);
}

#[test]
fn try_state_should_find_a_ledger_whose_total_is_not_the_sum_of_its_accounts() {
	broken(
		|| {
			pallet_assets::Asset::<Test>::mutate(2021, |details| {
				// The total is the ledger's own: only its encoding can be changed from here.
				let mut bytes = codec::Encode::encode(details.as_ref().expect("exists"));
				let at = 4 * 8;
				bytes[at] = bytes[at].wrapping_add(1);
				*details = codec::Decode::decode(&mut &bytes[..]).ok();
			})
		},
		"allowance 2: the ledger's total differs from the sum of its accounts",
	);
}

#[test]
fn try_state_should_find_a_missing_surrender_record() {
	broken(
		|| Surrenders::<Test>::remove(SurrenderId(0)),
		"allowance 3: surrender records and counter differ",
	);
}

#[test]
fn try_state_should_find_a_missing_cancellation_record() {
	broken(
		|| Cancellations::<Test>::remove(CancellationId(0)),
		"allowance 3: cancellation records and counter differ",
	);
}

#[test]
fn try_state_should_find_a_record_of_a_vintage_that_was_never_issued() {
	broken(
		|| {
			Cancellations::<Test>::insert(
				CancellationId(7),
				CancellationRecord {
					holder: SELLER,
					vintage: Vintage(1999),
					tonnes: Tonnes(1),
					beneficiary: Default::default(),
					reason: digest(0),
					block: 1,
				},
			)
		},
		"allowance 3: a record names a vintage without supply",
	);
}

#[test]
fn try_state_should_find_an_obligation_that_forgot_a_surrender() {
	broken(
		|| change_obligation(|record| record.surrendered = Tonnes(9)),
		"allowance 4: surrender records and obligation differ",
	);
}

#[test]
fn try_state_should_find_a_surrender_of_nobody() {
	broken(
		|| {
			Surrenders::<Test>::mutate(SurrenderId(0), |record| {
				record.as_mut().expect("exists").entity = STRANGER
			});
			change_obligation(|record| record.surrendered = Tonnes(0));
		},
		"allowance 4: a surrender names an entity without obligation",
	);
}

#[test]
fn try_state_should_find_an_enrolled_entity_without_obligation() {
	broken(
		|| {
			Enrolments::<Test>::mutate(YEAR, 0, |page| page.try_push(STRANGER).expect("fits"));
		},
		"allowance 5: an enrolled entity has no obligation",
	);
}

#[test]
fn try_state_should_find_an_obligation_of_nobody() {
	broken(
		|| Obligations::<Test>::insert(YEAR, STRANGER, ObligationRecord::default()),
		"allowance 5: an obligation has no enrolment, or one has two",
	);
}

#[test]
fn try_state_should_find_a_status_that_came_too_early() {
	broken(
		|| change_obligation(|record| record.status = Some(SurrenderStatus::A)),
		"allowance 6: a status came too early or is missing",
	);
}

#[test]
fn try_state_should_find_a_closing_without_cursor_and_one_with_a_wrong_cursor() {
	fn closing() {
		Periods::<Test>::mutate(YEAR, |period| {
			period.as_mut().expect("exists").phase = Phase::Closing
		});
	}
	broken(closing, "allowance 6: a period is closing without a cursor");
	broken(
		|| {
			closing();
			Closing::<Test>::put(ClosingCursor {
				year: Vintage(1999),
				page: 0,
				index: 0,
			});
		},
		"allowance 6: two periods are closing",
	);
}

#[test]
fn try_state_should_find_years_out_of_order() {
	broken(
		LastPeriod::<Test>::kill,
		"allowance 7: the last year that was opened is another one",
	);
	let period = PeriodRecord {
		rules: RuleSet::default(),
		timeline: always(),
		phase: Phase::Open,
		enrolment_pages: 0,
		fine_price: None,
	};
	broken(
		|| {
			Periods::<Test>::insert(Vintage(2030), period);
			LastPeriod::<Test>::put(Vintage(2030));
		},
		"allowance 7: a year is missing between two periods",
	);
	broken(
		|| {
			Periods::<Test>::insert(Vintage(2022), period);
			LastPeriod::<Test>::put(Vintage(2022));
		},
		"allowance 7: a period has no vintage",
	);
}

#[test]
fn try_state_should_find_a_record_that_cannot_be_read() {
	for key in [
		Supplies::<Test>::hashed_key_for(2021),
		Movements::<Test>::hashed_key_for(2021, POWER_PLANT),
		Totals::<Test>::hashed_key_for(POWER_PLANT),
		Deductions::<Test>::hashed_key_for(POWER_PLANT),
	] {
		broken(
			|| sp_io::storage::set(&key, &[1]),
			"allowance 8: a record cannot be read",
		);
	}
}

#[test]
fn a_call_should_say_unexpected_when_a_record_that_must_exist_is_gone() {
	lived().execute_with(|| {
		Supplies::<Test>::remove(2021);
		assert_noop!(
			Allowance::issue_for_sale(RuntimeOrigin::root(), YEAR, SELLER, Tonnes(1)),
			Error::<Test>::Unexpected
		);
	});
}

#[test]
fn try_state_should_find_an_obligation_that_took_allowances_for_credits() {
	broken(
		|| change_obligation(|record| record.offsets = Tonnes(1)),
		"allowance 4: surrender records and obligation differ",
	);
}

#[test]
fn try_state_should_find_a_running_period_that_is_listed_wrongly() {
	let wrong = "allowance 9: a period is listed in another phase than it is in";
	broken(Running::<Test>::kill, wrong);
	broken(|| Running::<Test>::mutate(|running| running[0].due = 7), wrong);
	let add = |year| {
		Running::<Test>::mutate(|running| {
			let entry = RunningPeriod {
				year: Vintage(year),
				..running[0]
			};
			running.try_push(entry).expect("fits");
		})
	};
	broken(
		|| add(2030),
		"allowance 9: a period is listed that does not exist",
	);
	broken(|| add(2020), "allowance 9: running periods are out of order");
}

fn change_movement(change: impl FnOnce(&mut Movement)) {
	Movements::<Test>::mutate(2021, POWER_PLANT, change);
}

#[test]
fn try_state_should_find_a_movement_that_was_not_noted() {
	broken(
		|| change_movement(|movement| movement.received = Tonnes(101)),
		"allowance 10: allowances moved that no record tells of",
	);
	broken(
		|| change_movement(|movement| movement.spent = Tonnes(14)),
		"allowance 10: allowances moved that no record tells of",
	);
}

#[test]
fn try_state_should_find_an_issue_that_went_to_nobody() {
	broken(
		|| {
			change_movement(|movement| {
				movement.received = Tonnes(90);
				movement.spent = Tonnes(5);
			})
		},
		"allowance 10: allowances were issued to nobody",
	);
}

#[test]
fn try_state_should_find_a_movement_of_something_else() {
	broken(
		|| Movements::<Test>::insert(WIND, POWER_PLANT, Movement::default()),
		"allowance 10: something moved that is no vintage",
	);
}

#[test]
fn try_state_should_find_what_left_a_vintage_and_never_came_into_the_next_one() {
	broken(
		|| {
			change_supply(|supply| {
				supply.issued = Tonnes(101);
				supply.carried_out = Tonnes(1);
			});
			change_obligation(|record| {
				record.allocated = Some(Tonnes(101));
				record.carried_over = Tonnes(1);
			});
			change_movement(|movement| {
				movement.received = Tonnes(101);
				movement.spent = Tonnes(16);
			});
		},
		"allowance 11: what left a vintage is not what came into the next one",
	);
}

#[test]
fn try_state_should_find_an_entity_that_carried_over_what_did_not_leave() {
	broken(
		|| {
			change_obligation(|record| {
				record.carried_over = Tonnes(1);
				record.held_at_end = Tonnes(1);
			})
		},
		"allowance 11: entities carried over something else than left the vintage",
	);
}

#[test]
fn try_state_should_find_an_entity_that_carried_over_what_it_did_not_hold() {
	broken(
		|| change_obligation(|record| record.carried_over = Tonnes(1)),
		"allowance 11: an entity carried over what it did not hold at the end of the year",
	);
}

#[test]
fn try_state_should_find_a_first_vintage_that_something_came_into() {
	broken(
		|| {
			assert_ok!(Assets::mint_into(2021, &POWER_PLANT, 1));
			change_supply(|supply| supply.carried_in = Tonnes(1));
			change_movement(|movement| movement.received = Tonnes(101));
		},
		"allowance 11: the first vintage came from nowhere",
	);
}

#[test]
fn try_state_should_find_totals_that_are_not_the_sums() {
	let wrong = "allowance 12: the totals of an entity are not the sums over its periods";
	let totals = ComplianceTotals {
		emissions: Tonnes(1),
		surrendered: Tonnes(0),
	};
	broken(|| Totals::<Test>::insert(POWER_PLANT, totals), wrong);
	broken(
		|| {
			confirm(YEAR, POWER_PLANT, 7);
			close(YEAR);
			Totals::<Test>::insert(POWER_PLANT, totals);
		},
		wrong,
	);
	broken(
		|| {
			close(YEAR);
			Totals::<Test>::remove(POWER_PLANT);
		},
		"allowance 12: an entity has no totals",
	);
}

#[test]
fn try_state_should_find_an_obligation_of_a_year_without_period() {
	broken(
		|| Obligations::<Test>::insert(NEXT, POWER_PLANT, ObligationRecord::default()),
		"allowance 12: an obligation has no period",
	);
}

#[test]
fn try_state_should_find_a_deduction_of_nothing() {
	broken(
		|| Deductions::<Test>::insert(POWER_PLANT, Tonnes(0)),
		"allowance 13: a deduction is zero",
	);
}

#[test]
fn try_state_should_find_a_price_that_came_too_early_or_is_missing() {
	fn price(price: Option<FinePrice>) {
		Periods::<Test>::mutate(YEAR, |period| {
			period.as_mut().expect("exists").fine_price = price;
		});
	}
	let wrong = "allowance 13: a period lacks the price of its shortfalls, or has it too early";
	broken(|| price(Some(FALLBACK)), wrong);
	broken(
		|| {
			close(YEAR);
			price(None);
		},
		wrong,
	);
}
