//! Opening markets, placing and cancelling orders.

use crate::{
	book::Book,
	makers::{Makers, Matching},
	CancelReason, Config, Error, Event, MarketCount, MarketHalts, MarketParams, MarketRecord, Markets,
	OrderTerms, Pallet, TradingAccountOf, TradingAccounts, WeightInfo,
};
use carbon_matching::{Cancelled, Incoming, Limits, OrderId, ReturnReason, Serial, Tick, TimeInForce};
use carbon_primitives::{AssetId, Price, Tonnes};
use carbon_traits::{EnsureParticipant, InspectHalts, InspectTradable};
use frame_support::{
	defensive,
	dispatch::{DispatchErrorWithPostInfo, WithPostDispatchInfo},
	ensure,
	pallet_prelude::{DispatchError, DispatchResult, Get, Weight},
	traits::Time,
};
use sp_runtime::SaturatedConversion;

/// An order that has passed every check that does not need the book.
struct CheckedOrder<T: Config> {
	market: MarketRecord,
	account: TradingAccountOf<T>,
	tick: Tick,
	/// Whether the account carries a new copy of the participant's right.
	renewed: bool,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_create_market(asset: AssetId, params: MarketParams) -> DispatchResult {
		ensure!(T::Registry::is_tradable(asset), Error::<T>::AssetNotTradable);
		ensure!(params.are_valid(), Error::<T>::InvalidParams);
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
		Markets::<T>::insert(
			asset,
			MarketRecord {
				params,
				halts,
				book: Default::default(),
			},
		);
		Self::deposit_event(Event::MarketCreated { asset, params, halts });
		Ok(())
	}

	/// Match and rest an order. Returns what that weighed.
	pub(crate) fn do_place_order(
		who: T::AccountId,
		order: OrderTerms,
		time_in_force: TimeInForce,
	) -> Result<Weight, DispatchErrorWithPostInfo> {
		// What it weighs beside the orders that it meets: nothing more, unless the participant's right has to be asked for.
		let mut beside = Weight::zero();
		let CheckedOrder {
			market,
			mut account,
			tick,
			renewed,
		} = Self::check_order(&who, &order, &mut beside)
			.map_err(|error| error.with_weight(Self::weight_of_placing(0).saturating_add(beside)))?;

		let incoming = Incoming {
			owner: who.clone(),
			side: order.side,
			tick,
			quantity: order.tonnes.0,
			time_in_force,
		};
		let limits = Limits {
			fills_max: T::MaxFillsPerOrder::get(),
			serial: Self::next_serial(),
		};
		let mut matching = Matching {
			makers: Makers::<T>::of(order.asset),
			taker: &who,
			account: &mut account,
			order: &order,
		};
		let mut book = Book::<T>::with(order.asset, market);
		let outcome = carbon_matching::place(&mut book, incoming, limits, &mut matching)
			.map_err(Self::refusal_of_book)?;

		let resting = Tonnes(outcome.rested.map_or(0, |(_, quantity)| quantity));
		if !resting.is_zero() {
			account
				.lock(&OrderTerms {
					tonnes: resting,
					..order
				})
				.map_err(Error::<T>::from)?;
		}
		if outcome.fills > 0 || !resting.is_zero() || renewed {
			Self::put_account(&who, &account);
		}
		let OrderTerms {
			asset,
			side,
			price,
			tonnes,
		} = order;
		Self::deposit_event(Event::OrderPlaced {
			asset,
			owner: who.clone(),
			side,
			price,
			tonnes,
			time_in_force,
			order: outcome.rested.map(|(id, _)| id),
			resting,
		});
		let mut met = outcome.fills.saturating_add(outcome.withdrawn);
		if let Some((quantity, reason)) = outcome.returned {
			// An own order, at which the walk ends, has to be read as well.
			met = met.saturating_add(u32::from(reason == ReturnReason::OwnOrder));
			Self::deposit_event(Event::OrderReturned {
				asset,
				owner: who,
				tonnes: Tonnes(quantity),
				reason,
			});
		}
		Ok(Self::weight_of_placing(met).saturating_add(beside))
	}

	/// What placing an order weighs that meets `met` others.
	pub(crate) fn weight_of_placing(met: u32) -> Weight {
		match met {
			0 => T::WeightInfo::rest_order(),
			// At most the most that one call may meet.
			_ => T::WeightInfo::place_order(met),
		}
	}

	/// Check everything about an order that does not need the book. `beside` is raised by what the question for the participant's
	/// right weighs, where it is asked.
	fn check_order(
		who: &T::AccountId,
		order: &OrderTerms,
		beside: &mut Weight,
	) -> Result<CheckedOrder<T>, DispatchError> {
		let market = Markets::<T>::get(order.asset).ok_or(Error::<T>::MarketNotFound)?;
		Self::check_terms(&market.params, order.price, order.tonnes)?;
		let halted = market.halts.in_force(T::Time::now).is_some();
		ensure!(!halted, Error::<T>::MarketHalted);
		let tick = Tick::try_from(order.price.0).map_err(|_| Error::<T>::PriceOutsideBand)?;
		let mut account = TradingAccounts::<T>::get(who).unwrap_or_default();
		let renewed = !account.right.is_valid(T::Time::now);
		if renewed {
			*beside = T::WeightInfo::renew_right();
			account.right = T::Participants::ensure_may_trade(who)?;
		}
		// The whole order is paid for at its limit, also the part that may trade at a better price, and what it may buy has a
		// place on the account.
		account.clone().lock(order).map_err(Error::<T>::from)?;
		Ok(CheckedOrder {
			market,
			account,
			tick,
			renewed,
		})
	}

	/// Check price and quantity against the rules of the market.
	fn check_terms(params: &MarketParams, price: Price, tonnes: Tonnes) -> Result<(), Error<T>> {
		ensure!(!tonnes.is_zero(), Error::<T>::QuantityZero);
		ensure!(tonnes.0.is_multiple_of(params.lot.0), Error::<T>::QuantityOffLot);
		ensure!(tonnes <= params.order_max, Error::<T>::QuantityAboveMax);
		ensure!(price.0.is_multiple_of(params.tick.0), Error::<T>::PriceOffTick);
		ensure!(
			price >= params.price_min && price <= params.price_max,
			Error::<T>::PriceOutsideBand
		);
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
			// Quantity and price were checked, and the rules of a market keep its prices so near that each has room.
			Refusal::TickOutOfRange
			| Refusal::QuantityZero
			| Refusal::TooManyPriceLevels
			| Refusal::Corrupt => {
				defensive!("the parts of an order book contradict each other");
				Error::<T>::Unexpected.into()
			}
		}
	}
}
