//! Groups of firms under common control.

use crate::{Config, Error, Event, GroupRecord, Groups, Pallet};
use carbon_primitives::{Digest, GroupId};
use frame_support::{defensive, ensure};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_create_group(identity: Digest) -> DispatchResult {
		// Groups are never removed, so that their number is the next one's name.
		let count = Groups::<T>::count();
		ensure!(count < u32::MAX, Error::<T>::GroupNumbersExhausted);
		let group = GroupId(count);
		Groups::<T>::insert(group, GroupRecord { identity, members: 0 });
		Self::deposit_event(Event::GroupCreated { group, identity });
		Ok(())
	}

	pub(crate) fn do_declare_group(who: T::AccountId, group: Option<GroupId>) -> DispatchResult {
		let (old_value, _) = Self::try_mutate_participant(&who, |record| {
			Self::ensure_may_act(record)?;
			ensure!(
				group.is_none_or(Groups::<T>::contains_key),
				Error::<T>::GroupNotFound
			);
			Ok(core::mem::replace(&mut record.declared_group, group))
		})?;
		Self::deposit_event(Event::GroupDeclared {
			account: who,
			old_value,
			new_value: group,
		});
		Ok(())
	}

	pub(crate) fn do_confirm_group(account: T::AccountId, group: Option<GroupId>) -> DispatchResult {
		let (old_value, _) = Self::try_mutate_participant(&account, |record| {
			ensure!(
				group.is_none_or(Groups::<T>::contains_key),
				Error::<T>::GroupNotFound
			);
			Ok(core::mem::replace(&mut record.group, group))
		})?;
		if old_value != group {
			Self::count_members(old_value, |members| members.saturating_sub(1));
			Self::count_members(group, |members| members.saturating_add(1));
		}
		Self::deposit_event(Event::GroupConfirmed {
			account,
			old_value,
			new_value: group,
		});
		Ok(())
	}

	/// Change the number of members of `group`. It saturates nowhere: a member leaves only after it came, and there are
	/// fewer accounts than numbers.
	fn count_members(group: Option<GroupId>, change: impl FnOnce(u32) -> u32) {
		let Some(group) = group else { return };
		Groups::<T>::mutate(group, |record| match record {
			Some(record) => record.members = change(record.members),
			None => {
				defensive!("a group that has members exists");
			}
		});
	}
}
