//! Trades of the order book: folded per market while orders trade, and recorded as one activity by a later block.

use crate::{pallet::*, types::*, WeightInfo};
use carbon_primitives::{Digest, RecordKind, RecordSubject};
use carbon_traits::{Doer, Happening, Matched, OnMatched};
use frame_support::{
	traits::Time,
	weights::{Weight, WeightMeter},
};

/// Most markets whose trades one block records.
pub(crate) const FOLDS_PER_BLOCK_MAX: u32 = 32;

impl<T: Config> OnMatched<T::AccountId> for Pallet<T> {
	fn matched(matched: &Matched<T::AccountId>) {
		if !Self::is_recorded(RecordKind::Matching) {
			return;
		}
		let (block, now) = (Self::block(), T::Time::now());
		let is_noted = Folds::<T>::mutate(|folds| {
			if let Some(fold) = folds.iter_mut().find(|fold| fold.asset == matched.asset) {
				fold.to_block = block;
				fold.ended_at = now;
				fold.add(&matched.digest, matched.fills, matched.tonnes);
				return true;
			}
			let mut fold = Fold {
				asset: matched.asset,
				from_block: block,
				to_block: block,
				started_at: now,
				ended_at: now,
				digest: Digest::zero(),
				fills: 0,
				tonnes: 0,
			};
			fold.add(&matched.digest, matched.fills, matched.tonnes);
			folds.try_push(fold).is_ok()
		});
		if !is_noted {
			Self::deposit_event(Event::NotRecorded {
				kind: RecordKind::Matching,
				subject: RecordSubject::Matching {
					asset: matched.asset,
					block,
				},
				error: Error::<T>::TooManyMarkets.into(),
			});
		}
	}

	fn weight_of_matched() -> Weight {
		T::WeightInfo::matched()
	}
}

impl<T: Config> Pallet<T> {
	/// Record the trades of earlier blocks, those that began first before the others, as far as `meter` reaches. What is left over
	/// goes on taking trades.
	///
	/// A market whose trades began in this block waits for the next one: trades to come in this block would need the same name.
	pub(crate) fn record_folds(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::on_poll_idle()).is_err() {
			return;
		}
		let mut folds = Folds::<T>::get();
		let block = Self::block();
		let mut recorded: u32 = 0;
		folds.retain(|fold| {
			let is_due = fold.from_block < block && recorded < FOLDS_PER_BLOCK_MAX;
			if !is_due || meter.try_consume(T::WeightInfo::on_poll_fold()).is_err() {
				return true;
			}
			recorded = recorded.saturating_add(1);
			Self::record_fold(fold);
			false
		});
		if recorded == 0 {
			return;
		}
		if folds.is_empty() {
			Folds::<T>::kill();
		} else {
			Folds::<T>::put(folds);
		}
	}

	pub(crate) fn record_fold(fold: &Fold) {
		let subject = RecordSubject::Matching {
			asset: fold.asset,
			block: fold.from_block,
		};
		let happening = Happening {
			kind: RecordKind::Matching,
			by: Doer::Chain,
			owner: None,
			subject: subject.clone(),
			digest: fold.digest,
			uses: &[],
			supersedes: false,
		};
		match Self::record_happening(happening, fold.started_at, fold.ended_at) {
			Ok((inserted, _)) => Self::deposit_event(Event::TradesRecorded {
				id: inserted.activity,
				asset: fold.asset,
				from_block: fold.from_block,
				to_block: fold.to_block,
				digest: fold.digest,
				fills: fold.fills,
				tonnes: fold.tonnes,
			}),
			Err(error) => Self::deposit_event(Event::NotRecorded {
				kind: RecordKind::Matching,
				subject,
				error,
			}),
		}
	}
}
