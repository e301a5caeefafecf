use crate::{
	mock::*, AgendaCursor, Agreement, Error, Event, NextTrade, OpenTrades, Place, Security, Side, Stage,
	Terms, TradeId, TradeRecord, Trades,
};
use carbon_primitives::{Balance, Moment, Price, Tonnes};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn assert_refused(terms: Terms<AccountId>, error: impl Into<DispatchError>) {
	let who = terms.seller;
	assert_noop!(BlockTrades::propose(signed(who), terms), error.into());
}

#[test]
fn propose_should_pledge_the_sellers_tonnes_when_settlement_is_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(BlockTrades::propose(signed(SELLER), now_terms()));

		let agreement = Agreement {
			terms: now_terms(),
			proposer: Side::Seller,
			security: None,
		};
		assert_eq!(
			Trades::<Test>::get(TradeId(0)),
			Some(TradeRecord {
				agreement: agreement.clone(),
				stage: Stage::Proposed,
				// The first minute that does not begin before the expiry, at half past ten minutes.
				place: Place {
					minute: 1_011,
					index: 0
				},
			})
		);
		assert_eq!(tonnes_of(SELLER), (9 * u128::from(TONNES), u128::from(TONNES)));
		assert_eq!(cash_of(SELLER), (FUNDS, 0));
		assert_eq!(cash_of(BUYER), (FUNDS, 0));
		assert_eq!(OpenTrades::<Test>::get(SELLER), 1);
		assert_eq!(OpenTrades::<Test>::get(BUYER), 0);
		System::assert_last_event(
			Event::Proposed {
				id: TradeId(0),
				digest: agreement.digest(TradeId(0)),
				agreement,
				pledged: allowances(TONNES),
			}
			.into(),
		);
	});
}

#[test]
fn propose_should_pledge_the_buyers_payment_when_settlement_is_at_once() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(BlockTrades::propose(signed(BUYER), now_terms()));
		assert_eq!(cash_of(BUYER), (FUNDS - VALUE, VALUE));
		assert_eq!(tonnes_of(SELLER), (10 * u128::from(TONNES), 0));
	});
}

#[test]
fn propose_should_pledge_the_margin_of_the_proposer_when_settlement_is_later() {
	for (who, margin) in [(SELLER, SELLER_MARGIN), (BUYER, BUYER_MARGIN)] {
		ExtBuilder::default().build_and_execute(|| {
			let id = propose(who, later_terms());

			assert_eq!(cash_of(who), (FUNDS - margin, margin));
			assert_eq!(
				tonnes_of(SELLER),
				(10 * u128::from(TONNES), 0),
				"the tonnes are free until the date"
			);
			let record = Trades::<Test>::get(id).unwrap();
			assert_eq!(
				record.agreement.security,
				Some(Security {
					seller: SELLER_MARGIN,
					buyer: BUYER_MARGIN,
					window: WINDOW
				})
			);
		});
	}
}

#[test]
fn propose_should_pledge_nothing_when_the_proposer_needs_no_margin() {
	ExtBuilder::default().build_and_execute(|| {
		Margins::mutate(|margins| margins.insert(SELLER, 0));
		let id = propose(SELLER, later_terms());
		assert_eq!(cash_of(SELLER), (FUNDS, 0));
		assert_ok!(BlockTrades::withdraw(signed(SELLER), id));
	});
}

#[test]
fn propose_should_round_a_margin_up() {
	ExtBuilder::default().build_and_execute(|| {
		// 5 % of 100,001 × 9,001 fen are 45,005,450.05 fen.
		let terms = Terms {
			tonnes: Tonnes(TONNES + 1),
			price: Price(9_001),
			..later_terms()
		};
		propose(SELLER, terms);
		assert_eq!(cash_of(SELLER).1, 45_005_451);
	});
}

#[test]
fn propose_should_not_let_the_blocks_walk_over_the_time_without_trades() {
	ExtBuilder::default().build_and_execute(|| {
		propose(SELLER, now_terms());
		assert_eq!(AgendaCursor::<Test>::get(), 1_001);
		// A second one changes nothing.
		Now::set(START + 5 * MINUTE);
		propose(SELLER, now_terms());
		assert_eq!(AgendaCursor::<Test>::get(), 1_001);
	});
}

#[test]
fn propose_should_fail_when_nobody_signs() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(
				BlockTrades::propose(origin, now_terms()),
				DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn propose_should_fail_when_the_caller_is_no_side_of_the_trade() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			BlockTrades::propose(signed(CAROL), now_terms()),
			Error::<Test>::NotParty
		);
	});
}

#[test]
fn propose_should_fail_when_the_sides_are_one_account_or_one_group() {
	ExtBuilder::default().build_and_execute(|| {
		for buyer in [SELLER, SISTER] {
			let terms = Terms { buyer, ..now_terms() };
			assert_refused(terms, Error::<Test>::PartiesRelated);
		}
	});
}

#[test]
fn propose_should_fail_when_a_side_may_not_trade() {
	for who in [SELLER, BUYER] {
		ExtBuilder::default().build_and_execute(|| {
			Traders::mutate(|traders| traders.remove(&who));
			assert_refused(now_terms(), MAY_NOT_TRADE);
		});
	}
}

#[test]
fn propose_should_fail_when_block_trades_are_closed_to_a_side() {
	for who in [SELLER, BUYER] {
		ExtBuilder::default().build_and_execute(|| {
			Closed::mutate(|closed| closed.insert(who));
			assert_refused(now_terms(), SERVICE_CLOSED);
		});
	}
}

#[test]
fn propose_should_fail_when_the_market_is_halted() {
	ExtBuilder::default().build_and_execute(|| {
		HaltedUntil::set(Some(START + 1));
		assert_refused(now_terms(), Error::<Test>::MarketHalted);
		Now::set(START + 1);
		propose(SELLER, now_terms());
	});
}

#[test]
fn propose_should_fail_when_the_market_is_closed() {
	ExtBuilder::default().build_and_execute(|| {
		MarketOpen::set(false);
		assert_refused(now_terms(), MARKET_CLOSED);
	});
}

#[test]
fn propose_should_fail_when_the_quantity_is_below_the_minimum() {
	ExtBuilder::default().build_and_execute(|| {
		for tonnes in [0, TONNES - 1] {
			let terms = Terms {
				tonnes: Tonnes(tonnes),
				..now_terms()
			};
			assert_refused(terms, Error::<Test>::TonnesBelowMin);
		}
	});
}

#[test]
fn propose_should_fail_when_the_price_is_outside_the_band() {
	ExtBuilder::default().build_and_execute(|| {
		for price in [1, 6_299, 11_701, u64::MAX] {
			let terms = Terms {
				price: Price(price),
				..later_terms()
			};
			assert_refused(terms, Error::<Test>::PriceOutsideBand);
		}
		for price in [6_300, 11_700] {
			let terms = Terms {
				price: Price(price),
				..later_terms()
			};
			propose(SELLER, terms);
		}
	});
}

#[test]
fn propose_should_accept_any_price_above_zero_when_there_is_no_reference_price() {
	ExtBuilder::default().build_and_execute(|| {
		Reference::set(None);
		let at = |price| Terms {
			price: Price(price),
			..now_terms()
		};
		propose(SELLER, at(1));
		propose(SELLER, at(1_000_000));
		assert_refused(at(0), Error::<Test>::PriceZero);
	});
}

#[test]
fn propose_should_fail_when_the_terms_have_expired() {
	ExtBuilder::default().build_and_execute(|| {
		for expires_at in [0, START] {
			let terms = Terms {
				expires_at,
				..now_terms()
			};
			assert_refused(terms, Error::<Test>::ProposalExpired);
		}
	});
}

#[test]
fn propose_should_fail_when_the_terms_expire_too_late() {
	ExtBuilder::default().build_and_execute(|| {
		let until = |expires_at: Moment| Terms {
			expires_at,
			..now_terms()
		};
		for expires_at in [START + LIFETIME + 1, Moment::MAX] {
			assert_refused(until(expires_at), Error::<Test>::ExpiryTooFar);
		}
		propose(SELLER, until(START + LIFETIME));
	});
}

#[test]
fn propose_should_fail_when_settlement_is_before_the_expiry() {
	ExtBuilder::default().build_and_execute(|| {
		let at = |date: Moment| Terms {
			settles_at: Some(date),
			..now_terms()
		};
		for date in [0, START, EXPIRY - 1] {
			assert_refused(at(date), Error::<Test>::SettlementBeforeExpiry);
		}
		propose(SELLER, at(EXPIRY));
	});
}

#[test]
fn propose_should_fail_when_settlement_is_farther_ahead_than_the_rules_allow() {
	ExtBuilder::default().build_and_execute(|| {
		let at = |date: Moment| Terms {
			settles_at: Some(date),
			..now_terms()
		};
		let latest = START + 30 * crate::DAY_MS;
		for date in [latest + 1, Moment::MAX] {
			assert_refused(at(date), Error::<Test>::SettlementTooFar);
		}
		propose(SELLER, at(latest));
	});
}

#[test]
fn propose_should_fail_when_the_margin_cannot_be_counted() {
	ExtBuilder::default().build_and_execute(|| {
		Reference::set(None);
		let terms = |settles_at| Terms {
			tonnes: Tonnes(u64::MAX),
			price: Price(u64::MAX),
			settles_at,
			..now_terms()
		};
		assert_refused(terms(Some(DATE)), Error::<Test>::ValueTooLarge);
		// Without a margin it is the ledger's business.
		assert_refused(terms(None), TOO_LITTLE_FREE);
	});
}

#[test]
fn propose_should_fail_when_too_little_is_free() {
	for (who, terms) in [
		(SELLER, now_terms()),
		(BUYER, now_terms()),
		(SELLER, later_terms()),
	] {
		ExtBuilder::default().without_funds().build_and_execute(|| {
			fund(SELLER, allowances(TONNES - 1));
			fund(SELLER, cash(SELLER_MARGIN - 1));
			fund(BUYER, cash(VALUE - 1));
			assert_noop!(BlockTrades::propose(signed(who), terms), TOO_LITTLE_FREE);
			assert_eq!(NextTrade::<Test>::get(), TradeId(0));
		});
	}
}

/// Fill the room of `who` with trades that bind little.
fn fill(who: AccountId, count: u32) {
	for _ in 0..count {
		let terms = Terms {
			seller: who,
			..later_terms()
		};
		propose(who, terms);
	}
}

#[test]
fn propose_should_fail_when_the_account_has_too_many_open_trades() {
	ExtBuilder::default().build_and_execute(|| {
		fill(SELLER, 12);
		assert_refused(later_terms(), Error::<Test>::TooManyTradesOfAccount);
		// What others propose to it does not count.
		propose(BUYER, later_terms());
		// The other side has room, and room comes back.
		assert_ok!(BlockTrades::withdraw(signed(SELLER), TradeId(3)));
		propose(SELLER, later_terms());
	});
}

#[test]
fn propose_should_fail_when_too_many_trades_are_open() {
	ExtBuilder::default().build_and_execute(|| {
		fill(SELLER, 12);
		fill(CAROL, 8);
		let terms = Terms {
			seller: SISTER,
			..later_terms()
		};
		assert_refused(terms, Error::<Test>::TooManyTrades);
	});
}

#[test]
fn propose_should_obey_the_rules_that_the_regulator_has_set() {
	ExtBuilder::default().build_and_execute(|| {
		let rules = crate::BlockRules {
			min_tonnes: Tonnes(1),
			band_bps: 0,
			settlement_max_days: 0,
			window: 1,
		};
		assert_ok!(BlockTrades::set_rules(RuntimeOrigin::root(), ASSET, rules));
		let small = Terms {
			tonnes: Tonnes(1),
			..now_terms()
		};
		propose(SELLER, small.clone());
		let dear = Terms {
			price: Price(PRICE + 1),
			..small
		};
		assert_refused(dear, Error::<Test>::PriceOutsideBand);
		assert_refused(later_terms(), Error::<Test>::SettlementTooFar);
	});
}

#[test]
fn propose_should_fail_when_the_default_rules_are_out_of_their_ranges() {
	ExtBuilder::default().build_and_execute(|| {
		Defaults::set(crate::BlockRules { window: 0, ..RULES });
		assert_refused(later_terms(), Error::<Test>::InvalidRules);
		// What the regulator has set for the market counts before them.
		assert_ok!(BlockTrades::set_rules(RuntimeOrigin::root(), ASSET, RULES));
		propose(SELLER, later_terms());
	});
}

#[test]
fn propose_should_give_each_trade_a_digest_of_its_own() {
	ExtBuilder::default().build_and_execute(|| {
		let (one, two) = (propose(SELLER, now_terms()), propose(SELLER, now_terms()));
		assert_ne!(digest_of(one), digest_of(two));
		let value: Balance = VALUE;
		assert_eq!(now_terms().value(), value);
	});
}

#[test]
fn propose_should_fail_when_the_buyer_may_not_buy() {
	ExtBuilder::default().build_and_execute(|| {
		Debtors::set([BUYER].into());
		assert_refused(now_terms(), Error::<Test>::BuysBlocked);
		assert_refused(later_terms(), Error::<Test>::BuysBlocked);
		assert_noop!(
			BlockTrades::propose(signed(BUYER), now_terms()),
			Error::<Test>::BuysBlocked
		);
	});
}

#[test]
fn propose_should_work_when_only_the_seller_may_not_buy() {
	ExtBuilder::default().build_and_execute(|| {
		Debtors::set([SELLER].into());
		assert_ok!(BlockTrades::propose(signed(SELLER), now_terms()));
	});
}
