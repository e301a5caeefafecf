//! Why a call was refused. A section of the pallet's module, apart from its declarations so that neither file grows too long.

use frame_support::pallet_macros::pallet_section;

/// The errors. They become part of the module `pallet`.
#[pallet_section]
mod allowance_errors {
	#[pallet::error]
	pub enum Error<T> {
		/// This year was opened before. Open the year after the last one.
		PeriodExists,
		/// Years are opened one after the other. Open the year after the last one.
		YearOutOfOrder,
		/// No period of this year was opened. Check the year.
		PeriodNotFound,
		/// The period is closing or closed and accepts nothing any more.
		PeriodNotOpen,
		/// The period of the year before is not closed yet. Close it first, and wait for its `PeriodClosed` event.
		EarlierPeriodOpen,
		/// A cap of zero tonnes allows nothing. State a cap.
		CapZero,
		/// The vintage's supply would pass its cap. Issue less.
		CapExceeded,
		/// The list is empty. Name at least one account.
		BatchEmpty,
		/// The amount is zero tonnes. State an amount.
		AmountZero,
		/// The entity is in the list of this period already.
		AlreadyEnrolled,
		/// The entity is not in the list of this period. The regulator enrols it first.
		NotEnrolled,
		/// The entity is excluded from this period already.
		AlreadyExcluded,
		/// The entity is under no obligation this year, so that it has nothing to report.
		ExcludedFromPeriod,
		/// The entity has received its allocation of this year.
		AlreadyAllocated,
		/// The regulator holds the units of this entity. Pre-allocate and true up instead, by which they go to the regulator's account.
		AllocationKept,
		/// The entity has not reported its emissions of this year.
		ReportNotFound,
		/// The report is verified or confirmed and cannot be changed or verified again.
		ReportLocked,
		/// The report has to be verified before, and is confirmed only once.
		ReportNotVerified,
		/// The report has to lie with the regulator for as many days as the credit of the entity asks for. Confirm it later.
		ReviewNotOver,
		/// The number differs from the one in the report. Look at the report again.
		ReportMismatch,
		/// The rules of the period do not accept this vintage. Look at how far back they reach and whether they allow borrowing.
		VintageNotUsable,
		/// No allowances of this vintage were ever issued.
		VintageNotFound,
		/// The account holds fewer free allowances of this vintage, or held fewer when that year ended. Withdraw from the trading ledger, or buy.
		InsufficientAllowances,
		/// The verifier is the entity itself or belongs to its corporate group. Ask an independent verifier.
		VerifierNotIndependent,
		/// The vintage is halted and does not move before the halt ends or is lifted.
		AssetHalted,
		/// Allowances are to be moved to the account that they are on. Name another one.
		SameAccount,
		/// The period is planned and takes no reports and surrenders yet. Wait until it opens.
		PeriodPlanned,
		/// The period's last deadline has passed.
		DeadlinePassed,
		/// The rules stay as they are once the period has opened for reports.
		RulesFixed,
		/// A part is more than the whole, the fine's multiplier is out of bounds, or an unknown kind of project is named.
		RulesUnfit,
		/// The deadlines are out of order, or the last of them has passed.
		TimelineUnfit,
		/// As many periods are running as there may be. Close the earliest first.
		TooManyPeriods,
		/// The report is not verified: the entity can still replace it by itself.
		ReportNotLocked,
		/// The asset is neither a vintage's allowances nor an offset series.
		AssetUnknown,
		/// The rules of the period exclude credits of such projects.
		OffsetsNotAccepted,
		/// Offset credits are accepted once the entity's emissions are confirmed. Surrender allowances, or wait.
		EmissionsNotConfirmed,
		/// Offset credits would cover more of the emissions than the rules allow. Surrender allowances for the rest.
		OffsetCapExceeded,
		/// The period is not closed yet. Wait for its `PeriodClosed` event.
		PeriodNotClosed,
		/// The rules of the period know no carry-over. Surrender or sell the allowances.
		CarryOverNotAllowed,
		/// The entity has not complied with the period whose allowances it wants to carry over, or has to return some of them first.
		NotCompliant,
		/// So much may not be carried over. Look at `carry_over_room` and ask for less.
		CarryOverExceeded,
		/// The accounts belong to no common group. Trade on the market, or ask the regulator to transfer with a legal basis.
		NotOwnAccounts,
		/// The emissions of this entity are on record. What a verifier accepted is corrected before the last deadline only.
		EmissionsKnown,
		/// More would be taken back than was allocated.
		MoreThanAllocated,
		/// A record that must exist is missing; this is a bug, please report it.
		Unexpected,
	}
}
