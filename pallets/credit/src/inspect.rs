//! What credit changes, for the pallets that ask.

use crate::{pallet::*, LevelRules, WeightInfo, NEUTRAL_SCORE};
use carbon_primitives::CreditTerms;
use carbon_traits::InspectCredit;
use frame_support::weights::Weight;

impl<T: Config> InspectCredit<T::AccountId> for Pallet<T> {
	/// By the level that is stored. Whoever has no history has the level of the neutral score, which is the same by whichever rules.
	fn terms_of(who: &T::AccountId) -> CreditTerms {
		let levels = Levels::<T>::get();
		match Accounts::<T>::get(who) {
			Some(record) => Self::terms_by(&levels, &record),
			None => *levels.terms_of(levels.level_of(NEUTRAL_SCORE)),
		}
	}

	fn weight_of_terms() -> Weight {
		T::WeightInfo::terms_of()
	}
}

impl<T: Config> Pallet<T> {
	/// What `levels` change for the owner of `record`.
	///
	/// What orders are limited to is as it was told last. Whoever keeps a copy may ask at any time, and would not be told again where levels
	/// change and change back before the turn of the account comes.
	pub(crate) fn terms_by(levels: &LevelRules, record: &CreditRecordOf<T>) -> CreditTerms {
		CreditTerms {
			order_max: record.told.order_max,
			orders_max: record.told.orders_max,
			..*levels.terms_of(record.level)
		}
	}
}
