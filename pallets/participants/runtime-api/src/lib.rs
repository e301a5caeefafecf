//! Questions about participants that a wallet can ask the runtime.
//!
//! polkadot.js offers them by itself under *Developer → Runtime calls*; `@polkadot/api` under `api.call.participantsApi`.

#![cfg_attr(not(feature = "std"), no_std)]

use carbon_primitives::GroupId;
pub use pallet_participants::{
	ApplicationPage, ApplicationRecord, GroupRecord, ParticipantRecord, RoleGrant, RoleGrants, RoleList,
	Status,
};

sp_api::decl_runtime_apis! {
	/// Who may do what.
	pub trait ParticipantsApi<AccountId, BlockNumber>
	where
		AccountId: codec::Codec,
		BlockNumber: codec::Codec,
	{
		/// The record of a participant: its status, its roles and when they end, its group and its lists; none if the
		/// account is no participant.
		fn participant(account: AccountId) -> Option<ParticipantRecord<BlockNumber>>;

		/// Whether the account may trade at this moment.
		fn may_trade(account: AccountId) -> bool;

		/// The pending application of an account; none if it has not applied or has been decided about.
		fn application(account: AccountId) -> Option<ApplicationRecord>;

		/// The record of a group of firms under common control; none if it does not exist.
		fn group(id: GroupId) -> Option<GroupRecord>;

		/// The pending applications in the order in which they came, from the entry number `from` on: what is left of the
		/// next `count` entries, 100 at most, and the number from which to go on. A registered application leaves the
		/// queue when its lifetime has passed.
		fn applications(from: u64, count: u32) -> ApplicationPage<AccountId>;
	}
}
