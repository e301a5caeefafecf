//! Who belongs together.

use crate::{Config, GroupMembers, Pallet, Participants};
use alloc::vec::Vec;
use carbon_primitives::GroupId;
use carbon_traits::InspectGroup;

impl<T: Config> InspectGroup<T::AccountId> for Pallet<T> {
	fn group_of(who: &T::AccountId) -> Option<GroupId> {
		Participants::<T>::get(who)?.group
	}

	fn are_related(one: &T::AccountId, other: &T::AccountId) -> bool {
		one == other || Self::group_of(one).is_some_and(|group| Self::group_of(other) == Some(group))
	}
	fn members_of(group: GroupId) -> Vec<T::AccountId> {
		GroupMembers::<T>::get(group).into_inner()
	}
}
