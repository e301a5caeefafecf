//! The engine: what may be inserted into the graph, and what an insertion writes. Plain Rust over [`GraphStore`], without the
//! chain.
//!
//! An insertion is one activity with all that it uses, generates and changes. Everything is checked before anything is written. The
//! numbers (P1 to P9) are those of the README.

use crate::{codes::*, types::*};
use alloc::vec::Vec;
use carbon_primitives::{Digest, Moment, RecordSubject, Vintage};
use frame_support::{ensure, traits::ConstU32, BoundedVec};

/// Where the graph is kept.
pub trait GraphStore<AccountId> {
	/// The numbers that come next and the ends of the chains by kind.
	fn heads(&self) -> Heads;
	/// Change them.
	fn set_heads(&mut self, heads: Heads);
	/// The last activity of the kind with the code `code`.
	fn last_of_other(&self, code: u16) -> Option<ActivityId>;
	/// Change it.
	fn set_last_of_other(&mut self, code: u16, id: ActivityId);
	/// An activity.
	fn activity(&self, id: ActivityId) -> Option<ActivityRecord<AccountId>>;
	/// Add an activity.
	fn add_activity(&mut self, id: ActivityId, record: ActivityRecord<AccountId>);
	/// An item of data.
	fn data(&self, id: DataId) -> Option<DataRecord<AccountId>>;
	/// Add an item of data or change one.
	fn set_data(&mut self, id: DataId, record: DataRecord<AccountId>);
	/// An execution entity.
	fn entity(&self, who: &AccountId) -> Option<ExecutionEntity<AccountId>>;
	/// Add an execution entity or change one.
	fn set_entity(&mut self, who: &AccountId, record: ExecutionEntity<AccountId>);
	/// Whether `owner` has data with the digest `digest` that can be found by it.
	fn is_digest_known(&self, digest: &Digest, owner: &AccountId) -> bool;
	/// Let data be found by their digest.
	fn set_digest(&mut self, digest: &Digest, owner: &AccountId, id: DataId);
	/// The newest data of a name.
	fn subject(&self, subject: &RecordSubject<AccountId>) -> Option<DataId>;
	/// Let data be found by their name.
	fn set_subject(&mut self, subject: &RecordSubject<AccountId>, id: DataId);
	/// Note that `activity` has used `data`.
	fn add_use(&mut self, data: DataId, activity: ActivityId);
}

/// Why an insertion was refused. The pallet's errors of the same names say more.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs)]
pub enum GraphError {
	DataInvalidated,
	DataNotValid,
	DataUnknown,
	DelegationCycle,
	DelegationNotConsented,
	DelegationTooDeep,
	DerivationCycle,
	DeviceUnknown,
	DigestKnown,
	EntityUnknown,
	NothingRecorded,
	NumbersExhausted,
	PrimarySourceMissing,
	SourceNotUsed,
	SourceTwice,
	SourceUnknown,
	TimeInFuture,
	TimeReversed,
	TriggerLater,
	TriggerUnknown,
	UsedBeforeGeneration,
	UsedTwice,
}

/// An activity that is to be inserted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewActivity<AccountId> {
	/// What was done.
	pub kind: ActivityKind,
	/// Who has done it.
	pub entity: AccountId,
	/// What is on record of that one by now. It is written back with its last activity.
	pub entity_record: ExecutionEntity<AccountId>,
	/// When it began.
	pub started_at: Moment,
	/// When it ended.
	pub ended_at: Moment,
	/// Number of the block.
	pub block: u32,
	/// Where it took place.
	pub space: Space,
	/// Under which condition.
	pub condition: Condition,
	/// By which means it is recorded.
	pub tool: Tool,
	/// The data that it used.
	pub used: BoundedVec<DataId, ConstU32<USED_MAX>>,
}

/// By what an item of data can be found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Name<AccountId> {
	/// By its digest, which its owner has on record once.
	Digest,
	/// By a name of its own, and where it is a document by its digest as well.
	Subject {
		/// The name.
		subject: RecordSubject<AccountId>,
		/// Whether it is a document.
		is_document: bool,
	},
}

/// An item of data that is to be inserted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewData<AccountId> {
	/// What it is.
	pub kind: DataKind,
	/// Its version.
	pub version: u32,
	/// The year that it is about.
	pub period: Option<Vintage>,
	/// By what it can be found.
	pub name: Name<AccountId>,
	/// To whom it belongs.
	pub owner: AccountId,
	/// What it consists of.
	pub content: Content,
	/// How it is protected.
	pub protection: Option<Protection>,
	/// Where it comes from at first.
	pub origin: DataOrigin<AccountId>,
	/// What it derives from.
	pub derived_from: BoundedVec<Source, ConstU32<SOURCES_MAX>>,
}

/// What an activity does to data on record that it uses.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Effect {
	/// Nothing.
	None,
	/// The first item that it generates holds in their place.
	Supersedes(DataId),
	/// They are void.
	Invalidates(DataId),
}

/// One activity with all that it uses, generates and changes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Insertion<AccountId> {
	/// The activity.
	pub activity: NewActivity<AccountId>,
	/// The data that it generates.
	pub generated: BoundedVec<NewData<AccountId>, ConstU32<GENERATED_MAX>>,
	/// What it does to data that it uses.
	pub effect: Effect,
}

/// The numbers of what was inserted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Inserted {
	/// Of the activity.
	pub activity: ActivityId,
	/// Of the first item of data.
	pub first: DataId,
	/// How many items there are.
	pub count: u32,
}

type Sources = BoundedVec<DataId, ConstU32<SOURCES_MAX>>;

/// What the checks have found out, so that writing reads nothing again.
struct Checked<AccountId> {
	heads: Heads,
	inserted: Inserted,
	/// The records of what is used, in its order.
	used: Vec<DataRecord<AccountId>>,
	/// The sources of each new item.
	sources: Vec<Sources>,
}

/// Insert an activity at the moment `now`.
///
/// # Errors
/// Whatever P1 to P8 forbid. Nothing is written then.
pub fn insert<AccountId: Clone + PartialEq, Store: GraphStore<AccountId>>(
	store: &mut Store,
	insertion: Insertion<AccountId>,
	now: Moment,
) -> Result<Inserted, GraphError> {
	let checked = check(store, &insertion, now)?;
	Ok(write(store, insertion, checked))
}

fn check<AccountId: Clone + PartialEq, Store: GraphStore<AccountId>>(
	store: &Store,
	insertion: &Insertion<AccountId>,
	now: Moment,
) -> Result<Checked<AccountId>, GraphError> {
	let activity = &insertion.activity;
	ensure!(
		!activity.used.is_empty() || !insertion.generated.is_empty(),
		GraphError::NothingRecorded
	);
	check_times(activity, now)?;
	let mut heads = store.heads();
	let inserted = Inserted {
		activity: ActivityId(heads.activities),
		first: DataId(heads.data),
		count: insertion.generated.len() as u32,
	};
	heads.activities = heads
		.activities
		.checked_add(1)
		.ok_or(GraphError::NumbersExhausted)?;
	heads.data = heads
		.data
		.checked_add(inserted.count.into())
		.ok_or(GraphError::NumbersExhausted)?;

	let used = check_used(store, activity)?;
	check_effect(insertion, &used)?;
	check_trigger(store, activity, inserted.activity)?;
	check_order(insertion)?;
	let sources = insertion
		.generated
		.iter()
		.map(|data| sources_of(data, &activity.used, &inserted))
		.collect::<Result<Vec<_>, _>>()?;
	for (place, data) in insertion.generated.iter().enumerate() {
		check_digest(store, data, &insertion.generated[..place])?;
		check_device(store, data, activity)?;
	}
	Ok(Checked {
		heads,
		inserted,
		used,
		sources,
	})
}

/// P7: an activity does not end before it begins, nor later than it is recorded.
fn check_times<AccountId>(activity: &NewActivity<AccountId>, now: Moment) -> Result<(), GraphError> {
	ensure!(
		sound(Rule::Times, activity.started_at <= activity.ended_at),
		GraphError::TimeReversed
	);
	ensure!(
		sound(Rule::Times, activity.ended_at <= now),
		GraphError::TimeInFuture
	);
	Ok(())
}

/// P1 and P4: what is used is there, was generated before the activity ended, and is not void.
fn check_used<AccountId, Store: GraphStore<AccountId>>(
	store: &Store,
	activity: &NewActivity<AccountId>,
) -> Result<Vec<DataRecord<AccountId>>, GraphError> {
	let mut records = Vec::with_capacity(activity.used.len());
	for (place, id) in activity.used.iter().enumerate() {
		ensure!(!activity.used[..place].contains(id), GraphError::UsedTwice);
		let record = store.data(*id).ok_or(GraphError::DataUnknown)?;
		ensure!(
			sound(Rule::Use, record.generated_at <= activity.ended_at),
			GraphError::UsedBeforeGeneration
		);
		ensure!(
			sound(Rule::Void, !matches!(record.state, DataState::Invalidated { .. })),
			GraphError::DataInvalidated
		);
		records.push(record);
	}
	Ok(records)
}

/// P9: only what holds can be replaced, by something that is generated, and only what is used changes.
fn check_effect<AccountId>(
	insertion: &Insertion<AccountId>,
	used: &[DataRecord<AccountId>],
) -> Result<(), GraphError> {
	let state_of = |id: DataId| {
		let place = insertion.activity.used.iter().position(|used| *used == id);
		place
			.and_then(|place| used.get(place))
			.map(|record| record.state)
			.ok_or(GraphError::SourceNotUsed)
	};
	match insertion.effect {
		Effect::None => Ok(()),
		// What is void has been refused as used already.
		Effect::Invalidates(id) => state_of(id).map(|_| ()),
		Effect::Supersedes(id) => {
			let holds = state_of(id)? == DataState::Valid && !insertion.generated.is_empty();
			ensure!(sound(Rule::State, holds), GraphError::DataNotValid);
			Ok(())
		}
	}
}

/// P6: what set the activity off is there, and did not come later.
fn check_trigger<AccountId, Store: GraphStore<AccountId>>(
	store: &Store,
	activity: &NewActivity<AccountId>,
	next: ActivityId,
) -> Result<(), GraphError> {
	match activity.condition.trigger {
		Trigger::None => Ok(()),
		Trigger::Activity(id) => {
			ensure!(sound(Rule::Trigger, id < next), GraphError::TriggerUnknown);
			let in_time = match store.activity(id) {
				Some(trigger) => trigger.started_at <= activity.ended_at,
				None => false,
			};
			ensure!(sound(Rule::Trigger, in_time), GraphError::TriggerLater);
			Ok(())
		}
		Trigger::Data(id) => {
			let trigger = store.data(id).ok_or(GraphError::TriggerUnknown)?;
			ensure!(
				sound(Rule::Trigger, trigger.generated_at <= activity.started_at),
				GraphError::TriggerLater
			);
			ensure!(
				sound(
					Rule::Void,
					!matches!(trigger.state, DataState::Invalidated { .. })
				),
				GraphError::DataInvalidated
			);
			Ok(())
		}
	}
}

/// P3: no item derives from itself, by way of whichever others.
///
/// What is on record derives from what was there before, so that only the new items can close a circle. An item is settled once all of
/// its sources are. Where a round settles none, the rest are in a circle or behind one.
fn check_order<AccountId>(insertion: &Insertion<AccountId>) -> Result<(), GraphError> {
	let generated = &insertion.generated;
	let mut settled = alloc::vec![false; generated.len()];
	for _ in 0..generated.len() {
		let mut moved = false;
		for (place, data) in generated.iter().enumerate() {
			let mut is_ready = true;
			for source in &data.derived_from {
				if let Source::New(of) = source {
					is_ready &= *settled.get(usize::from(*of)).ok_or(GraphError::SourceUnknown)?;
				}
			}
			if is_ready && !settled[place] {
				settled[place] = true;
				moved = true;
			}
		}
		if !moved {
			break;
		}
	}
	ensure!(
		sound(Rule::Derivation, settled.iter().all(|is_settled| *is_settled)),
		GraphError::DerivationCycle
	);
	Ok(())
}

/// P1: what data derive from is used by their activity, or generated by it.
fn sources_of<AccountId>(
	data: &NewData<AccountId>,
	used: &[DataId],
	inserted: &Inserted,
) -> Result<Sources, GraphError> {
	let mut sources = Sources::default();
	for source in &data.derived_from {
		let id = match source {
			Source::Known(id) => {
				ensure!(sound(Rule::Use, used.contains(id)), GraphError::SourceNotUsed);
				*id
			}
			// The numbers have been counted, so that this cannot be too large.
			Source::New(place) => DataId(inserted.first.0.saturating_add(u64::from(*place))),
		};
		ensure!(!sources.contains(&id), GraphError::SourceTwice);
		// The two bounds are the same.
		sources.try_push(id).map_err(|_| GraphError::SourceTwice)?;
	}
	if let Some(primary) = data.origin.primary_source {
		let is_source = data.derived_from.contains(&Source::Known(primary));
		ensure!(is_source, GraphError::PrimarySourceMissing);
	}
	Ok(sources)
}

/// P2: no owner has the same data twice, also not within one insertion.
fn check_digest<AccountId: PartialEq, Store: GraphStore<AccountId>>(
	store: &Store,
	data: &NewData<AccountId>,
	before: &[NewData<AccountId>],
) -> Result<(), GraphError> {
	if data.name != Name::Digest {
		return Ok(());
	}
	let digest = &data.content.digest;
	let is_new = !store.is_digest_known(digest, &data.owner)
		&& !before
			.iter()
			.any(|other| other.owner == data.owner && other.content.digest == *digest);
	ensure!(sound(Rule::Generation, is_new), GraphError::DigestKnown);
	Ok(())
}

/// P8: a device is registered as one.
fn check_device<AccountId: PartialEq, Store: GraphStore<AccountId>>(
	store: &Store,
	data: &NewData<AccountId>,
	activity: &NewActivity<AccountId>,
) -> Result<(), GraphError> {
	let Some(device) = &data.origin.device else {
		return Ok(());
	};
	let kind = if *device == activity.entity {
		Some(activity.entity_record.kind)
	} else {
		store.entity(device).map(|record| record.kind)
	};
	ensure!(kind == Some(EntityKind::Device), GraphError::DeviceUnknown);
	Ok(())
}

fn write<AccountId: Clone, Store: GraphStore<AccountId>>(
	store: &mut Store,
	insertion: Insertion<AccountId>,
	checked: Checked<AccountId>,
) -> Inserted {
	let Insertion {
		activity,
		generated,
		effect,
	} = insertion;
	let Checked {
		mut heads,
		inserted,
		used,
		sources,
	} = checked;

	for (id, record) in activity.used.iter().zip(used) {
		store.add_use(*id, inserted.activity);
		let state = match effect {
			Effect::Supersedes(other) if other == *id => DataState::Superseded { by: inserted.first },
			Effect::Invalidates(other) if other == *id => DataState::Invalidated {
				by: inserted.activity,
			},
			_ => continue,
		};
		store.set_data(*id, DataRecord { state, ..record });
	}
	let ids = (inserted.first.0..).map(DataId);
	for ((id, data), derived_from) in ids.zip(generated).zip(sources) {
		write_data(store, id, data, derived_from, &activity, inserted.activity);
	}
	write_activity(store, &mut heads, activity, inserted);
	store.set_heads(heads);
	inserted
}

fn write_data<AccountId, Store: GraphStore<AccountId>>(
	store: &mut Store,
	id: DataId,
	data: NewData<AccountId>,
	derived_from: Sources,
	activity: &NewActivity<AccountId>,
	generated_by: ActivityId,
) {
	let subject = match data.name {
		Name::Digest => {
			store.set_digest(&data.content.digest, &data.owner, id);
			None
		}
		Name::Subject { subject, is_document } => {
			if is_document {
				store.set_digest(&data.content.digest, &data.owner, id);
			}
			store.set_subject(&subject, id);
			Some(subject)
		}
	};
	let record = DataRecord {
		kind: data.kind,
		version: data.version,
		period: data.period,
		subject,
		owner: data.owner,
		content: data.content,
		protection: data.protection,
		origin: data.origin,
		state: DataState::Valid,
		generated_by,
		derived_from,
		generated_at: activity.ended_at,
	};
	store.set_data(id, record);
}

fn write_activity<AccountId: Clone, Store: GraphStore<AccountId>>(
	store: &mut Store,
	heads: &mut Heads,
	activity: NewActivity<AccountId>,
	inserted: Inserted,
) {
	let id = inserted.activity;
	let previous_of_kind = match activity.kind.place() {
		// There are as many places as named kinds.
		Ok(place) => heads
			.last_of_kind
			.get_mut(place)
			.and_then(|last| last.replace(id)),
		Err(code) => {
			let previous = store.last_of_other(code);
			store.set_last_of_other(code, id);
			previous
		}
	};
	let mut entity = activity.entity_record;
	let previous_of_entity = entity.last_activity.replace(id);
	let record = ActivityRecord {
		kind: activity.kind,
		entity: activity.entity.clone(),
		on_behalf_of: entity.on_behalf_of.clone(),
		started_at: activity.started_at,
		ended_at: activity.ended_at,
		block: activity.block,
		space: activity.space,
		condition: activity.condition,
		tool: activity.tool,
		used: activity.used,
		generated_first: inserted.first,
		generated_count: inserted.count,
		previous_of_entity,
		previous_of_kind,
	};
	store.set_entity(&activity.entity, entity);
	store.add_activity(id, record);
}

/// Those in whose name somebody acts who acts for `first`: `first`, the one it acts for, and so on.
///
/// # Errors
/// One of them is not known, or there are more than [`DELEGATION_MAX`].
pub fn principals<AccountId: Clone, Store: GraphStore<AccountId>>(
	store: &Store,
	first: Option<AccountId>,
) -> Result<Vec<AccountId>, GraphError> {
	let mut chain = Vec::new();
	let mut next = first;
	while let Some(who) = next {
		ensure!(
			chain.len() < DELEGATION_MAX as usize,
			GraphError::DelegationTooDeep
		);
		next = store.entity(&who).ok_or(GraphError::EntityUnknown)?.on_behalf_of;
		chain.push(who);
	}
	Ok(chain)
}

/// Whether somebody who acts for `first` acts for `who`: in one of the first steps, however many follow.
///
/// # Errors
/// One of them is not known, or `who` is none of the first [`DELEGATION_MAX`] and there are more.
pub fn acts_for<AccountId: Clone + PartialEq, Store: GraphStore<AccountId>>(
	store: &Store,
	first: Option<AccountId>,
	who: &AccountId,
) -> Result<bool, GraphError> {
	let mut next = first;
	for _ in 0..DELEGATION_MAX {
		let Some(principal) = next else {
			return Ok(false);
		};
		if principal == *who {
			return Ok(true);
		}
		next = store
			.entity(&principal)
			.ok_or(GraphError::EntityUnknown)?
			.on_behalf_of;
	}
	ensure!(next.is_none(), GraphError::DelegationTooDeep);
	Ok(false)
}

/// P5: check that `entity` may act for `first` from now on, with the consent of `caller`.
///
/// # Errors
/// Those of [`principals`]; `entity` would act for itself, or for somebody who neither is nor acts for `caller`.
pub fn check_delegation<AccountId: Clone + PartialEq, Store: GraphStore<AccountId>>(
	store: &Store,
	entity: &AccountId,
	first: Option<AccountId>,
	caller: &AccountId,
) -> Result<(), GraphError> {
	if first.is_none() {
		return Ok(());
	}
	// Its own account may not be on record yet, but it is a circle all the same.
	ensure!(
		sound(Rule::Delegation, first.as_ref() != Some(entity)),
		GraphError::DelegationCycle
	);
	let chain = principals(store, first)?;
	ensure!(
		sound(Rule::Delegation, !chain.contains(entity)),
		GraphError::DelegationCycle
	);
	ensure!(
		sound(Rule::Consent, chain.contains(caller)),
		GraphError::DelegationNotConsented
	);
	Ok(())
}

/// What the engine checks, so that tests and the fuzzer can leave one of them out and see that it is missed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Rule {
	/// P1.
	Use,
	/// P2.
	Generation,
	/// P3.
	Derivation,
	/// P4.
	Void,
	/// P5.
	Delegation,
	/// P5, the consent.
	Consent,
	/// P6.
	Trigger,
	/// P7.
	Times,
	/// P9.
	State,
}

/// Whether the check `rule`, whose outcome is `holds`, is passed.
#[cfg(not(any(test, feature = "fuzzing")))]
fn sound(_: Rule, holds: bool) -> bool {
	holds
}

/// The same in tests, which may leave a rule out.
#[cfg(any(test, feature = "fuzzing"))]
fn sound(rule: Rule, holds: bool) -> bool {
	holds || LEFT_OUT.with(|left_out| left_out.get() == Some(rule))
}

/// Leave `rule` out from now on in this thread, or none.
#[cfg(any(test, feature = "fuzzing"))]
pub fn leave_out(rule: Option<Rule>) {
	LEFT_OUT.with(|left_out| left_out.set(rule));
}

#[cfg(any(test, feature = "fuzzing"))]
std::thread_local! {
	/// The rule that is left out.
	static LEFT_OUT: core::cell::Cell<Option<Rule>> = const { core::cell::Cell::new(None) };
}
