import { of, operatorId } from "./compliance.js";
import { type Layout, type RawTable, type Row, Table } from "./table.js";

/** Free allowances of one operator for the year. */
export interface Allocation {
	readonly operator: string;
	readonly tonnes: bigint;
}

const ID = "Installation ID";
const STANDARD = "(A) Allocation (Standard) YEAR";
const NEW_ENTRANTS = "(B) Allocation (NER) YEAR";
const TOTAL = "(C) Allocation (Total) YEAR";

/** Read the allocation table of `year`, by operator. An empty cell means no allowances. */
export function readAllocations(raw: RawTable, year: number): Map<string, Allocation> {
	const total = of(TOTAL, year);
	const layout: Layout = {
		kind: "allocation table",
		key: ID,
		known: [ID, "Permit ID", "Installation Name", "Account Holder Name"],
		yearly: [STANDARD, NEW_ENTRANTS, TOTAL],
		required: [ID, total],
	};
	const table = Table.open(raw, layout);
	const years = [...new Set([STANDARD, NEW_ENTRANTS, TOTAL].flatMap((family) => table.yearsOf(family)))];
	const seen = new Map<string, number>();
	return new Map(
		table.rows.map((row) => {
			const operator = operatorId(table, row, ID, seen);
			for (const each of years) checkYear(table, row, each);
			return [operator, { operator, tonnes: table.tonnes(row, total) ?? 0n }];
		}),
	);
}

/** Refuse a year whose parts are no tonnes, or whose total is not their sum where all three are given. */
function checkYear(table: Table, row: Row, year: number): void {
	const [standard, newEntrants, total] = [STANDARD, NEW_ENTRANTS, TOTAL].map((family) => {
		const title = of(family, year);
		return table.has(title) ? table.tonnes(row, title) : undefined;
	});
	if (standard === undefined || newEntrants === undefined || total === undefined) return;
	if (total !== standard + newEntrants) {
		throw table.refuse(row, of(TOTAL, year), `${total} is not the sum of (A) ${standard} and (B) ${newEntrants}`);
	}
}
