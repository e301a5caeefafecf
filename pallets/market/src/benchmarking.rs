//! Benchmarks: each call in its worst case.

use crate::*;
use alloc::vec::Vec;
use carbon_matching::LevelKey;
use carbon_primitives::{AssetId, Balance, Price, Role, Tonnes};
use carbon_traits::{ParticipantBenchmarkHelper, RegistryBenchmarkHelper};
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{fungible::Mutate, Get},
};
use frame_system::RawOrigin;

const ASSET: AssetId = 2030;
const TONNES: u64 = 1_000_000;
const CASH: Balance = 1_000_000_000_000;

fn rules() -> MarketParams {
	MarketParams::default()
}

fn allowances(tonnes: u64) -> Funds {
	Funds::Allowances {
		asset: ASSET,
		tonnes: Tonnes(tonnes),
	}
}

/// A participant with cash and allowances on its registry account.
fn participant<T: Config>(index: u32) -> T::AccountId {
	// Events of block 0 are not counted, and pages are numbered by the count of events.
	if frame_system::Pallet::<T>::block_number() == Default::default() {
		frame_system::Pallet::<T>::set_block_number(1_u32.into());
	}
	let who: T::AccountId = account("trader", index, 0);
	T::BenchmarkHelper::admit(&who, Role::Trader);
	assert_ok!(T::Money::mint_into(&who, CASH));
	T::BenchmarkHelper::endow(&who, ASSET, TONNES);
	who
}

/// A participant with cash on its trading account, which has place for one more asset.
fn trader_with_one_place<T: Config>(index: u32) -> T::AccountId {
	let who = participant::<T>(index);
	assert_ok!(Pallet::<T>::deposit(
		RawOrigin::Signed(who.clone()).into(),
		Funds::Cash { amount: CASH / 2 }
	));
	for asset in 1..T::MaxAssetsPerAccount::get() {
		T::BenchmarkHelper::endow(&who, ASSET + asset, 10);
		let funds = Funds::Allowances {
			asset: ASSET + asset,
			tonnes: Tonnes(1),
		};
		assert_ok!(Pallet::<T>::deposit(RawOrigin::Signed(who.clone()).into(), funds));
	}
	who
}

/// A participant with cash and allowances on its trading account, which is as long as it can be.
fn trader<T: Config>(index: u32) -> T::AccountId {
	let who = trader_with_one_place::<T>(index);
	assert_ok!(Pallet::<T>::deposit(
		RawOrigin::Signed(who.clone()).into(),
		allowances(TONNES / 2)
	));
	who
}

/// Open the market, whose asset has to exist.
fn open_market<T: Config>() {
	assert_ok!(Pallet::<T>::do_create_market(ASSET, rules()));
}

/// Rest an order of one tonne and return its identifier.
fn rest<T: Config>(who: &T::AccountId, side: Side, price: u64) -> OrderId {
	let level = LevelKey {
		side,
		tick: price as u32,
	};
	assert_ok!(Pallet::<T>::place_order(
		RawOrigin::Signed(who.clone()).into(),
		ASSET,
		side,
		Price(price),
		Tonnes(1),
		TimeInForce::GoodTillCancelled,
	));
	// The order is the latest of its level's open page.
	let mut newest = None;
	let _ = carbon_matching::verify(&mut crate::book::Book::<T>::of(ASSET), |id, _, _| {
		if (id.side(), id.tick()) == (level.side, level.tick) {
			newest = newest.max(Some(id));
		}
	});
	newest.expect("the order rests; qed")
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn create_market() {
		participant::<T>(0);
		#[block]
		{
			// The regulator's origin is the runtime's choice; its check is part of the base weight of a call.
			assert_ok!(Pallet::<T>::do_create_market(ASSET, rules()));
		}
		assert!(Markets::<T>::contains_key(ASSET));
	}

	/// Deposits all of a holding, which takes the last place, while the backing account has none of the asset.
	#[benchmark]
	fn deposit() {
		let who = trader_with_one_place::<T>(0);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), allowances(TONNES));
		assert_eq!(
			Pallet::<T>::trading_account(who).positions[0].free,
			Tonnes(TONNES)
		);
	}

	/// Withdraws all that there is of an asset to an account that has none of it.
	#[benchmark]
	fn withdraw() {
		let who = trader::<T>(0);
		assert_ok!(Pallet::<T>::do_deposit(who.clone(), allowances(TONNES / 2)));
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), allowances(TONNES));
		assert!(Pallet::<T>::trading_account(who)
			.positions
			.iter()
			.all(|position| position.asset != ASSET));
	}

	/// Meets `f` makers, each with an account of its own and alone on its price level, and rests the remainder. Where it meets
	/// nobody the remainder fills up a page; where it meets somebody no order can be at its price yet, so that it opens a level.
	#[benchmark]
	fn place_order(f: Linear<0, { T::MaxFillsPerOrder::get() }>) {
		let taker = trader::<T>(0);
		open_market::<T>();
		let neighbour = trader::<T>(1);
		for _ in 0..PAGE_SLOTS {
			rest::<T>(&neighbour, Side::Buy, 9_000);
		}
		let makers: Vec<_> = (0..f).map(|index| trader::<T>(2 + index)).collect();
		for (index, maker) in makers.iter().enumerate() {
			rest::<T>(maker, Side::Sell, 9_001 + index as u64);
		}
		let price = Price(9_000 + u64::from(f));
		#[extrinsic_call]
		_(
			RawOrigin::Signed(taker.clone()),
			ASSET,
			Side::Buy,
			price,
			Tonnes(u64::from(f) + 1),
			TimeInForce::GoodTillCancelled,
		);
		let account = Pallet::<T>::trading_account(taker);
		assert_eq!(account.cash_locked, price.value_of(Tonnes(1)));
		assert_eq!(account.positions[0].free, Tonnes(TONNES / 2 + u64::from(f)));
	}

	/// Cancels the only order left on a page between two others, which are linked anew.
	#[benchmark]
	fn cancel_order() {
		let who = trader::<T>(0);
		open_market::<T>();
		let orders: Vec<_> = (0..3 * PAGE_SLOTS + 1)
			.map(|_| rest::<T>(&who, Side::Buy, 9_000))
			.collect();
		let (first, last) = (PAGE_SLOTS as usize, 2 * PAGE_SLOTS as usize - 1);
		for order in &orders[first..last] {
			assert_ok!(Pallet::<T>::do_cancel_order(who.clone(), ASSET, *order));
		}
		let pages = Pages::<T>::iter_prefix(ASSET).count();
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), ASSET, orders[last]);
		assert_eq!(Pages::<T>::iter_prefix(ASSET).count() + 1, pages);
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
