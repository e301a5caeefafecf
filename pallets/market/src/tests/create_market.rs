//! Opening a market.

use crate::{mock::*, Error, Event, MarketParams, Markets};
use carbon_primitives::{Price, Tonnes};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn create(asset: u32, params: MarketParams) -> sp_runtime::DispatchResult {
	Market::create_market(RuntimeOrigin::root(), asset, params)
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
				halts: Default::default()
			}]
		);
	});
}

#[test]
fn create_market_should_fail_when_the_origin_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Market::create_market(RuntimeOrigin::signed(ALICE), ASSET, Default::default()),
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
			order_max: Tonnes(1_000),
			price_min: Price(50),
			price_max: Price(500),
		};
		for params in [
			MarketParams {
				tick: Price(0),
				..valid
			},
			MarketParams {
				lot: Tonnes(0),
				..valid
			},
			MarketParams {
				order_max: Tonnes(0),
				..valid
			},
			MarketParams {
				order_max: Tonnes(1_005),
				..valid
			},
			MarketParams {
				price_min: Price(0),
				..valid
			},
			MarketParams {
				price_min: Price(51),
				..valid
			},
			MarketParams {
				price_min: Price(505),
				..valid
			},
			MarketParams {
				price_max: Price(501),
				..valid
			},
			MarketParams {
				price_min: Price(1 << 23),
				price_max: Price(1 << 24),
				tick: Price(1),
				..valid
			},
			MarketParams {
				price_min: Price((1 << 24) - 1),
				price_max: Price(1 << 24),
				tick: Price(1),
				..valid
			},
			MarketParams {
				price_max: Price(u64::MAX),
				tick: Price(1),
				..valid
			},
		] {
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
