//! Counting what participants do, and what follows for their scores.

use crate::{pallet::*, CreditRecord, LevelRules, RuleVersion, ScoreRules, ToldLimits, WeightInfo};
use carbon_primitives::Vintage;
use carbon_traits::{InspectGroup, InspectPeriods, OnTradingLimits, Performance, RecordPerformance};
use frame_support::{
	ensure,
	traits::Get,
	weights::{RuntimeDbWeight, Weight},
};
use sp_runtime::DispatchResult;

/// What a score depends on beside what was counted.
#[derive(Clone, Debug)]
pub(crate) struct Basis {
	pub(crate) version: RuleVersion,
	pub(crate) rules: ScoreRules,
	pub(crate) levels: LevelRules,
	pub(crate) year: Vintage,
}

impl<T: Config> Pallet<T> {
	/// What scores depend on at this moment.
	pub(crate) fn basis() -> Basis {
		let version = CurrentVersion::<T>::get();
		Basis {
			version,
			rules: Self::rules_of(version).unwrap_or_else(T::DefaultRules::get),
			levels: Levels::<T>::get(),
			year: T::Periods::latest_year().unwrap_or(crate::BEFORE_FIRST_YEAR),
		}
	}

	/// The record of somebody without a history.
	pub(crate) fn neutral(basis: &Basis) -> CreditRecordOf<T> {
		let level = basis.levels.level_of(crate::NEUTRAL_SCORE);
		CreditRecord::new(level, basis.version, basis.year)
	}

	/// Change what was counted for `who`, score it and tell what follows from that. Where it has no record and nothing is counted, none is
	/// made.
	pub(crate) fn change(who: &T::AccountId, basis: &Basis, change: impl FnOnce(&mut CreditRecordOf<T>)) {
		let stored = Accounts::<T>::get(who);
		let old = stored.clone().unwrap_or_else(|| Self::neutral(basis));
		let mut new = old.clone();
		new.roll_to(basis.year);
		change(&mut new);
		let assessment = basis.rules.assess(&new.years, new.as_of);
		new.score = assessment.score;
		new.level = basis.levels.level_of(new.score);
		new.version = basis.version;
		new.told = ToldLimits::from(basis.levels.terms_of(new.level));
		if new == old {
			return;
		}

		Accounts::<T>::insert(who, &new);
		if (new.score, new.level) != (old.score, old.level) {
			Self::deposit_event(Event::ScoreChanged {
				who: who.clone(),
				old_value: old.score,
				new_value: new.score,
				level: new.level,
				version: new.version,
				as_of: new.as_of,
			});
		}
		if new.told != old.told {
			T::OnLimits::trading_limits_changed(who);
		}
	}

	/// Count for `who` that it has kept an agreement with `other`, who is not related to it.
	pub(crate) fn count_kept(who: &T::AccountId, other: &T::AccountId, basis: &Basis) {
		Self::change(who, basis, |record| {
			record.count_kept(other.clone(), &basis.rules)
		});
	}

	pub(crate) fn do_rescore(who: &T::AccountId) -> DispatchResult {
		ensure!(Accounts::<T>::contains_key(who), Error::<T>::NothingCounted);
		Self::change(who, &Self::basis(), |_| {});
		Ok(())
	}

	/// What finding out whether two accounts are related costs at most beyond what benchmarks see, in which neither has a group.
	pub(crate) fn weight_of_groups() -> Weight {
		let db: RuntimeDbWeight = T::DbWeight::get();
		db.reads(1)
	}
}

impl<T: Config> RecordPerformance<T::AccountId> for Pallet<T> {
	fn record(who: &T::AccountId, performance: Performance<T::AccountId>) {
		match performance {
			Performance::TradeKept { counterparty } => {
				if !T::Groups::are_related(who, counterparty) {
					Self::count_kept(who, counterparty, &Self::basis());
				}
			}
			Performance::Defaulted => Self::change(who, &Self::basis(), |record| record.count_broken()),
			Performance::YearEnded { year, outcome } => {
				Self::change(who, &Self::basis(), |record| record.count_outcome(year, &outcome));
			}
			Performance::Penalised { year, kind } => {
				Self::change(who, &Self::basis(), |record| record.count_penalty(year, kind));
			}
			Performance::PenaltyAnnulled { year, kind } => {
				Self::change(who, &Self::basis(), |record| record.uncount_penalty(year, kind));
			}
		}
	}

	fn weight_of_record() -> Weight {
		T::WeightInfo::record()
			.saturating_add(Self::weight_of_groups())
			.saturating_add(T::OnLimits::weight_of_limits_changed())
	}
}
