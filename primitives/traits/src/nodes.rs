//! Session keys of validators.

use alloc::vec::Vec;
use sp_runtime::{DispatchError, DispatchResult};

/// Keeps the keys with which validators author and vote.
pub trait SessionKeyring<AccountId> {
	/// A validator's keys, one for each use.
	type Keys;

	/// Keep `keys` for `who`, from the session after the next one on. `proof` shows that whoever has the keys agrees to
	/// `who` using them.
	///
	/// # Errors
	/// The proof does not fit, or the keys belong to somebody else.
	fn register(who: &AccountId, keys: Self::Keys, proof: Vec<u8>) -> DispatchResult;

	/// Whether keys are kept for `who`.
	fn has_keys(who: &AccountId) -> bool;
}

impl<AccountId> SessionKeyring<AccountId> for () {
	type Keys = ();

	fn register(_: &AccountId, _: (), _: Vec<u8>) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn has_keys(_: &AccountId) -> bool {
		false
	}
}
