import { CsvError, parse } from "csv-parse/sync";
import { DataError, messageOf } from "../errors.js";
import type { RawTable, Row } from "./table.js";

interface NumberedRecord {
	readonly info: { readonly lines: number };
	readonly record: readonly string[];
}

/** Read comma-separated values (RFC 4180, UTF-8 with or without a byte order mark). */
export function readCsv(file: string, content: Buffer): RawTable {
	try {
		const records = parse(content, {
			bom: true,
			info: true,
			skip_empty_lines: true,
		}) as unknown as NumberedRecord[];
		const rows = records.map(({ info, record }): Row => ({ line: info.lines, cells: record }));
		return { file, rows };
	} catch (thrown) {
		const why = thrown instanceof CsvError ? thrown.message.replace(/\.$/, "") : messageOf(thrown);
		throw new DataError(`${file} is not a readable CSV table: ${why}.`, { cause: thrown });
	}
}
