//! What a sweep of the books remembers between two blocks.

use carbon_matching::{LevelKey, Walk};
use carbon_primitives::{AssetId, Moment};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	pallet_prelude::Get, BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound,
};
use scale_info::TypeInfo;

/// Whose orders a pass over the books looks at.
#[derive(
	CloneNoBound,
	DebugNoBound,
	Decode,
	DecodeWithMemTracking,
	Encode,
	EqNoBound,
	MaxEncodedLen,
	PartialEqNoBound,
	TypeInfo,
)]
#[scale_info(skip_type_params(MaxSweep))]
#[codec(mel_bound(AccountId: MaxEncodedLen))]
pub enum SweepScope<AccountId, MaxSweep>
where
	AccountId: Clone + core::fmt::Debug + Eq,
	MaxSweep: Get<u32>,
{
	/// The orders of these accounts.
	#[codec(index = 0)]
	Accounts(BoundedVec<AccountId, MaxSweep>),
	/// All orders: there were more accounts than fit a list.
	#[codec(index = 1)]
	Everyone,
}

impl<AccountId, MaxSweep> Default for SweepScope<AccountId, MaxSweep>
where
	AccountId: Clone + core::fmt::Debug + Eq,
	MaxSweep: Get<u32>,
{
	fn default() -> Self {
		Self::Accounts(BoundedVec::new())
	}
}

impl<AccountId, MaxSweep> SweepScope<AccountId, MaxSweep>
where
	AccountId: Clone + core::fmt::Debug + Eq,
	MaxSweep: Get<u32>,
{
	/// Whether the orders of `who` are looked at.
	pub fn contains(&self, who: &AccountId) -> bool {
		match self {
			Self::Accounts(accounts) => accounts.contains(who),
			Self::Everyone => true,
		}
	}

	/// Whether nobody's orders are looked at.
	pub fn is_empty(&self) -> bool {
		match self {
			Self::Accounts(accounts) => accounts.is_empty(),
			Self::Everyone => false,
		}
	}

	/// Look at the orders of `who` as well. Where the list is full, look at everybody's: no account is lost.
	fn add(&mut self, who: &AccountId) {
		if let Self::Accounts(accounts) = self {
			if !accounts.contains(who) && accounts.try_push(who.clone()).is_err() {
				*self = Self::Everyone;
			}
		}
	}
}

/// Where a pass over the books stands.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub struct SweepCursor {
	/// The market that it has come to.
	pub asset: AssetId,
	/// The price level.
	pub level: LevelKey,
	/// How far it has come there; none where the level is done.
	pub walk: Option<Walk>,
}

/// Passes over the books that take out the orders of those who may not trade any more or want them out, and those that have expired.
#[derive(
	CloneNoBound,
	DebugNoBound,
	Decode,
	DecodeWithMemTracking,
	Encode,
	EqNoBound,
	MaxEncodedLen,
	PartialEqNoBound,
	TypeInfo,
)]
#[scale_info(skip_type_params(MaxSweep))]
#[codec(mel_bound(AccountId: MaxEncodedLen))]
pub struct SweepRecord<AccountId, MaxSweep>
where
	AccountId: Clone + core::fmt::Debug + Eq,
	MaxSweep: Get<u32>,
{
	/// Whose orders were to leave when the pass began.
	pub passing: SweepScope<AccountId, MaxSweep>,
	/// Whose orders are to leave since. The pass takes their orders out as well where it meets them; the next one, all of them.
	pub waiting: SweepScope<AccountId, MaxSweep>,
	/// Where the pass stands; none before its first page.
	pub cursor: Option<SweepCursor>,
	/// Whether the pass goes through all books even if it names nobody, since an order has expired.
	pub expiring: bool,
	/// The earliest end of the orders that the pass has left where they were.
	pub earliest: Option<Moment>,
}

impl<AccountId, MaxSweep> Default for SweepRecord<AccountId, MaxSweep>
where
	AccountId: Clone + core::fmt::Debug + Eq,
	MaxSweep: Get<u32>,
{
	fn default() -> Self {
		Self {
			passing: Default::default(),
			waiting: Default::default(),
			cursor: None,
			expiring: false,
			earliest: None,
		}
	}
}

impl<AccountId, MaxSweep> SweepRecord<AccountId, MaxSweep>
where
	AccountId: Clone + core::fmt::Debug + Eq,
	MaxSweep: Get<u32>,
{
	/// Whether the orders of `who` are taken out where they are met.
	pub fn names(&self, who: &AccountId) -> bool {
		self.passing.contains(who) || self.waiting.contains(who)
	}

	/// Whether there is nothing left to take out.
	pub fn is_done(&self) -> bool {
		self.passing.is_empty() && self.waiting.is_empty() && !self.expiring
	}

	/// Take the orders of `who` out with the first pass that has not begun yet.
	pub(crate) fn add(&mut self, who: &AccountId) {
		match self.cursor {
			None => self.passing.add(who),
			Some(_) => self.waiting.add(who),
		}
	}

	/// Note that an order stays which ends at `expires`.
	pub(crate) fn note(&mut self, expires: Moment) {
		self.earliest = Some(self.earliest.map_or(expires, |earliest| earliest.min(expires)));
	}

	/// End the pass. Whoever it began with and has no right still has no orders left, but for those that could not be taken out.
	/// Returns the earliest end of the orders that were left.
	pub(crate) fn end_pass(&mut self) -> Option<Moment> {
		self.passing = core::mem::take(&mut self.waiting);
		self.cursor = None;
		self.expiring = false;
		self.earliest.take()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use carbon_matching::Side;
	use frame_support::pallet_prelude::ConstU32;

	#[test]
	fn an_account_waits_for_the_next_pass_when_one_is_under_way() {
		type Record = SweepRecord<u8, ConstU32<2>>;
		let mut sweep = Record::default();
		sweep.add(&1);
		sweep.add(&1);
		sweep.cursor = Some(SweepCursor {
			asset: 1,
			level: LevelKey {
				side: Side::Buy,
				tick: 1,
			},
			walk: None,
		});
		sweep.add(&1);
		sweep.add(&2);
		assert!(sweep.names(&1) && sweep.names(&2) && !sweep.names(&3));
		sweep.end_pass();
		assert!(sweep.passing.contains(&1) && sweep.passing.contains(&2) && !sweep.is_done());
		assert_eq!(sweep.cursor, None);
		// A third one does not fit.
		sweep.add(&3);
		assert_eq!(sweep.passing, SweepScope::Everyone);
		sweep.add(&4);
		assert!(sweep.names(&9));
		sweep.end_pass();
		assert!(sweep.is_done());
	}

	#[test]
	fn a_pass_hands_over_the_earliest_end_that_it_leaves() {
		let mut sweep = SweepRecord::<u8, ConstU32<2>> {
			expiring: true,
			..Default::default()
		};
		assert!(!sweep.is_done());
		for expires in [7, 5, 9] {
			sweep.note(expires);
		}
		assert_eq!(sweep.end_pass(), Some(5));
		assert_eq!((sweep.is_done(), sweep.end_pass()), (true, None));
	}
}
