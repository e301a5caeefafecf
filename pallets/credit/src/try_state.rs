//! What always holds. It walks over the whole pallet: for tests and for try-runtime only.

use crate::{
	pallet::*, record::first_year, CreditRecord, RuleVersion, SweepStage, ToldLimits, BEFORE_FIRST_YEAR,
};
use carbon_traits::InspectPeriods;
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Check what always holds between blocks:
	///
	/// 1. Every entry can be read.
	/// 2. The years of a record rise, and all of them count as of its year; as many trades with its counterparties count as it has kept
	///    agreements in that year.
	/// 3. A stored score is what the rules of its version make of the counters as of its year.
	/// 4. Unless everybody is being scored anew, each record is by the current version, has the level of its score, and is limited as
	///    was told last; and no newer year has been seen.
	/// 5. Every version up to the current one has rules in their ranges, so has the next one, and no other version has any.
	/// 6. The levels are in their ranges.
	/// 7. No more pairs wait than may, and nothing was dropped untold unless some wait.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		ensure!(
			Accounts::<T>::iter_keys().count() == Accounts::<T>::iter().count()
				&& RuleVersions::<T>::iter_keys().count() == RuleVersions::<T>::iter().count(),
			"credit 1: an entry cannot be read"
		);
		Self::check_records()?;
		Self::check_rules()?;
		let waiting = MatchedPairs::<T>::decode_len().unwrap_or(0);
		ensure!(
			waiting <= T::MaxQueuedPairs::get() as usize && MatchedPairs::<T>::get().len() == waiting,
			"credit 7: more pairs wait than may"
		);
		let dropped = DroppedPairs::<T>::get();
		ensure!(
			dropped.untold <= dropped.total && (dropped.untold == 0 || waiting > 0),
			"credit 7: pairs were dropped that no event will tell"
		);
		Ok(())
	}

	fn check_records() -> Result<(), TryRuntimeError> {
		let (version, levels, sweep) = (CurrentVersion::<T>::get(), Levels::<T>::get(), Sweep::<T>::get());
		let year_is_seen = sweep.year == T::Periods::latest_year().unwrap_or(BEFORE_FIRST_YEAR);
		for record in Accounts::<T>::iter_values() {
			ensure!(
				has_plausible_years(&record),
				"credit 2: a record contradicts itself"
			);
			let made =
				Self::rules_of(record.version).map(|rules| rules.assess(&record.years, record.as_of).score);
			ensure!(
				made == Some(record.score),
				"credit 3: a score is not what its rules make of the counters"
			);
			if sweep.stage == SweepStage::Done {
				ensure!(
					record.version == version
						&& record.level == levels.level_of(record.score)
						&& record.told == ToldLimits::from(levels.terms_of(record.level)),
					"credit 4: a record was left out when all were scored anew"
				);
				ensure!(
					!year_is_seen || record.as_of >= sweep.year,
					"credit 4: a record was left in an earlier year"
				);
			}
		}
		Ok(())
	}

	fn check_rules() -> Result<(), TryRuntimeError> {
		let current = CurrentVersion::<T>::get();
		let last = NextVersion::<T>::get().unwrap_or(current);
		ensure!(
			last == current || last.0.checked_sub(1) == Some(current.0),
			"credit 5: the next version does not follow the current one"
		);
		ensure!(
			(RuleVersion::FIRST.0..=last.0)
				.all(|version| Self::rules_of(RuleVersion(version)).is_some_and(|rules| rules.are_valid())),
			"credit 5: a version has no rules in their ranges"
		);
		ensure!(
			RuleVersions::<T>::iter_keys().all(|version| version > RuleVersion::FIRST && version <= last),
			"credit 5: there are rules of a version that there is not"
		);
		ensure!(
			Levels::<T>::get().are_valid(),
			"credit 6: the levels are out of their ranges"
		);
		Ok(())
	}
}

fn has_plausible_years<AccountId>(record: &CreditRecord<AccountId>) -> bool {
	let years: alloc::vec::Vec<_> = record.years.iter().map(|counters| counters.year).collect();
	let kept = record
		.years
		.last()
		.filter(|counters| counters.year == record.as_of)
		.map_or(0, |counters| counters.kept);
	let counting: u32 = record
		.counterparties
		.iter()
		.map(|(_, trades)| u32::from(*trades))
		.sum();
	years.windows(2).all(|pair| pair[0] < pair[1])
		&& years
			.iter()
			.all(|year| first_year(record.as_of) <= *year && *year <= record.as_of)
		&& record.counterparties.iter().all(|(_, trades)| *trades > 0)
		&& kept == counting
}
