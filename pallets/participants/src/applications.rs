//! Applications for admission and the queue in which they wait.

use crate::{
	check_roles, ApplicationPage, ApplicationQueue, ApplicationQueueEnds, ApplicationRecord, Applications,
	Config, Error, Event, LatestApplications, Pallet, ParticipantRecordOf, Participants, RefusalsOf,
	RoleList, Status, WeightInfo, APPLICATIONS_PAGE_MAX,
};
use alloc::vec::Vec;
use carbon_primitives::{Digest, Moment};
use frame_support::{
	defensive, ensure,
	traits::{Get, Time},
	weights::WeightMeter,
};
use sp_runtime::{DispatchError, DispatchResult};

/// Most entries of the queue that one block looks at.
pub(crate) const DROPS_PER_BLOCK: u32 = 4;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_apply(who: T::AccountId, identity: Digest, roles: RoleList) -> DispatchResult {
		Self::ensure_may_apply(&who, Participants::<T>::get(&who).as_ref(), &roles)?;
		let taken_in = Self::applications_of_this_block();
		ensure!(
			taken_in < T::ApplicationsPerBlock::get(),
			Error::<T>::ApplicationRate
		);

		LatestApplications::<T>::put((
			frame_system::Pallet::<T>::block_number(),
			taken_in.saturating_add(1),
		));
		let entry = ApplicationQueueEnds::<T>::mutate(|ends| {
			let entry = ends.tail;
			// A few a block never reach the end of the numbers.
			ends.tail = entry.saturating_add(1);
			entry
		});
		ApplicationQueue::<T>::insert(entry, &who);
		Applications::<T>::insert(
			&who,
			ApplicationRecord {
				status: Status::Applied,
				identity,
				roles: roles.clone(),
				applied_at: T::Time::now(),
				entry,
			},
		);
		Self::keep_account(&who);
		Self::deposit_event(Event::ApplicationFiled {
			account: who,
			identity,
			roles,
			entry,
		});
		Ok(())
	}

	pub(crate) fn do_register(account: T::AccountId) -> DispatchResult {
		Applications::<T>::try_mutate(&account, |application| {
			let application = application.as_mut().ok_or(Error::<T>::ApplicationNotFound)?;
			ensure!(
				application.status != Status::Registered,
				Error::<T>::AlreadyRegistered
			);
			application.status = Status::Registered;
			Ok::<_, DispatchError>(())
		})?;
		Self::deposit_event(Event::ApplicationRegistered { account });
		Ok(())
	}

	pub(crate) fn do_refuse(account: T::AccountId, reason: Digest) -> DispatchResult {
		ensure!(
			Self::refuse_if_pending(account, reason),
			Error::<T>::ApplicationNotFound
		);
		Ok(())
	}

	pub(crate) fn do_refuse_many(accounts: RefusalsOf<T>, reason: Digest) -> DispatchResult {
		let refused = accounts
			.into_iter()
			.filter(|account| Self::refuse_if_pending(account.clone(), reason))
			.count();
		ensure!(refused > 0, Error::<T>::ApplicationNotFound);
		Ok(())
	}

	/// Refuse the application of `account`, if it has one pending. Returns whether it had.
	fn refuse_if_pending(account: T::AccountId, reason: Digest) -> bool {
		let Some(application) = Applications::<T>::get(&account) else {
			return false;
		};
		Self::remove_application(&account, &application);
		Self::release_account(&account);
		Self::deposit_event(Event::ApplicationRefused { account, reason });
		true
	}

	/// Check whatever decides whether `who`, whose record is `record`, may apply for `roles`, apart from how many
	/// applications this block has taken in.
	pub(crate) fn ensure_may_apply(
		who: &T::AccountId,
		record: Option<&ParticipantRecordOf<T>>,
		roles: &RoleList,
	) -> Result<(), Error<T>> {
		if let Some(record) = record {
			ensure!(record.status == Status::Expelled, Error::<T>::AlreadyAdmitted);
			ensure!(!record.barred, Error::<T>::BlackListed);
		}
		check_roles(roles.iter())?;
		ensure!(!Applications::<T>::contains_key(who), Error::<T>::AlreadyApplied);
		ensure!(
			Applications::<T>::count() < T::MaxApplications::get(),
			Error::<T>::ApplicationsFull
		);
		Ok(())
	}

	/// How many applications this block has taken in.
	pub(crate) fn applications_of_this_block() -> u32 {
		let (block, taken_in) = LatestApplications::<T>::get();
		if block == frame_system::Pallet::<T>::block_number() {
			taken_in
		} else {
			0
		}
	}

	/// The application on which `account` may be admitted with the documents `identity`; none if it has not applied.
	pub(crate) fn admissible_application(
		account: &T::AccountId,
		identity: Digest,
	) -> Result<Option<ApplicationRecord>, DispatchError> {
		let application = Applications::<T>::get(account);
		if let Some(application) = &application {
			ensure!(
				application.status == Status::Registered,
				Error::<T>::NotRegistered
			);
			ensure!(application.identity == identity, Error::<T>::IdentityMismatch);
		}
		Ok(application)
	}

	/// Take the application out of the state and out of the queue.
	pub(crate) fn remove_application(account: &T::AccountId, application: &ApplicationRecord) {
		Applications::<T>::remove(account);
		ApplicationQueue::<T>::remove(application.entry);
	}

	/// Drop from the head of the queue what is gone and what has waited too long: as much as the meter allows, and
	/// [`DROPS_PER_BLOCK`] entries at most.
	pub(crate) fn drop_lapsed_applications(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::on_poll_idle()).is_err() {
			return;
		}
		let mut ends = ApplicationQueueEnds::<T>::get();
		let head = ends.head;
		for _ in 0..DROPS_PER_BLOCK {
			if ends.head >= ends.tail
				|| meter.try_consume(T::WeightInfo::on_poll_entry()).is_err()
				|| !Self::drop_entry(ends.head, T::Time::now())
			{
				break;
			}
			ends.head = ends.head.saturating_add(1);
		}
		if ends.head != head {
			ApplicationQueueEnds::<T>::put(ends);
		}
	}

	/// Drop the entry at the head of the queue, if it is to be dropped at the moment `now`. Returns whether the head may
	/// move on.
	pub(crate) fn drop_entry(entry: u64, now: Moment) -> bool {
		let Some(account) = ApplicationQueue::<T>::get(entry) else {
			// Its application was decided.
			return true;
		};
		let Some(application) = Applications::<T>::get(&account) else {
			defensive!("an entry of the queue stands for an application");
			ApplicationQueue::<T>::remove(entry);
			return true;
		};
		let end = application
			.applied_at
			.saturating_add(T::ApplicationLifetime::get());
		if now < end {
			return false;
		}
		if application.status == Status::Registered {
			// It waits for the regulator, who has looked at it, and no longer for its turn.
			ApplicationQueue::<T>::remove(entry);
			return true;
		}
		Self::remove_application(&account, &application);
		Self::release_account(&account);
		Self::deposit_event(Event::ApplicationLapsed { account });
		true
	}

	/// What is left of `count` entries of the queue, [`APPLICATIONS_PAGE_MAX`] at most, from `from` on.
	pub(crate) fn applications_page(from: u64, count: u32) -> ApplicationPage<T::AccountId> {
		let ends = ApplicationQueueEnds::<T>::get();
		let first = from.max(ends.head);
		let end = first
			.saturating_add(count.min(APPLICATIONS_PAGE_MAX).into())
			.min(ends.tail);
		let applications: Vec<_> = (first..end)
			.filter_map(ApplicationQueue::<T>::get)
			.filter_map(|account| {
				let application = Applications::<T>::get(&account)?;
				Some((account, application))
			})
			.collect();
		ApplicationPage {
			applications,
			next: (end < ends.tail).then_some(end),
		}
	}
}
