//! What other pallets do with offset credits.

use crate::mock::*;
use carbon_primitives::{AssetId, ProjectKind, Tonnes, Vintage};
use carbon_traits::{InspectTradable, OffsetCredits, SeriesInfo};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn retire(who: AccountId, asset: AssetId, tonnes: u64) -> DispatchResult {
	<Offsets as OffsetCredits<AccountId>>::retire(&who, asset, Tonnes(tonnes))
}

fn info(asset: AssetId) -> Option<SeriesInfo> {
	<Offsets as OffsetCredits<AccountId>>::series(asset)
}

fn issued() -> ExtBuilder {
	ExtBuilder::default()
		.with_project(OWNER, ProjectKind::Forest)
		.with_series(100)
}

#[test]
fn retire_should_take_credits_out_of_the_world_as_surrendered() {
	issued().build_and_execute(|| {
		assert_ok!(retire(OWNER, SERIES, 30));
		assert_eq!(held(SERIES, OWNER), 50);
		let series = series_of(SERIES);
		assert_eq!(
			(series.surrendered, series.cancelled, series.buffered),
			(Tonnes(30), Tonnes::ZERO, Tonnes(20))
		);
		assert_eq!(
			events(),
			[Event::Surrendered {
				asset: SERIES,
				holder: OWNER,
				tonnes: Tonnes(30),
			}]
		);
	});
}

#[test]
fn retire_should_fail_when_the_amount_is_zero() {
	issued().build_and_execute(|| {
		assert_noop!(retire(OWNER, SERIES, 0), Error::<Test>::AmountZero);
	});
}

#[test]
fn retire_should_fail_when_the_asset_is_no_series() {
	issued().build_and_execute(|| {
		assert_noop!(retire(OWNER, 2024, 1), Error::<Test>::SeriesNotFound);
	});
}

#[test]
fn retire_should_fail_when_the_holder_has_too_few() {
	issued().build_and_execute(|| {
		assert_noop!(retire(OWNER, SERIES, 81), Error::<Test>::InsufficientCredits);
	});
}

#[test]
fn retire_should_fail_when_the_series_is_halted() {
	issued().build_and_execute(|| {
		Halts::halt(SERIES);
		assert_noop!(retire(OWNER, SERIES, 1), Error::<Test>::AssetHalted);
	});
}

#[test]
fn series_should_tell_what_the_rules_about_offsets_ask() {
	issued().build_and_execute(|| {
		assert_eq!(
			info(SERIES),
			Some(SeriesInfo {
				kind: ProjectKind::Forest,
				inside_ets: false,
				vintage: Vintage(2024),
			})
		);
		assert_eq!(info(2024), None);
		assert_eq!(info(SERIES + 1), None);
	});
}

#[test]
fn is_tradable_should_be_so_for_each_series_also_while_it_is_halted() {
	issued().build_and_execute(|| {
		Halts::halt(SERIES);
		assert!(Offsets::is_tradable(SERIES));
		assert!(!Offsets::is_tradable(SERIES + 1));
		assert!(!Offsets::is_tradable(2024));
	});
}

#[test]
fn the_unit_type_should_deny_everything() {
	assert_eq!(<() as OffsetCredits<AccountId>>::series(SERIES), None);
	assert!(<() as OffsetCredits<AccountId>>::retire(&OWNER, SERIES, Tonnes(1)).is_err());
	assert_eq!(
		<() as carbon_traits::InspectBufferShare>::buffer_bps(ProjectKind::Wind),
		10_000
	);
}
