//! What a block does by itself: proposals expire, dates come, windows end.

use crate::{
	agenda::{LATE_MAX, MINUTES_PER_BLOCK_MAX, POSTPONED_MAX, RETRY_MS, TRADES_PER_BLOCK_MAX},
	mock::*,
	Agenda, AgendaCursor, AgendaLengths, Event, Missing, Stage, Terms, TradeId, Trades, WeightInfo,
};
use carbon_primitives::Moment;
use frame_support::{
	assert_noop, assert_ok, hypothetically,
	weights::{Weight, WeightMeter},
};

/// The first moments at which a block looks at what expires at `EXPIRY`, and at what is settled at `DATE`.
const EXPIRY_SEEN: Moment = EXPIRY + 30_000;
const DATE_SEEN: Moment = DATE + 30_000;
const WINDOW_END: Moment = DATE_SEEN + WINDOW;

fn agenda_is_empty() -> bool {
	Agenda::<Test>::iter().count() == 0 && AgendaLengths::<Test>::iter().count() == 0
}

#[test]
fn a_block_should_give_the_pledge_back_when_a_proposal_has_expired_and_not_before() {
	for (terms, released) in [
		(now_terms(), allowances(TONNES)),
		(later_terms(), cash(SELLER_MARGIN)),
	] {
		ExtBuilder::default().build_and_execute(|| {
			let id = propose(SELLER, terms);
			block_at(EXPIRY_SEEN - 1);
			assert_eq!(stage_of(id), Some(Stage::Proposed));

			block_at(EXPIRY_SEEN);

			assert_eq!(told(), [Event::Expired { id, released }]);
			assert_eq!(tonnes_of(SELLER), (10 * u128::from(TONNES), 0));
			assert_eq!(cash_of(SELLER), (FUNDS, 0));
			assert!(agenda_is_empty());
		});
	}
}

#[test]
fn a_block_should_settle_when_the_date_has_come_and_not_before() {
	ExtBuilder::default().build_and_execute(|| {
		let id = agreed();
		block_at(EXPIRY_SEEN);
		block_at(DATE_SEEN - 1);
		assert_eq!(stage_of(id), Some(Stage::Agreed));

		blocks_until_done(DATE_SEEN);

		assert_eq!(Trades::<Test>::count(), 0);
		assert_eq!(cash_of(SELLER), (FUNDS + VALUE, 0));
		assert!(agenda_is_empty());
	});
}

/// A trade whose sides have nothing free at the date, and the block at the date.
fn window_open() -> TradeId {
	fund(SELLER, cash(SELLER_MARGIN));
	fund(BUYER, cash(BUYER_MARGIN));
	let id = agreed();
	blocks_until_done(DATE_SEEN);
	id
}

#[test]
fn a_block_should_open_the_window_when_a_side_cannot_perform_at_the_date() {
	ExtBuilder::default().without_funds().build_and_execute(|| {
		let id = window_open();
		assert_eq!(
			told(),
			[Event::WindowOpened {
				id,
				missing: Missing::Both,
				ends_at: WINDOW_END
			}]
		);
		assert_eq!(stage_of(id), Some(Stage::Window { ends_at: WINDOW_END }));
		assert_eq!(cash_of(SELLER), (0, SELLER_MARGIN));
	});
}

#[test]
fn a_block_should_settle_at_the_end_of_the_window_when_the_funds_are_there() {
	ExtBuilder::default().without_funds().build_and_execute(|| {
		let id = window_open();
		fund(SELLER, allowances(TONNES));
		fund(BUYER, cash(VALUE - BUYER_MARGIN));
		blocks_until_done(WINDOW_END - 1);
		assert!(stage_of(id).is_some(), "only a call settles within the window");
		blocks_until_done(WINDOW_END);
		assert_eq!(stage_of(id), None);
		assert_eq!(tonnes_of(BUYER), (TONNES.into(), 0));
		assert_eq!(reported(), []);
	});
}

#[test]
fn a_block_should_declare_the_default_at_the_end_of_the_window() {
	for (tonnes, payment, missing, compensation) in [
		(0, VALUE, Missing::Seller, SELLER_MARGIN),
		(TONNES, 1, Missing::Buyer, BUYER_MARGIN),
		(1, 1, Missing::Both, 0),
	] {
		ExtBuilder::default().without_funds().build_and_execute(|| {
			let id = window_open();
			if tonnes > 0 {
				fund(SELLER, allowances(tonnes));
			}
			fund(BUYER, cash(payment));

			blocks_until_done(WINDOW_END);

			assert_eq!(
				told(),
				[Event::Defaulted {
					id,
					missing,
					compensation
				}]
			);
			assert_eq!(
				reported(),
				match missing {
					Missing::Seller => vec![(SELLER, SELLER_MARGIN)],
					Missing::Buyer => vec![(BUYER, BUYER_MARGIN)],
					Missing::Both => vec![(SELLER, 0), (BUYER, 0)],
				}
			);
			assert_eq!(cash_of(SELLER).1 + cash_of(BUYER).1, 0);
			assert_eq!(
				cash_of(SELLER).0 + cash_of(BUYER).0,
				SELLER_MARGIN + BUYER_MARGIN + payment
			);
			assert!(agenda_is_empty());
		});
	}
}

#[test]
fn a_block_should_postpone_when_the_date_comes_during_a_halt() {
	ExtBuilder::default().build_and_execute(|| {
		let id = agreed();
		let until = DATE + WINDOW;
		HaltedUntil::set(Some(until));

		blocks_until_done(DATE_SEEN);

		assert_eq!(told(), [Event::Postponed { id, until }]);
		assert_eq!(stage_of(id), Some(Stage::Agreed));
		// Nothing else is said until then.
		block_at(DATE_SEEN + MINUTE);
		assert_eq!(told(), []);
		blocks_until_done(until + 30_000);
		assert_eq!(stage_of(id), None);
		assert_eq!(reported(), []);
	});
}

#[test]
fn a_block_should_open_the_window_anew_when_it_ends_during_a_halt() {
	ExtBuilder::default().without_funds().build_and_execute(|| {
		let id = window_open();
		let until = WINDOW_END + WINDOW;
		HaltedUntil::set(Some(until));
		blocks_until_done(WINDOW_END);
		assert_eq!(told(), [Event::Postponed { id, until }]);

		blocks_until_done(until);

		let ends_at = until + WINDOW;
		assert_eq!(stage_of(id), Some(Stage::Window { ends_at }));
		blocks_until_done(ends_at);
		assert_eq!(reported(), [(SELLER, 0), (BUYER, 0)]);
	});
}

#[test]
fn a_block_should_postpone_again_when_the_halt_was_prolonged() {
	ExtBuilder::default().build_and_execute(|| {
		let id = agreed();
		HaltedUntil::set(Some(DATE + WINDOW));
		blocks_until_done(DATE_SEEN);
		HaltedUntil::set(Some(DATE + 2 * WINDOW));
		blocks_until_done(DATE + WINDOW + 30_000);
		assert_eq!(
			told(),
			[Event::Postponed {
				id,
				until: DATE + 2 * WINDOW
			}]
		);
	});
}

#[test]
fn a_block_should_look_after_a_day_whether_a_long_halt_was_lifted_early() {
	ExtBuilder::default().without_funds().build_and_execute(|| {
		fund(SELLER, cash(SELLER_MARGIN));
		fund(BUYER, cash(BUYER_MARGIN));
		let id = agreed();
		HaltedUntil::set(Some(Moment::MAX));
		blocks_until_done(DATE_SEEN);
		let until = DATE_SEEN + POSTPONED_MAX;
		assert_eq!(told(), [Event::Postponed { id, until }]);
		HaltedUntil::set(None);

		blocks_until_done(until - 1);
		assert_eq!(stage_of(id), Some(Stage::Agreed));
		blocks_until_done(until);

		let ends_at = until + WINDOW;
		assert_eq!(stage_of(id), Some(Stage::Window { ends_at }));
	});
}

#[test]
fn a_block_should_put_nobody_in_default_before_the_window_has_ended() {
	ExtBuilder::default().without_funds().build_and_execute(|| {
		let id = window_open();
		blocks_until_done(WINDOW_END - 1);
		assert_eq!(stage_of(id), Some(Stage::Window { ends_at: WINDOW_END }));
		assert_eq!(reported(), []);
	});
}

#[test]
fn settling_should_work_at_once_when_a_halt_over_the_date_is_lifted_early() {
	ExtBuilder::default().build_and_execute(|| {
		let id = agreed();
		HaltedUntil::set(Some(Moment::MAX));
		blocks_until_done(DATE_SEEN);
		HaltedUntil::set(None);
		assert_ok!(BlockTrades::settle(signed(STRANGER), id));
	});
}

#[test]
fn a_block_should_put_nobody_in_default_when_the_chain_stood_still_over_date_and_window() {
	ExtBuilder::default().without_funds().build_and_execute(|| {
		fund(SELLER, cash(SELLER_MARGIN));
		fund(BUYER, cash(BUYER_MARGIN));
		let id = agreed();
		let restart = DATE + 5 * WINDOW;
		blocks_until_done(restart);
		assert_eq!(
			stage_of(id),
			Some(Stage::Window {
				ends_at: restart + WINDOW
			})
		);
	});
}

#[test]
fn a_block_should_open_the_window_anew_when_the_chain_stood_still_at_its_end() {
	ExtBuilder::default().without_funds().build_and_execute(|| {
		let id = window_open();
		let restart = WINDOW_END + LATE_MAX + MINUTE;
		Now::set(restart);
		// Nobody is quicker than the chain.
		assert_noop!(BlockTrades::settle(signed(STRANGER), id), TOO_LITTLE_FREE);

		blocks_until_done(restart);

		let ends_at = restart + WINDOW;
		assert_eq!(
			told(),
			[Event::WindowOpened {
				id,
				missing: Missing::Both,
				ends_at
			}]
		);
		blocks_until_done(ends_at);
		assert_eq!(reported(), [(SELLER, 0), (BUYER, 0)]);
	});
}

#[test]
fn a_block_should_declare_the_default_when_its_turn_comes_a_little_late() {
	for (late, ended) in [(LATE_MAX, true), (LATE_MAX + 1, false)] {
		ExtBuilder::default().without_funds().build_and_execute(|| {
			let id = window_open();
			blocks_until_done(WINDOW_END + late);
			assert_eq!(stage_of(id).is_none(), ended);
		});
	}
}

/// As many proposals as there may be, all of which expire together.
fn twenty_proposals() {
	for n in 0..20 {
		let seller = if n < 10 { SELLER } else { CAROL };
		propose(
			seller,
			Terms {
				seller,
				..later_terms()
			},
		);
	}
}

#[test]
fn a_block_should_end_a_bounded_number_of_trades_when_many_are_due() {
	ExtBuilder::default().build_and_execute(|| {
		twenty_proposals();
		let mut left = Trades::<Test>::count();
		while left > 0 {
			block_at(EXPIRY_SEEN);
			let ended = left - Trades::<Test>::count();
			assert_eq!(ended, left.min(TRADES_PER_BLOCK_MAX));
			left -= ended;
			assert_ok!(BlockTrades::do_try_state());
			check_pledges();
		}
		assert!(agenda_is_empty());
	});
}

#[test]
fn a_block_should_go_forward_a_bounded_number_of_minutes_and_the_next_one_go_on() {
	ExtBuilder::default().build_and_execute(|| {
		propose(SELLER, later_terms());
		assert_ok!(BlockTrades::withdraw(signed(SELLER), TradeId(0)));
		let id = agreed();
		let first = AgendaCursor::<Test>::get();
		block_at(DATE_SEEN);
		assert_eq!(
			AgendaCursor::<Test>::get(),
			first + u64::from(MINUTES_PER_BLOCK_MAX)
		);
		blocks_until_done(DATE_SEEN);
		assert_eq!(stage_of(id), None);
	});
}

#[test]
fn a_block_should_leave_the_rest_to_the_next_one_when_weight_runs_out() {
	ExtBuilder::default().build_and_execute(|| {
		twenty_proposals();
		// The ten minutes before, in which nothing is due.
		block_at(EXPIRY_SEEN - 1);
		let start = <()>::on_poll_idle() + <()>::on_poll_minute();
		let step = BlockTrades::weight_of_due_trade();
		for (limit, left) in [
			(Weight::zero(), 20),
			(start, 20),
			(start + step - Weight::from_parts(1, 0), 20),
			(start + step, 19),
			(start + step * 3, 17),
			(Weight::MAX, 12),
		] {
			hypothetically!({
				let mut meter = WeightMeter::with_limit(limit);
				block_at_with(EXPIRY_SEEN, &mut meter);
				assert!(meter.consumed().all_lte(limit));
				assert_eq!(Trades::<Test>::count(), left);
				assert_ok!(BlockTrades::do_try_state());
			});
		}
	});
}

#[test]
fn a_block_should_use_little_when_there_are_no_trades() {
	ExtBuilder::default().build_and_execute(|| {
		let mut meter = WeightMeter::new();
		block_at_with(DATE, &mut meter);
		assert_eq!(meter.consumed(), <()>::on_poll_idle());
		assert_eq!(AgendaCursor::<Test>::get(), 0);
	});
}

#[test]
fn the_agenda_should_have_no_holes_when_trades_end_in_any_order() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..5 {
			propose(SELLER, now_terms());
		}
		for id in [1, 4, 0, 3, 2].map(TradeId) {
			assert_ok!(BlockTrades::withdraw(signed(SELLER), id));
			assert_ok!(BlockTrades::do_try_state());
		}
		assert!(agenda_is_empty());
	});
}

#[test]
fn the_agenda_should_take_nothing_for_a_minute_that_has_begun() {
	ExtBuilder::default().build_and_execute(|| {
		hypothetically!({
			for at in [0, START - MINUTE, START] {
				assert_eq!(BlockTrades::schedule(TradeId(0), at, START).minute, 1_001);
			}
		});
	});
}

#[test]
fn a_block_should_try_again_later_when_the_ledger_contradicts_a_trade() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SELLER, now_terms());
		let other = propose(
			CAROL,
			Terms {
				seller: CAROL,
				..now_terms()
			},
		);
		Broken::set(true);

		block_at(EXPIRY_SEEN);

		let error = LEDGER_BROKEN;
		assert_eq!(told(), [other, id].map(|id| Event::NotConcluded { id, error }));
		assert_eq!(tonnes_of(SELLER).1, u128::from(TONNES));
		block_at(EXPIRY_SEEN + RETRY_MS - 1);
		assert_eq!(told(), []);
		Broken::set(false);
		blocks_until_done(EXPIRY_SEEN + RETRY_MS);
		assert_eq!(Trades::<Test>::count(), 0);
	});
}

#[test]
fn a_block_should_change_nothing_when_a_default_cannot_be_paid() {
	ExtBuilder::default().without_funds().build_and_execute(|| {
		let id = window_open();
		fund(BUYER, cash(VALUE));
		Broken::set(true);
		blocks_until_done(WINDOW_END);
		assert_eq!(
			told(),
			[Event::NotConcluded {
				id,
				error: LEDGER_BROKEN
			}]
		);
		assert_eq!(reported(), []);
		assert_eq!(stage_of(id), Some(Stage::Window { ends_at: WINDOW_END }));
		Broken::set(false);
		assert_ok!(BlockTrades::settle(signed(STRANGER), id));
		assert_eq!(reported(), [(SELLER, SELLER_MARGIN)]);
	});
}

#[test]
fn a_block_should_drop_an_entry_that_stands_for_no_trade() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SELLER, now_terms());
		hypothetically!({
			Trades::<Test>::remove(id);
			propose(
				CAROL,
				Terms {
					seller: CAROL,
					..later_terms()
				},
			);
			block_at(EXPIRY_SEEN);
			let error = crate::Error::<Test>::Unexpected.into();
			assert!(told().contains(&Event::NotConcluded { id, error }));
			assert!(agenda_is_empty());
		});
	});
}

#[test]
fn a_block_should_report_a_trade_as_kept_when_it_settles_it() {
	ExtBuilder::default().build_and_execute(|| {
		let id = agreed();
		blocks_until_done(DATE_SEEN);
		assert_eq!((kept(), reported()), (vec![id.0], vec![]));
	});
}

#[test]
fn a_block_should_reserve_the_weight_of_both_reports_when_it_looks_at_a_trade() {
	let kept = <()>::end_settled() + LIMIT_WEIGHT + KEPT_WEIGHT;
	let broken = <()>::end_defaulted() + LIMIT_WEIGHT + BROKEN_WEIGHT * 2;
	let weight = BlockTrades::weight_of_due_trade();
	assert!(kept.all_lte(weight) && broken.all_lte(weight));
}
