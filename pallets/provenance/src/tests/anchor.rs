use crate::{mock::*, *};
use carbon_primitives::Vintage;
use frame_support::{assert_noop, assert_ok};

#[test]
fn anchor_should_record_a_document_of_the_caller() {
	execute(|| {
		let protection = Protection {
			policy: 7,
			key_epoch: 2,
		};
		assert_ok!(Provenance::anchor(
			signed(ALICE),
			DataKind::Report,
			content(1),
			Some(Vintage(2021)),
			Some(protection)
		));
		let record = data_of(DataId(0));
		assert_eq!(record.owner, ALICE);
		assert_eq!(record.content, content(1));
		assert_eq!(record.period, Some(Vintage(2021)));
		assert_eq!(record.protection, Some(protection));
		assert_eq!(
			(record.kind, record.version, record.state),
			(DataKind::Report, 1, DataState::Valid)
		);
		assert_eq!(record.generated_at, START);
		let activity = activity_of(record.generated_by);
		assert_eq!((activity.kind, activity.entity), (ActivityKind::Collect, ALICE));
		assert_eq!(activity.tool.call, Some((50, 2)));
		assert_eq!(activity.block, 1);
	});
}

#[test]
fn anchor_should_make_the_caller_an_execution_entity() {
	execute(|| {
		anchored(ALICE, 1);
		let record = entity_of(&ALICE);
		assert_eq!(record.kind, EntityKind::Organisation);
		assert_eq!(record.last_activity, Some(ActivityId(0)));
		assert_eq!(
			told(),
			[
				Event::EntityDescribed {
					account: ALICE,
					by: None,
					description: record.description(),
				},
				Event::Recorded {
					id: ActivityId(0),
					kind: ActivityKind::Collect,
					entity: ALICE,
					generated_first: DataId(0),
					generated_count: 1,
				}
			]
		);
	});
}

#[test]
fn anchor_should_refuse_the_same_document_of_the_same_owner_only() {
	execute(|| {
		anchored(ALICE, 1);
		assert_noop!(
			Provenance::anchor(signed(ALICE), DataKind::Report, content(1), None, None),
			Error::<Test>::DigestKnown
		);
		anchored(BOB, 1);
		assert_eq!(Provenance::data_by_digest(digest(1)), [DataId(0), DataId(1)]);
	});
}

#[test]
fn what_is_void_should_not_be_anchored_again() {
	execute(|| {
		let id = anchored(ALICE, 1);
		assert_ok!(Provenance::invalidate(signed(ALICE), id, digest(2)));
		assert_noop!(
			Provenance::anchor(signed(ALICE), DataKind::Document, content(1), None, None),
			Error::<Test>::DigestKnown
		);
	});
}

#[test]
fn anchor_should_refuse_texts_with_control_characters() {
	execute(|| {
		for spoil in [
			|content: &mut Content| content.media_type = text("a\nb"),
			|content: &mut Content| content.locator = text("\u{7}"),
			|content: &mut Content| content.locator = vec![0xff].try_into().unwrap(),
		] {
			let mut content = content(1);
			spoil(&mut content);
			assert_noop!(
				Provenance::anchor(signed(ALICE), DataKind::Document, content, None, None),
				Error::<Test>::TextNotPlain
			);
		}
	});
}

#[test]
fn anchor_should_refuse_whoever_is_not_admitted() {
	execute(|| {
		assert_noop!(
			Provenance::anchor(signed(STRANGER), DataKind::Document, content(1), None, None),
			NOT_ADMITTED
		);
		assert_noop!(
			Provenance::anchor(RuntimeOrigin::root(), DataKind::Document, content(1), None, None),
			sp_runtime::DispatchError::BadOrigin
		);
	});
}

#[test]
fn anchor_should_stop_where_numbers_end() {
	new_test_ext().execute_with(|| {
		for spoil in [
			|heads: &mut Heads| heads.data = u64::MAX,
			|heads: &mut Heads| heads.activities = u64::MAX,
		] {
			Head::<Test>::kill();
			Head::<Test>::mutate(spoil);
			assert_noop!(
				Provenance::anchor(signed(ALICE), DataKind::Document, content(1), None, None),
				Error::<Test>::NumbersExhausted
			);
		}
	});
}

#[test]
fn a_document_of_whoever_acts_for_another_should_belong_to_that_one() {
	execute(|| {
		let proof_of = Key::sr25519(7);
		let clerk = proof_of.account();
		Admitted::mutate(|admitted| admitted.insert(clerk.clone()));
		let description = description(EntityKind::Person, Some(ALICE));
		let proof = proof_of.describe(&ALICE, &description, 1);
		assert_ok!(Provenance::register_entity(
			signed(ALICE),
			clerk.clone(),
			description,
			Some(proof)
		));
		let id = anchored(clerk.clone(), 1);
		assert_eq!(data_of(id).owner, ALICE);
		let activity = activity_of(data_of(id).generated_by);
		assert_eq!(
			(activity.entity, activity.on_behalf_of),
			(clerk.clone(), Some(ALICE))
		);
		// The owner and whoever acts for it may change it.
		assert_ok!(Provenance::revise(signed(clerk), id, content(2), None));
		assert_ok!(Provenance::invalidate(signed(ALICE), id, digest(3)));
	});
}
