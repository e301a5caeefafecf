//! Questions about the provenance graph that a client asks the runtime. polkadot.js offers them under "Runtime calls".

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::vec::Vec;
use carbon_primitives::{Digest, Moment, RecordSubject};
use codec::Codec;
use pallet_provenance::{
	ActivityId, ActivityKind, ActivityPage, ActivityView, DataId, DataView, Direction, EntityView, Lineage,
};

sp_api::decl_runtime_apis! {
	/// Questions about data, the activities that generated and used them, and who performed these. Moments are in milliseconds since
	/// the Unix epoch.
	pub trait ProvenanceApi<AccountId> where AccountId: Codec {
		/// An item of data; none for a number that was not given out.
		fn data(id: DataId) -> Option<DataView<AccountId>>;

		/// An activity; none for a number that was not given out.
		fn activity(id: ActivityId) -> Option<ActivityView<AccountId>>;

		/// An execution entity; none for an account that the graph does not know.
		fn execution_entity(account: AccountId) -> Option<EntityView<AccountId>>;

		/// The data from number `from` on, oldest first; at most 100, however many are asked for.
		fn all_data(from: DataId, count: u32) -> Vec<DataView<AccountId>>;

		/// The activities from number `from` on, oldest first; at most 100, however many are asked for.
		fn all_activities(from: ActivityId, count: u32) -> Vec<ActivityView<AccountId>>;

		/// The execution entities after the account `from`, at first without one, in the order in which the chain stores them; at most
		/// 100, however many are asked for.
		fn execution_entities(from: Option<AccountId>, count: u32) -> Vec<EntityView<AccountId>>;

		/// The data with the digest `digest`, one of each owner at most; at most 100. Anybody may record any digest: that of one
		/// owner is in the storage item `Digests`.
		fn data_by_digest(digest: Digest) -> Vec<DataId>;

		/// The newest data of the name `subject`.
		fn data_of_subject(subject: RecordSubject<AccountId>) -> Option<DataId>;

		/// What `data` were made from, or what was made from them: at most `depth` activities away, 32 at most, and at most `max` data
		/// and activities together, 1,000 at most.
		fn lineage(data: DataId, direction: Direction, depth: u32, max: u32) -> Lineage<AccountId>;

		/// What `account` has done of which a part lies between `from` and `to`, both included, newest first: recorded before `before`;
		/// at most 100. For one answer 1,000 activities are looked at, so that it may be empty and yet say in `next` where to go on.
		fn activities_of(
			account: AccountId,
			from: Moment,
			to: Moment,
			before: Option<ActivityId>,
			count: u32,
		) -> ActivityPage<AccountId>;

		/// The activities of a kind, newest first: recorded before `before`; at most 100.
		fn activities_by_kind(
			kind: ActivityKind,
			before: Option<ActivityId>,
			count: u32,
		) -> ActivityPage<AccountId>;

		/// How many activities, data and execution entities there are.
		fn counts() -> (u64, u64, u32);
	}
}
