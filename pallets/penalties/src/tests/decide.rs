//! `decide`: the regulator decides about an objection, and what follows when a penalty is final.

use crate::{
	mock::*, Bans, Decision, Disclosures, Error, Event, PenaltyId, PenaltySanction, Status, BAN_DAYS_MAX,
	FINE_MAX,
};
use carbon_calendar::{Day, DAY_MS};
use carbon_primitives::PenaltyKind;
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use sp_runtime::DispatchError;

/// The last day for the decision, and the day on which a fine is due that is final on the first day.
const DECISION: Day = Day(20_103);
const DUE_AT_ONCE: Day = Day(20_110);

fn decide(id: PenaltyId, decision: Decision) {
	assert_ok!(Penalties::decide(root(), id, decision, REASON));
}

#[test]
fn decide_should_make_the_penalty_final_where_the_objection_is_rejected() {
	ExtBuilder.build_and_execute(|| {
		let id = objected(PLANT, fine(FINE));

		decide(id, Decision::Rejected);

		let record = record(id);
		assert_eq!((record.status, record.reason), (Status::Due, Some(REASON)));
		assert_eq!((record.final_on, record.due_on), (Some(TODAY), Some(DUE_AT_ONCE)));
		assert_eq!(counted(PLANT, PenaltyKind::Fine), 1);
		assert_eq!(Recorded::get(), Some(vec![(id.0, PLANT, EVIDENCE, true)]));
		let told = told();
		let resolved = Event::ObjectionResolved {
			id,
			decision: Decision::Rejected,
			reason: REASON,
			late: false,
		};
		let is_final = Event::BecameFinal {
			id,
			account: PLANT,
			year: YEAR,
			sanction: fine(FINE),
			due_on: Some(DUE_AT_ONCE),
			banned_until: None,
		};
		assert_eq!(told[told.len() - 2..], [resolved, is_final]);
	});
}

#[test]
fn decide_should_end_the_penalty_where_the_objection_is_upheld() {
	ExtBuilder.build_and_execute(|| {
		for sanction in [fine(FINE), ban(5), cut(5), PenaltySanction::Warning] {
			let id = objected(PLANT, sanction);
			decide(id, Decision::Upheld);
			assert_eq!((status(id), record(id).reason), (Status::Annulled, Some(REASON)));
		}
		assert_eq!(Counted::iter().count(), 0);
		assert_eq!((Recorded::get(), BanCalls::get()), (None, None));
		assert!(Bans::<Test>::get(PLANT).is_empty());
	});
}

#[test]
fn decide_should_take_less_where_the_penalty_is_reduced() {
	ExtBuilder.build_and_execute(|| {
		let cases = [(fine(FINE), fine(FINE - 1)), (cut(5), cut(4)), (ban(5), ban(4))];
		for (sanction, smaller) in cases {
			let id = objected(PLANT, sanction);
			decide(id, Decision::Reduced(smaller));
			assert_eq!(record(id).sanction, smaller);
			assert_eq!(record(id).final_on, Some(TODAY));
		}
		assert_eq!(CutTonnes::get(PLANT), Some(4));
		assert_eq!(BannedUntil::get(PLANT), Some(Now::get() + 4 * DAY_MS));
	});
}

#[test]
fn decide_should_tell_whether_it_is_late_and_count_all_the_same() {
	for (day, is_late) in [(DECISION, false), (DECISION.next(), true)] {
		ExtBuilder.build_and_execute(|| {
			let id = objected(PLANT, fine(FINE));
			block_on(day);
			assert_eq!(status(id), Status::Objected);

			decide(id, Decision::Rejected);

			assert!(matches!(told()[0], Event::ObjectionResolved { late, .. } if late == is_late));
			assert_eq!(status(id), Status::Due);
		});
	}
}

#[test]
fn decide_should_ban_from_the_day_of_the_decision_on() {
	ExtBuilder.build_and_execute(|| {
		let id = objected(PLANT, ban(30));
		block_on(DECISION);

		decide(id, Decision::Rejected);

		let until = Now::get() + 30 * DAY_MS;
		assert_eq!(
			(status(id), record(id).banned_until),
			(Status::Enforced, Some(until))
		);
		assert_eq!(BannedUntil::get(PLANT), Some(until));
		assert_eq!(Bans::<Test>::get(PLANT)[0].ends_at, Some(until));
	});
}

#[test]
fn decide_should_tell_where_a_ban_cannot_be_imposed() {
	ExtBuilder.build_and_execute(|| {
		let id = objected(PLANT, ban(30));
		BanFails::set(true);

		decide(id, Decision::Rejected);

		let not_banned = Event::NotBanned {
			id,
			account: PLANT,
			error: NO_BAN,
		};
		assert_eq!(told_last(), not_banned);
		// What whoever bans has written is rolled back, and the penalty is counted.
		assert_eq!((BannedUntil::get(PLANT), BanCalls::get()), (None, None));
		assert_eq!(counted(PLANT, PenaltyKind::TradingBan), 1);
		assert!(Bans::<Test>::get(PLANT).is_empty());
	});
}

#[test]
fn decide_should_publish_what_is_to_be_published_and_nothing_else() {
	ExtBuilder.build_and_execute(|| {
		let hidden = objected(PLANT, PenaltySanction::Warning);
		let published = objected(PLANT, PenaltySanction::Publication);
		let warned = objected(PLANT, PenaltySanction::Warning);
		change(warned, |record| record.publish = true);
		for id in [hidden, published, warned] {
			decide(id, Decision::Rejected);
		}

		let mut list: Vec<_> = Disclosures::<Test>::iter().collect();
		list.sort_unstable();
		assert_eq!(list, [(0, published), (1, warned)]);
		assert_eq!(record(hidden).disclosure, None);
		let told_of = Event::Published {
			number: 1,
			id: warned,
			account: PLANT,
		};
		assert_eq!(told_last(), told_of);
	});
}

#[test]
fn decide_should_weigh_what_those_do_who_learn_of_it() {
	let call = crate::Call::<Test>::decide {
		id: PenaltyId(0),
		decision: Decision::Rejected,
		reason: REASON,
	};
	let effects = BAN_WEIGHT + CREDIT_WEIGHT + GRAPH_WEIGHT;
	let own = <() as crate::WeightInfo>::decide();
	assert_eq!(call.get_dispatch_info().call_weight, own + effects);
}

#[test]
fn decide_should_be_for_the_regulator_only() {
	ExtBuilder.build_and_execute(|| {
		let id = objected(PLANT, fine(FINE));
		assert_noop!(
			Penalties::decide(signed(PLANT), id, Decision::Upheld, REASON),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn decide_should_fail_without_a_penalty() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(
			Penalties::decide(root(), PenaltyId(0), Decision::Upheld, REASON),
			Error::<Test>::PenaltyNotFound
		);
	});
}

#[test]
fn decide_should_fail_where_no_objection_waits() {
	ExtBuilder.build_and_execute(|| {
		let proposed = propose(PLANT, fine(FINE));
		let decided = objected(PLANT, fine(FINE));
		decide(decided, Decision::Rejected);
		for id in [proposed, decided] {
			assert_noop!(
				Penalties::decide(root(), id, Decision::Upheld, REASON),
				Error::<Test>::ObjectionNotFound
			);
		}
	});
}

#[test]
fn decide_should_fail_where_it_reduces_to_something_that_is_not_smaller_or_cannot_be() {
	ExtBuilder.build_and_execute(|| {
		let id = objected(PLANT, fine(FINE));
		let cases = [
			(fine(FINE), Error::<Test>::NotSmaller),
			(PenaltySanction::Warning, Error::<Test>::NotSmaller),
			(cut(1), Error::<Test>::NotSmaller),
			(fine(0), Error::<Test>::SanctionEmpty),
			(fine(FINE_MAX + 1), Error::<Test>::FineTooLarge),
			(ban(BAN_DAYS_MAX + 1), Error::<Test>::BanTooLong),
		];
		for (sanction, error) in cases {
			assert_noop!(
				Penalties::decide(root(), id, Decision::Reduced(sanction), REASON),
				error
			);
		}
	});
}
