//! Random cycles against the invariants: whatever the calls answer, no tonne is lost and the cap holds.

use crate::mock::*;
use carbon_primitives::{AssetId, ProjectKind, Tonnes, Vintage, OFFSET_SERIES_FIRST};
use carbon_traits::SeriesInfo;
use proptest::prelude::*;

/// A series of which each entity holds ten credits.
const SERIES: AssetId = OFFSET_SERIES_FIRST;

#[derive(Clone, Debug)]
enum Step {
	Open(u16, u64, Option<u64>),
	Enrol(u16, AccountId),
	Allocate(u16, AccountId, u64),
	Sell(u16, u64),
	Report(u16, AccountId, u64),
	Verify(u16, AccountId, u64),
	Confirm(u16, AccountId, u64),
	Surrender(u16, u16, AccountId, u64),
	Cancel(u16, AccountId, u64),
	ForceTransfer(u16, AccountId, AccountId, u64),
	Credits(u16, AccountId, AccountId, u64),
	Advance(u16),
	Reopen(u16, AccountId),
	Wait(u64),
	Halt(u16),
	Close(u16),
	Poll,
}

fn year() -> impl Strategy<Value = u16> {
	2021u16..2024
}

fn entity() -> impl Strategy<Value = AccountId> {
	prop_oneof![Just(POWER_PLANT), Just(STEEL_MILL), Just(STRANGER)]
}

// Small numbers, so that reports, verifications and confirmations meet often.
fn tonnes() -> impl Strategy<Value = u64> {
	0u64..6
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		(year(), 0u64..20, prop::option::of(0u64..20)).prop_map(|(y, cap, opens)| Step::Open(y, cap, opens)),
		(year(), entity()).prop_map(|(y, who)| Step::Enrol(y, who)),
		(year(), entity(), tonnes()).prop_map(|(y, who, t)| Step::Allocate(y, who, t)),
		(year(), tonnes()).prop_map(|(y, t)| Step::Sell(y, t)),
		(year(), entity(), tonnes()).prop_map(|(y, who, t)| Step::Report(y, who, t)),
		(year(), entity(), tonnes()).prop_map(|(y, who, t)| Step::Verify(y, who, t)),
		(year(), entity(), tonnes()).prop_map(|(y, who, t)| Step::Confirm(y, who, t)),
		(year(), year(), entity(), tonnes()).prop_map(|(y, v, who, t)| Step::Surrender(y, v, who, t)),
		(year(), entity(), tonnes()).prop_map(|(y, who, t)| Step::Cancel(y, who, t)),
		(year(), entity(), entity(), tonnes())
			.prop_map(|(y, from, to, t)| Step::ForceTransfer(y, from, to, t)),
		(year(), entity(), entity(), tonnes())
			.prop_map(|(y, supplier, who, t)| Step::Credits(y, supplier, who, t)),
		year().prop_map(Step::Advance),
		(year(), entity()).prop_map(|(y, who)| Step::Reopen(y, who)),
		(0u64..10).prop_map(Step::Wait),
		year().prop_map(Step::Halt),
		year().prop_map(Step::Close),
		Just(Step::Poll),
	]
}

/// Apply a step and tell whether the chain accepted it.
fn apply(step: Step) -> bool {
	let root = RuntimeOrigin::root;
	let signed = RuntimeOrigin::signed;
	let list = |who, t| vec![(who, Tonnes(t))].try_into().expect("fits");
	match step {
		Step::Open(y, cap, opens) => {
			let rules = RuleSet {
				borrowing: true,
				// Half of it, so that small numbers reach the cap.
				offset_cap_bps: 5_000,
				..rules(ObligationRule::Cumulative)
			};
			let timeline = opens.map_or(always(), |opens| Timeline {
				opens,
				reports_due: opens + 5,
				verification_due: opens + 8,
				surrender_due: opens + 10,
				..always()
			});
			Allowance::open_period(root(), Vintage(y), Tonnes(cap), rules, timeline)
		}
		Step::Credits(y, supplier, who, t) => {
			Allowance::surrender(signed(supplier), Vintage(y), who, SERIES, Tonnes(t))
		}
		Step::Advance(y) => Allowance::advance_period(root(), Vintage(y)),
		Step::Reopen(y, who) => Allowance::reopen_report(root(), Vintage(y), who, digest(0)),
		Step::Wait(time) => {
			Now::mutate(|now| *now += time);
			Ok(())
		}
		Step::Enrol(y, who) => Allowance::enrol(root(), Vintage(y), vec![who].try_into().expect("fits")),
		Step::Allocate(y, who, t) => Allowance::allocate(root(), Vintage(y), list(who, t)),
		Step::Sell(y, t) => Allowance::issue_for_sale(root(), Vintage(y), SELLER, Tonnes(t)),
		Step::Report(y, who, t) => Allowance::report_emissions(signed(who), Vintage(y), Tonnes(t), digest(0)),
		Step::Verify(y, who, t) => Allowance::verify_report(signed(VERIFIER), Vintage(y), who, Tonnes(t)),
		Step::Confirm(y, who, t) => Allowance::confirm_reports(root(), Vintage(y), list(who, t)),
		Step::Surrender(y, v, who, t) => {
			Allowance::surrender(signed(who), Vintage(y), who, v.into(), Tonnes(t))
		}
		Step::Cancel(y, who, t) => {
			Allowance::cancel(signed(who), Vintage(y), Tonnes(t), Default::default(), digest(0))
		}
		Step::ForceTransfer(y, from, to, t) => {
			Allowance::force_transfer(root(), Vintage(y), from, to, Tonnes(t))
		}
		// A halt and its end: what is refused meanwhile leaves no trace.
		Step::Halt(y) => {
			HaltedAssets::mutate(|halted| match halted.pop() {
				Some(_) => halted.clear(),
				None => halted.push(y.into()),
			});
			Ok(())
		}
		Step::Close(y) => Allowance::close_period(root(), Vintage(y)),
		Step::Poll => {
			poll(frame_support::weights::Weight::MAX);
			Ok(())
		}
	}
	.is_ok()
}

/// As in a block: what a refused call has written is taken back.
fn dispatch(step: Step) -> bool {
	frame_support::storage::with_storage_layer(|| {
		apply(step)
			.then_some(())
			.ok_or(sp_runtime::DispatchError::Unavailable)
	})
	.is_ok()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]

	#[test]
	fn no_sequence_of_calls_loses_a_tonne_or_passes_the_cap(
		steps in prop::collection::vec(step(), 1..120),
	) {
		ExtBuilder::default().build().execute_with(|| {
			let info = SeriesInfo { kind: ProjectKind::Wind, inside_ets: false, vintage: Vintage(2020) };
			Series::set([(SERIES, info)].into());
			Credited::set([((POWER_PLANT, SERIES), 10), ((STEEL_MILL, SERIES), 10)].into());
			for step in steps {
				dispatch(step.clone());
				let state = Allowance::do_try_state();
				prop_assert!(state.is_ok(), "after {:?}: {:?}", step, state);
			}
			Ok(())
		})?;
	}
}
