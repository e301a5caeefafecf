//! Emergency stops.

use crate::{pallet::*, Halt, WeightInfo};
use alloc::vec::Vec;
use carbon_primitives::{AssetId, HaltScope, Moment};
use carbon_traits::{ApplyHalt, InspectHalts};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{Get, Time},
	weights::{Weight, WeightMeter},
};
use sp_runtime::{DispatchError, DispatchResult};

/// Most halts that are cleared away in one block. Who obeys a halt compares its end with the time, so that nothing waits
/// for the clearing but the room in the list.
pub(crate) const CLEARED_PER_BLOCK_MAX: usize = 8;

/// Halts of one kind share their places, so that those of one kind never leave those of another no room.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum HaltKind {
	/// Of all trading. The emergency stop must always be possible.
	AllTrading,
	/// Of a market or an asset.
	MarketOrAsset,
	/// Of an account.
	Account,
}

impl HaltKind {
	/// Every kind.
	pub const ALL: [Self; 3] = [Self::AllTrading, Self::MarketOrAsset, Self::Account];

	pub const fn of<AccountId>(scope: &HaltScope<AccountId>) -> Self {
		match scope {
			HaltScope::AllTrading => Self::AllTrading,
			HaltScope::Market(_) | HaltScope::Asset(_) => Self::MarketOrAsset,
			HaltScope::Account(_) => Self::Account,
		}
	}

	/// How many halts of this kind there may be.
	pub fn places<T: Config>(self) -> u32 {
		let accounts = T::MaxHalts::get() / 2;
		match self {
			Self::AllTrading => 1,
			Self::MarketOrAsset => T::MaxHalts::get().saturating_sub(accounts),
			Self::Account => accounts,
		}
	}

	/// How many of `halts` are of this kind.
	pub fn count<AccountId>(self, halts: &[Halt<AccountId>]) -> usize {
		halts.iter().filter(|halt| Self::of(&halt.scope) == self).count()
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_halt(scope: HaltScope<T::AccountId>, until: Moment) -> DispatchResult {
		let old_value = Self::enter_halt(&scope, until)?;
		T::OnHalt::apply_halt(&scope, Some(until))?;
		Self::deposit_event(Event::HaltSet {
			scope,
			old_value,
			new_value: until,
		});
		Ok(())
	}

	/// Enter a halt into the list. Returns the end that the list had for it until now.
	pub(crate) fn enter_halt(
		scope: &HaltScope<T::AccountId>,
		until: Moment,
	) -> Result<Option<Moment>, DispatchError> {
		let now = T::Time::now();
		let length = until.checked_sub(now).filter(|length| *length > 0);
		let length = length.ok_or(Error::<T>::HaltPassed)?;
		ensure!(length <= T::HaltMax::get(), Error::<T>::HaltTooLong);

		Halts::<T>::try_mutate(|halts| {
			if let Some(halt) = halts.iter_mut().find(|halt| &halt.scope == scope) {
				// Else whoever may halt could lift any halt, by one that ends at once.
				ensure!(
					!halt.counts_at(now) || until >= halt.until,
					Error::<T>::HaltShortened
				);
				return Ok(Some(core::mem::replace(&mut halt.until, until)));
			}
			let kind = HaltKind::of(scope);
			ensure!(
				kind.count(halts) < kind.places::<T>() as usize,
				Error::<T>::TooManyHalts
			);
			let place = halts.partition_point(|halt| &halt.scope < scope);
			let halt = Halt {
				scope: scope.clone(),
				until,
			};
			halts
				.try_insert(place, halt)
				.map_err(|_| Error::<T>::TooManyHalts)?;
			Ok(None)
		})
	}

	pub(crate) fn do_resume(scope: HaltScope<T::AccountId>) -> DispatchResult {
		let old_value = Self::strike_halt(&scope)?;
		T::OnHalt::apply_halt(&scope, None)?;
		Self::deposit_event(Event::HaltLifted { scope, old_value });
		Ok(())
	}

	/// Strike a halt from the list. Returns the end that it had.
	pub(crate) fn strike_halt(scope: &HaltScope<T::AccountId>) -> Result<Moment, DispatchError> {
		Halts::<T>::try_mutate(|halts| {
			let found = halts
				.binary_search_by(|halt| halt.scope.cmp(scope))
				.map_err(|_| Error::<T>::NotHalted)?;
			Ok(halts.remove(found).until)
		})
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
		let mut for_the_list = T::WeightInfo::on_poll_ended();
		let mut ended = Vec::new();
		halts.retain(|halt| {
			if halt.counts_at(now) || ended.len() == CLEARED_PER_BLOCK_MAX {
				return true;
			}
			let step = T::WeightInfo::end_halt()
				.saturating_add(T::OnHalt::weight(&halt.scope))
				.saturating_add(for_the_list);
			// One that is too much for this block leaves those behind it their chance.
			if meter.try_consume(step).is_err() {
				return true;
			}
			for_the_list = Weight::zero();
			ended.push(halt.clone());
			false
		});
		if ended.is_empty() {
			return;
		}
		Halts::<T>::put(halts);
		for halt in ended {
			Self::end_halt(halt, |scope| T::OnHalt::apply_halt(scope, None));
		}
	}

	/// Let `tell` whoever obeyed a halt that it has ended. It has ended all the same if nobody is there to be told any more.
	pub(crate) fn end_halt(
		Halt { scope, until }: Halt<T::AccountId>,
		tell: impl FnOnce(&HaltScope<T::AccountId>) -> DispatchResult,
	) {
		let result = with_storage_layer(|| tell(&scope));
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
