//! Projects: from the application to the regulator's decision, and the registry references that they share with reports.

use crate::{is_reference, pallet::*, Decision, ProjectDetails, ProjectId, ProjectState, ReferenceUse};
use carbon_primitives::{Digest, Role};
use carbon_traits::EnsureParticipant;
use frame_support::ensure;
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	DispatchError, DispatchResult,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_register_project(who: T::AccountId, details: ProjectDetails) -> DispatchResult {
		T::Participants::ensure_role(&who, Role::ResourceHolder)?;
		Self::check_details(&details)?;
		let project = NextProject::<T>::get();
		let next = project.next().ok_or(Error::<T>::Unexpected)?;
		Self::check_reference_free(&details.registry_ref)?;
		ProjectsOf::<T>::try_append(&who, project).map_err(|()| Error::<T>::TooManyProjects)?;

		NextProject::<T>::put(next);
		Self::submit(
			project,
			ProjectRecordOf::<T> {
				owner: who,
				details,
				revision: 0,
				state: ProjectState::Submitted,
			},
		);
		Ok(())
	}

	pub(crate) fn do_resubmit_project(
		who: T::AccountId,
		project: ProjectId,
		details: ProjectDetails,
	) -> DispatchResult {
		T::Participants::ensure_role(&who, Role::ResourceHolder)?;
		let record = Self::application_of(&who, project)?;
		Self::check_details(&details)?;
		let revision = record.revision.checked_add(1).ok_or(Error::<T>::Unexpected)?;
		// An application that still has its reference may keep it.
		let keeps = record.state.holds_reference() && record.details.registry_ref == details.registry_ref;
		if !keeps {
			Self::check_reference_free(&details.registry_ref)?;
		}

		if record.state.holds_reference() {
			Self::free_reference(&record.details.registry_ref);
		}
		Self::submit(
			project,
			ProjectRecordOf::<T> {
				owner: who,
				details,
				revision,
				state: ProjectState::Submitted,
			},
		);
		Ok(())
	}

	pub(crate) fn do_withdraw_project(who: T::AccountId, project: ProjectId) -> DispatchResult {
		let record = Self::application_of(&who, project)?;

		if record.state.holds_reference() {
			Self::free_reference(&record.details.registry_ref);
		}
		Projects::<T>::remove(project);
		ProjectsOf::<T>::mutate_exists(&who, |list| {
			if let Some(projects) = list {
				projects.retain(|listed| *listed != project);
			}
			*list = list.take().filter(|projects| !projects.is_empty());
		});
		Self::deposit_event(Event::ProjectWithdrawn { project });
		Ok(())
	}

	pub(crate) fn do_decide_project(
		project: ProjectId,
		revision: u32,
		decision: Decision,
		reason: Digest,
	) -> DispatchResult {
		let mut record = Projects::<T>::get(project).ok_or(Error::<T>::ProjectNotFound)?;
		ensure!(record.revision == revision, Error::<T>::RevisionMismatch);
		let state = decision
			.applied_to(record.state)
			.ok_or(Error::<T>::DecisionUnfit)?;

		record.state = state;
		if let Decision::Register { inside_ets } = decision {
			record.details.inside_ets = inside_ets;
		}
		if !state.holds_reference() {
			Self::free_reference(&record.details.registry_ref);
		}
		Projects::<T>::insert(project, record);
		Self::deposit_event(Event::ProjectDecided {
			project,
			revision,
			decision,
			reason,
		});
		Ok(())
	}

	/// Store an application whose reference is free, or its own.
	fn submit(project: ProjectId, record: ProjectRecordOf<T>) {
		Self::use_reference(&record.details.registry_ref, ReferenceUse::Project(project));
		Self::deposit_event(Event::ProjectSubmitted {
			project,
			owner: record.owner.clone(),
			revision: record.revision,
			details: record.details.clone(),
		});
		Projects::<T>::insert(project, record);
	}

	fn check_details(details: &ProjectDetails) -> DispatchResult {
		let named = !details.methodology.is_empty() && core::str::from_utf8(&details.methodology).is_ok();
		ensure!(named, Error::<T>::MethodologyUnfit);
		ensure!(!details.documents.is_empty(), Error::<T>::DocumentsEmpty);
		Ok(())
	}

	/// The project `project`, which belongs to `who`.
	pub(crate) fn project_of_owner(
		who: &T::AccountId,
		project: ProjectId,
	) -> Result<ProjectRecordOf<T>, DispatchError> {
		let record = Projects::<T>::get(project).ok_or(Error::<T>::ProjectNotFound)?;
		ensure!(record.owner == *who, Error::<T>::NotOwner);
		Ok(record)
	}

	/// The project `project`, which belongs to `who` and was never registered.
	fn application_of(who: &T::AccountId, project: ProjectId) -> Result<ProjectRecordOf<T>, DispatchError> {
		let record = Self::project_of_owner(who, project)?;
		ensure!(!record.state.was_registered(), Error::<T>::ProjectLocked);
		Ok(record)
	}

	/// Check that `record` is registered and not suspended.
	pub(crate) fn ensure_registered(record: &ProjectRecordOf<T>) -> DispatchResult {
		ensure!(
			record.state == ProjectState::Registered,
			Error::<T>::ProjectNotRegistered
		);
		Ok(())
	}

	/// The key of a registry reference.
	pub(crate) fn key_of(reference: &[u8]) -> Digest {
		BlakeTwo256::hash(reference)
	}

	/// Check that `reference` is spelled as it has to be and belongs to nothing.
	pub(crate) fn check_reference_free(reference: &[u8]) -> DispatchResult {
		ensure!(is_reference(reference), Error::<T>::ReferenceUnfit);
		ensure!(
			!References::<T>::contains_key(Self::key_of(reference)),
			Error::<T>::ReferenceUsed
		);
		Ok(())
	}

	pub(crate) fn use_reference(reference: &[u8], by: ReferenceUse) {
		References::<T>::insert(Self::key_of(reference), by);
	}

	pub(crate) fn free_reference(reference: &[u8]) {
		References::<T>::remove(Self::key_of(reference));
	}
}
