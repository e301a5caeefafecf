//! What the regulator may do to a market and to those who trade there.

use crate::{
	book::Book, makers::Makers, CancelReason, Config, Error, Event, MarketHalts, MarketParams, Markets,
	OrderIds, Pallet, WeightInfo,
};
use alloc::vec::Vec;
use carbon_primitives::{AssetId, Moment};
use carbon_traits::HaltMarkets;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchResult, Get, Weight},
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_force_cancel(asset: AssetId, orders: OrderIds) -> DispatchResult {
		ensure!(!orders.is_empty(), Error::<T>::BatchEmpty);
		let mut book = Book::<T>::of(asset);
		let mut makers = Makers::<T>::of(asset);
		let mut found = false;
		for order in orders {
			// What was filled or cancelled while the act was being decided on must not save the others.
			let Some(cancelled) = Self::take_out(&mut book, order, |_| true)? else {
				continue;
			};
			found = true;
			makers.release(order, cancelled, CancelReason::Forced)?;
		}
		ensure!(found, Error::<T>::OrderNotFound);
		Ok(())
	}

	pub(crate) fn do_set_params(asset: AssetId, params: MarketParams) -> DispatchResult {
		ensure!(params.are_valid(), Error::<T>::InvalidParams);
		let old_value = Markets::<T>::try_mutate(asset, |market| {
			let market = market.as_mut().ok_or(Error::<T>::MarketNotFound)?;
			ensure!(params.leave_room(&market.book), Error::<T>::BandExcludesOrders);
			market.today.set_band(&params);
			Ok::<_, Error<T>>(core::mem::replace(&mut market.params, params))
		})?;
		Self::deposit_event(Event::MarketParamsChanged {
			asset,
			old_value,
			new_value: params,
		});
		Ok(())
	}

	/// Change the halts of the market of `asset`. Says whether there is one.
	fn change_halts(asset: AssetId, change: impl FnOnce(&mut MarketHalts)) -> bool {
		let Some(mut market) = Markets::<T>::get(asset) else {
			return false;
		};
		let old_value = market.halts;
		change(&mut market.halts);
		let new_value = market.halts;
		if new_value != old_value {
			Markets::<T>::insert(asset, market);
			Self::deposit_event(Event::MarketHaltsChanged {
				asset,
				old_value,
				new_value,
			});
		}
		true
	}
}

impl<T: Config> HaltMarkets for Pallet<T> {
	fn halt_market(asset: AssetId, until: Option<Moment>) -> DispatchResult {
		let exists = Self::change_halts(asset, |halts| halts.own = until.unwrap_or_default());
		ensure!(exists, Error::<T>::MarketNotFound);
		Ok(())
	}

	fn halt_market_of_asset(asset: AssetId, until: Option<Moment>) -> DispatchResult {
		Self::change_halts(asset, |halts| halts.asset = until.unwrap_or_default());
		Ok(())
	}

	fn halt_all_markets(until: Option<Moment>) -> DispatchResult {
		// At most `MaxMarkets`. The keys come first: a map must not change while it is walked over.
		let assets: Vec<AssetId> = Markets::<T>::iter_keys().collect();
		for asset in assets {
			Self::change_halts(asset, |halts| halts.all = until.unwrap_or_default());
		}
		Ok(())
	}

	fn weight_of_one() -> Weight {
		T::WeightInfo::halt_market()
	}

	fn weight_of_all() -> Weight {
		T::WeightInfo::halt_all_markets(T::MaxMarkets::get())
	}
}
