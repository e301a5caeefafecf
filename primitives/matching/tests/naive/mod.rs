//! A book that is as simple as can be: two sorted lists of orders, and an auction that tries every price. It shares no code with the
//! engine, only the words of its interface.

// Each file of tests uses a part of it.
#![allow(dead_code)]

use carbon_matching::{
	Cancelled, Clearing, Fill, Incoming, LevelTotal, OrderId, OrderKind, Reduced, Resting, ReturnReason,
	Rights, SelfTrade, Settlement, Side, Tick, Verdict,
};
use std::{collections::BTreeSet, convert::Infallible};

pub type Owner = u8;

/// The same random numbers in each run (SplitMix64).
#[derive(Clone, Debug)]
pub struct Random(pub u64);

impl Random {
	pub fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
		let mut mixed = self.0;
		mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
		mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
		mixed ^ (mixed >> 31)
	}

	/// A number from `low` to `high`.
	pub fn within(&mut self, low: u64, high: u64) -> u64 {
		low + self.next() % (high - low + 1)
	}

	/// True once in `times` on average.
	pub fn once_in(&mut self, times: u64) -> bool {
		self.within(1, times) == 1
	}

	pub fn pick<T: Clone>(&mut self, list: &[T]) -> T {
		list[self.within(0, list.len() as u64 - 1) as usize].clone()
	}

	pub fn side(&mut self) -> Side {
		self.pick(&[Side::Buy, Side::Sell])
	}
}

/// What the engine does not know: the time, and whose orders may trade.
#[derive(Clone, Debug, Default)]
pub struct World {
	pub stopped: BTreeSet<Owner>,
	pub now: u64,
}

impl World {
	/// Whether an order has to leave where it is met.
	pub fn leaves(&self, owner: Owner, expires: u64) -> bool {
		self.stopped.contains(&owner) || (expires != 0 && expires <= self.now)
	}

	/// Owners belong together in pairs.
	pub fn are_one(&self, one: Owner, other: Owner) -> bool {
		one / 2 == other / 2
	}
}

/// What happened to an order that was met.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum What {
	Filled,
	Withdrawn,
	OwnWithdrawn,
	Decremented,
}

/// An order that was met, and what happened to it.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Met {
	pub what: What,
	pub id: OrderId,
	pub owner: Owner,
	/// The price of a trade, otherwise the limit.
	pub tick: Tick,
	/// What was traded or lost.
	pub quantity: u64,
	pub remaining: u64,
	pub expires: u64,
	pub tag: u16,
}

/// Notes what the engine reports, and says who may trade.
#[derive(Clone, Debug)]
pub struct Notes<'a> {
	pub world: &'a World,
	/// Whose order comes in; nobody's in a sweep and an auction.
	pub taker: Option<Owner>,
	/// Of a single order that came in, what it met; of an auction, who had to leave.
	pub met: Vec<Met>,
	/// The pairs of an auction: those that trade, and those that have one owner and lose a quantity.
	pub pairs: Vec<(Met, Met)>,
	/// Each trade whose number is a multiple of this one is forgotten: a fault.
	pub forgets: Option<u64>,
	pub trades: u64,
}

impl<'a> Notes<'a> {
	pub fn new(world: &'a World, taker: Option<Owner>) -> Self {
		Self {
			world,
			taker,
			met: Vec::new(),
			pairs: Vec::new(),
			forgets: None,
			trades: 0,
		}
	}

	fn forgets_this_trade(&mut self) -> bool {
		self.trades += 1;
		self.forgets
			.is_some_and(|times| self.trades.is_multiple_of(times))
	}
}

fn filled(fill: Fill<Owner>) -> Met {
	Met {
		what: What::Filled,
		id: fill.order,
		owner: fill.owner,
		tick: fill.tick,
		quantity: fill.quantity,
		remaining: fill.remaining,
		expires: fill.expires,
		tag: fill.tag,
	}
}

fn withdrawn(what: What, id: OrderId, order: Cancelled<Owner>) -> Met {
	assert_eq!((id.side(), id.tick()), (order.side, order.tick));
	Met {
		what,
		id,
		owner: order.owner,
		tick: order.tick,
		quantity: order.quantity,
		remaining: 0,
		expires: order.expires,
		tag: order.tag,
	}
}

fn decremented(id: OrderId, order: Reduced<Owner>) -> Met {
	assert_eq!((id.side(), id.tick()), (order.side, order.tick));
	Met {
		what: What::Decremented,
		id,
		owner: order.owner,
		tick: order.tick,
		quantity: order.quantity,
		remaining: order.remaining,
		expires: order.expires,
		tag: order.tag,
	}
}

impl Rights<Owner> for Notes<'_> {
	type Error = Infallible;

	fn verdict(&mut self, order: &Resting<Owner>) -> Result<Verdict, Infallible> {
		let together = |taker| self.world.are_one(taker, order.owner);
		Ok(if self.world.leaves(order.owner, order.expires) {
			Verdict::Leave
		} else if self
			.taker
			.is_some_and(|taker| taker != order.owner && together(taker))
		{
			// That nobody trades with itself the engine knows by itself.
			Verdict::Own
		} else {
			Verdict::Trade
		})
	}

	fn on_withdrawn(&mut self, id: OrderId, order: Cancelled<Owner>) -> Result<(), Infallible> {
		self.met.push(withdrawn(What::Withdrawn, id, order));
		Ok(())
	}
}

impl Settlement<Owner> for Notes<'_> {
	fn on_fill(&mut self, fill: Fill<Owner>) -> Result<(), Infallible> {
		if !self.forgets_this_trade() {
			self.met.push(filled(fill));
		}
		Ok(())
	}

	fn on_own_withdrawn(&mut self, id: OrderId, order: Cancelled<Owner>) -> Result<(), Infallible> {
		self.met.push(withdrawn(What::OwnWithdrawn, id, order));
		Ok(())
	}

	fn on_decremented(&mut self, id: OrderId, order: Reduced<Owner>) -> Result<(), Infallible> {
		self.met.push(decremented(id, order));
		Ok(())
	}
}

impl Clearing<Owner> for Notes<'_> {
	fn are_one(&mut self, buy: &Resting<Owner>, sell: &Resting<Owner>) -> Result<bool, Infallible> {
		assert_ne!(buy.owner, sell.owner, "that one is known");
		Ok(self.world.are_one(buy.owner, sell.owner))
	}

	fn on_match(&mut self, buy: Fill<Owner>, sell: Fill<Owner>) -> Result<(), Infallible> {
		assert_eq!((buy.order.side(), sell.order.side()), (Side::Buy, Side::Sell));
		if !self.forgets_this_trade() {
			self.pairs.push((filled(buy), filled(sell)));
		}
		Ok(())
	}

	fn on_own_pair(
		&mut self,
		(buy_id, buy): (OrderId, Reduced<Owner>),
		(sell_id, sell): (OrderId, Reduced<Owner>),
	) -> Result<(), Infallible> {
		self.pairs
			.push((decremented(buy_id, buy), decremented(sell_id, sell)));
		Ok(())
	}
}

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct NaiveOrder {
	pub id: OrderId,
	pub owner: Owner,
	pub side: Side,
	pub tick: Tick,
	pub quantity: u64,
	pub expires: u64,
	pub tag: u16,
}

impl NaiveOrder {
	/// What is told of it when it loses `quantity`, which has happened.
	fn met(&self, what: What, tick: Tick, quantity: u64) -> Met {
		Met {
			what,
			id: self.id,
			owner: self.owner,
			tick,
			quantity,
			remaining: if what == What::Filled || what == What::Decremented {
				self.quantity
			} else {
				0
			},
			expires: self.expires,
			tag: self.tag,
		}
	}
}

/// Orders at rest, the best of each side first, and of equally good ones the one that came first.
#[derive(Clone, Debug, Default)]
pub struct NaiveBook {
	pub bids: Vec<NaiveOrder>,
	pub asks: Vec<NaiveOrder>,
}

#[derive(Clone, Debug, Default)]
pub struct NaiveOutcome {
	pub met: Vec<Met>,
	/// Orders met, also the one at which the incoming one stopped.
	pub count: u32,
	pub filled: u64,
	pub decremented: u64,
	pub rests: u64,
	pub returned: Option<(u64, ReturnReason)>,
}

impl NaiveOutcome {
	/// Meet an own order, of which `smaller` could trade. Returns what the incoming order loses.
	fn meet_own(&mut self, maker: &mut NaiveOrder, self_trade: SelfTrade, smaller: u64) -> u64 {
		match self_trade {
			SelfTrade::CancelTaker => 0,
			SelfTrade::CancelMaker | SelfTrade::CancelBoth => {
				self.met
					.push(maker.met(What::OwnWithdrawn, maker.tick, maker.quantity));
				maker.quantity = 0;
				0
			}
			SelfTrade::Decrement => {
				maker.quantity -= smaller;
				self.decremented += smaller;
				self.met.push(maker.met(What::Decremented, maker.tick, smaller));
				smaller
			}
		}
	}
}

/// Why the naive book refuses an order.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Refusal {
	WouldTrade,
	NotFilled,
}

#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct NaiveAuction {
	pub price: Option<Tick>,
	pub volume: u128,
	pub matches: Vec<(Met, Met)>,
	pub own: Vec<(Met, Met)>,
}

impl NaiveBook {
	pub fn orders(&self) -> impl Iterator<Item = &NaiveOrder> {
		self.bids.iter().chain(&self.asks)
	}

	pub fn len(&self) -> usize {
		self.bids.len() + self.asks.len()
	}

	pub fn quantity(&self) -> u64 {
		self.orders().map(|order| order.quantity).sum()
	}

	pub fn find(&mut self, id: OrderId) -> Option<&mut NaiveOrder> {
		self.bids
			.iter_mut()
			.chain(&mut self.asks)
			.find(|order| order.id == id)
	}

	pub fn remove(&mut self, id: OrderId) -> Option<NaiveOrder> {
		let found = self.find(id)?.clone();
		self.bids.retain(|order| order.id != id);
		self.asks.retain(|order| order.id != id);
		Some(found)
	}

	pub fn rest(&mut self, order: NaiveOrder) {
		let (list, worse): (_, fn(Tick, Tick) -> bool) = match order.side {
			Side::Buy => (&mut self.bids, |resting, new| resting < new),
			Side::Sell => (&mut self.asks, |resting, new| resting > new),
		};
		let at = list
			.iter()
			.position(|resting| worse(resting.tick, order.tick))
			.unwrap_or(list.len());
		list.insert(at, order);
	}

	/// Match an order; what rests of it is put down by the caller, who knows the identifier.
	pub fn place(
		&mut self,
		incoming: &Incoming<Owner>,
		met_max: u32,
		world: &World,
	) -> Result<NaiveOutcome, Refusal> {
		let before = self.clone();
		let crosses = |maker: &NaiveOrder| match incoming.side {
			Side::Buy => maker.tick <= incoming.tick,
			Side::Sell => maker.tick >= incoming.tick,
		};
		let others = match incoming.side {
			Side::Buy => &mut self.asks,
			Side::Sell => &mut self.bids,
		};
		if incoming.kind == OrderKind::PostOnly && others.iter().any(crosses) {
			return Err(Refusal::WouldTrade);
		}
		let mut out = NaiveOutcome::default();
		let mut left = incoming.quantity;
		let mut reason = None;
		while left > 0 && reason.is_none() {
			let Some(maker) = others.first_mut().filter(|maker| crosses(maker)) else {
				break;
			};
			if out.count == met_max {
				reason = Some(ReturnReason::FillLimit);
				break;
			}
			out.count += 1;
			let smaller = left.min(maker.quantity);
			if world.leaves(maker.owner, maker.expires) {
				out.met
					.push(maker.met(What::Withdrawn, maker.tick, maker.quantity));
				maker.quantity = 0;
			} else if !world.are_one(maker.owner, incoming.owner) {
				maker.quantity -= smaller;
				left -= smaller;
				out.filled += smaller;
				out.met.push(maker.met(What::Filled, maker.tick, smaller));
			} else {
				left -= out.meet_own(maker, incoming.self_trade, smaller);
				if matches!(
					incoming.self_trade,
					SelfTrade::CancelTaker | SelfTrade::CancelBoth
				) {
					reason = Some(ReturnReason::OwnOrder);
				}
			}
			others.retain(|order| order.quantity > 0);
		}
		if incoming.kind == OrderKind::FillOrKill && out.filled < incoming.quantity {
			*self = before;
			return Err(Refusal::NotFilled);
		}
		if incoming.kind == OrderKind::ImmediateOrCancel {
			reason = reason.or(Some(ReturnReason::ImmediateOrCancel));
		}
		match reason {
			Some(reason) if left > 0 => out.returned = Some((left, reason)),
			_ => out.rests = left,
		}
		Ok(out)
	}

	pub fn depth(&self, side: Side) -> Vec<LevelTotal> {
		let list = match side {
			Side::Buy => &self.bids,
			Side::Sell => &self.asks,
		};
		let mut levels: Vec<LevelTotal> = Vec::new();
		for order in list {
			match levels.last_mut().filter(|level| level.tick == order.tick) {
				Some(level) => {
					level.quantity += order.quantity;
					level.orders += 1;
				}
				None => levels.push(LevelTotal {
					tick: order.tick,
					quantity: order.quantity,
					orders: 1,
				}),
			}
		}
		levels
	}

	/// Hold an auction among the orders that need not leave.
	pub fn auction(&mut self, reference: Tick, step: Tick, world: &World) -> NaiveAuction {
		let mut auction = NaiveAuction {
			own: self.take_own_pairs(world),
			price: self.price(reference, step, world),
			..Default::default()
		};
		let Some(price) = auction.price else {
			return auction;
		};
		let counts = |order: &&mut NaiveOrder| !world.leaves(order.owner, order.expires);
		let mut buys: Vec<_> = self.bids.iter_mut().filter(counts).collect();
		let mut sells: Vec<_> = self.asks.iter_mut().filter(counts).collect();
		buys.retain(|order| order.tick >= price);
		sells.retain(|order| order.tick <= price);
		let (mut buy_at, mut sell_at) = (0, 0);
		while let (Some(buy), Some(sell)) = (buys.get_mut(buy_at), sells.get_mut(sell_at)) {
			let quantity = buy.quantity.min(sell.quantity);
			buy.quantity -= quantity;
			sell.quantity -= quantity;
			auction.volume += u128::from(quantity);
			auction.matches.push((
				buy.met(What::Filled, price, quantity),
				sell.met(What::Filled, price, quantity),
			));
			buy_at += usize::from(buy.quantity == 0);
			sell_at += usize::from(sell.quantity == 0);
		}
		self.drop_empty();
		auction
	}

	/// Pair off the orders by priority, without changing any but those that meet themselves.
	fn take_own_pairs(&mut self, world: &World) -> Vec<(Met, Met)> {
		let counts = |order: &&mut NaiveOrder| !world.leaves(order.owner, order.expires);
		// With what has no pair yet.
		let mut buys: Vec<_> = self
			.bids
			.iter_mut()
			.filter(counts)
			.map(|order| (order.quantity, order))
			.collect();
		let mut sells: Vec<_> = self
			.asks
			.iter_mut()
			.filter(counts)
			.map(|order| (order.quantity, order))
			.collect();
		let mut own = Vec::new();
		let (mut buy_at, mut sell_at) = (0, 0);
		while let (Some((buy_left, buy)), Some((sell_left, sell))) =
			(buys.get_mut(buy_at), sells.get_mut(sell_at))
		{
			if buy.tick < sell.tick {
				break;
			}
			let quantity = (*buy_left).min(*sell_left);
			*buy_left -= quantity;
			*sell_left -= quantity;
			if world.are_one(buy.owner, sell.owner) {
				buy.quantity -= quantity;
				sell.quantity -= quantity;
				own.push((
					buy.met(What::Decremented, buy.tick, quantity),
					sell.met(What::Decremented, sell.tick, quantity),
				));
			}
			buy_at += usize::from(*buy_left == 0);
			sell_at += usize::from(*sell_left == 0);
		}
		self.drop_empty();
		own
	}

	/// Try every price.
	fn price(&self, reference: Tick, step: Tick, world: &World) -> Option<Tick> {
		let count = |order: &&NaiveOrder| !world.leaves(order.owner, order.expires);
		let limits: BTreeSet<Tick> = self.orders().filter(count).map(|order| order.tick).collect();
		let mut found: Option<(u64, u64, Tick, Tick)> = None;
		for price in *limits.first()?..=*limits.last()? {
			if !price.is_multiple_of(step) && !limits.contains(&price) {
				continue;
			}
			let wanted: u64 = self
				.bids
				.iter()
				.filter(count)
				.filter(|order| order.tick >= price)
				.map(|order| order.quantity)
				.sum();
			let given: u64 = self
				.asks
				.iter()
				.filter(count)
				.filter(|order| order.tick <= price)
				.map(|order| order.quantity)
				.sum();
			let trades = wanted.min(given);
			let imbalance = wanted.abs_diff(given);
			let distance = price.abs_diff(reference);
			let better = match found {
				None => true,
				Some((most, least, nearest, _)) if trades == most && imbalance == least => {
					distance <= nearest
				}
				Some((most, least, _, _)) if trades == most => imbalance < least,
				Some((most, ..)) => trades > most,
			};
			// Prices rise, so that the later one of two that are equally near is the higher one.
			if better && trades > 0 {
				found = Some((trades, imbalance, distance, price));
			}
		}
		found.map(|(.., price)| price)
	}

	fn drop_empty(&mut self) {
		self.bids.retain(|order| order.quantity > 0);
		self.asks.retain(|order| order.quantity > 0);
	}
}
