//! Opening markets, placing and cancelling orders.

use crate::{
	book::Book, price_of, Config, Error, Event, MarketParams, MarketRecord, Markets, OrderTerms, Pallet,
	TradingAccountOf, TradingAccounts, WeightInfo,
};
use carbon_matching::{Fill, Incoming, Limits, OrderId, Serial, Tick, TimeInForce};
use carbon_primitives::{AssetId, Price, Tonnes};
use carbon_traits::{EnsureParticipant, InspectTradable};
use frame_support::{
	defensive,
	dispatch::{DispatchErrorWithPostInfo, WithPostDispatchInfo},
	ensure,
	pallet_prelude::{DispatchError, DispatchResult, Get},
};
use sp_runtime::SaturatedConversion;

/// An order that has passed every check that does not need the book.
struct CheckedOrder<T: Config> {
	market: MarketRecord,
	account: TradingAccountOf<T>,
	tick: Tick,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_create_market(asset: AssetId, params: MarketParams) -> DispatchResult {
		ensure!(T::Registry::is_tradable(asset), Error::<T>::AssetNotTradable);
		ensure!(params.are_valid(), Error::<T>::InvalidParams);
		ensure!(!Markets::<T>::contains_key(asset), Error::<T>::MarketExists);
		Markets::<T>::insert(
			asset,
			MarketRecord {
				params,
				book: Default::default(),
			},
		);
		Self::deposit_event(Event::MarketCreated { asset, params });
		Ok(())
	}

	/// Match and rest an order. Returns how many makers it met.
	pub(crate) fn do_place_order(
		who: T::AccountId,
		order: OrderTerms,
		time_in_force: TimeInForce,
	) -> Result<u32, DispatchErrorWithPostInfo> {
		// An order that is refused has met nobody.
		let refused = |error: DispatchError| error.with_weight(T::WeightInfo::place_order(0));
		let CheckedOrder {
			market,
			mut account,
			tick,
		} = Self::check_order(&who, &order).map_err(refused)?;

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
		let outcome = carbon_matching::place(
			&mut Book::<T>::with(order.asset, market),
			incoming,
			limits,
			|fill| Self::settle(&who, &mut account, &order, fill),
		)
		.map_err(|error| match error {
			carbon_matching::Error::Settlement(error) => DispatchErrorWithPostInfo::from(error),
			// Among them too many price levels: the rules of a market keep its prices so near that each has room.
			_ => {
				defensive!("an order that was checked is refused by the engine");
				Error::<T>::Unexpected.into()
			}
		})?;

		let resting = Tonnes(outcome.rested.map_or(0, |(_, quantity)| quantity));
		if !resting.is_zero() {
			account
				.lock(&OrderTerms {
					tonnes: resting,
					..order
				})
				.map_err(Error::<T>::from)?;
		}
		if outcome.fills > 0 || !resting.is_zero() {
			Self::put_account(&who, account);
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
		if let Some((quantity, reason)) = outcome.returned {
			Self::deposit_event(Event::OrderReturned {
				asset,
				owner: who,
				tonnes: Tonnes(quantity),
				reason,
			});
		}
		Ok(outcome.fills)
	}

	/// Check everything about an order that does not need the book.
	fn check_order(who: &T::AccountId, order: &OrderTerms) -> Result<CheckedOrder<T>, DispatchError> {
		T::Participants::ensure_may_trade(who)?;
		let market = Markets::<T>::get(order.asset).ok_or(Error::<T>::MarketNotFound)?;
		Self::check_terms(&market.params, order.price, order.tonnes)?;
		let tick = Tick::try_from(order.price.0).map_err(|_| Error::<T>::PriceOutsideBand)?;
		let account = TradingAccounts::<T>::get(who).unwrap_or_default();
		// The whole order is paid for at its limit, also the part that may trade at a better price, and what it may buy has a
		// place on the account.
		account.clone().lock(order).map_err(Error::<T>::from)?;
		Ok(CheckedOrder {
			market,
			account,
			tick,
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

	/// Move both legs of a trade, or fail.
	fn settle(
		who: &T::AccountId,
		account: &mut TradingAccountOf<T>,
		order: &OrderTerms,
		fill: Fill<T::AccountId>,
	) -> DispatchResult {
		let trade = OrderTerms {
			price: price_of(fill.tick),
			tonnes: Tonnes(fill.quantity),
			..*order
		};
		let mut maker_account = TradingAccounts::<T>::get(&fill.owner).ok_or(Error::<T>::Unexpected)?;
		account.fill_taker(&trade).map_err(Error::<T>::from)?;
		maker_account
			.fill_maker(&OrderTerms {
				side: trade.side.opposite(),
				..trade
			})
			.map_err(Error::<T>::from)?;
		Self::put_account(&fill.owner, maker_account);
		Self::deposit_event(Event::OrderFilled {
			asset: trade.asset,
			maker_order: fill.order,
			maker: fill.owner,
			taker: who.clone(),
			taker_side: trade.side,
			price: trade.price,
			tonnes: trade.tonnes,
			maker_resting: Tonnes(fill.remaining),
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
		let cancelled =
			carbon_matching::cancel(&mut Book::<T>::of(asset), order, &who).map_err(|error| match error {
				carbon_matching::Error::OrderNotFound => Error::<T>::OrderNotFound,
				carbon_matching::Error::NotOrderOwner => Error::<T>::NotOrderOwner,
				_ => {
					defensive!("a resting order cannot be taken out of its book");
					Error::<T>::Unexpected
				}
			})?;
		let terms = OrderTerms {
			asset,
			side: cancelled.side,
			price: price_of(cancelled.tick),
			tonnes: Tonnes(cancelled.quantity),
		};
		let mut account = TradingAccounts::<T>::get(&who).ok_or(Error::<T>::Unexpected)?;
		account.unlock(&terms).map_err(Error::<T>::from)?;
		Self::put_account(&who, account);
		Self::deposit_event(Event::OrderCancelled {
			asset,
			order,
			owner: who,
			tonnes: terms.tonnes,
			released: terms.funds(),
		});
		Ok(())
	}
}
