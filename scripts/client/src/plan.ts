/** From the two tables to what everybody will do on the chain: quantities only, no keys, no network. */
import { type Step, type Status, course, isIndependent, positive, smaller } from "./course.js";
import { DataError } from "./errors.js";
import type { Operator } from "./tables/compliance.js";
import type { Registry } from "./tables/load.js";

export type { Standing, Status } from "./course.js";

/** Allowances of one vintage. */
export interface Lot {
	readonly vintage: number;
	readonly tonnes: bigint;
}

/** What one operator does in one year. All quantities in tonnes. */
export interface OperatorPlan extends Step {
	readonly id: string;
	/** First and last year of operation; only closed operators have a last one. */
	readonly firstYear: number;
	readonly lastYear: number | undefined;
	/** Free allowances of the year. */
	readonly allocated: bigint;
	/** What it hands in, the oldest vintage first: `surrenders` in total. */
	readonly handsIn: readonly Lot[];
	/** Allowances of the year that it lacks for what it hands in. */
	readonly buys: bigint;
	/** Allocation beyond its emissions. */
	readonly sells: bigint;
	/** Status that it would have if no published status had been looked at in any year. */
	readonly baseline: Status | undefined;
}

/** One year. */
export interface YearPlan {
	readonly year: number;
	/** Whether published statuses have told what came late. In the table's last year nothing does. */
	readonly inferred: boolean;
	/** Whether the table has years before the first one that is replayed: what they have left behind is not on the chain. */
	readonly headless: boolean;
	readonly operators: readonly OperatorPlan[];
	/** Allowances that the authority issues and offers. */
	readonly authoritySells: bigint;
	/** Most allowances of the vintage that may exist: all that are allocated and issued for sale. */
	readonly cap: bigint;
	/** Operators of the allocation table that the compliance table does not have. They take no part. */
	readonly unlisted: Tally;
	/** Allocations to operators without an obligation in the year. They are not handed out. */
	readonly withheld: Tally;
}

/** All years that are replayed. */
export interface Plan {
	readonly years: readonly YearPlan[];
	/** Operators of the compliance table, in its order. */
	readonly operators: readonly string[];
	/** Years of the table before the first one of them. They are not replayed. */
	readonly before: readonly number[];
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

/** Make the plan of the years of `registry`. */
export function makePlan(registry: Registry): Plan {
	const { compliance, years } = registry;
	const byOperator = compliance.operators.map((operator) => planOperator(operator, registry));
	return {
		years: years.map((year, n) =>
			planYear(
				registry,
				year,
				byOperator.map((steps) => steps[n] as OperatorPlan),
			),
		),
		operators: compliance.operators.map((each) => each.id),
		before: yearsBefore(registry),
	};
}

/** Years of the table before the first one that is replayed. */
function yearsBefore({ compliance, years }: Registry): number[] {
	return compliance.years.filter((each) => each < (years[0] ?? each));
}

function planYear(registry: Registry, year: number, operators: readonly OperatorPlan[]): YearPlan {
	const { compliance, allocations } = registry;
	const purchases = sum(operators.map((each) => each.buys));
	const sales = sum(operators.map((each) => each.sells));
	// Rounded up: a reserve of less than a tonne would be none.
	const reserve = (purchases * RESERVE_PERCENT + 99n) / 100n;
	const authoritySells = positive(purchases - sales) + reserve;
	const cap = sum(operators.map((each) => each.allocated)) + authoritySells;
	if (cap > TONNES_MAX) {
		throw new DataError(`The allowances of ${year} come to ${cap} t, more than the chain can count.`);
	}
	const listed = new Set(operators.map((each) => each.id));
	const free = (id: string) => allocations.get(id)?.tonnes.get(year) ?? 0n;
	const withheld = operators.filter((each) => each.standing !== "obliged").map((each) => free(each.id));
	return {
		year,
		inferred: !isIndependent(year, compliance.years),
		headless: yearsBefore(registry).length > 0,
		operators,
		authoritySells,
		cap,
		unlisted: tally([...allocations.keys()].filter((id) => !listed.has(id)).map(free)),
		withheld: tally(withheld.filter((tonnes) => tonnes > 0n)),
	};
}

/** What `operator` does in each year, with what it has kept of the years before. */
function planOperator(operator: Operator, { years, compliance, allocations }: Registry): OperatorPlan[] {
	const scope = { years, tableYears: compliance.years };
	const baseline = course(operator, { ...scope, infers: false });
	const kept: Lot[] = [];
	return course(operator, { ...scope, infers: true }).map((step, n) => {
		const free = allocations.get(operator.id)?.tonnes.get(step.year) ?? 0n;
		const allocated = step.standing === "obliged" ? free : 0n;
		const own = sum(kept.map((lot) => lot.tonnes)) + allocated;
		const buys = positive(step.surrenders - own);
		const sells = positive(allocated - keptBack(step, allocated));
		kept.push({ vintage: step.year, tonnes: allocated + buys - sells });
		return {
			...step,
			id: operator.id,
			firstYear: operator.firstYear,
			lastYear: operator.lastYear,
			allocated,
			handsIn: takeOldest(kept, step.surrenders),
			buys,
			sells,
			baseline: baseline[n]?.status,
		};
	});
}

/** What an operator does not sell of its allocation: what it owes for the year, or hands in. */
function keptBack({ emissions, surrenders }: Step, allocated: bigint): bigint {
	// Who has no number on record keeps everything: nobody knows what it will owe.
	if (emissions === undefined) return allocated;
	return surrenders > emissions ? surrenders : emissions;
}

/** Take `tonnes` out of `kept`, whose lots are in the order of their vintages. */
function takeOldest(kept: Lot[], tonnes: bigint): Lot[] {
	const taken: Lot[] = [];
	let missing = tonnes;
	for (const [n, lot] of kept.entries()) {
		const part = smaller(lot.tonnes, missing);
		if (part > 0n) taken.push({ vintage: lot.vintage, tonnes: part });
		kept[n] = { vintage: lot.vintage, tonnes: lot.tonnes - part };
		missing -= part;
	}
	return taken;
}

/** Operators that take part in the period. */
export function enrolled(plan: YearPlan): OperatorPlan[] {
	return plan.operators.filter((each) => each.standing !== "absent");
}

export function sum(numbers: readonly bigint[]): bigint {
	return numbers.reduce((total, each) => total + each, 0n);
}

function tally(tonnes: readonly bigint[]): Tally {
	return { operators: tonnes.length, tonnes: sum(tonnes) };
}
