use crate::mock::*;
use carbon_primitives::{AssetId, ProjectKind, Tonnes};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, DispatchResult};

fn settle_by(origin: RuntimeOrigin, asset: AssetId, tonnes: u64) -> DispatchResult {
	Offsets::settle_reversal(origin, PROJECT, asset, Tonnes(tonnes))
}

fn settle(tonnes: u64) -> DispatchResult {
	settle_by(RuntimeOrigin::signed(OWNER), SERIES, tonnes)
}

/// The owner of a wind farm with 100 tonnes owes 10 of them.
fn owing(test: impl FnOnce()) {
	ExtBuilder::default()
		.with_project(OWNER, ProjectKind::Wind)
		.with_project(OWNER, ProjectKind::Solar)
		.with_project(OTHER_OWNER, ProjectKind::Solar)
		.with_series(100)
		.build_and_execute(|| {
			issue(ProjectId(1), 8, 50);
			issue(ProjectId(2), 9, 50);
			assert_ok!(Offsets::reverse(
				RuntimeOrigin::root(),
				PROJECT,
				Tonnes(10),
				digest(2)
			));
			System::reset_events();
			test();
		});
}

#[test]
fn settle_reversal_should_cancel_credits_of_the_owner_with_a_record() {
	owing(|| {
		assert_ok!(settle(4));

		assert_eq!(held(SERIES, OWNER), 96);
		assert_eq!(series_of(SERIES).cancelled, Tonnes(4));
		assert_eq!(Totals::<Test>::get(PROJECT).owed, Tonnes(6));
		assert_eq!(ReversalDebts::<Test>::get(OWNER), Some(Tonnes(6)));
		let cause = CancellationCause::Settlement { project: PROJECT };
		assert_eq!(
			Cancellations::<Test>::get(CancellationId(0)),
			Some(CancellationRecord {
				holder: OWNER,
				asset: SERIES,
				tonnes: Tonnes(4),
				cause: cause.clone(),
				block: 1,
			})
		);
		assert_eq!(
			events(),
			[
				Event::Cancelled {
					id: CancellationId(0),
					asset: SERIES,
					holder: OWNER,
					tonnes: Tonnes(4),
					cause,
				},
				Event::ReversalSettled {
					project: PROJECT,
					asset: SERIES,
					tonnes: Tonnes(4),
					owed: Tonnes(6),
				}
			]
		);
	});
}

#[test]
fn settle_reversal_should_end_the_debt_when_all_is_paid() {
	owing(|| {
		assert_ok!(settle(4));
		assert_ok!(settle(6));
		assert!(!ReversalDebts::<Test>::contains_key(OWNER));
	});
}

#[test]
fn settle_reversal_should_take_credits_of_any_series() {
	owing(|| {
		assert_ok!(settle_by(RuntimeOrigin::signed(OWNER), SERIES + 1, 10));
		assert_eq!(series_of(SERIES + 1).cancelled, Tonnes(10));
		assert_eq!(held(SERIES, OWNER), 100);
	});
}

#[test]
fn settle_reversal_should_take_the_owners_credits_when_the_regulator_settles() {
	owing(|| {
		assert_ok!(settle_by(RuntimeOrigin::root(), SERIES, 10));
		assert_eq!(held(SERIES, OWNER), 90);
	});
}

#[test]
fn settle_reversal_should_work_when_the_owner_has_lost_its_role() {
	owing(|| {
		Admissions::expel(OWNER);
		assert_ok!(settle(10));
	});
}

#[test]
fn settle_reversal_should_fail_when_somebody_else_signs() {
	owing(|| {
		for who in [OTHER_OWNER, STRANGER] {
			let origin = RuntimeOrigin::signed(who);
			assert_noop!(settle_by(origin, SERIES, 1), Error::<Test>::NotOwner);
		}
		assert_noop!(
			settle_by(RuntimeOrigin::none(), SERIES, 1),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn settle_reversal_should_fail_when_so_much_is_not_owed() {
	owing(|| {
		assert_noop!(settle(11), Error::<Test>::MoreThanOwed);
		assert_ok!(settle(10));
		assert_noop!(settle(1), Error::<Test>::MoreThanOwed);
	});
}

#[test]
fn settle_reversal_should_fail_when_it_is_owed_for_another_project() {
	owing(|| {
		assert_noop!(
			Offsets::settle_reversal(RuntimeOrigin::signed(OWNER), ProjectId(1), SERIES, Tonnes(1)),
			Error::<Test>::MoreThanOwed
		);
	});
}

#[test]
fn settle_reversal_should_fail_when_the_owner_has_too_few() {
	owing(|| {
		assert_noop!(
			settle_by(RuntimeOrigin::signed(OWNER), SERIES + 2, 1),
			Error::<Test>::InsufficientCredits
		);
	});
}

#[test]
fn settle_reversal_should_fail_when_the_asset_is_no_series() {
	owing(|| {
		assert_noop!(
			settle_by(RuntimeOrigin::signed(OWNER), 2024, 1),
			Error::<Test>::SeriesNotFound
		);
	});
}

#[test]
fn settle_reversal_should_fail_when_the_series_is_halted() {
	owing(|| {
		Halts::halt(SERIES);
		assert_noop!(settle(1), Error::<Test>::AssetHalted);
		assert_ok!(settle_by(RuntimeOrigin::signed(OWNER), SERIES + 1, 1));
	});
}

#[test]
fn settle_reversal_should_say_unexpected_when_the_debt_is_not_counted() {
	owing(|| {
		let debt = ReversalDebts::<Test>::take(OWNER);
		assert_noop!(transact(|| settle(1)), Error::<Test>::Unexpected);
		ReversalDebts::<Test>::set(OWNER, debt);
	});
}
