//! Random sequences of calls keep every invariant, and nothing is made or lost.

use crate::{mock::*, Funds, MarketParams, OrderId, OrderIds, Side, TimeInForce, WeightInfo, PAGE_SLOTS};
use carbon_primitives::{Price, Tonnes, TradingRight};
use frame_support::traits::Time;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
	Place(AccountId, Side, u64, u64, TimeInForce),
	Cancel(AccountId, usize),
	Deposit(AccountId, Funds),
	Withdraw(AccountId, Funds),
	Right(AccountId, TradingRight),
	Later(u64),
	Halt(u64),
	Band(u64),
	ForceCancel(usize),
	ForceWithdraw(AccountId, Funds),
	Idle(u64),
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
	let right = prop_oneof![
		Just(TradingRight::Withdrawn),
		Just(TradingRight::Lasting),
		(0..40_u64).prop_map(TradingRight::Until),
	];
	prop_oneof![
		12 => (who(), side, 95..105_u64, 0..9_u64, time_in_force).prop_map(|(w, s, p, t, f)| Step::Place(w, s, p, t, f)),
		6 => (who(), any::<usize>()).prop_map(|(who, pick)| Step::Cancel(who, pick)),
		3 => (who(), funds()).prop_map(|(who, funds)| Step::Deposit(who, funds)),
		2 => (who(), funds()).prop_map(|(who, funds)| Step::Withdraw(who, funds)),
		2 => (who(), right).prop_map(|(who, right)| Step::Right(who, right)),
		1 => (0..3_u64).prop_map(Step::Later),
		1 => (0..40_u64).prop_map(Step::Halt),
		1 => (1..100_u64).prop_map(Step::Band),
		1 => any::<usize>().prop_map(Step::ForceCancel),
		1 => (who(), funds()).prop_map(|(who, funds)| Step::ForceWithdraw(who, funds)),
		2 => (0..3_u64).prop_map(Step::Idle),
	]
}

fn run(steps: Vec<Step>) {
	ExtBuilder::default().with_market().build_and_execute(|| {
		let mut orders: Vec<OrderId> = Vec::new();
		for step in steps {
			// A refused call must leave no trace: a call is rolled back by its dispatch, so it is dispatched here.
			let signed = RuntimeOrigin::signed;
			let root = RuntimeOrigin::root;
			let picked = |pick: usize| pick.checked_rem(orders.len()).map(|at| orders[at]);
			let (origin, call) = match step {
				Step::Place(who, side, price, tonnes, time_in_force) => {
					let (asset, price, tonnes) = (ASSET, Price(price), Tonnes(tonnes));
					let call = crate::Call::place_order {
						asset,
						side,
						price,
						tonnes,
						time_in_force,
					};
					(signed(who), call)
				}
				Step::Cancel(who, pick) => {
					let Some(order) = picked(pick) else { continue };
					(signed(who), crate::Call::cancel_order { asset: ASSET, order })
				}
				Step::Deposit(who, funds) => (signed(who), crate::Call::deposit { funds }),
				Step::Withdraw(who, funds) => (signed(who), crate::Call::withdraw { funds }),
				Step::ForceWithdraw(who, funds) => (root(), crate::Call::force_withdraw { who, funds }),
				Step::ForceCancel(pick) => {
					let picks = [picked(pick), picked(pick.wrapping_mul(7))];
					let orders = OrderIds::truncate_from(picks.into_iter().flatten().collect());
					(root(), crate::Call::force_cancel { asset: ASSET, orders })
				}
				Step::Band(price) => {
					let params = MarketParams {
						price_min: Price(price),
						price_max: Price(price + 16_100),
						..Default::default()
					};
					(root(), crate::Call::set_params { asset: ASSET, params })
				}
				Step::Right(who, right) => {
					Participants::set_right(who, right);
					check();
					continue;
				}
				Step::Later(time) => {
					MockTime::set(MockTime::now() + time);
					continue;
				}
				Step::Halt(until) => {
					halt(until);
					continue;
				}
				Step::Idle(pages) => {
					let page = <() as WeightInfo>::sweep_page(PAGE_SLOTS);
					let begin = <() as WeightInfo>::sweep_begin() + <() as WeightInfo>::sweep_idle();
					idle(begin + page.saturating_mul(pages));
					check();
					continue;
				}
			};
			let events = market_events().len();
			let result = sp_runtime::traits::Dispatchable::dispatch(RuntimeCall::MarketPallet(call), origin);
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
		// Whoever has no right has no orders once the sweep is done.
		idle_until_swept();
		for (_, account) in crate::TradingAccounts::<Test>::iter() {
			assert!(account.right != TradingRight::Withdrawn || !account.has_orders());
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
