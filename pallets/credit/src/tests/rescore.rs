use crate::{mock::*, Error, Event, LevelRules, RuleVersion};
use carbon_primitives::{CreditLevel, Vintage};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn rescore_should_not_wait_for_the_turn_of_the_account() {
	ExtBuilder::default().build_and_execute(|| {
		default(ALICE);
		LatestYear::set(Some(Vintage(2025)));

		assert_ok!(Credit::rescore(signed(CAROL), ALICE));

		System::assert_last_event(
			Event::ScoreChanged {
				who: ALICE,
				old_value: 425,
				// 350 of the other terms, and 300 times ⌊1000·4,000 / (8,000 + 8·700)⌋ = 294.
				new_value: 438,
				level: CreditLevel::C,
				version: RuleVersion::FIRST,
				as_of: Vintage(2025),
			}
			.into(),
		);
		assert_eq!(record_of(ALICE).as_of, Vintage(2025));
	});
}

#[test]
fn rescore_should_tell_nothing_when_nothing_changes() {
	ExtBuilder::default().build_and_execute(|| {
		default(ALICE);
		System::reset_events();
		let before = record_of(ALICE);
		assert_ok!(Credit::rescore(signed(ALICE), ALICE));
		assert_eq!(told(), []);
		assert_eq!(record_of(ALICE), before);
	});
}

#[test]
fn rescore_should_tell_other_limits() {
	ExtBuilder::default().build_and_execute(|| {
		default(ALICE);
		let mut levels = LevelRules::FIRST;
		levels.thresholds[2] = 426;
		assert_ok!(Credit::set_levels(RuntimeOrigin::root(), levels));
		assert_ok!(Credit::rescore(signed(ALICE), ALICE));
		assert_eq!(limits_told(), [ALICE]);
	});
}

#[test]
fn rescore_should_fail_when_nothing_was_ever_counted() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Credit::rescore(signed(ALICE), ALICE),
			Error::<Test>::NothingCounted
		);
	});
}

#[test]
fn rescore_should_fail_when_nobody_signs() {
	ExtBuilder::default().build_and_execute(|| {
		default(ALICE);
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(Credit::rescore(origin, ALICE), DispatchError::BadOrigin);
		}
	});
}
