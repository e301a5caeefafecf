/** What the replay prints. */
import type { Trail } from "./chain/trail.js";
import type { CheckResult } from "./checks.js";
import { type Comparison, baselineMatches } from "./compare.js";
import { REFERENCE } from "./market.js";
import type { Plan, Tally } from "./plan.js";
import type { ReplayResult } from "./replay.js";

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

/** What the plan assumes where the tables do not determine a figure. Printed before anything is sent. */
export function assumptions(plan: Plan): string[] {
	const { compared, matched } = baselineMatches(plan);
	const late = plan.operators.filter((each) => each.published === "B").length;
	const unrated = plan.operators.filter(
		(each) => ["BLANK", "NOT_APPLICABLE"].includes(each.published) && each.emissions !== undefined,
	).length;
	const unratedHave =
		unrated === 1
			? "1 operator without a published A, B or C has"
			: `${unrated} operators without a published A, B or C have`;
	const lines = [
		`Assumptions for ${plan.year}:`,
		`- The tables hold only cumulative surrenders as of their date, not what was surrendered by the deadline. Baseline: the`,
		`  smaller of recorded emissions and cumulative surrenders, whatever the status. It alone gives ${matched} of ${compared} statuses.`,
		`- Replay: the baseline, but an operator with published status B (there are ${late}) surrenders nothing in time, as if it`,
		`  surrendered after the deadline. The published status chooses this quantity and nothing else.`,
		`- Status C comes only from emissions that the table does not hold; nobody is made to report late.`,
		`- Who is enrolled follows from emissions and years of operation alone. ${unratedHave}`,
		`  recorded emissions: enrolled all the same, status computed, compared with nothing.`,
		`- The tables hold no prices. All prices are invented around ${money(REFERENCE)} per tonne.`,
	];
	if (plan.earlier.length > 0) {
		lines.push(
			`- ${plan.earlier.join(", ")}: not replayed, though the published statuses of ${plan.year} count them. Of the cumulative surrenders, they are`,
			"  taken as served first; debts and surpluses carried over are not on the chain.",
		);
	}
	if (plan.unlisted.operators > 0) {
		lines.push(
			`- Left out: operators of the allocation table that the compliance table does not have: ${counted(plan.unlisted)}.`,
		);
	}
	if (plan.withheld.operators > 0) {
		lines.push(
			`- Not handed out: allocations of operators without an obligation in ${plan.year}: ${counted(plan.withheld)}.`,
		);
	}
	return lines;
}

/** The result table, the mismatches and, as the last line, the count of matching statuses. */
export function resultLines(result: ReplayResult): string[] {
	const { plan, recorded, comparison } = result;
	const rate = result.seconds > 0 ? result.extrinsics / result.seconds : 0;
	const rows: [string, string][] = [
		["operators in the table", number.format(plan.operators.length)],
		["admitted", number.format(recorded.admitted)],
		[
			"enrolled, of these excluded",
			`${number.format(recorded.enrolled)}, ${number.format(recorded.excluded)}`,
		],
		["confirmed emissions", tonnes(recorded.emissions)],
		["allocated free of charge", tonnes(recorded.allocated)],
		["issued for sale", tonnes(recorded.issued - recorded.allocated)],
		["offered by operators", tonnes(result.offered)],
		["trades", number.format(result.trades)],
		["traded", tonnes(result.traded)],
		["value", money(result.value)],
		["surrendered", tonnes(recorded.surrendered)],
		["read at the finalised block", `${number.format(result.block.number)} ${result.block.hash}`],
		["extrinsics", number.format(result.extrinsics)],
		["extrinsics per second", rate.toFixed(1)],
		["duration", `${result.seconds.toFixed(1)} s`],
	];
	return [
		"",
		...table(rows),
		"",
		...result.checks.map(checkLine),
		"",
		...mismatchLines(comparison),
		...apartLines(comparison),
		trailLine(result.trail),
		`statuses: ${comparison.matched} of ${comparison.compared} match`,
	];
}

function checkLine({ law, holds, left, right, detail }: CheckResult): string {
	const sides = left === undefined || right === undefined ? "" : `${number.format(left)} and ${number.format(right)}`;
	const more = [sides, detail === "" ? "" : `(${detail})`].filter((each) => each !== "").join(" ");
	return `${holds ? "holds " : "BROKEN"} ${law}${more === "" ? "" : `: ${more}`}`;
}

function mismatchLines({ mismatches }: Comparison): string[] {
	return mismatches.map(
		({ operator, published, computed, cause }) =>
			`mismatch: operator ${operator}: published ${published}, computed ${computed}: ${cause}`,
	);
}

function apartLines({ excluded, notApplicable, blank }: Comparison): string[] {
	const line = (name: string, group: typeof excluded) =>
		`counted apart: ${group.operators} published ${name} (${group.excluded} excluded on the chain, ${group.obliged} under an obligation)`;
	return [line("EXCLUDED", excluded), line("NOT_APPLICABLE", notApplicable), line("blank", blank)];
}

/** How many acts of the regulator are on record, and by which way they came about. */
export function trailLine({ kinds }: Trail): string {
	const count = (kind: keyof typeof KINDS): number => kinds.get(kind) ?? 0;
	const parts = (Object.keys(KINDS) as (keyof typeof KINDS)[]).map(
		(kind) => `${number.format(count(kind))} ${KINDS[kind]}`,
	);
	const total = [...kinds.values()].reduce((sum, each) => sum + each, 0);
	return `audit trail: ${number.format(total)} records: ${parts.join(", ")}`;
}

/** Rows with aligned columns. */
export function table(rows: readonly (readonly [string, string])[]): string[] {
	const width = Math.max(...rows.map(([name]) => name.length));
	return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}
