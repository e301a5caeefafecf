//! Types that the pallet stores, takes and returns. None of them knows the pallet's configuration.

use alloc::vec::Vec;
use carbon_matching::{Header, LevelKey, OrderId, Side, Tick, Walk, SPAN_MAX, TICK_MAX};
use carbon_primitives::{AssetId, Balance, Moment, Price, Tonnes, TradingRight};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	pallet_prelude::{ConstU32, Get},
	BoundedVec, CloneNoBound, DebugNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound,
};
use scale_info::TypeInfo;

/// Orders on one page of a price level.
///
/// A page is read and written whole, so that few slots make an order cheap to place; many slots make it rare that a page is
/// filled or emptied. The decision record on the order book's storage has the figures.
pub const PAGE_SLOTS: u32 = 32;

/// Most price levels that a question about the depth of a market returns per side.
pub const DEPTH_LEVELS_MAX: u32 = 1_000;

/// Most orders that the regulator takes out of a book in one call.
pub const FORCE_CANCEL_MAX: u32 = 100;

/// Most pages that a sweep of the books reads in one block, however much room the block has left: those whose orders it looks at
/// and those that it passes over.
///
/// With 32 orders to a page it takes out up to 1,600 orders in a block.
pub const SWEEP_PAGES_MAX: u32 = 50;

/// Identifiers of orders that are to leave the book together.
pub type OrderIds = BoundedVec<OrderId, ConstU32<FORCE_CANCEL_MAX>>;

/// What is moved between the registry ledger and the trading ledger.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Funds {
	/// Settlement tokens.
	#[codec(index = 0)]
	Cash {
		/// How much, in fen (1/100 CNY).
		#[codec(compact)]
		amount: Balance,
	},
	/// Allowances of a vintage or offset credits of a series.
	#[codec(index = 1)]
	Allowances {
		/// The vintage, or the number of the offset series.
		asset: AssetId,
		/// How many tonnes.
		#[codec(compact)]
		tonnes: Tonnes,
	},
}

/// Rules that every order of a market obeys.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct MarketParams {
	/// Smallest step between two prices, in fen per tonne.
	pub tick: Price,
	/// Smallest step between two quantities, in tonnes.
	pub lot: Tonnes,
	/// Largest quantity of one order, in tonnes; a whole number of lots.
	pub order_max: Tonnes,
	/// Lowest price of an order, in fen per tonne; a whole number of ticks.
	pub price_min: Price,
	/// Highest price of an order, in fen per tonne; a whole number of ticks, at most 16,128 fen above the lowest.
	pub price_max: Price,
}

impl MarketParams {
	/// Whether these rules allow any order at all, agree with each other and keep every price so near to the others that the book
	/// has room for it.
	pub fn are_valid(&self) -> bool {
		self.tick.0 > 0
			&& self.lot.0 > 0
			&& self.order_max.0 >= self.lot.0
			&& self.order_max.0.is_multiple_of(self.lot.0)
			&& self.price_min.0 >= self.tick.0
			&& self.price_min.0.is_multiple_of(self.tick.0)
			// In a wider band a few small orders, each far from the others, would use up the room that the book has for prices.
			&& self
				.price_max
				.0
				.checked_sub(self.price_min.0)
				.is_some_and(|width| width <= u64::from(SPAN_MAX))
			&& self.price_max.0.is_multiple_of(self.tick.0)
			&& self.price_max.0 <= u64::from(TICK_MAX)
	}

	/// Whether the book has room for each price of the band beside the orders that rest in it, wherever these lie.
	pub fn leave_room(&self, book: &Header) -> bool {
		[Side::Buy, Side::Sell].into_iter().all(|side| {
			let ladder = book.ladder(side);
			let lowest = ladder
				.lowest()
				.map_or(self.price_min, |tick| self.price_min.min(price_of(tick)));
			let highest = ladder
				.highest()
				.map_or(self.price_max, |tick| self.price_max.max(price_of(tick)));
			highest
				.0
				.checked_sub(lowest.0)
				.is_some_and(|width| width <= u64::from(SPAN_MAX))
		})
	}
}

/// Until when a market is halted, by the reasons there may be: moments in milliseconds since the Unix epoch, zero where there is
/// no halt. A halt counts before its end, not at it; an end that has passed stays until the next halt.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct MarketHalts {
	/// The halt of this market alone.
	#[codec(compact)]
	pub own: Moment,
	/// The halt of its asset.
	#[codec(compact)]
	pub asset: Moment,
	/// The halt of all trading.
	#[codec(compact)]
	pub all: Moment,
}

impl MarketHalts {
	/// The latest of the ends.
	const fn last(&self) -> Moment {
		let end = if self.own > self.asset {
			self.own
		} else {
			self.asset
		};
		if end > self.all {
			end
		} else {
			self.all
		}
	}

	/// The end of the halt that is in force. `now` is asked only where a halt was set.
	pub fn in_force(&self, now: impl FnOnce() -> Moment) -> Option<Moment> {
		match self.last() {
			0 => None,
			end => (now() < end).then_some(end),
		}
	}
}

/// A market: its rules and the header of its order book, in one item because each order needs both.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct MarketRecord {
	/// The rules.
	pub params: MarketParams,
	/// Until when it is halted.
	pub halts: MarketHalts,
	/// Which prices have orders. The engine's tick is one fen, so that a new price step needs no new book.
	pub book: Header,
}

/// What a trading account has of one asset, in tonnes.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct Position {
	/// The vintage, or the number of the offset series.
	pub asset: AssetId,
	/// What can be sold or withdrawn.
	#[codec(compact)]
	pub free: Tonnes,
	/// What resting sell orders bind.
	#[codec(compact)]
	pub locked: Tonnes,
	/// What resting buy orders may still bring. It keeps a place in the record for what is bought.
	#[codec(compact)]
	pub buying: Tonnes,
}

impl Position {
	const fn new(asset: AssetId) -> Self {
		Self {
			asset,
			free: Tonnes::ZERO,
			locked: Tonnes::ZERO,
			buying: Tonnes::ZERO,
		}
	}

	const fn is_empty(&self) -> bool {
		self.free.is_zero() && self.locked.is_zero() && self.buying.is_zero()
	}
}

/// What a participant has on the trading ledger, with at most `MaxAssets` different assets.
#[derive(
	CloneNoBound,
	DebugNoBound,
	Decode,
	DecodeWithMemTracking,
	DefaultNoBound,
	Encode,
	EqNoBound,
	MaxEncodedLen,
	PartialEqNoBound,
	TypeInfo,
)]
#[scale_info(skip_type_params(MaxAssets))]
#[codec(mel_bound())]
pub struct TradingAccount<MaxAssets: Get<u32>> {
	/// Settlement tokens that can be spent or withdrawn, in fen.
	#[codec(compact)]
	pub cash_free: Balance,
	/// Settlement tokens that resting buy orders bind, in fen.
	#[codec(compact)]
	pub cash_locked: Balance,
	/// Holdings by rising asset number; an asset of which nothing is held, bound or wanted is left out.
	pub positions: BoundedVec<Position, MaxAssets>,
	/// Whether and how long the participant may trade: a copy of what the participants' side knows, which tells of each change.
	pub right: TradingRight,
}

/// Why a trading account cannot do what is asked of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum LedgerError {
	/// There is too little cash.
	Cash,
	/// There are too few tonnes.
	Tonnes,
	/// The record has no place for one more asset.
	Assets,
	/// A number leaves its range, or a record contradicts the order book.
	Unexpected,
}

impl<MaxAssets: Get<u32>> TradingAccount<MaxAssets> {
	/// Whether nothing is left, so that the record goes away. The right to trade alone is no reason to keep it.
	pub fn is_empty(&self) -> bool {
		self.cash_free == 0 && self.cash_locked == 0 && self.positions.is_empty()
	}

	/// Whether orders of this account rest in some book.
	pub fn has_orders(&self) -> bool {
		self.cash_locked > 0
			|| self
				.positions
				.iter()
				.any(|position| !position.locked.is_zero() || !position.buying.is_zero())
	}

	/// What is held of `asset`.
	pub fn position(&self, asset: AssetId) -> Option<&Position> {
		self.find(asset).ok().and_then(|at| self.positions.get(at))
	}

	fn find(&self, asset: AssetId) -> Result<usize, usize> {
		self.positions
			.binary_search_by_key(&asset, |position| position.asset)
	}

	/// Change the position in `asset`, which is made where it is missing and dropped where it becomes empty.
	fn with_position<R>(
		&mut self,
		asset: AssetId,
		change: impl FnOnce(&mut Position) -> Result<R, LedgerError>,
	) -> Result<R, LedgerError> {
		let at = match self.find(asset) {
			Ok(at) => at,
			Err(at) => {
				self.positions
					.try_insert(at, Position::new(asset))
					.map_err(|_| LedgerError::Assets)?;
				at
			}
		};
		let position = self.positions.get_mut(at).ok_or(LedgerError::Unexpected)?;
		let result = change(position);
		if position.is_empty() {
			self.positions.remove(at);
		}
		result
	}

	pub(crate) fn add_cash(&mut self, amount: Balance) -> Result<(), LedgerError> {
		self.cash_free = self
			.cash_free
			.checked_add(amount)
			.ok_or(LedgerError::Unexpected)?;
		Ok(())
	}

	pub(crate) fn take_cash(&mut self, amount: Balance) -> Result<(), LedgerError> {
		self.cash_free = self.cash_free.checked_sub(amount).ok_or(LedgerError::Cash)?;
		Ok(())
	}

	pub(crate) fn add_tonnes(&mut self, asset: AssetId, tonnes: Tonnes) -> Result<(), LedgerError> {
		self.with_position(asset, |position| {
			position.free = position.free.checked_add(tonnes).ok_or(LedgerError::Unexpected)?;
			Ok(())
		})
	}

	pub(crate) fn take_tonnes(&mut self, asset: AssetId, tonnes: Tonnes) -> Result<(), LedgerError> {
		self.find(asset).map_err(|_| LedgerError::Tonnes)?;
		self.with_position(asset, |position| {
			position.free = position.free.checked_sub(tonnes).ok_or(LedgerError::Tonnes)?;
			Ok(())
		})
	}

	/// Bind what an order of `tonnes` at `price` needs while it rests.
	pub(crate) fn lock(&mut self, order: &OrderTerms) -> Result<(), LedgerError> {
		let OrderTerms {
			asset, side, tonnes, ..
		} = *order;
		match side {
			Side::Buy => {
				let value = order.value();
				self.take_cash(value)?;
				self.cash_locked = self
					.cash_locked
					.checked_add(value)
					.ok_or(LedgerError::Unexpected)?;
				self.with_position(asset, |position| {
					position.buying = position
						.buying
						.checked_add(tonnes)
						.ok_or(LedgerError::Unexpected)?;
					Ok(())
				})
			}
			Side::Sell => {
				self.find(asset).map_err(|_| LedgerError::Tonnes)?;
				self.with_position(asset, |position| {
					position.free = position.free.checked_sub(tonnes).ok_or(LedgerError::Tonnes)?;
					position.locked = position
						.locked
						.checked_add(tonnes)
						.ok_or(LedgerError::Unexpected)?;
					Ok(())
				})
			}
		}
	}

	/// Set free what [`Self::lock`] bound for these terms.
	pub(crate) fn unlock(&mut self, order: &OrderTerms) -> Result<(), LedgerError> {
		self.release(order)?;
		match order.side {
			Side::Buy => self.add_cash(order.value()),
			Side::Sell => self.add_tonnes(order.asset, order.tonnes),
		}
	}

	/// Settle a fill of a resting order of this account: what it bound goes away, what it wanted comes in.
	pub(crate) fn fill_maker(&mut self, fill: &OrderTerms) -> Result<(), LedgerError> {
		match fill.side {
			Side::Buy => {
				// Bought units come in first: the position may hold nothing but the order, and would be dropped in between.
				self.add_tonnes(fill.asset, fill.tonnes)?;
				self.release(fill)
			}
			Side::Sell => {
				self.release(fill)?;
				self.add_cash(fill.value())
			}
		}
	}

	/// Settle a fill of an incoming order of this account, which pays and delivers out of what is free.
	pub(crate) fn fill_taker(&mut self, fill: &OrderTerms) -> Result<(), LedgerError> {
		match fill.side {
			Side::Buy => {
				self.take_cash(fill.value())?;
				self.add_tonnes(fill.asset, fill.tonnes)
			}
			Side::Sell => {
				self.take_tonnes(fill.asset, fill.tonnes)?;
				self.add_cash(fill.value())
			}
		}
	}

	/// Undo the binding of [`Self::lock`] without giving back what was bound.
	fn release(&mut self, order: &OrderTerms) -> Result<(), LedgerError> {
		let tonnes = order.tonnes;
		if order.side == Side::Buy {
			self.cash_locked = self
				.cash_locked
				.checked_sub(order.value())
				.ok_or(LedgerError::Unexpected)?;
		}
		self.with_position(order.asset, |position| {
			let bound = match order.side {
				Side::Buy => &mut position.buying,
				Side::Sell => &mut position.locked,
			};
			*bound = bound.checked_sub(tonnes).ok_or(LedgerError::Unexpected)?;
			Ok(())
		})
	}
}

/// Why an order left the book unfilled.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum CancelReason {
	/// Its owner cancelled it.
	#[codec(index = 0)]
	Owner,
	/// Its owner may not trade any more.
	#[codec(index = 1)]
	RightEnded,
	/// The regulator took it out.
	#[codec(index = 2)]
	Forced,
}

/// Whose orders a pass over the books looks at.
#[derive(
	CloneNoBound,
	DebugNoBound,
	Decode,
	DecodeWithMemTracking,
	Encode,
	EqNoBound,
	MaxEncodedLen,
	PartialEqNoBound,
	TypeInfo,
)]
#[scale_info(skip_type_params(MaxSweep))]
#[codec(mel_bound(AccountId: MaxEncodedLen))]
pub enum SweepScope<AccountId, MaxSweep>
where
	AccountId: Clone + core::fmt::Debug + Eq,
	MaxSweep: Get<u32>,
{
	/// The orders of these accounts.
	#[codec(index = 0)]
	Accounts(BoundedVec<AccountId, MaxSweep>),
	/// All orders: there were more accounts than fit a list.
	#[codec(index = 1)]
	Everyone,
}

impl<AccountId, MaxSweep> Default for SweepScope<AccountId, MaxSweep>
where
	AccountId: Clone + core::fmt::Debug + Eq,
	MaxSweep: Get<u32>,
{
	fn default() -> Self {
		Self::Accounts(BoundedVec::new())
	}
}

impl<AccountId, MaxSweep> SweepScope<AccountId, MaxSweep>
where
	AccountId: Clone + core::fmt::Debug + Eq,
	MaxSweep: Get<u32>,
{
	/// Whether the orders of `who` are looked at.
	pub fn contains(&self, who: &AccountId) -> bool {
		match self {
			Self::Accounts(accounts) => accounts.contains(who),
			Self::Everyone => true,
		}
	}

	/// Whether nobody's orders are looked at.
	pub fn is_empty(&self) -> bool {
		match self {
			Self::Accounts(accounts) => accounts.is_empty(),
			Self::Everyone => false,
		}
	}

	/// Look at the orders of `who` as well. Where the list is full, look at everybody's: no account is lost.
	fn add(&mut self, who: &AccountId) {
		if let Self::Accounts(accounts) = self {
			if !accounts.contains(who) && accounts.try_push(who.clone()).is_err() {
				*self = Self::Everyone;
			}
		}
	}
}

/// Where a pass over the books stands.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct SweepCursor {
	/// The market that it has come to.
	pub asset: AssetId,
	/// The price level.
	pub level: LevelKey,
	/// How far it has come there; none where the level is done.
	pub walk: Option<Walk>,
}

/// Passes over the books that take out the orders of those who may not trade any more.
#[derive(
	CloneNoBound,
	DebugNoBound,
	Decode,
	DecodeWithMemTracking,
	Encode,
	EqNoBound,
	MaxEncodedLen,
	PartialEqNoBound,
	TypeInfo,
)]
#[scale_info(skip_type_params(MaxSweep))]
#[codec(mel_bound(AccountId: MaxEncodedLen))]
pub struct SweepRecord<AccountId, MaxSweep>
where
	AccountId: Clone + core::fmt::Debug + Eq,
	MaxSweep: Get<u32>,
{
	/// Whose right had ended when the pass began.
	pub passing: SweepScope<AccountId, MaxSweep>,
	/// Whose right has ended since. The pass takes their orders out as well where it meets them; the next one, all of them.
	pub waiting: SweepScope<AccountId, MaxSweep>,
	/// Where the pass stands; none before its first page.
	pub cursor: Option<SweepCursor>,
}

impl<AccountId, MaxSweep> Default for SweepRecord<AccountId, MaxSweep>
where
	AccountId: Clone + core::fmt::Debug + Eq,
	MaxSweep: Get<u32>,
{
	fn default() -> Self {
		Self {
			passing: Default::default(),
			waiting: Default::default(),
			cursor: None,
		}
	}
}

impl<AccountId, MaxSweep> SweepRecord<AccountId, MaxSweep>
where
	AccountId: Clone + core::fmt::Debug + Eq,
	MaxSweep: Get<u32>,
{
	/// Whether the orders of `who` are taken out where they are met.
	pub fn names(&self, who: &AccountId) -> bool {
		self.passing.contains(who) || self.waiting.contains(who)
	}

	/// Whether there is nobody whose orders are left to take out.
	pub fn is_done(&self) -> bool {
		self.passing.is_empty() && self.waiting.is_empty()
	}

	/// Take the orders of `who` out with the first pass that has not begun yet.
	pub(crate) fn add(&mut self, who: &AccountId) {
		match self.cursor {
			None => self.passing.add(who),
			Some(_) => self.waiting.add(who),
		}
	}

	/// End the pass. Whoever it began with and has no right still has no orders left, but for those that could not be taken out.
	pub(crate) fn end_pass(&mut self) {
		self.passing = core::mem::take(&mut self.waiting);
		self.cursor = None;
	}
}

/// What an order, or a part of it, stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct OrderTerms {
	pub asset: AssetId,
	pub side: Side,
	pub price: Price,
	pub tonnes: Tonnes,
}

impl OrderTerms {
	/// Value in fen.
	pub(crate) const fn value(&self) -> Balance {
		self.price.value_of(self.tonnes)
	}

	/// What the order binds while it rests.
	pub(crate) const fn funds(&self) -> Funds {
		match self.side {
			Side::Buy => Funds::Cash { amount: self.value() },
			Side::Sell => Funds::Allowances {
				asset: self.asset,
				tonnes: self.tonnes,
			},
		}
	}
}

/// The price that a tick of the engine stands for.
pub(crate) const fn price_of(tick: Tick) -> Price {
	Price(tick as u64)
}

/// A price level of a market.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
pub struct LevelView {
	/// The price, in fen per tonne.
	pub price: Price,
	/// What the orders at this price want together, in tonnes.
	pub tonnes: Tonnes,
	/// How many orders there are.
	pub orders: u32,
}

/// The price levels of a market, best first on both sides.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, PartialEq, TypeInfo)]
pub struct Depth {
	/// Levels of the buyers, highest price first.
	pub bids: Vec<LevelView>,
	/// Levels of the sellers, lowest price first.
	pub asks: Vec<LevelView>,
}

/// The best prices of a market, in fen per tonne.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, PartialEq, TypeInfo)]
pub struct BestPrices {
	/// The highest price that a buyer offers.
	pub bid: Option<Price>,
	/// The lowest price that a seller asks.
	pub ask: Option<Price>,
	/// The price of the latest fill.
	pub last: Option<Price>,
}

/// An order at rest.
#[derive(Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, PartialEq, TypeInfo)]
pub struct OrderView<AccountId> {
	/// Whose order it is.
	pub owner: AccountId,
	/// Side that it is on.
	pub side: Side,
	/// Its limit, in fen per tonne.
	pub price: Price,
	/// What is not filled yet, in tonnes.
	pub tonnes: Tonnes,
}

/// What a participant has on the trading ledger.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, PartialEq, TypeInfo)]
pub struct TradingAccountView {
	/// Settlement tokens that can be spent or withdrawn, in fen.
	pub cash_free: Balance,
	/// Settlement tokens that resting buy orders bind, in fen.
	pub cash_locked: Balance,
	/// Holdings by rising asset number.
	pub positions: Vec<Position>,
	/// Whether and how long the participant may trade, as the market knows it. What has ended is asked anew with the next order;
	/// while it has ended, resting orders do not trade and whoever is admitted may cancel them.
	pub right: TradingRight,
}

/// Rules with a step of one fen and one tonne, for tests and benchmarks.
#[cfg(any(feature = "runtime-benchmarks", test))]
impl Default for MarketParams {
	fn default() -> Self {
		Self {
			tick: Price(1),
			lot: Tonnes(1),
			order_max: Tonnes(100_000),
			price_min: Price(1),
			price_max: Price(16_000),
		}
	}
}

/// A level as the pallet stores it.
pub type LevelOf<AccountId> = carbon_matching::Level<AccountId, PAGE_SLOTS>;
/// A sealed page as the pallet stores it.
pub type PageOf<AccountId> = carbon_matching::Page<AccountId, PAGE_SLOTS>;

#[cfg(test)]
mod tests {
	use super::*;

	type Account = TradingAccount<frame_support::traits::ConstU32<2>>;

	fn terms(side: Side) -> OrderTerms {
		OrderTerms {
			asset: 2021,
			side,
			price: Price(7),
			tonnes: Tonnes(3),
		}
	}

	#[test]
	fn unlocking_gives_back_what_locking_took() {
		let mut account = Account::default();
		account.add_cash(100).expect("fits");
		account.add_tonnes(2021, Tonnes(9)).expect("fits");
		for side in [Side::Buy, Side::Sell] {
			let before = account.clone();
			account.lock(&terms(side)).expect("funded");
			assert_ne!(account, before);
			account.unlock(&terms(side)).expect("bound");
			assert_eq!(account, before);
		}
	}

	#[test]
	fn a_resting_buy_keeps_a_place_for_what_it_buys() {
		let mut account = Account::default();
		account.add_cash(100).expect("fits");
		account.lock(&terms(Side::Buy)).expect("funded");
		account.add_tonnes(2022, Tonnes(1)).expect("a second place");
		assert_eq!(account.add_tonnes(2023, Tonnes(1)), Err(LedgerError::Assets));
		account.fill_maker(&terms(Side::Buy)).expect("its place is kept");
		assert_eq!(
			account.position(2021).map(|position| position.free),
			Some(Tonnes(3))
		);
		assert_eq!((account.cash_free, account.cash_locked), (79, 0));
	}

	#[test]
	fn an_account_that_has_nothing_left_is_empty() {
		let mut account = Account::default();
		account.add_tonnes(2021, Tonnes(3)).expect("fits");
		account.fill_taker(&terms(Side::Sell)).expect("funded");
		account.take_cash(21).expect("paid");
		assert!(account.is_empty());
	}

	#[test]
	fn a_right_to_trade_is_no_reason_to_keep_an_account() {
		let account = Account {
			right: TradingRight::Lasting,
			..Default::default()
		};
		assert!(account.is_empty() && !account.has_orders());
	}

	#[test]
	fn an_account_has_orders_while_something_is_bound() {
		let mut account = Account::default();
		account.add_cash(21).expect("fits");
		account.add_tonnes(2021, Tonnes(3)).expect("fits");
		for side in [Side::Buy, Side::Sell] {
			assert!(!account.has_orders());
			account.lock(&terms(side)).expect("funded");
			assert!(account.has_orders());
			account.unlock(&terms(side)).expect("bound");
		}
		// An order at the price of zero would bind no cash; what it wants is noted all the same.
		let free = OrderTerms {
			price: Price(0),
			..terms(Side::Buy)
		};
		account.lock(&free).expect("funded");
		assert!(account.has_orders());
	}

	#[test]
	fn the_halt_that_ends_last_counts_and_the_time_matters_only_where_there_is_one() {
		let halts = |own, asset, all| MarketHalts { own, asset, all };
		let never_asked = || unreachable!("no halt was set");
		assert_eq!(halts(0, 0, 0).in_force(never_asked), None);
		for halts in [halts(9, 5, 0), halts(5, 9, 0), halts(0, 5, 9)] {
			assert_eq!(halts.in_force(|| 8), Some(9));
			assert_eq!(halts.in_force(|| 9), None);
		}
	}

	#[test]
	fn an_account_waits_for_the_next_pass_when_one_is_under_way() {
		type Record = SweepRecord<u8, ConstU32<2>>;
		let mut sweep = Record::default();
		sweep.add(&1);
		sweep.add(&1);
		sweep.cursor = Some(SweepCursor {
			asset: 1,
			level: LevelKey {
				side: Side::Buy,
				tick: 1,
			},
			walk: None,
		});
		sweep.add(&1);
		sweep.add(&2);
		assert!(sweep.names(&1) && sweep.names(&2) && !sweep.names(&3));
		sweep.end_pass();
		assert!(sweep.passing.contains(&1) && sweep.passing.contains(&2) && !sweep.is_done());
		assert_eq!(sweep.cursor, None);
		// A third one does not fit.
		sweep.add(&3);
		assert_eq!(sweep.passing, SweepScope::Everyone);
		sweep.add(&4);
		assert!(sweep.names(&9));
		sweep.end_pass();
		assert!(sweep.is_done());
	}

	#[test]
	fn nothing_is_taken_that_is_not_there() {
		let mut account = Account::default();
		assert_eq!(account.take_cash(1), Err(LedgerError::Cash));
		assert_eq!(account.take_tonnes(2021, Tonnes(1)), Err(LedgerError::Tonnes));
		assert_eq!(account.unlock(&terms(Side::Buy)), Err(LedgerError::Unexpected));
		assert!(account.is_empty());
	}
}
