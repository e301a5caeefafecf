//! What blocks do by themselves: they apply rules whose date has come, count trades of the order book, and score everybody anew where
//! something has changed for all.

use crate::{pallet::*, recording::Basis, SweepStage, SweepState, WeightInfo, BEFORE_FIRST_YEAR};
use carbon_traits::{InspectPeriods, OnTradingLimits};
use frame_support::{
	traits::Get,
	weights::{Weight, WeightMeter},
};

/// Which part of a block this pallet uses at most: one of so many equal ones.
pub(crate) const PARTS_OF_A_BLOCK: u64 = 10;

impl<T: Config> Pallet<T> {
	/// Do what is to be done, as far as `meter` reaches, and not beyond this pallet's part of a block.
	pub(crate) fn keep_scores_up_to_date(meter: &mut WeightMeter) {
		let mut own = WeightMeter::with_limit(meter.remaining().min(Self::part_of_a_block()));
		Self::do_what_is_due(&mut own);
		meter.consume(own.consumed());
	}

	fn do_what_is_due(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::on_poll_idle()).is_err() {
			return;
		}
		if let Some(version) = NextVersion::<T>::get() {
			if meter.try_consume(T::WeightInfo::apply_version()).is_err() {
				return;
			}
			Self::apply_next_version(version);
		}
		let year = T::Periods::latest_year().unwrap_or(BEFORE_FIRST_YEAR);
		if year > Sweep::<T>::get().year {
			if meter.try_consume(T::WeightInfo::start_sweep()).is_err() {
				return;
			}
			Self::start_sweep();
		}
		let pairs_wait = MatchedPairs::<T>::decode_len().is_some_and(|waiting| waiting > 0);
		let state = Sweep::<T>::get();
		let sweeps = state.stage != SweepStage::Done;
		if !(pairs_wait || sweeps) || meter.try_consume(T::WeightInfo::read_basis()).is_err() {
			return;
		}
		let basis = Self::basis();
		if pairs_wait {
			// Half of what is left at most, so that whoever trades much does not keep everybody from being scored anew.
			let part = if sweeps {
				meter.remaining() / 2
			} else {
				meter.remaining()
			};
			let mut own = WeightMeter::with_limit(part);
			Self::count_matched_pairs(&basis, &mut own);
			meter.consume(own.consumed());
		}
		if sweeps {
			Self::go_on_sweeping(state, &basis, meter);
		}
	}

	/// Score those anew whose turn it is.
	pub(crate) fn go_on_sweeping(state: SweepState<T::AccountId>, basis: &Basis, meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::go_on_sweeping()).is_err() {
			return;
		}
		let SweepStage::Running(mut last) = state.stage else {
			return;
		};
		let mut accounts = match &last {
			None => Accounts::<T>::iter_keys(),
			Some(last) => Accounts::<T>::iter_keys_from(Accounts::<T>::hashed_key_for(last)),
		};
		let stage = loop {
			if meter.try_consume(Self::weight_of_sweep_account()).is_err() {
				break SweepStage::Running(last);
			}
			let Some(who) = accounts.next() else {
				Self::deposit_event(Event::SweepEnded {
					version: basis.version,
					year: basis.year,
				});
				break SweepStage::Done;
			};
			Self::change(&who, basis, |_| {});
			last = Some(who);
		};
		Sweep::<T>::put(SweepState { stage, ..state });
	}

	/// What this pallet uses of a block at most.
	pub(crate) fn part_of_a_block() -> Weight {
		T::BlockWeights::get().max_block / PARTS_OF_A_BLOCK
	}

	/// What has to fit in this pallet's part of a block, so that neither queue nor sweep ever stands still: rules that are looked at, a
	/// new year, and twice the larger of a pair and an account, since pairs get half of what is left beside a sweep.
	pub(crate) fn weight_of_progress() -> Weight {
		let pair = T::WeightInfo::drain_queue().saturating_add(Self::weight_of_pair());
		let account = T::WeightInfo::go_on_sweeping().saturating_add(Self::weight_of_sweep_account());
		T::WeightInfo::on_poll_idle()
			.saturating_add(T::WeightInfo::apply_version())
			.saturating_add(T::WeightInfo::start_sweep())
			.saturating_add(T::WeightInfo::read_basis())
			.saturating_add(pair.max(account).saturating_mul(2))
	}

	/// What scoring one account anew costs at most.
	pub(crate) fn weight_of_sweep_account() -> Weight {
		T::WeightInfo::sweep_account().saturating_add(T::OnLimits::weight_of_limits_changed())
	}
}
