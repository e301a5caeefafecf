/**
 * What becomes of one operator over the years, from its row of the compliance table alone.
 *
 * Whether it is under an obligation, what it reports and what it owes follow from its recorded emissions and its years of
 * operation. The published statuses enter in one place only, and not for the last year of the table: see {@link conductOf}.
 */
import type { Operator, Published } from "./tables/compliance.js";

/**
 * Where an operator stands in a year, from its data alone.
 *
 * - `obliged`: it reports its recorded emissions, or nothing where none are recorded.
 * - `settled`: it was under an obligation before and owes nothing for this year: it is closed, or its emissions are `EXCLUDED`.
 *   What it owed before still counts, so that it has a status.
 * - `excluded`: its emissions are `EXCLUDED`, and it was never under an obligation.
 * - `absent`: it does not operate in the year; it takes no part.
 */
export type Standing = "obliged" | "settled" | "excluded" | "absent";

/** Status that an operator would get; `absent` operators get none. */
export type Status = "A" | "B" | "C" | "Excluded";

/** One year of one operator. All quantities in tonnes. */
export interface Step {
	readonly year: number;
	readonly published: Published;
	readonly standing: Standing;
	/** Emissions that are entered before the deadline. */
	readonly emissions: bigint | undefined;
	/** Emissions that are entered after the deadline. */
	readonly late: bigint | undefined;
	/** Handed in before the deadline. */
	readonly surrenders: bigint;
	/** All emissions so far that were entered by the deadline, and all surrenders so far. */
	readonly emissionsSoFar: bigint;
	readonly surrendersSoFar: bigint;
	/** Status by the rule of the scheme. */
	readonly status: Status | undefined;
}

/** What is replayed of a table. */
export interface Scope {
	/** Years that are replayed, in order. */
	readonly years: readonly number[];
	/** All years of the table. */
	readonly tableYears: readonly number[];
	/** Whether the published statuses are looked at to tell what came late. */
	readonly infers: boolean;
}

/** Whether nothing of `year` has been inferred: it is the table's last, whose surrenders are the published ones. */
export function isIndependent(year: number, tableYears: readonly number[]): boolean {
	return year === tableYears.at(-1);
}

/** The years of `operator`. */
export function course(operator: Operator, { years, tableYears, infers }: Scope): Step[] {
	const steps: Step[] = [];
	let left = positive(operator.cumulativeSurrenders - servedBefore(operator, years[0] ?? 0));
	let emissionsSoFar = 0n;
	let surrendersSoFar = 0n;
	let overdue = 0n;
	for (const year of years) {
		const published = operator.published.get(year) ?? "BLANK";
		const standing = standingOf(operator, year, tableYears);
		const independent = isIndependent(year, tableYears);
		const conduct = conductOf(published, infers && !independent);
		const recorded = recordedOf(operator, standing, year);
		const late = conduct.entersLate && recorded !== undefined && standing === "obliged" ? recorded : undefined;
		const emissions = late === undefined ? recorded : undefined;
		emissionsSoFar += overdue + (emissions ?? 0n);
		overdue = late ?? 0n;
		const needed = positive(emissionsSoFar - surrendersSoFar);
		const most = independent ? left : smaller(left, needed);
		const surrenders = standing === "absent" || conduct.surrendersLate ? 0n : most;
		left -= surrenders;
		surrendersSoFar += surrenders;
		const status = statusOf(standing, emissions, emissionsSoFar, surrendersSoFar);
		steps.push({ year, published, standing, emissions, late, surrenders, emissionsSoFar, surrendersSoFar, status });
	}
	return steps;
}

/**
 * What a published status tells of the time of a report and of a surrender. The tables hold what is recorded as of their date, not
 * when it was recorded: C says that the emissions came after the deadline, B that surrenders did. A year without any of the three
 * tells nothing of the surrenders, which then come in the next year that does.
 *
 * The status chooses this and nothing else; what it leads to is up to the chain.
 */
function conductOf(published: Published, infers: boolean): { entersLate: boolean; surrendersLate: boolean } {
	if (!infers) return { entersLate: false, surrendersLate: false };
	return { entersLate: published === "C", surrendersLate: published !== "A" && published !== "C" };
}

/** Where `operator` stands in `year`. */
export function standingOf(operator: Operator, year: number, tableYears: readonly number[]): Standing {
	if (isObliged(operator, year)) return "obliged";
	const owedBefore = tableYears.some((each) => each < year && isObliged(operator, each));
	const excluded = operator.emissions.get(year)?.kind === "excluded";
	const closed = operator.lastYear !== undefined && operator.lastYear < year;
	if (excluded || closed) return owedBefore ? "settled" : excluded ? "excluded" : "absent";
	return "absent";
}

/** Whether it has recorded emissions, or operates in the year and would have to have some. */
function isObliged({ emissions, firstYear, lastYear }: Operator, year: number): boolean {
	const { kind } = emissions.get(year) ?? { kind: "missing" };
	if (kind === "missing") return firstYear <= year && year <= (lastYear ?? year);
	return kind === "recorded";
}

function recordedOf(operator: Operator, standing: Standing, year: number): bigint | undefined {
	const entry = standing === "obliged" ? operator.emissions.get(year) : undefined;
	return entry?.kind === "recorded" ? entry.tonnes : undefined;
}

/** Recorded emissions of the years before the first one that is replayed. The surrenders are taken to have served them first. */
function servedBefore({ emissions }: Operator, first: number): bigint {
	let served = 0n;
	for (const [year, entry] of emissions) {
		if (year < first && entry.kind === "recorded") served += entry.tonnes;
	}
	return served;
}

/**
 * The rule of the scheme: A for surrenders so far of all emissions so far, B for less, C where none were entered for the year. Who owes
 * nothing for the year is rated by what it owed before, and excluded where that is nothing.
 */
export function statusOf(
	standing: Standing,
	emissions: bigint | undefined,
	emissionsSoFar: bigint,
	surrendersSoFar: bigint,
): Status | undefined {
	if (standing === "absent") return undefined;
	if (standing !== "obliged" && emissionsSoFar === 0n) return "Excluded";
	if (standing === "obliged" && emissions === undefined) return "C";
	return surrendersSoFar >= emissionsSoFar ? "A" : "B";
}

export function positive(number: bigint): bigint {
	return number > 0n ? number : 0n;
}

export function smaller(a: bigint, b: bigint): bigint {
	return a < b ? a : b;
}
