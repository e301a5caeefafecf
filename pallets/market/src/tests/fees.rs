//! What trades cost.

use crate::{
	account::fee_of, mock::*, CancelReason, Error, Event, FeeRates, MarketParams, MarketPhase, Markets,
	NewOrder, OrderKind, OrderTerms, SelfTrade, Side, TradingAccount,
};
use carbon_calendar::Day;
use carbon_primitives::{Balance, Price, Tonnes};
use frame_support::{assert_noop, assert_ok, pallet_prelude::ConstU32};
use proptest::prelude::*;
use sp_runtime::DispatchResult;
use OrderKind::{FillOrKill, GoodTillCancelled, ImmediateOrCancel, PostOnly};
use Side::{Buy, Sell};

const MAKER_PPM: u16 = 333;
const TAKER_PPM: u16 = 555;
const FREE: Balance = CASH / 2;

fn rules(maker_ppm: u16, taker_ppm: u16) -> MarketParams {
	MarketParams {
		fees: FeeRates { maker_ppm, taker_ppm },
		..Default::default()
	}
}

/// Alice, Bob and Charlie trade at these rates.
fn trading(maker_ppm: u16, taker_ppm: u16) -> ExtBuilder {
	[ALICE, BOB, CHARLIE].into_iter().fold(
		ExtBuilder::default().with_params(rules(maker_ppm, taker_ppm)),
		ExtBuilder::with_trader,
	)
}

fn with_fees() -> ExtBuilder {
	trading(MAKER_PPM, TAKER_PPM)
}

/// Placed as a call, so that what is refused leaves no trace.
fn place_as_call(who: AccountId, order: NewOrder) -> DispatchResult {
	frame_support::storage::with_storage_layer(|| place_new(who, order))
}

/// Fees of the fills of this block, the maker's and the taker's.
fn fees_of_fills() -> Vec<(Balance, Balance)> {
	let events = market_events().into_iter();
	events
		.filter_map(|event| match event {
			Event::OrderFilled {
				maker_fee, taker_fee, ..
			} => Some((maker_fee, taker_fee)),
			_ => None,
		})
		.collect()
}

/// Fees that wait on the market.
fn fees() -> Balance {
	Markets::<Test>::get(ASSET).expect("it is open").fees
}

#[test]
fn a_resting_buy_should_bind_its_value_and_the_fee_on_it_and_get_both_back() {
	with_fees().build_and_execute(|| {
		let order = rest(ALICE, Buy, 9_000, 7);
		// 63,000 × 333 / 1,000,000 = 20.979.
		assert_eq!(cash_of(ALICE), (FREE - 63_021, 63_021));
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(ALICE), ASSET, order));
		assert_eq!(cash_of(ALICE), (FREE, 0));
		assert_eq!(
			market_events().last(),
			Some(&Event::OrderCancelled {
				asset: ASSET,
				order,
				owner: ALICE,
				tonnes: Tonnes(7),
				released: cash(63_021),
				reason: CancelReason::Owner,
			})
		);
		assert_eq!(fees(), 0);
	});
}

#[test]
fn a_resting_buy_should_pay_what_it_bound_when_it_is_filled_in_parts() {
	with_fees().build_and_execute(|| {
		rest(ALICE, Buy, 9_000, 7);
		for _ in 0..7 {
			assert_ok!(place(BOB, Sell, 9_000, 1, ImmediateOrCancel));
			check();
		}
		assert_eq!(cash_of(ALICE), (FREE - 63_021, 0));
		let makers: Vec<_> = fees_of_fills().into_iter().map(|(maker, _)| maker).collect();
		assert_eq!(makers, [3, 3, 3, 3, 3, 3, 3]);
		// Each order that comes in pays for itself: 9,000 × 555 / 1,000,000 = 4.995.
		assert_eq!(cash_of(BOB), (FREE + 7 * (9_000 - 5), 0));
		assert_eq!(fees(), 21 + 7 * 5);
	});
}

#[test]
fn a_resting_sell_should_pay_no_more_when_it_is_filled_in_parts() {
	with_fees().build_and_execute(|| {
		rest(ALICE, Sell, 1_000, 7);
		for _ in 0..7 {
			assert_ok!(place(BOB, Buy, 1_000, 1, ImmediateOrCancel));
			check();
		}
		// 7,000 × 333 / 1,000,000 = 2.331, however it is filled.
		assert_eq!(cash_of(ALICE), (FREE + 7_000 - 3, 0));
		let makers: Vec<_> = fees_of_fills().into_iter().map(|(maker, _)| maker).collect();
		assert_eq!(makers, [1, 0, 0, 1, 0, 0, 1]);
	});
}

#[test]
fn the_fee_of_an_order_that_comes_in_should_be_rounded_up_once_when_it_meets_several() {
	with_fees().build_and_execute(|| {
		for _ in 0..3 {
			rest(BOB, Sell, 1_000, 1);
		}
		assert_ok!(place(ALICE, Buy, 1_000, 3, FillOrKill));
		// 3,000 × 555 / 1,000,000 = 1.665; each of the makers pays for itself.
		assert_eq!(fees_of_fills(), [(1, 1), (1, 1), (1, 0)]);
		assert_eq!(cash_of(ALICE), (FREE - 3_002, 0));
		assert_eq!(cash_of(BOB), (FREE + 3_000 - 3, 0));
		assert_eq!(fees(), 5);
	});
}

#[test]
fn a_sellers_fee_should_come_out_of_the_proceeds_when_it_has_no_cash() {
	with_fees().build_and_execute(|| {
		assert_ok!(Market::deposit(RuntimeOrigin::signed(POOR), tonnes(20)));
		rest(POOR, Sell, 9_000, 10);
		assert_ok!(place(ALICE, Buy, 9_000, 10, ImmediateOrCancel));
		// 90,000 × 333 / 1,000,000 = 29.97.
		assert_eq!(cash_of(POOR), (90_000 - 30, 0));
		rest(ALICE, Buy, 9_000, 10);
		assert_ok!(place(POOR, Sell, 9_000, 10, ImmediateOrCancel));
		// 90,000 × 555 / 1,000,000 = 49.95.
		assert_eq!(cash_of(POOR), (180_000 - 80, 0));
	});
}

#[test]
fn the_largest_fee_should_leave_a_seller_something_when_the_price_is_the_lowest() {
	trading(u16::MAX, u16::MAX).build_and_execute(|| {
		rest(ALICE, Sell, 1, 2);
		assert_ok!(place(BOB, Buy, 1, 1, ImmediateOrCancel));
		assert_ok!(place(BOB, Buy, 1, 1, ImmediateOrCancel));
		// Of the two fen that it sold for one is the fee, rounded up.
		assert_eq!(cash_of(ALICE), (FREE + 1, 0));
		assert_eq!(cash_of(BOB), (FREE - 4, 0));
	});
}

#[test]
fn an_order_should_pay_the_rate_of_the_moment_at_which_it_was_placed_when_the_rates_change() {
	with_fees().build_and_execute(|| {
		let order = rest(ALICE, Buy, 10_000, 100);
		assert_ok!(Market::set_params(
			RuntimeOrigin::root(),
			ASSET,
			rules(u16::MAX, 0)
		));
		assert_ok!(place(BOB, Sell, 10_000, 40, ImmediateOrCancel));
		// 400,000 × 333 / 1,000,000 = 133.2, of which all but the rounding is due; 334 of 1,000,000 were bound.
		assert_eq!(fees_of_fills(), [(333 - 200, 0)]);
		assert_ok!(Market::cancel_order(RuntimeOrigin::signed(ALICE), ASSET, order));
		assert_eq!(cash_of(ALICE), (FREE - 400_000 - 133, 0));
	});
}

#[test]
fn an_order_should_say_the_rate_of_what_rests_when_it_is_placed() {
	with_fees().build_and_execute(|| {
		rest(ALICE, Buy, 9_000, 1);
		let said = market_events().into_iter().find_map(|event| match event {
			Event::OrderPlaced { fee_ppm, .. } => Some(fee_ppm),
			_ => None,
		});
		assert_eq!(said, Some(MAKER_PPM));
	});
}

#[test]
fn an_order_should_be_refused_when_it_might_cost_more_than_it_accepts() {
	with_fees().build_and_execute(|| {
		rest(BOB, Buy, 8_000, 10);
		let accepting = |kind, fee_max| NewOrder {
			fee_max: Some(fee_max),
			..order(Sell, 8_000, 1, kind)
		};
		for kind in [
			GoodTillCancelled,
			ImmediateOrCancel,
			FillOrKill,
			OrderKind::Market,
		] {
			assert_noop!(
				place_new(ALICE, accepting(kind, TAKER_PPM - 1)),
				Error::<Test>::FeeAboveMax
			);
			assert_ok!(place_new(ALICE, accepting(kind, TAKER_PPM)));
		}
		// What never trades when it comes in costs less.
		let quote = |fee_max| NewOrder {
			price: Price(9_000),
			..accepting(PostOnly, fee_max)
		};
		assert_noop!(place_new(ALICE, quote(MAKER_PPM - 1)), Error::<Test>::FeeAboveMax);
		assert_ok!(place_new(ALICE, quote(MAKER_PPM)));
	});
}

#[test]
fn an_order_should_only_need_the_makers_rate_when_the_market_collects_for_its_auction() {
	with_fees().build_and_execute(|| {
		Markets::<Test>::mutate(ASSET, |market| {
			market.as_mut().expect("it is open").today.phase = MarketPhase::CallAuction;
		});
		// 900,000 × 333 / 1,000,000 = 299.7.
		assert_ok!(Market::withdraw(
			RuntimeOrigin::signed(ALICE),
			cash(FREE - 900_300)
		));
		let order = NewOrder {
			fee_max: Some(MAKER_PPM),
			..order(Buy, 9_000, 100, GoodTillCancelled)
		};
		assert_ok!(place_new(ALICE, order));
		assert_eq!(cash_of(ALICE), (0, 900_300));
	});
}

#[test]
fn an_order_should_be_refused_when_the_cash_covers_its_value_but_not_its_fee() {
	with_fees().build_and_execute(|| {
		for (kind, fee) in [
			// 90,000 × 333 and × 555 / 1,000,000: 29.97 and 49.95.
			(PostOnly, 30),
			(GoodTillCancelled, 50),
			(ImmediateOrCancel, 50),
		] {
			let free = cash_of(ALICE).0;
			let short = cash(free - 90_000 - fee + 1);
			assert_ok!(Market::withdraw(RuntimeOrigin::signed(ALICE), short));
			assert_noop!(
				place(ALICE, Buy, 9_000, 10, kind),
				Error::<Test>::InsufficientCash
			);
			assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), cash(1)));
			assert_ok!(place(ALICE, Buy, 9_000, 10, kind));
			assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), cash(1_000_000)));
		}
	});
}

#[test]
fn an_order_should_change_nothing_when_the_fen_for_rounding_twice_is_missing() {
	trading(500, 500).build_and_execute(|| {
		let maker = rest(BOB, Sell, 1_000, 1);
		let all = |amount| cash(cash_of(ALICE).0 - amount);
		// The fee on both tonnes is one fen; on one that trades and one that rests it is one each.
		let buy = order(Buy, 1_000, 2, GoodTillCancelled);
		assert_ok!(Market::withdraw(RuntimeOrigin::signed(ALICE), all(2_001)));
		assert_noop!(place_as_call(ALICE, buy), Error::<Test>::InsufficientCash);
		assert!(Market::order(ASSET, maker).is_some());
		assert_ok!(Market::deposit(RuntimeOrigin::signed(ALICE), cash(1)));
		assert_ok!(place_as_call(ALICE, buy));
		assert_eq!(cash_of(ALICE), (0, 1_001));
	});
}

#[test]
fn a_buyer_should_pay_the_fee_on_the_price_that_it_gets_when_that_is_better_than_its_limit() {
	with_fees().build_and_execute(|| {
		rest(BOB, Sell, 8_000, 10);
		assert_ok!(place(ALICE, Buy, 9_000, 20, GoodTillCancelled));
		// 80,000 × 555 = 44.4, and 90,000 × 333 = 29.97 for what rests.
		assert_eq!(cash_of(ALICE), (FREE - 80_045 - 90_030, 90_030));
		// 80,000 × 333 = 26.64.
		assert_eq!(fees(), 45 + 27);
	});
}

#[test]
fn making_an_order_smaller_should_give_back_what_it_bound_for_the_fee() {
	with_fees().build_and_execute(|| {
		let order = rest(ALICE, Buy, 9_000, 7);
		let amended = Market::replace_order(
			RuntimeOrigin::signed(ALICE),
			ASSET,
			order,
			Price(9_000),
			Tonnes(4),
			None,
		);
		assert!(amended.is_ok());
		// 36,000 × 333 / 1,000,000 = 11.988.
		assert_eq!(cash_of(ALICE), (FREE - 36_012, 36_012));
		let Some(Event::OrderReduced { released, .. }) = market_events().pop() else {
			panic!("an order became smaller");
		};
		assert_eq!(released, cash(27_009));
	});
}

#[test]
fn own_orders_should_give_back_what_they_bound_for_the_fee_when_they_must_not_trade() {
	for (self_trade, left) in [
		(SelfTrade::CancelTaker, 63_021),
		(SelfTrade::CancelMaker, 0),
		(SelfTrade::CancelBoth, 0),
		// 36,000 × 333 / 1,000,000 = 11.988.
		(SelfTrade::Decrement, 36_012),
	] {
		with_fees().build_and_execute(|| {
			rest(ALICE, Buy, 9_000, 7);
			let sell = NewOrder {
				self_trade,
				..order(Sell, 9_000, 3, ImmediateOrCancel)
			};
			assert_ok!(place_new(ALICE, sell));
			assert_eq!(cash_of(ALICE), (FREE - left, left));
			assert_eq!(fees(), 0);
		});
	}
}

#[test]
fn a_resting_buy_should_get_back_what_it_bound_beyond_a_better_price() {
	let mut account = TradingAccount::<ConstU32<2>>::default();
	account.add_cash(1_000_333).expect("fits");
	let order = Left {
		side: Buy,
		price: 10_000,
		tonnes: 100,
		ppm: MAKER_PPM,
	};
	account.lock(&order.terms(100), None).expect("funded");
	assert_eq!((account.cash_free, account.cash_locked), (0, 1_000_333));
	// Forty at 9,000, as in an auction: 360,000 and 119.88. Sixty at 10,000 bind 600,000 and 199.8.
	let fee = account.fill_maker(&order.terms(40), Price(9_000), Day(1));
	assert_eq!(fee, Ok(120));
	assert_eq!((account.cash_free, account.cash_locked), (40_013, 600_200));
	let left = Left { tonnes: 60, ..order };
	assert_eq!(
		account.fill_maker(&left.terms(60), Price(10_000), Day(1)),
		Ok(200)
	);
	assert_eq!((account.cash_free, account.cash_locked), (40_013, 0));
}

/// What is left of an order of the model.
#[derive(Clone, Copy, Debug)]
struct Left {
	side: Side,
	price: u64,
	tonnes: u64,
	ppm: u16,
}

impl Left {
	fn terms(&self, tonnes: u64) -> OrderTerms {
		OrderTerms {
			asset: ASSET,
			side: self.side,
			price: Price(self.price),
			tonnes: Tonnes(tonnes),
			left: Tonnes(self.tonnes - tonnes),
			fee_ppm: self.ppm,
		}
	}
}

#[derive(Clone, Debug)]
enum Step {
	/// An order comes to rest.
	Lock(bool, u64, u64, u16),
	/// Part of an order is filled at its limit, or at a price that is better by so much.
	Fill(usize, u64, u64),
	/// Part of an order is given back.
	Unlock(usize, u64),
	/// An order of the account meets others.
	Take(bool, u64, u64, u16),
}

fn step() -> impl Strategy<Value = Step> {
	let ppm = || prop_oneof![Just(0), Just(u16::MAX), any::<u16>()];
	let price = || prop_oneof![1..20_u64, 1..16_000_u64];
	let part = || prop_oneof![1..4_u64, 1..2_000_u64];
	prop_oneof![
		3 => (any::<bool>(), price(), part(), ppm()).prop_map(|(buys, p, t, ppm)| Step::Lock(buys, p, t, ppm)),
		5 => (any::<usize>(), part(), prop_oneof![3 => Just(0), 1 => 1..3_u64, 1 => 1..16_000_u64])
			.prop_map(|(which, part, better)| Step::Fill(which, part, better)),
		2 => (any::<usize>(), part()).prop_map(|(which, part)| Step::Unlock(which, part)),
		1 => (any::<bool>(), price(), part(), ppm()).prop_map(|(buys, p, t, ppm)| Step::Take(buys, p, t, ppm)),
	]
}

/// What an account of the model has in the beginning.
const BEGIN: Balance = 1_000_000_000_000;
const BEGIN_TONNES: u64 = 1_000_000;

/// An account and what has happened to it.
struct Model {
	account: TradingAccount<ConstU32<2>>,
	orders: Vec<Left>,
	/// What went out for purchases and for fees, and what came in for sales.
	paid: Balance,
	fees: Balance,
	got: Balance,
	/// Likewise in tonnes.
	bought: u64,
	sold: u64,
}

impl Model {
	fn begin() -> Self {
		let mut account = TradingAccount::default();
		account.add_cash(BEGIN).expect("fits");
		account.add_tonnes(ASSET, Tonnes(BEGIN_TONNES)).expect("fits");
		Self {
			account,
			orders: Vec::new(),
			paid: 0,
			fees: 0,
			got: 0,
			bought: 0,
			sold: 0,
		}
	}

	fn take(&mut self, step: Step) {
		let side = |buys| if buys { Buy } else { Sell };
		let order = |buys, price, tonnes, ppm| Left {
			side: side(buys),
			price,
			tonnes,
			ppm,
		};
		match step {
			Step::Lock(buys, price, tonnes, ppm) => self.lock(order(buys, price, tonnes, ppm)),
			Step::Fill(which, part, better) => self.fill(which, part, better),
			Step::Unlock(which, part) => self.unlock(which, part),
			Step::Take(buys, price, tonnes, ppm) => self.meet(order(buys, price, tonnes, ppm)),
		}
		self.orders.retain(|order| order.tonnes > 0);
	}

	fn lock(&mut self, order: Left) {
		let before = self.account.clone();
		match self.account.lock(&order.terms(order.tonnes), None) {
			Ok(()) => self.orders.push(order),
			Err(_) => self.account = before,
		}
	}

	fn fill(&mut self, which: usize, part: u64, better: u64) {
		let Some(at) = which.checked_rem(self.orders.len()) else {
			return;
		};
		let order = self.orders[at];
		let part = part.min(order.tonnes);
		let price = match order.side {
			Buy => order.price.saturating_sub(better).max(1),
			Sell => order.price + better,
		};
		let fee = self
			.account
			.fill_maker(&order.terms(part), Price(price), Day(1))
			.expect("bound");
		let value = Price(price).value_of(Tonnes(part));
		// Never more than rounding up for this fill alone, and less by no more than a fen.
		let alone = fee_of(value, order.ppm);
		assert!(fee <= alone && alone <= fee + 1);
		self.note(order.side, value, fee, part);
		self.orders[at].tonnes -= part;
	}

	fn unlock(&mut self, which: usize, part: u64) {
		let Some(at) = which.checked_rem(self.orders.len()) else {
			return;
		};
		let part = part.min(self.orders[at].tonnes);
		self.account.unlock(&self.orders[at].terms(part)).expect("bound");
		self.orders[at].tonnes -= part;
	}

	fn meet(&mut self, order: Left) {
		let terms = order.terms(order.tonnes);
		let fee = fee_of(terms.value(), order.ppm);
		let before = self.account.clone();
		match self.account.fill_taker(&terms, fee, Day(1)) {
			Ok(()) => self.note(order.side, terms.value(), fee, order.tonnes),
			Err(_) => self.account = before,
		}
	}

	fn note(&mut self, side: Side, value: Balance, fee: Balance, tonnes: u64) {
		self.fees += fee;
		match side {
			Buy => (self.paid, self.bought) = (self.paid + value, self.bought + tonnes),
			Sell => (self.got, self.sold) = (self.got + value, self.sold + tonnes),
		}
	}

	/// Cash and tonnes are neither made nor lost, and what is bound is what the orders bind.
	fn check(&self) {
		let account = &self.account;
		assert_eq!(
			account.cash_free + account.cash_locked + self.paid + self.fees,
			BEGIN + self.got
		);
		let bound: Balance = self
			.orders
			.iter()
			.filter(|order| order.side == Buy)
			.map(|order| order.terms(order.tonnes).bound())
			.sum();
		assert_eq!(account.cash_locked, bound);
		let held = account.position(ASSET).map_or(0, |position| position.held().0);
		assert_eq!(held + self.sold, BEGIN_TONNES + self.bought);
	}
}

/// Whatever happens to orders, the account is right after each step, and free of them when all have gone.
fn run(steps: Vec<Step>) {
	let mut model = Model::begin();
	for step in steps {
		model.take(step);
		model.check();
	}
	while let Some(order) = model.orders.last().copied() {
		model.unlock(model.orders.len() - 1, order.tonnes);
		model.orders.pop();
	}
	model.check();
	let position = model.account.position(ASSET).copied();
	assert!(position.is_none_or(|position| position.locked.is_zero()
		&& position.buying.is_zero()
		&& position.orders == 0));
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(500))]

	#[test]
	fn an_account_should_neither_make_nor_lose_anything_when_orders_come_fill_and_go(
		steps in prop::collection::vec(step(), 1..80)
	) {
		run(steps);
	}

	#[test]
	fn an_order_should_pay_what_it_would_pay_at_once_when_it_is_filled_at_its_limit_in_parts(
		buys in any::<bool>(),
		price in 1..16_000_u64,
		parts in prop::collection::vec(1..50_u64, 1..20),
		ppm in any::<u16>(),
	) {
		let mut account = TradingAccount::<ConstU32<2>>::default();
		account.add_cash(1_000_000_000_000).expect("fits");
		account.add_tonnes(ASSET, Tonnes(10_000)).expect("fits");
		let mut order = Left {
			side: if buys { Buy } else { Sell },
			price,
			tonnes: parts.iter().sum(),
			ppm,
		};
		let all = order.terms(order.tonnes);
		account.lock(&all, None).expect("funded");
		let mut fees = 0;
		for part in parts {
			fees += account.fill_maker(&order.terms(part), Price(price), Day(1)).expect("bound");
			order.tonnes -= part;
		}
		assert_eq!(fees, fee_of(all.value(), ppm));
	}
}
