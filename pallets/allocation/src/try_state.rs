//! What always holds. It walks over the whole pallet: for tests and for try-runtime only.

use crate::{pallet::*, types::*};
use alloc::{collections::BTreeMap, vec::Vec};
use carbon_primitives::Vintage;
use carbon_traits::{InspectObligation, IssueAllowances};
use codec::Encode;
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Check every invariant of the pallet.
	///
	/// 1. Every entry can be read.
	/// 2. Each installation has a number that was given out, stands once in the list of its entity and in no other, and has its
	///    reference alone. Only a closed one may be in no list.
	/// 3. Data were entered for installations that exist, and are of their kind.
	/// 4. After a true-up, what was issued and deducted and not returned is the entitlement and what is owed; before it, what was
	///    pre-allocated. Nobody owes or has returned more than it was issued.
	/// 5. An objection is to a true-up that is made.
	/// 6. The benchmarks of a year with a true-up are there, and marked as used.
	/// 7. The custody account holds of each vintage what is recorded as held, and no entry is zero.
	/// 8. The latest year with a true-up of each entity is just that.
	/// 9. Where something was issued, the keeper of the obligations counts just as much.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_readable()?;
		Self::check_installations()?;
		Self::check_activities()?;
		Self::check_allocations()?;
		Self::check_latest_true_ups()?;
		Self::check_held()
	}

	/// A record that cannot be decoded is passed over when its map is iterated; its key is not.
	fn check_readable() -> Result<(), TryRuntimeError> {
		let readable = Installations::<T>::iter_keys().count() == Installations::<T>::iter().count()
			&& InstallationsOf::<T>::iter_keys().count() == InstallationsOf::<T>::iter().count()
			&& References::<T>::iter_keys().count() == References::<T>::iter().count()
			&& Benchmarks::<T>::iter_keys().count() == Benchmarks::<T>::iter().count()
			&& Activities::<T>::iter_keys().count() == Activities::<T>::iter().count()
			&& Allocations::<T>::iter_keys().count() == Allocations::<T>::iter().count()
			&& LatestTrueUps::<T>::iter_keys().count() == LatestTrueUps::<T>::iter().count()
			&& RiskyHolders::<T>::iter_keys().count() == RiskyHolders::<T>::iter().count()
			&& Held::<T>::iter_keys().count() == Held::<T>::iter().count();
		ensure!(readable, "allocation 1: an entry cannot be read");
		Ok(())
	}

	fn check_installations() -> Result<(), TryRuntimeError> {
		let next = NextInstallation::<T>::get();
		let (mut count, mut found) = (0, 0);
		for (id, record) in Installations::<T>::iter() {
			ensure!(
				id < next,
				"allocation 2: an installation has a number that was not given out"
			);
			let list = InstallationsOf::<T>::get(&record.entity).unwrap_or_default();
			let listed = list.iter().filter(|listed| **listed == id).count();
			ensure!(
				listed == 1 || listed == 0 && record.last_year.is_some(),
				"allocation 2: an installation is not once in the list of its entity"
			);
			found += listed;
			ensure!(
				References::<T>::get(record.reference) == Some(id),
				"allocation 2: an installation does not have its reference alone"
			);
			count += 1;
		}
		let listed: usize = InstallationsOf::<T>::iter_values().map(|list| list.len()).sum();
		ensure!(
			listed == found && References::<T>::iter().count() == count,
			"allocation 2: a list or a reference names an installation that is none"
		);
		Ok(())
	}

	fn check_activities() -> Result<(), TryRuntimeError> {
		for (_, installation, record) in Activities::<T>::iter() {
			let fits = Installations::<T>::get(installation)
				.is_some_and(|registered| record.activity.fits(registered.kind));
			ensure!(
				fits,
				"allocation 3: data are of no installation or of another kind"
			);
		}
		Ok(())
	}

	fn check_allocations() -> Result<(), TryRuntimeError> {
		for (year, entity, record) in Allocations::<T>::iter() {
			let net = record.outstanding();
			ensure!(
				net.is_some_and(|net| record.owed <= net),
				"allocation 4: more is owed or returned than was issued"
			);
			let allocated = net.and_then(|net| net.checked_add(record.deducted));
			let due = match record.entitlement {
				Some(entitlement) => entitlement.checked_add(record.owed),
				None => record.pre_allocated.filter(|_| record.owed.is_zero()),
			};
			ensure!(
				allocated.is_some() && allocated == due,
				"allocation 4: what was issued is not what is due and owed"
			);
			ensure!(
				record.issued.is_zero() || T::Obligations::allocated(year, &entity) == net,
				"allocation 9: another amount is counted than was issued"
			);
			ensure!(
				record.is_settled() || record.objection == Objection::None,
				"allocation 5: an objection is to no true-up"
			);
			ensure!(
				record.entitlement.is_some() == (record.state != AllocationState::Provisional),
				"allocation 4: a true-up has no entitlement, or an entitlement no true-up"
			);
			let used = Benchmarks::<T>::get(year).is_some_and(|benchmarks| benchmarks.used);
			ensure!(
				used || record.entitlement.is_none(),
				"allocation 6: a true-up has no benchmarks that stay"
			);
		}
		Ok(())
	}

	fn check_latest_true_ups() -> Result<(), TryRuntimeError> {
		let mut latest = BTreeMap::<Vec<u8>, Vintage>::new();
		for (year, entity, record) in Allocations::<T>::iter() {
			if record.entitlement.is_some() {
				let found = latest.entry(entity.encode()).or_insert(year);
				*found = year.max(*found);
			}
		}
		let recorded = LatestTrueUps::<T>::iter()
			.map(|(entity, year)| (entity.encode(), year))
			.collect::<BTreeMap<_, _>>();
		ensure!(
			recorded == latest,
			"allocation 8: an entity has another latest true-up than is recorded"
		);
		Ok(())
	}

	fn check_held() -> Result<(), TryRuntimeError> {
		let mut sums = BTreeMap::<Vintage, u128>::new();
		for (vintage, _, tonnes) in Held::<T>::iter() {
			ensure!(!tonnes.is_zero(), "allocation 7: an entry of nothing held");
			*sums.entry(vintage).or_default() += u128::from(tonnes.0);
		}
		// Vintages of which nothing is recorded as held count as well: nothing else is on the account.
		for (vintage, _) in Allocations::<T>::iter_keys() {
			sums.entry(vintage).or_default();
		}
		let custody = T::CustodyAccount::get();
		for (vintage, sum) in sums {
			ensure!(
				u128::from(T::Allowances::free(vintage, &custody).0) == sum,
				"allocation 7: the custody account holds another number than is recorded"
			);
		}
		Ok(())
	}
}
