import { of, operatorId } from "./compliance.js";
import { type Layout, type RawTable, type Row, Table } from "./table.js";

/** Free allowances of one operator. */
export interface Allocation {
	readonly operator: string;
	/** Tonnes by year. */
	readonly tonnes: ReadonlyMap<number, bigint>;
}

/** The allocation table. */
export interface AllocationTable {
	/** Years with a total, in order. */
	readonly years: readonly number[];
	readonly byOperator: ReadonlyMap<string, Allocation>;
}

const ID = "Installation ID";
const STANDARD = "(A) Allocation (Standard) YEAR";
const NEW_ENTRANTS = "(B) Allocation (NER) YEAR";
const TOTAL = "(C) Allocation (Total) YEAR";

/** Read the allocation table; the totals of `wanted` must be there. An empty cell means no allowances. */
export function readAllocations(raw: RawTable, wanted: readonly number[]): AllocationTable {
	const layout: Layout = {
		kind: "allocation table",
		key: ID,
		known: [ID, "Permit ID", "Installation Name", "Account Holder Name"],
		yearly: [STANDARD, NEW_ENTRANTS, TOTAL],
		required: [ID, ...wanted.map((year) => of(TOTAL, year))],
	};
	const table = Table.open(raw, layout);
	const checked = [...new Set([STANDARD, NEW_ENTRANTS, TOTAL].flatMap((family) => table.yearsOf(family)))];
	const years = table.yearsOf(TOTAL);
	const seen = new Map<string, number>();
	const byOperator = new Map(
		table.rows.map((row): [string, Allocation] => {
			const operator = operatorId(table, row, ID, seen);
			for (const each of checked) checkYear(table, row, each);
			const tonnes = new Map(years.map((each) => [each, table.tonnes(row, of(TOTAL, each)) ?? 0n]));
			return [operator, { operator, tonnes }];
		}),
	);
	return { years, byOperator };
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
