//! What always holds.

use crate::{
	check_grants, check_roles, ApplicationQueue, ApplicationQueueEnds, Applications, Config, GroupMembers,
	Groups, Pallet, ParticipantRecordOf, Participants, RestrictedServices, RolesFault, Status,
};
use alloc::{collections::BTreeMap, vec::Vec};
use carbon_primitives::{GroupId, Service, ServiceSet};
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Check what always holds between blocks:
	///
	/// 1. Every record can be read.
	/// 2. Every participant has at least one role.
	/// 3. No participant has a role twice.
	/// 4. No participant has roles that exclude each other.
	/// 5. No participant was admitted in a block that is still to come.
	/// 6. Every participant is admitted, suspended or expelled.
	/// 7. Lists name services that exist, and neither a white list nor a restriction names trading.
	/// 8. The groups are numbered from zero on without a gap, and those that are declared or confirmed exist.
	/// 9. Each group counts its members and lists them in order, and no list is empty.
	/// 10. Every application is applied or registered and asks for roles that fit together.
	/// 11. There are as many applications as are counted, and no more than there may be.
	/// 12. Every entry of the queue lies between its ends and stands for an application that bears its number.
	/// 13. Every application that is not registered stands in the queue.
	/// 14. No applicant is a participant, unless it is expelled.
	/// 15. The account of every participant and of every applicant is kept, by one reference for each.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_readable()?;
		let mut members = BTreeMap::<GroupId, Vec<T::AccountId>>::new();
		for (account, record) in Participants::<T>::iter() {
			Self::check_participant(&record)?;
			if let Some(group) = record.group {
				members.entry(group).or_default().push(account.clone());
			}
			let references = 1 + u32::from(Applications::<T>::contains_key(&account));
			ensure!(
				frame_system::Pallet::<T>::providers(&account) >= references,
				"participants 15: nothing keeps the account of a participant"
			);
		}
		ensure!(
			RestrictedServices::<T>::get().is_valid()
				&& !RestrictedServices::<T>::get().contains(Service::Trading),
			"participants 7: a restriction names trading or no service"
		);
		Self::check_groups(members)?;
		Self::check_applications()?;
		Self::check_queue()
	}

	/// The iteration over values passes over what it cannot decode; the one over keys does not.
	fn check_readable() -> Result<(), TryRuntimeError> {
		ensure!(
			Participants::<T>::iter_keys().count() == Participants::<T>::iter_values().count()
				&& Applications::<T>::iter_keys().count() == Applications::<T>::iter_values().count()
				&& ApplicationQueue::<T>::iter_keys().count() == ApplicationQueue::<T>::iter_values().count()
				&& Groups::<T>::iter_keys().count() == Groups::<T>::iter_values().count()
				&& GroupMembers::<T>::iter_keys().count() == GroupMembers::<T>::iter_values().count(),
			"participants 1: a record cannot be read"
		);
		Ok(())
	}

	fn check_participant(record: &ParticipantRecordOf<T>) -> Result<(), TryRuntimeError> {
		check_grants(&record.roles).map_err(|fault| match fault {
			RolesFault::Empty => "participants 2: a participant has no role",
			RolesFault::Duplicate => "participants 3: a participant has a role twice",
			RolesFault::Conflict => "participants 4: a participant has roles that exclude each other",
		})?;
		ensure!(
			record.admitted_at <= frame_system::Pallet::<T>::block_number(),
			"participants 5: a participant was admitted in a block to come"
		);
		ensure!(
			matches!(
				record.status,
				Status::Admitted | Status::Suspended | Status::Expelled
			),
			"participants 6: a participant has the status of an applicant"
		);
		let is_white = |set: ServiceSet| set.is_valid() && !set.contains(Service::Trading);
		ensure!(
			record.closed.is_valid() && is_white(record.open),
			"participants 7: a list names no service, or a white list trading"
		);
		ensure!(
			[record.group, record.declared_group]
				.into_iter()
				.flatten()
				.all(Groups::<T>::contains_key),
			"participants 8: a participant names a group that does not exist"
		);
		Ok(())
	}

	fn check_groups(mut members: BTreeMap<GroupId, Vec<T::AccountId>>) -> Result<(), TryRuntimeError> {
		let count = Groups::<T>::count();
		ensure!(
			Groups::<T>::iter_keys().count() as u64 == u64::from(count)
				&& Groups::<T>::iter_keys().all(|group| group.0 < count),
			"participants 8: the groups are not numbered without a gap"
		);
		for (group, record) in Groups::<T>::iter() {
			let belonging = members.entry(group).or_default();
			belonging.sort();
			ensure!(
				record.members as usize == belonging.len(),
				"participants 9: a group counts other members than it has"
			);
			ensure!(
				GroupMembers::<T>::get(group).as_slice() == belonging.as_slice(),
				"participants 9: a group lists other members than it has"
			);
		}
		// Whatever has members exists, so that no other list is left.
		ensure!(
			GroupMembers::<T>::iter_keys().count()
				== members.values().filter(|list| !list.is_empty()).count(),
			"participants 9: a list of members is empty or of no group"
		);
		Ok(())
	}

	fn check_applications() -> Result<(), TryRuntimeError> {
		for (account, application) in Applications::<T>::iter() {
			ensure!(
				matches!(application.status, Status::Applied | Status::Registered)
					&& check_roles(application.roles.iter()).is_ok(),
				"participants 10: an application has a status or roles that none may have"
			);
			ensure!(
				application.status == Status::Registered
					|| ApplicationQueue::<T>::get(application.entry).as_ref() == Some(&account),
				"participants 13: an application that is not registered stands in no queue"
			);
			ensure!(
				Participants::<T>::get(&account).is_none_or(|record| record.status == Status::Expelled),
				"participants 14: an applicant is a participant"
			);
			ensure!(
				frame_system::Pallet::<T>::providers(&account) > 0,
				"participants 15: nothing keeps the account of an applicant"
			);
		}
		let count = Applications::<T>::count();
		ensure!(
			Applications::<T>::iter_keys().count() as u64 == u64::from(count)
				&& count <= T::MaxApplications::get(),
			"participants 11: there are more or fewer applications than counted, or too many"
		);
		Ok(())
	}

	fn check_queue() -> Result<(), TryRuntimeError> {
		let ends = ApplicationQueueEnds::<T>::get();
		for (entry, account) in ApplicationQueue::<T>::iter() {
			ensure!(
				(ends.head..ends.tail).contains(&entry)
					&& Applications::<T>::get(&account).is_some_and(|record| record.entry == entry),
				"participants 12: an entry of the queue lies outside its ends or stands for no application"
			);
		}
		Ok(())
	}
}
