use crate::{mock::*, BlockRules, Error, Event, Rules, BPS, SETTLEMENT_DAYS_MAX, WINDOW_MAX};
use carbon_primitives::Tonnes;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

const NEW: BlockRules = BlockRules {
	min_tonnes: Tonnes(50_000),
	band_bps: 1_000,
	settlement_max_days: 5,
	window: 1,
};

#[test]
fn set_rules_should_replace_the_defaults_and_then_what_was_set() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(BlockTrades::block_rules(ASSET), RULES);
		for (old_value, new_value) in [(RULES, NEW), (NEW, RULES)] {
			assert_ok!(BlockTrades::set_rules(RuntimeOrigin::root(), ASSET, new_value));

			assert_eq!(BlockTrades::block_rules(ASSET), new_value);
			System::assert_last_event(
				Event::RulesChanged {
					asset: ASSET,
					old_value,
					new_value,
				}
				.into(),
			);
		}
		// The others keep the defaults.
		assert_eq!(BlockTrades::block_rules(OTHER_ASSET), RULES);
	});
}

#[test]
fn set_rules_should_outlive_a_change_of_the_defaults() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(BlockTrades::set_rules(RuntimeOrigin::root(), ASSET, RULES));
		Defaults::set(NEW);
		assert_eq!(BlockTrades::block_rules(ASSET), RULES);
		assert_eq!(BlockTrades::block_rules(OTHER_ASSET), NEW);
	});
}

#[test]
fn set_rules_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [signed(SELLER), RuntimeOrigin::none()] {
			assert_noop!(
				BlockTrades::set_rules(origin, ASSET, NEW),
				DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn set_rules_should_fail_when_a_rule_is_out_of_its_range() {
	ExtBuilder::default().build_and_execute(|| {
		let wrong: [fn(&mut BlockRules); 5] = [
			|rules| rules.min_tonnes = Tonnes(0),
			|rules| rules.band_bps = BPS + 1,
			|rules| rules.settlement_max_days = SETTLEMENT_DAYS_MAX + 1,
			|rules| rules.window = 0,
			|rules| rules.window = WINDOW_MAX + 1,
		];
		for change in wrong {
			let mut rules = NEW;
			change(&mut rules);
			assert_noop!(
				BlockTrades::set_rules(RuntimeOrigin::root(), ASSET, rules),
				Error::<Test>::InvalidRules
			);
		}
	});
}

#[test]
fn set_rules_should_fail_when_too_many_markets_have_some() {
	ExtBuilder::default().build_and_execute(|| {
		for asset in [ASSET, OTHER_ASSET] {
			assert_ok!(BlockTrades::set_rules(RuntimeOrigin::root(), asset, NEW));
		}
		assert_noop!(
			BlockTrades::set_rules(RuntimeOrigin::root(), 2023, NEW),
			Error::<Test>::TooManyRules
		);
		// What is set can be changed all the same.
		assert_ok!(BlockTrades::set_rules(RuntimeOrigin::root(), ASSET, RULES));
		assert_eq!(Rules::<Test>::count(), 2);
	});
}
