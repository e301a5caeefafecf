//! `annul`: the regulator takes a penalty back.

use crate::{
	mock::*, Agenda, Bans, Call, Disclosures, Error, Event, PenaltyId, PenaltySanction, Status, WeightInfo,
};
use carbon_calendar::DAY_MS;
use carbon_primitives::{PenaltyKind, Tonnes};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use sp_runtime::{DispatchError, TokenError};

fn annul(id: PenaltyId) {
	assert_ok!(Penalties::annul(root(), id, REASON));
	assert_eq!((status(id), record(id).reason), (Status::Annulled, Some(REASON)));
}

#[test]
fn annul_should_end_a_penalty_that_is_not_final_and_was_not_counted() {
	ExtBuilder.build_and_execute(|| {
		for id in [propose(PLANT, ban(5)), objected(PLANT, fine(FINE))] {
			let sanction = record(id).sanction;
			annul(id);
			let annulled = Event::Annulled {
				id,
				account: PLANT,
				was_final: false,
				refunded: 0,
				released: 0,
				restored: Tonnes(0),
				reason: REASON,
			};
			assert_eq!((told_last(), record(id).sanction), (annulled, sanction));
		}
		assert_eq!((Agenda::<Test>::iter().count(), BanCalls::get()), (0, None));
		assert!(Bans::<Test>::get(PLANT).is_empty());
	});
}

#[test]
fn annul_should_let_a_final_penalty_count_no_more() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, PenaltySanction::Warning);
		assert_eq!(counted(PLANT, PenaltyKind::Warning), 1);
		annul(id);
		assert_eq!(counted(PLANT, PenaltyKind::Warning), 0);
		assert!(matches!(told_last(), Event::Annulled { was_final: true, .. }));
	});
}

#[test]
fn annul_should_give_back_what_was_paid_to_the_penalised() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, fine(FINE));
		assert_ok!(Penalties::pay(signed(FRIEND), id));

		annul(id);

		assert_eq!((record(id).refunded, fines()), (FINE, 0));
		assert_eq!(free(PLANT), FUNDS - MINIMUM + FINE);
		assert!(matches!(
			told_last(),
			Event::Annulled {
				refunded: FINE,
				released: 0,
				..
			}
		));
	});
}

#[test]
fn annul_should_give_back_a_part_and_release_the_rest_of_a_debt() {
	ExtBuilder.build_and_execute(|| {
		let id = owed(PLANT, FINE);
		assert_ok!(Penalties::pay_debt(signed(PLANT), PLANT, 1_000));
		System::reset_events();

		annul(id);

		let annulled = Event::Annulled {
			id,
			account: PLANT,
			was_final: true,
			refunded: 1_000,
			released: FINE - 1_000,
			restored: Tonnes(0),
			reason: REASON,
		};
		let changed = Event::DebtChanged {
			account: PLANT,
			old_value: FINE - 1_000,
			new_value: 0,
		};
		assert_eq!(told(), [annulled, changed]);
		assert_eq!((free(PLANT), Blocked::get(PLANT)), (FUNDS - MINIMUM, Some(false)));
	});
}

#[test]
fn annul_should_stop_a_fine_from_being_collected() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, fine(FINE));
		annul(id);
		block_on(DUE);
		assert_eq!((fines(), told()), (0, vec![]));
	});
}

#[test]
fn annul_should_give_back_what_was_paid_of_a_waived_fine() {
	ExtBuilder.build_and_execute(|| {
		let id = owed(PLANT, FINE);
		assert_ok!(Penalties::pay_debt(signed(PLANT), PLANT, 1_000));
		assert_ok!(Penalties::waive(root(), id, REASON));
		annul(id);
		assert_eq!((fines(), counted(PLANT, PenaltyKind::Fine)), (0, 0));
	});
}

#[test]
fn annul_should_lift_a_ban() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, ban(30));
		annul(id);
		assert_eq!((BannedUntil::get(PLANT), record(id).banned_until), (None, None));
		assert!(Bans::<Test>::get(PLANT).is_empty());
	});
}

#[test]
fn annul_should_leave_the_longest_other_ban() {
	ExtBuilder.build_and_execute(|| {
		let [longest, other, shortest] = [30, 20, 10].map(|days| propose(PLANT, ban(days)));
		block_on(OVER);
		let now = Now::get();
		assert_eq!(
			(BannedUntil::get(PLANT), BanCalls::get()),
			(Some(now + 30 * DAY_MS), Some(3))
		);

		// Nothing is lifted where a longer one holds.
		annul(shortest);
		assert_eq!(
			(BannedUntil::get(PLANT), BanCalls::get()),
			(Some(now + 30 * DAY_MS), Some(3))
		);
		annul(longest);
		assert_eq!(BannedUntil::get(PLANT), Some(now + 20 * DAY_MS));
		annul(other);
		assert_eq!(BannedUntil::get(PLANT), None);
	});
}

#[test]
fn annul_should_not_lift_a_ban_that_has_ended() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, ban(1));
		block_on(OVER.next());
		annul(id);
		assert_eq!(BanCalls::get(), Some(1));
	});
}

#[test]
fn annul_should_not_lift_a_ban_that_was_never_imposed() {
	ExtBuilder.build_and_execute(|| {
		BanFails::set(true);
		let id = final_penalty(PLANT, ban(30));
		BanFails::set(false);
		annul(id);
		assert_eq!(
			(BanCalls::get(), counted(PLANT, PenaltyKind::TradingBan)),
			(None, 0)
		);
	});
}

#[test]
fn annul_should_restore_what_is_not_withheld_of_a_cut() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, cut(100));
		Withheld::set(30);
		annul(id);
		assert_eq!(CutTonnes::get(PLANT), Some(30));
		assert!(matches!(
			told_last(),
			Event::Annulled {
				restored: Tonnes(70),
				..
			}
		));
	});
}

#[test]
fn annul_should_leave_the_entry_of_what_is_published() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, PenaltySanction::Publication);
		annul(id);
		assert_eq!(Disclosures::<Test>::get(0), Some(id));
		let entry = Penalties::disclosures(0, 1).remove(0);
		assert_eq!(entry.penalty.record.status, Status::Annulled);
	});
}

#[test]
fn annul_should_weigh_a_ban_that_is_lifted_and_another_one_that_is_imposed() {
	let call = Call::<Test>::annul {
		id: PenaltyId(0),
		reason: REASON,
	};
	let glue = BAN_WEIGHT * 2 + CREDIT_WEIGHT + LIMITS_WEIGHT;
	assert_eq!(
		call.get_dispatch_info().call_weight,
		<() as WeightInfo>::annul() + glue
	);
}

#[test]
fn annul_should_be_for_the_regulator_only() {
	ExtBuilder.build_and_execute(|| {
		let id = propose(PLANT, fine(FINE));
		assert_noop!(
			Penalties::annul(signed(PLANT), id, REASON),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn annul_should_fail_without_a_penalty() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(
			Penalties::annul(root(), PenaltyId(0), REASON),
			Error::<Test>::PenaltyNotFound
		);
	});
}

#[test]
fn annul_should_fail_for_a_penalty_that_is_annulled() {
	ExtBuilder.build_and_execute(|| {
		let id = propose(PLANT, fine(FINE));
		annul(id);
		assert_noop!(
			Penalties::annul(root(), id, REASON),
			Error::<Test>::AlreadyAnnulled
		);
	});
}

#[test]
fn annul_should_fail_where_the_treasury_has_too_little() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, fine(FINE));
		assert_ok!(Penalties::pay(signed(PLANT), id));
		drain_treasury(MINIMUM);
		assert_noop!(Penalties::annul(root(), id, REASON), Error::<Test>::TreasuryShort);
	});
}

#[test]
fn annul_should_fail_where_the_penalised_cannot_be_paid() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, fine(1));
		assert_ok!(Penalties::pay(signed(FRIEND), id));
		// The account is gone, and what it would get back does not keep it alive.
		assert_ok!(Balances::transfer_all(signed(PLANT), FRIEND, false));
		assert_noop!(Penalties::annul(root(), id, REASON), TokenError::BelowMinimum);
	});
}

#[test]
fn annul_should_fail_where_a_ban_cannot_be_lifted() {
	ExtBuilder.build_and_execute(|| {
		let id = final_penalty(PLANT, ban(30));
		BanFails::set(true);
		let call = || Penalties::annul(root(), id, REASON);
		assert_noop!(frame_support::storage::with_storage_layer(call), NO_BAN);
	});
}
