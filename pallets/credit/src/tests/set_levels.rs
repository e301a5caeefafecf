use crate::{mock::*, Error, Event, LevelRules, Levels, RuleVersion, Sweep, SweepStage};
use carbon_primitives::{CreditLevel, Tonnes};
use carbon_traits::InspectCredit;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn set(levels: LevelRules) {
	assert_ok!(Credit::set_levels(RuntimeOrigin::root(), levels));
}

#[test]
fn set_levels_should_replace_the_defaults_and_then_what_was_set() {
	ExtBuilder::default().build_and_execute(|| {
		for (old_value, new_value) in [
			(LevelRules::FIRST, other_levels()),
			(other_levels(), LevelRules::FIRST),
		] {
			set(new_value);
			assert_eq!(Credit::levels(), new_value);
			let version = RuleVersion::FIRST;
			assert_eq!(
				told(),
				[
					Event::LevelsChanged { old_value, new_value },
					Event::SweepStarted { version, year: YEAR }
				]
			);
			assert_eq!(Sweep::<Test>::get().stage, SweepStage::Running(None));
			System::reset_events();
		}
	});
}

#[test]
fn set_levels_should_change_terms_at_once_and_levels_when_their_turn_comes() {
	ExtBuilder::default().build_and_execute(|| {
		default(ALICE);
		assert_eq!(record_of(ALICE).level, CreditLevel::C);
		let mut levels = LevelRules::FIRST;
		levels.thresholds[2] = 426;
		levels.terms[2].margin_milli = 1_100;
		set(levels);
		assert_eq!(record_of(ALICE).level, CreditLevel::C);
		assert_eq!(Credit::terms_of(&ALICE).margin_milli, 1_100);

		block();

		assert_eq!(record_of(ALICE).level, CreditLevel::D);
		assert_eq!(Credit::terms_of(&ALICE), levels.terms[3]);
		assert_eq!(limits_told(), [ALICE]);
	});
}

#[test]
fn set_levels_should_tell_exactly_those_whose_limits_are_others() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..2 {
			default(ALICE);
			default(BOB);
		}
		default(CAROL);
		assert_eq!(limits_told(), [ALICE, BOB]);
		set(other_levels());
		assert_eq!(limits_told(), Vec::<AccountId>::new());
		block();
		assert_eq!(limits_told(), [ALICE, BOB]);

		// Other terms, but the same limits.
		let mut levels = other_levels();
		levels.terms[3].margin_milli = 2_000;
		levels.terms[4].order_max = Some(Tonnes(1));
		set(levels);
		block();
		assert_eq!(limits_told(), Vec::<AccountId>::new());
	});
}

#[test]
fn set_levels_should_tell_nobody_when_limits_are_back_before_the_sweep() {
	ExtBuilder::default().build_and_execute(|| {
		default(ALICE);
		default(ALICE);
		assert_eq!(limits_told(), [ALICE]);
		set(other_levels());
		set(LevelRules::FIRST);
		block();
		assert_eq!(limits_told(), Vec::<AccountId>::new());
	});
}

#[test]
fn set_levels_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [signed(ALICE), RuntimeOrigin::none()] {
			assert_noop!(
				Credit::set_levels(origin, other_levels()),
				DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn set_levels_should_fail_when_a_level_is_out_of_its_range() {
	ExtBuilder::default().build_and_execute(|| {
		let wrong: [fn(&mut LevelRules); 9] = [
			|levels| levels.thresholds[0] = 1_001,
			|levels| levels.thresholds[1] = 800,
			|levels| levels.thresholds[2] = 700,
			|levels| levels.thresholds[3] = 0,
			|levels| levels.terms[4].margin_milli = 10_001,
			|levels| levels.terms[4].review_days = 366,
			|levels| levels.terms[4].order_max = Some(Tonnes(0)),
			|levels| levels.terms[4].orders_max = Some(0),
			// Those without a history are at C, then at D.
			|levels| levels.terms[2].orders_max = Some(1_000),
		];
		for spoil in wrong {
			let mut levels = LevelRules::FIRST;
			spoil(&mut levels);
			assert_noop!(
				Credit::set_levels(RuntimeOrigin::root(), levels),
				Error::<Test>::InvalidLevels
			);
		}
		let mut levels = LevelRules::FIRST;
		levels.thresholds[2] = 501;
		assert_noop!(
			Credit::set_levels(RuntimeOrigin::root(), levels),
			Error::<Test>::InvalidLevels
		);
		assert!(!Levels::<Test>::exists());
	});
}

#[test]
fn set_levels_should_leave_limits_as_they_were_told_until_the_turn_of_the_account_comes() {
	ExtBuilder::default().build_and_execute(|| {
		default(ALICE);
		default(ALICE);
		let first = LevelRules::FIRST.terms[3].order_max;
		set(other_levels());
		// Whoever keeps a copy asks now, for a reason of its own, and must not keep what is taken back before anybody is told.
		assert_eq!(Credit::terms_of(&ALICE).order_max, first);
		assert_eq!(Credit::score_view(&ALICE).credit_terms.order_max, first);

		block();

		assert_eq!(
			Credit::terms_of(&ALICE).order_max,
			other_levels().terms[3].order_max
		);
	});
}
