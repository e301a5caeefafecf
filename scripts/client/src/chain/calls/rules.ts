/** Rules and deadlines of a compliance period. */

/** How a shortfall is fined. Prices in fen per tonne. */
export type FineRule =
	/** Multiplier, in thousandths, × missing tonnes × average price of the month before the deadline. */
	| { readonly OfPrice: { readonly multiplierMilli: number; readonly fallbackPrice: bigint } }
	/** The same for each missing tonne. */
	| { readonly PerTonne: bigint };

/** How many unused allowances may be carried over. */
export interface CarryOverRule {
	/** Tonnes that anybody may carry over. */
	readonly base: bigint;
	/** Part of the net sales that comes on top, in basis points. */
	readonly factorBps: number;
}

/** The rules of one compliance period. */
export interface RuleSet {
	/** Whether a year is measured by itself, or all years so far together. */
	readonly obligation: "Yearly" | "Cumulative";
	/** How many years before the period's own a vintage may be from; nothing for all of them. */
	readonly vintagesBack: number | null;
	/** Whether the vintage of the year after may be surrendered as well. */
	readonly borrowing: boolean;
	/** Largest part of the verified emissions that offset credits may cover, in basis points. */
	readonly offsetCapBps: number;
	/** Kinds of projects whose credits are not accepted, a bit each as in `PROJECT_KINDS`. */
	readonly offsetsExcluded: number;
	/** Whether credits of projects at an installation of a covered entity are accepted. */
	readonly offsetsInsideEts: boolean;
	/** Part of the last verified emissions that is allocated before the output is verified, in basis points. */
	readonly preAllocationBps: number;
	/** Least part of the verified emissions that the entitlement is topped up to, in basis points; nothing for no such cap. */
	readonly gapCapBps: number | null;
	readonly fine: FineRule;
	/** Whether a shortfall is deducted from the next allocation. */
	readonly deductShortfall: boolean;
	/** Nothing where vintages cannot be exchanged. */
	readonly carryOver: CarryOverRule | null;
}

/** Deadlines of a compliance period: the first moment that is too late, in milliseconds since the Unix epoch. */
export interface Timeline {
	/** From when on emissions are reported and units surrendered. */
	readonly opens: bigint;
	readonly reportsDue: bigint;
	readonly verificationDue: bigint;
	readonly surrenderDue: bigint;
	/** Working days in which an entity may object to a decision. */
	readonly objectionDays: number;
	/** Working days in which an objection is decided. */
	readonly decisionDays: number;
}

/** The Chinese national system, as the chain has it by default: a year by itself, offsets up to 5 %, no borrowing. */
export const CHINA_RULES: RuleSet = {
	obligation: "Yearly",
	vintagesBack: null,
	borrowing: false,
	offsetCapBps: 500,
	offsetsExcluded: 0,
	offsetsInsideEts: false,
	preAllocationBps: 7_000,
	gapCapBps: 8_000,
	fine: { OfPrice: { multiplierMilli: 5_000, fallbackPrice: 10_000n } },
	deductShortfall: false,
	carryOver: { base: 10_000n, factorBps: 15_000 },
};

/**
 * The UK ETS: all years so far together, no offsets, vintages are all alike. The excess emissions penalty is £100 a tonne, which is
 * what it was at the start of the scheme; the chain counts in hundredths, which are pence here.
 */
export const UK_RULES: RuleSet = {
	obligation: "Cumulative",
	vintagesBack: null,
	borrowing: true,
	offsetCapBps: 0,
	offsetsExcluded: 0,
	offsetsInsideEts: false,
	preAllocationBps: 10_000,
	gapCapBps: null,
	fine: { PerTonne: 10_000n },
	deductShortfall: false,
	carryOver: null,
};

/** The last moment that the chain knows. */
const NEVER = 2n ** 64n - 1n;

/** A period that is open from the start and moves on by acts of the regulator only. */
export const ALWAYS_OPEN: Timeline = {
	opens: 0n,
	reportsDue: NEVER,
	verificationDue: NEVER,
	surrenderDue: NEVER,
	objectionDays: 7,
	decisionDays: 10,
};
