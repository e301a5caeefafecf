//! Installations, entitlement, pre-allocation, true-up, returns, held units and objections.

use super::{ensure, has_role, share, Model};
use crate::cycle::runtime::{AccountId, Chain, Tables, CUSTODY};
use carbon_calendar::Day;
use carbon_primitives::{Digest, Role, Tonnes, Vintage};
use carbon_traits::InspectCredit;
use frame_support::traits::Get;
use pallet_allocation::{
	Activity, AllocationState, BenchmarkTable, Decision, Event, InstallationId, InstallationKind, Objection,
	UnitKind,
};
use std::collections::{BTreeMap, BTreeSet};

/// Free allocation.
#[derive(Clone, Default)]
pub struct AllocationBook {
	/// In the order of their numbers.
	installations: Vec<Installation>,
	references: BTreeSet<Digest>,
	benchmarks: BTreeMap<Vintage, BenchmarkTable>,
	activities: BTreeMap<(Vintage, InstallationId), (Activity, u64)>,
	pub records: BTreeMap<(Vintage, AccountId), Record>,
	risky: BTreeSet<AccountId>,
	/// What is held for whom.
	custody: BTreeMap<(Vintage, AccountId), i128>,
}

#[derive(Clone)]
struct Installation {
	owner: AccountId,
	kind: InstallationKind,
	last_year: Option<Vintage>,
}

/// What an entity received for a year.
#[derive(Clone, Debug, Default)]
pub struct Record {
	issued: u64,
	deducted: u64,
	returned: u64,
	owed: u64,
	entitlement: Option<u64>,
	pub waived: u64,
	emissions: u64,
	/// The day of the true-up, unless it is to be made again.
	settled: Option<Day>,
	/// The last day for the decision.
	decision_due: Option<Day>,
	rejected: bool,
}

/// What a true-up has to come to.
#[derive(Debug, Default, Eq, PartialEq)]
struct Entitlement {
	total: u128,
	topped_up: u128,
	waived: u128,
}

/// What one installation is entitled to.
fn entitlement_of(activity: &Activity, table: &BenchmarkTable) -> u128 {
	match *activity {
		Activity::Direct(tonnes) => tonnes.0.into(),
		Activity::Output {
			emissions,
			deviation_ppm,
		} => {
			// In parts of 10^8, and 3 % where the deviation is 20 % or more.
			let change = (15 * i128::from(deviation_ppm)).clamp(-3_000_000, 3_000_000);
			let product = i128::from(emissions.0) * (100_000_000 + change);
			u128::try_from(product / 100_000_000).unwrap_or_default()
		}
		Activity::Power {
			unit,
			electricity_mwh,
			correction_ppm,
			heat_gj,
		} => {
			let (electricity, heat) = match unit {
				UnitKind::CoalLarge => (table.coal_large, table.heat_coal),
				UnitKind::CoalSmall => (table.coal_small, table.heat_coal),
				UnitKind::CoalUnconventional => (table.coal_unconventional, table.heat_coal),
				UnitKind::Gas => (table.gas, table.heat_gas),
			};
			let electricity =
				u128::from(electricity_mwh) * u128::from(electricity) * u128::from(correction_ppm);
			(electricity + u128::from(heat_gj) * u128::from(heat) * 1_000_000) / 10_000_000_000
		}
	}
}

/// The working day that is `count` of them after `day`.
fn working_day_after(day: Day, count: u16) -> Day {
	let mut day = day.0;
	let mut left = count;
	while left > 0 {
		day += 1;
		// Day 0 was a Thursday.
		if (day + 3) % 7 < 5 {
			left -= 1;
		}
	}
	Day(day)
}

impl Model {
	fn record(&mut self, year: Vintage, who: AccountId) -> Result<&mut Record, String> {
		let record = self.allocation.records.get_mut(&(year, who));
		record.ok_or("something happens to an allocation that there is not".into())
	}

	fn is_running(&self, year: Vintage) -> bool {
		let period = self.years.get(&year);
		period.is_some_and(|period| period.phase.is_running())
	}

	/// Emissions that the regulator has accepted.
	fn confirmed(&self, year: Vintage, who: AccountId) -> Option<u64> {
		self.years.get(&year)?.entities.get(&who)?.confirmed()
	}

	pub(super) fn note_allocation(&mut self, event: &Event<Chain>) -> Result<(), String> {
		match event {
			Event::InstallationRegistered { .. }
			| Event::InstallationClosed { .. }
			| Event::InstallationMoved { .. } => self.note_installation(event),
			Event::BenchmarksSet { .. } | Event::ActivityEntered { .. } => self.note_data(event),
			Event::PreAllocated { .. } => self.note_pre_allocation(event),
			Event::TrueUp { .. } => self.note_true_up(event),
			Event::Objected { .. } | Event::ObjectionResolved { .. } | Event::TrueUpReopened { .. } => {
				self.note_objection(event)
			}
			_ => self.note_custody(event),
		}
	}

	fn note_installation(&mut self, event: &Event<Chain>) -> Result<(), String> {
		let book = &mut self.allocation;
		match event {
			Event::InstallationRegistered {
				installation,
				entity,
				kind,
				reference,
			} => {
				let fits = has_role(*entity, Role::CoveredEntity) && book.references.insert(*reference);
				ensure(
					fits,
					"an installation of somebody unfit, or with a reference twice",
				)?;
				ensure(
					installation.0 as usize == book.installations.len(),
					"an installation has another number",
				)?;
				book.installations.push(Installation {
					owner: *entity,
					kind: *kind,
					last_year: None,
				});
			}
			Event::InstallationClosed {
				installation,
				last_year,
				..
			} => {
				let owner = book.installations[installation.0 as usize].owner;
				let later = book.records.iter().any(|((year, who), record)| {
					*who == owner && year > last_year && record.entitlement.is_some()
				});
				ensure(!later, "an installation closed that a later true-up has counted")?;
				let found = &mut book.installations[installation.0 as usize];
				ensure(found.last_year.is_none(), "an installation closed twice")?;
				found.last_year = Some(*last_year);
			}
			Event::InstallationMoved {
				installation,
				from,
				to,
			} => {
				let found = &mut book.installations[installation.0 as usize];
				ensure(
					found.owner == *from && found.last_year.is_none(),
					"an installation moved that could not",
				)?;
				ensure(has_role(*to, Role::CoveredEntity), "it moved to somebody unfit")?;
				found.owner = *to;
			}
			_ => {}
		}
		Ok(())
	}

	fn note_data(&mut self, event: &Event<Chain>) -> Result<(), String> {
		match event {
			Event::BenchmarksSet { year, new_value, .. } => {
				ensure(
					self.is_running(*year),
					"benchmarks were set for a year that has ended",
				)?;
				let records = self.allocation.records.iter();
				let mut of_year = records.filter(|((each, _), _)| each == year);
				ensure(
					of_year.all(|(_, record)| record.entitlement.is_none()),
					"benchmarks changed after they had been used",
				)?;
				self.allocation.benchmarks.insert(*year, *new_value);
			}
			Event::ActivityEntered {
				year,
				installation,
				activity,
				emissions,
				..
			} => {
				ensure(
					self.is_running(*year),
					"data were entered for a year that has ended",
				)?;
				let found = &self.allocation.installations[installation.0 as usize];
				let kind = match activity {
					Activity::Power { unit, .. } => InstallationKind::Power(*unit),
					Activity::Output { .. } => InstallationKind::Output,
					Activity::Direct(_) => InstallationKind::Direct,
				};
				ensure(kind == found.kind, "data of another kind were entered")?;
				let counts = found.last_year.is_none_or(|last| *year <= last);
				ensure(counts, "data were entered for an installation after its end")?;
				let record = self.allocation.records.get(&(*year, found.owner));
				let settled = record.is_some_and(|record| record.settled.is_some());
				ensure(!settled, "data changed under a true-up")?;
				let key = (*year, *installation);
				self.allocation.activities.insert(key, (*activity, emissions.0));
			}
			_ => {}
		}
		Ok(())
	}

	fn note_pre_allocation(&mut self, event: &Event<Chain>) -> Result<(), String> {
		let Event::PreAllocated {
			year,
			entity,
			base,
			tonnes,
			deducted,
			held,
		} = event
		else {
			return Ok(());
		};
		let known = self.confirmed(Vintage(year.0.saturating_sub(1)), *entity);
		ensure(
			known.is_none_or(|known| known == base.0),
			"the base is not what was confirmed",
		)?;
		let part = self.year(*year)?.rules.pre_allocation_bps;
		ensure(
			u128::from(tonnes.0) == share(base.0, part),
			"the early part is another one",
		)?;
		let issued = tonnes.0 - deducted.0;
		let first = Record {
			issued,
			deducted: deducted.0,
			..Default::default()
		};
		let before = self.allocation.records.insert((*year, *entity), first);
		ensure(before.is_none(), "an entity has two early parts")?;
		self.note_issue(*year, *entity, issued, *held)
	}

	/// Whether what is issued to an entity is held: by order, or because its credit is bad.
	pub(super) fn is_kept(&self, entity: AccountId) -> bool {
		self.allocation.risky.contains(&entity) || Tables::terms_of(&entity).allocation_held
	}

	/// What was issued to an entity, which the other pallet has told of before, goes to the account that it belongs on.
	fn note_issue(
		&mut self,
		year: Vintage,
		entity: AccountId,
		issued: u64,
		held: bool,
	) -> Result<(), String> {
		ensure(
			held == self.is_kept(entity),
			"units went to a risky holder, or are held for another one",
		)?;
		if held {
			self.hand(year.into(), entity, CUSTODY, Tonnes(issued));
			let sum = self.allocation.custody.entry((year, entity)).or_default();
			*sum += i128::from(issued);
		}
		Ok(())
	}

	fn entitlement(&mut self, year: Vintage, who: AccountId, verified: u64) -> Result<Entitlement, String> {
		let gap_cap = self.year(year)?.rules.gap_cap_bps;
		let book = &self.allocation;
		let table = book.benchmarks.get(&year);
		let table = table.ok_or("there are no benchmarks")?;
		let (mut gas, mut others, mut by_gas, mut waived) = (0, 0, 0, 0);
		let mut has_others = false;
		for (number, installation) in (0..).zip(&book.installations) {
			let counts = installation.last_year.is_none_or(|last| year <= last);
			if installation.owner != who || !counts {
				continue;
			}
			let found = book.activities.get(&(year, InstallationId(number)));
			let (activity, emissions) = found.ok_or("an installation has no data")?;
			let entitled = entitlement_of(activity, table);
			if installation.kind == InstallationKind::Power(UnitKind::Gas) {
				gas += entitled;
				by_gas += u128::from(*emissions);
				waived += u128::from(*emissions).saturating_sub(entitled);
			} else {
				others += entitled;
				has_others = true;
			}
		}
		let rest = u128::from(verified).checked_sub(by_gas);
		let rest = rest.ok_or("gas units emitted more than the whole")?;
		let least = gap_cap
			.filter(|_| has_others)
			.map_or(0, |cap| rest * u128::from(cap) / 10_000);
		let topped_up = least.saturating_sub(others);
		Ok(Entitlement {
			total: gas + others + topped_up,
			topped_up,
			waived,
		})
	}

	fn note_true_up(&mut self, event: &Event<Chain>) -> Result<(), String> {
		let Event::TrueUp {
			year,
			entity,
			emissions,
			entitlement,
			topped_up,
			waived,
			issued,
			deducted,
			deferred,
			owed,
			held,
		} = event
		else {
			return Ok(());
		};
		ensure(
			self.confirmed(*year, *entity) == Some(emissions.0),
			"a true-up knows other emissions",
		)?;
		let expected = self.entitlement(*year, *entity, emissions.0)?;
		let found = Entitlement {
			total: entitlement.0.into(),
			topped_up: topped_up.0.into(),
			waived: waived.0.into(),
		};
		if found != expected {
			return Err(format!(
				"the entitlement is {found:?}, and should be {expected:?}"
			));
		}
		let record = self.allocation.records.entry((*year, *entity)).or_default();
		let again = record.settled.is_none() || record.emissions != emissions.0;
		ensure(
			again && (record.settled.is_none() || record.decision_due.is_none()),
			"a true-up was made twice",
		)?;
		let net = record.issued - record.returned;
		let had = u128::from(net) + u128::from(record.deducted);
		let due = u128::from(entitlement.0);
		ensure(
			u128::from(issued.0) + u128::from(deducted.0) == due.saturating_sub(had),
			"a true-up issued another number of tonnes",
		)?;
		let surplus = had.saturating_sub(due);
		ensure(
			u128::from(owed.0) == surplus.min(net.into())
				&& u128::from(owed.0) + u128::from(deferred.0) == surplus,
			"another number of tonnes is owed",
		)?;
		record.issued += issued.0;
		record.deducted = record.deducted + deducted.0 - deferred.0;
		record.owed = owed.0;
		record.entitlement = Some(entitlement.0);
		record.waived = waived.0;
		record.emissions = emissions.0;
		record.settled = Some(Tables::get());
		record.decision_due = None;
		record.rejected = false;
		let again = Some((*year, *entity, deferred.0)).filter(|_| !deferred.is_zero());
		ensure(
			self.deducted_again.take() == again,
			"another number of tonnes is deducted again",
		)?;
		self.note_issue(*year, *entity, issued.0, *held)
	}

	fn note_custody(&mut self, event: &Event<Chain>) -> Result<(), String> {
		match event {
			Event::Returned {
				year,
				entity,
				tonnes,
				held,
				owed,
			} => {
				let record = self.record(*year, *entity)?;
				let left = record.owed.checked_sub(tonnes.0);
				ensure(left == Some(owed.0), "more was returned than is owed")?;
				record.owed = owed.0;
				record.returned += tonnes.0;
				if *held {
					// They were the entity's as far as the other pallet has told.
					self.hand((*year).into(), CUSTODY, *entity, *tonnes);
					*self.allocation.custody.entry((*year, *entity)).or_default() -= i128::from(tonnes.0);
				}
			}
			Event::HoldBegun { entity, .. } => {
				let fits = has_role(*entity, Role::CoveredEntity) && self.allocation.risky.insert(*entity);
				ensure(fits, "somebody is risky who cannot be")?;
			}
			Event::HoldEnded { entity } => {
				let was = self.allocation.risky.remove(entity);
				ensure(was, "somebody is no more risky who was not")?;
			}
			Event::HeldSurrendered {
				entity,
				vintage,
				tonnes,
				..
			} => *self.allocation.custody.entry((*vintage, *entity)).or_default() -= i128::from(tonnes.0),
			Event::HeldReleased {
				entity,
				vintage,
				tonnes,
			} => {
				let waived = self.allocation.records.get(&(*vintage, *entity));
				let waived = waived.map_or(0, |record| record.waived);
				let period = self.years.get(vintage);
				let record = period.and_then(|period| Some((period, period.entities.get(entity)?)));
				let left = record.and_then(|(period, record)| record.outstanding(&period.rules, waived));
				let is_kept = self.is_kept(*entity);
				ensure(
					!is_kept || left == Some(0),
					"units were released before they were surrendered",
				)?;
				*self.allocation.custody.entry((*vintage, *entity)).or_default() -= i128::from(tonnes.0);
				self.hand((*vintage).into(), CUSTODY, *entity, *tonnes);
			}
			_ => {}
		}
		Ok(())
	}

	fn note_objection(&mut self, event: &Event<Chain>) -> Result<(), String> {
		let today: Day = Tables::get();
		match event {
			Event::Objected {
				year, entity, due, ..
			} => {
				let period = self.year(*year)?;
				let (objection, decision) = period.days();
				let record = self.record(*year, *entity)?;
				let day = record.settled.ok_or("an objection is to no true-up")?;
				let first = record.decision_due.is_none() && !record.rejected;
				ensure(first, "there are two objections to a true-up")?;
				ensure(
					today <= working_day_after(day, objection),
					"an objection came too late",
				)?;
				ensure(
					*due == working_day_after(today, decision),
					"a decision is due on another day",
				)?;
				record.decision_due = Some(*due);
			}
			Event::ObjectionResolved {
				year,
				entity,
				decision,
				late,
				..
			} => {
				let is_running = self.is_running(*year);
				let record = self.record(*year, *entity)?;
				let due = record.decision_due.take();
				let due = due.ok_or("a decision is about nothing")?;
				ensure(*late == (today > due), "a decision is late, or is not")?;
				match decision {
					Decision::Upheld => {
						ensure(is_running, "a true-up is opened again that cannot be made")?;
						record.settled = None;
					}
					Decision::Rejected => record.rejected = true,
				}
			}
			Event::TrueUpReopened { year, entity } => {
				let confirmed = self.confirmed(*year, *entity);
				let record = self.record(*year, *entity)?;
				let corrected = confirmed.is_some_and(|tonnes| tonnes != record.emissions);
				ensure(
					corrected && record.settled.is_some(),
					"a true-up is opened again for no reason",
				)?;
				record.settled = None;
				record.decision_due = None;
				record.rejected = false;
			}
			_ => {}
		}
		Ok(())
	}

	pub(super) fn compare_allocation(&self) -> Result<(), String> {
		let book = &self.allocation;
		for ((year, who), record) in &book.records {
			let found = pallet_allocation::Allocations::<Chain>::get(year, who);
			let found = found.ok_or("an allocation is gone")?;
			let same = found.issued.0 == record.issued
				&& found.deducted.0 == record.deducted
				&& found.returned.0 == record.returned
				&& found.owed.0 == record.owed
				&& found.entitlement.map(|tonnes| tonnes.0) == record.entitlement
				&& found.waived.0 == record.waived;
			let state = match (record.entitlement, record.settled) {
				(None, _) => AllocationState::Provisional,
				(_, Some(on)) => AllocationState::Settled { on },
				(_, None) => AllocationState::Reopened,
			};
			let objection = match found.objection {
				Objection::None => record.decision_due.is_none() && !record.rejected,
				Objection::Pending { due, .. } => record.decision_due == Some(due),
				Objection::Rejected => record.rejected,
			};
			if !same || state != found.state || !objection {
				return Err(format!(
					"the allocation of {who} is {found:?}, and should be {record:?}"
				));
			}
			// Two pallets count the same tonnes.
			let counted = self.years.get(year).and_then(|period| period.entities.get(who));
			let counted = counted.and_then(|entity| entity.allocated);
			let net = record.issued - record.returned;
			ensure(
				record.issued == 0 || counted == Some(net),
				"what was issued is not what the obligation says",
			)?;
		}
		let count = pallet_allocation::Allocations::<Chain>::iter_keys().count();
		ensure(
			count == book.records.len(),
			"an allocation is there that nobody made",
		)?;
		let held = pallet_allocation::Held::<Chain>::iter();
		let held: BTreeMap<_, _> = held
			.map(|(year, who, tonnes)| ((year, who), i128::from(tonnes.0)))
			.collect();
		let custody = book.custody.iter().filter(|(_, tonnes)| **tonnes != 0);
		let custody: BTreeMap<_, _> = custody.map(|(key, tonnes)| (*key, *tonnes)).collect();
		ensure(held == custody, "other tonnes are held")?;
		for year in self.years.keys() {
			let of_year = custody.iter().filter(|((vintage, _), _)| vintage == year);
			let sum: i128 = of_year.map(|(_, tonnes)| tonnes).sum();
			let there = self.held.get(&((*year).into(), CUSTODY)).copied();
			ensure(
				there.unwrap_or_default() == sum,
				"the custody account holds something else",
			)?;
		}
		let risky: BTreeSet<_> = pallet_allocation::RiskyHolders::<Chain>::iter_keys().collect();
		ensure(risky == book.risky, "others are risky")
	}
}
