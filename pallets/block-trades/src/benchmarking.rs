//! Benchmarks of the calls and of what a block does by itself. They also run as native tests, without the
//! feature `runtime-benchmarks`.

#![allow(missing_docs)]

use super::*;
use carbon_primitives::{AssetId, Balance, Funds, Moment, Price, Tonnes};
use frame_benchmarking::v2::*;
use frame_support::{assert_ok, traits::Get, weights::WeightMeter};
use frame_system::RawOrigin;
use sp_runtime::traits::One;

const ASSET: AssetId = 2021;
const START: Moment = 1_700_000_000_000;
const EXPIRY: Moment = START + 60_000;
const DATE: Moment = START + DAY_MS;
/// The price for which the market is open, so that any band allows it.
const PRICE: Price = Price(9_000);

/// A seller and a buyer who may trade in an open market, on a chain that keeps events: those of block 0 are
/// dropped, but their cost belongs to the calls. Rules of its own make the market cost a read.
fn parties<T: Config>() -> (T::AccountId, T::AccountId) {
	frame_system::Pallet::<T>::set_block_number(One::one());
	T::BenchmarkHelper::set_time(START);
	T::BenchmarkHelper::open_market(ASSET);
	let rules = BlockRules {
		min_tonnes: Tonnes(100_000),
		band_bps: BPS,
		settlement_max_days: 30,
		window: DAY_MS,
	};
	assert_ok!(Pallet::<T>::do_set_rules(ASSET, rules));
	let (seller, buyer) = (account("seller", 0, 0), account("buyer", 0, 0));
	T::BenchmarkHelper::admit(&seller);
	T::BenchmarkHelper::admit(&buyer);
	(seller, buyer)
}

fn terms<T: Config>(settles_at: Option<Moment>) -> TermsOf<T> {
	let (seller, buyer) = parties::<T>();
	Terms {
		asset: ASSET,
		seller,
		buyer,
		tonnes: Tonnes(100_000),
		price: PRICE,
		expires_at: EXPIRY,
		settles_at,
	}
}

/// Give both sides their margins, as much as they may come to, or their legs.
fn fund_legs<T: Config>(terms: &TermsOf<T>) {
	T::BenchmarkHelper::fund(&terms.seller, terms.allowances());
	T::BenchmarkHelper::fund(&terms.buyer, terms.leg(Side::Buyer));
}

fn fund_margins<T: Config>(terms: &TermsOf<T>) {
	let amount: Balance = terms.value();
	for who in [&terms.seller, &terms.buyer] {
		T::BenchmarkHelper::fund(who, Funds::Cash { amount });
	}
}

/// Propose `terms` twice, so that the first one does not stand at the end of its list of the agenda. Returns
/// the first.
fn proposed<T: Config>(terms: &TermsOf<T>) -> TradeId {
	let id = NextTrade::<T>::get();
	for _ in 0..2 {
		fund_legs::<T>(terms);
		fund_margins::<T>(terms);
		assert_ok!(Pallet::<T>::do_propose(terms.seller.clone(), terms.clone()));
	}
	id
}

fn digest<T: Config>(id: TradeId) -> carbon_primitives::Digest {
	Trades::<T>::get(id).map_or_else(Default::default, |record| record.agreement.digest(id))
}

/// Two trades that are settled later, the first of which does not stand at the end of its list. Returns the
/// first.
fn agreed<T: Config>() -> TradeId {
	let terms = terms::<T>(Some(DATE));
	let first = proposed::<T>(&terms);
	for id in [first, TradeId(first.0 + 1)] {
		assert_ok!(Pallet::<T>::do_accept(terms.buyer.clone(), id, digest::<T>(id)));
	}
	first
}

/// Two trades whose windows have ended, and in which neither side can perform, so that both are reported.
/// Returns the first.
fn in_default<T: Config>() -> TradeId {
	let id = agreed::<T>();
	for id in [id, TradeId(id.0 + 1)] {
		if let Some(record) = Trades::<T>::get(id) {
			let stage = Stage::Window { ends_at: DATE };
			Pallet::<T>::move_on(id, record, stage, DATE, START);
		}
	}
	for side in [Side::Seller, Side::Buyer] {
		drain::<T>(id, side);
	}
	T::BenchmarkHelper::set_time(DATE);
	id
}

/// Bind elsewhere what `side` would have to deliver.
fn drain<T: Config>(id: TradeId, side: Side) {
	if let Some(Agreement { terms, security, .. }) = Trades::<T>::get(id).map(|record| record.agreement) {
		let margin = security.map_or(0, |security| security.buyer);
		let missing = match side {
			Side::Seller => terms.allowances(),
			Side::Buyer => Funds::Cash {
				// Where a margin is as large as the value, its owner performs in any case.
				amount: terms.value().saturating_sub(margin),
			},
		};
		while !missing.is_zero() && Pallet::<T>::pledge(terms.account(side), missing).is_ok() {}
	}
}

/// Let the block at the moment `now` look at one trade.
fn look<T: Config>(now: Moment) -> WeightMeter {
	T::BenchmarkHelper::set_time(now);
	AgendaCursor::<T>::put(agenda::minute_of(now));
	WeightMeter::with_limit(
		T::WeightInfo::on_poll_idle()
			.saturating_add(T::WeightInfo::on_poll_minute())
			.saturating_add(Pallet::<T>::weight_of_due_trade()),
	)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn propose() {
		let terms = terms::<T>(Some(DATE));
		fund_margins::<T>(&terms);
		let seller = terms.seller.clone();

		#[extrinsic_call]
		_(RawOrigin::Signed(seller), terms);

		assert_eq!(Trades::<T>::count(), 1);
	}

	#[benchmark]
	fn accept_now() {
		let terms = terms::<T>(None);
		let id = proposed::<T>(&terms);
		let digest = digest::<T>(id);

		#[extrinsic_call]
		accept(RawOrigin::Signed(terms.buyer), id, digest);

		assert!(!Trades::<T>::contains_key(id));
	}

	#[benchmark]
	fn accept_later() {
		let terms = terms::<T>(Some(DATE));
		let id = proposed::<T>(&terms);
		let digest = digest::<T>(id);

		#[extrinsic_call]
		accept(RawOrigin::Signed(terms.buyer), id, digest);

		assert!(Trades::<T>::get(id).is_some_and(|record| record.stage == Stage::Agreed));
	}

	#[benchmark]
	fn withdraw() {
		let terms = terms::<T>(None);
		let id = proposed::<T>(&terms);

		#[extrinsic_call]
		_(RawOrigin::Signed(terms.seller), id);

		assert!(!Trades::<T>::contains_key(id));
	}

	#[benchmark]
	fn reject() {
		let terms = terms::<T>(None);
		let id = proposed::<T>(&terms);

		#[extrinsic_call]
		_(RawOrigin::Signed(terms.buyer), id);

		assert!(!Trades::<T>::contains_key(id));
	}

	#[benchmark]
	fn settle() {
		let id = agreed::<T>();
		T::BenchmarkHelper::set_time(DATE);
		let anybody: T::AccountId = account("anybody", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(anybody), id);

		assert!(!Trades::<T>::contains_key(id));
	}

	#[benchmark]
	fn settle_default() {
		let id = in_default::<T>();
		let anybody: T::AccountId = account("anybody", 0, 0);

		#[extrinsic_call]
		settle(RawOrigin::Signed(anybody), id);

		assert!(!Trades::<T>::contains_key(id));
	}

	#[benchmark]
	fn set_rules() {
		frame_system::Pallet::<T>::set_block_number(One::one());
		let rules = BlockRules {
			window: WINDOW_MAX,
			..T::DefaultRules::get()
		};

		#[block]
		{
			// The regulator's origin is the runtime's choice; its check is part of the base weight of a call.
			assert_ok!(Pallet::<T>::do_set_rules(ASSET, rules));
		}

		assert_eq!(Rules::<T>::get(ASSET), Some(rules));
	}

	#[benchmark]
	fn on_poll_idle() {
		// There are trades, but no weight is left to look at a minute.
		let id = agreed::<T>();
		let mut meter = WeightMeter::with_limit(T::WeightInfo::on_poll_idle());

		#[block]
		{
			Pallet::<T>::conclude_due_trades(&mut meter);
			// Where there is something to do, the place is noted.
			AgendaCursor::<T>::put(0);
		}

		assert!(Trades::<T>::contains_key(id));
	}

	#[benchmark]
	fn on_poll_minute() {
		// A minute with trades, for which no weight is left.
		agreed::<T>();
		let minute = agenda::minute_of(DATE);
		let (mut trades, mut meter) = (0, WeightMeter::with_limit(Default::default()));
		let done;

		#[block]
		{
			done = Pallet::<T>::clear_minute(minute, DATE, &mut trades, &mut meter);
		}

		assert!(!done);
	}

	#[benchmark]
	fn end_expired() {
		proposed::<T>(&terms::<T>(None));
		let mut meter = look::<T>(EXPIRY.div_ceil(60_000) * 60_000);

		#[block]
		{
			Pallet::<T>::conclude_due_trades(&mut meter);
		}

		assert_eq!(Trades::<T>::count(), 1);
	}

	#[benchmark]
	fn end_settled() {
		agreed::<T>();
		let mut meter = look::<T>(DATE.div_ceil(60_000) * 60_000);

		#[block]
		{
			Pallet::<T>::conclude_due_trades(&mut meter);
		}

		assert_eq!(Trades::<T>::count(), 1);
	}

	#[benchmark]
	fn end_defaulted() {
		in_default::<T>();
		let mut meter = look::<T>(DATE.div_ceil(60_000) * 60_000);

		#[block]
		{
			Pallet::<T>::conclude_due_trades(&mut meter);
		}

		assert_eq!(Trades::<T>::count(), 1);
	}

	#[benchmark]
	fn open_window() {
		let id = agreed::<T>();
		drain::<T>(id, Side::Seller);
		let mut meter = look::<T>(DATE.div_ceil(60_000) * 60_000);

		#[block]
		{
			Pallet::<T>::conclude_due_trades(&mut meter);
		}

		let waiting = Trades::<T>::iter_values().filter(|record| record.stage == Stage::Agreed);
		assert_eq!((Trades::<T>::count(), waiting.count()), (2, 1));
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
