//! Phases that move by time.

use crate::{mock::*, WeightInfo};
use carbon_primitives::{Tonnes, Vintage};
use frame_support::{assert_ok, weights::Weight};

fn open(year: u16, timeline: Timeline) {
	assert_ok!(Allowance::open_period(
		RuntimeOrigin::root(),
		Vintage(year),
		Tonnes(500),
		RuleSet::default(),
		timeline
	));
}

fn phase(year: u16) -> Phase {
	Allowance::period(Vintage(year))
		.expect("the period is there")
		.phase
}

#[test]
fn a_period_should_move_on_when_its_time_has_come_and_not_before() {
	ExtBuilder::default().build_and_execute(|| {
		open(2021, timeline());
		let moments = [
			(99, Phase::Planned),
			(100, Phase::Open),
			(199, Phase::Open),
			(200, Phase::Surrendering),
			(399, Phase::Surrendering),
			// It has nobody to assess.
			(400, Phase::Closed),
		];
		for (now, expected) in moments {
			Now::set(now);
			poll(Weight::MAX);
			assert_eq!(phase(2021), expected, "at {now}");
			Allowance::do_try_state().expect("the invariants hold in each phase");
		}
	});
}

#[test]
fn a_period_should_take_every_phase_when_the_chain_stood_still() {
	ExtBuilder::default().build_and_execute(|| {
		open(2021, timeline());
		enrol(YEAR, &[POWER_PLANT]);
		System::reset_events();
		Now::set(1_000_000);
		for _ in 0..3 {
			poll(Weight::MAX);
		}
		let events: Vec<_> = System::events().into_iter().map(|record| record.event).collect();
		let advanced = |phase| Event::PeriodAdvanced { year: YEAR, phase }.into();
		assert_eq!(
			events[..3],
			[
				advanced(Phase::Open),
				advanced(Phase::Surrendering),
				Event::PeriodClosing {
					year: YEAR,
					fine_price: FALLBACK
				}
				.into()
			]
		);
		assert_eq!(phase(2021), Phase::Closed);
	});
}

#[test]
fn a_period_should_wait_when_a_block_has_no_room() {
	ExtBuilder::default().build_and_execute(|| {
		open(2021, timeline());
		Now::set(100);
		poll(Weight::zero());
		poll(<() as WeightInfo>::on_poll_running());
		assert_eq!(phase(2021), Phase::Planned);
		poll(Weight::MAX);
		assert_eq!(phase(2021), Phase::Open);
	});
}

#[test]
fn a_year_that_waits_for_the_one_before_should_not_hold_up_a_later_one() {
	ExtBuilder::default().build_and_execute(|| {
		// The first year has no end, so that the second one cannot close.
		open(2021, always());
		open(2022, timeline());
		open(
			2023,
			Timeline {
				opens: 400,
				reports_due: 500,
				verification_due: 500,
				surrender_due: 500,
				..always()
			},
		);
		Now::set(400);
		for _ in 0..5 {
			poll(Weight::MAX);
		}
		assert_eq!(
			[2021, 2022, 2023].map(phase),
			[Phase::Open, Phase::Surrendering, Phase::Open]
		);
		// Once the first is closed, the second follows by itself.
		close(YEAR);
		poll(Weight::MAX);
		assert_eq!(phase(2022), Phase::Closed);
	});
}

#[test]
fn a_period_should_wait_for_the_end_of_the_assessment_of_the_year_before() {
	ExtBuilder::default().build_and_execute(|| {
		open(2021, timeline());
		enrol(YEAR, &[POWER_PLANT]);
		open(
			2022,
			Timeline {
				surrender_due: 401,
				..timeline()
			},
		);
		Now::set(399);
		for _ in 0..4 {
			poll(Weight::MAX);
		}
		assert_eq!(
			[2021, 2022].map(phase),
			[Phase::Surrendering, Phase::Surrendering]
		);
		Now::set(401);
		// Room for the phase, not for the assessment.
		let step = Allowance::with_fine_price(<() as WeightInfo>::advance_period());
		let room = <() as WeightInfo>::on_poll_running().saturating_add(step);
		poll(room);
		poll(room);
		assert_eq!([2021, 2022].map(phase), [Phase::Closing, Phase::Surrendering]);
	});
}
