//! What other pallets ask of offset credits.

use crate::pallet::*;
use carbon_primitives::{AssetId, Tonnes};
use carbon_traits::{InspectTradable, OffsetCredits, SeriesInfo};
use frame_support::{ensure, transactional};
use sp_runtime::DispatchResult;

impl<T: Config> OffsetCredits<T::AccountId> for Pallet<T> {
	fn series(asset: AssetId) -> Option<SeriesInfo> {
		Series::<T>::get(asset).map(Into::into)
	}

	#[transactional]
	fn retire(who: &T::AccountId, asset: AssetId, tonnes: Tonnes) -> DispatchResult {
		ensure!(!tonnes.is_zero(), Error::<T>::AmountZero);
		Self::take_out(asset, who, tonnes, |series| series.surrender(tonnes))?;
		Self::deposit_event(Event::Surrendered {
			asset,
			holder: who.clone(),
			tonnes,
		});
		Ok(())
	}
}

impl<T: Config> InspectTradable for Pallet<T> {
	fn is_tradable(asset: AssetId) -> bool {
		Series::<T>::contains_key(asset)
	}
}
