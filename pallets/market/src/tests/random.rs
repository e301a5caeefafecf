//! Random sequences of calls keep every invariant, and nothing is made or lost.

use crate::{mock::*, Funds, OrderId, Side, TimeInForce};
use carbon_primitives::Tonnes;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
	Place(AccountId, Side, u64, u64, TimeInForce),
	Cancel(AccountId, usize),
	Deposit(AccountId, Funds),
	Withdraw(AccountId, Funds),
	Suspend(AccountId),
}

fn step() -> impl Strategy<Value = Step> {
	let who = || prop_oneof![Just(ALICE), Just(BOB), Just(CHARLIE)];
	let side = prop_oneof![Just(Side::Buy), Just(Side::Sell)];
	let time_in_force =
		prop_oneof![4 => Just(TimeInForce::GoodTillCancelled), 1 => Just(TimeInForce::ImmediateOrCancel)];
	let funds = || {
		prop_oneof![
			(0..2_000_u128).prop_map(cash),
			(0..60_u64).prop_map(tonnes),
			(0..9_u64).prop_map(|tonnes| Funds::Allowances {
				asset: OTHER,
				tonnes: Tonnes(tonnes)
			}),
		]
	};
	prop_oneof![
		12 => (who(), side, 95..105_u64, 0..9_u64, time_in_force).prop_map(|(w, s, p, t, f)| Step::Place(w, s, p, t, f)),
		6 => (who(), any::<usize>()).prop_map(|(who, pick)| Step::Cancel(who, pick)),
		3 => (who(), funds()).prop_map(|(who, funds)| Step::Deposit(who, funds)),
		2 => (who(), funds()).prop_map(|(who, funds)| Step::Withdraw(who, funds)),
		1 => Just(Step::Suspend(CHARLIE)),
	]
}

fn run(steps: Vec<Step>) {
	ExtBuilder::default().with_market().build_and_execute(|| {
		let mut orders: Vec<OrderId> = Vec::new();
		for step in steps {
			// A refused call must leave no trace: a call is rolled back by its dispatch, so it is dispatched here.
			let (who, call) = match step {
				Step::Place(who, side, price, tonnes, time_in_force) => {
					let (price, tonnes) = (carbon_primitives::Price(price), Tonnes(tonnes));
					(
						who,
						crate::Call::place_order {
							asset: ASSET,
							side,
							price,
							tonnes,
							time_in_force,
						},
					)
				}
				Step::Cancel(who, pick) => match pick.checked_rem(orders.len()) {
					Some(at) => (
						who,
						crate::Call::cancel_order {
							asset: ASSET,
							order: orders[at],
						},
					),
					None => continue,
				},
				Step::Deposit(who, funds) => (who, crate::Call::deposit { funds }),
				Step::Withdraw(who, funds) => (who, crate::Call::withdraw { funds }),
				Step::Suspend(who) => {
					Participants::suspend(who);
					continue;
				}
			};
			let events = market_events().len();
			let result = sp_runtime::traits::Dispatchable::dispatch(
				RuntimeCall::MarketPallet(call),
				RuntimeOrigin::signed(who),
			);
			if result.is_ok() {
				for event in &market_events()[events..] {
					if let crate::Event::OrderPlaced { order, .. } = event {
						orders.extend(*order);
					}
				}
			} else {
				assert_eq!(market_events().len(), events);
			}
			check();
		}
		// Everybody gets everything back.
		for who in [ALICE, BOB, CHARLIE] {
			for order in &orders {
				let _ = Market::cancel_order(RuntimeOrigin::signed(who), ASSET, *order);
			}
			let account = Market::trading_account(who);
			assert_eq!(account.cash_locked, 0);
			let _ = Market::withdraw(RuntimeOrigin::signed(who), cash(account.cash_free));
			for position in account.positions {
				let funds = Funds::Allowances {
					asset: position.asset,
					tonnes: position.free,
				};
				assert_eq!(Market::withdraw(RuntimeOrigin::signed(who), funds), Ok(()));
			}
		}
		assert_eq!(crate::TradingAccounts::<Test>::iter().count(), 0);
		let total = |asset| {
			[ALICE, BOB, CHARLIE]
				.into_iter()
				.map(|who| Assets::balance(asset, who))
				.sum::<u128>()
		};
		assert_eq!(
			(total(ASSET), total(OTHER)),
			(3 * u128::from(TONNES), 3 * u128::from(TONNES))
		);
		let money: u128 = [ALICE, BOB, CHARLIE]
			.into_iter()
			.map(Balances::free_balance)
			.sum();
		assert_eq!(money, 3 * CASH);
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(40))]

	#[test]
	fn calls_should_keep_every_invariant_when_they_come_in_any_order(steps in prop::collection::vec(step(), 1..120)) {
		run(steps);
	}
}
