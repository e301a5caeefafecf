//! What an emergency stop may stop.

use crate::AssetId;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What a halt stops. Cancelling an order and withdrawing to the own registry account stay possible under every one of
/// them but the halt of the asset itself, which stops the asset from moving at all.
#[derive(
	Clone,
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
pub enum HaltScope<AccountId> {
	/// No new orders and no matches in any market.
	#[codec(index = 0)]
	AllTrading,
	/// No new orders and no matches in the market of this asset.
	#[codec(index = 1)]
	Market(AssetId),
	/// The asset does not move: no orders, no deposits or withdrawals, no surrender, no cancellation of allowances.
	#[codec(index = 2)]
	Asset(AssetId),
	/// The account neither trades nor is paid out; its resting orders leave the book. It may still report and surrender.
	#[codec(index = 3)]
	Account(AccountId),
}
