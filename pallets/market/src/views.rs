//! Questions about the market, answered from one state. They read as much as they need: none of them is part of a call.

use crate::{
	book::Book, price_of, Bars, BestPrices, Calendar, Config, Day, DayTotals, DayView, Depth, LevelView,
	MarketParams, MarketStatus, Markets, OrderView, Pallet, Schedules, Trade, TradingAccountView,
	TradingAccounts, BARS_OF_MAX, DEPTH_LEVELS_MAX, ORDERS_OF_MAX,
};
use alloc::{collections::BTreeMap, vec::Vec};
use carbon_matching::{OrderId, Side};
use carbon_primitives::{AssetId, Moment, Tonnes};
use frame_support::{pallet_prelude::Get, traits::Time};

impl<T: Config> Pallet<T> {
	/// Every market and its rules, in no particular order.
	pub fn markets() -> Vec<(AssetId, MarketParams)> {
		Markets::<T>::iter()
			.map(|(asset, market)| (asset, market.params))
			.collect()
	}

	/// The `levels` best price levels of each side of the market for `asset`, at most [`DEPTH_LEVELS_MAX`].
	pub fn depth(asset: AssetId, levels: u32) -> Depth {
		let side = |side| {
			carbon_matching::depth(&mut Book::<T>::of(asset), side, levels.min(DEPTH_LEVELS_MAX))
				.into_iter()
				.map(|level| LevelView {
					price: price_of(level.tick),
					tonnes: Tonnes(level.quantity),
					orders: level.orders,
				})
				.collect()
		};
		Depth {
			bids: side(Side::Buy),
			asks: side(Side::Sell),
		}
	}

	/// The best prices of the market for `asset`, and the price of its latest fill.
	pub fn best_prices(asset: AssetId) -> BestPrices {
		let book = Markets::<T>::get(asset)
			.map(|market| market.book)
			.unwrap_or_default();
		BestPrices {
			bid: book.best(Side::Buy).map(price_of),
			ask: book.best(Side::Sell).map(price_of),
			last: book.last.map(price_of),
		}
	}

	/// The order `order` of the market for `asset`, if it rests.
	pub fn order(asset: AssetId, order: OrderId) -> Option<OrderView<T::AccountId>> {
		carbon_matching::order(&mut Book::<T>::of(asset), order).map(|found| OrderView {
			owner: found.owner,
			side: found.side,
			price: price_of(found.tick),
			tonnes: Tonnes(found.quantity),
			expires: expires_of(found.expires),
		})
	}

	/// Orders of `who` in the market for `asset`, by rising identifier: the first `count` of them whose identifier is above `from`,
	/// at most [`ORDERS_OF_MAX`]. Whoever asks for more names the last one that it got. The whole book is walked over for it.
	pub fn orders_of(
		asset: AssetId,
		who: T::AccountId,
		from: Option<OrderId>,
		count: u32,
	) -> Vec<(OrderId, OrderView<T::AccountId>)> {
		let count = count.min(ORDERS_OF_MAX) as usize;
		let rests = TradingAccounts::<T>::get(&who).is_some_and(|account| account.orders_for(asset) > 0);
		let mut found = BTreeMap::new();
		if !rests || count == 0 {
			return Vec::new();
		}
		// What is wrong with the book is the audit's to tell; here is what was found.
		let _ = carbon_matching::verify_parts(&mut Book::<T>::of(asset), |id, order| {
			if order.owner != who || from.is_some_and(|from| id <= from) {
				return;
			}
			let view = OrderView {
				owner: order.owner.clone(),
				side: id.side(),
				price: price_of(id.tick()),
				tonnes: Tonnes(order.quantity),
				expires: expires_of(order.expires),
			};
			found.insert(id, view);
			if found.len() > count {
				found.pop_last();
			}
		});
		found.into_iter().collect()
	}

	/// What `who` has on the trading ledger.
	pub fn trading_account(who: T::AccountId) -> TradingAccountView {
		let account = TradingAccounts::<T>::get(who).unwrap_or_default();
		TradingAccountView {
			cash_free: account.cash_free,
			cash_locked: account.cash_locked,
			cash_pledged: account.cash_pledged,
			positions: account.positions.into_inner(),
			right: account.right,
			group: account.group,
			limits: account.limits,
			leaving: account.leaving,
		}
	}

	/// Where the market for `asset` stands at this moment.
	pub fn market_status(asset: AssetId) -> Option<MarketStatus> {
		let (market, schedule) = (Markets::<T>::get(asset)?, Schedules::<T>::get(asset)?);
		let today = market.today;
		Some(MarketStatus {
			phase: today.phase,
			bar: today.bar,
			reference: today.reference,
			price_min: today.price_min,
			price_max: today.price_max,
			next_change: schedule.calendar.next_change(T::Time::now()),
			closes: schedule.closes,
			fees: market.fees,
		})
	}

	/// When the market for `asset` trades.
	pub fn calendar(asset: AssetId) -> Option<Calendar> {
		Schedules::<T>::get(asset).map(|schedule| schedule.calendar)
	}

	/// Days of the market for `asset` that have ended, the oldest first: the first `count` of those that are kept and are not before
	/// `from`, at most [`BARS_OF_MAX`]. Whoever asks for more names the day after the last one that it got.
	pub fn bars(asset: AssetId, from: Day, count: u32) -> Vec<DayView> {
		let closes = Schedules::<T>::get(asset).map_or(0, |schedule| schedule.closes);
		let kept = T::BarsKept::get();
		(closes.saturating_sub(kept)..closes)
			.filter_map(|close| Bars::<T>::get(asset, close.checked_rem(kept)?))
			.filter(|bar| bar.day >= from)
			.take(count.min(BARS_OF_MAX) as usize)
			.map(DayView::from)
			.collect()
	}

	/// The latest trades of the market for `asset`, the newest first: listed ones and block trades.
	pub fn last_trades(asset: AssetId) -> Vec<Trade> {
		let recent = Markets::<T>::get(asset).map(|market| market.recent);
		recent.into_iter().flatten().rev().collect()
	}

	/// What `who` has bought and sold on the current day of the market for `asset`. Nothing is known of whoever has nothing left of the
	/// asset on its trading account, neither tonnes nor orders.
	pub fn day_totals(asset: AssetId, who: T::AccountId) -> DayTotals {
		let Some(market) = Markets::<T>::get(asset) else {
			return DayTotals::default();
		};
		let day = market.today.bar.day;
		TradingAccounts::<T>::get(who)
			.and_then(|account| account.position(asset).map(|position| position.totals_of(day)))
			.unwrap_or(DayTotals {
				day,
				..Default::default()
			})
	}

	/// The end of the halt of the market for `asset` that is in force.
	pub fn market_halted_until(asset: AssetId) -> Option<Moment> {
		Markets::<T>::get(asset).and_then(|market| market.halts.in_force(T::Time::now))
	}
}

/// The end of an order as the engine keeps it.
const fn expires_of(expires: Moment) -> Option<Moment> {
	match expires {
		0 => None,
		expires => Some(expires),
	}
}
