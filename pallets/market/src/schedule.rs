//! Trading days: when a market opens, collects orders, holds its auction and closes.
//!
//! Each block asks for one moment. When it has come, the markets in which something is due are advanced in the order of time, each with
//! a bounded amount of work and as far as the block has room; the others follow in the next blocks. An auction that takes several blocks
//! comes before all of it, transactions included: until it is over the other markets wait.
//!
//! A pause of the chain skips nothing: a day that has ended meanwhile gets its bar, and collected orders get their auction, though it may be
//! that of the next day. Days on which the chain stood still all the time have no bar.

use crate::{
	auction::Held, Auction, AuctionRecord, Bar, Bars, Calendar, Config, Day, DueMarket, Error, Event,
	MarketPhase, MarketRecord, Markets, NextDue, Pallet, Schedule, Schedules, Timetable, WeightInfo,
};
use carbon_calendar::{Phase, MINUTE_MS};
use carbon_primitives::{AssetId, Moment};
use frame_support::{
	defensive, ensure,
	pallet_prelude::{DispatchResult, Get},
	traits::Time,
	weights::WeightMeter,
};

/// How often a market whose auction was broken off, or waits for the end of a halt, tries to hold it, in milliseconds.
const RETRY_MS: Moment = MINUTE_MS;

impl<T: Config> Pallet<T> {
	/// The trading day that `now` belongs to: this one, or the next one where today's trading is over or there is none.
	pub(crate) fn trading_day(calendar: &Calendar, now: Moment) -> Day {
		let today = calendar.day_of(now);
		match calendar.close_of(today) {
			Some(close) if now < close => today,
			// What changes next is that sessions come near. A working day on which there are none, to make up for a holiday, is passed over.
			_ => calendar.day_of(calendar.next_change(now)),
		}
	}

	/// What a market with this calendar does with orders at `now`.
	pub(crate) fn phase_of(calendar: &Calendar, now: Moment) -> MarketPhase {
		match calendar.phase_at(now) {
			Phase::Closed => MarketPhase::Closed,
			Phase::CallAuction => MarketPhase::CallAuction,
			Phase::Continuous => MarketPhase::Continuous,
		}
	}

	/// Note that something is due in the market of `asset` at `at`, and at no other moment.
	pub(crate) fn schedule_market(asset: AssetId, at: Moment) -> DispatchResult {
		Timetable::<T>::try_mutate(|timetable| {
			timetable.retain(|due| due.asset != asset);
			let due = DueMarket { at, asset };
			let place = timetable.partition_point(|other| *other < due);
			timetable
				.try_insert(place, due)
				.map_err(|_| Error::<T>::TooManyMarkets)?;
			NextDue::<T>::set(timetable.first().map(|first| first.at));
			Ok(())
		})
	}

	pub(crate) fn do_set_calendar(asset: AssetId, calendar: Calendar) -> DispatchResult {
		ensure!(calendar.check().is_ok(), Error::<T>::InvalidCalendar);
		let old_value = Schedules::<T>::try_mutate(asset, |schedule| {
			let schedule = schedule.as_mut().ok_or(Error::<T>::MarketNotFound)?;
			Ok::<_, Error<T>>(core::mem::replace(&mut schedule.calendar, calendar.clone()))
		})?;
		// The next block applies it, with whatever has to be done before.
		Self::schedule_market(asset, T::Time::now())?;
		Self::deposit_event(Event::CalendarChanged {
			asset,
			old_value,
			new_value: calendar,
		});
		Ok(())
	}

	/// Advance the markets in which something is due, as far as `meter` allows.
	///
	/// An auction that is not over then takes the rest of the block: whoever could cancel an order that was counted could move the price
	/// without trading at it. What is left to others is the part of a block that is reserved for operational calls, the regulator's.
	pub(crate) fn advance_markets(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::poll_idle()).is_err() {
			return;
		}
		let now = T::Time::now();
		if NextDue::<T>::get().is_none_or(|next| now < next) {
			return;
		}
		// Each market has one moment, which lies ahead once it was advanced.
		for _ in 0..T::MaxMarkets::get() {
			if !Self::advance_first(now, meter) {
				break;
			}
		}
		if Auction::<T>::exists() {
			meter.consume(meter.remaining());
		}
	}

	/// Advance the market whose auction is being held, or else the one whose moment came first. Says whether others may be advanced
	/// after it.
	fn advance_first(now: Moment, meter: &mut WeightMeter) -> bool {
		if !meter.can_consume(T::WeightInfo::advance_market()) {
			return false;
		}
		let auction = Auction::<T>::get();
		let due = || Timetable::<T>::get().first().copied().filter(|due| due.at <= now);
		let held = auction.as_ref().map(|auction| auction.asset);
		let Some(asset) = held.or_else(|| due().map(|due| due.asset)) else {
			return false;
		};
		meter.consume(T::WeightInfo::advance_market());
		let Some(next) = Self::advance_market(asset, auction, now, meter) else {
			// Its auction goes on in the next block, before anything else is done.
			return false;
		};
		if Self::schedule_market(asset, next).is_err() {
			defensive!("the timetable has room for each market");
			return false;
		}
		true
	}

	/// Do what is due in the market of `asset`, whose auction may be under way. Returns when it is to be looked at again; none where
	/// its auction is not over.
	fn advance_market(
		asset: AssetId,
		auction: Option<AuctionRecord>,
		now: Moment,
		meter: &mut WeightMeter,
	) -> Option<Moment> {
		let (Some(mut market), Some(mut schedule)) = (Markets::<T>::get(asset), Schedules::<T>::get(asset))
		else {
			defensive!("a market that is due exists");
			Auction::<T>::kill();
			return Some(Moment::MAX);
		};
		let old_phase = market.today.phase;
		let halted_until = market.halts.in_force(|| now);
		let is_halted = halted_until.is_some();
		let mut held = None;
		if let Some(record) = auction {
			// An auction that has begun belongs to its day.
			held = Some(Self::go_on_with_auction(record, &mut market, is_halted, meter));
			if held == Some(Held::Paused) {
				Markets::<T>::insert(asset, market);
				return None;
			}
		}
		let day = Self::trading_day(&schedule.calendar, now);
		if day > market.today.bar.day {
			Self::end_day(asset, &mut market, &mut schedule, day);
			Schedules::<T>::insert(asset, &schedule);
		} else if day < market.today.bar.day && Self::may_return_to(day, asset, &market, &schedule) {
			market.today.bar = Bar::new(day);
		}
		market.today.phase = Self::phase_of(&schedule.calendar, now);
		let mut next = Some(schedule.calendar.next_change(now));
		if market.today.phase == MarketPhase::Continuous && market.book.is_crossed() {
			let held = match held {
				Some(Held::BrokenOff) => Held::BrokenOff,
				_ if is_halted => Held::BrokenOff,
				_ => Self::begin_auction(asset, &mut market, meter),
			};
			match held {
				Held::Over => {}
				Held::Paused => {
					market.today.phase = MarketPhase::Uncrossing;
					next = None;
				}
				Held::BrokenOff => {
					// What is collected stays so. A halt that is lifted before its end lets the auction begin soon, too.
					market.today.phase = MarketPhase::CallAuction;
					let retry = now
						.saturating_add(RETRY_MS)
						.min(halted_until.unwrap_or(Moment::MAX));
					next = next.map(|change| change.min(retry));
				}
			}
		}
		let new_value = market.today.phase;
		Markets::<T>::insert(asset, market);
		if new_value != old_phase {
			Self::deposit_event(Event::PhaseChanged {
				asset,
				old_value: old_phase,
				new_value,
			});
		}
		next
	}

	/// Go on with an auction that began in another block, unless its market was halted since.
	fn go_on_with_auction(
		record: AuctionRecord,
		market: &mut MarketRecord,
		is_halted: bool,
		meter: &mut WeightMeter,
	) -> Held {
		if is_halted {
			Self::break_auction_off(&record);
			return Held::BrokenOff;
		}
		Self::hold_auction(record, market, meter)
	}

	/// Whether the trading day of a market may be `day`, which a new calendar names and which is before the one that the market waits for:
	/// otherwise all that is traded until then would count as one day. A day that has ended does not begin again, and what was
	/// traded keeps its day.
	fn may_return_to(day: Day, asset: AssetId, market: &MarketRecord, schedule: &Schedule) -> bool {
		let latest = schedule
			.closes
			.checked_sub(1)
			.and_then(|close| close.checked_rem(T::BarsKept::get()))
			.and_then(|slot| Bars::<T>::get(asset, slot));
		market.today.bar.is_empty() && latest.is_none_or(|bar| bar.day < day)
	}

	/// End the trading day of a market: keep its bar, and go on to `day` with the new reference price.
	fn end_day(asset: AssetId, market: &mut MarketRecord, schedule: &mut Schedule, day: Day) {
		let bar = core::mem::replace(&mut market.today.bar, Bar::new(day));
		let old_value = market.today.reference;
		let new_value = bar.close().unwrap_or(old_value);
		market.today.reference = new_value;
		market.today.set_band(&market.params);
		let slot = schedule
			.closes
			.checked_rem(T::BarsKept::get())
			.unwrap_or_default();
		Bars::<T>::insert(asset, slot, bar);
		// It wraps after millions of years.
		schedule.closes = schedule.closes.wrapping_add(1);
		Self::deposit_event(Event::DayEnded {
			asset,
			bar,
			old_value,
			new_value,
		});
	}
}
