//! Questions about offset credits that a client asks the runtime. polkadot.js offers them under "Runtime calls".

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::vec::Vec;
use carbon_primitives::{AssetId, Tonnes};
use codec::Codec;
use pallet_offsets::{
	CancellationId, CancellationRecord, ProjectId, ProjectView, ReferenceUse, ReportId, ReportView,
	SeriesRecord, SeriesView,
};

sp_api::decl_runtime_apis! {
	/// What the registry knows about projects, their reductions and series. Amounts are whole tonnes, days are counted
	/// from 1 January 1970 in local time.
	pub trait OffsetsApi<AccountId, BlockNumber>
	where
		AccountId: Codec,
		BlockNumber: Codec,
	{
		/// A project; `None` when it was never handed in or was withdrawn.
		fn project(id: ProjectId) -> Option<ProjectView<AccountId>>;

		/// The projects of an owner, in the order in which they were handed in.
		fn projects_of(owner: AccountId) -> Vec<ProjectView<AccountId>>;

		/// A report of reductions; `None` when it was never handed in or was withdrawn.
		fn reductions(id: ReportId) -> Option<ReportView<AccountId>>;

		/// The reports of a project that were not refused, in the order of their monitoring periods.
		fn reductions_of(project: ProjectId) -> Vec<ReportView<AccountId>>;

		/// A series; `None` for an asset that is none.
		fn series(asset: AssetId) -> Option<SeriesRecord>;

		/// The series of a project, oldest first.
		fn series_of(project: ProjectId) -> Vec<SeriesView>;

		/// The project or report that a registry reference belongs to; `None` when it is free.
		fn reference_use(reference: Vec<u8>) -> Option<ReferenceUse>;

		/// A cancellation by its number.
		fn offset_cancellation(id: CancellationId) -> Option<CancellationRecord<AccountId, BlockNumber>>;

		/// What an owner owes after reversals, over all of its projects.
		fn reversal_debt(owner: AccountId) -> Tonnes;
	}
}
