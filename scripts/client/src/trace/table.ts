/** A trace as a table: one line for each lot. */
import { stopsOf } from "./graph.js";
import { type Lot, tonnesOf, wayOf } from "./lots.js";
import type { Movement } from "./movements.js";
import { assetName, grouped, holderName, price, serials, tonnes, type TracedSurrender } from "./words.js";

const TITLES = ["serials", "tonnes", "of", "issued by", "way"] as const;

export function tableOf(surrender: TracedSurrender, lots: readonly Lot[]): string {
	const { id, year, supplier, entity, asset, block, hash, genesis } = surrender;
	const rows = [TITLES, ...lots.map(rowOf)];
	// The way is the last column and as long as it is.
	const widths = TITLES.map((_, n) =>
		n === TITLES.length - 1 ? 0 : Math.max(...rows.map((row) => (row[n] ?? "").length)),
	);
	const lines = rows.map((row) =>
		row
			.map((cell, n) => cell.padEnd(widths[n] ?? 0))
			.join("  ")
			.trimEnd(),
	);
	return [
		`TRACE OF SURRENDER No. ${id}`,
		"",
		`quantity       ${tonnes(surrender.tonnes)} of ${assetName(asset)}`,
		`supplied by    ${supplier}`,
		`obligation of  ${entity} for the year ${year}`,
		`made in block  ${grouped(block)} ${hash}`,
		`chain          genesis block ${genesis}`,
		"",
		...lines,
		"",
		"Units of a vintage or a series are numbered from 1 in the order of their issue; what came first to a holder goes first.",
		"",
	].join("\n");
}

function rowOf(lot: Lot): string[] {
	const [issue] = stopsOf(lot);
	const origin = issue === undefined ? "" : serials(issue);
	const first = issue?.asset ?? lot.asset;
	const born = issue?.subject.kind === "issue" ? issue.subject.issue : undefined;
	return [
		serials(lot),
		tonnes(tonnesOf(lot)),
		// What was carried over was issued as something else.
		first === lot.asset ? assetName(lot.asset) : `${assetName(lot.asset)}, as ${origin} of ${assetName(first)}`,
		born === undefined ? "" : `${born.by}, block ${grouped(born.block)}, event ${born.event}`,
		wayOf(lot)
			.map(({ movement }) => stepText(movement))
			.join(" > "),
	];
}

function stepText(movement: Movement): string {
	const block = `block ${grouped(movement.block)}`;
	switch (movement.kind) {
		case "issue":
			return holderName(movement.to);
		case "transfer": {
			const number = movement.id === undefined ? "" : ` No. ${movement.id}`;
			const at = movement.price === undefined ? "" : ` at ${price(movement.price)}`;
			return `${holderName(movement.to)} (${movement.by}${number}${at}, ${block})`;
		}
		case "carry-over":
			return `${holderName(movement.holder)} (carried over to ${assetName(movement.into)}, ${block})`;
		case "end":
			return `${movement.by} (${block})`;
	}
}
