//! `waive`: the regulator lets an account off the rest of a fine.

use crate::{mock::*, Agenda, Error, Event, Owing, PenaltyId, PenaltySanction, Status};
use carbon_primitives::PenaltyKind;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn waive_should_end_what_is_to_be_paid_and_leave_the_penalty_counted() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, fine(FINE));

		assert_ok!(Penalties::waive(root(), id, REASON));

		assert_eq!((status(id), record(id).reason), (Status::Waived, Some(REASON)));
		assert_eq!(counted(PLANT, PenaltyKind::Fine), 1);
		let waived = Event::Waived {
			id,
			account: PLANT,
			amount: FINE,
			reason: REASON,
		};
		assert_eq!(told_last(), waived);
		assert_eq!(Agenda::<Test>::iter().count(), 0);
		block_on(DUE);
		assert_eq!(fines(), 0);
	});
}

#[test]
fn waive_should_end_a_debt_and_leave_paid_what_was_paid() {
	ExtBuilder.build_and_execute(|| {
		let id = owed(PLANT, FINE);
		let other = owed(PLANT, 9);
		assert_ok!(Penalties::pay_debt(signed(PLANT), PLANT, 1_000));

		assert_ok!(Penalties::waive(root(), id, REASON));

		assert_eq!(
			(record(id).paid, record(id).is_debt, fines()),
			(1_000, false, 1_000)
		);
		assert_eq!((debt_of(PLANT), Blocked::get(PLANT)), (9, Some(true)));
		assert_ok!(Penalties::waive(root(), other, REASON));
		assert_eq!((debt_of(PLANT), Blocked::get(PLANT)), (0, Some(false)));
		assert_eq!(Owing::<Test>::iter().count(), 0);
	});
}

#[test]
fn waive_should_be_for_the_regulator_only() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, fine(FINE));
		assert_noop!(
			Penalties::waive(signed(PLANT), id, REASON),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn waive_should_fail_without_a_penalty() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(
			Penalties::waive(root(), PenaltyId(0), REASON),
			Error::<Test>::PenaltyNotFound
		);
	});
}

#[test]
fn waive_should_fail_where_nothing_is_due() {
	ExtBuilder.build_and_execute(|| {
		let banned = final_penalty(PLANT, ban(5));
		let warned = final_penalty(PLANT, PenaltySanction::Warning);
		let proposed = propose(PLANT, fine(FINE));
		let waived = final_penalty(PLANT, fine(FINE));
		assert_ok!(Penalties::waive(root(), waived, REASON));
		assert_ok!(Penalties::pay(signed(PLANT), proposed));
		for id in [banned, warned, proposed, waived] {
			assert_noop!(Penalties::waive(root(), id, REASON), Error::<Test>::NothingDue);
		}
	});
}
