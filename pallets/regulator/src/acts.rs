//! What officers do: one alone, or two.

use crate::{
	pallet::*, trail::Case, Act, ActClass, ActKind, Basis, ClassifyAct, Description, DispatchAs, Level,
	Officers, Proposal, ProposalId, WeightInfo,
};
use alloc::vec::Vec;
use carbon_primitives::{Digest, Role};
use carbon_traits::{EnsureParticipant, RecordActivity};
use codec::{DecodeLimit, Encode};
use frame_support::{
	dispatch::{
		extract_actual_weight, DispatchResultWithPostInfo, GetDispatchInfo, PostDispatchInfo,
		WithPostDispatchInfo,
	},
	ensure,
	storage::with_storage_layer,
	traits::{Get, GetCallMetadata, Time},
	weights::Weight,
	MAX_EXTRINSIC_DEPTH,
};
use sp_io::hashing::blake2_256;
use sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult};

/// A proposal that nothing stands in the way of: its call, and what carrying it out takes.
struct Approved<T: Config> {
	proposal: ProposalOf<T>,
	call: T::RuntimeCall,
	class: ActClass<T::AccountId>,
	/// The lower one of the two officers' levels.
	level: Level,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_act(
		by: T::AccountId,
		basis: Basis,
		reason: Digest,
		call: T::RuntimeCall,
	) -> DispatchResultWithPostInfo {
		let encoded = call.encode();
		let base = T::WeightInfo::act(length(&encoded));
		let (level, class) =
			Self::entitled_to_act(&by, &basis, &call).map_err(|error| error.with_weight(base))?;
		let case = Case {
			kind: ActKind::OneOfficer,
			by,
			second: None,
			call_hash: hash_of(&encoded),
			description: describe(&call),
			basis,
			reason,
			subject: class.subject,
			proposed_at: T::Time::now(),
		};
		let weight = Self::carry_out(case, level, class.requirement.dispatch_as, call);
		Ok(Some(base.saturating_add(weight)).into())
	}

	/// The level of `by` and the class of `call`, which one officer of this level may do.
	fn entitled_to_act(
		by: &T::AccountId,
		basis: &Basis,
		call: &T::RuntimeCall,
	) -> Result<(Level, ActClass<T::AccountId>), DispatchError> {
		let level = Self::ensure_officer(by)?;
		ensure!(!basis.is_empty(), Error::<T>::BasisEmpty);
		let class = T::Acts::classify(call).ok_or(Error::<T>::NotAnAct)?;
		ensure!(
			class.requirement.officers == Officers::One,
			Error::<T>::NeedsTwoOfficers
		);
		ensure!(level >= class.requirement.level, Error::<T>::LevelTooLow);
		Ok((level, class))
	}

	pub(crate) fn do_propose(
		proposer: T::AccountId,
		basis: Basis,
		reason: Digest,
		call: T::RuntimeCall,
	) -> DispatchResult {
		let level = Self::ensure_officer(&proposer)?;
		ensure!(!basis.is_empty(), Error::<T>::BasisEmpty);
		let class = T::Acts::classify(&call).ok_or(Error::<T>::NotAnAct)?;
		ensure!(level >= class.requirement.level, Error::<T>::LevelTooLow);
		let description = describe(&call);
		let encoded: frame_support::BoundedVec<u8, T::MaxCallLength> =
			call.encode().try_into().map_err(|_| Error::<T>::CallTooLong)?;
		let open = OpenProposals::<T>::get(&proposer);
		ensure!(
			open < T::MaxProposalsPerOfficer::get(),
			Error::<T>::TooManyOwnProposals
		);
		ensure!(
			Proposals::<T>::count() < T::MaxProposals::get(),
			Error::<T>::ProposalsFull
		);

		let call_hash = hash_of(&encoded);
		let proposed_at = T::Time::now();
		// A lifetime that passes the end of time never expires.
		let expires_at = proposed_at.saturating_add(T::ProposalLifetime::get());
		let id = NextProposal::<T>::mutate(|next| {
			let id = *next;
			// 2^64 proposals are never made.
			next.0 = next.0.saturating_add(1);
			id
		});
		// The maximum lies above.
		OpenProposals::<T>::insert(&proposer, open.saturating_add(1));
		Proposals::<T>::insert(
			id,
			Proposal {
				proposer: proposer.clone(),
				basis: basis.clone(),
				reason,
				call: encoded,
				call_hash,
				description: description.clone(),
				subject: class.subject,
				proposed_at,
				expires_at,
			},
		);
		Self::deposit_event(Event::ActProposed {
			id,
			proposer,
			call_hash,
			description,
			basis,
			reason,
			expires_at,
		});
		Ok(())
	}

	pub(crate) fn do_approve(
		approver: T::AccountId,
		id: ProposalId,
		call_hash: Digest,
		weight_limit: Weight,
	) -> DispatchResultWithPostInfo {
		let approved = Self::approvable(&approver, id, call_hash, weight_limit)
			.map_err(|error| error.with_weight(T::WeightInfo::approve(T::MaxCallLength::get())))?;
		let Approved {
			proposal,
			call,
			class,
			level,
		} = approved;
		let base = T::WeightInfo::approve(length(&proposal.call));
		// Before it is dispatched: whatever the call does, it cannot meet its own proposal again.
		Self::remove_proposal(id, &proposal.proposer);
		let case = Case {
			second: Some(approver),
			subject: class.subject,
			..Case::of(proposal)
		};
		let weight = Self::carry_out(case, level, class.requirement.dispatch_as, call);
		Ok(Some(base.saturating_add(weight)).into())
	}

	/// Check everything that stands between a proposal and its dispatch.
	fn approvable(
		approver: &T::AccountId,
		id: ProposalId,
		call_hash: Digest,
		weight_limit: Weight,
	) -> Result<Approved<T>, DispatchError> {
		let approver_level = Self::ensure_officer(approver)?;
		let proposal = Proposals::<T>::get(id).ok_or(Error::<T>::ProposalNotFound)?;
		ensure!(&proposal.proposer != approver, Error::<T>::SameOfficer);
		ensure!(proposal.call_hash == call_hash, Error::<T>::CallHashMismatch);
		ensure!(!proposal.has_expired(T::Time::now()), Error::<T>::ProposalExpired);
		let call = Self::decode_call(&proposal.call).ok_or(Error::<T>::CallUndecodable)?;
		// The table may have become stricter since the proposal was made.
		let class = T::Acts::classify(&call).ok_or(Error::<T>::NotAnAct)?;
		ensure!(approver_level >= class.requirement.level, Error::<T>::LevelTooLow);
		// As an error of the approver's own the answer about the proposer would mislead.
		let proposer_level = OfficerLevels::<T>::get(&proposal.proposer)
			.filter(|level| *level >= class.requirement.level)
			.filter(|_| T::Participants::ensure_role(&proposal.proposer, Role::Insider).is_ok())
			.ok_or(Error::<T>::ProposerNotOfficer)?;
		ensure!(
			call.get_dispatch_info().call_weight.all_lte(weight_limit),
			Error::<T>::WeightLimitTooLow
		);
		Ok(Approved {
			proposal,
			call,
			class,
			level: approver_level.min(proposer_level),
		})
	}

	/// Dispatch `call` in a storage layer of its own, so that a failure leaves nothing but the record. Returns the weight
	/// that the call has used, with that of telling the provenance graph.
	fn carry_out(case: Case<T>, level: Level, dispatch_as: DispatchAs, call: T::RuntimeCall) -> Weight {
		let origin: T::RuntimeOrigin = match dispatch_as {
			DispatchAs::Act => Origin::<T>::from(Act {
				by: case.by.clone(),
				second: case.second.clone(),
				level,
			})
			.into(),
			DispatchAs::Root => frame_system::RawOrigin::Root.into(),
		};
		let info = call.get_dispatch_info();
		let outcome: Result<PostDispatchInfo, _> = with_storage_layer(|| call.dispatch(origin));
		let weight = extract_actual_weight(&outcome, &info);
		let result = outcome.map(|_| ()).map_err(|error| error.error);

		let (by, second, call_hash) = (case.by.clone(), case.second.clone(), case.call_hash);
		let record = Self::record_deed(case, result);
		Self::deposit_event(Event::ActDispatched {
			record,
			by,
			second,
			call_hash,
			result,
		});
		weight.saturating_add(T::Provenance::weight_of_record())
	}

	/// The call that `encoded` holds, if the chain can read it.
	pub(crate) fn decode_call(mut encoded: &[u8]) -> Option<T::RuntimeCall> {
		T::RuntimeCall::decode_all_with_depth_limit(MAX_EXTRINSIC_DEPTH, &mut encoded).ok()
	}
}

/// Length of an encoded call.
pub(crate) fn length(encoded: &[u8]) -> u32 {
	u32::try_from(encoded.len()).unwrap_or(u32::MAX)
}

/// Length of `call` once it is encoded.
pub(crate) fn length_of(call: &impl Encode) -> u32 {
	u32::try_from(call.encoded_size()).unwrap_or(u32::MAX)
}

/// BLAKE2b-256 of an encoded call: what wallets show as its hash.
pub(crate) fn hash_of(encoded: &[u8]) -> Digest {
	Digest::from(blake2_256(encoded))
}

/// Pallet and name of a call as wallets write them: `participants.suspend`.
pub(crate) fn describe(call: &impl GetCallMetadata) -> Description {
	let names = call.get_call_metadata();
	let mut text: Vec<u8> = Vec::with_capacity(names.pallet_name.len() + 1 + names.function_name.len());
	text.extend_from_slice(names.pallet_name.as_bytes());
	if let Some(first) = text.first_mut() {
		first.make_ascii_lowercase();
	}
	text.push(b'.');
	text.extend_from_slice(names.function_name.as_bytes());
	Description::truncate_from(text)
}
