//! Benchmarks of the calls. They also run as native tests, without the feature `runtime-benchmarks`.

#![allow(missing_docs)]

use super::*;
use alloc::{format, vec::Vec};
use carbon_primitives::{Digest, Role};
use carbon_traits::{ParticipantBenchmarkHelper, SessionKeyring};
use frame_benchmarking::v2::*;
use frame_support::{assert_ok, traits::Get};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use pallet_session::ShouldEndSession;
use sp_runtime::traits::{One, Zero};

/// Makes session keys, for benchmarks of pallets that register them.
pub trait KeyringBenchmarkHelper<AccountId, Keys> {
	/// New session keys and the proof that their owner agrees to `who` using them. Sees to it that `who` can register them:
	/// that its account exists, for instance.
	fn keys(who: &AccountId) -> (Keys, Vec<u8>);

	/// Make `validators` those in force, in the session under way.
	fn put_in_force(validators: Vec<AccountId>);
}

const PEER: &str = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";
const OTHER_PEER: &str = "12D3KooWHdiAxVd8uMQR1hGWXccidmfCwLqcMpGwR6QcTP6QRMuD";

/// The longest address that `peer` can have.
fn address(peer: &str) -> NodeAddress {
	let rest = format!("/tcp/30333/p2p/{peer}");
	let host = "h".repeat(ADDRESS_BYTES_MAX as usize - rest.len() - "/dns/".len());
	format!("/dns/{host}{rest}")
		.into_bytes()
		.try_into()
		.expect("made to measure; qed")
}

fn keys<T: Config>(who: &T::AccountId) -> (KeysOf<T>, KeysProof) {
	let (keys, proof) = T::BenchmarkHelper::keys(who);
	(
		keys,
		proof.try_into().expect("a proof is shorter than the bound; qed"),
	)
}

/// A node operator, on a chain that keeps events: those of block 0 are dropped, but their cost belongs to the calls.
fn operator<T: Config>() -> T::AccountId {
	frame_system::Pallet::<T>::set_block_number(One::one());
	let operator: T::AccountId = account("operator", 0, 0);
	T::BenchmarkHelper::admit(&operator, Role::NodeOperator);
	operator
}

/// A validator that has applied.
fn applied<T: Config>() -> T::AccountId {
	let operator = operator::<T>();
	assert_ok!(Pallet::<T>::do_apply(
		operator.clone(),
		NodeKind::Validator,
		address(PEER),
		Some(keys::<T>(&operator)),
	));
	operator
}

fn audited<T: Config>() -> T::AccountId {
	let operator = applied::<T>();
	assert_ok!(Pallet::<T>::do_audit(operator.clone(), Digest::repeat_byte(1)));
	operator
}

/// A set with room for `room` more. Its validators have no records: most calls ask for its length alone.
fn fill_the_set<T: Config>(room: u32) {
	let others: Vec<T::AccountId> = (room..T::MaxValidators::get())
		.map(|n| account("validator", n, 0))
		.collect();
	Validators::<T>::put(frame_support::BoundedVec::truncate_from(others));
}

/// The last validator of a full set that is in force since the genesis block, so that the record of each one counts.
fn admitted<T: Config>() -> T::AccountId {
	let operator = audited::<T>();
	fill_the_set::<T>(1);
	let genesis = NodeRecord {
		kind: NodeKind::Validator,
		status: NodeStatus::Admitted,
		address: Some(address(OTHER_PEER)),
		audit: Some(Digest::repeat_byte(1)),
		since: Zero::zero(),
	};
	for other in Validators::<T>::get() {
		Nodes::<T>::insert(other, genesis.clone());
	}
	assert_ok!(Pallet::<T>::do_admit(operator.clone()));
	Nodes::<T>::mutate(&operator, |record| {
		if let Some(record) = record {
			record.since = Zero::zero();
		}
	});
	T::BenchmarkHelper::put_in_force(Validators::<T>::get().into_inner());
	MinValidators::<T>::put(1);
	operator
}

fn status<T: Config>(operator: &T::AccountId) -> Option<NodeStatus> {
	Nodes::<T>::get(operator).map(|record| record.status)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// What the session pallet asks in each block.
	#[benchmark]
	fn should_end_session() {
		let blocks = T::MinSessionBlocks::get();
		SessionStart::<T>::put(BlockNumberFor::<T>::one());
		SessionBlocks::<T>::put(blocks);
		let ends;

		#[block]
		{
			ends = Pallet::<T>::should_end_session(blocks);
		}

		assert!(!ends);
	}

	/// A new record, while the keyring has to replace other keys.
	#[benchmark]
	fn apply() {
		let operator = operator::<T>();
		let (old_keys, old_proof) = T::BenchmarkHelper::keys(&operator);
		assert_ok!(T::Keyring::register(&operator, old_keys, old_proof));
		let keys = keys::<T>(&operator);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(operator.clone()),
			NodeKind::Validator,
			address(PEER),
			Some(keys),
		);

		assert_eq!(status::<T>(&operator), Some(NodeStatus::Applied));
	}

	#[benchmark]
	fn audit() {
		let operator = applied::<T>();

		#[extrinsic_call]
		_(RawOrigin::Root, operator.clone(), Digest::repeat_byte(1));

		assert_eq!(status::<T>(&operator), Some(NodeStatus::Audited));
	}

	/// The last place of the set.
	#[benchmark]
	fn admit() {
		let operator = audited::<T>();
		fill_the_set::<T>(1);

		#[extrinsic_call]
		_(RawOrigin::Root, operator.clone());

		assert_eq!(status::<T>(&operator), Some(NodeStatus::Admitted));
		assert_eq!(
			Validators::<T>::decode_len(),
			Some(T::MaxValidators::get() as usize)
		);
	}

	#[benchmark]
	fn refuse() {
		let operator = audited::<T>();

		#[extrinsic_call]
		_(RawOrigin::Root, operator.clone(), Digest::repeat_byte(2));

		assert_eq!(status::<T>(&operator), None);
	}

	#[benchmark]
	fn remove() {
		let operator = admitted::<T>();

		#[extrinsic_call]
		_(RawOrigin::Root, operator.clone(), Digest::repeat_byte(2));

		assert_eq!(status::<T>(&operator), Some(NodeStatus::Removed));
	}

	#[benchmark]
	fn resign() {
		let operator = admitted::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()));

		assert_eq!(status::<T>(&operator), Some(NodeStatus::Removed));
	}

	/// Another peer id, which the audit does not stand for.
	#[benchmark]
	fn set_address() {
		let operator = audited::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(operator.clone()), address(OTHER_PEER));

		assert_eq!(
			Nodes::<T>::get(&operator).and_then(|record| record.address),
			Some(address(OTHER_PEER))
		);
		assert_eq!(status::<T>(&operator), Some(NodeStatus::Applied));
	}

	#[benchmark]
	fn set_min_validators() {
		frame_system::Pallet::<T>::set_block_number(One::one());
		fill_the_set::<T>(0);
		let count = T::MaxValidators::get();

		#[extrinsic_call]
		_(RawOrigin::Root, count);

		assert_eq!(MinValidators::<T>::get(), count);
	}

	#[benchmark]
	fn set_session_blocks() {
		frame_system::Pallet::<T>::set_block_number(One::one());
		let blocks = T::MinSessionBlocks::get();

		#[extrinsic_call]
		_(RawOrigin::Root, blocks);

		assert_eq!(SessionBlocks::<T>::get(), blocks);
	}

	#[benchmark]
	fn forget() {
		let operator = admitted::<T>();
		assert_ok!(Pallet::<T>::do_remove(operator.clone(), Digest::repeat_byte(2)));

		#[extrinsic_call]
		_(RawOrigin::Root, operator.clone());

		assert_eq!(status::<T>(&operator), None);
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
