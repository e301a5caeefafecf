//! What a transaction costs, and who pays.

use super::{
	money::FEN,
	parameters::dynamic_params::fees::{BytesPerFen, MicrosPerFen},
	TreasuryAccount,
};
use crate::{AccountId, Balance, Balances, Proxy, Runtime, RuntimeCall, RuntimeEvent};
use codec::Encode;
use frame_support::{
	dispatch::{DispatchInfo, PostDispatchInfo},
	parameter_types,
	traits::{tokens::imbalance::ResolveTo, ConstU8, Get, InstanceFilter},
	unsigned::TransactionValidityError,
	weights::{constants::WEIGHT_REF_TIME_PER_MICROS, Weight, WeightToFee},
};
use pallet_transaction_payment::{
	ConstFeeMultiplier, FungibleAdapter, Multiplier, OnChargeTransaction, TxCreditHold,
};
use sp_runtime::traits::StaticLookup;

parameter_types! {
	pub FeeMultiplier: Multiplier = Multiplier::from_u32(1);
}

/// Fee for computing time, rounded down. An order costs a few fen.
pub struct FeeForTime;

impl WeightToFee for FeeForTime {
	type Balance = Balance;

	fn weight_to_fee(weight: &Weight) -> Balance {
		let micros = weight.ref_time() / WEIGHT_REF_TIME_PER_MICROS;
		FEN * Balance::from(micros / MicrosPerFen::get().max(1))
	}
}

/// Fee for length, rounded down. The SDK hands the length in as if it were a time.
pub struct FeeForLength;

impl WeightToFee for FeeForLength {
	type Balance = Balance;

	fn weight_to_fee(length: &Weight) -> Balance {
		FEN * Balance::from(length.ref_time() / BytesPerFen::get().max(1))
	}
}

/// Longest call, encoded, that an organisation pays for when an operator makes it, in bytes.
const PAID_CALL_MAX: usize = 1_024;

type Fees = FungibleAdapter<Balances, ResolveTo<TreasuryAccount, Balances>>;

/// Takes the fee from the signer, and from the organisation where the signer acts for it as a registered operator, who
/// owns nothing on the chain.
pub struct OrganisationPays;

impl OrganisationPays {
	/// Who pays for `call` when `who` signs it with `tip`. Costs one read, of the organisation's operators, which the
	/// call itself reads again.
	fn payer(who: &AccountId, call: &RuntimeCall, tip: Balance) -> AccountId {
		let RuntimeCall::Proxy(pallet_proxy::Call::proxy {
			real,
			force_proxy_type,
			call: inner,
		}) = call
		else {
			return who.clone();
		};
		// An operator has no say over the organisation's money beyond its work: neither a tip, nor a long call, nor a call
		// that is not its to make.
		if tip > 0 || inner.encoded_size() > PAID_CALL_MAX {
			return who.clone();
		}
		<Runtime as frame_system::Config>::Lookup::lookup(real.clone())
			.ok()
			.filter(|organisation| {
				Proxy::find_proxy(organisation, who, *force_proxy_type)
					.is_ok_and(|found| found.delay == 0 && found.proxy_type.filter(inner))
			})
			.unwrap_or_else(|| who.clone())
	}
}

impl OnChargeTransaction<Runtime> for OrganisationPays {
	type Balance = Balance;
	/// Who paid, and the tip.
	type LiquidityInfo = (
		Option<AccountId>,
		<Fees as OnChargeTransaction<Runtime>>::LiquidityInfo,
	);

	fn withdraw_fee(
		who: &AccountId,
		call: &RuntimeCall,
		info: &DispatchInfo,
		fee_with_tip: Balance,
		tip: Balance,
	) -> Result<Self::LiquidityInfo, TransactionValidityError> {
		let payer = Self::payer(who, call, tip);
		let paid =
			<Fees as OnChargeTransaction<Runtime>>::withdraw_fee(&payer, call, info, fee_with_tip, tip)?;
		Ok((Some(payer), paid))
	}

	fn can_withdraw_fee(
		who: &AccountId,
		call: &RuntimeCall,
		info: &DispatchInfo,
		fee_with_tip: Balance,
		tip: Balance,
	) -> Result<(), TransactionValidityError> {
		<Fees as OnChargeTransaction<Runtime>>::can_withdraw_fee(
			&Self::payer(who, call, tip),
			call,
			info,
			fee_with_tip,
			tip,
		)
	}

	fn correct_and_deposit_fee(
		who: &AccountId,
		info: &DispatchInfo,
		post_info: &PostDispatchInfo,
		corrected_fee_with_tip: Balance,
		tip: Balance,
		(payer, paid): Self::LiquidityInfo,
	) -> Result<(), TransactionValidityError> {
		let payer = payer.as_ref().unwrap_or(who);
		<Fees as OnChargeTransaction<Runtime>>::correct_and_deposit_fee(
			payer,
			info,
			post_info,
			corrected_fee_with_tip,
			tip,
			paid,
		)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn endow_account(who: &AccountId, amount: Balance) {
		<Fees as OnChargeTransaction<Runtime>>::endow_account(who, amount);
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn minimum_balance() -> Balance {
		<Fees as OnChargeTransaction<Runtime>>::minimum_balance()
	}
}

impl TxCreditHold<Runtime> for OrganisationPays {
	type Credit = <Fees as TxCreditHold<Runtime>>::Credit;
}

impl pallet_transaction_payment::Config for Runtime {
	// A fee that does not move with the load: the firms' costs must be foreseeable.
	type FeeMultiplierUpdate = ConstFeeMultiplier<FeeMultiplier>;
	type LengthToFee = FeeForLength;
	type OnChargeTransaction = OrganisationPays;
	type OperationalFeeMultiplier = ConstU8<1>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
	type WeightToFee = FeeForTime;
}
