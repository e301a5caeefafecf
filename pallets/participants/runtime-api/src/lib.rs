//! Questions about participants that a wallet can ask the runtime.
//!
//! polkadot.js offers them by itself under *Developer → Runtime calls*; `@polkadot/api` under `api.call.participantsApi`.

#![cfg_attr(not(feature = "std"), no_std)]

pub use pallet_participants::{ParticipantRecord, RoleGrant, RoleGrants, Status};

sp_api::decl_runtime_apis! {
	/// Who may do what.
	pub trait ParticipantsApi<AccountId, BlockNumber>
	where
		AccountId: codec::Codec,
		BlockNumber: codec::Codec,
	{
		/// The record of a participant: its status, its roles and when they end; none if the account is no participant.
		fn participant(account: AccountId) -> Option<ParticipantRecord<BlockNumber>>;

		/// Whether the account may trade at this moment.
		fn may_trade(account: AccountId) -> bool;
	}
}
