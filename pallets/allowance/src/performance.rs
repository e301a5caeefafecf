//! How an entity has done in a year, as credit counts it.
//!
//! Each report and each obligation is told once: what is known when the period closes is told then, and what turns out only with
//! emissions that are determined afterwards is told with them.

use crate::{
	pallet::*,
	status::{counted, owed},
	types::*,
	WeightInfo,
};
use carbon_primitives::Vintage;
use carbon_traits::{Performance, RecordPerformance, ReportOutcome, SurrenderOutcome, YearOutcome};
use frame_support::pallet_prelude::Weight;

impl<T: Config> Pallet<T> {
	/// Tell how `entity`, which is assessed, has done in `year`. Whoever was excluded from it has done nothing.
	pub(crate) fn tell_year(
		year: Vintage,
		entity: &T::AccountId,
		obligation: &ObligationRecord<T::AccountId>,
		before: ComplianceTotals,
	) {
		if obligation.excluded {
			return;
		}
		let report = report_outcome(obligation);
		let discrepancies = u32::from(obligation.corrections);
		let is_corrected = obligation.confirmed().is_some() && report == ReportOutcome::InTime;
		let outcome = YearOutcome {
			report: Some(report),
			surrender: surrender_outcome(obligation, before),
			discrepancies,
			corrected: if is_corrected { discrepancies } else { 0 },
		};
		T::Performance::record(entity, Performance::YearEnded { year, outcome });
	}

	/// Tell what the emissions that were determined for a closed year show of its obligation, where something had to be covered. Its report
	/// was told at the closing.
	///
	/// `was_short` says whether something was missing at the closing already: then the obligation was told as well. `others` are the totals
	/// of the entity's other cumulative years. Where another one has ended since, what is in them was perhaps surrendered after the deadline
	/// of this year, so that only its own surrenders show that it was covered in time.
	pub(crate) fn tell_determined(
		year: Vintage,
		rules: &RuleSet,
		entity: &T::AccountId,
		obligation: &ObligationRecord<T::AccountId>,
		was_short: bool,
		others: ComplianceTotals,
	) {
		if was_short || owed(obligation).is_zero() {
			return;
		}
		let is_followed = rules.obligation == ObligationRule::Cumulative && Self::is_followed(year);
		let surrender = match is_followed {
			false => surrender_outcome(obligation, others),
			true => surrender_outcome(obligation, ComplianceTotals::default()).map(|outcome| match outcome {
				SurrenderOutcome::InTime if counted(rules, obligation) < owed(obligation) => {
					SurrenderOutcome::Late
				}
				outcome => outcome,
			}),
		};
		let outcome = YearOutcome {
			report: None,
			surrender,
			discrepancies: 0,
			corrected: 0,
		};
		T::Performance::record(entity, Performance::YearEnded { year, outcome });
	}

	/// Whether the year after `year` has ended as well, or is ending.
	fn is_followed(year: Vintage) -> bool {
		let next = year
			.0
			.checked_add(1)
			.and_then(|next| Periods::<T>::get(Vintage(next)));
		next.is_some_and(|period| !period.phase.is_running())
	}

	/// What assessing one entity at the end of its period takes.
	pub(crate) fn weight_of_assessment() -> Weight {
		Self::with_performance(Self::with_sanction(T::WeightInfo::assess_entity()))
	}

	/// What determining emissions takes.
	pub(crate) fn weight_of_determine() -> Weight {
		let weight = Self::with_sanction(T::WeightInfo::determine_emissions());
		Self::with_record(Self::with_performance(weight))
	}

	fn with_performance(weight: Weight) -> Weight {
		weight.saturating_add(T::Performance::weight_of_record())
	}
}

/// What became of the report of whoever owed one. A report that no verifier stands behind at the end was not verified in time; that the
/// regulator has not confirmed a verified one is nothing that the entity has done.
fn report_outcome<AccountId>(obligation: &ObligationRecord<AccountId>) -> ReportOutcome {
	match obligation.report {
		None => ReportOutcome::Missing,
		Some(report) if report.late || report.verified_late || report.state == ReportState::Submitted => {
			ReportOutcome::Late
		}
		Some(_) => ReportOutcome::InTime,
	}
}

/// What became of the obligation, where something had to be covered. `before` are the totals of the cumulative years before.
fn surrender_outcome<AccountId>(
	obligation: &ObligationRecord<AccountId>,
	before: ComplianceTotals,
) -> Option<SurrenderOutcome> {
	if !obligation.shortfall.is_zero() {
		return Some(SurrenderOutcome::Short);
	}
	// Nobody knows what emissions have to be covered that nobody confirmed. It is told when they are determined.
	obligation.confirmed()?;
	if before.emissions > before.surrendered {
		return Some(SurrenderOutcome::Late);
	}
	(!owed(obligation).is_zero()).then_some(SurrenderOutcome::InTime)
}
