//! Questions about penalties, answered from one state. None of them is part of a call.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;

/// Most entries that one question lists.
pub(crate) const PAGE_MAX: u32 = 100;

impl<T: Config> Pallet<T> {
	pub(crate) fn view_of(id: PenaltyId, record: PenaltyRecordOf<T>) -> PenaltyViewOf<T> {
		PenaltyView {
			id,
			fine: record.sanction.fine(),
			outstanding: record.outstanding(),
			record,
		}
	}

	/// Whoever asks for what is before a penalty of another account gets nothing.
	pub(crate) fn penalties_of_account(
		who: &T::AccountId,
		before: Option<PenaltyId>,
		count: u32,
	) -> Vec<PenaltyViewOf<T>> {
		let mut next = match before {
			None => OfAccount::<T>::get(who),
			Some(before) => Penalties::<T>::get(before)
				.filter(|record| record.account == *who)
				.and_then(|record| record.previous),
		};
		let mut views = Vec::new();
		for _ in 0..count.min(PAGE_MAX) {
			let Some(view) = next.and_then(Self::penalty) else {
				break;
			};
			next = view.record.previous;
			views.push(view);
		}
		views
	}

	pub(crate) fn penalties_from(from: PenaltyId, count: u32) -> Vec<PenaltyViewOf<T>> {
		page(from.0, count, NextPenalty::<T>::get().0)
			.filter_map(|number| Self::penalty(PenaltyId(number)))
			.collect()
	}

	pub(crate) fn disclosures_from(from: u64, count: u32) -> Vec<DisclosureOf<T>> {
		page(from, count, NextDisclosure::<T>::get())
			.filter_map(|number| {
				let penalty = Disclosures::<T>::get(number).and_then(Self::penalty)?;
				Some(Disclosure { number, penalty })
			})
			.collect()
	}
}

/// The numbers from `from` on and below `end`, as many as are asked for and listed at once.
fn page(from: u64, count: u32, end: u64) -> core::ops::Range<u64> {
	// Saturating hides nothing: no number is above the end.
	from..from.saturating_add(count.min(PAGE_MAX).into()).min(end)
}
