import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { yearRange } from "../arguments.js";
import { DataError } from "../errors.js";
import { readAllocations } from "../tables/allocations.js";
import { readCompliance } from "../tables/compliance.js";
import { readCsv } from "../tables/csv.js";
import { loadRegistry } from "../tables/load.js";
import type { Cell } from "../tables/table.js";
import { readXlsx } from "../tables/xlsx.js";
import { commonYears } from "../tables/years.js";
import { ALLOCATION_HEADER, allocations, COMPLIANCE_HEADER, compliance, complianceHeader } from "./fixtures.js";

const RANGE = { first: 2021, last: 2021 };

/** Whatever `act` does ends with exactly this sentence. */
function refuses(act: () => unknown, sentence: string): void {
	assert.throws(act, (thrown: unknown) => {
		assert.ok(thrown instanceof DataError, String(thrown));
		assert.equal(thrown.message, sentence);
		return true;
	});
}

describe("compliance table", () => {
	test("every kind of cell is understood", () => {
		const { operators, years } = compliance([
			"1,2021,,100,250,A",
			"2,2021,2022,EXCLUDED,0,EXCLUDED",
			"3,2022,,,0,NOT_APPLICABLE",
			'4,2023,,,"1,234",',
		]);
		assert.deepEqual(years, [2021]);
		assert.deepEqual(
			operators.map((each) => [
				each.id,
				each.firstYear,
				each.lastYear,
				each.emissions.get(2021),
				each.cumulativeSurrenders,
				each.published.get(2021),
			]),
			[
				["1", 2021, undefined, { kind: "recorded", tonnes: 100n }, 250n, "A"],
				["2", 2021, 2022, { kind: "excluded" }, 0n, "EXCLUDED"],
				["3", 2022, undefined, { kind: "missing" }, 0n, "NOT_APPLICABLE"],
				["4", 2023, undefined, { kind: "missing" }, 1234n, "BLANK"],
			],
		);
	});

	test("columns are found by title, in any order, case and spacing, behind title rows", () => {
		const header = [
			"cumulative  surrenders",
			"Static surrender status 2021",
			"OPERATOR ID",
			"First Year of Operation",
			"Last Year of Operation",
			"Recorded emissions 2021",
			"Account Holder Name",
		];
		const rows: Cell[][] = [["Emissions and Surrenders"], [], header, [7, "A", 9, 2021, null, 5, "Somebody"]];
		const raw = { file: "t.xlsx", rows: rows.map((cells, n) => ({ line: n + 1, cells })) };
		const [only] = readCompliance(raw, [2021]).operators;
		assert.equal(only?.id, "9");
		assert.equal(only?.cumulativeSurrenders, 7n);
	});

	test("a byte order mark and blank lines do no harm", () => {
		const raw = readCsv("c.csv", Buffer.from(`\uFEFF${COMPLIANCE_HEADER}\n\n1,2021,,1,1,A\n\n`));
		assert.equal(readCompliance(raw, [2021]).operators.length, 1);
	});

	const broken: [name: string, row: string, sentence: string][] = [
		[
			"negative tonnes",
			"1,2021,,-5,0,A",
			'compliance.csv, row 2, column "Recorded emissions 2021": "-5" is negative; expected whole tonnes, 0 or more.',
		],
		[
			"fractional tonnes",
			"1,2021,,5.5,0,A",
			'compliance.csv, row 2, column "Recorded emissions 2021": "5.5" is not a whole number; expected whole tonnes, 0 or more.',
		],
		[
			"fractional surrenders",
			"1,2021,,5,0.1,A",
			'compliance.csv, row 2, column "Cumulative surrenders": "0.1" is not a whole number; expected whole tonnes, 0 or more.',
		],
		[
			"an unknown emission word",
			"1,2021,,excluded,0,A",
			'compliance.csv, row 2, column "Recorded emissions 2021": "excluded" is not known; expected tonnes, EXCLUDED or nothing.',
		],
		[
			"an unknown status",
			"1,2021,,5,5,D",
			'compliance.csv, row 2, column "Static surrender status 2021": "D" is no surrender status; expected A, B, C, EXCLUDED, NOT_APPLICABLE or nothing.',
		],
		[
			"the word for a blank status",
			"1,2021,,5,5,BLANK",
			'compliance.csv, row 2, column "Static surrender status 2021": "BLANK" is no surrender status; expected A, B, C, EXCLUDED, NOT_APPLICABLE or nothing.',
		],
		[
			"a missing number",
			",2021,,5,5,A",
			'compliance.csv, row 2, column "Operator ID": the operator\'s number is missing.',
		],
		[
			"a strange number",
			"x1,2021,,5,5,A",
			'compliance.csv, row 2, column "Operator ID": "x1" is not an operator\'s number.',
		],
		[
			"a missing first year",
			"1,,,5,5,A",
			'compliance.csv, row 2, column "First Year of Operation": the year is missing.',
		],
		[
			"a strange year",
			"1,2021,soon,5,5,A",
			'compliance.csv, row 2, column "Last Year of Operation": "soon" is not a year.',
		],
		[
			"a number beyond all operators",
			"1,2021,,10000000001,5,A",
			'compliance.csv, row 2, column "Recorded emissions 2021": "10000000001" is more than 10000000000 tonnes.',
		],
		[
			"a last year before the first",
			"1,2021,2020,5,5,A",
			'compliance.csv, row 2, column "Last Year of Operation": 2020 is before the first year, 2021.',
		],
		["a short row", "1,2021,,5,5", "compliance.csv, row 2: the row has 5 cells, the first row has 6."],
		["a long row", "1,2021,,5,5,A,", "compliance.csv, row 2: the row has 7 cells, the first row has 6."],
		[
			"a word on two lines",
			'1,2021,,5,5,"D\nor\nE"',
			'compliance.csv, row 4, column "Static surrender status 2021": "D or E" is no surrender status; expected A, B, C, EXCLUDED, NOT_APPLICABLE or nothing.',
		],
	];
	for (const [name, row, sentence] of broken) {
		test(`${name} is refused`, () => refuses(() => compliance([row]), sentence));
	}

	test("an operator that appears twice is refused", () => {
		refuses(
			() => compliance(["7,2021,,1,1,A", "8,2021,,1,1,A", "7,2021,,1,1,A"]),
			'compliance.csv, row 4, column "Operator ID": operator 7 is already in row 2.',
		);
	});

	test("an operator that appears twice is found behind leading zeros", () => {
		refuses(
			() => compliance(["7,2021,,1,1,A", "007,2021,,1,1,A"]),
			'compliance.csv, row 3, column "Operator ID": operator 7 is already in row 2.',
		);
	});

	test("tonnes are checked in every column, also where they are not used", () => {
		const header = `${COMPLIANCE_HEADER},Recorded emissions 2022,Cumulative emissions`;
		refuses(
			() => compliance(["1,2021,,1,1,A,1.5,1"], header),
			'compliance.csv, row 2, column "Recorded emissions 2022": "1.5" is not a whole number; expected whole tonnes, 0 or more.',
		);
		refuses(
			() => compliance(["1,2021,,1,1,A,1,-1"], header),
			'compliance.csv, row 2, column "Cumulative emissions": "-1" is negative; expected whole tonnes, 0 or more.',
		);
	});

	test("line ends of every kind may be mixed", () => {
		const rows = `${COMPLIANCE_HEADER}\r\n1,2021,,1,1,A\n2,2021,,1,1,A\r3,2021,,1,1,A\r\n4,2021,,x,1,A\n`;
		refuses(
			() => readCompliance(readCsv("c.csv", Buffer.from(rows)), [2021]),
			'c.csv, row 5, column "Recorded emissions 2021": "x" is not known; expected tonnes, EXCLUDED or nothing.',
		);
	});

	test("an empty file is named", () => {
		for (const content of ["", "\uFEFF", "\n\n"]) refuses(() => readCsv("c.csv", Buffer.from(content)), "c.csv is empty.");
	});

	test("a value without a title is refused", () => {
		const header = COMPLIANCE_HEADER.replace("Last Year of Operation", "Last Year of Operation,");
		refuses(
			() => compliance(["1,2021,,note,5,5,A"], header),
			"compliance.csv, row 2: column 4 has a value but no title.",
		);
		assert.equal(compliance(["1,2021,,,5,5,A"], header).operators.length, 1);
	});

	test("a missing column is named", () => {
		refuses(
			() => compliance(["1,2021,,5,5,A"], COMPLIANCE_HEADER, 2022),
			'compliance.csv, row 1: column "Recorded emissions 2022" is missing.',
		);
	});

	test("a renamed column is named together with what stands in its place", () => {
		const header = COMPLIANCE_HEADER.replace("Cumulative surrenders", "Surrendered");
		refuses(
			() => compliance(["1,2021,,5,5,A"], header),
			'compliance.csv, row 1: column "Cumulative surrenders" is missing; not known: "Surrendered".',
		);
	});

	test("an unknown column is refused", () => {
		refuses(
			() => compliance(["1,2021,,5,5,A,x"], `${COMPLIANCE_HEADER},Colour`),
			'compliance.csv, row 1: column "Colour" is not known in the compliance table.',
		);
	});

	test("a column that appears twice is refused", () => {
		refuses(
			() => compliance(["1,2021,,5,5,A,x"], `${COMPLIANCE_HEADER},operator id`),
			'compliance.csv, row 1: column "operator id" appears twice.',
		);
	});

	test("another table is not taken for it", () => {
		refuses(
			() => compliance(["1,5"], ALLOCATION_HEADER),
			'compliance.csv: column "Operator ID" of the compliance table is missing.',
		);
	});

	test("a table without rows is refused", () => {
		refuses(() => compliance([]), "compliance.csv: the compliance table has no rows below its header.");
	});
});

describe("allocation table", () => {
	test("totals are read by operator, an empty cell being nothing", () => {
		const table = allocations(["1,500", "2,", "3,0"]);
		assert.deepEqual(
			[...table.byOperator.values()].map((each) => each.tonnes.get(2021)),
			[500n, 0n, 0n],
		);
	});

	test("negative, fractional and repeated entries are refused", () => {
		refuses(
			() => allocations(["1,-1"]),
			'allocations.csv, row 2, column "(C) Allocation (Total) 2021": "-1" is negative; expected whole tonnes, 0 or more.',
		);
		refuses(
			() => allocations(["1,1.5"]),
			'allocations.csv, row 2, column "(C) Allocation (Total) 2021": "1.5" is not a whole number; expected whole tonnes, 0 or more.',
		);
		refuses(
			() => allocations(["1,1", "1,2"]),
			'allocations.csv, row 3, column "Installation ID": operator 1 is already in row 2.',
		);
	});

	describe("with the parts of the total", () => {
		const header = [2021, 2022]
			.map((year) => `(A) Allocation (Standard) ${year},(B) Allocation (NER) ${year},(C) Allocation (Total) ${year}`)
			.join();
		const read = (row: string) => allocations([row], `Installation ID,${header}`);

		test("a total that is their sum, or that cannot be compared, is taken", () => {
			const tonnes = (first: bigint, second: bigint) => new Map([[2021, first], [2022, second]]);
			assert.deepEqual(read("1,3,2,5,,,7").byOperator.get("1")?.tonnes, tonnes(5n, 7n));
			assert.deepEqual(read("01,3,,9,,,").byOperator.get("1")?.tonnes, tonnes(9n, 0n));
		});

		test("another total is refused, in every year", () => {
			refuses(
				() => read("1,3,2,6,,,"),
				'allocations.csv, row 2, column "(C) Allocation (Total) 2021": 6 is not the sum of (A) 3 and (B) 2.',
			);
			refuses(
				() => read("1,3,2,5,1,1,1"),
				'allocations.csv, row 2, column "(C) Allocation (Total) 2022": 1 is not the sum of (A) 1 and (B) 1.',
			);
		});

		test("negative and fractional parts are refused", () => {
			refuses(
				() => read("1,-3,2,5,,,"),
				'allocations.csv, row 2, column "(A) Allocation (Standard) 2021": "-3" is negative; expected whole tonnes, 0 or more.',
			);
			refuses(
				() => read("1,3,2,5,,0.5,"),
				'allocations.csv, row 2, column "(B) Allocation (NER) 2022": "0.5" is not a whole number; expected whole tonnes, 0 or more.',
			);
		});
	});

	test("a fraction in a spreadsheet's number is refused as well", () => {
		const rows = [
			["Installation ID", "(C) Allocation (Total) 2021"],
			[1, 2.5],
		].map((cells, n) => ({ line: n + 1, cells }));
		refuses(
			() => readAllocations({ file: "a.xlsx", rows }, [2021]),
			'a.xlsx, row 2, column "(C) Allocation (Total) 2021": "2.5" is not a whole number; expected whole tonnes, 0 or more.',
		);
	});
});

describe("years", () => {
	test("without a choice they are those that both tables have", () =>
		assert.deepEqual(commonYears([2024, 2021, 2022, 2023], [2022, 2023, 2024, 2025]), [2022, 2023, 2024]));

	test("tables without a year in common are refused", () =>
		refuses(
			() => commonYears([2021], [2022]),
			"The tables have no year in common with recorded emissions, surrender statuses and allocations.",
		));

	test("a gap between them is refused: the chain opens one year after the other", () =>
		refuses(
			() => commonYears([2021, 2023], [2021, 2022, 2023]),
			"Between 2021 and 2023 the tables leave years out; name those to replay with --years.",
		));

	test("a year with emissions and without statuses is none", () => {
		const { years } = compliance(["1,2021,,1,1,A,1"], `${COMPLIANCE_HEADER},Recorded emissions 2022`);
		assert.deepEqual(years, [2021]);
	});

	test("each year that is asked for must be there", () => {
		const table = readCsv("c.csv", Buffer.from(`${complianceHeader(2021, 2022)}\n1,2021,,1,1,1,A,A`));
		refuses(
			() => readCompliance(table, [2022, 2023]),
			'c.csv, row 1: column "Recorded emissions 2023" is missing.',
		);
	});

	test("one year and a range of them are understood on the command line", () => {
		assert.deepEqual(yearRange("2022"), { first: 2022, last: 2022 });
		assert.deepEqual(yearRange("2021-2024"), { first: 2021, last: 2024 });
	});

	test("anything else is refused on the command line", () => {
		for (const text of ["", "22", "2021-", "2021-24", "2021,2022", "3021"]) {
			assert.throws(() => yearRange(text), /^UsageError: ".*" is neither a year nor a range of years such as 2021-2024\.$/);
		}
		assert.throws(() => yearRange("2022-2021"), /^UsageError: "2022-2021" ends before it begins\.$/);
	});
});

describe("files", () => {
	const rejects = (act: Promise<unknown>, sentence: RegExp) =>
		assert.rejects(act, (thrown: unknown) => {
			assert.ok(thrown instanceof DataError, String(thrown));
			assert.match(thrown.message, sentence);
			return true;
		});

	let folder = "";
	before(async () => {
		folder = await mkdtemp(join(tmpdir(), "tables-"));
	});
	after(() => rm(folder, { recursive: true }));

	test("a missing file is named", () =>
		rejects(
			loadRegistry("/nowhere/c.csv", "/nowhere/a.csv", RANGE),
			/^The file \/nowhere\/c\.csv does not exist\.$/,
		));

	test("a folder is not a table", async () => {
		const path = join(folder, "folder.csv");
		await mkdir(path);
		await rejects(loadRegistry(path, "a.csv", RANGE), /^.*\/folder\.csv is not a file\.$/);
	});

	test("a file of another kind is refused", () =>
		rejects(loadRegistry("c.ods", "a.csv", RANGE), /^c\.ods: the table must be a \.csv or \.xlsx file\.$/));

	test("a file that is no workbook is named", async () => {
		const file = join(folder, "broken.xlsx");
		await writeFile(file, "not a workbook");
		await rejects(loadRegistry(file, "a.csv", RANGE), /^broken\.xlsx is not a readable XLSX workbook: /);
	});

	test("a workbook without the sheet names those it has", async () => {
		const { default: write } = await import("write-excel-file/node");
		const sheets = [
			{ sheet: "Information", data: [["x"]] },
			{ sheet: "Tables", data: [["y"]] },
		];
		const content = await write(sheets).toBuffer();
		await rejects(
			readXlsx("w.xlsx", content, "Data"),
			/^w\.xlsx: the workbook has no sheet "Data", only "Information", "Tables"\.$/,
		);
	});
});
