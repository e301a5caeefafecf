//! Walks over the market: sequences of steps after each of which everything is checked that can be.
//!
//! Tests take random walks, and the fuzzer of the workspace in `fuzz/` looks for walks that reach code which others did not. After each
//! step the invariants of [`Pallet::do_try_state`](crate::Pallet::do_try_state) hold, and the state is the one that the events alone
//! tell. A call that is refused changes nothing, and none weighs more than it declared. An owner can always cancel. At the end
//! everybody gets everything back.

mod fault;
mod ledger;
mod step;
mod told;

pub use fault::Fault;
pub use step::{steps, Halt, Pick, Right, Step, Wait, STEP_BYTES};
pub use told::told_of;

use crate::{
	mock::{
		cash, limits_are_copied, market_events, AccountId, Credit, ExtBuilder, Halts, Market, MockTime,
		Participants, Registry, RuntimeCall, RuntimeOrigin, System, Test, ALICE, ASSET, BOB, CHARLIE, CLOSED,
		OTHER,
	},
	Auction, Calendar, Call, Error, Event, FeeRates, Funds, Levels, MarketParams, Markets, NewOrder, OrderId,
	Pages, Sweep, TradingAccounts, WeightInfo, PAGE_SLOTS,
};
use alloc::{collections::BTreeSet, format, string::String, vec::Vec};
use carbon_primitives::{AssetId, Moment, Price, Tonnes, TradingRight};
use carbon_traits::{AgreedTrade, HaltMarkets, TradingLedger};
use frame_support::{
	dispatch::GetDispatchInfo,
	storage::with_storage_layer,
	traits::{Hooks, Time},
	weights::{Weight, WeightMeter},
};
use ledger::{ensure, Ledger, EVERYBODY};
use sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult, StateVersion};

/// What each of three participants has on its trading account at first: enough for some dozen orders, so that it runs out at times.
const CASH: u128 = 10_000;
const TONNES: u64 = 40;
const TONNES_OTHER: u64 = 20;

/// More blocks than the sweep and an auction of the largest book take that a walk can make.
const BLOCKS_MAX: u32 = 1_000;

/// Take a walk over a market that has `fault`, if any. Returns the names of the events and errors that were seen on it.
///
/// # Errors
/// Which step broke what, as a sentence.
pub fn walk(steps: &[Step], fault: Option<Fault>) -> Result<BTreeSet<String>, String> {
	let walked = std::panic::catch_unwind(|| {
		ExtBuilder::default().build().execute_with(|| {
			let mut walk = Walk::begin(fault)?;
			for (at, step) in steps.iter().enumerate() {
				walk.take(step)
					.map_err(|broken| format!("step {at}, {step:?}: {broken}"))?;
			}
			walk.end().map_err(|broken| format!("at the end: {broken}"))?;
			Ok(walk.seen)
		})
	});
	walked.unwrap_or_else(|panic| {
		let text = panic.downcast_ref::<String>().cloned();
		let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| String::from(*text)));
		Err(format!("it panicked: {}", text.unwrap_or_default()))
	})
}

/// What a step comes down to.
enum Act {
	/// A call.
	Call(RuntimeOrigin, Call<Test>),
	/// A call that must not be refused.
	Sure(RuntimeOrigin, Call<Test>),
	/// It was done, or was refused.
	Done(DispatchResult),
}

/// A walk under way.
struct Walk {
	ledger: Ledger,
	fault: Option<Fault>,
	/// The state root after the last step.
	root: Vec<u8>,
	/// Names of the events and errors so far.
	seen: BTreeSet<String>,
}

impl Walk {
	fn begin(fault: Option<Fault>) -> Result<Self, String> {
		System::set_block_number(1);
		MockTime::set(step::BEGINNING);
		let mut walk = Self {
			ledger: Ledger::new(),
			fault: None,
			root: Vec::new(),
			seen: BTreeSet::new(),
		};
		let mut calls: Vec<_> = [ASSET, OTHER]
			.map(|asset| (RuntimeOrigin::root(), creation_of(asset)))
			.into();
		for who in [ALICE, BOB, CHARLIE] {
			for funds in [
				cash(CASH),
				tonnes_of(ASSET, TONNES),
				tonnes_of(OTHER, TONNES_OTHER),
			] {
				calls.push((RuntimeOrigin::signed(who), Call::deposit { funds }));
			}
		}
		for (origin, call) in calls {
			dispatch(call, origin)?.map_err(|error| format!("it cannot begin: {error:?}"))?;
		}
		walk.check(0, false)?;
		walk.fault = fault;
		Ok(walk)
	}

	/// Make a call that must not be refused.
	fn sure(&mut self, origin: RuntimeOrigin, call: Call<Test>) -> Result<(), String> {
		let known = market_events().len();
		let broken = format!("{call:?}");
		let result = dispatch(call, origin)?;
		result.map_err(|error| format!("{broken} is refused: {error:?}"))?;
		self.check(known, false)
	}

	fn take(&mut self, step: &Step) -> Result<(), String> {
		if let Step::Block { wait, markets, pages } = *step {
			return self.next_block(wait, markets, pages);
		}
		let known = market_events().len();
		let result = match self.act(step) {
			Act::Done(result) => result,
			Act::Call(origin, call) => dispatch(call, origin)?,
			Act::Sure(origin, call) => {
				let result = dispatch(call, origin)?;
				result.map_err(|error| format!("it must not be refused: {error:?}"))?;
				Ok(())
			}
		};
		if let Err(DispatchError::Module(error)) = result {
			self.seen.extend(error.message.map(String::from));
		}
		self.check(known, result.is_err())
	}

	/// Check everything after a step, which added the events after the first `known` ones.
	fn check(&mut self, known: usize, is_refused: bool) -> Result<(), String> {
		let mut events = market_events().split_off(known);
		if let Some(fault) = self.fault {
			fault.strike(&mut events, is_refused);
		}
		told::check(&events)?;
		// What the block weighs is none of the market's state.
		frame_system::BlockWeight::<Test>::kill();
		let root = sp_io::storage::root(StateVersion::V1);
		if root == self.root {
			// Events are a part of the state: this one was checked.
			return Ok(());
		}
		ensure(!is_refused, "a call that was refused has changed the state")?;
		self.root = root;
		for event in &events {
			self.seen.insert(name_of(event));
			self.ledger
				.note(event)
				.map_err(|broken| format!("{broken}: {event:?}"))?;
		}
		Market::do_try_state().map_err(|broken| format!("{broken:?}"))?;
		ensure(limits_are_copied(), "an account does not know its limits")?;
		self.ledger.compare()
	}

	fn next_block(&mut self, wait: Wait, markets: Option<u8>, pages: Option<u8>) -> Result<(), String> {
		type Weights = <Test as crate::Config>::WeightInfo;
		System::set_block_number(System::block_number() + 1);
		System::reset_events();
		MockTime::set(wait.end(MockTime::now()));
		let polled = markets.map_or(Weight::MAX, |markets| {
			Weights::poll_idle() + Weights::advance_market().saturating_mul(markets.into())
		});
		Market::on_poll(System::block_number(), &mut WeightMeter::with_limit(polled));
		let idle = pages.map_or(Weight::MAX, |pages| {
			let begin = Weights::sweep_idle() + Weights::sweep_begin();
			begin + Weights::sweep_page(PAGE_SLOTS).saturating_mul(pages.into())
		});
		let used = Market::on_idle(System::block_number(), idle);
		ensure(
			used.all_lte(idle),
			"the idle hook takes more weight than there is",
		)?;
		self.check(0, false)
	}

	/// The order that is meant, whether it rests, and whose it is.
	fn order(&self, pick: Pick) -> Option<(AssetId, OrderId, Option<AccountId>)> {
		let (asset, id) = match pick {
			Pick::Resting(at) => {
				let at = usize::from(at).checked_rem(self.ledger.orders.len())?;
				*self.ledger.orders.keys().nth(at)?
			}
			Pick::Ever(at) => {
				let at = usize::from(at).checked_rem(self.ledger.ever.len())?;
				self.ledger.ever[at]
			}
		};
		let owner = self.ledger.orders.get(&(asset, id)).map(|order| order.owner);
		Some((asset, id, owner))
	}

	/// Those of the orders that are meant which are, or were, in the market of `asset`; of those at rest, the ones of `owner` alone, if
	/// one is named.
	fn orders(&self, asset: AssetId, picks: &[Pick], owner: Option<AccountId>) -> Vec<OrderId> {
		let found = picks.iter().filter_map(|pick| self.order(*pick));
		let fit = |found: &(AssetId, OrderId, Option<AccountId>)| {
			found.0 == asset && (owner.is_none() || found.2.is_none() || found.2 == owner)
		};
		found.filter(fit).map(|found| found.1).collect()
	}

	fn act(&self, step: &Step) -> Act {
		let signed = RuntimeOrigin::signed;
		let by_order = |order: &NewOrder| NewOrder {
			expires: order.expires.map(|ms| MockTime::now() + ms),
			..*order
		};
		match step {
			Step::Place { who, asset, order } => {
				let (asset, order) = (*asset, by_order(order));
				Act::Call(signed(*who), Call::place_order { asset, order })
			}
			Step::Batch {
				who,
				asset,
				cancels,
				orders,
			} => {
				let cancels = self.orders(*asset, cancels, Some(*who));
				let orders: Vec<_> = orders.iter().map(by_order).collect();
				let call = Call::batch {
					asset: *asset,
					cancels: cancels.try_into().unwrap_or_default(),
					orders: orders.try_into().unwrap_or_default(),
				};
				Act::Call(signed(*who), call)
			}
			Step::Replace { .. } | Step::Cancel { .. } => {
				self.act_on_order(step).unwrap_or(Act::Done(Ok(())))
			}
			Step::CancelAll { who } => Act::Call(signed(*who), Call::cancel_all {}),
			Step::Deposit { who, funds } => Act::Call(signed(*who), Call::deposit { funds: *funds }),
			Step::Withdraw { who, funds } => Act::Call(signed(*who), Call::withdraw { funds: *funds }),
			Step::CollectFees { asset } => Act::Call(signed(BOB), Call::collect_fees { asset: *asset }),
			Step::Right { .. } | Step::Join { .. } | Step::Limit { .. } | Step::Allocate { .. } => {
				tell_of(step);
				Act::Done(Ok(()))
			}
			Step::Halt { halt, ms } => {
				set_halt(*halt, ms.map(|ms| MockTime::now() + ms));
				Act::Done(Ok(()))
			}
			Step::Block { .. } => Act::Done(Ok(())),
			Step::Pledge { .. } | Step::Release { .. } | Step::Pay { .. } | Step::Deliver { .. } => {
				Act::Done(agree(step))
			}
			_ => self.act_of_regulator(step),
		}
	}

	fn act_on_order(&self, step: &Step) -> Option<Act> {
		match step {
			Step::Replace {
				order,
				by,
				price,
				tonnes,
				meet_max,
			} => {
				let (asset, id, owner) = self.order(*order)?;
				let price_now = self
					.ledger
					.orders
					.get(&(asset, id))
					.map_or(100, |order| order.price.0);
				let call = Call::replace_order {
					asset,
					order: id,
					price: Price(price.unwrap_or(price_now)),
					tonnes: Tonnes(*tonnes),
					meet_max: *meet_max,
				};
				Some(Act::Call(
					RuntimeOrigin::signed(by.or(owner).unwrap_or(ALICE)),
					call,
				))
			}
			Step::Cancel { order, by } => {
				let (asset, order, owner) = self.order(*order)?;
				let who = by.or(owner).unwrap_or(ALICE);
				let call = Call::cancel_order { asset, order };
				let act = if Some(who) == owner { Act::Sure } else { Act::Call };
				Some(act(RuntimeOrigin::signed(who), call))
			}
			_ => None,
		}
	}

	fn act_of_regulator(&self, step: &Step) -> Act {
		let call = match step {
			Step::CreateMarket { asset } => creation_of(*asset),
			Step::ForceCancel { asset, orders } => {
				let orders = self.orders(*asset, orders, None);
				Call::force_cancel {
					asset: *asset,
					orders: orders.try_into().unwrap_or_default(),
				}
			}
			Step::ForceWithdraw { who, funds } => Call::force_withdraw {
				who: *who,
				funds: *funds,
			},
			Step::SetParams { asset, params } => Call::set_params {
				asset: *asset,
				params: *params,
			},
			Step::SetCalendar { asset, calendar } => Call::set_calendar {
				asset: *asset,
				calendar: calendar.clone(),
			},
			_ => return Act::Done(Ok(())),
		};
		Act::Call(RuntimeOrigin::root(), call)
	}

	/// Let everything end: the sweep and the auctions come to their ends, and everybody gets everything back.
	fn end(&mut self) -> Result<(), String> {
		set_halt(Halt::Trading, None);
		let markets: Vec<_> = Markets::<Test>::iter_keys().collect();
		for asset in [ASSET, OTHER, CLOSED] {
			set_halt(Halt::Market(asset), None);
			set_halt(Halt::Asset(asset), None);
		}
		for asset in &markets {
			let calendar = Calendar::default();
			self.sure(
				RuntimeOrigin::root(),
				Call::set_calendar {
					asset: *asset,
					calendar,
				},
			)?;
		}
		self.next_block(Wait::Ms(1), None, None)?;
		for _ in 0..BLOCKS_MAX {
			if !Sweep::<Test>::exists() && !Auction::<Test>::exists() {
				break;
			}
			self.next_block(Wait::Ms(0), None, None)?;
		}
		ensure(
			!Sweep::<Test>::exists() && !Auction::<Test>::exists(),
			"the sweep or an auction does not come to its end",
		)?;
		for (_, account) in TradingAccounts::<Test>::iter() {
			let is_out = account.right == TradingRight::Withdrawn || account.leaving;
			ensure(
				!is_out || !account.has_orders(),
				"orders of somebody are left that should have left",
			)?;
		}
		for ((asset, order), rests) in self.ledger.orders.clone() {
			let origin = RuntimeOrigin::signed(rests.owner);
			self.sure(origin, Call::cancel_order { asset, order })?;
		}
		// What was bought today may leave on another day.
		self.next_block(Wait::Morning, None, None)?;
		self.next_block(Wait::Morning, None, None)?;
		for who in EVERYBODY {
			self.take_home(who)?;
		}
		let is_empty = TradingAccounts::<Test>::iter().next().is_none()
			&& Levels::<Test>::iter().next().is_none()
			&& Pages::<Test>::iter().next().is_none();
		ensure(is_empty, "something is left on the market")
	}

	/// Take everything out that `who` has on its trading account.
	fn take_home(&mut self, who: AccountId) -> Result<(), String> {
		let account = Market::trading_account(who);
		let pledged = account
			.positions
			.iter()
			.map(|position| tonnes_of(position.asset, position.pledged.0));
		for funds in [cash(account.cash_pledged)].into_iter().chain(pledged) {
			let known = market_events().len();
			agree(&Step::Release { who, funds })
				.map_err(|error| format!("{funds:?} stay pledged: {error:?}"))?;
			self.check(known, false)?;
		}
		let account = Market::trading_account(who);
		ensure(account.cash_locked == 0, "cash is locked without an order")?;
		let tonnes = account
			.positions
			.iter()
			.map(|position| tonnes_of(position.asset, position.free.0));
		for funds in [cash(account.cash_free)].into_iter().chain(tonnes) {
			if funds.is_zero() {
				continue;
			}
			if Participants::is_black_listed(who) {
				self.sure(RuntimeOrigin::root(), Call::force_withdraw { who, funds })?;
			} else {
				self.sure(RuntimeOrigin::signed(who), Call::withdraw { funds })?;
			}
		}
		Ok(())
	}
}

/// The name of an event without its fields.
fn name_of(event: &Event<Test>) -> String {
	let text = format!("{event:?}");
	let name = text.trim_start_matches("Event::");
	let end = name.find(|character: char| !character.is_alphanumeric());
	name[..end.unwrap_or(name.len())].into()
}

/// Make a call. What it answers is handed on, unless it may not answer so.
fn dispatch(call: Call<Test>, origin: RuntimeOrigin) -> Result<Result<(), DispatchError>, String> {
	let call = RuntimeCall::MarketPallet(call);
	let declared = call.get_dispatch_info().call_weight;
	let result = call.dispatch(origin);
	let actual = match &result {
		Ok(post_info) => post_info.actual_weight,
		Err(refusal) => refusal.post_info.actual_weight,
	};
	ensure(
		actual.is_none_or(|weight| weight.all_lte(declared)),
		"a call weighs more than it declared",
	)?;
	let result = result.map(drop).map_err(|refusal| refusal.error);
	let unexpected = Err(Error::<Test>::Unexpected.into());
	ensure(
		result != unexpected,
		"order book and trading ledger contradict each other",
	)?;
	Ok(result)
}

fn creation_of(asset: AssetId) -> Call<Test> {
	let params = MarketParams {
		fees: FeeRates {
			maker_ppm: 1_000,
			taker_ppm: 2_500,
		},
		..Default::default()
	};
	Call::create_market {
		asset,
		params,
		reference: Price(100),
		calendar: step::first_calendar(),
	}
}

fn tonnes_of(asset: AssetId, tonnes: u64) -> Funds {
	Funds::Allowances {
		asset,
		tonnes: Tonnes(tonnes),
	}
}

/// Do what a pallet does that settles agreements.
fn agree(step: &Step) -> DispatchResult {
	match *step {
		Step::Pledge { who, funds } => <Market as TradingLedger<_>>::pledge(&who, funds),
		Step::Release { who, funds } => <Market as TradingLedger<_>>::release(&who, funds),
		Step::Pay { from, to, funds } => <Market as TradingLedger<_>>::pay(&from, &to, funds),
		Step::Deliver {
			asset,
			seller,
			buyer,
			price,
			tonnes,
		} => with_storage_layer(|| {
			let (price, amount) = (Price(price), Price(price).value_of(Tonnes(tonnes)));
			<Market as TradingLedger<_>>::pledge(&seller, tonnes_of(asset, tonnes))?;
			<Market as TradingLedger<_>>::pledge(&buyer, cash(amount))?;
			<Market as TradingLedger<_>>::deliver(&AgreedTrade {
				asset,
				seller,
				buyer,
				tonnes: Tonnes(tonnes),
				price,
			})
		}),
		_ => Ok(()),
	}
}

/// Do what the participants' side, the registry's or that of credit does.
fn tell_of(step: &Step) {
	match *step {
		Step::Right { who, right } => match right {
			Right::Lasting => Participants::set_right(who, TradingRight::Lasting),
			Right::For(ms) => Participants::set_right(who, TradingRight::Until(MockTime::now() + ms)),
			Right::Withdrawn => Participants::suspend(who),
			Right::BlackListed => Participants::black_list(who),
		},
		Step::Join { who, group } => Participants::join(who, group),
		Step::Limit { who, limits } => Credit::limit(who, limits),
		Step::Allocate { who, tonnes } => Registry::allocate(who, tonnes),
		_ => {}
	}
}

/// Do what the regulator's side does: it keeps the halts of assets, and tells the market of them.
fn set_halt(halt: Halt, until: Option<Moment>) {
	let end = until.unwrap_or_default();
	let told = match halt {
		Halt::Market(asset) => Market::halt_market(asset, until),
		Halt::Asset(asset) => {
			Halts::halt_asset(asset, end);
			Market::halt_market_of_asset(asset, until)
		}
		Halt::Trading => {
			Halts::halt_all_trading(end);
			Market::halt_all_markets(until)
		}
	};
	// A market that does not exist cannot be halted.
	let _ = told;
}
