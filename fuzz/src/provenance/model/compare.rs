//! Holding the graph against what the pallet has stored and told.

use super::{ensure, fold_of, is_document, Model};
use crate::provenance::runtime::{AccountId, Chain};
use carbon_primitives::Digest;
use codec::Encode;
use pallet_provenance::{
	Activities, ActivityId, ActivityKind, Data, DataId, Digests, Entities, Event, Fold, Folds, Head, Heads,
	LastOfOther, Subjects, UsedBy,
};
use std::{
	collections::{BTreeMap, BTreeSet},
	fmt::Debug,
};

/// Fail where `found` is not what it should be.
fn same<T: Debug + PartialEq>(what: &str, found: &T, due: &T) -> Result<(), String> {
	if found == due {
		return Ok(());
	}
	Err(format!("{what} is {found:?}, and should be {due:?}"))
}

impl Model {
	/// Hold what was told in this step against what had to be told, and forget it.
	pub fn compare_told(&mut self, told: &[Event<Chain>]) -> Result<(), String> {
		let due = core::mem::take(&mut self.told);
		same("what is told", &told, &due.as_slice())
	}

	/// Hold the graph against what the pallet has stored. That there are no numbers but those that the pallet counts, its own invariants
	/// say.
	pub fn compare(&self) -> Result<(), String> {
		for (id, act) in (0..).map(ActivityId).zip(&self.acts) {
			same("an activity", &Activities::<Chain>::get(id).as_ref(), &Some(act))?;
		}
		for (id, item) in (0..).map(DataId).zip(&self.items) {
			same("an item of data", &Data::<Chain>::get(id).as_ref(), &Some(item))?;
		}
		let entities: BTreeMap<_, _> = Entities::<Chain>::iter().collect();
		same("the list of execution entities", &entities, &self.entities)?;
		self.compare_heads()?;
		self.compare_lists()?;
		let folds = self
			.waiting
			.iter()
			.filter_map(|(asset, trades)| fold_of(*asset, trades));
		let folds: Vec<Fold> = folds.collect();
		same("what waits", &Folds::<Chain>::get().into_inner(), &folds)
	}

	fn compare_heads(&self) -> Result<(), String> {
		let last_of = |kind: ActivityKind| {
			let found = self.acts.iter().rposition(|act| act.kind == kind);
			found.map(|at| ActivityId(at as u64))
		};
		let heads = Heads {
			activities: self.acts.len() as u64,
			data: self.items.len() as u64,
			last_of_kind: ActivityKind::NAMED.map(last_of),
		};
		same("what comes next", &Head::<Chain>::get(), &heads)?;
		let mut others = BTreeMap::new();
		for (id, act) in (0..).map(ActivityId).zip(&self.acts) {
			if let ActivityKind::Other(code) = act.kind {
				others.insert(code, id);
			}
		}
		let found: BTreeMap<_, _> = LastOfOther::<Chain>::iter().collect();
		same("the last of a kind", &found, &others)
	}

	fn compare_lists(&self) -> Result<(), String> {
		let mut uses = BTreeSet::new();
		for (id, act) in (0..).map(ActivityId).zip(&self.acts) {
			uses.extend(act.used.iter().map(|used| (*used, id)));
		}
		let found: BTreeSet<_> = UsedBy::<Chain>::iter_keys().collect();
		ensure(found == uses, "the uses of data are others")?;
		let mut digests: BTreeMap<(Digest, AccountId), DataId> = BTreeMap::new();
		let mut names: BTreeMap<Vec<u8>, DataId> = BTreeMap::new();
		for (id, item) in (0..).map(DataId).zip(&self.items) {
			if item.subject.as_ref().is_none_or(is_document) {
				digests.insert((item.content.digest, item.owner.clone()), id);
			}
			names.extend(item.subject.as_ref().map(|subject| (subject.encode(), id)));
		}
		let found = Digests::<Chain>::iter();
		let found: BTreeMap<_, _> = found.map(|(digest, owner, id)| ((digest, owner), id)).collect();
		ensure(found == digests, "digests lead to other data")?;
		let found = Subjects::<Chain>::iter();
		let found: BTreeMap<_, _> = found.map(|(subject, id)| (subject.encode(), id)).collect();
		ensure(found == names, "names lead to other data")
	}
}
