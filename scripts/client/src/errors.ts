/**
 * An error that a user can act upon. Its message is one complete sentence; the command line prints it without a stack.
 */
export abstract class NamedError extends Error {
	constructor(message: string, options?: ErrorOptions) {
		// What is quoted from a file or another program may hold line breaks.
		super(message.replaceAll(/\s*[\r\n]+\s*/g, " "), options);
		this.name = new.target.name;
	}
}

/** The command line is not understood. */
export class UsageError extends NamedError {}

/** An input table is not as it should be. Names the file, and the row and column where there are such. */
export class DataError extends NamedError {}

/** The node cannot be reached, is not a Carbon Chain, stopped making blocks, or refused an extrinsic. */
export class ChainError extends NamedError {}

/** A check of the result does not hold. */
export class CheckError extends NamedError {}

/** Message of whatever was thrown. */
export function messageOf(thrown: unknown): string {
	return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Print what ended the program: one sentence where it is a {@link NamedError}, else all there is. Returns the exit code. */
export function exitCode(thrown: unknown): number {
	const expected = thrown instanceof NamedError;
	console.error(expected ? `${thrown.name}: ${thrown.message}` : thrown);
	return expected ? 1 : 70;
}
