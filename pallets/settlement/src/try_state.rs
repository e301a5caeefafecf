//! What always holds.

use crate::{Config, Issuance, Pallet, ReceiptKind, Receipts};
use carbon_primitives::Balance;
use frame_support::{ensure, traits::fungible::Inspect};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Check what always holds between blocks:
	///
	/// 1. Every receipt's record can be read.
	/// 2. No receipt stands for nothing.
	/// 3. The receipts of each kind add up to what was minted and to what was redeemed.
	/// 4. There are at most as many tokens as at genesis, plus minted, minus redeemed: no token lacks its backing.
	/// 5. There are at least that many: no backing lacks its token.
	///
	/// The last two are one conservation law, seen from above and from below.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let issuance = Issuance::<T>::get();
		Self::check_receipts(issuance.minted, issuance.redeemed)?;

		let expected = issuance
			.outstanding()
			.ok_or("settlement 4: more tokens were redeemed than ever existed")?;
		let actual = T::Money::total_issuance();
		ensure!(
			actual <= expected,
			"settlement 4: tokens were made outside the settlement bank"
		);
		ensure!(
			actual >= expected,
			"settlement 5: tokens were destroyed outside the settlement bank"
		);
		Ok(())
	}

	fn check_receipts(minted: Balance, redeemed: Balance) -> Result<(), TryRuntimeError> {
		let (mut by_mints, mut by_redemptions): (Balance, Balance) = (0, 0);
		let mut readable: u64 = 0;
		for (_, record) in Receipts::<T>::iter() {
			readable += 1;
			ensure!(record.amount > 0, "settlement 2: a receipt stands for nothing");
			let sum = match record.kind {
				ReceiptKind::Mint => &mut by_mints,
				ReceiptKind::Redeem => &mut by_redemptions,
			};
			*sum = sum
				.checked_add(record.amount)
				.ok_or("settlement 3: the receipts add up to more than the chain can count")?;
		}
		// The iteration over values passes over what it cannot decode; the one over keys does not.
		ensure!(
			Receipts::<T>::iter_keys().count() as u64 == readable,
			"settlement 1: a receipt's record cannot be read"
		);
		ensure!(
			by_mints == minted,
			"settlement 3: the receipts do not add up to what was minted"
		);
		ensure!(
			by_redemptions == redeemed,
			"settlement 3: the receipts do not add up to what was redeemed"
		);
		Ok(())
	}
}
