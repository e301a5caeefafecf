//! Benchmarks: each call in its worst case.

use crate::*;
use alloc::vec::Vec;
use carbon_matching::{Header, Ladder, LevelKey, Page, Resting, Serial, Walk, Word, WORDS_MAX};
use carbon_primitives::{AssetId, Balance, Moment, Price, Role, Tonnes, TradingRight};
use carbon_traits::{
	EnsureParticipant, HaltMarkets, OnTradingRight, ParticipantBenchmarkHelper, RegistryBenchmarkHelper,
};
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

/// A full page of which the orders of `owners` are left, one tonne each: an order that was not placed is made of what its owner
/// has.
fn sealed_page<T: Config>(level: LevelKey, owners: &[T::AccountId], serial: Serial) -> PageOf<T::AccountId> {
	let terms = OrderTerms {
		asset: ASSET,
		side: level.side,
		price: price_of(level.tick),
		tonnes: Tonnes(1),
	};
	for who in owners {
		let mut account = TradingAccounts::<T>::get(who).expect("the owner has deposited; qed");
		assert!(account.lock(&terms).is_ok());
		Pallet::<T>::put_account(who, &account);
	}
	let orders: Vec<_> = owners
		.iter()
		.map(|owner| Resting {
			owner: owner.clone(),
			quantity: 1,
		})
		.collect();
	Page {
		serial,
		prev: Some(serial - 1),
		next: Some(serial + 1),
		given: PAGE_SLOTS as u8,
		live: u64::MAX >> (64 - owners.len()),
		orders: orders.try_into().expect("no more than a page has slots; qed"),
	}
}

/// Bids of `owners` on one page of the level at `price`, between two other ones with an order of `neighbour` each, and an open
/// page with one more. Returns the number of the page.
fn page_between_two_others<T: Config>(
	price: u64,
	owners: &[T::AccountId],
	neighbour: &T::AccountId,
) -> Serial {
	let key = LevelKey {
		side: Side::Buy,
		tick: price as u32,
	};
	rest::<T>(neighbour, key.side, price);
	let mut level = Levels::<T>::get(ASSET, key).expect("the order rests; qed");
	let serial = level.open.serial - 2;
	let neighbours = core::slice::from_ref(neighbour);
	for (owners, serial) in [
		(neighbours, serial - 1),
		(owners, serial),
		(neighbours, serial + 1),
	] {
		let page = sealed_page::<T>(key, owners, serial);
		Pages::<T>::insert(ASSET, (key, serial), page);
	}
	level.first = Some(serial - 1);
	level.open.prev = Some(serial + 1);
	Levels::<T>::insert(ASSET, key, level);
	serial
}

/// Put an order of each of `owners` on a page of its own before the open page of the level at `price`, while the header remembers
/// a page that is gone.
fn sealed_pages_in_front<T: Config>(side: Side, price: u64, owners: &[T::AccountId]) {
	let key = LevelKey {
		side,
		tick: price as u32,
	};
	let mut level = Levels::<T>::get(ASSET, key).expect("an order rests; qed");
	let first = level.open.serial - owners.len() as u64;
	for (serial, owner) in (first..).zip(owners) {
		let page = sealed_page::<T>(key, core::slice::from_ref(owner), serial);
		let prev = page.prev.filter(|prev| *prev >= first);
		Pages::<T>::insert(ASSET, (key, serial), Page { prev, ..page });
		level.first = Some(first);
		level.open.prev = Some(serial);
	}
	Levels::<T>::insert(ASSET, key, level);
	Markets::<T>::mutate(ASSET, |market| {
		let book = &mut market.as_mut().expect("it was opened; qed").book;
		let ladder = if side == Side::Buy {
			&mut book.bids
		} else {
			&mut book.asks
		};
		ladder.head = Some(first - 1);
	});
}

/// The orders at rest that belong to one of `owners`.
fn orders_of<T: Config>(owners: &[T::AccountId]) -> Vec<OrderId> {
	let mut found = Vec::new();
	let seen = |id, owner: &T::AccountId, _| {
		if owners.contains(owner) {
			found.push(id);
		}
	};
	assert!(carbon_matching::verify(&mut crate::book::Book::<T>::of(ASSET), seen).is_ok());
	found
}

fn traders<T: Config>(from: u32, count: u32) -> Vec<T::AccountId> {
	(from..from + count).map(|index| trader::<T>(index)).collect()
}

/// The right of `who` depends on the time, so that it has to be asked.
fn limit_right<T: Config>(who: &T::AccountId) {
	Pallet::<T>::trading_right_changed(who, TradingRight::Until(Moment::MAX));
}

/// A pass under way for the first `passing` accounts, for whose end the first `waiting` ones wait.
fn sweep_of<T: Config>(passing: u32, waiting: u32) -> SweepRecordOf<T> {
	let scope = |count| {
		let accounts: Vec<T::AccountId> = (0..count).map(|index| account("trader", index, 0)).collect();
		SweepScope::Accounts(accounts.try_into().expect("as many as fit; qed"))
	};
	let level = LevelKey {
		side: Side::Buy,
		tick: 9_000,
	};
	let walk = Walk {
		at: Serial::MAX,
		done: Some(Serial::MAX),
		last: Serial::MAX,
	};
	SweepRecordOf::<T> {
		passing: scope(passing),
		waiting: scope(waiting),
		cursor: Some(SweepCursor {
			asset: ASSET,
			level,
			walk: Some(walk),
		}),
	}
}

/// `count` markets with headers as long as they can be. What they say of orders is not looked at.
fn wide_markets<T: Config>(count: u32) {
	// Events of block 0 are not kept.
	frame_system::Pallet::<T>::set_block_number(1_u32.into());
	let words: Vec<_> = (0..WORDS_MAX as u16)
		.map(|index| Word {
			index,
			bits: [u64::MAX; 4],
		})
		.collect();
	let ladder = Ladder {
		words: words.try_into().expect("as many as fit; qed"),
		head: Some(Serial::MAX),
	};
	for asset in ASSET..ASSET + count {
		let market = MarketRecord {
			params: rules(),
			halts: Default::default(),
			book: Header {
				bids: ladder.clone(),
				asks: ladder.clone(),
				last: Some(9_000),
			},
		};
		Markets::<T>::insert(asset, market);
	}
	MarketCount::<T>::put(count);
}

/// How many markets are halted without an end.
fn halted_markets<T: Config>() -> u32 {
	Markets::<T>::iter_values()
		.filter(|market| market.halts.in_force(|| Moment::MAX - 1).is_some())
		.count() as u32
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

	/// Rests an order that seals the page which it finds full.
	#[benchmark]
	fn rest_order() {
		let who = trader::<T>(0);
		open_market::<T>();
		let neighbour = trader::<T>(1);
		for _ in 0..PAGE_SLOTS {
			rest::<T>(&neighbour, Side::Buy, 9_000);
		}
		limit_right::<T>(&who);
		let price = Price(9_000);
		#[block]
		{
			assert_ok!(Pallet::<T>::place_order(
				RawOrigin::Signed(who.clone()).into(),
				ASSET,
				Side::Buy,
				price,
				Tonnes(1),
				TimeInForce::GoodTillCancelled,
			));
		}
		assert_eq!(
			Pallet::<T>::trading_account(who).cash_locked,
			price.value_of(Tonnes(1))
		);
		assert_eq!(Pages::<T>::iter().count(), 1);
	}

	/// Meets `f` makers, each with an account of its own and alone on its page, of which the header remembers one that is gone; and
	/// opens a level with the remainder.
	#[benchmark]
	fn place_order(f: Linear<1, { T::MaxFillsPerOrder::get() }>) {
		let taker = trader::<T>(0);
		open_market::<T>();
		let makers = traders::<T>(1, f);
		let (last, others) = makers.split_last().expect("there is at least one; qed");
		rest::<T>(last, Side::Sell, 9_001);
		sealed_pages_in_front::<T>(Side::Sell, 9_001, others);
		for who in makers.iter().chain([&taker]) {
			limit_right::<T>(who);
		}
		let price = Price(9_001);
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
		assert_eq!(Pages::<T>::iter().count(), 0);
	}

	/// Asks about a participant whose right the market does not know.
	#[benchmark]
	fn renew_right() {
		let who = participant::<T>(0);
		let right;
		#[block]
		{
			right = T::Participants::ensure_may_trade(&who);
		}
		assert!(right.is_ok());
	}

	/// Somebody else cancels the only order left on a page between two others, which are linked anew; its owner may not trade any
	/// more.
	#[benchmark]
	fn cancel_order() {
		let owner = trader::<T>(0);
		let keeper = trader::<T>(1);
		open_market::<T>();
		page_between_two_others::<T>(9_000, core::slice::from_ref(&owner), &keeper);
		let order = orders_of::<T>(core::slice::from_ref(&owner))[0];
		Pallet::<T>::trading_right_changed(&owner, TradingRight::Until(0));
		let pages = Pages::<T>::iter_prefix(ASSET).count();
		#[extrinsic_call]
		_(RawOrigin::Signed(keeper), ASSET, order);
		assert_eq!(Pages::<T>::iter_prefix(ASSET).count() + 1, pages);
	}

	/// Takes out `n` orders of as many owners, each the only one left on a page between two others, at a level of its own.
	#[benchmark]
	fn force_cancel(n: Linear<1, FORCE_CANCEL_MAX>) {
		let neighbour = trader::<T>(0);
		open_market::<T>();
		let owners = traders::<T>(1, n);
		for (index, owner) in owners.iter().enumerate() {
			page_between_two_others::<T>(9_000 + index as u64, core::slice::from_ref(owner), &neighbour);
		}
		let orders = OrderIds::truncate_from(orders_of::<T>(&owners));
		assert_eq!(orders.len() as u32, n);
		#[block]
		{
			// The regulator's origin is the runtime's choice; its check is part of the base weight of a call.
			assert_ok!(Pallet::<T>::do_force_cancel(ASSET, orders));
		}
		assert!(orders_of::<T>(&owners).is_empty());
	}

	/// Withdraws all that there is of an asset to an account that has none of it.
	#[benchmark]
	fn force_withdraw() {
		let who = trader::<T>(0);
		assert_ok!(Pallet::<T>::do_deposit(who.clone(), allowances(TONNES / 2)));
		#[block]
		{
			assert_ok!(Pallet::<T>::do_force_withdraw(who.clone(), allowances(TONNES)));
		}
		assert!(Pallet::<T>::trading_account(who)
			.positions
			.iter()
			.all(|position| position.asset != ASSET));
	}

	/// Changes the rules of a market whose book is spread as widely as it may be.
	#[benchmark]
	fn set_params() {
		let who = trader::<T>(0);
		open_market::<T>();
		for price in (1..16_000).step_by(256) {
			rest::<T>(&who, Side::Buy, price);
		}
		let params = MarketParams {
			tick: Price(5),
			price_min: Price(5),
			..rules()
		};
		#[block]
		{
			assert_ok!(Pallet::<T>::do_set_params(ASSET, params));
		}
		assert_eq!(Markets::<T>::get(ASSET).map(|market| market.params), Some(params));
	}

	#[benchmark]
	fn sweep_idle() {
		let found;
		#[block]
		{
			found = Sweep::<T>::get();
		}
		assert!(found.is_none());
	}

	/// Loads and stores the longest lists.
	#[benchmark]
	fn sweep_begin() {
		let full = T::MaxSweep::get();
		Sweep::<T>::put(sweep_of::<T>(full, full));
		#[block]
		{
			let sweep = Sweep::<T>::get();
			Sweep::<T>::set(sweep);
		}
		assert!(Sweep::<T>::exists());
	}

	/// Sweeps a page between two others with an order of each of `o` owners, who may not trade any more, so that the other pages are
	/// linked anew.
	#[benchmark]
	fn sweep_page(o: Linear<1, PAGE_SLOTS>) {
		let neighbour = trader::<T>(0);
		open_market::<T>();
		let owners = traders::<T>(1, o);
		let page = page_between_two_others::<T>(9_000, &owners, &neighbour);
		for owner in &owners {
			Pallet::<T>::trading_right_changed(owner, TradingRight::Until(0));
		}
		let level = LevelKey {
			side: Side::Buy,
			tick: 9_000,
		};
		let mut sweep = SweepRecordOf::<T> {
			passing: SweepScope::Everyone,
			waiting: Default::default(),
			cursor: Some(SweepCursor {
				asset: ASSET,
				level,
				walk: Some(Walk {
					at: page,
					done: Some(page - 1),
					last: page + 2,
				}),
			}),
		};
		let asked;
		#[block]
		{
			asked = Pallet::<T>::sweep_step(&mut sweep);
		}
		assert_eq!(asked, Some(o));
		assert!(orders_of::<T>(&owners).is_empty());
	}

	/// The page to go on with is gone, and the one before it, which is full, tells where to go.
	#[benchmark]
	fn sweep_skip() {
		let neighbour = trader::<T>(0);
		open_market::<T>();
		let owners = traders::<T>(1, PAGE_SLOTS);
		let done = page_between_two_others::<T>(9_000, &owners, &neighbour);
		let level = LevelKey {
			side: Side::Buy,
			tick: 9_000,
		};
		let (gone, open) = (done + 1, done + 2);
		Pages::<T>::remove(ASSET, (level, gone));
		Pages::<T>::mutate(ASSET, (level, done), |page| {
			page.as_mut().expect("it is stored; qed").next = Some(open);
		});
		let mut sweep = SweepRecordOf::<T> {
			passing: SweepScope::Everyone,
			waiting: Default::default(),
			cursor: Some(SweepCursor {
				asset: ASSET,
				level,
				walk: Some(Walk {
					at: gone,
					done: Some(done),
					last: open,
				}),
			}),
		};
		let asked;
		#[block]
		{
			asked = Pallet::<T>::sweep_step(&mut sweep);
		}
		assert_eq!(asked, None);
		let walk = sweep.cursor.and_then(|cursor| cursor.walk);
		assert_eq!(walk.map(|walk| walk.at), Some(open));
	}

	/// The right of an account as long as it can be, with an order at rest, ends by the time that has to be asked, while the lists of
	/// the sweep have room for one more account.
	#[benchmark]
	fn trading_right_changed() {
		let who = trader::<T>(T::MaxSweep::get());
		open_market::<T>();
		rest::<T>(&who, Side::Buy, 9_000);
		let full = T::MaxSweep::get();
		Sweep::<T>::put(sweep_of::<T>(full, full.saturating_sub(1)));
		#[block]
		{
			Pallet::<T>::trading_right_changed(&who, TradingRight::Until(0));
		}
		assert!(Sweep::<T>::get().is_some_and(|sweep| sweep.waiting.contains(&who)));
	}

	/// Halts a market whose book is spread as widely as it can be.
	#[benchmark]
	fn halt_market() {
		wide_markets::<T>(1);
		#[block]
		{
			assert_ok!(<Pallet<T> as HaltMarkets>::halt_market(ASSET, Some(Moment::MAX)));
		}
		assert_eq!(halted_markets::<T>(), 1);
	}

	/// Halts `m` markets whose books are spread as widely as they can be.
	#[benchmark]
	fn halt_all_markets(m: Linear<1, { T::MaxMarkets::get() }>) {
		wide_markets::<T>(m);
		#[block]
		{
			assert_ok!(<Pallet<T> as HaltMarkets>::halt_all_markets(Some(Moment::MAX)));
		}
		assert_eq!(halted_markets::<T>(), m);
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
