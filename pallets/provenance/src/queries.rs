//! Questions, answered from one state. None of them is part of a call; each reads a bounded number of items.

use crate::{codes::ActivityKind, pallet::*, store::note_read, types::*};
use alloc::{collections::BTreeSet, vec::Vec};
use carbon_primitives::{Digest, Moment};

/// Most entries of one answer.
pub(crate) const PAGE_MAX: u32 = 100;
/// Most activities that one answer looks at for those of a time span.
pub(crate) const STEPS_MAX: u32 = 1_000;
/// Most activities between data and what they were made from.
pub(crate) const DEPTH_MAX: u32 = 32;
/// Most data and activities of a lineage.
pub(crate) const LINEAGE_MAX: u32 = 1_000;

impl<T: Config> Pallet<T> {
	pub(crate) fn view_of_data(id: DataId) -> Option<DataView<T::AccountId>> {
		Data::<T>::get(id).map(|record| DataView { id, record })
	}

	pub(crate) fn view_of_activity(id: ActivityId) -> Option<ActivityView<T::AccountId>> {
		Activities::<T>::get(id).map(|record| ActivityView { id, record })
	}

	pub(crate) fn view_of_entity(account: T::AccountId) -> Option<EntityView<T::AccountId>> {
		Entities::<T>::get(&account).map(|record| EntityView { account, record })
	}

	pub(crate) fn data_from(from: DataId, count: u32) -> Vec<DataView<T::AccountId>> {
		numbers(from.0, Head::<T>::get().data, count)
			.filter_map(|id| Self::view_of_data(DataId(id)))
			.collect()
	}

	pub(crate) fn activities_from(from: ActivityId, count: u32) -> Vec<ActivityView<T::AccountId>> {
		numbers(from.0, Head::<T>::get().activities, count)
			.filter_map(|id| Self::view_of_activity(ActivityId(id)))
			.collect()
	}

	pub(crate) fn entities_after(from: Option<T::AccountId>, count: u32) -> Vec<EntityView<T::AccountId>> {
		let entities = match from {
			None => Entities::<T>::iter(),
			Some(from) => Entities::<T>::iter_from(Entities::<T>::hashed_key_for(from)),
		};
		entities
			.take(count.min(PAGE_MAX) as usize)
			.map(|(account, record)| EntityView { account, record })
			.collect()
	}

	pub(crate) fn data_with_digest(digest: Digest) -> Vec<DataId> {
		let mut ids: Vec<_> = Digests::<T>::iter_prefix_values(digest)
			.take(PAGE_MAX as usize)
			.collect();
		ids.sort_unstable();
		ids
	}

	pub(crate) fn activities_of_entity(
		account: T::AccountId,
		from: Moment,
		to: Moment,
		before: Option<ActivityId>,
		count: u32,
	) -> ActivityPage<T::AccountId> {
		let next = match before {
			None => Entities::<T>::get(&account).and_then(|entity| entity.last_activity),
			// A number of somebody else's activity is the place of nothing in this chain.
			Some(id) => Activities::<T>::get(id)
				.filter(|record| record.entity == account)
				.and_then(|record| record.previous_of_entity),
		};
		Self::walk(
			next,
			count,
			// Nothing ends after it was recorded: what was recorded before that time is of no interest, and neither is what came before.
			|record| {
				let is_behind = record.ended_at < from && record.was_recorded_when_it_ended();
				record.previous_of_entity.filter(|_| !is_behind)
			},
			|record| record.started_at <= to && record.ended_at >= from,
		)
	}

	pub(crate) fn activities_of_kind(
		kind: ActivityKind,
		before: Option<ActivityId>,
		count: u32,
	) -> ActivityPage<T::AccountId> {
		let next = match before {
			None => match kind.place() {
				Ok(place) => Head::<T>::get().last_of_kind.get(place).copied().flatten(),
				Err(code) => LastOfOther::<T>::get(code),
			},
			Some(id) => Activities::<T>::get(id)
				.filter(|record| record.kind == kind)
				.and_then(|record| record.previous_of_kind),
		};
		Self::walk(next, count, |record| record.previous_of_kind, |_| true)
	}

	/// Follow a chain of activities and keep those that are asked for.
	fn walk(
		mut next: Option<ActivityId>,
		count: u32,
		previous: impl Fn(&ActivityRecordOf<T>) -> Option<ActivityId>,
		is_asked_for: impl Fn(&ActivityRecordOf<T>) -> bool,
	) -> ActivityPage<T::AccountId> {
		let mut activities = Vec::new();
		let mut last = None;
		for _ in 0..STEPS_MAX {
			let is_full = activities.len() >= count.min(PAGE_MAX) as usize;
			let Some(view) = next.filter(|_| !is_full).and_then(Self::view_of_activity) else {
				break;
			};
			last = Some(view.id);
			next = previous(&view.record);
			if is_asked_for(&view.record) {
				activities.push(view);
			}
		}
		ActivityPage {
			activities,
			// Where nothing was looked at, nothing has changed about what comes next.
			next: last.filter(|_| next.is_some()),
		}
	}

	pub(crate) fn lineage_of(
		data: DataId,
		direction: Direction,
		depth: u32,
		max: u32,
	) -> Lineage<T::AccountId> {
		let mut walk = Walk {
			max: max.min(LINEAGE_MAX) as usize,
			data: Vec::new(),
			activities: Vec::new(),
			known_data: BTreeSet::new(),
			known_activities: BTreeSet::new(),
			is_cut: false,
		};
		let mut layer = walk.add_data::<T>(data).into_iter().collect::<Vec<_>>();
		for _ in 0..depth.min(DEPTH_MAX) {
			layer = match direction {
				Direction::Backwards => walk.before::<T>(&layer),
				Direction::Forwards => walk.after::<T>(&layer),
			};
			if layer.is_empty() || walk.is_cut {
				break;
			}
		}
		Lineage {
			is_cut: walk.is_cut || walk.has_more::<T>(&layer, direction),
			data: walk.data.into_iter().filter_map(Self::view_of_data).collect(),
			activities: walk
				.activities
				.into_iter()
				.filter_map(Self::view_of_activity)
				.collect(),
		}
	}
}

/// The numbers from `from` on that were given out before `next`, at most `count` of them.
fn numbers(from: u64, next: u64, count: u32) -> core::ops::Range<u64> {
	from..from.saturating_add(count.min(PAGE_MAX).into()).min(next)
}

/// A lineage in the making.
struct Walk {
	max: usize,
	/// In the order in which they were met.
	data: Vec<DataId>,
	activities: Vec<ActivityId>,
	known_data: BTreeSet<DataId>,
	known_activities: BTreeSet<ActivityId>,
	is_cut: bool,
}

impl Walk {
	/// Whether there is room for one more. Otherwise the lineage is cut.
	fn has_room(&mut self) -> bool {
		let has_room = self.data.len().saturating_add(self.activities.len()) < self.max;
		self.is_cut |= !has_room;
		has_room
	}

	/// Add data, unless they are there. Returns their number if they are new.
	fn add_data<T: Config>(&mut self, id: DataId) -> Option<DataId> {
		if self.known_data.contains(&id) || !Data::<T>::contains_key(id) || !self.has_room() {
			return None;
		}
		self.known_data.insert(id);
		self.data.push(id);
		Some(id)
	}

	/// Add an activity, unless it is there. Returns its record unless there is no room for it.
	fn add_activity<T: Config>(&mut self, id: ActivityId) -> Option<ActivityRecordOf<T>> {
		let record = Activities::<T>::get(id)?;
		if !self.known_activities.contains(&id) {
			if !self.has_room() {
				return None;
			}
			self.known_activities.insert(id);
			self.activities.push(id);
		}
		Some(record)
	}

	/// What the data of `layer` were made from: what their activities have used, and the data of these activities from which they
	/// derive.
	fn before<T: Config>(&mut self, layer: &[DataId]) -> Vec<DataId> {
		let mut next = Vec::new();
		for id in layer {
			let Some(record) = Data::<T>::get(id) else {
				continue;
			};
			let Some(activity) = self.add_activity::<T>(record.generated_by) else {
				break;
			};
			for source in activity.used.iter().chain(&record.derived_from) {
				next.extend(self.add_data::<T>(*source));
			}
		}
		next
	}

	/// What was made from the data of `layer`: what the activities have generated that have used them, and the data of their own
	/// activity that derive from them.
	fn after<T: Config>(&mut self, layer: &[DataId]) -> Vec<DataId> {
		let mut next = Vec::new();
		for id in layer {
			// Without room there is nothing to look for in the rest of the layer.
			if self.is_cut {
				break;
			}
			note_read("UsedBy", id);
			for sibling in Self::derived_siblings::<T>(*id) {
				next.extend(self.add_data::<T>(sibling));
			}
			// One more than there is room for, so that the cut is noticed.
			let users: Vec<_> = UsedBy::<T>::iter_key_prefix(id)
				.take(self.max.saturating_add(1))
				.collect();
			for user in sorted(users) {
				let Some(activity) = self.add_activity::<T>(user) else {
					break;
				};
				for generated in activity.generated() {
					next.extend(self.add_data::<T>(generated));
				}
			}
		}
		next
	}

	/// The data that the activity of `id` has generated from `id`.
	fn derived_siblings<T: Config>(id: DataId) -> Vec<DataId> {
		let activity = Data::<T>::get(id).and_then(|record| Activities::<T>::get(record.generated_by));
		let siblings = activity.iter().flat_map(ActivityRecord::generated);
		siblings
			.filter(|sibling| Data::<T>::get(sibling).is_some_and(|record| record.derived_from.contains(&id)))
			.collect()
	}

	/// Whether there is more behind the last layer that was reached.
	fn has_more<T: Config>(&self, layer: &[DataId], direction: Direction) -> bool {
		layer.iter().any(|id| match direction {
			// All data were generated by an activity, which is there unless the depth ended before it.
			Direction::Backwards => {
				Data::<T>::get(id).is_some_and(|record| !self.known_activities.contains(&record.generated_by))
			}
			Direction::Forwards => {
				UsedBy::<T>::iter_key_prefix(id).any(|user| !self.known_activities.contains(&user))
					|| Self::derived_siblings::<T>(*id)
						.iter()
						.any(|sibling| !self.known_data.contains(sibling))
			}
		})
	}
}

fn sorted(mut ids: Vec<ActivityId>) -> Vec<ActivityId> {
	ids.sort_unstable();
	ids
}
