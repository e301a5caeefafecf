//! What always holds. It walks over the whole pallet: for tests and for try-runtime only.

use crate::{acts, halts::HaltKind, pallet::*, ActKind, Level, Outcome, RecordId};
use alloc::collections::BTreeMap;
use carbon_primitives::Moment;
use frame_support::{
	ensure,
	traits::{Get, Time},
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Check what always holds between blocks:
	///
	/// 1. Every entry can be read, and counted maps count what they have.
	/// 2. There are at most as many officers as there may be, and as many supervisors as are counted.
	/// 3. A proposal's number has been given out and is not below the oldest one, its hash is that of its call, and it was
	///    made before it expires. There are at most as many proposals as there may be, and of each officer as many as are
	///    counted.
	/// 4. Halts are sorted by scope, no scope is halted twice, and no kind takes more than its places.
	/// 5. Records are numbered from 0 to the next number without a gap.
	/// 6. Records are in the order of time and of blocks, and none is of a time to come.
	/// 7. A record names as many officers as its kind and its outcome say, and no officer twice.
	/// 8. Each record is linked to the newest earlier one about its subject, and the newest of all can be found.
	/// 9. Each record is linked to the newest earlier one of each officer, and the newest of all can be found.
	/// 10. No call of the break-glass key is running.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_readable()?;
		Self::check_officers()?;
		Self::check_proposals()?;
		Self::check_halts()?;
		Self::check_records()?;
		ensure!(
			!BreakGlassInUse::<T>::exists(),
			"regulator 10: a call of the break-glass key is running"
		);
		Ok(())
	}

	/// An entry that cannot be decoded is passed over when its map is iterated; its key is not.
	fn check_readable() -> Result<(), TryRuntimeError> {
		let readable = OfficerLevels::<T>::iter_keys().count() == OfficerLevels::<T>::iter().count()
			&& Proposals::<T>::iter_keys().count() == Proposals::<T>::iter().count()
			&& OpenProposals::<T>::iter_keys().count() == OpenProposals::<T>::iter().count()
			&& Records::<T>::iter_keys().count() == Records::<T>::iter().count()
			&& LastOfSubject::<T>::iter_keys().count() == LastOfSubject::<T>::iter().count()
			&& LastOfOfficer::<T>::iter_keys().count() == LastOfOfficer::<T>::iter().count();
		ensure!(readable, "regulator 1: an entry cannot be read");
		let counted = OfficerLevels::<T>::iter_keys().count() == OfficerLevels::<T>::count() as usize
			&& Proposals::<T>::iter_keys().count() == Proposals::<T>::count() as usize;
		ensure!(counted, "regulator 1: a map has been counted wrongly");
		Ok(())
	}

	fn check_officers() -> Result<(), TryRuntimeError> {
		ensure!(
			OfficerLevels::<T>::count() <= T::MaxOfficers::get(),
			"regulator 2: there are more officers than there may be"
		);
		let supervisors = OfficerLevels::<T>::iter_values()
			.filter(|level| *level == Level::Supervisor)
			.count();
		ensure!(
			supervisors == Supervisors::<T>::get() as usize,
			"regulator 2: the supervisors have been counted wrongly"
		);
		Ok(())
	}

	fn check_proposals() -> Result<(), TryRuntimeError> {
		ensure!(
			Proposals::<T>::count() <= T::MaxProposals::get(),
			"regulator 3: there are more proposals than there may be"
		);
		ensure!(
			OldestProposal::<T>::get() <= NextProposal::<T>::get(),
			"regulator 3: the oldest proposal has not been made yet"
		);
		let mut open = BTreeMap::new();
		for (id, proposal) in Proposals::<T>::iter() {
			*open.entry(proposal.proposer).or_insert(0_u32) += 1;
			ensure!(
				id >= OldestProposal::<T>::get(),
				"regulator 3: a proposal is older than the oldest one"
			);
			ensure!(
				id < NextProposal::<T>::get(),
				"regulator 3: a proposal's number has not been given out"
			);
			ensure!(
				acts::hash_of(&proposal.call) == proposal.call_hash,
				"regulator 3: a proposal's hash is not that of its call"
			);
			ensure!(
				proposal.proposed_at <= proposal.expires_at,
				"regulator 3: a proposal expires before it was made"
			);
		}
		ensure!(
			open.values()
				.all(|count| *count <= T::MaxProposalsPerOfficer::get()),
			"regulator 3: an officer has more proposals than it may"
		);
		ensure!(
			open == OpenProposals::<T>::iter().collect(),
			"regulator 3: the proposals of an officer have been counted wrongly"
		);
		Ok(())
	}

	fn check_halts() -> Result<(), TryRuntimeError> {
		ensure!(
			Halts::<T>::get()
				.windows(2)
				.all(|pair| pair[0].scope < pair[1].scope),
			"regulator 4: the halts are not sorted, or a scope is halted twice"
		);
		let halts = Halts::<T>::get();
		ensure!(
			HaltKind::ALL
				.into_iter()
				.all(|kind| kind.count(&halts) <= kind.places::<T>() as usize),
			"regulator 4: there are more halts of a kind than there may be"
		);
		Ok(())
	}

	fn check_records() -> Result<(), TryRuntimeError> {
		let count = Records::<T>::iter_keys().count() as u64;
		ensure!(
			count == NextRecord::<T>::get().0,
			"regulator 5: there are more or fewer records than numbers"
		);
		let (mut last_block, mut last_at): (_, Moment) = Default::default();
		let mut last_of_subject = BTreeMap::new();
		let mut last_of_officer = BTreeMap::new();
		for id in (0..count).map(RecordId) {
			let record = Records::<T>::get(id).ok_or("regulator 5: a number has no record")?;
			ensure!(
				last_block <= record.block && last_at <= record.at && record.proposed_at <= record.at,
				"regulator 6: records are not in the order of time"
			);
			(last_block, last_at) = (record.block, record.at);
			Self::check_names(&record)?;

			ensure!(
				last_of_subject.insert(record.subject.clone(), id) == record.previous_of_subject,
				"regulator 8: a record is not linked to the one before it about its subject"
			);
			let before_by = last_of_officer.insert(record.by.clone(), id);
			let before_second = record
				.second
				.as_ref()
				.and_then(|second| last_of_officer.insert(second.clone(), id));
			ensure!(
				before_by == record.previous_of_proposer && before_second == record.previous_of_approver,
				"regulator 9: a record is not linked to the one before it of its officer"
			);
		}
		ensure!(
			last_block <= frame_system::Pallet::<T>::block_number() && last_at <= T::Time::now(),
			"regulator 6: a record is of a time to come"
		);
		ensure!(
			last_of_subject == LastOfSubject::<T>::iter().collect(),
			"regulator 8: the newest record about a subject cannot be found"
		);
		ensure!(
			last_of_officer == LastOfOfficer::<T>::iter().collect(),
			"regulator 9: the newest record of an officer cannot be found"
		);
		Ok(())
	}

	fn check_names(record: &ActRecordOf<T>) -> Result<(), TryRuntimeError> {
		let dispatched = matches!(record.outcome, Outcome::Succeeded | Outcome::Failed(_));
		let plausible = match (record.kind, &record.second) {
			(ActKind::OneOfficer | ActKind::BreakGlass, None) => dispatched,
			(ActKind::OneOfficer | ActKind::BreakGlass, Some(_)) => false,
			// Nobody was there in time, or the proposer withdrew the proposal.
			(ActKind::TwoOfficers, None) => !dispatched,
			(ActKind::TwoOfficers, Some(second)) => {
				second != &record.by && record.outcome != Outcome::Expired
			}
		};
		ensure!(
			plausible,
			"regulator 7: a record does not name the officers that its kind takes"
		);
		Ok(())
	}
}
