//! How many validators finality needs, and that taking one out leaves them.

use crate::{Config, Error, Nodes, Pallet, SessionStart};
use alloc::collections::BTreeSet;
use frame_support::{ensure, traits::Get};
use sp_runtime::{traits::Zero, DispatchResult};

/// How many of `validators` must vote for a block to become final: more than two thirds.
pub(crate) const fn votes_needed(validators: usize) -> usize {
	// What may be missing is rounded down, so that rather more votes are needed than fewer.
	validators - validators.saturating_sub(1) / 3
}

impl<T: Config> Pallet<T> {
	/// Refuse to take `leaving` out if finality then needed the votes of newcomers among those left, `left`.
	///
	/// Established is who is in force and, as long as nobody takes it out, stays so without a break. A validator that was
	/// taken out and admitted again since the session began is a newcomer although it is in force: its node and its keys
	/// may be others now, and the next session may be planned without it.
	///
	/// A newcomer itself may always go: no vote that is counted on goes with it, and without it fewer are needed.
	pub(crate) fn ensure_enough_stay(leaving: &T::AccountId, left: &[T::AccountId]) -> DispatchResult {
		let in_force: BTreeSet<_> = T::CurrentValidators::get().into_iter().collect();
		let session_start = SessionStart::<T>::get();
		let is_established = |validator: &T::AccountId| {
			in_force.contains(validator)
				&& Nodes::<T>::get(validator).is_some_and(|record| {
					// Session 0 starts in block 0, with the validators of that block.
					record.since.is_zero() || record.since < session_start
				})
		};

		let staying = left.iter().filter(|validator| is_established(validator)).count();
		ensure!(
			staying >= votes_needed(left.len()) || !is_established(leaving),
			Error::<T>::TooManyReplaced
		);
		Ok(())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_votes_needed_are_more_than_two_thirds_and_one_less_would_not_be() {
		for validators in 1..=100 {
			let needed = votes_needed(validators);
			assert!(needed <= validators);
			assert!(3 * needed > 2 * validators, "{validators}");
			assert!(3 * (needed - 1) <= 2 * validators, "{validators}");
		}
	}

	#[test]
	fn no_validators_need_no_votes() {
		assert_eq!(votes_needed(0), 0);
	}
}
