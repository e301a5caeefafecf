//! Free allocation: what it needs of the supply and of the compliance periods, and what it tells them.

use carbon_primitives::{Tonnes, Vintage};
use sp_runtime::{DispatchError, DispatchResult, Weight};

/// Brings free allowances into being and takes them back, under the cap of their vintage.
pub trait IssueAllowances<AccountId> {
	/// Issue `tonnes` of `vintage` for `entity`, which is enrolled in that period, to the account `to`: its own, or one that keeps them
	/// for it. A call that fails is rolled back by its caller.
	///
	/// Returns how many of them are not issued, because they make up for what `entity` fell short of before.
	///
	/// # Errors
	/// The cap of the vintage would be passed, there is no such vintage, or `entity` is not enrolled or may not receive.
	fn issue(
		vintage: Vintage,
		entity: &AccountId,
		to: &AccountId,
		tonnes: Tonnes,
	) -> Result<Tonnes, DispatchError>;

	/// Take `tonnes` of `vintage` that were issued for `entity`, and that `from` holds freely, out of the world, as if they had never
	/// been issued.
	///
	/// # Errors
	/// `from` holds fewer, or they must not move. Nothing is changed then.
	fn take_back(vintage: Vintage, entity: &AccountId, from: &AccountId, tonnes: Tonnes) -> DispatchResult;

	/// Deduct `tonnes` once more, from what `entity` receives next. They had been deducted from an issue of `vintage` that turned out
	/// to be more than was due to it, so that they have made up for nothing.
	///
	/// # Errors
	/// Whoever issues deducts nothing.
	fn deduct_again(vintage: Vintage, entity: &AccountId, tonnes: Tonnes) -> DispatchResult;

	/// Tonnes of `vintage` that `who` holds freely.
	fn free(vintage: Vintage, who: &AccountId) -> Tonnes;

	/// What recording that adds to the weight of [`Self::issue`] at most, whether it is recorded or not.
	fn weight_of_issue_record() -> Weight;
}

/// Nothing is issued.
impl<AccountId> IssueAllowances<AccountId> for () {
	fn issue(_: Vintage, _: &AccountId, _: &AccountId, _: Tonnes) -> Result<Tonnes, DispatchError> {
		Err(DispatchError::Unavailable)
	}

	fn take_back(_: Vintage, _: &AccountId, _: &AccountId, _: Tonnes) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn deduct_again(_: Vintage, _: &AccountId, _: Tonnes) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn free(_: Vintage, _: &AccountId) -> Tonnes {
		Tonnes::ZERO
	}

	fn weight_of_issue_record() -> Weight {
		Weight::zero()
	}
}

/// Uses allowances that one account keeps for another.
pub trait UseHeldAllowances<AccountId> {
	/// Surrender `tonnes` of `vintage` that `custody` holds freely for the obligation of `entity` in `year`.
	///
	/// # Errors
	/// What a surrender refuses: a period that is not open, an unfit vintage, too few units.
	fn surrender_for(
		year: Vintage,
		custody: &AccountId,
		entity: &AccountId,
		vintage: Vintage,
		tonnes: Tonnes,
	) -> DispatchResult;

	/// Move `tonnes` of `vintage` from `custody` to `entity`, to which they were issued.
	///
	/// # Errors
	/// `custody` holds fewer, the vintage is halted, or `entity` may not receive.
	fn hand_over(vintage: Vintage, custody: &AccountId, entity: &AccountId, tonnes: Tonnes)
		-> DispatchResult;

	/// What recording that adds to the weight of [`Self::surrender_for`] at most, whether it is recorded or not.
	fn weight_of_surrender_record() -> Weight;
}

/// Nothing is used.
impl<AccountId> UseHeldAllowances<AccountId> for () {
	fn surrender_for(_: Vintage, _: &AccountId, _: &AccountId, _: Vintage, _: Tonnes) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn hand_over(_: Vintage, _: &AccountId, _: &AccountId, _: Tonnes) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn weight_of_surrender_record() -> Weight {
		Weight::zero()
	}
}

/// The part of a period's rules that is about free allocation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct AllocationRules {
	/// Share of the last verified emissions that is pre-allocated, in basis points (1/10,000).
	pub pre_allocation_bps: u32,
	/// Least share of the verified emissions that an entity is entitled to, in basis points; none for no gap cap.
	pub gap_cap_bps: Option<u32>,
	/// Working days for an objection.
	pub objection_days: u32,
	/// Working days for the decision about it.
	pub decision_days: u32,
}

/// Tells about compliance periods and the obligations in them.
pub trait InspectObligation<AccountId> {
	/// Rules of the period of `year`; none where there is no such period.
	fn rules(year: Vintage) -> Option<AllocationRules>;

	/// Whether allowances of `year` may be allocated now.
	fn accepts_allocation(year: Vintage) -> bool;

	/// Whether `entity` is enrolled in the period of `year`.
	fn is_enrolled(year: Vintage, entity: &AccountId) -> bool;

	/// What `entity` was issued for nothing for `year`, less what was taken back, in whichever way; none where nothing was.
	fn allocated(year: Vintage, entity: &AccountId) -> Option<Tonnes>;

	/// Confirmed emissions of `entity` in `year`; none until they are confirmed.
	fn verified_emissions(year: Vintage, entity: &AccountId) -> Option<Tonnes>;

	/// What `entity` has still to surrender for `year`; none until its emissions are confirmed.
	fn outstanding(year: Vintage, entity: &AccountId) -> Option<Tonnes>;
}

/// There are no periods.
impl<AccountId> InspectObligation<AccountId> for () {
	fn rules(_: Vintage) -> Option<AllocationRules> {
		None
	}

	fn accepts_allocation(_: Vintage) -> bool {
		false
	}

	fn is_enrolled(_: Vintage, _: &AccountId) -> bool {
		false
	}

	fn allocated(_: Vintage, _: &AccountId) -> Option<Tonnes> {
		None
	}

	fn verified_emissions(_: Vintage, _: &AccountId) -> Option<Tonnes> {
		None
	}

	fn outstanding(_: Vintage, _: &AccountId) -> Option<Tonnes> {
		None
	}
}

/// Tells the keeper of the obligations what came out of the allocation.
pub trait InspectEntitlement<AccountId> {
	/// What `entity` was entitled to in `year`; none before its true-up.
	fn entitlement(year: Vintage, entity: &AccountId) -> Option<Tonnes>;

	/// What `entity` has to return for `year` and has not returned.
	fn owed(year: Vintage, entity: &AccountId) -> Tonnes;

	/// Tonnes of the emissions of `year` that `entity` need not cover: the gap of its gas units.
	fn waived(year: Vintage, entity: &AccountId) -> Tonnes;

	/// Whether what is issued to `entity` now is kept by the regulator, because that has ordered so or because of the entity's credit. One
	/// read, and what asking for credit costs.
	fn is_kept(entity: &AccountId) -> bool;
}

/// Nobody is entitled, owes or is spared anything.
impl<AccountId> InspectEntitlement<AccountId> for () {
	fn entitlement(_: Vintage, _: &AccountId) -> Option<Tonnes> {
		None
	}

	fn owed(_: Vintage, _: &AccountId) -> Tonnes {
		Tonnes::ZERO
	}

	fn waived(_: Vintage, _: &AccountId) -> Tonnes {
		Tonnes::ZERO
	}

	fn is_kept(_: &AccountId) -> bool {
		false
	}
}
