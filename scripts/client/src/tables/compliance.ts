import { type Layout, type RawTable, type Row, Table } from "./table.js";

/** Emissions of one year as the registry records them. */
export type Emissions =
	| { readonly kind: "recorded"; readonly tonnes: bigint }
	/** The operator was under no obligation that year. */
	| { readonly kind: "excluded" }
	/** Nothing was submitted. */
	| { readonly kind: "missing" };

/** Static surrender status as published; `BLANK` where the operator was none at that time. */
const PUBLISHED = ["A", "B", "C", "EXCLUDED", "NOT_APPLICABLE", "BLANK"] as const;
export type Published = (typeof PUBLISHED)[number];

/** One operator of the compliance table. */
export interface Operator {
	readonly id: string;
	readonly firstYear: number;
	/** Only closed operators have one. */
	readonly lastYear: number | undefined;
	/** By year. */
	readonly emissions: ReadonlyMap<number, Emissions>;
	/** By year. */
	readonly published: ReadonlyMap<number, Published>;
	/** Tonnes since the first year of the scheme, as of the table's date. */
	readonly cumulativeSurrenders: bigint;
}

/** The compliance table: operators in the order of the file. */
export interface ComplianceTable {
	/** Years with recorded emissions and statuses, in order. */
	readonly years: readonly number[];
	readonly operators: readonly Operator[];
}

const ID = "Operator ID";
const FIRST_YEAR = "First Year of Operation";
const LAST_YEAR = "Last Year of Operation";
const SURRENDERS = "Cumulative surrenders";
const CUMULATIVE_EMISSIONS = "Cumulative emissions";
const EMISSIONS = "Recorded emissions YEAR";
const STATUS = "Static surrender status YEAR";

/** Title of the column of `year` in a family of columns. */
export const of = (family: string, year: number): string => family.replace("YEAR", String(year));

/** Read the compliance table; the columns of the years `wanted` must be there. */
export function readCompliance(raw: RawTable, wanted: readonly number[]): ComplianceTable {
	const layout: Layout = {
		kind: "compliance table",
		key: ID,
		known: [
			ID,
			FIRST_YEAR,
			LAST_YEAR,
			SURRENDERS,
			"Regulator",
			"Account type",
			"Account status",
			CUMULATIVE_EMISSIONS,
			"NACE Code",
			"NACE Description",
			"Account Holder Name",
			"Permit ID or Monitoring plan ID",
			"Installation name",
		],
		yearly: [EMISSIONS, STATUS],
		required: [
			ID,
			FIRST_YEAR,
			LAST_YEAR,
			SURRENDERS,
			...wanted.flatMap((year) => [of(EMISSIONS, year), of(STATUS, year)]),
		],
	};
	const table = Table.open(raw, layout);
	const emissionYears = table.yearsOf(EMISSIONS);
	const statusYears = table.yearsOf(STATUS);
	const seen = new Map<string, number>();
	const operators = table.rows.map((row): Operator => {
		const id = operatorId(table, row, ID, seen);
		const firstYear = table.year(row, FIRST_YEAR);
		if (firstYear === undefined) throw table.refuse(row, FIRST_YEAR, "the year is missing");
		const lastYear = table.year(row, LAST_YEAR);
		if (lastYear !== undefined && lastYear < firstYear) {
			throw table.refuse(row, LAST_YEAR, `${lastYear} is before the first year, ${firstYear}`);
		}
		// Not used, but a table that is broken here is broken.
		if (table.has(CUMULATIVE_EMISSIONS)) table.tonnes(row, CUMULATIVE_EMISSIONS);
		return {
			id,
			firstYear,
			lastYear,
			emissions: new Map(emissionYears.map((each) => [each, emissionsOf(table, row, of(EMISSIONS, each))])),
			published: new Map(statusYears.map((each) => [each, statusOf(table, row, of(STATUS, each))])),
			cumulativeSurrenders: table.tonnes(row, SURRENDERS) ?? 0n,
		};
	});
	return { years: emissionYears.filter((each) => statusYears.includes(each)), operators };
}

/** The operator's number without leading zeros, which must be there once. Shared with the allocation table. */
export function operatorId(table: Table, row: Row, title: string, seen: Map<string, number>): string {
	const text = table.text(row, title);
	if (!/^\d{1,18}$/.test(text)) {
		throw table.refuse(
			row,
			title,
			text === "" ? "the operator's number is missing" : `"${text}" is not an operator's number`,
		);
	}
	const id = String(BigInt(text));
	const before = seen.get(id);
	if (before !== undefined) throw table.refuse(row, title, `operator ${id} is already in row ${before}`);
	seen.set(id, row.line);
	return id;
}

function emissionsOf(table: Table, row: Row, title: string): Emissions {
	const text = table.text(row, title);
	if (text === "EXCLUDED") return { kind: "excluded" };
	if (/^[A-Za-z]/.test(text)) {
		throw table.refuse(row, title, `"${text}" is not known; expected tonnes, EXCLUDED or nothing`);
	}
	const tonnes = table.tonnes(row, title);
	return tonnes === undefined ? { kind: "missing" } : { kind: "recorded", tonnes };
}

function statusOf(table: Table, row: Row, title: string): Published {
	const text = table.text(row, title);
	if (text === "") return "BLANK";
	const status = PUBLISHED.find((each) => each === text && each !== "BLANK");
	if (status === undefined) {
		throw table.refuse(
			row,
			title,
			`"${text}" is no surrender status; expected A, B, C, EXCLUDED, NOT_APPLICABLE or nothing`,
		);
	}
	return status;
}
