//! Markets, participants and orders in their worst case, for the benchmarks.

use crate::*;
use alloc::{vec, vec::Vec};
use auction::AUCTION_PAGES;
use carbon_calendar::{HOLIDAYS_MAX, SESSIONS_MAX, WORKDAYS_MAX};
use carbon_matching::{Header, Ladder, LevelKey, Page, Resting, Serial, Walk, Word, WORDS_MAX};
use carbon_primitives::{AssetId, Balance, Moment, Price, Role, Tonnes, TradingRight};
use carbon_traits::{OnTradingRight, ParticipantBenchmarkHelper, RegistryBenchmarkHelper};
use frame_benchmarking::account;
use frame_support::{
	assert_ok,
	traits::{fungible::Mutate, Get, Time},
};
use frame_system::RawOrigin;

pub(super) const ASSET: AssetId = 2030;
pub(super) const TONNES: u64 = 1_000_000;
pub(super) const CASH: Balance = 1_000_000_000_000;

pub(super) fn rules() -> MarketParams {
	MarketParams::default()
}

pub(super) fn allowances(tonnes: u64) -> Funds {
	Funds::Allowances {
		asset: ASSET,
		tonnes: Tonnes(tonnes),
	}
}

/// A participant with cash and allowances on its registry account.
pub(super) fn participant<T: Config>(index: u32) -> T::AccountId {
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
pub(super) fn trader_with_one_place<T: Config>(index: u32) -> T::AccountId {
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
pub(super) fn trader<T: Config>(index: u32) -> T::AccountId {
	let who = trader_with_one_place::<T>(index);
	assert_ok!(Pallet::<T>::deposit(
		RawOrigin::Signed(who.clone()).into(),
		allowances(TONNES / 2)
	));
	who
}

/// Open the market, whose asset has to exist.
pub(super) fn open_market<T: Config>() {
	open_market_with::<T>(Calendar::default());
}

pub(super) fn open_market_with<T: Config>(calendar: Calendar) {
	let reference = rules().price_max;
	assert_ok!(Pallet::<T>::do_create_market(ASSET, rules(), reference, calendar));
}

pub(super) fn order(side: Side, price: u64, tonnes: u64) -> NewOrder {
	NewOrder {
		side,
		price: Price(price),
		tonnes: Tonnes(tonnes),
		kind: OrderKind::GoodTillCancelled,
		expires: None,
		self_trade: SelfTrade::default(),
		fee_max: None,
		meet_max: None,
	}
}

/// Rest an order of one tonne.
pub(super) fn rest<T: Config>(who: &T::AccountId, side: Side, price: u64) {
	assert_ok!(Pallet::<T>::place_order(
		RawOrigin::Signed(who.clone()).into(),
		ASSET,
		order(side, price, 1),
	));
}

/// Fill the open page of the level at `price` with bids of `who`.
pub(super) fn full_level<T: Config>(who: &T::AccountId, price: u64) {
	let key = LevelKey {
		side: Side::Buy,
		tick: price as u32,
	};
	rest::<T>(who, key.side, price);
	let mut level = Levels::<T>::get(ASSET, key).expect("the order rests; qed");
	let owners: Vec<_> = (1..PAGE_SLOTS).map(|_| who.clone()).collect();
	let page = sealed_page::<T>(key, &owners, level.open.serial);
	let orders = core::mem::take(&mut level.open.orders)
		.into_iter()
		.chain(page.orders);
	level.open.orders = orders
		.collect::<Vec<_>>()
		.try_into()
		.expect("as many as a page has slots; qed");
	level.open.given = PAGE_SLOTS as u8;
	level.open.live = u64::MAX >> (64 - PAGE_SLOTS);
	Levels::<T>::insert(ASSET, key, level);
}

/// A full page of which the orders of `owners` are left, one tonne each: an order that was not placed is made of what its owner
/// has.
pub(super) fn sealed_page<T: Config>(
	level: LevelKey,
	owners: &[T::AccountId],
	serial: Serial,
) -> PageOf<T::AccountId> {
	let terms = OrderTerms {
		asset: ASSET,
		side: level.side,
		price: price_of(level.tick),
		tonnes: Tonnes(1),
		left: Tonnes::ZERO,
		fee_ppm: 0,
	};
	for who in owners {
		let mut account = TradingAccounts::<T>::get(who).expect("the owner has deposited; qed");
		assert!(account.lock(&terms, None).is_ok());
		Pallet::<T>::put_account(who, &mut account);
	}
	let orders: Vec<_> = owners
		.iter()
		.map(|owner| Resting {
			owner: owner.clone(),
			quantity: 1,
			expires: 0,
			tag: 0,
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
pub(super) fn page_between_two_others<T: Config>(
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
pub(super) fn sealed_pages_in_front<T: Config>(side: Side, price: u64, owners: &[T::AccountId]) {
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
pub(super) fn orders_of<T: Config>(owners: &[T::AccountId]) -> Vec<OrderId> {
	let mut found = Vec::new();
	let seen = |id, order: &Resting<T::AccountId>| {
		if owners.contains(&order.owner) {
			found.push(id);
		}
	};
	assert!(carbon_matching::verify(&mut crate::book::Book::<T>::of(ASSET), seen).is_ok());
	found
}

pub(super) fn traders<T: Config>(from: u32, count: u32) -> Vec<T::AccountId> {
	(from..from + count).map(|index| trader::<T>(index)).collect()
}

/// The right of `who` depends on the time, so that it has to be asked.
pub(super) fn limit_right<T: Config>(who: &T::AccountId) {
	Pallet::<T>::trading_right_changed(who, TradingRight::Until(Moment::MAX));
}

/// A pass under way for the first `passing` accounts, for whose end the first `waiting` ones wait.
pub(super) fn sweep_of<T: Config>(passing: u32, waiting: u32) -> SweepRecordOf<T> {
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
		expiring: true,
		earliest: Some(Moment::MAX),
	}
}

/// `count` markets with headers as long as they can be. What they say of orders is not looked at.
pub(super) fn wide_markets<T: Config>(count: u32) {
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
			today: TradingDay {
				phase: MarketPhase::Continuous,
				bar: full_bar(),
				reference: Price(u64::MAX),
				price_min: Price(u64::MAX),
				price_max: Price(u64::MAX),
			},
			recent: full_trades(),
			fees: Balance::MAX,
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

/// The longest record of a day.
pub(super) fn full_bar() -> Bar {
	let price = Price(u64::MAX);
	let volume = Volume {
		tonnes: Tonnes(u64::MAX),
		value: Balance::MAX,
	};
	Bar {
		day: Day(u32::MAX),
		prices: Some(PriceRange {
			open: price,
			high: price,
			low: price,
			last: price,
		}),
		listed: volume,
		block: volume,
	}
}

/// Put the market with the longest record and calendar. Orders traded on each of its days, of which `ended` have ended; what they traded on
/// one of them is returned. All figures are about as long as they can be.
pub(super) fn traded_days<T: Config>(ended: u32) -> Volume {
	wide_markets::<T>(1);
	let listed = Volume {
		tonnes: Tonnes(u64::MAX - 1),
		// As much as can be added up.
		value: Balance::MAX / (Balance::from(ended) + 2),
	};
	let bar = |day| Bar {
		day: Day(day),
		listed,
		..full_bar()
	};
	for close in 0..ended {
		Bars::<T>::insert(ASSET, close, bar(close));
	}
	Markets::<T>::mutate(ASSET, |market| {
		market.as_mut().expect("it was put; qed").today.bar = bar(ended);
	});
	let schedule = Schedule {
		calendar: longest_calendar::<T>(),
		closes: ended,
	};
	Schedules::<T>::insert(ASSET, schedule);
	listed
}

/// As many trades as a market remembers, each with the longest record.
pub(super) fn full_trades() -> RecentTrades {
	let trade = Trade {
		block: u32::MAX,
		price: Price(u64::MAX),
		tonnes: Tonnes(u64::MAX),
		kind: TradeKind::Continuous,
	};
	RecentTrades::truncate_from(vec![trade; RECENT_TRADES as usize])
}

/// How many markets are halted without an end.
pub(super) fn halted_markets<T: Config>() -> u32 {
	Markets::<T>::iter_values()
		.filter(|market| market.halts.in_force(|| Moment::MAX - 1).is_some())
		.count() as u32
}

/// A calendar as long as it can be, by which the market is closed today and for as many weeks as there can be holidays: only one day of the
/// week is a working day, and each of them is a holiday.
pub(super) fn longest_calendar<T: Config>() -> Calendar {
	let today = Calendar::default().day_of(T::Time::now());
	let holidays: Vec<_> = (0..HOLIDAYS_MAX)
		.map(|week| Day(today.0.saturating_add(7 * week)))
		.collect();
	let workdays: Vec<_> = holidays
		.iter()
		.take(WORKDAYS_MAX as usize)
		.map(|holiday| holiday.next())
		.collect();
	let sessions: Vec<_> = (1..=SESSIONS_MAX as u16)
		.map(|hour| Session {
			opens: 60 * hour,
			closes: 60 * hour + 30,
		})
		.collect();
	Calendar {
		weekdays: 1 << today.weekday(),
		holidays: holidays.try_into().expect("as many as fit; qed"),
		workdays: workdays.try_into().expect("as many as fit; qed"),
		hours: Hours::Sessions {
			sessions: sessions.try_into().expect("as many as fit; qed"),
			auction: 15,
		},
		..Default::default()
	}
}

/// As many markets in the timetable as there may be, of which that of the tests is due at once and the others are never.
pub(super) fn full_timetable<T: Config>() {
	for asset in (1..T::MaxMarkets::get()).map(|other| ASSET + other) {
		assert_ok!(Pallet::<T>::schedule_market(asset, Moment::MAX));
	}
	assert_ok!(Pallet::<T>::schedule_market(ASSET, 0));
}

/// `count` participants with accounts as long as they can be, which were deposited nowhere: an auction does not look at the registry
/// ledger.
pub(super) fn long_accounts<T: Config>(count: u32) -> Vec<T::AccountId> {
	let position = |asset| Position {
		asset,
		free: Tonnes(TONNES),
		locked: Tonnes::ZERO,
		buying: Tonnes::ZERO,
		pledged: Tonnes::ZERO,
		orders: 0,
		last_day: None,
	};
	let positions: Vec<_> = (0..T::MaxAssetsPerAccount::get())
		.map(|other| position(ASSET + other))
		.collect();
	let account = TradingAccountOf::<T> {
		cash_free: CASH,
		positions: positions.try_into().expect("as many as fit; qed"),
		right: TradingRight::Lasting,
		..Default::default()
	};
	(0..count)
		.map(|index| {
			let who: T::AccountId = frame_benchmarking::account("owner", index, 0);
			TradingAccounts::<T>::insert(&who, &account);
			who
		})
		.collect()
}

/// `count` orders of as many owners, half of them on each side and spread over as many levels as a step of an auction reads pages. With one
/// exception all are of two tonnes, so that each trade fills one of two orders.
pub(super) fn collected_orders<T: Config>(count: u32) -> Vec<T::AccountId> {
	participant::<T>(0);
	open_market::<T>();
	Markets::<T>::mutate(ASSET, |market| {
		let market = market.as_mut().expect("it was opened; qed");
		market.today.phase = MarketPhase::CallAuction;
		let fees = FeeRates {
			maker_ppm: u16::MAX,
			taker_ppm: u16::MAX,
		};
		market.params.fees = fees;
	});
	let owners = long_accounts::<T>(count);
	for (index, who) in owners.iter().enumerate() {
		let level = (index as u64 / 2) % u64::from(AUCTION_PAGES / 2);
		let (side, price) = if index % 2 == 0 {
			(Side::Sell, 9_000 + level)
		} else {
			(Side::Buy, 9_100 + level)
		};
		let tonnes = if index == 0 { 1 } else { 2 };
		assert_ok!(Pallet::<T>::place_order(
			RawOrigin::Signed(who.clone()).into(),
			ASSET,
			order(side, price, tonnes),
		));
	}
	owners
}
