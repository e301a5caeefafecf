//! The graph in the storage of the chain.

use crate::{graph::*, pallet::*, types::*};
use carbon_primitives::{Digest, RecordSubject};
use core::marker::PhantomData;

/// The storage of the chain that `T` configures.
pub(crate) struct OnChain<T>(PhantomData<T>);

impl<T> OnChain<T> {
	pub(crate) const fn new() -> Self {
		Self(PhantomData)
	}
}

impl<T: Config> GraphStore<T::AccountId> for OnChain<T> {
	fn heads(&self) -> Heads {
		note_read("Head", &());
		Head::<T>::get()
	}

	fn set_heads(&mut self, heads: Heads) {
		Head::<T>::put(heads);
	}

	fn last_of_other(&self, code: u16) -> Option<ActivityId> {
		note_read("LastOfOther", &code);
		LastOfOther::<T>::get(code)
	}

	fn set_last_of_other(&mut self, code: u16, id: ActivityId) {
		LastOfOther::<T>::insert(code, id);
	}

	fn activity(&self, id: ActivityId) -> Option<ActivityRecordOf<T>> {
		note_read("Activities", &id);
		Activities::<T>::get(id)
	}

	fn add_activity(&mut self, id: ActivityId, record: ActivityRecordOf<T>) {
		Activities::<T>::insert(id, record);
	}

	fn data(&self, id: DataId) -> Option<DataRecordOf<T>> {
		note_read("Data", &id);
		Data::<T>::get(id)
	}

	fn set_data(&mut self, id: DataId, record: DataRecordOf<T>) {
		Data::<T>::insert(id, record);
	}

	fn entity(&self, who: &T::AccountId) -> Option<ExecutionEntityOf<T>> {
		note_read("Entities", who);
		Entities::<T>::get(who)
	}

	fn set_entity(&mut self, who: &T::AccountId, record: ExecutionEntityOf<T>) {
		Entities::<T>::insert(who, record);
	}

	fn is_digest_known(&self, digest: &Digest, owner: &T::AccountId) -> bool {
		note_read("Digests", &(digest, owner));
		Digests::<T>::contains_key(digest, owner)
	}

	fn set_digest(&mut self, digest: &Digest, owner: &T::AccountId, id: DataId) {
		Digests::<T>::insert(digest, owner, id);
	}

	fn subject(&self, subject: &RecordSubject<T::AccountId>) -> Option<DataId> {
		note_read("Subjects", subject);
		Subjects::<T>::get(subject)
	}

	fn set_subject(&mut self, subject: &RecordSubject<T::AccountId>, id: DataId) {
		Subjects::<T>::insert(subject, id);
	}

	fn add_use(&mut self, data: DataId, activity: ActivityId) {
		UsedBy::<T>::insert(data, activity, ());
	}
}

/// Nothing is noted on a chain.
#[cfg(not(test))]
pub(crate) fn note_read<Key>(_: &str, _: &Key) {}

/// Note in tests which items a record reads, each once, since the second time it is in memory.
#[cfg(test)]
pub(crate) fn note_read<Key: codec::Encode>(item: &'static str, key: &Key) {
	READS.with(|reads| reads.borrow_mut().insert((item, key.encode())));
}

#[cfg(test)]
std::thread_local! {
	/// The items that were read, by the name of the storage item and the key.
	pub(crate) static READS: core::cell::RefCell<std::collections::BTreeSet<(&'static str, std::vec::Vec<u8>)>> =
		const { core::cell::RefCell::new(std::collections::BTreeSet::new()) };
}

impl<T> From<GraphError> for Error<T> {
	fn from(error: GraphError) -> Self {
		match error {
			GraphError::DataInvalidated => Self::DataInvalidated,
			GraphError::DataNotValid => Self::DataNotValid,
			GraphError::DataUnknown => Self::DataUnknown,
			GraphError::DelegationCycle => Self::DelegationCycle,
			GraphError::DelegationNotConsented => Self::DelegationNotConsented,
			GraphError::DelegationTooDeep => Self::DelegationTooDeep,
			GraphError::DerivationCycle => Self::DerivationCycle,
			GraphError::DeviceUnknown => Self::DeviceUnknown,
			GraphError::DigestKnown => Self::DigestKnown,
			GraphError::EntityUnknown => Self::EntityUnknown,
			GraphError::NothingRecorded => Self::NothingRecorded,
			GraphError::NumbersExhausted => Self::NumbersExhausted,
			GraphError::PrimarySourceMissing => Self::PrimarySourceMissing,
			GraphError::SourceNotUsed => Self::SourceNotUsed,
			GraphError::SourceTwice => Self::SourceTwice,
			GraphError::SourceUnknown => Self::SourceUnknown,
			GraphError::TimeInFuture => Self::TimeInFuture,
			GraphError::TimeReversed => Self::TimeReversed,
			GraphError::TriggerLater => Self::TriggerLater,
			GraphError::TriggerUnknown => Self::TriggerUnknown,
			GraphError::UsedBeforeGeneration => Self::UsedBeforeGeneration,
			GraphError::UsedTwice => Self::UsedTwice,
		}
	}
}
