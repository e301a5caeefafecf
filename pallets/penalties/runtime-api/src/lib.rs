//! Questions about penalties that a client asks the runtime. polkadot.js offers them under "Runtime calls".

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::vec::Vec;
use carbon_primitives::Balance;
use codec::Codec;
use pallet_penalties::{Disclosure, PenaltyId, PenaltyView};

sp_api::decl_runtime_apis! {
	/// Questions about penalties. Money is in fen, days are counted from 1 January 1970, moments are in milliseconds since the Unix
	/// epoch. No list is longer than 100 entries, however many are asked for.
	pub trait PenaltiesApi<AccountId> where AccountId: Codec {
		/// A penalty.
		fn penalty(id: PenaltyId) -> Option<PenaltyView<AccountId>>;

		/// The penalties of `who` before its penalty `before`, or its newest ones, newest first.
		fn penalties_of(who: AccountId, before: Option<PenaltyId>, count: u32) -> Vec<PenaltyView<AccountId>>;

		/// The penalties from number `from` on, oldest first.
		fn penalties(from: PenaltyId, count: u32) -> Vec<PenaltyView<AccountId>>;

		/// What is published, from entry `from` on, oldest first. Penalties that were annulled afterwards show it.
		fn disclosures(from: u64, count: u32) -> Vec<Disclosure<AccountId>>;

		/// What `who` owes, so that it may not buy. Fines that are not yet due do not count.
		fn debt_of(who: AccountId) -> Balance;
	}
}
