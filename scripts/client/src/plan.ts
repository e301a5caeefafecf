/**
 * From the two tables to what everybody will do on the chain: quantities only, no keys, no network.
 *
 * Whether an operator is under an obligation, what it reports and what it owes follow from its recorded emissions and its
 * years of operation. The published status enters in one place only: see {@link surrenderedInTime}.
 */
import { DataError } from "./errors.js";
import type { Emissions, Operator, Published } from "./tables/compliance.js";
import type { Registry } from "./tables/load.js";

/**
 * Where an operator stands in the year, from its data alone.
 *
 * - `obliged`: enrolled; it reports its recorded emissions, or nothing where none are recorded.
 * - `excluded`: enrolled, then excluded from the year's obligation.
 * - `absent`: it did not operate in the year and has no recorded emissions; admitted, but not enrolled.
 */
export type Standing = "obliged" | "excluded" | "absent";

/** Status that an operator would get; `absent` operators get none. */
export type Status = "A" | "B" | "C" | "Excluded";

/** What one operator does. All quantities in tonnes. */
export interface OperatorPlan {
	readonly id: string;
	readonly published: Published;
	readonly standing: Standing;
	/** Recorded emissions of the year, all it reports. */
	readonly emissions: bigint | undefined;
	/** Free allowances of the year. */
	readonly allocated: bigint;
	/** Handed in before the period closes. */
	readonly surrenders: bigint;
	/** Missing from the allocation for what it surrenders. */
	readonly buys: bigint;
	/** Allocation beyond its emissions. */
	readonly sells: bigint;
	/** Status under the baseline, which does not look at published statuses. */
	readonly baseline: Status | undefined;
}

/** The whole year. */
export interface Plan {
	readonly year: number;
	/** Years of the table before `year`. They are not replayed. */
	readonly earlier: readonly number[];
	readonly operators: readonly OperatorPlan[];
	/** Allowances that the authority issues and offers. */
	readonly authoritySells: bigint;
	/** Most allowances that may exist: all that are allocated and issued for sale. */
	readonly cap: bigint;
	/** Operators of the allocation table that the compliance table does not have. They take no part. */
	readonly unlisted: Tally;
	/** Allocations to operators without an obligation in the year. They are not handed out. */
	readonly withheld: Tally;
}

/** How many operators, and how many tonnes together. */
export interface Tally {
	readonly operators: number;
	readonly tonnes: bigint;
}

/** The authority offers this much more than is needed, in per cent of all purchases, so that the book does not run dry. */
const RESERVE_PERCENT = 2n;

/** The chain counts tonnes in 64 bits. */
const TONNES_MAX = (1n << 64n) - 1n;

/** Make the plan of `registry.year`. */
export function makePlan(registry: Registry): Plan {
	const { year, compliance, allocations } = registry;
	const operators = compliance.operators.map((operator) =>
		planOperator(operator, year, allocations.get(operator.id)?.tonnes ?? 0n),
	);
	const purchases = sum(operators.map((each) => each.buys));
	const sales = sum(operators.map((each) => each.sells));
	// Rounded up: a reserve of less than a tonne would be none.
	const reserve = (purchases * RESERVE_PERCENT + 99n) / 100n;
	const authoritySells = positive(purchases - sales) + reserve;
	const cap = sum(operators.map((each) => each.allocated)) + authoritySells;
	if (cap > TONNES_MAX) {
		throw new DataError(`The allowances of ${year} come to ${cap} t, more than the chain can count.`);
	}
	const listed = new Set(compliance.operators.map((operator) => operator.id));
	return {
		year,
		earlier: compliance.years.filter((each) => each < year),
		operators,
		authoritySells,
		cap,
		unlisted: tally(
			[...allocations.values()].filter((each) => !listed.has(each.operator)).map((each) => each.tonnes),
		),
		withheld: tally(
			operators
				.filter((each) => each.standing !== "obliged")
				.map((each) => allocations.get(each.id)?.tonnes ?? 0n)
				.filter((tonnes) => tonnes > 0n),
		),
	};
}

function planOperator(operator: Operator, year: number, allocation: bigint): OperatorPlan {
	const recorded = operator.emissions.get(year) ?? { kind: "missing" };
	const published = operator.published.get(year) ?? "BLANK";
	const standing = standingOf(operator, recorded, year);
	const emissions = recorded.kind === "recorded" ? recorded.tonnes : undefined;
	const available = availableInTime(operator, recorded, year);
	const surrenders = surrenderedInTime(available, published);
	const allocated = standing === "obliged" ? allocation : 0n;
	return {
		id: operator.id,
		published,
		standing,
		emissions,
		allocated,
		surrenders,
		buys: positive(surrenders - allocated),
		// Who has no number on record keeps everything: nobody knows what it will owe.
		sells: emissions === undefined ? 0n : positive(allocated - emissions),
		baseline: statusOf(standing, emissions, available),
	};
}

function standingOf(operator: Operator, recorded: Emissions, year: number): Standing {
	if (recorded.kind === "recorded") return "obliged";
	if (recorded.kind === "excluded") return "excluded";
	const operated = operator.firstYear <= year && (operator.lastYear ?? year) >= year;
	return operated ? "obliged" : "absent";
}

/**
 * Baseline: most that the operator can have surrendered for the year, not looking at its status.
 *
 * The tables have only the cumulative surrenders of all years. Recorded emissions of earlier years are taken as served
 * first; of the rest, as much as the year needs.
 */
function availableInTime(operator: Operator, recorded: Emissions, year: number): bigint {
	if (recorded.kind !== "recorded") return 0n;
	let earlier = 0n;
	for (const [each, emissions] of operator.emissions) {
		if (each < year && emissions.kind === "recorded") earlier += emissions.tonnes;
	}
	const left = positive(operator.cumulativeSurrenders - earlier);
	return left < recorded.tonnes ? left : recorded.tonnes;
}

/**
 * The assumption of the replay: an operator with published status B surrendered after the deadline, that is nothing in
 * time. The status chooses this quantity and nothing else; what the quantity leads to is up to the chain.
 */
function surrenderedInTime(available: bigint, published: Published): bigint {
	return published === "B" ? 0n : available;
}

/**
 * The rule of the scheme: A covered, B not covered, C nothing recorded. For a first year the tonnes are the year's; later,
 * those of all years so far.
 */
export function statusOf(standing: Standing, emissions: bigint | undefined, surrendered: bigint): Status | undefined {
	if (standing === "absent") return undefined;
	if (standing === "excluded") return "Excluded";
	if (emissions === undefined) return "C";
	return surrendered >= emissions ? "A" : "B";
}

/** Operators that take part in the period. */
export function enrolled(plan: Plan): OperatorPlan[] {
	return plan.operators.filter((each) => each.standing !== "absent");
}

export function sum(numbers: readonly bigint[]): bigint {
	return numbers.reduce((total, each) => total + each, 0n);
}

function positive(number: bigint): bigint {
	return number > 0n ? number : 0n;
}

function tally(tonnes: readonly bigint[]): Tally {
	return { operators: tonnes.length, tonnes: sum(tonnes) };
}
