use crate::{mock::*, weights::WeightInfo};
use carbon_primitives::{ProjectKind, Tonnes};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use sp_runtime::DispatchResult;

fn reverse(tonnes: u64) -> DispatchResult {
	Offsets::reverse(RuntimeOrigin::root(), PROJECT, Tonnes(tonnes), digest(2))
		.map(|_| ())
		.map_err(|refusal| refusal.error)
}

/// A forest with two series of 100 tonnes, 20 of each in the buffer.
fn forest() -> ExtBuilder {
	ExtBuilder::default()
		.with_project(OWNER, ProjectKind::Forest)
		.with_series(100)
		.with_series(100)
}

fn buffers() -> (u64, u64) {
	(series_of(SERIES).buffered.0, series_of(SERIES + 1).buffered.0)
}

#[test]
fn reverse_should_cancel_from_the_oldest_series_first() {
	forest().build_and_execute(|| {
		assert_ok!(reverse(5));
		assert_eq!(buffers(), (15, 20));
		assert_ok!(reverse(25));
		assert_eq!(buffers(), (0, 10));
		assert_eq!(series_of(SERIES).cancelled, Tonnes(20));
		assert_eq!(series_of(SERIES + 1).cancelled, Tonnes(10));
		assert_eq!((held(SERIES, BUFFER), held(SERIES + 1, BUFFER)), (0, 10));
		assert_eq!(held(SERIES, OWNER), 80, "the owner's credits stay");
		assert_eq!(ReversalDebts::<Test>::get(OWNER), None);
	});
}

#[test]
fn reverse_should_leave_a_record_for_each_series() {
	forest().build_and_execute(|| {
		assert_ok!(reverse(25));
		let cause = CancellationCause::Reversal {
			project: PROJECT,
			reason: digest(2),
		};
		for (id, asset, tonnes) in [(0, SERIES, 20), (1, SERIES + 1, 5)] {
			assert_eq!(
				Cancellations::<Test>::get(CancellationId(id)),
				Some(CancellationRecord {
					holder: BUFFER,
					asset,
					tonnes: Tonnes(tonnes),
					cause: cause.clone(),
					block: 1,
				})
			);
		}
		assert_eq!(
			events().last(),
			Some(&Event::ReductionsReversed {
				project: PROJECT,
				tonnes: Tonnes(25),
				from_buffer: Tonnes(25),
				owed: Tonnes::ZERO,
				reason: digest(2),
			})
		);
		assert_eq!(events().len(), 3);
	});
}

#[test]
fn reverse_should_let_the_owner_owe_what_the_buffer_does_not_cover() {
	forest().build_and_execute(|| {
		assert_ok!(reverse(50));
		assert_eq!(buffers(), (0, 0));
		assert_eq!(
			Totals::<Test>::get(PROJECT),
			ProjectTotals {
				issued: Tonnes(200),
				buffered: Tonnes::ZERO,
				reversed: Tonnes(50),
				owed: Tonnes(10),
			}
		);
		assert_eq!(ReversalDebts::<Test>::get(OWNER), Some(Tonnes(10)));
		assert_eq!(
			events().last(),
			Some(&Event::ReductionsReversed {
				project: PROJECT,
				tonnes: Tonnes(50),
				from_buffer: Tonnes(40),
				owed: Tonnes(10),
				reason: digest(2),
			})
		);
	});
}

#[test]
fn reverse_should_let_the_owner_owe_everything_when_there_is_no_buffer() {
	ExtBuilder::default()
		.with_project(OWNER, ProjectKind::Wind)
		.with_series(100)
		.build_and_execute(|| {
			assert_ok!(reverse(3));
			assert_ok!(reverse(4));
			assert_eq!(ReversalDebts::<Test>::get(OWNER), Some(Tonnes(7)));
			assert_eq!(NextCancellation::<Test>::get(), CancellationId(0));
		});
}

#[test]
fn reverse_should_add_up_what_is_owed_for_all_projects_of_an_owner() {
	ExtBuilder::default()
		.with_project(OWNER, ProjectKind::Wind)
		.with_project(OWNER, ProjectKind::Solar)
		.with_series(10)
		.build_and_execute(|| {
			issue(ProjectId(1), 5, 10);
			for (project, tonnes) in [(PROJECT, 3), (ProjectId(1), 4)] {
				assert_ok!(Offsets::reverse(
					RuntimeOrigin::root(),
					project,
					Tonnes(tonnes),
					digest(2)
				));
			}
			assert_eq!(Offsets::reversal_debt(OWNER), Tonnes(7));
			assert_eq!(Totals::<Test>::get(PROJECT).owed, Tonnes(3));
		});
}

#[test]
fn reverse_should_work_when_the_project_is_suspended_and_its_owner_gone() {
	forest().build_and_execute(|| {
		decide(PROJECT, Decision::Suspend);
		Admissions::expel(OWNER);
		assert_ok!(reverse(200));
	});
}

#[test]
fn reverse_should_fail_when_more_would_be_reversed_than_was_issued() {
	forest().build_and_execute(|| {
		assert_noop!(reverse(201), Error::<Test>::MoreThanIssued);
		assert_noop!(reverse(u64::MAX), Error::<Test>::MoreThanIssued);
		assert_ok!(reverse(150));
		assert_noop!(reverse(51), Error::<Test>::MoreThanIssued);
		assert_ok!(reverse(50));
		assert_noop!(reverse(1), Error::<Test>::MoreThanIssued);
	});
}

#[test]
fn reverse_should_fail_when_nothing_was_issued() {
	ExtBuilder::default()
		.with_application(OWNER, ProjectKind::Forest)
		.build_and_execute(|| {
			assert_noop!(reverse(1), Error::<Test>::MoreThanIssued);
		});
}

#[test]
fn reverse_should_change_nothing_when_one_of_the_series_is_halted() {
	forest().build_and_execute(|| {
		Halts::halt(SERIES + 1);
		assert_noop!(transact(|| reverse(21)), Error::<Test>::AssetHalted);
		assert_ok!(reverse(20));
		Halts::lift(SERIES + 1);
		assert_ok!(reverse(1));
	});
}

#[test]
fn reverse_should_cost_what_it_looked_at() {
	forest().build_and_execute(|| {
		let call = |tonnes| {
			let tonnes = Tonnes(tonnes);
			let info = Offsets::reverse(RuntimeOrigin::root(), PROJECT, tonnes, digest(2));
			info.unwrap().actual_weight.unwrap()
		};
		assert_eq!(call(20), <()>::reverse(1));
		// The first series is looked at again, although it has nothing left.
		assert_eq!(call(1), <()>::reverse(2));
		let declared = Call::<Test>::reverse {
			project: PROJECT,
			tonnes: Tonnes(1),
			reason: digest(2),
		};
		assert_eq!(
			declared.get_dispatch_info().call_weight,
			<()>::reverse(SERIES_MAX)
		);
	});
}

#[test]
fn reverse_should_say_unexpected_when_the_sum_of_the_buffers_is_wrong() {
	forest().build().execute_with(|| {
		Totals::<Test>::mutate(PROJECT, |totals| totals.buffered = Tonnes(41));
		assert_noop!(transact(|| reverse(41)), Error::<Test>::Unexpected);
	});
}

#[test]
fn reverse_should_say_unexpected_when_the_numbers_are_used_up() {
	forest().build().execute_with(|| {
		NextCancellation::<Test>::put(CancellationId(u64::MAX));
		assert_noop!(transact(|| reverse(1)), Error::<Test>::Unexpected);
	});
}
