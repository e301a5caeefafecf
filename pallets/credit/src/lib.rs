#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
mod inspect;
mod matched;
#[cfg(test)]
mod mock;
mod queries;
mod record;
mod recording;
mod rules;
mod score;
mod sweep;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use score::*;
pub use types::*;
pub use weights::WeightInfo;

/// The pallet: its configuration, storage, events, errors and calls.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use carbon_primitives::{CreditLevel, Moment, Vintage};
	use carbon_traits::{InspectGroup, InspectPeriods, OnTradingLimits};
	use frame_support::{pallet_prelude::*, traits::Time, weights::WeightMeter};
	use frame_system::pallet_prelude::*;

	/// What the pallet needs from the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Weights of the calls and of what a block does.
		type WeightInfo: WeightInfo;

		/// Who sets the rules of scores and levels.
		type RegulatorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Tells who is related to whom.
		type Groups: InspectGroup<Self::AccountId>;

		/// Tells the newest compliance period, whose year is the current one.
		type Periods: InspectPeriods;

		/// The chain's time, in milliseconds since the Unix epoch.
		type Time: Time<Moment = Moment>;

		/// Learns whose orders are limited otherwise from now on.
		type OnLimits: OnTradingLimits<Self::AccountId>;

		/// The rules of version 1. They stay as they are once there are scores: another version is set by a call.
		type DefaultRules: Get<ScoreRules>;

		/// The levels before the regulator sets any. They too stay as they are.
		type DefaultLevels: Get<LevelRules>;

		/// Most pairs of accounts whose trades wait to be counted.
		#[pallet::constant]
		type MaxQueuedPairs: Get<u32>;
	}

	/// A participant's record on the chain that `T` configures.
	pub type CreditRecordOf<T> = CreditRecord<<T as frame_system::Config>::AccountId>;
	/// Two accounts that have traded, on the chain that `T` configures.
	pub type PairOf<T> = (
		<T as frame_system::Config>::AccountId,
		<T as frame_system::Config>::AccountId,
	);

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// The pallet's calls, questions and hooks.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What was counted for each participant, with its score and level; whoever has no history is not listed.
	/// Written whenever something is counted, by `rescore`, and block by block while all are scored anew.
	// Blake2_128Concat: participants choose their accounts.
	#[pallet::storage]
	pub type Accounts<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, CreditRecordOf<T>, OptionQuery>;

	/// The rules of each version from 2 on, also of the one that is yet to come; those of version 1 are the
	/// defaults. Written by `set_score_rules`.
	// Twox64Concat: the key is a counter.
	#[pallet::storage]
	pub type RuleVersions<T: Config> = StorageMap<_, Twox64Concat, RuleVersion, VersionRecord, OptionQuery>;

	/// The version by which scores are made. Written by the block in which a version's date has come.
	#[pallet::storage]
	pub type CurrentVersion<T: Config> = StorageValue<_, RuleVersion, ValueQuery>;

	/// The version whose date has not come. Written by `set_score_rules`, removed when its date has come.
	#[pallet::storage]
	pub type NextVersion<T: Config> = StorageValue<_, RuleVersion, OptionQuery>;

	/// The levels and what they change. Written by `set_levels`.
	#[pallet::storage]
	pub type Levels<T: Config> = StorageValue<_, LevelRules, ValueQuery, T::DefaultLevels>;

	/// How far the blocks have come in scoring everybody anew, and the year that they have seen. Written by
	/// `set_levels` and block by block.
	#[pallet::storage]
	pub type Sweep<T: Config> = StorageValue<_, SweepState<T::AccountId>, ValueQuery>;

	/// Pairs that have traded in the order book and are yet to be counted, oldest first. Written with each
	/// order that trades, and block by block.
	#[pallet::storage]
	pub type MatchedPairs<T: Config> = StorageValue<_, BoundedVec<PairOf<T>, T::MaxQueuedPairs>, ValueQuery>;

	/// How many pairs were never counted, because too many waited. Written with an order that trades then,
	/// and by the block after it.
	#[pallet::storage]
	pub type DroppedPairs<T: Config> = StorageValue<_, Dropped, ValueQuery>;

	/// What has become of scores and their rules. Scores lie between 0 and 1000.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A participant has another score or another level.
		ScoreChanged {
			/// Whose.
			who: T::AccountId,
			/// The score until now; that of whoever has no history, where it had none.
			old_value: u16,
			/// The score from now on.
			new_value: u16,
			/// The level from now on.
			level: CreditLevel,
			/// The version of the rules that the score was made by.
			version: RuleVersion,
			/// The year as of which it was made.
			as_of: Vintage,
		},
		/// The regulator set rules that scores are made by from a date on.
		ScoreRulesSet {
			/// Their version.
			version: RuleVersion,
			/// The rules.
			rules: ScoreRules,
			/// From when on, in milliseconds since the Unix epoch.
			from: Moment,
			/// What the regulator had set under this version before, and whose date had not come.
			replaced: Option<VersionRecord>,
		},
		/// The date of a version has come. Scores are made by it from now on.
		ScoreRulesApplied {
			/// The version.
			version: RuleVersion,
		},
		/// The regulator set the levels.
		LevelsChanged {
			/// The levels until now, which may be the defaults.
			old_value: LevelRules,
			/// The levels from now on.
			new_value: LevelRules,
		},
		/// From this block on everybody is scored anew. It begins from the start where it was under way.
		SweepStarted {
			/// The version of the rules.
			version: RuleVersion,
			/// The current year.
			year: Vintage,
		},
		/// Everybody has been scored anew.
		SweepEnded {
			/// The version of the rules.
			version: RuleVersion,
			/// The current year.
			year: Vintage,
		},
		/// Pairs traded while as many waited to be counted as may. Their trades earn nobody credit.
		PairsDropped {
			/// How many since this was told last.
			pairs: u64,
			/// How many in all.
			total: u64,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// A rule of scores is out of its range, or the weights do not add up to 1000. Look up the ranges.
		InvalidRules,
		/// A threshold or a term of a level is out of its range, or orders would be limited for those who have
		/// no history. Look up the ranges.
		InvalidLevels,
		/// Rules would apply from a moment that has passed. Give a later one.
		DateNotAhead,
		/// There are as many versions of the rules as there may be. That needs a larger limit in the runtime.
		TooManyVersions,
		/// Nothing was ever counted for the account, so that there is nothing to score.
		NothingCounted,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_poll(_: BlockNumberFor<T>, meter: &mut WeightMeter) {
			Self::keep_scores_up_to_date(meter);
		}

		fn integrity_test() {
			assert!(
				T::DefaultRules::get().are_valid(),
				"the default rules of scores must be in their ranges"
			);
			assert!(
				T::DefaultLevels::get().are_valid(),
				"the default levels must be in their ranges"
			);
			assert!(T::MaxQueuedPairs::get() > 0, "a pair must have room to wait");
			assert!(
				Self::weight_of_progress().all_lte(Self::part_of_a_block()),
				"this pallet's part of a block must have room for a pair and for an account"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(T::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Set the rules that scores are made by from the moment `from` on, in milliseconds since the Unix
		/// epoch.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// They become the version after the current one. Where such a version waits for its date already, it
		/// is replaced. From the first block at that moment or later all are scored anew, block by block.
		///
		/// ## Errors
		/// - [`Error::InvalidRules`], [`Error::DateNotAhead`], [`Error::TooManyVersions`].
		///
		/// ## Events
		/// - [`Event::ScoreRulesSet`]; when the date has come [`Event::ScoreRulesApplied`] and
		///   [`Event::SweepStarted`].
		#[pallet::call_index(0)]
		pub fn set_score_rules(origin: OriginFor<T>, rules: ScoreRules, from: Moment) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_set_score_rules(rules, from)
		}

		/// Set the levels: from which score on each is had, and what it changes.
		///
		/// ## Dispatch Origin
		/// The regulator.
		///
		/// ## Details
		/// What a level changes counts at once for whoever has it, apart from limits of orders. Who has which
		/// level, and what its orders are limited to, is found out block by block.
		///
		/// ## Errors
		/// - [`Error::InvalidLevels`].
		///
		/// ## Events
		/// - [`Event::LevelsChanged`], [`Event::SweepStarted`].
		#[pallet::call_index(1)]
		pub fn set_levels(origin: OriginFor<T>, levels: LevelRules) -> DispatchResult {
			T::RegulatorOrigin::ensure_origin(origin)?;
			Self::do_set_levels(levels)
		}

		/// Score `who` by the current rules as of the current year, without waiting for its turn.
		///
		/// ## Dispatch Origin
		/// Signed by anybody.
		///
		/// ## Errors
		/// - [`Error::NothingCounted`].
		///
		/// ## Events
		/// - [`Event::ScoreChanged`], where it changes.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::rescore().saturating_add(T::OnLimits::weight_of_limits_changed()))]
		pub fn rescore(origin: OriginFor<T>, who: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_rescore(&who)
		}
	}
}
