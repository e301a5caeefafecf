//! What the pallet stores.

use carbon_primitives::Balance;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;

/// The record of a receipt on the chain that `T` configures.
pub type ReceiptRecordOf<T> = ReceiptRecord<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;

/// What a receipt stands for.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum ReceiptKind {
	/// A transfer that came in: tokens were made.
	#[codec(index = 0)]
	Mint,
	/// A transfer that pays out: tokens were destroyed.
	#[codec(index = 1)]
	Redeem,
}

/// What the chain knows about a receipt that was used.
#[derive(Clone, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo)]
pub struct ReceiptRecord<AccountId, BlockNumber> {
	/// What it stands for.
	pub kind: ReceiptKind,
	/// Who got the tokens, or whose tokens were destroyed.
	pub account: AccountId,
	/// How many tokens, in fen; never zero.
	pub amount: Balance,
	/// The block in which it was used.
	pub block: BlockNumber,
}

/// How the tokens in existence came about, in fen.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Default, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct IssuanceRecord {
	/// Tokens in the genesis block.
	pub genesis: Balance,
	/// Tokens that the settlement bank has made since.
	pub minted: Balance,
	/// Tokens that the settlement bank has destroyed since.
	pub redeemed: Balance,
}

impl IssuanceRecord {
	/// The record of a chain that starts with `genesis` fen.
	pub const fn at_genesis(genesis: Balance) -> Self {
		Self {
			genesis,
			minted: 0,
			redeemed: 0,
		}
	}

	/// The tokens that should exist, in fen; none if the record contradicts itself.
	pub fn outstanding(&self) -> Option<Balance> {
		self.genesis.checked_add(self.minted)?.checked_sub(self.redeemed)
	}

	/// The record after `amount` fen more were made, unless they cannot be counted.
	pub fn after_mint(self, amount: Balance) -> Option<Self> {
		let after = Self {
			minted: self.minted.checked_add(amount)?,
			..self
		};
		after.outstanding().map(|_| after)
	}

	/// The record after `amount` fen more were destroyed, unless there are fewer.
	pub fn after_redemption(self, amount: Balance) -> Option<Self> {
		let after = Self {
			redeemed: self.redeemed.checked_add(amount)?,
			..self
		};
		after.outstanding().map(|_| after)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn outstanding_tokens_follow_every_mint_and_redemption() {
		let record = IssuanceRecord::at_genesis(5)
			.after_mint(10)
			.and_then(|record| record.after_redemption(14));
		assert_eq!(
			record,
			Some(IssuanceRecord {
				genesis: 5,
				minted: 10,
				redeemed: 14
			})
		);
		assert_eq!(record.and_then(|record| record.outstanding()), Some(1));
	}

	#[test]
	fn a_redemption_of_more_than_there_is_is_refused() {
		assert_eq!(IssuanceRecord::at_genesis(5).after_redemption(6), None);
	}

	#[test]
	fn a_mint_that_cannot_be_counted_is_refused() {
		assert_eq!(IssuanceRecord::at_genesis(1).after_mint(Balance::MAX), None);
		let full = IssuanceRecord {
			genesis: 0,
			minted: Balance::MAX,
			redeemed: Balance::MAX,
		};
		assert_eq!(full.after_mint(1), None);
	}
}
