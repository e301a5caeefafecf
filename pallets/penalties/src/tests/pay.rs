//! `pay`: somebody pays what is still to be paid of a fine.

use crate::{mock::*, Agenda, Error, Event, Owing, PenaltyId, PenaltySanction, Status, WeightInfo};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use sp_runtime::TokenError;

#[test]
fn pay_should_move_the_fine_to_the_treasury() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, fine(FINE));

		assert_ok!(Penalties::pay(signed(PLANT), id));

		assert_eq!((status(id), record(id).paid), (Status::Paid, FINE));
		assert_eq!((fines(), free(PLANT)), (FINE, FUNDS - MINIMUM - FINE));
		let paid = Event::FinePaid {
			id,
			account: PLANT,
			payer: PLANT,
			amount: FINE,
			left: 0,
		};
		assert_eq!(told_last(), paid);
		assert_eq!(Agenda::<Test>::iter().count(), 0);
	});
}

#[test]
fn pay_should_leave_nothing_to_be_collected() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, fine(FINE));
		assert_ok!(Penalties::pay(signed(PLANT), id));
		block_on(DUE);
		assert_eq!((fines(), told()), (FINE, vec![]));
	});
}

#[test]
fn pay_should_take_another_ones_money_where_that_one_pays() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, fine(FINE));

		assert_ok!(Penalties::pay(signed(FRIEND), id));

		assert_eq!(
			(free(PLANT), free(FRIEND)),
			(FUNDS - MINIMUM, FUNDS - MINIMUM - FINE)
		);
		assert!(matches!(
			told_last(),
			Event::FinePaid {
				payer: FRIEND,
				account: PLANT,
				..
			}
		));
	});
}

#[test]
fn pay_should_pay_the_rest_of_a_fine_that_is_owed() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, fine(FINE));
		let other = final_penalty(PLANT, fine(7));
		leave(PLANT, 20_000);
		for id in [id, other] {
			block_on(record(id).due_on.unwrap());
		}
		assert_eq!(debt_of(PLANT), 40_007);

		assert_ok!(Penalties::pay(signed(FRIEND), id));

		assert_eq!(
			(status(id), record(id).paid, record(id).is_debt),
			(Status::Paid, FINE, false)
		);
		assert_eq!((debt_of(PLANT), Blocked::get(PLANT)), (7, Some(true)));
		assert_ok!(Penalties::pay(signed(FRIEND), other));
		assert_eq!((debt_of(PLANT), Blocked::get(PLANT)), (0, Some(false)));
		let changed = Event::DebtChanged {
			account: PLANT,
			old_value: 7,
			new_value: 0,
		};
		assert_eq!(told_last(), changed);
		assert_eq!(Owing::<Test>::iter().count(), 0);
	});
}

#[test]
fn pay_should_weigh_what_those_do_who_copy_limits() {
	let call = crate::Call::<Test>::pay { id: PenaltyId(0) };
	assert_eq!(
		call.get_dispatch_info().call_weight,
		<() as WeightInfo>::pay() + LIMITS_WEIGHT
	);
}

#[test]
fn pay_should_fail_where_too_little_is_free() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, fine(FUNDS));
		assert_noop!(Penalties::pay(signed(PLANT), id), TokenError::NotExpendable);
		let larger = final_penalty(PLANT, fine(FUNDS + 1));
		assert_noop!(
			Penalties::pay(signed(PLANT), larger),
			TokenError::FundsUnavailable
		);
	});
}

#[test]
fn pay_should_fail_without_a_penalty() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(
			Penalties::pay(signed(PLANT), PenaltyId(0)),
			Error::<Test>::PenaltyNotFound
		);
	});
}

#[test]
fn pay_should_fail_where_nothing_is_due() {
	ExtBuilder.build_and_execute(|| {
		let proposed = propose(PLANT, fine(FINE));
		let contested = objected(PLANT, fine(FINE));
		let warned = propose(PLANT, PenaltySanction::Warning);
		let [paid, waived, annulled] = [(); 3].map(|()| propose(PLANT, fine(FINE)));
		assert_ok!(Penalties::object(signed(PLANT), proposed, OBJECTION));
		block_on(OVER);
		assert_ok!(Penalties::pay(signed(PLANT), paid));
		assert_ok!(Penalties::waive(root(), waived, REASON));
		assert_ok!(Penalties::annul(root(), annulled, REASON));
		for id in [proposed, contested, warned, paid, waived, annulled] {
			assert_noop!(Penalties::pay(signed(PLANT), id), Error::<Test>::NothingDue);
		}
	});
}
