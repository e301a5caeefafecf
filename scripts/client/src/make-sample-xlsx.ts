/**
 * Writes the sample tables as workbooks in the layout that the registry publishes: further sheets before the one with the
 * data, and columns with the names of holders and installations. The CSV files are the source.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import writeWorkbook from "write-excel-file/node";
import { readCsv } from "./tables/csv.js";
import { type Cell, textOf } from "./tables/table.js";

const NOTE = "All numbers and names in this workbook are made up.";

interface Workbook {
	readonly name: string;
	readonly sheet: string;
	/** Sheets before the data. */
	readonly before: readonly string[];
	/** Columns that only the published layout has, with a made-up text for each row. */
	readonly extra: readonly (readonly [title: string, text: (id: string) => string])[];
	/** Column with the operator's number. */
	readonly key: string;
}

const holder = (id: string): string => `Example Holder ${id.slice(-2)}`;
const permit = (id: string): string => `EX-P-${id.slice(-4)}`;
const installation = (id: string): string => `Example Installation ${id.slice(-2)}`;

const WORKBOOKS: readonly Workbook[] = [
	{
		name: "sample-compliance",
		sheet: "Data",
		before: ["Information", "Field categorisation"],
		extra: [
			["Account Holder Name", holder],
			["Permit ID or Monitoring plan ID", permit],
			["Installation name", installation],
		],
		key: "Operator ID",
	},
	{
		name: "sample-allocations",
		sheet: "Sheet1",
		before: [],
		extra: [
			["Permit ID", permit],
			["Installation Name", installation],
			["Account Holder Name", holder],
		],
		key: "Installation ID",
	},
];

async function write(folder: string, workbook: Workbook): Promise<void> {
	const { rows } = readCsv(workbook.name, await readFile(`${folder}${workbook.name}.csv`));
	const [header, ...body] = rows.map((row) => row.cells);
	const titles = (header ?? []).map(textOf);
	const key = titles.indexOf(workbook.key);
	const data = [
		[...titles, ...workbook.extra.map(([title]) => title)],
		...body.map((cells) => {
			const id = textOf(cells[key]);
			return [...cells.map(typed), ...workbook.extra.map(([, text]) => text(id))];
		}),
	];
	const notes = workbook.before.map((sheet) => ({ sheet, data: [[NOTE]] }));
	await writeWorkbook([...notes, { sheet: workbook.sheet, data }]).toFile(`${folder}${workbook.name}.xlsx`);
}

/** Numbers as numbers, as a spreadsheet holds them. */
function typed(cell: Cell): string | number | null {
	const text = textOf(cell);
	if (text === "") return null;
	return /^\d+$/.test(text) ? Number(text) : text;
}

const folder = fileURLToPath(new URL("../sample/", import.meta.url));
for (const workbook of WORKBOOKS) await write(folder, workbook);
