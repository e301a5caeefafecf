/** The chain's statuses against the published ones. */
import type { OperatorPlan, Plan, Status } from "./plan.js";

export interface Mismatch {
	readonly operator: string;
	readonly published: string;
	readonly computed: string;
	/** What in the data explains it. */
	readonly cause: string;
}

export interface Comparison {
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

/** Compare `computed`, by operator, with the published statuses of `plan`. */
export function compare(plan: Plan, computed: ReadonlyMap<string, Status | undefined>): Comparison {
	const rated = plan.operators.filter((each) => ["A", "B", "C"].includes(each.published));
	const mismatches = rated
		.filter((each) => computed.get(each.id) !== each.published)
		.map((each): Mismatch => {
			const status = computed.get(each.id);
			return {
				operator: each.id,
				published: each.published,
				computed: status ?? "none",
				cause: causeOf(each, status, plan.year),
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
		compared: rated.length,
		matched: rated.length - mismatches.length,
		mismatches,
		excluded: apart("EXCLUDED"),
		notApplicable: apart("NOT_APPLICABLE"),
		blank: apart("BLANK"),
	};
}

/** How many published statuses the baseline alone would give, and of how many. */
export function baselineMatches(plan: Plan): Comparison {
	return compare(plan, new Map(plan.operators.map((each) => [each.id, each.baseline])));
}

function causeOf(operator: OperatorPlan, computed: Status | undefined, year: number): string {
	const { published, standing, emissions, surrenders } = operator;
	if (standing === "excluded") {
		return `emissions of ${year} were later overwritten as EXCLUDED while the early status stayed`;
	}
	if (standing === "absent") return `no emissions are recorded for ${year} and it did not operate then`;
	if (emissions === undefined) return `no emissions are recorded for ${year}, so none were reported`;
	if (published === "C") {
		const covered = computed === "B" ? `, of which ${surrenders} t were surrendered` : "";
		return `the table holds ${emissions} t for ${year} but not the day of their entry, so they count as reported in time${covered}`;
	}
	if (published === "B" && emissions === 0n)
		return "recorded emissions are 0 t, which no surrender can fall short of";
	if (published === "A" && surrenders < emissions) {
		return `published surrenders cover only ${surrenders} t of ${emissions} t`;
	}
	return "the tables do not explain it";
}
