//! What the market tells others of trades.

use super::{
	auction::{collect_many, one_step},
	clock::*,
};
use crate::{fuzzing::told_of, mock::*, BatchOrders, Error, NewOrder, OrderId, OrderKind, SelfTrade, Side};
use carbon_primitives::{Price, Tonnes};
use frame_support::{assert_noop, assert_ok, storage::with_storage_layer};
use sp_io::hashing::blake2_256;
use sp_runtime::DispatchResult;
use OrderKind::{FillOrKill, GoodTillCancelled, ImmediateOrCancel};
use Side::{Buy, Sell};

const OPENS: u64 = at(MONDAY, 9, 30);

fn heard() -> Vec<Told> {
	Heard::take()
}

/// A trade as the digest is over it, byte by byte.
fn bytes(orders: &[OrderId], accounts: [AccountId; 2], price: u64, tonnes: u64) -> Vec<u8> {
	let mut bytes = Vec::new();
	for order in orders {
		bytes.extend(order.0.to_le_bytes());
	}
	for number in [accounts[0], accounts[1], price, tonnes] {
		bytes.extend(number.to_le_bytes());
	}
	bytes
}

fn told(pairs: &[(AccountId, AccountId)], trades: &[Vec<u8>], tonnes: u128) -> Told {
	Told {
		asset: ASSET,
		pairs: pairs.to_vec(),
		digest: blake2_256(&trades.concat()).into(),
		fills: trades.len() as u32,
		tonnes,
	}
}

fn batch(who: AccountId, orders: &[NewOrder]) -> DispatchResult {
	let orders = BatchOrders::truncate_from(orders.to_vec());
	with_storage_layer(|| {
		Market::batch(RuntimeOrigin::signed(who), ASSET, Default::default(), orders)
			.map(drop)
			.map_err(|refusal| refusal.error)
	})
}

#[test]
fn place_order_should_tell_once_when_it_meets_several_orders() {
	ExtBuilder::trading().build_and_execute(|| {
		let first = rest(CHARLIE, Sell, 9_000, 1);
		let second = rest(ALICE, Sell, 9_001, 2);
		let third = rest(CHARLIE, Sell, 9_002, 7);
		assert_ok!(place(BOB, Buy, 9_002, 6, GoodTillCancelled));
		let trades = [
			bytes(&[first], [BOB, CHARLIE], 9_000, 1),
			bytes(&[second], [BOB, ALICE], 9_001, 2),
			bytes(&[third], [BOB, CHARLIE], 9_002, 3),
		];
		// Each counterparty once.
		assert_eq!(heard(), [told(&[(BOB, ALICE), (BOB, CHARLIE)], &trades, 6)]);
	});
}

#[test]
fn place_order_should_tell_nothing_when_nothing_trades() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Sell, 9_000, 1);
		assert_ok!(place(BOB, Buy, 8_999, 1, ImmediateOrCancel));
		let own = NewOrder {
			self_trade: SelfTrade::Decrement,
			..order(Buy, 9_000, 1, GoodTillCancelled)
		};
		assert_ok!(place_new(ALICE, own));
		rest(ALICE, Sell, 9_000, 1);
		Participants::suspend(ALICE);
		assert_ok!(place(BOB, Buy, 9_000, 1, ImmediateOrCancel));
		assert_eq!(heard(), []);
	});
}

#[test]
fn place_order_should_tell_nothing_when_it_fails() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Sell, 9_000, 1);
		assert_noop!(place(BOB, Buy, 9_000, 2, FillOrKill), Error::<Test>::NotFilled);
		assert_eq!(heard(), []);
	});
}

#[test]
fn replace_order_should_tell_once_when_the_new_order_trades() {
	ExtBuilder::trading().build_and_execute(|| {
		let makers = [rest(ALICE, Sell, 9_000, 1), rest(ALICE, Sell, 9_000, 1)];
		let order = rest(BOB, Buy, 8_000, 5);
		let replaced = Market::replace_order(
			RuntimeOrigin::signed(BOB),
			ASSET,
			order,
			Price(9_000),
			Tonnes(5),
			None,
		);
		assert_ok!(replaced.map(drop).map_err(|refusal| refusal.error));
		let trades = makers.map(|maker| bytes(&[maker], [BOB, ALICE], 9_000, 1));
		assert_eq!(heard(), [told(&[(BOB, ALICE)], &trades, 2)]);
	});
}

#[test]
fn batch_should_tell_once_when_several_of_its_orders_trade() {
	ExtBuilder::trading().build_and_execute(|| {
		let ask = rest(ALICE, Sell, 9_000, 1);
		let bid = rest(CHARLIE, Buy, 8_000, 1);
		let orders = [
			order(Buy, 9_000, 1, GoodTillCancelled),
			order(Sell, 8_000, 1, GoodTillCancelled),
		];
		assert_ok!(batch(BOB, &orders));
		let trades = [
			bytes(&[ask], [BOB, ALICE], 9_000, 1),
			bytes(&[bid], [BOB, CHARLIE], 8_000, 1),
		];
		assert_eq!(heard(), [told(&[(BOB, ALICE), (BOB, CHARLIE)], &trades, 2)]);
	});
}

#[test]
fn batch_should_tell_nothing_when_it_fails_after_one_of_its_orders_has_traded() {
	ExtBuilder::trading().build_and_execute(|| {
		rest(ALICE, Sell, 9_000, 1);
		let orders = [
			order(Buy, 9_000, 1, GoodTillCancelled),
			order(Buy, 9_000, 0, GoodTillCancelled),
		];
		assert_noop!(batch(BOB, &orders), Error::<Test>::QuantityZero);
		assert_eq!(heard(), []);
	});
}

#[test]
fn an_auction_should_tell_once_when_it_fits_into_a_block() {
	collecting(|| {
		let buys = [rest(ALICE, Buy, 10_100, 2), rest(BOB, Buy, 10_100, 2)];
		let sells = [rest(BOB, Sell, 9_900, 2), rest(ALICE, Sell, 9_900, 1)];
		let last = rest(CHARLIE, Sell, 9_900, 1);
		block(OPENS);
		// Bob sells to Alice, and Alice to Bob: the two are one pair.
		let trades = [
			bytes(&[buys[0], sells[0]], [ALICE, BOB], 10_000, 2),
			bytes(&[buys[1], sells[1]], [BOB, ALICE], 10_000, 1),
			bytes(&[buys[1], last], [BOB, CHARLIE], 10_000, 1),
		];
		assert_eq!(
			matches(),
			[
				(ALICE, BOB, 10_000, 2),
				(BOB, ALICE, 10_000, 1),
				(BOB, CHARLIE, 10_000, 1)
			]
		);
		assert_eq!(heard(), [told(&[(ALICE, BOB), (BOB, CHARLIE)], &trades, 4)]);
	});
}

#[test]
fn an_auction_should_tell_nothing_when_nothing_crosses() {
	collecting(|| {
		rest(ALICE, Buy, 9_900, 1);
		rest(BOB, Sell, 10_100, 1);
		block(OPENS);
		assert_eq!((auctions(), heard()), (vec![], vec![]));
	});
}

#[test]
fn an_auction_should_tell_once_for_each_block_when_it_takes_several() {
	collecting(|| {
		collect_many(900);
		let (mut told, mut traded, mut fills) = (0, 0, 0);
		for n in 0.. {
			block_with(OPENS + n * 2_000, one_step());
			let heard = heard();
			assert_eq!(heard, told_of(&market_events()));
			assert_eq!(heard.len(), usize::from(!matches().is_empty()));
			told += heard.len();
			traded += heard.iter().map(|told| told.tonnes).sum::<u128>();
			fills += heard.iter().map(|told| told.fills).sum::<u32>();
			if let [(_, tonnes)] = auctions()[..] {
				assert_eq!(traded, tonnes);
				break;
			}
		}
		assert!(told > 2 && fills > 50, "{told} {fills}");
	});
}

#[test]
fn an_auction_should_tell_of_each_round_apart_when_a_block_has_two() {
	collecting(|| {
		let gone = rest(ALICE, Buy, 10_500, 7);
		let first = rest(ALICE, Buy, 10_500, 3);
		let ask = rest(CHARLIE, Sell, 9_500, 10);
		let second = rest(BOB, Buy, 9_900, 3);
		// Room for one step: the price is 10,000, which the last buy does not accept.
		block_with(OPENS, one_step());
		assert_eq!(heard(), []);
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(ALICE), ASSET, gone));
		block(OPENS + 2_000);
		assert_eq!(auctions(), [(Some(10_000), 3), (Some(9_900), 3)]);
		let rounds = [
			(
				bytes(&[first, ask], [ALICE, CHARLIE], 10_000, 3),
				(ALICE, CHARLIE),
			),
			(bytes(&[second, ask], [BOB, CHARLIE], 9_900, 3), (BOB, CHARLIE)),
		];
		let expected = rounds.map(|(trade, pair)| told(&[pair], &[trade], 3));
		assert_eq!(told_of(&market_events()), expected);
		assert_eq!(heard(), expected);
	});
}
