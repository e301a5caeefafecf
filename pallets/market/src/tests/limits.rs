//! Whatever participants do, nobody gets past the holding limit, and what was bought on a day stays where it is.

use crate::{
	mock::*, BatchCancels, BatchOrders, FeeRates, MarketParams, NewOrder, OrderId, OrderKind, SelfTrade,
	Side, TradingAccounts,
};
use carbon_primitives::{GroupId, Price, Tonnes};
use carbon_traits::{AgreedTrade, TradingLedger};
use frame_support::{
	assert_ok,
	storage::with_storage_layer,
	traits::{fungibles::Inspect, Hooks, Time},
	weights::WeightMeter,
};
use proptest::prelude::*;
use sp_runtime::DispatchResult;

const MEMBERS: [AccountId; 2] = [ALICE, BOB];
const ALL: [AccountId; 3] = [ALICE, BOB, CHARLIE];

/// Alice and Charlie may get six tonnes more than they have, Bob many, and the group of Alice and Bob eight.
const HOLDING_MAX: u64 = TONNES - 100;
const ALLOCATED: [(AccountId, u64); 3] = [(ALICE, 106), (BOB, TONNES + 2), (CHARLIE, 106)];

fn limit(members: &[AccountId]) -> u128 {
	let allocated = ALLOCATED.iter().filter(|(who, _)| members.contains(who));
	u128::from(HOLDING_MAX + allocated.map(|(_, tonnes)| tonnes).sum::<u64>())
}

#[derive(Clone, Debug)]
enum Step {
	Place(AccountId, NewOrder),
	Batch(AccountId, Vec<usize>, Vec<NewOrder>),
	Replace(AccountId, usize, u64, u64),
	Cancel(AccountId, usize),
	Pledge(AccountId, u64),
	Release(AccountId, u64),
	Deliver(AccountId, AccountId, u64),
	Withdraw(AccountId, u64),
	Deposit(AccountId, u64),
	NextDay,
}

fn step() -> impl Strategy<Value = Step> {
	let who = || prop::sample::select(ALL.to_vec());
	let side = || prop_oneof![Just(Side::Buy), Just(Side::Sell)];
	let kind = || {
		prop_oneof![
			5 => Just(OrderKind::GoodTillCancelled),
			1 => Just(OrderKind::ImmediateOrCancel),
			1 => Just(OrderKind::PostOnly),
			1 => Just(OrderKind::Market),
		]
	};
	let self_trade = || {
		prop_oneof![
			Just(SelfTrade::CancelTaker),
			Just(SelfTrade::CancelMaker),
			Just(SelfTrade::CancelBoth),
			Just(SelfTrade::Decrement),
		]
	};
	// Large sells reach for what was bought.
	let tonnes = || prop_oneof![6 => 1..6_u64, 1 => TONNES / 2 - 3..TONNES / 2 + 9];
	let new = move || {
		(side(), 98..103_u64, tonnes(), kind(), self_trade()).prop_map(
			|(side, price, tonnes, kind, self_trade)| NewOrder {
				self_trade,
				..order(side, price, tonnes, kind)
			},
		)
	};
	prop_oneof![
		8 => (who(), new()).prop_map(|(who, order)| Step::Place(who, order)),
		2 => (who(), prop::collection::vec(any::<usize>(), 0..3), prop::collection::vec(new(), 0..4))
			.prop_map(|(who, cancels, orders)| Step::Batch(who, cancels, orders)),
		2 => (who(), any::<usize>(), 98..103_u64, 1..7_u64).prop_map(|(w, o, p, t)| Step::Replace(w, o, p, t)),
		2 => (who(), any::<usize>()).prop_map(|(who, pick)| Step::Cancel(who, pick)),
		2 => (who(), tonnes()).prop_map(|(who, tonnes)| Step::Pledge(who, tonnes)),
		1 => (who(), tonnes()).prop_map(|(who, tonnes)| Step::Release(who, tonnes)),
		2 => (who(), who(), 1..6_u64).prop_map(|(seller, buyer, tonnes)| Step::Deliver(seller, buyer, tonnes)),
		2 => (who(), tonnes()).prop_map(|(who, tonnes)| Step::Withdraw(who, tonnes)),
		1 => (who(), tonnes()).prop_map(|(who, tonnes)| Step::Deposit(who, tonnes)),
		1 => Just(Step::NextDay),
	]
}

/// What `who` has and may still get, wherever.
fn counted(who: AccountId) -> u128 {
	let elsewhere = Assets::total_balance(ASSET, &who);
	TradingAccounts::<Test>::get(who).map_or(elsewhere, |account| elsewhere + account.counted_of(ASSET))
}

fn check_limits() {
	for who in ALL {
		assert!(counted(who) <= limit(&[who]), "{who} has {}", counted(who));
	}
	let together: u128 = MEMBERS.into_iter().map(counted).sum();
	assert!(together <= limit(&MEMBERS), "the group has {together}");
}

fn check_resale() {
	let day = crate::Markets::<Test>::get(ASSET)
		.expect("it is open")
		.today
		.bar
		.day;
	for account in TradingAccounts::<Test>::iter_values() {
		if let Some(position) = account.position(ASSET) {
			let bought = position.totals_of(day).bought.tonnes;
			assert!(
				position.free >= bought,
				"of {bought:?} {:?} are left",
				position.free
			);
		}
	}
}

fn take(step: Step, orders: &[OrderId]) -> DispatchResult {
	let signed = RuntimeOrigin::signed;
	let picked = |pick: usize| pick.checked_rem(orders.len()).map(|at| orders[at]);
	match step {
		Step::Place(who, order) => place_new(who, order),
		Step::Batch(who, cancels, orders) => {
			let cancels = cancels.into_iter().filter_map(picked).collect();
			let (cancels, orders) = (
				BatchCancels::truncate_from(cancels),
				BatchOrders::truncate_from(orders),
			);
			Market::batch(signed(who), ASSET, cancels, orders)
				.map(drop)
				.map_err(|refusal| refusal.error)
		}
		Step::Replace(who, pick, price, tonnes) => picked(pick).map_or(Ok(()), |order| {
			Market::replace_order(signed(who), ASSET, order, Price(price), Tonnes(tonnes), None)
				.map(drop)
				.map_err(|refusal| refusal.error)
		}),
		Step::Cancel(who, pick) => {
			picked(pick).map_or(Ok(()), |order| Market::cancel_order(signed(who), ASSET, order))
		}
		Step::Pledge(who, quantity) => <Market as TradingLedger<_>>::pledge(&who, tonnes(quantity)),
		Step::Release(who, quantity) => <Market as TradingLedger<_>>::release(&who, tonnes(quantity)),
		Step::Deliver(seller, buyer, quantity) => {
			let trade = AgreedTrade {
				asset: ASSET,
				seller,
				buyer,
				tonnes: Tonnes(quantity),
				price: Price(100),
			};
			<Market as TradingLedger<_>>::pledge(&buyer, cash(100 * u128::from(quantity)))?;
			<Market as TradingLedger<_>>::deliver(&trade)
		}
		Step::Withdraw(who, quantity) => Market::withdraw(signed(who), tonnes(quantity)),
		Step::Deposit(who, quantity) => Market::deposit(signed(who), tonnes(quantity)),
		Step::NextDay => {
			MockTime::set(MockTime::now() + 24 * 60 * 60 * 1_000);
			Market::on_poll(System::block_number(), &mut WeightMeter::new());
			Ok(())
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(60))]

	#[test]
	fn nobody_should_get_past_the_limits_when_calls_come_in_any_order(steps in prop::collection::vec(step(), 1..100)) {
		let params = MarketParams {
			resale_next_day: true,
			holding_max: Some(Tonnes(HOLDING_MAX)),
			order_max: Tonnes(TONNES),
			fees: FeeRates { maker_ppm: 1_234, taker_ppm: 4_321 },
			..Default::default()
		};
		let builder = ALL.into_iter().fold(ExtBuilder::default().with_params(params), ExtBuilder::with_trader);
		builder.build_and_execute(|| {
			MEMBERS.into_iter().for_each(|who| Participants::join(who, Some(GroupId(7))));
			ALLOCATED.into_iter().for_each(|(who, tonnes)| Registry::allocate(who, tonnes));
			let mut orders = Vec::new();
			for step in steps {
				let events = market_events().len();
				if with_storage_layer(|| take(step, &orders)).is_ok() {
					for event in &market_events()[events..] {
						if let crate::Event::OrderPlaced { order, .. } = event {
							orders.extend(*order);
						}
					}
				}
				check();
				check_limits();
				check_resale();
			}
			// Everything that was paid comes together again.
			idle_until_swept();
			let fees = crate::Markets::<Test>::get(ASSET).expect("it is open").fees;
			let held: u128 = ALL.into_iter().map(|who| {
				let account = Market::trading_account(who);
				account.cash_free + account.cash_locked + account.cash_pledged
			}).sum();
			assert_eq!(held + fees, 3 * CASH / 2);
			if fees > 0 {
				assert_ok!(Market::collect_fees(RuntimeOrigin::signed(ALICE), ASSET));
			}
		});
	}
}
