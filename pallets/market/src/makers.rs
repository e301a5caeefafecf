//! The accounts of those whose orders leave the book: the makers of a match, and the owners of orders that are taken out.

use crate::{
	account::fee_of, price_of, tally::Tally, traded::Traded, CancelReason, Config, Error, Event, OrderTerms,
	Pallet, TradeKind, TradingAccountOf, TradingAccounts,
};
use carbon_calendar::Day;
use carbon_matching::{Cancelled, Fill, OrderId, Reduced, Resting, Rights, Settlement, Verdict};
use carbon_primitives::{AssetId, Balance, GroupId, Moment, Tonnes};
use frame_support::{pallet_prelude::DispatchResult, traits::Time};
use sp_runtime::DispatchError;

/// The trading account whose order is being dealt with. It is read once, however many of its orders follow each other, and it is
/// stored after each change.
pub(crate) struct Makers<T: Config> {
	asset: AssetId,
	in_hand: Option<(T::AccountId, TradingAccountOf<T>)>,
	now: Option<Moment>,
}

impl<T: Config> Makers<T> {
	/// Accounts with orders in the market of `asset`.
	pub(crate) fn of(asset: AssetId) -> Self {
		Self {
			asset,
			in_hand: None,
			now: None,
		}
	}

	fn account(&mut self, owner: &T::AccountId) -> Result<&mut TradingAccountOf<T>, DispatchError> {
		if self.in_hand.as_ref().is_none_or(|(who, _)| who != owner) {
			let account = TradingAccounts::<T>::get(owner).ok_or(Error::<T>::Unexpected)?;
			self.in_hand = Some((owner.clone(), account));
		}
		let (_, account) = self.in_hand.as_mut().ok_or(Error::<T>::Unexpected)?;
		Ok(account)
	}

	/// Whether the account of `owner` is in hand.
	pub(crate) fn has(&self, owner: &T::AccountId) -> bool {
		self.in_hand.as_ref().is_some_and(|(who, _)| who == owner)
	}

	/// The group that `owner` belongs to, by the copy on its account.
	pub(crate) fn group_of(&mut self, owner: &T::AccountId) -> Result<Option<GroupId>, DispatchError> {
		Ok(self.account(owner)?.group)
	}

	/// The chain's time, which is asked at most once.
	pub(crate) fn now(&mut self) -> Moment {
		*self.now.get_or_insert_with(T::Time::now)
	}

	/// Whether an order that ends at `expires` has ended; zero is never.
	pub(crate) fn has_expired(&mut self, expires: Moment) -> bool {
		expires != 0 && self.now() >= expires
	}

	/// Whether orders of `owner` may trade, by the copy of its right on its account.
	pub(crate) fn may_trade(&mut self, owner: &T::AccountId) -> Result<bool, DispatchError> {
		let right = self.account(owner)?.right;
		Ok(right.is_valid(|| self.now()))
	}

	/// Why no order of `owner` may stay in the book, if so.
	pub(crate) fn reason_to_leave(
		&mut self,
		owner: &T::AccountId,
	) -> Result<Option<CancelReason>, DispatchError> {
		if !self.may_trade(owner)? {
			return Ok(Some(CancelReason::RightEnded));
		}
		let leaving = self.account(owner)?.leaving;
		Ok(leaving.then_some(CancelReason::CancelAll))
	}

	/// Change the account of `owner` and store it.
	pub(crate) fn change<R>(
		&mut self,
		owner: &T::AccountId,
		change: impl FnOnce(&mut TradingAccountOf<T>) -> Result<R, crate::LedgerError>,
	) -> Result<R, DispatchError> {
		let account = self.account(owner)?;
		let result = change(account).map_err(Error::<T>::from)?;
		Pallet::<T>::put_account(owner, account);
		Ok(result)
	}

	/// Give back what `order` had bound, which has left the book.
	pub(crate) fn release(
		&mut self,
		order: OrderId,
		cancelled: Cancelled<T::AccountId>,
		reason: CancelReason,
	) -> DispatchResult {
		let terms = terms_of(self.asset, &cancelled);
		// The order's event comes before that of the account, should this have been its last order.
		Pallet::<T>::note_cancelled(order, &cancelled.owner, &terms, reason);
		self.change(&cancelled.owner, |account| account.unlock(&terms))
	}
}

/// What a cancelled order stood for.
pub(crate) fn terms_of<AccountId>(asset: AssetId, cancelled: &Cancelled<AccountId>) -> OrderTerms {
	OrderTerms {
		asset,
		side: cancelled.side,
		price: price_of(cancelled.tick),
		tonnes: Tonnes(cancelled.quantity),
		left: Tonnes::ZERO,
		fee_ppm: cancelled.tag,
	}
}

/// What the part stood for that an order has lost.
pub(crate) fn terms_lost<AccountId>(asset: AssetId, reduced: &Reduced<AccountId>) -> OrderTerms {
	OrderTerms {
		asset,
		side: reduced.side,
		price: price_of(reduced.tick),
		tonnes: Tonnes(reduced.quantity),
		left: Tonnes(reduced.remaining),
		fee_ppm: reduced.tag,
	}
}

impl<T: Config> Pallet<T> {
	/// Say that `order` has left the book with `terms`.
	pub(crate) fn note_cancelled(
		order: OrderId,
		owner: &T::AccountId,
		terms: &OrderTerms,
		reason: CancelReason,
	) {
		Self::deposit_event(Event::OrderCancelled {
			asset: terms.asset,
			order,
			owner: owner.clone(),
			tonnes: terms.tonnes,
			released: terms.funds(),
			reason,
		});
	}

	/// Say that `order` has lost `terms`.
	pub(crate) fn note_reduced(
		order: OrderId,
		owner: &T::AccountId,
		terms: &OrderTerms,
		reason: CancelReason,
	) {
		Self::deposit_event(Event::OrderReduced {
			asset: terms.asset,
			order,
			owner: owner.clone(),
			tonnes: terms.left,
			released: terms.funds(),
			reason,
		});
	}
}

/// Settles what an incoming order meets.
pub(crate) struct Matching<'a, T: Config> {
	/// Whose orders it meets.
	pub makers: &'a mut Makers<T>,
	/// Whose order comes in.
	pub taker: &'a T::AccountId,
	/// The account of that one; the caller stores it. What becomes of the taker's own orders is done to it as well.
	pub account: &'a mut TradingAccountOf<T>,
	/// The order that comes in.
	pub order: &'a OrderTerms,
	/// Why the order leaves that was asked about last.
	pub leaves: Option<CancelReason>,
	/// Whether orders of the taker have left the book or become smaller.
	pub has_lost_own: bool,
	/// The trading day.
	pub day: Day,
	/// What the fills add to the market's record.
	pub tally: &'a mut Tally,
	/// What is told of the fills.
	pub traded: &'a mut Traded<T>,
	/// What the order has paid or got so far, before fees.
	pub value: Balance,
}

impl<T: Config> Matching<'_, T> {
	/// Give back what `order` had bound, which has left the book.
	fn give_back(
		&mut self,
		order: OrderId,
		cancelled: Cancelled<T::AccountId>,
		reason: CancelReason,
	) -> DispatchResult {
		if cancelled.owner != *self.taker {
			return self.makers.release(order, cancelled, reason);
		}
		let terms = terms_of(self.order.asset, &cancelled);
		self.account.unlock(&terms).map_err(Error::<T>::from)?;
		self.has_lost_own = true;
		Pallet::<T>::note_cancelled(order, self.taker, &terms, reason);
		Ok(())
	}
}

impl<T: Config> Rights<T::AccountId> for Matching<'_, T> {
	type Error = DispatchError;

	fn verdict(&mut self, order: &Resting<T::AccountId>) -> Result<Verdict, DispatchError> {
		// Whoever places an order may trade, and its account is in hand.
		let is_own = order.owner == *self.taker;
		self.leaves = if self.makers.has_expired(order.expires) {
			Some(CancelReason::Expired)
		} else if is_own {
			None
		} else {
			self.makers.reason_to_leave(&order.owner)?
		};
		if self.leaves.is_some() {
			return Ok(Verdict::Leave);
		}
		let group = self.account.group;
		let belongs_together = is_own || group.is_some() && self.makers.account(&order.owner)?.group == group;
		Ok(if belongs_together {
			Verdict::Own
		} else {
			Verdict::Trade
		})
	}

	fn on_withdrawn(&mut self, order: OrderId, cancelled: Cancelled<T::AccountId>) -> DispatchResult {
		let reason = self.leaves.take().ok_or(Error::<T>::Unexpected)?;
		self.give_back(order, cancelled, reason)
	}
}

impl<T: Config> Settlement<T::AccountId> for Matching<'_, T> {
	/// Move both legs of a trade, or fail.
	fn on_fill(&mut self, fill: Fill<T::AccountId>) -> DispatchResult {
		let trade = OrderTerms {
			price: price_of(fill.tick),
			tonnes: Tonnes(fill.quantity),
			..*self.order
		};
		let value = self.value.saturating_add(trade.value());
		// Rounded up once for the order, however many it meets.
		let taker_fee =
			fee_of(value, self.order.fee_ppm).saturating_sub(fee_of(self.value, self.order.fee_ppm));
		self.value = value;
		let (day, price) = (self.day, trade.price);
		self.account
			.fill_taker(&trade, taker_fee, day)
			.map_err(Error::<T>::from)?;
		let given = OrderTerms {
			side: trade.side.opposite(),
			left: Tonnes(fill.remaining),
			fee_ppm: fill.tag,
			..trade
		};
		let maker_fee = self
			.makers
			.change(&fill.owner, |account| account.fill_maker(&given, price, day))?;
		self.tally.add(
			Pallet::<T>::trade(TradeKind::Continuous, price, trade.tonnes),
			maker_fee.saturating_add(taker_fee),
		);
		self.traded
			.note_fill(fill.order, self.taker, &fill.owner, price, trade.tonnes);
		Pallet::<T>::deposit_event(Event::OrderFilled {
			asset: trade.asset,
			maker_order: fill.order,
			maker: fill.owner,
			taker: self.taker.clone(),
			taker_side: trade.side,
			price,
			tonnes: trade.tonnes,
			maker_resting: given.left,
			maker_fee,
			taker_fee,
		});
		Ok(())
	}

	fn on_own_withdrawn(&mut self, order: OrderId, cancelled: Cancelled<T::AccountId>) -> DispatchResult {
		self.give_back(order, cancelled, CancelReason::SelfTrade)
	}

	fn on_decremented(&mut self, order: OrderId, reduced: Reduced<T::AccountId>) -> DispatchResult {
		let terms = terms_lost(self.order.asset, &reduced);
		Pallet::<T>::note_reduced(order, &reduced.owner, &terms, CancelReason::SelfTrade);
		if reduced.owner == *self.taker {
			self.has_lost_own = true;
			return Ok(self.account.unlock(&terms).map_err(Error::<T>::from)?);
		}
		self.makers
			.change(&reduced.owner, |account| account.unlock(&terms))
	}
}
