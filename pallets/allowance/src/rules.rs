//! The rules of a compliance period and its deadlines: plain data and arithmetic, no storage.

use carbon_primitives::{Balance, Moment, Price, ProjectKind, Tonnes, Vintage};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::stored;
use scale_info::TypeInfo;

/// One whole, in basis points.
pub const WHOLE_BPS: u32 = 10_000;
/// Least and largest multiplier of the fine, in thousandths.
const FINE_MULTIPLIERS: core::ops::RangeInclusive<u32> = 1_000..=100_000;
/// Longest window for an objection or a decision, in working days.
const WINDOW_DAYS_MAX: u16 = 1_000;
/// The bits of all kinds of projects.
const ALL_KINDS: u8 = 0b0111_1111;

/// How the obligation of a period is measured at its deadline.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum ObligationRule {
	/// The year's surrenders against the year's verified emissions (China).
	#[codec(index = 0)]
	Yearly,
	/// All surrenders so far against all recorded emissions so far (UK ETS).
	#[codec(index = 1)]
	Cumulative,
}

/// A set of kinds of offset projects, a bit each in the order of [`ProjectKind`]; bit 6 stands for all kinds that have a number.
#[stored]
#[derive(Copy, Default)]
pub struct ProjectKindSet(pub u8);

impl ProjectKindSet {
	/// Whether `kind` is in the set.
	pub const fn contains(self, kind: ProjectKind) -> bool {
		let bit = match kind {
			ProjectKind::Forest => 0,
			ProjectKind::Solar => 1,
			ProjectKind::Wind => 2,
			ProjectKind::Hydro => 3,
			ProjectKind::Biomass => 4,
			ProjectKind::Biogas => 5,
			ProjectKind::Other(_) => 6,
		};
		self.0 >> bit & 1 == 1
	}
}

/// How a shortfall is fined.
#[stored]
#[derive(Copy)]
pub enum FineRule {
	/// Multiplier × missing tonnes × average price of the month before the deadline (China).
	#[codec(index = 0)]
	OfPrice {
		/// The multiplier in thousandths, from one to a hundred times.
		multiplier_milli: u32,
		/// Price of a tonne where nothing was traded in that month.
		fallback_price: Price,
	},
	/// The same for each missing tonne (EU, UK).
	#[codec(index = 1)]
	PerTonne(Price),
}

impl FineRule {
	/// The fine for `missing` tonnes where the average price is `price`, in fen, rounded down: for the entity. A fine that does not fit
	/// is the largest there is, which nobody can pay either.
	pub fn fine(&self, missing: Tonnes, price: Price) -> Balance {
		match *self {
			Self::OfPrice { multiplier_milli, .. } => {
				let value = price.value_of(missing);
				// In two parts, so that no product of a sum that exists leaves its range.
				let whole = (value / 1_000).saturating_mul(multiplier_milli.into());
				let rest = (value % 1_000) * Balance::from(multiplier_milli) / 1_000;
				whole.saturating_add(rest)
			}
			Self::PerTonne(price) => price.value_of(missing),
		}
	}

	/// Whether the fine can be reckoned and is one: the multiplier lies within its bounds, and no price is zero.
	fn is_fit(&self) -> bool {
		match self {
			Self::OfPrice {
				multiplier_milli,
				fallback_price,
			} => FINE_MULTIPLIERS.contains(multiplier_milli) && fallback_price.0 > 0,
			Self::PerTonne(price) => price.0 > 0,
		}
	}
}

/// How many unused allowances an entity may carry over: a base and a part of what it sold more than it bought.
#[stored]
#[derive(Copy)]
pub struct CarryOverRule {
	/// Tonnes that anybody may carry over.
	pub base: Tonnes,
	/// Part of the net sales that comes on top, in basis points; it may be more than the whole.
	pub factor_bps: u32,
}

impl CarryOverRule {
	/// Most that may be carried over by whoever sold `net_sold` tonnes more than it bought, rounded down.
	pub fn most(&self, net_sold: Tonnes) -> Tonnes {
		let part = u128::from(net_sold.0) * u128::from(self.factor_bps) / u128::from(WHOLE_BPS);
		let most = u128::from(self.base.0).saturating_add(part);
		// What is more than there can be is no bound.
		Tonnes(u64::try_from(most).unwrap_or(u64::MAX))
	}
}

/// The rules of one compliance period. They are stored with it when it opens, so that later rules never change what was.
#[stored]
#[derive(Copy)]
pub struct RuleSet {
	/// How the obligation is measured.
	pub obligation: ObligationRule,
	/// How many years before the period's own a vintage may be from; `None` for all of them.
	pub vintages_back: Option<u8>,
	/// Whether the vintage of the year after may be surrendered as well.
	pub borrowing: bool,
	/// Largest part of the verified emissions that offset credits may cover, in basis points.
	pub offset_cap_bps: u32,
	/// Kinds of projects whose credits are not accepted.
	pub offsets_excluded: ProjectKindSet,
	/// Whether credits of projects at an installation of a covered entity are accepted.
	pub offsets_inside_ets: bool,
	/// Part of the last verified emissions that is allocated before the output is verified, in basis points.
	pub pre_allocation_bps: u32,
	/// Least part of the verified emissions that the entitlement is topped up to, in basis points; `None` for no such cap.
	pub gap_cap_bps: Option<u32>,
	/// How a shortfall is fined.
	pub fine: FineRule,
	/// Whether a shortfall is deducted from the next allocation.
	pub deduct_shortfall: bool,
	/// How much may be carried over into the next vintage; `None` where vintages cannot be exchanged.
	pub carry_over: Option<CarryOverRule>,
}

impl Default for RuleSet {
	/// The rules of the Chinese national system.
	fn default() -> Self {
		Self {
			obligation: ObligationRule::Yearly,
			vintages_back: None,
			borrowing: false,
			offset_cap_bps: 500,
			offsets_excluded: ProjectKindSet(0),
			offsets_inside_ets: false,
			pre_allocation_bps: 7_000,
			gap_cap_bps: Some(8_000),
			fine: FineRule::OfPrice {
				multiplier_milli: 5_000,
				fallback_price: Price(10_000),
			},
			deduct_shortfall: false,
			carry_over: Some(CarryOverRule {
				base: Tonnes(10_000),
				factor_bps: 15_000,
			}),
		}
	}
}

impl RuleSet {
	/// Whether the rules can be followed: parts are parts of a whole, the multiplier lies within its bounds, and only kinds
	/// that exist are named.
	pub fn is_fit(&self) -> bool {
		self.offset_cap_bps <= WHOLE_BPS
			&& self.pre_allocation_bps <= WHOLE_BPS
			&& self.gap_cap_bps.is_none_or(|part| part <= WHOLE_BPS)
			&& self.offsets_excluded.0 & !ALL_KINDS == 0
			&& self.fine.is_fit()
	}

	/// Whether allowances of `vintage` may be surrendered for `year`.
	pub fn accepts_vintage(&self, year: Vintage, vintage: Vintage) -> bool {
		match vintage.0.checked_sub(year.0) {
			Some(0) => true,
			// Borrowing reaches one year ahead: what is not allocated yet cannot be meant.
			Some(ahead) => self.borrowing && ahead == 1,
			None => self
				.vintages_back
				.is_none_or(|back| year.0.abs_diff(vintage.0) <= back.into()),
		}
	}

	/// Most offset credits that count towards an obligation of `emissions`, rounded down: against the entity.
	pub fn offsets_max(&self, emissions: Tonnes) -> Tonnes {
		let part = u128::from(emissions.0) * u128::from(self.offset_cap_bps) / u128::from(WHOLE_BPS);
		// The part of a 64-bit number is one again, since rules that are fit take no more than the whole.
		Tonnes(u64::try_from(part).unwrap_or(emissions.0))
	}
}

/// The deadlines of a compliance period. Each moment is the first one that is too late.
#[stored]
#[derive(Copy)]
pub struct Timeline {
	/// From when on emissions are reported and allowances surrendered: the period is open.
	pub opens: Moment,
	/// When reports are due; later ones are accepted and noted as late.
	pub reports_due: Moment,
	/// When reports have to be verified; later ones are noted as verified late.
	pub verification_due: Moment,
	/// When the period ends: nothing is accepted from here on.
	pub surrender_due: Moment,
	/// Working days in which an entity may object to a decision.
	pub objection_days: u16,
	/// Working days in which an objection is decided.
	pub decision_days: u16,
}

impl Timeline {
	/// Whether the moments follow each other and the last of them is still to come at `now`, and the windows are ones that a calendar
	/// can count.
	pub const fn is_fit(&self, now: Moment) -> bool {
		self.opens <= self.reports_due
			&& self.reports_due <= self.verification_due
			&& self.verification_due <= self.surrender_due
			&& now < self.surrender_due
			&& self.objection_days <= WINDOW_DAYS_MAX
			&& self.decision_days <= WINDOW_DAYS_MAX
	}

	/// When a period that stands in `phase` moves on by itself; `None` where time does not move it.
	pub const fn due(&self, phase: Phase) -> Option<Moment> {
		match phase {
			Phase::Planned => Some(self.opens),
			Phase::Open => Some(self.reports_due),
			Phase::Surrendering => Some(self.surrender_due),
			Phase::Closing | Phase::Closed => None,
		}
	}
}

/// Where a compliance period stands.
#[derive(
	Clone, Copy, Debug, Decode, DecodeWithMemTracking, Encode, Eq, MaxEncodedLen, PartialEq, TypeInfo,
)]
pub enum Phase {
	/// Enrolment and allocation are possible, reports and surrender are not yet.
	#[codec(index = 0)]
	Planned,
	/// Reports and surrender are accepted besides.
	#[codec(index = 1)]
	Open,
	/// Reports are due: later ones are noted as late. Everything else goes on.
	#[codec(index = 2)]
	Surrendering,
	/// Nothing is accepted any more; the entities are being assessed.
	#[codec(index = 3)]
	Closing,
	/// Every entity has its status, for good.
	#[codec(index = 4)]
	Closed,
}

impl Phase {
	/// Whether the period has not ended.
	pub const fn is_running(self) -> bool {
		matches!(self, Self::Planned | Self::Open | Self::Surrendering)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const YEAR: Vintage = Vintage(2024);

	#[test]
	fn all_earlier_vintages_are_usable_and_no_later_one_by_default() {
		let rules = RuleSet::default();
		assert!(rules.is_fit());
		for (vintage, usable) in [(0, true), (2023, true), (2024, true), (2025, false)] {
			assert_eq!(rules.accepts_vintage(YEAR, Vintage(vintage)), usable, "{vintage}");
		}
	}

	#[test]
	fn vintages_reach_back_as_far_as_the_rules_say() {
		let rules = RuleSet {
			vintages_back: Some(2),
			..Default::default()
		};
		for (vintage, usable) in [(2021, false), (2022, true), (2024, true)] {
			assert_eq!(rules.accepts_vintage(YEAR, Vintage(vintage)), usable, "{vintage}");
		}
	}

	#[test]
	fn borrowing_reaches_one_year_ahead() {
		let rules = RuleSet {
			borrowing: true,
			..Default::default()
		};
		for (vintage, usable) in [(2025, true), (2026, false), (u16::MAX, false)] {
			assert_eq!(rules.accepts_vintage(YEAR, Vintage(vintage)), usable, "{vintage}");
		}
	}

	#[test]
	fn the_offset_cap_is_rounded_down_and_never_overflows() {
		let rules = RuleSet::default();
		for (emissions, most) in [(0, 0), (19, 0), (20, 1), (39, 1), (100, 5)] {
			assert_eq!(rules.offsets_max(Tonnes(emissions)), Tonnes(most));
		}
		let whole = RuleSet {
			offset_cap_bps: WHOLE_BPS,
			..rules
		};
		assert_eq!(whole.offsets_max(Tonnes(u64::MAX)), Tonnes(u64::MAX));
	}

	fn multiplied(multiplier_milli: u32) -> FineRule {
		FineRule::OfPrice {
			multiplier_milli,
			fallback_price: Price(1),
		}
	}

	#[test]
	fn the_fine_is_rounded_down_and_never_overflows() {
		for (multiplier, missing, price, fine) in [
			(5_000, 3, 9_000, 135_000),
			(1_001, 1, 999, 999),
			(1_001, 1, 1_000, 1_001),
			(7_500, 1, 1, 7),
		] {
			let rule = multiplied(multiplier);
			assert_eq!(rule.fine(Tonnes(missing), Price(price)), fine);
		}
		let most = u128::from(u64::MAX) * u128::from(u64::MAX);
		let (missing, price) = (Tonnes(u64::MAX), Price(u64::MAX));
		assert_eq!(multiplied(1_000).fine(missing, price), most);
		assert_eq!(multiplied(100_000).fine(missing, price), u128::MAX);
		assert_eq!(FineRule::PerTonne(Price(7)).fine(Tonnes(3), Price(1)), 21);
	}

	#[test]
	fn rules_that_cannot_be_followed_are_unfit() {
		let changes: [fn(&mut RuleSet); 8] = [
			|rules| rules.offset_cap_bps = 10_001,
			|rules| rules.pre_allocation_bps = 10_001,
			|rules| rules.gap_cap_bps = Some(10_001),
			|rules| rules.offsets_excluded = ProjectKindSet(0x80),
			|rules| rules.fine = FineRule::PerTonne(Price(0)),
			|rules| {
				rules.fine = FineRule::OfPrice {
					multiplier_milli: 5_000,
					fallback_price: Price(0),
				}
			},
			|rules| rules.fine = multiplied(999),
			|rules| rules.fine = multiplied(100_001),
		];
		for (index, change) in changes.into_iter().enumerate() {
			let mut rules = RuleSet::default();
			change(&mut rules);
			assert!(!rules.is_fit(), "change {index}");
		}
	}

	#[test]
	fn what_may_be_carried_over_grows_with_net_sales_and_is_rounded_down() {
		let rule = CarryOverRule {
			base: Tonnes(10_000),
			factor_bps: 15_000,
		};
		for (sold, most) in [(0, 10_000), (1, 10_001), (2, 10_003), (u64::MAX, u64::MAX)] {
			assert_eq!(rule.most(Tonnes(sold)), Tonnes(most));
		}
	}

	#[test]
	fn each_kind_has_a_bit_of_its_own() {
		use ProjectKind::*;
		for (index, kind) in [Forest, Solar, Wind, Hydro, Biomass, Biogas, Other(7)]
			.into_iter()
			.enumerate()
		{
			assert!(ProjectKindSet(1 << index).contains(kind));
			assert!(!ProjectKindSet(!(1 << index)).contains(kind));
		}
	}

	#[test]
	fn a_timeline_has_its_moments_in_order_and_its_end_ahead() {
		let fit = Timeline {
			opens: 1,
			reports_due: 2,
			verification_due: 3,
			surrender_due: 4,
			objection_days: 7,
			decision_days: 10,
		};
		assert!(fit.is_fit(3));
		assert!(!fit.is_fit(4));
		assert!(!Timeline { opens: 3, ..fit }.is_fit(0));
		for (objection_days, decision_days) in [(1_001, 10), (7, 1_001)] {
			assert!(!Timeline {
				objection_days,
				decision_days,
				..fit
			}
			.is_fit(0));
		}
		assert!(!Timeline {
			reports_due: 4,
			..fit
		}
		.is_fit(0));
		assert!(!Timeline {
			verification_due: 5,
			..fit
		}
		.is_fit(0));
	}
}
