//! What holds after every call.

use crate::{
	book::Book, price_of, Config, Levels, MarketCount, Markets, OrderTerms, Pages, Pallet, Sweep, SweepScope,
	TradingAccounts,
};
use alloc::collections::{BTreeMap, BTreeSet};
use carbon_matching::Side;
use carbon_primitives::{AssetId, Balance, Tonnes, TradingRight};
use frame_support::{
	ensure,
	pallet_prelude::Get,
	traits::{fungible::Inspect, fungibles::Inspect as InspectAssets},
};
use sp_runtime::TryRuntimeError;

/// What the resting orders of one account bind: cash, and per asset what is locked and what is being bought.
type Bound = (Balance, BTreeMap<AssetId, (u64, u64)>);

impl<T: Config> Pallet<T> {
	/// Check every invariant of the market.
	///
	/// 1. Each book is in order: a bit of the bitmap is a level with orders and the other way round, pages are linked and not empty,
	///    the best bid is below the best ask.
	/// 2. No level and no page is stored that its book does not reach.
	/// 3. The rules of a market are valid, and its book has room for each price of the band beside the orders that rest.
	/// 4. What an account has locked and is buying is what its resting orders bind, whether it may trade or not.
	/// 5. A stored trading account is not empty, and its positions are sorted and not empty.
	/// 6. The backing account holds at least, and at most, what the trading accounts add up to, in cash and of each asset.
	/// 7. Every market, every trading account and the sweep can be read; that every level and page can, follows from 1 and 2.
	/// 8. The markets are counted, and there are no more than there may be.
	/// 9. Who has orders at rest although its right to trade was withdrawn is named by the sweep; a sweep names somebody, and in one
	///    list nobody twice.
	///
	/// A sum that leaves its range breaks the invariant that it is taken for.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_readable()?;
		let bound = Self::check_books()?;
		Self::check_accounts(bound)?;
		Self::check_sweep()?;
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

	fn check_sweep() -> Result<(), TryRuntimeError> {
		let sweep = Sweep::<T>::get();
		for (who, account) in TradingAccounts::<T>::iter() {
			let leaves = account.right == TradingRight::Withdrawn && account.has_orders();
			ensure!(
				!leaves || sweep.as_ref().is_some_and(|sweep| sweep.names(&who)),
				"market 9: who has orders without a right to trade is named by the sweep"
			);
		}
		let Some(sweep) = sweep else { return Ok(()) };
		ensure!(!sweep.is_done(), "market 9: a sweep names somebody");
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

	fn check_books() -> Result<BTreeMap<T::AccountId, Bound>, TryRuntimeError> {
		let mut bound = BTreeMap::<T::AccountId, Bound>::new();
		let (mut levels, mut pages) = (0, 0);
		for (asset, market) in Markets::<T>::iter() {
			let params = market.params;
			ensure!(params.are_valid(), "market 3: the rules of a market are valid");
			ensure!(
				params.leave_room(&market.book),
				"market 3: the book has room for each price of the band"
			);
			let mut sums_fit = true;
			let totals =
				carbon_matching::verify(&mut Book::<T>::with(asset, market), |id, owner, quantity| {
					let order = OrderTerms {
						asset,
						side: id.side(),
						price: price_of(id.tick()),
						tonnes: Tonnes(quantity),
					};
					sums_fit &= add_bound(bound.entry(owner.clone()).or_default(), &order).is_some();
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
		Ok(bound)
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
				let (locked, buying) = assets.remove(&position.asset).unwrap_or_default();
				ensure!(
					position.locked.0 == locked,
					"market 4: locked tonnes are what resting sell orders bind"
				);
				ensure!(
					position.buying.0 == buying,
					"market 4: tonnes being bought are those of resting buy orders"
				);
				ensure!(
					position.free.0 > 0 || locked > 0 || buying > 0,
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
		for account in TradingAccounts::<T>::iter_values() {
			cash = cash
				.checked_add(account.cash_free)
				.and_then(|sum| sum.checked_add(account.cash_locked))
				.ok_or(uncountable)?;
			for position in account.positions {
				let sum = assets.entry(position.asset).or_default();
				*sum = sum
					.checked_add(position.free.0.into())
					.and_then(|sum| sum.checked_add(position.locked.0.into()))
					.ok_or(uncountable)?;
			}
		}
		let held = T::Money::total_balance(&backing);
		ensure!(
			held >= cash,
			"market 6: the backing account holds the cash of the trading accounts"
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
	let (locked, buying) = assets.entry(order.asset).or_default();
	match order.side {
		Side::Buy => {
			*cash = cash.checked_add(order.value())?;
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
