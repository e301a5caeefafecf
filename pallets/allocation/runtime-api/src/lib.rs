//! Questions about free allocation that a client asks the runtime. polkadot.js offers them under "Runtime calls".

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::vec::Vec;
use carbon_primitives::{Tonnes, Vintage};
use codec::Codec;
use pallet_allocation::{
	ActivityRecord, AllocationRecord, BenchmarkRecord, InstallationId, InstallationRecord, Keeping,
};

sp_api::decl_runtime_apis! {
	/// What the registry knows about installations and free allocation. Amounts are whole tonnes, days are counted from
	/// 1 January 1970 in local time.
	pub trait AllocationApi<AccountId>
	where
		AccountId: Codec,
	{
		/// An installation; `None` for a number that was not given.
		fn installation(id: InstallationId) -> Option<InstallationRecord<AccountId>>;

		/// The installations of an entity, in the order in which they came to it; without those that were closed long ago.
		fn installations_of(entity: AccountId) -> Vec<InstallationId>;

		/// What was entered for an installation in a year; `None` when nothing was.
		fn activity(year: Vintage, installation: InstallationId) -> Option<ActivityRecord>;

		/// The benchmarks of a year, and whether they may still change; `None` when there are none.
		fn benchmarks(year: Vintage) -> Option<BenchmarkRecord>;

		/// Free allocation of an entity for a year; `None` when it has no pre-allocation and no true-up.
		fn allocation(year: Vintage, entity: AccountId) -> Option<AllocationRecord>;

		/// What the regulator holds of a vintage for an entity.
		fn held(vintage: Vintage, entity: AccountId) -> Tonnes;

		/// Whether the regulator has ordered to hold what is issued to an entity. Its credit may have it held as well: see `keeping`.
		fn is_risky(entity: AccountId) -> bool;

		/// Whether what is issued to an entity now is held by the regulator, and why: by its order, because of the entity's credit, or both.
		fn keeping(entity: AccountId) -> Keeping;
	}
}
