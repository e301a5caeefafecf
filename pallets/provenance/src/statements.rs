//! What participants record with calls.

use crate::{codes::*, graph::*, pallet::*, store::OnChain, types::*};
use carbon_primitives::{Digest, Moment, Vintage};
use frame_support::{
	ensure,
	traits::{ConstU32, Get, PalletInfoAccess, Time},
	BoundedVec,
};
use sp_runtime::{traits::SaturatedConversion, DispatchError, DispatchResult};

/// The indices of the calls that record.
pub(crate) const RECORD: u8 = 1;
const ANCHOR: u8 = 2;
const REVISE: u8 = 3;
const INVALIDATE: u8 = 4;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_record(
		caller: T::AccountId,
		input: ActivityInputOf<T>,
		proof: Option<Proof>,
	) -> DispatchResult {
		Self::check_texts(&input)?;
		let now = T::Time::now();
		let (mut record, is_known) = Self::known_or_new(&input.entity, now);
		let is_caller = caller == input.entity;
		ensure!(is_known || is_caller, Error::<T>::EntityUnknown);
		match &proof {
			Some(proof) => {
				let statement = Statement::Activity {
					caller: &caller,
					activity: &input,
					sequence: proof.sequence,
				};
				Self::check_proof(proof, &record, &input.entity, statement)?;
				record.sequence = proof.sequence;
			}
			None => ensure!(is_caller, Error::<T>::ProofMissing),
		}
		let principals = Self::principals_of(&record)?;
		Self::check_devices(&input, &principals)?;
		let owner = principals.last().unwrap_or(&input.entity).clone();
		let activity = NewActivity {
			kind: input.kind,
			entity: input.entity,
			entity_record: record,
			started_at: input.started_at,
			ended_at: input.ended_at,
			block: Self::block(),
			space: input.space,
			condition: input.condition,
			tool: Self::tool(Some(RECORD)),
			used: input.used,
		};
		let mut generated = BoundedVec::<_, ConstU32<GENERATED_MAX>>::new();
		for data in input.generated {
			let new = NewData {
				kind: data.kind,
				version: 1,
				period: data.period,
				name: Name::Digest,
				owner: owner.clone(),
				content: data.content,
				protection: data.protection,
				origin: data.origin,
				derived_from: data.derived_from,
			};
			// The two bounds are the same.
			generated
				.try_push(new)
				.map_err(|_| Error::<T>::NumbersExhausted)?;
		}
		let insertion = Insertion {
			activity,
			generated,
			effect: Effect::None,
		};
		Self::commit(insertion, is_known, now)?;
		Ok(())
	}

	pub(crate) fn do_anchor(
		caller: T::AccountId,
		kind: DataKind,
		content: Content,
		period: Option<Vintage>,
		protection: Option<Protection>,
	) -> DispatchResult {
		Self::check_content(&content)?;
		let now = T::Time::now();
		let (activity, is_known) = Self::act_of(caller, ActivityKind::Collect, ANCHOR, now);
		let owner = Self::owner_of_new(&activity.entity_record, &activity.entity)?;
		let data = NewData {
			kind,
			version: 1,
			period,
			name: Name::Digest,
			owner,
			content,
			protection,
			origin: no_origin(),
			derived_from: BoundedVec::new(),
		};
		let insertion = Insertion {
			activity,
			generated: one(data),
			effect: Effect::None,
		};
		Self::commit(insertion, is_known, now)?;
		Ok(())
	}

	pub(crate) fn do_revise(
		caller: T::AccountId,
		id: DataId,
		content: Content,
		protection: Option<Protection>,
	) -> DispatchResult {
		Self::check_content(&content)?;
		let now = T::Time::now();
		let old = OnChain::<T>::new().data(id).ok_or(Error::<T>::DataUnknown)?;
		let (mut activity, is_known) = Self::act_of(caller, ActivityKind::Revise, REVISE, now);
		Self::check_owner(&old, &activity)?;
		activity.used = one(id);
		let data = NewData {
			kind: old.kind,
			// So many versions there are none.
			version: old.version.saturating_add(1),
			period: old.period,
			name: Name::Digest,
			owner: old.owner,
			content,
			protection,
			origin: no_origin(),
			derived_from: one(Source::Known(id)),
		};
		let insertion = Insertion {
			activity,
			generated: one(data),
			effect: Effect::Supersedes(id),
		};
		let inserted = Self::commit(insertion, is_known, now)?;
		Self::deposit_event(Event::Superseded {
			id,
			by: inserted.first,
		});
		Ok(())
	}

	pub(crate) fn do_invalidate(caller: T::AccountId, id: DataId, reason: Digest) -> DispatchResult {
		let now = T::Time::now();
		let record = OnChain::<T>::new().data(id).ok_or(Error::<T>::DataUnknown)?;
		let (mut activity, is_known) = Self::act_of(caller, ActivityKind::Delete, INVALIDATE, now);
		Self::check_owner(&record, &activity)?;
		activity.used = one(id);
		activity.condition.parameters = Some(reason);
		let insertion = Insertion {
			activity,
			generated: BoundedVec::new(),
			effect: Effect::Invalidates(id),
		};
		let inserted = Self::commit(insertion, is_known, now)?;
		Self::deposit_event(Event::Invalidated {
			id,
			by: inserted.activity,
			reason,
		});
		Ok(())
	}

	/// Something that `caller` does with a call at this moment, and whether it is known.
	fn act_of(
		caller: T::AccountId,
		kind: ActivityKind,
		call: u8,
		now: Moment,
	) -> (NewActivity<T::AccountId>, bool) {
		let (entity_record, is_known) = Self::known_or_new(&caller, now);
		let activity = NewActivity {
			kind,
			entity: caller,
			entity_record,
			started_at: now,
			ended_at: now,
			block: Self::block(),
			space: Space::default(),
			condition: Condition::default(),
			tool: Self::tool(Some(call)),
			used: BoundedVec::new(),
		};
		(activity, is_known)
	}

	/// Insert into the graph and tell it.
	pub(crate) fn commit(
		insertion: Insertion<T::AccountId>,
		is_known: bool,
		now: Moment,
	) -> Result<Inserted, DispatchError> {
		let (entity, kind) = (insertion.activity.entity.clone(), insertion.activity.kind);
		let new_record = (!is_known).then(|| insertion.activity.entity_record.clone());
		let inserted = insert(&mut OnChain::<T>::new(), insertion, now).map_err(Error::<T>::from)?;
		if let Some(record) = new_record {
			Self::tell_known(&entity, &record);
		}
		Self::deposit_event(Event::Recorded {
			id: inserted.activity,
			kind,
			entity,
			generated_first: inserted.first,
			generated_count: inserted.count,
		});
		Ok(inserted)
	}

	/// To whom data belong that `entity` generates: to itself, or to the one in whose name it acts in the end.
	fn owner_of_new(
		record: &ExecutionEntityOf<T>,
		entity: &T::AccountId,
	) -> Result<T::AccountId, DispatchError> {
		Ok(Self::principals_of(record)?
			.pop()
			.unwrap_or_else(|| entity.clone()))
	}

	/// Check that data are for the doer of `activity` to change.
	fn check_owner(record: &DataRecordOf<T>, activity: &NewActivity<T::AccountId>) -> DispatchResult {
		ensure!(record.subject.is_none(), Error::<T>::MadeByChain);
		let owns = record.owner == activity.entity
			|| Self::principals_of(&activity.entity_record)?.contains(&record.owner);
		ensure!(owns, Error::<T>::NotOwner);
		Ok(())
	}

	/// Check that nobody names a device of somebody else: that one would be told to have measured what it has not.
	fn check_devices(input: &ActivityInputOf<T>, principals: &[T::AccountId]) -> DispatchResult {
		let devices = input
			.generated
			.iter()
			.filter_map(|data| data.origin.device.as_ref());
		for device in devices.filter(|device| **device != input.entity) {
			// What is no device at all, the graph refuses.
			let Some(record) = OnChain::<T>::new().entity(device) else {
				continue;
			};
			let measures_for = record
				.on_behalf_of
				.is_some_and(|principal| principal == input.entity || principals.contains(&principal));
			ensure!(
				measures_for || record.kind != EntityKind::Device,
				Error::<T>::DeviceOfAnother
			);
		}
		Ok(())
	}

	fn check_texts(input: &ActivityInputOf<T>) -> DispatchResult {
		ensure!(!input.kind.is_reserved(), Error::<T>::KindReserved);
		ensure!(is_plain(&input.condition.rule), Error::<T>::TextNotPlain);
		let is_country = input
			.space
			.jurisdiction
			.is_none_or(|letters| letters.iter().all(u8::is_ascii_uppercase));
		ensure!(is_country, Error::<T>::JurisdictionInvalid);
		input
			.generated
			.iter()
			.try_for_each(|data| Self::check_content(&data.content))
	}

	fn check_content(content: &Content) -> DispatchResult {
		ensure!(
			is_plain(&content.media_type) && is_plain(&content.locator),
			Error::<T>::TextNotPlain
		);
		Ok(())
	}

	/// Number of this block. The chain counts its blocks with 32 bits.
	pub(crate) fn block() -> u32 {
		frame_system::Pallet::<T>::block_number().saturated_into()
	}

	/// This runtime, and the call `call` of this pallet.
	pub(crate) fn tool(call: Option<u8>) -> Tool {
		// The runtime's encoding of calls has one byte for a pallet.
		let pallet = <Self as PalletInfoAccess>::index() as u8;
		Tool {
			call: call.map(|call| (pallet, call)),
			version: T::Version::get().spec_version,
		}
	}
}

/// No first source.
pub(crate) const fn no_origin<AccountId>() -> DataOrigin<AccountId> {
	DataOrigin {
		primary_source: None,
		device: None,
	}
}

/// A list with one entry, for lists that have room for one.
pub(crate) fn one<Entry, Bound: Get<u32>>(entry: Entry) -> BoundedVec<Entry, Bound> {
	BoundedVec::truncate_from(alloc::vec![entry])
}
