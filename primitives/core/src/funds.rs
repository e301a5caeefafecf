//! Money and allowances as one.

use crate::{AssetId, Balance, Tonnes};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What is moved between ledgers, or bound on one.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Funds {
	/// Settlement tokens.
	#[codec(index = 0)]
	Cash {
		/// How much, in fen (1/100 CNY).
		#[codec(compact)]
		amount: Balance,
	},
	/// Allowances of a vintage or offset credits of a series.
	#[codec(index = 1)]
	Allowances {
		/// The vintage, or the number of the offset series.
		asset: AssetId,
		/// How many tonnes.
		#[codec(compact)]
		tonnes: Tonnes,
	},
}

impl Funds {
	/// Whether there is nothing to move.
	pub const fn is_zero(&self) -> bool {
		match self {
			Self::Cash { amount } => *amount == 0,
			Self::Allowances { tonnes, .. } => tonnes.is_zero(),
		}
	}
}
