//! Each invariant names itself where it is broken.

use crate::{
	mock::*, Agenda, AgendaCursor, Ban, Bans, Debts, Disclosures, NextDisclosure, NextPenalty, OfAccount,
	Owing, PenaltyId, PenaltySanction, SortedId, Status, BANS_MAX,
};
use carbon_calendar::Day;
use frame_support::{hypothetically, storage::unhashed, traits::ConstU32, BoundedVec};
use sp_runtime::TryRuntimeError;

fn assert_violated(number: &str) {
	match Penalties::do_try_state() {
		Err(TryRuntimeError::Other(message)) => {
			assert!(message.starts_with(&format!("penalties {number}:")), "{message}")
		}
		other => panic!("penalties {number} holds: {other:?}"),
	}
}

/// One penalty of each status, and a ban that has not ended.
fn scene() -> [PenaltyId; 5] {
	let debt = owed(PLANT, FINE);
	let published = final_penalty(PLANT, PenaltySanction::Publication);
	let banned = final_penalty(PLANT, ban(1_000));
	let due = final_penalty(MILL, fine(FINE));
	let proposed = propose(MILL, ban(3));
	Penalties::do_try_state().unwrap();
	[debt, published, banned, due, proposed]
}

#[test]
fn try_state_should_name_the_invariant_when_an_entry_cannot_be_read() {
	ExtBuilder.build_and_execute(|| {
		let [debt, _, _, due, _] = scene();
		let keys = [
			crate::Penalties::<Test>::hashed_key_for(debt),
			OfAccount::<Test>::hashed_key_for(PLANT),
			Disclosures::<Test>::hashed_key_for(0),
			Debts::<Test>::hashed_key_for(PLANT),
			Owing::<Test>::hashed_key_for(PLANT, SortedId::from(debt)),
			Bans::<Test>::hashed_key_for(PLANT),
		];
		for key in keys {
			hypothetically!({
				unhashed::put_raw(&key, &[255]);
				assert_violated("1");
			});
		}
		// An entry of the agenda has no value that could be spoiled.
		let day = record(due).agenda.unwrap();
		assert!(unhashed::exists(&Agenda::<Test>::hashed_key_for(
			day,
			SortedId::from(due)
		)));
	});
}

#[test]
fn try_state_should_name_the_invariant_when_a_number_has_no_penalty_or_was_not_given_out() {
	ExtBuilder.build_and_execute(|| {
		scene();
		for next in [4, 6] {
			hypothetically!({
				NextPenalty::<Test>::put(PenaltyId(next));
				assert_violated("2");
			});
		}
	});
}

#[test]
fn try_state_should_name_the_invariant_when_a_record_contradicts_its_status() {
	ExtBuilder.build_and_execute(|| {
		let [debt, published, banned, due, proposed] = scene();
		let spoil = |id, spoil: fn(&mut crate::PenaltyRecordOf<Test>)| {
			hypothetically!({
				change(id, spoil);
				assert_violated("3");
			})
		};
		spoil(debt, |record| record.paid = FINE);
		spoil(debt, |record| record.refunded = 1);
		spoil(debt, |record| record.sanction = fine(0));
		spoil(debt, |record| record.status = Status::Paid);
		spoil(debt, |record| record.final_on = None);
		spoil(published, |record| record.status = Status::Waived);
		spoil(published, |record| record.paid = 1);
		spoil(published, |record| record.is_debt = true);
		spoil(published, |record| record.due_on = Some(TODAY));
		spoil(published, |record| record.banned_until = Some(1));
		spoil(banned, |record| record.status = Status::Annulled);
		spoil(due, |record| record.paid = 1);
		spoil(due, |record| record.status = Status::Enforced);
		spoil(proposed, |record| record.objection = Some(OBJECTION));
		spoil(proposed, |record| record.status = Status::Objected);
		spoil(proposed, |record| record.final_on = Some(TODAY));
		spoil(proposed, |record| record.object_until = Day(0));
	});
}

#[test]
fn try_state_should_name_the_invariant_when_a_chain_is_broken() {
	ExtBuilder.build_and_execute(|| {
		let [debt, published, _, due, _] = scene();
		let spoil = |spoil: &dyn Fn()| {
			hypothetically!({
				spoil();
				assert_violated("4");
			})
		};
		spoil(&|| change(published, |record| record.previous = None));
		spoil(&|| change(published, |record| record.previous = Some(due)));
		spoil(&|| change(debt, |record| record.previous = Some(published)));
		spoil(&|| OfAccount::<Test>::insert(PLANT, published));
		spoil(&|| OfAccount::<Test>::insert(FRIEND, published));
		spoil(&|| OfAccount::<Test>::remove(MILL));
	});
}

#[test]
fn try_state_should_name_the_invariant_when_the_list_of_what_is_published_is_wrong() {
	ExtBuilder.build_and_execute(|| {
		let [debt, published, ..] = scene();
		let spoil = |spoil: &dyn Fn()| {
			hypothetically!({
				spoil();
				assert_violated("5");
			})
		};
		spoil(&|| NextDisclosure::<Test>::put(2));
		spoil(&|| Disclosures::<Test>::insert(0, debt));
		spoil(&|| change(published, |record| record.disclosure = None));
		spoil(&|| change(debt, |record| record.publish = true));
		spoil(&|| change(debt, |record| record.disclosure = Some(0)));
	});
}

#[test]
fn try_state_should_name_the_invariant_when_debts_do_not_add_up() {
	ExtBuilder.build_and_execute(|| {
		let [debt, _, _, due, _] = scene();
		let spoil = |spoil: &dyn Fn()| {
			hypothetically!({
				spoil();
				assert_violated("6");
			})
		};
		spoil(&|| Debts::<Test>::insert(PLANT, FINE + 1));
		spoil(&|| Debts::<Test>::remove(PLANT));
		spoil(&|| Debts::<Test>::insert(MILL, 0));
		spoil(&|| Owing::<Test>::insert(PLANT, SortedId::from(debt), FINE + 1));
		spoil(&|| Owing::<Test>::insert(MILL, SortedId::from(due), FINE));
	});
}

#[test]
fn try_state_should_name_the_invariant_when_the_agenda_is_wrong() {
	ExtBuilder.build_and_execute(|| {
		let [debt, _, _, due, _] = scene();
		let day = record(due).agenda.unwrap();
		let spoil = |spoil: &dyn Fn()| {
			hypothetically!({
				spoil();
				assert_violated("7");
			})
		};
		spoil(&|| Agenda::<Test>::remove(day, SortedId::from(due)));
		spoil(&|| Agenda::<Test>::insert(day, SortedId::from(debt), ()));
		spoil(&|| change(due, |record| record.agenda = None));
		spoil(&|| {
			Agenda::<Test>::remove(day, SortedId::from(due));
			let earlier = Day(day.0 - 1);
			Agenda::<Test>::insert(earlier, SortedId::from(due), ());
			change(due, |record| record.agenda = Some(Day(20_000)));
		});
		spoil(&|| AgendaCursor::<Test>::put(day.next()));
		spoil(&|| AgendaCursor::<Test>::kill());
	});
}

#[test]
fn try_state_should_name_the_invariant_when_bans_are_listed_wrongly() {
	ExtBuilder.build_and_execute(|| {
		let [debt, _, banned, _, proposed] = scene();
		let list = |bans: &[(PenaltyId, Option<u64>)]| {
			let bans: Vec<_> = bans
				.iter()
				.map(|(id, ends_at)| Ban {
					id: *id,
					ends_at: *ends_at,
				})
				.collect();
			BoundedVec::<_, ConstU32<BANS_MAX>>::try_from(bans).unwrap()
		};
		let spoil = |account, bans: &[(PenaltyId, Option<u64>)]| {
			hypothetically!({
				Bans::<Test>::insert(account, list(bans));
				assert_violated("8");
			})
		};
		spoil(MILL, &[]);
		spoil(MILL, &[(proposed, None), (proposed, None)]);
		spoil(MILL, &[(proposed, Some(1))]);
		spoil(PLANT, &[(debt, None)]);
		spoil(PLANT, &[(banned, Some(1))]);
		spoil(FRIEND, &[(proposed, None)]);
		// One that is not final, and one that has not ended.
		for account in [MILL, PLANT] {
			hypothetically!({
				Bans::<Test>::remove(account);
				assert_violated("8");
			});
		}
		// One that has ended may be left out.
		hypothetically!({
			Now::set(record(banned).banned_until.unwrap());
			Bans::<Test>::remove(PLANT);
			Penalties::do_try_state().unwrap();
		});
	});
}
