use crate::{mock::*, Error, Event, OpenTrades, TradeId, Trades};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn reject_should_give_the_pledge_back() {
	for (terms, released) in [
		(now_terms(), allowances(TONNES)),
		(later_terms(), cash(SELLER_MARGIN)),
	] {
		ExtBuilder::default().build_and_execute(|| {
			let id = propose(SELLER, terms);

			assert_ok!(BlockTrades::reject(signed(BUYER), id));

			assert_eq!(tonnes_of(SELLER), (10 * u128::from(TONNES), 0));
			assert_eq!(cash_of(SELLER), (FUNDS, 0));
			assert_eq!(Trades::<Test>::count(), 0);
			assert_eq!(OpenTrades::<Test>::iter().count(), 0);
			System::assert_last_event(Event::Rejected { id, released }.into());
		});
	}
}

#[test]
fn reject_should_work_whatever_has_become_of_the_sides_and_the_market() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SELLER, now_terms());
		Traders::set(Default::default());
		HaltedUntil::set(Some(EXPIRY + MINUTE));
		MarketOpen::set(false);
		Now::set(EXPIRY);
		assert_ok!(BlockTrades::reject(signed(BUYER), id));
	});
}

#[test]
fn reject_should_fail_when_nobody_signs() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SELLER, now_terms());
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(BlockTrades::reject(origin, id), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn reject_should_fail_when_there_is_no_such_trade() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			BlockTrades::reject(signed(BUYER), TradeId(0)),
			Error::<Test>::TradeNotFound
		);
	});
}

#[test]
fn reject_should_fail_when_both_have_consented() {
	ExtBuilder::default().build_and_execute(|| {
		let id = agreed();
		assert_noop!(
			BlockTrades::reject(signed(BUYER), id),
			Error::<Test>::AlreadyAgreed
		);
	});
}

#[test]
fn reject_should_fail_when_it_is_not_for_the_caller_to_do() {
	ExtBuilder::default().build_and_execute(|| {
		let id = propose(SELLER, now_terms());
		for who in [SELLER, CAROL] {
			assert_noop!(
				BlockTrades::reject(signed(who), id),
				Error::<Test>::NotCounterparty
			);
		}
	});
}
