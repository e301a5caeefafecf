//! Opening markets, and taking orders out of their books.

use crate::{
	auction::{AUCTION_ORDERS, AUCTION_PAGES},
	book::Book,
	makers::Makers,
	Bar, CancelReason, Config, Error, Event, MarketCount, MarketHalts, MarketParams, MarketPhase,
	MarketRecord, Markets, Pallet, Schedule, Schedules, TradingDay, WeightInfo, PAGE_SLOTS,
};
use carbon_calendar::Calendar;
use carbon_matching::{Cancelled, OrderId, Serial};
use carbon_primitives::{AssetId, Price};
use carbon_traits::{EnsureParticipant, InspectHalts, InspectTradable, OnMatched};
use frame_support::{
	defensive, ensure,
	pallet_prelude::{DispatchError, DispatchResult, Get},
	traits::Time,
};
use sp_runtime::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// Check that the configuration lets the market do its work.
	///
	/// # Panics
	/// It does not: a mistake of whoever composes the runtime.
	pub(crate) fn check_configuration() {
		assert!(T::MaxFillsPerOrder::get() > 0, "an order must be able to trade");
		assert!(
			T::MaxAssetsPerAccount::get() > 0,
			"an account must be able to hold an asset"
		);
		assert!(T::MaxMarkets::get() > 0, "there must be room for a market");
		assert!(T::BarsKept::get() > 0, "a market must keep the last day");
		let quarter = T::BlockWeights::get().max_block.saturating_div(4);
		let page = T::WeightInfo::sweep_page(PAGE_SLOTS).saturating_add(T::WeightInfo::sweep_begin());
		assert!(
			page.all_lte(quarter),
			"a block that is not full must have room for sweeping a page"
		);
		let orders = AUCTION_ORDERS + AUCTION_PAGES;
		let settle = T::WeightInfo::auction_settle(orders).saturating_add(T::OnMatched::weight_of_matched());
		let step = T::WeightInfo::auction_search(orders).max(settle);
		assert!(
			step.all_lte(quarter),
			"a block must have room for a step of an auction"
		);
	}

	pub(crate) fn do_create_market(
		asset: AssetId,
		params: MarketParams,
		reference: Price,
		calendar: Calendar,
	) -> DispatchResult {
		ensure!(T::Registry::is_tradable(asset), Error::<T>::AssetNotTradable);
		ensure!(params.are_valid(), Error::<T>::InvalidParams);
		ensure!(params.accepts_reference(reference), Error::<T>::InvalidReference);
		ensure!(calendar.check().is_ok(), Error::<T>::InvalidCalendar);
		ensure!(!Markets::<T>::contains_key(asset), Error::<T>::MarketExists);
		ensure!(!T::Halts::is_asset_halted(asset), Error::<T>::AssetHalted);
		let markets = MarketCount::<T>::get();
		ensure!(markets < T::MaxMarkets::get(), Error::<T>::TooManyMarkets);
		// The asset is not halted, and a market that did not exist cannot have been: what is in force halts all trading.
		let halts = MarketHalts {
			all: T::Halts::market_halted_until(asset).unwrap_or_default(),
			..Default::default()
		};
		MarketCount::<T>::put(markets.saturating_add(1));
		let now = T::Time::now();
		let mut today = TradingDay {
			phase: MarketPhase::Closed,
			bar: Bar::new(Self::trading_day(&calendar, now)),
			reference,
			price_min: params.price_min,
			price_max: params.price_max,
		};
		today.set_band(&params);
		today.phase = Self::phase_of(&calendar, now);
		Self::schedule_market(asset, calendar.next_change(now))?;
		Markets::<T>::insert(
			asset,
			MarketRecord {
				params,
				halts,
				today,
				recent: Default::default(),
				fees: 0,
				book: Default::default(),
			},
		);
		Schedules::<T>::insert(
			asset,
			Schedule {
				calendar: calendar.clone(),
				closes: 0,
			},
		);
		Self::deposit_event(Event::MarketCreated {
			asset,
			params,
			halts,
			reference,
			calendar,
			phase: today.phase,
		});
		Ok(())
	}

	/// A number for a new page, larger than any before: height of the block and count of the events in it.
	///
	/// Each order deposits at least one event, so that two orders never get the same number, and no counter is kept: a book
	/// that is empty again leaves no trace.
	pub(crate) fn next_serial() -> Serial {
		let height: u32 = frame_system::Pallet::<T>::block_number().saturated_into();
		Serial::from(height) << 32 | Serial::from(frame_system::Pallet::<T>::event_count())
	}

	pub(crate) fn do_cancel_order(who: T::AccountId, asset: AssetId, order: OrderId) -> DispatchResult {
		let mut makers = Makers::<T>::of(asset);
		let mut reason = CancelReason::Owner;
		let mut looked_up = Ok(());
		let may_cancel = |owner: &T::AccountId| {
			if *owner == who {
				return true;
			}
			// An order that cannot trade any more only stands in the way: whoever is admitted may clear it away.
			reason = CancelReason::RightEnded;
			match makers.may_trade(owner) {
				Ok(may_trade) => !may_trade && T::Participants::ensure_admitted(&who).is_ok(),
				Err(error) => {
					looked_up = Err(error);
					false
				}
			}
		};
		let taken_out = Self::take_out(&mut Book::<T>::of(asset), order, may_cancel);
		// A contradiction is no answer to the question whose order it is.
		looked_up?;
		let cancelled = taken_out?.ok_or(Error::<T>::OrderNotFound)?;
		makers.release(order, cancelled, reason)
	}

	/// Take an order out of the book, if it rests and an order of its owner may be cancelled. The caller gives back what it had
	/// bound.
	pub(crate) fn take_out(
		book: &mut Book<T>,
		order: OrderId,
		may_cancel: impl FnOnce(&T::AccountId) -> bool,
	) -> Result<Option<Cancelled<T::AccountId>>, DispatchError> {
		match carbon_matching::cancel(book, order, may_cancel) {
			Ok(cancelled) => Ok(Some(cancelled)),
			Err(carbon_matching::Error::OrderNotFound) => Ok(None),
			Err(error) => Err(Self::refusal_of_book(error.map(|never| match never {}))),
		}
	}

	/// What the caller is told where the engine refuses.
	pub(crate) fn refusal_of_book(error: carbon_matching::Error<DispatchError>) -> DispatchError {
		use carbon_matching::Error as Refusal;
		match error {
			Refusal::Settlement(error) => error,
			Refusal::OrderNotFound => Error::<T>::OrderNotFound.into(),
			Refusal::NotOrderOwner => Error::<T>::NotOrderOwner.into(),
			Refusal::NotFilled => Error::<T>::NotFilled.into(),
			Refusal::WouldTrade => Error::<T>::WouldTrade.into(),
			// Quantity and price were checked, also that of an order which is made smaller, and the rules of a market keep its prices
			// so near that each has room. What an auction runs into is dealt with where it is held.
			Refusal::TickOutOfRange
			| Refusal::QuantityZero
			| Refusal::QuantityNotLower
			| Refusal::BookChanged
			| Refusal::TooManyPriceLevels
			| Refusal::Corrupt => {
				defensive!("the parts of an order book contradict each other");
				Error::<T>::Unexpected.into()
			}
		}
	}
}
