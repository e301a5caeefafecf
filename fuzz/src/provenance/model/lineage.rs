//! Where data come from and what became of them, found by looking at everything.

use super::{ensure, Model};
use crate::provenance::runtime::Provenance;
use pallet_provenance::{ActivityId, DataId, Direction};
use std::collections::BTreeSet;

/// Most data and activities that are asked for: more than a walk makes in the most cases.
const MAX: usize = 1_000;
/// Most activities between data that are followed.
const DEPTH_MAX: u8 = 32;

impl Model {
	/// What is one step away from `id`: activities, and data.
	fn beside(&self, id: DataId, direction: Direction) -> (Vec<ActivityId>, Vec<DataId>) {
		let Some(item) = self.item(id) else {
			return Default::default();
		};
		match direction {
			Direction::Backwards => {
				let act = self.acts.get(item.generated_by.0 as usize);
				let used = act.into_iter().flat_map(|act| act.used.to_vec());
				(
					vec![item.generated_by],
					used.chain(item.derived_from.to_vec()).collect(),
				)
			}
			Direction::Forwards => {
				let users = (0..).map(ActivityId).zip(&self.acts);
				let users = users.filter(|(_, act)| act.used.contains(&id));
				let users: Vec<_> = users.map(|(user, _)| user).collect();
				let items = (0..).map(DataId).zip(&self.items);
				let next = items.filter(|(_, other)| {
					let is_sibling =
						other.generated_by == item.generated_by && other.derived_from.contains(&id);
					is_sibling || users.contains(&other.generated_by)
				});
				(users.clone(), next.map(|(next, _)| next).collect())
			}
		}
	}
}

/// Ask the pallet for a lineage, and find it in another way.
pub fn lineage(model: &Model, data: DataId, direction: Direction, depth: u8) -> Result<(), String> {
	let found = Provenance::lineage(data, direction, depth.into(), MAX as u32);
	let (mut items, mut acts) = (BTreeSet::new(), BTreeSet::new());
	items.extend(model.item(data).map(|_| data));
	let mut layer = items.clone();
	for _ in 0..depth.min(DEPTH_MAX) {
		let mut next = BTreeSet::new();
		for id in &layer {
			let (users, others) = model.beside(*id, direction);
			acts.extend(users);
			next.extend(others);
		}
		layer = next.difference(&items).copied().collect();
		items.extend(&layer);
	}
	let found_items: BTreeSet<_> = found.data.iter().map(|view| view.id).collect();
	let found_acts: BTreeSet<_> = found.activities.iter().map(|view| view.id).collect();
	if items.len() + acts.len() > MAX {
		ensure(found.is_cut, "a lineage that is too long is not cut")?;
		return ensure(
			found_items.is_subset(&items) && found_acts.is_subset(&acts),
			"a lineage has what does not belong to it",
		);
	}
	let has_more = layer.iter().any(|id| {
		let (users, others) = model.beside(*id, direction);
		users.iter().any(|user| !acts.contains(user)) || others.iter().any(|other| !items.contains(other))
	});
	ensure(
		found.is_cut == has_more,
		"a lineage says wrongly whether there is more",
	)?;
	ensure(
		found_items == items && found.data.len() == items.len(),
		"a lineage has other data",
	)?;
	ensure(
		found_acts == acts && found.activities.len() == acts.len(),
		"a lineage has other activities",
	)
}
