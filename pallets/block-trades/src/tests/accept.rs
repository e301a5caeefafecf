use crate::{mock::*, BlockRules, Call, Error, Event, OpenTrades, Stage, Terms, TradeId, Trades, WeightInfo};
use carbon_primitives::{Digest, Price, Tonnes};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use sp_runtime::DispatchError;

fn assert_refused(who: AccountId, id: TradeId, error: impl Into<DispatchError>) {
	let digest = digest_of(id);
	assert_noop!(BlockTrades::accept(signed(who), id, digest), error.into());
}

#[test]
fn accept_should_move_both_legs_when_settlement_is_at_once() {
	for (proposer, acceptor) in [(SELLER, BUYER), (BUYER, SELLER)] {
		ExtBuilder::default().build_and_execute(|| {
			let id = propose(proposer, now_terms());

			assert_ok!(accept(acceptor, id));

			let tonnes = u128::from(TONNES);
			assert_eq!(tonnes_of(SELLER), (9 * tonnes, 0));
			assert_eq!(tonnes_of(BUYER), (11 * tonnes, 0));
			assert_eq!(cash_of(SELLER), (FUNDS + VALUE, 0));
			assert_eq!(cash_of(BUYER), (FUNDS - VALUE, 0));
			assert_eq!(Delivered::get(), Some(vec![(SELLER, BUYER, TONNES, PRICE)]));
			assert_eq!(Trades::<Test>::count(), 0);
			assert_eq!(OpenTrades::<Test>::iter().count(), 0);
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

#[test]
fn accept_should_pledge_the_margin_of_the_acceptor_when_settlement_is_later() {
	for (proposer, acceptor, margin) in [(SELLER, BUYER, BUYER_MARGIN), (BUYER, SELLER, SELLER_MARGIN)] {
		ExtBuilder::default().build_and_execute(|| {
			let id = propose(proposer, later_terms());

			assert_ok!(accept(acceptor, id));

			assert_eq!(cash_of(SELLER), (FUNDS - SELLER_MARGIN, SELLER_MARGIN));
			assert_eq!(cash_of(BUYER), (FUNDS - BUYER_MARGIN, BUYER_MARGIN));
			assert_eq!(tonnes_of(SELLER), (10 * u128::from(TONNES), 0));
			assert_eq!(stage_of(id), Some(Stage::Agreed));
			assert_eq!(OpenTrades::<Test>::get(SELLER), 1);
			assert_eq!(OpenTrades::<Test>::get(BUYER), 1);
			System::assert_last_event(
				Event::Agreed {
					id,
					pledged: cash(margin),
					settles_at: DATE,
				}
				.into(),
			);
		});
	}
}

#[test]
fn accept_should_keep_margins_and_window_as_they_were_when_they_were_proposed() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SELLER, later_terms());
		let agreement = Trades::<Test>::get(id).unwrap().agreement;
		Margins::set([(SELLER, 1), (BUYER, 1)].into());
		Defaults::set(BlockRules { window: 1, ..RULES });

		assert_ok!(accept(BUYER, id));

		assert_eq!(Trades::<Test>::get(id).unwrap().agreement, agreement);
		assert_eq!(cash_of(BUYER).1, BUYER_MARGIN);
	});
}

#[test]
fn accept_should_work_when_as_many_trades_wait_as_there_may_be() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SELLER, later_terms());
		for n in 1..20 {
			let seller = if n < 12 { SELLER } else { CAROL };
			let terms = Terms {
				seller,
				..later_terms()
			};
			propose(seller, terms);
		}
		assert_ok!(accept(BUYER, id));
	});
}

#[test]
fn accept_should_fail_when_nobody_signs() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SELLER, now_terms());
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(
				BlockTrades::accept(origin, id, digest_of(id)),
				DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn accept_should_fail_when_there_is_no_such_trade() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			BlockTrades::accept(signed(BUYER), TradeId(0), Digest::zero()),
			Error::<Test>::TradeNotFound
		);
	});
}

#[test]
fn accept_should_fail_when_both_have_consented_already() {
	ExtBuilder::default().build_and_execute(|| {
		let id = agreed();
		assert_refused(BUYER, id, Error::<Test>::AlreadyAgreed);
		Full::set([BUYER].into());
		blocks_until_done(DATE + MINUTE);
		assert!(matches!(stage_of(id), Some(Stage::Window { .. })));
		assert_refused(BUYER, id, Error::<Test>::AlreadyAgreed);
	});
}

#[test]
fn accept_should_fail_when_the_caller_is_not_the_other_side() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SELLER, now_terms());
		for who in [SELLER, CAROL] {
			assert_refused(who, id, Error::<Test>::NotCounterparty);
		}
	});
}

#[test]
fn accept_should_fail_when_the_digest_is_that_of_something_else() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, other) = (propose(SELLER, now_terms()), propose(SELLER, later_terms()));
		for digest in [digest_of(other), Digest::zero()] {
			assert_noop!(
				BlockTrades::accept(signed(BUYER), id, digest),
				Error::<Test>::DigestMismatch
			);
		}
	});
}

#[test]
fn accept_should_fail_from_the_moment_of_the_expiry_on() {
	ExtBuilder::default().build_and_execute(|| {
		let (id, other) = (propose(SELLER, now_terms()), propose(SELLER, now_terms()));
		Now::set(EXPIRY - 1);
		assert_ok!(accept(BUYER, other));
		Now::set(EXPIRY);
		assert_refused(BUYER, id, Error::<Test>::ProposalExpired);
	});
}

#[test]
fn accept_should_fail_when_a_side_has_lost_its_right_meanwhile() {
	for who in [SELLER, BUYER] {
		ExtBuilder::default().build_and_execute(|| {
			let id = propose(SELLER, now_terms());
			Closed::mutate(|closed| closed.insert(who));
			assert_refused(BUYER, id, SERVICE_CLOSED);
			Traders::mutate(|traders| traders.remove(&who));
			assert_refused(BUYER, id, MAY_NOT_TRADE);
		});
	}
}

#[test]
fn accept_should_fail_when_the_sides_have_become_one_group_meanwhile() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SELLER, now_terms());
		Groups::mutate(|groups| groups.insert(BUYER, 7));
		assert_refused(BUYER, id, Error::<Test>::PartiesRelated);
	});
}

#[test]
fn accept_should_fail_when_the_market_is_halted_or_closed() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SELLER, now_terms());
		MarketOpen::set(false);
		assert_refused(BUYER, id, MARKET_CLOSED);
		HaltedUntil::set(Some(EXPIRY));
		assert_refused(BUYER, id, Error::<Test>::MarketHalted);
	});
}

#[test]
fn accept_should_fail_when_the_reference_price_has_moved_away() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SELLER, now_terms());
		Reference::set(Some(Price(6_000)));
		assert_refused(BUYER, id, Error::<Test>::PriceOutsideBand);
	});
}

#[test]
fn accept_should_fail_when_the_rules_have_become_stricter() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SELLER, later_terms());
		let larger = BlockRules {
			min_tonnes: Tonnes(TONNES + 1),
			..RULES
		};
		let sooner = BlockRules {
			settlement_max_days: 0,
			..RULES
		};
		for (rules, error) in [
			(larger, Error::<Test>::TonnesBelowMin),
			(sooner, Error::<Test>::SettlementTooFar),
		] {
			assert_ok!(BlockTrades::set_rules(RuntimeOrigin::root(), ASSET, rules));
			assert_refused(BUYER, id, error);
		}
	});
}

#[test]
fn accept_should_fail_when_a_side_would_need_a_larger_margin_by_now() {
	for (who, bps) in [(SELLER, SELLER_BPS), (BUYER, BUYER_BPS)] {
		ExtBuilder::default().build_and_execute(|| {
			let id = propose(SELLER, later_terms());
			Margins::mutate(|margins| margins.insert(who, bps + 1));
			assert_refused(BUYER, id, Error::<Test>::MarginRaised);
		});
	}
}

#[test]
fn accept_should_fail_when_the_acceptor_has_too_little_free() {
	for terms in [now_terms(), later_terms()] {
		ExtBuilder::default().without_funds().build_and_execute(|| {
			fund(SELLER, allowances(TONNES));
			fund(SELLER, cash(SELLER_MARGIN));
			fund(BUYER, cash(BUYER_MARGIN - 1));
			let id = propose(SELLER, terms);
			assert_refused(BUYER, id, TOO_LITTLE_FREE);
		});
	}
}

#[test]
fn accept_should_fail_when_the_buyer_cannot_take_the_tonnes() {
	for (proposer, acceptor) in [(SELLER, BUYER), (BUYER, SELLER)] {
		ExtBuilder::default().build_and_execute(|| {
			let id = propose(proposer, now_terms());
			Full::set([BUYER].into());
			assert_refused(acceptor, id, NO_PLACE);
		});
	}
}

#[test]
fn accept_should_fail_when_the_acceptor_has_too_many_open_trades() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..12 {
			propose(BUYER, later_terms());
		}
		let later = propose(SELLER, later_terms());
		assert_refused(BUYER, later, Error::<Test>::TooManyTradesOfAccount);
		// What ends at once takes no room.
		let now = propose(
			CAROL,
			Terms {
				seller: CAROL,
				..now_terms()
			},
		);
		assert_ok!(accept(BUYER, now));
	});
}

#[test]
fn accept_should_fail_when_the_buyer_may_not_buy_any_more() {
	ExtBuilder::default().build_and_execute(|| {
		for terms in [now_terms(), later_terms()] {
			let by_seller = propose(SELLER, terms.clone());
			let by_buyer = propose(BUYER, terms);
			Debtors::set([BUYER].into());
			assert_refused(BUYER, by_seller, Error::<Test>::BuysBlocked);
			assert_refused(SELLER, by_buyer, Error::<Test>::BuysBlocked);
			Debtors::set([SELLER].into());
			assert_ok!(accept(BUYER, by_seller));
			Debtors::set([].into());
		}
	});
}

#[test]
fn accept_should_report_a_trade_as_kept_when_settlement_is_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SELLER, now_terms());
		assert_ok!(accept(BUYER, id));
		assert_eq!((kept(), reported()), (vec![id.0], vec![]));
		agreed();
		assert_eq!(kept(), [id.0]);
	});
}

#[test]
fn accept_should_weigh_the_report_and_the_look_at_what_the_buyer_may_hold() {
	let call = Call::<Test>::accept {
		id: TradeId(0),
		digest: Digest::zero(),
	};
	let expected = <()>::accept_now() + LIMIT_WEIGHT + KEPT_WEIGHT;
	assert_eq!(call.get_dispatch_info().call_weight, expected);
}
