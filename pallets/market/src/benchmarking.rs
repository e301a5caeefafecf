//! Benchmarks: each call in its worst case.

use crate::{holding::Room, *};
use alloc::vec::Vec;
use auction::AUCTION_ORDERS;
use carbon_matching::{LevelKey, Price as AuctionPrice, Walk};
use carbon_primitives::{Moment, Price, Tonnes, TradingLimits, TradingRight};
use carbon_traits::{
	HaltMarkets, InspectAveragePrice, InspectGroup, InspectTradingLimits, OnTradingLimits, OnTradingRight,
	ParticipantBenchmarkHelper,
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

mod setup;
use setup::*;

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
	/// opens a level with the remainder. What telling of the trades weighs, whoever is told says.
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
		let order = order(Side::Buy, price.0, u64::from(f) + 1);
		let result;
		#[block]
		{
			result = Pallet::<T>::place_untold(&taker, ASSET, order);
		}
		assert!(result.is_ok());
		let account = Pallet::<T>::trading_account(taker);
		assert_eq!(account.cash_locked, price.value_of(Tonnes(1)));
		assert_eq!(account.positions[0].free, Tonnes(TONNES / 2 + u64::from(f)));
		assert_eq!(Pages::<T>::iter().count(), 0);
	}

	/// Asks about a participant of whose right, group and limits the market does not know.
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

	/// Averages the listed trades of `b` days that have ended and of the one that runs, in a market whose record and calendar are as long as
	/// they can be.
	#[benchmark]
	fn average_price(b: Linear<1, { T::BarsKept::get() }>) {
		let day = traded_days::<T>(b);
		let calendar = Pallet::<T>::calendar(ASSET).expect("it was put; qed");
		let until = calendar.start_of(Day(b));
		let price;
		#[block]
		{
			price = <Pallet<T> as InspectAveragePrice>::average_price(ASSET, until, b);
		}
		assert!(price.is_some());
		assert_eq!(price, day.average());
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

	/// The limits of an account as long as it can be change.
	#[benchmark]
	fn trading_limits_changed() {
		let who = trader::<T>(0);
		TradingAccounts::<T>::mutate_extant(&who, |account| {
			account.limits = TradingLimits {
				order_max: Some(Tonnes(u64::MAX)),
				orders_max: Some(u32::MAX),
				buys_blocked: true,
			};
		});
		#[block]
		{
			Pallet::<T>::trading_limits_changed(&who);
		}
		assert_eq!(
			Pallet::<T>::trading_account(who.clone()).limits,
			T::Limits::limits_of(&who)
		);
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

	/// Settles the trades of `o` orders of as many owners, from each page that a step reads. Each trade fills one of its two orders. What
	/// telling of the trades weighs, whoever is told says.
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
