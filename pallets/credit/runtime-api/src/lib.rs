//! Questions about credit that a client asks the runtime. polkadot.js offers them under "Runtime calls".

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::vec::Vec;
use carbon_primitives::CreditLevel;
use codec::Codec;
use pallet_credit::{LevelRules, RuleVersion, ScoreView, VersionRecord, YearCounters};

sp_api::decl_runtime_apis! {
	/// Questions about credit scores, their terms and their rules. Scores and rates lie between 0 and 1000, weights are in thousandths,
	/// moments in milliseconds since the Unix epoch.
	pub trait CreditApi<AccountId> where AccountId: Codec {
		/// The score of `who` with everything that it is made of. Whoever has no history has the neutral score.
		fn score(who: AccountId) -> ScoreView;

		/// What was counted for `who`, by year, the newest last: with the rules, all that the score is made of.
		fn counters(who: AccountId) -> Vec<YearCounters>;

		/// The rules of a version and from when on they count, also of the version whose date has not come; none where there is no such
		/// version.
		fn score_rules(version: RuleVersion) -> Option<VersionRecord>;

		/// The version by which scores are made.
		fn current_version() -> RuleVersion;

		/// From which score on each level is had, and what it changes.
		fn levels() -> LevelRules;

		/// Those who have a history, with the scores and levels that count, in the order of storage: those behind `from`, or from the first
		/// one on; at most 100, however many are asked for.
		fn accounts(from: Option<AccountId>, count: u32) -> Vec<(AccountId, u16, CreditLevel)>;
	}
}
