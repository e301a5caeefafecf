//! Benchmarks of the calls. They also run as native tests, without the feature `runtime-benchmarks`.

#![allow(missing_docs)]

use super::*;
use carbon_primitives::{Balance, Digest, Role};
use carbon_traits::ParticipantBenchmarkHelper;
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::fungible::{hold::Inspect as _, Inspect as _},
};
use frame_system::RawOrigin;
use sp_runtime::traits::One;

const AMOUNT: Balance = 1_000_000;

/// The settlement bank, on a chain that keeps events: those of block 0 are dropped, but their cost belongs to the calls.
fn bank<T: Config>() -> T::AccountId {
	frame_system::Pallet::<T>::set_block_number(One::one());
	let bank: T::AccountId = account("bank", 0, 0);
	T::BenchmarkHelper::admit(&bank, Role::SettlementBank);
	bank
}

/// A participant with twice the amount that the calls move.
fn holder<T: Config>() -> T::AccountId {
	let holder: T::AccountId = account("holder", 0, 0);
	T::BenchmarkHelper::admit(&holder, Role::Trader);
	assert_ok!(Pallet::<T>::do_mint(
		bank::<T>(),
		holder.clone(),
		2 * AMOUNT,
		Digest::repeat_byte(1)
	));
	holder
}

fn on_hold<T: Config>(who: &T::AccountId) -> Balance {
	T::Money::balance_on_hold(&HoldReason::Redemption.into(), who)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn mint() {
		let bank = bank::<T>();
		let to: T::AccountId = account("holder", 0, 0);
		T::BenchmarkHelper::admit(&to, Role::Trader);
		let before = T::Money::balance(&to);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(bank),
			to.clone(),
			AMOUNT,
			Digest::repeat_byte(2),
		);

		assert_eq!(T::Money::balance(&to), before + AMOUNT);
	}

	#[benchmark]
	fn request_redemption() {
		let holder = holder::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(holder.clone()), AMOUNT);

		assert_eq!(on_hold::<T>(&holder), AMOUNT);
	}

	#[benchmark]
	fn withdraw_redemption() {
		let holder = holder::<T>();
		assert_ok!(Pallet::<T>::do_request_redemption(holder.clone(), AMOUNT));

		#[extrinsic_call]
		_(RawOrigin::Signed(holder.clone()), AMOUNT);

		assert_eq!(on_hold::<T>(&holder), 0);
	}

	#[benchmark]
	fn redeem() {
		let holder = holder::<T>();
		assert_ok!(Pallet::<T>::do_request_redemption(holder.clone(), AMOUNT));
		// Made here: the expression of the origin is measured with the call.
		let bank = bank::<T>();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(bank),
			holder.clone(),
			AMOUNT,
			Digest::repeat_byte(2),
		);

		assert_eq!(on_hold::<T>(&holder), 0);
	}

	/// The one who gets the tokens has no account yet.
	#[benchmark]
	fn force_transfer() {
		let holder = holder::<T>();
		let to: T::AccountId = account("creditor", 0, 0);
		T::BenchmarkHelper::admit(&to, Role::Trader);
		let before = T::Money::balance(&to);

		#[block]
		{
			// The regulator's origin is the runtime's choice; its check is part of the base weight of a call.
			assert_ok!(Pallet::<T>::do_force_transfer(holder, to.clone(), AMOUNT));
		}

		assert_eq!(T::Money::balance(&to), before + AMOUNT);
	}

	#[benchmark]
	fn force_release() {
		let holder = holder::<T>();
		assert_ok!(Pallet::<T>::do_request_redemption(holder.clone(), AMOUNT));

		#[block]
		{
			assert_ok!(Pallet::<T>::do_force_release(holder.clone(), AMOUNT));
		}

		assert_eq!(on_hold::<T>(&holder), 0);
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
