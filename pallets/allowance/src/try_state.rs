//! What must hold after every block. It walks over the whole pallet: for tests and for try-runtime only.

use crate::{pallet::*, types::*};
use alloc::{collections::BTreeMap, vec::Vec};
use carbon_primitives::{AssetId, Vintage};
use carbon_traits::SumHoldings;
use frame_support::{ensure, traits::fungibles::Inspect};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Check every invariant of the pallet.
	///
	/// 1. Issued allowances of a vintage are at most its cap, and are what was allocated plus what was sold.
	/// 2. Issued allowances are held, on hold, surrendered or cancelled: no tonne is lost, none is there twice.
	/// 3. The records of surrenders and cancellations add up to the supply's counters.
	/// 4. The surrenders of an entity for a period add up to its obligation.
	/// 5. Enrolment lists and obligations name the same entities, each once.
	/// 6. An entity has a status exactly when the closing has passed it.
	/// 7. Each opened period has a vintage, and the years follow each other up to the last one.
	/// 8. Every record can be read.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_readable()?;
		Self::check_supplies()?;
		Self::check_records()?;
		Self::check_periods()?;
		Self::check_enrolments()
	}

	/// A record that cannot be decoded is passed over when its map is iterated; its key is not.
	fn check_readable() -> Result<(), TryRuntimeError> {
		let readable = Periods::<T>::iter_keys().count() == Periods::<T>::iter().count()
			&& Obligations::<T>::iter_keys().count() == Obligations::<T>::iter().count()
			&& Supplies::<T>::iter_keys().count() == Supplies::<T>::iter().count()
			&& Surrenders::<T>::iter_keys().count() == Surrenders::<T>::iter().count()
			&& Cancellations::<T>::iter_keys().count() == Cancellations::<T>::iter().count();
		ensure!(readable, "allowance 8: a record cannot be read");
		Ok(())
	}

	fn check_periods() -> Result<(), TryRuntimeError> {
		let mut years: Vec<u16> = Periods::<T>::iter_keys().map(|year| year.0).collect();
		years.sort_unstable();
		ensure!(
			years.last().copied().map(Vintage) == LastPeriod::<T>::get(),
			"allowance 7: the last year that was opened is another one"
		);
		ensure!(
			years
				.windows(2)
				.all(|pair| u32::from(pair[0]) + 1 == u32::from(pair[1])),
			"allowance 7: a year is missing between two periods"
		);
		let vintages = years
			.iter()
			.all(|year| Supplies::<T>::contains_key(AssetId::from(*year)));
		ensure!(vintages, "allowance 7: a period has no vintage");
		Ok(())
	}

	fn check_supplies() -> Result<(), TryRuntimeError> {
		for (asset, supply) in Supplies::<T>::iter() {
			let vintage =
				Vintage::from_asset(asset).ok_or("allowance 1: a supply record belongs to a vintage")?;
			let allocated: u128 = Obligations::<T>::iter_prefix_values(vintage)
				.map(|obligation| u128::from(obligation.allocated.unwrap_or_default().0))
				.sum();
			let issued = u128::from(supply.issued.0);
			ensure!(
				supply.issued <= supply.cap,
				"allowance 1: more allowances are issued than the cap allows"
			);
			ensure!(
				issued == allocated + u128::from(supply.sold.0),
				"allowance 1: issued allowances differ from the allocated and sold ones"
			);

			let gone = u128::from(supply.surrendered.0) + u128::from(supply.cancelled.0);
			let there = T::Holdings::free(asset) + T::Holdings::on_hold(asset);
			ensure!(there + gone >= issued, "allowance 2: allowances are lost");
			ensure!(
				there + gone <= issued,
				"allowance 2: allowances exist that were never issued"
			);
			ensure!(
				T::Assets::total_issuance(asset) == there,
				"allowance 2: the ledger's total differs from the sum of its accounts"
			);
		}
		Ok(())
	}

	fn check_records() -> Result<(), TryRuntimeError> {
		let mut by_asset: BTreeMap<AssetId, (u128, u128)> = BTreeMap::new();
		let mut by_entity: BTreeMap<(Vintage, T::AccountId), u128> = BTreeMap::new();
		for record in Surrenders::<T>::iter_values() {
			by_asset.entry(record.vintage.into()).or_default().0 += u128::from(record.tonnes.0);
			*by_entity.entry((record.year, record.holder)).or_default() += u128::from(record.tonnes.0);
		}
		for record in Cancellations::<T>::iter_values() {
			by_asset.entry(record.vintage.into()).or_default().1 += u128::from(record.tonnes.0);
		}
		for (asset, supply) in Supplies::<T>::iter() {
			let (surrendered, cancelled) = by_asset.remove(&asset).unwrap_or_default();
			ensure!(
				surrendered == u128::from(supply.surrendered.0),
				"allowance 3: surrender records and counter differ"
			);
			ensure!(
				cancelled == u128::from(supply.cancelled.0),
				"allowance 3: cancellation records and counter differ"
			);
		}
		ensure!(
			by_asset.is_empty(),
			"allowance 3: a record names a vintage without supply"
		);
		for (year, entity, obligation) in Obligations::<T>::iter() {
			let surrendered = by_entity.remove(&(year, entity)).unwrap_or_default();
			ensure!(
				surrendered == u128::from(obligation.surrendered.0),
				"allowance 4: surrender records and obligation differ"
			);
		}
		ensure!(
			by_entity.is_empty(),
			"allowance 4: a surrender names an entity without obligation"
		);
		Ok(())
	}

	fn check_enrolments() -> Result<(), TryRuntimeError> {
		let cursor = Closing::<T>::get();
		for (year, period) in Periods::<T>::iter() {
			let mut enrolled = 0usize;
			for page in 0..period.enrolment_pages {
				for (index, entity) in Enrolments::<T>::get(year, page).iter().enumerate() {
					let obligation = Obligations::<T>::get(year, entity)
						.ok_or("allowance 5: an enrolled entity has no obligation")?;
					let passed = match (period.phase, cursor) {
						(Phase::Open, _) => false,
						(Phase::Closed, _) => true,
						(Phase::Closing, Some(cursor)) => {
							ensure!(cursor.year == year, "allowance 6: two periods are closing");
							(page, index) < (cursor.page, cursor.index as usize)
						}
						(Phase::Closing, None) => {
							return Err("allowance 6: a period is closing without a cursor".into())
						}
					};
					ensure!(
						obligation.status.is_some() == passed,
						"allowance 6: a status came too early or is missing"
					);
					enrolled += 1;
				}
			}
			ensure!(
				Obligations::<T>::iter_prefix_values(year).count() == enrolled,
				"allowance 5: an obligation has no enrolment, or one has two"
			);
		}
		Ok(())
	}
}
