/** What the replay prints. */
import type { Trail } from "./chain/trail.js";
import type { CheckResult } from "./checks.js";
import { type Apart, baselineMatches, type Comparison, countCauses, type Score, total } from "./compare.js";
import { REFERENCE } from "./market.js";
import type { Plan, Tally, YearPlan } from "./plan.js";
import type { ReplayResult, YearResult } from "./replay.js";

const number = new Intl.NumberFormat("en-GB");
const tonnes = (value: bigint): string => `${number.format(value)} t`;

/** Fen as CNY with two decimals. */
export function money(fen: bigint): string {
	return `CNY ${number.format(fen / 100n)}.${String(fen % 100n).padStart(2, "0")}`;
}

/** The ways by which an act comes about, as the line on the audit trail names them. */
const KINDS = {
	OneOfficer: "of one officer",
	TwoOfficers: "of two officers",
	BreakGlass: "by the break-glass key",
} as const;

const counted = (tally: Tally): string => `${number.format(tally.operators)} (${tonnes(tally.tonnes)})`;
const of = ({ matched, compared }: Score): string => `${matched} of ${compared}`;

/** What the plan assumes where the tables do not determine a figure. Printed before anything is sent. */
export function assumptions(plan: Plan): string[] {
	const { years } = plan;
	const inferred = years.filter((each) => each.inferred).map((each) => each.year);
	const independent = years.filter((each) => !each.inferred).map((each) => each.year);
	const lines = [
		`Assumptions for ${years.map((each) => each.year).join(", ")}:`,
		"- Each status follows from all surrenders so far and all emissions so far (cumulative rule). The tables hold cumulative",
		"  surrenders as of their date, not what was surrendered by each deadline, and emissions without the day of their entry.",
	];
	if (inferred.length > 0) {
		lines.push(
			`- Inferred, ${inferred.join(", ")}: the published status tells what came late, and nothing else.`,
			"  A: surrendered up to the emissions so far, as far as the cumulative surrenders reach. B: nothing is surrendered in time.",
			"  C: the emissions are entered after the deadline. None of them: nothing is known of the surrenders; they come in the next year.",
		);
	}
	if (independent.length > 0) {
		lines.push(
			`- Independent, ${independent.join(", ")}: the table's last year. All that is left of the cumulative surrenders is surrendered, all recorded`,
			"  emissions are entered in time, and no published status of the year is looked at.",
		);
	}
	const baseline = years.map((each) => `${of(baselineMatches(each))} (${each.year})`).join(", ");
	lines.push(
		`- Without a look at any status the tables give ${baseline}.`,
		"- Who is enrolled follows from emissions and years of operation alone. A closed operator owes nothing for later years, one with",
		"  EXCLUDED emissions nothing for that year: both are excluded, and rated by what they owed before, if anything. Who does not",
		"  operate and owed nothing before is not enrolled.",
		"- The scheme knows no credit: scores are computed, but the levels are set so that they change nothing.",
		`- The tables hold no prices. All prices are invented around ${money(REFERENCE)} per tonne.`,
	);
	if (plan.before.length > 0) {
		lines.push(
			`- Not replayed: ${plan.before.join(", ")}, though the published statuses count them. The cumulative surrenders are taken to have`,
			"  served them first; debts and surpluses carried over are not on the chain.",
		);
	}
	return [...lines, ...years.flatMap(leftOut)];
}

function leftOut({ year, unlisted, withheld }: YearPlan): string[] {
	const lines: string[] = [];
	if (unlisted.operators > 0) {
		lines.push(
			`- ${year}: left out: operators of the allocation table that the compliance table does not have: ${counted(unlisted)}.`,
		);
	}
	if (withheld.operators > 0) {
		lines.push(`- ${year}: not handed out: allocations of operators without an obligation: ${counted(withheld)}.`);
	}
	return lines;
}

/** The result table, the checks, the comparison and, as the last line, the count of matching statuses. */
export function resultLines(result: ReplayResult): string[] {
	const { years, seconds, extrinsics } = result;
	const rate = seconds > 0 ? extrinsics / seconds : 0;
	const comparisons = years.map((each) => each.comparison);
	return [
		"",
		...yearTable(years),
		"",
		...table([
			["operators in the table, admitted", `${number.format(result.operators)}, ${number.format(result.admitted)}`],
			["read at the finalised block", `${number.format(result.block.number)} ${result.block.hash}`],
			["extrinsics", number.format(extrinsics)],
			["extrinsics per second", rate.toFixed(1)],
			["duration", `${seconds.toFixed(1)} s`],
		]),
		"",
		...result.checks.map(checkLine),
		"",
		...comparisons.flatMap(comparisonLines),
		"",
		...summaryLines(comparisons),
		trailLine(result.trail),
		`statuses: ${of(total(comparisons))} match`,
	];
}

/** A column for each year. */
function yearTable(years: readonly YearResult[]): string[] {
	const row = (name: string, value: (year: YearResult) => string): string[] => [name, ...years.map(value)];
	return table([
		row("", ({ year }) => String(year)),
		row("enrolled", ({ recorded }) => number.format(recorded.enrolled)),
		row("of these excluded", ({ recorded }) => number.format(recorded.excluded)),
		row("confirmed emissions, t", ({ recorded }) => number.format(recorded.emissions)),
		row("of these entered late, t", ({ recorded }) => number.format(recorded.late)),
		row("allocated free of charge, t", ({ recorded }) => number.format(recorded.allocated)),
		row("issued for sale, t", ({ recorded }) => number.format(recorded.issued - recorded.allocated)),
		row("offered by operators, t", ({ market }) => number.format(market.offered)),
		row("trades", ({ market }) => number.format(market.trades)),
		row("traded, t", ({ market }) => number.format(market.traded)),
		row("value, CNY", ({ market }) => money(market.value).replace("CNY ", "")),
		row("surrendered, t", ({ recorded }) => number.format(recorded.surrendered)),
		row("extrinsics", ({ extrinsics }) => number.format(extrinsics)),
		row("duration, s", ({ seconds }) => seconds.toFixed(1)),
	]);
}

function checkLine({ law, holds, left, right, detail }: CheckResult): string {
	const sides = left === undefined || right === undefined ? "" : `${number.format(left)} and ${number.format(right)}`;
	const more = [sides, detail === "" ? "" : `(${detail})`].filter((each) => each !== "").join(" ");
	return `${holds ? "holds " : "BROKEN"} ${law}${more === "" ? "" : `: ${more}`}`;
}

/** The score of a year, its mismatches and what was compared with nothing. */
function comparisonLines(comparison: Comparison): string[] {
	const { year, inferred, mismatches, excluded, notApplicable, blank } = comparison;
	const apart = (name: string, { operators, excluded: excludes, obliged }: Apart) =>
		`${year}: counted apart: ${operators} published ${name} (${excludes} excluded on the chain, ${obliged} under an obligation)`;
	return [
		`${year}: ${of(comparison)} match (${inferred ? "inferred" : "independent of the published statuses"})`,
		...mismatches.map(
			({ operator, published, computed, cause }) =>
				`mismatch: ${year}, operator ${operator}: published ${published}, computed ${computed}: ${cause.kind}: ${cause.detail}`,
		),
		apart("EXCLUDED", excluded),
		apart("NOT_APPLICABLE", notApplicable),
		apart("blank", blank),
	];
}

/** The scores by kind, and the mismatches by cause. */
function summaryLines(comparisons: readonly Comparison[]): string[] {
	const score = (name: string, group: readonly Comparison[]) =>
		group.length === 0 ? [] : [`${name} (${group.map((each) => each.year).join(", ")}): ${of(total(group))} match`];
	const causes = countCauses(comparisons.flatMap((each) => each.mismatches));
	return [
		...score(
			"inferred",
			comparisons.filter((each) => each.inferred),
		),
		...score(
			"independent",
			comparisons.filter((each) => !each.inferred),
		),
		...causes.map(([kind, count]) => `mismatches: ${count}: ${kind}`),
	];
}

/** How many acts of the regulator are on record, and by which way they came about. */
export function trailLine({ kinds }: Trail): string {
	const count = (kind: keyof typeof KINDS): number => kinds.get(kind) ?? 0;
	const parts = (Object.keys(KINDS) as (keyof typeof KINDS)[]).map(
		(kind) => `${number.format(count(kind))} ${KINDS[kind]}`,
	);
	const all = [...kinds.values()].reduce((sum, each) => sum + each, 0);
	return `audit trail: ${number.format(all)} records: ${parts.join(", ")}`;
}

/** Rows with aligned columns: the first one to the left, where there are more than two the others to the right. */
export function table(rows: readonly (readonly string[])[]): string[] {
	const columns = Math.max(...rows.map((row) => row.length));
	const widths = Array.from({ length: columns }, (_, n) => Math.max(...rows.map((row) => (row[n] ?? "").length)));
	return rows.map((row) =>
		row
			.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : columns > 2 ? cell.padStart(widths[n] ?? 0) : cell))
			.join("  ")
			.trimEnd(),
	);
}
