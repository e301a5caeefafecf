//! Each check notices the fault that it is there for.

use crate::{mock::*, *};
use frame_support::{assert_ok, hypothetically, storage::unhashed, BoundedVec};
use sp_runtime::DispatchError;

fn assert_violated(number: u8, spoil: impl FnOnce()) {
	let number = format!("provenance {number}:");
	hypothetically!({
		spoil();
		match Provenance::do_try_state() {
			Err(DispatchError::Other(message)) => assert!(message.starts_with(&number), "{message}"),
			outcome => panic!("expected a violation of {number}, got {outcome:?}"),
		}
	});
}

fn change_data(id: u64, change: impl FnOnce(&mut DataRecordOf<Test>)) {
	Data::<Test>::mutate(DataId(id), |record| change(record.as_mut().unwrap()));
}

fn change_activity(id: u64, change: impl FnOnce(&mut ActivityRecordOf<Test>)) {
	Activities::<Test>::mutate(ActivityId(id), |record| change(record.as_mut().unwrap()));
}

fn change_entity(who: AccountId, change: impl FnOnce(&mut ExecutionEntityOf<Test>)) {
	Entities::<Test>::mutate(who, |record| change(record.as_mut().unwrap()));
}

/// Data: 0 and 1 are anchored, 2 derives from 0 and 3 from 2, 4 replaces 1, 5 and 6 were recorded by the chain under one name. 3 is
/// void. Activities: 0 and 1 anchor, 2 has a kind of its own, 3 revises, 4 and 5 are the chain's, 6 declares void.
fn with_graph(test: impl FnOnce()) {
	execute(|| {
		Now::set(START + 100);
		let key = device(ALICE, 1);
		anchored(ALICE, 0);
		anchored(BOB, 1);
		let generated = [data(2, &[Source::Known(DataId(0))]), data(3, &[Source::New(0)])];
		let mut input = activity(key.account(), &[DataId(0)], &generated);
		input.kind = ActivityKind::Other(7);
		input.condition.trigger = Trigger::Activity(ActivityId(1));
		let proof = key.state(&ALICE, &input, 2);
		assert_ok!(Provenance::record(signed(ALICE), input, Some(proof)));
		assert_ok!(Provenance::revise(signed(BOB), DataId(1), content(4), None));
		happens(happening(1));
		happens(happening(1));
		assert_ok!(Provenance::invalidate(signed(ALICE), DataId(3), digest(9)));
		trades(1, 1);
		trades(2, 1);
		assert_ok!(Provenance::do_try_state());
		test();
	});
}

#[test]
fn try_state_should_notice_what_cannot_be_read_or_is_counted_wrongly() {
	with_graph(|| {
		for key in [
			Activities::<Test>::hashed_key_for(ActivityId(0)),
			Data::<Test>::hashed_key_for(DataId(0)),
			Entities::<Test>::hashed_key_for(ALICE),
			Digests::<Test>::hashed_key_for(digest(0), ALICE),
			Subjects::<Test>::hashed_key_for(happening(1).subject),
			LastOfOther::<Test>::hashed_key_for(7),
		] {
			assert_violated(1, || unhashed::put_raw(&key, &[255]));
		}
		assert_violated(1, || unhashed::kill(&Entities::<Test>::hashed_key_for(ALICE)));
	});
}

#[test]
fn try_state_should_notice_numbers_with_gaps() {
	with_graph(|| {
		assert_violated(2, || Head::<Test>::mutate(|heads| heads.activities += 1));
		assert_violated(2, || Head::<Test>::mutate(|heads| heads.data -= 1));
		assert_violated(2, || Activities::<Test>::remove(ActivityId(1)));
		assert_violated(2, || Data::<Test>::remove(DataId(6)));
	});
}

#[test]
fn try_state_should_notice_a_second_generation_and_a_missing_one() {
	with_graph(|| {
		assert_violated(3, || {
			change_activity(3, |record| record.generated_first = DataId(3))
		});
		assert_violated(3, || change_activity(2, |record| record.generated_count = 1));
		assert_violated(3, || change_data(0, |record| record.generated_by = ActivityId(1)));
		assert_violated(3, || change_data(0, |record| record.generated_at -= 1));
		assert_violated(3, || change_activity(5, |record| record.generated_count = 0));
	});
}

#[test]
fn try_state_should_notice_sources_that_cannot_be() {
	with_graph(|| {
		let list = |ids: &[u64]| ids.iter().copied().map(DataId).collect::<Vec<_>>();
		let use_of = |n, ids: &[u64]| {
			let used = list(ids).try_into().unwrap();
			change_activity(n, |record| record.used = used);
		};
		let derive = |n, ids: &[u64]| {
			let sources = list(ids).try_into().unwrap();
			change_data(n, |record| record.derived_from = sources);
		};
		assert_violated(4, || use_of(2, &[6]));
		assert_violated(4, || use_of(2, &[99]));
		assert_violated(4, || use_of(2, &[0, 0]));
		assert_violated(4, || derive(2, &[1]));
		assert_violated(4, || derive(2, &[3]));
		assert_violated(4, || derive(2, &[2]));
		assert_violated(4, || derive(0, &[99]));
		assert_violated(4, || {
			change_data(2, |record| record.origin.primary_source = Some(DataId(1)))
		});
		// Generated later than the activity ended that uses it.
		assert_violated(4, || {
			change_activity(2, |record| record.ended_at -= 1);
			change_data(2, |record| record.generated_at -= 1);
			change_data(3, |record| record.generated_at -= 1);
		});
	});
}

#[test]
fn try_state_should_notice_uses_that_are_listed_wrongly() {
	with_graph(|| {
		assert_violated(5, || {
			UsedBy::<Test>::remove(DataId(0), ActivityId(2));
		});
		assert_violated(5, || {
			UsedBy::<Test>::insert(DataId(0), ActivityId(3), ());
		});
	});
}

#[test]
fn try_state_should_notice_broken_chains() {
	with_graph(|| {
		assert_violated(6, || change_activity(5, |record| record.previous_of_kind = None));
		assert_violated(6, || {
			change_activity(5, |record| record.previous_of_entity = Some(ActivityId(3)));
		});
		assert_violated(6, || {
			change_entity(ALICE, |record| record.last_activity = Some(ActivityId(0)));
		});
		assert_violated(6, || Head::<Test>::mutate(|heads| heads.last_of_kind[0] = None));
		assert_violated(6, || LastOfOther::<Test>::insert(8, ActivityId(2)));
		assert_violated(6, || LastOfOther::<Test>::remove(7));
		// Not even known any more.
		assert_violated(6, || Entities::<Test>::remove(BOB));
	});
}

#[test]
fn try_state_should_notice_names_that_point_elsewhere() {
	with_graph(|| {
		let subject = || happening(1).subject;
		assert_violated(7, || Digests::<Test>::remove(digest(0), ALICE));
		assert_violated(7, || Digests::<Test>::insert(digest(0), ALICE, DataId(1)));
		assert_violated(7, || Digests::<Test>::insert(digest(99), ALICE, DataId(0)));
		assert_violated(7, || Subjects::<Test>::remove(subject()));
		assert_violated(7, || Subjects::<Test>::insert(subject(), DataId(5)));
		assert_violated(7, || {
			Subjects::<Test>::insert(happening(2).subject, DataId(6));
		});
		assert_violated(7, || change_data(6, |record| record.version = 3));
	});
}

#[test]
fn try_state_should_notice_states_without_a_reason() {
	with_graph(|| {
		let state = |n, state| change_data(n, |record| record.state = state);
		assert_violated(8, || state(0, DataState::Superseded { by: DataId(4) }));
		assert_violated(8, || state(0, DataState::Superseded { by: DataId(99) }));
		assert_violated(8, || state(0, DataState::Invalidated { by: ActivityId(2) }));
		assert_violated(8, || state(3, DataState::Invalidated { by: ActivityId(99) }));
		// Used since.
		assert_violated(8, || {
			let mut input = activity(ALICE, &[DataId(3)], &[]);
			input.kind = ActivityKind::Access;
			change_data(3, |record| record.state = DataState::Valid);
			assert_ok!(Provenance::record(signed(ALICE), input, None));
			state(3, DataState::Invalidated { by: ActivityId(6) });
		});
	});
}

#[test]
fn try_state_should_notice_accounts_that_are_no_execution_entities() {
	with_graph(|| {
		assert_violated(9, || change_data(0, |record| record.origin.device = Some(CAROL)));
		assert_violated(9, || {
			change_activity(0, |record| record.on_behalf_of = Some(CAROL))
		});
		assert_violated(9, || {
			change_entity(ALICE, |record| record.on_behalf_of = Some(CAROL))
		});
		assert_violated(9, || {
			change_entity(ALICE, |record| record.on_behalf_of = Some(ALICE))
		});
		assert_violated(9, || {
			let device = Key::ed25519(1).account();
			change_entity(ALICE, |record| record.on_behalf_of = Some(device));
		});
		assert_violated(9, || {
			change_data(0, |record| record.owner = CAROL);
			Digests::<Test>::remove(digest(0), ALICE);
			Digests::<Test>::insert(digest(0), CAROL, DataId(0));
		});
	});
}

#[test]
fn try_state_should_notice_times_that_are_not_in_order() {
	with_graph(|| {
		assert_violated(10, || change_activity(6, |record| record.started_at += 1));
		assert_violated(10, || change_activity(6, |record| record.ended_at += 1));
		let set_off_by = |n, trigger| {
			change_activity(n, |record| record.condition.trigger = trigger);
		};
		assert_violated(10, || set_off_by(2, Trigger::Activity(ActivityId(2))));
		assert_violated(10, || set_off_by(2, Trigger::Activity(ActivityId(99))));
		assert_violated(10, || set_off_by(2, Trigger::Data(DataId(3))));
		assert_violated(10, || {
			set_off_by(6, Trigger::Data(DataId(0)));
			change_activity(6, |record| record.started_at -= 1);
		});
	});
}

#[test]
fn try_state_should_notice_trades_that_wait_wrongly() {
	with_graph(|| {
		let spoil = |change: fn(&mut Vec<Fold>)| {
			assert_violated(11, || {
				let mut folds = Folds::<Test>::get().into_inner();
				change(&mut folds);
				Folds::<Test>::put(BoundedVec::truncate_from(folds));
			});
		};
		spoil(|folds| folds[1].asset = folds[0].asset);
		spoil(|folds| folds[1].to_block = 0);
		spoil(|folds| folds[1].to_block = 2);
		spoil(|folds| folds[1].from_block = 0);
		spoil(|folds| folds[1].ended_at -= 1);
		spoil(|folds| folds[1].ended_at += 1);
	});
}

#[test]
fn try_state_should_notice_documents_that_are_there_twice_or_not_found() {
	with_graph(|| {
		// Alice has recorded data 0 with this digest.
		assert_violated(7, || {
			Digests::<Test>::remove(digest(2), ALICE);
			change_data(2, |record| record.content.digest = digest(0));
		});
		assert_violated(7, || {
			happens(carbon_traits::Happening {
				kind: carbon_primitives::RecordKind::Report,
				..happening(8)
			});
			Digests::<Test>::remove(digest(8), ALICE);
		});
		// The versions of what participants have revised follow each other as well.
		assert_violated(7, || change_data(4, |record| record.version = 3));
	});
}

#[test]
fn try_state_should_notice_data_that_hold_though_they_were_replaced_or_declared_void() {
	with_graph(|| {
		for n in [1, 3] {
			assert_violated(8, || change_data(n, |record| record.state = DataState::Valid));
		}
	});
}
