//! Who may do what.

use carbon_primitives::Role;
use sp_runtime::DispatchError;

/// Tells whether an account is an admitted participant that may act in a role at this moment.
///
/// One question costs at most one storage read.
pub trait EnsureParticipant<AccountId> {
	/// `who` is admitted, neither suspended nor expelled, and holds `role` unexpired.
	///
	/// The error names what is missing.
	fn ensure_role(who: &AccountId, role: Role) -> Result<(), DispatchError>;

	/// `who` is admitted and holds, unexpired, any role that entitles to trade.
	fn ensure_may_trade(who: &AccountId) -> Result<(), DispatchError>;

	/// `who` is admitted, neither suspended nor expelled, whatever its roles.
	fn ensure_admitted(who: &AccountId) -> Result<(), DispatchError>;
}

impl<AccountId> EnsureParticipant<AccountId> for () {
	fn ensure_role(_: &AccountId, _: Role) -> Result<(), DispatchError> {
		Err(DispatchError::BadOrigin)
	}

	fn ensure_may_trade(_: &AccountId) -> Result<(), DispatchError> {
		Err(DispatchError::BadOrigin)
	}

	fn ensure_admitted(_: &AccountId) -> Result<(), DispatchError> {
		Err(DispatchError::BadOrigin)
	}
}

/// Makes an account fit to act, for benchmarks of pallets that ask [`EnsureParticipant`].
pub trait ParticipantBenchmarkHelper<AccountId> {
	/// Admit `who` with `role`, without expiry.
	fn admit(who: &AccountId, role: Role);
}

impl<AccountId> ParticipantBenchmarkHelper<AccountId> for () {
	fn admit(_: &AccountId, _: Role) {}
}
