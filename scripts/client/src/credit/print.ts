/** A score as text, with each term. */
import type { Credit } from "./read.js";
import type { TermName, YearCounters } from "./score.js";

/** What the inputs of the terms are. */
const INPUTS: Record<TermName, readonly string[]> = {
	Performance: ["kept", "broken"],
	Surrender: ["in time", "late", "short"],
	Reports: ["in time", "late", "missing"],
	Accuracy: ["discrepancies", "corrected", "reports"],
};
const PENALTIES = ["warning", "publication", "fine", "allocation cut", "trading ban"];

/** What the chain says and what follows from its counters; where the two differ, the rows are those of the client. */
export function print(credit: Credit): string {
	const { account, block, years, chain, computed } = credit;
	const rows = [
		["term", "input", "rate", "weight", "points"],
		...computed.terms.map(({ term, input, rate, weight, points }) => [
			term,
			named(INPUTS[term], input),
			String(rate),
			milli(weight),
			milli(points),
		]),
		[
			"Penalties",
			named(PENALTIES, computed.deduction.input),
			"",
			"",
			computed.deduction.points === 0n ? "0" : `-${computed.deduction.points}`,
		],
	];
	const counts =
		chain.storedScore === chain.score && chain.storedLevel === chain.level
			? []
			: [`counts now  ${chain.storedScore}, level ${chain.storedLevel}: the chain is making all scores anew`];
	return [
		`CREDIT SCORE ${computed.score}, LEVEL ${computed.level}`,
		"",
		`account     ${account}`,
		`rules       version ${chain.version}, as of ${chain.asOf === 0 ? "the time before the first year" : `the year ${chain.asOf}`}`,
		...counts,
		`read at     block ${block.number} ${block.hash}, which is final`,
		"",
		...aligned(rows),
		"",
		...counted(years),
		"",
	].join("\n");
}

function counted(years: readonly YearCounters[]): string[] {
	if (years.length === 0) return ["Nothing has been counted yet."];
	const titles = ["year", "kept", "broken", "surrender", "reports", "discrepancies", "corrected", "penalties"];
	const rows = years.map(({ year, kept, broken, surrender, reports, discrepancies, corrected, penalties }) => [
		String(year),
		String(kept),
		String(broken),
		surrender.join("/"),
		reports.join("/"),
		String(discrepancies),
		String(corrected),
		penalties.join("/"),
	]);
	return aligned([titles, ...rows]);
}

function named(names: readonly string[], values: readonly bigint[]): string {
	return values.map((value, n) => `${names[n] ?? ""} ${milli(value)}`).join(", ");
}

/** Thousandths as a decimal fraction: 1500 is 1.5. */
export function milli(value: bigint): string {
	const rest = String(value % 1_000n)
		.padStart(3, "0")
		.replace(/0+$/, "");
	return rest === "" ? String(value / 1_000n) : `${value / 1_000n}.${rest}`;
}

/** Numbers stand on the right, all but the first two columns. */
function aligned(rows: readonly (readonly string[])[]): string[] {
	const widths = (rows[0] ?? []).map((_, n) => Math.max(...rows.map((row) => (row[n] ?? "").length)));
	return rows.map((row) =>
		row
			.map((cell, n) => (n < 2 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)))
			.join("  ")
			.trimEnd(),
	);
}
