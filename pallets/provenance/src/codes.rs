//! The code lists of the profile: kinds of execution entities, activities and data, and algorithms. Each is open at its end, so that
//! whoever uses the chain adds codes without an upgrade.

use carbon_primitives::RecordKind;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What an execution entity is.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum EntityKind {
	/// A human being.
	#[codec(index = 0)]
	Person,
	/// A firm or another body.
	#[codec(index = 1)]
	Organisation,
	/// A program.
	#[codec(index = 2)]
	Software,
	/// A meter or another machine.
	#[codec(index = 3)]
	Device,
	/// A body of the state.
	#[codec(index = 4)]
	Authority,
	/// By a code outside of this list.
	#[codec(index = 255)]
	Other(u16),
}

/// What an activity does.
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
pub enum ActivityKind {
	/// Data are collected, or registered as they are.
	#[codec(index = 0)]
	Collect,
	/// Data are passed on.
	#[codec(index = 1)]
	Transmit,
	/// Data are encrypted.
	#[codec(index = 2)]
	Encrypt,
	/// Data are summed up.
	#[codec(index = 3)]
	Aggregate,
	/// Emissions are reported.
	#[codec(index = 4)]
	Report,
	/// A report is verified.
	#[codec(index = 5)]
	Verify,
	/// Allowances are allocated.
	#[codec(index = 6)]
	Allocate,
	/// Orders trade.
	#[codec(index = 7)]
	Trade,
	/// Both legs of a trade move.
	#[codec(index = 8)]
	Settle,
	/// Units change their holder.
	#[codec(index = 9)]
	Transfer,
	/// Units are surrendered.
	#[codec(index = 10)]
	Surrender,
	/// Units are cancelled.
	#[codec(index = 11)]
	Cancel,
	/// Performance is scored.
	#[codec(index = 12)]
	Score,
	/// A penalty becomes final.
	#[codec(index = 13)]
	Penalise,
	/// Data are read.
	#[codec(index = 14)]
	Access,
	/// Data are replaced by a newer version. Only the call `revise` records it.
	#[codec(index = 15)]
	Revise,
	/// Data are declared void. Only the call `invalidate` records it.
	#[codec(index = 16)]
	Delete,
	/// A participant is admitted.
	#[codec(index = 17)]
	Admit,
	/// Emissions are confirmed or determined by the regulator.
	#[codec(index = 18)]
	Confirm,
	/// The regulator acts.
	#[codec(index = 19)]
	Act,
	/// By a code outside of this list.
	#[codec(index = 255)]
	Other(u16),
}

/// How many kinds of activities have names.
pub const NAMED_KINDS: usize = 20;

impl ActivityKind {
	/// All that have names, in the order of their encoding.
	pub const NAMED: [Self; NAMED_KINDS] = [
		Self::Collect,
		Self::Transmit,
		Self::Encrypt,
		Self::Aggregate,
		Self::Report,
		Self::Verify,
		Self::Allocate,
		Self::Trade,
		Self::Settle,
		Self::Transfer,
		Self::Surrender,
		Self::Cancel,
		Self::Score,
		Self::Penalise,
		Self::Access,
		Self::Revise,
		Self::Delete,
		Self::Admit,
		Self::Confirm,
		Self::Act,
	];

	/// The place of a kind that has a name; the code of another one.
	pub fn place(self) -> Result<usize, u16> {
		match self {
			Self::Other(code) => Err(code),
			named => Self::NAMED.iter().position(|kind| *kind == named).ok_or(0),
		}
	}

	/// Whether it changes the state of data, which only the calls of that name do.
	pub const fn is_reserved(self) -> bool {
		matches!(self, Self::Revise | Self::Delete)
	}
}

/// What data are.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum DataKind {
	/// Readings of a meter.
	#[codec(index = 0)]
	Measurement,
	/// A document of any other kind.
	#[codec(index = 1)]
	Document,
	/// An emissions report.
	#[codec(index = 2)]
	Report,
	/// The verification of a report.
	#[codec(index = 3)]
	Verification,
	/// Confirmed emissions.
	#[codec(index = 4)]
	Emissions,
	/// An allocation of allowances.
	#[codec(index = 5)]
	Allocation,
	/// Trades of the order book.
	#[codec(index = 6)]
	Trades,
	/// A block trade.
	#[codec(index = 7)]
	BlockTrade,
	/// A surrender.
	#[codec(index = 8)]
	Surrender,
	/// A cancellation.
	#[codec(index = 9)]
	Cancellation,
	/// A penalty.
	#[codec(index = 10)]
	Penalty,
	/// An act of the regulator.
	#[codec(index = 11)]
	Act,
	/// The record of a participant.
	#[codec(index = 12)]
	Participant,
	/// By a code outside of this list.
	#[codec(index = 255)]
	Other(u16),
}

/// How a digest was computed. All of them have 32 bytes.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum DigestAlgorithm {
	/// BLAKE2b with 256 bits.
	#[codec(index = 0)]
	Blake2b256,
	/// SHA-256.
	#[codec(index = 1)]
	Sha256,
	/// SHA3-256.
	#[codec(index = 2)]
	Sha3,
	/// SM3 (GB/T 32905).
	#[codec(index = 3)]
	Sm3,
	/// By a code outside of this list.
	#[codec(index = 255)]
	Other(u16),
}

/// How an execution entity has signed its description.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum SignatureScheme {
	/// Ed25519.
	#[codec(index = 0)]
	Ed25519,
	/// Schnorr signatures over Ristretto25519.
	#[codec(index = 1)]
	Sr25519,
	/// ECDSA over secp256k1 with BLAKE2b-256.
	#[codec(index = 2)]
	Ecdsa,
	/// ECDSA over secp256k1 with Keccak-256.
	#[codec(index = 3)]
	Eth,
}

/// What the activity of an automatic record is, and what its data are.
pub const fn codes_of(kind: RecordKind) -> (ActivityKind, DataKind) {
	match kind {
		RecordKind::Admission => (ActivityKind::Admit, DataKind::Participant),
		RecordKind::Allocation => (ActivityKind::Allocate, DataKind::Allocation),
		RecordKind::Report => (ActivityKind::Report, DataKind::Report),
		RecordKind::Verification => (ActivityKind::Verify, DataKind::Verification),
		RecordKind::Confirmation => (ActivityKind::Confirm, DataKind::Emissions),
		RecordKind::Matching => (ActivityKind::Trade, DataKind::Trades),
		RecordKind::BlockTrade => (ActivityKind::Settle, DataKind::BlockTrade),
		RecordKind::Surrender => (ActivityKind::Surrender, DataKind::Surrender),
		RecordKind::Cancellation => (ActivityKind::Cancel, DataKind::Cancellation),
		RecordKind::Penalty => (ActivityKind::Penalise, DataKind::Penalty),
		RecordKind::Act => (ActivityKind::Act, DataKind::Act),
	}
}

/// Whether data of this kind that the chain has recorded are found by their digest: it is that of a document that their owner knows, the
/// report or the evidence. That of others is mostly one of what the chain stores.
pub const fn has_document(kind: DataKind) -> bool {
	matches!(kind, DataKind::Report | DataKind::Penalty)
}
