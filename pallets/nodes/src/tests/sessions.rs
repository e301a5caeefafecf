//! How the sessions follow the set. The session pallet is the real one.

use crate::{mock::*, Event};
use frame_support::{
	assert_ok,
	traits::{EstimateNextSessionRotation, Hooks},
};
use pallet_session::ShouldEndSession;
use sp_runtime::Permill;

#[test]
fn sessions_should_change_no_keys_when_the_set_stays() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..4 {
			next_session();
		}
		assert_eq!(Session::current_index(), 4);
		assert_eq!(Changes::get(), 0);
		assert_eq!(Authorities::get(), [ALICE, BOB, CHARLIE, DAVE]);
	});
}

#[test]
fn sessions_should_do_without_a_validator_when_two_boundaries_have_passed_since_its_removal() {
	ExtBuilder::default().build_and_execute(|| {
		run_to_block(3);
		assert_ok!(remove(DAVE));

		next_session();
		assert_eq!(Authorities::get(), [ALICE, BOB, CHARLIE, DAVE]);
		assert_eq!(queued(), [ALICE, BOB, CHARLIE]);
		System::assert_has_event(
			Event::ValidatorsPlanned {
				session: 2,
				validators: vec![ALICE, BOB, CHARLIE],
			}
			.into(),
		);

		next_session();
		assert_eq!(Authorities::get(), [ALICE, BOB, CHARLIE]);
		assert_eq!(Session::validators(), [ALICE, BOB, CHARLIE]);
		// It took nothing from the validator: its keys still lie where they were.
		assert_eq!(Session::load_keys(&DAVE), Some(keys_of(DAVE, DAVE).0));
	});
}

#[test]
fn sessions_should_plan_a_removal_in_the_next_boundary_when_it_comes_in_the_block_before() {
	ExtBuilder::default().build_and_execute(|| {
		run_to_block(SESSION - 1);
		assert_ok!(remove(DAVE));
		run_to_block(SESSION);
		assert_eq!(queued(), [ALICE, BOB, CHARLIE]);
	});
}

#[test]
fn sessions_should_plan_a_removal_a_session_later_when_it_comes_in_the_block_of_a_boundary() {
	ExtBuilder::default().build_and_execute(|| {
		run_to_block(SESSION);
		assert_ok!(remove(DAVE));
		assert_eq!(queued(), [ALICE, BOB, CHARLIE, DAVE]);
		run_to_block(2 * SESSION);
		assert_eq!(queued(), [ALICE, BOB, CHARLIE]);
		run_to_block(3 * SESSION);
		assert_eq!(Authorities::get(), [ALICE, BOB, CHARLIE]);
	});
}

#[test]
fn sessions_should_take_a_validator_in_again_when_it_brings_new_keys() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(DAVE));
		next_session();
		next_session();
		assert_ok!(crate::Pallet::<Test>::apply(
			RuntimeOrigin::signed(DAVE),
			crate::NodeKind::Validator,
			address(4),
			Some(keys_of(DAVE, 44))
		));
		assert_ok!(audit_and_admit(DAVE));

		next_session();
		assert_eq!(Authorities::get(), [ALICE, BOB, CHARLIE]);
		next_session();
		assert_eq!(Authorities::get(), [ALICE, BOB, CHARLIE, 44]);
		assert_eq!(Session::validators(), [ALICE, BOB, CHARLIE, DAVE]);
	});
}

#[test]
fn sessions_should_change_once_when_two_changes_come_in_one_session() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_validator(EVE));
		assert_ok!(audit_and_admit(EVE));
		run_to_block(6);
		assert_ok!(remove(ALICE));

		next_session();
		assert_eq!(queued(), [BOB, CHARLIE, DAVE, EVE]);
		next_session();
		assert_eq!(Authorities::get(), [BOB, CHARLIE, DAVE, EVE]);
		next_session();
		assert_eq!(Changes::get(), 1);
	});
}

#[test]
fn sessions_should_follow_each_change_when_they_come_in_successive_sessions() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_validator(EVE));
		assert_ok!(audit_and_admit(EVE));
		next_session();
		assert_ok!(remove(ALICE));
		next_session();
		assert_eq!(Authorities::get(), [ALICE, BOB, CHARLIE, DAVE, EVE]);
		assert_eq!(queued(), [BOB, CHARLIE, DAVE, EVE]);
		next_session();
		assert_eq!(Authorities::get(), [BOB, CHARLIE, DAVE, EVE]);
	});
}

#[test]
fn sessions_should_stay_as_they_are_when_a_change_is_taken_back_before_the_boundary() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(apply_validator(EVE));
		assert_ok!(audit_and_admit(EVE));
		assert_ok!(remove(EVE));
		for _ in 0..3 {
			next_session();
		}
		assert_eq!(Changes::get(), 0);
	});
}

#[test]
fn sessions_should_be_planned_anew_when_the_same_validators_come_in_another_order() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(remove(ALICE));
		assert_ok!(apply_validator(ALICE));
		assert_ok!(audit_and_admit(ALICE));
		next_session();
		System::assert_has_event(
			Event::ValidatorsPlanned {
				session: 2,
				validators: vec![BOB, CHARLIE, DAVE, ALICE],
			}
			.into(),
		);
	});
}

#[test]
fn sessions_should_use_new_keys_when_a_validator_of_the_set_replaces_its_own() {
	ExtBuilder::default().build_and_execute(|| {
		let (keys, proof) = keys_of(BOB, 22);
		assert_ok!(Session::set_keys(
			RuntimeOrigin::signed(BOB),
			keys,
			proof.into_inner()
		));
		next_session();
		next_session();
		assert_eq!(Authorities::get(), [ALICE, 22, CHARLIE, DAVE]);
	});
}

#[test]
fn sessions_should_pass_over_a_validator_and_take_it_back_when_its_keys_go_and_return() {
	// Without the final check of the invariants on the way: a validator without keys is what they forbid.
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Session::purge_keys(RuntimeOrigin::signed(BOB)));
		for _ in 0..4 {
			next_session();
		}
		assert_eq!(Authorities::get(), [ALICE, CHARLIE, DAVE]);
		assert_eq!(Changes::get(), 1);

		let (keys, proof) = keys_of(BOB, 22);
		assert_ok!(Session::set_keys(
			RuntimeOrigin::signed(BOB),
			keys,
			proof.into_inner()
		));
		next_session();
		next_session();
		assert_eq!(Authorities::get(), [ALICE, 22, CHARLIE, DAVE]);
	});
}

#[test]
fn sessions_should_keep_the_validators_in_force_when_no_validator_of_the_set_has_keys() {
	ExtBuilder::default().build().execute_with(|| {
		crate::Validators::<Test>::put(frame_support::BoundedVec::truncate_from(vec![EVE]));
		next_session();
		next_session();
		assert_eq!(Authorities::get(), [ALICE, BOB, CHARLIE, DAVE]);
	});
}

#[test]
fn a_session_should_end_once_in_the_block_of_its_boundary() {
	ExtBuilder::default().build_and_execute(|| {
		assert!(!Nodes::should_end_session(SESSION - 1));
		assert!(Nodes::should_end_session(SESSION));
		run_to_block(SESSION);
		assert!(!Nodes::should_end_session(SESSION));
	});
}

#[test]
fn a_session_should_start_at_the_first_block_there_is_when_blocks_were_missed() {
	ExtBuilder::default().build_and_execute(|| {
		// The boundary does not depend on hitting one certain number.
		System::set_block_number(3 * SESSION + 4);
		Session::on_initialize(3 * SESSION + 4);
		assert_eq!(Session::current_index(), 1);
		assert_eq!(Nodes::next_session_at(), 4 * SESSION + 4);
	});
}

#[test]
fn estimates_should_name_length_progress_and_the_next_boundary() {
	ExtBuilder::default().build_and_execute(|| {
		run_to_block(14);
		assert_eq!(
			<Nodes as EstimateNextSessionRotation<u64>>::average_session_length(),
			SESSION
		);
		assert_eq!(
			Nodes::estimate_current_session_progress(14).0,
			Some(Permill::from_percent(50))
		);
		assert_eq!(
			Nodes::estimate_current_session_progress(99).0,
			Some(Permill::from_percent(100))
		);
		assert_eq!(Nodes::estimate_next_session_rotation(14).0, Some(20));
		assert_eq!(Nodes::estimate_next_session_rotation(25).0, Some(26));
	});
}
