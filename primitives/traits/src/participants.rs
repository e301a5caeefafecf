//! Who may do what.

use alloc::vec::Vec;
use carbon_primitives::{GroupId, Role, Service, TradingRight};
use sp_runtime::{DispatchError, Weight};

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

	/// `who` has been admitted once, whatever has become of it since.
	///
	/// For acts that concern an account against its will: the accounts of pallets are none of them.
	fn ensure_known(who: &AccountId) -> Result<(), DispatchError>;

	/// `who` may take its own property back: known, and not barred from everything by the black list. Suspension,
	/// expulsion and halts leave this open.
	fn ensure_may_exit(who: &AccountId) -> Result<(), DispatchError>;

	/// `who` may be paid out: as [`Self::ensure_may_exit`], and not halted.
	fn ensure_may_be_paid(who: &AccountId) -> Result<(), DispatchError>;
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

	fn ensure_known(_: &AccountId) -> Result<(), DispatchError> {
		Err(DispatchError::BadOrigin)
	}

	fn ensure_may_exit(_: &AccountId) -> Result<(), DispatchError> {
		Err(DispatchError::BadOrigin)
	}

	fn ensure_may_be_paid(_: &AccountId) -> Result<(), DispatchError> {
		Err(DispatchError::BadOrigin)
	}
}

/// Tells which corporate group an account belongs to. Only memberships that the regulator confirmed count.
pub trait InspectGroup<AccountId> {
	/// The group of `who`, if it belongs to one.
	fn group_of(who: &AccountId) -> Option<GroupId>;

	/// Whether the two are one account or belong to one group.
	fn are_related(one: &AccountId, other: &AccountId) -> bool;

	/// The members of `group`. There are at most as many as a group may have.
	fn members_of(group: GroupId) -> Vec<AccountId>;
}

/// Everybody is related to everybody, so that whoever asks for independence refuses.
impl<AccountId> InspectGroup<AccountId> for () {
	fn group_of(_: &AccountId) -> Option<GroupId> {
		None
	}

	fn are_related(_: &AccountId, _: &AccountId) -> bool {
		true
	}

	fn members_of(_: GroupId) -> Vec<AccountId> {
		Vec::new()
	}
}

/// Learns that the right of an account to trade, or its group, has changed.
pub trait OnTradingRight<AccountId> {
	/// From now on `who` has `right`.
	fn trading_right_changed(who: &AccountId, right: TradingRight);

	/// From now on `who` belongs to `group`, by confirmation of the regulator.
	fn group_changed(who: &AccountId, group: Option<GroupId>);

	/// What learning either costs at most.
	fn weight() -> Weight;
}

impl<AccountId> OnTradingRight<AccountId> for () {
	fn trading_right_changed(_: &AccountId, _: TradingRight) {}

	fn group_changed(_: &AccountId, _: Option<GroupId>) {}

	fn weight() -> Weight {
		Weight::zero()
	}
}

/// An account in whose name a transaction acts, beside its signer's.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Principal<AccountId> {
	/// The account.
	pub account: AccountId,
	/// Whether all that is done for it is taking its own property back.
	pub is_exit: bool,
}

/// A transaction acts in more names than may be looked at for one transaction.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TooManyPrincipals;

/// Tells in whose name a call acts, wherever in it that is hidden.
pub trait InspectDelegation<AccountId, Call> {
	/// Most principals that a call may have.
	const PRINCIPALS_MAX: u32;

	/// In whose name `call` acts when `signer` sends it: as their proxy, or as one of the signatories of a multisig.
	///
	/// # Errors
	/// There are more than [`Self::PRINCIPALS_MAX`].
	fn principals(signer: &AccountId, call: &Call) -> Result<Vec<Principal<AccountId>>, TooManyPrincipals>;

	/// Whether `call` lets others act in the signer's name.
	fn delegates(call: &Call) -> bool;
}

/// Every call acts in more names than may be looked at.
impl<AccountId, Call> InspectDelegation<AccountId, Call> for () {
	const PRINCIPALS_MAX: u32 = 0;

	fn principals(_: &AccountId, _: &Call) -> Result<Vec<Principal<AccountId>>, TooManyPrincipals> {
		Err(TooManyPrincipals)
	}

	fn delegates(_: &Call) -> bool {
		true
	}
}

/// Makes an account fit to act, for benchmarks of pallets that ask [`EnsureParticipant`].
pub trait ParticipantBenchmarkHelper<AccountId> {
	/// Admit `who` with `role`, without expiry.
	fn admit(who: &AccountId, role: Role);

	/// Make one group of `members`, who were admitted before. A benchmark that needs a group fails where nothing is done.
	fn form_group(_members: &[AccountId]) {}
}

impl<AccountId> ParticipantBenchmarkHelper<AccountId> for () {
	fn admit(_: &AccountId, _: Role) {}
}
