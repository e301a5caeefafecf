//! `object`: whoever is to be penalised objects.

use crate::{mock::*, Agenda, Error, Event, PenaltyId, PenaltySanction, Status};
use carbon_calendar::Day;
use frame_support::{assert_noop, assert_ok};

/// The tenth working day after the first day of the tests.
const DECISION: Day = Day(20_103);

#[test]
fn object_should_make_the_penalty_wait_for_a_decision() {
	ExtBuilder.build_and_execute(|| {
		let id = propose(PLANT, fine(FINE));

		assert_ok!(Penalties::object(signed(PLANT), id, OBJECTION));

		let record = record(id);
		assert_eq!(
			(record.status, record.objection),
			(Status::Objected, Some(OBJECTION))
		);
		assert_eq!(record.decide_until, Some(DECISION));
		let objected = Event::Objected {
			id,
			digest: OBJECTION,
			decide_until: DECISION,
		};
		assert_eq!(told_last(), objected);
		assert_eq!(Agenda::<Test>::iter().count(), 0);
	});
}

#[test]
fn object_should_be_possible_on_the_last_day_and_no_later() {
	ExtBuilder.build_and_execute(|| {
		let (one, other) = (propose(PLANT, fine(FINE)), propose(PLANT, fine(FINE)));
		block_on(LAST);
		assert_ok!(Penalties::object(signed(PLANT), one, OBJECTION));
		// The block has not come to it yet.
		set_day(OVER);
		assert_noop!(
			Penalties::object(signed(PLANT), other, OBJECTION),
			Error::<Test>::ObjectionLate
		);
	});
}

#[test]
fn object_should_be_possible_for_whoever_lost_its_rights() {
	ExtBuilder.build_and_execute(|| {
		let id = propose(PLANT, fine(FINE));
		Known::mutate(|known| known.remove(&PLANT));
		assert_ok!(Penalties::object(signed(PLANT), id, OBJECTION));
	});
}

#[test]
fn object_should_fail_for_anybody_else() {
	ExtBuilder.build_and_execute(|| {
		let id = propose(PLANT, fine(FINE));
		assert_noop!(
			Penalties::object(signed(MILL), id, OBJECTION),
			Error::<Test>::NotPenalised
		);
	});
}

#[test]
fn object_should_fail_without_a_penalty() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(
			Penalties::object(signed(PLANT), PenaltyId(0), OBJECTION),
			Error::<Test>::PenaltyNotFound
		);
	});
}

#[test]
fn object_should_fail_where_an_objection_waits() {
	ExtBuilder.build_and_execute(|| {
		let id = objected(PLANT, fine(FINE));
		assert_noop!(
			Penalties::object(signed(PLANT), id, OBJECTION),
			Error::<Test>::ObjectionPending
		);
	});
}

#[test]
fn object_should_fail_once_the_penalty_is_final_or_annulled() {
	ExtBuilder.build_and_execute(|| {
		let done = final_penalty(PLANT, PenaltySanction::Warning);
		let annulled = propose(PLANT, fine(FINE));
		assert_ok!(Penalties::annul(root(), annulled, REASON));
		for id in [done, annulled] {
			assert_noop!(
				Penalties::object(signed(PLANT), id, OBJECTION),
				Error::<Test>::NotProposed
			);
		}
	});
}
