//! Whatever is inserted in whatever order, the engine accepts what a naive graph accepts, and nothing else.
//!
//! The reference adds each insertion to a copy of the whole graph and then searches the copy for everything that must not be: circles
//! from each node on, two items that are the same, uses of what came later, and so on. It shares no code with the engine. Where a check
//! of the engine is left out, the property must fail: otherwise it would show nothing.

use crate::{graph::*, *};
use carbon_primitives::{Digest, Moment, RecordSubject};
use proptest::{
	collection::vec,
	prelude::*,
	test_runner::{Config as Runs, TestCaseError, TestRunner},
};
use std::collections::{BTreeMap, BTreeSet};

type Account = u8;

/// Accounts that are on record from the beginning; the last of them is a device. Those above are unknown at first.
const KNOWN: Account = 11;
const DEVICE: Account = 10;
const UNKNOWN: Account = 13;

/// The graph in memory.
#[derive(Default)]
struct Memory {
	heads: Heads,
	others: BTreeMap<u16, ActivityId>,
	activities: BTreeMap<ActivityId, ActivityRecord<Account>>,
	data: BTreeMap<DataId, DataRecord<Account>>,
	entities: BTreeMap<Account, ExecutionEntity<Account>>,
	digests: BTreeMap<(Digest, Account), DataId>,
	subjects: Vec<(RecordSubject<Account>, DataId)>,
	uses: BTreeSet<(DataId, ActivityId)>,
}

impl GraphStore<Account> for Memory {
	fn heads(&self) -> Heads {
		self.heads.clone()
	}
	fn set_heads(&mut self, heads: Heads) {
		self.heads = heads;
	}
	fn last_of_other(&self, code: u16) -> Option<ActivityId> {
		self.others.get(&code).copied()
	}
	fn set_last_of_other(&mut self, code: u16, id: ActivityId) {
		self.others.insert(code, id);
	}
	fn activity(&self, id: ActivityId) -> Option<ActivityRecord<Account>> {
		self.activities.get(&id).cloned()
	}
	fn add_activity(&mut self, id: ActivityId, record: ActivityRecord<Account>) {
		assert!(
			self.activities.insert(id, record).is_none(),
			"an activity is written once"
		);
	}
	fn data(&self, id: DataId) -> Option<DataRecord<Account>> {
		self.data.get(&id).cloned()
	}
	fn set_data(&mut self, id: DataId, record: DataRecord<Account>) {
		self.data.insert(id, record);
	}
	fn entity(&self, who: &Account) -> Option<ExecutionEntity<Account>> {
		self.entities.get(who).cloned()
	}
	fn set_entity(&mut self, who: &Account, record: ExecutionEntity<Account>) {
		self.entities.insert(*who, record);
	}
	fn is_digest_known(&self, digest: &Digest, owner: &Account) -> bool {
		self.digests.contains_key(&(*digest, *owner))
	}
	fn set_digest(&mut self, digest: &Digest, owner: &Account, id: DataId) {
		self.digests.insert((*digest, *owner), id);
	}
	fn subject(&self, subject: &RecordSubject<Account>) -> Option<DataId> {
		let named = self.subjects.iter().rfind(|(other, _)| other == subject);
		named.map(|(_, id)| *id)
	}
	fn set_subject(&mut self, subject: &RecordSubject<Account>, id: DataId) {
		self.subjects.push((subject.clone(), id));
	}
	fn add_use(&mut self, data: DataId, activity: ActivityId) {
		assert!(self.uses.insert((data, activity)), "a use is noted once");
	}
}

#[derive(Clone, Copy, Debug)]
enum DraftSource {
	/// One of those that are used.
	Used(u8),
	/// Any on record: so many before the newest one, or after it.
	Known(i8),
	/// One that stands before it in the list.
	Before(u8),
	/// Any place of the list, or beyond.
	New(u8),
}

#[derive(Clone, Copy, Debug)]
enum DraftTrigger {
	None,
	/// So many before the newest one.
	Activity(i8),
	Data(i8),
}

#[derive(Clone, Debug)]
struct DraftData {
	owner: Account,
	digest: u16,
	/// By a name of its own; whether it is a document.
	named: Option<bool>,
	sources: Vec<DraftSource>,
	/// Whether sources that are named twice stay so.
	repeats: bool,
	primary: Option<i8>,
	device: Option<Account>,
}

#[derive(Clone, Debug)]
struct Draft {
	entity: Account,
	kind: u8,
	/// How long before now it ended (below zero: after), and how long it took.
	ended_ago: i8,
	took: i8,
	used: Vec<i8>,
	/// Whether data that are named twice stay so.
	repeats: bool,
	generated: Vec<DraftData>,
	trigger: DraftTrigger,
	/// Which of those that it uses it supersedes or voids.
	supersedes: Option<u8>,
	voids: Option<u8>,
}

#[derive(Clone, Debug)]
enum Step {
	Insert(Draft),
	/// Entity, whom it is to act for, who consents.
	Delegate(Account, Option<Account>, Account),
	Wait(u8),
}

fn source() -> impl Strategy<Value = DraftSource> {
	prop_oneof![
		12 => (0..6_u8).prop_map(DraftSource::Used),
		1 => (-2..6_i8).prop_map(DraftSource::Known),
		8 => (0..4_u8).prop_map(DraftSource::Before),
		2 => (0..4_u8).prop_map(DraftSource::New),
	]
}

fn draft_data() -> impl Strategy<Value = DraftData> {
	(
		0..3_u8,
		prop_oneof![19 => any::<u16>(), 1 => 0..6_u16],
		prop_oneof![8 => Just(None), 1 => Just(Some(true)), 1 => Just(Some(false))],
		(
			vec(source(), 0..4),
			prop_oneof![19 => Just(false), 1 => Just(true)],
		),
		prop_oneof![19 => Just(None), 1 => (0..3_i8).prop_map(Some)],
		prop_oneof![19 => Just(None), 2 => Just(Some(DEVICE)), 1 => (0..UNKNOWN).prop_map(Some)],
	)
		.prop_map(
			|(owner, digest, named, (sources, repeats), primary, device)| DraftData {
				owner,
				digest,
				named,
				sources,
				repeats,
				primary,
				device,
			},
		)
}

fn draft() -> impl Strategy<Value = Draft> {
	(
		(0..KNOWN, 0..24_u8),
		prop_oneof![16 => Just(0_i8), 4 => 1..3_i8, 1 => -2..0_i8],
		prop_oneof![19 => 0..3_i8, 1 => -2..0_i8],
		(
			prop_oneof![3 => Just(vec![]), 7 => vec(prop_oneof![29 => 0..6_i8, 1 => -2..0_i8], 1..5)],
			prop_oneof![19 => Just(false), 1 => Just(true)],
		),
		prop_oneof![1 => Just(vec![]), 6 => vec(draft_data(), 1..4)],
		prop_oneof![
			16 => Just(DraftTrigger::None),
			2 => (-1..4_i8).prop_map(DraftTrigger::Activity),
			2 => (-1..4_i8).prop_map(DraftTrigger::Data),
		],
		prop_oneof![9 => Just(None), 1 => (0..2_u8).prop_map(Some)],
		prop_oneof![15 => Just(None), 1 => (0..2_u8).prop_map(Some)],
	)
		.prop_map(
			|((entity, kind), ended_ago, took, (used, repeats), generated, trigger, supersedes, voids)| {
				Draft {
					entity,
					kind,
					ended_ago,
					took,
					used,
					repeats,
					generated,
					trigger,
					supersedes,
					voids,
				}
			},
		)
}

fn step() -> impl Strategy<Value = Step> {
	let who = || 0..UNKNOWN;
	prop_oneof![
		8 => draft().prop_map(Step::Insert),
		4 => (who(), prop_oneof![6 => who().prop_map(Some), 1 => Just(None)], who())
			.prop_map(|(entity, principal, caller)| Step::Delegate(entity, principal, caller)),
		// The caller is the one that is acted for.
		4 => (who(), who()).prop_map(|(entity, caller)| Step::Delegate(entity, Some(caller), caller)),
		3 => (1..4_u8).prop_map(Step::Wait),
	]
}

/// The data so many before the newest one; numbers below zero are none that were given out.
fn data_id(next: u64, back: i8) -> DataId {
	DataId((next as i64 - 1 - i64::from(back)).max(0) as u64)
}

/// The same without repetitions.
fn distinct<Entry: Copy + PartialEq>(all: Vec<Entry>) -> Vec<Entry> {
	let mut kept = Vec::new();
	for entry in all {
		if !kept.contains(&entry) {
			kept.push(entry);
		}
	}
	kept
}

/// Make the item at `place` of an insertion that uses `used`.
fn new_data(draft: &DraftData, place: u8, used: &[DataId], next: u64) -> NewData<Account> {
	let sources = draft.sources.iter().filter_map(|source| match source {
		DraftSource::Used(n) => {
			let n = usize::from(*n).checked_rem(used.len())?;
			Some(Source::Known(used[n]))
		}
		DraftSource::Known(n) => Some(Source::Known(data_id(next, *n))),
		DraftSource::Before(n) => n.checked_rem(place).map(Source::New),
		DraftSource::New(n) => Some(Source::New(*n)),
	});
	let sources: Vec<_> = sources.collect();
	let sources = if draft.repeats { sources } else { distinct(sources) };
	NewData {
		kind: DataKind::Document,
		version: 1,
		period: None,
		name: match draft.named {
			None => Name::Digest,
			Some(is_document) => Name::Subject {
				subject: RecordSubject::Act(draft.digest.into()),
				is_document,
			},
		},
		owner: draft.owner,
		content: Content::of_digest(Digest::from_low_u64_be(draft.digest.into())),
		protection: None,
		origin: DataOrigin {
			primary_source: draft.primary.map(|back| data_id(next, back)),
			device: draft.device,
		},
		derived_from: sources.try_into().unwrap(),
	}
}

/// Make an insertion of a draft.
fn insertion(draft: &Draft, memory: &Memory, now: Moment) -> Insertion<Account> {
	let next = memory.heads.data;
	let ended_at = (now as i64 - i64::from(draft.ended_ago)) as Moment;
	let started_at = (ended_at as i64 - i64::from(draft.took)) as Moment;
	let used = draft.used.iter().map(|back| data_id(next, *back)).collect();
	let used: Vec<_> = if draft.repeats { used } else { distinct(used) };
	let generated: Vec<_> = draft
		.generated
		.iter()
		.enumerate()
		.map(|(place, data)| new_data(data, place as u8, &used, next))
		.collect();
	let one_of = |place: u8| used.get(usize::from(place)).copied();
	let effect = match (draft.supersedes, draft.voids) {
		(Some(place), _) => Effect::Supersedes(one_of(place).unwrap_or(DataId(0))),
		(None, Some(place)) => Effect::Invalidates(one_of(place).unwrap_or(DataId(0))),
		_ => Effect::None,
	};
	let trigger = match draft.trigger {
		DraftTrigger::None => Trigger::None,
		DraftTrigger::Activity(back) => {
			Trigger::Activity(ActivityId(data_id(memory.heads.activities, back).0))
		}
		DraftTrigger::Data(back) => Trigger::Data(data_id(next, back)),
	};
	Insertion {
		activity: NewActivity {
			kind: match usize::from(draft.kind) {
				kind if kind < NAMED_KINDS => ActivityKind::NAMED[kind],
				kind => ActivityKind::Other(kind as u16),
			},
			entity: draft.entity,
			entity_record: memory.entities[&draft.entity].clone(),
			started_at,
			ended_at,
			block: 1,
			space: Space::default(),
			condition: Condition {
				trigger,
				..Condition::default()
			},
			tool: Tool {
				call: None,
				version: 1,
			},
			used: used.try_into().unwrap(),
		},
		generated: generated.try_into().unwrap(),
		effect,
	}
}

/// An item of data, as the reference keeps it.
#[derive(Clone, Debug)]
struct Item {
	owner: Account,
	digest: Digest,
	/// Whether it may be found by its digest, and whether it must be the only one.
	is_found: bool,
	is_unique: bool,
	/// The activity that generated it.
	of: usize,
	sources: Vec<usize>,
	superseded: Option<usize>,
	void: Option<usize>,
}

#[derive(Clone, Debug)]
struct Act {
	entity: Account,
	kind: ActivityKind,
	start: Moment,
	end: Moment,
	used: Vec<usize>,
	trigger: Trigger,
}

/// The naive graph.
#[derive(Clone, Default)]
struct Naive {
	items: Vec<Item>,
	acts: Vec<Act>,
	entities: BTreeMap<Account, Option<Account>>,
}

/// Whether a node can be reached from itself.
fn has_circle(edges: &BTreeMap<usize, Vec<usize>>) -> bool {
	edges.keys().any(|start| {
		let mut seen = BTreeSet::new();
		let mut open = edges[start].clone();
		while let Some(node) = open.pop() {
			if node == *start {
				return true;
			}
			if seen.insert(node) {
				open.extend(edges.get(&node).into_iter().flatten());
			}
		}
		false
	})
}

impl Naive {
	/// The graph with the insertion in it, unless that cannot even be drawn.
	fn with(&self, insertion: &Insertion<Account>) -> Option<Self> {
		let mut graph = self.clone();
		let (first, act) = (self.items.len(), self.acts.len());
		graph.acts.push(Act {
			entity: insertion.activity.entity,
			kind: insertion.activity.kind,
			start: insertion.activity.started_at,
			end: insertion.activity.ended_at,
			used: insertion.activity.used.iter().map(|id| id.0 as usize).collect(),
			trigger: insertion.activity.condition.trigger,
		});
		for data in &insertion.generated {
			let mut sources = Vec::new();
			for source in &data.derived_from {
				sources.push(match source {
					Source::Known(id) if id.0 < first as u64 => id.0 as usize,
					Source::New(place) if usize::from(*place) < insertion.generated.len() => {
						first + usize::from(*place)
					}
					_ => return None,
				});
			}
			let primary = data.origin.primary_source;
			if primary.is_some_and(|id| id.0 >= first as u64 || !sources.contains(&(id.0 as usize))) {
				return None;
			}
			graph.items.push(Item {
				owner: data.owner,
				digest: data.content.digest,
				is_found: !matches!(
					data.name,
					Name::Subject {
						is_document: false,
						..
					}
				),
				is_unique: data.name == Name::Digest,
				of: act,
				sources,
				superseded: None,
				void: None,
			});
		}
		let uses = |id: &DataId| insertion.activity.used.contains(id);
		match &insertion.effect {
			Effect::None => {}
			Effect::Supersedes(id) => {
				let item = graph.items.get(id.0 as usize)?;
				if !uses(id)
					|| insertion.generated.is_empty()
					|| item.superseded.is_some()
					|| item.void.is_some()
				{
					return None;
				}
				graph.items[id.0 as usize].superseded = Some(first);
			}
			Effect::Invalidates(id) => {
				if !uses(id) {
					return None;
				}
				let item = graph.items.get_mut(id.0 as usize)?;
				// Voided twice: the use is found below.
				item.void = Some(item.void.unwrap_or(act));
				item.superseded = None;
			}
		}
		Some(graph)
	}

	/// Whether everything in the graph may be there at the moment `now`.
	fn is_sound(&self, now: Moment) -> bool {
		let derivations = (0..self.items.len())
			.map(|n| (n, self.items[n].sources.clone()))
			.collect();
		!has_circle(&derivations)
			&& self.has_no_second_generation()
			&& (0..self.acts.len()).all(|n| self.is_act_sound(n, now))
			&& self.items.iter().all(|item| {
				let distinct: BTreeSet<_> = item.sources.iter().collect();
				distinct.len() == item.sources.len()
					&& item.sources.iter().all(|source| {
						self.acts[item.of].used.contains(source) || self.items[*source].of == item.of
					})
			})
	}

	fn has_no_second_generation(&self) -> bool {
		self.items.iter().enumerate().all(|(n, item)| {
			let same =
				|other: &Item| other.is_found && other.owner == item.owner && other.digest == item.digest;
			// Where the chain records by itself what is on record already, that is no mistake of whoever calls.
			!item.is_unique || !self.items[..n].iter().any(same)
		})
	}

	fn is_act_sound(&self, n: usize, now: Moment) -> bool {
		let act = &self.acts[n];
		let was_there = |item: usize, until: Moment| {
			self.items.get(item).is_some_and(|item| {
				item.of < n && self.acts[item.of].end <= until && item.void.is_none_or(|void| n <= void)
			})
		};
		let distinct: BTreeSet<_> = act.used.iter().collect();
		let is_triggered = match act.trigger {
			Trigger::None => true,
			Trigger::Activity(id) => (id.0 as usize) < n && self.acts[id.0 as usize].start <= act.end,
			Trigger::Data(id) => was_there(id.0 as usize, act.start),
		};
		act.start <= act.end
			&& act.end <= now
			&& distinct.len() == act.used.len()
			&& act.used.iter().all(|used| was_there(*used, act.end))
			&& is_triggered
			&& (!act.used.is_empty() || self.items.iter().any(|item| item.of == n))
	}

	/// The graph in which `entity` acts for `principal` with the consent of `caller`, if that may be.
	fn delegated(&self, entity: Account, principal: Option<Account>, caller: Account) -> Option<Self> {
		let mut graph = self.clone();
		graph.entities.insert(entity, principal);
		let mut next = principal;
		let mut chain = Vec::new();
		while let Some(who) = next {
			// Where it is the entity itself, it was not known before, or there is a circle.
			if chain.len() as u32 == DELEGATION_MAX || who == entity {
				return None;
			}
			next = *graph.entities.get(&who)?;
			chain.push(who);
		}
		(principal.is_none() || chain.contains(&caller)).then_some(graph)
	}
}

/// The store says what the graph says.
fn check_same(memory: &Memory, graph: &Naive) -> Result<(), TestCaseError> {
	prop_assert_eq!(memory.data.len(), graph.items.len());
	prop_assert_eq!(memory.activities.len(), graph.acts.len());
	for (item, (id, record)) in graph.items.iter().zip(&memory.data) {
		let sources: Vec<_> = record.derived_from.iter().map(|id| id.0 as usize).collect();
		prop_assert_eq!(&sources, &item.sources);
		prop_assert_eq!(record.generated_by.0 as usize, item.of);
		let state = match (item.superseded, item.void) {
			(_, Some(by)) => DataState::Invalidated {
				by: ActivityId(by as u64),
			},
			(Some(by), None) => DataState::Superseded {
				by: DataId(by as u64),
			},
			(None, None) => DataState::Valid,
		};
		prop_assert_eq!(record.state, state);
		let activity = &memory.activities[&record.generated_by];
		prop_assert!(activity.generated().any(|generated| generated == *id));
	}
	let mut uses = BTreeSet::new();
	for (n, (act, record)) in graph.acts.iter().zip(memory.activities.values()).enumerate() {
		uses.extend(
			act.used
				.iter()
				.map(|used| (DataId(*used as u64), ActivityId(n as u64))),
		);
		let before = |is: fn(&Act, &Act) -> bool| {
			let last = graph.acts[..n].iter().rposition(|other| is(other, act));
			last.map(|last| ActivityId(last as u64))
		};
		prop_assert_eq!(
			record.previous_of_kind,
			before(|one, other| one.kind == other.kind)
		);
		prop_assert_eq!(
			record.previous_of_entity,
			before(|one, other| one.entity == other.entity)
		);
	}
	prop_assert_eq!(&memory.uses, &uses);
	for (account, principal) in &graph.entities {
		prop_assert_eq!(memory.entities[account].on_behalf_of, *principal);
	}
	Ok(())
}

/// How many insertions were accepted and refused, so that neither is rare.
type Tally = std::cell::Cell<(u32, u32)>;

fn check_steps(steps: &[Step], tally: &Tally) -> Result<(), TestCaseError> {
	let (mut memory, mut graph) = (Memory::default(), Naive::default());
	for account in 0..KNOWN {
		let kind = if account == DEVICE {
			EntityKind::Device
		} else {
			EntityKind::Organisation
		};
		memory.entities.insert(account, ExecutionEntity::of_kind(kind, 0));
		graph.entities.insert(account, None);
	}
	let mut now = 100;
	for step in steps {
		match step {
			Step::Wait(time) => now += Moment::from(*time),
			Step::Delegate(entity, principal, caller) => {
				let after = graph.delegated(*entity, *principal, *caller);
				let outcome = check_delegation(&memory, entity, *principal, caller);
				prop_assert_eq!(outcome.is_ok(), after.is_some(), "{:?}: {:?}", step, outcome);
				if let Some(after) = after {
					graph = after;
					let record = memory
						.entity(entity)
						.unwrap_or_else(|| ExecutionEntity::of_kind(EntityKind::Organisation, now));
					let on_behalf_of = *principal;
					memory.set_entity(
						entity,
						ExecutionEntity {
							on_behalf_of,
							..record
						},
					);
				}
			}
			Step::Insert(draft) => {
				let insertion = insertion(draft, &memory, now);
				let device_is_one = insertion
					.generated
					.iter()
					.filter_map(|data| data.origin.device)
					.all(|device| device == DEVICE);
				let after = graph
					.with(&insertion)
					.filter(|after| device_is_one && after.is_sound(now));
				let outcome = insert(&mut memory, insertion, now);
				prop_assert_eq!(outcome.is_ok(), after.is_some(), "{:?}: {:?}", step, outcome);
				let (accepted, refused) = tally.get();
				match after {
					Some(after) => {
						graph = after;
						tally.set((accepted + 1, refused));
					}
					None => tally.set((accepted, refused + 1)),
				}
			}
		}
	}
	check_same(&memory, &graph)
}

fn run(cases: u32, shrinks: u32) -> (bool, (u32, u32)) {
	let runs = Runs {
		cases,
		max_shrink_iters: shrinks,
		failure_persistence: None,
		..Runs::default()
	};
	let tally = Tally::default();
	let outcome = TestRunner::new(runs).run(&vec(step(), 1..80), |steps| check_steps(&steps, &tally));
	if let Err(error) = &outcome {
		if shrinks > 0 {
			std::eprintln!("{error}");
		}
	}
	(outcome.is_ok(), tally.get())
}

#[test]
fn the_engine_should_accept_what_a_naive_graph_accepts() {
	let (holds, (accepted, refused)) = run(400, 4_000);
	assert!(holds);
	std::println!("{accepted} insertions were accepted, {refused} refused");
	assert!(accepted > 1_000 && refused > 1_000, "{accepted} {refused}");
}

#[test]
fn a_check_that_is_left_out_should_be_missed() {
	for rule in [
		Rule::Use,
		Rule::Generation,
		Rule::Derivation,
		Rule::Void,
		Rule::Delegation,
		Rule::Consent,
		Rule::Trigger,
		Rule::Times,
		Rule::State,
	] {
		leave_out(Some(rule));
		// It ends with the first violation, so that many cases cost nothing, and none is missed by chance.
		let (holds, _) = run(4_000, 0);
		leave_out(None);
		assert!(!holds, "nobody misses {rule:?}");
	}
}
