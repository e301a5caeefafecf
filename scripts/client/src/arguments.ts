/** Command lines, with a sentence for what is wrong with one. */
import { parseArgs, type ParseArgsConfig } from "node:util";
import { messageOf, UsageError } from "./errors.js";
import type { YearRange } from "./tables/years.js";

/** `parseArgs` of the library, whose errors become {@link UsageError}s. */
export function parseArguments<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
	try {
		return parseArgs(config);
	} catch (thrown) {
		// The library's message goes on about a rare case; its first sentence says what is wrong.
		const [first] = messageOf(thrown).split(". ");
		throw new UsageError(`${first}. See --help.`, { cause: thrown });
	}
}

/** A whole number of seconds. */
export function seconds(text: string): number {
	if (!/^\d{1,5}$/.test(text)) throw new UsageError(`"${text}" is not a number of seconds.`);
	return Number(text);
}

/** A year, or the first and the last of several: `2022`, `2021-2024`. */
export function yearRange(text: string): YearRange {
	const found = /^([12]\d{3})(?:-([12]\d{3}))?$/.exec(text);
	if (found === null) throw new UsageError(`"${text}" is neither a year nor a range of years such as 2021-2024.`);
	const first = Number(found[1]);
	const last = Number(found[2] ?? found[1]);
	if (last < first) throw new UsageError(`"${text}" ends before it begins.`);
	return { first, last };
}
