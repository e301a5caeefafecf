import { CsvError, parse } from "csv-parse/sync";
import { DataError, messageOf } from "../errors.js";
import type { RawTable, Row } from "./table.js";

interface NumberedRecord {
	readonly info: { readonly lines: number };
	readonly record: readonly string[];
}

/** Read comma-separated values (RFC 4180, UTF-8 with or without a byte order mark, line ends of any kind). */
export function readCsv(file: string, content: Buffer): RawTable {
	let records: NumberedRecord[];
	try {
		records = parse(content, {
			bom: true,
			info: true,
			skip_empty_lines: true,
			// Named, because otherwise the first line end decides for all.
			record_delimiter: ["\r\n", "\n", "\r"],
			// The length of the rows is checked below, with a sentence that says more.
			relax_column_count: true,
		}) as unknown as NumberedRecord[];
	} catch (thrown) {
		const why = thrown instanceof CsvError ? thrown.message.replace(/\.$/, "") : messageOf(thrown);
		throw new DataError(`${file} is not a readable CSV table: ${why}.`, { cause: thrown });
	}
	const rows = records.map(({ info, record }): Row => ({ line: info.lines, cells: record }));
	const [first] = rows;
	if (first === undefined) throw new DataError(`${file} is empty.`);
	const uneven = rows.find((row) => row.cells.length !== first.cells.length);
	if (uneven !== undefined) {
		throw new DataError(
			`${file}, row ${uneven.line}: the row has ${uneven.cells.length} cells, the first row has ${first.cells.length}.`,
		);
	}
	return { file, rows };
}
