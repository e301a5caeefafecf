//! What the end of a compliance period asks of the market.

use crate::{
	bars::{average_of, bars_of_days, bars_read},
	Bars, Config, Day, Markets, Pallet, Schedules, TradingAccounts, WeightInfo,
};
use carbon_primitives::{AssetId, Moment, Price, Tonnes};
use carbon_traits::{InspectAveragePrice, InspectHoldings};
use frame_support::pallet_prelude::{DispatchResult, Get, Weight};

/// Days are those of the market's calendar as it is now. What has been traded on the day that runs counts, where it is one of them; a day
/// whose bar is not kept any more does not.
impl<T: Config> InspectAveragePrice for Pallet<T> {
	fn average_price(asset: AssetId, until: Moment, days: u32) -> Option<Price> {
		let (market, schedule) = (Markets::<T>::get(asset)?, Schedules::<T>::get(asset)?);
		let newest = schedule.calendar.day_of(until);
		// There is no day before the first one.
		let days = Day(newest.0.saturating_sub(days))..=newest;
		let today = Some(market.today.bar).filter(|bar| days.contains(&bar.day));
		let kept = T::BarsKept::get();
		let closes = schedule.closes.saturating_sub(kept)..schedule.closes;
		let ended = bars_of_days(closes, days, |close| {
			Bars::<T>::get(asset, close.checked_rem(kept)?)
		});
		average_of(today.map(Some).into_iter().chain(ended))
	}

	fn weight_of_average_price(days: u32) -> Weight {
		T::WeightInfo::average_price(bars_read(days, T::BarsKept::get()))
	}
}

/// The holding limit is that of the market of the asset, and counts as it does for a buy: both ledgers, what resting buys may bring, and
/// what was allocated. Without a market, or without a limit, anything may be received.
///
/// What moves inside of a group is counted once by asking afterwards, for nothing more.
impl<T: Config> InspectHoldings<T::AccountId> for Pallet<T> {
	fn traded(who: &T::AccountId, asset: AssetId) -> Tonnes {
		TradingAccounts::<T>::get(who)
			.and_then(|account| account.position(asset).map(|position| position.held()))
			.unwrap_or_default()
	}

	fn ensure_may_receive(who: &T::AccountId, asset: AssetId, tonnes: Tonnes) -> DispatchResult {
		let Some(most) = Markets::<T>::get(asset).and_then(|market| market.params.holding_max) else {
			return Ok(());
		};
		Ok(Self::check_receiver(who, asset, tonnes, most)?)
	}

	fn weight_of_ensure_may_receive() -> Weight {
		// The market, the trading account, and the group of whoever has none.
		Self::weight_of_largest_group().saturating_add(T::DbWeight::get().reads(3))
	}
}
