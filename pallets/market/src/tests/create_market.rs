//! Opening a market.

use crate::{mock::*, Error, Event, MarketParams, MarketPhase, Markets};
use carbon_primitives::{Price, Tonnes};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn create(asset: u32, params: MarketParams) -> sp_runtime::DispatchResult {
	create_market(RuntimeOrigin::root(), asset, params)
}

#[test]
fn create_market_should_store_the_rules_when_they_are_valid() {
	ExtBuilder::default().build_and_execute(|| {
		let params = MarketParams {
			tick: Price(5),
			price_min: Price(5),
			..Default::default()
		};
		assert_ok!(create(ASSET, params));
		assert_eq!(
			Markets::<Test>::get(ASSET).map(|market| market.params),
			Some(params)
		);
		assert_eq!(
			market_events(),
			[Event::MarketCreated {
				asset: ASSET,
				params,
				halts: Default::default(),
				reference: params.price_max,
				calendar: Default::default(),
				phase: MarketPhase::Continuous,
			}]
		);
	});
}

#[test]
fn create_market_should_fail_when_the_origin_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			create_market(RuntimeOrigin::signed(ALICE), ASSET, Default::default()),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn create_market_should_fail_when_the_asset_may_not_be_traded() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			create(CLOSED, Default::default()),
			Error::<Test>::AssetNotTradable
		);
		assert_noop!(create(7, Default::default()), Error::<Test>::AssetNotTradable);
	});
}

#[test]
fn create_market_should_fail_when_there_is_one_already() {
	ExtBuilder::default().with_market().build_and_execute(|| {
		assert_noop!(create(ASSET, Default::default()), Error::<Test>::MarketExists);
	});
}

#[test]
fn create_market_should_fail_when_the_rules_contradict_each_other() {
	ExtBuilder::default().build_and_execute(|| {
		let valid = MarketParams {
			tick: Price(5),
			lot: Tonnes(10),
			order_min: Tonnes(20),
			order_max: Tonnes(1_000),
			orders_max: 1,
			price_min: Price(50),
			price_max: Price(500),
			..Default::default()
		};
		let breaks: [fn(&mut MarketParams); 15] = [
			|rules| rules.tick = Price(0),
			|rules| rules.lot = Tonnes(0),
			|rules| rules.order_max = Tonnes(0),
			|rules| rules.order_max = Tonnes(1_005),
			|rules| rules.order_max = Tonnes(10),
			|rules| rules.order_min = Tonnes(0),
			|rules| rules.order_min = Tonnes(25),
			|rules| rules.orders_max = 0,
			|rules| rules.price_min = Price(0),
			|rules| rules.price_min = Price(51),
			|rules| rules.price_min = Price(505),
			|rules| rules.price_max = Price(501),
			|rules| {
				(rules.tick, rules.price_min, rules.price_max) = (Price(1), Price(1 << 23), Price(1 << 24))
			},
			|rules| {
				(rules.tick, rules.price_min, rules.price_max) =
					(Price(1), Price((1 << 24) - 1), Price(1 << 24))
			},
			|rules| (rules.tick, rules.price_max) = (Price(1), Price(u64::MAX)),
		];
		for breaks in breaks {
			let mut params = valid;
			breaks(&mut params);
			assert_noop!(create(ASSET, params), Error::<Test>::InvalidParams);
		}
		assert_ok!(create(ASSET, valid));
	});
}

#[test]
fn create_market_should_fail_when_the_book_would_not_have_room_for_every_price() {
	// Wherever the band begins in a word of the bitmap.
	for price_min in [1, 255, 256, 8_000] {
		let params = |width| MarketParams {
			price_min: Price(price_min),
			price_max: Price(price_min + width),
			..Default::default()
		};
		ExtBuilder::default().build_and_execute(|| {
			assert_noop!(create(ASSET, params(16_129)), Error::<Test>::InvalidParams);
			assert_ok!(create(ASSET, params(16_128)));
		});
	}
}

#[test]
fn create_market_should_fail_when_there_are_as_many_as_there_may_be() {
	ExtBuilder::default().build_and_execute(|| {
		use carbon_traits::RegistryBenchmarkHelper;
		for asset in 3_000..3_000 + MAX_MARKETS {
			BenchmarkHelper::endow(&ALICE, asset, 1);
			assert_ok!(create(asset, Default::default()));
		}
		assert_eq!(crate::MarketCount::<Test>::get(), MAX_MARKETS);
		assert_noop!(create(ASSET, Default::default()), Error::<Test>::TooManyMarkets);
	});
}
