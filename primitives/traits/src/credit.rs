//! Performance, credit and penalties: who records them, and who obeys what follows.

use carbon_primitives::{Balance, CreditTerms, Moment, PenaltyKind, Tonnes, TradingLimits, Vintage};
use sp_runtime::{DispatchError, DispatchResult, Weight};

/// What became of the report of a year.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ReportOutcome {
	/// Handed in and verified in time.
	InTime,
	/// Handed in or verified too late.
	Late,
	/// Not handed in.
	Missing,
}

/// What became of the obligation of a year.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SurrenderOutcome {
	/// Nothing was missing at the deadline.
	InTime,
	/// Nothing was missing any more, but something of an earlier year had been at its deadline.
	Late,
	/// Something was missing at the deadline.
	Short,
}

/// How an entity has done in a compliance period.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct YearOutcome {
	/// What became of its report; none where none was due, or where that is known already.
	pub report: Option<ReportOutcome>,
	/// What became of its obligation; none where it had none, or where that is known already.
	pub surrender: Option<SurrenderOutcome>,
	/// How many times its report was sent back for a correction.
	pub discrepancies: u32,
	/// How many of them it had corrected by the end, in time.
	pub corrected: u32,
}

/// Something for which a participant earns credit or loses it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Performance<'a, AccountId> {
	/// It has kept an agreement to trade with another participant.
	TradeKept {
		/// With whom.
		counterparty: &'a AccountId,
	},
	/// It has not performed what it had agreed to.
	Defaulted,
	/// A period has ended.
	YearEnded {
		/// Whose year.
		year: Vintage,
		/// How it has done.
		outcome: YearOutcome,
	},
	/// A penalty has become final.
	Penalised {
		/// The year that it is counted in.
		year: Vintage,
		/// What it consists of.
		kind: PenaltyKind,
	},
	/// A penalty that was final was annulled.
	PenaltyAnnulled {
		/// The year that it was counted in.
		year: Vintage,
		/// What it consisted of.
		kind: PenaltyKind,
	},
}

/// Keeps the record by which credit is earned.
pub trait RecordPerformance<AccountId> {
	/// Count `performance` for `who`.
	fn record(who: &AccountId, performance: Performance<AccountId>);

	/// Weight of [`Self::record`] at most.
	fn weight_of_record() -> Weight;
}

/// Nothing is counted.
impl<AccountId> RecordPerformance<AccountId> for () {
	fn record(_: &AccountId, _: Performance<AccountId>) {}

	fn weight_of_record() -> Weight {
		Weight::zero()
	}
}

/// Tells what credit changes.
pub trait InspectCredit<AccountId> {
	/// The terms of `who` at this moment.
	fn terms_of(who: &AccountId) -> CreditTerms;

	/// Weight of [`Self::terms_of`] at most.
	fn weight_of_terms() -> Weight;
}

/// Nobody has any credit.
impl<AccountId> InspectCredit<AccountId> for () {
	fn terms_of(_: &AccountId) -> CreditTerms {
		CreditTerms {
			margin_milli: u32::MAX,
			order_max: Some(Tonnes::ZERO),
			orders_max: Some(0),
			allocation_held: true,
			review_days: u32::MAX,
		}
	}

	fn weight_of_terms() -> Weight {
		Weight::zero()
	}
}

/// Tells what a participant's orders are limited to.
pub trait InspectTradingLimits<AccountId> {
	/// The limits of `who` at this moment.
	fn limits_of(who: &AccountId) -> TradingLimits;
}

/// Nobody may order anything.
impl<AccountId> InspectTradingLimits<AccountId> for () {
	fn limits_of(_: &AccountId) -> TradingLimits {
		TradingLimits {
			order_max: Some(Tonnes::ZERO),
			orders_max: Some(0),
			buys_blocked: true,
		}
	}
}

/// Keeps copies of [`TradingLimits`].
pub trait OnTradingLimits<AccountId> {
	/// The limits of `who` are others from now on.
	fn trading_limits_changed(who: &AccountId);

	/// What learning that costs at most.
	fn weight_of_limits_changed() -> Weight;
}

impl<AccountId> OnTradingLimits<AccountId> for () {
	fn trading_limits_changed(_: &AccountId) {}

	fn weight_of_limits_changed() -> Weight {
		Weight::zero()
	}
}

/// Keeps participants from trading for a time, by sanction.
pub trait BanTrading<AccountId> {
	/// Keep `who` from trading before `until`, or lift its ban. Its resting orders leave the book. A ban that lasts longer stays.
	///
	/// # Errors
	/// `who` is no participant.
	fn ban_trading(who: &AccountId, until: Option<Moment>) -> DispatchResult;

	/// What that costs at most.
	fn weight_of_ban() -> Weight;
}

/// Nobody can be banned.
impl<AccountId> BanTrading<AccountId> for () {
	fn ban_trading(_: &AccountId, _: Option<Moment>) -> DispatchResult {
		Err(DispatchError::Unavailable)
	}

	fn weight_of_ban() -> Weight {
		Weight::zero()
	}
}

/// Cuts what an entity is allocated next.
pub trait CutAllocation<AccountId> {
	/// Withhold `tonnes` from what `entity` is allocated next.
	fn cut_allocation(entity: &AccountId, tonnes: Tonnes);

	/// Withhold no longer what was to be cut by `tonnes`, as far as nothing was withheld yet. Returns how many tonnes that were.
	fn restore_allocation(entity: &AccountId, tonnes: Tonnes) -> Tonnes;

	/// What either costs at most.
	fn weight_of_cut() -> Weight;
}

impl<AccountId> CutAllocation<AccountId> for () {
	fn cut_allocation(_: &AccountId, _: Tonnes) {}

	fn restore_allocation(_: &AccountId, _: Tonnes) -> Tonnes {
		Tonnes::ZERO
	}

	fn weight_of_cut() -> Weight {
		Weight::zero()
	}
}

/// Tells which compliance period is the newest.
pub trait InspectPeriods {
	/// Year of the period that was opened last; none before the first one. One read.
	fn latest_year() -> Option<Vintage>;
}

impl InspectPeriods for () {
	fn latest_year() -> Option<Vintage> {
		None
	}
}

/// Imposes what the rules say by themselves.
pub trait Sanction<AccountId> {
	/// Fine `who` for what it lacks for `year`.
	fn fine_shortfall(who: &AccountId, year: Vintage, missing: Tonnes, fine: Balance);

	/// Sanction that `who` did not perform the block trade with the number `trade`, of `value` fen.
	fn sanction_default(who: &AccountId, trade: u64, value: Balance);

	/// Weight of either at most.
	fn weight_of_sanction() -> Weight;
}

/// Nothing follows.
impl<AccountId> Sanction<AccountId> for () {
	fn fine_shortfall(_: &AccountId, _: Vintage, _: Tonnes, _: Balance) {}

	fn sanction_default(_: &AccountId, _: u64, _: Balance) {}

	fn weight_of_sanction() -> Weight {
		Weight::zero()
	}
}
