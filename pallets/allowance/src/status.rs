//! Assessment of one entity at the end of a period: plain arithmetic, no storage.

use crate::{ComplianceTotals, ObligationRecord, ObligationRule, ReportState, SurrenderStatus};
use carbon_primitives::Tonnes;

/// The status of `obligation` under `rule`, and the entity's totals with this period added.
///
/// `before` are the entity's totals over the periods that closed earlier. Only a *confirmed* report counts as recorded
/// emissions. Surrenders add to the totals whatever the status is: units handed in are never forgotten.
///
/// Rules: UK ETS compliance report, field "static surrender status"; yearly obligations as in the Chinese national ETS.
pub fn assess(
	rule: ObligationRule,
	obligation: &ObligationRecord,
	before: ComplianceTotals,
) -> (SurrenderStatus, ComplianceTotals) {
	let recorded = obligation
		.report
		.filter(|report| report.state == ReportState::Confirmed)
		.map(|report| report.tonnes);
	let owed = if obligation.excluded {
		Tonnes::ZERO
	} else {
		recorded.unwrap_or_default()
	};
	let after = ComplianceTotals {
		emissions: sum(before.emissions, owed),
		surrendered: sum(before.surrendered, obligation.surrendered),
	};
	let covered = match rule {
		ObligationRule::Yearly => obligation.surrendered >= owed,
		ObligationRule::Cumulative => after.surrendered >= after.emissions,
	};
	let status = match (obligation.excluded, recorded, covered) {
		(true, _, _) => SurrenderStatus::Excluded,
		(false, None, _) => SurrenderStatus::C,
		(false, Some(_), true) => SurrenderStatus::A,
		(false, Some(_), false) => SurrenderStatus::B,
	};
	(status, after)
}

// Saturating: surrenders are bounded by issued supply, and emissions beyond 2^64 tonnes (half a billion years of the
// world's) can only be an error of input, which must not stop the closing of a period for everybody else.
fn sum(a: Tonnes, b: Tonnes) -> Tonnes {
	Tonnes(a.0.saturating_add(b.0))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::ReportRecord;
	use proptest::prelude::*;

	fn obligation(recorded: Option<u64>, surrendered: u64) -> ObligationRecord {
		ObligationRecord {
			report: recorded.map(|tonnes| ReportRecord {
				tonnes: Tonnes(tonnes),
				digest: Default::default(),
				state: ReportState::Confirmed,
			}),
			surrendered: Tonnes(surrendered),
			..Default::default()
		}
	}

	fn totals(emissions: u64, surrendered: u64) -> ComplianceTotals {
		ComplianceTotals {
			emissions: Tonnes(emissions),
			surrendered: Tonnes(surrendered),
		}
	}

	#[test]
	fn cumulative_rule_lets_an_early_surplus_cover_a_later_year() {
		let (status, after) = assess(
			ObligationRule::Cumulative,
			&obligation(Some(100), 40),
			totals(50, 110),
		);
		assert_eq!((status, after), (SurrenderStatus::A, totals(150, 150)));
	}

	#[test]
	fn cumulative_rule_carries_an_early_shortfall_into_a_later_year() {
		let (status, _) = assess(
			ObligationRule::Cumulative,
			&obligation(Some(100), 100),
			totals(50, 49),
		);
		assert_eq!(status, SurrenderStatus::B);
	}

	#[test]
	fn yearly_rule_looks_at_the_year_alone() {
		let (status, _) = assess(ObligationRule::Yearly, &obligation(Some(100), 100), totals(50, 0));
		assert_eq!(status, SurrenderStatus::A);
		let (status, _) = assess(
			ObligationRule::Yearly,
			&obligation(Some(100), 99),
			totals(0, 1_000),
		);
		assert_eq!(status, SurrenderStatus::B);
	}

	#[test]
	fn a_report_that_nobody_confirmed_is_no_report() {
		for state in [ReportState::Submitted, ReportState::Verified] {
			let mut record = obligation(Some(1), 1);
			record.report = record.report.map(|report| ReportRecord { state, ..report });
			let (status, _) = assess(ObligationRule::Cumulative, &record, totals(0, 0));
			assert_eq!(status, SurrenderStatus::C);
		}
	}

	#[test]
	fn an_excluded_entity_owes_nothing_but_keeps_what_it_surrendered() {
		let record = ObligationRecord {
			excluded: true,
			..obligation(Some(100), 30)
		};
		let (status, after) = assess(ObligationRule::Cumulative, &record, totals(10, 10));
		assert_eq!((status, after), (SurrenderStatus::Excluded, totals(10, 40)));
	}

	proptest! {
		// The reference adds up the whole history each time instead of carrying totals.
		#[test]
		fn carried_totals_equal_the_sum_over_the_whole_history(
			years in prop::collection::vec((prop::option::of(0u64..1_000), 0u64..1_000, any::<bool>()), 1..12),
		) {
			let mut carried = ComplianceTotals::default();
			for (n, (recorded, surrendered, excluded)) in years.iter().copied().enumerate() {
				let record = ObligationRecord { excluded, ..obligation(recorded, surrendered) };
				let (status, after) = assess(ObligationRule::Cumulative, &record, carried);
				carried = after;

				let history = &years[..=n];
				let owed: u64 = history.iter().filter(|(_, _, x)| !x).map(|(e, _, _)| e.unwrap_or(0)).sum();
				let paid: u64 = history.iter().map(|(_, s, _)| s).sum();
				let expected = match (excluded, recorded) {
					(true, _) => SurrenderStatus::Excluded,
					(false, None) => SurrenderStatus::C,
					_ if paid >= owed => SurrenderStatus::A,
					_ => SurrenderStatus::B,
				};
				prop_assert_eq!(status, expected);
			}
		}
	}
}
