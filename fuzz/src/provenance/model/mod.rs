//! A second graph, written as simply as possible: lists, which are searched from one end to the other. It says of each call whether it
//! has to be refused and for which reasons, and otherwise what the pallet has to store and to tell. It shares nothing with the pallet but
//! the types of its records.

mod compare;
mod lineage;
mod verdict;

pub use lineage::lineage;

use super::runtime::{AccountId, Authority, Chain, Now, Software, System, MARKETS_MAX};
use carbon_primitives::{AssetId, Digest, Moment, RecordKind, RecordSubject};
use carbon_traits::{Doer, Happening, Matched};
use frame_support::BoundedVec;
use pallet_provenance::{
	codes_of, ActivityId, ActivityKind, ActivityRecord, Condition, Content, DataId, DataInput, DataOrigin,
	DataRecord, DataState, EntityKind, Event, ExecutionEntity, Source, Space, Tool,
};
use sp_io::hashing::blake2_256;
use std::collections::BTreeMap;
use verdict::Reasons;

/// The graph.
#[derive(Clone, Default)]
pub struct Model {
	/// Data, by their numbers.
	pub items: Vec<DataRecord<AccountId>>,
	/// Activities, by their numbers.
	pub acts: Vec<ActivityRecord<AccountId>>,
	/// Execution entities.
	pub entities: BTreeMap<AccountId, ExecutionEntity<AccountId>>,
	/// Markets whose trades are not recorded yet, in the order in which they began to trade.
	pub waiting: Vec<(AssetId, Vec<Trades>)>,
	/// What the pallet has to tell in this step.
	pub told: Vec<Event<Chain>>,
}

/// Trades of one order.
#[derive(Clone)]
pub struct Trades {
	block: u32,
	at: Moment,
	digest: Digest,
	fills: u32,
	tonnes: u128,
}

/// An activity that is to be added.
struct Draft {
	entity: AccountId,
	/// The number of the statement that the entity has signed.
	sequence: Option<u64>,
	kind: ActivityKind,
	start: Moment,
	end: Moment,
	space: Space,
	condition: Condition,
	call: Option<u8>,
	used: Vec<DataId>,
	new: Vec<NewItem>,
	supersedes: Option<DataId>,
	voids: Option<DataId>,
}

/// An item of data that is to be added.
struct NewItem {
	input: DataInput<AccountId>,
	version: u32,
	owner: AccountId,
	subject: Option<RecordSubject<AccountId>>,
}

/// Fail with `sentence` unless `holds`.
pub fn ensure(holds: bool, sentence: &str) -> Result<(), String> {
	holds.then_some(()).ok_or_else(|| sentence.into())
}

/// The number of this block.
fn block() -> u32 {
	u32::try_from(System::block_number()).unwrap_or(u32::MAX)
}

/// Whether data of this name can be found by their digest as well.
fn is_document(subject: &RecordSubject<AccountId>) -> bool {
	matches!(subject, RecordSubject::Report { .. } | RecordSubject::Penalty(_))
}

/// The year that data of a name are about.
fn year_of(subject: &RecordSubject<AccountId>) -> Option<carbon_primitives::Vintage> {
	match subject {
		RecordSubject::Allocation { year, .. }
		| RecordSubject::Report { year, .. }
		| RecordSubject::Verification { year, .. }
		| RecordSubject::Emissions { year, .. } => Some(*year),
		_ => None,
	}
}

impl Model {
	pub fn item(&self, id: DataId) -> Option<&DataRecord<AccountId>> {
		self.items.get(usize::try_from(id.0).ok()?)
	}

	/// The newest data of a name.
	fn newest(&self, subject: &RecordSubject<AccountId>) -> Option<DataId> {
		let found = self
			.items
			.iter()
			.rposition(|item| item.subject.as_ref() == Some(subject));
		found.map(|at| DataId(at as u64))
	}

	/// Those in whose name somebody acts who acts for `first`, the nearest first.
	fn principals(&self, first: Option<AccountId>) -> Vec<AccountId> {
		let mut chain = Vec::new();
		let mut next = first;
		while let Some(who) = next {
			// Nothing is longer than all of them, unless there is a circle.
			if chain.len() > self.entities.len() {
				break;
			}
			next = self
				.entities
				.get(&who)
				.and_then(|record| record.on_behalf_of.clone());
			chain.push(who);
		}
		chain
	}

	/// Those in whose name `who` acts.
	fn principals_of(&self, who: &AccountId) -> Vec<AccountId> {
		let record = self.entities.get(who);
		self.principals(record.and_then(|record| record.on_behalf_of.clone()))
	}

	/// To whom data belong that `who` generates.
	fn owner_for(&self, who: &AccountId) -> AccountId {
		self.principals_of(who).pop().unwrap_or_else(|| who.clone())
	}

	/// Let `who` be known, if it is not.
	fn make_known(&mut self, who: &AccountId) {
		if self.entities.contains_key(who) {
			return;
		}
		let kind = match who {
			who if *who == Authority::get() => EntityKind::Authority,
			who if *who == Software::get() => EntityKind::Software,
			_ => EntityKind::Organisation,
		};
		let record = ExecutionEntity::of_kind(kind, Now::get());
		self.told.push(Event::EntityDescribed {
			account: who.clone(),
			by: None,
			description: record.description(),
		});
		self.entities.insert(who.clone(), record);
	}

	/// Add an activity against which nothing speaks, and tell it.
	fn add(&mut self, draft: Draft) {
		let (id, first) = (
			ActivityId(self.acts.len() as u64),
			DataId(self.items.len() as u64),
		);
		self.make_known(&draft.entity);
		for used in &draft.used {
			let item = &mut self.items[used.0 as usize];
			if draft.supersedes == Some(*used) {
				item.state = DataState::Superseded { by: first };
			}
			if draft.voids == Some(*used) {
				item.state = DataState::Invalidated { by: id };
			}
		}
		let count = draft.new.len() as u32;
		self.add_items(draft.new, id, first, draft.end);
		let last_of = |is_it: &dyn Fn(&ActivityRecord<AccountId>) -> bool| {
			let found = self.acts.iter().rposition(is_it);
			found.map(|at| ActivityId(at as u64))
		};
		let previous_of_entity = last_of(&|act| act.entity == draft.entity);
		let previous_of_kind = last_of(&|act| act.kind == draft.kind);
		let mut on_behalf_of = None;
		if let Some(record) = self.entities.get_mut(&draft.entity) {
			record.last_activity = Some(id);
			record.sequence = draft.sequence.unwrap_or(record.sequence);
			on_behalf_of = record.on_behalf_of.clone();
		}
		self.told.push(Event::Recorded {
			id,
			kind: draft.kind,
			entity: draft.entity.clone(),
			generated_first: first,
			generated_count: count,
		});
		self.acts.push(ActivityRecord {
			kind: draft.kind,
			entity: draft.entity,
			on_behalf_of,
			started_at: draft.start,
			ended_at: draft.end,
			block: block(),
			space: draft.space,
			condition: draft.condition,
			tool: Tool {
				call: draft.call.map(|call| (super::runtime::PALLET, call)),
				version: 0,
			},
			used: BoundedVec::truncate_from(draft.used),
			generated_first: first,
			generated_count: count,
			previous_of_entity,
			previous_of_kind,
		});
	}

	/// Add the items of an activity, which ended at a moment.
	fn add_items(&mut self, new_items: Vec<NewItem>, by: ActivityId, first: DataId, at: Moment) {
		for new in new_items {
			let sources = new.input.derived_from.iter().map(|source| match source {
				Source::Known(id) => *id,
				Source::New(place) => DataId(first.0 + u64::from(*place)),
			});
			self.items.push(DataRecord {
				kind: new.input.kind,
				version: new.version,
				period: new.input.period,
				subject: new.subject,
				owner: new.owner,
				content: new.input.content,
				protection: new.input.protection,
				origin: new.input.origin,
				state: DataState::Valid,
				generated_by: by,
				derived_from: BoundedVec::truncate_from(sources.collect()),
				generated_at: at,
			});
		}
	}

	/// Something happens that is recorded by itself. Nothing may speak against it.
	pub fn happen(&mut self, happening: &Happening<AccountId>) -> Result<(), String> {
		if !super::runtime::is_recorded(happening.kind) {
			return Ok(());
		}
		let data = DataId(self.items.len() as u64);
		self.add_happening(happening, Now::get(), Now::get())?;
		let item = self.item(data).ok_or("a happening leaves no data")?;
		let told = Event::HappeningRecorded {
			data,
			subject: happening.subject.clone(),
			owner: item.owner.clone(),
			digest: happening.digest,
			derived_from: item.derived_from.clone(),
		};
		self.told.push(told);
		Ok(())
	}

	/// What a happening uses: the newest data of the names that it gives, and of its own.
	fn sources_of(&self, happening: &Happening<AccountId>) -> Vec<DataId> {
		let mut used: Vec<DataId> = Vec::new();
		for id in happening
			.uses
			.iter()
			.map(|subject| self.newest(subject))
			.chain([self.newest(&happening.subject)])
		{
			used.extend(id.filter(|id| !used.contains(id)));
		}
		used
	}

	fn add_happening(
		&mut self,
		happening: &Happening<AccountId>,
		start: Moment,
		end: Moment,
	) -> Result<(), String> {
		let entity = match happening.by {
			Doer::Account(who) => who.clone(),
			Doer::Regulator => Authority::get(),
			Doer::Chain => Software::get(),
		};
		let owner = happening.owner.cloned().unwrap_or_else(|| entity.clone());
		let earlier = self.newest(&happening.subject);
		let used = self.sources_of(happening);
		let holds = earlier.filter(|id| self.item(*id).is_some_and(|item| item.state == DataState::Valid));
		let supersedes = holds.filter(|_| happening.supersedes);
		let version = earlier
			.and_then(|id| self.item(id))
			.map_or(1, |item| item.version + 1);
		let (kind, data_kind) = codes_of(happening.kind);
		let input = DataInput {
			kind: data_kind,
			period: year_of(&happening.subject),
			content: Content::of_digest(happening.digest),
			protection: None,
			origin: DataOrigin {
				primary_source: None,
				device: None,
			},
			derived_from: BoundedVec::truncate_from(used.iter().copied().map(Source::Known).collect()),
		};
		let draft = Draft {
			entity,
			sequence: None,
			kind,
			start,
			end,
			space: Space::default(),
			condition: Condition::default(),
			call: None,
			used,
			new: vec![NewItem {
				input,
				version,
				owner: owner.clone(),
				subject: Some(happening.subject.clone()),
			}],
			supersedes,
			voids: None,
		};
		let mut reasons = Reasons::default();
		self.weigh(&draft, &mut reasons);
		if !reasons.is_empty() {
			return Err(format!(
				"a happening cannot be recorded: {reasons:?}: {happening:?}"
			));
		}
		let first = DataId(self.items.len() as u64);
		self.add(draft);
		self.make_known(&owner);
		if let RecordSubject::Participant(account) = &happening.subject {
			self.make_known(account);
		}
		self.told
			.extend(supersedes.map(|id| Event::Superseded { id, by: first }));
		Ok(())
	}

	/// Orders of a market trade.
	pub fn trade(&mut self, matched: &Matched<AccountId>) {
		if !super::runtime::is_recorded(RecordKind::Matching) {
			return;
		}
		let trades = Trades {
			block: block(),
			at: Now::get(),
			digest: matched.digest,
			fills: matched.fills,
			tonnes: matched.tonnes,
		};
		let known = self.waiting.iter_mut().find(|(asset, _)| *asset == matched.asset);
		if let Some((_, all)) = known {
			all.push(trades);
		} else if self.waiting.len() < MARKETS_MAX as usize {
			self.waiting.push((matched.asset, vec![trades]));
		} else {
			let error = pallet_provenance::Error::<Chain>::TooManyMarkets;
			self.told.push(Event::NotRecorded {
				kind: RecordKind::Matching,
				subject: RecordSubject::Matching {
					asset: matched.asset,
					block: block(),
				},
				error: error.into(),
			});
		}
	}

	/// A block records what traded in earlier ones, of so many markets at most.
	pub fn block(&mut self, markets: usize) -> Result<(), String> {
		let mut left = Vec::new();
		let mut recorded = 0;
		for (asset, trades) in core::mem::take(&mut self.waiting) {
			let due = trades.first().is_some_and(|first| first.block < block());
			if !due || recorded == markets {
				left.push((asset, trades));
				continue;
			}
			recorded += 1;
			let fold = fold_of(asset, &trades).ok_or("a market waits without trades")?;
			let happening = Happening {
				kind: RecordKind::Matching,
				by: Doer::Chain,
				owner: None,
				subject: RecordSubject::Matching {
					asset,
					block: fold.from_block,
				},
				digest: fold.digest,
				uses: &[],
				supersedes: false,
			};
			self.add_happening(&happening, fold.started_at, fold.ended_at)?;
			self.told.push(Event::TradesRecorded {
				id: ActivityId(self.acts.len() as u64 - 1),
				asset,
				from_block: fold.from_block,
				to_block: fold.to_block,
				digest: fold.digest,
				fills: fold.fills,
				tonnes: fold.tonnes,
			});
		}
		self.waiting = left;
		Ok(())
	}
}

/// All trades of a market that wait.
fn fold_of(asset: AssetId, trades: &[Trades]) -> Option<pallet_provenance::Fold> {
	let (first, last) = (trades.first()?, trades.last()?);
	let digest = trades.iter().fold([0; 32], |before, next| {
		blake2_256(&[before.as_slice(), next.digest.as_bytes()].concat())
	});
	Some(pallet_provenance::Fold {
		asset,
		from_block: first.block,
		to_block: last.block,
		started_at: first.at,
		ended_at: last.at,
		digest: digest.into(),
		fills: trades
			.iter()
			.fold(0, |sum: u32, next| sum.saturating_add(next.fills)),
		tonnes: trades
			.iter()
			.fold(0, |sum: u128, next| sum.saturating_add(next.tonnes)),
	})
}
