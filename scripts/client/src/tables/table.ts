import { DataError } from "../errors.js";

/** A value as the file gives it: CSV has text only, XLSX also numbers, truth values and dates. */
export type Cell = string | number | boolean | Date | null;

/** A row with the number that a text editor or a spreadsheet shows for it. */
export interface Row {
	readonly line: number;
	readonly cells: readonly Cell[];
}

/** What a reader of a file format returns. The rows include the header. */
export interface RawTable {
	/** File name, and the sheet where there is one, as error messages show it. */
	readonly file: string;
	readonly rows: readonly Row[];
}

/** Which columns a kind of table may have. */
export interface Layout {
	/** What the table is called in messages. */
	readonly kind: string;
	/** Title of the column that identifies a row. The header is the first row that has it. */
	readonly key: string;
	/** Titles that may appear. */
	readonly known: readonly string[];
	/** Titles that appear once for each year, with `YEAR` in the place of the year. */
	readonly yearly: readonly string[];
	/** Titles without which the table is of no use. */
	readonly required: readonly string[];
}

/** More than any operator of any scheme; so no sum over a table comes near what 64 bits hold. */
const TONNES_MAX = 10_000_000_000n;

/** A header may follow a few title rows in a hand-made spreadsheet, but not many. */
const HEADER_ROWS_MAX = 20;

/** A table whose columns have been found by their titles. */
export class Table {
	private constructor(
		readonly file: string,
		private readonly columns: ReadonlyMap<string, number>,
		readonly rows: readonly Row[],
	) {}

	/** Find the columns of `raw`; refuse a header with missing, unknown or repeated titles, and a table without rows. */
	static open(raw: RawTable, layout: Layout): Table {
		const key = normalise(layout.key);
		const at = raw.rows
			.slice(0, HEADER_ROWS_MAX)
			.findIndex((row) => row.cells.some((cell) => normalise(cell) === key));
		const header = raw.rows[at];
		if (header === undefined) {
			throw new DataError(`${raw.file}: column "${layout.key}" of the ${layout.kind} is missing.`);
		}
		const columns = readHeader(raw.file, header, layout);
		const rows = raw.rows.slice(at + 1).filter((row) => row.cells.some((cell) => textOf(cell) !== ""));
		if (rows.length === 0) {
			throw new DataError(`${raw.file}: the ${layout.kind} has no rows below its header.`);
		}
		for (const row of rows) {
			const untitled = row.cells.findIndex((cell, n) => textOf(cell) !== "" && textOf(header.cells[n]) === "");
			if (untitled >= 0) {
				throw new DataError(`${raw.file}, row ${row.line}: column ${untitled + 1} has a value but no title.`);
			}
		}
		return new Table(raw.file, columns, rows);
	}

	/** Whether the table has the column `title`, which need not be there. */
	has(title: string): boolean {
		return this.columns.has(normalise(title));
	}

	/** The cell of `row` below `title`, which must be a column of this table. */
	cell(row: Row, title: string): Cell {
		const column = this.columns.get(normalise(title));
		if (column === undefined) throw new DataError(`${this.file}: column "${title}" is missing.`);
		return row.cells[column] ?? null;
	}

	/** An error about one cell. `problem` completes the sentence. */
	refuse(row: Row, title: string, problem: string): DataError {
		return new DataError(`${this.file}, row ${row.line}, column "${title}": ${problem}.`);
	}

	/** Text of a cell without surrounding space; empty for an empty cell. */
	text(row: Row, title: string): string {
		return textOf(this.cell(row, title));
	}

	/** Whole tonnes, not negative, or `undefined` for an empty cell. */
	tonnes(row: Row, title: string): bigint | undefined {
		const cell = this.cell(row, title);
		const text = textOf(cell);
		if (text === "") return undefined;
		if (/^(\d+|\d{1,3}(,\d{3})+)$/.test(text)) {
			const value = BigInt(text.replaceAll(",", ""));
			if (value <= TONNES_MAX) return value;
			throw this.refuse(row, title, `"${text}" is more than ${TONNES_MAX} tonnes`);
		}
		if (typeof cell === "number" || /^-?[\d,]*\.?\d+$/.test(text)) {
			const problem = text.startsWith("-") ? "is negative" : "is not a whole number";
			throw this.refuse(row, title, `"${text}" ${problem}; expected whole tonnes, 0 or more`);
		}
		throw this.refuse(row, title, `"${text}" is not a number of tonnes`);
	}

	/** A calendar year, or `undefined` for an empty cell. */
	year(row: Row, title: string): number | undefined {
		const text = this.text(row, title);
		if (text === "") return undefined;
		if (!/^[12]\d{3}$/.test(text)) throw this.refuse(row, title, `"${text}" is not a year`);
		return Number(text);
	}

	/** Years that the column family `title` (with `YEAR` in it) has in this table, in order. */
	yearsOf(title: string): number[] {
		const [before, after] = normalise(title).split("year") as [string, string];
		const years = [...this.columns.keys()]
			.filter((name) => name.startsWith(before) && name.endsWith(after))
			.map((name) => name.slice(before.length, name.length - after.length))
			.filter((middle) => /^\d{4}$/.test(middle));
		return years.map(Number).sort((a, b) => a - b);
	}
}

function readHeader(file: string, header: Row, layout: Layout): Map<string, number> {
	const titles = header.cells.map(textOf);
	const known = new Set(layout.known.map(normalise));
	const patterns = layout.yearly.map(
		(title) => new RegExp(`^${escapePattern(normalise(title)).replace("year", "\\d{4}")}$`),
	);
	const columns = new Map<string, number>();
	const unknown: string[] = [];
	for (const [n, title] of titles.entries()) {
		const name = normalise(title);
		if (name === "") continue;
		if (columns.has(name)) {
			throw new DataError(`${file}, row ${header.line}: column "${title}" appears twice.`);
		}
		if (!known.has(name) && !patterns.some((pattern) => pattern.test(name))) unknown.push(title);
		columns.set(name, n);
	}
	const strange = unknown.map((title) => `"${title}"`).join(", ");
	const missing = layout.required.find((title) => !columns.has(normalise(title)));
	if (missing !== undefined) {
		const hint = unknown.length === 0 ? "" : `; not known: ${strange}`;
		throw new DataError(`${file}, row ${header.line}: column "${missing}" is missing${hint}.`);
	}
	if (unknown.length > 0) {
		throw new DataError(`${file}, row ${header.line}: column ${strange} is not known in the ${layout.kind}.`);
	}
	return columns;
}

/** Text of a cell without surrounding space. */
export function textOf(cell: Cell | undefined): string {
	if (cell === null || cell === undefined) return "";
	return cell instanceof Date ? cell.toISOString() : String(cell).trim();
}

/** Titles are compared without regard to case, line breaks and runs of spaces. */
function normalise(title: Cell): string {
	return textOf(title).replaceAll(/\s+/g, " ").toLowerCase();
}

function escapePattern(text: string): string {
	return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
