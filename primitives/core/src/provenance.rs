//! What other pallets tell the provenance graph about.

use crate::{AssetId, Vintage};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What is recorded by itself, without its author doing anything.
#[derive(
	Clone,
	Copy,
	Debug,
	Decode,
	DecodeWithMemTracking,
	Encode,
	Eq,
	MaxEncodedLen,
	Ord,
	PartialEq,
	PartialOrd,
	TypeInfo,
)]
pub enum RecordKind {
	/// A participant was admitted.
	#[codec(index = 0)]
	Admission,
	/// Free allowances were issued.
	#[codec(index = 1)]
	Allocation,
	/// Emissions were reported.
	#[codec(index = 2)]
	Report,
	/// A report was verified.
	#[codec(index = 3)]
	Verification,
	/// Emissions were confirmed or determined.
	#[codec(index = 4)]
	Confirmation,
	/// Orders of one market traded in one block.
	#[codec(index = 5)]
	Matching,
	/// A block trade was settled.
	#[codec(index = 6)]
	BlockTrade,
	/// Units were surrendered.
	#[codec(index = 7)]
	Surrender,
	/// Units were cancelled.
	#[codec(index = 8)]
	Cancellation,
	/// A penalty became final.
	#[codec(index = 9)]
	Penalty,
	/// The regulator acted.
	#[codec(index = 10)]
	Act,
}

impl RecordKind {
	/// All of them, in the order of their encoding.
	pub const ALL: [Self; 11] = [
		Self::Admission,
		Self::Allocation,
		Self::Report,
		Self::Verification,
		Self::Confirmation,
		Self::Matching,
		Self::BlockTrade,
		Self::Surrender,
		Self::Cancellation,
		Self::Penalty,
		Self::Act,
	];

	/// The bit that stands for this kind where several are chosen.
	pub const fn bit(self) -> u32 {
		1 << self as u32
	}
}

/// What a record made by the chain is about: the name under which a later record finds it.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub enum RecordSubject<AccountId> {
	/// A participant, as it was admitted last.
	#[codec(index = 0)]
	Participant(AccountId),
	/// What was allocated to an entity for a year.
	#[codec(index = 1)]
	Allocation {
		/// The year.
		year: Vintage,
		/// The entity.
		entity: AccountId,
	},
	/// The emissions report of an entity for a year.
	#[codec(index = 2)]
	Report {
		/// The year.
		year: Vintage,
		/// The entity.
		entity: AccountId,
	},
	/// The verification of that report.
	#[codec(index = 3)]
	Verification {
		/// The year.
		year: Vintage,
		/// The entity.
		entity: AccountId,
	},
	/// The confirmed emissions of an entity in a year.
	#[codec(index = 4)]
	Emissions {
		/// The year.
		year: Vintage,
		/// The entity.
		entity: AccountId,
	},
	/// The trades of a market, by the block with which they begin.
	#[codec(index = 5)]
	Matching {
		/// The asset of the market.
		asset: AssetId,
		/// Number of the block.
		block: u32,
	},
	/// A block trade, by its number.
	#[codec(index = 6)]
	BlockTrade(u64),
	/// A surrender, by its number.
	#[codec(index = 7)]
	Surrender(u64),
	/// A cancellation of allowances, by its number.
	#[codec(index = 8)]
	Cancellation(u64),
	/// A penalty, by its number.
	#[codec(index = 9)]
	Penalty(u64),
	/// An act of the regulator, by the number of its record in the audit trail.
	#[codec(index = 10)]
	Act(u64),
	/// A cancellation of offset credits, by its number.
	#[codec(index = 11)]
	OffsetCancellation(u64),
}
