//! Random cycles over three years against a model that knows nothing of the pallet: it counts trades one by one, and keeps each debt
//! with its year until it is paid.

use crate::{mock::*, Deductions};
use carbon_primitives::{AssetId, Price, Role, Tonnes, Vintage};
use carbon_traits::{
	CutAllocation, IssueAllowances, ParticipantBenchmarkHelper, ReportOutcome, SurrenderOutcome,
};
use frame_support::{storage::with_storage_layer, weights::Weight};
use proptest::prelude::*;
use sp_runtime::{DispatchError, DispatchResult};
use std::collections::BTreeMap;

/// Four covered entities, of which the first two are one group, and the authority's seller.
const WHO: [AccountId; 5] = [POWER_PLANT, STEEL_MILL, 12, 13, SELLER];
const YEARS: [u16; 3] = [2021, 2022, 2023];
const FALLBACK_PRICE: u64 = 100;
const BASE: u64 = 3;

type Year = u16;

/// Whose year, which year, whether its report was missing where that was told, and what became of the obligation.
type Told = (AccountId, Year, Option<bool>, Option<SurrenderOutcome>);

#[derive(Clone, Debug)]
enum Step {
	Open(Year, u64, Option<u64>, bool, bool),
	Enrol(Year, AccountId),
	Exclude(Year, AccountId),
	Allocate(Year, AccountId, u64),
	Issue(Year, AccountId, u64),
	TakeBack(Year, AccountId, u64),
	IssueForSale(Year, u64),
	Report(Year, AccountId, u64),
	Verify(Year, AccountId, u64),
	Confirm(Year, AccountId, u64),
	Reopen(Year, AccountId),
	Surrender(Year, Year, AccountId, AccountId, u64),
	Credits(Year, AccountId, AccountId, u64),
	Cancel(Year, AccountId, u64),
	CarryOver(Year, AccountId, u64),
	Transfer(Year, AccountId, AccountId, u64),
	Basis(Year, AccountId, AccountId, u64),
	Force(Year, AccountId, AccountId, u64),
	/// Whether the buyer leaves it on the trading ledger.
	Trade(Year, AccountId, AccountId, u64, bool),
	Waive(Year, AccountId, u64),
	Cut(AccountId, u64),
	Price(Year, Option<u64>),
	Advance(Year),
	Close(Year),
	Determine(Year, AccountId, u64),
	Wait(u64),
	Poll,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
	Submitted,
	Verified,
	Confirmed,
}

#[derive(Clone, Copy, Debug, Default)]
struct Owed {
	allocated: Option<u64>,
	report: Option<(u64, State)>,
	excluded: bool,
	surrendered: u64,
	offsets: u64,
	counted: u64,
	missing: u64,
	fine: u128,
	status: Option<SurrenderStatus>,
	carried: u64,
	/// Net sales and holdings at the end of the year.
	sold: u64,
	had: u64,
}

impl Owed {
	fn state(&self) -> Option<State> {
		self.report.map(|report| report.1)
	}

	/// Emissions that have to be covered.
	fn due(&self, waived: u64) -> u64 {
		match (self.state(), self.excluded) {
			(Some(State::Confirmed), false) => {
				self.report.map_or(0, |report| report.0.saturating_sub(waived))
			}
			_ => 0,
		}
	}

	fn counts(&self, waived: u64) -> u64 {
		self.surrendered - self.offsets + self.offsets.min(self.due(waived) / 2)
	}
}

#[derive(Clone, Copy, Debug)]
struct Period {
	cap: u64,
	/// When it opens; never by time where there is none.
	opens: Option<u64>,
	cumulative: bool,
	deducts: bool,
	/// 0 planned, 1 open, 2 surrendering, 3 closing, 4 closed.
	phase: u8,
	price: u64,
}

impl Period {
	fn due(&self) -> u64 {
		let after = [0, 5, 10][usize::from(self.phase)];
		self.opens.map_or(u64::MAX, |opens| opens + after)
	}
}

#[derive(Debug, Default)]
struct Model {
	now: u64,
	periods: BTreeMap<Year, Period>,
	lists: BTreeMap<Year, Vec<AccountId>>,
	owed: BTreeMap<(Year, AccountId), Owed>,
	issued: BTreeMap<Year, u64>,
	held: BTreeMap<(Year, AccountId), u64>,
	traded: BTreeMap<(Year, AccountId), u64>,
	/// Sold less bought.
	sold: BTreeMap<(Year, AccountId), i64>,
	credits: BTreeMap<AccountId, u64>,
	waived: BTreeMap<(Year, AccountId), u64>,
	prices: BTreeMap<Year, u64>,
	/// Debts of cumulative years, the oldest first, and what was handed in beyond them.
	debts: BTreeMap<AccountId, Vec<u64>>,
	surplus: BTreeMap<AccountId, u64>,
	/// What each entity owed so far in cumulative years.
	dues: BTreeMap<AccountId, u64>,
	deductions: BTreeMap<AccountId, u64>,
	told: Vec<(Vintage, AccountId, Tonnes, u128)>,
	/// Who was told to credit with which year: whether the report was missing, and what became of the obligation.
	years: Vec<Told>,
}

impl Model {
	fn running(&self, year: Year) -> bool {
		self.periods.get(&year).is_some_and(|period| period.phase < 3)
	}

	fn accepting(&self, year: Year) -> bool {
		self.periods.get(&year).is_some_and(|period| {
			let in_time = period.opens.is_none_or(|opens| self.now < opens + 10);
			(1..3).contains(&period.phase) && in_time
		})
	}

	fn may_close(&self, year: Year) -> bool {
		self.periods
			.get(&(year - 1))
			.is_none_or(|before| before.phase == 4)
	}

	fn held(&self, year: Year, who: AccountId) -> u64 {
		self.held.get(&(year, who)).copied().unwrap_or_default()
	}

	fn waived(&self, year: Year, who: AccountId) -> u64 {
		self.waived.get(&(year, who)).copied().unwrap_or_default()
	}

	fn net_sold(&self, year: Year, who: AccountId) -> u64 {
		self.sold.get(&(year, who)).map_or(0, |net| (*net).max(0) as u64)
	}

	fn owes(&self, year: Year, who: AccountId) -> Option<Owed> {
		self.owed.get(&(year, who)).copied()
	}

	fn change(&mut self, year: Year, who: AccountId, change: impl FnOnce(&mut Owed)) -> bool {
		self.owed.get_mut(&(year, who)).map(change).is_some()
	}

	/// Take what `who` has, if it has so much.
	fn take(&mut self, year: Year, who: AccountId, t: u64) -> bool {
		let left = self
			.held(year, who)
			.checked_sub(t)
			.filter(|_| t > 0 && self.periods.contains_key(&year));
		left.map(|left| self.held.insert((year, who), left)).is_some()
	}

	fn give(&mut self, year: Year, who: AccountId, t: u64) -> bool {
		*self.held.entry((year, who)).or_default() += t;
		true
	}

	/// Put into the world what the cap leaves room for.
	fn issue(&mut self, year: Year, who: AccountId, t: u64) -> bool {
		let sum = self.issued.get(&year).copied().unwrap_or_default() + t;
		let fits = self.periods.get(&year).is_some_and(|period| sum <= period.cap);
		if fits {
			self.issued.insert(year, sum);
		}
		fits && self.give(year, who, t)
	}

	/// An allocation, of which what was missing before is cut.
	fn grant(&mut self, year: Year, who: AccountId, t: u64) -> bool {
		let owes = self.deductions.get(&who).copied().unwrap_or_default();
		let cut = owes.min(t);
		if !self.running(year) || self.owes(year, who).is_none() || !self.issue(year, who, t - cut) {
			return false;
		}
		self.deductions.insert(who, owes - cut);
		self.change(year, who, |owed| {
			owed.allocated = Some(owed.allocated.unwrap_or_default() + t - cut)
		})
	}

	/// The entity hands in `paid` and owes `due`: the oldest debt is paid first. Returns what is missing of `due`.
	fn settle(&mut self, who: AccountId, due: u64, paid: u64) -> u64 {
		*self.dues.entry(who).or_default() += due;
		let debts = self.debts.entry(who).or_default();
		let surplus = self.surplus.entry(who).or_default();
		*surplus += paid;
		debts.push(due);
		for debt in debts.iter_mut() {
			let part = (*debt).min(*surplus);
			*debt -= part;
			*surplus -= part;
		}
		debts.last().copied().unwrap_or_default()
	}

	/// What is missing of a year, and its consequences. `counted` is what counted of it before.
	fn assess(&mut self, year: Year, who: AccountId, counted: u64) -> (u64, u64) {
		let (period, owed) = (self.periods[&year], self.owed[&(year, who)]);
		let waived = self.waived(year, who);
		let (due, counts) = (owed.due(waived), owed.counts(waived));
		let (missing, all) = if period.cumulative {
			let missing = self.settle(who, due, counts - counted);
			(missing, self.debts[&who].iter().sum())
		} else {
			(due.saturating_sub(counts), due.saturating_sub(counts))
		};
		let fine = u128::from(missing) * u128::from(period.price) * 5;
		if missing > 0 {
			self.told.push((Vintage(year), who, Tonnes(missing), fine));
			if period.deducts {
				*self.deductions.entry(who).or_default() += missing;
			}
		}
		self.change(year, who, |owed| (owed.counted, owed.fine) = (counts, fine));
		(missing, all)
	}

	/// What credit learns when the year ends.
	fn tell_year(&mut self, year: Year, who: AccountId, was_short: bool, missing: u64) {
		let owed = self.owed[&(year, who)];
		if owed.excluded {
			return;
		}
		let covered = match (was_short, owed.due(self.waived(year, who))) {
			_ if owed.state() != Some(State::Confirmed) => None,
			(true, _) => Some(SurrenderOutcome::Late),
			(false, 0) => None,
			(false, _) => Some(SurrenderOutcome::InTime),
		};
		let surrender = if missing > 0 {
			Some(SurrenderOutcome::Short)
		} else {
			covered
		};
		self.years
			.push((who, year, Some(owed.report.is_none()), surrender));
	}

	/// Whether the cumulative years of `who` but for `year`, as far as they are assessed, cost more than was handed in for them.
	fn others_are_short(&self, year: Year, who: AccountId, due: u64) -> bool {
		let handed_in: u64 = self
			.owed
			.iter()
			.filter(|((y, w), _)| *y != year && *w == who && self.periods[y].cumulative)
			.map(|(_, owed)| owed.counted)
			.sum();
		self.dues.get(&who).copied().unwrap_or_default() - due > handed_in
	}

	/// What credit learns when emissions are determined: the obligation, unless it was told as short before or there is none.
	fn tell_determined(&mut self, year: Year, who: AccountId, before: Owed, missing: u64) {
		let (period, owed, waived) = (
			self.periods[&year],
			self.owed[&(year, who)],
			self.waived(year, who),
		);
		let due = owed.due(waived);
		if before.missing > 0 || due == 0 {
			return;
		}
		let is_followed = self.periods.get(&(year + 1)).is_some_and(|next| next.phase > 2);
		let is_late = match (period.cumulative, is_followed) {
			(false, _) => false,
			(true, true) => owed.counts(waived) < due,
			(true, false) => self.others_are_short(year, who, due),
		};
		let surrender = match (missing, is_late) {
			(0, false) => SurrenderOutcome::InTime,
			(0, true) => SurrenderOutcome::Late,
			_ => SurrenderOutcome::Short,
		};
		self.years.push((who, year, None, Some(surrender)));
	}

	fn close_all(&mut self, year: Year) {
		for who in self.lists.get(&year).cloned().unwrap_or_default() {
			let cumulative = self.periods[&year].cumulative;
			let owed_before = cumulative && self.dues.get(&who).is_some_and(|dues| *dues > 0);
			let was_short = cumulative
				&& self
					.debts
					.get(&who)
					.is_some_and(|debts| debts.iter().any(|debt| *debt > 0));
			let (_, missing) = self.assess(year, who, 0);
			self.tell_year(year, who, was_short, missing);
			let sold = self.net_sold(year, who);
			let had = self.held(year, who) + self.traded.get(&(year, who)).copied().unwrap_or_default();
			self.change(year, who, |owed| {
				(owed.sold, owed.had) = (sold, had);
				owed.missing = missing;
				owed.status = Some(match (owed.excluded, owed.state(), missing) {
					(true, ..) if !owed_before => SurrenderStatus::Excluded,
					(true, _, 0) => SurrenderStatus::A,
					(true, ..) => SurrenderStatus::B,
					(_, Some(State::Confirmed), 0) => SurrenderStatus::A,
					(_, Some(State::Confirmed), _) => SurrenderStatus::B,
					_ => SurrenderStatus::C,
				});
			});
		}
		self.periods.entry(year).and_modify(|period| period.phase = 4);
	}

	fn advance(&mut self, year: Year) -> bool {
		let Some(period) = self.periods.get(&year).copied() else {
			return false;
		};
		if period.phase > 2 || period.phase == 2 && !self.may_close(year) {
			return false;
		}
		let price = self.prices.get(&year).copied().unwrap_or(FALLBACK_PRICE);
		self.periods.insert(
			year,
			Period {
				phase: period.phase + 1,
				price,
				..period
			},
		);
		true
	}

	fn poll(&mut self) {
		let closing = self.periods.values().any(|period| period.phase == 3);
		let running = self
			.periods
			.iter()
			.filter(|(_, period)| period.phase < 3)
			.enumerate();
		let due = running
			.filter(|(_, (_, period))| period.due() <= self.now)
			.find(|(place, (_, period))| period.phase < 2 || *place == 0 && !closing)
			.map(|(_, (year, _))| *year);
		if let Some(year) = due {
			self.advance(year);
		}
		let closing = self
			.periods
			.iter()
			.find(|(_, period)| period.phase == 3)
			.map(|(year, _)| *year);
		if let Some(year) = closing {
			self.close_all(year);
		}
	}

	fn handle_report(&mut self, step: &Step) -> bool {
		match *step {
			Step::Report(y, who, t) => {
				let fits = self.owes(y, who).is_some_and(|owed| {
					!owed.excluded && !matches!(owed.state(), Some(State::Verified | State::Confirmed))
				});
				let report = Some((t, State::Submitted));
				self.accepting(y) && fits && self.change(y, who, |owed| owed.report = report)
			}
			Step::Verify(y, who, t) => {
				self.accepting(y) && self.promote(y, who, t, State::Submitted, State::Verified)
			}
			Step::Confirm(y, who, t) => {
				self.running(y) && self.promote(y, who, t, State::Verified, State::Confirmed)
			}
			Step::Reopen(y, who) => {
				let state = self.owes(y, who).and_then(|owed| owed.state());
				let locked = matches!(state, Some(State::Verified | State::Confirmed));
				let again = |owed: &mut Owed| owed.report = owed.report.map(|(t, _)| (t, State::Submitted));
				self.accepting(y) && locked && self.change(y, who, again)
			}
			_ => unreachable!("this is about no report"),
		}
	}

	fn promote(&mut self, y: Year, who: AccountId, t: u64, from: State, to: State) -> bool {
		let fits = self
			.owes(y, who)
			.is_some_and(|owed| owed.report == Some((t, from)));
		fits && self.change(y, who, |owed| owed.report = Some((t, to)))
	}

	/// Do the step if it can be done, and tell whether it can.
	fn apply(&mut self, step: &Step) -> bool {
		match *step {
			Step::Enrol(y, who) => {
				let fits = self.running(y) && self.owes(y, who).is_none() && who != SELLER;
				if fits {
					self.owed.insert((y, who), Owed::default());
					self.lists.entry(y).or_default().push(who);
				}
				fits
			}
			Step::Exclude(y, who) => {
				let fits = self.running(y) && self.owes(y, who).is_some_and(|owed| !owed.excluded);
				fits && self.change(y, who, |owed| owed.excluded = true)
			}
			Step::Allocate(y, who, t) => {
				let first = self.owes(y, who).is_some_and(|owed| owed.allocated.is_none());
				t > 0 && first && self.grant(y, who, t)
			}
			Step::Issue(y, who, t) => self.grant(y, who, t),
			Step::IssueForSale(y, t) => t > 0 && self.running(y) && self.issue(y, SELLER, t),
			_ => self.handle_period(step),
		}
	}

	/// Steps of a whole period, and of time.
	fn handle_period(&mut self, step: &Step) -> bool {
		match *step {
			Step::Open(y, cap, opens, cumulative, deducts) => {
				let follows = self.periods.keys().last().is_none_or(|last| last + 1 == y);
				let in_time = opens.is_none_or(|opens| self.now < opens + 10);
				let phase = u8::from(opens.is_none_or(|opens| opens <= self.now));
				let period = Period {
					cap,
					opens,
					cumulative,
					deducts,
					phase,
					price: 0,
				};
				cap > 0 && follows && in_time && self.periods.insert(y, period).is_none()
			}
			Step::Waive(y, who, t) => {
				self.waived.insert((y, who), t);
				true
			}
			Step::Cut(who, t) => {
				*self.deductions.entry(who).or_default() += t;
				true
			}
			Step::Price(y, price) => {
				self.prices.remove(&y);
				self.prices.extend(price.map(|price| (y, price)));
				true
			}
			Step::Advance(y) => self.advance(y),
			Step::Close(y) => {
				let fits = self.running(y) && self.may_close(y);
				while fits && self.running(y) {
					self.advance(y);
				}
				fits
			}
			Step::Determine(y, who, t) => {
				let closed = self.periods.get(&y).is_some_and(|period| period.phase == 4);
				let before = self
					.owes(y, who)
					.filter(|owed| !owed.excluded && owed.state() != Some(State::Confirmed));
				closed
					&& before.is_some_and(|before| {
						self.change(y, who, |owed| owed.report = Some((t, State::Confirmed)));
						let (missing, _) = self.assess(y, who, before.counted);
						self.tell_determined(y, who, before, missing);
						self.change(y, who, |owed| owed.missing = missing)
					})
			}
			Step::Wait(t) => {
				self.now += t;
				true
			}
			Step::Poll => {
				self.poll();
				true
			}
			_ => self.handle_units(step),
		}
	}

	/// Steps after which units are gone.
	fn handle_units(&mut self, step: &Step) -> bool {
		match *step {
			Step::TakeBack(y, who, t) => {
				let left = self.owes(y, who).and_then(|owed| owed.allocated?.checked_sub(t));
				left.is_some() && self.take(y, who, t) && {
					self.issued.entry(y).and_modify(|issued| *issued -= t);
					self.change(y, who, |owed| owed.allocated = left)
				}
			}
			Step::Surrender(y, v, supplier, who, t) => {
				let fits = self.accepting(y) && v <= y + 1 && self.owes(y, who).is_some();
				// The seller has no obligation of its own, and no other role.
				fits && self.take(v, supplier, t) && self.change(y, who, |owed| owed.surrendered += t)
			}
			Step::Credits(y, supplier, who, t) => {
				let waived = self.waived(y, who);
				let fits = self.owes(y, who).is_some_and(|owed| {
					owed.state() == Some(State::Confirmed) && owed.offsets + t <= owed.due(waived) / 2
				});
				let left = self
					.credits
					.get(&supplier)
					.and_then(|credits| credits.checked_sub(t));
				t > 0
					&& self.accepting(y)
					&& fits && left.is_some_and(|left| {
					self.credits.insert(supplier, left);
					self.change(y, who, |owed| {
						owed.surrendered += t;
						owed.offsets += t;
					})
				})
			}
			Step::Cancel(y, who, t) => self.take(y, who, t),
			Step::CarryOver(y, who, t) => {
				let sold = self.net_sold(y, who);
				let fits = self.owes(y, who).is_some_and(|owed| {
					let most = BASE + sold.min(owed.sold) * 3 / 2;
					matches!(owed.status, Some(SurrenderStatus::A | SurrenderStatus::Excluded))
						&& owed.carried + t <= most.min(owed.had)
				});
				let closed = self.periods.get(&y).is_some_and(|period| period.phase == 4);
				fits && closed
					&& self.running(y + 1)
					&& self.take(y, who, t)
					&& self.give(y + 1, who, t)
					&& self.change(y, who, |owed| owed.carried += t)
			}
			_ => self.handle_move(step),
		}
	}

	/// Steps after which units are somebody else's.
	fn handle_move(&mut self, step: &Step) -> bool {
		match *step {
			Step::Transfer(v, from, to, t) => {
				let group = WHO[..2].contains(&from) && WHO[..2].contains(&to);
				group && self.apply(&Step::Force(v, from, to, t))
			}
			Step::Basis(v, from, to, t) => self.apply(&Step::Force(v, from, to, t)),
			Step::Force(v, from, to, t) => from != to && self.take(v, from, t) && self.give(v, to, t),
			Step::Trade(v, from, to, t, stays) => {
				let done = from != to && self.take(v, from, t);
				if done {
					*self.sold.entry((v, from)).or_default() += t as i64;
					*self.sold.entry((v, to)).or_default() -= t as i64;
					let ledger = if stays { &mut self.traded } else { &mut self.held };
					*ledger.entry((v, to)).or_default() += t;
				}
				done
			}
			_ => self.handle_report(step),
		}
	}

	/// Compare everything with the chain.
	fn check(&self) {
		for (&(y, who), owed) in &self.owed {
			let found = obligation(Vintage(y), who);
			assert_eq!(found.allocated, owed.allocated.map(Tonnes));
			assert_eq!(
				(found.surrendered.0, found.offsets.0),
				(owed.surrendered, owed.offsets)
			);
			assert_eq!(
				(found.status, found.shortfall.0, found.fine),
				(owed.status, owed.missing, owed.fine),
				"{y} {who}"
			);
			assert_eq!(found.carried_over.0, owed.carried);
			assert_eq!(
				found.report.map(|report| report.tonnes.0),
				owed.report.map(|report| report.0)
			);
		}
		for (&y, period) in &self.periods {
			let found = Allowance::period(Vintage(y)).expect("it was opened");
			assert_eq!(found.phase as u8, period.phase);
			assert_eq!(
				supply(Vintage(y)).issued.0,
				self.issued.get(&y).copied().unwrap_or_default()
			);
			for who in WHO {
				assert_eq!(held(Vintage(y), who), self.held(y, who).into());
				assert_eq!(
					Allowance::net_sold(Vintage(y), &who).0,
					self.net_sold(y, who),
					"{y} {who}"
				);
			}
		}
		for who in WHO {
			let totals = Allowance::totals(who);
			let debts: u64 = self.debts.get(&who).map_or(0, |debts| debts.iter().sum());
			assert_eq!(totals.emissions.0.saturating_sub(totals.surrendered.0), debts);
			assert_eq!(
				Allowance::deduction(who).0,
				self.deductions.get(&who).copied().unwrap_or_default()
			);
		}
		assert_eq!(
			Deductions::<Test>::iter().count(),
			self.deductions.values().filter(|left| **left > 0).count()
		);
		assert_eq!(Shortfalls::get(), self.told);
		let missing = ReportOutcome::Missing as u8;
		let years = self.years.iter().map(|(who, year, is_missing, surrender)| {
			let surrender = surrender.map(|outcome| outcome as u8);
			(*who, Vintage(*year), *is_missing, surrender)
		});
		let told = Years::get()
			.into_iter()
			.map(|(who, year, report, surrender, ..)| {
				(who, year, report.map(|code| code == missing), surrender)
			});
		assert_eq!(told.collect::<Vec<_>>(), years.collect::<Vec<_>>());
	}
}

fn random_rules(cumulative: bool, deduct_shortfall: bool) -> RuleSet {
	RuleSet {
		obligation: if cumulative {
			ObligationRule::Cumulative
		} else {
			ObligationRule::Yearly
		},
		borrowing: true,
		offset_cap_bps: 5_000,
		fine: FineRule::OfPrice {
			multiplier_milli: 5_000,
			fallback_price: Price(FALLBACK_PRICE),
		},
		deduct_shortfall,
		carry_over: Some(CarryOverRule {
			base: Tonnes(BASE),
			factor_bps: 15_000,
		}),
		..Default::default()
	}
}

/// Let the chain do the step and tell whether it did.
fn dispatch(step: &Step) -> bool {
	// As in a block: what a refused call has written is taken back.
	with_storage_layer(|| regulate(step)).is_ok()
}

/// What the regulator, the free allocation and the time do.
fn regulate(step: &Step) -> DispatchResult {
	let root = RuntimeOrigin::root;
	let list = |who, t| vec![(who, Tonnes(t))].try_into().expect("fits");
	let one = |who| vec![who].try_into().expect("fits");
	match *step {
		Step::Open(y, cap, opens, cumulative, deducts) => {
			let timeline = opens.map_or(always(), |opens| Timeline {
				opens,
				reports_due: opens + 5,
				verification_due: opens + 8,
				surrender_due: opens + 10,
				..always()
			});
			Allowance::open_period(
				root(),
				Vintage(y),
				Tonnes(cap),
				random_rules(cumulative, deducts),
				timeline,
			)
		}
		Step::Enrol(y, who) => Allowance::enrol(root(), Vintage(y), one(who)),
		Step::Exclude(y, who) => Allowance::exclude(root(), Vintage(y), one(who)),
		Step::Allocate(y, who, t) => Allowance::allocate(root(), Vintage(y), list(who, t)),
		Step::Issue(y, who, t) => Allowance::issue(Vintage(y), &who, &who, Tonnes(t)).map(drop),
		Step::TakeBack(y, who, t) => Allowance::take_back(Vintage(y), &who, &who, Tonnes(t)),
		Step::IssueForSale(y, t) => Allowance::issue_for_sale(root(), Vintage(y), SELLER, Tonnes(t)),
		Step::Waive(y, who, t) => {
			Waived::mutate(|waived| waived.insert((y, who), t));
			Ok(())
		}
		Step::Cut(who, t) => {
			Allowance::cut_allocation(&who, Tonnes(t));
			Ok(())
		}
		Step::Price(y, price) => {
			AveragePrices::mutate(|prices| {
				prices.remove(&y.into());
				prices.extend(price.map(|price| (AssetId::from(y), price)));
			});
			Ok(())
		}
		Step::Advance(y) => Allowance::advance_period(root(), Vintage(y)),
		Step::Close(y) => Allowance::close_period(root(), Vintage(y)),
		Step::Determine(y, who, t) => {
			Allowance::determine_emissions(root(), Vintage(y), who, Tonnes(t), digest(0))
		}
		Step::Wait(t) => {
			Now::mutate(|now| *now += t);
			Ok(())
		}
		Step::Poll => {
			poll(Weight::MAX);
			Ok(())
		}
		_ => participate(step),
	}
}

/// What the participants do, and what is about their reports and units.
fn participate(step: &Step) -> DispatchResult {
	let root = RuntimeOrigin::root;
	let signed = RuntimeOrigin::signed;
	match *step {
		Step::Report(y, who, t) => Allowance::report_emissions(signed(who), Vintage(y), Tonnes(t), digest(0)),
		Step::Verify(y, who, t) => Allowance::verify_report(signed(VERIFIER), Vintage(y), who, Tonnes(t)),
		Step::Confirm(y, who, t) => {
			let list = vec![(who, Tonnes(t))].try_into().expect("fits");
			Allowance::confirm_reports(root(), Vintage(y), list)
		}
		Step::Reopen(y, who) => Allowance::reopen_report(root(), Vintage(y), who, digest(0)),
		Step::Surrender(y, v, supplier, who, t) => {
			Allowance::surrender(signed(supplier), Vintage(y), who, v.into(), Tonnes(t))
		}
		Step::Credits(y, supplier, who, t) => {
			Allowance::surrender(signed(supplier), Vintage(y), who, WIND, Tonnes(t))
		}
		Step::Cancel(y, who, t) => {
			Allowance::cancel(signed(who), Vintage(y), Tonnes(t), Default::default(), digest(0))
		}
		Step::CarryOver(y, who, t) => Allowance::carry_over(signed(who), Vintage(y), Tonnes(t)),
		Step::Transfer(v, from, to, t) => Allowance::transfer(signed(from), v.into(), to, Tonnes(t)),
		Step::Basis(v, from, to, t) => {
			Allowance::transfer_with_basis(root(), v.into(), from, to, Tonnes(t), digest(0))
		}
		Step::Force(v, from, to, t) => Allowance::force_transfer(root(), Vintage(v), from, to, Tonnes(t)),
		Step::Trade(v, from, to, t, stays) => trade(v.into(), from, to, t, stays),
		_ => unreachable!("all other steps are the regulator's"),
	}
}

fn trade(asset: AssetId, from: AccountId, to: AccountId, t: u64, stays: bool) -> Result<(), DispatchError> {
	if from == to || t == 0 || Assets::balance(asset, from) < t.into() {
		return Err(DispatchError::Unavailable);
	}
	TradingLedger::deposit(from, asset, t);
	TradingLedger::trade(from, to, asset, t);
	if !stays {
		TradingLedger::withdraw(to, asset, t);
	}
	Ok(())
}

fn entity() -> impl Strategy<Value = AccountId> {
	prop::sample::select(&WHO[..4])
}

fn account() -> impl Strategy<Value = AccountId> {
	prop::sample::select(&WHO[..])
}

// Small numbers, so that reports, verifications and caps meet often.
fn tonnes() -> impl Strategy<Value = u64> {
	0u64..6
}

fn report_step(y: Year) -> impl Strategy<Value = Step> {
	let year = y.saturating_sub(1)..=y;
	prop_oneof![
		(year.clone(), entity(), tonnes()).prop_map(|(y, who, t)| Step::Report(y, who, t)),
		(year.clone(), entity(), tonnes()).prop_map(|(y, who, t)| Step::Verify(y, who, t)),
		(year.clone(), entity(), tonnes()).prop_map(|(y, who, t)| Step::Confirm(y, who, t)),
		(year.clone(), entity()).prop_map(|(y, who)| Step::Reopen(y, who)),
		(year.clone(), entity(), 0u64..3).prop_map(|(y, who, t)| Step::Waive(y, who, t)),
		(year.clone(), entity(), 0u64..20).prop_map(|(y, who, t)| Step::Determine(y, who, t)),
		(entity(), 0u64..3).prop_map(|(who, t)| Step::Cut(who, t)),
		(year, account(), entity(), tonnes()).prop_map(|(y, by, who, t)| Step::Credits(y, by, who, t)),
	]
}

fn supply_step(y: Year) -> impl Strategy<Value = Step> {
	let year = y.saturating_sub(1)..=y;
	prop_oneof![
		(year.clone(), entity(), tonnes()).prop_map(|(y, who, t)| Step::Allocate(y, who, t)),
		(year.clone(), entity(), tonnes()).prop_map(|(y, who, t)| Step::Issue(y, who, t)),
		(year.clone(), entity(), 1u64..6).prop_map(|(y, who, t)| Step::TakeBack(y, who, t)),
		(year.clone(), tonnes()).prop_map(|(y, t)| Step::IssueForSale(y, t)),
		(year.clone(), account(), tonnes()).prop_map(|(y, who, t)| Step::Cancel(y, who, t)),
		(year.clone(), entity(), tonnes()).prop_map(|(y, who, t)| Step::CarryOver(y, who, t)),
		(year.clone(), account(), account(), tonnes()).prop_map(|(v, a, b, t)| Step::Transfer(v, a, b, t)),
		(year.clone(), account(), account(), tonnes()).prop_map(|(v, a, b, t)| Step::Basis(v, a, b, t)),
		(year, account(), account(), tonnes()).prop_map(|(v, a, b, t)| Step::Force(v, a, b, t)),
	]
}

fn cycle_step(y: Year) -> impl Strategy<Value = Step> {
	let year = y.saturating_sub(1)..=y;
	prop_oneof![
		3 => (year.clone(), y - 1..=y + 1, entity(), entity(), 0u64..15)
			.prop_map(|(y, v, by, who, t)| Step::Surrender(y, v, by, who, t)),
		3 => (year.clone(), account(), account(), tonnes(), any::<bool>())
			.prop_map(|(v, a, b, t, stays)| Step::Trade(v, a, b, t, stays)),
		1 => (year.clone(), entity()).prop_map(|(y, who)| Step::Exclude(y, who)),
		1 => (year.clone(), entity()).prop_map(|(y, who)| Step::Enrol(y, who)),
		1 => (year.clone(), prop::option::of(1u64..200)).prop_map(|(y, price)| Step::Price(y, price)),
		1 => year.prop_map(Step::Advance),
		1 => (0u64..3).prop_map(Step::Wait),
		1 => Just(Step::Poll),
	]
}

/// A year as it goes mostly: allocation, reports and the end, and random steps between them.
fn one_year(y: Year) -> impl Strategy<Value = Vec<Step>> {
	let opening = (
		30u64..120,
		prop::option::of(0u64..40),
		any::<bool>(),
		any::<bool>(),
	)
		.prop_map(move |(cap, opens, cumulative, deducts)| Step::Open(y, cap, opens, cumulative, deducts));
	let lives = prop::collection::vec((1u64..30, 0u64..20, 0u64..5), 4);
	let random = || {
		let step = prop_oneof![
			report_step(y),
			supply_step(y),
			supply_step(y),
			cycle_step(y),
			cycle_step(y)
		];
		prop::collection::vec(step, 0..14)
	};
	(opening, lives, random(), random(), random(), any::<bool>()).prop_map(
		move |(opening, lives, early, late, after, act)| {
			let by_hand = matches!(opening, Step::Open(_, _, None, ..));
			let mut steps = vec![opening];
			steps.extend(WHO[..4].iter().map(|who| Step::Enrol(y, *who)));
			steps.extend((WHO.iter().zip(&lives)).map(|(who, life)| Step::Allocate(y, *who, life.0)));
			steps.extend(early);
			for (who, (given, emitted, effort)) in WHO.into_iter().zip(lives) {
				// Whoever makes no effort does not report either; most cover what they emit.
				if effort > 0 {
					steps.extend([
						Step::Report(y, who, emitted),
						Step::Verify(y, who, emitted),
						Step::Confirm(y, who, emitted),
						Step::Credits(y, who, who, emitted / 8),
						Step::Surrender(y, y, who, who, emitted * effort / 3),
					]);
				}
				steps.push(Step::CarryOver(y - 1, who, given / 5));
			}
			steps.extend(late);
			// Where time does not move the year, the regulator does.
			steps.push(if act || by_hand {
				Step::Close(y)
			} else {
				Step::Wait(20)
			});
			steps.extend([Step::Poll, Step::Poll, Step::Poll, Step::Poll]);
			steps.extend(after);
			steps
		},
	)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn three_years_should_end_as_a_model_says(
		years in (one_year(YEARS[0]), one_year(YEARS[1]), one_year(YEARS[2])),
	) {
		ExtBuilder::default().build().execute_with(|| {
			WHO[2..4].iter().for_each(|who| Admissions::add_role(*who, Role::CoveredEntity));
			Admissions::form_group(&WHO[..2]);
			let mut model = Model::default();
			for who in WHO {
				endow_credits(who, 10);
				model.credits.insert(who, 10);
			}
			for step in [years.0, years.1, years.2].concat() {
				prop_assert_eq!(dispatch(&step), model.apply(&step), "{:?}", step);
			}
			model.check();
			let state = Allowance::do_try_state();
			prop_assert!(state.is_ok(), "{:?}", state);
			Ok(())
		})?;
	}
}

proptest! {
	// The reference takes the value apart into halves of 64 bits, so that no product is cut.
	#[test]
	fn a_fine_should_be_the_exact_product_rounded_down_or_the_largest_there_is(
		missing in prop_oneof![any::<u64>(), 0u64..1_000],
		price in prop_oneof![any::<u64>(), 0u64..1_000],
		multiplier_milli in 1_000u32..=100_000,
	) {
		let rule = FineRule::OfPrice { multiplier_milli, fallback_price: Price(1) };
		let value = u128::from(missing) * u128::from(price);
		let (high, low) = (value >> 64, value & u128::from(u64::MAX));
		let (high, low) = (high * u128::from(multiplier_milli), low * u128::from(multiplier_milli));
		let (whole, rest) = (high / 1_000, high % 1_000);
		// Less than 1,000 × 2^64 and the carried rest.
		let below = ((rest << 64) + low) / 1_000;
		let exact = whole.checked_mul(1 << 64).and_then(|whole| whole.checked_add(below));
		prop_assert_eq!(rule.fine(Tonnes(missing), Price(price)), exact.unwrap_or(u128::MAX));
	}

	#[test]
	fn what_may_be_carried_over_should_be_the_base_and_the_part_rounded_down(
		base in prop_oneof![any::<u64>(), 0u64..10_000],
		factor_bps in any::<u32>(),
		sold in prop_oneof![any::<u64>(), 0u64..10_000],
	) {
		let most = CarryOverRule { base: Tonnes(base), factor_bps }.most(Tonnes(sold)).0;
		let product = u128::from(sold) * u128::from(factor_bps);
		match most.checked_sub(base) {
			// The largest part of the product that whole tonnes hold.
			Some(part) if most < u64::MAX => {
				prop_assert!(u128::from(part) * 10_000 <= product && product < (u128::from(part) + 1) * 10_000);
			}
			_ => prop_assert!(most == u64::MAX && u128::from(base) + product / 10_000 >= u128::from(u64::MAX)),
		}
	}
}
