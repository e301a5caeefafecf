/** Command lines, with a sentence for what is wrong with one. */
import { parseArgs, type ParseArgsConfig } from "node:util";
import { messageOf, UsageError } from "./errors.js";

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
