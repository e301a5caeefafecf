//! What a participant does with orders of its own in one market: placing, replacing and cancelling them, one by one or together.

use crate::{
	book::Book,
	holding::Room,
	makers::{terms_lost, terms_of, Makers, Matching},
	price_of,
	tally::Tally,
	traded::Traded,
	BatchCancels, BatchOrders, CancelReason, Config, Error, Event, MarketHalts, MarketParams, MarketPhase,
	Markets, NewOrder, NextExpiry, OrderKind, OrderTerms, Pallet, Sweep, TradingAccountOf, TradingAccounts,
	TradingDay, WeightInfo,
};
use carbon_calendar::Day;
use carbon_matching::{Incoming, LevelKey, Limits, OrderId, Resting, SelfTrade, Side, Tick};
use carbon_primitives::{AssetId, Moment, Price, Tonnes};
use carbon_traits::OnMatched;
use frame_support::{
	dispatch::{DispatchErrorWithPostInfo, WithPostDispatchInfo},
	ensure,
	pallet_prelude::{DispatchError, DispatchResult, Get, Weight},
};

/// An order that has passed every check that does not need the book.
struct CheckedOrder {
	order: NewOrder,
	terms: OrderTerms,
	tick: Tick,
}

/// One participant at work in one market. The market's record and the participant's account are read once and stored once, by
/// [`Self::close`], whatever is done in between.
struct Desk<'a, T: Config> {
	who: &'a T::AccountId,
	asset: AssetId,
	params: MarketParams,
	halts: MarketHalts,
	today: TradingDay,
	book: Book<T>,
	/// What the fills add to the market's record.
	tally: Tally,
	/// What is told of the fills.
	traded: Traded<T>,
	makers: Makers<T>,
	/// The account of the participant, once it is needed.
	account: Option<TradingAccountOf<T>>,
	/// Whether the account has to be stored.
	is_changed: bool,
	/// The earliest end of the orders that were put to rest.
	earliest: Option<Moment>,
	/// What it weighs beside the orders and what they meet: nothing, unless the participant's right has to be asked for, its holding has
	/// to be counted, or the end of an order was noted.
	beside: Weight,
	/// How much the participant may hold, once a buy asks for it.
	room: Option<Room<T>>,
}

impl<'a, T: Config> Desk<'a, T> {
	fn open(who: &'a T::AccountId, asset: AssetId) -> Result<Self, DispatchError> {
		let market = Markets::<T>::get(asset).ok_or(Error::<T>::MarketNotFound)?;
		Ok(Self {
			who,
			asset,
			params: market.params,
			halts: market.halts,
			today: market.today,
			tally: Tally::default(),
			traded: Traded::default(),
			book: Book::<T>::with(asset, market),
			makers: Makers::<T>::of(asset),
			account: None,
			is_changed: false,
			earliest: None,
			beside: Weight::zero(),
			room: None,
		})
	}

	/// The account of the participant, to change it.
	fn account(&mut self) -> &mut TradingAccountOf<T> {
		self.account
			.get_or_insert_with(|| TradingAccounts::<T>::get(self.who).unwrap_or_default())
	}

	/// The day whose purchases may not be sold, if the market has that rule.
	fn bound_day(&self) -> Option<Day> {
		self.params.resale_next_day.then_some(self.today.bar.day)
	}

	/// Check everything about an order that does not need the book.
	fn check(&mut self, order: &NewOrder) -> Result<CheckedOrder, DispatchError> {
		let terms = OrderTerms {
			asset: self.asset,
			side: order.side,
			price: order.limit(self.params.tick, &self.today),
			tonnes: order.tonnes,
			left: Tonnes::ZERO,
			fee_ppm: self.fee_of(order)?,
		};
		self.check_terms(&terms)?;
		self.check_phase(order.kind)?;
		let tick = Tick::try_from(terms.price.0).map_err(|_| Error::<T>::PriceOutsideBand)?;
		if let Some(expires) = order.expires {
			ensure!(order.kind.may_rest(), Error::<T>::ExpiryUnfit);
			ensure!(self.makers.now() < expires, Error::<T>::ExpiryPassed);
		}
		let halted = self.halts.in_force(|| self.makers.now()).is_some();
		ensure!(!halted, Error::<T>::MarketHalted);
		self.ensure_may_place()?;
		self.check_credit(&terms, order.kind)?;
		let (asset, params, bound_day) = (self.asset, self.params, self.bound_day());
		let account = self.account();
		if terms.tonnes < params.order_min {
			// Whoever has less left than the smallest order may still sell it, but not beside another sell order: by cancelling that one
			// and placing the next it would have any number of small ones at rest.
			let sells_out = terms.side == Side::Sell && account.sells_out(asset, terms.tonnes, bound_day);
			ensure!(sells_out, Error::<T>::QuantityBelowMin);
		}
		ensure!(
			!order.kind.may_rest() || account.orders_for(asset) < params.orders_max,
			Error::<T>::TooManyOrders
		);
		// The whole order is paid for at its limit, also the part that may trade at a better price, and what it may buy has a
		// place on the account. Where a part trades and the other rests, each fee is rounded up for itself: the fen that may be missing
		// then is found when the other part is bound, which undoes the order.
		account
			.clone()
			.lock(&terms, bound_day)
			.map_err(Error::<T>::from)?;
		self.check_holding(&terms)?;
		Ok(CheckedOrder {
			order: *order,
			terms,
			tick,
		})
	}

	/// Check price and quantity against the rules of the market, but for its smallest quantity.
	fn check_terms(&self, terms: &OrderTerms) -> Result<(), Error<T>> {
		let params = &self.params;
		self.check_tonnes(terms.tonnes)?;
		ensure!(terms.tonnes <= params.order_max, Error::<T>::QuantityAboveMax);
		ensure!(
			terms.price.0.is_multiple_of(params.tick.0),
			Error::<T>::PriceOffTick
		);
		ensure!(
			terms.price >= self.today.price_min && terms.price <= self.today.price_max,
			Error::<T>::PriceOutsideBand
		);
		Ok(())
	}

	/// Check the order against what the participant's credit allows, by the copy on its account.
	fn check_credit(&mut self, terms: &OrderTerms, kind: OrderKind) -> Result<(), Error<T>> {
		let asset = self.asset;
		let account = self.account();
		let limits = account.limits;
		ensure!(
			!limits.buys_blocked || terms.side == Side::Sell,
			Error::<T>::BuysBlocked
		);
		ensure!(
			limits.order_max.is_none_or(|most| terms.tonnes <= most),
			Error::<T>::OrderAboveCreditLimit
		);
		let has_room = |most| account.orders_for(asset) < most;
		ensure!(
			!kind.may_rest() || limits.orders_max.is_none_or(has_room),
			Error::<T>::TooManyOrdersForCredit
		);
		Ok(())
	}

	/// Check that the market takes orders of this kind at this time.
	fn check_phase(&self, kind: OrderKind) -> Result<(), Error<T>> {
		match self.today.phase {
			MarketPhase::Continuous => Ok(()),
			MarketPhase::CallAuction if kind == OrderKind::GoodTillCancelled => Ok(()),
			MarketPhase::CallAuction => Err(Error::<T>::AuctionCollecting),
			MarketPhase::Uncrossing => Err(Error::<T>::AuctionHeld),
			MarketPhase::Closed => Err(Error::<T>::MarketClosed),
		}
	}

	/// The highest rate of fees that the order may have to pay.
	fn fee_of(&self, order: &NewOrder) -> Result<u16, Error<T>> {
		let fees = &self.params.fees;
		let rate = match order.kind {
			OrderKind::PostOnly => fees.maker_ppm,
			OrderKind::ImmediateOrCancel | OrderKind::FillOrKill | OrderKind::Market => fees.taker_ppm,
			// What is collected for an auction rests before anything trades.
			OrderKind::GoodTillCancelled if self.today.phase == MarketPhase::CallAuction => fees.maker_ppm,
			OrderKind::GoodTillCancelled => fees.maker_ppm.max(fees.taker_ppm),
		};
		ensure!(
			order.fee_max.is_none_or(|fee_max| rate <= fee_max),
			Error::<T>::FeeAboveMax
		);
		Ok(rate)
	}

	/// Check that what the participant and its group hold stays within the market's limit, if the order is filled. The order counts in
	/// full, whatever becomes of it, beside all that rests.
	fn check_holding(&mut self, terms: &OrderTerms) -> DispatchResult {
		let Some(most) = self.params.holding_max.filter(|_| terms.side == Side::Buy) else {
			return Ok(());
		};
		let (who, asset, group) = (self.who, self.asset, self.account().group);
		let counted = self.account().counted_of(asset);
		let beside = &mut self.beside;
		// Looked up once for all orders of a call: what others of the group have, these do not raise.
		let room = self.room.get_or_insert_with(|| {
			let room = Room::<T>::of(who, group, asset, most);
			beside.saturating_accrue(room.weight());
			room
		});
		Ok(room.check(counted.saturating_add(terms.tonnes.0.into()))?)
	}

	fn check_tonnes(&self, tonnes: Tonnes) -> Result<(), Error<T>> {
		ensure!(!tonnes.is_zero(), Error::<T>::QuantityZero);
		ensure!(
			tonnes.0.is_multiple_of(self.params.lot.0),
			Error::<T>::QuantityOffLot
		);
		Ok(())
	}

	/// Check that the participant may place orders, by what its account says, and ask the participants' side where that has ended.
	fn ensure_may_place(&mut self) -> DispatchResult {
		let right = self.account().right;
		if !right.is_valid(|| self.makers.now()) {
			self.beside.saturating_accrue(T::WeightInfo::renew_right());
			let who = self.who;
			Pallet::<T>::renew_right(who, self.account())?;
			self.is_changed = true;
		}
		ensure!(!self.account().leaving, Error::<T>::CancelAllPending);
		Ok(())
	}

	/// Match and rest a checked order that may meet `meet_max` others. Returns how many it met.
	fn place(&mut self, checked: CheckedOrder, meet_max: u32) -> Result<u32, DispatchError> {
		if self.today.phase == MarketPhase::CallAuction {
			return self.collect(checked).map(|()| 0);
		}
		let CheckedOrder { order, terms, tick } = checked;
		let incoming = Incoming {
			owner: self.who.clone(),
			side: terms.side,
			tick,
			quantity: terms.tonnes.0,
			expires: order.expires.unwrap_or_default(),
			tag: self.params.fees.maker_ppm,
			kind: order.kind.in_book(),
			self_trade: order.self_trade,
		};
		let limits = Limits {
			fills_max: meet_max,
			serial: Pallet::<T>::next_serial(),
		};
		let account = self
			.account
			.get_or_insert_with(|| TradingAccounts::<T>::get(self.who).unwrap_or_default());
		let mut matching = Matching {
			makers: &mut self.makers,
			taker: self.who,
			account,
			order: &OrderTerms {
				fee_ppm: self.params.fees.taker_ppm,
				..terms
			},
			leaves: None,
			has_lost_own: false,
			day: self.today.bar.day,
			tally: &mut self.tally,
			traded: &mut self.traded,
			value: 0,
		};
		let outcome = carbon_matching::place(&mut self.book, incoming, limits, &mut matching)
			.map_err(Pallet::<T>::refusal_of_book)?;
		self.is_changed |= outcome.fills > 0 || matching.has_lost_own;
		self.rest(&order, &terms, outcome.rested)?;
		if let Some((quantity, reason)) = outcome.returned {
			Pallet::<T>::deposit_event(Event::OrderReturned {
				asset: terms.asset,
				owner: self.who.clone(),
				tonnes: Tonnes(quantity),
				reason,
			});
		}
		Ok(outcome.met)
	}

	/// Put a checked order to rest for the auction, whatever it crosses.
	fn collect(&mut self, checked: CheckedOrder) -> DispatchResult {
		let CheckedOrder { order, terms, tick } = checked;
		let key = LevelKey {
			side: terms.side,
			tick,
		};
		let resting = Resting {
			owner: self.who.clone(),
			quantity: terms.tonnes.0,
			expires: order.expires.unwrap_or_default(),
			tag: self.params.fees.maker_ppm,
		};
		let id = carbon_matching::rest_only(&mut self.book, key, resting, Pallet::<T>::next_serial())
			.map_err(|error| Pallet::<T>::refusal_of_book(error.map(|never| match never {})))?;
		self.rest(&order, &terms, Some((id, terms.tonnes.0)))
	}

	/// Bind what rests of an order, and tell that it was placed.
	fn rest(
		&mut self,
		order: &NewOrder,
		terms: &OrderTerms,
		rested: Option<(OrderId, u64)>,
	) -> DispatchResult {
		let resting = Tonnes(rested.map_or(0, |(_, quantity)| quantity));
		if !resting.is_zero() {
			let rests = OrderTerms {
				tonnes: resting,
				fee_ppm: self.params.fees.maker_ppm,
				..*terms
			};
			let bound_day = self.bound_day();
			self.account().lock(&rests, bound_day).map_err(Error::<T>::from)?;
			self.is_changed = true;
			if let Some(expires) = order.expires {
				self.earliest = Some(self.earliest.map_or(expires, |earliest| earliest.min(expires)));
			}
		}
		Pallet::<T>::deposit_event(Event::OrderPlaced {
			asset: terms.asset,
			owner: self.who.clone(),
			side: terms.side,
			price: terms.price,
			tonnes: terms.tonnes,
			kind: order.kind,
			expires: order.expires,
			order: rested.map(|(id, _)| id),
			resting,
			fee_ppm: self.params.fees.maker_ppm,
		});
		Ok(())
	}

	/// Take an own order out of the book. Says whether it was there.
	fn cancel(&mut self, order: OrderId, reason: CancelReason) -> Result<bool, DispatchError> {
		let who = self.who;
		let Some(cancelled) = Pallet::<T>::take_out(&mut self.book, order, |owner| owner == who)? else {
			return Ok(false);
		};
		let terms = terms_of(self.asset, &cancelled);
		self.account().unlock(&terms).map_err(Error::<T>::from)?;
		self.is_changed = true;
		Pallet::<T>::note_cancelled(order, who, &terms, reason);
		Ok(true)
	}

	/// Leave only `tonnes` of an own order, which keeps its place.
	fn reduce(&mut self, order: OrderId, tonnes: Tonnes) -> DispatchResult {
		ensure!(
			self.today.phase != MarketPhase::Uncrossing,
			Error::<T>::AuctionHeld
		);
		self.check_tonnes(tonnes)?;
		// Otherwise whoever wanted a smaller order than there may be would place a larger one first.
		ensure!(tonnes >= self.params.order_min, Error::<T>::QuantityBelowMin);
		let who = self.who;
		let reduced = carbon_matching::reduce(&mut self.book, order, tonnes.0, |owner| owner == who)
			.map_err(|error| Pallet::<T>::refusal_of_book(error.map(|never| match never {})))?;
		let terms = terms_lost(self.asset, &reduced);
		self.account().unlock(&terms).map_err(Error::<T>::from)?;
		self.is_changed = true;
		Pallet::<T>::note_reduced(order, who, &terms, CancelReason::Owner);
		Ok(())
	}

	/// Store what has changed, and tell what has traded. Returns what was to be weighed beside the orders.
	fn close(self) -> Weight {
		let asset = self.asset;
		let (beside, mut traded) = self.store();
		beside.saturating_add(traded.tell(asset))
	}

	/// Store what has changed. Returns what was to be weighed beside the orders, and what has traded.
	fn store(mut self) -> (Weight, Traded<T>) {
		self.book.add(self.tally);
		self.book.save();
		if let Some(mut account) = self.account.filter(|_| self.is_changed) {
			Pallet::<T>::put_account(self.who, &mut account);
		}
		if let Some(expires) = self.earliest {
			Pallet::<T>::note_expiry(expires);
			self.beside.saturating_accrue(T::WeightInfo::note_expiry());
		}
		(self.beside, self.traded)
	}
}

impl<T: Config> Pallet<T> {
	/// Match and rest an order. Returns what that weighed.
	pub(crate) fn do_place_order(
		who: T::AccountId,
		asset: AssetId,
		order: NewOrder,
	) -> Result<Weight, DispatchErrorWithPostInfo> {
		let (weight, mut traded) = Self::place_untold(&who, asset, order)?;
		Ok(weight.saturating_add(traded.tell(asset)))
	}

	/// As [`Self::do_place_order`], but nobody is told what has traded: its benchmark leaves out what that weighs, since whoever is told
	/// says it.
	pub(crate) fn place_untold(
		who: &T::AccountId,
		asset: AssetId,
		order: NewOrder,
	) -> Result<(Weight, Traded<T>), DispatchErrorWithPostInfo> {
		let mut desk =
			Desk::<T>::open(who, asset).map_err(|error| error.with_weight(Self::weight_of_placing(0)))?;
		let checked = desk
			.check(&order)
			.map_err(|error| error.with_weight(Self::weight_of_placing(0).saturating_add(desk.beside)))?;
		// An own order, at which the walk ends, is met as well.
		let meets = order.meets(T::MaxFillsPerOrder::get());
		let met = desk.place(checked, meets).map_err(|error| {
			// How many it had met before it was refused, nobody says.
			error.with_weight(Self::weight_of_placing(meets).saturating_add(desk.beside))
		})?;
		let (beside, traded) = desk.store();
		Ok((Self::weight_of_placing(met).saturating_add(beside), traded))
	}

	/// Make an own order smaller, or put another one in its place. Returns what that weighed.
	pub(crate) fn do_replace_order(
		who: T::AccountId,
		asset: AssetId,
		id: OrderId,
		price: Price,
		tonnes: Tonnes,
		meet_max: Option<u8>,
	) -> Result<Weight, DispatchErrorWithPostInfo> {
		let mut desk = Desk::<T>::open(&who, asset)?;
		let resting = carbon_matching::order(&mut desk.book, id).ok_or(Error::<T>::OrderNotFound)?;
		ensure!(resting.owner == who, Error::<T>::NotOrderOwner);
		let mut met = 0;
		if price == price_of(resting.tick) && tonnes.0 <= resting.quantity {
			ensure!(tonnes.0 < resting.quantity, Error::<T>::OrderUnchanged);
			desk.reduce(id, tonnes)?;
		} else {
			desk.cancel(id, CancelReason::Replaced)?;
			let order = NewOrder {
				side: resting.side,
				price,
				tonnes,
				kind: OrderKind::GoodTillCancelled,
				expires: (resting.expires != 0).then_some(resting.expires),
				self_trade: SelfTrade::default(),
				fee_max: None,
				meet_max,
			};
			let checked = desk.check(&order)?;
			met = desk.place(checked, order.meets(T::MaxFillsPerOrder::get()))?;
		}
		let weight = T::WeightInfo::replace_order().saturating_add(Self::weight_of_meeting(met));
		Ok(weight.saturating_add(desk.close()))
	}

	/// Cancel and place orders together. Returns what that weighed.
	pub(crate) fn do_batch(
		who: T::AccountId,
		asset: AssetId,
		cancels: BatchCancels,
		orders: BatchOrders,
	) -> Result<Weight, DispatchErrorWithPostInfo> {
		ensure!(!cancels.is_empty() || !orders.is_empty(), Error::<T>::BatchEmpty);
		let (cancelled, placed) = (cancels.len() as u32, orders.len() as u32);
		let mut desk = Desk::<T>::open(&who, asset)?;
		for order in cancels {
			// What was filled meanwhile must not keep the others at rest.
			desk.cancel(order, CancelReason::Owner)?;
		}
		let mut met = 0_u32;
		for order in orders {
			let checked = desk.check(&order)?;
			let may_meet = T::MaxFillsPerOrder::get().saturating_sub(met);
			met = met.saturating_add(desk.place(checked, order.meets(may_meet))?);
		}
		let weight = T::WeightInfo::batch(cancelled, placed).saturating_add(Self::weight_of_meeting(met));
		Ok(weight.saturating_add(desk.close()))
	}

	/// From now on none of the orders of `who` trades, and the sweep takes them out.
	pub(crate) fn do_cancel_all(who: T::AccountId) -> DispatchResult {
		let mut account = TradingAccounts::<T>::get(&who).ok_or(Error::<T>::NoOrders)?;
		ensure!(account.has_orders(), Error::<T>::NoOrders);
		ensure!(!account.leaving, Error::<T>::CancelAllPending);
		account.leaving = true;
		Sweep::<T>::mutate(|sweep| sweep.get_or_insert_with(Default::default).add(&who));
		TradingAccounts::<T>::insert(&who, account);
		Self::deposit_event(Event::CancellingAll { who });
		Ok(())
	}

	/// Note that an order rests which ends at `expires`.
	pub(crate) fn note_expiry(expires: Moment) {
		if NextExpiry::<T>::get().is_none_or(|next| expires < next) {
			NextExpiry::<T>::put(expires);
		}
	}

	/// What placing an order weighs that meets `met` others.
	pub(crate) fn weight_of_placing(met: u32) -> Weight {
		match met {
			0 => T::WeightInfo::rest_order(),
			// At most the most that one call may meet.
			_ => T::WeightInfo::place_order(met),
		}
	}

	/// What meeting `met` others weighs beside what a call does anyway.
	fn weight_of_meeting(met: u32) -> Weight {
		match met {
			0 => Weight::zero(),
			_ => T::WeightInfo::place_order(met),
		}
	}

	/// What telling of trades weighs at most where as many as `meets` others are met.
	fn weight_of_telling(meets: u32) -> Weight {
		match meets {
			0 => Weight::zero(),
			_ => T::OnMatched::weight_of_matched(),
		}
	}

	/// What placing `order` weighs at most.
	pub(crate) fn weight_of_order(asset: AssetId, order: &NewOrder) -> Weight {
		let meets = order.meets(T::MaxFillsPerOrder::get());
		Self::weight_of_placing(meets)
			.max(T::WeightInfo::rest_order())
			.saturating_add(Self::weight_of_telling(meets))
			.saturating_add(Self::weight_beside(
				asset,
				order.expires.is_some(),
				order.side == Side::Buy,
			))
	}

	/// What replacing an order weighs at most by one that meets as many others as `meet_max` says.
	pub(crate) fn weight_of_replacing(asset: AssetId, meet_max: Option<u8>) -> Weight {
		let most = T::MaxFillsPerOrder::get();
		let meets = meet_max.map_or(most, |meets| most.min(meets.into()));
		T::WeightInfo::replace_order()
			.saturating_add(Self::weight_of_meeting(meets))
			.saturating_add(Self::weight_of_telling(meets))
			.saturating_add(Self::weight_beside(asset, true, true))
	}

	/// What a batch weighs at most.
	pub(crate) fn weight_of_batch(asset: AssetId, cancels: &BatchCancels, orders: &BatchOrders) -> Weight {
		let most = T::MaxFillsPerOrder::get();
		let meets = orders.iter().fold(0_u32, |sum, order| {
			most.min(sum.saturating_add(order.meets(most)))
		});
		let weight = T::WeightInfo::batch(cancels.len() as u32, orders.len() as u32)
			.saturating_add(Self::weight_of_meeting(meets))
			.saturating_add(Self::weight_of_telling(meets));
		if orders.is_empty() {
			return weight;
		}
		let is_dated = orders.iter().any(|order| order.expires.is_some());
		let buys = orders.iter().any(|order| order.side == Side::Buy);
		weight.saturating_add(Self::weight_beside(asset, is_dated, buys))
	}

	/// What placing may weigh beside the orders that are met: the question for the participant's right, the look at what it and its
	/// group hold where it buys, and the note of an end.
	fn weight_beside(asset: AssetId, is_dated: bool, buys: bool) -> Weight {
		let mut weight = T::WeightInfo::renew_right();
		if buys {
			weight.saturating_accrue(Self::weight_of_limit(asset));
		}
		if is_dated {
			weight.saturating_accrue(T::WeightInfo::note_expiry());
		}
		weight
	}
}
