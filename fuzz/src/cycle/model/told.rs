//! What others have to learn of: how entities have done in a year, and what is recorded in the provenance graph.

use super::{allowance::Entity, ensure, Model};
use crate::cycle::runtime::{AccountId, Chain, RecordsTold, YearsTold};
use carbon_primitives::{RecordKind, RecordSubject, Vintage};
use pallet_allowance::{Event, ObligationRule, ReportState};
use pallet_offsets::CancellationCause;

/// What became of a report, or of an obligation.
const IN_TIME: u8 = 0;
const LATE: u8 = 1;
const MISSING: u8 = 2;

impl Entity {
	/// What became of the report.
	fn report_outcome(&self) -> u8 {
		match self.report {
			None => MISSING,
			Some(report) if report.late || report.verified_late || report.state == ReportState::Submitted => {
				LATE
			}
			Some(_) => IN_TIME,
		}
	}

	/// What became of the obligation, where something of the years before was missing or not.
	fn surrender_outcome(&self, lacked: bool) -> Option<u8> {
		match self.confirmed() {
			_ if self.shortfall > 0 => Some(MISSING),
			None => None,
			Some(_) if lacked => Some(LATE),
			Some(_) => (self.owed() > 0).then_some(IN_TIME),
		}
	}
}

impl Model {
	/// The year of an entity has ended, which had `lacked` something at the end of those before.
	pub(super) fn tell_year(&mut self, year: Vintage, who: AccountId, lacked: bool) -> Result<(), String> {
		let entity = self.entity(year, who)?.clone();
		if entity.excluded {
			return Ok(());
		}
		let asked = u32::from(entity.corrections);
		let report = entity.report_outcome();
		let made = if entity.confirmed().is_some() && report == IN_TIME {
			asked
		} else {
			0
		};
		let surrender = entity.surrender_outcome(lacked);
		self.years_told
			.push((who, year, Some(report), surrender, asked, made));
		Ok(())
	}

	/// The emissions of an entity in a closed year are known. Something `was_missing` then already, or not.
	pub(super) fn tell_determined(
		&mut self,
		year: Vintage,
		who: AccountId,
		was_missing: bool,
	) -> Result<(), String> {
		let rules = self.year(year)?.rules;
		let is_cumulative = rules.obligation == ObligationRule::Cumulative;
		let entity = self.entity(year, who)?.clone();
		if was_missing || entity.owed() == 0 {
			return Ok(());
		}
		let next = self.years.get(&Vintage(year.0 + 1));
		let is_followed = next.is_some_and(|next| !next.phase.is_running());
		let (owed, covered) = self.totals_without(who, Some(year));
		let is_late = match is_followed {
			// What came with later years came after the deadline.
			true => entity.counted(&rules) < entity.owed(),
			false => owed > covered,
		};
		let surrender = entity.surrender_outcome(is_cumulative && is_late);
		self.years_told.push((who, year, None, surrender, 0, 0));
		Ok(())
	}

	/// What of an event has to be recorded.
	pub(super) fn note_record(&mut self, event: &Event<Chain>) {
		let told = match event {
			Event::Allocated { year, entity, .. } => (
				RecordKind::Allocation,
				RecordSubject::Allocation {
					year: *year,
					entity: *entity,
				},
			),
			Event::EmissionsReported { year, entity, .. } => (
				RecordKind::Report,
				RecordSubject::Report {
					year: *year,
					entity: *entity,
				},
			),
			Event::ReportVerified { year, entity, .. } => (
				RecordKind::Verification,
				RecordSubject::Verification {
					year: *year,
					entity: *entity,
				},
			),
			Event::ReportConfirmed { year, entity, .. } | Event::EmissionsDetermined { year, entity, .. } => {
				(
					RecordKind::Confirmation,
					RecordSubject::Emissions {
						year: *year,
						entity: *entity,
					},
				)
			}
			Event::Surrendered { id, .. } => (RecordKind::Surrender, RecordSubject::Surrender(id.0)),
			Event::Cancelled { id, .. } => (RecordKind::Cancellation, RecordSubject::Cancellation(id.0)),
			_ => return,
		};
		self.records_told.push(told);
	}

	/// The same of offset credits: what their holders give up.
	pub(super) fn note_record_of_credits(&mut self, event: &pallet_offsets::Event<Chain>) {
		if let pallet_offsets::Event::Cancelled {
			id,
			cause: CancellationCause::Voluntary { .. },
			..
		} = event
		{
			let name = RecordSubject::OffsetCancellation(id.0);
			self.records_told.push((RecordKind::Cancellation, name));
		}
	}

	/// Hold what was told since the last check against what had to be.
	pub fn compare_told(&mut self) -> Result<(), String> {
		let (told, due) = (YearsTold::take(), core::mem::take(&mut self.years_told));
		if told != due {
			return Err(format!("of years {told:?} is told, and should be {due:?}"));
		}
		let (told, due) = (RecordsTold::take(), core::mem::take(&mut self.records_told));
		ensure(told == due, "something else is recorded than what has happened")
	}
}
