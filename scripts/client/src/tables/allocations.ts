import { operatorId } from "./compliance.js";
import { type Layout, type RawTable, Table } from "./table.js";

/** Free allowances of one operator for the year. */
export interface Allocation {
	readonly operator: string;
	readonly tonnes: bigint;
}

const ID = "Installation ID";
const TOTAL = "(C) Allocation (Total) YEAR";

/** Read the allocation table of `year`, by operator. An empty cell means no allowances. */
export function readAllocations(raw: RawTable, year: number): Map<string, Allocation> {
	const total = TOTAL.replace("YEAR", String(year));
	const layout: Layout = {
		kind: "allocation table",
		key: ID,
		known: [ID, "Permit ID", "Installation Name", "Account Holder Name"],
		yearly: ["(A) Allocation (Standard) YEAR", "(B) Allocation (NER) YEAR", TOTAL],
		required: [ID, total],
	};
	const table = Table.open(raw, layout);
	const seen = new Map<string, number>();
	return new Map(
		table.rows.map((row) => {
			const operator = operatorId(table, row, ID, seen);
			return [operator, { operator, tonnes: table.wholeNumber(row, total, "tonnes") ?? 0n }];
		}),
	);
}
