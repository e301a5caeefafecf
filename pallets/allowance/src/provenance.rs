//! What the provenance graph is told. Where there is no document, the digest is BLAKE2b-256 of the encoded record that the pallet stores,
//! as it is stored with the happening: the entity's obligation of the year, a surrender, or a cancellation.

use crate::{aliases::*, pallet::*, types::*, WeightInfo};
use alloc::vec::Vec;
use carbon_primitives::{Digest, RecordKind, RecordSubject, Vintage};
use carbon_traits::{Doer, Happening, InspectCredit, RecordActivity};
use codec::Encode;
use frame_support::pallet_prelude::Weight;
use sp_runtime::traits::{BlakeTwo256, Hash};

impl<T: Config> Pallet<T> {
	/// `entity` was allocated something. What it was allocated before stays its own.
	pub(crate) fn record_allocation(year: Vintage, entity: &T::AccountId, stored: &ObligationRecordOf<T>) {
		T::Provenance::record(Happening {
			kind: RecordKind::Allocation,
			by: Doer::Regulator,
			owner: Some(entity),
			subject: allocation_of::<T>(year, entity),
			digest: digest_of(stored),
			uses: &[],
			supersedes: false,
		});
	}

	/// `entity` handed in or replaced its report, whose digest is `report`.
	pub(crate) fn record_report(year: Vintage, entity: &T::AccountId, report: Digest) {
		T::Provenance::record(Happening {
			kind: RecordKind::Report,
			by: Doer::Account(entity),
			owner: None,
			subject: report_of::<T>(year, entity),
			digest: report,
			uses: &[],
			supersedes: true,
		});
	}

	/// `verifier` stands behind the report of `entity`. A verification of what was replaced since is of no use any more.
	pub(crate) fn record_verification(
		year: Vintage,
		entity: &T::AccountId,
		verifier: &T::AccountId,
		stored: &ObligationRecordOf<T>,
	) {
		T::Provenance::record(Happening {
			kind: RecordKind::Verification,
			by: Doer::Account(verifier),
			owner: None,
			subject: verification_of::<T>(year, entity),
			digest: digest_of(stored),
			uses: &[report_of::<T>(year, entity)],
			supersedes: true,
		});
	}

	/// The regulator confirmed the verified emissions of `entity`.
	pub(crate) fn record_confirmation(year: Vintage, entity: &T::AccountId, stored: &ObligationRecordOf<T>) {
		let uses = [verification_of::<T>(year, entity)];
		Self::record_emissions(year, entity, digest_of(stored), &uses);
	}

	/// The regulator determined the emissions of `entity`; `reason` is the digest of its decision. Whoever verified a number that was not
	/// confirmed does not stand behind this one, so that it is made from nothing that is on record.
	pub(crate) fn record_determination(year: Vintage, entity: &T::AccountId, reason: Digest) {
		Self::record_emissions(year, entity, reason, &[]);
	}

	fn record_emissions(
		year: Vintage,
		entity: &T::AccountId,
		digest: Digest,
		uses: &[RecordSubject<T::AccountId>],
	) {
		T::Provenance::record(Happening {
			kind: RecordKind::Confirmation,
			by: Doer::Regulator,
			owner: Some(entity),
			subject: emissions_of::<T>(year, entity),
			digest,
			uses,
			supersedes: true,
		});
	}

	/// Units were surrendered, by their supplier or, of what is held for an entity, by the regulator.
	///
	/// Beside the emissions that it answers for, it is made from what the supplier was allocated of the vintage, if anything: whatever it
	/// bought instead comes from trades, which a trace of the events finds. What was held for an entity was allocated to that one.
	pub(crate) fn record_surrender(by: Doer<T::AccountId>, id: SurrenderId, stored: &SurrenderRecordOf<T>) {
		let emissions = emissions_of::<T>(stored.year, &stored.entity);
		let allocated_to = match by {
			Doer::Account(supplier) => supplier,
			Doer::Regulator | Doer::Chain => &stored.entity,
		};
		let allocation =
			Vintage::from_asset(stored.asset).map(|vintage| allocation_of::<T>(vintage, allocated_to));
		let uses: Vec<_> = core::iter::once(emissions).chain(allocation).collect();
		T::Provenance::record(Happening {
			kind: RecordKind::Surrender,
			by,
			owner: Some(&stored.entity),
			subject: RecordSubject::Surrender(id.0),
			digest: digest_of(stored),
			uses: &uses,
			supersedes: false,
		});
	}

	/// The holder gave allowances up.
	pub(crate) fn record_cancellation(id: CancellationId, stored: &CancellationRecordOf<T>) {
		T::Provenance::record(Happening {
			kind: RecordKind::Cancellation,
			by: Doer::Account(&stored.holder),
			owner: None,
			subject: RecordSubject::Cancellation(id.0),
			digest: digest_of(stored),
			uses: &[allocation_of::<T>(stored.vintage, &stored.holder)],
			supersedes: false,
		});
	}

	/// `weight`, with one record.
	pub(crate) fn with_record(weight: Weight) -> Weight {
		weight.saturating_add(T::Provenance::weight_of_record())
	}

	/// What allocating to `count` entities takes: each is recorded, and whether its units are kept is a matter of its credit as well.
	pub(crate) fn weight_of_allocate(count: u32) -> Weight {
		Self::with_credit(T::WeightInfo::allocate(count), count)
	}

	/// What confirming `count` reports takes: each is recorded, and how long it has to lie there is a matter of credit.
	pub(crate) fn weight_of_confirm(count: u32) -> Weight {
		Self::with_credit(T::WeightInfo::confirm_reports(count), count)
	}

	fn with_credit(weight: Weight, count: u32) -> Weight {
		let each = Self::with_record(T::Credit::weight_of_terms());
		weight.saturating_add(each.saturating_mul(count.into()))
	}
}

fn digest_of(stored: &impl Encode) -> Digest {
	BlakeTwo256::hash_of(stored)
}

fn allocation_of<T: Config>(year: Vintage, entity: &T::AccountId) -> RecordSubject<T::AccountId> {
	RecordSubject::Allocation {
		year,
		entity: entity.clone(),
	}
}

fn report_of<T: Config>(year: Vintage, entity: &T::AccountId) -> RecordSubject<T::AccountId> {
	RecordSubject::Report {
		year,
		entity: entity.clone(),
	}
}

fn verification_of<T: Config>(year: Vintage, entity: &T::AccountId) -> RecordSubject<T::AccountId> {
	RecordSubject::Verification {
		year,
		entity: entity.clone(),
	}
}

fn emissions_of<T: Config>(year: Vintage, entity: &T::AccountId) -> RecordSubject<T::AccountId> {
	RecordSubject::Emissions {
		year,
		entity: entity.clone(),
	}
}
