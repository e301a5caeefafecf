//! Benchmarks: each call in its worst case.

use crate::{holding::Room, *};
use alloc::{vec, vec::Vec};
use auction::{AUCTION_ORDERS, AUCTION_PAGES};
use carbon_calendar::{HOLIDAYS_MAX, SESSIONS_MAX};
use carbon_matching::{
	Header, Ladder, LevelKey, Page, Price as AuctionPrice, Resting, Serial, Walk, Word, WORDS_MAX,
};
use carbon_primitives::{AssetId, Balance, Moment, Price, Role, Tonnes, TradingRight};
use carbon_traits::{
	HaltMarkets, InspectGroup, OnTradingRight, ParticipantBenchmarkHelper, RegistryBenchmarkHelper,
};
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{
		fungible::{Inspect, Mutate},
		Get, Time,
	},
	weights::WeightMeter,
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
	open_market_with::<T>(Calendar::default());
}

fn open_market_with<T: Config>(calendar: Calendar) {
	let reference = rules().price_max;
	assert_ok!(Pallet::<T>::do_create_market(ASSET, rules(), reference, calendar));
}

fn order(side: Side, price: u64, tonnes: u64) -> NewOrder {
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
fn rest<T: Config>(who: &T::AccountId, side: Side, price: u64) {
	assert_ok!(Pallet::<T>::place_order(
		RawOrigin::Signed(who.clone()).into(),
		ASSET,
		order(side, price, 1),
	));
}

/// Fill the open page of the level at `price` with bids of `who`.
fn full_level<T: Config>(who: &T::AccountId, price: u64) {
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
fn sealed_page<T: Config>(level: LevelKey, owners: &[T::AccountId], serial: Serial) -> PageOf<T::AccountId> {
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
	let seen = |id, order: &Resting<T::AccountId>| {
		if owners.contains(&order.owner) {
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
		expiring: true,
		earliest: Some(Moment::MAX),
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
fn full_bar() -> Bar {
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

/// As many trades as a market remembers, each with the longest record.
fn full_trades() -> RecentTrades {
	let trade = Trade {
		block: u32::MAX,
		price: Price(u64::MAX),
		tonnes: Tonnes(u64::MAX),
		kind: TradeKind::Continuous,
	};
	RecentTrades::truncate_from(vec![trade; RECENT_TRADES as usize])
}

/// How many markets are halted without an end.
fn halted_markets<T: Config>() -> u32 {
	Markets::<T>::iter_values()
		.filter(|market| market.halts.in_force(|| Moment::MAX - 1).is_some())
		.count() as u32
}

/// A calendar as long as it can be, by which the market is closed today and for as many weeks as there can be holidays: only one day of the
/// week is a working day, and each of them is a holiday.
fn longest_calendar<T: Config>() -> Calendar {
	let today = Calendar::default().day_of(T::Time::now());
	let holidays: Vec<_> = (0..HOLIDAYS_MAX)
		.map(|week| Day(today.0.saturating_add(7 * week)))
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
		hours: Hours::Sessions {
			sessions: sessions.try_into().expect("as many as fit; qed"),
			auction: 15,
		},
		..Default::default()
	}
}

/// As many markets in the timetable as there may be, of which that of the tests is due at once and the others are never.
fn full_timetable<T: Config>() {
	for asset in (1..T::MaxMarkets::get()).map(|other| ASSET + other) {
		assert_ok!(Pallet::<T>::schedule_market(asset, Moment::MAX));
	}
	assert_ok!(Pallet::<T>::schedule_market(ASSET, 0));
}

/// `count` participants with accounts as long as they can be, which were deposited nowhere: an auction does not look at the registry
/// ledger.
fn long_accounts<T: Config>(count: u32) -> Vec<T::AccountId> {
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
fn collected_orders<T: Config>(count: u32) -> Vec<T::AccountId> {
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

#[benchmarks]
mod benchmarks {
	use super::*;

	/// Opens the last market that there is room for in the timetable, with the longest calendar.
	#[benchmark]
	fn create_market() {
		participant::<T>(0);
		full_timetable::<T>();
		let calendar = longest_calendar::<T>();
		#[block]
		{
			// The regulator's origin is the runtime's choice; its check is part of the base weight of a call.
			open_market_with::<T>(calendar);
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
		// Its market says whether what was bought today may leave.
		open_market::<T>();
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
		full_level::<T>(&neighbour, 9_000);
		limit_right::<T>(&who);
		let price = Price(9_000);
		#[block]
		{
			assert_ok!(Pallet::<T>::place_order(
				RawOrigin::Signed(who.clone()).into(),
				ASSET,
				order(Side::Buy, price.0, 1),
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
			order(Side::Buy, price.0, u64::from(f) + 1),
		);
		let account = Pallet::<T>::trading_account(taker);
		assert_eq!(account.cash_locked, price.value_of(Tonnes(1)));
		assert_eq!(account.positions[0].free, Tonnes(TONNES / 2 + u64::from(f)));
		assert_eq!(Pages::<T>::iter().count(), 0);
	}

	/// Asks about a participant of whose right and group the market does not know.
	#[benchmark]
	fn renew_right() {
		let who = participant::<T>(0);
		T::BenchmarkHelper::form_group(core::slice::from_ref(&who));
		let mut account = TradingAccountOf::<T>::default();
		#[block]
		{
			assert_ok!(Pallet::<T>::renew_right(&who, &mut account));
		}
		assert!(account.right.is_valid(T::Time::now) && account.group.is_some());
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

	/// Collects fees that are all that the backing account has, of a market whose book is spread as widely as it can be, for a treasury
	/// that has nothing yet.
	#[benchmark]
	fn collect_fees() {
		let caller = participant::<T>(0);
		wide_markets::<T>(1);
		Markets::<T>::mutate(ASSET, |market| {
			market.as_mut().expect("it was put; qed").fees = CASH;
		});
		assert_ok!(T::Money::mint_into(&Pallet::<T>::account_id(), CASH));
		let before = T::Money::balance(&T::Treasury::get());
		#[extrinsic_call]
		_(RawOrigin::Signed(caller), ASSET);
		assert_eq!(T::Money::balance(&T::Treasury::get()), before + CASH);
	}

	/// Adds up the holdings of a participant and of `m` others of its group, each with a trading account as long as it can be.
	#[benchmark]
	fn check_holding(m: Linear<0, { T::MaxGroupMembers::get() - 1 }>) {
		let members = traders::<T>(0, m + 1);
		T::BenchmarkHelper::form_group(&members);
		let who = members[0].clone();
		let group = T::Groups::group_of(&who);
		let room;
		#[block]
		{
			room = Room::<T>::of(&who, group, ASSET, Tonnes(u64::MAX));
		}
		assert_eq!(room.others(), m);
		assert!(room.check(u128::from(TONNES)).is_ok());
	}

	/// Notes an end that is earlier than the one that is known.
	#[benchmark]
	fn note_expiry() {
		NextExpiry::<T>::put(Moment::MAX);
		#[block]
		{
			Pallet::<T>::note_expiry(Moment::MAX - 1);
		}
		assert_eq!(NextExpiry::<T>::get(), Some(Moment::MAX - 1));
	}

	/// Cancels the only order left on a page between two others, which are linked anew, and rests one that seals the page which it
	/// finds full.
	#[benchmark]
	fn replace_order() {
		let owner = trader::<T>(0);
		let neighbour = trader::<T>(1);
		open_market::<T>();
		page_between_two_others::<T>(9_000, core::slice::from_ref(&owner), &neighbour);
		let id = orders_of::<T>(core::slice::from_ref(&owner))[0];
		full_level::<T>(&neighbour, 9_001);
		limit_right::<T>(&owner);
		let pages = Pages::<T>::iter_prefix(ASSET).count();
		#[extrinsic_call]
		_(
			RawOrigin::Signed(owner.clone()),
			ASSET,
			id,
			Price(9_001),
			Tonnes(2),
			None,
		);
		let account = Pallet::<T>::trading_account(owner);
		assert_eq!(account.cash_locked, Price(9_001).value_of(Tonnes(2)));
		// One page has gone, one was sealed.
		assert_eq!(Pages::<T>::iter_prefix(ASSET).count(), pages);
	}

	/// An account as long as it can be, while the lists of the sweep have room for one more account.
	#[benchmark]
	fn cancel_all() {
		let who = trader::<T>(T::MaxSweep::get());
		open_market::<T>();
		rest::<T>(&who, Side::Buy, 9_000);
		let full = T::MaxSweep::get();
		Sweep::<T>::put(sweep_of::<T>(full, full.saturating_sub(1)));
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));
		assert!(Pallet::<T>::trading_account(who).leaving);
	}

	/// Cancels `c` orders, each the only one left on a page between two others at a level of its own, and places `o`, each at a level
	/// whose page it finds full.
	#[benchmark]
	fn batch(c: Linear<0, BATCH_MAX>, o: Linear<0, BATCH_MAX>) {
		let owner = trader::<T>(0);
		let neighbour = trader::<T>(1);
		open_market::<T>();
		for n in 0..c {
			page_between_two_others::<T>(8_000 + u64::from(n), core::slice::from_ref(&owner), &neighbour);
		}
		let cancels = BatchCancels::truncate_from(orders_of::<T>(core::slice::from_ref(&owner)));
		let mut orders = Vec::new();
		for n in 0..o {
			full_level::<T>(&neighbour, 9_000 + u64::from(n));
			orders.push(order(Side::Buy, 9_000 + u64::from(n), 1));
		}
		limit_right::<T>(&owner);
		let orders = BatchOrders::truncate_from(orders);
		let result;
		#[block]
		{
			result = Pallet::<T>::do_batch(owner.clone(), ASSET, cancels, orders);
		}
		// A batch of nothing is refused.
		assert_eq!(result.is_ok(), c + o > 0);
		assert_eq!(
			TradingAccounts::<T>::get(owner).map(|account| account.orders_for(ASSET)),
			Some(o)
		);
	}

	/// Nobody is named, and the earliest end of an order has not come.
	#[benchmark]
	fn sweep_idle() {
		NextExpiry::<T>::put(Moment::MAX);
		let found;
		#[block]
		{
			found = Pallet::<T>::sweep_due();
		}
		assert!(found.is_none());
	}

	/// Loads and stores the longest lists, and notes what a pass has left.
	#[benchmark]
	fn sweep_begin() {
		let full = T::MaxSweep::get();
		Sweep::<T>::put(SweepRecordOf::<T> {
			earliest: Some(Moment::MAX - 1),
			..sweep_of::<T>(full, full)
		});
		NextExpiry::<T>::put(Moment::MAX);
		#[block]
		{
			let mut sweep = Sweep::<T>::get().expect("it was put; qed");
			Pallet::<T>::end_pass(&mut sweep);
			Sweep::<T>::put(sweep);
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
			expiring: true,
			earliest: None,
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
			expiring: true,
			earliest: None,
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

	/// Puts the longest calendar in the place of another one as long, while the timetable is full.
	#[benchmark]
	fn set_calendar() {
		participant::<T>(0);
		open_market::<T>();
		full_timetable::<T>();
		let calendar = longest_calendar::<T>();
		Schedules::<T>::mutate(ASSET, |schedule| {
			schedule.as_mut().expect("it was opened; qed").calendar = calendar.clone();
		});
		let new_value = Calendar {
			utc_offset: 60,
			..calendar
		};
		#[block]
		{
			// The regulator's origin is the runtime's choice; its check is part of the base weight of a call.
			assert_ok!(Pallet::<T>::do_set_calendar(ASSET, new_value.clone()));
		}
		assert_eq!(Pallet::<T>::calendar(ASSET), Some(new_value));
	}

	/// Nothing is due.
	#[benchmark]
	fn poll_idle() {
		NextDue::<T>::put(Moment::MAX);
		let mut meter = WeightMeter::new();
		#[block]
		{
			Pallet::<T>::advance_markets(&mut meter);
		}
		assert_eq!(meter.consumed(), T::WeightInfo::poll_idle());
	}

	/// Breaks off the auction of a halted market whose record and calendar are as long as they can be, ends its day over the oldest of its
	/// bars, and closes it, while the timetable is full.
	#[benchmark]
	fn advance_market() {
		wide_markets::<T>(1);
		full_timetable::<T>();
		let calendar = longest_calendar::<T>();
		let today = calendar.day_of(T::Time::now());
		Markets::<T>::mutate(ASSET, |market| {
			let market = market.as_mut().expect("it was put; qed");
			market.today.bar.day = today;
			market.today.phase = MarketPhase::Uncrossing;
			market.halts.own = Moment::MAX;
		});
		let price = AuctionPrice {
			tick: Some(9_000),
			volume: u128::MAX,
		};
		let stage = AuctionStage::Settle {
			price,
			traded: u128::MAX,
		};
		Auction::<T>::put(AuctionRecord { asset: ASSET, stage });
		let closes = T::BarsKept::get();
		Schedules::<T>::insert(ASSET, Schedule { calendar, closes });
		Bars::<T>::insert(ASSET, 0, full_bar());
		#[block]
		{
			Pallet::<T>::advance_markets(&mut WeightMeter::new());
		}
		let status = Pallet::<T>::market_status(ASSET).expect("it was put; qed");
		assert_eq!((status.phase, status.closes), (MarketPhase::Closed, closes + 1));
		assert_eq!(Bars::<T>::get(ASSET, 0).map(|bar| bar.day), Some(today));
		assert!(!Auction::<T>::exists());
	}

	/// Takes `o` orders of as many owners out of the book on its way, none of whom may trade any more, from each page that a step reads.
	#[benchmark]
	fn auction_search(o: Linear<1, AUCTION_ORDERS>) {
		for who in collected_orders::<T>(o) {
			Pallet::<T>::trading_right_changed(&who, TradingRight::Until(0));
		}
		let mut market = Markets::<T>::get(ASSET).expect("it was opened; qed");
		let step;
		#[block]
		{
			step = Pallet::<T>::step_for_benchmark(ASSET, &mut market, None);
		}
		let (next, orders) = step;
		assert_eq!((orders, Levels::<T>::iter_keys().count()), (o, 0));
		assert!(matches!(next, Some(AuctionStage::Settle { .. })));
	}

	/// Settles the trades of `o` orders of as many owners, from each page that a step reads. Each trade fills one of its two orders.
	#[benchmark]
	fn auction_settle(o: Linear<2, AUCTION_ORDERS>) {
		let owners = collected_orders::<T>(o);
		for who in &owners {
			limit_right::<T>(who);
		}
		let mut market = Markets::<T>::get(ASSET).expect("it was opened; qed");
		let (found, _) = Pallet::<T>::step_for_benchmark(ASSET, &mut market, None);
		let step;
		#[block]
		{
			step = Pallet::<T>::step_for_benchmark(ASSET, &mut market, found);
		}
		assert_eq!(step, (None, o));
		assert_eq!(market.today.bar.listed.tonnes, Tonnes(u64::from(o) - 1));
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
