//! Who may do what.

use carbon_primitives::{GroupId, Role, Service, TradingRight};
use sp_runtime::DispatchError;

/// Tells whether an account is an admitted participant that may act in a role at this moment.
///
/// One question about a role costs at most one storage read.
pub trait EnsureParticipant<AccountId> {
	/// `who` is admitted, neither suspended nor expelled nor black-listed, and holds `role` unexpired.
	///
	/// The error names what is missing.
	fn ensure_role(who: &AccountId, role: Role) -> Result<(), DispatchError>;

	/// `who` is admitted, not halted, and holds, unexpired, any role that entitles to trade. Says how long it may.
	fn ensure_may_trade(who: &AccountId) -> Result<TradingRight, DispatchError>;

	/// `who` is admitted, neither suspended nor expelled nor halted, whatever its roles.
	fn ensure_admitted(who: &AccountId) -> Result<(), DispatchError>;

	/// `who` is admitted, no black list closes `service` to it, and where the service is restricted, the white list names
	/// it.
	fn ensure_service(who: &AccountId, service: Service) -> Result<(), DispatchError>;
}

impl<AccountId> EnsureParticipant<AccountId> for () {
	fn ensure_role(_: &AccountId, _: Role) -> Result<(), DispatchError> {
		Err(DispatchError::BadOrigin)
	}

	fn ensure_may_trade(_: &AccountId) -> Result<TradingRight, DispatchError> {
		Err(DispatchError::BadOrigin)
	}

	fn ensure_admitted(_: &AccountId) -> Result<(), DispatchError> {
		Err(DispatchError::BadOrigin)
	}

	fn ensure_service(_: &AccountId, _: Service) -> Result<(), DispatchError> {
		Err(DispatchError::BadOrigin)
	}
}

/// Tells which corporate group an account belongs to. Only memberships that the regulator confirmed count.
pub trait InspectGroup<AccountId> {
	/// The group of `who`, if it belongs to one.
	fn group_of(who: &AccountId) -> Option<GroupId>;

	/// Whether the two are one account or belong to one group.
	fn are_related(one: &AccountId, other: &AccountId) -> bool;
}

/// Everybody is related to everybody, so that whoever asks for independence refuses.
impl<AccountId> InspectGroup<AccountId> for () {
	fn group_of(_: &AccountId) -> Option<GroupId> {
		None
	}

	fn are_related(_: &AccountId, _: &AccountId) -> bool {
		true
	}
}

/// Learns that the right of an account to trade has changed.
pub trait OnTradingRight<AccountId> {
	/// From now on `who` has `right`.
	fn trading_right_changed(who: &AccountId, right: TradingRight);
}

impl<AccountId> OnTradingRight<AccountId> for () {
	fn trading_right_changed(_: &AccountId, _: TradingRight) {}
}

/// Makes an account fit to act, for benchmarks of pallets that ask [`EnsureParticipant`].
pub trait ParticipantBenchmarkHelper<AccountId> {
	/// Admit `who` with `role`, without expiry.
	fn admit(who: &AccountId, role: Role);
}

impl<AccountId> ParticipantBenchmarkHelper<AccountId> for () {
	fn admit(_: &AccountId, _: Role) {}
}
