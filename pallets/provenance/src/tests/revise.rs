use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn revise_should_put_a_newer_version_in_the_place_of_the_older_one() {
	execute(|| {
		let old = anchored(ALICE, 1);
		assert_ok!(Provenance::revise(signed(ALICE), old, content(2), None));
		let new = DataId(1);
		assert_eq!(data_of(old).state, DataState::Superseded { by: new });
		let record = data_of(new);
		assert_eq!(
			(record.version, record.state, record.owner),
			(2, DataState::Valid, ALICE)
		);
		assert_eq!(record.derived_from.to_vec(), [old]);
		let activity = activity_of(record.generated_by);
		assert_eq!(activity.kind, ActivityKind::Revise);
		assert_eq!(activity.used.to_vec(), [old]);
		assert_eq!(activity.tool.call, Some((50, 3)));
		assert!(UsedBy::<Test>::contains_key(old, record.generated_by));
		assert!(told().contains(&Event::Superseded { id: old, by: new }));
	});
}

#[test]
fn revise_should_refuse_data_that_are_not_there() {
	execute(|| {
		assert_noop!(
			Provenance::revise(signed(ALICE), DataId(0), content(1), None),
			Error::<Test>::DataUnknown
		);
	});
}

#[test]
fn revise_should_refuse_whoever_does_not_own_the_data() {
	execute(|| {
		let id = anchored(ALICE, 1);
		assert_noop!(
			Provenance::revise(signed(BOB), id, content(2), None),
			Error::<Test>::NotOwner
		);
	});
}

#[test]
fn revise_should_refuse_what_is_superseded_or_void() {
	execute(|| {
		let old = anchored(ALICE, 1);
		assert_ok!(Provenance::revise(signed(ALICE), old, content(2), None));
		assert_noop!(
			Provenance::revise(signed(ALICE), old, content(3), None),
			Error::<Test>::DataNotValid
		);
		assert_ok!(Provenance::invalidate(signed(ALICE), DataId(1), digest(9)));
		assert_noop!(
			Provenance::revise(signed(ALICE), DataId(1), content(3), None),
			Error::<Test>::DataInvalidated
		);
	});
}

#[test]
fn revise_should_refuse_what_the_chain_has_recorded() {
	execute(|| {
		let id = happens(happening(1));
		assert_noop!(
			Provenance::revise(signed(ALICE), id, content(3), None),
			Error::<Test>::MadeByChain
		);
	});
}

#[test]
fn revise_should_refuse_contents_that_are_on_record() {
	execute(|| {
		let id = anchored(ALICE, 1);
		assert_noop!(
			Provenance::revise(signed(ALICE), id, content(1), None),
			Error::<Test>::DigestKnown
		);
	});
}

#[test]
fn revise_should_refuse_texts_with_control_characters() {
	execute(|| {
		let id = anchored(ALICE, 1);
		let content = Content {
			locator: text("\t"),
			..content(2)
		};
		assert_noop!(
			Provenance::revise(signed(ALICE), id, content, None),
			Error::<Test>::TextNotPlain
		);
	});
}

#[test]
fn revise_should_refuse_whoever_is_not_admitted() {
	execute(|| {
		let id = anchored(ALICE, 1);
		Admitted::mutate(|admitted| admitted.remove(&ALICE));
		assert_noop!(
			Provenance::revise(signed(ALICE), id, content(2), None),
			NOT_ADMITTED
		);
	});
}

#[test]
fn whoever_has_acted_for_the_owner_should_change_nothing_afterwards() {
	execute(|| {
		let clerk = Key::sr25519(7);
		Admitted::mutate(|admitted| admitted.insert(clerk.account()));
		let wanted = description(EntityKind::Person, Some(ALICE));
		let proof = clerk.describe(&ALICE, &wanted, 1);
		assert_ok!(Provenance::register_entity(
			signed(ALICE),
			clerk.account(),
			wanted,
			Some(proof)
		));
		let id = anchored(clerk.account(), 1);
		assert_ok!(Provenance::register_entity(
			signed(ALICE),
			clerk.account(),
			description(EntityKind::Person, None),
			None
		));
		assert_eq!(data_of(id).owner, ALICE);
		assert_noop!(
			Provenance::revise(signed(clerk.account()), id, content(2), None),
			Error::<Test>::NotOwner
		);
		assert_noop!(
			Provenance::invalidate(signed(clerk.account()), id, digest(9)),
			Error::<Test>::NotOwner
		);
	});
}
