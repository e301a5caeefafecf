//! Emergency stops.

use crate::{pallet::*, Halt, WeightInfo};
use alloc::vec::Vec;
use carbon_primitives::{AssetId, HaltScope, Moment};
use carbon_traits::{ApplyHalt, InspectHalts};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{Get, Time},
	weights::WeightMeter,
};
use sp_runtime::DispatchResult;

/// Most halts that are cleared away in one block. Who obeys a halt compares its end with the time, so that nothing waits
/// for the clearing but the room in the list.
pub(crate) const CLEARED_PER_BLOCK_MAX: usize = 8;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_halt(scope: HaltScope<T::AccountId>, until: Moment) -> DispatchResult {
		let now = T::Time::now();
		let length = until.checked_sub(now).filter(|length| *length > 0);
		let length = length.ok_or(Error::<T>::HaltPassed)?;
		ensure!(length <= T::HaltMax::get(), Error::<T>::HaltTooLong);

		let old_value = Halts::<T>::try_mutate(|halts| -> Result<_, Error<T>> {
			match halts.binary_search_by(|halt| halt.scope.cmp(&scope)) {
				Ok(found) => Ok(halts
					.get_mut(found)
					.map(|halt| core::mem::replace(&mut halt.until, until))),
				Err(place) => {
					let halt = Halt {
						scope: scope.clone(),
						until,
					};
					halts
						.try_insert(place, halt)
						.map_err(|_| Error::<T>::TooManyHalts)?;
					Ok(None)
				}
			}
		})?;
		T::OnHalt::apply_halt(&scope, Some(until))?;
		Self::deposit_event(Event::HaltSet {
			scope,
			old_value,
			new_value: until,
		});
		Ok(())
	}

	pub(crate) fn do_resume(scope: HaltScope<T::AccountId>) -> DispatchResult {
		let old_value = Halts::<T>::try_mutate(|halts| -> Result<_, Error<T>> {
			let found = halts
				.binary_search_by(|halt| halt.scope.cmp(&scope))
				.map_err(|_| Error::<T>::NotHalted)?;
			Ok(halts.remove(found).until)
		})?;
		T::OnHalt::apply_halt(&scope, None)?;
		Self::deposit_event(Event::HaltLifted { scope, old_value });
		Ok(())
	}

	/// Clear away halts that have ended, as far as `meter` reaches.
	pub(crate) fn clear_ended_halts(meter: &mut WeightMeter) {
		// The read of the halts, in each block.
		if meter.try_consume(T::WeightInfo::on_poll_idle()).is_err() {
			return;
		}
		let mut halts = Halts::<T>::get();
		if halts.is_empty() {
			return;
		}
		let now = T::Time::now();
		// The rewritten list is paid once, together with the first halt that leaves it.
		let first = T::WeightInfo::on_poll_ended().saturating_add(T::WeightInfo::end_halt());
		if halts.iter().all(|halt| halt.counts_at(now)) || !meter.can_consume(first) {
			return;
		}
		meter.consume(T::WeightInfo::on_poll_ended());

		let mut ended = Vec::new();
		halts.retain(|halt| {
			let stays = halt.counts_at(now)
				|| ended.len() == CLEARED_PER_BLOCK_MAX
				|| meter.try_consume(T::WeightInfo::end_halt()).is_err();
			if !stays {
				ended.push(halt.clone());
			}
			stays
		});
		Halts::<T>::put(halts);
		for halt in ended {
			Self::end_halt(halt);
		}
	}

	/// Tell whoever obeyed a halt that it has ended. It has ended all the same if nobody is there to be told any more.
	pub(crate) fn end_halt(Halt { scope, until }: Halt<T::AccountId>) {
		let result = with_storage_layer(|| T::OnHalt::apply_halt(&scope, None));
		Self::deposit_event(Event::HaltEnded {
			scope,
			old_value: until,
			result,
		});
	}
}

impl<AccountId> Halt<AccountId> {
	/// Whether the halt counts: before its end, not at it.
	pub fn counts_at(&self, now: Moment) -> bool {
		now < self.until
	}
}

impl<T: Config> InspectHalts for Pallet<T> {
	fn is_asset_halted(asset: AssetId) -> bool {
		latest_end::<T>(|scope| *scope == HaltScope::Asset(asset)).is_some()
	}

	fn market_halted_until(asset: AssetId) -> Option<Moment> {
		latest_end::<T>(|scope| match scope {
			HaltScope::AllTrading => true,
			HaltScope::Market(halted) | HaltScope::Asset(halted) => *halted == asset,
			HaltScope::Account(_) => false,
		})
	}
}

/// The latest end of the halts in force whose scope is `meant`. Asks for the time only when there is such a halt.
fn latest_end<T: Config>(meant: impl Fn(&HaltScope<T::AccountId>) -> bool) -> Option<Moment> {
	Halts::<T>::get()
		.into_iter()
		.filter(|halt| meant(&halt.scope))
		.map(|halt| halt.until)
		.max()
		.filter(|until| T::Time::now() < *until)
}
