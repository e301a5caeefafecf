//! Questions about scores, answered from one state. They read as much as they need: none of them is part of a call.

use crate::{
	pallet::*, DeductionView, LevelRules, RuleVersion, ScoreView, Term, TermView, VersionRecord, YearCounters,
};
use alloc::{vec, vec::Vec};
use carbon_primitives::CreditLevel;

/// Most accounts that one question lists.
pub(crate) const ACCOUNTS_PAGE_MAX: u32 = 100;

impl<T: Config> Pallet<T> {
	/// The score of `who` with everything that it is made of.
	pub fn score_view(who: &T::AccountId) -> ScoreView {
		let basis = Self::basis();
		let stored = Accounts::<T>::get(who).unwrap_or_else(|| Self::neutral(&basis));
		let mut current = stored.clone();
		current.roll_to(basis.year);
		let made = basis.rules.assess(&current.years, current.as_of);
		let sums = &made.sums;
		let inputs = [
			(Term::Performance, vec![sums.kept, sums.broken]),
			(Term::Surrender, sums.surrender.to_vec()),
			(Term::Reports, sums.reports.to_vec()),
			(
				Term::Accuracy,
				vec![sums.discrepancies, sums.corrected, sums.reports_handed_in()],
			),
		];
		let terms = inputs
			.into_iter()
			.zip(made.rates.into_iter().zip(made.weights))
			.map(|((term, input), (rate, weight))| TermView {
				term,
				input,
				rate,
				weight,
				// At most 1000 times 1000.
				points: rate.saturating_mul(weight),
			})
			.collect();
		ScoreView {
			score: made.score,
			level: basis.levels.level_of(made.score),
			version: basis.version,
			as_of: current.as_of,
			stored_score: stored.score,
			stored_level: stored.level,
			terms,
			deduction: DeductionView {
				input: sums.penalties,
				points: made.deduction,
			},
			credit_terms: Self::terms_by(&basis.levels, &stored),
		}
	}

	/// What was counted for `who`, by year, the newest last.
	pub fn counters_of(who: &T::AccountId) -> Vec<YearCounters> {
		Accounts::<T>::get(who).map_or_else(Vec::new, |record| record.years.into_inner())
	}

	/// The rules of a version, also of the one whose date has not come; none where there is no such version.
	pub fn score_rules(version: RuleVersion) -> Option<VersionRecord> {
		Self::version_record(version)
	}

	/// The version by which scores are made.
	pub fn current_version() -> RuleVersion {
		CurrentVersion::<T>::get()
	}

	/// The levels and what they change.
	pub fn levels() -> LevelRules {
		Levels::<T>::get()
	}

	/// Those who have a record, with their stored scores and levels, in the order of storage: those behind `from`, at most
	/// 100.
	pub fn accounts_after(from: Option<&T::AccountId>, count: u32) -> Vec<(T::AccountId, u16, CreditLevel)> {
		let accounts = match from {
			None => Accounts::<T>::iter(),
			Some(from) => Accounts::<T>::iter_from(Accounts::<T>::hashed_key_for(from)),
		};
		accounts
			.take(count.min(ACCOUNTS_PAGE_MAX) as usize)
			.map(|(who, record)| (who, record.score, record.level))
			.collect()
	}
}
