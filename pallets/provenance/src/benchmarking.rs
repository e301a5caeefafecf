//! Benchmarks of the calls, of what other pallets have recorded and of what a block does by itself. They also run as native tests,
//! without the feature `runtime-benchmarks`.

#![allow(missing_docs)]

use super::*;
use alloc::{vec, vec::Vec};
use carbon_primitives::{AssetId, Digest, Moment, RecordKind, RecordSubject, Vintage};
use carbon_traits::{Doer, Happening, Matched, OnMatched, RecordActivity, USES_MAX};
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::{traits::Get, weights::WeightMeter};
use frame_system::RawOrigin;
use sp_io::{
	crypto::{sr25519_generate, sr25519_sign},
	hashing::blake2_256,
};
use sp_runtime::{
	traits::{IdentifyAccount, One},
	KeyTypeId, MultiSignature, MultiSigner,
};

const NOW: Moment = 1_700_000_000_000;
const KEYS: KeyTypeId = KeyTypeId(*b"prov");

/// A participant on a chain that keeps events: those of block 0 are dropped, but their cost belongs to the calls.
fn participant<T: Config>() -> T::AccountId {
	frame_system::Pallet::<T>::set_block_number(One::one());
	T::BenchmarkHelper::set_time(NOW);
	let who = account("participant", 0, 0);
	T::BenchmarkHelper::admit(&who);
	who
}

fn digest(n: u32) -> Digest {
	Digest::from(blake2_256(&n.encode()))
}

fn text<const N: u32>() -> Text<N> {
	// As many letters as there is room for.
	Text::truncate_from(vec![b'a'; N as usize])
}

fn content(n: u32) -> Content {
	Content {
		algorithm: DigestAlgorithm::Sha256,
		digest: digest(n),
		is_ciphertext: true,
		media_type: text(),
		size: u64::MAX,
		locator: text(),
	}
}

/// `who` acts for as many others as it may, the last of which it returns.
fn delegate<T: Config>(who: &T::AccountId) -> T::AccountId {
	let principal = |n: u32| account::<T::AccountId>("principal", n, 0);
	let entity = |on_behalf_of| ExecutionEntity {
		role: text(),
		on_behalf_of,
		..ExecutionEntity::of_kind(EntityKind::Organisation, NOW)
	};
	for n in 1..DELEGATION_MAX {
		Entities::<T>::insert(principal(n), entity(Some(principal(n.saturating_add(1)))));
	}
	Entities::<T>::insert(principal(DELEGATION_MAX), entity(None));
	Entities::<T>::insert(who, entity(Some(principal(1))));
	principal(DELEGATION_MAX)
}

/// Data of `owner` on record.
fn anchored<T: Config>(owner: &T::AccountId, n: u32) -> DataId {
	let id = DataId(Head::<T>::get().data);
	assert!(Pallet::<T>::do_anchor(owner.clone(), DataKind::Document, content(n), None, None).is_ok());
	id
}

fn description<T: Config>(on_behalf_of: Option<T::AccountId>) -> DescriptionOf<T> {
	EntityDescription {
		kind: EntityKind::Device,
		organisation: Some(digest(1)),
		role: text(),
		attributes: Some(digest(2)),
		on_behalf_of,
	}
}

fn genesis<T: Config>() -> Vec<u8> {
	let hash =
		frame_system::Pallet::<T>::block_hash(frame_system::pallet_prelude::BlockNumberFor::<T>::default());
	hash.as_ref().to_vec()
}

/// An activity with everything that it may have.
fn activity<T: Config>(entity: T::AccountId, used: u32, generated: u32) -> ActivityInputOf<T> {
	let other = account("other", 0, 0);
	let used: Vec<_> = (0..used).map(|n| anchored::<T>(&other, n)).collect();
	let device = |n: u32| {
		let device: T::AccountId = account("device", n, 0);
		let record = ExecutionEntity {
			role: text(),
			on_behalf_of: Some(entity.clone()),
			..ExecutionEntity::of_kind(EntityKind::Device, NOW)
		};
		Entities::<T>::insert(&device, record);
		device
	};
	// Each item derives from the first that is used and from those behind it in the list, which takes the most rounds to put in order.
	let derived_from = |n: u32| -> Vec<_> {
		let behind = n.saturating_add(1)..generated;
		let (first, rest) = used.split_at(used.len().min(1));
		first
			.iter()
			.map(|id| Source::Known(*id))
			.chain(behind.map(|place| Source::New(place as u8)))
			.chain(rest.iter().map(|id| Source::Known(*id)))
			.take(SOURCES_MAX as usize)
			.collect()
	};
	let data = |n: u32| DataInput {
		kind: DataKind::Measurement,
		period: Some(Vintage(2021)),
		content: content(n.saturating_add(1_000)),
		protection: Some(Protection {
			policy: u64::MAX,
			key_epoch: u32::MAX,
		}),
		origin: DataOrigin {
			primary_source: used.first().copied(),
			device: Some(device(n)),
		},
		derived_from: derived_from(n).try_into().unwrap_or_default(),
	};
	let generated: Vec<_> = (0..generated).map(data).collect();
	let trigger = anchored::<T>(&other, 500);
	ActivityInput {
		entity,
		kind: ActivityKind::Other(7),
		started_at: NOW,
		ended_at: NOW,
		space: Space {
			jurisdiction: Some(*b"CN"),
			site: Some(u32::MAX),
		},
		condition: Condition {
			parameters: Some(digest(3)),
			trigger: Trigger::Data(trigger),
			rule: text(),
		},
		used: used.try_into().unwrap_or_default(),
		generated: generated.try_into().unwrap_or_default(),
	}
}

/// Something that is recorded, with what it borrows.
struct Record<AccountId> {
	doer: AccountId,
	owner: AccountId,
	uses: Vec<RecordSubject<AccountId>>,
	subject: RecordSubject<AccountId>,
}

impl<AccountId: Clone> Record<AccountId> {
	fn happening(&self) -> Happening<'_, AccountId> {
		Happening {
			kind: RecordKind::Penalty,
			by: Doer::Account(&self.doer),
			owner: Some(&self.owner),
			subject: self.subject.clone(),
			digest: digest(2),
			uses: &self.uses,
			supersedes: true,
		}
	}
}

/// A document that uses as much as it may, of a name that is given for the second time, by somebody whom the graph does not know, for
/// somebody else, about a third one.
fn worst_record<T: Config>() -> Record<T::AccountId> {
	let reports = (0..USES_MAX).map(|n| RecordSubject::Report {
		year: Vintage(2021),
		entity: account("reporter", n, 0),
	});
	let worst = Record {
		doer: account("doer", 0, 0),
		owner: account("owner", 0, 0),
		uses: reports.collect(),
		subject: RecordSubject::Participant(account("third", 0, 0)),
	};
	let other: T::AccountId = account("other", 0, 0);
	for name in worst.uses.iter().chain([&worst.subject]) {
		<Pallet<T> as RecordActivity<_>>::record(Happening {
			kind: RecordKind::Report,
			by: Doer::Account(&other),
			owner: None,
			subject: name.clone(),
			digest: digest(1),
			uses: &[],
			supersedes: true,
		});
	}
	worst
}

fn trade<T: Config>(asset: AssetId) {
	let (one, other) = (account("one", 0, 0), account("other", 0, 0));
	Pallet::<T>::matched(&Matched {
		asset,
		pairs: &[(one, other)],
		digest: digest(asset),
		fills: 1,
		tonnes: 1,
	});
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register_entity() {
		// The caller is the last of those for whom the new one acts. It has signed with the slowest of the schemes.
		participant::<T>();
		let key = sr25519_generate(KEYS, None);
		let entity: T::AccountId = MultiSigner::from(key).into_account().into();
		let clerk: T::AccountId = account("clerk", 0, 0);
		let last = delegate::<T>(&clerk);
		T::BenchmarkHelper::admit(&last);
		let first: T::AccountId = account("principal", 1, 0);
		let description = description::<T>(Some(first));
		let statement = Statement::Description {
			caller: &last,
			entity: &entity,
			description: &description,
			sequence: 1,
		};
		let signature = sr25519_sign(KEYS, &key, &statement.message(&genesis::<T>()));
		let proof = signature.map(|signature| Proof {
			sequence: 1,
			signature: MultiSignature::from(signature),
		});

		#[extrinsic_call]
		_(RawOrigin::Signed(last), entity.clone(), description, proof);

		assert!(Entities::<T>::contains_key(entity));
	}

	#[benchmark]
	fn record(u: Linear<0, USED_MAX>, g: Linear<1, GENERATED_MAX>) {
		let who = participant::<T>();
		let key = sr25519_generate(KEYS, None);
		let entity: T::AccountId = MultiSigner::from(key).into_account().into();
		delegate::<T>(&entity);
		let input = activity::<T>(entity.clone(), u, g);
		let statement = Statement::Activity {
			caller: &who,
			activity: &input,
			sequence: 1,
		};
		let signature = sr25519_sign(KEYS, &key, &statement.message(&genesis::<T>()));
		let proof = signature.map(|signature| Proof {
			sequence: 1,
			signature: MultiSignature::from(signature),
		});

		#[extrinsic_call]
		_(RawOrigin::Signed(who), input, proof);

		assert!(Entities::<T>::get(entity).is_some_and(|known| known.last_activity.is_some()));
	}

	#[benchmark]
	fn anchor() {
		let who = participant::<T>();
		delegate::<T>(&who);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(who),
			DataKind::Document,
			content(1),
			Some(Vintage(2021)),
			Some(Protection {
				policy: u64::MAX,
				key_epoch: u32::MAX,
			}),
		);

		assert_eq!(Head::<T>::get().data, 1);
	}

	#[benchmark]
	fn revise() {
		let who = participant::<T>();
		delegate::<T>(&who);
		let id = anchored::<T>(&who, 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, content(2), None);

		assert_eq!(Head::<T>::get().data, 2);
	}

	#[benchmark]
	fn invalidate() {
		let who = participant::<T>();
		delegate::<T>(&who);
		let id = anchored::<T>(&who, 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, digest(2));

		assert_eq!(Head::<T>::get().activities, 2);
	}

	#[benchmark]
	fn record_automatic() {
		participant::<T>();
		let worst = worst_record::<T>();

		#[block]
		{
			<Pallet<T> as RecordActivity<_>>::record(worst.happening());
		}

		assert_eq!(Head::<T>::get().data, u64::from(USES_MAX).saturating_add(2));
	}

	#[benchmark]
	fn matched() {
		// All markets wait but one, which is the last to be found.
		participant::<T>();
		let last = T::MaxMarkets::get();
		for asset in 1..last {
			trade::<T>(asset);
		}

		#[block]
		{
			trade::<T>(last);
		}

		assert_eq!(Folds::<T>::get().len(), last as usize);
	}

	#[benchmark]
	fn on_poll_idle() {
		// All markets wait, but no weight is left to record one. Where one is recorded, the rest is written back.
		participant::<T>();
		for asset in 1..=T::MaxMarkets::get() {
			trade::<T>(asset);
		}
		let mut meter = WeightMeter::with_limit(T::WeightInfo::on_poll_idle());

		#[block]
		{
			Pallet::<T>::record_folds(&mut meter);
			Folds::<T>::mutate(|folds| folds.retain(|_| true));
		}

		assert_eq!(Folds::<T>::get().len(), T::MaxMarkets::get() as usize);
	}

	#[benchmark]
	fn on_poll_fold() {
		participant::<T>();
		trade::<T>(1);
		let folds = Folds::<T>::take();

		#[block]
		{
			for fold in &folds {
				Pallet::<T>::record_fold(fold);
			}
		}

		assert_eq!(Head::<T>::get().activities, 1);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
