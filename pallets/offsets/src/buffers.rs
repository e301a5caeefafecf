//! Buffers: reversal, what it leaves to be paid, and release.

use crate::{pallet::*, CancellationCause, ProjectId};
use carbon_primitives::{AssetId, Digest, Tonnes};
use carbon_traits::EnsureParticipant;
use frame_support::{ensure, traits::Get};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Returns how many series it had to look at.
	pub(crate) fn do_reverse(
		project: ProjectId,
		tonnes: Tonnes,
		reason: Digest,
	) -> Result<u32, DispatchError> {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		let owner = Projects::<T>::get(project)
			.ok_or(Error::<T>::ProjectNotFound)?
			.owner;
		let mut totals = Totals::<T>::get(project);
		totals.reversed = totals
			.reversed
			.checked_add(tonnes)
			.filter(|reversed| *reversed <= totals.issued)
			.ok_or(Error::<T>::MoreThanIssued)?;
		let from_buffer = tonnes.min(totals.buffered);
		let left = tonnes.shortfall(from_buffer);
		// Sums of tonnes that were issued, which fit.
		totals.buffered = totals.buffered.shortfall(from_buffer);
		totals.owed = totals.owed.checked_add(left).ok_or(Error::<T>::Unexpected)?;

		let looked_at = Self::draw_from_buffer(project, from_buffer, |asset, part| {
			let holder = T::BufferAccount::get();
			Self::unbuffer(asset, part)?;
			let cause = CancellationCause::Reversal { project, reason };
			Self::cancel_credits(holder, asset, part, cause)
		})?;
		Totals::<T>::insert(project, totals);
		Self::raise_debt(&owner, left)?;
		Self::deposit_event(Event::ReductionsReversed {
			project,
			tonnes,
			from_buffer,
			owed: left,
			reason,
		});
		Ok(looked_at)
	}

	/// `who` is the owner, or none where the regulator acts.
	pub(crate) fn do_settle_reversal(
		who: Option<T::AccountId>,
		project: ProjectId,
		asset: AssetId,
		tonnes: Tonnes,
	) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		let owner = Projects::<T>::get(project)
			.ok_or(Error::<T>::ProjectNotFound)?
			.owner;
		ensure!(who.is_none_or(|who| who == owner), Error::<T>::NotOwner);
		let mut totals = Totals::<T>::get(project);
		totals.owed = totals.owed.checked_sub(tonnes).ok_or(Error::<T>::MoreThanOwed)?;
		let cause = CancellationCause::Settlement { project };
		Self::cancel_credits(owner.clone(), asset, tonnes, cause)?;

		Totals::<T>::insert(project, totals);
		Self::lower_debt(&owner, tonnes)?;
		Self::deposit_event(Event::ReversalSettled {
			project,
			asset,
			tonnes,
			owed: totals.owed,
		});
		Ok(())
	}

	/// Returns how many series it had to look at.
	pub(crate) fn do_release_buffer(project: ProjectId, tonnes: Tonnes) -> Result<u32, DispatchError> {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		let owner = Projects::<T>::get(project)
			.ok_or(Error::<T>::ProjectNotFound)?
			.owner;
		T::Participants::ensure_admitted(&owner)?;
		Self::ensure_nothing_owed(&owner)?;
		let mut totals = Totals::<T>::get(project);
		totals.buffered = totals
			.buffered
			.checked_sub(tonnes)
			.ok_or(Error::<T>::BufferTooSmall)?;

		let looked_at = Self::draw_from_buffer(project, tonnes, |asset, part| {
			Self::unbuffer(asset, part)?;
			Self::move_from_buffer(asset, &owner, part)?;
			Self::deposit_event(Event::BufferReleased {
				project,
				asset,
				owner: owner.clone(),
				tonnes: part,
			});
			Ok(())
		})?;
		Totals::<T>::insert(project, totals);
		Ok(looked_at)
	}

	/// Go through the series of `project`, oldest first, until `tonnes` of what they have in the buffer are found, and do with
	/// each part what `draw` does. Returns how many series were looked at.
	fn draw_from_buffer(
		project: ProjectId,
		tonnes: Tonnes,
		mut draw: impl FnMut(AssetId, Tonnes) -> DispatchResult,
	) -> Result<u32, DispatchError> {
		let mut left = tonnes;
		let mut looked_at = 0_u32;
		for asset in SeriesOf::<T>::get(project) {
			if left.is_zero() {
				break;
			}
			// Cannot wrap: the list is bounded by a number of 32 bits.
			looked_at = looked_at.saturating_add(1);
			let series = Series::<T>::get(asset).ok_or(Error::<T>::Unexpected)?;
			let part = left.min(series.buffered);
			if !part.is_zero() {
				draw(asset, part)?;
				left = left.shortfall(part);
			}
		}
		// The sum of the buffers was asked before.
		ensure!(left.is_zero(), Error::<T>::Unexpected);
		Ok(looked_at)
	}

	/// Count `tonnes` of a series as out of the buffer.
	fn unbuffer(asset: AssetId, tonnes: Tonnes) -> DispatchResult {
		Series::<T>::try_mutate(asset, |series| {
			let unbuffered = series.as_mut().and_then(|series| series.unbuffer(tonnes));
			Ok(unbuffered.ok_or(Error::<T>::Unexpected)?)
		})
	}

	fn raise_debt(owner: &T::AccountId, tonnes: Tonnes) -> DispatchResult {
		if tonnes.is_zero() {
			return Ok(());
		}
		ReversalDebts::<T>::try_mutate(owner, |debt| {
			let sum = debt.unwrap_or_default().checked_add(tonnes);
			*debt = Some(sum.ok_or(Error::<T>::Unexpected)?);
			Ok(())
		})
	}

	fn lower_debt(owner: &T::AccountId, tonnes: Tonnes) -> DispatchResult {
		ReversalDebts::<T>::try_mutate_exists(owner, |debt| {
			let left = debt.unwrap_or_default().checked_sub(tonnes);
			*debt = Some(left.ok_or(Error::<T>::Unexpected)?).filter(|left| !left.is_zero());
			Ok(())
		})
	}
}
