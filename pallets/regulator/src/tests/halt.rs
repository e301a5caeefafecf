use crate::{mock::*, Error, Event, Halts, WeightInfo};
use carbon_primitives::HaltScope;
use carbon_traits::{ApplyHalt, InspectHalts};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo},
	weights::{Weight, WeightMeter},
};
use sp_runtime::DispatchError;

fn halt(scope: HaltScope<AccountId>, length: u64) {
	assert_ok!(Regulator::halt(RuntimeOrigin::root(), scope, Now::get() + length));
}

/// Halt as many accounts and assets as there is room for.
fn fill(length: u64) {
	for n in 0..6 {
		halt(HaltScope::Account(n.into()), length);
		halt(HaltScope::Asset(n), length);
	}
}

#[test]
fn halt_should_be_kept_and_carried_to_where_it_is_obeyed_when_root_calls() {
	ExtBuilder::default().build_and_execute(|| {
		let scope = HaltScope::Market(ASSET);
		let until = GENESIS_TIME + HALT_MAX;

		assert_ok!(Regulator::halt(RuntimeOrigin::root(), scope.clone(), until));

		assert_eq!(
			Regulator::halts(),
			[crate::Halt {
				scope: scope.clone(),
				until
			}]
		);
		assert_eq!(Applied::get(&scope), Some(until));
		System::assert_last_event(
			Event::HaltSet {
				scope,
				old_value: None,
				new_value: until,
			}
			.into(),
		);
	});
}

#[test]
fn halt_should_prolong_the_halt_when_the_scope_is_halted_already() {
	ExtBuilder::default().build_and_execute(|| {
		halt(HaltScope::AllTrading, 5);
		halt(HaltScope::AllTrading, 10);

		assert_eq!(Regulator::halts().len(), 1);
		assert_eq!(Applied::get(HaltScope::AllTrading), Some(GENESIS_TIME + 10));
		System::assert_last_event(
			Event::HaltSet {
				scope: HaltScope::AllTrading,
				old_value: Some(GENESIS_TIME + 5),
				new_value: GENESIS_TIME + 10,
			}
			.into(),
		);
		// The same end again shortens nothing.
		halt(HaltScope::AllTrading, 10);
	});
}

#[test]
fn halt_should_fail_when_it_would_shorten_the_one_in_force() {
	ExtBuilder::default().build_and_execute(|| {
		halt(HaltScope::AllTrading, 10);
		wait(8);
		for until in [GENESIS_TIME + 9, Now::get() + 1] {
			assert_noop!(
				Regulator::halt(RuntimeOrigin::root(), HaltScope::AllTrading, until),
				Error::<Test>::HaltShortened
			);
		}
	});
}

#[test]
fn halt_should_give_any_end_when_the_halt_before_has_ended() {
	ExtBuilder::default().build_and_execute(|| {
		halt(HaltScope::AllTrading, 10);
		halt(HaltScope::Asset(ASSET), 10);
		wait(10);

		// Not cleared away yet.
		halt(HaltScope::AllTrading, 1);

		assert_eq!(Regulator::halts().len(), 2);
		assert_eq!(Applied::get(HaltScope::AllTrading), Some(GENESIS_TIME + 11));
		System::assert_last_event(
			Event::HaltSet {
				scope: HaltScope::AllTrading,
				old_value: Some(GENESIS_TIME + 10),
				new_value: GENESIS_TIME + 11,
			}
			.into(),
		);
	});
}

#[test]
fn halt_and_resume_should_weigh_what_obeys_them_too() {
	for scope in [HaltScope::AllTrading, HaltScope::Account(STRANGER)] {
		let obeying = Obedient::weight(&scope);
		let halt = crate::Call::<Test>::halt {
			scope: scope.clone(),
			until: 0,
		};
		assert_eq!(halt.get_dispatch_info().call_weight, <()>::halt() + obeying);
		let resume = crate::Call::<Test>::resume { scope };
		assert_eq!(resume.get_dispatch_info().call_weight, <()>::resume() + obeying);
	}
}

#[test]
fn halt_should_work_as_an_act_when_the_table_allows_it() {
	ExtBuilder::default().build_and_execute(|| {
		let call = crate::Call::halt {
			scope: HaltScope::Account(STRANGER),
			until: GENESIS_TIME + 1,
		};
		act(OFFICER, call.into());
		assert_eq!(Regulator::halts().len(), 1);
	});
}

#[test]
fn halt_should_be_operational_when_a_block_is_full() {
	let halt = crate::Call::<Test>::halt {
		scope: HaltScope::AllTrading,
		until: 0,
	};
	let resume = crate::Call::<Test>::resume {
		scope: HaltScope::AllTrading,
	};
	assert_eq!(halt.get_dispatch_info().class, DispatchClass::Operational);
	assert_eq!(resume.get_dispatch_info().class, DispatchClass::Operational);
}

#[test]
fn halt_should_fail_when_an_officer_calls_without_an_act() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Regulator::halt(signed(SUPERVISOR), HaltScope::AllTrading, GENESIS_TIME + 1),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn halt_should_fail_when_its_end_has_passed() {
	ExtBuilder::default().build_and_execute(|| {
		for until in [0, GENESIS_TIME] {
			assert_noop!(
				Regulator::halt(RuntimeOrigin::root(), HaltScope::AllTrading, until),
				Error::<Test>::HaltPassed
			);
		}
	});
}

#[test]
fn halt_should_fail_when_it_would_last_too_long() {
	ExtBuilder::default().build_and_execute(|| {
		let until = GENESIS_TIME + HALT_MAX + 1;
		assert_noop!(
			Regulator::halt(RuntimeOrigin::root(), HaltScope::AllTrading, until),
			Error::<Test>::HaltTooLong
		);
		LongestHalt::set(HALT_MAX + 1);
		assert_ok!(Regulator::halt(
			RuntimeOrigin::root(),
			HaltScope::AllTrading,
			until
		));
	});
}

#[test]
fn halt_should_fail_when_accounts_fill_half_of_the_places() {
	ExtBuilder::default().build_and_execute(|| {
		for account in 0..6 {
			halt(HaltScope::Account(account), 10);
		}
		assert_noop!(
			Regulator::halt(RuntimeOrigin::root(), HaltScope::Account(6), GENESIS_TIME + 1),
			Error::<Test>::TooManyHalts
		);
		// Another end needs no room, and markets and assets have theirs.
		halt(HaltScope::Account(3), 20);
		halt(HaltScope::Market(ASSET), 10);
	});
}

#[test]
fn halt_should_fail_when_markets_and_assets_fill_the_other_half_of_the_places() {
	ExtBuilder::default().build_and_execute(|| {
		for asset in 0..3 {
			halt(HaltScope::Market(asset), 10);
			halt(HaltScope::Asset(asset), 10);
		}
		for scope in [HaltScope::Market(3), HaltScope::Asset(3)] {
			assert_noop!(
				Regulator::halt(RuntimeOrigin::root(), scope, GENESIS_TIME + 1),
				Error::<Test>::TooManyHalts
			);
		}
		halt(HaltScope::Account(1), 10);
	});
}

#[test]
fn halt_should_stop_all_trading_when_every_other_place_is_taken() {
	ExtBuilder::default().build_and_execute(|| {
		fill(10);

		halt(HaltScope::AllTrading, 10);

		assert_eq!(Regulator::halts().len(), 13);
		assert_eq!(Applied::get(HaltScope::AllTrading), Some(GENESIS_TIME + 10));
	});
}

#[test]
fn halt_should_fail_and_be_forgotten_when_the_scope_does_not_exist() {
	ExtBuilder::default().build_and_execute(|| {
		// A call is undone as a whole.
		let call = RuntimeCall::Regulator(crate::Call::halt {
			scope: HaltScope::Market(UNKNOWN),
			until: GENESIS_TIME + 1,
		});
		assert_noop!(
			sp_runtime::traits::Dispatchable::dispatch(call, RuntimeOrigin::root()).map_err(|e| e.error),
			NOTHING_THERE
		);
	});
}

#[test]
fn halts_should_answer_other_pallets_until_their_end_when_they_ask() {
	ExtBuilder::default().build_and_execute(|| {
		halt(HaltScope::Asset(ASSET), 10);
		halt(HaltScope::Market(ASSET), 20);
		halt(HaltScope::Market(ASSET + 1), 30);
		halt(HaltScope::Account(STRANGER), 40);

		assert!(Regulator::is_asset_halted(ASSET));
		assert!(!Regulator::is_asset_halted(ASSET + 1));
		assert_eq!(Regulator::market_halted_until(ASSET), Some(GENESIS_TIME + 20));
		assert_eq!(Regulator::market_halted_until(ASSET + 2), None);

		wait(10);
		assert!(!Regulator::is_asset_halted(ASSET));
		assert_eq!(Regulator::market_halted_until(ASSET), Some(GENESIS_TIME + 20));
		wait(10);
		assert_eq!(Regulator::market_halted_until(ASSET), None);
	});
}

#[test]
fn a_halt_of_all_trading_should_answer_for_each_market_when_it_counts() {
	ExtBuilder::default().build_and_execute(|| {
		halt(HaltScope::AllTrading, 10);

		assert_eq!(Regulator::market_halted_until(UNKNOWN), Some(GENESIS_TIME + 10));
		assert!(!Regulator::is_asset_halted(ASSET));
	});
}

#[test]
fn on_poll_should_clear_a_halt_away_when_its_end_has_come() {
	ExtBuilder::default().build_and_execute(|| {
		halt(HaltScope::AllTrading, 10);
		halt(HaltScope::Asset(ASSET), 20);
		wait(9);
		poll(&mut WeightMeter::new());
		assert_eq!(Regulator::halts().len(), 2);
		wait(1);

		poll(&mut WeightMeter::new());

		assert_eq!(Regulator::halts().len(), 1);
		assert_eq!(Applied::get(HaltScope::AllTrading), None);
		assert!(Applied::contains_key(HaltScope::Asset(ASSET)));
		System::assert_last_event(
			Event::HaltEnded {
				scope: HaltScope::AllTrading,
				old_value: GENESIS_TIME + 10,
				result: Ok(()),
			}
			.into(),
		);
	});
}

#[test]
fn on_poll_should_clear_a_halt_away_when_what_was_halted_is_gone() {
	ExtBuilder::default().build_and_execute(|| {
		halt(HaltScope::AllTrading, 10);
		Gone::set(true);
		wait(10);

		poll(&mut WeightMeter::new());

		assert_eq!(Regulator::halts(), []);
		System::assert_last_event(
			Event::HaltEnded {
				scope: HaltScope::AllTrading,
				old_value: GENESIS_TIME + 10,
				result: Err(NOTHING_THERE),
			}
			.into(),
		);
	});
}

#[test]
fn on_poll_should_leave_the_rest_to_the_next_block_when_many_halts_have_ended() {
	ExtBuilder::default().build_and_execute(|| {
		fill(10);
		wait(10);

		poll(&mut WeightMeter::new());
		assert_eq!(Halts::<Test>::get().len(), 4);
		poll(&mut WeightMeter::new());
		assert_eq!(Halts::<Test>::get().len(), 0);
	});
}

#[test]
fn on_poll_should_use_no_more_than_the_block_has_left_when_it_is_little() {
	ExtBuilder::default().build_and_execute(|| {
		for account in 0..3 {
			halt(HaltScope::Account(account), 10);
		}
		wait(10);
		let step = <()>::end_halt() + Obedient::weight(&HaltScope::Account(0));
		let for_two = <()>::on_poll_idle() + <()>::on_poll_ended() + step * 2;

		for limit in [
			Weight::zero(),
			<()>::on_poll_idle(),
			for_two - Weight::from_parts(1, 0),
		] {
			let mut meter = WeightMeter::with_limit(limit);
			frame_support::hypothetically!({
				poll(&mut meter);
				assert!(meter.consumed().all_lte(limit));
				assert!(Halts::<Test>::get().len() >= 2);
			});
		}
		let mut meter = WeightMeter::with_limit(for_two);
		poll(&mut meter);
		assert_eq!(meter.consumed(), for_two);
		assert_eq!(Halts::<Test>::get().len(), 1);
	});
}

#[test]
fn on_poll_should_clear_the_halts_that_fit_when_the_first_one_is_too_much() {
	ExtBuilder::default().build_and_execute(|| {
		halt(HaltScope::AllTrading, 10);
		halt(HaltScope::Account(1), 10);
		wait(10);
		let step = <()>::end_halt() + Obedient::weight(&HaltScope::Account(1));
		let limit = <()>::on_poll_idle() + <()>::on_poll_ended() + step;

		poll(&mut WeightMeter::with_limit(limit));

		assert_eq!(Applied::get(HaltScope::Account(1)), None);
		assert!(Applied::contains_key(HaltScope::AllTrading));
	});
}
