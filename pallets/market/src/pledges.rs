//! What agreements outside of the order book bind on the trading ledger.

use crate::{
	Config, Error, Event, Funds, LedgerError, MarketPhase, MarketRecord, Markets, OrderTerms, Pallet,
	TradeKind, TradingAccountOf, TradingAccounts,
};
use carbon_matching::Side;
use carbon_primitives::{AssetId, Price, Tonnes};
use carbon_traits::{AgreedTrade, InspectGroup, InspectMarket, InspectTradingLimits, TradingLedger};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchResult, Weight},
	storage::with_storage_layer,
	traits::Time,
};

impl<T: Config> Pallet<T> {
	/// Change the trading account of `who` and store it.
	///
	/// One that is made by it knows the group and the limits, as one that a deposit makes does: nobody tells of them again. They are asked
	/// for only then, so that whoever has nothing to take costs nothing more.
	fn change_account(
		who: &T::AccountId,
		change: impl FnOnce(&mut TradingAccountOf<T>) -> Result<(), LedgerError>,
	) -> DispatchResult {
		let stored = TradingAccounts::<T>::get(who);
		let is_new = stored.is_none();
		let mut account = stored.unwrap_or_default();
		change(&mut account).map_err(Error::<T>::from)?;
		if is_new {
			account.group = T::Groups::group_of(who);
			account.limits = T::Limits::limits_of(who);
		}
		Self::put_account(who, &mut account);
		Ok(())
	}

	/// Check that the buyer of an agreed trade may hold what it brings.
	fn check_buyer(trade: &AgreedTrade<T::AccountId>, market: &MarketRecord) -> DispatchResult {
		let Some(most) = market.params.holding_max else {
			return Ok(());
		};
		Ok(Self::check_receiver(
			&trade.buyer,
			trade.asset,
			trade.tonnes,
			most,
		)?)
	}
}

impl<T: Config> TradingLedger<T::AccountId> for Pallet<T> {
	/// Tonnes that were bought on this day cannot be pledged where the market's rules keep them from being sold: a pledge of tonnes is
	/// the first half of a sale.
	fn pledge(who: &T::AccountId, funds: Funds) -> DispatchResult {
		if funds.is_zero() {
			return Ok(());
		}
		let bound_day = Self::bound_day(&funds);
		Self::change_account(who, |account| account.pledge(&funds, bound_day))?;
		Self::deposit_event(Event::Pledged {
			who: who.clone(),
			funds,
		});
		Ok(())
	}

	fn release(who: &T::AccountId, funds: Funds) -> DispatchResult {
		if funds.is_zero() {
			return Ok(());
		}
		Self::change_account(who, |account| account.unpledge(&funds))?;
		Self::deposit_event(Event::PledgeReleased {
			who: who.clone(),
			funds,
		});
		Ok(())
	}

	fn pay(from: &T::AccountId, to: &T::AccountId, funds: Funds) -> DispatchResult {
		if funds.is_zero() {
			return Ok(());
		}
		// One account after the other, so that paying oneself loses and makes nothing; all of it or nothing.
		with_storage_layer(|| {
			Self::change_account(from, |account| account.take_pledged(&funds))?;
			Self::change_account(to, |account| account.add(&funds))
		})?;
		Self::deposit_event(Event::PledgePaid {
			from: from.clone(),
			to: to.clone(),
			funds,
		});
		Ok(())
	}

	fn deliver(trade: &AgreedTrade<T::AccountId>) -> DispatchResult {
		ensure!(!trade.tonnes.is_zero(), Error::<T>::QuantityZero);
		let asset = trade.asset;
		let mut market = Markets::<T>::get(asset).ok_or(Error::<T>::MarketNotFound)?;
		Self::check_buyer(trade, &market)?;
		let day = market.today.bar.day;
		// A block trade costs no fee in the market.
		let leg = |side| OrderTerms {
			asset,
			side,
			price: trade.price,
			tonnes: trade.tonnes,
			left: Tonnes::ZERO,
			fee_ppm: 0,
		};
		with_storage_layer(|| {
			Self::change_account(&trade.seller, |account| account.deliver(&leg(Side::Sell), day))?;
			Self::change_account(&trade.buyer, |account| account.deliver(&leg(Side::Buy), day))
		})?;
		market.note_trade(Self::trade(TradeKind::Block, trade.price, trade.tonnes));
		Markets::<T>::insert(asset, market);
		Self::deposit_event(Event::BlockTradeDelivered {
			asset,
			seller: trade.seller.clone(),
			buyer: trade.buyer.clone(),
			price: trade.price,
			tonnes: trade.tonnes,
		});
		Ok(())
	}

	fn weight_of_limit() -> Weight {
		Self::weight_of_largest_group()
	}
}

impl<T: Config> InspectMarket for Pallet<T> {
	/// A market that collects orders for its auction, or holds it, is open.
	fn ensure_open(asset: AssetId) -> DispatchResult {
		let market = Markets::<T>::get(asset).ok_or(Error::<T>::MarketNotFound)?;
		let is_halted = market.halts.in_force(T::Time::now).is_some();
		ensure!(!is_halted, Error::<T>::MarketHalted);
		ensure!(
			market.today.phase != MarketPhase::Closed,
			Error::<T>::MarketClosed
		);
		Ok(())
	}

	fn reference_price(asset: AssetId) -> Option<Price> {
		Markets::<T>::get(asset).map(|market| market.today.reference)
	}
}
