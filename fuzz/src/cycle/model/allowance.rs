//! Periods, reports, surrenders, statuses and carry-over.

use super::{are_related, ensure, ensure_moves, has_role, is_admitted, share, Model, Scene, WHOLE};
use crate::cycle::runtime::{AccountId, Chain, Paid, Tables, CUSTODY};
use carbon_calendar::DAY_MS;
use carbon_primitives::{AssetId, Moment, Price, Role, Tonnes, Vintage};
use carbon_traits::InspectCredit;
use frame_support::traits::Time;
use pallet_allowance::{
	Event, FinePrice, FineRule, ObligationRecord, ObligationRule, Phase, PriceBasis, ReportState, RuleSet,
	Supply, SurrenderStatus, Timeline, TransferBasis,
};
use std::collections::BTreeMap;

/// A compliance year.
#[derive(Clone)]
pub struct Year {
	pub rules: RuleSet,
	pub phase: Phase,
	timeline: Timeline,
	supply: Supply,
	/// In the order of enrolment.
	order: Vec<AccountId>,
	pub entities: BTreeMap<AccountId, Entity>,
	fine_price: Option<FinePrice>,
	/// How many entities have their status.
	assessed: usize,
}

/// What an entity owes and has done in a year.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Entity {
	pub allocated: Option<u64>,
	pub(super) report: Option<Report>,
	pub(super) excluded: bool,
	pub(super) corrections: u16,
	surrendered: u64,
	pub offsets: u64,
	waived: u64,
	status: Option<SurrenderStatus>,
	pub(super) shortfall: u64,
	fine: u128,
	carried_over: u64,
}

/// An emissions report.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Report {
	tonnes: u64,
	/// When it was handed in.
	at: Moment,
	pub(super) state: ReportState,
	pub(super) late: bool,
	pub(super) verified_late: bool,
	verifier: Option<AccountId>,
}

impl Entity {
	/// Emissions that the regulator has accepted.
	pub fn confirmed(&self) -> Option<u64> {
		let report = self
			.report
			.filter(|report| report.state == ReportState::Confirmed);
		report.map(|report| report.tonnes)
	}

	/// What has to be covered.
	pub(super) fn owed(&self) -> u64 {
		let emissions = self.confirmed().filter(|_| !self.excluded).unwrap_or_default();
		emissions.saturating_sub(self.waived)
	}

	/// What is covered by allowances, and by credits up to their part.
	pub(super) fn counted(&self, rules: &RuleSet) -> u64 {
		let most = share(self.owed(), rules.offset_cap_bps).min(u64::MAX.into()) as u64;
		self.surrendered - self.offsets + self.offsets.min(most)
	}

	/// What is still to be covered; none before there are emissions.
	pub fn outstanding(&self, rules: &RuleSet, waived: u64) -> Option<u64> {
		let entity = Self {
			waived,
			..self.clone()
		};
		self.confirmed()?;
		Some(entity.owed().saturating_sub(entity.counted(rules)))
	}
}

impl Year {
	/// The entity that is enrolled.
	fn entity(&mut self, who: AccountId) -> Result<&mut Entity, String> {
		self.entities
			.get_mut(&who)
			.ok_or("something happens to an entity that is not enrolled".into())
	}

	fn ensure_running(&self) -> Result<(), String> {
		ensure(
			self.phase.is_running(),
			"something happens in a period that has ended",
		)
	}

	/// Check that reports and surrenders are accepted.
	fn ensure_accepting(&self) -> Result<(), String> {
		self.ensure_running()?;
		let in_time = self.phase != Phase::Planned && Tables::now() < self.timeline.surrender_due;
		ensure(
			in_time,
			"something was accepted before the opening or after the deadline",
		)
	}

	/// Count newly issued allowances.
	fn issue(&mut self, tonnes: Tonnes) -> Result<(), String> {
		self.ensure_running()?;
		let issued = self.supply.issued.0.checked_add(tonnes.0);
		self.supply.issued = Tonnes(issued.ok_or("more is issued than there can be")?);
		ensure(
			self.supply.issued <= self.supply.cap,
			"more is issued than the cap allows",
		)
	}

	/// Working days for an objection, and for the decision about it.
	pub fn days(&self) -> (u16, u16) {
		(self.timeline.objection_days, self.timeline.decision_days)
	}

	/// The next step that comes by itself is due.
	fn is_due(&self) -> bool {
		let due = match self.phase {
			Phase::Planned => self.timeline.opens,
			Phase::Open => self.timeline.reports_due,
			_ => self.timeline.surrender_due,
		};
		due <= Tables::now()
	}

	/// The fine for missing tonnes.
	fn fine(&self, missing: u64) -> u128 {
		let price = self.fine_price.map_or(0, |found| found.price.0);
		let value = u128::from(missing) * u128::from(price);
		match self.rules.fine {
			FineRule::PerTonne(_) => value,
			// In parts only where the product is more than there can be.
			FineRule::OfPrice { multiplier_milli, .. } => {
				let multiplier = u128::from(multiplier_milli);
				let product = value.checked_mul(multiplier).map(|product| product / 1_000);
				product.unwrap_or_else(|| {
					let rest = value % 1_000 * multiplier / 1_000;
					(value / 1_000).saturating_mul(multiplier).saturating_add(rest)
				})
			}
		}
	}
}

impl Model {
	pub(super) fn year(&mut self, year: Vintage) -> Result<&mut Year, String> {
		self.years
			.get_mut(&year)
			.ok_or("something happens in a year without a period".into())
	}

	pub(super) fn entity(&mut self, year: Vintage, who: AccountId) -> Result<&mut Entity, String> {
		self.year(year)?.entity(who)
	}

	/// What `who` need not cover, as free allocation has found.
	fn waived(&self, year: Vintage, who: AccountId) -> u64 {
		let record = self.allocation.records.get(&(year, who));
		record.map_or(0, |record| record.waived)
	}

	/// Emissions and surrenders of `who` over all of its assessed cumulative years.
	fn totals(&self, who: AccountId) -> (u64, u64) {
		self.totals_without(who, None)
	}

	/// The same without one of them.
	pub(super) fn totals_without(&self, who: AccountId, without: Option<Vintage>) -> (u64, u64) {
		let years = self.years.iter().filter(|(year, _)| Some(**year) != without);
		let years = years.map(|(_, year)| year);
		let cumulative = years.filter(|year| year.rules.obligation == ObligationRule::Cumulative);
		let entities = cumulative.filter_map(|year| Some((&year.rules, year.entities.get(&who)?)));
		let assessed = entities.filter(|(_, entity)| entity.status.is_some());
		assessed.fold((0, 0), |(owed, counted), (rules, entity)| {
			(
				owed.saturating_add(entity.owed()),
				counted.saturating_add(entity.counted(rules)),
			)
		})
	}

	pub(super) fn note_allowance(&mut self, event: &Event<Chain>) -> Result<(), String> {
		match event {
			Event::PeriodOpened { .. }
			| Event::RulesChanged { .. }
			| Event::PeriodAdvanced { .. }
			| Event::PeriodClosing { .. }
			| Event::PeriodClosed { .. } => self.note_phase(event),
			Event::EmissionsReported { .. }
			| Event::ReportVerified { .. }
			| Event::ReportConfirmed { .. }
			| Event::ReportReopened { .. } => self.note_report(event),
			Event::ReportMissing { .. }
			| Event::StatusAssessed { .. }
			| Event::EmissionsDetermined { .. } => self.note_assessment(event),
			Event::ForcedTransfer { .. } | Event::Transferred { .. } => self.note_transfer(event),
			Event::AllocationCut { .. } | Event::AllocationCutLifted { .. } => self.note_cut(event),
			Event::Surrendered {
				year,
				supplier,
				entity,
				asset,
				tonnes,
				..
			} => self.note_surrender(*year, *supplier, *entity, *asset, *tonnes),
			Event::CarriedOver { year, entity, tonnes } => self.note_carry_over(*year, *entity, *tonnes),
			Event::EntityEnrolled { .. } | Event::EntityExcluded { .. } => self.note_enrolment(event),
			_ => self.note_supply(event),
		}
	}

	fn note_phase(&mut self, event: &Event<Chain>) -> Result<(), String> {
		let by_hook = self.scene == Scene::Hook;
		match event {
			Event::PeriodOpened {
				year,
				cap,
				rules,
				timeline,
				phase,
			} => {
				let follows = self.years.keys().last().is_none_or(|last| last.0 + 1 == year.0);
				ensure(follows, "a year is left out")?;
				let opens_now = timeline.opens <= Tables::now();
				ensure(
					opens_now == (*phase == Phase::Open),
					"a period begins in another phase",
				)?;
				let period = Year {
					rules: *rules,
					phase: *phase,
					timeline: *timeline,
					supply: Supply {
						cap: *cap,
						..Default::default()
					},
					order: Vec::new(),
					entities: BTreeMap::new(),
					fine_price: None,
					assessed: 0,
				};
				self.years.insert(*year, period);
			}
			Event::RulesChanged { year, new_value, .. } => {
				let period = self.year(*year)?;
				ensure(
					period.phase == Phase::Planned,
					"rules changed after the period had opened",
				)?;
				(period.rules, period.timeline) = *new_value;
			}
			Event::PeriodAdvanced { year, phase } => {
				let period = self.year(*year)?;
				ensure(period.is_due() || !by_hook, "a phase began before its time")?;
				let fits = matches!(
					(period.phase, phase),
					(Phase::Planned, Phase::Open) | (Phase::Open, Phase::Surrendering)
				);
				ensure(fits, "a phase is left out")?;
				period.phase = *phase;
			}
			Event::PeriodClosing { year, fine_price } => self.note_closing(*year, *fine_price)?,
			Event::PeriodClosed { year } => {
				let period = self.year(*year)?;
				let done = period.phase == Phase::Closing && period.assessed == period.order.len();
				ensure(done, "a period closed before everybody had a status")?;
				period.phase = Phase::Closed;
			}
			_ => {}
		}
		Ok(())
	}

	fn note_closing(&mut self, year: Vintage, found: FinePrice) -> Result<(), String> {
		let by_hook = self.scene == Scene::Hook;
		let mut earlier = self.years.range(..year);
		let closed = earlier.all(|(_, earlier)| earlier.phase == Phase::Closed);
		ensure(closed, "a year closes before the one before it")?;
		let period = self.year(year)?;
		ensure(period.is_due() || !by_hook, "a period ended before its time")?;
		ensure(period.phase == Phase::Surrendering, "a phase is left out")?;
		let (price, basis) = match period.rules.fine {
			FineRule::PerTonne(price) => (price, PriceBasis::Fixed),
			FineRule::OfPrice { fallback_price, .. } => match Paid::get().get(&AssetId::from(year)) {
				Some(price) => (Price(*price), PriceBasis::Market),
				None => (fallback_price, PriceBasis::Fallback),
			},
		};
		ensure(
			found == FinePrice { price, basis },
			"missing tonnes are reckoned at another price",
		)?;
		period.phase = Phase::Closing;
		period.fine_price = Some(found);
		Ok(())
	}

	fn note_report(&mut self, event: &Event<Chain>) -> Result<(), String> {
		let now = Tables::now();
		match event {
			Event::EmissionsReported {
				year,
				entity,
				tonnes,
				late,
				..
			} => self.note_reported(*year, *entity, *tonnes, *late),
			Event::ReportVerified {
				year,
				entity,
				verifier,
				tonnes,
				late,
			} => {
				ensure(
					has_role(*verifier, Role::Verifier),
					"a verifier that may not verify",
				)?;
				ensure(
					!are_related(*verifier, *entity),
					"a verifier that is not independent",
				)?;
				let period = self.year(*year)?;
				period.ensure_accepting()?;
				let is_late = now >= period.timeline.verification_due;
				let is_correction = period.entity(*entity)?.corrections > 0;
				let report = Self::report_in(period, *entity, *tonnes, ReportState::Submitted)?;
				// A correction is as late as what it corrects.
				let expected = if is_correction {
					report.verified_late
				} else {
					is_late
				};
				ensure(*late == expected, "a verification is late, or not")?;
				report.state = ReportState::Verified;
				report.verified_late = *late;
				report.verifier = Some(*verifier);
				Ok(())
			}
			Event::ReportConfirmed { year, entity, tonnes } => {
				let period = self.year(*year)?;
				period.ensure_running()?;
				let report = Self::report_in(period, *entity, *tonnes, ReportState::Verified)?;
				report.state = ReportState::Confirmed;
				let days = Tables::terms_of(entity).review_days;
				ensure(
					now >= report.at + DAY_MS * Moment::from(days),
					"a report was confirmed that had not lain for long enough",
				)
			}
			Event::ReportReopened {
				year, entity, tonnes, ..
			} => {
				let period = self.year(*year)?;
				period.ensure_accepting()?;
				let state = period.entity(*entity)?.report.map(|report| report.state);
				let state = state.filter(|state| *state != ReportState::Submitted);
				let state = state.ok_or("a report was reopened that was open")?;
				let report = Self::report_in(period, *entity, *tonnes, state)?;
				report.state = ReportState::Submitted;
				report.verifier = None;
				period.entity(*entity)?.corrections += 1;
				Ok(())
			}
			_ => Ok(()),
		}
	}

	fn note_reported(
		&mut self,
		year: Vintage,
		entity: AccountId,
		tonnes: Tonnes,
		late: bool,
	) -> Result<(), String> {
		let now = Tables::now();
		ensure(
			has_role(entity, Role::CoveredEntity),
			"a report of somebody who may not",
		)?;
		let period = self.year(year)?;
		period.ensure_accepting()?;
		let is_late = period.phase == Phase::Surrendering || now >= period.timeline.reports_due;
		let record = period.entity(entity)?;
		let open = record
			.report
			.is_none_or(|report| report.state == ReportState::Submitted);
		ensure(
			open && !record.excluded,
			"a report was replaced that a verifier has accepted",
		)?;
		let corrected = record.report.filter(|_| record.corrections > 0);
		let expected = corrected.map_or(is_late, |report| report.late);
		ensure(late == expected, "a report is late, or is not")?;
		record.report = Some(Report {
			tonnes: tonnes.0,
			at: now,
			state: ReportState::Submitted,
			late,
			verified_late: corrected.is_some_and(|report| report.verified_late),
			verifier: None,
		});
		Ok(())
	}

	/// The report of an entity, which has to say `tonnes` and to be in `state`.
	fn report_in(
		period: &mut Year,
		entity: AccountId,
		tonnes: Tonnes,
		state: ReportState,
	) -> Result<&mut Report, String> {
		let report = period.entity(entity)?.report.as_mut();
		let report = report.ok_or("there is no such report")?;
		ensure(
			report.tonnes == tonnes.0 && report.state == state,
			"the report is another one",
		)?;
		Ok(report)
	}

	fn note_enrolment(&mut self, event: &Event<Chain>) -> Result<(), String> {
		match event {
			Event::EntityEnrolled { year, entity } => {
				ensure(
					has_role(*entity, Role::CoveredEntity),
					"somebody is enrolled who is no entity",
				)?;
				let period = self.year(*year)?;
				period.ensure_running()?;
				let is_new = period.entities.insert(*entity, Entity::default()).is_none();
				ensure(is_new, "an entity is enrolled twice")?;
				period.order.push(*entity);
			}
			Event::EntityExcluded { year, entity } => {
				self.year(*year)?.ensure_running()?;
				let record = self.entity(*year, *entity)?;
				ensure(!record.excluded, "an entity is excluded twice")?;
				record.excluded = true;
			}
			_ => {}
		}
		Ok(())
	}

	fn note_supply(&mut self, event: &Event<Chain>) -> Result<(), String> {
		let is_direct = self.scene == Scene::Direct;
		match event {
			Event::Allocated { year, entity, tonnes } => {
				let cut = self.deductions.contains_key(entity) && !tonnes.is_zero();
				ensure(!cut, "something is left to be deducted from what was issued")?;
				ensure(is_admitted(*entity), "somebody receives who may not")?;
				self.year(*year)?.issue(*tonnes)?;
				let is_kept = self.is_kept(*entity);
				let record = self.entity(*year, *entity)?;
				let twice = is_direct && record.allocated.is_some();
				let keeps = is_direct && is_kept;
				ensure(!keeps, "somebody received directly whose units are to be held")?;
				ensure(!twice, "an entity received its allocation twice")?;
				record.allocated = Some(record.allocated.unwrap_or_default() + tonnes.0);
				self.add((*year).into(), *entity, *tonnes);
			}
			Event::Deducted {
				entity, tonnes, left, ..
			} => {
				let before = self.deductions.remove(entity).unwrap_or_default();
				ensure(
					before == tonnes.0 + left.0,
					"something was deducted that was not missing",
				)?;
				if !left.is_zero() {
					self.deductions.insert(*entity, left.0);
				}
			}
			Event::DeductedAgain { year, entity, tonnes } => {
				let deduction = self.deductions.entry(*entity).or_default();
				*deduction = deduction.saturating_add(tonnes.0);
				self.deducted_again = Some((*year, *entity, tonnes.0));
			}
			Event::IssuedForSale { year, seller, tonnes } => {
				let period = self.year(*year)?;
				period.issue(*tonnes)?;
				period.supply.sold.0 += tonnes.0;
				self.add((*year).into(), *seller, *tonnes);
			}
			Event::TakenBack { year, entity, tonnes } => {
				ensure_moves((*year).into())?;
				let period = self.year(*year)?;
				period.supply.issued.0 -= tonnes.0;
				let record = period.entity(*entity)?;
				let left = record.allocated.and_then(|had| had.checked_sub(tonnes.0));
				record.allocated = Some(left.ok_or("more is taken back than was allocated")?);
				self.take((*year).into(), *entity, *tonnes);
			}
			Event::Cancelled {
				holder,
				vintage,
				tonnes,
				..
			} => {
				ensure(is_admitted(*holder), "somebody cancels who may not")?;
				ensure_moves((*vintage).into())?;
				self.year(*vintage)?.supply.cancelled.0 += tonnes.0;
				self.take((*vintage).into(), *holder, *tonnes);
			}
			_ => {}
		}
		Ok(())
	}

	fn note_cut(&mut self, event: &Event<Chain>) -> Result<(), String> {
		match event {
			Event::AllocationCut { entity, tonnes } => {
				ensure(!tonnes.is_zero(), "a cut of nothing is told")?;
				let deduction = self.deductions.entry(*entity).or_default();
				*deduction = deduction.saturating_add(tonnes.0);
			}
			Event::AllocationCutLifted { entity, tonnes } => {
				let before = self.deductions.remove(entity).unwrap_or_default();
				let left = before.checked_sub(tonnes.0).filter(|_| !tonnes.is_zero());
				let left = left.ok_or("more is restored than was to be deducted")?;
				self.deductions.extend(Some((*entity, left)).filter(|_| left > 0));
			}
			_ => {}
		}
		Ok(())
	}

	fn note_surrender(
		&mut self,
		year: Vintage,
		supplier: AccountId,
		who: AccountId,
		asset: AssetId,
		tonnes: Tonnes,
	) -> Result<(), String> {
		let may = match self.scene {
			Scene::Custody => supplier == CUSTODY,
			_ if supplier == who => has_role(who, Role::CoveredEntity),
			_ => is_admitted(supplier),
		};
		ensure(may, "somebody surrenders who may not")?;
		ensure_moves(asset)?;
		let waived = self.waived(year, who);
		let series = self.offsets.series.get(&asset);
		let series = series.map(|series| (series.kind, series.inside_ets));
		let period = self.year(year)?;
		period.ensure_accepting()?;
		let rules = period.rules;
		let record = period.entity(who)?;
		record.surrendered += tonnes.0;
		if let Some(vintage) = Vintage::from_asset(asset) {
			let reach = rules.vintages_back.map_or(u16::MAX, u16::from);
			let back = year.0.saturating_sub(vintage.0) <= reach && vintage <= year;
			let ahead = rules.borrowing && vintage.0 == year.0 + 1;
			ensure(back || ahead, "the rules do not accept this vintage")?;
			self.year(vintage)?.supply.surrendered.0 += tonnes.0;
			self.take(asset, supplier, tonnes);
			return Ok(());
		}
		// The other pallet has told of the credits themselves before.
		let (kind, inside_ets) = series.ok_or("something was surrendered that is nothing")?;
		let accepted = !rules.offsets_excluded.contains(kind) && (rules.offsets_inside_ets || !inside_ets);
		ensure(accepted, "the rules do not accept these credits")?;
		record.waived = waived;
		record.offsets += tonnes.0;
		let most = share(record.owed(), rules.offset_cap_bps);
		ensure(
			u128::from(record.offsets) <= most,
			"more credits are accepted than may be",
		)
	}

	fn note_transfer(&mut self, event: &Event<Chain>) -> Result<(), String> {
		match event {
			Event::ForcedTransfer {
				vintage,
				from,
				to,
				tonnes,
			} => {
				ensure(
					Tables::role_of(*from).is_some() && is_admitted(*to),
					"units were forced from or to somebody unfit",
				)?;
				self.hand((*vintage).into(), *from, *to, *tonnes);
			}
			Event::Transferred {
				asset,
				from,
				to,
				tonnes,
				basis,
			} => {
				ensure_moves(*asset)?;
				ensure(
					is_admitted(*from) && is_admitted(*to),
					"units went from or to somebody unfit",
				)?;
				let own = *basis != TransferBasis::OwnAccounts || are_related(*from, *to);
				ensure(own, "units went to somebody else without a basis")?;
				self.hand(*asset, *from, *to, *tonnes);
				ensure(self.is_within_limit(*asset, *to), "somebody holds too much")?;
			}
			_ => {}
		}
		Ok(())
	}

	fn note_carry_over(&mut self, year: Vintage, who: AccountId, tonnes: Tonnes) -> Result<(), String> {
		ensure(
			has_role(who, Role::CoveredEntity),
			"somebody carries over who may not",
		)?;
		ensure_moves(year.into())?;
		let sold = self.sold.get(&(year.into(), who)).copied().unwrap_or_default();
		let sold = u128::try_from(sold).unwrap_or_default();
		let next = Vintage(year.0 + 1);
		let period = self.year(year)?;
		ensure(
			period.phase == Phase::Closed,
			"something is carried out of a running year",
		)?;
		let rule = period.rules.carry_over.ok_or("the rules know no carry-over")?;
		let most = u128::from(rule.base.0) + sold * u128::from(rule.factor_bps) / WHOLE;
		period.supply.carried_out.0 += tonnes.0;
		let record = period.entity(who)?;
		let complied = matches!(
			record.status,
			Some(SurrenderStatus::A | SurrenderStatus::Excluded)
		);
		ensure(complied, "somebody carries over who has not complied")?;
		record.carried_over += tonnes.0;
		ensure(
			u128::from(record.carried_over) <= most,
			"more is carried over than may be",
		)?;
		let following = self.year(next)?;
		following.ensure_running()?;
		following.supply.carried_in.0 += tonnes.0;
		self.take(year.into(), who, tonnes);
		self.add(next.into(), who, tonnes);
		Ok(())
	}

	fn note_assessment(&mut self, event: &Event<Chain>) -> Result<(), String> {
		match event {
			Event::ReportMissing { year, entity } => {
				self.report_missing = Some((*year, *entity));
				Ok(())
			}
			Event::StatusAssessed {
				year,
				entity,
				status,
				shortfall,
				fine,
			} => self.note_status(*year, *entity, *status, *shortfall, *fine),
			Event::EmissionsDetermined {
				year,
				entity,
				tonnes,
				shortfall,
				fine,
				..
			} => {
				let waived = self.waived(*year, *entity);
				let period = self.year(*year)?;
				ensure(
					period.phase == Phase::Closed,
					"emissions are determined before the end",
				)?;
				let record = period.entity(*entity)?;
				let fits = !record.excluded && record.confirmed().is_none();
				ensure(fits, "emissions are determined that are known")?;
				record.waived = waived;
				let was_missing = record.shortfall > 0;
				record.report = Some(Report {
					tonnes: tonnes.0,
					at: Tables::now(),
					state: ReportState::Confirmed,
					late: true,
					verified_late: true,
					verifier: None,
				});
				let (missing, newly) = self.missing(*year, *entity)?;
				self.demand(*year, *entity, missing.min(newly), *shortfall, *fine, newly)?;
				self.tell_determined(*year, *entity, was_missing)
			}
			_ => Ok(()),
		}
	}

	fn note_status(
		&mut self,
		year: Vintage,
		who: AccountId,
		status: SurrenderStatus,
		shortfall: Tonnes,
		fine: u128,
	) -> Result<(), String> {
		let waived = self.waived(year, who);
		let noted = self.report_missing.take() == Some((year, who));
		let period = self.year(year)?;
		ensure(
			period.phase == Phase::Closing,
			"somebody is assessed before the end",
		)?;
		ensure(
			period.order.get(period.assessed) == Some(&who),
			"somebody is assessed out of turn",
		)?;
		period.assessed += 1;
		let is_cumulative = period.rules.obligation == ObligationRule::Cumulative;
		let record = period.entity(who)?;
		let lacks = record.report.is_none() && !record.excluded;
		ensure(lacks == noted, "a missing report is not noted")?;
		record.waived = waived;
		let (owed, covered) = self.totals(who);
		let record = self.entity(year, who)?;
		record.status = Some(status);
		let (excluded, confirmed) = (record.excluded, record.confirmed().is_some());
		let (missing, newly) = self.missing(year, who)?;
		// Of an excluded entity the year itself adds nothing.
		let (owed_before, _) = self.totals(who);
		let unrated = self.year(year)?.rules.obligation == ObligationRule::Yearly || owed_before == 0;
		let expected = match (excluded, confirmed, missing) {
			(true, _, _) if unrated => SurrenderStatus::Excluded,
			(false, false, _) => SurrenderStatus::C,
			(_, _, 0) => SurrenderStatus::A,
			_ => SurrenderStatus::B,
		};
		ensure(status == expected, "somebody has another status than it should")?;
		self.demand(year, who, missing, shortfall, fine, newly)?;
		self.tell_year(year, who, is_cumulative && owed > covered)
	}

	/// What is missing at the end of a year, and what of it was not missing before.
	fn missing(&mut self, year: Vintage, who: AccountId) -> Result<(u64, u64), String> {
		let (emissions, surrendered) = self.totals(who);
		let period = self.year(year)?;
		let rules = period.rules;
		let record = period.entity(who)?;
		let missing = match rules.obligation {
			ObligationRule::Yearly => record.owed().saturating_sub(record.counted(&rules)),
			ObligationRule::Cumulative => emissions.saturating_sub(surrendered),
		};
		Ok((missing, missing.min(record.owed())))
	}

	/// Demand what is missing newly, and hold what was told against it.
	fn demand(
		&mut self,
		year: Vintage,
		who: AccountId,
		missing: u64,
		shortfall: Tonnes,
		fine: u128,
		newly: u64,
	) -> Result<(), String> {
		ensure(shortfall.0 == missing, "another number of tonnes is missing")?;
		let period = self.year(year)?;
		let (due, deducts) = (period.fine(newly), period.rules.deduct_shortfall);
		ensure(fine == due, "a fine is wrong")?;
		let record = period.entity(who)?;
		record.shortfall = missing;
		record.fine = fine;
		if newly > 0 {
			let (tonnes, sum) = self.demanded.entry((year, who)).or_default();
			*tonnes = tonnes.saturating_add(newly);
			*sum = sum.saturating_add(fine);
			if deducts {
				let deduction = self.deductions.entry(who).or_default();
				*deduction = deduction.saturating_add(newly);
			}
		}
		Ok(())
	}

	pub(super) fn compare_years(&self) -> Result<(), String> {
		for (year, period) in &self.years {
			let found = pallet_allowance::Periods::<Chain>::get(year).ok_or("a period is gone")?;
			let same = found.phase == period.phase
				&& found.rules == period.rules
				&& found.timeline == period.timeline
				&& found.fine_price == period.fine_price;
			ensure(same, "a period is another one")?;
			let supply = pallet_allowance::Supplies::<Chain>::get(AssetId::from(*year));
			if supply != Some(period.supply) {
				return Err(format!(
					"the supply of {year:?} is {supply:?}, and should be {:?}",
					period.supply
				));
			}
			for (who, entity) in &period.entities {
				let found = pallet_allowance::Obligations::<Chain>::get(year, who);
				let found = found.map(told);
				if found.as_ref() != Some(entity) {
					return Err(format!(
						"{who} in {year:?} is {found:?}, and should be {entity:?}"
					));
				}
			}
			let obligations = pallet_allowance::Obligations::<Chain>::iter_prefix_values(year).count();
			ensure(
				obligations == period.entities.len(),
				"an obligation came from nowhere",
			)?;
			for who in period.entities.keys() {
				let found = pallet_allowance::Totals::<Chain>::get(who);
				let same = (found.emissions.0, found.surrendered.0) == self.totals(*who);
				ensure(same, "an entity's totals are others")?;
			}
		}
		let deductions = pallet_allowance::Deductions::<Chain>::iter();
		let deductions: BTreeMap<_, _> = deductions.map(|(who, tonnes)| (who, tonnes.0)).collect();
		ensure(deductions == self.deductions, "other tonnes are to be deducted")
	}
}

/// What the pallet has stored of an obligation, as the books have it.
fn told(record: ObligationRecord<AccountId>) -> Entity {
	let verifier = record.verifier;
	Entity {
		allocated: record.allocated.map(|tonnes| tonnes.0),
		report: record.report.map(|report| Report {
			tonnes: report.tonnes.0,
			at: report.at,
			state: report.state,
			late: report.late,
			verified_late: report.verified_late,
			verifier,
		}),
		excluded: record.excluded,
		corrections: record.corrections,
		surrendered: record.surrendered.0,
		offsets: record.offsets.0,
		waived: record.waived.0,
		status: record.status,
		shortfall: record.shortfall.0,
		fine: record.fine,
		carried_over: record.carried_over.0,
	}
}
