//! What a step comes down to: calls with data and signatures that are mostly fit, where bytes alone would rarely be.

use super::{
	model::Model,
	runtime::{account, genesis, place_of, sign, AccountId, Chain, Now, Who},
	step::{Base, By, Item, Name, Oddity, Pick, Primary, Principal, Sign, Step, Text, Trigger, Used, Work},
};
use carbon_primitives::{Digest, Moment, RecordKind, RecordSubject};
use carbon_traits::{Doer, Happening};
use frame_support::{pallet_prelude::ConstU32, BoundedVec};
use pallet_provenance::{
	ActivityId, ActivityInput, Call, Condition, Content, DataId, DataInput, DataKind, DataOrigin,
	DigestAlgorithm, EntityDescription, EntityKind, Proof, Protection, Source, Space, Statement,
};
use sp_io::hashing::blake2_256;

/// A call.
pub struct Act {
	/// By whom.
	pub caller: AccountId,
	pub call: Call<Chain>,
	/// Whether its proof, if it has one, is the entity's over this very statement on this chain.
	pub is_genuine: bool,
}

/// The call that a step is; none for one that is no call.
pub fn act_of(step: &Step, model: &Model) -> Option<Act> {
	match step {
		Step::Register { .. } | Step::End { .. } => registration(step, model),
		Step::Record(work) => Some(record(work, model)),
		Step::Anchor {
			caller,
			digest,
			text,
			protected,
		} => {
			let call = Call::anchor {
				kind: DataKind::Document,
				content: content(digest_of(*digest, model, 0), *text),
				period: None,
				protection: protected.then_some(Protection {
					policy: 3,
					key_epoch: 1,
				}),
			};
			Some(plain(account(*caller), call))
		}
		Step::Revise { caller, data, digest } => {
			let data = data_of(*data, model);
			let call = Call::revise {
				data,
				content: content(digest_of(*digest, model, 0), Text::Plain),
				protection: None,
			};
			Some(plain(caller_of(*caller, data, model), call))
		}
		Step::Invalidate { caller, data } => {
			let data = data_of(*data, model);
			let call = Call::invalidate {
				data,
				reason: Digest::repeat_byte(9),
			};
			Some(plain(caller_of(*caller, data, model), call))
		}
		_ => None,
	}
}

fn plain(caller: AccountId, call: Call<Chain>) -> Act {
	Act {
		caller,
		call,
		is_genuine: true,
	}
}

/// Who is named; else the owner of the data.
fn caller_of(caller: Option<Who>, data: DataId, model: &Model) -> AccountId {
	let owner = || model.items.get(data.0 as usize).map(|item| item.owner.clone());
	caller.map(account).or_else(owner).unwrap_or_else(|| account(0))
}

/// The number that is meant, of `count` that were given out.
fn number(pick: Pick, count: usize) -> u64 {
	let count = count as u64;
	match pick {
		Pick::Back(back) => count.saturating_sub(1).saturating_sub(back.into()),
		Pick::At(at) => u64::from(at).checked_rem(count).unwrap_or_default(),
		Pick::Ahead(ahead) => count + u64::from(ahead),
	}
}

/// The data that are meant.
pub fn data_of(pick: Pick, model: &Model) -> DataId {
	DataId(number(pick, model.items.len()))
}

/// A digest that was there before, or the one that is new at this place of an insertion.
pub fn digest_of(known: Option<u8>, model: &Model, place: usize) -> Digest {
	let known = known.and_then(|at| usize::from(at).checked_rem(model.items.len()));
	match known {
		Some(at) => model.items[at].content.digest,
		None => Digest::from(blake2_256(
			&[model.items.len() as u64, place as u64]
				.map(u64::to_le_bytes)
				.concat(),
		)),
	}
}

fn text<const N: u32>(text: Text) -> BoundedVec<u8, ConstU32<N>> {
	let bytes: &[u8] = match text {
		Text::Empty => b"",
		Text::Plain => b"application/pdf",
		Text::Foreign => "\u{78b3}\u{94fe}".as_bytes(),
		Text::Broken => b"two\nlines",
		Text::Bytes => b"\xff\xfe",
	};
	BoundedVec::truncate_from(bytes.to_vec())
}

fn content(digest: Digest, media_type: Text) -> Content {
	Content {
		algorithm: DigestAlgorithm::Sm3,
		digest,
		is_ciphertext: true,
		media_type: text(media_type),
		size: 1_234,
		locator: text(Text::Empty),
	}
}

/// Sign a statement as `how` says; whether the signature is what it should be. `message` makes the bytes of the statement of a caller
/// with a sequence number.
fn proof_of(
	how: Sign,
	entity: &AccountId,
	caller: &AccountId,
	model: &Model,
	message: impl Fn(&AccountId, u64, Digest) -> Vec<u8>,
) -> (Option<Proof>, bool) {
	let last = model.entities.get(entity).map_or(0, |record| record.sequence);
	let next = last.saturating_add(1);
	let (mut sequence, mut signer) = (next, place_of(entity).unwrap_or_default());
	let right = |sequence| message(caller, sequence, genesis());
	let signed = match how {
		Sign::None => return (None, true),
		Sign::Good(left_out) => {
			sequence = next.saturating_add(left_out.into());
			right(sequence)
		}
		Sign::Old(back) => {
			sequence = last.saturating_sub(back.into());
			right(sequence)
		}
		Sign::By(who) => {
			signer = who;
			right(sequence)
		}
		Sign::For(who) => message(&account(who), sequence, genesis()),
		Sign::Elsewhere => message(caller, sequence, Digest::zero()),
		Sign::OtherNumber => right(sequence.saturating_add(1)),
	};
	let is_genuine = signed == right(sequence) && account(signer) == *entity;
	let proof = Proof {
		sequence,
		signature: sign(signer, &signed),
	};
	(Some(proof), is_genuine)
}

fn registration(step: &Step, model: &Model) -> Option<Act> {
	let (caller, entity, description, how) = match *step {
		Step::Register {
			caller,
			entity,
			kind,
			text: role,
			attributes,
			principal,
			proof,
		} => {
			let (caller, entity) = (account(caller), account(entity));
			let kept = model.entities.get(&entity);
			let description = EntityDescription {
				kind,
				organisation: None,
				role: text(role),
				attributes: attributes.then_some(Digest::repeat_byte(3)),
				on_behalf_of: match principal {
					Principal::None => None,
					Principal::Kept => kept.and_then(|record| record.on_behalf_of.clone()),
					Principal::Caller => Some(caller.clone()),
					Principal::Of(who) => Some(account(who)),
				},
			};
			(caller, entity, description, proof)
		}
		Step::End { caller, entity } => {
			let entity = account(entity);
			let description = EntityDescription {
				on_behalf_of: None,
				..described(&entity, model)
			};
			(account(caller), entity, description, Sign::None)
		}
		_ => return None,
	};
	let message = |caller: &AccountId, sequence: u64, genesis: Digest| {
		let statement = Statement::Description {
			caller,
			entity: &entity,
			description: &description,
			sequence,
		};
		statement.message(genesis.as_ref())
	};
	let (proof, is_genuine) = proof_of(how, &entity, &caller, model, message);
	let call = Call::register_entity {
		entity: entity.clone(),
		description: description.clone(),
		proof,
	};
	Some(Act {
		caller,
		call,
		is_genuine,
	})
}

/// How an entity is described by now.
fn described(entity: &AccountId, model: &Model) -> EntityDescription<AccountId> {
	let record = model.entities.get(entity);
	EntityDescription {
		kind: record.map_or(EntityKind::Device, |record| record.kind),
		organisation: record.and_then(|record| record.organisation),
		role: record.map(|record| record.role.clone()).unwrap_or_default(),
		attributes: record.and_then(|record| record.attributes),
		on_behalf_of: record.and_then(|record| record.on_behalf_of.clone()),
	}
}

fn record(work: &Work, model: &Model) -> Act {
	let caller = account(work.caller);
	let entity = work.entity.map_or_else(|| caller.clone(), account);
	let repeats = work.oddity == Oddity::Repeats;
	let ended_at = before(Now::get(), work.ended);
	let used: Vec<DataId> = match &work.used {
		Used::Picks(picks) => picks.iter().map(|pick| data_of(*pick, model)).collect(),
		Used::Newest(count) => {
			let count = usize::from(*count).min(model.items.len());
			let first = model.items.len() - count;
			(first as u64..model.items.len() as u64).map(DataId).collect()
		}
	};
	let used = if repeats { used } else { distinct(used) };
	let items = work.items.iter().enumerate();
	let generated: Vec<_> = items
		.map(|(place, item)| generated(item, place, &used, work, model))
		.collect();
	let activity = ActivityInput {
		entity: entity.clone(),
		kind: work.kind,
		started_at: before(ended_at, work.took),
		ended_at,
		space: match work.oddity {
			Oddity::Country(exists) => Space {
				jurisdiction: Some(if exists { *b"CN" } else { *b"c1" }),
				site: Some(5),
			},
			_ => Space::default(),
		},
		condition: Condition {
			parameters: None,
			trigger: trigger_of(work.trigger, model),
			rule: match work.oddity {
				Oddity::Rule(rule) => text(rule),
				_ => Default::default(),
			},
		},
		used: BoundedVec::truncate_from(used),
		generated: BoundedVec::truncate_from(generated),
	};
	let message = |caller: &AccountId, sequence: u64, genesis: Digest| {
		let statement = Statement::Activity {
			caller,
			activity: &activity,
			sequence,
		};
		statement.message(genesis.as_ref())
	};
	let (proof, is_genuine) = proof_of(work.proof, &entity, &caller, model, message);
	Act {
		caller,
		call: Call::record { activity, proof },
		is_genuine,
	}
}

/// So many milliseconds before `moment`; after it where the number is below zero.
fn before(moment: Moment, ms: i64) -> Moment {
	moment.saturating_add_signed(-ms)
}

fn trigger_of(trigger: Trigger, model: &Model) -> pallet_provenance::Trigger {
	match trigger {
		Trigger::None => pallet_provenance::Trigger::None,
		Trigger::Activity(pick) => {
			let id = ActivityId(number(pick, model.acts.len()));
			pallet_provenance::Trigger::Activity(id)
		}
		Trigger::Data(pick) => pallet_provenance::Trigger::Data(data_of(pick, model)),
	}
}

fn generated(item: &Item, place: usize, used: &[DataId], work: &Work, model: &Model) -> DataInput<AccountId> {
	let sources = item.sources.iter().filter_map(|base| match *base {
		Base::Used(at) => {
			let at = usize::from(at).checked_rem(used.len())?;
			Some(Source::Known(used[at]))
		}
		Base::Known(pick) => Some(Source::Known(data_of(pick, model))),
		Base::Before(at) => {
			let at = usize::from(at).checked_rem(place)?;
			Some(Source::New(at as u8))
		}
		Base::Place(at) => Some(Source::New(at)),
	});
	let sources: Vec<_> = sources.collect();
	let sources = if work.oddity == Oddity::Repeats {
		sources
	} else {
		distinct(sources)
	};
	let first = sources.iter().find_map(|source| match source {
		Source::Known(id) => Some(*id),
		Source::New(_) => None,
	});
	let media_type = match work.oddity {
		Oddity::Media(text) if place == 0 => text,
		_ => Text::Empty,
	};
	DataInput {
		kind: DataKind::Measurement,
		period: None,
		content: content(digest_of(item.digest, model, place), media_type),
		protection: None,
		origin: DataOrigin {
			primary_source: match item.primary {
				Primary::None => None,
				Primary::First => first,
				Primary::Any => Some(DataId(0)),
			},
			device: item.device.map(account),
		},
		derived_from: BoundedVec::truncate_from(sources),
	}
}

/// The same without repetitions.
fn distinct<T: PartialEq>(all: Vec<T>) -> Vec<T> {
	let mut kept = Vec::new();
	for one in all {
		if !kept.contains(&one) {
			kept.push(one);
		}
	}
	kept
}

/// The name of the data of a happening.
pub fn subject_of(kind: RecordKind, name: Name) -> RecordSubject<AccountId> {
	let (year, entity, number) = (name.year, account(name.who), u64::from(name.number));
	match kind {
		RecordKind::Admission => RecordSubject::Participant(entity),
		RecordKind::Allocation => RecordSubject::Allocation { year, entity },
		RecordKind::Report => RecordSubject::Report { year, entity },
		RecordKind::Verification => RecordSubject::Verification { year, entity },
		RecordKind::Confirmation => RecordSubject::Emissions { year, entity },
		RecordKind::BlockTrade => RecordSubject::BlockTrade(number),
		RecordKind::Surrender => RecordSubject::Surrender(number),
		RecordKind::Cancellation if number > 3 => RecordSubject::OffsetCancellation(number),
		RecordKind::Cancellation => RecordSubject::Cancellation(number),
		RecordKind::Penalty => RecordSubject::Penalty(number),
		RecordKind::Act | RecordKind::Matching => RecordSubject::Act(number),
	}
}

/// Do with the happening that a step is, if it is one.
pub fn happening_of(
	step: &Step,
	model: &mut Model,
	then: impl FnOnce(&mut Model, Happening<AccountId>) -> Result<(), String>,
) -> Result<(), String> {
	let Step::Happen {
		kind,
		by,
		owner,
		name,
		digest,
		ref uses,
		supersedes,
	} = *step
	else {
		return Ok(());
	};
	let doer = match by {
		By::Account(who) => account(who),
		_ => account(0),
	};
	let owner = owner.map(account);
	let uses: Vec<_> = uses.iter().map(|(kind, name)| subject_of(*kind, *name)).collect();
	let happening = Happening {
		kind,
		by: match by {
			By::Account(_) => Doer::Account(&doer),
			By::Regulator => Doer::Regulator,
			By::Chain => Doer::Chain,
		},
		owner: owner.as_ref(),
		subject: subject_of(kind, name),
		digest: digest_of(digest, model, 0),
		uses: &uses,
		supersedes,
	};
	then(model, happening)
}
