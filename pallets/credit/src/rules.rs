//! The rules of scores and of levels, and from when on they count.

use crate::{pallet::*, LevelRules, RuleVersion, ScoreRules, SweepStage, VersionRecord, VERSIONS_MAX};
use carbon_primitives::Moment;
use carbon_traits::InspectPeriods;
use frame_support::{
	defensive, ensure,
	traits::{Get, Time},
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_score_rules(rules: ScoreRules, from: Moment) -> DispatchResult {
		ensure!(rules.are_valid(), Error::<T>::InvalidRules);
		ensure!(from > T::Time::now(), Error::<T>::DateNotAhead);
		let waiting = NextVersion::<T>::get();
		let version = match waiting {
			Some(version) => version,
			None => RuleVersion(CurrentVersion::<T>::get().0.saturating_add(1)),
		};
		ensure!(version.0 <= VERSIONS_MAX, Error::<T>::TooManyVersions);

		let replaced = waiting.and_then(RuleVersions::<T>::get);
		RuleVersions::<T>::insert(version, VersionRecord { rules, from });
		NextVersion::<T>::put(version);
		Self::deposit_event(Event::ScoreRulesSet {
			version,
			rules,
			from,
			replaced,
		});
		Ok(())
	}

	pub(crate) fn do_set_levels(levels: LevelRules) -> DispatchResult {
		ensure!(levels.are_valid(), Error::<T>::InvalidLevels);

		let old_value = Levels::<T>::get();
		Levels::<T>::put(levels);
		Self::deposit_event(Event::LevelsChanged {
			old_value,
			new_value: levels,
		});
		Self::start_sweep();
		Ok(())
	}

	/// The rules of a version; none where there is no such version.
	pub(crate) fn version_record(version: RuleVersion) -> Option<VersionRecord> {
		if version == RuleVersion::FIRST {
			return Some(VersionRecord {
				rules: T::DefaultRules::get(),
				from: 0,
			});
		}
		RuleVersions::<T>::get(version)
	}

	pub(crate) fn rules_of(version: RuleVersion) -> Option<ScoreRules> {
		Self::version_record(version).map(|record| record.rules)
	}

	/// Let the version that waits be the current one, if its date has come.
	pub(crate) fn apply_next_version(version: RuleVersion) {
		let Some(next) = RuleVersions::<T>::get(version) else {
			defensive!("a version waits that has no rules");
			NextVersion::<T>::kill();
			return;
		};
		if next.from > T::Time::now() {
			return;
		}
		NextVersion::<T>::kill();
		CurrentVersion::<T>::put(version);
		Self::deposit_event(Event::ScoreRulesApplied { version });
		Self::start_sweep();
	}

	/// Let the next blocks score everybody anew, from the start.
	pub(crate) fn start_sweep() {
		let year = T::Periods::latest_year().unwrap_or(crate::BEFORE_FIRST_YEAR);
		Sweep::<T>::put(crate::SweepState {
			year,
			stage: SweepStage::Running(None),
		});
		Self::deposit_event(Event::SweepStarted {
			version: CurrentVersion::<T>::get(),
			year,
		});
	}
}
