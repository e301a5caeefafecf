//! What a participant's credit is worth: levels, and what they change.

use crate::Tonnes;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The band that a credit score lies in, from the best to the worst.
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
pub enum CreditLevel {
	/// The best.
	#[codec(index = 0)]
	A,
	/// Good.
	#[codec(index = 1)]
	B,
	/// What a participant without a history has.
	#[codec(index = 2)]
	C,
	/// Bad.
	#[codec(index = 3)]
	D,
	/// The worst.
	#[codec(index = 4)]
	E,
}

/// What a credit level changes.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct CreditTerms {
	/// Margin for a trade that is settled later, in thousandths of the usual one.
	#[codec(compact)]
	pub margin_milli: u32,
	/// Largest order, in tonnes; none for the market's own limit.
	pub order_max: Option<Tonnes>,
	/// Most resting orders in one market; none for the market's own limit.
	pub orders_max: Option<u32>,
	/// Whether the regulator keeps what is allocated, to surrender it first.
	pub allocation_held: bool,
	/// Days for which a report has to lie with the regulator before it may be confirmed.
	#[codec(compact)]
	pub review_days: u32,
}

impl CreditTerms {
	/// Nothing but what applies to everybody.
	pub const USUAL: Self = Self {
		margin_milli: 1_000,
		order_max: None,
		orders_max: None,
		allocation_held: false,
		review_days: 0,
	};
}

/// What a participant's orders are limited to, beside the rules of the market.
///
/// Small enough to be copied where trading needs it, so that an order need not ask for it each time.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct TradingLimits {
	/// Largest order, in tonnes; none for the market's own limit.
	pub order_max: Option<Tonnes>,
	/// Most resting orders in one market; none for the market's own limit.
	pub orders_max: Option<u32>,
	/// Whether it may not buy, because it owes a fine.
	pub buys_blocked: bool,
}

/// What a sanction consists of.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum PenaltyKind {
	/// A reprimand.
	#[codec(index = 0)]
	Warning,
	/// The name is published.
	#[codec(index = 1)]
	Publication,
	/// Money to the treasury.
	#[codec(index = 2)]
	Fine,
	/// Fewer allowances at the next allocation.
	#[codec(index = 3)]
	AllocationCut,
	/// No trading for a time.
	#[codec(index = 4)]
	TradingBan,
}

impl PenaltyKind {
	/// All of them, in the order of their encoding.
	pub const ALL: [Self; 5] = [
		Self::Warning,
		Self::Publication,
		Self::Fine,
		Self::AllocationCut,
		Self::TradingBan,
	];
}
