/** What credit changes, as the pallet `credit` has it. */

/** What a credit level changes. */
export interface CreditTerms {
	/** Margin of a block trade that is settled later, in thousandths of the usual one. */
	readonly marginMilli: number;
	/** Largest order in tonnes; nothing for the market's own limit. */
	readonly orderMax: bigint | null;
	/** Most orders at rest in one market; nothing for the market's own limit. */
	readonly ordersMax: number | null;
	/** Whether the regulator keeps what is allocated. */
	readonly allocationHeld: boolean;
	/** Days for which a report lies with the regulator before it may be confirmed. */
	readonly reviewDays: number;
}

/** The levels from A to E. */
export interface LevelRules {
	/** Least scores of A, B, C and D. */
	readonly thresholds: readonly number[];
	/** What A, B, C, D and E change. */
	readonly terms: readonly CreditTerms[];
}

const USUAL: CreditTerms = {
	marginMilli: 1_000,
	orderMax: null,
	ordersMax: null,
	allocationHeld: false,
	reviewDays: 0,
};

/** For a scheme without credit: scores are computed, and no level changes anything. */
export const LEVELS_WITHOUT_EFFECT: LevelRules = {
	thresholds: [800, 600, 400, 200],
	terms: [USUAL, USUAL, USUAL, USUAL, USUAL],
};
