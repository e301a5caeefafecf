//! A second set of books, written as simply as possible. It reads nothing but events and what was traded, holds each of them against the
//! rules, and has to come to the same records and balances as the pallets.

mod allocation;
mod allowance;
mod offsets;
mod told;

pub use allocation::AllocationBook;
pub use allowance::Year;
pub use offsets::OffsetsBook;

use super::runtime::{
	AccountId, Assets, Chain, Demanded, GroupOf, Halted, HoldingMax, RecordTold, RuntimeEvent, Suspended,
	Tables, Traded, YearTold, HOLDERS, MARKET,
};
use carbon_primitives::{AssetId, Role, Tonnes, Vintage};
use std::collections::BTreeMap;

/// The whole, in basis points.
const WHOLE: u128 = 10_000;

/// The books.
#[derive(Clone, Default)]
pub struct Model {
	/// What is on the registry ledger. Below zero for a moment where one event takes what the next one brings.
	pub held: BTreeMap<(AssetId, AccountId), i128>,
	/// What is on the trading ledger.
	pub traded: BTreeMap<(AssetId, AccountId), i128>,
	/// What was sold more than bought; below zero for what was bought more.
	pub sold: BTreeMap<(AssetId, AccountId), i128>,
	/// Compliance years.
	pub years: BTreeMap<Vintage, Year>,
	/// What the next allocation of an entity is cut by.
	pub deductions: BTreeMap<AccountId, u64>,
	/// What was deducted again by the true-up that is being told.
	pub deducted_again: Option<(Vintage, AccountId, u64)>,
	/// What was demanded for missing tonnes.
	pub demanded: BTreeMap<(Vintage, AccountId), (u64, u128)>,
	/// Whose missing report was noted last.
	pub report_missing: Option<(Vintage, AccountId)>,
	/// Free allocation.
	pub allocation: AllocationBook,
	/// Offset credits.
	pub offsets: OffsetsBook,
	/// How entities have done, as far as it is to be told in this step.
	pub years_told: Vec<YearTold>,
	/// What is to be recorded in this step.
	pub records_told: Vec<RecordTold>,
	/// What is going on.
	pub scene: Scene,
}

/// What an event comes from.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Scene {
	/// A call like others.
	#[default]
	Call,
	/// The call `allocate`, which is for those that received nothing yet.
	Direct,
	/// The call `surrender_held`, by which the custody account surrenders.
	Custody,
	/// A hook, in which things happen because their time has come.
	Hook,
}

/// Fail with `sentence` unless `holds`.
pub fn ensure(holds: bool, sentence: &str) -> Result<(), String> {
	holds.then_some(()).ok_or_else(|| sentence.into())
}

/// Whether `who` may act in `role`.
fn has_role(who: AccountId, role: Role) -> bool {
	Tables::role_of(who) == Some(role) && is_admitted(who)
}

/// Whether `who` may act at all.
fn is_admitted(who: AccountId) -> bool {
	Tables::role_of(who).is_some() && !Suspended::get().contains(&who)
}

/// Whether the two are one, or in one group.
fn are_related(one: AccountId, other: AccountId) -> bool {
	let groups = GroupOf::get();
	one == other || groups.contains_key(&one) && groups.get(&one) == groups.get(&other)
}

/// `part` basis points of `tonnes`, rounded down.
fn share(tonnes: u64, part: u32) -> u128 {
	u128::from(tonnes) * u128::from(part) / WHOLE
}

/// Check that `asset` is not halted.
fn ensure_moves(asset: AssetId) -> Result<(), String> {
	ensure(!Halted::get().contains(&asset), "something halted has moved")
}

impl Model {
	/// Note an event, and hold it against the rules.
	pub fn note(&mut self, event: &RuntimeEvent) -> Result<(), String> {
		match event {
			RuntimeEvent::Allowance(event) => {
				self.note_record(event);
				self.note_allowance(event)
			}
			RuntimeEvent::Allocation(event) => self.note_allocation(event),
			RuntimeEvent::Offsets(event) => {
				self.note_record_of_credits(event);
				self.note_offsets(event)
			}
			_ => Ok(()),
		}
	}

	/// Units came to an account of the registry ledger.
	fn add(&mut self, asset: AssetId, who: AccountId, tonnes: Tonnes) {
		*self.held.entry((asset, who)).or_default() += i128::from(tonnes.0);
	}

	/// Units left an account of the registry ledger.
	fn take(&mut self, asset: AssetId, who: AccountId, tonnes: Tonnes) {
		*self.held.entry((asset, who)).or_default() -= i128::from(tonnes.0);
	}

	/// Units went from one account of the registry ledger to another.
	fn hand(&mut self, asset: AssetId, from: AccountId, to: AccountId, tonnes: Tonnes) {
		self.take(asset, from, tonnes);
		self.add(asset, to, tonnes);
	}

	/// Units went to the trading ledger.
	pub fn deposited(&mut self, asset: AssetId, who: AccountId, tonnes: u64) {
		self.hand(asset, who, MARKET, Tonnes(tonnes));
		*self.traded.entry((asset, who)).or_default() += i128::from(tonnes);
	}

	/// Units came back from the trading ledger.
	pub fn withdrawn(&mut self, asset: AssetId, who: AccountId, tonnes: u64) {
		self.hand(asset, MARKET, who, Tonnes(tonnes));
		*self.traded.entry((asset, who)).or_default() -= i128::from(tonnes);
	}

	/// Units changed hands on the trading ledger.
	pub fn sold(&mut self, asset: AssetId, seller: AccountId, buyer: AccountId, tonnes: u64) {
		for (who, sign) in [(seller, 1), (buyer, -1)] {
			*self.traded.entry((asset, who)).or_default() -= sign * i128::from(tonnes);
			*self.sold.entry((asset, who)).or_default() += sign * i128::from(tonnes);
		}
	}

	/// Whether `who` holds no more of `asset` than it may, on both ledgers.
	fn is_within_limit(&self, asset: AssetId, who: AccountId) -> bool {
		let there = |ledger: &BTreeMap<_, i128>| ledger.get(&(asset, who)).copied().unwrap_or_default();
		let most = HoldingMax::get();
		most.is_none_or(|most| there(&self.held) + there(&self.traded) <= i128::from(most))
	}

	/// Hold the books against what the pallets have stored.
	pub fn compare(&self) -> Result<(), String> {
		self.compare_ledgers()?;
		self.compare_years()?;
		self.compare_allocation()?;
		self.compare_offsets()
	}

	fn compare_ledgers(&self) -> Result<(), String> {
		let vintages = self.years.keys().map(|year| AssetId::from(*year));
		for asset in vintages.chain(self.offsets.series.keys().copied()) {
			for who in HOLDERS.into_iter().chain([MARKET]) {
				let held = self.held.get(&(asset, who)).copied().unwrap_or_default();
				let found = i128::try_from(Assets::balance(asset, who)).unwrap_or(i128::MAX);
				if held != found {
					return Err(format!("{who} holds {found} of {asset}, and should hold {held}"));
				}
				let traded = self.traded.get(&(asset, who)).copied().unwrap_or_default();
				let found = i128::from(Traded::get((asset, who)).unwrap_or_default());
				ensure(traded == found, "the trading ledger is another one")?;
			}
		}
		let accounts = pallet_assets::Account::<Chain>::iter_keys();
		let mut others = accounts.filter(|(asset, who)| !self.held.contains_key(&(*asset, *who)));
		ensure(others.next().is_none(), "somebody holds what nobody gave")?;
		let demanded: BTreeMap<_, _> = Demanded::iter().collect();
		ensure(demanded == self.demanded, "another fine was demanded than is due")
	}
}
