/** The chain's statuses against the published ones. */
import type { OperatorPlan, Status, YearPlan } from "./plan.js";

export interface Mismatch {
	readonly year: number;
	readonly operator: string;
	readonly published: string;
	readonly computed: string;
	readonly cause: Cause;
}

/** What in the data explains a mismatch. */
export interface Cause {
	/** What mismatches of this kind have in common. */
	readonly kind: string;
	/** The figures of this one. */
	readonly detail: string;
}

export interface Comparison {
	readonly year: number;
	/** Whether published statuses have told what came late. */
	readonly inferred: boolean;
	/** Operators with a published A, B or C. */
	readonly compared: number;
	readonly matched: number;
	readonly mismatches: readonly Mismatch[];
	/** Operators with another published status, counted apart. */
	readonly excluded: Apart;
	readonly notApplicable: Apart;
	readonly blank: Apart;
}

/** Operators that are compared with nothing. */
export interface Apart {
	readonly operators: number;
	/** Those that the data put under an obligation all the same, so that the chain computed a status. */
	readonly obliged: number;
	/** Those that the chain excluded. */
	readonly excluded: number;
}

/** How many of how many statuses match. */
export interface Score {
	readonly compared: number;
	readonly matched: number;
}

/** Compare `computed`, by operator, with the published statuses of `plan`. */
export function compare(plan: YearPlan, computed: ReadonlyMap<string, Status | undefined>): Comparison {
	const rated = plan.operators.filter((each) => ["A", "B", "C"].includes(each.published));
	const mismatches = rated
		.filter((each) => computed.get(each.id) !== each.published)
		.map((each): Mismatch => {
			const status = computed.get(each.id);
			return {
				year: plan.year,
				operator: each.id,
				published: each.published,
				computed: status ?? "none",
				cause: causeOf(plan, each, status),
			};
		});
	const apart = (published: string): Apart => {
		const group = plan.operators.filter((each) => each.published === published);
		return {
			operators: group.length,
			obliged: group.filter((each) => each.standing === "obliged").length,
			excluded: group.filter((each) => computed.get(each.id) === "Excluded").length,
		};
	};
	return {
		year: plan.year,
		inferred: plan.inferred,
		compared: rated.length,
		matched: rated.length - mismatches.length,
		mismatches,
		excluded: apart("EXCLUDED"),
		notApplicable: apart("NOT_APPLICABLE"),
		blank: apart("BLANK"),
	};
}

/** How many published statuses the baseline alone would give, and of how many. */
export function baselineMatches(plan: YearPlan): Score {
	return compare(plan, new Map(plan.operators.map((each) => [each.id, each.baseline])));
}

/** All of `scores` together. */
export function total(scores: readonly Score[]): Score {
	return scores.reduce(
		(all, each) => ({ compared: all.compared + each.compared, matched: all.matched + each.matched }),
		{ compared: 0, matched: 0 },
	);
}

/** How many mismatches each kind of cause has, the most frequent first. */
export function countCauses(mismatches: readonly Mismatch[]): [kind: string, count: number][] {
	const counts = new Map<string, number>();
	for (const { cause } of mismatches) counts.set(cause.kind, (counts.get(cause.kind) ?? 0) + 1);
	return [...counts].sort(([, a], [, b]) => b - a);
}

function causeOf({ headless }: YearPlan, operator: OperatorPlan, computed: Status | undefined): Cause {
	const { year, published, standing, emissions, lastYear, status } = operator;
	if (computed !== status) {
		// Nothing in the data explains what the rule would not give.
		const rule = status ?? "no status";
		return { kind: "the chain and the rule differ", detail: `the rule gives ${rule}; ${balance(operator)}` };
	}
	if (headless && (standing === "settled" || (standing === "obliged" && emissions !== undefined))) {
		return { kind: "years before count in the published status and are not replayed", detail: balance(operator) };
	}
	switch (standing) {
		case "excluded":
			return overwritten(`those of ${year} and of all years before, so it owes nothing that ${published} could rate`);
		case "settled":
			return lastYear !== undefined && lastYear < year
				? {
						kind: "a closed operator owes nothing for later years, but the early status says otherwise",
						detail: `it closed in ${lastYear}; ${balance(operator)}`,
					}
				: overwritten(`those of ${year}; ${balance(operator)}`);
		case "absent":
			return {
				kind: "the operator does not operate in the year",
				detail: `nothing is recorded for ${year}, and ${operates(operator)}`,
			};
		case "obliged":
			return emissions === undefined
				? { kind: "no emissions are recorded", detail: `nothing is recorded for ${year}, so nothing was reported` }
				: obligedCause(operator);
	}
}

/** Of an operator with emissions that were entered in time, which has A or B. */
function obligedCause(operator: OperatorPlan): Cause {
	const { year, published, emissions, emissionsSoFar } = operator;
	if (published === "C") {
		return {
			kind: "the table does not hold the day on which emissions were entered",
			detail: `${emissions} t are recorded for ${year}, which count as entered in time; ${balance(operator)}`,
		};
	}
	if (published === "A") {
		return { kind: "the published surrenders do not cover the recorded emissions", detail: balance(operator) };
	}
	return emissionsSoFar === 0n
		? { kind: "nothing was owed", detail: "recorded emissions so far are 0 t, which no surrender can fall short of" }
		: { kind: "the table does not hold the day on which units were surrendered", detail: balance(operator) };
}

function overwritten(detail: string): Cause {
	return { kind: "emissions were later overwritten as EXCLUDED while the early status stayed", detail };
}

function balance({ emissionsSoFar, surrendersSoFar }: OperatorPlan): string {
	return `${surrendersSoFar} t are surrendered of ${emissionsSoFar} t so far`;
}

function operates({ firstYear, lastYear }: OperatorPlan): string {
	const from = `its first year of operation is ${firstYear}`;
	return lastYear === undefined ? from : `${from}, its last ${lastYear}`;
}
