//! What other pallets have recorded by itself, and what it costs.

use crate::{mock::*, store::READS, *};
use carbon_primitives::{Digest, RecordKind, RecordSubject, Vintage};
use carbon_traits::{Doer, Happening, RecordActivity};
use std::collections::BTreeMap;

const YEAR: Vintage = Vintage(2021);

fn report(n: u64) -> Happening<'static, AccountId> {
	Happening {
		kind: RecordKind::Report,
		by: Doer::Account(&ALICE),
		owner: None,
		subject: RecordSubject::Report {
			year: YEAR,
			entity: ALICE,
		},
		digest: digest(n),
		uses: &[],
		supersedes: true,
	}
}

/// Everything that is in storage.
fn storage() -> BTreeMap<Vec<u8>, Vec<u8>> {
	let mut entries = BTreeMap::new();
	let mut key = Vec::new();
	while let Some(next) = sp_io::storage::next_key(&key) {
		entries.insert(next.clone(), sp_io::storage::get(&next).unwrap().to_vec());
		key = next;
	}
	// What the chain itself keeps, such as events, is no part of the graph.
	let system = sp_io::hashing::twox_128(b"System");
	entries.retain(|key, _| !key.starts_with(&system));
	entries
}

/// What a record costs.
#[derive(Debug, PartialEq)]
struct Cost {
	/// Items that it reads.
	reads: usize,
	/// Items that it adds.
	added: usize,
	/// Items that it changes.
	changed: usize,
	/// By how many bytes of keys and values the state grows.
	bytes: usize,
}

fn cost(act: impl FnOnce()) -> Cost {
	let size = |entries: &BTreeMap<Vec<u8>, Vec<u8>>| -> usize {
		entries.iter().map(|(key, value)| key.len() + value.len()).sum()
	};
	let before = storage();
	READS.with(|reads| reads.borrow_mut().clear());
	act();
	let after = storage();
	Cost {
		reads: READS.with(|reads| reads.borrow().len()),
		added: after.keys().filter(|key| !before.contains_key(*key)).count(),
		changed: after
			.iter()
			.filter(|(key, value)| before.get(*key).is_some_and(|old| old != *value))
			.count(),
		bytes: size(&after) - size(&before),
	}
}

fn cost_of(happening: Happening<AccountId>) -> Cost {
	cost(|| {
		happens(happening);
	})
}

#[test]
fn a_happening_should_become_an_activity_and_one_item_of_data() {
	execute(|| {
		let id = happens(report(1));
		let record = data_of(id);
		assert_eq!(
			(record.kind, record.version, record.period),
			(DataKind::Report, 1, Some(YEAR))
		);
		assert_eq!((record.owner, record.content.digest), (ALICE, digest(1)));
		assert_eq!(
			record.subject,
			Some(RecordSubject::Report {
				year: YEAR,
				entity: ALICE
			})
		);
		let activity = activity_of(record.generated_by);
		assert_eq!((activity.kind, activity.entity), (ActivityKind::Report, ALICE));
		assert_eq!((activity.started_at, activity.ended_at), (START, START));
		assert_eq!(activity.tool.call, None);
		assert_eq!(Provenance::data_of_subject(record.subject.unwrap()), Some(id));
		// It is a document, by whose digest its owner finds it.
		assert_eq!(Provenance::data_by_digest(digest(1)), [id]);
	});
}

#[test]
fn each_kind_should_have_codes_of_its_own() {
	execute(|| {
		for kind in RecordKind::ALL {
			happens(Happening {
				kind,
				subject: RecordSubject::Act(kind as u64),
				..report(kind as u64)
			});
		}
		let kinds: Vec<_> = Activities::<Test>::iter_values()
			.map(|record| record.kind)
			.collect();
		for (n, kind) in kinds.iter().enumerate() {
			assert!(!kinds[..n].contains(kind) && !kind.is_reserved(), "{kind:?}");
		}
		assert_eq!(kinds.len(), RecordKind::ALL.len());
	});
}

#[test]
fn what_is_not_a_document_should_not_be_found_by_its_digest() {
	execute(|| {
		happens(happening(1));
		assert_eq!(Provenance::data_by_digest(digest(1)), []);
	});
}

#[test]
fn a_document_that_was_anchored_before_should_be_found_as_what_it_has_become() {
	execute(|| {
		let anchor = anchored(ALICE, 1);
		let record = happens(report(1));
		assert_eq!(Provenance::data_by_digest(digest(1)), [record]);
		assert_eq!(data_of(anchor).state, DataState::Valid);
	});
}

#[test]
fn the_regulator_and_the_chain_should_have_execution_entities() {
	execute(|| {
		let act = |by, n| {
			happens(Happening {
				kind: RecordKind::Act,
				by,
				owner: Some(&BOB),
				subject: RecordSubject::Act(n),
				..report(n)
			})
		};
		let (one, other) = (act(Doer::Regulator, 1), act(Doer::Chain, 2));
		let doer = |id| activity_of(data_of(id).generated_by).entity;
		assert_eq!((doer(one), doer(other)), (REGULATOR, SOFTWARE));
		assert_eq!(entity_of(&REGULATOR).kind, EntityKind::Authority);
		assert_eq!(entity_of(&SOFTWARE).kind, EntityKind::Software);
		// To whom the data belong is known as well.
		assert_eq!(data_of(one).owner, BOB);
		assert_eq!(entity_of(&BOB).kind, EntityKind::Organisation);
	});
}

#[test]
fn the_regulator_should_be_an_authority_where_it_only_owns_data() {
	execute(|| {
		happens(Happening {
			owner: Some(&REGULATOR),
			..happening(1)
		});
		let record = entity_of(&REGULATOR);
		assert_eq!((record.kind, record.last_activity), (EntityKind::Authority, None));
	});
}

#[test]
fn admission_should_make_an_execution_entity_once() {
	execute(|| {
		for version in 1..=2 {
			let id = happens(Happening {
				kind: RecordKind::Admission,
				by: Doer::Regulator,
				owner: Some(&CAROL),
				subject: RecordSubject::Participant(CAROL),
				digest: digest(version),
				uses: &[],
				supersedes: true,
			});
			assert_eq!(u64::from(data_of(id).version), version);
		}
		let entity = entity_of(&CAROL);
		assert_eq!(
			(entity.kind, entity.last_activity),
			(EntityKind::Organisation, None)
		);
		let told = told()
			.into_iter()
			.filter(|event| matches!(event, Event::EntityDescribed { account, .. } if *account == CAROL));
		assert_eq!(told.count(), 1);
	});
}

#[test]
fn a_participant_should_be_known_even_where_the_regulator_owns_its_record() {
	execute(|| {
		happens(Happening {
			kind: RecordKind::Admission,
			by: Doer::Regulator,
			subject: RecordSubject::Participant(CAROL),
			..report(1)
		});
		assert_eq!(data_of(DataId(0)).owner, REGULATOR);
		assert_eq!(entity_of(&CAROL).kind, EntityKind::Organisation);
	});
}

#[test]
fn a_later_record_should_take_the_place_of_the_earlier_one_of_its_name() {
	execute(|| {
		let (old, new) = (happens(report(1)), happens(report(2)));
		assert_eq!(data_of(old).state, DataState::Superseded { by: new });
		let record = data_of(new);
		assert_eq!((record.version, record.state), (2, DataState::Valid));
		assert_eq!(record.derived_from.to_vec(), [old]);
		assert!(UsedBy::<Test>::contains_key(old, record.generated_by));
		assert_eq!(Provenance::data_of_subject(record.subject.unwrap()), Some(new));
		assert!(told().contains(&Event::Superseded { id: old, by: new }));
	});
}

#[test]
fn a_later_record_should_stand_beside_the_earlier_one_where_it_says_so() {
	execute(|| {
		let beside = |n| Happening {
			supersedes: false,
			..report(n)
		};
		let (old, new) = (happens(beside(1)), happens(beside(2)));
		assert_eq!(data_of(old).state, DataState::Valid);
		assert_eq!(data_of(new).version, 2);
		assert_eq!(data_of(new).derived_from.to_vec(), [old]);
	});
}

#[test]
fn a_happening_should_use_what_is_recorded_under_the_names_that_it_gives() {
	execute(|| {
		let used = happens(report(1));
		let names = [
			report(1).subject,
			// Nothing is recorded under this name, and one name is given twice.
			RecordSubject::Surrender(7),
			report(1).subject,
		];
		let id = happens(Happening {
			kind: RecordKind::Verification,
			by: Doer::Account(&BOB),
			owner: Some(&ALICE),
			subject: RecordSubject::Verification {
				year: YEAR,
				entity: ALICE,
			},
			uses: &names,
			..report(2)
		});
		let record = data_of(id);
		assert_eq!(record.derived_from.to_vec(), [used]);
		let activity = activity_of(record.generated_by);
		assert_eq!((activity.entity, activity.used.to_vec()), (BOB, vec![used]));
		// It does not replace what it uses.
		assert_eq!(data_of(used).state, DataState::Valid);
	});
}

#[test]
fn a_kind_that_is_switched_off_should_not_be_recorded() {
	execute(|| {
		Recorded::set(!RecordKind::Report.bit());
		happens(report(1));
		assert_eq!(Provenance::counts(), (0, 0, 0));
		assert_eq!(told(), []);
		happens(happening(1));
		assert_eq!(Provenance::counts(), (1, 1, 1));
	});
}

#[test]
fn what_cannot_be_recorded_should_be_told_and_change_nothing() {
	new_test_ext().execute_with(|| {
		Head::<Test>::mutate(|heads| heads.activities = u64::MAX);
		let before = storage();
		happens(report(1));
		assert_eq!(storage(), before);
		assert_eq!(
			told(),
			[Event::NotRecorded {
				kind: RecordKind::Report,
				subject: report(1).subject,
				error: Error::<Test>::NumbersExhausted.into(),
			}]
		);
	});
}

#[test]
fn a_record_should_weigh_what_its_benchmark_says() {
	assert_eq!(
		<Provenance as RecordActivity<AccountId>>::weight_of_record(),
		<() as WeightInfo>::record_automatic()
	);
}

#[test]
fn a_record_should_read_three_items_and_write_five() {
	execute(|| {
		happens(happening(1));
		// Read: the numbers, the execution entity, the name. Added: the activity, the data and their name. Changed: the numbers and the
		// execution entity.
		let expected = Cost {
			reads: 3,
			added: 3,
			changed: 2,
			bytes: 333,
		};
		assert_eq!(cost_of(happening(2)), expected);
	});
}

#[test]
fn a_document_should_add_its_digest() {
	execute(|| {
		happens(happening(1));
		let expected = Cost {
			reads: 3,
			added: 4,
			changed: 2,
			bytes: 523,
		};
		assert_eq!(cost_of(report(2)), expected);
	});
}

#[test]
fn a_new_version_should_add_its_use_and_change_the_earlier_one() {
	execute(|| {
		happens(report(1));
		// Added: the activity, the data, the digest and the use. Changed: the numbers, the entity, the name and the earlier data.
		let expected = Cost {
			reads: 4,
			added: 4,
			changed: 4,
			bytes: 520,
		};
		assert_eq!(cost_of(report(2)), expected);
	});
}

#[test]
fn a_use_should_read_two_items_and_add_one() {
	execute(|| {
		for n in 1..=2 {
			happens(happening(n));
		}
		let used = [happening(1).subject];
		let using = Happening {
			uses: &used,
			..happening(3)
		};
		let expected = Cost {
			reads: 3 + 2,
			added: 3 + 1,
			changed: 2,
			bytes: 333 + 80,
		};
		assert_eq!(cost_of(using), expected);
	});
}

#[test]
fn an_owner_that_is_known_should_be_read_and_not_changed() {
	execute(|| {
		anchored(BOB, 1);
		happens(happening(1));
		let owned = Happening {
			owner: Some(&BOB),
			..happening(2)
		};
		let expected = Cost {
			reads: 3 + 1,
			added: 3,
			changed: 2,
			bytes: 333,
		};
		assert_eq!(cost_of(owned), expected);
	});
}

#[test]
fn trades_of_a_market_should_cost_one_record_however_many_they_are() {
	execute(|| {
		trades(ASSET, 1);
		next_block();
		let expected = Cost {
			reads: 3,
			added: 3,
			changed: 2,
			bytes: 333,
		};
		let block = || {
			for n in 0..100 {
				trades(ASSET, n);
			}
			next_block();
		};
		assert_eq!(cost(block), expected);
	});
}

#[test]
fn an_order_that_trades_should_change_one_item() {
	execute(|| {
		trades(ASSET, 1);
		let Cost {
			reads,
			added,
			changed,
			bytes,
		} = cost(|| trades(ASSET, 2));
		// The folds are read as well: they are one item.
		assert_eq!((reads, added, changed, bytes), (0, 0, 1, 0));
	});
}

#[test]
fn an_anchored_document_should_add_three_items() {
	execute(|| {
		anchored(ALICE, 1);
		let expected = Cost {
			reads: 3,
			added: 3,
			changed: 2,
			bytes: 442,
		};
		let anchor = || {
			anchored(ALICE, 2);
		};
		assert_eq!(cost(anchor), expected);
	});
}

#[test]
fn a_happening_should_name_at_most_as_many_uses_as_may_be() {
	execute(|| {
		let names: Vec<_> = (0..6).map(RecordSubject::Cancellation).collect();
		for n in 0..6 {
			happens(happening(n));
		}
		let id = happens(Happening {
			uses: &names,
			..happening(7)
		});
		assert_eq!(data_of(id).derived_from.len(), 4);
		assert_eq!(data_of(id).content.digest, Digest::from_low_u64_be(7));
	});
}

#[test]
fn what_is_stored_of_a_happening_should_follow_from_its_events() {
	execute(|| {
		let used = happens(report(1));
		let names = [report(1).subject];
		System::reset_events();
		let data = happens(Happening {
			owner: Some(&BOB),
			uses: &names,
			..happening(2)
		});
		let record = data_of(data);
		assert_eq!(record.derived_from.to_vec(), [used]);
		assert!(told().contains(&Event::HappeningRecorded {
			data,
			subject: happening(2).subject,
			owner: BOB,
			digest: digest(2),
			derived_from: record.derived_from,
		}));
	});
}

#[test]
fn a_verification_should_not_be_found_by_the_digest_of_what_the_chain_stores() {
	execute(|| {
		happens(Happening {
			kind: RecordKind::Verification,
			..report(1)
		});
		assert_eq!(Provenance::data_by_digest(digest(1)), []);
	});
}

#[test]
fn a_device_should_add_one_item() {
	execute(|| {
		anchored(ALICE, 1);
		let Cost { added, bytes, .. } = cost(|| {
			device(ALICE, 1);
		});
		assert_eq!((added, bytes), (1, 133));
	});
}

#[test]
fn a_reading_of_a_device_should_add_three_items() {
	execute(|| {
		anchored(ALICE, 7);
		let meter = device(ALICE, 1);
		let Cost { added, bytes, .. } = cost(|| {
			let mut reading = data(1, &[]);
			reading.origin.device = Some(meter.account());
			let input = activity(meter.account(), &[], &[reading]);
			let proof = meter.state(&ALICE, &input, 2);
			frame_support::assert_ok!(Provenance::record(signed(ALICE), input, Some(proof)));
		});
		assert_eq!((added, bytes), (3, 506));
	});
}

#[test]
fn a_revision_should_add_four_items() {
	execute(|| {
		let id = anchored(ALICE, 1);
		let Cost { added, bytes, .. } = cost(|| {
			frame_support::assert_ok!(Provenance::revise(signed(ALICE), id, content(2), None));
		});
		assert_eq!((added, bytes), (4, 530));
	});
}

#[test]
fn declaring_data_void_should_add_two_items() {
	execute(|| {
		let id = anchored(ALICE, 1);
		let Cost { added, bytes, .. } = cost(|| {
			frame_support::assert_ok!(Provenance::invalidate(signed(ALICE), id, digest(9)));
		});
		assert_eq!((added, bytes), (2, 239));
	});
}
