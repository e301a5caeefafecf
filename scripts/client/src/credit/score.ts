/**
 * The score of a participant, computed from what the chain has counted: the formula of the pallet `credit`, a second time.
 *
 * Written from the pallet's README and not from its code. All numbers are whole; what a division leaves over is dropped.
 */

/** How agreements to trade count. */
export interface PerformanceRules {
	/** In thousandths, as all weights are. */
	readonly weight: bigint;
	/** How many kept agreements a broken one outweighs. */
	readonly brokenFactor: bigint;
	/** How many kept and as many broken ones are assumed beforehand. */
	readonly prior: bigint;
}

/** How it counts whether something was done in time. */
export interface TimelinessRules {
	readonly weight: bigint;
	/** Rates of what was done late, and not at all. */
	readonly late: bigint;
	readonly missed: bigint;
	/** How many with half of the best rate are assumed beforehand. */
	readonly prior: bigint;
}

/** How corrections of reports count. */
export interface AccuracyRules {
	readonly weight: bigint;
	readonly perDiscrepancy: bigint;
	readonly perCorrection: bigint;
}

/** A version of the rules, as far as it computes a score from counters. */
export interface ScoreRules {
	/** By the age of a year: the current one, the one before it and so on. In thousandths. */
	readonly decayMilli: readonly bigint[];
	readonly performance: PerformanceRules;
	readonly surrender: TimelinessRules;
	readonly reports: TimelinessRules;
	readonly accuracy: AccuracyRules;
	/** What one penalty of each kind takes off, and all of them together at most. */
	readonly penalties: { readonly points: readonly bigint[]; readonly pointsMax: bigint };
}

/** What was counted in one year. */
export interface YearCounters {
	readonly year: number;
	readonly kept: bigint;
	readonly broken: bigint;
	/** Obligations: in time, late, short. */
	readonly surrender: readonly bigint[];
	/** Reports: in time, late, missing. */
	readonly reports: readonly bigint[];
	readonly discrepancies: bigint;
	readonly corrected: bigint;
	/** By kind: warning, publication, fine, allocation cut, trading ban. */
	readonly penalties: readonly bigint[];
}

export const TERMS = ["Performance", "Surrender", "Reports", "Accuracy"] as const;
export type TermName = (typeof TERMS)[number];

/** A term of a score. */
export interface Term {
	readonly term: TermName;
	/** Sums over the years, each year by its weight, in thousandths; what they are of depends on the term. */
	readonly input: readonly bigint[];
	/** 0 to 1000. */
	readonly rate: bigint;
	readonly weight: bigint;
	/** Rate times weight: thousandths of a point. */
	readonly points: bigint;
}

/** A score with everything that it is made of. */
export interface Assessment {
	readonly terms: readonly Term[];
	readonly deduction: { readonly input: readonly bigint[]; readonly points: bigint };
	/** 0 to 1000. */
	readonly score: bigint;
}

const MILLI = 1_000n;
const RATE_MAX = 1_000n;
const NEUTRAL_RATE = 500n;

/** The score of somebody for whom `years` were counted, as of the year `asOf`. */
export function assess(rules: ScoreRules, years: readonly YearCounters[], asOf: number): Assessment {
	const sums = (pick: (year: YearCounters) => readonly bigint[], length: number): bigint[] =>
		Array.from({ length }, (_, n) =>
			years.reduce((sum, each) => sum + decayOf(rules, asOf - each.year) * (pick(each)[n] ?? 0n), 0n),
		);
	const performance = sums(({ kept, broken }) => [kept, broken], 2);
	const surrender = sums((each) => each.surrender, 3);
	const reports = sums((each) => each.reports, 3);
	const [inTime = 0n, late = 0n] = reports;
	const handedIn = inTime + late;
	const accuracy = [...sums(({ discrepancies, corrected }) => [discrepancies, corrected], 2), handedIn];
	const terms = [
		term("Performance", performance, performanceRate(rules.performance, performance), rules.performance.weight),
		term("Surrender", surrender, timelinessRate(rules.surrender, surrender), rules.surrender.weight),
		term("Reports", reports, timelinessRate(rules.reports, reports), rules.reports.weight),
		term("Accuracy", accuracy, accuracyRate(rules.accuracy, accuracy), rules.accuracy.weight),
	];
	const input = sums(({ penalties }) => penalties, rules.penalties.points.length);
	const points = deductionOf(rules.penalties, input);
	// Once for all terms.
	const sum = terms.reduce((all, each) => all + each.points, 0n) / MILLI;
	return { terms, deduction: { input, points }, score: sum > points ? sum - points : 0n };
}

/** The level of a score: the first whose threshold it reaches. */
export function levelOf(thresholds: readonly number[], score: bigint): string {
	const reached = thresholds.findIndex((threshold) => score >= BigInt(threshold));
	return "ABCDE".charAt(reached === -1 ? thresholds.length : reached);
}

function term(name: TermName, input: readonly bigint[], rate: bigint, weight: bigint): Term {
	return { term: name, input, rate, weight, points: rate * weight };
}

/** Of a year that is so many years old. One that is named for the future counts as the current one. */
function decayOf({ decayMilli }: ScoreRules, age: number): bigint {
	return decayMilli[Math.max(0, age)] ?? 0n;
}

function performanceRate({ brokenFactor, prior }: PerformanceRules, [kept = 0n, broken = 0n]: readonly bigint[]): bigint {
	const assumed = prior * MILLI;
	return (RATE_MAX * (kept + assumed)) / (kept + brokenFactor * broken + 2n * assumed);
}

function timelinessRate(rules: TimelinessRules, [inTime = 0n, late = 0n, missed = 0n]: readonly bigint[]): bigint {
	const assumed = rules.prior * MILLI;
	const good = RATE_MAX * inTime + rules.late * late + rules.missed * missed + NEUTRAL_RATE * assumed;
	return good / (inTime + late + missed + assumed);
}

/** From the best rate down where a report was handed in, else from half of it. */
function accuracyRate(rules: AccuracyRules, [found = 0n, corrected = 0n, handedIn = 0n]: readonly bigint[]): bigint {
	const begin = handedIn > 0n ? RATE_MAX : NEUTRAL_RATE;
	const rate = begin * MILLI + rules.perCorrection * corrected - rules.perDiscrepancy * found;
	const best = RATE_MAX * MILLI;
	return (rate < 0n ? 0n : rate > best ? best : rate) / MILLI;
}

function deductionOf({ points, pointsMax }: ScoreRules["penalties"], counts: readonly bigint[]): bigint {
	const sum = counts.reduce((all, count, n) => all + count * (points[n] ?? 0n), 0n) / MILLI;
	return sum > pointsMax ? pointsMax : sum;
}
