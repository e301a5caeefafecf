//! What the runtime API `RegulatorApi` answers with.

use crate::{pallet::*, ClassifyAct, Proposal, ProposalId, ProposalView, RecordId};
use alloc::vec::Vec;
use carbon_primitives::Moment;
use frame_support::{dispatch::GetDispatchInfo, weights::Weight};

/// Most entries of an answer.
pub(crate) const ENTRIES_MAX: u32 = 100;

/// Entries of the trail.
type Entries<T> = Vec<(RecordId, ActRecordOf<T>)>;

impl<T: Config> Pallet<T> {
	/// The proposal `id` as it shows today.
	pub(crate) fn view_of(id: ProposalId, proposal: ProposalOf<T>) -> ProposalViewOf<T> {
		let call = Self::decode_call(&proposal.call);
		let Proposal {
			proposer,
			basis,
			reason,
			call: _,
			call_hash,
			description,
			subject,
			proposed_at,
			expires_at,
		} = proposal;
		ProposalView {
			id,
			proposer,
			basis,
			reason,
			description,
			subject,
			call_hash,
			call_weight: call
				.as_ref()
				.map_or(Weight::zero(), |call| call.get_dispatch_info().call_weight),
			requirement: call
				.as_ref()
				.and_then(T::Acts::classify)
				.map(|class| class.requirement),
			call,
			proposed_at,
			expires_at,
		}
	}

	/// The proposals from number `from` on. Looks at all of them: their number is bounded, the distance between their
	/// numbers is not.
	pub(crate) fn proposals_from(from: ProposalId, count: u32) -> Vec<ProposalViewOf<T>> {
		let mut waiting: Vec<_> = Proposals::<T>::iter().filter(|(id, _)| *id >= from).collect();
		waiting.sort_unstable_by_key(|(id, _)| *id);
		waiting
			.into_iter()
			.take(capped(count))
			.map(|(id, proposal)| Self::view_of(id, proposal))
			.collect()
	}

	/// The records before `before`, newest first.
	pub(crate) fn records_before(before: Option<RecordId>, count: u32) -> Entries<T> {
		let next = NextRecord::<T>::get();
		let end = before.map_or(next, |before| before.min(next));
		(0..end.0)
			.rev()
			.take(capped(count))
			.filter_map(|number| Self::entry(RecordId(number)))
			.collect()
	}

	/// The records about `subject` before the record `before` about it, newest first.
	pub(crate) fn chain_of_subject(
		subject: SubjectOf<T>,
		before: Option<RecordId>,
		count: u32,
	) -> Entries<T> {
		let newest = match before {
			None => LastOfSubject::<T>::get(&subject),
			Some(before) => Records::<T>::get(before)
				.filter(|record| record.subject == subject)
				.and_then(|record| record.previous_of_subject),
		};
		Self::chain(newest, count, |record| record.previous_of_subject)
	}

	/// The records that name `account` before the record `before` that does, newest first.
	pub(crate) fn chain_of_officer(
		account: T::AccountId,
		before: Option<RecordId>,
		count: u32,
	) -> Entries<T> {
		let newest = match before {
			None => LastOfOfficer::<T>::get(&account),
			Some(before) => Records::<T>::get(before)
				.filter(|record| record.names(&account))
				.and_then(|record| record.previous_of(&account)),
		};
		Self::chain(newest, count, |record| record.previous_of(&account))
	}

	/// The records from the moment `from` on and before the moment `to`, behind the record `after`, oldest first.
	pub(crate) fn records_in_time(
		from: Moment,
		to: Moment,
		after: Option<RecordId>,
		count: u32,
	) -> Entries<T> {
		let next = NextRecord::<T>::get().0;
		let start = Self::first_at(from, next);
		let start = after.map_or(start, |after| after.0.saturating_add(1).max(start));
		(start..next)
			.take(capped(count))
			.map_while(|number| Self::entry(RecordId(number)))
			.take_while(|(_, record)| record.at < to)
			.collect()
	}

	/// The number of the first record from the moment `from` on; `next` if there is none. Records are in the order of time,
	/// so that halving what is left finds it: 40 reads for a trail of 10^12 records.
	fn first_at(from: Moment, next: u64) -> u64 {
		let (mut low, mut high) = (0, next);
		while low < high {
			let middle = low + (high - low) / 2;
			match Records::<T>::get(RecordId(middle)) {
				Some(record) if record.at < from => low = middle + 1,
				_ => high = middle,
			}
		}
		low
	}

	/// Follow the links from the record `newest` on.
	fn chain(
		newest: Option<RecordId>,
		count: u32,
		previous: impl Fn(&ActRecordOf<T>) -> Option<RecordId>,
	) -> Entries<T> {
		let first = newest.and_then(Self::entry);
		core::iter::successors(first, |(_, record)| previous(record).and_then(Self::entry))
			.take(capped(count))
			.collect()
	}

	fn entry(id: RecordId) -> Option<(RecordId, ActRecordOf<T>)> {
		Records::<T>::get(id).map(|record| (id, record))
	}
}

fn capped(count: u32) -> usize {
	count.min(ENTRIES_MAX) as usize
}
