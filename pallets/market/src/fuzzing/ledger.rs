//! What the events alone say: who owns what, and which orders rest.
//!
//! A second book, kept as simply as possible by somebody who reads nothing but events. Wherever it differs from the chain's state,
//! or an event tells of something that the rules forbid, one of the two is wrong.

use crate::{
	mock::{
		AccountId, Assets, Balances, Credit, Market, MockTime, Participants, Test, ALICE, ASSET, BOB, CASH,
		CHARLIE, CLOSED, OTHER, POOR, TONNES, TREASURY,
	},
	CancelReason, Depth, Event, LevelView, MarketPhase, Markets, OrderId, OrderView, Side,
};
use alloc::{collections::BTreeMap, format, string::String, vec::Vec};
use carbon_primitives::{AssetId, Balance, Moment, Price, Tonnes};
use carbon_traits::{EnsureParticipant, InspectGroup, InspectTradingLimits};
use frame_support::traits::{fungible::Inspect, Time};

/// Who takes part in a walk.
pub(super) const EVERYBODY: [AccountId; 4] = [ALICE, BOB, CHARLIE, POOR];

/// Whose fees are that were paid and not collected.
const FEES: AccountId = u64::MAX;

/// What there is to own: cash is none.
const KINDS: [Option<AssetId>; 4] = [None, Some(ASSET), Some(OTHER), Some(CLOSED)];

/// An order at rest.
#[derive(Clone, Debug)]
pub(super) struct Order {
	pub owner: AccountId,
	pub side: Side,
	pub price: Price,
	pub tonnes: Tonnes,
	pub expires: Option<Moment>,
	/// Rate of its fee, in parts per million.
	fee_ppm: u16,
	/// How many orders had come to rest before.
	before: u64,
}

/// One side of a trade.
struct Party {
	who: AccountId,
	order: Option<OrderId>,
	side: Side,
	fee: Balance,
	/// What is left of the order that rests.
	left: Tonnes,
}

/// The second book.
pub(super) struct Ledger {
	/// What each owns on both ledgers together, in fen and in tonnes.
	owns: BTreeMap<(AccountId, Option<AssetId>), Balance>,
	/// The orders at rest.
	pub orders: BTreeMap<(AssetId, OrderId), Order>,
	/// Every order that ever rested, in the order in which they came to rest.
	pub ever: Vec<(AssetId, OrderId)>,
}

impl Ledger {
	/// What there is at genesis.
	pub fn new() -> Self {
		let mut owns = BTreeMap::new();
		for who in EVERYBODY {
			for (kind, has) in KINDS.into_iter().zip(what_is_owned(who)) {
				owns.insert((who, kind), has);
			}
		}
		Self {
			owns,
			orders: BTreeMap::new(),
			ever: Vec::new(),
		}
	}

	/// Note what `event` tells.
	pub fn note(&mut self, event: &Event<Test>) -> Result<(), String> {
		if let Event::OrderPlaced {
			owner, side, tonnes, ..
		} = event
		{
			let limits = Credit::limits_of(owner);
			ensure(
				*side == Side::Sell || !limits.buys_blocked,
				"somebody buys that may not",
			)?;
			ensure(
				limits.order_max.is_none_or(|most| *tonnes <= most),
				"an order is larger than credit allows",
			)?;
		}
		match event {
			Event::OrderPlaced {
				asset,
				order: Some(id),
				owner,
				side,
				price,
				expires,
				resting,
				fee_ppm,
				..
			} => {
				let order = Order {
					owner: *owner,
					side: *side,
					price: *price,
					tonnes: *resting,
					expires: *expires,
					fee_ppm: *fee_ppm,
					before: self.ever.len() as u64,
				};
				ensure(!resting.is_zero(), "an order rests without a quantity")?;
				let most = Credit::limits_of(owner).orders_max;
				let mine = self.of_market(*asset).filter(|(_, order)| order.owner == *owner);
				let mine = mine.count() as u32;
				ensure(
					most.is_none_or(|most| mine < most),
					"more orders of somebody rest than its credit allows",
				)?;
				self.ever.push((*asset, *id));
				let known = self.orders.insert((*asset, *id), order);
				ensure(known.is_none(), "two orders rest under one identifier")
			}
			Event::OrderFilled { .. } | Event::OrdersMatched { .. } => self.note_trade(event),
			Event::OrderCancelled {
				asset,
				order,
				owner,
				tonnes,
				reason,
				..
			} => {
				let gone = self.orders.remove(&(*asset, *order));
				let gone = gone.ok_or("an order leaves that does not rest")?;
				ensure(
					(gone.owner, gone.tonnes) == (*owner, *tonnes),
					"an order leaves with another owner or quantity",
				)?;
				let has_expired = gone.expires.is_some_and(|expires| MockTime::now() >= expires);
				ensure(
					*reason != CancelReason::Expired || has_expired,
					"an order expires before its date",
				)
			}
			Event::OrderReduced {
				asset, order, tonnes, ..
			} => self.leave(*asset, *order, *tonnes),
			Event::FeesCollected { amount, .. } => {
				self.give(FEES, TREASURY, None, *amount)?;
				ensure(*amount > 0, "nothing is collected")
			}
			Event::PledgePaid { from, to, funds } => match *funds {
				crate::Funds::Cash { amount } => self.give(*from, *to, None, amount),
				crate::Funds::Allowances { asset, tonnes } => {
					self.give(*from, *to, Some(asset), tonnes.0.into())
				}
			},
			Event::BlockTradeDelivered {
				asset,
				seller,
				buyer,
				price,
				tonnes,
			} => {
				self.give(*buyer, *seller, None, price.value_of(*tonnes))?;
				self.give(*seller, *buyer, Some(*asset), tonnes.0.into())
			}
			_ => Ok(()),
		}
	}

	fn note_trade(&mut self, event: &Event<Test>) -> Result<(), String> {
		match event {
			Event::OrderFilled {
				asset,
				maker_order,
				maker,
				taker,
				taker_side,
				price,
				tonnes,
				maker_resting,
				maker_fee,
				taker_fee,
			} => {
				let maker = Party {
					who: *maker,
					order: Some(*maker_order),
					side: taker_side.opposite(),
					fee: *maker_fee,
					left: *maker_resting,
				};
				let taker = Party {
					who: *taker,
					order: None,
					side: *taker_side,
					fee: *taker_fee,
					left: Tonnes::ZERO,
				};
				let rests = self.orders.get(&(*asset, *maker_order));
				ensure(
					rests.is_some_and(|order| order.price == *price),
					"a trade is not at the price of the order that rested",
				)?;
				ensure(
					phase_of(*asset) == Some(MarketPhase::Continuous),
					"an order trades as it comes although the market does not match",
				)?;
				self.trade(*asset, *price, *tonnes, &[maker, taker])
			}
			Event::OrdersMatched {
				asset,
				buy_order,
				buyer,
				buy_resting,
				sell_order,
				seller,
				sell_resting,
				price,
				tonnes,
				buyer_fee,
				seller_fee,
			} => {
				let buyer = Party {
					who: *buyer,
					order: Some(*buy_order),
					side: Side::Buy,
					fee: *buyer_fee,
					left: *buy_resting,
				};
				let seller = Party {
					who: *seller,
					order: Some(*sell_order),
					side: Side::Sell,
					fee: *seller_fee,
					left: *sell_resting,
				};
				self.trade(*asset, *price, *tonnes, &[buyer, seller])
			}
			_ => Ok(()),
		}
	}

	/// Check a trade against the rules, and do it.
	fn trade(
		&mut self,
		asset: AssetId,
		price: Price,
		tonnes: Tonnes,
		parties: &[Party; 2],
	) -> Result<(), String> {
		ensure(!tonnes.is_zero(), "a trade of nothing")?;
		ensure(
			Market::market_halted_until(asset).is_none(),
			"orders trade in a market that is halted",
		)?;
		let group = |party: &Party| Participants::group_of(&party.who);
		ensure(parties[0].who != parties[1].who, "somebody trades with itself")?;
		ensure(
			group(&parties[0]).is_none() || group(&parties[0]) != group(&parties[1]),
			"members of a group trade with each other",
		)?;
		let value = price.value_of(tonnes);
		for party in parties {
			ensure(
				Participants::ensure_may_trade(&party.who).is_ok(),
				"somebody trades without a right to",
			)?;
			let mut fee_ppm = Markets::<Test>::get(asset).map_or(0, |market| market.params.fees.taker_ppm);
			if let Some(id) = party.order {
				let order = self.orders.get(&(asset, id));
				let order = order.ok_or("an order trades that does not rest")?;
				fee_ppm = order.fee_ppm;
				self.check_resting(asset, price, tonnes, party, order)?;
				self.leave(asset, id, party.left)?;
			}
			let most = value.saturating_mul(fee_ppm.into()).div_ceil(1_000_000);
			ensure(party.fee <= most, "a fee is above its rate")?;
		}
		let [buyer, seller] = match parties[0].side {
			Side::Buy => [&parties[0], &parties[1]],
			Side::Sell => [&parties[1], &parties[0]],
		};
		self.give(buyer.who, seller.who, None, value)?;
		self.give(seller.who, buyer.who, Some(asset), tonnes.0.into())?;
		// A seller pays out of what it got.
		for party in parties {
			self.give(party.who, FEES, None, party.fee)?;
		}
		Ok(())
	}

	/// Check what the rules say about an order that rests and trades.
	fn check_resting(
		&self,
		asset: AssetId,
		price: Price,
		tonnes: Tonnes,
		party: &Party,
		order: &Order,
	) -> Result<(), String> {
		ensure(
			(order.owner, order.side) == (party.who, party.side),
			"an order trades with another owner or side",
		)?;
		ensure(
			order.tonnes.checked_sub(tonnes) == Some(party.left),
			"an order does not lose what it trades",
		)?;
		let is_better = |one: Price, than: Price| match order.side {
			Side::Buy => one > than,
			Side::Sell => one < than,
		};
		ensure(
			!is_better(price, order.price),
			"an order trades at a price worse than its own",
		)?;
		ensure(
			order.expires.is_none_or(|expires| MockTime::now() < expires),
			"an order trades after its date",
		)?;
		let comes_first = |other: &Order| {
			is_better(other.price, order.price) || other.price == order.price && other.before < order.before
		};
		let passed_over = self
			.of_market(asset)
			.any(|(_, other)| other.side == order.side && comes_first(other));
		ensure(!passed_over, "an order trades before one that has priority")
	}

	/// From now on `tonnes` are left of an order.
	fn leave(&mut self, asset: AssetId, id: OrderId, tonnes: Tonnes) -> Result<(), String> {
		let order = self.orders.get_mut(&(asset, id));
		let order = order.ok_or("an order becomes smaller that does not rest")?;
		ensure(
			tonnes < order.tonnes,
			"an order that shall become smaller does not",
		)?;
		order.tonnes = tonnes;
		if tonnes.is_zero() {
			self.orders.remove(&(asset, id));
		}
		Ok(())
	}

	fn give(
		&mut self,
		from: AccountId,
		to: AccountId,
		kind: Option<AssetId>,
		amount: Balance,
	) -> Result<(), String> {
		let has = self.owns.entry((from, kind)).or_default();
		*has = has
			.checked_sub(amount)
			.ok_or("somebody gives what it does not have")?;
		*self.owns.entry((to, kind)).or_default() += amount;
		Ok(())
	}

	fn of_market(&self, asset: AssetId) -> impl Iterator<Item = (OrderId, &Order)> {
		self.orders
			.range((asset, OrderId(0))..=(asset, OrderId(u128::MAX)))
			.map(|((_, id), order)| (*id, order))
	}

	/// Compare with the chain's state.
	pub fn compare(&self) -> Result<(), String> {
		for who in EVERYBODY.into_iter().chain([FEES, TREASURY]) {
			for (kind, has) in KINDS.into_iter().zip(what_is_owned(who)) {
				let should = self.owns.get(&(who, kind)).copied().unwrap_or_default();
				if has != should {
					return Err(format!(
						"account {who} owns {has} of {kind:?} and not {should}, as the events say"
					));
				}
			}
		}
		for (asset, total) in KINDS.map(|kind| (kind, total_of(kind))) {
			let sum: Balance = self
				.owns
				.iter()
				.filter(|((_, kind), _)| *kind == asset)
				.map(|(_, amount)| amount)
				.sum();
			ensure(sum == total, "something was made or lost")?;
		}
		for asset in Markets::<Test>::iter_keys() {
			self.compare_orders(asset)?;
			ensure(
				self.depth_of(asset) == Market::depth(asset, u32::MAX),
				"the price levels differ from what the events say",
			)?;
		}
		Ok(())
	}

	fn compare_orders(&self, asset: AssetId) -> Result<(), String> {
		for who in EVERYBODY {
			let expected: Vec<_> = self
				.of_market(asset)
				.filter(|(_, order)| order.owner == who)
				.map(|(id, order)| {
					let view = OrderView {
						owner: order.owner,
						side: order.side,
						price: order.price,
						tonnes: order.tonnes,
						expires: order.expires,
					};
					(id, view)
				})
				.collect();
			if Market::orders_of(asset, who, None, u32::MAX) != expected {
				return Err(format!(
					"the orders of account {who} differ from what the events say"
				));
			}
		}
		Ok(())
	}

	/// The price levels of a market.
	fn depth_of(&self, asset: AssetId) -> Depth {
		let side = |side| {
			let mut levels = BTreeMap::<Price, LevelView>::new();
			for (_, order) in self.of_market(asset).filter(|(_, order)| order.side == side) {
				let level = levels.entry(order.price).or_insert(LevelView {
					price: order.price,
					tonnes: Tonnes::ZERO,
					orders: 0,
				});
				level.tonnes = Tonnes(level.tonnes.0.saturating_add(order.tonnes.0));
				level.orders += 1;
			}
			levels.into_values()
		};
		Depth {
			bids: side(Side::Buy).rev().collect(),
			asks: side(Side::Sell).collect(),
		}
	}
}

/// What the chain says that `who` owns of each kind, on both ledgers.
fn what_is_owned(who: AccountId) -> [Balance; KINDS.len()] {
	if who == FEES {
		let fees = Markets::<Test>::iter_values().map(|market| market.fees).sum();
		return KINDS.map(|kind| if kind.is_none() { fees } else { 0 });
	}
	let account = Market::trading_account(who);
	let on_market = account.cash_free + account.cash_locked + account.cash_pledged;
	KINDS.map(|kind| match kind {
		None => Balances::total_balance(&who) + on_market,
		Some(asset) => {
			let mut positions = account.positions.iter();
			let position = positions.find(|position| position.asset == asset);
			let on_market = position.map_or(0, |position| position.held().0);
			Assets::balance(asset, who) + Balance::from(on_market)
		}
	})
}

/// What there is of everything at genesis, and ever after.
fn total_of(kind: Option<AssetId>) -> Balance {
	match kind {
		None => 3 * CASH,
		Some(_) => 4 * Balance::from(TONNES),
	}
}

fn phase_of(asset: AssetId) -> Option<MarketPhase> {
	Markets::<Test>::get(asset).map(|market| market.today.phase)
}

/// What does not hold, as a sentence, unless it does.
pub(super) fn ensure(holds: bool, otherwise: &str) -> Result<(), String> {
	holds.then_some(()).ok_or_else(|| otherwise.into())
}
