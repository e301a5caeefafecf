//! What a block does by itself: windows end, fines are collected.

use crate::{
	agenda::{DAYS_PER_BLOCK_MAX, ENTRIES_PER_BLOCK_MAX, PARTS_OF_A_BLOCK},
	mock::*,
	Agenda, AgendaCursor, Event, Owing, PenaltyId, PenaltySanction, SortedId, Status, WeightInfo,
};
use carbon_calendar::Day;
use carbon_primitives::PenaltyKind;
use frame_support::{
	assert_ok, hypothetically,
	traits::{Get, Hooks},
	weights::{Weight, WeightMeter},
};
use frame_system::limits::BlockWeights;

fn waiting() -> usize {
	Agenda::<Test>::iter().count()
}

#[test]
fn a_block_should_make_a_penalty_final_on_the_day_after_the_window_and_not_before() {
	ExtBuilder.build_and_execute(|| {
		let id = propose(PLANT, PenaltySanction::Warning);
		block_on(LAST);
		assert_eq!((status(id), told()), (Status::Proposed, vec![]));

		block_on(OVER);

		assert_eq!((status(id), record(id).final_on), (Status::Enforced, Some(OVER)));
		assert_eq!(counted(PLANT, PenaltyKind::Warning), 1);
		assert_eq!(waiting(), 0);
	});
}

#[test]
fn a_block_should_not_make_a_penalty_final_to_which_somebody_has_objected() {
	ExtBuilder.build_and_execute(|| {
		let id = objected(PLANT, PenaltySanction::Warning);
		block_on(Day(OVER.0 + 20));
		assert_eq!(status(id), Status::Objected);
	});
}

#[test]
fn a_block_should_take_a_fine_on_the_due_day_and_not_before() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, fine(FINE));
		assert_eq!(record(id).due_on, Some(DUE));
		block_on(Day(DUE.0 - 1));
		assert_eq!((status(id), fines()), (Status::Due, 0));

		block_on(DUE);

		assert_eq!((status(id), record(id).paid), (Status::Paid, FINE));
		assert_eq!((fines(), free(PLANT)), (FINE, FUNDS - MINIMUM - FINE));
		assert_eq!((debt_of(PLANT), Copies::get()), (0, None));
		let collected = Event::Collected {
			id,
			account: PLANT,
			taken: FINE,
			owed: 0,
		};
		assert_eq!(told(), [collected]);
	});
}

#[test]
fn a_block_should_take_what_is_free_and_let_the_rest_be_owed() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, fine(FINE));
		leave(PLANT, 20_000);

		block_on(DUE);

		assert_eq!(
			(status(id), record(id).paid, record(id).is_debt),
			(Status::Due, 20_000, true)
		);
		// The account stays alive.
		assert_eq!((free(PLANT), Balances::free_balance(PLANT)), (0, MINIMUM));
		assert_eq!((fines(), debt_of(PLANT)), (20_000, 40_000));
		assert_eq!(Owing::<Test>::get(PLANT, SortedId::from(id)), Some(40_000));
		assert!(Penalties::owes(&PLANT) && !Penalties::owes(&MILL));
		assert_eq!((Blocked::get(PLANT), Copies::get()), (Some(true), Some(1)));
		let collected = Event::Collected {
			id,
			account: PLANT,
			taken: 20_000,
			owed: 40_000,
		};
		let changed = Event::DebtChanged {
			account: PLANT,
			old_value: 0,
			new_value: 40_000,
		};
		assert_eq!(told(), [collected, changed]);
		assert_eq!(waiting(), 0);
	});
}

#[test]
fn a_block_should_let_all_be_owed_where_the_treasury_cannot_take_it() {
	ExtBuilder.build_and_execute(|| {
		// The treasury's account is gone, and the part that is free would not keep it alive.
		assert_ok!(Balances::force_set_balance(root(), TREASURY, 0));
		let id = final_penalty(PLANT, fine(FINE));
		leave(PLANT, MINIMUM - 1);

		block_on(DUE);

		assert_eq!((record(id).paid, debt_of(PLANT)), (0, FINE));
		assert_eq!(free(PLANT), MINIMUM - 1);
		assert_ok!(Balances::force_set_balance(root(), TREASURY, TREASURY_FUNDS));
	});
}

#[test]
fn a_block_should_tell_whoever_copies_limits_only_of_the_first_debt() {
	ExtBuilder.build_and_execute(|| {
		owed(PLANT, FINE);
		owed(PLANT, FINE);
		assert_eq!((debt_of(PLANT), Copies::get()), (2 * FINE, Some(1)));
	});
}

#[test]
fn a_block_should_take_a_fine_at_once_where_no_days_are_given_to_pay() {
	ExtBuilder.build_and_execute(|| {
		PaymentWindow::set(0);
		let id = propose(PLANT, fine(FINE));
		block_on(OVER);
		assert_eq!((status(id), record(id).due_on), (Status::Paid, Some(OVER)));
	});
}

#[test]
fn a_block_should_never_take_a_fine_whose_payment_has_no_end() {
	ExtBuilder.build_and_execute(|| {
		PaymentWindow::set(100_000);
		let id = final_penalty(PLANT, fine(FINE));
		block_on(Day(30_000));
		assert_eq!(
			(status(id), record(id).due_on),
			(Status::Due, Some(Day(u32::MAX)))
		);
		assert_ok!(Penalties::pay(signed(PLANT), id));
	});
}

#[test]
fn a_block_should_do_no_more_than_a_bounded_number_and_lose_none() {
	ExtBuilder.build_and_execute(|| {
		let count = 2 * ENTRIES_PER_BLOCK_MAX + 1;
		for _ in 0..count {
			propose(PLANT, PenaltySanction::Warning);
		}
		for left in [count - ENTRIES_PER_BLOCK_MAX, 1, 0] {
			block_on(OVER);
			assert_eq!(waiting(), left as usize);
		}
		assert_eq!(counted(PLANT, PenaltyKind::Warning), count);
	});
}

#[test]
fn a_block_should_do_nothing_for_which_the_meter_has_no_room_and_the_next_one_go_on() {
	ExtBuilder.build_and_execute(|| {
		for _ in 0..3 {
			propose(PLANT, PenaltySanction::Warning);
		}
		block_on(LAST);
		let entry = <() as WeightInfo>::on_poll_entry()
			+ <() as WeightInfo>::end_window()
			+ Penalties::weight_of_effects();
		let start = <() as WeightInfo>::on_poll_idle() + <() as WeightInfo>::on_poll_day().saturating_mul(2);
		let too_little = Weight::from_parts(1, 0);
		let cases = [
			(Weight::zero(), 3),
			(start + entry - too_little, 3),
			(start + entry, 2),
			(start + entry * 2 - too_little, 2),
			(start + entry * 2, 1),
			(start + entry * 4, 0),
		];
		for (limit, left) in cases {
			hypothetically!({
				let mut meter = WeightMeter::with_limit(limit);
				block_on_with(OVER, &mut meter);
				assert_eq!(waiting(), left, "{limit:?}");
				assert!(meter.consumed().all_lte(limit));
				block_on(OVER);
				assert_eq!((waiting(), counted(PLANT, PenaltyKind::Warning)), (0, 3));
			});
		}
	});
}

#[test]
fn a_chain_that_stood_still_should_catch_up_in_bounded_steps() {
	ExtBuilder.build_and_execute(|| {
		let id = propose(PLANT, fine(FINE));
		let late = Day(OVER.0 + 2 * DAYS_PER_BLOCK_MAX);

		block_on(late);
		assert_eq!(
			AgendaCursor::<Test>::get(),
			Some(Day(TODAY.0 + DAYS_PER_BLOCK_MAX))
		);
		// The window has ended on the day on which the chain finds it, and the days to pay begin then.
		assert_eq!((status(id), record(id).final_on), (Status::Due, Some(late)));
		assert!(record(id).due_on > Some(late));
		for _ in 0..2 {
			block_on(late);
		}
		assert_eq!(AgendaCursor::<Test>::get(), Some(late));

		block_on(record(id).due_on.unwrap());
		assert_eq!(status(id), Status::Paid);
	});
}

#[test]
fn a_block_should_lose_nothing_where_the_day_goes_back() {
	ExtBuilder.build_and_execute(|| {
		propose(PLANT, PenaltySanction::Warning);
		block_on(OVER);
		// As where the calendar's time zone is corrected.
		set_day(Day(OVER.0 - 2));
		ObjectionWindow::set(0);
		let id = propose(PLANT, PenaltySanction::Warning);
		assert_eq!(record(id).object_until, Day(OVER.0 - 2));
		assert_eq!(record(id).agenda, Some(OVER));
		block_on(Day(OVER.0 - 1));
		assert_eq!(status(id), Status::Proposed);
		block_on(OVER);
		assert_eq!(status(id), Status::Enforced);
	});
}

#[test]
fn a_block_should_do_nothing_before_the_first_penalty() {
	ExtBuilder.build_and_execute(|| {
		let mut meter = WeightMeter::new();
		block_on_with(OVER, &mut meter);
		assert_eq!(meter.consumed(), <() as WeightInfo>::on_poll_idle());
		assert_eq!(AgendaCursor::<Test>::get(), None);
	});
}

// A build with debug assertions stops at what no sequence of calls leads to; any other one removes the entry and goes on.
#[test]
#[cfg_attr(debug_assertions, should_panic = "is no penalty")]
fn a_block_should_not_hide_an_entry_without_a_penalty() {
	ExtBuilder.build().execute_with(|| {
		propose(PLANT, PenaltySanction::Warning);
		Agenda::<Test>::insert(TODAY, SortedId::from(PenaltyId(9)), ());
		block_on(OVER);
		assert_eq!(Agenda::<Test>::iter_keys().count(), 0);
	});
}

#[test]
#[cfg_attr(debug_assertions, should_panic = "waits for nothing")]
fn a_block_should_not_hide_an_entry_that_waits_for_nothing() {
	ExtBuilder.build().execute_with(|| {
		let id = objected(PLANT, PenaltySanction::Warning);
		Agenda::<Test>::insert(TODAY, SortedId::from(id), ());
		block_on(OVER);
		assert_eq!(status(id), Status::Objected);
		assert_eq!(Agenda::<Test>::iter_keys().count(), 0);
	});
}

#[test]
fn the_integrity_test_should_hold_for_the_mock() {
	<Penalties as Hooks<u64>>::integrity_test();
}

#[test]
#[should_panic = "room for any entry"]
fn the_integrity_test_should_notice_an_entry_for_which_there_may_never_be_room() {
	let block: BlockWeights = <Test as frame_system::Config>::BlockWeights::get();
	HeavyBan::set(block.max_block / PARTS_OF_A_BLOCK);
	<Penalties as Hooks<u64>>::integrity_test();
}

#[test]
fn a_block_should_come_forward_with_what_the_integrity_test_asks_for() {
	ExtBuilder.build_and_execute(|| {
		let ids = [propose(PLANT, ban(3)), propose(MILL, ban(3))];
		// This one looks at the days before.
		block_on(LAST);
		set_day(OVER);
		let step = || {
			block_on_with(
				OVER,
				&mut WeightMeter::with_limit(Penalties::weight_of_progress()),
			)
		};
		step();
		assert_eq!(AgendaCursor::<Test>::get(), Some(OVER));
		step();
		assert_eq!(ids.map(status), [Status::Enforced, Status::Proposed]);
		step();
		assert_eq!(ids.map(status), [Status::Enforced; 2]);
	});
}
