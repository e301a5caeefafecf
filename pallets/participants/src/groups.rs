//! Groups of firms under common control.

use crate::{Config, Error, Event, GroupMembers, GroupRecord, Groups, MembersOf, Pallet};
use carbon_primitives::{Digest, GroupId};
use carbon_traits::OnTradingRight;
use frame_support::{defensive, ensure, traits::Get};
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
			if let Some(group) = group {
				let joined = Groups::<T>::get(group).ok_or(Error::<T>::GroupNotFound)?;
				let is_member = record.group == Some(group);
				ensure!(
					is_member || joined.members < T::MaxGroupMembers::get(),
					Error::<T>::GroupFull
				);
			}
			Ok(core::mem::replace(&mut record.group, group))
		})?;
		if old_value != group {
			Self::change_members(old_value, |members| match members.binary_search(&account) {
				Ok(place) => {
					members.remove(place);
				}
				Err(_) => {
					defensive!("a group lists whoever leaves it");
				}
			});
			Self::change_members(group, |members| {
				let place = members.partition_point(|member| *member < account);
				if members.try_insert(place, account.clone()).is_err() {
					defensive!("a group that is not full has a place");
				}
			});
			T::OnTradingRight::group_changed(&account, group);
		}
		Self::deposit_event(Event::GroupConfirmed {
			account,
			old_value,
			new_value: group,
		});
		Ok(())
	}

	/// Change the list of the members of `group`, and with it their number.
	fn change_members(group: Option<GroupId>, change: impl FnOnce(&mut MembersOf<T>)) {
		let Some(group) = group else { return };
		let mut members = GroupMembers::<T>::get(group);
		change(&mut members);
		Groups::<T>::mutate(group, |record| match record {
			Some(record) => record.members = members.len() as u32,
			None => {
				defensive!("a group that has members exists");
			}
		});
		if members.is_empty() {
			GroupMembers::<T>::remove(group);
		} else {
			GroupMembers::<T>::insert(group, members);
		}
	}
}
