use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn invalidate_should_declare_data_void_and_keep_their_record() {
	execute(|| {
		let id = anchored(ALICE, 1);
		assert_ok!(Provenance::invalidate(signed(ALICE), id, digest(9)));
		let by = ActivityId(1);
		assert_eq!(data_of(id).state, DataState::Invalidated { by });
		let activity = activity_of(by);
		assert_eq!(activity.kind, ActivityKind::Delete);
		assert_eq!(activity.condition.parameters, Some(digest(9)));
		assert_eq!((activity.used.to_vec(), activity.generated_count), (vec![id], 0));
		assert_eq!(activity.tool.call, Some((50, 4)));
		assert!(told().contains(&Event::Invalidated {
			id,
			by,
			reason: digest(9)
		}));
	});
}

#[test]
fn what_is_void_should_be_used_no_more() {
	execute(|| {
		let id = anchored(ALICE, 1);
		assert_ok!(Provenance::invalidate(signed(ALICE), id, digest(9)));
		let input = activity(BOB, &[id], &[]);
		assert_noop!(
			Provenance::record(signed(BOB), input, None),
			Error::<Test>::DataInvalidated
		);
		assert_noop!(
			Provenance::invalidate(signed(ALICE), id, digest(9)),
			Error::<Test>::DataInvalidated
		);
	});
}

#[test]
fn what_is_superseded_should_be_declared_void() {
	execute(|| {
		let id = anchored(ALICE, 1);
		assert_ok!(Provenance::revise(signed(ALICE), id, content(2), None));
		assert_ok!(Provenance::invalidate(signed(ALICE), id, digest(9)));
		assert!(matches!(data_of(id).state, DataState::Invalidated { .. }));
		assert_eq!(data_of(DataId(1)).state, DataState::Valid);
	});
}

#[test]
fn invalidate_should_refuse_what_is_not_for_the_caller_to_change() {
	execute(|| {
		let id = anchored(ALICE, 1);
		assert_noop!(
			Provenance::invalidate(signed(BOB), id, digest(9)),
			Error::<Test>::NotOwner
		);
		assert_noop!(
			Provenance::invalidate(signed(ALICE), DataId(7), digest(9)),
			Error::<Test>::DataUnknown
		);
		let made = happens(happening(1));
		assert_noop!(
			Provenance::invalidate(signed(ALICE), made, digest(9)),
			Error::<Test>::MadeByChain
		);
		assert_noop!(
			Provenance::invalidate(signed(STRANGER), id, digest(9)),
			NOT_ADMITTED
		);
	});
}
