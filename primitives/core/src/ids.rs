//! Identifiers that more than one pallet uses.

use crate::Vintage;
use codec::{CompactAs, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Number of an asset on the registry ledger.
///
/// A vintage's allowances are the asset whose number is the year; offset series are numbered from
/// [`OFFSET_SERIES_FIRST`] on. A market bears the number of the asset that it trades.
pub type AssetId = u32;

/// Number of the first offset series. Vintages have the numbers of their years; what lies between is not used.
pub const OFFSET_SERIES_FIRST: AssetId = 1_000_000;

/// BLAKE2b-256 digest of a document that stays with its owner.
pub type Digest = sp_core::H256;

/// Number of a corporate group: firms under common control, which the rules look at as one where they limit holdings or
/// ask for independence.
#[derive(
	Clone,
	Copy,
	CompactAs,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Default,
	Deserialize,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	Serialize,
	TypeInfo,
)]
#[serde(transparent)]
pub struct GroupId(pub u32);

impl From<Vintage> for AssetId {
	fn from(vintage: Vintage) -> Self {
		AssetId::from(vintage.0)
	}
}

impl Vintage {
	/// The vintage whose allowances are the asset `asset`, if it is not an offset series.
	pub fn from_asset(asset: AssetId) -> Option<Self> {
		u16::try_from(asset).ok().map(Vintage)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_vintage_and_its_asset_name_each_other() {
		assert_eq!(AssetId::from(Vintage(2021)), 2021);
		assert_eq!(Vintage::from_asset(2021), Some(Vintage(2021)));
	}

	#[test]
	fn an_offset_series_has_no_vintage() {
		assert_eq!(Vintage::from_asset(OFFSET_SERIES_FIRST), None);
	}
}
