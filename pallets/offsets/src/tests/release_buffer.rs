use crate::{mock::*, weights::WeightInfo};
use carbon_primitives::{ProjectKind, Tonnes};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use sp_runtime::DispatchResult;

fn release(tonnes: u64) -> DispatchResult {
	Offsets::release_buffer(RuntimeOrigin::root(), PROJECT, Tonnes(tonnes))
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

#[test]
fn release_buffer_should_give_the_owner_credits_of_the_oldest_series_first() {
	forest().build_and_execute(|| {
		assert_ok!(release(25));

		assert_eq!((held(SERIES, OWNER), held(SERIES + 1, OWNER)), (100, 85));
		assert_eq!((held(SERIES, BUFFER), held(SERIES + 1, BUFFER)), (0, 15));
		assert_eq!(series_of(SERIES).buffered, Tonnes::ZERO);
		assert_eq!(series_of(SERIES + 1).buffered, Tonnes(15));
		assert_eq!(Totals::<Test>::get(PROJECT).buffered, Tonnes(15));
		let released = |asset, tonnes| Event::BufferReleased {
			project: PROJECT,
			asset,
			owner: OWNER,
			tonnes: Tonnes(tonnes),
		};
		assert_eq!(events(), [released(SERIES, 20), released(SERIES + 1, 5)]);
	});
}

#[test]
fn release_buffer_should_fail_when_the_buffer_has_less() {
	forest().build_and_execute(|| {
		assert_noop!(release(41), Error::<Test>::BufferTooSmall);
		assert_ok!(release(40));
		assert_noop!(release(1), Error::<Test>::BufferTooSmall);
	});
}

#[test]
fn release_buffer_should_fail_when_the_owner_owes_for_another_project() {
	forest()
		.with_project(OWNER, ProjectKind::Wind)
		.build_and_execute(|| {
			issue(ProjectId(1), 9, 10);
			assert_ok!(Offsets::reverse(
				RuntimeOrigin::root(),
				ProjectId(1),
				Tonnes(1),
				digest(2)
			));
			assert_noop!(release(1), Error::<Test>::ReversalOwed);
		});
}

#[test]
fn release_buffer_should_fail_when_the_owner_is_not_admitted() {
	forest().build_and_execute(|| {
		Admissions::expel(OWNER);
		assert_noop!(release(1), NOT_ADMITTED);
	});
}

#[test]
fn release_buffer_should_change_nothing_when_one_of_the_series_is_halted() {
	forest().build_and_execute(|| {
		Halts::halt(SERIES + 1);
		assert_noop!(transact(|| release(21)), Error::<Test>::AssetHalted);
		assert_ok!(release(20));
	});
}

#[test]
fn release_buffer_should_cost_what_it_looked_at() {
	forest().build_and_execute(|| {
		let info = Offsets::release_buffer(RuntimeOrigin::root(), PROJECT, Tonnes(20));
		assert_eq!(info.unwrap().actual_weight, Some(<()>::release_buffer(1)));
		let declared = Call::<Test>::release_buffer {
			project: PROJECT,
			tonnes: Tonnes(1),
		};
		assert_eq!(
			declared.get_dispatch_info().call_weight,
			<()>::release_buffer(SERIES_MAX)
		);
	});
}
