//! Trades in the order book: an order notes its pairs, and later blocks count them.

use crate::{pallet::*, recording::Basis, WeightInfo};
use alloc::vec::Vec;
use carbon_traits::{InspectGroup, Matched, OnMatched, OnTradingLimits};
use codec::Encode;
use frame_support::{
	traits::Get,
	weights::{Weight, WeightMeter},
	BoundedVec,
};

impl<T: Config> OnMatched<T::AccountId> for Pallet<T> {
	/// The pairs are added behind those that wait, without looking at them nor at any account. Where there is no room for them all, the
	/// rest is dropped: nobody gains by that, and an order is never refused for it.
	fn matched(matched: &Matched<T::AccountId>) {
		let waiting = MatchedPairs::<T>::decode_len().unwrap_or(0);
		let room = (T::MaxQueuedPairs::get() as usize).saturating_sub(waiting);
		let mut pairs = matched.pairs.iter();
		let queue = MatchedPairs::<T>::hashed_key();
		for pair in pairs.by_ref().take(room) {
			// There is room. Asking for the length each time would copy all that waits.
			sp_io::storage::append(&queue, pair.encode());
		}
		let dropped = pairs.len() as u64;
		if dropped > 0 {
			DroppedPairs::<T>::mutate(|counts| {
				// As many as an order has; 64 bits hold them for ever.
				counts.total = counts.total.saturating_add(dropped);
				counts.untold = counts.untold.saturating_add(dropped);
			});
		}
	}

	fn weight_of_matched() -> Weight {
		T::WeightInfo::matched()
	}
}

impl<T: Config> Pallet<T> {
	/// Count the pairs that wait, oldest first, as far as `meter` reaches.
	pub(crate) fn count_matched_pairs(basis: &Basis, meter: &mut WeightMeter) {
		// Reading the queue and writing it again is for nothing where no pair can be counted.
		let least = T::WeightInfo::drain_queue().saturating_add(Self::weight_of_pair());
		if !meter.can_consume(least) {
			return;
		}
		meter.consume(T::WeightInfo::drain_queue());
		Self::tell_dropped_pairs();
		let pairs = MatchedPairs::<T>::take().into_inner();
		let mut counted = 0;
		for (one, other) in &pairs {
			if meter.try_consume(Self::weight_of_pair()).is_err() {
				break;
			}
			counted += 1;
			Self::count_pair(one, other, basis);
		}
		let rest: Vec<_> = pairs.into_iter().skip(counted).collect();
		if !rest.is_empty() {
			// A part of what there was room for.
			MatchedPairs::<T>::put(BoundedVec::truncate_from(rest));
		}
	}

	/// Count that two accounts have traded, for both, unless they are related.
	pub(crate) fn count_pair(one: &T::AccountId, other: &T::AccountId, basis: &Basis) {
		if !T::Groups::are_related(one, other) {
			Self::count_kept(one, other, basis);
			Self::count_kept(other, one, basis);
		}
	}

	/// Tell what was dropped since the last time. Only while the queue is full is anything dropped, so that this need not be looked at when
	/// nothing waits.
	fn tell_dropped_pairs() {
		let dropped = DroppedPairs::<T>::get();
		if dropped.untold > 0 {
			DroppedPairs::<T>::put(crate::Dropped { untold: 0, ..dropped });
			Self::deposit_event(Event::PairsDropped {
				pairs: dropped.untold,
				total: dropped.total,
			});
		}
	}

	/// What counting a pair costs at most.
	pub(crate) fn weight_of_pair() -> Weight {
		T::WeightInfo::drain_pair()
			.saturating_add(Self::weight_of_groups())
			.saturating_add(T::OnLimits::weight_of_limits_changed().saturating_mul(2))
	}
}
