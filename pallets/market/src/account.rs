//! What participants have on the trading ledger.

use crate::{DayTotals, OrderTerms};
use carbon_calendar::Day;
use carbon_matching::Side;
use carbon_primitives::{AssetId, Balance, Funds, GroupId, Price, Tonnes, TradingLimits, TradingRight};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	pallet_prelude::Get, BoundedVec, CloneNoBound, DebugNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound,
};
use scale_info::TypeInfo;

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
	/// What is bound by agreements outside of the order book.
	#[codec(compact)]
	pub pledged: Tonnes,
	/// How many orders of this asset rest.
	#[codec(compact)]
	pub orders: u32,
	/// What was bought and sold on the last day on which anything was.
	pub last_day: Option<DayTotals>,
}

impl Position {
	const fn new(asset: AssetId) -> Self {
		Self {
			asset,
			free: Tonnes::ZERO,
			locked: Tonnes::ZERO,
			buying: Tonnes::ZERO,
			pledged: Tonnes::ZERO,
			orders: 0,
			last_day: None,
		}
	}

	/// What is held, free or bound.
	pub fn held(&self) -> Tonnes {
		// Saturating hides nothing: no supply is as large, and a limit is passed all the same.
		let bound = self.locked.0.saturating_add(self.pledged.0);
		Tonnes(self.free.0.saturating_add(bound))
	}

	/// What counts towards a holding limit: what is held, and what resting buy orders may still bring.
	pub(crate) fn counted(&self) -> u128 {
		u128::from(self.held().0).saturating_add(self.buying.0.into())
	}

	/// What was bought and sold on `day`.
	pub fn totals_of(&self, day: Day) -> DayTotals {
		self.last_day
			.filter(|totals| totals.day == day)
			.unwrap_or(DayTotals {
				day,
				..Default::default()
			})
	}

	/// What of the free tonnes may leave the position, if what was bought on the day `bound` must stay.
	pub fn movable(&self, bound: Option<Day>) -> Tonnes {
		match bound {
			// Some of it may be gone: moved out by the regulator, or sold before the market had the rule. Then all that is free stays.
			Some(day) => self.free.shortfall(self.totals_of(day).bought.tonnes),
			None => self.free,
		}
	}

	/// Take tonnes that are free, of which those stay that were bought on the day `bound`.
	fn take_free(&mut self, tonnes: Tonnes, bound: Option<Day>) -> Result<(), LedgerError> {
		let left = self.free.checked_sub(tonnes).ok_or(LedgerError::Tonnes)?;
		if tonnes > self.movable(bound) {
			return Err(LedgerError::BoughtToday);
		}
		self.free = left;
		Ok(())
	}

	/// Add tonnes that are free.
	fn add_free(&mut self, tonnes: Tonnes) -> Result<(), LedgerError> {
		self.free = self.free.checked_add(tonnes).ok_or(LedgerError::Unexpected)?;
		Ok(())
	}

	/// Take tonnes that are pledged.
	fn take_pledged(&mut self, tonnes: Tonnes) -> Result<(), LedgerError> {
		self.pledged = self.pledged.checked_sub(tonnes).ok_or(LedgerError::Pledge)?;
		Ok(())
	}

	/// One order more rests.
	fn count_order(&mut self) -> Result<(), LedgerError> {
		self.orders = self.orders.checked_add(1).ok_or(LedgerError::Unexpected)?;
		Ok(())
	}

	const fn is_empty(&self) -> bool {
		let is_bound = !self.locked.is_zero() || !self.buying.is_zero() || !self.pledged.is_zero();
		self.free.is_zero() && !is_bound && self.orders == 0
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
	/// Settlement tokens that are bound by agreements outside of the order book, in fen.
	#[codec(compact)]
	pub cash_pledged: Balance,
	/// Holdings by rising asset number; an asset of which nothing is held, bound or wanted is left out.
	pub positions: BoundedVec<Position, MaxAssets>,
	/// Whether and how long the participant may trade: a copy of what the participants' side knows, which tells of each change.
	pub right: TradingRight,
	/// The group of firms under common control that the participant belongs to: a copy as well. Members of a group do not trade with
	/// each other in the book.
	pub group: Option<GroupId>,
	/// What its orders are limited to beside the rules of the market: a copy as well. It binds orders that come, not those at rest.
	pub limits: TradingLimits,
	/// Whether all orders of this account are to leave the books. From then on none of them trades, and none is added; it ends when
	/// the last one has gone.
	pub leaving: bool,
}

/// Why a trading account cannot do what is asked of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum LedgerError {
	/// There is too little cash.
	Cash,
	/// There are too few tonnes.
	Tonnes,
	/// There are enough tonnes, but of those that may not be sold on the day on which they were bought.
	BoughtToday,
	/// So much is not pledged.
	Pledge,
	/// The record has no place for one more asset.
	Assets,
	/// A number leaves its range, or a record contradicts the order book.
	Unexpected,
}

impl<MaxAssets: Get<u32>> TradingAccount<MaxAssets> {
	/// Whether nothing is left, so that the record goes away. The right to trade alone is no reason to keep it.
	pub fn is_empty(&self) -> bool {
		self.cash_free == 0 && self.cash_locked == 0 && self.cash_pledged == 0 && self.positions.is_empty()
	}

	/// Whether orders of this account rest in some book.
	pub fn has_orders(&self) -> bool {
		self.positions.iter().any(|position| position.orders > 0)
	}

	/// How many orders for `asset` rest.
	pub fn orders_for(&self, asset: AssetId) -> u32 {
		self.position(asset).map_or(0, |position| position.orders)
	}

	/// What of `asset` can be sold or withdrawn.
	pub fn free_of(&self, asset: AssetId) -> Tonnes {
		self.position(asset)
			.map_or(Tonnes::ZERO, |position| position.free)
	}

	/// Whether `tonnes` are all of `asset` that can be sold, if what was bought on the day `bound` must stay, and no sell order binds more.
	pub(crate) fn sells_out(&self, asset: AssetId, tonnes: Tonnes, bound: Option<Day>) -> bool {
		self.position(asset)
			.is_some_and(|position| position.locked.is_zero() && position.movable(bound) == tonnes)
	}

	/// What of `asset` counts towards a holding limit.
	pub(crate) fn counted_of(&self, asset: AssetId) -> u128 {
		self.position(asset).map_or(0, Position::counted)
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
		self.with_position(asset, |position| position.add_free(tonnes))
	}

	/// Take tonnes that are free, of which those stay that were bought on the day `bound`.
	pub(crate) fn take_tonnes(
		&mut self,
		asset: AssetId,
		tonnes: Tonnes,
		bound: Option<Day>,
	) -> Result<(), LedgerError> {
		self.find(asset).map_err(|_| LedgerError::Tonnes)?;
		self.with_position(asset, |position| position.take_free(tonnes, bound))
	}

	/// Add funds that are free.
	pub(crate) fn add(&mut self, funds: &Funds) -> Result<(), LedgerError> {
		match *funds {
			Funds::Cash { amount } => self.add_cash(amount),
			Funds::Allowances { asset, tonnes } => self.add_tonnes(asset, tonnes),
		}
	}

	/// Bind free funds by an agreement outside of the order book. Tonnes that were bought on the day `bound` stay free.
	pub(crate) fn pledge(&mut self, funds: &Funds, bound: Option<Day>) -> Result<(), LedgerError> {
		match *funds {
			Funds::Cash { amount } => {
				self.take_cash(amount)?;
				self.cash_pledged = self
					.cash_pledged
					.checked_add(amount)
					.ok_or(LedgerError::Unexpected)?;
				Ok(())
			}
			Funds::Allowances { asset, tonnes } => {
				self.find(asset).map_err(|_| LedgerError::Tonnes)?;
				self.with_position(asset, |position| {
					position.take_free(tonnes, bound)?;
					position.pledged = position
						.pledged
						.checked_add(tonnes)
						.ok_or(LedgerError::Unexpected)?;
					Ok(())
				})
			}
		}
	}

	/// Take pledged funds off the account.
	pub(crate) fn take_pledged(&mut self, funds: &Funds) -> Result<(), LedgerError> {
		match *funds {
			Funds::Cash { amount } => {
				self.cash_pledged = self.cash_pledged.checked_sub(amount).ok_or(LedgerError::Pledge)?;
				Ok(())
			}
			Funds::Allowances { asset, tonnes } => {
				self.find(asset).map_err(|_| LedgerError::Pledge)?;
				self.with_position(asset, |position| position.take_pledged(tonnes))
			}
		}
	}

	/// Make pledged funds free again.
	pub(crate) fn unpledge(&mut self, funds: &Funds) -> Result<(), LedgerError> {
		match *funds {
			Funds::Cash { amount } => {
				self.take_pledged(funds)?;
				self.add_cash(amount)
			}
			Funds::Allowances { asset, tonnes } => {
				self.find(asset).map_err(|_| LedgerError::Pledge)?;
				// In one step: the position may hold nothing but the pledge, and its figures of the day would go with it.
				self.with_position(asset, |position| {
					position.take_pledged(tonnes)?;
					position.add_free(tonnes)
				})
			}
		}
	}

	/// Settle this account's side of a trade whose both legs are pledged: what was pledged goes, what it is for comes in and is free.
	pub(crate) fn deliver(&mut self, trade: &OrderTerms, day: Day) -> Result<(), LedgerError> {
		let leg = trade.funds();
		match trade.side {
			Side::Buy => {
				self.take_pledged(&leg)?;
				self.add_tonnes(trade.asset, trade.tonnes)?;
				self.count_trade(trade, trade.price, day);
				Ok(())
			}
			Side::Sell => {
				// The figures of the day go with the position, should nothing else be left of it.
				self.count_trade(trade, trade.price, day);
				self.take_pledged(&leg)?;
				self.add_cash(trade.value())
			}
		}
	}

	/// Bind what an order needs while it rests, and count it. A sell needs tonnes that were not bought on the day `bound`.
	pub(crate) fn lock(&mut self, order: &OrderTerms, bound: Option<Day>) -> Result<(), LedgerError> {
		let OrderTerms {
			asset, side, tonnes, ..
		} = *order;
		match side {
			Side::Buy => {
				let value = order.bound();
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
					position.count_order()
				})
			}
			Side::Sell => {
				let at = self.find(asset).map_err(|_| LedgerError::Tonnes)?;
				let position = self.positions.get_mut(at).ok_or(LedgerError::Unexpected)?;
				position.take_free(tonnes, bound)?;
				position.locked = position
					.locked
					.checked_add(tonnes)
					.ok_or(LedgerError::Unexpected)?;
				position.count_order()
			}
		}
	}

	/// Set free what [`Self::lock`] bound for these terms, which are all of an order that has gone, or a part of one that stays.
	pub(crate) fn unlock(&mut self, order: &OrderTerms) -> Result<(), LedgerError> {
		match order.side {
			Side::Buy => {
				self.release(order)?;
				self.add_cash(order.bound())
			}
			Side::Sell => {
				// The tonnes come in first: the position may hold nothing but the order, and its figures of the day would go with it.
				self.add_tonnes(order.asset, order.tonnes)?;
				self.release(order)
			}
		}
	}

	/// Settle a fill of a resting order of this account, by which it may have gone, at `price`, which is its limit or better: what it
	/// bound goes away, what it wanted comes in, less the fee. Returns the fee.
	pub(crate) fn fill_maker(
		&mut self,
		fill: &OrderTerms,
		price: Price,
		day: Day,
	) -> Result<Balance, LedgerError> {
		let value = price.value_of(fill.tonnes);
		let fee = maker_fee(fill, price);
		match fill.side {
			Side::Buy => {
				// Bought units come in first: the position may hold nothing but the order, and would be dropped in between.
				self.add_tonnes(fill.asset, fill.tonnes)?;
				self.release(fill)?;
				// What the order bound for these tonnes suffices: at its limit the fee is what it bound for the fee, and at a better
				// price the fee is at most one fen above that, while each tonne costs at least one fen less.
				let paid = value.checked_add(fee).ok_or(LedgerError::Unexpected)?;
				self.add_cash(fill.bound().checked_sub(paid).ok_or(LedgerError::Unexpected)?)?;
				self.count_trade(fill, price, day);
			}
			Side::Sell => {
				// The figures of the day go with the position, should nothing else be left of it.
				self.count_trade(fill, price, day);
				self.release(fill)?;
				// A rate is below one, so that the fee is at most the value, however it is rounded.
				self.add_cash(value.checked_sub(fee).ok_or(LedgerError::Unexpected)?)?;
			}
		}
		Ok(fee)
	}

	/// Settle a fill of an incoming order of this account, which pays and delivers out of what is free, and pays `fee`.
	pub(crate) fn fill_taker(
		&mut self,
		fill: &OrderTerms,
		fee: Balance,
		day: Day,
	) -> Result<(), LedgerError> {
		let value = fill.value();
		match fill.side {
			Side::Buy => {
				self.take_cash(value.checked_add(fee).ok_or(LedgerError::Unexpected)?)?;
				self.add_tonnes(fill.asset, fill.tonnes)?;
				self.count_trade(fill, fill.price, day);
				Ok(())
			}
			Side::Sell => {
				self.count_trade(fill, fill.price, day);
				// What was bought today was left out when the order was checked.
				self.take_tonnes(fill.asset, fill.tonnes, None)?;
				self.add_cash(value.checked_sub(fee).ok_or(LedgerError::Unexpected)?)
			}
		}
	}

	/// Count a trade among those of `day`, if the account has a position of the asset.
	pub(crate) fn count_trade(&mut self, fill: &OrderTerms, price: Price, day: Day) {
		let Ok(at) = self.find(fill.asset) else { return };
		let Some(position) = self.positions.get_mut(at) else {
			return;
		};
		let mut totals = position.totals_of(day);
		let volume = match fill.side {
			Side::Buy => &mut totals.bought,
			Side::Sell => &mut totals.sold,
		};
		volume.add(price, fill.tonnes);
		position.last_day = Some(totals);
	}

	/// Undo the binding of [`Self::lock`] without giving back what was bound.
	fn release(&mut self, order: &OrderTerms) -> Result<(), LedgerError> {
		let tonnes = order.tonnes;
		let is_gone = order.left.is_zero();
		if order.side == Side::Buy {
			self.cash_locked = self
				.cash_locked
				.checked_sub(order.bound())
				.ok_or(LedgerError::Unexpected)?;
		}
		self.with_position(order.asset, |position| {
			let bound = match order.side {
				Side::Buy => &mut position.buying,
				Side::Sell => &mut position.locked,
			};
			*bound = bound.checked_sub(tonnes).ok_or(LedgerError::Unexpected)?;
			position.orders = position
				.orders
				.checked_sub(is_gone.into())
				.ok_or(LedgerError::Unexpected)?;
			Ok(())
		})
	}
}

/// The fee on `value`, both in fen, at a rate in parts per million, rounded up in favour of the market.
pub(crate) fn fee_of(value: Balance, ppm: u16) -> Balance {
	// Saturating hides nothing: a value is a price of 24 bits times a quantity of 64.
	value.saturating_mul(ppm.into()).div_ceil(1_000_000)
}

/// The fee on a fill of a resting order at `price`: what the whole order would pay at that price, less what is left of it would. So the
/// order pays, over all its fills at one price, what it would pay for all of it at once: rounded up once, in favour of the market, and a
/// taker that fills it in small parts costs it nothing.
fn maker_fee(fill: &OrderTerms, price: Price) -> Balance {
	let left = price.value_of(fill.left);
	// Saturating hides nothing: an order has at most 2^64 tonnes at a price of 24 bits, and a part pays no more than all.
	let all = price.value_of(fill.tonnes).saturating_add(left);
	fee_of(all, fill.fee_ppm).saturating_sub(fee_of(left, fill.fee_ppm))
}

#[cfg(test)]
mod tests {
	use super::*;
	use carbon_primitives::Price;

	type Account = TradingAccount<frame_support::traits::ConstU32<2>>;

	fn terms(side: Side) -> OrderTerms {
		OrderTerms {
			asset: 2021,
			side,
			price: Price(7),
			tonnes: Tonnes(3),
			left: Tonnes::ZERO,
			fee_ppm: 0,
		}
	}

	#[test]
	fn unlocking_gives_back_what_locking_took() {
		let mut account = Account::default();
		account.add_cash(100).expect("fits");
		account.add_tonnes(2021, Tonnes(9)).expect("fits");
		for side in [Side::Buy, Side::Sell] {
			let before = account.clone();
			account.lock(&terms(side), None).expect("funded");
			assert_ne!(account, before);
			account.unlock(&terms(side)).expect("bound");
			assert_eq!(account, before);
		}
	}

	#[test]
	fn a_resting_buy_keeps_a_place_for_what_it_buys() {
		let mut account = Account::default();
		account.add_cash(100).expect("fits");
		account.lock(&terms(Side::Buy), None).expect("funded");
		account.add_tonnes(2022, Tonnes(1)).expect("a second place");
		assert_eq!(account.add_tonnes(2023, Tonnes(1)), Err(LedgerError::Assets));
		account
			.fill_maker(&terms(Side::Buy), Price(7), Day(1))
			.expect("its place is kept");
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
		account.fill_taker(&terms(Side::Sell), 0, Day(1)).expect("funded");
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
			account.lock(&terms(side), None).expect("funded");
			assert!(account.has_orders());
			account.unlock(&terms(side)).expect("bound");
		}
		// An order at the price of zero would bind no cash; what it wants is noted all the same.
		let free = OrderTerms {
			price: Price(0),
			..terms(Side::Buy)
		};
		account.lock(&free, None).expect("funded");
		assert!(account.has_orders());
	}

	#[test]
	fn a_part_that_is_given_back_leaves_the_order_counted() {
		let mut account = Account::default();
		account.add_cash(21).expect("fits");
		account.lock(&terms(Side::Buy), None).expect("funded");
		let part = OrderTerms {
			tonnes: Tonnes(1),
			left: Tonnes(2),
			..terms(Side::Buy)
		};
		account.unlock(&part).expect("bound");
		assert_eq!((account.cash_free, account.orders_for(2021)), (7, 1));
		let rest = OrderTerms {
			tonnes: Tonnes(2),
			left: Tonnes::ZERO,
			..part
		};
		account.fill_maker(&rest, Price(7), Day(1)).expect("bound");
		assert_eq!((account.orders_for(2021), account.free_of(2021)), (0, Tonnes(2)));
	}

	#[test]
	fn nothing_is_taken_that_is_not_there() {
		let mut account = Account::default();
		assert_eq!(account.take_cash(1), Err(LedgerError::Cash));
		assert_eq!(
			account.take_tonnes(2021, Tonnes(1), None),
			Err(LedgerError::Tonnes)
		);
		assert_eq!(account.unlock(&terms(Side::Buy)), Err(LedgerError::Unexpected));
		assert!(account.is_empty());
	}
}
