//! The accounts of those whose orders leave the book: the makers of a match, and the owners of orders that are taken out.

use crate::{
	price_of, CancelReason, Config, Error, Event, OrderTerms, Pallet, TradingAccountOf, TradingAccounts,
};
use carbon_matching::{Cancelled, Fill, OrderId, Rights, Settlement};
use carbon_primitives::{AssetId, Moment, Tonnes};
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

	/// Whether orders of `owner` may trade, by the copy of its right on its account. The time is asked at most once.
	pub(crate) fn may_trade(&mut self, owner: &T::AccountId) -> Result<bool, DispatchError> {
		let right = self.account(owner)?.right;
		Ok(right.is_valid(|| *self.now.get_or_insert_with(T::Time::now)))
	}

	/// Change the account of `owner` and store it.
	pub(crate) fn change(
		&mut self,
		owner: &T::AccountId,
		change: impl FnOnce(&mut TradingAccountOf<T>) -> Result<(), crate::LedgerError>,
	) -> DispatchResult {
		let account = self.account(owner)?;
		change(account).map_err(Error::<T>::from)?;
		Pallet::<T>::put_account(owner, account);
		Ok(())
	}

	/// Give back what `order` had bound, which has left the book.
	pub(crate) fn release(
		&mut self,
		order: OrderId,
		cancelled: Cancelled<T::AccountId>,
		reason: CancelReason,
	) -> DispatchResult {
		let terms = OrderTerms {
			asset: self.asset,
			side: cancelled.side,
			price: price_of(cancelled.tick),
			tonnes: Tonnes(cancelled.quantity),
		};
		self.change(&cancelled.owner, |account| account.unlock(&terms))?;
		Pallet::<T>::deposit_event(Event::OrderCancelled {
			asset: self.asset,
			order,
			owner: cancelled.owner,
			tonnes: terms.tonnes,
			released: terms.funds(),
			reason,
		});
		Ok(())
	}
}

/// Settles what an incoming order meets.
pub(crate) struct Matching<'a, T: Config> {
	/// Whose orders it meets.
	pub makers: Makers<T>,
	/// Whose order comes in.
	pub taker: &'a T::AccountId,
	/// The account of that one; the caller stores it.
	pub account: &'a mut TradingAccountOf<T>,
	/// The order that comes in.
	pub order: &'a OrderTerms,
}

impl<T: Config> Rights<T::AccountId> for Matching<'_, T> {
	type Error = DispatchError;

	fn may_fill(&mut self, owner: &T::AccountId) -> Result<bool, DispatchError> {
		self.makers.may_trade(owner)
	}

	fn on_withdrawn(&mut self, order: OrderId, cancelled: Cancelled<T::AccountId>) -> DispatchResult {
		self.makers.release(order, cancelled, CancelReason::RightEnded)
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
		self.account.fill_taker(&trade).map_err(Error::<T>::from)?;
		let given = OrderTerms {
			side: trade.side.opposite(),
			..trade
		};
		self.makers
			.change(&fill.owner, |account| account.fill_maker(&given))?;
		Pallet::<T>::deposit_event(Event::OrderFilled {
			asset: trade.asset,
			maker_order: fill.order,
			maker: fill.owner,
			taker: self.taker.clone(),
			taker_side: trade.side,
			price: trade.price,
			tonnes: trade.tonnes,
			maker_resting: Tonnes(fill.remaining),
		});
		Ok(())
	}
}
