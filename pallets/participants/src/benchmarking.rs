//! Benchmarks of the calls. They also run as native tests, without the feature `runtime-benchmarks`.

#![allow(missing_docs)]

use super::*;
use carbon_primitives::{Digest, Moment, Role};
use frame_benchmarking::v2::*;
use frame_support::assert_ok;
use frame_system::RawOrigin;
use sp_runtime::traits::One;

/// The longest lists that are accepted, each role with a moment to compare with the time.
fn trading_roles() -> RoleGrants {
	grants([Role::CoveredEntity, Role::ResourceHolder, Role::Trader])
}

fn excluding_roles() -> RoleGrants {
	grants([Role::Verifier, Role::SettlementBank, Role::Insider])
}

fn grants(roles: [Role; 3]) -> RoleGrants {
	roles
		.map(|role| RoleGrant {
			role,
			expires_at: Some(Moment::MAX),
		})
		.to_vec()
		.try_into()
		.expect("three of six; qed")
}

fn admitted<T: Config>() -> T::AccountId {
	let account: T::AccountId = account("participant", 0, 0);
	assert_ok!(Pallet::<T>::do_admit(
		account.clone(),
		trading_roles(),
		Digest::repeat_byte(1)
	));
	account
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn admit() {
		// Events are kept from block 1 on; their cost belongs to the call.
		frame_system::Pallet::<T>::set_block_number(One::one());
		let account: T::AccountId = account("participant", 0, 0);

		#[extrinsic_call]
		_(
			RawOrigin::Root,
			account.clone(),
			trading_roles(),
			Digest::repeat_byte(1),
		);

		assert!(Participants::<T>::contains_key(&account));
	}

	#[benchmark]
	fn set_roles() {
		frame_system::Pallet::<T>::set_block_number(One::one());
		let account = admitted::<T>();
		let roles = excluding_roles();

		#[extrinsic_call]
		_(RawOrigin::Root, account.clone(), roles.clone());

		assert_eq!(
			Participants::<T>::get(&account).map(|record| record.roles),
			Some(roles)
		);
	}

	#[benchmark]
	fn suspend() {
		frame_system::Pallet::<T>::set_block_number(One::one());
		let account = admitted::<T>();

		#[extrinsic_call]
		_(RawOrigin::Root, account.clone(), Digest::repeat_byte(2));

		assert_eq!(
			Participants::<T>::get(&account).map(|record| record.status),
			Some(Status::Suspended)
		);
	}

	#[benchmark]
	fn reinstate() {
		frame_system::Pallet::<T>::set_block_number(One::one());
		let account = admitted::<T>();
		assert_ok!(Pallet::<T>::do_suspend(account.clone(), Digest::repeat_byte(2)));

		#[extrinsic_call]
		_(RawOrigin::Root, account.clone());

		assert_eq!(
			Participants::<T>::get(&account).map(|record| record.status),
			Some(Status::Admitted)
		);
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
