use crate::{closing::CLOSING_SHARE, mock::*, Closing, WeightInfo};
use carbon_primitives::{Tonnes, Vintage};
use frame_support::{assert_noop, assert_ok, weights::Weight};

fn open(year: Vintage, rule: ObligationRule) {
	crate::mock::open(year, rules(rule), &[]);
}

/// What the assessment of one entity takes.
fn one_entity() -> Weight {
	<() as WeightInfo>::assess_entity() + SANCTION_WEIGHT + PERFORMANCE_WEIGHT
}

#[test]
fn close_period_should_give_a_when_the_surrenders_cover_the_emissions_to_the_tonne() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 90)
		.build_and_execute(|| {
			confirm(YEAR, POWER_PLANT, 90);
			assert_ok!(Allowance::surrender(
				RuntimeOrigin::signed(POWER_PLANT),
				YEAR,
				POWER_PLANT,
				YEAR.into(),
				Tonnes(90)
			));
			close(YEAR);

			assert_eq!(obligation(YEAR, POWER_PLANT).status, Some(SurrenderStatus::A));
			System::assert_last_event(Event::PeriodClosed { year: YEAR }.into());
		});
}

#[test]
fn close_period_should_give_b_when_one_tonne_is_missing_and_c_when_no_report_was_confirmed() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT, STEEL_MILL])
		.with_allocation(POWER_PLANT, 90)
		.build_and_execute(|| {
			confirm(YEAR, POWER_PLANT, 91);
			assert_ok!(Allowance::surrender(
				RuntimeOrigin::signed(POWER_PLANT),
				YEAR,
				POWER_PLANT,
				YEAR.into(),
				Tonnes(90)
			));
			close(YEAR);

			assert_eq!(obligation(YEAR, POWER_PLANT).status, Some(SurrenderStatus::B));
			assert_eq!(obligation(YEAR, POWER_PLANT).shortfall, Tonnes(1));
			assert_eq!(obligation(YEAR, STEEL_MILL).shortfall, Tonnes(0));
			assert_eq!(obligation(YEAR, STEEL_MILL).status, Some(SurrenderStatus::C));
		});
}

#[test]
fn close_period_should_carry_the_shortfall_into_the_next_year_when_the_rule_is_cumulative() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.with_allocation(POWER_PLANT, 90)
		.build_and_execute(|| {
			confirm(YEAR, POWER_PLANT, 60);
			close(YEAR);
			assert_eq!(obligation(YEAR, POWER_PLANT).status, Some(SurrenderStatus::B));

			let next = Vintage(2022);
			open(next, ObligationRule::Cumulative);
			enrol(next, &[POWER_PLANT]);
			confirm(next, POWER_PLANT, 30);
			let origin = RuntimeOrigin::signed(POWER_PLANT);
			assert_ok!(Allowance::surrender(
				origin,
				next,
				POWER_PLANT,
				YEAR.into(),
				Tonnes(90)
			));
			close(next);
			assert_eq!(obligation(next, POWER_PLANT).status, Some(SurrenderStatus::A));
			assert_eq!(
				Allowance::totals(POWER_PLANT),
				ComplianceTotals {
					emissions: Tonnes(90),
					surrendered: Tonnes(90)
				}
			);
		});
}

#[test]
fn close_period_should_keep_no_totals_when_the_rule_is_yearly() {
	ExtBuilder::default().build_and_execute(|| {
		open(YEAR, ObligationRule::Yearly);
		enrol(YEAR, &[POWER_PLANT]);
		confirm(YEAR, POWER_PLANT, 30);
		close(YEAR);
		assert_eq!(obligation(YEAR, POWER_PLANT).status, Some(SurrenderStatus::B));
		assert_eq!(Allowance::totals(POWER_PLANT), ComplianceTotals::default());
	});
}

#[test]
fn closing_should_resume_where_it_stopped_when_a_block_has_room_for_one_entity_only() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT, STEEL_MILL])
		.build_and_execute(|| {
			enrol(
				YEAR,
				&[{
					use carbon_traits::ParticipantBenchmarkHelper;
					Admissions::admit(&12, carbon_primitives::Role::CoveredEntity);
					12
				}],
			);
			assert_ok!(Allowance::close_period(RuntimeOrigin::root(), YEAR));
			let one = <() as WeightInfo>::on_poll_idle()
				.saturating_add(<() as WeightInfo>::on_poll_closing())
				.saturating_add(<() as WeightInfo>::assess_page())
				.saturating_add(one_entity())
				.saturating_mul(CLOSING_SHARE)
				.saturating_add(<() as WeightInfo>::on_poll_running());

			let mut assessed = Vec::new();
			while Closing::<Test>::exists() {
				poll(one);
				Allowance::do_try_state().expect("the invariants hold between two blocks");
				let statuses =
					[POWER_PLANT, STEEL_MILL, 12].map(|who| obligation(YEAR, who).status.is_some());
				assessed.push(statuses.iter().filter(|done| **done).count());
				assert!(assessed.len() < 10, "the closing makes progress in each block");
			}
			assert_eq!(assessed, vec![1, 2, 3]);
		});
}

#[test]
fn closing_should_wait_when_a_block_has_no_room() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.build_and_execute(|| {
			assert_ok!(Allowance::close_period(RuntimeOrigin::root(), YEAR));
			poll(Weight::zero());
			let idle = <() as WeightInfo>::on_poll_idle().saturating_mul(CLOSING_SHARE);
			poll(idle.saturating_add(<() as WeightInfo>::on_poll_running()));
			assert_eq!(obligation(YEAR, POWER_PLANT).status, None);
			poll(Weight::MAX);
			assert_eq!(obligation(YEAR, POWER_PLANT).status, Some(SurrenderStatus::C));
		});
}

#[test]
fn close_period_should_fail_when_the_period_is_closing_or_closed() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.build_and_execute(|| {
			assert_ok!(Allowance::close_period(RuntimeOrigin::root(), YEAR));
			assert_noop!(
				Allowance::close_period(RuntimeOrigin::root(), YEAR),
				Error::<Test>::PeriodNotOpen
			);
			poll(Weight::MAX);
			assert_noop!(
				Allowance::close_period(RuntimeOrigin::root(), YEAR),
				Error::<Test>::PeriodNotOpen
			);
		});
}

#[test]
fn close_period_should_fail_when_the_period_does_not_exist() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Allowance::close_period(RuntimeOrigin::root(), YEAR),
			Error::<Test>::PeriodNotFound
		);
	});
}

#[test]
fn close_period_should_fail_when_the_year_before_is_open() {
	ExtBuilder::default().with_period(500).build_and_execute(|| {
		open(Vintage(2022), ObligationRule::Cumulative);
		assert_noop!(
			Allowance::close_period(RuntimeOrigin::root(), Vintage(2022)),
			Error::<Test>::EarlierPeriodOpen
		);
	});
}

#[test]
fn close_period_should_fail_when_the_year_before_is_still_closing() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT])
		.build_and_execute(|| {
			open(Vintage(2022), ObligationRule::Cumulative);
			assert_ok!(Allowance::close_period(RuntimeOrigin::root(), YEAR));
			assert_noop!(
				Allowance::close_period(RuntimeOrigin::root(), Vintage(2022)),
				Error::<Test>::EarlierPeriodOpen
			);
		});
}

#[test]
fn closing_should_leave_most_of_a_block_to_the_transactions() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT, STEEL_MILL])
		.build_and_execute(|| {
			assert_ok!(Allowance::close_period(RuntimeOrigin::root(), YEAR));
			// Room for exactly what the closing needs, were it allowed to take everything.
			let all = <() as WeightInfo>::on_poll_running()
				.saturating_add(<() as WeightInfo>::on_poll_idle())
				.saturating_add(<() as WeightInfo>::on_poll_closing())
				.saturating_add(<() as WeightInfo>::assess_page())
				.saturating_add(one_entity().saturating_mul(2));
			poll(all);
			assert!(Closing::<Test>::exists());
		});
}

#[test]
fn close_period_should_take_every_phase_that_is_left() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Allowance::open_period(
			RuntimeOrigin::root(),
			YEAR,
			Tonnes(1),
			RuleSet::default(),
			timeline()
		));
		System::reset_events();
		assert_ok!(Allowance::close_period(RuntimeOrigin::root(), YEAR));
		let events: Vec<_> = System::events().into_iter().map(|record| record.event).collect();
		let advanced = |phase| Event::PeriodAdvanced { year: YEAR, phase }.into();
		assert_eq!(
			events,
			vec![
				advanced(Phase::Open),
				advanced(Phase::Surrendering),
				Event::PeriodClosing {
					year: YEAR,
					fine_price: FALLBACK,
				}
				.into()
			]
		);
	});
}

#[test]
fn closing_should_note_missing_reports_of_those_who_owed_one() {
	ExtBuilder::default()
		.with_period(500)
		.with_enrolled(&[POWER_PLANT, STEEL_MILL])
		.build_and_execute(|| {
			let list = vec![STEEL_MILL].try_into().expect("fits");
			assert_ok!(Allowance::exclude(RuntimeOrigin::root(), YEAR, list));
			close(YEAR);
			let missing = |entity| Event::ReportMissing { year: YEAR, entity }.into();
			let noted = |event: RuntimeEvent| System::events().iter().any(|record| record.event == event);
			assert!(noted(missing(POWER_PLANT)));
			assert!(!noted(missing(STEEL_MILL)));
		});
}
