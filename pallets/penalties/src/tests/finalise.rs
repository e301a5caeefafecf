//! `finalise`: anybody makes a penalty final to which nobody has objected.

use crate::{mock::*, Error, Event, PenaltyId, PenaltySanction, Status};
use carbon_primitives::PenaltyKind;
use frame_support::{assert_noop, assert_ok};

#[test]
fn finalise_should_make_the_penalty_final_once_the_window_is_over() {
	ExtBuilder.build_and_execute(|| {
		let id = propose(PLANT, fine(FINE));
		set_day(OVER);

		assert_ok!(Penalties::finalise(signed(STRANGER), id));

		assert_eq!((status(id), record(id).final_on), (Status::Due, Some(OVER)));
		assert_eq!(record(id).due_on, Some(DUE));
		assert_eq!(counted(PLANT, PenaltyKind::Fine), 1);
		assert!(matches!(
			told_last(),
			Event::BecameFinal {
				due_on: Some(DUE),
				..
			}
		));
		assert_eq!(entries(), [(DUE, id)]);
	});
}

#[test]
fn finalise_should_leave_nothing_for_the_block_to_do_again() {
	ExtBuilder.build_and_execute(|| {
		let id = propose(PLANT, cut(7));
		set_day(OVER);
		assert_ok!(Penalties::finalise(signed(STRANGER), id));
		block_on(OVER);
		assert_eq!(CutTonnes::get(PLANT), Some(7));
		assert_eq!(told(), []);
	});
}

#[test]
fn finalise_should_fail_on_the_last_day() {
	ExtBuilder.build_and_execute(|| {
		let id = propose(PLANT, fine(FINE));
		set_day(LAST);
		assert_noop!(Penalties::finalise(signed(MILL), id), Error::<Test>::WindowOpen);
	});
}

#[test]
fn finalise_should_fail_without_a_penalty() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(
			Penalties::finalise(signed(MILL), PenaltyId(0)),
			Error::<Test>::PenaltyNotFound
		);
	});
}

#[test]
fn finalise_should_fail_where_an_objection_waits() {
	ExtBuilder.build_and_execute(|| {
		let id = objected(PLANT, fine(FINE));
		set_day(OVER);
		assert_noop!(
			Penalties::finalise(signed(MILL), id),
			Error::<Test>::ObjectionPending
		);
	});
}

#[test]
fn finalise_should_fail_where_the_penalty_is_final() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, PenaltySanction::Warning);
		assert_noop!(Penalties::finalise(signed(MILL), id), Error::<Test>::NotProposed);
	});
}
