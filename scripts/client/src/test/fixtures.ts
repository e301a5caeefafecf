/** Small tables for the tests. */
import { type AllocationTable, readAllocations } from "../tables/allocations.js";
import { type ComplianceTable, readCompliance } from "../tables/compliance.js";
import { readCsv } from "../tables/csv.js";
import type { Registry } from "../tables/load.js";

/** Titles of the compliance table of `years`. */
export function complianceHeader(...years: readonly number[]): string {
	return [
		"Operator ID,First Year of Operation,Last Year of Operation",
		...years.map((year) => `Recorded emissions ${year}`),
		"Cumulative surrenders",
		...years.map((year) => `Static surrender status ${year}`),
	].join();
}

export function allocationHeader(...years: readonly number[]): string {
	return ["Installation ID", ...years.map((year) => `(C) Allocation (Total) ${year}`)].join();
}

export const COMPLIANCE_HEADER = complianceHeader(2021);
export const ALLOCATION_HEADER = allocationHeader(2021);

/** Rows in the order id, first year, last year, emissions, surrenders, status. */
export function compliance(rows: readonly string[], header = COMPLIANCE_HEADER, year = 2021): ComplianceTable {
	return readCompliance(readCsv("compliance.csv", Buffer.from([header, ...rows].join("\n"))), [year]);
}

export function allocations(rows: readonly string[], header = ALLOCATION_HEADER): AllocationTable {
	return readAllocations(readCsv("allocations.csv", Buffer.from([header, ...rows].join("\n"))), [2021]);
}

/**
 * Tables of several years. Rows of operators are in the order id, first year, last year, emissions of each year, surrenders,
 * status of each year; those of allocations id, tonnes of each year.
 *
 * @param replayed The years that are replayed, by default all.
 */
export function registryOf(
	years: readonly number[],
	operators: readonly string[],
	free: readonly string[] = [],
	replayed = years,
): Registry {
	return {
		years: replayed,
		compliance: compliance(operators, complianceHeader(...years), years[0]),
		allocations: free.length === 0 ? new Map() : allocations(free, allocationHeader(...years)).byOperator,
	};
}

/** Tables of 2021 alone, which is then their last year: nothing is inferred. */
export function registry(operators: readonly string[], free: readonly string[] = []): Registry {
	return registryOf([2021], operators, free);
}

/** A table of 2021 and 2022, of which 2021 is replayed: the statuses tell what came late. Rows as in {@link registry}. */
export function inferring(operators: readonly string[], free: readonly string[] = []): Registry {
	const widened = operators.map((row) => {
		const [id, first, last, emissions, surrenders, status] = row.split(",");
		return [id, first, last, emissions, "", surrenders, status, ""].join();
	});
	return registryOf([2021, 2022], widened, free.map((row) => `${row},`), [2021]);
}

/** Random numbers that are the same in each run. */
export function random(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return (below) => {
		// Mulberry32.
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) % below;
	};
}
