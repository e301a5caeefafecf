use crate::{mock::*, Call, Error, Event, Missing, OpenTrades, Stage, Terms, TradeId, Trades, WeightInfo};
use carbon_primitives::{Price, Tonnes};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use sp_runtime::DispatchError;

#[test]
fn settle_should_move_both_legs_and_free_the_margins_when_the_date_has_come() {
	for who in [SELLER, BUYER, STRANGER] {
		ExtBuilder::default().build_and_execute(|| {
			let id = agreed();
			Now::set(DATE);

			assert_ok!(BlockTrades::settle(signed(who), id));

			let tonnes = u128::from(TONNES);
			assert_eq!(tonnes_of(SELLER), (9 * tonnes, 0));
			assert_eq!(tonnes_of(BUYER), (11 * tonnes, 0));
			assert_eq!(cash_of(SELLER), (FUNDS + VALUE, 0));
			assert_eq!(cash_of(BUYER), (FUNDS - VALUE, 0));
			assert_eq!(Delivered::get(), Some(vec![(SELLER, BUYER, TONNES, PRICE)]));
			assert_eq!(Trades::<Test>::count(), 0);
			assert_eq!(OpenTrades::<Test>::iter().count(), 0);
			assert_eq!(reported(), []);
			System::assert_last_event(
				Event::Settled {
					id,
					asset: ASSET,
					seller: SELLER,
					buyer: BUYER,
					tonnes: Tonnes(TONNES),
					price: Price(PRICE),
				}
				.into(),
			);
		});
	}
}

/// Both have consented, and have nothing free at the date but what `tonnes` and `payment` say.
fn agreed_with(tonnes: u64, payment: u128) -> TradeId {
	fund(SELLER, cash(SELLER_MARGIN));
	fund(BUYER, cash(BUYER_MARGIN));
	let id = agreed();
	if tonnes > 0 {
		fund(SELLER, allowances(tonnes));
	}
	if payment > 0 {
		fund(BUYER, cash(payment));
	}
	Now::set(DATE);
	id
}

#[test]
fn settle_should_count_the_buyers_margin_towards_its_payment() {
	ExtBuilder::default().without_funds().build_and_execute(|| {
		let id = agreed_with(TONNES, VALUE - BUYER_MARGIN);
		assert_ok!(BlockTrades::settle(signed(STRANGER), id));
		assert_eq!(cash_of(BUYER), (0, 0));
		assert_eq!(cash_of(SELLER), (VALUE + SELLER_MARGIN, 0));
	});
}

#[test]
fn settle_should_give_back_what_a_margin_exceeds_the_value_by() {
	ExtBuilder::default().without_funds().build_and_execute(|| {
		Margins::mutate(|margins| margins.insert(BUYER, 12_000));
		fund(SELLER, cash(SELLER_MARGIN));
		fund(SELLER, allowances(TONNES));
		fund(BUYER, cash(VALUE / 10 * 12));
		let id = agreed();
		Now::set(DATE);
		assert_ok!(BlockTrades::settle(signed(BUYER), id));
		assert_eq!(cash_of(BUYER), (VALUE / 10 * 2, 0));
	});
}

#[test]
fn settle_should_fail_and_change_nothing_when_a_side_cannot_perform_before_the_window_has_ended() {
	for (tonnes, payment) in [
		(TONNES - 1, VALUE - BUYER_MARGIN),
		(TONNES, VALUE - BUYER_MARGIN - 1),
		(0, 0),
	] {
		ExtBuilder::default().without_funds().build_and_execute(|| {
			let id = agreed_with(tonnes, payment);
			assert_noop!(BlockTrades::settle(signed(SELLER), id), TOO_LITTLE_FREE);
			blocks_until_done(DATE + MINUTE);
			let Some(Stage::Window { ends_at }) = stage_of(id) else {
				panic!("the window is open");
			};
			assert_eq!(ends_at, DATE + MINUTE + WINDOW);
			Now::set(ends_at - 1);
			assert_noop!(BlockTrades::settle(signed(SELLER), id), TOO_LITTLE_FREE);
		});
	}
}

#[test]
fn settle_should_fail_when_the_buyer_cannot_take_the_tonnes() {
	ExtBuilder::default().build_and_execute(|| {
		let id = agreed();
		Now::set(DATE);
		Full::set([BUYER].into());
		assert_noop!(BlockTrades::settle(signed(SELLER), id), NO_PLACE);
	});
}

#[test]
fn settle_should_work_in_the_window_once_the_funds_are_there() {
	ExtBuilder::default().without_funds().build_and_execute(|| {
		let id = agreed_with(0, VALUE - BUYER_MARGIN);
		blocks_until_done(DATE + MINUTE);
		fund(SELLER, allowances(TONNES));
		assert_ok!(BlockTrades::settle(signed(SELLER), id));
		assert_eq!(reported(), []);
	});
}

/// The window has ended, but no block has declared the default yet.
fn window_ended(id: TradeId) {
	blocks_until_done(DATE + MINUTE);
	Now::set(DATE + MINUTE + WINDOW);
	assert!(matches!(stage_of(id), Some(Stage::Window { .. })));
}

#[test]
fn settle_should_declare_the_default_when_the_window_has_ended() {
	for (tonnes, payment, missing, compensation, seller, buyer) in [
		(
			0,
			VALUE - BUYER_MARGIN,
			Missing::Seller,
			SELLER_MARGIN,
			0,
			VALUE + SELLER_MARGIN,
		),
		(
			TONNES,
			0,
			Missing::Buyer,
			BUYER_MARGIN,
			SELLER_MARGIN + BUYER_MARGIN,
			0,
		),
		(0, 0, Missing::Both, 0, SELLER_MARGIN, BUYER_MARGIN),
	] {
		ExtBuilder::default().without_funds().build_and_execute(|| {
			let id = agreed_with(tonnes, payment);
			window_ended(id);

			assert_ok!(BlockTrades::settle(signed(STRANGER), id));

			assert_eq!(cash_of(SELLER), (seller, 0));
			assert_eq!(cash_of(BUYER), (buyer, 0));
			assert_eq!(tonnes_of(SELLER), (tonnes.into(), 0));
			assert_eq!(
				reported(),
				match missing {
					Missing::Seller => vec![(SELLER, SELLER_MARGIN)],
					Missing::Buyer => vec![(BUYER, BUYER_MARGIN)],
					Missing::Both => vec![(SELLER, 0), (BUYER, 0)],
				}
			);
			assert_eq!(Trades::<Test>::count(), 0);
			System::assert_last_event(
				Event::Defaulted {
					id,
					missing,
					compensation,
				}
				.into(),
			);
		});
	}
}

#[test]
fn settle_should_put_a_buyer_in_default_that_cannot_take_the_tonnes_at_the_end_of_the_window() {
	ExtBuilder::default().build_and_execute(|| {
		let id = agreed();
		Full::set([BUYER].into());
		window_ended(id);
		assert_ok!(BlockTrades::settle(signed(STRANGER), id));
		assert_eq!(reported(), [(BUYER, BUYER_MARGIN)]);
		assert_eq!(tonnes_of(SELLER), (10 * u128::from(TONNES), 0));
	});
}

#[test]
fn settle_should_report_a_default_also_when_there_is_no_margin() {
	ExtBuilder::default().without_funds().build_and_execute(|| {
		Margins::set([(SELLER, 0), (BUYER, 0)].into());
		let id = agreed();
		window_ended(id);
		fund(BUYER, cash(VALUE));
		assert_ok!(BlockTrades::settle(signed(STRANGER), id));
		assert_eq!(reported(), [(SELLER, 0)]);
	});
}

#[test]
fn settle_should_settle_when_the_window_has_ended_but_the_funds_are_there() {
	ExtBuilder::default().without_funds().build_and_execute(|| {
		let id = agreed_with(0, 0);
		window_ended(id);
		fund(SELLER, allowances(TONNES));
		fund(BUYER, cash(VALUE - BUYER_MARGIN));
		assert_ok!(BlockTrades::settle(signed(STRANGER), id));
		assert_eq!(reported(), []);
		assert_eq!(tonnes_of(BUYER), (TONNES.into(), 0));
	});
}

#[test]
fn settle_should_take_the_funds_of_a_side_that_has_lost_its_right_since() {
	ExtBuilder::default().build_and_execute(|| {
		let id = agreed();
		Traders::set(Default::default());
		Closed::set([SELLER, BUYER].into());
		MarketOpen::set(false);
		Reference::set(Some(Price(1)));
		Now::set(DATE);
		assert_ok!(BlockTrades::settle(signed(SELLER), id));
	});
}

#[test]
fn settle_should_fail_when_nobody_signs() {
	ExtBuilder::default().build_and_execute(|| {
		let id = agreed();
		Now::set(DATE);
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(BlockTrades::settle(origin, id), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn settle_should_fail_when_there_is_no_such_trade() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			BlockTrades::settle(signed(SELLER), TradeId(0)),
			Error::<Test>::TradeNotFound
		);
	});
}

#[test]
fn settle_should_fail_when_the_other_side_has_not_consented() {
	ExtBuilder::default().build_and_execute(|| {
		for terms in [
			now_terms(),
			Terms {
				settles_at: Some(EXPIRY),
				..now_terms()
			},
		] {
			let id = propose(SELLER, terms);
			Now::set(EXPIRY);
			assert_noop!(BlockTrades::settle(signed(SELLER), id), Error::<Test>::NotAgreed);
			Now::set(START);
		}
	});
}

#[test]
fn settle_should_fail_when_the_date_has_not_come() {
	ExtBuilder::default().build_and_execute(|| {
		let id = agreed();
		Now::set(DATE - 1);
		assert_noop!(BlockTrades::settle(signed(SELLER), id), Error::<Test>::NotDue);
	});
}

#[test]
fn settle_should_fail_when_the_market_is_halted() {
	ExtBuilder::default().build_and_execute(|| {
		let id = agreed();
		HaltedUntil::set(Some(DATE + 1));
		Now::set(DATE);
		assert_noop!(
			BlockTrades::settle(signed(SELLER), id),
			Error::<Test>::MarketHalted
		);
		Now::set(DATE + 1);
		assert_ok!(BlockTrades::settle(signed(SELLER), id));
	});
}

#[test]
fn settle_should_fail_when_the_agreement_has_no_security() {
	ExtBuilder::default().build_and_execute(|| {
		frame_support::hypothetically!({
			let id = agreed();
			change(id, |record| record.agreement.security = None);
			Now::set(DATE);
			assert_noop!(BlockTrades::settle(signed(SELLER), id), Error::<Test>::Unexpected);
		});
	});
}

#[test]
fn settle_should_report_a_trade_as_kept_when_both_perform() {
	ExtBuilder::default().build_and_execute(|| {
		let id = agreed();
		Now::set(DATE);
		assert_ok!(BlockTrades::settle(signed(STRANGER), id));
		assert_eq!((kept(), reported()), (vec![id.0], vec![]));
	});
}

#[test]
fn settle_should_bind_a_buyer_that_may_not_buy_any_more() {
	ExtBuilder::default().build_and_execute(|| {
		let id = agreed();
		Debtors::set([BUYER].into());
		Now::set(DATE);
		assert_ok!(BlockTrades::settle(signed(STRANGER), id));
		assert_eq!(kept(), [id.0]);
	});
}

#[test]
fn settle_should_weigh_the_report_on_both_sides_and_the_look_at_what_the_buyer_may_hold() {
	let call = Call::<Test>::settle { id: TradeId(0) };
	let kept = <()>::settle() + LIMIT_WEIGHT + KEPT_WEIGHT;
	let broken = <()>::settle_default() + LIMIT_WEIGHT + BROKEN_WEIGHT * 2;
	assert_eq!(call.get_dispatch_info().call_weight, kept.max(broken));
}
