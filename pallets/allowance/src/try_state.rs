//! What must hold after every block. It walks over the whole pallet: for tests and for try-runtime only.

use crate::{
	pallet::*,
	status::{counted, owed},
	types::*,
};
use alloc::{collections::BTreeMap, vec::Vec};
use carbon_primitives::{AssetId, Tonnes, Vintage};
use carbon_traits::SumHoldings;
use frame_support::{ensure, traits::fungibles::Inspect};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Check every invariant of the pallet.
	///
	/// 1. Issued allowances of a vintage are at most its cap, and are what was allocated plus what was sold.
	/// 2. Issued and carried-in allowances are held, on hold, surrendered, cancelled or carried out: no tonne is lost, none is there
	///    twice.
	/// 3. The records of surrenders and cancellations add up to the supply's counters.
	/// 4. The surrenders of an entity for a period add up to its obligation.
	/// 5. Enrolment lists and obligations name the same entities, each once.
	/// 6. An entity has a status exactly when the closing has passed it.
	/// 7. Each opened period has a vintage, and the years follow each other up to the last one.
	/// 8. Every record can be read.
	/// 9. The list of running periods names each of them with its phase and when that ends, in the order of the years.
	/// 10. What came to accounts and left them otherwise than by trade is what is there.
	/// 11. What left a vintage by carry-over came into the next one, and is what its entities carried over, of what each of them held at
	///     the end of the year.
	/// 12. The totals of an entity are the sums over its closed cumulative periods.
	/// 13. No deduction is zero, and a period has a price for shortfalls exactly when it has ended.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_readable()?;
		Self::check_supplies()?;
		Self::check_records()?;
		Self::check_periods()?;
		Self::check_enrolments()?;
		Self::check_running()?;
		Self::check_movements()?;
		Self::check_carried_over()?;
		Self::check_totals()?;
		Self::check_sanctions()
	}

	/// A record that cannot be decoded is passed over when its map is iterated; its key is not.
	fn check_readable() -> Result<(), TryRuntimeError> {
		let readable = Periods::<T>::iter_keys().count() == Periods::<T>::iter().count()
			&& Obligations::<T>::iter_keys().count() == Obligations::<T>::iter().count()
			&& Supplies::<T>::iter_keys().count() == Supplies::<T>::iter().count()
			&& Surrenders::<T>::iter_keys().count() == Surrenders::<T>::iter().count()
			&& Cancellations::<T>::iter_keys().count() == Cancellations::<T>::iter().count()
			&& Movements::<T>::iter_keys().count() == Movements::<T>::iter().count()
			&& Totals::<T>::iter_keys().count() == Totals::<T>::iter().count()
			&& Deductions::<T>::iter_keys().count() == Deductions::<T>::iter().count();
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

	fn check_running() -> Result<(), TryRuntimeError> {
		let running = Running::<T>::get();
		ensure!(
			running.windows(2).all(|pair| pair[0].year.0 < pair[1].year.0),
			"allowance 9: running periods are out of order"
		);
		let mut count = 0usize;
		for (year, period) in Periods::<T>::iter() {
			let listed = running.iter().find(|each| each.year == year);
			let due = period.timeline.due(period.phase);
			ensure!(
				listed.map(|each| (each.phase, each.due)) == due.map(|due| (period.phase, due)),
				"allowance 9: a period is listed in another phase than it is in"
			);
			count += usize::from(listed.is_some());
		}
		ensure!(
			count == running.len(),
			"allowance 9: a period is listed that does not exist"
		);
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

			let issued = issued + u128::from(supply.carried_in.0);
			let gone = u128::from(supply.surrendered.0)
				+ u128::from(supply.cancelled.0)
				+ u128::from(supply.carried_out.0);
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

	fn check_movements() -> Result<(), TryRuntimeError> {
		for (asset, supply) in Supplies::<T>::iter() {
			let (mut received, mut spent) = (0u128, 0u128);
			for movement in Movements::<T>::iter_prefix_values(asset) {
				received += u128::from(movement.received.0);
				spent += u128::from(movement.spent.0);
			}
			let there = T::Holdings::free(asset) + T::Holdings::on_hold(asset);
			ensure!(
				received == spent + there,
				"allowance 10: allowances moved that no record tells of"
			);
			ensure!(
				received >= u128::from(supply.issued.0) + u128::from(supply.carried_in.0),
				"allowance 10: allowances were issued to nobody"
			);
		}
		let vintages = Movements::<T>::iter_keys().all(|(asset, _)| Supplies::<T>::contains_key(asset));
		ensure!(vintages, "allowance 10: something moved that is no vintage");
		Ok(())
	}

	fn check_carried_over() -> Result<(), TryRuntimeError> {
		for (asset, supply) in Supplies::<T>::iter() {
			let next = Supplies::<T>::get(asset.saturating_add(1)).unwrap_or_default();
			ensure!(
				supply.carried_out == next.carried_in,
				"allowance 11: what left a vintage is not what came into the next one"
			);
			let vintage =
				Vintage::from_asset(asset).ok_or("allowance 11: a supply record belongs to a vintage")?;
			let carried: u128 = Obligations::<T>::iter_prefix_values(vintage)
				.map(|obligation| u128::from(obligation.carried_over.0))
				.sum();
			ensure!(
				Obligations::<T>::iter_prefix_values(vintage)
					.all(|obligation| obligation.carried_over <= obligation.held_at_end),
				"allowance 11: an entity carried over what it did not hold at the end of the year"
			);
			ensure!(
				carried == u128::from(supply.carried_out.0),
				"allowance 11: entities carried over something else than left the vintage"
			);
		}
		let first = Periods::<T>::iter_keys().min_by_key(|year| year.0);
		let first = first.and_then(|year| Supplies::<T>::get(AssetId::from(year)));
		ensure!(
			first.is_none_or(|supply| supply.carried_in.is_zero()),
			"allowance 11: the first vintage came from nowhere"
		);
		Ok(())
	}

	fn check_totals() -> Result<(), TryRuntimeError> {
		let mut sums: BTreeMap<T::AccountId, ComplianceTotals> = BTreeMap::new();
		for (year, entity, obligation) in Obligations::<T>::iter() {
			let period = Periods::<T>::get(year).ok_or("allowance 12: an obligation has no period")?;
			if period.rules.obligation == ObligationRule::Yearly || obligation.status.is_none() {
				continue;
			}
			let sum = sums.entry(entity).or_default();
			// Saturating as the totals are.
			sum.emissions = Tonnes(sum.emissions.0.saturating_add(owed(&obligation).0));
			let counted = counted(&period.rules, &obligation);
			sum.surrendered = Tonnes(sum.surrendered.0.saturating_add(counted.0));
		}
		for (entity, totals) in Totals::<T>::iter() {
			ensure!(
				sums.remove(&entity).unwrap_or_default() == totals,
				"allowance 12: the totals of an entity are not the sums over its periods"
			);
		}
		ensure!(sums.is_empty(), "allowance 12: an entity has no totals");
		Ok(())
	}

	fn check_sanctions() -> Result<(), TryRuntimeError> {
		ensure!(
			Deductions::<T>::iter_values().all(|deduction| !deduction.is_zero()),
			"allowance 13: a deduction is zero"
		);
		ensure!(
			Periods::<T>::iter_values()
				.all(|period| period.fine_price.is_some() != period.phase.is_running()),
			"allowance 13: a period lacks the price of its shortfalls, or has it too early"
		);
		Ok(())
	}

	fn check_records() -> Result<(), TryRuntimeError> {
		let mut by_asset: BTreeMap<AssetId, (u128, u128)> = BTreeMap::new();
		let mut by_entity: BTreeMap<(Vintage, T::AccountId), (u128, u128)> = BTreeMap::new();
		for record in Surrenders::<T>::iter_values() {
			let sums = by_entity.entry((record.year, record.entity)).or_default();
			sums.0 += u128::from(record.tonnes.0);
			match Vintage::from_asset(record.asset) {
				Some(_) => by_asset.entry(record.asset).or_default().0 += u128::from(record.tonnes.0),
				// The supply of offset series is kept elsewhere.
				None => sums.1 += u128::from(record.tonnes.0),
			}
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
			let (surrendered, offsets) = by_entity.remove(&(year, entity)).unwrap_or_default();
			ensure!(
				surrendered == u128::from(obligation.surrendered.0)
					&& offsets == u128::from(obligation.offsets.0),
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
						(phase, _) if phase.is_running() => false,
						(Phase::Closed, _) => true,
						(_, Some(cursor)) => {
							ensure!(cursor.year == year, "allowance 6: two periods are closing");
							(page, index) < (cursor.page, cursor.index as usize)
						}
						(_, None) => return Err("allowance 6: a period is closing without a cursor".into()),
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
