//! What the rules impose by themselves.

use crate::{pallet::*, proposals::Charge, types::*, WeightInfo};
use carbon_primitives::{Balance, Digest, Tonnes, Vintage};
use carbon_traits::{InspectPeriods, Sanction};
use frame_support::{traits::Get, weights::Weight};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// What the records name as the rule that was broken.
const SHORTFALL: &[u8] = b"shortfall";
const DEFAULT: &[u8] = b"default";

impl<T: Config> Sanction<T::AccountId> for Pallet<T> {
	fn fine_shortfall(who: &T::AccountId, year: Vintage, missing: Tonnes, fine: Balance) {
		Self::impose(
			who,
			year,
			Source::Shortfall,
			fine,
			BlakeTwo256::hash_of(&(SHORTFALL, who, year, missing, fine)),
		);
	}

	fn sanction_default(who: &T::AccountId, trade: u64, value: Balance) {
		// Before the first period everything is counted in year zero.
		let year = T::Periods::latest_year().unwrap_or_default();
		// Saturating hides nothing: no fine is that large.
		let fine = value.saturating_mul(T::DefaultFineBps::get().into()) / Balance::from(BPS);
		let evidence = BlakeTwo256::hash_of(&(DEFAULT, who, trade, value));
		Self::impose(who, year, Source::Default, fine, evidence);
	}

	fn weight_of_sanction() -> Weight {
		T::WeightInfo::sanction()
	}
}

impl<T: Config> Pallet<T> {
	/// Propose a fine, or a warning where it is zero. What is above the largest fine is left out.
	fn impose(who: &T::AccountId, year: Vintage, source: Source, fine: Balance, evidence: Digest) {
		let sanction = match fine.min(FINE_MAX) {
			0 => PenaltySanction::Warning,
			amount => PenaltySanction::Fine(FineAmount::Fixed { amount }),
		};
		let basis = if source == Source::Shortfall {
			SHORTFALL
		} else {
			DEFAULT
		};
		let opened = Self::open(Charge {
			account: who.clone(),
			year,
			// Both fit.
			basis: Basis::truncate_from(basis.to_vec()),
			sanction,
			evidence,
			publish: false,
			source,
		});
		if opened.is_err() {
			Self::deposit_event(Event::NotRecorded {
				account: who.clone(),
				year,
				source,
				sanction,
			});
		}
	}
}
