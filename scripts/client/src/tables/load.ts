import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { DataError } from "../errors.js";
import { type Allocation, readAllocations } from "./allocations.js";
import { type ComplianceTable, readCompliance } from "./compliance.js";
import { readCsv } from "./csv.js";
import type { RawTable } from "./table.js";
import { readXlsx } from "./xlsx.js";
import { commonYears, type YearRange, yearsIn } from "./years.js";

/** Both tables and the years of them that are replayed. */
export interface Registry {
	/** In order, without a gap. */
	readonly years: readonly number[];
	readonly compliance: ComplianceTable;
	readonly allocations: ReadonlyMap<string, Allocation>;
}

/**
 * Load and check both tables.
 *
 * @param range The years that both tables must have; those that both have where none are named.
 */
export async function loadRegistry(
	complianceFile: string,
	allocationsFile: string,
	range?: YearRange,
): Promise<Registry> {
	const wanted = range === undefined ? [] : yearsIn(range);
	const compliance = readCompliance(await readTable(complianceFile, "Data"), wanted);
	const allocations = readAllocations(await readTable(allocationsFile, "Sheet1"), wanted);
	const years = range === undefined ? commonYears(compliance.years, allocations.years) : wanted;
	return { years, compliance, allocations: allocations.byOperator };
}

async function readTable(path: string, sheet: string): Promise<RawTable> {
	const file = basename(path);
	const extension = extname(path).toLowerCase();
	if (extension !== ".csv" && extension !== ".xlsx") {
		throw new DataError(`${file}: the table must be a .csv or .xlsx file.`);
	}
	const content = await readFile(path).catch((thrown: NodeJS.ErrnoException) => {
		if (thrown.code === "EISDIR") throw new DataError(`${path} is not a file.`, { cause: thrown });
		const why = thrown.code === "ENOENT" ? "does not exist" : `cannot be read (${thrown.code ?? thrown.message})`;
		throw new DataError(`The file ${path} ${why}.`, { cause: thrown });
	});
	return extension === ".csv" ? readCsv(file, content) : readXlsx(file, content, sheet);
}
