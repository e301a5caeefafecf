use crate::{mock::*, Error, Event, SessionBlocks};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

/// The blocks up to `last` in which a session starts, and the number of that session.
fn boundaries(last: u64) -> Vec<(u64, u32)> {
	let mut found = vec![];
	let mut index = Session::current_index();
	for block in System::block_number() + 1..=last {
		run_to_block(block);
		if Session::current_index() != index {
			index = Session::current_index();
			found.push((block, index));
		}
	}
	found
}

#[test]
fn set_session_blocks_should_replace_the_length_when_it_is_long_enough() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Nodes::set_session_blocks(RuntimeOrigin::root(), 5));
		assert_eq!(SessionBlocks::<Test>::get(), 5);
		System::assert_last_event(
			Event::SessionBlocksChanged {
				old_value: SESSION,
				new_value: 5,
			}
			.into(),
		);
	});
}

#[test]
fn set_session_blocks_should_count_from_the_start_of_the_session_when_one_is_under_way() {
	ExtBuilder::default().build_and_execute(|| {
		run_to_block(13);
		assert_ok!(Nodes::set_session_blocks(RuntimeOrigin::root(), 7));
		assert_eq!(boundaries(40), [(17, 2), (24, 3), (31, 4), (38, 5)]);
	});
}

#[test]
fn set_session_blocks_should_end_the_session_once_when_that_many_blocks_have_passed() {
	ExtBuilder::default().build_and_execute(|| {
		run_to_block(18);
		assert_ok!(Nodes::set_session_blocks(RuntimeOrigin::root(), 5));
		assert_eq!(Nodes::next_session_at(), 19);
		assert_eq!(boundaries(30), [(19, 2), (24, 3), (29, 4)]);
	});
}

#[test]
fn set_session_blocks_should_stretch_the_session_under_way_when_it_is_raised() {
	ExtBuilder::default().build_and_execute(|| {
		run_to_block(19);
		assert_ok!(Nodes::set_session_blocks(RuntimeOrigin::root(), 30));
		assert_eq!(boundaries(80), [(40, 2), (70, 3)]);
	});
}

#[test]
fn set_session_blocks_should_start_no_second_session_when_it_changes_at_a_boundary() {
	ExtBuilder::default().build_and_execute(|| {
		run_to_block(10);
		assert_eq!(Session::current_index(), 1);
		assert_ok!(Nodes::set_session_blocks(RuntimeOrigin::root(), 5));
		assert_eq!(boundaries(20), [(15, 2), (20, 3)]);
	});
}

#[test]
fn set_session_blocks_should_fail_when_the_caller_is_not_the_regulator() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Nodes::set_session_blocks(RuntimeOrigin::signed(ALICE), 20),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn set_session_blocks_should_fail_when_the_session_would_be_too_short() {
	ExtBuilder::default().build_and_execute(|| {
		for blocks in [0, 4] {
			assert_noop!(
				Nodes::set_session_blocks(RuntimeOrigin::root(), blocks),
				Error::<Test>::SessionTooShort
			);
		}
	});
}

#[test]
fn set_session_blocks_should_fail_when_the_session_would_be_too_long() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Nodes::set_session_blocks(RuntimeOrigin::root(), 2_000));
		for blocks in [2_001, u64::MAX] {
			assert_noop!(
				Nodes::set_session_blocks(RuntimeOrigin::root(), blocks),
				Error::<Test>::SessionTooLong
			);
		}
	});
}
