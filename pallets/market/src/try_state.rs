//! What holds after every call.

use crate::{book::Book, price_of, Config, Levels, Markets, OrderTerms, Pages, Pallet, TradingAccounts};
use alloc::collections::BTreeMap;
use carbon_matching::Side;
use carbon_primitives::{AssetId, Balance, Tonnes};
use frame_support::{
	ensure,
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
	/// 3. Each order at rest obeys what cannot change while it rests: whole lots are left of it, its price lies on a step.
	/// 4. What an account has locked and is buying is what its resting orders bind.
	/// 5. A stored trading account is not empty, and its positions are sorted and not empty.
	/// 6. The backing account holds at least, and at most, what the trading accounts add up to, in cash and of each asset.
	/// 7. Every market and every trading account can be read; that every level and page can, follows from 1 and 2.
	///
	/// A sum that leaves its range breaks the invariant that it is taken for.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_readable()?;
		let bound = Self::check_books()?;
		Self::check_accounts(bound)?;
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
		Ok(())
	}

	fn check_books() -> Result<BTreeMap<T::AccountId, Bound>, TryRuntimeError> {
		let mut bound = BTreeMap::<T::AccountId, Bound>::new();
		let (mut levels, mut pages) = (0, 0);
		for (asset, market) in Markets::<T>::iter() {
			let params = market.params;
			ensure!(params.are_valid(), "market 3: the rules of a market are valid");
			let (mut terms_hold, mut sums_fit) = (true, true);
			let totals =
				carbon_matching::verify(&mut Book::<T>::with(asset, market), |id, owner, quantity| {
					let order = OrderTerms {
						asset,
						side: id.side(),
						price: price_of(id.tick()),
						tonnes: Tonnes(quantity),
					};
					terms_hold &= order.price.0.is_multiple_of(params.tick.0)
						&& order.tonnes.0.is_multiple_of(params.lot.0);
					sums_fit &= add_bound(bound.entry(owner.clone()).or_default(), &order).is_some();
				})
				.map_err(in_book)?;
			ensure!(
				terms_hold,
				"market 3: an order at rest has a price on a step and whole lots left"
			);
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
