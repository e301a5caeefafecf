//! Questions about officers, proposals, halts and the trail of acts.
//!
//! polkadot.js offers them by itself under *Developer → Runtime calls*; `@polkadot/api` under `api.call.regulatorApi`.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::vec::Vec;
use carbon_primitives::Moment;
use codec::Codec;
use pallet_regulator::{ActRecord, Halt, Level, ProposalId, ProposalView, RecordId, Requirement, Subject};

sp_api::decl_runtime_apis! {
	/// Who acts as the regulator, what waits for a second pair of eyes, what is halted, and what has been done.
	///
	/// Moments are in milliseconds since the Unix epoch. A list has at most 100 entries, however many are asked for;
	/// where `before` or `after` is asked for, give the number of the last entry that you got to read on.
	pub trait RegulatorApi<AccountId, BlockNumber, Call>
	where
		AccountId: Codec,
		BlockNumber: Codec,
		Call: Codec,
	{
		/// The officers and their levels.
		fn officers() -> Vec<(AccountId, Level)>;

		/// The level of an officer; none if the account is no officer.
		fn level(account: AccountId) -> Option<Level>;

		/// How many officers of which level a call takes, and as whom it is dispatched; none if officers may not do it.
		fn requirement(call: Call) -> Option<Requirement>;

		/// A proposal that waits for a second officer, with its call decoded and the weight that approving it needs.
		fn proposal(id: ProposalId) -> Option<ProposalView<AccountId, Call>>;

		/// The proposals from number `from` on, oldest first.
		fn proposals(from: ProposalId, count: u32) -> Vec<ProposalView<AccountId, Call>>;

		/// The halts, also those that have ended and wait to be cleared away: compare their ends with the time.
		fn halts() -> Vec<Halt<AccountId>>;

		/// One record of the trail.
		fn record(id: RecordId) -> Option<ActRecord<AccountId, BlockNumber>>;

		/// The records, newest first: the newest of all, or those before the record `before`.
		fn records(
			before: Option<RecordId>,
			count: u32,
		) -> Vec<(RecordId, ActRecord<AccountId, BlockNumber>)>;

		/// The records about a subject, newest first. `before` is the number of a record about the same subject; nothing
		/// follows one that is not.
		fn records_of_subject(
			subject: Subject<AccountId>,
			before: Option<RecordId>,
			count: u32,
		) -> Vec<(RecordId, ActRecord<AccountId, BlockNumber>)>;

		/// The records in which the account acted, proposed, approved or rejected, newest first. `before` is the number of
		/// such a record; nothing follows one that is not.
		fn records_of_officer(
			account: AccountId,
			before: Option<RecordId>,
			count: u32,
		) -> Vec<(RecordId, ActRecord<AccountId, BlockNumber>)>;

		/// The records of acts from the moment `from` on and before the moment `to`, oldest first; behind the record `after`,
		/// if one is given.
		fn records_between(
			from: Moment,
			to: Moment,
			after: Option<RecordId>,
			count: u32,
		) -> Vec<(RecordId, ActRecord<AccountId, BlockNumber>)>;
	}
}
