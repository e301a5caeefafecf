import readWorkbook from "read-excel-file/node";
import { DataError, messageOf } from "../errors.js";
import type { Cell, RawTable, Row } from "./table.js";

/**
 * Read the sheet `sheet` of an Excel workbook; other sheets may precede it.
 *
 * A workbook with a single sheet is taken as it is, whatever its name.
 */
export async function readXlsx(file: string, content: Buffer, sheet: string): Promise<RawTable> {
	const sheets = await readWorkbook(content).catch((thrown: unknown) => {
		throw new DataError(`${file} is not a readable XLSX workbook: ${messageOf(thrown)}.`, { cause: thrown });
	});
	const found = sheets.find((each) => each.sheet === sheet) ?? (sheets.length === 1 ? sheets[0] : undefined);
	if (found === undefined) {
		const names = sheets.map((each) => `"${each.sheet}"`).join(", ");
		throw new DataError(`${file}: the workbook has no sheet "${sheet}", only ${names}.`);
	}
	// The declared cell type says `typeof Date` where it means a `Date`.
	const data = found.data as unknown as Cell[][];
	return { file: `${file}, sheet "${found.sheet}"`, rows: data.map((cells, n): Row => ({ line: n + 1, cells })) };
}
