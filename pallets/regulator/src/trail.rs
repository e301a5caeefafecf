//! The trail of acts: records that hang together as chains, by subject and by officer.

use crate::{pallet::*, ActKind, ActRecord, Basis, Description, Outcome, Proposal, RecordId};
use carbon_primitives::{Digest, Moment, RecordKind, RecordSubject};
use carbon_traits::{Doer, Happening, RecordActivity};
use frame_support::traits::Time;
use sp_runtime::DispatchResult;

/// What is known of an act before its outcome.
pub(crate) struct Case<T: Config> {
	pub kind: ActKind,
	pub by: T::AccountId,
	pub second: Option<T::AccountId>,
	pub call_hash: Digest,
	pub description: Description,
	pub basis: Basis,
	pub reason: Digest,
	pub subject: SubjectOf<T>,
	pub proposed_at: Moment,
}

impl<T: Config> Case<T> {
	/// The case of a proposal that no second officer has decided on yet.
	pub fn of(proposal: ProposalOf<T>) -> Self {
		let Proposal {
			proposer,
			basis,
			reason,
			call: _,
			call_hash,
			description,
			subject,
			proposed_at,
			expires_at: _,
		} = proposal;
		Self {
			kind: ActKind::TwoOfficers,
			by: proposer,
			second: None,
			call_hash,
			description,
			basis,
			reason,
			subject,
			proposed_at,
		}
	}
}

impl From<DispatchResult> for Outcome {
	fn from(result: DispatchResult) -> Self {
		match result {
			Ok(()) => Self::Succeeded,
			Err(error) => Self::Failed(error),
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Write the record of something that was done, whether it succeeded or failed, and tell the provenance graph of it. The graph is not
	/// told of proposals that were rejected or expired: nothing was done.
	pub(crate) fn record_deed(case: Case<T>, result: DispatchResult) -> RecordId {
		let (by, digest) = (case.by.clone(), case.call_hash);
		let id = Self::write_record(case, result.into());
		T::Provenance::record(Happening {
			kind: RecordKind::Act,
			by: Doer::Account(&by),
			owner: None,
			subject: RecordSubject::Act(id.0),
			digest,
			uses: &[],
			supersedes: false,
		});
		id
	}

	/// Write the record of an act, and hang it in front of the earlier ones about its subject and its officers.
	///
	/// The number is taken here and not before the act: an act that leaves a record of its own inside, does so first.
	pub(crate) fn write_record(case: Case<T>, outcome: Outcome) -> RecordId {
		let Case {
			kind,
			by,
			second,
			call_hash,
			description,
			basis,
			reason,
			subject,
			proposed_at,
		} = case;
		let id = NextRecord::<T>::mutate(|next| {
			let id = *next;
			// 2^64 records are never written.
			next.0 = next.0.saturating_add(1);
			id
		});
		let previous_of_subject = LastOfSubject::<T>::mutate(&subject, |last| last.replace(id));
		let previous_of_proposer = LastOfOfficer::<T>::mutate(&by, |last| last.replace(id));
		let previous_of_approver = second
			.as_ref()
			.and_then(|second| LastOfOfficer::<T>::mutate(second, |last| last.replace(id)));
		let record = ActRecord {
			kind,
			by,
			second,
			call_hash,
			description,
			basis,
			reason,
			subject,
			proposed_at,
			block: frame_system::Pallet::<T>::block_number(),
			at: T::Time::now(),
			outcome,
			previous_of_subject,
			previous_of_proposer,
			previous_of_approver,
		};
		Records::<T>::insert(id, record);
		id
	}
}
