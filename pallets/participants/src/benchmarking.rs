//! Benchmarks of the calls, of the work of each block and of the transaction extension. They also run as native tests,
//! without the feature `runtime-benchmarks`.

#![allow(missing_docs)]

use super::*;
use carbon_primitives::{Digest, GroupId, Moment, Role, Service, ServiceSet};
use carbon_traits::{BanTrading, HaltAccounts, Principal};
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	dispatch::{DispatchInfo, GetDispatchInfo},
	traits::{Get, IsSubType, Time},
	weights::WeightMeter,
};
use frame_system::RawOrigin;
use sp_runtime::traits::{
	AsSystemOriginSigner, AsTransactionAuthorizedOrigin, DispatchTransaction, Dispatchable, One, Saturating,
	Zero,
};

/// Up to how many principals the check of admission is measured; the line through the points goes on.
const PRINCIPALS_MEASURED: u32 = 8;

/// The longest lists that are accepted, each role with a moment to compare with the time.
fn trading_roles() -> RoleGrants {
	grants(&[
		Role::CoveredEntity,
		Role::ResourceHolder,
		Role::Trader,
		Role::NodeOperator,
	])
}

fn representing_roles() -> RoleGrants {
	grants(&[Role::NodeOperator, Role::Representative])
}

fn grants(roles: &[Role]) -> RoleGrants {
	roles
		.iter()
		.map(|&role| RoleGrant {
			role,
			expires_at: Some(Moment::MAX),
		})
		.collect::<alloc::vec::Vec<_>>()
		.try_into()
		.expect("four of eight at most; qed")
}

fn wanted_roles() -> RoleList {
	trading_roles()
		.iter()
		.map(|grant| grant.role)
		.collect::<alloc::vec::Vec<_>>()
		.try_into()
		.expect("four of eight; qed")
}

/// Events are kept from block 1 on; their cost belongs to the call.
fn start<T: Config>() {
	frame_system::Pallet::<T>::set_block_number(One::one());
}

fn applicant<T: Config>() -> T::AccountId {
	account("participant", 0, 0)
}

/// A participant whose record is as long as it gets, with a halt and a ban that have to be compared with the time.
fn admitted<T: Config>() -> T::AccountId {
	admitted_as::<T>(applicant::<T>(), trading_roles())
}

fn admitted_as<T: Config>(account: T::AccountId, roles: RoleGrants) -> T::AccountId {
	let identity = Digest::repeat_byte(1);
	assert_ok!(Pallet::<T>::do_admit(account.clone(), roles, identity));
	Participants::<T>::mutate_extant(&account, |record| {
		record.halted_until = Some(0);
		record.banned_until = Some(0);
	});
	account
}

fn expelled<T: Config>() -> T::AccountId {
	let account = admitted::<T>();
	assert_ok!(Pallet::<T>::do_expel(account.clone(), Digest::repeat_byte(2)));
	account
}

/// An expelled account that has applied: its application is the first one of a later block.
fn applied<T: Config>() -> T::AccountId {
	let account = expelled::<T>();
	assert_ok!(Pallet::<T>::do_apply(
		account.clone(),
		Digest::repeat_byte(1),
		wanted_roles()
	));
	account
}

fn group<T: Config>() -> GroupId {
	let group = GroupId(Groups::<T>::count());
	assert_ok!(Pallet::<T>::do_create_group(Digest::repeat_byte(3)));
	group
}

fn join<T: Config>(account: &T::AccountId, group: GroupId) {
	assert_ok!(Pallet::<T>::do_confirm_group(account.clone(), Some(group)));
}

fn status<T: Config>(account: &T::AccountId) -> Option<Status> {
	Participants::<T>::get(account).map(|record| record.status)
}

#[benchmarks(where
	<T as frame_system::Config>::RuntimeCall:
		Dispatchable<Info = DispatchInfo> + GetDispatchInfo + IsSubType<Call<T>> + From<Call<T>>
		+ From<frame_system::Call<T>>,
	<<T as frame_system::Config>::RuntimeCall as Dispatchable>::RuntimeOrigin:
		AsSystemOriginSigner<T::AccountId> + AsTransactionAuthorizedOrigin + Clone,
	<<T as frame_system::Config>::RuntimeCall as Dispatchable>::PostInfo: Default,
	T: Send + Sync,
)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn admit() {
		start::<T>();
		// Whoever comes back has a record, an application and two references to its account.
		let account = applied::<T>();
		assert_ok!(Pallet::<T>::do_register(account.clone()));

		#[extrinsic_call]
		_(
			RawOrigin::Root,
			account.clone(),
			trading_roles(),
			Digest::repeat_byte(1),
		);

		assert_eq!(status::<T>(&account), Some(Status::Admitted));
		assert!(!Applications::<T>::contains_key(&account));
	}

	#[benchmark]
	fn set_roles() {
		start::<T>();
		let account = admitted::<T>();
		let roles = grants(&[
			Role::NodeOperator,
			Role::Trader,
			Role::ResourceHolder,
			Role::CoveredEntity,
		]);

		#[extrinsic_call]
		_(RawOrigin::Root, account.clone(), roles.clone());

		assert_eq!(
			Participants::<T>::get(&account).map(|record| record.roles),
			Some(roles)
		);
	}

	#[benchmark]
	fn suspend() {
		start::<T>();
		let account = admitted::<T>();

		#[extrinsic_call]
		_(RawOrigin::Root, account.clone(), Digest::repeat_byte(2));

		assert_eq!(status::<T>(&account), Some(Status::Suspended));
	}

	#[benchmark]
	fn reinstate() {
		start::<T>();
		let account = admitted::<T>();
		assert_ok!(Pallet::<T>::do_suspend(account.clone(), Digest::repeat_byte(2)));

		#[extrinsic_call]
		_(RawOrigin::Root, account.clone());

		assert_eq!(status::<T>(&account), Some(Status::Admitted));
	}

	#[benchmark]
	fn apply() {
		start::<T>();
		let account = expelled::<T>();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(account.clone()),
			Digest::repeat_byte(1),
			wanted_roles(),
		);

		assert!(Applications::<T>::contains_key(&account));
	}

	#[benchmark]
	fn register() {
		start::<T>();
		let account = applied::<T>();

		#[extrinsic_call]
		_(RawOrigin::Root, account.clone());

		assert_eq!(
			Applications::<T>::get(&account).map(|application| application.status),
			Some(Status::Registered)
		);
	}

	#[benchmark]
	fn refuse() {
		start::<T>();
		let account = applied::<T>();

		#[extrinsic_call]
		_(RawOrigin::Root, account.clone(), Digest::repeat_byte(2));

		assert!(!Applications::<T>::contains_key(&account));
	}

	#[benchmark]
	fn expel() {
		start::<T>();
		let account = admitted::<T>();

		#[extrinsic_call]
		_(RawOrigin::Root, account.clone(), Digest::repeat_byte(2));

		assert_eq!(status::<T>(&account), Some(Status::Expelled));
	}

	#[benchmark]
	fn set_black_list() {
		start::<T>();
		let account = admitted::<T>();
		let closed = ServiceSet::ALL.without(Service::Trading);

		#[extrinsic_call]
		_(
			RawOrigin::Root,
			account.clone(),
			false,
			closed,
			Digest::repeat_byte(2),
		);

		assert_eq!(
			Participants::<T>::get(&account).map(|record| record.closed),
			Some(closed)
		);
	}

	#[benchmark]
	fn set_white_list() {
		start::<T>();
		let account = admitted::<T>();
		let open = ServiceSet::ALL.without(Service::Trading);

		#[extrinsic_call]
		_(RawOrigin::Root, account.clone(), open);

		assert_eq!(
			Participants::<T>::get(&account).map(|record| record.open),
			Some(open)
		);
	}

	#[benchmark]
	fn restrict_service() {
		start::<T>();

		#[extrinsic_call]
		_(RawOrigin::Root, Service::Auction, true);

		assert!(RestrictedServices::<T>::get().contains(Service::Auction));
	}

	#[benchmark]
	fn create_group() {
		start::<T>();

		#[extrinsic_call]
		_(RawOrigin::Root, Digest::repeat_byte(3));

		assert_eq!(Groups::<T>::count(), 1);
	}

	#[benchmark]
	fn declare_group() {
		start::<T>();
		let account = admitted::<T>();
		let group = group::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(account.clone()), Some(group));

		assert_eq!(
			Participants::<T>::get(&account).and_then(|record| record.declared_group),
			Some(group)
		);
	}

	/// The participant leaves a group with as many members as there may be, and takes the last place of another one.
	#[benchmark]
	fn confirm_group() {
		start::<T>();
		let account = admitted::<T>();
		let (old, next) = (group::<T>(), group::<T>());
		for (group, last) in [(old, Some(&account)), (next, None)] {
			for number in 1..T::MaxGroupMembers::get() {
				let member = frame_benchmarking::v2::account("member", group.0, number);
				Participants::<T>::insert(
					&member,
					ParticipantRecord::admitted(grants(&[Role::Trader]), Digest::zero(), Zero::zero()),
				);
				Pallet::<T>::keep_account(&member);
				join::<T>(&member, group);
			}
			if let Some(last) = last {
				join::<T>(last, group);
			}
		}

		#[extrinsic_call]
		_(RawOrigin::Root, account.clone(), Some(next));

		assert_eq!(
			Groups::<T>::get(next).map(|record| record.members),
			Some(T::MaxGroupMembers::get())
		);
	}

	#[benchmark]
	fn refuse_many(n: Linear<1, REFUSALS_MAX>) {
		start::<T>();
		// Strangers, whose accounts cease to exist with their applications. No block takes in so many.
		let accounts: alloc::vec::Vec<T::AccountId> = (0..n)
			.map(|number| {
				let stranger = frame_benchmarking::v2::account("stranger", number, 0);
				LatestApplications::<T>::kill();
				assert_ok!(Pallet::<T>::do_apply(
					T::AccountId::clone(&stranger),
					Digest::repeat_byte(1),
					wanted_roles()
				));
				stranger
			})
			.collect();
		let accounts = RefusalsOf::<T>::try_from(accounts).expect("as many as fit; qed");

		#[extrinsic_call]
		_(RawOrigin::Root, accounts, Digest::repeat_byte(2));

		assert_eq!(Applications::<T>::count(), 0);
	}

	#[benchmark]
	fn halt_account() {
		start::<T>();
		let account = admitted::<T>();

		#[block]
		{
			assert_ok!(<Pallet<T> as HaltAccounts<_>>::halt_account(
				&account,
				Some(Moment::MAX)
			));
		}

		assert_eq!(
			Participants::<T>::get(&account).and_then(|record| record.halted_until),
			Some(Moment::MAX)
		);
	}

	#[benchmark]
	fn ban_trading() {
		start::<T>();
		let account = admitted::<T>();

		#[block]
		{
			assert_ok!(<Pallet<T> as BanTrading<_>>::ban_trading(
				&account,
				Some(Moment::MAX)
			));
		}

		assert_eq!(
			Participants::<T>::get(&account).and_then(|record| record.banned_until),
			Some(Moment::MAX)
		);
	}

	#[benchmark]
	fn on_poll_idle() {
		// The head moves on over one entry that is gone, so that the ends are written.
		start::<T>();
		ApplicationQueueEnds::<T>::put(QueueEnds { head: 0, tail: 1 });
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::drop_lapsed_applications(&mut meter);
		}

		assert_eq!(ApplicationQueueEnds::<T>::get(), QueueEnds { head: 1, tail: 1 });
	}

	#[benchmark]
	fn on_poll_entry() {
		start::<T>();
		let account = applicant::<T>();
		assert_ok!(Pallet::<T>::do_apply(
			account.clone(),
			Digest::repeat_byte(1),
			wanted_roles()
		));

		#[block]
		{
			// The time is asked for, and then put off so far that the application is old enough.
			let now = T::Time::now().saturating_add(Moment::MAX);
			assert!(Pallet::<T>::drop_entry(0, now));
		}

		assert!(!Applications::<T>::contains_key(&account));
		assert!(!frame_system::Account::<T>::contains_key(&account));
	}

	/// Which calls act in the names of others is for the runtime to say, so that the names are given here.
	#[benchmark]
	fn check_admission(p: Linear<0, PRINCIPALS_MEASURED>) {
		let account = admitted_as::<T>(applicant::<T>(), representing_roles());
		let principals: alloc::vec::Vec<_> = (0..p)
			.map(|number| Principal {
				account: admitted_as::<T>(
					frame_benchmarking::v2::account("principal", number, 0),
					trading_roles(),
				),
				is_exit: false,
			})
			.collect();
		let call: <T as frame_system::Config>::RuntimeCall = frame_system::Call::remark {
			remark: alloc::vec![],
		}
		.into();
		let info = call.get_dispatch_info();

		#[block]
		{
			let outcome = CheckAdmission::<T>::new().test_run(
				RawOrigin::Signed(account.clone()).into(),
				&call,
				&info,
				0,
				0,
				|_| Ok(Default::default()),
			);
			assert!(outcome.is_ok_and(|outcome| outcome.is_ok()));
			let record = Participants::<T>::get(&account);
			assert_ok!(CheckAdmission::<T>::check_principals(
				record.as_ref(),
				&principals,
				true
			));
		}
	}

	#[benchmark]
	fn check_admission_of_applicant() {
		start::<T>();
		// The latest application came in an earlier block, so that this one takes another.
		let account = expelled::<T>();
		assert_ok!(Pallet::<T>::do_apply(
			frame_benchmarking::v2::account("earlier", 0, 0),
			Digest::repeat_byte(1),
			wanted_roles()
		));
		let next = frame_system::Pallet::<T>::block_number().saturating_add(One::one());
		frame_system::Pallet::<T>::set_block_number(next);
		let call: <T as frame_system::Config>::RuntimeCall = Call::apply {
			identity: Digest::repeat_byte(1),
			roles: wanted_roles(),
		}
		.into();
		let info = call.get_dispatch_info();

		#[block]
		{
			let outcome = CheckAdmission::<T>::new().test_run(
				RawOrigin::Signed(account).into(),
				&call,
				&info,
				0,
				0,
				|_| Ok(Default::default()),
			);
			assert!(outcome.is_ok_and(|outcome| outcome.is_ok()));
		}
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
