//! What speaks against a call. All reasons are found, in no order: the pallet has to give one of them.

use super::{Draft, Model, NewItem};
use crate::provenance::runtime::{AccountId, Admitted, Chain, Now};
use frame_support::BoundedVec;
use pallet_provenance::{
	ActivityInput, ActivityKind, Call, Condition, Content, DataId, DataInput, DataOrigin, DataRecord,
	DataState, EntityDescription, EntityKind, Event, ExecutionEntity, Proof, Source, Space, Trigger,
	DELEGATION_MAX,
};
use std::collections::BTreeSet;

/// The names of the errors that a call may be refused with; none where it has to be accepted.
pub type Reasons = BTreeSet<&'static str>;

fn object(reasons: &mut Reasons, holds: bool, reason: &'static str) {
	if !holds {
		reasons.insert(reason);
	}
}

/// Whether a text is UTF-8 without control characters.
fn is_plain(text: &[u8]) -> bool {
	String::from_utf8(text.to_vec()).is_ok_and(|text| text.chars().all(|each| !each.is_control()))
}

fn is_content_plain(content: &Content) -> bool {
	is_plain(&content.media_type) && is_plain(&content.locator)
}

fn has_repetition<T: PartialEq>(all: &[T]) -> bool {
	(0..all.len()).any(|at| all[..at].contains(&all[at]))
}

/// Whether one of the new items derives from itself, by way of whichever others.
fn has_circle(new: &[NewItem]) -> bool {
	let sources = |place: usize| {
		let all = new.get(place).into_iter().flat_map(|new| &new.input.derived_from);
		all.filter_map(|source| match source {
			Source::New(place) => Some(usize::from(*place)),
			Source::Known(_) => None,
		})
	};
	(0..new.len()).any(|start| {
		let mut seen = BTreeSet::new();
		let mut open: Vec<_> = sources(start).collect();
		while let Some(place) = open.pop() {
			if place == start {
				return true;
			}
			if seen.insert(place) {
				open.extend(sources(place));
			}
		}
		false
	})
}

const fn is_void(item: &DataRecord<AccountId>) -> bool {
	matches!(item.state, DataState::Invalidated { .. })
}

impl Model {
	/// What speaks against a call. Where nothing does, it is taken in.
	pub fn call(&mut self, caller: &AccountId, call: &Call<Chain>, is_genuine: bool) -> Reasons {
		let mut reasons = Reasons::new();
		object(&mut reasons, Admitted::get().contains(caller), "NotAdmitted");
		match call {
			Call::register_entity {
				entity,
				description,
				proof,
			} => {
				self.weigh_description(
					caller,
					entity,
					description,
					proof.as_ref(),
					is_genuine,
					&mut reasons,
				);
				if reasons.is_empty() {
					self.describe(caller, entity, description, proof.as_ref());
				}
			}
			Call::record { activity, proof } => {
				self.weigh_statement(caller, activity, proof.as_ref(), is_genuine, &mut reasons);
				let draft = self.draft_of_record(activity, proof.as_ref());
				self.take(draft, &mut reasons);
			}
			Call::anchor {
				kind,
				content,
				period,
				protection,
			} => {
				object(&mut reasons, is_content_plain(content), "TextNotPlain");
				self.weigh_depth(caller, &mut reasons);
				let mut draft = self.draft_of(caller, ActivityKind::Collect, 2);
				draft.new = vec![NewItem {
					input: DataInput {
						kind: *kind,
						period: *period,
						..item_of(content.clone(), *protection, &[])
					},
					version: 1,
					owner: self.owner_for(caller),
					subject: None,
				}];
				self.take(draft, &mut reasons);
			}
			Call::revise {
				data,
				content,
				protection,
			} => {
				object(&mut reasons, is_content_plain(content), "TextNotPlain");
				let content = (content.clone(), *protection);
				self.revise(caller, *data, content, &mut reasons);
			}
			Call::invalidate { data, reason } => {
				if self.weigh_change(caller, *data, &mut reasons).is_none() {
					return reasons;
				}
				let mut draft = self.draft_of(caller, ActivityKind::Delete, 4);
				draft.used = vec![*data];
				draft.voids = Some(*data);
				draft.condition.parameters = Some(*reason);
				self.take(draft, &mut reasons);
			}
			_ => {
				reasons.insert("there is no such call");
			}
		}
		reasons
	}

	fn revise(
		&mut self,
		caller: &AccountId,
		data: DataId,
		(content, protection): (Content, Option<pallet_provenance::Protection>),
		reasons: &mut Reasons,
	) {
		let Some(old) = self.weigh_change(caller, data, reasons) else {
			return;
		};
		let mut draft = self.draft_of(caller, ActivityKind::Revise, 3);
		draft.used = vec![data];
		draft.supersedes = Some(data);
		draft.new = vec![NewItem {
			input: DataInput {
				kind: old.kind,
				period: old.period,
				..item_of(content, protection, &[Source::Known(data)])
			},
			version: old.version + 1,
			owner: old.owner,
			subject: None,
		}];
		self.take(draft, reasons);
	}

	/// Add what nothing speaks against, neither the reasons that were found before nor the graph.
	fn take(&mut self, draft: Draft, reasons: &mut Reasons) {
		self.weigh(&draft, reasons);
		if !reasons.is_empty() {
			return;
		}
		let (supersedes, voids, parameters) = (draft.supersedes, draft.voids, draft.condition.parameters);
		let (first, id) = (self.items.len() as u64, self.acts.len() as u64);
		self.add(draft);
		self.told.extend(supersedes.map(|id| Event::Superseded {
			id,
			by: DataId(first),
		}));
		self.told.extend(voids.map(|data| Event::Invalidated {
			id: data,
			by: pallet_provenance::ActivityId(id),
			reason: parameters.unwrap_or_default(),
		}));
	}

	/// Something that `who` does with a call at this moment.
	fn draft_of(&self, who: &AccountId, kind: ActivityKind, call: u8) -> Draft {
		Draft {
			entity: who.clone(),
			sequence: None,
			kind,
			start: Now::get(),
			end: Now::get(),
			space: Space::default(),
			condition: Condition::default(),
			call: Some(call),
			used: Vec::new(),
			new: Vec::new(),
			supersedes: None,
			voids: None,
		}
	}

	fn draft_of_record(&self, input: &ActivityInput<AccountId>, proof: Option<&Proof>) -> Draft {
		let owner = self.owner_for(&input.entity);
		let new = input.generated.iter().map(|data| NewItem {
			input: data.clone(),
			version: 1,
			owner: owner.clone(),
			subject: None,
		});
		Draft {
			sequence: proof.map(|proof| proof.sequence),
			start: input.started_at,
			end: input.ended_at,
			space: input.space,
			condition: input.condition.clone(),
			used: input.used.to_vec(),
			new: new.collect(),
			..self.draft_of(&input.entity, input.kind, 1)
		}
	}

	/// What speaks against an activity because of the graph.
	pub(super) fn weigh(&self, draft: &Draft, reasons: &mut Reasons) {
		let nothing = draft.used.is_empty() && draft.new.is_empty();
		object(reasons, !nothing, "NothingRecorded");
		object(reasons, draft.start <= draft.end, "TimeReversed");
		object(reasons, draft.end <= Now::get(), "TimeInFuture");
		object(reasons, !has_repetition(&draft.used), "UsedTwice");
		for id in &draft.used {
			let Some(item) = self.item(*id) else {
				reasons.insert("DataUnknown");
				continue;
			};
			object(reasons, item.generated_at <= draft.end, "UsedBeforeGeneration");
			object(reasons, !is_void(item), "DataInvalidated");
		}
		let holds = draft
			.supersedes
			.is_none_or(|id| self.item(id).is_some_and(|item| item.state == DataState::Valid));
		object(reasons, holds, "DataNotValid");
		self.weigh_trigger(draft, reasons);
		object(reasons, !has_circle(&draft.new), "DerivationCycle");
		for (place, new) in draft.new.iter().enumerate() {
			self.weigh_item(draft, place, new, reasons);
		}
	}

	fn weigh_trigger(&self, draft: &Draft, reasons: &mut Reasons) {
		match draft.condition.trigger {
			Trigger::None => {}
			Trigger::Activity(id) => match self.acts.get(id.0 as usize) {
				None => object(reasons, false, "TriggerUnknown"),
				Some(act) => object(reasons, act.started_at <= draft.end, "TriggerLater"),
			},
			Trigger::Data(id) => match self.item(id) {
				None => object(reasons, false, "TriggerUnknown"),
				Some(item) => {
					object(reasons, item.generated_at <= draft.start, "TriggerLater");
					object(reasons, !is_void(item), "DataInvalidated");
				}
			},
		}
	}

	fn weigh_item(&self, draft: &Draft, place: usize, new: &NewItem, reasons: &mut Reasons) {
		let first = self.items.len() as u64;
		let sources: Vec<_> = new.input.derived_from.to_vec();
		let numbers: Vec<_> = sources
			.iter()
			.map(|source| match source {
				Source::Known(id) => id.0,
				Source::New(place) => first + u64::from(*place),
			})
			.collect();
		object(reasons, !has_repetition(&numbers), "SourceTwice");
		for source in &sources {
			match source {
				Source::Known(id) => object(reasons, draft.used.contains(id), "SourceNotUsed"),
				Source::New(place) => object(reasons, usize::from(*place) < draft.new.len(), "SourceUnknown"),
			}
		}
		let primary = new.input.origin.primary_source;
		let is_source = primary.is_none_or(|id| sources.contains(&Source::Known(id)));
		object(reasons, is_source, "PrimarySourceMissing");
		if let Some(device) = &new.input.origin.device {
			let record = self.entities.get(device);
			let is_device = record.is_some_and(|record| record.kind == EntityKind::Device);
			object(reasons, is_device, "DeviceUnknown");
		}
		if new.subject.is_none() {
			let digest = new.input.content.digest;
			let among_known = self.items.iter().any(|item| {
				let is_found = item.subject.as_ref().is_none_or(super::is_document);
				is_found && item.owner == new.owner && item.content.digest == digest
			});
			let among_new = draft.new[..place]
				.iter()
				.any(|other| other.owner == new.owner && other.input.content.digest == digest);
			object(reasons, !among_known && !among_new, "DigestKnown");
		}
	}

	/// Nobody may act by way of too many.
	fn weigh_depth(&self, who: &AccountId, reasons: &mut Reasons) {
		let chain = self.principals_of(who);
		object(
			reasons,
			chain.len() <= DELEGATION_MAX as usize,
			"DelegationTooDeep",
		);
	}

	/// What speaks against `caller` changing `data`, which are returned if there are any.
	fn weigh_change(
		&self,
		caller: &AccountId,
		data: DataId,
		reasons: &mut Reasons,
	) -> Option<DataRecord<AccountId>> {
		let Some(item) = self.item(data).cloned() else {
			reasons.insert("DataUnknown");
			return None;
		};
		object(reasons, item.subject.is_none(), "MadeByChain");
		if item.owner != *caller {
			self.weigh_depth(caller, reasons);
			let acts_for = self.principals_of(caller).contains(&item.owner);
			object(reasons, acts_for, "NotOwner");
		}
		Some(item)
	}

	fn weigh_proof(
		&self,
		entity: &AccountId,
		proof: Option<&Proof>,
		is_genuine: bool,
		reasons: &mut Reasons,
	) {
		if let Some(proof) = proof {
			let last = self.entities.get(entity).map_or(0, |record| record.sequence);
			object(reasons, proof.sequence > last, "SequenceUsed");
			object(reasons, is_genuine, "ProofInvalid");
		}
	}

	fn weigh_statement(
		&self,
		caller: &AccountId,
		input: &ActivityInput<AccountId>,
		proof: Option<&Proof>,
		is_genuine: bool,
		reasons: &mut Reasons,
	) {
		let by_itself = input.entity == *caller;
		let reserved = [ActivityKind::Revise, ActivityKind::Delete];
		object(reasons, !reserved.contains(&input.kind), "KindReserved");
		object(reasons, is_plain(&input.condition.rule), "TextNotPlain");
		let mut contents = input.generated.iter().map(|data| &data.content);
		object(reasons, contents.all(is_content_plain), "TextNotPlain");
		let country = input.space.jurisdiction;
		let is_country =
			country.is_none_or(|country| country.iter().all(|each| (b'A'..=b'Z').contains(each)));
		object(reasons, is_country, "JurisdictionInvalid");
		let is_known = self.entities.contains_key(&input.entity);
		object(reasons, by_itself || is_known, "EntityUnknown");
		object(reasons, by_itself || proof.is_some(), "ProofMissing");
		self.weigh_proof(&input.entity, proof, is_genuine, reasons);
		self.weigh_depth(&input.entity, reasons);
		let devices = input
			.generated
			.iter()
			.filter_map(|data| data.origin.device.as_ref());
		for device in devices.filter(|device| **device != input.entity) {
			let record = self.entities.get(device);
			let record = record.filter(|record| record.kind == EntityKind::Device);
			let mut holders = self.principals_of(&input.entity);
			holders.push(input.entity.clone());
			let is_own = record.is_none_or(|record| {
				let holder = record.on_behalf_of.as_ref();
				holder.is_some_and(|holder| holders.contains(holder))
			});
			object(reasons, is_own, "DeviceOfAnother");
		}
	}

	fn weigh_description(
		&self,
		caller: &AccountId,
		entity: &AccountId,
		description: &EntityDescription<AccountId>,
		proof: Option<&Proof>,
		is_genuine: bool,
		reasons: &mut Reasons,
	) {
		object(reasons, is_plain(&description.role), "TextNotPlain");
		self.weigh_proof(entity, proof, is_genuine, reasons);
		let old = self.entities.get(entity);
		let principal = old.and_then(|record| record.on_behalf_of.clone());
		if proof.is_none() && caller != entity {
			// Whoever is acted for may end that.
			let ended = old.map(|record| EntityDescription {
				on_behalf_of: None,
				..record.description()
			});
			let only_ends = ended.as_ref() == Some(description);
			let mut chain = self.principals_of(entity);
			let is_long = chain.len() > DELEGATION_MAX as usize;
			chain.truncate(DELEGATION_MAX as usize);
			if only_ends && is_long && !chain.contains(caller) {
				reasons.insert("DelegationTooDeep");
			} else {
				object(reasons, only_ends && chain.contains(caller), "ProofMissing");
			}
		}
		if description.on_behalf_of == principal || description.on_behalf_of.is_none() {
			return;
		}
		let chain = self.principals(description.on_behalf_of.clone());
		let is_known = |who: &AccountId| self.entities.contains_key(who) || who == caller && caller != entity;
		object(reasons, chain.iter().all(is_known), "EntityUnknown");
		object(
			reasons,
			chain.len() <= DELEGATION_MAX as usize,
			"DelegationTooDeep",
		);
		object(reasons, !chain.contains(entity), "DelegationCycle");
		object(reasons, chain.contains(caller), "DelegationNotConsented");
	}

	fn describe(
		&mut self,
		caller: &AccountId,
		entity: &AccountId,
		description: &EntityDescription<AccountId>,
		proof: Option<&Proof>,
	) {
		let old = self.entities.get(entity).cloned();
		if description.on_behalf_of.as_ref() == Some(caller) {
			self.make_known(caller);
		}
		let old = old.unwrap_or_else(|| ExecutionEntity::of_kind(description.kind, Now::get()));
		let scheme = match proof {
			Some(proof) => Some(proof.scheme()),
			None if caller == entity => None,
			None => old.scheme,
		};
		let record = ExecutionEntity {
			kind: description.kind,
			organisation: description.organisation,
			role: description.role.clone(),
			attributes: description.attributes,
			scheme,
			on_behalf_of: description.on_behalf_of.clone(),
			sequence: proof.map_or(old.sequence, |proof| proof.sequence),
			last_activity: old.last_activity,
			registered_at: old.registered_at,
		};
		self.entities.insert(entity.clone(), record);
		self.told.push(Event::EntityDescribed {
			account: entity.clone(),
			by: Some(caller.clone()),
			description: description.clone(),
		});
	}
}

/// Data with contents that derive from `sources`.
fn item_of(
	content: Content,
	protection: Option<pallet_provenance::Protection>,
	sources: &[Source],
) -> DataInput<AccountId> {
	DataInput {
		kind: pallet_provenance::DataKind::Document,
		period: None,
		content,
		protection,
		origin: DataOrigin {
			primary_source: None,
			device: None,
		},
		derived_from: BoundedVec::truncate_from(sources.to_vec()),
	}
}
