//! Offset credits, for pallets that accept them.

use carbon_primitives::{AssetId, ProjectKind, Tonnes, Vintage};
use sp_runtime::{DispatchError, DispatchResult};

/// What the rules about offsets ask of a series.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SeriesInfo {
	/// Kind of the project that the credits come from.
	pub kind: ProjectKind,
	/// Whether the project lay at an installation of a covered entity when the series was issued.
	pub inside_ets: bool,
	/// Year in which the monitoring period of the credits ended.
	pub vintage: Vintage,
}

/// The offset credits on the registry ledger.
pub trait OffsetCredits<AccountId> {
	/// What series `asset` is; none where it is no offset series.
	fn series(asset: AssetId) -> Option<SeriesInfo>;

	/// Take `tonnes` of the series `asset` that `who` holds freely out of the world, as surrendered. The record of the
	/// surrender is the caller's.
	///
	/// # Errors
	/// There is no such series, it is halted, the amount is zero, or `who` holds fewer. Nothing is changed then.
	fn retire(who: &AccountId, asset: AssetId, tonnes: Tonnes) -> DispatchResult;
}

/// There are none.
impl<AccountId> OffsetCredits<AccountId> for () {
	fn series(_: AssetId) -> Option<SeriesInfo> {
		None
	}

	fn retire(_: &AccountId, _: AssetId, _: Tonnes) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}
}

/// Says how much of a series is kept back against reversal.
pub trait InspectBufferShare {
	/// Share of the buffer for projects of `kind`, in basis points (1/10,000) of what is issued.
	fn buffer_bps(kind: ProjectKind) -> u32;
}

/// All of it.
impl InspectBufferShare for () {
	fn buffer_bps(_: ProjectKind) -> u32 {
		10_000
	}
}
