/** A local file as the chain knows it: its digests and its size. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { u8aToHex } from "@polkadot/util";
import { blake2AsHex } from "@polkadot/util-crypto";
import { messageOf, UsageError } from "../errors.js";

/** Algorithms by the chain's names. What is anchored here has the first one; others may have used any of them. */
export const ALGORITHMS = ["Blake2b256", "Sha256", "Sha3", "Sm3"] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** A file, read to its end. */
export interface LocalFile {
	/** As it was named. */
	readonly name: string;
	/** Bytes. */
	readonly size: bigint;
	readonly digests: Readonly<Record<Algorithm, string>>;
}

export async function localFile(name: string): Promise<LocalFile> {
	let bytes: Uint8Array;
	try {
		bytes = await readFile(name);
	} catch (thrown) {
		throw new UsageError(`${name} cannot be read: ${messageOf(thrown)}.`, { cause: thrown });
	}
	return { name, size: BigInt(bytes.length), digests: digestsOf(bytes) };
}

export function digestsOf(bytes: Uint8Array): Record<Algorithm, string> {
	const hash = (name: string) => u8aToHex(createHash(name).update(bytes).digest());
	return {
		Blake2b256: blake2AsHex(bytes, 256),
		Sha256: hash("sha256"),
		Sha3: hash("sha3-256"),
		Sm3: hash("sm3"),
	};
}
