//! How a proposal ends without being carried out: rejected, withdrawn or expired.

use crate::{pallet::*, trail::Case, ClassifyAct, Level, Outcome, Proposal, ProposalId, WeightInfo};
use carbon_primitives::{Digest, Moment};
use frame_support::{ensure, traits::Time, weights::WeightMeter};
use sp_runtime::DispatchResult;

/// Most proposals that are looked at in one block. Nobody can approve what has expired, so that nothing waits for them but
/// the room that they take.
pub(crate) const LOOKED_AT_PER_BLOCK_MAX: u32 = 4;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_reject(officer: T::AccountId, id: ProposalId, reason: Digest) -> DispatchResult {
		let level = Self::ensure_officer(&officer)?;
		let proposal = Proposals::<T>::get(id).ok_or(Error::<T>::ProposalNotFound)?;
		let withdrawn = officer == proposal.proposer;
		// Else a clerk alone could keep supervisors from ever carrying anything out.
		ensure!(
			withdrawn || level >= Self::level_to_reject(&proposal),
			Error::<T>::LevelTooLow
		);

		Self::remove_proposal(id, &proposal.proposer);
		// Whoever withdraws its own proposal is no second officer.
		let second = Some(officer.clone()).filter(|_| !withdrawn);
		let case = Case {
			second,
			..Case::of(proposal)
		};
		let record = Self::write_record(case, Outcome::Rejected { reason });
		Self::deposit_event(Event::ActRejected {
			id,
			record,
			by: officer,
			reason,
		});
		Ok(())
	}

	/// The level that rejecting `proposal` takes of others than its proposer: that of the act by the table of today.
	///
	/// Nobody can tell any more what level it takes where the table or the calls have changed: the highest is on the safe
	/// side.
	fn level_to_reject(proposal: &ProposalOf<T>) -> Level {
		Self::decode_call(&proposal.call)
			.and_then(|call| T::Acts::classify(&call))
			.map_or(Level::Supervisor, |class| class.requirement.level)
	}

	pub(crate) fn do_expire(officer: T::AccountId, id: ProposalId) -> DispatchResult {
		Self::ensure_officer(&officer)?;
		let proposal = Proposals::<T>::get(id).ok_or(Error::<T>::ProposalNotFound)?;
		ensure!(proposal.has_expired(T::Time::now()), Error::<T>::NotExpired);

		Self::end_expired(id, proposal);
		Ok(())
	}

	/// End proposals that have expired, from the oldest one on, as far as `meter` reaches.
	///
	/// It stops at the first one that can still be approved: later ones rarely expire earlier, only where the lifetime of
	/// proposals has been shortened, and then they wait for the older one.
	pub(crate) fn end_expired_proposals(meter: &mut WeightMeter) {
		// The reads of the two ends, in each block.
		if meter.try_consume(T::WeightInfo::on_poll_proposals()).is_err() {
			return;
		}
		let (first, next) = (OldestProposal::<T>::get(), NextProposal::<T>::get());
		if first >= next {
			return;
		}
		let now = T::Time::now();
		let mut oldest = first;
		for _ in 0..LOOKED_AT_PER_BLOCK_MAX {
			if oldest >= next || meter.try_consume(T::WeightInfo::look_at_proposal()).is_err() {
				break;
			}
			// Where there is none, it has been decided on already.
			if let Some(proposal) = Proposals::<T>::get(oldest) {
				let stays =
					!proposal.has_expired(now) || meter.try_consume(T::WeightInfo::end_proposal()).is_err();
				if stays {
					break;
				}
				Self::end_expired(oldest, proposal);
			}
			oldest.0 = oldest.0.saturating_add(1);
		}
		if oldest != first {
			OldestProposal::<T>::put(oldest);
		}
	}

	/// Remove the expired proposal `id` and leave its record.
	pub(crate) fn end_expired(id: ProposalId, proposal: ProposalOf<T>) {
		Self::remove_proposal(id, &proposal.proposer);
		let record = Self::write_record(Case::of(proposal), Outcome::Expired);
		Self::deposit_event(Event::ActExpired { id, record });
	}

	/// Remove the proposal `id` and make room for another one of its proposer.
	pub(crate) fn remove_proposal(id: ProposalId, proposer: &T::AccountId) {
		Proposals::<T>::remove(id);
		OpenProposals::<T>::mutate_exists(proposer, |open| {
			*open = open.and_then(|open| open.checked_sub(1)).filter(|open| *open > 0);
		});
	}
}

impl<AccountId, Call> Proposal<AccountId, Call> {
	/// Whether the proposal can be approved no more: from the moment of its expiry on.
	pub fn has_expired(&self, now: Moment) -> bool {
		self.expires_at <= now
	}
}
