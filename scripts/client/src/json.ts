/**
 * Narrowing of what `Codec.toJSON()` returns. The shapes come from the chain's metadata, which the compiler does not
 * know, so each step is checked where it is read and a difference is named.
 */
import { ChainError } from "./errors.js";

/** The field `name` of a struct. */
export function field(value: unknown, name: string): unknown {
	if (typeof value === "object" && value !== null && name in value) return (value as Record<string, unknown>)[name];
	throw new ChainError(
		`The chain's data have no field "${name}" in ${JSON.stringify(value)}; is this client of the same version?`,
	);
}

/** An unsigned number, which the codec writes as a number, or as hexadecimal text where 53 bits do not hold it. */
export function asBigInt(value: unknown): bigint {
	if (typeof value === "bigint") return value;
	if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
	if (typeof value === "string" && /^(0x[0-9a-f]+|\d+)$/i.test(value)) return BigInt(value);
	throw unexpected("a whole number", value);
}

export function asNumber(value: unknown): number {
	return Number(asBigInt(value));
}

export function asText(value: unknown): string {
	if (typeof value === "string") return value;
	throw unexpected("text", value);
}

export function asList(value: unknown): unknown[] {
	if (Array.isArray(value)) return value as unknown[];
	throw unexpected("a list", value);
}

/** Name of an enum's variant, with or without data: `"Open"`, `{ open: … }`. The first letter is a capital. */
export function variant(value: unknown): string {
	const name = typeof value === "object" && value !== null ? Object.keys(value)[0] : value;
	if (typeof name !== "string" || name === "") throw unexpected("an enum's variant", value);
	return name.charAt(0).toUpperCase() + name.slice(1);
}

function unexpected(what: string, value: unknown): ChainError {
	return new ChainError(
		`Expected ${what} from the chain, got ${JSON.stringify(value)}; is this client of the same version?`,
	);
}
