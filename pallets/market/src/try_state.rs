//! What holds after every call.

use crate::{
	book::Book, price_of, Auction, Bars, Config, Day, Levels, MarketCount, MarketPhase, MarketRecord,
	Markets, NextDue, NextExpiry, OrderTerms, Pages, Pallet, Schedule, Schedules, Sweep, SweepScope,
	Timetable, TradingAccounts,
};
use alloc::collections::{BTreeMap, BTreeSet};
use carbon_matching::Side;
use carbon_primitives::{AssetId, Balance, Moment, Tonnes, TradingRight};
use frame_support::{
	ensure,
	pallet_prelude::Get,
	traits::{fungible::Inspect, fungibles::Inspect as InspectAssets},
};
use sp_runtime::TryRuntimeError;

/// What the resting orders of one account bind: cash, and per asset what is locked, what is being bought and how many orders
/// there are.
type Bound = (Balance, BTreeMap<AssetId, (u64, u64, u32)>);

/// What was found in the books: what the orders of each account bind, and the earliest end of an order.
struct Found<AccountId> {
	bound: BTreeMap<AccountId, Bound>,
	earliest: Option<Moment>,
}

impl<T: Config> Pallet<T> {
	/// Check every invariant of the market.
	///
	/// 1. Each book is in order: a bit of the bitmap is a level with orders and the other way round, pages are linked and not empty,
	///    the best bid is below the best ask, unless orders are collected or an auction is held.
	/// 2. No level and no page is stored that its book does not reach.
	/// 3. The rules of a market are valid, and its book has room for each price of the band beside the orders that rest.
	/// 4. What an account has locked and is buying is what its resting orders bind, whether it may trade or not, and each position
	///    says how many orders there are.
	/// 5. A stored trading account is not empty, and its positions are sorted and not empty. What is pledged is reason enough for either.
	///    What a position says of a day, it says of none that lies ahead of its market's.
	/// 6. The backing account holds at least, and at most, what the trading accounts have, free, locked and pledged, of each asset and in
	///    cash, and in cash also the fees of all markets that were not collected yet.
	/// 7. Every market, every trading account and the sweep can be read; that every level and page can, follows from 1 and 2.
	/// 8. The markets are counted, and there are no more than there may be.
	/// 9. Who has orders at rest although its right to trade was withdrawn, or who wants all its orders out, is named by the sweep; a
	///    sweep names somebody or looks for orders that have expired, and names nobody twice in one list. Whoever wants all its orders
	///    out has some.
	/// 10. No order at rest ends before the earliest end that is noted, unless a pass over the books is under way.
	/// 11. Every market has a schedule with a calendar that can be followed, and every schedule a market; schedules, bars and the auction
	///     can be read.
	/// 12. The timetable names every market once, in the order of time, and the first of its moments is the one that each block asks for.
	/// 13. The market whose auction is under way is the one that holds an auction, and no other does.
	/// 14. On its day a market has a band within its lowest and its highest price, and a bar that agrees with itself.
	/// 15. As many bars of a market are kept as days have ended, up to the most that are; the older ones are of earlier days, and all are
	///     of days before the one that runs.
	///
	/// A sum that leaves its range breaks the invariant that it is taken for. The copies of rights, groups and limits are compared with
	/// nothing here: others change theirs in their own time, and tell.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_readable()?;
		let found = Self::check_books()?;
		Self::check_accounts(found.bound)?;
		Self::check_sweep()?;
		Self::check_expiry(found.earliest)?;
		Self::check_days()?;
		Self::check_backing()
	}

	fn check_readable() -> Result<(), TryRuntimeError> {
		// The iteration over values passes over what it cannot decode; the one over keys does not.
		ensure!(
			Markets::<T>::iter_keys().count() == Markets::<T>::iter().count(),
			"market 7: a market cannot be read"
		);
		ensure!(
			TradingAccounts::<T>::iter_keys().count() == TradingAccounts::<T>::iter().count(),
			"market 7: a trading account cannot be read"
		);
		ensure!(
			Sweep::<T>::exists() == Sweep::<T>::get().is_some(),
			"market 7: the sweep cannot be read"
		);
		ensure!(
			NextExpiry::<T>::exists() == NextExpiry::<T>::get().is_some(),
			"market 7: the earliest end of an order cannot be read"
		);
		let markets = Markets::<T>::iter_keys().count();
		ensure!(
			MarketCount::<T>::get() as usize == markets,
			"market 8: the markets are counted"
		);
		ensure!(
			markets <= T::MaxMarkets::get() as usize,
			"market 8: there are no more markets than there may be"
		);
		Ok(())
	}

	fn check_expiry(earliest: Option<Moment>) -> Result<(), TryRuntimeError> {
		let Some(earliest) = earliest else { return Ok(()) };
		let is_under_way = Sweep::<T>::get().is_some_and(|sweep| sweep.cursor.is_some());
		ensure!(
			is_under_way || NextExpiry::<T>::get().is_some_and(|next| next <= earliest),
			"market 10: no order at rest ends before the earliest end that is noted"
		);
		Ok(())
	}

	fn check_days() -> Result<(), TryRuntimeError> {
		let markets = Markets::<T>::iter_keys().count();
		ensure!(
			Schedules::<T>::iter_keys().count() == markets,
			"market 11: every schedule has a market"
		);
		ensure!(
			Bars::<T>::iter_keys().count() == Bars::<T>::iter().count(),
			"market 11: a bar cannot be read"
		);
		let auction = Auction::<T>::get();
		ensure!(
			Auction::<T>::exists() == auction.is_some(),
			"market 11: the auction cannot be read"
		);
		let timetable = Timetable::<T>::get();
		ensure!(
			timetable.windows(2).all(|pair| pair[0] < pair[1]),
			"market 12: the timetable is in the order of time"
		);
		ensure!(
			timetable.len() == markets,
			"market 12: the timetable names every market once"
		);
		ensure!(
			NextDue::<T>::get() == timetable.first().map(|first| first.at),
			"market 12: the first moment of the timetable is noted"
		);
		let mut bars = 0;
		for (asset, market) in Markets::<T>::iter() {
			let schedule = Schedules::<T>::get(asset).ok_or("market 11: every market has a schedule")?;
			ensure!(
				schedule.calendar.check().is_ok(),
				"market 11: the calendar of a market can be followed"
			);
			ensure!(
				timetable.iter().any(|due| due.asset == asset),
				"market 12: the timetable names every market"
			);
			let is_held = auction.as_ref().is_some_and(|auction| auction.asset == asset);
			ensure!(
				is_held == (market.today.phase == MarketPhase::Uncrossing),
				"market 13: the market whose auction is under way holds an auction, and no other does"
			);
			Self::check_today(&market)?;
			bars += Self::check_bars(asset, &schedule, market.today.bar.day)?;
		}
		ensure!(
			auction.is_none_or(|auction| Markets::<T>::contains_key(auction.asset)),
			"market 13: the auction that is under way is that of a market"
		);
		ensure!(
			Bars::<T>::iter_keys().count() == bars,
			"market 15: every bar is one of those that a market keeps"
		);
		Ok(())
	}

	fn check_today(market: &MarketRecord) -> Result<(), TryRuntimeError> {
		let (today, params) = (&market.today, &market.params);
		ensure!(
			params.price_min <= today.price_min
				&& today.price_min <= today.price_max
				&& today.price_max <= params.price_max,
			"market 14: the band of the day lies within the prices of the market"
		);
		let bar = &today.bar;
		ensure!(
			bar.prices.is_some() != bar.listed.tonnes.is_zero(),
			"market 14: a bar has prices where something was traded by orders"
		);
		ensure!(
			bar.prices.is_none_or(|prices| {
				let range = prices.low..=prices.high;
				range.contains(&prices.open) && range.contains(&prices.last)
			}),
			"market 14: the first and the last price of a bar lie between the lowest and the highest"
		);
		Ok(())
	}

	/// Check the bars of a market. Returns how many there are.
	fn check_bars(asset: AssetId, schedule: &Schedule, today: Day) -> Result<usize, TryRuntimeError> {
		let kept = T::BarsKept::get();
		let mut before = None;
		let mut bars = 0;
		for close in schedule.closes.saturating_sub(kept)..schedule.closes {
			let slot = close.checked_rem(kept).unwrap_or_default();
			let bar =
				Bars::<T>::get(asset, slot).ok_or("market 15: the bar of a day that has ended is kept")?;
			ensure!(
				before.is_none_or(|before| before < bar.day) && bar.day < today,
				"market 15: the bars of a market are of one day after the other"
			);
			before = Some(bar.day);
			bars += 1;
		}
		Ok(bars)
	}

	fn check_sweep() -> Result<(), TryRuntimeError> {
		let sweep = Sweep::<T>::get();
		for (who, account) in TradingAccounts::<T>::iter() {
			let leaves = account.right == TradingRight::Withdrawn && account.has_orders();
			ensure!(
				!leaves || sweep.as_ref().is_some_and(|sweep| sweep.names(&who)),
				"market 9: who has orders without a right to trade is named by the sweep"
			);
			ensure!(
				!account.leaving || sweep.as_ref().is_some_and(|sweep| sweep.names(&who)),
				"market 9: who wants all its orders out is named by the sweep"
			);
			ensure!(
				!account.leaving || account.has_orders(),
				"market 9: who wants all its orders out has some"
			);
		}
		let Some(sweep) = sweep else { return Ok(()) };
		ensure!(
			!sweep.is_done(),
			"market 9: a sweep names somebody or looks for what has expired"
		);
		for scope in [sweep.passing, sweep.waiting] {
			if let SweepScope::Accounts(accounts) = scope {
				let distinct: BTreeSet<_> = accounts.iter().collect();
				ensure!(
					distinct.len() == accounts.len(),
					"market 9: a sweep names nobody twice"
				);
			}
		}
		Ok(())
	}

	fn check_books() -> Result<Found<T::AccountId>, TryRuntimeError> {
		let mut bound = BTreeMap::<T::AccountId, Bound>::new();
		let mut earliest = None::<Moment>;
		let (mut levels, mut pages) = (0, 0);
		for (asset, market) in Markets::<T>::iter() {
			let params = market.params;
			ensure!(params.are_valid(), "market 3: the rules of a market are valid");
			ensure!(
				params.leave_room(&market.book),
				"market 3: the book has room for each price of the band"
			);
			ensure!(
				market.today.phase != MarketPhase::Continuous || !market.book.is_crossed(),
				"market 1: the best bid is below the best ask"
			);
			let mut sums_fit = true;
			let totals = carbon_matching::verify_parts(&mut Book::<T>::with(asset, market), |id, resting| {
				let order = OrderTerms {
					asset,
					side: id.side(),
					price: price_of(id.tick()),
					tonnes: Tonnes(resting.quantity),
					left: Tonnes::ZERO,
					fee_ppm: resting.tag,
				};
				if resting.expires != 0 {
					earliest = Some(earliest.map_or(resting.expires, |known| known.min(resting.expires)));
				}
				sums_fit &= add_bound(bound.entry(resting.owner.clone()).or_default(), &order).is_some();
			})
			.map_err(in_book)?;
			ensure!(sums_fit, "market 4: what resting orders bind can be counted");
			levels += totals.levels as usize;
			pages += totals.pages as usize;
		}
		ensure!(
			Levels::<T>::iter_keys().count() == levels,
			"market 2: every stored level is reached by its book"
		);
		ensure!(
			Pages::<T>::iter_keys().count() == pages,
			"market 2: every stored page is reached by its book"
		);
		Ok(Found { bound, earliest })
	}

	fn check_accounts(mut bound: BTreeMap<T::AccountId, Bound>) -> Result<(), TryRuntimeError> {
		for (who, account) in TradingAccounts::<T>::iter() {
			ensure!(
				!account.is_empty(),
				"market 5: a stored trading account is not empty"
			);
			ensure!(
				account
					.positions
					.windows(2)
					.all(|pair| pair[0].asset < pair[1].asset),
				"market 5: positions are sorted by asset"
			);
			let (cash, mut assets) = bound.remove(&who).unwrap_or_default();
			ensure!(
				account.cash_locked == cash,
				"market 4: locked cash is what resting buy orders bind"
			);
			for position in &account.positions {
				let (locked, buying, orders) = assets.remove(&position.asset).unwrap_or_default();
				ensure!(
					position.locked.0 == locked,
					"market 4: locked tonnes are what resting sell orders bind"
				);
				ensure!(
					position.buying.0 == buying,
					"market 4: tonnes being bought are those of resting buy orders"
				);
				ensure!(
					position.orders == orders,
					"market 4: a position counts the orders at rest"
				);
				let day = Markets::<T>::get(position.asset).map(|market| market.today.bar.day);
				ensure!(
					position.last_day.is_none_or(|totals| Some(totals.day) <= day),
					"market 5: what a position says of a day is of none that lies ahead"
				);
				ensure!(
					position.free.0 > 0 || position.pledged.0 > 0 || locked > 0 || buying > 0,
					"market 5: a stored position is not empty"
				);
			}
			ensure!(
				assets.is_empty(),
				"market 4: an order at rest has a position on its owner's account"
			);
		}
		ensure!(
			bound.is_empty(),
			"market 4: the owner of an order at rest has a trading account"
		);
		Ok(())
	}

	fn check_backing() -> Result<(), TryRuntimeError> {
		let backing = Self::account_id();
		let uncountable = "market 6: what the trading accounts add up to can be counted";
		let mut cash: Balance = 0;
		// Assets with a market are looked at even where no account has any of them.
		let mut assets: BTreeMap<AssetId, Balance> =
			Markets::<T>::iter_keys().map(|asset| (asset, 0)).collect();
		for market in Markets::<T>::iter_values() {
			cash = cash.checked_add(market.fees).ok_or(uncountable)?;
		}
		for account in TradingAccounts::<T>::iter_values() {
			for part in [account.cash_free, account.cash_locked, account.cash_pledged] {
				cash = cash.checked_add(part).ok_or(uncountable)?;
			}
			for position in account.positions {
				let sum = assets.entry(position.asset).or_default();
				for part in [position.free, position.locked, position.pledged] {
					*sum = sum.checked_add(part.0.into()).ok_or(uncountable)?;
				}
			}
		}
		let held = T::Money::total_balance(&backing);
		ensure!(
			held >= cash,
			"market 6: the backing account holds the cash of the trading accounts and the fees"
		);
		ensure!(held <= cash, "market 6: the backing account holds no other cash");
		for (asset, tonnes) in assets {
			let held = T::Assets::total_balance(asset, &backing);
			ensure!(
				held >= tonnes,
				"market 6: the backing account holds the tonnes of the trading accounts"
			);
			ensure!(
				held <= tonnes,
				"market 6: the backing account holds no other tonnes"
			);
		}
		Ok(())
	}
}

/// Add what `order` binds to what its owner's other orders do, or nothing where a sum leaves its range.
fn add_bound((cash, assets): &mut Bound, order: &OrderTerms) -> Option<()> {
	let (locked, buying, orders) = assets.entry(order.asset).or_default();
	*orders = orders.checked_add(1)?;
	match order.side {
		Side::Buy => {
			*cash = cash.checked_add(order.bound())?;
			*buying = buying.checked_add(order.tonnes.0)?;
		}
		Side::Sell => *locked = locked.checked_add(order.tonnes.0)?,
	}
	Some(())
}

/// Name the invariant in front of the sentence of the engine that does not hold.
fn in_book(sentence: &'static str) -> TryRuntimeError {
	// An error carries its text for ever. It is made once, for a check that has failed, and goes with the instance that ran it.
	TryRuntimeError::Other(alloc::format!("market 1: {sentence}").leak())
}
