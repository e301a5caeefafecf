//! What is kept of a participant: how years pass over it and how events count in it. Plain Rust, without a chain.

use crate::{
	CreditRecord, RuleVersion, ScoreRules, ToldLimits, YearCounters, BEFORE_FIRST_YEAR, COUNTERPARTIES_MAX,
	NEUTRAL_SCORE, YEARS_KEPT,
};
use carbon_primitives::{CreditLevel, PenaltyKind, Vintage};
use carbon_traits::{ReportOutcome, SurrenderOutcome, YearOutcome};
use frame_support::{defensive, BoundedVec};

impl<AccountId: PartialEq> CreditRecord<AccountId> {
	/// The record of somebody without a history, who has the level `level`.
	pub(crate) fn new(level: CreditLevel, version: RuleVersion, as_of: Vintage) -> Self {
		Self {
			years: BoundedVec::new(),
			counterparties: BoundedVec::new(),
			score: NEUTRAL_SCORE,
			level,
			version,
			as_of,
			told: ToldLimits::default(),
		}
	}

	/// Let the current year be `year`, unless it is past: years that are too old go, and counterparties count anew. What counted before the
	/// first year counts in it from now on.
	pub(crate) fn roll_to(&mut self, year: Vintage) {
		if year <= self.as_of {
			return;
		}
		if self.as_of == BEFORE_FIRST_YEAR {
			// At most one.
			for counters in self.years.iter_mut() {
				counters.year = year;
			}
		} else {
			self.counterparties = BoundedVec::new();
			let first = first_year(year);
			self.years.retain(|counters| counters.year >= first);
		}
		self.as_of = year;
	}

	/// The counters of `year`. What is older than the years that count belongs to the oldest of them, what is newer than the current one to
	/// the current one.
	fn counters_of(&mut self, year: Vintage) -> Option<&mut YearCounters> {
		let year = year.clamp(first_year(self.as_of), self.as_of);
		let place = self.years.binary_search_by_key(&year, |counters| counters.year);
		let place = match place {
			Ok(place) => place,
			Err(place) => {
				let counters = YearCounters {
					year,
					..Default::default()
				};
				// All years are among the five from the first to the current one.
				if self.years.try_insert(place, counters).is_err() {
					defensive!("more years count than there are");
				}
				place
			}
		};
		self.years.get_mut(place)
	}

	/// Count that it kept an agreement with `counterparty` in the current year, unless enough of them count.
	pub(crate) fn count_kept(&mut self, counterparty: AccountId, rules: &ScoreRules) {
		let room = u32::from(rules.performance.counterparties_max).min(COUNTERPARTIES_MAX) as usize;
		let count = self.counterparties.len();
		// Where the rules have become stricter within the year, there may be more than count from now on.
		let counting = self
			.counterparties
			.iter_mut()
			.take(room)
			.find(|(account, _)| *account == counterparty);
		match counting {
			Some((_, trades)) if *trades < rules.performance.per_counterparty => {
				*trades = trades.saturating_add(1);
			}
			None if count < room => {
				if self.counterparties.try_push((counterparty, 1)).is_err() {
					defensive!("there is less room than the rules say");
					return;
				}
			}
			_ => return,
		}
		if let Some(counters) = self.counters_of(self.as_of) {
			// At most as many as trades of all counterparties count.
			counters.kept = counters.kept.saturating_add(1);
		}
	}

	/// Count that it broke an agreement in the current year.
	pub(crate) fn count_broken(&mut self) {
		if let Some(counters) = self.counters_of(self.as_of) {
			// So many that one more makes no difference.
			counters.broken = counters.broken.saturating_add(1);
		}
	}

	/// Count how it has done in `year`.
	pub(crate) fn count_outcome(&mut self, year: Vintage, outcome: &YearOutcome) {
		let nothing = YearOutcome {
			report: None,
			surrender: None,
			discrepancies: 0,
			corrected: 0,
		};
		if *outcome == nothing {
			return;
		}
		let Some(counters) = self.counters_of(year) else {
			return;
		};
		let surrender = outcome.surrender.map(|surrender| match surrender {
			SurrenderOutcome::InTime => &mut counters.surrender.in_time,
			SurrenderOutcome::Late => &mut counters.surrender.late,
			SurrenderOutcome::Short => &mut counters.surrender.short,
		});
		let report = outcome.report.map(|report| match report {
			ReportOutcome::InTime => &mut counters.reports.in_time,
			ReportOutcome::Late => &mut counters.reports.late,
			ReportOutcome::Missing => &mut counters.reports.missing,
		});
		for count in surrender.into_iter().chain(report) {
			// So many that one more makes no difference; so below.
			*count = count.saturating_add(1);
		}
		counters.discrepancies = counters.discrepancies.saturating_add(outcome.discrepancies);
		counters.corrected = counters.corrected.saturating_add(outcome.corrected);
	}

	/// Count a penalty in `year`.
	pub(crate) fn count_penalty(&mut self, year: Vintage, kind: PenaltyKind) {
		let Some(counters) = self.counters_of(year) else {
			return;
		};
		if let Some(count) = counters.penalties.get_mut(kind as usize) {
			*count = count.saturating_add(1);
		}
	}

	/// Take back that a penalty counted in `year`.
	///
	/// Where that year was yet to begin when it was counted, it stands in an earlier one; where no year had begun, in a later one. Where
	/// the year is too old by now, only the oldest one that counts may have it.
	pub(crate) fn uncount_penalty(&mut self, year: Vintage, kind: PenaltyKind) {
		let kind = kind as usize;
		let counts = |counters: &YearCounters| counters.penalties.get(kind).is_some_and(|count| *count > 0);
		let first = first_year(self.as_of);
		let place = if year < first {
			self.years
				.iter()
				.position(|counters| counters.year == first && counts(counters))
		} else {
			let after = self.years.partition_point(|counters| counters.year <= year);
			let before = self.years.iter().take(after).rposition(counts);
			before.or_else(|| self.years.iter().position(counts))
		};
		let count = place
			.and_then(|place| self.years.get_mut(place))
			.and_then(|counters| counters.penalties.get_mut(kind));
		if let Some(count) = count {
			*count = count.saturating_sub(1);
		}
	}
}

/// The oldest year that counts when `year` is the current one.
pub(crate) const fn first_year(year: Vintage) -> Vintage {
	Vintage(year.0.saturating_sub(YEARS_KEPT as u16 - 1))
}
