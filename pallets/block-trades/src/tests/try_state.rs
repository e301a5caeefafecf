//! Each check notices the fault that it is there for.

use crate::{
	mock::*, Agenda, AgendaCursor, AgendaLengths, NextTrade, OpenTrades, Rules, Stage, TradeId, Trades,
};
use carbon_primitives::{Price, Tonnes};
use frame_support::{assert_ok, hypothetically, storage::unhashed};
use sp_runtime::DispatchError;

fn assert_violated(number: u8, spoil: impl FnOnce(TradeId)) {
	let number = format!("block-trades {number}:");
	hypothetically!({
		spoil(TradeId(0));
		match BlockTrades::do_try_state() {
			Err(DispatchError::Other(message)) => assert!(message.starts_with(&number), "{message}"),
			outcome => panic!("expected a violation of {number}, got {outcome:?}"),
		}
	});
}

fn with_trades(test: impl FnOnce()) {
	ExtBuilder::default().build_and_execute(|| {
		propose(SELLER, now_terms());
		agreed();
		assert_ok!(BlockTrades::set_rules(RuntimeOrigin::root(), ASSET, RULES));
		assert_ok!(BlockTrades::do_try_state());
		test();
	});
}

#[test]
fn try_state_should_notice_what_cannot_be_read_or_is_counted_wrongly() {
	with_trades(|| {
		assert_violated(1, |id| {
			unhashed::put_raw(&Trades::<Test>::hashed_key_for(id), &[255])
		});
		assert_violated(1, |_| {
			unhashed::put_raw(&OpenTrades::<Test>::hashed_key_for(CAROL), &[255])
		});
		assert_violated(1, |_| {
			unhashed::put_raw(&Agenda::<Test>::hashed_key_for(1, 1), &[255])
		});
		assert_violated(1, |_| {
			unhashed::put_raw(&AgendaLengths::<Test>::hashed_key_for(1), &[255])
		});
		assert_violated(1, |_| {
			unhashed::put_raw(&Rules::<Test>::hashed_key_for(7), &[255])
		});
		assert_violated(1, |id| unhashed::kill(&Trades::<Test>::hashed_key_for(id)));
		assert_violated(1, |_| unhashed::kill(&Rules::<Test>::hashed_key_for(ASSET)));
	});
}

#[test]
fn try_state_should_notice_trades_that_there_cannot_be() {
	with_trades(|| {
		assert_violated(2, |_| NextTrade::<Test>::put(TradeId(1)));
		assert_violated(2, |id| {
			let record = Trades::<Test>::get(id).unwrap();
			for n in 10..30 {
				Trades::<Test>::insert(TradeId(n), &record);
			}
		});
	});
}

#[test]
fn try_state_should_notice_a_trade_that_contradicts_itself() {
	with_trades(|| {
		let spoil = |with: fn(&mut crate::TradeRecordOf<Test>)| {
			assert_violated(3, |id| change(id, with));
		};
		spoil(|record| record.agreement.terms.buyer = SELLER);
		spoil(|record| record.agreement.terms.price = Price(0));
		spoil(|record| record.agreement.terms.tonnes = Tonnes(0));
		spoil(|record| record.agreement.terms.settles_at = Some(DATE));
		spoil(|record| record.stage = Stage::Agreed);
		let spoil = |with: fn(&mut crate::TradeRecordOf<Test>)| {
			assert_violated(3, |_| change(TradeId(1), with));
		};
		spoil(|record| record.agreement.security = None);
		spoil(|record| record.agreement.terms.settles_at = Some(EXPIRY - 1));
		spoil(|record| record.agreement.security.as_mut().unwrap().window = 0);
		spoil(|record| record.stage = Stage::Window { ends_at: DATE });
	});
}

#[test]
fn try_state_should_notice_open_trades_that_are_counted_wrongly() {
	with_trades(|| {
		assert_violated(4, |_| OpenTrades::<Test>::insert(SELLER, 3));
		assert_violated(4, |_| OpenTrades::<Test>::remove(BUYER));
		assert_violated(4, |_| OpenTrades::<Test>::insert(CAROL, 1));
		assert_violated(4, |id| {
			let record = Trades::<Test>::get(id).unwrap();
			for n in 2..13 {
				Trades::<Test>::insert(TradeId(n), &record);
			}
			NextTrade::<Test>::put(TradeId(13));
			OpenTrades::<Test>::insert(SELLER, 13);
		});
	});
}

#[test]
fn try_state_should_notice_an_agenda_that_is_not_that_of_the_trades() {
	with_trades(|| {
		let minute = Trades::<Test>::get(TradeId(0)).unwrap().place.minute;
		assert_violated(5, |id| Agenda::<Test>::insert(minute, 1, id));
		assert_violated(5, |_| Agenda::<Test>::remove(minute, 0));
		assert_violated(5, |_| Agenda::<Test>::insert(minute, 1, TradeId(9)));
		assert_violated(5, |id| {
			change(id, |record| record.agreement.terms.expires_at += MINUTE);
		});
		assert_violated(5, |_| {
			change(TradeId(1), |record| {
				record.agreement.terms.settles_at = Some(DATE + MINUTE)
			});
		});
		assert_violated(5, |_| {
			let stage = Stage::Window {
				ends_at: DATE + MINUTE,
			};
			change(TradeId(1), |record| record.stage = stage);
		});
		assert_violated(6, |_| AgendaLengths::<Test>::insert(minute, 2));
		assert_violated(6, |_| AgendaLengths::<Test>::remove(minute));
		assert_violated(6, |_| AgendaLengths::<Test>::insert(minute + 1, 1));
		assert_violated(6, |_| AgendaCursor::<Test>::put(minute + 1));
		assert_violated(6, |_| AgendaCursor::<Test>::mutate(|cursor| *cursor += 1));
		// A list with a hole.
		assert_violated(6, |id| {
			Agenda::<Test>::remove(minute, 0);
			Agenda::<Test>::insert(minute, 1, id);
			change(id, |record| record.place.index = 1);
			AgendaLengths::<Test>::insert(minute, 2);
		});
	});
}

#[test]
fn try_state_should_notice_rules_that_cannot_be() {
	with_trades(|| {
		assert_violated(7, |_| {
			Rules::<Test>::insert(ASSET, crate::BlockRules { window: 0, ..RULES })
		});
		assert_violated(7, |_| {
			for asset in 1..3 {
				Rules::<Test>::insert(asset, RULES);
			}
		});
	});
}
