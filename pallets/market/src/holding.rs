//! The holding limit of a market.
//!
//! It is checked where a buy is placed, where a block trade is delivered, and where others ask before units come in on the registry
//! ledger. It counts what earlier orders may still bring, so that a fill need not check anything.

use crate::{Config, Error, Markets, Pallet, TradingAccounts, WeightInfo};
use carbon_primitives::{AssetId, GroupId, Tonnes};
use carbon_traits::{InspectAllocation, InspectGroup};
use core::marker::PhantomData;
use frame_support::{
	ensure,
	pallet_prelude::{Get, Weight},
	traits::fungibles::Inspect,
};

/// What somebody may hold of an asset, and what of it lies elsewhere than on the trading account that is looked at.
#[derive(Clone, Copy)]
struct Limit {
	most: u128,
	elsewhere: u128,
}

impl Limit {
	/// Whether the trading account may have `counted` tonnes. Where more than the limit lies elsewhere, it may not even have none: whoever
	/// asks for nothing more learns whether the limit is kept.
	const fn allows(self, counted: u128) -> bool {
		// Saturating hides nothing: no supply is as large.
		counted.saturating_add(self.elsewhere) <= self.most
	}
}

/// How much the trading account of a participant may have of an asset, counting what its resting orders may still buy, before the
/// holding limit of the market is reached.
pub(crate) struct Room<T> {
	/// By what the participant itself has elsewhere.
	own: Limit,
	/// By what the participant and the other members of its group have elsewhere; none without a group.
	group: Option<Limit>,
	/// How many other members were added up.
	others: u32,
	_config: PhantomData<T>,
}

impl<T: Config> Room<T> {
	/// The room of `who`, a member of `group`, where the limit is `most` beyond what was allocated.
	///
	/// It holds good while `who` places one order after the other, also where they trade: nobody trades with its own group. Orders of
	/// the others that leave the book meanwhile would make the room larger, never smaller.
	pub(crate) fn of(who: &T::AccountId, group: Option<GroupId>, asset: AssetId, most: Tonnes) -> Self {
		// Holds count: what is bound on the registry account is held all the same.
		let on_registry = |who: &T::AccountId| T::Assets::total_balance(asset, who);
		let allocated = |who: &T::AccountId| u128::from(T::Allocations::allocated(who, asset).0);
		// Saturating hides nothing: no supply is as large.
		let own = Limit {
			most: u128::from(most.0).saturating_add(allocated(who)),
			elsewhere: on_registry(who),
		};
		let mut all = own;
		let members = group.map(T::Groups::members_of);
		let mut others = 0_u32;
		// No group is larger. Were one, those beyond would not be counted.
		let most_others = T::MaxGroupMembers::get() as usize;
		for member in members
			.iter()
			.flatten()
			.filter(|member| *member != who)
			.take(most_others)
		{
			let traded = TradingAccounts::<T>::get(member).map_or(0, |account| account.counted_of(asset));
			all.most = all.most.saturating_add(allocated(member));
			all.elsewhere = all
				.elsewhere
				.saturating_add(on_registry(member))
				.saturating_add(traded);
			others = others.saturating_add(1);
		}
		Self {
			own,
			group: members.map(|_| all),
			others,
			_config: PhantomData,
		}
	}

	/// Check that the account may have `counted` tonnes, of which it has or buys some already.
	pub(crate) fn check(&self, counted: u128) -> Result<(), Error<T>> {
		ensure!(self.own.allows(counted), Error::<T>::HoldingLimitExceeded);
		ensure!(
			self.group.is_none_or(|group| group.allows(counted)),
			Error::<T>::GroupHoldingLimitExceeded
		);
		Ok(())
	}

	/// How many other members were added up.
	#[cfg(any(feature = "runtime-benchmarks", test))]
	pub(crate) const fn others(&self) -> u32 {
		self.others
	}

	/// What looking at all of them weighed.
	pub(crate) fn weight(&self) -> Weight {
		T::WeightInfo::check_holding(self.others)
	}
}

impl<T: Config> Pallet<T> {
	/// What looking at holdings weighs at most in the market of `asset`: nothing without a limit.
	///
	/// A call declares it before anybody knows who signs it and whether the signer has a group, so that it is that of the largest
	/// group. The rules of the market are read for it: without a limit nobody has to reserve a fee for it.
	pub(crate) fn weight_of_limit(asset: AssetId) -> Weight {
		let is_limited = Markets::<T>::get(asset).is_some_and(|market| market.params.holding_max.is_some());
		if is_limited {
			Self::weight_of_largest_group()
		} else {
			Weight::zero()
		}
	}

	/// Check that `who` may hold `tonnes` more of `asset`, where the limit is `most` beyond what was allocated.
	pub(crate) fn check_receiver(
		who: &T::AccountId,
		asset: AssetId,
		tonnes: Tonnes,
		most: Tonnes,
	) -> Result<(), Error<T>> {
		let account = TradingAccounts::<T>::get(who);
		let counted = account.as_ref().map_or(0, |account| account.counted_of(asset));
		// Whoever has nothing on the trading ledger may have a group all the same.
		let group = account.map_or_else(|| T::Groups::group_of(who), |account| account.group);
		let room = Room::<T>::of(who, group, asset, most);
		// Saturating hides nothing: no supply is as large.
		room.check(counted.saturating_add(tonnes.0.into()))
	}

	/// What looking at the holdings of the largest group weighs.
	pub(crate) fn weight_of_largest_group() -> Weight {
		T::WeightInfo::check_holding(T::MaxGroupMembers::get().saturating_sub(1))
	}
}
