use crate::{mock::*, Closing};
use carbon_primitives::{Tonnes, Vintage};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, DispatchResult};

fn advance() -> DispatchResult {
	Allowance::advance_period(RuntimeOrigin::root(), YEAR)
}

fn planned() {
	assert_ok!(Allowance::open_period(
		RuntimeOrigin::root(),
		YEAR,
		Tonnes(500),
		RuleSet::default(),
		timeline()
	));
}

fn phase() -> Phase {
	Allowance::period(YEAR).expect("the period is there").phase
}

#[test]
fn advance_period_should_take_one_phase_at_a_time() {
	ExtBuilder::default().build_and_execute(|| {
		planned();
		for next in [Phase::Open, Phase::Surrendering] {
			assert_ok!(advance());
			assert_eq!(phase(), next);
			System::assert_last_event(
				Event::PeriodAdvanced {
					year: YEAR,
					phase: next,
				}
				.into(),
			);
			Allowance::do_try_state().expect("the invariants hold in each phase");
		}
		assert_ok!(advance());
		assert_eq!(phase(), Phase::Closing);
		assert!(Closing::<Test>::exists());
		System::assert_last_event(
			Event::PeriodClosing {
				year: YEAR,
				fine_price: FALLBACK,
			}
			.into(),
		);
	});
}

#[test]
fn advance_period_should_fail_when_the_period_is_closing_or_closed() {
	ExtBuilder::default().with_period(500).build_and_execute(|| {
		assert_ok!(Allowance::close_period(RuntimeOrigin::root(), YEAR));
		assert_noop!(advance(), Error::<Test>::PeriodNotOpen);
		poll(frame_support::weights::Weight::MAX);
		assert_noop!(advance(), Error::<Test>::PeriodNotOpen);
	});
}

#[test]
fn advance_period_should_fail_when_it_would_close_before_the_year_before() {
	ExtBuilder::default().with_period(500).build_and_execute(|| {
		let next = Vintage(2022);
		assert_ok!(Allowance::open_period(
			RuntimeOrigin::root(),
			next,
			Tonnes(500),
			RuleSet::default(),
			always()
		));
		assert_ok!(Allowance::advance_period(RuntimeOrigin::root(), next));
		assert_noop!(
			Allowance::advance_period(RuntimeOrigin::root(), next),
			Error::<Test>::EarlierPeriodOpen
		);
	});
}

#[test]
fn advance_period_should_fail_when_the_period_does_not_exist() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(advance(), Error::<Test>::PeriodNotFound);
	});
}

#[test]
fn advance_period_should_fail_when_somebody_else_signs() {
	ExtBuilder::default().with_period(500).build_and_execute(|| {
		assert_noop!(
			Allowance::advance_period(RuntimeOrigin::signed(POWER_PLANT), YEAR),
			DispatchError::BadOrigin
		);
	});
}
