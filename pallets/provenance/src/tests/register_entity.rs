use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

fn register(
	caller: AccountId,
	entity: AccountId,
	description: EntityDescription<AccountId>,
	proof: Option<Proof>,
) -> sp_runtime::DispatchResult {
	frame_support::storage::with_storage_layer(|| {
		Provenance::register_entity(signed(caller), entity, description, proof)
	})
}

#[test]
fn register_entity_should_describe_the_caller_without_another_signature() {
	execute(|| {
		let description = EntityDescription {
			organisation: Some(digest(1)),
			attributes: Some(digest(2)),
			..description(EntityKind::Organisation, None)
		};
		assert_ok!(register(ALICE, ALICE, description.clone(), None));
		let record = entity_of(&ALICE);
		assert_eq!(record.description(), description);
		assert_eq!((record.scheme, record.sequence), (None, 0));
		assert_eq!((record.registered_at, record.last_activity), (START, None));
		assert_eq!(
			told(),
			[Event::EntityDescribed {
				account: ALICE,
				by: Some(ALICE),
				description
			}]
		);
		assert_eq!(Entities::<Test>::count(), 1);
	});
}

#[test]
fn register_entity_should_take_keys_of_each_scheme() {
	execute(|| {
		for (key, scheme) in [
			(Key::sr25519(1), SignatureScheme::Sr25519),
			(Key::ed25519(2), SignatureScheme::Ed25519),
			(Key::ecdsa(3), SignatureScheme::Ecdsa),
		] {
			let description = description(EntityKind::Device, Some(ALICE));
			let proof = key.describe(&ALICE, &description, 1);
			assert_ok!(register(ALICE, key.account(), description, Some(proof)));
			assert_eq!(entity_of(&key.account()).scheme, Some(scheme));
		}
		// Whoever is acted for is known as well.
		assert_eq!(entity_of(&ALICE).kind, EntityKind::Organisation);
	});
}

#[test]
fn register_entity_should_refuse_another_without_its_signature() {
	execute(|| {
		let description = description(EntityKind::Device, None);
		assert_noop!(
			register(ALICE, Key::sr25519(1).account(), description, None),
			Error::<Test>::ProofMissing
		);
	});
}

#[test]
fn register_entity_should_refuse_a_signature_of_another_key_caller_or_statement() {
	execute(|| {
		let key = Key::ed25519(1);
		let description = description(EntityKind::Device, None);
		let other = EntityDescription {
			organisation: Some(digest(1)),
			..description.clone()
		};
		let mut counted = key.describe(&ALICE, &description, 1);
		counted.sequence = 2;
		for proof in [
			Key::ed25519(2).describe(&ALICE, &description, 1),
			key.describe(&BOB, &description, 1),
			key.describe(&ALICE, &other, 1),
			counted,
		] {
			assert_noop!(
				register(ALICE, key.account(), description.clone(), Some(proof)),
				Error::<Test>::ProofInvalid
			);
		}
	});
}

#[test]
fn a_signature_for_another_chain_should_be_refused() {
	execute(|| {
		let key = Key::ed25519(1);
		let (description, entity) = (description(EntityKind::Device, None), key.account());
		let statement = Statement::Description {
			caller: &ALICE,
			entity: &entity,
			description: &description,
			sequence: 1,
		};
		let proof = |chain: &[u8]| Proof {
			sequence: 1,
			signature: key.sign(&statement.message(chain)),
		};
		assert_noop!(
			register(ALICE, entity.clone(), description.clone(), Some(proof(&[7; 32]))),
			Error::<Test>::ProofInvalid
		);
		assert_ok!(register(
			ALICE,
			entity.clone(),
			description.clone(),
			Some(proof(genesis().as_ref()))
		));
	});
}

#[test]
fn the_signed_bytes_should_be_those_of_the_readme() {
	execute(|| {
		let (description, sequence) = (description(EntityKind::Device, None), 0x0102_u64);
		let statement = Statement::Description {
			caller: &ALICE,
			entity: &BOB,
			description: &description,
			sequence,
		};
		let mut encoded = vec![0];
		encoded.extend([1; 32]);
		encoded.extend([2; 32]);
		// Device, no organisation, the role with its length, no attributes, nobody acted for.
		encoded.extend([3, 0, 5 << 2]);
		encoded.extend(b"meter");
		encoded.extend([0, 0]);
		encoded.extend([2, 1, 0, 0, 0, 0, 0, 0]);
		let mut message = b"carbon-chain/provenance/1\0".to_vec();
		message.extend([69; 32]);
		message.extend(sp_io::hashing::blake2_256(&encoded));
		assert_eq!(message.len(), 90);
		assert_eq!(statement.message(genesis().as_ref()), message);
	});
}

#[test]
fn a_signature_should_be_good_once() {
	execute(|| {
		let key = device(ALICE, 1);
		let description = description(EntityKind::Device, Some(ALICE));
		let first = key.describe(&ALICE, &description, 5);
		assert_ok!(register(
			ALICE,
			key.account(),
			description.clone(),
			Some(first.clone())
		));
		for proof in [first, key.describe(&ALICE, &description, 4)] {
			assert_noop!(
				register(ALICE, key.account(), description.clone(), Some(proof)),
				Error::<Test>::SequenceUsed
			);
		}
	});
}

#[test]
fn describing_anew_should_keep_what_was_done() {
	execute(|| {
		anchored(ALICE, 1);
		next_block();
		assert_ok!(register(
			ALICE,
			ALICE,
			description(EntityKind::Person, None),
			None
		));
		let record = entity_of(&ALICE);
		assert_eq!(record.last_activity, Some(ActivityId(0)));
		assert_eq!((record.kind, record.registered_at), (EntityKind::Person, START));
	});
}

#[test]
fn nobody_should_be_acted_for_without_its_consent() {
	execute(|| {
		anchored(BOB, 1);
		let key = Key::ed25519(1);
		let wanted = description(EntityKind::Device, Some(BOB));
		let proof = key.describe(&ALICE, &wanted, 1);
		assert_noop!(
			register(ALICE, key.account(), wanted.clone(), Some(proof)),
			Error::<Test>::DelegationNotConsented
		);
		assert_noop!(
			register(ALICE, ALICE, wanted, None),
			Error::<Test>::DelegationNotConsented
		);
	});
}

#[test]
fn whoever_is_acted_for_by_way_of_others_should_consent() {
	execute(|| {
		let gateway = device(ALICE, 1);
		let meter = Key::ecdsa(2);
		let wanted = description(EntityKind::Device, Some(gateway.account()));
		let proof = meter.describe(&BOB, &wanted, 1);
		assert_noop!(
			register(BOB, meter.account(), wanted.clone(), Some(proof)),
			Error::<Test>::DelegationNotConsented
		);
		let proof = meter.describe(&ALICE, &wanted, 1);
		assert_ok!(register(ALICE, meter.account(), wanted, Some(proof)));
		assert_eq!(entity_of(&meter.account()).on_behalf_of, Some(gateway.account()));
	});
}

#[test]
fn an_entity_should_describe_itself_anew_without_a_new_consent() {
	execute(|| {
		let key = device(ALICE, 1);
		Admitted::mutate(|admitted| admitted.insert(key.account()));
		let wanted = EntityDescription {
			attributes: Some(digest(4)),
			..description(EntityKind::Device, Some(ALICE))
		};
		assert_ok!(register(key.account(), key.account(), wanted.clone(), None));
		assert_eq!(entity_of(&key.account()).description(), wanted);
	});
}

#[test]
fn whoever_is_acted_for_should_end_it_and_change_nothing_else() {
	execute(|| {
		let key = device(ALICE, 1);
		let ended = description(EntityKind::Device, None);
		let changed = EntityDescription {
			attributes: Some(digest(4)),
			..ended.clone()
		};
		assert_noop!(
			register(ALICE, key.account(), changed, None),
			Error::<Test>::ProofMissing
		);
		assert_noop!(
			register(BOB, key.account(), ended.clone(), None),
			Error::<Test>::ProofMissing
		);
		assert_ok!(register(ALICE, key.account(), ended, None));
		let record = entity_of(&key.account());
		assert_eq!(
			(record.on_behalf_of, record.scheme),
			(None, Some(SignatureScheme::Ed25519))
		);
	});
}

#[test]
fn nobody_should_act_for_itself_by_way_of_others() {
	execute(|| {
		assert_noop!(
			register(
				ALICE,
				ALICE,
				description(EntityKind::Organisation, Some(ALICE)),
				None
			),
			Error::<Test>::DelegationCycle
		);
		let key = device(ALICE, 1);
		let wanted = description(EntityKind::Organisation, Some(key.account()));
		assert_noop!(
			register(ALICE, ALICE, wanted, None),
			Error::<Test>::DelegationCycle
		);
	});
}

#[test]
fn nobody_should_act_for_an_unknown_account() {
	execute(|| {
		let key = Key::ed25519(1);
		let wanted = description(EntityKind::Device, Some(STRANGER));
		let proof = key.describe(&ALICE, &wanted, 1);
		assert_noop!(
			register(ALICE, key.account(), wanted, Some(proof)),
			Error::<Test>::EntityUnknown
		);
	});
}

#[test]
fn acting_for_another_should_take_few_steps() {
	execute(|| {
		let mut principal = ALICE;
		for n in 1..=DELEGATION_MAX as u8 {
			let key = Key::ed25519(n);
			let wanted = description(EntityKind::Software, Some(principal));
			let proof = key.describe(&ALICE, &wanted, 1);
			assert_ok!(register(ALICE, key.account(), wanted, Some(proof)));
			principal = key.account();
		}
		let key = Key::ed25519(100);
		let wanted = description(EntityKind::Software, Some(principal));
		let proof = key.describe(&ALICE, &wanted, 1);
		assert_noop!(
			register(ALICE, key.account(), wanted, Some(proof)),
			Error::<Test>::DelegationTooDeep
		);
	});
}

#[test]
fn register_entity_should_refuse_a_role_with_control_characters() {
	execute(|| {
		let wanted = EntityDescription {
			role: text("a\u{0}"),
			..description(EntityKind::Person, None)
		};
		assert_noop!(register(ALICE, ALICE, wanted, None), Error::<Test>::TextNotPlain);
	});
}

#[test]
fn register_entity_should_refuse_whoever_is_not_admitted() {
	execute(|| {
		assert_noop!(
			register(STRANGER, STRANGER, description(EntityKind::Person, None), None),
			NOT_ADMITTED
		);
	});
}

#[test]
fn whoever_is_acted_for_should_end_it_however_many_follow() {
	execute(|| {
		let key = device(ALICE, 1);
		// Afterwards Alice acts for the first of as many others as there may be.
		let others: Vec<_> = (0..DELEGATION_MAX as u8)
			.map(|n| AccountId::new([50 + n; 32]))
			.collect();
		for (n, other) in others.iter().enumerate() {
			let on_behalf_of = others.get(n + 1).cloned();
			let record = ExecutionEntity {
				on_behalf_of,
				..ExecutionEntity::of_kind(EntityKind::Organisation, START)
			};
			Entities::<Test>::insert(other, record);
		}
		Entities::<Test>::mutate(ALICE, |record| {
			record.as_mut().unwrap().on_behalf_of = others.first().cloned();
		});
		let ended = description(EntityKind::Device, None);
		// Whether a stranger is the last of them is not looked up.
		assert_noop!(
			register(BOB, key.account(), ended.clone(), None),
			Error::<Test>::DelegationTooDeep
		);
		assert_ok!(register(ALICE, key.account(), ended, None));
		assert_eq!(entity_of(&key.account()).on_behalf_of, None);
	});
}

#[test]
fn register_entity_should_take_keys_of_ethereum() {
	execute(|| {
		use sp_core::Pair;
		use sp_runtime::{traits::IdentifyAccount, MultiSignature, MultiSigner};
		let pair = sp_core::ecdsa::KeccakPair::from_seed(&[7; 32]);
		let entity: AccountId = MultiSigner::Eth(pair.public()).into_account();
		let description = description(EntityKind::Device, Some(ALICE));
		let statement = Statement::Description {
			caller: &ALICE,
			entity: &entity,
			description: &description,
			sequence: 1,
		};
		let proof = Proof {
			sequence: 1,
			signature: MultiSignature::Eth(pair.sign(&statement.message(genesis().as_ref()))),
		};
		assert_ok!(register(ALICE, entity.clone(), description.clone(), Some(proof)));
		assert_eq!(entity_of(&entity).scheme, Some(SignatureScheme::Eth));
	});
}
