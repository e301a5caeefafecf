//! Assessment of one entity at the end of a period: plain arithmetic, no storage.

use crate::{ComplianceTotals, ObligationRecord, ObligationRule, RuleSet, SurrenderStatus};
use carbon_primitives::Tonnes;

/// The status of `obligation` under `rules`, and the entity's totals with this period added.
///
/// `before` are the entity's totals over the periods that closed earlier. Only a *confirmed* report counts as recorded
/// emissions. Surrenders add to the totals whatever the status is: allowances handed in are never forgotten. Offset credits count
/// up to their part of the recorded emissions, which a correction may have made smaller since they were handed in.
///
/// Who is excluded owes nothing for the year. Under the cumulative rule it is rated all the same by what it owed before.
///
/// Rules: UK ETS compliance report, field "static surrender status"; yearly obligations as in the Chinese national ETS.
pub fn assess<AccountId>(
	rules: &RuleSet,
	obligation: &ObligationRecord<AccountId>,
	before: ComplianceTotals,
) -> (SurrenderStatus, ComplianceTotals) {
	let recorded = obligation.confirmed();
	let owed = owed(obligation);
	let counted = counted(rules, obligation);
	let after = ComplianceTotals {
		emissions: sum(before.emissions, owed),
		surrendered: sum(before.surrendered, counted),
	};
	let covered = match rules.obligation {
		ObligationRule::Yearly => counted >= owed,
		ObligationRule::Cumulative => after.surrendered >= after.emissions,
	};
	let status = match (obligation.excluded, recorded, covered) {
		// The totals are those of the years before under the cumulative rule, and nothing under the yearly one.
		(true, _, _) if before.emissions.is_zero() => SurrenderStatus::Excluded,
		(false, None, _) => SurrenderStatus::C,
		(_, _, true) => SurrenderStatus::A,
		(_, _, false) => SurrenderStatus::B,
	};
	(status, after)
}

/// Tonnes that are missing at the end of a period, given the entity's totals with that period added: of the year alone or of all
/// years so far, as the rules measure. Emissions that nobody confirmed are unknown, and nothing is missing of them.
pub fn shortfall<AccountId>(
	rules: &RuleSet,
	obligation: &ObligationRecord<AccountId>,
	after: ComplianceTotals,
) -> Tonnes {
	match rules.obligation {
		ObligationRule::Yearly => owed(obligation).shortfall(counted(rules, obligation)),
		ObligationRule::Cumulative => after.emissions.shortfall(after.surrendered),
	}
}

/// Emissions that have to be covered: the confirmed ones of an entity under obligation, less what is waived.
pub fn owed<AccountId>(obligation: &ObligationRecord<AccountId>) -> Tonnes {
	obligation
		.confirmed()
		.filter(|_| !obligation.excluded)
		.map_or(Tonnes::ZERO, |report| report.tonnes.shortfall(obligation.waived))
}

/// Surrendered units that count: every allowance, and offset credits up to their part of what is owed.
pub fn counted<AccountId>(rules: &RuleSet, obligation: &ObligationRecord<AccountId>) -> Tonnes {
	let offsets = obligation.offsets.min(rules.offsets_max(owed(obligation)));
	sum(obligation.surrendered.shortfall(obligation.offsets), offsets)
}

// Saturating: surrenders are bounded by issued supply, and emissions beyond 2^64 tonnes (half a billion years of the
// world's) can only be an error of input, which must not stop the closing of a period for everybody else.
fn sum(a: Tonnes, b: Tonnes) -> Tonnes {
	Tonnes(a.0.saturating_add(b.0))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{ReportRecord, ReportState};
	use proptest::prelude::*;

	fn obligation(recorded: Option<u64>, surrendered: u64) -> ObligationRecord<u64> {
		ObligationRecord {
			report: recorded.map(|tonnes| ReportRecord {
				tonnes: Tonnes(tonnes),
				digest: Default::default(),
				state: ReportState::Confirmed,
				at: 0,
				late: false,
				verified_late: false,
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

	fn rules(obligation: ObligationRule) -> RuleSet {
		RuleSet {
			obligation,
			..Default::default()
		}
	}

	#[test]
	fn the_shortfall_is_that_of_the_year_or_of_all_years() {
		let record = obligation(Some(100), 90);
		for (rule, missing) in [(ObligationRule::Yearly, 10), (ObligationRule::Cumulative, 25)] {
			let (_, after) = assess(&rules(rule), &record, totals(20, 5));
			assert_eq!(shortfall(&rules(rule), &record, after), Tonnes(missing));
		}
		for record in [
			obligation(Some(100), 100),
			obligation(Some(100), 101),
			obligation(None, 0),
		] {
			let rules = rules(ObligationRule::Yearly);
			assert_eq!(shortfall(&rules, &record, totals(0, 0)), Tonnes::ZERO);
		}
	}

	#[test]
	fn what_is_waived_need_not_be_covered() {
		for (waived, missing) in [(0, 10), (4, 6), (10, 0), (101, 0)] {
			let record = ObligationRecord {
				waived: Tonnes(waived),
				..obligation(Some(100), 90)
			};
			let rules = rules(ObligationRule::Yearly);
			assert_eq!(shortfall(&rules, &record, totals(0, 0)), Tonnes(missing));
		}
	}

	#[test]
	fn offset_credits_above_their_cap_do_not_count() {
		for (offsets, status) in [(5, SurrenderStatus::A), (6, SurrenderStatus::B)] {
			let record = ObligationRecord {
				offsets: Tonnes(offsets),
				..obligation(Some(100), 100)
			};
			for rule in [ObligationRule::Yearly, ObligationRule::Cumulative] {
				let (found, after) = assess(&rules(rule), &record, totals(0, 0));
				assert_eq!(found, status);
				assert_eq!(after.surrendered, Tonnes(105 - offsets));
			}
		}
	}

	#[test]
	fn cumulative_rule_lets_an_early_surplus_cover_a_later_year() {
		let (status, after) = assess(
			&rules(ObligationRule::Cumulative),
			&obligation(Some(100), 40),
			totals(50, 110),
		);
		assert_eq!((status, after), (SurrenderStatus::A, totals(150, 150)));
	}

	#[test]
	fn cumulative_rule_carries_an_early_shortfall_into_a_later_year() {
		let (status, _) = assess(
			&rules(ObligationRule::Cumulative),
			&obligation(Some(100), 100),
			totals(50, 49),
		);
		assert_eq!(status, SurrenderStatus::B);
	}

	#[test]
	fn yearly_rule_looks_at_the_year_alone() {
		let (status, _) = assess(
			&rules(ObligationRule::Yearly),
			&obligation(Some(100), 100),
			totals(50, 0),
		);
		assert_eq!(status, SurrenderStatus::A);
		let (status, _) = assess(
			&rules(ObligationRule::Yearly),
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
			let (status, _) = assess(&rules(ObligationRule::Cumulative), &record, totals(0, 0));
			assert_eq!(status, SurrenderStatus::C);
		}
	}

	#[test]
	fn an_excluded_entity_owes_nothing_but_keeps_what_it_surrendered() {
		let record = ObligationRecord {
			excluded: true,
			..obligation(Some(100), 30)
		};
		for rule in [ObligationRule::Yearly, ObligationRule::Cumulative] {
			let (status, after) = assess(&rules(rule), &record, totals(0, 10));
			assert_eq!((status, after), (SurrenderStatus::Excluded, totals(0, 40)));
		}
	}

	#[test]
	fn an_excluded_entity_is_rated_by_what_it_owed_before() {
		for (surrendered, expected) in [(29, SurrenderStatus::B), (30, SurrenderStatus::A)] {
			let record = ObligationRecord {
				excluded: true,
				..obligation(None, surrendered)
			};
			let (status, _) = assess(&rules(ObligationRule::Cumulative), &record, totals(40, 10));
			assert_eq!(status, expected);
		}
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
				let (status, after) = assess(&rules(ObligationRule::Cumulative), &record, carried);
				carried = after;

				let history = &years[..=n];
				let owed: u64 = history.iter().filter(|(_, _, x)| !x).map(|(e, _, _)| e.unwrap_or(0)).sum();
				let paid: u64 = history.iter().map(|(_, s, _)| s).sum();
				let owed_before: u64 = history[..n].iter().filter(|(_, _, x)| !x).map(|(e, _, _)| e.unwrap_or(0)).sum();
				let expected = match (excluded, recorded) {
					(true, _) if owed_before == 0 => SurrenderStatus::Excluded,
					(true, _) if paid >= owed => SurrenderStatus::A,
					(true, _) => SurrenderStatus::B,
					(false, None) => SurrenderStatus::C,
					_ if paid >= owed => SurrenderStatus::A,
					_ => SurrenderStatus::B,
				};
				prop_assert_eq!(status, expected);
			}
		}
	}
}
