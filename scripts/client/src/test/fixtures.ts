/** Small tables for the tests. */
import { type Allocation, readAllocations } from "../tables/allocations.js";
import { type ComplianceTable, readCompliance } from "../tables/compliance.js";
import { readCsv } from "../tables/csv.js";
import type { Registry } from "../tables/load.js";

export const COMPLIANCE_HEADER =
	"Operator ID,First Year of Operation,Last Year of Operation,Recorded emissions 2021,Cumulative surrenders,Static surrender status 2021";
export const ALLOCATION_HEADER = "Installation ID,(C) Allocation (Total) 2021";

/** Rows in the order id, first year, last year, emissions, surrenders, status. */
export function compliance(rows: readonly string[], header = COMPLIANCE_HEADER, year = 2021): ComplianceTable {
	return readCompliance(readCsv("compliance.csv", Buffer.from([header, ...rows].join("\n"))), year);
}

export function allocations(rows: readonly string[], header = ALLOCATION_HEADER): Map<string, Allocation> {
	return readAllocations(readCsv("allocations.csv", Buffer.from([header, ...rows].join("\n"))), 2021);
}

export function registry(operators: readonly string[], free: readonly string[] = []): Registry {
	return {
		year: 2021,
		compliance: compliance(operators),
		allocations: free.length === 0 ? new Map<string, Allocation>() : allocations(free),
	};
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
