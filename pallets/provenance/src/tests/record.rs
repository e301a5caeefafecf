use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

fn refused(input: ActivityInput<AccountId>, error: Error<Test>) {
	assert_noop!(Provenance::record(signed(ALICE), input, None), error);
}

#[test]
fn record_should_keep_an_activity_with_what_it_used_and_generated() {
	execute(|| {
		let used = anchored(BOB, 1);
		let mut input = activity(
			ALICE,
			&[used],
			&[data(2, &[Source::Known(used)]), data(3, &[Source::New(0)])],
		);
		input.started_at = START - 10;
		input.space = Space {
			jurisdiction: Some(*b"CN"),
			site: Some(7),
		};
		input.condition = Condition {
			parameters: Some(digest(8)),
			trigger: Trigger::Activity(ActivityId(0)),
			rule: text("GB/T 32151.1"),
		};
		assert_ok!(Provenance::record(signed(ALICE), input.clone(), None));
		let record = activity_of(ActivityId(1));
		assert_eq!((record.kind, record.entity), (ActivityKind::Aggregate, ALICE));
		assert_eq!((record.started_at, record.ended_at), (START - 10, START));
		assert_eq!((record.space, record.condition), (input.space, input.condition));
		assert_eq!(record.used.to_vec(), [used]);
		assert_eq!((record.generated_first, record.generated_count), (DataId(1), 2));
		assert_eq!(record.tool.call, Some((50, 1)));
		assert_eq!(data_of(DataId(1)).derived_from.to_vec(), [used]);
		assert_eq!(data_of(DataId(2)).derived_from.to_vec(), [DataId(1)]);
		assert_eq!(data_of(DataId(2)).owner, ALICE);
		assert!(UsedBy::<Test>::contains_key(used, ActivityId(1)));
	});
}

#[test]
fn record_should_chain_the_activities_of_an_entity_and_of_a_kind() {
	execute(|| {
		for (who, n) in [(ALICE, 1), (BOB, 2), (ALICE, 3)] {
			recorded(who, &[], &[data(n, &[])]);
		}
		let mut input = activity(ALICE, &[], &[data(4, &[])]);
		input.kind = ActivityKind::Other(9);
		assert_ok!(Provenance::record(signed(ALICE), input, None));
		let previous = |n| {
			let record = activity_of(ActivityId(n));
			(record.previous_of_entity, record.previous_of_kind)
		};
		assert_eq!(previous(0), (None, None));
		assert_eq!(previous(1), (None, Some(ActivityId(0))));
		assert_eq!(previous(2), (Some(ActivityId(0)), Some(ActivityId(1))));
		assert_eq!(previous(3), (Some(ActivityId(2)), None));
		assert_eq!(LastOfOther::<Test>::get(9), Some(ActivityId(3)));
	});
}

#[test]
fn a_device_should_record_with_its_signature_and_for_its_owner() {
	execute(|| {
		let meter = device(ALICE, 1);
		let mut reading = data(1, &[]);
		reading.origin.device = Some(meter.account());
		let input = activity(meter.account(), &[], &[reading]);
		// Anybody who is admitted may hand it in.
		let proof = meter.state(&BOB, &input, 9);
		assert_ok!(Provenance::record(signed(BOB), input, Some(proof)));
		let record = data_of(DataId(0));
		assert_eq!(
			(record.owner, record.origin.device),
			(ALICE, Some(meter.account()))
		);
		let activity = activity_of(ActivityId(0));
		assert_eq!(
			(activity.entity, activity.on_behalf_of),
			(meter.account(), Some(ALICE))
		);
		assert_eq!(entity_of(&meter.account()).sequence, 9);
	});
}

#[test]
fn record_should_refuse_another_without_its_signature() {
	execute(|| {
		let meter = device(ALICE, 1);
		refused(
			activity(meter.account(), &[], &[data(1, &[])]),
			Error::<Test>::ProofMissing,
		);
		refused(
			activity(STRANGER, &[], &[data(1, &[])]),
			Error::<Test>::EntityUnknown,
		);
	});
}

#[test]
fn record_should_refuse_a_signature_over_something_else() {
	execute(|| {
		let meter = device(ALICE, 1);
		let input = activity(meter.account(), &[], &[data(1, &[])]);
		let other = activity(meter.account(), &[], &[data(2, &[])]);
		for proof in [
			meter.state(&ALICE, &other, 2),
			meter.state(&BOB, &input, 2),
			Key::ed25519(2).state(&ALICE, &input, 2),
		] {
			assert_noop!(
				Provenance::record(signed(ALICE), input.clone(), Some(proof)),
				Error::<Test>::ProofInvalid
			);
		}
	});
}

#[test]
fn a_statement_should_not_be_recorded_twice() {
	execute(|| {
		let meter = device(ALICE, 1);
		let used = anchored(ALICE, 1);
		let input = activity(meter.account(), &[used], &[]);
		let proof = meter.state(&ALICE, &input, 2);
		assert_ok!(Provenance::record(
			signed(ALICE),
			input.clone(),
			Some(proof.clone())
		));
		assert_noop!(
			Provenance::record(signed(ALICE), input, Some(proof)),
			Error::<Test>::SequenceUsed
		);
	});
}

#[test]
fn record_should_refuse_whoever_acts_by_way_of_too_many() {
	execute(|| {
		// The chain below the first one grows by what the first one is told to act for.
		let keys: Vec<_> = (1..=9_u8).map(Key::ed25519).collect();
		for (key, principal) in keys.iter().zip(&keys[1..]) {
			Entities::<Test>::insert(
				key.account(),
				ExecutionEntity {
					on_behalf_of: Some(principal.account()),
					..ExecutionEntity::of_kind(EntityKind::Software, START)
				},
			);
		}
		let last = ExecutionEntity {
			on_behalf_of: Some(ALICE),
			..ExecutionEntity::of_kind(EntityKind::Software, START)
		};
		Entities::<Test>::insert(keys[8].account(), last);
		anchored(ALICE, 1);
		let input = activity(keys[0].account(), &[], &[data(2, &[])]);
		let proof = keys[0].state(&ALICE, &input, 1);
		assert_noop!(
			Provenance::record(signed(ALICE), input, Some(proof)),
			Error::<Test>::DelegationTooDeep
		);
	});
}

#[test]
fn record_should_refuse_times_that_cannot_be() {
	execute(|| {
		let mut input = activity(ALICE, &[], &[data(1, &[])]);
		input.started_at = START + 1;
		refused(input.clone(), Error::<Test>::TimeReversed);
		input.ended_at = START + 1;
		refused(input, Error::<Test>::TimeInFuture);
	});
}

#[test]
fn record_should_refuse_words_that_cannot_be() {
	execute(|| {
		let mut input = activity(ALICE, &[], &[data(1, &[])]);
		input.condition.rule = text("a\r");
		refused(input, Error::<Test>::TextNotPlain);
		let mut spoilt = data(1, &[]);
		spoilt.content.media_type = text("\n");
		refused(activity(ALICE, &[], &[spoilt]), Error::<Test>::TextNotPlain);
		let mut input = activity(ALICE, &[], &[data(1, &[])]);
		input.space.jurisdiction = Some(*b"cN");
		refused(input, Error::<Test>::JurisdictionInvalid);
	});
}

#[test]
fn record_should_refuse_kinds_that_have_calls_of_their_own() {
	execute(|| {
		for kind in [ActivityKind::Revise, ActivityKind::Delete] {
			let mut input = activity(ALICE, &[], &[data(1, &[])]);
			input.kind = kind;
			refused(input, Error::<Test>::KindReserved);
		}
	});
}

#[test]
fn record_should_refuse_an_activity_without_data() {
	execute(|| refused(activity(ALICE, &[], &[]), Error::<Test>::NothingRecorded));
}

#[test]
fn record_should_refuse_uses_that_cannot_be() {
	execute(|| {
		let used = anchored(BOB, 1);
		refused(activity(ALICE, &[DataId(1)], &[]), Error::<Test>::DataUnknown);
		refused(activity(ALICE, &[used, used], &[]), Error::<Test>::UsedTwice);
		let mut early = activity(ALICE, &[used], &[]);
		early.started_at = START - 1;
		early.ended_at = START - 1;
		refused(early, Error::<Test>::UsedBeforeGeneration);
		assert_ok!(Provenance::invalidate(signed(BOB), used, digest(9)));
		refused(activity(ALICE, &[used], &[]), Error::<Test>::DataInvalidated);
	});
}

#[test]
fn record_should_refuse_data_that_derive_from_themselves() {
	execute(|| {
		for circle in [
			vec![data(1, &[Source::New(0)])],
			vec![data(1, &[Source::New(1)]), data(2, &[Source::New(0)])],
			vec![
				data(1, &[Source::New(1)]),
				data(2, &[Source::New(2)]),
				data(3, &[Source::New(0)]),
				data(4, &[]),
			],
		] {
			refused(activity(ALICE, &[], &circle), Error::<Test>::DerivationCycle);
		}
		// The other way round there is no circle.
		let straight = [data(1, &[Source::New(1)]), data(2, &[])];
		assert_ok!(Provenance::record(
			signed(ALICE),
			activity(ALICE, &[], &straight),
			None
		));
	});
}

#[test]
fn record_should_refuse_sources_that_cannot_be() {
	execute(|| {
		let (one, other) = (anchored(BOB, 1), anchored(BOB, 2));
		let from = |sources: &[Source]| activity(ALICE, &[one], &[data(3, sources)]);
		refused(from(&[Source::New(1)]), Error::<Test>::SourceUnknown);
		refused(from(&[Source::Known(other)]), Error::<Test>::SourceNotUsed);
		refused(
			from(&[Source::Known(one), Source::Known(one)]),
			Error::<Test>::SourceTwice,
		);
		let mut derived = data(3, &[]);
		derived.origin.primary_source = Some(one);
		refused(
			activity(ALICE, &[one], &[derived]),
			Error::<Test>::PrimarySourceMissing,
		);
		let mut derived = data(3, &[Source::Known(one)]);
		derived.origin.primary_source = Some(one);
		assert_ok!(Provenance::record(
			signed(ALICE),
			activity(ALICE, &[one], &[derived]),
			None
		));
	});
}

#[test]
fn record_should_refuse_devices_that_are_none() {
	execute(|| {
		anchored(BOB, 1);
		for device in [BOB, STRANGER, ALICE] {
			let mut reading = data(3, &[]);
			reading.origin.device = Some(device);
			refused(activity(ALICE, &[], &[reading]), Error::<Test>::DeviceUnknown);
		}
	});
}

#[test]
fn nothing_should_be_generated_twice() {
	execute(|| {
		anchored(ALICE, 1);
		refused(activity(ALICE, &[], &[data(1, &[])]), Error::<Test>::DigestKnown);
		refused(
			activity(ALICE, &[], &[data(2, &[]), data(2, &[])]),
			Error::<Test>::DigestKnown,
		);
	});
}

#[test]
fn record_should_refuse_triggers_that_cannot_be() {
	execute(|| {
		let id = anchored(BOB, 1);
		let set_off_by = |trigger, started_at, ended_at| {
			let mut input = activity(ALICE, &[], &[data(2, &[])]);
			input.condition.trigger = trigger;
			input.started_at = started_at;
			input.ended_at = ended_at;
			input
		};
		let by_activity = Trigger::Activity(ActivityId(0));
		refused(
			set_off_by(Trigger::Activity(ActivityId(1)), START, START),
			Error::<Test>::TriggerUnknown,
		);
		refused(
			set_off_by(by_activity, START - 1, START - 1),
			Error::<Test>::TriggerLater,
		);
		refused(
			set_off_by(Trigger::Data(DataId(7)), START, START),
			Error::<Test>::TriggerUnknown,
		);
		refused(
			set_off_by(Trigger::Data(id), START - 1, START),
			Error::<Test>::TriggerLater,
		);
		assert_ok!(Provenance::invalidate(signed(BOB), id, digest(9)));
		refused(
			set_off_by(Trigger::Data(id), START, START),
			Error::<Test>::DataInvalidated,
		);
		assert_ok!(Provenance::record(
			signed(ALICE),
			set_off_by(by_activity, START - 1, START),
			None
		));
	});
}

#[test]
fn record_should_refuse_whoever_is_not_admitted() {
	execute(|| {
		let input = activity(STRANGER, &[], &[data(1, &[])]);
		assert_noop!(Provenance::record(signed(STRANGER), input, None), NOT_ADMITTED);
	});
}

#[test]
fn record_should_refuse_to_name_a_device_of_somebody_else() {
	execute(|| {
		let (meter, other) = (device(BOB, 1), device(ALICE, 2));
		let read_by = |meter: &Key, entity| {
			let mut reading = data(3, &[]);
			reading.origin.device = Some(meter.account());
			activity(entity, &[], &[reading])
		};
		refused(read_by(&meter, ALICE), Error::<Test>::DeviceOfAnother);
		// Not even a device may say so of another one.
		let input = read_by(&meter, other.account());
		let proof = other.state(&ALICE, &input, 2);
		assert_noop!(
			Provenance::record(signed(ALICE), input, Some(proof)),
			Error::<Test>::DeviceOfAnother
		);
		// Once it measures for nobody, nobody names it.
		let ended = description(EntityKind::Device, None);
		assert_ok!(Provenance::register_entity(
			signed(BOB),
			meter.account(),
			ended,
			None
		));
		let input = read_by(&meter, BOB);
		assert_noop!(
			Provenance::record(signed(BOB), input, None),
			Error::<Test>::DeviceOfAnother
		);
	});
}

#[test]
fn record_should_take_the_devices_of_the_entity_and_of_those_in_whose_name_it_acts() {
	execute(|| {
		let (meter, clerk) = (device(ALICE, 1), Key::ed25519(2));
		let wanted = description(EntityKind::Person, Some(ALICE));
		let proof = clerk.describe(&ALICE, &wanted, 1);
		assert_ok!(Provenance::register_entity(
			signed(ALICE),
			clerk.account(),
			wanted,
			Some(proof)
		));
		for (n, entity) in [(1, ALICE), (2, clerk.account())] {
			let mut reading = data(n, &[]);
			reading.origin.device = Some(meter.account());
			let input = activity(entity.clone(), &[], &[reading]);
			let proof = (entity != ALICE).then(|| clerk.state(&ALICE, &input, 2));
			assert_ok!(Provenance::record(signed(ALICE), input, proof));
			assert_eq!(data_of(DataId(n - 1)).origin.device, Some(meter.account()));
		}
	});
}

#[test]
fn descriptions_and_activities_should_be_counted_together() {
	execute(|| {
		let meter = device(ALICE, 1);
		let input = activity(meter.account(), &[], &[data(1, &[])]);
		let proof = meter.state(&ALICE, &input, 1);
		assert_noop!(
			Provenance::record(signed(ALICE), input, Some(proof)),
			Error::<Test>::SequenceUsed
		);
	});
}

#[test]
fn nobody_should_record_as_the_regulator_or_the_chain() {
	execute(|| {
		trades(ASSET, 1);
		next_block();
		for (entity, error) in [
			(SOFTWARE, Error::<Test>::ProofMissing),
			(REGULATOR, Error::<Test>::EntityUnknown),
		] {
			refused(activity(entity, &[], &[data(1, &[])]), error);
		}
	});
}
